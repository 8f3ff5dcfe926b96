"""Blätter über das Konto: Aufstellung, Mappe, Textfassung. Werte hinein, Inhalte heraus; rein."""
