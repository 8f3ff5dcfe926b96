"""Make templates/blaetter/antwortbogen.docx: the sheet under the fields of src/mahnakte/briefe/antwort/felder.py.

Run by hand: `PYTHONPATH=src python werkzeuge/antwortbogen_bauen.py [ZIEL]`. Rows have exact heights taken from
there, so that words and fields stand in one line; the address is ours, in the window of the debtor's envelope.
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
    kopf,
    linien,
    marke,
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

from mahnakte.briefe.antwort import felder as f

ZIEL = pathlib.Path(__file__).resolve().parent.parent / "templates" / "blaetter"

BREITE = f.RECHTS - f.LINKS
KASTEN = f.TEXT_LINKS - f.LINKS
RECHTE_BREITE = f.RECHTS - f.RECHTE_SPALTE
FENSTER, ANSCHRIFTZONE, FENSTER_ENDE, EINLEITUNG = 45.0, 62.7, 90.0, 96.0  # DIN 5008, form B

FARBE = f'<w:color w:val="{GRAU}"/>'
MITTIG = '<w:vAlign w:val="center"/>'
UNTEN = '<w:vAlign w:val="bottom"/>'

STILE = (
    stil("Standard", "Normal", abstand(zeile_pt=13), groesse(10)),
    stil("Titel", "Titel", abstand(zeile_pt=22), f"<w:b/>{groesse(17)}"),
    stil("Anschrift", "Anschrift", abstand(zeile_pt=12.9, genau=True), groesse(10)),
    stil("Marke", "Feldname", abstand(zeile_pt=10), f"{FARBE}{groesse(8)}"),
    stil("Info", "Antwortwege", abstand(nach=1.4, zeile_pt=12), groesse(9)),
    stil("Hinweis", "Hinweis", abstand(nach=1.2, zeile_pt=10.8), groesse(8.5)),
    stil("Klein", "Klein", abstand(zeile_pt=9.5), f"{FARBE}{groesse(7.5)}"),
    stil("Steuerzeile", "Steuerzeile", abstand(zeile_pt=7, genau=True), f'<w:color w:val="2E74B5"/>{groesse(6)}'),
)  # fmt: skip
LEER = absatz(stil="Klein")


def reihe(
    oben: float, unten: float, links: str, rechts: str = LEER, *, lage: str = "", rechte_art: str = ""
) -> str:
    """Return a row of the upper part: left column, gap, information column."""
    breite = f.RECHTE_SPALTE - f.LINKS
    return zeile(
        zelle(breite, links, extra=lage), zelle(RECHTE_BREITE, rechts, extra=rechte_art + lage),
        hoehe=unten - oben, genau=True,
    )  # fmt: skip


def oberer_teil() -> str:
    """Return title, name, reference, our address in the window, ways to answer."""
    anschrift = (
        schalter("for zeile in absender.zeilen")
        + absatz("{{ zeile }}", stil="Anschrift")
        + schalter("endfor")
    )
    weiter = "<w:vMerge/>"
    return tabelle(
        [f.RECHTE_SPALTE - f.LINKS, RECHTE_BREITE],
        reihe(f.TITEL, f.NAME_UEBERSCHRIFT, absatz("Antwortbogen", stil="Titel"),
              absatz("Unser Aktenzeichen", stil="Marke"), lage=UNTEN),
        reihe(f.NAME_UEBERSCHRIFT, f.NAME, absatz("Ihr Name", stil="Marke"), lage=UNTEN),
        reihe(f.NAME, FENSTER, LEER, absatz("Zu unserem Schreiben vom", stil="Marke")),
        reihe(FENSTER, ANSCHRIFTZONE, LEER, antwortwege(),
              rechte_art='<w:vMerge w:val="restart"/>'),
        reihe(ANSCHRIFTZONE, FENSTER_ENDE, anschrift, LEER, rechte_art=weiter),
        reihe(FENSTER_ENDE, EINLEITUNG, LEER),
    )  # fmt: skip


def antwortwege() -> str:
    """Return how to answer: e-mail, telephone, post."""
    return (
        absatz(fett("So können Sie antworten"), stil="Info", extra=abstand(vor=5, nach=1.4, zeile_pt=12))
        + schalter("if absender.email")
        + absatz("Per E-Mail: am Bildschirm ausfüllen, speichern und senden an {{ absender.email }}", stil="Info")
        + schalter("endif")
        + absatz("Per Post: ausdrucken, ausfüllen, an den Marken falten und in einen Fensterumschlag stecken", stil="Info")
        + schalter("if absender.telefon")
        + absatz("Oder rufen Sie uns an: {{ absender.telefon }}", stil="Info")
        + schalter("endif")
    )  # fmt: skip


STELLEN = (f.WEITER_LINKS, f.ENDE_LINKS + f.ENDE + 2)  # where words go on between the fields


def satz(
    oben: float, unten: float, *teile: str, kasten: bool = True, stellen: tuple[float, ...] = STELLEN
) -> str:
    """Return a row whose words stand at the places between the fields."""
    tabs = "".join(f'<w:tab w:val="left" w:pos="{tw(stelle - f.TEXT_LINKS)}"/>' for stelle in stellen)
    worte = absatz(run("\t".join(teile)), extra=f"<w:tabs>{tabs}</w:tabs>")
    if kasten:
        return zeile(
            zelle(KASTEN, LEER), zelle(BREITE - KASTEN, worte, extra=MITTIG), hoehe=unten - oben, genau=True
        )
    return zeile(zelle(BREITE, worte, extra=MITTIG, spalten=2), hoehe=unten - oben, genau=True)


def bogen() -> str:
    """Return the sentences of the form."""
    worte = f.REIHE  # the words stand in the middle of a line, as beside a field
    return tabelle(
        [KASTEN, BREITE - KASTEN],
        satz(EINLEITUNG, f.ZAHLEN, "Bitte kreuzen Sie an, was zutrifft. Sie können auch mehreres ankreuzen.", kasten=False),
        satz(f.ZAHLEN, f.RATEN, "Ich zahle am", "den Betrag von", "€."),
        satz(f.RATEN, f.GEZAHLT, "Ich bitte um Raten von", "€ im Monat, ab"),
        satz(f.GEZAHLT, f.EINWAND, "Ich habe schon gezahlt: am", "den Betrag von", "€."),
        satz(f.EINWAND, f.EINWAND + worte, "Ich bin nicht einverstanden, weil"),
        satz(f.EINWAND + worte, f.ANSCHRIFT, ""),
        satz(f.ANSCHRIFT, f.ANSCHRIFT + worte, "Meine Anschrift hat sich geändert. Straße und Hausnummer, Postleitzahl und Ort:"),
        satz(f.ANSCHRIFT + worte, f.NOTIZ, ""),
        satz(f.NOTIZ, f.NOTIZ + worte, "Was ich sonst noch mitteilen möchte:"),
        satz(f.NOTIZ + worte, f.ERREICHBAR, ""),
        satz(f.ERREICHBAR, f.ERREICHBAR + f.REIHE, "Telefon oder E-Mail (freiwillig)", "Datum",
             stellen=(f.DATUM_WORT,)),
        satz(f.ERREICHBAR + f.REIHE, f.HINWEISE, ""),
    )  # fmt: skip


def hinweise() -> str:
    """Return what the form does not do, and the notices that agencies and lawyers owe private persons."""
    rand = linien(top=6, bottom=6, left=6, right=6)
    return tabelle(
        [BREITE],
        zeile(
            zelle(
                BREITE,
                absatz(fett("Mit diesem Bogen erkennen Sie nichts an. "),
                       "Auch wenn Sie eine Zahlung ankündigen oder um Raten bitten, ist das kein Anerkenntnis der Forderung. "
                       "Ihre Einwände und Rechte behalten Sie. Vereinbart ist eine Ratenzahlung erst, wenn wir sie Ihnen bestätigen.",
                       stil="Hinweis"),
                schalter("if hinweise"),
                absatz(fett("Kosten einer Ratenzahlung oder Stundung ({{ norm.kosten }}). "),
                       "Durch eine solche Vereinbarung können Kosten entstehen. Welche das wären, teilen wir Ihnen in Textform mit, "
                       "bevor Sie etwas vereinbaren.", stil="Hinweis"),
                absatz(fett("Was ein Schuldanerkenntnis bewirkt ({{ norm.anerkenntnis }}). "),
                       "Wer eine Forderung anerkennt, verliert in der Regel seine Einwände gegen die anerkannten Teile: zum "
                       "Beispiel, dass die Forderung nicht besteht, dass sie schon erfüllt oder dass sie verjährt ist. Wir bitten "
                       "Sie hier um kein Anerkenntnis; dieser Bogen erfasst deshalb keinen Teil der Forderung.", stil="Hinweis"),
                schalter("endif"),
                extra=rand,
            )
        ),
        innen=(1.4, 2.5, 0.6, 2.5), einzug=0,
    )  # fmt: skip


def build() -> bytes:
    """Return the sheet."""
    fusszeile = fuss(
        absatz("{{ absender.pflicht }}", stil="Klein",
               extra=f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="3" w:color="{LINIE}"/></w:pBdr>'),
    )  # fmt: skip
    marken = kopf(absatz(marke(11, 105, 5), marke(12, 148.5, 7), marke(13, 210, 5), stil="Klein"))
    sektion = (
        '<w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{tw(f.TITEL)}" w:right="{tw(20)}" w:bottom="{tw(18)}" '
        f'w:left="{tw(f.LINKS)}" w:header="{tw(5)}" w:footer="{tw(8)}" w:gutter="0"/>'
    )
    return paket(
        {
            "word/document.xml": dokument(oberer_teil() + bogen() + hinweise() + absatz(stil="Klein"), sektion),
            "word/styles.xml": styles_xml(*STILE),
            "word/settings.xml": SETTINGS,
            "word/header1.xml": marken,
            "word/footer1.xml": fusszeile,
            "word/_rels/document.xml.rels": verweise(
                ("rId1", "styles", "styles.xml"), ("rId2", "settings", "settings.xml"),
                ("rId3", "header", "header1.xml"), ("rId4", "footer", "footer1.xml"),
            ),
            "docProps/core.xml": core_xml("Antwortbogen", "{{ absender.name }}"),
        }
    )  # fmt: skip


def main() -> None:
    """Write the sheet."""
    ziel = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ZIEL
    (ziel / "antwortbogen.docx").write_bytes(build())
    print(ziel / "antwortbogen.docx")


if __name__ == "__main__":
    main()
