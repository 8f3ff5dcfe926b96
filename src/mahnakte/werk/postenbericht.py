"""What `mahnakte einlesen` says: how each item of the list stands to the cases, and what became of them."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mahnakte.ablage.lesen import Datei
from mahnakte.ablage.stoerung import show
from mahnakte.bestand.postenabgleich import Abgleich
from mahnakte.bestand.postenvorschlag import Lage as Postenlage
from mahnakte.bestand.postenvorschlag import Vorschlag
from mahnakte.eingang.posten.postenliste import Postenliste
from mahnakte.grund.befund import Befund
from mahnakte.grund.betrag import format_euro, json_betrag
from mahnakte.grund.text import json_safe
from mahnakte.werk.laden import Lage


@dataclasses.dataclass(frozen=True, slots=True)
class Zeile:
    """What became of one case: its folder, whether it is new, the step, what stopped it."""

    ordner: str
    neu: bool
    nummern: tuple[str, ...]
    nr: int | None = None
    befunde: tuple[Befund, ...] = ()


_TITEL: Mapping[Postenlage, str] = {
    Postenlage.NEUER_FALL: "In neue Fälle",
    Postenlage.WEITERE: "Neue Rechnungen in Fällen, die es gibt",
    Postenlage.VERSCHWUNDEN: "Nicht mehr in der Liste; der Fall ruht, bis es geklärt ist",
    Postenlage.WENIGER: "Weniger offen als im Fall; der Fall ruht, bis es geklärt ist",
    Postenlage.WIEDER_DA: "Wieder in der Liste; die Frage ist beantwortet",
    Postenlage.GESPERRT: "In der Buchhaltung gesperrt; der Fall ruht",
    Postenlage.ENTSPERRT: "In der Buchhaltung nicht mehr gesperrt",
    Postenlage.GEMAHNT: "Schreiben anderer Programme",
    Postenlage.MEHR: "Mehr offen als im Fall",
    Postenlage.WIDERSPRUCH: "Widerspricht dem Fall; nichts übernommen",
    Postenlage.ENTFERNT: "Von einem Menschen herausgenommen; nicht zurückgeholt",
    Postenlage.GUTHABEN: "Guthaben",
    Postenlage.UNKLAR: "Nicht zuzuordnen; nichts übernommen",
    Postenlage.GEFRAGT: "Schon gefragt",
    Postenlage.BEKANNT: "Bekannt und unverändert",
}
_HOECHSTENS = 20


def describe(
    datei: Datei, liste: Postenliste, abgleich: Abgleich, zeilen: Sequence[Zeile], geschrieben: bool
) -> Iterator[str]:
    """Yield what a clerk reads: each group of items, what is or would be written."""
    yield f"{show(datei.pfad)} ({liste.profil}): {len(liste.offene)} offene Posten."
    for grund, zahl in liste.gezaehlt:
        yield f"Übergangen: {zahl} ({grund})"
    for lage, titel in _TITEL.items():
        gleiche = [v for v in abgleich.vorschlaege if v.lage is lage]
        if not gleiche:
            continue
        yield ""
        yield f"{titel}: {len(gleiche)}"
        if lage is not Postenlage.BEKANNT:
            yield from (_line(vorschlag) for vorschlag in gleiche[:_HOECHSTENS])
            if len(gleiche) > _HOECHSTENS:
                yield f"  … und {len(gleiche) - _HOECHSTENS} weitere; alle mit --json"
    neue, schritte = sum(z.neu for z in zeilen), sum(not z.neu for z in zeilen)
    abgelehnt = sum(bool(z.befunde) for z in zeilen)
    yield ""
    if geschrieben:
        angelegt = sum(z.neu and z.nr is not None for z in zeilen)
        vorgaenge = sum(not z.neu and z.nr is not None for z in zeilen)
        yield f"Angelegt: {angelegt} Fälle, {vorgaenge} Vorgänge; abgelehnt: {abgelehnt}."
    elif neue or schritte:
        yield f"Nur gezeigt: {neue} neue Fälle, {schritte} Vorgänge. Übernehmen: derselbe Befehl mit --uebernehmen"
    else:
        yield "Nichts zu übernehmen."


def _line(vorschlag: Vorschlag) -> str:
    posten = vorschlag.posten
    kunde = f"Kunde {json_safe(vorschlag.kunde)}" if vorschlag.kunde else "ohne Kundennummer"
    wer = f" {json_safe(posten.name)}" if posten and posten.name else ""
    offen = f", {format_euro(posten.offen)}" if posten else ""
    wo = f" (Fall {json_safe(vorschlag.ordner)})" if vorschlag.ordner else ""
    zeile = f", Zeile {posten.zeile}" if posten else ""
    text = f": {json_safe(vorschlag.text)}" if vorschlag.text else ""
    return f"  {json_safe(vorschlag.nummer)}, {kunde}{wer}{offen}{wo}{zeile}{text}"


def as_json(
    datei: Datei,
    lage: Lage,
    liste: Postenliste,
    abgleich: Abgleich,
    zeilen: Sequence[Zeile],
    geschrieben: bool,
) -> dict[str, Any]:
    """Return the JSON document; the local page shows the same."""
    return {
        "datei": show(datei.pfad),
        "profil": liste.profil,
        "stichtag": lage.stichtag.isoformat(),
        "uebernommen": geschrieben,
        "uebergangen": dict(liste.gezaehlt),
        "posten": [
            {
                "lage": v.lage.value,
                "nummer": json_safe(v.nummer),
                "kundennummer": json_safe(v.kunde),
                "name": json_safe(v.posten.name) if v.posten else None,
                "offen": json_betrag(v.posten.offen) if v.posten else None,
                "zeile": v.posten.zeile if v.posten else None,
                "ordner": json_safe(v.ordner) if v.ordner else None,
                "text": json_safe(v.text),
            }
            for v in abgleich.vorschlaege
        ],
        "faelle": [
            {
                "ordner": z.ordner,
                "neu": z.neu,
                "rechnungen": list(z.nummern),
                "nr": z.nr,
                "abgelehnt": bool(z.befunde),
            }
            for z in zeilen
        ],
    }
