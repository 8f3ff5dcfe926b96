"""Values that a Bestand enters: read, refused, superseded; two Bestände side by side."""

import concurrent.futures
import dataclasses
import datetime as dt
import pathlib
import pickle
from decimal import Decimal

import pytest

from mahnakte.grund.befund import Ablehnung, Stelle
from mahnakte.grund.worker import WorkerPool
from mahnakte.recht.rechtsnachtrag import (
    Rechtsnachtrag,
    extend_recht,
    file_name,
    read_rechtsnachtrag,
    write_rechtsnachtrag,
)
from mahnakte.recht.rechtsstand import Rechtsstand, shipped_recht
from mahnakte.recht.werte import Wertreihe
from mahnakte.recht.zinsen import Zinssatz, interest_lines, sum_lines

RECHT = shipped_recht()
EIN_TAG = dt.timedelta(days=1)
BASIS = RECHT.find_reihe("basiszinssatz")
AB = BASIS.gedeckt_bis + EIN_TAG
BIS = BASIS.last_day_from(AB) or AB


def entry(name: str = "basiszinssatz", **anders: object) -> Rechtsnachtrag:
    werte: dict[str, object] = {"ab": AB, "bis": BIS, "wert": Decimal("1.77")}
    nachtrag = Rechtsnachtrag(
        name,
        quelle="Bundesanzeiger: Seite #3",
        geprueft_von="Erika Muster",
        geprueft_am=dt.date(2027, 1, 4),
        stelle=Stelle("recht/probe.yaml", 1),
        **werte,  # type: ignore[arg-type]
    )
    return dataclasses.replace(nachtrag, **anders)  # type: ignore[arg-type]


def shorten(tage: int = 0, **wert: object) -> Rechtsstand:
    """Return the law of a program that already ships the value of AB (with other fields as given)."""
    neu = dataclasses.replace(BASIS.werte[-1], ab=AB, bis=BIS - dt.timedelta(days=tage), **wert)  # type: ignore[arg-type]
    reihe = dataclasses.replace(
        BASIS, gedeckt_bis=neu.bis, werte=(*BASIS.werte, neu), ab_tage=(*BASIS.ab_tage, AB)
    )
    return Rechtsstand({**RECHT.reihen, "basiszinssatz": reihe})


def test_a_half_year_ends_where_the_next_one_begins() -> None:
    """§ 247 (1) BGB: 1 January and 1 July."""
    assert BASIS.last_day_from(dt.date(2027, 1, 1)) == dt.date(2027, 6, 30)
    assert BASIS.last_day_from(dt.date(2027, 7, 1)) == dt.date(2027, 12, 31)
    assert BASIS.last_day_from(dt.date(2027, 6, 30)) == dt.date(2027, 6, 30)
    assert RECHT.find_reihe("pfaendungsfreigrenze").last_day_from(dt.date(2027, 7, 1)) == dt.date(2028, 6, 30)
    assert RECHT.find_reihe("verzug_tage").last_day_from(AB) is None


def test_what_is_written_is_read_again() -> None:
    for quelle in ("Bundesanzeiger vom 29.12.", 'mit "Zitat" und \\ Strich', "a: b # c", "- x", "{y}", "'z'"):
        nachtrag = entry(quelle=quelle)
        inhalt = write_rechtsnachtrag(nachtrag, BASIS)
        assert read_rechtsnachtrag(inhalt, "recht/x.yaml") == nachtrag
    assert file_name(entry()) == f"basiszinssatz-{AB}.yaml"


def test_the_value_holds_from_its_day_on_and_names_its_source() -> None:
    recht, befunde = extend_recht(RECHT, [entry()])
    assert not befunde
    wert = recht.basiszins_am(AB)
    assert (wert.wert, wert.ab, wert.bis, wert.einheit) == (Decimal("1.77"), AB, BIS, BASIS.einheit)
    assert wert.herkunft == "Bundesanzeiger: Seite #3 (eingetragen, geprüft von Erika Muster)"
    assert recht.eingetragene == (wert,)
    assert recht.basiszins_am(AB - EIN_TAG) == RECHT.basiszins_am(AB - EIN_TAG)
    with pytest.raises(Ablehnung) as gefangen:
        recht.basiszins_am(BIS + EIN_TAG)
    assert f"--ab {BIS + EIN_TAG}" in gefangen.value.befund.abhilfe
    assert recht.fingerabdruck != RECHT.fingerabdruck == shipped_recht().fingerabdruck
    assert RECHT.eingetragene == ()


def test_a_shipped_value_that_agrees_wins_silently() -> None:
    recht, befunde = extend_recht(shorten(wert=Decimal("1.770")), [entry()])
    assert (befunde, recht.eingetragene, recht.basiszins_am(AB).geprueft_von) == ((), (), "")


def test_a_shipped_value_that_differs_stops_and_names_both() -> None:
    for stelle in (Decimal("1.76"), Decimal("1.774"), Decimal("-1.77")):
        _, (befund,) = extend_recht(shorten(wert=stelle), [entry()])
        assert (befund.code, befund.schwere.value) == ("RECHTSWERT_WIDERSPRUCH", "sperre")
        assert "1,77 " in befund.text
        assert f"{stelle}".replace(".", ",") in befund.text
        assert befund.stelle == Stelle("recht/probe.yaml", 1)


def test_several_values_follow_one_another() -> None:
    danach = BIS + EIN_TAG
    zweiter = entry(ab=danach, bis=BASIS.last_day_from(danach), wert=Decimal("-0.12"))
    recht, befunde = extend_recht(RECHT, [zweiter, entry()])
    assert not befunde
    assert [recht.basiszins_am(tag).wert for tag in (AB, danach)] == [Decimal("1.77"), Decimal("-0.12")]


@pytest.mark.parametrize(
    ("nachtraege", "code"),
    [
        ([entry(ab=AB + EIN_TAG)], "RECHTSNACHTRAG_LUECKE"),
        ([entry(), entry(wert=Decimal("1.78"))], "RECHTSNACHTRAG_DOPPELT"),
        ([entry(), entry()], "RECHTSNACHTRAG_DOPPELT"),
        (
            [entry(ab=BASIS.gedeckt_bis, bis=BASIS.gedeckt_bis, wert=Decimal("9.99"))],
            "RECHTSWERT_WIDERSPRUCH",
        ),
        ([entry(bis=BIS + EIN_TAG)], "RECHTSNACHTRAG_ZEITRAUM"),
        ([entry(bis=AB - EIN_TAG)], "RECHTSNACHTRAG_ZEITRAUM"),
        ([entry("basiszins")], "RECHTSWERT_UNBEKANNT"),
        ([entry("rvg")], "RECHTSWERT_UNBEKANNT"),
    ],
)
def test_nothing_known_is_changed_and_no_gap_is_left(nachtraege: list[Rechtsnachtrag], code: str) -> None:
    recht, befunde = extend_recht(RECHT, nachtraege)
    assert [befund.code for befund in befunde] == [code]
    assert recht.basiszins_am(BASIS.gedeckt_bis) == RECHT.basiszins_am(BASIS.gedeckt_bis)


@pytest.mark.parametrize("name", sorted(RECHT.reihen))
def test_every_series_takes_its_own_last_value_or_says_why_not(name: str) -> None:
    """Alle Reihen: der letzte Wert ab dem Tag nach dem Ende ist zulässig, außer wo das Recht ungelesen ist."""
    reihe: Wertreihe = RECHT.find_reihe(name)
    ab = reihe.gedeckt_bis + EIN_TAG
    bis = reihe.last_day_from(ab) or dt.date(ab.year, 12, 31)
    neu, befunde = extend_recht(RECHT, [entry(name, ab=ab, bis=bis, wert=reihe.werte[-1].wert)])
    if reihe.endet_weil:
        assert [befund.code for befund in befunde] == ["RECHT_NICHT_GEPRUEFT"]
    else:
        assert not befunde
        assert neu.find_reihe(name).am(bis).wert == reihe.werte[-1].wert


@pytest.mark.parametrize(
    ("name", "wert"),
    [("verzug_tage", "30.5"), ("verzug_tage", "0"), ("verzug_tage", "-30"), ("verjaehrung_regel", "2.5"),
     ("verzugsrecht_dauerschuld", "2"), ("verzugspauschale", "-40"), ("vv_7008", "-19")],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_refused(name: str, wert: str) -> None:
    ab = RECHT.find_reihe(name).gedeckt_bis + EIN_TAG
    _, (befund,) = extend_recht(RECHT, [entry(name, ab=ab, bis=ab, wert=Decimal(wert))])
    assert befund.code == "RECHTSNACHTRAG_WERT"
    assert RECHT.find_reihe(name).einheit in befund.abhilfe


GUT = write_rechtsnachtrag(entry(), BASIS).decode()


@pytest.mark.parametrize(
    ("alt", "neu", "wort"),
    [
        ("quelle:", "qelle:", "„qelle“"),
        ("geprueft_von:", "geprueft_vom:", "geprueft_von"),
        ('"1,77"', '"1.77"', "Komma"),
        ('"1,77"', "viel", "keine Zahl"),
        (f"ab: {AB}", "ab: 2027-02-30", "Kalender"),
        (f"ab: {AB}", "ab:", "„ab“ fehlt"),
        ('geprueft_von: "Erika Muster"\n', "", "„geprueft_von“ fehlt"),
        ("name: basiszinssatz\n", "name: [basiszinssatz]\n", "„name“ fehlt"),
        ("name:", "name: x\nname:", "zweimal"),
        ("name:", "\tname:", ""),
        ("# ", "a: &x 1\n# ", ""),
    ],
)
def test_a_faulty_file_is_refused_with_file_and_line(alt: str, neu: str, wort: str) -> None:
    assert alt in GUT
    with pytest.raises(Ablehnung) as gefangen:
        read_rechtsnachtrag(GUT.replace(alt, neu, 1).encode(), "recht/x.yaml")
    befund = gefangen.value.befund
    assert befund.stelle is not None
    assert befund.stelle.datei == "recht/x.yaml"
    assert wort in befund.text
    assert "neu installieren" not in befund.abhilfe


def test_bytes_that_are_no_text_are_refused() -> None:
    for inhalt in (b"", b"\xff\xfe", b"\x00", b"- a\n", b"x"):
        with pytest.raises(Ablehnung):
            read_rechtsnachtrag(inhalt, "recht/x.yaml")


# --- two Bestände at once -------------------------------------------------------------------------------


FUENF = Zinssatz.ueber_basis(Decimal(5))
# Interest on 10.000,00 over the first ten days that the program does not know.
ANGABEN = (Decimal("10000.00"), AB, AB + 9 * EIN_TAG, FUENF)


def interest(recht: Rechtsstand) -> Decimal:
    return sum_lines(interest_lines(recht, *ANGABEN))


SAETZE = [Decimal(zahl) for zahl in ("1.77", "2.27", "0.00", "-0.88")]


def expected(satz: Decimal) -> Decimal:
    teiler = dt.date(AB.year, 12, 31).timetuple().tm_yday
    return (Decimal(10000) * (satz + 5) * 10 / (100 * teiler)).quantize(Decimal("0.01"))


def test_different_values_stand_side_by_side_in_threads_and_processes() -> None:
    staende = [extend_recht(RECHT, [entry(wert=satz)])[0] for satz in SAETZE] * 8
    soll = [expected(satz) for satz in SAETZE] * 8
    assert [interest(stand) for stand in staende] == soll
    with concurrent.futures.ThreadPoolExecutor(4) as faeden:
        assert list(faeden.map(interest, staende)) == soll
    with WorkerPool(2) as arbeiter, concurrent.futures.ThreadPoolExecutor(4) as faeden:
        fertige = faeden.map(
            lambda stand: arbeiter.call(interest_lines, stand, *ANGABEN, seconds=60), staende
        )
        assert [sum_lines(zeilen) for zeilen in fertige] == soll
    assert len({stand.fingerabdruck for stand in staende}) == len(SAETZE)


def test_the_law_travels_whole() -> None:
    stand, _ = extend_recht(RECHT, [entry()])
    kopie = pickle.loads(pickle.dumps(stand))
    assert (kopie, kopie.fingerabdruck) == (stand, stand.fingerabdruck)


def test_no_rule_looks_the_law_up_by_itself() -> None:
    """Only who belongs to no case may take the law as shipped: calculators without a Bestand, EDA files of others."""
    quelle = pathlib.Path(__file__).resolve().parent.parent / "src" / "mahnakte"
    treffer = {
        modul.relative_to(quelle).as_posix()
        for modul in quelle.rglob("*.py")
        if "shipped_recht()" in modul.read_text(encoding="utf-8").replace("def shipped_recht()", "")
    }
    assert treffer == {"werk/bestandsrecht.py", "befehle/eda.py", "bibliothek/rechner.py"}
    leser = {
        modul.relative_to(quelle).as_posix()
        for modul in quelle.rglob("*.py")
        if "read_reihen()" in modul.read_text(encoding="utf-8").replace("def read_reihen()", "")
    }
    assert leser == {"recht/rechtsstand.py"}
