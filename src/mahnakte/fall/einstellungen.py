"""The records of mahnakte.yaml: sender, creditors, dunning plan, thresholds. Keys: docs/mahnakte-yaml.md."""

import dataclasses
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from mahnakte.arten.brief import BRIEFARTEN, Rolle, Ton
from mahnakte.arten.folgeschritt import Dann
from mahnakte.arten.partei import Parteiwort
from mahnakte.fall.angabefehler import wrong_value
from mahnakte.fall.partei import STELLE_SCHLUESSEL, Angabe, Anschrift, Glaeubiger, Vertreter, doc
from mahnakte.fall.typen import Betrag, Datum, Email, Farbe, Ganzzahl, Iban, JaNein, Kennung, Pfad, Plz, Text


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Absender(Angabe):
    """Who signs the letters. `rolle` decides duties and fees."""

    rolle: Annotated[Rolle, doc("entscheidet über Pflichten und Gebühren")]
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
    aufsicht: Annotated[Text | None, doc("Name, Anschrift, E-Mail; § 13a (1) Nr. 8 RDG, § 43d BRAO")] = None
    datenschutz: Annotated[Text | None, doc("wo Ihre Datenschutzinformation zu finden ist")] = None
    logo: Pfad | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mahnstufe(Angabe):
    """One step of the dunning plan: so many days after the due date or after the last deadline."""

    art: Text
    nach: Literal["faelligkeit", "frist"] = "frist"
    tage: Ganzzahl = 3
    frist_tage: Ganzzahl = 10
    setzt_in_verzug: JaNein = False
    dann: Dann | None = None
    ton: Annotated[Ton | None, doc("Tonlage dieser Stufe; sonst die Vorgabe des Briefs")] = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Schwellen(Angabe):
    """Below and above which sums, and after how many days, the plan behaves differently."""

    mindestbetrag: Betrag | None = None
    nur_mit_freigabe_ab: Betrag | None = None
    uebergabe_nach_tagen: Ganzzahl | None = None
    behalten_tage: Annotated[Ganzzahl, doc("so viel später bei „kundenklasse: behalten“")] = 7
    eilig_tage: Annotated[
        Ganzzahl,
        doc("verjährt etwas so kurz nach einer gewährten Frist, wird der Antrag vorher vorgeschlagen"),
    ] = 14
    ungeklaert_tage: Annotated[
        Ganzzahl, doc("so lange ruht ein Fall höchstens, den eine ungeklärte Zahlung betrifft")
    ] = 14
    stufe_je: Annotated[
        Literal["brief", "rechnung"], doc("die Mahnstufe gilt für den ganzen Brief oder für jede Rechnung")
    ] = "brief"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Eda(Angabe):
    """What the court assigned for the exchange of EDA files."""

    teilnehmer: Text | None = None
    kennung: Text | None = None
    getestet_am: Annotated[
        Datum | None,
        doc(
            "Tag, an dem das Gericht eine Probedatei mit Inkasso-, Auskunfts- und anderen Kosten geprüft hat"
        ),
    ] = None


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
    aufstellung: Annotated[JaNein, doc("Forderungsaufstellung als Anlage zu jedem Brief mit Betrag")] = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Uebergabe(Anschrift):
    """To whom the creditor hands a claim over; the announcement names it (§ 174 BGB)."""

    art: Annotated[Literal["inkasso", "anwalt"], doc("wer übernimmt")]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Briefkopf(Angabe):
    """The letterhead, set once for all templates. Lengths are millimetres."""

    form: Annotated[Literal["A", "B"], doc("Form nach DIN 5008")] = "B"
    farbe: Annotated[Farbe | None, doc("Hausfarbe, sechs Stellen wie 1F4E79")] = None
    logo_platz: Literal["links", "mitte", "rechts"] = "links"
    logo_breite: Ganzzahl = 60
    logo_hoehe: Ganzzahl = 14
    fusszeile: Annotated[tuple[Text, ...], doc("bis zu drei Spalten, Zeilen durch | getrennt")] = ()


_SPALTEN = 3
_LOGO_MM = (10, 100), (5, 15)  # more would push the address out of the window


def _fit_paper(kopf: Briefkopf) -> Briefkopf:
    breite, hoehe = _LOGO_MM
    if not breite[0] <= kopf.logo_breite <= breite[1] or not hoehe[0] <= kopf.logo_hoehe <= hoehe[1]:
        raise wrong_value("das Logo darf 10 bis 100 mm breit und 5 bis 15 mm hoch sein").as_error()
    if len(kopf.fusszeile) > _SPALTEN:
        raise wrong_value("die Fußzeile hat höchstens drei Spalten").as_error()
    return kopf


def _regelplan(*, des_glaeubigers: bool) -> tuple[Mahnstufe, ...]:
    return tuple(
        Mahnstufe(
            art=art.art,
            nach=stufe.nach,
            tage=stufe.tage,
            frist_tage=art.frist_tage or 0,
            setzt_in_verzug=stufe.setzt_in_verzug,
            dann=stufe.dann,
        )
        for art in BRIEFARTEN.values()
        if (stufe := art.regelstufe) is not None and art.des_glaeubigers is des_glaeubigers
    )


# The lawful defaults: a reminder without costs, two Mahnungen, then the announced step.
MAHNPLAN = _regelplan(des_glaeubigers=True)
# Who collects for others begins with the duties of § 13a RDG, § 43d BRAO; the creditor's reminders came before.
FREMDER_MAHNPLAN = _regelplan(des_glaeubigers=False)


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
    mahnplan: Annotated[tuple[Mahnstufe, ...], doc("ohne Angabe die Reihe, die zur `rolle` passt")] = ()
    mahnplaene: Annotated[
        dict[Kennung, Annotated[tuple[Mahnstufe, ...], Field(min_length=1)]],
        BeforeValidator(_without_stelle),
        doc("weitere Mahnpläne, je Kennung eine Liste wie „mahnplan“"),
    ] = dataclasses.field(default_factory=dict)
    mahnplan_fuer: Annotated[
        dict[Parteiwort, Kennung],
        BeforeValidator(_without_stelle),
        doc("welcher Plan für Schuldner dieser Art gilt"),
    ] = dataclasses.field(default_factory=dict)
    schwellen: Schwellen = dataclasses.field(default_factory=Schwellen)
    versand: Versand = dataclasses.field(default_factory=Versand)
    satz: Satzwahl = dataclasses.field(default_factory=Satzwahl)
    eda: Eda = dataclasses.field(default_factory=Eda)
    bevollmaechtigter: Annotated[
        Bevollmaechtigter | None, doc("nur Anwalt und Inkasso: Angaben für den Mahnantrag")
    ] = None
    uebergabe: Annotated[Uebergabe | None, doc("an wen übergeben wird")] = None
    briefkopf: Annotated[Briefkopf, AfterValidator(_fit_paper)] = dataclasses.field(default_factory=Briefkopf)

    def __post_init__(self) -> None:
        if not self.mahnplan:
            reihe = MAHNPLAN if self.absender.rolle == "glaeubiger" else FREMDER_MAHNPLAN
            object.__setattr__(self, "mahnplan", reihe)  # frozen for everybody else
