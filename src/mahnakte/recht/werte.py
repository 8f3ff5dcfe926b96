"""Dated legal values: series of numbers, looked up by day.

A value holds from its first day to the day before the next one, the last one to `gedeckt_bis`. Outside
that period there is no answer but an Ablehnung that names the table and says where it ends.
"""

import bisect
import dataclasses
import datetime as dt
import functools
from collections.abc import Mapping
from decimal import Decimal

from mahnakte.grund.befund import Ablehnung, Befund, sperre
from mahnakte.grund.datendatei import Wertknoten, read_datendatei
from mahnakte.grund.datum import format_datum
from mahnakte.grund.strict_yaml import Abbildung
from mahnakte.recht.ungeprueft import unread_law

TABELLEN = ("zinsen", "verjaehrung", "verfahren", "gebuehren", "pfaendung")
NACH_TABELLE = "RECHTSWERT_NACH_TABELLE"
_EIN_TAG = dt.timedelta(days=1)
_JA_NEIN = "ja oder nein"  # the unit of a rule that holds (1) or does not (0)
_EINZAHL = {"Tage": "Tag", "Wochen": "Woche", "Monate": "Monat", "Jahre": "Jahr"}
_VORANGESTELLT = ("Anteil", "Gebührensatz")  # „Gebührensatz 1,3“, not „1,3 Gebührensatz“


@dataclasses.dataclass(frozen=True, slots=True)
class Rechtswert:
    """One legal value and the period for which it is known.

    `wert` is in `einheit` (stated in words), `ab` the first and `bis` the last day on which it holds; `bis`
    never lies after the day up to which the table is covered. `fundstelle` is the paragraph, `quelle` where
    it was read; `geprueft_von` is set for a value that a Bestand has entered.
    """

    name: str
    wert: Decimal
    ab: dt.date
    bis: dt.date
    einheit: str
    quelle: str
    geprueft_am: dt.date
    fundstelle: str = ""
    geprueft_von: str = ""

    @property
    def herkunft(self) -> str:
        """Where the value was read; one that the Bestand has entered names who checked it."""
        return (
            f"{self.quelle} (eingetragen, geprüft von {self.geprueft_von})"
            if self.geprueft_von
            else self.quelle
        )

    @property
    def zahl(self) -> str:
        """The value alone, with German grouping and the decimals as published: `10.000,00`, `3`, `ja`."""
        if self.einheit == _JA_NEIN:
            return "ja" if self.wert else "nein"
        return f"{self.wert:,f}".translate(str.maketrans(",.", ".,"))

    @property
    def worte(self) -> str:
        """The value with its unit as one says it: `1 Monat`, `10.000,00 Euro`, `Gebührensatz 1,3`, `ja`."""
        if self.einheit == _JA_NEIN:
            return self.zahl
        if self.einheit in _VORANGESTELLT:
            return f"{self.einheit} {self.zahl}"
        return f"{self.zahl} {_EINZAHL.get(self.einheit, self.einheit) if self.wert == 1 else self.einheit}"


@dataclasses.dataclass(frozen=True, slots=True)
class Wertreihe:
    """All values of one name in time; `ab_tage` holds their first days for the bisection.

    `endet_weil` is set where the series ends on purpose, because the law that follows has not been read.
    `wechselt` are the days of the year (month, day) on which a law lets the value change by itself.
    """

    name: str
    titel: str
    einheit: str
    fundstelle: str
    gedeckt_bis: dt.date
    werte: tuple[Rechtswert, ...]
    ab_tage: tuple[dt.date, ...]
    endet_weil: str = ""
    wechselt: tuple[tuple[int, int], ...] = ()

    def am(self, tag: dt.date) -> Rechtswert:
        """Return the value that holds on a day; raise Ablehnung outside the covered period."""
        stelle = bisect.bisect_right(self.ab_tage, tag)
        if stelle == 0 or tag > self.gedeckt_bis:
            raise Ablehnung(self._uncovered(tag))
        return self.werte[stelle - 1]

    def last_day_from(self, ab: dt.date) -> dt.date | None:
        """Return the last day of a value that begins on `ab` where the law lets it change by itself, else None."""
        tage = (dt.date(jahr, *tag) for jahr in (ab.year, ab.year + 1) for tag in self.wechselt)
        return min((tag - _EIN_TAG for tag in tage if tag > ab), default=None)

    def _uncovered(self, tag: dt.date) -> Befund:
        befund = uncovered(self.titel, tag, self.ab_tage[0], self.gedeckt_bis, self.endet_weil)
        if befund.code != NACH_TABELLE:
            return befund
        return dataclasses.replace(befund, abhilfe=explain_entry(self))


def explain_entry(reihe: Wertreihe) -> str:
    """Return the remedy for a series that has ended: the command that enters the next value."""
    return (
        "Den amtlichen Wert nachsehen und eintragen; geschätzt wird nicht:\n"
        f"mahnakte recht eintragen {reihe.name} --ab {reihe.gedeckt_bis + _EIN_TAG} --satz WERT "
        "--quelle QUELLE --geprueft-von NAME"
    )


def uncovered(titel: str, tag: dt.date, ab: dt.date, bis: dt.date, endet_weil: str = "") -> Befund:
    """Return the finding for a day outside a table: which table, where it begins or ends, what to do."""
    if tag < ab:
        return sperre(
            "RECHTSWERT_VOR_TABELLE",
            f"Die Tabelle „{titel}“ beginnt am {format_datum(ab)}; "
            f"für den {format_datum(tag)} gibt es darin keinen Wert.",
            "Das Datum prüfen. Ältere Zeiträume muss ein Mensch nach dem damaligen Recht berechnen.",
        )
    if endet_weil:
        return unread_law(
            f"Die Tabelle „{titel}“ endet mit Absicht am {format_datum(bis)}: {endet_weil}.",
            "Diese Frage muss ein Mensch nach dem geltenden Recht beantworten.",
        )
    return sperre(
        NACH_TABELLE,
        f"Die Tabelle „{titel}“ endet am {format_datum(bis)}; "
        f"für den {format_datum(tag)} ist kein Wert bekannt.",
        "Eine neuere Fassung von mahnakte einspielen, die den amtlichen Wert enthält; geschätzt wird nicht.",
    )


@functools.cache
def read_reihen() -> Mapping[str, Wertreihe]:
    """Return all series that the program ships, by name, read once per process."""
    reihen: dict[str, Wertreihe] = {}
    for tabelle in TABELLEN:
        for name, knoten in read_datendatei("mahnakte.recht", f"werte/{tabelle}.yaml").children("reihen"):
            if name in reihen:
                raise knoten.defect(f"Die Reihe „{name}“ gibt es zweimal.")
            reihen[name] = _read_reihe(name, knoten)
    return reihen


def _read_reihe(name: str, knoten: Wertknoten) -> Wertreihe:
    titel, einheit, fundstelle = (knoten.text(wort) for wort in ("titel", "einheit", "fundstelle"))
    geprueft_am, gedeckt_bis = knoten.date("geprueft_am"), knoten.date("gedeckt_bis")
    werte = knoten.mapping("werte")
    ab_tage = tuple(werte.parse_date(tag) for tag in werte.knoten.werte)
    if not ab_tage or any(
        frueher >= spaeter for frueher, spaeter in zip(ab_tage, (*ab_tage[1:], gedeckt_bis), strict=True)
    ):
        raise werte.defect(f"Die Tage der Reihe „{name}“ steigen nicht an oder reichen über ihr Ende hinaus.")
    bis_tage = (*(ab - _EIN_TAG for ab in ab_tage[1:]), gedeckt_bis)
    eintraege = _read_werte(werte, knoten.text("quelle"))
    rechtswerte = tuple(
        Rechtswert(name, wert, ab, bis, einheit, quelle, geprueft_am, fundstelle)
        for (wert, quelle), ab, bis in zip(eintraege, ab_tage, bis_tage, strict=True)
    )
    endet_weil = knoten.find_text("endet_weil") or ""
    wechselt = tuple(_read_change(knoten, text) for text in knoten.texts("wechselt"))
    return Wertreihe(
        name, titel, einheit, fundstelle, gedeckt_bis, rechtswerte, ab_tage, endet_weil, wechselt
    )


def _read_change(knoten: Wertknoten, text: str) -> tuple[int, int]:
    """Read a day of the year, `07-01`."""
    tag = knoten.parse_date(f"2000-{text}")
    return tag.month, tag.day


def _read_werte(werte: Wertknoten, quelle: str) -> list[tuple[Decimal, str]]:
    """Return value and source of each entry: `tag: wert` or, with its own source, `tag: {wert, quelle}`."""
    gelesen = []
    for knoten in werte.knoten.werte.values():
        if isinstance(knoten, Abbildung):
            eintrag = werte.wrap(knoten)
            gelesen.append((eintrag.number("wert"), eintrag.text("quelle")))
        else:
            gelesen.append((werte.parse_number(getattr(knoten, "text", "")), quelle))
    return gelesen
