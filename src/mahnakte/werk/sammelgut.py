"""The published applications that wait for a collective EDA file: read back from their steps, and still right."""

import dataclasses
import pathlib
from collections.abc import Collection, Iterable

from mahnakte.ablage.lesen import Fallordner, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.antrag.aus_fall.entwurf import derive_antrag, is_tested
from mahnakte.antrag.aus_fall.folgeantrag import derive_folgeantraege
from mahnakte.antrag.eda.folgeantrag import check_folgeantrag
from mahnakte.antrag.eda.write import find_obstacles
from mahnakte.antrag.modell import Mahnantrag
from mahnakte.antrag.sammeldatei import Antrag, Schritt
from mahnakte.arten.vorgang import ANTRAG, EINGEREICHT, VB_ANTRAG
from mahnakte.fall.vorgang import Vorgang
from mahnakte.fall.vorgangsdaten.antrag import Folgeantragsdaten
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, has_sperre, warnung
from mahnakte.grund.datum import format_datum
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import effective_vorgaenge, ereignisse_bis
from mahnakte.werk import vollstreckungsbescheid
from mahnakte.werk.antragsdatei import read_antraege
from mahnakte.werk.laden import Lage, check_umschau, excuse_doppelte, load_fall


@dataclasses.dataclass(frozen=True, slots=True)
class Wartend:
    """One published step that no collective file holds yet."""

    schritt: Schritt
    art: str
    gericht: str
    antraege: tuple[Antrag, ...]


def find_wartende(
    ordner: Iterable[pathlib.Path], lage: Lage, enthalten: Collection[str]
) -> tuple[list[Wartend], list[Befund]]:
    """Return the applications to be written, by Aktenzeichen, and why others must not be.

    `enthalten` are the hashes of the steps that earlier files hold. Cases that cannot be worked on were
    reported before; here they are left alone, and damage is named.
    """
    wartende: list[Wartend] = []
    befunde: list[Befund] = []
    for pfad in ordner:
        gelesen = read_fallordner(pfad)
        if not any(v.art in EINGEREICHT and v.hash not in enthalten for v in gelesen.vorgaenge.vorgaenge):
            continue  # most cases: nothing to load
        geladen = excuse_doppelte(check_umschau(load_fall(gelesen, lage), lage.umschau_of(pfad)))
        sachstand = geladen.sachstand
        if sachstand is None or not geladen.benutzbar:
            befunde += geladen.schaden
            continue
        for vorgang in _newest(sachstand):
            if vorgang.hash in enthalten or is_filed(sachstand, vorgang):
                continue
            try:
                neu = _take(gelesen, sachstand, vorgang)
            except Ablehnung as ablehnung:
                befunde.append(ablehnung.befund)
            else:
                wartende += [neu] if neu else []
    return sorted(wartende, key=lambda einer: einer.schritt.aktenzeichen), befunde


def _newest(sachstand: Sachstand) -> list[Vorgang]:
    """Of the applications for the Mahnbescheid only the last one counts; the others per debtor, all of them."""
    wirksame = effective_vorgaenge(sachstand)
    mahnantraege = [v for v in wirksame if v.art == ANTRAG.wort]
    return mahnantraege[-1:] + [v for v in wirksame if v.art == VB_ANTRAG.wort]


def is_filed(sachstand: Sachstand, vorgang: Vorgang) -> bool:
    """Tell whether an event says that a step was filed: it names the step, or came on its day or later."""
    ereignisse = ereignisse_bis(sachstand, EINGEREICHT[vorgang.art])
    return any(e.vorgang == vorgang.nr if e.vorgang else e.am >= vorgang.stichtag for e in ereignisse)


def _take(gelesen: Fallordner, sachstand: Sachstand, vorgang: Vorgang) -> Wartend | None:
    """Return the step's applications; None when the proven records cannot hold them (said when it was made)."""
    antraege = read_antraege(gelesen.pfad, vorgang)
    mahnantraege = [antrag for antrag in antraege if isinstance(antrag, Mahnantrag)]
    folgeantraege = [antrag for antrag in antraege if not isinstance(antrag, Mahnantrag)]
    getestet = is_tested(sachstand)
    if any(find_obstacles(antrag, getestet=getestet) for antrag in mahnantraege) or any(
        map(check_folgeantrag, folgeantraege)
    ):
        return None
    aktenzeichen = sachstand.fall.aktenzeichen
    if veraltet := why_outdated(sachstand, vorgang, antraege):
        raise Ablehnung(
            warnung(
                "ANTRAG_UEBERHOLT",
                f"{aktenzeichen}: Vorgang {vorgang.nr:04d} kommt in keine Sammeldatei: {veraltet}",
                "Den Antrag mit „mahnakte antrag FALL --erneut GRUND“ neu erstellen oder den Vorgang stornieren.",
                Stelle(show(gelesen.pfad / "vorgaenge" / f"{vorgang.nr:04d}")),
            )
        )
    schritt = Schritt(gelesen.name, aktenzeichen, vorgang.nr, vorgang.hash)
    gericht = (isinstance(vorgang.daten, Folgeantragsdaten) and vorgang.daten.gericht) or ""
    if mahnantraege:
        gericht = f"{mahnantraege[0].mahngericht.plz} {mahnantraege[0].mahngericht.ort}"
    return Wartend(schritt, vorgang.art, gericht, antraege)


def why_outdated(sachstand: Sachstand, vorgang: Vorgang, antraege: tuple[Antrag, ...]) -> str | None:
    """Say why a step's applications are no longer right: forbidden by now, or the case tells it differently."""
    for antrag in antraege:
        if isinstance(antrag, Mahnantrag):
            return _why_application_outdated(sachstand, vorgang, antrag)
    return _why_follow_up_outdated(sachstand, vorgang, antraege)


def _why_application_outdated(sachstand: Sachstand, vorgang: Vorgang, antrag: Mahnantrag) -> str | None:
    jetzt = derive_antrag(sachstand)
    if jetzt.antrag is None:
        return next(befund.text for befund in jetzt.befunde if has_sperre([befund]))
    if zahlung := _paid_since(sachstand, vorgang):
        return zahlung
    damals = derive_antrag(sachstand.am(vorgang.stichtag)).antrag
    if damals is None or dataclasses.replace(damals, herleitung=()) != dataclasses.replace(
        antrag, herleitung=()
    ):
        return "Die Angaben im Fall haben sich seitdem geändert."
    return None


def _why_follow_up_outdated(
    sachstand: Sachstand, vorgang: Vorgang, antraege: tuple[Antrag, ...]
) -> str | None:
    jetzt = {folge.schuldner: folge for folge in derive_folgeantraege(sachstand)}
    for kennung in vollstreckungsbescheid.covered((vorgang,)):
        folge = jetzt.get(kennung)
        if folge is None or folge.antrag is None:
            befunde = folge.befunde if folge else ()
            return next(
                (b.text for b in befunde if has_sperre([b])), f"„{kennung}“ ist nicht mehr Schuldner."
            )
    if zahlung := _paid_since(sachstand, vorgang):
        return zahlung
    damals = [folge.antrag for folge in derive_folgeantraege(sachstand.am(vorgang.stichtag))]
    return (
        None
        if all(antrag in damals for antrag in antraege)
        else "Die Angaben im Fall haben sich seitdem geändert."
    )


def _paid_since(sachstand: Sachstand, vorgang: Vorgang) -> str | None:
    """A credit after the application's Stichtag: part of what it asks for is no longer owed."""
    fall = sachstand.fall
    tage = [
        *(zahlung.am for zahlung in fall.zahlungen),
        *(mitzahlung.am for mitzahlung in fall.mitzahlungen),
        *(gutschrift.am for gutschrift in fall.gutschriften),
        *(verzicht.am for verzicht in fall.verzicht),
    ]
    spaetere = [tag for tag in tage if vorgang.stichtag < tag <= sachstand.stichtag]
    return (
        f"Am {format_datum(min(spaetere))} wurde gezahlt, gutgeschrieben oder verzichtet."
        if spaetere
        else None
    )
