"""`mahnakte druckgut`: the letters that lie ready, as a folder for the print shop. Records nothing as sent."""

import dataclasses
import datetime as dt
import pathlib
from collections.abc import Iterable, Sequence
from typing import Any

from mahnakte.ablage.lesen import read_dateien
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.ziel import create_folder
from mahnakte.grund.befund import Ablehnung, Befund
from mahnakte.listen.csvtabelle import Feld, write_csv
from mahnakte.satz.stapel import count_pages, join_pdfs
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, Ergebnis, NichtBegonnen, weigh
from mahnakte.werk.laden import Lage, find_ordner, load_faelle
from mahnakte.werk.postausgang import Sendung, first_day, list_sendungen, look_into_tray
from mahnakte.werk.ueberholt import leave_ueberholt

ANSCHRIFTEN = "anschriften.csv"
JE_STAPEL = 250  # envelopes: a printer takes a file of this size at once
_ZEILEN = 6  # of an address (DIN 5008)
_KOPF = (
    "Datei", "Aktenzeichen", "Vorgang", "Schreiben", "vom", *(f"Zeile {nr}" for nr in range(1, _ZEILEN + 1)),
    "PLZ", "Ort", "Staat", "Seiten", "Blätter",
)  # fmt: skip


@dataclasses.dataclass(slots=True)
class _Ernte:
    """What the cases gave: envelopes, letters left out, what is to be said."""

    sendungen: list[Sendung] = dataclasses.field(default_factory=list)
    ausgelassen: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    befunde: list[Befund] = dataclasses.field(default_factory=list)
    rueckgabe: int = FERTIG
    aeltere: int = 0
    per_email: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class _Umschlag:
    """One envelope with its name in the folder and what it holds."""

    name: str
    sendung: Sendung
    pdf: bytes

    @property
    def seiten(self) -> int:
        """Return how many pages are printed on, blank backs not counted."""
        return sum(count_pages(dokument) for dokument in self.sendung.dokumente)

    @property
    def blaetter(self) -> int:
        """Return the sheets of paper, printed on both sides."""
        return count_pages(self.pdf) // 2


def make_druckgut(
    pfade: Iterable[pathlib.Path], ziel: pathlib.Path, seit: dt.date | None, lage: Lage
) -> Ergebnis:
    """Write the folder; made anew from the same letters it is the same, and a standing one that is the same stays."""
    ordner, befunde = find_ordner(pfade, lage)
    ernte = _Ernte(befunde=[*befunde], rueckgabe=weigh(befunde))
    _harvest(ordner, seit or first_day(lage.stichtag), lage, ernte)
    umschlaege = [
        _Umschlag(_name(nr, sendung), sendung, join_pdfs(sendung.dokumente))
        for nr, sendung in enumerate(sorted(ernte.sendungen, key=lambda s: s.ordnung), start=1)
    ]
    neu = bool(umschlaege) and _keep(ziel, _files(umschlaege))
    return Ergebnis(
        {
            "stichtag": lage.stichtag.isoformat(),
            "ziel": show(ziel) if umschlaege else None,
            "sendungen": [_as_json(einer) for einer in umschlaege],
            "ausgelassen": ernte.ausgelassen,
            "aeltere": ernte.aeltere,
            "per_email": ernte.per_email,
        },
        tuple(_lines(umschlaege, ernte, ziel, neu=neu)),
        tuple(dict.fromkeys(ernte.befunde)),
        ernte.rueckgabe,
    )


def _harvest(ordner: Sequence[pathlib.Path], seit: dt.date, lage: Lage, ernte: _Ernte) -> None:
    for geladen in load_faelle(ordner, lage):
        sachstand = geladen.sachstand
        if sachstand is None or not geladen.benutzbar:
            ernte.befunde += geladen.befunde
            ernte.rueckgabe = max(ernte.rueckgabe, geladen.rueckgabe)
            continue
        try:
            fach = look_into_tray(geladen.pfad, sachstand, lage, seit)
            ernte.aeltere += fach.aeltere
            for brief in fach.briefe:
                if brief.gruende:
                    befund = leave_ueberholt(geladen.pfad, brief.vorgang, lage.stichtag, brief.gruende)
                    ernte.befunde.append(befund)
                    ernte.ausgelassen.append(
                        {
                            "aktenzeichen": brief.vorgang.aktenzeichen,
                            "nr": brief.vorgang.nr,
                            "art": brief.vorgang.art,
                        }
                    )
                elif brief.als_email:
                    ernte.per_email += 1
                else:
                    ernte.sendungen += list_sendungen(geladen.pfad, sachstand, brief.vorgang)
        except Ablehnung as ablehnung:
            ernte.befunde += ablehnung.befunde
            ernte.rueckgabe = max(ernte.rueckgabe, ABGELEHNT)


def _name(nr: int, sendung: Sendung) -> str:
    wohin = sendung.plz or "ausland" if sendung.staat else sendung.plz or "ohne-plz"
    return f"{nr:05d}_{wohin}_{sendung.aktenzeichen}_{sendung.stamm}.pdf"


def _files(umschlaege: Sequence[_Umschlag]) -> dict[str, bytes]:
    """Return the folder: one PDF per envelope in posting order, the stacks for the office printer, the addresses."""
    dateien = {f"sendungen/{einer.name}": einer.pdf for einer in umschlaege}
    stapel = [umschlaege[von : von + JE_STAPEL] for von in range(0, len(umschlaege), JE_STAPEL)]
    for nr, teil in enumerate(stapel, start=1):
        name = "alle.pdf" if len(stapel) == 1 else f"alle-{nr:03d}.pdf"
        dateien[name] = join_pdfs(einer.pdf for einer in teil)
    return {**dateien, ANSCHRIFTEN: _write_anschriften(umschlaege)}


def _write_anschriften(umschlaege: Sequence[_Umschlag]) -> bytes:
    """Return the addresses for Excel: as they stand in the window, line by line, and the parts for sorting."""
    return write_csv(_KOPF, [_row(einer) for einer in umschlaege])


def _row(umschlag: _Umschlag) -> list[Feld]:
    s = umschlag.sendung
    zeilen = [*s.anschrift, *[""] * (_ZEILEN - len(s.anschrift))]
    return [
        umschlag.name, s.aktenzeichen, f"{s.vorgang.nr:04d}", s.vorgang.art, s.vorgang.stichtag,
        *zeilen, s.plz, s.ort, s.staat, umschlag.seiten, umschlag.blaetter,
    ]  # fmt: skip


def _keep(ziel: pathlib.Path, dateien: dict[str, bytes]) -> bool:
    """Write the folder unless the same one stands already; raise NichtBegonnen where another thing stands."""
    stehende, _ = read_dateien(ziel, dateien) if ziel.is_dir() else ({}, ())
    if {name: datei.inhalt for name, datei in stehende.items()} == dateien:
        return False
    try:
        create_folder(ziel, dateien)
    except Ablehnung as ablehnung:
        raise NichtBegonnen([*ablehnung.befunde]) from None
    return True


def _as_json(umschlag: _Umschlag) -> dict[str, Any]:
    s = umschlag.sendung
    return {
        "datei": umschlag.name,
        "aktenzeichen": s.aktenzeichen,
        "nr": s.vorgang.nr,
        "art": s.vorgang.art,
        "anschrift": list(s.anschrift),
        "seiten": umschlag.seiten,
        "blaetter": umschlag.blaetter,
    }


def _lines(umschlaege: Sequence[_Umschlag], ernte: _Ernte, ziel: pathlib.Path, *, neu: bool) -> list[str]:
    blaetter = sum(einer.blaetter for einer in umschlaege)
    text = [f"{len(umschlaege)} Sendungen, {blaetter} Blätter beidseitig"]
    if umschlaege:
        text.append(f"{'Geschrieben' if neu else 'Steht schon und ist unverändert'}: {show(ziel)}")
        text.append("Als versandt vermerkt ist nichts; danach: mahnakte versand PFAD… --alle")
    if ernte.ausgelassen:
        text.append(f"Überholt und nicht dabei: {len(ernte.ausgelassen)} (siehe die Befunde)")
    if ernte.per_email:
        text.append(f"Als E-Mail-Entwurf bereit und nicht dabei: {ernte.per_email}")
    if ernte.aeltere:
        text.append(f"Nicht angesehen: {ernte.aeltere} ältere ohne Vermerk; mit --seit TAG auch diese.")
    return text
