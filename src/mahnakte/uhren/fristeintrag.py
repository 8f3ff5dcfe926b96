"""One date that somebody must watch: what kind, of whom, until when, why, what to do, and whether it is settled."""

import dataclasses
import datetime as dt
import re
from typing import Any, Literal

from mahnakte.arten.ereignis import EREIGNISARTEN
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis
from mahnakte.grund.befund import Stelle
from mahnakte.grund.datum import format_datum
from mahnakte.recht.kalender import Fristende, add_months, last_safe_day
from mahnakte.recht.verjaehrung import Verjaehrungszeile

Wessen = Literal["gläubiger", "schuldner"]

_VORGANG = re.compile(r"(?:^|/)vorgaenge/(\d{4,})/eintrag\.json", re.ASCII)
_EINHEIT_TAGE = {"t": 1, "w": 7}


@dataclasses.dataclass(frozen=True, slots=True)
class Fristart:
    """What people call a kind of date, whose it is, what to do, and how long before (`12m`, `2w`, `3t`) to warn.

    `recht`: missing it costs a right (as opposed to a promise or a reminder to oneself). `anfang`: the day opens
    something instead of ending it.
    """

    name: str
    wessen: Wessen
    zu_tun: str
    vorfristen: tuple[str, ...]
    recht: bool
    anfang: bool = False


_VIERSTUFIG = ("12m", "6m", "3m", "1m")
_NACHPRUEFEN = "Zahlungseingang prüfen."

FRISTARTEN = {
    "verjaehrung": Fristart(
        "Verjährung der Forderung", "gläubiger",
        "Vorher Mahnbescheid beantragen oder klagen, sonst Anerkenntnis oder Einredeverzicht einholen.",
        _VIERSTUFIG, True,
    ),
    "titel_hauptforderung": Fristart(
        "Verjährung des Titels", "gläubiger",
        "Vorher vollstrecken oder ein Anerkenntnis einholen (§ 212 BGB).", _VIERSTUFIG, True,
    ),
    "titel_zinsen": Fristart(
        "Verjährung von Zinsen nach dem Titel", "gläubiger",
        "Vorher wegen dieser Zinsen vollstrecken oder sie anerkennen lassen (§ 212 BGB).", _VIERSTUFIG, True,
    ),
    "monierung": Fristart(
        "Antwort auf die Monierung", "gläubiger",
        "Dem Mahngericht antworten; schon wenige Tage Verzug gefährden die Rückwirkung (§ 167 ZPO).",
        ("2w", "1w", "2t"), True,
    ),
    "neuzustellung": Fristart(
        "Neue Zustellung des Mahnbescheids", "gläubiger",
        "Neue Anschrift ermitteln und die Neuzustellung beantragen.", ("2w", "1w", "2t"), True,
    ),
    "klage": Fristart(
        "Klage nach Zurückweisung des Mahnantrags", "gläubiger",
        "Klage einreichen; nur so bleibt der Tag des Mahnantrags erhalten.", ("2w", "1w", "2t"), True,
    ),
    "widerspruch": Fristart(
        "Widerspruchsfrist", "schuldner",
        "Abwarten; der Widerspruch bleibt möglich, bis der Vollstreckungsbescheid verfügt ist (§ 694 ZPO).",
        (), False,
    ),
    "vb_antrag_ab": Fristart(
        "Vollstreckungsbescheid möglich", "gläubiger",
        "Den Vollstreckungsbescheid beantragen, mit Angabe der Zahlungen seither (§ 699 ZPO).", (), False,
        anfang=True,
    ),
    "vb_antrag": Fristart(
        "Antrag auf Vollstreckungsbescheid", "gläubiger",
        "Den Vollstreckungsbescheid beantragen; danach ist der Mahnbescheid wirkungslos.",
        ("3m", "1m", "2w", "2t"), True,
    ),
    "abgabe": Fristart(
        "Streitverfahren betreiben", "gläubiger",
        "Weitere Gerichtsgebühr einzahlen und die Abgabe an das Streitgericht beantragen.",
        ("3m", "1m", "2w", "2t"), True,
    ),
    "anspruchsbegruendung": Fristart(
        "Anspruchsbegründung", "gläubiger",
        "Den Anspruch gegenüber dem Streitgericht begründen.", ("1w", "2t"), True,
    ),
    "einspruch": Fristart(
        "Einspruchsfrist", "schuldner",
        "Abwarten; danach ist der Vollstreckungsbescheid rechtskräftig. Den Titel in fall.yaml eintragen.", (), False,
    ),
    "drittschuldnererklaerung": Fristart(
        "Erklärung des Drittschuldners", "schuldner",
        "Prüfen, ob die verlangte Erklärung da ist, und den Tag bei „pfaendung_zugestellt“ als „bis:“ eintragen; "
        "schweigt er, haftet er für den Schaden (§ 840 Abs. 2 ZPO).", (), False,
    ),
    "schreiben": Fristart(
        "Zahlungsfrist aus einem Schreiben", "schuldner",
        "Zahlungseingang prüfen; den nächsten Schritt nennt „mahnakte plan“.", (), False,
    ),
    "versand": Fristart(
        "Versand festhalten", "gläubiger",
        "Den Brief verschicken und mit „mahnakte versand“ festhalten, mit --am den Tag.", (), False,
    ),
    "zugang": Fristart(
        "Zugang festhalten", "gläubiger",
        "Den Tag des Zugangs als Ereignis „mahnung_zugegangen“ eintragen; ohne ihn beginnt kein Verzug.", (), False,
    ),
    "zusage": Fristart("Zugesagte Zahlung", "schuldner", _NACHPRUEFEN, (), False),
    "vergleich": Fristart("Zahlungsfrist eines Vergleichs", "schuldner", _NACHPRUEFEN, (), False),
    "rate": Fristart("Rate", "schuldner", _NACHPRUEFEN, (), False),
    "stundung": Fristart(
        "Ende der Stundung", "schuldner", "Die Forderung ist danach wieder fällig; Zahlungseingang prüfen.", (),
        False,
    ),
    "mahnsperre": Fristart(
        "Ende der Mahnsperre", "gläubiger", "Klären, ob die Reihe weitergeht; sonst die Sperre verlängern.", (),
        False,
    ),
}  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fristeintrag:
    """One date of one case.

    `gegenstand` names what it belongs to, the same in every run (calendars know the entry by it); `fuer` says the
    same without a name or number of a person, `worum` for the clerk. `roh` is the end as counted, `ende` moved to a
    working day, `sicher_bis` the last day on which acting is surely in time. `grund` holds dates and paragraphs
    only; what people wrote stands in `notiz`. `eingetragen_am` is known for steps only. `erledigt` says why nothing
    is left to watch (empty: open).
    """

    art: str
    gegenstand: str
    fuer: str
    worum: str
    schuldner: str | None
    roh: dt.date
    ende: dt.date
    sicher_bis: dt.date
    vorfristen: tuple[dt.date, ...] = ()
    grund: str
    zu_tun: str = ""
    notiz: str = ""
    fehlt: tuple[str, ...] = ()
    zeitstrahl: tuple[Verjaehrungszeile, ...] = ()
    eingetragen_am: str | None = None
    erledigt: str = ""
    stelle: Stelle = dataclasses.field(compare=False, repr=False)

    @property
    def fristart(self) -> Fristart:
        """Return the kind of this date."""
        return FRISTARTEN[self.art]

    @property
    def tag(self) -> dt.date:
        """Return the day that goes into a calendar: for what we must do ourselves, the last safe one."""
        return self.sicher_bis if self.fristart.recht else self.ende

    @property
    def handeln(self) -> str:
        """Return what is to be done."""
        return self.zu_tun or self.fristart.zu_tun

    def is_past(self, stichtag: dt.date) -> bool:
        """Tell whether the date has gone by on the Stichtag although nothing settled it."""
        return not self.erledigt and not self.fristart.anfang and self.ende < stichtag

    def as_json(self) -> dict[str, Any]:
        """Return the entry of the JSON contract without `aktenzeichen`, with further keys behind it."""
        return {
            "art": self.art,
            "roh": self.roh.isoformat(),
            "ende": self.ende.isoformat(),
            "vorfristen": [tag.isoformat() for tag in self.vorfristen],
            "grund": self.grund,
            "eingetragen_am": self.eingetragen_am,
            "erledigt": bool(self.erledigt),
            "erledigt_durch": self.erledigt or None,
            "sicher_bis": self.sicher_bis.isoformat(),
            "bezeichnung": self.fristart.name,
            "wessen": self.fristart.wessen,
            "worum": self.worum,
            "schuldner": self.schuldner,
            "zu_tun": self.handeln,
            "notiz": self.notiz,
            "fehlt": list(self.fehlt),
            "zeitstrahl": [line_as_json(zeile) for zeile in self.zeitstrahl],
        }


def line_as_json(zeile: Verjaehrungszeile) -> dict[str, Any]:
    """Return one line of a timeline."""
    return {
        "art": zeile.art,
        "von": zeile.von.isoformat(),
        "bis": zeile.bis.isoformat(),
        "tage": zeile.tage,
        "ende": zeile.ende.isoformat(),
        "text": zeile.text,
    }


def order_of(eintrag: Fristeintrag) -> tuple[bool, dt.date, str, str]:
    """Return the sort key within a case: open before settled, then what comes first."""
    return bool(eintrag.erledigt), eintrag.tag, eintrag.art, eintrag.gegenstand


def list_vorfristen(art: str, sicher_bis: dt.date, ab: dt.date, land: str | None) -> tuple[dt.date, ...]:
    """Return the days on which to warn: working days before the safe day, none on or before `ab`."""
    tage = (last_safe_day(_subtract(sicher_bis, dauer), land) for dauer in FRISTARTEN[art].vorfristen)
    return tuple(sorted({tag for tag in tage if tag > ab}))


def without_shift(tag: dt.date) -> Fristende:
    """Return a date that no weekend moves: the end of a hold or deferral, the first day of a right."""
    return Fristende(tag, tag, tag, "")


def find_eingetragen_am(fall: Fall, stelle: Stelle) -> str | None:
    """Return when an entry was made, as far as known: only a step carries that moment, a line of fall.yaml not."""
    treffer = _VORGANG.search(stelle.datei)
    if treffer is None:
        return None
    nr = int(treffer[1])
    return next((vorgang.erzeugt_am for vorgang in fall.vorgaenge if vorgang.nr == nr), None)


def name_ereignis(ereignis: Ereignis) -> str:
    """Return an event in words, as the reason why a date is settled: `Widerspruch vom 12.11.2026`."""
    return f"{EREIGNISARTEN[ereignis.art].name} vom {format_datum(ereignis.am)}"


def _subtract(tag: dt.date, dauer: str) -> dt.date:
    zahl, einheit = int(dauer[:-1]), dauer[-1]
    if einheit == "m":
        return add_months(tag, -zahl)
    return tag - dt.timedelta(days=zahl * _EINHEIT_TAGE[einheit])
