"""The creditor's letters: what goes into one, and the check of the finished file before it leaves the house.

`compute_briefe` is pure: case, account, stage and deadline in, drafts out. Setting happens in `satz`.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from mahnakte.briefe.anschrift import group_by_anschrift
from mahnakte.briefe.aufstellung import Aufstellung, compute_aufstellung
from mahnakte.briefe.variablen import BRIEF
from mahnakte.briefe.werte import Anlass, compute_werte, verwendungszweck
from mahnakte.fall.einstellungen import Mahnstufe
from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import Ablehnung, Befund, Schwere, sperre, warnung
from mahnakte.grund.betrag import NULL, format_euro, json_betrag
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Konto
from mahnakte.satz.druck import Satz
from mahnakte.satz.druckbild import shows_module
from mahnakte.satz.zahlcode import Ueberweisung, Zahlcode, draw_zahlcode

ARTEN = ("zahlungserinnerung", "mahnung-1", "mahnung-letzte")
VARIABLEN = BRIEF

_SEITENZAHL = re.compile(r"Seite\s+(\d+)\s+von\s+(\d+)")
_CODE_MM = 20.0  # smaller codes are not read from a page scanned at 150 dpi


@dataclasses.dataclass(frozen=True, slots=True)
class Briefentwurf:
    """One letter before setting.

    `stamm` is the file name without ending; `werte` and `bilder` go to satz.druck.set_letter; `anschrift` must
    stand in the window, `erwartet` anywhere in the finished letter; `daten` belong into the step's entry.
    """

    art: str
    stamm: str
    datum: dt.date
    werte: Mapping[str, Any]
    bilder: Mapping[str, bytes]
    anschrift: tuple[str, ...]
    erwartet: tuple[str, ...]
    zahlcode: Zahlcode | None
    daten: Mapping[str, Any]
    befunde: tuple[Befund, ...] = ()


def template_name(art: str) -> str:
    """Return the file in templates/letters/ for a kind of letter; raise Ablehnung for an unknown one."""
    if art not in ARTEN:
        raise Ablehnung(
            sperre("BRIEF_ART", f"Den Brief „{art}“ gibt es nicht.", f"Möglich sind: {', '.join(ARTEN)}.")
        )
    return f"{art}.docx"


def compute_briefe(
    fall: Fall,
    konto: Konto,
    stufe: Mahnstufe,
    frist_bis: dt.date,
    dann: str | None,
    logo: bytes | None = None,
) -> tuple[Briefentwurf, ...]:
    """Return the drafts of one stage: one letter for each address of the debtors.

    The date of the letters is the Stichtag of the account. `dann` is the step that the letter announces,
    `logo` a PNG. Raises Ablehnung when the letter must not be written.
    """
    template_name(stufe.art)
    _refuse_missing_duties(fall)
    _refuse_part_debtors(fall)
    nur_hauptforderung = stufe.art == "zahlungserinnerung"
    aufstellung = compute_aufstellung(fall, konto, nur_hauptforderung=nur_hauptforderung)
    if aufstellung.summe <= NULL:
        raise Ablehnung(sperre("BRIEF_NICHTS_OFFEN", "Es ist nichts offen.", "Es gibt nichts zu mahnen."))
    if stufe.art == "mahnung-letzte" and dann not in ("mahnbescheid", "uebergabe"):
        raise Ablehnung(
            sperre("BRIEF_SCHRITT_FEHLT", "Die letzte Mahnung muss sagen, was als Nächstes geschieht.",
                   "Im Mahnplan bei mahnung-letzte „dann: mahnbescheid“ oder „dann: uebergabe“ angeben.",
                   stufe.stelle)
        )  # fmt: skip
    zahlcode, befunde = _draw_code(fall, aufstellung)
    befunde += _check_business_details(fall)
    gruppen = group_by_anschrift(fall.schuldner)
    return tuple(
        _draft(fall, konto, aufstellung, zahlcode, befunde, logo, Anlass(
            stufe=stufe, frist_bis=frist_bis, dann=dann, empfaenger=gruppe, nur_hauptforderung=nur_hauptforderung,
            logo=logo is not None, zahlcode=zahlcode is not None), mehrere=len(gruppen) > 1)
        for gruppe in gruppen
    )  # fmt: skip


def _refuse_missing_duties(fall: Fall) -> None:
    """A first letter from an agency or lawyer to a private person owes the items of § 13a RDG, § 43d BRAO."""
    rolle = fall.einstellungen.absender.rolle
    privat = [einer for einer in fall.schuldner if einer.art == "person" and einer.verbraucher is not False]
    if rolle != "glaeubiger" and privat:
        raise Ablehnung(
            sperre("BRIEF_PFLICHTANGABEN",
                   f"Als {rolle} darf dieser Brief nicht an eine Privatperson gehen ({privat[0].voller_name}): "
                   "es fehlen die Angaben nach § 13a RDG / § 43d BRAO.",
                   "Zuerst das Erstschreiben verwenden; in dieser Version gibt es dafür noch keine Vorlage.",
                   privat[0].stelle)
        )  # fmt: skip


def _check_business_details(fall: Fall) -> tuple[Befund, ...]:
    """Every letter of a company names its seat, register and officers (§ 35a GmbHG, § 80 AktG, §§ 125, 177a HGB)."""
    absender, glaeubiger = fall.einstellungen.absender, fall.glaeubiger
    if absender.rolle != "glaeubiger" or glaeubiger.art != "gesellschaft" or absender.pflichtangaben:
        return ()
    return (
        warnung("BRIEF_GESCHAEFTSANGABEN",
                f"Auf den Briefen von {absender.name} fehlen Sitz, Registergericht und Geschäftsleitung.",
                "In mahnakte.yaml bei absender „pflichtangaben:“ ergänzen.", absender.stelle),
    )  # fmt: skip


def _refuse_part_debtors(fall: Fall) -> None:
    """Who owes only a part (§ 420 BGB) must not be asked for the whole."""
    if len(fall.schuldner) > 1 and not fall.gesamtschuldner:
        raise Ablehnung(
            sperre("BRIEF_TEILSCHULD", "Mehrere Schuldner, aber nicht als Gesamtschuldner angegeben.",
                   "In fall.yaml „gesamtschuldner: ja“ angeben oder je Schuldner einen eigenen Fall anlegen.",
                   fall.schuldner[1].stelle)
        )  # fmt: skip


def _draw_code(fall: Fall, aufstellung: Aufstellung) -> tuple[Zahlcode | None, tuple[Befund, ...]]:
    """A letter without a payment code is still a letter; the clerk hears why."""
    absender = fall.einstellungen.absender
    ueberweisung = Ueberweisung(
        absender.kontoinhaber or absender.name,
        absender.iban,
        aufstellung.summe,
        verwendungszweck(fall, aufstellung),
    )
    try:
        return draw_zahlcode(ueberweisung), ()
    except Ablehnung as ablehnung:
        return None, (dataclasses.replace(ablehnung.befund, schwere=Schwere.WARNUNG),)


def _draft(
    fall: Fall, konto: Konto, aufstellung: Aufstellung, zahlcode: Zahlcode | None, befunde: tuple[Befund, ...],
    logo: bytes | None, anlass: Anlass, *, mehrere: bool,
) -> Briefentwurf:  # fmt: skip
    werte = compute_werte(fall, konto, aufstellung, anlass)
    bilder = {"zahlcode": zahlcode.png} if zahlcode else {}
    if logo is not None:
        bilder["logo"] = logo
    endung = f"_{anlass.empfaenger[0].kennung}" if mehrere else ""
    return Briefentwurf(
        art=anlass.stufe.art,
        stamm=f"{konto.stichtag.isoformat()}_{anlass.stufe.art}{endung}",
        datum=konto.stichtag,
        werte=werte,
        bilder=bilder,
        anschrift=tuple(werte["empfaenger"]["zeilen"]),
        erwartet=_expected(werte),
        zahlcode=zahlcode,
        daten=_entry(aufstellung, anlass),
        befunde=befunde,
    )


def _expected(werte: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        werte["brief"]["aktenzeichen"],
        format_euro(werte["summe"]["betrag"]),
        werte["zahlung"]["iban"],
        format_datum(werte["brief"]["frist"]),
        *(forderung["nummer"] for forderung in werte["forderungen"]),
        *(posten["text"] for posten in werte["posten"]),
    )


def _entry(aufstellung: Aufstellung, anlass: Anlass) -> dict[str, Any]:
    """What later readers of the step need: the deadline, the sum asked for, who was asked, what was announced."""
    return {
        "frist_bis": anlass.frist_bis.isoformat(),
        "betrag": json_betrag(aufstellung.summe),
        "betrag_gilt_bis": anlass.frist_bis.isoformat(),
        "rechnungen": [zeile.forderung.nummer for zeile in aufstellung.forderungen],
        "empfaenger": [einer.kennung for einer in anlass.empfaenger],
        "dann": anlass.dann,
    }


# --- the finished letter ------------------------------------------------------------------------------


def check_brief(satz: Satz, entwurf: Briefentwurf) -> tuple[Befund, ...]:
    """Compare a finished letter with its draft; any finding means that it must not leave the house."""
    druck = satz.druckbild
    maengel = [*_missing(druck.seiten, entwurf), *_missing_in_docx(satz.docx_text, entwurf)]
    fenster = _squeeze(druck.fenster)
    if not all(_squeeze(zeile) in fenster for zeile in entwurf.anschrift):
        maengel.append("die Anschrift steht nicht vollständig im Fenster")
    if druck.fremde_schriften:
        maengel.append(f"nicht eingebettete Schriften: {', '.join(druck.fremde_schriften)}")
    if entwurf.zahlcode and not _shows_code(satz, entwurf.zahlcode):
        maengel.append("der Zahlcode fehlt oder ist nicht lesbar")
    return tuple(
        sperre("BRIEF_UNVOLLSTAENDIG", f"Der gesetzte Brief {entwurf.stamm} stimmt nicht: {mangel}.",
               "Die Vorlage an dieser Stelle mit der mitgelieferten vergleichen.")
        for mangel in maengel
    )  # fmt: skip


def _missing(seiten: tuple[str, ...], entwurf: Briefentwurf) -> Iterable[str]:
    text = _squeeze("".join(seiten))
    for erwartet in entwurf.erwartet:
        if _squeeze(erwartet) not in text:
            yield f"„{erwartet}“ fehlt im PDF"
    for nummer, seite in enumerate(seiten, start=1):
        gezaehlt = _SEITENZAHL.findall(seite)
        if gezaehlt and (str(nummer), str(len(seiten))) not in gezaehlt:
            yield f"auf Seite {nummer} steht nicht „Seite {nummer} von {len(seiten)}“"


def _missing_in_docx(text: str, entwurf: Briefentwurf) -> Iterable[str]:
    eng = _squeeze(text)
    for erwartet in (*entwurf.anschrift, *entwurf.erwartet):
        if _squeeze(erwartet) not in eng:
            yield f"„{erwartet}“ fehlt im Word-Dokument"


def _squeeze(text: str) -> str:
    """Drop all white space: the engine breaks lines where it likes."""
    return re.sub(r"\s", "", text)


def _shows_code(satz: Satz, zahlcode: Zahlcode) -> bool:
    return any(
        bild.breite >= _CODE_MM and shows_module(bild, zahlcode.module) for bild in satz.druckbild.bilder
    )
