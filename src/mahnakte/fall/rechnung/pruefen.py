"""What a person must know about an invoice before money is claimed on it. Findings, never guesses."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from mahnakte.fall.namensvergleich import is_same_firma
from mahnakte.fall.rechnung import inhaltsmuster
from mahnakte.fall.rechnung.codes import read_rechnungsarten, read_zahlungswege
from mahnakte.fall.rechnung.modell import ERechnung
from mahnakte.grund.befund import Befund, Stelle
from mahnakte.grund.betrag import NULL, format_betrag
from mahnakte.grund.datum import format_datum

# What a kind of document means for a claim (codes/rechnungsarten.yaml), and the finding that says so.
_BEDEUTUNGEN = {
    "gutschrift": inhaltsmuster.GUTSCHRIFT,
    "keine": inhaltsmuster.ART,
    "frage": inhaltsmuster.ART_FRAGE,
    "korrektur": inhaltsmuster.KORREKTUR,
    "abgetreten": inhaltsmuster.ABGETRETEN,
    "vom_kaeufer": inhaltsmuster.VOM_KAEUFER,
    "abschlag": inhaltsmuster.ABSCHLAG,
}
_OHNE_POSITIONEN = {":minimum": "MINIMUM", ":basicwl": "BASIC WL"}


def check_rechnung(rechnung: ERechnung, stellen: Mapping[str, Stelle], datei: str) -> list[Befund]:
    """Return the findings about the content of one invoice.

    `stellen` says where each field stands; what is missing is reported for the file as a whole.
    """
    ganze = Stelle(datei)
    return [
        *_check_art(rechnung, stellen.get("art", ganze)),
        *_check_indicators(rechnung, stellen),
        *_check_zahlweg(rechnung, stellen.get("zahlwege", stellen.get("mandat", ganze))),
        *_check_payee(rechnung, ganze),
        *_check_identity(rechnung, ganze),
        *_check_currency(rechnung, stellen.get("waehrung", ganze)),
        *_check_sums(rechnung, stellen.get("brutto", ganze)),
        *_check_payable(rechnung, stellen.get("zahlbetrag", ganze)),
        *_check_due(rechnung, stellen.get("zahlungstext", ganze)),
        *_check_profile(rechnung, stellen.get("profil", ganze)),
    ]


def _check_art(rechnung: ERechnung, stelle: Stelle) -> Iterator[Befund]:
    """Say what kind of document it is; a code that the list lacks is a question like the doubtful ones."""
    if rechnung.art is None:
        yield inhaltsmuster.ART_FEHLT.finding(stelle)
        return
    art = read_rechnungsarten().get(rechnung.art)
    if art is None:
        yield inhaltsmuster.ART_FRAGE.finding(
            stelle, art=rechnung.art, text="unbekannter Beleg", frage="Was ist das?"
        )
        return
    bezug = f" zu {', '.join(rechnung.bezug)}" if rechnung.bezug else ""
    for bedeutung, muster in _BEDEUTUNGEN.items():
        if bedeutung in art.bedeutung:
            yield muster.finding(stelle, art=art.code, text=art.text, bezug=bezug, frage=art.frage)


def is_gutschrift(art: str | None) -> bool:
    """Tell whether a code of UNTDID 1001 is a credit note."""
    bekannt = read_rechnungsarten().get(art or "")
    return bekannt is not None and "gutschrift" in bekannt.bedeutung


def _check_indicators(rechnung: ERechnung, stellen: Mapping[str, Stelle]) -> Iterator[Befund]:
    if rechnung.testrechnung:
        yield inhaltsmuster.TEST.finding(stellen["testrechnung"])
    if rechnung.kopie:
        yield inhaltsmuster.KOPIE.finding(stellen["kopie"])


def _check_zahlweg(rechnung: ERechnung, stelle: Stelle) -> Iterator[Befund]:
    """Ask why nothing was collected, where no way is named by which the debtor would pay without being asked."""
    if is_gutschrift(rechnung.art) or (rechnung.zahlbetrag is not None and rechnung.zahlbetrag <= 0):
        return
    wege = [weg for code in rechnung.zahlwege if (weg := read_zahlungswege().get(code))]
    if any(weg.art == "frei" for weg in wege) or (not wege and not rechnung.mandat):
        return
    if rechnung.mandat or any(weg.art == "lastschrift" for weg in wege):
        mandat = f", Mandat {rechnung.mandat}" if rechnung.mandat else ""
        yield inhaltsmuster.LASTSCHRIFT.finding(stelle, mandat=mandat)
    else:
        texte = ", ".join(dict.fromkeys(f"{weg.text} ({weg.code})" for weg in wege))
        yield inhaltsmuster.ZAHLWEG.finding(stelle, weg=texte)


def _check_payee(rechnung: ERechnung, stelle: Stelle) -> Iterator[Befund]:
    """Ask who may demand the money where the invoice has it paid to somebody else than the seller."""
    anderer, verkaeufer = rechnung.zahlungsempfaenger.name, rechnung.verkaeufer
    if anderer and not is_same_firma(anderer, (verkaeufer.name, verkaeufer.handelsname)):
        yield inhaltsmuster.ZAHLUNGSEMPFAENGER.finding(
            stelle, empfaenger=anderer, verkaeufer=verkaeufer.name or ""
        )


def _check_identity(rechnung: ERechnung, stelle: Stelle) -> Iterator[Befund]:
    if rechnung.nummer is None:
        yield inhaltsmuster.NUMMER_FEHLT.finding(stelle)
    if rechnung.datum is None:
        yield inhaltsmuster.DATUM_FEHLT.finding(stelle)


def _check_currency(rechnung: ERechnung, stelle: Stelle) -> Iterator[Befund]:
    if rechnung.waehrung is None:
        yield inhaltsmuster.WAEHRUNG_FEHLT.finding(stelle)
    elif rechnung.waehrung != "EUR":
        yield inhaltsmuster.WAEHRUNG.finding(stelle, waehrung=rechnung.waehrung)


def _check_sums(rechnung: ERechnung, stelle: Stelle) -> Iterator[Befund]:
    netto, steuer, brutto = rechnung.netto, rechnung.steuer, rechnung.brutto
    if netto is not None and steuer is not None and brutto is not None and netto + steuer != brutto:
        yield inhaltsmuster.SUMME_WIDERSPRICHT.finding(
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
        yield inhaltsmuster.ZAHLBETRAG_FEHLT.finding(stelle, brutto=stehend)
        return
    if zahlbetrag <= 0:
        yield inhaltsmuster.ZAHLBETRAG_NICHT_POSITIV.finding(stelle, zahlbetrag=_money(zahlbetrag, rechnung))
    if brutto is not None and zahlbetrag != brutto:
        yield inhaltsmuster.ZAHLBETRAG_ABWEICHEND.finding(
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
    if is_gutschrift(rechnung.art):
        return
    if not tage:
        text = " ".join((rechnung.zahlungstext or "").split())
        yield inhaltsmuster.FAELLIGKEIT_FEHLT.finding(
            stelle,
            zahlungstext=f", nur diesen Text: „{text[:200]}“" if text else "",
        )
    elif len(tage) > 1:
        yield inhaltsmuster.FAELLIGKEIT_MEHRFACH.finding(stelle, tage=", ".join(map(format_datum, tage)))


def _check_profile(rechnung: ERechnung, stelle: Stelle) -> Iterator[Befund]:
    profil = (rechnung.profil or "").casefold()
    for endung, name in _OHNE_POSITIONEN.items():
        if profil.endswith(endung):
            yield inhaltsmuster.PROFIL.finding(stelle, profil=name)


def _money(betrag: Decimal, rechnung: ERechnung) -> str:
    waehrung = "€" if rechnung.waehrung == "EUR" else rechnung.waehrung or ""
    return f"{format_betrag(betrag)}\u00a0{waehrung}".strip()
