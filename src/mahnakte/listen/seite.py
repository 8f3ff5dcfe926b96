"""Dates as one HTML page to look at and to print: autoescaped, nothing from outside, no script."""

import base64
import datetime as dt
import functools
import hashlib
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from mahnakte.grund.beigaben import read_beigabe
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import strip_unsafe
from mahnakte.listen.modell import Fristblatt, Fristzeile, describe_ende, describe_stand


def write_fristseite(blatt: Fristblatt) -> bytes:
    """Return the page. Its policy allows one style sheet, known by its hash, and nothing else."""
    stil = read_beigabe("templates", "listen/fristen.css").decode()
    text = _template().render(
        ueberschrift=blatt.ueberschrift,
        stil=stil,
        pruefsumme=base64.b64encode(hashlib.sha256(stil.encode()).digest()).decode(),
        offene=[_values(zeile, blatt.stichtag) for zeile in blatt.offene],
        erledigte=[_values(zeile, blatt.stichtag) for zeile in blatt.erledigte],
    )
    return text.encode()


@functools.cache
def _template() -> Template:
    umgebung = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return umgebung.from_string(read_beigabe("templates", "listen/fristen.html").decode())


def _values(zeile: Fristzeile, stichtag: dt.date) -> dict[str, Any]:
    eintrag = zeile.eintrag
    return {
        "tag": format_datum(eintrag.tag),
        "aktenzeichen": zeile.aktenzeichen,
        "frist": eintrag.fristart.name,
        "worum": strip_unsafe(eintrag.worum),
        "stand": describe_stand(eintrag, stichtag),
        "verstrichen": eintrag.is_past(stichtag),
        "ende": describe_ende(eintrag),
        "zu_tun": eintrag.handeln,
        "grund": eintrag.grund,
        "notiz": strip_unsafe(eintrag.notiz),
        "fehlt": eintrag.fehlt,
        "vorfristen": ", ".join(format_datum(tag) for tag in eintrag.vorfristen if tag >= stichtag),
        "zeitstrahl": [strahl.text for strahl in eintrag.zeitstrahl[1:]],
    }
