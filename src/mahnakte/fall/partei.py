"""Creditors, debtors and those who act for them, as people write them; the base of all such records."""

import dataclasses
import re
from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from mahnakte.arten.brief import Ton
from mahnakte.arten.partei import AEMTER, PARTEIARTEN, Amtwort, Parteiwort
from mahnakte.fall.namensvergleich import LANGFORMEN
from mahnakte.fall.typen import Email, Iban, JaNein, Kennung, Land, Plz, Staat, Text
from mahnakte.grund.befund import Stelle
from mahnakte.grund.text import fold

STELLE_SCHLUESSEL = "\0stelle"  # no YAML key can be this: the reader refuses control characters


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Angabe:
    """Base of every record that people write: unknown keys are errors, and the place in the file is known."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    stelle: Annotated[Stelle, Field(alias=STELLE_SCHLUESSEL)] = dataclasses.field(
        default=Stelle("fall.yaml"), compare=False, repr=False
    )


def doc(text: str) -> Any:
    """Describe a key for the editors' JSON Schema."""
    return Field(description=text)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Vertreter(Angabe):
    """A legal representative; for a company that represents (GmbH & Co. KG) `vertreter` names its officer."""

    funktion: Annotated[Text, doc("Geschäftsführer, Vorstand, persönlich haftende Gesellschafterin …")]
    name: Text
    rechtsform: Text | None = None
    strasse: Text | None = None
    plz: Plz | None = None
    ort: Text | None = None
    staat: Annotated[Staat | None, doc("Staat seiner Anschrift; ohne Angabe der der Partei")] = None
    vertreter: tuple["Vertreter", ...] = ()


Zusatz = Annotated[
    tuple[Text, ...],
    BeforeValidator(lambda wert: [wert] if isinstance(wert, str) else wert),
    WithJsonSchema({"type": ["string", "array"], "items": {"type": "string"}}),
    doc("Zeile zwischen Name und Straße (c/o, Hinterhaus, Etage); mehrere als Liste"),
]


def with_rechtsform(name: str, rechtsform: str) -> str:
    """Return a firm's name with its legal form once, wherever the name has it: `AG Mitte`, `Nord GmbH`."""
    form = _plain_rechtsform(rechtsform)
    if f" {form} " in f" {_plain_rechtsform(name)} ":
        return name
    worte = name.split()
    for anfang in range(max(1, len(worte) - 2), len(worte)):  # „Start UG“ and „UG (haftungsbeschränkt)“
        if f"{form} ".startswith(f"{_plain_rechtsform(' '.join(worte[anfang:]))} "):
            return f"{' '.join(worte[:anfang])} {rechtsform}"
    return f"{name} {rechtsform}"


def _plain_rechtsform(text: str) -> str:
    """Return the words of a name in one spelling: small, without dots, signs and umlauts, legal forms short."""
    worte = fold(text.replace(".", "")).replace("_", " ")
    worte = " ".join(re.findall(r"\w+", worte))
    for muster, kurz in LANGFORMEN:
        if kurz != "ug":  # § 5a GmbHG: „UG (haftungsbeschränkt)“ is the whole form, „UG“ a part of it
            worte = muster.sub(f" {kurz} ", worte)
    worte = re.sub(r"\bunternehmergesellschaft\b", "ug", worte)
    worte = re.sub(r"\bund\b", " ", worte)
    return " ".join(re.sub(r"\b(e) (k|v|g|kfm|kfr)\b", r"\1\2", worte).split())


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Partei(Angabe):
    """What creditor and debtor have in common."""

    art: Annotated[
        Parteiwort,
        doc("person | einzelfirma | gesellschaft | weg | behoerde | amtspartei"),
    ] = "person"
    amt: Annotated[Amtwort | None, doc("nur „amtspartei“: das Amt, etwa insolvenzverwalter")] = None
    vermoegen: Annotated[
        Text | None, doc("nur „amtspartei“: wofür das Amt besteht, „über das Vermögen der …“")
    ] = None
    anrede: Literal["Herr", "Frau"] | None = None
    vorname: Text | None = None
    name: Text
    rechtsform: Text | None = None
    zusatz: Zusatz = ()
    strasse: Text
    plz: Plz
    ort: Text
    land: Annotated[Land | None, doc("Bundesland, zwei Buchstaben")] = None
    staat: Annotated[Staat, doc("Staat, zwei Buchstaben")] = "DE"
    auslandskennzeichen: Annotated[
        Text | None,
        doc("Kennzeichen des Staates im Verzeichnis der Mahngerichte, wo das Programm keines belegt hat"),
    ] = None
    vertreter: tuple[Vertreter, ...] = ()
    email: Email | None = None
    telefon: Text | None = None

    @property
    def voller_name(self) -> str:
        """Return the name as it stands in an address: `Max Schuldner`, `Beispiel GmbH`."""
        if self.amt:
            als = f"als {AEMTER[self.amt].name}"
            return " ".join(filter(None, (self.vorname, self.name, als, self.vermoegen)))
        if self.vorname:
            return f"{self.vorname} {self.name}"
        return with_rechtsform(self.name, self.rechtsform) if self.rechtsform else self.name


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Anschrift(Angabe):
    """Somebody else to write to: administrator, register office, court of succession, agency."""

    name: Annotated[Text, doc("Name in der Anschrift")]
    zusatz: Zusatz = ()
    strasse: Annotated[Text, doc("Straße und Hausnummer")]
    plz: Annotated[Plz, doc("Postleitzahl")]
    ort: Annotated[Text, doc("Ort")]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Schlichtung(Anschrift):
    """The consumer arbitration body that a rejection names (§ 37 VSBG), and whether one takes part."""

    internet: Text
    teilnahme: JaNein


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sitz(Angabe):
    """The registered seat, where it is not the address: § 17 ZPO makes it the general venue."""

    plz: Plz
    ort: Text


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Grundstueck(Angabe):
    """Where the property of a WEG lies: § 43 (1) WEG makes it the general venue, whoever administers it."""

    strasse: Text | None = None
    plz: Plz
    ort: Text


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Glaeubiger(Partei):
    """The creditor. `verbraucher` and `vorsteuerabzug` are facts that fees and interest need."""

    verbraucher: JaNein = False
    vorsteuerabzug: JaNein | None = None
    olg_bezirk: Literal["koeln", "sonst"] | None = None
    sitz: Annotated[Sitz | None, doc("Sitz, wenn er nicht die Anschrift ist, § 17 ZPO")] = None
    grundstueck: Annotated[
        Grundstueck | None, doc("nur WEG: wo das Grundstück liegt, § 43 (1) WEG; „land“ ist dann dessen Land")
    ] = None
    kennziffer: Text | None = None
    mahnplan: Annotated[Kennung | None, doc("Name des Mahnplans für seine Fälle, aus „mahnplaene“")] = None
    schlichtung: Annotated[Schlichtung | None, doc("Verbraucherschlichtungsstelle, § 37 VSBG")] = None

    @property
    def gerichtsstaat(self) -> str:
        """Return the state of the general venue: a registered seat is one in Germany (§ 17 ZPO)."""
        return "DE" if self.sitz else self.staat


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Streitgericht(Angabe):
    """The court for the dispute, § 690 (1) no. 5 ZPO: stated by a person, no table knows it."""

    art: Literal["amtsgericht", "landgericht", "landgericht-kfh", "familiengericht", "sozialgericht"]
    plz: Plz
    ort: Text


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Schuldner(Partei):
    """A debtor: with several, each has its own default, limitation, service and title."""

    kennung: Annotated[Kennung, doc("kurzer Name, auf den sich andere Angaben beziehen")]
    kundennummer: Annotated[Text | None, doc("seine Nummer in der Buchhaltung des Gläubigers")] = None
    verbraucher: Annotated[JaNein | None, doc("für diesen Vertrag, § 13 BGB")] = None
    sprache: Literal["de", "en", "pl", "tr", "uk", "ru", "ro", "ar"] = "de"
    streitgericht: Streitgericht | None = None
    anschrift_quelle: Annotated[
        Text | None, doc("„glaeubiger“ oder woher die Anschrift sonst stammt, § 13a (1) Nr. 7 RDG")
    ] = None
    ton: Annotated[Ton | None, doc("Tonlage der Briefe an diesen Schuldner")] = None
    iban: Annotated[Iban | None, doc("Konto, von dem er zahlt; hilft, Zahlungen zuzuordnen")] = None


def is_privatperson(schuldner: Schuldner) -> bool:
    """Tell whether § 13a (5) RDG protects the debtor: a natural person, no claim from trade or self-employment.

    A sole trader counts as private unless the case says that the contract was no consumer's.
    """
    return PARTEIARTEN[schuldner.art].natuerlich and schuldner.verbraucher is not False


def find_privatperson(schuldner: Sequence[Schuldner]) -> Schuldner | None:
    """Return the first private person among the debtors, or None."""
    return next((einer for einer in schuldner if is_privatperson(einer)), None)
