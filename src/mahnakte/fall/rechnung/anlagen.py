"""The files that a PDF carries, wherever they hang: everything that can be reached from its catalogue is looked at.

Generators put the invoice into name trees of any depth, into /AF of the catalogue or of a page, into annotations,
under /UF, /F, /Unix, /DOS or /Mac (ISO 32000-2, 7.11.3 and 7.11.4). Names say nothing; what a file is, its first
element says.
"""

import dataclasses
import zlib
from collections import deque
from collections.abc import Iterator
from typing import Any

import pypdf
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from mahnakte.fall.rechnung.xmlkopf import first_element

MAX_OBJEKTE = 50_000  # objects of one PDF that are looked at
MAX_ANLAGEN = 200  # enclosed files whose beginning is read
ANFANG = 65_536  # bytes of an enclosed file that show what it is

_NAMEN = ("/UF", "/F", "/Unix", "/DOS", "/Mac", "/Desc")


@dataclasses.dataclass(frozen=True, slots=True)
class Eingebettet:
    """One enclosed file: its name, the first element of its XML (None: no XML) and its stream."""

    name: str
    element: str | None
    strom: StreamObject


@dataclasses.dataclass(frozen=True, slots=True)
class Fund:
    """The enclosed files of a PDF. `alle` is False where a limit ended the search."""

    dateien: tuple[Eingebettet, ...]
    alle: bool


def find_dateien(leser: pypdf.PdfReader) -> Fund:
    """Return what the PDF carries. Raises what pypdf raises; a reader that is not strict skips broken objects."""
    gang = _Gang(leser)
    dateien: list[Eingebettet] = []
    for name, strom in gang.streams():
        if len(dateien) == MAX_ANLAGEN:
            return Fund(tuple(dateien), alle=False)
        dateien.append(Eingebettet(name, _look_at(strom), strom))
    return Fund(tuple(dateien), gang.zu_ende)


class _Gang:
    """One walk over the objects of a PDF, the nearest to the catalogue first, each once: loops end by themselves."""

    def __init__(self, leser: pypdf.PdfReader) -> None:
        self._leser = leser
        self._gesehen: set[tuple[int, int]] = set()
        self._stroeme: set[int] = set()
        self.zu_ende = True

    def streams(self) -> Iterator[tuple[str, StreamObject]]:
        """Yield name and stream of each enclosed file; those of the catalogue's name trees come first."""
        katalog = self._leser.root_object
        yield from self._walk(katalog.get("/Names"))
        yield from self._walk(katalog)

    def _walk(self, anfang: Any) -> Iterator[tuple[str, StreamObject]]:
        schlange: deque[Any] = deque([anfang])
        while schlange:
            objekt = self._resolve(schlange.popleft())
            if isinstance(objekt, DictionaryObject):
                yield from self._streams_of(objekt)
                schlange.extend(wert for name, wert in objekt.items() if name != "/Parent")
            elif isinstance(objekt, ArrayObject):
                schlange.extend(objekt)

    def _streams_of(self, angabe: DictionaryObject) -> Iterator[tuple[str, StreamObject]]:
        """Yield the streams of a file specification; all spellings, for they need not be the same file."""
        fassungen = self._peek(angabe.get("/EF"))
        if not isinstance(fassungen, DictionaryObject):
            return
        name = next((str(angabe[schluessel]) for schluessel in _NAMEN if schluessel in angabe), "")
        for fassung in fassungen.values():
            strom = self._peek(fassung)
            if isinstance(strom, StreamObject) and id(strom) not in self._stroeme:
                self._stroeme.add(id(strom))
                yield name, strom

    def _resolve(self, objekt: Any) -> Any:
        """Return the object that is meant, None where it was seen before or the limit is reached."""
        if not isinstance(objekt, IndirectObject):
            return objekt
        schluessel = (objekt.idnum, objekt.generation)
        if schluessel in self._gesehen:
            return None
        if len(self._gesehen) >= MAX_OBJEKTE:
            self.zu_ende = False
            return None
        self._gesehen.add(schluessel)
        return self._peek(objekt)

    def _peek(self, objekt: Any) -> Any:
        if not isinstance(objekt, IndirectObject):
            return objekt
        try:
            return objekt.get_object()
        except MemoryError:
            raise
        except Exception:
            if self._leser.strict:
                raise
            return None  # the finding about the lenient reading says that something is broken


def _look_at(strom: StreamObject) -> str | None:
    try:
        return first_element(_beginning(strom))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whether the damage matters shows when the file is read as a whole
        return None


def _beginning(strom: StreamObject) -> bytes:
    if _is_plain_flate(strom):
        return zlib.decompressobj().decompress(strom._data, ANFANG)
    return bytes(strom.get_data()[:ANFANG])


def _is_plain_flate(strom: StreamObject) -> bool:
    """Tell whether the stream is deflated and nothing else."""
    return strom.get("/Filter") in ("/FlateDecode", ["/FlateDecode"]) and "/DecodeParms" not in strom


def inflate(strom: StreamObject, hoechstens: int) -> bytes:
    """Return the bytes of an enclosed file, verified by the check sum at the end of the compressed stream.

    pypdf itself cuts that sum off when it does not fit and returns the altered bytes: then a flipped bit
    changes an amount and nobody notices. Raises LimitReachedError above `hoechstens` bytes.
    """
    entpacker = zlib.decompressobj() if _is_plain_flate(strom) else None
    inhalt = entpacker.decompress(strom._data, hoechstens + 1) if entpacker else bytes(strom.get_data())
    if len(inhalt) > hoechstens:
        raise LimitReachedError(f"more than {hoechstens} bytes")
    if entpacker and not entpacker.eof:
        raise zlib.error("the stream ends before its check sum")
    return inhalt
