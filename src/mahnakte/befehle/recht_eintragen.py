"""`mahnakte recht eintragen`: one legal value that is newer than the program, as one new file of the Bestand."""

import dataclasses
import datetime as dt
import pathlib
from decimal import Decimal

from mahnakte.ablage.entdecken import FALL_YAML, RECHT
from mahnakte.ablage.platte import PLATTE
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.ziel import create_file, ensure_folder
from mahnakte.grund.befund import Ablehnung, Stelle, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import find_unsafe
from mahnakte.recht.rechtsnachtrag import (
    Rechtsnachtrag,
    check_joins,
    check_value,
    extend_recht,
    file_name,
    read_rechtsnachtrag,
    write_rechtsnachtrag,
)
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.verzeichnis import find_eintrag
from mahnakte.recht.werte import Wertreihe
from mahnakte.werk.bestandsrecht import find_recht
from mahnakte.werk.ergebnis import Ergebnis, NichtBegonnen


@dataclasses.dataclass(frozen=True, slots=True)
class Eintrag:
    """What a person states: the value, from when, where it is published and who looked it up."""

    name: str
    ab: dt.date
    bis: dt.date | None
    wert: Decimal
    quelle: str
    geprueft_von: str
    geprueft_am: dt.date


def enter_recht(einstellungen: pathlib.Path, eintrag: Eintrag) -> Ergebnis:
    """Write the value into `recht/` beside mahnakte.yaml, after the same checks that reading it will make.

    Raises NichtBegonnen for a value that is known already, leaves a gap, lacks its source, or cannot be right.
    """
    recht = find_recht(einstellungen)
    try:
        reihe = _find_series(recht, eintrag.name)
        nachtrag = _complete(eintrag, reihe)
        check_value(reihe, nachtrag)
        check_joins(reihe, nachtrag.ab)
        inhalt = write_rechtsnachtrag(nachtrag, reihe)
        ziel = einstellungen.absolute().parent / RECHT / file_name(nachtrag)
        neu, befunde = extend_recht(recht, [read_rechtsnachtrag(inhalt, show(ziel))])
        if befunde:
            raise NichtBegonnen(befunde)
        _refuse_case(ziel.parent)
        ensure_folder(ziel.parent)
        create_file(ziel, inhalt)
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    return _report(reihe, neu.find_reihe(reihe.name), ziel, neu)


def _find_series(recht: Rechtsstand, name: str) -> Wertreihe:
    """Return the series of a name, or of its beginning where only one begins so (`basiszins`)."""
    anfang = [ganzer for ganzer in recht.reihen if ganzer.startswith(name)]
    eintrag = find_eintrag(recht, anfang[0] if len(anfang) == 1 else name)
    if eintrag.tabelle:
        raise Ablehnung(
            sperre(
                "RECHTSNACHTRAG_TABELLE",
                f"„{eintrag.titel}“ ist eine ganze Tabelle und lässt sich nicht als einzelner Wert eintragen.",
                "Dafür braucht es eine neuere Fassung von mahnakte.",
            )
        )
    return recht.find_reihe(eintrag.name)


def _complete(eintrag: Eintrag, reihe: Wertreihe) -> Rechtsnachtrag:
    """A value without `--bis` holds to the next change by law, else to the end of the year after its check."""
    for schalter, text in (("--quelle", eintrag.quelle), ("--geprueft-von", eintrag.geprueft_von)):
        if not text.strip() or find_unsafe(text) or "\n" in text:
            raise Ablehnung(
                sperre(
                    "RECHTSNACHTRAG_OHNE_BELEG",
                    f"Bei {schalter} fehlt ein lesbarer Text in einer Zeile.",
                    "Angeben, wo der Wert amtlich steht und wer ihn dort nachgesehen hat.",
                )
            )
    bis = eintrag.bis or reihe.last_day_from(eintrag.ab) or dt.date(eintrag.geprueft_am.year + 1, 12, 31)
    return Rechtsnachtrag(
        reihe.name,
        eintrag.ab,
        bis,
        eintrag.wert,
        eintrag.quelle.strip(),
        eintrag.geprueft_von.strip(),
        eintrag.geprueft_am,
        Stelle(""),
    )


def _refuse_case(ordner: pathlib.Path) -> None:
    if PLATTE.kind(ordner / FALL_YAML) is not None:
        raise Ablehnung(
            sperre(
                "RECHT_IST_FALL",
                "Der Ordner recht in diesem Bestand ist ein Fall.",
                "Den Fallordner umbenennen, dann den Wert eintragen.",
                Stelle(show(ordner)),
            )
        )


def _report(bisher: Wertreihe, reihe: Wertreihe, ziel: pathlib.Path, recht: Rechtsstand) -> Ergebnis:
    alt, neu = bisher.werte[-1], reihe.werte[-1]
    return Ergebnis(
        {
            "name": reihe.name,
            "wert": f"{neu.wert:f}",
            "ab": neu.ab.isoformat(),
            "bis": neu.bis.isoformat(),
            "quelle": neu.quelle,
            "geprueft_von": neu.geprueft_von,
            "datei": show(ziel),
            "fingerabdruck": recht.fingerabdruck,
        },
        (
            f"Eingetragen: {reihe.titel} vom {format_datum(neu.ab)} bis {format_datum(neu.bis)}: {neu.worte} "
            f"(bisher {alt.worte})",
            f"  Quelle: {neu.herkunft}",
            f"  Datei: {show(ziel)}",
        ),
    )
