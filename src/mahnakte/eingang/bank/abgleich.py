"""Which case a booking means: certain only where number, amount and payer agree, never on the sum alone.

A pure function of bookings and cases. What is less than certain goes to a person, with its reasons.
"""

import dataclasses
import datetime as dt
import enum
import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from mahnakte.eingang.bank.buchung import EURO, Buchung, Posten
from mahnakte.eingang.bank.nummernsuche import Nummernsuche
from mahnakte.eingang.bank.rueckgabe import describe_rueckgabe
from mahnakte.fall.parteibild import fold_partei
from mahnakte.grund.betrag import NULL
from mahnakte.grund.datendatei import read_datendatei

_PUNKTE_NUMMER, _PUNKTE_SPUR, _PUNKTE_BETRAG, _PUNKTE_NAME = 50, 20, 30, 20
_KURZER_NAME = 2  # words of a name that must agree: a single one is no person


@functools.lru_cache(maxsize=4096)
def _fold(name: str) -> tuple[str, ...]:
    """The same payer stands in many rows, and is compared with many debtors."""
    return fold_partei(name)


@functools.cache
def _read_zahldienste() -> re.Pattern[str]:
    """Who pays for others: the name of the account says nothing about the debtor (zahldienste.yaml)."""
    namen = read_datendatei("mahnakte.eingang.bank", "zahldienste.yaml").texts("namen")
    return re.compile(rf"\b({'|'.join(map(re.escape, namen))})\b", re.IGNORECASE)


class Stufe(enum.StrEnum):
    """How sure the match is. `fremd` means that nothing points to one of our cases."""

    SICHER = "sicher"
    VORSCHLAG = "vorschlag"
    UNKLAR = "unklar"
    FREMD = "fremd"


@dataclasses.dataclass(frozen=True, slots=True)
class Summen:
    """What a case owes on a day: the principal of each open invoice, and sums that settle all of it."""

    rechnungen: Mapping[str, Decimal]
    gesamt: frozenset[Decimal]


@dataclasses.dataclass(frozen=True, slots=True)
class Sache:
    """A case as matching sees it. `schluessel` tells it from all others; `rechnungen` are its numbers, paid or not.

    `schuldner` maps the kennung to the folded words of the name, `ibans` are the debtors' accounts where known.
    `summen` answers for a day; None where the account cannot be counted.
    """

    schluessel: str
    aktenzeichen: str
    rechnungen: tuple[str, ...]
    schuldner: Mapping[str, tuple[str, ...]]
    summen: Callable[[dt.date], Summen | None]
    ibans: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Zuordnung:
    """What a booking means. `sachen` are the cases that it may concern, `auf` is the invoice that the payer named.

    `von` is the debtor who paid, `punkte` (0 to 100) how much speaks for the first case, `gruende` say why.
    """

    posten: Posten
    stufe: Stufe
    sachen: tuple[str, ...] = ()
    auf: str | None = None
    von: str | None = None
    punkte: int = 0
    gruende: tuple[str, ...] = ()


def match_posten(posten: Iterable[Posten], sachen: Sequence[Sache]) -> tuple[Zuordnung, ...]:
    """Return what each booking means, in the order of the bookings."""
    abgleich = Abgleich(sachen)
    return tuple(_without_crossing([abgleich.match(einer) for einer in posten]))


def _without_crossing(zuordnungen: Sequence[Zuordnung]) -> Iterator[Zuordnung]:
    """Leave to a person what fits only as long as another payment of the same file does not count.

    Of several for one case the earliest by value date is certain; others only for an invoice of their own.
    """
    belegt: dict[str, set[str | None]] = defaultdict(set)
    sichere = [z for z in zuordnungen if z.stufe is Stufe.SICHER]
    zurueck: set[int] = set()
    for eine in sorted(sichere, key=lambda z: z.posten.buchung.wert):
        davor = belegt[eine.sachen[0]]
        if davor and (eine.auf is None or None in davor or eine.auf in davor):
            zurueck.add(id(eine))
        davor.add(eine.auf)
    for eine in zuordnungen:
        if id(eine) in zurueck:
            grund = "zu diesem Fall steht in der Datei schon eine andere sichere Zahlung"
            yield dataclasses.replace(eine, stufe=Stufe.VORSCHLAG, gruende=(grund,))
        else:
            yield eine


@dataclasses.dataclass(frozen=True, slots=True)
class _Nennung:
    """A number of a case that a booking names; `rechnung` None: it is the Aktenzeichen."""

    sache: Sache
    rechnung: str | None
    fest: bool


class Abgleich:
    """The cases, indexed by their numbers and by the words of the debtors' names."""

    def __init__(self, sachen: Sequence[Sache]) -> None:
        self._nach_nummer: dict[str, list[tuple[Sache, str | None]]] = defaultdict(list)
        self._nach_wort: dict[str, list[Sache]] = defaultdict(list)
        self._nach_konto: dict[str, list[Sache]] = defaultdict(list)
        for sache in sachen:
            self._nach_nummer[sache.aktenzeichen].append((sache, None))
            for nummer in sache.rechnungen:
                self._nach_nummer[nummer].append((sache, nummer))
            for iban in {squeeze_iban(iban) for iban in sache.ibans}:
                self._nach_konto[iban].append(sache)
            for wort in {wort for name in sache.schuldner.values() for wort in name}:
                self._nach_wort[wort].append(sache)
        self._suche = Nummernsuche(self._nach_nummer)

    def match(self, posten: Posten) -> Zuordnung:
        """Return what one booking means, without a look at the others."""
        buchung = posten.buchung
        nennungen = self._find_named(buchung)
        genannte = tuple(dict.fromkeys(nennung.sache.schluessel for nennung in nennungen))
        kontosachen = [] if genannte else self._nach_konto.get(squeeze_iban(buchung.iban), [])
        if kontosachen and buchung.betrag > NULL:
            return self._by_account(posten, kontosachen)
        namen = [] if genannte else self._find_by_name(buchung)
        moegliche = genannte or tuple(sache.schluessel for sache in namen)
        if not moegliche or (
            buchung.betrag < NULL and buchung.rueckgabe is None and not buchung.storno and not genannte
        ):
            return Zuordnung(posten, Stufe.FREMD)
        if len(genannte) != 1:
            if len(genannte) > 1:
                grund = "mehrere Fälle sind genannt"
            elif len(namen) == 1:
                return self._by_name_alone(posten, namen[0])
            else:
                grund = "der Name passt zu mehreren Fällen, keine Nummer gefunden"
            return Zuordnung(posten, Stufe.UNKLAR, moegliche, gruende=(grund, *_obstacles(buchung)))
        return self._judge(posten, nennungen)

    def _by_account(self, posten: Posten, sachen: Sequence[Sache]) -> Zuordnung:
        """The debtor's own account: certain only with a sum that settles just one of his cases (bank.md 5, no. 3)."""
        buchung = posten.buchung
        summen = {sache.schluessel: sache.summen(buchung.wert) for sache in sachen}
        passende = [sache for sache in sachen if buchung.betrag in _all_sums(summen[sache.schluessel])]
        konto = "das Konto des Zahlers steht beim Schuldner"
        if len(passende) != 1 and len(sachen) > 1:
            gruende = (f"{konto} mehrerer Fälle, keine Nummer gefunden", *_obstacles(buchung))
            return Zuordnung(posten, Stufe.UNKLAR, tuple(s.schluessel for s in sachen), gruende=gruende)
        sache = (passende or sachen)[0]
        auf, passt, zum_betrag = _weigh_amount(buchung.betrag, summen[sache.schluessel], ())
        von = _find_payer(buchung, sache)
        fremd = ("der Zahler heißt anders als der Schuldner",) if von is None else ()
        gruende = (*_obstacles(buchung), *zum_betrag, *fremd)
        return Zuordnung(
            posten, Stufe.VORSCHLAG if gruende else Stufe.SICHER, (sache.schluessel,), auf, von or None,
            _PUNKTE_SPUR + _PUNKTE_BETRAG * passt + _PUNKTE_NAME * (von is not None),
            (konto, *gruende) if gruende else (f"{konto}; Betrag und Zahler passen",),
        )  # fmt: skip

    def _by_name_alone(self, posten: Posten, sache: Sache) -> Zuordnung:
        """The right name, and perhaps the right sum: a person may know what was meant."""
        passt = posten.buchung.betrag in _all_sums(sache.summen(posten.buchung.wert))
        gruende = (
            "keine unserer Nummern gefunden",
            "der Name passt",
            *(("der Betrag passt",) if passt else ()),
        )
        return Zuordnung(
            posten, Stufe.VORSCHLAG if passt else Stufe.UNKLAR, (sache.schluessel,),
            punkte=_PUNKTE_NAME + (_PUNKTE_BETRAG if passt else 0), gruende=(*gruende, *_obstacles(posten.buchung)),
        )  # fmt: skip

    def _judge(self, posten: Posten, nennungen: Sequence[_Nennung]) -> Zuordnung:
        buchung, sache = posten.buchung, nennungen[0].sache
        summen = sache.summen(buchung.wert)
        rechnungen = tuple(dict.fromkeys(n.rechnung for n in nennungen if n.rechnung is not None))
        auf, passt, zum_betrag = _weigh_amount(buchung.betrag, summen, rechnungen)
        fest = all(nennung.fest for nennung in nennungen)
        von = _find_payer(buchung, sache)
        gruende = [*_obstacles(buchung)]
        if len(rechnungen) > 1:
            gruende.append(f"mehrere Rechnungen sind genannt ({', '.join(rechnungen)})")
        if not fest:
            gruende.append("die Nummer steht nicht eindeutig für sich")
        gruende += zum_betrag if buchung.betrag > NULL else ()
        if von is None:
            gruende.append("der Zahler heißt anders als der Schuldner")
        punkte = (
            (_PUNKTE_NUMMER if fest else _PUNKTE_SPUR)
            + _PUNKTE_BETRAG * passt
            + _PUNKTE_NAME * (von is not None)
        )
        return Zuordnung(
            posten, Stufe.VORSCHLAG if gruende else Stufe.SICHER, (sache.schluessel,), auf, von or None, punkte,
            tuple(gruende) or ("Nummer, Betrag und Zahler passen",),
        )  # fmt: skip

    def _find_named(self, buchung: Buchung) -> list[_Nennung]:
        """Return the numbers of ours that a booking names; those in a field of their own stand firm."""
        eigene = {
            n
            for feld in (buchung.ende_zu_ende, *buchung.nummern)
            if feld
            for n in self._suche.find_equal(feld)
        }
        feste = dict.fromkeys(eigene, True)
        for zeilen in (buchung.zweck, (buchung.ende_zu_ende,), *((nummer,) for nummer in buchung.nummern)):
            for fund in self._suche.search(zeilen):
                feste[fund.nummer] = feste.get(fund.nummer, False) or fund.fest
        return [
            _Nennung(sache, rechnung, fest)
            for nummer, fest in sorted(feste.items())
            for sache, rechnung in self._nach_nummer[nummer]
        ]

    def _find_by_name(self, buchung: Buchung) -> list[Sache]:
        worte = set(_fold(buchung.name)) | set(_fold(buchung.wirklich))
        moegliche = {id(sache): sache for wort in worte for sache in self._nach_wort.get(wort, ())}
        return [sache for sache in moegliche.values() if _find_payer(buchung, sache) is not None]


def squeeze_iban(iban: str) -> str:
    """Return an account as it is compared: without blanks, in capitals."""
    return "".join(iban.split()).upper()


def _find_payer(buchung: Buchung, sache: Sache) -> str | None:
    """Return the kennung of the debtor who paid; empty where it is one, but not clear which; None: somebody else."""
    zahler = _fold(buchung.name)
    treffer = [kennung for kennung, name in sache.schuldner.items() if name and _is_same_name(name, zahler)]
    if not treffer and buchung.wirklich:
        zahler = _fold(buchung.wirklich)
        treffer = [
            kennung for kennung, name in sache.schuldner.items() if name and _is_same_name(name, zahler)
        ]
    return None if not treffer else treffer[0] if len(treffer) == 1 and len(sache.schuldner) > 1 else ""


def _is_same_name(name: Sequence[str], zahler: Sequence[str]) -> bool:
    """The whole name agrees; a name of one word only as a whole, else a couple may pay from one account."""
    return sorted(name) == sorted(zahler) or (len(name) >= _KURZER_NAME and set(name) <= set(zahler))


def _obstacles(buchung: Buchung) -> tuple[str, ...]:
    """Return what about a booking always needs a person."""
    gruende = []
    if buchung.rueckgabe is not None:
        gruende.append(describe_rueckgabe(buchung.rueckgabe))
    if buchung.storno:
        gruende.append("die Bank hat eine Buchung storniert")
    if buchung.betrag <= NULL and buchung.rueckgabe is None:
        gruende.append("Geld ging ab; eine Auszahlung wird nie von selbst gebucht")
    if buchung.sammler:
        gruende.append("Sammelbuchung ohne Einzelbeträge; diese stehen in CAMT.054")
    if buchung.waehrung != EURO:
        gruende.append(f"andere Währung ({buchung.waehrung[:10]})")
    dienst = _read_zahldienste().search(buchung.name)
    if dienst:
        gruende.append(f"gezahlt hat ein Zahlungsdienst ({dienst.group(1)})")
    elif buchung.wirklich and _fold(buchung.wirklich) != _fold(buchung.name):
        gruende.append("das Konto gehört einem anderen, als gezahlt hat")
    return tuple(gruende)


def _weigh_amount(
    betrag: Decimal, summen: Summen | None, rechnungen: Sequence[str]
) -> tuple[str | None, bool, tuple[str, ...]]:
    """Return the invoice meant, whether the amount fits, and what a person must know about it.

    Naming the invoice designates the debt (§ 366 (1) BGB); its sum alone is only a sign of it.
    """
    if summen is None:
        return None, False, ("das Konto des Falls lässt sich nicht rechnen",)
    genannt = rechnungen[0] if len(rechnungen) == 1 else None
    if genannt and summen.rechnungen.get(genannt) == betrag:
        return genannt, True, ()
    if betrag in summen.gesamt:
        return None, True, ()
    gleiche = [nummer for nummer, offen in summen.rechnungen.items() if offen == betrag]
    if not rechnungen and len(gleiche) == 1:
        return (
            gleiche[0],
            False,
            (f"der Betrag ist der von {gleiche[0]}; ist das die Bestimmung des Zahlers?",),
        )
    return genannt, False, (_explain_amount(betrag, summen),)


def _explain_amount(betrag: Decimal, summen: Summen) -> str:
    hoechste = max(_all_sums(summen), default=NULL)
    if hoechste <= NULL:
        return "im Fall ist nichts mehr offen"
    if betrag > hoechste:
        return "der Betrag ist höher als alles, was offen ist"
    return "der Betrag ist keine der offenen Summen"


def _all_sums(summen: Summen | None) -> frozenset[Decimal]:
    if summen is None:
        return frozenset()
    return summen.gesamt | frozenset(summen.rechnungen.values())
