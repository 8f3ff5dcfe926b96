"""The cases that bank bookings are matched with: known by their cards, read whole only where one may be meant."""

import dataclasses
import pathlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from mahnakte.ablage.lesen import read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.bestand.karte import Fallkarte
from mahnakte.bestand.verzeichnis import Verzeichnis
from mahnakte.eingang.bank.abgleich import Sache
from mahnakte.grund.befund import Befund, Stelle
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.laden import GeladenerFall, Lage, load_fall
from mahnakte.werk.zahlungssache import sketch_sache


@dataclasses.dataclass(frozen=True, slots=True)
class Gebucht:
    """The step that holds a booking, and the case by the name it has here."""

    fall: str
    nr: int


class Zahlungsfaelle:
    """The cases below the given paths by the name that messages show; each is read at most once."""

    def __init__(self, ordner: Sequence[pathlib.Path], lage: Lage, bemerkt: Collection[Befund] = ()) -> None:
        self._lage = lage
        self._ordner = {show(pfad): pfad for pfad in ordner}
        umschau = lage.look_around(ordner, bemerkt)
        self._verzeichnis: Verzeichnis = umschau.verzeichnis
        self.befunde = umschau.befunde
        self._geladene: dict[str, GeladenerFall] = {}
        self._karten: dict[str, Fallkarte] = {}
        for name in self._ordner:
            eintragung = umschau.verzeichnis.look_up(name)
            if eintragung is not None:
                self._karten[name] = eintragung.karte
            if eintragung is None or eintragung.karte.ungelesene:
                self.load(name)  # reading it whole says what is wrong
        self.gebuchte: Mapping[str, Gebucht] = {
            quelle: Gebucht(name, nr) for name, karte in self._karten.items() for quelle, nr in karte.quellen
        }
        self._ungeklaerte: dict[str, list[str]] = defaultdict(list)
        self._nach_aktenzeichen: dict[str, list[str]] = defaultdict(list)
        for name, karte in self._karten.items():
            self._nach_aktenzeichen[karte.aktenzeichen.casefold()].append(name)
            for buchung in karte.ungeklaert:
                self._ungeklaerte[buchung].append(name)

    def load(self, name: str) -> GeladenerFall:
        """Return a case read whole, with what stands against it because of its number."""
        if name not in self._geladene:
            geladen = load_fall(read_fallordner(self._ordner[name]), self._lage)
            if geladen.aktenzeichen is not None:
                stelle = Stelle(show(geladen.pfad / "fall.yaml"))
                geladen = geladen.with_befunde(
                    self._verzeichnis.check_aktenzeichen(geladen.aktenzeichen, name, stelle)
                )
            self._geladene[name] = geladen
        return self._geladene[name]

    @property
    def geladene(self) -> tuple[GeladenerFall, ...]:
        """Return the cases that were read whole."""
        return tuple(self._geladene.values())

    def sachen(self) -> Iterator[Sache]:
        """Yield every case as matching sees it."""
        for name, karte in self._karten.items():

            def load(name: str = name) -> Sachstand | None:
                return self.load(name).sachstand

            yield sketch_sache(karte, name, load)

    def find(self, aktenzeichen: str) -> tuple[str, ...]:
        """Return the cases with that number: one, or none, or the several that share it."""
        return tuple(self._nach_aktenzeichen.get(aktenzeichen.casefold(), ()))

    def held_by(self, buchung: str) -> tuple[str, ...]:
        """Return the cases that still wait for the decision about a booking."""
        return tuple(self._ungeklaerte.get(buchung, ()))

    def is_decided(self, name: str, buchung: str) -> bool:
        """Tell whether somebody has decided in that case that the booking is not to be asked about again."""
        return buchung in self._karten[name].entschieden

    def aktenzeichen(self, name: str) -> str:
        """Return the number of a case."""
        return self._karten[name].aktenzeichen

    def pfad(self, name: str) -> pathlib.Path:
        """Return the folder of a case."""
        return self._ordner[name]
