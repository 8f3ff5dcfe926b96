"""The plan of many cases at a glance: grouped by what to do first, each group with its number and its sum."""

import dataclasses
import enum
from collections.abc import Iterable, Sequence
from decimal import Decimal

from mahnakte.ablage.stoerung import show
from mahnakte.ablauf.plan import Schritt
from mahnakte.arten.grundart import GRUENDE, Loeser
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.listen.plantafel import Planposten
from mahnakte.werk.vorschau import Planzeile, Ruhezeile

# Above it a list of cases is longer than anybody reads; then the groups are shown.
EINZELN_BIS = 40


class Rang(enum.IntEnum):
    """What comes first in the morning. Cases that nobody can work on stand above the letters."""

    ABGELEHNT = 0
    VERHINDERT = 1
    BRIEF = 2
    VON_HAND = 3
    MENSCH = 4
    GERICHT = 5
    ZEIT = 6
    NIEMAND = 7


_UEBERSCHRIFT = {
    Rang.ABGELEHNT: "Abgelehnt: erst in Ordnung bringen (siehe die Befunde)",
    Rang.VERHINDERT: "Fällig, geht aber so nicht",
    Rang.BRIEF: "Fällige Briefe: mahnakte lauf",
    Rang.VON_HAND: "Fällig, von Hand zu beginnen",
    Rang.MENSCH: "Wartet auf einen Menschen",
    Rang.GERICHT: "Liegt bei Gericht",
    Rang.ZEIT: "Geht von selbst weiter",
    Rang.NIEMAND: "Erledigt",
}
_LOESER = {
    Loeser.MENSCH: Rang.MENSCH,
    Loeser.GERICHT: Rang.GERICHT,
    Loeser.ZEIT: Rang.ZEIT,
    Loeser.NIEMAND: Rang.NIEMAND,
}
_WER = {
    Rang.ABGELEHNT: Loeser.MENSCH.value,
    Rang.VERHINDERT: Loeser.MENSCH.value,
    Rang.BRIEF: "mahnakte lauf",
    Rang.VON_HAND: Loeser.MENSCH.value,
    **{rang: loeser.value for loeser, rang in _LOESER.items()},
}


@dataclasses.dataclass(frozen=True, slots=True)
class _Eintrag:
    """One line of one case: its rank, the word of its group, and the sentence."""

    zeile: Planzeile | Ruhezeile
    rang: Rang
    wort: str
    grund: str
    schritt: Schritt | None = None


def list_posten(zeilen: Iterable[Planzeile | Ruhezeile]) -> list[Planposten]:
    """Return the lines for a table, in the order of work."""
    eintraege = sorted((e for zeile in zeilen for e in _entries(zeile)), key=lambda e: (e.rang, e.wort))
    return [_as_posten(eintrag) for eintrag in eintraege]


def _as_posten(eintrag: _Eintrag) -> Planposten:
    kopf = eintrag.zeile.kopf
    return Planposten(
        aktenzeichen=eintrag.zeile.aktenzeichen or show(eintrag.zeile.pfad),
        schuldner=kopf.schuldner if kopf else "",
        offen=kopf.offen if kopf else None,
        was=eintrag.wort,
        grund=eintrag.grund,
        wer=_WER[eintrag.rang],
        zu_tun=eintrag.rang <= Rang.MENSCH,
        frist=eintrag.schritt.frist_bis if eintrag.schritt else None,
        letztes=kopf.letztes if kopf else None,
    )


def sum_up(zeilen: Sequence[Planzeile | Ruhezeile]) -> list[str]:
    """Return the groups as lines, what to do first on top."""
    gruppen: dict[tuple[Rang, str], list[Planzeile | Ruhezeile]] = {}
    for eintrag in (eintrag for zeile in zeilen for eintrag in _entries(zeile)):
        gruppen.setdefault((eintrag.rang, eintrag.wort), []).append(eintrag.zeile)
    text: list[str] = []
    for rang in Rang:
        teile = sorted((wort, faelle) for (r, wort), faelle in gruppen.items() if r is rang)
        if teile:
            text += [_UEBERSCHRIFT[rang], *(_group_line(wort, faelle) for wort, faelle in teile), ""]
    return text


def _group_line(wort: str, faelle: Sequence[Planzeile | Ruhezeile]) -> str:
    summe = sum((zeile.kopf.offen for zeile in faelle if zeile.kopf), NULL)
    art = GRUENDE.get(wort)
    bedeutung = f"  {art.bedeutung.split(':')[0].split(';')[0]}" if art else ""
    return f"  {len(faelle):>6}  {format_euro(Decimal(summe)):>16}  {wort}{bedeutung}"


def _entries(zeile: Planzeile | Ruhezeile) -> Iterable[_Eintrag]:
    """Yield each step of a case; where there is none, the first reason."""
    for schritt in zeile.schritte:
        rang = Rang.BRIEF if schritt.frist_bis else Rang.VON_HAND
        yield _Eintrag(zeile, rang, schritt.art, schritt.anlass, schritt)
    for schritt in zeile.verhindert:
        yield _Eintrag(zeile, Rang.VERHINDERT, schritt.art, _first_text(zeile), schritt)
    if not zeile.schritte and not zeile.verhindert:
        code = zeile.gruende[0].code
        art = GRUENDE.get(code)
        rang = Rang.ABGELEHNT if zeile.abgelehnt else _LOESER[art.loeser] if art else Rang.MENSCH
        yield _Eintrag(zeile, rang, code, _first_text(zeile))


def _first_text(zeile: Planzeile | Ruhezeile) -> str:
    return zeile.gruende[0].text if zeile.gruende else ""
