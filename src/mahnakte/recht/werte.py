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
from mahnakte.grund.datum import format_datum
from mahnakte.grund.strict_yaml import Abbildung
from mahnakte.recht.wertdatei import Wertknoten, read_wertdatei

TABELLEN = ("zinsen", "verjaehrung", "verfahren", "gebuehren", "pfaendung")
_EIN_TAG = dt.timedelta(days=1)
_JA_NEIN = "ja oder nein"  # the unit of a rule that holds (1) or does not (0)
_EINZAHL = {"Tage": "Tag", "Wochen": "Woche", "Monate": "Monat", "Jahre": "Jahr"}
_VORANGESTELLT = ("Anteil", "Gebührensatz")  # „Gebührensatz 1,3“, not „1,3 Gebührensatz“


@dataclasses.dataclass(frozen=True, slots=True)
class Rechtswert:
    """One legal value and the period for which it is known.

    `wert` is in `einheit` (stated in words), `ab` the first and `bis` the last day on which it holds; `bis`
    never lies after the day up to which the table is covered. `fundstelle` is the paragraph, `quelle` where
    it was read.
    """

    name: str
    wert: Decimal
    ab: dt.date
    bis: dt.date
    einheit: str
    quelle: str
    geprueft_am: dt.date
    fundstelle: str = ""

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
    """

    name: str
    titel: str
    einheit: str
    fundstelle: str
    gedeckt_bis: dt.date
    werte: tuple[Rechtswert, ...]
    ab_tage: tuple[dt.date, ...]
    endet_weil: str = ""

    def am(self, tag: dt.date) -> Rechtswert:
        """Return the value that holds on a day; raise Ablehnung outside the covered period."""
        stelle = bisect.bisect_right(self.ab_tage, tag)
        if stelle == 0 or tag > self.gedeckt_bis:
            raise Ablehnung(uncovered(self.titel, tag, self.ab_tage[0], self.gedeckt_bis, self.endet_weil))
        return self.werte[stelle - 1]


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
        return sperre(
            "RECHT_NICHT_GEPRUEFT",
            f"Die Tabelle „{titel}“ endet mit Absicht am {format_datum(bis)}: {endet_weil}.",
            "Diese Frage muss ein Mensch nach dem geltenden Recht beantworten.",
        )
    return sperre(
        "RECHTSWERT_NACH_TABELLE",
        f"Die Tabelle „{titel}“ endet am {format_datum(bis)}; "
        f"für den {format_datum(tag)} ist kein Wert bekannt.",
        "Eine neuere Fassung von mahnakte einspielen, die den amtlichen Wert enthält; geschätzt wird nicht.",
    )


@functools.cache
def read_reihen() -> Mapping[str, Wertreihe]:
    """Return all series that the program ships, by name, read once per process."""
    reihen: dict[str, Wertreihe] = {}
    for tabelle in TABELLEN:
        for name, knoten in read_wertdatei(tabelle).children("reihen"):
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
    return Wertreihe(name, titel, einheit, fundstelle, gedeckt_bis, rechtswerte, ab_tage, endet_weil)


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
