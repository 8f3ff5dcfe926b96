"""Make the sheets of an Akte in templates/blaetter/: cover, contents, „nicht lesbar“, invoice view, sheet numbers.

Run by hand: `python werkzeuge/akteblaetter_bauen.py [ZIEL]`. What they may name stands in src/mahnakte/akte/blaetter.py.
"""

import pathlib
import sys

from ooxml import (
    GRAU,
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
BREITE = 165.0
FARBE = f'<w:color w:val="{GRAU}"/>'
WEITER = "<w:keepNext/>"
RECHTS = '<w:jc w:val="right"/>'
UNTEN = linien(bottom=2)

STILE = (
    stil("Standard", "Normal", f"<w:widowControl/>{abstand(nach=2, zeile_pt=13)}", groesse(10)),
    stil("Titel", "Titel", f"{WEITER}{abstand(nach=1, zeile_pt=24)}", f"<w:b/>{groesse(20)}"),
    stil("Untertitel", "Untertitel", f"{WEITER}{abstand(nach=7, zeile_pt=14)}", f"{FARBE}{groesse(10.5)}"),
    stil("Abschnitt", "Abschnitt", f"{WEITER}{abstand(vor=6, nach=1.5, zeile_pt=14)}", f"<w:b/>{groesse(11)}"),
    stil("Tabelle", "Tabelle", abstand(zeile_pt=12), groesse(9.5)),
    stil("Kopf", "Tabellenkopf", f"{WEITER}{abstand(zeile_pt=11)}", f"{FARBE}{groesse(8.5)}", "Tabelle"),
    stil("Gruppe", "Gruppe", f"{WEITER}{abstand(vor=2.5, zeile_pt=13)}", f"<w:b/>{groesse(10)}", "Tabelle"),
    stil("Betrag", "Betrag", RECHTS, "", "Tabelle"),
    stil("Betragskopf", "Betragskopf", RECHTS, "", "Kopf"),
    stil("Klein", "Klein", abstand(zeile_pt=10), f"{FARBE}{groesse(8)}"),
    stil("Warnung", "Warnung", abstand(zeile_pt=13), f'<w:color w:val="C00000"/>{groesse(10)}'),
    stil("Steuerzeile", "Steuerzeile", abstand(zeile_pt=9), f'<w:color w:val="2E74B5"/>{groesse(7)}'),
    stil("Zahl", "Blattzahl", f"{abstand(zeile_pt=9, genau=True)}{RECHTS}", groesse(7)),
)  # fmt: skip


def seite(
    breite: float = 210, hoehe: float = 297, rand: tuple[float, float, float, float] = (22, 20, 22, 25)
) -> str:
    """Return section properties: page size and margins top, right, bottom, left in millimetres."""
    oben, rechts, unten, links = (tw(mm) for mm in rand)
    return (
        f'<w:pgSz w:w="{tw(breite)}" w:h="{tw(hoehe)}"/><w:pgMar w:top="{oben}" w:right="{rechts}" w:bottom="{unten}" '
        f'w:left="{links}" w:header="0" w:footer="{tw(9)}" w:gutter="0"/>'
    )


def blatt(koerper: str, titel: str, fusstext: str = "") -> bytes:
    """Return one A4 sheet as DOCX."""
    teile: dict[str, str | bytes] = {}
    sektion = seite()
    if fusstext:
        sektion = '<w:footerReference w:type="default" r:id="rId3"/>' + sektion
        teile["word/footer1.xml"] = fuss(absatz(fusstext, stil="Klein"))
    beziehungen = [("rId1", "styles", "styles.xml"), ("rId2", "settings", "settings.xml")]
    if fusstext:
        beziehungen.append(("rId3", "footer", "footer1.xml"))
    return paket(
        {
            "word/document.xml": dokument(koerper, sektion),
            "word/styles.xml": styles_xml(*STILE),
            "word/settings.xml": SETTINGS,
            "word/_rels/document.xml.rels": verweise(*beziehungen),
            "docProps/core.xml": core_xml(titel, "mahnakte"),
            **teile,
        }
    )


def steuerung(ausdruck: str, spalten: int) -> str:
    """Return a table row that only controls."""
    return zeile(zelle(BREITE, absatz(f"{{%tr {ausdruck} %}}", stil="Steuerzeile"), spalten=spalten))


def paar(name: str, *wert: str, betrag: bool = False) -> str:
    """Return a row of the cover: name and value."""
    stil_ = "Betrag" if betrag else "Tabelle"
    return zeile(
        zelle(45, absatz(run(name, FARBE), stil="Tabelle"), extra=UNTEN),
        zelle(BREITE - 45, absatz(*wert, stil=stil_), extra=UNTEN),
    )


def deckblatt() -> bytes:
    """Return the cover: what cannot be read first, then parties, claim, invoices, titles."""
    innen = (0.8, 0.8, 0.8, 0.8)
    parteien = tabelle(
        [45, BREITE - 45],
        paar("Gläubiger", fett("{{ glaeubiger.name }}"), run(", {{ glaeubiger.anschrift }}")),
        steuerung("for s in schuldner", 2),
        paar("Schuldner", fett("{{ s.name }}"), run(", {{ s.anschrift }}")),
        steuerung("endfor", 2),
        steuerung("if gesamtschuldner", 2),
        paar("Haftung", "Die Schuldner haften als Gesamtschuldner."),
        steuerung("endif", 2),
        steuerung("if anspruch", 2),
        paar("Anspruch", "{{ anspruch }}"),
        steuerung("endif", 2),
        steuerung("for t in titel", 2),
        paar("Titel", "{{ t.text }}"),
        steuerung("endfor", 2),
        paar("Umfang", "{{ umfang.unterlagen }} Unterlagen auf {{ umfang.blaetter }} Blatt"),
        innen=innen,
    )
    return blatt(
        absatz("Akte {{ aktenzeichen }}", stil="Titel")
        + absatz("Stand {{ stichtag }}", stil="Untertitel")
        + schalter("if unlesbar")
        + absatz(fett("Nicht lesbar oder nicht vorhanden:"), stil="Warnung", extra=WEITER)
        + schalter("for u in unlesbar")
        + absatz("{{ u.text }}", stil="Warnung")
        + schalter("endfor")
        + absatz("", stil="Klein")
        + schalter("endif")
        + parteien
        + absatz("Forderung am {{ stichtag }}", stil="Abschnitt")
        + forderungen()
        + summen(),
        "Akte {{ aktenzeichen }}",
        "Diese Akte enthält, was in fall.yaml genannt ist, den Ordner belege/ und die Schreiben; Originaldateien und "
        "Prüfsummen liegen im selben Ordner bei.",
    )


def forderungen() -> str:
    """Return the table of claims on the cover."""
    breiten = [57.0, 24.0, 24.0, 30.0, 30.0]
    stile = ("Tabelle", "Tabelle", "Tabelle", "Betrag", "Betrag")
    kopfstile = ("Kopf", "Kopf", "Kopf", "Betragskopf", "Betragskopf")

    def reihe(texte: tuple[str, ...], stile: tuple[str, ...], rand: str, *, kopf: bool = False) -> str:
        return zeile(*(zelle(breite, absatz(text, stil=s), extra=rand) for breite, text, s in
                       zip(breiten, texte, stile, strict=True)), kopf=kopf)  # fmt: skip

    return tabelle(
        breiten,
        reihe(
            ("Forderung", "fällig am", "Verzug ab", "Betrag", "davon offen"),
            kopfstile,
            linien(bottom=8),
            kopf=True,
        ),
        steuerung("for f in forderungen", 5),
        reihe(
            ("{{ f.nummer }}", "{{ f.faellig }}", "{{ f.verzug }}", "{{ f.betrag }}", "{{ f.offen }}"),
            stile,
            UNTEN,
        ),
        steuerung("endfor", 5),
        innen=(0.8, 0.8, 0.8, 0.8),
    )


def summen() -> str:
    """Return the sums on the cover."""

    def reihe(name: str, wert: str, rand: str = UNTEN, *, stark: bool = False) -> str:
        art = fett if stark else run
        return zeile(zelle(BREITE - 40, absatz(art(name), stil="Tabelle"), extra=rand),
                     zelle(40, absatz(art(wert), stil="Betrag"), extra=rand))  # fmt: skip

    return absatz("", stil="Klein") + tabelle(
        [BREITE - 40, 40],
        reihe("Hauptforderung", "{{ summe.hauptforderung }}"),
        reihe(
            "Zinsen{% if summe.zinsen_offen %} bis {{ summe.zinsen_bis }}{% endif %}", "{{ summe.zinsen }}"
        ),
        reihe("Kosten", "{{ summe.kosten }}"),
        reihe("Offen am {{ stichtag }}", "{{ summe.gesamt }}", linien(top=8), stark=True),
        reihe("Bisher eingegangene Zahlungen", "{{ summe.gezahlt }}"),
        steuerung("if summe.zinsen_offen", 2),
        reihe("Hinzu kommen", "{{ summe.zinsen_offen }}"),
        steuerung("endif", 2),
        steuerung("if summe.je_tag", 2),
        reihe("Zinsen für jeden weiteren Tag", "{{ summe.je_tag }}"),
        steuerung("endif", 2),
        innen=(0.8, 0.8, 0.8, 0.8),
    )


def inhalt() -> bytes:
    """Return the contents: number, title with file name and remark, sheet. The head repeats on every page."""
    breiten = [16.0, 131.0, 18.0]
    eintrag = zelle(
        breiten[1],
        absatz("{{ e.titel }}", stil="Tabelle"),
        absatz("{% if e.datei %}originale/{{ e.datei }}{% else %}keine Datei{% endif %}", stil="Klein"),
        schalter("if e.bemerkung", "Klein"),
        absatz(fett("{{ e.bemerkung }}"), stil="Klein"),
        schalter("endif", "Klein"),
        extra=UNTEN,
    )  # fmt: skip
    oben = linien(bottom=8)
    return blatt(
        absatz("Inhalt", stil="Titel")
        + absatz("Akte {{ aktenzeichen }}, Stand {{ stichtag }}", stil="Untertitel")
        + tabelle(
            breiten,
            zeile(zelle(breiten[0], absatz("Nr.", stil="Kopf"), extra=oben), zelle(breiten[1], absatz("Unterlage", stil="Kopf"), extra=oben),
                  zelle(breiten[2], absatz("Blatt", stil="Betragskopf"), extra=oben), kopf=True),
            steuerung("for g in gruppen", 3),
            zeile(zelle(BREITE, absatz("{{ g.titel }}", stil="Gruppe"), spalten=3, extra=UNTEN)),
            steuerung("for e in g.eintraege", 3),
            zeile(zelle(breiten[0], absatz("{{ e.nummer }}", stil="Tabelle"), extra=UNTEN), eintrag,
                  zelle(breiten[2], absatz("{{ e.blatt }}", stil="Betrag"), extra=UNTEN)),
            steuerung("endfor", 3), steuerung("endfor", 3),
            innen=(0.8, 0.8, 0.8, 0.8),
        ),
        "Inhalt der Akte {{ aktenzeichen }}",
    )  # fmt: skip


def nicht_lesbar() -> bytes:
    """Return the sheet that stands for a paper nobody can show."""
    return blatt(
        absatz("{{ nummer }} {{ titel }}", stil="Titel")
        + absatz("Akte {{ aktenzeichen }}", stil="Untertitel")
        + absatz(fett("{% if datei %}Diese Unterlage ist nicht lesbar.{% else %}Diese Unterlage liegt nicht bei.{% endif %}"), stil="Warnung", extra=WEITER)
        + absatz("{{ grund }}", stil="Warnung")
        + absatz("", stil="Klein")
        + tabelle(
            [45, BREITE - 45],
            paar("Im Fallordner", "{{ pfad }}"),
            steuerung("if datei", 2),
            paar("Liegt bei als", "originale/{{ datei }}"),
            paar("Größe", "{{ bytes }} Byte"),
            paar("SHA-256", "{{ sha256 }}"),
            steuerung("endif", 2),
            innen=(0.8, 0.8, 0.8, 0.8),
        )
        + absatz("Dieses Blatt hat mahnakte eingefügt, damit keine Unterlage unbemerkt fehlt.", stil="Klein", extra=abstand(vor=4, zeile_pt=10)),
        "Nicht lesbar: {{ nummer }}",
    )  # fmt: skip


def e_rechnung() -> bytes:
    """Return the readable view of an XML invoice."""
    return blatt(
        absatz("E-Rechnung {{ nummer }}", stil="Titel")
        + absatz("Lesefassung der Kopfdaten. Maßgeblich ist die beiliegende XML-Datei.", stil="Untertitel")
        + tabelle(
            [45, BREITE - 45],
            steuerung("for z in zeilen", 2),
            paar("{{ z.name }}", "{{ z.wert }}"),
            steuerung("endfor", 2),
            innen=(0.8, 0.8, 0.8, 0.8),
        ),
        "E-Rechnung {{ nummer }}, Lesefassung",
    )


def blattzahl() -> bytes:
    """Return small labels, one a page: „Blatt 3 von 24“. They are laid over the sheets."""
    koerper = (
        schalter("for b in blaetter", "Zahl")
        + absatz(
            "{{ b.text }}",
            stil="Zahl",
            extra=f"<w:pageBreakBefore/>{abstand(zeile_pt=9, genau=True)}{RECHTS}",
        )
        + schalter("endfor", "Zahl")
    )
    return paket(
        {
            "word/document.xml": dokument(koerper, seite(40, 5, (0.5, 0.5, 0.5, 0.5)).replace(f'w:footer="{tw(9)}"', 'w:footer="0"')),
            "word/styles.xml": styles_xml(*STILE, punkt=7),
            "word/settings.xml": SETTINGS,
            "word/_rels/document.xml.rels": verweise(("rId1", "styles", "styles.xml"), ("rId2", "settings", "settings.xml")),
            "docProps/core.xml": core_xml("Blattzahlen", "mahnakte"),
        }
    )  # fmt: skip


def main() -> None:
    """Write the sheets to ZIEL or the folder named on the command line."""
    ziel = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ZIEL
    ziel.mkdir(parents=True, exist_ok=True)
    for bauen in (deckblatt, inhalt, nicht_lesbar, e_rechnung, blattzahl):
        (ziel / f"{bauen.__name__}.docx").write_bytes(bauen())


if __name__ == "__main__":
    main()
