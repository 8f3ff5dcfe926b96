"""`mahnakte versand` and `mahnakte storno`: what happened to a step, recorded as a step of its own.

Created and sent are two facts. A created letter may be cancelled as long as it has not been sent; a sent one never.
"""

import dataclasses
import datetime as dt
import pathlib

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Fallordner, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.veroeffentlichen import publish_next
from mahnakte.befehle.ergebnis import ABGELEHNT, Ergebnis
from mahnakte.befehle.laden import Lage, find_fallordner, load_fall
from mahnakte.fall.verlauf import effective_vorgaenge
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf
from mahnakte.grund.befund import Ablehnung, Stelle, sperre
from mahnakte.grund.datum import format_datum

_VERMERKE = ("versand", "storno")


@dataclasses.dataclass(frozen=True, slots=True)
class Vermerk:
    """What is to be recorded: `art` is versand or storno, `nr` the step meant, `daten` the particulars."""

    art: str
    nr: int
    anlass: str
    daten: dict[str, str | int]


def record_versand(
    pfad: pathlib.Path, nr: int, am: dt.date, weg: str, lage: Lage, herkunft: Herkunft
) -> Ergebnis:
    """Record that a step was sent, when and how."""
    vermerk = Vermerk(
        "versand", nr, f"versandt am {format_datum(am)} ({weg})", {"am": am.isoformat(), "weg": weg}
    )
    return _record(pfad, vermerk, lage, herkunft)


def record_storno(pfad: pathlib.Path, nr: int, grund: str, lage: Lage, herkunft: Herkunft) -> Ergebnis:
    """Cancel a step that has not been sent; nothing is deleted."""
    return _record(pfad, Vermerk("storno", nr, grund, {"grund": grund}), lage, herkunft)


def _record(pfad: pathlib.Path, vermerk: Vermerk, lage: Lage, herkunft: Herkunft) -> Ergebnis:
    ordner = find_fallordner(pfad)

    def draft(gelesen: Fallordner) -> Vorgangsentwurf | None:
        geladen = load_fall(gelesen, lage)
        if geladen.fall is None or geladen.aktenzeichen is None:
            raise Ablehnung(geladen.befunde[0])
        wirksame = effective_vorgaenge(geladen.fall, lage.stichtag)
        if _find_vermerk(wirksame, gelesen.vorgaenge.vorgaenge, vermerk):
            return None
        _check(wirksame, vermerk, gelesen.pfad)
        return Vorgangsentwurf(
            aktenzeichen=geladen.aktenzeichen,
            art=vermerk.art,
            stichtag=lage.stichtag,
            anlass=vermerk.anlass,
            eingaben={},
            daten={"vorgang": vermerk.nr, **vermerk.daten},
            ersetzt=vermerk.nr if vermerk.art == "storno" else None,
        )

    gelesen = read_fallordner(ordner)
    daten = {"pfad": show(ordner), "vorgang": vermerk.nr, "art": vermerk.art}
    try:
        vorgang = publish_next(gelesen, draft, herkunft)
    except Ablehnung as ablehnung:
        return Ergebnis({**daten, "nr": None}, ("Nichts vermerkt.",), (ablehnung.befund,), ABGELEHNT)
    if vorgang is None:
        return Ergebnis(
            {**daten, "nr": None}, (f"Vorgang {vermerk.nr:04d}: {vermerk.art} ist schon vermerkt.",)
        )
    satz = f"Vorgang {vermerk.nr:04d}: {vermerk.anlass}; vermerkt als Vorgang {vorgang.nr:04d}."
    return Ergebnis({**daten, "nr": vorgang.nr}, (satz,))


def _find_vermerk(
    wirksame: tuple[Vorgang, ...], alle: tuple[Vorgang, ...], vermerk: Vermerk
) -> Vorgang | None:
    """Return the note that says the same already: a storno once, a sending on the same day by the same way."""
    if vermerk.art == "storno":
        return next((v for v in alle if v.art == "storno" and v.ersetzt == vermerk.nr), None)
    gleich = {"vorgang": vermerk.nr, **vermerk.daten}
    return next((v for v in wirksame if v.art == "versand" and v.daten == gleich), None)


def _check(wirksame: tuple[Vorgang, ...], vermerk: Vermerk, pfad: pathlib.Path) -> None:
    ort = Stelle(show(pfad / "vorgaenge"))
    gemeint = next((vorgang for vorgang in wirksame if vorgang.nr == vermerk.nr), None)
    if gemeint is None or gemeint.art in _VERMERKE:
        raise Ablehnung(
            sperre("VORGANG_NICHT_DA", f"Einen Vorgang {vermerk.nr:04d} zum {_verb(vermerk)} gibt es nicht.",
                   "Die Nummer des Ordners unter vorgaenge/ angeben.", ort)
        )  # fmt: skip
    versandt = next(
        (v for v in wirksame if v.art == "versand" and v.daten.get("vorgang") == vermerk.nr), None
    )
    if vermerk.art == "storno" and versandt is not None:
        raise Ablehnung(
            sperre("SCHON_VERSANDT",
                   f"Vorgang {vermerk.nr:04d} wurde {versandt.anlass}; er lässt sich nicht mehr stornieren.",
                   "Ein neues Schreiben an den Schuldner richten, das es richtigstellt.", ort)
        )  # fmt: skip


def _verb(vermerk: Vermerk) -> str:
    return "Stornieren" if vermerk.art == "storno" else "Versenden"
