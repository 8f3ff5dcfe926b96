"""A collective EDA file and its index: which published steps it holds, and under which head.

The file is derived from the steps and can be made again: same steps and same head, same bytes. Its number is the
name of its folder under antraege/.
"""

import dataclasses
import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from mahnakte.antrag.eda.folgeantrag import Vollstreckungsbescheidsantrag, write_folgeantraege
from mahnakte.antrag.eda.rueckprobe import write_verified
from mahnakte.antrag.eda.verify_folge import verify_folgeantraege
from mahnakte.antrag.modell import Dateikopf, Mahnantrag
from mahnakte.fall.vorgang import sha256
from mahnakte.grund.befund import Ablehnung, Schwere

SCHEMA = "mahnakte/sammeldatei/1"
VERZEICHNIS = "verzeichnis.json"
ENDUNG = ".EDA"

Antrag = Mahnantrag | Vollstreckungsbescheidsantrag


@dataclasses.dataclass(frozen=True, slots=True)
class Schritt:
    """One published step in the file: folder of the case, Aktenzeichen, number, hash of its eintrag.json."""

    ordner: str
    aktenzeichen: str
    nr: int
    eintrag: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Verzeichnis:
    """The index of a collective file. `art` is the kind of its steps, `gericht` postcode and place of the court."""

    kopf: Dateikopf
    art: str
    gericht: str
    sha256: str
    schritte: tuple[Schritt, ...]

    @property
    def datei(self) -> str:
        """Return the name of the EDA file: ABC021.EDA."""
        return self.kopf.kennung + ENDUNG

    def as_json(self) -> dict[str, Any]:
        """Return what stands in verzeichnis.json."""
        return {
            "schema": SCHEMA,
            "datei": self.datei,
            "sha256": self.sha256,
            "art": self.art,
            "gericht": self.gericht,
            "kennung": self.kopf.kennung,
            "teilnehmer": self.kopf.teilnehmer,
            "erstellt_am": self.kopf.erstellt_am.isoformat(),
            "software": self.kopf.software,
            "softwareversion": self.kopf.softwareversion,
            "antraege": [dataclasses.asdict(schritt) for schritt in self.schritte],
        }


def write_sammeldatei(
    antraege: Sequence[Antrag], schritte: tuple[Schritt, ...], kopf: Dateikopf, art: str, gericht: str
) -> tuple[bytes, Verzeichnis]:
    """Write applications of one kind to one court as a file, read it back strictly, and return it with its index.

    Raises Ablehnung when something does not fit.
    """
    mahnantraege = [antrag for antrag in antraege if isinstance(antrag, Mahnantrag)]
    folgeantraege = [antrag for antrag in antraege if isinstance(antrag, Vollstreckungsbescheidsantrag)]
    if folgeantraege:
        inhalt = write_folgeantraege(folgeantraege, kopf)
        befunde = verify_folgeantraege(inhalt, kopf.kennung + ENDUNG)
    else:
        # What may be in it was decided when the applications were chosen (werk/sammelgut.py).
        inhalt = write_verified(mahnantraege, kopf, kopf.kennung + ENDUNG, getestet=True)
        befunde = ()
    for befund in befunde:
        if befund.schwere is Schwere.SPERRE:
            raise Ablehnung(befund)
    verzeichnis = Verzeichnis(kopf=kopf, art=art, gericht=gericht, sha256=sha256(inhalt), schritte=schritte)
    return inhalt, verzeichnis


def format_verzeichnis(verzeichnis: Verzeichnis) -> bytes:
    """Return the canonical bytes of the index: sorted keys, two blanks, UTF-8, LF."""
    return (json.dumps(verzeichnis.as_json(), ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def read_verzeichnis(inhalt: bytes) -> Verzeichnis:
    """Read an index; raise ValueError (also KeyError, TypeError) when the bytes are none."""
    felder = json.loads(inhalt.decode("utf-8"))
    if felder["schema"] != SCHEMA:
        raise ValueError(felder["schema"])
    kopf = Dateikopf(
        teilnehmer=str(felder["teilnehmer"]),
        kennung=str(felder["kennung"]),
        erstellt_am=dt.date.fromisoformat(felder["erstellt_am"]),
        software=str(felder["software"]),
        softwareversion=str(felder["softwareversion"]),
    )
    schritte = tuple(
        Schritt(str(s["ordner"]), str(s["aktenzeichen"]), int(s["nr"]), str(s["eintrag"]))
        for s in felder["antraege"]
    )
    return Verzeichnis(
        kopf=kopf,
        art=str(felder["art"]),
        gericht=str(felder["gericht"]),
        sha256=str(felder["sha256"]),
        schritte=schritte,
    )
