"""What German banks glue into the purpose: tags for reference, mandate and the purpose itself, and return reasons."""

import re
from collections.abc import Mapping, Sequence

from mahnakte.eingang.bank.buchung import clean_reference

_TAGS = "EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|MDAT"
_TAG = re.compile(rf"(?<![A-Z])({_TAGS})\s?[+:]\s?|(?<=[a-z0-9 .])({_TAGS})\+|NOTPROVIDED(?=(?:{_TAGS})\+)")
_CODE = re.compile(r"\b(AC0[146]|AC13|AG0[12]|AM0[45]|MD0[1267]|MS0[23]|RC01|BE05|RR0[1-4]|SL01|TM01|FOCR)\b")
_RUECKGABE = re.compile(
    r"(?i)r(?:ü|ue)ck(?:gabe|lastschrift|buchung|rechnung)|retoure|lastschr\w*[ .-]*r(?:ü|ue)ck|"
    r"zur(?:ü|ue)ck(?:gegeben|gebucht)"
)
# Business transaction codes of a direct debit that comes back to who submitted it, and of a transfer that comes back.
_GVC_RUECKGABE = frozenset({"108", "109", "159"})


def read_tags(zeilen: Sequence[str]) -> Mapping[str, str]:
    """Return the tagged parts of a purpose (EREF, MREF, SVWZ …), joined without blanks as the bank has cut them."""
    text = "".join(zeilen)
    treffer = list(_TAG.finditer(text))
    teile: dict[str, str] = {}
    for nr, fund in enumerate(treffer):
        ende = treffer[nr + 1].start() if nr + 1 < len(treffer) else len(text)
        name = fund.group(1) or fund.group(2)
        if name:
            teile.setdefault(name, text[fund.end() : ende].strip())
    return teile


def read_reference(tags: Mapping[str, str]) -> str:
    """Return the end-to-end reference of the tags; only its first word where the bank has appended its own text."""
    return clean_reference(tags.get("EREF", "").split("  ")[0])


def find_rueckgabe(gvc: str, texte: Sequence[str]) -> str | None:
    """Return the reason code of a return (empty: none given); None where nothing says that it is one."""
    text = " ".join(texte)
    if gvc not in _GVC_RUECKGABE and not _RUECKGABE.search(text):
        return None
    code = _CODE.search(text)
    return code.group(1) if code else ""
