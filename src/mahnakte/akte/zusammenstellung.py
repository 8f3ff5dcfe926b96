"""Putting an Akte together: papers in, every file of the finished folder out. Touches no disk.

A paper is never dropped: what cannot be shown is named on cover, contents and in the findings, a sheet
with its hash stands in its place, and its file lies beside.
"""

import collections
import dataclasses
import io
import pathlib
from collections.abc import Iterator, Mapping, Sequence

from pypdf import PdfReader

from mahnakte.akte.bemerkungen import remark
from mahnakte.akte.blaetter import blattzahl_werte, deckblatt_werte, inhalt_werte, nicht_lesbar_werte
from mahnakte.akte.heftung import Heftung, Teil, bind
from mahnakte.akte.lesbarkeit import Pdfstand, is_pdf, prepare_pdf
from mahnakte.akte.manifest import MANIFEST, PRUEFSUMMEN, list_dateien, write_manifest, write_pruefsummen
from mahnakte.akte.modell import Akte, Aktenkopf, Art, SetBlatt, Stueck, Unterlage, Werkstatt
from mahnakte.akte.namen import make_name
from mahnakte.fall.vorgang import sha256
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, hinweis, sperre, warnung
from mahnakte.grund.text import json_safe
from mahnakte.grund.worker import WorkerError

MAX_SENDUNG_BYTES = 200_000_000  # ERVB: what one message to a court may weigh
MAX_SENDUNG_DATEIEN = 1_000
_LESEZEIT = 10.0  # seconds for one PDF, and one more per megabyte
_BINDEZEIT = 60.0
_VERSUCHE = 12
_MB = 1_000_000


def compose_akte(
    kopf: Aktenkopf, unterlagen: Sequence[Unterlage], set_blatt: SetBlatt, werkstatt: Werkstatt
) -> Akte:
    """Return all files of the Akte and what a person should know.

    `unterlagen` stand in their final order. The same input gives the same bytes. Raises Ablehnung when
    the PDF cannot be bound; faulty papers are no reason for that.
    """
    stuecke = tuple(_make_stueck(nummer, u, werkstatt) for nummer, u in _count(unterlagen))
    stuecke = tuple(_add_placeholder(kopf, stueck, set_blatt) for stueck in stuecke)
    vorspann, stuecke = _settle(kopf, stuecke, set_blatt)
    heftung = _bind(kopf, vorspann, stuecke, set_blatt, werkstatt)
    dateien = list_dateien(heftung.pdf, stuecke)
    dateien[MANIFEST] = write_manifest(kopf, stuecke, dateien, heftung.blaetter)
    dateien[PRUEFSUMMEN] = write_pruefsummen(dateien)
    befunde = (*(b for stueck in stuecke for b in stueck.befunde), *_remark_whole(heftung, dateien))
    return Akte(dateien, heftung.blaetter, stuecke, befunde)


# --- one paper ----------------------------------------------------------------------------------------


def _count(unterlagen: Sequence[Unterlage]) -> Iterator[tuple[str, Unterlage]]:
    """Number the papers within their groups: 3-01, 3-02 …"""
    bisher: collections.Counter[int] = collections.Counter()
    for unterlage in unterlagen:
        gruppe = unterlage.verweis.gruppe.nummer
        bisher[gruppe] += 1
        yield f"{gruppe}-{bisher[gruppe]:02d}", unterlage


def _make_stueck(nummer: str, unterlage: Unterlage, werkstatt: Werkstatt) -> Stueck:
    pfad = unterlage.verweis.pfad
    if unterlage.inhalt is None:
        return _unreadable(Stueck(nummer, None, unterlage, Art.FEHLT, None, 1, unterlage.grund))
    name = make_name(nummer, pfad)
    if is_pdf(unterlage.inhalt) or pathlib.PurePosixPath(pfad).suffix.lower() == ".pdf":
        stand = _prepare(unterlage.inhalt, werkstatt)
        if stand.pdf is None:
            return _unreadable(Stueck(nummer, name, unterlage, Art.UNLESBAR, None, 1, stand.grund))
        bemerkung, befunde = remark(stand.merkmale, pfad)
        return Stueck(nummer, name, unterlage, Art.SEITEN, stand.pdf, stand.seiten, bemerkung, befunde)
    if unterlage.lesefassung is not None:
        stand = _prepare(unterlage.lesefassung, werkstatt)
        if stand.pdf is not None:
            text = "Lesefassung der Kopfdaten; maßgeblich ist die beiliegende Datei."
            return Stueck(nummer, name, unterlage, Art.LESEFASSUNG, stand.pdf, stand.seiten, text)
    return Stueck(nummer, name, unterlage, Art.BEILAGE, None, 0, "liegt als Datei bei")


def _prepare(inhalt: bytes, werkstatt: Werkstatt) -> Pdfstand:
    try:
        return werkstatt.call(prepare_pdf, inhalt, seconds=_LESEZEIT + len(inhalt) / _MB)
    except WorkerError as fehler:
        return Pdfstand(None, 0, grund=str(fehler))


_FEHLT_ABHILFE = (
    "Liegt die Datei unter anderem Namen da, sie umbenennen oder die Angabe in fall.yaml berichtigen; sonst ablegen. "
    "Dann die Akte neu erstellen."
)
_UNLESBAR_ABHILFE = (
    "Die Datei in ihrem Programm öffnen und neu als PDF speichern; gelingt das nicht, sie neu beschaffen. Dann die "
    "Akte neu erstellen."
)


def _unreadable(stueck: Stueck) -> Stueck:
    fehlt = stueck.art is Art.FEHLT
    befund = warnung(
        "AKTE_UNTERLAGE_FEHLT" if fehlt else "AKTE_UNTERLAGE_UNLESBAR",
        f"{json_safe(stueck.titel)} {'liegt nicht bei' if fehlt else 'ist nicht lesbar'}: {stueck.bemerkung} "
        "An seiner Stelle steht ein Blatt, das dies sagt.",
        _FEHLT_ABHILFE if fehlt else _UNLESBAR_ABHILFE,
        Stelle(json_safe(stueck.unterlage.verweis.pfad)),
    )
    return dataclasses.replace(stueck, befunde=(befund,))


def _add_placeholder(kopf: Aktenkopf, stueck: Stueck, set_blatt: SetBlatt) -> Stueck:
    if stueck.art not in (Art.UNLESBAR, Art.FEHLT):
        return stueck
    inhalt = stueck.unterlage.inhalt
    summe = "" if inhalt is None else sha256(inhalt)
    blatt = set_blatt("nicht_lesbar", nicht_lesbar_werte(kopf.aktenzeichen, stueck, summe))
    return dataclasses.replace(stueck, pdf=blatt, seiten=count_pages(blatt))


# --- the whole ------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class _Vorspann:
    """Cover and contents as set, and how many pages they have."""

    deckblatt: bytes
    inhalt: bytes
    deckblatt_seiten: int
    inhalt_seiten: int


def _settle(
    kopf: Aktenkopf, stuecke: Sequence[Stueck], set_blatt: SetBlatt
) -> tuple[_Vorspann, tuple[Stueck, ...]]:
    """Set cover and contents until the sheets they name are the sheets on which the papers begin.

    The length of the contents moves every number on it, so it is set again until nothing moves.
    """
    seiten = (1, 1)
    for _ in range(_VERSUCHE):
        platzierte = _place(stuecke, sum(seiten))
        blaetter = sum(seiten) + sum(stueck.seiten for stueck in stuecke)
        deckblatt = set_blatt("deckblatt", deckblatt_werte(kopf, platzierte, blaetter))
        inhalt = set_blatt("inhalt", inhalt_werte(kopf, platzierte))
        vorher, seiten = seiten, (count_pages(deckblatt), count_pages(inhalt))
        if seiten == vorher:
            return _Vorspann(deckblatt, inhalt, *seiten), platzierte
    raise Ablehnung(
        sperre("AKTE_INHALT", "Das Inhaltsverzeichnis lässt sich nicht festlegen: seine Länge schwankt.",
               "Einen Titel oder Dateinamen kürzen und die Akte neu erstellen.")
    )  # fmt: skip


def _place(stuecke: Sequence[Stueck], vorspann: int) -> tuple[Stueck, ...]:
    platzierte = []
    naechstes = vorspann + 1
    for stueck in stuecke:
        platzierte.append(dataclasses.replace(stueck, ab_blatt=naechstes if stueck.seiten else None))
        naechstes += stueck.seiten
    return tuple(platzierte)


def _bind(
    kopf: Aktenkopf, vorspann: _Vorspann, stuecke: Sequence[Stueck], set_blatt: SetBlatt, werkstatt: Werkstatt
) -> Heftung:
    teile = [
        Teil("", "Deckblatt", vorspann.deckblatt, vorspann.deckblatt_seiten),
        Teil("", "Inhalt", vorspann.inhalt, vorspann.inhalt_seiten),
        *(
            Teil(_heading(stueck), json_safe(stueck.titel), stueck.pdf, stueck.seiten)
            for stueck in stuecke
            if stueck.pdf is not None
        ),
    ]
    blattzahlen = set_blatt("blattzahl", blattzahl_werte(sum(teil.seiten for teil in teile)))
    zeit = _BINDEZEIT + sum(len(teil.pdf) for teil in teile) / _MB
    titel = f"Akte {kopf.aktenzeichen}"
    try:
        return werkstatt.call(bind, teile, blattzahlen, titel, kopf.glaeubiger, kopf.stichtag, seconds=zeit)
    except WorkerError as fehler:
        raise Ablehnung(
            sperre("AKTE_NICHT_GEBUNDEN", f"Die Akte ließ sich nicht zu einer Datei binden: {fehler}",
                   "Sehr große Unterlagen verkleinern oder herausnehmen und die Akte neu erstellen.")
        ) from fehler  # fmt: skip


def _heading(stueck: Stueck) -> str:
    gruppe = stueck.unterlage.verweis.gruppe
    return f"{gruppe.nummer} {gruppe.value}"


def _remark_whole(heftung: Heftung, dateien: Mapping[str, bytes]) -> Iterator[Befund]:
    if heftung.ohne_blattzahl:
        blaetter = ", ".join(str(nummer) for nummer in heftung.ohne_blattzahl[:20])
        yield hinweis("AKTE_BLATTZAHL", f"Auf Blatt {blaetter} ist die Blattzahl möglicherweise nicht zu sehen.",
                      "Die Blätter in akte.pdf ansehen; gezählt sind sie.")  # fmt: skip
    groesse = sum(len(inhalt) for inhalt in dateien.values())
    if groesse > MAX_SENDUNG_BYTES or len(dateien) > MAX_SENDUNG_DATEIEN:
        yield hinweis(
            "AKTE_GROSS",
            f"Die Akte hat {len(dateien)} Dateien und {groesse // _MB} MB; eine Nachricht an ein Gericht fasst "
            f"höchstens {MAX_SENDUNG_DATEIEN} Dateien und {MAX_SENDUNG_BYTES // _MB} MB (ERVB).",
            "Für den elektronischen Rechtsverkehr auf mehrere Nachrichten verteilen.",
        )


def count_pages(pdf: bytes) -> int:
    """Return the number of pages of one of our own sheets."""
    return len(PdfReader(io.BytesIO(pdf), strict=True).pages)
