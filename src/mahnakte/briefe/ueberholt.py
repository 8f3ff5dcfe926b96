"""Is a written letter still true on the day it is to be sent? Pure: the case as known now, the step, the day.

Two questions. Is what it says right by what is known now of the day it was written: sum, invoices, address, account
to pay to? And may it go out on the day of sending: nothing paid, disputed, held, agreed, replaced or past since?
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator, Mapping

from mahnakte.ablauf.ausklammern import mahnbarer_fall, only_rechnungen, open_kosten
from mahnakte.ablauf.halt import (
    Grund,
    angeschriebene,
    code_of_schicksal,
    describe_schicksal,
)
from mahnakte.arten import grundart
from mahnakte.arten.brief import BRIEFARTEN, Briefart, Gegenstand
from mahnakte.arten.vorgang import ANTRAG
from mahnakte.briefe.brief import Briefentwurf, compute_briefe
from mahnakte.briefe.gegenstand import compute_gegenstand
from mahnakte.briefe.zulassung import find_halte, find_stufe
from mahnakte.fall.fall import Fall
from mahnakte.fall.vorgang import Vorgang
from mahnakte.fall.vorgangsdaten.brief import Briefdaten
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import compute_konto
from mahnakte.konto.modell import Konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.schicksal import laufende_schicksale
from mahnakte.stand.verlauf import effective_vorgaenge
from mahnakte.uhren.fristenliste import drohende_fristen

_TAG = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True, slots=True)
class _Blick:
    """A letter as it stands and the case without it, as known now, with the steps up to the day of sending.

    `jetzt` is that case as of the day of sending, `damals` as of the day of the letter.
    """

    jetzt: Sachstand
    damals: Sachstand
    art: Briefart
    brief: Vorgang

    @property
    def fall(self) -> Fall:
        """Return the case without the letter."""
        return self.jetzt.fall

    @property
    def tag(self) -> dt.date:
        """Return the day of sending."""
        return self.jetzt.stichtag

    @property
    def nummern(self) -> frozenset[str]:
        """Return the invoices that the letter asks for; empty where it names none."""
        return self.brief.rechnungen or frozenset()

    @property
    def sagt(self) -> Briefdaten:
        """Return what the letter says."""
        return self.brief.brief

    @property
    def beziffert(self) -> bool:
        """Tell whether the letter says what is owed on its own day, so that a payment since makes it wrong."""
        return self.art.fordert or bool({"forderung", "vergleich"} & set(self.art.teile))

    def since(self, tag: dt.date | None) -> bool:
        """Tell whether a day lies after the letter and not after its sending."""
        return tag is not None and self.brief.stichtag < tag <= self.tag


def find_ueberholt(
    sachstand: Sachstand, brief: Vorgang, texte: Mapping[str, str] | None = None
) -> tuple[Grund, ...]:
    """Return why a letter must not go out on the Stichtag, each reason once; empty when it is still true.

    `texte` is what stands on the finished letters, by file name without ending; None: nobody has read them, then
    address and IBAN are not compared. A step that is no letter has no reasons here.
    """
    art = BRIEFARTEN.get(brief.art)
    if art is None:
        return ()
    blick = _look_at(sachstand, brief, art)
    fragen = (_stopped, _unreachable, _past, _replaced, _left_out, _moved, _barred)
    gruende = [grund for frage in fragen for grund in _ask(frage(blick))]
    return tuple(dict.fromkeys([*gruende, *_ask(_written_anew(blick, texte))]))


def draft_again(sachstand: Sachstand, brief: Vorgang) -> tuple[Briefentwurf, ...]:
    """Return the copies of a written letter as it would be written again for its own day: one for each recipient.

    For a letter that is still true (`find_ueberholt`) these are the copies that lie in the step. Raises Ablehnung.
    """
    return _written(_look_at(sachstand, brief, BRIEFARTEN[brief.art]))


def _look_at(sachstand: Sachstand, brief: Vorgang, art: Briefart) -> _Blick:
    andere = tuple(v for v in effective_vorgaenge(sachstand) if v.nr != brief.nr)
    jetzt = sachstand.mit(dataclasses.replace(sachstand.fall, vorgaenge=andere))
    return _Blick(jetzt, jetzt.am(brief.stichtag), art, brief)


def find_berichtigung(gruende: tuple[Grund, ...], brief: Vorgang) -> str:
    """Return the kind of letter that puts a letter right which is already out: the first that a reason names."""
    for grund in gruende:
        if (art := grundart.GRUENDE.get(grund.code)) and art.brief:
            return art.brief
    return brief.art


def _ask(gruende: Iterator[Grund]) -> Iterator[Grund]:
    """Where the case itself gives no answer, that is the reason: nobody can say that the letter is true."""
    try:
        yield from gruende
    except Ablehnung as ablehnung:
        yield from (Grund(befund.code, befund.text) for befund in ablehnung.befunde)


def _stopped(blick: _Blick) -> Iterator[Grund]:
    """Yield what stops this kind of letter on the day, or what it was meant for and is no longer there."""
    halte = find_halte(blick.jetzt, compute_konto(blick.jetzt), blick.art)
    yield from (halt for halt in halte if halt.code not in blick.art.trotz)
    nur_bei = blick.art.nur_bei
    if nur_bei is not None and nur_bei not in {halt.code for halt in halte}:
        yield Grund(grundart.BRIEF_NICHT_DRAN.code, grundart.GRUENDE[nur_bei].fehlt)


def _unreachable(blick: _Blick) -> Iterator[Grund]:
    """Yield each addressee who is no longer a debtor, or whom letters no longer reach."""
    kennungen = blick.sagt.empfaenger or ()
    bekannte = {einer.kennung for einer in blick.fall.schuldner}
    for kennung in kennungen:
        if kennung not in bekannte:
            yield Grund(
                grundart.EMPFAENGER_ANDERS.code, f"„{kennung}“ ist nicht mehr Schuldner in diesem Fall."
            )
    for ereignis in laufende_schicksale(blick.jetzt):
        betrifft = ereignis.schuldner is not None and ereignis.schuldner in kennungen
        if betrifft and code_of_schicksal(ereignis) not in blick.art.trotz:
            yield Grund(code_of_schicksal(ereignis), describe_schicksal(blick.fall, ereignis))


def _past(blick: _Blick) -> Iterator[Grund]:
    """A letter must leave time to do what it asks for."""
    tage = {blick.sagt.frist_bis, blick.sagt.antwort_bis, blick.sagt.betrag_gilt_bis}
    for tag in sorted(tag for tag in tage if tag is not None and tag <= blick.tag):
        yield Grund(
            grundart.FRIST_VORBEI.code,
            f"Die Frist bis {format_datum(tag)} ist am Tag des Versands abgelaufen oder läuft an ihm ab.",
        )
    for forderung in blick.fall.forderungen if blick.art.gegenstand is Gegenstand.KUENFTIG else ():
        if forderung.faellig_am and blick.brief.stichtag <= forderung.faellig_am <= blick.tag:
            text = f"Rechnung {forderung.nummer} ist seit dem {format_datum(forderung.faellig_am)} fällig."
            yield Grund(grundart.FRIST_VORBEI.code, text)


def _replaced(blick: _Blick) -> Iterator[Grund]:
    """Yield the later letters about the same, and the application that goes beyond them."""
    for spaeter in blick.fall.vorgaenge:
        if spaeter.nr < blick.brief.nr:
            continue
        nachfolger = BRIEFARTEN.get(spaeter.art)
        dasselbe = spaeter.art == blick.brief.art and (
            spaeter.brief.anlass_schluessel == blick.sagt.anlass_schluessel
        )
        weiter = nachfolger is not None and nachfolger.fordert and (
            not blick.nummern.isdisjoint(spaeter.rechnungen or ())
        )  # fmt: skip
        if dasselbe or (blick.art.fordert and (weiter or spaeter.art == ANTRAG.wort)):
            name = nachfolger.titel if nachfolger else "Mahnantrag"
            yield Grund(
                grundart.ERSETZT.code,
                f"Danach wurde geschrieben: {name} vom {format_datum(spaeter.stichtag)} (Vorgang {spaeter.nr:04d}).",
            )


def _left_out(blick: _Blick) -> Iterator[Grund]:
    """Yield what the letter asks for and a letter of the day of sending would leave out."""
    if blick.art.gegenstand not in (Gegenstand.MAHNBAR, Gegenstand.KUENFTIG):
        return
    damals = mahnbarer_fall(blick.damals).ausgeklammert
    for teil in mahnbarer_fall(blick.jetzt).ausgeklammert:
        genannt = teil.rechnung in blick.nummern if teil.rechnung and blick.nummern else teil not in damals
        if genannt:
            yield Grund(grundart.AUSGEKLAMMERT.code, teil.text)


def _moved(blick: _Blick) -> Iterator[Grund]:
    """Yield what has changed in the account since: payments, returns, credit notes, waivers."""
    if not blick.beziffert:
        return
    for buchung in compute_konto(blick.jetzt).zahlungen:
        ziele = {anteil.rechnung for anteil in buchung.auf}
        if blick.since(buchung.am) and _concerns(blick, ziele):
            yield Grund(
                grundart.GEZAHLT.code,
                f"Am {format_datum(buchung.am)} gingen {format_euro(buchung.betrag)} ein.",
            )
    for zahlung in blick.fall.zahlungen:
        if blick.since(zahlung.zurueck_am) and zahlung.zurueck_am and zahlung.am <= blick.brief.stichtag:
            text = f"Die Zahlung vom {format_datum(zahlung.am)} kam am {format_datum(zahlung.zurueck_am)} zurück."
            yield Grund(grundart.ZAHLUNG_ZURUECK.code, text)
    for wort, posten in (("gutgeschrieben", blick.fall.gutschriften), ("erlassen", blick.fall.verzicht)):
        for einer in posten:
            if blick.since(einer.am) and _concerns(blick, {einer.auf}):
                text = f"Am {format_datum(einer.am)} wurden {format_euro(einer.betrag)} {wort}."
                yield Grund(grundart.BETRAG_ANDERS.code, text)


def _concerns(blick: _Blick, ziele: set[str | None]) -> bool:
    """A booking on an invoice that the letter does not name leaves it true; anything else may not."""
    fremde = {forderung.nummer for forderung in blick.fall.forderungen} - blick.nummern
    return not blick.nummern or not ziele or bool(ziele - fremde)


def _barred(blick: _Blick) -> Iterator[Grund]:
    """A claim that became barred since the letter was written is no longer to be asked for as if it were not."""
    if blick.art.geltend:
        damals = {b.text for b in _limitation(blick.damals)}
        yield from (Grund(b.code, b.text) for b in _limitation(blick.jetzt) if b.text not in damals)


def _limitation(sachstand: Sachstand) -> Iterator[Grund]:
    for befund in drohende_fristen(sachstand, compute_konto(sachstand)):
        if befund.code == "VERJAEHRUNG_EINGETRETEN":
            yield Grund(befund.code, befund.text)


# --- what the letter would say if it were written for its day by what is known now ----------------------


def _written(blick: _Blick) -> tuple[Briefentwurf, ...]:
    """Return the letter drafted again: about what it was most likely about."""
    moegliche = [_draft_about(blick, *gegenstand) for gegenstand in _subjects(blick)]
    gleiche = [e for e in moegliche if e[0].daten.betrag == blick.sagt.betrag]
    return (gleiche or moegliche)[0]


def _written_anew(blick: _Blick, texte: Mapping[str, str] | None) -> Iterator[Grund]:
    entwuerfe = _written(blick)
    yield from _other_numbers(blick, entwuerfe[0])
    for entwurf in entwuerfe if texte is not None else ():
        yield from _other_words(entwurf, (texte or {}).get(entwurf.stamm))


def _subjects(blick: _Blick) -> Iterator[tuple[Sachstand, Konto]]:
    """Yield what the letter may have been about, with its account: all that was due, or only the invoices it names.

    Costs stand in one letter of several; which one it was is not recorded.
    """
    fruehere = tuple(v for v in blick.fall.vorgaenge if v.nr < blick.brief.nr)
    ganzes = blick.damals.mit(dataclasses.replace(blick.fall, vorgaenge=fruehere))
    teil, konto = compute_gegenstand(ganzes, blick.art)
    yield _as_whole(ganzes, teil), konto
    alle = {forderung.nummer for forderung in teil.fall.forderungen}
    if blick.art.gegenstand is Gegenstand.MAHNBAR and blick.nummern and blick.nummern < alle:
        for kosten in (open_kosten(teil.fall, konto), ()):
            genannte = teil.mit(only_rechnungen(teil.fall, konto, blick.nummern, kosten))
            yield _as_whole(ganzes, genannte), compute_konto(genannte)


def _as_whole(ganzes: Sachstand, teil: Sachstand) -> Sachstand:
    """Return the whole case with the debtors of the part that a letter is about."""
    return ganzes.mit(dataclasses.replace(ganzes.fall, schuldner=teil.fall.schuldner))


def _draft_about(blick: _Blick, sachstand: Sachstand, konto: Konto) -> tuple[Briefentwurf, ...]:
    """Draft the letter for its own day again: deadline as recorded, facts and dunning plan as known now."""
    brief, art = blick.brief, blick.art
    if art.an_schuldner:
        an = angeschriebene(sachstand) or sachstand.fall.schuldner
        sachstand = sachstand.mit(dataclasses.replace(sachstand.fall, schuldner=an))
    stufe = find_stufe(sachstand.fall, art)
    return compute_briefe(
        sachstand, konto, stufe, brief.brief.frist, stufe.dann,
        bis=brief.stichtag + _TAG,  # any day does: the one asked for is not compared
    )  # fmt: skip


def _other_numbers(blick: _Blick, entwurf: Briefentwurf) -> Iterator[Grund]:
    damals, jetzt = blick.sagt.betrag, entwurf.daten.betrag
    tag = format_datum(blick.brief.stichtag)
    if damals is not None and jetzt is not None and damals != jetzt:
        geschrieben, richtig = format_euro(damals), format_euro(jetzt)
        yield Grund(
            grundart.BETRAG_ANDERS.code,
            f"Im Schreiben stehen {geschrieben}; nach dem Fall waren es am {tag} {richtig}.",
        )
    elif frozenset(entwurf.daten.rechnungen or ()) != blick.nummern:
        yield Grund(grundart.RECHNUNGEN_ANDERS.code, f"Nach dem Fall ging es am {tag} um andere Rechnungen.")
    if entwurf.daten.frist_bis is not None and blick.sagt.dann != entwurf.daten.dann:
        yield Grund(
            grundart.SCHRITT_ANDERS.code, "Der angekündigte nächste Schritt steht so nicht mehr im Mahnplan."
        )


def _other_words(entwurf: Briefentwurf, text: str | None) -> Iterator[Grund]:
    """Compare with the finished letter where its words say who is meant: the address, and the account to pay to."""
    if text is None:
        yield Grund(grundart.EMPFAENGER_ANDERS.code, "Nach dem Fall ginge das Schreiben an andere Empfänger.")
        return
    eng = _squeeze(text)
    if fehlend := [zeile for zeile in entwurf.anschrift if _squeeze(zeile) not in eng]:
        yield Grund(
            grundart.ANSCHRIFT_ANDERS.code,
            f"Die Anschrift hat sich geändert: „{', '.join(fehlend)}“ steht nicht darauf.",
        )
    zahlung = entwurf.werte.get("zahlung")
    if zahlung and _squeeze(zahlung["iban"]) not in eng:
        yield Grund(
            grundart.KONTO_ANDERS.code,
            f"Gezahlt werden soll auf {zahlung['iban']}; das steht nicht im Schreiben.",
        )


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)
