"""The kinds of letters: who may send which one to whom, what must stand on it, what stops it, how it is called.

Nobody else lists them: commands, dunning plan, checks, help pages and docs/briefe.md ask for attributes. A new letter
is one record here and its template.
"""

import dataclasses
import enum
import re
from typing import Literal, get_args

from mahnakte.arten.alltagsworte import BRIEFWORTE
from mahnakte.arten.folgeschritt import MAHNBESCHEID, UEBERGABE, Dann
from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.grund.text import means, propose

Rolle = Literal["glaeubiger", "inkasso", "anwalt"]
Ton = Literal["freundlich", "sachlich", "bestimmt"]
TONLAGEN: tuple[Ton, ...] = get_args(Ton)  # from friendly to firm

_ALLE: tuple[Rolle, ...] = ("glaeubiger", "inkasso", "anwalt")
_GLAEUBIGER: tuple[Rolle, ...] = ("glaeubiger",)
_FREMDE: tuple[Rolle, ...] = ("inkasso", "anwalt")


class Empfaenger(enum.Enum):
    """Who receives a letter; for all but the debtor an event names the address."""

    SCHULDNER = "Schuldner"
    VERWALTER = "Insolvenzverwalter"
    MELDEBEHOERDE = "Meldebehörde"
    NACHLASSGERICHT = "Nachlassgericht"


class Gegenstand(enum.Enum):
    """Which part of the case a letter is about, and the day of its account."""

    MAHNBAR = "was fällig und unbestritten ist"
    KUENFTIG = "was noch nicht fällig ist"
    GANZ = "das ganze Konto am Stichtag"
    VEREINBART = "das ganze Konto am Tag der Absprache"
    VOR_INSOLVENZ = "das Konto dieses Schuldners am Tag vor der Eröffnung"


class Hilfsblatt(enum.Enum):
    """What the page in another language says that goes with a letter (briefe/sprachhilfe/aufbau.py)."""

    HINWEIS = enum.auto()
    ERINNERUNG = enum.auto()
    MAHNUNG = enum.auto()
    LETZTE_MAHNUNG = enum.auto()
    UEBERGABE = enum.auto()
    ERSTSCHREIBEN = enum.auto()
    FOLGESCHREIBEN = enum.auto()
    LETZTE_AUFFORDERUNG = enum.auto()
    REST = enum.auto()
    RATE = enum.auto()
    RATENPLAN_ENDE = enum.auto()
    EINGANG = enum.auto()
    EINWAND = enum.auto()
    ERLEDIGUNG = enum.auto()


@dataclasses.dataclass(frozen=True, slots=True)
class Pflicht:
    """One thing that must stand on a letter, with its provision; for agencies and lawyers only, or for all."""

    vorschrift: str
    was: str
    nur_fremde: bool = True


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Regelstufe:
    """The place of a letter in the dunning plan of a sender who wrote none: so many days after what, and then?"""

    tage: int
    nach: Literal["faelligkeit", "frist"] = "frist"
    setzt_in_verzug: bool = False
    dann: Dann | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Briefart:
    """One kind of letter.

    How it is called: `titel`, its name in a list of papers (`listenname`), its name after „nach“ (`dativ`), and the
    everyday words that mean it alone (`alltagsworte`). `teile` are the groups of values it shows (variablen.py).

    `fordert`: it asks for payment by a day and counts as a demand. `geltend`: it asserts the claim, which § 13a (1)
    RDG and § 43d BRAO tie to an earlier Erstschreiben. `nur_hauptforderung`: the friendly ones ask for the invoices
    only. `jedem`: it must reach each joint debtor, for default and notice act only for whom they reach (§ 425 BGB).
    `angebot`: its period is one for accepting an offer, which binds the offer alone.

    `stufe`: it may stand in a dunning plan; `regelstufe` is its place in the plan of who wrote none.
    `des_glaeubigers`: the creditor writes it for himself, before an agency or lawyer takes over. `kuendigt_an` are
    the steps of which it must announce one.

    `trotz` are reasons of ablauf/halt.py that do not stop it, `nur_bei` one that must be there. `ereignis` is the
    event it rests on, whose day or address it takes. `einladung`: it asks for an answer.
    """

    art: str
    titel: str
    teile: tuple[str, ...]
    dativ: str
    listenname: str | None = None  # where it is not the title
    alltagsworte: tuple[str, ...] = ()
    rollen: tuple[Rolle, ...] = _ALLE
    nur_gewerblich: bool = False
    an: Empfaenger = Empfaenger.SCHULDNER
    gegenstand: Gegenstand = Gegenstand.GANZ
    stufe: bool = False
    regelstufe: Regelstufe | None = None
    des_glaeubigers: bool = False
    fordert: bool = False
    geltend: bool = True
    angebot: bool = False
    frist_tage: int | None = None
    trotz: frozenset[str] = frozenset()
    nur_bei: str | None = None
    ereignis: str | None = None
    kuendigt_an: tuple[Dann, ...] = ()
    nur_hauptforderung: bool = False
    ton: Ton = "sachlich"
    pflichten: tuple[Pflicht, ...] = ()
    antwortbogen: bool = True
    einladung: bool = True
    jedem: bool = False
    hilfsblatt: Hilfsblatt | None = None

    @property
    def an_schuldner(self) -> bool:
        """Tell whether the debtor receives it; third parties get neither reply form nor e-mail draft."""
        return self.an is Empfaenger.SCHULDNER

    @property
    def eroeffnet(self) -> bool:
        """Tell whether it brings what an agency or lawyer owes with the first demand (§ 13a (1) RDG, § 43d BRAO)."""
        return set(ANGABEN_13A) <= set(self.pflichten)

    @property
    def nach_titel(self) -> bool:
        """Tell whether there is a title when it is written, so that it may speak of enforcement."""
        return self.nur_bei == "TITEL_VORHANDEN"

    @property
    def auch_bezahlt(self) -> bool:
        """Tell whether there is something to write about when nothing is owed any more."""
        return "BEZAHLT" in self.trotz

    @property
    def mahnt_rate(self) -> bool:
        """Tell whether it asks for missed instalments alone, not for the invoices."""
        return "rueckstand" in self.teile and "forderung" not in self.teile

    @property
    def kuendigt(self) -> bool:
        """Tell whether it ends an instalment plan."""
        return "kuendigung" in self.teile


_RUHE = frozenset({"BESTRITTEN", "MAHNSPERRE", "POSTENFRAGE", "POSTENSPERRE", "ZAHLUNG_UNGEKLAERT", "STUNDUNG",
                    "RATENPLAN", "RATENPLAN_ERFUELLT", "RATE_AUSGEBLIEBEN", "VERGLEICH", "VERGLEICH_ERFUELLT",
                    "VERGLEICH_AUSGEBLIEBEN", "ZUSAGE"})  # fmt: skip
_ABSPRACHE = _RUHE - {"BESTRITTEN", "POSTENFRAGE", "POSTENSPERRE"}
_VERFAHREN = frozenset({"TITEL_VORHANDEN", "BEI_GERICHT"})
_BEZAHLT = frozenset({"BEZAHLT", "VERLANGTES_GEZAHLT", "NUR_NEBENFORDERUNG"})
_REST = frozenset({"NUR_NEBENFORDERUNG"})
_ALLES = _RUHE | _VERFAHREN | _BEZAHLT

ANGABEN_13A = (
    Pflicht("§ 13a Abs. 1 Nr. 1 RDG, § 43d BRAO", "Name und Anschrift des Auftraggebers"),
    Pflicht("§ 13a Abs. 1 Nr. 2 RDG, § 43d BRAO", "Forderungsgrund: Vertrag mit Gegenstand und Tag"),
    Pflicht("§ 13a Abs. 1 Nr. 3 RDG, § 43d BRAO", "Zinsen: Betrag, Zinssatz, Zeitraum"),
    Pflicht("§ 13a Abs. 1 Nr. 4 RDG, § 43d BRAO", "Zinssatz über dem gesetzlichen: Hinweis und Grund"),
    Pflicht("§ 13a Abs. 1 Nr. 5 RDG, § 43d BRAO", "Inkassokosten: Art, Höhe und Entstehungsgrund"),
    Pflicht("§ 13a Abs. 1 Nr. 6 RDG, § 43d BRAO", "Umsatzsteuer: Erklärung zum Vorsteuerabzug"),
    Pflicht("§ 13a Abs. 1 Nr. 7 RDG, § 43d BRAO", "ermittelte Anschrift: Hinweis, wie man Fehler meldet"),
    Pflicht("§ 13a Abs. 1 Nr. 8 RDG, § 43d BRAO", "Aufsichtsbehörde oder Kammer mit Anschrift und E-Mail"),
)  # fmt: skip
KOSTENHINWEIS = Pflicht("§ 13a Abs. 3 RDG, § 43d BRAO", "welche Kosten die Vereinbarung verursacht")
ANERKENNTNISHINWEIS = Pflicht(
    "§ 13a Abs. 4 RDG, § 43d BRAO", "welche Einwendungen ein Anerkenntnis abschneidet"
)
_FORDERUNG = ("frist", "forderung", "zahlung")

_REIHE = (
    Briefart(art="hinweis", titel="Hinweis vor Fälligkeit", dativ="dem Hinweis vor Fälligkeit",
             listenname="Zahlungshinweis", teile=_FORDERUNG, rollen=_GLAEUBIGER,
             gegenstand=Gegenstand.KUENFTIG, des_glaeubigers=True, nur_hauptforderung=True, ton="freundlich",
             antwortbogen=False, hilfsblatt=Hilfsblatt.HINWEIS),
    Briefart(art="zahlungserinnerung", titel="Zahlungserinnerung", dativ="der Zahlungserinnerung",
             teile=_FORDERUNG, gegenstand=Gegenstand.MAHNBAR, stufe=True,
             regelstufe=Regelstufe(nach="faelligkeit", tage=7), des_glaeubigers=True, fordert=True,
             frist_tage=10, nur_hauptforderung=True, ton="freundlich", hilfsblatt=Hilfsblatt.ERINNERUNG),
    Briefart(art="mahnung-1", titel="1. Mahnung", dativ="der 1. Mahnung", teile=_FORDERUNG,
             gegenstand=Gegenstand.MAHNBAR, stufe=True, regelstufe=Regelstufe(tage=3, setzt_in_verzug=True),
             des_glaeubigers=True, fordert=True, frist_tage=10, jedem=True, hilfsblatt=Hilfsblatt.MAHNUNG),
    Briefart(art="mahnung-2", titel="2. Mahnung", dativ="der 2. Mahnung",
             alltagsworte=("2_mahnung", "mahnung2", "mahnung_2", "zweite_mahnung"), teile=_FORDERUNG,
             gegenstand=Gegenstand.MAHNBAR, stufe=True, des_glaeubigers=True, fordert=True, frist_tage=10,
             jedem=True, hilfsblatt=Hilfsblatt.MAHNUNG),
    Briefart(art="mahnung-letzte", titel="Letzte Mahnung", dativ="der letzten Mahnung", teile=_FORDERUNG,
             gegenstand=Gegenstand.MAHNBAR, stufe=True, regelstufe=Regelstufe(tage=3, dann=MAHNBESCHEID),
             des_glaeubigers=True, fordert=True, frist_tage=10, jedem=True,
             kuendigt_an=(MAHNBESCHEID, UEBERGABE), ton="bestimmt", hilfsblatt=Hilfsblatt.LETZTE_MAHNUNG),
    Briefart(art="uebergabe-ankuendigung", titel="Ankündigung der Übergabe",
             dativ="der Ankündigung der Übergabe", teile=(*_FORDERUNG, "uebergabe"), rollen=_GLAEUBIGER,
             gegenstand=Gegenstand.MAHNBAR, stufe=True, des_glaeubigers=True, fordert=True, frist_tage=10,
             jedem=True, kuendigt_an=(UEBERGABE,), ton="bestimmt", hilfsblatt=Hilfsblatt.UEBERGABE,
             pflichten=(Pflicht("§ 174 Satz 2 BGB", "wer bevollmächtigt ist", nur_fremde=False),)),
)  # fmt: skip

_FREMDE_REIHE = (
    Briefart(art="erstschreiben", titel="Erstschreiben", dativ="dem Erstschreiben",
             listenname="Erstes Schreiben", teile=(*_FORDERUNG, "auftrag"), rollen=_FREMDE,
             gegenstand=Gegenstand.MAHNBAR, stufe=True,
             regelstufe=Regelstufe(nach="faelligkeit", tage=7, setzt_in_verzug=True), fordert=True,
             frist_tage=14, jedem=True, hilfsblatt=Hilfsblatt.ERSTSCHREIBEN,
             pflichten=ANGABEN_13A),
    Briefart(art="folgeschreiben", titel="Folgeschreiben", dativ="dem Folgeschreiben", teile=_FORDERUNG,
             rollen=_FREMDE, gegenstand=Gegenstand.MAHNBAR, stufe=True, regelstufe=Regelstufe(tage=3),
             fordert=True, frist_tage=10, jedem=True, hilfsblatt=Hilfsblatt.FOLGESCHREIBEN),
    Briefart(art="letzte-aufforderung", titel="Letzte außergerichtliche Aufforderung",
             dativ="der letzten Aufforderung", teile=_FORDERUNG, rollen=_FREMDE,
             gegenstand=Gegenstand.MAHNBAR, stufe=True, regelstufe=Regelstufe(tage=3, dann=MAHNBESCHEID),
             fordert=True, frist_tage=10, jedem=True, kuendigt_an=(MAHNBESCHEID,), ton="bestimmt",
             hilfsblatt=Hilfsblatt.LETZTE_AUFFORDERUNG),
)  # fmt: skip

_ABSPRACHEN = (
    Briefart(art="ratenzahlungsvereinbarung", titel="Ratenzahlungsvereinbarung",
             dativ="der Ratenzahlungsvereinbarung", teile=("frist", "stand", "raten", "zahlung", "hinweise"),
             gegenstand=Gegenstand.VEREINBART, angebot=True, frist_tage=14, trotz=_ABSPRACHE,
             ereignis="ratenplan",
             pflichten=(KOSTENHINWEIS, ANERKENNTNISHINWEIS)),
    Briefart(art="stundung", titel="Stundung", dativ="der Stundung",
             alltagsworte=("aufschub", "zahlungsaufschub"),
             teile=("stand", "stundung", "zahlung", "hinweise"), gegenstand=Gegenstand.VEREINBART,
             trotz=_ABSPRACHE, ereignis="stundung",
             pflichten=(KOSTENHINWEIS,)),
    Briefart(art="teilzahlungsvergleich", titel="Vergleich", dativ="dem Vergleich",
             alltagsworte=("vergleich", "vergleichsangebot"),
             teile=("frist", "stand", "vergleich", "zahlung", "hinweise"), angebot=True, frist_tage=14,
             trotz=_RUHE,
             pflichten=(KOSTENHINWEIS,)),
    Briefart(art="schuldanerkenntnis", titel="Schuldanerkenntnis", dativ="dem Schuldanerkenntnis",
             alltagsworte=("anerkenntnis",), teile=("frist", "forderung", "hinweise"),
             gegenstand=Gegenstand.MAHNBAR, frist_tage=14, trotz=_ABSPRACHE,
             pflichten=(ANERKENNTNISHINWEIS,)),
    Briefart(art="ratenplan-bestaetigung", titel="Bestätigung des Ratenplans",
             dativ="der Bestätigung des Ratenplans", teile=("stand", "raten", "zahlung", "hinweise"),
             gegenstand=Gegenstand.VEREINBART, trotz=_ABSPRACHE, ereignis="ratenplan",
             pflichten=(KOSTENHINWEIS,)),
    Briefart(art="ratenplan-erinnerung", titel="Erinnerung an eine Rate", dativ="der Erinnerung an eine Rate",
             teile=("frist", "rueckstand", "zahlung"), fordert=True, frist_tage=14, jedem=True,
             trotz=frozenset({"RATE_AUSGEBLIEBEN"}), nur_bei="RATE_AUSGEBLIEBEN", ton="freundlich",
             hilfsblatt=Hilfsblatt.RATE),
    Briefart(art="ratenplan-kuendigung", titel="Kündigung des Ratenplans",
             dativ="der Kündigung des Ratenplans", teile=(*_FORDERUNG, "rueckstand", "kuendigung"),
             gegenstand=Gegenstand.MAHNBAR, fordert=True, frist_tage=14, jedem=True,
             trotz=frozenset({"RATE_AUSGEBLIEBEN"}), nur_bei="RATE_AUSGEBLIEBEN",
             hilfsblatt=Hilfsblatt.RATENPLAN_ENDE),
)  # fmt: skip

_ANTWORTEN = (
    Briefart(art="zahlungseingang", titel="Bestätigung einer Zahlung", dativ="der Bestätigung einer Zahlung",
             teile=("stand", "eingang"), geltend=False, trotz=_ALLES, ton="freundlich",
             antwortbogen=False, einladung=False, hilfsblatt=Hilfsblatt.EINGANG),
    Briefart(art="restforderung", titel="Offener Rest aus Zinsen und Kosten", dativ="dem Brief über den Rest",
             teile=_FORDERUNG, fordert=True, frist_tage=14, jedem=True, trotz=_REST,
             nur_bei="NUR_NEBENFORDERUNG", hilfsblatt=Hilfsblatt.REST),
    Briefart(art="einwand-erhalten", titel="Einwand erhalten", dativ="der Antwort auf einen Einwand",
             teile=("einwand",), geltend=False, trotz=_RUHE | _VERFAHREN | _REST,
             ton="freundlich", antwortbogen=False, hilfsblatt=Hilfsblatt.EINWAND),
    Briefart(art="einwand-zurueckgewiesen", titel="Antwort auf einen Einwand",
             dativ="der Antwort auf einen Einwand", teile=(*_FORDERUNG, "einwand", "antwort", "schlichtung"),
             gegenstand=Gegenstand.MAHNBAR, fordert=True, frist_tage=14, jedem=True,
             trotz=frozenset({"MAHNSPERRE", "ZUSAGE"}),
             pflichten=(Pflicht("§ 37 VSBG",
                                "Schlichtungsstelle und ob man teilnimmt (gegenüber Verbrauchern)",
                                nur_fremde=False),)),
    Briefart(art="auskunft-13a", titel="Auskunft zur Forderung", dativ="der Auskunft", teile=("auskunft",),
             rollen=_FREMDE, geltend=False, trotz=_ALLES, antwortbogen=False, einladung=False,
             pflichten=( Pflicht("§ 13a Abs. 2 RDG, § 43d BRAO", "Name des ursprünglichen Gläubigers"),
                        Pflicht("§ 13a Abs. 2 RDG, § 43d BRAO",
                                "wesentliche Umstände des Vertragsschlusses"))),
    Briefart(art="auskunft-dsgvo", titel="Auskunft über gespeicherte Daten", dativ="der Auskunft",
             alltagsworte=("datenauskunft", "dsgvo"), teile=("daten",), geltend=False, trotz=_ALLES,
             antwortbogen=False, einladung=False,
             pflichten=(Pflicht("Art. 15 DSGVO",
                                "die gespeicherten Daten; Ort der Datenschutzinformation", nur_fremde=False),)),
    Briefart(art="erledigung", titel="Erledigung und Quittung", dativ="der Erledigung",
             teile=("stand", "quittung"), geltend=False, trotz=_ALLES, nur_bei="BEZAHLT", ton="freundlich",
             antwortbogen=False, einladung=False, hilfsblatt=Hilfsblatt.ERLEDIGUNG),
)  # fmt: skip

_BESONDERE = (
    Briefart(art="abtretungsanzeige", titel="Anzeige der Abtretung", dativ="der Anzeige der Abtretung",
             alltagsworte=("abtretung",), teile=("stand", "abtretung"), jedem=True,
             trotz=_RUHE | _VERFAHREN | _REST,
             pflichten=(Pflicht("§ 410 BGB",
                                "alter Gläubiger, Tag der Abtretung, beiliegende Urkunde", nur_fremde=False),)),
    Briefart(art="verjaehrungsverzicht", titel="Verzicht auf die Einrede der Verjährung",
             dativ="der Bitte um Verzicht", teile=("frist", "stand", "verzicht"), nur_gewerblich=True,
             frist_tage=14, trotz=_RUHE | _REST,
             pflichten=(Pflicht("§ 202 BGB", "bis wann auf die Einrede verzichtet wird", nur_fremde=False),)),
    Briefart(art="angebot-aus-titel", titel="Angebot zur gütlichen Einigung", dativ="dem Angebot",
             teile=("frist", "stand", "titel", "zahlung"), fordert=True, frist_tage=14,
             trotz=_VERFAHREN | _REST, nur_bei="TITEL_VORHANDEN"),
    Briefart(art="adressanfrage", titel="Anfrage an das Melderegister", dativ="der Anfrage",
             alltagsworte=("meldeanfrage", "einwohnermeldeamt", "melderegister"), teile=("gesucht",),
             an=Empfaenger.MELDEBEHOERDE, geltend=False,
             trotz=_RUHE | _VERFAHREN | _REST | {"UNBEKANNT_VERZOGEN"}, nur_bei="UNBEKANNT_VERZOGEN",
             ereignis="unbekannt_verzogen",
             pflichten=(Pflicht("§ 44 BMG", "wer gesucht wird", nur_fremde=False),)),
    Briefart(art="nachlassanfrage", titel="Anfrage an das Nachlassgericht", dativ="der Anfrage",
             teile=("gesucht",), an=Empfaenger.NACHLASSGERICHT, geltend=False,
             trotz=_RUHE | _VERFAHREN | _REST | {"VERSTORBEN"}, nur_bei="VERSTORBEN", ereignis="verstorben",
             pflichten=(Pflicht("§§ 1958, 1967 BGB", "wer verstorben ist", nur_fremde=False),)),
    Briefart(art="forderungsanmeldung", titel="Anmeldung zur Insolvenztabelle", dativ="der Anmeldung",
             alltagsworte=("insolvenz", "insolvenzanmeldung", "anmeldung"),
             teile=("stand", "insolvenz", "grund"), an=Empfaenger.VERWALTER,
             gegenstand=Gegenstand.VOR_INSOLVENZ, geltend=False,
             trotz=_RUHE | _VERFAHREN | _REST | {"INSOLVENZ"}, nur_bei="INSOLVENZ", ereignis="insolvenz",
             pflichten=(Pflicht("§§ 87, 174 InsO", "Betrag und Grund der Forderung", nur_fremde=False),
                        Pflicht("§ 39 Abs. 1 Nr. 1 InsO",
                                "Zinsen nur bis zum Tag vor der Eröffnung", nur_fremde=False))),
)  # fmt: skip

BRIEFGRUPPEN: dict[str, tuple[Briefart, ...]] = {
    "Mahnreihe": _REIHE,
    "Inkasso und Anwalt": _FREMDE_REIHE,
    "Absprachen": _ABSPRACHEN,
    "Antworten": _ANTWORTEN,
    "Besonderes": _BESONDERE,
}
BRIEFARTEN: dict[str, Briefart] = {art.art: art for gruppe in BRIEFGRUPPEN.values() for art in gruppe}
ARTEN = tuple(BRIEFARTEN)

# The letters that a list of papers calls by name: the creditor's and the first of who collects for him. Other systems
# count three Mahnungen. Every other letter stands there by its key.
BRIEFNAMEN: dict[str, str] = {f"mahnung-{nr}": f"{nr}. Mahnung" for nr in range(1, 4)} | {
    art.art: art.listenname or art.titel
    for art in BRIEFARTEN.values()
    if art.des_glaeubigers or art.eroeffnet
}
_GEZAEHLTE_MAHNUNG = re.compile(r"mahnung-\d{1,2}", re.ASCII)
_ALLTAGSWORTE = {
    **BRIEFWORTE,
    **{wort: means(art.art) for art in BRIEFARTEN.values() for wort in art.alltagsworte},
}


def explain_unknown(name: str) -> str:
    """Return the remedy for a name that is no letter: what clerks call so, or the names alike."""
    return propose(name, ARTEN, _ALLTAGSWORTE)


def find_art(name: str) -> Briefart:
    """Return the kind of letter of that name; raise Ablehnung for an unknown one."""
    if name not in BRIEFARTEN:
        raise Ablehnung(sperre("BRIEF_ART", f"Den Brief „{name}“ gibt es nicht.", explain_unknown(name)))
    return BRIEFARTEN[name]


def is_stufe_des_glaeubigers(stufe: str) -> bool:
    """Tell whether a creditor writes that for himself before he hands over, however many Mahnungen he counts."""
    art = BRIEFARTEN.get(stufe)
    return art.des_glaeubigers if art else _GEZAEHLTE_MAHNUNG.fullmatch(stufe) is not None


def rests_on(art: str, ereignis: str) -> bool:
    """Tell whether a step of that kind is a letter about an event of the other."""
    return art in BRIEFARTEN and BRIEFARTEN[art].ereignis == ereignis


def template_name(name: str) -> str:
    """Return the file in templates/letters/ for a kind of letter; raise Ablehnung for an unknown one."""
    return f"{find_art(name).art}.docx"
