"""A case as of a day. Rules take it instead of the pair, so that nobody can forget the day.

What is derived from it is computed once: `once` keeps the answer of a question with the Sachstand it was asked of.
"""

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable, Hashable, Iterator
from typing import Concatenate, ParamSpec, TypeVar

from mahnakte.fall.fall import Fall
from mahnakte.recht.rechtsstand import Rechtsstand

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Sachstand:
    """A case and the day that counts (`stichtag`); what happened later does not count yet.

    Two of them are never equal, however alike: each keeps its own answers.
    """

    fall: Fall
    stichtag: dt.date
    _antworten: dict[Hashable, object] = dataclasses.field(default_factory=dict, init=False, repr=False)

    @property
    def recht(self) -> Rechtsstand:
        """Return the law in force for the case."""
        return self.fall.recht

    def mit(self, fall: Fall) -> "Sachstand":
        """Return the state of another case, or of a part of this one, on the same day."""
        return self if fall is self.fall else Sachstand(fall, self.stichtag)

    def am(self, tag: dt.date) -> "Sachstand":
        """Return the state of the same case on another day."""
        return self if tag == self.stichtag else Sachstand(self.fall, tag)


def once(frage: Callable[Concatenate[Sachstand, _P], _T]) -> Callable[Concatenate[Sachstand, _P], _T]:
    """Make a question to a Sachstand that is answered once; further arguments are part of the question.

    Answers must be immutable. A refusal is no answer: it is raised anew each time.
    """

    @functools.wraps(frage)
    def answer(sachstand: Sachstand, /, *weitere: _P.args, **benannte: _P.kwargs) -> _T:
        schluessel = (frage, weitere, tuple(benannte.items()))
        antworten = sachstand._antworten
        if schluessel not in antworten:
            antwort = frage(sachstand, *weitere, **benannte)
            if isinstance(antwort, Iterator):
                raise TypeError(f"{frage.__name__} gibt seine Antwort nur einmal her")
            antworten[schluessel] = antwort
        return antworten[schluessel]  # type: ignore[return-value]

    return answer
