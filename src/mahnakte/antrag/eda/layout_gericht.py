"""Record layouts besides the first application: the courts' messages and the follow-ups (07, 08, 20, 25, 29).

Proof B throughout (formats 4000 and 4100); fields follow each other without gaps from position 10. The Kennsatz of
the message 16 is not known: its records are shown as they are.
"""

from mahnakte.antrag.eda.layout import Feld, Feldart, Satz

FORMAT_FOLGEANTRAG = "4100"

_X, _L, _M, _D, _B = Feldart.TEXT, Feldart.ZIFFERN_LEER, Feldart.MARKE, Feldart.DATUM, Feldart.BETRAG


def lay_fields(
    kennung: str, schluessel: str, bedeutung: str, sicherheit: str, *felder: tuple[str, int, Feldart, str]
) -> Satz:
    """Lay fields one after the other from position 10; a field named `_` is filler."""
    stelle = 10
    gelegt = []
    for name, laenge, art, sinn in felder:
        if name != "_":
            gelegt.append(Feld(name, stelle, laenge, art, sinn))
        stelle += laenge
    return Satz(kennung, schluessel, bedeutung, sicherheit, tuple(gelegt))


def _beteiligte(satzart: str, kennungen: tuple[str, str, str, str, str]) -> tuple[Satz, ...]:
    """Address, representative and agent of the debtor, which the messages 16 and 18 carry alike."""
    anschrift, vertreter, vertreter_ort, bevollmaechtigter, bevollmaechtigter_ort = kennungen
    return (
        lay_fields(anschrift, f"{satzart}AG   00", "Antragsgegner: Anschrift", "B",
            ("AGSH", 35, _X, "Straße"), ("AGPLZ", 5, _X, "Postleitzahl"), ("AGO", 27, _X, "Ort"),
            ("AGAL", 3, _X, "Staat"), ("_", 49, _X, "")),
        lay_fields(vertreter, f"{satzart}AGGV 01", "Antragsgegner: gesetzlicher Vertreter", "B",
            ("AGGVFU", 35, _X, "Funktion"), ("AGGVN", 35, _X, "Name"), ("_", 49, _X, "")),
        lay_fields(vertreter_ort, f"{satzart}AGGV 02", "Antragsgegner: Anschrift des Vertreters", "B",
            ("AGGVSH", 35, _X, "Straße"), ("AGGVPLZ", 5, _X, "Postleitzahl"), ("AGGVO", 27, _X, "Ort"),
            ("AGGVAL", 3, _X, "Staat"), ("_", 49, _X, "")),
        lay_fields(bevollmaechtigter, f"{satzart}AGPV 01", "Bevollmächtigter des Antragsgegners", "B",
            ("AGPVANR", 1, _X, "Art"), ("AGPVN", 105, _X, "Bezeichnung"), ("_", 13, _X, "")),
        lay_fields(bevollmaechtigter_ort, f"{satzart}AGPV 02", "Bevollmächtigter des Antragsgegners: Anschrift", "B",
            ("AGPVSH", 35, _X, "Straße"), ("AGPVPLZ", 5, _X, "Postleitzahl"), ("AGPVO", 27, _X, "Ort"),
            ("AGPVAL", 3, _X, "Staat"), ("_", 49, _X, "")),
    )  # fmt: skip


def _rechtsmittel(kennung: str, satzart: str) -> Satz:
    return lay_fields(kennung, f"{satzart}RM   00", "Rechtsmittelhinweis", "B",
        ("RMART", 1, _X, "Art"), ("RMFRIST", 2, _X, "Frist"), ("RMNORM", 15, _X, "Vorschrift"),
        ("RMG1ART", 1, _X, "Art des Gerichts 1"), ("RMG1PLZO", 35, _X, "Gericht 1"),
        ("RMG2ART", 1, _X, "Art des Gerichts 2"), ("RMG2PLZO", 35, _X, "Gericht 2"),
    )  # fmt: skip


def _kosten(satzart: str, was: str) -> Satz:
    return lay_fields("L02", f"{satzart}AUSGB00", was, "B",
        ("ASAUSL", 8, _B, "Auslagen des Antragstellers"),
        ("GERGEB", 7, _B, "Gerichtsgebühr"),
        ("ZUAUSL", 4, _B, "Zustellungsauslagen"),
        ("RAGEB", 9, _B, "Gebühr des Bevollmächtigten"),
        ("RAAUSL", 7, _B, "Auslagen des Bevollmächtigten"),
        ("RAMWST", 8, _B, "Umsatzsteuer"),
        ("AUSGZI", 10, _B, "ausgerechnete Zinsen"),
        ("NEBF", 10, _B, "Nebenforderungen"),
        ("_", 56, _X, ""),
    )  # fmt: skip


_ERLASS = (
    lay_fields("L01", "03KS   00", "Kosten- und Erlassnachricht", "B",
        ("KEZI", 8, _X, "Kennziffer"),
        *((f"GNR{i}", 11, _L, f"Geschäftsnummer {i}") for i in range(1, 6)),
        ("ASGZ", 35, _X, "unser Geschäftszeichen"),
        ("ELD", 6, _D, "erlassen am"),
        ("ASPBET", 10, _B, "Hauptforderung"),
    ),
    _kosten("03", "Kosten des Mahnbescheids"),
    lay_fields("L03", "03ZAW  01", "Zahlungsempfänger", "B",
        ("ZEMPF1", 27, _X, "Empfänger"), ("ZEMPF2", 27, _X, "Empfänger, Teil 2"),
        ("ZIBAN", 34, _X, "IBAN"), ("ZBIC", 11, _X, "BIC"),
    ),
    lay_fields("L04", "03ZAW  02", "Zahlung an die Gerichtskasse", "B",
        ("ZBET", 7, _B, "Betrag"), ("ZVWZ", 27, _X, "Verwendungszweck"),
    ),
    _rechtsmittel("L05", "03"),
)  # fmt: skip

_ZUSTELLUNG = (
    lay_fields("M01", "05KS   00", "Zustellungsnachricht", "B",
        ("KEZI", 8, _X, "Kennziffer"), ("GNR", 11, _L, "Geschäftsnummer"),
        ("ASGZ", 35, _X, "unser Geschäftszeichen"),
        ("NAM", 2, _X, "Art der Nachricht"), ("ZUD", 6, _D, "Tag der Zustellung"),
    ),
    lay_fields("M02", "05AG   01", "Antragsgegner: Name", "B",
        ("AGANR", 5, _X, "Anrede"), ("AGN1", 35, _X, "Name 1"), ("AGN2", 35, _X, "Name 2"),
        ("AGN3", 35, _X, "Name 3"),
    ),
    lay_fields("M03", "05AG   02", "Antragsgegner: Name, Teil 4", "B", ("AGN4", 35, _X, "Name 4")),
    lay_fields("M04", "05AG   03", "Antragsgegner: Anschrift", "B",
        ("AGSH", 35, _X, "Straße"), ("AGPLZ", 5, _X, "Postleitzahl"), ("AGO", 27, _X, "Ort"),
        ("AGAL", 3, _X, "Staat"), ("_", 1, _X, ""), ("GVFU", 35, _X, "Funktion des Vertreters"),
    ),
    lay_fields("M05", "05AGGV 00", "Vertreter des Antragsgegners", "B",
        ("AGGVN", 35, _X, "Name"), ("AGGVSH", 35, _X, "Straße"), ("AGGVPLZ", 5, _X, "Postleitzahl"),
        ("AGGVO", 27, _X, "Ort"), ("AGGVAL", 3, _X, "Staat"),
    ),
    lay_fields("M06", "05NZUG 01", "Nichtzustellung", "B",
        ("NZUMM", 1, _X, "Merkmal"), ("FMM", 1, _X, "Merkmal"), ("NZUG1", 90, _X, "Grund"),
    ),
    lay_fields("M07", "05NZUG 02", "Nichtzustellung, Fortsetzung", "B", ("NZUG2", 30, _X, "Grund")),
)  # fmt: skip

_WIDERSPRUCH = (
    *_beteiligte("18", ("O03", "O04", "O05", "O06", "O07")),
    _rechtsmittel("O08", "18"),
    lay_fields("O01", "18KS   00", "Widerspruchsnachricht", "B",
        ("KEZI", 8, _X, "Kennziffer"), ("GNR", 11, _L, "Geschäftsnummer"),
        ("ASGZ", 35, _X, "unser Geschäftszeichen"), ("AGGZ", 35, _X, "Zeichen des Antragsgegners"),
        ("WISTW", 11, _B, "Streitwert"), ("PKH2", 9, _B, "Kosten bei Abgabe"),
        ("ZUAUSL", 6, _B, "Zustellungsauslagen"), ("ASTRVM", 1, _M, "streitiges Verfahren beantragt"),
    ),
    lay_fields("O02", "18WIPG 00", "Widerspruch und Prozessgericht", "B",
        ("WIARTM", 1, _X, "Art des Widerspruchs"), ("WIANZ", 1, _X, "Anzahl"),
        ("WIBEGR", 1, _X, "Begründung"), ("WIHFBET", 10, _B, "Hauptforderung, der widersprochen ist"),
        ("WIZIM", 1, _X, "Zinsen"), ("WIZIARTM", 2, _X, "Zinsart"), ("WIZISA", 5, Feldart.PROZENT, "Zinssatz"),
        ("WIVKOM", 1, _X, "Verfahrenskosten"), ("WINEBBET", 10, _B, "Nebenforderungen"),
        ("PGM", 1, _X, "Art des Prozessgerichts"), ("PGPLZ", 5, _X, "Postleitzahl"), ("PGO", 30, _X, "Ort"),
        ("WIEFD", 6, _D, "Widerspruch eingegangen am"),
    ),
)  # fmt: skip

_ABGABE = _beteiligte("16", ("N02", "N03", "N04", "N05", "N06"))

_VB_ERLASS = (
    lay_fields("L01", "22KS   00", "Kosten- und Erlassnachricht zum Vollstreckungsbescheid", "B",
        ("KEZI", 8, _X, "Kennziffer"), ("GNR1", 11, _L, "Geschäftsnummer"), ("_", 44, _X, ""),
        ("ASGZ", 35, _X, "unser Geschäftszeichen"), ("ELD", 6, _D, "erlassen am"),
        ("ASPBET", 10, _B, "Hauptforderung"), ("_", 5, _X, ""),
    ),
    _kosten("22", "Kosten des Vollstreckungsbescheids"),
)  # fmt: skip

G01 = lay_fields("G01", "20KS   00", "Monierung", "B",
    ("TKEZI", 8, _X, "Kennziffer des Teilnehmers"), ("ASGZ", 35, _X, "unser Geschäftszeichen"),
    *((f"GNR{i}", 11, _L, f"Geschäftsnummer {i}") for i in range(1, 6)),
    ("MOD", 6, _D, "Tag der Monierung"), ("AND", 6, _D, "Tag des Antrags"),
    ("MOBELART", 2, _X, "Art des beanstandeten Antrags"), ("_", 7, _X, ""),
)  # fmt: skip
G02 = lay_fields("G02", "20MO   00", "beanstandete Angabe", "B",
    ("FSCHL", 3, _X, "Fehlerschlüssel"), ("FELDN", 20, _X, "Feld"), ("INDEX1", 2, _X, "Index 1"),
    ("INDEX2", 2, _X, "Index 2"), ("MAS", 1, _X, "Merkmal"), ("MAZ", 1, _X, "Merkmal"), ("MAZPOS", 1, _X, "Merkmal"),
    ("FORM", 1, _X, "Merkmal"), ("INHALT", 35, Feldart.FORTSETZUNG, "Inhalt"), ("_", 53, _X, ""),
)  # fmt: skip

_QUITTUNG = (
    lay_fields(
        "P01",
        "90QU   00",
        "Empfangsbestätigung des Gerichts",
        "B",
        ("TEXT", 116, Feldart.FORTSETZUNG, "Text"),
        ("_", 3, _X, ""),
    ),
)

E01 = lay_fields("E01", "08KS   00", "Antrag auf Erlass des Vollstreckungsbescheids", "B",
    ("TKEZI", 8, _X, "Kennziffer des Teilnehmers"), ("GNR", 11, _L, "Geschäftsnummer des Mahngerichts"),
    ("ASGZ", 30, _X, "unser Geschäftszeichen"), ("VBAND", 6, _D, "Tag des Antrags"),
    ("VBZAM", 1, _X, "1 keine Zahlungen, 2 Zahlungen folgen"),
    ("VBZUM", 1, _X, "1 Zustellung durch das Gericht, 2 durch die Partei"),
    ("VBPTBET", 8, _B, "Porto und Vordruck"), ("VBSKOBET", 8, _B, "sonstige Kosten"),
    ("VBSKOBG", 35, _X, "Grund der sonstigen Kosten"), ("KOZIM", 1, _M, "Zinsen auf die Kosten"),
    ("ASPVAUSL", 7, _B, "Auslagen des Bevollmächtigten"), ("_", 3, _X, ""),
)  # fmt: skip

_ZAHLUNGEN = tuple(
    feld
    for i in range(1, 7)
    for feld in ((f"VBZAD{i}", 6, _D, f"Zahlung {i}: Tag"), (f"VBZABET{i}", 10, _B, f"Zahlung {i}: Betrag"))
)
E02 = lay_fields("E02", "08ZAHL 00", "Zahlungen seit dem Mahnbescheid", "B", *_ZAHLUNGEN, ("_", 23, _X, ""))
E11 = lay_fields("E11", "08ZAHL200", "weitere Zahlungen", "B", *_ZAHLUNGEN, ("_", 23, _X, ""))

_FOLGEANTRAG = (
    E01, E02, E11,
    lay_fields("E03", "08AG   01", "Antragsgegner: neuer Name", "B",
        ("AGN1", 35, _X, "Name 1"), ("AGN2", 35, _X, "Name 2"), ("AGN3", 35, _X, "Name 3"), ("_", 14, _X, ""),
    ),
    lay_fields("E04", "08AG   02", "Antragsgegner: neuer Name, Teil 4", "B",
        ("AGN4", 35, _X, "Name 4"), ("_", 84, _X, ""),
    ),
    lay_fields("E05", "08AG   03", "Antragsgegner: neue Anschrift", "B",
        ("AGRF", 35, _X, "Rechtsform"), ("AGSH", 35, _X, "Straße"), ("AGPLZ", 5, _X, "Postleitzahl"),
        ("AGO", 27, _X, "Ort"), ("AGAL", 3, _X, "Staat"), ("_", 14, _X, ""),
    ),
    lay_fields("E10", "08WAUSL00", "weitere Auslagen", "B",
        ("WAUSLBET1", 10, _B, "Betrag 1"), ("WAUSLBG1", 35, _X, "Grund 1"),
        ("WAUSLBET2", 10, _B, "Betrag 2"), ("WAUSLBG2", 35, _X, "Grund 2"), ("_", 29, _X, ""),
    ),
)  # fmt: skip

# Follow-ups besides the application for the enforcement order.
D01 = lay_fields("D01", "07KS   00", "Antrag auf Neuzustellung des Mahnbescheids", "B",
    ("TKEZI", 8, _X, "Kennziffer des Teilnehmers"), ("GNR", 11, _L, "Geschäftsnummer des Mahngerichts"),
    ("ASGZ", 35, _X, "unser Geschäftszeichen"), ("PTBET", 8, _B, "Porto und Telefon"),
    ("NMSKOBET", 8, _B, "sonstige Kosten"), ("NMSKOBG", 35, _X, "Grund der sonstigen Kosten"),
    ("NMAUSK", 8, _B, "Auskünfte"), ("_", 6, _X, ""),
)  # fmt: skip
D04 = lay_fields("D04", "07AG   03", "Antragsgegner: neue Anschrift", "B",
    ("AGRF", 35, _X, "Rechtsform"), ("AGSH", 35, _X, "Straße und Hausnummer"), ("AGPLZ", 5, _X, "Postleitzahl"),
    ("AGO", 27, _X, "Ort"), ("AGAL", 3, _X, "Staat"), ("_", 14, _X, ""),
)  # fmt: skip
H01 = lay_fields("H01", "25KS   00", "Rücknahme oder Erledigung", "B",
    ("TKEZI", 8, _X, "Kennziffer des Teilnehmers"), ("TGZ", 35, _X, "unser Geschäftszeichen"),
    ("REM", 1, _X, "R Rücknahme, E Erledigung"), ("GNRM", 1, _X, "J mit Geschäftsnummer"),
    ("GNR", 11, _L, "Geschäftsnummer des Mahngerichts"), ("MBEGM", 1, _X, "B Antrag auf Papier, E maschinell"),
    ("_", 62, _X, ""),
)  # fmt: skip
I01 = lay_fields("I01", "29KS   00", "Abgabe an das Streitgericht", "B",
    ("TKEZI", 8, _X, "Kennziffer des Teilnehmers"), ("GNR", 11, _L, "Geschäftsnummer des Mahngerichts"),
    ("ASGZ", 35, _X, "unser Geschäftszeichen"), ("EAM", 1, _X, "X Abgabe beantragt"), ("_", 64, _X, ""),
)  # fmt: skip

_NACHRICHTEN = (*_ERLASS, *_ZUSTELLUNG, *_ABGABE, *_WIDERSPRUCH, G01, G02, *_VB_ERLASS, *_QUITTUNG)
NACHRICHTEN: dict[str, Satz] = {satz.schluessel: satz for satz in _NACHRICHTEN}
FOLGEANTRAG: dict[str, Satz] = {satz.schluessel: satz for satz in _FOLGEANTRAG}
FOLGESAETZE: dict[str, Satz] = {satz.schluessel: satz for satz in (D01, D04, H01, I01, G01, G02)}
FOLGEFORMATE = {"07": "4100", "08": FORMAT_FOLGEANTRAG, "20": "4000", "25": "4000", "29": "4000"}

BELEGARTEN = {
    "01": "Anträge auf Erlass des Mahnbescheids",
    "03": "Kosten- und Erlassnachrichten",
    "05": "Zustellungsnachrichten",
    "07": "Anträge auf Neuzustellung des Mahnbescheids",
    "08": "Anträge auf Erlass des Vollstreckungsbescheids",
    "10": "Anträge auf Neuzustellung des Vollstreckungsbescheids",
    "16": "Abgabenachrichten",
    "18": "Widerspruchsnachrichten",
    "20": "Monierungen und Antworten darauf",
    "22": "Kosten- und Erlassnachrichten zum Vollstreckungsbescheid",
    "25": "Rücknahmen und Erledigungen",
    "29": "Kosteneinzug und Abgabe",
    "30": "Widersprüche",
    "90": "Empfangsbestätigungen des Gerichts",
}
