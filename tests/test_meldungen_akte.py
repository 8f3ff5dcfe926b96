"""The findings of the Akte: each has an input that raises just it."""

import datetime as dt
import functools
import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, EncodedStreamObject, NameObject, TextStringObject

from aktebau import (
    add_attachment,
    add_layers,
    add_script,
    add_xfa,
    annotation,
    edit,
    hide_last_page,
    make_pdf,
    protect,
    with_appearance,
)
from fallbau import build_fall
from mahnakte.akte.auswahl import find_aehnliche
from mahnakte.akte.bemerkungen import remark
from mahnakte.akte.lesbarkeit import prepare_pdf
from mahnakte.akte.modell import Aktenkopf, Gruppe, Unterlage, Verweis
from mahnakte.akte.pruefung import verify_akte
from mahnakte.akte.zusammenstellung import compose_akte
from mahnakte.grund.befund import Befund
from mahnakte.grund.worker import WorkerError
from meldungsbau import Beweise

beweist = Beweise("akte")
KOPF = Aktenkopf("2026-0042", dt.date(2026, 11, 16), "Möbelhaus Übersee GmbH", {}, {"fall.yaml": "0" * 64})


class Inprozess:
    """A workshop without a child of its own: these papers are ours."""

    def call(self, funktion: Callable[..., Any], *angaben: Any, seconds: float) -> Any:
        return funktion(*angaben)


class Abbruch:
    """A workshop in which every task takes too long."""

    def call(self, funktion: Callable[..., Any], *angaben: Any, seconds: float) -> Any:
        raise WorkerError(f"Die Verarbeitung brauchte mehr als {seconds:g} Sekunden Rechenzeit.")


def set_short(name: str, werte: Mapping[str, Any]) -> bytes:
    """Set every sheet of ours on one page."""
    if name == "blattzahl":
        return make_pdf([b["text"] for b in werte["blaetter"]], groesse=(120, 18), links=2, unter=14)
    return make_pdf([name])


def compose(*papiere: Unterlage, set_blatt: Any = set_short, werkstatt: Any = None) -> Iterable[Befund]:
    return compose_akte(KOPF, papiere, set_blatt, werkstatt or Inprozess()).befunde


def paper(pfad: str, inhalt: bytes | None, **mehr: Any) -> Unterlage:
    return Unterlage(Verweis(pfad, Gruppe.BELEGE, pfad.rsplit("/", 1)[-1]), inhalt, **mehr)


# --- the whole ----------------------------------------------------------------------------------------


@beweist("AKTE_BESCHAEDIGT")
def a_changed_file() -> Iterable[Befund]:
    fertig = compose_akte(KOPF, [paper("belege/foto.jpg", b"Bild")], set_short, Inprozess())
    return verify_akte({**fertig.dateien, "originale/2-01_foto.jpg": b"BILD"})


@beweist("AKTE_BLATTZAHL")
def a_page_that_may_hide_its_number() -> Iterable[Befund]:
    return compose(paper("belege/Offen.pdf", make_pdf(["Offen"], schliessen=False)))


@beweist("AKTE_GROSS")
def more_files_than_a_message_holds() -> Iterable[Befund]:
    return compose(*(paper(f"belege/{nummer}.jpg", b"Bild") for nummer in range(1_000)))


@beweist("AKTE_INHALT")
def contents_whose_length_never_settles() -> Iterable[Befund]:
    laengen = iter([2, 1] * 20)

    def restless(name: str, werte: Mapping[str, Any]) -> bytes:
        return make_pdf(["x"] * next(laengen)) if name == "inhalt" else set_short(name, werte)

    return compose(set_blatt=restless)


@beweist("AKTE_NAMEN_AEHNLICH")
def two_names_that_differ_in_case() -> Iterable[Befund]:
    return find_aehnliche(build_fall(), ["belege/Vertrag.pdf", "belege/vertrag.pdf"])


@beweist("AKTE_NICHT_GEBUNDEN")
def binding_that_takes_too_long() -> Iterable[Befund]:
    return compose(werkstatt=Abbruch())


@beweist("AKTE_UNTERLAGE_FEHLT")
def a_missing_paper() -> Iterable[Befund]:
    return compose(paper("belege/Vertrag.pdf", None, grund="Die Datei fehlt."))


@beweist("AKTE_UNTERLAGE_UNLESBAR")
def a_paper_with_password() -> Iterable[Befund]:
    return compose(paper("belege/Vertrag.pdf", edit(make_pdf(["x"]), lambda pdf: pdf.encrypt("geheim"))))


# --- one PDF ------------------------------------------------------------------------------------------


def look_at(pdf: bytes) -> Iterable[Befund]:
    return remark(prepare_pdf(pdf).merkmale, "belege/x.pdf")[1]


AENDERUNGEN: dict[str, Callable[[PdfWriter], object]] = {
    "AKTE_PDF_ANHAENGE": add_attachment,
    "AKTE_PDF_ANMERKUNGEN": with_appearance("anerkannt"),
    "AKTE_PDF_ANMERKUNG_FEHLT": annotation("Text", Contents=TextStringObject("bitte nicht zahlen")),
    "AKTE_PDF_EBENEN": add_layers,
    "AKTE_PDF_GESCHUETZT": protect,
    "AKTE_PDF_LEERE_SEITE": lambda pdf: pdf.add_blank_page(),
    "AKTE_PDF_SKRIPT": add_script,
    "AKTE_PDF_VERBORGENE_SEITEN": hide_last_page,
    "AKTE_PDF_XFA": add_xfa,
}


def look_at_changed(aendern: Callable[[PdfWriter], object]) -> Iterable[Befund]:
    return look_at(edit(make_pdf(["eins", "zwei"]), aendern))


for _code, _aendern in AENDERUNGEN.items():
    beweist(_code)(functools.partial(look_at_changed, _aendern))


@beweist("AKTE_PDF_SIGNIERT")
def a_signature() -> Iterable[Befund]:
    """Not as a field of its own: that is set into the page and has a second finding."""
    unterschrift = DictionaryObject({NameObject("/Type"): NameObject("/Sig")})
    return look_at_changed(annotation("Link", FT=NameObject("/Sig"), V=unterschrift))


@beweist("AKTE_PDF_REPARIERT")
def a_wrong_start_of_the_table() -> Iterable[Befund]:
    pdf = make_pdf(["eins"])
    start = pdf.index(b"startxref") + len(b"startxref\n")
    return look_at(pdf[:start] + b"7" + pdf[start + 1 :])


@beweist("AKTE_PDF_BESCHAEDIGT")
def a_stream_that_breaks_off() -> Iterable[Befund]:
    def add_broken(pdf: PdfWriter) -> None:
        strom = EncodedStreamObject()
        strom._data = zlib.compress(b"abgeschnitten" * 50)[:-8]
        strom[NameObject("/Filter")] = NameObject("/FlateDecode")
        pdf._add_object(strom)

    return look_at_changed(add_broken)


@beweist("AKTE_PDF_DOPPELTER_INHALT")
def two_pages_with_one_content() -> Iterable[Befund]:
    def repeat(pdf: PdfWriter) -> None:
        erste, zweite = pdf.pages
        zweite[NameObject("/Contents")] = erste.raw_get("/Contents")

    return look_at_changed(repeat)


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
