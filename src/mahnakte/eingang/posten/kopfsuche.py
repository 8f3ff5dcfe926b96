"""The header line of a list: found among the first rows, wherever programs put it, and only one of them."""

import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence

from mahnakte.eingang.posten.befunde import refuse_datei
from mahnakte.eingang.posten.datei import Tabelle
from mahnakte.eingang.posten.liste import Tabellenzeile
from mahnakte.eingang.posten.listenform import DoppelteSpalte, Listenform
from mahnakte.eingang.posten.werte import Zelle, show_zelle
from mahnakte.eingang.posten.wortschatz import read_wortschatz
from mahnakte.eingang.posten.zeilenleser import Zeilenleser
from mahnakte.grund.befund import Ablehnung, Stelle

_ZIFFER = re.compile(r"\d", re.ASCII)
Erkenner = Callable[[Sequence[Zelle]], Listenform | None]


@dataclasses.dataclass(frozen=True, slots=True)
class Fund:
    """A header line: in which reading of the file, on which line, and the form it announces."""

    tabelle: Tabelle
    form: Listenform
    zeile: int
    kopf: tuple[str, ...]

    def make_leser(self, datei: str) -> Zeilenleser:
        """Return the reader of the rows below; raise Ablehnung where a column that is read stands twice."""
        try:
            return Zeilenleser(self.form, self.form.locate(self.kopf), self.kopf)
        except DoppelteSpalte as doppelt:
            raise refuse_datei(
                f"Die Spalte „{str(doppelt)[:60]}“ steht zweimal in der Kopfzeile.", Stelle(datei, self.zeile),
                "Eine der beiden Spalten streichen oder anders nennen.",
            ) from None  # fmt: skip

    def rows(self, datei: str) -> Iterator[Tabellenzeile]:
        """Yield the rows below the header line; raise Ablehnung when the first of them is one more header line."""
        erste = True
        breite = max(ort for ort, kopf in enumerate(self.kopf, start=1) if kopf)
        for nummer, zellen in self.tabelle.below(self.zeile, breite, datei):
            if erste and any(zellen):
                erste = False
                self._check_second(nummer, zellen, datei)
            yield nummer, zellen

    def _check_second(self, nummer: int, zellen: Sequence[Zelle], datei: str) -> None:
        texte = [show_zelle(zelle) for zelle in zellen if zelle]
        if len(texte) > 1 and tuple(zellen) != self.kopf and not any(_ZIFFER.search(text) for text in texte):
            raise refuse_datei(
                f"Die Liste hat zwei Kopfzeilen (Zeile {self.zeile} und {nummer}).", Stelle(datei, nummer),
                "Die Überschriften zu einer Zeile zusammenfassen.",
            )  # fmt: skip


def find_kopf(tabellen: Sequence[Tabelle], erkenne: Erkenner, datei: str) -> Fund | None:
    """Return the header line that is recognised, or None; raise Ablehnung when several sheets have one."""
    funde = [fund for tabelle in tabellen if (fund := _find_in(tabelle, erkenne)) is not None]
    if len({fund.tabelle.blatt for fund in funde}) > 1:
        namen = ", ".join(f"„{fund.tabelle.blatt[:31]}“" for fund in funde[:5])
        raise refuse_datei(
            f"In der Excel-Datei sind mehrere Blätter solche Listen: {namen}.", Stelle(datei),
            "Nur ein Blatt mitgeben, oder in der Zuordnung „blatt“ nennen.",
        )  # fmt: skip
    return funde[0] if funde else None


def _find_in(tabelle: Tabelle, erkenne: Erkenner) -> Fund | None:
    try:
        for nummer, zellen in tabelle.head():
            if (form := erkenne(zellen)) is not None:
                return Fund(tabelle, form, nummer, tuple(_heading(zelle) for zelle in zellen))
    except Ablehnung:  # another separator may fit; else the reading below says it again
        return None
    return None


def _heading(zelle: Zelle) -> str:
    return zelle if isinstance(zelle, str) else ""


def find_altersklassen(tabellen: Sequence[Tabelle]) -> int | None:
    """Return the line of the headings of a list that is condensed by age, or None."""
    muster = read_wortschatz().altersklasse
    for tabelle in tabellen:
        try:
            for nummer, zellen in tabelle.head():
                if sum(bool(muster.fullmatch(show_zelle(zelle))) for zelle in zellen) > 1:
                    return nummer
        except Ablehnung:
            continue
    return None
