"""Each finding of the commands, by an input that raises just it."""

import datetime as dt
import pathlib
import sys
import types
from collections.abc import Callable, Iterable
from decimal import Decimal

import pytest

import aktebau
import einlesebau
import gerichtsbau
from fallbau import FAELLE, build_vorgang
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.ablage.verifizieren import Aenderung
from mahnakte.ablage.veroeffentlichen import publish
from mahnakte.befehle import eda, lauf, lauf_verteilt, uebernehmen
from mahnakte.befehle.akte import _remark_place, write_akte
from mahnakte.befehle.antrag import prepare_antraege
from mahnakte.befehle.antrag_sammeln import Sammelwunsch, gather_antraege
from mahnakte.befehle.brief import Wunsch, write_brief
from mahnakte.befehle.demo import run_demo
from mahnakte.befehle.eda_eingereicht import record_eingereicht
from mahnakte.befehle.eda_folge import write_folge
from mahnakte.befehle.eda_nachrichten import take_nachrichten
from mahnakte.befehle.einlesen import Wahl, take_posten
from mahnakte.befehle.fristen import list_fristen
from mahnakte.befehle.hilfe import explain_code
from mahnakte.befehle.konto import show_konto
from mahnakte.befehle.neu import create_bestand, create_fall
from mahnakte.befehle.plan import Planwunsch, plan_faelle
from mahnakte.befehle.rechnen import calculate_frist
from mahnakte.befehle.recht_eintragen import Eintrag, enter_recht
from mahnakte.befehle.vermerk import undo_lauf
from mahnakte.befehle.zufriedenheit import write_fragebogen
from mahnakte.fall.vorgang import Vorgangsentwurf
from mahnakte.fall.vorgangsdaten.lesen import read_daten
from mahnakte.fall.vorgangsdaten.satz import SCHEMA
from mahnakte.grund.befund import Befund, Stelle, sperre
from mahnakte.grund.worker import WorkerPool
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.werk.ergebnis import NichtBegonnen
from mahnakte.werk.laden import Lage
from meldungsbau import Beweise, Streik

beweist = Beweise("befehle")
TAG = dt.date(2026, 5, 20)
LAGE = Lage(TAG, Streik())
HERKUNFT = Herkunft("test", "rechner", "lauf", "2026-05-20T08:00:00Z", "0")
GRUNDFALL = FAELLE.parent / "antrag" / "grundfall.xml"


def make_fall(ordner: pathlib.Path, zusatz: str = "", eda: str = "") -> pathlib.Path:
    """Write a Bestand with one case that is due; return the folder of the case."""
    return gerichtsbau.make_bestand(ordner / "b", "2026-0042", zusatz=zusatz, eda=eda) / "2026-0042"


def add_step(
    fall: pathlib.Path, art: str, tag: str, daten: dict[str, object] | None = None, anlass: str = "Test"
) -> None:
    """Publish a step without documents on top of those that stand."""
    stand = read_fallordner(fall).vorgaenge
    publish(
        fall,
        stand,
        Vorgangsentwurf(
            "2026-0042",
            art,
            dt.date.fromisoformat(tag),
            anlass,
            {},
            daten=read_daten(art, daten or {}, SCHEMA),
        ),
        HERKUNFT,
    )


def send_first(fall: pathlib.Path) -> None:
    """Record that the first step was sent."""
    daten: dict[str, object] = {"vorgang": 1, "am": "2026-05-12", "weg": "post"}
    add_step(fall, "versand", "2026-05-12", daten, "versandt am 12.05.2026 (post)")


# --- neu, demo ------------------------------------------------------------------------------------------------


@beweist("FALL_VORHANDEN")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return create_fall(make_fall(ordner), [], LAGE).befunde


@beweist("BESTAND_VORHANDEN")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return create_bestand(make_fall(ordner).parent).befunde


@beweist("RECHNUNG_NAME_VERGEBEN")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    bestand = make_fall(ordner).parent
    dateien = [ordner / "mai" / "RE.xml", ordner / "juni" / "RE.xml"]
    for datei in dateien:
        datei.parent.mkdir()
        datei.write_bytes(datei.parent.name.encode())
    return create_fall(bestand / "2026-0043", dateien, LAGE).befunde


@beweist("DEMO_VERAENDERT")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return run_demo(make_fall(ordner).parent, LAGE, HERKUNFT).befunde


# --- brief, konto, fristen, zufriedenheit ---------------------------------------------------------------------


@beweist("FRIST_LAEUFT")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    erste = (
        "ereignisse:\n  - {am: 15.05.2026, art: mahnung_versandt, stufe: mahnung-1, frist_bis: 15.06.2026}\n"
    )
    return write_brief(make_fall(ordner, erste), Wunsch("mahnung-letzte"), LAGE, HERKUNFT).befunde


@beweist("ZIEL_DOPPELT")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    ziel = ordner / "konto.pdf"
    return show_konto(make_fall(ordner), LAGE, pdf=ziel, xlsx=ziel).befunde


@beweist("FRISTEN_BIS")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return list_fristen([make_fall(ordner)], LAGE, bis=dt.date(2026, 5, 19)).befunde


@beweist("LAUF_ABGEBROCHEN")
def _(_: pathlib.Path) -> Iterable[Befund]:
    return (lauf._interrupted(1),)  # test_befehle_laufbericht.py interrupts a run


@beweist("DASK_ADRESSE")
def _(_: pathlib.Path) -> Iterable[Befund]:
    lauf_verteilt.check_url("tcp://rechner:8786")
    return ()


@beweist("DASK_FEHLT")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "distributed", None)
        lauf_verteilt.run_verteilt([ordner], LAGE, "tcp://127.0.0.1:1", ())
    return ()


class Cluster:
    """Stands for a client of Dask: one machine that says of itself what the test wants."""

    def run(
        self, funktion: Callable[[list[str]], dict[str, str]], pfade: list[str]
    ) -> dict[str, dict[str, str]]:
        return {"tcp://127.0.0.1:7": {**funktion(pfade), "Programmversion": "9.9"}}


@beweist("DASK_VERBINDUNG")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    verweigert = types.ModuleType("distributed")
    verweigert.Client = _refuse  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "distributed", verweigert)
        lauf_verteilt.run_verteilt([ordner], LAGE, "tcp://127.0.0.1:1", ())
    return ()


def _refuse(*_: object, **__: object) -> None:
    raise OSError("refused")


@beweist("DASK_UNGLEICH")
def _(_: pathlib.Path) -> Iterable[Befund]:
    lauf_verteilt._check_machines(Cluster(), [])
    return ()


@beweist("DASK_TEIL_FEHLT")
def _(_: pathlib.Path) -> Iterable[Befund]:
    return lauf_verteilt._join([(4, "Traceback")], (), 1, LAGE).befunde


@beweist("LAUF_UNBEKANNT")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return undo_lauf([make_fall(ordner)], "0", "Versehen", LAGE, HERKUNFT).befunde


@beweist("PLAN_SEIT")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return plan_faelle([make_fall(ordner)], LAGE, Planwunsch(seit=TAG)).befunde


@beweist("FRAGEBOGEN_IM_FALL")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    fall = make_fall(ordner)
    lage = Lage(TAG, Streik(), fall.parent / "mahnakte.yaml")
    return write_fragebogen(fall / "belege" / "fragebogen.pdf", lage, ersetzen=False).befunde


@beweist("FRAGEBOGEN_FEHLER")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    lage = Lage(TAG, Streik("_add_fields"), make_fall(ordner).parent / "mahnakte.yaml")
    return write_fragebogen(ordner / "fragebogen.pdf", lage, ersetzen=False).befunde


# --- akte -----------------------------------------------------------------------------------------------------


@beweist("ZIEL_IN_BELEGEN")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    fall = make_fall(ordner)
    return write_akte(fall, fall / "belege" / "akte", LAGE, HERKUNFT).befunde


@beweist("AKTE_IM_BESTAND")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return _remark_place(make_fall(ordner).parent / "akte")


# --- rechnen, recht -------------------------------------------------------------------------------------------


@beweist("KALENDER_NUR_BUNDESWEIT")
def _(_: pathlib.Path) -> Iterable[Befund]:
    return calculate_frist(TAG, "2w", None).befunde


def enter(
    ordner: pathlib.Path, name: str = "basiszinssatz", quelle: str = "Bundesanzeiger"
) -> Iterable[Befund]:
    """Enter a value from the first day after the shipped table."""
    ende = shipped_recht().find_reihe("basiszinssatz").gedeckt_bis
    ab = ende + dt.timedelta(days=1)
    return enter_recht(
        ordner / "b" / "mahnakte.yaml",
        Eintrag(name, ab, None, Decimal("1.77"), quelle, "Erika Muster", ende),
    ).befunde


@beweist("RECHTSNACHTRAG_TABELLE")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    make_fall(ordner)
    return enter(ordner, "rvg")


@beweist("RECHTSNACHTRAG_OHNE_BELEG")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    make_fall(ordner)
    return enter(ordner, quelle=" ")


@beweist("RECHT_IST_FALL")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    make_fall(ordner).rename(ordner / "b" / "recht")
    return enter(ordner)


# --- versand, storno, vorgang ---------------------------------------------------------------------------------


@beweist("NICHTS_GEAENDERT")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    fall = make_fall(ordner)
    add_step(fall, "mahnung-1", "2026-05-12")
    return uebernehmen.take_over(fall, 1, LAGE, HERKUNFT).befunde


@beweist("UEBERNAHME_MEHRERE")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    aenderungen = [Aenderung(1, f"brief-{nr}.docx", sperre("X", "anders"), "0" * 64) for nr in (1, 2)]
    uebernehmen._the_one(aenderungen, build_vorgang(1, "mahnung-1", "2026-05-12"), Stelle("x"))
    return ()


def changed(**dokumente: bytes) -> uebernehmen._Geaendert:
    """Return a letter that was changed in Word, with the documents of its step."""
    namen = {f"{name}.pdf": inhalt for name, inhalt in dokumente.items()}
    alt = build_vorgang(1, "mahnung-1", "2026-05-12", {"betrag": "1190.00"})
    return uebernehmen._Geaendert(alt, namen, "brief.docx", b"")


def draft(betrag: str, **dokumente: bytes) -> Vorgangsentwurf:
    namen = {f"{name}.pdf": inhalt for name, inhalt in dokumente.items()}
    return Vorgangsentwurf(
        "2026-0042",
        "mahnung-1",
        TAG,
        "x",
        {},
        daten=read_daten("mahnung-1", {"betrag": betrag}, SCHEMA),
        dokumente=namen,
    )


@beweist("UEBERNAHME_UEBERHOLT")
def _(_: pathlib.Path) -> Iterable[Befund]:
    uebernehmen._refuse_overtaken(changed(), draft("1090.00"))
    return ()


@beweist("UEBERNAHME_ANDERE_TATSACHE")
def _(_: pathlib.Path) -> Iterable[Befund]:
    vorher, nachher = (aktebau.make_pdf([f"Bitte zahlen Sie {summe} EUR."]) for summe in ("119,00", "120,00"))
    uebernehmen._refuse_other_facts(changed(brief=vorher), draft("1190.00", brief=nachher), LAGE)
    return ()


# --- eda ------------------------------------------------------------------------------------------------------


def write_court_file(ordner: pathlib.Path, *saetze: str) -> pathlib.Path:
    datei = ordner / "GERICHT.EDA"
    datei.write_bytes(gerichtsbau.court_file("05", *saetze, am="260520"))
    return datei


@beweist("EDA_KOPF_FEHLT")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return eda.xml_to_eda(GRUNDFALL, ordner / "ABC001.EDA", LAGE).befunde


@beweist("EDA_PDF_ZU_LANG")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    datei = write_court_file(ordner, *[gerichtsbau.served("2026-0042", "260518")] * 999)
    return eda.show_eda(datei, LAGE, ordner / "sicht.pdf").befunde


def gather_one(ordner: pathlib.Path) -> pathlib.Path:
    """Return the folder of a collective file with one application of 20.05.2026."""
    fall = make_fall(ordner, eda=gerichtsbau.EDA)
    prepare_antraege([fall], "mahnbescheid", LAGE, HERKUNFT)
    return fall.parent / "antraege" / "ABC001"


@beweist("EINGEREICHT_OHNE_VORGANG")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return record_eingereicht(gather_one(ordner), dt.date(2026, 5, 19), LAGE, HERKUNFT).befunde


@beweist("EINGEREICHT_ZUKUNFT")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return record_eingereicht(gather_one(ordner), dt.date(2026, 5, 21), LAGE, HERKUNFT).befunde


@beweist("FOLGE_ANGABE")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return write_folge("monierung", make_fall(ordner), ordner / "antwort.EDA", LAGE).befunde


@beweist("ANTRAGSLISTE_FORM")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    wunsch = Sammelwunsch(liste=pathlib.Path("liste.pdf"))
    return gather_antraege([make_fall(ordner)], wunsch, LAGE, HERKUNFT).befunde


@beweist("NACHRICHT_OHNE_FALL")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    datei = write_court_file(ordner, gerichtsbau.served("2099-0001", "260518"))
    return take_nachrichten(datei, [make_fall(ordner)], LAGE, None).befunde


@beweist("HILFE_CODE")
def _(_: pathlib.Path) -> Iterable[Befund]:
    return explain_code("BEZALT").befunde


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str, tmp_path: pathlib.Path) -> None:
    beweist.check(code, tmp_path)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)


# --- lists of open items ---------------------------------------------------------------------------------


def _take(ordner: pathlib.Path, **wahl: object) -> Iterable[Befund]:
    """Take a list of one item over into a Bestand whose one case cannot be read."""
    bestand = einlesebau.make_bestand(ordner / "b")
    (bestand / "10001").mkdir()
    (bestand / "10001" / "fall.yaml").write_text("a: [", encoding="utf-8")
    with WorkerPool(1) as werkstatt:
        try:
            return einlesebau.take(bestand, [einlesebau.row("7", "RE-7")], werkstatt, **wahl).befunde
        except NichtBegonnen as fehler:
            return fehler.befunde


@beweist("EINLESEN_UNGESEHEN")
def _(tmp_path: pathlib.Path) -> Iterable[Befund]:
    return _take(tmp_path)


@beweist("EINLESEN_GLAEUBIGER")
def _(tmp_path: pathlib.Path) -> Iterable[Befund]:
    return _take(tmp_path, glaeubiger="niemand")


@beweist("EINLESEN_RECHNUNGEN")
def _(tmp_path: pathlib.Path) -> Iterable[Befund]:
    return _take(tmp_path, rechnungen=tmp_path / "fehlt")


@beweist("EINLESEN_BESTAND")
def _(tmp_path: pathlib.Path) -> Iterable[Befund]:
    fall = make_fall(tmp_path)
    with pytest.raises(NichtBegonnen) as gefangen:
        take_posten(fall / "fall.yaml", fall, Wahl(), LAGE, None)
    return gefangen.value.befunde


@beweist("EINLESEN_ABGEBROCHEN")
def _(tmp_path: pathlib.Path) -> Iterable[Befund]:
    bestand = einlesebau.make_bestand(tmp_path / "b")
    return einlesebau.take(bestand, [einlesebau.row("7", "RE-7")], Streik("read_postenliste")).befunde
