"""Was hereinkommt: Bytes, Nachrichten, der gemeinte Fall, ein Vorschlag. Annehmen muss ihn ein Mensch. Rein."""
