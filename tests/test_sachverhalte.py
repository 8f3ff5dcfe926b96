"""Every case of fixtures/sachverhalte: what a lawyer worked out from the law is what the program says."""

import pathlib
import re

import pytest

from mahnakte.grund.worker import WorkerPool
from sachverhaltbau import (
    ORDNER,
    SCHLUESSEL,
    Unverstanden,
    check_arithmetic,
    find_unterschiede,
    list_dateien,
    read_sachverhalt,
)

DATEIEN = list_dateien()
README = (ORDNER / "README.md").read_text(encoding="utf-8")
MUSTER = ORDNER / "zahlungen" / "kosten-zinsen-hauptforderung.yaml"


def name(datei: pathlib.Path) -> str:
    return f"{datei.parent.name}/{datei.stem}"


@pytest.mark.parametrize("datei", DATEIEN, ids=name)
def test_sachverhalt(datei: pathlib.Path, tmp_path: pathlib.Path, werkstatt: WorkerPool) -> None:
    sachverhalt = read_sachverhalt(datei)
    unterschiede = find_unterschiede(sachverhalt, tmp_path, werkstatt)
    kopf = f"{sachverhalt.titel} ({sachverhalt.warum}), {name(datei)}.yaml"
    assert not unterschiede, "\n  ".join([kopf, *unterschiede])


def test_the_arithmetic_in_the_comments_is_right() -> None:
    falsch = [
        f"{name(d)}: {zeile}" for d in DATEIEN for zeile in check_arithmetic(d.read_text(encoding="utf-8"))
    ]
    assert falsch == []


def test_there_are_enough_of_them_and_each_says_why() -> None:
    sachverhalte = [read_sachverhalt(datei) for datei in DATEIEN]
    assert len(sachverhalte) >= 60
    assert len({einer.titel for einer in sachverhalte}) == len(sachverhalte)
    assert [
        einer.datei.name for einer in sachverhalte if not re.search(r"§|Art\.|kein Gesetz", einer.warum)
    ] == []
    assert [einer.datei.name for einer in sachverhalte if not all(einer.erwartet.values())] == []


# --- what stands in the way of a wrong file ---------------------------------------------------------------


def test_a_comment_that_miscalculates_is_found() -> None:
    assert (
        list(check_arithmetic("# 1.000,00 × 6,27 % × 61/365 = 10,48\n# 300,00 − 4,30 − 10,48 = 285,22")) == []
    )
    (falsch,) = check_arithmetic("    # Zinsen: 1.000,00 × 6,27 % × 61/365 = 10,47")
    assert "10.4786" in falsch


@pytest.mark.parametrize(
    ("alt", "neu", "satz"),
    [
        ('gesamt: "718,46"', 'gesamt: "718,47"', "am 30.06.2026, konto, gesamt: erwartet 718,47, gerechnet 718,46"),
        ('rest: "0,00"', 'rest: "0,01"', "am 30.06.2026, konto, zahlungen 1, rest: erwartet 0,01, gerechnet 0,00"),
        ("    konto:\n", "    plan: {gruende: [BEZAHLT]}\n    konto:\n",
         "am 30.06.2026, plan, schritte: erwartet keiner, gerechnet zahlungserinnerung (10.07.2026)"),
        ("    konto:\n", "    fristen: [{art: widerspruch}]\n    konto:\n",
         "am 30.06.2026, fristen, widerspruch: 0 passen, genau eine sollte es sein; "
         "gerechnet sind verjaehrung 31.12.2029"),
        ("    konto:\n", "    keine_fristen: [verjaehrung]\n    konto:\n",
         "am 30.06.2026, fristen: „verjaehrung“ sollte es nicht geben"),
        ("  kosten:\n", "  gutschriften: [{am: 01.06.2026, betrag: '900,00'}]\n  kosten:\n",
         "am 30.06.2026, konto, hauptforderung: erwartet 714,78, gerechnet 0,00"),
        ("    konto:\n", "    befunde: [INSOLVENZ]\n    konto:\n", "am 30.06.2026, befunde: „INSOLVENZ“ fehlt"),
        ("    konto:\n", "    titel: {vb-1: {hauptforderung_bis: 01.01.2050}}\n    konto:\n",
         "am 30.06.2026, titel, vb-1, hauptforderung_bis: erwartet 01.01.2050, gerechnet nichts"),
    ],
)  # fmt: skip
def test_a_difference_is_said_in_german(
    alt: str, neu: str, satz: str, tmp_path: pathlib.Path, werkstatt: WorkerPool
) -> None:
    text = MUSTER.read_text(encoding="utf-8")
    assert text.count(alt) == 1
    sachverhalt = read_sachverhalt(MUSTER, text.replace(alt, neu).encode())
    assert satz in find_unterschiede(sachverhalt, tmp_path, werkstatt)


def test_a_finding_that_should_not_be_there_is_said(tmp_path: pathlib.Path, werkstatt: WorkerPool) -> None:
    text = MUSTER.read_text(encoding="utf-8").replace("art: ruecklastschrift", "art: mahnkosten")
    text += "    keine_befunde: [MAHNKOSTEN_HOCH, INSOLVENZ]\n"
    (satz,) = find_unterschiede(read_sachverhalt(MUSTER, text.encode()), tmp_path, werkstatt)
    assert satz == "am 30.06.2026, befunde: „MAHNKOSTEN_HOCH“ sollte es nicht geben"


@pytest.mark.parametrize(
    ("alt", "neu", "wort"),
    [
        ("warum:", "wieso:", "„wieso“ gibt es hier nicht"),
        ("    konto:\n", "    kontos:\n", "gemeint ist wohl „konto“"),
        ("      gesamt:", "      gesammt:", "gemeint ist wohl „gesamt“"),
        ('hauptforderung: "285,22"', 'hauptsache: "285,22"', "Zeile 18: „hauptsache“ gibt es hier nicht"),
        ("  30.06.2026:", "  31.06.2026:", "„31.06.2026“ ist kein Tag"),
        ("warum: § 367 Abs. 1 BGB\n", "", "„warum“ fehlt"),
        ("erwartet:\n", "erwartet: nichts\nfall2:\n", "„fall2“ gibt es hier nicht; gemeint ist wohl „fall“"),
        ("fall:\n", "rahmen: verein\nfall:\n", "Einen Rahmen „verein“ gibt es nicht"),
    ],
)
def test_an_unknown_key_is_refused(alt: str, neu: str, wort: str) -> None:
    text = MUSTER.read_text(encoding="utf-8")
    assert text.count(alt) == 1
    with pytest.raises(Unverstanden, match=re.escape(wort)):
        read_sachverhalt(MUSTER, text.replace(alt, neu).encode())


def test_the_readme_names_the_keys_that_the_reader_knows() -> None:
    """Each table of README.md stands under the name of its place and lists its keys, no more and no fewer."""
    abschnitte = re.findall(r"^### `?([\w]+)`?.*?\n(.*?)(?=^##|\Z)", README, re.MULTILINE | re.DOTALL)
    genannt = {platz: tuple(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) for platz, text in abschnitte}
    assert genannt == dict(SCHLUESSEL)


def test_the_example_of_the_readme_holds(tmp_path: pathlib.Path, werkstatt: WorkerPool) -> None:
    (beispiel,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert list(check_arithmetic(beispiel)) == []
    assert (
        find_unterschiede(read_sachverhalt(ORDNER / "README.md", beispiel.encode()), tmp_path, werkstatt)
        == []
    )
