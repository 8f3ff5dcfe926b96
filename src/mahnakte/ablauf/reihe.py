"""The series of letters: which invoices go through it together, how far it has come, when the next stage is due."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator

from mahnakte.ablauf.anmahnung import patience
from mahnakte.ablauf.ausklammern import only_rechnungen, open_kosten
from mahnakte.ablauf.halt import Grund
from mahnakte.arten import grundart
from mahnakte.fall.einstellungen import Mahnstufe
from mahnakte.fall.fall import Fall
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import Konto, compute_konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import (
    Schreiben,
    belongs_to_creditor,
    list_schreiben,
)
from mahnakte.stand.zahltag import move_zahltag, zahltag_of

_TAG = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True, slots=True)
class Reihe:
    """The invoices that go through the series together: their part of the case, its account, the letters so far."""

    sachstand: Sachstand
    konto: Konto
    schreiben: tuple[Schreiben, ...]

    @property
    def fall(self) -> Fall:
        """Return the part of the case, whatever the day."""
        return self.sachstand.fall

    @property
    def offene(self) -> frozenset[str]:
        """Return the numbers of the invoices that are still open."""
        return frozenset(zeile.rechnung for zeile in self.konto.forderungen if zeile.offen > 0)


def stages_apart(sachstand: Sachstand, konto: Konto) -> Iterator[Reihe]:
    """Yield the series of the case: one for all, or with `stufe_je: rechnung` one for each stage reached.

    Costs stand in the letter of the highest stage alone.
    """
    fall = sachstand.fall
    schreiben = tuple(
        brief for brief in list_schreiben(sachstand) if not belongs_to_creditor(fall, brief.stufe)
    )
    alle = Reihe(sachstand, konto, schreiben)
    if fall.einstellungen.schwellen.stufe_je == "brief":
        yield alle
        return
    stufen: dict[int, list[str]] = {}
    for nummer in sorted(alle.offene):
        eigene = tuple(brief for brief in schreiben if nummer in brief.rechnungen)
        _, erreicht = last_letter(fall.einstellungen.mahnplan, eigene)
        stufen.setdefault(erreicht, []).append(nummer)
    for rang, erreicht in enumerate(sorted(stufen, reverse=True)):
        kosten = open_kosten(fall, konto) if rang == 0 else ()
        teil = sachstand.mit(only_rechnungen(fall, konto, stufen[erreicht], kosten))
        yield Reihe(teil, compute_konto(teil), schreiben)


def finished_series(sachstand: Sachstand, rechnungen: Iterable[str]) -> frozenset[str]:
    """Return those of the invoices for which the last letter of the plan has been written."""
    mahnplan = sachstand.fall.einstellungen.mahnplan
    schreiben = list_schreiben(sachstand)
    return frozenset(
        nummer
        for nummer in rechnungen
        if last_letter(mahnplan, tuple(b for b in schreiben if nummer in b.rechnungen))[1] + 1
        == len(mahnplan)
    )


def find_unknown_stage(mahnplan: tuple[Mahnstufe, ...], schreiben: tuple[Schreiben, ...]) -> Grund | None:
    """A letter of another system whose stage the plan does not know: the next one could be too soft or too hard."""
    arten = [stufe.art for stufe in mahnplan]
    for brief in schreiben:
        if brief.vorgang_nr is None and brief.stufe not in arten:
            return Grund(
                grundart.STUFE_UNBEKANNT.code,
                f"Das Schreiben vom {format_datum(brief.am)} trägt die Stufe „{brief.stufe}“, die der Mahnplan nicht "
                f"kennt; bitte eine von {', '.join(arten)} eintragen.",
            )
    return None


def last_letter(
    mahnplan: tuple[Mahnstufe, ...], schreiben: tuple[Schreiben, ...]
) -> tuple[Schreiben | None, int]:
    """Return the last letter of the highest stage reached and the index of that stage (-1: none)."""
    arten = [stufe.art for stufe in mahnplan]
    gezaehlte = [(arten.index(brief.stufe), brief.am, brief) for brief in schreiben if brief.stufe in arten]
    if not gezaehlte:
        return None, -1
    stufe, _, letztes = max(gezaehlte, key=lambda eintrag: eintrag[:2])
    return letztes, stufe


def deadline_of(fall: Fall, schreiben: Schreiben) -> dt.date:
    """Return the last day a letter gives; for another system's letter that names none, that of the plan."""
    if schreiben.frist_bis:
        return move_zahltag(fall, schreiben.frist_bis)
    stufe = next(stufe for stufe in fall.einstellungen.mahnplan if stufe.art == schreiben.stufe)
    return move_zahltag(fall, schreiben.am + stufe.frist_tage * _TAG)


def due_from(reihe: Reihe, stufe: Mahnstufe, letztes: Schreiben | None) -> dt.date | None:
    """Return the day from which a stage is due; None where no open invoice has a known due date."""
    tage = (stufe.tage + patience(reihe.fall)) * _TAG
    if letztes is not None and stufe.nach == "frist":
        return deadline_of(reihe.fall, letztes) + tage
    erste = first_due(reihe)
    return None if erste is None else erste + tage


def first_due(reihe: Reihe) -> dt.date | None:
    """Return the first day of payment that has passed among the open invoices, or None."""
    tage = (zahltag_of(reihe.sachstand, f) for f in reihe.fall.forderungen if f.nummer in reihe.offene)
    return min((tag for tag in tage if tag), default=None)
