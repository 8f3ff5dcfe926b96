"""Der Mahnplan: der Fall an einem Tag -> Schritte mit Gruenden. Rein."""
