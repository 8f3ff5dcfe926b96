"""`mahnakte antrag`: the application for the Mahnbescheid as a step, or the list of what is missing."""

import dataclasses
import pathlib
from collections.abc import Iterable
from typing import Any

from mahnakte.ablage.entdecken import FALL_YAML
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Fallordner, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.veroeffentlichen import publish_next
from mahnakte.antrag.aus_fall.entwurf import Antragsentwurf, derive_antrag
from mahnakte.antrag.aus_fall.hindernisse import Freigabe
from mahnakte.antrag.modell import Mahnantrag
from mahnakte.antrag.xml_form import write_xml
from mahnakte.antrag.xml_read import validate_xml
from mahnakte.befehle.ergebnis import ABGELEHNT, FERTIG, SCHADEN, Ergebnis, weigh
from mahnakte.befehle.laden import GeladenerFall, Lage, find_doppelte, find_ordner, load_fall, refuse_doppelte
from mahnakte.befehle.plan import plan_geladen
from mahnakte.fall.fall import Fall
from mahnakte.fall.verlauf import effective_vorgaenge
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf
from mahnakte.grund.befund import Ablehnung, Befund, Schwere, Stelle
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import compute_konto
from mahnakte.konto.modell import Konto

ART = "antrag"


@dataclasses.dataclass(frozen=True, slots=True)
class Antragszeile:
    """One case: the step that was published, or the standing one, or neither with the findings that say why.

    `grund` says why a case of a Bestand was left alone: its application is not due.
    """

    geladen: GeladenerFall
    vorgang: Vorgang | None
    neu: bool
    befunde: tuple[Befund, ...]
    rueckgabe: int
    grund: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the entry of the JSON document."""
        return {
            "pfad": show(self.geladen.pfad),
            "aktenzeichen": self.geladen.aktenzeichen,
            "nr": self.vorgang.nr if self.vorgang else None,
            "neu": self.neu,
            "grund": self.grund,
            "dateien": sorted(self.vorgang.dateien) if self.vorgang else [],
        }


def write_antraege(
    pfade: Iterable[pathlib.Path], lage: Lage, herkunft: Herkunft, erneut: str | None = None
) -> Ergebnis:
    """Prepare the applications; nothing is filed by this program.

    A case folder named by the clerk is always tried; of a Bestand only the cases whose application is due by
    the plan, or for which somebody has decided so (`antrag:` in fall.yaml).
    """
    genannte = tuple(pfade)
    ordner, befunde = find_ordner(genannte)
    doppelte = find_doppelte(ordner)
    zeilen = []
    for pfad in ordner:
        gelesen = read_fallordner(pfad)
        geladen = refuse_doppelte(load_fall(gelesen, lage), doppelte)
        grund = None if pfad in genannte else _why_not_due(geladen, lage)
        if grund is not None:
            zeilen.append(Antragszeile(geladen, None, False, (), FERTIG, grund))
            continue
        zeilen.append(_Antragstisch(lage, erneut).write(gelesen, geladen, herkunft))
    return Ergebnis(
        {"stichtag": lage.stichtag.isoformat(), "antraege": [zeile.as_json() for zeile in zeilen]},
        tuple(text for zeile in zeilen for text in _lines(zeile)),
        (*befunde, *(befund for zeile in zeilen for befund in zeile.befunde)),
        max((weigh(befunde), *(zeile.rueckgabe for zeile in zeilen))),
    )


def _why_not_due(geladen: GeladenerFall, lage: Lage) -> str | None:
    """Return why the plan does not ask for an application now; None when it does or the case is refused."""
    if geladen.fall is None or not geladen.benutzbar or geladen.fall.antrag is not None:
        return None
    plan = plan_geladen(geladen, lage)
    if any(schritt.art == "mahnbescheid" for schritt in plan.schritte):
        return None
    naechste = [schritt.art for schritt in plan.schritte]
    return plan.gruende[0].text if plan.gruende else f"Zuerst ist {', '.join(naechste)} fällig."


class _Antragstisch:
    """One application in the making: keeps what the last reading of the folder said, for the answer."""

    def __init__(self, lage: Lage, erneut: str | None) -> None:
        self._lage = lage
        self._erneut = erneut
        self._schon_da: Vorgang | None = None
        self._befunde: tuple[Befund, ...] = ()

    def write(self, gelesen: Fallordner, geladen: GeladenerFall, herkunft: Herkunft) -> Antragszeile:
        if not geladen.benutzbar:
            return Antragszeile(geladen, None, False, geladen.befunde, geladen.rueckgabe)
        try:
            vorgang = publish_next(gelesen, self._draft, herkunft)
        except Ablehnung as ablehnung:
            alle = tuple(dict.fromkeys((*geladen.befunde, *self._befunde, ablehnung.befund)))
            return Antragszeile(geladen, None, False, alle, SCHADEN if geladen.schaden else ABGELEHNT)
        alle = tuple(dict.fromkeys((*geladen.befunde, *self._befunde)))
        return Antragszeile(geladen, vorgang or self._schon_da, vorgang is not None, alle, FERTIG)

    def _draft(self, gelesen: Fallordner) -> Vorgangsentwurf | None:
        geladen = load_fall(gelesen, self._lage)
        if geladen.fall is None or not geladen.benutzbar:
            raise Ablehnung(geladen.befunde[0])
        self._schon_da = None if self._erneut else _find_standing(geladen.fall, self._lage)
        if self._schon_da:
            return None
        konto = compute_konto(geladen.fall, self._lage.stichtag)
        entwurf = derive_antrag(
            geladen.fall, konto, _freigabe(geladen.fall), streitverfahren=_litigate(geladen.fall)
        )
        ort = Stelle(show(geladen.pfad / FALL_YAML))
        eda = entwurf.eda_hindernisse if geladen.fall.einstellungen.eda.teilnehmer else ()
        bemerkt = (
            *konto.befunde,
            *entwurf.befunde,
            *(dataclasses.replace(b, schwere=Schwere.WARNUNG) for b in eda),
        )
        self._befunde = tuple(dataclasses.replace(b, stelle=b.stelle or ort) for b in bemerkt)
        if entwurf.antrag is None:
            raise Ablehnung(next(befund for befund in self._befunde if weigh([befund]) == ABGELEHNT))
        return _as_step(geladen.fall, konto, entwurf.antrag, entwurf, self._erneut)


def _as_step(
    fall: Fall, konto: Konto, antrag: Mahnantrag, entwurf: Antragsentwurf, erneut: str | None
) -> Vorgangsentwurf:
    """Return the step with its checked documents: no half file is ever published."""
    xml = write_xml([antrag])
    for befund in validate_xml(xml, "Antrag"):
        raise Ablehnung(befund)
    stamm = f"{konto.stichtag.isoformat()}_mahnantrag"
    return Vorgangsentwurf(
        aktenzeichen=fall.aktenzeichen,
        art=ART,
        stichtag=konto.stichtag,
        anlass="Mahnbescheid beantragen" + (f", erneut: {erneut}" if erneut else ""),
        eingaben=fall.eingaben,
        daten={"eda": not entwurf.eda_hindernisse, "rechnungen": [f.nummer for f in fall.forderungen]},
        dokumente={f"{stamm}.xml": xml},
    )


def _freigabe(fall: Fall) -> Freigabe | None:
    angabe = fall.antrag
    if angabe is None or not angabe.trotz:
        return None
    return Freigabe(frozenset(angabe.trotz), angabe.grund or "", angabe.freigegeben_von or "")


def _litigate(fall: Fall) -> bool:
    return fall.antrag is not None and fall.antrag.streitverfahren


def _find_standing(fall: Fall, lage: Lage) -> Vorgang | None:
    standing = [vorgang for vorgang in effective_vorgaenge(fall, lage.stichtag) if vorgang.art == ART]
    return standing[-1] if standing else None


def _lines(zeile: Antragszeile) -> list[str]:
    name = zeile.geladen.aktenzeichen or show(zeile.geladen.pfad)
    if zeile.grund is not None:
        return [f"{name}: nicht dran. {zeile.grund}"]
    if zeile.vorgang is None:
        return [f"{name}: kein Antrag; was fehlt oder entgegensteht, steht unten."]
    ort = f"{show(zeile.geladen.pfad)}/vorgaenge/{zeile.vorgang.nr:04d}"
    if not zeile.neu:
        am = format_datum(zeile.vorgang.stichtag)
        return [f"{name}: schon erstellt am {am} (Vorgang {zeile.vorgang.nr:04d}); nichts Neues geschrieben."]
    return [
        f"{name}: Antrag erstellt als Vorgang {zeile.vorgang.nr:04d}; eingereicht ist er damit noch nicht.",
        *(f"  {ort}/{datei}" for datei in sorted(zeile.vorgang.dateien)),
    ]
