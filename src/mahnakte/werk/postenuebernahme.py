"""What a list of open items means, written: each new case by one rename, each change of a standing case as a step."""

import dataclasses
import functools
import hashlib
import pathlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mahnakte.ablage.entdecken import EIGENE_ORDNER, EINSTELLUNGEN, FALL_YAML, RECHNUNGEN, RECHT
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Datei, Fallordner, read_fallordner
from mahnakte.ablage.namen import is_aktenzeichen
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.verifizieren import VORGAENGE
from mahnakte.ablage.veroeffentlichen import create_fall, publish_next
from mahnakte.arten.vorgang import NACHTRAG
from mahnakte.bestand.postenabgleich import Abgleich, Auftrag, Bestandsblick, Neufall
from mahnakte.bestand.postenblatt import write_neufall
from mahnakte.bestand.postenfall import Fallnachtrag, as_entry, compare_fall, quote_posten
from mahnakte.bestand.postenkarte import key_of, make_postenkarte
from mahnakte.eingang.posten.postenliste import Offener
from mahnakte.fall.jsonschema import FALL_SCHEMA
from mahnakte.fall.vorgang import Vorgangsentwurf, sha256
from mahnakte.fall.vorgangsdaten.nachtrag import Nachtragsdaten, Postenangabe
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, has_sperre
from mahnakte.grund.strict_yaml import parse_yaml
from mahnakte.grund.text import normalize
from mahnakte.werk.laden import Lage, load_fall, name_fall
from mahnakte.werk.nachtragsprobe import load_with, refuse_neue_sperren
from mahnakte.werk.posteingang import refuse_backdating

_SCHEMAORDNER = "_schema"
_BELEGT = frozenset({*EIGENE_ORDNER, RECHT, VORGAENGE, RECHNUNGEN})
_NAME = 40


@dataclasses.dataclass(frozen=True, slots=True)
class Zeile:
    """What became of one case: its folder, whether it is new, the step, what stopped it."""

    ordner: str
    neu: bool
    nummern: tuple[str, ...]
    nr: int | None = None
    befunde: tuple[Befund, ...] = ()


class Uebernahme:
    """Writes what a list means, case by case; each stands on its own."""

    def __init__(
        self, bestand: pathlib.Path, blick: Bestandsblick, abgleich: Abgleich, auftrag: Auftrag, lage: Lage,
        rechnungen: Mapping[str, Datei],
    ) -> None:  # fmt: skip
        self._bestand = bestand
        self._abgleich = abgleich
        self._auftrag = auftrag
        self._lage = lage
        self._rechnungen = rechnungen
        self._vergeben = {
            name.casefold()
            for name in (*blick.karten, *blick.ungelesene, *(k.aktenzeichen for k in blick.karten.values()))
        }
        self._gleiche = Counter(self._plain_name(neu).casefold() for neu in abgleich.neue)
        einstellungen = lage.einstellungen_for(bestand / "_")[1]
        self._eingaben = {
            f"../{EINSTELLUNGEN}": einstellungen.sha256,
            **lage.recht_for(bestand / "_").eingaben,
        }

    def run(self, herkunft: Herkunft | None) -> Iterator[Zeile]:
        """Yield what became of each case; without `herkunft` what would."""
        for neu in self._abgleich.neue:
            yield self._make(neu, herkunft)
        for ordner in self._abgleich.nachtraege:
            yield self._add(ordner, herkunft)

    # --- new cases -------------------------------------------------------------------------------------

    def _plain_name(self, neu: Neufall) -> str:
        teile = [
            neu.kunde or neu.posten[0].nummer,
            neu.vertrag,
            str(neu.faelle_davor + 1) if neu.faelle_davor else "",
        ]
        return re.sub(r"[^A-Za-z0-9_-]+", "-", normalize("-".join(t for t in teile if t))).strip("-_")[:_NAME]

    def _name(self, neu: Neufall) -> str:
        """Return the folder of a new case: the customer's number, with a short hash where another could have it."""
        name = self._plain_name(neu)
        kern = neu.kunde or neu.posten[0].nummer
        eindeutig = self._gleiche[name.casefold()] == 1 and name.casefold() not in self._vergeben | _BELEGT
        if eindeutig and is_aktenzeichen(name) and name.startswith(re.sub(r"[^A-Za-z0-9_-]+", "-", kern)[:3]):
            return name
        rest = hashlib.sha256(repr((self._auftrag.glaeubiger, kern, neu.vertrag)).encode()).hexdigest()[:8]
        return f"{name[: _NAME - 9] or 'K'}-{rest}"

    def _make(self, neu: Neufall, herkunft: Herkunft | None) -> Zeile:
        name = self._name(neu)
        nummern = tuple(posten.nummer for posten in neu.posten)
        dateien, verweise = self._take_invoices(neu.posten)
        inhalt = write_neufall(
            name, neu, self._auftrag, self._lage.stichtag, verweise, f"../{_SCHEMAORDNER}/{FALL_SCHEMA}"
        )
        entwurf = Vorgangsentwurf(
            aktenzeichen=name,
            art=NACHTRAG.wort,
            stichtag=self._lage.stichtag,
            anlass=f"angelegt aus {self._auftrag.quelle}",
            eingaben={
                FALL_YAML: sha256(inhalt),
                **self._eingaben,
                **{n: sha256(b) for n, b in dateien.items()},
            },
            daten=_as_daten({}, tuple(quote_posten(posten) for posten in neu.posten), ""),
        )
        if herkunft is None:
            return Zeile(name, True, nummern)
        try:
            create_fall(self._bestand / name, {**dateien, FALL_YAML: inhalt}, entwurf, herkunft)
        except Ablehnung as ablehnung:
            return Zeile(name, True, nummern, None, ablehnung.befunde)
        return Zeile(name, True, nummern, 1)

    def _take_invoices(self, posten: Iterable[Offener]) -> tuple[dict[str, bytes], dict[str, str]]:
        dateien: dict[str, bytes] = {}
        verweise: dict[str, str] = {}
        for einer in posten:
            if datei := self._rechnungen.get(key_of(einer.nummer)):
                verweis = f"{RECHNUNGEN}/{normalize(datei.pfad.name)}"
                dateien[verweis] = datei.inhalt
                verweise[einer.nummer] = verweis
        return dateien, verweise

    # --- standing cases --------------------------------------------------------------------------------

    def _add(self, ordner: str, herkunft: Herkunft | None) -> Zeile:
        pfad = self._bestand / ordner
        nummern = tuple(posten.nummer for posten in self._abgleich.nachtraege[ordner].posten)
        gelesen = read_fallordner(pfad)
        plan = functools.partial(self._draft, ordner)
        try:
            if herkunft is None:
                plan(gelesen)
                return Zeile(ordner, False, nummern)
            vorgang = publish_next(gelesen, plan, herkunft)
        except Ablehnung as ablehnung:
            return Zeile(ordner, False, nummern, None, name_fall(ablehnung.befunde, pfad))
        return Zeile(ordner, False, nummern, vorgang.nr if vorgang else None)

    def _draft(self, ordner: str, gelesen: Fallordner) -> Vorgangsentwurf | None:
        """Return the step for the case as it stands now, or None when nothing is left to add. Raises Ablehnung."""
        vorher = load_fall(gelesen, self._lage)
        if vorher.schaden or vorher.fall is None or vorher.sachstand is None:
            raise Ablehnung(*(befund for befund in vorher.befunde if has_sperre([befund])))
        refuse_backdating(vorher.sachstand, Stelle(show(gelesen.pfad)))
        karte = make_postenkarte(parse_yaml(gelesen.fall_yaml or b"", FALL_YAML), gelesen.vorgaenge.vorgaenge)
        offene = self._abgleich.verteilt.get(ordner, ())
        nachtrag = compare_fall(karte, offene, ordner, self._auftrag, self._abgleich.genannte)
        if not nachtrag.eintraege:
            return None
        entwurf = Vorgangsentwurf(
            aktenzeichen=vorher.fall.aktenzeichen,
            art=NACHTRAG.wort,
            stichtag=self._lage.stichtag,
            anlass=f"offene Posten aus {self._auftrag.quelle}",
            eingaben=vorher.fall.eingaben,
            daten=_as_daten(self._entries(nachtrag), nachtrag.posten, str(gelesen.vorgaenge.kopf_nr + 1)),
        )
        refuse_neue_sperren(vorher, load_with(gelesen, entwurf, self._lage))
        return entwurf

    def _entries(self, nachtrag: Fallnachtrag) -> dict[str, Any]:
        tag = self._lage.stichtag
        return {
            name: [as_entry(eintrag, tag) for eintrag in werte] for name, werte in nachtrag.eintraege.items()
        }


def _as_daten(listen: Mapping[str, Any], posten: Sequence[Postenangabe], lauf: str) -> Nachtragsdaten:
    kern = hashlib.sha256(repr((sorted(map(repr, posten)), lauf)).encode()).hexdigest()
    return Nachtragsdaten(**listen, posten=tuple(posten), schluessel=f"posten:{kern}")
