"""Application for the Vollstreckungsbescheid (§ 699 ZPO): Satzart 08, format 4100, with payments since."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mahnakte.antrag.eda.befunde import wrong_field
from mahnakte.antrag.eda.feld import Feldfehler, Wert, format_record
from mahnakte.antrag.eda.layout import AA, BB, Satz
from mahnakte.antrag.eda.layout_gericht import E01, E02, E11, FORMAT_FOLGEANTRAG
from mahnakte.antrag.modell import Dateikopf
from mahnakte.antrag.zeichen import describe_foreign, find_foreign
from mahnakte.grund.befund import Ablehnung, Befund

_JE_SATZ = 6
MAX_ZAHLUNGEN = 2 * _JE_SATZ
_BELEGART = "08"


@dataclasses.dataclass(frozen=True, slots=True)
class Zahlung:
    """A payment of the debtor since the application for the Mahnbescheid."""

    am: dt.date
    betrag: Decimal


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Vollstreckungsbescheidsantrag:
    """The application against one debtor; `geschaeftsnummer` is the court's, eleven digits.

    `zahlungen` must be stated, also that there are none (§ 699 (1) ZPO). `durch_partei`: the creditor has
    it served himself. `kosten_verzinsen`: interest on the assessed costs (§ 104 ZPO).
    """

    geschaeftsnummer: str
    geschaeftszeichen: str
    antrag_am: dt.date
    zahlungen: tuple[Zahlung, ...]
    durch_partei: bool = False
    porto: Decimal | None = None
    sonstige_kosten: Decimal | None = None
    sonstige_kosten_grund: str = ""
    kosten_verzinsen: bool = False
    auslagen_bevollmaechtigter: Decimal | None = None


def write_folgeantraege(antraege: Sequence[Vollstreckungsbescheidsantrag], kopf: Dateikopf) -> bytes:
    """Write the applications as one EDA file; raise Ablehnung when something does not fit."""
    zeilen = [zeile for antrag in antraege for zeile in _format(antrag, kopf)]
    nummern = sum(int(antrag.geschaeftsnummer[2:9]) for antrag in antraege)
    schluss: dict[str, Wert] = {
        "TKEZI": kopf.teilnehmer, "ANTANZ": len(antraege), "SANZ": len(zeilen),
        "SKATNR": 0, "SUASP": 0, "SUGNR": nummern, "ASPANZ": 0,
    }  # fmt: skip
    anfang: dict[str, Wert] = {
        "TKEZI": kopf.teilnehmer, "DATUM": kopf.erstellt_am, "BELART": _BELEGART, "EKEZI": kopf.einreicher,
        "FORMAT": FORMAT_FOLGEANTRAG, "EDAID": kopf.kennung, "SWN": kopf.software, "SWV": kopf.softwareversion,
    }  # fmt: skip
    alle = [format_record(AA, anfang), *zeilen, format_record(BB, schluss)]
    return "".join(alle).encode("cp850")


def check_folgeantrag(antrag: Vollstreckungsbescheidsantrag) -> tuple[Befund, ...]:
    """Return why an application does not fit into EDA records; empty means it can be written."""
    try:
        tuple(_format(antrag, Dateikopf("", "", antrag.antrag_am)))
    except Ablehnung as ablehnung:
        return (ablehnung.befund,)
    return ()


def _format(antrag: Vollstreckungsbescheidsantrag, kopf: Dateikopf) -> Iterator[str]:
    if not (len(antrag.geschaeftsnummer) == 11 and antrag.geschaeftsnummer.isdigit()):
        raise _refuse(antrag, f"„{antrag.geschaeftsnummer}“ ist keine Geschäftsnummer aus elf Ziffern")
    if len(antrag.zahlungen) > MAX_ZAHLUNGEN:
        raise _refuse(antrag, f"{len(antrag.zahlungen)} Zahlungen, Platz ist für {MAX_ZAHLUNGEN}")
    yield _record(antrag, E01, _kennsatz(antrag, kopf))
    for satz, anfang in ((E02, 0), (E11, _JE_SATZ)):
        teil = antrag.zahlungen[anfang : anfang + _JE_SATZ]
        if teil:
            werte: dict[str, Wert] = {}
            for i, zahlung in enumerate(teil, start=1):
                werte |= {f"VBZAD{i}": zahlung.am, f"VBZABET{i}": zahlung.betrag}
            yield _record(antrag, satz, werte)


def _kennsatz(antrag: Vollstreckungsbescheidsantrag, kopf: Dateikopf) -> dict[str, Wert]:
    return {
        "TKEZI": kopf.teilnehmer,
        "GNR": antrag.geschaeftsnummer,
        "ASGZ": antrag.geschaeftszeichen,
        "VBAND": antrag.antrag_am,
        "VBZAM": "2" if antrag.zahlungen else "1",
        "VBZUM": "2" if antrag.durch_partei else "1",
        "VBPTBET": antrag.porto,
        "VBSKOBET": antrag.sonstige_kosten,
        "VBSKOBG": antrag.sonstige_kosten_grund,
        "KOZIM": antrag.kosten_verzinsen,
        "ASPVAUSL": antrag.auslagen_bevollmaechtigter,
    }


def _record(antrag: Vollstreckungsbescheidsantrag, satz: Satz, werte: dict[str, Wert]) -> str:
    try:
        zeile = format_record(satz, werte)
    except Feldfehler as fehler:
        raise _refuse(antrag, str(fehler)) from None
    if fremd := find_foreign(zeile):
        raise _refuse(antrag, f"Zeichen, die EDA nicht kennt: {describe_foreign(fremd)}")
    return zeile


def _refuse(antrag: Vollstreckungsbescheidsantrag, grund: str) -> Ablehnung:
    text = f"Antrag auf den Vollstreckungsbescheid ({antrag.geschaeftszeichen}): {grund}."
    return Ablehnung(wrong_field(text, "Die Angabe berichtigen oder den Antrag auf Papier stellen."))
