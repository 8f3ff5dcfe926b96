"""fall.yaml and mahnakte.yaml: bytes in, records and findings out. All errors of a file at once."""

import dataclasses
import functools
import typing
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from mahnakte.arten.alltagsworte import explain_keys, explain_values
from mahnakte.fall.angabefehler import Angabefehler, missing_angabe, wrong_structure, wrong_value
from mahnakte.fall.einstellungen import Einstellungen
from mahnakte.fall.modell import Falldatei
from mahnakte.fall.partei import STELLE_SCHLUESSEL
from mahnakte.grund.befund import Befund, Stelle
from mahnakte.grund.strict_yaml import Abbildung, Folge, Knoten, Skalar, YamlFehler, parse_yaml
from mahnakte.grund.text import fold, json_safe, means, propose

T = TypeVar("T")
BERICHTIGEN = "In dieser Zeile berichtigen."  # where the value itself says no more


def read_falldatei(inhalt: bytes, datei: str) -> tuple[Falldatei | None, tuple[Befund, ...]]:
    """Read a fall.yaml. Without a record there is at least one finding of severity `sperre`."""
    return _read(Falldatei, inhalt, datei)


def read_einstellungen(inhalt: bytes, datei: str) -> tuple[Einstellungen | None, tuple[Befund, ...]]:
    """Read a mahnakte.yaml. Without a record there is at least one finding of severity `sperre`."""
    return _read(Einstellungen, inhalt, datei)


_ADAPTER: dict[type, TypeAdapter[Any]] = {art: TypeAdapter(art) for art in (Falldatei, Einstellungen)}


def _read(art: type[T], inhalt: bytes, datei: str) -> tuple[T | None, tuple[Befund, ...]]:
    try:
        baum = parse_yaml(inhalt, datei)
    except YamlFehler as fehler:
        return None, (fehler.befund,)
    return read_baum(_ADAPTER[art], art, baum, datei)


def read_baum(
    adapter: TypeAdapter[T], art: type[T], baum: Abbildung, datei: str
) -> tuple[T | None, tuple[Befund, ...]]:
    """Return the record that a tree holds, or what is wrong with it, everything at once."""
    try:
        record: T = adapter.validate_python(_to_python(baum, datei))
    except ValidationError as fehler:
        befunde = {
            _explain(einzeln, baum, datei, art)
            for einzeln in _causes(fehler.errors(include_url=False), art)
            # pydantic counts a list whose entries all have errors as empty
            if not (einzeln["type"] == "too_short" and einzeln["input"])
        }
        return None, tuple(sorted(befunde, key=lambda befund: (befund.stelle or Stelle(datei), befund.text)))
    return record, ()


def _causes(fehler: Sequence[ErrorDetails], art: type) -> Iterator[ErrorDetails]:
    """Leave out that a key is missing where the same record holds it misspelt: one cause, one finding."""
    gemeint = {
        (einer["loc"][:-1], _explain_key(str(einer["loc"][-1]), art, einer["loc"]))
        for einer in fehler
        if einer["type"] in ("unexpected_keyword_argument", "extra_forbidden")
    }
    for einer in fehler:
        if einer["type"] != "missing" or (einer["loc"][:-1], means(str(einer["loc"][-1]))) not in gemeint:
            yield einer


def _to_python(knoten: Knoten, datei: str) -> Any:
    if isinstance(knoten, Skalar):
        return knoten.text
    if isinstance(knoten, Folge):
        return [_to_python(eintrag, datei) for eintrag in knoten.eintraege]
    werte: dict[str, Any] = {STELLE_SCHLUESSEL: Stelle(datei, knoten.zeile)}
    for schluessel, wert in knoten.werte.items():
        # A key left empty (`zurueck_am:`, `verzicht:`) says nothing, as in a form; a required one is missing.
        if not (isinstance(wert, Skalar) and not wert.text.strip()):
            werte[schluessel] = _to_python(wert, datei)
    return werte


# --- from pydantic's findings to German sentences -----------------------------------------------------


def _explain(fehler: ErrorDetails, baum: Abbildung, datei: str, art: type) -> Befund:
    weg = [teil for teil in fehler["loc"] if teil != STELLE_SCHLUESSEL]
    knoten, zeile, begangen = _locate(baum, weg)
    schluessel = ".".join(str(teil) if isinstance(teil, str) else f"{teil + 1}" for teil in begangen)
    return _sentence(fehler, schluessel, weg, knoten, art).as_befund(Stelle(datei, zeile))


def _locate(baum: Abbildung, weg: Sequence[int | str]) -> tuple[Knoten, int, list[int | str]]:
    """Follow the path of an error as far as the tree goes; names of unions and types are passed over."""
    knoten: Knoten = baum
    zeile = baum.zeile
    begangen: list[int | str] = []
    for teil in weg:
        if isinstance(knoten, Abbildung) and isinstance(teil, str) and teil in knoten.werte:
            zeile = knoten.zeilen[teil]
            knoten = knoten.werte[teil]
        elif isinstance(knoten, Folge) and isinstance(teil, int) and teil < len(knoten.eintraege):
            knoten = knoten.eintraege[teil]
            zeile = knoten.zeile
        else:
            continue
        begangen.append(teil)
    return knoten, zeile, begangen


def _sentence(
    fehler: ErrorDetails, schluessel: str, weg: Sequence[int | str], knoten: Knoten, art: type
) -> Angabefehler:
    wort = json_safe(str(weg[-1])) if weg else ""
    match fehler["type"]:
        case "missing" if isinstance(knoten, Skalar):
            return missing_angabe(f"„{schluessel}“ hat keinen Wert.", "Den Wert ergänzen.")
        case "missing":
            ort = f"In „{schluessel}“ fehlt" if schluessel else "Es fehlt"
            return missing_angabe(f"{ort} der Schlüssel „{wort}“.", f"„{wort}:“ mit einem Wert ergänzen.")
        case "unexpected_keyword_argument" | "extra_forbidden":
            return Angabefehler(
                "SCHLUESSEL_UNBEKANNT",
                f"Unbekannter Schlüssel „{wort}“.",
                _explain_key(wort, art, weg),
            )
        case "literal_error":
            erlaubt = fehler["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", ")
            eingabe = json_safe(str(fehler["input"]))
            return Angabefehler(
                "WERT_UNBEKANNT",
                f"„{schluessel}: {eingabe}“ ist nicht vorgesehen; erlaubt sind {', '.join(erlaubt)}.",
                propose(eingabe, erlaubt, explain_values(erlaubt)),
            )
        case "mahnakte":
            grund = fehler["ctx"]
            return Angabefehler(
                grund["code"],
                f"{f'{schluessel}: ' if schluessel else ''}{json_safe(grund['text'])}.",
                json_safe(grund["abhilfe"]) or BERICHTIGEN,
            )
        case "too_short":
            return missing_angabe(
                f"„{schluessel}“ ist leer; mindestens ein Eintrag ist nötig.",
                "Darunter einen Eintrag ergänzen.",
            )
        case "dataclass_type" | "dict_type":
            return wrong_structure(
                f"„{schluessel}“ braucht eigene Schlüssel, hier steht {_name(knoten)}.",
                "Darunter eingerückt „schlüssel: wert“ schreiben.",
            )
        case "tuple_type":
            return wrong_structure(
                f"„{schluessel}“ ist eine Liste, hier steht {_name(knoten)}.",
                "Jeden Eintrag eingerückt mit „- “ beginnen.",
            )
        case _:
            return wrong_value(
                f"{schluessel}: {json_safe(str(fehler['input']))} ist hier nicht erlaubt.",
                "Den Wert so schreiben, wie docs/fall-yaml.md oder docs/mahnakte-yaml.md ihn zeigt.",
            )


def _name(knoten: Knoten) -> str:
    if isinstance(knoten, Skalar):
        return "nichts" if not knoten.text else "ein einzelner Wert"
    return "eine Liste" if isinstance(knoten, Folge) else "eine Gruppe von Schlüsseln"


def _explain_key(wort: str, art: type, weg: Sequence[int | str]) -> str:
    """Return what to write for an unknown key; one that is known elsewhere only slipped out of its place."""
    bekannte = _known_keys(art, weg)
    raete = explain_keys(bekannte)
    if fold(wort) not in raete:
        for datei, inhalt in _DATEIEN.items():
            if orte := _places_of(inhalt, wort):
                wo = "" if inhalt is art else f" nicht hierher, sondern in {datei}:"
                return f"„{wort}:“ gehört{wo} {' oder '.join(orte)}."
    return propose(wort, bekannte, raete)


_DATEIEN: dict[str, type] = {"fall.yaml": Falldatei, "mahnakte.yaml": Einstellungen}
_VIELE_ORTE = 3  # a key that stands in more places says nothing about which was meant


def _places_of(art: type, wort: str) -> list[str]:
    """Return where a key stands in the file of this kind, in words; none when it may stand in many places."""
    orte = sorted({weg for weg, record in _walk(art) if wort in _keys_of(record)})
    if len(orte) > _VIELE_ORTE:
        return []
    return [f"eingerückt unter „{weg}:“" if weg else "ohne Einrückung an den linken Rand" for weg in orte]


@functools.cache
def _walk(art: type, weg: str = "") -> tuple[tuple[str, type], ...]:
    """Return every record of a file with the key under which it stands (the last one of its path)."""
    gefunden: list[tuple[str, type]] = [(weg, art)]
    for feld, typ in _hints(art).items():
        for record in _records_in_type(typ):
            if record is not art:
                gefunden += _walk(record, feld)
    return tuple(gefunden)


def _keys_of(record: type) -> list[str]:
    return [feld.name for feld in dataclasses.fields(record) if feld.name != "stelle"]


def _known_keys(art: type, weg: Sequence[int | str]) -> list[str]:
    """Return the keys allowed at the place of an error: those of the record the path leads to."""
    records = [art]
    for teil in weg[:-1]:
        if isinstance(teil, str):
            records = [kind for record in records for kind in _records_in_field(record, teil)] or records
    return list(dict.fromkeys(name for record in records for name in _keys_of(record)))


def _records_in_field(record: type, feldname: str) -> Iterator[type]:
    for feld in dataclasses.fields(record):
        if feld.name == feldname:
            yield from _records_in_type(_hints(record)[feldname])


@functools.cache
def _hints(record: type) -> dict[str, Any]:
    return typing.get_type_hints(record)


def _records_in_type(typ: Any) -> Iterator[type]:
    if dataclasses.is_dataclass(typ) and isinstance(typ, type):
        yield typ
    for teil in typing.get_args(typ):
        yield from _records_in_type(teil)
