"""`mahnakte antrag` for many cases at once: which, released by whom, into which file, at what cost."""

import dataclasses
import datetime as dt
import pathlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import read_datei
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.ziel import create_file, replace_output
from mahnakte.eingang.freigabeliste import Freigabezeile, read_freigabeliste
from mahnakte.fall.vorgangsdaten.antrag import Antragsdaten
from mahnakte.grund.befund import Ablehnung, Befund, has_sperre, sperre
from mahnakte.grund.betrag import format_euro
from mahnakte.listen.antragsliste import Antragszeile, describe_zeile, write_antragsliste
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.antragsauswahl import Kandidat, choose_kandidaten
from mahnakte.werk.antragslauf import ARTEN, prepare_art
from mahnakte.werk.antragsschritt import Antragsart, Entwurf
from mahnakte.werk.ausgaben import refuse_standing
from mahnakte.werk.ergebnis import Ergebnis, NichtBegonnen, weigh
from mahnakte.werk.laden import Lage, find_ordner

_FORMEN = (".csv", ".xlsx", ".txt")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sammelwunsch:
    """What is to be gathered: cases that lapse up to and with a day, or those of a list; and where the list goes."""

    verjaehrt_bis: dt.date | None = None
    auswahl: pathlib.Path | None = None
    liste: pathlib.Path | None = None
    ersetzen: bool = False


def gather_antraege(
    pfade: Iterable[pathlib.Path],
    wunsch: Sammelwunsch,
    lage: Lage,
    herkunft: Herkunft,
    *,
    sammeln: bool = True,
    nummer: int | None = None,
) -> Ergebnis:
    """Make the applications of the released cases and gather them; without a list of releases only show them.

    Every case asked for stands in the list, in or not in, with its reason. Exit code 2 when the list cannot be read.
    """
    _check_form(wunsch)
    refuse_standing([wunsch.liste], ersetzen=wunsch.ersetzen)
    freigaben = _read(wunsch.auswahl)
    ordner, befunde = find_ordner(pfade, lage)
    befunde = (*befunde, *lage.look_around(ordner, befunde).befunde)
    kandidaten = choose_kandidaten(ordner, lage, wunsch.verjaehrt_bis, freigaben)
    freie = [
        k.pfad for k in kandidaten if k.freigegeben and k.pfad is not None
    ]  # never without a list of releases
    ergebnis = Ergebnis({"stichtag": lage.stichtag.isoformat(), "antraege": [], "sammeldateien": []})
    if freie and freigaben is not None:  # without a list of releases nothing is made
        art = _released(freigaben)
        ergebnis = prepare_art(freie, art, lage, herkunft, sammeln=sammeln, nummer=nummer)
    zeilen = [_settle(kandidat, ergebnis) for kandidat in kandidaten]
    geschrieben, gescheitert = _write_list(zeilen, wunsch, lage)
    alle = (*befunde, *ergebnis.befunde, *gescheitert)
    return Ergebnis(
        {**ergebnis.daten, "liste": [zeile.as_json() for zeile in zeilen], "dateien": geschrieben},
        (*ergebnis.zeilen, *_summary(zeilen, wunsch), *(f"Liste: {datei}" for datei in geschrieben)),
        tuple(dict.fromkeys(alle)),
        max(ergebnis.rueckgabe, weigh((*befunde, *gescheitert))),
    )


def _check_form(wunsch: Sammelwunsch) -> None:
    if wunsch.liste is not None and wunsch.liste.suffix.lower() not in _FORMEN:
        text = f"Die Liste {show(wunsch.liste)} endet nicht auf {', '.join(_FORMEN)}."
        raise NichtBegonnen(
            [sperre("ANTRAGSLISTE_FORM", text, "Den Namen mit einer dieser Endungen angeben.")]
        )


def _read(auswahl: pathlib.Path | None) -> tuple[Freigabezeile, ...] | None:
    if auswahl is None:
        return None
    try:
        return read_freigabeliste(read_datei(auswahl).inhalt, show(auswahl))
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None


def _released(freigaben: Sequence[Freigabezeile]) -> Antragsart:
    """Return the application for the Mahnbescheid whose step keeps who released the case."""
    wer = {zeile.aktenzeichen.casefold(): zeile.von for zeile in freigaben}
    art = ARTEN["mahnbescheid"]

    def draft(sachstand: Sachstand, lage: Lage, erneut: str | None, pfad: pathlib.Path) -> Entwurf:
        entwurf = art.draft(sachstand, lage, erneut, pfad)
        vorgang = entwurf.vorgang
        if vorgang is None or not isinstance(vorgang.daten, Antragsdaten):
            return entwurf
        von = wer.get(sachstand.fall.aktenzeichen.casefold()) or None
        daten = dataclasses.replace(vorgang.daten, freigegeben_von=von)
        return dataclasses.replace(entwurf, vorgang=dataclasses.replace(vorgang, daten=daten))

    return dataclasses.replace(art, draft=draft)


def _settle(kandidat: Kandidat, ergebnis: Ergebnis) -> Antragszeile:
    """Return the row as it stands after the run."""
    if kandidat.pfad is None or not kandidat.freigegeben:
        return dataclasses.replace(kandidat.zeile, drin="nein")
    pfad = show(kandidat.pfad)
    antrag: Mapping[str, Any] = next((a for a in ergebnis.daten["antraege"] if a["pfad"] == pfad), {})
    if antrag.get("nr") is None:
        eigene = [
            b for b in ergebnis.befunde if b.stelle and b.stelle.datei.startswith(pfad) and has_sperre([b])
        ]
        grund = eigene[0].text if eigene else "siehe Befunde"
        return dataclasses.replace(kandidat.zeile, drin="nein", grund=grund)
    datei = next(
        (
            sammel["datei"]
            for sammel in ergebnis.daten["sammeldateien"]
            for schritt in sammel["antraege"]
            if schritt["aktenzeichen"] == kandidat.zeile.aktenzeichen
        ),
        "",
    )
    grund = "" if antrag["neu"] else f"schon erstellt als Vorgang {antrag['nr']:04d}"
    return dataclasses.replace(kandidat.zeile, drin="ja", grund=grund, vorgang=antrag["nr"], datei=datei)


def _write_list(
    zeilen: Sequence[Antragszeile], wunsch: Sammelwunsch, lage: Lage
) -> tuple[list[str], tuple[Befund, ...]]:
    """Write the list; a refusal is a finding, for the applications stand already."""
    if wunsch.liste is None:
        return [], ()
    try:
        inhalt = write_antragsliste(zeilen, wunsch.liste.suffix.lower()[1:], lage.stichtag)
        (replace_output if wunsch.ersetzen else create_file)(wunsch.liste, inhalt)
    except Ablehnung as ablehnung:
        return [], ablehnung.befunde
    return [show(wunsch.liste)], ()


def _summary(zeilen: Sequence[Antragszeile], wunsch: Sammelwunsch) -> list[str]:
    drin = [zeile for zeile in zeilen if zeile.drin == "ja"]
    texte = [text for zeile in zeilen for text in describe_zeile(zeile)]
    texte.append(
        f"{len(drin)} von {len(zeilen)} Fällen drin; Gerichtskosten (KV 1100 GKG) dafür {_costs(drin)}."
    )
    if wunsch.auswahl is None and zeilen:
        moegliche = [zeile for zeile in zeilen if zeile.gerichtskosten is not None]
        texte.append(f"Möglich sind {len(moegliche)}; Gerichtskosten dafür zusammen {_costs(moegliche)}.")
        texte.append(
            "Geschrieben wurde kein Antrag: Je Fall bestätigt eine Person mit Namen, dass die Forderung besteht und "
            "wie es um die Gegenleistung steht. Dazu die Liste als CSV schreiben (--liste freigabe.csv), die Spalten "
            "freigegeben_von, besteht (ja) und gegenleistung je Zeile ausfüllen und sie mit --auswahl angeben."
        )
    return texte


def _costs(zeilen: Iterable[Antragszeile]) -> str:
    return format_euro(sum((zeile.gerichtskosten or Decimal(0) for zeile in zeilen), Decimal(0)))
