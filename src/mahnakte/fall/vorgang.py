"""A Vorgang: one published step of a case, as its eintrag.json tells it.

Format: docs/vorgang.md. The keys are a contract; the bytes are canonical (sorted keys, UTF-8, LF).
"""

import dataclasses
import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from mahnakte.fall.vorgangsdaten.antrag import Antragsdaten
from mahnakte.fall.vorgangsdaten.brief import Briefdaten
from mahnakte.fall.vorgangsdaten.form import (
    KeinVorgang,
    quote,
    read_mapping,
    read_nummer,
    read_tag,
    read_text,
)
from mahnakte.fall.vorgangsdaten.lesen import read_daten
from mahnakte.fall.vorgangsdaten.nachtrag import Nachtragsdaten
from mahnakte.fall.vorgangsdaten.satz import SCHEMA, SCHEMAS, Vorgangsdaten
from mahnakte.fall.vorgangsdaten.vermerk import Versanddaten
from mahnakte.recht.werte import Rechtswert

EINTRAG = "eintrag.json"

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclasses.dataclass(frozen=True, slots=True)
class Vorgang:
    """One step. `hash` is the SHA-256 of the bytes of its eintrag.json; `vorher` that of the step before."""

    nr: int
    aktenzeichen: str
    art: str
    stichtag: dt.date
    erzeugt_am: str
    lauf_id: str
    bearbeiter: str
    rechner: str
    version: str
    vorher: str | None
    eingaben: Mapping[str, str]
    werte: Mapping[str, tuple[str, str, str]]
    daten: Vorgangsdaten
    dateien: Mapping[str, str]
    anlass: str
    ersetzt: int | None
    hash: str
    schema: str = SCHEMA

    @property
    def brief(self) -> Briefdaten:
        """Return what the step says as a letter; a step of another kind says nothing as one."""
        return _as_brief(self.daten)

    @property
    def nachtrag(self) -> Nachtragsdaten:
        """Return what the step adds to the case; a step of another kind adds nothing."""
        return _as_nachtrag(self.daten)

    @property
    def versandter(self) -> int | None:
        """Return the number of the step that a note of sending says went out, or None."""
        return self.daten.vorgang if isinstance(self.daten, Versanddaten) else None

    @property
    def rechnungen(self) -> frozenset[str] | None:
        """Return the invoices that a letter or an application names; None: it does not say which."""
        if isinstance(self.daten, Briefdaten | Antragsdaten) and self.daten.rechnungen is not None:
            return frozenset(self.daten.rechnungen)
        return None


_KEIN_BRIEF = Briefdaten()
_KEIN_NACHTRAG = Nachtragsdaten()


def _as_brief(daten: Vorgangsdaten) -> Briefdaten:
    return daten if isinstance(daten, Briefdaten) else _KEIN_BRIEF


def _as_nachtrag(daten: Vorgangsdaten) -> Nachtragsdaten:
    return daten if isinstance(daten, Nachtragsdaten) else _KEIN_NACHTRAG


@dataclasses.dataclass(frozen=True, slots=True)
class Vorgangsentwurf:
    """What a command wants to publish as the next step; number, time and chain are added by `ablage`.

    `dokumente` maps file names to the finished, checked bytes. Which schema the entry carries follows from `daten`.
    """

    aktenzeichen: str
    art: str
    stichtag: dt.date
    anlass: str
    eingaben: Mapping[str, str]
    werte: Mapping[str, tuple[str, str, str]] = dataclasses.field(default_factory=dict)
    daten: Vorgangsdaten = dataclasses.field(default_factory=Vorgangsdaten)
    dokumente: Mapping[str, bytes] = dataclasses.field(default_factory=dict)
    ersetzt: int | None = None

    @property
    def brief(self) -> Briefdaten:
        """Return what the step will say as a letter; a step of another kind says nothing as one."""
        return _as_brief(self.daten)

    @property
    def nachtrag(self) -> Nachtragsdaten:
        """Return what the step will add to the case; a step of another kind adds nothing."""
        return _as_nachtrag(self.daten)


def sha256(inhalt: bytes) -> str:
    """Return the SHA-256 of the bytes in lower-case hex, as everywhere in eintrag.json."""
    return hashlib.sha256(inhalt).hexdigest()


def name_werte(werte: Iterable[Rechtswert]) -> dict[str, tuple[str, str, str]]:
    """Return legal values as `werte` of an entry, named with their start: one name may serve several half-years."""
    return {f"{w.name} ab {w.ab.isoformat()}": (str(w.wert), w.ab.isoformat(), w.herkunft) for w in werte}


def write_eintrag(vorgang: Vorgang) -> bytes:
    """Return the canonical bytes of a step's eintrag.json (everything but `hash`)."""
    felder = {
        "schema": vorgang.schema,
        "nr": vorgang.nr,
        "aktenzeichen": vorgang.aktenzeichen,
        "art": vorgang.art,
        "stichtag": vorgang.stichtag.isoformat(),
        "erzeugt_am": vorgang.erzeugt_am,
        "lauf_id": vorgang.lauf_id,
        "bearbeiter": vorgang.bearbeiter,
        "rechner": vorgang.rechner,
        "version": vorgang.version,
        "vorher": vorgang.vorher,
        "eingaben": dict(vorgang.eingaben),
        "werte": {name: list(wert) for name, wert in vorgang.werte.items()},
        "daten": vorgang.daten.as_daten(),
        "dateien": dict(vorgang.dateien),
        "anlass": vorgang.anlass,
        "ersetzt": vorgang.ersetzt,
    }
    return (json.dumps(felder, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def read_eintrag(inhalt: bytes) -> Vorgang:
    """Read the bytes of an eintrag.json; raise KeinVorgang when a key is missing or of the wrong kind."""
    felder = _parse(inhalt)
    try:
        if felder["schema"] not in SCHEMAS:
            raise KeinVorgang(
                f"das Schema {quote(felder['schema'])} ist unbekannt; gelesen werden {' und '.join(SCHEMAS)}"
            )
        return Vorgang(
            nr=read_nummer(felder["nr"]),
            aktenzeichen=read_text(felder["aktenzeichen"]),
            art=read_text(felder["art"]),
            stichtag=read_tag(felder["stichtag"]),
            erzeugt_am=read_text(felder["erzeugt_am"]),
            lauf_id=read_text(felder["lauf_id"]),
            bearbeiter=read_text(felder["bearbeiter"]),
            rechner=read_text(felder["rechner"]),
            version=read_text(felder["version"]),
            vorher=None if felder["vorher"] is None else _hash(felder["vorher"]),
            eingaben={pfad: _hash(summe) for pfad, summe in read_mapping(felder["eingaben"]).items()},
            werte={name: _triple(wert) for name, wert in read_mapping(felder["werte"]).items()},
            daten=read_daten(
                read_text(felder["art"]), read_mapping(felder["daten"]), read_text(felder["schema"])
            ),
            dateien={name: _hash(summe) for name, summe in read_mapping(felder["dateien"]).items()},
            anlass=read_text(felder["anlass"]),
            ersetzt=None if felder["ersetzt"] is None else read_nummer(felder["ersetzt"]),
            hash=sha256(inhalt),
            schema=read_text(felder["schema"]),
        )
    except KeyError as fehler:
        raise KeinVorgang(f"der Schlüssel {fehler} fehlt") from None


def _parse(inhalt: bytes) -> dict[str, Any]:
    try:
        felder = json.loads(
            inhalt.decode("utf-8"),
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
            object_pairs_hook=_refuse_duplicates,
        )
    except KeinVorgang:
        raise
    except (ValueError, RecursionError):  # no UTF-8, no JSON, a number of thousands of digits, too deep
        raise KeinVorgang("die Datei ist kein JSON") from None
    return read_mapping(felder)


def _refuse_number(zahl: str) -> NoReturn:
    """Refuse binary fractions: an amount in an entry is text, because a float near money is a defect."""
    raise KeinVorgang(f"{zahl[:40]} ist keine ganze Zahl; Beträge stehen als Text")


def _refuse_duplicates(paare: list[tuple[str, Any]]) -> dict[str, Any]:
    felder = dict(paare)
    if len(felder) < len(paare):
        raise KeinVorgang("ein Schlüssel steht zweimal")
    return felder


def _hash(wert: object) -> str:
    if not isinstance(wert, str) or not _HASH.fullmatch(wert):
        raise KeinVorgang(f"{quote(wert)} ist keine SHA-256-Summe")
    return wert


def _triple(wert: object) -> tuple[str, str, str]:
    if not isinstance(wert, list) or len(wert) != 3:
        raise KeinVorgang(f"{quote(wert)} ist kein [Wert, gültig ab, Quelle]")
    return read_text(wert[0]), read_text(wert[1]), read_text(wert[2])
