"""Rechnungen lesen: UBL, CII und ZUGFeRD 1, als XML oder im PDF; einfache PDFs durchsuchen. Rein: Bytes hinein."""

from mahnakte.fall.rechnung.befunde import without_settled
from mahnakte.fall.rechnung.durchsuchen import Suchergebnis, search_plain_pdf
from mahnakte.fall.rechnung.lesen import read_rechnung
from mahnakte.fall.rechnung.modell import ERechnung, Leseergebnis, Pdftext, Rechnungspartei

__all__ = [
    "ERechnung",
    "Leseergebnis",
    "Pdftext",
    "Rechnungspartei",
    "Suchergebnis",
    "read_rechnung",
    "search_plain_pdf",
    "without_settled",
]
