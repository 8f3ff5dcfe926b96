"""Main claims and interest of the application, from the claims of the case and the account.

Per invoice one line with what is still open. Interest runs from the first interest day of the account as
long as nothing was paid on the claim; otherwise what is still open up to the Stichtag is stated as computed
interest, and running interest begins the day after. So nothing is claimed that was paid (§ 367 BGB).
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from mahnakte.antrag.aus_fall.kredit import derive_kredit
from mahnakte.antrag.aus_fall.maengel import Maengelliste, place_name
from mahnakte.antrag.auswahl import Zinsart
from mahnakte.antrag.modell import (
    Abtretung,
    AusgerechneteZinsen,
    Belegenheit,
    Hauptforderung,
    Herkunft,
    Katalogforderung,
    SonstigerAnspruch,
    Verbraucherdarlehen,
    Zinsangabe,
)
from mahnakte.antrag.regeln.forderungen import KREDIT_NUMMERN
from mahnakte.fall.fall import Fall, Forderung
from mahnakte.fall.modell import Anspruch
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Konto, Kontoforderung
from mahnakte.konto.zinsgrund import describe_rate
from mahnakte.recht.katalog import find_hauptforderungsart, read_katalog
from mahnakte.recht.zinsen import Zinssatz, Zinszeile

_EIN_TAG = dt.timedelta(days=1)
_BREITE = 35
_ORT = 27
_BEGRUENDUNG = 163
_PROMILLE = Decimal("0.001")
_KENNZEICHEN = {
    "kontonummer": "die Kontonummer",
    "kundennummer": "die Kunden- oder Zählernummer",
    "leistungsart": "die Art der Leistung",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Forderungsteil:
    """The main claims, interest computed up to the Stichtag, and where the values come from."""

    hauptforderungen: tuple[Hauptforderung, ...]
    ausgerechnet: tuple[AusgerechneteZinsen, ...]
    herleitung: tuple[Herkunft, ...]


def derive_forderungen(fall: Fall, konto: Konto, liste: Maengelliste) -> Forderungsteil:
    """Return one main claim for each invoice that is due and open."""
    _check_anspruch(fall, liste)
    kredit = derive_kredit(fall, liste)
    staende = {stand.rechnung: stand for stand in konto.forderungen if not stand.titel}
    haupt: list[Hauptforderung] = []
    ausgerechnet: list[AusgerechneteZinsen] = []
    herkunft: list[Herkunft] = []
    for forderung in fall.forderungen:
        stand = staende.get(forderung.nummer)
        if stand is None or stand.offen <= NULL or not _is_due(stand, konto.stichtag, liste):
            continue
        zinsen, rest = ((), []) if _bears_none(fall, forderung) else _interest(stand, konto, liste)
        _compare_rates(forderung, stand, liste)
        haupt.append(_hauptforderung(fall, forderung, stand, zinsen, kredit, liste))
        ausgerechnet += rest
        herkunft += _sources(forderung, stand, zinsen)
    return Forderungsteil(tuple(haupt), _sum_computed(ausgerechnet), tuple(herkunft))


def _check_anspruch(fall: Fall, liste: Maengelliste) -> None:
    anspruch = fall.anspruch
    nummern = dict.fromkeys(fall.katalog_of(forderung) for forderung in fall.forderungen)
    if None in nummern and not anspruch.sonstiger:
        liste.missing(
            "wofür das Geld verlangt wird", "§ 690 Abs. 1 Nr. 3 ZPO",
            """
            anspruch:
              katalog: 11    # Nummer des Hauptforderungskatalogs, oder „sonstiger: Text“
            """,
            anspruch.stelle,
        )  # fmt: skip
    for nummer in nummern:
        if nummer is not None:
            _check_nummer(anspruch, nummer, liste)


def _check_nummer(anspruch: Anspruch, nummer: int, liste: Maengelliste) -> None:
    """Ask for what a catalogue number wants beside itself."""
    try:
        art = find_hauptforderungsart(nummer)
    except Ablehnung as ablehnung:
        liste.refuse(ablehnung.befund.code, ablehnung.befund.text, ablehnung.befund.abhilfe, anspruch.stelle)
        return
    if "vertragsart" in art.zusatzangaben and not anspruch.vertragsart:
        zeilen = "anspruch:\n  vertragsart: KAUF    # in Großbuchstaben, ohne das Wort Vertrag"
        liste.missing("die Art des Vertrags", "Katalog Nr. 28", zeilen, anspruch.stelle)
    if "belegenheit" in art.zusatzangaben and anspruch.objekt is None:
        zeilen = "anspruch:\n  objekt:\n    strasse:\n    plz:\n    ort:"
        liste.missing("die Lage der Wohnung", f"Katalog Nr. {art.nummer}", zeilen, anspruch.stelle)
    for zusatz in _KENNZEICHEN.keys() & set(art.zusatzangaben) if not anspruch.kennzeichen else ():
        zeilen = f"anspruch:\n  kennzeichen:    # {_KENNZEICHEN[zusatz]}, statt der Rechnungsnummer"
        liste.missing(_KENNZEICHEN[zusatz], f"Katalog Nr. {art.nummer}", zeilen, anspruch.stelle)


def _is_due(stand: Kontoforderung, stichtag: dt.date, liste: Maengelliste) -> bool:
    """A claim may be pursued once it is due (§ 271 BGB); another one stays out, and that is said."""
    if stand.zahlbar_bis < stichtag:
        return True
    wann = f"erst am {format_datum(stand.zahlbar_bis)} fällig"
    liste.warn("ANTRAG_NICHT_FAELLIG", f"Rechnung {stand.rechnung} ist {wann}; sie steht nicht im Antrag.",
               "„faellig_am“ prüfen.")  # fmt: skip
    return False


def _hauptforderung(
    fall: Fall,
    forderung: Forderung,
    stand: Kontoforderung,
    zinsen: tuple[Zinsangabe, ...],
    kredit: Verbraucherdarlehen | None,
    liste: Maengelliste,
) -> Hauptforderung:
    anspruch = fall.anspruch
    art = _extra_data(fall.katalog_of(forderung))
    zeitraum = forderung.leistung_am and forderung.leistung_bis
    return Hauptforderung(
        _anspruch(fall, forderung, liste),
        stand.offen,
        von=forderung.leistung_am if zeitraum else forderung.datum,
        bis=forderung.leistung_bis if zeitraum else None,
        belegenheit=_belegenheit(fall, liste) if "belegenheit" in art else None,
        vertragsart=liste.fit(anspruch.vertragsart or "", _BREITE, "Die Vertragsart", anspruch.stelle)
        if "vertragsart" in art
        else "",
        abtretung=_abtretung(fall, liste),
        zinsen=zinsen,
        verbraucherdarlehen=kredit if fall.katalog_of(forderung) in KREDIT_NUMMERN else None,
    )


def _abtretung(fall: Fall, liste: Maengelliste) -> Abtretung | None:
    """Say from whom the creditor has the claim: the court names it, and the debtor recognises it (§ 398 BGB)."""
    angabe = fall.abtretung
    if angabe is None:
        return None
    name = liste.fit(angabe.name, _BREITE, "Der frühere Gläubiger", angabe.stelle)
    ort = liste.fit(angabe.ort, _ORT, "Der Ort des früheren Gläubigers", angabe.stelle)
    return Abtretung(angabe.am, name, angabe.plz, ort)


def _extra_data(nummer: int | None) -> tuple[str, ...]:
    try:
        return find_hauptforderungsart(nummer).zusatzangaben if nummer is not None else ()
    except Ablehnung:  # noted by _check_anspruch
        return ()


def _anspruch(fall: Fall, forderung: Forderung, liste: Maengelliste) -> Katalogforderung | SonstigerAnspruch:
    anspruch, nummer = fall.anspruch, fall.katalog_of(forderung)
    if nummer is not None and _KENNZEICHEN.keys() & set(_extra_data(nummer)):
        kennzeichen = liste.fit(anspruch.kennzeichen or "", _BREITE, "Das Kennzeichen", anspruch.stelle)
        return Katalogforderung(nummer, grund="Rechnung", kennzeichen=kennzeichen)
    if nummer is not None:
        kennzeichen = liste.fit(forderung.nummer, _BREITE, "Die Rechnungsnummer", forderung.stelle)
        return Katalogforderung(nummer, grund="Rechnung", kennzeichen=kennzeichen)
    text = f"{anspruch.sonstiger or ''}, Rechnung {forderung.nummer} vom {format_datum(forderung.datum)}"
    return SonstigerAnspruch(liste.fit(text, _BEGRUENDUNG, "Die Begründung des Anspruchs", anspruch.stelle))


def _belegenheit(fall: Fall, liste: Maengelliste) -> Belegenheit | None:
    objekt = fall.anspruch.objekt
    if objekt is None:
        return None
    ort = liste.fit(objekt.ort, _ORT, "Der Ort der Wohnung", objekt.stelle)
    strasse = liste.fit(objekt.strasse or "", _BREITE, "Die Straße der Wohnung", objekt.stelle)
    return Belegenheit(objekt.plz, ort, strasse=strasse)


def _compare_rates(forderung: Forderung, stand: Kontoforderung, liste: Maengelliste) -> None:
    """One application has one rate: the lowest, unless each debtor has an application of his own."""
    saetze = {lage.schuldner: lage.zins.zinssatz for lage in stand.verzug if lage.zins}
    if forderung.zinsen is not None or len(set(saetze.values())) < 2:
        return
    einzeln = ", ".join(f"„{wer}“ {describe_rate(satz)}" for wer, satz in saetze.items())
    liste.warn(
        "ANTRAG_ZINSSAETZE",
        f"Rechnung {stand.rechnung}: Die Schuldner schulden verschiedene Zinsen ({einzeln}); der gemeinsame Antrag "
        "verlangt nur den niedrigsten Satz (§ 425 Abs. 1 BGB).",
        "Je Schuldner einen eigenen Fall mit „gesamtschuld_mit“ anlegen und getrennt beantragen, wenn der höhere "
        "Satz verlangt werden soll.",
        forderung.stelle,
    )


def _bears_none(fall: Fall, forderung: Forderung) -> bool:
    """Arrears of interest bear no interest, from service neither (§ 289 BGB)."""
    art = read_katalog().get(fall.katalog_of(forderung) or 0)
    return art is not None and bool(art.unverzinslich)


def _interest(
    stand: Kontoforderung, konto: Konto, liste: Maengelliste
) -> tuple[tuple[Zinsangabe, ...], list[AusgerechneteZinsen]]:
    """Return running interest and what is computed up to the Stichtag, for one claim."""
    if stand.zinssatz is None or stand.zinsen_ab is None:
        zinssatz = min(
            (lage.zins.zinssatz for lage in stand.verzug if lage.zins), key=lambda satz: satz.prozent
        )
        liste.tell(
            "ANTRAG_OHNE_VERZUG",
            f"Rechnung {stand.rechnung}: Verzug ist nicht belegt; Zinsen werden ab Zustellung verlangt "
            "(§ 286 Abs. 1 Satz 2 BGB), Verzugskosten nicht.",
            "Den Zugang der Mahnung als Ereignis „mahnung_zugegangen“ eintragen, wenn er feststeht.",
        )
        return (_running(stand, zinssatz, None, liste),), []
    if any((s.betrag, s.bis) != (stand.offen, konto.stichtag) for s in stand.ungerechnet):
        konto.require_exact()  # interest of days that are over can only be claimed as a figure
    zeilen = [
        teil.zeile
        for teil in konto.abschnitte
        if teil.art == "hauptforderung" and teil.rechnung == stand.rechnung
    ]
    unberuehrt = stand.zinsen.offen == stand.zinsen.entstanden and all(
        z.betrag == stand.offen for z in zeilen
    )
    if unberuehrt and _without_gap(zeilen, stand.zinsen_ab, stand.zinsen_bis):
        return (_running(stand, stand.zinssatz, stand.zinsen_ab, liste),), []
    laufend = _running(stand, stand.zinssatz, stand.zinsen_bis + _EIN_TAG, liste)
    if stand.zinsen.offen <= NULL or not zeilen:
        return (laufend,), []
    return (laufend,), [AusgerechneteZinsen(stand.zinsen.offen, zeilen[0].von, stand.zinsen_bis)]


def _without_gap(zeilen: list[Zinszeile], ab: dt.date, bis: dt.date) -> bool:
    """Tell whether interest ran on every day: no deferral or plan kept it away for a time."""
    return sum((zeile.bis - zeile.von).days + 1 for zeile in zeilen) == max((bis - ab).days + 1, 0)


def _running(
    stand: Kontoforderung, zinssatz: Zinssatz, ab: dt.date | None, liste: Maengelliste
) -> Zinsangabe:
    art = Zinsart.UEBER_BASIS if zinssatz.ueber_basiszins else Zinsart.FEST
    satz = zinssatz.prozent.quantize(_PROMILLE)
    if satz != zinssatz.prozent:
        text = (
            f"Rechnung {stand.rechnung}: der Zinssatz {zinssatz.prozent} hat mehr als drei Nachkommastellen."
        )
        liste.refuse("ANTRAG_ZINSSATZ", text, "Den Zinssatz mit höchstens drei Nachkommastellen angeben.")
    return Zinsangabe(satz, art, stand.offen, ab=ab)


def _sum_computed(teile: list[AusgerechneteZinsen]) -> tuple[AusgerechneteZinsen, ...]:
    """The record has room for one sum: all claims together, from the first interest day on."""
    if not teile:
        return ()
    summe = sum((teil.betrag for teil in teile), NULL)
    return (AusgerechneteZinsen(summe, min(teil.von for teil in teile), max(teil.bis for teil in teile)),)


def _sources(
    forderung: Forderung, stand: Kontoforderung, zinsen: tuple[Zinsangabe, ...]
) -> Iterator[Herkunft]:
    abzug = stand.haupt.entstanden - stand.offen
    quelle = f"{forderung.datei or 'Angabe'} ({place_name(forderung.stelle)})"
    if abzug:
        quelle += f", abzüglich {format_euro(abzug)} Zahlungen, Gutschriften und Verzichte"
    yield Herkunft(f"Hauptforderung {forderung.nummer}", format_euro(stand.offen), quelle)
    for zins in zinsen:
        ab = f"ab {format_datum(zins.ab)}" if zins.ab else "ab Zustellung"
        yield Herkunft(
            f"Zinsen {forderung.nummer}", ab, f"{stand.verzug_grund} {stand.zinssatz_grund}".strip()
        )
