"""`mahnakte brief`: one letter outside the plan's rhythm. What stops the series stops this letter as well."""

import dataclasses
import datetime as dt
import pathlib
from decimal import Decimal

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Fallordner, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.verifizieren import VORGAENGE
from mahnakte.ablage.veroeffentlichen import publish_next
from mahnakte.ablauf.fristlauf import binding_frist
from mahnakte.ablauf.halt import angeschriebene
from mahnakte.ablauf.plan import missing_release
from mahnakte.arten.brief import Briefart, find_art
from mahnakte.briefe.gegenstand import compute_gegenstand
from mahnakte.briefe.zulassung import check_halte, find_halte, find_stufe
from mahnakte.fall.einstellungen import Mahnstufe
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import effective_vorgaenge
from mahnakte.stand.zahltag import move_zahltag
from mahnakte.werk.ergebnis import ABGELEHNT, SCHADEN, Ergebnis, NichtBegonnen
from mahnakte.werk.laden import (
    GeladenerFall,
    Lage,
    check_umschau,
    find_fallordner,
    load_fall,
    name_fall,
)
from mahnakte.werk.schreiben import Auftrag, Druckerei
from mahnakte.werk.umschau import Umschau
from mahnakte.werk.zusatz import add_zusatz


@dataclasses.dataclass(frozen=True, slots=True)
class Wunsch:
    """What the command line asks for: kind of letter, why again, a day that the letter names, the statement "
    "with it."""

    art: str
    erneut: str | None = None
    bis: dt.date | None = None
    aufstellung: bool = False
    zusatz: tuple[str, ...] = ()


def write_brief(pfad: pathlib.Path, wunsch: Wunsch, lage: Lage, herkunft: Herkunft) -> Ergebnis:
    """Write one letter of a kind; asked for the same again, say so and write nothing.

    `wunsch.erneut` is the reason for writing it again although it stands.
    """
    try:
        find_art(wunsch.art)
    except Ablehnung as unbekannt:
        raise NichtBegonnen([unbekannt.befund]) from None
    fall = find_fallordner(pfad)
    return _Schreibtisch(wunsch, lage, herkunft, lage.look_around([fall])).write(fall)


class _Schreibtisch:
    """One letter in the making: keeps what the last reading of the folder said, for the answer."""

    def __init__(self, wunsch: Wunsch, lage: Lage, herkunft: Herkunft, umschau: Umschau) -> None:
        self._art = wunsch.art
        self._wunsch = wunsch
        self._lage = lage
        self._herkunft = herkunft
        self._umschau = umschau
        self._druckerei = Druckerei(lage)
        self._schon_da: Vorgang | None = None
        self._befunde: tuple[Befund, ...] = ()

    def write(self, pfad: pathlib.Path) -> Ergebnis:
        gelesen = read_fallordner(pfad)
        geladen = self._load(gelesen).with_befunde(self._umschau.befunde)
        if not geladen.benutzbar:
            return self._answer(
                geladen, None, ("Der Fall wird so nicht bearbeitet.",), geladen.befunde, geladen.rueckgabe
            )
        try:
            vorgang = publish_next(gelesen, self._draft, self._herkunft)
        except Ablehnung as ablehnung:
            alle = (*geladen.befunde, *name_fall(ablehnung.befunde, geladen.pfad))
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

    def _load(self, gelesen: Fallordner) -> GeladenerFall:
        return check_umschau(load_fall(gelesen, self._lage), self._umschau)

    def _draft(self, gelesen: Fallordner) -> Vorgangsentwurf | None:
        geladen = self._load(gelesen)
        sachstand = geladen.sachstand
        if sachstand is None or not geladen.benutzbar:
            raise Ablehnung(next(iter(geladen.befunde)))
        fall, art = sachstand.fall, find_art(self._art)
        check_halte(art, find_halte(sachstand, compute_konto(sachstand), art))
        teil, konto = compute_gegenstand(sachstand, art)
        if art.art in [stufe.art for stufe in fall.einstellungen.mahnplan]:
            _require_release(sachstand, konto.gesamt, art.art, geladen.pfad)
        stufe = find_stufe(fall, art)
        frist_bis = _deadline(sachstand, art, stufe)
        _respect_granted(teil, art, frist_bis)
        self._schon_da = None if self._wunsch.erneut else _find_stage(teil, art)
        if self._schon_da:
            return None
        anlass = "einzeln angefordert" + (f", erneut: {self._wunsch.erneut}" if self._wunsch.erneut else "")
        an = sachstand.mit(dataclasses.replace(fall, schuldner=teil.fall.schuldner))
        auftrag = Auftrag(
            _reachable(an, art), konto, stufe, frist_bis, stufe.dann, anlass,
            bis=self._wunsch.bis, aufstellung=self._wunsch.aufstellung,
        )  # fmt: skip
        entwurf, befunde = self._druckerei.draft(geladen, auftrag)
        if self._wunsch.zusatz:
            mehr = dataclasses.replace(auftrag, zusatz=self._wunsch.zusatz)
            entwurf, befunde = add_zusatz(self._druckerei, geladen, mehr, entwurf, self._lage)
        self._befunde = befunde
        self._schon_da = None if self._wunsch.erneut else _find_occasion(sachstand, entwurf)
        return None if self._schon_da else entwurf

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


def _respect_granted(teil: Sachstand, art: Briefart, frist_bis: dt.date | None) -> None:
    """No demand sets a day before the one that an earlier letter has granted for the same."""
    frist = binding_frist(teil, {forderung.nummer for forderung in teil.fall.forderungen})
    if art.fordert and frist is not None and frist_bis is not None and frist_bis < frist.bis:
        raise Ablehnung(
            sperre("FRIST_LAEUFT", f"{frist.worte}. Dieser Brief würde schon bis {format_datum(frist_bis)} Zahlung "
                   "verlangen.", "Das Ende der Frist abwarten.")
        )  # fmt: skip


def _require_release(sachstand: Sachstand, gesamt: Decimal, art: str, pfad: pathlib.Path) -> None:
    """A stage of the series over a large sum needs the release, also when it is asked for one by one."""
    grund = missing_release(sachstand, gesamt, art)
    if grund:
        ort = Stelle(show(pfad / "fall.yaml"))
        raise Ablehnung(sperre(grund.code, grund.text, "Das Ereignis ergänzen, dann noch einmal.", ort))


def _reachable(sachstand: Sachstand, art: Briefart) -> Sachstand:
    """Leave out joint debtors whom letters do not reach (died, moved, insolvent), as the run does."""
    if not art.an_schuldner:
        return sachstand
    an = angeschriebene(sachstand) or sachstand.fall.schuldner
    return sachstand.mit(dataclasses.replace(sachstand.fall, schuldner=an))


def _deadline(sachstand: Sachstand, art: Briefart, stufe: Mahnstufe) -> dt.date | None:
    if art.frist_tage is None:
        return None
    return move_zahltag(sachstand.fall, sachstand.stichtag + dt.timedelta(days=stufe.frist_tage))


def _find_stage(sachstand: Sachstand, art: Briefart) -> Vorgang | None:
    """Return the standing letter of this stage about the same claims; that one is not written twice."""
    nummern = {forderung.nummer for forderung in sachstand.fall.forderungen}
    for vorgang in effective_vorgaenge(sachstand):
        if art.stufe and vorgang.art == art.art and (vorgang.rechnungen or set()) == nummern:
            return vorgang
    return None


def _find_occasion(sachstand: Sachstand, entwurf: Vorgangsentwurf) -> Vorgang | None:
    """Return the standing letter about the same occasion: the same payment, objection, plan."""
    for vorgang in effective_vorgaenge(sachstand.am(entwurf.stichtag)):
        gleich = vorgang.brief.anlass_schluessel == entwurf.brief.anlass_schluessel
        if vorgang.art == entwurf.art and gleich and not find_art(entwurf.art).stufe:
            return vorgang
    return None


def _files(pfad: pathlib.Path, vorgang: Vorgang | None) -> tuple[str, ...]:
    if vorgang is None:
        return ()
    ort = pfad / VORGAENGE / f"{vorgang.nr:04d}"
    return tuple(f"  {show(ort / name)}" for name in sorted(vorgang.dateien))
