"""The walk through time: titles, credit notes, waivers and payments in the order of their days."""

import dataclasses
import datetime as dt
from decimal import Decimal

from mahnakte.fall.fall import Fall, Mitzahlung
from mahnakte.fall.modell import Gutschrift, Verzicht, Zahlung, Zurueckstellung
from mahnakte.fall.tatsachenfehler import later_than, unknown_reference
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.betrag import NULL
from mahnakte.konto import buchungstext as satz
from mahnakte.konto.aufbau import Grundstock
from mahnakte.konto.modell import Bestandteil, Kontobuchung
from mahnakte.konto.posten import EIN_TAG, Posten, Teil
from mahnakte.konto.tilgung import Raenge, Schuld, Tilgungsordnung, Verteilung, explain_ranks, rank
from mahnakte.konto.titelteil import Kontotitel, absorb
from mahnakte.stand.sachstand import Sachstand

BESTANDTEILE: tuple[Bestandteil, ...] = ("hauptforderung", "zinsen", "kosten")


@dataclasses.dataclass(slots=True)
class Buchhaltung:
    """All debts of the account, and the bookings so far.

    `ziele` maps what `auf:` may name (an invoice or a title) to its debt; `spaetere` are the invoices that do not
    exist yet on the Stichtag; `zurueckgestellt` is what is set aside and not yet paid.
    """

    forderungen: list[Posten]
    kosten: list[Posten]
    ordnung: Tilgungsordnung
    titel: tuple[Kontotitel, ...]
    ziele: dict[str, str]
    spaetere: frozenset[str]
    stichtag: dt.date
    zahlungen: list[Kontobuchung] = dataclasses.field(default_factory=list)
    abzuege: list[Kontobuchung] = dataclasses.field(default_factory=list)
    zurueckgestellt: Decimal = NULL
    befunde: list[Befund] = dataclasses.field(default_factory=list)

    def book_all(self, fall: Fall) -> None:
        """Book everything up to the Stichtag, then write the interest up to and including it.

        On one day a title comes first (its sums are those of the day before), then what lowers the claim, then
        payments.
        """
        vorgaenge: list[tuple[dt.date, int, Kontotitel | Gutschrift | Verzicht | Zahlung | Mitzahlung]] = [
            *(
                (titel.stand_am + EIN_TAG, 0, titel)
                for titel in self.titel
                if titel.stand_am <= self.stichtag
            ),
            *((g.am, 1, g) for g in fall.gutschriften if g.am <= self.stichtag),
            *((v.am, 2, v) for v in fall.verzicht if self._is_known(v, "Verzicht")),
            *((self._effective_day(z), 3, z) for z in fall.zahlungen if z.am <= self.stichtag),
            *((m.am, 3, m) for m in fall.mitzahlungen if m.am <= self.stichtag),
        ]
        for am, _, vorgang in sorted(vorgaenge, key=lambda eintrag: eintrag[:2]):
            match vorgang:
                case Zahlung():
                    self._book_zahlung(vorgang, am)
                case Mitzahlung():
                    self._book_mitzahlung(vorgang)
                case Gutschrift():
                    self._book_gutschrift(vorgang)
                case Verzicht():
                    self._book_verzicht(vorgang)
                case Kontotitel():
                    self._book_titel(vorgang, fall)
        for posten in (*self.forderungen, *self.kosten):
            posten.accrue(self.stichtag)

    def _is_known(self, verzicht: Verzicht, name: str) -> bool:
        if verzicht.am > self.stichtag:
            self.befunde.append(later_than(name, verzicht.am, self.stichtag, verzicht.stelle))
            return False
        return True

    # --- titles --------------------------------------------------------------------------------------

    def _book_titel(self, titel: Kontotitel, fall: Fall) -> None:
        eigene, befunde = absorb(titel, self.forderungen, self.kosten, fall)
        self.forderungen += [posten for posten in eigene if posten.art == "hauptforderung"]
        self.kosten += [posten for posten in eigene if posten.art == "kosten"]
        self.befunde += befunde

    # --- payments ------------------------------------------------------------------------------------

    def _effective_day(self, zahlung: Zahlung) -> dt.date:
        """A payment made before there was a debt works from the day on which the debt arises."""
        tage = [p.entstanden_am for p in self.forderungen if zahlung.auf == p.rechnung]
        tage = tage or [p.entstanden_am for p in (*self.forderungen, *self.kosten)]
        tage += [titel.stand_am + EIN_TAG for titel in self.titel if not self.forderungen]
        return max(zahlung.am, min(tage, default=zahlung.am))

    def _book_zahlung(self, zahlung: Zahlung, am: dt.date) -> None:
        if zahlung.zurueck_am and self._was_returned(zahlung, zahlung.zurueck_am):
            self.zahlungen.append(satz.returned(zahlung))
            return
        verteilung = Verteilung("zahlung", am, zahlung.betrag)
        if zahlung.auf in self.spaetere:
            self.zahlungen.append(satz.advance(zahlung))
            return
        schulden = self._debts(am)
        mehrere = sum(schuld.forderung is not None for schuld in schulden) > 1
        if mehrere:
            self._doubt(zahlung, schulden)
        regel, text = self._distribute(verteilung, schulden, zahlung, mehrere)
        beiseite = min(verteilung.rest, self.zurueckgestellt)  # owed as well, only not demanded for now
        self.zurueckgestellt -= beiseite
        self.befunde += satz.payment_findings(zahlung, am, verteilung.rest - beiseite, self.titel)
        self.zahlungen.append(satz.booked(zahlung, verteilung, regel, text, beiseite))

    def _book_mitzahlung(self, mitzahlung: Mitzahlung) -> None:
        """What a joint debtor paid on the common invoices is paid here as well, part by part (§ 422 (1) BGB).

        Interest that only the other one owed (§ 425 BGB) finds nothing here and is no overpayment.
        """
        verteilung = Verteilung("zahlung", mitzahlung.am, mitzahlung.wirkung)
        for anteil in mitzahlung.anteile:
            rest = anteil.betrag
            for posten in self._common_debts(anteil.rechnung):
                zinsen: Teil = (
                    "vertragszinsen" if posten.lauf and posten.lauf.vertraglich else "verzugszinsen"
                )
                teil: Teil = "hauptforderung" if anteil.art == "hauptforderung" else zinsen
                rest -= verteilung.cover_one(posten, teil, rest)
        self.zahlungen.append(satz.paid_elsewhere(mitzahlung, verteilung))

    def _common_debts(self, rechnung: str | None) -> list[Posten]:
        """Return the debts that a common invoice has become: itself, then a title over it; None: the oldest first."""
        aeltere = sorted(self.forderungen, key=lambda posten: (posten.titel, posten.alter_am))
        if rechnung is None:
            return aeltere
        eigene = [posten for posten in aeltere if posten.rechnung == rechnung]
        tituliert = any(posten.gone("titel") for posten in eigene)
        return [*eigene, *(posten for posten in aeltere if posten.titel and tituliert)]

    def _was_returned(self, zahlung: Zahlung, zurueck_am: dt.date) -> bool:
        """A payment given back disappears with all its effects; on an earlier Stichtag it still stands."""
        if zurueck_am < zahlung.am:
            raise Ablehnung(
                sperre(
                    "RUECKGABE_VOR_ZAHLUNG",
                    satz.RUECKGABE_VOR_ZAHLUNG,
                    "Die Tage „am:“ und „zurueck_am:“ prüfen.",
                    zahlung.stelle,
                )
            )
        if zurueck_am > self.stichtag:
            self.befunde.append(later_than("Rückgabe der Zahlung", zurueck_am, self.stichtag, zahlung.stelle))
            return False
        return True

    def _doubt(self, zahlung: Zahlung, schulden: list[Schuld]) -> None:
        """What might change the choice among several debts, and is not applied because it is not certain."""
        forderungen = [schuld.forderung for schuld in schulden if schuld.forderung]
        if len({posten.titel for posten in forderungen}) > 1 and zahlung.auf not in self.ziele:
            self.befunde.append(satz.titled_and_untitled(zahlung))
        gleiche = [posten for posten in forderungen if posten.betrag == zahlung.betrag]
        if zahlung.auf is None and len(gleiche) == 1:
            self.befunde.append(satz.fits_one(zahlung, gleiche[0].name))

    def _distribute(
        self, verteilung: Verteilung, schulden: list[Schuld], zahlung: Zahlung, mehrere: bool
    ) -> tuple[str, str]:
        """Distribute a payment; return the rule and its explanation in German."""
        ordnung = self.ordnung
        if zahlung.auf is not None:
            self._cover_designated(verteilung, schulden, zahlung.auf, zahlung.stelle)
        raenge = rank(schulden, verteilung.am) if verteilung.rest else {}
        vorher = len(verteilung.anteile)
        self._cover(verteilung, raenge, ordnung)
        if zahlung.auf in BESTANDTEILE:
            return satz.by_component(zahlung.auf, ordnung)
        if zahlung.auf is not None:
            return satz.by_claim(zahlung.auf, ordnung, rest_verteilt=len(verteilung.anteile) > vorher)
        if mehrere:
            return satz.among_several(ordnung, explain_ranks(raenge), anteilig=verteilung.anteilig)
        return ordnung.regel, ordnung.worte

    @staticmethod
    def _cover(verteilung: Verteilung, raenge: Raenge, ordnung: Tilgungsordnung) -> None:
        """Cover by statute debt by debt; by agreement component by component across all debts."""
        runden: tuple[tuple[Teil, ...], ...] = (ordnung.teile,)
        if ordnung.uebergreifend:
            runden = tuple((teil,) for teil in ordnung.teile)
        for teile in runden:
            verteilung.cover_ranks(list(raenge.values()), teile)

    def _cover_designated(
        self, verteilung: Verteilung, schulden: list[Schuld], auf: str, stelle: Stelle
    ) -> None:
        """The debtor decides which debt he pays (§ 366 (1)); what is left over follows the statute."""
        if auf in BESTANDTEILE:
            verteilung.cover_ranks(list(rank(schulden, verteilung.am).values()), (auf,))
            return
        ziel = self._find_ziel(auf, stelle)
        for schuld in schulden:
            if schuld.forderung is not None and schuld.forderung.rechnung == ziel:
                verteilung.cover(schuld, self.ordnung.teile)

    def _debts(self, am: dt.date) -> list[Schuld]:
        """Return the debts open on a day. Costs belong to the claim where only one is open."""
        forderungen = [p for p in self.forderungen if p.is_open and p.entstanden_am <= am]
        kosten = [p for p in self.kosten if p.is_open and p.entstanden_am <= am]
        if len(forderungen) <= 1:
            return [Schuld(tuple(kosten), forderungen[0] if forderungen else None)]
        namen = {posten.rechnung for posten in forderungen}
        gemeinsame = tuple(posten for posten in kosten if posten.rechnung not in namen)
        schulden = [
            Schuld(tuple(k for k in kosten if k.rechnung == posten.rechnung), posten)
            for posten in forderungen
        ]
        return [Schuld(gemeinsame, None), *schulden] if gemeinsame else schulden

    def _find_ziel(self, auf: str, stelle: Stelle) -> str:
        """Return the debt that `auf:` names; raise Ablehnung when the case has no such thing."""
        if auf not in self.ziele:
            raise Ablehnung(unknown_reference("auf", auf, [*self.ziele, *BESTANDTEILE], stelle))
        return self.ziele[auf]

    # --- credit notes and waivers --------------------------------------------------------------------

    def _book_gutschrift(self, gutschrift: Gutschrift) -> None:
        """A credit note lowers the main claim as of its own day; without `auf` the oldest claim first."""
        verteilung = Verteilung("gutschrift", gutschrift.am, gutschrift.betrag)
        self._lower(verteilung, gutschrift, ("hauptforderung",), gutschrift.am)
        if isinstance(gutschrift, Zurueckstellung):
            self.zurueckgestellt += gutschrift.betrag - verteilung.rest
            self.abzuege.append(satz.credited(gutschrift, verteilung, NULL))
            return
        ueberzahlt = self._give_back(gutschrift, verteilung.rest)
        self.abzuege.append(satz.credited(gutschrift, verteilung, ueberzahlt))
        if ueberzahlt:
            self.befunde.append(satz.paid_before_credit(gutschrift, ueberzahlt))
        self.befunde += satz.deduction_findings(gutschrift, verteilung.rest - ueberzahlt)

    def _give_back(self, gutschrift: Gutschrift, rest: Decimal) -> Decimal:
        """Return how much of what the credit note finds nothing open for had been paid before.

        It becomes an overpayment of that claim. It pays no other one: set-off is for a person to declare (§ 388 BGB).
        """
        teile, betroffen = self._reach(gutschrift, ("hauptforderung",))
        ueberzahlt = NULL
        for posten in betroffen:
            if posten.art in teile:
                ueberzahlt += posten.give_back(rest - ueberzahlt)
        return ueberzahlt

    def _book_verzicht(self, verzicht: Verzicht) -> None:
        """A waiver; without `auf` the main claim first, then interest, then costs: never too much is claimed.

        One that reaches the balance of its day lets go of all that is on it, the interest of that day included.
        """
        verteilung = Verteilung("verzicht", verzicht.am, verzicht.betrag)
        _, betroffen = self._reach(verzicht, BESTANDTEILE)
        saldo = sum((posten.balance_after(verzicht.am) for posten in betroffen), NULL)
        alles = verzicht.auf is None and verzicht.betrag >= saldo
        self._lower(verteilung, verzicht, BESTANDTEILE, verzicht.am + EIN_TAG if alles else verzicht.am)
        self.abzuege.append(satz.waived(verzicht, verteilung))
        self.befunde += satz.deduction_findings(verzicht, verteilung.rest)

    def _lower(
        self,
        verteilung: Verteilung,
        abzug: Gutschrift | Verzicht,
        teile: tuple[Bestandteil, ...],
        zinslos_ab: dt.date,
    ) -> None:
        """Lower component by component; what goes of the base amount bears no interest from `zinslos_ab` on."""
        teile, betroffen = self._reach(abzug, teile)
        for teil in teile:
            # interest of the day itself has been earned before it is let go
            verteilung.am = abzug.am + EIN_TAG if teil == "zinsen" else zinslos_ab
            for posten in betroffen:
                verteilung.cover_one(posten, teil)

    def _reach(
        self, abzug: Gutschrift | Verzicht, teile: tuple[Bestandteil, ...]
    ) -> tuple[tuple[Bestandteil, ...], list[Posten]]:
        """Return which components of which debts a deduction lowers, the oldest debt first."""
        betroffen = [*self.forderungen, *self.kosten]
        if abzug.auf in BESTANDTEILE:
            teile = (abzug.auf,)
        elif abzug.auf is not None:
            ziel = self._find_ziel(abzug.auf, abzug.stelle)
            betroffen = [posten for posten in self.forderungen if posten.rechnung == ziel]
        return teile, sorted(betroffen, key=lambda posten: posten.alter_am)


def open_buchhaltung(
    sachstand: Sachstand, grundstock: Grundstock, ordnung: Tilgungsordnung, titel: tuple[Kontotitel, ...]
) -> Buchhaltung:
    """Return the books of a case, nothing booked yet."""
    nummern = {forderung.nummer: forderung.nummer for forderung in sachstand.fall.forderungen}
    return Buchhaltung(
        forderungen=[eintrag.posten for eintrag in grundstock.forderungen],
        kosten=[posten for _, posten in grundstock.kosten],
        ordnung=ordnung,
        titel=titel,
        ziele={
            **nummern,
            **{kennung: einer.name for einer in titel for kennung in einer.kennungen},
        },
        spaetere=frozenset(nummern) - {eintrag.forderung.nummer for eintrag in grundstock.forderungen},
        stichtag=sachstand.stichtag,
    )
