"""Uhren der Titel und Ansprueche, je Schuldner. Rein."""
