"""Raw records of one application to values, by the table of layouts."""

import dataclasses
from collections import Counter
from collections.abc import Mapping

from mahnakte.antrag.eda.feld import Wert, find_unknown, parse_record
from mahnakte.antrag.eda.frame import Rohsatz
from mahnakte.antrag.eda.layout import SATZART_01, UNBELEGT
from mahnakte.antrag.modell import Rest
from mahnakte.grund.befund import Befund, Stelle, sperre


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
        werte, fehler = parse_record(satz, roh.text)
        for feld, grund in fehler:
            text = f"Satz {roh.nummer} ({satz.bedeutung}), Feld {feld.name} ab Stelle {feld.von}: {grund}."
            befunde.append(
                sperre("EDA_FELD", text, f"Erwartet: {feld.bedeutung}.", Stelle(datei, roh.nummer))
            )
        for stelle, text in find_unknown(satz, roh.text):
            reste.append(Rest(satz.schluessel.rstrip(), gezaehlt[satz.schluessel], stelle, text))
        gelesen.append(GelesenerSatz(roh.nummer, satz.schluessel, werte))
    return gelesen, tuple(reste), befunde


def _unknown(roh: Rohsatz, datei: str) -> Befund:
    stelle = Stelle(datei, roh.nummer)
    if roh.schluessel in UNBELEGT:
        kennung, bedeutung = UNBELEGT[roh.schluessel]
        text = f"Satz {roh.nummer} ist {kennung} ({bedeutung}); seine Felder sind nicht belegt."
        return sperre(
            "EDA_NICHT_BELEGT", text, "Die Datei mit dem Programm bearbeiten, das sie erzeugt hat.", stelle
        )
    text = f"Satz {roh.nummer} hat den unbekannten Schlüssel „{roh.schluessel}“."
    return sperre(
        "EDA_SATZ_UNBEKANNT", text, "Die Datei mit dem Programm prüfen, das sie erzeugt hat.", stelle
    )
