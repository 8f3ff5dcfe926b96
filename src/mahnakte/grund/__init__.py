"""Boden des Hauses: Befund, Stelle, Geld, Text, strenges YAML, Datendateien. Nichts Rechtliches."""
