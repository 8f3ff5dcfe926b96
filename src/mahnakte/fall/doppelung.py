"""One invoice, one demand: what is said about an invoice that lies in the Bestand twice, or that another replaces.

Nothing is chosen here: two entries of one invoice both stop until a person has said in fall.yaml which counts
(`gilt:`, `ersetzt:`). The same rule holds within a case and between cases.
"""

import dataclasses
from collections.abc import Iterator

from mahnakte.fall.fall import Fall, Forderung
from mahnakte.fall.partei import Glaeubiger
from mahnakte.fall.parteibild import Parteibild, picture_partei, picture_rechnungspartei, share_partei
from mahnakte.fall.rechnung.modell import ERechnung
from mahnakte.fall.rechnungsbild import Rechnungsbild, Rechnungsregister, Verhaeltnis, compare, is_nummer
from mahnakte.grund.befund import Befund, Stelle, sperre, warnung
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe

_MEHRFACH, _ERSETZT, _BEZUG = "RECHNUNG_MEHRFACH", "RECHNUNG_ERSETZT", "RECHNUNG_BEZUG"
# What a person may override for a court application in time of need (`antrag: trotz: [doppelt]`).
UEBERWINDBAR = frozenset({_MEHRFACH, _ERSETZT, _BEZUG})


def picture_forderung(fall: Fall, forderung: Forderung, ordner: str = "") -> Rechnungsbild:
    """Return the picture of a claim of a case; `ordner` tells its case from others."""
    rechnung = forderung.rechnung
    verkaeufer = picture_rechnungspartei(rechnung.verkaeufer) if rechnung else None
    kaeufer = picture_rechnungspartei(rechnung.kaeufer) if rechnung else None
    return Rechnungsbild(
        fall=ordner,
        akte=fall.aktenzeichen,
        nummer=forderung.nummer,
        datum=forderung.datum,
        betrag=forderung.betrag,
        sha256=fall.eingaben.get(forderung.datei or ""),
        art=rechnung.art if rechnung else None,
        bezug=rechnung.vorrechnungen if rechnung else (),
        gilt=forderung.gilt,
        ersetzt=forderung.ersetzt,
        glaeubiger=_with(verkaeufer, picture_partei(fall.glaeubiger)),
        schuldner=_with(kaeufer, *(picture_partei(schuldner) for schuldner in fall.schuldner)),
    )


def picture_erechnung(
    rechnung: ERechnung, sha256: str, fall: str, glaeubiger: Glaeubiger | None
) -> Rechnungsbild | None:
    """Return the picture of an e-invoice that is to become a case; None while it names no number, day or amount.

    `glaeubiger` is who the new case takes for its creditor, where that is known.
    """
    if rechnung.nummer is None or rechnung.datum is None or rechnung.zahlbetrag is None:
        return None
    verkaeufer, kaeufer = (
        picture_rechnungspartei(rechnung.verkaeufer),
        picture_rechnungspartei(rechnung.kaeufer),
    )
    eigener = (picture_partei(glaeubiger),) if glaeubiger else ()
    return Rechnungsbild(
        fall=fall,
        akte=fall,
        nummer=rechnung.nummer,
        datum=rechnung.datum,
        betrag=rechnung.zahlbetrag,
        sha256=sha256,
        art=rechnung.art,
        bezug=rechnung.vorrechnungen,
        glaeubiger=_with(verkaeufer, *eigener),
        schuldner=_with(kaeufer),
    )


def _with(genannt: Parteibild | None, *im_fall: Parteibild) -> tuple[Parteibild, ...]:
    return (*im_fall, genannt) if genannt else im_fall


def check_doppelungen(fall: Fall) -> Iterator[Befund]:
    """Yield the findings about invoices of one case among one another, each pair once.

    The same number twice has a finding of its own (pruefung.py): there the account has no name for the claims.
    """
    bilder = [picture_forderung(fall, forderung) for forderung in fall.forderungen]
    register = Rechnungsregister(bilder)
    platz = {id(bild): nr for nr, bild in enumerate(bilder)}
    for forderung, bild in zip(fall.forderungen, bilder, strict=True):
        for anderes in register.find_verwandte(bild):
            if platz[id(anderes)] < platz[id(bild)] and anderes.nummer != bild.nummer:
                befund = judge(bild, anderes, forderung.stelle) or judge(anderes, bild, forderung.stelle)
                yield from [befund] if befund else []


def judge(bild: Rechnungsbild, anderes: Rechnungsbild, stelle: Stelle) -> Befund | None:
    """Return what is to be said at one invoice about another; None for strangers and where a person has decided."""
    if bild.gilt is False or anderes.gilt is False or is_nummer(bild.ersetzt, anderes.nummer):
        return None
    if _is_replaced(bild, anderes):
        return _replaced(bild, anderes, stelle)
    verhaeltnis = compare(bild, anderes)
    if verhaeltnis is None or (bild.gilt and not (verhaeltnis is Verhaeltnis.GLEICH and anderes.gilt)):
        return None
    befund = _SAETZE[verhaeltnis](bild, anderes, stelle)
    return dataclasses.replace(befund, gegenstand=bild.nummer)


def _is_replaced(bild: Rechnungsbild, anderes: Rechnungsbild) -> bool:
    """A person has written at the other one that it replaces this one."""
    gemeint = is_nummer(anderes.ersetzt, bild.nummer) and share_partei(bild.glaeubiger, anderes.glaeubiger)
    return gemeint and (share_partei(bild.schuldner, anderes.schuldner) or compare(bild, anderes) is not None)


# --- the sentences --------------------------------------------------------------------------------------


def _where(bild: Rechnungsbild, anderes: Rechnungsbild) -> str:
    """Return where the other one lies: in this case, in another one."""
    if bild.fall == anderes.fall:
        return "in diesem Fall"
    ordner = f" (Ordner {json_safe(anderes.fall)})" if anderes.fall != anderes.akte else ""
    return f"im Fall {json_safe(anderes.akte)}{ordner}"


def _named(bild: Rechnungsbild) -> str:
    return f"Rechnung {json_safe(bild.nummer)} vom {format_datum(bild.datum)}"


def _replaced(bild: Rechnungsbild, anderes: Rechnungsbild, stelle: Stelle) -> Befund:
    befund = sperre(
        _ERSETZT,
        f"{_named(bild)} ist nach fall.yaml durch {json_safe(anderes.nummer)} {_where(bild, anderes)} ersetzt.",
        "Bei der ersetzten Rechnung „gilt: nein“ ergänzen.",
        stelle,
    )
    return dataclasses.replace(befund, gegenstand=bild.nummer)


def _same(bild: Rechnungsbild, anderes: Rechnungsbild, stelle: Stelle) -> Befund:
    if bild.gilt and anderes.gilt:
        return _demanded_twice(
            f"{_named(bild)} soll zweimal gelten: hier und {_where(bild, anderes)} steht „gilt: ja“.",
            "Bei einem der beiden Einträge „gilt: nein“ schreiben; sind es zwei Rechnungen, unter „nummer:“ so "
            "benennen, dass man sie unterscheidet.",
            stelle,
        )
    if bild.fall == anderes.fall:
        return _demanded_twice(
            f"{_named(bild)} steht noch einmal in diesem Fall.",
            "Die beiden Einträge zusammenführen oder beim überzähligen „gilt: nein“ ergänzen.",
            stelle,
        )
    gesamtschuld = (
        "" if share_partei(bild.schuldner[:1], anderes.schuldner[:1]) else
        f" Schulden beide Schuldner das Ganze (§ 421 BGB), in beiden Fällen oben „gesamtschuld_mit: [AKTENZEICHEN]“ "
        f"ergänzen, hier also „gesamtschuld_mit: [{json_safe(anderes.akte)}]“."
    )  # fmt: skip
    return _demanded_twice(
        f"{_named(bild)} wird auch {_where(bild, anderes)} gefordert; eine Rechnung wird nur einmal gefordert.",
        "In fall.yaml bei der Rechnung entscheiden: „gilt: ja“ in dem Fall, in dem sie gefordert wird, „gilt: nein“ "
        f"im anderen.{gesamtschuld}",
        stelle,
    )


def _demanded_twice(text: str, abhilfe: str, stelle: Stelle) -> Befund:
    return sperre(_MEHRFACH, text, abhilfe, stelle)


def _same_file(bild: Rechnungsbild, anderes: Rechnungsbild, stelle: Stelle) -> Befund:
    return _demanded_twice(
        f"{_named(bild)} hat dieselbe Datei und denselben Betrag wie {_named(anderes)} {_where(bild, anderes)}.",
        "Ist es dieselbe Rechnung, bei einer „gilt: ja“ und bei der anderen „gilt: nein“ ergänzen; enthält die Datei "
        "zwei Rechnungen, bei beiden „gilt: ja“.",
        stelle,
    )


def _related(bild: Rechnungsbild, anderes: Rechnungsbild, stelle: Stelle) -> Befund:
    """Both are named in the same order, whichever is looked at: the one that refers to the other first."""
    spaetere = max(bild, anderes, key=lambda eine: (_refers_to_one(eine, bild, anderes), eine.datum))
    fruehere = anderes if spaetere is bild else bild
    ort = "beide in diesem Fall" if bild.fall == anderes.fall else f"die andere liegt {_where(bild, anderes)}"
    return sperre(
        _BEZUG,
        f"{_named(spaetere)} bezieht sich auf {_named(fruehere)}, und beide werden gefordert ({ort}).",
        f"Ersetzt sie die frühere (Korrektur, Schlussrechnung), bei {json_safe(spaetere.nummer)} "
        f"„ersetzt: {json_safe(fruehere.nummer)}“ ergänzen; gelten beide nebeneinander, bei beiden „gilt: ja“.",
        stelle,
    )


def _refers_to_one(eine: Rechnungsbild, *mehrere: Rechnungsbild) -> bool:
    return any(is_nummer(bezug.nummer, andere.nummer) for bezug in eine.bezug for andere in mehrere)


def _similar(bild: Rechnungsbild, anderes: Rechnungsbild, stelle: Stelle) -> Befund:
    return warnung(
        "RECHNUNG_NUMMER_WIEDER",
        f"{_named(bild)}: dieselbe Nummer hat eine Rechnung vom {format_datum(anderes.datum)} an denselben Schuldner "
        f"{_where(bild, anderes)}.",
        "Ist es dieselbe Rechnung, Datum berichtigen und bei einer „gilt: nein“ ergänzen; sind es zwei, „gilt: ja“ "
        "ergänzen oder den Befund quittieren.",
        stelle,
    )


_SAETZE = {
    Verhaeltnis.GLEICH: _same,
    Verhaeltnis.GLEICHE_DATEI: _same_file,
    Verhaeltnis.BEZUG: _related,
    Verhaeltnis.AEHNLICH: _similar,
}
