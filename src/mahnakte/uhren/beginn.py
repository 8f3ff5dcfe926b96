"""From which day the thirty years run (§ 201 BGB): finality, creation or establishment of the title."""

import dataclasses
import datetime as dt

from mahnakte.arten.ereignis import EINSPRUCH
from mahnakte.arten.titel import TITELARTEN, Titelbeginn
from mahnakte.fall.modell import Titel
from mahnakte.fall.partei import Schuldner
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.datum import format_datum
from mahnakte.recht.verfahren import compute_rechtskraft_vb
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verfahren import list_gerichtsakte
from mahnakte.uhren.modell import Uhrzeile

INLAND = "DE"


@dataclasses.dataclass(frozen=True, slots=True)
class Beginn:
    """The day with whose end the period begins; None when it cannot be said, then `grund` says what is missing."""

    am: dt.date | None
    grund: str
    zeilen: tuple[Uhrzeile, ...] = ()


def find_beginn(sachstand: Sachstand, titel: Titel, schuldner: Schuldner) -> Beginn:
    """Return the start of the clock of one title against one debtor; facts after the Stichtag are ignored."""
    beginnt = TITELARTEN[titel.art].beginnt
    if beginnt is Titelbeginn.ERRICHTUNG:
        return _creation(titel, sachstand.stichtag)
    if beginnt is Titelbeginn.FESTSTELLUNG:
        return _establishment(titel, sachstand.stichtag)
    if rechtskraft := _known(titel.rechtskraft_am, sachstand.stichtag):
        grund = f"rechtskräftig mit Ablauf des {format_datum(rechtskraft)} (§ 197 Abs. 1 Nr. 3, § 201 BGB)"
        return Beginn(rechtskraft, grund)
    if beginnt is Titelbeginn.EINSPRUCHSFRIST:
        return _end_of_einspruch(sachstand, titel, schuldner)
    return Beginn(None, "„rechtskraft_am“ fehlt: ohne den Tag der Rechtskraft läuft keine bestimmbare Frist")


def _creation(titel: Titel, stichtag: dt.date) -> Beginn:
    was = TITELARTEN[titel.art].name
    if errichtet := _known(titel.erlassen_am, stichtag):
        return Beginn(
            errichtet, f"{was}, errichtet am {format_datum(errichtet)} (§ 197 Abs. 1 Nr. 4, § 201 BGB)"
        )
    return Beginn(None, f"„erlassen_am“ fehlt: {was} – der Tag der Errichtung")


def _establishment(titel: Titel, stichtag: dt.date) -> Beginn:
    if festgestellt := _known(titel.erlassen_am or titel.rechtskraft_am, stichtag):
        grund = (
            f"zur Tabelle festgestellt am {format_datum(festgestellt)} (§ 197 Abs. 1 Nr. 5, § 201 BGB); "
            "die Hemmung bis sechs Monate nach dem Verfahren (§ 204 Abs. 1 Nr. 10 BGB) ist nicht eingerechnet"
        )
        return Beginn(festgestellt, grund)
    return Beginn(None, "„erlassen_am“ fehlt: der Tag der Feststellung zur Insolvenztabelle")


def _end_of_einspruch(sachstand: Sachstand, titel: Titel, schuldner: Schuldner) -> Beginn:
    """A Vollstreckungsbescheid becomes final when nobody objects in time (§§ 339, 700 ZPO)."""
    zugestellt = _known(titel.zugestellt_am, sachstand.stichtag)
    if zugestellt is None:
        return Beginn(None, "„zugestellt_am“ oder „rechtskraft_am“ fehlt")
    erlassen = titel.erlassen_am or zugestellt  # against it from then on, served or not
    eingelegt = [
        akt
        for akt in list_gerichtsakte(sachstand, schuldner.kennung)
        if akt.art == EINSPRUCH.wort and akt.am >= erlassen
    ]
    if eingelegt:
        return Beginn(
            None,
            f"„rechtskraft_am“ fehlt: gegen den Bescheid lief ab {format_datum(eingelegt[0].am)} ein Einspruch",
        )
    try:
        frist = compute_rechtskraft_vb(sachstand.recht, zugestellt, ausland=schuldner.staat != INLAND)
    except Ablehnung as ablehnung:  # served before the tables begin: then the day of finality must be stated
        return Beginn(None, f"„rechtskraft_am“ fehlt: {ablehnung.befund.text.rstrip('.')}")
    verschoben = f" ({frist.ende.grund}, § 222 Abs. 2 ZPO)" if frist.ende.grund else ""
    zeilen = (
        Uhrzeile(zugestellt, f"Vollstreckungsbescheid zugestellt am {format_datum(zugestellt)}"),
        Uhrzeile(
            frist.ende.ende,
            f"Einspruchsfrist endet am {format_datum(frist.ende.ende)}{verschoben} ({frist.wert.fundstelle})",
        ),
    )
    grund = (
        f"rechtskräftig mit Ablauf der Einspruchsfrist am {format_datum(frist.ende.ende)} "
        "(§ 197 Abs. 1 Nr. 3, § 201 BGB)"
    )
    return Beginn(frist.ende.ende, grund, zeilen)


def _known(tag: dt.date | None, stichtag: dt.date) -> dt.date | None:
    return tag if tag is not None and tag <= stichtag else None
