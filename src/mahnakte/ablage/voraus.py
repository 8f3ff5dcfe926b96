"""Reading ahead: on a network drive the waiting of several cases overlaps, their order stays."""

import collections
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_E = TypeVar("_E")
_A = TypeVar("_A")

ZUGLEICH = 8


def read_ahead(read: Callable[[_E], _A], werte: Iterable[_E], zugleich: int = ZUGLEICH) -> Iterator[_A]:
    """Yield `read(wert)` in the order of `werte`, at most `zugleich` of them read before they are asked for.

    What `read` raises is raised where its result would have come.
    """
    offen: collections.deque[Future[_A]] = collections.deque()
    with ThreadPoolExecutor(zugleich) as pool:
        try:
            for wert in werte:
                offen.append(pool.submit(read, wert))
                if len(offen) >= zugleich:
                    yield offen.popleft().result()
            while offen:
                yield offen.popleft().result()
        finally:
            for auftrag in offen:
                auftrag.cancel()
