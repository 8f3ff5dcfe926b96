"""Write the tables of docs/vorgang.md anew from the records: what each kind of step says under `daten`."""

import dataclasses
import pathlib
import re
import sys
from collections.abc import Iterator

WURZEL = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(WURZEL / "src"))

from mahnakte.fall.vorgangsdaten.brief import Briefdaten  # noqa: E402 - the path above comes first
from mahnakte.fall.vorgangsdaten.lesen import SAETZE  # noqa: E402
from mahnakte.fall.vorgangsdaten.satz import Vorgangsdaten  # noqa: E402

SEITE = WURZEL / "docs" / "vorgang.md"
_ABSCHNITT = re.compile(r"(?<=<!-- daten -->\n).*?(?=<!-- ende -->)", re.DOTALL)


def renew(seite: str) -> str:
    """Return the page with its tables made from the records."""
    return _ABSCHNITT.sub(lambda _: "\n".join([*_tables(), ""]), seite)


def _tables() -> Iterator[str]:
    satzarten: dict[type[Vorgangsdaten], list[str]] = {Briefdaten: []}
    for art, satz in SAETZE.items():
        satzarten.setdefault(satz, []).append(f"`{art}`")
    for satz, arten in satzarten.items():
        yield f"\n{' und '.join(arten) or 'Brief (jede andere Art)'}:\n"
        yield "| Schlüssel | Form | was er sagt |"
        yield "|---|---|---|"
        yield from (_row(feld) for feld in dataclasses.fields(satz) if feld.metadata)


def _row(feld: "dataclasses.Field[object]") -> str:
    immer = feld.default is dataclasses.MISSING
    form, sinn = feld.metadata["form"], feld.metadata["sinn"]
    return f"| `{feld.name}`{' (immer)' if immer else ''} | {form.name} | {sinn} |"


if __name__ == "__main__":
    SEITE.write_text(renew(SEITE.read_text(encoding="utf-8")), encoding="utf-8")
