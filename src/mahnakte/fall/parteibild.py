"""Who somebody is, as far as papers tell: the folded name without legal form, postcode, VAT number.

Two papers mean the same person when the VAT numbers say so, or the names agree however they were typed.
"""

import dataclasses
import re
from collections.abc import Iterable

from mahnakte.fall.namensvergleich import fold_name
from mahnakte.fall.partei import Partei
from mahnakte.fall.rechnung.modell import Rechnungspartei


@dataclasses.dataclass(frozen=True, slots=True)
class Parteibild:
    """A party as papers show it. `name` are the folded words of the name, sorted; `ust_id` without blanks."""

    name: tuple[str, ...]
    plz: str | None = None
    ust_id: str | None = None


def fold_partei(name: str) -> tuple[str, ...]:
    """Return the words of a name that tell who it is, folded and sorted."""
    return tuple(sorted(fold_name(name).worte))


def picture_partei(partei: Partei) -> Parteibild:
    """Return the picture of a creditor or debtor of fall.yaml or mahnakte.yaml."""
    return Parteibild(fold_partei(partei.voller_name), _fold_code(partei.plz))


def picture_rechnungspartei(partei: Rechnungspartei) -> Parteibild | None:
    """Return the picture of a seller or buyer of an e-invoice; None when it names neither name nor VAT number."""
    if not partei.name and not partei.ust_id:
        return None
    return Parteibild(fold_partei(partei.name or ""), _fold_code(partei.plz), _fold_code(partei.ust_id))


def is_same_partei(eine: Parteibild, andere: Parteibild) -> bool:
    """Tell whether two pictures show one and the same.

    A shortened name (initial, first name left out) is enough only where the postcode agrees.
    """
    if eine.ust_id and andere.ust_id:
        return eine.ust_id == andere.ust_id
    if eine.name == andere.name:
        return bool(eine.name)
    return bool(eine.plz) and eine.plz == andere.plz and _is_shortened(eine.name, andere.name)


def share_partei(einige: Iterable[Parteibild], andere: Iterable[Parteibild]) -> bool:
    """Tell whether one of the first is one of the others."""
    bilder = tuple(andere)
    return any(is_same_partei(eine, andere) for eine in einige for andere in bilder)


def _is_shortened(eine: tuple[str, ...], andere: tuple[str, ...]) -> bool:
    """Tell whether one name is the other with words left out or cut to their initial; one whole word must agree."""
    kurz, lang = sorted((set(eine), set(andere)), key=lambda woerter: (len(woerter), sum(map(len, woerter))))
    gemeinsam = {wort for wort in kurz & lang if len(wort) > 1}
    rest = lang - gemeinsam
    return bool(gemeinsam) and all(
        any(_is_initial(wort, anderes) for anderes in rest) for wort in kurz - gemeinsam
    )


def _is_initial(wort: str, anderes: str) -> bool:
    return min(len(wort), len(anderes)) == 1 and wort[0] == anderes[0]


def _fold_code(code: str | None) -> str | None:
    gefaltet = re.sub(r"\W", "", code or "").upper()
    return gefaltet or None
