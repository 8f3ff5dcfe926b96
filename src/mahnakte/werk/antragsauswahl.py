"""Which cases of a Bestand a collective filing is about, and what is to be said of each before it is written."""

import dataclasses
import datetime as dt
import pathlib
from collections.abc import Iterable, Sequence
from decimal import Decimal

from mahnakte.ablage.lesen import read_fallordner
from mahnakte.antrag.aus_fall.entwurf import derive_antrag
from mahnakte.antrag.modell import Mahnantrag
from mahnakte.antrag.regeln.gericht import streitwert
from mahnakte.antrag.verfahrenskosten import compute_gerichtskosten
from mahnakte.arten.vorgang import ANTRAG
from mahnakte.eingang.freigabeliste import Freigabezeile
from mahnakte.grund.befund import Ablehnung, Befund, has_sperre
from mahnakte.konto.konto import compute_konto
from mahnakte.listen.antragsliste import Antragszeile
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import effective_vorgaenge
from mahnakte.uhren.anspruchsuhr import compute_anspruchsuhren
from mahnakte.werk.laden import (
    Lage,
    check_umschau,
    excuse_doppelte,
    list_aktenzeichen,
    load_fall,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Kandidat:
    """One case: the folder (None: not found), its row, and whether an application may be made or stands."""

    pfad: pathlib.Path | None
    zeile: Antragszeile
    freigegeben: bool = False
    befunde: tuple[Befund, ...] = ()


def choose_kandidaten(
    ordner: Sequence[pathlib.Path],
    lage: Lage,
    verjaehrt_bis: dt.date | None,
    liste: Sequence[Freigabezeile] | None,
) -> tuple[Kandidat, ...]:
    """Return the cases that lapse up to and with that day, those of the list, or, given both, what is in both."""
    if liste is None:
        alle = [_look(pfad, lage, None) for pfad in ordner]
        return tuple(k for k in alle if _lapses(k.zeile, verjaehrt_bis))
    akten = list_aktenzeichen(ordner)
    return tuple(
        _listed(zeile, akten.get(zeile.aktenzeichen.casefold(), ()), lage, verjaehrt_bis) for zeile in liste
    )


def _listed(
    freigabe: Freigabezeile, pfade: tuple[pathlib.Path, ...], lage: Lage, verjaehrt_bis: dt.date | None
) -> Kandidat:
    if len(pfade) != 1:
        grund = (
            "kein Fall dieses Aktenzeichens" if not pfade else f"{len(pfade)} Fälle mit diesem Aktenzeichen"
        )
        return Kandidat(None, Antragszeile(aktenzeichen=freigabe.aktenzeichen, grund=grund))
    kandidat = _look(pfade[0], lage, freigabe)
    if verjaehrt_bis and not _lapses(kandidat.zeile, verjaehrt_bis):
        grund = "verjährt nicht bis zu diesem Tag"
        return dataclasses.replace(
            kandidat, zeile=dataclasses.replace(kandidat.zeile, grund=grund), freigegeben=False
        )
    return kandidat


def _lapses(zeile: Antragszeile, bis: dt.date | None) -> bool:
    """The end day is included; a case whose end nobody could count is shown rather than missed."""
    ende = zeile.verjaehrt_mit_ablauf
    return bis is None or (ende <= bis if ende else zeile.drin == "?")


def _look(pfad: pathlib.Path, lage: Lage, freigabe: Freigabezeile | None) -> Kandidat:
    gelesen = read_fallordner(pfad)
    geladen = excuse_doppelte(check_umschau(load_fall(gelesen, lage), lage.umschau_of(pfad)))
    zeile = Antragszeile(
        aktenzeichen=geladen.aktenzeichen or pfad.name,
        freigegeben_von=freigabe.von if freigabe else "",
        besteht=freigabe.besteht if freigabe else "",
        gegenleistung=freigabe.gegenleistung if freigabe else "",
    )
    sachstand = geladen.sachstand
    if sachstand is None or not geladen.benutzbar:
        grund = next((b.text for b in geladen.befunde if has_sperre([b])), "Der Fall lässt sich nicht lesen.")
        return Kandidat(pfad, dataclasses.replace(zeile, grund=grund, drin="?"), befunde=geladen.befunde)
    try:
        return _judge(pfad, sachstand, zeile, freigabe)
    except Ablehnung as ablehnung:
        return Kandidat(
            pfad, dataclasses.replace(zeile, grund=ablehnung.befund.text, drin="?"), befunde=ablehnung.befunde
        )


def _judge(
    pfad: pathlib.Path, sachstand: Sachstand, zeile: Antragszeile, freigabe: Freigabezeile | None
) -> Kandidat:
    fall = sachstand.fall
    zeile = dataclasses.replace(
        zeile,
        im_fall=fall.anspruch.gegenleistung or "",
        schuldner=", ".join(schuldner.voller_name for schuldner in fall.schuldner),
        verjaehrt_mit_ablauf=_earliest_end(sachstand),
    )
    entwurf = derive_antrag(sachstand)
    steht = any(v.art == ANTRAG.wort for v in effective_vorgaenge(sachstand))
    if entwurf.antrag is None:
        grund = next(b.text for b in entwurf.befunde if has_sperre([b]))
        return Kandidat(pfad, dataclasses.replace(zeile, grund=grund), befunde=entwurf.befunde)
    zeile = dataclasses.replace(
        zeile,
        mahngericht=f"{entwurf.antrag.mahngericht.plz} {entwurf.antrag.mahngericht.ort}",
        hauptforderung=streitwert(entwurf.antrag),
        gerichtskosten=advance(sachstand, entwurf.antrag),
        weg=_way(sachstand, entwurf.eda_hindernisse),
    )
    offen = _why_not_released(zeile, freigabe)
    if steht and offen:
        offen = f"Antrag schon erstellt; {offen}"
    return Kandidat(pfad, dataclasses.replace(zeile, grund=offen), freigegeben=not offen)


def advance(sachstand: Sachstand, antrag: Mahnantrag) -> Decimal:
    """Return the fee of the dunning court that becomes due with the order (KV 1100 GKG)."""
    return compute_gerichtskosten(sachstand.recht, antrag, sachstand.stichtag).summe


def _earliest_end(sachstand: Sachstand) -> dt.date | None:
    """Return the first day with which an open claim lapses against a debtor."""
    uhren = compute_anspruchsuhren(sachstand, compute_konto(sachstand))
    tage = [uhr.verjaehrung.letzter_tag for uhr in uhren if uhr.verjaehrung and not uhr.erledigt]
    return min(tage, default=None)


def _way(sachstand: Sachstand, hindernisse: Iterable[Befund]) -> str:
    if not sachstand.fall.einstellungen.eda.teilnehmer:
        return "XML und Eingabeblatt: mahnakte.yaml nennt keinen EDA-Teilnehmer"
    erstes = next(iter(hindernisse), None)
    return f"XML und Eingabeblatt: {erstes.text}" if erstes else "EDA"


def _why_not_released(zeile: Antragszeile, freigabe: Freigabezeile | None) -> str:
    """Say what a person must still confirm for this case; empty when all is there (§ 690 (1) no. 3, 4 ZPO)."""
    if freigabe is None:
        return "nicht freigegeben"
    if not freigabe.von:
        return "nicht freigegeben: „freigegeben_von“ nennt niemanden"
    if freigabe.besteht.casefold() != "ja":
        return "nicht freigegeben: „besteht“ ist nicht mit „ja“ bestätigt"
    if freigabe.erklaerung is None:
        return "nicht freigegeben: „gegenleistung“ ist weder „erbracht“ noch „unabhaengig“"
    if freigabe.erklaerung != zeile.im_fall:
        return f"„gegenleistung“ ist hier „{freigabe.erklaerung}“, in fall.yaml „{zeile.im_fall}“"
    return ""
