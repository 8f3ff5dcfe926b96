"""What a person should know about a PDF that could be bound: one sentence for the contents, one Befund."""

import dataclasses
from collections.abc import Iterable

from mahnakte.akte.lesbarkeit import Merkmal
from mahnakte.grund.befund import Befund, Schwere, Stelle
from mahnakte.grund.text import json_safe


@dataclasses.dataclass(frozen=True, slots=True)
class _Bemerkung:
    """`kurz` stands on the contents page (empty: not worth a line there), the rest in the Befund."""

    code: str
    schwere: Schwere
    kurz: str
    text: str
    abhilfe: str


_ANSEHEN = "Die Seiten in akte.pdf mit dem Original vergleichen."
_ORIGINAL = "Nichts zu tun; das Original liegt unverändert bei."

_BEMERKUNGEN = {
    Merkmal.REPARIERT: _Bemerkung(
        "AKTE_PDF_REPARIERT",
        Schwere.WARNUNG,
        "Die Datei ist fehlerhaft aufgebaut.",
        "Die Datei ist fehlerhaft aufgebaut; sie wurde nachsichtig gelesen. Die Seitenzahl ist geprüft.",
        _ANSEHEN,
    ),
    Merkmal.BESCHAEDIGT: _Bemerkung(
        "AKTE_PDF_BESCHAEDIGT",
        Schwere.WARNUNG,
        "Teile der Datei sind beschädigt.",
        "Ein Bestandteil der Datei bricht ab; auf einer Seite kann etwas fehlen.",
        "Die Datei neu beschaffen; bis dahin die Seiten in akte.pdf ansehen.",
    ),
    Merkmal.LEERE_SEITE: _Bemerkung(
        "AKTE_PDF_LEERE_SEITE",
        Schwere.HINWEIS,
        "Mindestens eine Seite ist leer.",
        "Mindestens eine Seite zeigt nichts an.",
        "Nachsehen, ob das so gemeint ist.",
    ),
    Merkmal.DOPPELTER_INHALT: _Bemerkung(
        "AKTE_PDF_DOPPELTER_INHALT",
        Schwere.HINWEIS,
        "Zwei Seiten haben denselben Inhalt.",
        "Zwei Seiten der Datei haben denselben Inhalt; es kann eine andere dafür fehlen.",
        _ANSEHEN,
    ),
    Merkmal.VERBORGENE_SEITEN: _Bemerkung(
        "AKTE_PDF_VERBORGENE_SEITEN",
        Schwere.HINWEIS,
        "",
        "Die Datei enthält Seiten aus einem früheren Bearbeitungsstand, die kein Leseprogramm anzeigt.",
        "Vor der Weitergabe des Originals nachsehen, ob darin Daten Dritter stehen.",
    ),
    Merkmal.GESCHUETZT: _Bemerkung(
        "AKTE_PDF_GESCHUETZT",
        Schwere.HINWEIS,
        "Das Original ist gegen Bearbeitung geschützt.",
        "Die Datei ist verschlüsselt, lässt sich aber ohne Kennwort öffnen. Der Schutz gilt in akte.pdf nicht.",
        _ORIGINAL,
    ),
    Merkmal.SIGNIERT: _Bemerkung(
        "AKTE_PDF_SIGNIERT",
        Schwere.HINWEIS,
        "Das Original ist signiert.",
        "Die Datei ist elektronisch signiert; die Signatur gilt nur am Original, nicht in akte.pdf.",
        _ORIGINAL,
    ),
    Merkmal.ANMERKUNGEN: _Bemerkung(
        "AKTE_PDF_ANMERKUNGEN",
        Schwere.HINWEIS,
        "",
        "Formularfelder oder Anmerkungen sind in akte.pdf so eingesetzt, wie sie am Bildschirm aussehen.",
        _ORIGINAL,
    ),
    Merkmal.ANMERKUNG_FEHLT: _Bemerkung(
        "AKTE_PDF_ANMERKUNG_FEHLT",
        Schwere.WARNUNG,
        "Das Original enthält Anmerkungen oder Feldinhalte, die hier nicht zu sehen sind.",
        "Die Datei enthält Anmerkungen oder ausgefüllte Felder, die in akte.pdf nicht zu sehen sind: Notizen in "
        "eigenen Fenstern, oder solche, die jedes Leseprogramm anders zeichnet.",
        "Das Original öffnen; was wichtig ist, mit „Dokument und Anmerkungen“ als PDF drucken und beilegen.",
    ),
    Merkmal.XFA: _Bemerkung(
        "AKTE_PDF_XFA",
        Schwere.WARNUNG,
        "Dynamisches Formular (XFA).",
        "Die Datei ist ein dynamisches Formular (XFA); die meisten Programme zeigen nur einen Platzhalter.",
        "Das Formular im Programm des Herausgebers öffnen und als gewöhnliches PDF drucken.",
    ),
    Merkmal.SKRIPT: _Bemerkung(
        "AKTE_PDF_SKRIPT",
        Schwere.WARNUNG,
        "Das Original enthält Programmcode.",
        "Die Datei enthält JavaScript oder startet Aktionen; in akte.pdf ist das entfernt.",
        "Das Original nicht ungeprüft öffnen oder weitergeben.",
    ),
    Merkmal.ANHAENGE: _Bemerkung(
        "AKTE_PDF_ANHAENGE",
        Schwere.HINWEIS,
        "",
        "In der Datei stecken weitere Dateien (bei ZUGFeRD die Rechnungsdaten); in akte.pdf fehlen sie.",
        _ORIGINAL,
    ),
    Merkmal.EBENEN: _Bemerkung(
        "AKTE_PDF_EBENEN",
        Schwere.WARNUNG,
        "Die Datei hat ein- und ausblendbare Ebenen.",
        "Die Datei hat Ebenen; was im Original ausgeblendet ist, kann in akte.pdf zu sehen sein.",
        _ANSEHEN,
    ),
}


def remark(merkmale: Iterable[Merkmal], pfad: str) -> tuple[str, tuple[Befund, ...]]:
    """Return the sentence for the contents page and the findings, in a fixed order."""
    gefunden = [_BEMERKUNGEN[merkmal] for merkmal in sorted(merkmale)]
    kurz = " ".join(bemerkung.kurz for bemerkung in gefunden if bemerkung.kurz)
    befunde = tuple(
        Befund(
            bemerkung.code,
            bemerkung.schwere,
            bemerkung.text,
            bemerkung.abhilfe,
            Stelle(json_safe(pfad)),
            gegenstand=pfad,
        )
        for bemerkung in gefunden
    )
    return kurz, befunde
