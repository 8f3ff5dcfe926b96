"""The application as XML: built, validated, read back; hostile and broken files get one German sentence."""

import pathlib
import re
import time
from decimal import Decimal

import pytest
import xmlschema
from lxml import etree

from mahnakte.antrag import modell, xml_form, xml_read
from mahnakte.antrag.auswahl import Nebenforderungsart
from mahnakte.antrag.modell import Mahnantrag, Nebenforderung
from mahnakte.grund.befund import Befund
from mahnakte.grund.beigaben import beigaben_ordner


@pytest.fixture
def grundfall(fixtures: pathlib.Path) -> bytes:
    return (fixtures / "antrag" / "grundfall.xml").read_bytes()


@pytest.fixture(scope="module")
def zweites_schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(beigaben_ordner("schemas") / "mahnantrag.xsd"))


def _read_one(inhalt: bytes) -> Mahnantrag:
    gelesen, befunde = xml_read.read_xml(inhalt, "antrag.xml")
    assert befunde == ()
    assert gelesen is not None
    return gelesen.antraege[0]


def _change(inhalt: bytes, alt: str, neu: str) -> bytes:
    assert alt.encode() in inhalt
    return inhalt.replace(alt.encode(), neu.encode(), 1)


def _only(befunde: tuple[Befund, ...]) -> Befund:
    assert len(befunde) == 1, [befund.text for befund in befunde]
    return befunde[0]


def test_reading_and_writing_again_gives_the_same_bytes(grundfall: bytes) -> None:
    assert xml_form.write_xml([_read_one(grundfall)]) == grundfall


def test_the_base_case_is_valid_for_two_validators(
    grundfall: bytes, zweites_schema: xmlschema.XMLSchema
) -> None:
    assert xml_read.validate_xml(grundfall, "antrag.xml") == ()
    zweites_schema.validate(etree.fromstring(grundfall))


# Each change breaks one thing; the sentence must name place, value and what is allowed.
FEHLER = [
    ("<plz>01067</plz>", "", "XML_UNERWARTET", 21, "erwartet wird: plz"),
    ("<plz>01067</plz>", "<plz>010671</plz>", "XML_ZU_LANG", 20, "hat 6 Zeichen, erlaubt sind 5"),
    ("<plz>04275</plz>", "<plz>4275</plz>", "XML_FORM", 45, "„4275“; verlangt werden fünf Ziffern"),
    ("<ort>Dresden</ort>", "<ort>Dresdeń</ort>", "XML_ZEICHEN", 21, "„ń“ (U+0144)"),
    ("39418 Staßfurt", "70154 Stuttgart", "XML_WERT", 5, "„70154 Stuttgart“"),
    ("<nummer>11<", "<nummer>47<", "XML_WERT", 52, "„47“"),
    ("1440.00", "1440,00", "XML_ZAHL", 56, "„1440,00“ ist keine Zahl"),
    ("1440.00", "1440.005", "XML_FORM", 56, "„1440.005“; verlangt werden Euro"),
    ("1440.00", "100000000.00", "XML_FORM", 56, "„100000000.00“; verlangt werden Euro"),
    ("1440.00", "-1.00", "XML_FORM", 56, "„-1.00“; verlangt werden Euro"),
    ("2026-02-03", "2026-02-30", "XML_DATUM", 57, "„2026-02-30“ ist kein Datum"),
    ("2026-02-03", "1926-02-03", "XML_BEREICH", 57, "„1926-02-03“"),
    ("<rechtsform>GmbH", '<rechtsform sprache="de">GmbH', "XML_ATTRIBUT", 15, "„sprache“"),
    ("<rechtsform>GmbH</rechtsform>", "<rechtsart>GmbH</rechtsart>", "XML_UNERWARTET", 15, "rechtsart"),
    ("<rechtsform>", "und<rechtsform>", "XML_TEXT", 13, "antragsteller/firma"),
    ("<rechtsform>GmbH</rechtsform>", "<rechtsform/>", "XML_LEER", 15, "ist leer"),
    ("<rechtsform>GmbH", "<rechtsform> GmbH", "XML_RAND", 15, "Leerzeichen"),
    ("<rechtsform>GmbH</rechtsform>", "<rechtsform><b/></rechtsform>", "XML_UNERWARTET", 15, "nur Text"),
    ("Möbelhaus Übersee GmbH", "M" * 36, "XML_ZU_LANG", 16, "hat 36 Zeichen, erlaubt sind 35"),
    ("</anschrift>", "</anschrift><anschrift/>", "XML_UNERWARTET", 22, "anschrift"),
]


@pytest.mark.parametrize(("alt", "neu", "code", "zeile", "satz"), FEHLER)
def test_a_schema_error_becomes_one_german_sentence(
    grundfall: bytes, zweites_schema: xmlschema.XMLSchema,
    alt: str, neu: str, code: str, zeile: int, satz: str,
) -> None:  # fmt: skip
    kaputt = _change(grundfall, alt, neu)
    befund = _only(xml_read.validate_xml(kaputt, "antrag.xml"))
    assert befund.code == code
    assert befund.stelle is not None
    assert (befund.stelle.datei, befund.stelle.zeile) == ("antrag.xml", zeile)
    assert befund.text.startswith("Antrag 1 (2026-0042): ")
    assert satz in befund.text
    assert befund.abhilfe
    assert not re.search(r"urn:|\{|\[!-~|facet|Element '", befund.text + befund.abhilfe)
    assert not zweites_schema.is_valid(etree.fromstring(kaputt))


def test_a_foreign_letter_comes_with_a_proposal(grundfall: bytes) -> None:
    kaputt = _change(grundfall, "Erika Muster", "Érika Łukasz – Müller")
    befund = _only(xml_read.validate_xml(kaputt, "antrag.xml"))
    assert befund.abhilfe == "Vorschlag: „Erika Lukasz - Müller“."


def test_every_faulty_application_of_a_file_is_reported(grundfall: bytes) -> None:
    antrag = grundfall[grundfall.index(b"  <antrag ") : grundfall.index(b"</mahnantraege>")]
    kaputt = antrag.replace(b"<plz>01067</plz>", b"<plz/>").replace(b"2026-0042", b"2026-0043")
    viele = grundfall.replace(b"</mahnantraege>", kaputt + antrag + kaputt + b"</mahnantraege>")
    befunde = xml_read.validate_xml(viele, "viele.xml")
    assert [befund.text.split(":")[0] for befund in befunde] == [
        "Antrag 2 (2026-0043)",
        "Antrag 4 (2026-0043)",
    ]
    zeilen = [befund.stelle.zeile for befund in befunde if befund.stelle]
    quelle = viele.decode().splitlines()
    assert [quelle[zeile - 1].strip() for zeile in zeilen if zeile] == ["<plz/>", "<plz/>"]


BOMBE = (
    '<!DOCTYPE mahnantraege [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]><mahnantraege "
)
FEINDLICH = [
    ("<mahnantraege ", '<!DOCTYPE m SYSTEM "file:///etc/passwd"><mahnantraege ', "XML_DOCTYPE", "DOCTYPE"),
    ("<mahnantraege ", BOMBE, "XML_DOCTYPE", "DOCTYPE"),
    ("<ort>", "<ort>" + "<a>" * 200_000, "XML_TIEFE", "zu tief verschachtelt"),
    ("UTF-8", "ISO-8859-1", "XML_KODIERUNG", "nicht als UTF-8"),
    ("UTF-8", "UTF-7", "XML_KODIERUNG", "nicht als UTF-8"),
    ("</antrag>", "", "XML_AUFBAU", "kein wohlgeformtes XML"),
    ("urn:mahnakte:mahnantrag:1", "urn:mahnakte:mahnantrag:2", "XML_WURZEL", "kein Mahnantrag"),
    ("</antrag>", "</antrag>und", "XML_TEXT", "steht Text"),
    ("</antrag>", "</antrag><anlage/>", "XML_UNERWARTET", "„anlage“"),
    ("<mahnantraege ", '<mahnantraege fassung="2" ', "XML_ATTRIBUT", "unbekanntes Attribut"),
]


@pytest.mark.parametrize(("alt", "neu", "code", "satz"), FEINDLICH)
def test_a_hostile_file_gets_one_sentence_and_no_time(
    grundfall: bytes, alt: str, neu: str, code: str, satz: str
) -> None:
    beginn = time.process_time()
    befund = _only(xml_read.validate_xml(_change(grundfall, alt, neu), "antrag.xml"))
    assert befund.code == code
    assert satz in befund.text
    assert time.process_time() - beginn < 5


@pytest.mark.parametrize(
    "inhalt", [b"", b"   \n", b"PK\x03\x04", "Antrag".encode("utf-16"), b"<a", b"\xff<a/>"]
)
def test_what_is_no_xml_is_said_to_be_none(inhalt: bytes) -> None:
    befund = _only(xml_read.validate_xml(inhalt, "antrag.xml"))
    assert befund.code in {"XML_AUFBAU", "XML_KODIERUNG"}


def test_a_file_cut_anywhere_is_refused(grundfall: bytes) -> None:
    ende = grundfall.index(b"</mahnantraege>") + len(b"</mahnantraege>")
    for laenge in range(1, ende, 37):
        assert xml_read.validate_xml(grundfall[:laenge], "antrag.xml"), laenge


def test_errors_are_counted_only_up_to_a_bound(grundfall: bytes) -> None:
    kopf, rest = grundfall.split(b"  <antrag ", 1)
    kaputt = (b"  <antrag " + rest.split(b"</mahnantraege>")[0]).replace(b"<plz>01067</plz>", b"<plz/>")
    befunde = xml_read.validate_xml(kopf + kaputt * 700 + b"</mahnantraege>", "antrag.xml")
    assert len(befunde) == xml_read.MAX_BEFUNDE + 1
    assert befunde[-1].code == "XML_ABBRUCH"


def test_comments_neither_count_nor_cut_text(grundfall: bytes) -> None:
    mit = _change(
        _change(grundfall, "Dresden", "Dres<!-- Rest -->den"), "  <antrag ", "<?x y?><!-- hier --><antrag "
    )
    assert _read_one(mit) == _read_one(grundfall)


def test_a_number_with_too_many_decimals_is_never_cut() -> None:
    with pytest.raises(ValueError, match="mehr als 2 Nachkommastellen"):
        xml_form.build_element("x", Nebenforderung(Nebenforderungsart.INKASSO, Decimal("1.005")))


def test_schema_and_model_know_the_same_fields() -> None:
    """Every element of the schema is a field of the model and the other way round, in the same order."""
    wurzel = etree.fromstring((beigaben_ordner("schemas") / "mahnantrag.xsd").read_bytes())
    xs = "{http://www.w3.org/2001/XMLSchema}"
    typen = {typ.get("name"): typ for typ in wurzel.iter(f"{xs}complexType") if typ.get("name")}
    anders = {"Antrag": "Mahnantrag", "Bevollmaechtigter": "Prozessbevollmaechtigter"}
    geprueft = 0
    for name, typ in typen.items():
        im_schema = [element.get("name") for element in typ.iter(f"{xs}element")]
        plan = xml_form._plan(getattr(modell, anders.get(name, name)))
        tags = [
            tag
            for zuordnung in plan
            for tag in ((zuordnung.tag,) if zuordnung.tag else zuordnung.satzarten.values())
        ]
        im_modell = [etree.QName(tag).localname for tag in tags]
        assert im_schema == im_modell, name
        geprueft += 1
    assert geprueft >= 20
