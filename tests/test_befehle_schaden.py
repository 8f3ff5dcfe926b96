"""A document that was changed after its step: nothing is planned, written or handed over on top of it (docs/vorgang.md)."""

import datetime as dt
import json
import pathlib
import shutil

import pytest
from click.testing import CliRunner

from bankbau import Zeile, build_camt
from fallbau import FAELLE
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.befehle.akte import write_akte
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.plan import plan_faelle
from mahnakte.cli.haupt import BEFEHLE, mahnakte_cli
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.laden import Lage

HERKUNFT = Herkunft("K. Beispiel", "rechner", "lauf", "2026-04-07T08:00:00Z", "0")
ERSTER, ZWEITER = dt.date(2026, 4, 7), dt.date(2026, 4, 20)


@pytest.fixture
def fall(tmp_path: pathlib.Path, werkstatt: WorkerPool) -> pathlib.Path:
    """A case whose reminder was swapped for other bytes after it had been published."""
    shutil.copy(FAELLE / "mahnakte.yaml", tmp_path / "mahnakte.yaml")
    ordner = tmp_path / "2026-0042"
    ordner.mkdir()
    shutil.copy(FAELLE / "einfach.yaml", ordner / "fall.yaml")
    assert run_faelle([ordner], Lage(ERSTER, werkstatt), HERKUNFT).exit_code == 0
    # A booking that may be meant for it: of cases that none concerns only the cards are read.
    (tmp_path / "auszug.xml").write_bytes(build_camt([Zeile(tag="2026-04-15", zweck=("2026-0042",))]))
    brief = next((ordner / "vorgaenge" / "0001").glob("*zahlungserinnerung.pdf"))
    brief.chmod(0o644)  # published documents are read-only
    brief.write_bytes(brief.read_bytes() + b"%")
    return ordner


def test_no_letter_and_the_plan_says_the_same(fall: pathlib.Path, werkstatt: WorkerPool) -> None:
    lage = Lage(ZWEITER, werkstatt)
    for ergebnis in (plan_faelle([fall], lage), run_faelle([fall], lage, HERKUNFT)):
        assert ergebnis.exit_code == 4
        assert [grund["code"] for grund in ergebnis.daten["faelle"][0]["gruende"]] == ["VORGANG_BESCHAEDIGT"]
    assert [schritt.name for schritt in (fall / "vorgaenge").iterdir()] == ["0001"]


def test_no_akte_with_a_changed_letter(
    fall: pathlib.Path, tmp_path: pathlib.Path, werkstatt: WorkerPool
) -> None:
    ergebnis = write_akte(fall, tmp_path / "akte", Lage(ZWEITER, werkstatt), HERKUNFT)
    assert ergebnis.exit_code == 4
    assert "VORGANG_BESCHAEDIGT" in {befund.code for befund in ergebnis.befunde}
    assert not (tmp_path / "akte").exists()


# The invoice of einfach.yaml with less open than there.
POSTEN = FAELLE.parent / "posten" / "weniger.csv"

# What each command that looks at the steps of a case is called with; `{fall}` and `{neben}` are filled in.
AUFRUFE = {
    "pruefen": ("pruefen", "{fall}"),
    "plan": ("plan", "{fall}"),
    "lauf": ("lauf", "{fall}"),
    "konto": ("konto", "{fall}"),
    "brief": ("brief", "{fall}", "mahnung-1"),
    "ratenplan": ("ratenplan", "{fall}", "--rate", "50,00", "--ab", "2026-05-01"),
    "druckgut": ("druckgut", "{fall}", "--ziel", "{neben}/druck"),
    "versand": ("versand", "{fall}", "1"),
    "versand --alle": ("versand", "{fall}", "--alle"),
    "storno --ueberholt": ("storno", "{fall}", "--ueberholt"),
    "storno --lauf": ("storno", "{fall}", "--lauf", "0", "--grund", "Versehen"),
    "storno": ("storno", "{fall}", "1", "--grund", "Versehen"),
    "vorgang": ("vorgang", "uebernehmen", "{fall}", "1"),
    "antrag": ("antrag", "{fall}"),
    "antrag --vb": ("antrag", "{fall}", "--vb"),
    "akte": ("akte", "{fall}", "--ziel", "{neben}/akte"),
    "titel": ("titel", "{fall}"),
    "erfassen": ("erfassen", "{fall}", "zahlung", "--am", "2026-05-04", "--betrag", "1,00"),
    "fristen": ("fristen", "{fall}"),
    "siegeln": ("siegeln", "{fall}"),
    "ton": ("ton", "{fall}"),
    "zahlungen": ("zahlungen", "{neben}/auszug.xml", "{fall}"),
    "einlesen": ("einlesen", str(POSTEN), "--bestand", "{fall}/.."),
}
# They look at no case, or at no step of one.
OHNE_VORGAENGE = {
    "demo",
    "neu",
    "antwort",
    "zufriedenheit",
    "eda",
    "einlesen",  # compares numbers and sums; a step that it adds to a damaged case is refused
    "rechnung",
    "rechnen",
    "recht",
    "hilfe",
    "zeitplan",
}


def test_every_command_is_in_one_of_the_lists() -> None:
    assert {aufruf[0] for aufruf in AUFRUFE.values()} | OHNE_VORGAENGE == set(BEFEHLE)


@pytest.mark.parametrize("name", AUFRUFE)
def test_every_command_that_relies_on_a_step_notices(
    fall: pathlib.Path, tmp_path: pathlib.Path, name: str
) -> None:
    vorher = sorted(pfad.relative_to(tmp_path) for pfad in tmp_path.rglob("*"))
    angaben = [teil.format(fall=fall, neben=tmp_path) for teil in AUFRUFE[name]]
    ergebnis = CliRunner().invoke(mahnakte_cli, [*angaben, "--stichtag", ZWEITER.isoformat(), "--json"])
    befunde = json.loads(ergebnis.stdout)["befunde"]
    assert ergebnis.exit_code == 4, befunde
    assert "VORGANG_BESCHAEDIGT" in {befund["code"] for befund in befunde}
    assert sorted(pfad.relative_to(tmp_path) for pfad in tmp_path.rglob("*")) == vorher or name == "lauf"
