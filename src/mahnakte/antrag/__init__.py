"""Antrag auf Erlass des Mahnbescheids: Modell, XML nach eigenem Schema, Regeln, EDA, gerichtliche Nachrichten."""
