"""What a step says: one record for each kind of step, with the one reader and writer of `daten` in its eintrag.json.

A format on disk for ever: a key is never renamed and never changes its form. New keys may be added; whatever a reader
of the first edition would overlook carries the second schema (satz.py). The table in docs/vorgang.md is made from the
records.
"""
