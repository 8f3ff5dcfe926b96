"""Make templates/blaetter/angabenblatt.docx: sections of „field, value“, for the entry sheet and the view of EDA files.

Run by hand: `python werkzeuge/vorlagen_angabenblatt.py`. What it may name stands in src/mahnakte/antrag/angabenblatt.py.
"""

import pathlib

from ooxml import (
    GRAU,
    SETTINGS,
    absatz,
    abstand,
    core_xml,
    dokument,
    feld,
    fuss,
    groesse,
    linien,
    paket,
    run,
    schalter,
    stil,
    styles_xml,
    tabelle,
    tw,
    verweise,
    zeile,
    zelle,
)

ZIEL = pathlib.Path(__file__).resolve().parent.parent / "templates" / "blaetter"
BREITEN = [58.0, 112.0]
FARBE = f'<w:color w:val="{GRAU}"/>'
WEITER = "<w:keepNext/>"
STRICH = linien(bottom=2)

STILE = (
    stil("Standard", "Normal", f"<w:widowControl/>{abstand(zeile_pt=11)}", groesse(9)),
    stil("Titel", "Blatttitel", f"{WEITER}{abstand(nach=0.5, zeile_pt=18)}", f"<w:b/>{groesse(14)}"),
    stil("Untertitel", "Untertitel", f"{WEITER}{abstand(nach=1.5, zeile_pt=12)}", f"{FARBE}{groesse(9)}"),
    stil("Kapitel", "Kapitel", f"{WEITER}{abstand(vor=3, nach=0.5, zeile_pt=12)}", f"<w:b/>{groesse(10)}"),
    stil("Woher", "Woher", f"{WEITER}{abstand(zeile_pt=9)}", f"{FARBE}{groesse(7)}"),
    stil("Klein", "Klein", abstand(zeile_pt=9), f"{FARBE}{groesse(7)}"),
    stil("Steuerzeile", "Steuerzeile", abstand(zeile_pt=8), f'<w:color w:val="2E74B5"/>{groesse(7)}'),
)  # fmt: skip


def steuerung(ausdruck: str) -> str:
    """Return a row that only controls."""
    return zeile(zelle(sum(BREITEN), absatz(f"{{%tr {ausdruck} %}}", stil="Steuerzeile"), spalten=2))


def angaben() -> str:
    """Return the lines of one section."""
    return tabelle(
        BREITEN,
        steuerung("for z in a.zeilen"),
        zeile(
            zelle(BREITEN[0], absatz(run("{{ z.feld }}", FARBE)), extra=STRICH),
            zelle(BREITEN[1], absatz("{{ z.wert }}"), extra=STRICH),
        ),
        steuerung("endfor"),
        innen=(0.35, 0.6, 0.35, 0.6),
    )


def koerper() -> str:
    """Return the sheet."""
    return "".join((
        absatz("{{ titel }}", stil="Titel"), absatz("{{ untertitel }}", stil="Untertitel"),
        schalter("if hinweis"), absatz("{{ hinweis }}"), schalter("endif"),
        schalter("for a in abschnitte"),
        absatz("{{ a.titel }}", stil="Kapitel"),
        schalter("if a.woher"), absatz("{{ a.woher }}", stil="Woher"), schalter("endif"),
        angaben(), schalter("endfor"), absatz(stil="Klein"),
    ))  # fmt: skip


def build() -> bytes:
    """Return the template."""
    seite = fuss(
        absatz(run("{{ titel }} · Seite "), feld("PAGE"), run(" von "), feld("NUMPAGES"), stil="Klein",
               extra='<w:jc w:val="right"/>')
    )  # fmt: skip
    sektion = (
        '<w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar w:top="{tw(16)}" w:right="{tw(18)}" w:bottom="{tw(16)}" w:left="{tw(22)}" w:header="0" '
        f'w:footer="{tw(8)}" w:gutter="0"/>'
    )
    return paket({
        "word/document.xml": dokument(koerper(), sektion), "word/styles.xml": styles_xml(*STILE, punkt=9),
        "word/settings.xml": SETTINGS, "word/footer1.xml": seite,
        "word/_rels/document.xml.rels": verweise(("rId1", "styles", "styles.xml"), ("rId2", "settings", "settings.xml"),
                                                 ("rId3", "footer", "footer1.xml")),
        "docProps/core.xml": core_xml("{{ titel }}", "mahnakte"),
    })  # fmt: skip


if __name__ == "__main__":
    ZIEL.mkdir(parents=True, exist_ok=True)
    (ZIEL / "angabenblatt.docx").write_bytes(build())
    print("angabenblatt")
