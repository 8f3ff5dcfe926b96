"""Pieces of WordprocessingML for the makers of templates: lean, with few styles, nothing Word would not keep.

Lengths are millimetres outside, twentieths of a point or EMU inside.
"""

import io
import zipfile
from xml.sax.saxutils import escape

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OOX = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
GRAU = "595959"
LINIE = "BFBFBF"
HAUSFARBE = "243B53"  # whatever has this colour takes that of mahnakte.yaml (`briefkopf: farbe`)


def tw(mm: float) -> int:
    """Millimetres to twentieths of a point."""
    return round(mm * 1440 / 25.4)


def emu(mm: float) -> int:
    """Millimetres to English Metric Units."""
    return round(mm * 36000)


# --- text -------------------------------------------------------------------------------------------


def run(text: str, eigenschaften: str = "") -> str:
    """Return a run; a tab character becomes a tab, a line feed a line break."""
    teile = []
    for stueck in text.replace("\t", "\0\t\0").replace("\n", "\0\n\0").split("\0"):
        if stueck == "\t":
            teile.append("<w:tab/>")
        elif stueck == "\n":
            teile.append("<w:br/>")
        elif stueck:
            teile.append(f'<w:t xml:space="preserve">{escape(stueck)}</w:t>')
    rpr = f"<w:rPr>{eigenschaften}</w:rPr>" if eigenschaften else ""
    return f"<w:r>{rpr}{''.join(teile)}</w:r>"


def fett(text: str) -> str:
    """Return a bold run."""
    return run(text, "<w:b/>")


def absatz(*laeufe: str, stil: str = "", extra: str = "") -> str:
    """Return a paragraph of runs; a plain text counts as a run. `extra` are paragraph properties in schema order."""
    inhalt = "".join(lauf if lauf.startswith("<w:") else run(lauf) for lauf in laeufe if lauf)
    stil_xml = f'<w:pStyle w:val="{stil}"/>' if stil else ""
    ppr = f"<w:pPr>{stil_xml}{extra}</w:pPr>" if stil_xml or extra else ""
    return f"<w:p>{ppr}{inhalt}</w:p>"


def schalter(ausdruck: str, stil: str = "Steuerzeile") -> str:
    """Return a paragraph that only controls: `{%p if … %}`. It vanishes when the letter is written."""
    return absatz(f"{{%p {ausdruck} %}}", stil=stil)


def feld(befehl: str) -> str:
    """Return a complex field (PAGE, NUMPAGES) with a cached 1."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {befehl} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


# --- tables -----------------------------------------------------------------------------------------


def zelle(breite: float, *absaetze: str, extra: str = "", spalten: int = 1) -> str:
    """Return a cell. `extra` are cell properties after width and span, in schema order."""
    span = f'<w:gridSpan w:val="{spalten}"/>' if spalten > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{tw(breite)}" w:type="dxa"/>{span}{extra}</w:tcPr>{"".join(absaetze)}</w:tc>'


def zeile(*zellen: str, hoehe: float = 0, genau: bool = False, kopf: bool = False) -> str:
    """Return a row that never breaks across pages; `hoehe` at least or exactly."""
    regel = "exact" if genau else "atLeast"
    h = f'<w:trHeight w:val="{tw(hoehe)}" w:hRule="{regel}"/>' if hoehe else ""
    return (
        f"<w:tr><w:trPr><w:cantSplit/>{h}{'<w:tblHeader/>' if kopf else ''}</w:trPr>{''.join(zellen)}</w:tr>"
    )


def tabelle(breiten: list[float], *zeilen: str, raender: str = "", innen: tuple[float, float, float, float] = (0, 0, 0, 0),
            einzug: float = 0) -> str:  # fmt: skip
    """Return a table of fixed layout. `innen` are the cell margins top, left, bottom, right."""
    oben, links, unten, rechts = (tw(mm) for mm in innen)
    grid = "".join(f'<w:gridCol w:w="{tw(breite)}"/>' for breite in breiten)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{tw(sum(breiten))}" w:type="dxa"/><w:tblInd w:w="{tw(einzug)}" w:type="dxa"/>{raender}'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="{oben}" w:type="dxa"/><w:left w:w="{links}" w:type="dxa"/>'
        f'<w:bottom w:w="{unten}" w:type="dxa"/><w:right w:w="{rechts}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(zeilen)}</w:tbl>"
    )


def linien(**seiten: int) -> str:
    """Return cell borders: `linien(top=8, bottom=4)` in eighths of a point."""
    striche = "".join(
        f'<w:{seite} w:val="single" w:sz="{seiten[seite]}" w:space="0" w:color="{LINIE if seiten[seite] < 8 else "000000"}"/>'
        for seite in ("top", "left", "bottom", "right")
        if seite in seiten
    )
    return f"<w:tcBorders>{striche}</w:tcBorders>"


# --- drawings ---------------------------------------------------------------------------------------


def bild(kennung: str, nummer: int, name: str, breite: float, hoehe: float) -> str:
    """Return a run with an inline picture; the alternative text is what the program finds it by."""
    cx, cy = emu(breite), emu(hoehe)
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
        f'<wp:docPr id="{nummer}" name="{name}" descr="{name.lower()}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{nummer}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{kennung}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def marke(nummer: int, oben: float, laenge: float) -> str:
    """Return a run with a short line at the left edge of the paper (fold or punch mark)."""
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" '
        'behindDoc="1" locked="1" layoutInCell="0" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{emu(4)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{emu(oben)}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{emu(laenge)}" cy="0"/><wp:wrapNone/><wp:docPr id="{nummer}" name="Marke {nummer}"/>'
        "<wp:cNvGraphicFramePr/><a:graphic>"
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{emu(laenge)}" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="3175"><a:solidFill><a:srgbClr val="808080"/>'
        "</a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></w:r>"
    )


# --- styles -----------------------------------------------------------------------------------------


def stil(kennung: str, name: str, ppr: str = "", rpr: str = "", basis: str = "Standard") -> str:
    """Return a paragraph style."""
    haupt = ' w:default="1"' if kennung == "Standard" else ""
    auf = f'<w:basedOn w:val="{basis}"/>' if kennung != "Standard" else ""
    p = f"<w:pPr>{ppr}</w:pPr>" if ppr else ""
    r = f"<w:rPr>{rpr}</w:rPr>" if rpr else ""
    return f'<w:style w:type="paragraph"{haupt} w:styleId="{kennung}"><w:name w:val="{name}"/>{auf}<w:qFormat/>{p}{r}</w:style>'


def abstand(vor: float = 0, nach: float = 0, zeile_pt: float = 0, genau: bool = False) -> str:
    """Return paragraph spacing: millimetres before and after, line pitch in points."""
    linie = (
        f' w:line="{round(zeile_pt * 20)}" w:lineRule="{"exact" if genau else "atLeast"}"' if zeile_pt else ""
    )
    return f'<w:spacing w:before="{tw(vor)}" w:after="{tw(nach)}"{linie}/>'


def groesse(punkt: float) -> str:
    """Return a font size."""
    return f'<w:sz w:val="{round(punkt * 2)}"/><w:szCs w:val="{round(punkt * 2)}"/>'


def styles_xml(*stile: str, punkt: float = 10) -> str:
    """Return styles.xml with Arial and German as defaults."""
    return (
        f'{HEAD}<w:styles {NS}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" '
        f'w:cs="Arial"/>{groesse(punkt)}<w:lang w:val="de-DE" w:eastAsia="de-DE" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault/></w:docDefaults>{''.join(stile)}</w:styles>"
    )


# --- package ----------------------------------------------------------------------------------------

SETTINGS = (
    f'{HEAD}<w:settings {NS}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/><w:characterSpacingControl '
    'w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="de-DE"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)


def core_xml(titel: str, verfasser: str) -> str:
    """Return the document properties; title and author may hold tags."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(titel)}</dc:title><dc:creator>{escape(verfasser)}</dc:creator><dc:language>de-DE</dc:language>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>'
    )


def dokument(koerper: str, sektion: str) -> str:
    """Return document.xml."""
    return f"{HEAD}<w:document {NS}><w:body>{koerper}<w:sectPr>{sektion}</w:sectPr></w:body></w:document>"


def kopf(*absaetze: str) -> str:
    """Return a header part."""
    return f"{HEAD}<w:hdr {NS}>{''.join(absaetze)}</w:hdr>"


def fuss(*absaetze: str) -> str:
    """Return a footer part."""
    return f"{HEAD}<w:ftr {NS}>{''.join(absaetze)}</w:ftr>"


def verweise(*eintraege: tuple[str, str, str]) -> str:
    """Return a relationship part from (id, kind, target)."""
    zeilen = "".join(
        f'<Relationship Id="{kennung}" Type="{art if art.startswith("http") else f"{REL}/{art}"}" Target="{ziel}"/>'
        for kennung, art, ziel in eintraege
    )
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{zeilen}</Relationships>'


def paket(teile: dict[str, str | bytes]) -> bytes:
    """Return the DOCX; content types and root relationships are added. Fixed times: same parts, same bytes."""
    arten = {"word/document.xml": f"{OOX}.document.main+xml", "word/styles.xml": f"{OOX}.styles+xml",
             "word/settings.xml": f"{OOX}.settings+xml",
             "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml"}  # fmt: skip
    for teil in teile:
        for art in ("header", "footer"):
            if teil.startswith(f"word/{art}"):
                arten[teil] = f"{OOX}.{art}+xml"
    ueber = "".join(
        f'<Override PartName="/{teil}" ContentType="{art}"/>' for teil, art in arten.items() if teil in teile
    )
    alle: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{ueber}</Types>'
        ),
        "_rels/.rels": verweise(
            ("rId1", "officeDocument", "word/document.xml"),
            (
                "rId2",
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
        ),
        **teile,
    }
    ausgabe = io.BytesIO()
    with zipfile.ZipFile(ausgabe, "w", zipfile.ZIP_DEFLATED) as archiv:
        for name, inhalt in alle.items():
            archiv.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), inhalt, zipfile.ZIP_DEFLATED)
    return ausgabe.getvalue()
