"""`mahnakte lauf`: write the letters that are due. The same run on the same Stichtag again writes nothing."""

import concurrent.futures
import dataclasses
import functools
import pathlib
from collections.abc import Callable, Iterable

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Fallordner, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.veroeffentlichen import publish_next
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf
from mahnakte.grund.befund import Ablehnung, Befund, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.werk.anteil import Anteil
from mahnakte.werk.ergebnis import Ergebnis, NichtBegonnen, weigh
from mahnakte.werk.laden import Lage, find_ordner, load_fall
from mahnakte.werk.laufbericht import Laufausgaben, Laufzeile, as_json, keep_berichte, write_ausgaben
from mahnakte.werk.planbild import EINZELN_BIS, sum_up
from mahnakte.werk.plandatei import Planung, read_planung
from mahnakte.werk.schreiben import Druckerei
from mahnakte.werk.tabellenende import warn_before_end
from mahnakte.werk.tagebuch import Tagebuch
from mahnakte.werk.vorschau import (
    ZUGLEICH,
    Planzeile,
    Vorschau,
    count_faelle,
    describe_zeile,
    refuse,
    refuse_panne,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Umfang:
    """Which of the cases a run treats: those of a kept plan, or one share of several; otherwise all."""

    plandatei: pathlib.Path | None = None
    anteil: Anteil | None = None

    def read_planung(self, lage: Lage) -> Planung | None:
        """Return the kept plan; raise NichtBegonnen where it is none, or one of another day."""
        if self.plandatei is None:
            return None
        planung = read_planung(self.plandatei)
        planung.refuse_other(lage.stichtag, self.plandatei)
        return planung


def run_faelle(
    pfade: Iterable[pathlib.Path],
    lage: Lage,
    herkunft: Herkunft,
    umfang: Umfang | None = None,
    ausgaben: Laufausgaben | None = None,
) -> Ergebnis:
    """Write what is due in every case below the given paths; one broken case never stops the run."""
    umfang = umfang or Umfang()
    planung = umfang.read_planung(lage)
    alle_ordner, befunde = find_ordner(pfade, lage)
    umschau = lage.look_around(alle_ordner, befunde)
    befunde = (*befunde, *umschau.befunde, *(planung.list_missing(alle_ordner) if planung else ()))
    ordner = tuple(
        pfad
        for pfad in alle_ordner
        if (planung is None or pfad in planung)
        and (umfang.anteil is None or umfang.anteil.holds(pfad, umschau))
    )
    vorschau = Vorschau(lage, Druckerei(lage), umschau)
    tagebuch = Tagebuch(vorschau, ordner)
    werk = _Schreibwerk(vorschau, herkunft, planung)
    run = functools.partial(_run_fall, werk=werk, tagebuch=tagebuch)
    zeilen = _work_off(run, ordner, lage)
    tagebuch.keep()
    if len(zeilen) < len(ordner):
        befunde = (*befunde, _interrupted(len(ordner) - len(zeilen)))
    dateien, gescheitert = write_ausgaben(zeilen, lage, ausgaben or Laufausgaben())
    alle = (
        *befunde,
        *(befund for zeile in zeilen for befund in zeile.zeile.befunde),
        *keep_berichte(zeilen, lage),
        *gescheitert,
        *warn_before_end((zeile.zeile.bedarf for zeile in zeilen if zeile.zeile.bedarf), lage.stichtag),
    )
    return Ergebnis(
        {**as_json(zeilen, lage), **({"dateien": [show(datei) for datei in dateien]} if dateien else {})},
        (*_lines(zeilen, lage), *_undo(zeilen), *(f"Geschrieben: {show(datei)}" for datei in dateien)),
        tuple(dict.fromkeys(alle)),
        max((weigh((*befunde, *gescheitert)), *(zeile.zeile.rueckgabe for zeile in zeilen))),
    )


def _work_off(
    run: Callable[[pathlib.Path], Laufzeile], ordner: tuple[pathlib.Path, ...], lage: Lage
) -> tuple[Laufzeile, ...]:
    """Run the cases, several at a time; after Ctrl-C finish those begun and return what there is."""
    fertige: dict[pathlib.Path, Laufzeile] = {}

    def run_one(pfad: pathlib.Path) -> None:
        fertige[pfad] = run(pfad)

    with concurrent.futures.ThreadPoolExecutor(ZUGLEICH) as pool:
        try:
            for _ in lage.report(pool.map(run_one, ordner), len(ordner)):
                pass
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
    return tuple(fertige[pfad] for pfad in ordner if pfad in fertige)


def _interrupted(uebrige: int) -> Befund:
    return sperre(
        "LAUF_ABGEBROCHEN",
        f"Der Lauf wurde abgebrochen; nicht mehr angesehen: {count_faelle(uebrige)}. Was geschrieben ist, steht.",
        "Derselbe Befehl setzt fort; nichts entsteht doppelt.",
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Schreibwerk:
    """What letters are written with. With a `planung` only as it was seen."""

    vorschau: Vorschau
    herkunft: Herkunft
    planung: Planung | None


def _run_fall(pfad: pathlib.Path, werk: _Schreibwerk, tagebuch: Tagebuch) -> Laufzeile:
    """Write what is due in one case. One that is unchanged and said today that nothing is due is not read again."""
    geschrieben: list[Vorgang] = []

    def write(fall: pathlib.Path) -> Planzeile:
        zeile, vorgaenge = _write_due(fall, werk)
        geschrieben.extend(vorgaenge)
        return zeile

    return Laufzeile(tagebuch.ask(pfad, write), tuple(geschrieben))


def _write_due(pfad: pathlib.Path, werk: _Schreibwerk) -> tuple[Planzeile, tuple[Vorgang, ...]]:
    """Write what is due; each letter is a step of its own, planned anew on the case as it then stands."""
    zeile, vorgaenge = _write_next(pfad, werk)
    for _ in [schritt for schritt in zeile.schritte if schritt.frist_bis][1:]:
        naechste, weitere = _write_next(pfad, werk)
        if naechste.abgelehnt:
            return naechste, vorgaenge
        vorgaenge += weitere
    return zeile, vorgaenge


def _write_next(pfad: pathlib.Path, werk: _Schreibwerk) -> tuple[Planzeile, tuple[Vorgang, ...]]:
    letzte: list[Planzeile] = []

    def plan_once(gelesen: Fallordner) -> Vorgangsentwurf | None:
        vorhaben = werk.vorschau.draw_up(gelesen)
        letzte.append(vorhaben.zeile)
        if werk.planung:
            werk.planung.check(vorhaben)
        return vorhaben.entwurf

    gelesen = read_fallordner(pfad)
    try:
        vorgang = publish_next(gelesen, plan_once, werk.herkunft)
    except Ablehnung as ablehnung:
        geladen = letzte[-1].geladen if letzte else load_fall(gelesen, werk.vorschau.lage)
        bekannte = letzte[-1].befunde if letzte else geladen.befunde
        return refuse(geladen, tuple(dict.fromkeys((*bekannte, *ablehnung.befunde)))), ()
    except NichtBegonnen:
        raise
    except Exception as fehler:  # noqa: BLE001 - a fault of ours in one case must not stop thousands of others
        return refuse_panne(gelesen, fehler), ()
    return letzte[-1], (vorgang,) if vorgang else ()


def _undo(zeilen: tuple[Laufzeile, ...]) -> list[str]:
    lauf_id = next((vorgang.lauf_id for zeile in zeilen for vorgang in zeile.vorgaenge), None)
    return ["", f"Zurücknehmen: mahnakte storno PFAD… --lauf {lauf_id} --grund TEXT"] if lauf_id else []


def _lines(zeilen: tuple[Laufzeile, ...], lage: Lage) -> list[str]:
    briefe = sum(bool(zeile.vorgaenge) for zeile in zeilen)
    text = [
        f"Lauf zum Stichtag {format_datum(lage.stichtag)}: {count_faelle(len(zeilen))}, {briefe} mit neuem Brief"
    ]
    if not briefe:
        text.append("Nichts Neues geschrieben.")
    text.append("")
    if len(zeilen) > EINZELN_BIS:
        ruhende = [zeile.zeile for zeile in zeilen if not zeile.vorgaenge]
        text += [*sum_up(ruhende), "Die übrigen Fälle einzeln zeigt „mahnakte plan --einzeln“.", ""]
    for zeile in zeilen:
        if not zeile.vorgaenge:
            text += describe_zeile(zeile.zeile) if len(zeilen) <= EINZELN_BIS else ()
            continue
        text.append(f"{zeile.vorgaenge[0].aktenzeichen}")
        text += [
            f"  ✓ {vorgang.art} als Vorgang {vorgang.nr:04d}: {', '.join(sorted(vorgang.dateien))}"
            for vorgang in zeile.vorgaenge
        ]
        text += [f"  – {grund.text} [{grund.code}]" for grund in zeile.zeile.gruende]
    return text
