"""Interest of each further day, and up to which day that figure holds."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

from mahnakte.grund.befund import Ablehnung, Befund, hinweis
from mahnakte.grund.betrag import NULL, round_cent
from mahnakte.konto.modell import Zinsausblick
from mahnakte.konto.posten import EIN_TAG, Posten
from mahnakte.recht.zinsen import Tageszaehlung
from mahnakte.recht.zinssatz import rate_on

_EIN_JAHR = dt.timedelta(days=366)
_TAGE_IM_JAHR = {Tageszaehlung.ACT_365: 365, Tageszaehlung.DREISSIG_360: 360}


@dataclasses.dataclass(frozen=True, slots=True)
class JeTag:
    """Interest per further day in euro; None where the rate of the next day is not published yet."""

    betrag: Decimal | None
    bis: dt.date | None
    befunde: tuple[Befund, ...] = ()


def look_ahead(posten: Iterable[Posten], stichtag: dt.date) -> Zinsausblick | None:
    """Return what comes on top after the Stichtag, or None where nothing does within a year or nobody knows."""
    alle = list(posten)
    tag = stichtag
    while tag - stichtag < _EIN_JAHR:
        je_tag = interest_per_day(alle, tag)
        if je_tag.betrag:
            return Zinsausblick(tag + EIN_TAG, je_tag.betrag, je_tag.bis)
        if je_tag.betrag is None or je_tag.bis is None:
            return None
        tag = je_tag.bis
    return None


def interest_per_day(posten: Iterable[Posten], stichtag: dt.date) -> JeTag:
    """Return the interest of the day after the Stichtag on all open base amounts, rounded once."""
    offene = [einer for einer in posten if einer.offen and einer.lauf]
    morgen = stichtag + EIN_TAG
    try:
        betrag = _exact(offene, morgen)
    except Ablehnung as ablehnung:
        text = f"Zinsen je weiterem Tag sind nicht bekannt. {ablehnung.befund.text}"
        return JeTag(None, None, (hinweis("ZINSEN_JE_TAG_UNBEKANNT", text, ablehnung.befund.abhilfe),))
    return JeTag(betrag, min(_changes(offene, morgen), default=None))


def _exact(offene: Iterable[Posten], tag: dt.date) -> Decimal:
    """Return Σ base × rate / (100 × divisor): all debts of an account count days the same way."""
    jahreszinsen, teiler = NULL, 1
    for posten in offene:
        if posten.lauf and posten.lauf.runs_on(tag):
            jahreszinsen += posten.offen * rate_on(posten.recht, posten.lauf.zinssatz, tag)
            teiler = _divisor(posten.zaehlung, tag)
    return round_cent(jahreszinsen / (100 * teiler))


def _divisor(zaehlung: Tageszaehlung, tag: dt.date) -> int:
    return _TAGE_IM_JAHR.get(zaehlung) or dt.date(tag.year, 12, 31).timetuple().tm_yday


def _changes(offene: Iterable[Posten], tag: dt.date) -> Iterator[dt.date]:
    """Yield the last days before something changes: the rate, the divisor, interest that starts or ends."""
    for posten in offene:
        lauf = posten.lauf
        if lauf is None or lauf.ende < tag:
            continue
        if lauf.ende < dt.date.max:
            yield lauf.ende
        yield from (grenze - EIN_TAG for grenze in (lauf.ab,) if grenze > tag)
        for pause in lauf.pausen:
            yield from (
                grenze for grenze in (pause.erster - EIN_TAG, pause.letzter) if grenze and grenze >= tag
            )
        if not lauf.runs_on(tag):
            continue
        if lauf.zinssatz.ueber_basiszins:
            yield posten.recht.basiszins_am(tag).bis
        if posten.zaehlung is Tageszaehlung.ACT_ACT:
            yield dt.date(tag.year, 12, 31)
