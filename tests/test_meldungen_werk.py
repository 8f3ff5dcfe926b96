"""Each finding of the work on cases, letters and collective files, by an input that raises just it."""

import dataclasses
import datetime as dt
import pathlib
import shutil
from collections.abc import Iterable
from decimal import Decimal

import pytest

import briefbau
import doppelbau
import gerichtsbau
import test_meldungen_befehle as befehle
from fallbau import build_fall, build_vorgang, known_up_to
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.befehle.antrag import prepare_antraege
from mahnakte.befehle.brief import Wunsch, write_brief
from mahnakte.befehle.konto import show_konto
from mahnakte.befehle.lauf import Umfang, run_faelle
from mahnakte.befehle.plan import Planwunsch, plan_faelle
from mahnakte.befehle.rechnen import calculate_zinsen
from mahnakte.befehle.vermerk import record_storno, record_versand
from mahnakte.briefe.ueberholt import find_ueberholt
from mahnakte.grund.befund import Befund, Stelle
from mahnakte.grund.worker import WorkerPool
from mahnakte.konto.konto import compute_konto
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.recht.zinsen import Tageszaehlung
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk import sammeldatei
from mahnakte.werk.akte_pruefen import unzip_akte
from mahnakte.werk.ausgaben import refuse_standing
from mahnakte.werk.beilagen import Beilagen
from mahnakte.werk.briefpruefung import find_genannte_stufe
from mahnakte.werk.briefvorlagen import Briefvorlagen
from mahnakte.werk.laden import Lage, find_fallordner, load_fall
from mahnakte.werk.laufbericht import write_laufmail
from mahnakte.werk.panne import report_panne
from mahnakte.werk.postausgang import list_sendungen
from mahnakte.werk.posteingang import refuse_backdating
from mahnakte.werk.quittungen import tick_off
from mahnakte.werk.sammeldatei import (
    check_sammeldatei,
    read_sammeldatei,
    rebuild_sammeldatei,
    write_sammeldateien,
)
from mahnakte.werk.siegel import Siegel, Siegelfall, compare, read_siegel, write_siegel
from mahnakte.werk.siegelpost import write_siegelmail
from mahnakte.werk.tabellenende import needs_of, warn_before_end
from mahnakte.werk.ueberholt import list_wartende, refuse_ueberholt
from mahnakte.werk.zusatz import read_zusatz
from meldungsbau import Beweise, Streik

beweist = Beweise("werk")
TAG = dt.date(2026, 5, 20)
HERKUNFT = Herkunft("test", "rechner", "lauf", "2026-05-20T08:00:00Z", "0")


# --- cases -----------------------------------------------------------------------------------------------


@beweist("EIN_FALL")
def _(ordner: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    bestand = doppelbau.make_bestand(ordner / "b")
    doppelbau.add_fall(bestand, "F1")
    doppelbau.add_fall(bestand, "F2")
    find_fallordner(bestand)
    return ()


@beweist("BESTAND_UNGESEHEN")
def _(ordner: pathlib.Path, pool: WorkerPool) -> Iterable[Befund]:
    bestand = doppelbau.make_bestand(ordner / "b")
    fall = doppelbau.add_fall(bestand, "F1")
    kaputt = doppelbau.add_fall(bestand, "F2")
    (kaputt / "fall.yaml").write_text("aktenzeichen: [\n", encoding="utf-8")
    return Lage(TAG, pool).look_around([fall]).befunde


@beweist("GESAMTSCHULD_UNLESBAR")
def _(ordner: pathlib.Path, pool: WorkerPool) -> Iterable[Befund]:
    bestand = doppelbau.make_bestand(ordner / "b")
    fall = doppelbau.add_fall(bestand, "A", zusatz="gesamtschuld_mit: [B]\n")
    anderer = doppelbau.add_fall(bestand, "B", kennung="erika", zusatz="gesamtschuld_mit: [A]\n")
    (anderer / "vorgaenge" / "fremd").mkdir(parents=True)
    return load_fall(read_fallordner(fall), Lage(TAG, pool)).befunde


@beweist("RECHNUNG_UNLESBAR")
def _(ordner: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    bestand = doppelbau.make_bestand(ordner / "b")
    eintrag = doppelbau.entry(zusatz="datei: rechnungen/r.xml\n")
    fall = doppelbau.add_fall(bestand, "A", eintrag, dateien={"r.xml": doppelbau.invoice()})
    return load_fall(read_fallordner(fall), Lage(TAG, Streik("read_rechnung"))).befunde


@beweist("STICHTAG_ZU_FRUEH")
def _(_: pathlib.Path, __: WorkerPool) -> Iterable[Befund]:
    fall = build_fall(vorgaenge=(build_vorgang(1, "mahnung-1", "2026-06-01"),))
    refuse_backdating(Sachstand(fall, TAG), Stelle("fall.yaml"))
    return ()


# --- a plan that was kept ----------------------------------------------------------------------------------


def keep_plan(ordner: pathlib.Path, pool: WorkerPool) -> tuple[pathlib.Path, pathlib.Path]:
    """Write a case in which a letter is due, and its plan; return both."""
    fall, plan = set_up(ordner), ordner / "plan.json"
    plan_faelle([fall], Lage(TAG, pool), Planwunsch(speichern=plan))
    return fall, plan


def run_plan(fall: pathlib.Path, plan: pathlib.Path, lage: Lage) -> Iterable[Befund]:
    befunde = run_faelle([fall], lage, HERKUNFT, Umfang(plan)).befunde
    return [befund for befund in befunde if befund.code.startswith("PLAN")]


@beweist("PLANDATEI_UNLESBAR")
def _(ordner: pathlib.Path, pool: WorkerPool) -> Iterable[Befund]:
    fall = set_up(ordner)
    return run_plan(fall, fall / "fall.yaml", Lage(TAG, pool))


@beweist("PLAN_STICHTAG")
def _(ordner: pathlib.Path, pool: WorkerPool) -> Iterable[Befund]:
    fall, plan = keep_plan(ordner, pool)
    return run_plan(fall, plan, Lage(TAG + dt.timedelta(days=1), pool))


@beweist("PLAN_FALL_FEHLT")
def _(ordner: pathlib.Path, pool: WorkerPool) -> Iterable[Befund]:
    fall, plan = keep_plan(ordner, pool)
    plan.write_text(plan.read_text("utf-8").replace("2026-0042", "2026-0099"), encoding="utf-8")
    return run_plan(fall, plan, Lage(TAG, pool))


@beweist("PLAN_VERALTET")
def _(ordner: pathlib.Path, pool: WorkerPool) -> Iterable[Befund]:
    fall, plan = keep_plan(ordner, pool)
    (fall / "fall.yaml").write_bytes((fall / "fall.yaml").read_bytes() + b"# Notiz\n")
    return run_plan(fall, plan, Lage(TAG, pool))


# --- seals -------------------------------------------------------------------------------------------------

KOPF = Siegelfall("b", "2026-0042", "2026-0042", 1, "0" * 64)


@beweist("SIEGEL_UNLESBAR")
def _(ordner: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    read_siegel(set_up(ordner) / "fall.yaml")
    return ()


@beweist("SIEGEL_VERAENDERT")
def _(ordner: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    datei = ordner / "s.json"
    datei.write_bytes(write_siegel(Siegel(TAG, (KOPF,))).replace(b'"nr": 1', b'"nr": 2'))
    read_siegel(datei)
    return ()


@beweist("SIEGEL_FALL_FEHLT")
def _(_: pathlib.Path, __: WorkerPool) -> Iterable[Befund]:
    return compare(Siegel(TAG, (KOPF,)), [])


@beweist("SIEGEL_GEBROCHEN")
def _(ordner: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    return compare(Siegel(TAG, (dataclasses.replace(KOPF, bestand=ordner.name),)), [set_up(ordner)])


@beweist("SIEGEL_OHNE_EMAIL")
def _(_: pathlib.Path, __: WorkerPool) -> Iterable[Befund]:
    absender = dataclasses.replace(build_fall().einstellungen.absender, email=None)
    write_siegelmail(Siegel(TAG, (KOPF,)), absender)
    return ()


@beweist("LAUF_OHNE_EMAIL")
def _(_: pathlib.Path, __: WorkerPool) -> Iterable[Befund]:
    write_laufmail([], TAG, dataclasses.replace(build_fall().einstellungen.absender, email=None))
    return ()


@beweist("PROGRAMMFEHLER")
def _(ordner: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    try:
        exec(compile("1 / 0", "zinsen.py", "exec"))
    except ZeroDivisionError as fehler:
        return (report_panne(fehler, ordner),)
    return ()


@beweist("RECHTSWERT_ENDET_BALD")
def _(_: pathlib.Path, __: WorkerPool) -> Iterable[Befund]:
    fall = dataclasses.replace(build_fall(fall="reihe"), recht=known_up_to(dt.date(2026, 6, 30)))
    return warn_before_end([needs_of(compute_konto(Sachstand(fall, TAG)))], TAG)


# --- letters and what goes with them -----------------------------------------------------------------------


def set_up(ordner: pathlib.Path, zusatz: str = "", mahnakte: str = "") -> pathlib.Path:
    """Write the case of the letters with its settings; return its folder."""
    einstellungen = (doppelbau.FAELLE / "mahnakte.yaml").read_text(encoding="utf-8")
    (ordner / "mahnakte.yaml").write_text(einstellungen + briefbau.EINSTELLUNGEN + mahnakte, encoding="utf-8")
    fall = ordner / "2026-0042"
    fall.mkdir()
    text = (doppelbau.FAELLE / "reihe.yaml").read_text(encoding="utf-8") + zusatz
    (fall / "fall.yaml").write_text(text, encoding="utf-8")
    return fall


@beweist("ANTWORTBOGEN_FEHLER")
def _(_: pathlib.Path, __: WorkerPool) -> Iterable[Befund]:
    fall = briefbau.sound_case("mahnung-1")
    (entwurf,) = briefbau.draft_letters(fall, "mahnung-1")
    return Beilagen(Lage(TAG, Streik("set_formular"))).enclose(fall, entwurf, b"").befunde


@beweist("SPRACHHILFE_FEHLER")
def _(_: pathlib.Path, __: WorkerPool) -> Iterable[Befund]:
    fall = briefbau.sound_case("mahnung-1")
    (entwurf,) = briefbau.draft_letters(fall, "mahnung-1")
    schuldner = tuple(dataclasses.replace(einer, sprache="pl") for einer in fall.schuldner)
    ohne_bogen = dataclasses.replace(entwurf, antwortbogen=False)
    fall = dataclasses.replace(fall, schuldner=schuldner)
    return Beilagen(Lage(TAG, Streik("_read_text"))).enclose(fall, ohne_bogen, b"").befunde


@beweist("BRIEF_OHNE_AUFSTELLUNG")
def _(ordner: pathlib.Path, pool: WorkerPool) -> Iterable[Befund]:
    einwand = "ereignisse:\n  - {am: 04.05.2026, art: bestritten, grund: x, rechnung: RE-2026-140, betrag: '100,00'}\n"
    fall = set_up(ordner, einwand)
    return write_brief(fall, Wunsch("mahnung-1", aufstellung=True), Lage(TAG, pool), HERKUNFT).befunde


@beweist("BRIEFVORLAGE_UNBENUTZT")
def _(ordner: pathlib.Path, pool: WorkerPool) -> Iterable[Befund]:
    (ordner / "vorlagen").mkdir()
    (ordner / "vorlagen" / "mahnung.docx").write_bytes(b"x")
    return Briefvorlagen(Lage(TAG, pool)).find_unused(ordner)


@beweist("BRIEF_UEBERHOLT")
def _(ordner: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    (entwurf,) = briefbau.draft_letters(briefbau.sound_case("mahnung-1"), "mahnung-1")
    brief = build_vorgang(1, "mahnung-1", TAG.isoformat(), entwurf.daten)
    stundung = "ereignisse:\n  - {am: 22.05.2026, art: stundung, bis: 30.06.2026}\n"
    am = dt.date(2026, 5, 23)
    seite = "\n".join([*entwurf.anschrift, entwurf.werte["zahlung"]["iban"]])
    fall = Sachstand(briefbau.build_case("mahnung-1", zusatz=stundung), am)
    gruende = find_ueberholt(fall, brief, {entwurf.stamm: seite})
    raise refuse_ueberholt(ordner, brief, am, gruende)


def wait(ordner: pathlib.Path, zusatz: str = "") -> Iterable[Befund]:
    """Return what is said on 23.05. of a letter of 20.05. that no note says was sent."""
    (entwurf,) = briefbau.draft_letters(briefbau.sound_case("mahnung-1"), "mahnung-1")
    brief = build_vorgang(1, "mahnung-1", TAG.isoformat(), entwurf.daten)
    fall = dataclasses.replace(briefbau.build_case("mahnung-1", zusatz=zusatz), vorgaenge=(brief,))
    return list_wartende(ordner, Sachstand(fall, dt.date(2026, 5, 23)))


@beweist("SCHON_EINGEREICHT")
def _(ordner: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    fall = befehle.make_fall(ordner, "ereignisse:\n  - {am: 13.05.2026, art: antrag_eingereicht}\n")
    befehle.add_step(fall, "antrag", "2026-05-12", {"rechnungen": ["RE-2026-131"]})
    return record_storno(fall, 1, "falsche Anschrift", befehle.LAGE, HERKUNFT).befunde


@beweist("VERSAND_TRAEGT")
def _(ordner: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    fall = befehle.make_fall(ordner)
    befehle.add_step(fall, "zahlungserinnerung", "2026-05-12")
    befehle.send_first(fall)
    befehle.add_step(fall, "mahnung-1", "2026-05-19")
    return record_storno(fall, 2, "nie verschickt", befehle.LAGE, HERKUNFT).befunde


@beweist("VERSANDTAG_FALSCH")
def _(ordner: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    fall = befehle.make_fall(ordner)
    befehle.add_step(fall, "mahnung-1", "2026-05-12")
    return record_versand(fall, 1, dt.date(2026, 5, 11), "post", befehle.LAGE, HERKUNFT).befunde


@beweist("BRIEF_WARTET")
def _(ordner: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    return wait(ordner)


@beweist("BRIEF_WARTET_UEBERHOLT")
def _(ordner: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    return wait(ordner, "ereignisse:\n  - {am: 22.05.2026, art: stundung, bis: 30.06.2026}\n")


@beweist("SENDUNG_OHNE_ANSCHRIFT")
def _(ordner: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    fall = briefbau.sound_case("mahnung-1")
    (entwurf,) = briefbau.draft_letters(fall, "mahnung-1")
    brief = build_vorgang(1, "mahnung-1", TAG.isoformat(), entwurf.daten)
    weg = dataclasses.replace(
        brief, dateien={"2026-05-20_mahnung-1_weg.docx": "", "2026-05-20_mahnung-1_weg.pdf": ""}
    )
    assert not tuple(list_sendungen(ordner, Sachstand(fall, TAG), weg))
    return ()


@beweist("TON_STUFE_UNBEKANNT")
def _(_: pathlib.Path, __: WorkerPool) -> Iterable[Befund]:
    find_genannte_stufe("mahnung-9")
    return ()


@beweist("ZUSATZ_KEIN_TEXT")
def _(ordner: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    (ordner / "absatz.txt").write_bytes("Grüße".encode("utf-16"))
    read_zusatz(str(ordner / "absatz.txt"))
    return ()


# --- outputs -------------------------------------------------------------------------------------------------


@beweist("ZIEL_ORDNER_FEHLT")
def _(ordner: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    refuse_standing([ordner / "ausgaben" / "konto.pdf"], ersetzen=False)
    return ()


@beweist("AKTE_ZIP")
def _(_: pathlib.Path, __: WorkerPool) -> Iterable[Befund]:
    unzip_akte(b"kein ZIP")
    return ()


# --- applications --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gesammelt(werkstatt: WorkerPool, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """Return a Bestand with one application in its collective file ABC001."""
    bestand = gerichtsbau.make_bestand(tmp_path_factory.mktemp("gesammelt") / "b", "2026-0042")
    prepare_antraege([bestand / "2026-0042"], "mahnbescheid", Lage(TAG, werkstatt), HERKUNFT)
    assert (bestand / "antraege" / "ABC001").is_dir()
    return bestand


@beweist("ANTRAG_UEBERHOLT")
def _(bestand: pathlib.Path, pool: WorkerPool) -> Iterable[Befund]:
    shutil.rmtree(bestand / "antraege")
    gerichtsbau.write_fall(bestand / "2026-0042", "zahlungen:\n  - {am: 21.05.2026, betrag: '100,00'}\n")
    return write_sammeldateien([bestand / "2026-0042"], Lage(dt.date(2026, 5, 22), pool)).befunde


@beweist("SAMMELDATEI_KONFLIKT")
def _(bestand: pathlib.Path, pool: WorkerPool) -> Iterable[Befund]:
    shutil.rmtree(bestand / "antraege")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sammeldatei._Sammlung, "_create", lambda *_: None)  # somebody else is faster, always
        return write_sammeldateien([bestand / "2026-0042"], Lage(TAG, pool)).befunde


@beweist("SAMMELDATEI_UNLESBAR")
def _(bestand: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    (bestand / "antraege" / "ABC001" / "verzeichnis.json").write_text("{}", encoding="utf-8")
    read_sammeldatei(bestand / "antraege" / "ABC001")
    return ()


@beweist("SAMMELDATEI_VERAENDERT")
def _(bestand: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    ordner = bestand / "antraege" / "ABC001"
    (ordner / "ABC001.EDA").write_bytes(b"anders")
    return check_sammeldatei(read_sammeldatei(ordner))


@beweist("QUITTUNG_OHNE_DATEI")
def _(bestand: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    return tick_off(["XYZ001"], [bestand / "2026-0042"], b"", Stelle("GERICHT.EDA"), schreiben=False).befunde


@beweist("SAMMELDATEI_VORGANG")
def _(bestand: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    shutil.rmtree(bestand / "2026-0042" / "vorgaenge")
    rebuild_sammeldatei(bestand / "antraege" / "ABC001")
    return ()


@beweist("SAMMELDATEI_ANDERS")
def _(bestand: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    datei = bestand / "antraege" / "ABC001" / "verzeichnis.json"
    eintrag = read_sammeldatei(datei.parent).verzeichnis
    datei.write_text(datei.read_text(encoding="utf-8").replace(eintrag.sha256, "0" * 64), encoding="utf-8")
    rebuild_sammeldatei(datei.parent)
    return ()


# --- the step that a call names ------------------------------------------------------------------------------


@beweist("VORGANG_NICHT_DA")
def _(ordner: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    return record_versand(befehle.make_fall(ordner), 7, TAG, "post", befehle.LAGE, HERKUNFT).befunde


@beweist("SCHON_VERSANDT")
def _(ordner: pathlib.Path, _: WorkerPool) -> Iterable[Befund]:
    fall = befehle.make_fall(ordner)
    befehle.add_step(fall, "mahnung-1", "2026-05-12")
    befehle.send_first(fall)
    return record_storno(fall, 1, "falsche Anschrift", befehle.LAGE, HERKUNFT).befunde


@beweist("SCHULDNER_UNBEKANNT")
def _(ordner: pathlib.Path, _werkstatt: WorkerPool) -> Iterable[Befund]:
    return show_konto(befehle.make_fall(ordner), befehle.LAGE, "moritz").befunde


@beweist("ZINSSATZ_FEHLT")
def _(_: pathlib.Path, _werkstatt: WorkerPool) -> Iterable[Befund]:
    recht, tage = shipped_recht(), (dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    return calculate_zinsen(recht, Decimal(100), *tage, None, None, Tageszaehlung.ACT_ACT, "zeile").befunde


GESAMMELT = [code for code in beweist.meldungen if code.startswith(("SAMMELDATEI_", "ANTRAG_"))]


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(
    code: str, tmp_path: pathlib.Path, werkstatt: WorkerPool, request: pytest.FixtureRequest
) -> None:
    if code in GESAMMELT:
        tmp_path = shutil.copytree(request.getfixturevalue("gesammelt"), tmp_path / "b")
    beweist.check(code, tmp_path, werkstatt)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
