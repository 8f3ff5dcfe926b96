"""The application for the Mahnbescheid of one case: XML against our schema, and the sheet for the courts' portal."""

import dataclasses
import pathlib

from mahnakte.ablauf.ausklammern import only_rechnungen, open_kosten
from mahnakte.ablauf.gerichtslage import offene_rechnungen
from mahnakte.antrag.aus_fall.entwurf import Antragsentwurf, derive_antrag
from mahnakte.antrag.eingabeblatt import Vorversion, eingabeblatt_werte
from mahnakte.antrag.modell import Mahnantrag
from mahnakte.antrag.verfahrenskosten import compute_gerichtskosten, compute_vertretungskosten
from mahnakte.antrag.xml_form import write_xml
from mahnakte.antrag.xml_read import validate_xml
from mahnakte.arten.vorgang import ANTRAG
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf, name_werte
from mahnakte.fall.vorgangsdaten.antrag import Antragsdaten
from mahnakte.grund.befund import Ablehnung, Schwere
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import effective_vorgaenge
from mahnakte.werk.antragsdatei import XML, read_antraege
from mahnakte.werk.antragsschritt import Entwurf
from mahnakte.werk.blaetter import make_set_blatt
from mahnakte.werk.laden import Lage

ART = ANTRAG.wort
BLATT = "_eingabeblatt.pdf"


def draft(sachstand: Sachstand, lage: Lage, erneut: str | None, pfad: pathlib.Path) -> Entwurf:
    """Return the step with its checked documents, or the standing one, or everything that is missing."""
    konto = compute_konto(sachstand)
    standing = [v for v in effective_vorgaenge(sachstand) if v.art == ART]
    if standing and not erneut:
        neue = _not_in(standing, sachstand)
        if not neue:
            return Entwurf(None, (), standing[-1])
        spaetere = tuple(k for k in open_kosten(sachstand.fall, konto) if k.am > standing[-1].stichtag)
        sachstand = sachstand.mit(only_rechnungen(sachstand.fall, konto, neue, spaetere))
        konto = compute_konto(sachstand)
    entwurf = derive_antrag(sachstand)
    if standing and not erneut and entwurf.antrag is None:  # what came after is not ripe yet
        return Entwurf(None, (), standing[-1])
    eda = entwurf.eda_hindernisse if sachstand.fall.einstellungen.eda.teilnehmer else ()
    befunde = (
        *konto.befunde,
        *entwurf.befunde,
        *(dataclasses.replace(befund, schwere=Schwere.WARNUNG) for befund in eda),
    )
    if entwurf.antrag is None:
        return Entwurf(None, befunde)
    vorher = _last_version(standing, pfad)
    return Entwurf(_as_step(sachstand, entwurf.antrag, entwurf, lage, erneut, vorher), befunde)


def _last_version(standing: list[Vorgang], pfad: pathlib.Path) -> Vorversion | None:
    """Return the last application of the case as it was written; None for the first one, or where it is damaged."""
    if not standing:
        return None
    try:
        (antrag,) = read_antraege(pfad, standing[-1])
    except (Ablehnung, ValueError):
        return None  # the damage itself is reported where the case is read
    return (
        Vorversion(standing[-1].nr, standing[-1].stichtag, antrag) if isinstance(antrag, Mahnantrag) else None
    )


def _not_in(antraege: list[Vorgang], sachstand: Sachstand) -> frozenset[str]:
    """Return the open invoices that came after the standing applications: they get one of their own."""
    alle = frozenset(forderung.nummer for forderung in sachstand.fall.forderungen)
    beantragt = frozenset(nr for v in antraege for nr in (alle if v.rechnungen is None else v.rechnungen))
    return offene_rechnungen(compute_konto(sachstand), sachstand.stichtag) - beantragt


def _as_step(
    sachstand: Sachstand,
    antrag: Mahnantrag,
    entwurf: Antragsentwurf,
    lage: Lage,
    erneut: str | None,
    vorher: Vorversion | None,
) -> Vorgangsentwurf:
    """No half file is ever published: the XML is validated, the sheet is set and read back."""
    xml = write_xml([antrag])
    for befund in validate_xml(xml, "Antrag"):
        raise Ablehnung(befund)
    recht, stichtag = sachstand.recht, sachstand.stichtag
    tag = stichtag.isoformat()
    kosten = (
        compute_gerichtskosten(recht, antrag, stichtag),
        compute_vertretungskosten(recht, antrag),
    )
    werte = (
        *compute_konto(sachstand).rechtswerte(),
        *(wert for teil in kosten if teil for wert in teil.werte),
    )
    return Vorgangsentwurf(
        aktenzeichen=sachstand.fall.aktenzeichen,
        art=ART,
        stichtag=stichtag,
        anlass="Mahnbescheid beantragen" + (f", erneut: {erneut}" if erneut else ""),
        eingaben=sachstand.fall.eingaben,
        werte=name_werte(werte),
        daten=Antragsdaten(eda=not entwurf.eda_hindernisse, rechnungen=tuple(entwurf.rechnungen)),
        dokumente={
            f"{tag}{XML}": xml,
            f"{tag}{BLATT}": make_set_blatt(lage)(
                "angabenblatt", eingabeblatt_werte(recht, antrag, stichtag, vorher)
            ),
        },
    )
