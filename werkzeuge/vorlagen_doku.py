"""Write the tables of variables in docs/vorlagen.md anew. Run by hand: `PYTHONPATH=src python werkzeuge/vorlagen_doku.py`.

A test says when the page no longer matches the program.
"""

import datetime as dt
import pathlib
import re
import textwrap
from collections.abc import Iterable
from decimal import Decimal

from mahnakte.akte.blaetter import VARIABLEN as AKTE
from mahnakte.antrag.angabenblatt import ANGABENBLATT
from mahnakte.arten.brief import BRIEFARTEN
from mahnakte.blatt.forderungsaufstellung import FORDERUNGSAUFSTELLUNG
from mahnakte.briefe.antwort.bogen import VARIABLEN as ANTWORTBOGEN
from mahnakte.briefe.sprachhilfe.hilfe import VARIABLEN as SPRACHHILFE
from mahnakte.briefe.variablen import ALLGEMEIN, GRUPPEN, variables_for
from mahnakte.briefe.zufriedenheit import VARIABLEN as ZUFRIEDENHEIT
from mahnakte.satz.ausdruck import write_wert
from mahnakte.satz.variablen import Variable

SEITE = pathlib.Path(__file__).resolve().parent.parent / "docs" / "vorlagen.md"
TABELLEN = {
    "briefe": ALLGEMEIN,
    **{f"brief-{gruppe}": variablen for gruppe, variablen in GRUPPEN.items()},
    "forderungsaufstellung": FORDERUNGSAUFSTELLUNG,
    "angabenblatt": ANGABENBLATT,
    "antwortbogen": ANTWORTBOGEN,
    "sprachhilfe": SPRACHHILFE,
    "zufriedenheit": ZUFRIEDENHEIT,
    **AKTE,
}
_BRIEFE = re.compile(r"^In: [^.]*\.\n(\n<!-- variablen:brief-([\w-]+) -->\n)", re.MULTILINE)
_MARKE = re.compile(r"(<!-- variablen:([\w-]+) -->\n).*?(<!-- ende -->)", re.DOTALL)


def variables_of(datei: pathlib.Path) -> tuple[Variable, ...]:
    """Return what a shipped template may name."""
    return variables_for(datei.stem) if datei.parent.name == "letters" else TABELLEN[datei.stem]


def write_example(wert: str | int | bool | Decimal | dt.date) -> str:
    """Return an example as it will be printed."""
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    return str(write_wert(wert)).replace("|", "\\|") or "(leer)"


def write_table(variablen: Iterable[Variable]) -> str:
    """Return the Markdown table of one kind of document."""
    zeilen = ["| Name | Bedeutung | Beispiel |", "|---|---|---|"]
    zeilen += [f"| `{v.name}` | {v.bedeutung} | {write_example(v.beispiel)} |" for v in variablen]
    return "\n".join(zeilen) + "\n"


def write_letters(gruppe: str) -> str:
    """Return the line that says which letters show a group of values."""
    briefe = ", ".join(f"`{art.art}`" for art in BRIEFARTEN.values() if gruppe in art.teile)
    return f"{textwrap.fill(f'In: {briefe}.', 140, break_on_hyphens=False)}\n"


def renew(text: str) -> str:
    """Return the page with all tables as the program has them now."""
    text = _BRIEFE.sub(lambda treffer: write_letters(treffer[2]) + treffer[1], text)
    return _MARKE.sub(lambda treffer: treffer[1] + write_table(TABELLEN[treffer[2]]) + treffer[3], text)


if __name__ == "__main__":
    SEITE.write_text(renew(SEITE.read_text(encoding="utf-8")), encoding="utf-8")
    print(SEITE.name)
