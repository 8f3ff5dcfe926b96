"""Buyer of the e-invoice against the debtor: who is the same, who is not, and no false alarm on what exists."""

import pathlib

import pytest

from mahnakte.fall.kaeuferabgleich import Abgleich, compare_kaeufer
from mahnakte.fall.partei import Schuldner
from mahnakte.fall.rechnung import read_rechnung
from mahnakte.fall.rechnung.modell import Rechnungspartei

HIER = ("Messestr. 14", "04356")
DORT = ("Am Anger 3", "99084")


def firma(name: str, rechtsform: str = "GmbH", ort: tuple[str, str] = HIER) -> Schuldner:
    return Schuldner(
        kennung="s",
        art="gesellschaft",
        name=name,
        rechtsform=rechtsform,
        strasse=ort[0],
        plz=ort[1],
        ort="Leipzig",
    )


def person(vorname: str | None, name: str, ort: tuple[str, str] = HIER, art: str = "person") -> Schuldner:
    return Schuldner(
        kennung="s",
        art=art,
        vorname=vorname,
        name=name,
        strasse=ort[0],
        plz=ort[1],
        ort="Leipzig",  # type: ignore[arg-type]
    )


def kaeufer(name: str, ort: tuple[str, str] = HIER, handelsname: str | None = None) -> Rechnungspartei:
    return Rechnungspartei(name=name, handelsname=handelsname, strasse=ort[0], plz=ort[1], ort="Leipzig")


NORD = firma("Kontor Nordlicht")
ERIKA = person("Erika", "Müller")
STIMMT, NAME, ANSCHRIFT, FORM = (
    Abgleich.STIMMT,
    Abgleich.ANDERER_NAME,
    Abgleich.ANDERE_ANSCHRIFT,
    Abgleich.ANDERE_RECHTSFORM,
)

# Hand-made pairs; the outcome was set down before the comparison was written.
PAARE = [
    # companies in other spellings
    (kaeufer("Kontor Nordlicht GmbH"), NORD, STIMMT),
    (kaeufer("KONTOR NORDLICHT GMBH"), NORD, STIMMT),
    (kaeufer("Kontor Nordlicht"), NORD, STIMMT),
    (kaeufer("Kontor-Nordlicht G.m.b.H."), NORD, STIMMT),
    (kaeufer("Kontor Nordlicht Gesellschaft mit beschränkter Haftung"), NORD, STIMMT),
    (kaeufer("Firma Kontor Nordlicht GmbH"), NORD, STIMMT),
    (kaeufer("Kontor Nordlicht GmbH, Buchhaltung"), NORD, STIMMT),
    (kaeufer("Kontor Nordlicht GmbH Niederlassung Leipzig"), NORD, STIMMT),
    (kaeufer("Kontor Nordlicht GmbH c/o Rechnungsdienst Meier KG"), NORD, STIMMT),
    (kaeufer("Kontor Nordlicht GmbH z. Hd. Frau Kluge"), NORD, STIMMT),
    (kaeufer("Nordlicht", handelsname="Kontor Nordlicht GmbH"), NORD, STIMMT),
    (kaeufer("Kontor Nordlicht GmbH"), firma("Kontor Nordlicht GmbH"), STIMMT),
    (kaeufer("Müller & Söhne OHG"), firma("Mueller und Soehne", "OHG"), STIMMT),
    (kaeufer("Muller Sohne OHG"), firma("Müller & Söhne", "OHG"), STIMMT),
    (kaeufer("Müllerbau GmbH"), firma("Müller-Bau"), STIMMT),
    (kaeufer("Gebr. Fuchs KG"), firma("Gebrüder Fuchs", "KG"), STIMMT),
    (kaeufer("Fuchs Handelsgesellschaft mbH"), firma("Fuchs Handels", "GmbH"), STIMMT),
    (kaeufer("Aktiengesellschaft Sonnenhof"), firma("Sonnenhof", "AG"), STIMMT),
    (kaeufer("Bäckerei Korn UG (haftungsbeschränkt)"), firma("Bäckerei Korn", "UG"), STIMMT),
    (kaeufer("Café Zoë GmbH & Co. KG"), firma("Cafe Zoe", "GmbH & Co. KG"), STIMMT),
    (
        kaeufer("WEG Bahnhofstraße 12, vertreten durch Hausblick GmbH"),
        firma("Wohnungseigentümergemeinschaft Bahnhofstr. 12", "WEG"),
        STIMMT,
    ),
    # other companies
    (kaeufer("Hafenkontor Ostsee GmbH"), NORD, NAME),
    (kaeufer("Kontor Nordlicht Verwaltungs GmbH"), NORD, NAME),
    (kaeufer("Kontor Südlicht GmbH"), NORD, NAME),
    (kaeufer("Kontor GmbH"), NORD, NAME),
    (kaeufer("Kunden AG Süd"), firma("Kunden AG Mitte", "AG"), NAME),
    (kaeufer("Jonas Falk"), NORD, NAME),  # the manager, not the company
    (kaeufer("Kontor Nordlicht GmbH", DORT), NORD, ANSCHRIFT),
    (kaeufer("Kontor Nordlicht GmbH & Co. KG"), NORD, FORM),
    (kaeufer("Kontor Nordlicht UG"), NORD, FORM),
    # people in other spellings
    (kaeufer("Erika Müller"), ERIKA, STIMMT),
    (kaeufer("Müller, Erika"), ERIKA, STIMMT),
    (kaeufer("Frau Dr. med. Erika Mueller"), ERIKA, STIMMT),
    (kaeufer("E. Müller"), ERIKA, STIMMT),
    (kaeufer("Erika Maria Müller"), ERIKA, STIMMT),
    (kaeufer("Erika Maria Müller", DORT), ERIKA, ANSCHRIFT),
    (kaeufer("Familie Müller"), ERIKA, STIMMT),
    (kaeufer("Max und Erika Müller"), ERIKA, STIMMT),
    (kaeufer("Anna Müller-Lüdenscheidt"), person("Anna", "Müller Lüdenscheidt"), STIMMT),
    (kaeufer("Jean-Luc Morel"), person("Jean Luc", "Morel"), STIMMT),
    (kaeufer("Łukasz Wójcik"), person("Lukasz", "Wojcik"), STIMMT),
    (kaeufer("Graf Anton von Berg"), person("Anton Graf", "von Berg"), STIMMT),
    (kaeufer("Rechtsanwalt Prof. Dr. Kurt Weiß"), person("Kurt", "Weiss"), STIMMT),
    (kaeufer("Blumen Rose, Inh. Erika Müller"), ERIKA, STIMMT),
    (
        kaeufer("Blumen Rose Inhaberin Erika Müller e. K."),
        person(None, "Blumen Rose", art="einzelfirma"),
        STIMMT,
    ),
    (
        kaeufer("Erika Müller", handelsname="Blumen Rose"),
        person(None, "Blumen Rose", art="einzelfirma"),
        STIMMT,
    ),
    (kaeufer("Erika Müller c/o Hans Klein"), ERIKA, STIMMT),
    # other people
    (kaeufer("Erika Schmidt"), ERIKA, NAME),
    (kaeufer("Hans Müller"), ERIKA, NAME),
    (kaeufer("Hans Müller sen."), person("Hans", "Müller"), NAME),
    (kaeufer("Hans Müller jun."), person("Hans", "Müller sen."), NAME),
    (kaeufer("E. Müller", DORT), ERIKA, NAME),
    (kaeufer("Müller GmbH"), ERIKA, NAME),
    (kaeufer("Erika Müller GmbH"), ERIKA, NAME),
    (kaeufer("Hans Klein c/o Erika Müller"), ERIKA, NAME),
    (kaeufer("Erika Müller", DORT), ERIKA, ANSCHRIFT),
    # addresses
    (kaeufer("Erika Müller", ("Messestraße 14", "99084")), ERIKA, STIMMT),
    (kaeufer("Erika Müller", ("Am Anger 3", "04356")), ERIKA, STIMMT),
    (kaeufer("Erika Müller", ("MESSE-STR. 14", "D-04356")), ERIKA, STIMMT),
    (kaeufer("Erika Müller", ("Postfach 10 11 12", "04001")), ERIKA, STIMMT),
    (Rechnungspartei(name="Erika Müller"), ERIKA, STIMMT),
    (Rechnungspartei(name="Erika Müller", plz="99084"), ERIKA, STIMMT),
    (
        Rechnungspartei(name="Kontor Nordlicht GmbH", strasse="Haus 2", zusatz="Messestr. 14", plz="04350"),
        NORD,
        STIMMT,
    ),
    (Rechnungspartei(), ERIKA, STIMMT),
]


@pytest.mark.parametrize(
    ("partei", "schuldner", "erwartet"), PAARE, ids=lambda wert: str(getattr(wert, "name", ""))[:40]
)
def test_pairs(partei: Rechnungspartei, schuldner: Schuldner, erwartet: Abgleich) -> None:
    assert compare_kaeufer(partei, [schuldner]) is erwartet


def test_one_of_several_debtors_is_enough() -> None:
    max_ = person("Max", "Muster")
    erika = person("Erika", "Beispiel", DORT)
    assert compare_kaeufer(kaeufer("Erika Beispiel", DORT), [max_, erika]) is STIMMT
    assert compare_kaeufer(kaeufer("Max Muster und Erika Beispiel"), [max_, erika]) is STIMMT
    assert compare_kaeufer(kaeufer("Hans Klein"), [max_, erika]) is NAME


def _typed(name: str) -> tuple[str, ...]:
    return name, name.upper(), name.replace("ü", "ue").replace("ö", "oe")


def _debtors(name: str, ort: tuple[str, str]) -> tuple[Schuldner, ...]:
    return firma(name, ort=ort), person(None, name, ort, art="einzelfirma")


def test_no_false_alarm_on_the_public_invoices(shared: pathlib.Path) -> None:
    """A debtor as a clerk takes him over from the invoice: typed with umlauts folded, without or with legal form."""
    parteien = set()
    for datei in sorted((shared / "rechnungen").glob("*/*")):
        rechnung = read_rechnung(datei.read_bytes(), datei.name).rechnung
        if rechnung and rechnung.kaeufer.name:
            parteien.add(rechnung.kaeufer)
    assert len(parteien) >= 30
    falsch = [
        (partei.name, getippt, schuldner.art)
        for partei in parteien
        for getippt in _typed(partei.name or "")
        for schuldner in _debtors(getippt, (partei.strasse or "unbekannt", partei.plz or "00000"))
        if compare_kaeufer(partei, [schuldner]) in (NAME, ANSCHRIFT)
    ]
    assert falsch == []


def test_strangers_among_the_public_invoices_are_told_apart(shared: pathlib.Path) -> None:
    """Each buyer against the debtor of every other: no two of different names pass for one."""
    parteien: dict[str, Rechnungspartei] = {}
    for datei in sorted((shared / "rechnungen").glob("zugferd/*")):
        rechnung = read_rechnung(datei.read_bytes(), datei.name).rechnung
        if rechnung and rechnung.kaeufer.name:
            parteien.setdefault(rechnung.kaeufer.name, rechnung.kaeufer)
    assert len(parteien) >= 10
    verwechselt = [
        (eine.name, andere.name)
        for eine in parteien.values()
        for andere in parteien.values()
        if eine is not andere and compare_kaeufer(eine, [firma(andere.name or "", ort=DORT)]) is not NAME
    ]
    assert verwechselt == []
