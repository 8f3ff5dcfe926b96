"""The findings between cases: each has an input that raises just it."""

import datetime as dt
import pathlib
from collections.abc import Iterable

import pytest

from doppelbau import add_fall, entry, make_bestand
from mahnakte.befehle.plan import plan_faelle
from mahnakte.grund.befund import Befund
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.laden import Lage
from meldungsbau import Beweise

beweist = Beweise("bestand")
TITEL = (
    "titel:\n  - kennung: vb-1\n    art: vollstreckungsbescheid\n    erlassen_am: 01.03.2026\n    betraege:\n"
    '      hauptforderung: "1.190,00"\n'
)


def payment(betrag: str, am: str = "10.03.2026") -> str:
    return f"zahlungen:\n  - am: {am}\n    betrag: {betrag}\n"


def costs(art: str) -> str:
    return f"kosten:\n  - am: 05.03.2026\n    art: {art}\n    betrag: 40,00\n"


class Paar:
    """Two joint debtors, Max in case A and Erika in case B; the finding is that of A."""

    def __init__(self, ordner: pathlib.Path, werkstatt: WorkerPool) -> None:
        self._bestand = make_bestand(ordner / "bestand")
        self._werkstatt = werkstatt

    def befunde(
        self,
        zusatz_max: str = "",
        zusatz_erika: str = "",
        *,
        mit_max: str = "B",
        mit_erika: str = "A",
        rechnungen: tuple[str, ...] = (),
        rechnungen_erika: tuple[str, ...] = (),
    ) -> Iterable[Befund]:
        nennung = "gesamtschuld_mit: [{}]\n"
        fall = add_fall(self._bestand, "A", *rechnungen, zusatz=nennung.format(mit_max) + zusatz_max)
        add_fall(
            self._bestand, "B", *(rechnungen_erika or rechnungen), vorname="Erika", name="Anders",
            kennung="erika", zusatz=nennung.format(mit_erika) + zusatz_erika,
        )  # fmt: skip
        return plan_faelle([fall], Lage(dt.date(2026, 4, 10), self._werkstatt)).befunde


@beweist("AKTENZEICHEN_DOPPELT")
def one_number_in_two_folders(ordner: pathlib.Path, werkstatt: WorkerPool) -> Iterable[Befund]:
    bestand = make_bestand(ordner / "bestand")
    fall = add_fall(bestand, "A")
    zweiter = add_fall(bestand, "B", entry("RE-2"), vorname="Ute", name="Andere")
    yaml = zweiter / "fall.yaml"
    yaml.write_text(yaml.read_text("utf-8").replace("aktenzeichen: B", "aktenzeichen: A"), encoding="utf-8")
    return plan_faelle([fall], Lage(dt.date(2026, 4, 10), werkstatt)).befunde


@beweist("GESAMTSCHULD_EINSEITIG")
def named_from_one_side(ordner: pathlib.Path, werkstatt: WorkerPool) -> Iterable[Befund]:
    return Paar(ordner, werkstatt).befunde(mit_erika="")


@beweist("GESAMTSCHULD_MIT_SICH")
def named_itself(ordner: pathlib.Path, werkstatt: WorkerPool) -> Iterable[Befund]:
    return Paar(ordner, werkstatt).befunde(mit_max="A", mit_erika="", rechnungen_erika=(entry("RE-2"),))


@beweist("GESAMTSCHULD_OHNE_RECHNUNG")
def nothing_in_common(ordner: pathlib.Path, werkstatt: WorkerPool) -> Iterable[Befund]:
    return Paar(ordner, werkstatt).befunde(rechnungen_erika=(entry("RE-2"),))


@beweist("GESAMTSCHULD_UNBEKANNT")
def named_a_case_that_is_not_there(ordner: pathlib.Path, werkstatt: WorkerPool) -> Iterable[Befund]:
    return Paar(ordner, werkstatt).befunde(mit_max="X-99", mit_erika="", rechnungen_erika=(entry("RE-2"),))


@beweist("GESAMTSCHULD_TITEL")
def a_title_over_more_than_is_common(ordner: pathlib.Path, werkstatt: WorkerPool) -> Iterable[Befund]:
    return Paar(ordner, werkstatt).befunde(
        "", TITEL + payment("190,00"), rechnungen=(entry(),), rechnungen_erika=(entry(), entry("RE-2"))
    )


@beweist("GESAMTSCHULD_UNKLAR")
def advances_that_each_take_what_the_other_leaves(
    ordner: pathlib.Path, werkstatt: WorkerPool
) -> Iterable[Befund]:
    """Both were made before the invoices: each case books what the other paid before its own."""
    beide = (entry("RE-1", betrag="100,00"), entry("RE-2", betrag="100,00"))
    paar = Paar(ordner, werkstatt)
    return paar.befunde(payment("150,00", "20.02.2026"), payment("140,00", "21.02.2026"), rechnungen=beide)


@beweist("GUTSCHRIFT_NUR_DORT")
def a_credit_note_in_one_case_only(ordner: pathlib.Path, werkstatt: WorkerPool) -> Iterable[Befund]:
    return Paar(ordner, werkstatt).befunde("", "gutschriften:\n  - am: 05.03.2026\n    betrag: 40,00\n")


@beweist("KOSTEN_IN_BEIDEN_FAELLEN")
def the_same_costs_twice(ordner: pathlib.Path, werkstatt: WorkerPool) -> Iterable[Befund]:
    kosten = costs("ruecklastschrift")
    return Paar(ordner, werkstatt).befunde(kosten, kosten)


@beweist("KOSTEN_NUR_EINMAL")
def the_lump_sum_twice(ordner: pathlib.Path, werkstatt: WorkerPool) -> Iterable[Befund]:
    kosten = costs("inkasso")
    return Paar(ordner, werkstatt).befunde(kosten, kosten)


@beweist("ZAHLUNG_IN_BEIDEN_FAELLEN")
def one_payment_entered_twice(ordner: pathlib.Path, werkstatt: WorkerPool) -> Iterable[Befund]:
    return Paar(ordner, werkstatt).befunde(payment("190,00"), payment("190,00"))


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str, tmp_path: pathlib.Path, werkstatt: WorkerPool) -> None:
    beweist.check(code, tmp_path, werkstatt)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
