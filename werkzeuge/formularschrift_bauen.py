"""Make the font of the form fields: Arimo cut down to the letters of WinAnsi, with the widths a PDF must state.

Run by hand: `pip install fonttools`, then `python werkzeuge/formularschrift_bauen.py`. Fields carry the whole of it,
because nobody knows what will be typed into them; without hints it is a tenth of the full cut.
"""

import json
import pathlib

from fontTools import subset
from fontTools.ttLib import TTFont

ORDNER = pathlib.Path(__file__).resolve().parent.parent / "src" / "mahnakte" / "satz" / "schriften"
ERSTES, LETZTES = 32, 255


def winansi(code: int) -> int:
    """Return the Unicode letter of a WinAnsi code; codes without one show a bullet (ISO 32000-1, annex D.2)."""
    try:
        return ord(bytes([code]).decode("cp1252"))
    except UnicodeDecodeError:
        return 0x2022


def main() -> None:
    """Write Arimo-Formular.ttf and the metrics beside it."""
    schrift = TTFont(ORDNER / "Arimo-Regular.ttf", recalcTimestamp=False)
    wahl = subset.Options(
        hinting=False, layout_features=[], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], notdef_outline=True
    )
    werkzeug = subset.Subsetter(wahl)
    werkzeug.populate(unicodes=[winansi(code) for code in range(ERSTES, LETZTES + 1)])
    werkzeug.subset(schrift)
    schrift.save(ORDNER / "Arimo-Formular.ttf")
    je_tausend = 1000 / schrift["head"].unitsPerEm
    zeichen, breiten = schrift.getBestCmap(), schrift["hmtx"]
    kopf, os2 = schrift["head"], schrift["OS/2"]
    masse = {
        "breiten": [
            round(breiten[zeichen.get(winansi(code), ".notdef")][0] * je_tausend)
            for code in range(ERSTES, LETZTES + 1)
        ],
        "kasten": [round(wert * je_tausend) for wert in (kopf.xMin, kopf.yMin, kopf.xMax, kopf.yMax)],
        "oberlaenge": round(schrift["hhea"].ascent * je_tausend),
        "unterlaenge": round(schrift["hhea"].descent * je_tausend),
        "versalhoehe": round(os2.sCapHeight * je_tausend),
    }
    text = json.dumps(masse, indent=1) + "\n"
    (ORDNER / "Arimo-Formular.json").write_text(text, encoding="utf-8", newline="\n")
    print((ORDNER / "Arimo-Formular.ttf").stat().st_size, masse["kasten"])


if __name__ == "__main__":
    main()
