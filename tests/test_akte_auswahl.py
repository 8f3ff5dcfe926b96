"""What belongs into the Akte, in which order, under which names; and the sheets that mahnakte adds."""

import dataclasses
import datetime as dt
import re
from decimal import Decimal

import pytest

from fallbau import build_fall, build_vorgang
from mahnakte.akte.auswahl import find_aehnliche, fold_pfad, select_verweise
from mahnakte.akte.blaetter import VARIABLEN, blattzahl_werte, make_aktenkopf
from mahnakte.akte.modell import Gruppe
from mahnakte.akte.namen import make_name
from mahnakte.grund.befund import Schwere
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.grund.worker import WorkerPool
from mahnakte.konto.konto import compute_konto
from mahnakte.satz.druck import Vorlage, load_vorlage
from mahnakte.stand.sachstand import Sachstand

STICHTAG = dt.date(2026, 11, 16)
# What the courts' announcement (ERVB) allows in a name: letters with umlauts and ß, digits, _ and -, 90 in all.
SICHER = re.compile(r"(?=.{1,90}\Z)[A-Za-zÄÖÜäöüß0-9_-]+(\.[A-Za-z0-9]{1,8})?")
ZUSATZ = """
kosten:
  - am: 12.04.2026
    art: ruecklastschrift
    betrag: 4,30
    beleg: belege/ruecklastschrift.pdf
ereignisse:
  - am: 05.04.2026
    art: mahnung_versandt
    stufe: mahnung-1
    beleg: altsystem/mahnung.pdf
  - am: 01.09.2026
    art: vb_zugestellt
    beleg: belege/vb.pdf
  - am: 01.12.2026
    art: kontakt
    beleg: belege/spaeter.pdf
titel:
  - kennung: vb-1
    art: vollstreckungsbescheid
    rechtskraft_am: 15.09.2026
    massnahmen:
      - am: 02.10.2026
        art: pfaendung
        umfang: hauptforderung
        beleg: belege/pfueb.pdf
"""
BELEGE = (
    "belege/Anlage 10.pdf", "belege/Anlage 2.pdf", "belege/pfueb.pdf", "belege/ruecklastschrift.pdf",
    "belege/spaeter.pdf", "belege/vb.pdf", "belege/_intern/notiz.pdf", "belege/.DS_Store", "belege/Thumbs.db",
    "belege/~$brief.docx",
)  # fmt: skip


def steps():
    brief = {f"2026-04-20_mahnung-1.{endung}": "0" * 64 for endung in ("docx", "pdf")}
    antrag = {"antrag.xml": "0" * 64, "2026-08-01_antrag.pdf": "0" * 64, "nur.docx": "0" * 64}
    return (
        dataclasses.replace(build_vorgang(1, "mahnung-1", "2026-04-20"), dateien=brief),
        dataclasses.replace(
            build_vorgang(2, "mahnung-letzte", "2026-05-04"), dateien={"letzte.pdf": "0" * 64}
        ),
        build_vorgang(3, "storno", "2026-05-05", ersetzt=2),
        dataclasses.replace(build_vorgang(4, "antrag", "2026-08-01"), dateien=antrag),
        dataclasses.replace(build_vorgang(5, "akte", "2026-08-02"), dateien={"m.json": "0" * 64}),
        dataclasses.replace(build_vorgang(6, "mahnung-1", "2026-12-01"), dateien={"zukunft.pdf": "0" * 64}),
    )


def selected():
    fall = build_fall(ZUSATZ, vorgaenge=steps())
    forderung = dataclasses.replace(fall.forderungen[0], datei="rechnungen/RE-2026-131.pdf")
    return select_verweise(Sachstand(dataclasses.replace(fall, forderungen=(forderung,)), STICHTAG), BELEGE)


def test_what_the_claim_needs_in_a_fixed_order():
    assert [(verweis.gruppe, verweis.pfad) for verweis in selected()] == [
        (Gruppe.BELEGE, "belege/Anlage 2.pdf"),
        (Gruppe.BELEGE, "belege/Anlage 10.pdf"),
        (Gruppe.BELEGE, "belege/ruecklastschrift.pdf"),
        (Gruppe.RECHNUNGEN, "rechnungen/RE-2026-131.pdf"),
        (Gruppe.SCHREIBEN, "altsystem/mahnung.pdf"),
        (Gruppe.SCHREIBEN, "vorgaenge/0001/2026-04-20_mahnung-1.pdf"),
        (Gruppe.GERICHT, "vorgaenge/0004/2026-08-01_antrag.pdf"),
        (Gruppe.GERICHT, "vorgaenge/0004/antrag.xml"),
        (Gruppe.GERICHT, "vorgaenge/0004/nur.docx"),
        (Gruppe.GERICHT, "belege/vb.pdf"),
        (Gruppe.GERICHT, "belege/pfueb.pdf"),
    ]


@pytest.mark.parametrize(
    "draussen",
    [
        "belege/spaeter.pdf",  # named only by a fact after the Stichtag
        "belege/_intern/notiz.pdf",  # held back
        "belege/.DS_Store",
        "belege/Thumbs.db",
        "belege/~$brief.docx",
        "vorgaenge/0001/2026-04-20_mahnung-1.docx",  # the PDF of the same letter is in
        "vorgaenge/0002/letzte.pdf",  # cancelled
        "vorgaenge/0005/m.json",  # an earlier hand-over
        "vorgaenge/0006/zukunft.pdf",
        "fall.yaml",
    ],
)
def test_what_stays_at_home(draussen):
    assert draussen not in {verweis.pfad for verweis in selected()}


def test_titles_say_what_the_paper_is():
    titel = {verweis.pfad: verweis.titel for verweis in selected()}
    assert titel["rechnungen/RE-2026-131.pdf"] == "Rechnung RE-2026-131 vom 01.03.2026"
    assert titel["belege/ruecklastschrift.pdf"] == "Beleg Rücklastschrift vom 12.04.2026"
    assert titel["altsystem/mahnung.pdf"] == "Schreiben 1. Mahnung vom 05.04.2026"
    assert titel["vorgaenge/0001/2026-04-20_mahnung-1.pdf"] == "1. Mahnung vom 20.04.2026"
    assert titel["belege/pfueb.pdf"] == "Maßnahme pfaendung aus vb-1 vom 02.10.2026"
    # three documents of one step: told apart by their file names
    assert titel["vorgaenge/0004/antrag.xml"].endswith("vom 01.08.2026: antrag.xml")


def papers(belege, zusatz=ZUSATZ, stichtag=STICHTAG):
    return [verweis.pfad for verweis in select_verweise(Sachstand(build_fall(zusatz), stichtag), belege)]


# Names that somebody, or another file system, takes for one; the first as fall.yaml can write it.
PAARE = {
    "Groß und klein": ("Beleg A.pdf", "beleg a.pdf"),
    "Endung": ("beleg.pdf", "beleg.PDF"),
    "ß und ss": ("Lieferschein Hauptstraße.pdf", "Lieferschein Hauptstrasse.pdf"),
    "großes ß": ("STRAẞE.pdf", "straße.pdf"),
    "Umlaut aus einem und zwei Zeichen": ("M\u00fcller.pdf", "Mu\u0308ller.pdf"),
    "é aus einem und zwei Zeichen": ("Caf\u00e9.pdf", "Cafe\u0301.pdf"),
    "Umlaut und ae": ("Verträge.pdf", "Vertraege.pdf"),
    "Ü und ue": ("Übergabe.pdf", "uebergabe.pdf"),
    "Punkt am Ende": ("beleg.", "beleg"),
    "Leerzeichen am Ende": ("beleg", "beleg "),
    "Ordner": ("Post/brief.pdf", "post/brief.pdf"),
    "Gerätename": ("con.pdf", "CON.pdf"),
    "griechisches Sigma": ("ΟΔΟΣ.pdf", "οδος.pdf"),
    "Umlaut groß und klein, zwei Zeichen": ("\u00e4nderung.pdf", "A\u0308nderung.pdf"),
}


@pytest.mark.parametrize("art", PAARE)
def test_names_are_never_merged(art):
    paar = [f"belege/{name}" for name in PAARE[art]]
    assert len(PAARE) >= 12
    assert set(paar) <= set(papers(paar))
    (befund,) = find_aehnliche(build_fall(), paar)
    assert befund.code == "AKTE_NAMEN_AEHNLICH"
    assert befund.schwere is Schwere.WARNUNG
    assert "umbenennen" in befund.abhilfe


def nenne(name, am="05.04.2026"):
    return f'ereignisse:\n  - am: {am}\n    art: kontakt\n    beleg: "belege/{name}"\n'


@pytest.mark.parametrize("art", PAARE)
def test_a_later_event_that_names_one_does_not_take_the_other_along(art):
    eins, zwei = PAARE[art]
    paar = [f"belege/{eins}", f"belege/{zwei}"]
    fall = build_fall(nenne(eins, "01.12.2026"))
    pfade = [verweis.pfad for verweis in select_verweise(Sachstand(fall, STICHTAG), paar)]
    assert f"belege/{zwei}" in pfade
    assert f"belege/{eins}" not in pfade  # exactly this one is known only later
    assert len(find_aehnliche(fall, paar)) == 1


@pytest.mark.parametrize("art", PAARE)
def test_a_later_event_with_another_spelling_takes_nothing_along(art):
    eins, zwei = PAARE[art]
    fall = build_fall(nenne(eins, "01.12.2026"))
    assert f"belege/{zwei}" in [
        v.pfad for v in select_verweise(Sachstand(fall, STICHTAG), [f"belege/{zwei}"])
    ]
    assert [befund.code for befund in find_aehnliche(fall, [f"belege/{zwei}"])] == ["AKTE_NAMEN_AEHNLICH"]


def test_a_reference_in_another_spelling_is_the_file_that_will_be_read():
    """One file, one paper: it stands under its name on the disk, with the title that fall.yaml gives."""
    fall = build_fall(nenne("RUECK.PDF"))
    (verweis,) = [
        v for v in select_verweise(Sachstand(fall, STICHTAG), ["belege/rueck.pdf"]) if "rueck" in v.pfad
    ]
    assert verweis.titel == "Kontakt vom 05.04.2026"
    assert len(find_aehnliche(fall, ["belege/rueck.pdf"])) == 1
    assert find_aehnliche(build_fall(nenne("rueck.pdf")), ["belege/rueck.pdf"]) == ()


@pytest.mark.parametrize("art", PAARE)
def test_the_originals_stay_apart_on_any_file_system(art):
    """Their numbers make them distinct, also where case, accents and dots do not count."""
    namen = [make_name(f"2-0{nummer}", f"belege/{name}") for nummer, name in enumerate(PAARE[art], start=1)]
    assert len({fold_pfad(name) for name in namen}) == 2
    assert all(SICHER.fullmatch(name) for name in namen)


# --- names --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pfad", "name"),
    [
        ("rechnungen/RE-2026-117.pdf", "3-01_RE-2026-117.pdf"),
        ("belege/Café & Söhne (2).PDF", "3-01_Cafe_Söhne_2.pdf"),
        ("belege/Maße ß.xml", "3-01_Maße_ß.xml"),
        ("belege/ohne-endung", "3-01_ohne-endung"),
        ("belege/a.b.c.tar.gz", "3-01_a_b_c_tar.gz"),
        ("belege/..pdf", "3-01_Datei.pdf"),
        ("belege/Договор.pdf", "3-01_Datei.pdf"),
        ("belege/ein.sehr langer name mit punkt", "3-01_ein_sehr_langer_name_mit_punkt"),
        ("belege/Umlaut zerlegt a\u0308.pdf", "3-01_Umlaut_zerlegt_ä.pdf"),
        ("belege/-rf.pdf", "3-01_rf.pdf"),
        ("belege/zeichen\u202efdp.exe", "3-01_zeichen_fdp.exe"),
    ],
)
def test_names_keep_the_rules_of_the_courts(pfad, name):
    assert make_name("3-01", pfad) == name
    assert SICHER.fullmatch(name)


def test_long_names_are_cut_to_ninety_characters_with_their_ending():
    name = make_name("2-117", "belege/" + "Lieferschein " * 20 + ".pdf")
    assert len(name) == 90
    assert name.endswith(".pdf")
    assert SICHER.fullmatch(name)


# --- the sheets ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(1) as gemeinsam:
        yield gemeinsam


@pytest.mark.parametrize("name", sorted(VARIABLEN))
def test_the_enclosed_sheets_use_only_documented_names(name, pool):
    geprueft = load_vorlage(pool, read_beigabe("templates", f"blaetter/{name}.docx"), name, VARIABLEN[name])
    assert isinstance(geprueft, Vorlage), geprueft
    assert geprueft.hinweise == ()


def test_the_cover_says_who_owes_whom_how_much():
    fall = build_fall("\nzahlungen:\n  - am: 01.06.2026\n    betrag: 250,00\n")
    konto = compute_konto(Sachstand(fall, STICHTAG))
    kopf = make_aktenkopf(fall, konto)
    assert kopf.glaeubiger == "Möbelhaus Übersee GmbH"
    assert kopf.deckblatt["schuldner"] == [
        {"name": "Max Schuldner", "anschrift": "Bahnhofstr. 12, 04109 Leipzig"}
    ]
    summe = kopf.deckblatt["summe"]
    assert summe["gezahlt"] == Decimal("250.00")
    assert summe["gesamt"] == summe["hauptforderung"] + summe["zinsen"] + summe["kosten"] == konto.gesamt


def test_sheet_numbers_are_counted_from_one():
    assert [blatt["text"] for blatt in blattzahl_werte(2)["blaetter"]] == ["Blatt 1 von 2", "Blatt 2 von 2"]
