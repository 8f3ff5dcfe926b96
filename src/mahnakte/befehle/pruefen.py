"""`mahnakte pruefen`: everything that is missing, contradictory, unlawful or damaged. Writes nothing."""

import concurrent.futures
import dataclasses
import functools
import pathlib
from collections.abc import Iterable, Iterator

from mahnakte.ablage.stoerung import show
from mahnakte.ablauf.kostenvorschlag import propose_kosten
from mahnakte.ablauf.verlangtes import check_verlangtes
from mahnakte.briefe.zulassung import check_mahnplan
from mahnakte.grund.befund import Ablehnung, Befund, Schwere, has_sperre
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import Konto, compute_konto
from mahnakte.uhren.fristenliste import drohende_fristen
from mahnakte.werk.akte_pruefen import check_akte, is_akte
from mahnakte.werk.ergebnis import SCHADEN, Ergebnis, weigh
from mahnakte.werk.laden import GeladenerFall, Lage, find_ordner, name_fall
from mahnakte.werk.schreiben import Druckerei
from mahnakte.werk.siegel import GEBROCHEN, Siegel, compare, read_siegel
from mahnakte.werk.tabellenende import needs_of, warn_before_end
from mahnakte.werk.vorschau import ZUGLEICH, Vorschau


def check(pfade: Iterable[pathlib.Path], lage: Lage, siegel: pathlib.Path | None = None) -> Ergebnis:
    """Check Akten (known by their manifest) and cases; the heaviest outcome decides the exit code.

    `siegel` is a file of `mahnakte siegeln`: the cases are compared with what stood there on its day.
    """
    alle = tuple(pfade)
    besiegelt = read_siegel(siegel) if siegel else None
    akten = [check_akte(pfad, lage) for pfad in alle if is_akte(pfad)]
    faelle = [pfad for pfad in alle if not is_akte(pfad)]
    ergebnisse = [*akten, *([check_faelle(faelle, lage)] if faelle or not akten else [])]
    if besiegelt:
        ergebnisse.append(_check_siegel(faelle, lage, besiegelt))
    return Ergebnis(
        {
            "faelle": [fall for e in ergebnisse for fall in e.daten.get("faelle", ())],
            "akten": [akte for e in ergebnisse for akte in e.daten.get("akten", ())],
        },
        tuple(zeile for e in ergebnisse for zeile in e.zeilen),
        tuple(befund for e in ergebnisse for befund in e.befunde),
        max(e.rueckgabe for e in ergebnisse),
    )


def _check_siegel(faelle: Iterable[pathlib.Path], lage: Lage, siegel: Siegel) -> Ergebnis:
    """Compare the cases with a seal: steps that were rewritten are damage, a case that is gone a question."""
    befunde = tuple(compare(siegel, find_ordner(faelle, lage)[0]))
    gebrochen = any(befund.code == GEBROCHEN for befund in befunde)
    satz = (
        f"Siegel vom {format_datum(siegel.am)} über {len(siegel.faelle)} Fälle: "
        f"{'hält' if not befunde else f'{len(befunde)} Abweichungen'}"
    )
    return Ergebnis({}, ("", satz), befunde, SCHADEN if gebrochen else weigh(befunde))


@dataclasses.dataclass(frozen=True, slots=True)
class _Geprueft:
    """What the check of one case found, without the case; its account where it could be planned."""

    pfad: str
    aktenzeichen: str | None
    befunde: tuple[Befund, ...]
    rueckgabe: int
    konto: Konto | None


def check_faelle(pfade: Iterable[pathlib.Path], lage: Lage) -> Ergebnis:
    """Check every case below the given paths, each document of each step included, and what a run would refuse."""
    ordner, befunde = find_ordner(pfade, lage)
    umschau = lage.look_around(ordner, befunde)
    vorschau = Vorschau(lage, Druckerei(lage), umschau)
    befunde = (*befunde, *umschau.befunde, *_check_bestaende(ordner, vorschau))
    with concurrent.futures.ThreadPoolExecutor(ZUGLEICH) as pool:
        geprueft = pool.map(functools.partial(_check_fall, vorschau=vorschau), ordner)
        faelle = tuple(lage.report(geprueft, len(ordner)))
    kopf = f"{len(faelle)} {'Fall' if len(faelle) == 1 else 'Fälle'} geprüft"
    return Ergebnis(
        {
            "faelle": [
                {"pfad": f.pfad, "aktenzeichen": f.aktenzeichen, "zahl": len(f.befunde)} for f in faelle
            ]
        },
        (kopf, "", *(f"{fall.aktenzeichen or fall.pfad}: {_describe(fall.befunde)}" for fall in faelle)),
        (
            *_without_repeated((*befunde, *(befund for fall in faelle for befund in fall.befunde))),
            *warn_before_end((needs_of(fall.konto) for fall in faelle if fall.konto), lage.stichtag),
        ),
        max((weigh(befunde), *(fall.rueckgabe for fall in faelle))),
    )


def _check_fall(pfad: pathlib.Path, vorschau: Vorschau) -> _Geprueft:
    zeile = vorschau.show(pfad)
    geladen = zeile.geladen
    gefunden = (*zeile.befunde, *_check_konto(geladen))
    befunde = tuple(dict.fromkeys(name_fall(gefunden, geladen.pfad)))
    rueckgabe = max(geladen.rueckgabe, weigh(befunde))
    konto = zeile.plan.konto if zeile.plan else None
    return _Geprueft(show(geladen.pfad), geladen.aktenzeichen, befunde, rueckgabe, konto)


def _check_bestaende(ordner: Iterable[pathlib.Path], vorschau: Vorschau) -> Iterator[Befund]:
    """Say of dunning plans and own templates what will stop a letter, before a case comes to it."""
    for bestand, pfad in {pfad.absolute().parent: pfad for pfad in ordner}.items():
        einstellungen, _ = vorschau.lage.einstellungen_for(pfad)
        yield from check_mahnplan(einstellungen)
        yield from vorschau.druckerei.check_vorlagen(bestand)


def _without_repeated(befunde: Iterable[Befund]) -> tuple[Befund, ...]:
    """Leave out a warning that a `sperre` of the same words and place outweighs, and what stands twice."""
    alle = tuple(dict.fromkeys(befunde))
    gesperrt = {
        dataclasses.replace(befund, schwere=Schwere.WARNUNG) for befund in alle if has_sperre([befund])
    }
    return tuple(befund for befund in alle if befund not in gesperrt)


def _check_konto(geladen: GeladenerFall) -> tuple[Befund, ...]:
    if geladen.sachstand is None or not geladen.benutzbar:
        return ()
    try:
        konto = compute_konto(geladen.sachstand)
        return (
            *konto.befunde,
            *check_verlangtes(geladen.sachstand.fall, konto),
            *propose_kosten(geladen.sachstand, konto),
            *drohende_fristen(geladen.sachstand, konto),
        )
    except Ablehnung as ablehnung:
        return (ablehnung.befund,)


def _describe(befunde: tuple[Befund, ...]) -> str:
    if not befunde:
        return "in Ordnung"
    return f"{len(befunde)} {'Befund' if len(befunde) == 1 else 'Befunde'}"
