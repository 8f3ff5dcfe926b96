"""Fonts: the letters are set in Arimo, which travels with the program and has Arial's widths.

Templates name Arial, so that they look the same in Word; the engine gets Arimo under either name. On
Linux a private fontconfig shows the engine only these files; on Windows and macOS, where the engine asks
the system's font service, they are embedded into a copy of the DOCX made in memory.
"""

import atexit
import contextlib
import errno
import functools
import pathlib
import re
import shutil
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator
from typing import TypeVar

from lxml import etree

from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.satz.paket import (
    CONTENT_TYPES,
    NS_RELS,
    NS_TYPES,
    Teil,
    pack,
    parse_xml,
    read_own_paket,
    write_paket,
)

_T = TypeVar("_T")

FAMILIE = "Arimo"
ERSETZT = frozenset({"arial", "arimo", "helvetica", "liberation sans"})

_ORDNER = pathlib.Path(__file__).resolve().parent / "schriften"
_SCHNITTE = {
    "embedRegular": "Arimo-Regular.ttf",
    "embedBold": "Arimo-Bold.ttf",
    "embedItalic": "Arimo-Italic.ttf",
    "embedBoldItalic": "Arimo-BoldItalic.ttf",
}
# The last rule is what makes the engine start at all: its look-up for a default font accepts only a
# family that the pattern names.
_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{ordner}/schriften</dir>
  <cachedir>{ordner}/zwischenspeicher</cachedir>
  <match target="pattern">
    <edit name="family" mode="append_last" binding="same"><string>Arimo</string></edit>
  </match>
</fontconfig>
"""


def _once(make: Callable[[], _T]) -> Callable[[], _T]:
    """Make a value once for all threads: with `functools.cache` alone two threads at once both make it."""
    lock = threading.RLock()
    merken = functools.cache(make)

    @functools.wraps(make)
    def ask() -> _T:
        with lock:
            return merken()

    ask.cache_clear = merken.cache_clear  # type: ignore[attr-defined] # for tests
    return ask


@contextlib.contextmanager
def on_temporary_disk() -> Iterator[None]:
    """Turn a failure of the folder for temporary files into an Ablehnung."""
    try:
        yield
    except OSError as fehler:
        voll = fehler.errno in (errno.ENOSPC, errno.EDQUOT)
        grund = "ist voll" if voll else "fehlt oder ist nicht beschreibbar"
        raise Ablehnung(
            sperre("TEMP_ORDNER", f"Der Ordner für vorübergehende Dateien {grund}.",
                   "Dort Platz und Rechte schaffen oder mit der Umgebungsvariable TMPDIR (Windows: TEMP) einen "
                   "anderen Ordner angeben, dann den Befehl wiederholen.")
        ) from fehler  # fmt: skip


@_once
def temporary_folder() -> pathlib.Path:
    """Return this process's private folder on the local disk; it is gone at exit. Raises Ablehnung."""
    with on_temporary_disk():
        ordner = pathlib.Path(tempfile.mkdtemp(prefix="mahnakte-"))
    atexit.register(shutil.rmtree, ordner, ignore_errors=True)
    return ordner


@_once
def fontconfig_file() -> str:
    """Return the path of a private fontconfig file in the temporary folder. Raises Ablehnung.

    The fonts are copied into that folder: fontconfig writes a mark into every folder that it scans.
    """
    ordner = temporary_folder()
    einstellung = ordner / "fonts.conf"
    with on_temporary_disk():
        (ordner / "schriften").mkdir(exist_ok=True)  # an earlier attempt may have got as far as this
        for datei in _SCHNITTE.values():
            shutil.copyfile(_ORDNER / datei, ordner / "schriften" / datei)
        einstellung.write_text(_FONTCONFIG.format(ordner=ordner), encoding="utf-8")
    return str(einstellung)


# --- embedding ----------------------------------------------------------------------------------------

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FONT_TABLE = "word/fontTable.xml"
_FONT_TABLE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
_OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_NAMED = re.compile(rb'(w:(?:ascii|hAnsi|cs|eastAsia)=)"[^"]*"')
_THEMED = re.compile(rb'\s?w:(?:ascii|hAnsi|cs|eastAsia)Theme="[^"]*"')


def embed_fonts(docx: bytes) -> bytes:
    """Return a copy of the DOCX that names only Arimo and carries it (ECMA-376 part 1, 17.8)."""
    teile = read_own_paket(docx)
    for name in [name for name in teile if name.startswith("word/") and name.endswith(".xml")]:
        teile[name] = _THEMED.sub(b"", _NAMED.sub(rb'\1"Arimo"', teile[name]))
    teile |= _font_parts()
    teile[CONTENT_TYPES] = _add_types(teile[CONTENT_TYPES])
    teile["word/_rels/document.xml.rels"] = _add_relation(teile["word/_rels/document.xml.rels"])
    fertig = {name: pack(name, inhalt) for name, inhalt in teile.items()}
    return write_paket((fertig | _packed_fonts()).values())


@functools.cache
def _packed_fonts() -> dict[str, Teil]:
    teile = {}
    for nummer, datei in enumerate(_SCHNITTE.values(), start=1):
        name = f"word/fonts/font{nummer}.odttf"
        teile[name] = pack(name, _obfuscate((_ORDNER / datei).read_bytes(), _key(datei)))
    return teile


def _key(datei: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"mahnakte/{datei}")  # fixed: same input, same bytes


def _obfuscate(schrift: bytes, schluessel: uuid.UUID) -> bytes:
    umgekehrt = schluessel.bytes[::-1]
    kopf = bytes(byte ^ umgekehrt[stelle % 16] for stelle, byte in enumerate(schrift[:32]))
    return kopf + schrift[32:]


def _font_parts() -> dict[str, bytes]:
    eintraege = "".join(
        f'<w:{element} r:id="rId{nummer}" w:fontKey="{{{str(_key(datei)).upper()}}}"/>'
        for nummer, (element, datei) in enumerate(_SCHNITTE.items(), start=1)
    )
    verweise = "".join(
        f'<Relationship Id="rId{nummer}" Type="{_R}/font" Target="fonts/font{nummer}.odttf"/>'
        for nummer in range(1, len(_SCHNITTE) + 1)
    )
    tabelle = (
        f'<w:fonts xmlns:w="{_W}" xmlns:r="{_R}"><w:font w:name="{FAMILIE}">{eintraege}</w:font></w:fonts>'
    )
    beziehungen = f'<Relationships xmlns="{NS_RELS[1:-1]}">{verweise}</Relationships>'
    return {_FONT_TABLE: tabelle.encode(), "word/_rels/fontTable.xml.rels": beziehungen.encode()}


def _add_types(inhalt: bytes) -> bytes:
    wurzel = parse_xml(inhalt, CONTENT_TYPES, "Brief")
    for element in [art for art in wurzel if art.get("PartName") == f"/{_FONT_TABLE}"]:
        wurzel.remove(element)
    neu = wurzel.makeelement(f"{NS_TYPES}Default", {"Extension": "odttf", "ContentType": _OBFUSCATED})
    wurzel.insert(0, neu)
    tabelle = {"PartName": f"/{_FONT_TABLE}", "ContentType": _FONT_TABLE_TYPE}
    wurzel.append(wurzel.makeelement(f"{NS_TYPES}Override", tabelle))
    return _serialize(wurzel)


def _add_relation(inhalt: bytes) -> bytes:
    wurzel = parse_xml(inhalt, "document.xml.rels", "Brief")
    art = f"{_R}/fontTable"
    for element in [verweis for verweis in wurzel if verweis.get("Type") == art]:
        wurzel.remove(element)
    neu = {"Id": "rIdSchriften", "Type": art, "Target": "fontTable.xml"}
    wurzel.append(wurzel.makeelement(f"{NS_RELS}Relationship", neu))
    return _serialize(wurzel)


def _serialize(wurzel: etree._Element) -> bytes:
    return etree.tostring(wurzel, xml_declaration=True, encoding="UTF-8", standalone=True)
