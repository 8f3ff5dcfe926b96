"""Sets the page that goes with a letter for debtors of another language; the template is checked once and kept."""

import threading
from collections.abc import Mapping

from mahnakte.briefe.brief import Briefentwurf
from mahnakte.briefe.sprachhilfe.hilfe import (
    VARIABLEN,
    VORLAGE,
    check_gegen_brief,
    check_seite,
    compute_hilfe,
)
from mahnakte.briefe.sprachhilfe.sprache import read_datei
from mahnakte.fall.vorgang import sha256
from mahnakte.grund.befund import Ablehnung, has_sperre, sperre
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.grund.worker import WorkerError
from mahnakte.satz.druck import Vorlage, load_vorlage, set_letter
from mahnakte.satz.druckbild import read_druckbild
from mahnakte.satz.gestaltung import Gestaltung
from mahnakte.werk.laden import Lage

_SEKUNDEN = 10.0


class Verstaendnishilfen:
    """Sets pages of translated facts. For several threads."""

    def __init__(self, lage: Lage) -> None:
        self._lage = lage
        self._vorlage: Vorlage | None = None
        self._lock = threading.Lock()

    def set_hilfe(
        self, entwurf: Briefentwurf, sprache: str, brief: bytes, farbe: str | None, *, antwortbogen: bool
    ) -> tuple[bytes, Mapping[str, str]]:
        """Return the page as PDF and the inputs it rests on. `brief` is the finished letter as PDF.

        Raises Ablehnung for a language that there is not, and when page and letter do not say the same.
        """
        hilfe = compute_hilfe(entwurf.art, sprache, entwurf.werte, antwortbogen=antwortbogen)
        check_gegen_brief(hilfe, self._read(brief))
        vorlage = self._load()
        seite = set_letter(
            self._lage.werkstatt, vorlage, hilfe.werte, {}, entwurf.datum, gestaltung=Gestaltung(farbe)
        )
        check_seite(seite, hilfe)
        return seite.pdf, {
            f"templates/blaetter/{VORLAGE}": sha256(vorlage.inhalt),
            f"sprachhilfe/{sprache}.yaml": sha256(read_datei(sprache)),
        }

    def _read(self, brief: bytes) -> str:
        try:
            return self._lage.werkstatt.call(_read_text, brief, seconds=_SEKUNDEN)
        except WorkerError as fehler:
            raise Ablehnung(
                sperre("SPRACHHILFE_FEHLER", f"Die Verständnishilfe konnte nicht verglichen werden: {fehler}",
                       "Der deutsche Brief geht ohne sie hinaus.")
            ) from fehler  # fmt: skip

    def _load(self) -> Vorlage:
        with self._lock:
            if self._vorlage is None:
                inhalt = read_beigabe("templates", f"blaetter/{VORLAGE}")
                geprueft = load_vorlage(self._lage.werkstatt, inhalt, VORLAGE, VARIABLEN)
                if not isinstance(geprueft, Vorlage):
                    raise Ablehnung(next(befund for befund in geprueft if has_sperre([befund])))
                self._vorlage = geprueft
            return self._vorlage


def _read_text(pdf: bytes) -> str:
    """Return the text of a PDF; runs in a worker."""
    return "\n".join(read_druckbild(pdf).seiten)
