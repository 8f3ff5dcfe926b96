"""`mahnakte eda nachrichten`: what the dunning court reports, per case; accepted, each report becomes a step."""

import dataclasses
import functools
import pathlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mahnakte.ablage.entdecken import EINSTELLUNGEN, FALL_YAML
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Datei, Fallordner, read_datei, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.antrag.angabenblatt import nachricht_werte
from mahnakte.antrag.eda.befunde import unreadable
from mahnakte.antrag.eda.nachrichten import Nachricht, read_nachrichten
from mahnakte.antrag.eda.view import format_view, view_eda
from mahnakte.bestand.verzeichnis import refuse_doubled
from mahnakte.eingang.gerichtspost import Gerichtsnachricht
from mahnakte.eingang.monierung import explain_beanstandung
from mahnakte.eingang.protokoll import match_faelle
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, has_sperre, warnung
from mahnakte.grund.worker import WorkerError
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.blaetter import make_set_blatt
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, NICHT_BEGONNEN, Ergebnis, NichtBegonnen, weigh
from mahnakte.werk.laden import Lage, find_ordner, list_aktenzeichen, load_fall
from mahnakte.werk.posteingang import propose_eingang, publish_eingang
from mahnakte.werk.quittungen import tick_off
from mahnakte.werk.yamlzeilen import yaml_lines
from mahnakte.werk.zeilensuche import find_zeile

_SEKUNDEN = 60.0


def take_nachrichten(
    datei: pathlib.Path, pfade: Iterable[pathlib.Path], lage: Lage, herkunft: Herkunft | None
) -> Ergebnis:
    """Read a court's file, match it to the cases, show what it proposes; with `herkunft` publish that as steps.

    Exit code 2 when file or paths are missing or the file is unreadable, 3 when it is no court's message or a case
    is refused.
    What nobody can interpret is shown whole.
    """
    try:
        gelesen = read_datei(datei)
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    ordner, befunde = find_ordner(pfade)
    nachrichten, bemerkt = _read(gelesen, lage)
    if bemerkt:
        leer = {"datei": show(datei), "stichtag": lage.stichtag.isoformat(), "nachrichten": []}
        rueckgabe = NICHT_BEGONNEN if _is_unreadable(gelesen, lage) else weigh(bemerkt)
        return Ergebnis(leer, ("Nichts gelesen.",), (*befunde, *bemerkt), rueckgabe)
    posteingang = _Posteingang(gelesen, lage, herkunft)
    faelle = list_aktenzeichen(ordner)
    eingaenge = [posteingang.take(nachricht, faelle) for nachricht in nachrichten]
    return Ergebnis(
        {
            "datei": show(datei),
            "stichtag": lage.stichtag.isoformat(),
            "nachrichten": [eingang.as_json() for eingang in eingaenge],
        },
        tuple(zeile for eingang in eingaenge for zeile in eingang.lines()),
        (*befunde, *(befund for eingang in eingaenge for befund in eingang.befunde)),
        max((weigh(befunde), *(eingang.rueckgabe for eingang in eingaenge))),
    )


def _read(datei: Datei, lage: Lage) -> tuple[tuple[Nachricht, ...], tuple[Befund, ...]]:
    name = show(datei.pfad)
    try:
        return lage.werkstatt.call(read_nachrichten, datei.inhalt, name, seconds=_SEKUNDEN)
    except WorkerError as fehler:
        return (), (unreadable(fehler, name),)


def _is_unreadable(datei: Datei, lage: Lage) -> bool:
    """Tell a file whose frame is broken from one that is sound, but no message."""
    try:
        return has_sperre(lage.werkstatt.call(view_eda, datei.inhalt, show(datei.pfad), seconds=_SEKUNDEN)[1])
    except (Ablehnung, WorkerError):
        return True


@dataclasses.dataclass(frozen=True, slots=True)
class Zeile:
    """One message and what became of it: the case, the events, the steps that hold them."""

    nachricht: Nachricht
    pfad: pathlib.Path | None
    ereignisse: tuple[Mapping[str, str], ...]
    nummern: tuple[int, ...]
    befunde: tuple[Befund, ...]
    rueckgabe: int = FERTIG
    uebernommen: bool = False
    abgehakt: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the entry of the JSON document; the records of a message stand there as lines."""
        return {
            "satzart": self.nachricht.satzart,
            "geschaeftszeichen": self.nachricht.geschaeftszeichen,
            "pfad": show(self.pfad) if self.pfad else None,
            "ereignisse": [dict(ereignis) for ereignis in self.ereignisse],
            "nr": list(self.nummern),
            "abgehakt": list(self.abgehakt),
            "saetze": format_view(self.nachricht.saetze).splitlines(),
        }

    def lines(self) -> list[str]:
        """Return what the clerk reads: the events, and the records wherever nothing follows from them."""
        if self.abgehakt:
            return [*self.abgehakt, ""]
        wo = show(self.pfad) if self.pfad else "kein Fall zugeordnet"
        zeilen = [f"{self.nachricht.geschaeftszeichen or '(ohne Geschäftszeichen)'}: {wo}"]
        if self.ereignisse:
            zeilen += yaml_lines("ereignisse", self.ereignisse)
        if self.nachricht.befunde or not self.ereignisse:
            zeilen += format_view(self.nachricht.saetze).splitlines()
        return [*zeilen, self._outcome(), ""]

    def _outcome(self) -> str:
        if self.nummern:
            vorgaenge = ", ".join(f"{nr:04d}" for nr in self.nummern)
            return f"Übernommen als Vorgang {vorgaenge}; fall.yaml bleibt unverändert."
        if not self.ereignisse:
            return "Kein Ereignis zu übernehmen."
        return "Nichts Neues." if self.uebernommen else "Übernehmen: derselbe Befehl mit --uebernehmen"


class _Posteingang:
    """Takes the messages of one file, one after the other."""

    def __init__(self, datei: Datei, lage: Lage, herkunft: Herkunft | None) -> None:
        self._datei = datei
        self._lage = lage
        self._herkunft = herkunft

    def take(self, nachricht: Nachricht, faelle: Mapping[str, tuple[pathlib.Path, ...]]) -> Zeile:
        if nachricht.dateien:
            return self._receipt(nachricht, faelle)
        post = Gerichtsnachricht(nachricht)
        passende = match_faelle(post, faelle)
        if len(passende) != 1:
            befunde = (*nachricht.befunde, *self._unmatched(nachricht, passende))
            return Zeile(nachricht, None, (), (), befunde, ABGELEHNT if passende else FERTIG)
        pfad = passende[0]
        gelesen = read_fallordner(pfad)
        geladen = load_fall(gelesen, self._lage)
        if geladen.sachstand is None or not geladen.benutzbar:
            return Zeile(nachricht, pfad, (), (), (*nachricht.befunde, *geladen.befunde), geladen.rueckgabe)
        eingang = propose_eingang(post, geladen.sachstand)
        befunde = (
            *nachricht.befunde,
            *eingang.befunde,
            *self._objections(nachricht, geladen.sachstand, gelesen),
        )
        try:
            neue = self._publish(pfad, post)
        except Ablehnung as ablehnung:
            return Zeile(nachricht, pfad, eingang.ereignisse, (), (*befunde, ablehnung.befund), ABGELEHNT)
        nummern = tuple(vorgang.nr for vorgang in neue)
        uebernommen = self._herkunft is not None
        return Zeile(nachricht, pfad, eingang.ereignisse, nummern, befunde, uebernommen=uebernommen)

    def _receipt(self, nachricht: Nachricht, faelle: Mapping[str, tuple[pathlib.Path, ...]]) -> Zeile:
        """A receipt concerns a collective file, no single case."""
        ordner = [pfad for pfade in faelle.values() for pfad in pfade]
        stelle = Stelle(show(self._datei.pfad), nachricht.saetze[0].nummer)
        schreiben = self._herkunft is not None
        ergebnis = tick_off(nachricht.dateien, ordner, self._datei.inhalt, stelle, schreiben)
        befunde = (*nachricht.befunde, *ergebnis.befunde)
        return Zeile(nachricht, None, (), (), befunde, weigh(befunde), abgehakt=ergebnis.zeilen)

    def _objections(
        self, nachricht: Nachricht, sachstand: Sachstand, gelesen: Fallordner
    ) -> Iterator[Befund]:
        """Yield what a Monierung objects to, with the line of the case that caused it."""
        dateien = {
            FALL_YAML: gelesen.fall_yaml or b"", EINSTELLUNGEN: self._lage.einstellungen_for(gelesen.pfad)[1].inhalt
        }  # fmt: skip
        finde = functools.partial(find_zeile, dateien=dateien)
        for beanstandung in nachricht.beanstandungen:
            yield from explain_beanstandung(beanstandung, sachstand.fall, finde)

    def _unmatched(self, nachricht: Nachricht, passende: tuple[pathlib.Path, ...]) -> tuple[Befund, ...]:
        stelle = Stelle(show(self._datei.pfad), nachricht.saetze[0].nummer)
        if passende:
            text = f"Das Geschäftszeichen {nachricht.geschaeftszeichen} steht in {len(passende)} Fällen."
            return (refuse_doubled(text, "Einem der Fälle ein eigenes Aktenzeichen geben.", stelle),)
        genannt = f"„{nachricht.geschaeftszeichen}“" if nachricht.geschaeftszeichen else "(keines lesbar)"
        text = f"Zum Geschäftszeichen {genannt} gibt es unter den angegebenen Ordnern keinen Fall."
        return (
            warnung(
                "NACHRICHT_OHNE_FALL", text, "Den richtigen Bestand angeben oder von Hand zuordnen.", stelle
            ),
        )

    def _publish(self, pfad: pathlib.Path, post: Gerichtsnachricht) -> tuple[Vorgang, ...]:
        if self._herkunft is None:
            return ()
        return publish_eingang(post, pfad, lambda: self._make_beleg(post), self._lage, self._herkunft)

    def _make_beleg(self, post: Gerichtsnachricht) -> tuple[str, bytes]:
        """The records of the message as a sheet that people can read."""
        werte = nachricht_werte(post.nachricht.saetze, post.aktenzeichen)
        name = f"{self._lage.stichtag.isoformat()}_gerichtsnachricht.pdf"
        return name, make_set_blatt(self._lage)("angabenblatt", werte)
