"""Rules on interest: periods, base amounts, nothing counted twice."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from mahnakte.antrag.auswahl import Zinsart
from mahnakte.antrag.modell import Hauptforderung, Mahnantrag, Zinsangabe
from mahnakte.antrag.regeln.forderungen import describe_forderung
from mahnakte.antrag.regeln.gericht import streitwert
from mahnakte.antrag.regeln.register import Pruefrahmen, regel
from mahnakte.grund.befund import Ablehnung, Schwere
from mahnakte.grund.betrag import NULL, format_euro, format_zahl, round_cent
from mahnakte.grund.datum import format_datum

_VORDRUCK_ZEILEN = 3
_TAGE_IM_JAHR = 360  # the shortest year of the usual methods: an upper bound, not a rule of counting


def _zinsen(antrag: Mahnantrag) -> Iterator[tuple[Hauptforderung, Zinsangabe]]:
    for forderung in antrag.hauptforderungen:
        for zins in forderung.zinsen:
            yield forderung, zins


def _start(zins: Zinsangabe) -> dt.date:
    """From service lies after everything that has a date."""
    return zins.ab or dt.date.max


@regel("ZINS_BASIS_ZU_HOCH", "Zinsen auf mehr als die Forderung", "§ 288 BGB; EDA C26: ZIRGBET",
       "Den zu verzinsenden Betrag auf die Forderung begrenzen.")  # fmt: skip
def _basis(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung, zins in _zinsen(antrag):
        if zins.betrag > forderung.betrag:
            yield (
                f"{describe_forderung(forderung)}: zu verzinsen wären {format_euro(zins.betrag)}, "
                f"gefordert sind {format_euro(forderung.betrag)}"
            )


@regel("ZINS_UEBERSCHNEIDUNG", "Zinszeiträume überschneiden sich", "§ 288 BGB",
       "Die Zeiträume trennen oder die Beträge aufteilen; zusammen höchstens die Forderung.")  # fmt: skip
def _ueberschneidung(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung in antrag.hauptforderungen:
        for zins in forderung.zinsen:
            ab = _start(zins)
            gleichzeitig = [
                anderer
                for anderer in forderung.zinsen
                if _start(anderer) <= ab <= (anderer.bis or dt.date.max)
            ]
            summe = sum((anderer.betrag for anderer in gleichzeitig), NULL)
            if len(gleichzeitig) > 1 and summe > forderung.betrag:
                wann = f"am {format_datum(zins.ab)}" if zins.ab else "ab Zustellung"
                yield (
                    f"{describe_forderung(forderung)}: {wann} werden {format_euro(summe)} verzinst, "
                    f"gefordert sind {format_euro(forderung.betrag)}"
                )
                break


@regel("ZINS_ZEITRAUM", "Zinsen enden vor ihrem Beginn", "EDA C26: ZIVD, ZIBD", "Die Daten berichtigen.")
def _zeitraum(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung, zins in _zinsen(antrag):
        if zins.ab and zins.bis and zins.bis < zins.ab:
            yield (
                f"{describe_forderung(forderung)}: die Zinsen enden am {format_datum(zins.bis)} vor dem "
                f"Beginn am {format_datum(zins.ab)}"
            )


@regel("ZINS_ENDE_OHNE_BEGINN", "Ende der Zinsen ohne Beginn", "EDA C26: ZIVD leer heißt ab Zustellung",
       "Den Beginn ergänzen oder das Ende streichen.")  # fmt: skip
def _ohne_beginn(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung, zins in _zinsen(antrag):
        if zins.bis and zins.ab is None:
            yield (
                f"{describe_forderung(forderung)}: Zinsen ab Zustellung können nicht am "
                f"{format_datum(zins.bis)} enden"
            )


@regel("ZINS_VOR_FORDERUNG", "Zinsen beginnen vor der Forderung", "§ 286 Abs. 1 BGB",
       "Den Beginn der Zinsen oder das Datum der Forderung prüfen.", Schwere.WARNUNG)  # fmt: skip
def _vor_forderung(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung, zins in _zinsen(antrag):
        if zins.ab and forderung.von and zins.ab < forderung.von:
            yield (
                f"{describe_forderung(forderung)} ist vom {format_datum(forderung.von)}, Zinsen laufen "
                f"schon ab {format_datum(zins.ab)}"
            )


@regel("ZINS_NULL", "Zinssatz oder verzinster Betrag ist null", "EDA C26: ZISATZ, ZIRGBET",
       "Den Satz angeben oder die Zinsangabe streichen.")  # fmt: skip
def _null(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung, zins in _zinsen(antrag):
        if not zins.satz or not zins.betrag:
            yield f"{describe_forderung(forderung)}: eine Zinsangabe lautet auf null"


@regel("ZINS_UEBER_GESETZ", "Mehr Punkte über Basis als § 288 BGB", "§ 288 Abs. 2, 3 BGB",
       "Den Vertrag prüfen, in dem der höhere Satz vereinbart ist.", Schwere.WARNUNG)  # fmt: skip
def _ueber_gesetz(antrag: Mahnantrag, rahmen: Pruefrahmen) -> Iterator[str]:
    for forderung, zins in _zinsen(antrag):
        if zins.art is not Zinsart.UEBER_BASIS:
            continue
        try:
            hoechst = rahmen.recht.wert_am(
                "verzugszins_punkte_entgelt", forderung.von or rahmen.stichtag
            ).wert
        except Ablehnung:  # older than the table: no statutory rate to compare with, the claim's date says so
            continue
        if zins.satz > hoechst:
            yield (
                f"{describe_forderung(forderung)}: {format_zahl(zins.satz)} Punkte über Basis sind mehr "
                f"als die gesetzlichen {format_zahl(hoechst)}"
            )


@regel("ZINS_MEHR_ALS_VORDRUCK", "Mehr Zinszeilen als der Vordruck hat", "Papiervordruck",
       "Für das Portal und EDA ohne Bedeutung; auf Papier auf mehrere Anträge verteilen.",
       Schwere.HINWEIS)  # fmt: skip
def _vordruck(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    zahl = sum(1 for _paar in _zinsen(antrag))
    if zahl > _VORDRUCK_ZEILEN:
        yield f"Der Antrag hat {zahl} Zinszeilen, der Papiervordruck nur {_VORDRUCK_ZEILEN}"


@regel("AUSGERECHNET_ZU_VIELE", "Mehrere Zeilen ausgerechneter Zinsen", "EDA C19",
       "Die ausgerechneten Zinsen zu einer Zeile zusammenfassen.")  # fmt: skip
def _zu_viele(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    if len(antrag.ausgerechnete_zinsen) > 1:
        yield f"Der Antrag hat {len(antrag.ausgerechnete_zinsen)} Zeilen ausgerechneter Zinsen, Platz ist für eine"


@regel("AUSGERECHNET_ZEITRAUM", "Ausgerechnete Zinsen enden vor ihrem Beginn", "EDA C19: AZIVD, AZIBD",
       "Die Daten berichtigen.")  # fmt: skip
def _ausgerechnet_zeitraum(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for zins in antrag.ausgerechnete_zinsen:
        if zins.bis < zins.von:
            yield (
                f"Die ausgerechneten Zinsen enden am {format_datum(zins.bis)} vor dem Beginn am "
                f"{format_datum(zins.von)}"
            )


@regel("AUSGERECHNET_ZUKUNFT", "Ausgerechnete Zinsen über den Stichtag hinaus", "EDA C19: AZIBD",
       "Bis zum Stichtag rechnen; danach laufende Zinsen verlangen.")  # fmt: skip
def _ausgerechnet_zukunft(antrag: Mahnantrag, rahmen: Pruefrahmen) -> Iterator[str]:
    for zins in antrag.ausgerechnete_zinsen:
        if zins.bis > rahmen.stichtag:
            yield (
                f"Zinsen sind bis zum {format_datum(zins.bis)} ausgerechnet, Stichtag ist der "
                f"{format_datum(rahmen.stichtag)}"
            )


@regel("AUSGERECHNET_DOPPELT", "Ausgerechnete und laufende Zinsen für dieselben Tage", "§ 289 BGB",
       "Laufende Zinsen am Tag nach den ausgerechneten beginnen lassen.")  # fmt: skip
def _ausgerechnet_doppelt(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    laufend = [zins.ab for _forderung, zins in _zinsen(antrag) if zins.ab]
    for zins in antrag.ausgerechnete_zinsen:
        if len(antrag.hauptforderungen) == 1 and any(zins.von <= ab <= zins.bis for ab in laufend):
            yield (
                f"Zinsen sind bis zum {format_datum(zins.bis)} ausgerechnet und laufen zugleich ab "
                f"{format_datum(min(laufend))}"
            )


@regel("AUSGERECHNET_ZU_HOCH", "Ausgerechnete Zinsen höher als möglich", "EDA C19: AZIAUBET, AZISATZ",
       "Die Zinsen nachrechnen.")  # fmt: skip
def _nachrechnen(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for zins in antrag.ausgerechnete_zinsen:
        if zins.satz is None or zins.bis < zins.von:
            continue
        tage = (zins.bis - zins.von).days + 1
        grenze = round_cent(streitwert(antrag) * zins.satz * tage / (100 * _TAGE_IM_JAHR)) + Decimal("0.01")
        if zins.betrag > grenze:
            yield (
                f"Ausgerechnet sind {format_euro(zins.betrag)} Zinsen; {format_zahl(zins.satz)} % "
                f"auf alle Forderungen ergeben in {tage} Tagen höchstens {format_euro(grenze)}"
            )


@regel("NEBENZINS_ZEITRAUM", "Zinsen auf eine Nebenforderung enden vor ihrem Beginn", "EDA C29 bis C34",
       "Die Daten berichtigen.")  # fmt: skip
def _nebenzins(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for neben in antrag.nebenforderungen:
        zins = neben.zins
        if zins and zins.ab and zins.bis and zins.bis < zins.ab:
            yield (
                f"Nebenforderung „{neben.art}“: die Zinsen enden am {format_datum(zins.bis)} vor dem "
                f"Beginn am {format_datum(zins.ab)}"
            )
