"""Word documents built element by element, for what engines leave out. Markup as ECMA-376 part 1 has it."""

from vorlagenbau import pack, parts_of, small_letter

WORT = "PRUEFWORT"
_NS = " ".join(
    f'xmlns:{kuerzel}="{name}"'
    for kuerzel, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
_TYP = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_ART = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
A4 = '<w:pgSz w:w="11906" w:h="16838"/>'
RAND = '<w:pgMar w:top="1000" w:right="1000" w:bottom="1000" w:left="1000" w:header="500" w:footer="500" w:gutter="0"/>'


def run(text: str = WORT, eigenschaften: str = "") -> str:
    return f'<w:r><w:rPr>{eigenschaften}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def absatz(inhalt: str = "", eigenschaften: str = "") -> str:
    return f"<w:p><w:pPr>{eigenschaften}</w:pPr>{inhalt}</w:p>"


def tabelle(zeilen: str, spalten: int = 1) -> str:
    gitter = '<w:gridCol w:w="3000"/>' * spalten
    return f"<w:tbl><w:tblPr/><w:tblGrid>{gitter}</w:tblGrid>{zeilen}</w:tbl>"


def zeile(*zellen: str, eigenschaften: str = "") -> str:
    return f"<w:tr><w:trPr>{eigenschaften}</w:trPr>{''.join(zellen)}</w:tr>"


def zelle(inhalt: str, eigenschaften: str = "") -> str:
    return f"<w:tc><w:tcPr>{eigenschaften}</w:tcPr>{inhalt}</w:tc>"


def feld(befehl: str, ergebnis: str) -> str:
    zeichen = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = f'<w:r><w:instrText xml:space="preserve"> {befehl} </w:instrText></w:r>'
    return f"{zeichen.format('begin')}{code}{zeichen.format('separate')}{ergebnis}{zeichen.format('end')}"


def textfeld(inhalt: str, *, alt: str | None = None, verankert: bool = True, gruppe: bool = False) -> str:
    """Return the run with a text box as Word writes it: new form, and the old one with `alt` (default the same)."""
    form = (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3000000" cy="900000"/>'
        '</a:xfrm><a:prstGeom prst="rect"/></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{inhalt}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    )
    art = "wordprocessingGroup" if gruppe else "wordprocessingShape"
    if gruppe:
        form = f"<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr/>{form}</wpg:wgp>"
    grafik = (
        '<wp:extent cx="3000000" cy="900000"/>{umlauf}<wp:docPr id="1" name="x"/><a:graphic><a:graphicData '
        f'uri="http://schemas.microsoft.com/office/word/2010/{art}">{form}</a:graphicData></a:graphic>'
    )
    ort = (
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>3000000</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="page"><wp:posOffset>5000000</wp:posOffset></wp:positionV>'
    )
    rahmen = (
        f'<wp:anchor simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">{ort}'
        f"{grafik.format(umlauf='<wp:wrapNone/>')}</wp:anchor>"
        if verankert
        else f"<wp:inline>{grafik.format(umlauf='')}</wp:inline>"
    )
    vml = f"<w:pict><v:shape><v:textbox><w:txbxContent>{inhalt if alt is None else alt}</w:txbxContent></v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{rahmen}</w:drawing></mc:Choice>'
        f"<mc:Fallback>{vml}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def hinweis(verweis: str, inhalt: str, art: str = "footnote") -> tuple[str, dict[str, str]]:
    """Return a paragraph with a note and the part that holds it."""
    noten = (
        f'<w:{art} w:id="-1" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:{art}>'
        f'<w:{art} w:id="2">{inhalt}</w:{art}>'
    )
    return verweis.replace("NOTE", f'<w:r><w:{art}Reference w:id="2"/></w:r>'), {f"{art}s": noten}


def dokument(
    koerper: str, abschnitt: str = A4 + RAND, teile: dict[str, str] | None = None, einstellungen: str = ""
) -> bytes:
    """Return a template that passes all other checks, with this body.

    `teile` are further parts by name: footer9, header9, footnotes, endnotes, numbering; relation `r` + name.
    """
    alle = parts_of(small_letter())
    wurzeln = {"header": "hdr", "footer": "ftr"}
    arten, verweise = "", ""
    for name, inhalt in (teile or {}).items():
        art = name.rstrip("0123456789")
        wurzel = wurzeln.get(art, art)
        alle[f"word/{name}.xml"] = f"<w:{wurzel} {_NS}>{inhalt}</w:{wurzel}>".encode()
        arten += f'<Override PartName="/word/{name}.xml" ContentType="{_TYP}{art}+xml"/>'
        verweise += f'<Relationship Id="r{name}" Type="{_ART}{art}" Target="{name}.xml"/>'
    for teil, ende, neu in (
        ("[Content_Types].xml", "</Types>", arten),
        ("word/_rels/document.xml.rels", "</Relationships>", verweise),
        ("word/settings.xml", "</w:settings>", einstellungen),
    ):
        alle[teil] = alle[teil].decode().replace(ende, neu + ende).encode()
    alle["word/document.xml"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:document {_NS}><w:body>{koerper}<w:sectPr>{abschnitt}</w:sectPr></w:body></w:document>"
    ).encode()
    return pack(alle)
