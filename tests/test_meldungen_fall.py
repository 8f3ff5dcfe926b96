"""For each finding of `fall` an input that raises just it."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from fallbau import FAELLE, build_fall, build_vorgang, with_fall
from mahnakte.fall.doppelung import judge, picture_forderung
from mahnakte.fall.erfassung import TATSACHENARTEN, claim_schluessel, list_bekannte, read_tatsache
from mahnakte.fall.fall import Fall, compose_fall
from mahnakte.fall.lesen import read_einstellungen, read_falldatei
from mahnakte.fall.rechnung.modell import ERechnung, Rechnungspartei, Vorrechnung
from mahnakte.fall.rechnungsbild import Rechnungsbild
from mahnakte.grund.befund import Befund, Stelle
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.stand.pruefung import check_fall
from mahnakte.stand.sachstand import Sachstand
from meldungsbau import Beweise
from test_fall_fall import E_RECHNUNG, compose

beweist = Beweise("fall", "stand")

STICHTAG = dt.date(2026, 4, 10)
EINFACH = (FAELLE / "einfach.yaml").read_text(encoding="utf-8")


# --- what fall.yaml itself says wrongly: lines that replace others ------------------------------------------

BEIM_LESEN = {
    "ANGABE_FEHLT": ("    name: Schuldner\n", ""),
    "SCHLUESSEL_UNBEKANNT": ("    plz: 04109\n", "    plz: 04109\n    augenfarbe: blau\n"),
    "WERT_UNBEKANNT": ("art: person", "art: mensch"),
    "WERT_FALSCH": ("betrag: 1.190,00", "betrag: 1190.00"),
    "AUFBAU_FALSCH": ("anspruch:\n", "anspruch: Kauf\nkosten:\n"),
}


def read(text: str) -> Iterable[Befund]:
    return read_falldatei(text.encode(), "fall.yaml")[1]


for code, (alt, neu) in BEIM_LESEN.items():
    beweist(code)(lambda alt=alt, neu=neu: read(EINFACH.replace(alt, neu)))


@beweist("EREIGNIS_UNBEKANNT")
def an_event_of_no_kind() -> Iterable[Befund]:
    return read(EINFACH + "ereignisse:\n  - am: 01.04.2026\n    art: kaffeepause\n")


@beweist("SCHLUESSEL_FEHL_AM_PLATZ")
def a_key_of_another_event() -> Iterable[Befund]:
    return read(EINFACH + "ereignisse:\n  - am: 01.04.2026\n    art: insolvenz\n    stufe: mahnung-1\n")


@beweist("NACHTRAG_UNLESBAR")
def a_step_without_amount() -> Iterable[Befund]:
    return composed(
        EINFACH, build_vorgang(1, "nachtrag", "2026-04-06", {"zahlungen": [{"am": "2026-04-06"}]})
    )


def composed(text: str, *vorgaenge: Any) -> Iterable[Befund]:
    falldatei, befunde = read_falldatei(text.encode(), "fall.yaml")
    assert falldatei is not None, befunde
    einstellungen, befunde = read_einstellungen((FAELLE / "mahnakte.yaml").read_bytes(), "mahnakte.yaml")
    assert einstellungen is not None, befunde
    return compose_fall(falldatei, einstellungen, shipped_recht(), {}, vorgaenge)[1]


@beweist("NACHTRAG_OHNE_ZIEL")
def a_measure_without_its_title() -> Iterable[Befund]:
    massnahme = {"titel": "vb-1", "am": "2026-04-06", "art": "pfaendung"}
    return composed(EINFACH, build_vorgang(1, "nachtrag", "2026-04-06", {"massnahmen": [massnahme]}))


def claim(der_wievielte: int) -> Iterable[Befund]:
    """Record the payment that fall.yaml has already."""
    falldatei, _ = read_falldatei(
        (EINFACH + "zahlungen:\n  - am: 06.04.2026\n    betrag: 5,00\n").encode(), "fall.yaml"
    )
    art = TATSACHENARTEN["zahlung"]
    zahlung, _ = read_tatsache(art, {"am": "2026-04-06", "betrag": "5"})
    assert falldatei is not None
    assert zahlung is not None
    claim_schluessel(art, zahlung, list_bekannte(art, falldatei), der_wievielte)
    return ()


beweist("ERFASST_STEHT_SCHON")(lambda: claim(1))
beweist("ERFASST_LUECKE")(lambda: claim(4))


@beweist("GLAEUBIGER_UNBEKANNT")
def an_unknown_creditor() -> Iterable[Befund]:
    return composed(EINFACH.replace("glaeubiger: moebelhaus", "glaeubiger: moebelhas"))


@beweist("MAHNPLAN_UNBEKANNT")
def an_unknown_plan() -> Iterable[Befund]:
    return composed(EINFACH + "mahnplan: langsam\n")


@beweist("MAHNPLAN_UNKLAR")
def two_plans_at_once() -> Iterable[Befund]:
    text = (FAELLE / "mahnakte.yaml").read_text(encoding="utf-8")
    text += "mahnplaene:\n  firmen:\n    - {art: mahnung-1, nach: faelligkeit}\nmahnplan_fuer:\n  gesellschaft: firmen\n"
    einstellungen, _ = read_einstellungen(text.encode(), "mahnakte.yaml")
    firma = "  - {kennung: f, art: gesellschaft, rechtsform: GmbH, name: F, strasse: W 1, plz: 04109, ort: L, land: SN}\n"
    fall = EINFACH.replace("anspruch:\n", f"{firma}anspruch:\n", 1)
    falldatei, befunde = read_falldatei(fall.encode(), "fall.yaml")
    assert falldatei is not None, befunde
    assert einstellungen is not None
    return compose_fall(falldatei, einstellungen, shipped_recht(), {}, ())[1]


@beweist("ERSETZT_IM_KREIS")
def replaced_by_each_other() -> Iterable[Befund]:
    zweite = "  - nummer: RE-2\n    datum: 02.03.2026\n    betrag: 5,00\n    ersetzt: RE-3\n"
    dritte = "  - nummer: RE-3\n    datum: 03.03.2026\n    betrag: 5,00\n    ersetzt: RE-2\n"
    return composed(EINFACH + zweite + dritte)


# --- what the checks of a case say about lines added to it ---------------------------------------------------


def check(fall: Fall) -> Iterable[Befund]:
    return check_fall(Sachstand(fall, STICHTAG))


EREIGNIS = "ereignisse:\n  - am: 05.04.2026\n    art: "
ZAHLUNG = "  - am: 02.04.2026\n    betrag: 5,00\n"
ZWEITE = "  - nummer: RE-2\n    datum: 10.03.2026\n    betrag: 10,00\n"
BEI_PRUEFUNG = {
    "VERWEIS_INS_LEERE": "zahlungen:\n  - am: 02.04.2026\n    betrag: 5,00\n    auf: RE-2026-132\n",
    "VERWEIS_AUF_NICHT_GELTENDE": ZWEITE + "    gilt: nein\nzahlungen:\n" + ZAHLUNG + "    auf: RE-2\n",
    "ZEITRAUM_VERKEHRT": EREIGNIS + "mahnsperre\n    bis: 01.04.2026\n    grund: Kulanz\n",
    "SCHRITT_UNBEKANNT": EREIGNIS + "freigabe\n    von: K. Beispiel\n    schritt: zahlungserinerung\n",
    "STUFE_UNBEKANNT": EREIGNIS + "mahnung_versandt\n    stufe: mahnung-9\n",
    "ZUGANG_OHNE_SCHREIBEN": EREIGNIS + "mahnung_zugegangen\n    stufe: mahnung-1\n",
    "MAHNUNG_VOR_RECHNUNG": "ereignisse:\n  - am: 01.02.2026\n    art: mahnung_versandt\n    stufe: mahnung-1\n",
    "NACH_STICHTAG": "zahlungen:\n  - am: 11.04.2026\n    betrag: 5,00\n",
    "ZAHLUNG_DOPPELT": "zahlungen:\n" + ZAHLUNG + ZAHLUNG,
    "RECHNUNG_DOPPELT": "  - nummer: RE-2026-131\n    datum: 10.03.2026\n    betrag: 10,00\n    faellig_am: 31.03.2026\n",
    "RECHNUNG_MEHRFACH": "  - nummer: re 2026/131\n    datum: 01.03.2026\n    betrag: 10,00\n    faellig_am: 31.03.2026\n",
    "RECHNUNG_NUMMER_WIEDER": "  - nummer: re 2026/131\n    datum: 02.03.2026\n    betrag: 10,00\n"
    "    faellig_am: 31.03.2026\n",
    "FAELLIGKEIT_FEHLT": ZWEITE,
    "FAELLIGKEIT_FERN": ZWEITE + "    faellig_am: 31.03.2062\n",
    "FAELLIG_VOR_LEISTUNG": ZWEITE + "    faellig_am: 20.03.2026\n    leistung_am: 25.03.2026\n",
    "FAELLIG_VOR_RECHNUNG": ZWEITE + "    faellig_am: 31.01.2026\n",
    "ZUGANG_VOR_RECHNUNG": ZWEITE + "    faellig_am: 31.03.2026\n    zugegangen_am: 09.03.2026\n",
    "LEISTUNG_ENDET_VOR_BEGINN": ZWEITE
    + "    faellig_am: 31.03.2026\n    leistung_am: 05.03.2026\n    leistung_bis: 01.03.2026\n",
    "RECHNUNG_NACH_STICHTAG": "  - nummer: RE-2\n    datum: 15.04.2026\n    betrag: 10,00\n"
    "    faellig_am: 30.04.2026\n    leistung_am: 05.04.2026\n",
    "ZINSANGABE_UNKLAR": "    zinsen:\n      vereinbart: ja\n",
}

for code, zusatz in BEI_PRUEFUNG.items():
    beweist(code)(lambda zusatz=zusatz: check(build_fall(zusatz)))


@beweist("KEINE_FORDERUNG")
def nothing_to_demand() -> Iterable[Befund]:
    return check(with_fall(build_fall(), forderungen=()))


# --- the parties ---------------------------------------------------------------------------------------------

BEI_SCHULDNERN: dict[str, dict[str, Any]] = {
    "VERBRAUCHER_UNGEKLAERT": {"verbraucher": None},
    "PLZ_FALSCH": {"plz": "4109"},
    "ART_WIDERSPRICHT": {"rechtsform": "GmbH"},
    "RECHTSFORM_FEHLT": {"art": "gesellschaft"},
}


def check_debtor(**anders: Any) -> Iterable[Befund]:
    fall = build_fall()
    return check(with_fall(fall, schuldner=(dataclasses.replace(fall.schuldner[0], **anders),)))


for code, anders in BEI_SCHULDNERN.items():
    beweist(code)(lambda anders=anders: check_debtor(**anders))


@beweist("TITEL_DOPPELT")
def two_titles_of_one_name() -> Iterable[Befund]:
    titel = "titel:\n  - {kennung: vb-1, art: urteil}\n  - {kennung: vb-1, art: kfb}\n"
    return check_fall(Sachstand(build_fall(titel), STICHTAG))


@beweist("KENNUNG_DOPPELT")
def two_of_one_name() -> Iterable[Befund]:
    fall = build_fall()
    return check(with_fall(fall, schuldner=fall.schuldner * 2, gesamtschuldner=True))


@beweist("GESAMTSCHULD_UNGEKLAERT")
def two_debtors() -> Iterable[Befund]:
    fall = build_fall()
    zweiter = dataclasses.replace(fall.schuldner[0], kennung="moritz")
    return check(with_fall(fall, schuldner=(*fall.schuldner, zweiter)))


@beweist("EINSTELLUNGEN_MUSTER")
def the_invented_sender() -> Iterable[Befund]:
    fall = build_fall()
    absender = dataclasses.replace(fall.einstellungen.absender, name="Muster Handel GmbH")
    return check(with_fall(fall, einstellungen=dataclasses.replace(fall.einstellungen, absender=absender)))


# --- an invoice file beside fall.yaml ------------------------------------------------------------------------

NEBEN_DATEI = {
    "NUMMER_WIDERSPRUCH": "    nummer: RE-2026-999\n",
    "DATUM_WIDERSPRUCH": "    datum: 02.03.2026\n",
    "BETRAG_WIDERSPRUCH": "    betrag: 1.000,00\n",
    "LEISTUNG_WIDERSPRUCH": "    leistung_am: 20.02.2026\n",
    "FAELLIGKEIT_WIDERSPRUCH": "    faellig_am: 15.04.2026\n",
}

for code, zeile in NEBEN_DATEI.items():
    beweist(code)(lambda zeile=zeile: compose(zeile, E_RECHNUNG)[1])


@beweist("RECHNUNG_UNVOLLSTAENDIG")
def a_picture_only() -> Iterable[Befund]:
    return compose("    datum: 01.03.2026\n    betrag: 5,00\n", None)[1]


FIRMA = {
    "art": "gesellschaft",
    "rechtsform": "GmbH",
    "name": "Kontor Nordlicht",
    "vorname": None,
    "anrede": None,
}
AN_RECHNUNG: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "RECHNUNG_VERKAEUFER_ABWEICHEND": ({"verkaeufer": Rechnungspartei(name="Teppichhaus Orient")}, {}),
    "RECHNUNG_KAEUFER_ABWEICHEND": ({"kaeufer": Rechnungspartei(name="Kontor Nordlicht GmbH")}, {}),
    "RECHNUNG_KAEUFER_ANSCHRIFT": (
        {"kaeufer": Rechnungspartei(name="Max Schuldner", strasse="Am Anger 3", plz="99084", ort="Erfurt")},
        {},
    ),
    "RECHNUNG_KAEUFER_RECHTSFORM": (
        {"kaeufer": Rechnungspartei(name="Kontor Nordlicht GmbH & Co. KG")},
        FIRMA,
    ),
    "RECHNUNG_IBAN_ABWEICHEND": ({"iban": ("DE02500105170137075030",)}, {}),
}


def check_invoice(rechnung: ERechnung, schuldner: dict[str, Any]) -> Iterable[Befund]:
    fall = build_fall()
    forderung = dataclasses.replace(fall.forderungen[0], rechnung=rechnung)
    wer = dataclasses.replace(fall.schuldner[0], **schuldner)
    return check(with_fall(fall, forderungen=(forderung,), schuldner=(wer,)))


for code, (rechnung, schuldner) in AN_RECHNUNG.items():
    beweist(code)(
        lambda rechnung=rechnung, schuldner=schuldner: check_invoice(
            dataclasses.replace(E_RECHNUNG, **rechnung), schuldner
        )
    )


# --- one invoice against another -----------------------------------------------------------------------------


def compare_to(anders: Callable[[Rechnungsbild], Rechnungsbild]) -> Iterable[Befund]:
    fall = build_fall()
    bild = picture_forderung(fall, fall.forderungen[0])
    befund = judge(bild, anders(bild), Stelle("fall.yaml", 20))
    return (befund,) if befund else ()


@beweist("RECHNUNG_ERSETZT")
def replaced_in_another_case() -> Iterable[Befund]:
    return compare_to(
        lambda bild: dataclasses.replace(
            bild, fall="2026-0043", akte="2026-0043", nummer="RE-2026-140", ersetzt=bild.nummer
        )
    )


@beweist("RECHNUNG_BEZUG")
def a_later_one_refers_to_it() -> Iterable[Befund]:
    return compare_to(
        lambda bild: dataclasses.replace(
            bild, nummer="RE-2026-140", datum=dt.date(2026, 3, 9), bezug=(Vorrechnung(bild.nummer),)
        )
    )


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
