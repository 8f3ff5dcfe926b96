"""The preview: each case drawn up whole, up to the finished documents, by one function.

`plan` and `pruefen` show what it says, `lauf` publishes it. So what the preview announces is written, and what the
run would refuse is said before.
"""

import dataclasses
import datetime as dt
import functools
import pathlib
from typing import Any, ClassVar

from mahnakte.ablage.lesen import Fallordner, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.veroeffentlichen import check_platz
from mahnakte.ablauf.halt import Grund
from mahnakte.ablauf.plan import Fallplan, Schritt, plan_fall
from mahnakte.arten import grundart
from mahnakte.arten.folgeschritt import MAHNBESCHEID
from mahnakte.bestand.fallkopf import OHNE_KOPF, Fallkopf, head_of
from mahnakte.briefe.zulassung import find_stufenart
from mahnakte.fall.vorgang import Vorgangsentwurf
from mahnakte.grund.befund import Ablehnung, Befund, gather, has_sperre
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import Konto, compute_konto
from mahnakte.stand.pruefung import check_fall
from mahnakte.stand.sachstand import Sachstand
from mahnakte.uhren.fristenliste import drohende_fristen
from mahnakte.werk import mahnbescheid
from mahnakte.werk.befehlszeile import quote_pfad
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, SCHADEN, NichtBegonnen
from mahnakte.werk.laden import (
    GeladenerFall,
    Lage,
    check_umschau,
    find_doppelungen,
    load_fall,
    name_fall,
)
from mahnakte.werk.panne import report_panne
from mahnakte.werk.schreiben import Auftrag, Druckerei
from mahnakte.werk.tabellenende import Rechtsbedarf, needs_of
from mahnakte.werk.ueberholt import list_ueberholte_entwuerfe, list_wartende
from mahnakte.werk.umschau import Umschau

ZUGLEICH = (
    8  # more threads than cores: on a share they wait most of the time; the workers bound the work itself
)


@dataclasses.dataclass(frozen=True, slots=True)
class Planzeile:
    """One case in the plan. Without a `plan` the case was refused; `gruende` then says why.

    `verhindert` are the steps that would be due, but cannot be taken as things are. `kopf` is None where there is no
    account.
    """

    geladen: GeladenerFall
    plan: Fallplan | None
    gruende: tuple[Grund, ...]
    befunde: tuple[Befund, ...]
    rueckgabe: int
    verhindert: tuple[Schritt, ...] = ()
    kopf: Fallkopf | None = None

    @property
    def pfad(self) -> pathlib.Path:
        """Return the case folder."""
        return self.geladen.pfad

    @property
    def aktenzeichen(self) -> str | None:
        """Return the number of the case, None where nobody could read it."""
        return self.geladen.aktenzeichen

    @property
    def abgelehnt(self) -> bool:
        """Tell whether the case was refused."""
        return self.plan is None

    @property
    def bedarf(self) -> Rechtsbedarf | None:
        """Return what the account needs of the law, None where there is no account."""
        return needs_of(self.plan.konto) if self.plan else None

    @property
    def schritte(self) -> tuple[Schritt, ...]:
        """Return the steps that are due."""
        return self.plan.schritte if self.plan else ()

    def as_json(self) -> dict[str, Any]:
        """Return the form of the JSON contract."""
        return _plan_json(
            self.pfad,
            self.aktenzeichen,
            [{**schritt.as_json(), "kommando": command_of(self.pfad, schritt)} for schritt in self.schritte],
            self.gruende,
            self.verhindert,
            self.kopf,
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Ruhezeile:
    """One case in the plan that gets nothing and is in order: only what it says, without the case itself.

    `befunde` are never more than warnings.
    """

    pfad: pathlib.Path
    aktenzeichen: str
    gruende: tuple[Grund, ...]
    befunde: tuple[Befund, ...]
    bedarf: Rechtsbedarf
    kopf: Fallkopf
    schritte: ClassVar[tuple[Schritt, ...]] = ()
    verhindert: ClassVar[tuple[Schritt, ...]] = ()
    rueckgabe: ClassVar[int] = FERTIG
    abgelehnt: ClassVar[bool] = False

    def as_json(self) -> dict[str, Any]:
        """Return the form of the JSON contract."""
        return _plan_json(self.pfad, self.aktenzeichen, [], self.gruende, (), self.kopf)


def command_of(pfad: pathlib.Path, schritt: Schritt) -> str | None:
    """Return the command to type for a step that is no letter, with the path of the case."""
    return None if schritt.kommando is None else schritt.kommando.format(pfad=quote_pfad(pfad))


def _plan_json(
    pfad: pathlib.Path,
    aktenzeichen: str | None,
    schritte: list[dict[str, Any]],
    gruende: tuple[Grund, ...],
    verhindert: tuple[Schritt, ...],
    kopf: Fallkopf | None,
) -> dict[str, Any]:
    return {
        "pfad": show(pfad),
        "aktenzeichen": aktenzeichen,
        **(kopf.as_json() if kopf else OHNE_KOPF),
        "schritte": schritte,
        "gruende": [grund.as_json() for grund in gruende],
        "verhindert": [schritt.as_json() for schritt in verhindert],
    }


@dataclasses.dataclass(frozen=True, slots=True)
class Vorhaben:
    """One case as the run would treat it: its line in the plan, and the letter that would be published."""

    zeile: Planzeile
    entwurf: Vorgangsentwurf | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Vorschau:
    """Draws up the cases of one command; `umschau`: what the other cases say against each. For several threads."""

    lage: Lage
    druckerei: Druckerei
    umschau: Umschau

    def draw_up(self, gelesen: Fallordner) -> Vorhaben:
        """Return what the run would do with a case as read; whatever stands against it is in the line."""
        geladen = check_umschau(load_fall(gelesen, self.lage), self.umschau)
        doppelungen = find_doppelungen(geladen)
        if not doppelungen:
            return self._draw_up(geladen)
        ohne = tuple(befund for befund in geladen.befunde if befund not in doppelungen)
        allein = self._draw_up(dataclasses.replace(geladen, befunde=ohne))
        return Vorhaben(_hold(geladen, doppelungen, allein.zeile))

    def _draw_up(self, geladen: GeladenerFall) -> Vorhaben:
        zeile = self._with_drafts(plan_geladen(geladen))
        if zeile.plan is None or geladen.sachstand is None or not zeile.schritte:
            return Vorhaben(zeile)
        draft = functools.partial(self._draft, zeile.geladen, geladen.sachstand, zeile.plan)
        try:
            entwuerfe = gather(functools.partial(draft, schritt) for schritt in zeile.schritte)
        except Ablehnung as ablehnung:
            alle = tuple(dict.fromkeys((*zeile.befunde, *name_fall(ablehnung.befunde, geladen.pfad))))
            return Vorhaben(dataclasses.replace(refuse(zeile.geladen, alle, zeile.schritte), kopf=zeile.kopf))
        befunde = name_fall((b for _, befunde in entwuerfe for b in befunde), geladen.pfad)
        brief = next((entwurf for entwurf, _ in entwuerfe if entwurf), None)
        return Vorhaben(dataclasses.replace(zeile, befunde=(*zeile.befunde, *befunde)), brief)

    def _draft(
        self, geladen: GeladenerFall, sachstand: Sachstand, plan: Fallplan, schritt: Schritt
    ) -> tuple[Vorgangsentwurf | None, tuple[Befund, ...]]:
        """Return the letter of a step with its findings; an application is only tried. Raises Ablehnung."""
        if schritt.frist_bis is not None:
            entwurf, befunde = self.druckerei.draft(geladen, as_auftrag(sachstand, plan, schritt))
            check_platz(geladen.pfad, geladen.stand, entwurf)
            return entwurf, befunde
        if schritt.art == MAHNBESCHEID:
            antrag = mahnbescheid.draft(sachstand, self.lage, None, geladen.pfad)
            if antrag.vorgang is None:
                raise Ablehnung(*(befund for befund in antrag.befunde if has_sperre([befund])))
            check_platz(geladen.pfad, geladen.stand, antrag.vorgang)
        return None, ()

    def _with_drafts(self, zeile: Planzeile) -> Planzeile:
        """Add what is to be said about letters and e-mail drafts that lie ready."""
        sachstand = zeile.geladen.sachstand
        if zeile.plan is None or sachstand is None:
            return zeile
        try:
            pfad = zeile.geladen.pfad
            entwuerfe = (
                *list_ueberholte_entwuerfe(pfad, sachstand, self.lage),
                *list_wartende(pfad, sachstand),
            )
        except Ablehnung as ablehnung:  # a draft went away or changed since the case was read
            return refuse(zeile.geladen, (*zeile.befunde, *ablehnung.befunde))
        return dataclasses.replace(zeile, befunde=(*zeile.befunde, *entwuerfe))

    def foresee(self, zeile: Planzeile, tag: dt.date) -> Planzeile | None:
        """Return what a case at rest says on another day if nothing changes; None where only reading it anew tells.

        Of all that `draw_up` asks, the Sachstand and the e-mail drafts know the day. The findings about the case
        itself stand among others in `zeile`: where they are no longer the same, their place is not known.
        """
        heute = zeile.geladen.sachstand
        if heute is None:
            return None
        dann = heute.am(tag)
        if tuple(check_fall(dann)) != tuple(check_fall(heute)):
            return None
        geplant = plan_geladen(dataclasses.replace(zeile.geladen, sachstand=dann))
        vorschau = dataclasses.replace(self, lage=dataclasses.replace(self.lage, stichtag=tag))
        return vorschau._with_drafts(geplant)

    def look(self, pfad: pathlib.Path) -> Vorhaben:
        """Return what the run would do with a case folder; a case that trips must not hide the others."""
        gelesen = read_fallordner(pfad)
        try:
            return self.draw_up(gelesen)
        except NichtBegonnen:
            raise
        except Exception as fehler:  # noqa: BLE001 - reported with its place; the other cases go on
            return Vorhaben(refuse_panne(gelesen, fehler))

    def show(self, pfad: pathlib.Path) -> Planzeile:
        """Return the line of a case folder without its documents."""
        return self.look(pfad).zeile


def as_auftrag(sachstand: Sachstand, plan: Fallplan, schritt: Schritt) -> Auftrag:
    """Return the letter that a step of the plan asks for."""
    fall = sachstand.fall
    stufe = next(stufe for stufe in fall.einstellungen.mahnplan if stufe.art == schritt.art)
    if schritt.frist_bis is None:
        raise ValueError(f"{schritt.art} ist kein Brief")
    find_stufenart(fall.einstellungen, stufe)
    an = sachstand.mit(dataclasses.replace(fall, schuldner=plan.an))
    return Auftrag(an, schritt.konto, stufe, schritt.frist_bis, schritt.dann, schritt.anlass)


def plan_geladen(geladen: GeladenerFall) -> Planzeile:
    """Plan one loaded case; a case with damage or a `sperre` is refused, with its first cause as the reason."""
    sachstand = geladen.sachstand
    if sachstand is None or not geladen.benutzbar:
        return refuse(geladen, geladen.befunde)
    try:
        plan = plan_fall(sachstand)
        voll = _full_konto(sachstand, plan)
        fristen = drohende_fristen(sachstand, voll)
    except Ablehnung as ablehnung:
        return refuse(geladen, (*geladen.befunde, ablehnung.befund))
    except Exception as fehler:  # noqa: BLE001 - a fault of ours in one case must not hide the plan of the others
        return refuse(geladen, (*geladen.befunde, report_panne(fehler, geladen.pfad)))
    befunde = name_fall((*geladen.befunde, *plan.konto.befunde, *fristen), geladen.pfad)
    if has_sperre(plan.konto.befunde):
        return refuse(geladen, befunde)
    kopf = head_of(sachstand, voll or plan.konto)
    return Planzeile(geladen, plan, plan.gruende, befunde, FERTIG, kopf=kopf)


def _hold(geladen: GeladenerFall, doppelungen: tuple[Befund, ...], zeile: Planzeile) -> Planzeile:
    """Refuse a case because of another one that has the same invoice; what the case itself says stands as well.

    A case that rests anyway rests for its own reason first.
    """
    anderer = Grund(doppelungen[0].code, doppelungen[0].text)
    verhindert = (*zeile.schritte, *zeile.verhindert)
    gruende = (anderer, *zeile.gruende) if verhindert else (*zeile.gruende, anderer)
    befunde = (*name_fall(doppelungen, geladen.pfad), *zeile.befunde)
    return Planzeile(geladen, None, gruende, befunde, max(ABGELEHNT, zeile.rueckgabe), verhindert, zeile.kopf)


def _full_konto(sachstand: Sachstand, plan: Fallplan) -> Konto | None:
    """Return the account of the whole case; None for one that rests although a rate is missing (plan_fall)."""
    return compute_konto(sachstand) if plan.konto.stichtag == sachstand.stichtag else None


def refuse(
    geladen: GeladenerFall, befunde: tuple[Befund, ...], verhindert: tuple[Schritt, ...] = ()
) -> Planzeile:
    """Return the line of a case that gets nothing: the first `sperre` is its reason."""
    ursache = next((befund for befund in befunde if has_sperre([befund])), None)
    grund = (
        Grund(ursache.code, ursache.text)
        if ursache
        else Grund(grundart.ABGELEHNT.code, "Der Fall ist nicht lesbar.")
    )
    orte = name_fall(befunde, geladen.pfad)
    return Planzeile(geladen, None, (grund,), orte, SCHADEN if geladen.schaden else ABGELEHNT, verhindert)


def refuse_panne(gelesen: Fallordner, fehler: Exception) -> Planzeile:
    """Return the line of a case that the program itself stumbled over."""
    befund = report_panne(fehler, gelesen.pfad)
    return refuse(GeladenerFall(gelesen.pfad, None, None, gelesen.vorgaenge, (), (befund,)), (befund,))


def count_faelle(zahl: int) -> str:
    """Return a number of cases in words: 1 Fall, 2 Fälle."""
    return f"{zahl} {'Fall' if zahl == 1 else 'Fälle'}"


def describe_zeile(zeile: Planzeile | Ruhezeile) -> list[str]:
    """Return the lines for one case: its name, then each step and each reason."""
    wer = f"  {zeile.kopf.schuldner}, offen {format_euro(zeile.kopf.offen)}" if zeile.kopf else ""
    text = [f"{zeile.aktenzeichen or show(zeile.pfad)}{wer}"]
    for schritt in zeile.schritte:
        frist = f", Frist bis {format_datum(schritt.frist_bis)}" if schritt.frist_bis else ""
        text.append(f"  → {schritt.art}{frist}  ({schritt.anlass})")
        if kommando := command_of(zeile.pfad, schritt):
            text.append(f"    {kommando}")
    text += [f"  ✗ {schritt.art} ist fällig, geht aber so nicht:" for schritt in zeile.verhindert]
    text += [f"  – {grund.text} [{grund.code}]" for grund in zeile.gruende]
    return text
