"""Is each step what its entry says? Structure and chain always, every document on demand.

A step is a folder named exactly NNNN whose eintrag.json carries that number and names exactly the
files that lie there (docs/vorgang.md). Whatever else lies in `vorgaenge/` is damage.
"""

import dataclasses
import pathlib
import re
from collections.abc import Iterable, Sequence

from mahnakte.ablage.platte import PLATTE, Entry, Kind, Platte, UnreadableFile
from mahnakte.ablage.stoerung import describe, show
from mahnakte.fall.vorgang import EINTRAG, KeinVorgang, Vorgang, read_eintrag, sha256
from mahnakte.grund.befund import Befund, Stelle, sperre, warnung
from mahnakte.grund.text import json_safe

VORGAENGE = "vorgaenge"
STAGING = ".neu-"
BESCHAEDIGT = "VORGANG_BESCHAEDIGT"
MAX_EINTRAG = 5_000_000
MAX_DOKUMENT = 50_000_000

_NUMMER = re.compile(r"\d{4}", re.ASCII)
# What file managers and office programs leave behind when somebody only looks at a folder.
_SPUREN = re.compile(r"Thumbs\.db|desktop\.ini|\.DS_Store|\._.+|~\$.+|\.~lock\..+#", re.IGNORECASE)
_AUS_SICHERUNG = "Den Ordner aus der Datensicherung wiederherstellen; nichts von Hand ändern."


@dataclasses.dataclass(frozen=True, slots=True)
class Vorgangsstand:
    """The steps of a case as one single listing showed them.

    `vorgaenge` holds the readable steps in order. `kopf_nr` is the highest number that stands there (0 =
    none), `kopf_hash` the hash of that step's entry. `schaden` stops every further step; `reste` are
    the names of staging folders that an interrupted run left behind.
    """

    vorgaenge: tuple[Vorgang, ...] = ()
    kopf_nr: int = 0
    kopf_hash: str | None = None
    schaden: tuple[Befund, ...] = ()
    reste: tuple[str, ...] = ()
    hinweise: tuple[Befund, ...] = ()

    @property
    def befunde(self) -> tuple[Befund, ...]:
        """Return damage, leftovers and hints together."""
        return (*self.schaden, *self.hinweise)


def read_vorgaenge(ordner: pathlib.Path, platte: Platte = PLATTE) -> Vorgangsstand:
    """Read the steps of one case folder from one listing of its `vorgaenge/`, which must exist."""
    wurzel = ordner / VORGAENGE
    try:
        namen = platte.scan(wurzel)
    except OSError as fehler:
        return Vorgangsstand(schaden=(describe(fehler, BESCHAEDIGT, wurzel),))
    nummern = [int(e.name) for e in namen if e.kind is Kind.FOLDER and is_nummer(e.name)]
    gelesen = [_read_step(wurzel, nummer, platte) for nummer in nummern]
    vorgaenge = tuple(schritt.vorgang for schritt in gelesen if schritt.vorgang)
    schaden = [
        *_check_strangers(wurzel, namen),
        *(befund for schritt in gelesen for befund in schritt.schaden),
        *_check_gaps(wurzel, nummern),
        *_check_chain(wurzel, vorgaenge),
    ]
    reste = tuple(e.name for e in namen if e.name.startswith(STAGING))
    kopf = gelesen[-1].vorgang if gelesen else None
    return Vorgangsstand(
        vorgaenge,
        max(nummern, default=0),
        kopf.hash if kopf else None,
        tuple(schaden),
        reste,
        (
            *_report_reste(wurzel, reste),
            *_report_traces(wurzel, namen),
            *(h for s in gelesen for h in s.spuren),
        ),
    )


def is_nummer(name: str) -> bool:
    """Tell whether a folder name is the number of a step: four digits, from 0001."""
    return _NUMMER.fullmatch(name) is not None and name != "0000"


def verify_dokumente(
    ordner: pathlib.Path, vorgaenge: Iterable[Vorgang], platte: Platte = PLATTE
) -> tuple[Befund, ...]:
    """Hash every document of the steps against their entries; each difference is damage."""
    return tuple(
        befund
        for vorgang in vorgaenge
        for name, summe in sorted(vorgang.dateien.items())
        for befund in _verify_dokument(step_folder(ordner, vorgang.nr) / name, summe, platte)
    )


def verify_aktenzeichen(
    ordner: pathlib.Path, vorgaenge: Iterable[Vorgang], aktenzeichen: str
) -> tuple[Befund, ...]:
    """Find steps that belong to another case than fall.yaml says."""
    return tuple(
        _schaden(
            step_folder(ordner, vorgang.nr) / EINTRAG,
            f"Der Vorgang gehört zum Aktenzeichen {json_safe(vorgang.aktenzeichen)}, "
            f"der Fall heißt aber {json_safe(aktenzeichen)}.",
            "Das Aktenzeichen in fall.yaml berichtigen oder den Ordner vorgaenge/ dorthin zurücklegen, "
            "wohin er gehört.",
        )
        for vorgang in vorgaenge
        if vorgang.aktenzeichen != aktenzeichen
    )


def step_folder(ordner: pathlib.Path, nr: int) -> pathlib.Path:
    """Return the folder of one step of a case."""
    return ordner / VORGAENGE / f"{nr:04d}"


@dataclasses.dataclass(frozen=True, slots=True)
class _Schritt:
    vorgang: Vorgang | None
    schaden: tuple[Befund, ...]
    spuren: tuple[Befund, ...] = ()


def _read_step(wurzel: pathlib.Path, nummer: int, platte: Platte) -> _Schritt:
    ordner = wurzel / f"{nummer:04d}"
    pfad = ordner / EINTRAG
    try:
        namen = platte.scan(ordner)
        if not any(e.name == EINTRAG and e.kind is Kind.FILE for e in namen):
            return _Schritt(None, (_schaden(pfad, "Dem Vorgang fehlt sein Eintrag eintrag.json."),))
        vorgang = read_eintrag(platte.read(pfad, MAX_EINTRAG))
    except OSError as fehler:
        return _Schritt(None, (describe(fehler, BESCHAEDIGT, pfad),))
    except UnreadableFile as grund:
        return _Schritt(None, (_schaden(pfad, grund.text, grund.abhilfe),))
    except KeinVorgang as grund:
        return _Schritt(None, (_schaden(pfad, f"Der Eintrag ist nicht lesbar: {json_safe(str(grund))}."),))
    falsch = () if vorgang.nr == nummer else (
        _schaden(pfad, f"Der Eintrag trägt die Nummer {vorgang.nr:04d}, der Ordner heißt {nummer:04d}."),
    )  # fmt: skip
    return _Schritt(vorgang, (*falsch, *_check_files(ordner, namen, vorgang)), _report_traces(ordner, namen))


def _check_files(ordner: pathlib.Path, namen: Sequence[Entry], vorgang: Vorgang) -> Iterable[Befund]:
    da = {e.name: e.kind for e in namen if not _SPUREN.fullmatch(e.name)}
    genannt = {EINTRAG, *vorgang.dateien}
    for name in sorted(genannt - da.keys()):
        yield _schaden(ordner / name, "Diese Datei des Vorgangs fehlt.")
    for name in sorted(da.keys() - genannt):
        yield _schaden(
            ordner / name,
            "Diese Datei gehört nicht zum Vorgang.",
            "Die Datei nach belege/ verschieben; im Ordner vorgaenge/ legt nur mahnakte ab.",
        )
    for name in sorted(genannt & da.keys()):
        if da[name] is not Kind.FILE:
            yield _schaden(ordner / name, "Das ist keine gewöhnliche Datei.")


def _check_strangers(wurzel: pathlib.Path, namen: Sequence[Entry]) -> Iterable[Befund]:
    for eintrag in namen:
        if eintrag.kind is Kind.FOLDER and (is_nummer(eintrag.name) or eintrag.name.startswith(STAGING)):
            continue
        if eintrag.kind is Kind.FILE and _SPUREN.fullmatch(eintrag.name):
            continue
        yield _schaden(
            wurzel / eintrag.name,
            "Das gehört nicht in den Ordner vorgaenge/.",
            "Nach belege/ verschieben; im Ordner vorgaenge/ legt nur mahnakte ab.",
        )


def _check_gaps(wurzel: pathlib.Path, nummern: Sequence[int]) -> Iterable[Befund]:
    for nummer in sorted(set(range(1, max(nummern, default=0))) - set(nummern)):
        yield _schaden(wurzel / f"{nummer:04d}", f"Der Vorgang {nummer:04d} fehlt.")


def _check_chain(wurzel: pathlib.Path, vorgaenge: Sequence[Vorgang]) -> Iterable[Befund]:
    """Compare each step with the one before it; a gap has its own Befund already."""
    vorige = {vorgang.nr: vorgang for vorgang in vorgaenge}
    for vorgang in vorgaenge:
        davor = vorige.get(vorgang.nr - 1)
        pfad = wurzel / f"{vorgang.nr:04d}" / EINTRAG
        if vorgang.nr == 1 and vorgang.vorher is not None:
            yield _schaden(pfad, "Der erste Vorgang nennt einen Vorgänger.")
        if davor is None:
            continue
        if vorgang.vorher != davor.hash:
            yield _schaden(pfad, f"Der Vorgang {davor.nr:04d} davor wurde nachträglich geändert.")
        if vorgang.aktenzeichen != davor.aktenzeichen:
            yield _schaden(pfad, "Der Vorgang trägt ein anderes Aktenzeichen als der davor.")


def _verify_dokument(pfad: pathlib.Path, summe: str, platte: Platte) -> Iterable[Befund]:
    try:
        inhalt = platte.read(pfad, MAX_DOKUMENT)
    except FileNotFoundError:
        return  # already reported by the structure check
    except OSError as fehler:
        yield describe(fehler, BESCHAEDIGT, pfad)
    except UnreadableFile as grund:
        yield _schaden(pfad, grund.text, grund.abhilfe)
    else:
        if sha256(inhalt) != summe:
            yield _schaden(pfad, "Die Datei wurde nach dem Erstellen geändert.")


def _report_reste(wurzel: pathlib.Path, reste: Sequence[str]) -> tuple[Befund, ...]:
    return tuple(
        warnung(
            "STAGING_REST",
            "Ein abgebrochener Lauf hat einen unfertigen Ordner hinterlassen; er gehört zu keinem Vorgang.",
            "Wenn gerade niemand mit diesem Fall arbeitet, den Ordner löschen.",
            Stelle(show(wurzel / name)),
        )
        for name in reste
    )


def _report_traces(ordner: pathlib.Path, namen: Sequence[Entry]) -> tuple[Befund, ...]:
    return tuple(
        warnung(
            "SYSTEMDATEI",
            "Der Dateimanager oder ein Büroprogramm hat hier eine eigene Datei abgelegt.",
            "Ein noch geöffnetes Dokument schließen; bleibt die Datei, kann sie gelöscht werden.",
            Stelle(show(ordner / eintrag.name)),
        )
        for eintrag in namen
        if eintrag.kind is Kind.FILE and _SPUREN.fullmatch(eintrag.name)
    )


def _schaden(pfad: pathlib.Path, text: str, abhilfe: str = _AUS_SICHERUNG) -> Befund:
    return sperre(BESCHAEDIGT, text, abhilfe, Stelle(show(pfad)))
