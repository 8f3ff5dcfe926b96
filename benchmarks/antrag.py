"""10.000 applications: build, validate, write EDA and read it back. Seconds of one core and peak memory.

python benchmarks/antrag.py [number]
"""

import dataclasses
import datetime as dt
import pathlib
import resource
import sys
import time
from collections.abc import Iterator
from decimal import Decimal

from mahnakte.antrag.auswahl import Anrede
from mahnakte.antrag.eda.rueckprobe import write_verified
from mahnakte.antrag.eda.verify import verify_eda
from mahnakte.antrag.modell import Anschrift, Dateikopf, Mahnantrag, Person
from mahnakte.antrag.xml_form import write_xml
from mahnakte.antrag.xml_read import iter_antraege, read_xml, validate_xml

GRUNDFALL = pathlib.Path(__file__).parent.parent / "fixtures" / "antrag" / "grundfall.xml"
KOPF = Dateikopf("12345678", "ABC021", dt.date(2026, 11, 16), software="mahnakte")


def make_antraege(zahl: int) -> Iterator[Mahnantrag]:
    """Yield variants of the base case: own reference, debtor and amounts."""
    gelesen, befunde = read_xml(GRUNDFALL.read_bytes(), "grundfall.xml")
    assert gelesen is not None, befunde
    (grundfall,) = gelesen.antraege
    for nummer in range(zahl):
        forderungen = tuple(
            dataclasses.replace(forderung, betrag=forderung.betrag + Decimal(nummer).scaleb(-2))
            for forderung in grundfall.hauptforderungen
        )
        gegner = dataclasses.replace(
            grundfall.antragsgegner[0],
            bezeichnung=Person(Anrede.UNBEKANNT, f"Max {nummer}", f"Schuldner {nummer}"),
            anschrift=Anschrift(f"Bahnhofstr. {nummer}", f"{nummer:05}", f"Ort {nummer}"),
        )
        yield dataclasses.replace(
            grundfall,
            geschaeftszeichen=f"2026-{nummer:05}",
            antragsgegner=(gegner, *grundfall.antragsgegner[1:]),
            hauptforderungen=forderungen,
        )


def main() -> None:
    """Run the steps and print seconds, bytes and peak memory."""
    zahl = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    beginn = time.process_time()

    def report(schritt: str) -> None:
        nonlocal beginn
        speicher = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{schritt:48} {time.process_time() - beginn:6.2f} s   Spitze {speicher:6.0f} MB")
        beginn = time.process_time()

    anfang = time.process_time()
    xml = write_xml(make_antraege(zahl))
    report(f"XML bauen ({len(xml) / 1e6:.1f} MB)")
    assert validate_xml(xml, "x.xml") == ()
    report("XML prüfen")
    eda = write_verified(iter_antraege(xml, "x.xml"), KOPF, "x.eda")
    report(f"XML lesen, EDA schreiben, zurücklesen ({len(eda) / 1e6:.1f} MB)")
    print(f"zusammen {time.process_time() - anfang:.2f} s für {zahl} Anträge")
    beginn = time.process_time()
    assert verify_eda(eda, "x.eda") == ()
    report("dazu: wie eine fremde Datei prüfen")


if __name__ == "__main__":
    main()
