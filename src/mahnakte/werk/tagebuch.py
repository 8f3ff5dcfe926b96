"""What unchanged cases say today and on the next days, so that nobody reads them again.

Only cases at rest are remembered: in order, nothing due, nothing prevented. What they say holds for exactly what it
was made from (`_Grundlage`, `_fingerprint`) and for each day for which it was computed; nothing is concluded from one
day for another, since texts name sums and days.
"""

import concurrent.futures
import dataclasses
import datetime as dt
import hashlib
import json
import pathlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mahnakte.ablage.entdecken import VORLAGEN, bestand_of, folder_name
from mahnakte.ablage.programmstand import fingerprint_program
from mahnakte.ablage.spuren import Spuren, trace_schritte
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.verifizieren import VORGAENGE
from mahnakte.ablage.zwischenspeicher import TAGE, keep, read_gemerkt
from mahnakte.bestand.karte import KeineKarte
from mahnakte.bestand.tagesstand import Tagesstand, join_days, read_tagesstand, write_tagesstand
from mahnakte.bestand.verzeichnis import Eintragung
from mahnakte.fall.rechnung import dateimuster
from mahnakte.grund.befund import has_sperre
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.werk.ergebnis import FERTIG, NichtBegonnen
from mahnakte.werk.laden import Lage
from mahnakte.werk.tabellenende import Rechtsbedarf, needs_of
from mahnakte.werk.vorschau import Planzeile, Ruhezeile, Vorschau

_ZUGLEICH = 32  # as umschau.py: on a share a listing is mostly waiting
_JE_AUFTRAG = 16  # folders that a thread takes at once
# So many days are computed in advance when a case is read: a weekend with holidays, at about a millisecond a day.
VORAUS = 4
# Findings that the next reading may not have: a page took too long to look through.
_FLUECHTIG = frozenset({dateimuster.TEXT_UNGELESEN.code})


@dataclasses.dataclass(frozen=True, slots=True)
class _Grundlage:
    """What all cases of one Bestand are read with, as text, and the law among it."""

    text: str
    recht: Rechtsstand


class Tagebuch:
    """Remembers cases at rest from one run to the next. For several threads.

    The traces of all cases are taken when it is made, before anything is read: a later change shows next time.
    """

    def __init__(self, vorschau: Vorschau, ordner: Sequence[pathlib.Path]) -> None:
        self._vorschau = vorschau
        self._lage = vorschau.lage
        self._umschau = vorschau.umschau
        self._bestaende = {fall: bestand_of(fall) for fall in ordner}
        self._grundlagen: dict[pathlib.Path, _Grundlage | None] = {}
        self._gemerkte: dict[pathlib.Path, Mapping[str, Any]] = {}
        self._neue: dict[pathlib.Path, dict[str, Any]] = {}
        for fall, bestand in self._bestaende.items():
            if bestand not in self._grundlagen:
                self._grundlagen[bestand] = _lay_ground(self._lage, fall)
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
        name, tag = folder_name(fall), self._lage.stichtag
        gemerkt = None if self._lage.alles_pruefen else self._gemerkte[bestand].get(name)
        stand = _still_true(gemerkt, schluessel, tag)
        if stand is None:
            zeile = read(fall)
            tage = join_days(self._sum_up(zeile))
            if not tage:
                return zeile
            stand = tage[0]
            gemerkt = {"schluessel": schluessel, "tage": [write_tagesstand(einer) for einer in tage]}
        if not self._spuren[fall].frisch:
            self._neue[bestand][name] = gemerkt
        bedarf = Rechtsbedarf(grundlage.recht, stand.rechtswerte, stand.offen)
        kopf = stand.head_on(tag)
        return Ruhezeile(fall, eintragung.karte.aktenzeichen, stand.gruende, stand.befunde, bedarf, kopf)

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

    def _sum_up(self, zeile: Planzeile) -> Iterator[Tagesstand]:
        """Yield what a case says today and on the next days, up to the first on which it may not be at rest."""
        if not self._is_repeatable(zeile):
            return
        tag = self._lage.stichtag
        for voraus in range(VORAUS + 1):
            dann = tag + dt.timedelta(days=voraus)
            eine = self._foresee(zeile, dann) if voraus else zeile
            if eine is None or eine.plan is None or eine.kopf is None or not _is_quiet(eine):
                return
            bedarf = needs_of(eine.plan.konto)
            yield Tagesstand(
                dann, dann, eine.kopf.schuldner, eine.kopf.letztes, (eine.kopf.offen,),
                eine.gruende, eine.befunde, bedarf.namen, bedarf.offen,
            )  # fmt: skip

    def _foresee(self, zeile: Planzeile, tag: dt.date) -> Planzeile | None:
        try:
            return self._vorschau.foresee(zeile, tag)
        except Exception:  # noqa: BLE001 - the day itself will say it; today's line stands
            return None

    def _is_repeatable(self, zeile: Planzeile) -> bool:
        """Tell whether a case would say the same when it is read again; in any doubt it would not."""
        fall = zeile.geladen.fall
        if fall is None or fall.gesamtschuld_mit:  # a joint debtor's payments lie in another case
            return False
        codes = {befund.code for befund in zeile.befunde} | {quittung.code for quittung in fall.quittiert}
        if codes & _FLUECHTIG or self._spuren[zeile.pfad].unfertig:
            return False
        return self._umschau.verzeichnis.pictures_alike(fall, show(zeile.pfad))


def _is_quiet(zeile: Planzeile) -> bool:
    if zeile.schritte or zeile.verhindert or zeile.geladen.schaden:
        return False
    return zeile.rueckgabe == FERTIG and not has_sperre(zeile.befunde)


def _lay_ground(lage: Lage, fall: pathlib.Path) -> _Grundlage | None:
    try:
        _, datei = lage.einstellungen_for(fall)
        recht = lage.recht_for(fall)
    except NichtBegonnen:
        return None  # said by the first case that needs them
    bestand = fall.absolute().parent
    alles = (
        fingerprint_program(), str(bestand), trace_schritte(bestand / VORLAGEN).summe,
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


def _still_true(gemerkt: Any, schluessel: str, tag: dt.date) -> Tagesstand | None:
    if not isinstance(gemerkt, dict) or gemerkt.get("schluessel") != schluessel:
        return None
    try:
        tage = [read_tagesstand(roh) for roh in gemerkt["tage"]]
    except (KeyError, TypeError, KeineKarte):
        return None  # then the case is read
    return next((einer for einer in tage if einer.ab <= tag <= einer.bis), None)


def _trace(faelle: Sequence[pathlib.Path]) -> list[tuple[pathlib.Path, Spuren]]:
    return [(fall, trace_schritte(fall / VORGAENGE)) for fall in faelle]


def _slices(ordner: Sequence[pathlib.Path]) -> list[Sequence[pathlib.Path]]:
    return [ordner[von : von + _JE_AUFTRAG] for von in range(0, len(ordner), _JE_AUFTRAG)]
