"""`mahnakte erfassen`: checked before it is written, shown, written once, taken back; never a line of fall.yaml."""

import dataclasses
import datetime as dt
import functools
import json
import pathlib
import shutil
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from click.testing import CliRunner

import doppelbau
from erfassungsbau import HERKUNFT, share_workers
from fallbau import FAELLE
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.arten.ereignis import EREIGNISARTEN
from mahnakte.befehle.erfassen import Auftrag, record_tatsache
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.vermerk import record_storno, record_versand
from mahnakte.cli.haupt import mahnakte_cli
from mahnakte.fall.erfassung import TATSACHENARTEN, read_tatsache
from mahnakte.fall.erfassungsfelder import as_angaben, list_felder
from mahnakte.fall.modell import Ereignis, Titel
from mahnakte.fall.vorgangsdaten.nachtrag import list_keys
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.ergebnis import Ergebnis, NichtBegonnen
from mahnakte.werk.laden import Lage, load_fall

TAG = dt.date(2026, 5, 20)
ZAHLUNG = {"am": "04.05.2026", "betrag": "100,00"}


@pytest.fixture
def lage(werkstatt: WorkerPool) -> Lage:
    return Lage(TAG, werkstatt)


@pytest.fixture
def fall(tmp_path: pathlib.Path) -> pathlib.Path:
    ordner = tmp_path / "bestand" / "2026-0042"
    ordner.mkdir(parents=True)
    shutil.copy(FAELLE / "mahnakte.yaml", ordner.parent / "mahnakte.yaml")
    shutil.copy(FAELLE / "einfach.yaml", ordner / "fall.yaml")
    return ordner


def record(
    fall: pathlib.Path,
    lage: Lage,
    wort: str,
    beleg: pathlib.Path | None = None,
    /,
    *,
    n: int = 1,
    zeigen: bool = False,
    **angaben: Any,
) -> Ergebnis:
    auftrag = Auftrag(TATSACHENARTEN[wort], angaben, beleg, n)
    return record_tatsache(fall, auftrag, lage, None if zeigen else HERKUNFT)


def codes(ergebnis: Ergebnis) -> list[str]:
    return [befund.code for befund in ergebnis.befunde]


def sum_of(fall: pathlib.Path, lage: Lage) -> str:
    """Return what has been paid, as the case adds it up."""
    geladen = load_fall(read_fallordner(fall), lage)
    assert geladen.fall is not None
    return str(sum(zahlung.betrag for zahlung in geladen.fall.zahlungen))


def test_a_payment_is_a_step_and_fall_yaml_stays(fall, lage) -> None:
    vorher = (fall / "fall.yaml").read_bytes()
    ergebnis = record(fall, lage, "zahlung", **ZAHLUNG)
    assert (ergebnis.exit_code, ergebnis.daten["nr"]) == (0, 1)
    (vorgang,) = read_fallordner(fall).vorgaenge.vorgaenge
    assert (vorgang.art, vorgang.schema) == ("zahlung_erfasst", "mahnakte/vorgang/1")
    assert vorgang.nachtrag.zahlungen == [ZAHLUNG]
    assert (fall / "fall.yaml").read_bytes() == vorher


def test_it_shows_the_balance_and_the_next_step_before_and_after(fall, lage) -> None:
    ergebnis = record(fall, lage, "bestritten", am="18.05.2026", grund="Mangel")
    assert ergebnis.daten["vorher"]["gesamt"] == ergebnis.daten["nachher"]["gesamt"]
    assert ergebnis.daten["nachher"]["naechstes"] == "nichts fällig: Bestritten seit 18.05.2026: Mangel"
    ergebnis = record(fall, lage, "verzicht", am="18.05.2026", betrag="190,00", auf="hauptforderung")
    # 1.190,00 of fixtures/faelle/einfach.yaml less 190,00
    assert (ergebnis.daten["vorher"]["hauptforderung"], ergebnis.daten["nachher"]["hauptforderung"]) == (
        "1190.00",
        "1000.00",
    )
    assert any(zeile.split()[0:1] == ["Hauptforderung"] for zeile in ergebnis.zeilen)


def test_nur_zeigen_writes_nothing(fall, lage) -> None:
    ergebnis = record(fall, lage, "zahlung", zeigen=True, **ZAHLUNG)
    assert (ergebnis.exit_code, ergebnis.daten["nr"]) == (0, None)
    assert ergebnis.daten["nachher"]["gesamt"] != ergebnis.daten["vorher"]["gesamt"]
    assert sorted(pfad.name for pfad in fall.iterdir()) == ["fall.yaml"]


def test_what_stands_already_is_refused_and_a_second_equal_one_is_recorded_once(fall, lage) -> None:
    record(fall, lage, "zahlung", **ZAHLUNG)
    nochmal = record(fall, lage, "zahlung", am="2026-05-04", betrag="100")  # spelled otherwise, the same fact
    assert (nochmal.exit_code, codes(nochmal)) == (3, ["ERFASST_STEHT_SCHON"])
    assert "--weitere 2" in nochmal.befunde[0].abhilfe
    assert "mahnakte storno" in nochmal.befunde[0].abhilfe
    assert record(fall, lage, "zahlung", n=2, **ZAHLUNG).daten["nr"] == 2
    assert codes(record(fall, lage, "zahlung", n=2, **ZAHLUNG)) == ["ERFASST_STEHT_SCHON"]
    assert codes(record(fall, lage, "zahlung", n=4, **ZAHLUNG)) == ["ERFASST_LUECKE"]
    assert sum_of(fall, lage) == "200.00"


def test_what_stands_in_fall_yaml_is_refused_with_its_line(fall, lage) -> None:
    with (fall / "fall.yaml").open("a", encoding="utf-8") as datei:
        datei.write("zahlungen:\n  - am: 04.05.2026\n    betrag: 100,00\n")
    zeile = (fall / "fall.yaml").read_text(encoding="utf-8").splitlines().index("  - am: 04.05.2026") + 1
    ergebnis = record(fall, lage, "zahlung", **ZAHLUNG)
    assert codes(ergebnis) == ["ERFASST_STEHT_SCHON"]
    assert ergebnis.befunde[0].stelle is not None
    assert ergebnis.befunde[0].stelle.zeile == zeile
    assert "in fall.yaml berichtigen" in ergebnis.befunde[0].abhilfe


def test_a_storno_takes_it_back_and_it_can_be_recorded_anew(fall, lage) -> None:
    record(fall, lage, "zahlung", **ZAHLUNG)
    assert record_storno(fall, 1, "Irrtum", lage, HERKUNFT).exit_code == 0
    assert sum_of(fall, lage) == "0"
    assert record(fall, lage, "zahlung", **ZAHLUNG).daten["nr"] == 3


def test_several_at_once_book_once(fall, lage) -> None:
    with ThreadPoolExecutor(6) as pool:
        ergebnisse = list(pool.map(lambda _: record(fall, lage, "zahlung", **ZAHLUNG), range(6)))
    assert [e.daten["nr"] for e in ergebnisse if e.daten["nr"]] == [1]
    assert {code for e in ergebnisse for code in codes(e)} == {"ERFASST_STEHT_SCHON"}
    assert sum_of(fall, lage) == "100.00"


def test_a_return_counts_wherever_the_payment_stands(fall, lage) -> None:
    with (fall / "fall.yaml").open("a", encoding="utf-8") as datei:
        datei.write("zahlungen:\n  - am: 04.05.2026\n    betrag: 100,00\n")
    record(fall, lage, "zahlung", am="05.05.2026", betrag="30,00")
    for tag in ("04.05.2026", "05.05.2026"):
        ergebnis = record(fall, lage, "rueckgabe", am="11.05.2026", zahlung_vom=tag)
        assert ergebnis.exit_code == 0
    assert ergebnis.daten["eintrag"]["betrag"] == "30,00"
    geladen = load_fall(read_fallordner(fall), lage)
    assert [z.zurueck_am for z in geladen.fall.zahlungen] == [dt.date(2026, 5, 11)] * 2
    assert codes(record(fall, lage, "rueckgabe", am="11.05.2026", zahlung_vom="04.05.2026")) == [
        "ERFASST_STEHT_SCHON"
    ]
    schon = record(fall, lage, "rueckgabe", am="12.05.2026", zahlung_vom="04.05.2026")
    assert codes(schon) == ["NACHTRAG_OHNE_ZIEL"]
    assert "schon zurückgegeben, am 11.05.2026" in schon.befunde[0].text


def test_of_two_payments_of_a_day_the_sum_tells_which_came_back(fall, lage) -> None:
    for betrag in ("100,00", "30,00"):
        record(fall, lage, "zahlung", am="04.05.2026", betrag=betrag)
    unklar = record(fall, lage, "rueckgabe", am="11.05.2026", zahlung_vom="04.05.2026")
    assert codes(unklar) == ["NACHTRAG_OHNE_ZIEL"]
    assert "nicht eindeutig" in unklar.befunde[0].text
    record(fall, lage, "rueckgabe", am="11.05.2026", zahlung_vom="04.05.2026", betrag="30,00")
    geladen = load_fall(read_fallordner(fall), lage)
    assert [z.zurueck_am for z in geladen.fall.zahlungen] == [None, dt.date(2026, 5, 11)]


def test_a_title_and_a_measure_under_it(fall, lage) -> None:
    zuerst = record(fall, lage, "massnahme", am="11.05.2026", titel="vb-1", art="pfaendung")
    assert codes(zuerst) == ["NACHTRAG_OHNE_ZIEL"]
    betraege = {"hauptforderung": "1.190,00", "zinsen": {"punkte": "5", "ab": "02.05.2026"}}
    record(
        fall, lage, "titel", kennung="vb-1", art="urteil", erlassen_am="01.05.2026", rechtskraft_am="02.05.2026",
        betraege=betraege,
    )  # fmt: skip
    ergebnis = record(fall, lage, "massnahme", am="11.05.2026", titel="vb-1", art="pfaendung", umfang="alles")
    assert ergebnis.daten["nr"] == 2
    (titel,) = load_fall(read_fallordner(fall), lage).fall.titel
    assert [(m.am, m.art) for m in titel.massnahmen] == [(dt.date(2026, 5, 11), "pfaendung")]
    vorgaenge = read_fallordner(fall).vorgaenge.vorgaenge
    assert {vorgang.schema for vorgang in vorgaenge} == {
        "mahnakte/vorgang/2"
    }  # a first edition overlooks titles


def test_a_proof_travels_with_the_step(fall, lage, tmp_path: pathlib.Path) -> None:
    beleg = tmp_path / "Auskunft Melderegister.PDF"
    beleg.write_bytes(b"%PDF-1.4 Auskunft")
    ergebnis = record(
        fall, lage, "kosten", beleg, am="04.05.2026", art="auskunft", betrag="12,00", grund="Umzug"
    )
    assert ergebnis.daten["dateien"] == ["2026-05-20_beleg.pdf"]
    assert (fall / "vorgaenge" / "0001" / "2026-05-20_beleg.pdf").read_bytes() == b"%PDF-1.4 Auskunft"
    (kosten,) = load_fall(read_fallordner(fall), lage).fall.kosten
    assert kosten.beleg == "vorgaenge/0001/2026-05-20_beleg.pdf"


def test_a_proof_that_lies_in_the_case_is_named_where_it_is(fall, lage) -> None:
    (fall / "belege").mkdir()
    (fall / "belege" / "auskunft.pdf").write_bytes(b"%PDF-1.4")
    angaben = {"am": "04.05.2026", "art": "auskunft", "betrag": "12,00", "grund": "Umzug"}
    ergebnis = record(fall, lage, "kosten", fall / "belege" / "auskunft.pdf", **angaben)
    assert (ergebnis.daten["dateien"], ergebnis.daten["eintrag"]["beleg"]) == ([], "belege/auskunft.pdf")


def test_a_missing_proof_is_a_wrong_call(fall, lage, tmp_path: pathlib.Path) -> None:
    with pytest.raises(NichtBegonnen):
        record(fall, lage, "zahlung", tmp_path / "fehlt.pdf", **ZAHLUNG)


@pytest.mark.parametrize(
    ("art", "angaben", "code"),
    [
        ("zahlung", {"am": "31.02.2026", "betrag": "5,00"}, "WERT_FALSCH"),
        ("zahlung", {"am": "04.05.2026", "betrag": "1.190"}, "WERT_FALSCH"),
        ("zahlung", {"am": "04.05.2026"}, "ANGABE_FEHLT"),
        ("kosten", {"am": "04.05.2026", "betrag": "5,00", "art": "mahngebuehr"}, "WERT_UNBEKANNT"),
        ("mahnsperre", {"am": "04.05.2026", "grund": "Urlaub"}, "ANGABE_FEHLT"),
    ],
)
def test_a_wrong_value_is_a_wrong_call_with_its_remedy(fall, lage, art, angaben, code) -> None:
    with pytest.raises(NichtBegonnen) as abbruch:
        record(fall, lage, art, **angaben)
    assert [befund.code for befund in abbruch.value.befunde] == [code]
    assert abbruch.value.befunde[0].abhilfe
    assert not (fall / "vorgaenge").exists()


def test_what_the_case_does_not_know_is_refused_before_anything_is_written(fall, lage) -> None:
    ergebnis = record(fall, lage, "bestritten", am="04.05.2026", grund="Mangel", rechnung="RE-9")
    assert (ergebnis.exit_code, codes(ergebnis)) == (3, ["VERWEIS_INS_LEERE"])
    assert ergebnis.befunde[0].stelle.datei.endswith("fall.yaml")  # the step is not there
    assert not (fall / "vorgaenge").exists()


def test_a_stichtag_before_a_standing_step_is_refused(fall, lage, werkstatt) -> None:
    record(fall, lage, "zahlung", **ZAHLUNG)
    frueher = Lage(TAG - dt.timedelta(days=1), werkstatt)
    assert codes(record(fall, frueher, "verzicht", am="04.05.2026", betrag="5,00")) == ["STICHTAG_ZU_FRUEH"]


def test_a_case_with_damage_takes_nothing(fall, lage, tmp_path: pathlib.Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"x")
    record(fall, lage, "zahlung", tmp_path / "b.txt", **ZAHLUNG)
    datei = fall / "vorgaenge" / "0001" / "2026-05-20_beleg.txt"
    datei.chmod(0o600)
    datei.write_bytes(b"y")
    ergebnis = record(fall, lage, "verzicht", am="04.05.2026", betrag="5,00")
    assert (ergebnis.exit_code, ergebnis.daten["nr"]) == (4, None)


def test_a_case_that_rests_for_another_reason_learns_its_payment(fall, lage) -> None:
    text = (fall / "fall.yaml").read_text(encoding="utf-8")
    (fall / "fall.yaml").write_text(
        text + "ereignisse:\n  - {am: 04.05.2026, art: bestritten, grund: x, rechnung: RE-9}\n"
    )
    ergebnis = record(fall, lage, "zahlung", **ZAHLUNG)
    assert (ergebnis.exit_code, ergebnis.daten["nr"]) == (0, 1)


def test_an_invoice_that_another_case_demands_is_refused_and_one_of_a_step_is_seen_there(
    tmp_path: pathlib.Path, werkstatt: WorkerPool
) -> None:
    bestand = doppelbau.make_bestand(tmp_path / "b")
    doppelbau.add_fall(bestand, "F1")  # demands RE-1
    doppelbau.add_fall(bestand, "F2", doppelbau.entry("RE-2", "05.03.2026"))
    neu = {
        "datum": "01.03.2026",
        "betrag": "1.190,00",
        "leistung_am": "27.02.2026",
        "faellig_am": "31.03.2026",
    }
    refused = record(bestand / "F2", Lage(TAG, werkstatt), "rechnung", nummer="re 1", **neu)
    assert (refused.exit_code, codes(refused)) == (3, ["RECHNUNG_MEHRFACH"])
    assert record(bestand / "F2", Lage(TAG, werkstatt), "rechnung", nummer="RE-7", **neu).exit_code == 0
    vom_schritt = record(bestand / "F1", Lage(TAG, werkstatt), "rechnung", nummer="RE-7", **neu)
    assert codes(vom_schritt) == ["RECHNUNG_MEHRFACH"]
    record_storno(bestand / "F2", 1, "Irrtum", Lage(TAG, werkstatt), HERKUNFT)
    assert record(bestand / "F1", Lage(TAG, werkstatt), "rechnung", nummer="RE-7", **neu).exit_code == 0


def test_two_titles_of_one_name_are_refused(fall, lage) -> None:
    assert record(fall, lage, "titel", kennung="vb-1", art="urteil").daten["nr"] == 1
    assert codes(record(fall, lage, "titel", kennung="vb-1", art="kfb")) == ["TITEL_DOPPELT"]


def test_a_sending_is_taken_back_although_a_fact_was_recorded_later(fall, lage) -> None:
    record_versand_of_a_letter(fall, lage)
    record(fall, lage, "verzicht", am="19.05.2026", betrag="5,00")
    assert record_storno(fall, 2, "ging nicht hinaus", lage, HERKUNFT).exit_code == 0


def record_versand_of_a_letter(fall: pathlib.Path, lage: Lage) -> None:
    run_faelle([fall], lage, HERKUNFT)
    assert record_versand(fall, 1, TAG, "post", lage, HERKUNFT).daten["nr"] == 2


# --- options from the records ------------------------------------------------------------------------------


def test_every_event_and_every_list_of_a_step_can_be_recorded() -> None:
    assert set(EREIGNISARTEN) < set(TATSACHENARTEN)
    assert {art.liste for art in TATSACHENARTEN.values()} == {*list_keys(), "massnahmen", "rueckgaben"}


def test_every_option_says_what_it_means_and_necessary_ones_come_first() -> None:
    for art in TATSACHENARTEN.values():
        felder = list_felder(art)
        assert [feld.name for feld in felder if not feld.sinn] == [], art.wort
        assert [feld.noetig for feld in felder] == sorted((feld.noetig for feld in felder), reverse=True)
        assert len({feld.name for feld in felder}) == len(felder)


@pytest.mark.parametrize("record_", [Ereignis, Titel])
def test_every_key_of_a_record_is_an_option_of_some_kind(record_) -> None:
    arten = [art for art in TATSACHENARTEN.values() if issubclass(art.record, record_)]
    moegliche = {feld.weg[0] for art in arten for feld in list_felder(art)}
    alle = {feld.name for feld in dataclasses.fields(record_)} - {"stelle", "beleg", "massnahmen"}
    assert alle - moegliche <= ({"art"} if record_ is Ereignis else set())


def test_rates_and_groups_come_out_as_fall_yaml_spells_them() -> None:
    felder = list_felder(TATSACHENARTEN["ratenplan"])
    angaben = as_angaben(felder, {"am": "01.05.2026", "raten": ("01.06.2026=50,00", "1.7.26=40,00")})
    plan, befunde = read_tatsache(TATSACHENARTEN["ratenplan"], angaben)
    assert befunde == ()
    assert [(str(r.am), str(r.betrag)) for r in plan.raten] == [
        ("2026-06-01", "50.00"),
        ("2026-07-01", "40.00"),
    ]
    falsch = as_angaben(felder, {"am": "01.05.2026", "raten": ("01.06.2026",)})
    assert [b.code for b in read_tatsache(TATSACHENARTEN["ratenplan"], falsch)[1]] == ["ANGABE_FEHLT"]


@pytest.fixture
def cli(monkeypatch, werkstatt: WorkerPool):
    share_workers(monkeypatch, werkstatt)
    return functools.partial(CliRunner().invoke, mahnakte_cli, prog_name="mahnakte")


@pytest.mark.parametrize(
    "worte",
    [
        ("zahlung", "--am", "04.05.2026", "--betrag", "100,00"),
        ("zahlungseingang", "--datum", "04.05.2026", "--summe", "100"),
        ("Zahlungen", "--am=2026-05-04", "--betrag=100,00"),
    ],
)
def test_everyday_words_are_understood(cli, fall, worte) -> None:
    ergebnis = cli(["erfassen", str(fall), *worte, "--stichtag", "2026-05-20", "--json"])
    assert ergebnis.exit_code == 0, ergebnis.output
    assert json.loads(ergebnis.output)["art"] == "zahlung"


@pytest.mark.parametrize(
    ("wort", "rat"),
    [
        ("insolvent", "„insolvenz“"),
        ("abgeschrieben", "„verzicht“ mit --am und --betrag"),
        ("bestriten", "bestritten"),
    ],
)
def test_an_unknown_word_is_explained_in_words_of_the_command(cli, fall, wort, rat) -> None:
    ergebnis = cli(["erfassen", str(fall), wort, "--am", "04.05.2026"])
    assert ergebnis.exit_code == 2
    assert rat in ergebnis.output
    assert "art:" not in ergebnis.output


def test_the_help_on_a_kind_needs_no_case(cli) -> None:
    ergebnis = cli(["erfassen", "kosten", "--help"])
    assert ergebnis.exit_code == 0
    assert "mahnkosten|ruecklastschrift" in ergebnis.output
