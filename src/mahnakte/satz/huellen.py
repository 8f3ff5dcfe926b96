"""Hulls of Word around text: content controls, smart tags, directions. Taken off when a template is read.

The engine drops text inside most of them without an error, and Word refills a control that is bound to data when
somebody opens the letter. What stands inside moves up in its order, so the text stays what it was.
"""

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_STEUERELEMENT = f"{_W}sdt"
_RICHTUNGEN = (f"{_W}bdo", f"{_W}dir")
_ALTERNATIVE = f"{_MC}AlternateContent"
_HUELLEN = (_STEUERELEMENT, f"{_W}smartTag", f"{_W}customXml", *_RICHTUNGEN, _ALTERNATIVE)
_EIGENSCHAFTEN = (f"{_W}smartTagPr", f"{_W}customXmlPr")
_GEZEICHNET = (f"{_W}drawing", f"{_W}pict", f"{_W}object")


def unwrap(wurzel: etree._Element) -> None:
    """Put the content of every hull in its place. What changes the text (right to left) stays, to be refused."""
    for huelle in reversed(list(wurzel.iter(*_HUELLEN))):  # the inner ones first
        inhalt = _content(huelle)
        eltern = huelle.getparent()
        if inhalt is None or eltern is None:
            continue
        stelle = eltern.index(huelle)
        eltern.remove(huelle)
        eltern[stelle:stelle] = inhalt


def has_two_texts(alternative: etree._Element) -> bool:
    """Tell whether the version for new and the one for old programs say different things."""
    texte = {_text(fassung) for fassung in alternative if isinstance(fassung.tag, str)}
    return len(texte) > 1


def _content(huelle: etree._Element) -> list[etree._Element] | None:
    """Return what stands in a hull; None for one that must stay."""
    if huelle.tag == _STEUERELEMENT:
        inhalt = huelle.find(f"{_W}sdtContent")
        return [] if inhalt is None else list(inhalt)
    if huelle.tag in _RICHTUNGEN:
        return list(huelle) if huelle.get(f"{_W}val") == "ltr" else None
    if huelle.tag == _ALTERNATIVE:
        fassungen = (*huelle.iterfind(f"{_MC}Choice"), *huelle.iterfind(f"{_MC}Fallback"))
        if not fassungen or next(huelle.iter(*_GEZEICHNET), None) is not None:
            return None  # a text box; the engine knows this form
        return list(fassungen[0])
    return [kind for kind in huelle if kind.tag not in _EIGENSCHAFTEN]


def _text(element: etree._Element) -> str:
    return "".join("".join(t.text or "" for t in element.iter(f"{_W}t")).split())
