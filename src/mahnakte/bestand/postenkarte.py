"""What a list of open items must know of a case, a pure function of its folder; also of a case that is not complete.

A fall.yaml that lacks an address is no readable case yet, but its items must be known again. So this card is made
from the lines as they stand; what cannot be told from them is left out. Small enough to be kept for thousands.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from mahnakte.arten.ereignis import MAHNUNG_VERSANDT, POSTENFRAGE
from mahnakte.fall.nachtrag import standing_nachtraege
from mahnakte.fall.rechnungsbild import fold_nummer
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.betrag import NULL, KeinBetrag, parse_betrag
from mahnakte.grund.datum import KeinDatum, parse_datum
from mahnakte.grund.strict_yaml import Abbildung, Folge, Knoten, Skalar
from mahnakte.stand.postenfrage import Minderung, list_minderungen

_LISTEN = ("rechnungen", "zahlungen", "gutschriften", "verzicht", "ereignisse", "titel")

Angaben = Mapping[str, Any]  # as fall.yaml holds them


@dataclasses.dataclass(frozen=True, slots=True)
class Postenrechnung:
    """One invoice that the case demands, as far as its lines tell; `datei` is asked where they do not."""

    nummer: str
    betrag: Decimal | None = None
    datum: dt.date | None = None
    datei: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Gesagtes:
    """What a list said last about an invoice of the case."""

    offen: Decimal
    gesperrt: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Postenkarte:
    """One case for the comparison with a list. Invoices are looked up by `key_of` their number.

    `frueher` are invoices that stood in the case once, or that nobody demands from it (`gilt: nein`). `gefragt` is
    what the list had open when it was last asked about an invoice, whether or not the question stands.
    """

    aktenzeichen: str
    glaeubiger: str | None = None
    kundennummern: tuple[str, ...] = ()
    vertragsnummer: str = ""
    rechnungen: tuple[Postenrechnung, ...] = ()
    frueher: tuple[str, ...] = ()
    minderungen: tuple[Minderung, ...] = ()
    gesagt: Mapping[str, Gesagtes] = dataclasses.field(default_factory=dict)
    gefragt: Mapping[str, Decimal] = dataclasses.field(default_factory=dict)
    gemahnt: tuple[tuple[str, dt.date], ...] = ()
    eigene_briefe: bool = False
    tituliert: bool = False

    def demands(self, nummer: str) -> Postenrechnung | None:
        """Return the invoice of that number that the case demands, or None."""
        return next((r for r in self.rechnungen if key_of(r.nummer) == key_of(nummer)), None)

    def knew(self, nummer: str) -> bool:
        """Tell whether the invoice stood here and does not any more, by the will of a person."""
        return key_of(nummer) in self.frueher and self.demands(nummer) is None


def key_of(nummer: str) -> str:
    """Return an invoice number so that its spellings agree."""
    return "|".join(fold_nummer(nummer))


def make_postenkarte(baum: Abbildung, vorgaenge: Iterable[Vorgang]) -> Postenkarte:
    """Return the card of a case from the lines of its fall.yaml and its steps."""
    alle = tuple(vorgaenge)
    datei = _plain(baum)
    listen = {name: [*_entries(datei.get(name))] for name in _LISTEN}
    stehende = standing_nachtraege(alle)
    for vorgang in stehende:
        for name in _LISTEN:
            listen[name] += _entries(vorgang.nachtrag.entries(name))
    zurueck = [r for v in stehende for r in _entries(v.nachtrag.entries("rueckgaben"))]
    rechnungen = [*_invoices(listen["rechnungen"])]
    nachtraege = [v.nachtrag for v in alle]
    gesagt = {
        key_of(p.nummer): Gesagtes(p.offen, bool(p.gesperrt)) for n in nachtraege for p in n.posten or ()
    }
    erwaehnte = [
        key_of(_text(eine.get("nummer")))
        for eine in (
            *listen["rechnungen"],
            *(r for n in nachtraege for r in _entries(n.entries("rechnungen"))),
        )
        if eine.get("nummer")
    ]
    stehend = {key_of(eine.nummer) for eine in rechnungen}
    glaeubiger = datei.get("glaeubiger")
    return Postenkarte(
        aktenzeichen=_text(datei.get("aktenzeichen")),
        glaeubiger=glaeubiger if isinstance(glaeubiger, str) and glaeubiger else None,
        kundennummern=tuple(
            dict.fromkeys(_text(s["kundennummer"]) for s in _entries(datei.get("schuldner")) if s.get("kundennummer"))
        ),
        vertragsnummer=_text((_group(datei.get("anspruch"))).get("vertragsnummer")),
        rechnungen=tuple(rechnungen),
        frueher=tuple(sorted({*erwaehnte, *gesagt} - stehend)),
        minderungen=list_minderungen(_reductions(listen, zurueck)),
        gesagt=gesagt,
        gefragt=_questions(listen["ereignisse"], nachtraege),
        gemahnt=tuple(_letters(listen["ereignisse"])),
        eigene_briefe=any(v.brief.frist_bis for v in alle),
        tituliert=bool(listen["titel"]),
    )  # fmt: skip


def _invoices(eintraege: Iterable[Angaben]) -> Iterable[Postenrechnung]:
    for eine in eintraege:
        datei = _text(eine.get("datei")) or None
        if _text(eine.get("gilt")).lower() == "nein" or not (eine.get("nummer") or datei):
            continue
        yield Postenrechnung(_text(eine.get("nummer")), _betrag(eine), _tag(eine, "datum"), datei)


def _reductions(
    listen: Mapping[str, list[Angaben]], zurueck: list[Angaben]
) -> Iterable[tuple[str | None, Decimal]]:
    """Yield what reduces the claim; a returned payment does not."""
    zurueckgegeben = [(_tag(r, "zahlung_vom"), _betrag(r)) for r in zurueck]
    for zahlung in listen["zahlungen"]:
        am, betrag = _tag(zahlung, "am"), _betrag(zahlung)
        gemeint = next((z for z in zurueckgegeben if z[0] == am and z[1] in (None, betrag)), None)
        if gemeint is not None:
            zurueckgegeben.remove(gemeint)
        elif not zahlung.get("zurueck_am") and betrag is not None:
            yield _text(zahlung.get("auf")) or None, betrag
    for andere in (*listen["gutschriften"], *listen["verzicht"]):
        if (betrag := _betrag(andere)) is not None:
            yield _text(andere.get("auf")) or None, betrag


def _questions(stehende: list[Angaben], nachtraege: Iterable[Any]) -> dict[str, Decimal]:
    """Return the sum of the latest question about each invoice; one that was taken back was asked all the same."""
    alle = [*stehende, *(e for n in nachtraege for e in _entries(n.entries("ereignisse")))]
    return {
        key_of(_text(e["rechnung"])): _betrag(e) or NULL
        for e in alle
        if e.get("art") == POSTENFRAGE.wort and e.get("rechnung")
    }


def _letters(eintraege: Iterable[Angaben]) -> Iterable[tuple[str, dt.date]]:
    for eines in eintraege:
        am = _tag(eines, "am")
        if eines.get("art") == MAHNUNG_VERSANDT.wort and am is not None:
            yield _text(eines.get("stufe")), am


def _plain(knoten: Knoten) -> Any:
    match knoten:
        case Skalar():
            return knoten.text
        case Folge():
            return [_plain(eintrag) for eintrag in knoten.eintraege]
        case Abbildung():
            return {name: _plain(wert) for name, wert in knoten.werte.items()}


def _entries(wert: Any) -> list[Angaben]:
    return [eintrag for eintrag in wert if isinstance(eintrag, dict)] if isinstance(wert, list) else []


def _group(wert: Any) -> Angaben:
    return wert if isinstance(wert, dict) else {}


def _text(wert: Any) -> str:
    return " ".join(wert.split()) if isinstance(wert, str) else ""


def _betrag(eintrag: Angaben) -> Decimal | None:
    try:
        return parse_betrag(_text(eintrag.get("betrag")))
    except KeinBetrag:
        return None  # whoever reads the case says so


def _tag(eintrag: Angaben, name: str) -> dt.date | None:
    try:
        return parse_datum(_text(eintrag.get(name)))
    except KeinDatum:
        return None


# --- as JSON -------------------------------------------------------------------------------------------


def write_postenkarte(karte: Postenkarte) -> dict[str, Any]:
    """Return the card as JSON has it."""
    return {
        **{feld.name: getattr(karte, feld.name) for feld in dataclasses.fields(karte)},
        "rechnungen": [[r.nummer, _zahl(r.betrag), _iso(r.datum), r.datei] for r in karte.rechnungen],
        "minderungen": [[auf, str(betrag)] for auf, betrag in karte.minderungen],
        "gesagt": {key: [str(g.offen), g.gesperrt] for key, g in karte.gesagt.items()},
        "gefragt": {key: str(betrag) for key, betrag in karte.gefragt.items()},
        "gemahnt": [[stufe, am.isoformat()] for stufe, am in karte.gemahnt],
    }


def read_postenkarte(roh: Any) -> Postenkarte:
    """Read a card back; raise ValueError for everything that `write_postenkarte` has not written."""
    try:
        return Postenkarte(
            **{
                **roh,
                "kundennummern": tuple(roh["kundennummern"]),
                "rechnungen": tuple(
                    Postenrechnung(
                        nummer, Decimal(betrag) if betrag else None,
                        dt.date.fromisoformat(datum) if datum else None, datei,
                    )
                    for nummer, betrag, datum, datei in roh["rechnungen"]
                ),
                "frueher": tuple(roh["frueher"]),
                "minderungen": tuple((auf, Decimal(betrag)) for auf, betrag in roh["minderungen"]),
                "gesagt": {key: Gesagtes(Decimal(wert), gesperrt) for key, (wert, gesperrt) in roh["gesagt"].items()},
                "gefragt": {key: Decimal(betrag) for key, betrag in roh["gefragt"].items()},
                "gemahnt": tuple((stufe, dt.date.fromisoformat(am)) for stufe, am in roh["gemahnt"]),
            }
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError, InvalidOperation) as fehler:
        raise ValueError("keine Postenkarte") from fehler


def _zahl(betrag: Decimal | None) -> str | None:
    return None if betrag is None else str(betrag)


def _iso(tag: dt.date | None) -> str | None:
    return None if tag is None else tag.isoformat()
