"""Look at the other cases before something is demanded: the index of the Bestand, cheap where nothing changed.

An unchanged case costs its listings; what was found out about it lies in the user's cache folder. A case that cannot
be looked at is named.
"""

import concurrent.futures
import dataclasses
import functools
import json
import pathlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from mahnakte.ablage.entdecken import FALL_YAML, bestand_of, distinct, folder_name, list_geschwister
from mahnakte.ablage.lesen import Datei, read_dateien, read_fallangaben
from mahnakte.ablage.spuren import Spuren, trace_fall
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.suche import AUSSERHALB, FEHLT
from mahnakte.ablage.verifizieren import VORGAENGE, read_vorgaenge
from mahnakte.ablage.zwischenspeicher import keep, read_gemerkt
from mahnakte.bestand.karte import Fallkarte, KeineKarte, Rechnungsdatei, make_karte, read_karte, write_karte
from mahnakte.bestand.verzeichnis import Eintragung, Verzeichnis
from mahnakte.fall import lesen
from mahnakte.fall.einstellungen import Einstellungen
from mahnakte.fall.fall import referenced_files
from mahnakte.fall.modell import Falldatei
from mahnakte.fall.nachtrag import merge_nachtraege, standing_nachtraege
from mahnakte.fall.parteibild import Parteibild, picture_partei
from mahnakte.fall.rechnung import Leseergebnis
from mahnakte.grund.befund import Ablehnung, Befund, warnung

# On a share a listing is mostly waiting; so many wait at once.
_ZUGLEICH = 32
# What may be remembered although a file was not read: that it is not there shows in the listing.
_BLEIBEND = frozenset({FEHLT, AUSSERHALB})

Merk = Mapping[str, Any]  # what is kept of a case: its traces, the folders they are of, its card


@dataclasses.dataclass(frozen=True, slots=True)
class Leser:
    """What the look needs from the run.

    How an invoice file is read, which settings apply to a case folder, and what is remembered of a Bestand.
    """

    read_rechnung: Callable[[Datei], Leseergebnis]
    einstellungen_for: Callable[[pathlib.Path], Einstellungen]
    recall: Callable[[pathlib.Path], bytes | None] = read_gemerkt


@dataclasses.dataclass(frozen=True, slots=True)
class Umschau:
    """What is known about the cases: the index, their folders by the name it has for them, and what was not seen.

    `spuren`: by the same name the traces that a card is of; none where it could not be remembered.
    """

    verzeichnis: Verzeichnis
    ordner: Mapping[str, pathlib.Path]
    befunde: tuple[Befund, ...]
    spuren: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class _Blick:
    """One case as seen: its card, or why there is none; neither where the folder is no case."""

    pfad: pathlib.Path
    karte: Fallkarte | None = None
    hindernis: str | None = None
    spuren: str | None = None


def look_around(gegebene: Sequence[pathlib.Path], leser: Leser, bemerkt: Collection[Befund] = ()) -> Umschau:
    """Look at the given cases and at all that lie beside them.

    `bemerkt` was said before and is not said again; nor is anything about the given cases: reading them says it.
    """
    alle, ungesehene = _with_neighbours(gegebene, bemerkt)
    blicke = [
        blick for bestand, faelle in _by_bestand(alle).items() for blick in _look_at(bestand, faelle, leser)
    ]
    gezeigte = frozenset(gegebene)
    ungesehene += [
        f"{show(blick.pfad)}: {hindernis}"
        for blick in blicke
        if blick.pfad not in gezeigte and (hindernis := blick.hindernis or _unread(blick.karte))
    ]
    bilder: dict[tuple[pathlib.Path, str], Parteibild | None] = {}
    eintragungen = [
        Eintragung(show(blick.pfad), karte, _creditor(blick.pfad, karte, leser, bilder))
        for blick in blicke
        if (karte := blick.karte)
    ]
    ordner = {show(blick.pfad): blick.pfad for blick in blicke}
    spuren = {show(blick.pfad): blick.spuren for blick in blicke if blick.spuren}
    return Umschau(Verzeichnis(eintragungen), ordner, tuple(_name_unseen(ungesehene)), spuren)


def _creditor(
    fall: pathlib.Path,
    karte: Fallkarte,
    leser: Leser,
    bilder: dict[tuple[pathlib.Path, str], Parteibild | None],
) -> Parteibild | None:
    """Return who the creditor of a card is; each creditor of mahnakte.yaml is pictured once."""
    if isinstance(karte.glaeubiger, Parteibild):
        return karte.glaeubiger
    schluessel = (bestand_of(fall), karte.glaeubiger)
    if schluessel not in bilder:
        glaeubiger = leser.einstellungen_for(fall).glaeubiger.get(karte.glaeubiger)
        bilder[schluessel] = picture_partei(glaeubiger) if glaeubiger else None
    return bilder[schluessel]


def _with_neighbours(
    gegebene: Sequence[pathlib.Path], bemerkt: Collection[Befund]
) -> tuple[tuple[pathlib.Path, ...], list[str]]:
    """Return the given cases and the folders beside them, each once, and what cannot be looked at there."""
    daneben: list[pathlib.Path] = []
    ungesehene: list[str] = []
    for faelle in _by_bestand(gegebene).values():
        try:
            entdeckt = list_geschwister(faelle[-1])
        except Ablehnung as ablehnung:
            ungesehene.append(_sentence(ablehnung.befund))
            continue
        daneben += entdeckt.ordner
        ungesehene += [_sentence(befund) for befund in entdeckt.befunde if befund not in bemerkt]
    return distinct([*gegebene, *daneben]), ungesehene


def _sentence(befund: Befund) -> str:
    return f"{befund.stelle}: {befund.text}" if befund.stelle else befund.text


def _unread(karte: Fallkarte | None) -> str | None:
    if karte is None or not karte.ungelesene:
        return None
    return f"nicht lesbar oder unvollständig: {', '.join(karte.ungelesene)}"


def _name_unseen(ungesehene: Sequence[str]) -> Iterator[Befund]:
    """One cause, one finding, however many cases: all of them are named."""
    if ungesehene:
        wie_viele = (
            "Ein anderer Fall lässt" if len(ungesehene) == 1 else f"{len(ungesehene)} andere Fälle lassen"
        )
        yield warnung(
            "BESTAND_UNGESEHEN",
            f"{wie_viele} sich nicht ansehen; ob dort dieselbe Rechnung gefordert wird, ist nicht geprüft. "
            + " · ".join(ungesehene),
            "Diese Fälle mit „mahnakte pruefen“ in Ordnung bringen; was kein Fall ist, mit _ beginnen lassen.",
        )


def _by_bestand(ordner: Iterable[pathlib.Path]) -> dict[pathlib.Path, list[pathlib.Path]]:
    geschrieben: dict[pathlib.Path, list[pathlib.Path]] = defaultdict(list)
    for fall in ordner:
        geschrieben[bestand_of(fall)].append(fall)
    gruppen: dict[pathlib.Path, list[pathlib.Path]] = defaultdict(list)
    for bestand, faelle in geschrieben.items():
        gruppen[bestand.absolute()] += faelle
    return gruppen


def _look_at(bestand: pathlib.Path, faelle: Sequence[pathlib.Path], leser: Leser) -> list[_Blick]:
    gemerkte = _recall(bestand, leser)
    with concurrent.futures.ThreadPoolExecutor(_ZUGLEICH) as pool:
        gesehene = list(pool.map(functools.partial(_look, gemerkte=gemerkte, leser=leser), faelle))
    neue = {folder_name(blick.pfad): merk for blick, merk in gesehene if merk}
    if neue != gemerkte:
        keep(bestand, json.dumps(neue, ensure_ascii=True, separators=(",", ":")).encode())
    return [blick for blick, _ in gesehene]


def _recall(bestand: pathlib.Path, leser: Leser) -> Mapping[str, Merk]:
    inhalt = leser.recall(bestand)
    try:
        gemerkte = json.loads(inhalt) if inhalt else {}
    except ValueError:
        return {}
    return gemerkte if isinstance(gemerkte, dict) else {}


def _look(fall: pathlib.Path, gemerkte: Mapping[str, Merk], leser: Leser) -> tuple[_Blick, Merk | None]:
    """Return the card of a case, from memory where its traces are the same, and what to remember."""
    gemerkt = gemerkte.get(folder_name(fall))
    karte = _still_true(fall, gemerkt) if gemerkt is not None else None
    if gemerkt is not None and karte is not None:
        return _Blick(fall, karte, spuren=gemerkt["spuren"]), gemerkt
    return _read(fall, leser)


def _still_true(fall: pathlib.Path, gemerkt: Merk) -> Fallkarte | None:
    try:
        ordner = [name for name in gemerkt["ordner"] if isinstance(name, str)]
        return read_karte(gemerkt["karte"]) if trace_fall(fall, ordner).summe == gemerkt["spuren"] else None
    except (OSError, KeyError, TypeError, ValueError, KeineKarte):
        return None  # whatever is wrong with the memory: the case is read


def _read(fall: pathlib.Path, leser: Leser) -> tuple[_Blick, Merk | None]:
    """Read one case as far as its card needs it. The traces are of before: what changes meanwhile shows next time."""
    vorher = _trace(fall, ())
    inhalt, befunde, ist_fall = read_fallangaben(fall)
    if not ist_fall:
        return _Blick(fall), None
    falldatei = None
    if inhalt is not None:
        falldatei, befunde = lesen.read_falldatei(inhalt, FALL_YAML)
    if falldatei is None:
        return _Blick(fall, hindernis=_sentence(befunde[0])), None
    falldatei, quellen = _with_steps(fall, falldatei)
    ordner = [*_folders(referenced_files(falldatei)), VORGAENGE]
    spuren = _trace(fall, ordner)
    karte, sicher = _make_karte(fall, falldatei, quellen, leser)
    blick = _Blick(fall, karte)
    if vorher is None or spuren is None or spuren.frisch or spuren.unfertig or _trace(fall, ()) != vorher:
        return blick, None
    if not sicher:
        return blick, None
    merk = {"spuren": spuren.summe, "ordner": ordner, "karte": write_karte(karte)}
    return dataclasses.replace(blick, spuren=spuren.summe), merk


def _with_steps(fall: pathlib.Path, falldatei: Falldatei) -> tuple[Falldatei, Mapping[str, int]]:
    """Return the facts with those of the steps, and the sources of these steps with their numbers.

    An invoice that a step brought is demanded like any other.
    """
    if not (fall / VORGAENGE).is_dir():
        return falldatei, {}
    vorgaenge = read_vorgaenge(fall).vorgaenge
    stehende = standing_nachtraege(vorgaenge)
    quellen = {quelle: vorgang.nr for vorgang in stehende if (quelle := vorgang.nachtrag.schluessel)}
    return merge_nachtraege(falldatei, vorgaenge)[0], quellen


def _folders(verweise: Iterable[str]) -> list[str]:
    """Return the folders on the way to the files: one of them may be exchanged for a link."""
    alle = {ordner.as_posix() for verweis in verweise for ordner in pathlib.PurePosixPath(verweis).parents}
    return sorted(alle - {"."})


def _make_karte(
    fall: pathlib.Path, falldatei: Falldatei, quellen: Mapping[str, int], leser: Leser
) -> tuple[Fallkarte, bool]:
    """Return the card, and whether reading again would give the same: no file busy, no folder by another spelling."""
    dateien, befunde = read_dateien(fall, referenced_files(falldatei))
    gelesen = {v: Rechnungsdatei(d.sha256, leser.read_rechnung(d)) for v, d in dateien.items()}
    wie_genannt = all(datei.pfad == fall / verweis for verweis, datei in dateien.items())
    ruhig = all(befund.code in _BLEIBEND for befund in befunde)
    gestolpert = any(
        b.code == "RECHNUNG_UNLESBAR" for datei in gelesen.values() for b in datei.gelesen.befunde
    )
    return make_karte(falldatei, gelesen, quellen), wie_genannt and ruhig and not gestolpert


def _trace(fall: pathlib.Path, ordner: Iterable[str]) -> Spuren | None:
    try:
        return trace_fall(fall, ordner)
    except OSError:
        return None  # then nothing is remembered
