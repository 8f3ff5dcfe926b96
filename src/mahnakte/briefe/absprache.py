"""Agreements: instalments, deferral, settlement; what was agreed comes from the events, every sum from the account.

No agreement adds a fee, and towards consumers none adds interest: that would be a credit (§ 506 BGB, EuGH C-127/15).
About interest a letter says what the event says; without a key, none towards consumers, and towards others that it
runs on and is settled after the last instalment (docs/raten.md). The account is bound by what the letter said.
"""

import datetime as dt
from decimal import Decimal

from mahnakte.ablauf.ratenplan import balance_after, balance_before
from mahnakte.ablauf.ratenstand import compute_ratenstand
from mahnakte.arten.brief import ANERKENNTNISHINWEIS, BRIEFARTEN, KOSTENHINWEIS
from mahnakte.arten.ereignis import RATENPLAN, RATENPLAN_GEKUENDIGT, STUNDUNG, VERGLEICH
from mahnakte.briefe.sache import (
    Sache,
    Teil,
    refuse,
    refuse_settled,
    refuse_without_event,
    write_long_date,
)
from mahnakte.fall.modell import Ereignis
from mahnakte.fall.partei import find_privatperson
from mahnakte.fall.vorgangsdaten.brief import Briefdaten, Ratenangabe
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.betrag import NULL, format_euro, round_cent
from mahnakte.grund.datum import format_datum
from mahnakte.konto.zinsabrede import Zinsabrede, has_consumer, list_zinsabreden, only_contractual
from mahnakte.recht.ungeprueft import check_geprueft, unread_law
from mahnakte.stand.verlauf import list_schreiben
from mahnakte.stand.zahltag import end_of_stundung, move_zahltag

_NORMEN = {
    "inkasso": {"kosten_norm": "§ 13a Abs. 3 RDG", "anerkenntnis_norm": "§ 13a Abs. 4 RDG"},
    "anwalt": {"kosten_norm": "§ 43d BRAO", "anerkenntnis_norm": "§ 43d BRAO"},
}
_BESTANDTEIL = {"kosten": "Kosten", "zinsen": "Zinsen", "hauptforderung": "den Rechnungsbetrag"}
_OHNE_NORM = {"kosten_norm": "", "anerkenntnis_norm": ""}


def fill_raten(sache: Sache) -> Teil:
    """Return the instalments of the latest plan and what it says about interest; refuse a sum that does not fit."""
    plan = _need_plan(sache)
    sache.konto.require_exact()
    abrede = _need_abrede(sache, plan)
    zinsen = abrede.zinsen or ("keine" if has_consumer(sache.fall) else "danach")
    _refuse_paid_deferral(sache, zinsen)
    summe = sum((rate.betrag for rate in plan.raten), NULL)
    raten = sorted(plan.raten, key=lambda rate: rate.am)
    if raten[0].am < plan.am:
        raise refuse("BRIEF_RATEN_TAG", "Die erste Rate liegt vor dem Tag der Absprache.",
                     "Die Tage der Raten prüfen.", plan.stelle)  # fmt: skip
    _check_sum(sache, plan, summe, zinsen)
    naechste = next((rate for rate in raten if rate.am >= sache.datum), raten[-1])
    return Teil(
        werte={
            "raten": [
                {"nummer": nummer, "am": rate.am, "betrag": rate.betrag}
                for nummer, rate in enumerate(raten, start=1)
            ],
            "ratenplan": {
                "vom": plan.am,
                "anzahl": len(raten),
                "summe": summe,
                "anrechnung": _order(sache),
                "zinsfrei": zinsen == "keine",
                "eingerechnet": zinsen == "eingerechnet",
                "zinsen": summe - sache.konto.gesamt,
                "rueckwirkend": abrede.rueckwirkend,
                "zinsen_erlassen": plan.zinsen_bisher == "erlassen",
                "erste_am": raten[0].am,
                "letzte_am": raten[-1].am,
            },
        },
        betrag=naechste.betrag,
        gilt_bis=naechste.am,
        erwartet=tuple(f"{format_datum(rate.am)} {format_euro(rate.betrag)}" for rate in raten),
        schluessel=f"ratenplan {plan.am.isoformat()}",
        daten=(_suffices(summe, raten[-1].am) if zinsen != "danach" else Briefdaten())
        .joined(_promise(zinsen, abrede))
        .joined(Briefdaten(raten=tuple(Ratenangabe(am=rate.am, betrag=rate.betrag) for rate in raten))),
    )


def _need_abrede(sache: Sache, ereignis: Ereignis) -> Zinsabrede:
    (abrede,) = (a for a in list_zinsabreden(sache.sachstand) if a.ereignis is ereignis)
    return abrede


def _refuse_paid_deferral(sache: Sache, zinsen: str) -> None:
    """§ 506 BGB, EuGH C-127/15: a consumer pays for an agreement nothing but interest of the contract itself."""
    if zinsen != "keine" and has_consumer(sache.fall) and not only_contractual(sache.fall, sache.datum):
        check_geprueft("entgeltliche_stundung", sache.datum)


def _check_sum(sache: Sache, plan: Ereignis, summe: Decimal, zinsen: str) -> None:
    offen = sache.konto.gesamt
    if zinsen == "eingerechnet":
        rest = balance_after(sache.fall, plan)
        if rest != NULL:
            raise _refuse_sum(
                plan,
                f"Die Raten ergeben {format_euro(summe)}; werden sie pünktlich gezahlt, blieben mit den Zinsen bis "
                f"dahin {format_euro(rest)} offen.",
                "Die Raten mit „mahnakte ratenplan FALL --zinsen eingerechnet“ neu rechnen.",
            )
    elif summe != offen:
        if summe > offen and has_consumer(sache.fall):
            check_geprueft("entgeltliche_stundung", sache.datum)
        raise _refuse_sum(
            plan,
            f"Die Raten ergeben {format_euro(summe)}, am {format_datum(plan.am)} waren {format_euro(offen)} offen.",
            "Die Raten so wählen, dass sie genau den offenen Betrag ergeben; Zinsen und Kosten kommen nicht hinzu.",
        )


def _refuse_sum(plan: Ereignis, text: str, abhilfe: str) -> Ablehnung:
    return refuse("BRIEF_RATEN_SUMME", text, abhilfe, plan.stelle)


def _promise(zinsen: str, abrede: Zinsabrede) -> Briefdaten:
    """Return what the letter says about interest; the account is bound by it (konto/zinsabrede.py)."""
    folge = "rueckwirkend" if abrede.rueckwirkend else "ab_kuendigung"
    return Briefdaten(zinsen=zinsen, bei_verzug=folge if zinsen == "keine" else None)


def _order(sache: Sache) -> str:
    """Say in words in which order the account credits payments."""
    regel = sache.fall.konto
    if regel.tilgung == "497":
        raise Ablehnung(unread_law(
            "Eine Ratenvereinbarung über einen Verbraucherkredit (§§ 491 ff. BGB) schreibt das Programm "
            "nicht: das seit dem 20.11.2026 geltende Recht hat niemand gelesen.",
            "Diese Vereinbarung muss ein Mensch nach dem neuen Recht schreiben.", regel.stelle
        ))  # fmt: skip
    folge = regel.reihenfolge if regel.tilgung == "vereinbart" else ("kosten", "zinsen", "hauptforderung")
    worte = [_BESTANDTEIL[teil] for teil in folge]
    norm = "" if regel.tilgung == "vereinbart" else " (§ 367 Abs. 1 BGB)"
    return f"zuerst auf {', dann auf '.join(worte)}{norm}"


def fill_rueckstand(sache: Sache) -> Teil:
    """Return what is missing of the instalments that were due up to yesterday."""
    plan = _need_plan(sache)
    stand = compute_ratenstand(sache.sachstand, plan)
    faellig, gezahlt, fehlt = stand.geschuldet, stand.gezahlt, stand.rueckstand
    if fehlt <= NULL:
        raise refuse_settled("Der Ratenplan wird eingehalten.", "Es gibt nichts zu schreiben.")
    if sache.konto.gesamt < fehlt:
        raise refuse("BRIEF_RUECKSTAND_ZU_HOCH", "Es ist weniger offen, als an Raten fehlt.",
                     "Mit „mahnakte konto“ prüfen.", plan.stelle)  # fmt: skip
    werte = {"plan_vom": plan.am, "faellig": faellig, "gezahlt": gezahlt, "betrag": fehlt}
    eigene = sache.art.mahnt_rate
    return Teil(
        werte={"rueckstand": werte},
        betrag=fehlt if eigene else None,
        erwartet=(format_euro(fehlt),),
        schluessel=f"rueckstand {faellig}",
        daten=Briefdaten(
            rechnungen=() if eigene else None
        ),  # a reminder of an instalment is no Mahnung of an invoice
    )


def fill_kuendigung(sache: Sache) -> Teil:
    """Return the reminder whose deadline has passed: our plans promise one before they end."""
    plan = _need_plan(sache)
    erinnerungen = {art.art for art in BRIEFARTEN.values() if art.mahnt_rate}
    briefe = [
        brief
        for brief in list_schreiben(sache.sachstand)
        if brief.stufe in erinnerungen and brief.am >= plan.am
    ]
    abgelaufen = [brief for brief in briefe if brief.frist_bis and brief.frist_bis < sache.datum]
    if not abgelaufen or abgelaufen[-1].frist_bis is None:
        raise refuse(
            "BRIEF_ERINNERUNG_FEHLT",
            "Vor der Kündigung muss eine Erinnerung mit Frist verschickt und die Frist abgelaufen sein.",
            "Zuerst „mahnakte brief FALL ratenplan-erinnerung“; ein Schreiben aus einem anderen Programm als "
            "„mahnung_versandt“ mit „stufe: ratenplan-erinnerung“ und „frist_bis“ eintragen.",
            plan.stelle,
        )
    letzte = abgelaufen[-1]
    return Teil(werte={"kuendigung": {"erinnert_am": letzte.am, "frist_war": letzte.frist_bis}})


def fill_stundung(sache: Sache) -> Teil:
    """Return the new day of payment; § 205 BGB: limitation is suspended until then."""
    stundung = sache.last_event(STUNDUNG.wort)
    if stundung is None or stundung.bis is None:
        raise _missing_event(sache, "stundung")
    if (ende := end_of_stundung(sache.fall, stundung)) <= sache.datum:
        raise refuse("BRIEF_STUNDUNG_VORBEI", f"Die Stundung endete am {format_datum(ende)}.",
                     "Den neuen Tag in einem neuen Ereignis „stundung“ angeben.", stundung.stelle)  # fmt: skip
    abrede = _need_abrede(sache, stundung)
    zinsen = abrede.zinsen or "keine"
    _refuse_paid_deferral(sache, zinsen)
    offen = sache.konto.require_exact().gesamt
    betrag = balance_before(sache.fall, stundung, stundung.bis) if zinsen == "eingerechnet" else offen
    bis = write_long_date(stundung.bis)
    return Teil(
        werte={
            "stundung": {
                "vom": stundung.am,
                "bis": stundung.bis,
                "bis_lang": bis,
                "zinsfrei": zinsen == "keine",
                "eingerechnet": zinsen == "eingerechnet",
                "zinsen": betrag - offen,
                "rueckwirkend": abrede.rueckwirkend,
                "zinsen_erlassen": stundung.zinsen_bisher == "erlassen",
            }
        },
        betrag=betrag,
        gilt_bis=stundung.bis,
        erwartet=(bis,),
        schluessel=f"stundung {stundung.bis.isoformat()}",
        daten=(_suffices(betrag, stundung.bis) if zinsen != "danach" else Briefdaten()).joined(
            _promise(zinsen, abrede)
        ),
    )


def fill_vergleich(sache: Sache) -> Teil:
    """Return the settlement: both sides give way about something disputed or uncertain (§ 779 BGB)."""
    vergleich = sache.last_event(VERGLEICH.wort)
    if vergleich is None or vergleich.betrag is None or vergleich.bis is None:
        raise _missing_event(sache, "vergleich")
    erlass = sache.konto.require_exact().gesamt - vergleich.betrag
    if erlass <= NULL:
        raise refuse(
            "BRIEF_VERGLEICH_SUMME",
            f"Der Vergleich verlangt {format_euro(vergleich.betrag)}, offen sind {format_euro(sache.konto.gesamt)}: "
            "der Gläubiger gibt nicht nach.",
            "Einen kleineren Betrag angeben (§ 779 BGB: gegenseitiges Nachgeben).", vergleich.stelle
        )  # fmt: skip
    if move_zahltag(sache.fall, vergleich.bis) < sache.datum:
        raise refuse("BRIEF_VERGLEICH_TAG", "Der Zahlungstag des Vergleichs ist vorbei.",
                     "Bei „vergleich“ einen späteren Tag „bis:“ angeben.", vergleich.stelle)  # fmt: skip
    bis = write_long_date(vergleich.bis)
    return Teil(
        werte={
            "vergleich": {
                "betrag": vergleich.betrag,
                "bis": vergleich.bis,
                "bis_lang": bis,
                "erlass": erlass,
                "grund": vergleich.grund,
            }
        },
        betrag=vergleich.betrag,
        gilt_bis=vergleich.bis,
        erwartet=(bis, format_euro(vergleich.betrag), format_euro(erlass)),
        schluessel=f"vergleich {vergleich.am.isoformat()}",
        daten=_suffices(vergleich.betrag, vergleich.bis),
    )


def fill_hinweise(sache: Sache) -> Teil:
    """Return which notices stand on an agreement: duty of agencies and lawyers, good practice of a creditor."""
    privat = find_privatperson(sache.schuldner) is not None
    normen = _NORMEN.get(sache.fall.einstellungen.absender.rolle, _OHNE_NORM) if privat else _OHNE_NORM
    pflicht = {KOSTENHINWEIS: normen["kosten_norm"], ANERKENNTNISHINWEIS: normen["anerkenntnis_norm"]}
    geschuldet = (norm for hinweis, norm in pflicht.items() if norm and hinweis in sache.art.pflichten)
    return Teil(werte={"hinweise": {"privat": privat, **normen}}, erwartet=tuple(dict.fromkeys(geschuldet)))


def _suffices(betrag: Decimal, bis: dt.date) -> Briefdaten:
    return Briefdaten(betrag=round_cent(betrag), betrag_gilt_bis=bis)


def _need_plan(sache: Sache) -> Ereignis:
    plan = sache.last_event(RATENPLAN.wort, RATENPLAN_GEKUENDIGT.wort)
    if plan is None:
        raise _missing_event(sache, "ratenplan")
    if plan.art != RATENPLAN.wort:
        raise refuse(
            "BRIEF_PLAN_BEENDET", f"Der Ratenplan ist seit {format_datum(plan.am)} gekündigt.",
            "Einen neuen Plan als Ereignis „ratenplan“ eintragen, wenn einer vereinbart ist.", plan.stelle
        )  # fmt: skip
    return plan


def _missing_event(sache: Sache, art: str) -> Exception:
    return refuse_without_event(
        sache.art.art,
        f"das Ereignis „{art}“",
        f"In fall.yaml unter „ereignisse:“ ein Ereignis „{art}“ mit seinen Angaben eintragen.",
    )
