"""The values of a letter: everything that its template may name, put together from groups.

Numbers come from the account alone; wording stands in the templates. The names are listed in variablen.py.
"""

import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from mahnakte.ablauf.anmahnung import angemahnte_rechnungen
from mahnakte.arten.brief import TONLAGEN, Ton
from mahnakte.arten.folgeschritt import FOLGESCHRITTE
from mahnakte.briefe import absprache, antworten, auftrag, besondere
from mahnakte.briefe.aufstellung import Aufstellung
from mahnakte.briefe.sache import Sache, Teil, refuse, refuse_settled, write_iban, write_long_date
from mahnakte.fall.einstellungen import Absender, Briefkopf
from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import gather
from mahnakte.grund.betrag import NULL, format_euro, format_zahl
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Konto, Kontoforderung, Zinsausblick
from mahnakte.konto.posten import EIN_TAG
from mahnakte.konto.zinsluecke import describe_counted, describe_uncounted
from mahnakte.recht.zinsen import Zinssatz, last_known_day
from mahnakte.recht.zinssatz import rate_on


def collect_teile(sache: Sache) -> dict[str, Teil]:
    """Return what each group of the letter contributes; raise Ablehnung with all that is not stated."""
    namen = [teil for teil in sache.art.teile if teil != "zahlung"]
    return dict(zip(namen, gather(functools.partial(FUELLER[name], sache) for name in namen), strict=True))


def compute_werte(
    sache: Sache, teile: Mapping[str, Teil], *, zeilen: Sequence[str], anrede: str, logo: bool, zahlcode: bool,
    anlagen: Sequence[str],
) -> dict[str, Any]:  # fmt: skip
    """Return the tree of values: the head that every letter has, then its groups."""
    fall = sache.fall
    werte: dict[str, Any] = {
        "absender": _absender(fall.einstellungen.absender, logo=logo),
        "glaeubiger": {"name": fall.glaeubiger.voller_name},
        "empfaenger": {
            "zeilen": list(zeilen),
            "anrede": anrede,
            "name": ", ".join(einer.voller_name for einer in sache.empfaenger) or zeilen[0],
            "personen": [{"name": einer.voller_name} for einer in sache.empfaenger],
            "mehrere": len(sache.empfaenger) > 1,
        },
        "brief": {
            "aktenzeichen": fall.aktenzeichen,
            "datum": sache.datum,
            "stand": sache.konto.stichtag,
            "zusatz": list(sache.zusatz),
        },
        "schuldner": [{"name": einer.voller_name, "ort": einer.ort} for einer in fall.schuldner],
        "gesamtschuldner": fall.gesamtschuldner and len(fall.schuldner) > 1,
        "ton": {register: register == decide_ton(sache) for register in TONLAGEN},
        "anlagen": list(anlagen),
        "briefkopf": _briefkopf(fall.einstellungen.briefkopf),
    }
    for teil in teile.values():
        for name, wert in teil.werte.items():
            werte[name] = {**werte[name], **wert} if name == "brief" else wert
    if "zahlung" in sache.art.teile and (ueberweisung := find_betrag(teile)):
        werte["zahlung"] = _zahlung(sache, *ueberweisung, zahlcode=zahlcode)
    return werte


def decide_ton(sache: Sache) -> Ton:
    """The debtor's own register counts before that of the stage; whom one wants to keep is addressed kindly."""
    eigene = [einer.ton for einer in sache.empfaenger if einer.ton]
    if eigene:
        return min(eigene, key=TONLAGEN.index)
    ton = sache.stufe.ton or sache.art.ton
    return TONLAGEN[max(0, TONLAGEN.index(ton) - 1)] if sache.fall.behalten and not sache.stufe.ton else ton


def find_betrag(teile: Mapping[str, Teil]) -> tuple[Decimal, dt.date] | None:
    """Return the sum that the letter asks for and until when it suffices, or None."""
    for teil in teile.values():
        if teil.betrag is not None and teil.gilt_bis is not None:
            return teil.betrag, teil.gilt_bis
    frist = teile["frist"].gilt_bis if "frist" in teile else None
    for teil in teile.values():
        if teil.betrag is not None and frist is not None:
            return teil.betrag, frist
    return None


def verwendungszweck(fall: Fall, aufstellung: Aufstellung | None) -> str:
    """Return the reference of the payment: our file number, and the invoice where there is only one."""
    nummern = [zeile.forderung.nummer for zeile in aufstellung.forderungen] if aufstellung else []
    return f"{fall.aktenzeichen} {nummern[0]}" if len(nummern) == 1 else fall.aktenzeichen


# --- the head of every letter -------------------------------------------------------------------------


def _absender(absender: Absender, *, logo: bool) -> dict[str, Any]:
    pflicht = absender.pflichtangaben or ""
    return {
        "name": absender.name,
        "strasse": absender.strasse,
        "plz": absender.plz,
        "ort": absender.ort,
        "zeile": f"{absender.name} · {absender.strasse} · {absender.plz} {absender.ort}",
        "telefon": absender.telefon or "",
        "email": absender.email or "",
        "internet": absender.internet or "",
        "ansprechpartner": absender.ansprechpartner or "",
        "pflichtangaben": pflicht,
        "pflichtzeilen": [teil.strip() for teil in re.split(r",\s+|\n", pflicht) if teil.strip()],
        "aufsicht": absender.aufsicht or "",
        "iban": write_iban(absender.iban),
        "bank": absender.bank or "",
        "kontoinhaber": absender.kontoinhaber or absender.name,
        "datenschutz": absender.datenschutz or "",
        "fuer_andere": absender.rolle != "glaeubiger",
        "logo": logo,
    }


def _briefkopf(kopf: Briefkopf) -> dict[str, Any]:
    spalten = [[zeile.strip() for zeile in spalte.split("|")] for spalte in kopf.fusszeile]
    spalten += [[] for _ in range(3 - len(spalten))]
    return {
        "form_a": kopf.form == "A",
        "form_b": kopf.form == "B",
        "logo_mitte": kopf.logo_platz == "mitte",
        "logo_rechts": kopf.logo_platz == "rechts",
        "eigene_fusszeile": bool(kopf.fusszeile),
        **{f"spalte_{nummer}": spalte for nummer, spalte in enumerate(spalten, start=1)},
    }


# --- deadline, claims, payment ------------------------------------------------------------------------


def _fill_frist(sache: Sache) -> Teil:
    frist = _first_due_day(sache) if sache.frist_bis is None else sache.frist_bis
    lang = write_long_date(frist)
    zahlungsfrist = sache.art.fordert or sache.frist_bis is None
    return Teil(
        werte={"brief": {"frist": frist, "frist_lang": lang}},
        gilt_bis=frist,
        erwartet=(format_datum(frist) if zahlungsfrist else lang,),
    )


def _first_due_day(sache: Sache) -> dt.date:
    """A notice ahead of the due date sets no deadline of its own: it names the due date."""
    tage = [zeile.konto.faellig_am for zeile in sache.aufstellung.forderungen] if sache.aufstellung else []
    bekannte = [tag for tag in tage if tag is not None]
    if not bekannte:
        raise refuse(
            "BRIEF_NICHTS_FAELLIG_BALD", "Es gibt keine Rechnung, die erst noch fällig wird.",
            "Der Hinweis geht vor dem Fälligkeitstag hinaus; „faellig_am:“ prüfen."
        )  # fmt: skip
    return min(bekannte)


def _fill_forderung(sache: Sache) -> Teil:
    aufstellung = sache.aufstellung
    if aufstellung is None or aufstellung.summe <= NULL:
        raise refuse_settled("Es ist nichts offen.", "Es gibt nichts zu mahnen.")
    gezeigt = [zeile.konto for zeile in aufstellung.forderungen]
    werte: dict[str, Any] = {
        "forderungen": _forderungen(sache, aufstellung),
        "posten": [{"text": posten.text, "betrag": posten.betrag} for posten in aufstellung.posten],
        "summe": _summe(sache, aufstellung),
        "zinsen": _zinsen(sache, gezeigt),
        "verzug": _verzug(sache, gezeigt),
        "schritt": {schritt: sache.dann == schritt for schritt in FOLGESCHRITTE},
    }
    erwartet = (
        format_euro(aufstellung.summe),
        *(forderung["nummer"] for forderung in werte["forderungen"]),
        *(posten["text"] for posten in werte["posten"]),
        *(_as_printed(zeile["betrag"]) for zeile in (*werte["forderungen"], *werte["posten"])),
    )
    schluessel = " ".join(sorted(zeile.forderung.nummer for zeile in aufstellung.forderungen))
    return Teil(werte=werte, betrag=aufstellung.summe, erwartet=erwartet, schluessel=schluessel)


def _as_printed(betrag: Decimal) -> str:
    """Write an amount as it stands in the letter: with the minus sign that is as wide as a digit."""
    return format_euro(betrag).replace("-", "\u2212")


def _forderungen(sache: Sache, aufstellung: Aufstellung) -> list[dict[str, Any]]:
    neue = _new_in_series(sache, aufstellung)
    return [
        {
            "nummer": f"{zeile.forderung.nummer}{' (neu)' if zeile.forderung.nummer in neue else ''}",
            "datum": zeile.forderung.datum,
            "faellig": format_datum(zeile.konto.faellig_am) if zeile.konto.faellig_am else "",
            "betrag": zeile.betrag,
        }
        for zeile in aufstellung.forderungen
    ]


def _new_in_series(sache: Sache, aufstellung: Aufstellung) -> frozenset[str]:
    """Return the invoices that a letter of the series asks for beside others that were asked for before."""
    nummern = {zeile.forderung.nummer for zeile in aufstellung.forderungen}
    bekannte = nummern & angemahnte_rechnungen(sache.sachstand)
    return frozenset(nummern - bekannte) if sache.art.stufe and bekannte else frozenset()


def _summe(sache: Sache, aufstellung: Aufstellung) -> dict[str, Any]:
    konto, nur_hauptforderung = sache.konto, sache.art.nur_hauptforderung
    return {
        "betrag": aufstellung.summe,
        "hauptforderung": konto.hauptforderung,
        "zinsen": NULL if nur_hauptforderung else konto.zinsen,
        "kosten": NULL if nur_hauptforderung else konto.kosten,
        "teilzahlung": any(posten.betrag < NULL for posten in aufstellung.posten),
    }


def _zinsen(sache: Sache, gezeigt: Sequence[Kontoforderung]) -> dict[str, Any]:
    ausblick = find_ausblick(sache)
    bis = ausblick.bis if ausblick else None
    konto = sache.konto
    offen = "" if sache.art.nur_hauptforderung else describe_uncounted(gezeigt, konto.stichtag)
    return {
        "text": _rate_text(sache.konto, gezeigt),
        "laufen": ausblick is not None,
        "je_tag": ausblick.je_tag if ausblick else NULL,
        "ab": ausblick.ab if ausblick else sache.konto.stichtag + EIN_TAG,
        "endet": bis is not None,
        "bis": bis or sache.konto.stichtag,
        "gerechnet_bis": describe_counted(konto) if offen and konto.zinsen else "",
        "offen": offen,
    }


def find_ausblick(sache: Sache) -> Zinsausblick | None:
    """Return what a late payment adds to the sum of the letter, up to which day that figure is certain.

    Nothing where the letter asks for no interest. A letter that itself puts into default when its deadline has passed
    changes the figure from the day after.
    """
    ausblick = sache.konto.ausblick
    if ausblick is None or sache.art.nur_hauptforderung or sache.aufstellung is None:
        return None
    if not _puts_into_default(sache, [zeile.konto for zeile in sache.aufstellung.forderungen]):
        return ausblick
    if sache.frist_bis is None or ausblick.ab > sache.frist_bis:
        return None  # the letter says what default brings
    bis = min(ausblick.bis or sache.frist_bis, sache.frist_bis)
    return dataclasses.replace(ausblick, bis=bis)


def _rate_text(konto: Konto, gezeigt: Sequence[Kontoforderung]) -> str:
    """Return the rate in words when one rate holds for all shown claims, else nothing."""
    saetze: set[Zinssatz] = set()
    for zeile in gezeigt:
        gesetzlich = {lage.zins.zinssatz for lage in zeile.verzug if lage.zins}
        saetze |= {zeile.zinssatz} if zeile.zinssatz else gesetzlich
    if len(saetze) != 1:
        return ""
    satz = saetze.pop()
    punkte = "" if satz.punkte is None else f"{_plain(satz.punkte)} Prozentpunkte über dem Basiszinssatz"
    if konto.stichtag > last_known_day(konto.recht, satz):
        return punkte  # the law states the rate in points as well (§ 288 BGB)
    prozent = f"{format_zahl(rate_on(konto.recht, satz, konto.stichtag))}\u00a0% im Jahr"
    return f"{prozent} ({punkte})" if punkte else prozent


def _plain(zahl: Decimal) -> str:
    return f"{zahl.normalize():f}".replace(".", ",")


def _verzug(sache: Sache, gezeigt: Sequence[Kontoforderung]) -> dict[str, bool]:
    return {
        "eingetreten": any(_in_default(sache, gezeigt)),
        "durch_frist": _puts_into_default(sache, gezeigt),
    }


def _in_default(sache: Sache, gezeigt: Sequence[Kontoforderung]) -> list[bool]:
    tag = sache.konto.stichtag
    return [bool(z.verzug_ab and z.verzug_ab <= tag) for z in gezeigt if z.offen > NULL]


def _puts_into_default(sache: Sache, gezeigt: Sequence[Kontoforderung]) -> bool:
    """A Mahnung before the due date has no effect (§ 286 (1) BGB)."""
    faellig = all(z.zahlbar_bis <= sache.konto.stichtag for z in gezeigt)
    return sache.stufe.setzt_in_verzug and not all(_in_default(sache, gezeigt)) and faellig


def _zahlung(sache: Sache, betrag: Decimal, gilt_bis: dt.date, *, zahlcode: bool) -> dict[str, Any]:
    absender = sache.fall.einstellungen.absender
    return {
        "betrag": betrag,
        "empfaenger": absender.kontoinhaber or absender.name,
        "iban": write_iban(absender.iban),
        "bank": absender.bank or "",
        "verwendungszweck": verwendungszweck(sache.fall, sache.aufstellung),
        "gilt_bis": gilt_bis,
        "zahlcode": zahlcode,
    }


FUELLER: Mapping[str, Callable[[Sache], Teil]] = {
    "frist": _fill_frist,
    "forderung": _fill_forderung,
    "stand": besondere.fill_stand,
    "grund": auftrag.fill_grund,
    "auftrag": auftrag.fill_auftrag,
    "uebergabe": besondere.fill_uebergabe,
    "raten": absprache.fill_raten,
    "rueckstand": absprache.fill_rueckstand,
    "kuendigung": absprache.fill_kuendigung,
    "stundung": absprache.fill_stundung,
    "vergleich": absprache.fill_vergleich,
    "hinweise": absprache.fill_hinweise,
    "eingang": antworten.fill_eingang,
    "quittung": antworten.fill_quittung,
    "einwand": antworten.fill_einwand,
    "antwort": antworten.fill_antwort,
    "schlichtung": antworten.fill_schlichtung,
    "auskunft": antworten.fill_auskunft,
    "daten": antworten.fill_daten,
    "abtretung": besondere.fill_abtretung,
    "verzicht": besondere.fill_verzicht,
    "titel": besondere.fill_titel,
    "gesucht": besondere.fill_gesucht,
    "insolvenz": besondere.fill_insolvenz,
}
