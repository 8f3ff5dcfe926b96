"""Is it the same invoice, does one replace the other? What identifies an invoice among many, and how two compare.

The number alone identifies nothing: two creditors may both have a number 17, and one landlord writes „Miete 11/2026“
to every tenant. So creditor, debtor, number and day, or the same file under the same number.
"""

import dataclasses
import datetime as dt
import enum
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from mahnakte.fall.parteibild import Parteibild, share_partei
from mahnakte.fall.rechnung.codes import is_korrektur
from mahnakte.fall.rechnung.modell import Vorrechnung


class Verhaeltnis(enum.Enum):
    """How two invoices stand to one another."""

    GLEICH = enum.auto()  # one and the same
    GLEICHE_DATEI = enum.auto()  # one file under two numbers, for the same sum
    BEZUG = enum.auto()  # one refers to the other: correction, advance and final invoice
    AEHNLICH = enum.auto()  # the same number for the same debtor on another day


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rechnungsbild:
    """One invoice as it lies in a case.

    `fall` tells the cases apart, `akte` is what a clerk knows the case by; `art` is UNTDID 1001, `bezug` BG-3.
    `glaeubiger` and `schuldner` are those of the case and those that the e-invoice names. `gilt` and `ersetzt` are
    what a person has decided in fall.yaml.
    """

    fall: str
    akte: str
    nummer: str
    datum: dt.date
    betrag: Decimal
    sha256: str | None = None
    art: str | None = None
    bezug: tuple[Vorrechnung, ...] = ()
    gilt: bool | None = None
    ersetzt: str | None = None
    glaeubiger: tuple[Parteibild, ...]
    schuldner: tuple[Parteibild, ...]


def fold_nummer(nummer: str) -> tuple[str, ...]:
    """Return a number so that its spellings agree: RE-5, re 5 and RE0005 are one; 1-17 and 11-7 are two."""
    klein = unicodedata.normalize("NFKC", nummer).casefold()
    teile = re.findall(r"[^\W\d_]+|\d+", klein)
    return tuple(teil.lstrip("0") or "0" for teil in teile) or (klein,)


def is_nummer(eine: str | None, andere: str) -> bool:
    """Tell whether two spellings mean the same number."""
    return eine is not None and fold_nummer(eine) == fold_nummer(andere)


def compare(eine: Rechnungsbild, andere: Rechnungsbild) -> Verhaeltnis | None:
    """Return how two invoices stand to one another; None when they have nothing to do with one another."""
    gleiche_nummer = is_nummer(eine.nummer, andere.nummer)
    gleiche_datei = eine.sha256 is not None and eine.sha256 == andere.sha256
    if gleiche_datei and gleiche_nummer:
        return Verhaeltnis.GLEICH  # whoever the case says it is for
    if not share_partei(eine.glaeubiger, andere.glaeubiger):
        return None
    gleicher_schuldner = share_partei(eine.schuldner, andere.schuldner)
    if _corrects(eine, andere) or _corrects(andere, eine):
        return Verhaeltnis.BEZUG  # also where the correction names the right debtor at last
    if not gleicher_schuldner:
        return None
    if gleiche_nummer and eine.datum == andere.datum:
        return Verhaeltnis.GLEICH
    if gleiche_datei and eine.betrag == andere.betrag:
        return Verhaeltnis.GLEICHE_DATEI
    if _refers(eine, andere) or _refers(andere, eine):
        return Verhaeltnis.BEZUG
    return Verhaeltnis.AEHNLICH if gleiche_nummer else None


def _refers(eine: Rechnungsbild, andere: Rechnungsbild) -> bool:
    """A day that is stated and differs means another invoice of that number."""
    return any(
        is_nummer(bezug.nummer, andere.nummer) and bezug.datum in (None, andere.datum) for bezug in eine.bezug
    )


def _corrects(eine: Rechnungsbild, andere: Rechnungsbild) -> bool:
    """A corrected invoice names the earlier one, or bears its number."""
    if not is_korrektur(eine.art) or eine.datum < andere.datum:
        return False
    if _refers(eine, andere):
        return True
    gleiche_nummer = not eine.bezug and is_nummer(eine.nummer, andere.nummer) and not is_korrektur(andere.art)
    return gleiche_nummer and share_partei(eine.schuldner, andere.schuldner)


class Rechnungsregister:
    """Many invoices, found by what they have in common, so that a number which 10,000 tenants share costs little.

    Whoever is the same debtor shares a whole word of the name or the VAT number; a correction may name another one.
    """

    def __init__(self, bilder: Iterable[Rechnungsbild]) -> None:
        self._fach: dict[tuple[object, ...], list[Rechnungsbild]] = defaultdict(list)
        for bild in bilder:
            nummer = fold_nummer(bild.nummer)
            for schluessel in (*_shared_keys(bild, nummer), ("nummer", nummer)):
                self._fach[schluessel].append(bild)
            for verweis in {fold_nummer(v) for v in (*(b.nummer for b in bild.bezug), bild.ersetzt) if v}:
                self._fach["verweis", verweis].append(bild)

    def find_verwandte(self, bild: Rechnungsbild) -> Iterator[Rechnungsbild]:
        """Yield every other invoice that may have to do with this one, each once."""
        gesehen = {id(bild)}
        nummer = fold_nummer(bild.nummer)
        genannte = (("nummer", fold_nummer(bezug.nummer)) for bezug in bild.bezug)
        for schluessel in (*_shared_keys(bild, nummer), ("verweis", nummer), *genannte):
            for anderes in self._fach.get(schluessel, ()):
                if id(anderes) not in gesehen:
                    gesehen.add(id(anderes))
                    yield anderes


def _shared_keys(bild: Rechnungsbild, nummer: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    # sorted: findings about several related invoices come in the same order in every process
    woerter = sorted(
        {wort for partei in bild.schuldner for wort in (*partei.name, *filter(None, [partei.ust_id]))}
    )
    for wort in woerter:
        yield "nummer", nummer, wort
    if bild.sha256:
        yield "datei", bild.sha256, nummer
        yield from (("datei", bild.sha256, wort) for wort in woerter)
