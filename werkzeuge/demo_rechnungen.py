"""Write the invoices and papers of the demo Bestand (fixtures/demo). Run by hand; the files are committed.

Needs fpdf2 and factur-x, which the program itself does not: `pip install fpdf2 factur-x lxml`, then
`python werkzeuge/demo_rechnungen.py`. All people and firms are invented; the IBAN is a documented test number.
"""

import datetime as dt
import pathlib
from decimal import Decimal

from rechnung_pdf import build_letter, build_pdf
from rechnung_xml import EN16931, XRECHNUNG, Partei, Position, Rechnung, build_cii, build_ubl

DEMO = pathlib.Path(__file__).resolve().parent.parent / "fixtures/demo"
IBAN = "DE02120300000000202051"
VERKAEUFER = Partei(
    zeilen=("Möbelhaus Übersee GmbH",),
    strasse="Industriestr. 7",
    plz="01067",
    ort="Dresden",
    email="forderung@moebelhaus.example",
    kontakt="Buchhaltung, Frau Beispiel",
    telefon="0351 1234560",
    ust_id="DE123456789",
)
FUSSZEILE = (
    "Möbelhaus Übersee GmbH\nIndustriestr. 7\n01067 Dresden\nTelefon 0351 1234560\nforderung@moebelhaus.example",
    "Sitz Dresden\nAmtsgericht Dresden HRB 12345\nGeschäftsführerin Erika Muster\nUSt-IdNr. DE123456789",
    "IBAN DE02 1203 0000 0000 2020 51\nKontoinhaber Möbelhaus Übersee GmbH",
)
HINWEIS_30_TAGE = (
    "Bitte überweisen Sie den Betrag bis zum {tag} auf das unten genannte Konto. Sie geraten spätestens in Verzug, "
    "wenn Sie nicht innerhalb von 30 Tagen nach Fälligkeit und Zugang dieser Rechnung zahlen (§ 286 Abs. 3 BGB)."
)
VEREINBART = "Wie im Vertrag vereinbart, ist der Betrag am {tag} fällig."


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _invoice(
    nummer: str, datum: str, leistung: str, faellig: str, kaeufer: Partei, text: str, *positionen: Position
) -> Rechnung:
    zahlungstext = text.format(tag=f"{_day(faellig):%d.%m.%Y}")
    kunde = f"K-{sum(map(ord, kaeufer.name)) % 9000 + 1000}"
    return Rechnung(
        nummer, _day(datum), _day(leistung), _day(faellig), kaeufer, positionen, zahlungstext, kunde
    )


def _goods(text: str, menge: int, preis: str) -> Position:
    return Position(text, menge, Decimal(preis))


def _service(text: str, preis: str) -> Position:
    return Position(text, 1, Decimal(preis), einheit="pauschal")


VOGELSANG = Partei(("Lena Vogelsang",), "Lindenallee 8", "04177", "Leipzig", "lena.vogelsang@post.example")
NORDLICHT = Partei(
    ("Kontor Nordlicht GmbH",), "Messestr. 14", "04356", "Leipzig", "rechnung@nordlicht.example"
)
BRANDT = Partei(("Karin Brandt", "und Holger Brandt"), "Gartenweg 12", "09112", "Chemnitz", "")
ELBBLICK = Partei(
    ("Bootshaus Elbblick GmbH & Co. KG",), "Uferstr. 5", "39104", "Magdeburg", "buero@elbblick.example"
)
LINDNER = Partei(("Tobias Lindner",), "Rosenstr. 27", "06114", "Halle (Saale)", "t.lindner@post.example")
MORGENROT = Partei(
    ("Café Morgenrot", "Inh. Sabine Keller"), "Marktplatz 2", "99084", "Erfurt", "gruss@morgenrot.example"
)
NOWAK = Partei(("Zofia Nowak",), "Gartenstr. 19", "02826", "Görlitz", "zofia.nowak@post.example")
KRAHL = Partei(("Steffen Krahl",), "Talstr. 6", "09599", "Freiberg", "")

ZUGFERD = {
    "2026-0101": _invoice(
        "RE-2026-214", "2026-10-19", "2026-10-17", "2026-11-02", VOGELSANG, HINWEIS_30_TAGE,
        _goods("Schlafsofa „Travemünde“, Webstoff graublau", 1, "840.34"),
        _service("Lieferung und Aufstellung", "67.22"),
    ),
    "2026-0064": _invoice(
        "RE-2026-131", "2026-06-03", "2026-05-28", "2026-07-03", ELBBLICK, VEREINBART,
        _goods("Terrassenstuhl „Elbe“, stapelbar", 20, "95.00"),
        _goods("Terrassentisch „Elbe“, 80 × 80 cm", 5, "220.00"),
    ),
    "2026-0095": _invoice(
        "RE-2026-205", "2026-10-12", "2026-10-09", "2026-10-26", LINDNER,
        "Wir ziehen den Betrag am {tag} mit dem vereinbarten SEPA-Lastschriftmandat von Ihrem Konto ein.",
        _goods("Kleiderschrank „Rügen“, zweitürig, weiß", 1, "655.46"), _service("Montage", "100.00"),
    ),
    "2026-0090": _invoice(
        "RE-2026-169", "2026-09-03", "2026-09-01", "2026-10-05", MORGENROT, VEREINBART,
        _goods("Bistrotisch „Altstadt“, rund", 8, "110.00"), _goods("Bistrostuhl „Altstadt“", 16, "30.00"),
    ),
    "2026-0093": _invoice(
        "RE-2026-190", "2026-09-24", "2026-09-22", "2026-10-08", NOWAK, HINWEIS_30_TAGE,
        _goods("Kinderzimmer „Möwe“, dreiteilig", 1, "600.00"), _goods("Wandregal „Möwe“", 2, "60.00"),
    ),
    "2022-0417": _invoice(
        "RE-2022-309", "2022-05-09", "2022-05-06", "2022-06-08", KRAHL, VEREINBART,
        _goods("Wohnwand „Fichtelberg“, Eiche", 1, "1210.08"),
    ),
}  # fmt: skip
XRECHNUNG_UBL = _invoice(
    "RE-2026-178", "2026-09-07", "2026-09-04", "2026-10-05", NORDLICHT, VEREINBART,
    _goods("Schreibtisch „Kontor 160“", 6, "289.00"), _goods("Bürostuhl „Ostsee“", 6, "119.00"),
)  # fmt: skip
XRECHNUNG_CII = _invoice(
    "RE-2026-185", "2026-09-14", "2026-09-11", "2026-10-12", NORDLICHT, VEREINBART,
    _goods("Rollcontainer „Kontor“", 2, "149.00"), _goods("Schreibtischleuchte „Leuchtturm“", 4, "89.00"),
)  # fmt: skip
EINFACHES_PDF = _invoice(
    "RE-2026-193", "2026-10-01", "2026-09-29", "2026-10-22", BRANDT, HINWEIS_30_TAGE,
    _goods("Esstisch „Hiddensee“, Eiche, ausziehbar", 1, "1100.00"),
    _goods("Stuhl „Hiddensee“, gepolstert", 6, "150.00"),
)  # fmt: skip


LIEFERSCHEIN = (
    "Geliefert und aufgestellt: 20 Terrassenstühle „Elbe“, 5 Terrassentische „Elbe“.",
    "Ware vollständig und unbeschädigt erhalten: Magdeburg, 28.05.2026, gez. R. Seeger",
)
MAHNUNG = (
    "Sehr geehrte Damen und Herren,",
    "der Rechnungsbetrag von 3.570,00 € ist seit dem 03.07.2026 fällig und bis heute nicht eingegangen.",
    "Bitte zahlen Sie bis zum 31.08.2026. Danach beantragen wir den Mahnbescheid.",
    "Mit freundlichen Grüßen\nMöbelhaus Übersee GmbH",
)
RUECKGABE = (
    "Auszug aus der Umsatzanzeige vom 29.10.2026, Konto DE02 1203 0000 0000 2020 51:",
    "SEPA-Lastschrift RE-2026-205, Tobias Lindner, 899,00 €: zurückgegeben mangels Deckung.",
    "Entgelt der Bank für die Rückgabe: 4,30 €.",
)


def _write(akte: str, pfad: str, inhalt: bytes) -> None:
    ziel = DEMO / akte / pfad
    ziel.parent.mkdir(parents=True, exist_ok=True)
    ziel.write_bytes(inhalt)
    print(f"{len(inhalt):>7}  {akte}/{pfad}")


def write_rechnungen() -> None:
    """Write every invoice of the demo."""
    for akte, rechnung in ZUGFERD.items():
        xml = build_cii(rechnung, VERKAEUFER, IBAN, EN16931)
        _write(akte, f"rechnungen/{rechnung.nummer}.pdf", build_pdf(rechnung, VERKAEUFER, FUSSZEILE, xml))
    _write("2026-0087", "rechnungen/RE-2026-178.xml", build_ubl(XRECHNUNG_UBL, VERKAEUFER, IBAN))
    _write("2026-0087", "rechnungen/RE-2026-185.xml", build_cii(XRECHNUNG_CII, VERKAEUFER, IBAN, XRECHNUNG))
    _write("2026-0092", "rechnungen/RE-2026-193.pdf", build_pdf(EINFACHES_PDF, VERKAEUFER, FUSSZEILE, None))


def write_belege() -> None:
    """Write the papers that the cases name as proof."""
    _write_letter(
        "2026-0064", "lieferschein", "2026-05-28", ELBBLICK, "Lieferschein L-2026-118", LIEFERSCHEIN
    )
    _write_letter(
        "2026-0064", "mahnung-letzte", "2026-08-17", ELBBLICK, "Letzte Mahnung zu RE-2026-131", MAHNUNG
    )
    _write_letter(
        "2026-0095", "ruecklastschrift", "2026-10-29", VERKAEUFER, "Rückgabe einer Lastschrift", RUECKGABE
    )


def _write_letter(
    akte: str, name: str, tag: str, an: Partei, betreff: str, absaetze: tuple[str, ...]
) -> None:
    inhalt = build_letter(VERKAEUFER, FUSSZEILE, _day(tag), an.anschrift, betreff, absaetze)
    _write(akte, f"belege/{name}-{tag}.pdf", inhalt)


if __name__ == "__main__":
    write_rechnungen()
    write_belege()
