"""Die Verstaendnishilfe: eine Seite in der Sprache des Schuldners, die sagt, was im deutschen Brief steht."""
