"""Die geschlossenen Wortschaetze, jeder einmal: Datensaetze mit Eigenschaften, nach denen andere Raeume fragen."""
