"""Write docs/meldungen.md anew from the register of findings: `python werkzeuge/meldungen_doku.py`."""

import pathlib
import sys
from collections.abc import Iterator

WURZEL = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(WURZEL / "src"))

from mahnakte.antrag.regeln.pruefung import list_regeln  # noqa: E402 - the path above comes first
from mahnakte.grund.meldung import Meldung, read_meldungen  # noqa: E402

SEITE = WURZEL / "docs" / "meldungen.md"
KOPF = """# Meldungen: was ein Befund bedeutet und was hilft

Jeder Befund trägt einen Code. Ein Code heißt überall dasselbe. `sperre` hält den Fall an, `warnung` will gelesen werden, `hinweis`
sagt nur etwas. Die Gründe, aus denen der Mahnplan wartet, stehen in [ablauf.md](ablauf.md), die Regeln des Mahnantrags mit ihren
Quellen auch in [mahnantrag.md](mahnantrag.md). Diese Seite entsteht aus dem Verzeichnis im Programm: `python werkzeuge/meldungen_doku.py`.
"""


def write_page() -> str:
    """Return the whole page, the codes in alphabetical order."""
    eintraege = {code: [*_lines(meldung)] for code, meldung in read_meldungen().items()}
    for regel in list_regeln():
        eintraege[regel.code] = [
            f"`{regel.schwere.value}` · {regel.bedeutung}",
            "",
            f"- Was hilft: {regel.abhilfe}",
            f"- Grundlage: {regel.quelle}",
        ]
    teile = [KOPF]
    for code in sorted(eintraege):
        teile += [f"## {code}\n", *eintraege[code], ""]
    return "\n".join(teile)


def _lines(meldung: Meldung) -> Iterator[str]:
    yield f"{', '.join(f'`{schwere.value}`' for schwere in meldung.schweren)} · {meldung.bedeutung}"
    yield ""
    yield f"- Woher: {meldung.ursache}"
    yield f"- Was hilft: {meldung.abhilfe}"
    if meldung.quelle:
        yield f"- Grundlage: {meldung.quelle}"
    yield f"- Beispiel: „{meldung.beispiel}“"


if __name__ == "__main__":
    SEITE.write_text(write_page(), encoding="utf-8")
    sys.stdout.write(f"{SEITE.name} geschrieben\n")
