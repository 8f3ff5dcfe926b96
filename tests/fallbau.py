"""Cases for tests: a plain fall.yaml with changes, put together as the program does it."""

import dataclasses
import datetime as dt
import pathlib
from collections.abc import Mapping
from typing import Any

from mahnakte.fall.fall import Fall, compose_fall
from mahnakte.fall.lesen import read_einstellungen, read_falldatei
from mahnakte.fall.vorgang import Vorgang
from mahnakte.fall.vorgangsdaten.lesen import read_daten
from mahnakte.fall.vorgangsdaten.satz import SCHEMA, Vorgangsdaten
from mahnakte.recht.rechtsstand import Rechtsstand, shipped_recht

FAELLE = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "faelle"

# The shortest settings, and a fall.yaml of theirs up to its invoices.
MAHNAKTE_YAML = """
absender: {rolle: glaeubiger, name: Beispiel GmbH, strasse: Weg 1, plz: 01067, ort: Dresden, iban: DE02120300000000202051}
glaeubiger:
  beispiel: {art: gesellschaft, rechtsform: GmbH, name: Beispiel, strasse: Weg 1, plz: 01067, ort: Dresden, land: SN}
"""
FALLKOPF = """
aktenzeichen: 2026-0042
glaeubiger: beispiel
schuldner:
  - {kennung: max, vorname: Max, name: Muster, strasse: Gasse 2, plz: 04109, ort: Leipzig, land: SN, verbraucher: ja}
anspruch: {katalog: 11, entgeltforderung: ja}
"""


def build_fall(
    zusatz: str = "",
    *,
    fall: str = "einfach",
    mahnakte: str = "",
    vorgaenge: tuple[Vorgang, ...] = (),
    schuldner_dazu: str = "",
) -> Fall:
    """Return the case of fixtures/faelle with YAML lines added to fall.yaml and to mahnakte.yaml.

    `schuldner_dazu` goes where the list of debtors ends.
    """
    text = (FAELLE / f"{fall}.yaml").read_text(encoding="utf-8") + zusatz
    text = text.replace("anspruch:\n", schuldner_dazu + "anspruch:\n", 1)
    falldatei, befunde = read_falldatei(text.encode(), "fall.yaml")
    assert falldatei is not None, befunde
    einstellungen, befunde = read_einstellungen(
        ((FAELLE / "mahnakte.yaml").read_text(encoding="utf-8") + mahnakte).encode(), "mahnakte.yaml"
    )
    assert einstellungen is not None, befunde
    gebaut, befunde = compose_fall(falldatei, einstellungen, shipped_recht(), {}, vorgaenge)
    assert gebaut is not None, befunde
    return gebaut


def known_up_to(tag: dt.date) -> Rechtsstand:
    """Return the law of a program whose last known Basiszinssatz ends on a day."""
    recht = shipped_recht()
    reihe = recht.find_reihe("basiszinssatz")
    werte = tuple(dataclasses.replace(w, bis=min(w.bis, tag)) for w in reihe.werte if w.ab <= tag)
    kurz = dataclasses.replace(reihe, gedeckt_bis=tag, werte=werte, ab_tage=tuple(wert.ab for wert in werte))
    return Rechtsstand({**recht.reihen, "basiszinssatz": kurz})


def build_vorgang(
    nr: int,
    art: str,
    stichtag: str,
    daten: Mapping[str, Any] | Vorgangsdaten | None = None,
    ersetzt: int | None = None,
) -> Vorgang:
    """Return a step as if it had been published."""
    if art == "storno" and daten is None:
        daten = {"vorgang": ersetzt, "grund": "Test"}
    return Vorgang(
        nr=nr,
        aktenzeichen="2026-0042",
        art=art,
        stichtag=dt.date.fromisoformat(stichtag),
        erzeugt_am=f"{stichtag}T08:00:00Z",
        lauf_id="lauf",
        bearbeiter="test",
        rechner="test",
        version="0",
        vorher=None,
        eingaben={},
        werte={},
        daten=daten if isinstance(daten, Vorgangsdaten) else read_daten(art, daten or {}, SCHEMA),
        dateien={},
        anlass="Test",
        ersetzt=ersetzt,
        hash="0" * 64,
    )


def letter(nr: int, art: str, stichtag: str, frist_bis: str) -> Vorgang:
    """Return a published letter with its deadline."""
    return build_vorgang(nr, art, stichtag, {"frist_bis": frist_bis})


def with_fall(fall: Fall, **aenderungen: Any) -> Fall:
    """Return the case with some fields changed."""
    return dataclasses.replace(fall, **aenderungen)
