"""Make templates/blaetter/zufriedenheit.docx: the sheet under the fields of src/mahnakte/briefe/zufriedenheit.py.

Run by hand: `PYTHONPATH=src python werkzeuge/zufriedenheit_bauen.py [ZIEL]`. Rows have exact heights taken from
there, so that questions and boxes stand in one line.
"""

import pathlib
import sys

from ooxml import (
    GRAU,
    LINIE,
    SETTINGS,
    absatz,
    abstand,
    core_xml,
    dokument,
    fett,
    fuss,
    groesse,
    linien,
    paket,
    stil,
    styles_xml,
    tabelle,
    tw,
    verweise,
    zeile,
    zelle,
)

from mahnakte.briefe import zufriedenheit as z

ZIEL = pathlib.Path(__file__).resolve().parent.parent / "templates" / "blaetter"

BREITE = z.RECHTS - z.LINKS
WORTE = z.STUFEN_LINKS - z.LINKS
MITTIG = '<w:vAlign w:val="center"/>'
UNTEN = '<w:vAlign w:val="bottom"/>'
ZENTRIERT = '<w:jc w:val="center"/>'

STILE = (
    stil("Standard", "Normal", abstand(zeile_pt=13), groesse(10)),
    stil("Titel", "Titel", abstand(zeile_pt=22), f"<w:b/>{groesse(17)}"),
    stil("Hinweis", "Hinweis", abstand(nach=1.2, zeile_pt=13), groesse(10)),
    stil("Klein", "Klein", abstand(zeile_pt=9.5), f'<w:color w:val="{GRAU}"/>{groesse(7.5)}'),
)  # fmt: skip
LEER = absatz(stil="Klein")


def streifen(oben: float, unten: float, *absaetze: str, lage: str = "") -> str:
    """Return a row over the whole width between two edges."""
    return zeile(
        zelle(BREITE, *absaetze, extra=lage, spalten=1 + len(z.STUFEN)), hoehe=unten - oben, genau=True
    )


def frage(worte: str) -> str:
    """Return the row of a question; its boxes are fields."""
    strich = linien(bottom=4)
    kaesten = (zelle(z.SCHRITT, LEER, extra=strich) for _ in z.STUFEN)
    return zeile(zelle(WORTE, absatz(worte), extra=strich + MITTIG), *kaesten, hoehe=z.REIHE, genau=True)


def einleitung() -> str:
    """Return whose questionnaire it is and what it promises."""
    return (
        absatz("Dieser Bogen geht nur an Menschen, die ihn haben möchten. Mit Ihren Antworten verbessern wir, {{ absender.name }}, "
               "unsere Briefe und unsere Arbeit.", stil="Hinweis")
        + absatz(fett(f"{z.ZUSAGEN[0]} "), z.ZUSAGEN[1], stil="Hinweis")
        + absatz(fett("Ohne Namen. "), z.ZUSAGEN[2], stil="Hinweis")
    )  # fmt: skip


def bogen() -> str:
    """Return title, promise, questions and the words over the free text."""
    ende = z.FRAGEN_OBEN + len(z.FRAGEN) * z.REIHE
    anleitung = absatz(
        "Wie sehr stimmen die Sätze? Bitte machen Sie in jeder Zeile ein Kreuz: "
        f"{z.STUFEN[0]} heißt „stimmt gar nicht“, {z.STUFEN[-1]} heißt „stimmt genau“. "
        "Was Sie nicht beantworten möchten, lassen Sie frei."
    )
    ziffern = (
        zelle(z.SCHRITT, absatz(fett(str(stufe)), extra=ZENTRIERT), extra=linien(bottom=4) + UNTEN)
        for stufe in z.STUFEN
    )
    return tabelle(
        [WORTE, *(z.SCHRITT for _ in z.STUFEN)],
        streifen(z.OBEN, z.EINLEITUNG, absatz(z.TITEL, stil="Titel")),
        streifen(z.EINLEITUNG, z.ANLEITUNG, einleitung()),
        streifen(z.ANLEITUNG, z.ZIFFERN, anleitung),
        zeile(zelle(WORTE, LEER, extra=linien(bottom=4)), *ziffern, hoehe=z.FRAGEN_OBEN - z.ZIFFERN, genau=True),
        *(frage(worte) for worte in z.FRAGEN.values()),
        streifen(ende, z.FREITEXT, LEER),
        streifen(z.FREITEXT, z.FREITEXT_FELD, absatz(z.FREIE_FRAGE), lage=MITTIG),
        streifen(z.FREITEXT_FELD, z.RUECKGABE, LEER),
    )  # fmt: skip


def rueckgabe() -> str:
    """Return how the sheet comes back without telling who sent it."""
    return (
        absatz(fett("Zurückgeben"), stil="Hinweis")
        + absatz("Per Post, ohne Absender auf dem Umschlag, an: {{ absender.name }}, {{ absender.anschrift }}", stil="Hinweis")
        + absatz("Bitte nicht zusammen mit dem Antwortbogen oder einem anderen Schreiben, und nicht per E-Mail: "
                 "Sonst sehen wir, von wem der Bogen kommt.", stil="Hinweis")
    )  # fmt: skip


def build() -> bytes:
    """Return the sheet."""
    fusszeile = fuss(
        absatz("{{ absender.pflicht }}", stil="Klein",
               extra=f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="3" w:color="{LINIE}"/></w:pBdr>'),
    )  # fmt: skip
    sektion = (
        '<w:footerReference w:type="default" r:id="rId3"/>'
        f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{tw(z.OBEN)}" w:right="{tw(20)}" w:bottom="{tw(18)}" '
        f'w:left="{tw(z.LINKS)}" w:header="{tw(5)}" w:footer="{tw(8)}" w:gutter="0"/>'
    )
    return paket(
        {
            "word/document.xml": dokument(bogen() + rueckgabe(), sektion),
            "word/styles.xml": styles_xml(*STILE),
            "word/settings.xml": SETTINGS,
            "word/footer1.xml": fusszeile,
            "word/_rels/document.xml.rels": verweise(
                ("rId1", "styles", "styles.xml"), ("rId2", "settings", "settings.xml"), ("rId3", "footer", "footer1.xml"),
            ),
            "docProps/core.xml": core_xml(z.TITEL, "{{ absender.name }}"),
        }
    )  # fmt: skip


def main() -> None:
    """Write the sheet."""
    ziel = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ZIEL
    (ziel / z.VORLAGE).write_bytes(build())
    print(ziel / z.VORLAGE)


if __name__ == "__main__":
    main()
