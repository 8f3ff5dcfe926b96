"""`mahnakte einlesen`: a list of open items against the Bestand; with `--uebernehmen` new cases and steps.

Each new case appears whole by one rename, with the step that keeps what the list said. What the list changes in a
standing case becomes a step. Nothing is booked: a list does not say when somebody paid.
"""

import dataclasses
import functools
import pathlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mahnakte.ablage.entdecken import EINSTELLUNGEN
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Datei, read_datei
from mahnakte.ablage.platte import PLATTE
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.verifizieren import BESCHAEDIGT
from mahnakte.ablage.ziel import create_file
from mahnakte.bestand.postenabgleich import Abgleich, Auftrag, Bestandsblick, Teilung, match_liste
from mahnakte.bestand.postenkarte import key_of
from mahnakte.bestand.postenvorschlag import FUER_MENSCHEN, Vorschlag
from mahnakte.bestand.postenvorschlag import Lage as Postenlage
from mahnakte.eingang.posten.lesen import draft_zuordnung, read_postenliste
from mahnakte.eingang.posten.postenliste import Postenliste
from mahnakte.eingang.posten.zuordnung import Zuordnung, read_zuordnung, write_zuordnung
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre, warnung
from mahnakte.grund.betrag import format_euro, json_betrag
from mahnakte.grund.text import json_safe
from mahnakte.grund.worker import WorkerError
from mahnakte.werk.ergebnis import (
    ABGELEHNT,
    FERTIG,
    MIT_BEFUNDEN,
    NICHT_BEGONNEN,
    SCHADEN,
    Ergebnis,
    NichtBegonnen,
)
from mahnakte.werk.laden import Lage, find_ordner
from mahnakte.werk.postenbestand import look_at_bestand
from mahnakte.werk.postenuebernahme import Uebernahme, Zeile
from mahnakte.werk.rechnungsdateien import read_rechnungsdatei

_LESEZEIT = 300.0  # seconds of CPU for a list of the largest size
# Booking batches hold the movements of a period: what is missing there may be open all the same.
_AUSSCHNITT = "stapel"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wahl:
    """What a person says about a list.

    `teil`: it lacks items that are open. `stufen` are letters by the word that the list has for them.
    """

    zuordnung: pathlib.Path | None = None
    vorschlag: pathlib.Path | None = None
    rechnungen: pathlib.Path | None = None
    glaeubiger: str | None = None
    je: str = Teilung.KUNDE.value
    teil: bool = False
    stufen: Mapping[str, str] = dataclasses.field(default_factory=dict)


def take_posten(
    datei: pathlib.Path, bestand: pathlib.Path, wahl: Wahl, lage: Lage, herkunft: Herkunft | None
) -> Ergebnis:
    """Read a list, compare it with the cases of a Bestand; with `herkunft` write what follows from it.

    Exit code 1 when something is for a person, 2 when file, Bestand or mapping cannot be read, 3 when a case is
    refused.
    """
    try:
        gelesen = read_datei(datei)
        zuordnung = _read_mapping(wahl.zuordnung)
    except Ablehnung as ablehnung:
        raise NichtBegonnen(ablehnung.befunde) from None
    ordner, befunde = find_ordner([bestand], lage)
    if bestand in ordner:
        abhilfe = f"Den Ordner darüber angeben: {show(bestand.absolute().parent)}"
        text = "Das ist ein Fallordner; gemeint ist der Bestand, in dem die Fälle liegen."
        raise NichtBegonnen([sperre("EINLESEN_BESTAND", text, abhilfe, Stelle(show(bestand)))])
    glaeubiger = _choose_creditor(bestand, wahl.glaeubiger, lage)
    try:
        liste = _call(lage, read_postenliste, gelesen, zuordnung)
    except Ablehnung as ablehnung:
        return _refused(gelesen, ablehnung, wahl, lage)
    blick = look_at_bestand(bestand, ordner, lage)
    auftrag = Auftrag(
        glaeubiger=glaeubiger,
        quelle=f"der Liste {json_safe(gelesen.pfad.name)}",
        ganz=not wahl.teil and _AUSSCHNITT not in liste.profil.casefold(),
        teilung=Teilung(wahl.je),
        stufe_of=functools.partial(_find_stufe, stufen=wahl.stufen),
    )
    abgleich = match_liste(liste, blick, auftrag)
    uebernahme = Uebernahme(
        bestand, blick, abgleich, auftrag, lage, _read_invoices(wahl.rechnungen, abgleich, lage)
    )
    zeilen = tuple(uebernahme.run(herkunft))
    alle = (*befunde, *liste.befunde, *_unseen(blick), *(b for zeile in zeilen for b in zeile.befunde))
    abgelehnt = [befund for zeile in zeilen for befund in zeile.befunde]
    schaden = any(befund.code == BESCHAEDIGT for befund in abgelehnt)
    schlimmstes = SCHADEN if schaden else ABGELEHNT if abgelehnt else FERTIG
    fragt = any(v.lage in FUER_MENSCHEN or v.lage is Postenlage.GEFRAGT for v in abgleich.vorschlaege)
    return Ergebnis(
        _as_json(gelesen, lage, liste, abgleich, zeilen, herkunft is not None),
        tuple(_lines(gelesen, liste, abgleich, zeilen, herkunft is not None)),
        alle,
        max(schlimmstes, MIT_BEFUNDEN if fragt else FERTIG),
    )


def _call(lage: Lage, lesen: Any, datei: Datei, *weitere: Any) -> Any:
    try:
        return lage.werkstatt.call(lesen, datei.inhalt, show(datei.pfad), *weitere, seconds=_LESEZEIT)
    except WorkerError as fehler:
        text = f"Die Datei konnte nicht gelesen werden: {fehler}"
        abhilfe = "Die Liste neu ausgeben, in Teilen, wenn sie sehr groß ist."
        raise Ablehnung(sperre("EINLESEN_ABGEBROCHEN", text, abhilfe, Stelle(show(datei.pfad)))) from fehler


def _read_mapping(pfad: pathlib.Path | None) -> Zuordnung | None:
    return None if pfad is None else read_zuordnung(read_datei(pfad).inhalt, show(pfad))


def _choose_creditor(bestand: pathlib.Path, genannt: str | None, lage: Lage) -> str:
    """Return whose items the list has: the creditor named, or the only one there is; raise NichtBegonnen."""
    alle = lage.einstellungen_for(bestand / "_")[0].glaeubiger
    if genannt in alle:
        return genannt or ""
    if genannt is None and len(alle) == 1:
        return next(iter(alle))
    text = f"Den Gläubiger „{genannt}“ gibt es nicht." if genannt else "Der Bestand hat mehrere Gläubiger."
    abhilfe = f"Mit --glaeubiger angeben, wessen Posten es sind: {', '.join(alle)}."
    raise NichtBegonnen([sperre("EINLESEN_GLAEUBIGER", text, abhilfe, Stelle(show(bestand / EINSTELLUNGEN)))])


def _find_stufe(wort: str, stufen: Mapping[str, str]) -> str | None:
    """Return the letter that a word of the list means, as a person has said; a bare level is none."""
    return stufen.get(" ".join(wort.split()).casefold())


def _unseen(blick: Bestandsblick) -> Iterator[Befund]:
    if blick.ungelesene:
        namen = ", ".join(map(json_safe, sorted(blick.ungelesene)))
        text = f"Diese Fälle lassen sich nicht lesen; was dort steht, ist nicht verglichen: {namen}"
        abhilfe = "Sie mit „mahnakte pruefen“ ansehen und in Ordnung bringen."
        yield warnung("EINLESEN_UNGESEHEN", text, abhilfe)


def _refused(datei: Datei, ablehnung: Ablehnung, wahl: Wahl, lage: Lage) -> Ergebnis:
    """Show what the columns of an unknown list probably mean; write it down where a person asks for it."""
    daten: dict[str, Any] = {"datei": show(datei.pfad), "zuordnung": None}
    zeilen = ["Nichts gelesen."]
    if ablehnung.befund.code == "POSTENSPALTEN_UNBESTAETIGT":
        entwurf = _call(lage, draft_zuordnung, datei)
        text = write_zuordnung(entwurf.zuordnung)
        daten["zuordnung"] = dict(entwurf.zuordnung.spalten)
        zeilen = ["Vorschlag für die Zuordnung der Spalten; bitte ansehen:", "", *text.decode().splitlines()]
        zeilen += ["", *(f"Zu prüfen: {frage}" for frage in entwurf.fragen)]
        zeilen += [f"Nicht gelesen wird: {', '.join(entwurf.ungelesen)}"] if entwurf.ungelesen else []
        if wahl.vorschlag is not None:
            try:
                create_file(wahl.vorschlag, text)
            except Ablehnung as fehler:
                raise NichtBegonnen(fehler.befunde) from None
            zeilen.append(f"Geschrieben: {show(wahl.vorschlag)}; angeben mit --zuordnung")
    return Ergebnis(daten, tuple(zeilen), ablehnung.befunde, NICHT_BEGONNEN)


def _read_invoices(ordner: pathlib.Path | None, abgleich: Abgleich, lage: Lage) -> dict[str, Datei]:
    """Return the e-invoices of a folder by the key of their number, for the numbers that new cases have."""
    if ordner is None:
        return {}
    gesucht = {key_of(posten.nummer) for neu in abgleich.neue for posten in neu.posten}
    gefunden: dict[str, Datei] = {}
    try:
        eintraege = sorted(PLATTE.scan(ordner), key=lambda eintrag: eintrag.name)
    except OSError:
        abhilfe = "Den Ordner angeben, in dem die Rechnungen liegen."
        stelle = Stelle(show(ordner))
        raise NichtBegonnen(
            [sperre("EINLESEN_RECHNUNGEN", "Diesen Ordner gibt es nicht.", abhilfe, stelle)]
        ) from None
    for eintrag in eintraege:
        if pathlib.PurePath(eintrag.name).suffix.lower() not in (".xml", ".pdf"):
            continue
        try:
            datei = read_datei(ordner / eintrag.name)
        except Ablehnung:
            continue  # named by nobody: what cannot be read is no invoice of the list
        rechnung = read_rechnungsdatei(datei, lage.werkstatt).rechnung
        if rechnung is not None and rechnung.nummer and key_of(rechnung.nummer) in gesucht:
            gefunden.setdefault(key_of(rechnung.nummer), datei)
    return gefunden


# --- what the clerk sees -------------------------------------------------------------------------------

_TITEL: Mapping[Postenlage, str] = {
    Postenlage.NEUER_FALL: "In neue Fälle",
    Postenlage.WEITERE: "Neue Rechnungen in Fällen, die es gibt",
    Postenlage.VERSCHWUNDEN: "Nicht mehr in der Liste; der Fall ruht, bis es geklärt ist",
    Postenlage.WENIGER: "Weniger offen als im Fall; der Fall ruht, bis es geklärt ist",
    Postenlage.WIEDER_DA: "Wieder in der Liste; die Frage ist beantwortet",
    Postenlage.GESPERRT: "In der Buchhaltung gesperrt; der Fall ruht",
    Postenlage.ENTSPERRT: "In der Buchhaltung nicht mehr gesperrt",
    Postenlage.GEMAHNT: "Schreiben anderer Programme",
    Postenlage.MEHR: "Mehr offen als im Fall",
    Postenlage.WIDERSPRUCH: "Widerspricht dem Fall; nichts übernommen",
    Postenlage.ENTFERNT: "Von einem Menschen herausgenommen; nicht zurückgeholt",
    Postenlage.GUTHABEN: "Guthaben",
    Postenlage.UNKLAR: "Nicht zuzuordnen; nichts übernommen",
    Postenlage.GEFRAGT: "Schon gefragt",
    Postenlage.BEKANNT: "Bekannt und unverändert",
}
_HOECHSTENS = 20


def _lines(
    datei: Datei, liste: Postenliste, abgleich: Abgleich, zeilen: Sequence[Zeile], geschrieben: bool
) -> Iterator[str]:
    yield f"{show(datei.pfad)} ({liste.profil}): {len(liste.offene)} offene Posten."
    for grund, zahl in liste.gezaehlt:
        yield f"Übergangen: {zahl} ({grund})"
    for lage, titel in _TITEL.items():
        gleiche = [v for v in abgleich.vorschlaege if v.lage is lage]
        if not gleiche:
            continue
        yield ""
        yield f"{titel}: {len(gleiche)}"
        if lage is not Postenlage.BEKANNT:
            yield from (_line(vorschlag) for vorschlag in gleiche[:_HOECHSTENS])
            if len(gleiche) > _HOECHSTENS:
                yield f"  … und {len(gleiche) - _HOECHSTENS} weitere; alle mit --json"
    neue, schritte = sum(z.neu for z in zeilen), sum(not z.neu for z in zeilen)
    abgelehnt = sum(bool(z.befunde) for z in zeilen)
    yield ""
    if geschrieben:
        angelegt = sum(z.neu and z.nr is not None for z in zeilen)
        vorgaenge = sum(not z.neu and z.nr is not None for z in zeilen)
        yield f"Angelegt: {angelegt} Fälle, {vorgaenge} Vorgänge; abgelehnt: {abgelehnt}."
    elif neue or schritte:
        yield f"Nur gezeigt: {neue} neue Fälle, {schritte} Vorgänge. Übernehmen: derselbe Befehl mit --uebernehmen"
    else:
        yield "Nichts zu übernehmen."


def _line(vorschlag: Vorschlag) -> str:
    posten = vorschlag.posten
    kunde = f"Kunde {json_safe(vorschlag.kunde)}" if vorschlag.kunde else "ohne Kundennummer"
    wer = f" {json_safe(posten.name)}" if posten and posten.name else ""
    offen = f", {format_euro(posten.offen)}" if posten else ""
    wo = f" (Fall {json_safe(vorschlag.ordner)})" if vorschlag.ordner else ""
    zeile = f", Zeile {posten.zeile}" if posten else ""
    text = f": {json_safe(vorschlag.text)}" if vorschlag.text else ""
    return f"  {json_safe(vorschlag.nummer)}, {kunde}{wer}{offen}{wo}{zeile}{text}"


def _as_json(
    datei: Datei,
    lage: Lage,
    liste: Postenliste,
    abgleich: Abgleich,
    zeilen: Sequence[Zeile],
    geschrieben: bool,
) -> dict[str, Any]:
    return {
        "datei": show(datei.pfad),
        "profil": liste.profil,
        "stichtag": lage.stichtag.isoformat(),
        "uebernommen": geschrieben,
        "uebergangen": dict(liste.gezaehlt),
        "posten": [
            {
                "lage": v.lage.value,
                "nummer": json_safe(v.nummer),
                "kundennummer": json_safe(v.kunde),
                "name": json_safe(v.posten.name) if v.posten else None,
                "offen": json_betrag(v.posten.offen) if v.posten else None,
                "zeile": v.posten.zeile if v.posten else None,
                "ordner": json_safe(v.ordner) if v.ordner else None,
                "text": json_safe(v.text),
            }
            for v in abgleich.vorschlaege
        ],
        "faelle": [
            {
                "ordner": z.ordner,
                "neu": z.neu,
                "rechnungen": list(z.nummern),
                "nr": z.nr,
                "abgelehnt": bool(z.befunde),
            }
            for z in zeilen
        ],
    }
