"""The records of mahnakte.yaml: sender, creditors, dunning plan, thresholds. Keys: docs/mahnakte-yaml.md."""

import dataclasses
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from mahnakte.fall.partei import STELLE_SCHLUESSEL, Angabe, Glaeubiger, Vertreter, doc
from mahnakte.fall.typen import Betrag, Email, Ganzzahl, Iban, JaNein, Kennung, Pfad, Plz, Text


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Absender(Angabe):
    """Who signs the letters. `rolle` decides duties and fees."""

    rolle: Annotated[
        Literal["glaeubiger", "inkasso", "anwalt"], doc("entscheidet über Pflichten und Gebühren")
    ]
    name: Text
    strasse: Text
    plz: Plz
    ort: Text
    telefon: Text | None = None
    email: Email | None = None
    internet: Text | None = None
    ansprechpartner: Text | None = None
    iban: Iban
    bank: Text | None = None
    kontoinhaber: Text | None = None
    pflichtangaben: Annotated[Text | None, doc("§ 35a GmbHG, § 80 AktG, §§ 37a, 125, 177a HGB")] = None
    aufsicht: Text | None = None
    logo: Pfad | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mahnstufe(Angabe):
    """One step of the dunning plan: so many days after the due date or after the last deadline."""

    art: Text
    nach: Literal["faelligkeit", "frist"] = "frist"
    tage: Ganzzahl = 3
    frist_tage: Ganzzahl = 10
    setzt_in_verzug: JaNein = False
    dann: Literal["mahnbescheid", "uebergabe"] | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Schwellen(Angabe):
    """Below and above which sums, and after how many days, the plan behaves differently."""

    mindestbetrag: Betrag | None = None
    nur_mit_freigabe_ab: Betrag | None = None
    uebergabe_nach_tagen: Ganzzahl | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Eda(Angabe):
    """What the court assigned for the exchange of EDA files."""

    teilnehmer: Text | None = None
    kennung: Text | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Bevollmaechtigter(Angabe):
    """How the sender (lawyer, agency) stands in the application: by Kennziffer, or kind and who acts for it."""

    kennziffer: Annotated[Text | None, doc("Kennziffer beim Mahngericht, acht Ziffern")] = None
    art: Annotated[
        Literal[
            "rechtsanwalt",
            "rechtsanwaeltin",
            "rechtsanwaelte",
            "rechtsanwaeltinnen",
            "rechtsanwaltsgemeinschaft",
            "rechtsbeistand",
            "inkassodienstleister",
        ]
        | None,
        doc("ohne Kennziffer nötig"),
    ] = None
    rechtsform: Text | None = None
    vertreter: Annotated[Vertreter | None, doc("wer für die Gesellschaft handelt")] = None
    umsatzsteuerfrei: JaNein = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Satzwahl(Angabe):
    """Which program makes the PDFs of the letters."""

    maschine: Annotated[
        Literal["eingebaut", "libreoffice"], doc("wer das PDF der Briefe macht; nie von selbst gewechselt")
    ] = "eingebaut"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Versand(Angabe):
    """What goes with every letter: the form to answer on, and a draft e-mail where the debtor has an address."""

    antwortbogen: Annotated[JaNein, doc("ausfüllbarer Antwortbogen zu jedem Brief")] = True
    email: Annotated[JaNein, doc("E-Mail-Entwurf zu jedem Brief; verschickt wird nichts")] = False


# The lawful defaults: a reminder without costs, two Mahnungen, then the announced step.
MAHNPLAN = (
    Mahnstufe(art="zahlungserinnerung", nach="faelligkeit", tage=7, frist_tage=10),
    Mahnstufe(art="mahnung-1", nach="frist", tage=3, frist_tage=10, setzt_in_verzug=True),
    Mahnstufe(art="mahnung-letzte", nach="frist", tage=3, frist_tage=10, dann="mahnbescheid"),
)


def _without_stelle(wert: Any) -> Any:
    """The keys under `glaeubiger:` are the clerk's own; the hidden place of the mapping is not one of them."""
    if isinstance(wert, dict):
        return {name: teil for name, teil in wert.items() if name != STELLE_SCHLUESSEL}
    return wert


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Einstellungen(Angabe):
    """The whole of a mahnakte.yaml."""

    absender: Absender
    glaeubiger: Annotated[dict[Kennung, Glaeubiger], Field(min_length=1), BeforeValidator(_without_stelle)]
    mahnplan: tuple[Mahnstufe, ...] = MAHNPLAN
    schwellen: Schwellen = dataclasses.field(default_factory=Schwellen)
    versand: Versand = dataclasses.field(default_factory=Versand)
    satz: Satzwahl = dataclasses.field(default_factory=Satzwahl)
    eda: Eda = dataclasses.field(default_factory=Eda)
    bevollmaechtigter: Annotated[
        Bevollmaechtigter | None, doc("nur Anwalt und Inkasso: Angaben für den Mahnantrag")
    ] = None
