"""A Vorgang: one published step of a case, as its eintrag.json tells it.

Format: docs/vorgang.md. The keys are a contract; the bytes are canonical (sorted keys, UTF-8, LF).
"""

import dataclasses
import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

SCHEMA = "mahnakte/vorgang/1"
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
    daten: Mapping[str, Any]
    dateien: Mapping[str, str]
    anlass: str
    ersetzt: int | None
    hash: str


@dataclasses.dataclass(frozen=True, slots=True)
class Vorgangsentwurf:
    """What a command wants to publish as the next step; number, time and chain are added by `ablage`.

    `dokumente` maps file names to the finished, checked bytes.
    """

    aktenzeichen: str
    art: str
    stichtag: dt.date
    anlass: str
    eingaben: Mapping[str, str]
    werte: Mapping[str, tuple[str, str, str]] = dataclasses.field(default_factory=dict)
    daten: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    dokumente: Mapping[str, bytes] = dataclasses.field(default_factory=dict)
    ersetzt: int | None = None


class KeinVorgang(ValueError):  # noqa: N818 - a value, not an accident: the reader turns it into a Befund
    """The bytes are no eintrag.json of this schema; the message says in German why."""


def sha256(inhalt: bytes) -> str:
    """Return the SHA-256 of the bytes in lower-case hex, as everywhere in eintrag.json."""
    return hashlib.sha256(inhalt).hexdigest()


def write_eintrag(vorgang: Vorgang) -> bytes:
    """Return the canonical bytes of a step's eintrag.json (everything but `hash`)."""
    felder = {
        "schema": SCHEMA,
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
        "daten": vorgang.daten,
        "dateien": dict(vorgang.dateien),
        "anlass": vorgang.anlass,
        "ersetzt": vorgang.ersetzt,
    }
    return (json.dumps(felder, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def read_eintrag(inhalt: bytes) -> Vorgang:
    """Read the bytes of an eintrag.json; raise KeinVorgang when a key is missing or of the wrong kind."""
    try:
        felder = json.loads(inhalt.decode("utf-8"))
        if felder["schema"] != SCHEMA:
            raise KeinVorgang(f"unbekanntes Schema {felder['schema']!r}")
        return Vorgang(
            nr=_whole(felder["nr"]),
            aktenzeichen=_text(felder["aktenzeichen"]),
            art=_text(felder["art"]),
            stichtag=dt.date.fromisoformat(felder["stichtag"]),
            erzeugt_am=_text(felder["erzeugt_am"]),
            lauf_id=_text(felder["lauf_id"]),
            bearbeiter=_text(felder["bearbeiter"]),
            rechner=_text(felder["rechner"]),
            version=_text(felder["version"]),
            vorher=None if felder["vorher"] is None else _hash(felder["vorher"]),
            eingaben={_text(pfad): _hash(summe) for pfad, summe in felder["eingaben"].items()},
            werte={_text(name): _triple(wert) for name, wert in felder["werte"].items()},
            daten=dict(felder["daten"]),
            dateien={_text(name): _hash(summe) for name, summe in felder["dateien"].items()},
            anlass=_text(felder["anlass"]),
            ersetzt=None if felder["ersetzt"] is None else _whole(felder["ersetzt"]),
            hash=sha256(inhalt),
        )
    except KeyError as fehler:
        raise KeinVorgang(f"der Schlüssel {fehler} fehlt") from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise KeinVorgang("die Datei ist kein JSON") from None
    except (TypeError, AttributeError, ValueError) as fehler:
        raise KeinVorgang(str(fehler)) from None


def _text(wert: object) -> str:
    if not isinstance(wert, str):
        raise KeinVorgang(f"{wert!r} ist kein Text")
    return wert


def _whole(wert: object) -> int:
    if not isinstance(wert, int) or isinstance(wert, bool) or wert < 1:
        raise KeinVorgang(f"{wert!r} ist keine Nummer")
    return wert


def _hash(wert: object) -> str:
    if not isinstance(wert, str) or not _HASH.fullmatch(wert):
        raise KeinVorgang(f"{wert!r} ist keine SHA-256-Summe")
    return wert


def _triple(wert: object) -> tuple[str, str, str]:
    if not isinstance(wert, list) or len(wert) != 3:
        raise KeinVorgang(f"{wert!r} ist kein [Wert, gültig ab, Quelle]")
    return _text(wert[0]), _text(wert[1]), _text(wert[2])
