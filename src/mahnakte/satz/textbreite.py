"""How wide a text is on the page: the advance widths of Arimo itself (OpenType tables `cmap` format 4, `hmtx`)."""

import functools
import pathlib
import struct

_SCHRIFT = pathlib.Path(__file__).resolve().parent / "schriften" / "Arimo-Regular.ttf"
_MM_JE_PUNKT = 25.4 / 72


def measure_mm(text: str, punkt: float) -> float:
    """Return the width of a text in millimetres at a size in points; a letter not in the font counts as a box."""
    zeichen, breiten, geviert = _read_font()
    einheiten = sum(breiten[zeichen.get(ord(einzeln), 0)] for einzeln in text)
    return einheiten / geviert * punkt * _MM_JE_PUNKT


@functools.cache
def _read_font() -> tuple[dict[int, int], list[int], int]:
    """Return glyph by code point, advance width by glyph, units per em."""
    inhalt = _SCHRIFT.read_bytes()
    tabellen = {
        inhalt[ort : ort + 4]: struct.unpack_from(">II", inhalt, ort + 8)
        for ort in range(12, 12 + 16 * struct.unpack_from(">H", inhalt, 4)[0], 16)
    }
    geviert = struct.unpack_from(">H", inhalt, tabellen[b"head"][0] + 18)[0]
    anzahl = struct.unpack_from(">H", inhalt, tabellen[b"hhea"][0] + 34)[0]
    hmtx = tabellen[b"hmtx"][0]
    breiten = [struct.unpack_from(">H", inhalt, hmtx + 4 * glyph)[0] for glyph in range(anzahl)]
    glyphen = struct.unpack_from(">H", inhalt, tabellen[b"maxp"][0] + 4)[0]
    breiten += [breiten[-1]] * (glyphen - anzahl)  # the last width holds for all that follow
    return _read_cmap(inhalt, tabellen[b"cmap"][0]), breiten, geviert


def _read_cmap(inhalt: bytes, cmap: int) -> dict[int, int]:
    """Return the glyph of each code point of the basic plane (platform 3, encoding 1, format 4)."""
    anzahl = struct.unpack_from(">H", inhalt, cmap + 2)[0]
    saetze = (struct.unpack_from(">HHI", inhalt, cmap + 4 + 8 * nummer) for nummer in range(anzahl))
    ort = cmap + next(abstand for plattform, kodierung, abstand in saetze if (plattform, kodierung) == (3, 1))
    stuecke = struct.unpack_from(">H", inhalt, ort + 6)[0] // 2
    feld = f">{stuecke}H"
    enden, anfaenge, versatz, verweise = (
        struct.unpack_from(feld, inhalt, ort + 14 + 2 * stuecke * nummer + (2 if nummer else 0))
        for nummer in range(4)
    )
    verweisort = ort + 16 + 6 * stuecke
    zeichen: dict[int, int] = {}
    for nummer, (anfang, ende) in enumerate(zip(anfaenge, enden, strict=True)):
        for code in range(anfang, min(ende, 0xFFFE) + 1):
            glyph = code
            if verweise[nummer]:
                stelle = verweisort + 2 * nummer + verweise[nummer] + 2 * (code - anfang)
                glyph = struct.unpack_from(">H", inhalt, stelle)[0]
                if not glyph:
                    continue
            zeichen[code] = (glyph + versatz[nummer]) & 0xFFFF
    return zeichen
