"""The finished claim account: frozen records, all sums in euro with two decimals, all days calendar days."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any, Literal

from mahnakte.grund.befund import Befund
from mahnakte.grund.betrag import NULL, json_betrag
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.werte import Rechtswert
from mahnakte.recht.zinsen import Tageszaehlung, Zinssatz, Zinszeile
from mahnakte.recht.zinssatz import Pauschale, Zinsentscheidung

Bestandteil = Literal["hauptforderung", "zinsen", "kosten"]


def _iso(tag: dt.date | None) -> str | None:
    return tag.isoformat() if tag else None


@dataclasses.dataclass(frozen=True, slots=True)
class Verzugslage:
    """Default of one debtor with one claim: first day, reason, rate, lump sum.

    `ab` is None while he is not in default; `kommt_am` is then the day on which default will begin unless he pays,
    where that day is already certain. `zins` is None before default where the table of the rate has ended.
    """

    schuldner: str
    ab: dt.date | None
    kommt_am: dt.date | None
    grund: str
    zins: Zinsentscheidung | None
    pauschale: Pauschale
    werte: tuple[Rechtswert, ...] = ()

    @property
    def beginn(self) -> dt.date | None:
        """The first day of default, past or to come."""
        return self.ab or self.kommt_am

    def as_json(self) -> dict[str, Any]:
        """Return one entry of `verzug`."""
        return {
            "schuldner": self.schuldner,
            "verzug_ab": _iso(self.ab),
            "verzug_kommt_am": _iso(self.kommt_am),
            "verzug_grund": self.grund,
            "zinssatz_grund": self.zins.text if self.zins else "",
        }


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Verlauf:
    """What became of one sum: offen = entstanden − all the others.

    `tituliert`: a title took the place of this part. `angerechnet`: covered by the lump sum of § 288 (5) BGB.
    `gekappt`: above the ceiling of § 13e RDG, not asked for.
    """

    entstanden: Decimal
    gezahlt: Decimal
    gutgeschrieben: Decimal
    verzichtet: Decimal
    tituliert: Decimal
    angerechnet: Decimal
    gekappt: Decimal
    offen: Decimal

    def as_json(self) -> dict[str, str]:
        """Return every sum as text."""
        return {feld.name: json_betrag(getattr(self, feld.name)) for feld in dataclasses.fields(self)}


@dataclasses.dataclass(frozen=True, slots=True)
class Zinsspanne:
    """Interest days that are owed but not counted, on one amount: no table knows the rate of these days yet."""

    von: dt.date
    bis: dt.date
    betrag: Decimal


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kontoforderung:
    """One claim (an invoice, or the main claim of a title) with all that happened to it.

    `haupt` and `zinsen` show what arose and what became of it. `zahlbar_bis` is the last day on which paying it was
    in time: the due date, moved by § 193 BGB or deferred. `verzug_ab` is the day from which *all* debtors are
    in default; `verzug` has each of them. `zinssatz` is None where no interest runs. `zinsen_bis` is the last day to
    which interest is counted; `ungerechnet` are the interest days after it.
    """

    rechnung: str
    titel: bool
    haupt: Verlauf
    zinsen: Verlauf
    faellig_am: dt.date | None
    zahlbar_bis: dt.date
    verzug_ab: dt.date | None
    verzug_grund: str
    verzug: tuple[Verzugslage, ...]
    zinsen_ab: dt.date | None
    zinssatz: Zinssatz | None
    zinssatz_grund: str
    zinsen_bis: dt.date
    ungerechnet: tuple[Zinsspanne, ...]

    @property
    def betrag(self) -> Decimal:
        """The principal as it arose."""
        return self.haupt.entstanden

    @property
    def offen(self) -> Decimal:
        """The principal still open."""
        return self.haupt.offen

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
            "zinsen_ab": _iso(self.zinsen_ab),
            "zinssatz_grund": self.zinssatz_grund,
            "zinsen_bis": self.zinsen_bis.isoformat(),
            "hauptforderung_verlauf": self.haupt.as_json(),
            "zinsen_verlauf": self.zinsen.as_json(),
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Zinsabschnitt:
    """One interest line of one claim or of interest-bearing costs (`art`); `rechnung` None: costs of the case."""

    name: str
    art: Literal["hauptforderung", "kosten"]
    rechnung: str | None
    zeile: Zinszeile

    def as_json(self) -> dict[str, Any]:
        """Return the form of the JSON contract; `basiszins` and `punkte` are null for a fixed rate."""
        zeile = self.zeile
        return {
            "rechnung": self.rechnung or self.name,
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
    """One cost item, of the case or of a title (`rechnung` then names it), with the interest on it if any.

    `grenze` says how the lawful part of a fee comes about where more was entered (§ 13e RDG), else it is empty.
    """

    am: dt.date
    art: str
    name: str
    bezeichnung: str
    rechnung: str | None
    haupt: Verlauf
    zinsen: Verlauf
    grenze: str = ""

    @property
    def verlangt(self) -> Decimal:
        """What may be asked for of it, before payments: without lump sum, title and what lies above the ceiling."""
        verlauf = self.haupt
        return verlauf.entstanden - verlauf.angerechnet - verlauf.tituliert - verlauf.gekappt

    def as_json(self) -> dict[str, Any]:
        """Return one entry of `kostenposten`."""
        return {
            "am": self.am.isoformat(),
            "art": self.art,
            "bezeichnung": self.bezeichnung,
            "grenze": self.grenze,
            "rechnung": self.rechnung,
            "betrag": json_betrag(self.haupt.entstanden),
            "offen": json_betrag(self.haupt.offen),
            "kosten_verlauf": self.haupt.as_json(),
            "zinsen_verlauf": self.zinsen.as_json(),
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

    betrag = sum of `auf` + `rest`; `rest` is what nothing was owed for, `ueberzahlt` the part of it that the debtor
    has paid and is owed back: of a payment all of it, of a credit note what was paid before. A returned payment
    covers nothing. `aus_fall` is the Aktenzeichen of the joint debtor's case where a payment was made; `betrag` is
    then what it did for the common invoices. `zurueckgestellt`: no credit note, but a disputed or held part that a
    letter does not demand for now.
    """

    art: Literal["zahlung", "gutschrift", "verzicht"]
    am: dt.date
    betrag: Decimal
    von: str | None = None
    regel: str
    auf: tuple[Anteil, ...]
    rest: Decimal
    text: str
    ueberzahlt: Decimal = NULL
    zurueck_am: dt.date | None = None
    aus_fall: str | None = None
    zurueckgestellt: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the form of the JSON contract."""
        return {
            "am": self.am.isoformat(),
            "betrag": json_betrag(self.betrag),
            "von": self.von,
            "regel": self.regel,
            "auf": [anteil.as_json() for anteil in self.auf],
            "rest": json_betrag(self.rest),
            "ueberzahlt": json_betrag(self.ueberzahlt),
            "text": self.text,
            "zurueck_am": _iso(self.zurueck_am),
            **({"aus_fall": self.aus_fall} if self.aus_fall else {}),
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Pauschalenstand:
    """Lump sums of § 288 (5): owed by law on the Stichtag, listed by a person, set off against other costs."""

    geschuldet: Decimal
    verlangt: Decimal
    angerechnet: Decimal
    texte: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the value of `pauschale`."""
        return {
            "geschuldet": json_betrag(self.geschuldet),
            "verlangt": json_betrag(self.verlangt),
            "angerechnet": json_betrag(self.angerechnet),
            "gruende": list(self.texte),
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Zinsausblick:
    """Interest to come: from `ab` on `je_tag` euro a day, up to and including `bis` (None: without end)."""

    ab: dt.date
    je_tag: Decimal
    bis: dt.date | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Konto:
    """The claim account as of a Stichtag, which is itself still an interest day.

    gesamt = hauptforderung + zinsen + kosten (all still open). `zinsen_je_tag` is the interest of each further
    day, rounded once; it holds up to and including `zinsen_je_tag_bis` (None: without end). Both are None
    where the rate of the next day is not known yet. `ausblick` is the next stretch of days that bear interest, which
    may begin later. `ueberzahlung` is what was paid beyond the debt, also because a credit note came after the
    payment; it is set off against nothing. Interest is exact up to `zinsen_bis`: the Stichtag, or the last day of the
    Basiszinssatz that is known.
    """

    aktenzeichen: str
    stichtag: dt.date
    tageszaehlung: Tageszaehlung
    tilgung: str
    hauptforderung: Decimal
    kosten: Decimal
    zinsen: Decimal
    gesamt: Decimal
    ueberzahlung: Decimal
    zinsen_bis: dt.date
    zinsen_je_tag: Decimal | None
    zinsen_je_tag_bis: dt.date | None
    ausblick: Zinsausblick | None
    forderungen: tuple[Kontoforderung, ...]
    kostenposten: tuple[Kontokosten, ...]
    abschnitte: tuple[Zinsabschnitt, ...]
    zahlungen: tuple[Kontobuchung, ...]
    abzuege: tuple[Kontobuchung, ...]
    pauschale: Pauschalenstand
    befunde: tuple[Befund, ...]
    recht: Rechtsstand

    @property
    def ungerechnet_ab(self) -> dt.date | None:
        """The first day whose interest is owed but not counted, because the Basiszinssatz is not known; else None."""
        return self.zinsen_bis + dt.timedelta(days=1) if self.zinsen_bis < self.stichtag else None

    def require_exact(self) -> "Konto":
        """Return the account; raise Ablehnung where interest is owed that is not counted yet.

        For what needs the whole debt as a figure: plans, deferrals, settlements.
        """
        if self.ungerechnet_ab:
            self.recht.basiszins_am(self.ungerechnet_ab)  # says which value is missing
        return self

    @property
    def gezahlt(self) -> Decimal:
        """The sum of all payments that stand."""
        return sum((zahlung.betrag for zahlung in self.zahlungen if not zahlung.zurueck_am), NULL)

    def rechtswerte(self) -> tuple[Rechtswert, ...]:
        """Return every legal value the account rests on, each once."""
        benutzte = [
            self.recht.basiszins_am(a.zeile.von) for a in self.abschnitte if a.zeile.basiszins is not None
        ]
        for forderung in self.forderungen:
            for lage in forderung.verzug:
                benutzte += [*lage.werte, *(lage.zins.werte if lage.zins else ())]
        return tuple(dict.fromkeys(benutzte))

    def eingetragene(self) -> tuple[str, ...]:
        """Return the values used that the Bestand has entered, each as a sentence with its source."""
        return tuple(self.recht.describe(wert) for wert in self.rechtswerte() if wert.geprueft_von)

    def as_json(self) -> dict[str, Any]:
        """Return the JSON document of the contract without `befunde`; the command adds those."""
        return {
            "aktenzeichen": self.aktenzeichen,
            "stichtag": self.stichtag.isoformat(),
            "tageszaehlung": self.tageszaehlung.value,
            "tilgung": self.tilgung,
            "hauptforderung": json_betrag(self.hauptforderung),
            "kosten": json_betrag(self.kosten),
            "zinsen": json_betrag(self.zinsen),
            "gesamt": json_betrag(self.gesamt),
            "ueberzahlung": json_betrag(self.ueberzahlung),
            "zinsen_bis": self.zinsen_bis.isoformat(),
            "zinsen_je_tag": None if self.zinsen_je_tag is None else json_betrag(self.zinsen_je_tag),
            "zinsen_je_tag_bis": _iso(self.zinsen_je_tag_bis),
            "forderungen": [forderung.as_json() for forderung in self.forderungen],
            "kostenposten": [posten.as_json() for posten in self.kostenposten],
            "abschnitte": [abschnitt.as_json() for abschnitt in self.abschnitte],
            "zahlungen": [zahlung.as_json() for zahlung in self.zahlungen],
            "abzuege": [{"art": abzug.art, **abzug.as_json()} for abzug in self.abzuege],
            "pauschale": self.pauschale.as_json(),
        }
