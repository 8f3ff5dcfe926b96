"""Rechnungen lesen: UBL, CII und ZUGFeRD 1, als XML oder im PDF; einfache PDFs durchsuchen. Rein: Bytes hinein."""

from mahnakte.fall.rechnung.befunde import is_frage, without_settled
from mahnakte.fall.rechnung.durchsuchen import Suchergebnis, compare_picture, search_plain_pdf
from mahnakte.fall.rechnung.lesen import read_rechnung
from mahnakte.fall.rechnung.modell import ERechnung, Leseergebnis, Rechnungspartei

__all__ = [
    "ERechnung",
    "Leseergebnis",
    "Rechnungspartei",
    "Suchergebnis",
    "compare_picture",
    "is_frage",
    "read_rechnung",
    "search_plain_pdf",
    "without_settled",
]
