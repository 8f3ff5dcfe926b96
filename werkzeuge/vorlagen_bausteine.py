"""What all letters in templates/letters/ are made of: letterhead, address, tables, payment block, package.

The measures are those of DIN 5008: address field 45 mm
from the top and 20 mm from the left, 85 x 45 mm; information block at 125 mm / 50 mm; fold marks at 105 and
210 mm, punch mark at 148.5 mm; text from 25 mm to 190 mm.
"""

import pathlib
import re
from collections.abc import Callable

from ooxml import (
    GRAU,
    HAUSFARBE,
    LINIE,
    SETTINGS,
    absatz,
    abstand,
    bild,
    core_xml,
    dokument,
    feld,
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
)  # fmt: skip

ZIEL = pathlib.Path(__file__).resolve().parent.parent / "templates" / "letters"
BRIEFE: dict[str, tuple[str, Callable[[], str]]] = {}


def brief(art: str, titel: str) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Return the decorator that makes a function the wording of a letter, whose file has that title."""

    def merken(koerper: Callable[[], str]) -> Callable[[], str]:
        BRIEFE[art] = (titel, koerper)
        return koerper

    return merken


LINKS, RECHTS, OBEN, UNTEN = 25.0, 20.0, 27.0, 31.0
TEXTBREITE = 165.0
ANSCHRIFT_OBEN, ANSCHRIFT_HOEHE, VERMERKZONE = 45.0, 45.0, 17.7
INFO_LINKS, INFO_OBEN, INFO_BREITE = 125.0, 50.0, 75.0
ANSCHRIFT_BREITE = 80.0  # 85 mm less the 5 mm between field and text
LOCH = 148.5
FALZ = {"a": (87.0, 192.0), "b": (105.0, 210.0)}  # DIN 5008, forms A and B
CODE = 29.0  # payment code with its quiet zone: readable from a page scanned at 150 dpi

FARBE = f'<w:color w:val="{GRAU}"/>'
WEITER = "<w:keepNext/>"
RECHTSBUENDIG = '<w:jc w:val="right"/>'

STILE = (
    stil("Standard", "Normal", f"<w:widowControl/>{abstand(nach=2.2, zeile_pt=13)}", groesse(10)),
    stil("Anschrift", "Anschrift", abstand(zeile_pt=12.9, genau=True), groesse(10)),
    stil("Ruecksendung", "Rücksendeangabe",
         f'<w:pBdr><w:bottom w:val="single" w:sz="2" w:space="1" w:color="{LINIE}"/></w:pBdr>{abstand(nach=1, zeile_pt=8, genau=True)}',
         f"{FARBE}{groesse(6.5)}"),
    stil("Info", "Informationsblock", f'<w:tabs><w:tab w:val="left" w:pos="{tw(24)}"/></w:tabs>{abstand(zeile_pt=12.5, genau=True)}',
         groesse(9)),
    stil("Briefkopf", "Briefkopf", abstand(), f"<w:b/>{groesse(15)}"),
    stil("Betreff", "Betreff", f"{WEITER}{abstand(vor=8.4, nach=4.2, zeile_pt=14)}", f"<w:b/>{groesse(11.5)}"),
    stil("Unterschrift", "Unterschrift",
         f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="2" w:color="{LINIE}"/></w:pBdr>{abstand(vor=16, zeile_pt=10)}',
         f"{FARBE}{groesse(7.5)}"),
    stil("Kapitel", "Kapitel", f"{WEITER}{abstand(vor=2.6, nach=0.8, zeile_pt=13)}", f"<w:b/>{groesse(10)}"),
    stil("Angabe", "Angabe", abstand(zeile_pt=13), groesse(9.5)),
    stil("Tabelle", "Tabelle", abstand(zeile_pt=12), groesse(9.5)),
    stil("Tabellenkopf", "Tabellenkopf", f"{WEITER}{abstand(zeile_pt=11)}", f"{FARBE}{groesse(8.5)}", "Tabelle"),
    stil("Betrag", "Betrag", RECHTSBUENDIG, "", "Tabelle"),
    stil("Betragskopf", "Betragskopf", RECHTSBUENDIG, "", "Tabellenkopf"),
    stil("Zahlblock", "Zahlblock", f'<w:tabs><w:tab w:val="left" w:pos="{tw(34)}"/></w:tabs>{abstand(nach=0.9, zeile_pt=12.5)}',
         groesse(9.5)),
    stil("Klein", "Klein", abstand(zeile_pt=10), f"{FARBE}{groesse(7.5)}"),
    stil("KleinMitte", "Klein zentriert", '<w:jc w:val="center"/>', "", "Klein"),
    stil("KleinRechts", "Klein rechts", RECHTSBUENDIG, "", "Klein"),
    stil("Steuerzeile", "Steuerzeile", abstand(zeile_pt=7, genau=True), f'<w:color w:val="2E74B5"/>{groesse(6)}'),
)  # fmt: skip


# --- letterhead, address, information block -----------------------------------------------------------


def erster_kopf() -> str:
    """Return the first page's header: logo or name, fold and punch marks."""
    marken = {
        form: marke(nr, oben, 5) + marke(nr + 1, LOCH, 7) + marke(nr + 2, unten, 5)
        for (form, (oben, unten)), nr in zip(FALZ.items(), (11, 14), strict=True)
    }
    knapp = abstand(zeile_pt=1, genau=True)
    platz = run("{% if briefkopf.logo_mitte %}\t{% endif %}{% if briefkopf.logo_rechts %}\t\t{% endif %}")
    stopps = f'<w:tabs><w:tab w:val="center" w:pos="{tw(TEXTBREITE / 2)}"/><w:tab w:val="right" w:pos="{tw(TEXTBREITE)}"/></w:tabs>'
    name = run("{{ absender.name }}", f'<w:color w:val="{HAUSFARBE}"/>')
    logo = zelle(TEXTBREITE, schalter("if absender.logo"), absatz(platz, bild("rId1", 21, "Logo", 60, 14), stil="Briefkopf", extra=stopps),
                 schalter("else"), absatz(platz, name, stil="Briefkopf", extra=stopps), schalter("endif"),
                 extra='<w:vAlign w:val="bottom"/>')  # fmt: skip
    return kopf(
        tabelle([TEXTBREITE], zeile(logo, hoehe=15)),
        schalter("if briefkopf.form_a"),
        absatz(marken["a"], stil="Klein", extra=knapp),
        schalter("else"),
        absatz(marken["b"], stil="Klein", extra=knapp),
        schalter("endif"),
        absatz(stil="Klein", extra=knapp),
    )


def folgekopf() -> str:
    """Return the header of the following pages."""
    return kopf(
        absatz(run("{{ absender.name }}\tAktenzeichen {{ brief.aktenzeichen }} · {{ brief.datum }}"), stil="Klein",
               extra=f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="3" w:color="{LINIE}"/></w:pBdr>'
                     f'<w:tabs><w:tab w:val="right" w:pos="{tw(TEXTBREITE)}"/></w:tabs>'),
    )  # fmt: skip


def anschriftblock() -> str:
    """Return the table that holds the address field and the information block at their exact places."""
    luecke = INFO_LINKS - LINKS - ANSCHRIFT_BREITE
    breiten = [ANSCHRIFT_BREITE, luecke, INFO_BREITE]
    leer = absatz(stil="Klein")
    ruecksendung = absatz("{{ absender.zeile }}", stil="Ruecksendung")
    anschrift = (schalter("for zeile in empfaenger.zeilen"), absatz("{{ zeile }}", stil="Anschrift"),
                 schalter("endfor"))  # fmt: skip
    info = info_absaetze()

    def steuerung(ausdruck: str) -> str:
        return zeile(zelle(sum(breiten), absatz(f"{{%tr {ausdruck} %}}", stil="Steuerzeile"), spalten=3))

    return tabelle(
        breiten,
        # Form A begins where the text area begins; form B 18 mm lower.
        steuerung("if not briefkopf.form_a"),
        zeile(zelle(breiten[0], leer), zelle(luecke, leer), zelle(INFO_BREITE, leer), hoehe=ANSCHRIFT_OBEN - OBEN, genau=True),
        steuerung("endif"),
        zeile(zelle(breiten[0], ruecksendung, extra='<w:vAlign w:val="bottom"/>'), zelle(luecke, leer),
              zelle(INFO_BREITE, *info, extra='<w:vMerge w:val="restart"/>'), hoehe=VERMERKZONE, genau=True),
        zeile(zelle(breiten[0], *anschrift), zelle(luecke, leer), zelle(INFO_BREITE, leer, extra="<w:vMerge/>"),
              hoehe=ANSCHRIFT_HOEHE - VERMERKZONE, genau=True),
    )  # fmt: skip


def info_absaetze() -> list[str]:
    """Return the paragraphs of the information block."""
    erster = absatz(run("Aktenzeichen", FARBE), run("\t"), fett("{{ brief.aktenzeichen }}"), stil="Info",
                    extra=abstand(vor=INFO_OBEN - ANSCHRIFT_OBEN, zeile_pt=12.5, genau=True))  # fmt: skip
    zeilen = [erster]
    for name, wert in (
        ("Kontakt", "absender.ansprechpartner"),
        ("Telefon", "absender.telefon"),
        ("E-Mail", "absender.email"),
    ):
        zeilen += [schalter(f"if {wert}"), absatz(run(name, FARBE), run(f"\t{{{{ {wert} }}}}"), stil="Info"),
                   schalter("endif")]  # fmt: skip
    zeilen.append(
        absatz(
            run("Datum", FARBE),
            run("\t{{ brief.datum }}"),
            stil="Info",
            extra=abstand(vor=2, zeile_pt=12.5, genau=True),
        )
    )
    return zeilen


def fusszeile(erste: bool) -> str:
    """Return the footer: page number on every page, business details in three columns on the first."""
    seite = absatz(run("Seite "), feld("PAGE"), run(" von "), feld("NUMPAGES"), stil="KleinRechts",
                   extra=abstand(nach=1.5, zeile_pt=10) + RECHTSBUENDIG)  # fmt: skip
    if not erste:
        return fuss(seite)
    spalte = TEXTBREITE / 3
    rand = linien(top=4).replace(LINIE, HAUSFARBE)
    innen = abstand(vor=0, zeile_pt=10)
    oben = abstand(vor=1.2, zeile_pt=10)
    anschrift = zelle(
        spalte, absatz("{{ absender.name }}", stil="Klein", extra=oben), absatz("{{ absender.strasse }}", stil="Klein", extra=innen),
        absatz("{{ absender.plz }} {{ absender.ort }}", stil="Klein", extra=innen),
        schalter("if absender.internet"), absatz("{{ absender.internet }}", stil="Klein"), schalter("endif"),
        extra=rand,
    )  # fmt: skip
    bank = zelle(
        spalte, absatz("Bankverbindung", stil="Klein", extra=oben),
        schalter("if absender.bank"), absatz("{{ absender.bank }}", stil="Klein"), schalter("endif"),
        absatz("IBAN {{ absender.iban }}", stil="Klein"),
        schalter("if absender.kontoinhaber != absender.name"),
        absatz("Kontoinhaber {{ absender.kontoinhaber }}", stil="Klein"), schalter("endif"),
        extra=rand,
    )  # fmt: skip
    pflicht = zelle(
        spalte, absatz(stil="Klein", extra=abstand(zeile_pt=3.4, genau=True)),
        schalter("for zeile in absender.pflichtzeilen"), absatz("{{ zeile }}", stil="Klein"),
        schalter("endfor"),
        schalter("if absender.aufsicht"), absatz("{{ absender.aufsicht }}", stil="Klein"), schalter("endif"),
        absatz(stil="Klein", extra=abstand(zeile_pt=1, genau=True)),
        extra=rand,
    )  # fmt: skip
    eigene = zeile(*(
        zelle(spalte, absatz(stil="Klein", extra=abstand(zeile_pt=3.4, genau=True)),
              schalter(f"for zeile in briefkopf.spalte_{nummer}"), absatz("{{ zeile }}", stil="Klein"),
              schalter("endfor"), absatz(stil="Klein", extra=abstand(zeile_pt=1, genau=True)), extra=rand)
        for nummer in (1, 2, 3)
    ))  # fmt: skip

    def steuerung(ausdruck: str) -> str:
        return zeile(zelle(TEXTBREITE, absatz(f"{{%tr {ausdruck} %}}", stil="Steuerzeile"), spalten=3))

    return fuss(seite, tabelle([spalte] * 3, steuerung("if briefkopf.eigene_fusszeile"), eigene, steuerung("else"),
                               zeile(anschrift, bank, pflicht), steuerung("endif"), innen=(0, 0, 0, 3)),
                absatz(stil="Klein", extra=abstand(zeile_pt=1, genau=True)))  # fmt: skip


# --- claim table and payment block --------------------------------------------------------------------

SPALTEN = [63.0, 34.0, 34.0, 34.0]


def forderungstabelle() -> str:
    """Return the claim table: invoices, further items, total in bold; the head repeats on every page."""
    oben, unten, summe = linien(bottom=8), linien(bottom=2), linien(top=8)
    rumpf = sum(SPALTEN[:3])

    def reihe(texte: tuple[str, ...], stile: tuple[str, ...], rand: str, **art: bool) -> str:
        return zeile(*(zelle(breite, absatz(text, stil=s), extra=rand) for breite, text, s in
                       zip(SPALTEN, texte, stile, strict=True)), **art)  # fmt: skip

    def steuerung(ausdruck: str) -> str:
        return zeile(zelle(sum(SPALTEN), absatz(f"{{%tr {ausdruck} %}}", stil="Steuerzeile"), spalten=4))

    normal = ("Tabelle", "Tabelle", "Tabelle", "Betrag")
    posten = zeile(
        zelle(rumpf, absatz("{{ p.text }}", stil="Tabelle", extra=WEITER), spalten=3, extra=unten),
        zelle(SPALTEN[3], absatz("{{ p.betrag }}", stil="Betrag", extra=WEITER), extra=unten),
    )
    gesamt = zeile(
        zelle(rumpf, absatz(fett("Zu zahlen"), stil="Tabelle"), spalten=3, extra=summe),
        zelle(SPALTEN[3], absatz(fett("{{ summe.betrag }}"), stil="Betrag"), extra=summe),
    )
    return tabelle(
        SPALTEN,
        reihe(("Rechnung", "vom", "fällig am", "Betrag"), ("Tabellenkopf",) * 3 + ("Betragskopf",), oben, kopf=True),
        steuerung("for f in forderungen"),
        reihe(("{{ f.nummer }}", "{{ f.datum }}", "{{ f.faellig }}", "{{ f.betrag }}"), normal, unten),
        steuerung("endfor"), steuerung("for p in posten"), posten, steuerung("endfor"), gesamt,
        innen=(0.9, 0.8, 0.9, 0.8),
    )  # fmt: skip


MIT_ZINSEN = (
    "Bei Zahlung bis zum {{ zahlung.gilt_bis }} genügt dieser Betrag.{% if zinsen.laufen %} Bei späterer Zahlung kommen Zinsen "
    "hinzu, vom {{ zinsen.ab }} bis zum Tag vor der Zahlung: {{ zinsen.je_tag }} je Tag{% if zinsen.endet %} bis zum {{ zinsen.bis }}, danach "
    "in der dann geltenden Höhe{% endif %}.{% endif %}"
    "{% if zinsen.offen %}{% if zinsen.gerechnet_bis %} Darin sind Zinsen bis zum {{ zinsen.gerechnet_bis }} enthalten.{% endif %} "
    "Bei späterer Zahlung kommen hinzu: {{ zinsen.offen }}.{% endif %}"
)
OHNE_ZINSEN = "Bei Zahlung bis zum {{ zahlung.gilt_bis }} genügt dieser Betrag."
RATENNOTIZ = "Der Zahlcode ist für die Rate, die am {{ zahlung.gilt_bis }} fällig ist. Konto und Verwendungszweck bleiben immer gleich."


# Interest that is asked for carries its rate, also when the principal is paid and no more accrues.
ZINSSATZ = (
    schalter("if zinsen.text and (zinsen.laufen or zinsen.offen or summe.zinsen > 0)")
    + absatz("Zinsen: {{ zinsen.text }}.", stil="Klein", extra=WEITER)
    + schalter("endif")
)


def zahlblock(notiz: str = OHNE_ZINSEN, betrag: str = "Betrag", *, zinssatz: bool = False) -> str:
    """Return the payment block: details on the left, payment code on the right, never split."""
    links, rechts = TEXTBREITE - CODE - 8, CODE + 8
    rahmen = linien(top=4, left=4, bottom=4), linien(top=4, bottom=4, right=4)
    angaben = [absatz(fett("So können Sie zahlen"), stil="Zahlblock", extra=WEITER)]
    for name, wert in ((betrag, "zahlung.betrag"), ("Empfänger", "zahlung.empfaenger"),
                       ("IBAN", "zahlung.iban"), ("Verwendungszweck", "zahlung.verwendungszweck")):  # fmt: skip
        angaben.append(
            absatz(run(name, FARBE), run("\t"), fett(f"{{{{ {wert} }}}}"), stil="Zahlblock", extra=WEITER)
        )
    if zinssatz:
        angaben.append(ZINSSATZ)
    angaben.append(absatz(notiz, stil="Klein"))
    code = (
        schalter("if zahlung.zahlcode"), absatz(bild("rId10", 31, "Zahlcode", CODE, CODE), stil="KleinMitte"),
        absatz("Scannen und zahlen", stil="KleinMitte"), schalter("endif"),
        absatz(stil="KleinMitte", extra=abstand(zeile_pt=1, genau=True)),
    )  # fmt: skip
    return tabelle(
        [links, rechts],
        zeile(zelle(links, *angaben, extra=rahmen[0] + '<w:vAlign w:val="center"/>'),
              zelle(rechts, *code, extra=rahmen[1] + '<w:vAlign w:val="center"/>')),
        innen=(1.6, 3, 1.2, 2),
    )  # fmt: skip


# --- wording ----------------------------------------------------------------------------------------

ZU_RECHNUNG = (
    "{% if forderungen|length == 1 %} zu Rechnung {{ forderungen[0].nummer }}"
    "{% else %} zu {{ forderungen|length }} Rechnungen{% endif %}"
)
BITTE = absatz(
    "Bitte überweisen Sie ", fett("{{ zahlung.betrag }}"), " bis ", fett("{{ brief.frist_lang }}"), ".",
    extra=WEITER + abstand(vor=4, nach=2.4, zeile_pt=13),
)  # fmt: skip
LUECKE = absatz(stil="Klein", extra=abstand(zeile_pt=9, genau=True))
SCHON_GEZAHLT = absatz(
    "Sie haben in den letzten Tagen schon gezahlt? Dann vielen Dank – dieser Brief hat sich damit erledigt.",
    extra=WEITER,
)
KONTAKT = (
    "{% if absender.telefon %} unter {{ absender.telefon }}{% if absender.email %} oder{% endif %}{% endif %}"
    "{% if absender.email %} per E-Mail an {{ absender.email }}{% endif %}"
)
_ZUSATZ = schalter("for eigener in brief.zusatz") + absatz("{{ eigener }}") + schalter("endfor")
_GRUSSWORT = _ZUSATZ + absatz(
    "Mit freundlichen Grüßen", extra=WEITER + abstand(vor=3.5, nach=2.2, zeile_pt=13)
)
GRUSS = _GRUSSWORT + absatz("{{ absender.name }}")
GRUSS_ZUR_UNTERSCHRIFT = _GRUSSWORT + absatz(
    "{{ absender.name }}", extra=WEITER
)  # takes the lines to sign along
ANLAGEN = (
    schalter("if anlagen")
    + absatz(fett("Anlagen: "), "{% for a in anlagen %}{{ a }}{% if not loop.last %}, {% endif %}{% endfor %}",
             extra=abstand(vor=2, nach=0, zeile_pt=13))
    + schalter("endif")
)  # fmt: skip
GESAMTSCHULD = (
    schalter("if gesamtschuldner")
    + absatz("Diesen Betrag schulden gemeinsam: {% for s in schuldner %}{{ s.name }} ({{ s.ort }}){% if not loop.last %}, "
             "{% endif %}{% endfor %}. Er ist insgesamt nur einmal zu zahlen.")
    + schalter("endif")
)  # fmt: skip


# --- pieces that several letters share ----------------------------------------------------------------

MELDEN = f"Dann melden Sie sich bitte bei uns{KONTAKT}."


WEITER_MAHNBESCHEID = (
    schalter("if schritt.mahnbescheid")
    + absatz(fett("Wie es sonst weitergeht. "), "Haben wir bis zum {{ brief.frist }} weder eine Zahlung noch eine Nachricht von "
             "Ihnen, beantragen wir beim zuständigen Amtsgericht einen Mahnbescheid. Dafür entstehen Gerichtskosten. "
             "Ist die Forderung berechtigt, müssen Sie auch diese Kosten tragen.")
    + schalter("endif")
)  # fmt: skip
REDEN = absatz(
    fett("Reden Sie vorher mit uns. "), f"Können Sie nicht alles auf einmal zahlen, schlagen Sie uns eine Rate vor{KONTAKT}. "
    "Halten Sie die Forderung ganz oder zum Teil für falsch, schreiben Sie uns den Grund; dann prüfen wir ihn, "
    "bevor etwas anderes geschieht.",
)  # fmt: skip


def beginn(betreff: str) -> str:
    """Return subject and salutation."""
    return absatz(betreff, stil="Betreff") + absatz("{{ empfaenger.anrede }}")


def nur_wenn(bedingung: str, *absaetze: str) -> str:
    """Return paragraphs under a condition."""
    return schalter(f"if {bedingung}") + "".join(absaetze) + schalter("endif")


def kapitel(text: str) -> str:
    """Return a small heading inside a letter."""
    return absatz(text, stil="Kapitel")


def reihe(breiten: list[float], texte: list[str], *, fett_: bool = False, kopf_: bool = False, rand: str = "",
          links: int = 1) -> str:  # fmt: skip
    """Return a table row; the first `links` cells stand left, the others right."""
    zellen = []
    for nummer, (breite, text) in enumerate(zip(breiten, texte, strict=True)):
        stil_ = (
            ("Tabellenkopf" if nummer < links else "Betragskopf")
            if kopf_
            else ("Tabelle" if nummer < links else "Betrag")
        )
        zellen.append(zelle(breite, absatz(fett(text) if fett_ else run(text), stil=stil_), extra=rand))
    return zeile(*zellen, kopf=kopf_)


def schleife(breiten: list[float], ausdruck: str) -> str:
    """Return a table row that only controls."""
    return zeile(
        zelle(sum(breiten), absatz(f"{{%tr {ausdruck} %}}", stil="Steuerzeile"), spalten=len(breiten))
    )


def standtabelle() -> str:
    """Return the balance in its parts, with the total in bold."""
    breiten = [131.0, 34.0]
    unten = linien(bottom=2)
    return tabelle(
        breiten,
        reihe(breiten, ["Stand am {{ brief.stand }}", "Betrag"], kopf_=True, rand=linien(bottom=8)),
        reihe(breiten, ["Offener Betrag ohne Zinsen und Kosten", "{{ stand.hauptforderung }}"], rand=unten),
        schleife(breiten, "if stand.zinsen > 0"), reihe(breiten, ["{{ stand.zinsen_text }}", "{{ stand.zinsen }}"], rand=unten),
        schleife(breiten, "endif"), schleife(breiten, "if stand.kosten > 0"),
        reihe(breiten, ["Kosten", "{{ stand.kosten }}"], rand=unten), schleife(breiten, "endif"),
        reihe(breiten, ["Zusammen", "{{ stand.gesamt }}"], fett_=True, rand=linien(top=8)),
        innen=(0.9, 0.8, 0.9, 0.8),
    ) + LUECKE  # fmt: skip


def liste(name: str, spalten: list[tuple[float, str, str]], links: int = 1) -> str:
    """Return a table over one list of values: (width, heading, value) for each column."""
    breiten = [breite for breite, _, _ in spalten]
    return tabelle(
        breiten,
        reihe(breiten, [titel for _, titel, _ in spalten], kopf_=True, rand=linien(bottom=8), links=links),
        schleife(breiten, f"for z in {name}"),
        reihe(breiten, [f"{{{{ z.{wert} }}}}" for _, _, wert in spalten], rand=linien(bottom=2), links=links),
        schleife(breiten, "endfor"), innen=(0.9, 0.8, 0.9, 0.8),
    ) + LUECKE  # fmt: skip


def angabe(name: str, wert: str) -> str:
    """Return one line: name in grey, value beside it. A table, because the engine breaks lines behind a tab too late."""
    breiten = [46.0, TEXTBREITE - 46.0]
    schluss = absatz(stil="Klein", extra=abstand(zeile_pt=2, genau=True))
    return (
        tabelle(breiten, zeile(zelle(breiten[0], absatz(run(name, FARBE), stil="Angabe")),
                               zelle(breiten[1], absatz(wert, stil="Angabe")))) + schluss
    )  # fmt: skip


ABSTAND = absatz(stil="Klein", extra=abstand(zeile_pt=5, genau=True))


UNTERSCHRIFT = "Unterschrift"  # a paragraph with a line above and room to sign


def unterschrift(*, absender: bool, empfaenger: bool) -> str:
    """Return lines to sign on, never alone on a page: for the sender, and one for each person who receives the letter."""
    breite, luecke = 75.0, 15.0
    leer = absatz(stil="Klein")
    haus = absatz("Ort, Datum, {{ absender.name }}", stil=UNTERSCHRIFT)
    personen = (
        schalter("for person in empfaenger.personen")
        + absatz("Ort, Datum, {{ person.name }}", stil=UNTERSCHRIFT)
        + schalter("endfor")
    )
    seiten = [teil for teil, an in ((haus, absender), (personen, empfaenger)) if an] + [leer]
    ende = absatz(
        stil="Klein", extra=abstand(zeile_pt=1, genau=True)
    )  # Word wants it; it must not open a page
    return absatz(stil="Klein", extra=WEITER) + tabelle(
        [breite, luecke, breite],
        zeile(zelle(breite, seiten[0]), zelle(luecke, leer), zelle(breite, seiten[1])),
    ) + ende  # fmt: skip


# --- package ----------------------------------------------------------------------------------------


def sektion() -> str:
    """Return the section: A4, other header and footer on the first page."""
    return (
        '<w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId3"/>'
        '<w:footerReference w:type="default" r:id="rId6"/><w:footerReference w:type="first" r:id="rId5"/>'
        f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{tw(OBEN)}" w:right="{tw(RECHTS)}" w:bottom="{tw(UNTEN)}" '
        f'w:left="{tw(LINKS)}" w:header="{tw(10)}" w:footer="{tw(8)}" w:gutter="0"/><w:titlePg/>'
    )


def platzhalter(breite: int, hoehe: int, punkte: int) -> bytes:
    """Return a grey PNG; each placeholder has its own size, because Word stores equal pictures once."""
    import struct
    import zlib

    def chunk(art: bytes, inhalt: bytes) -> bytes:
        return struct.pack(">I", len(inhalt)) + art + inhalt + struct.pack(">I", zlib.crc32(art + inhalt))

    breite, hoehe = breite * punkte, hoehe * punkte
    zeilen = b"".join(b"\0" + b"\xd9" * breite for _ in range(hoehe))
    return b"\x89PNG\r\n\x1a\n" + b"".join((
        chunk(b"IHDR", struct.pack(">IIBBBBB", breite, hoehe, 8, 0, 0, 0, 0)),
        chunk(b"IDAT", zlib.compress(zeilen, 9)), chunk(b"IEND", b""),
    ))  # fmt: skip


_VORSCHRIFT = re.compile(r"§§? [^()<{]{1,24}?(?:BGB|RDG|BRAO|InsO|VSBG|BMG)")


def keep_provisions(koerper: str) -> str:
    """Return the text with no-break spaces inside provisions: „§ 205 BGB“ never stands on two lines."""
    return _VORSCHRIFT.sub(lambda treffer: treffer[0].replace(" ", "\u00a0"), koerper)


def build(titel: str, koerper: str) -> bytes:
    """Return one letter template."""
    return paket({
        "word/document.xml": dokument(keep_provisions(anschriftblock() + koerper + ANLAGEN), sektion()),
        "word/styles.xml": styles_xml(*STILE), "word/settings.xml": SETTINGS,
        "word/header1.xml": erster_kopf(), "word/header2.xml": folgekopf(),
        "word/footer1.xml": fusszeile(erste=True), "word/footer2.xml": fusszeile(erste=False),
        "word/media/logo.png": platzhalter(60, 14, 1), "word/media/zahlcode.png": platzhalter(29, 29, 1),
        "word/_rels/document.xml.rels": verweise(
            ("rId1", "styles", "styles.xml"), ("rId2", "settings", "settings.xml"), ("rId3", "header", "header1.xml"),
            ("rId4", "header", "header2.xml"), ("rId5", "footer", "footer1.xml"), ("rId6", "footer", "footer2.xml"),
            ("rId10", "image", "media/zahlcode.png")),
        "word/_rels/header1.xml.rels": verweise(("rId1", "image", "media/logo.png")),
        "docProps/core.xml": core_xml(f"{titel} {{{{ brief.aktenzeichen }}}}", "{{ absender.name }}"),
    })  # fmt: skip
