"""Raw records of one application to values, by the table of layouts."""

import dataclasses
from collections import Counter
from collections.abc import Mapping
from typing import Any

from mahnakte.antrag.eda.befunde import unknown_record, unproven, wrong_field
from mahnakte.antrag.eda.feld import Wert, find_unknown, parse_record
from mahnakte.antrag.eda.frame import Rohsatz
from mahnakte.antrag.eda.layout import SATZART_01, UNBELEGT, Satz
from mahnakte.antrag.modell import Rest
from mahnakte.grund.befund import Befund, Stelle


@dataclasses.dataclass(frozen=True, slots=True)
class GelesenerSatz:
    """One record with its values."""

    nummer: int
    schluessel: str
    werte: Mapping[str, Wert]


def read_records(
    saetze: tuple[Rohsatz, ...], datei: str
) -> tuple[list[GelesenerSatz], tuple[Rest, ...], list[Befund]]:
    """Read the fields of one application's records: values, bytes of unknown meaning, findings."""
    gelesen: list[GelesenerSatz] = []
    reste: list[Rest] = []
    befunde: list[Befund] = []
    gezaehlt: Counter[str] = Counter()
    for roh in saetze:
        satz = SATZART_01.get(roh.schluessel)
        if satz is None:
            befunde.append(_unknown(roh, datei))
            continue
        gezaehlt[satz.schluessel] += 1
        werte, fehler = parse_checked(satz, roh, datei)
        befunde += fehler
        for stelle, text in find_unknown(satz, roh.text):
            reste.append(Rest(satz.schluessel.rstrip(), gezaehlt[satz.schluessel], stelle, text))
        gelesen.append(GelesenerSatz(roh.nummer, satz.schluessel, werte))
    return gelesen, tuple(reste), befunde


def parse_checked(satz: Satz, roh: Rohsatz, datei: str) -> tuple[Mapping[str, Any], list[Befund]]:
    """Return the values of a record and what is wrong with its fields."""
    werte, fehler = parse_record(satz, roh.text)
    stelle = Stelle(datei, roh.nummer)
    return werte, [
        wrong_field(
            f"Satz {roh.nummer} ({satz.bedeutung}), Feld {feld.name} ab Stelle {feld.von}: {grund}.",
            f"Erwartet: {feld.bedeutung}.",
            stelle,
        )
        for feld, grund in fehler
    ]


def _unknown(roh: Rohsatz, datei: str) -> Befund:
    stelle = Stelle(datei, roh.nummer)
    if roh.schluessel in UNBELEGT:
        kennung, bedeutung = UNBELEGT[roh.schluessel]
        text = f"Satz {roh.nummer} ist {kennung} ({bedeutung}); seine Felder sind nicht belegt."
        return unproven(text, "Die Datei mit dem Programm bearbeiten, das sie erzeugt hat.", stelle)
    text = f"Satz {roh.nummer} hat den unbekannten Schlüssel „{roh.schluessel}“."
    return unknown_record(text, "Die Datei mit dem Programm prüfen, das sie erzeugt hat.", stelle)
