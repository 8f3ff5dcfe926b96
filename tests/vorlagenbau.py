"""Word templates for tests: the shipped ones with one thing changed, as a careless or hostile person would."""

import io
import pathlib
import zipfile
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

BRIEFE = pathlib.Path(__file__).resolve().parent.parent / "templates" / "letters"

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_FOOTNOTES = f'<w:footnotes {_W}><w:footnote w:id="2"><w:p><w:r><w:t>INHALT</w:t></w:r></w:p></w:footnote></w:footnotes>'
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read_letter(art: str = "mahnung-1") -> bytes:
    return (BRIEFE / f"{art}.docx").read_bytes()


def parts_of(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archiv:
        return {name: archiv.read(name) for name in archiv.namelist()}


def pack(teile: Mapping[str, bytes]) -> bytes:
    ausgabe = io.BytesIO()
    with zipfile.ZipFile(ausgabe, "w", zipfile.ZIP_DEFLATED) as archiv:
        for name, inhalt in teile.items():
            archiv.writestr(name, inhalt)
    return ausgabe.getvalue()


def change(docx: bytes, teil: str, alt: str, neu: str, *, anzahl: int = 1) -> bytes:
    """Replace markup in one part; the old text must be there."""
    teile = parts_of(docx)
    text = teile[teil].decode()
    assert alt in text, f"{alt!r} steht nicht in {teil}"
    return pack({**teile, teil: text.replace(alt, neu, anzahl).encode()})


def _body(docx: bytes, text: str) -> bytes:
    return change(docx, "word/document.xml", "{{ empfaenger.anrede }}", text)


def _table(docx: bytes, text: str) -> bytes:
    return change(docx, "word/document.xml", "{{ f.nummer }}", text)


def _header(docx: bytes, text: str) -> bytes:
    return change(docx, "word/header2.xml", "{{ brief.aktenzeichen }}", text)


def _footer(docx: bytes, text: str) -> bytes:
    return change(docx, "word/footer1.xml", "{{ absender.ort }}", text)


def _property(docx: bytes, text: str) -> bytes:
    return change(docx, "docProps/core.xml", "{{ brief.aktenzeichen }}", text)


def _footnote(docx: bytes, text: str) -> bytes:
    teile = parts_of(docx)
    teile["word/footnotes.xml"] = _FOOTNOTES.replace("INHALT", text).encode()
    arten = teile["[Content_Types].xml"].decode()
    neu = f'<Override PartName="/word/footnotes.xml" ContentType="{_FOOTNOTES_TYPE}"/></Types>'
    teile["[Content_Types].xml"] = arten.replace("</Types>", neu).encode()
    verweise = teile["word/_rels/document.xml.rels"].decode()
    neu = f'<Relationship Id="rId99" Type="{_REL}/footnotes" Target="footnotes.xml"/></Relationships>'
    teile["word/_rels/document.xml.rels"] = verweise.replace("</Relationships>", neu).encode()
    return pack(teile)


ORTE: dict[str, Callable[[bytes, str], bytes]] = {
    "text": _body,
    "tabelle": _table,
    "kopfzeile": _header,
    "fusszeile": _footer,
    "eigenschaft": _property,
    "fussnote": _footnote,
}


def small_letter() -> bytes:
    """Return the letter with most of its text cut out: places enough for an attack, quick to compile."""
    teile = parts_of(read_letter())
    text = teile["word/document.xml"].decode()
    sektion = text[text.index("<w:sectPr>") :]
    tabelle = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{% for f in forderungen %}<w:tr><w:tc><w:p><w:r>"
        "<w:t>{{ f.nummer }}</w:t></w:r></w:p></w:tc></w:tr>{% endfor %}</w:tbl>"
    )
    kurz = f"<w:p><w:r><w:t>{{{{ empfaenger.anrede }}}}</w:t></w:r></w:p>{tabelle}<w:p/>"
    anfang = text[: text.index("<w:body>") + len("<w:body>")]
    leer = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    return pack({
        **teile,
        "word/document.xml": f"{anfang}{kurz}{sektion}".encode(),
        "word/header1.xml": f"<w:hdr {_W}>{leer.format('')}</w:hdr>".encode(),
        "word/header2.xml": f"<w:hdr {_W}>{leer.format('{{ brief.aktenzeichen }}')}</w:hdr>".encode(),
        "word/footer1.xml": f"<w:ftr {_W}>{leer.format('{{ absender.ort }}')}</w:ftr>".encode(),
        "word/footer2.xml": f"<w:ftr {_W}>{leer.format('')}</w:ftr>".encode(),
    })  # fmt: skip


_KURZ = small_letter()


def inject(ort: str, ausdruck: str) -> bytes:
    """Return a small letter template with an expression at one place, written as Word would write it."""
    return ORTE[ort](_KURZ, escape(ausdruck))
