"""What stops, restarts or prolongs limitation (§§ 202 to 212 BGB): each fact becomes one dated record."""

import dataclasses
import datetime as dt

from mahnakte.grund.datum import format_datum
from mahnakte.recht.kalender import add_frist
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.verjaehrungsfrist import dauer_of
from mahnakte.recht.werte import Rechtswert


@dataclasses.dataclass(frozen=True, slots=True)
class Hemmung:
    """The period does not run from `von` to `bis`, both days counted (§ 209); `bis` None: still going on.

    `untergrenze` is the earliest end that the statute guarantees (§ 203 sentence 2). `fristwahrend`: a filing,
    for which § 193 moves a last day. `hindernis` is set where the fact does not suspend, and says why.
    """

    von: dt.date
    bis: dt.date | None
    text: str
    untergrenze: dt.date | None = None
    fristwahrend: bool = False
    hindernis: str = ""
    werte: tuple[Rechtswert, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Neubeginn:
    """The whole period starts anew the day after `am` (§ 212 (1)); `entfallen` says why not (§ 212 (2), (3))."""

    am: dt.date
    text: str
    entfallen: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Ablaufhemmung:
    """The period does not end before `fruehestens` (None: as long as the obstacle stands, seen from the Stichtag)."""

    von: dt.date
    fruehestens: dt.date | None
    dauer: str
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Verzicht:
    """The debtor waives the defence, or both agree on a longer period, until `bis` (§ 202)."""

    am: dt.date
    bis: dt.date
    text: str = "Verzicht auf die Einrede der Verjährung"


def verhandlung(recht: Rechtsstand, von: dt.date, bis: dt.date | None) -> Hemmung:
    """§ 203: talks about the claim; limitation ends three months after their end at the earliest."""
    text = "Verhandlungen (§ 203 BGB)"
    if bis is None:
        return Hemmung(von, None, text)
    wert = recht.wert_am("verjaehrung_verhandlung", von)
    return Hemmung(von, bis, text, untergrenze=add_frist(bis, dauer_of(wert)), werte=(wert,))


def stundung(von: dt.date, bis: dt.date | None) -> Hemmung:
    """§ 205: the debtor may refuse performance for a time by agreement with the creditor."""
    return Hemmung(von, bis, "Stundung vereinbart (§ 205 BGB)")


def mahnbescheid(
    recht: Rechtsstand,
    antrag_am: dt.date,
    zugestellt_am: dt.date | None,
    letzte_handlung_am: dt.date | None = None,
    demnaechst: bool | None = None,
) -> Hemmung:
    """§ 204 (1) no. 3: service of the Mahnbescheid, back-dated to the filing if it follows soon (§ 167 ZPO).

    It ends six months after the final decision or the last act (§ 204 (2)); without a known later act that is the
    service itself. `demnaechst` None: a service within one month of the filing counts as soon, a later one does not.
    """
    if zugestellt_am is None:
        text = f"Mahnbescheid, eingereicht am {format_datum(antrag_am)} (§ 204 Abs. 1 Nr. 3 BGB)"
        return Hemmung(antrag_am, None, text, hindernis="noch nicht zugestellt")
    unschaedlich = recht.wert_am("zustellung_demnaechst", antrag_am)
    nachlauf = recht.wert_am("verjaehrung_nachlauf", antrag_am)
    rechtzeitig = zugestellt_am <= add_frist(antrag_am, dauer_of(unschaedlich))
    wirkt_zurueck = rechtzeitig if demnaechst is None else demnaechst
    von = antrag_am if wirkt_zurueck else zugestellt_am
    letzte = max(zugestellt_am, letzte_handlung_am or zugestellt_am)
    if wirkt_zurueck:
        rueckwirkung = f"wirkt auf die Einreichung am {format_datum(antrag_am)} zurück, § 167 ZPO"
    elif demnaechst is None:
        rueckwirkung = "ohne Rückwirkung: ob „demnächst“ zugestellt wurde, ist nicht angegeben, § 167 ZPO"
    else:
        rueckwirkung = "ohne Rückwirkung, weil nicht „demnächst“ zugestellt, § 167 ZPO"
    text = (
        f"Mahnbescheid, zugestellt am {format_datum(zugestellt_am)} ({rueckwirkung}); "
        f"{nachlauf.worte} nach der letzten Verfahrenshandlung am {format_datum(letzte)} "
        "(§ 204 Abs. 1 Nr. 3, Abs. 2 BGB)"
    )
    bis = add_frist(letzte, dauer_of(nachlauf))
    return Hemmung(von, bis, text, fristwahrend=True, werte=(unschaedlich, nachlauf))


def verbraucherdarlehen(
    recht: Rechtsstand, vertrag_am: dt.date, entstanden_am: dt.date, verzug_ab: dt.date
) -> Hemmung:
    """§ 497 (3) sentence 3: from default until a title, at most ten years from when the claim arose."""
    wert = recht.wert_am("verjaehrung_verbraucherdarlehen", vertrag_am)
    bis = add_frist(entstanden_am, dauer_of(wert))
    text = f"Verzug mit einem Verbraucherdarlehen, höchstens {wert.worte} ab der Entstehung (§ 497 Abs. 3 Satz 3 BGB)"
    return Hemmung(verzug_ab, bis, text, werte=(wert,))


def insolvenzanmeldung(recht: Rechtsstand, am: dt.date, verfahren_ende_am: dt.date | None) -> Hemmung:
    """§ 204 (1) no. 10: filing in insolvency proceedings, until six months after they end."""
    nachlauf = recht.wert_am("verjaehrung_nachlauf", am)
    bis = add_frist(verfahren_ende_am, dauer_of(nachlauf)) if verfahren_ende_am else None
    text = "Anmeldung im Insolvenzverfahren (§ 204 Abs. 1 Nr. 10, Abs. 2 BGB)"
    return Hemmung(am, bis, text, fristwahrend=True, werte=(nachlauf,))


def anerkenntnis(am: dt.date, wie: str = "Anerkenntnis") -> Neubeginn:
    """§ 212 (1) no. 1: part payment, interest, security or another acknowledgement."""
    return Neubeginn(am, f"{wie} (§ 212 Abs. 1 Nr. 1 BGB)")


def vollstreckung(am: dt.date, aufgehoben_am: dt.date | None = None) -> Neubeginn:
    """§ 212 (1) no. 2: application for or act of enforcement; lifted or refused it counts as not done (2), (3).

    The caller passes only measures whose scope covers the claim.
    """
    entfallen = f"aufgehoben am {format_datum(aufgehoben_am)} (§ 212 Abs. 2, 3 BGB)" if aufgehoben_am else ""
    return Neubeginn(am, "Vollstreckungshandlung oder ihr Antrag (§ 212 Abs. 1 Nr. 2 BGB)", entfallen)


def nachlass(recht: Rechtsstand, tod_am: dt.date, annahme_am: dt.date | None) -> Ablaufhemmung:
    """§ 211: claims against an estate do not lapse within six months after acceptance of the inheritance."""
    wert = recht.wert_am("verjaehrung_nachlass", tod_am)
    dauer = dauer_of(wert)
    fruehestens = add_frist(annahme_am, dauer) if annahme_am else None
    return Ablaufhemmung(tod_am, fruehestens, dauer, "Anspruch gegen einen Nachlass (§ 211 BGB)")
