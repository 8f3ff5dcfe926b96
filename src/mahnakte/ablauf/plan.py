"""The dunning plan of one case on a Stichtag: what is due, and why something is left alone.

Every case gets at least one Grund or Schritt. The codes of GRUND are stable; docs/ablauf.md lists them.
"""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

from mahnakte.ablauf.ausklammern import Ausklammerung, mahnbarer_fall
from mahnakte.ablauf.halt import Grund, find_halt
from mahnakte.fall.einstellungen import Mahnstufe
from mahnakte.fall.fall import Fall
from mahnakte.fall.verlauf import (
    Schreiben,
    belongs_to_creditor,
    effective_vorgaenge,
    ereignisse_bis,
    list_schreiben,
)
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import Konto, compute_konto
from mahnakte.recht.kalender import move_to_common_workday
from mahnakte.recht.werte import NACH_TABELLE

_TAG = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True, slots=True)
class Schritt:
    """A step that is due. A letter has `frist_bis`; an application or hand-over has the command to type (`{pfad}`).

    `dann` is the step that the letter announces (mahnbescheid | uebergabe | the next stage or None).
    """

    art: str
    anlass: str
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
    """Steps and reasons of one case. `konto` is what a letter would show: without what is left out."""

    schritte: tuple[Schritt, ...]
    gruende: tuple[Grund, ...]
    konto: Konto
    ausgeklammert: tuple[Ausklammerung, ...] = ()


def plan_fall(fall: Fall, stichtag: dt.date) -> Fallplan:
    """Return what is due in a case on the Stichtag, with a reason for everything that is left alone.

    Raises Ablehnung where the account cannot be counted, unless the case rests anyway.
    """
    try:
        return _plan(fall, stichtag)
    except Ablehnung as ablehnung:
        if ablehnung.befund.code == NACH_TABELLE and (plan := _plan_at_rest(fall, stichtag)):
            return plan
        raise


def _plan_at_rest(fall: Fall, stichtag: dt.date) -> Fallplan | None:
    """Return the plan of a case that rests, whatever a missing rate would say; its account is the last exact one."""
    bekannt_bis = fall.recht.find_reihe("basiszinssatz").gedeckt_bis
    if bekannt_bis >= stichtag:
        return None  # another table has ended
    konto = compute_konto(fall, bekannt_bis)
    halt = find_halt(fall, konto, stichtag)
    return Fallplan((), (halt,), konto) if halt else None


def _plan(fall: Fall, stichtag: dt.date) -> Fallplan:
    mahnbar, ausgeklammert = mahnbarer_fall(fall, stichtag)
    konto = compute_konto(mahnbar, stichtag)
    gruende = tuple(Grund("AUSGEKLAMMERT", teil.text) for teil in ausgeklammert)
    halt = find_halt(fall, compute_konto(fall, stichtag), stichtag) or _check_sum(fall, konto)
    if halt:
        return Fallplan((), (halt, *gruende), konto, ausgeklammert)
    ergebnis = _next_step(mahnbar, konto, stichtag)
    if isinstance(ergebnis, Schritt):
        nie_genannt = () if ergebnis.frist_bis else _never_named(mahnbar, konto, stichtag)
        return Fallplan((ergebnis,), (*gruende, *nie_genannt), konto, ausgeklammert)
    return Fallplan((), (ergebnis, *gruende), konto, ausgeklammert)


def _check_sum(fall: Fall, konto: Konto) -> Grund | None:
    mindestbetrag = fall.einstellungen.schwellen.mindestbetrag
    if not any(zeile.offen > 0 for zeile in konto.forderungen):
        return Grund("NICHTS_FAELLIG", "Es ist keine Forderung offen, die jetzt gemahnt werden kann.")
    if mindestbetrag is not None and konto.gesamt < mindestbetrag:
        return Grund(
            "UNTER_MINDESTBETRAG",
            f"Offen sind {format_euro(konto.gesamt)}, gemahnt wird ab {format_euro(mindestbetrag)}.",
        )
    return None


def _next_step(fall: Fall, konto: Konto, stichtag: dt.date) -> Schritt | Grund:
    """Return the stage after the highest one reached, or what the last letter announced."""
    mahnplan = fall.einstellungen.mahnplan
    alle = tuple(b for b in list_schreiben(fall, stichtag) if not belongs_to_creditor(fall, b.stufe))
    if fremd := _unknown_stage(mahnplan, alle):
        return fremd
    schreiben = tuple(brief for brief in alle if _asks_for_open(fall, konto, brief))
    letztes, erreicht = _last_letter(mahnplan, schreiben)
    if erreicht + 1 == len(mahnplan):
        return _after_series(fall, konto, mahnplan[-1], letztes, stichtag)
    stufe = mahnplan[erreicht + 1]
    ab = _due_from(fall, konto, mahnplan, stufe, letztes)
    if ab is None:
        return Grund("FAELLIGKEIT_UNBEKANNT", "Für keine offene Rechnung ist ein Fälligkeitstag bekannt.")
    if stichtag < ab:
        return Grund("NOCH_NICHT", f"Nächster Schritt: {stufe.art} ab {format_datum(ab)}.")
    if freigabe := missing_release(fall, konto.gesamt, stufe.art, stichtag):
        return freigabe
    frist_bis = move_to_common_workday(stichtag + stufe.frist_tage * _TAG, fall.leistungslaender)
    anlass = _reason(stufe, letztes, _first_due(fall, konto))
    return Schritt(stufe.art, anlass, frist_bis=frist_bis, dann=stufe.dann)


def _unknown_stage(mahnplan: tuple[Mahnstufe, ...], schreiben: tuple[Schreiben, ...]) -> Grund | None:
    """A letter of another system whose stage the plan does not know: the next one could be too soft or too hard."""
    arten = [stufe.art for stufe in mahnplan]
    for brief in schreiben:
        if brief.vorgang_nr is None and brief.stufe not in arten:
            return Grund(
                "STUFE_UNBEKANNT",
                f"Das Schreiben vom {format_datum(brief.am)} trägt die Stufe „{brief.stufe}“, die der Mahnplan nicht "
                f"kennt; bitte eine von {', '.join(arten)} eintragen.",
            )
    return None


def _asks_for_open(fall: Fall, konto: Konto, schreiben: Schreiben) -> bool:
    """Tell whether a letter asked for something that is still open: the next invoice begins its own series.

    A letter of ours says what it named; another system's named what had fallen due by its day.
    """
    offene = {zeile.rechnung for zeile in konto.forderungen if zeile.offen > 0}
    daten = next((vorgang.daten for vorgang in fall.vorgaenge if vorgang.nr == schreiben.vorgang_nr), {})
    faellige = {f.nummer for f in fall.forderungen if f.faellig_am is None or f.faellig_am <= schreiben.am}
    return not offene.isdisjoint(daten.get("rechnungen", faellige))


def _last_letter(
    mahnplan: tuple[Mahnstufe, ...], schreiben: tuple[Schreiben, ...]
) -> tuple[Schreiben | None, int]:
    """Return the last letter of the highest stage reached and the index of that stage (-1: none)."""
    arten = [stufe.art for stufe in mahnplan]
    gezaehlte = [(arten.index(brief.stufe), brief.am, brief) for brief in schreiben if brief.stufe in arten]
    if not gezaehlte:
        return None, -1
    stufe, _, letztes = max(gezaehlte, key=lambda eintrag: eintrag[:2])
    return letztes, stufe


def _deadline(mahnplan: tuple[Mahnstufe, ...], schreiben: Schreiben) -> dt.date:
    """Return the deadline a letter set; for another system's letter that names none, that of the plan."""
    if schreiben.frist_bis:
        return schreiben.frist_bis
    stufe = next(stufe for stufe in mahnplan if stufe.art == schreiben.stufe)
    return schreiben.am + stufe.frist_tage * _TAG


def _due_from(
    fall: Fall, konto: Konto, mahnplan: tuple[Mahnstufe, ...], stufe: Mahnstufe, letztes: Schreiben | None
) -> dt.date | None:
    tage = (stufe.tage + _patience(fall)) * _TAG
    if letztes is not None and stufe.nach == "frist":
        return _deadline(mahnplan, letztes) + tage
    erste = _first_due(fall, konto)
    return None if erste is None else erste + tage


def _patience(fall: Fall) -> int:
    """Return how many days later each step comes for a customer whom one wants to keep."""
    return fall.einstellungen.schwellen.behalten_tage if fall.behalten else 0


def _first_due(fall: Fall, konto: Konto) -> dt.date | None:
    offene = {zeile.rechnung for zeile in konto.forderungen if zeile.offen > 0}
    tage = [f.faellig_am for f in fall.forderungen if f.faellig_am and f.nummer in offene]
    return min(tage, default=None)


def _reason(stufe: Mahnstufe, letztes: Schreiben | None, erste: dt.date | None) -> str:
    if letztes is None:
        am = f" am {format_datum(erste)}" if erste else ""
        return f"{stufe.tage} Tage nach Fälligkeit{am} ohne Ausgleich"
    return f"Frist aus {letztes.stufe} vom {format_datum(letztes.am)} ohne Ausgleich verstrichen"


def missing_release(fall: Fall, gesamt: Decimal, art: str, stichtag: dt.date) -> Grund | None:
    """Return why a step over a large sum waits for a person, or None (`nur_mit_freigabe_ab`)."""
    grenze = fall.einstellungen.schwellen.nur_mit_freigabe_ab
    zu_gross = grenze is not None and gesamt >= grenze
    if not zu_gross and not fall.behalten:
        return None
    freigaben = ereignisse_bis(fall, stichtag, "freigabe")
    if any(f.schritt == art or (f.schritt is None and f.vorgang is None) for f in freigaben):
        return None
    warum = f"ab {format_euro(grenze)}" if grenze is not None and zu_gross else "Kundenklasse „behalten“"
    return Grund(
        "FREIGABE_FEHLT",
        f"{art} über {format_euro(gesamt)} wartet auf Freigabe ({warum}); "
        f"in fall.yaml ein Ereignis „freigabe“ mit „von“ und „schritt: {art}“ ergänzen.",
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Vorhaben:
    """What may follow the series: the kind of step that prepares it, and the command to type."""

    vorgang: str
    kommando: str


_VORHABEN = {
    "mahnbescheid": _Vorhaben("antrag", "mahnakte antrag {pfad}"),
    "uebergabe": _Vorhaben("akte", "mahnakte akte {pfad} --ziel ORDNER"),
}


def _after_series(
    fall: Fall, konto: Konto, letzte: Mahnstufe, schreiben: Schreiben | None, stichtag: dt.date
) -> Schritt | Grund:
    """All letters are out: the announced step is due when the last deadline and the threshold have passed."""
    if letzte.dann is None or schreiben is None:
        return Grund(
            "MAHNPLAN_ZU_ENDE", "Alle Stufen des Mahnplans sind geschrieben; ein Mensch entscheidet."
        )
    vorhaben = _VORHABEN[letzte.dann]
    for vorgang in effective_vorgaenge(fall, stichtag):
        if vorgang.art == vorhaben.vorgang:
            return Grund(
                "SCHON_ERSTELLT",
                f"{letzte.dann.capitalize()} ist vorbereitet: {vorgang.art} vom {format_datum(vorgang.stichtag)} "
                f"(Vorgang {vorgang.nr:04d}).",
            )
    ab = _earliest_handover(fall, konto, schreiben)
    if stichtag < ab:
        return Grund("NOCH_NICHT", f"Nächster Schritt: {letzte.dann} ab {format_datum(ab)}.")
    if freigabe := missing_release(fall, konto.gesamt, letzte.dann, stichtag):
        return freigabe
    return Schritt(
        letzte.dann,
        f"Frist aus {schreiben.stufe} vom {format_datum(schreiben.am)} ohne Ausgleich verstrichen",
        kommando=vorhaben.kommando,
    )


def _never_named(fall: Fall, konto: Konto, stichtag: dt.date) -> tuple[Grund, ...]:
    """Point out open invoices that would come before the court without a letter having named them (§ 93 ZPO)."""
    genannte: set[str] = set()
    for schreiben in list_schreiben(fall, stichtag):
        daten = next((v.daten for v in fall.vorgaenge if v.nr == schreiben.vorgang_nr), {})
        faellige = {
            f.nummer for f in fall.forderungen if f.faellig_am is None or f.faellig_am <= schreiben.am
        }
        genannte |= set(daten.get("rechnungen", faellige))
    return tuple(
        Grund(
            "NOCH_IN_KEINEM_SCHREIBEN",
            f"Rechnung {zeile.rechnung} stand noch in keinem Schreiben; bei sofortigem Anerkenntnis trägt der "
            "Gläubiger die Kosten (§ 93 ZPO). Besser zuerst „mahnakte brief“.",
        )
        for zeile in konto.forderungen
        if zeile.offen > 0 and zeile.rechnung not in genannte
    )


def _earliest_handover(fall: Fall, konto: Konto, schreiben: Schreiben) -> dt.date:
    """Return the day after the last deadline, or so many days after the first due date, if that is later."""
    nach_frist = _deadline(fall.einstellungen.mahnplan, schreiben) + (1 + _patience(fall)) * _TAG
    tage = fall.einstellungen.schwellen.uebergabe_nach_tagen
    erste = _first_due(fall, konto)
    return nach_frist if tage is None or erste is None else max(nach_frist, erste + tage * _TAG)
