"""The application for a Mahnbescheid (§ 690 ZPO) as frozen records.

Field lengths and value sets are those of `schemas/mahnantrag.xsd`; names follow the field groups of the
courts' EDA records. A record holds what the application says, not what is lawful: that is for `regeln`.
Amounts are Decimal euro with two decimals, rates Decimal per cent with three, dates calendar dates.
Empty text means "not stated".
"""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Annotated

from mahnakte.antrag.auswahl import (
    Anrede,
    Firmenart,
    Gegenleistung,
    Gerichtsart,
    Kontoinhaber,
    Nebenforderungsart,
    Verfahrensart,
    Vertretungsart,
    Zinsart,
    Zinszeitraum,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Stellen:
    """Number of decimals with which a Decimal of the model is written."""

    anzahl: int


Betrag = Annotated[Decimal, Stellen(2)]
Prozentsatz = Annotated[Decimal, Stellen(3)]


@dataclasses.dataclass(frozen=True, slots=True)
class Gericht:
    """A court as the application names it: house-address postcode and place."""

    plz: str
    ort: str


@dataclasses.dataclass(frozen=True, slots=True)
class Streitgericht:
    """The court competent for litigation against one debtor (§ 690 (1) no. 5 ZPO)."""

    art: Gerichtsart
    plz: str
    ort: str


@dataclasses.dataclass(frozen=True, slots=True)
class Anschrift:
    """Street with number in one field; `staat` is the country mark and stays empty in Germany."""

    strasse: str
    plz: str
    ort: str
    staat: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Person:
    """A natural person."""

    anrede: Anrede
    vorname: str
    nachname: str


@dataclasses.dataclass(frozen=True, slots=True)
class Firma:
    """A firm, association, authority, WEG or party by office; the name in one to four parts of 35."""

    art: Firmenart
    rechtsform: str = ""
    name: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Vertreter:
    """A statutory representative: office and name, or a representing company.

    In the chain of a GmbH & Co. KG the company comes first, its officer directly after it.
    """

    gesellschaft: str = ""
    funktion: str = ""
    name: str = ""
    anschrift: Anschrift | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Antragsteller:
    """One applicant."""

    bezeichnung: Person | Firma
    anschrift: Anschrift
    vertreter: tuple[Vertreter, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Antragsgegner:
    """One debtor with the court that would decide the dispute.

    `nato_truppenstatut`: service needs the data of the NATO statute, whose record is not known.
    """

    bezeichnung: Person | Firma
    anschrift: Anschrift
    streitgericht: Streitgericht | None = None
    vertreter: tuple[Vertreter, ...] = ()
    nato_truppenstatut: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Prozessbevollmaechtigter:
    """The representative for the procedure (§ 79 ZPO), by Kennziffer or with full data, and his fees.

    `auslagen`: disbursements differing from Nr. 7002 VV RVG, 0 waives them. `verguetung`: None is the
    statutory fee, an amount the agreed fee or the agency's refund, 0 a waiver. `anrechnung`: what is set
    off from Nr. 2300/2302 against Nr. 3305. `vorsteuerabzug`: the applicant may deduct input tax.
    """

    kennziffer: str = ""
    art: Vertretungsart | None = None
    bezeichnung: str = ""
    rechtsform: str = ""
    anschrift: Anschrift | None = None
    vertreter: Vertreter | None = None
    geschaeftszeichen: str = ""
    beauftragt_am: dt.date | None = None
    auslagen: Betrag | None = None
    anrechnung: Betrag | None = None
    umfangreich: bool = False
    verguetung: Betrag | None = None
    umsatzsteuersatz: Betrag | None = None
    vorsteuerabzug: bool = True
    umsatzsteuerfrei: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Bankverbindung:
    """Where the debtor may pay."""

    inhaber: Kontoinhaber
    iban: str
    bic: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Katalogforderung:
    """Claim by number of the courts' catalogue.

    `kennzeichen` is the invoice number, or what takes its place: account number (36), customer or meter
    number (42), kind of service (61).
    """

    nummer: int
    zweite_nummer: int | None = None
    grund: str = ""
    kennzeichen: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class SonstigerAnspruch:
    """Claim in free words, at most 163 characters."""

    begruendung: str


@dataclasses.dataclass(frozen=True, slots=True)
class Belegenheit:
    """Where the flat or property lies (catalogue 19, 20, 90)."""

    plz: str
    ort: str
    staat: str = ""
    strasse: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Abtretung:
    """Assignment or transfer by law, and from whom."""

    am: dt.date
    name: str
    plz: str
    ort: str
    staat: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Zinsangabe:
    """Running interest on a main claim. `ab` None: from service; `bis` None: until paid."""

    satz: Prozentsatz
    art: Zinsart
    betrag: Betrag
    zeitraum: Zinszeitraum = Zinszeitraum.JAEHRLICH
    ab: dt.date | None = None
    bis: dt.date | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Verbraucherdarlehen:
    """Data of § 690 (1) no. 3 ZPO for consumer credit: date and initial effective rate."""

    vertrag_am: dt.date
    effektivzins: Prozentsatz


@dataclasses.dataclass(frozen=True, slots=True)
class Hauptforderung:
    """One main claim: one invoice, one line."""

    anspruch: Katalogforderung | SonstigerAnspruch
    betrag: Betrag
    von: dt.date | None = None
    bis: dt.date | None = None
    belegenheit: Belegenheit | None = None
    vertragsart: str = ""
    abtretung: Abtretung | None = None
    zinsen: tuple[Zinsangabe, ...] = ()
    verbraucherdarlehen: Verbraucherdarlehen | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class AusgerechneteZinsen:
    """Interest already computed for a closed period."""

    betrag: Betrag
    von: dt.date
    bis: dt.date
    satz: Prozentsatz | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Auslagen:
    """Outlays of the applicant for this procedure: form and postage, other ones with reason."""

    vordruck_porto: Betrag | None = None
    sonstige: Betrag | None = None
    sonstige_grund: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Nebenzins:
    """Interest on an ancillary claim; granted only with rate and kind."""

    satz: Prozentsatz
    art: Zinsart
    ab: dt.date | None = None
    bis: dt.date | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Nebenforderung:
    """One ancillary claim. `wert`: differing value for Nr. 2300; `grund`: only for `sonstige`."""

    art: Nebenforderungsart
    betrag: Betrag
    wert: Betrag | None = None
    grund: str = ""
    zins: Nebenzins | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Erklaerungen:
    """General declarations: counter-performance, joint debtors, litigation requested on objection."""

    gegenleistung: Gegenleistung | None = None
    gesamtschuldner: bool = False
    streitverfahren: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Rest:
    """Non-blank bytes of an EDA record whose meaning is not known, kept so that nothing is lost.

    `schluessel` is the record key (positions 1 to 9), `vorkommen` counts equal keys inside the
    application from 1, `stelle` is the first position (1 to 128).
    """

    schluessel: str
    vorkommen: int
    stelle: int
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Herkunft:
    """Where a value of the application comes from, for the person who checks it."""

    angabe: str
    wert: str
    quelle: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mahnantrag:
    """One application for a Mahnbescheid.

    `geschaeftszeichen` is our own reference, which every court message carries back.
    `geschaeftsnummer` is the court's file number, only when an application is repeated.
    """

    geschaeftszeichen: str = ""
    mahngericht: Gericht
    verfahrensart: Verfahrensart = Verfahrensart.MAHNVERFAHREN
    geschaeftsnummer: str = ""
    erklaerungen: Erklaerungen = Erklaerungen()
    antragsteller_kennziffer: str = ""
    antragsteller: tuple[Antragsteller, ...] = ()
    bevollmaechtigter: Prozessbevollmaechtigter | None = None
    bankverbindung: Bankverbindung | None = None
    antragsgegner: tuple[Antragsgegner, ...]
    ausgerechnete_zinsen: tuple[AusgerechneteZinsen, ...] = ()
    hauptforderungen: tuple[Hauptforderung, ...]
    auslagen: Auslagen | None = None
    nebenforderungen: tuple[Nebenforderung, ...] = ()
    reste: tuple[Rest, ...] = ()
    herleitung: tuple[Herkunft, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Dateikopf:
    """The head of an EDA file: who sends, when, under which identification.

    `teilnehmer` and `kennung` are assigned by the court. `einreicher` only where a separate submitter
    hands in.
    """

    teilnehmer: str
    kennung: str
    erstellt_am: dt.date
    einreicher: str = ""
    software: str = ""
    softwareversion: str = ""
    reste: tuple[Rest, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Sammelantrag:
    """One or more applications in one file, with the file head when they came from an EDA file."""

    dateikopf: Dateikopf | None
    antraege: tuple[Mahnantrag, ...]
