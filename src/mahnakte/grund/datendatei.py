"""Enclosed data files (YAML) through the strict reader: legal values, words, code lists, the register of findings.

A key that is missing here may stand in the head of the file (`quelle`, `geprueft_am`, `gedeckt_bis`).
A faulty file is a damaged installation, so every mistake ends in an Ablehnung with file and line.
"""

import dataclasses
import datetime as dt
import importlib.resources
from collections.abc import Iterator
from decimal import Decimal

from mahnakte.grund.befund import Ablehnung, Stelle, sperre
from mahnakte.grund.betrag import KeinBetrag, parse_betrag, parse_zahl
from mahnakte.grund.datum import KeinDatum, parse_datum
from mahnakte.grund.strict_yaml import Abbildung, Folge, Knoten, Skalar, parse_yaml


@dataclasses.dataclass(frozen=True, slots=True)
class Wertknoten:
    """One mapping of a value file; knows its file and the head from which it inherits."""

    datei: str
    knoten: Abbildung
    kopf: Abbildung

    def find_text(self, schluessel: str) -> str | None:
        """Return the text under a key, here or in the head, or None."""
        wert = self.knoten.werte.get(schluessel) or self.kopf.werte.get(schluessel)
        return wert.text if isinstance(wert, Skalar) and wert.text else None

    def text(self, schluessel: str) -> str:
        """Return the text under a key, here or in the head."""
        text = self.find_text(schluessel)
        if text is None:
            raise self.defect(f"Die Angabe „{schluessel}“ fehlt.")
        return text

    def date(self, schluessel: str) -> dt.date:
        """Return the date under a key, here or in the head."""
        return self.parse_date(self.text(schluessel))

    def number(self, schluessel: str) -> Decimal:
        """Return the number with decimal comma under a key, here or in the head."""
        return self.parse_number(self.text(schluessel))

    def children(self, schluessel: str) -> Iterator[tuple[str, "Wertknoten"]]:
        """Yield name and mapping of each entry under a key."""
        for name, knoten in self.mapping(schluessel).knoten.werte.items():
            yield name, self.wrap(knoten)

    def entries(self, schluessel: str) -> Iterator["Wertknoten"]:
        """Yield each mapping of the list under a key."""
        liste = self.knoten.werte.get(schluessel)
        if not isinstance(liste, Folge):
            raise self.defect(f"Die Liste „{schluessel}“ fehlt.")
        for knoten in liste.eintraege:
            yield self.wrap(knoten)

    def texts(self, schluessel: str) -> tuple[str, ...]:
        """Return the list of texts under a key, here or in the head; an absent key is an empty list."""
        liste = self.knoten.werte.get(schluessel) or self.kopf.werte.get(schluessel)
        if liste is None:
            return ()
        if not isinstance(liste, Folge):
            raise self.defect(f"„{schluessel}“ muss eine Liste sein.")
        return tuple(knoten.text for knoten in liste.eintraege if isinstance(knoten, Skalar))

    def mapping(self, schluessel: str) -> "Wertknoten":
        """Return the mapping under a key."""
        knoten = self.knoten.werte.get(schluessel)
        if knoten is None:
            raise self.defect(f"Der Abschnitt „{schluessel}“ fehlt.")
        return self.wrap(knoten)

    def scalars(self) -> Iterator[tuple[str, str]]:
        """Yield key and text of a mapping that holds only scalars."""
        for schluessel, knoten in self.knoten.werte.items():
            if not isinstance(knoten, Skalar):
                raise self.defect(f"„{schluessel}“ muss ein einfacher Wert sein.")
            yield schluessel, knoten.text

    def wrap(self, knoten: Knoten) -> "Wertknoten":
        """Return a node of the same file as mapping."""
        if not isinstance(knoten, Abbildung):
            raise self.defect(f"In Zeile {knoten.zeile} steht kein Abschnitt.")
        return Wertknoten(self.datei, knoten, self.kopf)

    def parse_date(self, text: str) -> dt.date:
        """Read a date of this file."""
        try:
            return parse_datum(text)
        except KeinDatum as fehler:
            raise self.defect(str(fehler)) from None

    def parse_number(self, text: str) -> Decimal:
        """Read a number of this file; the decimals are kept as written."""
        try:
            return parse_zahl(text)
        except KeinBetrag as fehler:
            raise self.defect(str(fehler)) from None

    def parse_amount(self, text: str) -> Decimal:
        """Read an amount in euro of this file."""
        try:
            return parse_betrag(text)
        except KeinBetrag as fehler:
            raise self.defect(str(fehler)) from None

    def defect(self, text: str) -> Ablehnung:
        """Return the refusal for a faulty value file."""
        return Ablehnung(
            sperre(
                "RECHTSTABELLE_DEFEKT",
                text,
                "Die Installation von mahnakte ist beschädigt; bitte neu installieren.",
                Stelle(self.datei, self.knoten.zeile),
            )
        )


def read_datendatei(paket: str, datei: str) -> Wertknoten:
    """Return the top of a data file that lies below a package, e.g. `werte/kalender.yaml` of mahnakte.recht."""
    inhalt = importlib.resources.files(paket).joinpath(*datei.split("/")).read_bytes()
    wurzel = parse_yaml(inhalt, datei)
    return Wertknoten(datei, wurzel, wurzel)
