"""Events that a person accepts become a step `nachtrag` of the case, once for each source."""

import dataclasses
import pathlib
from collections.abc import Callable, Mapping

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Fallordner, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.veroeffentlichen import publish_next
from mahnakte.fall.fall import Fall
from mahnakte.fall.nachtrag import find_quelle
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf
from mahnakte.fall.vorgangsdaten.nachtrag import Nachtragsdaten
from mahnakte.grund.befund import Ablehnung, Stelle, has_sperre, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.werk.laden import Lage, load_fall

ART = "nachtrag"


@dataclasses.dataclass(frozen=True, slots=True)
class Nachtrag:
    """Events as fall.yaml spells them, where they come from (`quelle`, so that it is taken once), and their proof.

    A document is named as `beleg` of every event.
    """

    ereignisse: tuple[Mapping[str, str], ...]
    quelle: str
    anlass: str
    dokument: tuple[str, bytes] | None = None


def publish_nachtrag(
    pfad: pathlib.Path, make: Callable[[Fall], Nachtrag | None], lage: Lage, herkunft: Herkunft
) -> Vorgang | None:
    """Publish what `make` takes over for the case as read, or return None when nothing is left to take.

    `make` is asked again when somebody else was faster. Raises Ablehnung.
    """

    def plan(gelesen: Fallordner) -> Vorgangsentwurf | None:
        geladen = load_fall(gelesen, lage)
        if geladen.fall is None or not geladen.benutzbar:
            raise Ablehnung(next(befund for befund in geladen.befunde if has_sperre([befund])))
        nachtrag = make(geladen.fall)
        if nachtrag is None or find_quelle(geladen.fall.vorgaenge, nachtrag.quelle):
            return None
        refuse_backdating(geladen.fall, lage, Stelle(show(pfad)))
        return _draft(geladen.fall, nachtrag, gelesen.vorgaenge.kopf_nr + 1, lage)

    return publish_next(read_fallordner(pfad), plan, herkunft)


def refuse_backdating(fall: Fall, lage: Lage, stelle: Stelle) -> None:
    """Refuse a Stichtag before that of a standing step: what was known then is settled."""
    spaetere = [vorgang for vorgang in fall.vorgaenge if vorgang.stichtag > lage.stichtag]
    if spaetere:
        erster = spaetere[0]
        text = (
            f"Vorgang {erster.nr:04d} hat den Stichtag {format_datum(erster.stichtag)}; davor wird nichts "
            "nachgeschoben."
        )
        raise Ablehnung(sperre("STICHTAG_ZU_FRUEH", text, "Mit dem heutigen Stichtag übernehmen.", stelle))


def _draft(fall: Fall, nachtrag: Nachtrag, nr: int, lage: Lage) -> Vorgangsentwurf:
    beleg: dict[str, str] = {}
    dokumente: dict[str, bytes] = {}
    if nachtrag.dokument:
        name, inhalt = nachtrag.dokument
        beleg, dokumente = {"beleg": f"vorgaenge/{nr:04d}/{name}"}, {name: inhalt}
    return Vorgangsentwurf(
        aktenzeichen=fall.aktenzeichen,
        art=ART,
        stichtag=lage.stichtag,
        anlass=nachtrag.anlass,
        eingaben=dict(fall.eingaben),
        daten=Nachtragsdaten(
            ereignisse=[{**ereignis, **beleg} for ereignis in nachtrag.ereignisse], schluessel=nachtrag.quelle
        ),
        dokumente=dokumente,
    )
