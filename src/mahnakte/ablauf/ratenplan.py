"""Instalment plans: from a debt and an affordable rate to dated instalments; and whether a plan is kept.

Towards a consumer a plan costs nothing beyond the contract: no interest from the plan, no fee (EuGH C-127/15); what
would be a deferral against payment (§ 506 BGB) is refused by name. Towards others interest runs on by the account,
settled after the last instalment or counted in. An instalment on a weekend or holiday is due on the next working
day (§ 193 BGB). Paying on day P, interest ends at P−1, as everywhere in the account.
"""

import dataclasses
import datetime as dt
import decimal
import enum
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mahnakte.ablauf.halt import offene_einwaende
from mahnakte.arten.ereignis import RATENPLAN, RATENPLAN_GEKUENDIGT, worte
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis, Zahlung
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre, warnung
from mahnakte.grund.betrag import CENT, NULL, format_betrag, format_euro, json_betrag
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import compute_konto
from mahnakte.konto.zinsabrede import has_consumer, only_contractual
from mahnakte.recht.kalender import add_months, move_to_common_workday
from mahnakte.recht.ungeprueft import read_ungeprueft
from mahnakte.recht.werte import NACH_TABELLE
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.schicksal import laufende_schicksale
from mahnakte.stand.verlauf import ereignisse_bis

MAX_RATEN = 120  # ten years of months: beyond that a plan is none
_TAG = dt.timedelta(days=1)
_VERTRETEN = worte(lambda art: art.schicksal and art.schicksal.vertreten)
_ORT = Stelle("fall.yaml")


class Zinsweg(enum.StrEnum):
    """What becomes of interest from the plan on."""

    KEINE = "keine"
    DANACH = "danach"
    EINGERECHNET = "eingerechnet"


@dataclasses.dataclass(frozen=True, slots=True)
class Planrate:
    """One instalment: `am` is the working day on which it is due, `kalendertag` the day before moving it."""

    nr: int
    am: dt.date
    kalendertag: dt.date
    betrag: Decimal

    def as_json(self) -> dict[str, Any]:
        """Return one entry of `raten`."""
        return {
            "nr": self.nr,
            "am": self.am.isoformat(),
            "kalendertag": self.kalendertag.isoformat(),
            "betrag": json_betrag(self.betrag),
        }


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ratenplan:
    """A plan. `schuld` is the debt of the Stichtag; the instalments add up to `schuld` + `zinsen_im_plan`.

    `rest_danach` is what the account will still show after the last instalment if all come on their days; None where
    the table of rates ends before.
    """

    stichtag: dt.date
    schuld: Decimal
    zinsweg: Zinsweg
    raten: tuple[Planrate, ...]
    rest_danach: Decimal | None
    befunde: tuple[Befund, ...] = ()

    @property
    def summe(self) -> Decimal:
        """The sum of all instalments."""
        return sum((rate.betrag for rate in self.raten), NULL)

    @property
    def zinsen_im_plan(self) -> Decimal:
        """Interest from the Stichtag on that is counted into the instalments."""
        return self.summe - self.schuld

    def as_json(self) -> dict[str, Any]:
        """Return the JSON document without `befunde`."""
        return {
            "stichtag": self.stichtag.isoformat(),
            "schuld": json_betrag(self.schuld),
            "zinsen": self.zinsweg.value,
            "zinsen_im_plan": json_betrag(self.zinsen_im_plan),
            "rest_danach": None if self.rest_danach is None else json_betrag(self.rest_danach),
            "summe": json_betrag(self.summe),
            "raten": [rate.as_json() for rate in self.raten],
        }


def compute_ratenplan(
    sachstand: Sachstand,
    ab: dt.date,
    *,
    rate: Decimal | None = None,
    anzahl: int | None = None,
    zinsweg: Zinsweg | None = None,
) -> Ratenplan:
    """Return the plan for the whole debt of the Stichtag, monthly from `ab`, by `rate` or by `anzahl`.

    Without `zinsweg`: none towards consumers, settled afterwards towards others. Raises Ablehnung where the law
    or the facts forbid the plan, or where interest would have to be counted beyond the table of rates.
    """
    if (rate is None) == (anzahl is None):
        raise _refuse("RATENPLAN_ANGABE", "Ein Ratenplan braucht entweder die Rate oder die Anzahl der Raten.",
                      "Genau eine der beiden Angaben machen.")  # fmt: skip
    jetzt = _as_of(sachstand)
    _check_facts(sachstand.mit(jetzt), ab)
    weg = _choose_zinsweg(sachstand.mit(jetzt), zinsweg)
    schuld = compute_konto(sachstand.mit(jetzt)).require_exact().gesamt
    if schuld <= NULL:
        raise _refuse("RATENPLAN_NICHTS_OFFEN", "Es ist nichts offen.", "Ein Ratenplan ist nicht nötig.")
    tage = _Zahltage(jetzt, ab)
    vereinbart = _with_plan(sachstand.mit(jetzt), weg)
    if weg is Zinsweg.EINGERECHNET:
        raten = _count_in(vereinbart, schuld, tage, rate, anzahl)
    else:
        raten = tage.pay(_divide(schuld, rate, anzahl))
    return Ratenplan(
        stichtag=sachstand.stichtag,
        schuld=schuld,
        zinsweg=weg,
        raten=raten,
        rest_danach=_rest_after(vereinbart, raten),
        befunde=tuple(_remarks(sachstand.mit(jetzt))),
    )


# --- may there be a plan, and on which terms ------------------------------------------------------------


def _check_facts(sachstand: Sachstand, ab: dt.date) -> None:
    for ereignis in laufende_schicksale(sachstand):
        if ereignis.art not in _VERTRETEN:
            continue
        raise _refuse(
            "RATENPLAN_NICHT_MOEGLICH",
            f"Seit {format_datum(ereignis.am)} gilt für diesen Fall „{ereignis.art}“; mit diesem Schuldner lässt "
            "sich so nichts vereinbaren.",
            "Erst klären, wer für ihn handelt.",
        )
    if ab <= sachstand.stichtag:
        raise _refuse(
            "RATENPLAN_BEGINN",
            f"Die erste Rate am {format_datum(ab)} läge nicht nach dem Stichtag {format_datum(sachstand.stichtag)}.",
            "Einen späteren Tag für die erste Rate angeben.",
        )


def _choose_zinsweg(sachstand: Sachstand, gewuenscht: Zinsweg | None) -> Zinsweg:
    """§ 506 BGB, EuGH C-127/15: a consumer pays in instalments without interest or costs beyond the contract."""
    verbraucher = has_consumer(sachstand.fall)
    if gewuenscht is None:
        return Zinsweg.KEINE if verbraucher else Zinsweg.DANACH
    if (
        verbraucher
        and gewuenscht is not Zinsweg.KEINE
        and not only_contractual(sachstand.fall, sachstand.stichtag)
    ):
        raise Ablehnung(read_ungeprueft()["entgeltliche_stundung"].befund)
    return gewuenscht


def _remarks(sachstand: Sachstand) -> Iterator[Befund]:
    for einwand in offene_einwaende(sachstand):
        yield warnung(
            "RATENPLAN_BESTRITTEN",
            f"Die Forderung ist seit {format_datum(einwand.am)} bestritten; der Plan umfasst auch diesen Teil.",
            "Den Einwand zuerst klären oder in der Vereinbarung regeln.",
            einwand.stelle,
        )
    plaene = ereignisse_bis(sachstand, RATENPLAN.wort, RATENPLAN_GEKUENDIGT.wort)
    if plaene and plaene[-1].art == RATENPLAN.wort:
        yield warnung(
            "RATENPLAN_LAEUFT",
            f"Es gibt schon einen Ratenplan vom {format_datum(plaene[-1].am)}; ein neuer tritt an seine Stelle.",
            "Den alten mit „ratenplan_gekuendigt“ beenden, wenn er nicht mehr gilt.",
            plaene[-1].stelle,
        )


# --- amounts ----------------------------------------------------------------------------------------------


def _divide(schuld: Decimal, rate: Decimal | None, anzahl: int | None) -> list[Decimal]:
    """Divide a debt into equal instalments and a last one that is not larger."""
    if anzahl is not None:
        if not 1 <= anzahl <= MAX_RATEN:
            raise _too_long()
        rate = (schuld / anzahl).quantize(CENT, rounding=decimal.ROUND_CEILING)
    if rate is None or rate <= NULL:
        raise _no_rate()
    volle, letzte = divmod(schuld, rate)
    if volle + bool(letzte) > MAX_RATEN:
        raise _too_long()
    betraege = [rate] * int(volle) + ([letzte] if letzte else [])
    if anzahl is not None and len(betraege) != anzahl:
        raise _too_many(
            f"{format_euro(schuld)} lassen sich nicht in {anzahl} Raten teilen; nach {len(betraege)} Raten zu "
            f"{format_euro(rate)} ist alles gezahlt."
        )
    return betraege


class _Zahltage:
    """The days of a plan: month by month from the first, each moved to a working day."""

    def __init__(self, fall: Fall, ab: dt.date) -> None:
        self._laender = fall.leistungslaender
        self._ab = ab

    def day(self, nummer: int) -> tuple[dt.date, dt.date]:
        """Return the working day and the calendar day of an instalment, counted from 0."""
        kalendertag = add_months(self._ab, nummer)
        return move_to_common_workday(kalendertag, self._laender), kalendertag

    def pay(self, betraege: list[Decimal]) -> tuple[Planrate, ...]:
        """Return the instalments of these amounts."""
        return tuple(Planrate(nr + 1, *self.day(nr), betrag) for nr, betrag in enumerate(betraege))


def _count_in(
    fall: Fall, schuld: Decimal, tage: _Zahltage, rate: Decimal | None, anzahl: int | None
) -> tuple[Planrate, ...]:
    try:
        return _with_interest(fall, schuld, tage, rate, anzahl)
    except Ablehnung as ablehnung:
        if not _beyond_table(ablehnung):
            raise
        abhilfe = "Den Plan kürzen oder die Zinsen nach der letzten Rate abrechnen (--zinsen danach)."
        raise Ablehnung(dataclasses.replace(ablehnung.befund, abhilfe=abhilfe)) from None


def _with_interest(
    fall: Fall, schuld: Decimal, tage: _Zahltage, rate: Decimal | None, anzahl: int | None
) -> tuple[Planrate, ...]:
    if rate is not None:
        return _pay_off(fall, tage, rate, MAX_RATEN)
    if anzahl is None or not 1 <= anzahl <= MAX_RATEN:
        raise _too_long()
    return _find_rate(fall, schuld, tage, anzahl)


def _pay_off(fall: Fall, tage: _Zahltage, rate: Decimal, hoechstens: int) -> tuple[Planrate, ...]:
    """Pay `rate` on each day until the account of the day before is smaller; that balance is the last instalment."""
    if rate <= NULL:
        raise _no_rate()
    raten: list[Planrate] = []
    for nummer in range(hoechstens):
        am, kalendertag = tage.day(nummer)
        stand = compute_konto(Sachstand(_with_payments(fall, raten), am - _TAG)).require_exact().gesamt
        raten.append(Planrate(nummer + 1, am, kalendertag, min(rate, stand)))
        if stand <= rate:
            return tuple(raten)
    raise _too_long()


def _find_rate(fall: Fall, schuld: Decimal, tage: _Zahltage, anzahl: int) -> tuple[Planrate, ...]:
    """Return the plan with the smallest rate in cents that pays all off in so many instalments."""
    am, _ = tage.day(anzahl - 1)
    hoch = _cents(
        compute_konto(Sachstand(fall, am - _TAG)).require_exact().gesamt, anzahl
    )  # enough: all interest as if nothing were paid
    tief = _cents(schuld, anzahl)
    while tief < hoch:
        mitte = (tief + hoch) // 2
        try:
            _pay_off(fall, tage, mitte * CENT, anzahl)
        except Ablehnung as ablehnung:
            if ablehnung.befund.code != "RATENPLAN_ZU_LANG":
                raise
            tief = mitte + 1
        else:
            hoch = mitte
    plan = _pay_off(fall, tage, tief * CENT, anzahl)
    if len(plan) != anzahl:
        raise _too_many(f"{format_euro(schuld)} sind nach {len(plan)} Raten schon gezahlt.")
    return plan


def _cents(betrag: Decimal, teile: int) -> int:
    """Return a part in cents, rounded up."""
    return int((betrag / teile).quantize(CENT, rounding=decimal.ROUND_CEILING) / CENT)


# --- the account under the plan ---------------------------------------------------------------------------


def _as_of(sachstand: Sachstand) -> Fall:
    """Return the case as known on the Stichtag, so that the account of later days shows nothing but the plan."""
    return dataclasses.replace(
        sachstand.fall,
        zahlungen=tuple(
            _not_returned(z, sachstand.stichtag)
            for z in sachstand.fall.zahlungen
            if z.am <= sachstand.stichtag
        ),
        gutschriften=tuple(g for g in sachstand.fall.gutschriften if g.am <= sachstand.stichtag),
        kosten=tuple(k for k in sachstand.fall.kosten if k.am <= sachstand.stichtag),
        verzicht=tuple(v for v in sachstand.fall.verzicht if v.am <= sachstand.stichtag),
        ereignisse=tuple(e for e in sachstand.fall.ereignisse if e.am <= sachstand.stichtag),
    )


def _not_returned(zahlung: Zahlung, stichtag: dt.date) -> Zahlung:
    if zahlung.zurueck_am is not None and zahlung.zurueck_am > stichtag:
        return dataclasses.replace(zahlung, zurueck_am=None)
    return zahlung


def _with_payments(fall: Fall, raten: list[Planrate] | tuple[Planrate, ...]) -> Fall:
    zahlungen = (Zahlung(am=rate.am, betrag=rate.betrag, stelle=_ORT) for rate in raten)
    return dataclasses.replace(fall, zahlungen=(*fall.zahlungen, *zahlungen))


def _with_plan(sachstand: Sachstand, weg: Zinsweg) -> Fall:
    """Return the case as if the plan had been agreed: it ends what an earlier plan says about interest."""
    plan = Ereignis(am=sachstand.stichtag, art=RATENPLAN.wort, zinsen=weg.value, stelle=_ORT)
    return dataclasses.replace(sachstand.fall, ereignisse=(*sachstand.fall.ereignisse, plan))


def balance_after(fall: Fall, plan: Ereignis) -> Decimal:
    """Return what the account of an agreed plan shows when each instalment has come on its day.

    Facts after the day of the agreement are left out. Raises Ablehnung beyond the table of rates.
    """
    zahlungen = tuple(Zahlung(am=rate.am, betrag=rate.betrag, stelle=_ORT) for rate in plan.raten)
    damals = _as_of(Sachstand(fall, plan.am))
    gezahlt = dataclasses.replace(damals, zahlungen=(*damals.zahlungen, *zahlungen))
    return compute_konto(Sachstand(gezahlt, max(rate.am for rate in plan.raten))).require_exact().gesamt


def balance_before(fall: Fall, stundung: Ereignis, tag: dt.date) -> Decimal:
    """Return what is to be paid on a later day by what was known on the day of a deferral; refuses as above."""
    return compute_konto(Sachstand(_as_of(Sachstand(fall, stundung.am)), tag - _TAG)).require_exact().gesamt


def _rest_after(fall: Fall, raten: tuple[Planrate, ...]) -> Decimal | None:
    try:
        return compute_konto(Sachstand(_with_payments(fall, raten), raten[-1].am)).require_exact().gesamt
    except Ablehnung as ablehnung:
        if not _beyond_table(ablehnung):
            raise
        return None  # nothing is extrapolated


def _beyond_table(ablehnung: Ablehnung) -> bool:
    return ablehnung.befund.code in (NACH_TABELLE, "RECHT_NICHT_GEPRUEFT")


def as_ereignis(plan: Ratenplan) -> dict[str, Any]:
    """Return the event `ratenplan` in the notation of fall.yaml, to be pasted by a person."""
    raten = [{"am": rate.am.isoformat(), "betrag": format_betrag(rate.betrag)} for rate in plan.raten]
    folge = {"bei_verzug": "ab_kuendigung"} if plan.zinsweg is Zinsweg.KEINE else {}
    return {
        "am": plan.stichtag.isoformat(),
        "art": "ratenplan",
        "zinsen": plan.zinsweg.value,
        **folge,
        "zinsen_bisher": "bleibt",
        "raten": raten,
    }


def _no_rate() -> Ablehnung:
    return _refuse("RATENPLAN_RATE", "Die Rate muss größer als null sein.", "Eine Rate in Euro angeben.")


def _too_many(text: str) -> Ablehnung:
    return _refuse("RATENPLAN_ZU_VIELE", text, "Weniger Raten angeben.")


def _too_long() -> Ablehnung:
    return _refuse("RATENPLAN_ZU_LANG", f"So bräuchte der Plan mehr als {MAX_RATEN} Raten oder würde nie fertig.",
                   "Eine höhere Rate oder weniger Raten angeben.")  # fmt: skip


def _refuse(code: str, text: str, abhilfe: str) -> Ablehnung:
    return Ablehnung(sperre(code, text, abhilfe))
