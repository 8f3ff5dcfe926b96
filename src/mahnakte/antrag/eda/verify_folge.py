"""Check a whole EDA file of follow-ups (07, 08, 20, 25, 29): frame, records, order, sums."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mahnakte.antrag.eda.befunde import (
    unknown_bytes,
    unknown_record,
    wrong_field,
    wrong_head,
    wrong_order,
    wrong_sum,
    wrong_tail,
)
from mahnakte.antrag.eda.feld import find_unknown
from mahnakte.antrag.eda.frame import Rohsatz, split_records
from mahnakte.antrag.eda.layout import AA, BB
from mahnakte.antrag.eda.layout_gericht import E01, E02, E11, FOLGEANTRAG, FOLGEFORMATE, FOLGESAETZE
from mahnakte.antrag.eda.records import parse_checked
from mahnakte.antrag.eda.summen import SUMMENFELDER
from mahnakte.grund.befund import Befund, Schwere, Stelle

_SAETZE = {**FOLGEANTRAG, **FOLGESAETZE}
_NEU = "Die Datei neu erzeugen."
_LAUFENDE_NUMMER = slice(2, 9)  # digits 3 to 9 of the court's file number


def is_folgedatei(inhalt: bytes) -> bool:
    """Tell from the head alone whether a file says that it holds such applications."""
    return inhalt[:2] == b"AA" and inhalt[16:18].decode("cp850") in FOLGEFORMATE


def verify_folgeantraege(inhalt: bytes, datei: str) -> tuple[Befund, ...]:
    """Return everything that is wrong with the file; empty means that it holds what was written."""
    saetze, befunde = split_records(inhalt, datei)
    if befunde:
        return befunde
    return tuple(_check(saetze, datei))


def _check(saetze: Sequence[Rohsatz], datei: str) -> Iterator[Befund]:
    kopf, befunde = parse_checked(AA, saetze[0], datei)
    yield from befunde
    art = str(kopf.get("BELART", ""))
    if saetze[0].schluessel != "AA" or kopf.get("FORMAT") != FOLGEFORMATE.get(art, ""):
        erwartet = ", ".join(f"{art} im Format {format_}" for art, format_ in FOLGEFORMATE.items())
        text = f"Der Dateikopf sagt nicht, welche Folgeanträge folgen: {erwartet}."
        yield wrong_head(text, _NEU, Stelle(datei, 1))
    for ort, fremd in find_unknown(AA, saetze[0].text):
        text = f"Satz AA hat ab Stelle {ort} Inhalt ohne bekannte Bedeutung: „{fremd}“."
        yield unknown_bytes(text, "Mit der Satzbeschreibung vergleichen.", Stelle(datei, 1))
    if saetze[-1].schluessel != "BB" or len(saetze) == 1:
        text = "Die Datei endet nicht mit dem Satz BB (Dateischluss); sie ist vermutlich abgeschnitten."
        yield wrong_tail(text, "Die Datei vollständig übertragen.", Stelle(datei, saetze[-1].nummer))
        return
    summen = dict.fromkeys((feld.name for feld in SUMMENFELDER), 0)
    kennsatz = f"{art}KS   00"
    for gruppe in _split(saetze[1:-1], kennsatz):
        yield from _check_antrag(gruppe, kennsatz, summen, datei)
    yield from _check_tail(kopf, saetze[-1], summen, datei)


def _split(saetze: Sequence[Rohsatz], kennsatz: str) -> Iterator[Sequence[Rohsatz]]:
    """Split at each Kennsatz; what stands before the first one is a group of its own."""
    anfaenge = [
        0,
        *(i for i, satz in enumerate(saetze) if i and satz.schluessel == kennsatz),
        len(saetze),
    ]
    for anfang, ende in itertools.pairwise(anfaenge):
        if anfang < ende:
            yield saetze[anfang:ende]


def _check_antrag(
    gruppe: Sequence[Rohsatz], kennsatz: str, summen: dict[str, int], datei: str
) -> Iterator[Befund]:
    summen["SANZ"] += len(gruppe)
    if gruppe[0].schluessel != kennsatz:
        text = f"Satz {gruppe[0].nummer} steht vor dem ersten Kennsatz (KS)."
        yield wrong_order(text, _NEU, Stelle(datei, gruppe[0].nummer))
        return
    summen["ANTANZ"] += 1
    werte: dict[str, Any] = {}
    for roh in gruppe:
        gelesen, befunde = _read(roh, kennsatz[:2], datei)
        yield from befunde
        werte |= gelesen
    nummer = str(werte.get("GNR") or werte.get("GNR1") or "")
    stelle = Stelle(datei, gruppe[0].nummer)
    if not nummer and kennsatz[:2] != "20":  # before the order there may be none
        yield wrong_field("Die Geschäftsnummer des Mahngerichts fehlt.", _NEU, stelle)
    summen["SUGNR"] += int(nummer[_LAUFENDE_NUMMER] or 0)
    if kennsatz == E01.schluessel:
        yield from _check_payments(gruppe, werte, stelle)


def _check_payments(gruppe: Sequence[Rohsatz], werte: Mapping[str, Any], stelle: Stelle) -> Iterator[Befund]:
    zahlungen = [roh.schluessel for roh in gruppe if roh.schluessel in (E02.schluessel, E11.schluessel)]
    if zahlungen not in ([], [E02.schluessel], [E02.schluessel, E11.schluessel]):
        yield wrong_order(
            f"Die Zahlungssätze stehen nicht richtig: {', '.join(zahlungen)}.",
            _NEU,
            stelle,
        )
    if (werte.get("VBZAM") == "2") != bool(zahlungen):
        yield wrong_field(
            "Das Merkmal der Zahlungen (VBZAM) passt nicht zu den Zahlungssätzen.", _NEU, stelle
        )


def _read(roh: Rohsatz, art: str, datei: str) -> tuple[Mapping[str, Any], list[Befund]]:
    satz = _SAETZE.get(roh.schluessel) if roh.schluessel.startswith(art) else None
    stelle = Stelle(datei, roh.nummer)
    if satz is None:
        text = f"Satz {roh.nummer} hat den unbekannten Schlüssel „{roh.schluessel}“."
        abhilfe = "Die Datei mit dem Programm prüfen, das sie erzeugt hat."
        return {}, [unknown_record(text, abhilfe, stelle)]
    werte, befunde = parse_checked(satz, roh, datei)
    for ort, fremd in find_unknown(satz, roh.text):
        text = f"Satz {roh.nummer} hat ab Stelle {ort} unbekannten Inhalt: „{fremd}“."
        befunde.append(unknown_bytes(text, _NEU, stelle, Schwere.SPERRE))
    return werte, befunde


def _check_tail(
    kopf: Mapping[str, Any], schluss: Rohsatz, summen: Mapping[str, int], datei: str
) -> Iterator[Befund]:
    werte, befunde = parse_checked(BB, schluss, datei)
    yield from befunde
    stelle = Stelle(datei, schluss.nummer)
    for ort, fremd in find_unknown(BB, schluss.text):
        text = f"Satz BB hat ab Stelle {ort} unbekannten Inhalt: „{fremd}“."
        yield wrong_tail(text, _NEU, stelle)
    for feld in SUMMENFELDER:
        if feld.name in werte and int(werte[feld.name]) != summen[feld.name]:
            yield wrong_sum(feld.bedeutung, int(werte[feld.name]), summen[feld.name], stelle)
    if werte.get("TKEZI") != kopf.get("TKEZI"):
        text = "Die Kennziffer des Teilnehmers in AA und BB ist nicht dieselbe."
        yield wrong_tail(text, _NEU, stelle)
