"""docs/ablauf.md lists every reason the plan can give, and nothing else."""

import pathlib
import re

WURZEL = pathlib.Path(__file__).resolve().parent.parent


def test_every_reason_is_documented() -> None:
    quelle = "".join(
        (WURZEL / "src/mahnakte/ablauf" / name).read_text(encoding="utf-8") for name in ("plan.py", "halt.py")
    )
    codes = set(re.findall(r'Grund\(\s*"([A-Z_]+)"', quelle))
    codes |= {"INSOLVENZ", "VERSTORBEN", "UNBEKANNT_VERZOGEN", "BETREUUNG"}  # named after their events
    doku = set(re.findall(r"`([A-Z_]{4,})`", (WURZEL / "docs/ablauf.md").read_text(encoding="utf-8")))
    assert codes == doku
