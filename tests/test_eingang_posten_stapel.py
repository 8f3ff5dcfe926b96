"""DATEV booking batches: positions, years, debtors on either side, and that a batch is no list of open items."""

import csv
import datetime as dt
import random
from collections import defaultdict
from decimal import Decimal

import pytest

from mahnakte.eingang.posten.lesen import read_postenliste
from mahnakte.eingang.posten.postenliste import Offener, Postenliste
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.datendatei import read_datendatei
from postenbau import STAPEL_BREITE, build_stapel

ZAHLUNG = {1: "400,00", 2: "H", 8: "1200", 10: "2010"}


def read(inhalt: bytes) -> Postenliste:
    return read_postenliste(inhalt, "stapel.csv")


def one(inhalt: bytes) -> Offener:
    [posten] = read(inhalt).offene
    return posten


def refusal(inhalt: bytes) -> str:
    with pytest.raises(Ablehnung) as ablehnung:
        read(inhalt)
    return ablehnung.value.befund.text


def reasons(liste: Postenliste) -> str:
    return " ".join(befund.text for befund in liste.befunde)


# --- the head -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", STAPEL_BREITE)
@pytest.mark.parametrize("version", ["300", "510", "700"])
def test_every_version_is_read_by_position(form: int, version: str) -> None:
    posten = one(build_stapel({}, ZAHLUNG, form=form, version=version))
    assert (posten.kundennummer, posten.nummer, str(posten.offen)) == ("10001", "RE-1", "790.00")
    assert (str(posten.betrag), str(posten.bezahlt)) == ("1190.00", "400.00")


def test_the_versions_are_those_of_the_list() -> None:
    spalten = dict(read_datendatei("mahnakte.eingang.posten", "stapel.yaml").mapping("spalten").scalars())
    assert {int(form): int(zahl) for form, zahl in spalten.items()} == STAPEL_BREITE


@pytest.mark.parametrize(
    ("anders", "satz"),
    [
        (
            {"kategorie": "16"},
            "DATEV-Datei der Kategorie 16 (Debitoren/Kreditoren), kein Buchungsstapel (21)",
        ),
        ({"kategorie": "65"}, "Kategorie 65 (Wiederkehrende Buchungen)"),
        ({"kategorie": "99"}, "Kategorie 99, kein Buchungsstapel"),
        ({"version": "800"}, "Die Version „800“ des DATEV-Formats ist unbekannt"),
        ({"form": 14}, "Die Formatversion „14“ des Buchungsstapels ist unbekannt"),
        ({"form": 9, "breite": 125}, "hat 125 Spalten, in der Formatversion 9 gibt es nur 120"),
        ({"beginn": ""}, "Der Beginn des Wirtschaftsjahrs steht nicht im Kopf"),
        ({"beginn": "20261301"}, "ist kein Tag (JJJJMMTT)"),
    ],
)
def test_a_head_that_is_no_batch_is_refused_by_name(anders: dict[str, object], satz: str) -> None:
    assert satz in refusal(build_stapel({}, **anders))  # type: ignore[arg-type]


def test_other_columns_are_refused() -> None:
    inhalt = build_stapel({}).replace(b";Konto;", b";Betrag;")
    assert "Spalte 7 des Stapels heißt „Betrag“ statt „Konto“" in refusal(inhalt)


def test_a_short_batch_has_no_due_date_and_says_so() -> None:
    liste = read(build_stapel({}, breite=14))
    assert [befund.code for befund in liste.befunde] == ["STAPEL_KEINE_LISTE", "POSTEN_OHNE_FAELLIGKEIT"]


# --- days -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("beginn", "von", "bis", "text", "tag"),
    [
        ("20260101", "20260101", "20261231", "0109", dt.date(2026, 9, 1)),
        ("20260101", "20260101", "20261231", "109", dt.date(2026, 9, 1)),
        ("20250701", "20250701", "20260630", "3112", dt.date(2025, 12, 31)),
        ("20250701", "20250701", "20260630", "0101", dt.date(2026, 1, 1)),
        ("20250701", "20250701", "20260630", "3006", dt.date(2026, 6, 30)),
        ("20230701", "20230701", "20240630", "2902", dt.date(2024, 2, 29)),
    ],
)
def test_the_year_comes_from_the_fiscal_year(
    beginn: str, von: str, bis: str, text: str, tag: dt.date
) -> None:
    assert one(build_stapel({10: text}, beginn=beginn, von=von, bis=bis)).datum == tag


@pytest.mark.parametrize("text", ["3102", "2902", "0013", "1", "01092026", "", "3112"])
def test_a_day_that_the_batch_does_not_have_keeps_the_row_out(text: str) -> None:
    liste = read(build_stapel({10: text}, {10: "3011", 11: "RE-2"}, bis="20261130"))
    assert [posten.nummer for posten in liste.offene] == ["RE-2"]
    assert "Das Belegdatum" in reasons(liste)


@pytest.mark.parametrize(
    ("felder", "form", "tag"),
    [
        ({117: "15092026", 12: "200926"}, 13, dt.date(2026, 9, 15)),
        ({117: "1102026"}, 13, dt.date(2026, 10, 1)),
        ({12: "150926"}, 13, dt.date(2026, 9, 15)),
        ({12: "150826"}, 13, None),  # before the invoice: another number
        ({12: "310226"}, 13, None),
        ({12: "14T"}, 13, None),
        ({12: "4711"}, 13, None),
        ({12: "150926"}, 7, dt.date(2026, 9, 15)),
    ],
)
def test_the_due_date(felder: dict[int, str], form: int, tag: dt.date | None) -> None:
    assert one(build_stapel(felder, form=form)).faellig == tag


# --- sides ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("konto", "gegenkonto", "seite"),
    [("10001", "8400", "S"), ("8400", "10001", "H"), ("0010001", "08400", "S"), ("69999", "8400", "S")],
)
def test_the_debtor_may_stand_on_either_side(konto: str, gegenkonto: str, seite: str) -> None:
    posten = one(build_stapel({7: konto, 8: gegenkonto, 2: seite}))
    assert str(posten.offen) == "1190.00"
    assert posten.kundennummer == max(konto.lstrip("0"), gegenkonto, key=len)


@pytest.mark.parametrize("konto", ["1200", "70001", "99999", "100001", "00001"])
def test_no_debtor_no_item(konto: str) -> None:
    liste = read(build_stapel({7: konto}, {11: "RE-2"}))
    assert [posten.nummer for posten in liste.offene] == ["RE-2"]
    assert dict(liste.gezaehlt) == {"Buchungen ohne Debitor": 1}


def test_a_transfer_between_debtors_moves_the_claim() -> None:
    liste = read(build_stapel({}, {7: "10002", 8: "10001", 2: "S", 10: "1009"}))
    assert {(posten.kundennummer, str(posten.offen)) for posten in liste.offene} == {("10002", "1190.00")}


@pytest.mark.parametrize(("zeichen", "offen"), [("1", 0), ("G", 0), ("0", 1), ("", 1)])
def test_a_generalumkehr_takes_the_booking_back(zeichen: str, offen: int) -> None:
    assert (
        len(read(build_stapel({}, {10: "1009", 118: zeichen, 11: "RE-1" if not offen else "RE-2"})).offene)
        == offen * 2
    )


def test_the_discount_of_a_payment_is_paid_too() -> None:
    assert not read(build_stapel({}, {**ZAHLUNG, 1: "1166,20", 13: "23,80"})).offene


def test_a_carry_forward_is_no_invoice_day() -> None:
    posten = one(build_stapel({8: "9008", 10: "0101", 1: "790,00"}))
    assert (posten.datum, posten.betrag, posten.bezahlt, str(posten.offen)) == (None, None, None, "790.00")


@pytest.mark.parametrize(
    ("felder", "satz"),
    [
        ({3: "USD"}, "Fremdwährung (USD)"),
        ({7: ""}, "„“ ist keine Kontonummer"),
        ({8: "84OO"}, "„84OO“ ist keine Kontonummer"),
        ({7: "1000\x1f1"}, "ist keine Kontonummer"),
        ({9: "20"}, "Der BU-Schlüssel 20 kann eine Generalumkehr bedeuten"),
        ({9: "40"}, "Der BU-Schlüssel 40 kann"),
        ({2: "X"}, "„X“ sagt nicht, ob der Umsatz Soll (S) oder Haben (H) ist"),
        ({1: "-5,00"}, "ist keine Zahl über null"),
        ({1: "1.190"}, "mehrdeutig"),
        ({11: ""}, "keine Rechnungsnummer (Belegfeld 1)"),
        ({118: "x"}, "ob die Buchung eine Generalumkehr ist"),
    ],
)
def test_a_booking_that_nobody_can_place_stays_out_with_its_reason(felder: dict[int, str], satz: str) -> None:
    liste = read(build_stapel(felder, {11: "RE-2"}))
    assert [posten.nummer for posten in liste.offene] == ["RE-2"]
    assert satz in reasons(liste)


def test_one_unreadable_payment_keeps_its_invoice_out() -> None:
    liste = read(build_stapel({}, {**ZAHLUNG, 3: "CHF"}))
    assert not liste.offene
    assert "Zu RE-1 ist Zeile 4 nicht lesbar" in reasons(liste)


def test_a_payment_without_its_invoice_proves_a_part() -> None:
    text = refusal(build_stapel({}, {**ZAHLUNG, 11: "RE-0"}, {**ZAHLUNG, 11: "RE-00"}))
    assert (
        "zeigt nur einen Ausschnitt: Zu der Zahlung oder Gutschrift in Zeile 4, 5 fehlt die Rechnung" in text
    )


def test_a_batch_cut_in_a_line_is_refused() -> None:
    assert "bricht mitten in dieser Zeile ab" in refusal(build_stapel({}, {11: "RE-2"}, breite=14)[:-30])


# --- a naive second reader ------------------------------------------------------------------------------------


def sum_naively(inhalt: bytes) -> dict[tuple[str, str], Decimal]:
    """Sum debit less credit of accounts 10000 to 69999 by account and document number."""
    summen: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for zeile in list(csv.reader(inhalt.decode("cp1252").splitlines(), delimiter=";"))[2:]:
        betrag = Decimal(zeile[0].replace(".", "").replace(",", "."))
        betrag += Decimal((zeile[12] or "0").replace(",", "."))
        vorzeichen = (1 if zeile[1] == "S" else -1) * (-1 if zeile[117] in ("1", "G") else 1)
        for spalte, seite in ((6, 1), (7, -1)):
            if 10000 <= int(zeile[spalte]) <= 69999:
                summen[zeile[spalte].lstrip("0"), zeile[10]] += vorzeichen * seite * betrag
    return {schluessel: summe for schluessel, summe in summen.items() if summe}


@pytest.mark.parametrize("saat", range(20))
def test_a_naive_reader_finds_the_same_sums(saat: int) -> None:
    zufall = random.Random(saat)
    buchungen: list[dict[int, str]] = []
    for nummer in range(60):
        konto, betrag = str(zufall.randint(10001, 10009)), zufall.randint(100, 500_000)
        umgekehrt = zufall.random() < 0.4
        rechnung = {
            1: f"{betrag // 100},{betrag % 100:02d}", 2: "H" if umgekehrt else "S", 7: "8400" if umgekehrt else konto,
            8: konto if umgekehrt else "8400", 10: f"{zufall.randint(1, 28)}{zufall.randint(1, 6):02d}".zfill(4), 11: f"RE-{nummer}",
        }  # fmt: skip
        buchungen.append(rechnung)
        if zufall.random() < 0.5:
            rest = zufall.randint(1, betrag)
            buchungen.append(
                {
                    1: f"{rest // 100},{rest % 100:02d}",
                    2: "H",
                    7: konto,
                    8: "1200",
                    10: "0109",
                    11: f"RE-{nummer}",
                }
            )
        if zufall.random() < 0.2:
            buchungen.append({**rechnung, 118: zufall.choice("1G"), 10: "3009"})
    zufall.shuffle(buchungen)
    inhalt = build_stapel(*buchungen)
    gelesen = {(posten.kundennummer, posten.nummer): posten.offen for posten in read(inhalt).offene}
    erwartet = sum_naively(inhalt)
    assert gelesen == {schluessel: summe for schluessel, summe in erwartet.items() if summe > 0}
