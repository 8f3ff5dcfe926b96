"""What people call the steps of mahnakte and the stages of other systems. One word for each thing everywhere."""

from mahnakte.arten.brief import BRIEFNAMEN

# Steps of mahnakte and stages of other systems, as they stand in a list of papers.
SCHREIBEN = {
    **BRIEFNAMEN,
    "antrag": "Antrag auf Erlass eines Mahnbescheids",
    "vb-antrag": "Antrag auf Erlass eines Vollstreckungsbescheids",
}
