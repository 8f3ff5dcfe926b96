"""Die Briefe an Schuldner: Werte und Pruefung."""
