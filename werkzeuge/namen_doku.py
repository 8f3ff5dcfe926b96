"""Write docs/namen.md anew from the docstrings: each module and public class with its first sentence."""

import ast
import pathlib
import sys
from collections.abc import Iterator

WURZEL = pathlib.Path(__file__).resolve().parent.parent
QUELLE = WURZEL / "src" / "mahnakte"
SEITE = WURZEL / "docs" / "namen.md"

KOPF = """# Namen: die Module und Klassen des Hauses

Diese Seite entsteht aus den Docstrings: `python werkzeuge/namen_doku.py`. Was die Wörter bedeuten: [glossar.md](glossar.md).
"""


def write_page() -> str:
    """Return the whole page."""
    teile = [KOPF]
    for raum in sorted(datei.parent for datei in QUELLE.glob("*/__init__.py")):
        teile += [f"## {raum.name}\n", "| Name | |", "|---|---|", *_rows(raum), ""]
    return "\n".join(teile)


def _rows(raum: pathlib.Path) -> Iterator[str]:
    for datei in sorted(raum.rglob("*.py")):
        baum = ast.parse(datei.read_text(encoding="utf-8"))
        ort = datei.relative_to(raum)
        name = f"{ort.parent.as_posix()}/" if datei.name == "__init__.py" else ort.as_posix()
        if name != "./":
            yield f"| `{name}` | {_first_sentence(baum)} |"
        for teil in baum.body:
            if isinstance(teil, ast.ClassDef) and not teil.name.startswith("_"):
                yield f"| · `{teil.name}` | {_first_sentence(teil)} |"


def _first_sentence(knoten: ast.Module | ast.ClassDef) -> str:
    absatz = (ast.get_docstring(knoten) or "").split("\n\n")[0]
    return " ".join(absatz.split()).replace("|", "\\|").replace("`", "")


if __name__ == "__main__":
    SEITE.write_text(write_page(), encoding="utf-8")
    sys.stdout.write(f"{SEITE.name} geschrieben\n")
