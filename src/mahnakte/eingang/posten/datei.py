"""Which kind of file it is: rows of text, a workbook, or something that only bears the name of a list."""

import dataclasses
import itertools
from collections.abc import Callable, Iterator

from mahnakte.eingang.posten.befunde import refuse_datei
from mahnakte.eingang.posten.liste import Tabellenzeile
from mahnakte.eingang.zeilen import SUCHTIEFE, Zeilenbruch, decode, iter_zeilen
from mahnakte.grund.befund import Stelle

MAX_BYTES = 50_000_000
TRENNER = (";", "\t", ",", "|")
_ALS_LISTE = "Die Liste im Buchhaltungsprogramm als CSV oder XLSX ausgeben."
# How files begin that are no list: beginning, what it is.
_FREMDE = (
    (b"%PDF", "ein PDF"),
    (b"{\\rtf", "ein RTF-Dokument"),
    (b"\xff\xd8\xff", "ein Bild"),
    (b"\x89PNG", "ein Bild"),
    (b"\x1f\x8b", "ein gepacktes Archiv (gzip)"),
    (b"7z\xbc\xaf", "ein gepacktes Archiv (7z)"),
    (b"Rar!", "ein gepacktes Archiv (RAR)"),
)
_OLE = b"\xd0\xcf\x11\xe0"
_VERSCHLUESSELT = "EncryptedPackage".encode("utf-16-le")


@dataclasses.dataclass(frozen=True, slots=True)
class Tabelle:
    """One reading of a file as a table: the sheet `blatt`, or text with one separator (`blatt` is empty).

    `zeilen` starts anew at each call. `offenes_ende`: the last line has no line end, so the file may be cut there.
    """

    zeilen: Callable[[], Iterator[Tabellenzeile]]
    blatt: str = ""
    offenes_ende: bool = False

    def head(self) -> Iterator[Tabellenzeile]:
        """Yield the first rows that say something, among which the header line must be."""
        return itertools.islice((zeile for zeile in self.zeilen() if any(zeile[1])), SUCHTIEFE)

    def below(self, kopfzeile: int, breite: int, datei: str) -> Iterator[Tabellenzeile]:
        """Yield the rows below the header line of so many columns; raise Ablehnung where the file is cut in a row."""
        letzte: Tabellenzeile = (0, ())
        for letzte in self.zeilen():
            if letzte[0] > kopfzeile:
                yield letzte
        if self.offenes_ende and any(letzte[1]) and len(letzte[1]) < breite:
            raise refuse_datei(
                "Die Datei bricht mitten in dieser Zeile ab.",
                Stelle(datei, letzte[0]),
                "Die Liste vollständig ausgeben.",
            )


def read_tabellen(inhalt: bytes, datei: str) -> tuple[Tabelle, ...]:
    """Return the tables that a file can be read as; raise Ablehnung, which names what it is instead."""
    if len(inhalt) > MAX_BYTES:
        raise refuse_datei(f"Die Datei ist größer als {MAX_BYTES // 1_000_000} MB.", Stelle(datei),
                           "Die Liste nach Kunden oder Zeitraum teilen.")  # fmt: skip
    if inhalt.startswith(b"PK"):
        from mahnakte.eingang.posten.mappe import read_mappe

        return tuple(Tabelle(zeilen, blatt) for blatt, zeilen in read_mappe(inhalt, datei).items())
    text = _decode(inhalt, datei)
    trenner = [zeichen for zeichen in TRENNER if zeichen in text]
    if not trenner:
        raise refuse_datei(
            "Die Datei ist keine Tabelle: Weder Semikolon noch Tabulator noch Komma trennt ihre Spalten.",
            Stelle(datei),
            _ALS_LISTE,
        )
    offen = not text.endswith(("\n", "\r"))
    return tuple(Tabelle(_reader(text, zeichen, datei), offenes_ende=offen) for zeichen in trenner)


def _reader(text: str, trenner: str, datei: str) -> Callable[[], Iterator[Tabellenzeile]]:
    def rows() -> Iterator[Tabellenzeile]:
        try:
            yield from iter_zeilen(text, trenner)
        except Zeilenbruch as bruch:
            raise refuse_datei(
                f"{bruch} Die Datei ist dort beschädigt oder bricht ab.", Stelle(datei, bruch.zeile)
            ) from None

    return rows


def _decode(inhalt: bytes, datei: str) -> str:
    anfang = inhalt[:4_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not inhalt.strip(b"\xef\xbb\xbf \t\r\n"):
        raise refuse_datei("Die Datei ist leer.", Stelle(datei), _ALS_LISTE)
    if was := _name_foreign(inhalt, anfang):
        raise refuse_datei(
            f"Das ist {was}, keine Liste offener Posten als CSV oder XLSX.", Stelle(datei), _ALS_LISTE
        )
    if inhalt.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return inhalt.decode("utf-16")
        except UnicodeDecodeError:
            raise refuse_datei("Die Datei ist beschädigt: Sie ist kein ganzer Text.", Stelle(datei)) from None
    if b"\0" in inhalt:
        raise refuse_datei("Das ist keine Textdatei und keine Excel-Datei.", Stelle(datei), _ALS_LISTE)
    return decode(inhalt)


def _name_foreign(inhalt: bytes, anfang: bytes) -> str:
    for beginn, was in _FREMDE:
        if anfang.startswith(beginn):
            return was
    if anfang.startswith(_OLE):
        if _VERSCHLUESSELT in inhalt:
            return "eine Excel-Datei mit Kennwort"
        return "eine Datei im alten Format von Excel oder Word (.xls)"
    klein = anfang[:1_000].lower()
    if klein.startswith(b"<"):
        return "eine HTML-Seite" if b"<html" in klein or b"<table" in klein else "eine XML- oder HTML-Datei"
    if klein.startswith((b"{", b"[")):
        return "eine JSON-Datei"
    return ""
