"""What people call the kinds of fall.yaml: titles, letters, costs, events. One word for each thing everywhere."""

from mahnakte.arten.brief import BRIEFNAMEN

TITELARTEN = {
    "vollstreckungsbescheid": "Vollstreckungsbescheid",
    "urteil": "Urteil",
    "kfb": "Kostenfestsetzungsbeschluss",
    "vergleich": "gerichtlicher Vergleich",
    "urkunde": "vollstreckbare Urkunde",
    "insolvenztabelle": "Auszug aus der Insolvenztabelle",
}

KOSTENARTEN = {
    "mahnkosten": "Mahnkosten",
    "ruecklastschrift": "Rücklastschrift",
    "auskunft": "Auskunft",
    "inkasso": "Inkassokosten",
    "rvg-2300": "Anwaltskosten",
    "gericht": "Gerichtskosten",
    "vollstreckung": "Vollstreckungskosten",
    "verzugspauschale": "Verzugspauschale",
    "sonstige": "sonstige Kosten",
}

# Steps of mahnakte and stages of other systems, as they stand in a list of papers.
SCHREIBEN = {
    **BRIEFNAMEN,
    "antrag": "Antrag auf Erlass eines Mahnbescheids",
    "vb-antrag": "Antrag auf Erlass eines Vollstreckungsbescheids",
}
