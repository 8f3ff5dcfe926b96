"""Several dunning plans, and the scenarios of other houses: the day on which a stage comes, and for whom."""

import datetime as dt
import pathlib
import shutil
from collections.abc import Iterator

import pytest

from fallbau import FAELLE, build_fall
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.ablauf.plan import plan_fall
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.plan import plan_faelle
from mahnakte.befehle.pruefen import check
from mahnakte.fall.einstellungen import MAHNPLAN
from mahnakte.fall.fall import Fall
from mahnakte.grund.worker import WorkerPool
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.laden import Lage

HERKUNFT = Herkunft("test", "test", "lauf", "2026-04-10T08:00:00Z", "0")
PLAENE = """
mahnplaene:
  streng:
    - {art: mahnung-1, nach: faelligkeit, tage: 2, frist_tage: 5, setzt_in_verzug: ja}
  sanft:
    - {art: zahlungserinnerung, nach: faelligkeit, tage: 30, frist_tage: 20}
"""
JE_ART = "mahnplan_fuer: {person: sanft, behoerde: streng}\n"
FAELLIG = dt.date(2026, 3, 31)
FIRMA = "  - {kennung: f, art: gesellschaft, rechtsform: GmbH, name: Beta, strasse: W 1, plz: 04109, ort: Leipzig, land: SN}\n"


def first_stage(fall: Fall) -> str:
    return fall.einstellungen.mahnplan[0].art


def days_until(fall: Fall) -> int:
    """Return after how many days from the due date the first letter comes, looked for day by day."""
    return next(
        tage for tage in range(90) if plan_fall(Sachstand(fall, FAELLIG + dt.timedelta(days=tage))).schritte
    )


# --- which plan ---------------------------------------------------------------------------------------------


def test_who_names_none_has_the_one_he_had() -> None:
    """Files of the first edition mean what they meant, also beside named plans of which nobody speaks."""
    alt, neu = build_fall(), build_fall(mahnakte=PLAENE)
    assert alt.einstellungen.mahnplan == neu.einstellungen.mahnplan == MAHNPLAN
    assert days_until(alt) == days_until(neu) == 7


@pytest.mark.parametrize(
    ("mahnakte", "zusatz", "tage"),
    [
        (PLAENE, "mahnplan: streng\n", 2),
        (PLAENE, "mahnplan: sanft\n", 30),
        (PLAENE + JE_ART, "", 30),
        (PLAENE + JE_ART, "mahnplan: streng\n", 2),  # the case before the kind of debtor
        (PLAENE + "mahnplan_fuer: {gesellschaft: streng}\n", "", 7),  # nothing about people
    ],
)
def test_the_plan_that_is_named_decides(mahnakte: str, zusatz: str, tage: int) -> None:
    assert days_until(build_fall(zusatz, mahnakte=mahnakte)) == tage


def lines(pfad: pathlib.Path) -> str:
    return pfad.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def werkstatt() -> Iterator[WorkerPool]:
    with WorkerPool(2) as werkstatt:
        yield werkstatt


@pytest.fixture
def bestand(tmp_path: pathlib.Path) -> pathlib.Path:
    shutil.copy(FAELLE / "mahnakte.yaml", tmp_path / "mahnakte.yaml")
    return tmp_path


def add_fall(
    bestand: pathlib.Path, name: str, zusatz: str = "", ersetzt: tuple[tuple[str, str], ...] = ()
) -> pathlib.Path:
    text = lines(FAELLE / "einfach.yaml").replace("2026-0042", name).replace("RE-2026-131", f"RE-{name}")
    text = text.replace("Max", f"Max {name}")
    for alt, neu in ersetzt:
        assert alt in text
        text = text.replace(alt, neu)
    (bestand / name).mkdir()
    (bestand / name / "fall.yaml").write_text(text + zusatz, encoding="utf-8")
    return bestand / name


def configure(bestand: pathlib.Path, zusatz: str, ersetzt: tuple[str, str] = ("", "")) -> None:
    text = (
        lines(bestand / "mahnakte.yaml").replace(*ersetzt) if ersetzt[0] else lines(bestand / "mahnakte.yaml")
    )
    (bestand / "mahnakte.yaml").write_text(text + zusatz, encoding="utf-8")


def test_the_creditor_comes_before_the_kind_of_debtor(bestand, werkstatt) -> None:
    configure(
        bestand,
        PLAENE + JE_ART,
        ("    vorsteuerabzug: ja\n", "    vorsteuerabzug: ja\n    mahnplan: streng\n"),
    )
    fall = add_fall(bestand, "A-1")
    ergebnis = plan_faelle([fall], Lage(FAELLIG + dt.timedelta(days=2), werkstatt))
    assert [schritt["art"] for schritt in ergebnis.daten["faelle"][0]["schritte"]] == ["mahnung-1"]


@pytest.mark.parametrize(
    ("zusatz", "mahnakte", "code"),
    [("mahnplan: strenk\n", PLAENE, "MAHNPLAN_UNBEKANNT"), ("", PLAENE + JE_ART, "MAHNPLAN_UNKLAR")],
)
def test_no_plan_is_guessed(bestand, werkstatt, zusatz: str, mahnakte: str, code: str) -> None:
    configure(bestand, mahnakte)
    fall = add_fall(bestand, "A-1", zusatz, (("anspruch:\n", f"{FIRMA}gesamtschuldner: ja\nanspruch:\n"),))
    ergebnis = plan_faelle([fall], Lage(FAELLIG + dt.timedelta(days=60), werkstatt))
    assert (ergebnis.exit_code, {b.code for b in ergebnis.befunde}) == (3, {code})


def test_every_plan_is_checked_before_a_case_comes_to_it(bestand, werkstatt) -> None:
    configure(bestand, "mahnplaene:\n  falsch:\n    - {art: mahnung-9}\nmahnplan_fuer: {weg: fehlt}\n")
    befunde = check([add_fall(bestand, "A-1")], Lage(FAELLIG, werkstatt)).befunde
    assert {"BRIEF_ART", "MAHNPLAN_UNBEKANNT"} <= {befund.code for befund in befunde}


# --- scenarios of other houses -------------------------------------------------------------------------------

LEVELS = """
mahnplan:
  - {art: zahlungserinnerung, nach: faelligkeit, tage: 5, frist_tage: 7}
  - {art: mahnung-1, nach: faelligkeit, tage: 20, frist_tage: 7, setzt_in_verzug: ja}
  - {art: mahnung-2, nach: faelligkeit, tage: 40, frist_tage: 7}
"""


def run(bestand: pathlib.Path, tage: int, werkstatt: WorkerPool) -> list[tuple[str, str]]:
    """Run so many days after the due date; return what was written in which case."""
    lage = Lage(FAELLIG + dt.timedelta(days=tage), werkstatt)
    return [(e["aktenzeichen"], e["art"]) for e in run_faelle([bestand], lage, HERKUNFT).daten["geschrieben"]]


def test_levels_at_5_20_40_days_with_one_blocked(bestand, werkstatt) -> None:
    configure(bestand, LEVELS)
    add_fall(bestand, "A-1")
    add_fall(
        bestand, "B-2", "ereignisse:\n  - {am: 01.04.2026, art: mahnsperre, bis: 31.12.2026, grund: Kulanz}\n"
    )
    geschrieben = {tage: run(bestand, tage, werkstatt) for tage in (4, 5, 19, 20, 39, 40, 60)}
    assert geschrieben == {
        4: [], 5: [("A-1", "zahlungserinnerung")],
        19: [], 20: [("A-1", "mahnung-1")],
        39: [], 40: [("A-1", "mahnung-2")], 60: [],
    }  # fmt: skip


def test_three_runs_with_growing_dates(bestand, werkstatt) -> None:
    """Each run takes one stage and no more, and a run for an earlier day writes nothing."""
    configure(bestand, LEVELS)
    add_fall(bestand, "A-1")
    assert [run(bestand, tage, werkstatt) for tage in (6, 21, 41)] == [
        [("A-1", "zahlungserinnerung")], [("A-1", "mahnung-1")], [("A-1", "mahnung-2")]
    ]  # fmt: skip
    assert [run(bestand, tage, werkstatt) for tage in (6, 21, 41)] == [[], [], []]


def test_machine_off_on_the_one_day(bestand, werkstatt) -> None:
    """Nobody ran on the 5th and the 20th day: on the 45th one stage comes, not three; its deadline counts anew."""
    configure(bestand, LEVELS)
    fall = add_fall(bestand, "A-1")
    assert run(bestand, 45, werkstatt) == [("A-1", "zahlungserinnerung")]
    frist = read_fallordner(fall).vorgaenge.vorgaenge[0].brief.frist_bis
    assert frist is not None
    assert frist >= FAELLIG + dt.timedelta(days=45 + 7)
    assert run(bestand, 46, werkstatt) == []
    assert run(bestand, (frist - FAELLIG).days + 1, werkstatt) == [("A-1", "mahnung-1")]


def test_part_payment_between_stages(bestand, werkstatt) -> None:
    """The series goes on with the rest: 1.190,00 less 500,00 on the next letter."""
    configure(bestand, LEVELS)
    fall = add_fall(bestand, "A-1")
    run(bestand, 5, werkstatt)
    with (fall / "fall.yaml").open("a", encoding="utf-8") as datei:
        datei.write("zahlungen:\n  - {am: 10.04.2026, betrag: '500,00'}\n")
    assert run(bestand, 20, werkstatt) == [("A-1", "mahnung-1")]
    betraege = [v.brief.betrag for v in read_fallordner(fall).vorgaenge.vorgaenge]
    assert [str(betrag) for betrag in betraege] == ["1190.00", "690.00"]


ZWEITE = (
    "  - {nummer: RE-ZWEI, datum: 01.03.2026, betrag: '100,00', leistung_am: 27.02.2026, zugegangen_am: 04.03.2026, "
    "faellig_am: 31.03.2026, faelligkeit: gesetzlich}\n"
)


def test_one_item_blocked_the_others_go_on(bestand, werkstatt) -> None:
    configure(bestand, LEVELS)
    sperre = "ereignisse:\n  - {am: 02.04.2026, art: bestritten, rechnung: RE-ZWEI, grund: Mangel}\n"
    fall = add_fall(bestand, "A-1", ZWEITE + sperre)
    assert run(bestand, 5, werkstatt) == [("A-1", "zahlungserinnerung")]
    (brief,) = read_fallordner(fall).vorgaenge.vorgaenge
    assert (brief.rechnungen, str(brief.brief.betrag)) == (frozenset({"RE-A-1"}), "1190.00")


def test_several_second_stage_letters_in_one_run(bestand, werkstatt) -> None:
    """Three cases at the second stage on one day; in one of them two invoices at two stages, two letters."""
    configure(bestand, LEVELS + "schwellen: {stufe_je: rechnung}\n")
    for name in ("A-1", "B-2"):
        add_fall(bestand, name)
    spaetere = ZWEITE.replace("01.03.2026", "16.03.2026").replace("31.03.2026", "15.04.2026")
    fall = add_fall(
        bestand, "C-3", spaetere.replace("zugegangen_am: 04.03.2026", "zugegangen_am: 17.03.2026")
    )
    assert run(bestand, 5, werkstatt) == [(name, "zahlungserinnerung") for name in ("A-1", "B-2", "C-3")]
    assert run(bestand, 20, werkstatt) == [
        ("A-1", "mahnung-1"), ("B-2", "mahnung-1"), ("C-3", "mahnung-1"), ("C-3", "zahlungserinnerung")
    ]  # fmt: skip
    vorgaenge = read_fallordner(fall).vorgaenge.vorgaenge
    assert [v.rechnungen for v in vorgaenge] == [{"RE-C-3"}, {"RE-C-3"}, {"RE-ZWEI"}]
    assert run(bestand, 20, werkstatt) == []
