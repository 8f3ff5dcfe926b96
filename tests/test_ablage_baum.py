"""Whole trees: nothing is skipped that counts, nothing is followed that leads out."""

import os

import pytest

from mahnakte.ablage.baum import list_unterlagen, read_tree
from mahnakte.ablage.entdecken import list_rechnungen
from mahnakte.ablage.platte import PLATTE, Platte
from mahnakte.grund.befund import Ablehnung


@pytest.fixture
def fall(tmp_path):
    fall = tmp_path / "2026-0001"
    for name in ("belege/vertrag.pdf", "belege/2026/mail.eml", "belege/_entwurf.docx", "belege/.DS_Store",
                 "belege/~$vertrag.docx", "belege/_alt/x.pdf", "rechnungen/b.pdf", "rechnungen/A.XML",
                 "rechnungen/c.docx"):  # fmt: skip
        (fall / name).parent.mkdir(parents=True, exist_ok=True)
        (fall / name).write_bytes(name.encode())
    return fall


def test_papers_of_a_case(fall):
    assert list_unterlagen(fall, "belege") == (("belege/2026/mail.eml", "belege/vertrag.pdf"), ())
    assert list_unterlagen(fall, "gibt-es-nicht") == ((), ())
    assert list_rechnungen(fall) == ("rechnungen/A.XML", "rechnungen/b.pdf")


def test_tree_has_everything(fall):
    dateien = read_tree(fall)
    assert len(dateien) == 9
    assert all(inhalt == name.encode() for name, inhalt in dateien.items())


@pytest.mark.skipif(os.name != "posix", reason="Verknüpfungen von POSIX")
def test_links_and_pipes_are_named_not_followed(fall):
    (fall / "belege" / "kreis").symlink_to(fall)
    os.mkfifo(fall / "belege" / "leitung")
    namen, befunde = list_unterlagen(fall, "belege")
    assert namen == ("belege/2026/mail.eml", "belege/vertrag.pdf")
    assert [befund.code for befund in befunde] == ["DATEI_VERKNUEPFUNG", "DATEI_KEINE_DATEI"]
    with pytest.raises(Ablehnung, match="Verknüpfung"):
        read_tree(fall)
    (fall / "alias").symlink_to(fall / "belege")
    assert [befund.code for befund in list_unterlagen(fall, "alias")[1]] == ["DATEI_VERKNUEPFUNG"]
    (fall / "datei").write_bytes(b"")
    assert [befund.code for befund in list_unterlagen(fall, "datei")[1]] == ["DATEI_KEINE_DATEI"]


def test_depth_has_an_end(tmp_path):
    tief = tmp_path / "fall" / "belege"
    for _ in range(15):
        tief = tief / "d"
    tief.mkdir(parents=True)
    (tief / "x.pdf").write_bytes(b"x")
    namen, befunde = list_unterlagen(tmp_path / "fall", "belege")
    assert namen == ()
    assert [befund.code for befund in befunde] == ["ORDNER_ZU_TIEF"]


def test_unreadable_folder_is_named(fall):
    class Kaputt(Platte):
        def scan(self, ordner):
            if ordner.name in ("2026", "rechnungen"):
                raise PermissionError(13, "x")
            return PLATTE.scan(ordner)

    namen, befunde = list_unterlagen(fall, "belege", Kaputt())
    assert namen == ("belege/vertrag.pdf",)
    assert [befund.code for befund in befunde] == ["ORDNER_UNLESBAR"]
    for funktion in (list_rechnungen, read_tree):
        with pytest.raises(Ablehnung, match="Berechtigung"):
            funktion(fall, Kaputt())
