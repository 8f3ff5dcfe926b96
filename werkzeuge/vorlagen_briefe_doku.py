"""Write anew what docs/briefe.md, ton.md, sprachen.md and mahnakte-yaml.md list about letters. Run by hand:
`PYTHONPATH=src python werkzeuge/vorlagen_briefe_doku.py`. A test says when a page no longer matches the program.
"""

import pathlib
import re
import textwrap
from collections.abc import Iterable

from mahnakte.arten.brief import BRIEFARTEN, TONLAGEN, Briefart, Ton
from mahnakte.arten.grundart import GRUENDE, Grundgruppe, codes

DOCS = pathlib.Path(__file__).resolve().parent.parent / "docs"
SEITEN = tuple(DOCS / name for name in ("briefe.md", "ton.md", "sprachen.md", "mahnakte-yaml.md"))
_MARKE = re.compile(r"(<!-- briefe:(\w+) -->\n?).*?(<!-- ende -->)", re.DOTALL)
_ROLLEN = {"glaeubiger": "Gläubiger", "inkasso": "Inkasso", "anwalt": "Anwalt"}
_SCHICKSAL = codes(lambda art: art.gruppe is Grundgruppe.SCHICKSAL)
_MIT_BETRAG = {"forderung", "stand", "rueckstand"}
_ALLE = tuple(art.code for art in GRUENDE.values() if art.gruppe is not Grundgruppe.SONST)


def write_who(art: Briefart) -> str:
    """Return one row of the first table: who writes it to whom, about what."""
    rollen = "alle" if len(art.rollen) == len(_ROLLEN) else ", ".join(_ROLLEN[rolle] for rolle in art.rollen)
    eigens = ", jedem eigens" if art.jedem or "daten" in art.teile else ""
    an = art.an.value + (", nur gewerbliche" if art.nur_gewerblich else "") + eigens
    erst = "ja" if art.geltend and not art.eroeffnet and set(art.rollen) != {"glaeubiger"} else ""
    frist = f"{art.frist_tage} Tage" if art.frist_tage else ""
    worueber = art.gegenstand.value if _MIT_BETRAG & set(art.teile) else "ohne Betrag"
    spalten = (f"`{art.art}`", art.titel, rollen, an, worueber, frist, erst, art.ton)
    return f"| {' | '.join(spalten)} |"


def write_duties(art: Briefart) -> list[str]:
    """Return the rows of the second table: what must stand on it."""
    wem = {True: "Inkasso, Anwalt an Privatpersonen", False: "alle"}
    return [f"| `{art.art}` | {p.vorschrift} | {p.was} | {wem[p.nur_fremde]} |" for p in art.pflichten]


def write_stops(art: Briefart) -> str:
    """Return one row of the third table: what stops it, what it needs."""
    halt = [code for code in _ALLE if code not in art.trotz]
    schicksal = [code for code in halt if code in _SCHICKSAL]
    rest = [code for code in halt if code not in _SCHICKSAL]
    text = (
        ["Schicksal des Schuldners"]
        if len(schicksal) == len(_SCHICKSAL)
        else [f"`{code}`" for code in schicksal]
    )
    text += ["alles andere"] if len(rest) == len(_ALLE) - len(_SCHICKSAL) else [f"`{code}`" for code in rest]
    braucht = f"`{art.nur_bei}`" if art.nur_bei else ""
    kuendigt = ", ".join(f"`{schritt}`" for schritt in art.kuendigt_an)
    return f"| `{art.art}` | {', '.join(text)} | {braucht} | {kuendigt} |"


def name_all(arten: Iterable[Briefart]) -> str:
    """Return the names of letters in one line."""
    return ", ".join(f"`{art.art}`" for art in arten)


def write_register(ton: Ton) -> str:
    """Return one row of the registers: the letters that speak so by default."""
    return f"| {ton} | {name_all(art for art in BRIEFARTEN.values() if art.ton == ton)} |"


def tables() -> dict[str, str]:
    """Return the tables and lists by name."""
    arten = list(BRIEFARTEN.values())
    wer = ["| Brief | Titel | schreibt | an | worüber | Frist | erst nach dem Erstschreiben | Tonlage |",
           "|---|---|---|---|---|---|---|---|", *map(write_who, arten)]  # fmt: skip
    pflichten = ["| Brief | Vorschrift | was daraufstehen muss | wer es schuldet |", "|---|---|---|---|"]
    pflichten += [zeile for art in arten for zeile in write_duties(art)]
    halt = [
        "| Brief | wird nicht geschrieben bei | nur bei | kündigt an |",
        "|---|---|---|---|",
        *map(write_stops, arten),
    ]
    return {
        "wer": "\n".join(wer) + "\n",
        "pflichten": "\n".join(pflichten) + "\n",
        "halt": "\n".join(halt) + "\n",
        "register": "\n".join(["| Register | Briefe |", "|---|---|", *map(write_register, TONLAGEN)]) + "\n",
        "hilfsblatt": textwrap.fill(
            f"{name_all(art for art in arten if art.hilfsblatt)}.", 140, break_on_hyphens=False
        )
        + "\n",
        "stufen": name_all(art for art in arten if art.stufe),
    }


def renew(text: str) -> str:
    """Return the page with all tables as the program has them now."""
    fertig = tables()
    return _MARKE.sub(lambda treffer: treffer[1] + fertig[treffer[2]] + treffer[3], text)


if __name__ == "__main__":
    for seite in SEITEN:
        seite.write_text(renew(seite.read_text(encoding="utf-8")), encoding="utf-8")
        print(seite.name)
