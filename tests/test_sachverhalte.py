"""Every case of fixtures/sachverhalte: what a lawyer worked out from the law is what the program says."""

import pathlib
import re

import pytest

from mahnakte.grund.worker import WorkerPool
from sachverhaltbau import (
    ORDNER,
    SCHLUESSEL,
    Unverstanden,
    ask,
    check_arithmetic,
    compare,
    list_dateien,
    read_sachverhalt,
)

DATEIEN = list_dateien()
README = (ORDNER / "README.md").read_text(encoding="utf-8")


def name(datei: pathlib.Path) -> str:
    return f"{datei.parent.name}/{datei.stem}"


@pytest.mark.parametrize("datei", DATEIEN, ids=name)
def test_sachverhalt(datei: pathlib.Path, tmp_path: pathlib.Path, werkstatt: WorkerPool) -> None:
    sachverhalt = read_sachverhalt(datei)
    unterschiede = [
        satz
        for tag in sachverhalt.erwartet
        for satz in compare(sachverhalt, tag, ask(sachverhalt, tag, tmp_path, werkstatt))
    ]
    kopf = f"{sachverhalt.titel} ({sachverhalt.warum}), {name(datei)}.yaml"
    assert not unterschiede, "\n  ".join([kopf, *unterschiede])


@pytest.mark.parametrize("datei", DATEIEN, ids=name)
def test_the_arithmetic_in_the_comments_is_right(datei: pathlib.Path) -> None:
    assert list(check_arithmetic(datei.read_text(encoding="utf-8"))) == []


def test_there_are_enough_of_them_and_each_says_why() -> None:
    sachverhalte = [read_sachverhalt(datei) for datei in DATEIEN]
    assert len(sachverhalte) >= 60
    assert len({einer.titel for einer in sachverhalte}) == len(sachverhalte)
    assert all(re.search(r"§|Art\.", einer.warum) for einer in sachverhalte)
