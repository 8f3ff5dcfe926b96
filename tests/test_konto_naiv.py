"""A second, naive account: day by day, with fractions, written from the statute alone; it must agree to the cent.

It knows nothing of the engine: it walks every calendar day, adds the interest of that day to every claim that is in
default, and on the day of a payment does what §§ 366, 367, 497 BGB say. What it shares with the engine are the
contract's rules of counting: a line ends with its half-year (a fixed rate: with the year), with a change of the base
amount, or when a payment reaches the claim; each line is rounded half up.
"""

import calendar
import dataclasses
import datetime as dt
import functools
import itertools
import random
from decimal import Decimal
from fractions import Fraction

import holidays
import pytest

from mahnakte.fall.einstellungen import Absender, Einstellungen
from mahnakte.fall.fall import Fall, Forderung
from mahnakte.fall.modell import (
    Anspruch,
    Gutschrift,
    Kontoregel,
    Kostenposten,
    Verzicht,
    Zahlung,
    Zinsvereinbarung,
)
from mahnakte.fall.partei import Glaeubiger, Schuldner
from mahnakte.grund.befund import Stelle
from mahnakte.konto.konto import Konto, compute_konto
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.stand.sachstand import Sachstand

RECHT = shipped_recht()

TAG = dt.timedelta(days=1)

# --- the naive account: sums in whole cents, rates in hundredths of a percent -------------------------


def half_up(betrag: Fraction) -> int:
    return int(betrag + Fraction(1, 2))


def cents(betrag: Decimal) -> int:
    return int(betrag * 100)


@functools.cache
def base_rate(jahr: int, halbjahr: int) -> int:
    return int(RECHT.basiszins_am(dt.date(jahr, 1 if halbjahr == 1 else 7, 1)).wert * 100)


@dataclasses.dataclass(eq=False)
class Forderungsblatt:
    """Was über eine Forderung (oder einen Kostenposten) auf einem Blatt Papier stünde."""

    name: str | None
    art: str
    offen: int
    entstanden_am: dt.date
    faellig_am: dt.date
    satz: int
    ueber_basis: bool
    zinsen_ab: dt.date | None
    vertraglich: bool
    zinsen: int = 0
    bezahlt: int = 0
    zaehler: int = 0
    abschnitt: tuple[int, int, int] = (0, 0, 1)

    def close_line(self) -> None:
        self.zinsen += half_up(Fraction(self.zaehler, 10_000 * self.abschnitt[2]))
        self.zaehler = 0

    def rate_on(self, tag: dt.date) -> int:
        if self.zinsen_ab is None or tag < self.zinsen_ab:
            return 0
        return self.satz + (base_rate(tag.year, 1 if tag.month < 7 else 2) if self.ueber_basis else 0)

    def live_through(self, tag: dt.date, zaehlung: str) -> None:
        """Ein Tag vergeht: Betrag × Satz dieses Tages kommt auf die laufende Zeile."""
        if self.zinsen_ab is None or tag < self.zinsen_ab or not self.offen:
            return
        halbjahr = (1 if tag.month < 7 else 2) if self.ueber_basis else 0
        if self.ueber_basis or zaehlung == "act/act":
            abschnitt = (tag.year, halbjahr, days_of_year(tag.year, zaehlung))
        else:
            abschnitt = (0, 0, days_of_year(tag.year, zaehlung))
        if abschnitt != self.abschnitt:
            self.close_line()
            self.abschnitt = abschnitt
        self.zaehler += self.offen * self.rate_on(tag) * weight(tag, zaehlung)


def days_of_year(jahr: int, zaehlung: str) -> int:
    if zaehlung == "act/act":
        return 366 if calendar.isleap(jahr) else 365
    return 365 if zaehlung == "act/365" else 360


def weight(tag: dt.date, zaehlung: str) -> int:
    """Im Bankjahr hat jeder Monat 30 Tage: der 31. zählt nicht, der letzte Februar steht für die fehlenden Tage."""
    if zaehlung != "30e/360":
        return 1
    letzter = calendar.monthrange(tag.year, tag.month)[1]
    if tag.day == letzter:
        return 31 - tag.day if letzter < 31 else 1
    return 0 if tag.day == 30 else 1


TEILE = {
    "367": [("kosten", None), ("zinsen", None), ("hauptforderung", None)],
    "497": [("kosten", None), ("zinsen", True), ("hauptforderung", None), ("zinsen", False)],
}
Ordnung = list[tuple[str, bool | None]]


class Papierkonto:
    """Das Konto, wie es ein Mensch Tag für Tag führen würde."""

    def __init__(self, fall: Fall, stichtag: dt.date) -> None:
        self.fall, self.stichtag = fall, stichtag
        self.zaehlung = fall.konto.tageszaehlung
        self.forderungen = [self.open_claim(f) for f in fall.forderungen if f.datum <= stichtag]
        self.kosten = [self.open_costs(k) for k in fall.kosten if k.am <= stichtag]
        self.tilgungen: dict[int, dict[tuple[str, str | None], int]] = {}
        self.rest = 0

    def open_claim(self, f: Forderung) -> Forderungsblatt:
        assert f.faellig_am
        verzug_ab = next_workday(f.faellig_am) + TAG
        satz, ueber_basis, ab, vertraglich = 900, True, verzug_ab, False
        if self.fall.schuldner[0].verbraucher:
            satz = 500
        if f.zinsen:
            satz, ueber_basis = cents(f.zinsen.satz or f.zinsen.punkte or Decimal(0)), f.zinsen.satz is None
            vertraglich = f.zinsen.vereinbart
            ab = (f.zinsen.ab or verzug_ab) if vertraglich else max(verzug_ab, f.zinsen.ab or verzug_ab)
        return Forderungsblatt(
            f.nummer,
            "hauptforderung",
            cents(f.betrag),
            f.datum,
            f.faellig_am,
            satz,
            ueber_basis,
            ab,
            vertraglich,
        )

    def open_costs(self, k: Kostenposten) -> Forderungsblatt:
        satz, ueber_basis, ab = 0, False, None
        if k.zinsen:
            satz, ueber_basis = cents(k.zinsen.satz or k.zinsen.punkte or Decimal(0)), k.zinsen.satz is None
            ab = max(k.zinsen.ab or k.am, k.am)
        return Forderungsblatt(None, "kosten", cents(k.betrag), k.am, k.am, satz, ueber_basis, ab, False)

    def walk(self) -> None:
        blaetter = [*self.forderungen, *self.kosten]
        tag = min(
            *(b.entstanden_am for b in blaetter),
            *(b.zinsen_ab or self.stichtag for b in blaetter),
            *(abzug.am for abzug in (*self.fall.gutschriften, *self.fall.verzicht)),
        )
        while tag <= self.stichtag:
            self.happen_on(tag)
            for blatt in blaetter:
                blatt.live_through(tag, self.zaehlung)
            tag += TAG
        for blatt in blaetter:
            blatt.close_line()

    def happen_on(self, tag: dt.date) -> None:
        for abzug in (*self.fall.gutschriften, *self.fall.verzicht):
            if abzug.am == tag:
                self.lower(abzug)
        for nr, zahlung in enumerate(self.fall.zahlungen):
            if zahlung.zurueck_am and zahlung.zurueck_am <= self.stichtag:
                continue
            if self.works_on(zahlung) == tag:
                self.pay(nr, zahlung, tag)

    def lower(self, abzug: Gutschrift | Verzicht) -> None:
        """Mindert die Hauptforderung ab ihrem Tag, ohne Ziel die älteste zuerst; ein Verzicht danach ihre Zinsen."""
        rest = cents(abzug.betrag)
        for blatt in sorted(self.forderungen, key=lambda b: b.entstanden_am):
            weg = min(rest, blatt.offen) if abzug.auf in (None, blatt.name) else 0
            if weg:
                blatt.close_line()
                blatt.offen -= weg
                rest -= weg
            if isinstance(abzug, Verzicht) and abzug.auf == blatt.name:
                blatt.close_line()
                blatt.zinsen -= min(rest, blatt.zinsen)
        if isinstance(abzug, Gutschrift):
            self.give_back(abzug, rest)

    def give_back(self, gutschrift: Gutschrift, rest: int) -> None:
        """War die Rechnung schon bezahlt, steht dem Schuldner zu, was die Gutschrift davon zu viel macht."""
        for blatt in self.forderungen:
            if gutschrift.auf in (None, blatt.name):
                zurueck = min(rest, blatt.bezahlt)
                blatt.bezahlt -= zurueck
                rest -= zurueck
                self.rest += zurueck

    def works_on(self, zahlung: Zahlung) -> dt.date:
        ziele = [b for b in self.forderungen if b.name == zahlung.auf] or [*self.forderungen, *self.kosten]
        return max(zahlung.am, min(b.entstanden_am for b in ziele))

    def pay(self, nr: int, zahlung: Zahlung, tag: dt.date) -> None:
        self.tilgungen[nr] = {}
        rest = cents(zahlung.betrag)
        if zahlung.auf in {f.nummer for f in self.fall.forderungen if f.datum > self.stichtag}:
            self.rest += rest  # bestimmt auf eine Rechnung, die es am Stichtag noch nicht gibt: sie wartet
            return
        offene = [
            b for b in self.forderungen if b.entstanden_am <= tag and (b.offen or b.zinsen or b.zaehler)
        ]
        kosten = [b for b in self.kosten if b.entstanden_am <= tag]
        teile: Ordnung = TEILE[self.fall.konto.tilgung]
        if zahlung.auf in ("hauptforderung", "zinsen", "kosten"):
            rest = self.pay_in_order(nr, rest, offene, kosten, tag, [(zahlung.auf, None)])
        elif zahlung.auf:
            for blatt in offene:
                if blatt.name == zahlung.auf:
                    eigene = kosten if len(offene) == 1 else []
                    rest = self.pay_debt(nr, rest, [*eigene, blatt], teile)
        self.rest += self.pay_in_order(nr, rest, offene, kosten, tag, teile)

    def pay_in_order(
        self,
        nr: int,
        rest: int,
        offene: list[Forderungsblatt],
        kosten: list[Forderungsblatt],
        tag: dt.date,
        teile: Ordnung,
    ) -> int:
        """§ 366 Abs. 2: fällig vor nicht fällig, lästiger (höher verzinst), älter; gleiche anteilig."""
        if len(offene) < 2:
            return self.pay_debt(nr, rest, [*kosten, *offene], teile)
        rest = self.pay_debt(nr, rest, kosten, teile)

        def rang(blatt: Forderungsblatt) -> tuple[bool, int, dt.date]:
            return blatt.faellig_am > tag, -blatt.rate_on(tag), blatt.entstanden_am

        for _, gruppe in itertools.groupby(sorted(offene, key=rang), key=rang):
            gleiche = list(gruppe)
            if rest and len(gleiche) > 1:
                schulden = [self.debt_of(blatt, teile) for blatt in gleiche]
                if sum(schulden) > rest:
                    for blatt, anteil in zip(gleiche, shares(rest, schulden), strict=True):
                        self.pay_debt(nr, anteil, [blatt], teile)
                    return 0
            for blatt in gleiche:
                rest = self.pay_debt(nr, rest, [blatt], teile)
        return rest

    def debt_of(self, blatt: Forderungsblatt, teile: Ordnung) -> int:
        """Was die Schuld am Morgen beträgt; die laufende Zinszeile wird dafür abgeschlossen."""
        summe = 0
        for art, vertraglich in teile:
            if art == "zinsen" and vertraglich in (None, blatt.vertraglich):
                blatt.close_line()
                summe += blatt.zinsen
            if art == blatt.art:
                summe += blatt.offen
        return summe

    def pay_debt(self, nr: int, rest: int, blaetter: list[Forderungsblatt], teile: Ordnung) -> int:
        """§ 367 Abs. 1 (oder § 497 Abs. 3) innerhalb einer Schuld."""
        for art, vertraglich in teile:
            for blatt in blaetter:
                weg = min(rest, self.debt_of(blatt, [(art, vertraglich)])) if rest else 0
                if weg:
                    blatt.close_line()
                    if art == "zinsen":
                        blatt.zinsen -= weg
                    else:
                        blatt.offen -= weg
                        blatt.bezahlt += weg
                    ziel = (art, blatt.name)
                    self.tilgungen[nr][ziel] = self.tilgungen[nr].get(ziel, 0) + weg
                    rest -= weg
        return rest


def shares(betrag: int, schulden: list[int]) -> list[int]:
    """Verhältnismäßig; was beim Abrunden übrig bleibt, bekommen die größten Reste, bei Gleichstand die ersten."""
    genau = [Fraction(betrag * schuld, sum(schulden)) for schuld in schulden]
    anteile = [int(wert) for wert in genau]
    for nr in sorted(range(len(genau)), key=lambda nr: anteile[nr] - genau[nr]):
        if sum(anteile) < betrag:
            anteile[nr] += 1
    return anteile


FEIERTAGE = {
    jahr: set(holidays.country_holidays("DE", subdiv="SN", years=jahr, language="de"))
    for jahr in range(2014, 2028)
}


def next_workday(tag: dt.date) -> dt.date:
    while tag.weekday() > 4 or tag in FEIERTAGE[tag.year]:
        tag += TAG
    return tag


# --- random cases ------------------------------------------------------------------------------------

HIER = Stelle("fall.yaml", 1)
EINSTELLUNGEN = Einstellungen(
    absender=Absender(
        rolle="glaeubiger", name="Beispiel GmbH", strasse="Weg 1", plz="01067", ort="Dresden",
        iban="DE02120300000000202051",
    ),
    glaeubiger={},
)  # fmt: skip
GLAEUBIGER = Glaeubiger(
    art="gesellschaft",
    rechtsform="GmbH",
    name="Beispiel",
    strasse="Weg 1",
    plz="01067",
    ort="Dresden",
    land="SN",
)


def random_fall(zufall: random.Random) -> Fall:
    verbraucher = zufall.random() < 0.5
    tilgung = "497" if verbraucher and zufall.random() < 0.2 else "367"
    beginn = dt.date(2015, 1, 1) + dt.timedelta(days=zufall.randint(0, 3800))
    forderungen = [
        random_claim(zufall, f"RE-{nr}", beginn, verbraucher) for nr in range(zufall.choice([1, 1, 2, 3, 4]))
    ]
    if len(forderungen) > 1 and zufall.random() < 0.4:  # equal in everything that § 366 (2) looks at
        vorbild = forderungen[0]
        forderungen[1] = dataclasses.replace(vorbild, nummer="RE-1", betrag=random_amount(zufall, 1, 900))
    ziele = [f.nummer for f in forderungen]
    kosten = [random_costs(zufall, beginn) for _ in range(zufall.choice([0, 0, 1, 2]))]
    return Fall(
        aktenzeichen="ZUFALL-1",
        einstellungen=EINSTELLUNGEN,
        recht=RECHT,
        glaeubiger=GLAEUBIGER,
        schuldner=(
            Schuldner(
                kennung="max", name="Muster", strasse="Gasse 2", plz="04109", ort="Leipzig", land="SN",
                verbraucher=verbraucher,
            ),
        ),
        gesamtschuldner=False,
        anspruch=Anspruch(entgeltforderung=True, vertragsdatum=dt.date(2015, 1, 1)),
        forderungen=tuple(forderungen),
        gutschriften=tuple(
            Gutschrift(
                am=later(zufall, beginn), betrag=random_amount(zufall, 1, 200), auf=zufall.choice([None, *ziele])
            )
            for _ in range(zufall.choice([0, 0, 0, 1]))
        ),
        kosten=tuple(kosten),
        zahlungen=tuple(random_payment(zufall, beginn, ziele) for _ in range(zufall.choice([0, 1, 2, 3, 5, 7]))),
        verzicht=tuple(
            Verzicht(am=later(zufall, beginn), betrag=random_amount(zufall, 1, 200), auf=zufall.choice(ziele))
            for _ in range(zufall.choice([0, 0, 0, 1]))
        ),
        konto=Kontoregel(tageszaehlung=zufall.choice(["act/act", "act/365", "30e/360"]), tilgung=tilgung),
        ereignisse=(),
        titel=(),
        quittiert=(),
    )  # fmt: skip


def random_claim(zufall: random.Random, nummer: str, beginn: dt.date, verbraucher: bool) -> Forderung:
    datum = beginn + dt.timedelta(days=zufall.randint(0, 200))
    zinsen = None
    if zufall.random() < 0.3:
        satz = Decimal(zufall.randint(100, 1200)) / 100
        zinsen = Zinsvereinbarung(
            satz=satz if zufall.random() < 0.6 else None,
            vereinbart=zufall.random() < 0.5,
            ab=zufall.choice([None, datum + dt.timedelta(days=zufall.randint(0, 90))]),
        )
        if zinsen.satz is None:
            zinsen = dataclasses.replace(zinsen, punkte=satz)
    return Forderung(
        nummer=nummer, datum=datum, betrag=random_amount(zufall, 1, 5000),
        faellig_am=datum + dt.timedelta(days=zufall.randint(0, 60)), leistung_am=None, zugegangen_am=None,
        faelligkeit="vereinbart", hinweis_30_tage=False, zinsen=zinsen, datei=None, stelle=HIER,
    )  # fmt: skip


def random_costs(zufall: random.Random, beginn: dt.date) -> Kostenposten:
    am = later(zufall, beginn)
    zinsen = Zinsvereinbarung(punkte=Decimal(5), ab=later(zufall, beginn)) if zufall.random() < 0.4 else None
    return Kostenposten(am=am, art="gericht", betrag=random_amount(zufall, 1, 300), zinsen=zinsen)


def random_payment(zufall: random.Random, beginn: dt.date, ziele: list[str]) -> Zahlung:
    am = later(zufall, beginn)
    return Zahlung(
        am=am,
        betrag=random_amount(zufall, 1, 1500),
        auf=zufall.choice([None, None, None, *ziele, "hauptforderung", "zinsen", "kosten"]),
        zurueck_am=am + dt.timedelta(days=zufall.randint(0, 60)) if zufall.random() < 0.1 else None,
    )


def later(zufall: random.Random, beginn: dt.date) -> dt.date:
    return beginn + dt.timedelta(days=zufall.randint(30, 700))


def random_amount(zufall: random.Random, von: int, bis: int) -> Decimal:
    return Decimal(zufall.randint(von * 100, bis * 100)) / 100


# --- both must agree ---------------------------------------------------------------------------------


def compare(fall: Fall, stichtag: dt.date, was: str) -> None:
    papier = Papierkonto(fall, stichtag)
    if not papier.forderungen:
        return
    papier.walk()
    konto = compute_konto(Sachstand(fall, stichtag))
    for blatt, zeile in zip(papier.forderungen, konto.forderungen, strict=True):
        assert cents(zeile.offen) == blatt.offen, was
        assert cents(zeile.zinsen.offen) == blatt.zinsen, was
    for blatt, posten in zip(papier.kosten, konto.kostenposten, strict=True):
        assert cents(posten.haupt.offen) == blatt.offen, was
        assert cents(posten.zinsen.offen) == blatt.zinsen, was
    assert cents(konto.ueberzahlung) == papier.rest, was
    gebucht = [z for z in konto.zahlungen if not (z.zurueck_am and z.zurueck_am <= stichtag)]
    for nr, zahlung in zip(papier.tilgungen, gebucht, strict=True):
        summen: dict[tuple[str, str | None], int] = {}
        for anteil in zahlung.auf:
            ziel = (anteil.art, anteil.rechnung)
            summen[ziel] = summen.get(ziel, 0) + cents(anteil.betrag)
        assert summen == papier.tilgungen[nr], was
    assert_sums(konto)


def assert_sums(konto: Konto) -> None:
    """Jede Summe ist die Summe ihrer Zeilen, auf den Cent."""
    assert konto.gesamt == konto.hauptforderung + konto.zinsen + konto.kosten
    for zeile in (*konto.forderungen, *konto.kostenposten):
        for verlauf in (zeile.haupt, zeile.zinsen):
            weg = verlauf.gezahlt + verlauf.gutgeschrieben + verlauf.verzichtet + verlauf.tituliert
            assert verlauf.offen == verlauf.entstanden - weg - verlauf.angerechnet >= 0
    entstanden = sum(zeile.zinsen.entstanden for zeile in (*konto.forderungen, *konto.kostenposten))
    assert sum(a.zeile.zinsen for a in konto.abschnitte) == entstanden
    for buchung in (*konto.zahlungen, *konto.abzuege):
        if not (buchung.zurueck_am and buchung.zurueck_am <= konto.stichtag):
            assert sum(anteil.betrag for anteil in buchung.auf) + buchung.rest == buchung.betrag


def run(zahl: int, saat: int) -> None:
    for nr in range(zahl):
        zufall = random.Random(saat * 1_000_000 + nr)
        fall = random_fall(zufall)
        stichtag = min(later(zufall, fall.forderungen[0].datum), dt.date(2026, 12, 31))
        compare(fall, stichtag, f"saat {saat}, nr {nr}, stichtag {stichtag}")


def only_until(fall: Fall, stichtag: dt.date) -> Fall:
    """Der Fall ohne alles, was erst nach dem Stichtag geschieht."""
    return dataclasses.replace(
        fall,
        forderungen=tuple(f for f in fall.forderungen if f.datum <= stichtag),
        kosten=tuple(k for k in fall.kosten if k.am <= stichtag),
        zahlungen=tuple(
            z
            for z in fall.zahlungen
            if z.am <= stichtag
            and not (z.zurueck_am and z.zurueck_am > stichtag)
            and z.auf in (None, *(f.nummer for f in fall.forderungen if f.datum <= stichtag))
        ),
        gutschriften=(),
        verzicht=(),
    )


def test_saldo_am_naechsten_tag_gezahlt_laesst_null() -> None:
    geprueft = 0
    for nr in range(200):
        zufall = random.Random(3_000_000 + nr)
        fall = random_fall(zufall)
        stichtag = min(later(zufall, fall.forderungen[0].datum), dt.date(2026, 11, 1))
        fall = only_until(fall, stichtag)
        saldo = compute_konto(Sachstand(fall, stichtag))
        if not saldo.gesamt:
            continue
        rest = Zahlung(am=stichtag + TAG, betrag=saldo.gesamt)
        gezahlt = dataclasses.replace(fall, zahlungen=(*fall.zahlungen, rest))
        for tage in (1, 50):
            danach = compute_konto(Sachstand(gezahlt, stichtag + tage * TAG))
            assert (danach.gesamt, danach.ueberzahlung) == (Decimal(0), saldo.ueberzahlung), nr
        geprueft += 1
    assert geprueft > 150


def test_tag_fuer_tag_gerechnet() -> None:
    run(500, saat=1)


@pytest.mark.umfang
@pytest.mark.timeout(900)
def test_tag_fuer_tag_gerechnet_grosse_zahl() -> None:
    run(10_000, saat=2)
