"""One PDF of every kind that mahnakte sets: each template of templates/ with its examples, short, long, with pictures;
and a page of what offices have in templates of their own."""

import copy
import datetime as dt
import io
import pathlib
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, RGBColor
from PIL import Image

from mahnakte.grund.worker import WorkerPool
from mahnakte.satz.druck import Vorlage, docx_to_pdf, set_letter
from mahnakte.satz.schrift import embed_fonts
from mahnakte.satz.variablen import build_example, build_sparse
from mahnakte.satz.zahlcode import Ueberweisung, draw_zahlcode

WURZEL = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(WURZEL / "werkzeuge"))

from vorlagen_doku import variables_of  # noqa: E402 - the folder above this one

TAG = dt.date(2026, 4, 20)
VIELE = 60  # entries of each list: several pages
CODE = draw_zahlcode(
    Ueberweisung("Möbelhaus Übersee GmbH", "DE02120300000000202051", Decimal("940.00"), "2026-0042")
).png


def find_vorlagen() -> list[pathlib.Path]:
    """Return all templates of the project."""
    return sorted((WURZEL / "templates").rglob("*.docx"))


def set_proben(pool: WorkerPool, vorlage: pathlib.Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and PDF of a template: with its examples, with nothing optional, with long lists, with logos."""
    geladen = Vorlage(vorlage.name, vorlage.read_bytes())
    beispiel = build_example(variables_of(vorlage))
    faelle = {"beispiel": beispiel, "knapp": build_sparse(beispiel), "lang": _lengthen(beispiel)}
    logos = draw_logos()
    bilder = {"zahlcode": CODE, "unterschrift": CODE, "logo": logos["farbig"]}
    for art, werte in faelle.items():
        satz = set_letter(pool, geladen, werte, bilder, TAG)
        yield f"{vorlage.stem}-{art}", satz.pdf
        if art == "beispiel":  # what Windows and macOS give to the engine
            yield f"{vorlage.stem}-eingebettet", docx_to_pdf(pool, embed_fonts(satz.docx), vorlage.name)
    if "logo" in beispiel.get("absender", {}):
        for art, logo in logos.items():
            satz = set_letter(pool, geladen, beispiel, {**bilder, "logo": logo}, TAG)
            yield f"{vorlage.stem}-logo-{art}", satz.pdf


def set_eigenes(pool: WorkerPool) -> tuple[str, bytes]:
    """Return a page with headings, lists, pictures and decoration, as in templates that an office made itself."""
    seite = docx.Document()
    seite.core_properties.title = "Probe"
    for stufe in (1, 2, 3):
        seite.add_heading(f"Überschrift {stufe}", stufe)
    for stil in ("List Bullet", "List Number", "Quote"):
        seite.add_paragraph("Ein Absatz", style=stil)
    marke = parse_xml(
        f'<w:bookmarkStart {nsdecls("w")} w:id="0" w:name="_GoBack"/>'
    )  # Word leaves one in every file
    seite.add_paragraph("Textmarke")._p.append(marke)
    lauf = seite.add_paragraph("Text, ").add_run("ausgezeichnet")
    lauf.italic = lauf.bold = lauf.underline = lauf.font.strike = True
    lauf.font.color.rgb = RGBColor(180, 20, 20)
    seite.add_table(3, 3, style="Light Grid Accent 1").cell(0, 0).text = "Zelle"
    for art in ("JPEG", "GIF", "BMP", "PNG"):
        seite.add_picture(io.BytesIO(_write_bild(_draw_bunt(), art)), width=Mm(30))
    seite.add_picture(io.BytesIO(draw_logos()["durchsichtig"]), width=Mm(30))
    ausgabe = io.BytesIO()
    seite.save(ausgabe)
    return "eigene-vorlage", docx_to_pdf(pool, ausgabe.getvalue(), "eigene-vorlage.docx")


def draw_logos() -> dict[str, bytes]:
    """Return a picture of every kind that offices have: small, of usual size, with palette, transparent, JPEG."""
    bunt = _draw_bunt()
    durchsichtig = bunt.copy()
    durchsichtig.putalpha(bunt.getchannel("R"))
    bilder = {
        "grau": bunt.convert("L"),
        "farbig": bunt,
        "palette": bunt.quantize(16),
        "durchsichtig": durchsichtig,
    }
    gross = bunt.resize((1800, 900))
    jpeg = {"jpeg": _write_bild(gross, "JPEG"), "jpeg-cmyk": _write_bild(gross.convert("CMYK"), "JPEG")}
    return {art: _write_bild(bild, "PNG") for art, bild in {**bilder, "gross": gross}.items()} | jpeg


def _draw_bunt() -> Image.Image:
    flaeche = Image.radial_gradient("L").resize((240, 120))
    return Image.merge(
        "RGB", (flaeche, flaeche.transpose(Image.Transpose.FLIP_LEFT_RIGHT), Image.new("L", (240, 120), 90))
    )


def _write_bild(bild: Image.Image, art: str) -> bytes:
    ausgabe = io.BytesIO()
    bild.save(ausgabe, art)
    return ausgabe.getvalue()


def _lengthen(werte: Any) -> Any:
    """Make every list long, except the lines of the address."""
    if isinstance(werte, dict):
        return {n: copy.copy(wert) if n == "zeilen" and isinstance(wert[0], str) else _lengthen(wert)
                for n, wert in werte.items()}  # fmt: skip
    return [_lengthen(einer) for einer in werte] * VIELE if isinstance(werte, list) else werte
