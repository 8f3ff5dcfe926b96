"""Make the static Arimo cuts in src/mahnakte/satz/schriften/ from PyPI's fontpkg-arimo (OFL-1.1).

Run by hand: `pip install fontpkg-arimo fonttools`, then `python werkzeuge/schriften_bauen.py`. The PDF
engine wants static files with a PostScript name of their own; the instancer keeps that of the regular
cut for all of them, so the names are set here.
"""

import pathlib
import shutil

import fontpkg_arimo
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

QUELLE = pathlib.Path(fontpkg_arimo.__file__).parent
ZIEL = pathlib.Path(__file__).resolve().parent.parent / "src" / "mahnakte" / "satz" / "schriften"
FAMILIE = "Arimo"
GEWICHT_NORMAL, GEWICHT_FETT = 400, 700
KURSIV_BIT, FETT_BIT, NORMAL_BIT = 0, 5, 6  # OS/2 fsSelection

# file name -> (source, weight, style name)
SCHNITTE = {
    "Arimo-Regular.ttf": ("Arimo[wght].ttf", GEWICHT_NORMAL, "Regular"),
    "Arimo-Bold.ttf": ("Arimo[wght].ttf", GEWICHT_FETT, "Bold"),
    "Arimo-Italic.ttf": ("Arimo-Italic[wght].ttf", GEWICHT_NORMAL, "Italic"),
    "Arimo-BoldItalic.ttf": ("Arimo-Italic[wght].ttf", GEWICHT_FETT, "Bold Italic"),
}


def build(quelle: str, gewicht: int, stil: str) -> TTFont:
    """Return one static cut with consistent names, weight class and style bits."""
    variabel = TTFont(QUELLE / "files" / quelle, recalcTimestamp=False)
    schrift = instancer.instantiateVariableFont(variabel, {"wght": gewicht}, inplace=False)
    set_names(schrift, stil)
    kursiv, fett = "Italic" in stil, "Bold" in stil
    os2, kopf = schrift["OS/2"], schrift["head"]
    os2.usWeightClass = gewicht
    bits = os2.fsSelection & ~(1 << KURSIV_BIT | 1 << FETT_BIT | 1 << NORMAL_BIT)
    bits |= kursiv << KURSIV_BIT | fett << FETT_BIT | (not (kursiv or fett)) << NORMAL_BIT
    os2.fsSelection = bits
    kopf.macStyle = fett | kursiv << 1
    if "STAT" in schrift:
        del schrift["STAT"]  # describes axes that are gone
    return schrift


def set_names(schrift: TTFont, stil: str) -> None:
    """Set family, style, full and PostScript name; drop the names of the variable font."""
    namen = schrift["name"]
    namen.names = [eintrag for eintrag in namen.names if eintrag.nameID not in (16, 17, 21, 22, 25)]
    werte = {
        1: FAMILIE,
        2: stil,
        3: f"{FAMILIE} {stil}; mahnakte static instance",
        4: f"{FAMILIE} {stil}",
        6: f"{FAMILIE}-{stil.replace(' ', '')}",
    }
    for nummer, wert in werte.items():
        namen.setName(wert, nummer, 3, 1, 0x409)


def main() -> None:
    """Write all cuts and the licence."""
    ZIEL.mkdir(exist_ok=True)
    for datei, (quelle, gewicht, stil) in SCHNITTE.items():
        build(quelle, gewicht, stil).save(ZIEL / datei)
        print(datei, (ZIEL / datei).stat().st_size)
    shutil.copyfile(QUELLE / "LICENSE", ZIEL / "OFL.txt")


if __name__ == "__main__":
    main()
