"""The forms that a value has in eintrag.json: how it is read strictly, how it is written, what documents call it."""

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from mahnakte.grund.betrag import json_betrag

_BETRAG = re.compile(r"-?\d{1,15}\.\d{2}", re.ASCII)


class KeinVorgang(ValueError):  # noqa: N818 - a value, not an accident: the reader turns it into a Befund
    """The bytes are no eintrag.json of this schema; the message says in German why."""


@dataclasses.dataclass(frozen=True, slots=True)
class Form:
    """One form: `read` raises KeinVorgang for anything else, `write` gives what JSON holds."""

    name: str
    read: Callable[[Any], Any]
    write: Callable[[Any], Any]


def read_text(wert: object) -> str:
    """Return a text; raise KeinVorgang for anything else."""
    if not isinstance(wert, str):
        raise KeinVorgang(f"{quote(wert)} ist kein Text")
    return wert


def read_tag(wert: object) -> dt.date:
    """Return a day of the form 2026-04-20; raise KeinVorgang for anything else."""
    text = read_text(wert)
    try:
        tag = dt.date.fromisoformat(text)
    except ValueError:
        raise KeinVorgang(f"{quote(wert)} ist kein Datum") from None
    if tag.isoformat() != text:  # Python also reads 20260420 and 2026-W17-1
        raise KeinVorgang(f"{quote(wert)} ist kein Datum der Form 2026-04-20")
    return tag


def read_nummer(wert: object) -> int:
    """Return a number from 1; raise KeinVorgang for anything else."""
    if not isinstance(wert, int) or isinstance(wert, bool) or wert < 1:
        raise KeinVorgang(f"{quote(wert)} ist keine Nummer")
    return wert


def read_mapping(wert: object) -> dict[str, Any]:
    """Return a mapping; raise KeinVorgang for anything else."""
    if not isinstance(wert, dict):
        raise KeinVorgang(f"{quote(wert)} ist keine Zuordnung")
    return wert


def quote(wert: object) -> str:
    """Quote a wrong value without letting it flood the message."""
    return repr(wert)[:60]


def _read_betrag(wert: object) -> Decimal:
    text = read_text(wert)
    if not _BETRAG.fullmatch(text):
        raise KeinVorgang(f"{quote(wert)} ist kein Betrag der Form 250.00")
    return Decimal(text)


def _read_zahl(wert: object) -> int:
    if not isinstance(wert, int) or isinstance(wert, bool) or wert < 0:
        raise KeinVorgang(f"{quote(wert)} ist keine Anzahl")
    return wert


def _read_ja_nein(wert: object) -> bool:
    if not isinstance(wert, bool):
        raise KeinVorgang(f"{quote(wert)} ist weder true noch false")
    return wert


def _read_list(wert: object) -> list[Any]:
    if not isinstance(wert, list):
        raise KeinVorgang(f"{quote(wert)} ist keine Liste")
    return wert


def liste(form: Form, name: str) -> Form:
    """Return the form of a list whose entries all have `form`."""
    return Form(
        name,
        lambda wert: tuple(form.read(eintrag) for eintrag in _read_list(wert)),
        lambda werte: [form.write(eintrag) for eintrag in werte],
    )


def oder_null(form: Form) -> Form:
    """Return the form of a value that may be null."""
    return Form(
        f"{form.name} oder null",
        lambda wert: None if wert is None else form.read(wert),
        lambda wert: None if wert is None else form.write(wert),
    )


TEXT = Form("Text", read_text, str)
TAG = Form("Tag", read_tag, dt.date.isoformat)
BETRAG = Form("Betrag", _read_betrag, json_betrag)
NUMMER = Form("Nummer", read_nummer, int)
ANZAHL = Form("Anzahl", _read_zahl, int)
JA_NEIN = Form("true oder false", _read_ja_nein, bool)
TEXTE = liste(TEXT, "Liste von Texten")
# Written as in fall.yaml and read by the reader of fall.yaml (fall/nachtrag.py), which also says what is wrong.
EINTRAEGE = Form("Liste wie in fall.yaml", lambda wert: wert, lambda wert: wert)
# What is added to an entry that stands already: a measure to a title, a return to a payment (fall/ergaenzung.py).
ERGAENZUNGEN = Form("Liste von Ergänzungen", lambda wert: wert, lambda wert: wert)


def angabe(form: Form, sinn: str, *, mit: str | None = None) -> Mapping[str, Any]:
    """Return the metadata of a field that is a key of `daten`: its form and what it means.

    `mit` names the key beside which it always stands, as null when there is nothing to say.
    """
    return {"form": form, "sinn": sinn, "mit": mit}
