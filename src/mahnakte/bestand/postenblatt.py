"""The text of a new fall.yaml from the items of a list. What the list does not say stands there as a commented line.

It belongs to people from then on. Nothing in it depends on the order of the rows, nor on when it was read.
"""

import datetime as dt
from collections.abc import Iterator, Mapping

from mahnakte.arten.ereignis import MAHNUNG_VERSANDT, POSTENSPERRE
from mahnakte.bestand.postenabgleich import Auftrag, Neufall
from mahnakte.bestand.postenfall import common_letter, write_rechnung
from mahnakte.eingang.posten.postenliste import Offener
from mahnakte.fall.neu import quote
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import strip_unsafe

_OHNE_ANFUEHRUNG = ("datum", "betrag", "faellig_am")


def write_neufall(
    aktenzeichen: str, neu: Neufall, auftrag: Auftrag, am: dt.date, dateien: Mapping[str, str], schema: str
) -> bytes:
    """Return the bytes of the fall.yaml of a new case; `dateien` are e-invoices in its folder by invoice number."""
    zeilen = [
        f"# yaml-language-server: $schema={schema}",
        f"# Angelegt am {format_datum(am)} aus {strip_unsafe(auftrag.quelle)}. Was mit # beginnt, fehlt",
        "# dort und wird ergänzt, soweit es bekannt ist. Hilfe: docs/fall-yaml.md",
        f"aktenzeichen: {quote(aktenzeichen)}",
        f"glaeubiger: {quote(auftrag.glaeubiger)}",
        "schuldner:",
        *_debtor(neu),
        "anspruch:",
        *([f"  vertragsnummer: {quote(neu.vertrag)}"] if neu.vertrag else []),
        "  katalog:                 # Nummer im Katalog der Mahngerichte, zum Beispiel 11 Kaufvertrag",
        "  vertrag:                 # zum Beispiel Kaufvertrag über Büromöbel",
        "  gegenleistung:           # erbracht | unabhaengig",
        "rechnungen:",
        *(zeile for posten in neu.posten for zeile in _invoice(posten, dateien.get(posten.nummer))),
        "zahlungen:",
        *(zeile for posten in neu.posten for zeile in _paid(posten)),
        "ereignisse:",
        *_events(neu, auftrag, am),
        "",
    ]
    return "\n".join(zeilen).encode()


def _debtor(neu: Neufall) -> Iterator[str]:
    yield "  - kennung: schuldner"
    if neu.kunde:
        yield f"    kundennummer: {quote(neu.kunde)}"
    yield "    # art: person | einzelfirma | gesellschaft | weg; ohne Angabe gilt person"
    yield "    # anrede: Herr | Frau"
    yield "    # vorname:"
    yield from _known(neu, "name", "Nachname oder Firma")
    yield "    # rechtsform: bei Gesellschaften, zum Beispiel GmbH"
    yield from _known(neu, "strasse", "Straße und Hausnummer")
    yield from _known(neu, "plz", "Postleitzahl")
    yield from _known(neu, "ort", "Ort")
    yield "    verbraucher: ja       # nicht bekannt: gilt als Verbraucher, bis es anders feststeht (§ 13 BGB)"
    yield from _known(neu, "email", "")


def _known(neu: Neufall, feld: str, frage: str) -> Iterator[str]:
    """Write what all rows say alike; where they differ a person chooses."""
    werte = sorted({strip_unsafe(wert) for posten in neu.posten if (wert := getattr(posten, feld))})
    if len(werte) == 1:
        yield f"    {feld}: {quote(werte[0])}"
    elif werte:
        yield f"    # {feld}: laut Liste eine von: {' · '.join(werte)}"
    elif frage:
        yield f"    # {feld}: {frage}; fehlt in der Liste"


def _invoice(posten: Offener, datei: str | None) -> Iterator[str]:
    strich = "-"
    for name, wert in write_rechnung(posten).items():
        yield f"  {strich} {name}: {wert if name in _OHNE_ANFUEHRUNG else quote(wert)}"
        strich = " "
    if posten.datum is None:
        yield "    # datum: Rechnungsdatum; fehlt in der Liste"
    if datei:
        yield f"    datei: {quote(datei)}"
        if posten.betrag is not None and posten.betrag != posten.offen:
            yield "    betrag_gilt: fall     # die E-Rechnung nennt den ganzen Betrag"
    if posten.betrag is not None and posten.betrag != posten.offen:
        yield f"    # Rechnungsbetrag {format_euro(posten.betrag)}; gefordert wird, was die Liste offen hat"
    yield "    # leistung_am: Lieferung, Leistung oder Abnahme"
    yield "    # zugegangen_am: Zugang der Rechnung"
    yield "    faelligkeit: unbestimmt # vereinbart | gesetzlich | ereignis | unbestimmt (docs/fall-yaml.md)"
    if posten.mahnstufe or posten.mahnung_am:
        tag = f" vom {format_datum(posten.mahnung_am)}" if posten.mahnung_am else ""
        yield f"    # laut Liste Mahnstufe {strip_unsafe(posten.mahnstufe) or 'ohne Namen'}{tag}"


def _paid(posten: Offener) -> Iterator[str]:
    for feld, wort in (("bezahlt", "bezahlt"), ("gutschrift", "gutgeschrieben")):
        if betrag := getattr(posten, feld):
            nummer = strip_unsafe(posten.nummer)
            yield f"  # auf {nummer} laut Liste {wort}: {format_euro(betrag)}, ohne Tag. Ist der Tag bekannt:"
            yield f"  # hier eintragen und oben den Betrag um {format_euro(betrag)} erhöhen."


def _events(neu: Neufall, auftrag: Auftrag, am: dt.date) -> Iterator[str]:
    if brief := common_letter(neu.posten, auftrag.stufe_of):
        stufe, tag = brief
        yield f"  - am: {format_datum(tag)}"
        yield f"    art: {MAHNUNG_VERSANDT.wort}"
        yield f"    stufe: {quote(stufe)}"
    for posten in neu.posten:
        if posten.mahnsperre:
            yield f"  - am: {format_datum(am)}"
            yield f"    art: {POSTENSPERRE.wort}"
            yield f"    rechnung: {quote(posten.nummer)}"
            yield f"    grund: {quote(f'Mahnsperre für {posten.nummer} in {auftrag.quelle}')}"
