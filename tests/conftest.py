"""What all tests share: the reference files beside the project, and the project's own fixtures."""

import os
import pathlib
import tempfile
from collections.abc import Iterator

import pytest

from mahnakte.grund.worker import WorkerPool

WURZEL = pathlib.Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def _own_cache() -> Iterator[None]:
    """The tests leave the user's cache folder alone, and do not find there what earlier ones have left."""
    vorher = {name: os.environ.get(name) for name in ("XDG_CACHE_HOME", "LOCALAPPDATA")}
    with tempfile.TemporaryDirectory() as ordner:
        os.environ.update(dict.fromkeys(vorher, ordner))
        yield
    for name, wert in vorher.items():
        if wert is None:
            del os.environ[name]
        else:
            os.environ[name] = wert


@pytest.fixture(scope="session")
def werkstatt() -> Iterator[WorkerPool]:
    """Return children for documents and foreign files, started once for all tests: a start costs more than a letter."""
    with WorkerPool(2) as pool:
        yield pool


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
