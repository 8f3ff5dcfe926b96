"""A Bestand that exchanges EDA files, and files of the court, for tests. Positions as formate.md D.3 and D.7 have them."""

import pathlib

from fallbau import FAELLE

TEILNEHMER = "12345678"
NUMMER = "26123456700"  # of the court, as its records carry it: 26-1234567-0-0
EDA = f"eda:\n  teilnehmer: {TEILNEHMER}\n  kennung: ABC\n"
_STREITGERICHT = "    streitgericht:\n      art: amtsgericht\n      plz: 04275\n      ort: Leipzig\n"


def make_bestand(ordner: pathlib.Path, *aktenzeichen: str, eda: str = EDA, zusatz: str = "") -> pathlib.Path:
    """Write cases that are ripe for an application, with lines added to each fall.yaml."""
    ordner.mkdir(parents=True)
    einstellungen = (FAELLE / "mahnakte.yaml").read_text(encoding="utf-8") + eda
    (ordner / "mahnakte.yaml").write_text(einstellungen, encoding="utf-8")
    for name in aktenzeichen:
        (ordner / name).mkdir()
        write_fall(ordner / name, zusatz)
    return ordner


def write_fall(fall: pathlib.Path, zusatz: str = "", **ersetzt: str) -> None:
    """Write the fall.yaml of a case that is due by contract and names its court; `ersetzt` changes its words."""
    (fall / "fall.yaml").write_text(ripe_case(fall.name, zusatz, **ersetzt), encoding="utf-8")


def ripe_case(name: str = "2026-0042", zusatz: str = "", **ersetzt: str) -> str:
    """Return the fall.yaml of a case that is due by contract and names its court; `ersetzt` changes its words.

    Each case has an invoice of its own: one invoice in two cases is demanded in neither.
    """
    text = (FAELLE / "einfach.yaml").read_text(encoding="utf-8")
    if name != "2026-0042":
        text = text.replace("RE-2026-131", f"RE-{name}")
    for alt, neu in {"faelligkeit: gesetzlich": "faelligkeit: vereinbart", "2026-0042": name}.items():
        assert alt in text
        text = text.replace(alt, neu)
    text = text.replace("    verbraucher: ja\n", "    verbraucher: ja\n" + _STREITGERICHT)
    for alt, neu in ersetzt.items():
        assert f"{alt}:" in text, alt
        text = text.replace(f"{alt}:", f"{alt}: {neu} #", 1)
    return text + zusatz


def court_file(art: str, *saetze: str, am: str = "261207") -> bytes:
    """Put the court's records between AA and BB."""
    kopf = f"AA{TEILNEHMER}{am}{art}        4000ABC021"
    schluss = f"BB{TEILNEHMER}{1:07}{len(saetze):07}{0:07}{0:014}{0:015}{0:07}"
    return "".join(zeile.ljust(128) for zeile in (kopf, *saetze, schluss)).encode("cp850")


def issued(zeichen: str, am: str = "261125", *nummern: str) -> str:
    """Return the record that the order was issued."""
    alle = "".join(f"{nummer:11}" for nummer in (nummern or (NUMMER,)))
    return f"03KS   0007774512{alle:55}{zeichen:35}{am}0000119000"


def served(zeichen: str, am: str = "261201", nam: str = "05", nummer: str = NUMMER) -> str:
    """Return the record that the order was served (05) or not (06)."""
    return f"05KS   0007774512{nummer}{zeichen:35}{nam}{am}"
