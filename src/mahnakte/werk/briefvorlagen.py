"""The templates of the letters: the user's own beside mahnakte.yaml, else the shipped one; each checked once."""

import dataclasses
import pathlib
import threading
from collections.abc import Iterator, Mapping

from mahnakte.ablage.entdecken import VORLAGEN, list_vorlagen
from mahnakte.ablage.lesen import read_dateien
from mahnakte.ablage.stoerung import show
from mahnakte.arten.brief import ARTEN, explain_unknown, template_name
from mahnakte.briefe.variablen import variables_for
from mahnakte.fall.vorgang import sha256
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, as_warnungen, has_sperre, warnung
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.grund.text import normalize
from mahnakte.satz.druck import Vorlage, load_vorlage
from mahnakte.werk.laden import Lage


@dataclasses.dataclass(frozen=True, slots=True)
class Briefvorlage:
    """A checked template and the input that the step's entry names."""

    vorlage: Vorlage
    eingabe: Mapping[str, str]


class Briefvorlagen:
    """Keeps every template that was asked for. For several threads."""

    def __init__(self, lage: Lage) -> None:
        self._lage = lage
        self._geladen: dict[tuple[pathlib.Path, str], Briefvorlage] = {}
        self._unbenutzt: dict[pathlib.Path, tuple[Befund, ...]] = {}
        self._lock = threading.Lock()

    def load(self, bestand: pathlib.Path, art: str) -> Briefvorlage:
        """Return the template for a kind of letter; raise Ablehnung for a faulty one, never fall back silently."""
        name = template_name(art)
        with self._lock:
            if (bestand, art) not in self._geladen:
                self._geladen[bestand, art] = self._find(bestand, art, name)
            return self._geladen[bestand, art]

    def find_unused(self, bestand: pathlib.Path) -> tuple[Befund, ...]:
        """Return a warning for each own template that no letter will ever take, because its name is misspelt."""
        with self._lock:
            if bestand not in self._unbenutzt:
                self._unbenutzt[bestand] = tuple(_name_unused(bestand))
            return self._unbenutzt[bestand]

    def check_eigene(self, bestand: pathlib.Path) -> tuple[Befund, ...]:
        """Return what is wrong with the own templates of a Bestand, also of letters that are not due yet."""
        eigene = {pathlib.PurePath(verweis).name for verweis in list_vorlagen(bestand)}
        arten = [art for art in ARTEN if template_name(art) in eigene]
        befunde = [befund for art in arten for befund in self._refusals(bestand, art)]
        return (*befunde, *self.find_unused(bestand))

    def _refusals(self, bestand: pathlib.Path, art: str) -> tuple[Befund, ...]:
        try:
            return self.load(bestand, art).vorlage.hinweise
        except Ablehnung as ablehnung:
            return as_warnungen(ablehnung.befunde)

    def _find(self, bestand: pathlib.Path, art: str, name: str) -> Briefvorlage:
        verweis = f"{VORLAGEN}/{name}"
        dateien, befunde = read_dateien(bestand, [verweis])
        for befund in befunde:
            if befund.code != "DATEI_FEHLT":
                raise Ablehnung(befund)
        if verweis in dateien:
            datei = dateien[verweis]
            return self._check(datei.inhalt, show(datei.pfad), art, f"../{verweis}")
        return self._check(
            read_beigabe("templates", f"letters/{name}"), name, art, f"templates/letters/{name}"
        )

    def _check(self, inhalt: bytes, name: str, art: str, eingabe: str) -> Briefvorlage:
        geprueft = load_vorlage(self._lage.werkstatt, inhalt, name, variables_for(art))
        if not isinstance(geprueft, Vorlage):
            raise Ablehnung(next(befund for befund in geprueft if has_sperre([befund])))
        return Briefvorlage(geprueft, {eingabe: sha256(inhalt)})


def _name_unused(bestand: pathlib.Path) -> Iterator[Befund]:
    namen = {template_name(art).casefold() for art in ARTEN}  # as the search for them: case does not matter
    for verweis in list_vorlagen(bestand):
        if normalize(pathlib.PurePath(verweis).name).casefold() not in namen:
            yield warnung(
                "BRIEFVORLAGE_UNBENUTZT", f"Die Datei {verweis} gehört zu keinem Brief und wird nicht benutzt.",
                explain_unknown(pathlib.PurePath(verweis).stem), Stelle(show(bestand / verweis))
            )  # fmt: skip
