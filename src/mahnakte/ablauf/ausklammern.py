"""What a letter leaves out: claims not yet due, disputed or held parts. The rest goes on."""

import dataclasses
import datetime as dt

from mahnakte.ablauf.halt import (
    angeschriebene,
    describe_schicksal,
    laufende_schicksale,
    laufende_sperren,
    offene_einwaende,
)
from mahnakte.fall.fall import Fall, Forderung
from mahnakte.fall.modell import Ereignis, Gutschrift, Zahlung
from mahnakte.fall.pruefung import offene_fragen
from mahnakte.grund.befund import Befund
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import compute_konto


@dataclasses.dataclass(frozen=True, slots=True)
class Ausklammerung:
    """A claim or part of one that this letter does not demand, with the sentence for the clerk."""

    rechnung: str | None
    text: str


def mahnbarer_fall(fall: Fall, stichtag: dt.date) -> tuple[Fall, tuple[Ausklammerung, ...]]:
    """Return the case as a letter may demand it on the Stichtag, and what was left out.

    A whole invoice is taken out; a disputed or held part works like a credit note on the day of the
    invoice, so that no interest is asked on it either.
    """
    ausgeklammert = [
        *_not_yet_due(fall, stichtag),
        *list_fragliche(fall, stichtag),
        *_not_written_to(fall, stichtag),
    ]
    teile: list[Gutschrift] = []
    for ereignis in (*offene_einwaende(fall, stichtag), *laufende_sperren(fall, stichtag)):
        if ereignis.betrag is None and ereignis.rechnung is not None:
            ausgeklammert.append(Ausklammerung(ereignis.rechnung, _sentence(ereignis, "")))
        elif ereignis.betrag is not None:
            teile.append(_as_credit(fall, ereignis))
            ausgeklammert.append(Ausklammerung(None, _sentence(ereignis, f"{format_euro(ereignis.betrag)} ")))
    ohne = {teil.rechnung for teil in ausgeklammert if teil.rechnung}
    rest = dataclasses.replace(
        fall,
        forderungen=tuple(forderung for forderung in fall.forderungen if forderung.nummer not in ohne),
        gutschriften=(*(g for g in fall.gutschriften if g.auf not in ohne), *teile),
        zahlungen=_payments_for_the_rest(fall, ohne, stichtag) if ohne else fall.zahlungen,
        verzicht=tuple(verzicht for verzicht in fall.verzicht if verzicht.auf not in ohne),
    )
    return rest, tuple(ausgeklammert)


def list_fragliche(fall: Fall, stichtag: dt.date) -> list[Ausklammerung]:
    """Invoices that say something against themselves and about which no person has decided yet."""
    return [
        Ausklammerung(frage.gegenstand, f"{_name_once(frage)} Bis das geklärt ist, bleibt sie außen vor.")
        for frage in offene_fragen(fall, stichtag)
    ]


def _name_once(frage: Befund) -> str:
    vorsatz = f"Rechnung {frage.gegenstand}: "
    return frage.text if frage.text.startswith(vorsatz) else vorsatz + frage.text


def _payments_for_the_rest(fall: Fall, ohne: set[str], stichtag: dt.date) -> tuple[Zahlung, ...]:
    """Return the payments without what the full account has used for the invoices left out.

    Otherwise money that has gone to a disputed invoice would be counted again for another one (§ 366 BGB).
    """
    bleibend = []
    for buchung in compute_konto(fall, stichtag).zahlungen:
        fort = sum((anteil.betrag for anteil in buchung.auf if anteil.rechnung in ohne), NULL)
        passende = (
            z for z in fall.zahlungen if (z.am, z.betrag, z.von) == (buchung.am, buchung.betrag, buchung.von)
        )
        zahlung = next((z for z in passende if z.auf not in ohne), None)
        if zahlung is not None and zahlung.betrag > fort:
            bleibend.append(dataclasses.replace(zahlung, betrag=zahlung.betrag - fort))
    return tuple(bleibend)


def _not_written_to(fall: Fall, stichtag: dt.date) -> list[Ausklammerung]:
    """Joint debtors that letters do not reach while the others still get theirs."""
    if not angeschriebene(fall, stichtag):
        return []
    return [
        Ausklammerung(None, describe_schicksal(fall, ereignis))
        for ereignis in laufende_schicksale(fall, stichtag)
    ]


def _not_yet_due(fall: Fall, stichtag: dt.date) -> list[Ausklammerung]:
    """A claim is asked for from the day after it fell due (§ 271 BGB)."""
    return [
        Ausklammerung(
            forderung.nummer, f"Rechnung {forderung.nummer} ist {_when(forderung)}; sie bleibt außen vor."
        )
        for forderung in fall.forderungen
        if forderung.faellig_am is None or max(forderung.faellig_am, forderung.datum) >= stichtag
    ]


def _when(forderung: Forderung) -> str:
    if forderung.faellig_am is None:
        return "ohne bekannte Fälligkeit"
    if forderung.datum > forderung.faellig_am:
        return f"erst am {format_datum(forderung.datum)} gestellt"
    return f"erst am {format_datum(forderung.faellig_am)} fällig"


def _as_credit(fall: Fall, ereignis: Ereignis) -> Gutschrift:
    betroffen = [f for f in fall.forderungen if ereignis.rechnung in (None, f.nummer)]
    tag = min((forderung.datum for forderung in betroffen), default=ereignis.am)
    hoechstens = sum((forderung.betrag for forderung in betroffen), NULL)
    assert ereignis.betrag is not None  # noqa: S101 - the caller has asked
    return Gutschrift(
        am=tag, betrag=min(ereignis.betrag, hoechstens), auf=ereignis.rechnung, stelle=ereignis.stelle
    )


def _sentence(ereignis: Ereignis, teil: str) -> str:
    wovon = f"Rechnung {ereignis.rechnung}" if ereignis.rechnung else "der Forderung"
    wort = "bestritten" if ereignis.art == "bestritten" else "gesperrt"
    vorsatz = f"{teil}von {wovon}" if teil else wovon
    return f"{vorsatz}: {wort} ({ereignis.grund}); bleibt außen vor."
