"""Collective EDA files under antraege/: written from published steps, never changed, made again on demand.

The next free number is the lock: of two processes one makes the folder, the other reads again and finds that
nothing is left.
"""

import dataclasses
import itertools
import pathlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import mahnakte
from mahnakte.ablage.entdecken import einstellungen_of
from mahnakte.ablage.lesen import read_dateien, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.verifizieren import BESCHAEDIGT
from mahnakte.ablage.ziel import ANTRAEGE, create_folder, list_antraege
from mahnakte.antrag.aus_fall.entwurf import derive_dateikopf
from mahnakte.antrag.modell import Mahnantrag
from mahnakte.antrag.sammeldatei import (
    VERZEICHNIS,
    Antrag,
    Verzeichnis,
    format_verzeichnis,
    read_verzeichnis,
    write_sammeldatei,
)
from mahnakte.antrag.verfahrenskosten import compute_gerichtskosten
from mahnakte.fall.einstellungen import Einstellungen
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre, warnung
from mahnakte.grund.betrag import format_euro
from mahnakte.werk.antragsdatei import read_antraege
from mahnakte.werk.befehlszeile import quote_pfad
from mahnakte.werk.ergebnis import SCHADEN, Ergebnis, weigh
from mahnakte.werk.laden import Lage
from mahnakte.werk.sammelgut import Wartend, find_wartende

_VERSUCHE = 100
MAX_ANTRAEGE = 32_768  # in one physical file, by the guide of the courts to electronic filing


@dataclasses.dataclass(frozen=True, slots=True)
class Sammeldatei:
    """One collective file as it stands: the folder and its index."""

    ordner: pathlib.Path
    verzeichnis: Verzeichnis
    vorschuss: Decimal | None = None  # the court's fees, of a file just written

    def as_json(self) -> dict[str, Any]:
        """Return the entry of the JSON document."""
        vorschuss = None if self.vorschuss is None else str(self.vorschuss)
        pfad = show(self.ordner / self.verzeichnis.datei)
        return {"pfad": pfad, "gerichtskosten": vorschuss, **self.verzeichnis.as_json()}


def write_sammeldateien(ordner: Iterable[pathlib.Path], lage: Lage, nummer: int | None = None) -> Ergebnis:
    """Put the waiting applications of the cases into new files: one for each Bestand, kind and court.

    Without participant data in mahnakte.yaml nothing happens and nothing is said. `nummer` is where the court
    wants the numbering to go on.
    """
    alle = sorted(ordner, key=_bestand_of)
    neue: list[Sammeldatei] = []
    befunde: list[Befund] = []
    teilnehmer = False
    for bestand, faelle in itertools.groupby(alle, key=_bestand_of):
        gruppe = tuple(faelle)
        einstellungen, _ = lage.einstellungen_for(gruppe[0])
        if not (einstellungen.eda.teilnehmer or einstellungen.eda.kennung):
            continue
        teilnehmer = True
        try:
            befunde += _Sammlung(bestand, einstellungen, lage, nummer).write(gruppe, neue)
        except Ablehnung as ablehnung:
            befunde.append(ablehnung.befund)
    zeilen = [zeile for datei in neue for zeile in _lines(datei)]
    if teilnehmer and not neue:
        zeilen = ["Keine neue Sammeldatei: kein Antrag wartet auf eine."]
    return Ergebnis(
        {"sammeldateien": [datei.as_json() for datei in neue]},
        tuple(zeilen),
        tuple(dict.fromkeys(befunde)),
        SCHADEN if any(befund.code == BESCHAEDIGT for befund in befunde) else weigh(befunde),
    )


def _bestand_of(fallordner: pathlib.Path) -> pathlib.Path:
    return einstellungen_of(fallordner).parent


class _Sammlung:
    """The files of one Bestand in the making."""

    def __init__(
        self, bestand: pathlib.Path, einstellungen: Einstellungen, lage: Lage, nummer: int | None
    ) -> None:
        self._bestand = bestand
        self._einstellungen = einstellungen
        self._lage = lage
        self._nummer = nummer

    def write(self, faelle: tuple[pathlib.Path, ...], neue: list[Sammeldatei]) -> list[Befund]:
        """Write file after file into `neue` until none is left; return the findings."""
        for _ in range(_VERSUCHE):
            standing, befunde = read_sammeldateien(self._bestand)
            enthalten = {schritt.eintrag for datei in standing for schritt in datei.verzeichnis.schritte}
            wartende, bemerkt = find_wartende(faelle, self._lage, enthalten)
            if not wartende:
                return [*befunde, *bemerkt]
            erste = wartende[0]
            zusammen = [w for w in wartende if (w.art, w.gericht) == (erste.art, erste.gericht)][
                :MAX_ANTRAEGE
            ]
            datei = self._create(zusammen, standing)
            if datei is not None:
                neue.append(datei)
        raise Ablehnung(
            sperre("SAMMELDATEI_KONFLIKT", "An diesem Bestand arbeiten gerade andere.",
                   "Den Befehl in einigen Minuten wiederholen.", Stelle(show(self._bestand / ANTRAEGE)))
        )  # fmt: skip

    def _create(self, wartende: list[Wartend], standing: tuple[Sammeldatei, ...]) -> Sammeldatei | None:
        """Make the next folder; None when somebody else has taken the number."""
        kopf = derive_dateikopf(
            self._einstellungen, self._next_number(standing), self._lage.stichtag, mahnakte.__version__
        )
        antraege: list[Antrag] = [antrag for wartend in wartende for antrag in wartend.antraege]
        schritte = tuple(wartend.schritt for wartend in wartende)
        inhalt, verzeichnis = write_sammeldatei(
            antraege, schritte, kopf, wartende[0].art, wartende[0].gericht
        )
        ziel = self._bestand / ANTRAEGE / kopf.kennung
        try:
            create_folder(ziel, {verzeichnis.datei: inhalt, VERZEICHNIS: format_verzeichnis(verzeichnis)})
        except Ablehnung as ablehnung:
            if ablehnung.befund.code != "ZIEL_VORHANDEN":
                raise
            return None
        return Sammeldatei(ziel, verzeichnis, self._advance(antraege))

    def _advance(self, antraege: Iterable[Antrag]) -> Decimal | None:
        """Return the court's fees of the file (KV 1100 GKG); the application for the enforcement order has none."""
        recht, stichtag = self._lage.recht_for(self._bestand / "_").stand, self._lage.stichtag
        kosten = [
            compute_gerichtskosten(recht, a, stichtag).summe for a in antraege if isinstance(a, Mahnantrag)
        ]
        return sum(kosten, Decimal(0)) if kosten else None

    def _next_number(self, standing: tuple[Sammeldatei, ...]) -> int:
        kennung = self._einstellungen.eda.kennung or ""
        kennungen = (datei.verzeichnis.kopf.kennung for datei in standing)
        vergeben = [int(k[3:]) for k in kennungen if k[:3] == kennung and k[3:].isdecimal()]
        naechste = max(vergeben, default=0) + 1
        return naechste if self._nummer is None else max(naechste, self._nummer)


def read_sammeldateien(bestand: pathlib.Path) -> tuple[tuple[Sammeldatei, ...], list[Befund]]:
    """Return the files of a Bestand by their indexes, and a finding for each that is not as it was written.

    Raises Ablehnung when an index cannot be read: then nobody knows what was put into a file, and an application
    could reach the court twice. Names that begin with `_` are the clerk's own.
    """
    dateien: list[Sammeldatei] = []
    befunde: list[Befund] = []
    for name in sorted(list_antraege(bestand)):
        if name.startswith("_"):
            continue
        datei = read_sammeldatei(bestand / ANTRAEGE / name)
        dateien.append(datei)
        befunde += check_sammeldatei(datei)
    return tuple(dateien), befunde


def read_sammeldatei(ordner: pathlib.Path) -> Sammeldatei:
    """Return the collective file of a folder by its index; raise Ablehnung when there is none."""
    gelesen, befunde = read_dateien(ordner, [VERZEICHNIS])
    try:
        return Sammeldatei(ordner, read_verzeichnis(gelesen[VERZEICHNIS].inhalt))
    except (KeyError, TypeError, ValueError, RecursionError):
        grund = befunde[0].text if befunde else "Der Inhalt ist kein Verzeichnis einer Sammeldatei."
        raise Ablehnung(
            sperre("SAMMELDATEI_UNLESBAR", f"{VERZEICHNIS} in {show(ordner)} ist nicht lesbar: {grund}",
                   "Den Ordner aus der Datensicherung wiederherstellen; gehört er nicht zu mahnakte, den Namen mit "
                   "_ beginnen lassen.", Stelle(show(ordner / VERZEICHNIS)))
        ) from None  # fmt: skip


def check_sammeldatei(datei: Sammeldatei) -> tuple[Befund, ...]:
    """Compare the EDA file with the hash in its index."""
    name = datei.verzeichnis.datei
    gelesen, befunde = read_dateien(datei.ordner, [name])
    if not befunde and gelesen[name].sha256 == datei.verzeichnis.sha256:
        return ()
    text = f"{name} fehlt oder ist nicht mehr die Datei, die mahnakte geschrieben hat."
    abhilfe = f"Noch einmal erzeugen: mahnakte eda aufbauen {quote_pfad(datei.ordner)} --ziel DATEI"
    return (warnung("SAMMELDATEI_VERAENDERT", text, abhilfe, Stelle(show(datei.ordner / name))),)


def rebuild_sammeldatei(ordner: pathlib.Path) -> tuple[bytes, Sammeldatei]:
    """Make the EDA file of a folder again from its index and the steps; raise Ablehnung when it is not the same."""
    datei = read_sammeldatei(ordner)
    bestand = ordner.absolute().parent.parent
    antraege: list[Antrag] = []
    for schritt in datei.verzeichnis.schritte:
        pfad = bestand / schritt.ordner
        stand = read_fallordner(pfad).vorgaenge
        vorgang = next((v for v in stand.vorgaenge if v.hash == schritt.eintrag), None)
        if vorgang is None:
            raise Ablehnung(
                sperre("SAMMELDATEI_VORGANG", f"Vorgang {schritt.nr:04d} von {schritt.aktenzeichen} ist nicht mehr "
                       "da oder nicht mehr derselbe.", "Den Fallordner aus der Datensicherung wiederherstellen.",
                       Stelle(show(pfad)))
            )  # fmt: skip
        antraege += read_antraege(pfad, vorgang)
    v = datei.verzeichnis
    inhalt, neu = write_sammeldatei(antraege, v.schritte, v.kopf, v.art, v.gericht)
    if neu.sha256 != v.sha256:
        raise Ablehnung(
            sperre("SAMMELDATEI_ANDERS", f"Aus den Vorgängen entsteht nicht dieselbe Datei wie {v.datei}.",
                   "Mit der Version von mahnakte erzeugen, die in verzeichnis.json steht.",
                   Stelle(show(ordner / VERZEICHNIS)))
        )  # fmt: skip
    return inhalt, datei


def _lines(datei: Sammeldatei) -> list[str]:
    v = datei.verzeichnis
    zahl = "1 Antrag" if len(v.schritte) == 1 else f"{len(v.schritte)} Anträge"
    vorschuss = datei.vorschuss
    kosten = (
        [] if vorschuss is None else [f"  Gerichtskosten (KV 1100 GKG) zusammen: {format_euro(vorschuss)}"]
    )
    return [
        f"Sammeldatei {v.kopf.kennung} für das Mahngericht {v.gericht}: {zahl}",
        f"  {show(datei.ordner / v.datei)}",
        *kosten,
        "  Vor der ersten Einreichung beim Gericht testen lassen. Danach festhalten: "
        f"mahnakte eda eingereicht {quote_pfad(datei.ordner)} --am TAG",
    ]
