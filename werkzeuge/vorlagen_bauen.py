"""Make the letters in templates/letters/, to be edited in Word afterwards. Run by hand: `python werkzeuge/vorlagen_bauen.py`.

Form: DIN 5008, A or B by the letter's own condition (vorlagen_bausteine.py). Wording: the other vorlagen_*.py.
"""

import vorlagen_absprache
import vorlagen_antworten
import vorlagen_besondere
import vorlagen_inkasso
import vorlagen_mahnung
from vorlagen_bausteine import BRIEFE, ZIEL, build

# Each of them registers the letters it words.
WORTLAUT = (vorlagen_mahnung, vorlagen_inkasso, vorlagen_absprache, vorlagen_antworten, vorlagen_besondere)


def main() -> None:
    """Write all letters."""
    ZIEL.mkdir(parents=True, exist_ok=True)
    for name, (titel, koerper) in BRIEFE.items():
        (ZIEL / f"{name}.docx").write_bytes(build(titel, koerper()))
        print(name)


if __name__ == "__main__":
    main()
