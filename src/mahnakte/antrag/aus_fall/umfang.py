"""Which invoices and which debtors the application is about; what stays out is named, and why.

Out stay what is before a court already, what a letter of ours has given time for, and what no letter has named. If
nothing is left, the application is refused, or it waits for a person who takes it upon himself.
"""

import dataclasses
from collections.abc import Collection

from mahnakte.ablauf.anmahnung import was_demanded
from mahnakte.ablauf.ausklammern import only_rechnungen, open_kosten, outside_court
from mahnakte.ablauf.fristlauf import Fristlauf, binding_frist, lapses_within
from mahnakte.ablauf.gerichtslage import Gerichtslage, compute_gerichtslage, offene_rechnungen
from mahnakte.ablauf.reihe import finished_series
from mahnakte.ablauf.verlangtes import list_settled
from mahnakte.antrag.aus_fall.freigabe import Freigabe
from mahnakte.antrag.aus_fall.maengel import TITULIERT, VERLANGTES_GEZAHLT, Maengelliste
from mahnakte.arten.trotz import FRIST, OHNE_MAHNUNG
from mahnakte.fall.fall import Fall
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verfahren import Verfahren, list_verfahren

_FRIST_LAEUFT = "ANTRAG_FRIST"
_TEIL_BEI_GERICHT = "ANTRAG_TEIL_BEI_GERICHT"


def choose_umfang(sachstand: Sachstand, freigabe: Freigabe, liste: Maengelliste) -> Sachstand:
    """Return the part of the case that is applied for; its `schuldner` are the opponents.

    What stays out is noted, or that nothing is left. Raises Ablehnung where its account cannot be counted.
    """
    draussen = _outside_court(sachstand, liste)
    if draussen is None:
        return sachstand
    konto = compute_konto(draussen)
    offene = offene_rechnungen(konto, draussen.stichtag)
    ohne = _settled(draussen, offene, liste)
    ohne |= _waiting(draussen, offene - ohne, freigabe, liste)
    ohne |= _undemanded(draussen, offene - ohne, freigabe, liste)
    ohne |= _under_way(draussen, offene - ohne, liste)
    if not ohne or ohne >= offene:
        return draussen
    nummern = [f.nummer for f in draussen.fall.forderungen if f.nummer not in ohne]
    return draussen.mit(only_rechnungen(draussen.fall, konto, nummern, open_kosten(draussen.fall, konto)))


# --- before a court already ------------------------------------------------------------------------------


def _outside_court(sachstand: Sachstand, liste: Maengelliste) -> Sachstand | None:
    """Return what no court has, None when that is nothing.

    A rejected application frees the claim for a new one (§ 691 ZPO); every other act holds it.
    """
    verfahren = [eines for eines in list_verfahren(sachstand) if _holds(eines)]
    if not verfahren:
        return sachstand
    fall, konto = sachstand.fall, compute_konto(sachstand)
    offene = offene_rechnungen(konto, sachstand.stichtag)
    lage = compute_gerichtslage(verfahren, offene, fall.schuldner)
    if lage.haelt_alles:
        _refuse(max(verfahren, key=lambda eines: eines.seit), liste)
        return None
    _name_held(fall, lage, offene, liste)
    teil = outside_court(fall, konto, lage)
    an = tuple(schuldner for schuldner in fall.schuldner if schuldner.kennung in lage.an)
    return sachstand.mit(dataclasses.replace(teil, schuldner=an))


def _holds(verfahren: Verfahren) -> bool:
    """The account shows what a title with its sums has left over; a title without them covers the whole."""
    return not verfahren.gescheitert and (verfahren.titel is None or verfahren.titel.betraege is None)


def _refuse(verfahren: Verfahren, liste: Maengelliste) -> None:
    stelle = verfahren.letzter.stelle if verfahren.letzter else None
    if verfahren.tituliert:
        liste.refuse(TITULIERT, f"Es gibt schon einen Titel: {verfahren.worte}.",
                     "Den Titel unter „titel:“ eintragen und daraus vollstrecken; Ablauf: „mahnakte titel“.",
                     stelle)  # fmt: skip
        return
    liste.refuse("ANTRAG_BEI_GERICHT", f"Die Sache ist schon bei Gericht: {verfahren.worte}.",
                 "Das laufende Verfahren fortsetzen.", stelle)  # fmt: skip


def _name_held(fall: Fall, lage: Gerichtslage, offene: Collection[str], liste: Maengelliste) -> None:
    for nummer in sorted(offene):
        if verfahren := lage.holding(nummer):
            text = f"Rechnung {nummer} ist schon bei Gericht ({verfahren.worte}); sie steht nicht im Antrag."
            liste.warn(_TEIL_BEI_GERICHT, text)
    for verfahren in lage.verfahren:
        if verfahren.schuldner not in lage.an:
            wer = fall.schuldner_mit(verfahren.schuldner).voller_name
            text = f"Gegen {wer} läuft schon ein Verfahren ({verfahren.worte}); der Antrag nennt nur die anderen."
            liste.warn(_TEIL_BEI_GERICHT, text)


# --- paid as asked, time given, nothing asked ------------------------------------------------------------


def _settled(umfang: Sachstand, offene: frozenset[str], liste: Maengelliste) -> frozenset[str]:
    """Return the invoices whose letter was paid in time: what is left of them by count is not sued for."""
    bezahlte = frozenset(list_settled(umfang)) & offene
    if bezahlte == offene:  # the whole is settled: that has been refused already
        return frozenset()
    for nummer in sorted(bezahlte):
        text = (
            f"Rechnung {nummer} ist bezahlt, wie ein Brief es verlangt hat; der Rest steht nicht im Antrag."
        )
        liste.warn(VERLANGTES_GEZAHLT, text, "Den Rest unter „verzicht:“ erfassen.")
    return bezahlte


def _waiting(
    umfang: Sachstand, offene: Collection[str], freigabe: Freigabe, liste: Maengelliste
) -> frozenset[str]:
    """Return the invoices for which a letter has given time; one that lapses meanwhile can be released."""
    fristen = {nr: frist for nr in offene if (frist := binding_frist(umfang, [nr]))}
    if not fristen:
        return frozenset()
    if freigabe.covers(FRIST):
        freigabe.use(FRIST, _words(fristen.values()), liste)
        return frozenset()
    eilige = {
        nr: eilt
        for nr, frist in fristen.items()
        if (eilt := lapses_within(umfang, compute_konto(umfang), frist))
    }
    if eilige:
        freigabe.demand(FRIST, f"{_words(fristen.values())}; {'; '.join(dict.fromkeys(eilige.values()))}")
    elif len(fristen) == len(offene):
        liste.refuse(_FRIST_LAEUFT, f"{_words(fristen.values())}.", "Das Ende der Frist abwarten.")
    else:
        for nr, frist in sorted(fristen.items()):
            liste.warn(_FRIST_LAEUFT, f"Rechnung {nr} steht nicht im Antrag: {frist.worte}.",
                       "Das Ende der Frist abwarten.")  # fmt: skip
    return frozenset(fristen)


def _words(fristen: Collection[Fristlauf]) -> str:
    return "; ".join(dict.fromkeys(frist.worte for frist in fristen))


def _undemanded(
    umfang: Sachstand, offene: Collection[str], freigabe: Freigabe, liste: Maengelliste
) -> frozenset[str]:
    """Return the invoices that no letter has named and for which default does not follow otherwise (§ 93 ZPO)."""
    ohne = frozenset(
        zeile.rechnung
        for zeile in compute_konto(umfang).forderungen
        if zeile.rechnung in offene and not was_demanded(umfang, zeile)
    )
    if not ohne:
        return ohne
    if freigabe.covers(OHNE_MAHNUNG):
        freigabe.use(OHNE_MAHNUNG, _without_letter(ohne), liste)
        return frozenset()
    if ohne >= set(offene):
        freigabe.demand(OHNE_MAHNUNG, f"{_without_letter(ohne)}; besser zuerst mahnen („mahnakte brief“)")
        return ohne
    for nummer in sorted(ohne):
        text = f"{_without_letter([nummer])}; sie bleibt aus dem Antrag heraus."
        liste.warn("ANTRAG_OHNE_MAHNUNG", text, "Zuerst mahnen: „mahnakte brief“.")
    return ohne


def _under_way(umfang: Sachstand, offene: frozenset[str], liste: Maengelliste) -> frozenset[str]:
    """Where each invoice has its own series (`stufe_je: rechnung`), those at its end do not take the others along."""
    if umfang.fall.einstellungen.schwellen.stufe_je == "brief":
        return frozenset()
    fertige = finished_series(umfang, offene)
    if not fertige:
        return frozenset()
    for nummer in sorted(offene - fertige):
        text = f"Rechnung {nummer} steht nicht im Antrag: ihre Mahnreihe ist noch nicht zu Ende."
        liste.warn("ANTRAG_REIHE_OFFEN", text, "Die Reihe abwarten: „mahnakte plan“.")
    return offene - fertige


def _without_letter(nummern: Collection[str]) -> str:
    stand = "stand" if len(nummern) == 1 else "standen"
    return (
        f"Rechnung {', '.join(sorted(nummern))} {stand} noch in keinem Schreiben; bei sofortigem Anerkenntnis trägt "
        "der Gläubiger die Kosten (§ 93 ZPO)"
    )
