"""The XML of the demo invoices: CII (EN 16931, XRechnung) and UBL (XRechnung), from one description."""

import dataclasses
import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree
from lxml.builder import ElementMaker

EN16931 = "urn:cen.eu:en16931:2017"
XRECHNUNG = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
_PEPPOL = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_STEUERSATZ = Decimal(19)
_CENT = Decimal("0.01")
_ARTEN = {"Stück": "H87", "pauschal": "LS"}

_UNECE = "urn:un:unece:uncefact:data:standard:"
_CII = {
    "rsm": f"{_UNECE}CrossIndustryInvoice:100",
    "ram": f"{_UNECE}ReusableAggregateBusinessInformationEntity:100",
    "udt": f"{_UNECE}UnqualifiedDataType:100",
}
_UBL_2 = "urn:oasis:names:specification:ubl:schema:xsd:"
_UBL = {
    None: f"{_UBL_2}Invoice-2",
    "cac": f"{_UBL_2}CommonAggregateComponents-2",
    "cbc": f"{_UBL_2}CommonBasicComponents-2",
}


@dataclasses.dataclass(frozen=True)
class Partei:
    """Seller or buyer. `zeilen` is the name as it stands in the address window."""

    zeilen: tuple[str, ...]
    strasse: str
    plz: str
    ort: str
    email: str
    kontakt: str = ""
    telefon: str = ""
    ust_id: str = ""

    @property
    def name(self) -> str:
        """Return the name on one line."""
        return " ".join(self.zeilen)

    @property
    def anschrift(self) -> tuple[str, ...]:
        """Return the lines of the address window."""
        return (*self.zeilen, self.strasse, f"{self.plz} {self.ort}")


@dataclasses.dataclass(frozen=True)
class Position:
    """One line: what, how many, net price of one."""

    text: str
    menge: int
    preis: Decimal
    einheit: str = "Stück"

    @property
    def summe(self) -> Decimal:
        """Return the net sum of the line."""
        return self.menge * self.preis


@dataclasses.dataclass(frozen=True)
class Rechnung:
    """One invoice of the demo; sums follow from the lines, 19 percent VAT."""

    nummer: str
    datum: dt.date
    leistung_am: dt.date
    faellig_am: dt.date
    kaeufer: Partei
    positionen: tuple[Position, ...]
    zahlungstext: str
    kundennummer: str

    @property
    def netto(self) -> Decimal:
        """Return the net total."""
        return sum((position.summe for position in self.positionen), Decimal("0.00"))

    @property
    def steuer(self) -> Decimal:
        """Return the VAT on the net total, half up."""
        return (self.netto * _STEUERSATZ / 100).quantize(_CENT, rounding=ROUND_HALF_UP)

    @property
    def brutto(self) -> Decimal:
        """Return the gross total."""
        return self.netto + self.steuer


def _write(wurzel: etree._Element) -> bytes:
    return etree.tostring(wurzel, xml_declaration=True, encoding="UTF-8", pretty_print=True)


# --- CII ----------------------------------------------------------------------------------------------

_RSM = ElementMaker(namespace=_CII["rsm"], nsmap=_CII)
_RAM = ElementMaker(namespace=_CII["ram"], nsmap=_CII)
_UDT = ElementMaker(namespace=_CII["udt"], nsmap=_CII)


def build_cii(rechnung: Rechnung, verkaeufer: Partei, iban: str, profil: str) -> bytes:
    """Return the invoice as CII D16B."""
    kontext = [_RAM.GuidelineSpecifiedDocumentContextParameter(_RAM.ID(profil))]
    if profil == XRECHNUNG:
        kontext.insert(0, _RAM.BusinessProcessSpecifiedDocumentContextParameter(_RAM.ID(_PEPPOL)))
    return _write(
        _RSM.CrossIndustryInvoice(
            _RSM.ExchangedDocumentContext(*kontext),
            _RSM.ExchangedDocument(
                _RAM.ID(rechnung.nummer), _RAM.TypeCode("380"), _RAM.IssueDateTime(_cii_date(rechnung.datum))
            ),
            _RSM.SupplyChainTradeTransaction(
                *(_cii_line(nr, position) for nr, position in enumerate(rechnung.positionen, start=1)),
                _RAM.ApplicableHeaderTradeAgreement(
                    _RAM.BuyerReference(rechnung.kundennummer),
                    _RAM.SellerTradeParty(*_cii_party(verkaeufer)),
                    _RAM.BuyerTradeParty(*_cii_party(rechnung.kaeufer)),
                ),
                _RAM.ApplicableHeaderTradeDelivery(
                    _RAM.ActualDeliverySupplyChainEvent(
                        _RAM.OccurrenceDateTime(_cii_date(rechnung.leistung_am))
                    )
                ),
                _cii_settlement(rechnung, verkaeufer, iban),
            ),
        )
    )


def _cii_date(tag: dt.date) -> etree._Element:
    return _UDT.DateTimeString(f"{tag:%Y%m%d}", format="102")


def _cii_party(partei: Partei) -> list[etree._Element]:
    teile = [_RAM.Name(partei.name)]
    if partei.kontakt:
        teile.append(
            _RAM.DefinedTradeContact(
                _RAM.PersonName(partei.kontakt),
                _RAM.TelephoneUniversalCommunication(_RAM.CompleteNumber(partei.telefon)),
                _RAM.EmailURIUniversalCommunication(_RAM.URIID(partei.email)),
            )
        )
    teile.append(
        _RAM.PostalTradeAddress(
            _RAM.PostcodeCode(partei.plz),
            _RAM.LineOne(partei.strasse),
            _RAM.CityName(partei.ort),
            _RAM.CountryID("DE"),
        )
    )
    if partei.email:
        teile.append(_RAM.URIUniversalCommunication(_RAM.URIID(partei.email, schemeID="EM")))
    if partei.ust_id:
        teile.append(_RAM.SpecifiedTaxRegistration(_RAM.ID(partei.ust_id, schemeID="VA")))
    return teile


def _cii_line(nr: int, position: Position) -> etree._Element:
    return _RAM.IncludedSupplyChainTradeLineItem(
        _RAM.AssociatedDocumentLineDocument(_RAM.LineID(str(nr))),
        _RAM.SpecifiedTradeProduct(_RAM.Name(position.text)),
        _RAM.SpecifiedLineTradeAgreement(
            _RAM.NetPriceProductTradePrice(_RAM.ChargeAmount(str(position.preis)))
        ),
        _RAM.SpecifiedLineTradeDelivery(
            _RAM.BilledQuantity(str(position.menge), unitCode=_ARTEN[position.einheit])
        ),
        _RAM.SpecifiedLineTradeSettlement(
            _RAM.ApplicableTradeTax(
                _RAM.TypeCode("VAT"), _RAM.CategoryCode("S"), _RAM.RateApplicablePercent(f"{_STEUERSATZ}.00")
            ),
            _RAM.SpecifiedTradeSettlementLineMonetarySummation(_RAM.LineTotalAmount(str(position.summe))),
        ),
    )


def _cii_settlement(rechnung: Rechnung, verkaeufer: Partei, iban: str) -> etree._Element:
    return _RAM.ApplicableHeaderTradeSettlement(
        _RAM.PaymentReference(rechnung.nummer),
        _RAM.InvoiceCurrencyCode("EUR"),
        _RAM.SpecifiedTradeSettlementPaymentMeans(
            _RAM.TypeCode("58"),
            _RAM.PayeePartyCreditorFinancialAccount(_RAM.IBANID(iban), _RAM.AccountName(verkaeufer.name)),
        ),
        _RAM.ApplicableTradeTax(
            _RAM.CalculatedAmount(str(rechnung.steuer)),
            _RAM.TypeCode("VAT"),
            _RAM.BasisAmount(str(rechnung.netto)),
            _RAM.CategoryCode("S"),
            _RAM.RateApplicablePercent(f"{_STEUERSATZ}.00"),
        ),
        _RAM.SpecifiedTradePaymentTerms(
            _RAM.Description(rechnung.zahlungstext), _RAM.DueDateDateTime(_cii_date(rechnung.faellig_am))
        ),
        _RAM.SpecifiedTradeSettlementHeaderMonetarySummation(
            _RAM.LineTotalAmount(str(rechnung.netto)),
            _RAM.TaxBasisTotalAmount(str(rechnung.netto)),
            _RAM.TaxTotalAmount(str(rechnung.steuer), currencyID="EUR"),
            _RAM.GrandTotalAmount(str(rechnung.brutto)),
            _RAM.DuePayableAmount(str(rechnung.brutto)),
        ),
    )


# --- UBL ----------------------------------------------------------------------------------------------

_INV = ElementMaker(namespace=_UBL[None], nsmap=_UBL)
_CAC = ElementMaker(namespace=_UBL["cac"], nsmap=_UBL)
_CBC = ElementMaker(namespace=_UBL["cbc"], nsmap=_UBL)


def build_ubl(rechnung: Rechnung, verkaeufer: Partei, iban: str) -> bytes:
    """Return the invoice as XRechnung in UBL 2.1."""
    return _write(
        _INV.Invoice(
            _CBC.CustomizationID(XRECHNUNG),
            _CBC.ProfileID(_PEPPOL),
            _CBC.ID(rechnung.nummer),
            _CBC.IssueDate(rechnung.datum.isoformat()),
            _CBC.DueDate(rechnung.faellig_am.isoformat()),
            _CBC.InvoiceTypeCode("380"),
            _CBC.DocumentCurrencyCode("EUR"),
            _CBC.BuyerReference(rechnung.kundennummer),
            _CAC.AccountingSupplierParty(_ubl_party(verkaeufer)),
            _CAC.AccountingCustomerParty(_ubl_party(rechnung.kaeufer)),
            _CAC.Delivery(_CBC.ActualDeliveryDate(rechnung.leistung_am.isoformat())),
            _CAC.PaymentMeans(
                _CBC.PaymentMeansCode("58"),
                _CBC.PaymentID(rechnung.nummer),
                _CAC.PayeeFinancialAccount(_CBC.ID(iban), _CBC.Name(verkaeufer.name)),
            ),
            _CAC.PaymentTerms(_CBC.Note(rechnung.zahlungstext)),
            _CAC.TaxTotal(
                _ubl_amount(_CBC.TaxAmount, rechnung.steuer),
                _CAC.TaxSubtotal(
                    _ubl_amount(_CBC.TaxableAmount, rechnung.netto),
                    _ubl_amount(_CBC.TaxAmount, rechnung.steuer),
                    _ubl_tax(_CAC.TaxCategory),
                ),
            ),
            _CAC.LegalMonetaryTotal(
                _ubl_amount(_CBC.LineExtensionAmount, rechnung.netto),
                _ubl_amount(_CBC.TaxExclusiveAmount, rechnung.netto),
                _ubl_amount(_CBC.TaxInclusiveAmount, rechnung.brutto),
                _ubl_amount(_CBC.PayableAmount, rechnung.brutto),
            ),
            *(_ubl_line(nr, position) for nr, position in enumerate(rechnung.positionen, start=1)),
        )
    )


def _ubl_amount(element: object, betrag: Decimal) -> etree._Element:
    return element(str(betrag), currencyID="EUR")  # type: ignore[operator]


def _ubl_tax(element: object) -> etree._Element:
    return element(  # type: ignore[operator]
        _CBC.ID("S"), _CBC.Percent(str(_STEUERSATZ)), _CAC.TaxScheme(_CBC.ID("VAT"))
    )


def _ubl_party(partei: Partei) -> etree._Element:
    teile = [_CBC.EndpointID(partei.email, schemeID="EM")] if partei.email else []
    teile.append(
        _CAC.PostalAddress(
            _CBC.StreetName(partei.strasse),
            _CBC.CityName(partei.ort),
            _CBC.PostalZone(partei.plz),
            _CAC.Country(_CBC.IdentificationCode("DE")),
        )
    )
    if partei.ust_id:
        teile.append(_CAC.PartyTaxScheme(_CBC.CompanyID(partei.ust_id), _CAC.TaxScheme(_CBC.ID("VAT"))))
    teile.append(_CAC.PartyLegalEntity(_CBC.RegistrationName(partei.name)))
    if partei.kontakt:
        teile.append(
            _CAC.Contact(
                _CBC.Name(partei.kontakt), _CBC.Telephone(partei.telefon), _CBC.ElectronicMail(partei.email)
            )
        )
    return _CAC.Party(*teile)


def _ubl_line(nr: int, position: Position) -> etree._Element:
    return _CAC.InvoiceLine(
        _CBC.ID(str(nr)),
        _CBC.InvoicedQuantity(str(position.menge), unitCode=_ARTEN[position.einheit]),
        _ubl_amount(_CBC.LineExtensionAmount, position.summe),
        _CAC.Item(_CBC.Name(position.text), _ubl_tax(_CAC.ClassifiedTaxCategory)),
        _CAC.Price(_ubl_amount(_CBC.PriceAmount, position.preis)),
    )
