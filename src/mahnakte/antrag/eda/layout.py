"""The record layouts of EDA 4.0.00 for Satzart 01, as a table: field, first position, length, kind.

Positions count from 1, a record has 128. `sicherheit` says how well a layout is proven: A read in files
of the courts' own portal, B read in one careful implementation that names the official description.
Records known from weaker sources (C) stand in `UNBELEGT`: they are neither written nor read, but named. Of those
with B- the keys are known and the positions come from one source that is right in all their siblings: `UNERPROBT`.
They are written only for who has had a file of his tested by the court (mahnakte.yaml, `eda: getestet_am`).
"""

import dataclasses
import enum

LAENGE = 128
FORMAT_ANTRAG = "4000"


class Feldart(enum.Enum):
    """How a field is spelled in the record."""

    TEXT = "X"  # left, blank padded
    FORTSETZUNG = "X fortgesetzt"  # second half of a text that was cut: may begin with a blank
    GROSS = "X/groß"  # capitals only
    ZIFFERN = "N"  # right, zero padded, never blank
    ZIFFERN_LEER = "N/B"  # full width of digits, or blank
    MARKE = "Kreuz"  # X or blank
    DATUM = "JJMMTT"
    BETRAG = "N/B Cent"
    PROZENT = "N/B Tausendstel"

    rechts: bool

    def __init__(self, _beschreibung: str) -> None:
        self.rechts = self.name in ("ZIFFERN", "ZIFFERN_LEER", "BETRAG", "PROZENT")


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Feld:
    """One field of a record."""

    name: str
    von: int
    laenge: int
    art: Feldart
    bedeutung: str
    pflicht: bool = False


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Satz:
    """One record type: its number in the court's description, key, proof and fields."""

    kennung: str
    schluessel: str
    bedeutung: str
    sicherheit: str
    felder: tuple[Feld, ...]


X, F, G, N, L, M, D, B, P = (
    Feldart.TEXT, Feldart.FORTSETZUNG, Feldart.GROSS, Feldart.ZIFFERN, Feldart.ZIFFERN_LEER,
    Feldart.MARKE, Feldart.DATUM, Feldart.BETRAG, Feldart.PROZENT,
)  # fmt: skip


def _anschrift(praefix: str, von: int, pflicht: bool = False) -> tuple[Feld, ...]:
    return (
        Feld(f"{praefix}SH", von, 35, X, "Straße und Hausnummer", pflicht),
        Feld(f"{praefix}PLZ", von + 35, 5, X, "Postleitzahl", pflicht),
        Feld(f"{praefix}O", von + 40, 27, X, "Ort", pflicht),
        Feld(f"{praefix}AL", von + 67, 3, X, "Kennzeichen des Staates, nur im Ausland"),
    )


def _partei(praefix: str, schluessel: str, erste: int, wer: str) -> tuple[Satz, ...]:
    return (
        Satz(f"C{erste:02}", f"01{schluessel:5}01", f"{wer}: Anrede, Rechtsform, Name", "A", (
            Feld(f"{praefix}ANR", 10, 1, X, "Anredeschlüssel"),
            Feld(f"{praefix}RF", 11, 35, X, "Rechtsform"),
            Feld(f"{praefix}N1", 46, 35, X, "Vorname oder Name, Teil 1", pflicht=True),
            Feld(f"{praefix}N2", 81, 35, X, "Nachname oder Name, Teil 2"),
        )),
        Satz(f"C{erste + 1:02}", f"01{schluessel:5}02", f"{wer}: Name, Teile 3 und 4", "B", (
            Feld(f"{praefix}N3", 10, 35, X, "Name, Teil 3", pflicht=True),
            Feld(f"{praefix}N4", 45, 35, X, "Name, Teil 4"),
        )),
        Satz(f"C{erste + 2:02}", f"01{schluessel:5}03", f"{wer}: Anschrift", "A",
             _anschrift(praefix, 10, pflicht=True)),
    )  # fmt: skip


def _vertreter(praefix: str, schluessel: str, erste: int, wer: str) -> tuple[Satz, ...]:
    return (
        Satz(f"C{erste:02}", f"01{schluessel:5}01", f"{wer}: gesetzlicher Vertreter", "A", (
            Feld(f"{praefix}FU", 10, 35, X, "Funktion, oder Name der vertretenden Gesellschaft"),
            Feld(f"{praefix}N", 45, 35, X, "Name"),
        )),
        Satz(f"C{erste + 1:02}", f"01{schluessel:5}02", f"{wer}: Anschrift des Vertreters", "A",
             _anschrift(praefix, 10, pflicht=True)),
    )  # fmt: skip


def _nebenzins(praefix: str, von: int) -> tuple[Feld, ...]:
    return (
        Feld(f"{praefix}ZISATZ", von, 5, P, "Zinssatz auf die Nebenforderung"),
        Feld(f"{praefix}ZIM", von + 5, 1, X, "F fester Zinssatz, B Punkte über dem Basiszinssatz"),
        Feld(f"{praefix}ZIVD", von + 6, 6, D, "Zinsen vom"),
        Feld(f"{praefix}ZIBD", von + 12, 6, D, "Zinsen bis"),
    )


AA = Satz("AA", "AA", "Dateikopf", "A", (
    Feld("TKEZI", 3, 8, X, "Kennziffer des EDA-Teilnehmers", pflicht=True),
    Feld("DATUM", 11, 6, D, "Erstellungsdatum", pflicht=True),
    Feld("BELART", 17, 2, X, "Art der Sätze", pflicht=True),
    Feld("EKEZI", 19, 8, L, "Kennziffer eines abweichenden Einreichers"),
    Feld("FORMAT", 27, 4, X, "Format der Sätze", pflicht=True),
    Feld("EDAID", 31, 6, G, "Kennung der Datei", pflicht=True),
    Feld("SWN", 56, 20, X, "Name der Software"),
    Feld("SWV", 76, 10, X, "Fassung der Software"),
))  # fmt: skip

BB = Satz("BB", "BB", "Dateischluss", "A", (
    Feld("TKEZI", 3, 8, X, "Kennziffer des EDA-Teilnehmers", pflicht=True),
    Feld("ANTANZ", 11, 7, N, "Zahl der Anträge"),
    Feld("SANZ", 18, 7, N, "Zahl der Sätze zwischen AA und BB"),
    Feld("SKATNR", 25, 7, N, "Summe der Katalognummern"),
    Feld("SUASP", 32, 14, N, "Summe der Hauptforderungen in Cent"),
    Feld("SUGNR", 46, 15, N, "Summe der laufenden Nummern der Geschäftsnummern"),
    Feld("ASPANZ", 61, 7, N, "Zahl der Hauptforderungen"),
))  # fmt: skip

KS = Satz("C01", "01KS   00", "Kennsatz des Antrags", "A", (
    Feld("TGZ", 10, 35, X, "eigenes Geschäftszeichen"),
    Feld("ASKEZI", 45, 8, L, "Kennziffer des Antragstellers"),
    Feld("PVKEZI", 53, 8, L, "Kennziffer des Prozessbevollmächtigten"),
    Feld("MGPLZ", 61, 5, X, "Mahngericht: Postleitzahl der Hausanschrift", pflicht=True),
    Feld("MGO", 66, 30, X, "Mahngericht: Ort", pflicht=True),
    Feld("MGGNR", 96, 11, L, "Geschäftsnummer, nur bei wiederholtem Antrag"),
    Feld("AGGMM", 108, 1, M, "Antragsgegner haften als Gesamtschuldner"),
    Feld("VGLM1", 109, 1, M, "von einer Gegenleistung abhängig, die erbracht ist"),
    Feld("VGLM2", 110, 1, M, "von keiner Gegenleistung abhängig"),
    Feld("ASTRVM", 115, 1, M, "streitiges Verfahren bei Widerspruch beantragt"),
))  # fmt: skip

_SAETZE = (
    KS,
    *_partei("AS", "AS", 2, "Antragsteller"),
    *_vertreter("ASGV", "ASGV", 5, "Antragsteller"),
    Satz("C07", "01ASPV 01", "Prozessbevollmächtigter: Art und Bezeichnung", "A", (
        Feld("ASPVANR", 10, 1, X, "Art", pflicht=True),
        Feld("ASPVN", 11, 105, X, "Bezeichnung", pflicht=True),
    )),
    Satz("C08", "01ASPV 02", "Prozessbevollmächtigter: Rechtsform und Anschrift", "A", (
        Feld("ASPVRF", 10, 35, X, "Rechtsform (nur Arten 7 bis 9)"),
        *_anschrift("ASPV", 45, pflicht=True),
    )),
    Satz("C09", "01ASPV 03", "Prozessbevollmächtigter: wer für ihn handelt", "B", (
        Feld("ASPVGVFU", 10, 35, X, "Funktion"),
        Feld("ASPVGVN", 45, 35, X, "Name", pflicht=True),
    )),
    Satz("C10", "01ASPVA00", "Prozessbevollmächtigter: Auftrag und Vergütung", "A", (
        Feld("ASPVGZ", 10, 35, X, "eigenes Zeichen des Bevollmächtigten"),
        Feld("ASPVAUFD", 45, 6, D, "Tag des Auftrags"),
        Feld("ASPVMBAUSL", 51, 8, B, "Auslagen abweichend von Nr. 7002 VV RVG; 0 ist Verzicht"),
        Feld("VV2300MBET", 59, 10, B, "Anrechnung der Nr. 2300/2302 auf Nr. 3305 VV RVG"),
        Feld("VV2300M", 69, 1, M, "umfangreich oder schwierig"),
        Feld("IKUBET", 70, 7, B, "vereinbarte Vergütung oder Erstattung; 0 ist Verzicht"),
        Feld("VORSTM", 81, 1, M, "Antragsteller ist nicht zum Vorsteuerabzug berechtigt"),
        Feld("USTM", 82, 1, M, "Bevollmächtigter ist von der Umsatzsteuer befreit"),
    )),
    Satz("C11", "01BANK 00", "Bankverbindung", "B", (
        Feld("BKTOZO", 10, 1, X, "1 Konto des Antragstellers, 2 des Bevollmächtigten", pflicht=True),
        Feld("BIBAN", 11, 34, X, "IBAN", pflicht=True),
        Feld("BBIC", 45, 11, X, "BIC"),
    )),
    *_partei("AG", "AG", 13, "Antragsgegner"),
    Satz("C16", "01AG   04", "Antragsgegner: Gericht des streitigen Verfahrens", "A", (
        Feld("PGM", 10, 1, X, "Art des Gerichts", pflicht=True),
        Feld("PGPLZ", 11, 5, X, "Postleitzahl der Hausanschrift", pflicht=True),
        Feld("PGO", 16, 30, X, "Ort", pflicht=True),
    )),
    *_vertreter("AGGV", "AGGV", 17, "Antragsgegner"),
    Satz("C19", "01ZIAUS00", "ausgerechnete Zinsen", "A", (
        Feld("AZIVD", 10, 6, D, "vom", pflicht=True),
        Feld("AZIBD", 16, 6, D, "bis", pflicht=True),
        Feld("AZIAUBET", 22, 10, B, "Betrag", pflicht=True),
        Feld("AZISATZ", 32, 5, P, "fester Zinssatz"),
    )),
    Satz("C20", "01ASPK 00", "Hauptforderung nach Katalog", "A", (
        Feld("ASPKAT1", 10, 2, N, "Katalognummer", pflicht=True),
        Feld("ASPGR", 22, 35, X, "Grund (Rechnung, Vertrag …)"),
        Feld("ASPRNR", 57, 35, X, "Rechnungsnummer, oder was an ihre Stelle tritt"),
        Feld("ASPVD", 92, 6, D, "vom"),
        Feld("ASPBD", 98, 6, D, "bis"),
        Feld("ASPBET", 104, 10, B, "Betrag", pflicht=True),
    )),
    Satz("C21", "01ASPZM00", "Belegenheit der Wohnung", "A", (
        Feld("ASPZMPLZ", 10, 5, X, "Postleitzahl", pflicht=True),
        Feld("ASPZMO", 15, 27, X, "Ort", pflicht=True),
        Feld("ASPZMAL", 42, 3, X, "Kennzeichen des Staates"),
        Feld("ASPZMSH", 45, 35, X, "Straße und Hausnummer"),
    )),
    Satz("C22", "01ASPZV00", "Art des Vertrags", "A", (
        Feld("ASPZV", 10, 35, X, "Vertragsart", pflicht=True),
    )),
    Satz("C23", "01ASPS 01", "sonstige Hauptforderung", "A", (
        Feld("ASPSOBET", 10, 10, B, "Betrag", pflicht=True),
        Feld("ASPSOVD", 20, 6, D, "vom"),
        Feld("ASPSOBD", 26, 6, D, "bis"),
        Feld("ASPSOBG1", 32, 93, X, "Begründung, Teil 1", pflicht=True),
    )),
    Satz("C24", "01ASPS 02", "sonstige Hauptforderung: Begründung, Teil 2", "A", (
        Feld("ASPSOBG2", 10, 70, F, "Begründung, Teil 2", pflicht=True),
    )),
    Satz("C25", "01ABT  00", "Abtretung oder Übergang", "A", (
        Feld("ABTD", 10, 6, D, "Tag des Übergangs", pflicht=True),
        Feld("ABTN", 16, 35, X, "früherer Gläubiger", pflicht=True),
        Feld("ABTPLZ", 51, 5, X, "Postleitzahl", pflicht=True),
        Feld("ABTO", 56, 27, X, "Ort", pflicht=True),
        Feld("ABTAL", 83, 3, X, "Kennzeichen des Staates"),
    )),
    Satz("C26", "01ZINS 00", "laufende Zinsen", "A", (
        Feld("ZISATZ", 10, 5, P, "Zinssatz", pflicht=True),
        Feld("ZISAM", 15, 1, X, "F fester Zinssatz, B Punkte über dem Basiszinssatz", pflicht=True),
        Feld("ZIARTM", 16, 1, X, "1 jährlich, 2 monatlich, 3 täglich", pflicht=True),
        Feld("ZIVD", 17, 6, D, "vom; leer: ab Zustellung"),
        Feld("ZIBD", 23, 6, D, "bis; leer: bis zur Zahlung"),
        Feld("ZIRGBET", 29, 10, B, "zu verzinsender Betrag", pflicht=True),
    )),
    Satz("C27", "01VKG  00", "Verbraucherdarlehen", "B-", (
        Feld("VKGD", 10, 6, D, "Tag des Vertrags", pflicht=True),
        Feld("VKGZISA", 16, 5, P, "anfänglicher effektiver Jahreszins", pflicht=True),
    )),
    Satz("C28", "01AUSL 00", "Auslagen", "A", (
        Feld("VPBET", 10, 8, B, "Vordruck und Porto"),
        Feld("MBSKOBET", 18, 8, B, "sonstige Auslagen"),
        Feld("MBSKOBG", 26, 35, X, "Grund der sonstigen Auslagen"),
    )),
    Satz("C29", "01MAHNK00", "Mahnkosten", "A", (
        Feld("MAHNK", 10, 7, B, "Betrag", pflicht=True),
        *_nebenzins("MAHNK", 17),
    )),
    Satz("C30", "01AUSK 00", "Kosten für Auskünfte", "B-", (
        Feld("AUSK", 10, 7, B, "Betrag", pflicht=True),
        *_nebenzins("AUSK", 17),
    )),
    Satz("C31", "01BKRL 00", "Kosten der Rücklastschrift", "B-", (
        Feld("BANKRL", 10, 7, B, "Betrag", pflicht=True),
        *_nebenzins("BANKRL", 17),
    )),
    Satz("C32", "01INKB 00", "Inkassokosten", "B-", (
        Feld("INKBET", 10, 10, B, "Betrag", pflicht=True),
        *_nebenzins("INKB", 20),
    )),
    Satz("C33", "01VV23 00", "vorgerichtliche Vergütung nach Nr. 2300 VV RVG", "A", (
        Feld("VV2300BET", 10, 10, B, "Betrag", pflicht=True),
        Feld("VV2300STW", 20, 10, B, "abweichender Gegenstandswert"),
        *_nebenzins("VV2300", 30),
    )),
    Satz("C34", "01ANF  00", "andere Nebenforderung", "B-", (
        Feld("ANFBET", 10, 8, B, "Betrag", pflicht=True),
        Feld("ANFBG", 18, 35, X, "Grund", pflicht=True),
        *_nebenzins("ANF", 53),
    )),
)  # fmt: skip

SATZART_01: dict[str, Satz] = {satz.schluessel: satz for satz in _SAETZE}

# Written only after a test at the court: a wrong length would shift an amount by powers of ten.
UNERPROBT = frozenset(satz.schluessel for satz in _SAETZE if satz.sicherheit == "B-")

# Known by name only: key -> number and meaning. What is not proven is not written into a court file.
UNBELEGT: dict[str, tuple[str, str]] = {
    "01AG   05": ("C16A", "Zustellung nach dem NATO-Truppenstatut"),
    "01AG   06": ("C16B", "Zustellung nach dem NATO-Truppenstatut"),
}
