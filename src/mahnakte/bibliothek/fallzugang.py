"""One case folder, opened for questions: account, plan, dates, findings, each as of a day that the caller names."""

import contextlib
import dataclasses
import datetime as dt
import os
import pathlib
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from mahnakte.ablage.lesen import read_fallordner
from mahnakte.befehle.pruefen import check_faelle
from mahnakte.bibliothek.angaben import Tag, read_tag
from mahnakte.grund.befund import Ablehnung, Befund, has_sperre, sperre
from mahnakte.grund.worker import WorkerPool
from mahnakte.konto.modell import Konto
from mahnakte.uhren.fristeintrag import Fristeintrag
from mahnakte.werk.ergebnis import NichtBegonnen
from mahnakte.werk.fristenstand import compute_fristenstand
from mahnakte.werk.kontostand import compute_kontostand
from mahnakte.werk.laden import GeladenerFall, Lage, find_fallordner, load_fall
from mahnakte.werk.panne import report_panne
from mahnakte.werk.schreiben import Druckerei
from mahnakte.werk.vorschau import Planzeile, Vorschau


def oeffne(
    pfad: str | os.PathLike[str],
    *,
    stichtag: Tag | None = None,
    einstellungen: str | os.PathLike[str] | None = None,
    werkstatt: WorkerPool | None = None,
) -> "Fallzugang":
    """Open one case folder for questions; nothing is written. Raises NichtBegonnen where there is no case folder.

    `stichtag` is the day of every question that names none. `einstellungen` is another mahnakte.yaml than the one
    beside the folder. `werkstatt` are child processes shared with other cases; without it the case has its own,
    started when an invoice or a letter needs them and ended by `close` or at the end of `with`.
    """
    ordner = find_fallordner(pathlib.Path(pfad))
    tag = None if stichtag is None else read_tag(stichtag)
    return Fallzugang(ordner, tag, None if einstellungen is None else pathlib.Path(einstellungen), werkstatt)


class Fallzugang:
    """A case folder and the days it is asked about; read anew for each day, once. Not for several threads."""

    def __init__(
        self,
        pfad: pathlib.Path,
        stichtag: dt.date | None,
        einstellungen: pathlib.Path | None,
        werkstatt: WorkerPool | None,
    ) -> None:
        self.pfad = pfad
        self._stichtag = stichtag
        self._einstellungen = einstellungen
        self._fremd = werkstatt is not None
        self._werkstatt = werkstatt or WorkerPool(os.cpu_count() or 1)
        self._lagen: dict[dt.date, Lage] = {}
        self._geladen: dict[dt.date, GeladenerFall] = {}

    def konto(self, stichtag: Tag | None = None, *, schuldner: str | None = None) -> Konto:
        """Return the claim account, whole or against one of several debtors (his `kennung`), as `mahnakte konto`.

        Its `befunde` are all findings about case and account. Raises Ablehnung with every reason where there is none,
        NichtBegonnen for unreadable settings or an unknown debtor.
        """
        lage = self._lage_of(stichtag)
        with _without_panne(self.pfad):
            stand = compute_kontostand(self._load(lage), lage.stichtag, schuldner)
        if stand.konto is None:
            raise _refusal(stand.befunde)
        return dataclasses.replace(stand.konto, befunde=stand.befunde)

    def plan(self, stichtag: Tag | None = None) -> Planzeile:
        """Return what is due and what is not, with reasons, as `mahnakte plan` for this case: due letters are tried.

        A case that is refused has no steps, and its reasons say why. Raises NichtBegonnen for unreadable settings.
        """
        lage = self._lage_of(stichtag)
        with _without_panne(self.pfad):
            umschau = lage.look_around([self.pfad])
            return Vorschau(lage, Druckerei(lage), umschau).show(self.pfad)

    def fristen(self, stichtag: Tag | None = None) -> tuple[Fristeintrag, ...]:
        """Return every date to watch, open ones first, the soonest at the top, as `mahnakte fristen`.

        Raises Ablehnung where they cannot be counted, NichtBegonnen for unreadable settings.
        """
        lage = self._lage_of(stichtag)
        with _without_panne(self.pfad):
            stand = compute_fristenstand(self._load(lage))
        if not stand.berechnet:
            raise _refusal(stand.befunde)
        return stand.eintraege

    def befunde(self, stichtag: Tag | None = None) -> tuple[Befund, ...]:
        """Return everything missing, contradictory, unlawful or damaged, as `mahnakte pruefen` for this case."""
        lage = self._lage_of(stichtag)
        with _without_panne(self.pfad):
            return check_faelle([self.pfad], lage).befunde

    def close(self) -> None:
        """End the child processes of this case; a pool that was handed in stays open."""
        if not self._fremd:
            self._werkstatt.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def _lage_of(self, stichtag: Tag | None) -> Lage:
        tag = self._stichtag if stichtag is None else read_tag(stichtag)
        if tag is None:
            text = "Es ist kein Stichtag angegeben."
            raise Ablehnung(sperre("STICHTAG_FEHLT", text, "oeffne(pfad, stichtag=…) oder konto(stichtag)."))
        if tag not in self._lagen:
            self._lagen[tag] = Lage(tag, self._werkstatt, self._einstellungen)
        return self._lagen[tag]

    def _load(self, lage: Lage) -> GeladenerFall:
        if lage.stichtag not in self._geladen:
            self._geladen[lage.stichtag] = load_fall(read_fallordner(self.pfad), lage)
        return self._geladen[lage.stichtag]


def _refusal(befunde: tuple[Befund, ...]) -> Ablehnung:
    """Return the refusal that carries everything that stops the case."""
    return Ablehnung(*(befund for befund in befunde if has_sperre([befund])))


@contextlib.contextmanager
def _without_panne(pfad: pathlib.Path) -> Iterator[None]:
    """Turn a fault of ours into a refusal in German; its cause stays attached."""
    try:
        yield
    except (Ablehnung, NichtBegonnen):
        raise
    except Exception as fehler:
        raise Ablehnung(report_panne(fehler, pfad)) from fehler
