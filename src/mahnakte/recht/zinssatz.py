"""Which rate applies: §§ 288, 291 BGB with their change in 2014, § 104 ZPO, §§ 352, 353 HGB, agreed rates.

Consumer status and the kind of claim are facts that a person states. Where nobody has stated what the higher
rate needs, the rate that always holds (§ 288 (1)) is taken, and the reason names the missing fact.
"""

import dataclasses
import datetime as dt
from decimal import Decimal

from mahnakte.grund.befund import Befund, hinweis
from mahnakte.grund.betrag import NULL, format_euro, format_zahl
from mahnakte.grund.datum import format_datum
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.werte import Rechtswert
from mahnakte.recht.zinsen import Zinssatz, last_known_day

_EIN_TAG = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True, slots=True)
class Zinstatsachen:
    """What decides the statutory rate of one claim against one debtor. None means: nobody has said so.

    `entstanden_am` is the day on which the contract or other ground arose (§ 34 of Art. 229 EGBGB);
    `leistung_am` the day of performance, which counts instead for a continuing contract after 30.06.2016.
    """

    entstanden_am: dt.date
    entgeltforderung: bool | None = None
    glaeubiger_verbraucher: bool | None = None
    schuldner_verbraucher: bool | None = None
    dauerschuld: bool = False
    leistung_am: dt.date | None = None
    immobiliarkredit: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Zinsentscheidung:
    """A rate, its reason (one German sentence), the values used."""

    zinssatz: Zinssatz
    grund: str
    text: str
    werte: tuple[Rechtswert, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Pauschale:
    """The lump sum of § 288 (5): amount (0,00 where none is owed), day on which it falls due, reason."""

    betrag: Decimal
    faellig_am: dt.date | None
    text: str
    werte: tuple[Rechtswert, ...]


def decide_verzugszins(recht: Rechtsstand, tatsachen: Zinstatsachen) -> Zinsentscheidung:
    """Decide the points over the Basiszinssatz by § 288 (1) and (2), for mortgage consumer loans by § 497 (4)."""
    massgeblich = _governing_day(recht, tatsachen)
    if tatsachen.immobiliarkredit:
        wert = recht.wert_am("verzugszins_punkte_immobiliar", massgeblich)
        text = (
            f"{format_zahl(wert.wert, 1)} Prozentpunkte über dem Basiszinssatz (§ 497 Abs. 4 Satz 1 BGB): "
            "Immobiliar-Verbraucherdarlehen."
        )
        return Zinsentscheidung(Zinssatz.ueber_basis(wert.wert), "497-4", text, (wert,))
    if hindernis := _obstacle_to_higher_rate(tatsachen):
        wert = recht.wert_am("verzugszins_punkte", massgeblich)
        text = f"{wert.wert} Prozentpunkte über dem Basiszinssatz (§ 288 Abs. 1 BGB): {hindernis}."
        return Zinsentscheidung(Zinssatz.ueber_basis(wert.wert), "288-1", text, (wert,))
    wert = recht.wert_am("verzugszins_punkte_entgelt", massgeblich)
    text = (
        f"{wert.wert} Prozentpunkte über dem Basiszinssatz (§ 288 Abs. 2 BGB): "
        "Entgeltforderung, kein Verbraucher beteiligt"
    )
    if wert.wert != recht.find_reihe(wert.name).werte[-1].wert:
        text += f"; Schuldverhältnis von vor dem {format_datum(wert.bis + _EIN_TAG)} (Art. 229 § 34 EGBGB)"
    return Zinsentscheidung(Zinssatz.ueber_basis(wert.wert), "288-2", f"{text}.", (wert,))


def decide_pauschale(recht: Rechtsstand, tatsachen: Zinstatsachen, verzug_ab: dt.date | None) -> Pauschale:
    """Decide the lump sum of § 288 (5): once per late claim or instalment, never per letter."""
    if verzug_ab is None:
        return Pauschale(NULL, None, "Keine Verzugspauschale: kein Verzug (§ 288 Abs. 5 BGB).", ())
    if not tatsachen.entgeltforderung:
        fehlt = tatsachen.entgeltforderung is None
        was = "ob es eine Entgeltforderung ist, ist nicht angegeben" if fehlt else "keine Entgeltforderung"
        return Pauschale(NULL, None, f"Keine Verzugspauschale: {was} (§ 288 Abs. 5 BGB).", ())
    if tatsachen.schuldner_verbraucher is not False:
        fehlt = tatsachen.schuldner_verbraucher is None
        was = (
            "ob der Schuldner Verbraucher ist, ist nicht angegeben"
            if fehlt
            else "der Schuldner ist Verbraucher"
        )
        return Pauschale(NULL, None, f"Keine Verzugspauschale: {was} (§ 288 Abs. 5 BGB).", ())
    wert = recht.wert_am("verzugspauschale", _governing_day(recht, tatsachen))
    if not wert.wert:
        bis = format_datum(wert.bis)
        text = f"Keine Verzugspauschale: Schuldverhältnis aus der Zeit bis {bis} (Art. 229 § 34 EGBGB)."
        return Pauschale(NULL, None, text, (wert,))
    text = (
        f"Verzugspauschale {format_euro(wert.wert)}, fällig mit dem Verzug am {format_datum(verzug_ab)} "
        "(§ 288 Abs. 5 BGB); sie wird auf Kosten der Rechtsverfolgung angerechnet."
    )
    return Pauschale(wert.wert, verzug_ab, text, (wert,))


def compare_agreed(
    recht: Rechtsstand, vereinbart: Zinssatz, gesetzlich: Zinssatz, tag: dt.date
) -> Befund | None:
    """Return a finding where an agreed rate exceeds the statutory one on a day (see § 13a (1) no. 4 RDG)."""
    if not exceeds_on(recht, vereinbart, gesetzlich, tag):
        return None
    return hinweis(
        "ZINS_UEBER_GESETZ",
        f"Der vereinbarte Zinssatz ({describe_on(recht, vereinbart, tag)}) liegt am {format_datum(tag)} über dem "
        f"gesetzlichen ({describe_on(recht, gesetzlich, tag)}, § 288 BGB).",
        "Die Vereinbarung als Beleg beilegen; ein Inkassodienst muss den höheren Satz gesondert begründen "
        "(§ 13a Abs. 1 Nr. 4 RDG).",
    )


def exceeds_on(recht: Rechtsstand, zinssatz: Zinssatz, grenze: Zinssatz, tag: dt.date) -> bool:
    """Tell whether a rate is higher than another on a day; two over the Basiszinssatz compare without it."""
    if zinssatz.ueber_basiszins == grenze.ueber_basiszins:
        return zinssatz.prozent > grenze.prozent
    return rate_on(recht, zinssatz, tag) > rate_on(recht, grenze, tag)


def describe_on(recht: Rechtsstand, zinssatz: Zinssatz, tag: dt.date) -> str:
    """Write a rate as percent of a day, or in points where the Basiszinssatz of that day is not known."""
    if tag <= last_known_day(recht, zinssatz):
        return f"{format_zahl(rate_on(recht, zinssatz, tag))}\u00a0%"
    return f"{format_zahl(zinssatz.prozent)} Prozentpunkte über dem Basiszinssatz"


def rate_on(recht: Rechtsstand, zinssatz: Zinssatz, tag: dt.date) -> Decimal:
    """Return the rate in percent per year on a day."""
    return zinssatz.prozent + (recht.basiszins_am(tag).wert if zinssatz.ueber_basiszins else NULL)


def _governing_day(recht: Rechtsstand, tatsachen: Zinstatsachen) -> dt.date:
    """Return the day whose law counts: the ground of the claim, or performance for a continuing contract."""
    leistung_am = tatsachen.leistung_am
    if not tatsachen.dauerschuld or leistung_am is None or leistung_am <= tatsachen.entstanden_am:
        return tatsachen.entstanden_am
    return (
        leistung_am
        if recht.wert_am("verzugsrecht_dauerschuld", leistung_am).wert
        else tatsachen.entstanden_am
    )


def _obstacle_to_higher_rate(tatsachen: Zinstatsachen) -> str | None:
    if tatsachen.entgeltforderung is None:
        return "ob es eine Entgeltforderung ist, ist nicht angegeben"
    if not tatsachen.entgeltforderung:
        return "keine Entgeltforderung"
    for wer, verbraucher in (
        ("der Gläubiger", tatsachen.glaeubiger_verbraucher),
        ("der Schuldner", tatsachen.schuldner_verbraucher),
    ):
        if verbraucher is None:
            return f"ob {wer} Verbraucher ist, ist nicht angegeben"
        if verbraucher:
            return f"{wer} ist Verbraucher"
    return None
