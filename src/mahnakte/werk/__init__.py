"""Anwendungsfälle, aus denen Befehle bestehen: laden, setzen, prüfen, sammeln. Kein click, kein Befehl."""
