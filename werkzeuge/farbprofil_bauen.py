"""Makes src/mahnakte/satz/sRGB.icc, the colour profile of the PDF/A hull: python werkzeuge/farbprofil_bauen.py

Little CMS builds it from the primaries of sRGB and signs it „No copyright, use freely“. The date is fixed, so
that the file can be made again, and the version is set to 4.2 (ISO 15076-1:2005): the last that PDF/A-2 knows;
the profile uses nothing newer.
"""

import pathlib

from PIL import ImageCms

ZIEL = pathlib.Path(__file__).resolve().parent.parent / "src/mahnakte/satz/sRGB.icc"
_VERSION = slice(8, 12)  # ICC.1, 7.2: header
_DATUM = slice(24, 36)


def main() -> None:
    profil = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profil[_VERSION] = bytes((4, 0x20, 0, 0))
    profil[_DATUM] = b"".join(wert.to_bytes(2, "big") for wert in (2026, 1, 1, 0, 0, 0))
    ZIEL.write_bytes(profil)
    print(f"{ZIEL.name}: {len(profil)} Byte")


if __name__ == "__main__":
    main()
