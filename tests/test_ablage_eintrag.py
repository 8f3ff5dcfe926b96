"""eintrag.json: canonical bytes, and nothing that another reader could understand differently."""

import dataclasses
import datetime as dt
import json
import pathlib
import re

import pytest

from mahnakte.fall.vorgang import Vorgang, read_eintrag, sha256, write_eintrag
from mahnakte.fall.vorgangsdaten.brief import Briefdaten
from mahnakte.fall.vorgangsdaten.form import KeinVorgang

VORGANG = Vorgang(
    nr=1, aktenzeichen="2026-0042", art="mahnung-1", stichtag=dt.date(2026, 4, 20),
    erzeugt_am="2026-04-20T08:00:00Z", lauf_id="a1", bearbeiter="K. Beispiel", rechner="pc-1", version="0.1.0",
    vorher=None, eingaben={"fall.yaml": "0" * 64}, werte={"basiszinssatz": ("1,52", "2026-07-01", "Bundesbank")},
    daten=Briefdaten(rest={"summe": "250.00", "frist_tage": 10}), dateien={"brief.pdf": "1" * 64}, anlass="Frist um", ersetzt=None,
    hash="",
)  # fmt: skip
FELDER = json.loads(write_eintrag(VORGANG))


def test_there_and_back():
    inhalt = write_eintrag(VORGANG)
    assert read_eintrag(inhalt) == dataclasses.replace(VORGANG, hash=sha256(inhalt))
    assert write_eintrag(read_eintrag(inhalt)) == inhalt


def test_canonical_bytes():
    """Sorted keys, UTF-8 as it is, LF, one newline at the end; the keys are the contract's."""
    inhalt = write_eintrag(dataclasses.replace(VORGANG, anlass="Überfällig"))
    assert inhalt.endswith(b"\n}\n"[1:])
    assert b"\r" not in inhalt
    assert "Überfällig".encode() in inhalt
    assert list(FELDER) == sorted(FELDER)
    assert set(FELDER) == {
        "schema", "nr", "aktenzeichen", "art", "stichtag", "erzeugt_am", "lauf_id", "bearbeiter", "rechner", "version",
        "vorher", "eingaben", "werte", "daten", "dateien", "anlass", "ersetzt",
    }  # fmt: skip


def test_each_key_is_documented():
    text = (pathlib.Path(__file__).parent.parent / "docs" / "vorgang.md").read_text(encoding="utf-8")
    tabelle = text.split("## eintrag.json")[1].split("\n### ")[0].split("\n## ")[0]
    spalte = "\n".join(zeile.split("|")[1] for zeile in tabelle.splitlines() if zeile.startswith("|"))
    erklaert = set(re.findall(r"`(\w+)`", spalte))
    assert erklaert == set(FELDER)


@pytest.mark.parametrize("schluessel", sorted(FELDER))
def test_each_key_is_needed(schluessel):
    felder = {name: wert for name, wert in FELDER.items() if name != schluessel}
    with pytest.raises(KeinVorgang, match=f"Schlüssel '{schluessel}' fehlt"):
        read_eintrag(json.dumps(felder).encode())


@pytest.mark.parametrize("schluessel", sorted(FELDER))
@pytest.mark.parametrize("wert", [[], 1.5, True, -1, "2026-13-01", "x" * 10_000])
def test_no_key_takes_any_value(schluessel, wert):
    """Each wrong kind is refused in one short German sentence; texts take any text."""
    texte = {"aktenzeichen", "art", "erzeugt_am", "lauf_id", "bearbeiter", "rechner", "version", "anlass"}
    inhalt = json.dumps(FELDER | {schluessel: wert}).encode()
    if schluessel in texte and isinstance(wert, str):
        assert getattr(read_eintrag(inhalt), schluessel) == wert
        return
    with pytest.raises(KeinVorgang) as gefangen:
        read_eintrag(inhalt)
    assert len(str(gefangen.value)) < 150


@pytest.mark.parametrize(
    "inhalt",
    [
        b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe{}", b"{}" * 2, b"[" * 100_000, b'{"nr": ' + b"9" * 5000 + b"}",
        write_eintrag(VORGANG).replace(b'"nr": 1', b'"nr": 1, "nr": 2'),
        write_eintrag(VORGANG).replace(b'"frist_tage": 10', b'"frist_tage": NaN'),
        write_eintrag(VORGANG).replace(b'"frist_tage": 10', b'"betrag": 0.1'),
        write_eintrag(VORGANG).replace(b"2026-04-20\"", b"20260420\""),
        write_eintrag(VORGANG).replace(b"mahnakte/vorgang/1", b"mahnakte/vorgang/3"),
        write_eintrag(VORGANG).replace(b"0" * 64, b"0" * 63),
    ],
)  # fmt: skip
def test_what_is_no_entry(inhalt):
    with pytest.raises(KeinVorgang):
        read_eintrag(inhalt)
