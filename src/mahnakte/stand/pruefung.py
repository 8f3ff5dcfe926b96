"""Checks of a composed case: references, dates, contradictions, what the law forbids. Findings, no repair."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterator

from mahnakte.arten.ereignis import FREIGABE, MAHNUNG_VERSANDT, MAHNUNG_ZUGEGANGEN
from mahnakte.arten.folgeschritt import FOLGESCHRITTE
from mahnakte.arten.partei import PARTEIARTEN
from mahnakte.fall.angabefehler import missing_angabe
from mahnakte.fall.doppelung import check_doppelungen
from mahnakte.fall.fall import Fall, Forderung
from mahnakte.fall.kaeuferabgleich import Abgleich, compare_kaeufer
from mahnakte.fall.modell import Ereignis, Gutschrift, Verzicht, Zahlung
from mahnakte.fall.namensvergleich import fold_name
from mahnakte.fall.neu import MUSTER_IBAN, MUSTER_NAME
from mahnakte.fall.rechnung.modell import ERechnung
from mahnakte.fall.rueckfragen import check_doppelzahlungen, check_tage
from mahnakte.fall.tatsachenfehler import doubled_invoice, later_than, unclear_rate, unknown_reference
from mahnakte.grund.befund import Befund, Schwere, Stelle, hinweis, sperre, warnung
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe, propose
from mahnakte.stand.rechnungsfragen import list_fragen
from mahnakte.stand.sachstand import Sachstand, once
from mahnakte.stand.verlauf import belongs_to_creditor

_FERN = dt.timedelta(days=366)  # a due date later than this is more likely a slip in the year than a term
_TILGUNGSZIELE = ("hauptforderung", "zinsen", "kosten")


def check_fall(sachstand: Sachstand) -> tuple[Befund, ...]:
    """Return what is contradictory, missing or implausible in a case, as of a Stichtag."""
    return (
        *_check_einstellungen(sachstand.fall),
        *_check_parties(sachstand.fall),
        *_check_forderungen(sachstand.fall),
        *list_fragen(sachstand),
        *check_doppelungen(sachstand.fall),
        *check_tage(sachstand.fall),
        *check_doppelzahlungen(sachstand.fall),
        *_check_references(sachstand.fall),
        *_check_titel(sachstand.fall),
        *_check_events(sachstand.fall),
        *_check_future(sachstand),
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


@once
def offene_fragen(sachstand: Sachstand) -> tuple[Befund, ...]:
    """Return the questions about invoices that nobody has settled or accepted: they hold letters (see there)."""
    return without_quittierte(list_fragen(sachstand), sachstand.fall)


def _check_einstellungen(fall: Fall) -> Iterator[Befund]:
    """The invented sender of a fresh mahnakte.yaml must not sign a letter."""
    absender = fall.einstellungen.absender
    if absender.name == MUSTER_NAME or absender.iban == MUSTER_IBAN:
        yield sperre(
            "EINSTELLUNGEN_MUSTER",
            f"In mahnakte.yaml steht noch der erfundene Absender „{absender.name}“ mit der IBAN {absender.iban}.",
            "Name, Anschrift, IBAN und Gläubiger durch die eigenen Angaben ersetzen.",
            absender.stelle,
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
                f"{partei.voller_name}: „{partei.plz}“ ist keine deutsche Postleitzahl (fünf Ziffern).",
                _explain_plz(partei.plz),
                partei.stelle,
            )
        if not PARTEIARTEN[partei.art].firma and partei.rechtsform:
            yield sperre(
                "ART_WIDERSPRICHT",
                f"Bei „{partei.name}“ steht die Rechtsform {partei.rechtsform}, aber keine „art: gesellschaft“.",
                "„art: gesellschaft“ (oder einzelfirma, weg) ergänzen; ohne Angabe gilt „person“.",
                partei.stelle,
            )
        if PARTEIARTEN[partei.art].rechtsform and not partei.rechtsform:
            yield warnung(
                "RECHTSFORM_FEHLT",
                f"Bei „{partei.name}“ fehlt die Rechtsform.",
                "„rechtsform:“ ergänzen, zum Beispiel GmbH; das Gericht verlangt sie.",
                partei.stelle,
            )


def _explain_plz(plz: str) -> str:
    """Spreadsheets drop the leading zero; an address abroad needs its state."""
    if plz.isdigit() and len(plz) == _PLZ_OHNE_NULL:
        return (
            f"Vorn fehlt wohl die Null: „plz: 0{plz}“. Liegt der Ort nicht in Deutschland, „staat:“ ergänzen."
        )
    return "Bei „plz:“ berichtigen; liegt der Ort nicht in Deutschland, „staat:“ ergänzen."


_PLZ_OHNE_NULL = 4


def _check_forderungen(fall: Fall) -> Iterator[Befund]:
    if not fall.forderungen and not fall.titel and not fall.nicht_geltende:
        yield sperre(
            "KEINE_FORDERUNG",
            "Der Fall hat weder eine Rechnung noch einen Titel.",
            "Unter „rechnungen:“ mindestens eine Rechnung eintragen.",
            Stelle("fall.yaml"),
        )
    for forderung in fall.forderungen:
        if forderung.rechnung is not None:
            yield from _check_invoice_parties(fall, forderung, forderung.rechnung)
    for nummer, zahl in Counter(forderung.nummer for forderung in fall.forderungen).items():
        if zahl > 1:
            letzte = [forderung for forderung in fall.forderungen if forderung.nummer == nummer][-1]
            yield doubled_invoice(nummer, zahl, letzte.stelle)
    for forderung in fall.forderungen:
        yield from _check_due(forderung)
        if forderung.zinsen and (forderung.zinsen.satz is None) == (forderung.zinsen.punkte is None):
            yield unclear_rate(f"Rechnung {forderung.nummer}", forderung.zinsen.stelle)


def _check_due(forderung: Forderung) -> Iterator[Befund]:
    """Yield what is missing or odd about the due date: interest and limitation hang on it."""
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
    if forderung.faellig_am and forderung.faellig_am - forderung.datum > _FERN:
        yield dataclasses.replace(
            warnung(
                "FAELLIGKEIT_FERN",
                f"Rechnung {forderung.nummer} vom {format_datum(forderung.datum)} ist erst am "
                f"{format_datum(forderung.faellig_am)} fällig; bis dahin geschieht nichts.",
                "„faellig_am:“ prüfen, vor allem das Jahr; war es so vereinbart, den Befund quittieren.",
                forderung.stelle,
            ),
            gegenstand=forderung.nummer,
        )


def _check_invoice_parties(fall: Fall, forderung: Forderung, rechnung: ERechnung) -> Iterator[Befund]:
    """The right invoice in the right case: seller and account of the e-invoice; the buyer: rechnungsfragen.py."""
    bisheriger = (fall.abtretung.name,) if fall.abtretung else ()
    erwartet = (fall.glaeubiger.voller_name, fall.glaeubiger.name, *bisheriger)
    genannt = rechnung.verkaeufer.name
    if genannt and not _words(genannt) & {wort for name in erwartet for wort in _words(name)}:
        yield dataclasses.replace(
            warnung(
                "RECHNUNG_VERKAEUFER_ABWEICHEND",
                f"Rechnung {forderung.nummer}: Verkäufer ist „{json_safe(genannt)}“, im Fall steht „{erwartet[0]}“.",
                "Prüfen, ob die Rechnung zu diesem Fall gehört; wenn ja, den Befund quittieren.",
                forderung.stelle,
            ),
            gegenstand=forderung.nummer,
        )
    if (
        forderung.kaeufer_geklaert is None
        and compare_kaeufer(rechnung.kaeufer, fall.schuldner) is Abgleich.ANDERE_RECHTSFORM
    ):
        yield dataclasses.replace(
            warnung(
                "RECHNUNG_KAEUFER_RECHTSFORM",
                f"Rechnung {forderung.nummer}: Käufer ist „{json_safe(rechnung.kaeufer.name or '')}“, im Fall steht "
                f"„{fall.schuldner[0].voller_name}“: das können zwei Gesellschaften sein.",
                "Die Rechtsform prüfen (Handelsregister); stimmt es so, „kaeufer_geklaert:“ ergänzen.",
                forderung.stelle,
            ),
            gegenstand=forderung.nummer,
        )
    absender = fall.einstellungen.absender
    if absender.rolle == "glaeubiger" and rechnung.iban and absender.iban not in rechnung.iban:
        yield dataclasses.replace(
            warnung(
                "RECHNUNG_IBAN_ABWEICHEND",
                f"Rechnung {forderung.nummer}: Zahlbar auf {', '.join(map(json_safe, rechnung.iban))}, "
                f"in den Briefen steht {absender.iban}.",
                "Prüfen, wohin gezahlt werden soll; stimmt es so, den Befund quittieren.",
                forderung.stelle,
            ),
            gegenstand=forderung.nummer,
        )


def _words(name: str) -> set[str]:
    """Return the telling words of a name; an initial alone tells nobody apart."""
    return {wort for wort in fold_name(name).worte if len(wort) > 2}


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
        yield from _check_counts("auf", buchung.auf, fall, buchung.stelle)
        yield from _check_known("auf", buchung.auf, [*ziele, *fall.nicht_geltende], buchung.stelle)
    for zahlung in fall.zahlungen:
        yield from _check_known("von", zahlung.von, kennungen, zahlung.stelle)
    for ereignis in fall.ereignisse:
        yield from _check_known("schuldner", ereignis.schuldner, kennungen, ereignis.stelle)
        yield from _check_known(
            "rechnung", ereignis.rechnung, [*nummern, *fall.nicht_geltende], ereignis.stelle
        )
        yield from _check_known("titel", ereignis.titel, titel, ereignis.stelle)
    for einzeln in fall.titel:
        yield from _check_known("schuldner", einzeln.schuldner, kennungen, einzeln.stelle)


def _check_titel(fall: Fall) -> Iterator[Befund]:
    """Measures, payments and events name a title by its kennung: it must mean one."""
    zahlen = Counter(titel.kennung for titel in fall.titel)
    for titel in {titel.kennung: titel for titel in fall.titel if zahlen[titel.kennung] > 1}.values():
        yield sperre(
            "TITEL_DOPPELT",
            f"Zwei Titel haben die Kennung „{titel.kennung}“.",
            "Jedem Titel eine eigene Kennung geben.",
            titel.stelle,
        )


def _check_counts(schluessel: str, wert: str | None, fall: Fall, stelle: Stelle) -> Iterator[Befund]:
    """Money for an invoice that makes no claim here: it belongs to the case where the invoice counts."""
    if wert in fall.nicht_geltende and wert not in [forderung.nummer for forderung in fall.forderungen]:
        yield sperre(
            "VERWEIS_AUF_NICHT_GELTENDE",
            f"„{schluessel}: {wert}“: diese Rechnung gilt hier nicht („gilt: nein“).",
            "Die Buchung in dem Fall eintragen, in dem die Rechnung gilt; tritt hier eine andere an ihre Stelle, bei "
            f"dieser „ersetzt: {wert}“ schreiben, dann zählt die Buchung für sie.",
            stelle,
        )


def _check_known(schluessel: str, wert: str | None, bekannte: list[str], stelle: Stelle) -> Iterator[Befund]:
    if wert is not None and wert not in bekannte:
        yield unknown_reference(schluessel, wert, bekannte, stelle)


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
        if ereignis.art == MAHNUNG_ZUGEGANGEN.wort:
            yield from _check_receipt(fall, ereignis)
        if ereignis.art == FREIGABE.wort and ereignis.schritt not in (None, *stufen, *FOLGESCHRITTE):
            yield warnung(
                "SCHRITT_UNBEKANNT",
                f"Freigegeben ist „{ereignis.schritt}“, das gibt es im Mahnplan nicht; die Freigabe wirkt so nicht.",
                propose(ereignis.schritt or "", [*sorted(stufen), *FOLGESCHRITTE]),
                ereignis.stelle,
            )
        fremd = ereignis.stufe not in stufen and not belongs_to_creditor(fall, ereignis.stufe)
        if ereignis.art == MAHNUNG_VERSANDT.wort and fremd:
            yield warnung(
                "STUFE_UNBEKANNT",
                f"Die Stufe „{ereignis.stufe}“ steht nicht im Mahnplan; das Schreiben zählt zu keiner Stufe.",
                propose(ereignis.stufe or "", sorted(stufen)),
                ereignis.stelle,
            )


def _check_receipt(fall: Fall, ereignis: Ereignis) -> Iterator[Befund]:
    """A receipt must belong to a letter that is known and older: ours by number, others' by stage."""
    if (ereignis.stufe is None) == (ereignis.vorgang is None):
        yield missing_angabe(
            "„mahnung_zugegangen“ braucht „stufe“ oder „vorgang“.", "Genau eine der beiden Angaben machen."
        ).as_befund(ereignis.stelle)
        return
    versandt = {e.stufe for e in fall.ereignisse if e.art == MAHNUNG_VERSANDT.wort and e.am <= ereignis.am}
    eigene = {vorgang.art for vorgang in fall.vorgaenge if vorgang.stichtag <= ereignis.am}
    nummern = {vorgang.nr for vorgang in fall.vorgaenge if vorgang.stichtag <= ereignis.am}
    bekannt = ereignis.vorgang in nummern if ereignis.vorgang else ereignis.stufe in versandt | eigene
    if not bekannt:
        yield warnung(
            "ZUGANG_OHNE_SCHREIBEN",
            "Zu „mahnung_zugegangen“ ist kein bis dahin versandtes Schreiben bekannt; es setzt niemanden in Verzug.",
            "Den Tag prüfen. Für Schreiben aus anderen Programmen ein Ereignis „mahnung_versandt“ mit derselben "
            "Stufe ergänzen.",
            ereignis.stelle,
        )


def _check_future(sachstand: Sachstand) -> Iterator[Befund]:
    """Facts later than the Stichtag do not count; a clerk should know that they are there."""
    for forderung in sachstand.fall.forderungen:
        bekannt = [
            tag for tag in (forderung.leistung_am, forderung.faellig_am) if tag and tag <= sachstand.stichtag
        ]
        if (
            forderung.datum > sachstand.stichtag and bekannt
        ):  # else nothing of it counts, and the account says so
            yield hinweis(
                "RECHNUNG_NACH_STICHTAG",
                f"Rechnung {forderung.nummer} vom {format_datum(forderung.datum)} ist am Stichtag "
                f"{format_datum(sachstand.stichtag)} noch nicht gestellt; gemahnt wird sie noch nicht.",
                "Das Rechnungsdatum prüfen.",
                forderung.stelle,
            )
    spaetere = [
        *(("Zahlung", zahlung.am, zahlung.stelle) for zahlung in sachstand.fall.zahlungen),
        *(("Gutschrift", gutschrift.am, gutschrift.stelle) for gutschrift in sachstand.fall.gutschriften),
        *(("Ereignis", ereignis.am, ereignis.stelle) for ereignis in sachstand.fall.ereignisse),
        *(("Kostenposten", posten.am, posten.stelle) for posten in sachstand.fall.kosten),
    ]
    for name, am, stelle in spaetere:
        if am > sachstand.stichtag:
            yield later_than(name, am, sachstand.stichtag, stelle)
