"""`mahnakte eda …`: conversions without loss, hostile files in one sentence, the court's reports taken once."""

import datetime as dt
import json
import pathlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal

import pypdfium2
import pytest

from fallbau import FAELLE
from gerichtsbau import EDA, NUMMER, court_file, issued, make_bestand, served, write_fall
from mahnakte.ablage.herkunft import identify
from mahnakte.antrag.eda.folgeantrag import Vollstreckungsbescheidsantrag, Zahlung, write_folgeantraege
from mahnakte.antrag.eda.layout import SATZART_01
from mahnakte.antrag.eda.verify_folge import verify_folgeantraege
from mahnakte.antrag.modell import Dateikopf
from mahnakte.befehle import eda as befehl
from mahnakte.befehle.antrag import prepare_antraege
from mahnakte.befehle.eda import check_eda, eda_to_xml, rebuild_eda, show_eda, xml_to_eda
from mahnakte.befehle.eda_eingereicht import record_eingereicht
from mahnakte.befehle.eda_nachrichten import take_nachrichten
from mahnakte.befehle.pruefen import check_faelle
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.ergebnis import Ergebnis, NichtBegonnen
from mahnakte.werk.laden import Lage

TAG = dt.date(2026, 12, 8)
GRUNDFALL = FAELLE.parent / "antrag" / "grundfall.xml"
KOPF = (
    "<dateikopf><teilnehmer>12345678</teilnehmer><kennung>ABC021</kennung>"
    "<erstellt_am>2026-11-16</erstellt_am></dateikopf>"
)


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1) as werkstatt:
        yield werkstatt


@pytest.fixture
def lage(pool: WorkerPool) -> Lage:
    return Lage(TAG, pool)


@pytest.fixture
def eda(tmp_path: pathlib.Path, lage: Lage) -> pathlib.Path:
    """One application as an EDA file, written from XML with a head."""
    xml = tmp_path / "kopf.xml"
    text = GRUNDFALL.read_text("utf-8")
    xml.write_text(re.sub(r"(<mahnantraege[^>]*>)", rf"\1{KOPF}", text, count=1), "utf-8")
    ergebnis = xml_to_eda(xml, tmp_path / "ABC021.EDA", lage)
    assert ergebnis.exit_code == 0, ergebnis.befunde
    return tmp_path / "ABC021.EDA"


def codes(ergebnis: Ergebnis) -> list[str]:
    return [befund.code for befund in ergebnis.befunde]


# --- there and back ---------------------------------------------------------------------------------------


def test_the_portals_files_come_back_byte_for_byte(
    shared: pathlib.Path, tmp_path: pathlib.Path, lage: Lage
) -> None:
    dateien = sorted((shared / "formate" / "eda").glob("*.eda"))
    assert len(dateien) == 6
    for datei in dateien:
        xml, zurueck = tmp_path / f"{datei.stem}.xml", tmp_path / datei.name
        assert check_eda(datei, lage).exit_code == 0
        assert eda_to_xml(datei, xml, lage).exit_code == 0
        assert xml_to_eda(xml, zurueck, lage).exit_code == 0
        assert zurueck.read_bytes() == datei.read_bytes(), datei.name


def test_xml_without_a_head_needs_number_and_settings(tmp_path: pathlib.Path, lage: Lage) -> None:
    ziel = tmp_path / "x.eda"
    ohne = xml_to_eda(GRUNDFALL, ziel, lage)
    assert codes(ohne) == ["EDA_KOPF_FEHLT"]
    assert ohne.exit_code == 3
    assert not ziel.exists()
    einstellungen = tmp_path / "mahnakte.yaml"
    einstellungen.write_text((FAELLE / "mahnakte.yaml").read_text("utf-8") + EDA, "utf-8")
    mit = xml_to_eda(GRUNDFALL, ziel, Lage(TAG, lage.werkstatt, einstellungen), nummer=7)
    assert mit.exit_code == 0, mit.befunde
    assert ziel.read_bytes().startswith(b"AA1234567826120801        4000ABC007")


def test_an_output_that_stands_is_left_alone(tmp_path: pathlib.Path, eda: pathlib.Path, lage: Lage) -> None:
    ziel = tmp_path / "da.xml"
    ziel.write_text("meins", "utf-8")
    with pytest.raises(NichtBegonnen, match="gibt es schon"):
        eda_to_xml(eda, ziel, lage)
    assert ziel.read_text("utf-8") == "meins"
    assert eda_to_xml(eda, ziel, lage, ersetzen=True).exit_code == 0
    assert ziel.read_bytes().startswith(b"<?xml")


# --- looking ------------------------------------------------------------------------------------------------


def test_every_record_is_shown(eda: pathlib.Path, lage: Lage) -> None:
    ergebnis = show_eda(eda, lage)
    assert [satz["schluessel"] for satz in ergebnis.daten["saetze"]][:3] == ["AA", "01KS   00", "01AS   01"]
    text = "\n".join(ergebnis.zeilen)
    for wert in ("Kennung der Datei: ABC021", "Mahngericht: Ort: Staßfurt", "Betrag: 1.440,00\u00a0€"):
        assert wert in text


def test_the_view_as_pdf(
    tmp_path: pathlib.Path, eda: pathlib.Path, lage: Lage, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = tmp_path / "sicht.pdf"
    assert show_eda(eda, lage, pdf).zeilen == (f"Geschrieben: {pdf}",)
    text = "".join(seite.get_textpage().get_text_range() for seite in pypdfium2.PdfDocument(pdf))
    assert "EDA-Datei ABC021.EDA" in text
    assert "Staßfurt" in text
    monkeypatch.setattr(befehl, "MAX_SAETZE_PDF", 3)
    zu_lang = show_eda(eda, lage, tmp_path / "lang.pdf")
    assert codes(zu_lang) == ["EDA_PDF_ZU_LANG"]
    assert not (tmp_path / "lang.pdf").exists()


def test_what_a_court_would_object_to_is_asked_for(eda: pathlib.Path, lage: Lage) -> None:
    assert check_eda(eda, lage).befunde == ()
    assert "MAHNGERICHT_UNGEPRUEFT" in codes(check_eda(eda, lage, regeln=True))


# --- hostile files: one sentence each, nothing written --------------------------------------------------------


def _zeilen(inhalt: bytes) -> list[bytes]:
    return [inhalt[ort : ort + 128] for ort in range(0, len(inhalt), 128)]


def _unknown_record(inhalt: bytes) -> bytes:
    zeilen = _zeilen(inhalt)
    zeilen[8] = b"01QQQ  01".ljust(128)
    return b"".join(zeilen)


BOESE: list[tuple[str, Callable[[bytes], bytes], str, str]] = [
    (
        "Länge",
        lambda d: d[:300] + d[301:],
        "EDA_LAENGE",
        "abgeschnitten: Satz 16, der letzte, hat 127 statt 128 Byte",
    ),
    (
        "Summe",
        lambda d: d[:-128] + d[-128:].replace(b"263000", b"263001"),
        "EDA_SUMME",
        "nennt 263001, gezählt sind 263000",
    ),
    ("Satz", _unknown_record, "EDA_SATZ_UNBEKANNT", "unbekannten Schlüssel „01QQQ  01“"),
    ("UTF-8", lambda d: d.decode("cp850").encode(), "EDA_ZEICHEN", "Zeichen, die EDA nicht kennt"),
    ("Latin-1", lambda d: d.decode("cp850").encode("latin-1"), "EDA_ZEICHEN", "Zeichen, die EDA nicht kennt"),
    (
        "mitten im Satz",
        lambda d: d[:700],
        "EDA_LAENGE",
        "abgeschnitten: Satz 6, der letzte, hat 60 statt 128 Byte",
    ),
    ("nach einem Satz", lambda d: d[: 128 * 6], "EDA_SCHLUSS", "endet nicht mit dem Satz BB"),
    ("leer", lambda _: b"", "EDA_LEER", "leer"),
    ("ein PDF", lambda _: b"%PDF-1.7 " * 100, "EDA_LAENGE", "abgeschnitten"),
    ("Nullbytes", lambda _: b"\0" * 1280, "EDA_ZEICHEN", "U+0000"),
]


@pytest.mark.parametrize(("was", "aendern", "code", "satz"), BOESE, ids=[einer[0] for einer in BOESE])
def test_a_broken_eda_file_gets_one_sentence(
    tmp_path: pathlib.Path,
    eda: pathlib.Path,
    lage: Lage,
    was: str,
    aendern: Callable[[bytes], bytes],
    code: str,
    satz: str,
) -> None:
    datei, ziel = tmp_path / "kaputt.eda", tmp_path / "nie.xml"
    datei.write_bytes(aendern(eda.read_bytes()))
    lesbar = was in ("Satz", "Summe", "nach einem Satz")  # its records can be shown: refused, not unreadable
    for ergebnis, rueckgabe in (
        (check_eda(datei, lage), 3 if lesbar else 2),
        (eda_to_xml(datei, ziel, lage), 2),
    ):
        assert ergebnis.exit_code == rueckgabe
        treffer = [befund.text for befund in ergebnis.befunde if befund.code == code]
        assert len(treffer) == 1, ergebnis.befunde
        assert satz in treffer[0]
        if was not in ("Satz", "Summe"):  # those leave the rest of the file to be checked
            assert len(ergebnis.befunde) == 1, ergebnis.befunde
    assert not ziel.exists()


LACHER = '<!DOCTYPE l [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10)
) + "]><mahnantraege>&a9;</mahnantraege>"  # fmt: skip


@pytest.mark.parametrize(
    ("inhalt", "code"),
    [
        (GRUNDFALL.read_text("utf-8").replace("<mahnantraege", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><mahnantraege', 1),
         "XML_DOCTYPE"),
        (LACHER, "XML_DOCTYPE"),
        ("<a>" * 200_000 + "</a>" * 200_000, "XML_TIEFE"),
        ("<rechnung/>", "XML_WURZEL"),
        ("kein XML", "XML_AUFBAU"),
    ],
    ids=["DOCTYPE", "Lacher", "Tiefe", "fremd", "Text"],
)  # fmt: skip
def test_hostile_xml_gets_one_sentence(tmp_path: pathlib.Path, lage: Lage, inhalt: str, code: str) -> None:
    datei, ziel = tmp_path / "x.xml", tmp_path / "nie.eda"
    datei.write_text(inhalt, "utf-8")
    ergebnis = xml_to_eda(datei, ziel, lage)
    assert ergebnis.exit_code == 2
    assert codes(ergebnis)[0] == code
    assert len(ergebnis.befunde) <= 2
    assert not ziel.exists()


def test_control_characters_never_reach_the_screen(
    tmp_path: pathlib.Path, eda: pathlib.Path, lage: Lage
) -> None:
    datei = tmp_path / "esc.eda"
    inhalt = eda.read_bytes()
    datei.write_bytes(inhalt[:200] + b"\x1b[31m" + inhalt[205:1033] + b"\x1b\x07" + inhalt[1035:])
    ergebnis = show_eda(datei, lage)
    assert ergebnis.exit_code == 2
    assert "\x1b" not in json.dumps(ergebnis.as_json(), ensure_ascii=False)
    assert "\x1b" not in "".join(ergebnis.zeilen)


def test_a_missing_file_could_not_start(tmp_path: pathlib.Path, lage: Lage) -> None:
    for call in (show_eda, check_eda):
        with pytest.raises(NichtBegonnen):
            call(tmp_path / "fehlt.eda", lage)


@pytest.mark.parametrize(
    ("angaben", "rueckgabe"),
    [
        (("pruefen", "gut.eda"), 0),
        (("zeigen", "fehlt.eda"), 2),
        (("lesen", "gut.eda", "--ziel", "gut.eda"), 2),
        (("lesen", "schlecht.eda", "--ziel", "nie.xml"), 2),
        (("nachrichten", "gut.eda", "."), 3),
        (("aufbauen", "nirgends", "--ziel", "nie.eda"), 3),
        (("eingereicht", "nirgends"), 2),
    ],
)
def test_exit_codes_and_one_document(
    tmp_path: pathlib.Path, eda: pathlib.Path, angaben: tuple[str, ...], rueckgabe: int
) -> None:
    (tmp_path / "gut.eda").write_bytes(eda.read_bytes())
    (tmp_path / "schlecht.eda").write_bytes(eda.read_bytes()[:-1])
    ergebnis = subprocess.run(
        [sys.executable, "-P", "-m", "mahnakte", "eda", *angaben, "--json"],
        capture_output=True, text=True, encoding="utf-8", timeout=60, check=False, cwd=tmp_path,
        env={"PATH": "", "PYTHONPATH": str(FAELLE.parents[1] / "src"), "SYSTEMROOT": ""},
    )  # fmt: skip
    assert ergebnis.returncode == rueckgabe, ergebnis.stdout + ergebnis.stderr
    assert isinstance(json.loads(ergebnis.stdout)["befunde"], list)
    assert not list(tmp_path.glob("nie.*"))


# --- applications for the Vollstreckungsbescheid are checked as strictly --------------------------------------

FOLGE = write_folgeantraege(
    [
        Vollstreckungsbescheidsantrag(
            geschaeftsnummer=NUMMER,
            geschaeftszeichen="2026-0042",
            antrag_am=dt.date(2026, 12, 20),
            zahlungen=tuple(Zahlung(dt.date(2026, 12, tag), Decimal("10.50")) for tag in range(1, 8)),
        )
    ],
    Dateikopf("12345678", "ABC021", dt.date(2026, 12, 20)),
)


def _put(satz: int, stelle: int, text: bytes) -> Callable[[bytes], bytes]:
    ort = (satz - 1) * 128 + stelle - 1
    return lambda inhalt: inhalt[:ort] + text + inhalt[ort + len(text) :]


def _order(*folge: int) -> Callable[[bytes], bytes]:
    return lambda inhalt: b"".join(_zeilen(inhalt)[nummer - 1] for nummer in folge)


# records: 1 AA, 2 KS, 3 ZAHL, 4 ZAHL2, 5 BB
FOLGEFEHLER = [
    (_put(1, 17, b"01"), "EDA_KOPF"),
    (_put(1, 27, b"4000"), "EDA_KOPF"),
    (_put(2, 18, b"A"), "EDA_FELD"),
    (_put(2, 18, b" " * 11), "EDA_FELD"),
    (_put(2, 65, b"1"), "EDA_FELD"),  # VBZAM says that there are no payments
    (_put(2, 128, b"X"), "EDA_UNBEKANNTE_STELLE"),
    (_put(3, 10, b"261399"), "EDA_FELD"),
    (_put(3, 5, b"X"), "EDA_SATZ_UNBEKANNT"),
    (_put(5, 17, b"2"), "EDA_SUMME"),  # applications
    (_put(5, 24, b"9"), "EDA_SUMME"),  # records
    (_put(5, 60, b"9"), "EDA_SUMME"),  # serial numbers
    (_put(5, 10, b"9"), "EDA_SCHLUSS"),
    (_order(1, 2, 4, 3, 5), "EDA_REIHENFOLGE"),
    (_order(1, 3, 2, 4, 5), "EDA_REIHENFOLGE"),
    (_order(1, 2, 3, 4), "EDA_SCHLUSS"),
    (lambda inhalt: inhalt[:-1], "EDA_LAENGE"),
]


@pytest.mark.parametrize(("aendern", "code"), FOLGEFEHLER)
def test_faults_in_a_follow_up_are_found(aendern: Callable[[bytes], bytes], code: str) -> None:
    assert verify_folgeantraege(FOLGE, "x.eda") == ()
    assert code in [befund.code for befund in verify_folgeantraege(aendern(FOLGE), "x.eda")]


def test_any_changed_byte_of_a_follow_up_that_matters_is_found() -> None:
    """Numbers of payments and amounts have no sum in BB: only those bytes may change unseen."""
    unbemerkt = set()
    for ort in range(len(FOLGE)):
        neu = bytes([0x37 if FOLGE[ort] != 0x37 else 0x41])
        if not verify_folgeantraege(FOLGE[:ort] + neu + FOLGE[ort + 1 :], "x.eda"):
            unbemerkt.add(ort)
    felder = {
        *range(2, 16), *range(18, 26), *range(30, 36), *range(55, 85),  # AA: who, when, which file
        *range(128 + 9, 256), *range(256 + 9, 384), *range(384 + 9, 512),  # KS and payments
    }  # fmt: skip
    assert unbemerkt <= felder
    assert not unbemerkt & {*range(128 + 19, 128 + 26)}  # the serial number, whose sum stands in BB


# --- the court's reports ----------------------------------------------------------------------------------------


@pytest.fixture
def bestand(tmp_path: pathlib.Path) -> pathlib.Path:
    return make_bestand(tmp_path / "b", "2026-0042", "2026-0043")


def take(bestand: pathlib.Path, lage: Lage, inhalt: bytes, uebernehmen: bool = True) -> Ergebnis:
    datei = bestand.parent / "gericht.eda"
    datei.write_bytes(inhalt)
    return take_nachrichten(datei, [bestand], lage, identify("test") if uebernehmen else None)


def steps(bestand: pathlib.Path) -> list[dict[str, object]]:
    return [
        json.loads(pfad.read_text("utf-8")) for pfad in sorted(bestand.glob("*/vorgaenge/*/eintrag.json"))
    ]


def test_a_report_is_shown_as_lines_and_nothing_is_written(bestand: pathlib.Path, lage: Lage) -> None:
    ergebnis = take(bestand, lage, court_file("05", served("2026-0042")), uebernehmen=False)
    assert ergebnis.exit_code == 0, ergebnis.befunde
    assert ergebnis.zeilen[1:6] == (
        "ereignisse:", "  - am: 2026-12-01", "    art: mb_zugestellt", "    geschaeftszeichen: 26-1234567-0-0",
        "Übernehmen: derselbe Befehl mit --uebernehmen",
    )  # fmt: skip
    assert steps(bestand) == []


def test_what_is_accepted_counts_once(bestand: pathlib.Path, lage: Lage) -> None:
    datei = court_file("05", served("2026-0042"), served("2026-0043", nummer="26123456800"))
    vorher = (bestand / "2026-0042/fall.yaml").read_bytes()
    ergebnis = take(bestand, lage, datei)
    assert [eintrag["nr"] for eintrag in ergebnis.daten["nachrichten"]] == [[1], [1]]
    assert (bestand / "2026-0042/fall.yaml").read_bytes() == vorher
    erster = steps(bestand)[0]
    assert erster["art"] == "nachtrag"
    assert erster["daten"] == {
        "ereignisse": [
            {
                "am": "2026-12-01",
                "art": "mb_zugestellt",
                "geschaeftszeichen": "26-1234567-0-0",
                "beleg": "vorgaenge/0001/2026-12-08_gerichtsnachricht.pdf",
            }
        ],
        "schluessel": f"gericht:{NUMMER}:mb_zugestellt:2026-12-01",
    }
    # only this case's records, nobody else's
    blatt = pypdfium2.PdfDocument(bestand / "2026-0042/vorgaenge/0001/2026-12-08_gerichtsnachricht.pdf")
    seite = blatt[0].get_textpage().get_text_range()
    assert "2026-0042" in seite
    assert "2026-0043" not in seite
    # the same file, and the same report in another file: nothing new
    for inhalt in (datei, court_file("05", served("2026-0042"), am="261208")):
        assert "NACHRICHT_BEKANNT" in codes(take(bestand, lage, inhalt))
    assert len(steps(bestand)) == 2
    assert check_faelle([bestand], lage).exit_code == 0


def test_the_report_counts_for_what_follows(bestand: pathlib.Path, lage: Lage, pool: WorkerPool) -> None:
    write_fall(bestand / "2026-0042", "ereignisse:\n  - am: 16.11.2026\n    art: antrag_eingereicht\n")
    take(bestand, lage, court_file("05", served("2026-0042")))
    spaeter = Lage(dt.date(2026, 12, 16), pool)
    ergebnis = prepare_antraege([bestand / "2026-0042"], "vollstreckungsbescheid", spaeter, identify("test"))
    assert ergebnis.daten["antraege"][0]["neu"] is True, ergebnis.befunde


def test_unknown_records_are_shown_whole(bestand: pathlib.Path, lage: Lage) -> None:
    datei = court_file("05", served("2026-0042"), "05XYZ  01Mitteilung ohne Satzbeschreibung")
    ergebnis = take(bestand, lage, datei)
    assert ergebnis.exit_code == 1
    assert "EDA_SATZ_UNBEKANNT" in codes(ergebnis)
    assert any("Mitteilung ohne Satzbeschreibung" in zeile for zeile in ergebnis.zeilen)
    assert len(steps(bestand)) == 1  # what is known was taken all the same


@pytest.mark.parametrize(
    ("satz", "code"),
    [
        (served("2099-0001"), "NACHRICHT_OHNE_FALL"),
        (served(""), "NACHRICHT_OHNE_FALL"),
        (served("2026-0042", "261209"), "NACHRICHT_NACH_STICHTAG"),
        ("20KS   00etwas Neues", "NACHRICHT_OHNE_FALL"),
    ],
)
def test_what_cannot_be_taken_is_named_and_shown(
    bestand: pathlib.Path, lage: Lage, satz: str, code: str
) -> None:
    ergebnis = take(bestand, lage, court_file(satz[:2], satz))
    assert ergebnis.exit_code == 1
    assert code in codes(ergebnis)
    assert any("KS   00" in zeile for zeile in ergebnis.zeilen)
    assert steps(bestand) == []


def test_another_day_than_the_case_has_is_for_a_person(bestand: pathlib.Path, lage: Lage) -> None:
    write_fall(bestand / "2026-0042", "ereignisse:\n  - am: 30.11.2026\n    art: mb_zugestellt\n")
    ergebnis = take(bestand, lage, court_file("05", served("2026-0042")))
    assert codes(ergebnis) == ["NACHRICHT_WIDERSPRICHT"]
    assert "30.11.2026" in ergebnis.befunde[0].text
    assert steps(bestand) == []


def test_service_that_failed_says_how_to_go_on(bestand: pathlib.Path, lage: Lage) -> None:
    datei = court_file("05", served("2026-0042", "", nam="06"), f"05NZUG 01  {'unbekannt verzogen':90}")
    ergebnis = take(bestand, lage, datei)
    assert ergebnis.daten["nachrichten"][0]["ereignisse"][0]["grund"] == "unbekannt verzogen"
    befund = next(befund for befund in ergebnis.befunde if befund.code == "NEUZUSTELLUNG_NOETIG")
    assert "Satzart 07" in befund.text
    assert "Portal" in befund.abhilfe


ZWEI = """  - kennung: erika
    art: person
    anrede: Frau
    vorname: Erika
    name: Schuldner
    strasse: Bahnhofstr. 12
    plz: 04109
    ort: Leipzig
    verbraucher: ja
gesamtschuldner: ja
"""


def test_with_two_debtors_the_name_or_an_earlier_number_decides(bestand: pathlib.Path, lage: Lage) -> None:
    fall = bestand / "2026-0042" / "fall.yaml"
    fall.write_text(fall.read_text("utf-8").replace("anspruch:\n", ZWEI + "anspruch:\n"), "utf-8")
    ohne = take(bestand, lage, court_file("03", issued("2026-0042", "261125", NUMMER, "26123456800")))
    assert codes(ohne) == ["NACHRICHT_NUMMERN"]
    (erlass,) = steps(bestand)
    assert [e["art"] for e in erlass["daten"]["ereignisse"]] == ["mb_erlassen"]  # type: ignore[index]
    assert "schuldner" not in erlass["daten"]["ereignisse"][0]  # type: ignore[index]
    wieder = take(
        bestand, lage, court_file("03", issued("2026-0042", "261125", NUMMER, "26123456800"), am="261208")
    )
    assert codes(wieder) == ["NACHRICHT_BEKANNT"]
    einer = take(bestand, lage, court_file("03", issued("2026-0042", "261126", NUMMER)))
    assert codes(einer) == ["NACHRICHT_SCHULDNER"]  # one number for two debtors: whose order it is stays open
    name = f"05AG   01{'':5}{'ERIKA':35}{'Schuldner':35}"
    take(bestand, lage, court_file("05", served("2026-0042", "", "06", "26123456800"), name))
    take(bestand, lage, court_file("05", served("2026-0042", "261205", "05", "26123456800")))
    ereignisse = [ereignis for schritt in steps(bestand) for ereignis in schritt["daten"]["ereignisse"]]  # type: ignore[index]
    assert [(e["art"], e["schuldner"]) for e in ereignisse[1:]] == [
        ("mb_nicht_zugestellt", "erika"),
        ("mb_zugestellt", "erika"),
    ]


def test_an_objection_counts_as_whole_until_a_person_says_less(bestand: pathlib.Path, lage: Lage) -> None:
    kopf = f"18KS   0007774512{NUMMER}{'2026-0042':35}{'':35}{119000:011}{33650:09}{0:06} "
    inhalt = f"18WIPG 001  {119000:010}{'':8} {0:010}104275{'Leipzig':30}261202"
    ergebnis = take(bestand, lage, court_file("18", kopf, inhalt))
    assert ergebnis.daten["nachrichten"][0]["ereignisse"][0]["art"] == "widerspruch"
    assert "WIDERSPRUCH_UMFANG" in codes(ergebnis)


def objection(betrag: int) -> bytes:
    kopf = f"18KS   0007774512{NUMMER}{'2026-0042':35}{'':35}{betrag:011}{33650:09}{0:06} "
    inhalt = f"18WIPG 001  {betrag:010}{'':8} {0:010}104275{'Leipzig':30}261202"
    return court_file("18", kopf, inhalt)


@pytest.mark.parametrize(
    ("betrag", "umfang"), [(40_000, "teil"), (118_999, "teil"), (119_000, None), (200_000, None)]
)
def test_a_partial_objection_is_recognised_by_its_sum(
    bestand: pathlib.Path, lage: Lage, betrag: int, umfang: str | None
) -> None:
    """The case demands 1.190,00 €."""
    ergebnis = take(bestand, lage, objection(betrag))
    ereignis = ergebnis.daten["nachrichten"][0]["ereignisse"][0]
    assert ereignis.get("umfang") == umfang
    assert ("WIDERSPRUCH_TEIL" in codes(ergebnis)) == (umfang is not None)
    assert len(steps(bestand)) == 1, ergebnis.befunde


@pytest.mark.parametrize(
    ("feld", "inhalt", "schluessel"),
    [
        ("AGPLZ", "04109", "plz"), ("AGN2", "Schuldner", "name"), ("PGO", "", "ort"), ("ASPBET", "", "betrag"),
        ("ASPRNR", "", "nummer"), ("VGLM1", "", "gegenleistung"), ("TGZ", "", "aktenzeichen"), ("BIBAN", "", "iban"),
    ],
)  # fmt: skip
def test_a_monierung_points_to_the_line_that_caused_it(
    bestand: pathlib.Path, lage: Lage, feld: str, inhalt: str, schluessel: str
) -> None:
    kopf = f"20KS   0012345678{'2026-0042':35}{NUMMER}{'':44}26120226120101"
    ergebnis = take(bestand, lage, court_file("20", kopf, f"20MO   00123{feld:20}{'':8}{inhalt:35}"), False)
    befund = next(befund for befund in ergebnis.befunde if befund.code == "MONIERUNG_FELD")
    assert befund.stelle is not None
    assert befund.stelle.zeile is not None
    name = pathlib.Path(befund.stelle.datei).name
    ordner = bestand / "2026-0042" if name == "fall.yaml" else bestand
    zeile = (ordner / name).read_text("utf-8").splitlines()[befund.stelle.zeile - 1]
    assert zeile.strip().removeprefix("- ").startswith(f"{schluessel}:")


def test_every_field_of_a_monierung_is_named(bestand: pathlib.Path, lage: Lage) -> None:
    felder = [feld.name for satz in SATZART_01.values() for feld in satz.felder]
    kopf = f"20KS   0012345678{'2026-0042':35}{NUMMER}{'':44}26120226120101"
    saetze = [f"20MO   00123{feld:20}{'':43}" for feld in (*felder, "UNSINN", "")]
    ergebnis = take(bestand, lage, court_file("20", kopf, *saetze), False)
    texte = " ".join(befund.text for befund in ergebnis.befunde if befund.code == "MONIERUNG_FELD")
    assert all(f"Feld {feld} (" in texte for feld in (*felder, "UNSINN"))


def test_a_receipt_is_ticked_off_against_the_files_sent(bestand: pathlib.Path, lage: Lage) -> None:
    prepare_antraege([bestand / "2026-0042"], "mahnbescheid", lage, identify("test"))
    (datei,) = (bestand / "antraege").iterdir()
    quittung = court_file("90", f"90QU   00Datei {datei.name}.EDA angenommen")
    gezeigt = take(bestand, lage, quittung, uebernehmen=False)
    assert f"Noch ohne Empfangsbestätigung: {datei.name}.EDA" in gezeigt.zeilen
    assert not (datei / f"{datei.name}QU.EDA").exists()
    ergebnis = take(bestand, lage, quittung)
    assert ergebnis.exit_code == 0, ergebnis.befunde
    assert (datei / f"{datei.name}QU.EDA").read_bytes() == quittung
    assert "war schon abgehakt" in take(bestand, lage, quittung).zeilen[0]
    fremd = take(bestand, lage, court_file("90", "90QU   00Datei XYZ001.EDA angenommen"))
    assert codes(fremd) == ["QUITTUNG_OHNE_DATEI"]


def test_nothing_is_added_before_a_later_step(bestand: pathlib.Path, lage: Lage, pool: WorkerPool) -> None:
    take(bestand, lage, court_file("05", served("2026-0042")))
    frueher = take(bestand, Lage(dt.date(2026, 12, 7), pool), court_file("03", issued("2026-0042")))
    assert "STICHTAG_ZU_FRUEH" in codes(frueher)
    assert frueher.exit_code == 3


# --- filed ---------------------------------------------------------------------------------------------------------


def test_each_case_of_a_file_learns_that_it_was_filed(bestand: pathlib.Path, pool: WorkerPool) -> None:
    antrag = Lage(dt.date(2026, 11, 16), pool)
    ordner = bestand / "antraege" / "ABC001"
    prepare_antraege([bestand / "2026-0042", bestand / "2026-0043"], "mahnbescheid", antrag, identify("test"))
    spaeter = Lage(dt.date(2026, 11, 20), pool)
    ergebnis = record_eingereicht(ordner, dt.date(2026, 11, 18), spaeter, identify("test"))
    assert ergebnis.exit_code == 0, ergebnis.befunde
    assert [fall["nr"] for fall in ergebnis.daten["faelle"]] == [2, 2]
    assert steps(bestand)[1]["daten"]["ereignisse"] == [  # type: ignore[index]
        {
            "am": "2026-11-18",
            "art": "antrag_eingereicht",
            "gericht": "Amtsgericht Aschersleben",
            "vorgang": "1",
        }
    ]
    noch_einmal = record_eingereicht(ordner, dt.date(2026, 11, 18), spaeter, identify("test"))
    assert [fall["nr"] for fall in noch_einmal.daten["faelle"]] == [None, None]
    nichts = prepare_antraege([bestand / "2026-0042"], "mahnbescheid", spaeter, identify("test"), erneut="x")
    assert "ANTRAG_BEI_GERICHT" in codes(nichts)
    # a follow-up of this court finds the Land whose holidays count (§ 222 (2) ZPO)
    assert check_faelle([bestand], spaeter).exit_code == 0


def test_filed_on_a_day_before_the_application_is_refused(bestand: pathlib.Path, pool: WorkerPool) -> None:
    antrag = Lage(dt.date(2026, 11, 16), pool)
    prepare_antraege([bestand / "2026-0042"], "mahnbescheid", antrag, identify("test"))
    ordner = bestand / "antraege" / "ABC001"
    ergebnis = record_eingereicht(ordner, dt.date(2026, 11, 10), antrag, identify("test"))
    assert codes(ergebnis) == ["EINGEREICHT_OHNE_VORGANG"]
    with pytest.raises(NichtBegonnen, match="nach dem Stichtag"):
        record_eingereicht(ordner, dt.date(2026, 11, 17), antrag, identify("test"))


def test_a_file_made_again_is_the_same(bestand: pathlib.Path, pool: WorkerPool) -> None:
    antrag = Lage(dt.date(2026, 11, 16), pool)
    prepare_antraege([bestand / "2026-0042"], "mahnbescheid", antrag, identify("test"))
    ordner, ziel = bestand / "antraege" / "ABC001", bestand.parent / "neu.eda"
    assert rebuild_eda(ordner, ziel).exit_code == 0
    assert ziel.read_bytes() == (ordner / "ABC001.EDA").read_bytes()
