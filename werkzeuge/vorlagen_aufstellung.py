"""Make templates/blaetter/forderungsaufstellung.docx. Run by hand: `python werkzeuge/vorlagen_aufstellung.py`."""

import pathlib

from ooxml import (
    GRAU,
    LINIE,
    SETTINGS,
    absatz,
    abstand,
    core_xml,
    dokument,
    feld,
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

LINKS, RECHTS, OBEN, UNTEN = 25.0, 20.0, 30.0, 20.0
BREITE = 165.0
FARBE = f'<w:color w:val="{GRAU}"/>'
WEITER = "<w:keepNext/>"
RECHTSBUENDIG = '<w:jc w:val="right"/>'

STILE = (
    stil("Standard", "Normal", f"<w:widowControl/>{abstand(nach=1.5, zeile_pt=12)}", groesse(9.5)),
    stil("Titel", "Blatttitel", f"{WEITER}{abstand(nach=3, zeile_pt=20)}", f"<w:b/>{groesse(15)}"),
    stil("Kapitel", "Kapitel", f"{WEITER}{abstand(vor=6, nach=1.5, zeile_pt=14)}", f"<w:b/>{groesse(11)}"),
    stil("Angabe", "Angabe", f'<w:tabs><w:tab w:val="left" w:pos="{tw(28)}"/></w:tabs>{abstand(nach=0.5, zeile_pt=12)}'
         f'<w:ind w:left="{tw(28)}" w:hanging="{tw(28)}"/>'),
    stil("Tabelle", "Tabelle", abstand(zeile_pt=11), groesse(8.5)),
    stil("Betrag", "Betrag", RECHTSBUENDIG, "", "Tabelle"),
    stil("Tabellenkopf", "Tabellenkopf", f"{WEITER}{abstand(zeile_pt=10)}", f"{FARBE}{groesse(8)}", "Tabelle"),
    stil("Betragskopf", "Betragskopf", RECHTSBUENDIG, "", "Tabellenkopf"),
    stil("Klein", "Klein", abstand(zeile_pt=10), f"{FARBE}{groesse(7.5)}"),
    stil("Steuerzeile", "Steuerzeile", abstand(zeile_pt=9), f'<w:color w:val="2E74B5"/>{groesse(7)}'),
)  # fmt: skip

OBENSTRICH, UNTENSTRICH, SUMMENSTRICH = linien(bottom=8), linien(bottom=2), linien(top=8)
INNEN = (0.7, 0.8, 0.7, 0.8)


def reihe(
    breiten: list[float], texte: list[str], rechts: set[int], rand: str, *, kopfzeile: bool = False
) -> str:
    """Return a row; `rechts` are the columns of numbers."""
    zellen = []
    for spalte, (breite, text) in enumerate(zip(breiten, texte, strict=True)):
        art = (
            ("Betragskopf" if spalte in rechts else "Tabellenkopf")
            if kopfzeile
            else ("Betrag" if spalte in rechts else "Tabelle")
        )
        zellen.append(zelle(breite, absatz(text, stil=art, extra=WEITER if kopfzeile else ""), extra=rand))
    return zeile(*zellen, kopf=kopfzeile)


def steuerung(breiten: list[float], ausdruck: str) -> str:
    """Return a row that only controls."""
    inhalt = absatz(f"{{%tr {ausdruck} %}}", stil="Steuerzeile")
    return zeile(zelle(sum(breiten), inhalt, spalten=len(breiten)))


def summe(breiten: list[float], text: str, betrag: str) -> str:
    """Return the total row in bold."""
    return zeile(
        zelle(
            sum(breiten[:-1]),
            absatz(fett(text), stil="Tabelle"),
            spalten=len(breiten) - 1,
            extra=SUMMENSTRICH,
        ),
        zelle(breiten[-1], absatz(fett(betrag), stil="Betrag"), extra=SUMMENSTRICH),
    )


def forderungen() -> str:
    """Return the claims with the reason of default and rate under each."""
    breiten = [49.0, 22.0, 22.0, 22.0, 25.0, 25.0]
    ohne = linien()
    grund = zeile(zelle(sum(breiten), absatz("{{ f.grund }}", stil="Klein"), spalten=6, extra=UNTENSTRICH))
    return tabelle(
        breiten,
        reihe(breiten, ["Rechnung, Titel", "vom", "fällig am", "Verzug seit", "Betrag", "davon offen"], {4, 5}, OBENSTRICH, kopfzeile=True),
        steuerung(breiten, "for f in forderungen"),
        reihe(breiten, ["{{ f.name }}", "{{ f.datum }}", "{{ f.faellig }}", "{{ f.verzug }}", "{{ f.betrag }}", "{{ f.offen }}"], {4, 5}, ohne),
        grund, steuerung(breiten, "endfor"),
        summe(breiten, "Hauptforderung", "{{ summe.hauptforderung }}"), innen=INNEN,
    )  # fmt: skip


def zinsen() -> str:
    """Return the interest lines: every one can be checked with a pocket calculator."""
    breiten = [33.0, 19.0, 19.0, 24.0, 20.0, 30.0, 20.0]
    return tabelle(
        breiten,
        reihe(breiten, ["aus Rechnung", "vom", "bis", "Betrag", "Tage / Teiler", "Basiszins + Punkte", "Zinsen"], {3, 4, 5, 6}, OBENSTRICH,
              kopfzeile=True),
        steuerung(breiten, "for a in abschnitte"),
        reihe(breiten, ["{{ a.name }}", "{{ a.von }}", "{{ a.bis }}", "{{ a.betrag }}", "{{ a.tage }} / {{ a.teiler }}", "{{ a.satz }}",
                        "{{ a.zinsen }}"], {3, 4, 5, 6}, UNTENSTRICH),
        steuerung(breiten, "endfor"),
        summe(breiten, "Summe der Zinszeilen", "{{ zinsen.summe }}"), innen=INNEN,
    )  # fmt: skip


def kosten() -> str:
    """Return the costs."""
    breiten = [22.0, 93.0, 25.0, 25.0]
    return tabelle(
        breiten, reihe(breiten, ["vom", "Kosten", "Betrag", "davon offen"], {2, 3}, OBENSTRICH, kopfzeile=True),
        steuerung(breiten, "for k in kosten"),
        reihe(breiten, ["{{ k.datum }}", "{{ k.text }}", "{{ k.betrag }}", "{{ k.offen }}"], {2, 3}, UNTENSTRICH),
        steuerung(breiten, "endfor"), summe(breiten, "Kosten offen", "{{ summe.kosten }}"), innen=INNEN,
    )  # fmt: skip


def buchungen() -> str:
    """Return payments and deductions with the rule and what each covered."""
    breiten = [22.0, 118.0, 25.0]
    return tabelle(
        breiten, reihe(breiten, ["am", "Buchung und Anrechnung", "Betrag"], {2}, OBENSTRICH, kopfzeile=True),
        steuerung(breiten, "for b in buchungen"),
        zeile(
            zelle(breiten[0], absatz("{{ b.datum }}", stil="Tabelle"), extra=UNTENSTRICH),
            zelle(breiten[1], absatz("{{ b.was }}", stil="Tabelle"), absatz("{{ b.regel }}", stil="Klein"), extra=UNTENSTRICH),
            zelle(breiten[2], absatz("{{ b.betrag }}", stil="Betrag"), extra=UNTENSTRICH),
        ),
        steuerung(breiten, "endfor"), innen=INNEN,
    )  # fmt: skip


def gesamt() -> str:
    """Return the totals."""
    breiten = [125.0, 40.0]
    return tabelle(
        breiten,
        reihe(breiten, ["Hauptforderung", "{{ summe.hauptforderung }}"], {1}, UNTENSTRICH),
        reihe(breiten, ["Zinsen bis {{ zinsen.bis }}", "{{ summe.zinsen }}"], {1}, UNTENSTRICH),
        reihe(breiten, ["Kosten", "{{ summe.kosten }}"], {1}, UNTENSTRICH),
        summe(breiten, "Offen am {{ stichtag }}", "{{ summe.gesamt }}"), innen=INNEN,
    )  # fmt: skip


def angabe(name: str, wert: str) -> str:
    """Return one line of the head."""
    return absatz(run(name, FARBE), run(f"\t{wert}"), stil="Angabe")


def koerper() -> str:
    """Return the sheet."""
    return "".join((
        absatz("Forderungsaufstellung", stil="Titel"),
        angabe("Aktenzeichen", "{{ aktenzeichen }}"), angabe("Gläubiger", "{{ glaeubiger }}"),
        angabe("Schuldner", "{{ schuldner }}{% if gesamtschuldner %} (als Gesamtschuldner){% endif %}"),
        angabe("Stand", "{{ stichtag }}, dieser Tag eingeschlossen"),
        absatz("Offene Beträge", stil="Kapitel"), gesamt(),
        schalter("if zinsen.offen"),
        absatz("Hinzu kommen {{ zinsen.offen }}. Der Basiszinssatz für diese Zeit ist noch nicht bekannt.",
               extra=abstand(vor=1.5, nach=1.5, zeile_pt=12)),
        schalter("endif"),
        schalter("if je_tag.laufen"),
        absatz("Für jeden weiteren Tag kommen {{ je_tag.betrag }} Zinsen hinzu{% if je_tag.bis %} (gilt bis {{ je_tag.bis }}){% endif %}.",
               extra=abstand(vor=1.5, nach=1.5, zeile_pt=12)),
        schalter("endif"),
        schalter("if summe.ueberzahlung > 0"),
        absatz("Überzahlt sind {{ summe.ueberzahlung }}.", extra=abstand(vor=1.5, nach=1.5, zeile_pt=12)), schalter("endif"),
        absatz("Forderungen", stil="Kapitel"), forderungen(),
        schalter("if abschnitte"), absatz("Zinsen", stil="Kapitel"), schalter("endif"),
        schalter("if abschnitte"), zinsen(),
        absatz("{{ zinsen.methode }}{% if zinsen.gezahlt > 0 %} Von der Summe sind {{ zinsen.gezahlt }} bereits gezahlt, erlassen oder in einem "
               "Titel enthalten.{% endif %}", stil="Klein", extra=abstand(vor=1.5, zeile_pt=10)), schalter("endif"),
        schalter("if kosten"), absatz("Kosten", stil="Kapitel"), kosten(), schalter("endif"),
        schalter("if buchungen"), absatz("Zahlungen und Abzüge", stil="Kapitel"), buchungen(), schalter("endif"),
        absatz(stil="Klein"),
    ))  # fmt: skip


def build() -> bytes:
    """Return the template."""
    kopfzeile = kopf(
        absatz(run("{{ verfasser }}\tForderungsaufstellung {{ aktenzeichen }}, Stand {{ stichtag }}"), stil="Klein",
               extra=f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="{LINIE}"/></w:pBdr>'
                     f'<w:tabs><w:tab w:val="right" w:pos="{tw(BREITE)}"/></w:tabs>'),
    )  # fmt: skip
    seite = fuss(
        absatz(run("Seite "), feld("PAGE"), run(" von "), feld("NUMPAGES"), stil="Klein", extra=RECHTSBUENDIG)
    )
    sektion = (
        '<w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{tw(OBEN)}" w:right="{tw(RECHTS)}" w:bottom="{tw(UNTEN)}" '
        f'w:left="{tw(LINKS)}" w:header="{tw(15)}" w:footer="{tw(10)}" w:gutter="0"/>'
    )
    return paket({
        "word/document.xml": dokument(koerper(), sektion), "word/styles.xml": styles_xml(*STILE, punkt=9.5),
        "word/settings.xml": SETTINGS, "word/header1.xml": kopfzeile, "word/footer1.xml": seite,
        "word/_rels/document.xml.rels": verweise(("rId1", "styles", "styles.xml"), ("rId2", "settings", "settings.xml"),
                                                 ("rId3", "header", "header1.xml"), ("rId4", "footer", "footer1.xml")),
        "docProps/core.xml": core_xml("Forderungsaufstellung {{ aktenzeichen }}", "{{ verfasser }}"),
    })  # fmt: skip


if __name__ == "__main__":
    ZIEL.mkdir(parents=True, exist_ok=True)
    (ZIEL / "forderungsaufstellung.docx").write_bytes(build())
    print("forderungsaufstellung")
