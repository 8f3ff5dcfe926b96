"""Publishing one step: whole or not at all, never twice, never over another one.

The number is the lock. Whoever renames a complete folder to vorgaenge/NNNN first has made step NNNN;
the other one reads again, plans again, and mostly finds that nothing is left to do.
"""

import pathlib
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Fallordner, read_fallordner
from mahnakte.ablage.namen import (
    MAX_PFAD,
    is_aktenzeichen,
    is_dokumentname,
    length_of,
    refuse_length,
    refuse_name,
    refuse_twins,
)
from mahnakte.ablage.platte import PLATTE, Kind, Platte
from mahnakte.ablage.staging import NameTaken, NotHardened, build, discard, place, protect
from mahnakte.ablage.stoerung import not_written, show, unconfirmed
from mahnakte.ablage.verifizieren import (
    MAX_DOKUMENT,
    VORGAENGE,
    Vorgangsstand,
    step_folder,
    verify_aktenzeichen,
)
from mahnakte.ablage.ziel import create_folder
from mahnakte.fall.vorgang import EINTRAG, Vorgang, Vorgangsentwurf, read_eintrag, sha256, write_eintrag
from mahnakte.grund.befund import Ablehnung, Befund, Schwere, Stelle, sperre
from mahnakte.grund.text import json_safe

MAX_NUMMER = 9999
VERSUCHE = 20
_ERSTER = "0001"
_LAENGSTE_PAUSE = 2.0

Plan = Callable[[Fallordner], Vorgangsentwurf | None]


class NummerVergeben(Exception):  # noqa: N818 - not an accident: read again, plan again
    """Somebody else has published the next step in the meantime; nothing of ours is visible."""


def publish_next(
    gelesen: Fallordner,
    plan: Plan,
    herkunft: Herkunft,
    *,
    platte: Platte = PLATTE,
    sleep: Callable[[float], None] = time.sleep,
) -> Vorgang | None:
    """Publish the step that `plan` draws up, or return None when `plan` finds nothing to do.

    `plan` is called with the folder as read, and again with the folder read anew each time somebody else
    was faster, so that „already done?“ and the next number always come from one listing. It must
    decide from its argument alone. Raises Ablehnung (damage, full disk, too many collisions …).
    """
    for versuch in range(VERSUCHE):
        _refuse_first(gelesen.befunde)  # a folder read in part must not be planned upon
        entwurf = plan(gelesen)
        if entwurf is None:
            return None
        try:
            return publish(gelesen.pfad, gelesen.vorgaenge, entwurf, herkunft, platte=platte)
        except NummerVergeben:
            sleep(random.uniform(0, min(_LAENGSTE_PAUSE, 0.02 * 2**versuch)))  # noqa: S311 - spreads, hides nothing
            gelesen = read_fallordner(gelesen.pfad, platte)
    raise Ablehnung(
        sperre("VORGANG_KONFLIKT", "An diesem Fall arbeiten gerade andere; es wurde nichts geschrieben.",
               "Den Befehl in einigen Minuten wiederholen.", Stelle(show(gelesen.pfad)))
    )  # fmt: skip


def publish(
    fall: pathlib.Path,
    stand: Vorgangsstand,
    entwurf: Vorgangsentwurf,
    herkunft: Herkunft,
    *,
    platte: Platte = PLATTE,
) -> Vorgang:
    """Publish one step on top of `stand` and return it once it would survive a power loss.

    Raises NummerVergeben when another step has taken the number, Ablehnung when the case is damaged,
    a name is not allowed or the disk fails. In all these cases nothing of ours is visible, except under
    the code SCHREIBEN_UNGEWISS, where the step stands but the disk did not confirm it.
    """
    ziel = step_folder(fall, stand.kopf_nr + 1)
    _check(fall, ziel, stand, entwurf)
    vorgang, dateien = _complete(stand, entwurf, herkunft)
    try:
        _write(fall, ziel, dateien, platte)
    except NameTaken:
        raise NummerVergeben(ziel.name) from None
    except NotHardened as fehler:
        raise Ablehnung(_uncertain(ziel)) from fehler
    except OSError as fehler:
        raise Ablehnung(not_written(fehler, fall)) from fehler
    return vorgang


def create_fall(
    fall: pathlib.Path,
    dateien: Mapping[str, bytes],
    entwurf: Vorgangsentwurf,
    herkunft: Herkunft,
    *,
    platte: Platte = PLATTE,
) -> None:
    """Make a new case folder with its files and its first step, all visible by one rename.

    Raises Ablehnung, with the code ZIEL_VORHANDEN when a folder of that name stands; then nothing is visible.
    """
    ziel = step_folder(fall, 1)
    _check(fall, ziel, Vorgangsstand(), entwurf)
    _, schritt = _complete(Vorgangsstand(), entwurf, herkunft)
    create_folder(
        fall, {**{f"{VORGAENGE}/{ziel.name}/{n}": b for n, b in schritt.items()}, **dateien}, platte
    )


def check_platz(fall: pathlib.Path, stand: Vorgangsstand, entwurf: Vorgangsentwurf) -> None:
    """Raise Ablehnung for what `publish` would refuse before it writes: damage, names, paths, sizes."""
    _check(fall, step_folder(fall, stand.kopf_nr + 1), stand, entwurf)


def _uncertain(ziel: pathlib.Path) -> Befund:
    return unconfirmed(
        f"Der Vorgang {ziel.name} steht im Ordner",
        "Datenträger und Netz prüfen lassen, dann „mahnakte pruefen“ aufrufen; "
        "derselbe Befehl erstellt den Vorgang nicht noch einmal.",
        ziel,
    )


def _complete(
    stand: Vorgangsstand, entwurf: Vorgangsentwurf, herkunft: Herkunft
) -> tuple[Vorgang, dict[str, bytes]]:
    """Add number, origin, chain and hashes; the entry comes last among the files."""
    vorgang = Vorgang(
        nr=stand.kopf_nr + 1,
        aktenzeichen=entwurf.aktenzeichen,
        art=entwurf.art,
        stichtag=entwurf.stichtag,
        erzeugt_am=herkunft.erzeugt_am,
        lauf_id=herkunft.lauf_id,
        bearbeiter=herkunft.bearbeiter,
        rechner=herkunft.rechner,
        version=herkunft.version,
        vorher=stand.kopf_hash,
        eingaben=entwurf.eingaben,
        werte=entwurf.werte,
        daten=entwurf.daten,
        dateien={name: sha256(inhalt) for name, inhalt in entwurf.dokumente.items()},
        anlass=entwurf.anlass,
        ersetzt=entwurf.ersetzt,
        hash="",
        schema=entwurf.daten.schema,
    )
    eintrag = write_eintrag(vorgang)
    dateien = {name: entwurf.dokumente[name] for name in sorted(entwurf.dokumente)}
    # Read back what every later reader will see: what it would refuse is never published.
    return read_eintrag(eintrag), dateien | {EINTRAG: eintrag}


def _check(fall: pathlib.Path, ziel: pathlib.Path, stand: Vorgangsstand, entwurf: Vorgangsentwurf) -> None:
    """Refuse what would be damage or could not be stored everywhere, before anything is written."""
    _refuse_first(stand.befunde)
    _refuse_first(verify_aktenzeichen(fall, stand.vorgaenge[-1:], entwurf.aktenzeichen))
    _refuse_first(_object_to_case(ziel, entwurf.aktenzeichen))
    _refuse_first(_object_to_documents(ziel, entwurf.dokumente))


def _refuse_first(befunde: Iterable[Befund]) -> None:
    for befund in befunde:
        if befund.schwere is Schwere.SPERRE:
            raise Ablehnung(befund)


def _object_to_case(ziel: pathlib.Path, aktenzeichen: str) -> Iterator[Befund]:
    stelle = Stelle(show(ziel))
    if not is_aktenzeichen(aktenzeichen):
        yield sperre("AKTENZEICHEN_UNZULAESSIG",
                     f"Das Aktenzeichen „{json_safe(aktenzeichen)}“ kann kein Ordnername sein.",
                     "Höchstens 40 Buchstaben A–Z, Ziffern, - und _ verwenden; keine Gerätenamen wie CON.",
                     stelle)  # fmt: skip
    if int(ziel.name) > MAX_NUMMER:
        yield sperre("VORGANG_NUMMER", f"Ein Fall fasst höchstens {MAX_NUMMER} Vorgänge.",
                     "Einen neuen Fall anlegen.", stelle)  # fmt: skip


def _object_to_documents(ziel: pathlib.Path, dokumente: Mapping[str, bytes]) -> Iterator[Befund]:
    for name, inhalt in (*dokumente.items(), (EINTRAG, b"")):
        if not is_dokumentname(name):
            yield refuse_name(name, "", "Nur A–Z, a–z, Ziffern, Punkt, - und _ verwenden.", ziel)
        if length_of(ziel / name) > MAX_PFAD:
            yield refuse_length(name, "Den Bestand in einen Ordner mit kürzerem Pfad legen.", ziel)
        if len(inhalt) > MAX_DOKUMENT:
            yield sperre("DOKUMENT_ZU_GROSS", f"{name} hätte mehr als {MAX_DOKUMENT // 1_000_000} MB.",
                         "Das Dokument verkleinern oder teilen.", Stelle(show(ziel)))  # fmt: skip
    if len({name.casefold() for name in (*dokumente, EINTRAG)}) <= len(dokumente):
        yield refuse_twins("Dokumente", "Eines der beiden anders benennen.", ziel)


def _write(fall: pathlib.Path, ziel: pathlib.Path, dateien: Mapping[str, bytes], platte: Platte) -> None:
    wurzel = fall / VORGAENGE
    if ziel.name == _ERSTER:
        _ensure_folder(wurzel, platte)
        # Whoever publishes 0001 hardens the name `vorgaenge`, also when another process has made it.
        platte.sync_folder(fall)
    staging = build(wurzel, dateien, platte)
    try:
        protect(staging, dateien.keys() - {EINTRAG}, platte)
        # The step before may be another process's that has not hardened its name yet: a chain must not
        # survive a power loss without the link it hangs on.
        platte.sync_folder(wurzel)
    except BaseException:
        discard(staging, dateien, platte)
        raise
    place(staging, ziel, dateien, platte)


def _ensure_folder(ordner: pathlib.Path, platte: Platte) -> None:
    try:
        platte.mkdir(ordner)
    except FileExistsError:
        if platte.kind(ordner) is not Kind.FOLDER:
            raise
