"""A seal kept elsewhere finds a chain that was rewritten whole, each hash computed anew; nothing else does."""

import datetime as dt
import email
import hashlib
import json
import pathlib
import shutil

import pypdf
import pytest

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.pruefen import check
from mahnakte.befehle.siegeln import Siegelziele, seal_faelle
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.ergebnis import NichtBegonnen
from mahnakte.werk.laden import Lage

TAG = dt.date(2026, 11, 16)
SPAETER = dt.date(2026, 12, 14)
HERKUNFT = Herkunft("test", "rechner", "lauf", "2026-11-16T08:00:00Z", "0")


@pytest.fixture
def bestand(fixtures: pathlib.Path, tmp_path: pathlib.Path, werkstatt: WorkerPool) -> pathlib.Path:
    """Two cases with one letter each, and one without a step."""
    ordner = tmp_path / "bestand"
    ordner.mkdir()
    shutil.copy(fixtures / "demo" / "mahnakte.yaml", ordner)
    for name in ("2026-0087", "2026-0092", "2026-0093"):
        shutil.copytree(fixtures / "demo" / name, ordner / name)
    run_faelle([ordner], Lage(TAG, werkstatt), HERKUNFT)
    return ordner


def seal(bestand: pathlib.Path, pool: WorkerPool, name: str = "siegel.json") -> pathlib.Path:
    datei = bestand.parent / name
    assert seal_faelle([bestand], Lage(TAG, pool), Siegelziele(datei=datei)).exit_code == 0
    return datei


def broken(bestand: pathlib.Path, pool: WorkerPool, siegel: pathlib.Path) -> set[str]:
    befunde = check([bestand], Lage(SPAETER, pool), siegel).befunde
    return {befund.code for befund in befunde if befund.code.startswith("SIEGEL")}


def rewrite_chain(fall: pathlib.Path) -> None:
    """What somebody with write access and this program's documentation can do: another reason, all hashes anew."""
    eintrag = fall / "vorgaenge" / "0001" / "eintrag.json"
    eintrag.parent.chmod(0o755)
    eintrag.chmod(0o644)
    daten = json.loads(eintrag.read_bytes())
    daten["anlass"] = "ein anderer Anlass"
    eintrag.write_bytes((json.dumps(daten, sort_keys=True, ensure_ascii=False, indent=2) + "\n").encode())
    assert not [b for b in read_fallordner(fall).befunde if b.code == "VORGANG_BESCHAEDIGT"]


def test_an_untouched_bestand_keeps_its_seal_also_after_further_letters(
    bestand: pathlib.Path, werkstatt: WorkerPool
) -> None:
    siegel = seal(bestand, werkstatt)
    assert broken(bestand, werkstatt, siegel) == set()
    assert run_faelle([bestand], Lage(SPAETER, werkstatt), HERKUNFT).daten["zahl"]["briefe"]
    assert broken(bestand, werkstatt, siegel) == set()


def test_a_rewritten_chain_is_found_only_by_the_seal(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    siegel = seal(bestand, werkstatt)
    rewrite_chain(bestand / "2026-0087")
    assert broken(bestand, werkstatt, siegel) == {"SIEGEL_GEBROCHEN"}
    assert check([bestand], Lage(SPAETER, werkstatt), siegel).exit_code == 4


def test_a_step_taken_away_at_the_end(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    """The chain that is left is whole; only who knows how long it was sees it."""
    siegel = seal(bestand, werkstatt)
    shutil.rmtree(bestand / "2026-0087" / "vorgaenge" / "0001")
    assert broken(bestand, werkstatt, siegel) == {"SIEGEL_GEBROCHEN"}


def test_a_case_taken_away_and_one_renamed(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    siegel = seal(bestand, werkstatt)
    (bestand / "2026-0092").rename(bestand / "Brandt")
    assert broken(bestand, werkstatt, siegel) == set()
    shutil.rmtree(bestand / "2026-0087")
    assert broken(bestand, werkstatt, siegel) == {"SIEGEL_FALL_FEHLT"}


def test_a_seal_that_was_fitted_to_the_forgery_has_another_sum(
    bestand: pathlib.Path, werkstatt: WorkerPool
) -> None:
    siegel = seal(bestand, werkstatt)
    daten = json.loads(siegel.read_bytes())
    rewrite_chain(bestand / "2026-0087")
    neu = json.loads(seal(bestand, werkstatt, "neu.json").read_bytes())
    assert neu["pruefsumme"] != daten["pruefsumme"]
    siegel.write_text(json.dumps({**neu, "pruefsumme": daten["pruefsumme"]}))
    with pytest.raises(NichtBegonnen) as abbruch:
        check([bestand], Lage(SPAETER, werkstatt), siegel)
    assert [befund.code for befund in abbruch.value.befunde] == ["SIEGEL_VERAENDERT"]


def test_every_part_of_a_seal_is_under_its_sum(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    siegel = seal(bestand, werkstatt)
    daten = json.loads(siegel.read_bytes())
    for aendern in (
        lambda d: d.update(am="2026-11-17"),
        lambda d: d["faelle"].pop(),
        *(
            lambda d, feld=feld: d["faelle"][0].update({feld: 7 if feld == "nr" else "x"})
            for feld in daten["faelle"][0]
        ),
    ):
        anders = json.loads(json.dumps(daten))
        aendern(anders)
        siegel.write_text(json.dumps(anders))
        with pytest.raises(NichtBegonnen):
            check([bestand], Lage(SPAETER, werkstatt), siegel)


def test_the_sum_can_be_counted_by_hand(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    """docs/vorgang.md says how, so that nobody has to trust this program."""
    daten = json.loads(seal(bestand, werkstatt).read_bytes())
    text = f"mahnakte/siegel/1|{TAG}\n"
    for name in ("2026-0087", "2026-0092"):
        inhalt = (bestand / name / "vorgaenge" / "0001" / "eintrag.json").read_bytes()
        text += f"bestand/{name}|{name}|1|{hashlib.sha256(inhalt).hexdigest()}\n"
    assert daten["pruefsumme"] == hashlib.sha256(text.encode()).hexdigest()


def test_a_damaged_case_is_not_sealed(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    brief = next((bestand / "2026-0087" / "vorgaenge" / "0001").glob("*.pdf"))
    brief.chmod(0o644)
    brief.write_bytes(b"%PDF-")
    ergebnis = seal_faelle([bestand], Lage(TAG, werkstatt), Siegelziele())
    assert ergebnis.exit_code == 4
    assert [fall["ordner"] for fall in ergebnis.daten["faelle"]] == ["2026-0092"]


def test_sheet_and_mail_bear_the_sum_and_no_name_of_a_case(
    bestand: pathlib.Path, werkstatt: WorkerPool
) -> None:
    pdf, eml = bestand.parent / "s.pdf", bestand.parent / "s.eml"
    ergebnis = seal_faelle([bestand], Lage(TAG, werkstatt), Siegelziele(pdf=pdf, eml=eml))
    summe = ergebnis.daten["pruefsumme"]
    seite = "".join(blatt.extract_text() for blatt in pypdf.PdfReader(pdf).pages)
    assert summe in "".join(seite.split()).replace("Zeile2", "")
    nachricht = email.message_from_bytes(eml.read_bytes())
    text, anlage = nachricht.get_payload()
    assert summe in text.get_payload(decode=True).decode()
    assert json.loads(anlage.get_payload(decode=True))["pruefsumme"] == summe
    for inhalt in (seite, text.get_payload(decode=True).decode()):
        assert "2026-0087" not in inhalt
