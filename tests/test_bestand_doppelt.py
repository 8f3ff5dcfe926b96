"""One invoice, one demand: every kind of doubling between and within cases, in every command that demands."""

import datetime as dt
import os
import pathlib
import shutil
from collections.abc import Callable

import pytest

from doppelbau import add_fall, entry, file_entry, invoice, make_bestand
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.befehle.antrag import prepare_antraege
from mahnakte.befehle.brief import Wunsch, write_brief
from mahnakte.befehle.konto import show_konto
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.neu import create_fall
from mahnakte.befehle.plan import plan_faelle
from mahnakte.befehle.pruefen import check
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.ergebnis import Ergebnis
from mahnakte.werk.laden import Lage

STICHTAG = dt.date(2026, 4, 10)
HERKUNFT = Herkunft("test", "rechner", "lauf", "2026-04-10T08:00:00Z", "0")
VON_DOPPELUNG = {
    "RECHNUNG_MEHRFACH", "RECHNUNG_BEZUG", "RECHNUNG_ERSETZT", "RECHNUNG_DOPPELT", "RECHNUNG_NUMMER_WIEDER",
    "AKTENZEICHEN_DOPPELT", "ERSETZT_IM_KREIS", "VERWEIS_AUF_NICHT_GELTENDE",
}  # fmt: skip


@pytest.fixture
def lage(werkstatt: WorkerPool) -> Lage:
    return Lage(STICHTAG, werkstatt)


@pytest.fixture
def bestand(tmp_path: pathlib.Path) -> pathlib.Path:
    return make_bestand(tmp_path / "bestand")


def codes(ergebnis: Ergebnis) -> list[str]:
    return sorted({befund.code for befund in ergebnis.befunde} & VON_DOPPELUNG)


def letters(bestand: pathlib.Path) -> int:
    return len([*bestand.glob("*/vorgaenge/*/*.docx")])


# --- which invoices are one ----------------------------------------------------------------------------

ZWILLING: dict[str, Callable[[pathlib.Path], object]] = {
    "alles gleich": lambda b: add_fall(b, "F2"),
    "Nummer anders geschrieben": lambda b: add_fall(b, "F2", entry("re 0001")),
    "Nummer ohne Trennzeichen": lambda b: add_fall(b, "F2", entry("RE1")),
    "Name anders geschrieben": lambda b: add_fall(b, "F2", name="SCHULDNER"),
    "Vorname abgekürzt": lambda b: add_fall(b, "F2", vorname="M."),
    "Betrag anders": lambda b: add_fall(b, "F2", entry(betrag="1.150,00")),
    "Schuldner umgezogen": lambda b: add_fall(b, "F2", plz="80331"),
    "Rechnung des Falls noch nicht fällig": lambda b: add_fall(
        b, "F2", entry().replace("31.03.2026", "31.05.2026")
    ),
    "E-Rechnung gegen abgeschriebene": lambda b: add_fall(
        b, "F2", file_entry("r.xml"), dateien={"r.xml": invoice()}
    ),
    "E-Rechnung nennt den Schuldner des anderen Falls": lambda b: add_fall(
        b, "F2", file_entry("r.xml"), dateien={"r.xml": invoice()}, vorname="Erika", name="Anders"
    ),
}


@pytest.mark.parametrize("zweiter", ZWILLING.values(), ids=ZWILLING)
def test_the_same_invoice_in_two_cases_stops_both(
    bestand: pathlib.Path, lage: Lage, zweiter: Callable[[pathlib.Path], object]
) -> None:
    add_fall(bestand, "F1")
    zweiter(bestand)
    ergebnis = plan_faelle([bestand], lage)
    assert codes(ergebnis) == ["RECHNUNG_MEHRFACH"]
    assert ergebnis.exit_code == 3
    assert all(not fall["schritte"] for fall in ergebnis.daten["faelle"])


FREMD: dict[str, Callable[[pathlib.Path], object]] = {
    "andere Nummer": lambda b: add_fall(b, "F2", entry("RE-2")),
    "Nummern, die ohne Trennung gleich wären": lambda b: (
        add_fall(b, "F2", entry("2026-1-17")), add_fall(b, "F3", entry("2026-11-7")),
    ),
    "anderer Gläubiger": lambda b: add_fall(b, "F2", glaeubiger="teppichhaus"),
    "anderer Schuldner": lambda b: add_fall(b, "F2", vorname="Erika", name="Anders"),
    "Ehefrau im selben Haus": lambda b: add_fall(b, "F2", vorname="Erika"),
    "anderer Gläubiger und anderer Schuldner": lambda b: add_fall(
        b, "F2", glaeubiger="teppichhaus", vorname="Erika", name="Anders"
    ),
    "Ordner, der kein Fall ist": lambda b: (b / "Ablage").mkdir(),
    "beiseitegelegt": lambda b: add_fall(b, "_F2"),
    "Anzahlung allein": lambda b: add_fall(
        b, "F2", file_entry("r.xml"), dateien={"r.xml": invoice("RE-9", "877", voraus="190.00", zahlbetrag="1000.00")}
    ),
}  # fmt: skip


@pytest.mark.parametrize("zweiter", FREMD.values(), ids=FREMD)
def test_a_lawful_demand_is_not_stopped(
    bestand: pathlib.Path, lage: Lage, zweiter: Callable[[pathlib.Path], object]
) -> None:
    erster = add_fall(bestand, "F1")
    zweiter(bestand)
    ergebnis = plan_faelle([erster], lage)
    assert codes(ergebnis) == []
    assert [schritt["art"] for schritt in ergebnis.daten["faelle"][0]["schritte"]] == ["zahlungserinnerung"]


def test_the_number_again_on_another_day_is_asked_about_and_goes_on(
    bestand: pathlib.Path, lage: Lage
) -> None:
    erster = add_fall(bestand, "F1")
    add_fall(bestand, "F2", entry(datum="01.03.2025"))
    ergebnis = plan_faelle([erster], lage)
    assert codes(ergebnis) == ["RECHNUNG_NUMMER_WIEDER"]
    assert ergebnis.exit_code == 1
    assert ergebnis.daten["faelle"][0]["schritte"]


def test_one_file_is_one_invoice_whatever_the_cases_say(bestand: pathlib.Path, lage: Lage) -> None:
    rechnung = {"scan.pdf": b"%PDF-1.4 Rechnung"}
    eine = entry("RE-7", zusatz="datei: rechnungen/scan.pdf")
    add_fall(bestand, "F1", eine, dateien=rechnung)
    add_fall(
        bestand,
        "F2",
        eine.replace("01.03.2026", "02.03.2026"),
        dateien=rechnung,
        vorname="Erika",
        name="Anders",
    )
    ergebnis = plan_faelle([bestand], lage)
    assert "RECHNUNG_MEHRFACH" in codes(ergebnis)
    assert "gesamtschuld_mit: [F2]" in " ".join(b.abhilfe for b in ergebnis.befunde)


def test_a_file_shared_by_different_debtors_under_different_numbers_is_no_doubling(
    bestand: pathlib.Path, lage: Lage
) -> None:
    """A Wirtschaftsplan that lies in the case of every owner."""
    plan = {"plan.pdf": b"%PDF-1.4 Wirtschaftsplan"}
    add_fall(bestand, "F1", entry("WEG-1", zusatz="datei: rechnungen/plan.pdf"), dateien=plan)
    add_fall(bestand, "F2", entry("WEG-2", zusatz="datei: rechnungen/plan.pdf"), dateien=plan, vorname="Erika",
             name="Anders")  # fmt: skip
    assert codes(plan_faelle([bestand], lage)) == []


def test_one_file_under_two_numbers_for_one_debtor_and_sum(bestand: pathlib.Path, lage: Lage) -> None:
    scan = {"scan.pdf": b"%PDF-1.4 Rechnung"}
    add_fall(bestand, "F1", entry("RE-7", zusatz="datei: rechnungen/scan.pdf"), dateien=scan)
    add_fall(bestand, "F2", entry("RE-8", zusatz="datei: rechnungen/scan.pdf"), dateien=scan)
    assert "RECHNUNG_MEHRFACH" in codes(plan_faelle([bestand], lage))


# --- one that replaces or settles another --------------------------------------------------------------

BEZIEHUNG = {
    "Korrektur": ("384", "380"),
    "Schlussrechnung zur Abschlagsrechnung": ("380", "326"),
    "Schlussrechnung zur Vorauszahlung": ("380", "386"),
    "Schlussrechnung Bau": ("877", "875"),
    "Teilschlussrechnung Bau": ("876", "875"),
}


@pytest.mark.parametrize("ein_fall", [True, False], ids=["in einem Fall", "in zwei Fällen"])
@pytest.mark.parametrize(("spaetere", "fruehere"), BEZIEHUNG.values(), ids=BEZIEHUNG)
def test_an_invoice_and_the_one_it_refers_to_wait_for_a_decision(
    bestand: pathlib.Path, lage: Lage, spaetere: str, fruehere: str, ein_fall: bool
) -> None:
    dateien = {
        "a.xml": invoice("RE-1", fruehere),
        "b.xml": invoice("RE-2", spaetere, datum="2026-03-05", auf="re 1"),
    }
    if ein_fall:
        add_fall(bestand, "F1", file_entry("a.xml"), file_entry("b.xml"), dateien=dateien)
    else:
        add_fall(bestand, "F1", file_entry("a.xml"), dateien={"a.xml": dateien["a.xml"]})
        add_fall(bestand, "F2", file_entry("b.xml"), dateien={"b.xml": dateien["b.xml"]})
    ergebnis = plan_faelle([bestand], lage)
    assert codes(ergebnis) == ["RECHNUNG_BEZUG"]
    assert not any(fall["schritte"] for fall in ergebnis.daten["faelle"])


# UNTDID 1001: corrected invoice; the same self-billed, factored, self-billed and factored
KORREKTUREN = ("384", "471", "472", "473")


@pytest.mark.parametrize("art", KORREKTUREN)
def test_a_correction_to_the_right_debtor_still_meets_the_invoice_to_the_wrong_one(
    bestand: pathlib.Path, lage: Lage, art: str
) -> None:
    add_fall(bestand, "F1", file_entry("a.xml"), dateien={"a.xml": invoice("RE-1")})
    add_fall(bestand, "F2", file_entry("b.xml"), vorname="Erika", name="Anders",
             dateien={"b.xml": invoice("RE-2", art, datum="2026-03-05", auf="RE-1", kaeufer="Erika Anders")})  # fmt: skip
    assert "RECHNUNG_BEZUG" in codes(plan_faelle([bestand], lage))


@pytest.mark.parametrize("art", KORREKTUREN)
def test_a_correction_with_the_number_of_the_first(bestand: pathlib.Path, lage: Lage, art: str) -> None:
    add_fall(bestand, "F1", file_entry("a.xml"), dateien={"a.xml": invoice("RE-1")})
    add_fall(bestand, "F2", file_entry("b.xml"), dateien={"b.xml": invoice("RE-1", art, datum="2026-03-05")})
    assert "RECHNUNG_BEZUG" in codes(plan_faelle([bestand], lage))


def test_a_reference_with_another_day_means_another_invoice(bestand: pathlib.Path, lage: Lage) -> None:
    add_fall(bestand, "F1", file_entry("a.xml"), dateien={"a.xml": invoice("17")})
    add_fall(bestand, "F2", file_entry("b.xml"),
             dateien={"b.xml": invoice("35", datum="2026-03-05", auf="17", auf_datum="2025-03-01")})  # fmt: skip
    assert codes(plan_faelle([bestand], lage)) == []


# --- what a person decides -----------------------------------------------------------------------------


def test_what_counts_goes_on_and_the_other_waits(bestand: pathlib.Path, lage: Lage) -> None:
    add_fall(bestand, "F1", entry(zusatz="gilt: ja"))
    add_fall(bestand, "F2")
    erster, zweiter = plan_faelle([bestand], lage).daten["faelle"]
    assert [schritt["art"] for schritt in erster["schritte"]] == ["zahlungserinnerung"]
    assert zweiter["schritte"] == []


def test_struck_in_one_case_the_other_goes_on_and_nothing_is_left_to_say(
    bestand: pathlib.Path, lage: Lage
) -> None:
    add_fall(bestand, "F1", entry(zusatz="gilt: ja"))
    add_fall(bestand, "F2", entry(zusatz="gilt: nein"))
    ergebnis = plan_faelle([bestand], lage)
    assert codes(ergebnis) == []
    assert ergebnis.exit_code == 0
    erster, zweiter = ergebnis.daten["faelle"]
    assert erster["schritte"]
    assert not zweiter["schritte"]
    assert [grund["code"] for grund in zweiter["gruende"]] == ["RECHNUNG_GILT_NICHT"]


def test_one_invoice_cannot_count_in_both(bestand: pathlib.Path, lage: Lage) -> None:
    add_fall(bestand, "F1", entry(zusatz="gilt: ja"))
    add_fall(bestand, "F2", entry(zusatz="gilt: ja"))
    ergebnis = plan_faelle([bestand], lage)
    assert codes(ergebnis) == ["RECHNUNG_MEHRFACH"]
    assert not any(fall["schritte"] for fall in ergebnis.daten["faelle"])


def test_advance_and_final_invoice_may_both_count(bestand: pathlib.Path, lage: Lage) -> None:
    dateien = {"a.xml": invoice("RE-1", "326"), "b.xml": invoice("RE-2", "877", auf="RE-1", voraus="190.00",
                                                                  zahlbetrag="1000.00")}  # fmt: skip
    fall = add_fall(
        bestand, "F1", file_entry("a.xml", "gilt: ja"), file_entry("b.xml", "gilt: ja"), dateien=dateien
    )
    assert show_konto(fall, lage).daten["hauptforderung"] == "2190.00"


def test_the_correction_takes_the_place_of_the_first_with_all_that_was_paid(
    bestand: pathlib.Path, lage: Lage
) -> None:
    """What was paid on RE-1 is paid on RE-1K; the sum is that of one invoice."""
    dateien = {"a.xml": invoice("RE-1"), "k.xml": invoice("RE-1K", "384", auf="RE-1", zahlbetrag="1000.00")}
    fall = add_fall(
        bestand, "F1", file_entry("a.xml"), file_entry("k.xml", "ersetzt: re-1"), dateien=dateien,
        zusatz="zahlungen:\n  - am: 10.03.2026\n    betrag: 300,00\n    auf: RE-1\n",
    )  # fmt: skip
    ergebnis = show_konto(fall, lage)
    assert codes(ergebnis) == []
    assert ergebnis.daten["hauptforderung"] == "700.00"
    assert [forderung["rechnung"] for forderung in ergebnis.daten["forderungen"]] == ["RE-1K"]


def test_a_chain_of_corrections_ends_at_the_last(bestand: pathlib.Path, lage: Lage) -> None:
    dateien = {
        "a.xml": invoice("RE-1"), "b.xml": invoice("RE-1A", "384", auf="RE-1"),
        "c.xml": invoice("RE-1B", "384", auf="RE-1A", zahlbetrag="900.00"),
    }  # fmt: skip
    fall = add_fall(
        bestand, "F1", file_entry("a.xml"), file_entry("b.xml", "ersetzt: RE-1"), file_entry("c.xml", "ersetzt: RE-1A"),
        dateien=dateien, zusatz="zahlungen:\n  - am: 10.03.2026\n    betrag: 300,00\n    auf: RE-1\n",
    )  # fmt: skip
    assert show_konto(fall, lage).daten["hauptforderung"] == "600.00"


def test_replacing_in_a_circle_is_named(bestand: pathlib.Path, lage: Lage) -> None:
    fall = add_fall(
        bestand, "F1", entry("RE-1", zusatz="ersetzt: RE-2"), entry("RE-2", zusatz="ersetzt: RE-1")
    )
    assert "ERSETZT_IM_KREIS" in codes(show_konto(fall, lage))


def test_replaced_by_an_invoice_of_another_case(bestand: pathlib.Path, lage: Lage) -> None:
    erster = add_fall(bestand, "F1")
    zweiter = add_fall(bestand, "F2", entry("RE-1K", zusatz="ersetzt: RE-1"))
    assert codes(plan_faelle([erster], lage)) == ["RECHNUNG_ERSETZT"]
    assert codes(plan_faelle([zweiter], lage)) == []
    text = (
        (erster / "fall.yaml")
        .read_text("utf-8")
        .replace("  - nummer: RE-1\n", "  - nummer: RE-1\n    gilt: nein\n")
    )
    (erster / "fall.yaml").write_text(text, "utf-8")
    assert codes(plan_faelle([erster], lage)) == []


def test_money_for_an_invoice_that_does_not_count_here_is_not_lost(bestand: pathlib.Path, lage: Lage) -> None:
    fall = add_fall(bestand, "F1", entry("RE-1", zusatz="gilt: nein"), entry("RE-2"),
                    zusatz="zahlungen:\n  - am: 10.03.2026\n    betrag: 300,00\n    auf: RE-1\n")  # fmt: skip
    assert codes(show_konto(fall, lage)) == ["VERWEIS_AUF_NICHT_GELTENDE"]


def test_twice_in_one_case(bestand: pathlib.Path, lage: Lage) -> None:
    fall = add_fall(bestand, "F1", entry("RE-1"), entry("re 1"))
    assert codes(show_konto(fall, lage)) == ["RECHNUNG_MEHRFACH"]
    anderer = add_fall(bestand, "F2", entry("RE-9"), entry("RE-9"))
    assert "RECHNUNG_DOPPELT" in codes(show_konto(anderer, lage))
    gestrichen = add_fall(bestand, "F3", entry("RE-9"), entry("RE-9", zusatz="gilt: nein"))
    assert show_konto(gestrichen, lage).daten["hauptforderung"] == "1190.00"


# --- every command that demands ------------------------------------------------------------------------


def demand_by_lauf(fall: pathlib.Path, lage: Lage) -> Ergebnis:
    return run_faelle([fall], lage, HERKUNFT)


def demand_by_brief(fall: pathlib.Path, lage: Lage) -> Ergebnis:
    return write_brief(fall, Wunsch("zahlungserinnerung"), lage, HERKUNFT)


def demand_by_antrag(fall: pathlib.Path, lage: Lage) -> Ergebnis:
    return prepare_antraege([fall], "mahnbescheid", lage, HERKUNFT)


DEMANDS = [demand_by_lauf, demand_by_brief, demand_by_antrag]


@pytest.mark.parametrize("demand", DEMANDS)
def test_a_single_path_looks_at_the_whole_bestand(
    bestand: pathlib.Path, lage: Lage, demand: Callable[[pathlib.Path, Lage], Ergebnis]
) -> None:
    fall = add_fall(bestand, "F1")
    add_fall(bestand, "F2")
    ergebnis = demand(fall, lage)
    assert codes(ergebnis) == ["RECHNUNG_MEHRFACH"]
    assert ergebnis.exit_code == 3
    assert not [*bestand.glob("*/vorgaenge/*")]


@pytest.mark.parametrize("demand", [demand_by_lauf, demand_by_brief])
def test_the_copied_folder_stops_both(
    bestand: pathlib.Path, lage: Lage, demand: Callable[[pathlib.Path, Lage], Ergebnis]
) -> None:
    fall = add_fall(bestand, "F1")
    shutil.copytree(fall, bestand / "F1 - Kopie")
    assert codes(demand(fall, lage)) == ["AKTENZEICHEN_DOPPELT"]
    assert letters(bestand) == 0


def test_pruefen_says_it_for_a_single_case(bestand: pathlib.Path, lage: Lage) -> None:
    fall = add_fall(bestand, "F1")
    add_fall(bestand, "F2")
    ergebnis = check([fall], lage)
    assert codes(ergebnis) == ["RECHNUNG_MEHRFACH"]
    assert ergebnis.exit_code == 3


def test_two_cases_one_after_the_other_demand_nothing_twice(bestand: pathlib.Path, lage: Lage) -> None:
    add_fall(bestand, "F1")
    add_fall(bestand, "F2")
    for name in ("F1", "F2"):
        run_faelle([bestand / name], lage, HERKUNFT)
    assert letters(bestand) == 0


def test_at_year_end_the_application_may_go_on_but_no_letter(bestand: pathlib.Path, lage: Lage) -> None:
    trotz = "antrag:\n  trotz: [doppelt]\n  grund: Verjährung am 31.12.\n  freigegeben_von: K. Beispiel\n"
    fall = add_fall(bestand, "F1", zusatz=trotz)
    add_fall(bestand, "F2")
    antrag = demand_by_antrag(fall, lage)
    (warnung,) = [b for b in antrag.befunde if b.code == "RECHNUNG_MEHRFACH"]
    assert warnung.schwere.value == "warnung"
    assert "K. Beispiel" in warnung.text
    assert "ANTRAG_ANGABE_FEHLT" in [
        b.code for b in antrag.befunde
    ]  # it is worked on: only the court is missing
    assert demand_by_lauf(fall, lage).exit_code == 3
    assert letters(bestand) == 0


def test_neu_says_that_the_invoice_is_there_already(
    bestand: pathlib.Path, lage: Lage, tmp_path: pathlib.Path
) -> None:
    add_fall(bestand, "F1")
    datei = tmp_path / "RE-1.xml"
    datei.write_bytes(invoice())
    ergebnis = create_fall(bestand / "F2", [datei], lage)
    assert codes(ergebnis) == ["RECHNUNG_MEHRFACH"]
    assert ergebnis.exit_code == 1
    assert any("F1" in befund.text for befund in ergebnis.befunde)
    datei.write_bytes(invoice("RE-2"))
    assert codes(create_fall(bestand / "F3", [datei], lage)) == []


# --- one folder by several paths -----------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="Verknüpfungen anlegen darf unter Windows nicht jeder")
def test_one_folder_by_several_paths_is_one_case(
    bestand: pathlib.Path, lage: Lage, tmp_path: pathlib.Path
) -> None:
    fall = add_fall(bestand, "F1")
    (tmp_path / "Z").symlink_to(bestand)
    pfade = [fall, pathlib.Path(f"{fall}/"), bestand / "." / "F1", tmp_path / "Z" / "F1", bestand]
    ergebnis = plan_faelle(pfade, lage)
    assert len(ergebnis.daten["faelle"]) == 1
    assert codes(ergebnis) == []


@pytest.mark.skipif(os.name == "nt", reason="Verknüpfungen anlegen darf unter Windows nicht jeder")
def test_the_bestand_by_two_names_holds_no_case_twice(
    bestand: pathlib.Path, lage: Lage, tmp_path: pathlib.Path
) -> None:
    add_fall(bestand, "F1")
    zweiter = add_fall(bestand, "F2", entry("RE-2"))
    (tmp_path / "Z").symlink_to(bestand)
    ergebnis = plan_faelle([tmp_path / "Z" / "F1", zweiter], lage)
    assert codes(ergebnis) == []
    assert ergebnis.exit_code == 0


def test_cases_of_two_bestaende_on_one_command_line(tmp_path: pathlib.Path, lage: Lage) -> None:
    erster = add_fall(make_bestand(tmp_path / "a"), "F1")
    zweiter = add_fall(make_bestand(tmp_path / "b"), "F2")
    assert codes(plan_faelle([erster, zweiter], lage)) == ["RECHNUNG_MEHRFACH"]


# --- what cannot be looked at --------------------------------------------------------------------------


def test_a_sibling_that_cannot_be_read_is_named_and_the_letter_goes_out(
    bestand: pathlib.Path, lage: Lage
) -> None:
    fall = add_fall(bestand, "F1")
    kaputt = add_fall(bestand, "F2", entry("RE-2"))
    (kaputt / "fall.yaml").write_text("aktenzeichen: [\n", encoding="utf-8")
    ohne_nummer = add_fall(bestand, "F3", file_entry("fehlt.xml"))
    ergebnis = demand_by_lauf(fall, lage)
    (befund,) = [b for b in ergebnis.befunde if b.code == "BESTAND_UNGESEHEN"]
    assert str(kaputt) in befund.text
    assert str(ohne_nummer) in befund.text
    assert letters(bestand) == 1
    assert ergebnis.exit_code == 1


def test_in_a_run_over_the_bestand_the_broken_case_speaks_for_itself(
    bestand: pathlib.Path, lage: Lage
) -> None:
    add_fall(bestand, "F1")
    (add_fall(bestand, "F2", entry("RE-2")) / "fall.yaml").write_text("aktenzeichen: [\n", encoding="utf-8")
    assert "BESTAND_UNGESEHEN" not in [
        befund.code for befund in run_faelle([bestand], lage, HERKUNFT).befunde
    ]


# --- the inputs of the first strangers -----------------------------------------------------------------


@pytest.mark.parametrize("name", ["C20-wie-C21", "C21-wie-C20"])
def test_strangers_one_invoice_in_two_cases(shared: pathlib.Path, werkstatt: WorkerPool, name: str) -> None:
    fall = shared / "maengel" / "dokumente" / name
    ergebnis = plan_faelle([fall], Lage(dt.date(2026, 11, 30), werkstatt))
    assert codes(ergebnis) == ["RECHNUNG_MEHRFACH"]
    assert ergebnis.daten["faelle"][0]["schritte"] == []


def test_strangers_replaced_and_replacing(
    shared: pathlib.Path, tmp_path: pathlib.Path, werkstatt: WorkerPool
) -> None:
    quelle = shared / "maengel" / "dokumente"
    shutil.copy(quelle / "mahnakte.yaml", tmp_path)
    fall = tmp_path / "D04"
    shutil.copytree(quelle / "D04-korrektur-voll", fall)
    lage = Lage(dt.date(2026, 11, 30), werkstatt)
    assert codes(plan_faelle([fall], lage)) == ["RECHNUNG_BEZUG"]
    text = (fall / "fall.yaml").read_text("utf-8")
    (fall / "fall.yaml").write_text(
        text.replace("rechnungen/k.xml", "rechnungen/k.xml\n    ersetzt: RE-5"), "utf-8"
    )
    assert show_konto(fall, lage).daten["hauptforderung"] == "1071.00"
