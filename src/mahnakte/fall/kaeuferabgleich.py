"""Is the buyer that an e-invoice names one of the debtors? A wrong one costs the case, a false question time."""

import enum
import re
from collections.abc import Sequence

from mahnakte.arten.partei import PARTEIARTEN
from mahnakte.fall.namensvergleich import formen_of, is_same_firma, is_same_person
from mahnakte.fall.partei import Schuldner
from mahnakte.fall.rechnung.modell import Rechnungspartei

_POSTFACH = re.compile(r"\bpostfach\b|\bpf\.?\s*\d", re.IGNORECASE)


class Abgleich(enum.Enum):
    """What the comparison says; the first that applies."""

    STIMMT = enum.auto()
    ANDERER_NAME = enum.auto()
    ANDERE_ANSCHRIFT = enum.auto()  # the name agrees, postcode and street do not
    ANDERE_RECHTSFORM = enum.auto()  # the name agrees, the legal forms that both state do not


def compare_kaeufer(kaeufer: Rechnungspartei, schuldner: Sequence[Schuldner]) -> Abgleich:
    """Compare the buyer (BG-7) with the debtors: it is enough that one of them is meant."""
    if not kaeufer.name and not kaeufer.handelsname:
        return Abgleich.STIMMT  # nothing is said against it
    passende = [einer for einer in schuldner if _has_name(kaeufer, einer)]
    if not passende:
        return Abgleich.STIMMT if _names_all(kaeufer, schuldner) else Abgleich.ANDERER_NAME
    if all(_is_elsewhere(kaeufer, einer) for einer in passende):
        return Abgleich.ANDERE_ANSCHRIFT
    if all(_has_other_form(kaeufer, einer) for einer in passende):
        return Abgleich.ANDERE_RECHTSFORM
    return Abgleich.STIMMT


def _names(kaeufer: Rechnungspartei) -> list[str]:
    return [name for name in (kaeufer.name, kaeufer.handelsname) if name]


def _has_name(kaeufer: Rechnungspartei, schuldner: Schuldner) -> bool:
    if PARTEIARTEN[schuldner.art].natuerlich:
        gleicher_ort = not _is_elsewhere(kaeufer, schuldner) and _is_near(kaeufer, schuldner)
        return any(
            is_same_person(name, schuldner.voller_name, gleicher_ort=gleicher_ort)
            for name in _names(kaeufer)
            if PARTEIARTEN[schuldner.art].firma or not formen_of(name)  # a company is not its owner
        )
    return any(is_same_firma(name, (schuldner.voller_name, schuldner.name)) for name in _names(kaeufer))


def _names_all(kaeufer: Rechnungspartei, schuldner: Sequence[Schuldner]) -> bool:
    """Tell whether the buyer names all joint debtors in one line: Max und Erika Muster."""
    alle = " ".join(einer.voller_name for einer in schuldner)
    return len(schuldner) > 1 and is_same_firma(alle, _names(kaeufer))


def _lines(kaeufer: Rechnungspartei) -> list[str]:
    zeilen = dict.fromkeys((*kaeufer.anschrift, kaeufer.strasse, kaeufer.zusatz))
    return [zeile for zeile in zeilen if zeile]


def _is_near(kaeufer: Rechnungspartei, schuldner: Schuldner) -> bool:
    """Tell whether postcode or street agree."""
    strassen = {_fold_street(zeile) for zeile in _lines(kaeufer)}
    return _fold_plz(kaeufer.plz) == _fold_plz(schuldner.plz) or _fold_street(schuldner.strasse) in strassen


def _is_elsewhere(kaeufer: Rechnungspartei, schuldner: Schuldner) -> bool:
    """Tell whether the invoice states postcode and street and both are others. A P.O. box is no street."""
    zeilen = _lines(kaeufer)
    if (
        not kaeufer.plz
        or not zeilen
        or any(_POSTFACH.search(zeile) for zeile in (*zeilen, schuldner.strasse))
    ):
        return False
    return not _is_near(kaeufer, schuldner)


def _has_other_form(kaeufer: Rechnungspartei, schuldner: Schuldner) -> bool:
    eigene = formen_of(f"{schuldner.name} {schuldner.rechtsform or ''}")
    return bool(eigene) and all((formen := formen_of(name)) and formen != eigene for name in _names(kaeufer))


def _fold_plz(plz: str | None) -> str | None:
    """Return the postcode without blanks and country mark: D-04109 is 04109."""
    return re.sub(r"^[A-Z]{1,2}-?(?=\d)|\s", "", (plz or "").upper()) or None


def _fold_street(strasse: str) -> str:
    """Return the street so that its spellings agree: Messestr. 14 a, Messe-Straße 14A."""
    klein = strasse.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    glatt = re.sub(r"\W|_", "", klein)
    return re.sub(r"str(?:asse)?(?=\d|$)", "str", glatt)
