"""How a list says its items: a profile of a known program (profile/*.yaml), or the mapping of a person."""

import collections
import dataclasses
import functools
import importlib.resources
from collections.abc import Mapping, Sequence

from mahnakte.eingang.posten.werte import Zelle
from mahnakte.eingang.posten.wortschatz import PAKET, fold_kopf
from mahnakte.eingang.posten.zuordnung import BEWEGUNGEN, Zuordnung
from mahnakte.grund.datendatei import Wertknoten, read_datendatei

FREIE_SPALTEN = "eigene Zuordnung"


class DoppelteSpalte(ValueError):  # noqa: N818 - a value, not an accident
    """A heading that is read stands twice in the header line: nobody knows which column counts."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Listenform:
    """One form. `kopf` are columns that its header line has, `spalten` the headings of each field (all folded).

    `bewegungen`: an invoice and its payments are rows of the same number. The words `erledigt` and `offen` are those
    of column `erledigt`; `rechnung` are the kinds of documents that are invoices (empty: all).
    """

    name: str
    bewegungen: bool
    kopf: tuple[tuple[str, ...], ...]
    spalten: Mapping[str, tuple[str, ...]]
    erledigt: frozenset[str] = frozenset()
    offen: frozenset[str] = frozenset()
    rechnung: frozenset[str] = frozenset()

    def matches(self, zeile: Sequence[Zelle]) -> bool:
        """Tell whether a row is the header line of this form."""
        zellen = {fold_kopf(zelle) for zelle in zeile if isinstance(zelle, str)}
        return all(not zellen.isdisjoint(worte) for worte in self.kopf)

    def locate(self, kopfzeile: Sequence[Zelle]) -> Mapping[str, int]:
        """Return the index of each field's column; raise DoppelteSpalte where a heading that is read stands twice."""
        koepfe = [fold_kopf(zelle) if isinstance(zelle, str) else "" for zelle in kopfzeile]
        haeufig = collections.Counter(koepfe)
        orte: dict[str, int] = {}
        for feld, worte in self.spalten.items():
            wort = next((wort for wort in worte if wort in haeufig), None)
            if wort is None:
                continue
            if haeufig[wort] > 1:
                raise DoppelteSpalte(str(kopfzeile[koepfe.index(wort)]))
            orte[feld] = koepfe.index(wort)
        return orte


@functools.cache
def read_profile() -> tuple[Listenform, ...]:
    """Return all profiles, those with the longest header first: the more exact one wins."""
    ordner = importlib.resources.files(PAKET).joinpath("profile")
    namen = sorted(datei.name for datei in ordner.iterdir() if datei.name.endswith(".yaml"))
    gelesen = [_read(read_datendatei(PAKET, f"profile/{name}")) for name in namen]
    return tuple(sorted(gelesen, key=lambda form: -len(form.kopf)))


def make_form(zuordnung: Zuordnung) -> Listenform:
    """Return the form that a mapping describes: its header line has every column that the mapping names."""
    spalten = {feld: (fold_kopf(kopf),) for feld, kopf in zuordnung.spalten.items()}
    return Listenform(
        name=FREIE_SPALTEN,
        bewegungen=zuordnung.zeilen == BEWEGUNGEN,
        kopf=tuple(spalten.values()),
        spalten=spalten,
    )


def _read(knoten: Wertknoten) -> Listenform:
    return Listenform(
        name=knoten.text("name"),
        bewegungen=knoten.text("zeilen") == BEWEGUNGEN,
        kopf=tuple(_fold_all(text) for text in knoten.texts("kopf")),
        spalten={feld: _fold_all(text) for feld, text in knoten.mapping("spalten").scalars()},
        erledigt=_words(knoten, "erledigt"),
        offen=_words(knoten, "offen"),
        rechnung=_words(knoten, "rechnung"),
    )


def _fold_all(text: str) -> tuple[str, ...]:
    return tuple(fold_kopf(kopf) for kopf in text.split(" | "))


def _words(knoten: Wertknoten, schluessel: str) -> frozenset[str]:
    return frozenset(wort.casefold() for wort in knoten.texts(schluessel))
