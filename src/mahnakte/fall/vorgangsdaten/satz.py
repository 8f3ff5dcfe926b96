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
        for feld in dataclasses.fields(cls):
            if not feld.metadata or feld.name not in felder:
                continue
            form: Form = feld.metadata["form"]
            if felder[feld.name] is None and feld.metadata["mit"]:
                continue
            try:
                werte[feld.name] = form.read(felder[feld.name])
            except KeinVorgang as grund:
                raise KeinVorgang(f"{feld.name}: {grund}") from None
        fehlend = [
            feld.name
            for feld in dataclasses.fields(cls)
            if feld.default is dataclasses.MISSING
            and feld.default_factory is dataclasses.MISSING
            and feld.name not in werte
        ]
        if fehlend:
            raise KeinVorgang(f"der Schlüssel {fehlend[0]} fehlt")
        return cls(**werte)

    def as_daten(self) -> dict[str, Any]:
        """Return the keys as JSON holds them."""
        daten: dict[str, Any] = {}
        for feld in dataclasses.fields(self):
            wert = getattr(self, feld.name)
            if feld.metadata and wert is not None:
                daten[feld.name] = feld.metadata["form"].write(wert)
            elif feld.metadata and feld.metadata["mit"] and getattr(self, feld.metadata["mit"]) is not None:
                daten[feld.name] = None
        return daten


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Vorgangsdaten(Satz):
    """What one step says. `rest` are keys that this version does not know; they are kept as they stand."""

    rest: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @classmethod
    def read(cls, felder: Mapping[str, Any]) -> Self:
        """Return the record of these keys, unknown ones under `rest`. Raises KeinVorgang."""
        bekannte = {feld.name for feld in dataclasses.fields(cls) if feld.metadata}
        rest = {name: wert for name, wert in felder.items() if name not in bekannte}
        return dataclasses.replace(super(Vorgangsdaten, cls).read(felder), rest=rest)

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
