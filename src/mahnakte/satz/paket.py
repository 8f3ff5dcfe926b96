"""A DOCX as a ZIP package: read with distrust, written with the same bytes every time.

Reading refuses what a letter template never needs and an attack does (S6): bombs, odd names, doubles,
encryption, macros, embedded objects, links to the outside. Nothing is inflated beyond the limits, and the
limits count what really comes out, not what the directory promises.
"""

import dataclasses
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping

from lxml import etree

from mahnakte.grund.befund import Ablehnung, Stelle, sperre
from mahnakte.grund.zip_faults import ZIP_FAULTS
from mahnakte.satz.verbot import forbid_objekt, refuse

MAX_BYTES = 10 * 1024 * 1024
MAX_ENTRIES = 200
MAX_INFLATED = 50 * 1024 * 1024
MAX_RATIO = 100
RATIO_FREE = 1024 * 1024  # small parts compress better than 1:100 without being a bomb

CONTENT_TYPES = "[Content_Types].xml"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
NS_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
NS_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

_NAME = re.compile(r"[A-Za-z0-9_\-. \[\]]+(?:/[A-Za-z0-9_\-. \[\]]+)*")
_ENCRYPTED = 0x1
_STRICT = (
    b'"http://purl.oclc.org/ooxml/wordprocessingml/main"'  # the names of ISO/IEC 29500 strict; no engine here
)
_FORBIDDEN_PARTS = (
    ("activex", forbid_objekt("ein ActiveX-Steuerelement", "Das Steuerelement löschen.")),
    ("embeddings/", forbid_objekt("ein eingebettetes Objekt, etwa eine Excel-Tabelle",
                                  "Das Objekt löschen oder als Bild einfügen.")),
)  # fmt: skip

_XML = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def parse_xml(inhalt: bytes, teil: str, name: str) -> etree._Element:
    """Parse one XML part without entities, network or DOCTYPE; raise Ablehnung when it is none."""
    try:
        wurzel = etree.fromstring(inhalt, _XML)
    except etree.XMLSyntaxError as fehler:
        raise _no_xml(name, f"Der Teil {teil} ist kein gültiges XML (Zeile {fehler.lineno}).",
                      "Die Datei in Word öffnen und neu speichern.") from None  # fmt: skip
    if b"<!DOCTYPE" in inhalt:
        raise _no_xml(name, f"Der Teil {teil} enthält eine DOCTYPE-Angabe.",
                      "Die Datei in Word neu anlegen; Word schreibt so etwas nicht.")  # fmt: skip
    return wurzel


def read_paket(inhalt: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of a DOCX by name; raise Ablehnung for anything that is not a plain Word document."""
    if len(inhalt) > MAX_BYTES:
        raise _refuse(name, "VORLAGE_ZU_GROSS", f"Die Datei ist größer als {MAX_BYTES // 2**20} MB.",
                      "Große Bilder verkleinern („Bilder komprimieren“ in Word).")  # fmt: skip
    try:
        with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
            eintraege = _check_entries(archiv, name)
            teile = _inflate(archiv, eintraege, name)
    except ZIP_FAULTS:
        raise _no_docx(name) from None
    _check_parts(teile, name)
    return teile


def _no_xml(name: str, text: str, abhilfe: str) -> Ablehnung:
    return _refuse(name, "VORLAGE_XML", text, abhilfe)


def _macros(name: str, text: str) -> Ablehnung:
    abhilfe = "In Word „Speichern unter“ den Dateityp „Word-Dokument (*.docx)“ wählen."
    return _refuse(name, "VORLAGE_MAKRO", text, abhilfe)


def _no_docx(name: str) -> Ablehnung:
    return _refuse(name, "VORLAGE_KEIN_DOCX", "Die Datei ist kein Word-Dokument (DOCX) oder beschädigt.",
                   "In Word öffnen und als „Word-Dokument (*.docx)“ speichern.")  # fmt: skip


def _refuse(name: str, code: str, text: str, abhilfe: str) -> Ablehnung:
    return Ablehnung(sperre(code, text, abhilfe, Stelle(name)))


def _bomb(name: str, text: str) -> Ablehnung:
    return _refuse(
        name, "VORLAGE_BOMBE", text, "Eine unveränderte Vorlage verwenden; diese Datei nicht öffnen."
    )


def _check_entries(archiv: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    eintraege = [eintrag for eintrag in archiv.infolist() if not eintrag.is_dir()]
    if len(eintraege) > MAX_ENTRIES:
        raise _bomb(name, f"Die Datei hat {len(eintraege)} Teile; erlaubt sind {MAX_ENTRIES}.")
    gesehen: set[str] = set()
    for eintrag in eintraege:
        teil = eintrag.filename
        if not _NAME.fullmatch(teil) or any(stueck in (".", "..") for stueck in teil.split("/")):
            raise _bomb(name, "Ein Teil der Datei hat einen Namen, den Word nicht schreibt.")
        if teil.lower() in gesehen:
            raise _bomb(name, f"Der Teil {teil} kommt zweimal vor.")
        gesehen.add(teil.lower())
        if eintrag.flag_bits & _ENCRYPTED:
            raise _refuse(name, "VORLAGE_VERSCHLUESSELT", "Die Datei ist verschlüsselt.",
                          "In Word unter „Dokument schützen“ das Kennwort entfernen.")  # fmt: skip
        if eintrag.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _no_docx(name)
    return eintraege


def _inflate(archiv: zipfile.ZipFile, eintraege: Iterable[zipfile.ZipInfo], name: str) -> dict[str, bytes]:
    teile: dict[str, bytes] = {}
    rest = MAX_INFLATED
    for eintrag in eintraege:
        with archiv.open(eintrag) as strom:
            inhalt = strom.read(rest + 1)
        if len(inhalt) > rest:
            raise _bomb(name, f"Die Datei wird beim Entpacken größer als {MAX_INFLATED // 2**20} MB.")
        if len(inhalt) > RATIO_FREE and len(inhalt) > MAX_RATIO * max(eintrag.compress_size, 1):
            raise _bomb(
                name, f"Der Teil {eintrag.filename} entpackt sich auf mehr als das {MAX_RATIO}-Fache."
            )
        rest -= len(inhalt)
        teile[eintrag.filename] = inhalt
    return teile


def _check_parts(teile: Mapping[str, bytes], name: str) -> None:
    for teil in teile:
        if "vbaproject.bin" in teil.lower():
            raise _macros(name, "Die Vorlage enthält Makros.")
        for merkmal, verbot in _FORBIDDEN_PARTS:
            if merkmal in teil.lower():
                raise Ablehnung(refuse(verbot, Stelle(name)))
    if CONTENT_TYPES not in teile or "word/document.xml" not in teile:
        raise _no_docx(name)
    arten = parse_xml(teile[CONTENT_TYPES], CONTENT_TYPES, name)
    haupt = [art.get("ContentType") for art in arten.iter(f"{NS_TYPES}Override")
             if art.get("PartName") == "/word/document.xml"]  # fmt: skip
    if haupt != [MAIN_TYPE]:
        raise _macros(name, "Die Datei ist eine Dokumentvorlage (.dotx) oder enthält Makros.")
    if _STRICT in teile["word/document.xml"]:
        raise _refuse(name, "VORLAGE_STRIKT", "Die Datei ist im Format „Strict Open XML“ gespeichert.",
                      "In Word „Speichern unter“ „Word-Dokument (*.docx)“ ohne „Strict“ wählen.")  # fmt: skip
    for teil, inhalt in teile.items():
        if teil.endswith(".rels"):
            _check_rels(parse_xml(inhalt, teil, name), name)


def _check_rels(wurzel: etree._Element, name: str) -> None:
    for beziehung in wurzel.iter(f"{NS_RELS}Relationship"):
        ziel = beziehung.get("Target") or ""
        if beziehung.get("TargetMode") == "External":
            raise _refuse(
                name, "VORLAGE_LINK", f"Die Vorlage verweist nach außen: {ziel[:80]!r}.",
                "In Word mit der rechten Maustaste auf den Link: „Link entfernen“; verknüpfte Bilder einbetten.",
            )  # fmt: skip
        if ".." in ziel.split("/")[1:] or ziel.startswith(("\\", "//")):
            raise _bomb(name, "Ein Verweis in der Datei führt aus ihr hinaus.")


def read_own_paket(docx: bytes) -> dict[str, bytes]:
    """Return the parts of a DOCX that this program has just written; a long list may well pack to a hundredth."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archiv:
        return {teil: archiv.read(teil) for teil in archiv.namelist()}


def read_own(docx: bytes, teil: str) -> bytes | None:
    """Return one part of a DOCX that this program has just written, or None; no distrust needed."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archiv:
        return archiv.read(teil) if teil in archiv.namelist() else None


# --- writing ----------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class Teil:
    """One part, already deflated, so that what does not change from letter to letter is packed once."""

    name: str
    crc: int
    groesse: int
    gepackt: bytes


_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DEFLATE, _VERSION = 8, 20
_MIDNIGHT, _DAY_1980_01_01 = 0, 0x21  # a fixed time: the same letter is the same bytes tomorrow


def pack(name: str, inhalt: bytes) -> Teil:
    """Deflate one part."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Teil(name, zlib.crc32(inhalt), len(inhalt), packer.compress(inhalt) + packer.flush())


def write_paket(teile: Iterable[Teil]) -> bytes:
    """Return the ZIP of the parts, sorted by name with the content types first; same parts, same bytes."""
    geordnet = sorted(teile, key=lambda teil: (teil.name != CONTENT_TYPES, teil.name))
    koerper, verzeichnis = io.BytesIO(), io.BytesIO()
    for teil in geordnet:
        name = teil.name.encode("ascii")
        gemeinsam = (
            _DEFLATE,
            _MIDNIGHT,
            _DAY_1980_01_01,
            teil.crc,
            len(teil.gepackt),
            teil.groesse,
            len(name),
        )
        verzeichnis.write(
            _CENTRAL.pack(b"PK\1\2", _VERSION, _VERSION, 0, *gemeinsam, 0, 0, 0, 0, 0, koerper.tell())
        )
        verzeichnis.write(name)
        koerper.write(_LOCAL.pack(b"PK\3\4", _VERSION, 0, *gemeinsam, 0) + name + teil.gepackt)
    anzahl, groesse, beginn = len(geordnet), verzeichnis.tell(), koerper.tell()
    ende = _END.pack(b"PK\5\6", 0, 0, anzahl, anzahl, groesse, beginn, 0)
    return koerper.getvalue() + verzeichnis.getvalue() + ende
