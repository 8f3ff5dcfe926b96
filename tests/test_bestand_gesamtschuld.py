"""Joint debtors in cases of their own: a payment counts in all (§ 422 BGB), costs and lump sum stand once."""

import datetime as dt
import pathlib
from decimal import Decimal

import pytest

from doppelbau import add_fall, entry, make_bestand
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.antrag.aus_fall.folgeantrag import _payments
from mahnakte.befehle.brief import Wunsch, write_brief
from mahnakte.befehle.fristen import list_fristen
from mahnakte.befehle.konto import show_konto
from mahnakte.befehle.plan import plan_faelle
from mahnakte.briefe.aufstellung import compute_aufstellung
from mahnakte.grund.worker import WorkerPool
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.ergebnis import Ergebnis
from mahnakte.werk.laden import Lage, load_fall

HERKUNFT = Herkunft("test", "rechner", "lauf", "2026-04-10T08:00:00Z", "0")
MIT_B = "gesamtschuld_mit: [B]\n"
MIT_A = "gesamtschuld_mit: [A]\n"


@pytest.fixture
def bestand(tmp_path: pathlib.Path) -> pathlib.Path:
    return make_bestand(tmp_path / "bestand")


def payment(am: str, betrag: str, *weitere: str) -> str:
    return f"  - am: {am}\n    betrag: {betrag}\n" + "".join(f"    {zeile}\n" for zeile in weitere)


def add_max(
    bestand: pathlib.Path, *rechnungen: str, zahlungen: str = "", zusatz: str = MIT_B
) -> pathlib.Path:
    ende = zusatz + (f"zahlungen:\n{zahlungen}" if zahlungen else "")
    return add_fall(bestand, "A", *rechnungen, zusatz=ende)


def add_erika(
    bestand: pathlib.Path, *rechnungen: str, zahlungen: str = "", zusatz: str = MIT_A
) -> pathlib.Path:
    ende = zusatz + (f"zahlungen:\n{zahlungen}" if zahlungen else "")
    return add_fall(bestand, "B", *rechnungen, vorname="Erika", name="Anders", kennung="erika", zusatz=ende)


def konto(fall: pathlib.Path, werkstatt: WorkerPool, tag: dt.date = dt.date(2026, 3, 20)) -> Ergebnis:
    return show_konto(fall, Lage(tag, werkstatt))


def codes(ergebnis: Ergebnis) -> list[str]:
    return [befund.code for befund in ergebnis.befunde]


def test_a_payment_counts_in_both_and_says_where_it_was_made(bestand, werkstatt) -> None:
    max_, erika = add_max(bestand), add_erika(bestand, zahlungen=payment("10.03.2026", "190,00"))
    for fall in (max_, erika):
        assert konto(fall, werkstatt).daten["gesamt"] == "1000.00"
    (buchung,) = konto(max_, werkstatt).daten["zahlungen"]
    assert buchung["aus_fall"] == "B"
    assert "im Fall B" in buchung["text"]
    assert "§ 422" in buchung["regel"]


def test_payments_of_both_add_up_each_once(bestand, werkstatt) -> None:
    max_ = add_max(bestand, zahlungen=payment("09.03.2026", "90,00"))
    erika = add_erika(bestand, zahlungen=payment("10.03.2026", "100,00"))
    assert {konto(fall, werkstatt).daten["gesamt"] for fall in (max_, erika)} == {"1000.00"}


def test_three_joint_debtors(bestand, werkstatt) -> None:
    faelle = [
        add_max(bestand, zusatz="gesamtschuld_mit: [B, C]\n", zahlungen=payment("09.03.2026", "90,00")),
        add_erika(bestand, zusatz="gesamtschuld_mit: [A, C]\n", zahlungen=payment("10.03.2026", "60,00")),
        add_fall(bestand, "C", vorname="Ute", name="Dritte", kennung="ute",
                 zusatz="gesamtschuld_mit: [A, B]\nzahlungen:\n" + payment("11.03.2026", "40,00")),
    ]  # fmt: skip
    assert {konto(fall, werkstatt).daten["gesamt"] for fall in faelle} == {"1000.00"}


def test_what_paid_the_other_cases_own_costs_does_not_count(bestand, werkstatt) -> None:
    """Of 100,00 Erika's own costs of 15,00 come first (§ 367 BGB); 85,00 reach the common invoice."""
    kosten = "kosten:\n  - am: 05.03.2026\n    art: sonstige\n    betrag: 15,00\n"
    max_ = add_max(bestand)
    erika = add_erika(bestand, zusatz=MIT_A + kosten, zahlungen=payment("10.03.2026", "100,00"))
    assert konto(erika, werkstatt).daten["hauptforderung"] == "1105.00"
    assert konto(max_, werkstatt).daten["hauptforderung"] == "1105.00"


def test_only_the_common_invoice_is_paid_by_it(bestand, werkstatt) -> None:
    """Erika also owes RE-2 alone, which is older and takes her payment first (§ 366 (2) BGB)."""
    max_ = add_max(bestand)
    alte = (
        entry("RE-2", "01.02.2026", "50,00")
        .replace("31.03.2026", "28.02.2026")
        .replace("vereinbart", "unbestimmt")
    )
    erika = add_erika(bestand, entry(), alte, zahlungen=payment("10.03.2026", "150,00"))
    assert konto(erika, werkstatt).daten["gesamt"] == "1090.00"
    assert konto(max_, werkstatt).daten["gesamt"] == "1090.00"


def test_everything_paid_by_one_is_nobodys_overpayment(bestand, werkstatt) -> None:
    """Erika is in default and pays interest too; Max owes none of it and gets nothing back."""
    tag = dt.date(2026, 5, 10)
    verzug = entry().replace("vereinbart", "unbestimmt")
    erika = add_erika(bestand)
    max_ = add_max(bestand, verzug)
    geschuldet = Decimal(konto(erika, werkstatt, tag).daten["gesamt"])
    text = (erika / "fall.yaml").read_text("utf-8")
    betrag = str(geschuldet).replace(".", ",")
    (erika / "fall.yaml").write_text(text + "zahlungen:\n" + payment("11.05.2026", betrag), "utf-8")
    spaeter = dt.date(2026, 5, 20)
    assert geschuldet > Decimal("1190.00")
    for fall in (erika, max_):
        ergebnis = konto(fall, werkstatt, spaeter)
        assert (ergebnis.daten["gesamt"], ergebnis.daten["ueberzahlung"]) == ("0.00", "0.00")
        assert "UEBERZAHLUNG" not in codes(ergebnis)
    (zeile,) = plan_faelle([max_], Lage(spaeter, werkstatt)).daten["faelle"]
    assert [grund["code"] for grund in zeile["gruende"]] == ["BEZAHLT"]


def test_with_interest_both_owe_the_same_principal(bestand, werkstatt) -> None:
    """Max in default since April, Erika not at all: her payment is principal in both cases."""
    tag = dt.date(2026, 6, 15)
    max_ = add_max(bestand, zahlungen=payment("12.05.2026", "100,00"))
    erika = add_erika(
        bestand, entry().replace("vereinbart", "unbestimmt"), zahlungen=payment("20.05.2026", "300,00")
    )
    bei_max, bei_erika = konto(max_, werkstatt, tag).daten, konto(erika, werkstatt, tag).daten
    assert bei_max["hauptforderung"] == bei_erika["hauptforderung"]
    assert Decimal(bei_max["zinsen"]) > 0 == Decimal(bei_erika["zinsen"])


def test_a_title_against_one_is_paid_by_the_other(bestand, werkstatt) -> None:
    titel = (
        "titel:\n  - kennung: vb-1\n    art: vollstreckungsbescheid\n    erlassen_am: 01.03.2026\n    betraege:\n"
        '      hauptforderung: "1.190,00"\n'
    )
    max_ = add_max(bestand, entry().replace("31.03.2026", "20.02.2026"), zusatz=MIT_B + titel)
    add_erika(bestand, zahlungen=payment("10.03.2026", "190,00"))
    assert konto(max_, werkstatt).daten["hauptforderung"] == "1000.00"


def test_a_joint_debtors_payment_acknowledges_nothing_for_the_other(bestand, werkstatt) -> None:
    """§ 425 (2) BGB: limitation starts anew only for the one who paid."""
    alt = entry(datum="01.03.2024").replace("27.02.2026", "27.02.2024").replace("31.03.2026", "31.03.2024")
    add_erika(bestand, alt, zahlungen=payment("10.03.2026", "190,00"))
    max_ = add_max(bestand, alt)
    tag = dt.date(2026, 4, 1)
    ende = {
        fall.name: [
            f["ende"]
            for f in list_fristen([fall], Lage(tag, werkstatt)).daten["fristen"]
            if "verjaehr" in f["art"]
        ]
        for fall in (max_, bestand / "B")
    }
    assert ende["A"] != ende["B"]
    assert all(tag.startswith(("2027-12", "2028-01")) for tag in ende["A"])


# --- what must be settled first ------------------------------------------------------------------------


def test_named_from_one_side_only_stops_both(bestand, werkstatt) -> None:
    max_, erika = add_max(bestand), add_erika(bestand, zusatz="")
    lage = Lage(dt.date(2026, 4, 10), werkstatt)
    for fall in (max_, erika):
        ergebnis = plan_faelle([fall], lage)
        (befund,) = [b for b in ergebnis.befunde if b.code == "GESAMTSCHULD_EINSEITIG"]
        assert befund.abhilfe == "In der fall.yaml von B oben „gesamtschuld_mit: [A]“ ergänzen."
        assert ergebnis.daten["faelle"][0]["schritte"] == []
    text = (erika / "fall.yaml").read_text("utf-8")
    (erika / "fall.yaml").write_text(text + MIT_A, "utf-8")
    assert codes(plan_faelle([max_, erika], lage)) == []


@pytest.mark.parametrize(
    ("zusatz", "code"),
    [
        ("gesamtschuld_mit: [X-99]\n", "GESAMTSCHULD_UNBEKANNT"),
        ("gesamtschuld_mit: [A]\n", "GESAMTSCHULD_MIT_SICH"),
        ("gesamtschuld_mit: [C]\n", "GESAMTSCHULD_OHNE_RECHNUNG"),
    ],
)
def test_a_name_that_leads_nowhere(bestand, werkstatt, zusatz: str, code: str) -> None:
    fall = add_max(bestand, zusatz=zusatz)
    add_fall(bestand, "C", entry("RE-77"), vorname="Ute", name="Dritte", zusatz=MIT_A)
    ergebnis = plan_faelle([fall], Lage(dt.date(2026, 4, 10), werkstatt))
    assert codes(ergebnis) == [code]


def test_an_unreadable_case_of_a_joint_debtor_stops_the_letter(bestand, werkstatt) -> None:
    fall = add_max(bestand)
    erika = add_erika(bestand)
    (erika / "fall.yaml").write_text("aktenzeichen: [", encoding="utf-8")
    ergebnis = write_brief(
        fall, Wunsch("zahlungserinnerung"), Lage(dt.date(2026, 4, 10), werkstatt), HERKUNFT
    )
    assert "GESAMTSCHULD_UNBEKANNT" in codes(ergebnis)
    assert ergebnis.exit_code == 3


def test_one_payment_entered_in_both_is_asked_about_and_never_counted_twice(bestand, werkstatt) -> None:
    zahlung = payment("10.03.2026", "190,00")
    max_, erika = add_max(bestand, zahlungen=zahlung), add_erika(bestand, zahlungen=zahlung)
    for fall in (max_, erika):
        assert "ZAHLUNG_IN_BEIDEN_FAELLEN" in codes(konto(fall, werkstatt))
        assert konto(fall, werkstatt).exit_code == 3
    quittung = (
        "quittiert:\n  - code: ZAHLUNG_IN_BEIDEN_FAELLEN\n    grund: beide haben überwiesen\n    von: K. Beispiel\n"
        "    am: {}\n"
    )
    for fall in (max_, erika):
        text = (fall / "fall.yaml").read_text("utf-8")
        (fall / "fall.yaml").write_text(text + quittung.format("12.03.2026"), "utf-8")
    assert {konto(fall, werkstatt).daten["gesamt"] for fall in (max_, erika)} == {"810.00"}
    for fall in (max_, erika):  # what comes later nobody has confirmed
        text = (
            (fall / "fall.yaml")
            .read_text("utf-8")
            .replace("zahlungen:\n", "zahlungen:\n" + payment("15.03.2026", "5,00"))
        )
        (fall / "fall.yaml").write_text(text, "utf-8")
    assert "ZAHLUNG_IN_BEIDEN_FAELLEN" in codes(konto(max_, werkstatt))


@pytest.mark.parametrize(
    ("art", "code"),
    [
        ("verzugspauschale", "KOSTEN_NUR_EINMAL"),
        ("inkasso", "KOSTEN_NUR_EINMAL"),
        ("rvg-2300", "KOSTEN_NUR_EINMAL"),
        ("ruecklastschrift", "KOSTEN_IN_BEIDEN_FAELLEN"),
    ],
)
def test_costs_stand_once(bestand, werkstatt, art: str, code: str) -> None:
    kosten = f"kosten:\n  - am: 05.03.2026\n    art: {art}\n    betrag: 40,00\n"
    max_ = add_max(bestand, zusatz=MIT_B + kosten)
    erika = add_erika(bestand, zusatz=MIT_A + kosten)
    for fall in (max_, erika):
        assert code in codes(plan_faelle([fall], Lage(dt.date(2026, 4, 10), werkstatt)))


def test_a_credit_note_entered_in_one_case_only(bestand, werkstatt) -> None:
    gutschrift = "gutschriften:\n  - am: 05.03.2026\n    betrag: 40,00\n"
    max_, erika = add_max(bestand), add_erika(bestand, zusatz=MIT_A + gutschrift)
    assert "GUTSCHRIFT_NUR_DORT" in codes(konto(max_, werkstatt))
    text = (max_ / "fall.yaml").read_text("utf-8")
    (max_ / "fall.yaml").write_text(text + gutschrift, "utf-8")
    assert {konto(fall, werkstatt).daten["gesamt"] for fall in (max_, erika)} == {"1150.00"}


def test_a_letter_shows_the_payment_and_hashes_the_other_case(bestand, werkstatt) -> None:
    max_ = add_max(bestand)
    add_erika(bestand, zahlungen=payment("10.03.2026", "190,00"))
    ergebnis = write_brief(max_, Wunsch("mahnung-1"), Lage(dt.date(2026, 4, 10), werkstatt), HERKUNFT)
    assert ergebnis.exit_code == 0, ergebnis.befunde
    eintrag = (max_ / "vorgaenge" / "0001" / "eintrag.json").read_text("utf-8")
    assert "../B/fall.yaml" in eintrag


def test_the_letter_and_the_application_for_the_vollstreckungsbescheid_name_it(bestand, werkstatt) -> None:
    """§ 699 (1) ZPO: what was paid since the Mahnbescheid is to be stated, whoever of the debtors paid it."""
    max_ = add_max(bestand)
    add_erika(bestand, zahlungen=payment("10.03.2026", "190,00"))
    tag = dt.date(2026, 4, 10)
    fall = load_fall(read_fallordner(max_), Lage(tag, werkstatt)).fall
    assert [(z.am, z.betrag) for z in _payments(Sachstand(fall, tag), dt.date(2026, 3, 1))] == [
        (dt.date(2026, 3, 10), Decimal("190.00"))
    ]
    zeilen = compute_aufstellung(fall, compute_konto(Sachstand(fall, tag)), nur_hauptforderung=True).posten
    assert [zeile.text for zeile in zeilen] == ["Zahlung eines Gesamtschuldners vom 10.03.2026"]
