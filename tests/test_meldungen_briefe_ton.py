"""Each finding about the tone of a letter and the file it stands in: the input that raises just it."""

from collections.abc import Iterable
from decimal import Decimal

import pytest

from mahnakte.briefe.ton.anlass import Anlass, find_stufe
from mahnakte.briefe.ton.lesen import read_brieftext
from mahnakte.briefe.ton.pruefung import check_ton
from mahnakte.briefe.ton.text import Absatz, Brieftext, Kontozeile, Ort, normalize_text
from mahnakte.briefe.ton.woerter import LISTEN, read_eintraege, read_woerter
from mahnakte.grund.befund import Befund
from meldungsbau import Beweise
from vorlagenbau import pack

beweist = Beweise("briefe/ton")
ALLE_LISTEN = (*LISTEN, "fachwort")
EINLADUNG = "Haben Sie Fragen?"
KONTAKT = "Telefon 0351 1234560"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def check(*texte: str, anlass: Anlass | None = None, zeilen: tuple[Kontozeile, ...] = ()) -> Iterable[Befund]:
    """Check a letter of these paragraphs."""
    absaetze = (Absatz(nr, Ort.TEXT, (normalize_text(text),)) for nr, text in enumerate(texte, start=1))
    return check_ton(Brieftext("brief.docx", tuple(absaetze), zeilen), anlass or Anlass()).befunde


def word_file(koerper: str) -> bytes:
    return pack({"word/document.xml": f"<w:document {_W}><w:body>{koerper}</w:body></w:document>".encode()})


def read(inhalt: bytes) -> Iterable[Befund]:
    read_brieftext(inhalt, "brief.docx")
    return ()


# --- what a sentence says ---------------------------------------------------------------------------

SAETZE = {
    "TON_AMTSDEUTSCH": "Die vorgenannte Rechnung ist offen.",
    "TON_DROHUNG": "Das wird teuer.",
    "TON_FACHWORT": "Der Anspruch verjährt.",
    "TON_SPERRE_AMTSANSCHEIN": "Dies ist eine amtliche Zahlungsaufforderung.",
    "TON_SPERRE_ARBEITGEBER": "Wir wenden uns dann direkt an Ihre Arbeitgeberin.",
    "TON_SPERRE_AUSKUNFTEI": "Ihre Kreditwürdigkeit leidet.",
    "TON_SPERRE_BEHOERDE": "Wir melden den Vorgang dem Finanzamt.",
    "TON_SPERRE_BESUCH": "Bald steht jemand vor Ihrer Tür.",
    "TON_SPERRE_DRITTE": "Wir werden Ihren Vermieter kontaktieren.",
    "TON_SPERRE_EINSCHUECHTERUNG": "Wir wissen, wo Sie wohnen.",
    "TON_SPERRE_STRAFANZEIGE": "Damit machen Sie sich strafbar.",
    "TON_SPERRE_VEROEFFENTLICHUNG": "Wir veröffentlichen Ihren Namen im Internet.",
    "TON_SPERRE_VOLLSTRECKUNG": "Wir sperren Ihr Konto.",
    "TON_UEBERTREIBUNG": "Zahlen Sie jetzt!!",
    "TON_VORWURF": "Sie sind säumig.",
    "TON_PASSIV": "Die Ware wurde geliefert. Die Rechnung wurde gestellt. Der Betrag wurde angemahnt.",
    "TON_SATZ_LANG": "Bitte sagen Sie uns, " + "ob das geht und " * 8 + "ob es passt.",
    "TON_ABSATZ_LANG": "Bitte rufen Sie uns an, wenn der Tag nicht passt. " * 10,
    "TON_SUMME_OHNE_HERLEITUNG": "Sie schulden uns noch 940,00 €.",
}
for _code, _satz in SAETZE.items():
    beweist(_code)(lambda satz=_satz: check(satz, EINLADUNG, KONTAKT))


@beweist("TON_REGISTER")
def too_early() -> Iterable[Befund]:
    anlass = Anlass(find_stufe("zahlungserinnerung.docx"))
    return check("Mahnung zu Rechnung RE-2026-117", EINLADUNG, KONTAKT, anlass=anlass)


# --- what the letter as a whole says ----------------------------------------------------------------

MAHNBESCHEID = "Danach beantragen wir beim Amtsgericht einen Mahnbescheid."


@beweist("TON_SCHRITT_ANDERS")
def another_step() -> Iterable[Befund]:
    anlass = Anlass(find_stufe("mahnung-letzte.docx"), aus_fall=True, dann="uebergabe")
    return check(MAHNBESCHEID, EINLADUNG, KONTAKT, anlass=anlass)


@beweist("TON_SCHRITT_STUFE")
def not_yet() -> Iterable[Befund]:
    return check(MAHNBESCHEID, EINLADUNG, KONTAKT, anlass=Anlass(find_stufe("mahnung-1.docx")))


@beweist("TON_SCHRITT_FEHLT")
def no_step() -> Iterable[Befund]:
    return check(EINLADUNG, KONTAKT, anlass=Anlass(find_stufe("mahnung-letzte.docx")))


@beweist("TON_ZINS_OHNE_HERLEITUNG")
def bare_interest() -> Iterable[Befund]:
    zeile = Kontozeile("Zinsen 12,30 €", Decimal("12.30"))
    return check("Dazu kommen Zinsen.", EINLADUNG, KONTAKT, zeilen=(zeile,))


@beweist("TON_KEIN_KONTAKT")
def unreachable() -> Iterable[Befund]:
    return check("Die Rechnung ist noch offen.", EINLADUNG)


@beweist("TON_KEINE_EINLADUNG")
def no_answer_wanted() -> Iterable[Befund]:
    return check("Die Rechnung ist noch offen.", KONTAKT)


@beweist("TON_LESBARKEIT")
def hard_to_read() -> Iterable[Befund]:
    satz = "Voraussetzung der Bearbeitung ist die ordnungsmäßige Rechnungsstellung einschließlich Lieferbestätigung."
    return check(*[satz] * 8, EINLADUNG, KONTAKT)


# --- the file itself --------------------------------------------------------------------------------

DATEIEN = {
    "TON_DATEI_ART": b"Guten Tag",
    "TON_UNLESBAR": b"PK\x03\x04" + bytes(40),
    "TON_OHNE_TEXT": word_file("<w:p/>"),
    "TON_ZU_GROSS": word_file(f"<w:p><w:r><w:t>{'Wort ' * 5_000}</w:t></w:r></w:p>"),
}
for _code, _datei in DATEIEN.items():
    beweist(_code)(lambda datei=_datei: read(datei))


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)


@pytest.mark.parametrize("liste", ALLE_LISTEN)
def test_the_register_says_of_a_word_list_what_the_list_says(liste: str) -> None:
    """Weight and source stand in the list, for each of its entries; the register sums them up."""
    eintraege = read_eintraege(liste)
    for code in {eintrag.code for eintrag in eintraege}:
        meldung = beweist.meldungen[code]
        assert set(meldung.schweren) == {e.schwere for e in eintraege if e.code == code}, code
        assert meldung.quelle == read_woerter(liste).text("quelle"), code
