"""Matching, measured on generated cases and bookings whose truth is known: no certain match is wrong."""

import dataclasses
import datetime as dt
import random
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mahnakte.eingang.bank.abgleich import Abgleich, Sache, Stufe, Summen, match_posten
from mahnakte.eingang.bank.buchung import Auszug, Buchung, Posten, list_posten
from mahnakte.eingang.bank.nummernsuche import Fund, Nummernsuche
from mahnakte.fall.parteibild import fold_partei

TAG = dt.date(2026, 11, 18)
VORNAMEN = ("Anna", "Bernd", "Clara", "Dirk", "Elif", "Frank", "Gerda", "Hasan", "Ines", "Jörg")
NACHNAMEN = (
    "Muster",
    "Beispiel",
    "Probe",
    "Schuldner",
    "Kunde",
    "Zahler",
    "Säumig",
    "Offen",
    "Groß",
    "Klein",
)


def build_sache(
    name: str = "Max Muster",
    rechnungen: dict[str, str] | None = None,
    akz: str = "2026-0042",
    gesamt: str = "260.00",
) -> Sache:
    offen = {n: Decimal(b) for n, b in (rechnungen or {"RE-2026-117": "250.00"}).items()}
    summen = Summen(offen, frozenset({Decimal(gesamt)}))
    return Sache(akz, akz, tuple(offen), {"max": fold_partei(name)}, lambda _: summen)


def match(buchung: Buchung, *sachen: Sache) -> Stufe:
    return match_posten([Posten("K", buchung, "s")], sachen or [build_sache()])[0].stufe


def pay(betrag: str = "250.00", name: str = "Max Muster", *zweck: str, **mehr: object) -> Buchung:
    felder: dict[str, object] = {"zweck": zweck or ("RE-2026-117",), **mehr}
    return Buchung(tag=TAG, wert=TAG, betrag=Decimal(betrag), name=name, **felder)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("zeilen", "fund"),
    [
        (("RE-2026-", "117 Büromöbel"), Fund("RE-2026-117", True)),
        (("Rechnung RE-2026-11", "7 IBAN: DE89"), Fund("RE-2026-117", True)),
        (("re 2026 / 117",), None),
        (("re 2026/117",), Fund("RE-2026-117", True)),
        (("RE2026117",), Fund("RE-2026-117", True)),
        (("RE-2026-1171",), None),
        (("1RE-2026-117",), None),
        (("XRE-2026-117",), Fund("RE-2026-117", False)),
        (("RE-2026-117/118",), Fund("RE-2026-117", False)),
        (("RE-2026-117 und 118",), Fund("RE-2026-117", False)),
        (("RE-2026-117, RE-2026-118",), Fund("RE-2026-117", False)),
        (("RE-2026-117A",), Fund("RE-2026-117", False)),
        (("RE-2026-117 vom 05.11.2026",), Fund("RE-2026-117", True)),
        (("EREF+NOTPROVIDEDSVWZ+RE-2026-117",), Fund("RE-2026-117", True)),
    ],
)
def test_a_number_is_found_across_lines_and_never_inside_a_longer_one(
    zeilen: tuple[str, ...], fund: Fund | None
) -> None:
    assert Nummernsuche(["RE-2026-117"]).search(zeilen) == (frozenset({fund}) if fund else frozenset())


def test_the_longer_of_two_numbers_is_meant() -> None:
    gefunden = Nummernsuche(["RE-2026-117", "2026-117"]).search(("RE-2026-117",))
    assert gefunden == {Fund("RE-2026-117", True)}


def test_a_creditor_reference_counts_only_with_right_check_digits() -> None:
    suche = Nummernsuche(["539007547034"])
    assert suche.find_equal("RF18 5390 0754 7034") == {"539007547034"}  # the example of ISO 11649
    assert not suche.find_equal("RF19539007547034")


@pytest.mark.parametrize(
    ("buchung", "stufe"),
    [
        (pay(), Stufe.SICHER),
        (pay("260.00", "MUSTER, MAX", "2026-0042"), Stufe.SICHER),
        (pay("250.00", "Max Muster", "Danke", ende_zu_ende="RE-2026-117"), Stufe.SICHER),
        (
            pay("250.00", "Max Muster", "2026-0042"),
            Stufe.VORSCHLAG,
        ),  # an invoice's sum, not named: to confirm
        (pay("200.00"), Stufe.VORSCHLAG),
        (pay("300.00"), Stufe.VORSCHLAG),
        (pay("250.00", "Erika Muster"), Stufe.VORSCHLAG),
        (pay("250.00", "PayPal Europe", wirklich="Max Muster"), Stufe.VORSCHLAG),
        (pay(waehrung="CHF"), Stufe.VORSCHLAG),
        (pay(storno=True), Stufe.VORSCHLAG),
        (pay(sammler=True), Stufe.VORSCHLAG),
        (pay("-250.00", rueckgabe="MD01"), Stufe.VORSCHLAG),
        (pay("250.00", "Max Muster", "Danke"), Stufe.VORSCHLAG),
        (pay("13.00", "Max Muster", "Danke"), Stufe.UNKLAR),
        (pay("250.00", "Otto Fremd", "Danke"), Stufe.FREMD),  # the same sum says nothing
        (pay("-250.00", "Max Muster", "Gehalt"), Stufe.FREMD),
    ],
)
def test_certain_is_only_what_agrees_in_number_amount_and_payer(buchung: Buchung, stufe: Stufe) -> None:
    assert match(buchung) is stufe


def test_a_number_of_two_cases_is_unclear() -> None:
    assert match(pay(), build_sache(), build_sache(akz="2026-0043")) is Stufe.UNKLAR


def test_paid_twice_in_one_file_books_once() -> None:
    posten = [Posten("K", pay(), str(nr)) for nr in range(2)]
    assert [z.stufe for z in match_posten(posten, [build_sache()])] == [Stufe.SICHER, Stufe.VORSCHLAG]


# --- measured -----------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Wahrheit:
    """A booking, the case and invoice that it really pays (None: none of ours, or nobody can tell)."""

    buchung: Buchung
    akz: str | None
    art: str


def generate_sachen(zufall: random.Random, anzahl: int) -> list[Sache]:
    """Return cases with numbers that lie inside each other, equal sums and names that many share."""
    sachen = []
    for nr in range(anzahl):
        formen = ("RE-2026-{}", "2026{:05d}", "R{}", "{}/26", "RG 26.{:04d}", "KD{}-A")
        nummern = {
            zufall.choice(formen).format(zufall.choice((nr, nr + 1000, nr * 11 + 100)))
            for _ in range(zufall.choice((1, 1, 2, 3)))
        }
        rechnungen = {
            n: zufall.choice(("50.00", "119.00", "250.00", "1190.00", f"{nr}.99")) for n in nummern if n
        }
        summe = sum(map(Decimal, rechnungen.values()), Decimal("12.34"))
        name = f"{zufall.choice(VORNAMEN)} {zufall.choice(NACHNAMEN)}"
        sachen.append(build_sache(name, rechnungen, f"2026-{nr:04d}", str(summe)))
    return sachen


def cut(text: str, zufall: random.Random) -> tuple[str, ...]:
    """Cut a text into lines anywhere, as banks do."""
    ort = zufall.randrange(len(text) + 1)
    return tuple(stueck for stueck in (text[:ort], text[ort:]) if stueck)


def generate_buchung(zufall: random.Random, sachen: list[Sache]) -> Wahrheit:
    sache, andere = zufall.sample(sachen, 2)
    summen = sache.summen(TAG)
    assert summen is not None
    nummer, betrag = zufall.choice(list(summen.rechnungen.items()))
    name = " ".join(sache.schuldner["max"]).upper()
    fremder = f"{zufall.choice(VORNAMEN)} {zufall.choice(NACHNAMEN)}"
    vorsatz = zufall.choice(("", "Rechnung ", "SVWZ+", "Re.Nr. ", "Zahlung zu "))
    art = zufall.choice(
        (
            "rechnung",
            "rechnung",
            "akte",
            "zwei",
            "laenger",
            "fremd",
            "anderer",
            "teil",
            "mehr",
            "nackt",
            "nachbar",
        )
    )
    akz: str | None = sache.aktenzeichen
    text, summe = f"{vorsatz}{nummer} danke", betrag
    if art == "akte":
        text, summe = f"{vorsatz}{sache.aktenzeichen}", next(iter(summen.gesamt))
    elif art == "zwei":
        text, akz = f"{vorsatz}{nummer} {zufall.choice(('und ', ', ', '/'))}{andere.rechnungen[0]}", None
    elif art == "laenger":  # our number inside a longer one of somebody else
        text, akz = f"{vorsatz}{zufall.randrange(1, 10)}{nummer}{zufall.randrange(10)}", None
    elif art == "fremd":  # a business of its own with our kind of numbers, and a namesake with the same sum
        text, akz = f"Vertrag X-{nummer}-{zufall.randrange(10)}", None
    elif art == "anderer":
        name = fremder
    elif art == "teil":
        summe = betrag / 2
    elif art == "mehr":
        summe = betrag + 7
    elif art == "nackt":
        text, akz = "danke", None
    elif (
        art == "nachbar"
    ):  # pays by mistake with the number of another case; a namesake's payment is the other's
        text = f"{vorsatz}{andere.rechnungen[0]}"
        akz = andere.aktenzeichen if andere.schuldner == sache.schuldner else None
    buchung = Buchung(
        tag=TAG, wert=TAG, betrag=Decimal(summe).quantize(Decimal("0.01")), name=name, zweck=cut(text, zufall)
    )
    return Wahrheit(buchung, akz, art)


def measure(anzahl: int, buchungen: int, samen: int) -> tuple[Counter[str], list[Wahrheit]]:
    zufall = random.Random(samen)
    sachen = generate_sachen(zufall, anzahl)
    wahrheiten = [generate_buchung(zufall, sachen) for _ in range(buchungen)]
    zahl: Counter[str] = Counter()
    falsche = []
    abgleich = Abgleich(sachen)
    for wahr in wahrheiten:  # one by one: what an earlier payment does to a later one is another test
        gefunden = abgleich.match(Posten("K", wahr.buchung, "s"))
        zahl[gefunden.stufe.value] += 1
        zahl[f"{wahr.art} {gefunden.stufe.value}"] += 1
        if gefunden.stufe is Stufe.SICHER and gefunden.sachen != (wahr.akz,):
            falsche.append(wahr)
    return zahl, falsche


def test_no_certain_match_is_wrong() -> None:
    zahl, falsche = measure(150, 800, 1)
    assert falsche == []
    assert zahl["rechnung sicher"] > zahl["rechnung vorschlag"] + zahl["rechnung unklar"]


@pytest.mark.umfang
@pytest.mark.parametrize("samen", range(4))
def test_no_certain_match_is_wrong_in_5000(samen: int, capsys: pytest.CaptureFixture[str]) -> None:
    zahl, falsche = measure(1000, 5000, samen)
    with capsys.disabled():
        anteile = ", ".join(f"{stufe} {zahl[stufe] / 50:.1f} %" for stufe in Stufe)
        print(f"\n{anteile}")  # noqa: T201 - the measure is for people
    assert falsche == []


# --- keys ---------------------------------------------------------------------------------------------


def keys(buchungen: Iterable[Buchung]) -> list[str]:
    return [posten.schluessel for posten in list_posten([Auszug(konto="K", buchungen=tuple(buchungen))])]


TAGE = st.integers(0, 5).map(lambda n: TAG + dt.timedelta(n))
BUCHUNGEN = st.lists(
    st.builds(
        lambda tag, betrag, zweck: Buchung(tag=tag, wert=tag, betrag=betrag, zweck=(zweck,)),
        TAGE, st.sampled_from([Decimal("50.00"), Decimal("-50.00"), Decimal("1.00")]), st.sampled_from("ab"),
    ),
    max_size=30,
)  # fmt: skip


@settings(deadline=None)
@given(BUCHUNGEN, st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=6), st.randoms())
def test_overlapping_files_book_each_booking_once(
    buchungen: list[Buchung], spannen: list[tuple[int, int]], zufall: random.Random
) -> None:
    """Files of whole days, in any order and however often, give each booking one key; equal ones stay apart."""
    alle = keys(buchungen)
    assert len(set(alle)) == len(buchungen)
    gesehen: set[str] = set()
    for von, bis in [*spannen, (0, 6)]:
        datei = [b for b in buchungen if von <= (b.tag - TAG).days <= bis]
        zufall.shuffle(datei)
        gesehen |= set(keys(datei))
    assert gesehen == set(alle)
