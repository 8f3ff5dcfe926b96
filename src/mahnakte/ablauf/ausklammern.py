"""What a letter leaves out: claims not yet due, disputed or held parts. The rest goes on."""

import dataclasses
import datetime as dt

from mahnakte.ablauf.halt import laufende_sperren, offene_einwaende
from mahnakte.fall.fall import Fall, Forderung
from mahnakte.fall.modell import Ereignis, Gutschrift
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import format_datum


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
    ausgeklammert = [*_not_yet_due(fall, stichtag)]
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
        zahlungen=tuple(zahlung for zahlung in fall.zahlungen if zahlung.auf not in ohne),
        verzicht=tuple(verzicht for verzicht in fall.verzicht if verzicht.auf not in ohne),
    )
    return rest, tuple(ausgeklammert)


def _not_yet_due(fall: Fall, stichtag: dt.date) -> list[Ausklammerung]:
    """A claim is asked for from the day after it fell due (§ 271 BGB)."""
    return [
        Ausklammerung(
            forderung.nummer, f"Rechnung {forderung.nummer} ist {_when(forderung)}; sie bleibt außen vor."
        )
        for forderung in fall.forderungen
        if forderung.faellig_am is None or forderung.faellig_am >= stichtag
    ]


def _when(forderung: Forderung) -> str:
    if forderung.faellig_am is None:
        return "ohne bekannte Fälligkeit"
    return f"erst am {format_datum(forderung.faellig_am)} fällig"


def _as_credit(fall: Fall, ereignis: Ereignis) -> Gutschrift:
    betroffen = [f for f in fall.forderungen if ereignis.rechnung in (None, f.nummer)]
    tag = min((forderung.datum for forderung in betroffen), default=ereignis.am)
    assert ereignis.betrag is not None  # noqa: S101 - the caller has asked
    return Gutschrift(am=tag, betrag=ereignis.betrag, auf=ereignis.rechnung, stelle=ereignis.stelle)


def _sentence(ereignis: Ereignis, teil: str) -> str:
    wovon = f"Rechnung {ereignis.rechnung}" if ereignis.rechnung else "der Forderung"
    wort = "bestritten" if ereignis.art == "bestritten" else "gesperrt"
    vorsatz = f"{teil}von {wovon}" if teil else wovon
    return f"{vorsatz}: {wort} ({ereignis.grund}); bleibt außen vor."
