"""Die Kommandozeile: auswerten, rufen, drucken, Rueckgabewert."""
