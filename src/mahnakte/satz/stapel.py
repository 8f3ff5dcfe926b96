"""Finished PDFs put one behind the other for a printer that prints on both sides."""

import io
from collections.abc import Iterable

from pypdf import PdfReader, PdfWriter


def join_pdfs(teile: Iterable[bytes]) -> bytes:
    """Return one PDF in which every part begins on a sheet of its own: a blank back where a part ends on a front.

    Same parts, same bytes. It is made for the printer and claims no PDF/A.
    """
    schreiber = PdfWriter()
    for teil in teile:
        schreiber.append(io.BytesIO(teil), import_outline=False)
        if len(schreiber.pages) % 2:
            letzte = schreiber.pages[-1].mediabox
            schreiber.add_blank_page(letzte.width, letzte.height)
    ziel = io.BytesIO()
    schreiber.write(ziel)
    return ziel.getvalue()


def count_pages(pdf: bytes) -> int:
    """Return the number of pages."""
    return len(PdfReader(io.BytesIO(pdf)).pages)
