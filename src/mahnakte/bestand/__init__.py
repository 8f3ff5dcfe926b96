"""Viele Fälle: eine Karte je Fall und was zwischen Fällen gilt. Rein."""
