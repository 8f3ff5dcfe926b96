"""`mahnakte eda eingereicht`: each case of a collective file learns that its application was filed."""

import datetime as dt
import functools
import pathlib
from typing import Any

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.stoerung import show
from mahnakte.antrag.sammeldatei import Schritt, Verzeichnis
from mahnakte.arten.ereignis import ANTRAG_EINGEREICHT
from mahnakte.arten.vorgang import EINGEREICHT
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.recht.gerichte import read_mahngerichte
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import effective_vorgaenge
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, Ergebnis, NichtBegonnen
from mahnakte.werk.laden import Lage
from mahnakte.werk.posteingang import EREIGNISSE, Nachtrag, publish_nachtrag
from mahnakte.werk.sammeldatei import read_sammeldatei
from mahnakte.werk.sammelgut import is_filed
from mahnakte.werk.vollstreckungsbescheid import covered


def record_eingereicht(ordner: pathlib.Path, am: dt.date, lage: Lage, herkunft: Herkunft) -> Ergebnis:
    """Publish the event for every case of the file; a case that has it already is left alone."""
    try:
        verzeichnis = read_sammeldatei(ordner).verzeichnis
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    if am > lage.stichtag:
        text = f"Der {format_datum(am)} liegt nach dem Stichtag {format_datum(lage.stichtag)}."
        raise NichtBegonnen([sperre("EINGEREICHT_ZUKUNFT", text, "Den Tag der Einreichung angeben.")])
    bestand = ordner.absolute().parent.parent
    zeilen: list[str] = []
    befunde: list[Befund] = []
    faelle: list[dict[str, Any]] = []
    for schritt in verzeichnis.schritte:
        make = functools.partial(_event, schritt, verzeichnis, am, lage)
        nr: int | None = None
        try:
            vorgang = publish_nachtrag(bestand / schritt.ordner, make, lage, herkunft)
            nr = vorgang.nr if vorgang else None
            ergebnis = f"vermerkt als Vorgang {nr:04d}" if nr else "war schon vermerkt"
        except Ablehnung as ablehnung:
            befunde.append(ablehnung.befund)
            ergebnis = "nicht vermerkt"
        zeilen.append(f"{schritt.aktenzeichen}: eingereicht am {format_datum(am)}, {ergebnis}.")
        faelle.append(
            {"aktenzeichen": schritt.aktenzeichen, "pfad": show(bestand / schritt.ordner), "nr": nr}
        )
    daten = {"kennung": verzeichnis.kopf.kennung, "am": am.isoformat(), "faelle": faelle}
    return Ergebnis(daten, tuple(zeilen), tuple(befunde), ABGELEHNT if befunde else FERTIG)


def _event(
    schritt: Schritt, verzeichnis: Verzeichnis, am: dt.date, lage: Lage, sachstand: Sachstand
) -> Nachtrag | None:
    """Return the event, unless the case has it; refuse it for a step that no longer stands."""
    vorgang = next((v for v in effective_vorgaenge(sachstand) if v.hash == schritt.eintrag), None)
    if vorgang is None or vorgang.stichtag > am:
        raise Ablehnung(
            sperre("EINGEREICHT_OHNE_VORGANG", f"{schritt.aktenzeichen}: Vorgang {schritt.nr:04d} steht am "
                   f"{format_datum(am)} nicht (storniert, verändert oder später).", "Das Ereignis "
                   f"„{EINGEREICHT[verzeichnis.art]}“ von Hand in fall.yaml eintragen, wenn es so war.",
                   Stelle(schritt.ordner))
        )  # fmt: skip
    if is_filed(sachstand.fall, vorgang, lage):
        return None
    art = EINGEREICHT[verzeichnis.art]
    kopf = {"am": am.isoformat(), "art": art, "gericht": _name_court(verzeichnis.gericht)}
    if art == ANTRAG_EINGEREICHT.wort:
        ereignisse: tuple[dict[str, str], ...] = ({**kopf, "vorgang": str(schritt.nr)},)
    else:
        ereignisse = tuple({**kopf, "schuldner": wer} for wer in sorted(covered((vorgang,))))
    kennung = verzeichnis.kopf.kennung
    return Nachtrag(
        {EREIGNISSE: ereignisse}, f"eda:{kennung}:{schritt.eintrag}", f"Sammeldatei {kennung} eingereicht"
    )


def _name_court(gericht: str) -> str:
    """Name the court as letters and events do; the index has postcode and place."""
    for eines in read_mahngerichte().gerichte:
        if f"{eines.plz} {eines.ort}" == gericht:
            return f"Amtsgericht {eines.kurzname}"
    return gericht
