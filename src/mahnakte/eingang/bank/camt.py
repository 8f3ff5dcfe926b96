"""CAMT.052, 053 and 054, versions .02 to .08, by local names. An entry with several details is several payments."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

from mahnakte.eingang.bank.buchung import Auszug, Buchung, clean_reference, refuse_datei
from mahnakte.eingang.bank.sepatext import find_rueckgabe, read_reference, read_tags
from mahnakte.fall.rechnung.xmlkopf import trim_kopf
from mahnakte.grund.befund import Ablehnung, Stelle
from mahnakte.grund.betrag import CENT, NULL, format_betrag

_NAMENSRAUM = re.compile(r"urn:iso:std:iso:20022:tech:xsd:camt\.05([234])\.001\.(\d\d)")
_AUSZUEGE = {"2": "BkToCstmrAcctRpt/Rpt", "3": "BkToCstmrStmt/Stmt", "4": "BkToCstmrDbtCdtNtfctn/Ntfctn"}
_VERSIONEN = range(2, 9)
_ANFANG = ("PRCD", "OPBD")
_ENDE = ("CLBD",)
_BETRAG = re.compile(r"\d{1,13}(?:\.\d{1,5})?", re.ASCII)
_GVC = re.compile(r"\+(\d{3})(?:\+|$)|^(\d{3})$")


def read_camt(inhalt: bytes, datei: str) -> tuple[Auszug, ...]:
    """Return the statements of a CAMT file; raise Ablehnung when it is none or does not fit together."""
    wurzel = _parse(inhalt, datei)
    name = etree.QName(wurzel)
    treffer = _NAMENSRAUM.fullmatch(name.namespace or "")
    if name.localname != "Document" or treffer is None:
        raise refuse_datei(
            f"Das ist XML, aber kein Kontoauszug (CAMT): „{name.localname[:40]}“.", Stelle(datei),
            "Den Kontoauszug als CAMT.052, 053 oder 054 abrufen.",
        )  # fmt: skip
    if int(treffer.group(2)) not in _VERSIONEN:
        raise refuse_datei(
            f"CAMT.05{treffer.group(1)} in der Version .{treffer.group(2)} ist hier nicht bekannt (.02 bis .08).",
            Stelle(datei), "Bei der Bank die Version .08 wählen.",
        )  # fmt: skip
    return tuple(_Auszug(knoten, datei).read() for knoten in _all(wurzel, _AUSZUEGE[treffer.group(1)]))


def _parse(inhalt: bytes, datei: str) -> etree._Element:
    text = trim_kopf(inhalt)
    # Entities, DTDs and the network stay off: a file from outside must not read ours.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        encoding=text.kodierung, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        wurzel = etree.fromstring(text.inhalt, parser)
    except etree.XMLSyntaxError as fehler:
        ganz = text.inhalt.rstrip(b"\0 \t\r\n").endswith(b"Document>")
        grund = "Das XML ist beschädigt." if ganz else "Die Datei bricht mitten im Auszug ab."
        raise refuse_datei(grund, Stelle(datei, fehler.lineno)) from None
    if wurzel.getroottree().docinfo.doctype:  # type: ignore[union-attr] # the stubs do not know it
        raise refuse_datei(
            "Die Datei enthält eine DOCTYPE-Angabe; so etwas steht in keinem Auszug.", Stelle(datei)
        )
    return wurzel


class _Auszug:
    """Reads one statement, report or notification."""

    def __init__(self, knoten: etree._Element, datei: str) -> None:
        self._knoten = knoten
        self._datei = datei

    def read(self) -> Auszug:
        gebuchte: list[Buchung] = []
        bewegung, offen = NULL, 0
        for eintrag in _all(self._knoten, "Ntry"):
            if (_text(eintrag, "Sts/Cd") or _text(eintrag, "Sts")) != "BOOK":
                offen += 1
                continue
            bewegung += self._amount(eintrag, _text(eintrag, "CdtDbtInd"))[0]
            gebuchte += self._read_entry(eintrag)
        return Auszug(
            konto=_text(self._knoten, "Acct/Id/IBAN") or _text(self._knoten, "Acct/Id/Othr/Id"),
            buchungen=tuple(gebuchte),
            anfang=self._balance(_ANFANG),
            ende=self._balance(_ENDE),
            offen=offen,
            bewegung=bewegung,
        )

    def _balance(self, arten: tuple[str, ...]) -> Decimal | None:
        for saldo in _all(self._knoten, "Bal"):
            if _text(saldo, "Tp/CdOrPrtry/Cd") in arten:
                return self._amount(saldo, _text(saldo, "CdtDbtInd"))[0]
        return None

    def _amount(self, knoten: etree._Element, richtung: str, weg: str = "Amt") -> tuple[Decimal, str]:
        betrag = _find(knoten, weg)
        text = "" if betrag is None else (betrag.text or "").strip()
        if betrag is None or not _BETRAG.fullmatch(text) or richtung not in ("CRDT", "DBIT"):
            raise self._broken(knoten, f"Betrag oder Richtung fehlt („{text[:20]}“).")
        try:
            wert = Decimal(text).quantize(CENT)
        except InvalidOperation:
            raise self._broken(knoten, f"„{text[:20]}“ ist kein Betrag.") from None
        if wert != Decimal(text):
            raise self._broken(knoten, f"Der Betrag {text[:20]} hat mehr als zwei Nachkommastellen.")
        return wert if richtung == "CRDT" else -wert, betrag.get("Ccy") or ""

    def _read_entry(self, eintrag: etree._Element) -> Iterator[Buchung]:
        einzelne = [d for gruppe in _all(eintrag, "NtryDtls") for d in _all(gruppe, "TxDtls")]
        betrag, waehrung = self._amount(eintrag, _text(eintrag, "CdtDbtInd"))
        anzahl = sum(int(zahl) for zahl in self._batch_sizes(eintrag))
        if len(einzelne) <= 1 and anzahl <= 1:
            yield self._booking(eintrag, einzelne[0] if einzelne else None, betrag, waehrung)
            return
        teile = [self._part(eintrag, einzeln) for einzeln in einzelne]
        if anzahl > len(einzelne) or any(teil is None or teil[1] != waehrung for teil in teile):
            yield self._booking(eintrag, None, betrag, waehrung, sammler=True)
            return
        betraege = [teil[0] for teil in teile if teil is not None]
        if sum(betraege, NULL) != betrag:
            raise self._broken(
                eintrag, f"Die Einzelbeträge der Sammelbuchung über {format_betrag(betrag)} ergeben "
                f"{format_betrag(sum(betraege, NULL))}.",
            )  # fmt: skip
        for einzeln, teilbetrag in zip(einzelne, betraege, strict=True):
            yield self._booking(eintrag, einzeln, teilbetrag, waehrung, teil=True)

    def _batch_sizes(self, eintrag: etree._Element) -> list[str]:
        zahlen = [_text(gruppe, "Btch/NbOfTxs") for gruppe in _all(eintrag, "NtryDtls")]
        return [zahl for zahl in zahlen if re.fullmatch(r"\d{1,9}", zahl, re.ASCII)]

    def _part(self, eintrag: etree._Element, einzeln: etree._Element) -> tuple[Decimal, str] | None:
        richtung = _text(einzeln, "CdtDbtInd") or _text(eintrag, "CdtDbtInd")
        for weg in ("Amt", "AmtDtls/TxAmt/Amt"):
            if _find(einzeln, weg) is not None:
                return self._amount(einzeln, richtung, weg)
        return None

    def _booking(
        self, eintrag: etree._Element, einzeln: etree._Element | None, betrag: Decimal, waehrung: str,
        *, sammler: bool = False, teil: bool = False,
    ) -> Buchung:  # fmt: skip
        tag = self._day(eintrag, "BookgDt") or self._day(eintrag, "ValDt")
        if tag is None:
            raise self._broken(eintrag, "Der Buchungstag fehlt.")
        details = eintrag if einzeln is None else einzeln
        # A direct debit that comes back is money that leaves, but its debtor stays the debtor.
        zahler = betrag > NULL or not _party(details, "Cdtr")
        partei, konto = ("Dbtr", "DbtrAcct") if zahler else ("Cdtr", "CdtrAcct")
        zweck = tuple(_texts(details, "RmtInf/Ustrd")) + tuple(_texts(details, "RmtInf/Strd/AddtlRmtInf"))
        tags = read_tags(zweck)
        freitexte = (_text(eintrag, "AddtlNtryInf"), _text(details, "AddtlTxInf"))
        referenz = _text(details, "Refs/AcctSvcrRef") or _text(eintrag, "AcctSvcrRef")
        ende = clean_reference(_text(details, "Refs/EndToEndId"))
        if teil and referenz:
            referenz = "/".join((referenz, ende, "".join(zweck)))
        return Buchung(
            tag=tag, wert=self._day(eintrag, "ValDt") or tag, betrag=betrag, waehrung=waehrung,
            name=_party(details, partei), iban=_text(details, f"RltdPties/{konto}/Id/IBAN"),
            wirklich=_party(details, f"Ultmt{partei}"), zweck=zweck or tuple(t for t in freitexte if t),
            ende_zu_ende=ende or read_reference(tags),
            nummern=tuple(n for weg in ("RfrdDocInf/Nb", "CdtrRefInf/Ref") for n in
                          (clean_reference(t) for t in _texts(details, f"RmtInf/Strd/{weg}")) if n),
            bankreferenz=clean_reference(referenz), art=_gvc(details) or _gvc(eintrag),
            rueckgabe=self._find_return(eintrag, details, (*freitexte, *zweck)),
            storno=_text(eintrag, "RvslInd") in ("true", "1"), sammler=sammler, zeile=_line(eintrag),
        )  # fmt: skip

    @staticmethod
    def _find_return(eintrag: etree._Element, details: etree._Element, texte: tuple[str, ...]) -> str | None:
        if _find(details, "RtrInf") is not None:
            return _text(details, "RtrInf/Rsn/Cd") or _text(details, "RtrInf/Rsn/Prtry")
        return find_rueckgabe(_gvc(details) or _gvc(eintrag), texte)

    def _day(self, eintrag: etree._Element, name: str) -> dt.date | None:
        text = _text(eintrag, f"{name}/Dt") or _text(eintrag, f"{name}/DtTm")
        if not text:
            return None
        try:
            return dt.date.fromisoformat(text[:10])
        except ValueError:
            raise self._broken(eintrag, f"„{text[:20]}“ ist kein Tag.") from None

    def _broken(self, knoten: etree._Element, text: str) -> Ablehnung:
        return refuse_datei(f"Eine Buchung ist nicht lesbar: {text}", Stelle(self._datei, _line(knoten)))


def _line(knoten: etree._Element) -> int | None:
    zeile = knoten.sourceline
    return zeile if isinstance(zeile, int) else None


def _all(knoten: etree._Element, weg: str) -> list[etree._Element]:
    """Return the elements at the end of a path of local names."""
    stufe = [knoten]
    for name in weg.split("/"):
        stufe = [kind for einer in stufe for kind in einer if str(kind.tag).rpartition("}")[2] == name]
    return stufe


def _find(knoten: etree._Element, weg: str) -> etree._Element | None:
    return next(iter(_all(knoten, weg)), None)


def _texts(knoten: etree._Element, weg: str) -> list[str]:
    return [text for element in _all(knoten, weg) if (text := (element.text or "").strip("\r\n\t"))]


def _text(knoten: etree._Element, weg: str) -> str:
    return next((text.strip() for text in _texts(knoten, weg)), "")


def _party(details: etree._Element, partei: str) -> str:
    """Return the name of a party; from .08 on it stands one level deeper, or is that of a bank."""
    wege = ("Nm", "Pty/Nm", "Agt/FinInstnId/Nm")
    return next((name for weg in wege if (name := _text(details, f"RltdPties/{partei}/{weg}"))), "")


def _gvc(knoten: etree._Element) -> str:
    treffer = _GVC.search(_text(knoten, "BkTxCd/Prtry/Cd"))
    return (treffer.group(1) or treffer.group(2)) if treffer else ""
