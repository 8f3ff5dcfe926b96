"""`mahnakte brief`: one letter outside the plan's rhythm. What stops the series stops this letter as well."""

import datetime as dt
import pathlib

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Fallordner, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.veroeffentlichen import publish_next
from mahnakte.ablauf.ausklammern import mahnbarer_fall
from mahnakte.ablauf.halt import find_halt
from mahnakte.befehle.ergebnis import ABGELEHNT, SCHADEN, Ergebnis, NichtBegonnen
from mahnakte.befehle.laden import GeladenerFall, Lage, find_ordner, load_fall
from mahnakte.befehle.schreiben import Auftrag, Druckerei
from mahnakte.briefe.brief import ARTEN
from mahnakte.fall.einstellungen import Mahnstufe
from mahnakte.fall.fall import Fall
from mahnakte.fall.verlauf import effective_vorgaenge
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import propose
from mahnakte.konto.konto import compute_konto
from mahnakte.recht.kalender import move_to_workday


def write_brief(
    pfad: pathlib.Path, art: str, lage: Lage, herkunft: Herkunft, erneut: str | None = None
) -> Ergebnis:
    """Write one letter of a kind; asked for the same again, say so and write nothing.

    `erneut` is the reason for writing it again although it stands.
    """
    if art not in ARTEN:
        raise NichtBegonnen([sperre("BRIEF_ART", f"Den Brief „{art}“ gibt es nicht.", propose(art, ARTEN))])
    ordner, befunde = find_ordner([pfad])
    if len(ordner) != 1:
        raise NichtBegonnen(
            [
                *befunde,
                sperre(
                    "EIN_FALL",
                    "Gemeint ist genau ein Fallordner.",
                    "Den Ordner des Falls angeben.",
                    Stelle(show(pfad)),
                ),
            ]
        )
    return _Schreibtisch(art, lage, herkunft, erneut).write(ordner[0])


class _Schreibtisch:
    """One letter in the making: keeps what the last reading of the folder said, for the answer."""

    def __init__(self, art: str, lage: Lage, herkunft: Herkunft, erneut: str | None) -> None:
        self._art = art
        self._lage = lage
        self._herkunft = herkunft
        self._erneut = erneut
        self._druckerei = Druckerei(lage)
        self._schon_da: Vorgang | None = None
        self._befunde: tuple[Befund, ...] = ()

    def write(self, pfad: pathlib.Path) -> Ergebnis:
        gelesen = read_fallordner(pfad)
        geladen = load_fall(gelesen, self._lage)
        if not geladen.benutzbar:
            return self._answer(
                geladen, None, ("Der Fall wird so nicht bearbeitet.",), geladen.befunde, geladen.rueckgabe
            )
        try:
            vorgang = publish_next(gelesen, self._draft, self._herkunft)
        except Ablehnung as ablehnung:
            alle = (*geladen.befunde, ablehnung.befund)
            return self._answer(
                geladen, None, ("Kein Brief geschrieben.",), alle, SCHADEN if geladen.schaden else ABGELEHNT
            )
        befunde = (*geladen.befunde, *self._befunde)
        if vorgang is None and self._schon_da:
            alt = self._schon_da
            satz = (
                f"{self._art} ist schon erstellt am {format_datum(alt.stichtag)} (Vorgang {alt.nr:04d}); "
                "nichts Neues geschrieben."
            )
            return self._answer(geladen, None, (satz, "Noch einmal schreiben: --erneut GRUND"), befunde)
        return self._answer(geladen, vorgang, (f"{self._art} geschrieben:", *_files(pfad, vorgang)), befunde)

    def _draft(self, gelesen: Fallordner) -> Vorgangsentwurf | None:
        geladen = load_fall(gelesen, self._lage)
        if geladen.fall is None or not geladen.benutzbar:
            raise Ablehnung(next(iter(geladen.befunde)))
        fall, stichtag = geladen.fall, self._lage.stichtag
        konto = compute_konto(fall, stichtag)
        if halt := find_halt(fall, konto, stichtag):
            raise Ablehnung(
                sperre(
                    halt.code,
                    halt.text,
                    "Erst klären und in fall.yaml festhalten.",
                    Stelle(show(geladen.pfad / "fall.yaml")),
                )
            )
        mahnbar, _ = mahnbarer_fall(fall, stichtag)
        stufe = _find_stufe(fall, self._art)
        self._schon_da = None if self._erneut else _find_same(mahnbar, self._art, stichtag)
        if self._schon_da:
            return None
        frist_bis = move_to_workday(stichtag + dt.timedelta(days=stufe.frist_tage), fall.glaeubiger.land)
        anlass = "einzeln angefordert" + (f", erneut: {self._erneut}" if self._erneut else "")
        auftrag = Auftrag(fall, compute_konto(mahnbar, stichtag), stufe, frist_bis, stufe.dann, anlass)
        entwurf, self._befunde = self._druckerei.draft(geladen, auftrag)
        return entwurf

    def _answer(
        self,
        geladen: GeladenerFall,
        vorgang: Vorgang | None,
        zeilen: tuple[str, ...],
        befunde: tuple[Befund, ...],
        rueckgabe: int = 0,
    ) -> Ergebnis:
        daten = {
            "pfad": show(geladen.pfad),
            "aktenzeichen": geladen.aktenzeichen,
            "nr": vorgang.nr if vorgang else None,
            "art": self._art,
            "dateien": sorted(vorgang.dateien) if vorgang else [],
        }
        return Ergebnis(daten, zeilen, befunde, rueckgabe)


def _find_stufe(fall: Fall, art: str) -> Mahnstufe:
    """Return the stage of the plan with that letter, or a plain one when the plan does not use it."""
    return next((stufe for stufe in fall.einstellungen.mahnplan if stufe.art == art), Mahnstufe(art=art))


def _find_same(fall: Fall, art: str, stichtag: dt.date) -> Vorgang | None:
    """Return the standing letter of this kind about the same claims; that one is not written twice."""
    nummern = {forderung.nummer for forderung in fall.forderungen}
    for vorgang in effective_vorgaenge(fall, stichtag):
        if vorgang.art == art and set(vorgang.daten.get("rechnungen", ())) == nummern:
            return vorgang
    return None


def _files(pfad: pathlib.Path, vorgang: Vorgang | None) -> tuple[str, ...]:
    if vorgang is None:
        return ()
    return tuple(f"  {show(pfad)}/vorgaenge/{vorgang.nr:04d}/{name}" for name in sorted(vorgang.dateien))
