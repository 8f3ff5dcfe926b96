"""A seal: the last step of every case with its hash, kept outside the Bestand, so that nobody rewrites what was.

Each entry of a step names the hash of the one before it, so one hash vouches for all steps of a case. Whoever
rewrites a whole chain and computes it anew is found by a seal that lies elsewhere: printed, mailed, with a notary.
"""

import dataclasses
import datetime as dt
import hashlib
import json
import pathlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mahnakte.ablage.entdecken import place_of
from mahnakte.ablage.lesen import Fallordner, read_datei, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.verifizieren import verify_dokumente
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe
from mahnakte.werk.ergebnis import NichtBegonnen

SCHEMA = "mahnakte/siegel/1"
GEBROCHEN = "SIEGEL_GEBROCHEN"


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Siegelfall:
    """One case: where it lay, its number, the number of its last step and the hash of that step's entry."""

    bestand: str
    ordner: str
    aktenzeichen: str
    nr: int
    hash: str


@dataclasses.dataclass(frozen=True, slots=True)
class Siegel:
    """The cases as they stood on a day, in the order of their folders. Cases without a step have nothing to seal."""

    am: dt.date
    faelle: tuple[Siegelfall, ...]

    @property
    def pruefsumme(self) -> str:
        """Return the one hash over all: who has written it down needs no file to trust the file."""
        zeilen = "".join(f"{f.bestand}/{f.ordner}|{f.aktenzeichen}|{f.nr}|{f.hash}\n" for f in self.faelle)
        return hashlib.sha256(f"{SCHEMA}|{self.am.isoformat()}\n{zeilen}".encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """Return the document."""
        return {
            "schema": SCHEMA,
            "am": self.am.isoformat(),
            "pruefsumme": self.pruefsumme,
            "faelle": [dataclasses.asdict(fall) for fall in self.faelle],
        }


def seal(ordner: Iterable[pathlib.Path], am: dt.date) -> tuple[Siegel, tuple[Befund, ...]]:
    """Return the seal of the case folders, and the damage found on the way: a damaged case is not sealed."""
    befunde: list[Befund] = []
    faelle: list[Siegelfall] = []
    for pfad in ordner:
        stand = read_fallordner(pfad).vorgaenge
        if schaden := (*stand.befunde, *verify_dokumente(pfad, stand.vorgaenge)):
            befunde += schaden
        elif stand.kopf_hash:
            faelle.append(
                Siegelfall(*place_of(pfad), stand.vorgaenge[-1].aktenzeichen, stand.kopf_nr, stand.kopf_hash)
            )
    return Siegel(am, tuple(sorted(faelle))), tuple(befunde)


def write_siegel(siegel: Siegel) -> bytes:
    """Return the document; the same cases give the same bytes."""
    return (json.dumps(siegel.as_json(), ensure_ascii=False, indent=2) + "\n").encode()


def read_siegel(datei: pathlib.Path) -> Siegel:
    """Read a seal; raise NichtBegonnen where it is none, or where it does not bear its own sum."""
    try:
        siegel, pruefsumme = _read(json.loads(read_datei(datei).inhalt))
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        befund = sperre(
            "SIEGEL_UNLESBAR", "Das ist kein Siegel, das „mahnakte siegeln“ geschrieben hat.",
            "Die Datei angeben, die mit „mahnakte siegeln PFAD… --datei DATEI“ entstanden ist.", Stelle(show(datei)),
        )  # fmt: skip
        raise NichtBegonnen([befund]) from None
    if siegel.pruefsumme != pruefsumme:
        befund = sperre(
            "SIEGEL_VERAENDERT", "Dieses Siegel wurde verändert: Seine Prüfsumme passt nicht zu seinem Inhalt.",
            "Ein unverändertes Exemplar nehmen; die richtige Prüfsumme steht auf dem Ausdruck und in der E-Mail.",
            Stelle(show(datei)),
        )  # fmt: skip
        raise NichtBegonnen([befund])
    return siegel


def _read(roh: Mapping[str, Any]) -> tuple[Siegel, str]:
    if roh["schema"] != SCHEMA:
        raise ValueError(roh["schema"])
    faelle = [
        Siegelfall(str(f["bestand"]), str(f["ordner"]), str(f["aktenzeichen"]), int(f["nr"]), str(f["hash"]))
        for f in roh["faelle"]
    ]
    return Siegel(dt.date.fromisoformat(roh["am"]), tuple(faelle)), str(roh["pruefsumme"])


def compare(siegel: Siegel, ordner: Iterable[pathlib.Path]) -> Iterator[Befund]:
    """Yield a finding for each sealed case that is no longer as it was sealed, or no longer there.

    Steps that came later are none. A renamed folder is found by the number of its case.
    """
    gelesene = {place_of(pfad): read_fallordner(pfad) for pfad in ordner}
    nach_nummer = {
        gelesen.vorgaenge.vorgaenge[0].aktenzeichen: gelesen
        for gelesen in gelesene.values()
        if gelesen.vorgaenge.vorgaenge
    }
    for fall in siegel.faelle:
        gelesen = gelesene.get((fall.bestand, fall.ordner)) or nach_nummer.get(fall.aktenzeichen)
        if gelesen is None:
            yield sperre(
                "SIEGEL_FALL_FEHLT",
                f"Der Fall {json_safe(fall.aktenzeichen)} war am {format_datum(siegel.am)} versiegelt und ist nicht "
                "mehr da.",
                "Prüfen, wohin der Ordner kam. Wurde er nach Ablauf der Aufbewahrung gelöscht, ist das in Ordnung.",
                Stelle(json_safe(fall.ordner)),
            )
        elif _rewritten(fall, gelesen):
            yield sperre(
                GEBROCHEN,
                f"Die Vorgänge bis {fall.nr:04d} sind nicht mehr die, die am {format_datum(siegel.am)} versiegelt "
                "wurden.",
                "Den Ordner vorgaenge/ dieses Falls mit der Datensicherung jenes Tages vergleichen; klären, wer ihn "
                "geändert hat.",
                Stelle(show(gelesen.pfad)),
            )


def _rewritten(fall: Siegelfall, gelesen: Fallordner) -> bool:
    versiegelt = next((v for v in gelesen.vorgaenge.vorgaenge if v.nr == fall.nr), None)
    return versiegelt is None or versiegelt.hash != fall.hash
