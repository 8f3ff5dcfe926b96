"""Datierte Rechtswerte und die Regeln darueber. Rein: keine Platte, keine Uhr."""
