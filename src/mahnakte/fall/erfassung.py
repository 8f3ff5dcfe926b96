"""Facts that are recorded one at a time: which kinds there are, their keys, and whether one stands already.

All of it comes from the records of fall.yaml (modell.py), the kinds of events and what a step can add
(vorgangsdaten/nachtrag.py): a key that is added there can be recorded without a word here.
"""

import dataclasses
import functools
import hashlib
import json
import re
import typing
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from mahnakte.arten.ereignis import EREIGNISARTEN
from mahnakte.arten.vorgang import NACHTRAG, ZAHLUNG_ERFASST
from mahnakte.fall.ergaenzung import ERGAENZUNGEN, Rueckgabe, Titelmassnahme, find_zahlung
from mahnakte.fall.lesen import BERICHTIGEN, read_baum
from mahnakte.fall.modell import Falldatei, Zahlung
from mahnakte.fall.partei import Angabe
from mahnakte.fall.vorgangsdaten.nachtrag import ERFASST
from mahnakte.grund.befund import Ablehnung, Befund, sperre
from mahnakte.grund.strict_yaml import Abbildung, Folge, Knoten, Skalar

EREIGNISSE = "ereignisse"
BELEG = "beleg"
# What becomes known of an entry later, or where its proof lies, does not make it another fact.
_NACHTRAEGLICH = frozenset({"stelle", BELEG, "zurueck_am", "massnahmen"})
_ZEILE = 1
_SCHLUESSEL = re.compile(r"„([a-z_]+):“")  # how remedies name a key

Angaben = Mapping[str, Any]  # as fall.yaml holds them: texts, groups of keys, lists of either


@dataclasses.dataclass(frozen=True, slots=True)
class Tatsachenart:
    """One kind of fact: the word for it, the list it goes to, its record, and the keys that the kind fixes."""

    wort: str
    liste: str
    record: type[Angabe]
    fest: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def vorgangsart(self) -> str:
        """Return the kind of step by which it is recorded."""
        return ZAHLUNG_ERFASST.wort if self.record is Zahlung else NACHTRAG.wort

    @property
    def has_beleg(self) -> bool:
        """Tell whether its record names a proof."""
        return BELEG in {feld.name for feld in dataclasses.fields(self.record)}


_WORTE = {
    "zahlung": "zahlungen",
    "rueckgabe": "rueckgaben",
    "gutschrift": "gutschriften",
    "kosten": "kosten",
    "verzicht": "verzicht",
    "titel": "titel",
    "massnahme": "massnahmen",
    "rechnung": "rechnungen",
    "quittung": "quittiert",
}


def _record_of(liste: str) -> type[Angabe]:
    if liste in ERGAENZUNGEN:
        return ERGAENZUNGEN[liste][0]
    record: type[Angabe] = next(teil for teil in _walk(_hints(Falldatei)[liste]) if _is_record(teil))
    return record


def _hints(record: type) -> dict[str, Any]:
    return typing.get_type_hints(record, include_extras=True)


def _walk(typ: Any) -> Iterator[Any]:
    """Yield a type with all it is made of: members, arguments and what is annotated to it."""
    yield typ
    if metadaten := getattr(typ, "__metadata__", ()):
        yield from metadaten
        yield from _walk(typing.get_args(typ)[0])
    elif typing.get_origin(typ) is not typing.Literal:
        for teil in typing.get_args(typ):
            yield from _walk(teil)


def _is_record(typ: Any) -> bool:
    return isinstance(typ, type) and issubclass(typ, Angabe)


TATSACHENARTEN: Mapping[str, Tatsachenart] = {
    art.wort: art
    for art in (
        *(Tatsachenart(wort, liste, _record_of(liste)) for wort, liste in _WORTE.items()),
        *(Tatsachenart(wort, EREIGNISSE, _record_of(EREIGNISSE), {"art": wort}) for wort in EREIGNISARTEN),
    )
}


def read_tatsache(art: Tatsachenart, angaben: Angaben) -> tuple[Angabe | None, tuple[Befund, ...]]:
    """Return the record of a fact, checked as in fall.yaml; without one there is at least one finding."""
    record, befunde = read_baum(_adapter(art.liste), art.record, _as_baum({**angaben, **art.fest}), "")
    return record, tuple(
        dataclasses.replace(befund, abhilfe=_as_options(befund.abhilfe), stelle=None) for befund in befunde
    )


def _as_options(abhilfe: str) -> str:
    """Return a remedy for who has options before him and no line."""
    return "Den Wert berichtigen." if abhilfe == BERICHTIGEN else _SCHLUESSEL.sub(_as_option, abhilfe)


def _as_option(schluessel: re.Match[str]) -> str:
    return f"--{schluessel[1].replace('_', '-')}"


@functools.cache
def _adapter(liste: str) -> TypeAdapter[Any]:
    """Return the reader of one entry of a list, with the checks that stand beside the record."""
    if liste in ERGAENZUNGEN:
        return TypeAdapter(ERGAENZUNGEN[liste][0])
    return TypeAdapter(typing.get_args(_hints(Falldatei)[liste])[0])


def _as_baum(angaben: Angaben) -> Abbildung:
    werte = {name: _as_knoten(wert) for name, wert in angaben.items()}
    return Abbildung(werte, dict.fromkeys(werte, _ZEILE), _ZEILE)


def _as_knoten(wert: Any) -> Knoten:
    if isinstance(wert, Mapping):
        return _as_baum(wert)
    if isinstance(wert, str):
        return Skalar(wert, _ZEILE)
    return Folge(tuple(_as_knoten(teil) for teil in wert), _ZEILE)


# --- does it stand already? -------------------------------------------------------------------------------


def complete_tatsache(tatsache: Angabe, falldatei: Falldatei) -> Angabe:
    """Return a fact that says exactly what it is about: the sum of a returned payment. Raises Ablehnung."""
    if isinstance(tatsache, Rueckgabe):
        zahlung = find_zahlung(falldatei, dataclasses.replace(tatsache, stelle=falldatei.stelle))
        return dataclasses.replace(tatsache, betrag=zahlung.betrag)
    return tatsache


def list_bekannte(art: Tatsachenart, falldatei: Falldatei) -> tuple[Angabe, ...]:
    """Return what stands of this kind, in fall.yaml and in the steps already merged into `falldatei`."""
    if art.record is Titelmassnahme:
        return tuple(
            Titelmassnahme(titel=titel.kennung, **{f.name: getattr(m, f.name) for f in dataclasses.fields(m)})
            for titel in falldatei.titel
            for m in titel.massnahmen
        )
    if art.record is Rueckgabe:
        return tuple(
            Rueckgabe(
                am=zahlung.zurueck_am, zahlung_vom=zahlung.am, betrag=zahlung.betrag, stelle=zahlung.stelle
            )
            for zahlung in falldatei.zahlungen
            if zahlung.zurueck_am is not None
        )
    bekannte: tuple[Angabe, ...] = getattr(falldatei, art.liste)
    return bekannte


def claim_schluessel(
    art: Tatsachenart, tatsache: Angabe, bekannte: Iterable[Angabe], der_wievielte: int
) -> str:
    """Return the key under which a fact is recorded: its hash and which of equal ones it is (1 = the only one).

    Whoever repeats a command claims the same key again. Raises Ablehnung when so many stand already, or when the
    one before it is missing.
    """
    summe = _digest(art, tatsache)
    gleiche = [eine for eine in bekannte if _digest(art, eine) == summe]
    if len(gleiche) >= der_wievielte:
        raise Ablehnung(_stands(gleiche))
    if len(gleiche) < der_wievielte - 1:
        raise Ablehnung(
            sperre(
                "ERFASST_LUECKE",
                f"Als {der_wievielte}. gleiche lässt sich das nicht erfassen; bisher steht sie {len(gleiche)}-mal.",
                f"--weitere {len(gleiche) + 1} angeben." if gleiche else "--weitere weglassen.",
            )
        )
    return f"{ERFASST}{summe}:{der_wievielte}"


def _stands(gleiche: list[Angabe]) -> Befund:
    orte = ", ".join(str(eine.stelle) for eine in gleiche)
    return sperre(
        "ERFASST_STEHT_SCHON",
        f"Das steht schon im Fall ({orte}); es wird nicht noch einmal erfasst.",
        f"Ist es eine weitere, gleiche Tatsache: --weitere {len(gleiche) + 1}. Ist die vorhandene falsch: die Zeile "
        "in fall.yaml berichtigen oder streichen; einen Vorgang zurücknehmen: mahnakte storno FALL NR --grund TEXT",
        gleiche[0].stelle,
    )


def _digest(art: Tatsachenart, tatsache: Angabe) -> str:
    werte = {feld.name: getattr(tatsache, feld.name) for feld in dataclasses.fields(tatsache)}
    gesagt = {name: wert for name, wert in werte.items() if wert not in (None, ())}
    kern = {name: _plain(wert) for name, wert in gesagt.items() if name not in _NACHTRAEGLICH}
    text = json.dumps({art.liste: kern}, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(wert: Any) -> Any:
    """Return a value so that equal ones are spelled alike."""
    if isinstance(wert, Angabe):
        felder = dataclasses.fields(wert)
        return {feld.name: _plain(getattr(wert, feld.name)) for feld in felder if feld.name != "stelle"}
    if isinstance(wert, tuple):
        return [_plain(teil) for teil in wert]
    if isinstance(wert, Decimal):
        return format(wert.normalize(), "f")
    return None if wert is None else str(wert)
