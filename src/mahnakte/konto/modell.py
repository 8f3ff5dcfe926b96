"""The finished claim account: frozen records, all sums in euro with two decimals, all days calendar days."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any, Literal

from mahnakte.grund.befund import Befund
from mahnakte.grund.betrag import NULL, json_betrag
from mahnakte.recht.basiszins import basiszins_am
from mahnakte.recht.werte import Rechtswert
from mahnakte.recht.zinsen import Tageszaehlung, Zinssatz, Zinszeile
from mahnakte.recht.zinssatz import Pauschale, Zinsentscheidung

Bestandteil = Literal["hauptforderung", "zinsen", "kosten"]


def _iso(tag: dt.date | None) -> str | None:
    return tag.isoformat() if tag else None


@dataclasses.dataclass(frozen=True, slots=True)
class Verzugslage:
    """Default of one debtor with one claim: first day (None: not in default), reason, rate, lump sum."""

    schuldner: str
    ab: dt.date | None
    grund: str
    zins: Zinsentscheidung
    pauschale: Pauschale
    werte: tuple[Rechtswert, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the form of the JSON contract."""
        return {
            "schuldner": self.schuldner,
            "verzug_ab": _iso(self.ab),
            "verzug_grund": self.grund,
            "zinssatz_grund": self.zins.text,
        }


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kontoforderung:
    """One claim (an invoice, or the main claim of a title) with all that happened to it.

    `offen` = betrag − gutgeschrieben − verzichtet − gezahlt − tituliert. `verzug_ab` is the day from which *all*
    debtors are in default; `verzug` has each of them. `zinssatz` is None where no interest runs.
    """

    rechnung: str
    titel: bool
    betrag: Decimal
    gutgeschrieben: Decimal
    verzichtet: Decimal
    gezahlt: Decimal
    tituliert: Decimal
    offen: Decimal
    faellig_am: dt.date | None
    verzug_ab: dt.date | None
    verzug_grund: str
    verzug: tuple[Verzugslage, ...]
    zinsen_ab: dt.date | None
    zinssatz: Zinssatz | None
    zinssatz_grund: str
    zinsen_entstanden: Decimal
    zinsen_gezahlt: Decimal
    zinsen_verzichtet: Decimal
    zinsen_tituliert: Decimal
    zinsen_offen: Decimal

    def as_json(self) -> dict[str, Any]:
        """Return the form of the JSON contract."""
        return {
            "rechnung": self.rechnung,
            "betrag": json_betrag(self.betrag),
            "offen": json_betrag(self.offen),
            "verzug_ab": _iso(self.verzug_ab),
            "verzug_grund": self.verzug_grund,
            "verzug": [lage.as_json() for lage in self.verzug],
            "titel": self.titel,
            "faellig_am": _iso(self.faellig_am),
            "gutgeschrieben": json_betrag(self.gutgeschrieben),
            "verzichtet": json_betrag(self.verzichtet),
            "gezahlt": json_betrag(self.gezahlt),
            "tituliert": json_betrag(self.tituliert),
            "zinsen_ab": _iso(self.zinsen_ab),
            "zinssatz_grund": self.zinssatz_grund,
            "zinsen_offen": json_betrag(self.zinsen_offen),
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Zinsabschnitt:
    """One interest line of one claim (`rechnung`) or of interest-bearing costs."""

    rechnung: str
    zeile: Zinszeile

    def as_json(self) -> dict[str, Any]:
        """Return the form of the JSON contract; `basiszins` and `punkte` are null for a fixed rate."""
        zeile = self.zeile
        return {
            "rechnung": self.rechnung,
            "betrag": json_betrag(zeile.betrag),
            "von": zeile.von.isoformat(),
            "bis": zeile.bis.isoformat(),
            "tage": zeile.tage,
            "teiler": zeile.teiler,
            "satz": json_betrag(zeile.satz),
            "basiszins": None if zeile.basiszins is None else json_betrag(zeile.basiszins),
            "punkte": None if zeile.punkte is None else json_betrag(zeile.punkte),
            "zinsen": json_betrag(zeile.zinsen),
        }


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kontokosten:
    """One cost item. `angerechnet` is what the lump sum of § 288 (5) BGB already covers or a title replaced."""

    am: dt.date
    art: str
    bezeichnung: str
    rechnung: str | None
    betrag: Decimal
    angerechnet: Decimal
    tituliert: Decimal
    verzichtet: Decimal
    gezahlt: Decimal
    offen: Decimal
    zinsen_offen: Decimal

    def as_json(self) -> dict[str, Any]:
        """Return one entry of `kostenposten`."""
        return {
            "am": self.am.isoformat(),
            "art": self.art,
            "bezeichnung": self.bezeichnung,
            "rechnung": self.rechnung,
            "betrag": json_betrag(self.betrag),
            "angerechnet": json_betrag(self.angerechnet),
            "tituliert": json_betrag(self.tituliert),
            "verzichtet": json_betrag(self.verzichtet),
            "gezahlt": json_betrag(self.gezahlt),
            "offen": json_betrag(self.offen),
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Anteil:
    """The part of a payment, credit note or waiver that went to one thing; `rechnung` None: costs of the case."""

    art: Bestandteil
    rechnung: str | None
    betrag: Decimal

    def as_json(self) -> dict[str, Any]:
        """Return the form of the JSON contract."""
        return {"art": self.art, "rechnung": self.rechnung, "betrag": json_betrag(self.betrag)}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kontobuchung:
    """A payment, credit note or waiver: what it covered, by which rule, in one German sentence.

    betrag = sum of `auf` + `rest`; `rest` is what nothing was owed for. A returned payment covers nothing.
    """

    art: Literal["zahlung", "gutschrift", "verzicht"]
    am: dt.date
    betrag: Decimal
    von: str | None = None
    regel: str
    auf: tuple[Anteil, ...]
    rest: Decimal
    text: str
    zurueck_am: dt.date | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the form of the JSON contract."""
        return {
            "am": self.am.isoformat(),
            "betrag": json_betrag(self.betrag),
            "von": self.von,
            "regel": self.regel,
            "auf": [anteil.as_json() for anteil in self.auf],
            "rest": json_betrag(self.rest),
            "text": self.text,
            "zurueck_am": _iso(self.zurueck_am),
        }


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Konto:
    """The claim account as of a Stichtag, which is itself still an interest day.

    gesamt = hauptforderung + zinsen + kosten (all still open). `zinsen_je_tag` is the interest of each further
    day, rounded once; it holds up to and including `zinsen_je_tag_bis` (None: without end). Both are None
    where the rate of the next day is not known yet. `ueberzahlung` is what was paid beyond the debt.
    """

    aktenzeichen: str
    stichtag: dt.date
    tageszaehlung: Tageszaehlung
    hauptforderung: Decimal
    kosten: Decimal
    zinsen: Decimal
    gesamt: Decimal
    ueberzahlung: Decimal
    zinsen_je_tag: Decimal | None
    zinsen_je_tag_bis: dt.date | None
    forderungen: tuple[Kontoforderung, ...]
    kostenposten: tuple[Kontokosten, ...]
    abschnitte: tuple[Zinsabschnitt, ...]
    zahlungen: tuple[Kontobuchung, ...]
    abzuege: tuple[Kontobuchung, ...]
    befunde: tuple[Befund, ...]

    @property
    def gezahlt(self) -> Decimal:
        """The sum of all payments that stand."""
        return sum((zahlung.betrag for zahlung in self.zahlungen if not zahlung.zurueck_am), NULL)

    def rechtswerte(self) -> tuple[Rechtswert, ...]:
        """Return every legal value the account rests on, each once."""
        benutzte = [basiszins_am(a.zeile.von) for a in self.abschnitte if a.zeile.basiszins is not None]
        for forderung in self.forderungen:
            for lage in forderung.verzug:
                benutzte += [*lage.werte, *lage.zins.werte]
        return tuple(dict.fromkeys(benutzte))

    def as_json(self) -> dict[str, Any]:
        """Return the JSON document of the contract without `befunde`; the command adds those."""
        return {
            "aktenzeichen": self.aktenzeichen,
            "stichtag": self.stichtag.isoformat(),
            "tageszaehlung": self.tageszaehlung.value,
            "hauptforderung": json_betrag(self.hauptforderung),
            "kosten": json_betrag(self.kosten),
            "zinsen": json_betrag(self.zinsen),
            "gesamt": json_betrag(self.gesamt),
            "ueberzahlung": json_betrag(self.ueberzahlung),
            "zinsen_je_tag": None if self.zinsen_je_tag is None else json_betrag(self.zinsen_je_tag),
            "zinsen_je_tag_bis": _iso(self.zinsen_je_tag_bis),
            "forderungen": [forderung.as_json() for forderung in self.forderungen],
            "kostenposten": [posten.as_json() for posten in self.kostenposten],
            "abschnitte": [abschnitt.as_json() for abschnitt in self.abschnitte],
            "zahlungen": [zahlung.as_json() for zahlung in self.zahlungen],
            "abzuege": [{"art": abzug.art, **abzug.as_json()} for abzug in self.abzuege],
        }
