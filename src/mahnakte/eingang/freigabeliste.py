"""A list of cases for collective filing: plain text with case numbers, or CSV in which a person releases each case.

Nothing is released in bulk: each row needs its own name, that the claim exists, and the declaration on the
counter-performance (§ 690 (1) no. 4 ZPO).
"""

import csv
import dataclasses
from collections.abc import Iterator, Mapping

from mahnakte.grund.befund import Ablehnung, Stelle, sperre
from mahnakte.grund.text import fold, json_safe

AKTENZEICHEN, VON, BESTEHEN, GEGENLEISTUNG = "aktenzeichen", "freigegeben_von", "besteht", "gegenleistung"
MAX_BYTES = 5_000_000
_GEGENLEISTUNGEN = {"erbracht": "erbracht", "unabhaengig": "unabhaengig", "unabhängig": "unabhaengig"}


@dataclasses.dataclass(frozen=True, slots=True)
class Freigabezeile:
    """One row as written; `zeile` is its line. Empty where nobody has filled it in."""

    aktenzeichen: str
    zeile: int
    von: str = ""
    besteht: str = ""
    gegenleistung: str = ""

    @property
    def erklaerung(self) -> str | None:
        """Return the declaration in the spelling of fall.yaml; None for what is none."""
        return _GEGENLEISTUNGEN.get(self.gegenleistung.casefold())


def read_freigabeliste(inhalt: bytes, datei: str) -> tuple[Freigabezeile, ...]:
    """Return the rows in order; raise Ablehnung when it is no such list or names a case twice."""
    if len(inhalt) > MAX_BYTES or b"\0" in inhalt or inhalt.startswith(b"PK"):
        raise _refuse("Das ist keine Liste in Text- oder CSV-Form.", datei)
    zeilen = tuple(_rows(_decode(inhalt), datei))
    if not zeilen:
        raise _refuse("Die Liste nennt keinen Fall.", datei)
    gesehen: dict[str, int] = {}
    for zeile in zeilen:
        erste = gesehen.setdefault(zeile.aktenzeichen.casefold(), zeile.zeile)
        if erste != zeile.zeile:
            text = f"{zeile.aktenzeichen} steht in Zeile {erste} und in Zeile {zeile.zeile}."
            raise _refuse(text, datei, zeile.zeile)
    return zeilen


def _decode(inhalt: bytes) -> str:
    try:
        return inhalt.decode("utf-8-sig")
    except UnicodeDecodeError:
        return inhalt.decode("cp1252", "replace")  # Excel writes CSV this way


def _rows(text: str, datei: str) -> Iterator[Freigabezeile]:
    zeilen = text.splitlines()
    anfang = next((z for z in zeilen if z.strip()), "")
    if fold(anfang.split(";")[0].strip().strip('"')) != AKTENZEICHEN:
        for nummer, zeile in enumerate(zeilen, start=1):
            if zeile.strip() and not zeile.lstrip().startswith("#"):
                yield Freigabezeile(json_safe(zeile.split(";")[0].strip()), nummer)
        return
    leser = csv.reader(zeilen, delimiter=";")
    try:
        kopf: list[str] = []
        for felder in leser:
            if not kopf:
                kopf = [fold(feld.strip()) for feld in felder]
            elif any(feld.strip() for feld in felder):
                yield _row(dict(zip(kopf, felder, strict=False)), leser.line_num, datei)
    except csv.Error:
        raise _refuse("Die CSV-Datei ist beschädigt.", datei) from None


def _row(felder: Mapping[str, str], nummer: int, datei: str) -> Freigabezeile:
    namen = (AKTENZEICHEN, VON, BESTEHEN, GEGENLEISTUNG)
    aktenzeichen, *rest = (json_safe(felder.get(name, "").strip().removeprefix("'")) for name in namen)
    if not aktenzeichen:
        raise _refuse(f"Zeile {nummer} nennt kein Aktenzeichen.", datei, nummer)
    return Freigabezeile(aktenzeichen, nummer, *rest)


def _refuse(text: str, datei: str, zeile: int | None = None) -> Ablehnung:
    abhilfe = (
        "Eine Textdatei mit einem Aktenzeichen je Zeile angeben, oder die CSV-Datei, die „mahnakte antrag BESTAND "
        "--verjaehrt-bis TAG --liste DATEI.csv“ schreibt."
    )
    return Ablehnung(sperre("ANTRAGSLISTE_UNLESBAR", text, abhilfe, Stelle(datei, zeile)))
