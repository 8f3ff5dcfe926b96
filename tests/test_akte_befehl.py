"""`mahnakte akte` on folders: whole or not at all, once, checked; with the real engine and the enclosed sheets."""

import concurrent.futures
import datetime as dt
import io
import json
import pathlib
import re
import shutil
import subprocess
import zipfile

import pypdfium2
import pytest

from aktebau import edit, make_pdf, texts
from fallbau import FAELLE
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.befehle.akte import write_akte
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.akte_pruefen import check_akte, is_akte, unzip_akte
from mahnakte.werk.ergebnis import NichtBegonnen
from mahnakte.werk.laden import Lage

STICHTAG = dt.date(2026, 11, 16)
HERKUNFT = Herkunft("K. Beispiel", "rechner", "lauf", "2026-11-16T08:00:00Z", "0")
XML = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
 <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
 <cbc:ID>RE-2026-200</cbc:ID><cbc:IssueDate>2026-03-02</cbc:IssueDate><cbc:DueDate>2026-04-01</cbc:DueDate>
 <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
 <cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Möbelhaus Übersee GmbH</cbc:Name></cac:PartyName>
 </cac:Party></cac:AccountingSupplierParty>
 <cac:AccountingCustomerParty><cac:Party><cac:PartyName><cbc:Name>Max Schuldner</cbc:Name></cac:PartyName>
 </cac:Party></cac:AccountingCustomerParty>
 <cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="EUR">100.00</cbc:TaxExclusiveAmount>
 <cbc:TaxInclusiveAmount currencyID="EUR">119.00</cbc:TaxInclusiveAmount>
 <cbc:PayableAmount currencyID="EUR">119.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
</Invoice>
"""


@pytest.fixture(scope="module")
def lage():
    with WorkerPool(2) as werkstatt:
        yield Lage(STICHTAG, werkstatt)


@pytest.fixture
def fall(tmp_path):
    """A case with a contract, a photo, an encrypted letter and an XML invoice."""
    shutil.copy(FAELLE / "mahnakte.yaml", tmp_path / "mahnakte.yaml")
    ordner = tmp_path / "2026-0042"
    (ordner / "belege").mkdir(parents=True)
    (ordner / "rechnungen").mkdir()
    text = (FAELLE / "einfach.yaml").read_text(encoding="utf-8")
    text += (
        "  - datei: rechnungen/RE-2026-200.xml\n    faelligkeit: gesetzlich\n    zugegangen_am: 04.03.2026\n"
    )
    (ordner / "fall.yaml").write_text(text, encoding="utf-8")
    (ordner / "rechnungen" / "RE-2026-200.xml").write_text(XML, encoding="utf-8")
    (ordner / "belege" / "Vertrag.pdf").write_bytes(make_pdf(["Vertrag 1", "Vertrag 2"]))
    (ordner / "belege" / "kennwort.pdf").write_bytes(edit(make_pdf(["x"]), lambda s: s.encrypt("geheim")))
    (ordner / "belege" / "foto.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (ordner / "notizen.txt").write_text("privat", encoding="utf-8")
    return ordner


def tree(ordner: pathlib.Path) -> dict[str, bytes]:
    return {
        p.relative_to(ordner).as_posix(): p.read_bytes() for p in sorted(ordner.rglob("*")) if p.is_file()
    }


def write(fall, ziel, lage):
    return write_akte(fall, ziel, lage, HERKUNFT)


def test_the_akte_stands_whole_and_the_step_records_it(fall, tmp_path, lage):
    ziel = tmp_path / "uebergabe" / "akte"
    ergebnis = write(fall, ziel, lage)
    assert ergebnis.exit_code == 1  # the encrypted letter wants to be looked at
    assert set(tree(ziel)) == {
        "akte.pdf", "manifest.json", "pruefsummen.sha256", "originale/1-01_Forderungsaufstellung.pdf",
        "originale/2-01_foto.jpg", "originale/2-02_kennwort.pdf", "originale/2-03_Vertrag.pdf",
        "originale/3-01_RE-2026-200.xml",
    }  # fmt: skip
    eintrag = json.loads((fall / "vorgaenge/0001/eintrag.json").read_bytes())
    assert (eintrag["art"], eintrag["stichtag"]) == ("akte", "2026-11-16")
    assert (fall / "vorgaenge/0001/2026-11-16_akte-manifest.json").read_bytes() == (
        ziel / "manifest.json"
    ).read_bytes()
    assert {"fall.yaml", "../mahnakte.yaml", "belege/Vertrag.pdf", "rechnungen/RE-2026-200.xml"} <= set(
        eintrag["eingaben"]
    )
    assert check_akte(ziel, lage).exit_code == 0


def test_cover_contents_view_and_placeholder_say_what_they_should(fall, tmp_path, lage):
    write(fall, tmp_path / "akte", lage)
    blaetter = [" ".join(text.split()) for text in texts((tmp_path / "akte/akte.pdf").read_bytes())]
    deckblatt, inhalt = blaetter[:2]
    for teil in (
        "Akte 2026-0042",
        "Möbelhaus Übersee GmbH",
        "Max Schuldner",
        "Offen am 16.11.2026",
        "2-02 kennwort",
    ):
        assert teil in deckblatt
    for nummer, anfang in (
        ("2-02", "2-02 kennwort"),
        ("2-03", "Vertrag 1"),
        ("3-01", "E-Rechnung RE-2026-200"),
    ):
        blatt = int(
            re.search(rf"{nummer} .*? originale/{nummer}\S+.*? (\d+) (?:\d-\d\d|\d [A-Z]|Blatt|$)", inhalt)[1]
        )
        assert anfang in blaetter[blatt - 1]
    assert "119,00 EUR" in blaetter[-1]
    assert [f"Blatt {n} von {len(blaetter)}" in text for n, text in enumerate(blaetter, 1)] == [True] * len(
        blaetter
    )
    dokument = pypdfium2.PdfDocument(tmp_path / "akte/akte.pdf")
    assert [eintrag.get_title() for eintrag in dokument.get_toc()][:3] == [
        "Deckblatt",
        "Inhalt",
        "1 Forderungsaufstellung",
    ]
    dokument.close()


def test_all_fonts_of_our_own_sheets_are_embedded(fall, tmp_path, lage):
    from pypdf import PdfReader

    write(fall, tmp_path / "akte", lage)
    for seite in PdfReader(tmp_path / "akte/akte.pdf").pages[:2]:
        for schrift in seite["/Resources"]["/Font"].values():
            nachkomme = schrift.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in nachkomme["/FontDescriptor"]


def test_the_second_run_changes_nothing_and_says_so(fall, tmp_path, lage):
    write(fall, tmp_path / "akte", lage)
    vorher = tree(tmp_path)
    ergebnis = write(fall, tmp_path / "akte", lage)
    assert tree(tmp_path) == vorher
    assert "nichts geschrieben" in ergebnis.zeilen[0]
    assert ergebnis.exit_code == 0


def test_a_run_that_broke_off_before_the_step_is_completed(fall, tmp_path, lage):
    write(fall, tmp_path / "akte", lage)
    vorher = tree(tmp_path / "akte")
    shutil.rmtree(fall / "vorgaenge")
    ergebnis = write(fall, tmp_path / "akte", lage)
    assert tree(tmp_path / "akte") == vorher
    assert ergebnis.daten["nr"] == 1
    assert (fall / "vorgaenge/0001/eintrag.json").is_file()


def test_the_same_akte_at_a_second_place_is_the_same_and_recorded_once(fall, tmp_path, lage):
    write(fall, tmp_path / "eins", lage)
    write(fall, tmp_path / "zwei", lage)
    assert tree(tmp_path / "eins") == tree(tmp_path / "zwei")
    assert [p.name for p in (fall / "vorgaenge").iterdir()] == ["0001"]


def test_new_papers_make_a_new_akte_at_a_new_place_only(fall, tmp_path, lage):
    write(fall, tmp_path / "akte", lage)
    (fall / "belege" / "Zusage.pdf").write_bytes(make_pdf(["Zusage"]))
    with pytest.raises(NichtBegonnen, match="gibt es schon"):
        write(fall, tmp_path / "akte", lage)
    assert write(fall, tmp_path / "akte-2", lage).daten["nr"] == 2


@pytest.mark.parametrize("inhalt", [{}, {"x.txt": b"x"}, {"manifest.json": b"{}"}])
def test_whatever_else_stands_there_is_left_alone(fall, tmp_path, lage, inhalt):
    ziel = tmp_path / "akte"
    ziel.mkdir()
    for name, bytes_ in inhalt.items():
        (ziel / name).write_bytes(bytes_)
    with pytest.raises(NichtBegonnen):
        write(fall, ziel, lage)
    assert tree(ziel) == inhalt
    assert not (fall / "vorgaenge").exists()


def test_a_standing_akte_that_was_changed_is_damage(fall, tmp_path, lage):
    write(fall, tmp_path / "akte", lage)
    datei = tmp_path / "akte/originale/2-03_Vertrag.pdf"
    datei.write_bytes(datei.read_bytes() + b" ")
    assert write(fall, tmp_path / "akte", lage).exit_code == 4
    assert check_akte(tmp_path / "akte", lage).exit_code == 4


def test_no_akte_into_the_proofs(fall, lage):
    with pytest.raises(NichtBegonnen, match="belege"):
        write(fall, fall / "belege" / "akte", lage)


def test_a_case_that_is_refused_gets_no_akte(fall, tmp_path, lage):
    (fall / "rechnungen" / "RE-2026-200.xml").unlink()
    ergebnis = write(fall, tmp_path / "akte", lage)
    assert ergebnis.exit_code == 3
    assert not (tmp_path / "akte").exists()


def test_a_bestand_is_no_single_case(fall, tmp_path, lage):
    shutil.copytree(fall, tmp_path / "2026-0043")
    with pytest.raises(NichtBegonnen, match="genau ein Fallordner"):
        write(tmp_path, tmp_path / "akte", lage)


def test_an_akte_between_the_case_folders_is_remarked(fall, tmp_path, lage):
    codes = {befund.code for befund in write(fall, tmp_path / "akte", lage).befunde}
    assert "AKTE_IM_BESTAND" in codes
    codes = {befund.code for befund in write(fall, tmp_path / "_akte", lage).befunde}
    assert "AKTE_IM_BESTAND" not in codes


def test_two_clerks_at_once_make_one_akte_and_one_step(fall, tmp_path, lage):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        ergebnisse = list(pool.map(lambda _: write(fall, tmp_path / "akte", lage), range(4)))
    assert sorted(bool(ergebnis.daten["neu"]) for ergebnis in ergebnisse) == [False, False, False, True]
    assert [p.name for p in (fall / "vorgaenge").iterdir()] == ["0001"]
    assert check_akte(tmp_path / "akte", lage).exit_code == 0
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum gibt es hier nicht")
def test_the_akte_can_be_checked_without_mahnakte(fall, tmp_path, lage):
    write(fall, tmp_path / "akte", lage)
    fertig = subprocess.run(
        ["sha256sum", "--strict", "-c", "pruefsummen.sha256"],
        check=False,
        cwd=tmp_path / "akte",
        capture_output=True,
        timeout=30,
    )
    assert fertig.returncode == 0, fertig.stdout


# --- ZIP ----------------------------------------------------------------------------------------------


def zipped(dateien: dict[str, bytes], vorsatz: str = "") -> bytes:
    ziel = io.BytesIO()
    with zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as archiv:
        for name, inhalt in dateien.items():
            archiv.writestr(vorsatz + name, inhalt)
    return ziel.getvalue()


@pytest.mark.parametrize("vorsatz", ["", "Akte 2026-0042/"])
def test_a_zip_of_the_folder_is_checked_like_the_folder(fall, tmp_path, lage, vorsatz):
    write(fall, tmp_path / "akte", lage)
    datei = tmp_path / "akte.zip"
    datei.write_bytes(zipped(tree(tmp_path / "akte"), vorsatz))
    assert is_akte(datei)
    assert is_akte(tmp_path / "akte")
    assert not is_akte(fall)
    assert check_akte(datei, lage).exit_code == 0
    ohne = {
        name: inhalt for name, inhalt in tree(tmp_path / "akte").items() if name != "originale/2-01_foto.jpg"
    }
    datei.write_bytes(zipped(ohne, vorsatz))
    ergebnis = check_akte(datei, lage)
    assert ergebnis.exit_code == 4
    assert ergebnis.befunde[0].stelle.datei.endswith("akte.zip/originale/2-01_foto.jpg")


def bomb() -> bytes:
    return zipped({"manifest.json": b"0" * 30_000_000})


@pytest.mark.parametrize(
    "inhalt",
    [b"", b"kein ZIP", b"PK\x03\x04" + b"\0" * 100, zipped({"a": b"1"})[:40]],
    ids=["leer", "text", "nullen", "abgeschnitten"],  # a ZIP carries the time of day: no name for a test
)
def test_what_is_no_zip_is_refused_in_words(inhalt, tmp_path, lage):
    datei = tmp_path / "x.zip"
    datei.write_bytes(inhalt)
    ergebnis = check_akte(datei, lage)
    assert ergebnis.exit_code == 3
    assert [befund.code for befund in ergebnis.befunde] == ["AKTE_ZIP"]


def test_a_zip_that_grows_beyond_measure_is_refused(monkeypatch):
    monkeypatch.setattr("mahnakte.werk.akte_pruefen.MAX_BYTES", 20_000_000)
    with pytest.raises(Ablehnung, match="größer als 20 MB"):
        unzip_akte(bomb())


def test_a_zip_with_one_name_twice_is_refused():
    ziel = io.BytesIO()
    with zipfile.ZipFile(ziel, "w") as archiv:
        archiv.writestr("a", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archiv.writestr("a", b"2")
    with pytest.raises(Ablehnung, match="mehrfach"):
        unzip_akte(ziel.getvalue())
