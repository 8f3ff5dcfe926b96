"""Logos and codes stand in the PDF dot by dot: no JPEG, no other colour, no lost marker of PDF/A. Oracle: Pillow."""

import io
import random
import struct
import zlib

import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image, ImageOps
from pypdf import PdfReader

from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.worker import WorkerPool
from mahnakte.satz.bilder import DPI, prepare_bild, read_masse
from mahnakte.satz.druck import Maschine, Vorlage, set_letter
from mahnakte.satz.gestaltung import Gestaltung
from mahnakte.satz.libreoffice import find_soffice
from mahnakte.satz.pdfa import claims_pdfa
from mahnakte.satz.zahlcode import compute_epc
from satzbau import CODE, TAG, UEBERWEISUNG, example_of
from vorlagenbau import change, parts_of, read_letter

OHNE_GRENZE = 10**10
WEISS = (255, 255, 255, 255)


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(1) as pool:
        yield pool


def save(bild: Image.Image, art: str = "PNG", **wie) -> bytes:
    ausgabe = io.BytesIO()
    bild.save(ausgabe, art, **wie)
    return ausgabe.getvalue()


def noise(modus: str, breite: int = 90, hoehe: int = 22, samen: int = 7) -> Image.Image:
    zufall = random.Random(samen)
    return Image.frombytes(modus, (breite, hoehe), zufall.randbytes(breite * hoehe * len(modus)))


def on_white(bild: Image.Image) -> Image.Image:
    farbig = bild.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", farbig.size, WEISS), farbig).convert("RGB")


def png_16(breite: int, hoehe: int, farbart: int) -> bytes:
    """Return a PNG of 16 bits with every row filtered by Up (2): Pillow writes none with colour."""
    je_zeile = breite * {0: 1, 2: 3, 4: 2, 6: 4}[farbart]
    zeilen = [
        bytes(byte for n in range(je_zeile) for byte in ((z * 37 + n * 11) % 256, 0)) for z in range(hoehe)
    ]
    davor = bytes(2 * je_zeile)
    roh = b""
    for zeile in zeilen:
        roh += b"\2" + bytes((neu - alt) % 256 for neu, alt in zip(zeile, davor, strict=True))
        davor = zeile
    teile = (
        (b"IHDR", struct.pack(">IIBBBBB", breite, hoehe, 16, farbart, 0, 0, 0)),
        (b"IDAT", zlib.compress(roh)),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(inhalt)) + art + inhalt + struct.pack(">I", zlib.crc32(art + inhalt))
        for art, inhalt in (*teile, (b"IEND", b""))
    )


def transparent_palette(farben: int) -> Image.Image:
    bild = noise("RGB").quantize(farben)
    bild.info["transparency"] = bytes(random.Random(3).randbytes(farben))
    return bild


BILDER = {
    "Farbe": save(noise("RGB")),
    "Grau": save(noise("L")),
    "schwarzweiß": save(noise("L").convert("1")),
    "Farbe, durchsichtig": save(noise("RGBA")),
    "Grau, durchsichtig": save(noise("LA")),
    "256 Farben": save(noise("RGB").quantize(256)),
    "16 Farben": save(noise("RGB").quantize(16)),
    "4 Farben": save(noise("RGB").quantize(4)),
    "2 Farben": save(noise("RGB").quantize(2)),
    "256 Farben, durchsichtig": save(transparent_palette(256)),
    "16 Farben, durchsichtig": save(transparent_palette(16)),
    "4 Farben, durchsichtig": save(transparent_palette(4)),
    "eine Farbe durchsichtig": save(Image.new("RGB", (40, 20), (10, 20, 30)), transparency=(10, 20, 30)),
    "ein Punkt": save(Image.new("RGB", (1, 1), (9, 8, 7))),
    "einfarbig": save(Image.new("RGB", (300, 80), (200, 30, 30))),
    "ungerade Breite": save(noise("L", 13, 5).convert("1")),
}


@pytest.mark.parametrize("name", BILDER)
def test_the_dots_are_those_of_another_reader(name):
    fertig = Image.open(io.BytesIO(prepare_bild(BILDER[name], "logo", OHNE_GRENZE, OHNE_GRENZE)))
    erwartet = on_white(Image.open(io.BytesIO(BILDER[name])))
    assert fertig.mode in ("1", "L", "RGB")
    assert fertig.size == erwartet.size
    paare = zip(fertig.convert("RGB").tobytes(), erwartet.tobytes(), strict=True)
    assert max(abs(unser - ihr) for unser, ihr in paare) <= 1  # mixing with white is rounded


@pytest.mark.parametrize("farbart", [0, 2, 4, 6])
def test_sixteen_bits_keep_their_upper_half(farbart):
    roh = png_16(20, 12, farbart)
    fertig = Image.open(io.BytesIO(prepare_bild(roh, "logo", OHNE_GRENZE, OHNE_GRENZE))).convert("RGB")
    proben = {0: 1, 2: 3, 4: 2, 6: 4}[farbart]
    for x, y in ((0, 0), (7, 3), (19, 11)):
        werte = [(y * 37 + (x * proben + n) * 11) % 256 for n in range(proben)]
        farbe = werte[:3] if proben >= 3 else werte[:1] * 3
        deckt = werte[-1] / 255 if proben in (2, 4) else 1
        erwartet = [wert * deckt + 255 * (1 - deckt) for wert in farbe]
        assert fertig.getpixel((x, y)) == pytest.approx(erwartet, abs=2)


def test_what_is_plain_stays_byte_for_byte():
    assert prepare_bild(CODE.png, "zahlcode", OHNE_GRENZE, OHNE_GRENZE) is CODE.png


def jpeg(**wie) -> bytes:
    verlauf = Image.linear_gradient("L").resize((240, 60))
    return save(
        Image.merge("RGB", (verlauf, verlauf.transpose(Image.Transpose.FLIP_LEFT_RIGHT), verlauf)),
        "JPEG",
        **wie,
    )


def cmyk_jpeg() -> bytes:
    return save(Image.new("CMYK", (120, 40), (0, 255, 255, 0)), "JPEG", quality=95)  # red, as Adobe stores it


JPEGS = {
    "gewöhnlich": jpeg(quality=95),
    "progressiv": jpeg(quality=95, progressive=True),
    "grau": save(Image.linear_gradient("L"), "JPEG", quality=95),
}


@pytest.mark.parametrize("name", JPEGS)
def test_a_jpeg_is_taken(name):
    fertig = Image.open(io.BytesIO(prepare_bild(JPEGS[name], "logo", OHNE_GRENZE, OHNE_GRENZE))).convert(
        "RGB"
    )
    erwartet = Image.open(io.BytesIO(JPEGS[name])).convert("RGB")
    abstaende = [abs(a - b) for a, b in zip(fertig.tobytes(), erwartet.tobytes(), strict=True)]
    assert sum(abstaende) / len(abstaende) < 3


def test_the_colours_of_a_print_shop_come_out_right():
    fertig = Image.open(io.BytesIO(prepare_bild(cmyk_jpeg(), "logo", OHNE_GRENZE, OHNE_GRENZE)))
    rot, gruen, blau = fertig.convert("RGB").getpixel((60, 20))
    assert rot > 200
    assert max(gruen, blau) < 70


@pytest.mark.parametrize("lage", range(1, 9))
def test_a_photograph_stands_upright(lage):
    """EXIF says how the camera was held; Pillow turns it for comparison."""
    bild = Image.new("RGB", (80, 40), "white")
    bild.paste("red", (0, 0, 40, 20))
    bild.paste("blue", (40, 20, 80, 40))
    exif = Image.Exif()
    exif[0x0112] = lage
    roh = save(bild, "JPEG", quality=95, exif=exif)
    erwartet = ImageOps.exif_transpose(Image.open(io.BytesIO(roh))).convert("RGB")
    fertig = Image.open(io.BytesIO(prepare_bild(roh, "logo", OHNE_GRENZE, OHNE_GRENZE))).convert("RGB")
    assert read_masse(roh, "logo") == fertig.size == erwartet.size
    for x, y in (
        (10, 10),
        (fertig.width - 10, 10),
        (10, fertig.height - 10),
        (fertig.width - 10, fertig.height - 10),
    ):
        assert fertig.getpixel((x, y)) == pytest.approx(erwartet.getpixel((x, y)), abs=40)


def test_three_thousand_dots_are_scaled_to_what_a_printer_shows():
    breite, hoehe = 42 * 36000, 14 * 36000  # EMU of 42 × 14 mm
    fertig = Image.open(io.BytesIO(prepare_bild(save(noise("RGB", 3000, 1000)), "logo", breite, hoehe)))
    assert fertig.size == (round(42 / 25.4 * DPI), round(14 / 25.4 * DPI))


GANZ = save(noise("RGB"))
SCHADHAFT = {
    "kein Bild": b"GIF89a" + bytes(40),
    "leer": b"",
    "nur der Anfang": save(noise("RGB"))[:200],
    "Bildpunkte fehlen": GANZ[:-30] + GANZ[-29:],
    "JPEG bricht ab": jpeg()[:400],
    "JPEG ohne Bild": b"\xff\xd8\xff\xd9",
    "zu groß": save(Image.new("1", (4001, 10))),
}


@pytest.mark.parametrize("name", SCHADHAFT)
def test_what_is_no_picture_is_refused(name):
    with pytest.raises(Ablehnung) as fehler:
        read_masse(SCHADHAFT[name], "logo")
    assert fehler.value.befund.code == "BILD_KEIN_PNG"
    assert "PNG" in fehler.value.befund.abhilfe


# --- in the letter --------------------------------------------------------------------------------------


def set_with_logo(pool, logo: bytes, vorlage: bytes | None = None, maschine=Maschine.EINGEBAUT):
    werte = example_of("mahnung-1")
    werte["absender"]["logo"] = True
    docx = vorlage or read_letter("mahnung-1")
    bilder = {"zahlcode": CODE.png, "logo": logo}
    return set_letter(pool, Vorlage("x.docx", docx), werte, bilder, TAG, maschine, Gestaltung(logo=(60, 14)))


def pictures_of(pdf: bytes) -> list:
    seiten = PdfReader(io.BytesIO(pdf), strict=True).pages
    return [
        bild.get_object() for seite in seiten for bild in seite["/Resources"].get("/XObject", {}).values()
    ]


LOGOS = {**BILDER, **JPEGS, "CMYK": cmyk_jpeg(), "16 Bit": png_16(200, 60, 6), "900 Punkte": save(noise("RGB", 900, 220)),
         "3000 Punkte": save(Image.linear_gradient("L").resize((3000, 700)).convert("RGB"))}  # fmt: skip


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", LOGOS)
def test_every_logo_keeps_pdfa_and_stands_without_loss(pool, name):
    satz = set_with_logo(pool, LOGOS[name])
    assert satz.befunde == ()
    assert claims_pdfa(satz.pdf)
    bilder = pictures_of(satz.pdf)
    assert {bild["/Filter"] for bild in bilder} == {"/FlateDecode"}
    im_word = Image.open(io.BytesIO(parts_of(satz.docx)["word/media/logo.png"])).convert("RGB")
    gleiche = [bild for bild in bilder if (bild["/Width"], bild["/Height"]) == im_word.size]
    assert gleiche
    assert any(decode(bild, im_word.size) == im_word.tobytes() for bild in gleiche)


def decode(bild, groesse: tuple[int, int]) -> bytes:
    modus = {("/DeviceGray", 1): "1", ("/DeviceGray", 8): "L", ("/DeviceRGB", 8): "RGB"}
    roh = Image.frombytes(modus[bild["/ColorSpace"], bild["/BitsPerComponent"]], groesse, bild.get_data())
    return roh.convert("RGB").tobytes()


@pytest.mark.timeout(60)
@pytest.mark.parametrize("dpi", [100, 150, 200, 300, 600])
def test_the_payment_code_is_read_at_any_resolution(pool, dpi):
    satz = set_with_logo(pool, BILDER["Farbe"])
    seite = pdfium.PdfDocument(satz.pdf)[0].render(scale=dpi / 72).to_pil()
    assert zxingcpp.read_barcode(seite).text == compute_epc(UEBERWEISUNG)


def test_the_edges_of_the_modules_are_exact(pool):
    """Each dot of the picture in the PDF is black or white, and exactly that of the drawn code."""
    (code,) = [
        bild
        for bild in pictures_of(set_with_logo(pool, BILDER["Farbe"]).pdf)
        if bild["/BitsPerComponent"] == 1
    ]
    gezeichnet = Image.open(io.BytesIO(CODE.png))
    assert (code["/Width"], code["/Height"]) == gezeichnet.size
    assert Image.frombytes("1", gezeichnet.size, code.get_data()).tobytes() == gezeichnet.tobytes()


def test_a_cropped_logo_is_left_to_the_engine(pool):
    """Only the engine knows what Word shows of it; the letter is whole, without the marker if need be."""
    docx = change(read_letter("mahnung-1"), "word/header1.xml", "<pic:blipFill>", "<pic:blipFill>")
    docx = change(docx, "word/header1.xml", "<a:stretch>", '<a:srcRect l="50000"/><a:stretch>')
    bild = Image.new("RGB", (400, 100), "red")
    bild.paste("blue", (200, 0, 400, 100))
    satz = set_with_logo(pool, save(bild), docx)
    assert satz.befunde == ()
    seite = pdfium.PdfDocument(satz.pdf)[0].render(scale=2).to_pil().crop((0, 0, 1190, 250))
    farben = {farbe for _, farbe in seite.getcolors(100_000)}
    assert any(blau > 200 and rot < 60 for rot, _, blau in farben)
    assert not any(rot > 200 and blau < 60 for rot, _, blau in farben)


def test_an_interlaced_logo_is_left_to_the_engine(pool):
    satz = set_with_logo(pool, interlaced())
    assert satz.befunde == ()
    seite = pdfium.PdfDocument(satz.pdf)[0].render(scale=1).to_pil().crop((0, 0, 595, 120))
    assert any(rot > 150 and blau < 90 for _, (rot, _, blau) in seite.getcolors(100_000))


def interlaced() -> bytes:
    """Return a red PNG of 8 × 8 dots in the seven passes of Adam7."""
    passe = ((1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4))
    roh = b"".join((b"\0" + b"\xc8\x10\x10" * breite) * hoehe for breite, hoehe in passe)
    teile = (
        (b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 1)),
        (b"IDAT", zlib.compress(roh)),
        (b"IEND", b""),
    )
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(inhalt)) + art + inhalt + struct.pack(">I", zlib.crc32(art + inhalt))
        for art, inhalt in teile
    )
    assert Image.open(io.BytesIO(png)).convert("RGB").getpixel((3, 5)) == (200, 16, 16)
    return png


@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice ist hier nicht installiert")
def test_libreoffice_shows_the_same_code(pool):
    satz = set_with_logo(pool, BILDER["Farbe"], maschine=Maschine.LIBREOFFICE)
    seite = pdfium.PdfDocument(satz.pdf)[0].render(scale=200 / 72).to_pil()
    assert zxingcpp.read_barcode(seite).text == compute_epc(UEBERWEISUNG)
