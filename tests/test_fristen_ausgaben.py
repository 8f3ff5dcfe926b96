"""The dates as ICS, XLSX, CSV and HTML: read back by other readers; hostile text stays text; nobody is named in a calendar."""

import base64
import csv
import dataclasses
import datetime as dt
import hashlib
import io
import re

import openpyxl
import pytest
from lxml import html

from fallbau import with_fall
from fristbau import case, day, event, paid, with_erika
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Rate
from mahnakte.konto.konto import compute_konto
from mahnakte.listen.ics import make_sequence, make_uid, write_ics
from mahnakte.listen.modell import Fristblatt, make_blatt, make_zeilen
from mahnakte.listen.seite import write_fristseite
from mahnakte.listen.tabelle import write_fristcsv, write_fristmappe
from mahnakte.stand.sachstand import Sachstand
from mahnakte.uhren.fristenliste import compute_fristen

HEUTE = day("2026-11-16")
BOESE = ("=1+1", "+49 351", "-5", "@SUM(A1)", "\tx", " =HYPERLINK(\"http://x\")", "<script>alert(1)</script>",
         "\"><img src=x onerror=alert(1)>", "{{ 7*7 }}", "&amp;lt;b&gt;", "DDE;cmd", "BEGIN:VEVENT", "a\nEND:VEVENT")  # fmt: skip


def sheet(fall: Fall, stichtag: dt.date = HEUTE) -> Fristblatt:
    eintraege = compute_fristen(Sachstand(fall, stichtag), compute_konto(Sachstand(fall, stichtag))).eintraege
    return make_blatt(stichtag, make_zeilen(Sachstand(fall, stichtag), eintraege))


def rich() -> Fall:
    """A case with a date of nearly every kind, two debtors, and words of people in every free text."""
    rate = Rate(am=day("2026-12-01"), betrag=paid("2026-01-01", "77.77").betrag)
    fall = with_erika(
        case(
            "2023-05-01",
            event("mahnung_versandt", "2026-04-07", stufe="Kanarie-Stufe", frist_bis=day("2026-04-17")),
            event("antrag_eingereicht", "2026-10-20", gericht="Kanarie-Gericht"),
            event("mb_zugestellt", "2026-10-28", schuldner="max"),
            event("mb_nicht_zugestellt", "2026-10-28", schuldner="erika", grund="Kanarie verzogen"),
            event("monierung", "2026-10-22", grund="Kanarie fehlt"),
            event("kontakt", "2026-11-10", schuldner="max", zusage_am=day("2026-11-21"), notiz="Kanarie hustet"),
            event("ratenplan", "2026-11-11", schuldner="max", raten=(rate,), grund="Kanarie"),
            event("mahnsperre", "2026-11-12", bis=day("2026-12-31"), grund="Kanarie krank"),
        )
    )  # fmt: skip
    schuldner = tuple(
        dataclasses.replace(einer, kennung=f"{einer.kennung}-kanarie", name="Kanarie")
        for einer in fall.schuldner
    )
    ereignisse = tuple(
        dataclasses.replace(e, schuldner=f"{e.schuldner}-kanarie") if e.schuldner else e
        for e in fall.ereignisse
    )
    forderung = dataclasses.replace(fall.forderungen[0], nummer="RE-Kanarie-1")
    return with_fall(fall, schuldner=schuldner, ereignisse=ereignisse, forderungen=(forderung,))


# --- ICS, read by a small parser that knows only RFC 5545 ---------------------------------------------------------


def unfold(inhalt: bytes) -> list[str]:
    assert inhalt.endswith(b"\r\n")
    assert b"\n" not in inhalt.replace(b"\r\n", b"")
    assert all(len(zeile) <= 75 for zeile in inhalt.split(b"\r\n"))
    return inhalt.decode("utf-8").replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def unescape(text: str) -> str:
    return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], text)


def parse(inhalt: bytes) -> list[dict[str, list[str]]]:
    """Return the events as property -> values; alarms under `VALARM.` names; every BEGIN must have its END."""
    events: list[dict[str, list[str]]] = []
    offen: list[str] = []
    for zeile in unfold(inhalt):
        name, _, wert = zeile.partition(":")
        name = name.upper()
        if name == "BEGIN":
            offen.append(wert)
            if wert == "VEVENT":
                events.append({})
        elif name == "END":
            assert offen.pop() == wert
        elif "VEVENT" in offen:
            ort = "VALARM." if offen[-1] == "VALARM" else ""
            events[-1].setdefault(f"{ort}{name}", []).append(unescape(wert))
    assert offen == []
    return events


def test_every_date_is_an_all_day_event_with_an_exclusive_end() -> None:
    blatt = sheet(rich())
    events = parse(write_ics(blatt))
    assert len(events) == len(blatt.zeilen) >= 10
    for erwartet, event_ in zip(blatt.zeilen, events, strict=True):
        (start,), (ende,) = event_["DTSTART;VALUE=DATE"], event_["DTEND;VALUE=DATE"]
        assert dt.date.fromisoformat(start) == erwartet.eintrag.tag
        assert dt.date.fromisoformat(ende) - dt.date.fromisoformat(start) == dt.timedelta(days=1)
        assert event_["DTSTAMP"] == ["20261116T000000Z"]


def test_alarms_ring_at_nine_on_each_prewarning_and_on_the_day() -> None:
    fall = case("2023-05-01")
    (event_,) = parse(write_ics(sheet(fall)))
    (eintrag,) = sheet(fall).zeilen
    mitternacht = dt.datetime.combine(eintrag.eintrag.tag, dt.time())
    zeiten = []
    for trigger in event_["VALARM.TRIGGER"]:
        treffer = re.fullmatch(r"(-?)P(?:(\d+)D)?T(\d+)H", trigger)
        assert treffer is not None
        dauer = dt.timedelta(days=int(treffer[2] or 0), hours=int(treffer[3]))
        zeiten.append(mitternacht - dauer if treffer[1] else mitternacht + dauer)
    tage = (*eintrag.eintrag.vorfristen, eintrag.eintrag.tag)
    assert zeiten == [dt.datetime.combine(tag, dt.time(9)) for tag in tage]
    assert set(event_["VALARM.ACTION"]) == {"DISPLAY"}


def test_uids_are_unique_and_stay_while_dates_move() -> None:
    vorher = parse(write_ics(sheet(rich())))
    uids = [event_["UID"][0] for event_ in vorher]
    assert len(set(uids)) == len(uids)
    fall = rich()
    ereignisse = tuple(
        dataclasses.replace(e, am=day("2026-10-30")) if e.art == "mb_zugestellt" else e
        for e in fall.ereignisse
    )
    nachher = parse(write_ics(sheet(with_fall(fall, ereignisse=ereignisse))))
    assert {event_["UID"][0] for event_ in nachher} == set(uids)
    assert [e["DTSTART;VALUE=DATE"] for e in vorher] != [e["DTSTART;VALUE=DATE"] for e in nachher]


def test_the_sequence_grows_with_the_day_and_with_what_is_known() -> None:
    def sequence(fall: Fall, stichtag: dt.date) -> int:
        events = parse(write_ics(sheet(fall, stichtag)))
        (zahl,) = {int(event_["SEQUENCE"][0]) for event_ in events}
        return zahl

    fall = case("2023-05-01")
    mehr = with_fall(fall, ereignisse=(event("anerkenntnis", "2026-11-10"),))
    assert sequence(fall, HEUTE) < sequence(mehr, HEUTE) < sequence(fall, day("2026-11-17"))
    assert sequence(fall, HEUTE) == sequence(fall, HEUTE)
    titel = "\ntitel:\n  - kennung: t-1\n    art: urkunde\n    erlassen_am: 01.02.2026\n"
    vollstreckt = (
        f"{titel}    massnahmen:\n      - am: 01.03.2026\n        art: pfaendung\n        umfang: alles\n"
    )
    assert sequence(case("2023-05-01", zusatz=titel), HEUTE) < sequence(
        case("2023-05-01", zusatz=vollstreckt), HEUTE
    )
    assert make_sequence(day("2199-12-31"), 10**9) < 2**31  # an INTEGER of RFC 5545
    assert make_sequence(day("1999-12-31"), 3) >= 0


def test_a_settled_date_is_cancelled_without_alarm() -> None:
    events = {e["SUMMARY"][0]: e for e in parse(write_ics(sheet(rich())))}
    erledigt = next(e for name, e in events.items() if name.startswith("Erledigt"))
    assert erledigt["STATUS"] == ["CANCELLED"]
    assert "VALARM.TRIGGER" not in erledigt
    offen = next(e for name, e in events.items() if not name.startswith("Erledigt"))
    assert offen["STATUS"] == ["CONFIRMED"]


def test_a_calendar_names_nobody() -> None:
    """Only the Aktenzeichen: no name, no number of an invoice, no sum, no word that a person wrote."""
    inhalt = write_ics(sheet(rich())).decode().replace("\r\n ", "").lower()
    assert "2026-0042" in inhalt
    for wort in ("kanarie", "max", "erika", "schuldner@", "77,77", "1.190", "leipzig"):
        assert wort not in inhalt
    assert "schuldner 2" in inhalt


@pytest.mark.parametrize("text", BOESE)
def test_hostile_numbers_change_no_calendar(text: str) -> None:
    fall = case("2023-05-01")
    boese = with_fall(fall, forderungen=(dataclasses.replace(fall.forderungen[0], nummer=text),))
    (event_,), (sonst,) = parse(write_ics(sheet(boese))), parse(write_ics(sheet(fall)))
    assert {k: v for k, v in event_.items() if k != "UID"} == {k: v for k, v in sonst.items() if k != "UID"}


def test_long_lines_are_folded_between_characters() -> None:
    inhalt = write_ics(sheet(rich()))
    assert any(zeile.startswith(b" ") for zeile in inhalt.split(b"\r\n"))
    for zeile in inhalt.split(b"\r\n"):
        zeile.decode("utf-8")


def test_a_uid_depends_on_case_kind_and_subject() -> None:
    andere = {
        make_uid("A", "b", "c"),
        make_uid("A", "b", "d"),
        make_uid("A", "c", "c"),
        make_uid("B", "b", "c"),
    }
    assert len(andere) == 4
    assert all(re.fullmatch(r"[0-9a-f]{32}@mahnakte", uid) for uid in andere)


# --- tables -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", BOESE)
def test_text_in_a_workbook_is_text(text: str) -> None:
    fall = case("2023-05-01", event("mahnsperre", "2026-11-02", bis=day("2026-12-31"), grund=text))
    fall = with_fall(fall, forderungen=(dataclasses.replace(fall.forderungen[0], nummer=text),))
    mappe = openpyxl.load_workbook(io.BytesIO(write_fristmappe(sheet(fall), "Firma")))
    zellen = [zelle for blatt in mappe for zeile in blatt.iter_rows() for zelle in zeile]
    assert all(zelle.data_type != "f" and zelle.hyperlink is None for zelle in zellen)
    sauber = " ".join(text.split())
    assert sauber in {zelle.value for zelle in zellen}


def test_dates_in_a_workbook_are_dates() -> None:
    blatt = sheet(rich())
    mappe = openpyxl.load_workbook(io.BytesIO(write_fristmappe(blatt, "Firma")))
    assert mappe.sheetnames == ["Offen", "Erledigt", "Verjährung"]
    kopf = [zelle.value for zelle in mappe["Offen"][4]]
    zeilen = list(mappe["Offen"].iter_rows(min_row=5, values_only=True))
    assert len(zeilen) == len(blatt.offene)
    for zeile, erwartet in zip(zeilen, blatt.offene, strict=True):
        werte = dict(zip(kopf, zeile, strict=True))
        assert werte["spätestens am"].date() == erwartet.eintrag.tag
        assert werte["rechnerisches Ende"].date() == erwartet.eintrag.roh
        assert werte["Ende"].date() == erwartet.eintrag.ende
    assert mappe["Verjährung"].max_row > 5


@pytest.mark.parametrize("text", BOESE)
def test_a_csv_cell_never_begins_like_a_formula(text: str) -> None:
    fall = case("2023-05-01", event("mahnsperre", "2026-11-02", bis=day("2026-12-31"), grund=text))
    inhalt = write_fristcsv(sheet(fall))
    assert inhalt.startswith(b"\xef\xbb\xbf")
    zeilen = list(csv.DictReader(io.StringIO(inhalt.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(zeilen) == 2
    for zeile in zeilen:
        assert all(not (wert or "").lstrip().startswith(("=", "+", "-", "@")) for wert in zeile.values())
    sauber = " ".join(text.split())
    assert zeilen[0]["Notiz"].lstrip("'") == sauber
    assert zeilen[0]["spätestens am"] == "31.12.2026"


# --- the page -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", BOESE)
def test_text_in_the_page_is_text(text: str) -> None:
    def structure(fall: Fall) -> list[tuple[str, tuple[str, ...]]]:
        baum = html.document_fromstring(write_fristseite(sheet(fall)).decode())
        return [(e.tag, tuple(sorted(e.attrib))) for e in baum.iter() if isinstance(e.tag, str)]

    def build(wort: str) -> Fall:
        fall = case("2023-05-01", event("mahnsperre", "2026-11-02", bis=day("2026-12-31"), grund=wort))
        return with_fall(fall, forderungen=(dataclasses.replace(fall.forderungen[0], nummer=wort),))

    assert structure(build(text)) == structure(build("harmlos"))
    baum = html.document_fromstring(write_fristseite(sheet(build(text))).decode())
    assert " ".join(text.split()) in " ".join(baum.text_content().split())


def test_the_page_loads_nothing_and_allows_only_its_own_style() -> None:
    text = write_fristseite(sheet(rich())).decode()
    baum = html.document_fromstring(text)
    (regel,) = baum.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (stil,) = baum.xpath("//style/text()")
    summe = base64.b64encode(hashlib.sha256(stil.encode()).digest()).decode()
    assert regel == f"default-src 'none'; style-src 'sha256-{summe}'"
    assert baum.xpath("//script|//link|//img|//iframe|//*[@src]|//*[@href]|//*[@style]") == []
    assert "url(" not in text
    assert "@import" not in text
    assert "@media print" in stil


def test_the_page_shows_the_timeline_and_what_is_missing() -> None:
    text = " ".join(html.document_fromstring(write_fristseite(sheet(rich())).decode()).text_content().split())
    assert "Fristen am 16.11.2026" in text
    assert "§ 204 Abs. 1 Nr. 3" in text
    assert "Vorfristen" in text
    assert "verstrichen" in text or "offen" in text


def test_an_empty_list_still_makes_every_file() -> None:
    leer = make_blatt(HEUTE, ())
    assert parse(write_ics(leer)) == []
    assert "keine Frist offen" in write_fristseite(leer).decode()
    assert len(write_fristcsv(leer).splitlines()) == 1
    assert openpyxl.load_workbook(io.BytesIO(write_fristmappe(leer, ""))).sheetnames[0] == "Offen"


@pytest.mark.parametrize(
    "write", [write_ics, write_fristcsv, write_fristseite, lambda blatt: write_fristmappe(blatt, "Firma")]
)
def test_same_dates_same_bytes(write) -> None:
    assert write(sheet(rich())) == write(sheet(rich()))
