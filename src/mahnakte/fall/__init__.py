"""Der Fall: fall.yaml, Rechnungen und Vorgaenge als ein Modell, mit Pruefungen. Nimmt Bytes."""
