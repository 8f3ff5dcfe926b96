"""What stands between a case and its application, collected instead of raised one by one."""

import textwrap

from mahnakte.antrag.zeichen import describe_foreign, find_foreign, plain_punctuation, propose
from mahnakte.grund.befund import Befund, Stelle, hinweis, sperre, warnung

# Codes that several modules raise: of the whole claim, or of a part that stays out.
TITULIERT = "ANTRAG_TITULIERT"
VERLANGTES_GEZAHLT = "ANTRAG_VERLANGTES_GEZAHLT"


def file_name(stelle: Stelle) -> str:
    """Return the file of a place without the folder of the case: fall.yaml, vorgaenge/0004/eintrag.json."""
    datei = stelle.datei.replace("\\", "/")
    ordner, schritt, rest = datei.rpartition("vorgaenge/")
    return schritt + rest if schritt else ordner + rest.rpartition("/")[2]


def place_name(stelle: Stelle) -> str:
    """Return a place in the case for people: „fall.yaml, Zeile 12“."""
    return file_name(stelle) + (f", Zeile {stelle.zeile}" if stelle.zeile else "")


class Maengelliste:
    """Collects findings while an application is put together; the order is that of the application."""

    def __init__(self, wofuer: str = "den Mahnantrag") -> None:
        self.befunde: list[Befund] = []
        self._wofuer = wofuer

    def missing(self, was: str, quelle: str, zeilen: str, stelle: Stelle | None = None) -> None:
        """Note a fact that nobody has stated, with the YAML lines to add to the file of `stelle`."""
        datei = file_name(stelle) if stelle else "fall.yaml"
        text = f"Für {self._wofuer} fehlt: {was} ({quelle})."
        abhilfe = f"In {datei} ergänzen:\n{textwrap.indent(textwrap.dedent(zeilen).strip(), '  ')}"
        self.befunde.append(sperre("ANTRAG_ANGABE_FEHLT", text, abhilfe, stelle))

    def refuse(self, code: str, text: str, abhilfe: str, stelle: Stelle | None = None) -> None:
        """Note a ground on which no application is made."""
        self.befunde.append(sperre(code, text, abhilfe, stelle))

    def warn(self, code: str, text: str, abhilfe: str = "", stelle: Stelle | None = None) -> None:
        """Note something a person should look at."""
        self.befunde.append(warnung(code, text, abhilfe, stelle))

    def tell(self, code: str, text: str, abhilfe: str = "", stelle: Stelle | None = None) -> None:
        """Note something worth knowing."""
        self.befunde.append(hinweis(code, text, abhilfe, stelle))

    def fit(self, text: str, laenge: int, was: str, stelle: Stelle | None = None) -> str:
        """Return the text as a court record holds it; dashes and quotes become plain ones.

        A foreign letter or a text that is too long is noted, never cut or replaced.
        """
        glatt = " ".join(plain_punctuation(text).split())
        if fremd := find_foreign(glatt):
            self.refuse(
                "ANTRAG_ZEICHEN",
                f"{was} „{glatt}“ enthält Zeichen, die das Mahngericht nicht annimmt: {describe_foreign(fremd)}.",
                f"Vorschlag: „{propose(glatt)}“.",
                stelle,
            )
        elif len(glatt) > laenge:
            self._too_long(
                f"{was} „{glatt}“ hat {len(glatt)} Zeichen, Platz ist für {laenge}.",
                "Kürzer schreiben; abgeschnitten wird nichts.",
                stelle,
            )
        return glatt

    def fit_name(
        self, name: str, teile: int, laenge: int, was: str, stelle: Stelle | None = None
    ) -> tuple[str, ...]:
        """Spread a name over parts, breaking between words; note it when it does not fit."""
        glatt = " ".join(plain_punctuation(name).split())
        zeilen = textwrap.wrap(glatt, laenge, break_long_words=False, break_on_hyphens=False)
        if len(zeilen) > teile:
            platz = f"{teile} Teile zu {laenge} Zeichen"
            self._too_long(f"{was} „{glatt}“ passt nicht in {platz}.", "Den Namen kürzer schreiben.", stelle)
        return tuple(self.fit(zeile, laenge, was, stelle) for zeile in zeilen)

    def _too_long(self, text: str, abhilfe: str, stelle: Stelle | None) -> None:
        self.refuse("ANTRAG_ZU_LANG", text, abhilfe, stelle)
