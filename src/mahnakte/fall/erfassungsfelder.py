"""The keys of a fact as options: read from its record, so that nobody keeps a second list of them.

A group of keys (`betraege:` of a title) becomes one option for each of its keys (`betraege.hauptforderung`); a list
of groups (`raten:`) one option that may stand several times, with the keys of a group joined by `=`.
"""

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic.fields import FieldInfo

from mahnakte.arten.ereignis import EREIGNISARTEN
from mahnakte.fall import typen
from mahnakte.fall.erfassung import BELEG, EREIGNISSE, Angaben, Tatsachenart
from mahnakte.fall.partei import Angabe

# What to write for a value, by the reader of its type.
_FORMEN = {
    typing.get_args(typ)[1]: form
    for typ, form in (
        (typen.Datum, "TAG"),
        (typen.Betrag, "BETRAG"),
        (typen.PositiverBetrag, "BETRAG"),
        (typen.Zahl, "ZAHL"),
        (typen.Ganzzahl, "NR"),
        (typen.JaNein, "ja|nein"),
        (typen.Kennung, "KENNUNG"),
        (typen.Pfad, "PFAD"),
    )
}


@dataclasses.dataclass(frozen=True, slots=True)
class Feld:
    """One key of a fact: its path in the record, whether it must be there, what to write, what it means.

    `mehrfach`: it is a list, written once for each of its entries; `teile` are the keys of such an entry.
    """

    weg: tuple[str, ...]
    noetig: bool
    form: str
    sinn: str
    mehrfach: bool = False
    teile: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the key as one word: `am`, `betraege-hauptforderung`."""
        return "-".join(teil.replace("_", "-") for teil in self.weg)


def list_felder(art: Tatsachenart) -> tuple[Feld, ...]:
    """Return the keys of a kind of fact, the necessary ones first; its proof is named otherwise."""
    felder = (feld for feld in _fields(art.record) if feld.weg[0] not in (*art.fest, BELEG))
    if art.liste == EREIGNISSE:
        ereignis = EREIGNISARTEN[art.wort]
        erlaubt = {"am", "schuldner", *ereignis.pflicht, *ereignis.erlaubt}
        felder = (
            dataclasses.replace(feld, noetig=feld.noetig or feld.weg[0] in ereignis.pflicht)
            for feld in felder
            if feld.weg[0] in erlaubt
        )
    return tuple(sorted(felder, key=lambda feld: not feld.noetig))


def as_angaben(felder: Sequence[Feld], werte: Mapping[str, Any]) -> Angaben:
    """Return the keys as fall.yaml holds them from the texts of the options, by name; what is None is left out.

    A group with too few or too many parts keeps them under keys that the reader refuses by name.
    """
    angaben: dict[str, Any] = {}
    for feld in felder:
        wert = werte.get(feld.name)
        if wert is None or wert == ():
            continue
        gruppe = angaben
        for teil in feld.weg[:-1]:
            gruppe = gruppe.setdefault(teil, {})
        gruppe[feld.weg[-1]] = _split(feld, wert) if feld.mehrfach else wert
    return angaben


def _split(feld: Feld, werte: Sequence[str]) -> list[Any]:
    if not feld.teile:
        return list(werte)
    eintraege = []
    for text in werte:
        teile = text.split("=", len(feld.teile) - 1)
        eintraege.append(dict(zip(feld.teile, teile, strict=False)))
    return eintraege


def _fields(record: type[Angabe], weg: tuple[str, ...] = (), noetig: bool = True) -> Iterator[Feld]:
    hinweise = typing.get_type_hints(record, include_extras=True)
    for feld in dataclasses.fields(record):
        if feld.name == "stelle":
            continue
        pflicht = noetig and feld.default is feld.default_factory is dataclasses.MISSING
        yield from _options((*weg, feld.name), _Typ.of(hinweise[feld.name]), pflicht)


def _options(weg: tuple[str, ...], typ: "_Typ", pflicht: bool) -> Iterator[Feld]:
    if typ.record is None:
        yield Feld(weg, pflicht, typ.form, typ.sinn, typ.mehrfach)
    elif not typ.mehrfach:
        yield from _fields(typ.record, weg, pflicht)
    else:
        teile = tuple(_fields(typ.record))
        if all(teil.noetig and len(teil.weg) == 1 and not teil.mehrfach for teil in teile):
            form = "=".join(teil.form for teil in teile)
            yield Feld(weg, pflicht, form, typ.sinn, True, tuple(teil.weg[0] for teil in teile))
        # A list of larger groups (`massnahmen:` of a title) is recorded one by one, as a kind of its own.


@dataclasses.dataclass(slots=True)
class _Typ:
    """What an annotation says about a key."""

    form: str = "TEXT"
    sinn: str = ""
    mehrfach: bool = False
    record: type[Angabe] | None = None

    @classmethod
    def of(cls, annotation: Any) -> "_Typ":
        typ = cls()
        typ._read(annotation)
        return typ

    def _read(self, annotation: Any) -> None:
        ursprung = typing.get_origin(annotation)
        if ursprung is typing.Annotated:
            inhalt, *metadaten = typing.get_args(annotation)
            self._read(inhalt)
            for eines in metadaten:
                self.form = _FORMEN.get(eines, self.form) if eines.__hash__ else self.form
                if isinstance(eines, FieldInfo) and eines.description:
                    self.sinn = eines.description
        elif ursprung is typing.Literal:
            self.form = "|".join(typing.get_args(annotation))
        elif ursprung is tuple:
            self.mehrfach = True
            self._read(typing.get_args(annotation)[0])
        elif ursprung in (typing.Union, types.UnionType):
            for teil in typing.get_args(annotation):
                self._read(teil)
        elif isinstance(annotation, type) and issubclass(annotation, Angabe):
            self.record = annotation
