"""What the translation of the facts of a letter says: sections, sentences, conditions.

A sentence stands only where its condition holds among the values of the letter, and only because the German letter
says the same (sprachen/de.yaml, `anker`). What happens next is never more than the letter announces.
"""

import dataclasses
from collections.abc import Mapping

from mahnakte.arten.brief import Hilfsblatt


@dataclasses.dataclass(frozen=True, slots=True)
class Satz:
    """One sentence by its key; `wenn` must hold, `ohne` must not (paths into the values of the letter)."""

    schluessel: str
    wenn: str = ""
    ohne: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Zeile:
    """One line of facts: key of its name, placeholder of its value; `wenn` must hold."""

    name: str
    platzhalter: str
    wenn: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Aufbau:
    """What the page says about one kind of letter.

    `fordert`: the letter has a payment block. `auftraggeber`: a letter of an agency or lawyer names the creditor.
    """

    worum: tuple[Satz, ...]
    zahlen: tuple[Satz, ...] = ()
    weiter: tuple[Satz, ...] = ()
    antworten: tuple[Satz, ...] = ()
    fordert: bool = True
    auftraggeber: bool = False


WORUM_ZEILEN = (
    Zeile("wort_absender", "absender"),
    Zeile("wort_auftraggeber", "auftraggeber", "nennt_auftraggeber"),
    Zeile("wort_aktenzeichen", "aktenzeichen"),
)
ZAHLUNG_ZEILEN = (
    Zeile("wort_betrag", "betrag"),
    Zeile("wort_frist", "frist", "frist_ist_zahltag"),
    Zeile("wort_faellig", "frist", "frist_ist_faelligkeit"),
    Zeile("wort_erste_faellig", "frist", "frist_ist_erste_faelligkeit"),
    Zeile("wort_empfaenger", "empfaenger"),
    Zeile("", "iban"),
    Zeile("wort_zweck", "zweck"),
)
ANTWORT_ZEILEN = (
    Zeile("wort_telefon", "telefon", "absender.telefon"),
    Zeile("wort_email", "email", "absender.email"),
)

_TABELLE = Satz("tabelle_im_brief")
_GESAMT = Satz("gesamtschuld", "gesamtschuldner")
_CODE = Satz("zahlcode", "zahlung.zahlcode")
_SCHON = Satz("schon_gezahlt")
_GUELTIG = (
    Satz("gilt_bis", ohne="zinsen.laufen"),
    Satz("zinsen_je_tag", "zinsen.laufen", ohne="zinsen.ohne_ende"),
    Satz("zinsen_ohne_ende", "zinsen.ohne_ende"),
    Satz("zinsen_offen", "zinsen.offen"),
)
_BITTE = (Satz("zahlen_bitte"), *_GUELTIG, _CODE)
_VERZUG = (
    Satz("verzug_eingetreten", "verzug.eingetreten"),
    Satz("verzug_zinsen", "verzug.eingetreten_mit_zinsen"),
    Satz("verzug_durch_frist", "verzug.durch_frist", ohne="verzug.eingetreten"),
    Satz("weitere_kosten", "verzug.eingetreten_oder_frist"),
)
_MAHNBESCHEID = (
    Satz("mahnbescheid", "schritt.mahnbescheid"),
    Satz("mahnbescheid_kosten", "schritt.mahnbescheid"),
)
_UEBERGABE = (Satz("uebergabe", "schritt.uebergabe"), Satz("uebergabe_kosten", "schritt.uebergabe"))
_REDEN = (Satz("raten"), Satz("einwand"), Satz("wir_pruefen"))
_KLAEREN = (Satz("einwand"), Satz("raten"))


def _forderung(
    worum: str, weiter: tuple[Satz, ...], antworten: tuple[Satz, ...], *, auftraggeber: bool = False
) -> Aufbau:
    """Return the page for a letter with claim table, request and payment block."""
    return Aufbau(
        worum=(Satz(worum), _TABELLE, _GESAMT),
        zahlen=(*_BITTE, _SCHON),
        weiter=weiter,
        antworten=antworten,
        auftraggeber=auftraggeber,
    )


AUFBAUTEN: Mapping[Hilfsblatt, Aufbau] = {
    Hilfsblatt.HINWEIS: Aufbau(worum=(Satz("worum_hinweis"), _TABELLE, _GESAMT), zahlen=(*_GUELTIG, _CODE, _SCHON),
                      antworten=(Satz("stimmt_nicht"),)),
    Hilfsblatt.ERINNERUNG: _forderung("worum_zahlungserinnerung", (), (Satz("tag_passt_nicht"),)),
    Hilfsblatt.MAHNUNG: _forderung("worum_mahnung", _VERZUG, _REDEN),
    Hilfsblatt.LETZTE_MAHNUNG: _forderung("worum_mahnung_letzte", (*_MAHNBESCHEID, *_UEBERGABE), _REDEN),
    Hilfsblatt.UEBERGABE: _forderung("worum_uebergabe", (Satz("uebergabe_an"), Satz("uebergabe_kosten")), _REDEN),
    Hilfsblatt.ERSTSCHREIBEN: _forderung("worum_erstschreiben", (), _KLAEREN, auftraggeber=True),
    Hilfsblatt.FOLGESCHREIBEN: _forderung("worum_folgeschreiben", (), _KLAEREN, auftraggeber=True),
    Hilfsblatt.LETZTE_AUFFORDERUNG: _forderung("worum_letzte_aufforderung", _MAHNBESCHEID, _REDEN, auftraggeber=True),
    Hilfsblatt.REST: _forderung("worum_restforderung", (), (Satz("einwand"), Satz("wir_pruefen"))),
    Hilfsblatt.RATE: Aufbau(worum=(Satz("worum_rate"),),
                                   zahlen=(Satz("zahlen_bitte"), Satz("gilt_bis"), _CODE, _SCHON),
                                   weiter=(Satz("rate_weiter"),), antworten=(Satz("rate_aendern"),)),
    Hilfsblatt.RATENPLAN_ENDE: Aufbau(worum=(Satz("worum_kuendigung"), _TABELLE, _GESAMT),
                                   zahlen=(*_BITTE, Satz("gezahlt_angerechnet")), antworten=(Satz("loesung"),)),
    Hilfsblatt.EINGANG: Aufbau(worum=(Satz("worum_eingang"),), fordert=False, antworten=(Satz("stimmt_nicht"),),
                              weiter=(Satz("eingang_erledigt", "eingang.erledigt"),
                                      Satz("eingang_verlangtes", "eingang.wie_verlangt"),
                                      Satz("eingang_rest", "eingang.rest"))),
    Hilfsblatt.EINWAND: Aufbau(worum=(Satz("worum_einwand"),), fordert=False, weiter=(Satz("einwand_ruht"),),
                               antworten=(Satz("unterlagen"),)),
    Hilfsblatt.ERLEDIGUNG: Aufbau(worum=(Satz("worum_erledigung"),), fordert=False, weiter=(Satz("quittung"),)),
}  # fmt: skip
