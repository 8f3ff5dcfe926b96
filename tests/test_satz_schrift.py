"""The private font folder is made once, however many threads ask for it at the same moment."""

import threading

from mahnakte.satz import schrift


def test_eight_threads_get_one_folder() -> None:
    for gemerkt in (schrift.fontconfig_file, schrift.temporary_folder):
        gemerkt.cache_clear()  # type: ignore[attr-defined] # offered for this test
    start = threading.Barrier(8)
    antworten: list[str] = []
    fehler: list[Exception] = []

    def ask() -> None:
        start.wait()
        try:
            antworten.append(schrift.fontconfig_file())
        except OSError as grund:
            fehler.append(grund)

    faeden = [threading.Thread(target=ask) for _ in range(8)]
    for faden in faeden:
        faden.start()
    for faden in faeden:
        faden.join()
    assert not fehler
    assert len(set(antworten)) == 1
