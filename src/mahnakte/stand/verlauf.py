"""What happened so far: letters (ours and other systems'), holds, disputes, events; as of a Stichtag."""

import dataclasses
import datetime as dt

from mahnakte.arten.brief import BRIEFARTEN, is_stufe_des_glaeubigers
from mahnakte.arten.ereignis import MAHNUNG_VERSANDT, MAHNUNG_ZUGEGANGEN
from mahnakte.arten.vorgang import STORNO
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis
from mahnakte.fall.uebernahme import list_ersetzte
from mahnakte.fall.vorgang import Vorgang
from mahnakte.stand.sachstand import Sachstand, once


@dataclasses.dataclass(frozen=True, slots=True)
class Schreiben:
    """A letter that went out: written by mahnakte (`vorgang_nr`) or by another system before.

    `frist_bis` is the deadline it sets; `zugegangen_am` is known only when an event says so. `rechnungen` are the
    invoices it asked for: a letter of ours says which, another system's named what had fallen due by its day.
    """

    stufe: str
    am: dt.date
    frist_bis: dt.date | None
    zugegangen_am: dt.date | None
    vorgang_nr: int | None
    rechnungen: frozenset[str] = frozenset()


@once
def effective_vorgaenge(sachstand: Sachstand) -> tuple[Vorgang, ...]:
    """Return the steps up to the Stichtag that neither a storno nor a takeover has cancelled."""
    bekannte = [vorgang for vorgang in sachstand.fall.vorgaenge if vorgang.stichtag <= sachstand.stichtag]
    aufgehoben = list_ersetzte(bekannte)
    return tuple(
        vorgang for vorgang in bekannte if vorgang.nr not in aufgehoben and vorgang.art != STORNO.wort
    )


@once
def unversandte_briefe(sachstand: Sachstand) -> tuple[Vorgang, ...]:
    """Return the letters of ours that no note says went out; an office that keeps no such notes has sent them all."""
    wirksame = effective_vorgaenge(sachstand)
    versandte = {vorgang.versandter for vorgang in wirksame}
    return tuple(v for v in wirksame if v.art in BRIEFARTEN and v.nr not in versandte)


@once
def ereignisse_bis(sachstand: Sachstand, *arten: str) -> tuple[Ereignis, ...]:
    """Return the events of these kinds up to the Stichtag, the oldest first."""
    gefunden = (
        ereignis
        for ereignis in sachstand.fall.ereignisse
        if ereignis.am <= sachstand.stichtag and ereignis.art in arten
    )
    return tuple(sorted(gefunden, key=lambda ereignis: ereignis.am))


def belongs_to_creditor(fall: Fall, stufe: str | None) -> bool:
    """Tell whether a letter of that stage was the creditor's, sent before the agency or lawyer who writes now.

    It counts for default (§ 286 BGB), never as a stage of their series: that begins with the Erstschreiben.
    """
    einstellungen = fall.einstellungen
    eigene = {eine.art for eine in einstellungen.mahnplan}
    return (
        einstellungen.absender.rolle != "glaeubiger"
        and is_stufe_des_glaeubigers(stufe or "")
        and stufe not in eigene
    )


@once
def list_schreiben(sachstand: Sachstand) -> tuple[Schreiben, ...]:
    """Return every letter of the series up to the Stichtag, the oldest first.

    A step is a letter when its data carry `frist_bis`; letters of other systems come from the event
    `mahnung_versandt`. Receipt comes from `mahnung_zugegangen`, by step number or by stage.
    """
    eigene = [
        Schreiben(
            vorgang.art,
            vorgang.stichtag,
            frist,
            _received(sachstand, vorgang.art, vorgang.nr, vorgang.stichtag),
            vorgang.nr,
            genannte_rechnungen(sachstand.fall, vorgang),
        )
        for vorgang in effective_vorgaenge(sachstand)
        if (frist := vorgang.brief.frist_bis)
    ]
    fremde = [
        Schreiben(
            ereignis.stufe or "",
            ereignis.am,
            ereignis.frist_bis,
            _received(sachstand, ereignis.stufe or "", None, ereignis.am),
            None,
            _due_by(sachstand.fall, ereignis.am),
        )
        for ereignis in ereignisse_bis(sachstand, MAHNUNG_VERSANDT.wort)
    ]
    return tuple(sorted(eigene + fremde, key=lambda schreiben: schreiben.am))


def genannte_rechnungen(fall: Fall, vorgang: Vorgang) -> frozenset[str]:
    """Return the invoices that a letter of ours asked for."""
    genannt = vorgang.rechnungen
    return _due_by(fall, vorgang.stichtag) if genannt is None else genannt


def _due_by(fall: Fall, tag: dt.date) -> frozenset[str]:
    return frozenset(f.nummer for f in fall.forderungen if f.faellig_am is None or f.faellig_am <= tag)


def _received(
    sachstand: Sachstand, stufe: str, vorgang_nr: int | None, versandt_am: dt.date
) -> dt.date | None:
    zugaenge = [
        ereignis.am
        for ereignis in ereignisse_bis(sachstand, MAHNUNG_ZUGEGANGEN.wort)
        if ereignis.am >= versandt_am
        and (ereignis.vorgang == vorgang_nr if ereignis.vorgang is not None else ereignis.stufe == stufe)
    ]
    return min(zugaenge, default=None)
