"""Does an invoice that is to become a new case lie in the Bestand already? Asked while the case is made."""

import pathlib
from collections.abc import Iterable, Iterator

from mahnakte.ablage.stoerung import show
from mahnakte.fall.doppelung import picture_erechnung
from mahnakte.fall.einstellungen import Einstellungen
from mahnakte.fall.rechnung import ERechnung
from mahnakte.fall.vorgang import sha256
from mahnakte.grund.befund import Befund, Stelle
from mahnakte.werk.laden import Lage


def check_aufnahme(
    ordner: pathlib.Path,
    rechnungen: Iterable[tuple[ERechnung, bytes]],
    einstellungen: Einstellungen | None,
    lage: Lage,
) -> Iterator[Befund]:
    """Yield what the cases beside a new one say against its invoices; from then on they stop both cases.

    `rechnungen` are the e-invoices with the bytes of their files. Without settings nothing is known of the others.
    """
    if einstellungen is None or not ordner.is_dir():
        return
    umschau = lage.look_around([ordner])
    yield from umschau.befunde
    alle = tuple(einstellungen.glaeubiger.values())
    einziger = alle[0] if len(alle) == 1 else None
    for rechnung, inhalt in rechnungen:
        bild = picture_erechnung(rechnung, sha256(inhalt), show(ordner), einziger)
        if bild:
            yield from umschau.verzeichnis.check_rechnung(bild, Stelle(show(ordner / "fall.yaml")))
