"""What is remembered of a day changes no result: `plan` and `lauf` say the same with it, without it, stale and spoilt.

The table below names, for each kind of change, the cases that must be read again; it is written by hand.
"""

import contextlib
import datetime as dt
import json
import os
import pathlib
import random
import shutil
import time
from collections.abc import Callable
from decimal import Decimal

import pytest

import doppelbau
import mahnakte
from fallbau import known_up_to
from mahnakte.ablage import zwischenspeicher
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.ablage.programmstand import fingerprint_program
from mahnakte.ablage.spuren import trace_schritte
from mahnakte.befehle.demo import run_demo
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.plan import plan_faelle
from mahnakte.befehle.pruefen import check_faelle
from mahnakte.befehle.recht_eintragen import Eintrag, enter_recht
from mahnakte.befehle.vermerk import record_storno
from mahnakte.bestand.karte import KeineKarte
from mahnakte.bestand.tagesstand import read_tagesstand
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk import vorschau
from mahnakte.werk.bestandsrecht import Bestandsrecht
from mahnakte.werk.laden import Lage, check_umschau, load_fall
from mahnakte.werk.schreiben import Druckerei
from mahnakte.werk.tagebuch import VORAUS
from mahnakte.werk.vorschau import Planzeile
from sachverhaltbau import Sachverhalt, list_dateien, read_sachverhalt, write_fall

TAG = dt.date(2026, 11, 16)
HERKUNFT = Herkunft("test", "rechner", "lauf", "2026-11-16T08:00:00Z", "0")
ALLE = {
    "2022-0417", "2026-0064", "2026-0087", "2026-0090", "2026-0092", "2026-0093", "2026-0095", "2026-0101"
}  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, werkstatt: WorkerPool) -> pathlib.Path:
    """Return the demo Bestand after its runs, with letters, an application and nothing left to do on TAG."""
    ordner = tmp_path_factory.mktemp("demo") / "bestand"
    run_demo(ordner, Lage(TAG, werkstatt), HERKUNFT)
    return ordner


@pytest.fixture
def cache(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.setattr(zwischenspeicher, "cache_folder", lambda: tmp_path / "cache" / "mahnakte")
    return tmp_path / "cache" / "mahnakte"


@pytest.fixture
def bestand(demo: pathlib.Path, tmp_path: pathlib.Path, cache: pathlib.Path) -> pathlib.Path:
    return age(shutil.copytree(demo, tmp_path / "bestand"))


def age(ordner: pathlib.Path) -> pathlib.Path:
    """Make every file and folder old enough to be remembered."""
    frueher = time.time() - 3600
    for pfad in (ordner, *ordner.rglob("*")):
        os.utime(pfad, (frueher, frueher))
    return ordner


@pytest.fixture
def gelesene(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Name the cases that `plan` really reads."""
    namen: list[str] = []
    echt = vorschau.read_fallordner

    def named(pfad: pathlib.Path) -> object:
        namen.append(pfad.name)
        return echt(pfad)

    monkeypatch.setattr(vorschau, "read_fallordner", named)
    return namen


def say(bestand: pathlib.Path, werkstatt: WorkerPool, tag: dt.date = TAG, *, alles: bool = False) -> str:
    """Return everything that `plan` says: JSON, lines, exit code."""
    ergebnis = plan_faelle([bestand], Lage(tag, werkstatt, alles_pruefen=alles))
    return json.dumps([ergebnis.exit_code, ergebnis.as_json(), ergebnis.zeilen], ensure_ascii=False, indent=1)


def remembered(cache: pathlib.Path) -> dict[str, object]:
    (datei,) = cache.glob("tage-*")
    return json.loads(datei.read_bytes().partition(b"\n")[2])


# --- unchanged -----------------------------------------------------------------------------------------


def test_an_unchanged_case_is_not_read_again(bestand, werkstatt, gelesene) -> None:
    zum_ersten_mal = say(bestand, werkstatt)
    assert sorted(gelesene) == sorted(ALLE)
    gelesene.clear()
    assert say(bestand, werkstatt) == zum_ersten_mal
    assert gelesene == []
    assert say(bestand, werkstatt, alles=True) == zum_ersten_mal
    assert sorted(gelesene) == sorted(ALLE)


def test_one_case_asked_for_forgets_no_other(bestand, cache, werkstatt, gelesene) -> None:
    say(bestand, werkstatt)
    say(bestand / "2026-0092", werkstatt)
    assert remembered(cache).keys() == ALLE
    gelesene.clear()
    say(bestand, werkstatt)
    assert gelesene == []


def test_the_run_believes_what_the_plan_found_and_the_other_way_round(
    bestand, werkstatt, monkeypatch
) -> None:
    lauf = run_faelle([bestand], Lage(TAG, werkstatt), HERKUNFT)
    say(bestand, werkstatt)
    monkeypatch.setattr("mahnakte.befehle.lauf.read_fallordner", lambda pfad: pytest.fail(f"liest {pfad}"))
    zweiter = run_faelle([bestand], Lage(TAG, werkstatt), HERKUNFT)
    assert (zweiter.as_json(), zweiter.zeilen, zweiter.exit_code) == (
        lauf.as_json(),
        lauf.zeilen,
        lauf.exit_code,
    )
    assert zweiter.daten["zahl"]["ausgelassen"] == len(ALLE)


def test_a_run_that_remembers_writes_the_same_letters(demo, bestand, werkstatt) -> None:
    """Some cases are foreseen to rest on the day of the run, others get their letter."""
    tag = dt.date(2026, 12, 18)
    say(bestand, werkstatt, tag - dt.timedelta(days=2))
    mit = run_faelle([bestand], Lage(tag, werkstatt), HERKUNFT)
    shutil.rmtree(bestand)
    age(shutil.copytree(demo, bestand))
    ohne = run_faelle([bestand], Lage(tag, werkstatt, alles_pruefen=True), HERKUNFT)
    assert mit.daten["geschrieben"]
    assert (mit.as_json(), mit.zeilen, mit.exit_code) == (ohne.as_json(), ohne.zeilen, ohne.exit_code)


def test_pruefen_reads_every_case_and_every_document(bestand, werkstatt, gelesene) -> None:
    say(bestand, werkstatt)
    gelesene.clear()
    brief = next((bestand / "2026-0087" / "vorgaenge" / "0001").glob("*.docx"))
    brief.chmod(0o644)
    with brief.open("r+b") as datei:  # written over where it lies: no listing tells
        datei.write(b"anders")
    codes = {befund.code for befund in check_faelle([bestand], Lage(TAG, werkstatt)).befunde}
    assert sorted(gelesene) == sorted(ALLE)
    assert "VORGANG_BESCHAEDIGT" in codes
    assert "VORGANG_BESCHAEDIGT" in say(bestand, werkstatt, alles=True)


def test_time_zone_and_language_of_the_user_change_nothing(bestand, werkstatt, gelesene, monkeypatch) -> None:
    vorher = say(bestand, werkstatt)
    gelesene.clear()
    for name, wert in (("TZ", "Pacific/Auckland"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "C"), ("USER", "wer")):
        monkeypatch.setenv(name, wert)
    time.tzset()
    try:
        assert say(bestand, werkstatt) == vorher
    finally:
        monkeypatch.undo()
        time.tzset()


# --- changed -------------------------------------------------------------------------------------------


def append(name: str, text: str) -> Callable[[pathlib.Path, WorkerPool], None]:
    def do(bestand: pathlib.Path, _: WorkerPool) -> None:
        with (bestand / name).open("a", encoding="utf-8") as datei:
            datei.write(text)

    return do


def replace_invoice(bestand: pathlib.Path, _: WorkerPool) -> None:
    datei = bestand / "2026-0087" / "rechnungen" / "RE-2026-178.xml"
    neu = datei.read_bytes().replace(b"</", b"\n</", 1)
    datei.unlink()
    datei.write_bytes(neu)


def same_size_and_time(bestand: pathlib.Path, _: WorkerPool) -> None:
    """Only the time of the entry (ctime) gives it away."""
    datei = bestand / "2026-0092" / "fall.yaml"
    zeiten = datei.stat().st_mtime_ns
    text = datei.read_text(encoding="utf-8")
    datei.write_text(text.replace("vorname: Karin", "vorname: Marin"), encoding="utf-8")
    os.utime(datei, ns=(zeiten, zeiten))


def run_later(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    run_faelle([bestand / "2026-0092"], Lage(dt.date(2026, 12, 18), werkstatt), HERKUNFT)


def cancel(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    record_storno(bestand / "2026-0087", 1, "überholt", Lage(TAG, werkstatt), HERKUNFT)


def exchange_document(bestand: pathlib.Path, _: WorkerPool) -> None:
    """As Word saves: a new file in the place of the old one."""
    brief = next((bestand / "2026-0087" / "vorgaenge" / "0001").glob("*.docx"))
    neu = brief.with_suffix(".tmp")
    neu.write_bytes(b"anders")
    neu.replace(brief)


def open_in_word(bestand: pathlib.Path, _: WorkerPool) -> None:
    (bestand / "2026-0087" / "vorgaenge" / "0001" / "~$brief.docx").write_bytes(b"x")


def break_off(bestand: pathlib.Path, _: WorkerPool) -> None:
    (bestand / "2026-0093" / "vorgaenge").mkdir(exist_ok=True)
    (bestand / "2026-0093" / "vorgaenge" / ".neu-rest").mkdir()


def copy_case(bestand: pathlib.Path, _: WorkerPool) -> None:
    shutil.copytree(bestand / "2026-0092", bestand / "Kopie")


def demand_elsewhere(bestand: pathlib.Path, _: WorkerPool) -> None:
    fall = shutil.copytree(bestand / "2026-0092", bestand / "2026-0300", ignore=lambda *_: {"vorgaenge"})
    datei = fall / "fall.yaml"
    text = datei.read_text(encoding="utf-8").replace("2026-0092", "2026-0300")
    datei.write_text(text, encoding="utf-8")


def name_as_joint_debtor(bestand: pathlib.Path, _: WorkerPool) -> None:
    append("2026-0093/fall.yaml", "gesamtschuld_mit: [2026-0092]\n")(bestand, _)


def remove_case(bestand: pathlib.Path, _: WorkerPool) -> None:
    shutil.rmtree(bestand / "2026-0093")


def rename_case(bestand: pathlib.Path, _: WorkerPool) -> None:
    (bestand / "2026-0093").rename(bestand / "Neuer Name")


def lay_template(bestand: pathlib.Path, _: WorkerPool) -> None:
    (bestand / "vorlagen").mkdir()
    (bestand / "vorlagen" / "mahnung-1.docx").write_bytes(b"kein Word")


def newer_law(bestand: pathlib.Path, _: WorkerPool) -> None:
    eintrag = Eintrag(
        "basiszinssatz", dt.date(2027, 1, 1), None, Decimal("1.77"), "Bundesanzeiger vom 29.12.", "Erika Muster",
        dt.date(2026, 12, 30),
    )  # fmt: skip
    enter_recht(bestand / "mahnakte.yaml", eintrag)


# What happens, and the cases that are read again because of it.
AENDERUNGEN: dict[str, tuple[Callable[[pathlib.Path, WorkerPool], None], set[str]]] = {
    "Kommentar in fall.yaml": (append("2026-0092/fall.yaml", "# geprüft\n"), {"2026-0092"}),
    "Zahlung in fall.yaml": (
        append("2026-0092/fall.yaml", "zahlungen:\n  - am: 10.11.2026\n    betrag: 2.380,00\n"),
        {"2026-0092"},
    ),
    "fall.yaml bei gleicher Größe und Zeit": (same_size_and_time, {"2026-0092"}),
    "fall.yaml unlesbar": (append("2026-0092/fall.yaml", "[\n"), {"2026-0092"}),
    "Rechnung ersetzt": (replace_invoice, {"2026-0087"}),
    "neuer Vorgang": (run_later, {"2026-0092"}),
    "Storno": (cancel, {"2026-0087"}),
    "Dokument eines Vorgangs ersetzt": (exchange_document, {"2026-0087"}),
    "Brief in Word geöffnet": (open_in_word, {"2026-0087"}),
    "abgebrochener Lauf": (break_off, {"2026-0093"}),
    "mahnakte.yaml": (append("mahnakte.yaml", "# geprüft\n"), ALLE),
    "Wert unter recht/": (newer_law, ALLE),
    "eigene Vorlage": (lay_template, ALLE),
    "Kopie eines Falls": (copy_case, {"2026-0092", "Kopie"}),
    "Rechnung auch in einem anderen Fall": (demand_elsewhere, {"2026-0092", "2026-0300"}),
    "als Gesamtschuldner genannt": (name_as_joint_debtor, {"2026-0092", "2026-0093"}),
    "Fall entfernt": (remove_case, set()),
    "Fall umbenannt": (rename_case, {"Neuer Name"}),
}


@pytest.mark.parametrize("was", AENDERUNGEN)
def test_after_each_change_the_plan_is_the_same_as_read_whole(bestand, werkstatt, gelesene, was: str) -> None:
    say(bestand, werkstatt)
    aendern, betroffen = AENDERUNGEN[was]
    aendern(bestand, werkstatt)
    gelesene.clear()
    mit = say(bestand, werkstatt)
    assert set(gelesene) == betroffen
    assert mit == say(bestand, werkstatt, alles=True)


def test_the_next_days_are_computed_in_advance_and_no_further(bestand, werkstatt, gelesene) -> None:
    heute = say(bestand, werkstatt)
    for voraus in range(1, VORAUS + 1):
        gelesene.clear()
        tag = TAG + dt.timedelta(days=voraus)
        spaeter = say(bestand, werkstatt, tag)
        neu_gelesen = set(gelesene)
        assert spaeter == say(bestand, werkstatt, tag, alles=True) != heute
        faellig = {fall["aktenzeichen"] for fall in json.loads(spaeter)[1]["faelle"] if fall["schritte"]}
        assert faellig <= neu_gelesen
        say(bestand, werkstatt)
    gelesene.clear()
    say(bestand, werkstatt, TAG + dt.timedelta(days=VORAUS + 1))
    assert set(gelesene) == ALLE


def test_an_earlier_day_is_asked_anew(bestand, werkstatt, gelesene) -> None:
    say(bestand, werkstatt)
    gelesene.clear()
    gestern = say(bestand, werkstatt, TAG - dt.timedelta(days=1))
    assert set(gelesene) == ALLE
    assert gestern == say(bestand, werkstatt, TAG - dt.timedelta(days=1), alles=True)


def test_another_program_asks_anew(bestand, werkstatt, gelesene, monkeypatch) -> None:
    vorher, stand = say(bestand, werkstatt), fingerprint_program()
    gelesene.clear()
    monkeypatch.setattr(mahnakte, "__version__", "0.0.0.anders")
    assert fingerprint_program() != stand
    assert say(bestand, werkstatt) == vorher
    assert set(gelesene) == ALLE
    gelesene.clear()
    monkeypatch.setattr("mahnakte.ablage.programmstand._installed", lambda: "eine Datei geändert")
    assert say(bestand, werkstatt) == vorher
    assert set(gelesene) == ALLE


def test_the_path_as_typed_is_the_path_that_is_printed(bestand, werkstatt, monkeypatch) -> None:
    vorher = say(bestand, werkstatt)
    monkeypatch.chdir(bestand.parent)
    kurz = say(pathlib.Path("bestand"), werkstatt)
    assert kurz == say(pathlib.Path("bestand"), werkstatt, alles=True) != vorher
    monkeypatch.chdir(bestand / "2026-0092")
    hier = say(pathlib.Path(), werkstatt)
    assert hier == say(pathlib.Path(), werkstatt) == say(pathlib.Path(), werkstatt, alles=True)


def test_a_random_walk_of_changes(bestand, werkstatt) -> None:
    wuerfel = random.Random(20261130)
    namen = [name for name in AENDERUNGEN if name not in ("Fall entfernt", "fall.yaml unlesbar")]
    for schritt, was in enumerate([*wuerfel.sample(namen, 9), "Fall entfernt"]):
        if wuerfel.random() < 0.5:
            age(bestand)
        tag = TAG + dt.timedelta(days=wuerfel.randrange(2))
        with contextlib.suppress(OSError):  # an earlier change may have taken its object away
            AENDERUNGEN[was][0](bestand, werkstatt)
        say(bestand, werkstatt, TAG)
        assert say(bestand, werkstatt, tag) == say(bestand, werkstatt, tag, alles=True), (schritt, was)


# --- never kept ----------------------------------------------------------------------------------------


def test_what_was_changed_a_moment_ago_is_not_kept(demo, tmp_path, cache, werkstatt) -> None:
    bestand = age(shutil.copytree(demo, tmp_path / "bestand"))
    (bestand / "2026-0092" / "fall.yaml").touch()
    (bestand / "2026-0087" / "vorgaenge" / "0001").touch()
    say(bestand, werkstatt)
    assert remembered(cache).keys() == ALLE - {"2026-0092", "2026-0087"}


def test_a_case_with_a_step_due_is_read_whole_each_time(bestand, cache, werkstatt, gelesene) -> None:
    spaeter = dt.date(2026, 12, 18)
    daten = plan_faelle([bestand], Lage(spaeter, werkstatt)).daten
    faellig = {fall["aktenzeichen"] for fall in daten["faelle"] if fall["schritte"]}
    assert faellig
    assert not faellig & remembered(cache).keys()
    gelesene.clear()
    say(bestand, werkstatt, spaeter)
    assert faellig <= set(gelesene)


@pytest.mark.parametrize(
    "was",
    ["Dokument eines Vorgangs ersetzt", "fall.yaml unlesbar", "Kopie eines Falls", "abgebrochener Lauf"],
)
def test_what_is_not_in_order_is_never_kept(bestand, cache, werkstatt, was: str) -> None:
    aendern, betroffen = AENDERUNGEN[was]
    aendern(bestand, werkstatt)
    age(bestand)
    say(bestand, werkstatt)
    assert remembered(cache).keys() == ALLE - betroffen


def test_a_case_that_tripped_is_read_again(bestand, cache, werkstatt, monkeypatch) -> None:
    echt = vorschau.plan_fall

    def trip(sachstand):
        if sachstand.fall.aktenzeichen == "2026-0092":
            raise ZeroDivisionError
        return echt(sachstand)

    monkeypatch.setattr(vorschau, "plan_fall", trip)
    assert "PROGRAMMFEHLER" in say(bestand, werkstatt)
    assert "2026-0092" not in remembered(cache)
    monkeypatch.setattr(vorschau, "plan_fall", echt)
    assert "PROGRAMMFEHLER" not in say(bestand, werkstatt)


def test_joint_debtors_are_read_whole(tmp_path, cache, werkstatt) -> None:
    """What the other one paid stands in the other case, and is no part of the card."""
    bestand = doppelbau.make_bestand(tmp_path / "bestand")
    doppelbau.add_fall(bestand, "A", zusatz="gesamtschuld_mit: [B]\n")
    erika = doppelbau.add_fall(
        bestand, "B", vorname="Erika", name="Anders", kennung="erika", zusatz="gesamtschuld_mit: [A]\n"
    )
    doppelbau.add_fall(bestand, "C", doppelbau.entry("RE-9"))
    tag = dt.date(2026, 3, 20)
    say(age(bestand), werkstatt, tag)
    assert remembered(cache).keys() == {"C"}
    with (erika / "fall.yaml").open("a", encoding="utf-8") as datei:
        datei.write("zahlungen:\n  - am: 10.03.2026\n    betrag: 1.190,00\n")
    assert say(bestand, werkstatt, tag) == say(bestand, werkstatt, tag, alles=True)


# --- spoilt --------------------------------------------------------------------------------------------


def rewrite(datei: pathlib.Path, inhalt: object) -> None:
    """Write a body that carries its right checksum."""
    roh = json.dumps(inhalt).encode()
    datei.write_bytes(zwischenspeicher._head(roh, zwischenspeicher.TAGE) + b"\n" + roh)


def with_field(feld: str, wert: object) -> Callable[[pathlib.Path, dict], None]:
    def spoil(datei: pathlib.Path, stand: dict) -> None:
        for roh in stand.values():
            roh["tage"] = [{**einer, feld: wert} for einer in roh["tage"]]
        rewrite(datei, stand)

    return spoil


SPOILT: dict[str, Callable[[pathlib.Path, dict], None]] = {
    "weg": lambda datei, _: datei.unlink(),
    "leer": lambda datei, _: datei.write_bytes(b""),
    "abgeschnitten": lambda datei, _: datei.write_bytes(datei.read_bytes()[:-20]),
    "Müll": lambda datei, _: datei.write_bytes(bytes(range(256)) * 20),
    "ein Bit": lambda datei, _: datei.write_bytes(datei.read_bytes().replace(b"TITEL_", b"UITEL_")),
    "Liste": lambda datei, stand: rewrite(datei, list(stand)),
    "Einträge": lambda datei, stand: rewrite(datei, dict.fromkeys(stand, 7)),
    "Schlüssel": lambda datei, stand: rewrite(
        datei, {n: {**roh, "schluessel": None} for n, roh in stand.items()}
    ),
    "ohne Tage": lambda datei, stand: rewrite(
        datei, {n: {"schluessel": roh["schluessel"]} for n, roh in stand.items()}
    ),
    "Tage": lambda datei, stand: rewrite(datei, {n: {**roh, "tage": 5} for n, roh in stand.items()}),
    "Tag": with_field("ab", "heute"),
    "Gründe": with_field("gruende", [["BEZAHLT"]]),
    "Gründe als Text": with_field("gruende", "BEZAHLT"),
    "Befunde": with_field("befunde", [["X", "egal", "Text", "", None, None]]),
    "Stelle": with_field("befunde", [["X", "warnung", "Text", "", ["fall.yaml", True], None]]),
    "Rechtswerte": with_field("rechtswerte", [3]),
    "offen": with_field("offen", 1),
    "vertauscht": lambda datei, stand: rewrite(
        datei, dict(zip(stand, reversed(list(stand.values())), strict=True))
    ),
}


@pytest.mark.parametrize("wie", SPOILT)
def test_a_spoilt_memory_says_the_same(bestand, cache, werkstatt, gelesene, wie: str) -> None:
    vorher = say(bestand, werkstatt)
    gelesene.clear()
    (datei,) = cache.glob("tage-*")
    SPOILT[wie](datei, remembered(cache))
    assert say(bestand, werkstatt) == vorher
    assert set(gelesene) == ALLE


def test_a_card_is_read_strictly() -> None:
    tag = "2026-11-16"
    gut: dict[str, object] = {
        "ab": tag,
        "bis": tag,
        "gruende": [],
        "befunde": [],
        "rechtswerte": [],
        "offen": True,
    }
    gut |= {"schuldner": "Anna Muster", "letztes": ["mahnung-1", tag], "betraege": ["12.50"]}
    assert read_tagesstand(gut).offen
    assert read_tagesstand({**gut, "letztes": []}).letztes is None
    for falsch in (["12.50", "12.51"], [], ["1e5x"], [12.5]):
        with pytest.raises(KeineKarte):
            read_tagesstand({**gut, "betraege": falsch})
    for feld in gut:
        with pytest.raises(KeineKarte):
            read_tagesstand({**gut, feld: None})
        with pytest.raises(KeineKarte):
            read_tagesstand({name: wert for name, wert in gut.items() if name != feld})


def test_the_traces_of_steps_tell_what_lies_in_each(tmp_path: pathlib.Path) -> None:
    (tmp_path / "0001").mkdir()
    age(tmp_path)
    vorher = trace_schritte(tmp_path)
    assert not vorher.frisch
    (tmp_path / "0001" / "eintrag.json").write_bytes(b"{}")
    nachher = trace_schritte(tmp_path)
    assert nachher.summe != vorher.summe
    assert nachher.frisch
    assert trace_schritte(tmp_path / "fehlt").summe not in (vorher.summe, nachher.summe)


# --- the next days -------------------------------------------------------------------------------------

# Facts of a case that speak on a later day: each is followed over the days on which something could change.
RUHT = "ereignisse:\n  - art: mahnsperre\n    am: 01.04.2026\n    bis: {}\n    grund: Absprache\n"
TAGE: dict[str, tuple[str, str]] = {
    "fällig": ("2026-03-29", ""),
    "erste Mahnung": ("2026-04-05", ""),
    "Mahnsperre bis": ("2026-04-18", RUHT.format("20.04.2026")),
    "künftige Zahlung": ("2026-04-04", "zahlungen:\n  - am: 06.04.2026\n    betrag: 1.190,00\n"),
    "bezahlt": ("2026-04-08", "zahlungen:\n  - am: 30.03.2026\n    betrag: 1.190,00\n"),
    "Teilzahlung": (
        "2026-04-08",
        RUHT.format("20.04.2026") + "zahlungen:\n  - am: 10.04.2026\n    betrag: 400,00\n",
    ),
    "Stundung": ("2026-05-08", "ereignisse:\n  - art: stundung\n    am: 01.04.2026\n    bis: 11.05.2026\n"),
    "Halbjahr": ("2026-06-28", RUHT.format("31.12.2031")),
    "Warnung vor dem Tabellenende": ("2026-10-30", RUHT.format("31.12.2031")),
    "Tabellenende": ("2026-12-29", RUHT.format("31.12.2031")),
    "Verjährung droht": ("2029-10-01", RUHT.format("31.12.2031")),
    "Verjährung": ("2029-12-29", RUHT.format("31.12.2031")),
}


def test_what_is_foreseen_is_what_the_day_says(tmp_path, cache, werkstatt, gelesene) -> None:
    """Kept on the first day, asked on each of the next: as read whole on that day. Some are foreseen, some are not."""
    vorhergesehen = 0
    for was, (ab, zusatz) in TAGE.items():
        bestand = doppelbau.make_bestand(tmp_path / was)
        doppelbau.add_fall(bestand, "F1", zusatz=zusatz)
        age(bestand)
        erster = dt.date.fromisoformat(ab)
        for voraus in range(VORAUS + 2):
            tag = erster + dt.timedelta(days=voraus)
            ganz = say(bestand, werkstatt, tag, alles=True)
            say(bestand, werkstatt, erster, alles=True)  # what is kept is of the first day again
            gelesene.clear()
            assert say(bestand, werkstatt, tag) == ganz, (was, tag)
            vorhergesehen += not gelesene
    assert vorhergesehen > 30


@pytest.mark.parametrize("ab", ["2026-12-10", "2026-12-29"])
def test_the_demo_is_foreseen_over_letters_and_the_turn_of_the_year(bestand, werkstatt, ab: str) -> None:
    erster = dt.date.fromisoformat(ab)
    say(bestand, werkstatt, erster)
    for voraus in range(1, VORAUS + 1):
        tag = erster + dt.timedelta(days=voraus)
        assert say(bestand, werkstatt, tag) == say(bestand, werkstatt, tag, alles=True)
        say(bestand, werkstatt, erster, alles=True)


def read_on(fall: pathlib.Path, tag: dt.date, sachverhalt: Sachverhalt, werkstatt: WorkerPool) -> Planzeile:
    """Return the line of a case read whole on a day, without setting its letters."""
    bekannt_bis = sachverhalt.recht_bekannt_bis
    recht = {fall.parent: Bestandsrecht(known_up_to(bekannt_bis))} if bekannt_bis else {}
    lage = Lage(tag, werkstatt, _recht=recht)
    umschau = lage.look_around([fall])
    zeile = vorschau.plan_geladen(check_umschau(load_fall(read_fallordner(fall), lage), umschau))
    return vorschau.Vorschau(lage, Druckerei(lage), umschau)._with_drafts(zeile)


def test_every_sachverhalt_at_rest_is_foreseen_as_it_is_read(tmp_path, cache, werkstatt) -> None:
    """184 cases written by hand, on each of their days: what the next days would say, computed and read."""
    verglichen = 0
    for nr, datei in enumerate(list_dateien()):
        sachverhalt = read_sachverhalt(datei)
        bestand = tmp_path / str(nr)
        bestand.mkdir()
        fall = write_fall(sachverhalt, bestand)
        for tag in sachverhalt.erwartet:
            heute = read_on(fall, tag, sachverhalt, werkstatt)
            if heute.geladen.fall is None or heute.geladen.fall.gesamtschuld_mit or heute.schritte:
                continue
            bekannt_bis = sachverhalt.recht_bekannt_bis
            recht = {fall.parent: Bestandsrecht(known_up_to(bekannt_bis))} if bekannt_bis else {}
            lage = Lage(tag, werkstatt, _recht=recht)
            seher = vorschau.Vorschau(lage, Druckerei(lage), lage.look_around([fall]))
            for voraus in range(1, VORAUS + 1):
                dann = tag + dt.timedelta(days=voraus)
                vorhergesehen = seher.foresee(heute, dann)
                if vorhergesehen is None:
                    continue
                gelesen = read_on(fall, dann, sachverhalt, werkstatt)
                assert vorhergesehen.as_json() == gelesen.as_json(), (datei.stem, dann)
                assert vorhergesehen.befunde == gelesen.befunde, (datei.stem, dann)
                assert vorhergesehen.rueckgabe == gelesen.rueckgabe, (datei.stem, dann)
                assert vorhergesehen.bedarf == gelesen.bedarf, (datei.stem, dann)
                verglichen += 1
    assert verglichen > 300
