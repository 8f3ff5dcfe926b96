"""EDA: tables, strict verifier, separators, readable view, refusals by name."""

import dataclasses
import datetime as dt
import pathlib
from collections.abc import Callable
from decimal import Decimal

import pytest

from mahnakte.antrag import auswahl, modell, xml_read
from mahnakte.antrag.eda.layout import AA, BB, LAENGE, SATZART_01, Satz
from mahnakte.antrag.eda.layout_gericht import FOLGEANTRAG, NACHRICHTEN
from mahnakte.antrag.eda.verify import read_eda, verify_eda
from mahnakte.antrag.eda.view import format_view, view_eda
from mahnakte.antrag.eda.write import find_obstacles, write_eda
from mahnakte.grund.befund import Ablehnung, Befund

KOPF = modell.Dateikopf(
    "12345678", "ABC021", dt.date(2026, 11, 16), software="mahnakte", softwareversion="0.1"
)


@pytest.fixture
def antrag(fixtures: pathlib.Path) -> modell.Mahnantrag:
    gelesen, befunde = xml_read.read_xml(
        (fixtures / "antrag" / "grundfall.xml").read_bytes(), "grundfall.xml"
    )
    assert befunde == ()
    assert gelesen is not None
    return gelesen.antraege[0]


@pytest.fixture
def datei(antrag: modell.Mahnantrag) -> bytes:
    return write_eda([antrag], KOPF)


def _only(befunde: tuple[Befund, ...]) -> Befund:
    assert len(befunde) == 1, [befund.text for befund in befunde]
    return befunde[0]


ALLE: list[Satz] = [AA, BB, *SATZART_01.values(), *NACHRICHTEN.values(), *FOLGEANTRAG.values()]


@pytest.mark.parametrize("satz", ALLE, ids=lambda satz: satz.schluessel)
def test_fields_of_a_record_neither_overlap_nor_leave_it(satz: Satz) -> None:
    stand = len(satz.schluessel)
    for feld in satz.felder:
        assert feld.von - 1 >= stand, feld.name
        stand = feld.von - 1 + feld.laenge
    assert stand <= LAENGE - 2 or satz.schluessel == "08KS   00"
    assert len(satz.schluessel) == (2 if satz in (AA, BB) else 9)


# Field positions that formate.md D.4 names, checked one by one against the table.
STELLEN = [
    ("01KS   00", "TGZ", 10, 35), ("01KS   00", "PVKEZI", 53, 8), ("01KS   00", "MGO", 66, 30),
    ("01KS   00", "AGGMM", 108, 1), ("01KS   00", "ASTRVM", 115, 1), ("01AS   01", "ASN2", 81, 35),
    ("01AS   03", "ASO", 50, 27), ("01ASGV 01", "ASGVN", 45, 35), ("01ASPV 01", "ASPVN", 11, 105),
    ("01ASPV 02", "ASPVO", 85, 27), ("01ASPVA00", "VV2300MBET", 59, 10), ("01ASPVA00", "USTM", 82, 1),
    ("01BANK 00", "BBIC", 45, 11), ("01AG   04", "PGO", 16, 30), ("01ZIAUS00", "AZISATZ", 32, 5),
    ("01ASPK 00", "ASPRNR", 57, 35), ("01ASPK 00", "ASPBET", 104, 10), ("01ASPZM00", "ASPZMSH", 45, 35),
    ("01ASPS 01", "ASPSOBG1", 32, 93), ("01ABT  00", "ABTAL", 83, 3), ("01ZINS 00", "ZIRGBET", 29, 10),
    ("01AUSL 00", "MBSKOBG", 26, 35), ("01MAHNK00", "MAHNKZIM", 22, 1), ("01VV23 00", "VV2300STW", 20, 10),
]  # fmt: skip


@pytest.mark.parametrize(("schluessel", "name", "von", "laenge"), STELLEN)
def test_positions_are_those_of_the_description(schluessel: str, name: str, von: int, laenge: int) -> None:
    feld = next(feld for feld in SATZART_01[schluessel].felder if feld.name == name)
    assert (feld.von, feld.laenge) == (von, laenge)


def test_the_written_file_passes_its_own_verifier(datei: bytes) -> None:
    assert len(datei) == 16 * 128
    assert verify_eda(datei, "ABC021.EDA") == ()
    assert datei[: 2 * 128].decode("cp850").startswith("AA1234567826111601        4000ABC021")
    assert b"\x84" in datei  # ä in code page 850


@pytest.mark.parametrize(
    "trennen",
    [
        b"".join,
        lambda saetze: b"\r\n".join(saetze) + b"\r\n",
        lambda saetze: b"\r".join(saetze) + b"\r",
        lambda saetze: b"".join(satz[:126] + b"\r\n" for satz in saetze),
        lambda saetze: b"\r\n".join(saetze) + b"\r\n\x1a",
    ],
    ids=["ohne", "CR LF", "CR", "CR LF innen", "CR LF und EOF"],
)
def test_every_usual_separator_is_read(datei: bytes, trennen: Callable[[list[bytes]], bytes]) -> None:
    saetze = [datei[ort : ort + 128] for ort in range(0, len(datei), 128)]
    gelesen, befunde = read_eda(trennen(saetze), "x.eda")
    assert befunde == ()
    assert gelesen == read_eda(datei, "x.eda")[0]


def _zeilen(datei: bytes) -> list[bytes]:
    return [datei[ort : ort + 128] for ort in range(0, len(datei), 128)]


def _put(satz: int, stelle: int, inhalt: bytes) -> Callable[[bytes], bytes]:
    def change(datei: bytes) -> bytes:
        ort = (satz - 1) * 128 + stelle - 1
        return datei[:ort] + inhalt + datei[ort + len(inhalt) :]

    return change


def _reorder(*folge: int) -> Callable[[bytes], bytes]:
    def change(datei: bytes) -> bytes:
        zeilen = _zeilen(datei)
        return b"".join(zeilen[nummer - 1] for nummer in folge)

    return change


# Records of the base case: 1 AA, 2 KS, 3 AS01, 4 AS03, 5 ASGV, 6 BANK, 7 AG01, 8 AG03, 9 AG04,
# 10 ASPK, 11 ZINS, 12 ASPK, 13 ZINS, 14 AUSL, 15 MAHNK, 16 BB.
SCHAEDEN: list[tuple[Callable[[bytes], bytes], str, str]] = [
    (lambda datei: datei[:-1], "EDA_LAENGE", "Die Datei ist abgeschnitten: Satz 16, der letzte, hat 127 statt 128 Byte."),
    (lambda datei: datei[: 9 * 128 + 5], "EDA_LAENGE", "Satz 10, der letzte, hat 5 statt 128 Byte."),
    (lambda datei: datei[: 9 * 128], "EDA_SCHLUSS", "Die Datei endet nicht mit dem Satz BB"),
    (lambda datei: b"", "EDA_LEER", "Die Datei ist leer."),
    (lambda datei: datei[128:], "EDA_KOPF", "Die Datei beginnt nicht mit dem Satz AA"),
    (lambda datei: datei.decode("cp850").encode("cp1252"), "EDA_ZEICHEN", "3 Sätze, zuerst Satz 2, enthalten Zeichen, die EDA nicht kennt: „▀“ (U+2580)."),
    (_put(16, 32, b"99999999999999"), "EDA_SUMME", "Summe der Hauptforderungen in Cent: Satz BB nennt 99999999999999"),
    (_put(16, 11, b"0000002"), "EDA_SUMME", "Zahl der Anträge: Satz BB nennt 2, gezählt sind 1."),
    (_put(16, 3, b"87654321"), "EDA_SCHLUSS", "in AA und BB ist nicht dieselbe"),
    (_put(16, 100, b"X"), "EDA_SCHLUSS", "Satz BB hat ab Stelle 100 unbekannten Inhalt"),
    (_put(1, 27, b"3300"), "EDA_KOPF", "im Format 3300"),
    (_put(1, 11, b"260230"), "EDA_FELD", "Feld DATUM ab Stelle 11: „260230“ ist kein Tag"),
    (_put(14, 1, b"01XYZ  00"), "EDA_SATZ_UNBEKANNT", "Satz 14 hat den unbekannten Schlüssel „01XYZ  00“."),
    (_put(14, 1, b"01AG   05"), "EDA_NICHT_BELEGT", "Satz 14 ist C16A (Zustellung nach dem NATO-Truppenstatut)"),
    (_reorder(1, 2, 3, 4, 5, 6, 8, 7, 9, 10, 11, 12, 13, 14, 15, 16), "EDA_REIHENFOLGE", "Satz 7 („01AG   03“"),
    (_reorder(1, 2, 3, 5, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16), "EDA_REIHENFOLGE", "erwartet wird „01AS   03“"),
    (_put(2, 108, b"J"), "EDA_FELD", "Feld AGGMM ab Stelle 108: „J“ ist weder X noch leer."),
    (_put(2, 61, b"     "), "EDA_FELD", "Feld MGPLZ ab Stelle 61: das Feld ist leer."),
    (_put(2, 61, b"70154"), "XML_WERT", "„70154 Staßfurt“"),
    (_put(10, 104, b"   0144000"), "EDA_FELD", "Feld ASPBET ab Stelle 104: „   0144000“ besteht nicht aus 10 Ziffern."),
    (_put(11, 15, b"X"), "EDA_SCHLUESSEL", "Satz 11, Feld ZISAM: der Schlüssel „X“ ist nicht bekannt."),
    (_put(7, 10, b"7"), "EDA_SCHLUESSEL", "Satz 7, Feld AGANR"),
    (_put(7, 11, b"GmbH"), "EDA_VERLUST", "Satz 7 („01AG   01“) lässt sich nicht ohne Verlust übernehmen."),
    (_put(8, 10, b" "), "EDA_FELD", "beginnt mit einem Leerzeichen"),
]  # fmt: skip


@pytest.mark.parametrize(("schaden", "code", "satz"), SCHAEDEN)
def test_damage_is_named_in_one_sentence(
    datei: bytes, schaden: Callable[[bytes], bytes], code: str, satz: str
) -> None:
    befunde = verify_eda(schaden(datei), "ABC021.EDA")
    gemeint = [befund for befund in befunde if befund.code == code]
    assert len(gemeint) == 1, [befund.text for befund in befunde]
    assert satz in gemeint[0].text
    assert gemeint[0].stelle is not None
    assert gemeint[0].stelle.datei == "ABC021.EDA"
    assert read_eda(schaden(datei), "ABC021.EDA")[0] is None


def test_bytes_without_known_meaning_are_kept_and_named(datei: bytes) -> None:
    mit = _put(2, 111, b"XX")(datei)
    gelesen, befunde = read_eda(mit, "x.eda")
    assert _only(befunde).code == "EDA_UNBEKANNTE_STELLE"
    assert gelesen is not None
    assert gelesen.antraege[0].reste == (modell.Rest("01KS   00", 1, 111, "XX"),)
    assert write_eda(gelesen.antraege, KOPF) == mit


@pytest.mark.parametrize("stelle", [10, 108, 129])
def test_unknown_bytes_never_overwrite_a_field(antrag: modell.Mahnantrag, stelle: int) -> None:
    mit = dataclasses.replace(antrag, reste=(modell.Rest("01KS   00", 1, stelle, "X"),))
    with pytest.raises(Ablehnung, match="ist nicht frei"):
        write_eda([mit], KOPF)


def test_unknown_bytes_of_a_missing_record_are_refused(antrag: modell.Mahnantrag) -> None:
    mit = dataclasses.replace(antrag, reste=(modell.Rest("01ABT  00", 1, 100, "X"),))
    with pytest.raises(Ablehnung, match="den der Antrag nicht hat"):
        write_eda([mit], KOPF)


def _neben(art: auswahl.Nebenforderungsart) -> dict[str, object]:
    return {"nebenforderungen": (modell.Nebenforderung(art, Decimal("4.30"), grund="Grund"),)}


KREDIT = modell.Verbraucherdarlehen(dt.date(2025, 1, 2), Decimal("7.500"))
NICHT_BELEGT = [
    (_neben(auswahl.Nebenforderungsart.AUSKUENFTE), "C30"),
    (_neben(auswahl.Nebenforderungsart.BANKRUECKLAST), "C31"),
    (_neben(auswahl.Nebenforderungsart.INKASSO), "C32"),
    (_neben(auswahl.Nebenforderungsart.SONSTIGE), "C34"),
    ({"verfahrensart": auswahl.Verfahrensart.URKUNDEN}, "SWUM"),
    (
        {"bevollmaechtigter": modell.Prozessbevollmaechtigter("07774512", umsatzsteuersatz=Decimal("7.00"))},
        "ASPVMWSTS",
    ),
]


@pytest.mark.parametrize(("aenderung", "satz"), NICHT_BELEGT)
def test_what_is_not_proven_is_refused_by_name(
    antrag: modell.Mahnantrag, aenderung: dict[str, object], satz: str
) -> None:
    anders = dataclasses.replace(antrag, **aenderung)  # type: ignore[arg-type]
    assert satz in _only(find_obstacles(anders)).text
    with pytest.raises(Ablehnung, match=satz):
        write_eda([anders], KOPF)


def test_nato_credit_and_second_number_are_refused_by_name(antrag: modell.Mahnantrag) -> None:
    gegner = dataclasses.replace(antrag.antragsgegner[0], nato_truppenstatut=True)
    erste, zweite = antrag.hauptforderungen
    assert isinstance(zweite.anspruch, modell.Katalogforderung)
    anders = dataclasses.replace(
        antrag,
        antragsgegner=(gegner,),
        hauptforderungen=(
            dataclasses.replace(erste, verbraucherdarlehen=KREDIT),
            dataclasses.replace(zweite, anspruch=dataclasses.replace(zweite.anspruch, zweite_nummer=43)),
        ),
    )
    texte = " ".join(befund.text for befund in find_obstacles(anders))
    assert "C16A" in texte
    assert "C27" in texte
    assert "zweite Katalognummer" in texte


def test_nothing_is_cut_off(antrag: modell.Mahnantrag) -> None:
    lang = dataclasses.replace(antrag, geschaeftszeichen="x" * 36)
    with pytest.raises(Ablehnung, match="hat 36 Zeichen, Platz ist für 35"):
        write_eda([lang], KOPF)


def test_foreign_characters_are_refused(antrag: modell.Mahnantrag) -> None:
    with pytest.raises(Ablehnung, match="„ń“"):
        write_eda([dataclasses.replace(antrag, geschaeftszeichen="Kowalski-ń")], KOPF)


def test_a_reason_cut_at_a_blank_comes_back_whole(antrag: modell.Mahnantrag) -> None:
    for laenge in (92, 93, 94):
        text = "a" * laenge + "  " + "b" * 20
        forderung = modell.Hauptforderung(modell.SonstigerAnspruch(text), Decimal("10.00"))
        anders = dataclasses.replace(antrag, hauptforderungen=(forderung,))
        gelesen, befunde = read_eda(write_eda([anders], KOPF), "x.eda")
        assert befunde == ()
        assert gelesen is not None
        assert gelesen.antraege == (anders,)


def test_the_view_shows_every_record_in_words(datei: bytes) -> None:
    saetze, befunde = view_eda(datei, "x.eda")
    text = format_view(saetze)
    assert befunde == ()
    assert len(saetze) == 16
    assert "Betrag: 1.440,00\u00a0€" in text
    assert "Zinssatz: 5,000\u00a0%" in text
    assert "B (Prozentpunkte über dem Basiszinssatz)" in text
    assert "vom; leer: ab Zustellung: 04.03.2026" in text
    assert "Summe der Hauptforderungen in Cent: 2.630,00\u00a0€" in text


def test_the_view_shows_unknown_records_and_faulty_fields(datei: bytes) -> None:
    kaputt = _put(14, 1, b"01XYZ  00")(_put(10, 92, b"260230")(datei))
    text = format_view(view_eda(kaputt, "x.eda")[0])
    assert "unbekannter Satz" in text
    assert "00000095" in text
    assert "260230   <- „260230“ ist kein Tag" in text


@pytest.mark.parametrize(
    ("inhalt", "satz"),
    [
        (
            b"Sehr geehrte Damen und Herren,\nanbei die Datei.\n" * 5_000,
            "10000 von 10000 Sätzen haben nicht 128 Byte",
        ),
        (b"%PDF-1.7 " * 1_000, "Satz 71, der letzte"),
        (b"BB".ljust(128) * 3, "beginnt nicht mit dem Satz AA"),
        (b"AA".ljust(128), "Feld TKEZI ab Stelle 3: das Feld ist leer"),
    ],
)
def test_what_is_no_eda_file_gets_few_words(inhalt: bytes, satz: str) -> None:
    befunde = verify_eda(inhalt, "x.eda")
    assert satz in befunde[0].text
    assert len(befunde) <= 7


def test_findings_are_counted_only_up_to_a_bound(datei: bytes) -> None:
    zeilen = _zeilen(datei)
    kaputt = zeilen[1].replace(b"39418", b"70154")
    befunde = verify_eda(b"".join([zeilen[0], *[kaputt, *zeilen[2:-1]] * 700, zeilen[-1]]), "x.eda")
    assert befunde[-1].code == "EDA_ABBRUCH"
    assert len(befunde) < 520


def test_many_bytes_of_unknown_meaning_stop_nothing(antrag: modell.Mahnantrag) -> None:
    """A large file of another program may carry them in every application; they are kept, counted, and said."""
    rest = modell.Rest("01KS   00", 1, 111, "X")
    antraege = [dataclasses.replace(antrag, reste=(rest,), herleitung=())] * 510
    gelesen, befunde = read_eda(write_eda(antraege, KOPF), "x.eda")
    assert gelesen is not None
    assert len(gelesen.antraege) == 510
    assert len(befunde) == 501
    assert "noch 10 weitere Stellen" in befunde[-1].text
