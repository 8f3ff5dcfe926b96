"""The patterns of woerter/*.yaml: a small language that a lawyer can read and correct.

`*` any ending, `…` up to eight words in between, `(a|b)` one of them, `(a )?` may be missing. Umlauts also match
their spelling with ae, oe, ue, ss. A pattern begins and ends at the border of a word.
"""

import re
from collections.abc import Iterable

_ZEICHEN = re.compile(r"\s*…\s*|\)\?|[*()|]|\s+|.", re.DOTALL)
_ERSATZ = {
    "*": r"\w*", "(": "(?:", ")": ")", ")?": ")?", "|": "|",
    "ä": "(?:ä|ae)", "ö": "(?:ö|oe)", "ü": "(?:ü|ue)", "ß": "(?:ß|ss)",
    "Ä": "(?:Ä|Ae|AE)", "Ö": "(?:Ö|Oe|OE)", "Ü": "(?:Ü|Ue|UE)",
}  # fmt: skip
_LUECKE = r"\W+(?:\w+\W+){0,8}?"
_LEER = r"\W{1,3}"
NIE = re.compile(r"(?!)")


def compile_muster(muster: Iterable[str], *, gross: bool = False) -> re.Pattern[str]:
    """Return one expression for all patterns (none: never matches); `gross` tells capitals from small letters."""
    einzeln = [_translate(text) for text in muster]
    return re.compile("|".join(einzeln), 0 if gross else re.IGNORECASE) if einzeln else NIE


def _translate(text: str) -> str:
    teile = [_translate_part(treffer.group()) for treffer in _ZEICHEN.finditer(text)]
    anfang = r"(?<!\w)" if text[0].isalnum() or text[0] in "*(" else ""
    ende = r"(?!\w)" if text[-1].isalnum() or text[-1] in "*)?" else ""
    return f"{anfang}(?:{''.join(teile)}){ende}"


def _translate_part(teil: str) -> str:
    if "…" in teil:
        return _LUECKE
    if teil.isspace():
        return _LEER
    return _ERSATZ.get(teil) or re.escape(teil)
