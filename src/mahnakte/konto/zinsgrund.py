"""From the facts of a case to default and interest: per debtor, and in common for the account.

Several debtors each have their own default (§ 425 BGB). The common account counts from the day on which all
of them are in default, at the lowest of their rates: it never claims from one debtor what only another owes.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator

from mahnakte.arten.ereignis import MB_ZUGESTELLT, ZAHLUNG_VERWEIGERT
from mahnakte.fall.fall import Fall, Forderung
from mahnakte.fall.modell import Anspruch, Zinsvereinbarung
from mahnakte.fall.partei import Schuldner
from mahnakte.fall.tatsachenfehler import unclear_rate
from mahnakte.grund.befund import Ablehnung, Befund, hinweis, warnung
from mahnakte.grund.betrag import format_zahl
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Verzugslage
from mahnakte.konto.posten import Zinslauf
from mahnakte.konto.zinsabrede import list_stundungen
from mahnakte.konto.zinsgrenzen import Zinsgrenzen
from mahnakte.recht.katalog import check_zinsrecht, find_hauptforderungsart
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.verzug import Faelligkeitsart, Mahnung, Stundung, Verzugstatsachen, decide_verzug
from mahnakte.recht.zinsen import Zinssatz
from mahnakte.recht.zinssatz import (
    Zinsentscheidung,
    Zinstatsachen,
    compare_agreed,
    decide_pauschale,
    decide_verzugszins,
    exceeds_on,
)
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import ereignisse_bis, list_schreiben


@dataclasses.dataclass(frozen=True, slots=True)
class Zinsgrund:
    """What the account takes for one claim: common default, the debtors' own, and the interest that runs.

    `verzug_ab` is None as long as default has not begun; the interest may still have its first day ahead.
    """

    verzug_ab: dt.date | None
    verzug_grund: str
    lagen: tuple[Verzugslage, ...]
    lauf: Zinslauf | None
    zinssatz_grund: str
    befunde: tuple[Befund, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Schuldnerakte:
    """What concerns one debtor up to the Stichtag, gathered once for all claims.

    Each Mahnung stands with the invoices it was about; None: every one that was due when it arrived.
    """

    schuldner: Schuldner
    mahnungen: tuple[tuple[Mahnung, frozenset[str] | None], ...]
    verweigert_am: dt.date | None
    mahnbescheid_zugestellt_am: dt.date | None
    stundungen: tuple[Stundung, ...] = ()

    def mahnungen_for(self, nummer: str) -> tuple[Mahnung, ...]:
        """Return the letters that asked for this invoice."""
        return tuple(mahnung for mahnung, nummern in self.mahnungen if nummern is None or nummer in nummern)


def open_akten(sachstand: Sachstand) -> tuple[Schuldnerakte, ...]:
    """Return the file of each debtor: letters received, refusal, service of the Mahnbescheid."""
    return tuple(_open_akte(sachstand, schuldner) for schuldner in sachstand.fall.schuldner)


def _open_akte(sachstand: Sachstand, schuldner: Schuldner) -> Schuldnerakte:
    eigene = tuple(
        ereignis for ereignis in sachstand.fall.ereignisse if ereignis.schuldner in (None, schuldner.kennung)
    )
    sein_fall = (
        dataclasses.replace(sachstand.fall, ereignisse=eigene)
        if len(eigene) < len(sachstand.fall.ereignisse)
        else sachstand.fall
    )
    return Schuldnerakte(
        schuldner,
        tuple(_reminders(sachstand.mit(sein_fall), schuldner)),
        _first(sachstand.mit(sein_fall), ZAHLUNG_VERWEIGERT.wort),
        _first(sachstand.mit(sein_fall), MB_ZUGESTELLT.wort),
        tuple(
            Stundung(abrede.ereignis.am, abrede.ende)
            for abrede in list_stundungen(sachstand.mit(sein_fall))
            if abrede.ende
        ),
    )


def _reminders(sachstand: Sachstand, schuldner: Schuldner) -> Iterator[tuple[Mahnung, frozenset[str] | None]]:
    """Yield the letters that reached the debtor and count as Mahnung.

    The plan decides from which stage on a letter puts into default; the stages after it are Mahnungen
    all the more. A letter outside the plan counts because a person recorded it as a Mahnung received.
    """
    if not sachstand.fall.ereignisse:
        return
    arten = [stufe.art for stufe in sachstand.fall.einstellungen.mahnplan]
    verzugsstufen = [
        nr for nr, stufe in enumerate(sachstand.fall.einstellungen.mahnplan) if stufe.setzt_in_verzug
    ]
    erste = min(verzugsstufen, default=len(arten))
    vorgaenge = {vorgang.nr: vorgang for vorgang in sachstand.fall.vorgaenge}
    for schreiben in list_schreiben(sachstand):
        vorgang = vorgaenge.get(schreiben.vorgang_nr or 0)
        if schreiben.zugegangen_am is None or schreiben.stufe in arten[:erste]:
            continue
        if (
            vorgang
            and vorgang.brief.empfaenger is not None
            and schuldner.kennung not in vorgang.brief.empfaenger
        ):
            continue
        name = f"Mahnung ({schreiben.stufe}) vom {format_datum(schreiben.am)}"
        yield (
            Mahnung(schreiben.zugegangen_am, schreiben.frist_bis, name),
            vorgang.rechnungen if vorgang else None,
        )


def _first(sachstand: Sachstand, art: str) -> dt.date | None:
    return min((ereignis.am for ereignis in ereignisse_bis(sachstand, art)), default=None)


def find_zinsgrund(
    sachstand: Sachstand, forderung: Forderung, akten: tuple[Schuldnerakte, ...], grenzen: Zinsgrenzen
) -> Zinsgrund:
    """Decide default and interest of one claim. Raises Ablehnung where an agreed rate is not stated."""
    lagen = tuple(_find_lage(sachstand, forderung, akte) for akte in akten)
    beginn, grund = _common_start(lagen)
    verzug_ab = beginn if beginn and beginn <= sachstand.stichtag else None
    if grund_ohne := _without_interest(sachstand.fall, forderung):
        return Zinsgrund(verzug_ab, grund, lagen, None, grund_ohne)
    saetze = [lage.zins for lage in lagen if lage.zins]
    if len(saetze) < len(lagen):
        return Zinsgrund(verzug_ab, grund, lagen, None, "Der gesetzliche Zinssatz ist noch nicht bekannt.")
    gesetzlich = min(saetze, key=lambda zins: zins.zinssatz.prozent)
    if forderung.zinsen is None:
        lauf = grenzen.run_default(beginn, gesetzlich.zinssatz, arisen_on(forderung)) if beginn else None
        return Zinsgrund(verzug_ab, grund, lagen, lauf, gesetzlich.text)
    decide = _by_contract if forderung.zinsen.vereinbart else _stated
    entschieden = decide(sachstand.recht, forderung, forderung.zinsen, beginn, gesetzlich, grenzen)
    return Zinsgrund(verzug_ab, grund, lagen, *entschieden)


def _without_interest(fall: Fall, forderung: Forderung) -> str:
    """Say why the claim bears no interest by its kind, else nothing.

    Raises Ablehnung for bills and cheques, unless a title already says what is owed.
    """
    nummer = fall.katalog_of(forderung)
    if nummer is None:
        return ""
    art = find_hauptforderungsart(nummer)
    if not fall.titel:
        check_zinsrecht(art)
    return f"Keine Zinsen: {art.text} ({art.unverzinslich})." if art.unverzinslich else ""


def _find_lage(sachstand: Sachstand, forderung: Forderung, akte: Schuldnerakte) -> Verzugslage:
    anspruch = sachstand.fall.anspruch
    entgeltforderung = is_entgeltforderung(anspruch, forderung)
    beginn = decide_verzug(
        sachstand.recht,
        Verzugstatsachen(
            faellig_am=due_on(forderung),
            faelligkeit=Faelligkeitsart(forderung.faelligkeit),
            entgeltforderung=entgeltforderung,
            schuldner_verbraucher=akte.schuldner.verbraucher,
            zugegangen_am=forderung.zugegangen_am,
            gegenleistung_am=forderung.leistung_bis or forderung.leistung_am,
            hinweis_30_tage=forderung.hinweis_30_tage,
            mahnungen=akte.mahnungen_for(forderung.nummer),
            verweigert_am=akte.verweigert_am,
            mahnbescheid_zugestellt_am=akte.mahnbescheid_zugestellt_am,
            stundungen=tuple(eine for eine in akte.stundungen if forderung.datum <= eine.am),
            land=akte.schuldner.land,
        ),
        sachstand.stichtag,
    )
    tatsachen = Zinstatsachen(
        entstanden_am=anspruch.vertragsdatum or forderung.leistung_am or forderung.datum,
        entgeltforderung=entgeltforderung,
        glaeubiger_verbraucher=sachstand.fall.glaeubiger.verbraucher,
        schuldner_verbraucher=akte.schuldner.verbraucher,
        dauerschuld=anspruch.dauerschuldverhaeltnis,
        leistung_am=forderung.leistung_am,
        immobiliarkredit=anspruch.kredit is not None
        and anspruch.kredit.verbraucher
        and anspruch.kredit.immobiliar,
    )
    begonnen = beginn.ab is not None and beginn.ab <= sachstand.stichtag
    pauschale = decide_pauschale(sachstand.recht, tatsachen, beginn.ab if begonnen else None)
    return Verzugslage(
        akte.schuldner.kennung,
        beginn.ab if begonnen else None,
        None if begonnen else beginn.ab,
        beginn.text if begonnen or beginn.ab is None else _not_yet(beginn.ab, beginn.text),
        _rate(sachstand.recht, tatsachen, needed=begonnen),
        pauschale,
        (*beginn.werte, *pauschale.werte),
    )


def _rate(recht: Rechtsstand, tatsachen: Zinstatsachen, *, needed: bool) -> Zinsentscheidung | None:
    """Return the statutory rate; before default nobody needs it, so a table that has ended stops nothing."""
    try:
        return decide_verzugszins(recht, tatsachen)
    except Ablehnung:
        if needed:
            raise
        return None


def _not_yet(ab: dt.date, text: str) -> str:
    return f"Noch kein Verzug; ohne Zahlung beginnt er am {format_datum(ab)}: {text}"


def is_entgeltforderung(anspruch: Anspruch, forderung: Forderung) -> bool | None:
    """Return what a person stated, else what the catalogue number suggests ("no" where doubtful), else None.

    What is stated for the whole case does not hold for an invoice with a number of its own.
    """
    if forderung.katalog is not None:
        return find_hauptforderungsart(forderung.katalog).entgeltforderung
    if anspruch.entgeltforderung is not None or anspruch.katalog is None:
        return anspruch.entgeltforderung
    return find_hauptforderungsart(anspruch.katalog).entgeltforderung


def due_on(forderung: Forderung) -> dt.date | None:
    """Return the due date; a claim due by law at once (§ 271 (1) BGB) falls due with the performance."""
    if forderung.faellig_am is None and forderung.faelligkeit == "gesetzlich":
        return forderung.leistung_bis or forderung.leistung_am
    return forderung.faellig_am


def arisen_on(forderung: Forderung) -> dt.date:
    """Return the first day on which a claim is known to exist: performance, invoice or due date."""
    tage = (forderung.datum, forderung.leistung_am, forderung.faellig_am)
    return min(tag for tag in tage if tag is not None)


def _common_start(lagen: tuple[Verzugslage, ...]) -> tuple[dt.date | None, str]:
    """Return the day from which all debtors are (or will be) in default, with the reason of the last of them."""
    for lage in lagen:
        if lage.beginn is None:
            vorsatz = f"Nicht alle Schuldner sind in Verzug; „{lage.schuldner}“: " if len(lagen) > 1 else ""
            return None, vorsatz + lage.grund
    letzte = max(lagen, key=lambda lage: lage.beginn or dt.date.max)
    if all(lage.beginn == letzte.beginn for lage in lagen):
        return letzte.beginn, letzte.grund
    einzeln = ", ".join(f"„{lage.schuldner}“ ab {format_datum(lage.beginn)}" for lage in lagen if lage.beginn)
    return letzte.beginn, f"Verzug je Schuldner: {einzeln} (§ 425 BGB). Zuletzt: {letzte.grund}"


def agreed_rate(zinsen: Zinsvereinbarung, wovon: str) -> Zinssatz:
    """Return the stated rate; raise Ablehnung unless exactly one of `satz` and `punkte` is stated."""
    if (zinsen.satz is None) == (zinsen.punkte is None):
        raise Ablehnung(unclear_rate(wovon, zinsen.stelle))
    if zinsen.punkte is not None:
        return Zinssatz.ueber_basis(zinsen.punkte)
    assert zinsen.satz is not None  # noqa: S101 - exactly one of the two, see above
    return Zinssatz.fest(zinsen.satz)


_Zinsen = tuple[Zinslauf | None, str, tuple[Befund, ...]]


def _by_contract(
    recht: Rechtsstand,
    forderung: Forderung,
    zinsen: Zinsvereinbarung,
    verzug_ab: dt.date | None,
    gesetzlich: Zinsentscheidung,
    grenzen: Zinsgrenzen,
) -> _Zinsen:
    """Interest by contract runs from its own day, in default and in a deferral too (§ 288 (3) BGB)."""
    wovon = f"Rechnung {forderung.nummer}"
    zinssatz = agreed_rate(zinsen, wovon)
    text = f"{describe_rate(zinssatz)}, vertraglich vereinbart (§ 288 Abs. 3 BGB)."
    ab = zinsen.ab or verzug_ab
    if ab is None:
        return None, text, (_no_start(zinsen, wovon),)
    try:
        hoeher = compare_agreed(recht, zinssatz, gesetzlich.zinssatz, ab)
    except Ablehnung as ablehnung:
        hoeher = _not_comparable(wovon, ablehnung)
    befunde = (
        (dataclasses.replace(hoeher, stelle=zinsen.stelle, gegenstand=forderung.nummer),) if hoeher else ()
    )
    lauf = grenzen.run_owed(ab, zinssatz, arisen_on(forderung))
    return dataclasses.replace(lauf, vertraglich=True), text, befunde


def _stated(
    recht: Rechtsstand,
    forderung: Forderung,
    zinsen: Zinsvereinbarung,
    verzug_ab: dt.date | None,
    gesetzlich: Zinsentscheidung,
    grenzen: Zinsgrenzen,
) -> _Zinsen:
    """A rate that fall.yaml states without calling it agreed: default interest, so from default only."""
    wovon = f"Rechnung {forderung.nummer}"
    zinssatz = agreed_rate(zinsen, wovon)
    text = f"{describe_rate(zinssatz)} nach Angabe in fall.yaml, ab Verzug."
    befunde = []
    if zinsen.ab and (verzug_ab is None or zinsen.ab < verzug_ab):
        befunde.append(_before_default(zinsen, wovon))
    if verzug_ab is None:
        return None, text, tuple(befunde)
    ab = max(verzug_ab, zinsen.ab or verzug_ab)
    try:
        if exceeds_on(recht, zinssatz, gesetzlich.zinssatz, ab):
            befunde.append(_above_law(zinsen, wovon, zinssatz, gesetzlich))
    except Ablehnung as ablehnung:
        befunde.append(dataclasses.replace(_not_comparable(wovon, ablehnung), stelle=zinsen.stelle))
    return grenzen.run_default(ab, zinssatz, arisen_on(forderung)), text, tuple(befunde)


def _not_comparable(wovon: str, ablehnung: Ablehnung) -> Befund:
    """A comparison is a question to a person; that its figure is not known yet stops no account."""
    return hinweis(
        "ZINSSATZ_NICHT_VERGLEICHBAR",
        f"{wovon}: Ob der angegebene Zinssatz über dem gesetzlichen liegt, lässt sich noch nicht sagen. "
        f"{ablehnung.befund.text}",
        ablehnung.befund.abhilfe,
    )


def _no_start(zinsen: Zinsvereinbarung, wovon: str) -> Befund:
    return warnung(
        "ZINSEN_OHNE_BEGINN",
        f"{wovon}: vereinbarte Zinsen ohne „ab:“, und Verzug besteht noch nicht; es werden keine gerechnet.",
        "„ab:“ mit dem vereinbarten ersten Zinstag ergänzen.",
        zinsen.stelle,
    )


def _before_default(zinsen: Zinsvereinbarung, wovon: str) -> Befund:
    ab = format_datum(zinsen.ab) if zinsen.ab else "?"
    return warnung(
        "ZINSEN_VOR_VERZUG",
        f"{wovon}: „ab: {ab}“ liegt vor dem Verzug; ohne „vereinbart: ja“ laufen Zinsen erst ab Verzug "
        "(§ 288 Abs. 1 BGB).",
        "„vereinbart: ja“ ergänzen, wenn die Zinsen im Vertrag stehen; sonst „ab:“ streichen.",
        zinsen.stelle,
    )


def _above_law(
    zinsen: Zinsvereinbarung, wovon: str, zinssatz: Zinssatz, gesetzlich: Zinsentscheidung
) -> Befund:
    return warnung(
        "ZINSSATZ_UEBER_GESETZ",
        f"{wovon}: {describe_rate(zinssatz)} sind mehr als der gesetzliche Verzugszins; dafür braucht es einen "
        f"anderen Rechtsgrund (§ 288 Abs. 3 BGB). {gesetzlich.text}",
        "„vereinbart: ja“ ergänzen, wenn der Satz im Vertrag steht, oder „zinsen:“ streichen.",
        zinsen.stelle,
    )


def describe_rate(zinssatz: Zinssatz) -> str:
    """Write a rate for a German sentence: `5 Prozentpunkte über dem Basiszinssatz`, `6,00 Prozent im Jahr`."""
    if zinssatz.ueber_basiszins:
        stellen = 0 if zinssatz.prozent == int(zinssatz.prozent) else 2
        return f"{format_zahl(zinssatz.prozent, stellen)} Prozentpunkte über dem Basiszinssatz"
    return f"{format_zahl(zinssatz.prozent)} Prozent im Jahr"
