"""Templates with measures no letter has are refused by looking at them, before any engine sees them."""

import time

import pytest

from mahnakte.briefe.variablen import BRIEF
from mahnakte.satz.variablen import build_example, build_sparse
from mahnakte.satz.vorlage import check_vorlage
from vorlagenbau import BRIEFE
from wordbau import A4, RAND, absatz, dokument, run, tabelle, textfeld, zeile, zelle

BEISPIEL = build_example(BRIEF)
P = absatz(run())


def margins(**anders: int) -> str:
    masse = {
        "top": 1000,
        "right": 1000,
        "bottom": 1000,
        "left": 1000,
        "header": 500,
        "footer": 500,
        "gutter": 0,
    }
    angaben = " ".join(f'w:{name}="{wert}"' for name, wert in (masse | anders).items())
    return f"<w:pgMar {angaben}/>"


def page(breite: int, hoehe: int) -> str:
    return f'<w:pgSz w:w="{breite}" w:h="{hoehe}"/>'


def columns(anzahl: int, abstand: int = 100) -> str:
    return f'{A4}{RAND}<w:cols w:num="{anzahl}" w:space="{abstand}"/>'


def nested(tiefe: int) -> str:
    inhalt = P
    for _ in range(tiefe):
        inhalt = tabelle(zeile(zelle(inhalt + absatz())))
    return inhalt + absatz()


def numbered(text: str = "%1.", beginn: int = 1) -> bytes:
    ebene = f'<w:lvl w:ilvl="0"><w:start w:val="{beginn}"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="{text}"/></w:lvl>'
    teil = f'<w:abstractNum w:abstractNumId="0">{ebene}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    nummer = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return dokument(absatz(run(), nummer), teile={"numbering": teil})


def section(erster: str) -> bytes:
    return dokument(absatz("", f"<w:sectPr>{erster}</w:sectPr>") + P)


UNMASS = {
    "Seite ohne Größe": dokument(P, page(0, 0) + RAND),
    "Seite ohne Höhe": dokument(P, page(11906, 0) + RAND),
    "Seite kleiner als null": dokument(P, page(-11906, -16838) + RAND),
    "Seite von einem Punkt": dokument(P, page(20, 20) + margins(top=0, left=0, right=0, bottom=0)),
    "riesige Seite": dokument(P, page(2_000_000, 2_000_000) + RAND),
    "Rand breiter als die Seite": dokument(P, A4 + margins(left=20_000, right=20_000)),
    "Rand höher als die Seite": dokument(P, A4 + margins(top=20_000, bottom=20_000)),
    "Ränder treffen sich fast": dokument(P, A4 + margins(left=5900, right=5900)),
    "Ränder lassen eine Zeile": dokument(P, A4 + margins(top=8000, bottom=8400)),
    "Bundsteg": dokument(P, A4 + margins(gutter=20_000)),
    "Rand kleiner als null": dokument(P, A4 + margins(top=-3000)),
    "erster von zwei Abschnitten": section(page(0, 0) + RAND),
    "hunderte Spalten": dokument(P, columns(500)),
    "Millionen Spalten": dokument(P, columns(1_000_000)),
    "Spalten ohne Platz": dokument(P, columns(3, 20_000)),
    "Tabelle mit hunderten Spalten": dokument(tabelle(zeile(*[zelle(P)] * 300), 300) + absatz()),
    "Gitter mit hunderten Spalten": dokument(tabelle(zeile(zelle(P)), 300) + absatz()),
    "Zelle über Millionen Spalten": dokument(tabelle(zeile(zelle(P, '<w:gridSpan w:val="100000000"/>'))) + absatz()),
    "Zelle hinter Millionen Spalten": dokument(
        tabelle(zeile(zelle(P), eigenschaften='<w:gridBefore w:val="100000000"/>')) + absatz()
    ),
    "tausende Zeilen": dokument(tabelle(zeile(zelle(absatz())) * 5000) + absatz()),
    "Tabellen ineinander": dokument(nested(7)),
    "tausende Absätze": dokument(P * 6000),
    "hunderte Textfelder": dokument(absatz(textfeld(P)) * 100),
    "Schrift größer als die Seite": dokument(absatz(run(eigenschaften='<w:sz w:val="3276"/>'))),
    "Schrift ohne Größe": dokument(absatz(run(eigenschaften='<w:sz w:val="0"/>'))),
    "Abstand größer als die Seite": dokument(absatz(run(), '<w:spacing w:before="900000"/>')),
    "Zeile höher als die Seite": dokument(absatz(run(), '<w:spacing w:line="900000" w:lineRule="exact"/>')),
    "weit gesperrt": dokument(absatz(run(eigenschaften='<w:spacing w:val="31000"/>'))),
    "Nummer zwei Milliarden": numbered(beginn=2_000_000_000),
    "Nummer ohne Ende": numbered(text="%1" * 10_000),
}  # fmt: skip


@pytest.mark.timeout(30)
@pytest.mark.parametrize("name", UNMASS)
def test_what_no_letter_has_is_refused_at_once(name):
    beginn = time.process_time()
    befunde = check_vorlage(UNMASS[name], "probe.docx", BEISPIEL, build_sparse(BEISPIEL))
    gebraucht = time.process_time() - beginn
    assert {befund.code for befund in befunde} == {"VORLAGE_MASS"}, [befund.text for befund in befunde]
    assert all(befund.abhilfe for befund in befunde)
    assert gebraucht < 5


ERLAUBT = {
    "A4 quer": dokument(P, page(16838, 11906) + RAND),
    "A5": dokument(P, page(8391, 11906) + RAND),
    "ohne Angabe": dokument(P, RAND),
    "zwei Spalten": dokument(P, columns(2, 700)),
    "drei Spalten": dokument(P, columns(3, 400)),
    "Tabelle mit zwölf Spalten": dokument(tabelle(zeile(*[zelle(P)] * 12), 12) + absatz()),
    "drei Tabellen ineinander": dokument(nested(3)),
    "Überschrift": dokument(absatz(run(eigenschaften='<w:sz w:val="72"/>'))),
    "Nummerierung": numbered(),
}


@pytest.mark.parametrize("name", ERLAUBT)
def test_usual_measures_pass(name):
    assert check_vorlage(ERLAUBT[name], "probe.docx", BEISPIEL, build_sparse(BEISPIEL)) == []


def test_shipped_templates_pass():
    dateien = [*BRIEFE.glob("*.docx"), *(BRIEFE.parent / "blaetter").glob("*.docx")]
    assert len(dateien) > 20
    for datei in dateien:
        befunde = check_vorlage(datei.read_bytes(), datei.name, {}, {})
        assert not [befund for befund in befunde if befund.code == "VORLAGE_MASS"], datei.name
