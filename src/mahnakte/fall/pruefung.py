"""Checks of a composed case: references, dates, contradictions, what the law forbids. Findings, no repair."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis, Gutschrift, Verzicht, Zahlung
from mahnakte.grund.befund import Befund, Schwere, Stelle, hinweis, sperre, warnung
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import propose

_TILGUNGSZIELE = ("hauptforderung", "zinsen", "kosten")


def check_fall(fall: Fall, stichtag: dt.date) -> tuple[Befund, ...]:
    """Return what is contradictory, missing or implausible in a case, as of a Stichtag."""
    return (
        *_check_parties(fall),
        *_check_forderungen(fall),
        *_check_references(fall),
        *_check_events(fall),
        *_check_future(fall, stichtag),
    )


def without_quittierte(befunde: tuple[Befund, ...], fall: Fall) -> tuple[Befund, ...]:
    """Drop the findings a person has accepted in `quittiert:`. A `sperre` cannot be accepted away."""
    angenommen = {(quittung.code, quittung.rechnung) for quittung in fall.quittiert}
    return tuple(
        befund
        for befund in befunde
        if befund.schwere is Schwere.SPERRE
        or not {(befund.code, befund.gegenstand), (befund.code, None)} & angenommen
    )


def _check_parties(fall: Fall) -> Iterator[Befund]:
    doppelte = [name for name, zahl in Counter(s.kennung for s in fall.schuldner).items() if zahl > 1]
    for kennung in doppelte:
        yield sperre(
            "KENNUNG_DOPPELT",
            f"Zwei Schuldner haben die Kennung „{kennung}“.",
            "Jedem Schuldner eine eigene Kennung geben.",
            fall.schuldner[-1].stelle,
        )
    if len(fall.schuldner) > 1 and not fall.gesamtschuldner:
        yield sperre(
            "GESAMTSCHULD_UNGEKLAERT",
            "Mehrere Schuldner, aber „gesamtschuldner: ja“ steht nicht da.",
            "„gesamtschuldner: ja“ ergänzen, wenn jeder das Ganze schuldet (§ 421 BGB); sonst je Schuldner "
            "einen eigenen Fall anlegen.",
            fall.schuldner[1].stelle,
        )
    for schuldner in fall.schuldner:
        if schuldner.verbraucher is None:
            yield sperre(
                "VERBRAUCHER_UNGEKLAERT",
                f"Bei „{schuldner.kennung}“ fehlt, ob er bei diesem Vertrag Verbraucher ist.",
                "„verbraucher: ja“ oder „verbraucher: nein“ ergänzen (§ 13 BGB); davon hängen Zinssatz und "
                "Pauschale ab.",
                schuldner.stelle,
            )
    for partei in (fall.glaeubiger, *fall.schuldner):
        if partei.staat == "DE" and not (partei.plz.isdigit() and len(partei.plz) == 5):
            yield sperre(
                "PLZ_FALSCH",
                f"„{partei.plz}“ ist keine deutsche Postleitzahl (fünf Ziffern).",
                "Die Postleitzahl berichtigen oder „staat:“ ergänzen.",
                partei.stelle,
            )
        if partei.art == "gesellschaft" and not partei.rechtsform:
            yield warnung(
                "RECHTSFORM_FEHLT",
                f"Bei „{partei.name}“ fehlt die Rechtsform.",
                "„rechtsform:“ ergänzen, zum Beispiel GmbH; das Gericht verlangt sie.",
                partei.stelle,
            )


def _check_forderungen(fall: Fall) -> Iterator[Befund]:
    if not fall.forderungen and not fall.titel:
        yield sperre(
            "KEINE_FORDERUNG",
            "Der Fall hat weder eine Rechnung noch einen Titel.",
            "Unter „rechnungen:“ mindestens eine Rechnung eintragen.",
            Stelle("fall.yaml"),
        )
    for nummer, zahl in Counter(forderung.nummer for forderung in fall.forderungen).items():
        if zahl > 1:
            letzte = [forderung for forderung in fall.forderungen if forderung.nummer == nummer][-1]
            yield sperre(
                "RECHNUNG_DOPPELT",
                f"Die Rechnung {nummer} steht {zahl}-mal im Fall.",
                "Den doppelten Eintrag streichen.",
                letzte.stelle,
            )
    for forderung in fall.forderungen:
        if forderung.faellig_am is None and forderung.rechnung is None:  # for e-invoices their reader says so
            yield warnung(
                "FAELLIGKEIT_FEHLT",
                f"Für die Rechnung {forderung.nummer} ist kein Fälligkeitstag bekannt; so beginnt keine Mahnung.",
                "„faellig_am:“ ergänzen; ein Text wie „14 Tage nach Erhalt“ wird nicht gedeutet.",
                forderung.stelle,
            )
        if forderung.faellig_am and forderung.leistung_am and forderung.faellig_am < forderung.leistung_am:
            yield hinweis(
                "FAELLIG_VOR_LEISTUNG",
                f"Rechnung {forderung.nummer}: fällig am {format_datum(forderung.faellig_am)}, geleistet erst am "
                f"{format_datum(forderung.leistung_am)}.",
                "Prüfen, ob Vorkasse vereinbart war.",
                forderung.stelle,
            )
        if forderung.zinsen and (forderung.zinsen.satz is None) == (forderung.zinsen.punkte is None):
            yield sperre(
                "ZINSANGABE_UNKLAR",
                f"Rechnung {forderung.nummer}: „zinsen:“ braucht entweder „satz“ oder „punkte“.",
                "Genau eine der beiden Angaben machen.",
                forderung.zinsen.stelle,
            )


def _check_references(fall: Fall) -> Iterator[Befund]:
    nummern = [forderung.nummer for forderung in fall.forderungen]
    kennungen = [schuldner.kennung for schuldner in fall.schuldner]
    titel = [einzeln.kennung for einzeln in fall.titel]
    buchungen: tuple[Zahlung | Gutschrift | Verzicht, ...] = (
        *fall.zahlungen,
        *fall.gutschriften,
        *fall.verzicht,
    )
    for buchung in buchungen:
        ziele = [*nummern, *titel, *_TILGUNGSZIELE]
        yield from _check_known("auf", buchung.auf, ziele, buchung.stelle)
    for zahlung in fall.zahlungen:
        yield from _check_known("von", zahlung.von, kennungen, zahlung.stelle)
    for ereignis in fall.ereignisse:
        yield from _check_known("schuldner", ereignis.schuldner, kennungen, ereignis.stelle)
        yield from _check_known("rechnung", ereignis.rechnung, nummern, ereignis.stelle)
        yield from _check_known("titel", ereignis.titel, titel, ereignis.stelle)
    for einzeln in fall.titel:
        yield from _check_known("schuldner", einzeln.schuldner, kennungen, einzeln.stelle)


def _check_known(schluessel: str, wert: str | None, bekannte: list[str], stelle: Stelle) -> Iterator[Befund]:
    if wert is not None and wert not in bekannte:
        yield sperre(
            "VERWEIS_INS_LEERE",
            f"„{schluessel}: {wert}“ gibt es in diesem Fall nicht.",
            propose(wert, bekannte),
            stelle,
        )


def _check_events(fall: Fall) -> Iterator[Befund]:
    stufen = {stufe.art for stufe in fall.einstellungen.mahnplan}
    for ereignis in fall.ereignisse:
        if ereignis.bis and ereignis.bis < ereignis.am:
            yield sperre(
                "ZEITRAUM_VERKEHRT",
                f"„{ereignis.art}“ endet am {format_datum(ereignis.bis)}, vor dem Beginn "
                f"am {format_datum(ereignis.am)}.",
                "Die beiden Tage prüfen.",
                ereignis.stelle,
            )
        if ereignis.art == "mahnung_zugegangen":
            yield from _check_receipt(fall, ereignis)
        if ereignis.art == "mahnung_versandt" and ereignis.stufe not in stufen:
            yield warnung(
                "STUFE_UNBEKANNT",
                f"Die Stufe „{ereignis.stufe}“ steht nicht im Mahnplan; das Schreiben zählt zu keiner Stufe.",
                propose(ereignis.stufe or "", sorted(stufen)),
                ereignis.stelle,
            )


def _check_receipt(fall: Fall, ereignis: Ereignis) -> Iterator[Befund]:
    """A receipt must belong to a letter that is known: ours by number, others' by stage."""
    if (ereignis.stufe is None) == (ereignis.vorgang is None):
        yield sperre(
            "ANGABE_FEHLT",
            "„mahnung_zugegangen“ braucht „stufe“ oder „vorgang“.",
            "Genau eine der beiden Angaben machen.",
            ereignis.stelle,
        )
        return
    versandt = {e.stufe for e in fall.ereignisse if e.art == "mahnung_versandt"}
    eigene = {vorgang.art for vorgang in fall.vorgaenge}
    nummern = {vorgang.nr for vorgang in fall.vorgaenge}
    bekannt = ereignis.vorgang in nummern if ereignis.vorgang else ereignis.stufe in versandt | eigene
    if not bekannt:
        yield warnung(
            "ZUGANG_OHNE_SCHREIBEN",
            "Zu „mahnung_zugegangen“ ist kein versandtes Schreiben bekannt; es setzt niemanden in Verzug.",
            "Für Schreiben aus anderen Programmen ein Ereignis „mahnung_versandt“ mit derselben Stufe ergänzen.",
            ereignis.stelle,
        )


def _check_future(fall: Fall, stichtag: dt.date) -> Iterator[Befund]:
    """Facts later than the Stichtag do not count; a clerk should know that they are there."""
    spaetere = [
        *(("Zahlung", zahlung.am, zahlung.stelle) for zahlung in fall.zahlungen),
        *(("Gutschrift", gutschrift.am, gutschrift.stelle) for gutschrift in fall.gutschriften),
        *(("Ereignis", ereignis.am, ereignis.stelle) for ereignis in fall.ereignisse),
        *(("Kostenposten", posten.am, posten.stelle) for posten in fall.kosten),
    ]
    for name, am, stelle in spaetere:
        if am > stichtag:
            yield hinweis(
                "NACH_STICHTAG",
                f"{name} vom {format_datum(am)} liegt nach dem Stichtag {format_datum(stichtag)} "
                "und zählt noch nicht.",
                "",
                stelle,
            )
