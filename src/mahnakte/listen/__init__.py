"""Fristen setzen: Kalender (ICS), Tabelle (XLSX, CSV), Seite (HTML). Daten hinein, Bytes heraus; rein."""
