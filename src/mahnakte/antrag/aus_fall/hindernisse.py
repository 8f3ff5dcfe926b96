"""What forbids an application, and what a person may override in writing."""

import datetime as dt
from collections.abc import Iterator

from mahnakte.ablauf.halt import laufende_sperren, offene_einwaende
from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.fall.antragsangabe import Antragsangabe
from mahnakte.fall.fall import Fall
from mahnakte.fall.pruefung import offene_fragen
from mahnakte.fall.verlauf import ereignisse_bis
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Konto
from mahnakte.titel.anspruchsuhr import Anspruchsuhr, compute_anspruchsuhren

BESTRITTEN, MAHNSPERRE, VERJAEHRT, RECHNUNGSFRAGE = "bestritten", "mahnsperre", "verjaehrt", "rechnungsfrage"

_SCHICKSAL = {
    "insolvenz": ("Insolvenz (§§ 87, 89 InsO)", "Die Forderung beim Insolvenzverwalter anmelden."),
    "verstorben": ("Der Schuldner ist verstorben (§ 1958 BGB)", "Die Erben beim Nachlassgericht erfragen."),
    "unbekannt_verzogen": (
        "Die Anschrift ist unbekannt; öffentliche Zustellung ist ausgeschlossen (§ 688 Abs. 2 Nr. 3 ZPO)",
        "Zuerst die neue Anschrift ermitteln (§ 44 BMG).",
    ),
}
_BEI_GERICHT = (
    "antrag_eingereicht",
    "mb_erlassen",
    "mb_zugestellt",
    "widerspruch",
    "abgabe",
    "vb_beantragt",
    "vb_erlassen",
)
_EILIG = ("VERJAEHRUNG_DROHT", "VERJAEHRUNG_UNGEKLAERT")
_ZURUECKGEWIESEN = "antrag_zurueckgewiesen"


def check_hindernisse(fall: Fall, konto: Konto, stichtag: dt.date, liste: Maengelliste) -> None:
    """Note every ground against an application on the Stichtag; `antrag:` of fall.yaml may override some."""
    _paid(konto, liste)
    _fate(fall, stichtag, liste)
    _court(fall, stichtag, liste)
    _deferred(fall, stichtag, liste)
    gruende = [*_overridable(fall, konto, stichtag), *_ask_about_invoices(fall, konto, stichtag, liste)]
    _require_release(gruende, fall.antrag, liste)


def _paid(konto: Konto, liste: Maengelliste) -> None:
    offen = sum((forderung.offen for forderung in konto.forderungen if not forderung.titel), NULL)
    if offen > 0:
        return
    if any(forderung.titel and forderung.offen > 0 for forderung in konto.forderungen):
        liste.refuse("ANTRAG_TITULIERT", "Über die ganze Forderung gibt es schon einen Titel.",
                     "Aus dem Titel vollstrecken; Ablauf: „mahnakte titel“.")  # fmt: skip
        return
    liste.refuse("ANTRAG_BEZAHLT", f"Die Hauptforderung ist ausgeglichen (offen: {format_euro(konto.gesamt)}).",
                 "Keinen Antrag stellen; Zinsen und Kosten allein muss ein Mensch beurteilen.")  # fmt: skip


def _fate(fall: Fall, stichtag: dt.date, liste: Maengelliste) -> None:
    for ereignis in ereignisse_bis(fall, stichtag, *_SCHICKSAL):
        text, abhilfe = _SCHICKSAL[ereignis.art]
        liste.refuse(
            f"ANTRAG_{ereignis.art.upper()}",
            f"{text}, seit {format_datum(ereignis.am)}.",
            abhilfe,
            ereignis.stelle,
        )
    for ereignis in ereignisse_bis(fall, stichtag, "betreuung"):
        gemeint = [s for s in fall.schuldner if ereignis.schuldner in (None, s.kennung)]
        if not any(schuldner.vertreter for schuldner in gemeint):
            text = f"Es besteht eine Betreuung, seit {format_datum(ereignis.am)} (§ 53 ZPO)."
            abhilfe = "Klären, wer vertritt, und ihn beim Schuldner unter „vertreter:“ angeben."
            liste.refuse("ANTRAG_BETREUUNG", text, abhilfe, ereignis.stelle)


def _court(fall: Fall, stichtag: dt.date, liste: Maengelliste) -> None:
    ereignisse = ereignisse_bis(fall, stichtag, *_BEI_GERICHT, _ZURUECKGEWIESEN)
    if ereignisse and ereignisse[-1].art != _ZURUECKGEWIESEN:  # § 691 ZPO: then a new application is free
        letztes = ereignisse[-1]
        text = f"Die Sache ist schon bei Gericht: {letztes.art} am {format_datum(letztes.am)}."
        liste.refuse("ANTRAG_BEI_GERICHT", text, "Das laufende Verfahren fortsetzen.", letztes.stelle)


def _deferred(fall: Fall, stichtag: dt.date, liste: Maengelliste) -> None:
    for ereignis in ereignisse_bis(fall, stichtag, "stundung"):
        if ereignis.bis and ereignis.bis >= stichtag:
            text = f"Die Forderung ist bis {format_datum(ereignis.bis)} gestundet und nicht fällig."
            liste.refuse("ANTRAG_GESTUNDET", text, "Das Ende der Stundung abwarten.", ereignis.stelle)
    plaene = ereignisse_bis(fall, stichtag, "ratenplan", "ratenplan_gekuendigt")
    if plaene and plaene[-1].art == "ratenplan":
        text = f"Es gilt ein Ratenplan vom {format_datum(plaene[-1].am)}."
        abhilfe = "Erst kündigen und das Ereignis „ratenplan_gekuendigt“ ergänzen."
        liste.refuse("ANTRAG_RATENPLAN", text, abhilfe, plaene[-1].stelle)


def _overridable(fall: Fall, konto: Konto, stichtag: dt.date) -> Iterator[tuple[str, str]]:
    """Yield what bars nothing by law but needs a decision in writing (a defence only, § 214 BGB)."""
    for einwand in offene_einwaende(fall, stichtag):
        yield BESTRITTEN, f"Bestritten seit {format_datum(einwand.am)}: {einwand.grund}"
    for halt in laufende_sperren(fall, stichtag):
        bis = format_datum(halt.bis) if halt.bis else "auf Weiteres"
        yield MAHNSPERRE, f"Mahnsperre bis {bis}: {halt.grund}"
    offene = {stand.rechnung for stand in konto.forderungen if not stand.titel and stand.offen > NULL}
    for uhr in compute_anspruchsuhren(fall, konto, stichtag):
        if uhr.forderung.nummer in offene and uhr.verjaehrung and uhr.is_lapsed(stichtag):
            yield VERJAEHRT, _lapsed(uhr, uhr.verjaehrung.letzter_tag)


def _ask_about_invoices(
    fall: Fall, konto: Konto, stichtag: dt.date, liste: Maengelliste
) -> Iterator[tuple[str, str]]:
    """Yield the open questions about invoices; where limitation threatens they are named and bar nothing."""
    offene = {stand.rechnung for stand in konto.forderungen if not stand.titel and stand.offen > NULL}
    eilige = {
        uhr.forderung.nummer
        for uhr in compute_anspruchsuhren(fall, konto, stichtag)
        if uhr.is_lapsed(stichtag) or any(befund.code in _EILIG for befund in uhr.befunde)
    }
    for frage in offene_fragen(fall, stichtag):
        if frage.gegenstand in eilige & offene:
            abhilfe = f"{frage.abhilfe} Wegen der Verjährung wird der Antrag trotzdem vorbereitet."
            liste.warn("ANTRAG_RECHNUNGSFRAGE", frage.text, abhilfe, frage.stelle)
        elif frage.gegenstand in offene:
            yield RECHNUNGSFRAGE, frage.text


def _lapsed(uhr: Anspruchsuhr, letzter_tag: dt.date) -> str:
    """Say since when; where a fact is missing the clock shows the earliest end, and the fact comes first."""
    wer = f"Rechnung {uhr.forderung.nummer} ist gegen „{uhr.schuldner.kennung}“"
    seit = format_datum(letzter_tag)
    if uhr.fehlt:
        return f"{wer} vielleicht seit dem {seit} verjährt (§ 214 BGB); es fehlt: {'; '.join(uhr.fehlt)}"
    return f"{wer} seit dem {seit} verjährt (§ 214 BGB)"


def _require_release(
    gruende: list[tuple[str, str]], freigabe: Antragsangabe | None, liste: Maengelliste
) -> None:
    """Demand one release for everything that is not yet released; name what is filed all the same."""
    fehlend: dict[str, list[str]] = {}
    for art, text in gruende:
        if freigabe and art in freigabe.trotz:
            trotzdem = f"der Antrag wird trotzdem gestellt: {freigabe.grund} ({freigabe.freigegeben_von})"
            liste.warn(f"ANTRAG_TROTZ_{art.upper()}", f"{text}; {trotzdem}.")
        else:
            fehlend.setdefault(art, []).append(text)
    if not fehlend:
        return
    texte = "; ".join(text for texte in fehlend.values() for text in texte)
    zeilen = f"""
        antrag:
          trotz: [{", ".join(fehlend)}]
          grund:              # warum der Antrag trotzdem gestellt wird
          freigegeben_von:    # wer das entschieden hat
        """
    liste.missing(f"eine Freigabe – {texte}", "§ 214 BGB, § 93 ZPO", zeilen)
