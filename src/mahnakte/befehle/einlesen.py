"""`mahnakte einlesen`: a list of open items against the Bestand; with `--uebernehmen` new cases and steps.

Each new case appears whole by one rename, with the step that keeps what the list said. What the list changes in a
standing case becomes a step. Nothing is booked: a list does not say when somebody paid.
"""

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
from mahnakte.ablage.lesen import Datei, Fallordner, read_datei, read_fallordner
from mahnakte.ablage.namen import is_aktenzeichen
from mahnakte.ablage.platte import PLATTE
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.verifizieren import BESCHAEDIGT, VORGAENGE
from mahnakte.ablage.veroeffentlichen import create_fall, publish_next
from mahnakte.ablage.ziel import create_file
from mahnakte.arten.vorgang import NACHTRAG
from mahnakte.bestand.postenabgleich import Abgleich, Auftrag, Bestandsblick, Neufall, Teilung, match_liste
from mahnakte.bestand.postenblatt import write_neufall
from mahnakte.bestand.postenfall import Fallnachtrag, as_entry, compare_fall, quote_posten
from mahnakte.bestand.postenkarte import key_of, make_postenkarte
from mahnakte.bestand.postenvorschlag import FUER_MENSCHEN
from mahnakte.bestand.postenvorschlag import Lage as Postenlage
from mahnakte.eingang.posten.lesen import draft_zuordnung, read_postenliste
from mahnakte.eingang.posten.postenliste import Offener
from mahnakte.eingang.posten.zuordnung import Zuordnung, read_zuordnung, write_zuordnung
from mahnakte.fall.jsonschema import FALL_SCHEMA
from mahnakte.fall.vorgang import Vorgangsentwurf, sha256
from mahnakte.fall.vorgangsdaten.nachtrag import Nachtragsdaten, Postenangabe
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, has_sperre, sperre, warnung
from mahnakte.grund.strict_yaml import parse_yaml
from mahnakte.grund.text import json_safe, normalize
from mahnakte.grund.worker import WorkerError
from mahnakte.werk.ergebnis import (
    ABGELEHNT,
    FERTIG,
    MIT_BEFUNDEN,
    NICHT_BEGONNEN,
    SCHADEN,
    Ergebnis,
    NichtBegonnen,
)
from mahnakte.werk.laden import Lage, find_ordner, load_fall, name_fall
from mahnakte.werk.nachtragsprobe import load_with, refuse_neue_sperren
from mahnakte.werk.posteingang import refuse_backdating
from mahnakte.werk.postenbericht import Zeile, as_json, describe
from mahnakte.werk.postenbestand import look_at_bestand
from mahnakte.werk.rechnungsdateien import read_rechnungsdatei

_LESEZEIT = 300.0  # seconds of CPU for a list of the largest size
_SCHEMAORDNER = "_schema"
_BELEGT = frozenset({*EIGENE_ORDNER, RECHT, VORGAENGE, RECHNUNGEN})
_NAME = 40
# Booking batches hold the movements of a period: what is missing there may be open all the same.
_AUSSCHNITT = "stapel"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wahl:
    """What a person says about a list.

    `teil`: it lacks items that are open. `stufen` are letters by the word that the list has for them.
    """

    zuordnung: pathlib.Path | None = None
    vorschlag: pathlib.Path | None = None
    rechnungen: pathlib.Path | None = None
    glaeubiger: str | None = None
    je: str = Teilung.KUNDE.value
    teil: bool = False
    stufen: Mapping[str, str] = dataclasses.field(default_factory=dict)


def take_posten(
    datei: pathlib.Path, bestand: pathlib.Path, wahl: Wahl, lage: Lage, herkunft: Herkunft | None
) -> Ergebnis:
    """Read a list, compare it with the cases of a Bestand; with `herkunft` write what follows from it.

    Exit code 1 when something is for a person, 2 when file, Bestand or mapping cannot be read, 3 when a case is
    refused.
    """
    try:
        gelesen = read_datei(datei)
        zuordnung = _read_mapping(wahl.zuordnung)
    except Ablehnung as ablehnung:
        raise NichtBegonnen(ablehnung.befunde) from None
    ordner, befunde = find_ordner([bestand], lage)
    if bestand in ordner:
        abhilfe = f"Den Ordner darüber angeben: {show(bestand.absolute().parent)}"
        text = "Das ist ein Fallordner; gemeint ist der Bestand, in dem die Fälle liegen."
        raise NichtBegonnen([sperre("EINLESEN_BESTAND", text, abhilfe, Stelle(show(bestand)))])
    glaeubiger = _choose_creditor(bestand, wahl.glaeubiger, lage)
    try:
        liste = _call(lage, read_postenliste, gelesen, zuordnung)
    except Ablehnung as ablehnung:
        return _refused(gelesen, ablehnung, wahl, lage)
    blick = look_at_bestand(bestand, ordner, lage)
    auftrag = Auftrag(
        glaeubiger=glaeubiger,
        quelle=f"der Liste {json_safe(gelesen.pfad.name)}",
        ganz=not wahl.teil and _AUSSCHNITT not in liste.profil.casefold(),
        teilung=Teilung(wahl.je),
        stufe_of=functools.partial(_find_stufe, stufen=wahl.stufen),
    )
    abgleich = match_liste(liste, blick, auftrag)
    uebernahme = _Uebernahme(
        bestand, blick, abgleich, auftrag, lage, _read_invoices(wahl.rechnungen, abgleich, lage)
    )
    zeilen = tuple(uebernahme.run(herkunft))
    alle = (*befunde, *liste.befunde, *_unseen(blick), *(b for zeile in zeilen for b in zeile.befunde))
    abgelehnt = [befund for zeile in zeilen for befund in zeile.befunde]
    schaden = any(befund.code == BESCHAEDIGT for befund in abgelehnt)
    schlimmstes = SCHADEN if schaden else ABGELEHNT if abgelehnt else FERTIG
    fragt = any(v.lage in FUER_MENSCHEN or v.lage is Postenlage.GEFRAGT for v in abgleich.vorschlaege)
    return Ergebnis(
        as_json(gelesen, lage, liste, abgleich, zeilen, herkunft is not None),
        tuple(describe(gelesen, liste, abgleich, zeilen, herkunft is not None)),
        alle,
        max(schlimmstes, MIT_BEFUNDEN if fragt else FERTIG),
    )


def _call(lage: Lage, lesen: Any, datei: Datei, *weitere: Any) -> Any:
    try:
        return lage.werkstatt.call(lesen, datei.inhalt, show(datei.pfad), *weitere, seconds=_LESEZEIT)
    except WorkerError as fehler:
        text = f"Die Datei konnte nicht gelesen werden: {fehler}"
        abhilfe = "Die Liste neu ausgeben, in Teilen, wenn sie sehr groß ist."
        raise Ablehnung(sperre("EINLESEN_ABGEBROCHEN", text, abhilfe, Stelle(show(datei.pfad)))) from fehler


def _read_mapping(pfad: pathlib.Path | None) -> Zuordnung | None:
    return None if pfad is None else read_zuordnung(read_datei(pfad).inhalt, show(pfad))


def _choose_creditor(bestand: pathlib.Path, genannt: str | None, lage: Lage) -> str:
    """Return whose items the list has: the creditor named, or the only one there is; raise NichtBegonnen."""
    alle = lage.einstellungen_for(bestand / "_")[0].glaeubiger
    if genannt in alle:
        return genannt or ""
    if genannt is None and len(alle) == 1:
        return next(iter(alle))
    text = f"Den Gläubiger „{genannt}“ gibt es nicht." if genannt else "Der Bestand hat mehrere Gläubiger."
    abhilfe = f"Mit --glaeubiger angeben, wessen Posten es sind: {', '.join(alle)}."
    raise NichtBegonnen([sperre("EINLESEN_GLAEUBIGER", text, abhilfe, Stelle(show(bestand / EINSTELLUNGEN)))])


def _find_stufe(wort: str, stufen: Mapping[str, str]) -> str | None:
    """Return the letter that a word of the list means, as a person has said; a bare level is none."""
    return stufen.get(" ".join(wort.split()).casefold())


def _unseen(blick: Bestandsblick) -> Iterator[Befund]:
    if blick.ungelesene:
        namen = ", ".join(map(json_safe, sorted(blick.ungelesene)))
        text = f"Diese Fälle lassen sich nicht lesen; was dort steht, ist nicht verglichen: {namen}"
        abhilfe = "Sie mit „mahnakte pruefen“ ansehen und in Ordnung bringen."
        yield warnung("EINLESEN_UNGESEHEN", text, abhilfe)


def _refused(datei: Datei, ablehnung: Ablehnung, wahl: Wahl, lage: Lage) -> Ergebnis:
    """Show what the columns of an unknown list probably mean; write it down where a person asks for it."""
    daten: dict[str, Any] = {"datei": show(datei.pfad), "zuordnung": None}
    zeilen = ["Nichts gelesen."]
    if ablehnung.befund.code == "POSTENSPALTEN_UNBESTAETIGT":
        entwurf = _call(lage, draft_zuordnung, datei)
        text = write_zuordnung(entwurf.zuordnung)
        daten["zuordnung"] = dict(entwurf.zuordnung.spalten)
        zeilen = ["Vorschlag für die Zuordnung der Spalten; bitte ansehen:", "", *text.decode().splitlines()]
        zeilen += ["", *(f"Zu prüfen: {frage}" for frage in entwurf.fragen)]
        zeilen += [f"Nicht gelesen wird: {', '.join(entwurf.ungelesen)}"] if entwurf.ungelesen else []
        if wahl.vorschlag is not None:
            try:
                create_file(wahl.vorschlag, text)
            except Ablehnung as fehler:
                raise NichtBegonnen(fehler.befunde) from None
            zeilen.append(f"Geschrieben: {show(wahl.vorschlag)}; angeben mit --zuordnung")
    return Ergebnis(daten, tuple(zeilen), ablehnung.befunde, NICHT_BEGONNEN)


def _read_invoices(ordner: pathlib.Path | None, abgleich: Abgleich, lage: Lage) -> dict[str, Datei]:
    """Return the e-invoices of a folder by the key of their number, for the numbers that new cases have."""
    if ordner is None:
        return {}
    gesucht = {key_of(posten.nummer) for neu in abgleich.neue for posten in neu.posten}
    gefunden: dict[str, Datei] = {}
    try:
        eintraege = sorted(PLATTE.scan(ordner), key=lambda eintrag: eintrag.name)
    except OSError:
        abhilfe = "Den Ordner angeben, in dem die Rechnungen liegen."
        stelle = Stelle(show(ordner))
        raise NichtBegonnen(
            [sperre("EINLESEN_RECHNUNGEN", "Diesen Ordner gibt es nicht.", abhilfe, stelle)]
        ) from None
    for eintrag in eintraege:
        if pathlib.PurePath(eintrag.name).suffix.lower() not in (".xml", ".pdf"):
            continue
        try:
            datei = read_datei(ordner / eintrag.name)
        except Ablehnung:
            continue  # named by nobody: what cannot be read is no invoice of the list
        rechnung = read_rechnungsdatei(datei, lage.werkstatt).rechnung
        if rechnung is not None and rechnung.nummer and key_of(rechnung.nummer) in gesucht:
            gefunden.setdefault(key_of(rechnung.nummer), datei)
    return gefunden


class _Uebernahme:
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
