"""Make templates/blaetter/sprachhilfe.docx: one page that says in another language what a letter says.

Run by hand: `python werkzeuge/sprachhilfe_bauen.py [ZIEL]`. Its words stand in src/mahnakte/briefe/sprachhilfe/sprachen/;
only the lines for German readers are here.
"""

import pathlib
import sys

from ooxml import (
    GRAU,
    HAUSFARBE,
    LINIE,
    SETTINGS,
    absatz,
    abstand,
    core_xml,
    dokument,
    fett,
    fuss,
    groesse,
    kopf,
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
BREITE, NAME = 165.0, 62.0
FARBE = f'<w:color w:val="{GRAU}"/>'
WEITER = "<w:keepNext/>"

STILE = (
    stil("Standard", "Normal", abstand(nach=1.1, zeile_pt=13), groesse(10)),
    stil("Titel", "Titel", f"{WEITER}{abstand(nach=3, zeile_pt=22)}", f'<w:b/><w:color w:val="{HAUSFARBE}"/>{groesse(16)}'),
    stil("Vermerk", "Vermerk", abstand(nach=0.7, zeile_pt=12.5), groesse(9.5)),
    stil("Kapitel", "Kapitel", f"{WEITER}{abstand(vor=4, nach=1, zeile_pt=14)}", f"<w:b/>{groesse(11)}"),
    stil("Angabe", "Angabe", abstand(zeile_pt=12), groesse(9.5)),
    stil("Klein", "Klein", abstand(zeile_pt=9.5), f"{FARBE}{groesse(7.5)}"),
    stil("Steuerzeile", "Steuerzeile", abstand(zeile_pt=7, genau=True), f'<w:color w:val="2E74B5"/>{groesse(6)}'),
)  # fmt: skip


def vermerk() -> str:
    """Return the box that says what the page is, in both languages."""
    return tabelle(
        [BREITE],
        zeile(
            zelle(
                BREITE,
                absatz(fett("{{ nur_hilfe }}"), stil="Vermerk"),
                absatz("{{ pruefung }}", stil="Vermerk"),
                absatz("Übersetzung zum Verständnis. Maßgeblich ist allein das deutsche Schreiben."
                       "{% if ungeprueft %} Noch nicht von einer benannten Person geprüft.{% endif %}", stil="Klein"),
                extra=linien(top=8, bottom=8, left=8, right=8),
            )
        ),
        innen=(1.6, 2.5, 1.4, 2.5),
    )  # fmt: skip


def angaben() -> str:
    """Return the lines of facts of one section: name, value, and how the German letter writes it."""

    def steuerung(ausdruck: str) -> str:
        return zeile(zelle(BREITE, absatz(f"{{%tr {ausdruck} %}}", stil="Steuerzeile"), spalten=2))

    def reihe(wert: str) -> str:
        return zeile(
            zelle(NAME, absatz(run("{{ z.name }}", FARBE), stil="Angabe"), extra=linien(bottom=2)),
            zelle(BREITE - NAME, absatz(wert, run("{% if z.deutsch %}   ({{ z.deutsch }}){% endif %}", FARBE), stil="Angabe"),
                  extra=linien(bottom=2)),
        )  # fmt: skip

    return tabelle(
        [NAME, BREITE - NAME],
        steuerung("for z in a.angaben"),
        steuerung("if z.fett"), reihe(fett("{{ z.wert }}")), steuerung("else"), reihe(run("{{ z.wert }}")), steuerung("endif"),
        steuerung("endfor"),
        innen=(0.8, 0.8, 0.8, 0.8),
    )  # fmt: skip


def koerper() -> str:
    """Return the page."""
    return "".join((
        absatz("{{ titel }}", stil="Titel"), vermerk(),
        schalter("for a in abschnitte"),
        absatz("{{ a.titel }}", stil="Kapitel"),
        schalter("for s in a.saetze"), absatz("{{ s }}"), schalter("endfor"),
        schalter("if a.angaben"), angaben(), schalter("endif"),
        schalter("endfor"), absatz(stil="Klein"),
    ))  # fmt: skip


def build() -> bytes:
    """Return the sheet. The language of the PDF is that of the page; Word's own default stays German."""
    strich = f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="{LINIE}"/></w:pBdr>'
    stopp = f'<w:tabs><w:tab w:val="right" w:pos="{tw(BREITE)}"/></w:tabs>'
    oben = kopf(
        absatz(
            run("{{ absender.name }}\tVerständnishilfe zum Schreiben vom {{ brief.datum }}"),
            stil="Klein",
            extra=strich + stopp,
        )
    )
    unten = fuss(absatz(run("Aktenzeichen {{ brief.aktenzeichen }}"), stil="Klein"))
    sektion = (
        '<w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{tw(22)}" w:right="{tw(20)}" w:bottom="{tw(16)}" '
        f'w:left="{tw(25)}" w:header="{tw(11)}" w:footer="{tw(8)}" w:gutter="0"/>'
    )
    kern = core_xml("{{ titel }}", "{{ absender.name }}")
    return paket({
        "word/document.xml": dokument(koerper(), sektion), "word/styles.xml": styles_xml(*STILE),
        "word/settings.xml": SETTINGS, "word/header1.xml": oben, "word/footer1.xml": unten,
        "word/_rels/document.xml.rels": verweise(("rId1", "styles", "styles.xml"), ("rId2", "settings", "settings.xml"),
                                                 ("rId3", "header", "header1.xml"), ("rId4", "footer", "footer1.xml")),
        "docProps/core.xml": kern.replace("<dc:language>de-DE<", "<dc:language>{{ sprache }}<"),
    })  # fmt: skip


def main() -> None:
    """Write the sheet."""
    ziel = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ZIEL
    (ziel / "sprachhilfe.docx").write_bytes(build())
    print(ziel / "sprachhilfe.docx")


if __name__ == "__main__":
    main()
