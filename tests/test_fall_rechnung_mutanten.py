"""Damaged files at random: whatever the bytes, the reader answers with findings, in time, without a traceback."""

import pathlib
import random
import time
from collections import Counter
from decimal import Decimal

import pytest

from mahnakte.fall.rechnung import read_rechnung, search_plain_pdf

SEKUNDEN = 10.0


def mutate(inhalt: bytes, wuerfel: random.Random) -> bytes:
    """Return the bytes with one to four injuries of the kinds that copying, mailing and malice make."""
    daten = bytearray(inhalt)
    for _ in range(wuerfel.randint(1, 4)):
        ort = wuerfel.randrange(len(daten) or 1)
        laenge = wuerfel.choice((1, 1, 2, 8, 64, 512))
        match wuerfel.randrange(7):
            case 0:
                daten[ort : ort + laenge] = wuerfel.randbytes(laenge)
            case 1:
                del daten[ort : ort + laenge]
            case 2:
                daten[ort:ort] = wuerfel.randbytes(laenge)
            case 3:
                del daten[ort:]
            case 4:
                daten[ort:ort] = daten[ort : ort + laenge] * wuerfel.randint(2, 50)
            case 5:
                _swap_digits(daten, wuerfel)
            case 6:
                daten[ort : ort + laenge] = wuerfel.choice(
                    (b"/Kids", b"<<", b">>", b"null", b"0 R", b"</", b"&x;", b"\0")
                )
    return bytes(daten)


def _swap_digits(daten: bytearray, wuerfel: random.Random) -> None:
    """Change numbers: lengths, offsets, object references, amounts."""
    stellen = [ort for ort, zeichen in enumerate(daten) if 48 <= zeichen <= 57]
    for ort in wuerfel.sample(stellen, min(len(stellen), 5)):
        daten[ort] = wuerfel.randrange(48, 58)


def read_mutants(saaten: list[bytes], zahl: int, saat: int) -> Counter[str]:
    wuerfel = random.Random(saat)
    gezaehlt: Counter[str] = Counter()
    for nummer in range(zahl):
        inhalt = mutate(saaten[nummer % len(saaten)], wuerfel)
        anfang = time.process_time()  # what the worker limits
        ergebnis = read_rechnung(inhalt, "rechnungen/m")
        gesucht = search_plain_pdf(inhalt, "RE-7", Decimal("119.00"), "rechnungen/m")
        assert time.process_time() - anfang < SEKUNDEN, f"Mutant {nummer}"
        assert ergebnis.rechnung is not None or ergebnis.befunde, f"Mutant {nummer}"
        for befund in (*ergebnis.befunde, *gesucht.befunde):
            assert befund.text.endswith((".", "?")), f"Mutant {nummer}: {befund}"
        gezaehlt["gelesen" if ergebnis.rechnung else ergebnis.befunde[0].code] += 1
    return gezaehlt


def demo_seeds(fixtures: pathlib.Path) -> list[bytes]:
    """Return the demo invoices: ZUGFeRD PDFs, a plain PDF, XRechnung in both syntaxes."""
    saaten = [datei.read_bytes() for datei in sorted((fixtures / "demo").glob("*/rechnungen/*"))]
    assert len(saaten) >= 4
    return saaten


def test_sixty_mutants_end_in_findings(fixtures: pathlib.Path) -> None:
    gezaehlt = read_mutants(demo_seeds(fixtures), 60, saat=1)
    assert gezaehlt.total() == 60
    assert len(gezaehlt) > 3  # the injuries are of several kinds, and some leave the file readable
    assert gezaehlt["gelesen"] > 0


@pytest.mark.umfang
@pytest.mark.timeout(900)
def test_thousands_of_mutants_end_in_findings(fixtures: pathlib.Path, shared: pathlib.Path) -> None:
    oeffentlich = sorted(
        (shared / "rechnungen/zugferd").glob("*.pdf"), key=lambda datei: datei.stat().st_size
    )[:12]
    xml = sorted((shared / "rechnungen/xrechnung").glob("*.xml"), key=lambda datei: datei.stat().st_size)[
        :20:2
    ]
    saaten = demo_seeds(fixtures) + [datei.read_bytes() for datei in (*oeffentlich, *xml)]
    gezaehlt = read_mutants(saaten, 4000, saat=2)
    assert gezaehlt.total() == 4000
    assert gezaehlt["gelesen"] > 1000
