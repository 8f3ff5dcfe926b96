"""What lies in the tray: letters that are written and not recorded as sent, compared with the case as it is today."""

import dataclasses
import datetime as dt
import pathlib
import re
from collections.abc import Iterator, Mapping, Sequence

from mahnakte.ablage.lesen import read_dateien
from mahnakte.ablage.stoerung import show
from mahnakte.ablauf.halt import Grund
from mahnakte.briefe.begleitmail import ENDUNG as EMAIL
from mahnakte.briefe.ueberholt import draft_again
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.befund import Ablehnung, Stelle, sperre
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import unversandte_briefe
from mahnakte.werk.laden import Lage
from mahnakte.werk.ueberholt import find_gruende

# A letter is posted within a week or not at all; what is older was sent before anybody kept notes.
TAGE_IM_FACH = 7
_PLZ = re.compile(r"(\d{5}) (.+)", re.ASCII)


@dataclasses.dataclass(frozen=True, slots=True)
class Brieflage:
    """A letter in the tray; `gruende` say why it must not go out any more."""

    vorgang: Vorgang
    gruende: tuple[Grund, ...]

    @property
    def als_email(self) -> bool:
        """Tell whether a draft lies ready to be mailed."""
        return any(name.endswith(EMAIL) for name in self.vorgang.dateien)


@dataclasses.dataclass(frozen=True, slots=True)
class Sendung:
    """What goes into one envelope: the address as it stands in the window, and the documents, the letter first."""

    pfad: pathlib.Path
    aktenzeichen: str
    vorgang: Vorgang
    stamm: str
    anschrift: tuple[str, ...]
    dokumente: tuple[bytes, ...]

    @property
    def plz(self) -> str:
        """Return the German postcode, empty for a letter abroad or without one."""
        return self._place[0]

    @property
    def ort(self) -> str:
        """Return the place that belongs to the postcode."""
        return self._place[1]

    @property
    def staat(self) -> str:
        """Return the last line of a letter abroad; empty within Germany."""
        letzte = self.anschrift[-1]
        return letzte if letzte.isupper() and not _PLZ.fullmatch(letzte) else ""

    @property
    def _place(self) -> tuple[str, str]:
        treffer = None if self.staat else _PLZ.fullmatch(self.anschrift[-1])
        return (treffer[1], treffer[2]) if treffer else ("", "")

    @property
    def ordnung(self) -> tuple[str, ...]:
        """Return what letters are sorted by for the post: inland by postcode, then abroad by state."""
        return (self.staat, self.plz or "99999", self.aktenzeichen, self.stamm)


@dataclasses.dataclass(frozen=True, slots=True)
class Postfach:
    """The tray of one case: the letters written since `seit`, and how many older ones no note says were sent.

    An office that begins to keep notes has years of letters without one; they must not go out a second time.
    """

    briefe: tuple[Brieflage, ...]
    aeltere: int


def look_into_tray(pfad: pathlib.Path, sachstand: Sachstand, lage: Lage, seit: dt.date) -> Postfach:
    """Return the unsent letters of a case, each compared with the case. Raises Ablehnung for a damaged document."""
    briefe = unversandte_briefe(sachstand)
    neue = [vorgang for vorgang in briefe if vorgang.stichtag >= seit]
    lagen = tuple(Brieflage(vorgang, find_gruende(pfad, sachstand, vorgang, lage)) for vorgang in neue)
    return Postfach(lagen, len(briefe) - len(neue))


def list_sendungen(pfad: pathlib.Path, sachstand: Sachstand, vorgang: Vorgang) -> Iterator[Sendung]:
    """Yield the envelopes of one letter that is still true; joint debtors get one each. Raises Ablehnung."""
    anschriften = {entwurf.stamm: entwurf.anschrift for entwurf in draft_again(sachstand, vorgang)}
    for stamm, namen in _by_copy(vorgang).items():
        if stamm not in anschriften:
            ort = Stelle(show(pfad / "vorgaenge" / f"{vorgang.nr:04d}"))
            raise Ablehnung(
                sperre("SENDUNG_OHNE_ANSCHRIFT", f"Zu {stamm}.pdf gibt es im Fall keinen Empfänger mehr.",
                       "Den Vorgang stornieren und neu schreiben.", ort)
            )  # fmt: skip
        yield Sendung(
            pfad, vorgang.aktenzeichen, vorgang, stamm, tuple(anschriften[stamm]), _read(pfad, vorgang, namen)
        )


def _by_copy(vorgang: Vorgang) -> Mapping[str, list[str]]:
    """Return the PDFs of each copy, the letter before its enclosures; an enclosure bears the name of its letter."""
    staemme = sorted(name.removesuffix(".docx") for name in vorgang.dateien if name.endswith(".docx"))
    kopien: dict[str, list[str]] = {stamm: [f"{stamm}.pdf"] for stamm in staemme}
    for name in sorted(vorgang.dateien):
        if name.endswith(".pdf") and name.removesuffix(".pdf") not in kopien:
            passende = [stamm for stamm in staemme if name.startswith(f"{stamm}_")]
            if passende:
                kopien[max(passende, key=len)].append(name)
    return kopien


def _read(pfad: pathlib.Path, vorgang: Vorgang, namen: Sequence[str]) -> tuple[bytes, ...]:
    """Return the documents; `load_fall` has compared them with the entry of the step."""
    verweise = [f"vorgaenge/{vorgang.nr:04d}/{name}" for name in namen]
    dateien, befunde = read_dateien(pfad, verweise)
    if befunde:
        raise Ablehnung(*befunde)
    return tuple(dateien[verweis].inhalt for verweis in verweise)


def first_day(stichtag: dt.date) -> dt.date:
    """Return the earliest day whose letters are taken to lie in the tray."""
    return stichtag - dt.timedelta(days=TAGE_IM_FACH)
