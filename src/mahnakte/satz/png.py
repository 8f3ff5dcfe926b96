"""PNG files (ISO/IEC 15948): what stands in one, and a plain one of our own. No library: letters need no more."""

import dataclasses
import struct
import zlib
from collections.abc import Mapping

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, RGB, PALETTE, GREY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
SAMPLES = {GREY: 1, RGB: 3, PALETTE: 1, GREY_ALPHA: 2, RGB_ALPHA: 4}
_OHNE_FILTER = b"\0"


@dataclasses.dataclass(frozen=True, slots=True)
class Png:
    """Size in dots, bits per sample, colour type, and the parts: `data` is still filtered and deflated."""

    width: int
    height: int
    bits: int
    colour: int
    interlaced: bool
    data: bytes
    palette: bytes
    transparency: bytes

    @property
    def samples(self) -> int:
        """Return the number of samples for each dot."""
        return SAMPLES[self.colour]

    @property
    def row_bytes(self) -> int:
        """Return the length of a row without its filter byte."""
        return -(-self.width * self.samples * self.bits // 8)


def read_png(inhalt: bytes) -> Png:
    """Take a PNG apart. Raises ValueError when it is none, or damaged."""
    if not inhalt.startswith(SIGNATURE):
        raise ValueError("keine PNG-Datei")
    stuecke = _read_chunks(inhalt)
    kopf = stuecke.get(b"IHDR", b"")
    if len(kopf) != 13:
        raise ValueError("PNG ohne Kopf")
    width, height, bits, colour, _, _, interlace = struct.unpack(">IIBBBBB", kopf)
    if colour not in SAMPLES or bits not in (1, 2, 4, 8, 16) or not width or not height:
        raise ValueError("PNG mit unbekanntem Kopf")
    return Png(
        width, height, bits, colour, interlace != 0,
        stuecke.get(b"IDAT", b""), stuecke.get(b"PLTE", b""), stuecke.get(b"tRNS", b""),
    )  # fmt: skip


def inflate(png: Png) -> bytes:
    """Return the filtered rows. Raises ValueError when they are not all there."""
    soll = png.height * (1 + png.row_bytes)
    entpacker = zlib.decompressobj()
    try:
        zeilen = entpacker.decompress(png.data, soll + 1)
    except zlib.error:
        raise ValueError("PNG beschädigt") from None
    if len(zeilen) != soll and not png.interlaced:
        raise ValueError("PNG beschädigt")
    return zeilen


def write_png(width: int, height: int, bits: int, colour: int, samples: bytes) -> bytes:
    """Return a PNG of these rows of samples, one after the other, each padded to whole bytes."""
    laenge = len(samples) // height
    zeilen = b"".join(_OHNE_FILTER + samples[ab : ab + laenge] for ab in range(0, len(samples), laenge))
    kopf = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    teile = ((b"IHDR", kopf), (b"IDAT", zlib.compress(zeilen)), (b"IEND", b""))
    return SIGNATURE + b"".join(
        struct.pack(">I", len(inhalt)) + art + inhalt + struct.pack(">I", zlib.crc32(art + inhalt))
        for art, inhalt in teile
    )


def read_samples(png: Png) -> bytes:
    """Return the rows of a PNG that `write_png` made, deflated once more: as a PDF takes them."""
    zeilen = inflate(png)
    schritt = 1 + png.row_bytes
    return b"".join(zeilen[ab + 1 : ab + schritt] for ab in range(0, len(zeilen), schritt))


def is_plain(png: Png) -> bool:
    """Tell whether `write_png` could have made it: grey or colour, no transparency, no row filtered."""
    if png.interlaced or png.colour not in (GREY, RGB) or png.bits not in (1, 8) or png.transparency:
        return False
    return not any(inflate(png)[:: 1 + png.row_bytes])


def _read_chunks(inhalt: bytes) -> Mapping[bytes, bytes]:
    """Return the contents by kind, those of one kind joined; the checksums are looked at."""
    stuecke: dict[bytes, bytes] = {}
    stelle = len(SIGNATURE)
    while stelle + 12 <= len(inhalt):
        laenge, art = struct.unpack_from(">I4s", inhalt, stelle)
        ende = stelle + 8 + laenge
        if inhalt[ende : ende + 4] != struct.pack(">I", zlib.crc32(inhalt[stelle + 4 : ende])):
            raise ValueError("PNG beschädigt")
        stuecke[art] = stuecke.get(art, b"") + inhalt[stelle + 8 : ende]
        if art == b"IEND":
            return stuecke
        stelle = ende + 4
    raise ValueError("PNG bricht ab")
