"""What a person may override in writing (`antrag: trotz:`), and the one demand for all that nobody has yet."""

from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.arten.trotz import Trotz
from mahnakte.fall.antragsangabe import Antragsangabe


class Freigabe:
    """The release of one case: says what it covers, and collects what it does not."""

    def __init__(self, angabe: Antragsangabe | None) -> None:
        self._angabe = angabe
        self._fehlend: dict[Trotz, list[str]] = {}

    def covers(self, art: Trotz) -> bool:
        """Tell whether somebody has taken this obstacle upon himself."""
        return self._angabe is not None and art in self._angabe.trotz

    def use(self, art: Trotz, text: str, liste: Maengelliste) -> None:
        """Note what is filed all the same, with reason and name."""
        assert self._angabe is not None  # noqa: S101 - the caller has asked
        wer = f"{self._angabe.grund} ({self._angabe.freigegeben_von})"
        liste.warn(f"ANTRAG_TROTZ_{art.upper()}", f"{text}; der Antrag wird trotzdem gestellt: {wer}.")

    def demand(self, art: Trotz, text: str) -> None:
        """Remember an obstacle that nobody has released."""
        self._fehlend.setdefault(art, []).append(text)

    def judge(self, art: Trotz, text: str, liste: Maengelliste) -> None:
        """Note the obstacle as released, or remember it."""
        if self.covers(art):
            self.use(art, text, liste)
        else:
            self.demand(art, text)

    def close(self, liste: Maengelliste) -> None:
        """Demand one release for everything that is not yet released."""
        if not self._fehlend:
            return
        texte = "; ".join(text for texte in self._fehlend.values() for text in texte)
        zeilen = f"""
            antrag:
              trotz: [{", ".join(self._fehlend)}]
              grund:              # warum der Antrag trotzdem gestellt wird
              freigegeben_von:    # wer das entschieden hat
            """
        liste.missing(f"eine Freigabe – {texte}", "§ 214 BGB, § 93 ZPO", zeilen)
