"""File names beside akte.pdf that a court's mailbox takes: ERVB under § 5 (1) ERVV.

At most 90 characters with the ending; letters including umlauts, digits, _ and -; numbered logically.
"""

import pathlib
import re
import unicodedata

MAX_NAME = 90
ORDNER = "originale"

_ENDUNG = re.compile(r"[A-Za-z0-9]{1,8}", re.ASCII)
_GETRENNT = re.compile(r"[^A-Za-zÄÖÜäöüß0-9_-]+")
_UMLAUTE = "ÄÖÜäöüß"


def make_name(nummer: str, pfad: str) -> str:
    """Return the name of one paper: its number in the Akte, then what is left of its own name.

    The number makes it unique; `rechnungen/Café & Söhne (2).pdf` as 3-01 becomes `3-01_Cafe_Söhne_2.pdf`.
    """
    eigener = pathlib.PurePosixPath(pfad)
    roh = eigener.suffix.removeprefix(".").lower()
    endung = f".{roh}" if _ENDUNG.fullmatch(roh) else ""
    stamm = _GETRENNT.sub("_", _to_letters(eigener.stem if endung else eigener.name)).strip("_-") or "Datei"
    laenge = MAX_NAME - len(nummer) - len(endung) - 1
    return f"{nummer}_{stamm[:laenge]}{endung}"


def _to_letters(text: str) -> str:
    """Take accents off all letters but the umlauts: é becomes e, ø and scripts of other lands become gaps."""
    return "".join(
        zeichen if zeichen in _UMLAUTE else unicodedata.normalize("NFD", zeichen)[0]
        for zeichen in unicodedata.normalize("NFC", text)
    )
