"""What stops the series of a whole case: payment, dispute, hold, plan, court, title, fate of the debtor."""

import dataclasses
from collections.abc import Iterator

from mahnakte.ablauf.gerichtslage import Gerichtslage, compute_gerichtslage, offene_rechnungen
from mahnakte.ablauf.ratenstand import compute_ratenstand
from mahnakte.ablauf.verlangtes import describe_whole, find_whole
from mahnakte.arten import grundart
from mahnakte.arten.ereignis import (
    BESTRITTEN,
    BESTRITTEN_ERLEDIGT,
    EREIGNISARTEN,
    FREIGABE,
    KONTAKT,
    MAHNSPERRE,
    RATENPLAN,
    RATENPLAN_GEKUENDIGT,
    SCHICKSALE,
    STUNDUNG,
    VERGLEICH,
    ZAHLUNG_VERWEIGERT,
)
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis
from mahnakte.fall.partei import Schuldner
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import Konto
from mahnakte.konto.zinsabrede import list_zinsabreden
from mahnakte.stand.postenfrage import laufende_postensperren, offene_postenfragen
from mahnakte.stand.sachstand import Sachstand, once
from mahnakte.stand.schicksal import laufende_schicksale
from mahnakte.stand.ungeklaert import describe_ungeklaerte, ungeklaerte_zahlungen
from mahnakte.stand.verfahren import Verfahren, list_verfahren
from mahnakte.stand.verlauf import ereignisse_bis
from mahnakte.stand.zahltag import end_of_stundung, move_zahltag
from mahnakte.uhren.umstaende import paid_since


@dataclasses.dataclass(frozen=True, slots=True)
class Grund:
    """Why a case is left alone: stable code and a sentence for the clerk."""

    code: str
    text: str

    def as_json(self) -> dict[str, str]:
        """Return the form of the JSON contract."""
        return {"code": self.code, "text": self.text}


def find_halt(sachstand: Sachstand, konto: Konto) -> Grund | None:
    """Return why the case as a whole is left alone on the Stichtag, or None. `konto` is the full account."""
    return next(iter(list_halte(sachstand, konto)), None)


def list_halte(sachstand: Sachstand, konto: Konto) -> tuple[Grund, ...]:
    """Return every such reason, the weightiest first: a letter may be meant for one of them (arten/brief.py)."""
    pruefungen = (
        _nothing_counts(sachstand.fall),
        _paid(sachstand, konto),
        _paid_as_asked(sachstand, konto),
        _only_side_claims(konto),
        _order_of_time(sachstand),
        *(_fate(sachstand, art) for art in SCHICKSALE),
        *_proceedings(sachstand, konto),
        _unsettled(sachstand),
        _disputed(sachstand),
        _held(sachstand),
        _questioned(sachstand),
        _blocked(sachstand),
        _deferred(sachstand),
        _instalments(sachstand, konto),
        find_vergleich(sachstand, konto),
        _promised(sachstand),
    )
    return tuple(grund for grund in pruefungen if grund)


@once
def angeschriebene(sachstand: Sachstand) -> tuple[Schuldner, ...]:
    """Return the debtors that letters go to; an event that names nobody concerns all of them."""
    betroffen = {ereignis.schuldner for ereignis in laufende_schicksale(sachstand)}
    return (
        () if None in betroffen else tuple(s for s in sachstand.fall.schuldner if s.kennung not in betroffen)
    )


def code_of_schicksal(ereignis: Ereignis) -> str:
    """Return the code of the reason with which a debtor's fate stops what goes to him."""
    haelt = EREIGNISARTEN[ereignis.art].haelt
    return haelt.code if haelt else ereignis.art


def describe_schicksal(fall: Fall, ereignis: Ereignis) -> str:
    """Return the sentence about one debtor's fate, with the name where there are several."""
    wer = f"{fall.schuldner_mit(ereignis.schuldner).voller_name}: " if ereignis.schuldner else ""
    schicksal = EREIGNISARTEN[ereignis.art].schicksal
    return f"{wer}{schicksal.brief if schicksal else ereignis.art} (seit {format_datum(ereignis.am)})"


def _nothing_counts(fall: Fall) -> Grund | None:
    if fall.forderungen or fall.titel:
        return None
    nummern = ", ".join(fall.nicht_geltende)
    return Grund(
        grundart.RECHNUNG_GILT_NICHT.code, f"Keine Rechnung wird hier gefordert ({nummern}: „gilt: nein“)."
    )


def _paid(sachstand: Sachstand, konto: Konto) -> Grund | None:
    if (
        all(forderung.datum > sachstand.stichtag for forderung in sachstand.fall.forderungen)
        and not sachstand.fall.titel
    ):
        return None  # nothing has arisen yet: that is not the same as paid
    if konto.gesamt <= NULL:
        zuviel = f" Überzahlt: {format_euro(konto.ueberzahlung)}." if konto.ueberzahlung else ""
        return Grund(grundart.BEZAHLT.code, f"Die Forderung ist ausgeglichen.{zuviel}")
    return None


def _paid_as_asked(sachstand: Sachstand, konto: Konto) -> Grund | None:
    """A letter says until when its sum suffices: whoever has paid it in time is not asked for a few cents more."""
    verlangtes = find_whole(sachstand, konto)
    return Grund(grundart.VERLANGTES_GEZAHLT.code, describe_whole(verlangtes, konto)) if verlangtes else None


def _only_side_claims(konto: Konto) -> Grund | None:
    if konto.hauptforderung <= NULL < konto.gesamt:
        return Grund(
            grundart.NUR_NEBENFORDERUNG.code,
            f"Die Hauptforderung ist bezahlt; offen bleiben {format_euro(konto.gesamt)} Zinsen und Kosten. "
            "Ein Mensch entscheidet, ob sie verlangt werden.",
        )
    return None


def _order_of_time(sachstand: Sachstand) -> Grund | None:
    spaetere = [vorgang for vorgang in sachstand.fall.vorgaenge if vorgang.stichtag > sachstand.stichtag]
    if not spaetere:
        return None
    letzter = spaetere[-1]
    return Grund(
        grundart.STICHTAG_ZU_FRUEH.code,
        f"Vorgang {letzter.nr:04d} hat den Stichtag {format_datum(letzter.stichtag)}; davor wird nichts "
        "nachgeschoben.",
    )


def _fate(sachstand: Sachstand, art: str) -> Grund | None:
    """The case as a whole stops only when nobody is left to write to."""
    if angeschriebene(sachstand):
        return None
    for ereignis in laufende_schicksale(sachstand):
        if ereignis.art == art:
            return Grund(code_of_schicksal(ereignis), describe_schicksal(sachstand.fall, ereignis))
    return None


def _proceedings(sachstand: Sachstand, konto: Konto) -> tuple[Grund, ...]:
    """The court stops the case as a whole when it leaves nothing that could be demanded of anybody."""
    lage = find_gerichtslage(sachstand, konto)
    return describe_verfahren(lage, konto) if lage.haelt_alles else ()


def list_teilhalte(sachstand: Sachstand, konto: Konto) -> tuple[Grund, ...]:
    """Return the proceedings that stop a part of the case only: for letters that are about the whole of it."""
    lage = find_gerichtslage(sachstand, konto)
    return () if lage.haelt_alles else describe_verfahren(lage, konto)


def find_gerichtslage(sachstand: Sachstand, konto: Konto) -> Gerichtslage:
    """Return what the court has of a case whose full account is `konto`."""
    erreichbare = angeschriebene(sachstand) or sachstand.fall.schuldner
    return compute_gerichtslage(
        list_verfahren(sachstand), offene_rechnungen(konto, sachstand.stichtag), erreichbare
    )


def describe_verfahren(lage: Gerichtslage, konto: Konto) -> tuple[Grund, ...]:
    """Return a reason for a title that is entered, and one for the proceedings that have come furthest."""
    titel = [eines.titel for eines in lage.verfahren if eines.titel]
    gericht = [eines for eines in lage.verfahren if eines.letzter]
    gruende = []
    if titel:
        daneben = sum((zeile.offen for zeile in konto.forderungen if not zeile.titel), NULL)
        rest = (
            f" Ohne Titel offen sind daneben {format_euro(daneben)}; dafür einen eigenen Fall anlegen."
            if daneben > NULL and lage.haelt_alles
            else ""
        )
        text = f"Es gibt einen Titel ({titel[0].kennung}); die Mahnreihe ist zu Ende. Ablauf: „mahnakte titel“.{rest}"
        gruende.append(Grund(grundart.TITEL_VORHANDEN.code, text))
    if gericht:
        gruende.append(
            Grund(grundart.BEI_GERICHT.code, _at_court(max(gericht, key=lambda eines: eines.seit)))
        )
    return tuple(gruende)


def _at_court(verfahren: Verfahren) -> str:
    if verfahren.gescheitert:
        return (
            f"{verfahren.worte}. Ein Mensch entscheidet, ob neu beantragt („mahnakte antrag“) oder geklagt wird; bis "
            "wann die Klage den Tag des Antrags erhält, zeigt „mahnakte fristen“ (§ 691 Abs. 2 ZPO)."
        )
    return f"Gerichtliches Verfahren: {verfahren.worte}."


def _is_whole(ereignis: Ereignis) -> bool:
    return ereignis.rechnung is None and ereignis.betrag is None


@once
def offene_einwaende(sachstand: Sachstand) -> tuple[Ereignis, ...]:
    """Return the disputes that no later `bestritten_erledigt` of the same subject has ended.

    On one day their order in fall.yaml decides. One that names a sum settles that sum, of the oldest dispute first;
    what is left of it is disputed in part.
    """
    offene: list[Ereignis] = []
    for ereignis in ereignisse_bis(sachstand, BESTRITTEN.wort, BESTRITTEN_ERLEDIGT.wort):
        offene = (
            [*offene, ereignis]
            if ereignis.art == BESTRITTEN.wort
            else [*_settle(sachstand.fall, offene, ereignis)]
        )
    return tuple(offene)


def _settle(fall: Fall, offene: list[Ereignis], ende: Ereignis) -> Iterator[Ereignis]:
    """Yield what is still disputed after one settlement."""
    rest = ende.betrag
    for einwand in offene:
        if ende.rechnung not in (None, einwand.rechnung):
            yield einwand
        elif rest is not None:
            betroffen = (f.betrag for f in fall.forderungen if einwand.rechnung in (None, f.nummer))
            bestritten = einwand.betrag or sum(betroffen, NULL)
            erledigt = min(rest, bestritten)
            rest -= erledigt
            if bestritten > erledigt:
                yield dataclasses.replace(einwand, betrag=bestritten - erledigt) if erledigt else einwand


@once
def laufende_sperren(sachstand: Sachstand) -> tuple[Ereignis, ...]:
    """Return the holds that last beyond or until the Stichtag."""
    return tuple(
        sperre
        for sperre in ereignisse_bis(sachstand, MAHNSPERRE.wort)
        if sperre.bis and sperre.bis >= sachstand.stichtag
    )


def _disputed(sachstand: Sachstand) -> Grund | None:
    for einwand in offene_einwaende(sachstand):
        if _is_whole(einwand):
            return Grund(
                grundart.BESTRITTEN.code, f"Bestritten seit {format_datum(einwand.am)}: {einwand.grund}"
            )
    return None


def _held(sachstand: Sachstand) -> Grund | None:
    for sperre in laufende_sperren(sachstand):
        if _is_whole(sperre) and sperre.bis:
            return Grund(
                grundart.MAHNSPERRE.code, f"Mahnsperre bis {format_datum(sperre.bis)}: {sperre.grund}"
            )
    return None


def _questioned(sachstand: Sachstand) -> Grund | None:
    """The list of open items may know of a payment that the case does not: first that must be clear."""
    fragen = offene_postenfragen(sachstand)
    if not fragen:
        return None
    mehr = f" (und {len(fragen) - 1} weitere)" if len(fragen) > 1 else ""
    return Grund(
        grundart.POSTENFRAGE.code, f"Seit {format_datum(fragen[0].am)} zu klären: {fragen[0].grund}{mehr}"
    )


def _blocked(sachstand: Sachstand) -> Grund | None:
    for sperre in laufende_postensperren(sachstand):
        return Grund(
            grundart.POSTENSPERRE.code,
            f"In der Buchhaltung gesperrt seit {format_datum(sperre.am)}: {sperre.grund}",
        )
    return None


def _unsettled(sachstand: Sachstand) -> Grund | None:
    """No letter says that nothing came while a payment lies on the account that may be the debtor's."""
    offene = ungeklaerte_zahlungen(sachstand)
    return Grund(grundart.ZAHLUNG_UNGEKLAERT.code, describe_ungeklaerte(offene)) if offene else None


def _deferred(sachstand: Sachstand) -> Grund | None:
    for stundung in ereignisse_bis(sachstand, STUNDUNG.wort):
        ende = end_of_stundung(sachstand.fall, stundung)
        if ende >= sachstand.stichtag:
            return Grund(grundart.STUNDUNG.code, f"Gestundet bis {format_datum(ende)}.")
    return None


def _instalments(sachstand: Sachstand, konto: Konto) -> Grund | None:
    """No pressure while a plan is kept; a missed rate, or a rest after the last one, is for a person to decide."""
    ereignisse = ereignisse_bis(sachstand, RATENPLAN.wort, RATENPLAN_GEKUENDIGT.wort)
    if not ereignisse or ereignisse[-1].art != RATENPLAN.wort:
        return None
    plan = ereignisse[-1]
    stand = compute_ratenstand(sachstand, plan)
    vom = f"Ratenplan vom {format_datum(plan.am)}"
    if stand.rueckstand_seit:
        return Grund(
            grundart.RATE_AUSGEBLIEBEN.code,
            f"{vom}: {format_euro(stand.rueckstand)} im Rückstand seit {format_datum(stand.rueckstand_seit)}. "
            "Nachfragen, und wenn der Plan endet, das Ereignis „ratenplan_gekuendigt“ ergänzen.",
        )
    if stand.erfuellt:
        return Grund(
            grundart.RATENPLAN_ERFUELLT.code,
            f"{vom}: alle Raten sind gezahlt; das Konto zeigt noch {format_euro(konto.gesamt)}. "
            f"{_what_is_left(sachstand, plan)}",
        )
    naechste = stand.naechste
    worte = (
        f"; nächste Rate {format_euro(naechste.betrag)} am {format_datum(naechste.am)}" if naechste else ""
    )
    return Grund(grundart.RATENPLAN.code, f"{vom} wird eingehalten{worte}.")


def find_vergleich(sachstand: Sachstand, konto: Konto) -> Grund | None:
    """Return how the latest settlement stands: no demand while it runs.

    Whether it was kept, and what then, is for a person to decide.

    A step that somebody has released since its day of payment goes on.
    """
    vergleiche = ereignisse_bis(sachstand, VERGLEICH.wort)
    if not vergleiche:
        return None
    letzter = vergleiche[-1]
    zahltag = move_zahltag(sachstand.fall, letzter.bis or letzter.am)
    betrag = letzter.betrag or NULL
    vom = f"Vergleich vom {format_datum(letzter.am)}: {format_euro(betrag)} bis {format_datum(zahltag)}"
    gezahlt = paid_since(sachstand.am(min(zahltag, sachstand.stichtag)), letzter.am)
    if gezahlt < betrag and sachstand.stichtag <= zahltag:
        return Grund(grundart.VERGLEICH.code, f"{vom}; bis dahin wird nichts verlangt.")
    if any(f.am > zahltag and f.schritt for f in ereignisse_bis(sachstand, FREIGABE.wort)):
        return None
    if gezahlt >= betrag:
        return Grund(
            grundart.VERGLEICH_ERFUELLT.code,
            f"{vom} ist gezahlt; das Konto zeigt noch {format_euro(konto.gesamt)}. Den erlassenen Rest unter "
            "„verzicht:“ erfassen.",
        )
    return Grund(
        grundart.VERGLEICH_AUSGEBLIEBEN.code,
        f"{vom}; rechtzeitig gezahlt sind {format_euro(gezahlt)}. Ein Mensch entscheidet: nachfragen, oder mit dem "
        "Ereignis „freigabe“ und „schritt“ weiter mahnen.",
    )


def _what_is_left(sachstand: Sachstand, plan: Ereignis) -> str:
    """Say what a rest after the last instalment can be, by what was agreed on interest, and what to do about it."""
    (abrede,) = (einer for einer in list_zinsabreden(sachstand) if einer.ereignis is plan)
    if abrede.zinsen is None:
        return (
            "War der Plan zinsfrei, bei ihm „zinsen: keine“ ergänzen; sonst abrechnen und „ratenplan_gekuendigt“ "
            "ergänzen."
        )
    if abrede.zinsfrei:
        return (
            "Der Plan war zinsfrei; dieser Rest war nicht in den Raten. Ein Mensch entscheidet: unter „verzicht:“ "
            "erlassen oder „ratenplan_gekuendigt“ ergänzen und weiter verlangen."
        )
    return "Das sind die Zinsen während des Plans: abrechnen und „ratenplan_gekuendigt“ ergänzen."


def _promised(sachstand: Sachstand) -> Grund | None:
    """A promise is waited for until its day of payment, unless the debtor has refused since (§ 286 (2) no. 3)."""
    alle = ereignisse_bis(sachstand, KONTAKT.wort, ZAHLUNG_VERWEIGERT.wort)
    for nr, kontakt in enumerate(alle):
        if not kontakt.zusage_am or any(
            e.art == ZAHLUNG_VERWEIGERT.wort and e.schuldner in (None, kontakt.schuldner)
            for e in alle[nr + 1 :]
        ):
            continue
        zahltag = move_zahltag(sachstand.fall, kontakt.zusage_am, kontakt.schuldner)
        if zahltag >= sachstand.stichtag:
            return Grund(grundart.ZUSAGE.code, f"Zahlung zugesagt bis {format_datum(zahltag)}.")
    return None
