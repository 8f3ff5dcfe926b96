"""The kinds of events: what each one is, and what it does. Nobody else lists them; other rooms ask for attributes.

The words are keys of fall.yaml and of steps on the disk. A new event is one record here and, where it starts a
period or changes a clock, its rule in the room that counts it.
"""

import dataclasses
import enum
from collections.abc import Callable
from typing import Literal


class Abschnitt(enum.Enum):
    """The parts of court proceedings (§§ 688 to 703d ZPO), each with its acts."""

    MAHNBESCHEID = "Mahnverfahren bis zum Widerspruch"
    STREIT = "Streitverfahren"
    VOLLSTRECKUNGSBESCHEID = "vom Antrag auf den Vollstreckungsbescheid an"
    VOLLSTRECKUNG = "Zwangsvollstreckung"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Schicksal:
    """What befell a debtor, so that letters and applications stop for him.

    `brief` and `antrag` say why, `abhilfe` what to do instead of applying. `vertreten`: somebody else acts for him
    now, so that he agrees to nothing himself; `heilbar`: named representatives make an application possible.
    """

    brief: str
    antrag: str
    abhilfe: str
    vertreten: bool = True
    heilbar: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ereignisart:
    """One kind of event.

    `pflicht` and `erlaubt` are its keys beside `am`, `art` and `schuldner`; `akte` is its place in the Akte.
    `abschnitt`: the part of court proceedings that it is an act of; such an act stops letters and applications. Of
    these, `beginnt` opens proceedings, `scheitert` ends them without a decision, `tituliert` comes with a title.
    `persoenlich`: it touches limitation only for the debtor it names (§ 425 BGB). `absprache`: an agreement with a
    day of payment of its own, which takes the place of a letter's.
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
    schicksal: Schicksal | None = None


_ABREDE = ("zinsen", "bei_verzug", "zinsen_bisher", "grund", "beleg")
_GERICHT = ("gericht", "geschaeftszeichen", "beleg")
_PERSON = ("gericht", "aktenzeichen", "grund", "bis", "beleg", "empfaenger")


_ABSPRACHEN = (
    Ereignisart(wort="mahnung_versandt", name="Schreiben", pflicht=("stufe",), erlaubt=("beleg", "frist_bis")),
    Ereignisart(wort="mahnung_zugegangen", name="Zugangsnachweis", erlaubt=("stufe", "vorgang", "beleg")),
    Ereignisart(wort="zahlung_verweigert", name="Zahlungsverweigerung", erlaubt=("grund", "beleg")),
    Ereignisart(wort="bestritten", name="Einwand", pflicht=("grund",), erlaubt=("rechnung", "betrag", "beleg")),
    Ereignisart(wort="bestritten_erledigt", name="Einwand erledigt",
                erlaubt=("grund", "rechnung", "betrag", "beleg")),
    Ereignisart(wort="mahnsperre", name="Mahnsperre", pflicht=("bis", "grund"),
                erlaubt=("rechnung", "betrag", "beleg")),
    Ereignisart(wort="stundung", name="Stundung", pflicht=("bis",), erlaubt=_ABREDE, persoenlich=True,
                absprache=True),
    Ereignisart(wort="ratenplan", name="Ratenplan", pflicht=("raten",), erlaubt=_ABREDE, persoenlich=True,
                absprache=True),
    Ereignisart(wort="ratenplan_gekuendigt", name="Kündigung des Ratenplans", erlaubt=("grund", "beleg")),
    Ereignisart(wort="vergleich", name="Vergleich", pflicht=("betrag", "bis", "grund"), erlaubt=("beleg",),
                absprache=True),
    Ereignisart(wort="anerkenntnis", name="Anerkenntnis", erlaubt=("grund", "rechnung", "betrag", "beleg"),
                persoenlich=True),
    Ereignisart(wort="verhandlung", name="Verhandlung", erlaubt=("bis", "grund", "beleg"), persoenlich=True),
    Ereignisart(wort="verjaehrungsverzicht", name="Verzicht auf die Einrede der Verjährung", pflicht=("bis",),
                erlaubt=("grund", "beleg"), persoenlich=True),  # § 202 BGB
    Ereignisart(wort="kontakt", name="Kontakt", erlaubt=("kanal", "notiz", "zusage_am", "zusage_betrag", "beleg")),
    Ereignisart(wort="freigabe", name="Freigabe", pflicht=("von",), erlaubt=("vorgang", "schritt", "grund")),
)  # fmt: skip

_SCHICKSALE = (
    Ereignisart(
        wort="insolvenz", name="Insolvenz", erlaubt=_PERSON, akte="gericht", persoenlich=True,
        schicksal=Schicksal(
            brief="Insolvenz: keine Briefe, keine Anträge; die Forderung beim Verwalter anmelden (§§ 87, 89 InsO).",
            antrag="Insolvenz (§§ 87, 89 InsO)", abhilfe="Die Forderung beim Insolvenzverwalter anmelden.",
        ),
    ),
    Ereignisart(
        wort="insolvenz_angemeldet", name="Anmeldung zur Insolvenztabelle", akte="gericht", persoenlich=True,
        erlaubt=("gericht", "aktenzeichen", "grund", "bis", "beleg"),
    ),
    Ereignisart(
        wort="verstorben", name="Tod des Schuldners", erlaubt=_PERSON, akte="gericht", persoenlich=True,
        schicksal=Schicksal(
            brief="Der Schuldner ist verstorben: Erben beim Nachlassgericht erfragen (§§ 1958, 1967 BGB).",
            antrag="Der Schuldner ist verstorben (§ 1958 BGB)", abhilfe="Die Erben beim Nachlassgericht erfragen.",
        ),
    ),
    Ereignisart(
        wort="unbekannt_verzogen", name="Anschriftenermittlung", erlaubt=_PERSON,
        schicksal=Schicksal(
            brief="Die Anschrift ist unbekannt: zuerst die neue Anschrift ermitteln (§ 44 BMG).",
            antrag="Die Anschrift ist unbekannt; öffentliche Zustellung ist ausgeschlossen (§ 688 Abs. 2 Nr. 3 ZPO)",
            abhilfe="Zuerst die neue Anschrift ermitteln (§ 44 BMG).", vertreten=False,
        ),
    ),
    Ereignisart(
        wort="betreuung", name="Betreuung", erlaubt=_PERSON, akte="gericht",
        schicksal=Schicksal(
            brief="Es besteht eine Betreuung: zuerst klären, an wen zu schreiben ist (§ 53 ZPO).",
            antrag="Es besteht eine Betreuung (§ 53 ZPO)",
            abhilfe="Klären, wer vertritt, und ihn beim Schuldner unter „vertreter:“ angeben.", heilbar=True,
        ),
    ),
)  # fmt: skip

_MAHNBESCHEID = (
    Ereignisart(wort="antrag_eingereicht", name="Einreichung des Mahnantrags", erlaubt=(*_GERICHT, "vorgang"),
                akte="gericht", abschnitt=Abschnitt.MAHNBESCHEID, beginnt=True),
    Ereignisart(wort="monierung", name="Monierung", erlaubt=(*_GERICHT, "grund", "bis"), akte="gericht",
                abschnitt=Abschnitt.MAHNBESCHEID),
    Ereignisart(wort="antrag_zurueckgewiesen", name="Zurückweisung des Mahnantrags", erlaubt=(*_GERICHT, "grund"),
                akte="gericht", abschnitt=Abschnitt.MAHNBESCHEID, scheitert=True),  # § 691 ZPO; day of service
    Ereignisart(wort="mb_erlassen", name="Mahnbescheid", erlaubt=_GERICHT, akte="gericht",
                abschnitt=Abschnitt.MAHNBESCHEID),
    Ereignisart(wort="mb_zugestellt", name="Zustellung des Mahnbescheids", erlaubt=_GERICHT, akte="gericht",
                abschnitt=Abschnitt.MAHNBESCHEID, persoenlich=True),
    Ereignisart(wort="mb_nicht_zugestellt", name="Nichtzustellung des Mahnbescheids", erlaubt=(*_GERICHT, "grund"),
                akte="gericht", abschnitt=Abschnitt.MAHNBESCHEID),
    Ereignisart(wort="widerspruch", name="Widerspruch", erlaubt=(*_GERICHT, "umfang", "betrag"), akte="gericht",
                abschnitt=Abschnitt.MAHNBESCHEID, persoenlich=True),
)  # fmt: skip

_STREIT = (
    Ereignisart(wort="abgabe", name="Abgabe an das Streitgericht", erlaubt=_GERICHT, akte="gericht",
                abschnitt=Abschnitt.STREIT),
    Ereignisart(wort="anspruchsbegruendung", name="Anspruchsbegründung", erlaubt=_GERICHT, akte="gericht",
                abschnitt=Abschnitt.STREIT),  # § 697 (1) ZPO
)  # fmt: skip

_VOLLSTRECKUNGSBESCHEID = (
    Ereignisart(wort="vb_beantragt", name="Antrag auf Vollstreckungsbescheid", erlaubt=_GERICHT, akte="gericht",
                abschnitt=Abschnitt.VOLLSTRECKUNGSBESCHEID),
    Ereignisart(wort="vb_erlassen", name="Vollstreckungsbescheid", erlaubt=_GERICHT, akte="gericht",
                abschnitt=Abschnitt.VOLLSTRECKUNGSBESCHEID, tituliert=True),
    Ereignisart(wort="vb_zugestellt", name="Zustellung des Vollstreckungsbescheids", erlaubt=_GERICHT,
                akte="gericht", abschnitt=Abschnitt.VOLLSTRECKUNGSBESCHEID, tituliert=True, persoenlich=True),
    Ereignisart(wort="einspruch", name="Einspruch", erlaubt=_GERICHT, akte="gericht",
                abschnitt=Abschnitt.VOLLSTRECKUNGSBESCHEID, persoenlich=True),
    Ereignisart(wort="rechtskraft", name="Rechtskraft", erlaubt=_GERICHT, akte="gericht",
                abschnitt=Abschnitt.VOLLSTRECKUNGSBESCHEID, tituliert=True),
)  # fmt: skip

_VOLLSTRECKUNG = Ereignisart(
    wort="vollstreckung", name="Vollstreckung", pflicht=("titel",), akte="gericht",
    abschnitt=Abschnitt.VOLLSTRECKUNG, tituliert=True,
    erlaubt=("massnahme", "umfang", "aufgehoben_am", "grund", "beleg"),
)  # fmt: skip

EREIGNISARTEN: dict[str, Ereignisart] = {
    art.wort: art
    for art in (
        *_ABSPRACHEN, *_SCHICKSALE, *_MAHNBESCHEID, *_STREIT, *_VOLLSTRECKUNGSBESCHEID, _VOLLSTRECKUNG,
    )
}  # fmt: skip


def worte(trifft: Callable[[Ereignisart], object]) -> tuple[str, ...]:
    """Return the words of all kinds for which the question is answered with yes, in the order of the list."""
    return tuple(art.wort for art in EREIGNISARTEN.values() if trifft(art))


# Every act of court proceedings; enforcement is none, but there is no title without proceedings.
GERICHTSAKTE = worte(lambda art: art.abschnitt)
VERFAHRENSAKTE = worte(lambda art: art.abschnitt not in (None, Abschnitt.VOLLSTRECKUNG))
SCHICKSALE = worte(lambda art: art.schicksal)
