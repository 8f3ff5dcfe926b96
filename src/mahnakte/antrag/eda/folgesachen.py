"""Follow-ups to an application as EDA records: Neuzustellung (07), Rücknahme and Erledigung (25), Abgabe (29).

And the answer to a Monierung (20): the court's own records in its order, only the content of a field is overwritten.
Layouts of confidence B, none longer or shorter than 128. What an optional record means when it is left out is not
described; so a new name, a new representative or another court for the dispute goes by hand.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from decimal import Decimal

from mahnakte.antrag.eda.befunde import lossy, wrong_field, wrong_head
from mahnakte.antrag.eda.feld import Feldfehler, Wert, format_record, parse_record
from mahnakte.antrag.eda.frame import split_records
from mahnakte.antrag.eda.layout import AA, BB, Satz
from mahnakte.antrag.eda.layout_gericht import G01, G02
from mahnakte.antrag.eda.write import encode
from mahnakte.antrag.modell import Dateikopf
from mahnakte.antrag.zeichen import describe_foreign, find_foreign
from mahnakte.grund.befund import Ablehnung, Stelle

Saetze = tuple[tuple[Satz, Mapping[str, Wert]], ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Folgesache:
    """One follow-up: kind and format of its records, what they say, and the court's number for the sum in BB."""

    belegart: str
    format: str
    geschaeftsnummer: str
    saetze: Saetze


def write_folgesache(sache: Folgesache, kopf: Dateikopf) -> bytes:
    """Return the file with one follow-up, read back field by field; raise Ablehnung when something does not fit."""
    werte = [(satz, {**angaben, "TKEZI": kopf.teilnehmer} if _has_teilnehmer(satz) else angaben)
             for satz, angaben in sache.saetze]  # fmt: skip
    kopfwerte: dict[str, Wert] = {
        "TKEZI": kopf.teilnehmer, "DATUM": kopf.erstellt_am, "BELART": sache.belegart, "FORMAT": sache.format,
        "EDAID": kopf.kennung, "SWN": kopf.software, "SWV": kopf.softwareversion,
    }  # fmt: skip
    schluss: dict[str, Wert] = {
        "TKEZI": kopf.teilnehmer, "ANTANZ": 1, "SANZ": len(werte), "SKATNR": 0, "SUASP": 0,
        "SUGNR": int(sache.geschaeftsnummer[2:9] or 0), "ASPANZ": 0,
    }  # fmt: skip
    alle = [(AA, kopfwerte), *werte, (BB, schluss)]
    return encode("".join(_record(satz, angaben) for satz, angaben in alle))


def _has_teilnehmer(satz: Satz) -> bool:
    return satz is not G01 and any(feld.name == "TKEZI" for feld in satz.felder)


def _record(satz: Satz, werte: Mapping[str, Wert]) -> str:
    wer = f"Satz {satz.kennung} ({satz.bedeutung})"
    try:
        zeile = format_record(satz, werte)
    except Feldfehler as fehler:
        raise Ablehnung(
            wrong_field(f"{wer}: {fehler}.", "Kürzen oder den Antrag von Hand stellen.")
        ) from None
    if fremd := find_foreign(zeile):
        text = f"{wer}: Zeichen, die EDA nicht kennt: {describe_foreign(fremd)}."
        raise Ablehnung(wrong_field(text, "Die Zeichen ersetzen."))
    gelesen, fehler_beim_lesen = parse_record(satz, zeile)
    for name, wert in werte.items():
        if fehler_beim_lesen or _digits(gelesen.get(name)) != _digits(wert):
            raise Ablehnung(
                lossy(
                    f"{wer} liest sich anders, als er gemeint ist.",
                    "Von Hand stellen.",
                    Stelle("Folgeantrag"),
                )
            )
    return zeile


def _digits(wert: Wert) -> str:
    """Numbers are read back zero padded."""
    text = "" if wert is None or (isinstance(wert, Decimal) and not wert) else str(wert).strip()
    return text.lstrip("0") if text.isdigit() else text


def read_monierung(inhalt: bytes, datei: str, geschaeftszeichen: str) -> Saetze:
    """Return the records of the one Monierung with our reference; raise Ablehnung when the file has none or two."""
    rohe, befunde = split_records(inhalt, datei)
    if befunde:
        raise Ablehnung(*befunde)
    gruppen: list[list[tuple[Satz, Mapping[str, Wert]]]] = []
    for roh in rohe:
        satz = {G01.schluessel: G01, G02.schluessel: G02}.get(roh.schluessel)
        if satz is None:
            continue
        werte, fehler = parse_record(satz, roh.text)
        if fehler:
            raise Ablehnung(
                wrong_field(f"Satz {roh.nummer}: {fehler[0][1]}.", "Von Hand antworten.", Stelle(datei))
            )
        if satz is G01:
            gruppen.append([])
        if gruppen:
            gruppen[-1].append((satz, werte))
    eigene = [gruppe for gruppe in gruppen if gruppe[0][1].get("ASGZ") == geschaeftszeichen]
    if len(eigene) != 1:
        text = f"Die Datei enthält {len(eigene)} Monierungen zum Geschäftszeichen {geschaeftszeichen}."
        raise Ablehnung(
            wrong_head(text, "Die Datei mit der Monierung zu diesem Fall angeben.", Stelle(datei))
        )
    return tuple(eigene[0])


def answer_monierung(saetze: Saetze, neue: Mapping[str, str]) -> Iterator[tuple[Satz, Mapping[str, Wert]]]:
    """Yield the court's records with the new content of each field, in the court's order."""
    for satz, werte in saetze:
        feld = str(werte.get("FELDN", ""))
        yield satz, {**werte, "INHALT": neue[feld]} if satz is G02 else werte
