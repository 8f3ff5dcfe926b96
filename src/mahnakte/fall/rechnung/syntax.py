"""Where each fact stands: one XPath table per syntax.

UBL after EN 16931-3-2, CII (D16B) after EN 16931-3-3, ZUGFeRD 1.0 after its own specification. Of several
paths for one field the first that holds a text counts. Party paths start at the party.
"""

import dataclasses
from collections.abc import Mapping

from mahnakte.fall.rechnung.modell import Format

Pfade = tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Syntax:
    """One syntax: its root element, its name spaces and its tables."""

    format: Format
    wurzel: str  # {name space}element
    namen: Mapping[str, str]
    felder: Mapping[str, Pfade]
    verkaeufer: str
    kaeufer: str
    partei: Mapping[str, Pfade]
    anschrift: str  # every line above postcode and town, in the order of the document
    vorrechnung: Mapping[str, Pfade]


_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_UBL_NAMEN = {"cac": f"{_UBL}CommonAggregateComponents-2", "cbc": f"{_UBL}CommonBasicComponents-2"}

# In a UBL credit note the due date (BT-9) stands with the payment means.
_UBL_FAELLIGKEITEN = (
    "cbc:DueDate | cac:PaymentMeans/cbc:PaymentDueDate"
    " | cac:PaymentTerms/cbc:PaymentDueDate | cac:PaymentTerms/cbc:InstallmentDueDate"
)
_UBL_FELDER: dict[str, Pfade] = {
    "profil": ("cbc:CustomizationID",),
    "nummer": ("cbc:ID",),
    "datum": ("cbc:IssueDate",),
    "faelligkeiten": (_UBL_FAELLIGKEITEN,),
    "zahlungstext": ("cac:PaymentTerms/cbc:Note",),
    "leistung_am": ("cac:Delivery/cbc:ActualDeliveryDate",),
    "leistung_von": ("cac:InvoicePeriod/cbc:StartDate",),
    "leistung_bis": ("cac:InvoicePeriod/cbc:EndDate",),
    "waehrung": ("cbc:DocumentCurrencyCode",),
    "netto": ("cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount",),
    # A second total in the tax currency (BT-111) may stand beside BT-110.
    "steuer": ("cac:TaxTotal/cbc:TaxAmount[not(@currencyID) or @currencyID = /*/cbc:DocumentCurrencyCode]",),
    "brutto": ("cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount",),
    "vorausgezahlt": ("cac:LegalMonetaryTotal/cbc:PrepaidAmount",),
    "rundung": ("cac:LegalMonetaryTotal/cbc:PayableRoundingAmount",),
    "drittbetraege": ("cac:PrepaidPayment/cbc:PaidAmount",),
    "zahlbetrag": ("cac:LegalMonetaryTotal/cbc:PayableAmount",),
    "iban": ("cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID",),
    "verwendungszweck": ("cac:PaymentMeans/cbc:PaymentID",),
    "vorrechnungen": (".//cac:BillingReference/cac:InvoiceDocumentReference",),
}
_UBL_ANSCHRIFT = (
    "cac:PostalAddress/cbc:StreetName | cac:PostalAddress/cbc:AdditionalStreetName"
    " | cac:PostalAddress/cac:AddressLine/cbc:Line"
)
_UBL_VORRECHNUNG: dict[str, Pfade] = {"nummer": ("cbc:ID",), "datum": ("cbc:IssueDate",)}
_UBL_PARTEI: dict[str, Pfade] = {
    "name": ("cac:PartyLegalEntity/cbc:RegistrationName", "cac:PartyName/cbc:Name"),
    "handelsname": ("cac:PartyName/cbc:Name",),
    "strasse": ("cac:PostalAddress/cbc:StreetName",),
    "zusatz": ("cac:PostalAddress/cbc:AdditionalStreetName", "cac:PostalAddress/cac:AddressLine/cbc:Line"),
    "plz": ("cac:PostalAddress/cbc:PostalZone",),
    "ort": ("cac:PostalAddress/cbc:CityName",),
    "land": ("cac:PostalAddress/cac:Country/cbc:IdentificationCode",),
    "ust_id": ("cac:PartyTaxScheme[cac:TaxScheme/cbc:ID = 'VAT']/cbc:CompanyID",),
    "kontakt": ("cac:Contact/cbc:Name",),
    "email": ("cac:Contact/cbc:ElectronicMail", "cbc:EndpointID[@schemeID = 'EM']"),
    "telefon": ("cac:Contact/cbc:Telephone",),
}

UBL_RECHNUNG = Syntax(
    "UBL",
    f"{{{_UBL}Invoice-2}}Invoice",
    _UBL_NAMEN,
    _UBL_FELDER | {"art": ("cbc:InvoiceTypeCode",)},
    "cac:AccountingSupplierParty/cac:Party",
    "cac:AccountingCustomerParty/cac:Party",
    _UBL_PARTEI,
    _UBL_ANSCHRIFT,
    _UBL_VORRECHNUNG,
)
UBL_GUTSCHRIFT = Syntax(
    "UBL",
    f"{{{_UBL}CreditNote-2}}CreditNote",
    _UBL_NAMEN,
    _UBL_FELDER | {"art": ("cbc:CreditNoteTypeCode",)},
    "cac:AccountingSupplierParty/cac:Party",
    "cac:AccountingCustomerParty/cac:Party",
    _UBL_PARTEI,
    _UBL_ANSCHRIFT,
    _UBL_VORRECHNUNG,
)

_UNECE = "urn:un:unece:uncefact:data:standard:"
_CII_ABSCHNITTE = ("rsm:ExchangedDocument", "rsm:SupplyChainTradeTransaction/ram:ApplicableHeaderTrade")
_ZF1_ABSCHNITTE = (
    "rsm:HeaderExchangedDocument",
    "rsm:SpecifiedSupplyChainTradeTransaction/ram:ApplicableSupplyChainTrade",
)


_IN_RECHNUNGSWAEHRUNG = (
    "[not(@currencyID) or not(string(../../ram:InvoiceCurrencyCode))"
    " or @currencyID = ../../ram:InvoiceCurrencyCode]"
)


def _cii_felder(dokument: str, handel: str, summe: str) -> dict[str, Pfade]:
    """Return the table that CII and ZUGFeRD 1.0 share; they differ in the names of their sections."""
    abrechnung, lieferung = f"{handel}Settlement", f"{handel}Delivery"
    summen = f"{abrechnung}/ram:{summe}"
    positionen = f"{handel.partition('/')[0]}/ram:IncludedSupplyChainTradeLineItem"
    return {
        "art": (f"{dokument}/ram:TypeCode",),
        "nummer": (f"{dokument}/ram:ID",),
        "datum": (f"{dokument}/ram:IssueDateTime/*",),
        "faelligkeiten": (f"{abrechnung}/ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime/*",),
        "zahlungstext": (f"{abrechnung}/ram:SpecifiedTradePaymentTerms/ram:Description",),
        "leistung_am": (f"{lieferung}/ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/*",),
        "leistung_von": (f"{abrechnung}/ram:BillingSpecifiedPeriod/ram:StartDateTime/*",),
        "leistung_bis": (f"{abrechnung}/ram:BillingSpecifiedPeriod/ram:EndDateTime/*",),
        "waehrung": (f"{abrechnung}/ram:InvoiceCurrencyCode",),
        "netto": (f"{summen}/ram:TaxBasisTotalAmount",),
        # A second total in the tax currency (BT-111) may stand beside BT-110.
        "steuer": (f"{summen}/ram:TaxTotalAmount{_IN_RECHNUNGSWAEHRUNG}",),
        "brutto": (f"{summen}/ram:GrandTotalAmount",),
        "vorausgezahlt": (f"{summen}/ram:TotalPrepaidAmount",),
        "rundung": (f"{summen}/ram:RoundingAmount",),
        "drittbetraege": (),
        "zahlbetrag": (f"{summen}/ram:DuePayableAmount",),
        "iban": (
            f"{abrechnung}/ram:SpecifiedTradeSettlementPaymentMeans/ram:PayeePartyCreditorFinancialAccount/ram:IBANID",
        ),
        "verwendungszweck": (f"{abrechnung}/ram:PaymentReference",),
        # Beside the invoice as a whole (BG-3), profile EXTENDED names them with advance payments and lines.
        "vorrechnungen": (
            f"{abrechnung}//ram:InvoiceReferencedDocument | {abrechnung}//ram:InvoiceSpecifiedReferencedDocument"
            f" | {positionen}//ram:InvoiceReferencedDocument",
        ),
    }


_CII_ANSCHRIFT = (
    "ram:PostalTradeAddress/ram:LineOne | ram:PostalTradeAddress/ram:LineTwo"
    " | ram:PostalTradeAddress/ram:LineThree"
)
_CII_PARTEI: dict[str, Pfade] = {
    "name": ("ram:Name",),
    "handelsname": ("ram:SpecifiedLegalOrganization/ram:TradingBusinessName",),
    "strasse": ("ram:PostalTradeAddress/ram:LineOne",),
    "zusatz": ("ram:PostalTradeAddress/ram:LineTwo", "ram:PostalTradeAddress/ram:LineThree"),
    "plz": ("ram:PostalTradeAddress/ram:PostcodeCode",),
    "ort": ("ram:PostalTradeAddress/ram:CityName",),
    "land": ("ram:PostalTradeAddress/ram:CountryID",),
    "ust_id": ("ram:SpecifiedTaxRegistration/ram:ID[@schemeID = 'VA']",),
    "kontakt": ("ram:DefinedTradeContact/ram:PersonName", "ram:DefinedTradeContact/ram:DepartmentName"),
    "email": (
        "ram:DefinedTradeContact/ram:EmailURIUniversalCommunication/ram:URIID",
        "ram:URIUniversalCommunication/ram:URIID[@schemeID = 'EM']",
    ),
    "telefon": ("ram:DefinedTradeContact/ram:TelephoneUniversalCommunication/ram:CompleteNumber",),
}

CII = Syntax(
    "CII",
    f"{{{_UNECE}CrossIndustryInvoice:100}}CrossIndustryInvoice",
    {
        "rsm": f"{_UNECE}CrossIndustryInvoice:100",
        "ram": f"{_UNECE}ReusableAggregateBusinessInformationEntity:100",
    },
    _cii_felder(*_CII_ABSCHNITTE, "SpecifiedTradeSettlementHeaderMonetarySummation")
    | {"profil": ("rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID",)},
    f"{_CII_ABSCHNITTE[1]}Agreement/ram:SellerTradeParty",
    f"{_CII_ABSCHNITTE[1]}Agreement/ram:BuyerTradeParty",
    _CII_PARTEI,
    _CII_ANSCHRIFT,
    {"nummer": ("ram:IssuerAssignedID",), "datum": ("ram:FormattedIssueDateTime/*",)},
)
ZUGFERD_1 = Syntax(
    "ZF1",
    "{urn:ferd:CrossIndustryDocument:invoice:1p0}CrossIndustryDocument",
    {
        "rsm": "urn:ferd:CrossIndustryDocument:invoice:1p0",
        "ram": f"{_UNECE}ReusableAggregateBusinessInformationEntity:12",
    },
    _cii_felder(*_ZF1_ABSCHNITTE, "SpecifiedTradeSettlementMonetarySummation")
    | {
        "profil": (
            "rsm:SpecifiedExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID",
        ),
        "vorrechnungen": (
            f"{_ZF1_ABSCHNITTE[1]}Agreement/ram:AdditionalReferencedDocument[ram:TypeCode = 'OI']",
        ),
    },
    f"{_ZF1_ABSCHNITTE[1]}Agreement/ram:SellerTradeParty",
    f"{_ZF1_ABSCHNITTE[1]}Agreement/ram:BuyerTradeParty",
    _CII_PARTEI,
    _CII_ANSCHRIFT,
    {"nummer": ("ram:ID",), "datum": ("ram:IssueDateTime/* | ram:IssueDateTime[not(*)]",)},
)

SYNTAXEN = {syntax.wurzel: syntax for syntax in (UBL_RECHNUNG, UBL_GUTSCHRIFT, CII, ZUGFERD_1)}

# Order-X and UBL orders look like invoices and are none.
BESTELLUNGEN = ("SCRDMCCBDACIOMessageStructure", "Order", "OrderResponse", "OrderChange")
