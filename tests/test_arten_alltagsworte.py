"""Remedies for unknown words: what clerks say leads to what is meant, and never to another meaning."""

import dataclasses
import itertools
import re

import pytest

from fallbau import FAELLE
from mahnakte.arten.alltagsworte import BRIEFWORTE, EREIGNISWORTE
from mahnakte.arten.brief import ARTEN
from mahnakte.arten.ereignis import EREIGNISARTEN
from mahnakte.fall.lesen import read_einstellungen, read_falldatei
from mahnakte.fall.modell import Falldatei
from mahnakte.grund.befund import Befund
from mahnakte.grund.text import fold, propose

GUT = (FAELLE / "einfach.yaml").read_text(encoding="utf-8")
MAHNAKTE = (FAELLE / "mahnakte.yaml").read_text(encoding="utf-8")

# What a clerk wrote, and what must stand in the remedy: worked out by hand from docs/fall-yaml.md.
ERWARTET = [
    ("verzogen", ["unbekannt_verzogen", "neue Anschrift"]),
    ("umgezogen", ["unbekannt_verzogen", "neue Anschrift"]),
    ("Postrückläufer", ["unbekannt_verzogen", "mb_nicht_zugestellt"]),
    ("Mahnung", ["mahnung_versandt", "mahnung_zugegangen"]),
    ("2. Mahnung", ["mahnung_versandt", "mahnung_zugegangen"]),
    ("Mahnung verschickt", ["mahnung_versandt"]),
    ("bezahlt", ["„zahlungen:“"]),
    ("Zahlungseingang", ["„zahlungen:“"]),
    ("teilzahlung", ["„zahlungen:“"]),
    ("Gutschrift", ["„gutschriften:“"]),
    ("Rücklastschrift", ["zurueck_am", "„kosten:“"]),
    ("Widerspruch gegen Rechnung", ["art: bestritten", "art: widerspruch"]),
    ("Reklamation", ["art: bestritten"]),
    ("Mängelrüge", ["art: bestritten"]),
    ("Einspruch gegen VB", ["art: einspruch"]),
    ("Teilwiderspruch", ["art: widerspruch", "umfang"]),
    ("unbestritten", ["bestritten_erledigt"]),
    ("Sperre", ["art: mahnsperre"]),
    ("Ratenzahlung", ["art: ratenplan", "raten:"]),
    ("gestundet", ["art: stundung"]),
    ("gestorben", ["art: verstorben"]),
    ("Nachlass", ["„gutschriften:“", "art: verstorben"]),
    ("Insolvenzantrag", ["keine Eröffnung", "art: insolvenz"]),
    ("Mahnbescheid", ["antrag_eingereicht", "mb_erlassen", "mb_zugestellt"]),
    ("Vollstreckungsbescheid zugestellt", ["vb_zugestellt"]),
    ("Telefonat", ["art: kontakt"]),
    ("Urteil", ["„titel:“"]),
    ("Beanstandung", ["art: monierung", "art: bestritten"]),
    ("Pfändung", ["art: vollstreckung"]),
]


def remedy_for_event(art: str) -> str:
    text = f"{GUT}ereignisse:\n  - am: 01.05.2026\n    art: '{art}'\n"
    _, befunde = read_falldatei(text.encode(), "fall.yaml")
    (befund,) = befunde
    assert befund.code == "EREIGNIS_UNBEKANNT"
    return befund.abhilfe


@pytest.mark.parametrize(("wort", "teile"), ERWARTET)
def test_the_words_of_clerks_lead_to_what_is_meant(wort: str, teile: list[str]) -> None:
    abhilfe = remedy_for_event(wort)
    for teil in teile:
        assert teil in abhilfe


def test_the_two_words_of_the_report_are_not_turned_into_something_else() -> None:
    assert "verstorben" not in remedy_for_event("verzogen")
    assert "monierung" not in remedy_for_event("Mahnung")


def test_whatever_a_remedy_names_exists() -> None:
    schluessel = {feld.name for feld in dataclasses.fields(Falldatei)}
    felder = schluessel | {name for art in EREIGNISARTEN.values() for name in (*art.pflicht, *art.erlaubt)}
    felder |= {"am", "datum", "zugegangen_am", "zurueck_am", "art"}
    for wort, satz in EREIGNISWORTE.items():
        assert fold(wort) == wort
        assert wort not in EREIGNISARTEN
        for art in re.findall(r"„art: (\S+?)“", satz.replace("„art: ruecklastschrift“", "")):
            assert art in EREIGNISARTEN, (wort, art)
        assert set(re.findall(r"„(\w+):“", satz)) <= felder, wort
    for wort, satz in BRIEFWORTE.items():
        assert fold(wort) == wort
        namen = [name for name in re.findall(r"„([^“]+)“", satz) if not name.startswith("mahnakte ")]
        assert set(namen) <= set(ARTEN), wort


SAMMLUNGEN = {"ereignisse": tuple(EREIGNISARTEN), "briefe": ARTEN}


@pytest.mark.parametrize("sammlung", SAMMLUNGEN)
def test_no_kind_is_a_slip_of_another(sammlung: str) -> None:
    """Taken out of the list, each word is still not corrected into one of the others."""
    namen = SAMMLUNGEN[sammlung]
    for name in namen:
        andere = [anderer for anderer in namen if anderer != name]
        assert propose(name, andere).startswith("Erlaubt sind"), name


@pytest.mark.parametrize("sammlung", SAMMLUNGEN)
def test_slips_of_the_keys_are_put_right(sammlung: str) -> None:
    """One letter left out or two swapped, anywhere but at the beginning, in each word long enough to be sure."""
    for name in SAMMLUNGEN[sammlung]:
        for stelle in range(1, len(name) - 1):
            if not name[stelle].isalpha() or not name[stelle + 1].isalpha() or len(name) <= 5:
                continue
            vertauscht = name[:stelle] + name[stelle + 1] + name[stelle] + name[stelle + 2 :]
            for falsch in (name[:stelle] + name[stelle + 1 :], vertauscht):
                assert f"„{name}“" in propose(falsch, SAMMLUNGEN[sammlung]), falsch


@pytest.mark.parametrize(
    ("wort", "bekannte"),
    [
        ("RE-2026-118", ["RE-2026-117"]),  # another number is another invoice
        ("mahnung-3", ["mahnung-1", "mahnung-2"]),
        ("unbestritten", ["bestritten"]),
        ("verzogen", ["verstorben"]),
        ("Mahnung", ["monierung"]),
        ("einspruch", ["widerspruch"]),
        ("vb_erlassen", ["mb_erlassen"]),
        ("max", ["mia"]),
        ("von", ["bis", "am"]),
        ("AG", ["UG"]),
    ],
)
def test_another_meaning_is_never_proposed(wort: str, bekannte: list[str]) -> None:
    abhilfe = propose(wort, bekannte)
    assert "Gemeint" not in abhilfe
    assert all(name in abhilfe for name in bekannte)


@pytest.mark.parametrize(
    ("wort", "gemeint"),
    [
        ("re-2026-117", "RE-2026-117"),
        ("RE 2026 117", "RE-2026-117"),
        ("Straße", "strasse"),
        ("herrn", "Herr"),
    ],
)
def test_a_proposal_is_spelt_as_it_must_be_typed(wort: str, gemeint: str) -> None:
    assert propose(wort, ["RE-2026-117", "strasse", "Herr"]) == f"Gemeint ist wohl „{gemeint}“."


@pytest.mark.parametrize(
    ("alt", "neu", "abhilfe"),
    [
        ("    strasse:", "    straße:", "Gemeint ist wohl „strasse“."),
        ("    strasse:", "    adresse:", "Gemeint ist wohl „strasse“."),
        ("    plz:", "    postleitzahl:", "Gemeint ist wohl „plz“."),
        ("    datum:", "    rechnungsdatum:", "Gemeint ist wohl „datum“."),
        ("    betrag:", "    Summe:", "Gemeint ist wohl „betrag“."),
        ("  - nummer:", "  - Rechnungsnr.:", "Gemeint ist wohl „nummer“."),
        ("    name:", "    nachname:", "Gemeint ist wohl „name“."),
        ("aktenzeichen:", "AZ:", "Gemeint ist wohl „aktenzeichen“."),
    ],
)
def test_a_key_by_its_everyday_name_is_one_finding_and_its_remedy_helps(
    alt: str, neu: str, abhilfe: str
) -> None:
    assert alt in GUT
    _, befunde = read_falldatei(GUT.replace(alt, neu, 1).encode(), "fall.yaml")
    assert [befund.abhilfe for befund in befunde] == [abhilfe]
    richtig = re.findall(r"„(.+)“", abhilfe)[0]
    falldatei, _ = read_falldatei(GUT.replace(alt, alt.replace(alt.strip(" -:"), richtig), 1).encode(), "f")
    assert falldatei is not None


@pytest.mark.parametrize(
    ("zeile", "wo"),
    [
        ("    zahlungen: x\n", "ohne Einrückung"),
        ("    kundenklasse: behalten\n", "ohne Einrückung"),
        ("    gegenleistung: erbracht\n", "unter „anspruch:“"),
        ("    aufsicht: x\n", "mahnakte.yaml"),
        ("    mahnplan: x\n", "ohne Einrückung"),
    ],
)
def test_a_key_that_stands_in_the_wrong_place_is_sent_to_its_own(zeile: str, wo: str) -> None:
    (befund,) = findings(GUT.replace("    verbraucher: ja\n", "    verbraucher: ja\n" + zeile))
    assert befund.code == "SCHLUESSEL_UNBEKANNT"
    assert wo in befund.abhilfe


def findings(text: str) -> tuple[Befund, ...]:
    return read_falldatei(text.encode(), "fall.yaml")[1]


@pytest.mark.parametrize(
    ("alt", "neu", "gemeint"),
    [
        ("art: person", "art: Privatperson", ["person"]),
        ("art: person", "art: GmbH", ["gesellschaft"]),
        ("art: person", "art: Firma", ["einzelfirma", "gesellschaft"]),
        ("anrede: Herr", "anrede: Hr.", ["Herr"]),
        ("anrede: Herr", "anrede: herr", ["Herr"]),
        ("faelligkeit: gesetzlich", "faelligkeit: sofort", ["gesetzlich"]),
        ("land: SN", "land: Sachsen", ["SN"]),
        ("land: SN", "land: NRW", ["NW"]),
        ("land: SN", "staat: Deutschland", ["DE"]),
    ],
)
def test_values_by_their_everyday_name(alt: str, neu: str, gemeint: list[str]) -> None:
    (befund,) = findings(GUT.replace(alt, neu))
    assert befund.abhilfe == f"Gemeint ist wohl {' oder '.join(f'„{name}“' for name in gemeint)}."
    for name in gemeint:
        assert findings(GUT.replace(alt, f"{neu.partition(':')[0]}: {name}")) == ()


def test_forgiving_where_nothing_else_can_be_meant() -> None:
    """Amounts, dates and yes/no as people write them mean the same as in the strict spelling."""
    streng, _ = read_falldatei(GUT.encode(), "fall.yaml")
    for alt, neu in itertools.chain(
        itertools.product(
            ["betrag: 1.190,00"], ["betrag: 1.190,-", "betrag: 1190 €", "betrag: EUR 1.190,00"]
        ),
        [("datum: 01.03.2026", "datum: 1.3.26"), ("faellig_am: 31.03.2026", "faellig_am: 31.3.26")],
        itertools.product(["verbraucher: ja"], ["verbraucher: Ja", "verbraucher: JA", "verbraucher: 'ja'"]),
    ):
        assert alt in GUT
        assert read_falldatei(GUT.replace(alt, neu).encode(), "fall.yaml")[0] == streng, neu


def test_settings_are_as_forgiving() -> None:
    streng, _ = read_einstellungen(MAHNAKTE.encode(), "mahnakte.yaml")
    zusatz = "schwellen:\n  mindestbetrag: {}\nversand:\n  email: {}\n"
    ohne = re.sub(r"(?ms)^(schwellen|versand):\n(  .*\n)+", "", MAHNAKTE)
    a, _ = read_einstellungen((ohne + zusatz.format("5,00", "ja")).encode(), "mahnakte.yaml")
    b, _ = read_einstellungen((ohne + zusatz.format("5 €", "JA")).encode(), "mahnakte.yaml")
    assert streng is not None
    assert a is not None
    assert a == b
