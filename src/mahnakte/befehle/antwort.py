"""`mahnakte antwort`: what a returned form says, as events; with `--uebernehmen` they become a step, once."""

import dataclasses
import pathlib
from typing import Any

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Datei, read_datei, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.eingang.antwortbogen.lesen import UNLESBAR, Antwort, read_antwort, unreadable
from mahnakte.eingang.antwortbogen.nachricht import Bogennachricht
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, has_sperre
from mahnakte.grund.datum import format_datum
from mahnakte.grund.worker import WorkerError
from mahnakte.werk.befehlszeile import quote_pfad
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, NICHT_BEGONNEN, SCHADEN, Ergebnis, NichtBegonnen
from mahnakte.werk.laden import GeladenerFall, Lage, find_fallordner, load_fall
from mahnakte.werk.posteingang import Eingang, propose_eingang, publish_eingang
from mahnakte.werk.yamlzeilen import yaml_lines

_LESEZEIT = 10.0


def take_antwort(datei: pathlib.Path, pfad: pathlib.Path, lage: Lage, herkunft: Herkunft | None) -> Ergebnis:
    """Read a returned form for a case and show what it proposes; with `herkunft` publish that as a step.

    Exit code 2 when the file or the case is missing or the file is unreadable, 3 when it is no form of this case.
    """
    try:
        gelesen = read_datei(datei)
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    return _Eingang(gelesen, lage, herkunft).take(find_fallordner(pfad))


class _Eingang:
    """One returned form: keeps what was last proposed, for the answer to the clerk."""

    def __init__(self, datei: Datei, lage: Lage, herkunft: Herkunft | None) -> None:
        self._datei = datei
        self._stelle = Stelle(show(datei.pfad))
        self._lage = lage
        self._herkunft = herkunft

    def take(self, pfad: pathlib.Path) -> Ergebnis:
        gelesen = read_fallordner(pfad)
        geladen = load_fall(gelesen, self._lage)
        if not geladen.benutzbar:
            return self._refused(geladen, ("Der Fall wird so nicht bearbeitet.",), geladen.befunde)
        try:
            eingang = self._take(geladen)
        except Ablehnung as ablehnung:
            return self._refused(geladen, ("Nichts übernommen.",), (*geladen.befunde, ablehnung.befund))
        return Ergebnis(
            self._as_json(geladen, eingang),
            tuple(self._lines(geladen, eingang)),
            (*geladen.befunde, *eingang.befunde),
            FERTIG,
        )

    def _read(self) -> Antwort:
        try:
            return self._lage.werkstatt.call(
                read_antwort, self._datei.inhalt, self._stelle.datei, seconds=_LESEZEIT
            )
        except WorkerError as fehler:
            raise Ablehnung(
                unreadable(
                    f"Der Bogen konnte nicht gelesen werden: {fehler}",
                    "Die Datei ansehen und das Nötige als Ereignis in fall.yaml eintragen.",
                    self._stelle,
                )
            ) from fehler

    def _take(self, geladen: GeladenerFall) -> Eingang:
        if geladen.sachstand is None:
            raise Ablehnung(next(befund for befund in geladen.befunde if has_sperre([befund])))
        bogen = Bogennachricht(self._read(), self._stelle, self._datei.sha256)
        eingang = propose_eingang(bogen, geladen.sachstand)
        if self._herkunft is None:
            return eingang
        neue = publish_eingang(bogen, geladen.pfad, self._name_bogen, self._lage, self._herkunft)
        if neue or not eingang.ereignisse or eingang.schon_da:
            return dataclasses.replace(eingang, neue=neue)
        # Somebody else was faster: his step stands.
        jetzt = load_fall(read_fallordner(geladen.pfad), self._lage)
        return propose_eingang(bogen, jetzt.sachstand) if jetzt.sachstand else eingang

    def _name_bogen(self) -> tuple[str, bytes]:
        """The form itself is the proof of its events."""
        return f"{self._lage.stichtag.isoformat()}_antwort.pdf", self._datei.inhalt

    # --- what the clerk sees ---------------------------------------------------------------------------

    def _lines(self, geladen: GeladenerFall, eingang: Eingang) -> list[str]:
        zeilen = [f"Antwortbogen zu {geladen.aktenzeichen}: {show(self._datei.pfad)}", ""]
        if eingang.ereignisse:
            zeilen += yaml_lines("ereignisse", eingang.ereignisse)
        else:
            zeilen.append("Kein Ereignis vorgeschlagen.")
        if kommando := self._kommando(geladen, eingang):
            zeilen += ["", f"Ratenplan ausrechnen: {kommando}"]
        return [*zeilen, "", self._outcome(geladen, eingang)]

    def _kommando(self, geladen: GeladenerFall, eingang: Eingang) -> str | None:
        """Return the call as it can be pasted: quoted, because folders on shared drives have spaces."""
        raten = next((vorschlag.raten for vorschlag in eingang.vorschlaege if vorschlag.raten), None)
        return f"mahnakte ratenplan {quote_pfad(geladen.pfad)} {raten}" if raten else None

    def _outcome(self, geladen: GeladenerFall, eingang: Eingang) -> str:
        if eingang.neue:
            neuer = eingang.neue[0]
            return f"Übernommen als Vorgang {neuer.nr:04d} in {show(geladen.pfad)}; fall.yaml bleibt unverändert."
        if eingang.schon_da:
            alt = eingang.schon_da[0]
            return f"Schon übernommen am {format_datum(alt.stichtag)} (Vorgang {alt.nr:04d}); nichts Neues."
        if eingang.ereignisse and self._herkunft is None:
            return "Übernehmen: derselbe Befehl mit --uebernehmen"
        return "Nichts übernommen."

    def _as_json(self, geladen: GeladenerFall, eingang: Eingang) -> dict[str, Any]:
        uebernommen = next(iter((*eingang.neue, *eingang.schon_da)), None)
        return {
            "pfad": show(geladen.pfad),
            "aktenzeichen": geladen.aktenzeichen,
            "datei": show(self._datei.pfad),
            "ereignisse": [dict(ereignis) for ereignis in eingang.ereignisse],
            "kommando": self._kommando(geladen, eingang),
            "nr": uebernommen.nr if uebernommen else None,
            "geschrieben": bool(eingang.neue),
        }

    def _refused(
        self, geladen: GeladenerFall, zeilen: tuple[str, ...], befunde: tuple[Befund, ...]
    ) -> Ergebnis:
        unlesbar = any(befund.code == UNLESBAR for befund in befunde)
        rueckgabe = NICHT_BEGONNEN if unlesbar else SCHADEN if geladen.schaden else ABGELEHNT
        return Ergebnis(self._as_json(geladen, Eingang()), zeilen, befunde, rueckgabe)
