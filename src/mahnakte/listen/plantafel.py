"""The plan as a workbook: what is to do, with sum, day and who must act; on a second sheet what rests, and why."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from mahnakte.grund.datum import format_datum
from mahnakte.satz.xlsx import Blatt, Spalte, Zelle, write_xlsx


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Planposten:
    """One line: a step that is due or prevented, or the reason why a case gets nothing.

    `wer` must act, `zu_tun`: somebody of this house must. `offen` is None where a case has no account.
    """

    aktenzeichen: str
    schuldner: str
    offen: Decimal | None
    was: str
    grund: str
    wer: str
    zu_tun: bool
    frist: dt.date | None = None
    letztes: tuple[str, dt.date] | None = None


_SPALTEN = (
    Spalte("Aktenzeichen"), Spalte("Schuldner", umbruch=True), Spalte("offen", euro=True), Spalte("was"),
    Spalte("Frist bis"), Spalte("wer handelt"), Spalte("Grund", umbruch=True),
    Spalte("letztes Schreiben"), Spalte("vom"),
)  # fmt: skip


def write_planmappe(posten: Sequence[Planposten], stichtag: dt.date, verfasser: str) -> bytes:
    """Return the workbook; same plan, same bytes."""
    titel = f"Plan zum Stichtag {format_datum(stichtag)}"
    return write_xlsx(_list_sheets(posten, titel), titel, verfasser, stichtag)


def _list_sheets(posten: Sequence[Planposten], titel: str) -> tuple[Blatt, Blatt]:
    zu_tun = tuple(_row(einer) for einer in posten if einer.zu_tun)
    ruht = tuple(_row(einer) for einer in posten if not einer.zu_tun)
    return (
        Blatt("Zu tun", (titel, f"{len(zu_tun)} zu tun"), _SPALTEN, zu_tun),
        Blatt("Ruht", (titel, f"{len(ruht)} ohne Handlung"), _SPALTEN, ruht),
    )


def _row(posten: Planposten) -> tuple[Zelle, ...]:
    art, am = posten.letztes or (None, None)
    return (
        posten.aktenzeichen, posten.schuldner, posten.offen, posten.was, posten.frist, posten.wer, posten.grund,
        art, am,
    )  # fmt: skip


_BRIEFE = (
    Spalte("Aktenzeichen"), Spalte("Schuldner", umbruch=True), Spalte("offen", euro=True), Spalte("Brief"),
    Spalte("Vorgang"), Spalte("Dateien", umbruch=True),
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Briefposten:
    """One letter that a run has written; `offen` is what was owed in all on that day."""

    aktenzeichen: str
    schuldner: str
    offen: Decimal | None
    art: str
    nr: int
    dateien: Sequence[str]


def write_laufmappe(
    briefe: Sequence[Briefposten], uebrige: Sequence[Planposten], stichtag: dt.date, verfasser: str
) -> bytes:
    """Return the workbook of a run: what was written, what needs somebody, what rests."""
    titel = f"Lauf zum Stichtag {format_datum(stichtag)}"
    geschrieben = tuple(
        (b.aktenzeichen, b.schuldner, b.offen, b.art, b.nr, "; ".join(b.dateien)) for b in briefe
    )
    blaetter = (
        Blatt("Geschrieben", (titel, f"{len(geschrieben)} Briefe"), _BRIEFE, geschrieben),
        *_list_sheets(uebrige, titel),
    )
    return write_xlsx(blaetter, titel, verfasser, stichtag)
