"""Follow-ups: the records of eda_nachtrag.md 3 written out by hand, and what goes to the court by hand."""

import datetime as dt
import pathlib
from collections.abc import Iterator

import pypdfium2
import pytest
from click.testing import CliRunner

from gerichtsbau import NUMMER, court_file, make_bestand, write_fall
from mahnakte.ablage.herkunft import identify
from mahnakte.antrag.eda.layout_gericht import D01, D04, H01, I01
from mahnakte.antrag.eda.verify_folge import verify_folgeantraege
from mahnakte.befehle.antrag import prepare_antraege
from mahnakte.befehle.eda_eingereicht import record_eingereicht
from mahnakte.befehle.eda_folge import write_folge
from mahnakte.cli.haupt import mahnakte_cli
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.ergebnis import Ergebnis, NichtBegonnen
from mahnakte.werk.laden import Lage

EINGEREICHT = "ereignisse:\n  - am: 17.11.2026\n    art: antrag_eingereicht\n"
NICHT = (
    EINGEREICHT + "  - am: 01.12.2026\n    art: mb_nicht_zugestellt\n    geschaeftszeichen: 26-1234567-0-0\n"
)
ZUGESTELLT = NICHT.replace("mb_nicht_zugestellt", "mb_zugestellt")
WIDERSPRUCH = ZUGESTELLT + "  - am: 05.12.2026\n    art: widerspruch\n    umfang: ganz\n"


@pytest.fixture(scope="module")
def lage() -> Iterator[Lage]:
    with WorkerPool(1) as pool:
        yield Lage(dt.date(2026, 12, 8), pool)


def folge(
    ordner: pathlib.Path, lage: Lage, art: str, zusatz: str, ziel: str = "F.EDA"
) -> tuple[Ergebnis, pathlib.Path]:
    bestand = make_bestand(ordner / "b", "2026-0042", zusatz=zusatz)
    return write_folge(art, bestand / "2026-0042", ordner / ziel, lage, nummer=7), ordner / ziel


def records(datei: pathlib.Path) -> list[str]:
    text = datei.read_bytes().decode("cp850")
    assert len(text) % 128 == 0
    assert verify_folgeantraege(datei.read_bytes(), datei.name) == ()
    return [text[ort : ort + 128] for ort in range(0, len(text), 128)]


def test_layouts_fill_the_record() -> None:
    for satz, laengen in (
        (D01, (8, 11, 35, 8, 8, 35, 8, 6)), (D04, (35, 35, 5, 27, 3, 14)), (H01, (8, 35, 1, 1, 11, 1, 62)),
        (I01, (8, 11, 35, 1, 64)),
    ):  # fmt: skip
        assert 9 + sum(laengen) == 128
        stellen = [10 + sum(laengen[:ort]) for ort in range(len(laengen) - 1)]
        assert [(feld.von, feld.laenge) for feld in satz.felder] == list(
            zip(stellen, laengen[:-1], strict=True)
        )


def test_a_new_service_names_the_new_address(tmp_path: pathlib.Path, lage: Lage) -> None:
    ergebnis, ziel = folge(tmp_path, lage, "neuzustellung", NICHT)
    assert ergebnis.exit_code == 0, ergebnis.befunde
    kopf, antrag, anschrift, schluss = records(ziel)
    assert kopf.startswith("AA1234567826120807        4100ABC007")
    assert antrag == f"07KS   0012345678{NUMMER}{'2026-0042':35}".ljust(128)
    assert anschrift == f"07AG   03{'':35}{'Bahnhofstr. 12':35}04109{'Leipzig':27}".ljust(128)
    assert schluss.rstrip() == f"BB12345678{1:07}{2:07}{0:07}{0:014}{1234567:015}{0:07}"


def test_the_transfer_follows_an_objection(tmp_path: pathlib.Path, lage: Lage) -> None:
    ergebnis, ziel = folge(tmp_path, lage, "abgabe", WIDERSPRUCH)
    assert ergebnis.exit_code == 0, ergebnis.befunde
    assert records(ziel)[1] == f"29KS   0012345678{NUMMER}{'2026-0042':35}X".ljust(128)


@pytest.mark.parametrize(
    ("art", "zusatz", "code"),
    [
        ("neuzustellung", ZUGESTELLT, "FOLGE_UNPASSEND"), ("abgabe", ZUGESTELLT, "FOLGE_UNPASSEND"),
        ("ruecknahme", "", "FOLGE_UNPASSEND"), ("ruecknahme", ZUGESTELLT, "FOLGE_VON_HAND"),
        ("erledigung", ZUGESTELLT, "FOLGE_VON_HAND"), ("neuzustellung", EINGEREICHT, "ANTRAG_ANGABE_FEHLT"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(
    tmp_path: pathlib.Path, lage: Lage, art: str, zusatz: str, code: str
) -> None:
    ergebnis, ziel = folge(tmp_path, lage, art, zusatz)
    assert code in [befund.code for befund in ergebnis.befunde]
    assert ergebnis.exit_code == 3
    assert not ziel.exists()


def test_what_no_record_holds_is_a_sheet_to_send_by_hand(tmp_path: pathlib.Path, lage: Lage) -> None:
    ergebnis, ziel = folge(tmp_path, lage, "ruecknahme", ZUGESTELLT, "Blatt.pdf")
    assert [befund.code for befund in ergebnis.befunde] == ["FOLGE_VON_HAND"]
    seite = pypdfium2.PdfDocument(ziel)[0].get_textpage().get_text_range()
    for wort in ("Von Hand senden", "Rücknahme", "26123456700", "2026-0042"):
        assert wort in seite, wort


def test_a_withdrawal_of_what_went_out_as_a_file(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042")
    frueher = Lage(dt.date(2026, 11, 16), lage.werkstatt)
    prepare_antraege([bestand], "mahnbescheid", frueher, identify("test"))
    prepare_antraege([bestand / "2026-0042"], "mahnbescheid", frueher, identify("test"))
    record_eingereicht(
        bestand / "antraege/ABC001",
        dt.date(2026, 11, 17),
        Lage(dt.date(2026, 11, 17), lage.werkstatt),
        identify("test"),
    )
    write_fall(bestand / "2026-0042", ZUGESTELLT.replace(EINGEREICHT, "ereignisse:\n"))
    for art, merkmal in (("ruecknahme", "R"), ("erledigung", "E")):
        ziel = tmp_path / f"{art}.EDA"
        ergebnis = write_folge(art, bestand / "2026-0042", ziel, lage)
        assert ergebnis.exit_code == 0, ergebnis.befunde
        assert records(ziel)[1] == f"25KS   0012345678{'2026-0042':35}{merkmal}J{NUMMER}E".ljust(128)


MONIERUNG = (
    f"20KS   0012345678{'2026-0042':35}{NUMMER}{'':44}26120226111701",
    f"20MO   00123{'AGPLZ':20}0101   1{'00000':35}",
)


def answer(
    ordner: pathlib.Path, lage: Lage, *saetze: str, ziel: str = "A.EDA"
) -> tuple[Ergebnis, pathlib.Path]:
    bestand = make_bestand(ordner / "b", "2026-0042")
    (ordner / "20.eda").write_bytes(court_file("20", *saetze))
    ergebnis = write_folge(
        "monierung", bestand / "2026-0042", ordner / ziel, lage, nachricht=ordner / "20.eda"
    )
    return ergebnis, ordner / ziel


def test_the_answer_changes_nothing_but_the_content(tmp_path: pathlib.Path, lage: Lage) -> None:
    ergebnis, ziel = answer(tmp_path, lage, *MONIERUNG)
    assert ergebnis.exit_code == 0, ergebnis.befunde
    kopf, erster, zweiter, _ = records(ziel)
    assert kopf[16:18] == "20"
    assert erster == MONIERUNG[0].ljust(128)
    assert zweiter == MONIERUNG[1].replace("00000", "04109").ljust(128)


def test_an_answer_that_is_not_certain_goes_by_hand(tmp_path: pathlib.Path, lage: Lage) -> None:
    ergebnis, ziel = answer(tmp_path, lage, MONIERUNG[0], f"20MO   00123{'UNSINN':20}")
    assert [befund.code for befund in ergebnis.befunde] == ["FOLGE_VON_HAND"]
    assert not ziel.exists()


def test_a_wrong_call_begins_nothing(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042")
    for art, angaben in (("monierung", {}), ("abgabe", {"schuldner": "niemand"})):
        with pytest.raises(NichtBegonnen):
            write_folge(art, bestand / "2026-0042", tmp_path / "x.EDA", lage, **angaben)  # type: ignore[arg-type]
    (tmp_path / "c").mkdir()
    fremd, _ = answer(tmp_path / "c", lage, MONIERUNG[0].replace("2026-0042", "2026-9999"))
    assert fremd.exit_code == 3
    assert CliRunner().invoke(mahnakte_cli, ["eda", "folge", "quatsch", ".", "--ziel", "x"]).exit_code == 2
