"""Compile cli/sprache/click.po to the .mo file that gettext reads. Needs the package babel."""

import pathlib

from babel.messages import mofile, pofile

SPRACHE = pathlib.Path(__file__).resolve().parent.parent / "src/mahnakte/cli/sprache"


def main() -> None:
    """Write de/LC_MESSAGES/click.mo."""
    with (SPRACHE / "click.po").open("rb") as quelle:
        katalog = pofile.read_po(quelle, locale="de")
    with (SPRACHE / "de/LC_MESSAGES/click.mo").open("wb") as ziel:
        mofile.write_mo(ziel, katalog)


if __name__ == "__main__":
    main()
