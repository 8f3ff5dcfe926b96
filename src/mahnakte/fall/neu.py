"""The text of a new fall.yaml or mahnakte.yaml: filled as far as the e-invoices say, commented, valid YAML."""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal

from mahnakte.fall.einstellungen import Einstellungen
from mahnakte.fall.rechnung.modell import ERechnung, Rechnungspartei
from mahnakte.grund.betrag import format_betrag
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import strip_unsafe

_EINFACH = re.compile(r"[A-Za-zÄÖÜäöüß0-9][A-Za-zÄÖÜäöüß0-9 ./_&()-]*", re.ASCII)
_WIE_ETWAS_ANDERES = re.compile(r"(ja|nein|yes|no|on|off|true|false|null|~|[\d.,:+-]+)", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True)
class Vorlagerechnung:
    """An invoice for a new case: its path inside the folder and, for an e-invoice, what it says."""

    datei: str
    rechnung: ERechnung | None


def quote(text: str) -> str:
    """Return a text as a YAML scalar that every reader takes for text."""
    zeile = strip_unsafe(text)
    if _EINFACH.fullmatch(zeile) and not _WIE_ETWAS_ANDERES.fullmatch(zeile) and not zeile.endswith(" "):
        return zeile
    return "'" + zeile.replace("'", "''") + "'"


def write_fall(
    aktenzeichen: str,
    einstellungen: Einstellungen | None,
    rechnungen: tuple[Vorlagerechnung, ...],
    schema: str,
) -> bytes:
    """Return the bytes of a new fall.yaml. What a person must decide stays empty, with the question beside it."""
    kaeufer = next((r.rechnung.kaeufer for r in rechnungen if r.rechnung), Rechnungspartei())
    verkaeufer = next((r.rechnung.verkaeufer for r in rechnungen if r.rechnung), Rechnungspartei())
    zeilen = [
        f"# yaml-language-server: $schema={schema}",
        "# Angaben zum Fall. Beträge deutsch (1.250,00), Daten 20.04.2026 oder 2026-04-20. Hilfe: docs/fall-yaml.md",
        f"aktenzeichen: {quote(aktenzeichen)}",
        f"glaeubiger: {_choose_glaeubiger(einstellungen, verkaeufer)}",
        "schuldner:",
        *_schuldner(kaeufer),
        "anspruch:",
        "  katalog:                 # Nummer im Katalog der Mahngerichte, zum Beispiel 11 Kaufvertrag",
        "  vertrag:                 # zum Beispiel Kaufvertrag über Büromöbel",
        "  gegenleistung:           # erbracht | unabhaengig",
        *_rechnungen(rechnungen),
        "zahlungen:",
        "ereignisse:",
        "",
    ]
    return "\n".join(zeilen).encode()


def _choose_glaeubiger(einstellungen: Einstellungen | None, verkaeufer: Rechnungspartei) -> str:
    """Take the creditor the invoices name; else the only one there is; else leave it to a person."""
    if einstellungen is None:
        return "                # Kennung aus mahnakte.yaml"
    for kennung, glaeubiger in einstellungen.glaeubiger.items():
        if verkaeufer.name and glaeubiger.name.casefold() == verkaeufer.name.casefold():
            return quote(kennung)
    if len(einstellungen.glaeubiger) == 1:
        return quote(next(iter(einstellungen.glaeubiger)))
    return f"                # eine von: {', '.join(einstellungen.glaeubiger)}"


def _schuldner(kaeufer: Rechnungspartei) -> Iterator[str]:
    yield "  - kennung: schuldner"
    yield "    art:                   # person | einzelfirma | gesellschaft | weg"
    yield "    anrede:                # Herr | Frau, bei Personen"
    yield "    vorname:"
    yield _key("name", kaeufer.name, "Nachname oder Firma")
    yield "    rechtsform:            # bei Gesellschaften, zum Beispiel GmbH"
    yield _key("strasse", kaeufer.strasse, "Straße und Hausnummer")
    yield _key("plz", kaeufer.plz, "Postleitzahl")
    yield _key("ort", kaeufer.ort, "Ort")
    if kaeufer.land and kaeufer.land != "DE":
        yield _key("staat", kaeufer.land, "")
    yield "    verbraucher:           # ja | nein: bei diesem Vertrag (§ 13 BGB)"
    if kaeufer.email and re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", kaeufer.email):
        yield _key("email", kaeufer.email, "")


def _rechnungen(rechnungen: tuple[Vorlagerechnung, ...]) -> Iterator[str]:
    yield "rechnungen:"
    for eintrag in rechnungen:
        yield f"  - datei: {quote(eintrag.datei)}"
        if eintrag.rechnung is None:
            yield "    nummer:                # Rechnungsnummer"
            yield "    datum:                 # Rechnungsdatum"
            yield "    betrag:                # Rechnungsbetrag, zum Beispiel 1.190,00"
        yield from _dates(eintrag.rechnung)


def _dates(rechnung: ERechnung | None) -> Iterator[str]:
    if rechnung:
        zahl = rechnung.zahlbetrag
        betrag = (
            f"{format_betrag(zahl)} {rechnung.waehrung or ''}" if isinstance(zahl, Decimal) else "kein Betrag"
        )
        datum = format_datum(rechnung.datum) if rechnung.datum else "kein Datum"
        yield f"    # aus der E-Rechnung: {quote(rechnung.nummer or 'keine Nummer')}, {datum}, {betrag.strip()}"
    leistung = rechnung.leistung_am if rechnung else None
    faellig = rechnung.faellig_am if rechnung else None
    yield _key("leistung_am", _datum(leistung), "Lieferung, Leistung oder Abnahme")
    yield _key("zugegangen_am", None, "Zugang der Rechnung")
    hinweis = (
        f"laut Rechnung: {' '.join(rechnung.zahlungstext.split())}"[:90]
        if (rechnung and rechnung.zahlungstext and faellig is None)
        else "Fälligkeitstag"
    )
    yield _key("faellig_am", _datum(faellig), hinweis)
    yield "    faelligkeit: unbestimmt # vereinbart | gesetzlich | ereignis | unbestimmt (docs/fall-yaml.md)"


def _datum(tag: dt.date | None) -> str | None:
    return format_datum(tag) if tag else None


def _key(name: str, wert: str | None, frage: str) -> str:
    if wert:
        return f"    {name}: {quote(wert) if name not in ('leistung_am', 'faellig_am') else wert}"
    return f"    {name + ':':<22} # {strip_unsafe(frage)}"


def write_einstellungen(schema: str) -> bytes:
    """Return the bytes of a first mahnakte.yaml: valid as it stands, with invented data to be replaced."""
    return _EINSTELLUNGEN.format(schema=schema).encode()


MUSTER_NAME = "Muster Handel GmbH"
MUSTER_IBAN = "DE89370400440532013000"
_EINSTELLUNGEN = """\
# yaml-language-server: $schema={schema}
# Einstellungen für alle Fälle in diesem Bestand. Die Angaben hier sind erfunden: bitte ersetzen.
# Hilfe: docs/mahnakte-yaml.md
absender:
  rolle: glaeubiger        # glaeubiger | inkasso | anwalt: entscheidet über Pflichten und Gebühren
  name: Muster Handel GmbH
  strasse: Musterstr. 1
  plz: 12345
  ort: Musterstadt
  telefon: 0123 456789
  email: forderung@muster.example
  iban: DE89370400440532013000
  pflichtangaben: Sitz Musterstadt, AG Musterstadt HRB 1, Geschäftsführerin Erika Muster   # § 35a GmbHG
glaeubiger:
  muster:
    art: gesellschaft      # person | einzelfirma | gesellschaft | weg | behoerde
    rechtsform: GmbH
    name: Muster Handel GmbH
    strasse: Musterstr. 1
    plz: 12345
    ort: Musterstadt
    land: BE               # Land des Sitzes: entscheidet über das Mahngericht; NW braucht auch olg_bezirk
    vertreter:
      - funktion: Geschäftsführerin
        name: Erika Muster
    verbraucher: nein
    vorsteuerabzug: ja
# Der Mahnplan; ohne diesen Abschnitt gilt genau dieser.
mahnplan:
  - art: zahlungserinnerung
    nach: faelligkeit      # faelligkeit | frist (Ende der Frist des letzten Schreibens)
    tage: 7
    frist_tage: 10
  - art: mahnung-1
    nach: frist
    tage: 3
    frist_tage: 10
    setzt_in_verzug: ja
  - art: mahnung-letzte
    nach: frist
    tage: 3
    frist_tage: 10
    dann: mahnbescheid     # mahnbescheid | uebergabe: was dieses Schreiben ankündigt
schwellen:
  mindestbetrag: 5,00
  nur_mit_freigabe_ab: 5.000,00
  uebergabe_nach_tagen: 60
"""
