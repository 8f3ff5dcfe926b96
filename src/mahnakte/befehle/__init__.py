"""Ein Modul je Befehl: lesen -> rechnen -> setzen -> veroeffentlichen."""
