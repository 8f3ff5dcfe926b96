"""Rules on the dunning court and the court for the dispute."""

import functools
from collections.abc import Iterator
from decimal import Decimal

from mahnakte.antrag.auswahl import Gerichtsart, Verfahrensart
from mahnakte.antrag.eda.schluessel import NUR_VOM_VORDRUCK
from mahnakte.antrag.modell import Katalogforderung, Mahnantrag
from mahnakte.antrag.regeln.parteien import name_of
from mahnakte.antrag.regeln.register import Pruefrahmen, regel
from mahnakte.grund.befund import Ablehnung, Schwere
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.recht.gerichte import Streitgericht, decide_streitgericht, find_mahngericht
from mahnakte.recht.orte import sits_at

_SCHECK_WECHSEL = frozenset({30, 31, 32})


def streitwert(antrag: Mahnantrag) -> Decimal:
    """Return the value of the dispute: the main claims without interest and costs (§ 4 ZPO)."""
    return sum((forderung.betrag for forderung in antrag.hauptforderungen), NULL)


def _is_abroad(antrag: Mahnantrag, rahmen: Pruefrahmen) -> bool:
    """A foreign address is no venue abroad where the Land of a seat in Germany is stated (§ 17 ZPO)."""
    alle = antrag.antragsteller
    return rahmen.land is None and bool(alle) and all(wer.anschrift.staat for wer in alle)


@regel("MAHNGERICHT_UNZUSTAENDIG", "Falsches Mahngericht", "§ 689 Abs. 2, 3 ZPO",
       "Das Mahngericht des Landes angeben, in dem der Antragsteller seinen Sitz hat.")  # fmt: skip
def _mahngericht(antrag: Mahnantrag, rahmen: Pruefrahmen) -> Iterator[str]:
    staat = "AUSLAND" if _is_abroad(antrag, rahmen) else "DE"
    if staat == "DE" and rahmen.land is None:
        return
    try:
        richtig = find_mahngericht(rahmen.stichtag, rahmen.land, rahmen.olg_bezirk, staat)
    except Ablehnung as ablehnung:
        yield ablehnung.befund.text.rstrip(".")
        return
    if (antrag.mahngericht.plz, antrag.mahngericht.ort) != (richtig.plz, richtig.ort):
        genannt = f"{antrag.mahngericht.plz} {antrag.mahngericht.ort}"
        yield (
            f"Der Antrag nennt das Mahngericht {genannt}, zuständig ist {richtig.plz} {richtig.ort} "
            f"({richtig.kurzname})"
        )


@regel("MAHNGERICHT_UNGEPRUEFT", "Zuständigkeit des Mahngerichts nicht geprüft", "§ 689 Abs. 2, 3 ZPO",
       "Das Land des Antragstellers angeben oder die Zuständigkeit selbst prüfen.", Schwere.HINWEIS)  # fmt: skip
def _ungeprueft(antrag: Mahnantrag, rahmen: Pruefrahmen) -> Iterator[str]:
    if rahmen.land is None and not _is_abroad(antrag, rahmen):
        yield "Ob das Mahngericht zuständig ist, lässt sich ohne das Land des Antragstellers nicht prüfen"


@regel("STREITGERICHT_FEHLT", "Streitgericht fehlt", "§ 690 Abs. 1 Nr. 5 ZPO",
       "Art, Postleitzahl und Ort des Gerichts angeben.")  # fmt: skip
def _streitgericht(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for gegner in antrag.antragsgegner:
        if gegner.streitgericht is None:
            yield (
                f"Für den Antragsgegner „{name_of(gegner)}“ fehlt das Gericht, das für einen Rechtsstreit "
                "zuständig wäre"
            )


def _required(antrag: Mahnantrag, rahmen: Pruefrahmen) -> list[Streitgericht]:
    """Return what each claim says about the kind of court, exclusive subjects first; Ablehnung propagates."""
    nummern = [
        forderung.anspruch.nummer if isinstance(forderung.anspruch, Katalogforderung) else None
        for forderung in antrag.hauptforderungen
    ]
    wert = streitwert(antrag)
    gerichte = [
        decide_streitgericht(rahmen.recht, nummer, wert, rahmen.stichtag) for nummer in dict.fromkeys(nummern)
    ]
    return sorted(gerichte, key=lambda gericht: not gericht.ausschliesslich)


@functools.cache
def _accepted(art: str) -> frozenset[Gerichtsart]:
    """The Kammer für Handelssachen is a chamber of the Landgericht, the Familiengericht one of the Amtsgericht."""
    gemeint = {Gerichtsart(art)}
    return frozenset(gemeint | {Gerichtsart.LANDGERICHT_KFH} if art == "landgericht" else gemeint)


@regel("STREITGERICHT_ART", "Falsche Art des Streitgerichts", "§§ 23, 71 GVG",
       "Die Art des Gerichts nach Gegenstand und Streitwert berichtigen.")  # fmt: skip
def _art(antrag: Mahnantrag, rahmen: Pruefrahmen) -> Iterator[str]:
    gerichte = _required(antrag, rahmen)
    if len({gericht.art for gericht in gerichte if gericht.ausschliesslich}) > 1:
        return  # its own rule
    verlangt = gerichte[0]
    for gegner in antrag.antragsgegner:
        genannt = gegner.streitgericht
        if genannt and genannt.art not in _accepted(verlangt.art):
            yield f"Für „{name_of(gegner)}“ ist ein {genannt.art.capitalize()} genannt; {verlangt.text.rstrip('.')}"


_XJUSTIZ_ART = {
    Gerichtsart.AMTSGERICHT: "AG",
    Gerichtsart.FAMILIENGERICHT: "AG",
    Gerichtsart.LANDGERICHT: "LG",
    Gerichtsart.LANDGERICHT_KFH: "LG",
}


@regel("STREITGERICHT_ORT", "Dort gibt es kein solches Gericht", "§ 690 Abs. 1 Nr. 5 ZPO; Gerichtsliste XJustiz",
       "Postleitzahl und Ort des Gerichts berichtigen.")  # fmt: skip
def _ort(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for gegner in antrag.antragsgegner:
        genannt = gegner.streitgericht
        art = _XJUSTIZ_ART.get(genannt.art) if genannt else None
        if genannt and art and not sits_at(art, genannt.plz, genannt.ort):
            yield (
                f"Für „{name_of(gegner)}“ ist als Streitgericht ein {genannt.art.capitalize()} in {genannt.plz} "
                f"{genannt.ort} genannt; dort gibt es keines"
            )


@regel("STREITGERICHT_GEMISCHT", "Forderungen gehören vor verschiedene Gerichte", "§§ 23, 71 GVG",
       "Je Gericht einen eigenen Antrag stellen.")  # fmt: skip
def _gemischt(antrag: Mahnantrag, rahmen: Pruefrahmen) -> Iterator[str]:
    ausschliesslich = {
        gericht.art: gericht for gericht in _required(antrag, rahmen) if gericht.ausschliesslich
    }
    if len(ausschliesslich) > 1:
        arten = " und ".join(sorted(art.capitalize() for art in ausschliesslich))
        yield f"Die Forderungen gehören ausschließlich vor verschiedene Gerichte: {arten}"


@regel("STREITGERICHT_FRAGLICH", "Streitgericht für diesen Gegenstand ungeklärt", "§ 71 Abs. 2 GVG",
       "Das Streitgericht muss ein Mensch bestimmen.", Schwere.WARNUNG)  # fmt: skip
def _fraglich(antrag: Mahnantrag, rahmen: Pruefrahmen) -> Iterator[str]:
    for gericht in _required(antrag, rahmen):
        for befund in gericht.befunde:
            yield befund.text.rstrip(".")


@regel("SCHLUESSEL_UNBELEGT", "Schlüssel nur vom Papiervordruck bekannt", "EDA C16, C26: PGM, ZIARTM",
       "Die Monierung des Gerichts abwarten oder den Antrag im Portal stellen.", Schwere.HINWEIS)  # fmt: skip
def _unbelegt(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    genannt = [gegner.streitgericht.art for gegner in antrag.antragsgegner if gegner.streitgericht]
    genannt_zinsen = [zins.zeitraum for forderung in antrag.hauptforderungen for zins in forderung.zinsen]
    for wert in dict.fromkeys([*genannt, *genannt_zinsen]):
        if wert in NUR_VOM_VORDRUCK:
            yield f"Der EDA-Schlüssel für „{wert}“ ist durch keine Gerichtsdatei belegt"


@regel("VERFAHRENSART_SCHECK", "Scheck- oder Wechselverfahren ohne solche Forderung", "§ 703a ZPO",
       "Die Katalognummer 30 verwenden oder das gewöhnliche Mahnverfahren wählen.")  # fmt: skip
def _verfahrensart(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    if antrag.verfahrensart not in (Verfahrensart.SCHECK, Verfahrensart.WECHSEL):
        return
    for forderung in antrag.hauptforderungen:
        anspruch = forderung.anspruch
        if not isinstance(anspruch, Katalogforderung) or anspruch.nummer not in _SCHECK_WECHSEL:
            yield (
                f"Das {antrag.verfahrensart.capitalize()} umfasst eine Forderung über "
                f"{format_euro(forderung.betrag)}, die nicht aus Scheck oder Wechsel stammt"
            )
