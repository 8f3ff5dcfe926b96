"""What forbids an application, and what a person may override in writing."""

import datetime as dt
from collections.abc import Iterator

from mahnakte.ablauf.fristlauf import lapses_soon
from mahnakte.ablauf.halt import (
    code_of_schicksal,
    find_vergleich,
    laufende_sperren,
    list_halte,
    offene_einwaende,
)
from mahnakte.ablauf.verlangtes import describe_whole, find_whole
from mahnakte.antrag.aus_fall.freigabe import Freigabe
from mahnakte.antrag.aus_fall.maengel import TITULIERT, VERLANGTES_GEZAHLT, Maengelliste
from mahnakte.arten import grundart
from mahnakte.arten.ereignis import EREIGNISARTEN, RATENPLAN, RATENPLAN_GEKUENDIGT, STUNDUNG
from mahnakte.arten.trotz import BESTRITTEN, FRIST, MAHNSPERRE, RECHNUNGSFRAGE, VERJAEHRT, Trotz
from mahnakte.grund.befund import Befund
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import compute_konto
from mahnakte.konto.modell import Konto
from mahnakte.stand.postenfrage import laufende_postensperren, offene_postenfragen
from mahnakte.stand.pruefung import offene_fragen
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.schicksal import laufende_schicksale
from mahnakte.stand.ungeklaert import describe_ungeklaerte, ungeklaerte_zahlungen
from mahnakte.stand.verlauf import ereignisse_bis
from mahnakte.stand.zahltag import end_of_stundung
from mahnakte.uhren.anspruchsuhr import Anspruchsuhr, compute_anspruchsuhren

_VERGLEICH = "ANTRAG_VERGLEICH"
_UNGEKLAERT = "ANTRAG_ZAHLUNG_UNGEKLAERT"


def check_hindernisse(sachstand: Sachstand, freigabe: Freigabe, liste: Maengelliste) -> None:
    """Note every ground against an application on the Stichtag; `antrag:` of fall.yaml may override some."""
    konto = compute_konto(sachstand)
    _paid(konto, liste)
    _paid_as_asked(sachstand, konto, liste)
    _fate(sachstand, liste)
    _deferred(sachstand, liste)
    _settled(sachstand, konto, freigabe, liste)
    _unsettled(sachstand, konto, liste)
    _promised_or_overtaken(sachstand, konto, freigabe, liste)
    for art, text in _overridable(sachstand, konto):
        freigabe.judge(art, text, liste)
    for art, text in _ask_about_invoices(sachstand, konto, liste):
        freigabe.judge(art, text, liste)


def _paid(konto: Konto, liste: Maengelliste) -> None:
    offen = sum((forderung.offen for forderung in konto.forderungen if not forderung.titel), NULL)
    if offen > 0:
        return
    if any(forderung.titel and forderung.offen > 0 for forderung in konto.forderungen):
        liste.refuse(TITULIERT, "Über die ganze Forderung gibt es schon einen Titel.",
                     "Aus dem Titel vollstrecken; Ablauf: „mahnakte titel“.")  # fmt: skip
        return
    liste.refuse("ANTRAG_BEZAHLT", f"Die Hauptforderung ist ausgeglichen (offen: {format_euro(konto.gesamt)}).",
                 "Keinen Antrag stellen; Zinsen und Kosten allein muss ein Mensch beurteilen.")  # fmt: skip


def _paid_as_asked(sachstand: Sachstand, konto: Konto, liste: Maengelliste) -> None:
    """What a letter of ours called enough cannot be sued for; a release of a further step takes that back."""
    verlangtes = find_whole(sachstand, konto)
    if verlangtes is not None:
        liste.refuse(VERLANGTES_GEZAHLT, describe_whole(verlangtes, konto),
                     "Keinen Antrag über diesen Rest stellen.")  # fmt: skip


def _fate(sachstand: Sachstand, liste: Maengelliste) -> None:
    for ereignis in laufende_schicksale(sachstand):
        schicksal = EREIGNISARTEN[ereignis.art].schicksal
        gemeint = [s for s in sachstand.fall.schuldner if ereignis.schuldner in (None, s.kennung)]
        if schicksal is None or (schicksal.heilbar and any(schuldner.vertreter for schuldner in gemeint)):
            continue
        text = f"{schicksal.antrag}, seit {format_datum(ereignis.am)}."
        liste.refuse(f"ANTRAG_{code_of_schicksal(ereignis)}", text, schicksal.abhilfe, ereignis.stelle)


def _deferred(sachstand: Sachstand, liste: Maengelliste) -> None:
    for ereignis in ereignisse_bis(sachstand, STUNDUNG.wort):
        ende = end_of_stundung(sachstand.fall, ereignis)
        if ende >= sachstand.stichtag:
            text = f"Die Forderung ist bis {format_datum(ende)} gestundet und nicht fällig."
            liste.refuse("ANTRAG_GESTUNDET", text, "Das Ende der Stundung abwarten.", ereignis.stelle)
    plaene = ereignisse_bis(sachstand, RATENPLAN.wort, RATENPLAN_GEKUENDIGT.wort)
    if plaene and plaene[-1].art == RATENPLAN.wort:
        text = f"Es gilt ein Ratenplan vom {format_datum(plaene[-1].am)}."
        abhilfe = "Erst kündigen und das Ereignis „ratenplan_gekuendigt“ ergänzen."
        liste.refuse("ANTRAG_RATENPLAN", text, abhilfe, plaene[-1].stelle)


def _settled(sachstand: Sachstand, konto: Konto, freigabe: Freigabe, liste: Maengelliste) -> None:
    """A settlement that runs has given time; one that was kept leaves nothing; a broken one is told."""
    stand = find_vergleich(sachstand, konto)
    if stand is None:
        return
    if stand.code == grundart.VERGLEICH.code:
        freigabe.judge(FRIST, stand.text.rstrip("."), liste)
    elif stand.code == grundart.VERGLEICH_ERFUELLT.code:
        liste.refuse(_VERGLEICH, stand.text, "Ohne Rest bleibt nichts zu beantragen.")
    else:
        liste.warn(_VERGLEICH, stand.text)


def _unsettled(sachstand: Sachstand, konto: Konto, liste: Maengelliste) -> None:
    """Money that may be the debtor's lies on the account: first decide, unless limitation does not wait."""
    offene = ungeklaerte_zahlungen(sachstand)
    if not offene:
        return
    text = describe_ungeklaerte(offene)
    if eilt := lapses_soon(sachstand, konto):
        abhilfe = "War gezahlt, den Antrag zurücknehmen oder ermäßigen."
        liste.warn(
            _UNGEKLAERT, f"{eilt}; der Antrag wird trotzdem gestellt. {text}", abhilfe, offene[0].stelle
        )
    else:
        abhilfe = grundart.ZAHLUNG_UNGEKLAERT.abhilfe
        liste.refuse(_UNGEKLAERT, text, abhilfe, offene[0].stelle)


def _is_pressing(befund: Befund) -> bool:
    return befund.code in ("VERJAEHRUNG_DROHT", "VERJAEHRUNG_UNGEKLAERT")


def _promised_or_overtaken(
    sachstand: Sachstand, konto: Konto, freigabe: Freigabe, liste: Maengelliste
) -> None:
    """What stops a letter stops an application: promised for a later day, overtaken by a later step."""
    for halt in list_halte(sachstand, konto):
        if halt.code == grundart.ZUSAGE.code:
            freigabe.judge(FRIST, halt.text.rstrip("."), liste)
        elif halt.code == grundart.STICHTAG_ZU_FRUEH.code:
            liste.refuse("ANTRAG_STICHTAG", halt.text, "Mit dem Stichtag von heute beantragen.")


def _overridable(sachstand: Sachstand, konto: Konto) -> Iterator[tuple[Trotz, str]]:
    """Yield what bars nothing by law but needs a decision in writing (a defence only, § 214 BGB)."""
    for einwand in offene_einwaende(sachstand):
        yield BESTRITTEN, f"Bestritten seit {format_datum(einwand.am)}: {einwand.grund}"
    for halt in laufende_sperren(sachstand):
        bis = format_datum(halt.bis) if halt.bis else "auf Weiteres"
        yield MAHNSPERRE, f"Mahnsperre bis {bis}: {halt.grund}"
    for posten in (*offene_postenfragen(sachstand), *laufende_postensperren(sachstand)):
        yield MAHNSPERRE, f"Seit {format_datum(posten.am)} aus den offenen Posten: {posten.grund}"
    offene = {stand.rechnung for stand in konto.forderungen if not stand.titel and stand.offen > NULL}
    for uhr in compute_anspruchsuhren(sachstand, konto):
        if uhr.forderung.nummer in offene and uhr.verjaehrung and uhr.is_lapsed(sachstand.stichtag):
            yield VERJAEHRT, _lapsed(uhr, uhr.verjaehrung.letzter_tag)


def _ask_about_invoices(
    sachstand: Sachstand, konto: Konto, liste: Maengelliste
) -> Iterator[tuple[Trotz, str]]:
    """Yield the open questions about invoices; where limitation threatens they are named and bar nothing."""
    offene = {stand.rechnung for stand in konto.forderungen if not stand.titel and stand.offen > NULL}
    eilige = {
        uhr.forderung.nummer
        for uhr in compute_anspruchsuhren(sachstand, konto)
        if uhr.is_lapsed(sachstand.stichtag) or any(map(_is_pressing, uhr.befunde))
    }
    for frage in offene_fragen(sachstand):
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
