"""The kinds of events: what each one is, and what it does. Nobody else lists them; other rooms ask for attributes.

The words are keys of fall.yaml and of steps on the disk. A new event is one record here and, where it starts a
period or changes a clock, its rule in the room that counts it.
"""

import dataclasses
import enum
import functools
from collections.abc import Callable
from typing import Literal

from mahnakte.arten import grundart


class Abschnitt(enum.Enum):
    """The parts of court proceedings (§§ 688 to 703d ZPO), each with its acts."""

    MAHNBESCHEID = "Mahnverfahren bis zum Widerspruch"
    STREIT = "Streitverfahren"
    VOLLSTRECKUNGSBESCHEID = "vom Antrag auf den Vollstreckungsbescheid an"
    VOLLSTRECKUNG = "Zwangsvollstreckung"


class Verjaehrungsfolge(enum.Enum):
    """What an event does to the limitation of the claim or of the title that it is about."""

    HEMMT = "hemmt (§§ 203 bis 205, 209 BGB)"
    ABLAUF = "hemmt den Ablauf (§ 211 BGB)"
    NEUBEGINN = "lässt sie neu beginnen (§ 212 BGB)"
    VERZICHT = "auf die Einrede ist verzichtet (§ 202 BGB)"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Schicksal:
    """What befell a debtor, so that letters and applications stop for him.

    `brief` and `antrag` say why, `abhilfe` what to do instead of applying. `vertreten`: somebody else acts for him
    now, so that he agrees to nothing himself; `heilbar`: named representatives make an application possible.
    `bis_zum_erben`: no day ends it, letters wait until fall.yaml names the heir as the debtor (§ 1967 BGB).
    """

    brief: str
    antrag: str
    abhilfe: str
    vertreten: bool = True
    heilbar: bool = False
    bis_zum_erben: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ereignisart:
    """One kind of event.

    `pflicht` and `erlaubt` are its keys beside `am`, `art` and `schuldner`; `akte` is its place in the Akte.
    `abschnitt`: the part of court proceedings that it is an act of; such an act stops letters and applications. Of
    these, `beginnt` opens proceedings, `scheitert` ends them without a decision, `tituliert` comes with a title.
    `persoenlich`: it touches limitation only for the debtor it names (§ 425 BGB). `absprache`: an agreement with a
    day of payment of its own, which takes the place of a letter's. `einmalig`: a court reports it only once.
    `verjaehrung` is what it does to limitation by itself; other acts of proceedings only keep a suspension alive.
    """

    wort: str
    name: str
    pflicht: tuple[str, ...] = ()
    erlaubt: tuple[str, ...] = ()
    akte: Literal["schreiben", "gericht"] = "schreiben"
    abschnitt: Abschnitt | None = None
    beginnt: bool = False
    scheitert: bool = False
    tituliert: bool = False
    persoenlich: bool = False
    absprache: bool = False
    einmalig: bool = False
    verjaehrung: Verjaehrungsfolge | None = None
    schicksal: Schicksal | None = None
    grund: grundart.Grundart | None = None

    @property
    def haelt(self) -> grundart.Grundart | None:
        """Return the reason with which it stops the series, as long as it lasts and concerns the whole."""
        return grundart.BEI_GERICHT if self.abschnitt else self.grund


_ABREDE = ("zinsen", "bei_verzug", "zinsen_bisher", "grund", "beleg")
_GERICHT = ("gericht", "geschaeftszeichen", "beleg")
_PERSON = ("gericht", "aktenzeichen", "grund", "bis", "beleg", "empfaenger")

_akt = functools.partial(Ereignisart, akte="gericht")
_mb = functools.partial(_akt, abschnitt=Abschnitt.MAHNBESCHEID)
_streit = functools.partial(_akt, abschnitt=Abschnitt.STREIT)
_vb = functools.partial(_akt, abschnitt=Abschnitt.VOLLSTRECKUNGSBESCHEID)
_zv = functools.partial(_akt, abschnitt=Abschnitt.VOLLSTRECKUNG)

MAHNUNG_VERSANDT = Ereignisart(
    wort="mahnung_versandt", name="Schreiben", pflicht=("stufe",), erlaubt=("beleg", "frist_bis")
)
MAHNUNG_ZUGEGANGEN = Ereignisart(
    wort="mahnung_zugegangen", name="Zugangsnachweis", erlaubt=("stufe", "vorgang", "beleg")
)
ZAHLUNG_VERWEIGERT = Ereignisart(
    wort="zahlung_verweigert", name="Zahlungsverweigerung", erlaubt=("grund", "beleg")
)
BESTRITTEN = Ereignisart(
    wort="bestritten",
    name="Einwand",
    pflicht=("grund",),
    erlaubt=("rechnung", "betrag", "beleg"),
    grund=grundart.BESTRITTEN,
)
BESTRITTEN_ERLEDIGT = Ereignisart(
    wort="bestritten_erledigt", name="Einwand erledigt", erlaubt=("grund", "rechnung", "betrag", "beleg")
)
MAHNSPERRE = Ereignisart(
    wort="mahnsperre",
    name="Mahnsperre",
    pflicht=("bis", "grund"),
    erlaubt=("rechnung", "betrag", "beleg"),
    grund=grundart.MAHNSPERRE,
)
POSTENFRAGE = Ereignisart(
    wort="postenfrage",
    name="Frage aus den offenen Posten",
    pflicht=("grund",),
    erlaubt=("rechnung", "betrag", "beleg"),
    grund=grundart.POSTENFRAGE,
)  # `betrag`: what the list still has as open of the invoice; without it nothing
POSTENSPERRE = Ereignisart(
    wort="postensperre",
    name="Mahnsperre der Buchhaltung",
    pflicht=("grund",),
    erlaubt=("rechnung", "beleg"),
    grund=grundart.POSTENSPERRE,
)
POSTEN_GEKLAERT = Ereignisart(
    wort="posten_geklaert", name="Offener Posten geklärt", erlaubt=("grund", "rechnung", "beleg")
)
ZAHLUNG_UNGEKLAERT = Ereignisart(
    wort="zahlung_ungeklaert",
    name="Zahlung zu klären",
    pflicht=("betrag", "bis"),
    erlaubt=("buchung", "grund", "beleg"),
    grund=grundart.ZAHLUNG_UNGEKLAERT,
)
ZAHLUNG_ENTSCHIEDEN = Ereignisart(
    wort="zahlung_entschieden", name="Zahlung entschieden", erlaubt=("buchung", "betrag", "grund", "beleg")
)
STUNDUNG = Ereignisart(
    wort="stundung",
    name="Stundung",
    pflicht=("bis",),
    erlaubt=_ABREDE,
    persoenlich=True,
    absprache=True,
    grund=grundart.STUNDUNG,
    verjaehrung=Verjaehrungsfolge.HEMMT,
)
RATENPLAN = Ereignisart(
    wort="ratenplan",
    name="Ratenplan",
    pflicht=("raten",),
    erlaubt=_ABREDE,
    persoenlich=True,
    absprache=True,
    grund=grundart.RATENPLAN,
    verjaehrung=Verjaehrungsfolge.HEMMT,
)
RATENPLAN_GEKUENDIGT = Ereignisart(
    wort="ratenplan_gekuendigt", name="Kündigung des Ratenplans", erlaubt=("grund", "beleg")
)
VERGLEICH = Ereignisart(
    wort="vergleich",
    name="Vergleich",
    pflicht=("betrag", "bis", "grund"),
    erlaubt=("beleg",),
    absprache=True,
    grund=grundart.VERGLEICH,
)
ANERKENNTNIS = Ereignisart(
    wort="anerkenntnis",
    name="Anerkenntnis",
    erlaubt=("grund", "rechnung", "betrag", "beleg"),
    persoenlich=True,
    verjaehrung=Verjaehrungsfolge.NEUBEGINN,
)
VERHANDLUNG = Ereignisart(
    wort="verhandlung",
    name="Verhandlung",
    erlaubt=("bis", "grund", "beleg"),
    persoenlich=True,
    verjaehrung=Verjaehrungsfolge.HEMMT,
)
VERJAEHRUNGSVERZICHT = Ereignisart(
    wort="verjaehrungsverzicht",
    name="Verzicht auf die Einrede der Verjährung",
    pflicht=("bis",),
    erlaubt=("grund", "beleg"),
    persoenlich=True,
    verjaehrung=Verjaehrungsfolge.VERZICHT,
)  # § 202 BGB
KONTAKT = Ereignisart(
    wort="kontakt",
    name="Kontakt",
    erlaubt=("kanal", "notiz", "zusage_am", "zusage_betrag", "beleg"),
    grund=grundart.ZUSAGE,
)
FREIGABE = Ereignisart(
    wort="freigabe", name="Freigabe", pflicht=("von",), erlaubt=("vorgang", "schritt", "grund")
)

INSOLVENZ = Ereignisart(
    wort="insolvenz",
    name="Insolvenz",
    erlaubt=_PERSON,
    akte="gericht",
    persoenlich=True,
    schicksal=Schicksal(
        brief="Insolvenz: keine Briefe, keine Anträge; die Forderung beim Verwalter anmelden (§§ 87, 89 InsO).",
        antrag="Insolvenz (§§ 87, 89 InsO)",
        abhilfe="Die Forderung beim Insolvenzverwalter anmelden.",
    ),
    grund=grundart.INSOLVENZ,
    verjaehrung=Verjaehrungsfolge.HEMMT,
)
INSOLVENZ_ANGEMELDET = Ereignisart(
    wort="insolvenz_angemeldet",
    name="Anmeldung zur Insolvenztabelle",
    akte="gericht",
    persoenlich=True,
    erlaubt=("gericht", "aktenzeichen", "grund", "bis", "beleg"),
    schicksal=Schicksal(  # nothing is filed before the opening (§ 174 InsO), so there are proceedings
        brief="Zur Insolvenztabelle angemeldet: keine Briefe, keine Anträge (§§ 87, 89 InsO); wann eröffnet wurde, "
        "sagt das Ereignis „insolvenz“.",
        antrag="Zur Insolvenztabelle angemeldet (§§ 87, 89 InsO)",
        abhilfe="Die Forderung beim Insolvenzverwalter verfolgen.",
    ),
    grund=grundart.INSOLVENZ,
    verjaehrung=Verjaehrungsfolge.HEMMT,
)
VERSTORBEN = Ereignisart(
    wort="verstorben",
    name="Tod des Schuldners",
    erlaubt=_PERSON,
    akte="gericht",
    persoenlich=True,
    schicksal=Schicksal(
        brief="Der Schuldner ist verstorben: Erben beim Nachlassgericht erfragen (§§ 1958, 1967 BGB).",
        antrag="Der Schuldner ist verstorben (§ 1958 BGB)",
        abhilfe="Die Erben beim Nachlassgericht erfragen und als Schuldner eintragen („kaeufer_geklaert: erbe“).",
        bis_zum_erben=True,
    ),
    grund=grundart.VERSTORBEN,
    verjaehrung=Verjaehrungsfolge.ABLAUF,
)
UNBEKANNT_VERZOGEN = Ereignisart(
    wort="unbekannt_verzogen",
    name="Anschriftenermittlung",
    erlaubt=_PERSON,
    schicksal=Schicksal(
        brief="Die Anschrift ist unbekannt: zuerst die neue Anschrift ermitteln (§ 44 BMG).",
        antrag="Die Anschrift ist unbekannt; öffentliche Zustellung ist ausgeschlossen (§ 688 Abs. 2 Nr. 3 ZPO)",
        abhilfe="Zuerst die neue Anschrift ermitteln (§ 44 BMG).",
        vertreten=False,
    ),
    grund=grundart.UNBEKANNT_VERZOGEN,
)
BETREUUNG = Ereignisart(
    wort="betreuung",
    name="Betreuung",
    erlaubt=_PERSON,
    akte="gericht",
    schicksal=Schicksal(
        brief="Es besteht eine Betreuung: zuerst klären, an wen zu schreiben ist (§ 53 ZPO).",
        antrag="Es besteht eine Betreuung (§ 53 ZPO)",
        abhilfe="Klären, wer vertritt, und ihn beim Schuldner unter „vertreter:“ angeben.",
        heilbar=True,
    ),
    grund=grundart.BETREUUNG,
)

ANTRAG_EINGEREICHT = _mb(
    wort="antrag_eingereicht",
    name="Einreichung des Mahnantrags",
    erlaubt=(*_GERICHT, "vorgang"),
    beginnt=True,
    verjaehrung=Verjaehrungsfolge.HEMMT,
)
MONIERUNG = _mb(wort="monierung", name="Monierung", erlaubt=(*_GERICHT, "grund", "bis"))
ANTRAG_ZURUECKGEWIESEN = _mb(
    wort="antrag_zurueckgewiesen",
    name="Zurückweisung des Mahnantrags",
    erlaubt=(*_GERICHT, "grund"),
    scheitert=True,
)  # § 691 ZPO; day of service
MB_ERLASSEN = _mb(wort="mb_erlassen", name="Mahnbescheid", erlaubt=_GERICHT, einmalig=True)
MB_ZUGESTELLT = _mb(
    wort="mb_zugestellt",
    name="Zustellung des Mahnbescheids",
    erlaubt=_GERICHT,
    persoenlich=True,
    verjaehrung=Verjaehrungsfolge.HEMMT,
    einmalig=True,
)
MB_NICHT_ZUGESTELLT = _mb(
    wort="mb_nicht_zugestellt", name="Nichtzustellung des Mahnbescheids", erlaubt=(*_GERICHT, "grund")
)
WIDERSPRUCH = _mb(
    wort="widerspruch", name="Widerspruch", erlaubt=(*_GERICHT, "umfang", "betrag"), persoenlich=True
)

ABGABE = _streit(wort="abgabe", name="Abgabe an das Streitgericht", erlaubt=_GERICHT)
ANSPRUCHSBEGRUENDUNG = _streit(
    wort="anspruchsbegruendung", name="Anspruchsbegründung", erlaubt=_GERICHT
)  # § 697 (1) ZPO

VB_BEANTRAGT = _vb(wort="vb_beantragt", name="Antrag auf Vollstreckungsbescheid", erlaubt=_GERICHT)
VB_ERLASSEN = _vb(wort="vb_erlassen", name="Vollstreckungsbescheid", erlaubt=_GERICHT, tituliert=True)
VB_ZUGESTELLT = _vb(
    wort="vb_zugestellt",
    name="Zustellung des Vollstreckungsbescheids",
    erlaubt=_GERICHT,
    tituliert=True,
    persoenlich=True,
    einmalig=True,
)
EINSPRUCH = _vb(wort="einspruch", name="Einspruch", erlaubt=_GERICHT, persoenlich=True)
RECHTSKRAFT = _vb(wort="rechtskraft", name="Rechtskraft", erlaubt=_GERICHT, tituliert=True)

VOLLSTRECKUNG = _zv(
    wort="vollstreckung",
    name="Vollstreckung",
    pflicht=("titel",),
    tituliert=True,
    erlaubt=("massnahme", "umfang", "aufgehoben_am", "grund", "beleg"),
    verjaehrung=Verjaehrungsfolge.NEUBEGINN,
)
PFAENDUNG_ZUGESTELLT = _zv(  # § 829 (3) ZPO: with its service on the third-party debtor the attachment works
    wort="pfaendung_zugestellt",
    name="Zustellung der Pfändung an den Drittschuldner",
    pflicht=("titel",),
    tituliert=True,
    erlaubt=(*_GERICHT, "umfang", "aufgehoben_am", "grund", "bis"),
    verjaehrung=Verjaehrungsfolge.NEUBEGINN,
)

EREIGNISARTEN: dict[str, Ereignisart] = {
    wert.wort: wert for wert in tuple(globals().values()) if isinstance(wert, Ereignisart)
}


def worte(trifft: Callable[[Ereignisart], object]) -> tuple[str, ...]:
    """Return the words of all kinds for which the question is answered with yes, in the order of the list."""
    return tuple(art.wort for art in EREIGNISARTEN.values() if trifft(art))


# Every act of court proceedings; enforcement is none, but there is no title without proceedings.
GERICHTSAKTE = worte(lambda art: art.abschnitt)
VERFAHRENSAKTE = worte(lambda art: art.abschnitt not in (None, Abschnitt.VOLLSTRECKUNG))
SCHICKSALE = worte(lambda art: art.schicksal)
INSOLVENZEN = worte(lambda art: art.grund is grundart.INSOLVENZ)
# What lets the limitation of a title begin anew: measures under it, and what the debtor acknowledges.
NEUBEGINNE = worte(lambda art: art.verjaehrung is Verjaehrungsfolge.NEUBEGINN)
EINMALIGE = worte(lambda art: art.einmalig)
