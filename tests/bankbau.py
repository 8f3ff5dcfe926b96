"""Statements for tests: CAMT.053 with balances that add up, from a few invented bookings."""

import dataclasses
from collections.abc import Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

KONTO = "DE02120300000000202051"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Zeile:
    """One entry; `betrag` is signed, `zweck` the lines as the bank cuts them, `teile` the payments of a batch."""

    tag: str = "2026-11-18"
    wert: str = ""
    betrag: str = "1080.00"
    name: str = "Lena Vogelsang"
    zweck: tuple[str, ...] = ()
    eref: str = "NOTPROVIDED"
    referenz: str = ""
    stand: str = "BOOK"
    grund: str = ""
    wirklich: str = ""
    waehrung: str = "EUR"
    storno: bool = False
    teile: tuple["Zeile", ...] = ()
    anzahl: int = 0


def build_camt(
    zeilen: Sequence[Zeile], *, anfang: str = "1000.00", fehler: str = "0.00", version: str = "08"
) -> bytes:
    """Return a statement; `fehler` is what its closing balance is wrong by."""
    summe = sum((Decimal(z.betrag) for z in zeilen if z.stand == "BOOK"), Decimal(anfang)) + Decimal(fehler)
    salden = _balance("OPBD", Decimal(anfang)) + _balance("CLBD", summe)
    eintraege = "\n".join(_entry(zeile, nr) for nr, zeile in enumerate(zeilen, start=1))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-24T20:00:00+01:00</CreDtTm></GrpHdr>
<Stmt><Id>S1</Id><Acct><Id><IBAN>{KONTO}</IBAN></Id></Acct>
{salden}
{eintraege}
</Stmt></BkToCstmrStmt></Document>
""".encode()


def _balance(art: str, wert: Decimal) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{art}</Cd></CdOrPrtry></Tp>{_amount(str(abs(wert)))}{_side(wert)}"
        "<Dt><Dt>2026-11-24</Dt></Dt></Bal>"
    )


def _amount(betrag: str, waehrung: str = "EUR") -> str:
    return f'<Amt Ccy="{waehrung}">{betrag.lstrip("-")}</Amt>'


def _side(betrag: Decimal) -> str:
    return f"<CdtDbtInd>{'DBIT' if betrag < 0 else 'CRDT'}</CdtDbtInd>"


def _entry(zeile: Zeile, nr: int) -> str:
    gruppe = f"<Btch><NbOfTxs>{zeile.anzahl}</NbOfTxs></Btch>" if zeile.anzahl else ""
    einzelne = "".join(_details(teil) for teil in zeile.teile or ((zeile,) if not zeile.anzahl else ()))
    return (
        f"<Ntry>{_amount(zeile.betrag, zeile.waehrung)}{_side(Decimal(zeile.betrag))}"
        f"{'<RvslInd>true</RvslInd>' if zeile.storno else ''}<Sts><Cd>{zeile.stand}</Cd></Sts>"
        f"<BookgDt><Dt>{zeile.tag}</Dt></BookgDt><ValDt><Dt>{zeile.wert or zeile.tag}</Dt></ValDt>"
        f"<AcctSvcrRef>{zeile.referenz or f'REF{zeile.tag}{nr:03d}'}</AcctSvcrRef>"
        "<BkTxCd><Prtry><Cd>NTRF+166</Cd></Prtry></BkTxCd>"
        f"<NtryDtls>{gruppe}{einzelne}</NtryDtls></Ntry>"
    )


def _details(zeile: Zeile) -> str:
    betrag = Decimal(zeile.betrag)
    seite = "Dbtr" if betrag > 0 or zeile.grund else "Cdtr"
    ultimativ = (
        f"<Ultmt{seite}><Pty><Nm>{escape(zeile.wirklich)}</Nm></Pty></Ultmt{seite}>" if zeile.wirklich else ""
    )
    zweck = "".join(f"<Ustrd>{escape(stueck)}</Ustrd>" for stueck in zeile.zweck)
    grund = f"<RtrInf><Rsn><Cd>{zeile.grund}</Cd></Rsn></RtrInf>" if zeile.grund else ""
    return (
        f"<TxDtls><Refs><EndToEndId>{escape(zeile.eref)}</EndToEndId></Refs>{_amount(zeile.betrag, zeile.waehrung)}"
        f"{_side(betrag)}<RltdPties><{seite}><Pty><Nm>{escape(zeile.name)}</Nm></Pty></{seite}>{ultimativ}</RltdPties>"
        f"<RmtInf>{zweck}</RmtInf>{grund}</TxDtls>"
    )


DEMO = (
    Zeile(zweck=("SVWZ+Rechnung RE-2026-", "214 Danke"), name="LENA VOGELSANG"),
    Zeile(tag="2026-11-20", betrag="899.00", name="Tobias Lindner", zweck=("Aktenzeichen 2026-0095",)),
    Zeile(tag="2026-11-20", betrag="100.00", name="Zofia Nowak", zweck=("Rate November",)),
    Zeile(tag="2026-11-20", betrag="50.00", name="Karin Brandt", zweck=("RE-2026-193 Teilzahlung",)),
    Zeile(tag="2026-11-23", betrag="-500.00", name="Kontor Nordlicht GmbH", eref="RE-2026-178", grund="MD01"),
    Zeile(tag="2026-11-23", betrag="-2310.00", name="Erika Beispiel", zweck=("Gehalt November",)),
    Zeile(tag="2026-11-24", betrag="75.00", name="Otto Unbekannt", stand="PDNG"),
)  # fmt: skip
