"""The titled part of an account: it runs by its title, and takes the place of what it covers.

A title states its sums as of a day (`stand_am`): the day to which its interest was computed, else the day it was
issued. On that day it replaces, the oldest first, as much principal of the invoices as it awards, with all
interest on that part, and the costs up to its date as far as it awards costs. What lies beyond stays untitled.
Later payments go to either part by the ordinary rules. docs/zinsrechnung.md has an example.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from mahnakte.arten.titel import TITELARTEN
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Titel, Titelbetraege
from mahnakte.fall.tatsachenfehler import later_than
from mahnakte.grund.befund import Ablehnung, Befund, hinweis, sperre, warnung
from mahnakte.grund.betrag import NULL, format_euro, round_cent
from mahnakte.grund.datum import format_datum
from mahnakte.konto.posten import EIN_TAG, Posten, Zinslauf
from mahnakte.konto.zinsgrenzen import Zinsgrenzen
from mahnakte.konto.zinsgrund import agreed_rate
from mahnakte.recht.zinsen import Tageszaehlung, last_known_day
from mahnakte.stand.sachstand import Sachstand


@dataclasses.dataclass(frozen=True, slots=True)
class Kontotitel:
    """A title as the account uses it. `kfb` awards costs only: its main sum counts as costs."""

    name: str
    kennungen: tuple[str, ...]
    text: str
    kfb: bool
    erlassen_am: dt.date
    stand_am: dt.date
    hauptforderung: Decimal
    zinsen: Decimal
    kosten: Decimal
    lauf: Zinslauf | None


def find_titel(
    sachstand: Sachstand, grenzen: Zinsgrenzen
) -> tuple[tuple[Kontotitel, ...], tuple[Befund, ...]]:
    """Return the titles that govern the common account on the Stichtag: those that bind every debtor.

    Joint debtors are often titled one by one over the same sums; such titles count once.
    """
    befunde: list[Befund] = []
    gruppen: dict[tuple[str, Titelbetraege], list[Titel]] = {}
    for titel in sachstand.fall.titel:
        if (am := _issued_on(titel)) is None or titel.betraege is None:
            befunde.append(_incomplete(titel))
        elif am > sachstand.stichtag:
            befunde.append(later_than(f"Titel {titel.kennung}", am, sachstand.stichtag, titel.stelle))
        else:
            gruppen.setdefault((titel.art, titel.betraege), []).append(titel)
    alle = {schuldner.kennung for schuldner in sachstand.fall.schuldner}
    gefunden = []
    for gruppe in gruppen.values():
        if alle <= {kennung for titel in gruppe for kennung in _bound(titel, alle)}:
            gefunden.append(_open_titel(gruppe, grenzen, befunde))
        else:
            befunde.append(_not_all(gruppe))
    return tuple(sorted(gefunden, key=lambda titel: titel.stand_am)), tuple(befunde)


def _bound(titel: Titel, alle: set[str]) -> set[str]:
    return {titel.schuldner} if titel.schuldner else alle


def _issued_on(titel: Titel) -> dt.date | None:
    return titel.erlassen_am or titel.zugestellt_am or titel.rechtskraft_am


def _open_titel(gruppe: Sequence[Titel], grenzen: Zinsgrenzen, befunde: list[Befund]) -> Kontotitel:
    titel = gruppe[0]
    erlassen_am = max(am for einer in gruppe if (am := _issued_on(einer)))
    betraege = titel.betraege
    assert betraege is not None  # noqa: S101 - the caller has asked
    zinsen, kosten = betraege.zinsen_betrag or NULL, betraege.kosten or NULL
    if min(betraege.hauptforderung, zinsen, kosten) < NULL:
        raise Ablehnung(
            sperre(
                "TITEL_BETRAG_NEGATIV",
                f"Titel {titel.kennung}: ein Betrag ist kleiner als null.",
                "Die Beträge so eintragen, wie sie im Titel stehen.",
                betraege.stelle,
            )
        )
    kennungen = tuple(einer.kennung for einer in gruppe)
    stand_am = betraege.zinsen_bis or erlassen_am
    lauf = _interest(titel, betraege, grenzen, stand_am, befunde)
    return Kontotitel(
        f"Titel {', '.join(kennungen)}",
        kennungen,
        _describe(titel, erlassen_am),
        TITELARTEN[titel.art].nur_kosten,
        erlassen_am,
        stand_am,
        betraege.hauptforderung,
        zinsen,
        kosten,
        lauf,
    )


def _describe(titel: Titel, erlassen_am: dt.date) -> str:
    teile = [
        TITELARTEN[titel.art].name,
        titel.gericht,
        titel.geschaeftszeichen,
        f"vom {format_datum(erlassen_am)}",
    ]
    return f"Tituliert: {', '.join(teil for teil in teile if teil)}."


def _interest(
    titel: Titel, betraege: Titelbetraege, grenzen: Zinsgrenzen, stand_am: dt.date, befunde: list[Befund]
) -> Zinslauf | None:
    """The running interest of the title; it never counts days that its computed interest already has."""
    angabe = betraege.zinsen
    if angabe is None:
        return None
    zinssatz = agreed_rate(angabe, f"Titel {titel.kennung}")
    ab = angabe.ab
    if ab is None and betraege.zinsen_bis is None:
        befunde.append(
            warnung(
                "TITEL_ZINSEN_OHNE_BEGINN",
                f"Titel {titel.kennung}: „zinsen:“ ohne „ab:“; laufende Zinsen werden nicht gerechnet.",
                "„ab:“ ergänzen, wie es im Titel steht.",
                angabe.stelle,
            )
        )
        return None
    if betraege.zinsen_bis and (ab is None or ab <= betraege.zinsen_bis):
        if ab is not None:
            befunde.append(
                warnung(
                    "TITEL_ZINSEN_DOPPELT",
                    f"Titel {titel.kennung}: laufende Zinsen ab {format_datum(ab)} und ausgerechnete bis "
                    f"{format_datum(betraege.zinsen_bis)} überschneiden sich; gerechnet wird erst danach.",
                    "„ab:“ und „zinsen_bis:“ mit dem Titel vergleichen.",
                    angabe.stelle,
                )
            )
        ab = stand_am + EIN_TAG
    assert ab is not None  # noqa: S101 - either stated or set above
    return grenzen.run_owed(
        ab, zinssatz, dt.date.min
    )  # a plan about the debt covers its title, whenever issued


# --- taking the place of the untitled debts ------------------------------------------------------------


def absorb(
    titel: Kontotitel, forderungen: Iterable[Posten], kosten: Iterable[Posten], fall: Fall
) -> tuple[tuple[Posten, ...], tuple[Befund, ...]]:
    """Replace what the title covers; return the debts of the title (main claim or costs) and findings."""
    am = titel.stand_am + EIN_TAG
    ersetzte = [] if titel.kfb else _absorb_claims(titel, forderungen, am)
    _absorb_costs(titel, kosten, am)
    eigene = _own_debts(titel, ersetzte, fall, am)
    return eigene, tuple(_compare(titel, ersetzte, eigene))


def _absorb_claims(titel: Kontotitel, forderungen: Iterable[Posten], am: dt.date) -> list[Posten]:
    rest = titel.hauptforderung
    ersetzte = []
    for posten in sorted(forderungen, key=lambda posten: posten.alter_am):
        if not rest:
            break
        if posten.titel or posten.entstanden_am >= am:
            continue
        teil = min(rest, posten.offen)
        if teil < posten.offen:
            zinsen = round_cent(posten.owed("zinsen", am) * teil / posten.offen)
        else:
            zinsen = posten.counted_interest(am)
            posten.ungerechnet.clear()  # the title says what is owed for these days
        posten.remove("titel", "zinsen", am, zinsen)
        posten.remove("titel", "hauptforderung", am, teil)
        rest -= teil
        ersetzte.append(posten)
    return ersetzte


def _absorb_costs(titel: Kontotitel, kosten: Iterable[Posten], am: dt.date) -> None:
    """Costs up to the day of issue; an order on costs (KFB) covers court costs only, never earlier letters."""
    rest = titel.hauptforderung if titel.kfb else titel.kosten
    for posten in sorted(kosten, key=lambda posten: posten.entstanden_am):
        if posten.titel or posten.entstanden_am > titel.erlassen_am:
            continue
        if titel.kfb and not posten.gerichtlich:
            continue
        teil = min(rest, posten.offen)
        if teil:
            posten.remove("titel", "kosten", max(am, posten.entstanden_am), teil)
            rest -= teil


def _own_debts(titel: Kontotitel, ersetzte: Sequence[Posten], fall: Fall, am: dt.date) -> tuple[Posten, ...]:
    haupt = Posten(
        art="kosten" if titel.kfb else "hauptforderung",
        name=titel.name,
        rechnung=titel.name,
        betrag=titel.hauptforderung,
        entstanden_am=am,
        faellig_am=am,
        alter_am=min((posten.alter_am for posten in ersetzte), default=titel.erlassen_am),
        lauf=titel.lauf,
        zaehlung=Tageszaehlung(fall.konto.tageszaehlung),
        recht=fall.recht,
        zinsen_tituliert=titel.zinsen,
        titel=True,
    )
    if not titel.kosten:
        return (haupt,)
    kosten = dataclasses.replace(
        haupt,
        art="kosten",
        betrag=titel.kosten,
        lauf=None,
        zinsen_tituliert=NULL,
        zeilen=[],
        ungerechnet=[],
        abgaenge={},
    )
    return (haupt, kosten)


def _compare(titel: Kontotitel, ersetzte: Sequence[Posten], eigene: Sequence[Posten]) -> Iterable[Befund]:
    """Say where account and title differ: the title counts, but a person should know."""
    if not ersetzte:
        return
    gedeckt = sum((posten.gone("titel") for posten in ersetzte), NULL)
    if gedeckt < titel.hauptforderung:
        yield warnung(
            "TITEL_HOEHER_ALS_RECHNUNGEN",
            f"{titel.name} spricht {format_euro(titel.hauptforderung)} zu; am {format_datum(titel.stand_am)} waren "
            f"nach dem Konto nur {format_euro(gedeckt)} Hauptforderung offen. Es gilt der Titel.",
            "Prüfen, ob Zahlungen vor dem Titel in fall.yaml stehen, die er nicht berücksichtigt.",
        )
    ersetzt = sum((posten.gone("titel", "zinsen") for posten in ersetzte), NULL)
    haupt = eigene[0]
    haupt.accrue(titel.stand_am)
    if any(titel.stand_am > last_known_day(p.recht, p.lauf.zinssatz) for p in ersetzte if p.lauf):
        return  # what the account would say is not known
    if ersetzt != haupt.zinsen_offen:
        yield hinweis(
            "TITEL_ZINSEN_ANDERS",
            f"{titel.name}: Zinsen bis {format_datum(titel.stand_am)} sind nach dem Titel "
            f"{format_euro(haupt.zinsen_offen)}, nach dem Konto {format_euro(ersetzt)}. Es gilt der Titel.",
        )


# --- findings ----------------------------------------------------------------------------------------


def _incomplete(titel: Titel) -> Befund:
    fehlt = "„betraege:“" if titel.betraege is None else "„erlassen_am:“"
    return warnung(
        "TITEL_UNVOLLSTAENDIG",
        f"Titel {titel.kennung}: {fehlt} fehlt; das Konto rechnet ohne ihn.",
        f"{fehlt} ergänzen, wie es im Titel steht.",
        titel.stelle,
    )


def _not_all(gruppe: Sequence[Titel]) -> Befund:
    namen = ", ".join(titel.kennung for titel in gruppe)
    return warnung(
        "TITEL_NICHT_GEGEN_ALLE",
        f"Titel {namen} bindet nicht alle Schuldner (§ 425 BGB); das gemeinsame Konto rechnet ohne ihn weiter.",
        "Für die Vollstreckung das Konto des titulierten Schuldners allein nehmen.",
        gruppe[0].stelle,
    )
