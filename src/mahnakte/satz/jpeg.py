"""What stands at the head of a JPEG: size, colours, and how the camera was held."""

import dataclasses
import struct
from collections.abc import Iterator

JPEG = b"\xff\xd8\xff"
_SOF = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive
_ADOBE, _EXIF = b"Adobe", b"Exif\0\0"
_ORIENTATION = 0x0112


@dataclasses.dataclass(frozen=True, slots=True)
class Jpeg:
    """Size in dots as stored, number of colours, whether Adobe wrote it (then CMYK is stored inverted), EXIF turn."""

    width: int
    height: int
    colours: int
    adobe: bool
    orientation: int


def read_jpeg(inhalt: bytes) -> Jpeg:
    """Read the markers up to the size (ITU-T T.81, annex B). ValueError, IndexError, struct.error: it is none."""
    adobe, turn = False, 1
    for marke, stueck in _segments(inhalt):
        if marke == 0xEE:
            adobe = adobe or stueck.startswith(_ADOBE)
        elif marke == 0xE1 and stueck.startswith(_EXIF):
            turn = _read_orientation(stueck[len(_EXIF) :])
        elif marke in _SOF:
            _, hoehe, breite, farben = struct.unpack(">BHHB", stueck[:6])
            if farben not in (1, 3, 4) or not breite or not hoehe or b"\xff\xd9" not in inhalt[-64:]:
                raise ValueError("JPEG beschädigt")
            return Jpeg(breite, hoehe, farben, adobe, turn)
    raise ValueError("JPEG ohne Bild")


def _segments(inhalt: bytes) -> Iterator[tuple[int, bytes]]:
    stelle = 2
    while inhalt[stelle] == 0xFF:
        marke = inhalt[stelle + 1]
        if marke == 0xFF:  # fill byte
            stelle += 1
            continue
        (laenge,) = struct.unpack_from(">H", inhalt, stelle + 2)
        if laenge < 2:
            return
        yield marke, inhalt[stelle + 4 : stelle + 2 + laenge]
        stelle += 2 + laenge


def _read_orientation(tiff: bytes) -> int:
    """Return how the camera was held; 1 (upright) when the picture does not say."""
    folge = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if folge is None or len(tiff) < 10:
        return 1
    (ab,) = struct.unpack_from(f"{folge}I", tiff, 4)
    if ab + 2 > len(tiff):
        return 1
    (anzahl,) = struct.unpack_from(f"{folge}H", tiff, ab)
    for stelle in range(ab + 2, min(ab + 2 + 12 * anzahl, len(tiff) - 11), 12):
        kennung, art, _, wert = struct.unpack_from(f"{folge}HHIH", tiff, stelle)
        if kennung == _ORIENTATION and art == 3:
            return int(wert) if 1 <= wert <= 8 else 1
    return 1
