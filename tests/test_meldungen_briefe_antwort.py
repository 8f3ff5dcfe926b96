"""Each finding about reply forms, those we make and those that come back: the input that raises just it."""

import datetime as dt
from collections.abc import Iterable

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from antwortbau import TAG, blank_page, change, empty_form, fill, write_words
from fallbau import build_fall
from mahnakte.briefe.antwort.bogen import check_felder, compute_bogen
from mahnakte.eingang.antwortbogen.deuten import check_zugehoerig, propose_ereignisse
from mahnakte.eingang.antwortbogen.lesen import MAX_BYTES, read_antwort
from mahnakte.grund.befund import Befund, Stelle
from meldungsbau import Beweise

beweist = Beweise("briefe/antwort", "eingang/antwortbogen")
AM = dt.date(2026, 4, 30)
STELLE = Stelle("antwort.pdf")


def read(pdf: bytes) -> Iterable[Befund]:
    return read_antwort(pdf, STELLE.datei).befunde


def propose(**felder: str) -> Iterable[Befund]:
    """Read a filled form and propose what it says; `x` ticks a box."""
    antwort = read_antwort(fill(felder), STELLE.datei)
    return propose_ereignisse(antwort, build_fall(), AM, STELLE).befunde


def annotate(schreiber: PdfWriter) -> None:
    notiz = {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/FreeText")}
    schreiber.pages[0]["/Annots"].append(schreiber._add_object(DictionaryObject(notiz)))


DATEIEN = {
    "ANTWORT_ZU_GROSS": lambda: bytes(MAX_BYTES + 1),
    "ANTWORT_UNLESBAR": lambda: b"%PDF-1.7",
    "ANTWORT_VERSCHLUESSELT": lambda: change(empty_form(), lambda schreiber: schreiber.encrypt("geheim")),
    "ANTWORT_FLACH": lambda: write_words("Antwortbogen. Mit diesem Bogen erkennen Sie nichts an."),
    "ANTWORT_FREMD": lambda: write_words("Rechnung RE-1"),
    "ANTWORT_SCAN": blank_page,
    "ANTWORT_ANMERKUNGEN": lambda: change(empty_form(), annotate),
    "ANTWORT_MEHRERE_SEITEN": lambda: change(
        empty_form(), lambda schreiber: schreiber.add_blank_page(595, 842)
    ),
}
for _code, _datei in DATEIEN.items():
    beweist(_code)(lambda datei=_datei: read(datei()))

EINTRAEGE = {
    "ANTWORT_LEER": {},
    "ANTWORT_KREUZ_FEHLT": {"zahlen_am": "15.05.2026"},
    "ANTWORT_UNKLAR": {"zahlen": "x", "zahlen_am": "Ende Mai"},
    "ZUSAGE_VERGANGEN": {"zahlen": "x", "zahlen_am": "29.04.2026"},
    "ZUSAGE_WEIT": {"zahlen": "x", "zahlen_am": "30.06.2026"},
    "ZAHLUNG_BEHAUPTET": {"gezahlt": "x", "gezahlt_am": "10.04.2026", "gezahlt_betrag": "250,00"},
    "EINWAND_OHNE_GRUND": {"einwand": "x"},
    "ANSCHRIFT_NEU": {
        "anschrift": "x",
        "anschrift_strasse": "Grüner Weg 3",
        "anschrift_ort": "04103 Leipzig",
    },
}
for _code, _felder in EINTRAEGE.items():
    beweist(_code)(lambda felder=_felder: propose(**felder))


@beweist("ANTWORT_ANDERER_FALL")
def another_case() -> Iterable[Befund]:
    check_zugehoerig(read_antwort(empty_form("2026-0043"), STELLE.datei), "2026-0042", STELLE)
    return ()


@beweist("ANTWORTBOGEN_UNVOLLSTAENDIG")
def no_fields() -> Iterable[Befund]:
    fall = build_fall()
    entwurf = compute_bogen(
        fall.einstellungen.absender, fall.schuldner, fall.aktenzeichen, "2026-04-20_mahnung-1", TAG
    )
    check_felder({}, entwurf)
    return ()


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
