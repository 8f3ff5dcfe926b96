"""What a court's report means for a case: the event to enter, or why a person has to decide."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping

from mahnakte.antrag.aus_fall.folgeantrag import not_served
from mahnakte.antrag.eda.nachrichten import Ereignisvorschlag, Nachricht
from mahnakte.antrag.folgeblatt import format_nummer
from mahnakte.arten.ereignis import (
    ANTRAG_EINGEREICHT,
    EINMALIGE,
    EREIGNISARTEN,
    MB_ERLASSEN,
    MB_NICHT_ZUGESTELLT,
    VB_ERLASSEN,
    WIDERSPRUCH,
)
from mahnakte.eingang.protokoll import Vorschlag
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis
from mahnakte.grund.befund import Befund, as_warnungen, hinweis, warnung
from mahnakte.grund.betrag import NULL, format_betrag
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.sachstand import Sachstand

_ZIFFERN = 11
_ERLASSE = {MB_ERLASSEN.wort, VB_ERLASSEN.wort}


@dataclasses.dataclass(frozen=True, slots=True)
class Deutung:
    """The event as fall.yaml spells it; None when it stands there already or a person must decide."""

    ereignis: Mapping[str, str] | None
    befunde: tuple[Befund, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Gerichtsnachricht:
    """A message of the dunning court: each event that it reports is a proposal of its own."""

    nachricht: Nachricht

    @property
    def aktenzeichen(self) -> str:
        """Return our reference, which the court calls Geschäftszeichen."""
        return self.nachricht.geschaeftszeichen

    @property
    def anlass(self) -> str:
        """Return the occasion of its steps."""
        return "Nachricht des Mahngerichts übernommen"

    def propose(self, sachstand: Sachstand) -> tuple[Vorschlag, ...]:
        """Return a proposal for each report; one that the case knows, or that a person must decide, is empty."""
        berichte = self.nachricht.vorschlaege
        if _is_against_all(berichte, sachstand.fall):
            return (_as_joint(berichte, sachstand),)
        return tuple(_as_vorschlag(bericht, sachstand) for bericht in berichte)


def _is_against_all(berichte: tuple[Ereignisvorschlag, ...], fall: Fall) -> bool:
    """Tell whether an order was issued against each of several debtors: as many numbers as there are debtors."""
    arten = {bericht.art for bericht in berichte}
    return len(fall.schuldner) > 1 and len(berichte) == len(fall.schuldner) and arten <= _ERLASSE


def _as_joint(berichte: tuple[Ereignisvorschlag, ...], sachstand: Sachstand) -> Vorschlag:
    """Return one event for all debtors. Whose number is whose the message does not say; that of the service does."""
    erster = berichte[0]
    nummern = ", ".join(_number(bericht) for bericht in berichte)
    schluessel = "+".join(bericht.geschaeftsnummer for bericht in berichte)
    deutung = _interpret_joint(erster, sachstand)
    text = (
        f"{sachstand.fall.aktenzeichen}: Die Geschäftsnummern {nummern} gelten je für einen Schuldner; welche für "
        "wen, sagt die Nachricht nicht."
    )
    offen = hinweis(
        "NACHRICHT_NUMMERN", text, "Die Zustellungsnachrichten nennen die Namen; dann steht es dort."
    )
    bemerkt = (offen,) if deutung.ereignis else ()
    ereignisse = (deutung.ereignis,) if deutung.ereignis else ()
    am = erster.am.isoformat()
    return Vorschlag(f"gericht:{schluessel}:{erster.art}:{am}", ereignisse, (*deutung.befunde, *bemerkt))


def _interpret_joint(bericht: Ereignisvorschlag, sachstand: Sachstand) -> "Deutung":
    was = f"{sachstand.fall.aktenzeichen}: {bericht.art} am {format_datum(bericht.am)}"
    if bericht.am > sachstand.stichtag:
        return _too_late(was, sachstand)
    gleiche = [e for e in sachstand.fall.ereignisse if e.art == bericht.art]
    if bekannt := _known(bericht, gleiche, was):
        return bekannt
    return Deutung({"am": bericht.am.isoformat(), "art": bericht.art}, ())


def _as_vorschlag(bericht: Ereignisvorschlag, sachstand: Sachstand) -> Vorschlag:
    """Its key is the court's number, kind and day."""
    deutung = interpret_vorschlag(bericht, sachstand)
    ereignisse = (deutung.ereignis,) if deutung.ereignis else ()
    return Vorschlag(f"gericht:{bericht.schluessel}", ereignisse, deutung.befunde)


def interpret_vorschlag(vorschlag: Ereignisvorschlag, sachstand: Sachstand) -> Deutung:
    """Return what one report means for the case with our reference."""
    was = f"{sachstand.fall.aktenzeichen}: {vorschlag.art} am {format_datum(vorschlag.am)}"
    if vorschlag.am > sachstand.stichtag:
        return _too_late(was, sachstand)
    wer = _find_debtor(vorschlag, sachstand.fall)
    if wer is None:
        text = f"{was}: Welcher Schuldner gemeint ist, ist offen (Geschäftsnummer {_number(vorschlag)})."
        abhilfe = "Das Ereignis mit „schuldner:“ und „geschaeftszeichen:“ selbst in fall.yaml eintragen."
        return Deutung(None, (warnung("NACHRICHT_SCHULDNER", text, abhilfe),))
    if bekannt := _known(vorschlag, _same_kind(vorschlag, wer, sachstand.fall), was):
        return bekannt
    teil = _partial(vorschlag, sachstand)
    return Deutung(_as_event(vorschlag, wer, sachstand.fall) | teil, tuple(_remarks(vorschlag, was, teil)))


def _too_late(was: str, sachstand: Sachstand) -> Deutung:
    text = f"{was} liegt nach dem Stichtag {format_datum(sachstand.stichtag)}; es wird nicht übernommen."
    return Deutung(
        None, (warnung("NACHRICHT_NACH_STICHTAG", text, "Mit einem späteren Stichtag wiederholen."),)
    )


def _known(vorschlag: Ereignisvorschlag, gleiche: Iterable[Ereignis], was: str) -> Deutung | None:
    """Return what is to be said when the case has such an event: the same, or another day of what happens once."""
    for ereignis in gleiche:
        if ereignis.am == vorschlag.am:
            return Deutung(None, (hinweis("NACHRICHT_BEKANNT", f"{was} steht schon im Fall."),))
        if vorschlag.art in EINMALIGE:
            text = f"{was} meldet das Gericht; im Fall steht der {format_datum(ereignis.am)}."
            abhilfe = "Vergleichen und das Datum in fall.yaml berichtigen; übernommen wird nichts."
            return Deutung(None, (warnung("NACHRICHT_WIDERSPRICHT", text, abhilfe, ereignis.stelle),))
    return None


def _partial(vorschlag: Ereignisvorschlag, sachstand: Sachstand) -> dict[str, str]:
    """Recognise a partial objection by its sum: less than the main claims of the application (§ 694 (1) ZPO)."""
    if vorschlag.art != WIDERSPRUCH.wort or not vorschlag.betrag:
        return {}
    tage = [
        e.am for e in sachstand.fall.ereignisse if e.art == ANTRAG_EINGEREICHT.wort and e.am <= vorschlag.am
    ]
    konto = compute_konto(sachstand.am(max(tage, default=vorschlag.am)))
    beantragt = sum((stand.offen for stand in konto.forderungen if not stand.titel), NULL)
    if vorschlag.betrag >= beantragt:
        return {}
    return {"umfang": "teil", "betrag": format_betrag(vorschlag.betrag)}


def _find_debtor(vorschlag: Ereignisvorschlag, fall: Fall) -> str | None:
    """Tell which of several debtors is meant: by the court's number of an earlier event, else by the name."""
    if len(fall.schuldner) == 1:
        return fall.schuldner[0].kennung
    for ereignis in fall.ereignisse:
        if ereignis.schuldner and _digits(ereignis.geschaeftszeichen) == vorschlag.geschaeftsnummer != "":
            return ereignis.schuldner
    gleiche = [s.kennung for s in fall.schuldner if _plain(s.voller_name) == _plain(vorschlag.wen)]
    return gleiche[0] if len(gleiche) == 1 else None


def _same_kind(vorschlag: Ereignisvorschlag, wer: str, fall: Fall) -> Iterator[Ereignis]:
    for ereignis in fall.ereignisse:
        if ereignis.art == vorschlag.art and ereignis.schuldner in (None, wer):
            nummer = _digits(ereignis.geschaeftszeichen)
            if not nummer or not vorschlag.geschaeftsnummer or nummer == vorschlag.geschaeftsnummer:
                yield ereignis


def _as_event(vorschlag: Ereignisvorschlag, wer: str, fall: Fall) -> dict[str, str]:
    angaben = {
        "am": vorschlag.am.isoformat(),
        "art": vorschlag.art,
        "schuldner": wer if len(fall.schuldner) > 1 else "",
        "geschaeftszeichen": _number(vorschlag),
        "grund": json_safe(vorschlag.grund) if "grund" in EREIGNISARTEN[vorschlag.art].erlaubt else "",
    }
    return {name: wert for name, wert in angaben.items() if wert}


def _remarks(vorschlag: Ereignisvorschlag, was: str, teil: Mapping[str, str]) -> Iterator[Befund]:
    if teil:
        text = (
            f"{was}: Nach der gemeldeten Summe ist nur {teil['betrag']} € der Hauptforderung widersprochen."
        )
        abhilfe = "Mit dem Schreiben des Gerichts vergleichen, ehe für den Rest der nächste Antrag folgt."
        yield warnung("WIDERSPRUCH_TEIL", text, abhilfe)
    elif vorschlag.art == WIDERSPRUCH.wort:
        text = (
            f"{was}: Ob ganz oder teilweise widersprochen ist, sagt der Satz nicht sicher; es gilt als ganz."
        )
        abhilfe = "Nach dem Schreiben des Gerichts in fall.yaml eintragen, wenn es nur ein Teil ist („umfang: teil“)."
        yield warnung("WIDERSPRUCH_UMFANG", text, abhilfe)
    if vorschlag.art == MB_NICHT_ZUGESTELLT.wort:
        yield as_warnungen([not_served(was)])[0]


def _number(vorschlag: Ereignisvorschlag) -> str:
    nummer = vorschlag.geschaeftsnummer
    return format_nummer(nummer) if len(nummer) == _ZIFFERN else nummer


def _digits(geschaeftszeichen: str | None) -> str:
    return "".join(zeichen for zeichen in geschaeftszeichen or "" if zeichen.isdigit())


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
