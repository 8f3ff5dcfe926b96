"""The application for the Mahnbescheid of one case: XML against our schema, and the sheet for the courts' portal."""

import dataclasses

from mahnakte.ablauf.ausklammern import only_rechnungen, open_kosten
from mahnakte.ablauf.gerichtslage import offene_rechnungen
from mahnakte.antrag.angabenblatt import eingabeblatt_werte
from mahnakte.antrag.aus_fall.entwurf import Antragsentwurf, derive_antrag
from mahnakte.antrag.modell import Mahnantrag
from mahnakte.antrag.verfahrenskosten import compute_gerichtskosten, compute_vertretungskosten
from mahnakte.antrag.xml_form import write_xml
from mahnakte.antrag.xml_read import validate_xml
from mahnakte.arten.vorgang import ANTRAG
from mahnakte.fall.fall import Fall
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf, name_werte
from mahnakte.grund.befund import Ablehnung, Schwere
from mahnakte.konto.konto import compute_konto
from mahnakte.konto.modell import Konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import effective_vorgaenge
from mahnakte.werk.antragsschritt import Entwurf
from mahnakte.werk.blaetter import make_set_blatt
from mahnakte.werk.laden import Lage

ART = ANTRAG.wort
XML = "_mahnantrag.xml"
BLATT = "_eingabeblatt.pdf"


def draft(fall: Fall, lage: Lage, erneut: str | None) -> Entwurf:
    """Return the step with its checked documents, or the standing one, or everything that is missing."""
    konto = compute_konto(Sachstand(fall, lage.stichtag))
    standing = [v for v in effective_vorgaenge(Sachstand(fall, lage.stichtag)) if v.art == ART]
    if standing and not erneut:
        neue = _not_in(standing, fall, konto)
        if not neue:
            return Entwurf(None, (), standing[-1])
        spaetere = tuple(k for k in open_kosten(fall, konto) if k.am > standing[-1].stichtag)
        fall = only_rechnungen(fall, konto, neue, spaetere)
        konto = compute_konto(Sachstand(fall, lage.stichtag))
    entwurf = derive_antrag(fall, konto)
    if standing and not erneut and entwurf.antrag is None:  # what came after is not ripe yet
        return Entwurf(None, (), standing[-1])
    eda = entwurf.eda_hindernisse if fall.einstellungen.eda.teilnehmer else ()
    befunde = (
        *konto.befunde,
        *entwurf.befunde,
        *(dataclasses.replace(befund, schwere=Schwere.WARNUNG) for befund in eda),
    )
    if entwurf.antrag is None:
        return Entwurf(None, befunde)
    return Entwurf(_as_step(fall, konto, entwurf.antrag, entwurf, lage, erneut), befunde)


def _not_in(antraege: list[Vorgang], fall: Fall, konto: Konto) -> frozenset[str]:
    """Return the open invoices that came after the standing applications: they get one of their own."""
    alle = frozenset(forderung.nummer for forderung in fall.forderungen)
    beantragt = frozenset(str(nr) for v in antraege for nr in v.daten.get("rechnungen", alle))
    return offene_rechnungen(konto, konto.stichtag) - beantragt


def _as_step(
    fall: Fall, konto: Konto, antrag: Mahnantrag, entwurf: Antragsentwurf, lage: Lage, erneut: str | None
) -> Vorgangsentwurf:
    """No half file is ever published: the XML is validated, the sheet is set and read back."""
    xml = write_xml([antrag])
    for befund in validate_xml(xml, "Antrag"):
        raise Ablehnung(befund)
    tag = konto.stichtag.isoformat()
    kosten = (
        compute_gerichtskosten(fall.recht, antrag, konto.stichtag),
        compute_vertretungskosten(fall.recht, antrag),
    )
    werte = (*konto.rechtswerte(), *(wert for teil in kosten if teil for wert in teil.werte))
    return Vorgangsentwurf(
        aktenzeichen=fall.aktenzeichen,
        art=ART,
        stichtag=konto.stichtag,
        anlass="Mahnbescheid beantragen" + (f", erneut: {erneut}" if erneut else ""),
        eingaben=fall.eingaben,
        werte=name_werte(werte),
        daten={"eda": not entwurf.eda_hindernisse, "rechnungen": list(entwurf.rechnungen)},
        dokumente={
            f"{tag}{XML}": xml,
            f"{tag}{BLATT}": make_set_blatt(lage)(
                "angabenblatt", eingabeblatt_werte(fall.recht, antrag, konto.stichtag)
            ),
        },
    )
