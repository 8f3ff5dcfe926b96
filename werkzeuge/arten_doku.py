"""Write the tables of reasons (docs/ablauf.md) and of step kinds (docs/vorgang.md) anew from arten/: `python werkzeuge/arten_doku.py`.

A test says when a page no longer matches the program.
"""

import pathlib
import re
import sys

WURZEL = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(WURZEL / "src"))

from mahnakte.arten.grundart import GRUENDE, Bereich, Grundart  # noqa: E402 - the path above comes first
from mahnakte.arten.vorgang import VORGANGSARTEN, Vorgangsart  # noqa: E402

SEITEN = ("ablauf.md", "vorgang.md")
_MARKE = re.compile(r"(<!-- arten:(\w+) -->\n).*?(<!-- ende -->)", re.DOTALL)
_AKTE = {"schreiben": "bei den Schreiben", "gericht": "bei den Gerichtsunterlagen", None: "nicht"}


def write_reason(art: Grundart) -> str:
    """Return the row of one reason: what it means, who must act, what leads on."""
    spalten = (f"`{art.code}`", art.bedeutung, art.loeser.value, art.abhilfe)
    return f"| {' | '.join(spalten)} |"


def write_reasons(bereiche: tuple[Bereich, ...]) -> str:
    """Return the table of all reasons that hold one of these."""
    zeilen = [write_reason(art) for art in GRUENDE.values() if art.bereich in bereiche]
    return (
        "\n".join(("| Code | Bedeutung | wer handelt | was weiterführt |", "|---|---|---|---|", *zeilen))
        + "\n"
    )


def write_step(art: Vorgangsart) -> str:
    """Return the row of one kind of step."""
    folge = [
        text
        for gilt, text in (
            (art.traegt_bei, "trägt zum Fall bei"),
            (art.vermerk, "sagt etwas über einen anderen Vorgang"),
            (art.eingereicht, f"eingereicht durch `{art.eingereicht.wort if art.eingereicht else ''}`"),
            (art.still, "sein Storno ist `mahnakte/vorgang/2`"),
        )
        if gilt
    ]
    return f"| `{art.wort}` | {art.satz} | {_AKTE[art.akte]} | {'; '.join(folge)} |"


def tables() -> dict[str, str]:
    """Return every table by its mark."""
    kopf = "| `art` | was | seine Dateien in der Akte | was daraus folgt |\n|---|---|---|---|\n"
    return {
        "fall": write_reasons((Bereich.FALL,)),
        "reihe": write_reasons((Bereich.REIHE, Bereich.TEIL)),
        "schreiben": write_reasons((Bereich.SCHREIBEN,)),
        "vorgaenge": kopf + "\n".join(map(write_step, VORGANGSARTEN.values())) + "\n",
    }


def renew(text: str) -> str:
    """Return a page with all its tables as the program has them now."""
    fertig = tables()
    return _MARKE.sub(lambda treffer: treffer[1] + fertig[treffer[2]] + treffer[3], text)


if __name__ == "__main__":
    for name in SEITEN:
        seite = WURZEL / "docs" / name
        seite.write_text(renew(seite.read_text(encoding="utf-8")), encoding="utf-8")
