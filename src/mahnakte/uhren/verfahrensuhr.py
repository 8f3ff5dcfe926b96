"""The dates of the dunning procedure against each debtor, from what the court reported (§§ 688 to 703d ZPO).

One rule per event: which period it starts, whose it is, and what settles it.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator

from mahnakte.arten.ereignis import (
    ABGABE,
    ANSPRUCHSBEGRUENDUNG,
    ANTRAG_EINGEREICHT,
    ANTRAG_ZURUECKGEWIESEN,
    EINSPRUCH,
    MB_ERLASSEN,
    MB_NICHT_ZUGESTELLT,
    MB_ZUGESTELLT,
    MONIERUNG,
    PFAENDUNG_ZUGESTELLT,
    RECHTSKRAFT,
    VB_ZUGESTELLT,
    WIDERSPRUCH,
    Abschnitt,
    worte,
)
from mahnakte.fall.modell import Ereignis
from mahnakte.fall.partei import Schuldner
from mahnakte.grund.befund import Ablehnung, Befund, Schwere, warnung
from mahnakte.grund.betrag import NULL
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Konto
from mahnakte.recht.kalender import Fristende, add_frist, frist_ende, shift_ende
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.verfahren import (
    Verfahrensfrist,
    compute_rechtskraft_vb,
    compute_verfahrensfrist,
    compute_widerspruchsfrist,
)
from mahnakte.recht.verjaehrungsfrist import dauer_of
from mahnakte.recht.werte import Rechtswert
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verfahren import list_gerichtsakte
from mahnakte.uhren.fristeintrag import (
    Fristeintrag,
    find_eingetragen_am,
    list_vorfristen,
    name_ereignis,
    without_shift,
)
from mahnakte.uhren.gerichtsland import UNBEKANNT, Gerichtsland, find_gerichtsland

_EIN_TAG = dt.timedelta(days=1)
_INLAND = "DE"
_VB = worte(lambda art: art.abschnitt is Abschnitt.VOLLSTRECKUNGSBESCHEID)


@dataclasses.dataclass(frozen=True, slots=True)
class Verfahrensfristen:
    """The dates of the procedure and what a person must look at."""

    eintraege: tuple[Fristeintrag, ...]
    befunde: tuple[Befund, ...]


def compute_verfahrensfristen(sachstand: Sachstand, konto: Konto | None) -> Verfahrensfristen:
    """Return the dates of every debtor's procedure up to the Stichtag; a paid case leaves nothing open."""
    eintraege: list[Fristeintrag] = []
    befunde: list[Befund] = []
    for nr, schuldner in enumerate(sachstand.fall.schuldner, start=1):
        verfahren = _Verfahren(sachstand, schuldner, nr, konto is not None and konto.gesamt <= NULL)
        for art, regel in _REGELN.items():
            try:
                eintraege += regel(verfahren, art)
            except Ablehnung as ablehnung:  # an event before the tables begin or after they end
                befunde.append(dataclasses.replace(ablehnung.befund, schwere=Schwere.WARNUNG))
        befunde += verfahren.find_missing_title()
    return Verfahrensfristen(tuple(eintraege), tuple(dict.fromkeys(befunde)))


class _Verfahren:
    """The procedure against one debtor: his events, and how a date of it is written down."""

    def __init__(self, sachstand: Sachstand, schuldner: Schuldner, nr: int, bezahlt: bool) -> None:
        self.schuldner = schuldner
        self._sachstand = sachstand
        self._nr = nr
        self._bezahlt = bezahlt
        self._ereignisse = list_gerichtsakte(sachstand, schuldner.kennung)

    @property
    def recht(self) -> Rechtsstand:
        """The law in force for this case."""
        return self._sachstand.recht

    def of(self, art: str) -> tuple[Ereignis, ...]:
        """Return the events of one kind, the oldest first."""
        return tuple(ereignis for ereignis in self._ereignisse if ereignis.art == art)

    def land(self, ereignis: Ereignis) -> Gerichtsland:
        """Return the Land of the dunning court: the one that the event names, else the creditor's."""
        return find_gerichtsland(self._sachstand, ereignis.gericht)

    def settled_by(self, ab: Ereignis, *arten: str) -> str:
        """Return what came after an event and settles its period, an empty text where nothing did."""
        for ereignis in self._ereignisse:
            spaeter = ereignis.am > ab.am or (ereignis.am == ab.am and ereignis is not ab)
            if spaeter and ereignis.art in arten and not self._is_partial(ereignis):
                return name_ereignis(ereignis)
        return self._title_since(ab.am)

    def ends_by_itself(self, ende: dt.date) -> str:
        """A period of the other side needs no watching once it is over."""
        return f"abgelaufen am {format_datum(ende)}" if ende < self._sachstand.stichtag else ""

    def over_since(self, ereignis: Ereignis) -> str:
        """Return that the event itself says until when it lasted, an empty text where it still does."""
        tage = [
            tag for tag in (ereignis.bis, ereignis.aufgehoben_am) if tag and tag <= self._sachstand.stichtag
        ]
        return f"beendet am {format_datum(min(tage))}" if tage else ""

    def entry(
        self, art: str, ab: Ereignis, ende: Fristende, land: Gerichtsland | None, text: str, erledigt: str
    ) -> Fristeintrag:
        """Return the date of one period that an event started; `land` None: no holiday matters."""
        feiertage = f" {land.text[:1].upper()}{land.text[1:]}." if land else ""
        verschoben = (
            f" {ende.grund}, deshalb {format_datum(ende.ende)} (§ 222 Abs. 2 ZPO)." if ende.grund else ""
        )
        return Fristeintrag(
            art=art,
            gegenstand=f"{self.schuldner.kennung}/{self._ordinal(ab)}",
            fuer=f"Schuldner {self._nr}",
            worum=f"Verfahren gegen {self.schuldner.voller_name}",
            schuldner=self.schuldner.kennung,
            roh=ende.roh,
            ende=ende.ende,
            sicher_bis=ende.sicher_bis,
            vorfristen=list_vorfristen(art, ende.sicher_bis, ab.am, land.land if land else None),
            grund=f"{text}.{verschoben}{feiertage}",
            eingetragen_am=find_eingetragen_am(self._sachstand.fall, ab.stelle),
            erledigt="ausgeglichen" if self._bezahlt else erledigt,
            stelle=ab.stelle,
        )

    def find_missing_title(self) -> Iterator[Befund]:
        """A Vollstreckungsbescheid that is final but not entered as a title is watched by nobody."""
        if self._bezahlt or self._titles() or not (gefunden := self._final_order()):
            return
        akt, rechtskraft = gefunden
        text = (
            f"Gegen „{self.schuldner.kennung}“ ist seit {format_datum(rechtskraft)} ein Vollstreckungsbescheid "
            "rechtskräftig, aber kein Titel eingetragen; seine Verjährung überwacht so niemand."
        )
        yield warnung("TITEL_NICHT_EINGETRAGEN", text, "Unter „titel:“ in fall.yaml eintragen.", akt.stelle)

    def _final_order(self) -> tuple[Ereignis, dt.date] | None:
        """Return the act from which a Vollstreckungsbescheid is known to be final, and the day.

        Without the event „rechtskraft“ it follows the period for the Einspruch that nobody lodged (§ 705 ZPO).
        """
        if endgueltig := self.of(RECHTSKRAFT.wort):
            return endgueltig[-1], endgueltig[-1].am
        zugestellt = self.of(VB_ZUGESTELLT.wort)
        if not zugestellt or self.of(EINSPRUCH.wort):
            return None
        try:
            ende = self.einspruchsfrist(zugestellt[-1]).ende.ende
        except Ablehnung:  # outside the tables; the rule of that period says so
            return None
        return (zugestellt[-1], ende + _EIN_TAG) if ende < self._sachstand.stichtag else None

    def widerspruchsfrist(self, zustellung: Ereignis) -> Verfahrensfrist:
        """Return the period for the objection (§ 692 (1) no. 3 ZPO, § 32 (3) AVAG)."""
        ausland = self.schuldner.staat != _INLAND
        return compute_widerspruchsfrist(self.recht, zustellung.am, self.land(zustellung).land, ausland)

    def einspruchsfrist(self, zustellung: Ereignis) -> Verfahrensfrist:
        """Return the period after service of the Vollstreckungsbescheid (§§ 339, 700 ZPO)."""
        return compute_rechtskraft_vb(
            self.recht,
            zustellung.am,
            self.land(zustellung).land,
            ausland=self.schuldner.staat != _INLAND,
        )

    def _titles(self) -> tuple[dt.date, ...]:
        tage = (
            titel.erlassen_am or titel.zugestellt_am or titel.rechtskraft_am
            for titel in self._sachstand.fall.titel
            if titel.schuldner in (None, self.schuldner.kennung)
        )
        return tuple(tag for tag in tage if tag is not None and tag <= self._sachstand.stichtag)

    def _title_since(self, am: dt.date) -> str:
        spaetere = [tag for tag in self._titles() if tag >= am]
        return f"Titel vom {format_datum(min(spaetere))}" if spaetere else ""

    def _is_partial(self, ereignis: Ereignis) -> bool:
        """A partial Widerspruch leaves the rest for the Vollstreckungsbescheid."""
        return ereignis.art == WIDERSPRUCH.wort and ereignis.umfang == "teil"

    def _ordinal(self, ereignis: Ereignis) -> int:
        """Return the place among the events of its kind as people wrote them: corrected dates do not change it."""
        gleiche = [
            e
            for e in self._sachstand.fall.ereignisse
            if e.art == ereignis.art and e.schuldner == ereignis.schuldner
        ]
        return next(nr for nr, einer in enumerate(gleiche, start=1) if einer is ereignis)


# --- one rule per kind of date ---------------------------------------------------------------------------


def _widerspruch(verfahren: _Verfahren, art: str) -> Iterator[Fristeintrag]:
    for ab in verfahren.of(MB_ZUGESTELLT.wort):
        land = verfahren.land(ab)
        frist = verfahren.widerspruchsfrist(ab)
        erledigt = verfahren.settled_by(ab, WIDERSPRUCH.wort, *_VB) or verfahren.ends_by_itself(
            frist.ende.ende
        )
        text = _since("Mahnbescheid zugestellt", ab, frist.wert)
        yield verfahren.entry(art, ab, frist.ende, land, text, erledigt)


def _vb_from(verfahren: _Verfahren, art: str) -> Iterator[Fristeintrag]:
    for ab in verfahren.of(MB_ZUGESTELLT.wort):
        ende = verfahren.widerspruchsfrist(ab).ende.ende
        text = f"Nicht vor Ablauf der Widerspruchsfrist am {format_datum(ende)} (§ 699 Abs. 1 Satz 2 ZPO)"
        bis = compute_verfahrensfrist(
            verfahren.recht, "mahnbescheid_wirkung", ab.am, verfahren.land(ab).land
        ).ende.ende
        erledigt = verfahren.settled_by(ab, WIDERSPRUCH.wort, *_VB) or verfahren.ends_by_itself(bis)
        yield verfahren.entry(art, ab, without_shift(ende + _EIN_TAG), None, text, erledigt)


def _vb_until(verfahren: _Verfahren, art: str) -> Iterator[Fristeintrag]:
    for ab in verfahren.of(MB_ZUGESTELLT.wort):
        land = verfahren.land(ab)
        frist = compute_verfahrensfrist(verfahren.recht, "mahnbescheid_wirkung", ab.am, land.land)
        erledigt = verfahren.settled_by(ab, WIDERSPRUCH.wort, *_VB)
        yield verfahren.entry(
            art, ab, frist.ende, land, _since("Mahnbescheid zugestellt", ab, frist.wert), erledigt
        )


def _monierung(verfahren: _Verfahren, art: str) -> Iterator[Fristeintrag]:
    """The court's own date, else one month: a longer delay of ours costs the back-dating (§ 167 ZPO)."""
    for ab in verfahren.of(MONIERUNG.wort):
        land = verfahren.land(ab)
        if ab.bis:
            ende, text = (
                shift_ende(ab.bis, land.land),
                f"Monierung vom {format_datum(ab.am)}, vom Gericht gesetzte Frist",
            )
        else:
            ende, text = _soon(verfahren, ab, land, "Monierung")
        erledigt = verfahren.settled_by(ab, MB_ERLASSEN.wort, MB_ZUGESTELLT.wort, ANTRAG_ZURUECKGEWIESEN.wort)
        yield verfahren.entry(art, ab, ende, land, text, erledigt)


def _neuzustellung(verfahren: _Verfahren, art: str) -> Iterator[Fristeintrag]:
    for ab in verfahren.of(MB_NICHT_ZUGESTELLT.wort):
        land = verfahren.land(ab)
        ende, text = _soon(verfahren, ab, land, "Mahnbescheid nicht zugestellt")
        erledigt = verfahren.settled_by(ab, MB_ZUGESTELLT.wort, ANTRAG_EINGEREICHT.wort)
        yield verfahren.entry(art, ab, ende, land, text, erledigt)


def _klage(verfahren: _Verfahren, art: str) -> Iterator[Fristeintrag]:
    for ab in verfahren.of(ANTRAG_ZURUECKGEWIESEN.wort):
        frist = compute_verfahrensfrist(verfahren.recht, "klage_nach_zurueckweisung", ab.am)
        erledigt = verfahren.settled_by(ab, ANTRAG_EINGEREICHT.wort, ABGABE.wort)
        text = _since("Mahnantrag zurückgewiesen, zugestellt", ab, frist.wert)
        yield verfahren.entry(art, ab, frist.ende, UNBEKANNT, text, erledigt)


def _abgabe(verfahren: _Verfahren, art: str) -> Iterator[Fristeintrag]:
    """No period bars the hand-over, but the suspension of limitation ends six months after the last act."""
    for ab in verfahren.of(WIDERSPRUCH.wort):
        land = verfahren.land(ab)
        wert = verfahren.recht.wert_am("verjaehrung_nachlauf", ab.am)
        text = (
            f"Widerspruch vom {format_datum(ab.am)}; die Hemmung der Verjährung endet {wert.worte} nach "
            f"der letzten Verfahrenshandlung ({wert.fundstelle}); abgegeben wird erst nach Zahlung (§ 12 Abs. 3 GKG)"
        )
        erledigt = verfahren.settled_by(ab, ABGABE.wort, ANSPRUCHSBEGRUENDUNG.wort, RECHTSKRAFT.wort)
        yield verfahren.entry(art, ab, frist_ende(ab.am, dauer_of(wert), land.land), land, text, erledigt)


def _begruendung(verfahren: _Verfahren, art: str) -> Iterator[Fristeintrag]:
    for ab in verfahren.of(ABGABE.wort):
        frist = compute_verfahrensfrist(verfahren.recht, "anspruchsbegruendung", ab.am)
        erledigt = verfahren.settled_by(ab, ANSPRUCHSBEGRUENDUNG.wort, RECHTSKRAFT.wort)
        text = (
            f"{_since('Abgabe an das Streitgericht', ab, frist.wert)}; die Frist läuft ab Zustellung der "
            "Aufforderung, gerechnet ist der früheste Tag"
        )
        yield verfahren.entry(art, ab, frist.ende, UNBEKANNT, text, erledigt)


def _einspruch(verfahren: _Verfahren, art: str) -> Iterator[Fristeintrag]:
    for ab in verfahren.of(VB_ZUGESTELLT.wort):
        land = verfahren.land(ab)
        frist = verfahren.einspruchsfrist(ab)
        erledigt = verfahren.settled_by(ab, EINSPRUCH.wort, RECHTSKRAFT.wort) or verfahren.ends_by_itself(
            frist.ende.ende
        )
        text = f"{_since('Vollstreckungsbescheid zugestellt', ab, frist.wert)}; danach rechtskräftig"
        yield verfahren.entry(art, ab, frist.ende, land, text, erledigt)


def _erklaerung(verfahren: _Verfahren, art: str) -> Iterator[Fristeintrag]:
    """§ 840 (1) ZPO. Where the third-party debtor sits is not stated: only nationwide holidays move the end."""
    for ab in verfahren.of(PFAENDUNG_ZUGESTELLT.wort):
        frist = compute_verfahrensfrist(verfahren.recht, "drittschuldnererklaerung", ab.am)
        text = _since(PFAENDUNG_ZUGESTELLT.name, ab, frist.wert)
        yield verfahren.entry(art, ab, frist.ende, UNBEKANNT, text, verfahren.over_since(ab))


_REGELN: dict[str, Callable[[_Verfahren, str], Iterator[Fristeintrag]]] = {
    "monierung": _monierung,
    "neuzustellung": _neuzustellung,
    "klage": _klage,
    "widerspruch": _widerspruch,
    "vb_antrag_ab": _vb_from,
    "vb_antrag": _vb_until,
    "abgabe": _abgabe,
    "anspruchsbegruendung": _begruendung,
    "einspruch": _einspruch,
    "drittschuldnererklaerung": _erklaerung,
}


def _since(was: str, ab: Ereignis, wert: Rechtswert) -> str:
    return f"{was} am {format_datum(ab.am)}: {wert.worte} ({wert.fundstelle})"


def _soon(verfahren: _Verfahren, ab: Ereignis, land: Gerichtsland, was: str) -> tuple[Fristende, str]:
    wert = verfahren.recht.wert_am("zustellung_demnaechst", ab.am)
    ende = shift_ende(add_frist(ab.am, dauer_of(wert)), land.land)
    text = (
        f"{was} am {format_datum(ab.am)}; keine Frist angegeben, mehr als {wert.worte} Verzögerung durch uns "
        f"gefährdet die Rückwirkung auf den Antrag ({wert.fundstelle})"
    )
    return ende, text
