"""What all tests share: the reference files beside the project, and the project's own fixtures."""

import pathlib

import pytest

WURZEL = pathlib.Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> pathlib.Path:
    """Return the folder of reference files (law tables, public invoices, court files) or skip."""
    ordner = WURZEL.parent / "shared"
    if not ordner.is_dir():
        pytest.skip("die Referenzdateien (../shared) liegen hier nicht neben dem Projekt")
    return ordner


@pytest.fixture(scope="session")
def fixtures() -> pathlib.Path:
    """Return the project's own fixtures."""
    return WURZEL / "fixtures"
