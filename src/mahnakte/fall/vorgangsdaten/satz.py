"""What all records of a step share: read from `daten`, written back with every key that a newer program added."""

import dataclasses
from collections.abc import Mapping
from typing import Any, Self

from mahnakte.fall.vorgangsdaten.form import Form, KeinVorgang, read_mapping

SCHEMA = "mahnakte/vorgang/1"
# What a reader of the first edition would overlook or misread: it refuses the case at an unknown schema instead.
SCHEMA_2 = "mahnakte/vorgang/2"
SCHEMAS = (SCHEMA, SCHEMA_2)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Satz:
    """A group of keys. A field with metadata (form.angabe) is a key of that name; None: it does not stand there."""

    @classmethod
    def read(cls, felder: Mapping[str, Any]) -> Self:
        """Return the record of these keys; unknown ones are passed over. Raises KeinVorgang."""
        werte: dict[str, Any] = {}
        for schluessel in _keys(cls):
            name = schluessel.name
            if name not in felder:
                if schluessel.noetig:
                    raise KeinVorgang(f"der Schlüssel {name} fehlt")
                continue
            if felder[name] is None and schluessel.mit:
                continue
            try:
                werte[name] = schluessel.form.read(felder[name])
            except KeinVorgang as grund:
                raise KeinVorgang(f"{name}: {grund}") from None
        return cls(**werte)

    def as_daten(self) -> dict[str, Any]:
        """Return the keys as JSON holds them."""
        daten: dict[str, Any] = {}
        for schluessel in _keys(type(self)):
            wert = getattr(self, schluessel.name)
            if wert is not None:
                daten[schluessel.name] = schluessel.form.write(wert)
            elif schluessel.mit and getattr(self, schluessel.mit) is not None:
                daten[schluessel.name] = None
        return daten


@dataclasses.dataclass(frozen=True, slots=True)
class _Schluessel:
    """A key of a record; `mit` is the key beside which it always stands, `noetig`: no step lacks it."""

    name: str
    form: Form
    mit: str | None
    noetig: bool


_KEYS: dict[type, tuple[_Schluessel, ...]] = {}  # of each record, found once: thousands of steps are read


def _keys(art: type[Satz]) -> tuple[_Schluessel, ...]:
    if art not in _KEYS:
        _KEYS[art] = tuple(
            _Schluessel(f.name, f.metadata["form"], f.metadata["mit"], f.default is dataclasses.MISSING)
            for f in dataclasses.fields(art)
            if f.metadata
        )
    return _KEYS[art]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Vorgangsdaten(Satz):
    """What one step says. `rest` are keys that this version does not know; they are kept as they stand."""

    rest: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @classmethod
    def read(cls, felder: Mapping[str, Any]) -> Self:
        """Return the record of these keys, unknown ones under `rest`. Raises KeinVorgang."""
        satz = super(Vorgangsdaten, cls).read(felder)
        rest = felder.keys() - {schluessel.name for schluessel in _keys(cls)}
        return dataclasses.replace(satz, rest={name: felder[name] for name in rest}) if rest else satz

    def as_daten(self) -> dict[str, Any]:
        """Return `daten` as JSON holds them."""
        return {**self.rest, **super(Vorgangsdaten, self).as_daten()}

    @property
    def schema(self) -> str:
        """Return the schema that the entry carries: the second where a first edition would overlook what it says."""
        return SCHEMA_2 if self._is_new() else SCHEMA

    def _is_new(self) -> bool:
        return False


def als_satz(art: type[Satz], name: str) -> Form:
    """Return the form of a group of keys within `daten`."""
    return Form(name, lambda wert: art.read(read_mapping(wert)), lambda satz: satz.as_daten())
