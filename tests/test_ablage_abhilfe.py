"""What is missing: the folder or file that is meant is named, and the remedy makes the finding go."""

import datetime as dt
import pathlib
import unicodedata

import pytest

from fallbau import FAELLE
from mahnakte.ablage.entdecken import discover
from mahnakte.ablage.lesen import read_dateien, read_einstellungen, read_fallordner
from mahnakte.grund.befund import Ablehnung, Befund
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.briefvorlagen import Briefvorlagen
from mahnakte.werk.laden import Lage


def refusal(tat, *angaben) -> Befund:
    with pytest.raises(Ablehnung) as gefangen:
        tat(*angaben)
    return gefangen.value.befund


@pytest.fixture
def bestand(tmp_path: pathlib.Path) -> pathlib.Path:
    fall = tmp_path / "2026-0042"
    (fall / "rechnungen").mkdir(parents=True)
    (fall / "fall.yaml").write_bytes((FAELLE / "einfach.yaml").read_bytes())
    (tmp_path / "mahnakte.yaml").write_bytes((FAELLE / "mahnakte.yaml").read_bytes())
    return tmp_path


def test_a_misspelt_folder_names_the_one_that_is_there(bestand):
    befund = refusal(discover, [bestand / "2026-042"])
    assert befund.code == "PFAD_FEHLT"
    assert "„2026-0042“" in befund.text


def test_a_file_names_its_folder(bestand):
    befund = refusal(discover, [bestand / "2026-0042" / "fall.yaml"])
    assert befund.code == "PFAD_KEIN_ORDNER"
    assert befund.abhilfe.endswith(str(bestand / "2026-0042"))


def test_a_folder_inside_a_case_names_the_case(bestand):
    (befund,) = read_fallordner(bestand / "2026-0042" / "rechnungen").befunde
    assert befund.code == "FALL_YAML_FEHLT"
    assert befund.abhilfe == f"Gemeint ist wohl der Ordner darüber: {bestand / '2026-0042'}"


@pytest.mark.parametrize("name", ["Fall.yaml", "fall.yml", "fall.yaml.txt"])
def test_another_spelling_of_fall_yaml_is_renamed_and_then_read(name, bestand):
    fall = bestand / "2026-0042"
    (fall / "fall.yaml").rename(fall / name)
    gelesen = read_fallordner(fall)
    if gelesen.fall_yaml is not None:
        pytest.skip("dieses Dateisystem unterscheidet Groß und Klein nicht")
    assert gelesen.befunde[0].abhilfe == f"„{name}“ in „fall.yaml“ umbenennen."
    (fall / name).rename(fall / "fall.yaml")
    assert read_fallordner(fall).befunde == ()


def test_another_spelling_of_mahnakte_yaml_is_renamed_and_then_read(bestand):
    (bestand / "mahnakte.yaml").rename(bestand / "mahnakte.yml")
    befund = refusal(read_einstellungen, bestand / "mahnakte.yaml")
    assert befund.abhilfe == "„mahnakte.yml“ in „mahnakte.yaml“ umbenennen."
    (bestand / "mahnakte.yml").rename(bestand / "mahnakte.yaml")
    assert read_einstellungen(bestand / "mahnakte.yaml").inhalt


def test_a_misnamed_invoice_is_renamed_not_fetched_again(bestand):
    ordner = bestand / "2026-0042"
    (ordner / "rechnungen" / "RE-2026-131.PDF").write_bytes(b"%PDF")
    _, (befund,) = read_dateien(ordner, ["rechnungen/RE_2026_131.pdf"])
    assert befund.code == "DATEI_FEHLT"
    assert "RE-2026-131.PDF" in befund.text
    assert "umbenennen" in befund.abhilfe
    (ordner / "rechnungen" / "RE-2026-131.PDF").rename(ordner / "rechnungen" / "RE_2026_131.pdf")
    assert read_dateien(ordner, ["rechnungen/RE_2026_131.pdf"])[1] == ()


@pytest.mark.parametrize(
    "name", ["Zahlungserinnerung.DOCX", "ZAHLUNGSERINNERUNG.docx", "zahlungserinnerung.docx"]
)
def test_an_own_template_is_taken_in_any_case_and_not_called_unused(name, bestand):
    ordner = bestand / "vorlagen"
    ordner.mkdir()
    (ordner / name).write_bytes(read_beigabe("templates", "letters/zahlungserinnerung.docx"))
    with WorkerPool(1) as werkstatt:
        vorlagen = Briefvorlagen(Lage(dt.date(2026, 5, 20), werkstatt))
        geladen = vorlagen.load(bestand, "zahlungserinnerung")
        assert list(geladen.eingabe) == [
            "../vorlagen/zahlungserinnerung.docx"
        ]  # the user's own, not the shipped one
        assert vorlagen.find_unused(bestand) == ()


@pytest.mark.parametrize(
    ("name", "satz"), [("Mahnung.docx", "mahnung-1"), ("zahlungserinerung.docx", "„zahlungserinnerung“")]
)
def test_a_misnamed_template_is_told_the_name_it_needs(name, satz, bestand):
    (bestand / "vorlagen").mkdir()
    (bestand / "vorlagen" / unicodedata.normalize("NFC", name)).write_bytes(b"x")
    with WorkerPool(1) as werkstatt:
        (befund,) = Briefvorlagen(Lage(dt.date(2026, 5, 20), werkstatt)).find_unused(bestand)
    assert befund.code == "BRIEFVORLAGE_UNBENUTZT"
    assert satz in befund.abhilfe
