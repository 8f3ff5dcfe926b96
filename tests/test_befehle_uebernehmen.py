"""A clerk opens a letter in Word and saves it: the case goes on, and no fact of the letter changes unseen."""

import dataclasses
import datetime as dt
import io
import pathlib
import shutil
import zipfile

import pytest

from mahnakte.ablage import verifizieren
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.verifizieren import compare_dokumente, read_vorgaenge
from mahnakte.befehle.brief import Wunsch, write_brief
from mahnakte.befehle.plan import plan_faelle
from mahnakte.befehle.pruefen import check_faelle
from mahnakte.befehle.uebernehmen import take_over
from mahnakte.befehle.vermerk import record_versand
from mahnakte.briefe.abgleich import compare_facts
from mahnakte.fall.vorgang import read_eintrag, sha256
from mahnakte.grund.befund import Schwere
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.ergebnis import Ergebnis
from mahnakte.werk.laden import Lage

DEMO = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "demo"
NAME = "2026-11-16_zahlungserinnerung.docx"
TAG = dt.date(2026, 11, 20)
HOEFLICH = ("vielleicht ist es im Alltag untergegangen", "wie eben am Telefon besprochen")


HERKUNFT = Herkunft("K. Beispiel", "pc-1", "lauf-1", "2026-11-20T08:00:00Z", "0.2.0")


@pytest.fixture(scope="module")
def lage():
    """One child process for all tests here: its start costs more than a letter."""
    with WorkerPool(1) as pool:
        yield Lage(TAG, pool)


def answer(ergebnis: Ergebnis) -> tuple[int, dict]:
    return ergebnis.exit_code, ergebnis.as_json()


def uebernehmen(fall: pathlib.Path, lage: Lage, nr: int = 1) -> tuple[int, dict]:
    return answer(take_over(fall, nr, lage, HERKUNFT))


def pruefen(fall: pathlib.Path, lage: Lage) -> tuple[int, dict]:
    return answer(check_faelle([fall], lage))


def versenden(fall: pathlib.Path, lage: Lage, nr: int) -> tuple[int, dict]:
    return answer(record_versand(fall, nr, TAG, "post", lage, HERKUNFT))


def codes(daten: dict) -> set[str]:
    return {befund["code"] for befund in daten["befunde"]} - {
        "RECHTSWERT_ENDET_BALD"
    }  # the day lies near the end of a table


def save_in_word(docx: pathlib.Path, alt: str, neu: str) -> bytes:
    """Do what Word does: the same document packed anew, with one passage changed; the file stays writable."""
    ausgabe = io.BytesIO()
    with zipfile.ZipFile(docx) as quelle, zipfile.ZipFile(ausgabe, "w", zipfile.ZIP_DEFLATED) as ziel:
        for teil in quelle.namelist():
            inhalt = quelle.read(teil)
            if teil == "word/document.xml":
                assert alt.encode() in inhalt, alt
                inhalt = inhalt.replace(alt.encode(), neu.encode(), 1)
            ziel.writestr(teil, inhalt)
    docx.chmod(0o644)
    docx.write_bytes(ausgabe.getvalue())
    return ausgabe.getvalue()


@pytest.fixture(scope="module")
def vorlage(tmp_path_factory, lage) -> pathlib.Path:
    bestand = tmp_path_factory.mktemp("vorlage") / "bestand"
    shutil.copytree(DEMO, bestand)
    wunsch, am_16 = Wunsch("zahlungserinnerung"), dataclasses.replace(lage, stichtag=dt.date(2026, 11, 16))
    assert write_brief(bestand / "2026-0087", wunsch, am_16, HERKUNFT).exit_code == 0
    return bestand


@pytest.fixture
def fall(vorlage, tmp_path) -> pathlib.Path:
    return shutil.copytree(vorlage, tmp_path / "bestand") / "2026-0087"


def brief(fall: pathlib.Path, nr: int = 1, name: str = NAME) -> pathlib.Path:
    return fall / "vorgaenge" / f"{nr:04d}" / name


def test_new_documents_are_read_only(fall):
    assert not brief(fall).stat().st_mode & 0o222


def test_a_polite_word_makes_a_new_step_and_the_case_goes_on(fall, lage):
    vorher = read_eintrag(brief(fall, name="eintrag.json").read_bytes())
    gefunden = sha256(save_in_word(brief(fall), *HOEFLICH))
    assert pruefen(fall, lage)[0] == 4

    rueckgabe, daten = uebernehmen(fall, lage)
    assert (rueckgabe, daten["nr"], daten["ersetzt"]) == (0, 2, 1)
    neu = read_eintrag(brief(fall, 2, "eintrag.json").read_bytes())
    assert (
        neu.schema == "mahnakte/vorgang/2"
    )  # the first edition refuses the case, it does not overlook the step
    assert neu.ersetzt == 1
    assert neu.daten.as_daten()["uebernahme"] == {
        "vorgang": 1, "datei": NAME, "erwartet": vorher.dateien[NAME], "gefunden": gefunden,
    }  # fmt: skip
    assert {k: v for k, v in neu.daten.as_daten().items() if k != "uebernahme"} == vorher.daten.as_daten()
    assert neu.stichtag == dt.date(2026, 11, 16)
    assert HOEFLICH[1] in zipfile.ZipFile(brief(fall, 2)).read("word/document.xml").decode()
    assert brief(fall).read_bytes() != brief(fall, 2).read_bytes()  # nothing was written into the old folder
    assert sha256(brief(fall).read_bytes()) == gefunden

    rueckgabe, daten = pruefen(fall, lage)
    assert (rueckgabe, codes(daten) - {"BRIEF_WARTET"}) == (1, {"UEBERNOMMENE_DATEI"})
    _, daten = answer(plan_faelle([fall], lage))
    assert [grund["code"] for grund in daten["faelle"][0]["gruende"]] == ["NOCH_NICHT"]
    assert versenden(fall, lage, 2)[0] == 0
    rueckgabe, daten = versenden(fall, lage, 1)  # the old one is cancelled
    assert rueckgabe == 3
    assert "übernommen als Vorgang 0002" in daten["befunde"][0]["text"]


def test_taken_over_once(fall, lage):
    save_in_word(brief(fall), *HOEFLICH)
    assert uebernehmen(fall, lage)[1]["nr"] == 2
    rueckgabe, daten = uebernehmen(fall, lage)
    assert (rueckgabe, daten["nr"]) == (0, None)
    assert not (fall / "vorgaenge" / "0003").exists()


def test_the_new_letter_can_be_taken_over_again(fall, lage):
    save_in_word(brief(fall), *HOEFLICH)
    uebernehmen(fall, lage)
    save_in_word(brief(fall, 2), "Mit freundlichen Grüßen", "Mit herzlichen Grüßen")
    assert uebernehmen(fall, lage, 2)[1]["nr"] == 3
    rueckgabe, daten = pruefen(fall, lage)
    assert (rueckgabe, codes(daten) - {"BRIEF_WARTET"}) == (1, {"UEBERNOMMENE_DATEI"})


def test_any_other_change_afterwards_is_damage(fall, lage):
    save_in_word(brief(fall), *HOEFLICH)
    uebernehmen(fall, lage)
    save_in_word(brief(fall), "Mit freundlichen Grüßen", "Mit herzlichen Grüßen")
    rueckgabe, daten = pruefen(fall, lage)
    assert (rueckgabe, codes(daten)) == (4, {"VORGANG_BESCHAEDIGT"})
    assert "uebernehmen" not in daten["befunde"][0]["abhilfe"]  # following it would not help


@pytest.mark.parametrize(
    ("alt", "neu", "code", "worte"),
    [
        ("2.705,65", "2.705,66", "UEBERNAHME_ANDERE_TATSACHE", "2.705,66"),
        ("985,73", "885,73", "BRIEF_UNVOLLSTAENDIG", "985,73"),
        ("So können Sie zahlen", "So zahlen Sie (50 € mehr)", "UEBERNAHME_ANDERE_TATSACHE", "50,00"),
        ("DE02 1203 0000 0000 2020 51", "DE02 1203 0000 0000 2020 52", "BRIEF_UNVOLLSTAENDIG", "DE02"),
        ("Scannen und zahlen", "Auch an DE88100900001234567892", "UEBERNAHME_ANDERE_TATSACHE", "DE88100900001234567892"),
        ("26. November 2026", "27. November 2026", "UEBERNAHME_ANDERE_TATSACHE", "27.11.2026"),
        ("bis zum 26.11.2026", "bis zum 26.12.2026", "BRIEF_UNVOLLSTAENDIG", "26.11.2026"),
        ("Messestr. 14", "Messestr. 15", "BRIEF_UNVOLLSTAENDIG", "Messestr. 14"),
        ("Kontor Nordlicht GmbH", "Kontor Südlicht GmbH", "BRIEF_UNVOLLSTAENDIG", "Kontor Nordlicht"),
        ("Scannen und zahlen", "Sonst melden wir Sie der SCHUFA.", "TON_SPERRE_AUSKUNFTEI", "SCHUFA"),
        ("Scannen und zahlen", "{{ brief.aktenzeichen }}", "UEBERNAHME_ANDERE_TATSACHE", "Scannen und zahlen"),
    ],
)  # fmt: skip
def test_facts_do_not_change(fall, lage, alt, neu, code, worte):
    save_in_word(brief(fall), alt, neu)
    rueckgabe, daten = uebernehmen(fall, lage)
    assert rueckgabe == 3
    assert code in codes(daten)
    assert worte in daten["befunde"][0]["text"]
    assert not (fall / "vorgaenge" / "0002").exists()


@pytest.mark.parametrize(
    ("alt", "neu"),
    [
        ('Bitte überweisen Sie </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">2.705,65',
         'Bitte überweisen Sie </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">2.913,12'),  # every sum stood in the letter before
        (">2.913,12", ">778,26"),
        ("Donnerstag, 26. November 2026", "Montag, 16. November 2026"),  # so did every day
        ('<w:b/></w:rPr><w:t xml:space="preserve">Möbelhaus Übersee GmbH',
         '<w:b/></w:rPr><w:t xml:space="preserve">Nordbank GmbH'),  # the payee
        ("genügt dieser Betrag", "genügt dieser Betrag nicht"),
        ("So können Sie zahlen", "So zahlen Sie ½ mehr"),
        ("Messestr. 14", "c/o Messestr. 14"),
        ("0351 1234560", "0351 9999999"),
        ("@moebelhaus.example", "@boese.example"),
    ],
)  # fmt: skip
def test_facts_are_not_exchanged_for_one_another(fall, lage, alt, neu):
    save_in_word(brief(fall), alt, neu)
    rueckgabe, daten = uebernehmen(fall, lage)
    assert rueckgabe == 3
    assert codes(daten) & {"UEBERNAHME_ANDERE_TATSACHE", "BRIEF_UNVOLLSTAENDIG"}
    assert not (fall / "vorgaenge" / "0002").exists()


GRUSS = "Mit freundlichen Grüßen"


@pytest.mark.parametrize(
    "satz",
    [
        "Zahlen Sie fünfzig Euro mehr", "Zahlen Sie hundertzwanzig Euro", "Sonst fallen zwölf Prozent an",
        "Zahlen Sie binnen drei Tagen", "innerhalb einer Woche", "bis übermorgen", "bis spätestens Freitag",
        "Zahlen Sie 50 mehr", "bis zum 20.11.", "bis 20.11.26", "bis 2026-11-20", "bis 20. Nov. 2026", "bis 20/11/2026",
        "auf DE88-1009-0000-1234-5678-92", "de88 1009 0000 1234 5678 92", "über PayPal",
        "an zahl@boese.example", "siehe www.boese.example", "an Inkasso Süd, Hauptstraße 5", "Zahlen Sie ５０",
    ],
)  # fmt: skip
def test_no_word_brings_in_another_fact(fall, lage, satz):
    save_in_word(brief(fall), GRUSS, f"{satz}. {GRUSS}")
    rueckgabe, daten = uebernehmen(fall, lage)
    assert rueckgabe == 3, daten
    assert not (fall / "vorgaenge" / "0002").exists()


@pytest.mark.parametrize(
    "schrift",
    [
        '<w:color w:val="FFFFFF"/>', '<w:color w:val="fefefe"/>', '<w:strike/>', '<w:dstrike w:val="true"/>',
        '<w:highlight w:val="black"/>', '<w:shd w:val="clear" w:color="auto" w:fill="000000"/>', '<w:w w:val="1"/>',
        '<w:sz w:val="2"/>', '<w:sz w:val="96"/>',
    ],
)  # fmt: skip
def test_nothing_is_hidden_by_its_type(fall, lage, schrift):
    save_in_word(
        brief(fall),
        '<w:r><w:t xml:space="preserve">Bitte überweisen',
        f'<w:r><w:rPr>{schrift}</w:rPr><w:t xml:space="preserve">Bitte überweisen',
    )
    rueckgabe, daten = uebernehmen(fall, lage)
    assert (rueckgabe, codes(daten)) == (3, {"UEBERNAHME_ANDERE_TATSACHE"})


@pytest.mark.parametrize(
    ("teil", "alt", "neu"),
    [
        ("word/footer1.xml", b"01067 Dresden", b"01068 Dresden"),
        ("word/footer1.xml", b"DE02 1203 0000 0000 2020 51", b"siehe oben"),
        ("word/media/logo.png", None, None),
    ],
)
def test_margins_and_pictures_stay(fall, lage, teil, alt, neu):
    docx, ausgabe = brief(fall), io.BytesIO()
    with zipfile.ZipFile(docx) as quelle, zipfile.ZipFile(ausgabe, "w", zipfile.ZIP_DEFLATED) as ziel:
        for name in quelle.namelist():
            inhalt = quelle.read(name)
            if name == teil:
                assert alt is None or alt in inhalt
                inhalt = quelle.read("word/media/zahlcode.png") if alt is None else inhalt.replace(alt, neu)
            ziel.writestr(name, inhalt)
    docx.chmod(0o644)
    docx.write_bytes(ausgabe.getvalue())
    rueckgabe, daten = uebernehmen(fall, lage)
    assert (rueckgabe, codes(daten)) == (3, {"UEBERNAHME_ANDERE_TATSACHE"})


@pytest.mark.parametrize("name", [NAME.replace(".docx", ".pdf"), NAME.replace(".docx", "_antwortbogen.pdf")])
def test_only_a_word_file_can_be_taken_over(fall, lage, name):
    datei = brief(fall, name=name)
    datei.chmod(0o644)
    datei.write_bytes(datei.read_bytes() + b"\n")
    save_in_word(brief(fall), *HOEFLICH)
    assert uebernehmen(fall, lage)[0] == 4
    assert not (fall / "vorgaenge" / "0002").exists()


def test_nothing_changed(fall, lage):
    rueckgabe, daten = uebernehmen(fall, lage)
    assert (rueckgabe, codes(daten)) == (3, {"NICHTS_GEAENDERT"})


def test_a_payment_in_between_refuses_the_old_sum(fall, lage):
    save_in_word(brief(fall), *HOEFLICH)
    text = (fall / "fall.yaml").read_text(encoding="utf-8")
    assert "zahlungen:\n" in text
    neu = text.replace("zahlungen:\n", "zahlungen:\n  - am: 10.11.2026\n    betrag: 100,00\n", 1)
    (fall / "fall.yaml").write_text(neu, encoding="utf-8")
    rueckgabe, daten = uebernehmen(fall, lage)
    assert (rueckgabe, codes(daten)) == (3, {"UEBERNAHME_UEBERHOLT"})
    assert "betrag" in daten["befunde"][0]["text"]


def test_what_was_sent_stays_what_went_out(fall, lage):
    assert versenden(fall, lage, 1)[0] == 0
    save_in_word(brief(fall), *HOEFLICH)
    rueckgabe, daten = pruefen(fall, lage)
    assert (rueckgabe, codes(daten)) == (1, {"WORD_NACH_VERSAND"})
    rueckgabe, daten = uebernehmen(fall, lage)
    assert (rueckgabe, codes(daten)) == (3, {"SCHON_VERSANDT"})
    assert plan_faelle([fall], lage).exit_code in (0, 1)
    pdf = brief(fall, name=NAME.replace(".docx", ".pdf"))
    pdf.chmod(0o644)
    pdf.write_bytes(pdf.read_bytes() + b"\n")
    assert pruefen(fall, lage)[0] == 4


# --- the rule and wrong ones ------------------------------------------------------------------------------------


def weigh_table(fall: pathlib.Path) -> None:
    """Exactly the bytes taken over are excused, in exactly that file of that step; everything else is damage."""
    ordner = fall / "vorgaenge" / "0001"
    docx, pdf = brief(fall), brief(fall, name=NAME.replace(".docx", ".pdf"))
    vorher = {pfad: pfad.read_bytes() for pfad in ordner.iterdir()}
    uebernommen = docx.read_bytes()

    def severities() -> list[Schwere]:
        stand = read_vorgaenge(fall)
        return [aenderung.befund.schwere for aenderung in compare_dokumente(fall, stand.vorgaenge)]

    assert severities() == [Schwere.WARNUNG]
    for pfad, inhalt in (
        (docx, uebernommen + b" "), (docx, uebernommen[:-1]), (docx, b""), (pdf, uebernommen), (pdf, b""),
        (brief(fall, 2), uebernommen),
    ):  # fmt: skip
        alt = pfad.read_bytes()
        pfad.chmod(0o644)
        pfad.write_bytes(inhalt)
        assert Schwere.SPERRE in severities(), (pfad.name, len(inhalt))
        pfad.write_bytes(alt)
    assert {pfad: pfad.read_bytes() for pfad in ordner.iterdir()} == vorher


def test_the_rule_excuses_nothing_else(fall, lage):
    save_in_word(brief(fall), *HOEFLICH)
    uebernehmen(fall, lage)
    weigh_table(fall)


@pytest.mark.parametrize("falsch", ["jede-datei", "jede-summe", "wie-versandt"])
def test_wrong_rules_are_seen(fall, lage, monkeypatch, falsch):
    save_in_word(brief(fall), *HOEFLICH)
    uebernehmen(fall, lage)

    class Alles(set):
        def __contains__(self, eintrag):
            nr, name, _summe = eintrag
            return nr == 1 and (falsch == "jede-datei" or name == NAME)

    if falsch == "wie-versandt":
        monkeypatch.setattr(verifizieren, "is_versandt", lambda *_: True)
    else:
        echt = verifizieren._excuse
        monkeypatch.setattr(verifizieren, "_excuse", lambda a, v, alle, _u: echt(a, v, alle, Alles()))
    with pytest.raises(AssertionError):
        weigh_table(fall)


# --- the comparison of facts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("alt", "neu", "abweichung"),
    [
        ("Zahlen Sie 10,00 € bis 01.02.2027.", "Bitte zahlen Sie bis zum 1. Februar 2027 die 10,00 €.", None),
        ("Zahlen Sie 10,00 €.", "Zahlen Sie 10,00 Euro.", None),
        ("Zahlen Sie 1.000,00 €.", "Zahlen Sie 1000,00 €.", None),
        ("Sie bekommen Geld-\r\nbeträge.", "Sie bekommen Geldbeträge.", None),
        ("Zahlen Sie.", "Zahlen Sie 5 €.", "der Betrag 5,00 € stand nicht darin"),
        ("Zahlen Sie 5 €.", "Zahlen Sie.", "der Betrag 5,00 € fehlt"),
        ("Am 1.2.2027.", "Am 2.2.2027.", "der Tag 01.02.2027 fehlt"),
        ("An DE02120300000000202051.", "An uns.", "das Konto DE02120300000000202051 fehlt"),
        ("Dies sagt § 367 Abs. 1 BGB. Danke.", "Danke.", "der Satz „Dies sagt § 367 Abs. 1 BGB.“ fehlt"),
        ("Ein Satz ohne Gesetz. Danke.", "Danke.", None),
    ],
)
def test_compared_are_facts_not_words(alt, neu, abweichung):
    abweichungen = list(compare_facts([alt], [neu]))
    if abweichung is None:
        assert abweichungen == []
    else:
        assert abweichungen[0].replace("\xa0", " ").startswith(abweichung)
