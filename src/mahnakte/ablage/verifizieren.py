"""Is each step what its entry says? Structure and chain always, every document on demand.

A step is a folder named exactly NNNN whose eintrag.json carries that number and names exactly the
files that lie there (docs/vorgang.md). Whatever else lies in `vorgaenge/` is damage.
"""

import dataclasses
import pathlib
import re
from collections.abc import Iterable, Iterator, Sequence, Set

from mahnakte.ablage.namen import is_dokumentname
from mahnakte.ablage.platte import PLATTE, Entry, Kind, Platte, UnreadableFile
from mahnakte.ablage.reste import STAGING, report_reste
from mahnakte.ablage.stoerung import describe, show
from mahnakte.fall.uebernahme import WORD, is_versandt, list_uebernahmen
from mahnakte.fall.vorgang import EINTRAG, Vorgang, read_eintrag, sha256
from mahnakte.fall.vorgangsdaten.form import KeinVorgang
from mahnakte.grund.befund import Befund, Stelle, sperre, warnung
from mahnakte.grund.text import json_safe

VORGAENGE = "vorgaenge"
BESCHAEDIGT = "VORGANG_BESCHAEDIGT"
UNLESBAR = "VORGANG_UNLESBAR"
MAX_EINTRAG = 5_000_000
MAX_DOKUMENT = 50_000_000

_NUMMER = re.compile(r"\d{4}", re.ASCII)
# What file managers and office programs leave behind when somebody only looks at a folder.
_SPUREN = re.compile(r"Thumbs\.db|desktop\.ini|\.DS_Store|\._.+|~\$.+|\.~lock\..+#", re.IGNORECASE)
_UEBERNEHMEN = (
    "Wurde der Brief mit Absicht in Word geändert: „mahnakte vorgang uebernehmen FALL {nr}“ macht daraus einen neuen "
    "Vorgang. Sonst den Ordner aus der Datensicherung wiederherstellen."
)
_AUS_SICHERUNG = "Den Ordner aus der Datensicherung wiederherstellen; nichts von Hand ändern."


@dataclasses.dataclass(frozen=True, slots=True)
class Vorgangsstand:
    """The steps of a case as one single listing showed them.

    `vorgaenge` holds the readable steps in order. `kopf_nr` is the highest number that stands there (0 =
    none), `kopf_hash` the hash of that step's entry. `befunde` are all findings about the steps; one of
    severity `sperre` stops every further step. `reste` are the names of staging folders that an
    interrupted run left behind.
    """

    vorgaenge: tuple[Vorgang, ...] = ()
    kopf_nr: int = 0
    kopf_hash: str | None = None
    befunde: tuple[Befund, ...] = ()
    reste: tuple[str, ...] = ()

    @property
    def schaden(self) -> tuple[Befund, ...]:
        """Return the findings that are damage, apart from what could only not be read just now."""
        return tuple(befund for befund in self.befunde if befund.code == BESCHAEDIGT)


def read_vorgaenge(ordner: pathlib.Path, platte: Platte = PLATTE) -> Vorgangsstand:
    """Read the steps of one case folder from one listing of its `vorgaenge/`, which must exist."""
    wurzel = ordner / VORGAENGE
    try:
        namen = platte.scan(wurzel)
    except OSError as fehler:
        return Vorgangsstand(befunde=(describe(fehler, UNLESBAR, wurzel),))
    nummern = [int(e.name) for e in namen if e.kind is Kind.FOLDER and is_nummer(e.name)]
    schritte = [_read_step(wurzel, nummer, platte) for nummer in nummern]
    vorgaenge = tuple(schritt.vorgang for schritt in schritte if schritt.vorgang)
    kopf = schritte[-1].vorgang if schritte else None
    return Vorgangsstand(
        vorgaenge=vorgaenge,
        kopf_nr=max(nummern, default=0),
        kopf_hash=kopf.hash if kopf else None,
        befunde=(
            *_check_strangers(wurzel, namen),
            *(befund for schritt in schritte for befund in schritt.befunde),
            *_check_gaps(wurzel, nummern),
            *_check_chain(wurzel, vorgaenge),
            *report_reste(wurzel, (e.name for e in namen), platte),
            *_report_traces(wurzel, namen),
        ),
        reste=tuple(e.name for e in namen if e.name.startswith(STAGING)),
    )


def is_nummer(name: str) -> bool:
    """Tell whether a folder name is the number of a step: four digits, from 0001."""
    return _NUMMER.fullmatch(name) is not None and name != "0000"


def is_trace(name: str) -> bool:
    """Tell whether a file manager or an office program left this file behind, as they do when one looks."""
    return _SPUREN.fullmatch(name) is not None


@dataclasses.dataclass(frozen=True, slots=True)
class Aenderung:
    """A document of step `nr` that is not what the entry says. `summe` is what was found, None when unreadable.

    `befund` is damage, or a warning where a person has answered for it (compare_dokumente).
    """

    nr: int
    name: str
    befund: Befund
    summe: str | None = None


def verify_dokumente(
    ordner: pathlib.Path, vorgaenge: Iterable[Vorgang], platte: Platte = PLATTE
) -> tuple[Befund, ...]:
    """Hash every document of all steps of a case against their entries; each difference is a finding."""
    return tuple(aenderung.befund for aenderung in compare_dokumente(ordner, vorgaenge, platte))


def compare_dokumente(
    ordner: pathlib.Path, vorgaenge: Iterable[Vorgang], platte: Platte = PLATTE
) -> tuple[Aenderung, ...]:
    """Return every document of all steps of a case that is not what its entry says; each is damage.

    But for two: exactly the bytes that a later step took over, and the Word file of a letter that was sent
    before, whose PDF still is what went out.
    """
    alle = tuple(vorgaenge)
    uebernommen = {(u.vorgang, u.datei, u.gefunden) for u in list_uebernahmen(alle)}
    return tuple(
        aenderung
        for vorgang in alle
        for aenderung in _excuse(_list_changes(ordner, vorgang, platte), vorgang, alle, uebernommen)
    )


def _list_changes(ordner: pathlib.Path, vorgang: Vorgang, platte: Platte) -> list[Aenderung]:
    return [
        aenderung
        for name, summe in sorted(vorgang.dateien.items())
        if is_dokumentname(name)  # any other name is damage already and must not become a path
        for aenderung in _compare(step_folder(ordner, vorgang.nr) / name, vorgang.nr, summe, platte)
    ]


def _excuse(
    aenderungen: list[Aenderung],
    vorgang: Vorgang,
    alle: tuple[Vorgang, ...],
    uebernommen: Set[tuple[int, str, str]],
) -> Iterator[Aenderung]:
    """Turn damage into a warning where a person has answered for exactly this change."""
    geaendert = {aenderung.name for aenderung in aenderungen}
    abgeloest = {nr for nr, _, _ in uebernommen}
    for eine in aenderungen:
        pdf = f"{eine.name.removesuffix(WORD)}.pdf"
        if eine.summe is not None and (eine.nr, eine.name, eine.summe) in uebernommen:
            yield _warn(eine, "UEBERNOMMENE_DATEI",
                        "Diese Word-Datei wurde geändert; ein späterer Vorgang hat sie so übernommen.",
                        "Nichts zu tun; die Datei so lassen.")  # fmt: skip
        elif (
            eine.summe is not None
            and eine.name.endswith(WORD)
            and pdf in vorgang.dateien.keys() - geaendert
            and is_versandt(alle, eine.nr)
        ):
            yield _warn(eine, "WORD_NACH_VERSAND",
                        "Diese Word-Datei wurde nach dem Versand geändert; verschickt ist, was im PDF steht.",
                        "Für eine Berichtigung ein neues Schreiben erstellen: „mahnakte brief“.")  # fmt: skip
        elif eine.nr in abgeloest and eine.summe is not None:
            yield dataclasses.replace(eine, befund=dataclasses.replace(eine.befund, abhilfe=_AUS_SICHERUNG))
        else:
            yield eine


def _warn(aenderung: Aenderung, code: str, text: str, abhilfe: str) -> Aenderung:
    return dataclasses.replace(aenderung, befund=warnung(code, text, abhilfe, aenderung.befund.stelle))


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
    befunde: tuple[Befund, ...]


def _read_step(wurzel: pathlib.Path, nummer: int, platte: Platte) -> _Schritt:
    ordner = wurzel / f"{nummer:04d}"
    pfad = ordner / EINTRAG
    try:
        namen = platte.scan(ordner)
        if not any(e.name == EINTRAG and e.kind is Kind.FILE for e in namen):
            return _Schritt(None, (_schaden(pfad, "Dem Vorgang fehlt sein Eintrag eintrag.json."),))
        vorgang = read_eintrag(platte.read(pfad, MAX_EINTRAG))
    except OSError as fehler:
        return _Schritt(None, (describe(fehler, UNLESBAR, pfad),))
    except UnreadableFile as grund:
        return _Schritt(None, (_schaden(pfad, grund.text, grund.abhilfe),))
    except KeinVorgang as grund:
        return _Schritt(None, (_schaden(pfad, f"Der Eintrag ist nicht lesbar: {json_safe(str(grund))}."),))
    return _Schritt(vorgang, tuple(_check_step(ordner, namen, vorgang)))


def _check_step(ordner: pathlib.Path, namen: Sequence[Entry], vorgang: Vorgang) -> Iterable[Befund]:
    if vorgang.nr != int(ordner.name):
        yield _schaden(
            ordner / EINTRAG, f"Der Eintrag trägt die Nummer {vorgang.nr:04d}, der Ordner heißt anders."
        )
    yield from _check_files(ordner, namen, vorgang)
    yield from _report_traces(ordner, namen)


def _check_files(ordner: pathlib.Path, namen: Sequence[Entry], vorgang: Vorgang) -> Iterable[Befund]:
    da = {e.name: e.kind for e in namen if not is_trace(e.name)}
    genannt = {EINTRAG, *vorgang.dateien}
    for name in sorted(genannt - da.keys()):
        yield _schaden(ordner, f"Die Datei {json_safe(name)} des Vorgangs fehlt.")
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
        if eintrag.kind is Kind.FILE and is_trace(eintrag.name):
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


def _compare(pfad: pathlib.Path, nr: int, summe: str, platte: Platte) -> Iterator[Aenderung]:
    try:
        inhalt = platte.read(pfad, MAX_DOKUMENT)
    except FileNotFoundError:
        return  # already reported by the structure check
    except OSError as fehler:
        yield Aenderung(nr, pfad.name, describe(fehler, UNLESBAR, pfad))
    except UnreadableFile as grund:
        yield Aenderung(nr, pfad.name, _schaden(pfad, grund.text, grund.abhilfe))
    else:
        if (gefunden := sha256(inhalt)) != summe:
            abhilfe = _UEBERNEHMEN.format(nr=nr) if pfad.name.endswith(WORD) else _AUS_SICHERUNG
            befund = _schaden(pfad, "Die Datei wurde nach dem Erstellen geändert.", abhilfe)
            yield Aenderung(nr, pfad.name, befund, gefunden)


def _report_traces(ordner: pathlib.Path, namen: Sequence[Entry]) -> tuple[Befund, ...]:
    return tuple(
        warnung(
            "SYSTEMDATEI",
            "Der Dateimanager oder ein Büroprogramm hat hier eine eigene Datei abgelegt.",
            "Ein noch geöffnetes Dokument schließen; bleibt die Datei, kann sie gelöscht werden.",
            Stelle(show(ordner / eintrag.name)),
        )
        for eintrag in namen
        if eintrag.kind is Kind.FILE and is_trace(eintrag.name)
    )


def _schaden(pfad: pathlib.Path, text: str, abhilfe: str = _AUS_SICHERUNG) -> Befund:
    return sperre(BESCHAEDIGT, text, abhilfe, Stelle(show(pfad)))
