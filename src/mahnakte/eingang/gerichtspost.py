"""What a court's report means for a case: the event to enter, or why a person has to decide."""

import dataclasses
from collections.abc import Iterator, Mapping

from mahnakte.antrag.aus_fall.folgeantrag import NEUZUSTELLUNG
from mahnakte.antrag.eda.nachrichten import Ereignisvorschlag, Nachricht
from mahnakte.antrag.folgeblatt import format_nummer
from mahnakte.arten.ereignis import EINMALIGE, EREIGNISARTEN, MB_NICHT_ZUGESTELLT, WIDERSPRUCH
from mahnakte.eingang.protokoll import Vorschlag
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis
from mahnakte.grund.befund import Befund, hinweis, warnung
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe
from mahnakte.stand.sachstand import Sachstand

_ZIFFERN = 11


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
        return tuple(_as_vorschlag(bericht, sachstand) for bericht in self.nachricht.vorschlaege)


def _as_vorschlag(bericht: Ereignisvorschlag, sachstand: Sachstand) -> Vorschlag:
    """Its key is the court's number, kind and day."""
    deutung = interpret_vorschlag(bericht, sachstand)
    ereignisse = (deutung.ereignis,) if deutung.ereignis else ()
    return Vorschlag(f"gericht:{bericht.schluessel}", ereignisse, deutung.befunde)


def interpret_vorschlag(vorschlag: Ereignisvorschlag, sachstand: Sachstand) -> Deutung:
    """Return what one report means for the case with our reference."""
    was = f"{sachstand.fall.aktenzeichen}: {vorschlag.art} am {format_datum(vorschlag.am)}"
    if vorschlag.am > sachstand.stichtag:
        text = f"{was} liegt nach dem Stichtag {format_datum(sachstand.stichtag)}; es wird nicht übernommen."
        return Deutung(
            None, (warnung("NACHRICHT_NACH_STICHTAG", text, "Mit einem späteren Stichtag wiederholen."),)
        )
    wer = _find_debtor(vorschlag, sachstand.fall)
    if wer is None:
        text = f"{was}: Welcher Schuldner gemeint ist, ist offen (Geschäftsnummer {_number(vorschlag)})."
        abhilfe = "Das Ereignis mit „schuldner:“ und „geschaeftszeichen:“ selbst in fall.yaml eintragen."
        return Deutung(None, (warnung("NACHRICHT_SCHULDNER", text, abhilfe),))
    for ereignis in _same_kind(vorschlag, wer, sachstand.fall):
        if ereignis.am == vorschlag.am:
            return Deutung(None, (hinweis("NACHRICHT_BEKANNT", f"{was} steht schon im Fall."),))
        if vorschlag.art in EINMALIGE:
            text = f"{was} meldet das Gericht; im Fall steht der {format_datum(ereignis.am)}."
            abhilfe = "Vergleichen und das Datum in fall.yaml berichtigen; übernommen wird nichts."
            return Deutung(None, (warnung("NACHRICHT_WIDERSPRICHT", text, abhilfe, ereignis.stelle),))
    return Deutung(_as_event(vorschlag, wer, sachstand.fall), tuple(_remarks(vorschlag, was)))


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


def _remarks(vorschlag: Ereignisvorschlag, was: str) -> Iterator[Befund]:
    if vorschlag.art == WIDERSPRUCH.wort:
        text = (
            f"{was}: Ob ganz oder teilweise widersprochen ist, sagt der Satz nicht sicher; es gilt als ganz."
        )
        abhilfe = "Nach dem Schreiben des Gerichts in fall.yaml eintragen, wenn es nur ein Teil ist („umfang: teil“)."
        yield warnung("WIDERSPRUCH_UMFANG", text, abhilfe)
    if vorschlag.art == MB_NICHT_ZUGESTELLT.wort:
        text = f"{was}. Der Antrag auf Neuzustellung ist als EDA-Datei nicht belegt (Satzart 07, NEMB)."
        yield warnung("NEUZUSTELLUNG_NOETIG", text, NEUZUSTELLUNG)


def _number(vorschlag: Ereignisvorschlag) -> str:
    nummer = vorschlag.geschaeftsnummer
    return format_nummer(nummer) if len(nummer) == _ZIFFERN else nummer


def _digits(geschaeftszeichen: str | None) -> str:
    return "".join(zeichen for zeichen in geschaeftszeichen or "" if zeichen.isdigit())


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
