"""What the reason of a returned payment means for a claim. Nothing is booked for it: a person decides."""

import functools
from collections.abc import Mapping

from mahnakte.grund.datendatei import read_datendatei
from mahnakte.grund.text import json_safe

_CODE_ZEICHEN = 10


@functools.cache
def read_gruende() -> Mapping[str, str]:
    """Return what each reason code means and what follows from it."""
    gruende = read_datendatei("mahnakte.eingang.bank", "rueckgaben.yaml").children("gruende")
    return {code: f"{knoten.text('text')}: {knoten.text('folge')}" for code, knoten in gruende}


def describe_rueckgabe(code: str) -> str:
    """Return a return in words; an unknown code stands as it is."""
    if not code:
        return "Rückgabe einer Zahlung, ohne Grund genannt"
    bekannt = read_gruende().get(code, "Grund nicht in der Liste; bei der Bank fragen")
    return f"Rückgabe {json_safe(code[:_CODE_ZEICHEN])} – {bekannt}"
