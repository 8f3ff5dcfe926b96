"""Basiszinssatz (§ 247 BGB): changes on 1 January and 1 July, may be negative."""

import datetime as dt

from mahnakte.recht.werte import Rechtswert, wert_am


def basiszins_am(tag: dt.date) -> Rechtswert:
    """Return the Basiszinssatz of a day in percent per year; raise Ablehnung where no value is published."""
    return wert_am("basiszinssatz", tag)
