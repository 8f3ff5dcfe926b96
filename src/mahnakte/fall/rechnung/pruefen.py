"""What a person must know about an invoice before money is claimed on it. Findings, never guesses."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from mahnakte.fall.rechnung.befunde import finding
from mahnakte.fall.rechnung.modell import ERechnung
from mahnakte.grund.befund import Befund, Stelle
from mahnakte.grund.betrag import NULL, format_betrag
from mahnakte.grund.datum import format_datum

# UNTDID 1001 (BT-3). Everything else that EN 16931 allows there states a claim in no usual German sense.
_FORDERUNG = ("326", "380", "386", "389", "875", "876", "877")
_GUTSCHRIFT = ("81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532")
_KORREKTUR = "384"
_VOM_KAEUFER = "389"
_ABSCHLAG = ("326", "386", "875", "876")

_OHNE_POSITIONEN = {":minimum": "MINIMUM", ":basicwl": "BASIC WL"}


def check_rechnung(rechnung: ERechnung, stellen: Mapping[str, Stelle], datei: str) -> list[Befund]:
    """Return the findings about the content of one invoice.

    `stellen` says where each field stands; what is missing is reported for the file as a whole.
    """
    ganze = Stelle(datei)
    return [
        *_check_art(rechnung, stellen.get("art", ganze)),
        *_check_identity(rechnung, ganze),
        *_check_currency(rechnung, stellen.get("waehrung", ganze)),
        *_check_sums(rechnung, stellen.get("brutto", ganze)),
        *_check_payable(rechnung, stellen.get("zahlbetrag", ganze)),
        *_check_due(rechnung, stellen.get("zahlungstext", ganze)),
        *_check_profile(rechnung, stellen.get("profil", ganze)),
    ]


def _check_art(rechnung: ERechnung, stelle: Stelle) -> Iterator[Befund]:
    art = rechnung.art
    bezug = f" zu {', '.join(rechnung.bezug)}" if rechnung.bezug else ""
    if art is None:
        yield finding("RECHNUNG_ART_FEHLT", stelle)
    elif art in _GUTSCHRIFT:
        yield finding("RECHNUNG_GUTSCHRIFT", stelle, art=art, bezug=bezug)
    elif art == _KORREKTUR:
        yield finding("RECHNUNG_KORREKTUR", stelle, art=art, bezug=bezug)
    elif art not in _FORDERUNG:
        yield finding("RECHNUNG_ART", stelle, art=art)
    elif art == _VOM_KAEUFER:
        yield finding("RECHNUNG_VOM_KAEUFER", stelle, art=art)
    elif art in _ABSCHLAG:
        yield finding("RECHNUNG_ABSCHLAG", stelle, art=art)


def _check_identity(rechnung: ERechnung, stelle: Stelle) -> Iterator[Befund]:
    if rechnung.nummer is None:
        yield finding("RECHNUNG_NUMMER_FEHLT", stelle)
    if rechnung.datum is None:
        yield finding("RECHNUNG_DATUM_FEHLT", stelle)


def _check_currency(rechnung: ERechnung, stelle: Stelle) -> Iterator[Befund]:
    if rechnung.waehrung is None:
        yield finding("RECHNUNG_WAEHRUNG_FEHLT", stelle)
    elif rechnung.waehrung != "EUR":
        yield finding("RECHNUNG_WAEHRUNG", stelle, waehrung=rechnung.waehrung)


def _check_sums(rechnung: ERechnung, stelle: Stelle) -> Iterator[Befund]:
    netto, steuer, brutto = rechnung.netto, rechnung.steuer, rechnung.brutto
    if netto is not None and steuer is not None and brutto is not None and netto + steuer != brutto:
        yield finding(
            "RECHNUNG_SUMME_WIDERSPRICHT",
            stelle,
            netto=_money(netto, rechnung),
            steuer=_money(steuer, rechnung),
            summe=_money(netto + steuer, rechnung),
            brutto=_money(brutto, rechnung),
        )


def _check_payable(rechnung: ERechnung, stelle: Stelle) -> Iterator[Befund]:
    zahlbetrag, brutto = rechnung.zahlbetrag, rechnung.brutto
    if zahlbetrag is None:
        stehend = f" (Bruttobetrag: {_money(brutto, rechnung)})" if brutto is not None else ""
        yield finding("ZAHLBETRAG_FEHLT", stelle, brutto=stehend)
        return
    if zahlbetrag <= 0:
        yield finding("ZAHLBETRAG_NICHT_POSITIV", stelle, zahlbetrag=_money(zahlbetrag, rechnung))
    if brutto is not None and zahlbetrag != brutto:
        yield finding(
            "ZAHLBETRAG_ABWEICHEND",
            stelle,
            zahlbetrag=_money(zahlbetrag, rechnung),
            brutto=_money(brutto, rechnung),
            erklaerung=_explain_difference(rechnung, zahlbetrag, brutto),
        )


def _explain_difference(rechnung: ERechnung, zahlbetrag: Decimal, brutto: Decimal) -> str:
    """Say by which stated amounts payable and gross differ (BR-CO-16; third parties: XRechnung extension)."""
    voraus = rechnung.vorausgezahlt or NULL
    rundung = rechnung.rundung or NULL
    dritte = rechnung.drittbetraege or NULL
    teile = (
        (voraus, f"vorausgezahlt {_money(voraus, rechnung)}"),
        (rundung, f"gerundet um {_money(rundung, rechnung)}"),
        (dritte, f"Beträge Dritter {_money(dritte, rechnung)}"),
    )
    genannt = ", ".join(text for betrag, text in teile if betrag)
    if brutto - voraus + rundung + dritte == zahlbetrag:
        return f"laut Rechnung: {genannt}"
    return f"die Rechnung erklärt das nicht (sie nennt: {genannt or 'nichts'})"


def _check_due(rechnung: ERechnung, stelle: Stelle) -> Iterator[Befund]:
    tage = rechnung.faelligkeiten
    if rechnung.art in _GUTSCHRIFT:
        return
    if not tage:
        text = " ".join((rechnung.zahlungstext or "").split())
        yield finding(
            "RECHNUNG_FAELLIGKEIT_FEHLT",
            stelle,
            zahlungstext=f", nur diesen Text: „{text[:200]}“" if text else "",
        )
    elif len(tage) > 1:
        yield finding("RECHNUNG_FAELLIGKEIT_MEHRFACH", stelle, tage=", ".join(map(format_datum, tage)))


def _check_profile(rechnung: ERechnung, stelle: Stelle) -> Iterator[Befund]:
    profil = (rechnung.profil or "").casefold()
    for endung, name in _OHNE_POSITIONEN.items():
        if profil.endswith(endung):
            yield finding("RECHNUNG_PROFIL", stelle, profil=name)


def _money(betrag: Decimal, rechnung: ERechnung) -> str:
    waehrung = "€" if rechnung.waehrung == "EUR" else rechnung.waehrung or ""
    return f"{format_betrag(betrag)}\u00a0{waehrung}".strip()
