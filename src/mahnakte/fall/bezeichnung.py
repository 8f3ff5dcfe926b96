"""What people call the steps of mahnakte and the stages of other systems. One word for each thing everywhere."""

# Steps of mahnakte and stages of other systems, as they stand in a list of papers.
SCHREIBEN = {
    "hinweis": "Zahlungshinweis",
    "zahlungserinnerung": "Zahlungserinnerung",
    "mahnung-1": "1. Mahnung",
    "mahnung-2": "2. Mahnung",
    "mahnung-3": "3. Mahnung",
    "mahnung-letzte": "Letzte Mahnung",
    "uebergabe-ankuendigung": "Ankündigung der Übergabe",
    "erstschreiben": "Erstes Schreiben",
    "antrag": "Antrag auf Erlass eines Mahnbescheids",
    "vb-antrag": "Antrag auf Erlass eines Vollstreckungsbescheids",
}
