"""Ancillary claims of the application, from the open costs of the account."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.antrag.auswahl import Nebenforderungsart, Zinsart
from mahnakte.antrag.modell import Nebenforderung, Nebenzins
from mahnakte.arten.kosten import KOSTENARTEN, NUR_BEI_VERZUG, VERZUGSPAUSCHALE
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Kostenposten
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.konto.modell import Konto, Kontokosten

_BREITE = 35
_PAUSCHALE = "Verzugspauschale § 288 Abs. 5 BGB"


@dataclasses.dataclass(frozen=True, slots=True)
class _Posten:
    """One cost item of fall.yaml and what the account says of it."""

    angabe: Kostenposten
    stand: Kontokosten


def derive_nebenforderungen(fall: Fall, konto: Konto, liste: Maengelliste) -> tuple[Nebenforderung, ...]:
    """Return one ancillary claim for each kind of open costs, in the order of the court's records."""
    angaben = [angabe for angabe in fall.kosten if angabe.am <= konto.stichtag]
    staende = [stand for stand in konto.kostenposten if stand.rechnung is None]
    _refuse_above_ceiling(staende, liste)
    posten = [_Posten(*paar) for paar in zip(angaben, staende, strict=True) if paar[1].haupt.offen > NULL]
    lawful = [einer for einer in posten if _may_be_claimed(einer.stand, konto, liste)]
    gruppen = (
        (art, [einer for einer in lawful if _in_form(einer.stand) == art]) for art in Nebenforderungsart
    )
    return tuple(_gather(art, gruppe, liste) for art, gruppe in gruppen if gruppe)


def _refuse_above_ceiling(staende: list[Kontokosten], liste: Maengelliste) -> None:
    """Letters and account leave out what § 13e RDG forbids; an application is made only once the case is right."""
    for stand in staende:
        if stand.haupt.gekappt > NULL:
            erlaubt = format_euro(stand.haupt.entstanden - stand.haupt.gekappt)
            liste.refuse(
                "ANTRAG_KOSTEN_UEBER_GRENZE",
                f"{stand.name}: {format_euro(stand.haupt.gekappt)} liegen über dem, was der Schuldner erstatten "
                f"muss. {stand.grenze}",
                f"Unter „kosten:“ höchstens {erlaubt} eintragen. Ist "
                "die Forderung bestritten, fehlt das Ereignis „bestritten“.",
            )


def _in_form(stand: Kontokosten) -> str | None:
    """Return the courts' word for a kind of costs; None: such costs are not applied for."""
    art = KOSTENARTEN.get(stand.art)
    return art.nebenforderung if art else None


def _may_be_claimed(stand: Kontokosten, konto: Konto, liste: Maengelliste) -> bool:
    was = f"{stand.name}: {format_euro(stand.haupt.offen)}"
    if _in_form(stand) is None:
        liste.tell("ANTRAG_KOSTEN_AUSSEN", f"{was} gehören nicht in den Mahnantrag.",
                   "Gerichtskosten berechnet das Gericht; Vollstreckungskosten folgen dem Titel.")  # fmt: skip
        return False
    if stand.art in NUR_BEI_VERZUG and not _in_default(konto, konto.stichtag):
        liste.warn("ANTRAG_KOSTEN_OHNE_VERZUG", f"{was} werden nicht verlangt: Verzug ist nicht belegt (§ 286 BGB).",
                   "Den Zugang der Mahnung eintragen oder die Kosten aus fall.yaml streichen.")  # fmt: skip
        return False
    return True


def _in_default(konto: Konto, stichtag: dt.date) -> bool:
    return any(f.verzug_ab is not None and f.verzug_ab <= stichtag for f in konto.forderungen if not f.titel)


def _gather(art: Nebenforderungsart, gruppe: list[_Posten], liste: Maengelliste) -> Nebenforderung:
    summe: Decimal = sum((posten.stand.haupt.offen for posten in gruppe), NULL)
    grund = ""
    if art is Nebenforderungsart.SONSTIGE:
        gruende = ", ".join(dict.fromkeys(_reasons(gruppe, liste)))
        grund = liste.fit(gruende, _BREITE, "Die Begründung der Nebenforderung")
    return Nebenforderung(art, summe, grund=grund, zins=_interest(gruppe, liste))


def _interest(gruppe: list[_Posten], liste: Maengelliste) -> Nebenzins | None:
    """Return the interest on an ancillary claim: the record has room for one rate from one day on the whole sum.

    So all items must bear the same, and nothing may have been paid on them; otherwise none is asked for, and
    that is said.
    """
    arten = {_rate(posten.angabe) for posten in gruppe}
    if arten == {None}:
        return None
    einzige = next(iter(arten))
    unberuehrt = all(
        posten.stand.haupt.offen == posten.stand.verlangt
        and posten.stand.zinsen.offen == posten.stand.zinsen.entstanden
        for posten in gruppe
    )
    if len(arten) == 1 and unberuehrt:
        return einzige
    namen = ", ".join(posten.stand.name for posten in gruppe)
    liste.warn("ANTRAG_NEBENZINS", f"{namen}: die Zinsen darauf stehen nicht im Antrag.",
               "Eine Zinszeile fasst nur gleiche Zinsen ab demselben Tag auf unbezahlte Kosten; sonst im Portal "
               "ergänzen.")  # fmt: skip
    return None


def _rate(angabe: Kostenposten) -> Nebenzins | None:
    """Return the interest of one item; without a first day the account counts none (it says so)."""
    zinsen = angabe.zinsen
    if zinsen is None or zinsen.ab is None:
        return None
    ab = max(zinsen.ab, angabe.am)
    if zinsen.punkte is not None:
        return Nebenzins(zinsen.punkte, Zinsart.UEBER_BASIS, ab)
    return Nebenzins(zinsen.satz or NULL, Zinsart.FEST, ab)


def _reasons(gruppe: list[_Posten], liste: Maengelliste) -> Iterator[str]:
    for posten in gruppe:
        if posten.stand.art == VERZUGSPAUSCHALE.wort:
            yield _PAUSCHALE
        elif posten.stand.bezeichnung:
            yield posten.stand.bezeichnung
        else:
            zeilen = "kosten:\n  - art: sonstige\n    grund:    # höchstens 35 Zeichen"
            liste.missing(f"die Begründung zu {posten.stand.name}", "§ 690 Abs. 1 Nr. 3 ZPO", zeilen)
