"""What an invoice itself says against demanding it: questions that only a person can settle, per invoice and day.

Until then nobody is written to about the invoice; the others go on, and so does a filing before limitation. Settled
by a key of the entry in fall.yaml, by what is recorded otherwise (a returned debit), or under `quittiert:`.
"""

import dataclasses
from collections.abc import Iterator

from mahnakte.arten.ereignis import UNBEKANNT_VERZOGEN
from mahnakte.arten.kosten import RUECKLASTSCHRIFT
from mahnakte.fall.fall import Fall, Forderung
from mahnakte.fall.kaeuferabgleich import Abgleich, compare_kaeufer
from mahnakte.fall.namensvergleich import is_same_firma
from mahnakte.fall.partei import Schuldner
from mahnakte.fall.rechnung import inhaltsmuster
from mahnakte.fall.rechnung.modell import ERechnung, Rechnungspartei
from mahnakte.grund.befund import Befund, warnung
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe
from mahnakte.stand.sachstand import Sachstand, once

_GRUENDE = "erbe, umbenannt, buerge, gesellschafter, handelsname, schreibweise … (docs/fall-yaml.md)"


@once
def list_fragen(sachstand: Sachstand) -> tuple[Befund, ...]:
    """Return the questions about the invoices of a case that nothing recorded until the Stichtag has settled.

    `gegenstand` is the number of the invoice. What a person has accepted under `quittiert:` is still in it.
    """
    return tuple(
        dataclasses.replace(frage, gegenstand=forderung.nummer)
        for forderung in sachstand.fall.forderungen
        if forderung.datum <= sachstand.stichtag
        for frage in _ask(sachstand, forderung)
    )


def _ask(sachstand: Sachstand, forderung: Forderung) -> Iterator[Befund]:
    for frage in forderung.fragen:
        if not _is_answered(frage.code, sachstand, forderung):
            yield frage
    if forderung.rechnung is not None and forderung.kaeufer_geklaert is None:
        yield from _ask_kaeufer(sachstand.fall, forderung, forderung.rechnung)
    if forderung.faellig_am and forderung.faellig_am < forderung.datum:
        yield warnung(
            "FAELLIG_VOR_RECHNUNG",
            f"Rechnung {forderung.nummer}: fällig am {format_datum(forderung.faellig_am)}, noch vor dem "
            f"Rechnungsdatum {format_datum(forderung.datum)}.",
            "In fall.yaml „faellig_am:“ mit dem richtigen Tag angeben; war es so vereinbart, den Befund quittieren.",
            forderung.stelle,
        )


def _is_answered(code: str, sachstand: Sachstand, forderung: Forderung) -> bool:
    match code:
        case inhaltsmuster.LASTSCHRIFT.code | inhaltsmuster.ZAHLWEG.code:
            return _came_back(sachstand, forderung)
        case inhaltsmuster.ZAHLUNGSEMPFAENGER.code:
            return _is_payee(sachstand.fall, forderung.rechnung)
        case inhaltsmuster.ABGETRETEN.code:
            return sachstand.fall.abtretung is not None or _is_payee(sachstand.fall, forderung.rechnung)
    return False


def _came_back(sachstand: Sachstand, forderung: Forderung) -> bool:
    """Tell whether a debit for this invoice was returned: by its costs, or by the payment that went back."""
    return any(
        posten.art == RUECKLASTSCHRIFT.wort and forderung.datum <= posten.am <= sachstand.stichtag
        for posten in sachstand.fall.kosten
    ) or any(
        zahlung.zurueck_am is not None
        and zahlung.zurueck_am <= sachstand.stichtag
        and zahlung.am >= forderung.datum
        and zahlung.auf in (None, forderung.nummer)
        for zahlung in sachstand.fall.zahlungen
    )


def _is_payee(fall: Fall, rechnung: ERechnung | None) -> bool:
    """Tell whether the payee of the invoice is the creditor, or who collects for him."""
    name = rechnung.zahlungsempfaenger.name if rechnung else None
    eigene = (fall.glaeubiger.voller_name, fall.glaeubiger.name, fall.einstellungen.absender.name)
    return name is not None and is_same_firma(name, eigene)


def _ask_kaeufer(fall: Fall, forderung: Forderung, rechnung: ERechnung) -> Iterator[Befund]:
    kaeufer = rechnung.kaeufer
    wer = f"Rechnung {forderung.nummer}: Käufer ist „{_describe(kaeufer)}“"
    schuldner = " und ".join(f"„{_address(einer)}“" for einer in fall.schuldner)
    match compare_kaeufer(kaeufer, fall.schuldner):
        case Abgleich.ANDERER_NAME:
            yield warnung(
                "RECHNUNG_KAEUFER_ABWEICHEND",
                f"{wer}, im Fall steht {schuldner}.",
                "Prüfen, ob die Rechnung hierher gehört und der Name stimmt; schuldet dieser Schuldner, bei der "
                f"Rechnung „kaeufer_geklaert:“ ergänzen: {_GRUENDE}.",
                forderung.stelle,
            )
        case Abgleich.ANDERE_ANSCHRIFT if not any(_has_moved(fall, einer) for einer in fall.schuldner):
            yield warnung(
                "RECHNUNG_KAEUFER_ANSCHRIFT",
                f"{wer}, im Fall steht {schuldner}: ein Namensvetter?",
                "Prüfen, ob das derselbe ist; wenn ja, bei der Rechnung „kaeufer_geklaert:“ ergänzen: verzogen oder "
                "rechnungsanschrift.",
                forderung.stelle,
            )


def _has_moved(fall: Fall, schuldner: Schuldner) -> bool:
    """Tell whether the case itself says why the address is another: found out, or moved and found again."""
    quelle = schuldner.anschrift_quelle
    return (quelle is not None and quelle.casefold() != "glaeubiger") or any(
        ereignis.art == UNBEKANNT_VERZOGEN.wort and ereignis.schuldner in (None, schuldner.kennung)
        for ereignis in fall.ereignisse
    )


def _describe(partei: Rechnungspartei) -> str:
    ort = " ".join(filter(None, (partei.plz, partei.ort)))
    teile = (partei.name or partei.handelsname, partei.strasse, ort)
    return json_safe(", ".join(teil for teil in teile if teil))


def _address(schuldner: Schuldner) -> str:
    return f"{schuldner.voller_name}, {schuldner.strasse}, {schuldner.plz} {schuldner.ort}"
