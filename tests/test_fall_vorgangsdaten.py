"""What steps say: fixtures/vorgaenge holds steps as the first edition (0.1.0) and the second wrote them.

Every later version reads them all, says the same of them and would write the same bytes. The reader of the first
edition is kept here as a second implementation, written from its own code: of what the second edition writes it must
overlook nothing that matters.
"""

import ast
import dataclasses
import datetime as dt
import json
import pathlib
import runpy
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from fallbau import build_vorgang
from mahnakte.ablage.verifizieren import read_vorgaenge
from mahnakte.arten.brief import ARTEN as BRIEFARTEN
from mahnakte.fall.nachtrag import standing_nachtraege
from mahnakte.fall.uebernahme import is_versandt, list_ersetzte, list_uebernahmen
from mahnakte.fall.vorgang import Vorgang, read_eintrag, sha256, write_eintrag
from mahnakte.fall.vorgangsdaten.brief import Briefdaten
from mahnakte.fall.vorgangsdaten.form import EINTRAEGE, ERGAENZUNGEN, KeinVorgang
from mahnakte.fall.vorgangsdaten.lesen import SAETZE, read_daten
from mahnakte.fall.vorgangsdaten.nachtrag import Nachtragsdaten
from mahnakte.fall.vorgangsdaten.satz import SCHEMA, SCHEMA_2, Satz, Vorgangsdaten
from mahnakte.fall.vorgangsdaten.vermerk import Stornodaten

WURZEL = pathlib.Path(__file__).resolve().parent.parent
QUELLE = WURZEL / "src" / "mahnakte"
KORPUS = WURZEL / "fixtures" / "vorgaenge"
KETTEN = sorted(ordner for ordner in KORPUS.glob("*/*") if ordner.is_dir())
DATEIEN = [datei for kette in KETTEN for datei in sorted(kette.glob("*.json"))]


def name_of(pfad: pathlib.Path) -> str:
    return pfad.relative_to(KORPUS).as_posix()


def read_kette(ordner: pathlib.Path) -> list[Vorgang]:
    return [read_eintrag(datei.read_bytes()) for datei in sorted(ordner.glob("*.json"))]


# --- the corpus: read for ever, written back byte for byte ------------------------------------------------


@pytest.mark.parametrize("datei", DATEIEN, ids=name_of)
def test_an_old_step_is_read_and_would_be_written_the_same(datei: pathlib.Path) -> None:
    inhalt = datei.read_bytes()
    vorgang = read_eintrag(inhalt)
    assert write_eintrag(vorgang) == inhalt
    assert vorgang.hash == sha256(inhalt)
    assert vorgang.daten.rest == {}  # every key that a version wrote is known
    assert vorgang.daten.schema == vorgang.schema


@pytest.mark.parametrize("datei", DATEIEN, ids=name_of)
def test_an_old_step_says_what_stands_in_its_file(datei: pathlib.Path) -> None:
    """Compared with the JSON by hand: days are days, sums are sums, and what is not there is not said."""
    roh = json.loads(datei.read_bytes())["daten"]
    daten = read_eintrag(datei.read_bytes()).daten
    for feld in dataclasses.fields(daten):
        if feld.metadata and (not isinstance(daten, Nachtragsdaten) or feld.name == "posten"):
            gesagt = getattr(daten, feld.name)
            assert plain(gesagt) == roh.get(feld.name, [] if gesagt == () else None), feld.name
        elif feld.metadata:
            assert getattr(daten, feld.name) == roh.get(feld.name)


def plain(wert: object) -> object:
    """Return a value as JSON spells it, without the code under test."""
    if isinstance(wert, Satz):
        gesagt = {f.name: getattr(wert, f.name) for f in dataclasses.fields(wert) if f.metadata}
        return {name: plain(einer) for name, einer in gesagt.items() if einer is not None}
    if isinstance(wert, tuple):
        return [plain(einer) for einer in wert]
    if isinstance(wert, Decimal):
        return format(wert, "f")
    return wert.isoformat() if isinstance(wert, dt.date) else wert


@pytest.mark.parametrize("kette", KETTEN, ids=name_of)
def test_the_chain_of_a_case_holds(kette: pathlib.Path) -> None:
    vorgaenge = read_kette(kette)
    assert [vorgang.nr for vorgang in vorgaenge] == list(range(1, len(vorgaenge) + 1))
    davor = [None, *(vorgang.hash for vorgang in vorgaenge)]
    assert [vorgang.vorher for vorgang in vorgaenge] == davor[:-1]


def test_the_corpus_has_every_kind_that_is_written() -> None:
    for ausgabe in ("erste", "zweite"):
        arten = {v.art for kette in KETTEN if kette.parent.name == ausgabe for v in read_kette(kette)}
        assert arten >= SAETZE.keys() - ({"zahlung_erfasst"} if ausgabe == "erste" else set())
        # All 28 letters of these editions but four, each refused for want of a setting or a role of its own.
        assert len(arten & set(BRIEFARTEN)) >= 24
        assert arten <= {*SAETZE, *BRIEFARTEN}  # a kind that was written once is never taken out


def test_the_corpus_has_every_key_of_every_record() -> None:
    for satz in {*SAETZE.values(), Briefdaten}:
        schluessel = {feld.name for feld in dataclasses.fields(satz) if feld.metadata}
        gesehen = {
            name for datei in DATEIEN for name in json.loads(datei.read_bytes())["daten"]
            if type(read_eintrag(datei.read_bytes()).daten) is satz
        }  # fmt: skip
        assert schluessel == gesehen


# --- a wrong form is a finding with its file ---------------------------------------------------------------


FALSCHES: tuple[Any, ...] = (
    [],
    {},
    7,
    -1,
    True,
    None,
    "",
    "2026-13-01",
    "1.5e3",
    "NaN",
    ["x", 1],
    [[]],
    "250",
)


def keys_of_records() -> Iterator[tuple[str, str]]:
    for art, satz in {**SAETZE, "mahnung-1": Briefdaten}.items():
        yield from ((art, feld.name) for feld in dataclasses.fields(satz) if feld.metadata)


@pytest.mark.parametrize(("art", "schluessel"), list(keys_of_records()))
def test_a_wrong_form_is_said_with_its_key(art: str, schluessel: str) -> None:
    """Whatever stands there, it is read as it stands or refused in one short sentence; nothing is guessed."""
    kopf = (
        {"vorgang": 1, "am": "2026-05-20", "weg": "post", "grund": "x"}
        if art in ("versand", "storno")
        else {}
    )
    abgelehnt = []
    for wert in FALSCHES:
        try:
            daten = read_daten(art, {**kopf, schluessel: wert}, SCHEMA)
        except KeinVorgang as grund:
            abgelehnt.append(str(grund))
        else:
            assert daten.as_daten().get(schluessel) == wert
    assert all(satz.startswith(f"daten: {schluessel}: ") and len(satz) < 150 for satz in abgelehnt)
    listen = {
        feld.name
        for feld in dataclasses.fields(Nachtragsdaten)
        if feld.metadata and feld.metadata["form"] in (EINTRAEGE, ERGAENZUNGEN)
    }
    assert abgelehnt or (art in ("nachtrag", "zahlung_erfasst") and schluessel in listen)


@pytest.mark.parametrize("art", ["versand", "storno"])
def test_a_note_without_its_step_is_refused(art: str) -> None:
    with pytest.raises(KeinVorgang, match="daten: der Schlüssel vorgang fehlt"):
        read_daten(art, {}, SCHEMA)


def test_the_finding_names_the_file_and_what_to_do(tmp_path: pathlib.Path) -> None:
    ordner = tmp_path / "vorgaenge" / "0001"
    ordner.mkdir(parents=True)
    alt = (KORPUS / "zweite" / "GL-GEZAHLT" / "0002.json").read_bytes()
    falsch = json.loads(alt) | {"nr": 1, "vorher": None, "dateien": {}}
    falsch["daten"]["frist_bis"] = "bald"
    (ordner / "eintrag.json").write_text(json.dumps(falsch), "utf-8")
    (befund,) = read_vorgaenge(tmp_path).befunde
    assert befund.code == "VORGANG_BESCHAEDIGT"
    assert "daten: frist_bis: 'bald' ist kein Datum" in befund.text
    assert befund.stelle
    assert befund.stelle.datei.endswith("vorgaenge/0001/eintrag.json")
    assert befund.abhilfe


def test_what_a_newer_program_adds_is_kept() -> None:
    felder = {"empfaenger": ["max"], "farbe": {"kopf": [1, "x"]}}
    daten = read_daten("mahnung-1", felder, SCHEMA)
    assert daten.as_daten() == felder


# --- the second schema: decided by the record ---------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Kuenftig(Nachtragsdaten):
    """A later version with one list more."""

    buergen: Any = dataclasses.field(
        default=None, metadata=dict(Nachtragsdaten.__dataclass_fields__["kosten"].metadata)
    )


@pytest.mark.parametrize(
    ("daten", "schema"),
    [
        (Briefdaten(empfaenger=("max",)), SCHEMA),
        (Stornodaten(vorgang=1, grund="x"), SCHEMA),
        (Stornodaten(vorgang=1, grund="x", versand=True), SCHEMA_2),
        (Nachtragsdaten(ereignisse=[{}], verzicht=[{}], schluessel="x"), SCHEMA),
        (_Kuenftig(buergen=[{}]), SCHEMA_2),
        (_Kuenftig(ereignisse=[{}]), SCHEMA),
        (Nachtragsdaten(titel=[{}]), SCHEMA_2),
        (Nachtragsdaten(rueckgaben=[{}]), SCHEMA_2),
        (Vorgangsdaten(), SCHEMA),
    ],
)  # fmt: skip
def test_the_record_decides_its_schema(daten: Vorgangsdaten, schema: str) -> None:
    assert daten.schema == schema


def test_no_command_decides_a_schema() -> None:
    """`SCHEMA_2` is named in the package of the records only, and nobody hands a schema to a step."""
    for modul in QUELLE.rglob("*.py"):
        if "vorgangsdaten" not in modul.parts:
            assert "SCHEMA_2" not in modul.read_text(encoding="utf-8"), modul


# --- the reader of the first edition -------------------------------------------------------------------------

# kind -> the keys of `daten` that 0.1.0 read, from its own code (stand/verlauf.py, fall/nachtrag.py, ablauf/halt.py,
# ablauf/plan.py, konto/zinsgrund.py, titel/umstaende.py, befehle/brief.py, vermerk.py, ton.py, sammelgut.py, akte.py).
GELESEN: Mapping[str, frozenset[str]] = {
    "versand": frozenset({"vorgang", "am", "weg"}),
    "storno": frozenset(),  # the number stands in `ersetzt`
    "nachtrag": frozenset({"ereignisse", "zahlungen", "gutschriften", "kosten", "verzicht", "schluessel"}),
    "zahlung_erfasst": frozenset(
        {"ereignisse", "zahlungen", "gutschriften", "kosten", "verzicht", "schluessel"}
    ),
    "antrag": frozenset({"rechnungen"}),
    "vb-antrag": frozenset({"gericht", "antraege"}),
    "akte": frozenset({"manifest"}),
    "brief": frozenset(
        {"empfaenger", "rechnungen", "anlass_schluessel", "frist_bis", "betrag", "betrag_gilt_bis", "ton"}
    ),
}
# What 0.1.0 wrote itself and asked of nobody.
SELBST_GESCHRIEBEN = {
    "storno": {"vorgang", "grund"},
    "antrag": {"eda"},
    "akte": {"ordner", "blaetter", "unterlagen"},
    "brief": {"dann", "antwort_bis", "raten"},
}
# Later keys that 0.1.0 passes over, and why nothing is lost by it.
OHNE_FOLGEN = {
    ("nachtrag", "posten"): "what a list said, for the comparison with the next one; no edition counts it",
    ("versand", "trotzdem"): "why it went out; that it went out stands in the other keys",
    ("brief", "zinsen_danach"): "what the account counts anyway for the days after `betrag_gilt_bis`",
    ("brief", "zinsen"): "`betrag_gilt_bis` stands there exactly when the sum suffices without interest",
    (
        "brief",
        "bei_verzug",
    ): "what follows when an agreement is not kept; 0.1.0 reads agreements from fall.yaml alone",
    ("brief", "zusatz"): "words on the page",
    ("antrag", "freigegeben_von"): "who released it; that it was made stands in the other keys",
}


class Abgelehnt(Exception):  # noqa: N818 - what the first edition says of a schema it does not know
    """The first edition stops the case: VORGANG_BESCHAEDIGT."""


def read_as_first(inhalt: bytes) -> dict[str, Any]:
    """Return what 0.1.0 took from an entry; it knew one schema and passed over unknown keys."""
    felder: dict[str, Any] = json.loads(inhalt)
    if felder["schema"] != "mahnakte/vorgang/1":
        raise Abgelehnt(felder["schema"])
    schluessel = GELESEN.get(felder["art"], GELESEN["brief"])
    return {**felder, "daten": {name: wert for name, wert in felder["daten"].items() if name in schluessel}}


def standing_as_first(schritte: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the steps that counted for 0.1.0: only a storno cancelled one."""
    storniert = {schritt["ersetzt"] for schritt in schritte if schritt["art"] == "storno"}
    return [s for s in schritte if s["nr"] not in storniert and s["art"] != "storno"]


@pytest.mark.parametrize("datei", DATEIEN, ids=name_of)
def test_the_first_edition_overlooks_nothing_that_matters(datei: pathlib.Path) -> None:
    inhalt = datei.read_bytes()
    try:
        gelesen = read_as_first(inhalt)
    except Abgelehnt:
        return  # it stops the case
    satz = gelesen["art"] if gelesen["art"] in GELESEN else "brief"
    uebersehen = (
        json.loads(inhalt)["daten"].keys() - gelesen["daten"].keys() - SELBST_GESCHRIEBEN.get(satz, set())
    )
    if datei.parent.parent.name == "erste":
        assert not uebersehen
    assert all((satz, name) in OHNE_FOLGEN for name in uebersehen)


@pytest.mark.parametrize("datei", DATEIEN, ids=name_of)
def test_what_a_letter_says_of_interest_the_first_edition_sees_in_its_sum(datei: pathlib.Path) -> None:
    daten = json.loads(datei.read_bytes())["daten"]
    if "zinsen" in daten:
        assert ("betrag_gilt_bis" in daten) is (daten["zinsen"] != "danach")


@pytest.mark.parametrize("kette", KETTEN, ids=name_of)
def test_up_to_the_first_new_step_both_editions_see_the_same_case(kette: pathlib.Path) -> None:
    """Every beginning of the chain that the first edition accepts gives both the same standing steps and facts."""
    alte: list[dict[str, Any]] = []
    neue: list[Vorgang] = []
    for datei in sorted(kette.glob("*.json")):
        try:
            alte.append(read_as_first(datei.read_bytes()))
        except Abgelehnt:
            return
        neue.append(read_eintrag(datei.read_bytes()))
        standing = standing_as_first(alte)
        aufgehoben = list_ersetzte(neue)
        assert [s["nr"] for s in standing] == [
            v.nr for v in neue if v.nr not in aufgehoben and v.art != "storno"
        ]
        assert list_uebernahmen(neue) == ()
        for schritt, vorgang in ((s, neue[s["nr"] - 1]) for s in standing):
            _same_facts(schritt, vorgang)
            versandt = any(s["art"] == "versand" and s["daten"]["vorgang"] == vorgang.nr for s in standing)
            assert is_versandt(neue, vorgang.nr) is versandt
        for liste in ("ereignisse", "zahlungen", "gutschriften", "kosten", "verzicht"):
            nachtraege = [
                s["daten"].get(liste, []) for s in standing if s["art"] in ("nachtrag", "zahlung_erfasst")
            ]
            assert nachtraege == [v.nachtrag.entries(liste) for v in standing_nachtraege(neue)]


def _same_facts(schritt: dict[str, Any], vorgang: Vorgang) -> None:
    daten = schritt["daten"]
    if isinstance(vorgang.daten, Briefdaten):
        gesagt = (vorgang.brief.frist_bis, vorgang.brief.betrag, vorgang.brief.betrag_gilt_bis)
        assert [plain(wert) for wert in gesagt] == [
            daten.get(n) for n in ("frist_bis", "betrag", "betrag_gilt_bis")
        ]
        assert list(vorgang.brief.empfaenger or ()) == daten["empfaenger"]
    if "rechnungen" in daten:
        assert vorgang.rechnungen == frozenset(daten["rechnungen"])


def test_the_second_edition_has_steps_that_stop_the_first() -> None:
    neue = [v for datei in DATEIEN if (v := read_eintrag(datei.read_bytes())).schema == SCHEMA_2]
    assert {type(v.daten) for v in neue} == {Stornodaten, Briefdaten, Nachtragsdaten}
    for vorgang in neue:
        with pytest.raises(Abgelehnt):
            read_as_first(write_eintrag(vorgang))


# --- one room reads the keys --------------------------------------------------------------------------------

ANTWORTEN = {"befehle/demo.py", "befehle/pruefen.py"}  # `daten` of an Ergebnis: the answer of a command


@pytest.mark.parametrize(
    "modul", sorted(QUELLE.rglob("*.py")), ids=lambda m: m.relative_to(QUELLE).as_posix()
)
def test_nobody_else_reads_keys_by_string(modul: pathlib.Path) -> None:
    if "vorgangsdaten" in modul.parts or modul.relative_to(QUELLE).as_posix() in ANTWORTEN:
        return
    for knoten in ast.walk(ast.parse(modul.read_text(encoding="utf-8"))):
        if isinstance(knoten, ast.Subscript):
            assert not _is_daten(knoten.value), f"Zeile {knoten.lineno}"
        if isinstance(knoten, ast.Call) and isinstance(knoten.func, ast.Attribute):
            assert not (knoten.func.attr in ("get", "items", "keys") and _is_daten(knoten.func.value)), (
                knoten.lineno
            )
            if knoten.func.attr == "as_daten":
                assert modul.name == "vorgang.py", f"Zeile {knoten.lineno}"


def _is_daten(knoten: ast.expr) -> bool:
    return isinstance(knoten, ast.Attribute) and knoten.attr in ("daten", "rest")


def test_a_step_of_another_kind_says_nothing_as_a_letter() -> None:
    versand = build_vorgang(2, "versand", "2026-05-20", {"vorgang": 1, "am": "2026-05-20", "weg": "post"})
    assert (versand.brief.frist_bis, versand.rechnungen, versand.versandter) == (None, None, 1)
    assert versand.nachtrag.entries("ereignisse") == []


def test_the_page_is_made_from_the_records() -> None:
    werkzeug = runpy.run_path(str(WURZEL / "werkzeuge" / "vorgang_doku.py"))
    seite = (WURZEL / "docs" / "vorgang.md").read_text(encoding="utf-8")
    assert werkzeug["renew"](seite) == seite, "python werkzeuge/vorgang_doku.py"
