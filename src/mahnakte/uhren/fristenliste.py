"""All dates of one case on a Stichtag, and those that are urgent."""

import dataclasses
import datetime as dt
from collections.abc import Iterator

from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import Befund, warnung
from mahnakte.grund.betrag import NULL
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Konto
from mahnakte.recht.kalender import shift_ende
from mahnakte.stand.pruefung import without_quittierte
from mahnakte.stand.sachstand import Sachstand
from mahnakte.uhren.anspruchsuhr import compute_anspruchsuhren, list_anspruchsfristen
from mahnakte.uhren.fristeintrag import Fristeintrag, list_vorfristen, order_of
from mahnakte.uhren.modell import Titeluhr, Uhrzeile
from mahnakte.uhren.uhr import compute_titeluhren
from mahnakte.uhren.verfahrensuhr import compute_verfahrensfristen
from mahnakte.uhren.wiedervorlage import list_wiedervorlagen


@dataclasses.dataclass(frozen=True, slots=True)
class Fristenliste:
    """The dates of one case, open ones first, and the findings that nobody has accepted yet."""

    eintraege: tuple[Fristeintrag, ...]
    befunde: tuple[Befund, ...]


def compute_fristen(sachstand: Sachstand, konto: Konto | None) -> Fristenliste:
    """Return all dates of a case: limitation, titles, court, and what people set.

    `konto` is the full account as of the Stichtag; None where it gave no answer: then everything counts as open.
    """
    uhren = compute_anspruchsuhren(sachstand, konto)
    verfahren = compute_verfahrensfristen(sachstand, konto)
    bezahlt = konto is not None and konto.gesamt <= NULL
    titel = compute_titeluhren(sachstand)
    eintraege = (
        *list_anspruchsfristen(sachstand.fall, uhren),
        *verfahren.eintraege,
        *(eintrag for uhr in titel for eintrag in _title_dates(sachstand.fall, uhr, bezahlt)),
        *list_wiedervorlagen(sachstand, konto),
    )
    befunde = (
        *(befund for uhr in uhren for befund in uhr.befunde),
        *verfahren.befunde,
        *(befund for uhr in titel if not bezahlt for befund in uhr.befunde),
        *_urgent(verfahren.eintraege, sachstand.stichtag),
    )
    return Fristenliste(
        tuple(sorted(eintraege, key=order_of)),
        without_quittierte(tuple(dict.fromkeys(befunde)), sachstand.fall),
    )


def drohende_fristen(sachstand: Sachstand, konto: Konto | None) -> tuple[Befund, ...]:
    """Return what is urgent in a case: limitation within the ladder or past, the court's dates about to pass.

    `konto` as in `compute_fristen`. Titles are left to `mahnakte titel`. What a person has accepted is left out.
    """
    uhren = compute_anspruchsuhren(sachstand, konto)
    befunde = (
        *(befund for uhr in uhren for befund in uhr.befunde if _is_urgent(befund.code)),
        *_urgent(compute_verfahrensfristen(sachstand, konto).eintraege, sachstand.stichtag),
    )
    return without_quittierte(tuple(dict.fromkeys(befunde)), sachstand.fall)


def _is_urgent(code: str) -> bool:
    return code in ("VERJAEHRUNG_DROHT", "VERJAEHRUNG_EINGETRETEN", "VERJAEHRUNG_UNGEKLAERT")


def _urgent(eintraege: tuple[Fristeintrag, ...], stichtag: dt.date) -> Iterator[Befund]:
    """Dates of our own before the court: from the first warning on, and when they have gone by."""
    for eintrag in eintraege:
        if eintrag.erledigt or not eintrag.fristart.recht:
            continue
        name = f"{eintrag.fristart.name} gegen „{eintrag.schuldner}“"
        if eintrag.ende < stichtag:
            befund = warnung(
                "FRIST_VERSTRICHEN", f"{name}: abgelaufen am {format_datum(eintrag.ende)}. {eintrag.grund}",
                "Das Ereignis eintragen, das sie erledigt hat; sonst prüfen lassen, was noch möglich ist.",
            )  # fmt: skip
        elif eintrag.vorfristen and eintrag.vorfristen[0] <= stichtag:
            bis = f"bis {format_datum(eintrag.ende)}, sicher bis {format_datum(eintrag.sicher_bis)}"
            befund = warnung("FRIST_DROHT", f"{name}: {bis}. {eintrag.grund}", eintrag.handeln)
        else:
            continue
        yield dataclasses.replace(befund, stelle=eintrag.stelle, gegenstand=eintrag.gegenstand)


def _title_dates(fall: Fall, uhr: Titeluhr, bezahlt: bool) -> Iterator[Fristeintrag]:
    """The thirty years, and the three years of each later year's interest."""
    if uhr.hauptforderung_bis is not None:
        grund = f"{uhr.grund[:1].upper()}{uhr.grund[1:]}. {_derive(uhr.herleitung)}".rstrip()
        erledigt = _title_settled(bezahlt, uhr.verjaehrt)
        yield _title_date(fall, uhr, "", uhr.hauptforderung_bis, grund, erledigt)
    for zins in uhr.zinsen:
        erledigt = _title_settled(bezahlt, zins.verjaehrt)
        yield _title_date(fall, uhr, str(zins.jahr), zins.bis, _derive(zins.herleitung), erledigt)


def _derive(herleitung: tuple[Uhrzeile, ...]) -> str:
    return " ".join(f"{zeile.text.rstrip('.')}." for zeile in herleitung)


def _title_settled(bezahlt: bool, verjaehrt: bool) -> str:
    if bezahlt:
        return "ausgeglichen"
    return "verjährt" if verjaehrt else ""


def _title_date(
    fall: Fall, uhr: Titeluhr, jahr: str, bis: dt.date, grund: str, erledigt: str
) -> Fristeintrag:
    art = "titel_zinsen" if jahr else "titel_hauptforderung"
    titel_nr = [titel.kennung for titel in fall.titel].index(uhr.kennung)
    schuldner_nr = [einer.kennung for einer in fall.schuldner].index(uhr.schuldner) + 1
    ende = shift_ende(bis)
    zusatz = f", Zinsen {jahr}" if jahr else ""
    return Fristeintrag(
        art=art,
        gegenstand=f"{uhr.kennung}/{uhr.schuldner}{'/' if jahr else ''}{jahr}",
        fuer=f"Titel {titel_nr + 1}, Schuldner {schuldner_nr}{zusatz}",
        worum=f"Titel {uhr.kennung} gegen {fall.schuldner_mit(uhr.schuldner).voller_name}{zusatz}",
        schuldner=uhr.schuldner,
        roh=ende.roh,
        ende=ende.ende,
        sicher_bis=ende.sicher_bis,
        vorfristen=list_vorfristen(art, ende.sicher_bis, dt.date.min, None),
        grund=grund,
        erledigt=erledigt,
        stelle=fall.titel[titel_nr].stelle,
    )
