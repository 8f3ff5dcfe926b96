"""Do two spellings of a name mean the same person or company? Without case, umlauts, legal form, titles and order.

A question too many drowns the clerk, one too few writes to the wrong person. So only what says nothing about who it
is falls away; sister companies, sons and namesakes stay apart.
"""

import dataclasses
import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator

Wortmenge = frozenset[str]

_UMLAUTE = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae", "ł": "l", "đ": "d", "ı": "i"}
)
_ABKUERZUNG = re.compile(
    r"(?<=\b[^\W\d_])\.\s?(?=[^\W\d_]\b|kfm\b|kfr\b|b\.)"
)  # e. K., S. A., G.m.b.H.: one word
# Long forms of legal forms, after umlauts are folded; the longer before the shorter.
LANGFORMEN = tuple(
    (re.compile(muster), kurz)
    for muster, kurz in (
        (r"gesellschaft mit beschraenkter haftung", "gmbh"),
        (r"mit beschraenkter haftung", "mbh"),
        (r"unternehmergesellschaft(?: \(?haftungsbeschraenkt\)?)?|ug \(?haftungsbeschraenkt\)?", "ug"),
        (r"kommanditgesellschaft auf aktien", "kgaa"),
        (r"kommanditgesellschaft", "kg"),
        (r"aktiengesellschaft", "ag"),
        (r"offene handelsgesellschaft", "ohg"),
        (r"gesellschaft buergerlichen rechts", "gbr"),
        (r"partnerschaftsgesellschaft(?: mbb)?|partg ?mbb", "partg"),
        (r"eingetragene[rn]? (?:kaufmann|kauffrau)|\bek(?:fm|fr)\b", "ek"),
        (r"eingetragener verein", "ev"),
        (r"eingetragene genossenschaft", "eg"),
        (r"\bg ?m ?b ?h\b", "gmbh"),
        (r"\bm ?b ?h\b", "mbh"),
        (r"\b(?:wohnungs)?eigentue?mer?gemeinschaft|\bwohnungseigentumsgemeinschaft", "weg"),
    )
)
_KOERPERSCHAFTEN = frozenset({
    "ag", "bv", "eg", "ev", "gbr", "gmbh", "inc", "kg", "kgaa", "limited", "llc", "ltd", "mbh", "ohg", "partg", "plc",
    "sa", "sarl", "se", "spa", "srl", "ug",
})  # fmt: skip
_RECHTSFORMWORTE = _KOERPERSCHAFTEN | {
    "co",
    "cokg",
    "ek",
    "gesellschaft",
    "haftungsbeschraenkt",
    "mbb",
    "stiftung",
}
_BEIWERK = frozenset({
    "an", "ba", "das", "den", "dent", "der", "die", "dipl", "dr", "eheleute", "fa", "fam", "familie", "firma", "frau",
    "habil", "herr", "herrn", "ing", "inh", "inhaber", "inhaberin", "jur", "mag", "mba", "med", "msc", "nat", "phil",
    "pol", "prof", "ra", "rain", "rechtsanwalt", "rechtsanwaeltin", "rer", "the", "und", "van", "vet", "vom", "von",
    "zu", "zum",
})  # fmt: skip
_GLEICHE_WORTE = {"gebr": "gebrueder", "geschw": "geschwister", "st": "sankt", "intl": "international"}
_GENERATION = frozenset({"jun", "jr", "junior", "sen", "senior", "sr"})
# Who stands behind these is somebody else (c/o) or the owner of the business in front (Inh.).
_EINSCHUB = re.compile(
    r"\s*[,(–-]?\s*\b(?:c/o|z\.\s?hd\.?|z\.\s?h\.|zu händen|p\.\s?a\.|per adresse|vertreten durch|vertr\.\s?d\.|t/a|"
    r"inh\.|inhaberin|inhaber)(?=\W|$)",
    re.IGNORECASE,
)
_MAX_TEILE = 3  # words that may be written as one


@dataclasses.dataclass(frozen=True, slots=True)
class Name:
    """A name as it can be compared: its telling words, and the corporate forms it states."""

    worte: Wortmenge
    formen: Wortmenge


@functools.lru_cache(4096)
def fold_name(name: str) -> Name:
    """Return the telling words of a name; one that consists of nothing else keeps all its words."""
    text = unicodedata.normalize("NFC", name).casefold().translate(_UMLAUTE)
    return _split("".join(z for z in unicodedata.normalize("NFKD", text) if not unicodedata.combining(z)))


@functools.lru_cache(4096)
def _fold_bare(name: str) -> Name:
    """Like fold_name, with umlauts bare: Muller, as systems write that know none."""
    zerlegt = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    return _split("".join(zeichen for zeichen in zerlegt if not unicodedata.combining(zeichen)))


def _split(text: str) -> Name:
    text = _ABKUERZUNG.sub("", text)
    for muster, kurz in LANGFORMEN:
        text = muster.sub(f" {kurz} ", text)
    alle = [_unify(wort) for wort in re.findall(r"\w+", text)]
    worte = frozenset(wort for wort in alle if wort and wort not in _RECHTSFORMWORTE | _BEIWERK)
    formen = frozenset("gmbh" if wort == "mbh" else wort for wort in alle if wort in _KOERPERSCHAFTEN)
    return Name(worte or frozenset(alle), formen)


def _unify(wort: str) -> str:
    """Return the common spelling of a word: Bahnhofstrasse as Bahnhofstr, Handelsgesellschaft as Handels."""
    wort = re.sub(r"(?<=\w)strasse$", "str", wort)
    wort = re.sub(r"(?<=[a-z]s)(?:gesellschaft|ges)$", "", wort)
    return _GLEICHE_WORTE.get(wort, wort)


def formen_of(name: str) -> Wortmenge:
    """Return the corporate forms that a name states, not those of somebody it mentions (c/o)."""
    return fold_name(_proper(name)).formen


def is_same_firma(eine: str, andere: Iterable[str | None]) -> bool:
    """Tell whether a name is one of others: the same words, also with a department behind or an owner beside it."""
    return any(_is_equal(*paar) for name in andere if name for paar in _pairs(eine, name))


def _pairs(eine: str, andere: str) -> Iterator[tuple[Name, Name]]:
    """Yield each name proper with every part of the other that may be its name proper, in both foldings."""
    for fold in (fold_name, _fold_bare):
        for ganz, geteilt in ((eine, andere), (andere, eine)):
            for teil in _parts(geteilt):
                yield fold(_proper(ganz)), fold(teil)


def _proper(name: str) -> str:
    """Return the name without an insertion: what stands in front of c/o, z. Hd., Inh."""
    return _EINSCHUB.split(name)[0]


def _parts(name: str) -> Iterator[str]:
    """Yield the name proper, an owner named behind it, and what ends at a comma or with the legal form."""
    vorn, *hinten = _EINSCHUB.split(name)
    yield vorn
    if re.search(r"\b(?:inh|t/a)", name, re.IGNORECASE):
        yield from hinten
    stuecke = [stueck for stueck in re.split(r"[,;(–]|\s-\s", vorn) if stueck.strip()]
    if stuecke and (len(fold_name(stuecke[0]).worte) > 1 or fold_name(stuecke[0]).formen):
        yield stuecke[0]  # „Kontor Nord GmbH, Buchhaltung“; a lone first word is a surname: „Müller, Erika“
    worte = vorn.split()
    formen = [nr for nr, wort in enumerate(worte) if fold_name(wort).formen and nr > 0]
    if formen:
        yield " ".join(worte[: formen[-1] + 1])


def _is_equal(eine: Name, andere: Name) -> bool:
    """Tell whether two names have the same words, however they were joined: Müllerbau, Müller-Bau, Müller Bau."""
    links, rechts = eine.worte - andere.worte, andere.worte - eine.worte
    if not links and not rechts:
        return True
    return _is_joined(links, rechts) or _is_joined(rechts, links)


def _is_joined(teile: Wortmenge, ganz: Wortmenge) -> bool:
    if len(ganz) != 1 or not 2 <= len(teile) <= _MAX_TEILE:
        return False
    return any("".join(folge) in ganz for folge in itertools.permutations(teile))


def is_same_person(eine: str, andere: str, *, gleicher_ort: bool) -> bool:
    """Tell whether two names of people mean the same, with titles, initials or further first names on one side.

    `gleicher_ort`: the addresses agree; without that a surname alone or an initial is not enough.
    """
    return any(
        _is_equal(links, rechts) or _is_shortened(links.worte, rechts.worte, gleicher_ort)
        for links, rechts in _pairs(eine, andere)
    )


def _is_shortened(eine: Wortmenge, andere: Wortmenge, gleicher_ort: bool) -> bool:
    if (eine ^ andere) & _GENERATION:
        return False  # two of that name exist
    kurz, lang = sorted((eine, andere), key=lambda worte: (len(worte), sum(map(len, worte))))
    gemeinsam = {wort for wort in kurz & lang if len(wort) > 1}
    offen = lang - gemeinsam
    if not all(any(_is_initial(wort, anderes) for anderes in offen) for wort in kurz - gemeinsam):
        return False
    return len(gemeinsam) > 1 or (gleicher_ort and bool(gemeinsam))


def _is_initial(wort: str, anderes: str) -> bool:
    return min(len(wort), len(anderes)) == 1 and wort[0] == anderes[0]
