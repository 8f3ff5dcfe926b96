"""A whole Akte from papers in memory: nothing dropped, numbers that are right, hashes that can be checked."""

import datetime as dt
import hashlib
import io
import json
import random
import re

import pypdfium2
import pytest
from pypdf import PdfReader

from aktebau import edit, make_pdf, texts
from mahnakte.akte.manifest import AKTE_PDF, MANIFEST, PRUEFSUMMEN
from mahnakte.akte.modell import Aktenkopf, Art, Gruppe, Unterlage, Verweis
from mahnakte.akte.pruefung import verify_akte
from mahnakte.akte.zusammenstellung import compose_akte
from mahnakte.grund.befund import Ablehnung, Schwere

STICHTAG = dt.date(2026, 11, 16)
KOPF = Aktenkopf("2026-0042", STICHTAG, "Möbelhaus Übersee GmbH", {}, {"fall.yaml": "0" * 64})


def set_plain(name, werte):
    """Set our sheets without an engine: one line of text a page, twelve entries to a page of contents."""
    if name == "blattzahl":
        return make_pdf([b["text"] for b in werte["blaetter"]], groesse=(120, 18), links=2, unter=14)
    if name == "inhalt":
        eintraege = [eintrag for gruppe in werte["gruppen"] for eintrag in gruppe["eintraege"]]
        seiten = [eintraege[ab : ab + 12] for ab in range(0, len(eintraege), 12)] or [[]]
        return make_pdf([
            " | ".join(f"{e['nummer']} {e['titel']} {e['datei']} {e['bemerkung']} Blatt={e['blatt']}" for e in seite)
            for seite in seiten
        ])  # fmt: skip
    if name == "nicht_lesbar":
        return make_pdf([f"NICHT LESBAR {werte['nummer']} {werte['grund']} {werte['sha256']}"])
    return make_pdf(
        [f"DECKBLATT {werte['umfang']['blaetter']} " + " / ".join(u["text"] for u in werte["unlesbar"])]
    )


def paper(pfad, inhalt, gruppe=Gruppe.BELEGE, **mehr):
    return Unterlage(Verweis(pfad, gruppe, pfad.rsplit("/", 1)[-1]), inhalt, **mehr)


def pages(titel, anzahl):
    return make_pdf([f"{titel} Seite {nummer}" for nummer in range(1, anzahl + 1)])


MIT_KENNWORT = edit(pages("geheim", 2), lambda schreiber: schreiber.encrypt("geheim"))
GEMISCHT = (
    paper("Forderungsaufstellung.pdf", pages("Aufstellung", 2), Gruppe.AUFSTELLUNG, erzeugt=True),
    paper("belege/Vertrag.pdf", pages("Vertrag", 5)),
    paper("belege/kennwort.pdf", MIT_KENNWORT),
    paper("belege/foto.jpg", b"\xff\xd8\xff\xe0 kein echtes Bild"),
    paper("belege/fehlt.pdf", None, grund="Die Datei fehlt."),
    paper("belege/abgeschnitten.pdf", pages("ab", 3)[:700]),
    paper("rechnungen/RE-1.xml", b"<Invoice/>", Gruppe.RECHNUNGEN, lesefassung=pages("Lesefassung", 1)),
    paper("rechnungen/RE-2.pdf", pages("Rechnung", 1), Gruppe.RECHNUNGEN),
    paper("vorgaenge/0001/mahnung.pdf", pages("Mahnung", 1), Gruppe.SCHREIBEN),
    paper("vorgaenge/0002/antrag.docx", b"PK\x03\x04", Gruppe.GERICHT),
)


@pytest.fixture(scope="module")
def akte(werkstatt):
    return compose_akte(KOPF, GEMISCHT, set_plain, werkstatt)


def manifest_of(akte):
    return json.loads(akte.dateien[MANIFEST])


def test_every_paper_is_there_in_one_way_or_another(akte):
    assert [(stueck.nummer, stueck.art, stueck.ab_blatt) for stueck in akte.stuecke] == [
        ("1-01", Art.SEITEN, 3), ("2-01", Art.SEITEN, 5), ("2-02", Art.UNLESBAR, 10), ("2-03", Art.BEILAGE, None),
        ("2-04", Art.FEHLT, 11), ("2-05", Art.UNLESBAR, 12), ("3-01", Art.LESEFASSUNG, 13), ("3-02", Art.SEITEN, 14),
        ("4-01", Art.SEITEN, 15), ("5-01", Art.BEILAGE, None),
    ]  # fmt: skip
    assert akte.blaetter == 15


def test_page_numbers_in_the_contents_are_where_the_papers_begin(akte):
    blaetter = texts(akte.dateien[AKTE_PDF])
    inhalt = {t[0]: t[1] for t in re.findall(r"(\d-\d\d) \S+ .*?Blatt=(\d+|\S)", blaetter[1])}
    erste = {"1-01": "Aufstellung Seite 1", "2-01": "Vertrag Seite 1", "2-02": "NICHT LESBAR 2-02",
             "3-01": "Lesefassung Seite 1", "3-02": "Rechnung Seite 1", "4-01": "Mahnung Seite 1"}  # fmt: skip
    for nummer, anfang in erste.items():
        assert anfang in blaetter[int(inhalt[nummer]) - 1]
    leser = PdfReader(io.BytesIO(akte.dateien[AKTE_PDF]), strict=True)
    ziele = {
        kind.title[:4]: leser.get_destination_page_number(kind) + 1
        for eintrag in leser.outline if isinstance(eintrag, list) for kind in eintrag
    }  # fmt: skip
    assert ziele == {nummer: int(blatt) for nummer, blatt in inhalt.items() if blatt.isdigit()}


def test_every_sheet_carries_its_number(akte):
    for nummer, text in enumerate(texts(akte.dateien[AKTE_PDF]), start=1):
        assert f"Blatt {nummer} von 15" in text


@pytest.mark.parametrize("anzahl", [1, 12, 13, 25, 40])
def test_the_contents_may_be_as_long_as_they_like(werkstatt, anzahl):
    papiere = [paper(f"belege/B{nummer}.pdf", pages(f"B{nummer}", 1)) for nummer in range(anzahl)]
    fertig = compose_akte(KOPF, papiere, set_plain, werkstatt)
    vorspann = 1 + -(-anzahl // 12)
    assert fertig.blaetter == vorspann + anzahl
    assert fertig.stuecke[-1].ab_blatt == fertig.blaetter
    blaetter = texts(fertig.dateien[AKTE_PDF])
    for stueck in fertig.stuecke:
        assert f"B{int(stueck.nummer[2:]) - 1} Seite 1" in blaetter[stueck.ab_blatt - 1]


def test_contents_that_never_settle_are_refused_in_words(werkstatt):
    laengen = iter([2, 1] * 20)

    def restless(name, werte):
        return make_pdf(["x"] * next(laengen)) if name == "inhalt" else set_plain(name, werte)

    with pytest.raises(Ablehnung, match="Inhaltsverzeichnis"):
        compose_akte(KOPF, GEMISCHT[:1], restless, werkstatt)


def test_what_cannot_be_shown_is_named_on_cover_contents_placeholder_and_in_the_findings(akte):
    blaetter = texts(akte.dateien[AKTE_PDF])
    summe = hashlib.sha256(MIT_KENNWORT).hexdigest()
    assert "2-02 kennwort.pdf" in blaetter[0]
    assert "2-04 fehlt.pdf" in blaetter[0]
    assert "Kennwort" in blaetter[1]
    assert "Kennwort" in blaetter[9]
    assert summe[:16] in blaetter[9]
    gemeldet = {
        (befund.code, befund.stelle.datei) for befund in akte.befunde if befund.schwere is Schwere.WARNUNG
    }
    assert gemeldet == {
        ("AKTE_UNTERLAGE_UNLESBAR", "belege/kennwort.pdf"),
        ("AKTE_UNTERLAGE_FEHLT", "belege/fehlt.pdf"),
        ("AKTE_UNTERLAGE_UNLESBAR", "belege/abgeschnitten.pdf"),
    }


def test_originals_lie_beside_byte_for_byte_and_every_hash_is_in_the_manifest(akte):
    nach_quelle = {eintrag["quelle"]: eintrag for eintrag in manifest_of(akte)["unterlagen"]}
    for unterlage in GEMISCHT[1:]:
        eintrag = nach_quelle[unterlage.verweis.pfad]
        if unterlage.inhalt is None:
            assert eintrag["datei"] is eintrag["sha256"] is None
            continue
        assert akte.dateien[eintrag["datei"]] == unterlage.inhalt
        assert eintrag["sha256"] == hashlib.sha256(unterlage.inhalt).hexdigest()
        assert eintrag["bytes"] == len(unterlage.inhalt)
    assert nach_quelle["belege/Vertrag.pdf"]["seiten"] == 5
    assert nach_quelle[None]["titel"] == "Forderungsaufstellung.pdf"  # ours: it has no source


def test_the_list_of_hashes_is_what_sha256sum_reads(akte):
    zeilen = akte.dateien[PRUEFSUMMEN].decode().splitlines()
    genannt = {zeile[66:]: zeile[:64] for zeile in zeilen}
    assert all(zeile[64:66] == " *" for zeile in zeilen)
    assert genannt == {
        name: hashlib.sha256(inhalt).hexdigest()
        for name, inhalt in akte.dateien.items()
        if name != PRUEFSUMMEN
    }


def test_same_papers_same_bytes(akte, werkstatt):
    assert compose_akte(KOPF, GEMISCHT, set_plain, werkstatt) == akte


def test_a_file_name_that_is_an_attack_does_no_harm(werkstatt):
    boese = paper("belege/\u202efdp\udc80\n../x.pdf", b"kein PDF")
    fertig = compose_akte(KOPF, [boese], set_plain, werkstatt)
    namen = set(fertig.dateien) - {AKTE_PDF, MANIFEST, PRUEFSUMMEN}
    assert namen == {"originale/2-01_x.pdf"}
    assert verify_akte(fertig.dateien) == ()


def test_no_papers_give_an_akte_of_cover_and_contents(werkstatt):
    fertig = compose_akte(KOPF, [], set_plain, werkstatt)
    assert fertig.blaetter == 2
    assert verify_akte(fertig.dateien) == ()


def test_mutated_papers_never_vanish(werkstatt):
    """Twenty mutants in one Akte: each has its pages or its placeholder, in its place."""
    wuerfel = random.Random(7)
    papiere = []
    for nummer in range(20):
        pdf = bytearray(pages(f"M{nummer}", 3))
        for _ in range(3):
            pdf[wuerfel.randrange(len(pdf))] = wuerfel.randrange(256)
        papiere.append(paper(f"belege/M{nummer:02d}.pdf", bytes(pdf)))
    fertig = compose_akte(KOPF, papiere, set_plain, werkstatt)
    assert [stueck.seiten for stueck in fertig.stuecke] == [
        3 if stueck.art is Art.SEITEN else 1 for stueck in fertig.stuecke
    ]
    dokument = pypdfium2.PdfDocument(fertig.dateien[AKTE_PDF])
    assert len(dokument) == fertig.blaetter == 3 + sum(stueck.seiten for stueck in fertig.stuecke)
    dokument.close()
    assert {Art.SEITEN, Art.UNLESBAR} == {stueck.art for stueck in fertig.stuecke}


# --- checking an Akte later -----------------------------------------------------------------------------


def test_an_untouched_akte_is_intact(akte):
    assert verify_akte(akte.dateien) == ()


def change(dateien, name, inhalt):
    return {**dateien, name: inhalt}


def without(dateien, name):
    return {andere: inhalt for andere, inhalt in dateien.items() if andere != name}


ORIGINAL = "originale/2-01_Vertrag.pdf"


@pytest.mark.parametrize(
    ("schaden", "datei"),
    [
        (lambda d: change(d, ORIGINAL, d[ORIGINAL] + b" "), ORIGINAL),
        (lambda d: change(d, AKTE_PDF, d[AKTE_PDF][:-1]), AKTE_PDF),
        (lambda d: without(d, ORIGINAL), ORIGINAL),
        (lambda d: without(d, MANIFEST), MANIFEST),
        (lambda d: without(d, PRUEFSUMMEN), PRUEFSUMMEN),
        (lambda d: change(d, "originale/fremd.pdf", b"x"), "originale/fremd.pdf"),
        (lambda d: change(d, MANIFEST, b"{"), MANIFEST),
        (lambda d: change(d, MANIFEST, b"[]"), MANIFEST),
        (lambda d: change(d, MANIFEST, b'{"schema": "mahnakte/akte/1"}'), MANIFEST),
        (lambda d: change(d, MANIFEST, d[MANIFEST].replace(b'"seiten": 15', b'"seiten": 14')), MANIFEST),
        (lambda d: change(d, PRUEFSUMMEN, b"kein Verzeichnis\n"), PRUEFSUMMEN),
        (lambda d: change(d, PRUEFSUMMEN, d[PRUEFSUMMEN].replace(b" *akte.pdf", b" *akte.PDF")), PRUEFSUMMEN),
        (lambda d: change(d, MANIFEST, b'{"schema":"mahnakte/akte/1","akte":{"datei":1,"bytes":0,"sha256":"","seiten":0},"unterlagen":[]}'), MANIFEST),
    ],
)  # fmt: skip
def test_every_kind_of_damage_is_found_and_named(akte, schaden, datei):
    befunde = verify_akte(schaden(dict(akte.dateien)))
    assert datei in {befund.stelle.datei for befund in befunde}
    assert {(befund.code, befund.schwere) for befund in befunde} == {("AKTE_BESCHAEDIGT", Schwere.SPERRE)}


def test_any_single_byte_that_changes_is_found(akte):
    wuerfel = random.Random(3)
    for _ in range(60):
        name = wuerfel.choice(sorted(akte.dateien))
        inhalt = bytearray(akte.dateien[name])
        stelle = wuerfel.randrange(len(inhalt))
        inhalt[stelle] ^= wuerfel.randrange(1, 256)
        assert verify_akte(change(akte.dateien, name, bytes(inhalt))), (name, stelle)
