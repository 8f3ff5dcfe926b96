"""docs/aufbau.md shows the house as it stands: every room, in the order that tests/test_haus_ordnung.py holds."""

import pathlib
import re

from test_haus_ordnung import QUELLE, RANG

SEITE = (pathlib.Path(__file__).resolve().parent.parent / "docs" / "aufbau.md").read_text(encoding="utf-8")


def test_every_room_has_its_line_in_the_order_of_the_house() -> None:
    abschnitt = SEITE.split("## Die Räume")[1].split("## Wohin")[0]
    zeilen = re.findall(r"^\| `([a-z]+)/` \|", abschnitt, re.MULTILINE)
    assert sorted(zeilen) == sorted(RANG)
    assert [RANG[raum] for raum in zeilen] == sorted(RANG.values())


def test_the_drawing_names_every_room() -> None:
    bild = "\n".join(
        zeile for zeile in SEITE.split("## Die Räume")[0].splitlines() if zeile.startswith("    ")
    )
    assert {raum for raum in RANG if not re.search(rf"\b{raum}\b", bild)} == set()


def test_there_is_no_other_room() -> None:
    assert {ordner.name for ordner in QUELLE.iterdir() if (ordner / "__init__.py").is_file()} == set(RANG)
