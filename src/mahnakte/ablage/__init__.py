"""Der einzige Raum, der auf die Platte schreibt."""
