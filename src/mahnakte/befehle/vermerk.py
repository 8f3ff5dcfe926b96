"""`mahnakte versand` and `mahnakte storno`: what happened to steps, recorded as steps of their own; one or many.

With many each case is settled by itself, as the command for a single letter does it; a call that was cut off is
repeated.
"""

import dataclasses
import datetime as dt
import pathlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.arten.vorgang import VERMERKE
from mahnakte.fall.vorgang import Vorgang
from mahnakte.fall.vorgangsdaten.vermerk import Stornodaten, Versanddaten
from mahnakte.grund.befund import Ablehnung, Befund, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import effective_vorgaenge
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, Ergebnis, NichtBegonnen, weigh
from mahnakte.werk.laden import GeladenerFall, Lage, find_ordner, load_faelle
from mahnakte.werk.postausgang import Brieflage, first_day, look_into_tray
from mahnakte.werk.ueberholt import describe_gruende, leave_ueberholt
from mahnakte.werk.vermerkbuch import Vermerk, Vermerkbuch

EMAIL = "email"
_ANDERS = {
    False: "als E-Mail-Entwurf bereit; gingen sie so hinaus: --weg email.",
    True: "ohne E-Mail-Entwurf; gingen sie mit der Post: --weg post.",
}


def record_versand(
    pfad: pathlib.Path,
    nr: int,
    am: dt.date,
    weg: str,
    lage: Lage,
    herkunft: Herkunft,
    *,
    trotzdem: str | None = None,
) -> Ergebnis:
    """Record that a step was sent, when and how.

    `trotzdem` is the reason for sending it today although it is no longer true; it is kept in the step.
    """
    text = f"versandt am {format_datum(am)} ({weg})"
    daten = Versanddaten(vorgang=nr, am=am, weg=weg, trotzdem=trotzdem or None)
    return Vermerkbuch(lage, Vermerk(text, daten)).record(pfad, herkunft)


def record_storno(pfad: pathlib.Path, nr: int, grund: str, lage: Lage, herkunft: Herkunft) -> Ergebnis:
    """Cancel a step that has not been sent, or a sending that was recorded by mistake; nothing is deleted."""
    return Vermerkbuch(lage, Vermerk(grund, Stornodaten(vorgang=nr, grund=grund))).record(pfad, herkunft)


# --- many at once ------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class _Auftrag:
    """One note to be made: the step meant, and how."""

    aktenzeichen: str
    vorgang: Vorgang
    record: Callable[[], Ergebnis]


@dataclasses.dataclass(slots=True)
class _Sammlung:
    """What became of the cases: notes made, letters left alone with the finding that says why."""

    wort: str
    vermerkt: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    befunde: list[Befund] = dataclasses.field(default_factory=list)
    rueckgabe: int = FERTIG
    aeltere: int = 0
    anderer_weg: int = 0
    weg_email: bool = False

    def take(self, auftrag: _Auftrag) -> None:
        """Make one note; a refusal is said and the others go on."""
        ergebnis = auftrag.record()
        self.befunde += ergebnis.befunde
        self.rueckgabe = max(self.rueckgabe, ergebnis.rueckgabe)
        if ergebnis.daten.get("nr"):
            v = auftrag.vorgang
            self.vermerkt.append(
                {
                    "aktenzeichen": auftrag.aktenzeichen,
                    "vorgang": v.nr,
                    "art": v.art,
                    "nr": ergebnis.daten["nr"],
                }
            )

    def as_ergebnis(self, lage: Lage) -> Ergebnis:
        """Return the outcome of the whole call."""
        zeilen = [f"{len(self.vermerkt)} {self.wort}"]
        zeilen += [
            f"  {v['aktenzeichen']}: {v['art']} (Vorgang {v['vorgang']:04d}), vermerkt als {v['nr']:04d}"
            for v in self.vermerkt
        ]
        if self.aeltere:
            zeilen.append(f"Nicht angesehen: {self.aeltere} ältere ohne Vermerk; mit --seit TAG auch diese.")
        if self.anderer_weg:
            zeilen.append(f"Nicht vermerkt: {self.anderer_weg} {_ANDERS[self.weg_email]}")
        daten = {"stichtag": lage.stichtag.isoformat(), "vermerkt": self.vermerkt, "aeltere": self.aeltere}
        return Ergebnis(daten, tuple(zeilen), tuple(dict.fromkeys(self.befunde)), self.rueckgabe)


@dataclasses.dataclass(frozen=True, slots=True)
class Versandwunsch:
    """How the letters went out: on which day, by which way; `seit`: only letters of that day or later."""

    am: dt.date
    weg: str
    seit: dt.date | None = None


def send_all(
    pfade: Sequence[pathlib.Path], wunsch: Versandwunsch, lage: Lage, herkunft: Herkunft
) -> Ergebnis:
    """Record as sent every letter that no note says went out; what is no longer true on that day is left alone."""
    sammlung = _Sammlung("Briefe als versandt vermerkt", weg_email=wunsch.weg == EMAIL)
    for geladen, sachstand in _usable(pfade, lage, sammlung):
        for brief in _tray(geladen, sachstand.am(wunsch.am), lage, wunsch.seit, sammlung):
            if brief.gruende:
                sammlung.befunde.append(
                    leave_ueberholt(geladen.pfad, brief.vorgang, wunsch.am, brief.gruende)
                )
                continue
            if brief.als_email != (wunsch.weg == EMAIL):
                sammlung.anderer_weg += 1
                continue
            nr = brief.vorgang.nr
            record = _bind(record_versand, geladen.pfad, nr, wunsch.am, wunsch.weg, lage, herkunft)
            sammlung.take(_Auftrag(brief.vorgang.aktenzeichen, brief.vorgang, record))
    return sammlung.as_ergebnis(lage)


def cancel_ueberholte(
    pfade: Sequence[pathlib.Path], seit: dt.date | None, lage: Lage, herkunft: Herkunft
) -> Ergebnis:
    """Cancel every unsent letter that is no longer true today, each with what is no longer true as the reason."""
    sammlung = _Sammlung("Briefe storniert")
    for geladen, sachstand in _usable(pfade, lage, sammlung):
        for brief in _tray(geladen, sachstand, lage, seit, sammlung):
            if not brief.gruende:
                continue
            grund = f"überholt: {describe_gruende(brief.gruende)}"
            record = _bind(record_storno, geladen.pfad, brief.vorgang.nr, grund, lage, herkunft)
            sammlung.take(_Auftrag(brief.vorgang.aktenzeichen, brief.vorgang, record))
    return sammlung.as_ergebnis(lage)


def undo_lauf(
    pfade: Sequence[pathlib.Path], lauf_id: str, grund: str, lage: Lage, herkunft: Herkunft
) -> Ergebnis:
    """Cancel what one run has written, as its entries say; what was sent or filed since stays and is listed."""
    sammlung = _Sammlung("Vorgänge des Laufs storniert")
    gefunden = 0
    for geladen, sachstand in _usable(pfade, lage, sammlung):
        eigene = [v for v in geladen.stand.vorgaenge if v.lauf_id == lauf_id and v.art not in VERMERKE]
        gefunden += len(eigene)
        wirksame = {v.nr for v in effective_vorgaenge(sachstand)}
        for vorgang in reversed([v for v in eigene if v.nr in wirksame]):  # the later rests on the earlier
            record = _bind(record_storno, geladen.pfad, vorgang.nr, grund, lage, herkunft)
            sammlung.take(_Auftrag(vorgang.aktenzeichen, vorgang, record))
    if not gefunden:
        text = f"Unter den angegebenen Fällen hat kein Lauf „{lauf_id}“ etwas geschrieben."
        rat = (
            "Die Kennung steht in der Ausgabe des Laufs, in laeufe/ und als „lauf_id“ in jeder eintrag.json."
        )
        raise NichtBegonnen([sperre("LAUF_UNBEKANNT", text, rat)])
    return sammlung.as_ergebnis(lage)


def _bind(function: Callable[..., Ergebnis], *angaben: object) -> Callable[[], Ergebnis]:
    return lambda: function(*angaben)


def _usable(
    pfade: Iterable[pathlib.Path], lage: Lage, sammlung: _Sammlung
) -> Iterator[tuple[GeladenerFall, Sachstand]]:
    """Yield the cases one by one; what is to be said of a case that cannot be read is collected."""
    ordner, befunde = find_ordner(pfade, lage)
    sammlung.befunde += befunde
    sammlung.rueckgabe = weigh(befunde)
    for geladen in load_faelle(ordner, lage):
        if geladen.sachstand is None or geladen.schaden:
            sammlung.befunde += geladen.befunde
            sammlung.rueckgabe = max(sammlung.rueckgabe, geladen.rueckgabe)
        else:
            yield geladen, geladen.sachstand


def _tray(
    geladen: GeladenerFall, sachstand: Sachstand, lage: Lage, seit: dt.date | None, sammlung: _Sammlung
) -> tuple[Brieflage, ...]:
    try:
        fach = look_into_tray(geladen.pfad, sachstand, lage, seit or first_day(sachstand.stichtag))
    except Ablehnung as ablehnung:
        sammlung.befunde += ablehnung.befunde
        sammlung.rueckgabe = max(sammlung.rueckgabe, ABGELEHNT)
        return ()
    sammlung.aeltere += fach.aeltere
    return fach.briefe
