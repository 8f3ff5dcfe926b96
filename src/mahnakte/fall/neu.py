"""The text of a new fall.yaml or mahnakte.yaml: filled as far as the e-invoices say, commented, valid YAML."""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from mahnakte.fall.einstellungen import Einstellungen
from mahnakte.fall.rechnung.modell import ERechnung, Rechnungspartei
from mahnakte.grund.betrag import format_betrag
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import strip_unsafe

_EINFACH = re.compile(r"[A-Za-zÄÖÜäöüß0-9][A-Za-zÄÖÜäöüß0-9 ./_&()-]*", re.ASCII)
_TAGE = ("leistung_am", "leistung_bis", "faellig_am", "am", "betrag")  # written as they are, without quotes
# A street as its ending says, with a number; all else may as well be a building, a person, a department.
_STRASSE = re.compile(
    r"(?i:.*(?:str\.|stra(?:ß|ss)e|weg|platz|allee|gasse|ring|damm|ufer|chaussee|steig|pfad|stieg|promenade|graben|twiete)"
    r"\s+\d{1,4}\s*[a-z]?(?:\s*[-–/+]\s*\d{1,4}\s*[a-z]?)*)"
)
_WIE_ETWAS_ANDERES = re.compile(r"(ja|nein|yes|no|on|off|true|false|null|~|[\d.,:+-]+)", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True)
class Vorlagerechnung:
    """An invoice or credit note for a new case: its path inside the folder and, for an e-invoice, what it says."""

    datei: str
    rechnung: ERechnung | None
    gutschrift: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Papiere:
    """What goes into a new case: invoices, credit notes, and files that were not taken up, each with the reason."""

    rechnungen: tuple[Vorlagerechnung, ...] = ()
    gutschriften: tuple[Vorlagerechnung, ...] = ()
    uebrige: tuple[tuple[str, str], ...] = ()


def sort_papiere(vorlagen: Iterable[Vorlagerechnung], uebrige: Iterable[tuple[str, str]] = ()) -> Papiere:
    """Put credit notes where they belong, and take one invoice once: as PDF and as XML it is still one claim."""
    rechnungen: list[Vorlagerechnung] = []
    gutschriften: list[Vorlagerechnung] = []
    andere = list(uebrige)
    for vorlage in vorlagen:
        ziel = gutschriften if vorlage.gutschrift else rechnungen
        if gleiche := next((schon for schon in ziel if _is_same(schon, vorlage)), None):
            andere.append((vorlage.datei, f"dieselbe Rechnung wie {gleiche.datei}"))
        else:
            ziel.append(vorlage)
    return Papiere(tuple(rechnungen), tuple(gutschriften), tuple(andere))


def _is_same(a: Vorlagerechnung, b: Vorlagerechnung) -> bool:
    if a.rechnung is None or b.rechnung is None or a.rechnung.nummer is None:
        return False
    return all(
        getattr(a.rechnung, name) == getattr(b.rechnung, name) for name in ("nummer", "datum", "zahlbetrag")
    )


def quote(text: str) -> str:
    """Return a text as a YAML scalar that every reader takes for text."""
    zeile = strip_unsafe(text)
    if _EINFACH.fullmatch(zeile) and not _WIE_ETWAS_ANDERES.fullmatch(zeile) and not zeile.endswith(" "):
        return zeile
    return "'" + zeile.replace("'", "''") + "'"


def write_fall(
    aktenzeichen: str,
    einstellungen: Einstellungen | None,
    papiere: Papiere,
    schema: str,
) -> bytes:
    """Return the bytes of a new fall.yaml. What a person must decide stays empty, with the question beside it."""
    gelesen = [v.rechnung for v in (*papiere.rechnungen, *papiere.gutschriften) if v.rechnung]
    kaeufer = next((rechnung.kaeufer for rechnung in gelesen), Rechnungspartei())
    verkaeufer = next((rechnung.verkaeufer for rechnung in gelesen), Rechnungspartei())
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
        *_rechnungen(papiere),
        *_gutschriften(papiere),
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
    yield from _anschrift(kaeufer.anschrift)
    yield _key("plz", kaeufer.plz, "Postleitzahl")
    yield _key("ort", kaeufer.ort, "Ort")
    if kaeufer.land and kaeufer.land != "DE":
        yield _key("staat", kaeufer.land, "")
    yield "    verbraucher:           # ja | nein: bei diesem Vertrag (§ 13 BGB)"
    if kaeufer.email and re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", kaeufer.email):
        yield _key("email", kaeufer.email, "")


def _anschrift(zeilen: tuple[str, ...]) -> Iterator[str]:
    """Offer every line of the invoice; which of several is the street is decided here only where it is plain."""
    strassen = [zeile for zeile in zeilen if _STRASSE.fullmatch(zeile)] if len(zeilen) > 1 else list(zeilen)
    zusatz = [zeile for zeile in zeilen if zeile not in strassen] if len(strassen) == 1 else []
    if zusatz:
        yield "    zusatz:                # laut Rechnung; was nicht zur Anschrift gehört, streichen"
        yield from (f"      - {quote(zeile)}" for zeile in zusatz)
    else:
        yield _key("zusatz", None, "c/o, Hinterhaus, Etage")
    if len(strassen) == 1:
        yield _key("strasse", strassen[0], "")
    else:
        frage = "Straße und Hausnummer"
        yield _key(
            "strasse", None, f"{frage}; laut Rechnung eine von: {' · '.join(zeilen)}" if zeilen else frage
        )


def _rechnungen(papiere: Papiere) -> Iterator[str]:
    yield "rechnungen:"
    yield from (
        f"  # nicht übernommen: {quote(datei)}, {strip_unsafe(grund)}" for datei, grund in papiere.uebrige
    )
    for eintrag in papiere.rechnungen:
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
    leistung, leistung_bis = _service(rechnung) if rechnung else (None, None)
    faellig = rechnung.faellig_am if rechnung else None
    yield _key(
        "leistung_am", _datum(leistung), "Lieferung, Leistung oder Abnahme; bei einem Zeitraum sein Beginn"
    )
    if leistung_bis:
        yield _key("leistung_bis", _datum(leistung_bis), "")
    yield _key("zugegangen_am", None, "Zugang der Rechnung")
    hinweis = (
        f"laut Rechnung: {' '.join(rechnung.zahlungstext.split())}"[:90]
        if (rechnung and rechnung.zahlungstext and faellig is None)
        else "Fälligkeitstag"
    )
    yield _key("faellig_am", _datum(faellig), hinweis)
    yield "    faelligkeit: unbestimmt # vereinbart | gesetzlich | ereignis | unbestimmt (docs/fall-yaml.md)"


def _service(rechnung: ERechnung) -> tuple[dt.date | None, dt.date | None]:
    """Return the day of the service, or the first and last day of its period (BT-72, BT-73, BT-74)."""
    if rechnung.leistung_bis:
        return rechnung.leistung_von or rechnung.leistung_am, rechnung.leistung_bis
    return rechnung.leistung_am or rechnung.leistung_von, None


def _gutschriften(papiere: Papiere) -> Iterator[str]:
    if not papiere.gutschriften:
        return
    nummern = {v.rechnung.nummer for v in papiere.rechnungen if v.rechnung and v.rechnung.nummer}
    yield "gutschriften:"
    for eintrag in papiere.gutschriften:
        gutschrift = eintrag.rechnung
        if gutschrift is None:
            continue  # only an e-invoice says of itself that it is a credit note
        yield "  - " + _key("am", _datum(gutschrift.datum), "Tag der Gutschrift").lstrip()
        betrag = format_betrag(abs(gutschrift.zahlbetrag)) if gutschrift.zahlbetrag else None
        yield _key("betrag", betrag, "Betrag der Gutschrift")
        bezug = [nummer for nummer in gutschrift.bezug if nummer in nummern]
        genannt = f"Rechnungsnummer; die Gutschrift nennt: {', '.join(gutschrift.bezug) or 'keine'}"
        yield _key("auf", bezug[0] if len(bezug) == 1 else None, genannt)
        yield _key("grund", f"Gutschrift {gutschrift.nummer or ''} ({eintrag.datei})".replace("  ", " "), "")


def _datum(tag: dt.date | None) -> str | None:
    return format_datum(tag) if tag else None


def _key(name: str, wert: str | None, frage: str) -> str:
    if wert:
        return f"    {name}: {quote(wert) if name not in _TAGE else wert}"
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
