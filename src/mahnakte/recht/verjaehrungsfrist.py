"""Which limitation period runs, from when, how long (§§ 195 to 201, 548 BGB, § 439 HGB)."""

import dataclasses
import datetime as dt
import enum

from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.recht.kalender import add_frist
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.werte import Rechtswert

_EIN_TAG = dt.timedelta(days=1)


class Frist(enum.StrEnum):
    """The periods the program knows; the catalogue of main claims says which one fits (`katalog.py`)."""

    REGEL = "regel"
    TITEL = "titel"
    TITELZINSEN = "titelzinsen"
    FRACHT = "fracht"
    MIETSCHADEN = "mietschaden"
    GRUNDSTUECK = "grundstueck"


_AB_JAHRESSCHLUSS = (Frist.REGEL, Frist.TITELZINSEN)
_AB_UEBERGABE = {
    Frist.FRACHT: "der Tag der Ablieferung (§ 439 Abs. 2 HGB)",
    Frist.MIETSCHADEN: "der Tag, an dem die Mietsache zurückgegeben wurde (§ 548 Abs. 1 Satz 2 BGB)",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Fristlauf:
    """A period without suspensions: first day on which it runs, last day, duration for a restart, reason."""

    beginn: dt.date
    ende: dt.date
    dauer: str
    text: str
    wert: Rechtswert


def start_frist(
    recht: Rechtsstand,
    frist: Frist,
    entstanden_am: dt.date,
    kenntnis_am: dt.date | None = None,
    beginn_am: dt.date | None = None,
) -> Fristlauf:
    """Lay down the period of one kind; `beginn_am` is asked for where the statute ties the start to a hand-over.

    The claim arises when it falls due, a title's claim when the title is final, made or established (§ 201).
    """
    wert = recht.wert_am(f"verjaehrung_{frist.value}", entstanden_am)
    ereignis, woher = entstanden_am, "der Entstehung"
    if frist in _AB_JAHRESSCHLUSS:
        ereignis = dt.date(max(entstanden_am, kenntnis_am or entstanden_am).year, 12, 31)
        woher = "dem Schluss des Jahres"
    elif frist in _AB_UEBERGABE:
        if beginn_am is None:
            raise Ablehnung(
                sperre("VERJAEHRUNG_BEGINN_FEHLT",
                       f"Für die Verjährung nach {wert.fundstelle} fehlt {_AB_UEBERGABE[frist]}.",
                       "Diesen Tag angeben; ohne ihn lässt sich die kurze Frist nicht berechnen.")
            )  # fmt: skip
        ereignis, woher = beginn_am, "der Übergabe"
    return _lauf(wert, ereignis, woher)


def start_hoechstfrist(recht: Rechtsstand, entstanden_am: dt.date) -> Fristlauf:
    """Lay down the longest period, to the day, whatever the creditor knew (§ 199 (4))."""
    return _lauf(recht.wert_am("verjaehrung_hoechst", entstanden_am), entstanden_am, "der Entstehung")


def dauer_of(wert: Rechtswert) -> str:
    """Return a value in days, weeks, months or years as duration (`3j`) for `kalender.add_frist`."""
    return f"{wert.wert:f}{wert.einheit[0].lower()}"


def _lauf(wert: Rechtswert, ereignis: dt.date, woher: str) -> Fristlauf:
    dauer = dauer_of(wert)
    ende = add_frist(ereignis, dauer)
    text = (
        f"{wert.worte} ab {woher} ({format_datum(ereignis)}): bis {format_datum(ende)} ({wert.fundstelle})."
    )
    return Fristlauf(ereignis + _EIN_TAG, ende, dauer, text, wert)
