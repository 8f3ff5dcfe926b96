"""Before and after a table of legal values ends, as a clerk meets it: the warning, the letter, the value entered."""

import datetime as dt
import json
import pathlib
import shutil
from decimal import Decimal
from typing import Any

import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner

from fallbau import FAELLE
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.befehle.konto import show_konto
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.plan import plan_faelle
from mahnakte.befehle.pruefen import check_faelle
from mahnakte.cli.haupt import mahnakte_cli
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.worker import WorkerPool
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.werk.ergebnis import NichtBegonnen
from mahnakte.werk.laden import Lage

HERKUNFT = Herkunft("test", "rechner", "lauf", "2026-05-20T08:00:00Z", "0")
BASIS = shipped_recht().find_reihe("basiszinssatz")
ENDE = BASIS.gedeckt_bis
NAME = "RECHTSWERT_ENDET_BALD"


def day(tage: int) -> dt.date:
    return ENDE + dt.timedelta(days=tage)


AB, BIS, STICHTAG = day(1), BASIS.last_day_from(day(1)) or day(1), day(2)


def add_case(
    bestand: pathlib.Path, name: str = "2026-0042", faellig: int = -60, zusatz: str = ""
) -> pathlib.Path:
    """Add the consumer case of 1.190,00, due by contract so many days after the end of the table."""
    text = (FAELLE / "einfach.yaml").read_text(encoding="utf-8").replace("2026-0042", name)
    text = text.replace("RE-2026-131", f"RE-{name}")  # one invoice, one case
    for alt, tage in (("01.03.2026", -30), ("27.02.2026", -31), ("04.03.2026", -28), ("31.03.2026", 0)):
        text = text.replace(alt, f"{day(faellig + tage):%d.%m.%Y}")
    ordner = bestand / name
    ordner.mkdir(parents=True)
    text = text.replace("faelligkeit: gesetzlich", "faelligkeit: vereinbart") + zusatz
    (ordner / "fall.yaml").write_text(text, encoding="utf-8")
    return ordner


def make_bestand(wurzel: pathlib.Path, name: str = "bestand") -> pathlib.Path:
    bestand = wurzel / name
    bestand.mkdir()
    shutil.copy(FAELLE / "mahnakte.yaml", bestand / "mahnakte.yaml")
    return bestand


@pytest.fixture
def bestand(tmp_path: pathlib.Path) -> pathlib.Path:
    return make_bestand(tmp_path)


def call(*woerter: str | pathlib.Path) -> tuple[int, dict[str, Any]]:
    ergebnis = CliRunner().invoke(mahnakte_cli, [*map(str, woerter), "--json"])
    return ergebnis.exit_code, json.loads(ergebnis.stdout)


def enter(bestand: pathlib.Path, satz: str = "1,77", **anders: str) -> tuple[int, dict[str, Any]]:
    angaben = {
        "ab": str(AB),
        "satz": satz,
        "quelle": "Bundesanzeiger vom 29.12.",
        "geprueft-von": "Erika Muster",
    }
    schalter = [teil for name, wert in (angaben | anders).items() for teil in (f"--{name}", wert)]
    return call(
        "recht", "eintragen", "basiszinssatz", *schalter, "--einstellungen", bestand / "mahnakte.yaml"
    )


def codes(befunde: Any) -> list[str]:
    return [befund["code"] if isinstance(befund, dict) else befund.code for befund in befunde]


# --- the warning ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("vorher", "gewarnt"), [(61, False), (60, True), (0, True)])
def test_warned_from_sixty_days_before_with_the_number_of_cases(
    bestand: pathlib.Path, werkstatt: WorkerPool, vorher: int, gewarnt: bool
) -> None:
    for nr in range(2):
        add_case(bestand, f"2026-000{nr}", faellig=-200)
    add_case(bestand, "2026-0009", faellig=300)
    lage = Lage(day(-vorher), werkstatt)
    for ergebnis in (
        plan_faelle([bestand], lage),
        check_faelle([bestand], lage),
        run_faelle([bestand], lage, HERKUNFT),
    ):
        befunde = [befund for befund in ergebnis.befunde if befund.code == NAME]
        assert len(befunde) == gewarnt
        for befund in befunde:
            assert "beruhen: 2 von 3." in befund.text
            assert f"mahnakte recht eintragen basiszinssatz --ab {AB}" in befund.abhilfe
            assert befund.schwere.value == "hinweis"


def test_no_case_rests_on_it_no_warning(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    add_case(bestand, faellig=300)
    assert NAME not in codes(plan_faelle([bestand], Lage(day(-1), werkstatt)).befunde)


ERINNERT = (
    f"ereignisse:\n  - am: {day(-40):%d.%m.%Y}\n    art: mahnung_versandt\n    stufe: zahlungserinnerung\n"
)


# --- the letter after the end ------------------------------------------------------------------------------


def write_letter(bestand: pathlib.Path, werkstatt: WorkerPool) -> tuple[str, dict[str, Any]]:
    ergebnis = run_faelle([bestand], Lage(STICHTAG, werkstatt), HERKUNFT)
    assert [eintrag["art"] for eintrag in ergebnis.daten["geschrieben"]] == ["mahnung-1"], ergebnis.befunde
    schritt = bestand / "2026-0042" / "vorgaenge" / "0001"
    (pdf,) = (pfad for pfad in schritt.glob("*.pdf") if "antwortbogen" not in pfad.name)
    with pdfium.PdfDocument(pdf) as dokument:
        text = " ".join(" ".join(seite.get_textpage().get_text_range() for seite in dokument).split())
    return text, json.loads((schritt / "eintrag.json").read_text(encoding="utf-8"))


def test_a_letter_asks_for_the_exact_part_and_states_the_rest_in_points(
    bestand: pathlib.Path, werkstatt: WorkerPool
) -> None:
    fall = add_case(bestand, zusatz=ERINNERT)
    text, eintrag = write_letter(bestand, werkstatt)
    konto = show_konto(fall, Lage(ENDE, werkstatt)).daten
    summe = format_euro(Decimal(konto["gesamt"]))
    assert text.count(summe.replace("\u00a0", " ")) >= 2
    assert f"Verzugszinsen bis {ENDE:%d.%m.%Y}" in text
    assert f"ab dem {AB:%d.%m.%Y} Zinsen von 5 Prozentpunkten über dem Basiszinssatz auf 1.190,00 €" in text
    assert f"{STICHTAG:%d.%m.%Y} 5," not in text
    assert eintrag["daten"]["betrag"] == konto["gesamt"]  # what the payment code carries
    assert not any("recht" in name for name in eintrag["eingaben"])


def test_with_the_value_entered_the_letter_is_whole_and_the_step_names_the_source(
    bestand: pathlib.Path, werkstatt: WorkerPool
) -> None:
    add_case(bestand, zusatz=ERINNERT)
    assert enter(bestand)[0] == 0
    text, eintrag = write_letter(bestand, werkstatt)
    assert f"Verzugszinsen bis {STICHTAG:%d.%m.%Y}" in text
    assert "kommen hinzu: ab dem" not in text
    verweis = f"../recht/basiszinssatz-{AB}.yaml"
    assert verweis in eintrag["eingaben"]
    assert eintrag["werte"][f"basiszinssatz ab {AB}"] == [
        "1.77", str(AB), "Bundesanzeiger vom 29.12. (eingetragen, geprüft von Erika Muster)",
    ]  # fmt: skip


def test_every_derivation_names_the_value_entered(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    fall = add_case(bestand)
    enter(bestand)
    text = " ".join(" ".join(show_konto(fall, Lage(STICHTAG, werkstatt)).zeilen).split())
    assert "1,77 Prozent pro Jahr, Bundesanzeiger vom 29.12. (eingetragen, geprüft von Erika Muster)" in text
    datei = bestand / "mahnakte.yaml"
    liste = CliRunner().invoke(mahnakte_cli, ["recht", "--einstellungen", str(datei)]).stdout
    assert "Im Bestand eingetragen:" in liste
    code, daten = call("rechnen", "basiszins", "--am", str(AB), "--einstellungen", datei)
    assert (code, daten["satz"]) == (0, "1.77")
    assert "Erika Muster" in daten["quelle"]
    assert call("rechnen", "basiszins", "--am", str(AB))[0] == 2
    assert call("rechnen", "basiszins", "--am", str(AB), "--einstellungen", bestand / "fehlt.yaml")[0] == 2


# --- entering a value --------------------------------------------------------------------------------------


def test_a_value_is_one_new_file(bestand: pathlib.Path) -> None:
    code, daten = enter(bestand)
    assert (code, daten["bis"], daten["befunde"]) == (0, str(BIS), [])
    datei = bestand / "recht" / f"basiszinssatz-{AB}.yaml"
    inhalt = datei.read_bytes()
    assert [pfad.name for pfad in datei.parent.iterdir()] == [datei.name]
    for satz in ("1,77", "1,78"):
        code, daten = enter(bestand, satz)
        assert (code, codes(daten["befunde"])) == (2, ["RECHTSWERT_SCHON_BEKANNT"])
    assert datei.read_bytes() == inhalt
    code, daten = enter(bestand, "0,12", ab=str(BIS + dt.timedelta(days=1)))
    assert code == 0
    assert len(list(datei.parent.iterdir())) == 2


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"ab": str(ENDE)}, "RECHTSWERT_SCHON_BEKANNT"),
        ({"ab": "2015-01-01"}, "RECHTSWERT_SCHON_BEKANNT"),
        ({"ab": str(day(2))}, "RECHTSNACHTRAG_LUECKE"),
        ({"bis": str(BIS + dt.timedelta(days=1))}, "RECHTSNACHTRAG_ZEITRAUM"),
        ({"bis": str(ENDE)}, "RECHTSNACHTRAG_ZEITRAUM"),
        ({"quelle": " "}, "RECHTSNACHTRAG_OHNE_BELEG"),
        ({"geprueft-von": ""}, "RECHTSNACHTRAG_OHNE_BELEG"),
        ({"quelle": "a\nb"}, "RECHTSNACHTRAG_OHNE_BELEG"),
        ({"quelle": "a\u202eb"}, "RECHTSNACHTRAG_OHNE_BELEG"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_written(
    bestand: pathlib.Path, anders: dict[str, str], code: str
) -> None:
    rueckgabe, daten = enter(bestand, **anders)
    assert (rueckgabe, codes(daten["befunde"])) == (2, [code])
    assert not (bestand / "recht").exists()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("basiszins", None),  # the beginning of one name only
        ("basis-zins", "RECHTSWERT_UNBEKANNT"),
        ("verzug", "RECHTSWERT_UNBEKANNT"),
        ("rvg", "RECHTSNACHTRAG_TABELLE"),
        ("mahngerichte", "RECHTSNACHTRAG_TABELLE"),
        ("verbraucherdarlehen_tilgung", "RECHT_NICHT_GEPRUEFT"),
    ],
)
def test_only_a_series_takes_a_value(bestand: pathlib.Path, name: str, code: str | None) -> None:
    rueckgabe, daten = call(
        "recht", "eintragen", name, "--ab", str(AB), "--satz", "1", "--quelle", "x", "--geprueft-von", "y",
        "--einstellungen", bestand / "mahnakte.yaml",
    )  # fmt: skip
    assert (rueckgabe, codes(daten["befunde"])) == ((0, []) if code is None else (2, [code]))


def test_a_mistyped_bestand_is_named(tmp_path: pathlib.Path) -> None:
    rueckgabe, daten = enter(tmp_path)
    assert (rueckgabe, codes(daten["befunde"])) == (2, ["EINSTELLUNGEN_FEHLEN"])
    assert list(tmp_path.iterdir()) == []


def test_the_remedy_helps_when_it_is_followed(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    fall = add_case(bestand, zusatz=f"zahlungen:\n  - am: {STICHTAG:%d.%m.%Y}\n    betrag: 500,00\n")
    ergebnis = show_konto(fall, Lage(day(3), werkstatt))
    (befund,) = (b for b in ergebnis.befunde if b.code == "RECHTSWERT_NACH_TABELLE")
    befehl = befund.abhilfe.splitlines()[-1].split()[1:]
    woerter = [
        {"WERT": "1,77", "QUELLE": "Bundesanzeiger", "NAME": "Muster"}.get(wort, wort) for wort in befehl
    ]
    assert call(*woerter, "--einstellungen", bestand / "mahnakte.yaml")[0] == 0
    geheilt = show_konto(fall, Lage(day(3), werkstatt))
    assert (geheilt.exit_code, geheilt.daten["zinsen_bis"]) == (0, str(day(3)))


# --- files of others, two Bestände ------------------------------------------------------------------------


def test_two_bestaende_with_different_values_in_one_run(
    tmp_path: pathlib.Path, werkstatt: WorkerPool
) -> None:
    bestaende = [make_bestand(tmp_path, name) for name in ("a", "b", "c")]
    faelle = [add_case(bestand, f"F-{nr}") for nr, bestand in enumerate(bestaende)]
    enter(bestaende[0], "1,77")
    enter(bestaende[1], "7,77")
    lage = Lage(day(30), werkstatt)
    teiler = dt.date(AB.year, 12, 31).timetuple().tm_yday
    bisher = Decimal(show_konto(faelle[2], lage).daten["zinsen"])
    for fall, satz in zip(faelle, ("6.77", "12.77", None), strict=True):
        daten = show_konto(fall, lage).daten
        mehr = (Decimal("1190.00") * Decimal(satz or 0) * 30 / (100 * teiler)).quantize(Decimal("0.01"))
        assert Decimal(daten["zinsen"]) == bisher + mehr
        assert daten["zinsen_bis"] == str(day(30) if satz else ENDE)
    ergebnis = run_faelle(bestaende, lage, HERKUNFT)  # eight threads at once
    assert len(ergebnis.daten["geschrieben"]) == 3


def test_a_file_that_contradicts_the_program_stops_the_bestand_and_names_both(
    bestand: pathlib.Path, werkstatt: WorkerPool
) -> None:
    add_case(bestand)
    enter(bestand)
    datei = bestand / "recht" / f"basiszinssatz-{AB}.yaml"
    letzter = BASIS.werte[-1]
    text = datei.read_text(encoding="utf-8").replace(f"ab: {AB}", f"ab: {letzter.ab}")
    datei.write_text(text.replace(f"bis: {BIS}", f"bis: {letzter.bis}"), encoding="utf-8")
    with pytest.raises(NichtBegonnen) as gefangen:
        plan_faelle([bestand], Lage(STICHTAG, werkstatt))
    (befund,) = gefangen.value.befunde
    assert befund.code == "RECHTSWERT_WIDERSPRUCH"
    assert "1,77" in befund.text
    assert letzter.zahl in befund.text
    agreed = text.replace(f"bis: {BIS}", f"bis: {letzter.bis}").replace("1,77", letzter.zahl)
    datei.write_text(agreed, encoding="utf-8")
    assert plan_faelle([bestand], Lage(ENDE, werkstatt)).rueckgabe == 0


@pytest.mark.parametrize(
    ("name", "inhalt", "code"),
    [
        ("x.yaml", "name: basiszinssatz\n", "RECHTSNACHTRAG_FEHLERHAFT"),
        ("x.yaml", "nome: basiszinssatz\n", "RECHTSNACHTRAG_FEHLERHAFT"),
        ("x.yaml", "a: [\n", "YAML_KLAMMER"),
        ("x.yml", "name: basiszinssatz\n", "RECHTSNACHTRAG_ENDUNG"),
        ("x.YAML", "name: basiszinssatz\n", "RECHTSNACHTRAG_ENDUNG"),
    ],
)
def test_a_faulty_file_stops_all_cases_with_its_name(
    bestand: pathlib.Path, werkstatt: WorkerPool, name: str, inhalt: str, code: str
) -> None:
    add_case(bestand)
    (bestand / "recht").mkdir()
    (bestand / "recht" / name).write_text(inhalt, encoding="utf-8")
    with pytest.raises(NichtBegonnen) as gefangen:
        plan_faelle([bestand], Lage(ENDE, werkstatt))
    (befund,) = gefangen.value.befunde
    assert befund.code == code
    assert befund.stelle is not None
    assert name in befund.stelle.datei


def test_other_papers_in_the_folder_are_left_alone(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    add_case(bestand)
    ordner = bestand / "recht"
    ordner.mkdir()
    for name in ("Bundesanzeiger.pdf", "_entwurf.yaml", ".versteckt.yaml", "notiz.txt"):
        (ordner / name).write_text("kein Wert", encoding="utf-8")
    ergebnis = plan_faelle([bestand], Lage(ENDE, werkstatt))
    assert [fall["aktenzeichen"] for fall in ergebnis.daten["faelle"]] == ["2026-0042"]


def test_a_link_is_not_followed(bestand: pathlib.Path, werkstatt: WorkerPool, tmp_path: pathlib.Path) -> None:
    add_case(bestand)
    (bestand / "recht").mkdir()
    (tmp_path / "fremd.yaml").write_text("name: x\n", encoding="utf-8")
    try:
        (bestand / "recht" / "x.yaml").symlink_to(tmp_path / "fremd.yaml")
    except OSError:
        pytest.skip("dieses Dateisystem kennt keine Verknüpfungen")
    with pytest.raises(NichtBegonnen):
        plan_faelle([bestand], Lage(ENDE, werkstatt))


def test_a_case_named_recht_stays_a_case(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    """A Bestand of the first edition may have one; no value is read from it, none is written into it."""
    add_case(bestand, "recht")
    ergebnis = plan_faelle([bestand], Lage(ENDE, werkstatt))
    assert [fall["aktenzeichen"] for fall in ergebnis.daten["faelle"]] == ["recht"]
    rueckgabe, daten = enter(bestand)
    assert (rueckgabe, codes(daten["befunde"])) == (2, ["RECHT_IST_FALL"])


# --- the inputs that strangers found -----------------------------------------------------------------------


def test_the_first_of_january_stops_nothing_that_needs_no_number(
    shared: pathlib.Path, werkstatt: WorkerPool
) -> None:
    fall = shared / "maengel/haus/basiszins-ende/B1"
    if not fall.exists():
        pytest.skip("../shared/maengel fehlt")
    for tag in (dt.date(2026, 12, 30), dt.date(2027, 1, 2)):
        (zeile,) = plan_faelle([fall], Lage(tag, werkstatt)).daten["faelle"]
        assert [schritt["art"] for schritt in zeile["schritte"]] == ["mahnung-letzte"]
    daten = show_konto(fall, Lage(dt.date(2027, 1, 2), werkstatt)).daten
    if dt.date(2026, 12, 31) == ENDE:  # by hand: 69 days at 6.27 %, 184 days at 6.52 %
        assert (daten["zinsen"], daten["zinsen_bis"]) == ("53.21", "2026-12-31")


def test_a_claim_due_in_2028_is_not_due(shared: pathlib.Path, werkstatt: WorkerPool) -> None:
    fall = shared / "maengel/dokumente/D03-faellig-2028"
    if not fall.exists():
        pytest.skip("../shared/maengel fehlt")
    ergebnis = plan_faelle([fall], Lage(dt.date(2026, 11, 30), werkstatt))
    (zeile,) = ergebnis.daten["faelle"]
    assert not zeile["schritte"]
    assert "RECHTSWERT_NACH_TABELLE" not in codes(ergebnis.befunde)
