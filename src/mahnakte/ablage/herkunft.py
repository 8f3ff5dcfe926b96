"""Who made a step, where, when, with which version: asked once per run, at the border."""

import dataclasses
import datetime as dt
import getpass
import os
import platform
import uuid

import mahnakte
from mahnakte.grund.text import json_safe, normalize

UMGEBUNG = "MAHNAKTE_BEARBEITER"
_LAENGE = 80


@dataclasses.dataclass(frozen=True, slots=True)
class Herkunft:
    """The keys of eintrag.json that differ between two runs with the same result.

    `erzeugt_am` is UTC and informs only; no rule ever reads it. `lauf_id` is unique to the run.
    """

    bearbeiter: str
    rechner: str
    lauf_id: str
    erzeugt_am: str
    version: str


def identify(bearbeiter: str | None = None) -> Herkunft:
    """Return the Herkunft of this run; the clerk from the option, MAHNAKTE_BEARBEITER or the system."""
    jetzt = dt.datetime.now(dt.UTC).replace(microsecond=0)
    return Herkunft(
        bearbeiter=_clean(bearbeiter or os.environ.get(UMGEBUNG) or _system_user()),
        rechner=_clean(platform.node()),
        lauf_id=uuid.uuid4().hex,
        erzeugt_am=jetzt.isoformat().replace("+00:00", "Z"),
        version=mahnakte.__version__,
    )


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a service without a named account
        return ""


def _clean(text: str) -> str:
    return normalize(json_safe(" ".join(text.split())))[:_LAENGE] or "unbekannt"
