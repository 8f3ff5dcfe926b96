"""Read a case as a whole: folder, settings, fall.yaml, invoices, steps. What every command begins with."""

import dataclasses
import datetime as dt
import pathlib
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Self, TypeVar

from mahnakte.ablage.entdecken import EINSTELLUNGEN, discover, einstellungen_of
from mahnakte.ablage.lesen import (
    Datei,
    Fallordner,
    read_dateien,
    read_einstellungen,
    read_fall_yaml,
    read_fallordner,
)
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.verifizieren import BESCHAEDIGT, Vorgangsstand, verify_aktenzeichen, verify_dokumente
from mahnakte.arten.trotz import DOPPELT
from mahnakte.bestand.gesamtschuld import Mitfall, check_gesamtschuld, join_zahlungen
from mahnakte.bestand.verzeichnis import doubled_aktenzeichen
from mahnakte.fall import lesen
from mahnakte.fall.doppelung import UEBERWINDBAR
from mahnakte.fall.einstellungen import Einstellungen
from mahnakte.fall.fall import Fall, compose_fall, referenced_files
from mahnakte.fall.modell import Falldatei
from mahnakte.fall.vorgang import sha256
from mahnakte.grund.befund import Ablehnung, Befund, Schwere, Stelle, has_sperre, sperre
from mahnakte.grund.worker import WorkerPool
from mahnakte.stand.pruefung import check_fall, without_quittierte
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.bestandsrecht import Bestandsrecht, load_bestandsrecht
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, SCHADEN, NichtBegonnen
from mahnakte.werk.rechnungsdateien import look_at_pages, read_rechnungsdatei
from mahnakte.werk.umschau import Leser, Umschau, look_around

_T = TypeVar("_T")


def _say_nothing(_fertig: int, _zahl: int) -> None:
    """Report to nobody."""


@dataclasses.dataclass(frozen=True, slots=True)
class Lage:
    """What a run works with: the Stichtag, the child processes, the settings asked for, whether it trusts memory.

    `melden` hears how many of how many cases are done.
    """

    stichtag: dt.date
    werkstatt: WorkerPool
    einstellungen_datei: pathlib.Path | None = None
    alles_pruefen: bool = False
    melden: Callable[[int, int], None] = _say_nothing
    _gelesen: dict[pathlib.Path, tuple[Einstellungen, Datei]] = dataclasses.field(default_factory=dict)
    _umschauen: dict[pathlib.Path, Umschau] = dataclasses.field(default_factory=dict)
    _schloss: threading.RLock = dataclasses.field(default_factory=threading.RLock)
    _recht: dict[pathlib.Path, Bestandsrecht] = dataclasses.field(default_factory=dict)

    def report(self, ergebnisse: Iterable[_T], zahl: int) -> Iterator[_T]:
        """Yield the results as they come, each reported."""
        self.melden(0, zahl)
        for fertig, ergebnis in enumerate(ergebnisse, start=1):
            yield ergebnis
            self.melden(fertig, zahl)

    def einstellungen_for(self, ordner: pathlib.Path) -> tuple[Einstellungen, Datei]:
        """Return the settings that apply to a case folder, read once; raise NichtBegonnen if unreadable."""
        pfad = self.einstellungen_datei or einstellungen_of(ordner)
        if pfad not in self._gelesen:
            self._gelesen[pfad] = _load_einstellungen(pfad)
        return self._gelesen[pfad]

    def look_around(self, ordner: Sequence[pathlib.Path], bemerkt: Collection[Befund] = ()) -> Umschau:
        """Look at these cases and at all beside them; what was seen serves the whole run."""
        leser = Leser(
            lambda datei: read_rechnungsdatei(datei, self.werkstatt),
            lambda fall: self.einstellungen_for(fall)[0],
        )
        if self.alles_pruefen:
            leser = dataclasses.replace(leser, recall=lambda _: None)
        umschau = look_around(ordner, leser, bemerkt)
        with self._schloss:
            self._umschauen.update((fall.absolute().parent, umschau) for fall in ordner)
        return umschau

    def umschau_of(self, fall: pathlib.Path) -> Umschau:
        """Return what is known about the cases beside one; looked at once in a run."""
        with self._schloss:
            return self._umschauen.get(fall.absolute().parent) or self.look_around([fall])

    def recht_for(self, ordner: pathlib.Path) -> Bestandsrecht:
        """Return the law in force beside those settings, read once; raise NichtBegonnen where a file is faulty."""
        bestand = (self.einstellungen_datei or einstellungen_of(ordner)).parent
        if bestand not in self._recht:
            self._recht[bestand] = load_bestandsrecht(bestand)
        return self._recht[bestand]


@dataclasses.dataclass(frozen=True, slots=True)
class GeladenerFall:
    """A case as read, as of the day of the call: `sachstand` is None when it could not be put together.

    `schaden` are damaged steps. A case with damage or a finding of severity `sperre` gets no letter.
    """

    pfad: pathlib.Path
    aktenzeichen: str | None
    sachstand: Sachstand | None
    stand: Vorgangsstand
    schaden: tuple[Befund, ...]
    befunde: tuple[Befund, ...]

    @property
    def fall(self) -> Fall | None:
        """Return the case itself, whatever the day."""
        return self.sachstand.fall if self.sachstand else None

    @property
    def benutzbar(self) -> bool:
        """Tell whether something may be computed and written for this case."""
        return self.fall is not None and self.rueckgabe == FERTIG

    @property
    def rueckgabe(self) -> int:
        """Return the exit code this case asks for by itself."""
        if self.schaden:
            return SCHADEN
        return ABGELEHNT if self.fall is None or has_sperre(self.befunde) else FERTIG

    def with_befunde(self, befunde: Iterable[Befund]) -> Self:
        """Add findings that were met outside the case itself."""
        neue = tuple(befunde)
        if self.fall is not None:
            neue = without_quittierte(neue, self.fall)
        return dataclasses.replace(self, befunde=(*self.befunde, *neue)) if neue else self


def find_ordner(
    pfade: Iterable[pathlib.Path], lage: Lage | None = None
) -> tuple[tuple[pathlib.Path, ...], tuple[Befund, ...]]:
    """Return the case folders below the given paths; raise NichtBegonnen when a path is missing.

    With a `lage` also when a mahnakte.yaml cannot be read, whether or not a case gets as far as to use it.
    """
    genannte = tuple(pfade)
    try:
        entdeckt = discover(genannte)
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    if lage is not None:
        _require_einstellungen(lage, genannte, entdeckt.ordner)
    return entdeckt.ordner, entdeckt.befunde


def _require_einstellungen(
    lage: Lage, pfade: tuple[pathlib.Path, ...], ordner: tuple[pathlib.Path, ...]
) -> None:
    """Read every mahnakte.yaml of the cases and of the Bestände named, as the clerk spells it."""
    daneben = (*(pfad / EINSTELLUNGEN for pfad in pfade), *(einstellungen_of(pfad) for pfad in ordner))
    gewaehlt = lage.einstellungen_datei
    for datei in (gewaehlt,) if gewaehlt else tuple(d for d in dict.fromkeys(daneben) if d.is_file()):
        lage.einstellungen_for(datei.parent / "_")
        lage.recht_for(datei.parent / "_")


def find_fallordner(pfad: pathlib.Path) -> pathlib.Path:
    """Return the one case folder that a path means; raise NichtBegonnen when it is none or several."""
    ordner, befunde = find_ordner([pfad])
    if len(ordner) == 1:
        return ordner[0]
    einer = sperre(
        "EIN_FALL", "Gemeint ist genau ein Fallordner.", "Den Ordner des Falls angeben.", Stelle(show(pfad))
    )
    raise NichtBegonnen([*befunde, einer])


def check_umschau(geladen: GeladenerFall, umschau: Umschau) -> GeladenerFall:
    """Add what the other cases say against a case: its number or an invoice of it stands there as well."""
    if geladen.aktenzeichen is None:
        return geladen
    ordner, stelle = show(geladen.pfad), Stelle(show(geladen.pfad / "fall.yaml"))
    befunde = [*umschau.verzeichnis.check_aktenzeichen(geladen.aktenzeichen, ordner, stelle)]
    if geladen.fall is not None:
        befunde += umschau.verzeichnis.check_fall(geladen.fall, ordner, stelle)
    return geladen.with_befunde(befunde)


def find_doppelungen(geladen: GeladenerFall) -> tuple[Befund, ...]:
    """Return the findings that one of its invoices is demanded twice, where nothing but they stops a case."""
    sperren = tuple(befund for befund in geladen.befunde if has_sperre([befund]))
    allein = geladen.fall is not None and not geladen.schaden and all(b.code in UEBERWINDBAR for b in sperren)
    return sperren if allein else ()


def excuse_doppelte(geladen: GeladenerFall) -> GeladenerFall:
    """Let a case go to court although an invoice may be demanded elsewhere, where a person has decided so.

    Meant for limitation about to lapse: filing suspends it (§ 204 (1) no. 3 BGB), sorting out can follow.
    """
    antrag = geladen.fall.antrag if geladen.fall else None
    if antrag is None or DOPPELT not in antrag.trotz:
        return geladen
    entscheidung = f"Der Antrag wird trotzdem gestellt: {antrag.grund} ({antrag.freigegeben_von})."
    befunde = tuple(
        dataclasses.replace(befund, schwere=Schwere.WARNUNG, text=f"{befund.text} {entscheidung}")
        if befund.code in UEBERWINDBAR
        else befund
        for befund in geladen.befunde
    )
    return dataclasses.replace(geladen, befunde=befunde)


def load_faelle(ordner: Iterable[pathlib.Path], lage: Lage) -> Iterator[GeladenerFall]:
    """Load each case in turn; the same Aktenzeichen twice stops both: a number is one case."""
    alle = tuple(ordner)
    doppelte = find_doppelte(alle)
    geladene = (refuse_doppelte(load_fall(read_fallordner(pfad), lage), doppelte) for pfad in alle)
    yield from lage.report(geladene, len(alle))


def find_doppelte(ordner: tuple[pathlib.Path, ...]) -> Mapping[str, tuple[pathlib.Path, ...]]:
    """Return the Aktenzeichen that more than one of the folders carries, with those folders."""
    if len(ordner) < 2:
        return {}
    return {akz: pfade for akz, pfade in list_aktenzeichen(ordner).items() if len(pfade) > 1}


def list_aktenzeichen(ordner: Iterable[pathlib.Path]) -> dict[str, tuple[pathlib.Path, ...]]:
    """Return the Aktenzeichen (case folded) of the folders, from a quick look at each fall.yaml, with the folders."""
    fundorte: dict[str, tuple[pathlib.Path, ...]] = {}
    for pfad in ordner:
        inhalt = read_fall_yaml(pfad)
        falldatei = lesen.read_falldatei(inhalt, "")[0] if inhalt is not None else None
        if falldatei is not None:
            akz = falldatei.aktenzeichen.casefold()
            fundorte[akz] = (*fundorte.get(akz, ()), pfad)
    return fundorte


def refuse_doppelte(
    geladen: GeladenerFall, doppelte: Mapping[str, tuple[pathlib.Path, ...]]
) -> GeladenerFall:
    """Add the finding that stops a case whose Aktenzeichen stands in another folder as well."""
    if geladen.aktenzeichen is None:
        return geladen
    andere = [pfad for pfad in doppelte.get(geladen.aktenzeichen.casefold(), ()) if pfad != geladen.pfad]
    if not andere:
        return geladen
    stelle = Stelle(show(geladen.pfad / "fall.yaml"))
    befund = doubled_aktenzeichen(geladen.aktenzeichen, show(andere[0]), stelle)
    return dataclasses.replace(geladen, befunde=(*geladen.befunde, befund))


def load_fall(gelesen: Fallordner, lage: Lage) -> GeladenerFall:
    """Put one case together from a folder as read, every document of every step compared with its entry.

    Nobody builds on a case in which one was changed. What joint debtors in cases of their own (`gesamtschuld_mit`)
    have paid is a fact of this case (§ 422 BGB). Raises NichtBegonnen only for the settings.
    """
    return _verify(load_unverified(gelesen, lage))


def load_unverified(gelesen: Fallordner, lage: Lage) -> GeladenerFall:
    """Put a case together without looking at its documents: for who takes over a changed one (uebernehmen.py)."""
    geladen = _load_alone(gelesen, lage)
    if geladen.sachstand is None or not geladen.sachstand.fall.gesamtschuld_mit:
        return geladen
    return _join(geladen, geladen.sachstand, lage)


def _join(geladen: GeladenerFall, sachstand: Sachstand, lage: Lage) -> GeladenerFall:
    """Add what joint debtors have paid; a case of theirs that cannot be read stops this one: its sum is not known."""
    fall = sachstand.fall
    umschau, stelle = lage.umschau_of(geladen.pfad), Stelle(show(geladen.pfad / "fall.yaml"))
    mitfaelle: list[Mitfall] = []
    eingaben = dict(fall.eingaben)
    for eine in umschau.verzeichnis.find_gesamtschuldner(fall):
        anderer = _load_alone(read_fallordner(umschau.ordner[eine.ordner]), lage)
        if anderer.fall is None or anderer.schaden:
            return geladen.with_befunde([_unknown_payments(eine.karte.aktenzeichen, stelle)])
        mitfaelle.append(Mitfall(anderer.fall, umschau.verzeichnis.common_numbers(fall, eine)))
        eingaben[f"../{anderer.pfad.name}/fall.yaml"] = anderer.fall.eingaben["fall.yaml"]
    geladen = geladen.with_befunde(check_gesamtschuld(fall, mitfaelle, stelle))
    try:
        gemeinsam = join_zahlungen(sachstand, mitfaelle)
    except Ablehnung as ablehnung:
        return geladen.with_befunde(
            [dataclasses.replace(ablehnung.befund, stelle=ablehnung.befund.stelle or stelle)]
        )
    gemeinsam = dataclasses.replace(gemeinsam, eingaben=eingaben)
    return dataclasses.replace(geladen, sachstand=sachstand.mit(gemeinsam))


def _unknown_payments(aktenzeichen: str, stelle: Stelle) -> Befund:
    return sperre(
        "GESAMTSCHULD_UNLESBAR",
        f"Der Fall {aktenzeichen} des Gesamtschuldners ist nicht lesbar; was dort gezahlt wurde, ist nicht bekannt.",
        "Diesen Fall mit „mahnakte pruefen“ ansehen und in Ordnung bringen.",
        stelle,
    )


def _load_alone(gelesen: Fallordner, lage: Lage) -> GeladenerFall:
    stand = gelesen.vorgaenge
    andere = tuple(befund for befund in gelesen.befunde if befund not in stand.schaden)
    if gelesen.fall_yaml is None:
        return GeladenerFall(gelesen.pfad, None, None, stand, stand.schaden, (*stand.schaden, *andere))
    falldatei, befunde = lesen.read_falldatei(gelesen.fall_yaml, show(gelesen.pfad / "fall.yaml"))
    if falldatei is None:
        return GeladenerFall(
            gelesen.pfad, None, None, stand, stand.schaden, (*stand.schaden, *andere, *befunde)
        )
    schaden = (*stand.schaden, *verify_aktenzeichen(gelesen.pfad, stand.vorgaenge, falldatei.aktenzeichen))
    sachstand, befunde = _compose(gelesen, falldatei, lage)
    return GeladenerFall(
        gelesen.pfad, falldatei.aktenzeichen, sachstand, stand, schaden, (*schaden, *andere, *befunde)
    )


def name_fall(befunde: Iterable[Befund], pfad: pathlib.Path) -> tuple[Befund, ...]:
    """Give each finding without a place that of its case: among thousands nobody knows whose it is."""
    ort = Stelle(show(pfad / "fall.yaml"))
    return tuple(befund if befund.stelle else dataclasses.replace(befund, stelle=ort) for befund in befunde)


def _verify(geladen: GeladenerFall) -> GeladenerFall:
    befunde = verify_dokumente(geladen.pfad, geladen.stand.vorgaenge)
    schaden = tuple(befund for befund in befunde if befund.code == BESCHAEDIGT)
    return dataclasses.replace(
        geladen, schaden=(*geladen.schaden, *schaden), befunde=(*geladen.befunde, *befunde)
    )


def _compose(
    gelesen: Fallordner, falldatei: Falldatei, lage: Lage
) -> tuple[Sachstand | None, tuple[Befund, ...]]:
    einstellungen, einstellungen_datei = lage.einstellungen_for(gelesen.pfad)
    recht = lage.recht_for(gelesen.pfad)
    dateien, fehlende = read_dateien(gelesen.pfad, referenced_files(falldatei, gelesen.vorgaenge.vorgaenge))
    rechnungen = {verweis: read_rechnungsdatei(datei, lage.werkstatt) for verweis, datei in dateien.items()}
    eingaben = {
        "fall.yaml": sha256(gelesen.fall_yaml or b""),
        f"../{EINSTELLUNGEN}": einstellungen_datei.sha256,
        **recht.eingaben,
        **{verweis: datei.sha256 for verweis, datei in dateien.items()},
    }
    fall, befunde = compose_fall(
        falldatei, einstellungen, recht.stand, rechnungen, gelesen.vorgaenge.vorgaenge, eingaben
    )
    if fall is None:
        return None, (*fehlende, *befunde)
    gesehen = look_at_pages(fall, dateien, rechnungen, lage.werkstatt)
    sachstand = Sachstand(fall, lage.stichtag)
    return sachstand, without_quittierte((*fehlende, *befunde, *gesehen, *check_fall(sachstand)), fall)


def _load_einstellungen(pfad: pathlib.Path) -> tuple[Einstellungen, Datei]:
    try:
        datei = read_einstellungen(pfad)
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    einstellungen, befunde = lesen.read_einstellungen(datei.inhalt, show(pfad))
    if einstellungen is None:
        raise NichtBegonnen(befunde)
    return einstellungen, datei
