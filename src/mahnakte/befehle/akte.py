"""`mahnakte akte`: the Akte of one case for hand-over, whole or not at all, and the step that records it.

Order: read, put together, make the folder visible by one rename, then publish the step with its hashes. A run
that was interrupted in between finds the folder standing, checks it and only records it. The second run
changes nothing.
"""

import dataclasses
import pathlib
from collections.abc import Iterator, Mapping
from typing import Any

from mahnakte.ablage.baum import list_unterlagen, read_tree
from mahnakte.ablage.entdecken import EINSTELLUNGEN
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Fallordner, read_dateien, read_fallordner
from mahnakte.ablage.platte import PLATTE
from mahnakte.ablage.stoerung import show, standing
from mahnakte.ablage.veroeffentlichen import publish_next
from mahnakte.ablage.ziel import create_folder
from mahnakte.akte.auswahl import BELEGE, find_aehnliche, select_verweise
from mahnakte.akte.blaetter import e_rechnung_werte, make_aktenkopf
from mahnakte.akte.lesbarkeit import is_pdf
from mahnakte.akte.manifest import AKTE_PDF, MANIFEST
from mahnakte.akte.modell import Akte, Aktenkopf, Art, Gruppe, SetBlatt, Unterlage, Verweis
from mahnakte.akte.namen import ORDNER
from mahnakte.akte.pruefung import read_manifest
from mahnakte.akte.zusammenstellung import compose_akte
from mahnakte.arten.vorgang import AKTE
from mahnakte.blatt.forderungsaufstellung import aufstellung_werte
from mahnakte.fall.fall import Fall
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf, name_werte, sha256
from mahnakte.fall.vorgangsdaten.akte import Aktedaten
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, has_sperre, hinweis, sperre
from mahnakte.grund.text import json_safe
from mahnakte.konto.konto import compute_konto
from mahnakte.konto.modell import Konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import effective_vorgaenge
from mahnakte.werk.akte_pruefen import verify_dateien
from mahnakte.werk.blaetter import make_set_blatt
from mahnakte.werk.ergebnis import ABGELEHNT, SCHADEN, Ergebnis, NichtBegonnen
from mahnakte.werk.laden import GeladenerFall, Lage, find_fallordner, load_fall

_NICHT_DABEI = (
    "Nicht aufgenommen ist, was weder in fall.yaml genannt ist noch in belege/ liegt oder mit „_“ beginnt."
)


@dataclasses.dataclass(frozen=True, slots=True)
class Bauplan:
    """Everything an Akte is made from: cover, papers with their bytes, the account, what was noticed."""

    pfad: pathlib.Path
    sachstand: Sachstand
    konto: Konto
    kopf: Aktenkopf
    unterlagen: tuple[Unterlage, ...]
    befunde: tuple[Befund, ...]

    @property
    def fall(self) -> Fall:
        """Return the case."""
        return self.sachstand.fall

    @property
    def quellen(self) -> list[tuple[str, str | None]]:
        """Return path and hash of every paper, as the manifest has them."""
        return [
            (json_safe(u.verweis.pfad), None if u.inhalt is None else sha256(u.inhalt))
            for u in self.unterlagen
        ]


def write_akte(pfad: pathlib.Path, ziel: pathlib.Path, lage: Lage, herkunft: Herkunft) -> Ergebnis:
    """Make the Akte of one case at `ziel`, or take the one that stands there if it is exactly this one.

    Raises NichtBegonnen when `pfad` is no single case or something else stands at `ziel`.
    """
    geladen = load_fall(read_fallordner(find_fallordner(pfad)), lage)
    _check_ziel(ziel, geladen)
    if not geladen.benutzbar or geladen.sachstand is None:
        return _refuse(geladen, ziel, geladen.befunde, geladen.rueckgabe)
    try:
        plan = _collect(geladen.pfad, geladen.sachstand)
        manifest, neu, befunde = _provide(plan, ziel, lage)
    except Ablehnung as ablehnung:
        return _refuse(geladen, ziel, (*geladen.befunde, ablehnung.befund), ABGELEHNT)
    alle = (*geladen.befunde, *plan.befunde, *befunde)
    if has_sperre(befunde):
        return _refuse(geladen, ziel, alle, SCHADEN)
    try:
        vorgang = _record(plan, manifest, ziel, herkunft)
    except Ablehnung as ablehnung:
        return _refuse(geladen, ziel, (*alle, ablehnung.befund), ABGELEHNT)
    return _answer(plan, ziel, manifest, vorgang, neu=neu, befunde=alle)


def _check_ziel(ziel: pathlib.Path, geladen: GeladenerFall) -> None:
    """An Akte among the proofs would become a proof of the next Akte."""
    if (geladen.pfad / BELEGE).absolute() in (ziel.absolute(), *ziel.absolute().parents):
        raise NichtBegonnen([
            sperre("ZIEL_IN_BELEGEN", "Die Akte darf nicht in belege/ liegen; sie käme sonst in die nächste Akte.",
                   "Einen Ordner außerhalb des Falls angeben.", Stelle(show(ziel)))
        ])  # fmt: skip


# --- reading --------------------------------------------------------------------------------------------


def _collect(pfad: pathlib.Path, sachstand: Sachstand) -> Bauplan:
    """Read every paper that belongs into the Akte; one that cannot be read stays in, with the reason."""
    konto = compute_konto(sachstand)
    for befund in konto.befunde:
        if has_sperre([befund]):
            raise Ablehnung(befund)
    belege, befunde = list_unterlagen(pfad, BELEGE)
    verweise = select_verweise(sachstand, belege)
    befunde += tuple(_locate(befund, pfad) for befund in find_aehnliche(sachstand.fall, belege))
    dateien, fehlende = read_dateien(pfad, [verweis.pfad for verweis in verweise])
    gruende = dict(
        zip((v.pfad for v in verweise if v.pfad not in dateien), (b.text for b in fehlende), strict=True)
    )
    unterlagen = tuple(
        Unterlage(verweis, dateien[verweis.pfad].inhalt)
        if verweis.pfad in dateien
        else Unterlage(verweis, None, gruende[verweis.pfad])
        for verweis in verweise
    )
    return Bauplan(
        pfad, sachstand, konto, make_aktenkopf(sachstand.fall, konto), unterlagen, (*konto.befunde, *befunde)
    )


# --- the folder -------------------------------------------------------------------------------------------


def _provide(plan: Bauplan, ziel: pathlib.Path, lage: Lage) -> tuple[bytes, bool, tuple[Befund, ...]]:
    """Return the manifest of the Akte at `ziel`, whether it is new, and findings (a `sperre`: damage)."""
    if PLATTE.kind(ziel) is not None:
        return _adopt(plan, ziel, lage)
    akte = _compose(plan, lage)
    try:
        create_folder(ziel, akte.dateien)
    except Ablehnung as ablehnung:
        if ablehnung.befund.code != "ZIEL_VORHANDEN":
            raise
        return _adopt(plan, ziel, lage)  # another clerk was faster
    befunde = tuple(_locate(befund, plan.pfad) for befund in akte.befunde)
    return akte.dateien[MANIFEST], True, (*befunde, *_remark_place(ziel))


def _adopt(plan: Bauplan, ziel: pathlib.Path, lage: Lage) -> tuple[bytes, bool, tuple[Befund, ...]]:
    """Take a standing folder if its manifest says that it was made from exactly these papers on this day."""
    try:
        dateien = read_tree(ziel)
        manifest = dateien[MANIFEST]
        passt = _fits(plan, read_manifest(manifest))
    except (Ablehnung, KeyError):
        passt = False
    if not passt:
        anderes = "und es ist nicht die Akte dieses Falls zu diesem Stichtag aus diesen Unterlagen"
        raise NichtBegonnen(
            [standing(f"{show(ziel)} gibt es schon, {anderes}", "Einen anderen Ordner angeben.", ziel)]
        )
    return manifest, False, tuple(_locate(befund, ziel) for befund in verify_dateien(dateien, lage))


def _fits(plan: Bauplan, manifest: Any) -> bool:
    try:
        quellen = [(e["quelle"], e["sha256"]) for e in manifest["unterlagen"] if e["quelle"] is not None]
    except (KeyError, TypeError):
        return False
    kopf = plan.kopf
    return (
        manifest.get("aktenzeichen") == kopf.aktenzeichen
        and manifest.get("stichtag") == kopf.stichtag.isoformat()
        and manifest.get("grundlage") == dict(kopf.grundlage)
        and quellen == plan.quellen
    )


def _compose(plan: Bauplan, lage: Lage) -> Akte:
    set_blatt = make_set_blatt(lage)
    aufstellung = Unterlage(
        Verweis(
            "Forderungsaufstellung.pdf", Gruppe.AUFSTELLUNG, "Forderungsaufstellung", plan.konto.stichtag
        ),
        set_blatt("forderungsaufstellung", aufstellung_werte(plan.fall, plan.konto)),
        erzeugt=True,
    )
    unterlagen = (aufstellung, *(_add_view(unterlage, plan.fall, set_blatt) for unterlage in plan.unterlagen))
    return compose_akte(plan.kopf, unterlagen, set_blatt, lage.werkstatt)


def _add_view(unterlage: Unterlage, fall: Fall, set_blatt: SetBlatt) -> Unterlage:
    """Give an XML invoice a page that people can read."""
    if unterlage.inhalt is None or is_pdf(unterlage.inhalt):
        return unterlage
    for forderung in fall.forderungen:
        if forderung.datei == unterlage.verweis.pfad and forderung.rechnung is not None:
            blatt = set_blatt("e_rechnung", e_rechnung_werte(forderung.rechnung))
            return dataclasses.replace(unterlage, lesefassung=blatt)
    return unterlage


def _remark_place(ziel: pathlib.Path) -> tuple[Befund, ...]:
    """A folder among the case folders is taken for a case without fall.yaml, unless its name begins with `_`."""
    absolut = ziel.absolute()
    if absolut.name.startswith(("_", ".")) or PLATTE.kind(absolut.parent / EINSTELLUNGEN) is None:
        return ()
    return (
        hinweis(
            "AKTE_IM_BESTAND",
            "Die Akte liegt zwischen den Fallordnern; der nächste Lauf hält sie für einen Fall ohne fall.yaml.",
            "Den Ordner an einen anderen Ort verschieben oder seinen Namen mit „_“ beginnen lassen.",
            Stelle(show(ziel)),
        ),
    )


def _locate(befund: Befund, ordner: pathlib.Path) -> Befund:
    """Say the place of a finding as the clerk sees it: with the folder in front."""
    if befund.stelle is None:
        return befund
    return dataclasses.replace(befund, stelle=Stelle(show(ordner / befund.stelle.datei), befund.stelle.zeile))


# --- the step -----------------------------------------------------------------------------------------------


def _record(plan: Bauplan, manifest: bytes, ziel: pathlib.Path, herkunft: Herkunft) -> Vorgang | None:
    """Publish the step, unless a standing one records exactly this Akte."""

    def draft(gelesen: Fallordner) -> Vorgangsentwurf | None:
        fall = dataclasses.replace(plan.fall, vorgaenge=gelesen.vorgaenge.vorgaenge)
        return None if _find_recorded(plan.sachstand.mit(fall), summe) else entwurf

    summe = sha256(manifest)
    entwurf = Vorgangsentwurf(
        aktenzeichen=plan.kopf.aktenzeichen,
        art=AKTE.wort,
        stichtag=plan.kopf.stichtag,
        anlass="Akte zur Übergabe",
        eingaben={**plan.kopf.grundlage, **{pfad: s for pfad, s in plan.quellen if s is not None}},
        werte=name_werte(plan.konto.rechtswerte()),
        daten=_describe(ziel, manifest),
        dokumente={f"{plan.kopf.stichtag.isoformat()}_akte-manifest.json": manifest},
    )
    return publish_next(read_fallordner(plan.pfad), draft, herkunft)


def _find_recorded(sachstand: Sachstand, summe: str) -> Vorgang | None:
    """Return the standing step that records the Akte with this manifest."""
    standing = effective_vorgaenge(sachstand)
    return next((v for v in standing if isinstance(v.daten, Aktedaten) and v.daten.manifest == summe), None)


def _describe(ziel: pathlib.Path, manifest: bytes) -> Aktedaten:
    felder = read_manifest(manifest)
    return Aktedaten(
        ordner=json_safe(ziel.absolute().name),
        manifest=sha256(manifest),
        blaetter=felder["akte"]["seiten"],
        unterlagen=len(felder["unterlagen"]),
    )


# --- the answer ---------------------------------------------------------------------------------------------


def _answer(
    plan: Bauplan,
    ziel: pathlib.Path,
    manifest: bytes,
    vorgang: Vorgang | None,
    *,
    neu: bool,
    befunde: tuple[Befund, ...],
) -> Ergebnis:
    felder = read_manifest(manifest)
    daten = {
        **_head(plan.pfad, plan.kopf.aktenzeichen, ziel),
        "stichtag": plan.kopf.stichtag.isoformat(),
        "neu": neu,
        "nr": vorgang.nr if vorgang else None,
        "blaetter": felder["akte"]["seiten"],
        "unterlagen": felder["unterlagen"],
    }
    return Ergebnis(daten, tuple(_lines(ziel, felder, vorgang, neu=neu)), befunde)


def _refuse(
    geladen: GeladenerFall, ziel: pathlib.Path, befunde: tuple[Befund, ...], rueckgabe: int
) -> Ergebnis:
    daten = {
        **_head(geladen.pfad, geladen.aktenzeichen, ziel),
        "stichtag": None, "neu": False, "nr": None, "blaetter": None, "unterlagen": [],
    }  # fmt: skip
    return Ergebnis(daten, ("Keine Akte erstellt.",), befunde, rueckgabe)


def _head(pfad: pathlib.Path, aktenzeichen: str | None, ziel: pathlib.Path) -> dict[str, Any]:
    return {"pfad": show(pfad), "aktenzeichen": aktenzeichen, "ziel": show(ziel)}


def _lines(
    ziel: pathlib.Path, felder: Mapping[str, Any], vorgang: Vorgang | None, *, neu: bool
) -> Iterator[str]:
    arten = [eintrag["art"] for eintrag in felder["unterlagen"]]
    if not neu and vorgang is None:
        yield f"{show(ziel)} steht schon und ist unverändert; nichts geschrieben."
        return
    was = "erstellt" if neu else "stand schon und ist geprüft"
    yield f"Akte {felder['aktenzeichen']} {was}: {show(ziel)}"
    yield f"  {AKTE_PDF}: {felder['akte']['seiten']} Blatt, {len(arten)} Unterlagen"
    if beilagen := arten.count(Art.BEILAGE):
        yield f"  nur als Datei in {ORDNER}/: {beilagen}"
    if fehlende := arten.count(Art.UNLESBAR) + arten.count(Art.FEHLT):
        yield f"  nicht lesbar oder nicht vorhanden: {fehlende} (steht auf dem Deckblatt)"
    yield f"  {_NICHT_DABEI}"
    if vorgang:
        yield f"Festgehalten als Vorgang {vorgang.nr:04d}."
