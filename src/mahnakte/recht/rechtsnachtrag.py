"""Values that a Bestand enters because the law is newer than the program: one file, one value.

A file is only taken where the series ends that the program ships: nothing already known is changed by it. Once the
program ships the same value, the file says nothing more; where it ships another one, both are named and nothing
is computed.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.datendatei import Wertknoten
from mahnakte.grund.datum import format_datum
from mahnakte.grund.strict_yaml import YamlFehler, parse_yaml
from mahnakte.grund.text import propose
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.ungeprueft import unread_law
from mahnakte.recht.werte import Rechtswert, Wertreihe

_EIN_TAG = dt.timedelta(days=1)
_GANZE = ("Tage", "Wochen", "Monate", "Jahre")
_NULL_ODER_EINS = (Decimal(0), Decimal(1))


@dataclasses.dataclass(frozen=True, slots=True)
class Rechtsnachtrag:
    """One value of one series from `ab` to `bis`: where it was read, who checked it and when."""

    name: str
    ab: dt.date
    bis: dt.date
    wert: Decimal
    quelle: str
    geprueft_von: str
    geprueft_am: dt.date
    stelle: Stelle = dataclasses.field(compare=False)


_SCHLUESSEL = ("name", "ab", "bis", "wert", "quelle", "geprueft_von", "geprueft_am")


class _Nachtragsdatei(Wertknoten):
    """A file of a Bestand: a mistake in it is the clerk's, not a damaged installation."""

    def defect(self, text: str) -> Ablehnung:
        """Return the refusal for a faulty file."""
        return Ablehnung(
            sperre(
                "RECHTSNACHTRAG_FEHLERHAFT",
                text,
                "Die Datei berichtigen oder löschen und mit „mahnakte recht eintragen“ neu schreiben.",
                Stelle(self.datei, self.knoten.zeile),
            )
        )


def read_rechtsnachtrag(inhalt: bytes, datei: str) -> Rechtsnachtrag:
    """Read one file of `recht/`; raise Ablehnung with file and line where it is not exactly one value."""
    try:
        wurzel = parse_yaml(inhalt, datei)
    except YamlFehler as fehler:
        raise Ablehnung(fehler.befund) from None
    knoten = _Nachtragsdatei(datei, wurzel, wurzel)
    for fremder in wurzel.werte:
        if fremder not in _SCHLUESSEL:
            raise knoten.defect(
                f"Den Schlüssel „{fremder}“ gibt es hier nicht. {propose(fremder, _SCHLUESSEL)}"
            )
    return Rechtsnachtrag(
        knoten.text("name"),
        knoten.date("ab"),
        knoten.date("bis"),
        knoten.number("wert"),
        knoten.text("quelle"),
        knoten.text("geprueft_von"),
        knoten.date("geprueft_am"),
        Stelle(datei, wurzel.zeile),
    )


def write_rechtsnachtrag(nachtrag: Rechtsnachtrag, reihe: Wertreihe) -> bytes:
    """Return the file of one value, as `read_rechtsnachtrag` takes it."""
    zeilen = (
        f"# {reihe.titel} ({reihe.fundstelle}), {reihe.einheit}. Eine Datei, ein Wert.",
        f"name: {nachtrag.name}",
        f"ab: {nachtrag.ab}",
        f"bis: {nachtrag.bis}",
        f'wert: "{_comma(nachtrag.wert)}"',
        f"quelle: {_quote(nachtrag.quelle)}",
        f"geprueft_von: {_quote(nachtrag.geprueft_von)}",
        f"geprueft_am: {nachtrag.geprueft_am}",
    )
    return ("\n".join(zeilen) + "\n").encode()


def _comma(zahl: Decimal) -> str:
    return f"{zahl:f}".replace(".", ",")


def _quote(text: str) -> str:
    """Write a text as a double-quoted YAML scalar, so that `:` and `#` in a source stay text."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def file_name(nachtrag: Rechtsnachtrag) -> str:
    """Return the name of the file of a value: `basiszinssatz-2027-01-01.yaml`."""
    return f"{nachtrag.name}-{nachtrag.ab}.yaml"


def extend_recht(
    ausgeliefert: Rechtsstand, nachtraege: Iterable[Rechtsnachtrag]
) -> tuple[Rechtsstand, tuple[Befund, ...]]:
    """Return the law with what a Bestand has entered, and what cannot stand beside it."""
    reihen = dict(ausgeliefert.reihen)
    befunde: list[Befund] = []
    for nachtrag in sorted(nachtraege, key=lambda einer: (einer.name, einer.ab)):
        try:
            reihe = Rechtsstand(reihen).find_reihe(nachtrag.name)
            reihen[nachtrag.name] = _extend(ausgeliefert.find_reihe(nachtrag.name), reihe, nachtrag)
        except Ablehnung as ablehnung:
            befunde.append(dataclasses.replace(ablehnung.befund, stelle=nachtrag.stelle))
    return Rechtsstand(reihen), tuple(befunde)


def _extend(ausgeliefert: Wertreihe, reihe: Wertreihe, nachtrag: Rechtsnachtrag) -> Wertreihe:
    """Return the series with the part of a value that it does not know yet; the known part must agree."""
    check_value(reihe, nachtrag)
    for wert in ausgeliefert.werte:
        if wert.ab <= nachtrag.bis and nachtrag.ab <= wert.bis and wert.wert != nachtrag.wert:
            raise _contradiction(wert, nachtrag)
    if ausgeliefert.gedeckt_bis < nachtrag.ab <= reihe.gedeckt_bis:
        raise _refuse(
            "RECHTSNACHTRAG_DOPPELT",
            f"Für „{reihe.titel}“ ist der {format_datum(nachtrag.ab)} schon in einer anderen Datei eingetragen.",
            "Nur eine der beiden Dateien behalten.",
        )
    ab = max(nachtrag.ab, reihe.gedeckt_bis + _EIN_TAG)
    if ab > nachtrag.bis:
        return reihe
    check_joins(reihe, ab)
    return dataclasses.replace(
        reihe,
        gedeckt_bis=nachtrag.bis,
        werte=(*reihe.werte, _as_rechtswert(reihe, nachtrag, ab)),
        ab_tage=(*reihe.ab_tage, ab),
    )


def _as_rechtswert(reihe: Wertreihe, nachtrag: Rechtsnachtrag, ab: dt.date) -> Rechtswert:
    return Rechtswert(
        reihe.name, nachtrag.wert, ab, nachtrag.bis, reihe.einheit, nachtrag.quelle, nachtrag.geprueft_am,
        reihe.fundstelle, nachtrag.geprueft_von,
    )  # fmt: skip


def check_value(reihe: Wertreihe, nachtrag: Rechtsnachtrag) -> None:
    """Raise Ablehnung for a value that this series cannot have, and for days that cannot be right."""
    if reihe.endet_weil:
        raise Ablehnung(
            unread_law(
                f"Die Tabelle „{reihe.titel}“ endet mit Absicht am {format_datum(reihe.gedeckt_bis)}: "
                f"{reihe.endet_weil}.",
                "Hier fehlt keine Zahl, sondern die Prüfung des Rechts; diese Frage muss ein Mensch beantworten.",
            )
        )
    if grund := _explain_value(reihe, nachtrag.wert):
        raise _refuse(
            "RECHTSNACHTRAG_WERT", f"„{_comma(nachtrag.wert)}“ passt nicht zu „{reihe.titel}“: {grund}.",
            f"Den Wert in der Einheit „{reihe.einheit}“ angeben, mit Dezimalkomma.",
        )  # fmt: skip
    letzter = reihe.last_day_from(nachtrag.ab)
    if nachtrag.bis < nachtrag.ab or (letzter is not None and nachtrag.bis > letzter):
        gilt = f"höchstens bis {format_datum(letzter)}" if letzter else "mindestens einen Tag"
        raise _refuse(
            "RECHTSNACHTRAG_ZEITRAUM",
            f"„{reihe.titel}“ ab {format_datum(nachtrag.ab)} kann nicht bis {format_datum(nachtrag.bis)} gelten, "
            f"sondern {gilt} ({reihe.fundstelle}).",
            "Den Zeitraum berichtigen; für die Zeit danach einen eigenen Wert eintragen.",
        )


def _explain_value(reihe: Wertreihe, wert: Decimal) -> str:
    if reihe.einheit in _GANZE and (wert != wert.to_integral_value() or wert <= 0):
        return "es muss eine ganze Zahl größer als null sein"
    if reihe.einheit == "ja oder nein" and wert not in _NULL_ODER_EINS:
        return "1 heißt ja, 0 heißt nein"
    if wert < 0 and all(einer.wert >= 0 for einer in reihe.werte):
        return "er war noch nie negativ"
    return ""


def check_joins(reihe: Wertreihe, ab: dt.date) -> None:
    """Raise Ablehnung unless a new value begins on the day after the series ends: no overlap, no gap."""
    erster = reihe.gedeckt_bis + _EIN_TAG
    if ab < erster:
        raise _refuse(
            "RECHTSWERT_SCHON_BEKANNT",
            f"„{reihe.titel}“ ist bis {format_datum(reihe.gedeckt_bis)} bekannt; ein Wert ab {format_datum(ab)} "
            "würde daran etwas ändern.",
            f"Einen neuen Wert ab {format_datum(erster)} eintragen; die bekannten zeigt "
            f"„mahnakte recht {reihe.name}“.",
        )
    if ab > erster:
        raise _refuse(
            "RECHTSNACHTRAG_LUECKE",
            f"„{reihe.titel}“ ist bis {format_datum(reihe.gedeckt_bis)} bekannt; ein Wert erst ab {format_datum(ab)} "
            "ließe eine Lücke.",
            f"Zuerst den Wert ab {format_datum(erster)} eintragen; geschätzt wird nicht.",
        )


def _contradiction(wert: Rechtswert, nachtrag: Rechtsnachtrag) -> Ablehnung:
    ab = format_datum(max(wert.ab, nachtrag.ab))
    return _refuse(
        "RECHTSWERT_WIDERSPRUCH",
        f"{wert.name} ab {ab}: diese Datei sagt {_comma(nachtrag.wert)} ({nachtrag.quelle}, geprüft von "
        f"{nachtrag.geprueft_von}), das Programm {_comma(wert.wert)} ({wert.quelle}).",
        "In der amtlichen Quelle nachsehen. Ist der Wert des Programms richtig, diese Datei aus recht/ entfernen; "
        "ist es der eigene, nicht weiterrechnen und den Fehler des Programms melden.",
    )


def _refuse(code: str, text: str, abhilfe: str) -> Ablehnung:
    return Ablehnung(sperre(code, text, abhilfe))
