"""A Vorgang: one published step of a case, as its eintrag.json tells it.

Format: docs/vorgang.md. The keys are a contract; the bytes are canonical (sorted keys, UTF-8, LF).
"""

import dataclasses
import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from mahnakte.recht.werte import Rechtswert

SCHEMA = "mahnakte/vorgang/1"
# What a reader of the first edition would overlook: it refuses the case at an unknown schema instead.
SCHEMA_2 = "mahnakte/vorgang/2"
SCHEMAS = (SCHEMA, SCHEMA_2)
EINTRAG = "eintrag.json"

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclasses.dataclass(frozen=True, slots=True)
class Vorgang:
    """One step. `hash` is the SHA-256 of the bytes of its eintrag.json; `vorher` that of the step before."""

    nr: int
    aktenzeichen: str
    art: str
    stichtag: dt.date
    erzeugt_am: str
    lauf_id: str
    bearbeiter: str
    rechner: str
    version: str
    vorher: str | None
    eingaben: Mapping[str, str]
    werte: Mapping[str, tuple[str, str, str]]
    daten: Mapping[str, Any]
    dateien: Mapping[str, str]
    anlass: str
    ersetzt: int | None
    hash: str
    schema: str = SCHEMA


@dataclasses.dataclass(frozen=True, slots=True)
class Vorgangsentwurf:
    """What a command wants to publish as the next step; number, time and chain are added by `ablage`.

    `dokumente` maps file names to the finished, checked bytes.
    """

    aktenzeichen: str
    art: str
    stichtag: dt.date
    anlass: str
    eingaben: Mapping[str, str]
    werte: Mapping[str, tuple[str, str, str]] = dataclasses.field(default_factory=dict)
    daten: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    dokumente: Mapping[str, bytes] = dataclasses.field(default_factory=dict)
    ersetzt: int | None = None
    schema: str = SCHEMA


class KeinVorgang(ValueError):  # noqa: N818 - a value, not an accident: the reader turns it into a Befund
    """The bytes are no eintrag.json of this schema; the message says in German why."""


def sha256(inhalt: bytes) -> str:
    """Return the SHA-256 of the bytes in lower-case hex, as everywhere in eintrag.json."""
    return hashlib.sha256(inhalt).hexdigest()


def name_werte(werte: Iterable[Rechtswert]) -> dict[str, tuple[str, str, str]]:
    """Return legal values as `werte` of an entry, named with their start: one name may serve several half-years."""
    return {f"{w.name} ab {w.ab.isoformat()}": (str(w.wert), w.ab.isoformat(), w.herkunft) for w in werte}


def write_eintrag(vorgang: Vorgang) -> bytes:
    """Return the canonical bytes of a step's eintrag.json (everything but `hash`)."""
    felder = {
        "schema": vorgang.schema,
        "nr": vorgang.nr,
        "aktenzeichen": vorgang.aktenzeichen,
        "art": vorgang.art,
        "stichtag": vorgang.stichtag.isoformat(),
        "erzeugt_am": vorgang.erzeugt_am,
        "lauf_id": vorgang.lauf_id,
        "bearbeiter": vorgang.bearbeiter,
        "rechner": vorgang.rechner,
        "version": vorgang.version,
        "vorher": vorgang.vorher,
        "eingaben": dict(vorgang.eingaben),
        "werte": {name: list(wert) for name, wert in vorgang.werte.items()},
        "daten": vorgang.daten,
        "dateien": dict(vorgang.dateien),
        "anlass": vorgang.anlass,
        "ersetzt": vorgang.ersetzt,
    }
    return (json.dumps(felder, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def read_eintrag(inhalt: bytes) -> Vorgang:
    """Read the bytes of an eintrag.json; raise KeinVorgang when a key is missing or of the wrong kind."""
    felder = _parse(inhalt)
    try:
        if felder["schema"] not in SCHEMAS:
            raise KeinVorgang(
                f"das Schema {_short(felder['schema'])} ist unbekannt; gelesen werden {' und '.join(SCHEMAS)}"
            )
        return Vorgang(
            nr=_whole(felder["nr"]),
            aktenzeichen=_text(felder["aktenzeichen"]),
            art=_text(felder["art"]),
            stichtag=_date(felder["stichtag"]),
            erzeugt_am=_text(felder["erzeugt_am"]),
            lauf_id=_text(felder["lauf_id"]),
            bearbeiter=_text(felder["bearbeiter"]),
            rechner=_text(felder["rechner"]),
            version=_text(felder["version"]),
            vorher=None if felder["vorher"] is None else _hash(felder["vorher"]),
            eingaben={pfad: _hash(summe) for pfad, summe in _mapping(felder["eingaben"]).items()},
            werte={name: _triple(wert) for name, wert in _mapping(felder["werte"]).items()},
            daten=_mapping(felder["daten"]),
            dateien={name: _hash(summe) for name, summe in _mapping(felder["dateien"]).items()},
            anlass=_text(felder["anlass"]),
            ersetzt=None if felder["ersetzt"] is None else _whole(felder["ersetzt"]),
            hash=sha256(inhalt),
            schema=_text(felder["schema"]),
        )
    except KeyError as fehler:
        raise KeinVorgang(f"der Schlüssel {fehler} fehlt") from None


def _parse(inhalt: bytes) -> dict[str, Any]:
    try:
        felder = json.loads(
            inhalt.decode("utf-8"),
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
            object_pairs_hook=_refuse_duplicates,
        )
    except KeinVorgang:
        raise
    except (ValueError, RecursionError):  # no UTF-8, no JSON, a number of thousands of digits, too deep
        raise KeinVorgang("die Datei ist kein JSON") from None
    return _mapping(felder)


def _refuse_number(zahl: str) -> NoReturn:
    """Refuse binary fractions: an amount in an entry is text, because a float near money is a defect."""
    raise KeinVorgang(f"{zahl[:40]} ist keine ganze Zahl; Beträge stehen als Text")


def _refuse_duplicates(paare: list[tuple[str, Any]]) -> dict[str, Any]:
    felder = dict(paare)
    if len(felder) < len(paare):
        raise KeinVorgang("ein Schlüssel steht zweimal")
    return felder


def _mapping(wert: object) -> dict[str, Any]:
    if not isinstance(wert, dict):
        raise KeinVorgang(f"{_short(wert)} ist keine Zuordnung")
    return wert


def _date(wert: object) -> dt.date:
    text = _text(wert)
    try:
        tag = dt.date.fromisoformat(text)
    except ValueError:
        raise KeinVorgang(f"{_short(wert)} ist kein Datum") from None
    if tag.isoformat() != text:  # Python also reads 20260420 and 2026-W17-1
        raise KeinVorgang(f"{_short(wert)} ist kein Datum der Form 2026-04-20")
    return tag


def _text(wert: object) -> str:
    if not isinstance(wert, str):
        raise KeinVorgang(f"{_short(wert)} ist kein Text")
    return wert


def _whole(wert: object) -> int:
    if not isinstance(wert, int) or isinstance(wert, bool) or wert < 1:
        raise KeinVorgang(f"{_short(wert)} ist keine Nummer")
    return wert


def _hash(wert: object) -> str:
    if not isinstance(wert, str) or not _HASH.fullmatch(wert):
        raise KeinVorgang(f"{_short(wert)} ist keine SHA-256-Summe")
    return wert


def _triple(wert: object) -> tuple[str, str, str]:
    if not isinstance(wert, list) or len(wert) != 3:
        raise KeinVorgang(f"{_short(wert)} ist kein [Wert, gültig ab, Quelle]")
    return _text(wert[0]), _text(wert[1]), _text(wert[2])


def _short(wert: object) -> str:
    """Quote a wrong value without letting it flood the message."""
    return repr(wert)[:60]
