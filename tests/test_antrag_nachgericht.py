"""After filing: the courts' answers propose events; the application for the Vollstreckungsbescheid."""

import dataclasses
import datetime as dt
import random
from decimal import Decimal

import pytest

from fallbau import build_fall, build_vorgang
from mahnakte.antrag.aus_fall.folgeantrag import derive_folgeantraege
from mahnakte.antrag.eda.folgeantrag import Vollstreckungsbescheidsantrag, Zahlung, write_folgeantraege
from mahnakte.antrag.eda.layout_gericht import NACHRICHTEN
from mahnakte.antrag.eda.nachrichten import read_nachrichten
from mahnakte.antrag.eda.view import format_view, view_eda
from mahnakte.antrag.folgedaten import read_folgedaten, write_folgedaten
from mahnakte.antrag.modell import Dateikopf
from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import Ablehnung
from mahnakte.stand.sachstand import Sachstand

KOPF = Dateikopf("12345678", "ABC021", dt.date(2026, 11, 20), software="mahnakte")
NUMMER = "26123456700"


def _datei(art: str, *saetze: str) -> bytes:
    """Put records between AA and BB by hand, as formate.md D.3 and D.7 describe them."""
    kopf = f"AA12345678261120{art}        4000ABC021"
    schluss = f"BB12345678{1:07}{len(saetze):07}{0:07}{0:014}{0:015}{0:07}"
    return "".join(zeile.ljust(128) for zeile in (kopf, *saetze, schluss)).encode("cp850")


def _zustellung(nam: str, tag: str = "261105") -> str:
    return f"05KS   0007774512{NUMMER}{'2026-0042':35}{nam}{tag}"


def test_the_order_is_reported_with_one_number_for_each_debtor() -> None:
    satz = f"03KS   0007774512{NUMMER}26123456800{'':33}{'2026-0042':35}2610300000119000"
    nachrichten, befunde = read_nachrichten(_datei("03", satz), "x.eda")
    assert befunde == ()
    vorschlaege = nachrichten[0].vorschlaege
    assert [(v.art, v.am, v.geschaeftsnummer, v.geschaeftszeichen) for v in vorschlaege] == [
        ("mb_erlassen", dt.date(2026, 10, 30), NUMMER, "2026-0042"),
        ("mb_erlassen", dt.date(2026, 10, 30), "26123456800", "2026-0042"),
    ]


@pytest.mark.parametrize(("nam", "art"), [("05", "mb_zugestellt"), ("08", "vb_zugestellt")])
def test_service_is_proposed_for_the_day_of_service(nam: str, art: str) -> None:
    nachrichten, _ = read_nachrichten(_datei("05", _zustellung(nam)), "x.eda")
    (vorschlag,) = nachrichten[0].vorschlaege
    assert (vorschlag.art, vorschlag.am, vorschlag.geschaeftsnummer) == (art, dt.date(2026, 11, 5), NUMMER)
    assert vorschlag.schluessel == f"{NUMMER}:{art}:2026-11-05"


def test_failed_service_carries_its_reason_and_the_debtor() -> None:
    nachrichten, _ = read_nachrichten(
        _datei(
            "05", _zustellung("06", ""), f"05AG   01{'':5}{'Max':35}{'Schuldner':35}",
            f"05NZUG 01  {'Empfänger unter der Anschrift nicht zu ermitteln':90}", "05NZUG 02unbekannt verzogen",
        ),
        "x.eda",
    )  # fmt: skip
    (vorschlag,) = nachrichten[0].vorschlaege
    assert vorschlag.art == "mb_nicht_zugestellt"
    assert vorschlag.am == dt.date(2026, 11, 20)  # no day of its own: the day of the file
    assert vorschlag.grund == "Empfänger unter der Anschrift nicht zu ermitteln unbekannt verzogen"
    assert vorschlag.wen == "Max Schuldner"


def test_an_objection_is_proposed_for_the_day_it_came_in() -> None:
    kopf = f"18KS   0007774512{NUMMER}{'2026-0042':35}{'':35}{119000:011}{33650:09}{0:06} "
    inhalt = f"18WIPG 001  {119000:010}{'':8} {0:010}104275{'Leipzig':30}261112"
    nachrichten, _ = read_nachrichten(_datei("18", kopf, inhalt), "x.eda")
    (vorschlag,) = nachrichten[0].vorschlaege
    assert (vorschlag.art, vorschlag.am) == ("widerspruch", dt.date(2026, 11, 12))


def test_unknown_records_are_shown_and_never_dropped() -> None:
    inhalt = _datei("16", f"16KS   00{'2026-0042':35}", "16XYZ  01Bitte die Vollmacht erläutern")
    nachrichten, befunde = read_nachrichten(inhalt, "x.eda")
    assert befunde == ()
    (nachricht,) = nachrichten
    assert nachricht.vorschlaege == ()
    assert [befund.code for befund in nachricht.befunde] == [
        "EDA_SATZ_UNBEKANNT",
        "EDA_SATZ_UNBEKANNT",
        "EDA_OHNE_VORSCHLAG",
    ]
    assert "Bitte die Vollmacht erläutern" in format_view(nachricht.saetze)


def _monierung(tag: str, *felder: tuple[str, str, str]) -> bytes:
    """eda_nachtrag.md 3: TKEZI 8, ASGZ 35, GNR1-5 5x11, MOD 6, AND 6, MOBELART 2; FSCHL 3, FELDN 20, ... INHALT 35."""
    kopf = f"20KS   0012345678{'2026-0042':35}{NUMMER}{'':44}{tag:6}26100501"
    saetze = [f"20MO   00{schluessel:3}{feld:20}{'':8}{inhalt:35}" for schluessel, feld, inhalt in felder]
    return _datei("20", kopf, *saetze)


def test_a_monierung_is_proposed_for_its_day_and_names_its_fields() -> None:
    (nachricht,), _ = read_nachrichten(
        _monierung("261110", ("123", "AGPLZ", "00000"), ("", "PGO", "")), "x.eda"
    )
    (vorschlag,) = nachricht.vorschlaege
    assert (vorschlag.art, vorschlag.am, vorschlag.geschaeftsnummer) == (
        "monierung",
        dt.date(2026, 11, 10),
        NUMMER,
    )
    assert vorschlag.grund == "beanstandet: AGPLZ, PGO"
    assert [(b.schluessel, b.feld, b.inhalt) for b in nachricht.beanstandungen] == [
        ("123", "AGPLZ", "00000"), ("", "PGO", ""),
    ]  # fmt: skip


WIDERSPRUCH = (
    f"18KS   0007774512{NUMMER}{'2026-0042':35}",
    f"18WIPG 001  {40000:010}{'':8} {0:010}104275{'Leipzig':30}",
)


@pytest.mark.parametrize(
    ("art", "saetze", "ereignis"),
    [
        ("03", (f"03KS   0007774512{NUMMER}{'':44}{'2026-0042':35}{'':6}0000119000",), "mb_erlassen"),
        ("05", (_zustellung("05", ""),), "mb_zugestellt"),
        ("05", (_zustellung("05", "260230"),), "mb_zugestellt"),
        ("05", (_zustellung("08", ""),), "vb_zugestellt"),
        ("18", WIDERSPRUCH, "widerspruch"),
        ("18", WIDERSPRUCH[:1], "widerspruch"),
        ("20", (f"20KS   0012345678{'2026-0042':35}{NUMMER}",), "monierung"),
        ("22", (f"22KS   0007774512{NUMMER}{'':44}{'2026-0042':35}",), "vb_erlassen"),
    ],
)
def test_a_message_without_a_day_proposes_nothing_but_asks(
    art: str, saetze: tuple[str, ...], ereignis: str
) -> None:
    """Service and objection start periods: a day that nobody reported must not be made up."""
    (nachricht,), _ = read_nachrichten(_datei(art, *saetze), "x.eda")
    assert nachricht.vorschlaege == ()
    frage = next(befund for befund in nachricht.befunde if befund.code == "EDA_OHNE_TAG")
    assert f"art: {ereignis}" in frage.abhilfe


def test_the_enforcement_order_is_reported_by_its_own_message() -> None:
    satz = f"22KS   0007774512{NUMMER}{'':44}{'2026-0042':35}2611100000119000"
    kosten = f"22AUSGB00{500:08}{3600:07}{0:04}"
    (nachricht,), _ = read_nachrichten(_datei("22", satz, kosten), "x.eda")
    (vorschlag,) = nachricht.vorschlaege
    assert (vorschlag.art, vorschlag.am) == ("vb_erlassen", dt.date(2026, 11, 10))
    assert "Gerichtsgebühr: 36,00\u00a0€" in format_view(nachricht.saetze)


def test_a_receipt_names_the_files_that_it_is_about() -> None:
    satz = f"90QU   00{'Die Datei ABC021.EDA wurde am 10.11.2026 angenommen: 12 Antraege':116}"
    (nachricht,), _ = read_nachrichten(_datei("90", satz), "x.eda")
    assert nachricht.dateien == ("ABC021",)
    assert nachricht.vorschlaege == nachricht.befunde == ()


# Lengths of eda_nachtrag.md 3 and 4: (key, lengths after position 9, filler included); each record has 128.
BESCHRIEBEN = [
    ("16AG   00", (35, 5, 27, 3, 49)), ("16AGGV 01", (35, 35, 49)), ("16AGGV 02", (35, 5, 27, 3, 49)),
    ("16AGPV 01", (1, 105, 13)), ("16AGPV 02", (35, 5, 27, 3, 49)), ("18AG   00", (35, 5, 27, 3, 49)),
    ("18AGPV 01", (1, 105, 13)), ("18RM   00", (1, 2, 15, 1, 35, 1, 35, 29)),
    ("20KS   00", (8, 35, 11, 11, 11, 11, 11, 6, 6, 2, 7)), ("20MO   00", (3, 20, 2, 2, 1, 1, 1, 1, 35, 53)),
    ("22KS   00", (8, 11, 44, 35, 6, 10, 5)), ("22AUSGB00", (8, 7, 4, 9, 7, 8, 10, 10, 56)),
    ("90QU   00", (116, 3)),
]  # fmt: skip


@pytest.mark.parametrize(("schluessel", "laengen"), BESCHRIEBEN)
def test_messages_are_laid_out_as_described(schluessel: str, laengen: tuple[int, ...]) -> None:
    assert 9 + sum(laengen) == 128
    grenzen = [10 + sum(laengen[:ort]) for ort in range(len(laengen))]
    felder = {feld.von: feld.laenge for feld in NACHRICHTEN[schluessel].felder}
    assert felder.items() <= dict(zip(grenzen, laengen, strict=True)).items()
    assert len(laengen) - len(felder) <= 2


@pytest.mark.parametrize("art", ["03", "05", "16", "18", "20", "22", "90"])
def test_mutants_of_messages_give_findings_only(art: str) -> None:
    """500 files for each kind with bytes changed, lost and doubled: never an exception."""
    zufall = random.Random(art)
    saetze = [key for key in NACHRICHTEN if key.startswith(art)]
    for _ in range(500):
        gewaehlt = zufall.choices(saetze, k=zufall.randrange(1, 5))
        zeilen = [key + "".join(zufall.choices("0123456789 AXäß", k=119)) for key in gewaehlt]
        inhalt = bytearray(_datei(art, *zeilen))
        for _ in range(zufall.randrange(4)):
            inhalt[zufall.randrange(len(inhalt))] = zufall.randrange(256)
        if zufall.random() < 0.2:
            del inhalt[zufall.randrange(len(inhalt)) :]
        nachrichten, befunde = read_nachrichten(bytes(inhalt), "x.eda")
        assert nachrichten or befunde


def test_several_messages_in_one_file_stay_apart() -> None:
    nachrichten, _ = read_nachrichten(_datei("05", _zustellung("05"), _zustellung("09")), "x.eda")
    assert [len(nachricht.vorschlaege) for nachricht in nachrichten] == [1, 0]
    assert nachrichten[1].befunde[0].code == "VB_NICHT_ZUGESTELLT"


def test_an_application_is_no_message() -> None:
    _, befunde = read_nachrichten(_datei("01", "01KS   00"), "x.eda")
    assert [befund.code for befund in befunde] == ["EDA_KEINE_NACHRICHT"]


def test_a_file_cut_off_is_refused() -> None:
    ganz = _datei("05", _zustellung("05"))
    assert read_nachrichten(ganz[:256], "x.eda")[1][0].code == "EDA_RAHMEN"
    assert read_nachrichten(ganz[:300], "x.eda")[1][0].code == "EDA_LAENGE"


# --- Vollstreckungsbescheid -----------------------------------------------------------------------------

ZUGESTELLT = """
ereignisse:
  - am: 01.06.2026
    art: antrag_eingereicht
  - am: 15.06.2026
    art: mb_zugestellt
    geschaeftszeichen: 26-1234567-0-0
"""


def test_the_record_of_the_application_is_laid_out_as_described() -> None:
    antrag = Vollstreckungsbescheidsantrag(
        geschaeftsnummer=NUMMER, geschaeftszeichen="2026-0042", antrag_am=dt.date(2026, 11, 20),
        zahlungen=tuple(Zahlung(dt.date(2026, 7, tag), Decimal("10.50")) for tag in range(1, 8)), kosten_verzinsen=True,
    )  # fmt: skip
    inhalt = write_folgeantraege([antrag], KOPF).decode("cp850")
    zeilen = [inhalt[ort : ort + 128] for ort in range(0, len(inhalt), 128)]
    assert zeilen[0].startswith("AA1234567826112008        4100ABC021")
    assert zeilen[1] == f"08KS   0012345678{NUMMER}{'2026-0042':30}26112021{'':16}{'':35}X{'':7}   "
    assert zeilen[2].startswith("08ZAHL 00" + "".join(f"26070{tag}0000001050" for tag in range(1, 7)))
    assert zeilen[3].startswith("08ZAHL2002607070000001050 ")
    assert zeilen[4].rstrip() == f"BB12345678{1:07}{3:07}{0:07}{0:014}{1234567:015}{0:07}"
    assert "Zahlung 1: Betrag: 10,50\u00a0€" in format_view(view_eda(inhalt.encode("cp850"), "x.eda")[0])


@pytest.mark.parametrize(
    ("aenderung", "satz"),
    [
        ({"geschaeftsnummer": "26-1234567"}, "elf Ziffern"),
        ({"geschaeftszeichen": "x" * 31}, "Platz ist für 30"),
    ],
)
def test_what_does_not_fit_is_refused(aenderung: dict[str, str], satz: str) -> None:
    angaben = {"geschaeftsnummer": NUMMER, "geschaeftszeichen": "2026-0042"} | aenderung
    antrag = Vollstreckungsbescheidsantrag(antrag_am=dt.date(2026, 11, 20), zahlungen=(), **angaben)
    with pytest.raises(Ablehnung, match=satz):
        write_folgeantraege([antrag], KOPF)


def test_more_payments_than_slots_are_refused() -> None:
    zahlungen = tuple(Zahlung(dt.date(2026, 7, 1), Decimal(1)) for _ in range(13))
    antrag = Vollstreckungsbescheidsantrag(
        geschaeftsnummer=NUMMER, geschaeftszeichen="x", antrag_am=dt.date(2026, 11, 20), zahlungen=zahlungen
    )
    with pytest.raises(Ablehnung, match="13 Zahlungen, Platz ist für 12"):
        write_folgeantraege([antrag], KOPF)


@pytest.mark.parametrize(
    ("stichtag", "code"),
    [
        ("2026-06-29", "VB_ZU_FRUEH"),  # two weeks from 15 June end on Monday 29 June
        ("2026-06-30", None),
        ("2026-12-15", None),  # six months end on Tuesday 15 December
        ("2026-12-16", "VB_ZU_SPAET"),
    ],
)
def test_the_window_for_the_application(stichtag: str, code: str | None) -> None:
    (folge,) = derive_folgeantraege(Sachstand(build_fall(ZUGESTELLT), dt.date.fromisoformat(stichtag)))
    assert [befund.code for befund in folge.befunde] == ([code] if code else [])
    assert (folge.antrag is None) == (code is not None)


@pytest.mark.parametrize(("stichtag", "codes"), [("2026-07-15", ["VB_ZU_FRUEH"]), ("2026-07-16", [])])
def test_abroad_the_objection_has_a_month(stichtag: str, codes: list[str]) -> None:
    """§ 32 (3) AVAG: served on 15 June, the month ends on Wednesday, 15 July."""
    fall = build_fall(ZUGESTELLT)
    wien = dataclasses.replace(fall.schuldner[0], staat="AT", plz="1010", ort="Wien")
    fall = dataclasses.replace(fall, schuldner=(wien,))
    (folge,) = derive_folgeantraege(Sachstand(fall, dt.date.fromisoformat(stichtag)))
    assert [befund.code for befund in folge.befunde] == codes


def test_number_and_payments_come_from_the_case() -> None:
    zahlungen = """
zahlungen:
  - am: 20.05.2026
    betrag: 100,00
  - am: 02.07.2026
    betrag: 50,00
  - am: 03.07.2026
    betrag: 20,00
    zurueck_am: 05.07.2026
"""
    (folge,) = derive_folgeantraege(Sachstand(build_fall(ZUGESTELLT + zahlungen), dt.date(2026, 8, 1)))
    assert folge.antrag is not None
    assert folge.antrag.geschaeftsnummer == NUMMER
    # only what came after the application counts, and what was returned does not (§ 699 (1) ZPO)
    assert folge.antrag.zahlungen == (Zahlung(dt.date(2026, 7, 2), Decimal("50.00")),)


@pytest.mark.parametrize(
    ("ereignis", "code"),
    [
        ("widerspruch\n    umfang: ganz", "VB_WIDERSPRUCH"),
        ("insolvenz", "VB_INSOLVENZ"),
        ("insolvenz_angemeldet", "VB_INSOLVENZ"),
        ("verstorben", "VB_VERSTORBEN"),
        ("verstorben\n    bis: 15.07.2026", "VB_VERSTORBEN"),  # accepted, but the heir is not the debtor yet
        ("vb_beantragt", "VB_SCHON_BEANTRAGT"),
    ],
)
def test_what_stops_the_application(ereignis: str, code: str) -> None:
    fall = build_fall(f"{ZUGESTELLT}  - am: 01.07.2026\n    art: {ereignis}\n")
    (folge,) = derive_folgeantraege(Sachstand(fall, dt.date(2026, 8, 1)))
    assert folge.antrag is None
    assert code in [befund.code for befund in folge.befunde]


def test_a_partial_objection_lets_the_rest_go_on() -> None:
    fall = build_fall(
        f"{ZUGESTELLT}  - am: 01.07.2026\n    art: widerspruch\n    umfang: teil\n    betrag: 100,00\n"
    )
    (folge,) = derive_folgeantraege(Sachstand(fall, dt.date(2026, 8, 1)))
    assert folge.antrag is not None
    assert [befund.code for befund in folge.befunde] == ["VB_TEILWIDERSPRUCH"]


def test_payments_after_the_step_that_was_filed_are_declared() -> None:
    """Paid between the application's Stichtag (20 May) and its filing (1 June): not deducted there, so named here."""
    zahlungen = "zahlungen:\n  - am: 20.05.2026\n    betrag: 10,00\n  - am: 25.05.2026\n    betrag: 30,00\n"
    vorgaenge = (build_vorgang(1, "antrag", "2026-05-20"),)
    (folge,) = derive_folgeantraege(
        Sachstand(build_fall(ZUGESTELLT + zahlungen, vorgaenge=vorgaenge), dt.date(2026, 8, 1))
    )
    assert folge.antrag is not None
    assert folge.antrag.zahlungen == (Zahlung(dt.date(2026, 5, 25), Decimal("30.00")),)


def test_without_the_day_of_filing_nobody_knows_which_payments_count() -> None:
    ohne = ZUGESTELLT.replace("  - am: 01.06.2026\n    art: antrag_eingereicht\n", "")
    (folge,) = derive_folgeantraege(Sachstand(build_fall(ohne), dt.date(2026, 8, 1)))
    assert folge.antrag is None
    assert "art: antrag_eingereicht" in folge.befunde[0].abhilfe


def test_service_that_failed_needs_a_new_one_first() -> None:
    nicht = ZUGESTELLT.replace("mb_zugestellt", "mb_nicht_zugestellt")
    (folge,) = derive_folgeantraege(Sachstand(build_fall(nicht), dt.date(2026, 8, 1)))
    assert folge.antrag is None
    assert "Satzart 07" in folge.befunde[0].text
    assert "Portal" in folge.befunde[0].abhilfe


def test_missing_service_and_number_come_with_the_lines_to_add() -> None:
    (folge,) = derive_folgeantraege(Sachstand(build_fall(), dt.date(2026, 8, 1)))
    assert "art: mb_zugestellt" in folge.befunde[0].abhilfe
    ohne = ZUGESTELLT.replace("    geschaeftszeichen: 26-1234567-0-0\n", "")
    (folge,) = derive_folgeantraege(Sachstand(build_fall(ohne), dt.date(2026, 8, 1)))
    assert "geschaeftszeichen:" in folge.befunde[0].abhilfe


BESCHEID = "antrag:\n  vb: {%s}\n"


@pytest.mark.parametrize(
    ("angabe", "verzinst", "partei", "porto", "sonstige", "grund"),
    [
        ("", True, False, None, None, ""),
        (BESCHEID % "kosten_verzinsen: nein", False, False, None, None, ""),
        (BESCHEID % "selbst_zustellen: ja", True, True, None, None, ""),
        (
            BESCHEID % "porto: '4,10', sonstige_kosten: '15,00', sonstige_kosten_grund: Melderegister",
            True, False, Decimal("4.10"), Decimal("15.00"), "Melderegister",
        ),
    ],
)  # fmt: skip
def test_what_is_asked_for_beside_the_order(
    angabe: str, verzinst: bool, partei: bool, porto: Decimal | None, sonstige: Decimal | None, grund: str
) -> None:
    """Interest on the costs is granted on request only (§ 104 (1) sentence 2 ZPO), so it is requested."""
    (folge,) = derive_folgeantraege(Sachstand(build_fall(ZUGESTELLT + angabe), dt.date(2026, 8, 1)))
    antrag = folge.antrag
    assert antrag is not None
    assert (antrag.kosten_verzinsen, antrag.durch_partei) == (verzinst, partei)
    assert (antrag.porto, antrag.sonstige_kosten, antrag.sonstige_kosten_grund) == (porto, sonstige, grund)
    zeile = write_folgeantraege([antrag], KOPF).decode("cp850")[128:256]
    # E01: VBZUM 66, VBPTBET 67-74, VBSKOBET 75-82, VBSKOBG 83-117, KOZIM 118 (formate.md D.7)
    assert zeile[65] == ("2" if partei else "1")
    assert zeile[66:74] == (f"{int(porto * 100):08}" if porto else " " * 8)
    assert zeile[74:82] == (f"{int(sonstige * 100):08}" if sonstige else " " * 8)
    assert zeile[82:117].rstrip() == grund
    assert zeile[117] == ("X" if verzinst else " ")
    assert read_folgedaten(write_folgedaten("max", antrag)) == antrag


ERIKA = "  - {kennung: erika, name: Schuldner, vorname: Erika, strasse: Weg 1, plz: '04109', ort: Leipzig}\n"
GEGEN_BEIDE = ZUGESTELLT.replace("    geschaefts", "    schuldner: max\n    geschaefts") + (
    "  - {am: 15.06.2026, art: mb_zugestellt, schuldner: erika, geschaeftszeichen: 26-1234567-0-1}\n"
)


def joint(angabe: str) -> Fall:
    return build_fall("gesamtschuldner: ja\n" + GEGEN_BEIDE + angabe, schuldner_dazu=ERIKA)


@pytest.mark.parametrize(("gegen", "kosten"), [("max", ["4.10", None]), ("erika", [None, "4.10"])])
def test_of_joint_debtors_only_one_is_asked_for_the_costs(gegen: str, kosten: list[str | None]) -> None:
    angabe = BESCHEID % f"porto: '4,10', kosten_gegen: {gegen}"
    folgen = derive_folgeantraege(Sachstand(joint(angabe), dt.date(2026, 8, 1)))
    assert [folge.antrag and folge.antrag.porto for folge in folgen] == [k and Decimal(k) for k in kosten]


@pytest.mark.parametrize("gegen", ["", ", kosten_gegen: niemand"])
def test_costs_of_joint_debtors_need_a_name(gegen: str) -> None:
    for folge in derive_folgeantraege(
        Sachstand(joint(BESCHEID % f"porto: '4,10'{gegen}"), dt.date(2026, 8, 1))
    ):
        assert folge.antrag is None
        assert "kosten_gegen" in folge.befunde[-1].abhilfe


def test_other_costs_need_their_reason() -> None:
    fall = build_fall(ZUGESTELLT + BESCHEID % "sonstige_kosten: '5,00'")
    (folge,) = derive_folgeantraege(Sachstand(fall, dt.date(2026, 8, 1)))
    assert folge.antrag is None
    assert "sonstige_kosten_grund" in folge.befunde[-1].abhilfe
