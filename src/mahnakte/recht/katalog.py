"""The dunning courts' catalogue of main claims: text, required extra data, and what follows from the number.

What follows is only a default; a person can state otherwise, and the doubtful cases ask.
"""

import dataclasses
import datetime as dt
import functools
from collections.abc import Mapping

from mahnakte.grund.befund import Ablehnung, Befund, sperre, warnung
from mahnakte.grund.datendatei import Wertknoten, read_datendatei
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.ungeprueft import read_ungeprueft
from mahnakte.recht.verjaehrungsfrist import Frist


@dataclasses.dataclass(frozen=True, slots=True)
class Hauptforderungsart:
    """One number of the catalogue.

    `zusatzangaben`: `belegenheit` (postcode and place of the flat or property), `vertragsart`, `kontonummer`,
    `kundennummer`, `leistungsart`, `zeitraum`, `verbraucherkredit`. `frist` is the limitation period, None
    where its law has not been read (`frist_grund` is the subject in `ungeprueft`); where another may apply,
    `frist_moeglich` with its reason. `streitgericht` is set where the subject decides the court whatever the
    value, in cases from `streitgericht_ab` on (None: always). `berufsgeheimnis`: § 203 StGB. `unverzinslich` is the
    paragraph by which the claim itself bears no interest, else empty.
    """

    nummer: int
    text: str
    entgeltforderung: bool
    zusatzangaben: tuple[str, ...]
    hinweis: str
    frist: Frist | None
    frist_moeglich: Frist | None
    frist_grund: str
    streitgericht: str
    streitgericht_ab: dt.date | None
    streitgericht_grund: str
    streitgericht_fraglich: str
    berufsgeheimnis: bool
    unverzinslich: str


def find_hauptforderungsart(nummer: int) -> Hauptforderungsart:
    """Return the entry of a catalogue number; raise Ablehnung for a number that does not exist."""
    eintrag = read_katalog().get(nummer)
    if eintrag is None:
        raise Ablehnung(
            sperre("KATALOG_NUMMER", f"Die Nummer {nummer} steht nicht im Katalog der Hauptforderungen.",
                   "Eine der 56 Nummern wählen (mahnakte recht katalog) oder „sonstiger:“ mit eigenem Text angeben.")
        )  # fmt: skip
    return eintrag


def check_zinsrecht(eintrag: Hauptforderungsart) -> None:
    """Raise Ablehnung for bills and cheques: their interest follows laws of their own that nobody has read."""
    if eintrag.frist is None:
        raise Ablehnung(read_ungeprueft()[eintrag.frist_grund].befund)


def decide_frist(recht: Rechtsstand, nummer: int | None) -> tuple[Frist, tuple[Befund, ...]]:
    """Return the limitation period that a catalogue number suggests, with a question where it is unsure.

    Raises Ablehnung for bills and cheques, which lapse by laws of their own.
    """
    if nummer is None:
        return Frist.REGEL, ()
    eintrag = find_hauptforderungsart(nummer)
    if eintrag.frist is None:
        raise Ablehnung(read_ungeprueft()[eintrag.frist_grund].befund)
    if eintrag.frist_moeglich is None:
        return eintrag.frist, ()
    kurz = recht.find_reihe(f"verjaehrung_{eintrag.frist_moeglich.value}")
    return eintrag.frist, (
        warnung(
            "VERJAEHRUNG_KURZ_MOEGLICH",
            f"Katalognummer {nummer}: für {eintrag.frist_grund} gilt eine kürzere Verjährung ({kurz.fundstelle}).",
            "Prüfen, worum es geht, und notfalls mit der kurzen Frist planen.",
        ),
    )


@functools.cache
def read_katalog() -> Mapping[int, Hauptforderungsart]:
    """Return all entries by number, read once per process."""
    return {
        int(nummer): _read_eintrag(int(nummer), knoten)
        for nummer, knoten in read_datendatei("mahnakte.recht", "werte/katalog.yaml").children("katalog")
    }


def _read_eintrag(nummer: int, knoten: Wertknoten) -> Hauptforderungsart:
    def find(schluessel: str) -> str:
        return knoten.find_text(schluessel) or ""

    moeglich = find("verjaehrung_moeglich")
    return Hauptforderungsart(
        nummer,
        knoten.text("text"),
        knoten.text("entgeltforderung") == "ja",
        knoten.texts("zusatzangaben"),
        find("hinweis"),
        None if find("verjaehrung_abgelehnt") else Frist(find("verjaehrung") or Frist.REGEL),
        Frist(moeglich) if moeglich else None,
        find("verjaehrung_grund") or find("verjaehrung_abgelehnt"),
        find("streitgericht"),
        knoten.date("streitgericht_ab") if find("streitgericht_ab") else None,
        find("streitgericht_grund"),
        find("streitgericht_fraglich"),
        find("berufsgeheimnis") == "ja",
        find("unverzinslich"),
    )
