"""From the bytes of a DOCX or PDF to the text of a letter. Runs in a worker: the files come from anywhere.

A Word file is read part by part with a bound, not through the reader of templates: a letter written by hand may hold
links and pictures that a template must not.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator

import pypdfium2 as pdfium
from lxml import etree

from mahnakte.briefe.ton.text import (  # fmt: skip
    MAX_ABSAETZE,
    MAX_ABSATZ,
    Absatz,
    Brieftext,
    Kontozeile,
    Ort,
    ends_in_betrag,
    normalize_text,
)
from mahnakte.briefe.ton.vorlagentext import depends_on_register, expand_all, has_tags
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.zip_faults import ZIP_FAULTS
from mahnakte.satz.paket import MAX_BYTES, MAX_ENTRIES, parse_xml

MAX_TEIL = 8 * 1024 * 1024
MAX_SEITEN = 50

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEILE = (
    (re.compile(r"word/document\.xml"), Ort.TEXT),
    (re.compile(r"word/header\d*\.xml"), Ort.KOPF),
    (re.compile(r"word/footer\d*\.xml"), Ort.FUSS),
    (re.compile(r"word/(?:footnotes|endnotes)\.xml"), Ort.NOTE),
)
_VOLLE_ZEILE = 0.75  # of the longest line: the next line goes on with the same paragraph


def read_brieftext(inhalt: bytes, name: str, register: str | None = None) -> Brieftext:
    """Return the text of a DOCX or PDF; raise Ablehnung for anything else and for files without text.

    Of a template with wording for several registers only that of `register` is read (None: of all).
    """
    if inhalt.startswith(b"%PDF"):
        brief = _read_pdf(inhalt, name)
    elif inhalt.startswith(b"PK"):
        brief = _read_docx(inhalt, name, register)
    else:
        raise _refuse(name, "TON_DATEI_ART", "Die Datei ist weder ein Word-Dokument (DOCX) noch ein PDF.",
                      "Den Brief als DOCX oder PDF speichern.")  # fmt: skip
    if len(brief.absaetze) > MAX_ABSAETZE or any(
        len(text) > MAX_ABSATZ for absatz in brief.absaetze for text in absatz.varianten
    ):
        raise _too_large(name, "Der Text ist länger, als ein Brief je ist.")
    if not brief.absaetze:
        raise _refuse(name, "TON_OHNE_TEXT", "Die Datei enthält keinen Text, vielleicht nur ein Bild.",
                      "Die Word-Datei prüfen, aus der sie entstanden ist.")  # fmt: skip
    return brief


def unreadable(name: str, text: str, abhilfe: str) -> Befund:
    """Return the finding that a file gives no text, whatever broke on it."""
    return sperre("TON_UNLESBAR", text, abhilfe, Stelle(name))


def _refuse(name: str, code: str, text: str, abhilfe: str) -> Ablehnung:
    return Ablehnung(sperre(code, text, abhilfe, Stelle(name)))


def _too_large(name: str, text: str) -> Ablehnung:
    return _refuse(name, "TON_ZU_GROSS", text, "Nur den Brief selbst prüfen; große Bilder verkleinern.")


# --- Word -------------------------------------------------------------------------------------------


def _read_docx(inhalt: bytes, name: str, register: str | None) -> Brieftext:
    absaetze: list[Absatz] = []
    aufstellung: list[Kontozeile] = []
    vorlage = je_register = False
    for teil, ort, roh in _open_parts(inhalt, name):
        wurzel = parse_xml(roh, teil, name)
        texte = [text for text in map(_paragraph_text, wurzel.iter(f"{_W}p")) if text]
        vorlage = vorlage or any(map(has_tags, texte))
        je_register = je_register or depends_on_register(texte)
        absaetze += [_absatz(nummer, ort, varianten) for nummer, varianten in expand_all(texte, register)]
        if ort is Ort.TEXT:
            aufstellung += _account_lines(wurzel)
    return Brieftext(name, tuple(absaetze), tuple(aufstellung), vorlage, je_register)


def _open_parts(inhalt: bytes, name: str) -> Iterator[tuple[str, Ort, bytes]]:
    if len(inhalt) > MAX_BYTES:
        raise _too_large(name, f"Die Datei ist größer als {MAX_BYTES // 2**20} MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
            namen = archiv.namelist()
            if len(namen) > MAX_ENTRIES or "word/document.xml" not in namen:
                raise _no_word(name)
            for teil in dict.fromkeys(namen):
                ort = next((ort for muster, ort in _TEILE if muster.fullmatch(teil)), None)
                if ort is not None:
                    yield teil, ort, _inflate(archiv, teil, name)
    except ZIP_FAULTS:
        raise _no_word(name) from None


def _no_word(name: str) -> Ablehnung:
    return Ablehnung(
        unreadable(
            name,
            "Die Datei ist beschädigt, mit Kennwort geschützt oder kein Word-Dokument.",
            "In Word öffnen und als „Word-Dokument (*.docx)“ ohne Kennwort speichern.",
        )
    )


def _inflate(archiv: zipfile.ZipFile, teil: str, name: str) -> bytes:
    with archiv.open(teil) as strom:
        roh = strom.read(MAX_TEIL + 1)
    if len(roh) > MAX_TEIL:
        raise _too_large(name, f"Der Teil {teil} ist größer als {MAX_TEIL // 2**20} MB.")
    return roh


def _paragraph_text(absatz: etree._Element) -> str:
    """Return the text of a paragraph without that of text boxes inside it, which are paragraphs of their own."""
    return normalize_text("".join(_runs(absatz)))


def _runs(element: etree._Element) -> Iterator[str]:
    for kind in element:
        if kind.tag == f"{_W}t":
            yield kind.text or ""
        elif kind.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " "
        elif kind.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif isinstance(kind.tag, str) and kind.tag not in (f"{_W}p", _FALLBACK, f"{_W}pPr"):
            yield from _runs(kind)


def _absatz(nummer: int, ort: Ort, varianten: Iterable[str]) -> Absatz:
    return Absatz(nummer, ort, tuple(map(normalize_text, varianten)))


def _account_lines(wurzel: etree._Element) -> Iterator[Kontozeile]:
    """Find the rows whose last cell is an amount and nothing else; layout tables have no such rows."""
    for zeile in wurzel.iter(f"{_W}tr"):
        zellen = [" ".join(filter(None, map(_paragraph_text, zelle.iter(f"{_W}p")))) for zelle in zeile.findall(f"{_W}tc")]  # fmt: skip  # noqa: E501
        gefuellt = [zelle for zelle in zellen if zelle]
        if len(gefuellt) < 2:
            continue
        if re.fullmatch(r"\{\{[^{}]*\}\}", gefuellt[-1]):
            yield Kontozeile(" ".join(gefuellt), None)
        elif (
            not re.search(r"[^\W\d]{4}", gefuellt[-1])
            and (betrag := ends_in_betrag(gefuellt[-1])) is not None
        ):
            yield Kontozeile(" ".join(gefuellt), betrag)


# --- PDF --------------------------------------------------------------------------------------------


def _read_pdf(inhalt: bytes, name: str) -> Brieftext:
    try:
        dokument = pdfium.PdfDocument(inhalt)
    except pdfium.PdfiumError:
        raise Ablehnung(
            unreadable(
                name,
                "Das PDF ist beschädigt oder mit Kennwort geschützt.",
                "Die Word-Datei prüfen, aus der es entstanden ist.",
            )
        ) from None
    try:
        if len(dokument) > MAX_SEITEN:
            raise _too_large(name, f"Das PDF hat mehr als {MAX_SEITEN} Seiten.")
        zeilen = [zeile for seite in dokument for zeile in _page_lines(seite)]
    finally:
        dokument.close()
    absaetze, aufstellung = _join_lines(zeilen)
    return Brieftext(name, tuple(absaetze), tuple(aufstellung))


def _page_lines(seite: pdfium.PdfPage) -> list[str]:
    textseite = seite.get_textpage()
    roh = str(textseite.get_text_range())
    textseite.close()
    seite.close()
    roh = re.sub(
        r"(?:\u0002|(?<=[a-zäöüß])-)\r?\n(?=[a-zäöüß])", "", roh
    )  # a word broken at the end of a line
    return [zeile for zeile in map(normalize_text, roh.splitlines()) if zeile]


def _join_lines(zeilen: list[str]) -> tuple[list[Absatz], list[Kontozeile]]:
    """Put lines together to paragraphs: a nearly full line goes on, one that ends in an amount is an entry."""
    voll = max(map(len, zeilen), default=0) * _VOLLE_ZEILE
    texte: list[str] = []
    aufstellung: list[Kontozeile] = []
    offen = False
    for zeile in zeilen:
        texte[-1:] = [f"{texte[-1]} {zeile}"] if offen else [*texte[-1:], zeile]
        betrag = None if offen else ends_in_betrag(zeile)
        offen = len(zeile) >= voll
        if betrag is not None and not offen:
            aufstellung.append(Kontozeile(zeile, betrag))
    return [_absatz(nummer, Ort.TEXT, (text,)) for nummer, text in enumerate(texte, start=1)], aufstellung
