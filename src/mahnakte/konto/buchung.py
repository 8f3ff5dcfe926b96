"""The walk through time: payments, credit notes and waivers in the order of their days."""

import dataclasses
import datetime as dt
from decimal import Decimal

from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Gutschrift, Verzicht, Zahlung
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre, warnung
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import propose
from mahnakte.konto.modell import Anteil, Bestandteil, Kontobuchung
from mahnakte.konto.posten import Posten
from mahnakte.konto.tilgung import PARAGRAF_367, Reihenfolge, Schuld, Verteilung, rank

_BESTANDTEILE: dict[str, Bestandteil] = {
    "hauptforderung": "hauptforderung",
    "zinsen": "zinsen",
    "kosten": "kosten",
}
_NUR_HAUPTFORDERUNG: Reihenfolge = ("hauptforderung",)
_VERZICHT: Reihenfolge = ("hauptforderung", "zinsen", "kosten")


@dataclasses.dataclass(slots=True)
class Buchhaltung:
    """All debts of the account, and the bookings so far."""

    forderungen: list[Posten]
    kosten: list[Posten]
    reihenfolge: Reihenfolge = PARAGRAF_367
    zahlungen: list[Kontobuchung] = dataclasses.field(default_factory=list)
    abzuege: list[Kontobuchung] = dataclasses.field(default_factory=list)
    befunde: list[Befund] = dataclasses.field(default_factory=list)

    def book_all(self, fall: Fall, stichtag: dt.date) -> None:
        """Book everything up to the Stichtag. On the same day a credit note stands before a payment."""
        vorgaenge: list[tuple[dt.date, int, Gutschrift | Verzicht | Zahlung]] = [
            *((gutschrift.am, 1, gutschrift) for gutschrift in fall.gutschriften),
            *((verzicht.am, 2, verzicht) for verzicht in fall.verzicht),
            *((self._effective_day(zahlung), 3, zahlung) for zahlung in fall.zahlungen),
        ]
        for am, _, vorgang in sorted(vorgaenge, key=lambda eintrag: eintrag[:2]):
            if am > stichtag:
                continue
            match vorgang:
                case Zahlung():
                    self._book_zahlung(vorgang, am, stichtag)
                case Gutschrift():
                    self._book_gutschrift(vorgang)
                case Verzicht():
                    self._book_verzicht(vorgang)
        for posten in (*self.forderungen, *self.kosten):
            posten.accrue(stichtag)

    # --- payments ------------------------------------------------------------------------------------

    def _effective_day(self, zahlung: Zahlung) -> dt.date:
        """A payment made before there was a debt works from the day on which the debt arises."""
        ziele = [p for p in self.forderungen if zahlung.auf == p.rechnung] or self.forderungen
        return max(zahlung.am, min((posten.entstanden_am for posten in ziele), default=zahlung.am))

    def _book_zahlung(self, zahlung: Zahlung, am: dt.date, stichtag: dt.date) -> None:
        if zahlung.zurueck_am and zahlung.zurueck_am <= stichtag:
            self.zahlungen.append(_returned(zahlung))
            return
        if am > zahlung.am:
            self.befunde.append(_paid_early(zahlung, am))
        schulden = self._debts(am)
        mehrere = sum(schuld.forderung is not None for schuld in schulden) > 1
        verteilung = Verteilung(am, zahlung.betrag, Posten.pay)
        regel = self._distribute(verteilung, schulden, zahlung, mehrere)
        if verteilung.rest:
            self.befunde.append(_overpaid(zahlung, verteilung.rest))
        self.zahlungen.append(
            Kontobuchung(
                art="zahlung",
                am=zahlung.am,
                betrag=zahlung.betrag,
                von=zahlung.von,
                regel=regel,
                auf=tuple(verteilung.anteile),
                rest=verteilung.rest,
                text=_sentence("Zahlung", zahlung.am, zahlung.betrag, verteilung, regel),
            )
        )

    def _distribute(
        self, verteilung: Verteilung, schulden: list[Schuld], zahlung: Zahlung, mehrere: bool
    ) -> str:
        regel = "§ 366 Abs. 2, § 367 Abs. 1 BGB" if mehrere else "§ 367 Abs. 1 BGB"
        if zahlung.auf is not None:
            regel = self._distribute_designated(verteilung, schulden, zahlung.auf, zahlung.stelle)
        verteilung.cover_ranks(rank(schulden, verteilung.am), self.reihenfolge)
        return regel

    def _distribute_designated(
        self, verteilung: Verteilung, schulden: list[Schuld], auf: str, stelle: Stelle
    ) -> str:
        """The debtor decides which debt he pays (§ 366 (1)); what is left over follows the statute."""
        if auf in _BESTANDTEILE:
            verteilung.cover_ranks(rank(schulden, verteilung.am), (_BESTANDTEILE[auf],))
            return "§ 367 Abs. 2 BGB (Bestimmung des Schuldners, angenommen)"
        for schuld in schulden:
            if schuld.forderung is not None and schuld.forderung.rechnung == auf:
                verteilung.cover(schuld, self.reihenfolge)
                return "§ 366 Abs. 1, § 367 Abs. 1 BGB"
        self._require_known(auf, stelle)
        return "§ 367 Abs. 1 BGB"

    def _debts(self, am: dt.date) -> list[Schuld]:
        """Return the debts open on a day; the costs belong to the claim where there is only one."""
        forderungen = [posten for posten in self.forderungen if posten.entstanden_am <= am]
        kosten = tuple(posten for posten in self.kosten if posten.entstanden_am <= am)
        if len(forderungen) == 1:
            return [Schuld((*kosten, forderungen[0]))]
        einzelne = [Schuld((posten,)) for posten in forderungen]
        return [Schuld(kosten), *einzelne] if kosten else einzelne

    def _require_known(self, auf: str, stelle: Stelle) -> None:
        nummern = [posten.rechnung for posten in self.forderungen if posten.rechnung]
        if auf not in nummern:
            raise Ablehnung(
                sperre(
                    "VERWEIS_INS_LEERE",
                    f"„auf: {auf}“ gibt es in diesem Fall nicht.",
                    propose(auf, [*nummern, *_BESTANDTEILE]),
                    stelle,
                )
            )

    # --- credit notes and waivers --------------------------------------------------------------------

    def _book_gutschrift(self, gutschrift: Gutschrift) -> None:
        """A credit note lowers the main claim as of its own day; without `auf` the oldest claim first."""
        verteilung = Verteilung(gutschrift.am, gutschrift.betrag, Posten.credit)
        self._reduce(verteilung, gutschrift, _NUR_HAUPTFORDERUNG)
        self._note(
            "gutschrift", "Gutschrift", gutschrift, verteilung, "mindert die Hauptforderung ab ihrem Tag"
        )

    def _book_verzicht(self, verzicht: Verzicht) -> None:
        verteilung = Verteilung(verzicht.am, verzicht.betrag, Posten.waive)
        teile = (_BESTANDTEILE[verzicht.auf],) if verzicht.auf in _BESTANDTEILE else _VERZICHT
        self._reduce(verteilung, verzicht, teile)
        self._note("verzicht", "Verzicht", verzicht, verteilung, "§ 397 BGB")

    def _reduce(self, verteilung: Verteilung, abzug: Gutschrift | Verzicht, teile: Reihenfolge) -> None:
        ziel = abzug.auf if abzug.auf not in _BESTANDTEILE else None
        if ziel is not None:
            self._require_known(ziel, abzug.stelle)
        betroffen = [p for p in self.forderungen if ziel in (None, p.rechnung)]
        if ziel is None and "kosten" in teile:
            betroffen += self.kosten
        for teil in teile:
            for posten in sorted(betroffen, key=lambda posten: posten.alter_am):
                verteilung.cover(Schuld((posten,)), (teil,))

    def _note(
        self,
        art: str,
        name: str,
        abzug: Gutschrift | Verzicht,
        verteilung: Verteilung,
        regel: str,
    ) -> None:
        if verteilung.rest:
            self.befunde.append(_reduced_too_much(name, abzug, verteilung.rest))
        self.abzuege.append(
            Kontobuchung(
                art="gutschrift" if art == "gutschrift" else "verzicht",
                am=abzug.am,
                betrag=abzug.betrag,
                regel=regel,
                auf=tuple(verteilung.anteile),
                rest=verteilung.rest,
                text=_sentence(name, abzug.am, abzug.betrag, verteilung, regel),
            )
        )


def _sentence(name: str, am: dt.date, betrag: Decimal, verteilung: Verteilung, regel: str) -> str:
    teile = [_part(anteil) for anteil in verteilung.anteile]
    if verteilung.rest:
        teile.append(f"nicht verrechnet {format_euro(verteilung.rest)}")
    return f"{name} von {format_euro(betrag)} am {format_datum(am)}: {', '.join(teile)} ({regel})."


def _part(anteil: Anteil) -> str:
    woran = f" {anteil.rechnung}" if anteil.rechnung else ""
    name = {"kosten": "Kosten", "zinsen": "Zinsen", "hauptforderung": "Hauptforderung"}[anteil.art]
    return f"{name}{woran} {format_euro(anteil.betrag)}"


def _returned(zahlung: Zahlung) -> Kontobuchung:
    assert zahlung.zurueck_am is not None  # noqa: S101 - the caller has asked
    return Kontobuchung(
        art="zahlung",
        am=zahlung.am,
        betrag=zahlung.betrag,
        von=zahlung.von,
        regel="zurückgegeben",
        auf=(),
        rest=NULL,
        text=f"Zahlung von {format_euro(zahlung.betrag)} am {format_datum(zahlung.am)}: am "
        f"{format_datum(zahlung.zurueck_am)} zurückgegeben; sie zählt, als wäre sie nie eingegangen.",
        zurueck_am=zahlung.zurueck_am,
    )


def _paid_early(zahlung: Zahlung, am: dt.date) -> Befund:
    return warnung(
        "ZAHLUNG_VOR_FORDERUNG",
        f"Die Zahlung vom {format_datum(zahlung.am)} ({format_euro(zahlung.betrag)}) liegt vor der Forderung; "
        f"sie wird ab dem {format_datum(am)} angerechnet.",
        "Datum prüfen; war es eine Anzahlung, „auf:“ mit der Rechnungsnummer ergänzen.",
        zahlung.stelle,
    )


def _overpaid(zahlung: Zahlung, rest: Decimal) -> Befund:
    return warnung(
        "UEBERZAHLUNG",
        f"Die Zahlung vom {format_datum(zahlung.am)} übersteigt die Schuld um {format_euro(rest)}.",
        "Den Betrag erstatten oder aufrechnen und dann erfassen; das Konto verrechnet ihn nicht von selbst.",
        zahlung.stelle,
    )


def _reduced_too_much(name: str, abzug: Gutschrift | Verzicht, rest: Decimal) -> Befund:
    return warnung(
        "ABZUG_ZU_HOCH",
        f"{name} vom {format_datum(abzug.am)}: {format_euro(rest)} gehen über das hinaus, was offen war.",
        "Betrag, Tag und „auf:“ prüfen; war schon gezahlt, ist der Rest zu erstatten.",
        abzug.stelle,
    )
