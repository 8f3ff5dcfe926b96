"""The statement of a claim account as a workbook: one sheet per part, every number a number."""

from collections.abc import Iterator

from mahnakte.fall.fall import Fall
from mahnakte.grund.datum import format_datum
from mahnakte.konto.aufstellung import FORMEL, METHODE, Aufstellung, describe_satz
from mahnakte.konto.modell import Konto, Kontobuchung, Kontokosten
from mahnakte.konto.zinsluecke import describe_counted, describe_uncounted
from mahnakte.satz.xlsx import Blatt, Spalte, Zelle, write_xlsx

_BUCHUNG = {"zahlung": "Zahlung", "gutschrift": "Gutschrift", "verzicht": "Verzicht"}


def write_kontomappe(fall: Fall, aufstellung: Aufstellung) -> bytes:
    """Return the workbook; same account, same bytes."""
    konto = aufstellung.konto
    titel = f"Forderungskonto {konto.aktenzeichen} zum {format_datum(konto.stichtag)}"
    parteien = "; ".join(einer.voller_name for einer in fall.schuldner)
    kopf = (titel, f"{fall.glaeubiger.voller_name} gegen {parteien}")
    blaetter = (
        _overview(aufstellung, kopf),
        _claims(aufstellung, kopf),
        _interest(aufstellung, kopf),
        _costs(aufstellung, kopf),
        _bookings(aufstellung, kopf),
    )
    return write_xlsx(blaetter, titel, fall.einstellungen.absender.name, konto.stichtag)


def _overview(aufstellung: Aufstellung, kopf: tuple[str, ...]) -> Blatt:
    konto = aufstellung.konto
    zeilen: list[tuple[Zelle, ...]] = [
        ("Hauptforderung, offen", konto.hauptforderung),
        (f"Zinsen, offen, bis einschließlich {_counted_to(konto)}", konto.zinsen),
        ("Kosten, offen", konto.kosten),
        ("Gesamt", konto.gesamt),
        ("Überzahlung", konto.ueberzahlung),
        ("Zinsen je weiterem Tag", konto.zinsen_je_tag),
        ("gilt bis einschließlich", konto.zinsen_je_tag_bis),
    ]
    return Blatt(
        "Übersicht", kopf, (Spalte("Posten"), Spalte("Betrag", euro=True)), tuple(zeilen), frozenset({3})
    )


def _counted_to(konto: Konto) -> str:
    if konto.ungerechnet_ab is None:
        return "Stichtag"
    offen = describe_uncounted(konto.forderungen, konto.stichtag)
    return f"{describe_counted(konto)}; hinzu kommen {offen}"


def _claims(aufstellung: Aufstellung, kopf: tuple[str, ...]) -> Blatt:
    spalten = (
        Spalte("Rechnung oder Titel"), Spalte("fällig"), Spalte("Verzug ab"), Spalte("Betrag", euro=True),
        Spalte("gezahlt", euro=True), Spalte("gutgeschrieben", euro=True), Spalte("erlassen", euro=True),
        Spalte("durch Titel ersetzt", euro=True), Spalte("offen", euro=True), Spalte("Grund", umbruch=True),
    )  # fmt: skip
    zeilen = tuple(
        (
            zeile.rechnung, zeile.faellig_am, zeile.verzug_ab, zeile.haupt.entstanden, zeile.haupt.gezahlt,
            zeile.haupt.gutgeschrieben, zeile.haupt.verzichtet, zeile.haupt.tituliert, zeile.haupt.offen,
            f"{zeile.verzug_grund} {zeile.zinssatz_grund if zeile.zinssatz else ''}".rstrip(),
        )
        for zeile in aufstellung.konto.forderungen
    )  # fmt: skip
    summe = ("Summe", None, None, None, None, None, None, None, aufstellung.konto.hauptforderung, None)
    return Blatt("Forderungen", kopf, spalten, (*zeilen, summe), frozenset({len(zeilen)}))


def _interest(aufstellung: Aufstellung, kopf: tuple[str, ...]) -> Blatt:
    spalten = (
        Spalte("Rechnung oder Titel"), Spalte("aus", euro=True), Spalte("von"), Spalte("bis"), Spalte("Tage"),
        Spalte("Teiler"), Spalte("Basiszinssatz"), Spalte("Punkte"), Spalte("Satz in %"), Spalte("Herleitung"),
        Spalte("Zinsen", euro=True),
    )  # fmt: skip
    zeilen: list[tuple[Zelle, ...]] = []
    fett = set()
    for zeile, ist_summe in _interest_rows(aufstellung):
        if ist_summe:
            fett.add(len(zeilen))
        zeilen.append(zeile)
    methode = f"{FORMEL}. {METHODE[aufstellung.konto.tageszaehlung]}."
    return Blatt("Zinsen", (*kopf, methode), spalten, tuple(zeilen), frozenset(fett))


def _interest_rows(aufstellung: Aufstellung) -> Iterator[tuple[tuple[Zelle, ...], bool]]:
    leer = (None,) * 9
    for block in aufstellung.zinsbloecke:
        if block.tituliert:
            yield (block.name, *leer[:-1], "im Titel ausgerechnet", block.tituliert), False
        for z in block.zeilen:
            satz = describe_satz(z)
            yield (
                (
                    block.name,
                    z.betrag,
                    z.von,
                    z.bis,
                    z.tage,
                    z.teiler,
                    z.basiszins,
                    z.punkte,
                    z.satz,
                    satz,
                    z.zinsen,
                ),
                False,
            )
        yield (f"Summe {block.name}", *leer, block.verlauf.entstanden), True
    yield ("Zinsen insgesamt", *leer, aufstellung.zinsen_entstanden), True
    yield ("davon gezahlt, erlassen oder ersetzt", *leer, -aufstellung.zinsen_erledigt), False
    yield ("Zinsen offen", *leer, aufstellung.konto.zinsen), True


def _costs(aufstellung: Aufstellung, kopf: tuple[str, ...]) -> Blatt:
    spalten = (
        Spalte("am"), Spalte("Art"), Spalte("Bezeichnung", umbruch=True), Spalte("Betrag", euro=True),
        Spalte("angerechnet", euro=True), Spalte("über der Grenze", euro=True),
        Spalte("durch Titel ersetzt", euro=True), Spalte("erlassen", euro=True),
        Spalte("gezahlt", euro=True), Spalte("offen", euro=True),
    )  # fmt: skip
    zeilen = tuple(
        (
            posten.am, posten.art, _describe(posten), posten.haupt.entstanden,
            posten.haupt.angerechnet, posten.haupt.gekappt, posten.haupt.tituliert, posten.haupt.verzichtet,
            posten.haupt.gezahlt, posten.haupt.offen,
        )
        for posten in aufstellung.konto.kostenposten
    )  # fmt: skip
    summe = ("Summe", None, None, None, None, None, None, None, None, aufstellung.konto.kosten)
    return Blatt("Kosten", kopf, spalten, (*zeilen, summe), frozenset({len(zeilen)}))


def _describe(posten: Kontokosten) -> str:
    return " ".join(text for text in (posten.bezeichnung or posten.name, posten.grenze) if text)


def _bookings(aufstellung: Aufstellung, kopf: tuple[str, ...]) -> Blatt:
    spalten = (
        Spalte("am"), Spalte("Vorgang"), Spalte("Betrag", euro=True), Spalte("Kosten", euro=True),
        Spalte("Zinsen", euro=True), Spalte("Hauptforderung", euro=True), Spalte("ohne Schuld", euro=True),
        Spalte("Regel"), Spalte("Erläuterung", umbruch=True),
    )  # fmt: skip
    zeilen = tuple(
        (
            buchung.am, _BUCHUNG[buchung.art], buchung.betrag, *_parts(buchung), buchung.rest, buchung.regel,
            buchung.text,
        )
        for buchung in aufstellung.buchungen
    )  # fmt: skip
    return Blatt("Buchungen", kopf, spalten, zeilen)


def _parts(buchung: Kontobuchung) -> tuple[Zelle, ...]:
    return tuple(
        sum((anteil.betrag for anteil in buchung.auf if anteil.art == art), buchung.rest * 0)
        for art in ("kosten", "zinsen", "hauptforderung")
    )
