"""How fast an account is counted: one case with 3 invoices, 5 payments, 4 years; then 10,000 in one process.

Run: PYTHONPATH=src python benchmarks/konto.py
"""

import datetime as dt
import pathlib
import sys
import time

from mahnakte.fall.fall import Fall, compose_fall
from mahnakte.fall.lesen import read_einstellungen, read_falldatei
from mahnakte.konto.konto import compute_konto
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.stand.sachstand import Sachstand

STICHTAG = dt.date(2026, 11, 16)
EINSTELLUNGEN = """
absender: {rolle: glaeubiger, name: Beispiel GmbH, strasse: Weg 1, plz: 01067, ort: Dresden,
           iban: DE02120300000000202051}
glaeubiger:
  beispiel: {art: gesellschaft, rechtsform: GmbH, name: Beispiel, strasse: Weg 1, plz: 01067, ort: Dresden, land: SN}
"""
FALL = """
aktenzeichen: BENCH-1
glaeubiger: beispiel
schuldner:
  - {kennung: max, vorname: Max, name: Muster, strasse: Gasse 2, plz: 04109, ort: Leipzig, land: SN, verbraucher: ja}
anspruch: {katalog: 11, entgeltforderung: ja}
rechnungen:
  - {nummer: RE-1, datum: 01.10.2022, betrag: "1.500,00", leistung_am: 20.09.2022, faellig_am: 31.10.2022,
     faelligkeit: vereinbart}
  - {nummer: RE-2, datum: 01.12.2022, betrag: "2.380,00", leistung_am: 20.11.2022, faellig_am: 30.12.2022,
     faelligkeit: vereinbart}
  - {nummer: RE-3, datum: 01.02.2023, betrag: "890,50", leistung_am: 20.01.2023, faellig_am: 01.03.2023,
     faelligkeit: vereinbart}
kosten:
  - {am: 12.04.2023, art: ruecklastschrift, betrag: "4,30"}
zahlungen:
  - {am: 02.05.2023, betrag: "250,00"}
  - {am: 15.11.2023, betrag: "500,00", auf: RE-2}
  - {am: 01.07.2024, betrag: "100,00"}
  - {am: 03.03.2025, betrag: "750,00"}
  - {am: 20.02.2026, betrag: "300,00"}
"""


def read_fall() -> Fall:
    """Return the case of the benchmark, read as a case is read."""
    einstellungen, _ = read_einstellungen(EINSTELLUNGEN.encode(), "mahnakte.yaml")
    falldatei, befunde = read_falldatei(FALL.encode(), "fall.yaml")
    if einstellungen is None or falldatei is None:
        sys.exit(f"Der Fall ist nicht lesbar: {befunde}")
    fall, befunde = compose_fall(falldatei, einstellungen, shipped_recht(), {})
    if fall is None:
        sys.exit(f"Der Fall ist nicht vollständig: {befunde}")
    return fall


def time_accounts(fall: Fall, zahl: int) -> float:
    """Return the seconds that so many accounts take, each on another Stichtag."""
    beginn = time.perf_counter()
    for nr in range(zahl):
        compute_konto(Sachstand(fall, STICHTAG - dt.timedelta(days=nr % 300)))
    return time.perf_counter() - beginn


def main() -> None:
    """Print the time of one account (best and median of many rounds) and of 10,000 in one process."""
    fall = read_fall()
    compute_konto(Sachstand(fall, STICHTAG))
    runden = sorted(time_accounts(fall, 20) / 20 * 1000 for _ in range(50))
    print(f"ein Konto: beste Runde {runden[0]:.3f} ms, mittlere {runden[25]:.3f} ms")
    dauer = time_accounts(fall, 10_000)
    print(f"10.000 Konten: {dauer:.2f} s, je Konto {dauer / 10:.3f} ms, {10_000 / dauer:.0f} je s")
    konto = compute_konto(Sachstand(fall, STICHTAG))
    print(f"{len(konto.abschnitte)} Zinszeilen, {len(konto.zahlungen)} Zahlungen, gesamt {konto.gesamt} Euro")
    if sys.platform == "linux":
        speicher = pathlib.Path("/proc/self/status").read_text(encoding="ascii")
        print(next(zeile for zeile in speicher.splitlines() if zeile.startswith("VmHWM")))


if __name__ == "__main__":
    main()
