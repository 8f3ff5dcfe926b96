"""`mahnakte eda folge`: follow-ups to the court as an EDA file, or as a sheet to send by hand."""

import pathlib
from typing import Any

import mahnakte
from mahnakte.ablage.lesen import read_datei, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.ziel import create_file, replace_output
from mahnakte.antrag.angabenblatt import Abschnitt, blatt_werte
from mahnakte.antrag.aus_fall.entwurf import derive_dateikopf
from mahnakte.antrag.aus_fall.folgesachen import FOLGEARTEN, Folgeentwurf, answer_from_case, derive_folgesache
from mahnakte.antrag.eda.folgesachen import Folgesache, read_monierung, write_folgesache
from mahnakte.fall.partei import Schuldner
from mahnakte.grund.befund import Ablehnung, as_warnungen, sperre
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.ausgaben import refuse_standing
from mahnakte.werk.blaetter import make_set_blatt
from mahnakte.werk.ergebnis import ABGELEHNT, Ergebnis, NichtBegonnen, weigh
from mahnakte.werk.laden import Lage, load_fall

MONIERUNG = "monierung"
ARTEN = (*FOLGEARTEN, MONIERUNG)
_NAMEN = {art: folgeart.name for art, folgeart in FOLGEARTEN.items()} | {
    MONIERUNG: "Antwort auf die Monierung"
}


def write_folge(
    art: str,
    fall: pathlib.Path,
    ziel: pathlib.Path,
    lage: Lage,
    *,
    schuldner: str | None = None,
    nummer: int = 1,
    nachricht: pathlib.Path | None = None,
    ersetzen: bool = False,
) -> Ergebnis:
    """Write one follow-up of a case; the ending of `ziel` decides: .pdf is a sheet to send by hand, else EDA.

    Exit code 2 for a wrong call, 3 when the case is refused. Nothing is sent, and the case learns nothing.
    """
    refuse_standing([ziel], ersetzen=ersetzen)
    geladen = load_fall(read_fallordner(fall), lage)
    daten: dict[str, Any] = {"fall": show(fall), "art": art, "ziel": None}
    if geladen.sachstand is None or not geladen.benutzbar:
        return Ergebnis(daten, ("Nichts geschrieben.",), geladen.befunde, geladen.rueckgabe)
    sachstand = geladen.sachstand
    try:
        entwurf = _draft(art, sachstand, schuldner, nachricht)
        blatt = ziel.suffix.lower() == ".pdf"
        if entwurf.sache is None or (entwurf.von_hand and not blatt):
            befunde = (*entwurf.befunde, *entwurf.von_hand)
            return Ergebnis(daten, ("Nichts geschrieben.",), befunde, max(ABGELEHNT, weigh(befunde)))
        inhalt = (
            _sheet(art, entwurf.sache, sachstand, lage, schuldner)
            if blatt
            else _file(entwurf.sache, sachstand, lage, nummer)
        )
        (replace_output if ersetzen else create_file)(ziel, inhalt)
    except Ablehnung as ablehnung:
        return Ergebnis(daten, ("Nichts geschrieben.",), ablehnung.befunde, weigh(ablehnung.befunde))
    wie = "zum Senden von Hand" if blatt else "als EDA-Datei; die erste vom Gericht testen lassen"
    satz = f"{_NAMEN[art]}, {wie}: {show(ziel)}"
    offen = as_warnungen(entwurf.von_hand)
    return Ergebnis({**daten, "ziel": show(ziel)}, (satz,), (*entwurf.befunde, *offen))


def _draft(
    art: str, sachstand: Sachstand, schuldner: str | None, nachricht: pathlib.Path | None
) -> Folgeentwurf:
    if art != MONIERUNG:
        return derive_folgesache(art, sachstand, _debtor(sachstand, schuldner))
    if nachricht is None:
        text = "Zur Antwort auf eine Monierung gehört die Datei des Gerichts."
        raise _incomplete(text, "Sie mit --nachricht angeben.")
    try:
        gelesen = read_datei(nachricht)
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    return answer_from_case(
        read_monierung(gelesen.inhalt, show(nachricht), sachstand.fall.aktenzeichen), sachstand
    )


def _incomplete(text: str, abhilfe: str) -> NichtBegonnen:
    return NichtBegonnen([sperre("FOLGE_ANGABE", text, abhilfe)])


def _debtor(sachstand: Sachstand, kennung: str | None) -> Schuldner:
    alle = [s for s in sachstand.fall.schuldner if kennung in (None, s.kennung)]
    if len(alle) != 1:
        namen = ", ".join(s.kennung for s in sachstand.fall.schuldner)
        abhilfe = f"Einen nennen: --schuldner KENNUNG ({namen})."
        text = "Ein Folgeantrag richtet sich gegen einen Schuldner."
        raise _incomplete(text, abhilfe)
    return alle[0]


def _file(sache: Folgesache, sachstand: Sachstand, lage: Lage, nummer: int) -> bytes:
    kopf = derive_dateikopf(sachstand.fall.einstellungen, nummer, lage.stichtag, mahnakte.__version__)
    return write_folgesache(sache, kopf)


def _sheet(art: str, sache: Folgesache, sachstand: Sachstand, lage: Lage, kennung: str | None) -> bytes:
    """Set every field with its meaning, for form or portal."""
    abschnitte = [
        Abschnitt(
            satz.bedeutung,
            tuple((feld.bedeutung, str(werte[feld.name])) for feld in satz.felder if werte.get(feld.name)),
        )
        for satz, werte in sache.saetze
    ]
    titel = f"{_NAMEN[art]} {sachstand.fall.aktenzeichen}"
    gemeint = sachstand.fall.schuldner if art == MONIERUNG else (_debtor(sachstand, kennung),)
    namen = ", ".join(schuldner.voller_name for schuldner in gemeint)
    hinweis = (
        "Von Hand senden: in den Vordruck des Gerichts oder unter den Folgeanträgen im Portal eintragen."
    )
    werte = blatt_werte(titel, f"{sachstand.fall.glaeubiger.voller_name} gegen {namen}", hinweis, abschnitte)
    return make_set_blatt(lage)("angabenblatt", werte)
