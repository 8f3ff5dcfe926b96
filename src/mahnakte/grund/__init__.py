"""Boden des Hauses: Befund, Stelle, Geld, Text, strenges YAML, begrenzter Arbeiter. Nichts Rechtliches."""
