"""What a form amounts to: each line an event that fall.yaml would accept; nothing is guessed."""

import dataclasses
import datetime as dt
import itertools
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fallbau import build_fall, build_vorgang
from mahnakte.ablauf.halt import find_halt
from mahnakte.eingang.antwortbogen.deuten import check_zugehoerig, propose_ereignisse, read_betrag, read_datum
from mahnakte.eingang.antwortbogen.lesen import Antwort, clean
from mahnakte.grund.befund import Ablehnung, Stelle
from mahnakte.grund.strict_yaml import Abbildung, Folge, Knoten, Skalar, parse_yaml
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.yamlzeilen import yaml_lines

AM = dt.date(2026, 4, 30)
STELLE = Stelle("antwort.pdf")
FALL = build_fall()
KENNFELDER = {
    "aktenzeichen": "2026-0042", "unser_zeichen": "2026-0042", "schreiben_vom": "20.04.2026", "schuldner": "max",
    "schreiben": "2026-04-20_mahnung-1",
}  # fmt: skip
BOGEN = "Antwortbogen zum Schreiben vom 20.04.2026"


def propose(fall=FALL, am=AM, **felder: str):
    return propose_ereignisse(Antwort({**KENNFELDER, **felder}), fall, am, STELLE)


def codes(vorschlag) -> list[str]:
    return [befund.code for befund in vorschlag.befunde]


# --- the lines of the form --------------------------------------------------------------------------------


def test_a_promise_becomes_a_contact_that_holds_the_series_until_then() -> None:
    vorschlag = propose(zahlen="Ja", zahlen_am="15.05.2026", zahlen_betrag="1.190,00")
    assert vorschlag.ereignisse == (
        {"am": "2026-04-30", "art": "kontakt", "kanal": "antwortbogen",
         "notiz": f"{BOGEN}: kündigt Zahlung an: 1.190,00\u00a0€ am 15.05.2026",
         "zusage_am": "2026-05-15", "zusage_betrag": "1.190,00"},
    )  # fmt: skip
    assert vorschlag.befunde == ()
    assert halt_code(vorschlag, dt.date(2026, 5, 15)) == "ZUSAGE"
    assert halt_code(vorschlag, dt.date(2026, 5, 16)) is None


def test_a_request_for_instalments_becomes_a_hold_of_two_weeks_with_its_reason() -> None:
    vorschlag = propose(raten="Ja", raten_betrag="50", raten_ab="1.6.26")
    assert vorschlag.ereignisse == (
        {"am": "2026-04-30", "art": "mahnsperre", "bis": "2026-05-14",
         "grund": f"Ratenzahlung angefragt: 50,00\u00a0€ im Monat ab 01.06.2026 ({BOGEN})"},
    )  # fmt: skip
    assert vorschlag.raten == "--rate 50,00 --ab 2026-06-01"
    assert halt_code(vorschlag, dt.date(2026, 5, 14)) == "MAHNSPERRE"
    assert halt_code(vorschlag, dt.date(2026, 5, 15)) is None


def test_an_objection_becomes_a_dispute_of_the_whole_claim() -> None:
    vorschlag = propose(einwand="Ja", einwand_grund="Es fehlten\nzwei Stühle.")
    assert vorschlag.ereignisse == (
        {"am": "2026-04-30", "art": "bestritten", "grund": "Es fehlten zwei Stühle."},
    )
    assert halt_code(vorschlag, dt.date(2027, 4, 30)) == "BESTRITTEN"


def test_an_objection_without_reason_still_stops_the_series() -> None:
    vorschlag = propose(einwand="Ja")
    assert vorschlag.ereignisse[0]["grund"] == f"ohne Begründung ({BOGEN})"
    assert codes(vorschlag) == ["EINWAND_OHNE_GRUND"]


def test_a_claimed_payment_is_a_note_to_check_and_never_a_payment() -> None:
    vorschlag = propose(gezahlt="Ja", gezahlt_am="10.04.2026", gezahlt_betrag="250,00")
    assert vorschlag.ereignisse == (
        {"am": "2026-04-30", "art": "kontakt", "kanal": "antwortbogen",
         "notiz": f"{BOGEN}: gibt an, am 10.04.2026 250,00\u00a0€ gezahlt zu haben; auf dem Konto suchen"},
    )  # fmt: skip
    assert codes(vorschlag) == ["ZAHLUNG_BEHAUPTET"]
    assert halt_code(vorschlag, AM) is None


@pytest.mark.parametrize(
    ("gebucht", "gefunden"),
    [("am: 13.04.2026\n    betrag: 250,00", True), ("am: 13.04.2026\n    betrag: 249,00", False),
     ("am: 21.04.2026\n    betrag: 250,00", False), ("am: 13.04.2026\n    betrag: 250,00\n    zurueck_am: 15.04.2026", False),
     ("am: 02.05.2026\n    betrag: 250,00", False)],
)  # fmt: skip
def test_a_payment_that_is_booked_is_recognised(gebucht, gefunden) -> None:
    fall = build_fall(f"zahlungen:\n  - {gebucht}\n")
    vorschlag = propose(fall, gezahlt="Ja", gezahlt_am="10.04.2026", gezahlt_betrag="250,00")
    assert ("gebucht ist sie am 13.04.2026" in vorschlag.ereignisse[0]["notiz"]) is gefunden
    assert ("ZAHLUNG_BEHAUPTET" in codes(vorschlag)) is not gefunden


def test_a_new_address_is_a_note_and_a_warning() -> None:
    vorschlag = propose(anschrift="Ja", anschrift_strasse="Grüner Weg 3", anschrift_ort="04103 Leipzig")
    assert vorschlag.ereignisse[0]["art"] == "kontakt"
    assert vorschlag.ereignisse[0]["notiz"].endswith("nennt eine neue Anschrift: Grüner Weg 3, 04103 Leipzig")
    assert codes(vorschlag) == ["ANSCHRIFT_NEU"]


def test_the_rest_is_kept_as_a_note() -> None:
    vorschlag = propose(notiz="Bitte erst\nnach 17 Uhr anrufen", erreichbar="0341 99999")
    assert (
        vorschlag.ereignisse[0]["notiz"]
        == f"{BOGEN}: schreibt: Bitte erst nach 17 Uhr anrufen; erreichbar: 0341 99999"
    )


def test_an_empty_form_proposes_nothing_and_says_so() -> None:
    vorschlag = propose(ihr_name="Max Schuldner", datum="30.04.2026")
    assert vorschlag.ereignisse == ()
    assert codes(vorschlag) == ["ANTWORT_LEER"]


def test_all_lines_together_keep_their_order() -> None:
    vorschlag = propose(zahlen="Ja", zahlen_am="15.05.2026", raten="Ja", gezahlt="Ja", einwand="Ja", einwand_grund="x",
                        anschrift="Ja", notiz="y")  # fmt: skip
    assert [e["art"] for e in vorschlag.ereignisse] == [
        "kontakt", "mahnsperre", "kontakt", "bestritten", "kontakt", "kontakt",
    ]  # fmt: skip
    assert_accepted(vorschlag)


@pytest.mark.parametrize(
    "feld", ["zahlen_am", "raten_betrag", "gezahlt_betrag", "einwand_grund", "anschrift_ort"]
)
def test_a_line_filled_in_without_its_tick_counts(feld) -> None:
    vorschlag = propose(**{feld: "1.6.2026"})
    assert len(vorschlag.ereignisse) == 1
    assert "ANTWORT_KREUZ_FEHLT" in codes(vorschlag)


# --- nothing is guessed -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tag", ["Ende Mai", "15.5.", "31.02.2026", "bald", "nächste Woche", "05/15/2026", "15.05.0026"]
)
def test_an_unclear_day_stays_a_note(tag) -> None:
    vorschlag = propose(zahlen="Ja", zahlen_am=tag, zahlen_betrag="100")
    assert "zusage_am" not in vorschlag.ereignisse[0]
    assert f"„{tag}“" in vorschlag.ereignisse[0]["notiz"]
    assert codes(vorschlag) == ["ANTWORT_UNKLAR"]


@pytest.mark.parametrize("betrag", ["1.250", "hundert", "1,234,5", "100-200", "-50", "0,00", "1e3", "100 $"])
def test_an_unclear_sum_stays_a_note(betrag) -> None:
    vorschlag = propose(raten="Ja", raten_betrag=betrag, raten_ab="01.06.2026")
    assert f"„{betrag}“" in vorschlag.ereignisse[0]["grund"]
    assert codes(vorschlag) == ["ANTWORT_UNKLAR"]
    assert vorschlag.raten is None


@pytest.mark.parametrize(
    ("tag", "code", "zugesagt"),
    [("29.04.2026", "ZUSAGE_VERGANGEN", False), ("30.04.2026", None, True), ("29.06.2026", None, True),
     ("30.06.2026", "ZUSAGE_WEIT", False), ("31.12.2199", "ZUSAGE_WEIT", False)],
)  # fmt: skip
def test_no_promise_holds_the_series_for_ever(tag, code, zugesagt) -> None:
    """60 days from 30.04.2026: May has 31, so 29.06. is the last."""
    vorschlag = propose(zahlen="Ja", zahlen_am=tag)
    assert ("zusage_am" in vorschlag.ereignisse[0]) is zugesagt
    assert codes(vorschlag) == ([code] if code else [])


@pytest.mark.parametrize(
    ("text", "tag"),
    [("15.05.2026", "2026-05-15"), ("2026-05-15", "2026-05-15"), ("1.6.26", "2026-06-01"), ("15. 05. 2026", "2026-05-15"),
     ("15. Mai 2026", "2026-05-15"), ("3 März 2026", "2026-03-03"), ("29.02.2027", None), ("", None), ("12.2026", None)],
)  # fmt: skip
def test_days_as_people_write_them(text, tag) -> None:
    assert read_datum(text) == (dt.date.fromisoformat(tag) if tag else None)


@pytest.mark.parametrize(
    ("text", "betrag"),
    [("120,00", "120.00"), ("120", "120.00"), ("120,-", "120.00"), ("120,-- €", "120.00"), ("€ 99,50", "99.50"), ("99.50", "99.50"),
     ("1.250,00 EUR", "1250.00"), ("50 Euro", "50.00"), ("120.-", "120.00"), ("1.250", None), ("", None), ("€", None)],
)  # fmt: skip
def test_sums_as_people_write_them(text, betrag) -> None:
    assert read_betrag(text) == (Decimal(betrag) if betrag else None)


# --- whose form ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("genannt", "gezeigt"),
    [("2026-0043", "2026-0043"), ("2026-0042", "2026-0043"), ("2026-0043", "2026-0042"), ("2026-0042", "")],
)
def test_a_form_of_another_case_is_refused(genannt, gezeigt) -> None:
    with pytest.raises(Ablehnung) as gefangen:
        check_zugehoerig(Antwort({"aktenzeichen": genannt, "unser_zeichen": gezeigt}), "2026-0042", STELLE)
    assert gefangen.value.befund.code == "ANTWORT_ANDERER_FALL"


def test_a_form_of_this_case_is_accepted() -> None:
    check_zugehoerig(Antwort({"aktenzeichen": "ab-1", "unser_zeichen": "AB-1"}), "AB-1", STELLE)


@pytest.mark.parametrize(
    ("adressiert", "von"), [("erika", "erika"), ("max,erika", None), ("fremd", None), ("", None)]
)
def test_with_joint_debtors_the_event_names_who_answered(adressiert, von) -> None:
    erika = dataclasses.replace(FALL.schuldner[0], kennung="erika")
    fall = dataclasses.replace(FALL, schuldner=(*FALL.schuldner, erika), gesamtschuldner=True)
    vorschlag = propose_ereignisse(
        Antwort({**KENNFELDER, "schuldner": adressiert, "einwand": "Ja", "einwand_grund": "x"}),
        fall,
        AM,
        STELLE,
    )
    assert vorschlag.ereignisse[0].get("schuldner") == von


# --- what is proposed is what fall.yaml accepts ---------------------------------------------------------------


def with_events(vorschlag):
    return build_fall(
        vorgaenge=(build_vorgang(1, "nachtrag", AM.isoformat(), {"ereignisse": list(vorschlag.ereignisse)}),)
    )


def halt_code(vorschlag, stichtag: dt.date) -> str | None:
    fall = with_events(vorschlag)
    halt = find_halt(Sachstand(fall, stichtag), compute_konto(Sachstand(fall, stichtag)))
    return halt.code if halt else None


def assert_accepted(vorschlag) -> None:
    """The lines, pasted into fall.yaml, give the same events as the step."""
    zeilen = "\n".join(yaml_lines("ereignisse", vorschlag.ereignisse)) + "\n" if vorschlag.ereignisse else ""
    assert build_fall(zeilen).ereignisse == with_events(vorschlag).ereignisse


_TEXT = st.text(max_size=60)


@settings(deadline=None)
@given(
    felder=st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("zahlen_am", "zahlen_betrag", "raten_betrag", "raten_ab", "gezahlt_am", "gezahlt_betrag", "einwand_grund", "anschrift_ort", "notiz", "erreichbar"), _TEXT)
    ),
    kreuze=st.sets(st.sampled_from(["zahlen", "raten", "gezahlt", "einwand", "anschrift"])),
)  # fmt: skip
def test_whatever_is_typed_the_events_are_readable(felder, kreuze) -> None:
    rein = {name: clean(wert) for name, wert in felder.items()}
    vorschlag = propose(**rein, **dict.fromkeys(kreuze, "Ja"))
    assert_accepted(vorschlag)
    assert all(befund.text for befund in vorschlag.befunde)


# --- lines to paste -------------------------------------------------------------------------------------------


def plain(knoten: Knoten):
    if isinstance(knoten, Skalar):
        return knoten.text
    if isinstance(knoten, Folge):
        return [plain(eintrag) for eintrag in knoten.eintraege]
    assert isinstance(knoten, Abbildung)
    return {name: plain(wert) for name, wert in knoten.werte.items()}


def test_lines_to_paste_by_hand() -> None:
    zeilen = yaml_lines(
        "ereignisse",
        [{"am": "2026-05-01", "raten": [{"am": "2026-06-01", "betrag": "50,00"}], "grund": "a: b"}],
    )
    assert zeilen == (
        "ereignisse:",
        "  - am: 2026-05-01",
        "    raten:",
        "      - am: 2026-06-01",
        "        betrag: 50,00",
        '    grund: "a: b"',
    )


_TYPBAR = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Cn", "Zl", "Zp", "Co"]),
    min_size=1,
    max_size=40,
)


@settings(deadline=None)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(["am", "grund", "notiz"]), _TYPBAR, min_size=1),
        min_size=1,
        max_size=4,
    )
)
def test_every_text_reads_back_as_it_was(eintraege) -> None:
    zeilen = "\n".join(yaml_lines("ereignisse", eintraege)) + "\n"
    erwartet = [
        {name: unicodedata.normalize("NFC", wert) for name, wert in eintrag.items()} for eintrag in eintraege
    ]
    assert plain(parse_yaml(zeilen.encode(), "x.yaml"))["ereignisse"] == erwartet


@pytest.mark.parametrize("text", ["- x", "# x", "a #b", "a: b", "'x", '"x', "&x", "*x", "!x", "[x", "{x", "x:", "ja", "~", "null", " x ",
                                  "2026-05-01", "1.250", "%x", "@x", "`x", "|", ">", "x\\", "?x", "-", "x -", "…"])  # fmt: skip
def test_texts_that_yaml_takes_for_something_else_are_quoted(text) -> None:
    zeilen = "\n".join(yaml_lines("a", [{"b": text}])) + "\n"
    assert plain(parse_yaml(zeilen.encode(), "x.yaml")) == {"a": [{"b": text}]}


def test_order_of_combinations_does_not_matter() -> None:
    kreuze = ("zahlen", "raten", "gezahlt", "einwand", "anschrift")
    for anzahl in range(1, 4):
        for wahl in itertools.combinations(kreuze, anzahl):
            assert len(propose(**dict.fromkeys(wahl, "Ja")).ereignisse) == anzahl
