"""Money: Decimal in euro and cent, German notation outside, rounding half up."""

import decimal
import re
from decimal import Decimal

CENT = Decimal("0.01")
NULL = Decimal("0.00")

_DEUTSCH = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d{1,2})?", re.ASCII)
_ZAHL = re.compile(r"-?\d{1,9}(?:,\d{1,6})?", re.ASCII)
_GRUPPIERT = re.compile(r"-?\d{1,3}(?:\.\d{3})+", re.ASCII)
_HOECHSTE_STELLEN = 13
# What people write around an amount without changing it: the currency, and a dash in place of the cents.
_EURO = re.compile(r"(?i:^(?:€|EUR|Euro)\s*|\s*(?:€|EUR|Euro)$)")
_OHNE_CENT = re.compile(r"(?<=\d),(?:-{1,2}|[\u2012-\u2015])$")


class KeinBetrag(ValueError):  # noqa: N818 - a value, not an accident: the reader turns it into a Befund
    """The text is not an amount; the message says in German why and proposes the right spelling."""


def parse_betrag(text: str) -> Decimal:
    """Read an amount in German notation (`1.250,00`, `1250`, `4,3`, `99 €`, `1.250,-`) as euro with two decimals.

    Raises KeinBetrag for everything else; `1.250` is refused because it may mean 1250,00 or 1,25.
    """
    roh = _OHNE_CENT.sub(",00", _EURO.sub("", text.strip(), count=1))
    if _GRUPPIERT.fullmatch(roh):
        ganz = roh.replace(".", "")
        raise KeinBetrag(
            f"„{roh}“ ist mehrdeutig: {roh},00 oder {ganz},00 schreiben, wenn {ganz} Euro gemeint sind"
        )
    if not _DEUTSCH.fullmatch(roh) or len(roh) > _HOECHSTE_STELLEN + 4:
        raise KeinBetrag(_explain(text.strip()))
    return Decimal(roh.replace(".", "").replace(",", ".")).quantize(CENT)


def _explain(roh: str) -> str:
    if re.fullmatch(r"-?\d+\.\d{1,2}", roh):
        return f"„{roh}“ hat einen Dezimalpunkt; bitte mit Komma schreiben: {roh.replace('.', ',')}"
    return f"„{roh}“ ist kein Betrag; erwartet wird zum Beispiel 1.250,00 oder 49,90"


def parse_zahl(text: str) -> Decimal:
    """Read a plain number with decimal comma (`1,3`, `9`, `6,00`), as used for rates and points."""
    roh = text.strip()
    if not _ZAHL.fullmatch(roh):
        vorschlag = f"; bitte mit Komma schreiben: {roh.replace('.', ',')}" if "." in roh else ""
        raise KeinBetrag(f"„{roh}“ ist keine Zahl mit Dezimalkomma{vorschlag}")
    return Decimal(roh.replace(",", "."))


def round_cent(betrag: Decimal) -> Decimal:
    """Round to the cent, half up (kaufmännisch)."""
    return betrag.quantize(CENT, rounding=decimal.ROUND_HALF_UP)


def format_betrag(betrag: Decimal) -> str:
    """Write an amount the German way with two decimals: 1.250,00."""
    return f"{round_cent(betrag):,.2f}".translate(str.maketrans(",.", ".,"))


def format_euro(betrag: Decimal) -> str:
    """Write an amount with its currency sign and a no-break space: 1.250,00 €."""
    return f"{format_betrag(betrag)}\u00a0€"


def format_zahl(zahl: Decimal, stellen: int = 2) -> str:
    """Write a rate or quota with a decimal comma and a fixed number of decimals: 6,52."""
    return f"{zahl:.{stellen}f}".replace(".", ",")


def json_betrag(betrag: Decimal) -> str:
    """Write an amount for JSON: dot, two decimals, no grouping."""
    return f"{round_cent(betrag):.2f}"


def json_zahl(zahl: Decimal, stellen: int) -> str:
    """Write a number for JSON: with a dot and at least so many decimals; never rounded."""
    vorhanden = max(0, -int(zahl.normalize().as_tuple().exponent))
    return f"{zahl:.{max(stellen, vorhanden)}f}"
