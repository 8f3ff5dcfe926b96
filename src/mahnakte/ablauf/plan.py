"""The dunning plan of one case on a Stichtag: what is due, and why something is left alone.

Every case gets at least one Grund or Schritt. The codes of GRUND are stable; docs/ablauf.md lists them.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mahnakte.ablauf.anmahnung import angemahnte_rechnungen, patience, was_demanded
from mahnakte.ablauf.ausklammern import Ausklammerung, mahnbarer_fall
from mahnakte.ablauf.fristlauf import Fristlauf, binding_frist, lapses_soon, lapses_within
from mahnakte.ablauf.halt import Grund, find_halt
from mahnakte.ablauf.mahnverfahren import find_ausschluss
from mahnakte.ablauf.reihe import (
    Reihe,
    deadline_of,
    due_from,
    find_unknown_stage,
    first_due,
    last_letter,
    stages_apart,
)
from mahnakte.arten import grundart
from mahnakte.arten.ereignis import FREIGABE
from mahnakte.arten.folgeschritt import FOLGESCHRITTE, MAHNBESCHEID, UEBERGABE, Dann
from mahnakte.fall.einstellungen import Mahnstufe
from mahnakte.fall.fall import Fall
from mahnakte.fall.partei import Schuldner
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import Konto, compute_konto
from mahnakte.recht.werte import NACH_TABELLE
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import (
    Schreiben,
    effective_vorgaenge,
    ereignisse_bis,
)
from mahnakte.stand.zahltag import move_zahltag

_TAG = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True, slots=True)
class Schritt:
    """A step that is due. A letter has `frist_bis`; an application or hand-over has the command to type (`{pfad}`).

    `dann` is the step that the letter announces (mahnbescheid | uebergabe | the next stage or None), `konto` what
    it is about: with `schwellen: stufe_je: rechnung` only the invoices of its stage.
    """

    art: str
    anlass: str
    konto: Konto
    frist_bis: dt.date | None = None
    dann: str | None = None
    kommando: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the form of the JSON contract, with reason and command added."""
        return {
            "art": self.art,
            "frist_bis": self.frist_bis.isoformat() if self.frist_bis else None,
            "anlass": self.anlass,
            "kommando": self.kommando,
        }


@dataclasses.dataclass(frozen=True, slots=True)
class Fallplan:
    """Steps and reasons of one case. `konto` is what letters could show: without what is left out.

    `an` are the debtors whom the letters go to.
    """

    schritte: tuple[Schritt, ...]
    gruende: tuple[Grund, ...]
    konto: Konto
    ausgeklammert: tuple[Ausklammerung, ...] = ()
    an: tuple[Schuldner, ...] = ()


def plan_fall(sachstand: Sachstand) -> Fallplan:
    """Return what is due in a case on the Stichtag, with a reason for everything that is left alone.

    Raises Ablehnung where the account cannot be counted, unless the case rests anyway.
    """
    try:
        return _plan(sachstand)
    except Ablehnung as ablehnung:
        if ablehnung.befund.code == NACH_TABELLE and (plan := _plan_at_rest(sachstand)):
            return plan
        raise


def _plan_at_rest(sachstand: Sachstand) -> Fallplan | None:
    """Return the plan of a case that rests, whatever a missing rate would say; its account is the last exact one."""
    bekannt_bis = sachstand.recht.find_reihe("basiszinssatz").gedeckt_bis
    if bekannt_bis >= sachstand.stichtag:
        return None  # another table has ended
    konto = compute_konto(sachstand.am(bekannt_bis))
    halt = find_halt(sachstand, konto)
    return Fallplan((), (halt,), konto) if halt else None


def _plan(sachstand: Sachstand) -> Fallplan:
    rest = mahnbarer_fall(sachstand)
    konto = compute_konto(rest.sachstand)
    ausgeklammert = tuple(Grund(grundart.AUSGEKLAMMERT.code, teil.text) for teil in rest.ausgeklammert)
    voll = compute_konto(sachstand)
    halt = find_halt(sachstand, voll) or _check_sum(sachstand.fall, konto)
    if halt:
        eilt = _pressing(sachstand, voll, halt)
        return Fallplan((), (*eilt, halt, *ausgeklammert), konto, rest.ausgeklammert, rest.an)
    ergebnisse = [_next_step(teil, voll) for teil in stages_apart(rest.sachstand, konto)]
    schritte = tuple(ergebnis for ergebnis in ergebnisse if isinstance(ergebnis, Schritt))
    gruende = dict.fromkeys(ergebnis for ergebnis in ergebnisse if isinstance(ergebnis, Grund))
    nie_genannt = [
        grund
        for schritt in schritte
        if not schritt.frist_bis
        for grund in _never_named(sachstand, schritt.konto)
    ]
    return Fallplan(schritte, (*gruende, *ausgeklammert, *nie_genannt), konto, rest.ausgeklammert, rest.an)


def _pressing(sachstand: Sachstand, voll: Konto, halt: Grund) -> tuple[Grund, ...]:
    """Return what comes before an unsettled payment: because of it no limitation may lapse."""
    eilt = lapses_soon(sachstand, voll) if halt.code == grundart.ZAHLUNG_UNGEKLAERT.code else ""
    text = f"{eilt}. Die ungeklärte Zahlung hindert den Antrag nicht: {grundart.VERJAEHRUNG_EILT.abhilfe}"
    return (Grund(grundart.VERJAEHRUNG_EILT.code, text),) if eilt else ()


def _check_sum(fall: Fall, konto: Konto) -> Grund | None:
    mindestbetrag = fall.einstellungen.schwellen.mindestbetrag
    if not any(zeile.offen > 0 for zeile in konto.forderungen):
        return Grund(
            grundart.NICHTS_FAELLIG.code, "Es ist keine Forderung offen, die jetzt gemahnt werden kann."
        )
    if mindestbetrag is not None and konto.gesamt < mindestbetrag:
        return Grund(
            grundart.UNTER_MINDESTBETRAG.code,
            f"Offen sind {format_euro(konto.gesamt)}, gemahnt wird ab {format_euro(mindestbetrag)}.",
        )
    return None


def _next_step(reihe: Reihe, voll: Konto) -> Schritt | Grund:
    """Return the stage after the highest one reached, or what the last letter announced. `voll`: all that is owed."""
    fall, konto = reihe.fall, reihe.konto
    mahnplan = fall.einstellungen.mahnplan
    if fremd := find_unknown_stage(mahnplan, reihe.schreiben):
        return fremd
    schreiben = tuple(brief for brief in reihe.schreiben if not reihe.offene.isdisjoint(brief.rechnungen))
    letztes, erreicht = last_letter(mahnplan, schreiben)
    frist = binding_frist(reihe.sachstand, reihe.offene)
    if erreicht + 1 == len(mahnplan):
        return _after_series(reihe, mahnplan[-1], letztes, frist, voll)
    stufe = mahnplan[erreicht + 1]
    ab = due_from(reihe, stufe, letztes)
    if ab is None:
        return Grund(
            grundart.FAELLIGKEIT_UNBEKANNT.code, "Für keine offene Rechnung ist ein Fälligkeitstag bekannt."
        )
    if warten := _wait(stufe.art, ab, frist, reihe.sachstand, voll):
        return warten
    if freigabe := missing_release(reihe.sachstand, voll.gesamt, stufe.art):
        return freigabe
    dann = announced_step(fall, stufe.dann)
    if isinstance(dann, Grund):
        return dann
    frist_bis = move_zahltag(fall, reihe.sachstand.stichtag + stufe.frist_tage * _TAG)
    anlass = _reason(stufe, letztes, first_due(reihe))
    return Schritt(stufe.art, anlass, konto, frist_bis=frist_bis, dann=dann)


def _wait(
    schritt: str, ab: dt.date, frist: Fristlauf | None, sachstand: Sachstand, konto: Konto
) -> Grund | None:
    """Return why a step is not due yet: its own day, or a period that a letter granted beyond that day."""
    if frist is not None and frist.bis >= max(ab, konto.stichtag):
        text = f"{frist.worte}. Nächster Schritt: {schritt} ab {format_datum(frist.bis + _TAG)}."
        if eilt := lapses_within(sachstand, konto, frist):
            text += f" {eilt}: vorher geht nur ein Antrag, den jemand mit „antrag: trotz: [frist]“ freigibt."
        return Grund(grundart.FRIST_LAEUFT.code, text)
    if konto.stichtag < ab:
        return Grund(grundart.NOCH_NICHT.code, f"Nächster Schritt: {schritt} ab {format_datum(ab)}.")
    return None


def announced_step(fall: Fall, dann: Dann | None) -> Dann | Grund | None:
    """Return what a last letter may announce: only what the program can and will do (§§ 4a, 5 UWG).

    A Mahnbescheid that `mahnakte antrag` would refuse is not announced. Where the settings name somebody to hand
    over to, that is announced instead; otherwise a person decides.
    """
    hindernis = next(find_ausschluss(fall), None) if dann == MAHNBESCHEID else None
    if hindernis is None:
        return dann
    eigene = fall.einstellungen.absender.rolle == "glaeubiger"
    if eigene and fall.einstellungen.uebergabe is not None:
        return UEBERGABE
    weiter = (
        "In mahnakte.yaml unter „uebergabe:“ angeben, an wen übergeben wird; dann kündigt der Brief das an."
        if eigene
        else "Ein Mensch entscheidet, wie es weitergeht."
    )
    return Grund(
        grundart.SCHRITT_UNMOEGLICH.code,
        f"Danach käme ein Mahnbescheid, den „mahnakte antrag“ ablehnt: {hindernis.text} {weiter}",
    )


def _reason(stufe: Mahnstufe, letztes: Schreiben | None, erste: dt.date | None) -> str:
    if letztes is None:
        am = f" am {format_datum(erste)}" if erste else ""
        return f"{stufe.tage} Tage nach Fälligkeit{am} ohne Ausgleich"
    return f"Frist aus {letztes.stufe} vom {format_datum(letztes.am)} ohne Ausgleich verstrichen"


def missing_release(sachstand: Sachstand, gesamt: Decimal, art: str) -> Grund | None:
    """Return why a step over a large sum waits for a person, or None (`nur_mit_freigabe_ab`)."""
    grenze = sachstand.fall.einstellungen.schwellen.nur_mit_freigabe_ab
    zu_gross = grenze is not None and gesamt >= grenze
    if not zu_gross and not sachstand.fall.behalten:
        return None
    freigaben = ereignisse_bis(sachstand, FREIGABE.wort)
    if any(f.schritt == art or (f.schritt is None and f.vorgang is None) for f in freigaben):
        return None
    warum = f"ab {format_euro(grenze)}" if grenze is not None and zu_gross else "Kundenklasse „behalten“"
    return Grund(
        grundart.FREIGABE_FEHLT.code,
        f"{art} über {format_euro(gesamt)} wartet auf Freigabe ({warum}); "
        f"in fall.yaml ein Ereignis „freigabe“ mit „von“ und „schritt: {art}“ ergänzen.",
    )


def _after_series(
    reihe: Reihe, letzte: Mahnstufe, schreiben: Schreiben | None, frist: Fristlauf | None, voll: Konto
) -> Schritt | Grund:
    """All letters are out: the announced step is due when the last deadline and the threshold have passed."""
    fall, konto = reihe.fall, reihe.konto
    dann = announced_step(fall, letzte.dann)
    if isinstance(dann, Grund):
        return dann
    if dann is None or schreiben is None:
        return Grund(
            grundart.MAHNPLAN_ZU_ENDE.code,
            "Alle Stufen des Mahnplans sind geschrieben; ein Mensch entscheidet.",
        )
    vorhaben = FOLGESCHRITTE[dann]
    for vorgang in effective_vorgaenge(reihe.sachstand):
        genannte = reihe.offene if vorgang.rechnungen is None else vorgang.rechnungen
        if vorgang.art == vorhaben.vorgang and not reihe.offene.isdisjoint(genannte):
            return Grund(
                grundart.SCHON_ERSTELLT.code,
                f"{dann.capitalize()} ist vorbereitet: {vorgang.art} vom {format_datum(vorgang.stichtag)} "
                f"(Vorgang {vorgang.nr:04d}).",
            )
    if warten := _wait(dann, _earliest_handover(reihe, schreiben), frist, reihe.sachstand, voll):
        return warten
    if freigabe := missing_release(reihe.sachstand, voll.gesamt, dann):
        return freigabe
    return Schritt(
        dann,
        f"Frist aus {schreiben.stufe} vom {format_datum(schreiben.am)} ohne Ausgleich verstrichen",
        konto,
        kommando=vorhaben.kommando,
    )


def _never_named(sachstand: Sachstand, konto: Konto) -> Iterator[Grund]:
    """Point out open invoices that would come before the court without a letter having named them (§ 93 ZPO)."""
    angemahnt = angemahnte_rechnungen(sachstand)
    for zeile in konto.forderungen:
        if zeile.offen > 0 and zeile.rechnung not in angemahnt:
            weiter = (
                "der Verzug folgt schon aus anderem Grund, sie geht mit"
                if was_demanded(sachstand, zeile)
                else "sie bleibt aus dem Antrag heraus. Besser zuerst „mahnakte brief“"
            )
            yield Grund(
                grundart.NOCH_IN_KEINEM_SCHREIBEN.code,
                f"Rechnung {zeile.rechnung} stand noch in keinem Schreiben; bei sofortigem Anerkenntnis trägt der "
                f"Gläubiger die Kosten (§ 93 ZPO); {weiter}.",
            )


def _earliest_handover(reihe: Reihe, schreiben: Schreiben) -> dt.date:
    """Return the day after the last deadline, or so many days after the first due date, if that is later."""
    nach_frist = deadline_of(reihe.fall, schreiben) + (1 + patience(reihe.fall)) * _TAG
    tage = reihe.fall.einstellungen.schwellen.uebergabe_nach_tagen
    erste = first_due(reihe)
    return nach_frist if tage is None or erste is None else max(nach_frist, erste + tage * _TAG)
