"""`mahnakte hilfe`: what a code of a finding or a reason means, where it comes from, what helps. Works offline."""

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from mahnakte.antrag.regeln.pruefung import list_regeln
from mahnakte.arten.grundart import GRUENDE
from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.grund.meldung import read_meldungen
from mahnakte.grund.text import propose
from mahnakte.werk.ergebnis import Ergebnis

_BREITE = 100
# What a code is, in the words of the three registers.
_BEFUND, _REGEL, _GRUND = "Befund", "Befund am Mahnantrag", "Grund im Plan"


def list_codes() -> Ergebnis:
    """List every code with its meaning, in alphabetical order."""
    eintraege = sorted(_all_entries(), key=lambda eintrag: str(eintrag["code"]))
    zeilen = (f"{eintrag['code']}: {eintrag['bedeutung']}" for eintrag in eintraege)
    return Ergebnis({"codes": eintraege}, ("Näheres: mahnakte hilfe CODE", "", *zeilen))


def explain_code(code: str) -> Ergebnis:
    """Explain one code, however it is spelt; raise Ablehnung for one that does not exist."""
    alle = tuple(_all_entries())
    gemeinte = [eintrag for eintrag in alle if eintrag["code"] == code.strip().upper().replace("-", "_")]
    if not gemeinte:
        bekannte = sorted({str(eintrag["code"]) for eintrag in alle})
        abhilfe = propose(code, bekannte)
        if len(abhilfe) > _BREITE:  # all of them: no help
            abhilfe = "„mahnakte hilfe“ zeigt alle Codes."
        raise Ablehnung(sperre("HILFE_CODE", f"Den Code „{code}“ gibt es nicht.", abhilfe))
    zeilen = [zeile for eintrag in gemeinte for zeile in (*_describe(eintrag), "")]
    return Ergebnis({"codes": gemeinte}, tuple(zeilen[:-1]))


def _all_entries() -> Iterator[dict[str, Any]]:
    for meldung in read_meldungen().values():
        yield {
            "code": meldung.code,
            "was": _BEFUND,
            "schwere": [schwere.value for schwere in meldung.schweren],
            "bedeutung": meldung.bedeutung,
            "ursache": meldung.ursache,
            "abhilfe": meldung.abhilfe,
            "quelle": meldung.quelle,
            "beispiel": meldung.beispiel,
        }
    for regel in list_regeln():
        yield {
            "code": regel.code,
            "was": _REGEL,
            "schwere": [regel.schwere.value],
            "bedeutung": f"{regel.bedeutung}.",
            "ursache": "",
            "abhilfe": regel.abhilfe,
            "quelle": regel.quelle,
            "beispiel": "",
        }
    for grund in GRUENDE.values():
        yield {
            "code": grund.code,
            "was": _GRUND,
            "schwere": [],
            "bedeutung": f"{grund.bedeutung[0].upper()}{grund.bedeutung[1:]}.",
            "ursache": "",
            "abhilfe": grund.abhilfe,
            "quelle": "",
            "beispiel": "",
        }


def _describe(eintrag: dict[str, Any]) -> Iterator[str]:
    schwere = f", {' oder '.join(eintrag['schwere'])}" if eintrag["schwere"] else ""
    yield f"{eintrag['code']} ({eintrag['was']}{schwere})"
    yield from _wrap("", eintrag["bedeutung"])
    for name, schluessel in (
        ("Woher: ", "ursache"),
        ("Was hilft: ", "abhilfe"),
        ("Grundlage: ", "quelle"),
        ("Beispiel: ", "beispiel"),
    ):
        if eintrag[schluessel]:
            yield from _wrap(name, eintrag[schluessel])


def _wrap(name: str, text: str) -> Iterable[str]:
    return textwrap.wrap(f"{name}{text}", _BREITE, initial_indent="  ", subsequent_indent="    ")
