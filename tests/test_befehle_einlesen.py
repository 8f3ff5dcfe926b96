"""`mahnakte einlesen`: lists of open items into a Bestand, week after week; nothing twice, nothing silently."""

import contextlib
import itertools
import pathlib

import pytest

import ablage_zwilling as zw
from einlesebau import HERKUNFT, TAG, WOCHE, contents, lagen, make_bestand, row, take
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.ablage.veroeffentlichen import create_fall
from mahnakte.befehle.antrag import prepare_antraege
from mahnakte.befehle.erfassen import Auftrag, record_tatsache
from mahnakte.befehle.plan import plan_faelle
from mahnakte.befehle.vermerk import record_storno
from mahnakte.fall.erfassung import TATSACHENARTEN
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.laden import Lage, load_fall

LISTE = [row("10001", "RE-1", "1.190,00"), row("10001", "RE-2"), row("10002", "RE-3", name="Muster")]


@pytest.fixture
def bestand(tmp_path: pathlib.Path) -> pathlib.Path:
    return make_bestand(tmp_path / "b")


def reasons(bestand: pathlib.Path, fall: str, am, werkstatt: WorkerPool) -> set[str]:
    zeile = plan_faelle([bestand / fall], Lage(am, werkstatt)).daten["faelle"][0]
    return {grund["code"] for grund in zeile["gruende"]}


def record(bestand: pathlib.Path, fall: str, wort: str, am, werkstatt: WorkerPool, **angaben: str):
    auftrag = Auftrag(TATSACHENARTEN[wort], {"am": am.isoformat(), **angaben})
    return record_tatsache(bestand / fall, auftrag, Lage(am, werkstatt), HERKUNFT)


def test_one_customer_is_one_case_and_one_name_is_not(bestand, werkstatt):
    ergebnis = take(bestand, LISTE, werkstatt)
    assert ergebnis.exit_code == 0, ergebnis.befunde
    assert sorted(p.name for p in bestand.iterdir() if p.is_dir()) == ["10001", "10002"]
    geladen = load_fall(read_fallordner(bestand / "10001"), Lage(TAG, werkstatt))
    assert geladen.benutzbar, geladen.befunde
    assert [f.nummer for f in geladen.fall.forderungen] == ["RE-1", "RE-2"]
    assert all(f.faelligkeit == "unbestimmt" for f in geladen.fall.forderungen)
    assert geladen.fall.schuldner[0].verbraucher is True


def test_without_taking_over_nothing_is_written(bestand, werkstatt):
    vorher = contents(bestand)
    assert lagen(take(bestand, LISTE, werkstatt, schreiben=False)) == dict.fromkeys(
        ("RE-1", "RE-2", "RE-3"), "neuer_fall"
    )
    assert contents(bestand) == vorher


def test_the_same_list_again_changes_nothing_and_its_order_does_not_matter(tmp_path, werkstatt):
    bestaende = []
    for seed in range(6):
        neu = make_bestand(tmp_path / str(seed) / "b")
        take(neu, LISTE, werkstatt, seed=seed)
        einmal = contents(neu)
        assert set(lagen(take(neu, LISTE, werkstatt, seed=seed + 1)).values()) == {"bekannt"}
        assert contents(neu) == einmal
        bestaende.append(einmal)
    assert all(einer == bestaende[0] for einer in bestaende)


def test_what_vanished_holds_its_case_until_a_payment_explains_it(bestand, werkstatt):
    take(bestand, LISTE, werkstatt)
    naechste = TAG + WOCHE
    assert lagen(take(bestand, LISTE[1:], werkstatt, am=naechste))["RE-1"] == "verschwunden"
    assert "POSTENFRAGE" in reasons(bestand, "10001", naechste, werkstatt)
    stand = contents(bestand)
    assert lagen(take(bestand, LISTE[1:], werkstatt, am=naechste + WOCHE))["RE-1"] == "schon_gefragt"
    assert contents(bestand) == stand
    geladen = load_fall(read_fallordner(bestand / "10001"), Lage(naechste, werkstatt))
    assert geladen.fall.zahlungen == ()  # never booked as paid
    record(bestand, "10001", "zahlung", naechste, werkstatt, betrag="1.190,00")
    assert "POSTENFRAGE" not in reasons(bestand, "10001", naechste, werkstatt)
    assert "RE-1" not in lagen(take(bestand, LISTE[1:], werkstatt, am=naechste + WOCHE))


@pytest.mark.parametrize("offen", ["1.190", "31.02.", "-", "400,00 USD"])
def test_what_the_list_names_without_being_readable_has_not_vanished(bestand, werkstatt, offen):
    """The row stays out and is named; that the invoice is paid it does not say."""
    take(bestand, LISTE, werkstatt)
    stand = contents(bestand)
    unklar = [{**LISTE[0], "offen": offen, "betrag": offen}, *LISTE[1:]]
    ergebnis = take(bestand, unklar, werkstatt, am=TAG + WOCHE)
    assert "POSTENZEILE_AUSGELASSEN" in {befund.code for befund in ergebnis.befunde}
    assert lagen(ergebnis).get("RE-1") != "verschwunden"
    assert contents(bestand) == stand


def test_a_part_payment_that_explains_too_little_leaves_the_question(bestand, werkstatt):
    take(bestand, LISTE, werkstatt)
    naechste = TAG + WOCHE
    take(bestand, LISTE[1:], werkstatt, am=naechste)
    record(bestand, "10001", "zahlung", naechste, werkstatt, betrag="500,00")
    assert "POSTENFRAGE" in reasons(bestand, "10001", naechste, werkstatt)
    record(
        bestand, "10001", "posten_geklaert", naechste, werkstatt, rechnung="RE-1", grund="Rest bleibt offen"
    )
    assert "POSTENFRAGE" not in reasons(bestand, "10001", naechste, werkstatt)


def test_a_later_list_that_has_it_again_answers(bestand, werkstatt):
    take(bestand, LISTE, werkstatt)
    take(bestand, LISTE[1:], werkstatt, am=TAG + WOCHE)
    assert lagen(take(bestand, LISTE, werkstatt, am=TAG + 2 * WOCHE))["RE-1"] == "wieder_da"
    assert "POSTENFRAGE" not in reasons(bestand, "10001", TAG + 2 * WOCHE, werkstatt)
    assert lagen(take(bestand, LISTE[1:], werkstatt, am=TAG + 3 * WOCHE))["RE-1"] == "verschwunden"
    assert "POSTENFRAGE" in reasons(bestand, "10001", TAG + 3 * WOCHE, werkstatt)


def test_less_open_is_asked_and_an_extract_asks_nothing(bestand, werkstatt):
    take(bestand, LISTE, werkstatt)
    weniger = [row("10001", "RE-1", "790,00", betrag="1.190,00", bezahlt="400,00"), *LISTE[1:]]
    assert lagen(take(bestand, weniger, werkstatt, am=TAG + WOCHE))["RE-1"] == "weniger_offen"
    assert "POSTENFRAGE" in reasons(bestand, "10001", TAG + WOCHE, werkstatt)
    record(bestand, "10001", "zahlung", TAG + WOCHE, werkstatt, betrag="400,00")
    assert "POSTENFRAGE" not in reasons(bestand, "10001", TAG + WOCHE, werkstatt)
    stand = contents(bestand)
    take(bestand, LISTE[2:], werkstatt, am=TAG + 2 * WOCHE, teil=True)
    assert contents(bestand) == stand


def test_what_stops_a_letter_stops_an_application(bestand, werkstatt):
    take(bestand, LISTE, werkstatt)
    take(bestand, LISTE[1:], werkstatt, am=TAG + WOCHE)
    ergebnis = prepare_antraege([bestand / "10001"], "mahnbescheid", Lage(TAG + WOCHE, werkstatt), HERKUNFT)
    assert ergebnis.exit_code == 3
    assert "aus den offenen Posten" in " ".join(f"{b.text} {b.abhilfe}" for b in ergebnis.befunde)


def test_next_week_brings_only_what_is_new(bestand, werkstatt):
    take(bestand, LISTE, werkstatt)
    mehr = [*LISTE, row("10001", "RE-4", datum="20.11.2026", faellig="04.12.2026"), row("10009", "RE-9")]
    ergebnis = take(bestand, mehr, werkstatt, am=TAG + WOCHE)
    assert lagen(ergebnis) == {**dict.fromkeys(("RE-1", "RE-2", "RE-3"), "bekannt"), "RE-4": "weitere_rechnung",
                               "RE-9": "neuer_fall"}  # fmt: skip
    geladen = load_fall(read_fallordner(bestand / "10001"), Lage(TAG + WOCHE, werkstatt))
    assert [f.nummer for f in geladen.fall.forderungen] == ["RE-1", "RE-2", "RE-4"]
    assert set(lagen(take(bestand, mehr, werkstatt, am=TAG + WOCHE)).values()) == {"bekannt"}


def test_what_a_person_removed_is_not_brought_back(bestand, werkstatt):
    take(bestand, LISTE, werkstatt)
    mehr = [*LISTE, row("10001", "RE-4")]
    take(bestand, mehr, werkstatt)
    datei = bestand / "10002" / "fall.yaml"
    text = datei.read_text(encoding="utf-8")
    datei.write_text(text.replace("nummer: RE-3", "nummer: RE-33"), encoding="utf-8")
    stand = contents(bestand)
    ergebnis = take(bestand, mehr, werkstatt, teil=True)
    assert lagen(ergebnis)["RE-3"] == "entfernt"
    assert ergebnis.exit_code == 1
    assert contents(bestand) == stand


def test_a_step_that_was_cancelled_is_not_taken_again(bestand, werkstatt):
    take(bestand, LISTE, werkstatt)
    mehr = [*LISTE, row("10001", "RE-4")]
    take(bestand, mehr, werkstatt)
    record_storno(bestand / "10001", 2, "falscher Kunde", Lage(TAG, werkstatt), HERKUNFT)
    stand = contents(bestand)
    assert lagen(take(bestand, mehr, werkstatt))["RE-4"] == "entfernt"
    assert contents(bestand) == stand


def test_a_block_of_the_bookkeeping_holds_until_it_is_lifted(bestand, werkstatt):
    gesperrt = [row("10001", "RE-1", mahnsperre="ja")]
    take(bestand, gesperrt, werkstatt)
    assert "POSTENSPERRE" in reasons(bestand, "10001", TAG, werkstatt)
    assert lagen(take(bestand, [row("10001", "RE-1")], werkstatt, am=TAG + WOCHE))["RE-1"] == "entsperrt"
    assert "POSTENSPERRE" not in reasons(bestand, "10001", TAG + WOCHE, werkstatt)


def test_a_bare_level_is_a_note_and_a_letter_needs_kind_and_day(bestand, werkstatt):
    def letters(fall: str):
        geladen = load_fall(read_fallordner(bestand / fall), Lage(TAG, werkstatt))
        return [(e.stufe, e.am.isoformat()) for e in geladen.fall.ereignisse]

    zeilen = [
        row("1", "RE-1", mahnstufe="1", mahnung_am="10.11.2026"),
        row("2", "RE-2", mahnstufe="Erinnerung", mahnung_am="10.11.2026"),
        row("3", "RE-3", mahnstufe="Erinnerung"),
        row("4", "RE-4", mahnstufe="Erinnerung", mahnung_am="10.11.2026"), row("4", "RE-5"),
    ]  # fmt: skip
    take(bestand, zeilen, werkstatt, stufen={"erinnerung": "zahlungserinnerung"})
    assert [letters(fall) for fall in "1234"] == [[], [("zahlungserinnerung", "2026-11-10")], [], []]


def test_a_part_paid_before_is_not_claimed_and_bears_no_interest(bestand, werkstatt):
    take(bestand, [row("10001", "RE-1", "790,00", betrag="1.190,00", bezahlt="400,00")], werkstatt)
    geladen = load_fall(read_fallordner(bestand / "10001"), Lage(TAG, werkstatt))
    assert [f"{f.betrag}" for f in geladen.fall.forderungen] == ["790.00"]
    assert "1.190,00" in (bestand / "10001/fall.yaml").read_text(encoding="utf-8")


def test_items_without_a_customer_number_are_never_merged(bestand, werkstatt):
    ohne = [row("", "RE-1"), row("", "RE-2")]
    take(bestand, ohne, werkstatt)
    assert sorted(p.name for p in bestand.iterdir() if p.is_dir()) == ["RE-1", "RE-2"]
    assert set(lagen(take(bestand, ohne, werkstatt)).values()) == {"bekannt"}


def test_a_number_that_stands_twice_and_differs_is_for_a_person(bestand, werkstatt):
    ergebnis = take(bestand, [row("1", "RE-1", "5,00"), row("1", "RE-1", "6,00")], werkstatt)
    assert ergebnis.exit_code == 1
    assert not [p for p in bestand.iterdir() if p.is_dir()]


def test_a_case_that_is_not_complete_is_known_again(bestand, werkstatt):
    unvollstaendig = [row("10001", "RE-1", strasse="", plz="", ort="")]
    take(bestand, unvollstaendig, werkstatt)
    assert load_fall(read_fallordner(bestand / "10001"), Lage(TAG, werkstatt)).fall is None
    assert lagen(take(bestand, unvollstaendig, werkstatt)) == {"RE-1": "bekannt"}


@pytest.mark.parametrize(
    "kunde", ["CON", "recht", "a/../b", "ÄÖ Ü", "x" * 90, "_x", "-", "vorgaenge", "10 01"]
)
def test_no_customer_number_is_a_dangerous_folder(bestand, werkstatt, kunde):
    ergebnis = take(bestand, [row(kunde, "RE-1"), row("anderer", "RE-2")], werkstatt)
    assert ergebnis.exit_code == 0, ergebnis.befunde
    assert len([p for p in bestand.iterdir() if p.is_dir()]) == 2
    assert set(lagen(take(bestand, [row(kunde, "RE-1"), row("anderer", "RE-2")], werkstatt)).values()) == {
        "bekannt"
    }


def test_killed_at_each_change_the_same_command_makes_it_whole(tmp_path, werkstatt, monkeypatch):
    """Every effect on the disk kills once: a case is there with its first step or not at all; again, it is whole."""
    ganz = make_bestand(tmp_path / "ganz" / "b")
    take(ganz, LISTE, werkstatt)
    soll = contents(ganz)

    def run(bestand: pathlib.Path, platte) -> None:
        def create(*werte, **benannte):
            create_fall(*werte, **benannte, platte=platte)

        monkeypatch.setattr("mahnakte.befehle.einlesen.create_fall", create)
        take(bestand, LISTE, werkstatt)

    zaehlend = zw.Zaehlend()
    run(make_bestand(tmp_path / "zahl" / "b"), zaehlend)
    for n, fehler in itertools.product(range(1, len(zaehlend.namen) + 1, 3), (None, zw.FEHLER[0])):
        bestand = make_bestand(tmp_path / f"{n}-{fehler}" / "b")
        with contextlib.suppress(zw.Getoetet):
            run(bestand, zw.Stoerung(n, fehler))
        for fall in (p for p in bestand.iterdir() if p.is_dir() and (p / "fall.yaml").exists()):
            if not fall.name.startswith("."):
                assert (fall / "vorgaenge/0001/eintrag.json").is_file()
        monkeypatch.undo()
        take(bestand, LISTE, werkstatt)
        heil = {name: inhalt for name, inhalt in contents(bestand).items() if not name.startswith(".")}
        assert heil == soll, (n, fehler)
