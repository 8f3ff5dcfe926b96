"""One card per case: what identifies its invoices and its parties, a pure function of the folder.

Small enough to be kept for thousands of cases; written as JSON and read back strictly, so that a spoilt card is none.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from mahnakte.arten.ereignis import ZAHLUNG_ENTSCHIEDEN, ZAHLUNG_UNGEKLAERT
from mahnakte.fall.fall import merge_rechnung
from mahnakte.fall.modell import Falldatei
from mahnakte.fall.partei import Glaeubiger
from mahnakte.fall.parteibild import Parteibild, picture_partei, picture_rechnungspartei
from mahnakte.fall.rechnung import Leseergebnis
from mahnakte.fall.rechnung.modell import Vorrechnung
from mahnakte.fall.rechnungsbild import Rechnungsbild


class KeineKarte(Exception):  # noqa: N818 - the German noun says it
    """What was read is no card of today's form."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rechnungskarte:
    """One invoice on a card; `verkaeufer` and `kaeufer` are those of the e-invoice."""

    nummer: str
    datum: dt.date
    betrag: Decimal
    sha256: str | None
    art: str | None
    bezug: tuple[Vorrechnung, ...]
    gilt: bool | None
    ersetzt: str | None
    verkaeufer: Parteibild | None
    kaeufer: Parteibild | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fallkarte:
    """One case. `glaeubiger` is its key in mahnakte.yaml or the creditor himself.

    `ungelesene` names the invoices whose number, day or amount nobody could tell. `kennungen` and `ibans` go with
    `schuldner`. `quellen` are the sources of standing steps with their numbers; of the bookings of a statement,
    `ungeklaert` still wait for a decision, about `entschieden` somebody has decided (by key).
    """

    aktenzeichen: str
    glaeubiger: str | Parteibild
    schuldner: tuple[Parteibild, ...]
    rechnungen: tuple[Rechnungskarte, ...]
    gesamtschuld_mit: tuple[str, ...]
    ungelesene: tuple[str, ...]
    kennungen: tuple[str, ...]
    ibans: tuple[str | None, ...]
    quellen: tuple[tuple[str, int], ...]
    ungeklaert: tuple[str, ...]
    entschieden: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Rechnungsdatei:
    """An invoice file of a case as read: its SHA-256 and what it says."""

    sha256: str
    gelesen: Leseergebnis


def make_karte(
    falldatei: Falldatei, dateien: Mapping[str, Rechnungsdatei], quellen: Mapping[str, int] | None = None
) -> Fallkarte:
    """Return the card of a case; `dateien` are the invoice files that could be read, by reference.

    `quellen` are the sources of its standing steps with their numbers.
    """
    rechnungen: list[Rechnungskarte] = []
    ungelesene: list[str] = []
    for angabe in falldatei.rechnungen:
        datei = dateien.get(angabe.datei or "")
        forderung, _ = merge_rechnung(angabe, datei.gelesen if datei else None)
        if forderung is None:
            ungelesene += [angabe.datei or angabe.nummer or "ohne Nummer"] if angabe.gilt is not False else []
            continue
        rechnung = forderung.rechnung
        rechnungen.append(
            Rechnungskarte(
                nummer=forderung.nummer,
                datum=forderung.datum,
                betrag=forderung.betrag,
                sha256=datei.sha256 if datei else None,
                art=rechnung.art if rechnung else None,
                bezug=rechnung.vorrechnungen if rechnung else (),
                gilt=forderung.gilt,
                ersetzt=forderung.ersetzt,
                verkaeufer=picture_rechnungspartei(rechnung.verkaeufer) if rechnung else None,
                kaeufer=picture_rechnungspartei(rechnung.kaeufer) if rechnung else None,
            )
        )
    glaeubiger = falldatei.glaeubiger
    entschieden = _keys(falldatei, ZAHLUNG_ENTSCHIEDEN.wort)
    return Fallkarte(
        aktenzeichen=falldatei.aktenzeichen,
        glaeubiger=picture_partei(glaeubiger) if isinstance(glaeubiger, Glaeubiger) else glaeubiger,
        schuldner=tuple(picture_partei(schuldner) for schuldner in falldatei.schuldner),
        rechnungen=tuple(rechnungen),
        gesamtschuld_mit=falldatei.gesamtschuld_mit,
        ungelesene=tuple(ungelesene),
        kennungen=tuple(schuldner.kennung for schuldner in falldatei.schuldner),
        ibans=tuple(schuldner.iban for schuldner in falldatei.schuldner),
        quellen=tuple((quellen or {}).items()),
        ungeklaert=tuple(k for k in _keys(falldatei, ZAHLUNG_UNGEKLAERT.wort) if k not in entschieden),
        entschieden=entschieden,
    )


def _keys(falldatei: Falldatei, art: str) -> tuple[str, ...]:
    """Return the bookings that events of a kind name."""
    return tuple(e.buchung for e in falldatei.ereignisse if e.art == art and e.buchung)


def picture_karte(karte: Fallkarte, ordner: str, glaeubiger: Parteibild | None) -> Iterable[Rechnungsbild]:
    """Yield the pictures of a card's invoices; `glaeubiger` is what its key in mahnakte.yaml means."""
    for rechnung in karte.rechnungen:
        yield Rechnungsbild(
            fall=ordner,
            akte=karte.aktenzeichen,
            nummer=rechnung.nummer,
            datum=rechnung.datum,
            betrag=rechnung.betrag,
            sha256=rechnung.sha256,
            art=rechnung.art,
            bezug=rechnung.bezug,
            gilt=rechnung.gilt,
            ersetzt=rechnung.ersetzt,
            glaeubiger=tuple(p for p in (glaeubiger, rechnung.verkaeufer) if p),
            schuldner=(*karte.schuldner, *([rechnung.kaeufer] if rechnung.kaeufer else [])),
        )


# --- as JSON -------------------------------------------------------------------------------------------


def write_karte(karte: Fallkarte) -> dict[str, Any]:
    """Return the card as JSON has it."""
    return {
        **_plain(karte),
        "glaeubiger": karte.glaeubiger if isinstance(karte.glaeubiger, str) else _plain(karte.glaeubiger),
        "schuldner": [_plain(partei) for partei in karte.schuldner],
        "rechnungen": [
            {
                **_plain(rechnung),
                "datum": rechnung.datum.isoformat(),
                "betrag": str(rechnung.betrag),
                "bezug": [[b.nummer, b.datum.isoformat() if b.datum else None] for b in rechnung.bezug],
                "verkaeufer": _plain(rechnung.verkaeufer) if rechnung.verkaeufer else None,
                "kaeufer": _plain(rechnung.kaeufer) if rechnung.kaeufer else None,
            }
            for rechnung in karte.rechnungen
        ],
    }


def read_karte(roh: Any) -> Fallkarte:
    """Read a card back; raise KeineKarte for everything that `write_karte` has not written."""
    try:
        return Fallkarte(
            aktenzeichen=_text(roh["aktenzeichen"]),
            glaeubiger=roh["glaeubiger"]
            if isinstance(roh["glaeubiger"], str)
            else _partei(roh["glaeubiger"]),
            schuldner=tuple(_partei(partei) for partei in roh["schuldner"]),
            rechnungen=tuple(_rechnung(rechnung) for rechnung in roh["rechnungen"]),
            gesamtschuld_mit=_texts(roh["gesamtschuld_mit"]),
            ungelesene=_texts(roh["ungelesene"]),
            kennungen=_texts(roh["kennungen"]),
            ibans=tuple(_optional(iban) for iban in roh["ibans"]),
            quellen=tuple((_text(quelle), _number(nr)) for quelle, nr in roh["quellen"]),
            ungeklaert=_texts(roh["ungeklaert"]),
            entschieden=_texts(roh["entschieden"]),
        )
    except (KeyError, TypeError, ValueError, InvalidOperation) as fehler:
        raise KeineKarte from fehler


def _rechnung(roh: Any) -> Rechnungskarte:
    return Rechnungskarte(
        nummer=_text(roh["nummer"]),
        datum=dt.date.fromisoformat(roh["datum"]),
        betrag=Decimal(_text(roh["betrag"])),
        sha256=_optional(roh["sha256"]),
        art=_optional(roh["art"]),
        bezug=tuple(
            Vorrechnung(_text(nummer), dt.date.fromisoformat(datum) if datum else None)
            for nummer, datum in roh["bezug"]
        ),
        gilt=_yes_no(roh["gilt"]),
        ersetzt=_optional(roh["ersetzt"]),
        verkaeufer=_partei(roh["verkaeufer"]) if roh["verkaeufer"] else None,
        kaeufer=_partei(roh["kaeufer"]) if roh["kaeufer"] else None,
    )


def _partei(roh: Any) -> Parteibild:
    return Parteibild(_texts(roh["name"]), _optional(roh["plz"]), _optional(roh["ust_id"]))


def _plain(angabe: Fallkarte | Rechnungskarte | Parteibild) -> dict[str, Any]:
    return {feld.name: getattr(angabe, feld.name) for feld in dataclasses.fields(angabe)}


def _text(wert: Any) -> str:
    if not isinstance(wert, str):
        raise TypeError(wert)
    return wert


def _number(wert: Any) -> int:
    if type(wert) is not int:
        raise TypeError(wert)
    return wert


def _texts(werte: Any) -> tuple[str, ...]:
    if not isinstance(werte, (list, tuple)):
        raise TypeError(werte)
    return tuple(_text(wert) for wert in werte)


def _optional(wert: Any) -> str | None:
    return None if wert is None else _text(wert)


def _yes_no(wert: Any) -> bool | None:
    if wert is not None and not isinstance(wert, bool):
        raise TypeError(wert)
    return wert
