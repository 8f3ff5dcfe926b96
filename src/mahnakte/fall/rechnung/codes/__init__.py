"""Closed code lists of EN 16931, each once, as data with its source: kinds of invoices and ways of payment."""

import dataclasses
import functools
from collections.abc import Mapping

from mahnakte.fall.rechnung.modell import ERechnung
from mahnakte.grund.datendatei import Wertknoten, read_datendatei


@dataclasses.dataclass(frozen=True, slots=True)
class Rechnungsart:
    """One code of UNTDID 1001 (BT-3): its name, what it means for a claim (rechnungsarten.yaml), what to ask."""

    code: str
    text: str
    bedeutung: frozenset[str]
    frage: str


@dataclasses.dataclass(frozen=True, slots=True)
class Zahlungsweg:
    """One way of payment (BT-81, UNTDID 4461): `art` is its group in zahlungswege.yaml, `frei` says nothing."""

    code: str
    art: str
    text: str


@functools.cache
def read_rechnungsarten() -> Mapping[str, Rechnungsart]:
    """Return every kind of invoice by its code."""
    return {
        code: Rechnungsart(
            code, knoten.text("text"), frozenset(knoten.texts("bedeutung")), knoten.find_text("frage") or ""
        )
        for code, knoten in _read("rechnungsarten").children("arten")
    }


@functools.cache
def read_zahlungswege() -> Mapping[str, Zahlungsweg]:
    """Return every way of payment by its code."""
    return {
        code: Zahlungsweg(code, art, knoten.text("text"))
        for art, knoten in _read("zahlungswege").children("wege")
        for code in knoten.texts("codes")
    }


def is_korrektur(art: str | None) -> bool:
    """Tell whether documents of this kind change or replace an earlier invoice."""
    bekannt = read_rechnungsarten().get(art or "")
    return bekannt is not None and "korrektur" in bekannt.bedeutung


def describe_art(rechnung: ERechnung) -> str:
    """Return in words what kind of document an invoice says it is: Mietrechnung (387)."""
    if rechnung.art is None:
        return ""
    bekannt = read_rechnungsarten().get(rechnung.art)
    return f"{bekannt.text} ({rechnung.art})" if bekannt else f"unbekannt ({rechnung.art})"


def describe_zahlwege(rechnung: ERechnung) -> str:
    """Return in words how the invoice is to be paid: Lastschrift (59), Mandat M-17."""
    bekannte = read_zahlungswege()
    worte = [f"{bekannte[code].text} ({code})" if code in bekannte else code for code in rechnung.zahlwege]
    return ", ".join([*worte, *([f"Mandat {rechnung.mandat}"] if rechnung.mandat else [])])


def describe_kennzeichen(rechnung: ERechnung) -> str:
    """Return in words whether the file is marked as a test or a copy."""
    worte = (("Test", rechnung.testrechnung), ("Kopie", rechnung.kopie))
    return ", ".join(wort for wort, gesetzt in worte if gesetzt)


def _read(name: str) -> Wertknoten:
    return read_datendatei("mahnakte.fall.rechnung", f"codes/{name}.yaml")
