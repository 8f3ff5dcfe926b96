"""10.000 applications: build, validate, write EDA, verify. Seconds of one core and peak memory.

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

from mahnakte.antrag.eda.verify import verify_eda
from mahnakte.antrag.eda.write import write_eda
from mahnakte.antrag.modell import Dateikopf, Mahnantrag
from mahnakte.antrag.xml_form import write_xml
from mahnakte.antrag.xml_read import iter_antraege, read_xml, validate_xml

GRUNDFALL = pathlib.Path(__file__).parent.parent / "fixtures" / "antrag" / "grundfall.xml"
KOPF = Dateikopf("12345678", "ABC021", dt.date(2026, 11, 16), software="mahnakte")


def make_antraege(zahl: int) -> Iterator[Mahnantrag]:
    """Yield variants of the base case: own reference, own amounts."""
    gelesen, befunde = read_xml(GRUNDFALL.read_bytes(), "grundfall.xml")
    assert gelesen is not None, befunde
    (grundfall,) = gelesen.antraege
    for nummer in range(zahl):
        forderungen = tuple(
            dataclasses.replace(forderung, betrag=forderung.betrag + Decimal(nummer).scaleb(-2))
            for forderung in grundfall.hauptforderungen
        )
        yield dataclasses.replace(
            grundfall, geschaeftszeichen=f"2026-{nummer:05}", hauptforderungen=forderungen
        )


def main() -> None:
    """Run the four steps and print seconds, bytes and peak memory."""
    zahl = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    beginn = time.process_time()

    def report(schritt: str) -> None:
        nonlocal beginn
        speicher = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{schritt:34} {time.process_time() - beginn:6.2f} s   Spitze {speicher:6.0f} MB")
        beginn = time.process_time()

    anfang = time.process_time()
    xml = write_xml(make_antraege(zahl))
    report(f"XML bauen ({len(xml) / 1e6:.1f} MB)")
    assert validate_xml(xml, "x.xml") == ()
    report("XML prüfen")
    eda = write_eda(iter_antraege(xml, "x.xml"), KOPF)
    report(f"XML lesen, EDA schreiben ({len(eda) / 1e6:.1f} MB)")
    assert verify_eda(eda, "x.eda") == ()
    report("EDA prüfen")
    print(f"zusammen {time.process_time() - anfang:.2f} s für {zahl} Anträge")


if __name__ == "__main__":
    main()
