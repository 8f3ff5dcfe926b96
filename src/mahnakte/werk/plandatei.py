"""A plan as a document: what was due, and the files it was made from, so that it is carried out as it was seen.

Form: docs/ablauf.md. A case is known again by the names of its folder and of the folder above, not by the whole path:
the same share has another letter on another machine.
"""

import dataclasses
import datetime as dt
import hashlib
import json
import pathlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import mahnakte
from mahnakte.ablage.entdecken import place_of
from mahnakte.ablage.lesen import read_datei
from mahnakte.ablage.stoerung import show
from mahnakte.ablauf.plan import Schritt
from mahnakte.fall.vorgang import Vorgangsentwurf
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe
from mahnakte.werk.ergebnis import NichtBegonnen
from mahnakte.werk.vorschau import Planzeile, Vorhaben

SCHEMA = "mahnakte/plan/1"
_GENANNT = 3  # files named in a finding; a changed mahnakte.yaml is one of them already


@dataclasses.dataclass(frozen=True, slots=True)
class Planfall:
    """One case in which something is due. `dateien`: SHA-256 by name as in the entry of a step.

    `kopf` is number and hash of its last step. `dokumente` is one hash over the finished letter; empty where what is
    due is no letter.
    """

    bestand: str
    ordner: str
    aktenzeichen: str
    schritte: tuple[str, ...]
    dateien: Mapping[str, str]
    kopf: tuple[int, str]
    dokumente: str

    @property
    def platz(self) -> tuple[str, str]:
        """Return by what a case folder is known again."""
        return self.bestand, self.ordner


@dataclasses.dataclass(frozen=True, slots=True)
class Planung:
    """A plan as it was kept."""

    stichtag: dt.date
    version: str
    faelle: tuple[Planfall, ...]

    def __contains__(self, pfad: pathlib.Path) -> bool:
        """Tell whether something was planned for a case folder."""
        return any(fall.platz == place_of(pfad) for fall in self.faelle)

    def list_missing(self, ordner: Iterable[pathlib.Path]) -> Iterator[Befund]:
        """Yield a finding for each planned case that is not among the folders."""
        gefundene = {place_of(pfad) for pfad in ordner}
        for fall in self.faelle:
            if fall.platz not in gefundene:
                yield sperre(
                    "PLAN_FALL_FEHLT",
                    f"Der Plan enthält den Fall {json_safe(fall.aktenzeichen)}; sein Ordner "
                    f"„{json_safe(fall.ordner)}“ liegt nicht unter den angegebenen.",
                    "Denselben Bestand angeben wie beim Planen. Wurde der Ordner umbenannt, neu planen.",
                )

    def refuse_other(self, stichtag: dt.date, datei: pathlib.Path) -> None:
        """Raise NichtBegonnen where the run would be of another day."""
        if stichtag != self.stichtag:
            text = f"Der Plan gilt für den {format_datum(self.stichtag)}, nicht für den {format_datum(stichtag)}."
            rat = f"Mit --stichtag {self.stichtag.isoformat()} aufrufen oder neu planen."
            raise NichtBegonnen([sperre("PLAN_STICHTAG", text, rat, Stelle(show(datei)))])

    def check(self, vorhaben: Vorhaben) -> None:
        """Raise Ablehnung where a case is no longer as it was planned; without a letter there is nothing to refuse.

        Letters that this plan asked for may have been written meanwhile: by a run that was cut off, or by this one.
        """
        if vorhaben.entwurf is None:
            return
        pfad = vorhaben.zeile.pfad
        geplante = [fall for fall in self.faelle if fall.platz == place_of(pfad)]
        abweichungen = [_difference(fall, vorhaben, vorhaben.entwurf) for fall in geplante]
        if all(abweichungen):
            text = f"Seit dem Plan hat sich etwas geändert: {abweichungen[0]}."
            rat = "Mit „mahnakte plan“ ansehen, was jetzt fällig ist, und den Plan neu speichern."
            raise Ablehnung(sperre("PLAN_VERALTET", text, rat, Stelle(show(pfad))))


def note_fall(vorhaben: Vorhaben) -> Planfall | None:
    """Return what is kept of a case, None where nothing is due."""
    zeile = vorhaben.zeile
    if not zeile.schritte:
        return None
    bestand, ordner = place_of(zeile.pfad)
    return Planfall(
        bestand, ordner, zeile.aktenzeichen or "", tuple(_name(schritt) for schritt in zeile.schritte),
        _files(zeile, vorhaben.entwurf), _head(zeile), _hash_documents(vorhaben.entwurf),
    )  # fmt: skip


def write_planung(stichtag: dt.date, faelle: Iterable[Planfall]) -> bytes:
    """Return the document."""
    planung = Planung(stichtag, mahnakte.__version__, tuple(faelle))
    dokument = {
        "schema": SCHEMA,
        "stichtag": stichtag.isoformat(),
        "version": planung.version,
        "faelle": [dataclasses.asdict(fall) for fall in planung.faelle],
    }
    return (json.dumps(dokument, ensure_ascii=False, indent=2) + "\n").encode()


def read_planung(datei: pathlib.Path) -> Planung:
    """Read a kept plan; raise NichtBegonnen for what is none."""
    try:
        return _read(json.loads(read_datei(datei).inhalt))
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        befund = sperre(
            "PLANDATEI_UNLESBAR", "Das ist kein Plan, den „mahnakte plan --speichern“ geschrieben hat.",
            "Die richtige Datei angeben oder den Plan neu speichern.", Stelle(show(datei)),
        )  # fmt: skip
        raise NichtBegonnen([befund]) from None


def _read(roh: Mapping[str, Any]) -> Planung:
    if roh["schema"] != SCHEMA:
        raise ValueError(roh["schema"])
    faelle = tuple(_read_fall(einer) for einer in roh["faelle"])
    return Planung(dt.date.fromisoformat(roh["stichtag"]), str(roh["version"]), faelle)


def _read_fall(roh: Mapping[str, Any]) -> Planfall:
    nr, kopf = roh["kopf"]
    return Planfall(
        bestand=str(roh["bestand"]),
        ordner=str(roh["ordner"]),
        aktenzeichen=str(roh["aktenzeichen"]),
        schritte=tuple(str(schritt) for schritt in roh["schritte"]),
        dateien={str(name): str(summe) for name, summe in roh["dateien"].items()},
        kopf=(int(nr), str(kopf)),
        dokumente=str(roh["dokumente"]),
    )


def _name(schritt: Schritt) -> str:
    return f"{schritt.art} {schritt.frist_bis.isoformat()}" if schritt.frist_bis else schritt.art


def _files(zeile: Planzeile, entwurf: Vorgangsentwurf | None) -> dict[str, str]:
    fall = zeile.geladen.fall
    return {**(fall.eingaben if fall else {}), **(entwurf.eingaben if entwurf else {})}


def _head(zeile: Planzeile) -> tuple[int, str]:
    stand = zeile.geladen.stand
    return stand.kopf_nr, stand.kopf_hash or ""


def _hash_documents(entwurf: Vorgangsentwurf | None) -> str:
    if entwurf is None:
        return ""
    summen = [
        (name, hashlib.sha256(inhalt).hexdigest()) for name, inhalt in sorted(entwurf.dokumente.items())
    ]
    return hashlib.sha256(ascii(summen).encode()).hexdigest()


def _difference(geplant: Planfall, vorhaben: Vorhaben, entwurf: Vorgangsentwurf) -> str:
    """Return in words what differs from the plan; empty where nothing does."""
    zeile = vorhaben.zeile
    if zeile.aktenzeichen != geplant.aktenzeichen:
        return f"Das Aktenzeichen war „{json_safe(geplant.aktenzeichen)}“"
    if geaenderte := _changed_files(geplant, _files(zeile, entwurf)):
        return f"{', '.join(geaenderte)} ist nicht mehr dieselbe Datei"
    schritte = {_name(schritt) for schritt in zeile.schritte}
    eigene = _own_letters(geplant, zeile)
    if eigene is None:
        return f"In vorgaenge/ steht nach {geplant.kopf[0]:04d} etwas, das der Plan nicht kennt"
    if not schritte <= set(geplant.schritte):
        return f"Fällig ist jetzt {', '.join(sorted(schritte))}, geplant war {', '.join(geplant.schritte)}"
    if eigene == 0 and geplant.dokumente != _hash_documents(entwurf):
        return "Der Brief sähe anders aus als beim Planen, etwa wegen einer anderen Programmversion"
    return ""


def _changed_files(geplant: Planfall, dateien: Mapping[str, str]) -> list[str]:
    namen = sorted(
        name
        for name in geplant.dateien.keys() | dateien.keys()
        if geplant.dateien.get(name) != dateien.get(name)
    )
    weitere = [f"und {len(namen) - _GENANNT} weitere"] if len(namen) > _GENANNT else []
    return [*(json_safe(name) for name in namen[:_GENANNT]), *weitere]


def _own_letters(geplant: Planfall, zeile: Planzeile) -> int | None:
    """Return how many letters of the plan stand already; None where any other step came after it."""
    nr, kopf = geplant.kopf
    stand = zeile.geladen.stand
    neue = [vorgang for vorgang in stand.vorgaenge if vorgang.nr > nr]
    damals = next((vorgang.hash for vorgang in stand.vorgaenge if vorgang.nr == nr), "")
    erwartet = {schritt.partition(" ")[0] for schritt in geplant.schritte}
    if damals != kopf or any(vorgang.art not in erwartet for vorgang in neue):
        return None
    return len(neue)
