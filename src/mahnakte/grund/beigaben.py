"""Files that travel with the program: templates, schemas, the demo Bestand.

In the wheel they lie in `mahnakte/_beigaben/`, in a source checkout at the top of the tree.
"""

import functools
import pathlib

_PAKET = pathlib.Path(__file__).resolve().parent.parent
_IM_RAD = _PAKET / "_beigaben"
_IM_QUELLBAUM = {"templates": "templates", "schemas": "schemas", "demo": "fixtures/demo"}


def beigaben_ordner(art: str) -> pathlib.Path:
    """Return the folder of one kind of enclosed files: `templates`, `schemas` or `demo`."""
    if _IM_RAD.is_dir():
        return _IM_RAD / art
    return _PAKET.parent.parent / _IM_QUELLBAUM[art]


@functools.cache
def read_beigabe(art: str, name: str) -> bytes:
    """Return the bytes of one enclosed file, for example `read_beigabe("schemas", "mahnantrag.xsd")`."""
    return (beigaben_ordner(art) / name).read_bytes()
