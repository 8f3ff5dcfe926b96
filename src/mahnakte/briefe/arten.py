"""The kinds of letters: who may send which one to whom, what must stand on it, what stops it. Decided here alone.

`mahnakte brief`, the dunning plan, the checks and docs/briefe.md read this table.
"""

import dataclasses
import enum
from collections.abc import Sequence
from typing import Literal

from mahnakte.arten.alltagsworte import BRIEFWORTE
from mahnakte.fall.partei import Schuldner, Ton
from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.grund.text import propose

Rolle = Literal["glaeubiger", "inkasso", "anwalt"]

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


@dataclasses.dataclass(frozen=True, slots=True)
class Pflicht:
    """One thing that must stand on a letter, with its provision; for agencies and lawyers only, or for all."""

    vorschrift: str
    was: str
    nur_fremde: bool = True


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Briefart:
    """One kind of letter.

    `teile` are the groups of values it shows (variablen.py). `fordert`: it asks for payment by a day and counts as a
    demand. `geltend`: it asserts the claim, which § 13a (1) RDG and § 43d BRAO tie to an earlier Erstschreiben.
    `trotz` are reasons of ablauf/halt.py that do not stop it, `nur_bei` one that must be there. `kuendigt_an` are the
    steps of which it must announce one. `jedem`: it must reach each joint debtor, for default and notice act only for
    whom they reach (§ 425 BGB). `nur_hauptforderung`: the friendly ones ask for the invoices only.
    """

    art: str
    titel: str
    teile: tuple[str, ...]
    rollen: tuple[Rolle, ...] = _ALLE
    nur_gewerblich: bool = False
    an: Empfaenger = Empfaenger.SCHULDNER
    gegenstand: Gegenstand = Gegenstand.GANZ
    stufe: bool = False
    fordert: bool = False
    geltend: bool = True
    frist_tage: int | None = None
    trotz: frozenset[str] = frozenset()
    nur_bei: str | None = None
    kuendigt_an: tuple[str, ...] = ()
    nur_hauptforderung: bool = False
    ton: Ton = "sachlich"
    pflichten: tuple[Pflicht, ...] = ()
    antwortbogen: bool = True
    jedem: bool = False

    @property
    def an_schuldner(self) -> bool:
        """Tell whether the debtor receives it; third parties get neither reply form nor e-mail draft."""
        return self.an is Empfaenger.SCHULDNER


_RUHE = frozenset({"BESTRITTEN", "MAHNSPERRE", "STUNDUNG", "RATENPLAN", "RATENPLAN_ERFUELLT", "RATE_AUSGEBLIEBEN",
                    "VERGLEICH", "VERGLEICH_ERFUELLT", "VERGLEICH_AUSGEBLIEBEN", "ZUSAGE"})  # fmt: skip
_ABSPRACHE = _RUHE - {"BESTRITTEN"}
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
    Briefart(art="hinweis", antwortbogen=False, titel="Hinweis vor Fälligkeit", teile=_FORDERUNG, rollen=_GLAEUBIGER,
             gegenstand=Gegenstand.KUENFTIG, nur_hauptforderung=True, ton="freundlich"),
    Briefart(art="zahlungserinnerung", titel="Zahlungserinnerung", teile=_FORDERUNG, stufe=True, fordert=True,
             gegenstand=Gegenstand.MAHNBAR, frist_tage=10, nur_hauptforderung=True, ton="freundlich"),
    Briefart(art="mahnung-1", jedem=True, titel="1. Mahnung", teile=_FORDERUNG, stufe=True, fordert=True,
             gegenstand=Gegenstand.MAHNBAR, frist_tage=10),
    Briefart(art="mahnung-letzte", jedem=True, titel="Letzte Mahnung", teile=_FORDERUNG, stufe=True, fordert=True,
             gegenstand=Gegenstand.MAHNBAR, frist_tage=10, kuendigt_an=("mahnbescheid", "uebergabe"), ton="bestimmt"),
    Briefart(art="uebergabe-ankuendigung", jedem=True,
             titel="Ankündigung der Übergabe", teile=(*_FORDERUNG, "uebergabe"),
             rollen=_GLAEUBIGER, stufe=True, fordert=True, gegenstand=Gegenstand.MAHNBAR, frist_tage=10,
             kuendigt_an=("uebergabe",), ton="bestimmt",
             pflichten=(Pflicht("§ 174 Satz 2 BGB", "wer bevollmächtigt ist", nur_fremde=False),)),
    Briefart(art="erstschreiben", jedem=True,
             titel="Erstschreiben", teile=(*_FORDERUNG, "auftrag"), rollen=_FREMDE, stufe=True,
             fordert=True, gegenstand=Gegenstand.MAHNBAR, frist_tage=14, pflichten=ANGABEN_13A),
    Briefart(art="folgeschreiben", jedem=True,
             titel="Folgeschreiben", teile=_FORDERUNG, rollen=_FREMDE, stufe=True, fordert=True,
             gegenstand=Gegenstand.MAHNBAR, frist_tage=10),
    Briefart(art="letzte-aufforderung", jedem=True, titel="Letzte außergerichtliche Aufforderung", teile=_FORDERUNG,
             rollen=_FREMDE,
             stufe=True, fordert=True, gegenstand=Gegenstand.MAHNBAR, frist_tage=10, kuendigt_an=("mahnbescheid",),
             ton="bestimmt"),
)  # fmt: skip

_ABSPRACHEN = (
    Briefart(art="ratenzahlungsvereinbarung", titel="Ratenzahlungsvereinbarung",
             teile=("frist", "stand", "raten", "zahlung", "hinweise"), gegenstand=Gegenstand.VEREINBART,
             frist_tage=14,
             trotz=_ABSPRACHE, pflichten=(KOSTENHINWEIS, ANERKENNTNISHINWEIS)),
    Briefart(art="stundung", titel="Stundung", teile=("stand", "stundung", "zahlung", "hinweise"),
             gegenstand=Gegenstand.VEREINBART, trotz=_ABSPRACHE, pflichten=(KOSTENHINWEIS,)),
    Briefart(art="teilzahlungsvergleich", titel="Vergleich", teile=("frist", "stand", "vergleich", "zahlung",
             "hinweise"),
             frist_tage=14, trotz=_RUHE, pflichten=(KOSTENHINWEIS,)),
    Briefart(art="schuldanerkenntnis", titel="Schuldanerkenntnis", teile=("frist", "forderung", "hinweise"),
             frist_tage=14,
             gegenstand=Gegenstand.MAHNBAR, trotz=_ABSPRACHE, pflichten=(ANERKENNTNISHINWEIS,)),
    Briefart(art="ratenplan-bestaetigung", titel="Bestätigung des Ratenplans",
             teile=("stand", "raten", "zahlung", "hinweise"), gegenstand=Gegenstand.VEREINBART, trotz=_ABSPRACHE,
             pflichten=(KOSTENHINWEIS,)),
    Briefart(art="ratenplan-erinnerung", jedem=True,
             titel="Erinnerung an eine Rate", teile=("frist", "rueckstand", "zahlung"),
             fordert=True, frist_tage=14, trotz=frozenset({"RATE_AUSGEBLIEBEN"}), nur_bei="RATE_AUSGEBLIEBEN",
             ton="freundlich"),
    Briefart(art="ratenplan-kuendigung", jedem=True, titel="Kündigung des Ratenplans",
             teile=(*_FORDERUNG, "rueckstand", "kuendigung"), gegenstand=Gegenstand.MAHNBAR, fordert=True,
             frist_tage=14,
             trotz=frozenset({"RATE_AUSGEBLIEBEN"}), nur_bei="RATE_AUSGEBLIEBEN"),
)  # fmt: skip

_ANTWORTEN = (
    Briefart(art="zahlungseingang", antwortbogen=False, titel="Bestätigung einer Zahlung", teile=("stand",
             "eingang"), geltend=False,
             trotz=_ALLES, ton="freundlich"),
    Briefart(art="restforderung", jedem=True,
             titel="Offener Rest aus Zinsen und Kosten", teile=_FORDERUNG, fordert=True,
             frist_tage=14, trotz=_REST, nur_bei="NUR_NEBENFORDERUNG"),
    Briefart(art="einwand-erhalten", antwortbogen=False, titel="Einwand erhalten", teile=("einwand",), geltend=False,
             trotz=_RUHE | _VERFAHREN | _REST, ton="freundlich"),
    Briefart(art="einwand-zurueckgewiesen", jedem=True, titel="Antwort auf einen Einwand",
             teile=(*_FORDERUNG, "einwand", "antwort", "schlichtung"), gegenstand=Gegenstand.MAHNBAR, fordert=True,
             frist_tage=14, trotz=frozenset({"MAHNSPERRE", "ZUSAGE"}),
             pflichten=(Pflicht("§ 37 VSBG", "Schlichtungsstelle und ob man teilnimmt (gegenüber Verbrauchern)",
                                nur_fremde=False),)),
    Briefart(art="auskunft-13a", antwortbogen=False, titel="Auskunft zur Forderung", teile=("auskunft",),
             rollen=_FREMDE, geltend=False,
             trotz=_ALLES, pflichten=(
                 Pflicht("§ 13a Abs. 2 RDG, § 43d BRAO", "Name des ursprünglichen Gläubigers"),
                 Pflicht("§ 13a Abs. 2 RDG, § 43d BRAO", "wesentliche Umstände des Vertragsschlusses"))),
    Briefart(art="auskunft-dsgvo", antwortbogen=False, titel="Auskunft über gespeicherte Daten",
             teile=("daten",), geltend=False,
             trotz=_ALLES, pflichten=(Pflicht("Art. 15 DSGVO",
             "die gespeicherten Daten; Ort der Datenschutzinformation",
                                              nur_fremde=False),)),
    Briefart(art="erledigung", antwortbogen=False, titel="Erledigung und Quittung", teile=("stand",
             "quittung"), geltend=False,
             trotz=_ALLES, nur_bei="BEZAHLT", ton="freundlich"),
)  # fmt: skip

_BESONDERE = (
    Briefart(art="abtretungsanzeige", jedem=True, titel="Anzeige der Abtretung", teile=("stand", "abtretung"),
             trotz=_RUHE | _VERFAHREN | _REST,
             pflichten=(Pflicht("§ 410 BGB", "alter Gläubiger, Tag der Abtretung, beiliegende Urkunde",
             nur_fremde=False),)),
    Briefart(art="verjaehrungsverzicht", titel="Verzicht auf die Einrede der Verjährung",
             teile=("frist", "stand", "verzicht"), nur_gewerblich=True, frist_tage=14, trotz=_RUHE | _REST,
             pflichten=(Pflicht("§ 202 BGB", "bis wann auf die Einrede verzichtet wird", nur_fremde=False),)),
    Briefart(art="angebot-aus-titel", titel="Angebot zur gütlichen Einigung",
             teile=("frist", "stand", "titel", "zahlung"), fordert=True, frist_tage=14, trotz=_VERFAHREN | _REST,
             nur_bei="TITEL_VORHANDEN"),
    Briefart(art="adressanfrage", titel="Anfrage an das Melderegister", teile=("gesucht",), geltend=False,
             an=Empfaenger.MELDEBEHOERDE, trotz=_RUHE | _VERFAHREN | _REST | {"UNBEKANNT_VERZOGEN"},
             nur_bei="UNBEKANNT_VERZOGEN", pflichten=(Pflicht("§ 44 BMG", "wer gesucht wird", nur_fremde=False),)),
    Briefart(art="nachlassanfrage", titel="Anfrage an das Nachlassgericht", teile=("gesucht",), geltend=False,
             an=Empfaenger.NACHLASSGERICHT, trotz=_RUHE | _VERFAHREN | _REST | {"VERSTORBEN"}, nur_bei="VERSTORBEN",
             pflichten=(Pflicht("§§ 1958, 1967 BGB", "wer verstorben ist", nur_fremde=False),)),
    Briefart(art="forderungsanmeldung", titel="Anmeldung zur Insolvenztabelle", teile=("stand", "insolvenz", "grund"),
             geltend=False, an=Empfaenger.VERWALTER, gegenstand=Gegenstand.VOR_INSOLVENZ,
             trotz=_RUHE | _VERFAHREN | _REST | {"INSOLVENZ"}, nur_bei="INSOLVENZ",
             pflichten=(Pflicht("§§ 87, 174 InsO", "Betrag und Grund der Forderung", nur_fremde=False),
                        Pflicht("§ 39 Abs. 1 Nr. 1 InsO", "Zinsen nur bis zum Tag vor der Eröffnung",
             nur_fremde=False))),
)  # fmt: skip

BRIEFARTEN: dict[str, Briefart] = {art.art: art for art in (*_REIHE, *_ABSPRACHEN, *_ANTWORTEN, *_BESONDERE)}
ARTEN = tuple(BRIEFARTEN)


def find_art(name: str) -> Briefart:
    """Return the kind of letter of that name; raise Ablehnung for an unknown one."""
    if name not in BRIEFARTEN:
        raise Ablehnung(
            sperre("BRIEF_ART", f"Den Brief „{name}“ gibt es nicht.", propose(name, ARTEN, BRIEFWORTE))
        )
    return BRIEFARTEN[name]


def template_name(name: str) -> str:
    """Return the file in templates/letters/ for a kind of letter; raise Ablehnung for an unknown one."""
    return f"{find_art(name).art}.docx"


def is_privatperson(schuldner: Schuldner) -> bool:
    """Tell whether § 13a (5) RDG protects the debtor: a natural person, no claim from trade or self-employment.

    A sole trader counts as private unless the case says that the contract was no consumer's.
    """
    return schuldner.art in ("person", "einzelfirma") and schuldner.verbraucher is not False


def find_privatperson(schuldner: Sequence[Schuldner]) -> Schuldner | None:
    """Return the first private person among the debtors, or None."""
    return next((einer for einer in schuldner if is_privatperson(einer)), None)
