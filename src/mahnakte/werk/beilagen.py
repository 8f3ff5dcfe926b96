"""What goes with a letter: the form to answer on, its facts in the debtor's language, and a draft e-mail.

Whether form and e-mail do stands in mahnakte.yaml, which language in fall.yaml (`sprache`).
"""

import dataclasses
import datetime as dt
import functools
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, TypeVarTuple

from mahnakte.briefe.antwort import bogen
from mahnakte.briefe.antwort.bogen import Bogenentwurf, check_felder, check_seite, compute_bogen
from mahnakte.briefe.antwort.felder import FELDER
from mahnakte.briefe.begleitmail import ENDUNG, write_begleitmail
from mahnakte.briefe.brief import Briefentwurf
from mahnakte.briefe.sprachhilfe.hilfe import file_ending, find_luecke
from mahnakte.briefe.sprachhilfe.sprache import DEUTSCH
from mahnakte.fall.fall import Fall
from mahnakte.fall.partei import Schuldner
from mahnakte.fall.vorgang import sha256
from mahnakte.grund.befund import Ablehnung, Befund, Schwere, has_sperre, sperre
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.grund.worker import WorkerError
from mahnakte.satz.druck import Vorlage, load_vorlage, set_letter
from mahnakte.satz.formular import Formular, read_werte, set_formular
from mahnakte.werk.laden import Lage
from mahnakte.werk.verstaendnishilfe import Verstaendnishilfen

_Ts = TypeVarTuple("_Ts")
_R = TypeVar("_R")

_SEKUNDEN = 10.0
_STAND = dt.date(2026, 1, 1)  # the sheet is the same for all letters and carries no date of its own


@dataclasses.dataclass(frozen=True, slots=True)
class Beilage:
    """Finished documents by file name, the inputs they rest on, and why something is missing."""

    dokumente: Mapping[str, bytes] = dataclasses.field(default_factory=dict)
    eingaben: Mapping[str, str] = dataclasses.field(default_factory=dict)
    befunde: tuple[Befund, ...] = ()

    def joined(self, andere: "Beilage") -> "Beilage":
        """Return both as one."""
        return Beilage(
            {**self.dokumente, **andere.dokumente},
            {**self.eingaben, **andere.eingaben},
            (*self.befunde, *andere.befunde),
        )


class Beilagen:
    """Sets the enclosures; the sheet of the form is set once per sender and kind of debtor. For several threads."""

    def __init__(self, lage: Lage) -> None:
        self._lage = lage
        self._vorlage: Vorlage | None = None
        self._formulare: dict[str, Formular] = {}
        self._hilfen = Verstaendnishilfen(lage)
        self._lock = threading.Lock()

    def enclose(self, fall: Fall, entwurf: Briefentwurf, brief: bytes) -> Beilage:
        """Return what joins a letter's PDF. A letter without it is still a letter; the findings say why."""
        versand = fall.einstellungen.versand
        empfaenger = [fall.schuldner_mit(kennung) for kennung in entwurf.daten.empfaenger or ()]
        beilage = Beilage()
        if versand.antwortbogen and entwurf.antwortbogen:
            beilage = self._add(beilage, lambda: self._draw_up(fall, entwurf, empfaenger))
        formular = next(iter(beilage.dokumente.values()), None)
        hilfen: dict[str, bytes] = {}
        for sprache in dict.fromkeys(einer.sprache for einer in empfaenger if einer.sprache != DEUTSCH):
            bogen_dabei = formular is not None
            make = functools.partial(self._translate, fall, entwurf, sprache, brief, antwortbogen=bogen_dabei)
            hilfe = self._add(Beilage(), make)
            hilfen.update((sprache, pdf) for pdf in hilfe.dokumente.values())
            beilage = beilage.joined(hilfe)
        if versand.email:
            make = functools.partial(_address_mail, fall, entwurf, empfaenger, brief, formular, hilfen)
            beilage = self._add(beilage, make)
        return beilage

    def _translate(
        self, fall: Fall, entwurf: Briefentwurf, sprache: str, brief: bytes, *, antwortbogen: bool
    ) -> Beilage:
        """Return the facts of the letter in another language, or why there are no words for this kind."""
        if befund := find_luecke(entwurf.art, sprache):
            return Beilage(befunde=(befund,))
        farbe = fall.einstellungen.briefkopf.farbe
        pdf, eingaben = self._hilfen.set_hilfe(entwurf, sprache, brief, farbe, antwortbogen=antwortbogen)
        return Beilage({f"{entwurf.stamm}{file_ending(sprache)}": pdf}, eingaben)

    @staticmethod
    def _add(beilage: Beilage, make: Callable[[], Beilage]) -> Beilage:
        try:
            neu = make()
        except Ablehnung as ablehnung:
            neu = Beilage(befunde=(dataclasses.replace(ablehnung.befund, schwere=Schwere.WARNUNG),))
        return beilage.joined(neu)

    def _draw_up(self, fall: Fall, entwurf: Briefentwurf, empfaenger: Sequence[Schuldner]) -> Beilage:
        plan = compute_bogen(
            fall.einstellungen.absender, empfaenger, fall.aktenzeichen, entwurf.stamm, entwurf.datum
        )
        return Beilage(
            {f"{entwurf.stamm}{bogen.ENDUNG}": self._set(plan)},
            {f"templates/blaetter/{bogen.VORLAGE}": sha256(self._load().inhalt)},
        )

    def _set(self, plan: Bogenentwurf) -> bytes:
        leer = self._form(plan)
        fertig, gelesen = self._call(_fill, leer, plan.eintraege)
        check_felder(gelesen, plan)
        return fertig

    def _form(self, plan: Bogenentwurf) -> Formular:
        """Return the empty form: the set and checked sheet with its fields."""
        schluessel = repr(plan.werte)
        with self._lock:
            leer = self._formulare.get(schluessel)
        if leer is None:
            satz = set_letter(self._lage.werkstatt, self._load(), plan.werte, {}, _STAND)
            check_seite(satz.druckbild, plan)
            leer = self._call(set_formular, satz.pdf, FELDER, bogen.TITEL)
            with self._lock:
                self._formulare[schluessel] = leer
        return leer

    def _call(self, function: Callable[[*_Ts], _R], *args: *_Ts) -> _R:
        try:
            return self._lage.werkstatt.call(function, *args, seconds=_SEKUNDEN)
        except WorkerError as fehler:
            raise Ablehnung(
                sperre("ANTWORTBOGEN_FEHLER", f"Der Antwortbogen konnte nicht gesetzt werden: {fehler}",
                       "In mahnakte.yaml „versand: antwortbogen: nein“ setzen, bis das behoben ist.")
            ) from fehler  # fmt: skip

    def _load(self) -> Vorlage:
        with self._lock:
            if self._vorlage is None:
                inhalt = read_beigabe("templates", f"blaetter/{bogen.VORLAGE}")
                geprueft = load_vorlage(self._lage.werkstatt, inhalt, bogen.VORLAGE, bogen.VARIABLEN)
                if not isinstance(geprueft, Vorlage):
                    raise Ablehnung(next(befund for befund in geprueft if has_sperre([befund])))
                self._vorlage = geprueft
            return self._vorlage


def _address_mail(
    fall: Fall,
    entwurf: Briefentwurf,
    empfaenger: Sequence[Schuldner],
    brief: bytes,
    formular: bytes | None,
    hilfen: Mapping[str, bytes],
) -> Beilage:
    mail = write_begleitmail(
        fall.einstellungen.absender, empfaenger, fall.aktenzeichen, entwurf.datum, brief, formular, hilfen
    )
    return Beilage({f"{entwurf.stamm}{ENDUNG}": mail}) if mail is not None else Beilage()


def _fill(leer: Formular, eintraege: Mapping[str, str]) -> tuple[bytes, Mapping[str, str]]:
    """Fill the form and read it back with another program; runs in a worker."""
    fertig = leer.fill(eintraege)
    return fertig, read_werte(fertig)
