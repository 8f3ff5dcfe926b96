"""Boden des Hauses: Befund, Stelle, Geld, Text, strenges YAML, Datendateien, begrenzter Arbeiter. Nichts Rechtliches."""
