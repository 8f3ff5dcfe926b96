"""How far a long command is: on a terminal a line that renews itself, for a scheduler a quiet line now and then.

Goes to stderr, so that results stay clean; short work says nothing.
"""

import sys
import time
from collections.abc import Callable

_STILLE = 2.0  # seconds before anything is said
_TAKT = 0.25  # between two updates on a terminal
_MINUTE = 60.0  # between two lines for a log


class Fortschritt:
    """Writes the number of cases done; ask it as often as you like. `uhr` and `schreiben` are for tests."""

    def __init__(
        self,
        am_bildschirm: bool,
        schreiben: Callable[[str], object],
        uhr: Callable[[], float] = time.monotonic,
    ) -> None:
        self._am_bildschirm = am_bildschirm
        self._schreiben = schreiben
        self._uhr = uhr
        self._anfang: float | None = None
        self._zuletzt = 0.0
        self._breite = 0

    def __call__(self, fertig: int, zahl: int) -> None:
        """Say that so many of so many are done."""
        jetzt = self._uhr()
        if self._anfang is None or fertig == 0:
            self._anfang = self._zuletzt = jetzt
        if fertig >= zahl:
            self._clear()
            return
        abstand = _TAKT if self._am_bildschirm else _MINUTE
        if jetzt - self._anfang < _STILLE or jetzt - self._zuletzt < abstand:
            return
        self._zuletzt = jetzt
        self._show(f"{fertig} von {zahl} Fällen{_rest(jetzt - self._anfang, fertig, zahl)}")

    def _show(self, text: str) -> None:
        if self._am_bildschirm:
            self._schreiben(f"\r{text.ljust(self._breite)}")
            self._breite = len(text)
        else:
            self._schreiben(f"{text}\n")

    def _clear(self) -> None:
        if self._breite:
            self._schreiben(f"\r{' ' * self._breite}\r")
            self._breite = 0


def _rest(vergangen: float, fertig: int, zahl: int) -> str:
    """Return the time that is left, roughly: nobody needs seconds of an estimate."""
    if not fertig:
        return ""
    sekunden = vergangen / fertig * (zahl - fertig)
    if sekunden < 60:
        return ", noch unter 1 Minute"
    minuten = round(sekunden / 60)
    return f", noch etwa {minuten} {'Minute' if minuten == 1 else 'Minuten'}"


def make_fortschritt() -> Callable[[int, int], None]:
    """Return what reports to stderr, as it is connected."""
    strom = sys.stderr
    if strom is None:  # started without a console
        return lambda _fertig, _zahl: None

    def schreiben(text: str) -> None:
        strom.write(text)
        strom.flush()

    return Fortschritt(strom.isatty(), schreiben)
