"""Consumer credit in the application: contract date and effective rate (§ 690 (1) no. 3 ZPO), stated by a person."""

from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.antrag.modell import Verbraucherdarlehen
from mahnakte.antrag.regeln.forderungen import KREDIT_NUMMERN
from mahnakte.arten.partei import PARTEIARTEN
from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import Ablehnung
from mahnakte.recht.ungeprueft import check_geprueft

_QUELLE = "§ 690 Abs. 1 Nr. 3 ZPO"
_KREDIT = """  kredit:
    verbraucher: ja    # ja | nein
    effektivzins:      # anfänglicher effektiver Jahreszins in Prozent
    geprueft_von:      # wer geprüft hat, dass das Recht vor dem 20.11.2026 gilt"""


def derive_kredit(fall: Fall, liste: Maengelliste) -> Verbraucherdarlehen | None:
    """Return the data of a consumer loan, None where no claim is one; what is missing is noted."""
    nummern = {fall.katalog_of(forderung) for forderung in fall.forderungen}
    anspruch = fall.anspruch
    kredit = anspruch.kredit
    if kredit is not None and kredit.verbraucher and not nummern & KREDIT_NUMMERN:
        zahlen = " oder ".join(str(nummer) for nummer in sorted(KREDIT_NUMMERN))
        liste.refuse(
            "ANTRAG_KREDIT_OHNE_DARLEHEN",
            f"„kredit“ nennt ein Verbraucherdarlehen, aber keine Forderung hat die Katalognummer {zahlen}.",
            "„kredit“ streichen oder die Katalognummer berichtigen.",
            kredit.stelle,
        )
        return None
    if not (nummern & KREDIT_NUMMERN and _may_be_consumer(fall)):
        return None
    if kredit is None:
        datum = "" if anspruch.vertragsdatum else "\n  vertragsdatum:       # Tag des Darlehensvertrags"
        zeilen = f"anspruch:{datum}\n{_KREDIT}"
        liste.missing(
            "ob es ein Verbraucherdarlehen ist", f"§§ 491 ff. BGB, {_QUELLE}", zeilen, anspruch.stelle
        )
        return None
    if not kredit.verbraucher:
        return None
    if anspruch.vertragsdatum is None:
        zeilen = "anspruch:\n  vertragsdatum:    # Tag des Darlehensvertrags"
        liste.missing("der Tag des Darlehensvertrags", _QUELLE, zeilen, anspruch.stelle)
        return None
    try:
        check_geprueft("verbraucherkredit", anspruch.vertragsdatum)
    except Ablehnung as ablehnung:
        liste.refuse(ablehnung.befund.code, ablehnung.befund.text, ablehnung.befund.abhilfe, anspruch.stelle)
        return None
    if kredit.geprueft_von is None:
        zeilen = "anspruch:\n  kredit:\n    geprueft_von:    # Name"
        was = "wer geprüft hat, dass für den Vertrag das Recht vor dem 20.11.2026 gilt"
        liste.missing(was, "BGBl. 2026 I Nr. 139", zeilen, kredit.stelle)
    if not kredit.immobiliar and fall.konto.tilgung != "497":
        zeilen = 'konto:\n  tilgung: "497"    # Kosten, dann die Schuld, zuletzt Verzugszinsen'
        liste.missing(
            "die Verrechnung der Zahlungen nach § 497", "§ 497 Abs. 3 BGB", zeilen, fall.konto.stelle
        )
    if kredit.effektivzins is None:
        zeilen = "anspruch:\n  kredit:\n    effektivzins:    # in Prozent"
        liste.missing("der anfängliche effektive Jahreszins", _QUELLE, zeilen, kredit.stelle)
        return None
    return Verbraucherdarlehen(anspruch.vertragsdatum, kredit.effektivzins)


def _may_be_consumer(fall: Fall) -> bool:
    """§ 491 BGB: a business lends to a consumer; a debtor of whom nobody said so may be one."""
    return not fall.glaeubiger.verbraucher and any(
        PARTEIARTEN[einer.art].natuerlich and einer.verbraucher is not False for einer in fall.schuldner
    )
