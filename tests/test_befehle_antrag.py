"""`mahnakte antrag`: step, sheet, collective file; once, only what is still right, and never lost."""

import concurrent.futures
import datetime as dt
import json
import pathlib
import shutil
from collections.abc import Iterator

import pypdfium2
import pytest

from gerichtsbau import EDA, make_bestand, write_fall
from mahnakte.ablage.herkunft import identify
from mahnakte.antrag.eda.verify import read_eda
from mahnakte.antrag.xml_read import read_xml
from mahnakte.befehle.antrag import prepare_antraege
from mahnakte.befehle.pruefen import check_faelle
from mahnakte.befehle.vermerk import record_storno
from mahnakte.fall.vorgang import sha256
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.ergebnis import Ergebnis
from mahnakte.werk.laden import Lage
from mahnakte.werk.sammeldatei import rebuild_sammeldatei, write_sammeldateien

TAG = dt.date(2026, 11, 16)


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1) as werkstatt:
        yield werkstatt


@pytest.fixture
def lage(pool: WorkerPool) -> Lage:
    return Lage(TAG, pool)


def faelle(bestand: pathlib.Path) -> list[pathlib.Path]:
    return sorted(pfad for pfad in bestand.iterdir() if (pfad / "fall.yaml").exists())


def prepare(bestand: pathlib.Path, lage: Lage, **angaben: object) -> Ergebnis:
    """Name each case, so that the plan is not asked."""
    return prepare_antraege(faelle(bestand), "mahnbescheid", lage, identify("test"), **angaben)  # type: ignore[arg-type]


def codes(ergebnis: Ergebnis) -> list[str]:
    return [befund.code for befund in ergebnis.befunde]


def later(lage: Lage, tage: int) -> Lage:
    return Lage(TAG + dt.timedelta(days=tage), lage.werkstatt)


def eda_files(bestand: pathlib.Path) -> dict[str, list[str]]:
    """Return for each collective file the references in it, as the strict reader finds them."""
    gefunden = {}
    for datei in sorted(bestand.glob("antraege/*/*.EDA")):
        sammel, befunde = read_eda(datei.read_bytes(), datei.name)
        assert sammel is not None, befunde
        gefunden[datei.name] = [antrag.geschaeftszeichen for antrag in sammel.antraege]
    return gefunden


# --- the step -----------------------------------------------------------------------------------------


def test_the_step_holds_the_application_and_its_sheet(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042", eda="")
    ergebnis = prepare(bestand, lage)
    assert ergebnis.exit_code == 0, ergebnis.befunde
    (zeile,) = ergebnis.daten["antraege"]
    assert zeile["dateien"] == ["2026-11-16_eingabeblatt.pdf", "2026-11-16_mahnantrag.xml"]
    assert (zeile["nr"], zeile["art"], zeile["neu"]) == (1, "antrag", True)
    schritt = bestand / "2026-0042" / "vorgaenge" / "0001"
    gelesen, befunde = read_xml((schritt / zeile["dateien"][1]).read_bytes(), "x.xml")
    assert befunde == ()
    assert gelesen is not None
    seite = pypdfium2.PdfDocument(schritt / zeile["dateien"][0])[0].get_textpage().get_text_range()
    # 1.190,00 lies in the bracket up to 1.500: fee 82.00, half of it 41.00 (KV 1100, table of 2025)
    for wert in ("39418 Staßfurt", "RE-2026-131", "1.190,00", "04275 Leipzig", "41,00", "fall.yaml, Zeile 4"):
        assert wert in seite, wert
    eintrag = json.loads((schritt / "eintrag.json").read_text("utf-8"))
    assert eintrag["daten"] == {"eda": True, "rechnungen": ["RE-2026-131"]}
    assert any(name.startswith("gkg") for name in eintrag["werte"])
    assert check_faelle([bestand], lage).exit_code == 0
    assert not (bestand / "antraege").exists()


def test_a_second_run_writes_nothing(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042")
    prepare(bestand, lage)
    vorher = {pfad: pfad.stat().st_mtime_ns for pfad in bestand.rglob("*")}
    zweiter = prepare(bestand, lage)
    assert {pfad: pfad.stat().st_mtime_ns for pfad in bestand.rglob("*")} == vorher
    assert zweiter.daten["antraege"][0]["neu"] is False
    assert "schon erstellt am 16.11.2026" in zweiter.zeilen[0]
    assert zweiter.zeilen[-1] == "Keine neue Sammeldatei: kein Antrag wartet auf eine."


def test_what_is_missing_stops_one_case_and_not_the_others(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0041", "2026-0042")
    kaputt = (
        (bestand / "2026-0041" / "fall.yaml").read_text("utf-8").replace("  gegenleistung: erbracht\n", "")
    )
    (bestand / "2026-0041" / "fall.yaml").write_text(kaputt, "utf-8")
    ergebnis = prepare(bestand, lage)
    assert ergebnis.exit_code == 3
    assert codes(ergebnis) == ["ANTRAG_ANGABE_FEHLT"]
    assert [zeile["neu"] for zeile in ergebnis.daten["antraege"]] == [False, True]
    assert not (bestand / "2026-0041" / "vorgaenge").exists()
    assert eda_files(bestand) == {"ABC001.EDA": ["2026-0042"]}


def test_of_a_bestand_only_what_is_due(tmp_path: pathlib.Path, lage: Lage) -> None:
    reif = "ereignisse:\n  - am: 01.05.2026\n    art: mahnung_versandt\n    stufe: mahnung-letzte\n    frist_bis: 15.05.2026\n"
    bestand = make_bestand(tmp_path / "b", "2026-0041", "2026-0042", "2026-0043")
    write_fall(bestand / "2026-0042", reif)
    write_fall(bestand / "2026-0043", "ereignisse:\n  - am: 01.05.2026\n    art: vergessen\n")
    ergebnis = prepare_antraege([bestand], "mahnbescheid", lage, identify("test"))
    assert [zeile["neu"] for zeile in ergebnis.daten["antraege"]] == [False, True, False]
    assert ergebnis.daten["antraege"][0]["grund"] == "Zuerst ist zahlungserinnerung fällig."
    # a case that cannot be read is refused, not passed over
    assert ergebnis.exit_code == 3
    assert "EREIGNIS_UNBEKANNT" in codes(ergebnis)


def test_made_again_for_a_reason(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042")
    prepare(bestand, lage, sammeln=False)
    prepare(bestand, lage, erneut="Tippfehler im Namen")
    eintrag = json.loads((bestand / "2026-0042/vorgaenge/0002/eintrag.json").read_text("utf-8"))
    assert eintrag["anlass"] == "Mahnbescheid beantragen, erneut: Tippfehler im Namen"
    # only the last application of a case goes to the court
    verzeichnis = json.loads((bestand / "antraege/ABC001/verzeichnis.json").read_text("utf-8"))
    assert [schritt["nr"] for schritt in verzeichnis["antraege"]] == [2]


# --- the collective file --------------------------------------------------------------------------------


def test_all_waiting_applications_go_into_one_file(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0043", "2026-0042")
    ergebnis = prepare(bestand, lage)
    assert eda_files(bestand) == {"ABC001.EDA": ["2026-0042", "2026-0043"]}
    (datei,) = ergebnis.daten["sammeldateien"]
    inhalt = (bestand / "antraege/ABC001/ABC001.EDA").read_bytes()
    assert (datei["kennung"], datei["gericht"], datei["art"]) == ("ABC001", "39418 Staßfurt", "antrag")
    assert datei["sha256"] == sha256(inhalt)
    assert inhalt.decode("cp850").startswith(f"AA1234567826111601{'':8}4000ABC001{'':19}mahnakte ")


def test_the_same_steps_number_and_day_give_the_same_bytes(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042", "2026-0043")
    prepare(bestand, lage)
    erste = (bestand / "antraege/ABC001/ABC001.EDA").read_bytes()
    inhalt, _ = rebuild_sammeldatei(bestand / "antraege/ABC001")
    assert inhalt == erste
    shutil.rmtree(bestand / "antraege")
    prepare(bestand, lage)
    assert (bestand / "antraege/ABC001/ABC001.EDA").read_bytes() == erste


def test_numbers_go_on_and_may_begin_later(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042")
    prepare(bestand, lage, nummer=21)
    for name in ("2026-0043", "2026-0044"):
        (bestand / name).mkdir()
        write_fall(bestand / name)
        prepare(bestand, lage)
    assert list(eda_files(bestand)) == ["ABC021.EDA", "ABC022.EDA", "ABC023.EDA"]


def test_without_the_sign_of_the_court_nothing_is_gathered(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042", eda="eda:\n  kennung: ABC\n")
    ergebnis = prepare(bestand, lage)
    assert codes(ergebnis) == ["EDA_TEILNEHMER_FEHLT"]
    assert ergebnis.daten["antraege"][0]["neu"] is True
    assert not (bestand / "antraege").exists()


def test_left_waiting_they_come_into_the_next_file(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042", "2026-0043")
    assert prepare(bestand, lage, sammeln=False).daten["sammeldateien"] == []
    prepare(bestand, lage)
    assert eda_files(bestand) == {"ABC001.EDA": ["2026-0042", "2026-0043"]}


def test_a_record_that_is_not_proven_keeps_the_case_out_by_name(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042")
    write_fall(
        bestand / "2026-0042", "kosten:\n  - am: 20.05.2026\n    art: ruecklastschrift\n    betrag: 4,30\n"
    )
    ergebnis = prepare(bestand, lage)
    assert ergebnis.exit_code == 1
    assert "C31" in next(b.text for b in ergebnis.befunde if b.code == "EDA_FELDLAGE")
    assert ergebnis.daten["antraege"][0]["neu"] is True
    assert not (bestand / "antraege").exists()


def test_each_court_gets_its_own_file(tmp_path: pathlib.Path, lage: Lage) -> None:
    """§ 689 (2) ZPO: Sachsen belongs to Staßfurt, Bayern to Coburg."""
    bestand = make_bestand(tmp_path / "b", "2026-0042", "2026-0043", "2026-0044")
    zweiter = "  filiale:\n    art: einzelfirma\n    name: Filiale\n    strasse: Weg 1\n    plz: 80331\n    ort: München\n    land: BY\n"
    einstellungen = (bestand / "mahnakte.yaml").read_text("utf-8").replace("eda:\n", zweiter + "eda:\n")
    (bestand / "mahnakte.yaml").write_text(einstellungen, "utf-8")
    write_fall(bestand / "2026-0043", glaeubiger="filiale")
    prepare(bestand, lage)
    assert eda_files(bestand) == {"ABC001.EDA": ["2026-0042", "2026-0044"], "ABC002.EDA": ["2026-0043"]}


EINGEREICHT = "ereignisse:\n  - am: 17.11.2026\n    art: antrag_eingereicht\n"


def test_what_was_filed_or_cancelled_is_not_gathered(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042", "2026-0043", "2026-0044")
    prepare(bestand, lage, sammeln=False)
    write_fall(bestand / "2026-0042", EINGEREICHT)
    record_storno(bestand / "2026-0043", 1, "doch nicht", lage, identify("test"))
    write_sammeldateien(faelle(bestand), later(lage, 2))
    assert eda_files(bestand) == {"ABC001.EDA": ["2026-0044"]}


VERALTET = [
    ("zahlungen:\n  - am: 18.11.2026\n    betrag: 100,00\n", "Am 18.11.2026 wurde gezahlt"),
    ("zahlungen:\n  - am: 18.11.2026\n    betrag: 2.000,00\n", "ausgeglichen"),
    ("ereignisse:\n  - am: 18.11.2026\n    art: insolvenz\n", "Insolvenz"),
    ("zahlungen:\n  - am: 10.11.2026\n    betrag: 100,00\n", "haben sich seitdem geändert"),
]


def test_what_was_filed_is_not_cancelled(tmp_path: pathlib.Path, lage: Lage) -> None:
    """A cancelled step would say that the court has nothing, while a Mahnbescheid is on its way."""
    bestand = make_bestand(tmp_path / "b", "2026-0042")
    prepare(bestand, lage)
    write_fall(bestand / "2026-0042", EINGEREICHT)
    ergebnis = record_storno(bestand / "2026-0042", 1, "falsch", later(lage, 3), identify("test"))
    assert codes(ergebnis) == ["SCHON_EINGEREICHT"]
    assert ergebnis.exit_code == 3


@pytest.mark.parametrize(("zusatz", "grund"), VERALTET)
def test_an_application_that_is_no_longer_right_goes_nowhere(
    tmp_path: pathlib.Path, lage: Lage, zusatz: str, grund: str
) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042")
    prepare(bestand, lage, sammeln=False)
    write_fall(bestand / "2026-0042", zusatz)
    ergebnis = write_sammeldateien(faelle(bestand), later(lage, 4))
    (befund,) = ergebnis.befunde
    assert befund.code == "ANTRAG_UEBERHOLT"
    assert grund in befund.text
    assert ergebnis.exit_code == 1
    assert not (bestand / "antraege").exists()


def test_days_alone_do_not_make_it_wrong(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042")
    prepare(bestand, lage, sammeln=False)
    assert write_sammeldateien(faelle(bestand), later(lage, 30)).befunde == ()
    assert eda_files(bestand) == {"ABC001.EDA": ["2026-0042"]}


def test_without_a_readable_index_nothing_could_reach_the_court_twice(
    tmp_path: pathlib.Path, lage: Lage
) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042")
    prepare(bestand, lage)
    (bestand / "antraege/ABC001/verzeichnis.json").write_text("{}", "utf-8")
    (bestand / "2026-0043").mkdir()
    write_fall(bestand / "2026-0043")
    ergebnis = prepare(bestand, lage)
    assert "SAMMELDATEI_UNLESBAR" in codes(ergebnis)
    assert ergebnis.exit_code == 3
    assert sorted(p.name for p in (bestand / "antraege").iterdir()) == ["ABC001"]
    (bestand / "antraege/ABC001").rename(bestand / "antraege/_ABC001")  # the clerk's own now
    assert "SAMMELDATEI_UNLESBAR" not in codes(prepare(bestand, lage))


def test_a_changed_file_is_named_and_can_be_made_again(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042")
    prepare(bestand, lage)
    datei = bestand / "antraege/ABC001/ABC001.EDA"
    gut = datei.read_bytes()
    datei.write_bytes(gut[:-1] + b"X")
    ergebnis = prepare(bestand, lage)
    assert codes(ergebnis) == ["SAMMELDATEI_VERAENDERT"]
    assert "mahnakte eda aufbauen" in ergebnis.befunde[0].abhilfe
    assert rebuild_sammeldatei(datei.parent)[0] == gut


def test_a_step_that_is_gone_cannot_be_gathered_again(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042")
    prepare(bestand, lage)
    shutil.rmtree(bestand / "2026-0042" / "vorgaenge")
    with pytest.raises(Ablehnung, match="nicht mehr da oder nicht mehr derselbe"):
        rebuild_sammeldatei(bestand / "antraege/ABC001")


def test_a_changed_application_is_damage(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042")
    prepare(bestand, lage, sammeln=False)
    xml = bestand / "2026-0042/vorgaenge/0001/2026-11-16_mahnantrag.xml"
    xml.write_bytes(xml.read_bytes().replace(b"1190.00", b"9190.00"))
    ergebnis = write_sammeldateien(faelle(bestand), lage)
    assert codes(ergebnis) == ["VORGANG_BESCHAEDIGT"]
    assert ergebnis.exit_code == 4
    assert not (bestand / "antraege").exists()


def test_several_at_once_put_each_application_into_one_file(tmp_path: pathlib.Path, lage: Lage) -> None:
    namen = [f"2026-{nummer:04}" for nummer in range(1, 7)]
    bestand = make_bestand(tmp_path / "b", *namen)
    prepare(bestand, lage, sammeln=False)
    alle = faelle(bestand)
    with concurrent.futures.ThreadPoolExecutor(4) as faeden:
        auftraege = [
            faeden.submit(write_sammeldateien, teil, lage) for teil in (alle, alle[:3], alle[2:], alle)
        ]
        befunde = [befund for auftrag in auftraege for befund in auftrag.result().befunde]
    assert befunde == []
    assert sorted(zeichen for liste in eda_files(bestand).values() for zeichen in liste) == namen


# --- Vollstreckungsbescheid ------------------------------------------------------------------------------

ZUGESTELLT = """ereignisse:
  - am: 01.06.2026
    art: antrag_eingereicht
  - am: 15.06.2026
    art: mb_zugestellt
    geschaeftszeichen: 26-1234567-0-0
"""


def follow_up(bestand: pathlib.Path, pool: WorkerPool, tag: str) -> Ergebnis:
    lage = Lage(dt.date.fromisoformat(tag), pool)
    return prepare_antraege(faelle(bestand), "vollstreckungsbescheid", lage, identify("test"))


def test_the_follow_up_is_a_step_a_sheet_and_a_file(tmp_path: pathlib.Path, pool: WorkerPool) -> None:
    zahlung = "zahlungen:\n  - am: 02.07.2026\n    betrag: 50,00\n"
    bestand = make_bestand(tmp_path / "b", "2026-0042", zusatz=ZUGESTELLT + zahlung)
    ergebnis = follow_up(bestand, pool, "2026-07-10")
    assert ergebnis.exit_code == 0, ergebnis.befunde
    assert ergebnis.daten["antraege"][0]["dateien"] == ["2026-07-10_vb-antrag.pdf"]
    blatt = pypdfium2.PdfDocument(bestand / "2026-0042/vorgaenge/0001/2026-07-10_vb-antrag.pdf")
    seite = blatt[0].get_textpage().get_text_range()
    assert "26-1234567-0-0" in seite
    assert "am 02.07.2026" in seite
    inhalt = (bestand / "antraege/ABC001/ABC001.EDA").read_bytes().decode("cp850")
    assert inhalt.startswith(f"AA1234567826071008{'':8}4100ABC001")
    # E01: participant, court's number, our reference, day, 2 = payments follow, 1 = served by the court
    assert inhalt[128:256].startswith(f"08KS   001234567826123456700{'2026-0042':30}26071021")
    assert inhalt[256:384].startswith("08ZAHL 002607020000005000")
    zweiter = follow_up(bestand, pool, "2026-07-10")
    assert zweiter.daten["antraege"][0]["neu"] is False
    assert zweiter.daten["sammeldateien"] == []
    assert rebuild_sammeldatei(bestand / "antraege/ABC001")[0].decode("cp850") == inhalt


@pytest.mark.parametrize(
    ("tag", "zusatz", "code"),
    [
        ("2026-06-29", "", "VB_ZU_FRUEH"),
        ("2026-12-16", "", "VB_ZU_SPAET"),
        ("2026-07-10", "  - am: 01.07.2026\n    art: widerspruch\n", "VB_WIDERSPRUCH"),
    ],
)
def test_what_stops_the_follow_up(
    tmp_path: pathlib.Path, pool: WorkerPool, tag: str, zusatz: str, code: str
) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042", zusatz=ZUGESTELLT + zusatz)
    ergebnis = follow_up(bestand, pool, tag)
    assert ergebnis.exit_code == 3
    assert code in codes(ergebnis)
    assert not (bestand / "2026-0042" / "vorgaenge").exists()


def test_a_follow_up_overtaken_by_an_objection_goes_nowhere(tmp_path: pathlib.Path, pool: WorkerPool) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042", eda="", zusatz=ZUGESTELLT)
    follow_up(bestand, pool, "2026-07-10")
    mahnakte = bestand / "mahnakte.yaml"
    mahnakte.write_text(mahnakte.read_text("utf-8") + EDA, "utf-8")
    write_fall(bestand / "2026-0042", ZUGESTELLT + "  - am: 11.07.2026\n    art: widerspruch\n")
    ergebnis = write_sammeldateien(faelle(bestand), Lage(dt.date(2026, 7, 12), pool))
    assert codes(ergebnis) == ["ANTRAG_UEBERHOLT"]
    assert "Widerspruch" in ergebnis.befunde[0].text


def test_one_of_two_debtors_may_be_ready_before_the_other(tmp_path: pathlib.Path, pool: WorkerPool) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042")
    fall = bestand / "2026-0042" / "fall.yaml"
    zweiter = (
        "  - kennung: erika\n    art: person\n    anrede: Frau\n    vorname: Erika\n    name: Schuldner\n"
        "    strasse: Bahnhofstr. 12\n    plz: 04109\n    ort: Leipzig\n    land: SN\n    verbraucher: ja\n"
        "    streitgericht:\n      art: amtsgericht\n      plz: 04275\n      ort: Leipzig\ngesamtschuldner: ja\n"
    )
    ereignisse = ZUGESTELLT.replace("mb_zugestellt\n", "mb_zugestellt\n    schuldner: max\n") + (
        "  - am: 08.07.2026\n    art: mb_zugestellt\n    schuldner: erika\n    geschaeftszeichen: 26-1234568-0-0\n"
    )
    fall.write_text(
        fall.read_text("utf-8").replace("anspruch:\n", zweiter + "anspruch:\n") + ereignisse, "utf-8"
    )
    erster = follow_up(bestand, pool, "2026-07-10")
    assert erster.exit_code == 1
    assert codes(erster) == ["VB_ZU_FRUEH"]
    zweiter_lauf = follow_up(bestand, pool, "2026-07-23")
    assert zweiter_lauf.exit_code == 0, zweiter_lauf.befunde
    daten = [
        json.loads(pfad.read_text("utf-8"))["daten"]
        for pfad in sorted(bestand.glob("*/vorgaenge/*/eintrag.json"))
    ]
    assert [[antrag["schuldner"] for antrag in einer["antraege"]] for einer in daten] == [["max"], ["erika"]]
    assert len(list(bestand.glob("antraege/*/*.EDA"))) == 2


@pytest.mark.parametrize(("wort", "dran"), [("doppelt", False), ("frist", True), ("ohne_mahnung", True)])
def test_of_a_bestand_only_a_decision_about_the_time_brings_an_application_forward(
    tmp_path: pathlib.Path, lage: Lage, wort: str, dran: bool
) -> None:
    zusatz = f"antrag:\n  trotz: [{wort}]\n  grund: Verjährung\n  freigegeben_von: K. Beispiel\n"
    bestand = make_bestand(tmp_path / "b", "2026-0042", eda="", zusatz=zusatz)
    ergebnis = prepare_antraege([bestand], "mahnbescheid", lage, identify("test"), sammeln=False)
    (zeile,) = ergebnis.daten["antraege"]
    assert (zeile["nr"] is not None) is dran
