"""Until when an untitled claim can be enforced against each debtor: limitation as a timeline (§§ 194 to 213 BGB).

What a title covers is watched by `uhr.py` instead.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator

from mahnakte.fall.fall import Fall, Forderung
from mahnakte.fall.partei import Schuldner
from mahnakte.grund.befund import Ablehnung, Befund, Schwere, hinweis, warnung
from mahnakte.grund.betrag import NULL
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import compute_konto_gegen
from mahnakte.konto.modell import Konto
from mahnakte.konto.zinsgrund import arisen_on
from mahnakte.recht.kalender import KALENDER_NICHT_GEDECKT, add_months
from mahnakte.recht.katalog import decide_frist
from mahnakte.recht.verjaehrung import Verjaehrung, Verjaehrungstatsachen, compute_verjaehrung
from mahnakte.recht.werte import NACH_TABELLE
from mahnakte.stand.sachstand import Sachstand
from mahnakte.uhren.entstehung import Entstehung, find_entstehung
from mahnakte.uhren.fristeintrag import Fristeintrag, list_vorfristen
from mahnakte.uhren.gerichtsland import Gerichtsland, find_gerichtsland
from mahnakte.uhren.umstaende import Umstaende, collect_umstaende

# So many months before the last safe day a finding speaks up; the nearest stage that is reached is named.
VORWARNSTUFEN_MONATE = (12, 6, 3, 1)


@dataclasses.dataclass(frozen=True, slots=True)
class Anspruchsuhr:
    """The limitation of one claim against one debtor.

    `verjaehrung` is None where the law has no answer that the program knows; `befunde` then say why. `fehlt` names
    the facts that nobody stated: the clock then shows the earliest end. `erledigt`: paid, or a title took its place.
    """

    forderung: Forderung
    schuldner: Schuldner
    entstehung: Entstehung
    land: Gerichtsland
    verjaehrung: Verjaehrung | None
    fehlt: tuple[str, ...]
    erledigt: str
    befunde: tuple[Befund, ...]

    def is_lapsed(self, stichtag: dt.date) -> bool:
        """Tell whether the last day for a filing has gone by."""
        return self.verjaehrung is not None and self.verjaehrung.letzter_tag < stichtag


def compute_anspruchsuhren(sachstand: Sachstand, konto: Konto | None) -> tuple[Anspruchsuhr, ...]:
    """Return one clock per claim and debtor, in the order of fall.yaml; later facts are ignored.

    `konto` is the full account as of the Stichtag; without it (None) every claim counts as open.
    """
    konten = {
        einer.kennung: _konto_gegen(sachstand, einer.kennung, konto) for einer in sachstand.fall.schuldner
    }
    return tuple(
        _compute(sachstand, forderung, schuldner, konten[schuldner.kennung])
        for forderung in sachstand.fall.forderungen
        if arisen_on(forderung) <= sachstand.stichtag
        for schuldner in sachstand.fall.schuldner
    )


def _konto_gegen(sachstand: Sachstand, kennung: str, konto: Konto | None) -> Konto | None:
    """Titles bind one debtor only; where there are some, each of several debtors has an account of his own."""
    if konto is None or not sachstand.fall.titel or len(sachstand.fall.schuldner) == 1:
        return konto
    try:
        return compute_konto_gegen(sachstand, kennung)
    except (
        Ablehnung
    ):  # `mahnakte konto` says why; the common account leaves the claim open, which is the careful side
        return konto


def _compute(
    sachstand: Sachstand, forderung: Forderung, schuldner: Schuldner, konto: Konto | None
) -> Anspruchsuhr:
    entstehung = find_entstehung(sachstand.fall, forderung)
    umstaende = collect_umstaende(sachstand, forderung, schuldner.kennung, konto)
    land = find_gerichtsland(sachstand)
    erledigt = _settled(forderung, konto)
    try:
        verjaehrung, fragen = _limit(sachstand, forderung, entstehung, umstaende, land)
    except Ablehnung as ablehnung:
        befund = dataclasses.replace(ablehnung.befund, schwere=Schwere.WARNUNG)
        # A claim that falls due after a table's end is simply not due: nothing runs yet (§ 199 (1) BGB).
        ruht = entstehung.am > sachstand.stichtag and befund.code in (NACH_TABELLE, KALENDER_NICHT_GEDECKT)
        verjaehrung, fragen = None, () if ruht else (befund,)
    fragen = tuple(dataclasses.replace(frage, stelle=sachstand.fall.anspruch.stelle) for frage in fragen)
    fehlt = (*entstehung.fehlt, *umstaende.fehlt)
    uhr = Anspruchsuhr(forderung, schuldner, entstehung, land, verjaehrung, fehlt, erledigt, ())
    if erledigt:
        return uhr
    return dataclasses.replace(uhr, befunde=(*fragen, *umstaende.befunde, *_remark(uhr, sachstand.stichtag)))


def _limit(
    sachstand: Sachstand,
    forderung: Forderung,
    entstehung: Entstehung,
    umstaende: Umstaende,
    land: Gerichtsland,
) -> tuple[Verjaehrung, tuple[Befund, ...]]:
    frist, fragen = decide_frist(sachstand.recht, sachstand.fall.katalog_of(forderung))
    tatsachen = Verjaehrungstatsachen(
        entstehung.am, frist=frist, beginn_am=forderung.leistung_am, umstaende=umstaende.alle, land=land.land
    )
    return compute_verjaehrung(sachstand.recht, tatsachen, sachstand.stichtag), fragen


def _settled(forderung: Forderung, konto: Konto | None) -> str:
    """Return why the claim needs no watching; interest still open keeps the clock running (§ 217 BGB)."""
    for stand in konto.forderungen if konto else ():
        if stand.rechnung == forderung.nummer:
            if stand.haupt.offen > NULL or stand.zinsen.offen > NULL:
                return ""
            return "tituliert; siehe die Fristen des Titels" if stand.haupt.tituliert else "ausgeglichen"
    return ""


# --- findings ------------------------------------------------------------------------------------------


def _remark(uhr: Anspruchsuhr, stichtag: dt.date) -> Iterator[Befund]:
    for befund in _findings(uhr, stichtag):
        yield dataclasses.replace(befund, stelle=uhr.forderung.stelle, gegenstand=uhr.forderung.nummer)


def _findings(uhr: Anspruchsuhr, stichtag: dt.date) -> Iterator[Befund]:
    name = f"Rechnung {uhr.forderung.nummer}"
    for angabe in uhr.entstehung.fehlt:
        yield hinweis("VERJAEHRUNG_ANGABE_FEHLT", f"{name}: für die Verjährung fehlt {angabe}.",
                      "Bis dahin gilt das früheste Ende.")  # fmt: skip
    verjaehrung = uhr.verjaehrung
    if verjaehrung is None:
        return
    gegen = f"{name} gegen „{uhr.schuldner.kennung}“"
    fehlt = f" Es fehlt: {'; '.join(uhr.fehlt)}." if uhr.fehlt else ""
    if uhr.is_lapsed(stichtag):
        yield _lapsed(gegen, verjaehrung, fehlt)
    elif stufe := _stage(verjaehrung.sicher_bis, stichtag):
        yield warnung(
            "VERJAEHRUNG_DROHT",
            f"{gegen} verjährt mit Ablauf des {format_datum(verjaehrung.ablauf)}{_safe_day(verjaehrung)}: "
            f"{stufe}.{fehlt}",
            "Vorher den Mahnbescheid beantragen („mahnakte antrag“) oder klagen; oft genügt ein Einredeverzicht.",
        )


def _lapsed(gegen: str, verjaehrung: Verjaehrung, fehlt: str) -> Befund:
    tag = format_datum(verjaehrung.letzter_tag)
    if fehlt:
        return warnung("VERJAEHRUNG_UNGEKLAERT", f"{gegen} ist vielleicht seit Ablauf des {tag} verjährt.{fehlt}",
                       "Die Angabe ergänzen; bis dahin gilt das früheste Ende.")  # fmt: skip
    return warnung(
        "VERJAEHRUNG_EINGETRETEN",
        f"{gegen} ist seit Ablauf des {tag} verjährt; der Schuldner kann die Zahlung verweigern (§ 214 BGB).",
        "Prüfen, ob Verhandlungen, Zahlungen oder Anerkenntnisse fehlen, bevor jemand weiter mahnt.",
    )


def _safe_day(verjaehrung: Verjaehrung) -> str:
    if verjaehrung.sicher_bis == verjaehrung.ablauf:
        return ""
    return f" (letzter Werktag davor: {format_datum(verjaehrung.sicher_bis)})"


def _stage(sicher_bis: dt.date, stichtag: dt.date) -> str:
    """Return the nearest stage of the ladder that the Stichtag has reached, or an empty text."""
    if stichtag > sicher_bis:
        return "nur noch wenige Tage"
    erreicht = [monate for monate in VORWARNSTUFEN_MONATE if stichtag >= add_months(sicher_bis, -monate)]
    if not erreicht:
        return ""
    monate = min(erreicht)
    return f"höchstens noch {monate} {'Monate' if monate > 1 else 'Monat'}"


# --- as dates --------------------------------------------------------------------------------------------


def list_anspruchsfristen(fall: Fall, uhren: tuple[Anspruchsuhr, ...]) -> Iterator[Fristeintrag]:
    """Return the date of each clock that has one."""
    nummern = {forderung.nummer: nr for nr, forderung in enumerate(fall.forderungen, start=1)}
    for uhr in uhren:
        if uhr.verjaehrung is not None:
            yield _entry(fall, uhr, uhr.verjaehrung, nummern[uhr.forderung.nummer])


def _entry(fall: Fall, uhr: Anspruchsuhr, verjaehrung: Verjaehrung, nr: int) -> Fristeintrag:
    wer = [einer.kennung for einer in fall.schuldner].index(uhr.schuldner.kennung) + 1
    nummer = uhr.forderung.nummer
    return Fristeintrag(
        art="verjaehrung",
        gegenstand=f"{nummer}/{uhr.schuldner.kennung}",
        fuer=f"Forderung {nr}, Schuldner {wer}",
        worum=f"Rechnung {nummer} gegen {uhr.schuldner.voller_name}",
        schuldner=uhr.schuldner.kennung,
        roh=verjaehrung.ablauf,
        ende=verjaehrung.letzter_tag,
        sicher_bis=verjaehrung.sicher_bis,
        vorfristen=list_vorfristen("verjaehrung", verjaehrung.sicher_bis, uhr.entstehung.am, uhr.land.land),
        grund=f"{uhr.entstehung.grund}; {verjaehrung.zeilen[0].text} {uhr.land.text[:1].upper()}{uhr.land.text[1:]}.",
        fehlt=uhr.fehlt,
        zeitstrahl=verjaehrung.zeilen,
        erledigt=uhr.erledigt,
        stelle=uhr.forderung.stelle,
    )
