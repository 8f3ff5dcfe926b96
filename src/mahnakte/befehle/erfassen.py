"""`mahnakte erfassen`: one fact that a clerk learned becomes a step; it counts like a line of fall.yaml.

It is read and checked as fall.yaml is, with the whole case around it, before anything is written; shown is what it
changes. fall.yaml itself stays as it is.
"""

import dataclasses
import pathlib
from collections.abc import Mapping
from typing import Any

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Datei, Fallordner, read_datei, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.verifizieren import BESCHAEDIGT, VORGAENGE
from mahnakte.ablage.veroeffentlichen import check_platz, publish_next
from mahnakte.fall.erfassung import (
    BELEG,
    Angaben,
    Tatsachenart,
    claim_schluessel,
    complete_tatsache,
    list_bekannte,
    read_tatsache,
)
from mahnakte.fall.lesen import read_falldatei
from mahnakte.fall.modell import Rechnungsangabe
from mahnakte.fall.nachtrag import merge_nachtraege
from mahnakte.fall.partei import Angabe
from mahnakte.fall.vorgang import Vorgangsentwurf
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, has_sperre
from mahnakte.grund.betrag import format_betrag
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, SCHADEN, Ergebnis, NichtBegonnen
from mahnakte.werk.laden import Lage, check_umschau, find_fallordner, load_fall, name_fall
from mahnakte.werk.nachtragsprobe import Falllage, compare_lines, load_with, look_at, refuse_neue_sperren
from mahnakte.werk.posteingang import Nachtrag, draft_nachtrag, refuse_backdating
from mahnakte.werk.yamlzeilen import yaml_lines

BELEGE = "belege"


@dataclasses.dataclass(frozen=True, slots=True)
class Auftrag:
    """What is to be recorded: a kind of fact, its keys as fall.yaml spells them, its proof.

    `der_wievielte`: the how manieth of equal facts it is; 1 where it is the only one.
    """

    art: Tatsachenart
    angaben: Angaben
    beleg: pathlib.Path | None = None
    der_wievielte: int = 1


def record_tatsache(pfad: pathlib.Path, auftrag: Auftrag, lage: Lage, herkunft: Herkunft | None) -> Ergebnis:
    """Publish a fact as a step of the case; without `herkunft` only show what it would change.

    Exit code 2 when a key, the proof or the case cannot be read as given, 3 when the case does not take the fact.
    """
    tatsache, befunde = read_tatsache(auftrag.art, auftrag.angaben)
    if tatsache is None:
        raise NichtBegonnen(befunde)
    ordner = find_fallordner(pfad)
    return _Erfassung(auftrag, tatsache, _read_beleg(auftrag.beleg), lage).record(ordner, herkunft)


def _read_beleg(pfad: pathlib.Path | None) -> Datei | None:
    if pfad is None:
        return None
    try:
        return read_datei(pfad)
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None


class _Erfassung:
    """One fact in the making: keeps what it changes, for the answer."""

    def __init__(self, auftrag: Auftrag, tatsache: Angabe, beleg: Datei | None, lage: Lage) -> None:
        self._auftrag = auftrag
        self._tatsache = tatsache
        self._beleg = beleg
        self._lage = lage
        self._eintrag: Mapping[str, Any] = {}
        self._befunde: tuple[Befund, ...] = ()
        self._lagen: tuple[Falllage, Falllage] | None = None

    def record(self, ordner: pathlib.Path, herkunft: Herkunft | None) -> Ergebnis:
        gelesen = read_fallordner(ordner)
        try:
            if herkunft is None:
                self._show(gelesen)
                return self._answer(ordner, None, ())
            vorgang = publish_next(gelesen, self._draft, herkunft)
        except Ablehnung as ablehnung:
            schaden = any(befund.code == BESCHAEDIGT for befund in ablehnung.befunde)
            befunde = name_fall(ablehnung.befunde, ordner)
            rueckgabe = SCHADEN if schaden else ABGELEHNT
            return Ergebnis(self._as_json(ordner, None, ()), ("Nichts erfasst.",), befunde, rueckgabe)
        if vorgang is None:
            raise ValueError("ein Entwurf ohne Vorgang")
        return self._answer(ordner, vorgang.nr, tuple(sorted(vorgang.dateien)))

    def _show(self, gelesen: Fallordner) -> None:
        """Draw the step up and refuse what publishing it would refuse."""
        if schaden := [befund for befund in gelesen.befunde if has_sperre([befund])]:
            raise Ablehnung(*schaden)
        check_platz(gelesen.pfad, gelesen.vorgaenge, self._draft(gelesen))

    def _draft(self, gelesen: Fallordner) -> Vorgangsentwurf:
        """Return the step on top of the case as read, after every check of fall.yaml. Raises Ablehnung."""
        vorher = load_fall(gelesen, self._lage)
        falldatei, _ = read_falldatei(gelesen.fall_yaml or b"", show(gelesen.pfad / "fall.yaml"))
        if vorher.schaden or vorher.fall is None or vorher.sachstand is None or falldatei is None:
            raise Ablehnung(*(befund for befund in vorher.befunde if has_sperre([befund])))
        falldatei, _ = merge_nachtraege(falldatei, gelesen.vorgaenge.vorgaenge)
        art, tatsache = self._auftrag.art, complete_tatsache(self._tatsache, falldatei)
        bekannte = list_bekannte(art, falldatei)
        schluessel = claim_schluessel(art, tatsache, bekannte, self._auftrag.der_wievielte)
        refuse_backdating(vorher.sachstand, Stelle(show(gelesen.pfad)))
        eintrag, dokument = self._place_beleg(gelesen.pfad, _with_betrag(self._auftrag, tatsache))
        anlass = f"erfasst: {art.wort}"
        nachtrag = Nachtrag({art.liste: [eintrag]}, schluessel, anlass, dokument, art.vorgangsart)
        entwurf = draft_nachtrag(vorher.fall, nachtrag, self._lage.stichtag, gelesen.vorgaenge.kopf_nr + 1)
        self._eintrag = entwurf.nachtrag.entries(art.liste)[0]
        nachher = load_with(gelesen, entwurf, self._lage)
        if art.record is Rechnungsangabe:  # another case may demand it already
            umschau = self._lage.umschau_of(gelesen.pfad)
            vorher, nachher = check_umschau(vorher, umschau), check_umschau(nachher, umschau)
        self._befunde = name_fall(refuse_neue_sperren(vorher, nachher), gelesen.pfad)
        self._lagen = look_at(vorher), look_at(nachher)
        return entwurf

    def _place_beleg(
        self, ordner: pathlib.Path, eintrag: Mapping[str, Any]
    ) -> tuple[Mapping[str, Any], tuple[str, bytes] | None]:
        """Return the entry and what travels with it: a proof that lies in the case already is only named."""
        if self._beleg is None:
            return eintrag, None
        verweis = _inside(self._beleg.pfad, ordner)
        art = self._auftrag.art
        if verweis and art.has_beleg:
            return {**eintrag, BELEG: verweis}, None
        if verweis and verweis.startswith(f"{BELEGE}/"):
            return eintrag, None  # the Akte takes all that lies there
        name = f"{self._lage.stichtag.isoformat()}_beleg{self._beleg.pfad.suffix.lower()}"
        return eintrag, (name, self._beleg.inhalt)

    # --- what the clerk sees ---------------------------------------------------------------------------

    def _answer(self, ordner: pathlib.Path, nr: int | None, dateien: tuple[str, ...]) -> Ergebnis:
        if self._lagen is None:
            raise ValueError("nichts entworfen")
        liste = self._auftrag.art.liste
        satz = (
            f"Erfasst als Vorgang {nr:04d} in {show(ordner)}; fall.yaml bleibt unverändert."
            if nr
            else "Nur gezeigt, nichts geschrieben. Erfassen: derselbe Befehl ohne --nur-zeigen"
        )
        wege = [f"  {show(ordner / VORGAENGE / f'{nr:04d}' / name)}" for name in dateien if nr]
        zeilen = (*yaml_lines(liste, [self._eintrag]), "", *compare_lines(*self._lagen), "", satz, *wege)
        return Ergebnis(self._as_json(ordner, nr, dateien), zeilen, self._befunde, FERTIG)

    def _as_json(self, ordner: pathlib.Path, nr: int | None, dateien: tuple[str, ...]) -> dict[str, Any]:
        vorher, nachher = self._lagen or (None, None)
        return {
            "pfad": show(ordner),
            "art": self._auftrag.art.wort,
            "liste": self._auftrag.art.liste,
            "eintrag": dict(self._eintrag),
            "nr": nr,
            "dateien": list(dateien),
            "vorher": vorher.as_json() if vorher else None,
            "nachher": nachher.as_json() if nachher else None,
        }


def _with_betrag(auftrag: Auftrag, tatsache: Angabe) -> Angaben:
    """Return the entry as typed, with what the kind fixes and what was completed from the case."""
    eintrag = {**auftrag.art.fest, **auftrag.angaben}
    betrag = getattr(tatsache, "betrag", None)
    return eintrag if betrag is None else {**eintrag, "betrag": eintrag.get("betrag", format_betrag(betrag))}


def _inside(datei: pathlib.Path, ordner: pathlib.Path) -> str | None:
    """Return the path of a file within the case folder, None where it lies elsewhere or among the steps."""
    try:
        verweis = datei.resolve().relative_to(ordner.resolve()).as_posix()
    except ValueError:
        return None
    return None if verweis.startswith(f"{VORGAENGE}/") else verweis
