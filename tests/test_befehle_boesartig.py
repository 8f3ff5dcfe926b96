"""Bad input is normal: one Bestand with every kind of broken case; each gets its sentence, the good ones their letter."""

import datetime as dt
import os
import pathlib
import shutil
from collections.abc import Iterator

import pypdf
import pytest

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.plan import plan_faelle
from mahnakte.befehle.pruefen import check_faelle
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.laden import Lage

FAELLE = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "faelle"
STICHTAG = dt.date(2026, 4, 10)
HERKUNFT = Herkunft("test", "test", "lauf", "2026-04-10T08:00:00Z", "0")
GUT = (FAELLE / "einfach.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def lage() -> Iterator[Lage]:
    with WorkerPool(2) as werkstatt:
        yield Lage(STICHTAG, werkstatt)


def add_case(
    bestand: pathlib.Path, name: str, fall_yaml: str | bytes | None, **dateien: bytes
) -> pathlib.Path:
    ordner = bestand / name
    (ordner / "rechnungen").mkdir(parents=True)
    if fall_yaml is not None:
        text = fall_yaml.encode() if isinstance(fall_yaml, str) else fall_yaml
        eigener = text.replace(b"2026-0042", name.encode()).replace(b"RE-2026-131", b"RE-" + name.encode())
        (ordner / "fall.yaml").write_bytes(eigener)
    for endung, inhalt in dateien.items():
        (ordner / "rechnungen" / f"RE.{endung}").write_bytes(inhalt)
    return ordner


def encrypted_pdf() -> bytes:
    import io

    schreiber = pypdf.PdfWriter()
    schreiber.add_blank_page(100, 100)
    schreiber.encrypt("geheim", algorithm="AES-256")
    ausgabe = io.BytesIO()
    schreiber.write(ausgabe)
    return ausgabe.getvalue()


def with_file(endung: str) -> str:
    return GUT.replace("  - nummer:", f"  - datei: rechnungen/RE.{endung}\n    nummer:")


@pytest.fixture
def bestand(tmp_path: pathlib.Path) -> pathlib.Path:
    ordner = tmp_path / "bestand"
    ordner.mkdir()
    shutil.copy(FAELLE / "mahnakte.yaml", ordner / "mahnakte.yaml")
    add_case(ordner, "GUT-1", GUT)
    add_case(ordner, "GUT-2", GUT)
    return ordner


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Invoice>&a;</Invoice>'
FAELLE_UND_SAETZE = [
    ("ohne-fall-yaml", None, {}, "FALL_YAML_FEHLT", "mahnakte neu"),
    ("leer", b"", {}, "YAML_LEER", "Die Datei ist leer"),
    ("kaputtes-yaml", GUT.replace("    datum:", "     datum:"), {}, "YAML_EINRUECKUNG", "eingerückt"),
    (
        "falsches-datum",
        GUT.replace("31.03.2026", "30.02.2026"),
        {},
        "WERT_FALSCH",
        "gibt es im Kalender nicht",
    ),
    ("rechnung-fehlt", with_file("pdf"), {}, "DATEI_FEHLT", "RE.pdf fehlt"),
    ("mit-passwort", with_file("pdf"), {"pdf": encrypted_pdf()}, "RECHNUNG_PDF_KENNWORT", "Kennwort"),
    ("abgeschnitten", with_file("pdf"), {"pdf": encrypted_pdf()[:300]}, "", "PDF"),
    ("muell", with_file("pdf"), {"pdf": b"%PDF-1.7\n" + os.urandom(500)}, "", "PDF"),
    ("doctype", with_file("xml"), {"xml": DOCTYPE}, "", "DOCTYPE"),
]


@pytest.mark.parametrize(
    ("name", "fall_yaml", "dateien", "code", "worte"),
    FAELLE_UND_SAETZE,
    ids=lambda wert: wert if isinstance(wert, str) and len(wert) < 20 else "",
)
def test_each_broken_case_is_named_and_the_others_run(
    bestand: pathlib.Path,
    lage: Lage,
    name: str,
    fall_yaml: str | bytes | None,
    dateien: dict[str, bytes],
    code: str,
    worte: str,
) -> None:
    add_case(bestand, name, fall_yaml, **dateien)
    ergebnis = run_faelle([bestand], lage, HERKUNFT)
    assert ergebnis.exit_code == 3
    assert {eintrag["aktenzeichen"] for eintrag in ergebnis.daten["geschrieben"]} == {"GUT-1", "GUT-2"}
    eigene = [b for b in ergebnis.befunde if b.stelle and name in b.stelle.datei]
    assert any(worte in f"{b.text} {b.abhilfe}" and (not code or b.code == code) for b in eigene), eigene
    assert all(b.abhilfe for b in eigene if b.schwere == "sperre" and b.code != "WERT_FALSCH")
    assert not (bestand / name / "vorgaenge").exists()


def test_a_linked_case_folder_is_not_followed(
    bestand: pathlib.Path, lage: Lage, tmp_path: pathlib.Path
) -> None:
    fremd = add_case(tmp_path, "fremd", GUT)
    (bestand / "verweis").symlink_to(fremd, target_is_directory=True)
    ergebnis = run_faelle([bestand], lage, HERKUNFT)
    assert ergebnis.exit_code == 3
    assert any(b.code == "FALL_VERKNUEPFUNG" for b in ergebnis.befunde)
    assert not (fremd / "vorgaenge").exists()


def test_the_same_number_twice_stops_both(bestand: pathlib.Path, lage: Lage) -> None:
    (bestand / "GUT-2" / "fall.yaml").write_text(GUT.replace("2026-0042", "gut-1"), encoding="utf-8")
    ergebnis = run_faelle([bestand], lage, HERKUNFT)
    assert ergebnis.exit_code == 3
    assert not ergebnis.daten["geschrieben"]
    assert [b.code for b in ergebnis.befunde].count("AKTENZEICHEN_DOPPELT") == 2


def test_a_damaged_step_stops_its_case_with_exit_code_4(bestand: pathlib.Path, lage: Lage) -> None:
    run_faelle([bestand], lage, HERKUNFT)
    brief = next((bestand / "GUT-1" / "vorgaenge" / "0001").glob("*.pdf"))
    brief.write_bytes(brief.read_bytes() + b" ")
    assert check_faelle([bestand], lage).exit_code == 4
    brief.unlink()
    ergebnis = plan_faelle([bestand], lage)
    assert ergebnis.exit_code == 4
    assert ergebnis.daten["faelle"][0]["gruende"][0]["code"] == "VORGANG_BESCHAEDIGT"


def test_the_second_run_changes_nothing(bestand: pathlib.Path, lage: Lage) -> None:
    erster = run_faelle([bestand], lage, HERKUNFT)
    vorher = {p: p.read_bytes() for p in sorted(bestand.rglob("*")) if p.is_file()}
    zweiter = run_faelle([bestand], lage, HERKUNFT)
    nachher = {p: p.read_bytes() for p in sorted(bestand.rglob("*")) if p.is_file()}
    assert erster.daten["zahl"]["briefe"] == 2
    assert zweiter.daten["zahl"] == {"faelle": 2, "briefe": 0, "ausgelassen": 2, "abgelehnt": 0}
    assert vorher == nachher
    assert zweiter.exit_code == 0


def test_the_same_letter_is_the_same_bytes(bestand: pathlib.Path, lage: Lage, tmp_path: pathlib.Path) -> None:
    kopie = tmp_path / "kopie"
    shutil.copytree(bestand, kopie)
    run_faelle([bestand], lage, HERKUNFT)
    run_faelle([kopie], lage, HERKUNFT)
    for datei in sorted((bestand / "GUT-1" / "vorgaenge" / "0001").iterdir()):
        assert datei.read_bytes() == (kopie / "GUT-1" / "vorgaenge" / "0001" / datei.name).read_bytes()
