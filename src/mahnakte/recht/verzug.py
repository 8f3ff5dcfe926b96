"""Start of default: every route of § 286 BGB and of § 291 BGB, each with its reason, also where it does not apply.

Default is decided per claim and per debtor. The earliest route that is effective wins. Days are counted by
§§ 187, 188 BGB; a due date or the end of a period on a weekend or holiday moves to the next working day
(§ 193 BGB, BGH III ZR 159/06), so that default begins on the day after.
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterator

from mahnakte.grund.befund import Ablehnung, Befund
from mahnakte.grund.datum import format_datum
from mahnakte.recht.kalender import move_to_workday
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.werte import Rechtswert

_EIN_TAG = dt.timedelta(days=1)


class Faelligkeitsart(enum.StrEnum):
    """How the due date came about."""

    VEREINBART = "vereinbart"  # calendar date by contract, § 286 (2) no. 1
    EREIGNIS = "ereignis"  # period from an event by contract, § 286 (2) no. 2
    GESETZLICH = "gesetzlich"  # due at once, § 271
    UNBESTIMMT = "unbestimmt"  # set by the creditor alone, or nobody knows


@dataclasses.dataclass(frozen=True, slots=True)
class Mahnung:
    """A Mahnung that reached the debtor; `frist_bis` is the last day of the period it grants."""

    zugegangen_am: dt.date
    frist_bis: dt.date | None = None
    bezeichnung: str = "Mahnung"


@dataclasses.dataclass(frozen=True, slots=True)
class Stundung:
    """A deferral agreed on a day; `bis` is the last day on which payment is in time."""

    am: dt.date
    bis: dt.date


@dataclasses.dataclass(frozen=True, slots=True)
class Verzugstatsachen:
    """What is known about one claim against one debtor. None means: nobody has said so.

    `zugegangen_am` is the receipt of the invoice, `gegenleistung_am` that of goods or service, `land` the Land of
    the place of performance (as a rule the debtor's seat, §§ 269, 270 (4) BGB); without it only nationwide
    holidays count.
    """

    faellig_am: dt.date | None
    faelligkeit: Faelligkeitsart
    entgeltforderung: bool | None = None
    schuldner_verbraucher: bool | None = None
    zugegangen_am: dt.date | None = None
    gegenleistung_am: dt.date | None = None
    hinweis_30_tage: bool = False
    mahnungen: tuple[Mahnung, ...] = ()
    verweigert_am: dt.date | None = None
    mahnbescheid_zugestellt_am: dt.date | None = None
    klage_zugestellt_am: dt.date | None = None
    stundungen: tuple[Stundung, ...] = ()
    land: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Fehlwert:
    """A value that no table knows yet: the finding, and the first day on which it could matter."""

    befund: Befund
    ab: dt.date


@dataclasses.dataclass(frozen=True, slots=True)
class Verzugsweg:
    """One route: `ab` is the first day of default, None where the route does not lead there; `text` says why.

    `fehlt` is set where a table ends before the route can be followed.
    """

    code: str
    ab: dt.date | None
    text: str
    werte: tuple[Rechtswert, ...] = ()
    fehlt: Fehlwert | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Verzugsbeginn:
    """The result: first day of default (= first interest day) or None, the reason, and all routes looked at.

    `ab` may lie after the Stichtag: then default begins on that day if nothing is paid before.
    """

    ab: dt.date | None
    grund: str
    text: str
    werte: tuple[Rechtswert, ...]
    wege: tuple[Verzugsweg, ...]


def decide_verzug(recht: Rechtsstand, tatsachen: Verzugstatsachen, stichtag: dt.date) -> Verzugsbeginn:
    """Decide when default begins; facts after the Stichtag are ignored.

    A deferral agreed before default sets a new due date; one agreed later leaves the default that there was.

    Raises Ablehnung for an unknown Land and where a table ends before a day that counts on the Stichtag. A table that
    ends before a claim falls due stops nothing: the claim is not due yet.
    """
    bekannt = _known_on(tatsachen, stichtag)
    beginn = _decide(recht, bekannt, stichtag)
    for stundung in sorted(bekannt.stundungen, key=lambda eine: eine.am):
        faellig_am = due_day(bekannt)
        in_verzug = beginn.ab is not None and beginn.ab <= stundung.am
        if faellig_am is None or in_verzug or stundung.bis <= faellig_am:
            continue
        bekannt = dataclasses.replace(bekannt, faellig_am=stundung.bis)
        beginn = _decide(recht, bekannt, stichtag)
        text = f"{beginn.text} {_deferred(stundung)}"
        beginn = dataclasses.replace(beginn, text=text)
    return beginn


def _deferred(stundung: Stundung) -> str:
    """Who is given time before he is in default owes at its end (§ 271 BGB)."""
    return (
        f"Am {format_datum(stundung.am)} gestundet bis {format_datum(stundung.bis)}; fällig ist erst dann "
        "(§§ 271, 286 BGB)."
    )


def _decide(recht: Rechtsstand, bekannt: Verzugstatsachen, stichtag: dt.date) -> Verzugsbeginn:
    wege = tuple(_routes(recht, bekannt, stichtag))
    wirksam = [weg for weg in wege if weg.ab is not None]
    weg = min(wirksam, key=lambda einer: einer.ab or dt.date.max, default=None)
    ab = weg.ab if weg and weg.ab else dt.date.max
    for offener in wege:
        if offener.fehlt and offener.fehlt.ab < ab:
            if offener.fehlt.ab <= stichtag:
                raise Ablehnung(offener.fehlt.befund)
            return Verzugsbeginn(None, "kein", f"Noch kein Verzug. {offener.text}", (), wege)
    if weg is None:
        return Verzugsbeginn(None, "kein", _explain_none(bekannt), (), wege)
    return Verzugsbeginn(weg.ab, weg.code, weg.text, weg.werte, wege)


def _known_on(tatsachen: Verzugstatsachen, stichtag: dt.date) -> Verzugstatsachen:
    def keep(tag: dt.date | None) -> dt.date | None:
        return tag if tag is not None and tag <= stichtag else None

    return dataclasses.replace(
        tatsachen,
        zugegangen_am=keep(tatsachen.zugegangen_am),
        gegenleistung_am=keep(tatsachen.gegenleistung_am),
        stundungen=tuple(stundung for stundung in tatsachen.stundungen if stundung.am <= stichtag),
        mahnungen=tuple(mahnung for mahnung in tatsachen.mahnungen if mahnung.zugegangen_am <= stichtag),
        verweigert_am=keep(tatsachen.verweigert_am),
        mahnbescheid_zugestellt_am=keep(tatsachen.mahnbescheid_zugestellt_am),
        klage_zugestellt_am=keep(tatsachen.klage_zugestellt_am),
    )


def _routes(recht: Rechtsstand, tatsachen: Verzugstatsachen, stichtag: dt.date) -> Iterator[Verzugsweg]:
    """Yield every route in the order of the statute; of equally early ones the first counts."""
    try:
        faellig_am = due_day(tatsachen)
    except Ablehnung as ablehnung:
        if tatsachen.faellig_am is None or tatsachen.faellig_am <= stichtag:
            raise
        yield _unknown("faelligkeit", ablehnung.befund, tatsachen.faellig_am)
        return
    if faellig_am is None:
        yield Verzugsweg(
            "faelligkeit", None, "Ohne Fälligkeit kein Verzug (§ 286 Abs. 1 BGB): sie ist nicht angegeben."
        )
        return
    yield _calendar(tatsachen, faellig_am)
    yield _event(tatsachen, faellig_am)
    yield _refusal(tatsachen, faellig_am)
    yield _thirty_days(recht, tatsachen, faellig_am)
    yield from _reminders(tatsachen, faellig_am)
    yield from _service(tatsachen, faellig_am)


def due_day(tatsachen: Verzugstatsachen) -> dt.date | None:
    """Return the day by which payment was due; a fixed date moves by § 193, "at once" (§ 271) does not."""
    if tatsachen.faellig_am is None or tatsachen.faelligkeit is Faelligkeitsart.GESETZLICH:
        return tatsachen.faellig_am
    return move_to_workday(tatsachen.faellig_am, tatsachen.land)


def _calendar(tatsachen: Verzugstatsachen, faellig_am: dt.date) -> Verzugsweg:
    """§ 286 (2) no. 1: a time by the calendar is fixed for performance."""
    if tatsachen.faelligkeit is not Faelligkeitsart.VEREINBART:
        return Verzugsweg(
            "kalender",
            None,
            "Kein nach dem Kalender bestimmter Zahlungstag vereinbart (§ 286 Abs. 2 Nr. 1 BGB).",
        )
    return Verzugsweg(
        "kalender",
        faellig_am + _EIN_TAG,
        f"Zahlung war vertraglich bis {_moved(tatsachen.faellig_am, faellig_am)} bestimmt "
        "(§ 286 Abs. 2 Nr. 1 BGB).",
    )


def _event(tatsachen: Verzugstatsachen, faellig_am: dt.date) -> Verzugsweg:
    """§ 286 (2) no. 2: a reasonable period from an event, computable by the calendar."""
    if tatsachen.faelligkeit is not Faelligkeitsart.EREIGNIS:
        return Verzugsweg(
            "ereignis", None, "Keine Zahlungsfrist ab einem Ereignis vereinbart (§ 286 Abs. 2 Nr. 2 BGB)."
        )
    return Verzugsweg(
        "ereignis",
        faellig_am + _EIN_TAG,
        f"Die vereinbarte, ab einem Ereignis berechnete Zahlungsfrist endete am "
        f"{_moved(tatsachen.faellig_am, faellig_am)} (§ 286 Abs. 2 Nr. 2 BGB).",
    )


def _refusal(tatsachen: Verzugstatsachen, faellig_am: dt.date) -> Verzugsweg:
    """§ 286 (2) no. 3: serious and final refusal; before the due date it works from that date."""
    if tatsachen.verweigert_am is None:
        return Verzugsweg(
            "verweigerung",
            None,
            "Keine ernsthafte und endgültige Verweigerung erfasst (§ 286 Abs. 2 Nr. 3 BGB).",
        )
    return Verzugsweg(
        "verweigerung",
        max(tatsachen.verweigert_am, faellig_am) + _EIN_TAG,
        f"Zahlung am {format_datum(tatsachen.verweigert_am)} ernsthaft und endgültig verweigert "
        "(§ 286 Abs. 2 Nr. 3 BGB).",
    )


def _thirty_days(recht: Rechtsstand, tatsachen: Verzugstatsachen, faellig_am: dt.date) -> Verzugsweg:
    """§ 286 (3): thirty days after due date and receipt of the invoice, for payment of goods or services only."""
    if hindernis := _obstacle_to_thirty_days(tatsachen):
        return Verzugsweg("dreissig_tage", None, f"{hindernis} (§ 286 Abs. 3 BGB).")
    zugang, was = tatsachen.zugegangen_am, "Zugang der Rechnung"
    if zugang is None:  # sentence 2: receipt unsure, debtor no consumer
        zugang, was = tatsachen.gegenleistung_am, "Empfang der Gegenleistung"
    if zugang is None:
        return Verzugsweg(
            "dreissig_tage", None, "Der Zugang der Rechnung ist nicht erfasst (§ 286 Abs. 3 BGB)."
        )
    beginn = max(zugang, faellig_am)
    try:
        frist = recht.wert_am("verzug_tage", beginn)
    except Ablehnung as ablehnung:
        return _unknown("dreissig_tage", ablehnung.befund, beginn)
    letzter = beginn + dt.timedelta(days=int(frist.wert))
    ende = move_to_workday(letzter, tatsachen.land)
    return Verzugsweg(
        "dreissig_tage",
        ende + _EIN_TAG,
        f"{frist.wert} Tage nach Fälligkeit ({format_datum(faellig_am)}) und {was} ({format_datum(zugang)}), "
        f"abgelaufen am {_moved(letzter, ende)} (§ 286 Abs. 3 BGB).",
        (frist,),
    )


def _unknown(code: str, befund: Befund, tag: dt.date) -> Verzugsweg:
    """A route that a table does not reach: default by it begins after that day at the earliest."""
    text = f"Ob danach Verzug eintritt, lässt sich noch nicht sagen: {befund.text}"
    return Verzugsweg(code, None, text, fehlt=Fehlwert(befund, tag + _EIN_TAG))


def _obstacle_to_thirty_days(tatsachen: Verzugstatsachen) -> str | None:
    if tatsachen.entgeltforderung is None:
        return "30 Tage: ob es eine Entgeltforderung ist, ist nicht angegeben"
    if not tatsachen.entgeltforderung:
        return "30 Tage gelten nicht: keine Entgeltforderung"
    if tatsachen.schuldner_verbraucher is None and not tatsachen.hinweis_30_tage:
        return "30 Tage: ob der Schuldner Verbraucher ist, ist nicht angegeben"
    if tatsachen.schuldner_verbraucher and not tatsachen.hinweis_30_tage:
        return "30 Tage gelten nicht: dem Verbraucher fehlt der Hinweis in der Rechnung"
    if tatsachen.schuldner_verbraucher is not False and tatsachen.zugegangen_am is None:
        return "30 Tage: bei einem Verbraucher muss der Zugang der Rechnung feststehen"
    return None


def _reminders(tatsachen: Verzugstatsachen, faellig_am: dt.date) -> Iterator[Verzugsweg]:
    """§ 286 (1) sentence 1: a Mahnung after the due date; one that grants a period works when it has passed."""
    if not tatsachen.mahnungen:
        yield Verzugsweg("mahnung", None, "Kein Zugang einer Mahnung erfasst (§ 286 Abs. 1 Satz 1 BGB).")
    for mahnung in sorted(tatsachen.mahnungen, key=lambda eine: eine.zugegangen_am):
        yield _reminder(mahnung, faellig_am, tatsachen.land)


def _reminder(mahnung: Mahnung, faellig_am: dt.date, land: str | None) -> Verzugsweg:
    zugang = f"{mahnung.bezeichnung}, zugegangen am {format_datum(mahnung.zugegangen_am)}"
    if mahnung.zugegangen_am < faellig_am:
        return Verzugsweg(
            "mahnung", None,
            f"{zugang}: vor der Fälligkeit am {format_datum(faellig_am)} und deshalb ohne Wirkung "
            "(§ 286 Abs. 1 Satz 1 BGB).",
        )  # fmt: skip
    if mahnung.frist_bis is None:
        return Verzugsweg("mahnung", mahnung.zugegangen_am + _EIN_TAG, f"{zugang} (§ 286 Abs. 1 Satz 1 BGB).")
    ende = move_to_workday(mahnung.frist_bis, land)
    return Verzugsweg(
        "mahnung_frist",
        max(ende, mahnung.zugegangen_am) + _EIN_TAG,
        f"{zugang}, mit Frist bis {_moved(mahnung.frist_bis, ende)} (§ 286 Abs. 1 Satz 1 BGB).",
    )


def _service(tatsachen: Verzugstatsachen, faellig_am: dt.date) -> Iterator[Verzugsweg]:
    """§ 286 (1) sentence 2, § 291: service of the Mahnbescheid or of the action stands in for a Mahnung."""
    for code, was, tag in (
        ("mahnbescheid", "Mahnbescheid", tatsachen.mahnbescheid_zugestellt_am),
        ("klage", "Klage", tatsachen.klage_zugestellt_am),
    ):
        if tag is None:
            yield Verzugsweg(code, None, f"{was}: keine Zustellung erfasst (§ 286 Abs. 1 Satz 2 BGB).")
        else:
            yield Verzugsweg(
                code,
                max(tag, faellig_am) + _EIN_TAG,
                f"{was}, zugestellt am {format_datum(tag)} (§ 286 Abs. 1 Satz 2, § 291 BGB).",
            )


def _moved(tag: dt.date | None, ende: dt.date) -> str:
    if tag is None or tag == ende:
        return format_datum(ende)
    return f"{format_datum(tag)}, verschoben auf {format_datum(ende)} (§ 193 BGB)"


def _explain_none(tatsachen: Verzugstatsachen) -> str:
    if tatsachen.faellig_am is None:
        return "Kein Verzug: die Fälligkeit ist nicht angegeben (§ 286 Abs. 1 BGB)."
    return (
        "Noch kein Verzug: weder eine zugegangene Mahnung noch ein Umstand, der sie ersetzt, ist erfasst "
        "(§ 286 BGB)."
    )
