"""Write an EDA file and read it back at once: each application from its bytes, the sums from what was read.

The reader knows nothing of how the writer works (own tables, own order), and what it reads must be the application
that was given, field by field. That proves more than writing again what was read, and costs half: the application
has been held to the schema before, so that is not done again. Foreign files go the long way (verify.py).
"""

import dataclasses
from collections.abc import Iterable
from decimal import Decimal

from mahnakte.antrag.auswahl import Nebenforderungsart
from mahnakte.antrag.eda.befunde import lossy, wrong_sum
from mahnakte.antrag.eda.feld import Wert, format_record, parse_record
from mahnakte.antrag.eda.frame import Rohsatz
from mahnakte.antrag.eda.layout import BB, LAENGE
from mahnakte.antrag.eda.read import build_antrag
from mahnakte.antrag.eda.records import read_records
from mahnakte.antrag.eda.summen import SUMMENFELDER, Summen
from mahnakte.antrag.eda.write import encode, format_antrag, format_head, refuse_obstacles
from mahnakte.antrag.modell import Dateikopf, Katalogforderung, Mahnantrag
from mahnakte.grund.befund import Ablehnung, Befund, Stelle

_FELDER = tuple(
    feld.name
    for feld in dataclasses.fields(Mahnantrag)
    if feld.name not in ("herleitung", "nebenforderungen")
)
_RANG = {art: rang for rang, art in enumerate(Nebenforderungsart)}


def write_verified(
    antraege: Iterable[Mahnantrag], kopf: Dateikopf, datei: str, *, getestet: bool = False
) -> bytes:
    """Return the file with these applications, each valid against the schema; raise Ablehnung if one does not fit.

    `getestet`: see write_eda. Memory grows with the bytes of the file only.
    """
    teile = [encode(format_head(kopf))]
    summen = Summen()
    zaehler = _Zaehler()
    for nummer, antrag in enumerate(antraege, start=1):
        refuse_obstacles(antrag, nummer, getestet=getestet)
        zeilen = tuple(format_antrag(antrag, nummer))
        for zeile in zeilen:
            summen.add(zeile)
        teil = encode("".join(zeilen))
        zaehler.add(_read_back(teil, antrag, zaehler.saetze + 2, datei), len(zeilen))
        teile.append(teil)
    schluss = encode(format_record(BB, {"TKEZI": kopf.teilnehmer, **summen.as_values()}))
    zaehler.compare(schluss.decode("cp850"), datei)
    return b"".join([*teile, schluss])


def _read_back(teil: bytes, antrag: Mahnantrag, erster: int, datei: str) -> Mahnantrag:
    """Read one application from its bytes; raise Ablehnung when it is not the one that was to be written."""
    text = teil.decode("cp850")
    zeilen = (text[ort : ort + LAENGE] for ort in range(0, len(text), LAENGE))
    saetze = tuple(Rohsatz(nummer, zeile, zeile[:9]) for nummer, zeile in enumerate(zeilen, start=erster))
    gelesen, reste, befunde = read_records(saetze, datei)
    if befunde:
        raise Ablehnung(*befunde)
    neu = build_antrag(gelesen, reste, datei)
    for feld in _FELDER:
        if getattr(neu, feld) != getattr(antrag, feld):
            raise Ablehnung(_lost(antrag, feld, Stelle(datei, erster)))
    if list(neu.nebenforderungen) != sorted(antrag.nebenforderungen, key=lambda neben: _RANG[neben.art]):
        raise Ablehnung(_lost(antrag, "nebenforderungen", Stelle(datei, erster)))
    return neu


def _lost(antrag: Mahnantrag, feld: str, stelle: Stelle) -> Befund:
    text = (
        f"Antrag {antrag.geschaeftszeichen}: „{feld}“ liest sich aus der Datei anders, als es beantragt ist."
    )
    return lossy(text, "Der Antrag kommt in keine Datei; im Portal stellen und den Fehler melden.", stelle)


class _Zaehler:
    """The sums as they follow from the applications that were read back, not from the records written."""

    def __init__(self) -> None:
        self.antraege = self.saetze = self.katalognummern = self.geschaeftsnummern = self.hauptforderungen = 0
        self.betrag = Decimal(0)

    def add(self, antrag: Mahnantrag, saetze: int) -> None:
        self.antraege += 1
        self.saetze += saetze
        self.geschaeftsnummern += int(antrag.geschaeftsnummer[2:9] or 0)
        for forderung in antrag.hauptforderungen:
            self.hauptforderungen += 1
            self.betrag += forderung.betrag
            if isinstance(forderung.anspruch, Katalogforderung):
                self.katalognummern += forderung.anspruch.nummer

    def compare(self, schluss: str, datei: str) -> None:
        """Raise Ablehnung when the closing record says something else."""
        gezaehlt: dict[str, Wert] = {
            "ANTANZ": self.antraege, "SANZ": self.saetze, "SKATNR": self.katalognummern,
            "SUASP": int(self.betrag.scaleb(2)), "SUGNR": self.geschaeftsnummern, "ASPANZ": self.hauptforderungen,
        }  # fmt: skip
        werte, _ = parse_record(BB, schluss)
        for feld in SUMMENFELDER:
            if int(str(werte[feld.name])) != gezaehlt[feld.name]:
                stelle = Stelle(datei, self.saetze + 2)
                raise Ablehnung(wrong_sum(feld.bedeutung, werte[feld.name], gezaehlt[feld.name], stelle))
