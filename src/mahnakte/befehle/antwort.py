"""`mahnakte antwort`: what a returned form says, as events; with `--uebernehmen` they become a step, once."""

import dataclasses
import pathlib
from typing import Any

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Datei, Fallordner, read_datei, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.veroeffentlichen import publish_next
from mahnakte.briefe.antwort.deuten import Vorschlag, check_zugehoerig, propose_ereignisse
from mahnakte.briefe.antwort.lesen import UNLESBAR, Antwort, read_antwort, unreadable
from mahnakte.fall.fall import Fall
from mahnakte.fall.nachtrag import QUELLE, find_quelle
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, has_sperre
from mahnakte.grund.datum import format_datum
from mahnakte.grund.worker import WorkerError
from mahnakte.werk.befehlszeile import quote_pfad
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, NICHT_BEGONNEN, SCHADEN, Ergebnis, NichtBegonnen
from mahnakte.werk.laden import GeladenerFall, Lage, find_fallordner, load_fall
from mahnakte.werk.nachtragen import refuse_backdating
from mahnakte.werk.yamlzeilen import yaml_lines

ART = "nachtrag"
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
        self._quelle = f"antwort:{datei.sha256}"
        self._lage = lage
        self._herkunft = herkunft
        self._vorschlag = Vorschlag((), ())
        self._schon_da: Vorgang | None = None

    def take(self, pfad: pathlib.Path) -> Ergebnis:
        gelesen = read_fallordner(pfad)
        geladen = load_fall(gelesen, self._lage)
        if not geladen.benutzbar:
            return self._refused(geladen, ("Der Fall wird so nicht bearbeitet.",), geladen.befunde)
        try:
            antwort = self._read()
            self._propose(antwort, geladen)
            vorgang = self._publish(gelesen, antwort)
        except Ablehnung as ablehnung:
            return self._refused(geladen, ("Nichts übernommen.",), (*geladen.befunde, ablehnung.befund))
        befunde = (*geladen.befunde, *self._vorschlag.befunde)
        return Ergebnis(
            self._as_json(geladen, vorgang), tuple(self._lines(geladen, vorgang)), befunde, FERTIG
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

    def _propose(self, antwort: Antwort, geladen: GeladenerFall) -> Fall:
        if geladen.fall is None or not geladen.benutzbar:
            raise Ablehnung(next(befund for befund in geladen.befunde if has_sperre([befund])))
        fall = geladen.fall
        check_zugehoerig(antwort, fall.aktenzeichen, self._stelle)
        self._schon_da = find_quelle(fall.vorgaenge, self._quelle)
        self._vorschlag = propose_ereignisse(antwort, fall, self._lage.stichtag, self._stelle)
        return fall

    def _publish(self, gelesen: Fallordner, antwort: Antwort) -> Vorgang | None:
        """Publish the proposal; read anew and propose anew when somebody else was faster."""
        if self._herkunft is None:
            return None

        def plan(stand: Fallordner) -> Vorgangsentwurf | None:
            fall = self._propose(antwort, load_fall(stand, self._lage))
            if self._schon_da or not self._vorschlag.ereignisse:
                return None
            return self._draft(fall, stand.vorgaenge.kopf_nr + 1)

        return publish_next(gelesen, plan, self._herkunft)

    def _draft(self, fall: Fall, nr: int) -> Vorgangsentwurf:
        """Keep the form beside the events, and name it as their proof."""
        refuse_backdating(fall, self._lage, self._stelle)
        name = f"{self._lage.stichtag.isoformat()}_antwort.pdf"
        beleg = f"vorgaenge/{nr:04d}/{name}"
        return Vorgangsentwurf(
            aktenzeichen=fall.aktenzeichen,
            art=ART,
            stichtag=self._lage.stichtag,
            anlass="Antwortbogen des Schuldners übernommen",
            eingaben=dict(fall.eingaben),
            daten={
                "ereignisse": [{**ereignis, "beleg": beleg} for ereignis in self._vorschlag.ereignisse],
                QUELLE: self._quelle,
            },
            dokumente={name: self._datei.inhalt},
        )

    # --- what the clerk sees ---------------------------------------------------------------------------

    def _lines(self, geladen: GeladenerFall, vorgang: Vorgang | None) -> list[str]:
        zeilen = [f"Antwortbogen zu {geladen.aktenzeichen}: {show(self._datei.pfad)}", ""]
        if self._vorschlag.ereignisse:
            zeilen += yaml_lines("ereignisse", self._vorschlag.ereignisse)
        else:
            zeilen.append("Kein Ereignis vorgeschlagen.")
        if kommando := self._kommando(geladen):
            zeilen += ["", f"Ratenplan ausrechnen: {kommando}"]
        return [*zeilen, "", self._outcome(geladen, vorgang)]

    def _kommando(self, geladen: GeladenerFall) -> str | None:
        """Return the call as it can be pasted: quoted, because folders on shared drives have spaces."""
        raten = self._vorschlag.raten
        return f"mahnakte ratenplan {quote_pfad(geladen.pfad)} {raten}" if raten else None

    def _outcome(self, geladen: GeladenerFall, vorgang: Vorgang | None) -> str:
        if vorgang:
            return f"Übernommen als Vorgang {vorgang.nr:04d} in {show(geladen.pfad)}; fall.yaml bleibt unverändert."
        if alt := self._schon_da:
            return f"Schon übernommen am {format_datum(alt.stichtag)} (Vorgang {alt.nr:04d}); nichts Neues."
        if self._vorschlag.ereignisse and self._herkunft is None:
            return "Übernehmen: derselbe Befehl mit --uebernehmen"
        return "Nichts übernommen."

    def _as_json(self, geladen: GeladenerFall, vorgang: Vorgang | None) -> dict[str, Any]:
        uebernommen = vorgang or self._schon_da
        return {
            "pfad": show(geladen.pfad),
            "aktenzeichen": geladen.aktenzeichen,
            "datei": show(self._datei.pfad),
            "ereignisse": [dict(ereignis) for ereignis in self._vorschlag.ereignisse],
            "kommando": self._kommando(geladen),
            "nr": uebernommen.nr if uebernommen else None,
            "geschrieben": vorgang is not None,
        }

    def _refused(
        self, geladen: GeladenerFall, zeilen: tuple[str, ...], befunde: tuple[Befund, ...]
    ) -> Ergebnis:
        leer = dataclasses.replace(self._vorschlag, ereignisse=(), raten=None)
        self._vorschlag = leer
        unlesbar = any(befund.code == UNLESBAR for befund in befunde)
        rueckgabe = NICHT_BEGONNEN if unlesbar else SCHADEN if geladen.schaden else ABGELEHNT
        return Ergebnis(self._as_json(geladen, None), zeilen, befunde, rueckgabe)
