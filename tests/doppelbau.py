"""A Bestand in which invoices meet: cases of few lines, and e-invoices with type and reference, for tests."""

import pathlib
import shutil

from fallbau import FAELLE

FALL = """aktenzeichen: {akte}
glaeubiger: {glaeubiger}
schuldner:
  - kennung: {kennung}
    art: person
    vorname: {vorname}
    name: {name}
    strasse: Bahnhofstr. 12
    plz: {plz}
    ort: Leipzig
    land: SN
    verbraucher: ja
anspruch:
  katalog: 11
  vertrag: Kaufvertrag über Büromöbel
  gegenleistung: erbracht
rechnungen:
{rechnungen}"""

EINTRAG = """  - nummer: {nummer}
    datum: {datum}
    betrag: {betrag}
    leistung_am: 27.02.2026
    faellig_am: 31.03.2026
    faelligkeit: vereinbart
"""

DATEI = """  - datei: rechnungen/{name}
    leistung_am: 27.02.2026
    faellig_am: 31.03.2026
    faelligkeit: vereinbart
"""

RECHNUNG = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0</cbc:CustomizationID>
<cbc:ID>{nummer}</cbc:ID><cbc:IssueDate>{datum}</cbc:IssueDate><cbc:DueDate>2026-03-31</cbc:DueDate>
<cbc:InvoiceTypeCode>{art}</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{bezug}
<cac:AccountingSupplierParty><cac:Party>
<cac:PartyLegalEntity><cbc:RegistrationName>Möbelhaus Übersee GmbH</cbc:RegistrationName></cac:PartyLegalEntity>
</cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party>
<cac:PartyLegalEntity><cbc:RegistrationName>{kaeufer}</cbc:RegistrationName></cac:PartyLegalEntity>
</cac:Party></cac:AccountingCustomerParty>
<cac:LegalMonetaryTotal><cbc:TaxInclusiveAmount currencyID="EUR">1190.00</cbc:TaxInclusiveAmount>{voraus}
<cbc:PayableAmount currencyID="EUR">{zahlbetrag}</cbc:PayableAmount></cac:LegalMonetaryTotal>
</Invoice>
"""


def make_bestand(ordner: pathlib.Path, zusatz: str = "") -> pathlib.Path:
    """Return a new Bestand with its settings and a second creditor."""
    ordner.mkdir(parents=True, exist_ok=True)
    text = (FAELLE / "mahnakte.yaml").read_text(encoding="utf-8")
    zweiter = text[text.index("  moebelhaus:") :].replace("moebelhaus:", "teppichhaus:")
    zweiter = zweiter.replace("Möbelhaus Übersee", "Teppichhaus Orient")
    (ordner / "mahnakte.yaml").write_text(text + zweiter + zusatz, encoding="utf-8")
    return ordner


def entry(nummer: str = "RE-1", datum: str = "01.03.2026", betrag: str = "1.190,00", zusatz: str = "") -> str:
    """Return one entry of `rechnungen:`; `zusatz` are further lines of it."""
    return EINTRAG.format(nummer=nummer, datum=datum, betrag=betrag) + _indent(zusatz)


def file_entry(name: str, zusatz: str = "") -> str:
    """Return an entry that takes everything from its e-invoice."""
    return DATEI.format(name=name) + _indent(zusatz)


def _indent(zusatz: str) -> str:
    return "".join(f"    {zeile}\n" for zeile in zusatz.splitlines())


def add_fall(
    bestand: pathlib.Path,
    akte: str,
    *rechnungen: str,
    glaeubiger: str = "moebelhaus",
    vorname: str = "Max",
    name: str = "Schuldner",
    plz: str = "04109",
    kennung: str = "max",
    zusatz: str = "",
    dateien: dict[str, bytes] | None = None,
) -> pathlib.Path:
    """Write a case; without entries it has RE-1 of 01.03.2026. `dateien` go into rechnungen/."""
    fall = bestand / akte
    (fall / "rechnungen").mkdir(parents=True)
    for datei, inhalt in (dateien or {}).items():
        (fall / "rechnungen" / datei).write_bytes(inhalt)
    text = FALL.format(
        akte=akte, glaeubiger=glaeubiger, vorname=vorname, name=name, plz=plz, kennung=kennung,
        rechnungen="".join(rechnungen) or entry(),
    )  # fmt: skip
    (fall / "fall.yaml").write_text(text + zusatz, encoding="utf-8")
    return fall


def invoice(
    nummer: str = "RE-1",
    art: str = "380",
    *,
    datum: str = "2026-03-01",
    auf: str | None = None,
    auf_datum: str | None = None,
    kaeufer: str = "Max Schuldner",
    voraus: str = "",
    zahlbetrag: str = "1190.00",
) -> bytes:
    """Return an e-invoice (UBL) that may refer to an earlier one (BT-25, BT-26)."""
    tag = f"<cbc:IssueDate>{auf_datum}</cbc:IssueDate>" if auf_datum else ""
    bezug = (
        f"<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{auf}</cbc:ID>{tag}"
        "</cac:InvoiceDocumentReference></cac:BillingReference>"
        if auf
        else ""
    )
    prepaid = f'<cbc:PrepaidAmount currencyID="EUR">{voraus}</cbc:PrepaidAmount>' if voraus else ""
    return RECHNUNG.format(
        nummer=nummer,
        art=art,
        datum=datum,
        bezug=bezug,
        kaeufer=kaeufer,
        voraus=prepaid,
        zahlbetrag=zahlbetrag,
    ).encode()


def alone(fall: pathlib.Path, ziel: pathlib.Path) -> pathlib.Path:
    """Copy one case with its settings into a Bestand of its own: there no other case has its invoice."""
    ziel.mkdir(parents=True, exist_ok=True)
    shutil.copy(fall.parent / "mahnakte.yaml", ziel / "mahnakte.yaml")
    return shutil.copytree(fall, ziel / fall.name)
