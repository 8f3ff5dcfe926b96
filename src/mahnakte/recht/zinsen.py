"""Interest lines: one base amount, one rate, one divisor, rounded half up to the cent.

No statute fixes the count of days; each method has a name. Interest over the Basiszinssatz is split at
every 1 January and 1 July (§ 247 (1) BGB), a fixed rate under act/act at 1 January: the divisor changes.
"""

import calendar
import dataclasses
import datetime as dt
import decimal
import enum
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from mahnakte.grund.befund import Ablehnung, Befund, sperre
from mahnakte.grund.betrag import NULL, format_betrag, format_zahl, round_cent
from mahnakte.grund.datum import format_datum
from mahnakte.recht.rechtsstand import Rechtsstand

_EIN_TAG = dt.timedelta(days=1)
# Wide enough that the quotient of a line never lies on the wrong side of half a cent.
_GENAU = decimal.Context(prec=40, rounding=decimal.ROUND_HALF_EVEN)


class Tageszaehlung(enum.Enum):
    """How days and years are counted."""

    ACT_ACT = "act/act"
    ACT_365 = "act/365"
    DREISSIG_360 = "30e/360"


@dataclasses.dataclass(frozen=True, slots=True)
class Zinssatz:
    """Percent per year, either as they stand or to be added to the Basiszinssatz of each half-year."""

    prozent: Decimal
    ueber_basiszins: bool

    @classmethod
    def ueber_basis(cls, punkte: Decimal) -> "Zinssatz":
        """Return a rate of so many percentage points over the Basiszinssatz (§ 288 BGB)."""
        return cls(punkte, ueber_basiszins=True)

    @classmethod
    def fest(cls, satz: Decimal) -> "Zinssatz":
        """Return a fixed rate in percent per year."""
        return cls(satz, ueber_basiszins=False)

    @property
    def punkte(self) -> Decimal | None:
        """The points over the Basiszinssatz; None for a fixed rate."""
        return self.prozent if self.ueber_basiszins else None

    @property
    def satz(self) -> Decimal | None:
        """The fixed rate; None for points over the Basiszinssatz."""
        return None if self.ueber_basiszins else self.prozent


@dataclasses.dataclass(frozen=True, slots=True)
class Zinszeile:
    """One line of the derivation: `betrag` × `satz` % × `tage` / `teiler` = `zinsen`, rounded to the cent.

    `von` and `bis` are both interest days; `satz` = `basiszins` + `punkte` where it rests on § 247.
    """

    betrag: Decimal
    von: dt.date
    bis: dt.date
    tage: int
    teiler: int
    satz: Decimal
    basiszins: Decimal | None
    punkte: Decimal | None
    zinsen: Decimal

    @property
    def ungerundet(self) -> Fraction:
        """The exact interest in euro, recomputed from the figures of the line."""
        return Fraction(self.betrag) * Fraction(self.satz) * self.tage / (100 * self.teiler)


def interest_lines(
    recht: Rechtsstand,
    betrag: Decimal,
    von: dt.date,
    bis: dt.date,
    zinssatz: Zinssatz,
    tageszaehlung: Tageszaehlung = Tageszaehlung.ACT_ACT,
) -> tuple[Zinszeile, ...]:
    """Return the interest lines of one amount; `von` and `bis` are both interest days.

    No amount or no days give no line. Raises Ablehnung for a negative amount or rate, for a period that ends
    before it begins, and where the Basiszinssatz is not known.
    """
    if betrag < NULL:
        raise Ablehnung(
            sperre("ZINS_BETRAG_NEGATIV", f"Auf {format_betrag(betrag)} Euro gibt es keine Zinsen.",
                   "Einen Betrag ab 0,00 angeben; eine Gutschrift mindert die Hauptforderung.")
        )  # fmt: skip
    if von > bis + _EIN_TAG:
        raise Ablehnung(
            sperre("ZINS_ZEITRAUM_VERKEHRT",
                   f"Der Zinszeitraum endet am {format_datum(bis)} und beginnt erst am {format_datum(von)}.",
                   "Den ersten und den letzten Zinstag prüfen.")
        )  # fmt: skip
    if not betrag:
        return ()
    return tuple(
        zeile
        for ab, ende in _split(von, bis, zinssatz, tageszaehlung)
        if (zeile := _line(recht, betrag, ab, ende, zinssatz, tageszaehlung)).tage
    )


def last_known_day(recht: Rechtsstand, zinssatz: Zinssatz) -> dt.date:
    """Return the last day for which the rate is known: without end for a fixed one."""
    return recht.find_reihe("basiszinssatz").gedeckt_bis if zinssatz.ueber_basiszins else dt.date.max


def sum_lines(zeilen: Iterable[Zinszeile]) -> Decimal:
    """Return the sum of the rounded lines: the total that is claimed."""
    return sum((zeile.zinsen for zeile in zeilen), NULL)


def sum_exact(zeilen: Iterable[Zinszeile]) -> Decimal:
    """Return the exact sum of the lines, rounded half up only once (`--rundung ende`)."""
    summe = sum((zeile.ungerundet for zeile in zeilen), Fraction(0))
    return round_cent(_GENAU.divide(Decimal(summe.numerator), Decimal(summe.denominator)))


def _split(
    von: dt.date, bis: dt.date, zinssatz: Zinssatz, tageszaehlung: Tageszaehlung
) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield the parts of a period in which rate and divisor stay the same."""
    halbjahre = zinssatz.ueber_basiszins
    if not halbjahre and tageszaehlung is not Tageszaehlung.ACT_ACT:
        yield von, bis
        return
    ab = von
    while ab <= bis:
        ende = dt.date(ab.year, 6, 30) if halbjahre and ab.month <= 6 else dt.date(ab.year, 12, 31)
        yield ab, min(ende, bis)
        ab = ende + _EIN_TAG


def _line(
    recht: Rechtsstand,
    betrag: Decimal,
    von: dt.date,
    bis: dt.date,
    zinssatz: Zinssatz,
    tageszaehlung: Tageszaehlung,
) -> Zinszeile:
    tage, teiler = _count(von, bis, tageszaehlung)
    satz, basiszins = zinssatz.prozent, None
    if zinssatz.ueber_basiszins:
        basiszins = recht.basiszins_am(von).wert
        satz = basiszins + satz
    if satz < NULL:
        raise Ablehnung(_negative_rate(satz, von))
    zaehler = _GENAU.multiply(_GENAU.multiply(betrag, tage), satz)
    zinsen = round_cent(_GENAU.divide(zaehler, 100 * teiler))
    return Zinszeile(betrag, von, bis, tage, teiler, satz, basiszins, zinssatz.punkte, zinsen)


def _negative_rate(satz: Decimal, von: dt.date) -> Befund:
    return sperre(
        "ZINSSATZ_NEGATIV",
        f"Ab {format_datum(von)} ergibt sich ein Zinssatz von {format_zahl(satz)} Prozent, also unter null.",
        "Ein Mensch muss entscheiden, was für diesen Zeitraum vereinbart ist.",
    )


def _count(von: dt.date, bis: dt.date, tageszaehlung: Tageszaehlung) -> tuple[int, int]:
    """Return days and divisor of a part; `von` and `bis` both count."""
    if tageszaehlung is Tageszaehlung.DREISSIG_360:
        return _bank_day(bis + _EIN_TAG) - _bank_day(von), 360
    tage = bis.toordinal() - von.toordinal() + 1
    if tageszaehlung is Tageszaehlung.ACT_365:
        return tage, 365
    return tage, 366 if calendar.isleap(von.year) else 365


def _bank_day(tag: dt.date) -> int:
    """Return the number of a day in the calendar of twelve months with thirty days each (30E/360)."""
    return tag.year * 360 + tag.month * 30 + min(tag.day, 30)
