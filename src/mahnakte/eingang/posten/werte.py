"""What one cell of a list says: an amount of cents, a day, a text; each doubt is refused by name.

A cell is text (CSV), or what a workbook holds: a number (Decimal, as Excel shows it) or a day.
"""

import datetime as dt
import re
from decimal import Decimal

from mahnakte.eingang.zeilen import KeinWert
from mahnakte.grund.betrag import CENT
from mahnakte.grund.datum import KeinDatum, parse_datum
from mahnakte.grund.text import find_unsafe, normalize

Zelle = str | Decimal | dt.date

MAX_ZEICHEN = 200
_MAX_STELLEN = 13
_GROSS = Decimal(10) ** 15  # Excel keeps fifteen digits
_WAEHRUNG = re.compile(r"(?i:^(?:€|EURO?)|(?:€|EURO?)$)")
_LUFT = re.compile(r"[\s\u00a0\u202f]")
_EXCEL = re.compile(r"\d(?:[,.]\d+)?E\+\d+", re.ASCII)
_MEHRDEUTIG = re.compile(r"\d{1,3}[.,]\d{3}", re.ASCII)
_GANZ = re.compile(r"\d+|\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*", re.ASCII)
_KOMMA = re.compile(r"(\d+|\d{1,3}(?:[.'’]\d{3})+),(\d+)", re.ASCII)
_PUNKT = re.compile(r"(\d+|\d{1,3}(?:[,'’]\d{3})+)\.(\d+)", re.ASCII)
_OHNE_TAG = frozenset({"", "-", "0", "00000000", "00.00.0000", "0000-00-00", "0001-01-01", "01.01.0001"})
_UHRZEIT = re.compile(r"[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$", re.ASCII)
_ALS_TEXT = re.compile(r'="([^"=+@-][^"]*)"')  # how programs keep Excel from changing a number
_FEHLERWERT = re.compile(r"#(?:[A-Z0-9/]{2,12}[!?]|NV|N/A)")  # in each language of Excel
# UTF-8 read as Windows-1252, a lost letter, and ä and ö of DOS: a name like that must not reach a letter.
_VERDORBEN = re.compile("Ã[¤¶¼Ÿ„–œ\x9f\x84\x96\x9c]|\ufffd|[A-Za-z][„”][a-z]")
_FORMEL = ("=", "+", "-", "@")


def parse_geld(zelle: Zelle) -> Decimal | None:
    """Read an amount in euro and cent; None for an empty cell.

    `1.190,00`, `1190,00`, `1190.00`, `400,00-` and `(400,00)` are read. Raises KeinWert for `1.190`, which may be one
    euro or a thousand, and for what is no amount of cents.
    """
    if isinstance(zelle, dt.date):
        raise KeinWert(f"Statt eines Betrags steht dort der Tag {zelle:%d.%m.%Y}.")
    if isinstance(zelle, Decimal):
        return _to_cents(zelle, format(zelle, "f").replace(".", ","))
    roh = _WAEHRUNG.sub("", _LUFT.sub("", zelle)).replace("\u2212", "-")
    if roh in ("", "-"):
        return None
    negativ, betrag = _split_sign(roh)
    return _to_cents(_read_number(betrag, zelle) * (-1 if negativ else 1), zelle)


def _split_sign(roh: str) -> tuple[bool, str]:
    if roh.startswith("(") and roh.endswith(")"):
        return True, roh[1:-1]
    if roh.endswith("-"):
        return True, roh[:-1]
    return roh.startswith("-"), roh[1:] if roh[:1] in "+-" else roh


def _read_number(betrag: str, zelle: str) -> Decimal:
    if _MEHRDEUTIG.fullmatch(betrag):
        raise KeinWert(
            f"Der Betrag „{zelle[:30]}“ ist mehrdeutig: Punkt oder Komma kann Tausender oder Cent trennen."
        )
    if treffer := _KOMMA.fullmatch(betrag) or _PUNKT.fullmatch(betrag):
        ganze, cent = treffer.groups()
        return Decimal(f"{re.sub(r'[^0-9]', '', ganze)}.{cent}")
    if _GANZ.fullmatch(betrag):
        return Decimal(re.sub(r"[^0-9]", "", betrag))
    if zelle.startswith(("=", "@")):
        raise KeinWert(f"Statt eines Betrags steht dort die Formel „{zelle[:30]}“.")
    raise KeinWert(f"„{zelle[:30]}“ ist kein Betrag in Euro.")


def _to_cents(zahl: Decimal, gezeigt: str) -> Decimal:
    if abs(zahl) >= Decimal(10) ** _MAX_STELLEN:
        raise KeinWert(f"„{gezeigt[:30]}“ ist zu groß für einen Betrag.")
    betrag = zahl.quantize(CENT)
    if betrag != zahl:
        raise KeinWert(f"„{gezeigt[:30]}“ ist kein Betrag in ganzen Cent.")
    return betrag + 0  # no negative zero


def parse_tag(zelle: Zelle) -> dt.date | None:
    """Read a day: `01.09.2026`, `2026-09-01`, `01092026` (also `1092026`, as Excel leaves it), `20260901`.

    None for an empty cell. Raises KeinWert for Excel's number of a day (`45231`), for a count of days (`14`), and for
    `09/01/2026`, of which nobody knows what is the month.
    """
    if isinstance(zelle, dt.date):
        return _in_range(zelle)
    roh = format(zelle.normalize(), "f") if isinstance(zelle, Decimal) else _UHRZEIT.sub("", zelle.strip())
    if roh in _OHNE_TAG:
        return None
    if roh.isascii() and roh.isdecimal():
        return _read_digits(roh)
    if isinstance(zelle, Decimal):
        raise KeinWert(f"Dort steht die Zahl {roh[:20].replace('.', ',')} statt eines Tages.")
    if "/" in roh:
        raise KeinWert(f"Der Tag „{roh[:20]}“ ist mehrdeutig: Tag und Monat können vertauscht sein.")
    try:
        return parse_datum(roh[:40])
    except KeinDatum as fehler:
        raise KeinWert(f"{fehler}.") from None


def _in_range(tag: dt.date) -> dt.date:
    return dt.date(tag.year, tag.month, tag.day) if _is_likely(tag.year) else _refuse_year(tag.year)


def _is_likely(jahr: int) -> bool:
    return 1900 < jahr < 2200  # 1900 itself is Excel's nothing


def _refuse_year(jahr: int) -> dt.date:
    raise KeinWert(f"Das Jahr {jahr} eines Tages ist nicht glaubhaft.")


def _read_digits(roh: str) -> dt.date:
    if len(roh) <= 3:
        raise KeinWert(f"„{roh}“ ist eine Zahl von Tagen, kein Tag; eine Frist ist keine Fälligkeit.")
    if len(roh) == 5:
        raise KeinWert(
            f"„{roh}“ ist Excels Zahl für einen Tag ohne Datumsformat; die Spalte als Datum formatieren."
        )
    if len(roh) in (7, 8):
        text = roh.zfill(8)
        for teile in (f"{text[:2]}.{text[2:4]}.{text[4:]}", f"{roh[:4]}-{roh[4:6]}-{roh[6:]}"):
            try:
                return parse_datum(teile)
            except KeinDatum:
                continue
    raise KeinWert(f"„{roh[:20]}“ ist kein Tag, den es im Kalender gibt.")


def parse_tage(zelle: Zelle) -> int | None:
    """Read a count of days from 0 to 365 (`14`, `14 Tage`); None for an empty cell; raises KeinWert."""
    if zelle in ("", "-"):
        return None
    roh = format(zelle.normalize(), "f") if isinstance(zelle, Decimal) else str(zelle)
    treffer = re.fullmatch(r"(\d{1,3})(?:\s*(?:Tage?|days?))?", roh.strip(), re.ASCII | re.IGNORECASE)
    if treffer is None or int(treffer[1]) > 365:
        raise KeinWert(f"„{roh[:20]}“ ist keine Zahl von Tagen.")
    return int(treffer[1])


def parse_text(zelle: Zelle, spalte: str) -> str:
    """Return the text of a cell that names something (a number, a person); raise KeinWert where it cannot.

    A text that begins like a formula names nothing: no spreadsheet that a clerk opens later may calculate it.
    """
    text = _as_text(zelle, spalte)
    if text == "-":
        return ""
    if _FEHLERWERT.fullmatch(text):
        raise KeinWert(f"In der Spalte „{spalte}“ steht Excels Fehlerwert {text}.")
    if text.startswith(_FORMEL):
        raise KeinWert(f"In der Spalte „{spalte}“ steht „{text[:30]}“: Das beginnt wie eine Formel.")
    return text


def parse_plz(zelle: Zelle, spalte: str) -> str:
    """Return a postcode; raise KeinWert for a number of four digits, of which Excel may have taken the first zero."""
    text = parse_text(zelle, spalte)
    if isinstance(zelle, Decimal) and len(text) < 5:
        raise KeinWert(
            f"Die Postleitzahl {text} ist als Zahl gespeichert und hat vielleicht ihre führende Null verloren."
        )
    return text


def parse_freitext(zelle: Zelle) -> str:
    """Return the text of a remark, cut where it is too long; what nobody can print is left out."""
    if not isinstance(zelle, str):
        return ""
    return "" if find_unsafe(zelle) else normalize(" ".join(zelle.split()))[:MAX_ZEICHEN]


def show_zelle(zelle: Zelle) -> str:
    """Return a cell as a person sees it."""
    if isinstance(zelle, dt.date):
        return zelle.strftime("%d.%m.%Y")
    return zelle if isinstance(zelle, str) else format(zelle, "f").replace(".", ",")


def _as_text(zelle: Zelle, spalte: str) -> str:
    if isinstance(zelle, dt.date):
        raise KeinWert(f"In der Spalte „{spalte}“ steht ein Tag: Excel hat den Text zum Datum gemacht.")
    if isinstance(zelle, Decimal):
        if abs(zelle) >= _GROSS:
            raise KeinWert(_lost_digits(spalte))
        if zelle != zelle.to_integral_value():
            raise KeinWert(
                f"In der Spalte „{spalte}“ steht die Zahl {show_zelle(zelle)}; Excel kann Nullen weggenommen haben."
            )
        return format(zelle.normalize(), "f")
    if zelle.isascii() and zelle.isalnum():
        text = zelle  # the plain number, by far the most cells
    else:
        treffer = _ALS_TEXT.fullmatch(zelle)
        text = normalize(" ".join((treffer[1] if treffer else zelle).split()))
        if zeichen := find_unsafe(text):
            raise KeinWert(f"In der Spalte „{spalte}“ steht das unerlaubte Zeichen {zeichen}.")
        if _VERDORBEN.search(text):
            raise KeinWert(f"In der Spalte „{spalte}“ sind Umlaute verdorben: „{text[:30]}“.")
    if "E+" in text and _EXCEL.fullmatch(text):
        raise KeinWert(_lost_digits(spalte))
    if len(text) > MAX_ZEICHEN:
        raise KeinWert(f"Der Text in der Spalte „{spalte}“ ist länger als {MAX_ZEICHEN} Zeichen.")
    return text


def _lost_digits(spalte: str) -> str:
    return (
        f"In der Spalte „{spalte}“ ist eine lange Nummer zu einer Zahl geworden; ihre letzten Ziffern fehlen."
    )
