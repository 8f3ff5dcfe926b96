"""What a letter leaves out: claims not yet due, disputed or held parts. The rest goes on."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from mahnakte.ablauf.anmahnung import angemahnte_rechnungen, grace_over_on
from mahnakte.ablauf.gerichtslage import Gerichtslage, compute_gerichtslage, offene_rechnungen
from mahnakte.ablauf.halt import (
    angeschriebene,
    describe_schicksal,
    laufende_sperren,
    offene_einwaende,
)
from mahnakte.ablauf.verlangtes import list_settled
from mahnakte.arten.ereignis import BESTRITTEN
from mahnakte.arten.kosten import VERFAHRENSKOSTEN
from mahnakte.fall.fall import Fall, Forderung
from mahnakte.fall.modell import Ereignis, Gutschrift, Kostenposten, Verzicht, Zahlung, Zurueckstellung
from mahnakte.fall.partei import Schuldner
from mahnakte.grund.befund import Befund
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import compute_konto
from mahnakte.konto.modell import Konto, Kontobuchung
from mahnakte.stand.pruefung import offene_fragen
from mahnakte.stand.sachstand import Sachstand, once
from mahnakte.stand.schicksal import laufende_schicksale
from mahnakte.stand.verfahren import list_verfahren
from mahnakte.stand.zahltag import zahltag_of


@dataclasses.dataclass(frozen=True, slots=True)
class Ausklammerung:
    """A claim or part of one that this letter does not demand, with the sentence for the clerk."""

    rechnung: str | None
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Mahnbar:
    """The case as a letter may demand it, what was left out, and the debtors whom the letter goes to."""

    sachstand: Sachstand
    ausgeklammert: tuple[Ausklammerung, ...]
    an: tuple[Schuldner, ...]

    @property
    def fall(self) -> Fall:
        """Return that part of the case, whatever the day."""
        return self.sachstand.fall


@once
def mahnbarer_fall(sachstand: Sachstand) -> Mahnbar:
    """Return the case as a letter may demand it on the Stichtag.

    A whole invoice is taken out; a disputed or held part works like a credit note on the day of the
    invoice, so that no interest is asked on it either.
    """
    ausgeklammert = [
        *_not_yet_due(sachstand),
        *list_fragliche(sachstand),
        *_paid_as_asked(sachstand),
        *_not_written_to(sachstand),
    ]
    an = angeschriebene(sachstand)
    rest = sachstand
    if verfahren := list_verfahren(sachstand):
        konto = compute_konto(sachstand)
        lage = compute_gerichtslage(verfahren, offene_rechnungen(konto, sachstand.stichtag), an)
        ausgeklammert += _at_court(sachstand.fall, lage, konto)
        an = tuple(einer for einer in an if einer.kennung in lage.an)
        rest = sachstand.mit(outside_court(sachstand.fall, konto, lage))
    teile: list[Zurueckstellung] = []
    for ereignis in (*offene_einwaende(sachstand), *laufende_sperren(sachstand)):
        if ereignis.betrag is None and ereignis.rechnung is not None:
            ausgeklammert.append(Ausklammerung(ereignis.rechnung, _sentence(ereignis, "")))
        elif ereignis.betrag is not None:
            teile += _set_aside(sachstand, ereignis, teile)
            ausgeklammert.append(Ausklammerung(None, _sentence(ereignis, f"{format_euro(ereignis.betrag)} ")))
    ohne = {teil.rechnung for teil in ausgeklammert if teil.rechnung}
    rest = _lower(without_rechnungen(rest, ohne), teile)
    junge = tuple(_too_young(rest))
    rest = without_rechnungen(rest, {teil.rechnung for teil in junge if teil.rechnung})
    return Mahnbar(rest, (*ausgeklammert, *junge), an)


def _lower(sachstand: Sachstand, teile: Sequence[Zurueckstellung]) -> Sachstand:
    """Return the case with the parts set aside that belong to an invoice still in it."""
    bleibende = {None, *(forderung.nummer for forderung in sachstand.fall.forderungen)}
    passende = tuple(teil for teil in teile if teil.auf in bleibende)
    if not passende:
        return sachstand
    gutschriften = (*sachstand.fall.gutschriften, *passende)
    return sachstand.mit(dataclasses.replace(sachstand.fall, gutschriften=gutschriften))


def _too_young(sachstand: Sachstand) -> Iterator[Ausklammerung]:
    """An invoice that no letter has named waits for the first stage's grace: it rides into no letter on others."""
    angemahnt = angemahnte_rechnungen(sachstand)
    junge = {
        forderung.nummer: reif_ab
        for forderung in sachstand.fall.forderungen
        if (zahltag := zahltag_of(sachstand, forderung))
        and forderung.nummer not in angemahnt
        and (reif_ab := grace_over_on(sachstand.fall, zahltag)) > sachstand.stichtag
    }
    if not junge:
        return
    offene = {zeile.rechnung for zeile in compute_konto(sachstand).forderungen if zeile.offen > NULL}
    if offene <= junge.keys():  # nothing to ride on: the plan says from which day on
        return
    for nummer in sorted(offene & junge.keys()):
        ab = format_datum(junge[nummer])
        yield Ausklammerung(
            nummer, f"Rechnung {nummer} ist neu: gemahnt wird sie ab {ab}; sie bleibt außen vor."
        )


def without_rechnungen(sachstand: Sachstand, ohne: Collection[str]) -> Sachstand:
    """Return the case without these invoices and without what was credited to them."""
    if not ohne:
        return sachstand
    fall = sachstand.fall
    return sachstand.mit(
        dataclasses.replace(
            fall,
            forderungen=tuple(forderung for forderung in fall.forderungen if forderung.nummer not in ohne),
            gutschriften=tuple(gutschrift for gutschrift in fall.gutschriften if gutschrift.auf not in ohne),
            zahlungen=_payments_for_the_rest(sachstand, ohne),
            verzicht=tuple(verzicht for verzicht in fall.verzicht if verzicht.auf not in ohne),
        )
    )


def list_fragliche(sachstand: Sachstand) -> list[Ausklammerung]:
    """Invoices that say something against themselves and about which no person has decided yet."""
    return [
        Ausklammerung(frage.gegenstand, f"{_name_once(frage)} Bis das geklärt ist, bleibt sie außen vor.")
        for frage in offene_fragen(sachstand)
    ]


def _name_once(frage: Befund) -> str:
    vorsatz = f"Rechnung {frage.gegenstand}: "
    return frage.text if frage.text.startswith(vorsatz) else vorsatz + frage.text


def outside_court(fall: Fall, konto: Konto, lage: Gerichtslage) -> Fall:
    """Return the part of the case that is before no court: its invoices, and costs that came after.

    Costs of the court, and all up to the day on which the last proceedings began, belong to those.
    """
    if not lage.hemmende:
        return fall
    seit = max(eines.seit for eines in lage.hemmende)
    bleibende = [f.nummer for f in fall.forderungen if lage.holding(f.nummer) is None]
    spaetere = (k for k in open_kosten(fall, konto) if k.am > seit and k.art not in VERFAHRENSKOSTEN)
    return only_rechnungen(fall, konto, bleibende, tuple(spaetere))


def open_kosten(fall: Fall, konto: Konto) -> tuple[Kostenposten, ...]:
    """Return the cost items of fall.yaml with what the account shows as open of each."""
    staende = [stand for stand in konto.kostenposten if stand.rechnung is None]
    angaben = [angabe for angabe in fall.kosten if angabe.am <= konto.stichtag]
    return tuple(
        dataclasses.replace(angabe, betrag=stand.haupt.offen)
        for angabe, stand in zip(angaben, staende, strict=True)
        if stand.haupt.offen > NULL
    )


def only_rechnungen(
    fall: Fall, konto: Konto, nummern: Collection[str], kosten: tuple[Kostenposten, ...]
) -> Fall:
    """Return the case with these untitled invoices and these costs alone.

    What the account has set against an invoice stays with it, so that its balance is the same as in the whole.
    """
    stelle = fall.anspruch.stelle
    return dataclasses.replace(
        fall,
        forderungen=tuple(f for f in fall.forderungen if f.nummer in nummern),
        kosten=kosten,
        zahlungen=tuple(
            Zahlung(am=buchung.am, betrag=teil, von=buchung.von, auf=nummer, stelle=stelle)
            for buchung, nummer, teil in _shares(konto.zahlungen, nummern)
        ),
        gutschriften=tuple(
            (Zurueckstellung if buchung.zurueckgestellt else Gutschrift)(
                am=buchung.am, betrag=teil, auf=nummer, stelle=stelle
            )
            for buchung, nummer, teil in _shares(konto.abzuege, nummern)
            if buchung.art == "gutschrift"
        ),
        verzicht=tuple(
            Verzicht(
                am=buchung.am,
                betrag=teil.betrag,
                auf=teil.rechnung if teil.art == "hauptforderung" else teil.art,
                stelle=stelle,
            )
            for buchung in konto.abzuege
            for teil in buchung.auf
            if buchung.art == "verzicht" and teil.rechnung in nummern
        ),
        titel=(),
    )


def _shares(
    buchungen: Iterable[Kontobuchung], nummern: Collection[str]
) -> Iterator[tuple[Kontobuchung, str, Decimal]]:
    """Yield what each booking has covered of each of these invoices."""
    for buchung in buchungen:
        for nummer in nummern:
            betrag = sum((teil.betrag for teil in buchung.auf if teil.rechnung == nummer), NULL)
            if betrag > NULL:
                yield buchung, nummer, betrag


def _at_court(fall: Fall, lage: Gerichtslage, konto: Konto) -> Iterator[Ausklammerung]:
    """Yield what the court has: invoices that the letter leaves out, and debtors whom it does not go to."""
    if lage.haelt_alles:  # then the whole case is left alone, and its reason says so
        return
    for nummer in sorted(offene_rechnungen(konto, konto.stichtag)):
        if verfahren := lage.holding(nummer):
            text = f"Rechnung {nummer} ist bei Gericht ({verfahren.worte}); sie bleibt außen vor."
            yield Ausklammerung(nummer, text)
    for verfahren in lage.verfahren:
        if verfahren.schuldner not in lage.an:
            wer = fall.schuldner_mit(verfahren.schuldner).voller_name
            yield Ausklammerung(
                None, f"{wer} bekommt keinen Brief: gerichtliches Verfahren ({verfahren.worte})."
            )


def _payments_for_the_rest(sachstand: Sachstand, ohne: Collection[str]) -> tuple[Zahlung, ...]:
    """Return the payments without what the full account has used for the invoices left out.

    Otherwise money that has gone to a disputed invoice would be counted again for another one (§ 366 BGB).
    """
    bleibend = []
    for buchung in compute_konto(sachstand).zahlungen:
        fort = sum((anteil.betrag for anteil in buchung.auf if anteil.rechnung in ohne), NULL)
        passende = (
            z
            for z in sachstand.fall.zahlungen
            if (z.am, z.betrag, z.von) == (buchung.am, buchung.betrag, buchung.von)
        )
        zahlung = next((z for z in passende if z.auf not in ohne), None)
        if zahlung is not None and zahlung.betrag > fort:
            bleibend.append(dataclasses.replace(zahlung, betrag=zahlung.betrag - fort))
    return tuple(bleibend)


def _not_written_to(sachstand: Sachstand) -> list[Ausklammerung]:
    """Joint debtors that letters do not reach while the others still get theirs."""
    if not angeschriebene(sachstand):
        return []
    return [
        Ausklammerung(None, describe_schicksal(sachstand.fall, ereignis))
        for ereignis in laufende_schicksale(sachstand)
    ]


def _not_yet_due(sachstand: Sachstand) -> list[Ausklammerung]:
    """A claim is asked for from the day after its day of payment (§§ 193, 271 BGB)."""
    return [
        Ausklammerung(
            forderung.nummer,
            f"Rechnung {forderung.nummer} ist {_when(forderung, zahltag)}; sie bleibt außen vor.",
        )
        for forderung in sachstand.fall.forderungen
        for zahltag in (zahltag_of(sachstand, forderung),)
        if zahltag is None or max(zahltag, forderung.datum) >= sachstand.stichtag
    ]


def _paid_as_asked(sachstand: Sachstand) -> list[Ausklammerung]:
    """An invoice whose letter was paid in time is asked for no more, also beside a new one."""
    return [
        Ausklammerung(
            rechnung,
            f"Rechnung {rechnung} ist bezahlt, wie es {verlangtes.vorgang.art} vom "
            f"{format_datum(verlangtes.vorgang.stichtag)} verlangt hat; der rechnerische Rest bleibt außen vor.",
        )
        for rechnung, verlangtes in list_settled(sachstand).items()
    ]


def _when(forderung: Forderung, zahltag: dt.date | None) -> str:
    if zahltag is None:
        return "ohne bekannte Fälligkeit"
    if forderung.datum > zahltag:
        return f"erst am {format_datum(forderung.datum)} gestellt"
    return f"erst am {format_datum(zahltag)} fällig"


def _set_aside(
    sachstand: Sachstand, ereignis: Ereignis, andere: Sequence[Zurueckstellung]
) -> Iterator[Zurueckstellung]:
    """Yield the part that a letter leaves out: at most what the full account shows as open beside other parts."""
    betroffen = [f for f in sachstand.fall.forderungen if ereignis.rechnung in (None, f.nummer)]
    nummern = {forderung.nummer for forderung in betroffen}
    offen = sum((z.offen for z in compute_konto(sachstand).forderungen if z.rechnung in nummern), NULL)
    offen -= sum((teil.betrag for teil in andere if teil.auf in (None, *nummern)), NULL)
    if ereignis.betrag is not None and offen > NULL:
        yield Zurueckstellung(
            am=min(forderung.datum for forderung in betroffen),
            betrag=min(ereignis.betrag, offen),
            auf=ereignis.rechnung,
            stelle=ereignis.stelle,
        )


def _sentence(ereignis: Ereignis, teil: str) -> str:
    wovon = f"Rechnung {ereignis.rechnung}" if ereignis.rechnung else "der Forderung"
    wort = "bestritten" if ereignis.art == BESTRITTEN.wort else "gesperrt"
    vorsatz = f"{teil}von {wovon}" if teil else wovon
    return f"{vorsatz}: {wort} ({ereignis.grund}); bleibt außen vor."
