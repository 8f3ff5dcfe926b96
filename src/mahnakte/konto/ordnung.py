"""Which order of allocation a case follows (`konto.tilgung`), and whether the law lets it."""

from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.konto.tilgung import PARAGRAF_367, PARAGRAF_497, Tilgungsordnung
from mahnakte.recht.katalog import find_hauptforderungsart

_WORTE = {"kosten": "Kosten", "zinsen": "Zinsen", "hauptforderung": "Hauptforderung"}


def find_ordnung(fall: Fall) -> Tilgungsordnung:
    """Return the order of allocation.

    Raises Ablehnung where § 497 (3) BGB does not apply or cannot be told, and where an agreed order is not stated.
    """
    if fall.konto.tilgung == "497":
        _require_consumer_loan(fall)
        return PARAGRAF_497
    if fall.konto.tilgung == "vereinbart":
        return _agreed(fall)
    return PARAGRAF_367


def is_verbraucherdarlehen(fall: Fall) -> bool:
    """Tell whether §§ 491 ff. BGB govern the claim: stated under `kredit`, else by the order of allocation."""
    kredit = fall.anspruch.kredit
    return kredit.verbraucher if kredit else fall.konto.tilgung == "497"


def keeps_zinsen(fall: Fall) -> bool:
    """Tell whether § 197 (2) leaves titled interest alone (§ 497 (3) sentence 4 BGB).

    Not with a mortgage loan (§ 497 (4)), not under a contract whose law has not been read, and not where the main
    claim is interest itself (sentence 5).
    """
    anspruch = fall.anspruch
    if not is_verbraucherdarlehen(fall) or (anspruch.kredit and anspruch.kredit.immobiliar):
        return False
    nummer, vertrag_am = anspruch.katalog, anspruch.vertragsdatum
    if vertrag_am is None or (nummer is not None and find_hauptforderungsart(nummer).unverzinslich):
        return False
    try:
        fall.recht.wert_am("verbraucherdarlehen_tilgung", vertrag_am)
    except Ablehnung:
        return False
    return True


def _require_consumer_loan(fall: Fall) -> None:
    """§ 497 is for loans of a business to a consumer; which contracts are known is dated data."""
    vertragsdatum = fall.anspruch.vertragsdatum
    if vertragsdatum is None:
        raise _refuse(
            fall,
            "TILGUNG_497_DATUM_FEHLT",
            "„tilgung: 497“ hängt vom Tag des Darlehensvertrags ab, und der ist nicht angegeben.",
            "Unter „anspruch:“ das „vertragsdatum:“ ergänzen.",
        )
    if fall.anspruch.kredit and fall.anspruch.kredit.immobiliar:
        raise _refuse(
            fall,
            "TILGUNG_497_IMMOBILIAR",
            "„tilgung: 497“ gilt nicht für Immobiliar-Verbraucherdarlehen (§ 497 Abs. 4 Satz 2 BGB).",
            "„tilgung: 367“ schreiben, oder unter „kredit:“ die Angabe „immobiliar“ berichtigen.",
        )
    if fall.glaeubiger.verbraucher or not all(schuldner.verbraucher for schuldner in fall.schuldner):
        raise _refuse(
            fall,
            "TILGUNG_497_KEIN_VERBRAUCHERDARLEHEN",
            "„tilgung: 497“ gilt nur für Darlehen eines Unternehmers an Verbraucher (§ 491 BGB); "
            "das ist hier nicht bei allen Beteiligten angegeben.",
            "„verbraucher: ja“ bei jedem Schuldner ergänzen oder „tilgung: 367“ schreiben.",
        )
    try:
        fall.recht.wert_am("verbraucherdarlehen_tilgung", vertragsdatum)
    except Ablehnung as ablehnung:
        raise _refuse(
            fall,
            "TILGUNG_497_NICHT_BEKANNT",
            f"„tilgung: 497“ geht für diesen Vertrag nicht. {ablehnung.befund.text}",
            "Die Zahlungen muss ein Mensch nach dem für den Vertrag geltenden Recht verrechnen.",
        ) from None


def _agreed(fall: Fall) -> Tilgungsordnung:
    teile = fall.konto.reihenfolge
    if sorted(teile) != sorted(_WORTE):
        raise _refuse(
            fall,
            "TILGUNG_UNKLAR",
            "„tilgung: vereinbart“ braucht die vereinbarte Reihenfolge mit allen drei Bestandteilen.",
            "Unter „konto:“ zum Beispiel „reihenfolge: [hauptforderung, zinsen, kosten]“ ergänzen.",
        )
    worte = ", dann ".join(_WORTE[teil] for teil in teile)
    return Tilgungsordnung("vereinbarte Reihenfolge", f"erst {worte}", teile, uebergreifend=True)


def _refuse(fall: Fall, code: str, text: str, abhilfe: str) -> Ablehnung:
    return Ablehnung(sperre(code, text, abhilfe, fall.konto.stelle))
