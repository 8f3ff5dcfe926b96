"""Der Mahnplan: Fall + Konto + Stichtag -> Schritte mit Gruenden. Rein."""
