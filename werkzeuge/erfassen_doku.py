"""Write the table of docs/erfassen.md anew: what can be recorded, with which options."""

import pathlib
import re
import sys
from collections.abc import Iterator

WURZEL = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(WURZEL / "src"))

from mahnakte.cli.erfassen import describe  # noqa: E402 - the path above comes first
from mahnakte.fall.erfassung import TATSACHENARTEN  # noqa: E402
from mahnakte.fall.erfassungsfelder import list_felder  # noqa: E402

SEITE = WURZEL / "docs" / "erfassen.md"
_ABSCHNITT = re.compile(r"(?<=<!-- arten -->\n).*?(?=<!-- ende -->)", re.DOTALL)


def renew(seite: str) -> str:
    """Return the page with its table made from the records."""
    return _ABSCHNITT.sub(lambda _: "\n".join([*_table(), ""]), seite)


def _table() -> Iterator[str]:
    yield "| ART | was | nötig | möglich |"
    yield "|---|---|---|---|"
    for art in TATSACHENARTEN.values():
        felder = list_felder(art)
        noetige, moegliche = (
            ", ".join(f"`--{feld.name}`" for feld in felder if feld.noetig is noetig)
            for noetig in (True, False)
        )
        yield f"| `{art.wort}` | {describe(art)} | {noetige} | {moegliche} |"


if __name__ == "__main__":
    SEITE.write_text(renew(SEITE.read_text(encoding="utf-8")), encoding="utf-8")
