"""The tone of a letter: what its words do to the person who reads them. Text in, findings out."""
