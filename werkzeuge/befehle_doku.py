"""Write docs/befehle.md anew from the commands' own help, so that it cannot tell anything else."""

import pathlib
import sys

import click

WURZEL = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(WURZEL / "src"))

from mahnakte.cli.haupt import BEFEHLE, mahnakte_cli  # noqa: E402 - the path above comes first

KOPF = """# Befehle

Diese Seite entsteht aus den Hilfetexten: `python werkzeuge/befehle_doku.py`. Rückgabewerte und JSON: [README](../README.md).
"""

# Commands whose many kinds have a table on a page of their own.
EIGENE_SEITE = {"erfassen": "erfassen.md"}


def write_page() -> str:
    """Return the whole page."""
    oben = click.Context(mahnakte_cli, info_name="mahnakte", max_content_width=100, terminal_width=100)
    teile = [KOPF]
    for name in BEFEHLE:
        command = mahnakte_cli.get_command(oben, name)
        assert command is not None
        teile += write_command(command, click.Context(command, parent=oben, info_name=name))
    return "\n".join(teile)


def write_command(command: click.Command, kontext: click.Context) -> list[str]:
    """Return the section of one command and of those below it."""
    teile = [f"## {kontext.command_path}\n", "```text", command.get_help(kontext), "```\n"]
    if kontext.info_name in EIGENE_SEITE:
        return [
            *teile,
            f"Die Angaben jeder ART: [{EIGENE_SEITE[kontext.info_name]}]({EIGENE_SEITE[kontext.info_name]})\n",
        ]
    if isinstance(command, click.Group):
        for name in command.list_commands(kontext):
            unter = command.get_command(kontext, name)
            assert unter is not None
            teile += write_command(unter, click.Context(unter, parent=kontext, info_name=name))
    return teile


if __name__ == "__main__":
    (WURZEL / "docs" / "befehle.md").write_text(write_page(), encoding="utf-8")
