"""`mahnakte versand` and `mahnakte storno`: what happened to a step, recorded as a step of its own.

Created and sent are two facts. A created letter may be cancelled as long as it has not been sent, an application as
long as it has not been filed; afterwards never.
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
from mahnakte.befehle.sammelgut import EINGEREICHT, is_filed
from mahnakte.fall.fall import Fall
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
        _check(wirksame, gelesen.vorgaenge.vorgaenge, vermerk, lage.stichtag, gelesen.pfad)
        if vermerk.art == "storno":
            _check_not_filed(geladen.fall, wirksame, vermerk.nr, lage, gelesen.pfad)
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
    was = vermerk.anlass if vermerk.art == "versand" else f"storniert ({vermerk.anlass})"
    satz = f"Vorgang {vermerk.nr:04d} {was}; vermerkt als Vorgang {vorgang.nr:04d}."
    return Ergebnis({**daten, "nr": vorgang.nr}, (satz,))


def _find_vermerk(
    wirksame: tuple[Vorgang, ...], alle: tuple[Vorgang, ...], vermerk: Vermerk
) -> Vorgang | None:
    """Return the note that says the same already: a storno once, a sending on the same day by the same way."""
    if vermerk.art == "storno":
        return next((v for v in alle if v.art == "storno" and v.ersetzt == vermerk.nr), None)
    gleich = {"vorgang": vermerk.nr, **vermerk.daten}
    return next((v for v in wirksame if v.art == "versand" and v.daten == gleich), None)


def _check(
    wirksame: tuple[Vorgang, ...],
    alle: tuple[Vorgang, ...],
    vermerk: Vermerk,
    stichtag: dt.date,
    pfad: pathlib.Path,
) -> None:
    ort = Stelle(show(pfad / "vorgaenge"))
    gemeint = next((vorgang for vorgang in wirksame if vorgang.nr == vermerk.nr), None)
    if gemeint is None or gemeint.art in _VERMERKE:
        text = _why_not(next((v for v in alle if v.nr == vermerk.nr), None), vermerk, stichtag)
        raise Ablehnung(
            sperre("VORGANG_NICHT_DA", text, "Die Nummer des Ordners unter vorgaenge/ angeben.", ort)
        )
    if vermerk.art == "versand":
        _check_day(gemeint, dt.date.fromisoformat(str(vermerk.daten["am"])), stichtag, ort)
    versandt = next(
        (v for v in wirksame if v.art == "versand" and v.daten.get("vorgang") == vermerk.nr), None
    )
    if vermerk.art == "storno" and versandt is not None:
        raise Ablehnung(
            sperre("SCHON_VERSANDT",
                   f"Vorgang {vermerk.nr:04d} wurde {versandt.anlass}; er lässt sich nicht mehr stornieren.",
                   "Ein neues Schreiben an den Schuldner richten, das es richtigstellt.", ort)
        )  # fmt: skip


def _check_not_filed(
    fall: Fall, wirksame: tuple[Vorgang, ...], nr: int, lage: Lage, pfad: pathlib.Path
) -> None:
    """What lies with the court is taken back there (§ 269 ZPO), not in the folder."""
    antrag = next((v for v in wirksame if v.nr == nr and v.art in EINGEREICHT), None)
    if antrag is not None and is_filed(fall, antrag, lage):
        raise Ablehnung(
            sperre("SCHON_EINGEREICHT",
                   f"Vorgang {nr:04d} ist beim Gericht eingereicht; er lässt sich nicht mehr stornieren.",
                   "Den Antrag beim Gericht zurücknehmen. War er es doch nicht: das Ereignis "
                   f"„{EINGEREICHT[antrag.art]}“ streichen oder dessen Vorgang stornieren.",
                   Stelle(show(pfad / "vorgaenge")))
        )  # fmt: skip


def _check_day(gemeint: Vorgang, am: dt.date, stichtag: dt.date, ort: Stelle) -> None:
    """A step is sent on its own day at the earliest, and nobody knows a sending of tomorrow."""
    if gemeint.stichtag <= am <= stichtag:
        return
    falsch = (
        f"vor dem Schreiben vom {format_datum(gemeint.stichtag)}"
        if am < gemeint.stichtag
        else f"nach dem Stichtag {format_datum(stichtag)}"
    )
    raise Ablehnung(
        sperre("VERSANDTAG_FALSCH", f"Der Versand am {format_datum(am)} liegt {falsch}.",
               "Mit --am den Tag angeben, an dem das Schreiben hinausging.", ort)
    )  # fmt: skip


def _why_not(gemeint: Vorgang | None, vermerk: Vermerk, stichtag: dt.date) -> str:
    """Return why a step cannot be sent or cancelled though the number may well stand there."""
    verb = "stornieren" if vermerk.art == "storno" else "versenden"
    if gemeint is None or gemeint.stichtag > stichtag:
        return f"Einen Vorgang {vermerk.nr:04d} gibt es am {format_datum(stichtag)} nicht."
    if gemeint.art in _VERMERKE:
        return f"Vorgang {vermerk.nr:04d} ist selbst ein Vermerk ({gemeint.art}); er lässt sich nicht {verb}."
    return f"Vorgang {vermerk.nr:04d} ist storniert; er lässt sich nicht mehr {verb}."
