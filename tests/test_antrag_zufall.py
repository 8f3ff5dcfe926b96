"""Random applications: two validators agree, XML and EDA turn into each other without loss."""

import dataclasses
import datetime as dt
import pathlib
import random
import string
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
import xmlschema
from lxml import etree

from mahnakte.antrag import auswahl, modell, xml_form, xml_read
from mahnakte.antrag.eda.rueckprobe import write_verified
from mahnakte.antrag.eda.verify import read_eda
from mahnakte.antrag.eda.write import find_obstacles, write_eda
from mahnakte.antrag.zeichen import ERLAUBT
from mahnakte.grund.beigaben import beigaben_ordner

GERICHTE = [("39418", "Staßfurt"), ("28195", "Bremen"), ("70190", "Stuttgart"), ("36088", "Hünfeld")]
NUMMERN = [1, 5, 11, 19, 20, 28, 36, 42, 61, 70, 90, 95]
KOPF = modell.Dateikopf("12345678", "ABC021", dt.date(2026, 11, 16), software="mahnakte", softwareversion="1")
RAND = sorted(ERLAUBT - {" "})
ALLE = sorted(ERLAUBT)


class Zufall:
    """Makes applications that the schema accepts, from a seed; not all of them are lawful."""

    def __init__(self, saat: int) -> None:
        self.wuerfel = random.Random(saat)

    def text(self, laenge: int) -> str:
        zahl = self.wuerfel.choice([1, 2, self.wuerfel.randint(1, laenge), laenge])
        innen = "".join(self.wuerfel.choices(ALLE, k=max(0, zahl - 2)))
        return (self.wuerfel.choice(RAND) + innen + (self.wuerfel.choice(RAND) if zahl > 1 else ""))[:laenge]

    def vielleicht(self, wert: Any, sonst: Any) -> Any:
        return wert if self.wuerfel.random() < 0.5 else sonst

    def datum(self) -> dt.date:
        return dt.date(1970, 1, 1) + dt.timedelta(days=self.wuerfel.randint(0, 36_524))

    def betrag(self, stellen: int) -> Decimal:
        return Decimal(
            self.wuerfel.choice([0, 1, self.wuerfel.randrange(10**stellen), 10**stellen - 1])
        ).scaleb(-2)

    def satz(self) -> Decimal:
        return Decimal(self.wuerfel.randrange(100_000)).scaleb(-3)

    def ziffern(self, zahl: int) -> str:
        return "".join(self.wuerfel.choices(string.digits, k=zahl))

    def eins(self, menge: type) -> Any:
        return self.wuerfel.choice(list(menge))

    def mal(self, macher: Callable[[], Any], hoechstens: int, mindestens: int = 0) -> tuple[Any, ...]:
        return tuple(macher() for _ in range(self.wuerfel.randint(mindestens, hoechstens)))

    def bezeichnung(self) -> modell.Person | modell.Firma:
        if self.wuerfel.random() < 0.5:
            return modell.Person(self.eins(auswahl.Anrede), self.text(35), self.text(35))
        namen = self.mal(lambda: self.text(35), 4, 1)
        return modell.Firma(self.eins(auswahl.Firmenart), self.vielleicht(self.text(35), ""), namen)

    def anschrift(self) -> modell.Anschrift:
        return modell.Anschrift(self.text(35), self.ziffern(5), self.text(27), self.vielleicht("A", ""))

    def vertreter(self) -> modell.Vertreter:
        wo = self.vielleicht(self.anschrift(), None)
        if self.wuerfel.random() < 0.3:
            return modell.Vertreter(gesellschaft=self.text(35), anschrift=wo)
        return modell.Vertreter(funktion=self.vielleicht(self.text(35), ""), name=self.text(35), anschrift=wo)

    def antragsteller(self) -> modell.Antragsteller:
        return modell.Antragsteller(self.bezeichnung(), self.anschrift(), self.mal(self.vertreter, 3))

    def antragsgegner(self) -> modell.Antragsgegner:
        gericht = modell.Streitgericht(self.eins(auswahl.Gerichtsart), self.ziffern(5), self.text(30))
        return modell.Antragsgegner(
            self.bezeichnung(), self.anschrift(), self.vielleicht(gericht, None), self.mal(self.vertreter, 2)
        )

    def bevollmaechtigter(self) -> modell.Prozessbevollmaechtigter:
        voll = self.wuerfel.random() < 0.5
        anschrift = self.anschrift() if voll else None
        return modell.Prozessbevollmaechtigter(
            kennziffer="" if voll else self.ziffern(8),
            art=self.eins(auswahl.Vertretungsart) if voll else None,
            bezeichnung=self.text(105) if voll else "",
            rechtsform=self.vielleicht(self.text(35), "") if voll else "",
            anschrift=anschrift,
            vertreter=self.vielleicht(modell.Vertreter(funktion=self.text(35), name=self.text(35)), None)
            if voll
            else None,
            geschaeftszeichen=self.vielleicht(self.text(35), ""),
            beauftragt_am=self.vielleicht(self.datum(), None),
            auslagen=self.vielleicht(self.betrag(8), None),
            anrechnung=self.vielleicht(self.betrag(10), None),
            umfangreich=self.vielleicht(True, False),
            verguetung=self.vielleicht(self.betrag(7), None),
            vorsteuerabzug=self.vielleicht(True, False),
            umsatzsteuerfrei=self.vielleicht(True, False),
        )

    def zinsangabe(self) -> modell.Zinsangabe:
        return modell.Zinsangabe(
            self.satz(), self.eins(auswahl.Zinsart), self.betrag(10), self.eins(auswahl.Zinszeitraum),
            self.vielleicht(self.datum(), None), self.vielleicht(self.datum(), None),
        )  # fmt: skip

    def hauptforderung(self) -> modell.Hauptforderung:
        katalog = modell.Katalogforderung(
            self.wuerfel.choice(NUMMERN),
            None,
            self.vielleicht(self.text(35), ""),
            self.vielleicht(self.text(35), ""),
        )
        ort = modell.Belegenheit(self.ziffern(5), self.text(27), "", self.vielleicht(self.text(35), ""))
        frueher = modell.Abtretung(self.datum(), self.text(35), self.ziffern(5), self.text(27))
        return modell.Hauptforderung(
            self.vielleicht(katalog, modell.SonstigerAnspruch(self.text(163))),
            self.betrag(10),
            self.vielleicht(self.datum(), None),
            self.vielleicht(self.datum(), None),
            self.vielleicht(ort, None),
            self.vielleicht(self.text(35), ""),
            self.vielleicht(frueher, None),
            self.mal(self.zinsangabe, 3),
        )

    def nebenforderungen(self) -> Iterator[modell.Nebenforderung]:
        zins = modell.Nebenzins(self.satz(), self.eins(auswahl.Zinsart), self.datum(), None)
        if self.wuerfel.random() < 0.5:
            yield modell.Nebenforderung(
                auswahl.Nebenforderungsart.MAHNKOSTEN, self.betrag(7), zins=self.vielleicht(zins, None)
            )
        if self.wuerfel.random() < 0.5:
            art = auswahl.Nebenforderungsart.ANWALTSVERGUETUNG
            wert = self.vielleicht(self.betrag(10), None)
            yield modell.Nebenforderung(art, self.betrag(10), wert, zins=self.vielleicht(zins, None))

    def antrag(self) -> modell.Mahnantrag:
        ausgerechnet = modell.AusgerechneteZinsen(
            self.betrag(10), self.datum(), self.datum(), self.vielleicht(self.satz(), None)
        )
        auslagen = modell.Auslagen(self.betrag(8), self.vielleicht(self.betrag(8), None), self.text(35))
        bank = modell.Bankverbindung(self.eins(auswahl.Kontoinhaber), "DE02120300000000202051")
        rest = modell.Rest("01KS   00".rstrip(), 1, 111, self.wuerfel.choice("XYZ"))
        return modell.Mahnantrag(
            geschaeftszeichen=self.vielleicht(self.text(35), ""),
            mahngericht=modell.Gericht(*self.wuerfel.choice(GERICHTE)),
            geschaeftsnummer=self.vielleicht(self.ziffern(11), ""),
            erklaerungen=modell.Erklaerungen(
                self.eins(auswahl.Gegenleistung), self.vielleicht(True, False), self.vielleicht(True, False)
            ),
            antragsteller_kennziffer=self.vielleicht(self.ziffern(8), ""),
            antragsteller=self.mal(self.antragsteller, 2),
            bevollmaechtigter=self.vielleicht(self.bevollmaechtigter(), None),
            bankverbindung=self.vielleicht(bank, None),
            antragsgegner=self.mal(self.antragsgegner, 3, 1),
            ausgerechnete_zinsen=self.vielleicht((ausgerechnet,), ()),
            hauptforderungen=self.mal(self.hauptforderung, 4, 1),
            auslagen=self.vielleicht(auslagen, None),
            nebenforderungen=tuple(self.nebenforderungen()),
            reste=self.vielleicht((rest,), ()),
            herleitung=self.vielleicht((modell.Herkunft("Betrag", "12,00 €", "fall.yaml:12"),), ()),
        )


@pytest.fixture(scope="module")
def zweites_schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(beigaben_ordner("schemas") / "mahnantrag.xsd"))


def _agree_on_valid(saaten: range, zweites_schema: xmlschema.XMLSchema) -> None:
    for saat in saaten:
        inhalt = xml_form.write_xml([Zufall(saat).antrag()])
        befunde = xml_read.validate_xml(inhalt, "x.xml")
        assert befunde == (), (saat, [befund.text for befund in befunde])
        assert zweites_schema.is_valid(etree.fromstring(inhalt)), saat


def _mutate(wuerfel: random.Random, wurzel: etree._Element) -> None:
    """Damage one thing: drop, double, move, rename or rewrite an element; some results stay valid."""
    alle = [element for element in wurzel.iter(etree.Element) if element.getparent() is not None]
    ziel = wuerfel.choice(alle)
    eltern = ziel.getparent()
    assert eltern is not None
    handlung = wuerfel.randrange(6)
    if handlung == 0:
        eltern.remove(ziel)
    elif handlung == 1:
        eltern.append(ziel)  # to the end: out of order
    elif handlung == 2:
        ziel.tag = f"{{{xml_form.NAMENSRAUM}}}{wuerfel.choice(['plz', 'name', 'betrag', 'unsinn'])}"
    elif handlung == 3:
        ziel.set("neu", "1")
    else:
        blatt = wuerfel.choice([element for element in alle if len(element) == 0])
        alt = blatt.text or ""
        neue = [
            "",
            "x" * 200,
            "é",
            alt + " ",
            "0",
            "-1.00",
            "1.5",
            "2026-13-01",
            "2070-01-01",
            "JA",
            "1 ",
            "ja\n",
            alt,
        ]
        blatt.text = wuerfel.choice(neue)


def _agree_on_mutants(saaten: range, zweites_schema: xmlschema.XMLSchema) -> tuple[int, int]:
    gut = schlecht = 0
    for saat in saaten:
        wurzel = etree.fromstring(xml_form.write_xml([Zufall(saat).antrag()]))
        _mutate(random.Random(saat), wurzel)
        befunde = xml_read.validate_xml(etree.tostring(wurzel), "x.xml")
        assert (befunde == ()) == zweites_schema.is_valid(wurzel), (saat, befunde)
        gut += befunde == ()
        schlecht += befunde != ()
    return gut, schlecht


def test_two_validators_accept_random_applications(zweites_schema: xmlschema.XMLSchema) -> None:
    _agree_on_valid(range(25), zweites_schema)


def test_two_validators_agree_on_mutants(zweites_schema: xmlschema.XMLSchema) -> None:
    gut, schlecht = _agree_on_mutants(range(60), zweites_schema)
    assert schlecht > gut


@pytest.mark.umfang
@pytest.mark.timeout(600)
def test_two_validators_agree_on_a_thousand_and_a_thousand(zweites_schema: xmlschema.XMLSchema) -> None:
    _agree_on_valid(range(1_000), zweites_schema)
    gut, schlecht = _agree_on_mutants(range(10_000, 11_000), zweites_schema)
    assert schlecht > gut > 0


def _without_derivation(antrag: modell.Mahnantrag) -> modell.Mahnantrag:
    return dataclasses.replace(antrag, herleitung=())


def _round_trip(saaten: range) -> None:
    antraege = [Zufall(saat).antrag() for saat in saaten]
    assert not any(find_obstacles(antrag) for antrag in antraege)
    aus_xml, befunde = xml_read.read_xml(xml_form.write_xml(antraege, KOPF), "x.xml")
    assert befunde == ()
    assert aus_xml is not None
    assert list(aus_xml.antraege) == antraege
    inhalt = write_eda(aus_xml.antraege, KOPF)
    assert len(inhalt) % 128 == 0
    aus_eda, hinweise = read_eda(inhalt, "x.eda")
    assert aus_eda is not None, hinweise
    assert {befund.code for befund in hinweise} <= {"EDA_UNBEKANNTE_STELLE"}
    erwartet = xml_form.write_xml(map(_without_derivation, antraege), KOPF)
    assert xml_form.write_xml(aus_eda.antraege, aus_eda.dateikopf) == erwartet
    assert write_eda(aus_eda.antraege, KOPF) == inhalt


def test_xml_to_eda_to_xml_is_the_same_but_for_the_derivation() -> None:
    _round_trip(range(100))


@pytest.mark.umfang
def test_xml_to_eda_to_xml_for_many() -> None:
    _round_trip(range(1_000, 4_000))


class Inkassozufall(Zufall):
    """Applications of agencies: every kind of ancillary claim, consumer credit."""

    def nebenforderungen(self) -> Iterator[modell.Nebenforderung]:
        stellen = {"inkasso": 10, "anwaltsverguetung": 10, "sonstige": 8}
        arten = [art for art in auswahl.Nebenforderungsart if self.wuerfel.random() < 0.5]
        self.wuerfel.shuffle(arten)
        for art in arten:
            zins = modell.Nebenzins(self.satz(), self.eins(auswahl.Zinsart), self.datum(), None)
            grund = self.text(35) if art is auswahl.Nebenforderungsart.SONSTIGE else ""
            betrag = self.betrag(stellen.get(art, 7))
            yield modell.Nebenforderung(art, betrag, grund=grund, zins=self.vielleicht(zins, None))

    def hauptforderung(self) -> modell.Hauptforderung:
        kredit = modell.Verbraucherdarlehen(self.datum(), self.satz())
        return dataclasses.replace(
            super().hauptforderung(), verbraucherdarlehen=self.vielleicht(kredit, None)
        )


def _write_and_read_back(saaten: range) -> None:
    """The writer that reads back refuses none of them, and the strict check of foreign files agrees."""
    antraege = [Inkassozufall(saat).antrag() for saat in saaten]
    aus_xml, befunde = xml_read.read_xml(xml_form.write_xml(antraege, KOPF), "x.xml")
    assert aus_xml is not None, befunde
    inhalt = write_verified(aus_xml.antraege, KOPF, "x.eda", getestet=True)
    assert inhalt == write_eda(aus_xml.antraege, KOPF, getestet=True)
    aus_eda, hinweise = read_eda(inhalt, "x.eda")
    assert aus_eda is not None, hinweise
    assert write_verified(aus_eda.antraege, KOPF, "x.eda", getestet=True) == inhalt


def test_applications_of_agencies_are_read_back() -> None:
    _write_and_read_back(range(150))


@pytest.mark.umfang
def test_applications_of_agencies_are_read_back_for_many() -> None:
    _write_and_read_back(range(5_000, 8_000))


def test_sums_agree_with_a_naive_count() -> None:
    """Count the sums of BB a second time from the model, as formate.md D.3 describes them."""
    antraege = [Zufall(saat).antrag() for saat in range(200, 260)]
    schluss = write_eda(antraege, KOPF)[-128:].decode("cp850")
    forderungen = [forderung for antrag in antraege for forderung in antrag.hauptforderungen]
    nummern = [f.anspruch.nummer for f in forderungen if isinstance(f.anspruch, modell.Katalogforderung)]
    assert int(schluss[10:17]) == len(antraege)
    assert int(schluss[24:31]) == sum(nummern)
    assert int(schluss[31:45]) == sum(f.betrag for f in forderungen) * 100
    assert int(schluss[45:60]) == sum(int(antrag.geschaeftsnummer[2:9] or 0) for antrag in antraege)
    assert int(schluss[60:67]) == len(forderungen)


def _damage(wuerfel: random.Random, inhalt: bytes) -> bytes:
    ort = wuerfel.randrange(len(inhalt))
    return [
        inhalt[:ort] + bytes([wuerfel.randrange(256)]) + inhalt[ort + 1 :],
        inhalt[:ort] + inhalt[ort + 1 :],
        inhalt[:ort],
        inhalt[:ort] + b"0" + inhalt[ort:],
        inhalt[: ort // 128 * 128] + inhalt[ort // 128 * 128 + 128 :],
    ][wuerfel.randrange(5)]


def _damaged_files_never_pass_silently(runden: int) -> None:
    wuerfel = random.Random(5)
    inhalt = write_eda([Zufall(saat).antrag() for saat in range(3)], KOPF)
    for _ in range(runden):
        kaputt = _damage(wuerfel, inhalt)
        gelesen, befunde = read_eda(kaputt, "x.eda")
        if gelesen is None:
            assert befunde
            assert all(befund.text.endswith(".") for befund in befunde)
        else:  # the change made another valid file: then it is kept to the byte
            assert gelesen.dateikopf is not None
            assert write_eda(gelesen.antraege, gelesen.dateikopf) == kaputt


def test_a_damaged_eda_file_is_refused_or_kept_to_the_byte() -> None:
    _damaged_files_never_pass_silently(300)


@pytest.mark.umfang
def test_many_damaged_eda_files() -> None:
    _damaged_files_never_pass_silently(10_000)


def test_the_portal_files_are_kept_to_the_byte(shared: pathlib.Path) -> None:
    dateien = sorted((shared / "formate" / "eda").glob("*.eda"))
    assert len(dateien) == 6
    for datei in dateien:
        inhalt = datei.read_bytes()
        aus_eda, befunde = read_eda(inhalt, datei.name)
        assert befunde == ()
        assert aus_eda is not None
        aus_xml, befunde = xml_read.read_xml(xml_form.write_xml(aus_eda.antraege, aus_eda.dateikopf), "x.xml")
        assert befunde == ()
        assert aus_xml is not None
        assert aus_xml.dateikopf is not None
        assert write_eda(aus_xml.antraege, aus_xml.dateikopf) == inhalt
