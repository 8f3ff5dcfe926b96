"""The application for the Vollstreckungsbescheid of one case: per debtor, with the payments since (§ 699 ZPO)."""

import dataclasses
import pathlib

from mahnakte.antrag.aus_fall.folgeantrag import Folgeantrag, derive_folgeantraege
from mahnakte.antrag.eda.folgeantrag import check_folgeantrag
from mahnakte.antrag.folgeblatt import folgeblatt_werte
from mahnakte.antrag.folgedaten import write_folgedaten
from mahnakte.arten.vorgang import VB_ANTRAG
from mahnakte.fall.fall import Fall
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf
from mahnakte.fall.vorgangsdaten.antrag import Folgeantragsdaten
from mahnakte.grund.befund import Ablehnung, Befund, Schwere, has_sperre
from mahnakte.recht.gerichte import find_mahngericht, read_mahngerichte
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import effective_vorgaenge
from mahnakte.werk.antragsschritt import Antragsart, Entwurf
from mahnakte.werk.blaetter import make_set_blatt
from mahnakte.werk.laden import GeladenerFall, Lage

ART = VB_ANTRAG.wort
BLATT = "_vb-antrag.pdf"


def draft(sachstand: Sachstand, lage: Lage, erneut: str | None, _pfad: pathlib.Path) -> Entwurf:
    """Return the step for the debtors against whom it can be applied for, else everything that forbids it.

    With several debtors each has its own periods: what forbids it for one does not stop the others.
    """
    standing = () if erneut else tuple(v for v in effective_vorgaenge(sachstand) if v.art == ART)
    folgen = [f for f in derive_folgeantraege(sachstand) if f.schuldner not in covered(standing)]
    moegliche = [folge for folge in folgen if folge.antrag]
    if standing and not moegliche:
        return Entwurf(None, (), standing[-1])
    befunde = tuple(befund for folge in folgen for befund in folge.befunde)
    if not moegliche:
        return Entwurf(None, befunde)
    return Entwurf(
        _as_step(sachstand, moegliche, lage, erneut),
        (*map(_soften, befunde), *_obstacles(sachstand.fall, moegliche)),
    )


def covered(vorgaenge: tuple[Vorgang, ...]) -> set[str]:
    """Return the debtors for whom the steps hold an application."""
    return {
        einer.schuldner
        for vorgang in vorgaenge
        if isinstance(vorgang.daten, Folgeantragsdaten)
        for einer in vorgang.daten.antraege
    }


def _soften(befund: Befund) -> Befund:
    """The step is made all the same, for other debtors: then a ground is something to read, no refusal."""
    return dataclasses.replace(befund, schwere=Schwere.WARNUNG) if has_sperre([befund]) else befund


def _obstacles(fall: Fall, folgen: list[Folgeantrag]) -> tuple[Befund, ...]:
    """Say early what an EDA file could not hold, where such files are exchanged at all."""
    if not fall.einstellungen.eda.teilnehmer:
        return ()
    return tuple(_soften(befund) for f in folgen if f.antrag for befund in check_folgeantrag(f.antrag))


def _as_step(
    sachstand: Sachstand, folgen: list[Folgeantrag], lage: Lage, erneut: str | None
) -> Vorgangsentwurf:
    blatt = make_set_blatt(lage)("angabenblatt", folgeblatt_werte(sachstand, folgen))
    return Vorgangsentwurf(
        aktenzeichen=sachstand.fall.aktenzeichen,
        art=ART,
        stichtag=sachstand.stichtag,
        anlass="Vollstreckungsbescheid beantragen" + (f", erneut: {erneut}" if erneut else ""),
        eingaben=sachstand.fall.eingaben,
        daten=Folgeantragsdaten(
            gericht=_court(sachstand, folgen[0]),
            antraege=tuple(write_folgedaten(f.schuldner, f.antrag) for f in folgen if f.antrag is not None),
        ),
        dokumente={f"{sachstand.stichtag.isoformat()}{BLATT}": blatt},
    )


def _court(sachstand: Sachstand, folge: Folgeantrag) -> str:
    """Name the court whose file this joins: the one that issued the order, else the one of the creditor's seat."""
    genannt = (folge.zustellung and folge.zustellung.gericht) or ""
    for gericht in read_mahngerichte().gerichte:
        if genannt and gericht.kurzname in genannt:
            return f"{gericht.plz} {gericht.ort}"
    wer = sachstand.fall.glaeubiger
    try:
        gericht = find_mahngericht(sachstand.stichtag, wer.land, wer.olg_bezirk, wer.gerichtsstaat)
    except Ablehnung:  # nobody stated the seat: the sheet needs no court, and an EDA file gets this one's own
        return genannt
    return f"{gericht.plz} {gericht.ort}"


def why_not_due(geladen: GeladenerFall) -> str | None:
    """Of a Bestand only the cases in which an application is possible now; the reason is the first obstacle."""
    if geladen.sachstand is None:
        return None
    folgen = derive_folgeantraege(geladen.sachstand)
    if any(folge.antrag for folge in folgen):
        return None
    return next((befund.text for folge in folgen for befund in folge.befunde), "Kein Schuldner.")


VOLLSTRECKUNGSBESCHEID = Antragsart(ART, "Antrag auf den Vollstreckungsbescheid", draft, why_not_due)
