"""What unchanged cases have said on this very day, so that nobody reads them again.

Only cases at rest are remembered: in order, nothing due, nothing prevented. What they said holds for exactly what it
was made from, the day among it (`_Grundlage`); texts name sums and dates, so the next day has to be asked anew.
"""

import concurrent.futures
import dataclasses
import hashlib
import json
import pathlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mahnakte.ablage.entdecken import VORLAGEN, bestand_of, folder_name
from mahnakte.ablage.programmstand import fingerprint_program
from mahnakte.ablage.spuren import Spuren, trace_schritte
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.verifizieren import VORGAENGE
from mahnakte.ablage.zwischenspeicher import TAGE, keep, read_gemerkt
from mahnakte.bestand.karte import KeineKarte
from mahnakte.bestand.tagesstand import Tagesstand, read_tagesstand, write_tagesstand
from mahnakte.bestand.verzeichnis import Eintragung
from mahnakte.fall.fall import Fall
from mahnakte.fall.rechnung import dateimuster
from mahnakte.grund.befund import has_sperre
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.werk.ergebnis import FERTIG, NichtBegonnen
from mahnakte.werk.laden import Lage
from mahnakte.werk.tabellenende import Rechtsbedarf, needs_of
from mahnakte.werk.umschau import Umschau
from mahnakte.werk.vorschau import Planzeile, Ruhezeile

_ZUGLEICH = 32  # as umschau.py: on a share a listing is mostly waiting
_JE_AUFTRAG = 16  # folders that a thread takes at once
# Findings that the next reading may not have: a page took too long to look through.
_FLUECHTIG = frozenset({dateimuster.TEXT_UNGELESEN.code})


@dataclasses.dataclass(frozen=True, slots=True)
class _Grundlage:
    """What all cases of one Bestand are read with, as text, and the law among it."""

    text: str
    recht: Rechtsstand


class Tagebuch:
    """Remembers cases at rest from one run to the next of the same day. For several threads.

    The traces of all cases are taken when it is made, before anything is read: a later change shows next time.
    """

    def __init__(self, lage: Lage, umschau: Umschau, ordner: Sequence[pathlib.Path]) -> None:
        self._lage = lage
        self._umschau = umschau
        self._bestaende = {fall: bestand_of(fall) for fall in ordner}
        self._grundlagen: dict[pathlib.Path, _Grundlage | None] = {}
        self._gemerkte: dict[pathlib.Path, Mapping[str, Any]] = {}
        self._neue: dict[pathlib.Path, dict[str, Any]] = {}
        for fall, bestand in self._bestaende.items():
            if bestand not in self._grundlagen:
                self._grundlagen[bestand] = _lay_ground(lage, fall)
                self._gemerkte[bestand] = _recall(bestand)
                self._neue[bestand] = {}
        with concurrent.futures.ThreadPoolExecutor(_ZUGLEICH) as pool:
            teile = pool.map(_trace, _slices(ordner))
            self._spuren = {fall: spur for teil in teile for fall, spur in teil}

    def ask(self, fall: pathlib.Path, read: Callable[[pathlib.Path], Planzeile]) -> Planzeile | Ruhezeile:
        """Return the line of a case: remembered, where nothing has changed since, else as `read` finds it."""
        gezeigt, bestand = show(fall), self._bestaende[fall]
        eintragung = self._umschau.verzeichnis.look_up(gezeigt)
        grundlage = self._grundlagen[bestand]
        spuren = self._umschau.spuren.get(gezeigt)
        if eintragung is None or grundlage is None or spuren is None:
            return read(fall)
        schluessel = self._fingerprint(fall, spuren, eintragung, grundlage)
        name = folder_name(fall)
        gemerkt = None if self._lage.alles_pruefen else self._gemerkte[bestand].get(name)
        stand = _still_true(gemerkt, schluessel)
        if stand is None:
            zeile = read(fall)
            stand = self._sum_up(zeile, schluessel)
            if stand is None:
                return zeile
        if not self._spuren[fall].frisch:
            self._neue[bestand][name] = write_tagesstand(stand)
        bedarf = Rechtsbedarf(grundlage.recht, stand.rechtswerte, stand.offen)
        return Ruhezeile(fall, eintragung.karte.aktenzeichen, stand.gruende, stand.befunde, bedarf)

    def keep(self) -> None:
        """Write down what is worth remembering; of cases that nobody asked for, what was remembered before."""
        daneben = {
            (bestand_of(fall), folder_name(fall))
            for fall in self._umschau.ordner.values()
            if fall not in self._bestaende
        }
        for bestand, neue in self._neue.items():
            gemerkte = self._gemerkte[bestand]
            alle = {name: roh for name, roh in gemerkte.items() if (bestand, name) in daneben} | neue
            if alle != gemerkte:
                keep(bestand, json.dumps(alle, ensure_ascii=True, separators=(",", ":")).encode(), TAGE)

    def _fingerprint(
        self, fall: pathlib.Path, spuren: str, eintragung: Eintragung, grundlage: _Grundlage
    ) -> str:
        andere = self._umschau.verzeichnis.describe_andere(eintragung)
        alles = (grundlage.text, str(fall), folder_name(fall), spuren, self._spuren[fall].summe, andere)
        return hashlib.sha256(ascii(alles).encode()).hexdigest()

    def _sum_up(self, zeile: Planzeile, schluessel: str) -> Tagesstand | None:
        """Return what a case says, if it is at rest and would say the same when read again; None in any doubt."""
        fall = zeile.geladen.fall
        if fall is None or zeile.plan is None or not self._is_quiet(zeile, fall):
            return None
        bedarf = needs_of(zeile.plan.konto)
        return Tagesstand(schluessel, zeile.gruende, zeile.befunde, bedarf.namen, bedarf.offen)

    def _is_quiet(self, zeile: Planzeile, fall: Fall) -> bool:
        if zeile.schritte or zeile.verhindert or zeile.rueckgabe != FERTIG or zeile.geladen.schaden:
            return False
        if (
            has_sperre(zeile.befunde) or fall.gesamtschuld_mit
        ):  # a joint debtor's payments lie in another case
            return False
        codes = {befund.code for befund in zeile.befunde} | {quittung.code for quittung in fall.quittiert}
        if codes & _FLUECHTIG or self._spuren[zeile.pfad].unfertig:
            return False
        return self._umschau.verzeichnis.pictures_alike(fall, show(zeile.pfad))


def _lay_ground(lage: Lage, fall: pathlib.Path) -> _Grundlage | None:
    try:
        _, datei = lage.einstellungen_for(fall)
        recht = lage.recht_for(fall)
    except NichtBegonnen:
        return None  # said by the first case that needs them
    bestand = fall.absolute().parent
    alles = (
        lage.stichtag.isoformat(), fingerprint_program(), str(bestand), trace_schritte(bestand / VORLAGEN).summe,
        str(lage.einstellungen_datei), str(datei.pfad), datei.sha256,
        recht.stand.fingerabdruck, sorted(recht.eingaben.items()),
    )  # fmt: skip
    return _Grundlage(ascii(alles), recht.stand)


def _recall(bestand: pathlib.Path) -> Mapping[str, Any]:
    inhalt = read_gemerkt(bestand, TAGE)
    try:
        gemerkte = json.loads(inhalt) if inhalt else {}
    except ValueError:
        return {}
    return gemerkte if isinstance(gemerkte, dict) else {}


def _still_true(gemerkt: Any, schluessel: str) -> Tagesstand | None:
    if not isinstance(gemerkt, dict) or gemerkt.get("schluessel") != schluessel:
        return None
    try:
        return read_tagesstand(gemerkt)
    except KeineKarte:
        return None  # then the case is read


def _trace(faelle: Sequence[pathlib.Path]) -> list[tuple[pathlib.Path, Spuren]]:
    return [(fall, trace_schritte(fall / VORGAENGE)) for fall in faelle]


def _slices(ordner: Sequence[pathlib.Path]) -> list[Sequence[pathlib.Path]]:
    return [ordner[von : von + _JE_AUFTRAG] for von in range(0, len(ordner), _JE_AUFTRAG)]
