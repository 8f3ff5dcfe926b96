"""Das Forderungskonto: Zinszeilen, Tilgung, Aufstellung. Rein."""
