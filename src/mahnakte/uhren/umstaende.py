"""What suspends, restarts or prolongs the limitation of one claim against one debtor (§§ 202 to 213 BGB).

Taken from events, payments and the court's acts up to the Stichtag. Where it is not stated whom an act concerns or
what it covers, it does not count, and a Befund says so: a clock that ends too early costs a second look, one that
ends too late costs the claim.
"""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mahnakte.arten.ereignis import (
    ANERKENNTNIS,
    ANTRAG_EINGEREICHT,
    EREIGNISARTEN,
    INSOLVENZ,
    INSOLVENZ_ANGEMELDET,
    MB_ZUGESTELLT,
    RATENPLAN,
    RATENPLAN_GEKUENDIGT,
    STUNDUNG,
    VERFAHRENSAKTE,
    VERHANDLUNG,
    VERJAEHRUNGSVERZICHT,
    VERSTORBEN,
)
from mahnakte.fall.fall import Forderung
from mahnakte.fall.modell import Ereignis
from mahnakte.grund.befund import Ablehnung, Befund, hinweis
from mahnakte.grund.betrag import NULL
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Konto
from mahnakte.konto.ordnung import is_verbraucherdarlehen
from mahnakte.recht import hemmung
from mahnakte.recht.hemmung import Hemmung, Neubeginn, Verzicht
from mahnakte.recht.verjaehrung import Umstand
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verfahren import rechnungen_im_antrag
from mahnakte.stand.verlauf import ereignisse_bis
from mahnakte.uhren.entstehung import find_entstehung

# The court's and the parties' acts; the last of them counts when the proceedings stand still (§ 204 (2)).
VERFAHRENSHANDLUNGEN = tuple(
    wort for wort in VERFAHRENSAKTE if not (EREIGNISARTEN[wort].beginnt or EREIGNISARTEN[wort].scheitert)
)


@dataclasses.dataclass(frozen=True, slots=True)
class Umstaende:
    """The circumstances of one claim against one debtor; `fehlt` are facts that nobody stated, in German."""

    alle: tuple[Umstand, ...]
    fehlt: tuple[str, ...]
    befunde: tuple[Befund, ...]


def collect_umstaende(
    sachstand: Sachstand, forderung: Forderung, schuldner: str, konto: Konto | None
) -> Umstaende:
    """Return what is known on the Stichtag. Without an account (None) a payment counts where its claim is certain."""
    sammler = _Sammler(sachstand, forderung, schuldner)
    alle = (
        *sammler.talks(),
        *sammler.deferrals(),
        *sammler.loan(konto),
        *sammler.acknowledgements(),
        *_payments(sachstand, forderung, schuldner, konto),
        *sammler.court(),
        *sammler.fate(),
        *sammler.waivers(),
    )
    return Umstaende(alle, tuple(dict.fromkeys(sammler.fehlt)), tuple(dict.fromkeys(sammler.befunde)))


def _payments(
    sachstand: Sachstand, forderung: Forderung, schuldner: str, konto: Konto | None
) -> Iterator[Neubeginn]:
    """§ 212 (1) no. 1: a payment acknowledges the claim that it went to, and only the debt of him who paid."""
    gezahlt = _booked(forderung, konto) if konto else _designated(sachstand, forderung)
    for am, von in gezahlt:
        if schuldner == (von or (schuldner if len(sachstand.fall.schuldner) == 1 else None)):
            yield hemmung.anerkenntnis(am, f"Zahlung vom {format_datum(am)}")


def _booked(forderung: Forderung, konto: Konto) -> Iterator[tuple[dt.date, str | None]]:
    """Yield day and payer of what the account put on the claim or its interest.

    What a joint debtor paid in his own case acknowledges nothing here (§ 425 (2) BGB).
    """
    for buchung in konto.zahlungen:
        if not buchung.aus_fall and any(
            teil.rechnung == forderung.nummer and teil.betrag > NULL for teil in buchung.auf
        ):
            yield buchung.am, buchung.von


def _designated(sachstand: Sachstand, forderung: Forderung) -> Iterator[tuple[dt.date, str | None]]:
    """Without an account: payments for which only this claim comes into question."""
    ziele: list[str | None] = [forderung.nummer]
    if len(sachstand.fall.forderungen) == 1:
        ziele += [None, "hauptforderung", "zinsen"]
    for zahlung in sachstand.fall.zahlungen:
        zurueck = zahlung.zurueck_am is not None and zahlung.zurueck_am <= sachstand.stichtag
        if zahlung.am <= sachstand.stichtag and not zurueck and zahlung.auf in ziele:
            yield zahlung.am, zahlung.von


def paid_since(sachstand: Sachstand, ab: dt.date) -> Decimal:
    """Return what was credited from a day to the Stichtag and has not been given back by then."""
    return sum(
        (
            zahlung.betrag
            for zahlung in sachstand.fall.zahlungen
            if ab <= zahlung.am <= sachstand.stichtag
            and not (zahlung.zurueck_am and zahlung.zurueck_am <= sachstand.stichtag)
        ),
        NULL,
    )


class _Sammler:
    """Walks the events of one debtor; collects beside the circumstances what is missing."""

    def __init__(self, sachstand: Sachstand, forderung: Forderung, schuldner: str) -> None:
        self._sachstand = sachstand
        self._forderung = forderung
        self._schuldner = schuldner
        self.fehlt: list[str] = []
        self.befunde: list[Befund] = []

    def talks(self) -> Iterator[Hemmung]:
        """§ 203. Talks without a known end are counted for their first day only."""
        for ereignis in self._events(VERHANDLUNG.wort):
            if ereignis.bis is None:
                self._miss(
                    ereignis, "VERJAEHRUNG_ENDE_FEHLT",
                    f"Verhandlung vom {format_datum(ereignis.am)}: „bis“ fehlt; gerechnet ist nur dieser Tag",
                    "„bis:“ ergänzen: den Tag, an dem die Verhandlungen endeten oder einschliefen.",
                )  # fmt: skip
            yield hemmung.verhandlung(
                self._sachstand.recht, ereignis.am, self._until(ereignis.bis or ereignis.am)
            )

    def deferrals(self) -> Iterator[Hemmung]:
        """§ 205: a deferral until its end, a plan of instalments as long as it was kept."""
        for ereignis in self._events(STUNDUNG.wort):
            yield hemmung.stundung(ereignis.am, self._until(ereignis.bis or ereignis.am))
        plaene = self._events(RATENPLAN.wort, RATENPLAN_GEKUENDIGT.wort)
        for plan, danach in itertools.zip_longest(plaene, plaene[1:]):
            if plan.art == RATENPLAN.wort:
                bis = min(self._kept_until(plan), danach.am if danach else dt.date.max)
                gehemmt = hemmung.stundung(plan.am, self._until(max(bis, plan.am)))
                yield dataclasses.replace(gehemmt, text="Ratenzahlung vereinbart (§ 205 BGB)")

    def loan(self, konto: Konto | None) -> Iterator[Hemmung]:
        """§ 497 (3) sentence 3, for mortgage loans too (4). Without an account nobody knows of the default.

        A contract whose law nobody has read suspends nothing: that is the earlier end.
        """
        fall = self._sachstand.fall
        vertrag_am = fall.anspruch.vertragsdatum
        if not is_verbraucherdarlehen(fall) or vertrag_am is None or konto is None:
            return
        entstanden = find_entstehung(fall, self._forderung).am
        staende = (stand for stand in konto.forderungen if stand.rechnung == self._forderung.nummer)
        for lage in itertools.chain.from_iterable(stand.verzug for stand in staende):
            if lage.schuldner == self._schuldner and lage.ab is not None:
                try:
                    gehemmt = hemmung.verbraucherdarlehen(
                        self._sachstand.recht, vertrag_am, entstanden, lage.ab
                    )
                except Ablehnung:
                    return
                yield dataclasses.replace(gehemmt, bis=gehemmt.bis and self._until(gehemmt.bis))

    def acknowledgements(self) -> Iterator[Neubeginn]:
        """§ 212 (1) no. 1. A sum smaller than the claim acknowledges only a part."""
        for ereignis in self._events(ANERKENNTNIS.wort):
            if ereignis.rechnung not in (None, self._forderung.nummer):
                continue
            ganzes = sum((eine.betrag for eine in self._meant(ereignis)), NULL)
            if ereignis.betrag is not None and ereignis.betrag < ganzes:
                self._miss(
                    ereignis, "VERJAEHRUNG_UMFANG_FEHLT",
                    f"Anerkenntnis vom {format_datum(ereignis.am)} nur über einen Teilbetrag; nicht eingerechnet",
                    "Ist die ganze Forderung anerkannt, „betrag:“ streichen; sonst den Teil gesondert verfolgen.",
                )  # fmt: skip
                continue
            yield hemmung.anerkenntnis(ereignis.am)

    def court(self) -> Iterator[Hemmung]:
        """§ 204 (1) no. 3: each application with the service that followed, until six months after the last act."""
        antraege = self._events(ANTRAG_EINGEREICHT.wort)
        zustellungen = self._events(MB_ZUGESTELLT.wort)
        yield from self._served_without_filing(antraege, zustellungen)
        for nr, antrag in enumerate(antraege):
            if self._covers(antrag):
                ende = antraege[nr + 1].am if nr + 1 < len(antraege) else dt.date.max
                zugestellt = next((z.am for z in zustellungen if antrag.am <= z.am < ende), None)
                yield hemmung.mahnbescheid(
                    self._sachstand.recht, antrag.am, zugestellt, self._last_act(antrag.am, ende)
                )

    def _served_without_filing(
        self, antraege: Sequence[Ereignis], zustellungen: Sequence[Ereignis]
    ) -> Iterator[Hemmung]:
        """Nobody stated the filing: then the service itself suspends, and the day is asked for."""
        erster_antrag = antraege[0].am if antraege else dt.date.max
        for zustellung in zustellungen[:1]:
            if not self._forderung.datum <= zustellung.am < erster_antrag:
                continue
            self._miss(
                zustellung, "VERJAEHRUNG_ANTRAG_FEHLT",
                f"Mahnbescheid zugestellt am {format_datum(zustellung.am)}: der Tag des Antrags fehlt",
                "Das Ereignis „antrag_eingereicht“ ergänzen; die Hemmung wirkt auf diesen Tag zurück (§ 167 ZPO).",
            )  # fmt: skip
            yield hemmung.mahnbescheid(
                self._sachstand.recht,
                zustellung.am,
                zustellung.am,
                self._last_act(zustellung.am, erster_antrag),
            )

    def fate(self) -> Iterator[Umstand]:
        """§ 204 (1) no. 10 and § 211: insolvency suspends only what was filed, death holds up the end."""
        angemeldet = self._events(INSOLVENZ_ANGEMELDET.wort)
        for anmeldung in angemeldet:
            bis = anmeldung.bis
            yield hemmung.insolvenzanmeldung(
                self._sachstand.recht, anmeldung.am, bis if bis and bis <= self._sachstand.stichtag else None
            )
        for ereignis in self._events(INSOLVENZ.wort):
            if not angemeldet:
                was = f"Insolvenz vom {format_datum(ereignis.am)}"
                self._miss(
                    ereignis, "VERJAEHRUNG_ANMELDUNG_FEHLT",
                    f"{was}: wann die Forderung beim Verwalter angemeldet wurde; erst das hemmt",
                    "Das Ereignis „insolvenz_angemeldet“ mit dem Tag ergänzen (§ 204 Abs. 1 Nr. 10 BGB).",
                )  # fmt: skip
                yield Hemmung(
                    ereignis.am,
                    None,
                    f"{was} (§ 204 Abs. 1 Nr. 10 BGB)",
                    hindernis="keine Anmeldung angegeben",
                )
        for ereignis in self._events(VERSTORBEN.wort):
            annahme = ereignis.bis if ereignis.bis and ereignis.bis <= self._sachstand.stichtag else None
            if annahme is None:
                self._miss(
                    ereignis, "VERJAEHRUNG_ANNAHME_FEHLT",
                    f"Tod am {format_datum(ereignis.am)}: wann die Erbschaft angenommen wurde; gerechnet ab dem Tod",
                    "Bei „verstorben“ als „bis:“ den Tag der Annahme ergänzen (§ 211 BGB).",
                )  # fmt: skip
            yield hemmung.nachlass(self._sachstand.recht, ereignis.am, annahme or ereignis.am)

    def waivers(self) -> Iterator[Verzicht]:
        """§ 202: the debtor waives the defence until a day."""
        for ereignis in self._events(VERJAEHRUNGSVERZICHT.wort):
            if ereignis.bis:
                yield Verzicht(ereignis.am, ereignis.bis)

    # --- facts -----------------------------------------------------------------------------------------

    def _events(self, *arten: str) -> tuple[Ereignis, ...]:
        """Return the events of this debtor, the oldest first; what touches one person must name him (§ 425)."""
        treffer = []
        for ereignis in ereignisse_bis(self._sachstand, *arten):
            gemeint = ereignis.schuldner == self._schuldner or len(self._sachstand.fall.schuldner) == 1
            if gemeint or (ereignis.schuldner is None and not EREIGNISARTEN[ereignis.art].persoenlich):
                treffer.append(ereignis)
            elif ereignis.schuldner is None:
                self._miss(
                    ereignis, "VERJAEHRUNG_SCHULDNER_FEHLT",
                    f"„{ereignis.art}“ vom {format_datum(ereignis.am)}: wen es betrifft; nicht eingerechnet",
                    "„schuldner:“ ergänzen, bei mehreren je ein Ereignis; es wirkt nur gegen ihn (§ 425 BGB).",
                )  # fmt: skip
        return tuple(treffer)

    def _miss(self, ereignis: Ereignis, code: str, text: str, abhilfe: str) -> None:
        self.fehlt.append(text)
        self.befunde.append(hinweis(code, f"Verjährung: {text}.", abhilfe, ereignis.stelle))

    def _until(self, bis: dt.date) -> dt.date | None:
        """Return the last day, or None for what still goes on: then the days up to the Stichtag count."""
        return bis if bis <= self._sachstand.stichtag else None

    def _meant(self, ereignis: Ereignis) -> tuple[Forderung, ...]:
        return (self._forderung,) if ereignis.rechnung else self._sachstand.fall.forderungen

    def _covers(self, antrag: Ereignis) -> bool:
        """Tell whether the application had this claim."""
        return self._forderung.nummer in rechnungen_im_antrag(self._sachstand, antrag)

    def _last_act(self, ab: dt.date, vor: dt.date) -> dt.date:
        tage = (ereignis.am for ereignis in self._events(*VERFAHRENSHANDLUNGEN) if ab <= ereignis.am < vor)
        return max(tage, default=ab)

    def _kept_until(self, plan: Ereignis) -> dt.date:
        """Return the last instalment's day, or that of the first one which payments until now do not cover."""
        gezahlt, geschuldet = paid_since(self._sachstand, plan.am), NULL
        for rate in sorted(plan.raten, key=lambda rate: rate.am):
            geschuldet += rate.betrag
            if geschuldet > gezahlt and rate.am < self._sachstand.stichtag:
                return rate.am
        return max(rate.am for rate in plan.raten)
