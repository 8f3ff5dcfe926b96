"""Takes over what came in: shown as a proposal, and, when a person accepts it, a step of the case, once each."""

import dataclasses
import datetime as dt
import functools
import pathlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Fallordner, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.veroeffentlichen import publish_next
from mahnakte.arten.vorgang import NACHTRAG
from mahnakte.eingang.protokoll import Nachricht, Vorschlag
from mahnakte.fall.erfassung import BELEG, EREIGNISSE, TATSACHENARTEN
from mahnakte.fall.fall import Fall
from mahnakte.fall.nachtrag import find_quelle
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf
from mahnakte.fall.vorgangsdaten.nachtrag import Nachtragsdaten
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, has_sperre, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.laden import Lage, load_fall

Beleg = Callable[[], tuple[str, bytes]]  # name and bytes of the proof, made only when a step is written


@dataclasses.dataclass(frozen=True, slots=True)
class Nachtrag:
    """Facts as fall.yaml spells them, where they come from (`quelle`, so that it is taken once), and their proof.

    `eintraege` are lists by their key. A document is named as `beleg` of every entry whose record has one. `eingaben`
    are further files (SHA-256 by name) that the step was made from.
    """

    eintraege: Mapping[str, Sequence[Mapping[str, Any]]]
    quelle: str
    anlass: str
    dokument: tuple[str, bytes] | None = None
    art: str = NACHTRAG.wort
    eingaben: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Eingang:
    """What became of a message in its case: what it proposes, the new steps, and those that hold it already."""

    vorschlaege: tuple[Vorschlag, ...] = ()
    neue: tuple[Vorgang, ...] = ()
    schon_da: tuple[Vorgang, ...] = ()

    @property
    def ereignisse(self) -> tuple[Mapping[str, str], ...]:
        """Return all events that the message proposes."""
        return tuple(ereignis for vorschlag in self.vorschlaege for ereignis in vorschlag.ereignisse)

    @property
    def befunde(self) -> tuple[Befund, ...]:
        """Return what a person must look at."""
        return tuple(befund for vorschlag in self.vorschlaege for befund in vorschlag.befunde)


def propose_eingang(nachricht: Nachricht, sachstand: Sachstand) -> Eingang:
    """Return what a message proposes for a case, nothing taken over. Raises Ablehnung."""
    vorschlaege = nachricht.propose(sachstand)
    gefunden = (find_quelle(sachstand.fall.vorgaenge, vorschlag.schluessel) for vorschlag in vorschlaege)
    return Eingang(vorschlaege, schon_da=tuple(vorgang for vorgang in gefunden if vorgang))


def publish_eingang(
    nachricht: Nachricht, pfad: pathlib.Path, beleg: Beleg, lage: Lage, herkunft: Herkunft
) -> tuple[Vorgang, ...]:
    """Publish each proposal of a message as a step of its own, with its proof; return the new steps.

    Read and proposed anew when somebody else was faster. Raises Ablehnung.
    """

    def make(schluessel: str, sachstand: Sachstand) -> Nachtrag | None:
        gemeint = next((v for v in nachricht.propose(sachstand) if v.schluessel == schluessel), None)
        if gemeint is None or not gemeint.ereignisse:
            return None
        return Nachtrag({EREIGNISSE: gemeint.ereignisse}, schluessel, nachricht.anlass, beleg())

    geladen = load_fall(read_fallordner(pfad), lage)
    schluessel = [v.schluessel for v in nachricht.propose(geladen.sachstand)] if geladen.sachstand else []
    vorgaenge = [publish_nachtrag(pfad, functools.partial(make, s), lage, herkunft) for s in schluessel]
    return tuple(vorgang for vorgang in vorgaenge if vorgang)


def publish_nachtrag(
    pfad: pathlib.Path, make: Callable[[Sachstand], Nachtrag | None], lage: Lage, herkunft: Herkunft
) -> Vorgang | None:
    """Publish what `make` takes over for the case as read, or return None when nothing is left to take.

    `make` is asked again when somebody else was faster. Raises Ablehnung.
    """

    def plan(gelesen: Fallordner) -> Vorgangsentwurf | None:
        geladen = load_fall(gelesen, lage)
        if geladen.sachstand is None or not geladen.benutzbar:
            raise Ablehnung(next(befund for befund in geladen.befunde if has_sperre([befund])))
        nachtrag = make(geladen.sachstand)
        if nachtrag is None or find_quelle(geladen.sachstand.fall.vorgaenge, nachtrag.quelle):
            return None
        refuse_backdating(geladen.sachstand, Stelle(show(pfad)))
        return draft_nachtrag(geladen.sachstand.fall, nachtrag, lage.stichtag, gelesen.vorgaenge.kopf_nr + 1)

    return publish_next(read_fallordner(pfad), plan, herkunft)


def refuse_backdating(sachstand: Sachstand, stelle: Stelle) -> None:
    """Refuse a Stichtag before that of a standing step: what was known then is settled."""
    spaetere = [v for v in sachstand.fall.vorgaenge if v.stichtag > sachstand.stichtag]
    if spaetere:
        erster = spaetere[0]
        text = (
            f"Vorgang {erster.nr:04d} hat den Stichtag {format_datum(erster.stichtag)}; davor wird nichts "
            "nachgeschoben."
        )
        raise Ablehnung(sperre("STICHTAG_ZU_FRUEH", text, "Mit dem heutigen Stichtag übernehmen.", stelle))


def draft_nachtrag(fall: Fall, nachtrag: Nachtrag, stichtag: dt.date, nr: int) -> Vorgangsentwurf:
    """Return the step that adds these facts to a case; `nr` is the number that it will have."""
    dokumente = dict((nachtrag.dokument,)) if nachtrag.dokument else {}
    belege = [f"vorgaenge/{nr:04d}/{name}" for name in dokumente]
    listen: dict[str, Any] = {
        liste: _with_beleg(liste, eintraege, belege) for liste, eintraege in nachtrag.eintraege.items()
    }
    return Vorgangsentwurf(
        aktenzeichen=fall.aktenzeichen,
        art=nachtrag.art,
        stichtag=stichtag,
        anlass=nachtrag.anlass,
        eingaben={**fall.eingaben, **nachtrag.eingaben},
        daten=Nachtragsdaten(**listen, schluessel=nachtrag.quelle),
        dokumente=dokumente,
    )


def _with_beleg(
    liste: str, eintraege: Sequence[Mapping[str, Any]], belege: Sequence[str]
) -> list[dict[str, Any]]:
    kennt = any(art.liste == liste and art.has_beleg for art in TATSACHENARTEN.values())
    beleg = {BELEG: belege[0]} if kennt and belege else {}
    return [{**eintrag, **beleg} for eintrag in eintraege]
