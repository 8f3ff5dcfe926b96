"""Lists of open items as clerks have them, and a Bestand for them."""

import datetime as dt
import pathlib
import random
from collections.abc import Iterable

from fallbau import FAELLE
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.befehle.einlesen import Wahl, take_posten
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.ergebnis import Ergebnis
from mahnakte.werk.laden import Lage

HERKUNFT = Herkunft("test", "rechner", "lauf", "2026-12-01T08:00:00Z", "0")
TAG = dt.date(2026, 12, 1)
WOCHE = dt.timedelta(days=7)
FELDER = (
    "kundennummer", "vertrag", "name", "strasse", "plz", "ort", "nummer", "datum", "faellig", "betrag", "bezahlt",
    "offen", "mahnstufe", "mahnung_am", "mahnsperre",
)  # fmt: skip
_ANSCHRIFT = {"name": "Muster", "strasse": "Weg 1", "plz": "50667", "ort": "Köln"}


def row(kunde: str, nummer: str, offen: str = "100,00", **weiteres: str) -> dict[str, str]:
    """Return one row; a complete debtor, unless it says otherwise."""
    grund = {"datum": "01.09.2026", "faellig": "15.09.2026", "betrag": offen, "bezahlt": "0,00"}
    return {**_ANSCHRIFT, **grund, "kundennummer": kunde, "nummer": nummer, "offen": offen, **weiteres}


def make_bestand(ordner: pathlib.Path) -> pathlib.Path:
    """Write an empty Bestand and the mapping of these lists beside it."""
    ordner.mkdir(parents=True)
    (ordner / "mahnakte.yaml").write_bytes((FAELLE / "mahnakte.yaml").read_bytes())
    spalten = "".join(f"  {feld}: {feld}\n" for feld in FELDER)
    (ordner.parent / "z.yaml").write_text(f"zeilen: posten\nspalten:\n{spalten}", encoding="utf-8")
    return ordner


def write_liste(
    datei: pathlib.Path, zeilen: Iterable[dict[str, str]], seed: int | None = None
) -> pathlib.Path:
    """Write a list as CSV, its rows in their order or in a random one."""
    alle = [";".join(zeile.get(feld, "") for feld in FELDER) for zeile in zeilen]
    if seed is not None:
        random.Random(seed).shuffle(alle)
    datei.write_text("\n".join([";".join(FELDER), *alle, ""]), encoding="utf-8")
    return datei


def take(
    bestand: pathlib.Path, zeilen: Iterable[dict[str, str]], werkstatt: WorkerPool, *, am: dt.date = TAG,
    schreiben: bool = True, seed: int | None = None, **wahl: object,
) -> Ergebnis:  # fmt: skip
    """Take a list over, or only show what would come."""
    liste = write_liste(bestand.parent / "posten.csv", zeilen, seed)
    gewaehlt = Wahl(zuordnung=bestand.parent / "z.yaml", **wahl)  # type: ignore[arg-type]
    return take_posten(liste, bestand, gewaehlt, Lage(am, werkstatt), HERKUNFT if schreiben else None)


def lagen(ergebnis: Ergebnis) -> dict[str, str]:
    """Return how each item stands."""
    return {posten["nummer"]: posten["lage"] for posten in ergebnis.daten["posten"]}


def contents(bestand: pathlib.Path) -> dict[str, bytes]:
    """Return all files of a Bestand."""
    return {
        p.relative_to(bestand).as_posix(): p.read_bytes() for p in sorted(bestand.rglob("*")) if p.is_file()
    }
