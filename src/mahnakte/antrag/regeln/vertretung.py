"""Rules on the representative for the procedure, his fees and the bank account."""

import datetime as dt
from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

import schwifty

from mahnakte.antrag.auswahl import Kontoinhaber, Nebenforderungsart, Vertretungsart
from mahnakte.antrag.modell import Mahnantrag, Nebenforderung, Prozessbevollmaechtigter
from mahnakte.antrag.regeln.gericht import streitwert
from mahnakte.antrag.regeln.register import Pruefrahmen, regel
from mahnakte.grund.befund import Schwere
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.recht.gebuehrentabelle import Gebuehrengesetz, find_tabelle
from mahnakte.recht.rechtsstand import Rechtsstand

_HUNDERT = Decimal(100)
_CENT = Decimal("0.01")

# Kinds that are firms: they have a legal form and somebody who acts for them.
_GESELLSCHAFTEN = frozenset(
    {
        Vertretungsart.RECHTSANWALTSGEMEINSCHAFT,
        Vertretungsart.INKASSODIENSTLEISTER,
        Vertretungsart.VERBRAUCHERZENTRALE,
    }
)


def _wer(antrag: Mahnantrag) -> Iterator[Prozessbevollmaechtigter]:
    if antrag.bevollmaechtigter is not None:
        yield antrag.bevollmaechtigter


def find_neben(antrag: Mahnantrag, art: Nebenforderungsart) -> Nebenforderung | None:
    """Return the ancillary claim of a kind, or None."""
    return next((neben for neben in antrag.nebenforderungen if neben.art is art), None)


def _least_credit(
    gebuehr: Nebenforderung, hauptsache: Decimal, wer: Prozessbevollmaechtigter, recht: Rechtsstand
) -> Decimal:
    """Return what must at least be set off of the fee that is claimed, Nr. 7002 and 7008 taken out of its sum.

    Half of it, at most 0.75, on the value that went to court (Vorbem. 3 (4)).
    """
    am = wer.beauftragt_am or dt.date.max
    wert = gebuehr.wert or hauptsache
    netto = gebuehr.betrag
    if not wer.vorsteuerabzug and not wer.umsatzsteuerfrei:
        netto /= 1 + recht.wert_am("vv_7008", am).wert / _HUNDERT
    pauschale = 1 + recht.wert_am("vv_7002", am).wert / _HUNDERT
    fee = max(netto / pauschale, netto - recht.wert_am("vv_7002_hoechst", am).wert)
    tabelle = find_tabelle(Gebuehrengesetz.RVG, am)
    gemeinsam = tabelle.simple_fee(min(wert, hauptsache))
    haelfte = fee * recht.wert_am("anrechnung_anteil", am).wert
    anteilig = haelfte * gemeinsam / tabelle.simple_fee(wert)
    return min(anteilig, gemeinsam * recht.wert_am("anrechnung_hoechst", am).wert).quantize(_CENT, ROUND_DOWN)


@regel("BEVOLLMAECHTIGTER_UNVOLLSTAENDIG", "Angaben zum Bevollmächtigten fehlen", "§ 690 Abs. 1 Nr. 1 ZPO",
       "Kennziffer oder Art, Bezeichnung und Anschrift angeben.")  # fmt: skip
def _unvollstaendig(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer in _wer(antrag):
        if not wer.kennziffer and (wer.art is None or not wer.bezeichnung or wer.anschrift is None):
            yield "Der Prozessbevollmächtigte hat weder eine Kennziffer noch vollständige Angaben"


@regel("BEVOLLMAECHTIGTER_DOPPELT", "Kennziffer und Angaben zum Bevollmächtigten zugleich",
       "EDA C01, C07: PVKEZI, ASPV",
       "Entweder die Kennziffer oder die Angaben streichen.")  # fmt: skip
def _doppelt(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer in _wer(antrag):
        if wer.kennziffer and (wer.art or wer.bezeichnung or wer.anschrift or wer.vertreter):
            yield f"Der Prozessbevollmächtigte ist mit der Kennziffer {wer.kennziffer} und mit seinen Angaben genannt"


@regel("BEVOLLMAECHTIGTER_RECHTSFORM", "Rechtsform nur bei Gesellschaften", "EDA C08: nur Arten 7 bis 9",
       "Die Rechtsform streichen oder die Art berichtigen.")  # fmt: skip
def _rechtsform(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer in _wer(antrag):
        if wer.rechtsform and wer.art is not None and wer.art not in _GESELLSCHAFTEN:
            yield f"Zur Art „{wer.art}“ gehört keine Rechtsform"


@regel("BEVOLLMAECHTIGTER_HANDELNDER", "Handelnde Person nur bei Gesellschaften", "EDA C09: nur Arten 7 bis 9",
       "Den Vertreter streichen oder die Art berichtigen.")  # fmt: skip
def _handelnder(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer in _wer(antrag):
        if wer.vertreter and wer.art is not None and wer.art not in _GESELLSCHAFTEN:
            yield f"Zur Art „{wer.art}“ gehört kein Vertreter"


@regel("BEVOLLMAECHTIGTER_HANDELNDER_FEHLT", "Wer für die Gesellschaft handelt, fehlt", "EDA C09: Arten 7 bis 9",
       "Funktion und Namen der handelnden Person angeben.")  # fmt: skip
def _handelnder_fehlt(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer in _wer(antrag):
        if wer.art in _GESELLSCHAFTEN and wer.vertreter is None:
            yield f"„{wer.bezeichnung}“ handelt durch eine Person, die nicht genannt ist"


@regel("AUFTRAG_FEHLT", "Tag des Auftrags fehlt", "§ 60 RVG; EDA C10: ASPVAUFD",
       "Den Tag angeben, an dem der Auftrag erteilt wurde.")  # fmt: skip
def _auftrag(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer in _wer(antrag):
        if wer.beauftragt_am is None:
            yield "Der Tag des Auftrags fehlt; nach ihm richtet sich die Gebührentabelle"


@regel("AUFTRAG_ZUKUNFT", "Auftrag nach dem Stichtag", "EDA C10: ASPVAUFD", "Das Datum berichtigen.")
def _auftrag_zukunft(antrag: Mahnantrag, rahmen: Pruefrahmen) -> Iterator[str]:
    for wer in _wer(antrag):
        if wer.beauftragt_am and wer.beauftragt_am > rahmen.stichtag:
            yield (
                f"Der Auftrag vom {format_datum(wer.beauftragt_am)} liegt nach dem Stichtag "
                f"{format_datum(rahmen.stichtag)}"
            )


@regel("ANRECHNUNG_FEHLT", "Anrechnung der Geschäftsgebühr fehlt", "§ 15a Abs. 3 RVG, Vorbem. 3 Abs. 4 VV RVG",
       "Den Betrag angeben, der auf die Verfahrensgebühr Nr. 3305 angerechnet wird.")  # fmt: skip
def _anrechnung(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    gebuehr = find_neben(antrag, Nebenforderungsart.ANWALTSVERGUETUNG)
    for wer in _wer(antrag):
        if gebuehr and wer.anrechnung is None and wer.verguetung != 0:
            yield (
                f"Neben der Vergütung nach Nr. 2300 von {format_euro(gebuehr.betrag)} fehlt die "
                "Anrechnung auf Nr. 3305"
            )


@regel("ANRECHNUNG_ZU_HOCH", "Anrechnung höher als die Gebühr", "Vorbem. 3 Abs. 4 VV RVG",
       "Die Anrechnung berichtigen: die Hälfte, höchstens 0,75 einer Gebühr.")  # fmt: skip
def _anrechnung_hoch(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    gebuehr = find_neben(antrag, Nebenforderungsart.ANWALTSVERGUETUNG)
    for wer in _wer(antrag):
        if gebuehr and wer.anrechnung is not None and wer.anrechnung > gebuehr.betrag:
            yield f"Angerechnet werden {format_euro(wer.anrechnung)}, verlangt nur {format_euro(gebuehr.betrag)}"


@regel("ANRECHNUNG_ZU_NIEDRIG", "Weniger angerechnet als das Gesetz verlangt", "Vorbem. 3 Abs. 4 VV RVG",
       "Die Hälfte der verlangten Gebühr Nr. 2300 anrechnen, höchstens 0,75 einer Gebühr.")  # fmt: skip
def _anrechnung_niedrig(antrag: Mahnantrag, rahmen: Pruefrahmen) -> Iterator[str]:
    gebuehr = find_neben(antrag, Nebenforderungsart.ANWALTSVERGUETUNG)
    for wer in _wer(antrag):
        if (
            gebuehr is None
            or wer.anrechnung is None
            or wer.beauftragt_am is None
            or wer.verguetung is not None
        ):
            continue
        mindestens = _least_credit(gebuehr, streitwert(antrag), wer, rahmen.recht)
        if wer.anrechnung < mindestens:
            yield f"Angerechnet werden {format_euro(wer.anrechnung)}, nach dem Gesetz {format_euro(mindestens)}"


@regel("ANRECHNUNG_OHNE_GEBUEHR", "Anrechnung ohne vorgerichtliche Vergütung", "§ 15a Abs. 3 RVG",
       "Prüfen, ob die Vergütung nach Nr. 2300 mitverlangt werden soll.", Schwere.WARNUNG)  # fmt: skip
def _anrechnung_ohne(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    gebuehr = find_neben(antrag, Nebenforderungsart.ANWALTSVERGUETUNG)
    for wer in _wer(antrag):
        if wer.anrechnung and gebuehr is None:
            yield (
                f"Angerechnet werden {format_euro(wer.anrechnung)}, eine Vergütung nach Nr. 2300 wird "
                "aber nicht verlangt"
            )


@regel("UMFANG_OHNE_GEBUEHR", "Merkmal „umfangreich“ ohne Vergütung", "Nr. 2300 VV RVG; EDA C10: VV2300M",
       "Das Merkmal streichen.", Schwere.WARNUNG)  # fmt: skip
def _umfang(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer in _wer(antrag):
        if wer.umfangreich and find_neben(antrag, Nebenforderungsart.ANWALTSVERGUETUNG) is None:
            yield (
                "Die Tätigkeit ist als umfangreich oder schwierig bezeichnet, "
                "eine Vergütung nach Nr. 2300 wird aber nicht verlangt"
            )


@regel("UMSATZSTEUER_WIDERSPRUCH", "Umsatzsteuerfrei und mit Steuersatz", "EDA C10: USTM, ASPVMWSTS",
       "Eine der beiden Angaben streichen.")  # fmt: skip
def _umsatzsteuer(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer in _wer(antrag):
        if wer.umsatzsteuerfrei and wer.umsatzsteuersatz is not None:
            yield "Der Bevollmächtigte ist von der Umsatzsteuer befreit und nennt zugleich einen Steuersatz"


@regel("KONTO_OHNE_BEVOLLMAECHTIGTEN", "Konto eines Bevollmächtigten, den es nicht gibt", "EDA C11: BKTOZO",
       "Das Konto des Antragstellers angeben oder den Bevollmächtigten ergänzen.")  # fmt: skip
def _konto(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    bank = antrag.bankverbindung
    if bank and bank.inhaber is Kontoinhaber.BEVOLLMAECHTIGTER and antrag.bevollmaechtigter is None:
        yield "Das Konto gehört einem Bevollmächtigten, der Antrag nennt aber keinen"


@regel("IBAN_FALSCH", "IBAN mit falscher Länge oder Prüfziffer", "EDA C11: BIBAN", "Die IBAN berichtigen.")
def _iban(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    if antrag.bankverbindung:
        try:
            schwifty.IBAN(antrag.bankverbindung.iban)
        except schwifty.exceptions.SchwiftyException:
            yield f"Die IBAN „{antrag.bankverbindung.iban}“ ist nicht gültig"


@regel("BIC_FEHLT", "BIC bei einem Konto im Ausland", "EDA C11: BBIC",
       "Den BIC der Bank ergänzen.", Schwere.WARNUNG)  # fmt: skip
def _bic(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    bank = antrag.bankverbindung
    if bank and not bank.iban.startswith("DE") and not bank.bic:
        yield f"Zum Konto „{bank.iban}“ fehlt der BIC"
