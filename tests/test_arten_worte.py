"""The closed vocabularies stand once: outside arten/ nobody compares with their words, matches on them or lists them.

Asked of the syntax tree. Another vocabulary may use the same word for something else, and keys of YAML or JSON are
words too: those stand in ANDERSWO, each with the reason.
"""

import ast
import pathlib
import typing
from collections.abc import Iterator

import pytest

from mahnakte.arten.ereignis import EREIGNISARTEN
from mahnakte.arten.grundart import GRUENDE
from mahnakte.arten.kosten import KOSTENARTEN
from mahnakte.arten.partei import PARTEIARTEN
from mahnakte.arten.titel import TITELARTEN
from mahnakte.arten.trotz import Trotz
from mahnakte.arten.vorgang import VORGANGSARTEN

QUELLE = pathlib.Path(__file__).resolve().parent.parent / "src" / "mahnakte"
# Of the overridable obstacles `frist` is left out: it is a key of many things.
TROTZ = {*typing.get_args(Trotz)} - {"frist"}
WORTE = frozenset({*EREIGNISARTEN, *GRUENDE, *VORGANGSARTEN, *KOSTENARTEN, *TITELARTEN, *PARTEIARTEN, *TROTZ})
FRAGEN = {"ereignisse_bis", "last_event", "settled_by", "of", "_of", "_events", "_latest", "_first"}
BRIEFE = "kinds of letters and groups of their values are a vocabulary of their own"
SENDER = "roles of the sender (mahnakte.yaml), one of them named like a kind of costs"
FRISTEN = "kinds of dates, some named like the event that starts them"
COURTS = "words of the courts' form and records"
JSON = "keys of JSON"
# Module -> the words it may name in this way, and what they are there.
ANDERSWO: dict[str, tuple[set[str], str]] = {
    "akte/auswahl.py": ({"gericht"}, "places in the Akte, one of them named like a kind of costs"),
    "akte/manifest.py": ({"akte"}, JSON),
    "antrag/angabenblatt.py": ({"mahnkosten", "inkasso", "sonstige"}, COURTS),
    "antrag/aus_fall/bevollmaechtigter.py": ({"inkasso"}, SENDER),
    "antrag/sammeldatei.py": ({"gericht"}, JSON),
    "antrag/xml_errors.py": ({"sonstige"}, COURTS),
    "antrag/aus_fall/folgesachen.py": ({"abgabe"}, "what is asked of the court, one of them named like a kind of letter"),
    "cli/rechnen.py": ({"inkasso", "bestritten"}, f"cases of the fee table (Nr. 2300 VV RVG); {SENDER}"),
    "eingang/monierung.py": ({"antrag"}, "a section of fall.yaml"),
    "listen/antragsliste.py": ({"weg"}, "a column: by which way an application goes"),
    "werk/antragslauf.py": ({"vollstreckungsbescheid"}, "what `mahnakte antrag --art` takes"),
    "befehle/demo.py": ({"antrag", "akte"}, JSON),
    "befehle/eda_eingereicht.py": ({"gericht"}, "key of an event in fall.yaml"),
    "briefe/absprache.py": ({"ratenplan", "stundung", "vergleich", "inkasso"}, f"{BRIEFE}; {SENDER}"),
    "briefe/antwort/bogen.py": ({"anerkenntnis", "inkasso"}, f"fields of the reply form; {SENDER}"),
    "briefe/antworten.py": ({"auskunft"}, BRIEFE),
    "briefe/besondere.py": ({"insolvenz", "gericht"}, BRIEFE),
    "briefe/ueberholt.py": ({"vergleich"}, BRIEFE),
    "briefe/variablen_sonder.py": ({"stundung", "vergleich", "auskunft", "insolvenz"}, BRIEFE),
    "briefe/werte.py": ({"stundung", "vergleich", "auskunft", "insolvenz"}, BRIEFE),
    "briefe/zulassung.py": ({"inkasso"}, SENDER),
    "cli/haupt.py": ({"ratenplan", "versand", "storno", "antrag", "akte"}, "names of commands"),
    "fall/bezeichnung.py": ({"antrag", "vb-antrag"}, f"stages of other systems beside our steps; {BRIEFE}"),
    "fall/einstellungen.py": ({"inkasso"}, SENDER),
    "fall/namensvergleich.py": ({"gesellschaft", "weg"}, "legal forms as they stand in names"),
    "fall/rechnung/syntax.py": ({"kontakt"}, "fields of an e-invoice"),
    "uhren/fristeintrag.py": (
        {"monierung", "widerspruch", "abgabe", "anspruchsbegruendung", "einspruch", "versand", "vergleich",
         "stundung", "mahnsperre"}, FRISTEN,
    ),
    "uhren/modell.py": ({"verjaehrt"}, JSON),
    "uhren/verfahrensuhr.py": (
        {"monierung", "widerspruch", "abgabe", "anspruchsbegruendung", "einspruch"}, FRISTEN,
    ),
}  # fmt: skip


def words_in(knoten: ast.expr) -> Iterator[str]:
    """Yield the words of the vocabularies that an expression names itself or in a collection."""
    if isinstance(knoten, ast.Constant) and isinstance(knoten.value, str):
        yield from {knoten.value} & WORTE
    elif isinstance(knoten, (ast.Tuple, ast.List, ast.Set)):
        for teil in knoten.elts:
            yield from words_in(teil)


def parts_that_list(knoten: ast.AST) -> list[ast.expr]:
    """Return the parts of a node in which a word of a vocabulary would be a second list of it."""
    match knoten:
        case ast.Compare():
            return [knoten.left, *knoten.comparators]
        case ast.Tuple() | ast.List() | ast.Set():
            return list(knoten.elts)
        case ast.Dict():
            return [key for key in knoten.keys if key is not None]
        case ast.MatchValue():
            return [knoten.value]
        case ast.Subscript(value=ast.Name(id="Literal")):
            return [knoten.slice]
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in FRAGEN:
            return list(knoten.args)
    return []


def listed_words(quelltext: str) -> set[str]:
    """Return the words of the vocabularies that a module compares with, matches on, lists or asks for."""
    knoten = ast.walk(ast.parse(quelltext))
    return {wort for einer in knoten for teil in parts_that_list(einer) for wort in words_in(teil)}


def modules() -> list[str]:
    namen = (pfad.relative_to(QUELLE).as_posix() for pfad in QUELLE.rglob("*.py"))
    return sorted(name for name in namen if not name.startswith("arten/"))


@pytest.mark.parametrize("modul", modules())
def test_no_room_lists_a_vocabulary_again(modul: str) -> None:
    erlaubt, _ = ANDERSWO.get(modul, (set(), ""))
    assert listed_words((QUELLE / modul).read_text(encoding="utf-8")) <= erlaubt


@pytest.mark.parametrize("modul", ANDERSWO)
def test_each_exception_is_still_needed(modul: str) -> None:
    erlaubt, grund = ANDERSWO[modul]
    assert grund
    gefunden = listed_words((QUELLE / modul).read_text(encoding="utf-8"))
    assert gefunden == erlaubt


@pytest.mark.parametrize(
    "zeile",
    [
        "x.art == 'stundung'",
        "'BEZAHLT' != code",
        "x.art in ('storno', 'a')",
        "{'kfb'} | andere",
        "{'rvg-2300': 1}",
        "Literal['person', 'tier']",
        "match x:\n    case 'versand':\n        pass",
        "match x:\n    case 'a' | 'nachtrag':\n        pass",
        "ereignisse_bis(fall, tag, 'mahnsperre')",
        "self._events('verhandlung')",
    ],
)
def test_the_walker_sees_each_way_of_listing(zeile: str) -> None:
    assert len(listed_words(zeile)) == 1


@pytest.mark.parametrize("zeile", ["felder['akte']", "Satz('antrag')", "x = 'storno'", "{'a': 'stundung'}"])
def test_the_walker_leaves_other_uses_alone(zeile: str) -> None:
    assert not listed_words(zeile)
