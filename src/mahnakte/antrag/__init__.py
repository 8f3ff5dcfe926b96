"""Der Antrag auf Erlass eines Mahnbescheids."""
