"""What a run says afterwards: its report under laeufe/, and on request a sheet, a workbook, a message to oneself."""

import dataclasses
import datetime as dt
import email.policy
import json
import pathlib
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from typing import Any

from mahnakte.ablage.stoerung import show
from mahnakte.ablage.ziel import create_file, replace_output, write_laufbericht
from mahnakte.antrag.angabenblatt import Abschnitt, blatt_werte
from mahnakte.fall.einstellungen import Absender
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.befund import Ablehnung, Befund, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe
from mahnakte.recht.kalender import move_to_workday
from mahnakte.werk.blaetter import make_set_blatt
from mahnakte.werk.laden import Lage
from mahnakte.werk.planbild import list_posten
from mahnakte.werk.vorschau import Planzeile, Ruhezeile, count_faelle

_TAG = dt.timedelta(days=1)
# Noon in London is the same calendar day everywhere in Europe.
_UHRZEIT = dt.time(12, tzinfo=dt.UTC)
_POLICY = email.policy.SMTP.clone(max_line_length=78)


@dataclasses.dataclass(frozen=True, slots=True)
class Laufausgaben:
    """The files asked for: a sheet and a workbook for the file, a message to the office without names."""

    pdf: pathlib.Path | None = None
    xlsx: pathlib.Path | None = None
    eml: pathlib.Path | None = None
    ersetzen: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Laufzeile:
    """One case of a run: what was planned, and the steps that were published, as a rule one or none."""

    zeile: Planzeile | Ruhezeile
    vorgaenge: tuple[Vorgang, ...] = ()

    def as_json(self) -> list[dict[str, Any]]:
        """Return the entries of `geschrieben`."""
        return [
            {
                "aktenzeichen": vorgang.aktenzeichen,
                "nr": vorgang.nr,
                "art": vorgang.art,
                "dateien": sorted(vorgang.dateien),
            }
            for vorgang in self.vorgaenge
        ]


def as_json(zeilen: Sequence[Laufzeile], lage: Lage) -> dict[str, Any]:
    """Return the run as the JSON contract has it; its id is that of the steps it has written."""
    geschrieben = [eintrag for zeile in zeilen for eintrag in zeile.as_json()]
    abgelehnt = sum(zeile.zeile.abgelehnt for zeile in zeilen)
    return {
        "stichtag": lage.stichtag.isoformat(),
        "faelle": [zeile.zeile.as_json() for zeile in zeilen],
        "geschrieben": geschrieben,
        "lauf_id": next((v.lauf_id for zeile in zeilen for v in zeile.vorgaenge), None),
        "zahl": {
            "faelle": len(zeilen),
            "briefe": sum(name.endswith(".docx") for eintrag in geschrieben for name in eintrag["dateien"]),
            "ausgelassen": sum(not z.vorgaenge and not z.zeile.abgelehnt for z in zeilen),
            "abgelehnt": abgelehnt,
        },
    }


def keep_berichte(zeilen: Sequence[Laufzeile], lage: Lage) -> tuple[Befund, ...]:
    """Lay the report of the run under laeufe/ of each Bestand with a new letter; return what prevented it."""
    berichte = (_report(bestand, teil, lage) for bestand, teil in _by_bestand(zeilen).items())
    return tuple(befund for befund in berichte if befund)


def _by_bestand(zeilen: Sequence[Laufzeile]) -> dict[pathlib.Path, tuple[Laufzeile, ...]]:
    """Group the cases by the Bestand they lie in, where at least one got a letter: else there is nothing new."""
    gruppen: dict[pathlib.Path, list[Laufzeile]] = {}
    for zeile in zeilen:
        gruppen.setdefault(zeile.zeile.pfad.absolute().parent, []).append(zeile)
    return {b: tuple(teil) for b, teil in gruppen.items() if any(zeile.vorgaenge for zeile in teil)}


def _report(bestand: pathlib.Path, zeilen: tuple[Laufzeile, ...], lage: Lage) -> Befund | None:
    """Lay the report of a run under laeufe/; the letters stand whether or not it can be written."""
    befunde = [befund.as_json() for zeile in zeilen for befund in zeile.zeile.befunde]
    inhalt = (
        json.dumps(
            {**as_json(zeilen, lage), "befunde": befunde}, ensure_ascii=False, indent=2, sort_keys=True
        )
        + "\n"
    )
    try:
        write_laufbericht(bestand, {"lauf.json": inhalt.encode()})
    except Ablehnung as ablehnung:
        return ablehnung.befund
    return None


def write_ausgaben(
    zeilen: Sequence[Laufzeile], lage: Lage, ausgaben: Laufausgaben
) -> tuple[list[pathlib.Path], list[Befund]]:
    """Make the files asked for, then write them; a refusal is a finding, the letters stand all the same."""
    if not zeilen or not any((ausgaben.pdf, ausgaben.xlsx, ausgaben.eml)):
        return [], []
    absender = lage.einstellungen_for(zeilen[0].zeile.pfad)[0].absender
    erzeuger: tuple[tuple[pathlib.Path | None, Callable[[], bytes]], ...] = (
        (ausgaben.pdf, lambda: make_set_blatt(lage)("angabenblatt", laufblatt_werte(zeilen, lage.stichtag))),
        (ausgaben.xlsx, lambda: _write_mappe(zeilen, lage.stichtag, absender)),
        (ausgaben.eml, lambda: write_laufmail(zeilen, lage.stichtag, absender)),
    )
    put = replace_output if ausgaben.ersetzen else create_file
    geschrieben: list[pathlib.Path] = []
    try:
        for ziel, inhalt in [(ziel, make()) for ziel, make in erzeuger if ziel is not None]:
            put(ziel, inhalt)
            geschrieben.append(ziel)
    except Ablehnung as ablehnung:
        return geschrieben, [*ablehnung.befunde]
    return geschrieben, []


def laufblatt_werte(zeilen: Sequence[Laufzeile], stichtag: dt.date) -> dict[str, Any]:
    """Return the values of the sheet: how many of what, each letter written, each case refused."""
    return blatt_werte(
        f"Lauf zum Stichtag {format_datum(stichtag)}",
        count_faelle(len(zeilen)),
        "",
        [
            Abschnitt("Zahlen", tuple(_counts(zeilen))),
            Abschnitt("Geschrieben", tuple(_written(zeilen))),
            Abschnitt("Abgelehnt", tuple(_refused(zeilen))),
        ],
    )


def _counts(zeilen: Sequence[Laufzeile]) -> list[tuple[str, str]]:
    arten = sorted({vorgang.art for zeile in zeilen for vorgang in zeile.vorgaenge})
    je_art = [(art, sum(v.art == art for z in zeilen for v in z.vorgaenge)) for art in arten]
    abgelehnt = sum(zeile.zeile.abgelehnt for zeile in zeilen)
    ohne = sum(not zeile.vorgaenge and not zeile.zeile.abgelehnt for zeile in zeilen)
    gezaehlt = [*je_art, ("abgelehnt", abgelehnt), ("ohne neuen Brief", ohne)]
    return [(wort, str(zahl)) for wort, zahl in gezaehlt]


def _written(zeilen: Sequence[Laufzeile]) -> list[tuple[str, str]]:
    return [
        (vorgang.aktenzeichen, f"{vorgang.art}, Vorgang {vorgang.nr:04d}")
        for zeile in zeilen
        for vorgang in zeile.vorgaenge
    ]


def _refused(zeilen: Sequence[Laufzeile]) -> list[tuple[str, str]]:
    return [
        (zeile.zeile.aktenzeichen or show(zeile.zeile.pfad), json_safe(zeile.zeile.gruende[0].text))
        for zeile in zeilen
        if zeile.zeile.abgelehnt
    ]


def _write_mappe(zeilen: Sequence[Laufzeile], stichtag: dt.date, absender: Absender) -> bytes:
    from mahnakte.listen.plantafel import Briefposten, write_laufmappe

    geschrieben = [
        Briefposten(
            aktenzeichen=vorgang.aktenzeichen,
            schuldner=kopf.schuldner if (kopf := zeile.zeile.kopf) else "",
            offen=kopf.offen if kopf else None,
            art=vorgang.art,
            nr=vorgang.nr,
            dateien=sorted(vorgang.dateien),
        )
        for zeile in zeilen
        for vorgang in zeile.vorgaenge
    ]
    uebrige = list_posten(zeile.zeile for zeile in zeilen if not zeile.vorgaenge)
    return write_laufmappe(geschrieben, uebrige, stichtag, absender.name)


def write_laufmail(zeilen: Sequence[Laufzeile], stichtag: dt.date, absender: Absender) -> bytes:
    """Return a draft (.eml) from the sender to himself: how many of what, and when the next run is expected.

    Many eyes may see an e-mail: it holds no name, no number of a case and no sum. Raises Ablehnung where
    the sender has no address.
    """
    if absender.email is None:
        raise Ablehnung(
            sperre("LAUF_OHNE_EMAIL", "Für die Meldung über den Lauf fehlt die Adresse des Absenders.",
                   "In mahnakte.yaml bei absender „email:“ ergänzen oder --eml weglassen.", absender.stelle)
        )  # fmt: skip
    naechster = move_to_workday(stichtag + _TAG)
    zahlen = "".join(f"  {zahl} {wort}\n" for wort, zahl in _counts(zeilen))
    nachricht = EmailMessage(policy=_POLICY)
    nachricht["From"] = nachricht["To"] = absender.email
    nachricht["Subject"] = f"Lauf zum Stichtag {format_datum(stichtag)}"
    nachricht["Date"] = dt.datetime.combine(stichtag, _UHRZEIT)
    nachricht["X-Unsent"] = "1"
    nachricht.set_content(
        f"{count_faelle(len(zeilen))} angesehen:\n{zahlen}\n"
        f"Der nächste Lauf wird am {format_datum(naechster)} erwartet, dem nächsten Werktag. Bleibt seine Meldung "
        "aus, bitte nachsehen: „mahnakte plan --seit“ zeigt, was ein versäumter Lauf liegen ließ.\n",
        cte="quoted-printable",
    )
    return nachricht.as_bytes()
