"""One note about a step: that it was sent, or that it no longer counts; checked, then a step of its own.

A created letter may be cancelled as long as it has not been sent, an application as long as it has not been filed;
afterwards never. What is no longer true is not sent without a reason, but what has gone out is recorded as it was. A
sending recorded by mistake is itself cancelled, as long as nothing rests on it.
"""

import dataclasses
import datetime as dt
import pathlib

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Fallordner, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.verifizieren import BESCHAEDIGT
from mahnakte.ablage.veroeffentlichen import publish_next
from mahnakte.ablauf.halt import Grund
from mahnakte.arten.ereignis import MAHNUNG_ZUGEGANGEN
from mahnakte.arten.vorgang import EINGEREICHT, STORNO, VERMERKE, VERSAND, find_vorgangsart
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf
from mahnakte.fall.vorgangsdaten.vermerk import Stornodaten, Versanddaten
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, has_sperre, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import effective_vorgaenge, ereignisse_bis
from mahnakte.werk.befehlszeile import quote_pfad
from mahnakte.werk.ergebnis import ABGELEHNT, NICHT_BEGONNEN, SCHADEN, Ergebnis
from mahnakte.werk.laden import GeladenerFall, Lage, find_fallordner, load_fall
from mahnakte.werk.sammelgut import is_filed
from mahnakte.werk.ueberholt import find_gruende, refuse_ueberholt, warn_ueberholt
from mahnakte.werk.vorgangswahl import already_sent, missing_step


@dataclasses.dataclass(frozen=True, slots=True)
class Vermerk:
    """What is to be recorded of the step meant: that it was sent, or that it no longer counts."""

    anlass: str
    daten: Versanddaten | Stornodaten

    @property
    def art(self) -> str:
        """Return the kind of the note."""
        return "versand" if isinstance(self.daten, Versanddaten) else "storno"

    @property
    def nr(self) -> int:
        """Return the number of the step meant."""
        return self.daten.vorgang


class _NichtDa(Ablehnung):
    """The number is not there at all: a wrong call, not a refused case."""


class Vermerkbuch:
    """One note in the making: keeps what is to be said about it, for the answer."""

    def __init__(self, lage: Lage, vermerk: Vermerk) -> None:
        self._lage = lage
        self._vermerk = vermerk
        self._befunde: tuple[Befund, ...] = ()

    def record(self, pfad: pathlib.Path, herkunft: Herkunft) -> Ergebnis:
        """Publish the note for one case; a note that stands already is made once."""
        vermerk = self._vermerk
        ordner = find_fallordner(pfad)
        gelesen = read_fallordner(ordner)
        daten = {"pfad": show(ordner), "vorgang": vermerk.nr, "art": vermerk.art}
        try:
            vorgang = publish_next(gelesen, self._draft, herkunft)
        except _NichtDa as falsch:
            return Ergebnis({**daten, "nr": None}, ("Nichts vermerkt.",), falsch.befunde, NICHT_BEGONNEN)
        except Ablehnung as ablehnung:
            schaden = SCHADEN if any(b.code == BESCHAEDIGT for b in ablehnung.befunde) else ABGELEHNT
            return Ergebnis({**daten, "nr": None}, ("Nichts vermerkt.",), ablehnung.befunde, schaden)
        if vorgang is None:
            satz = f"Vorgang {vermerk.nr:04d}: {vermerk.art} ist schon vermerkt."
            return Ergebnis({**daten, "nr": None}, (satz,))
        was = vermerk.anlass if vermerk.art == VERSAND.wort else f"storniert ({vermerk.anlass})"
        satz = f"Vorgang {vermerk.nr:04d} {was}; vermerkt als Vorgang {vorgang.nr:04d}."
        return Ergebnis({**daten, "nr": vorgang.nr}, (satz,), self._befunde)

    def _draft(self, gelesen: Fallordner) -> Vorgangsentwurf | None:
        lage, vermerk = self._lage, self._vermerk
        geladen = load_fall(gelesen, lage)
        sachstand = geladen.sachstand
        if sachstand is None or geladen.aktenzeichen is None:
            raise Ablehnung(geladen.befunde[0])
        if geladen.schaden:
            raise Ablehnung(*geladen.schaden)
        wirksame = effective_vorgaenge(sachstand)
        if _find_vermerk(wirksame, gelesen.vorgaenge.vorgaenge, vermerk):
            return None
        gemeint = _find_gemeint(wirksame, gelesen.vorgaenge.vorgaenge, vermerk, lage.stichtag, gelesen.pfad)
        daten = vermerk.daten
        if isinstance(daten, Versanddaten):
            self._befunde = self._check_versand(geladen, sachstand, gemeint, daten)
        else:
            _check_storno(sachstand, wirksame, gemeint, gelesen.pfad)
            daten = dataclasses.replace(daten, versand=isinstance(gemeint.daten, Versanddaten))
        return Vorgangsentwurf(
            aktenzeichen=geladen.aktenzeichen,
            art=vermerk.art,
            stichtag=lage.stichtag,
            anlass=vermerk.anlass,
            eingaben={},
            daten=daten,
            ersetzt=vermerk.nr if vermerk.art == STORNO.wort else None,
        )

    def _check_versand(
        self, geladen: GeladenerFall, sachstand: Sachstand, gemeint: Vorgang, versand: Versanddaten
    ) -> tuple[Befund, ...]:
        """Compare what goes out with the case as of that day.

        A past day is always recorded: it happened, and default may hang on it (§ 286 BGB). What goes out today is
        stopped unless somebody says why it goes nevertheless.
        """
        am, pfad = versand.am, geladen.pfad
        _check_day(gemeint, am, self._lage.stichtag, Stelle(show(pfad / "vorgaenge")))
        ungeklaert = [Grund(b.code, b.text) for b in geladen.befunde if has_sperre([b])]
        gruende = (*ungeklaert, *find_gruende(pfad, sachstand.am(am), gemeint, self._lage))
        if not gruende:
            return ()
        if am == self._lage.stichtag and versand.trotzdem is None:
            raise refuse_ueberholt(pfad, gemeint, am, gruende)
        return (warn_ueberholt(pfad, gemeint, am, gruende),)


def _find_vermerk(
    wirksame: tuple[Vorgang, ...], alle: tuple[Vorgang, ...], vermerk: Vermerk
) -> Vorgang | None:
    """Return the note that says the same already: a storno once, a sending on the same day by the same way."""
    neu = vermerk.daten
    if isinstance(neu, Stornodaten):
        return next((v for v in alle if v.art == STORNO.wort and v.ersetzt == vermerk.nr), None)
    return next(
        (v for v, alt in _versande(wirksame, vermerk.nr) if (alt.am, alt.weg) == (neu.am, neu.weg)), None
    )


def _versande(wirksame: tuple[Vorgang, ...], nr: int) -> list[tuple[Vorgang, Versanddaten]]:
    return [(v, v.daten) for v in wirksame if isinstance(v.daten, Versanddaten) and v.daten.vorgang == nr]


def _find_gemeint(
    wirksame: tuple[Vorgang, ...],
    alle: tuple[Vorgang, ...],
    vermerk: Vermerk,
    stichtag: dt.date,
    pfad: pathlib.Path,
) -> Vorgang:
    """Return the standing step that is meant; a note is none, but a sending may be cancelled."""
    gemeint = next((vorgang for vorgang in wirksame if vorgang.nr == vermerk.nr), None)
    if gemeint is None or (
        gemeint.art in VERMERKE and (gemeint.art, vermerk.art) != (VERSAND.wort, STORNO.wort)
    ):
        genannt = next((v for v in alle if v.nr == vermerk.nr and v.stichtag <= stichtag), None)
        ort = Stelle(show(pfad / "vorgaenge"))
        abhilfe = "Die Nummer des Ordners unter vorgaenge/ angeben."
        befund = missing_step(_why_not(genannt, alle, vermerk, stichtag), abhilfe, ort)
        raise Ablehnung(befund) if genannt else _NichtDa(befund)
    return gemeint


def _check_storno(
    sachstand: Sachstand, wirksame: tuple[Vorgang, ...], gemeint: Vorgang, pfad: pathlib.Path
) -> None:
    """Refuse to cancel what is out of the house, and a sending on which something rests."""
    if gemeint.versandter is not None:
        _check_versand_free(sachstand, wirksame, gemeint, gemeint.versandter, pfad)
        return
    if versande := [versand for versand, _ in _versande(wirksame, gemeint.nr)]:
        raise Ablehnung(
            already_sent(
                f"Vorgang {gemeint.nr:04d} wurde {versande[-1].anlass}; er lässt sich nicht mehr stornieren.",
                "Ein neues Schreiben an den Schuldner richten, das es richtigstellt. Ging er in Wahrheit nicht "
                f"hinaus, zuerst den Vermerk stornieren: mahnakte storno {quote_pfad(pfad)} {versande[-1].nr} "
                "--grund TEXT",
                Stelle(show(pfad / "vorgaenge")),
            )
        )
    _check_not_filed(sachstand, wirksame, gemeint.nr, pfad)


def _check_versand_free(
    sachstand: Sachstand, wirksame: tuple[Vorgang, ...], versand: Vorgang, nr: int, pfad: pathlib.Path
) -> None:
    """A sending is taken back only while nothing says or presupposes that the letter went out."""
    _check_not_filed(sachstand, wirksame, nr, pfad)
    brief = next((v for v in wirksame if v.nr == nr), None)
    zugaenge = [
        f"der Zugang am {format_datum(e.am)}"
        for e in ereignisse_bis(sachstand, MAHNUNG_ZUGEGANGEN.wort)
        if brief
        and (e.vorgang == nr or (e.vorgang is None and e.stufe == brief.art and e.am >= brief.stichtag))
    ]
    spaetere = [
        f"Vorgang {v.nr:04d} ({v.art}) vom {format_datum(v.stichtag)}"
        for v in wirksame
        if v.nr > versand.nr and find_vorgangsart(v.art).baut_auf and not v.nachtrag.erfasst
    ]
    if zugaenge or spaetere:
        raise Ablehnung(
            sperre("VERSAND_TRAEGT",
                   f"Der Versand (Vorgang {versand.nr:04d}) lässt sich nicht stornieren: Auf ihm beruht "
                   f"{', '.join((*zugaenge, *spaetere))}.",
                   "Erst das Genannte zurücknehmen, wenn es falsch ist; sonst bleibt der Versand stehen, und ein "
                   "neues Schreiben stellt richtig, was falsch ist.", Stelle(show(pfad / "vorgaenge")))
        )  # fmt: skip


def _check_not_filed(
    sachstand: Sachstand, wirksame: tuple[Vorgang, ...], nr: int, pfad: pathlib.Path
) -> None:
    """What lies with the court is taken back there (§ 269 ZPO), not in the folder."""
    antrag = next((v for v in wirksame if v.nr == nr and v.art in EINGEREICHT), None)
    if antrag is not None and is_filed(sachstand, antrag):
        raise Ablehnung(
            sperre("SCHON_EINGEREICHT",
                   f"Vorgang {nr:04d} ist beim Gericht eingereicht; er lässt sich nicht mehr stornieren.",
                   "Den Antrag beim Gericht zurücknehmen. War er es doch nicht: das Ereignis "
                   f"„{EINGEREICHT[antrag.art]}“ streichen oder dessen Vorgang stornieren.",
                   Stelle(show(pfad / "vorgaenge")))
        )  # fmt: skip


def _check_day(gemeint: Vorgang, am: dt.date, stichtag: dt.date, ort: Stelle) -> None:
    """A step is sent on its own day at the earliest, and nobody knows a sending of tomorrow."""
    if gemeint.stichtag <= am <= stichtag:
        return
    falsch = (
        f"vor dem Schreiben vom {format_datum(gemeint.stichtag)}"
        if am < gemeint.stichtag
        else f"nach dem Stichtag {format_datum(stichtag)}"
    )
    raise Ablehnung(
        sperre("VERSANDTAG_FALSCH", f"Der Versand am {format_datum(am)} liegt {falsch}.",
               "Mit --am den Tag angeben, an dem das Schreiben hinausging.", ort)
    )  # fmt: skip


def _why_not(gemeint: Vorgang | None, alle: tuple[Vorgang, ...], vermerk: Vermerk, stichtag: dt.date) -> str:
    """Return why a step cannot be sent or cancelled though the number may well stand there."""
    verb = "stornieren" if vermerk.art == STORNO.wort else "versenden"
    if gemeint is None:
        return f"Einen Vorgang {vermerk.nr:04d} gibt es am {format_datum(stichtag)} nicht."
    if gemeint.art in VERMERKE:
        return f"Vorgang {vermerk.nr:04d} ist selbst ein Vermerk ({gemeint.art}); er lässt sich nicht {verb}."
    neuer = next((v.nr for v in alle if v.ersetzt == vermerk.nr and v.art != STORNO.wort), None)
    if neuer is not None:
        return f"Vorgang {vermerk.nr:04d} gilt nicht mehr: Er ist übernommen als Vorgang {neuer:04d}."
    return f"Vorgang {vermerk.nr:04d} ist storniert; er lässt sich nicht mehr {verb}."
