"""Which of related invoices counts: what a person has decided with `gilt:` and `ersetzt:` under `rechnungen:`.

An invoice that does not count makes no claim. What was paid, credited or said about a replaced one concerns the one
that took its place.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mahnakte.fall.modell import Falldatei, Rechnungsangabe
from mahnakte.fall.rechnungsbild import fold_nummer
from mahnakte.grund.befund import Befund, sperre
from mahnakte.grund.text import json_safe

Nummer = tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Eintrag:
    """One entry of `rechnungen:` with the number it has there or in its e-invoice."""

    nummer: str
    angabe: Rechnungsangabe

    @property
    def ersetzt(self) -> Nummer | None:
        """The folded number of the invoice whose place this one takes."""
        return (
            fold_nummer(self.angabe.ersetzt)
            if self.angabe.ersetzt and self.angabe.gilt is not False
            else None
        )


def counts(eintrag: Eintrag, alle: Sequence[Eintrag]) -> bool:
    """Tell whether an entry makes a claim: not struck by `gilt: nein`, not replaced by another of the case."""
    if eintrag.angabe.gilt is False:
        return False
    nummer = fold_nummer(eintrag.nummer)
    return not any(andere is not eintrag and andere.ersetzt == nummer for andere in alle)


def check_ersetzungen(alle: Sequence[Eintrag]) -> Iterator[Befund]:
    """Yield a finding where replacements run in a circle: then nothing would be left to demand."""
    schritte = {
        fold_nummer(e.nummer): e.ersetzt for e in alle if e.ersetzt and e.ersetzt != fold_nummer(e.nummer)
    }
    for eintrag in alle:
        beginn = fold_nummer(eintrag.nummer)
        if beginn in _follow(beginn, schritte)[1:]:
            yield sperre(
                "ERSETZT_IM_KREIS",
                f"„ersetzt: {json_safe(eintrag.angabe.ersetzt or '')}“ bei {json_safe(eintrag.nummer)} führt im "
                "Kreis: so gilt keine der Rechnungen.",
                "„ersetzt:“ nur bei der Rechnung stehen lassen, die jetzt gilt.",
                eintrag.angabe.stelle,
            )


def redirect(falldatei: Falldatei, alle: Sequence[Eintrag]) -> Falldatei:
    """Return the facts with each reference to a replaced invoice turned to the one that counts."""
    geltende = {fold_nummer(e.nummer): e.nummer for e in alle if counts(e, alle)}
    nachfolger = {e.ersetzt: fold_nummer(e.nummer) for e in alle if e.ersetzt}
    ersetzte = {
        eintrag.nummer: geltende[ziel]
        for eintrag in alle
        if (ziel := _follow(fold_nummer(eintrag.nummer), nachfolger)[-1]) in geltende
    }
    return _rename(falldatei, ersetzte) if nachfolger else falldatei


def _follow(nummer: Nummer, schritte: Mapping[Nummer, Nummer | None]) -> list[Nummer]:
    """Return the numbers from one to the end of its replacements, each once but for the one that closes a circle."""
    weg: list[Nummer] = [nummer]
    while (naechste := schritte.get(weg[-1])) is not None:
        weg.append(naechste)
        if naechste in weg[:-1]:
            break
    return weg


def _rename(falldatei: Falldatei, ersetzte: Mapping[str, str]) -> Falldatei:
    aenderungen: dict[str, Any] = {
        name: tuple(
            dataclasses.replace(eintrag, auf=ersetzte.get(eintrag.auf or "", eintrag.auf))
            for eintrag in getattr(falldatei, name)
        )
        for name in ("zahlungen", "gutschriften", "verzicht")
    }
    aenderungen["ereignisse"] = tuple(
        dataclasses.replace(ereignis, rechnung=ersetzte.get(ereignis.rechnung or "", ereignis.rechnung))
        for ereignis in falldatei.ereignisse
    )
    return dataclasses.replace(falldatei, **aenderungen)
