"""When a claim arose: when it fell due (§ 199 (1) no. 1 BGB). An invoice alone makes nothing arise."""

import dataclasses
import datetime as dt

from mahnakte.fall.fall import Fall, Forderung
from mahnakte.grund.datum import format_datum


@dataclasses.dataclass(frozen=True, slots=True)
class Entstehung:
    """The earliest day on which the claim can have fallen due, why, and which facts nobody stated."""

    am: dt.date
    grund: str
    fehlt: tuple[str, ...] = ()


def find_entstehung(fall: Fall, forderung: Forderung) -> Entstehung:
    """Return the day on which a claim arose; the later day of an invoice counts only where it was agreed."""
    if forderung.faelligkeit in ("vereinbart", "ereignis") and forderung.faellig_am:
        am = forderung.faellig_am
        return Entstehung(am, f"Entstanden mit der vereinbarten Fälligkeit am {format_datum(am)}")
    if (
        forderung.leistung_am
        and forderung.leistung_bis
        and forderung.leistung_am.year != forderung.leistung_bis.year
    ):
        return _across_years(forderung.leistung_am, forderung.leistung_bis)
    if leistung := forderung.leistung_bis or forderung.leistung_am:
        return Entstehung(leistung, f"Entstanden mit der Leistung am {format_datum(leistung)} (§ 271 BGB)")
    return _without_leistung(fall, forderung)


def _across_years(ab: dt.date, bis: dt.date) -> Entstehung:
    """Service is paid when rendered (§ 614 BGB), rent and dues often in advance: the earlier reading counts."""
    return Entstehung(
        ab,
        f"Leistung vom {format_datum(ab)} bis {format_datum(bis)}, gerechnet ab ihrem Beginn",
        ("wann im Leistungszeitraum die Forderung fällig wurde (bei Vereinbarung „faelligkeit: vereinbart“ mit "
         "„faellig_am“)",),
    )  # fmt: skip


def _without_leistung(fall: Fall, forderung: Forderung) -> Entstehung:
    """Nothing falls due before the contract; without its day the invoice is the earliest that anybody stated."""
    tage = {forderung.datum: "dem Rechnungsdatum"}
    if forderung.faellig_am:
        tage[forderung.faellig_am] = "dem Fälligkeitstag"
    if fall.anspruch.vertragsdatum:
        tage[fall.anspruch.vertragsdatum] = "dem Vertragsdatum"
    am = min(tage)
    return Entstehung(
        am,
        f"Gerechnet ab {tage[am]} {format_datum(am)}, weil der Tag der Leistung fehlt",
        (
            "„leistung_am“ (Lieferung, Leistung, Abnahme): die Rechnung allein lässt keine Forderung entstehen",
        ),
    )
