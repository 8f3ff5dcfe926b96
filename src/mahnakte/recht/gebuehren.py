"""Costs of lawyer, collection agency and court (VV RVG, KV GKG), each with its derivation line by line.

Two things decide the amounts: the date (mandate or pendency) and whether the creditor may deduct input tax.
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Sequence
from decimal import Decimal

from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.grund.betrag import NULL, format_euro, format_zahl, round_cent
from mahnakte.recht.gebuehrentabelle import Gebuehr, Gebuehrengesetz, compute_gebuehr
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.werte import Rechtswert

_HUNDERT = Decimal(100)


class Inkassofall(enum.StrEnum):
    """What the Geschäftsgebühr depends on (Nr. 2300 VV RVG with note (2))."""

    EINFACH = "einfach"  # paid within about two weeks of the first demand
    UNBESTRITTEN = "unbestritten"
    BESTRITTEN = "bestritten"  # 1,3; more only for extensive or difficult work, which a person must justify


class Verfahrensgebuehr(enum.StrEnum):
    """Fees of the dunning and enforcement procedure (VV RVG)."""

    MAHNBESCHEID = "3305"
    VORZEITIGES_ENDE = "3306"
    ANTRAGSGEGNER = "3307"
    VOLLSTRECKUNGSBESCHEID = "3308"
    ZWANGSVOLLSTRECKUNG = "3309"


@dataclasses.dataclass(frozen=True, slots=True)
class Kostenzeile:
    """One line of a derivation: what, by which provision, how much (negative where credited)."""

    text: str
    vorschrift: str
    betrag: Decimal


@dataclasses.dataclass(frozen=True, slots=True)
class Kosten:
    """Lines that add up to `summe`, and the values used."""

    zeilen: tuple[Kostenzeile, ...]
    werte: tuple[Rechtswert, ...] = ()

    @property
    def summe(self) -> Decimal:
        """The sum of the lines in euro."""
        return sum((zeile.betrag for zeile in self.zeilen), NULL)


@dataclasses.dataclass(frozen=True, slots=True)
class Verguetung:
    """One fee of the VV RVG with its number and the day of the mandate."""

    nummer: str
    bezeichnung: str
    gebuehr: Gebuehr
    am: dt.date

    @property
    def zeile(self) -> Kostenzeile:
        """The fee as a line."""
        gebuehr = self.gebuehr
        text = (
            f"{self.bezeichnung} {format_zahl(gebuehr.satz, 1)} aus {format_euro(gebuehr.wert)} "
            f"(einfache Gebühr {format_euro(gebuehr.einfach)})"
        )
        return Kostenzeile(text, f"Nr. {self.nummer} VV RVG", gebuehr.betrag)


def geschaeftsgebuehr(recht: Rechtsstand, wert: Decimal, am: dt.date, fall: Inkassofall) -> Verguetung:
    """Nr. 2300: 0.5 in simple cases, 0.9 uncontested, 1.3 contested; small uncontested claims by § 13 (2)."""
    satz = recht.wert_am(f"vv_2300_{fall.value}", am)
    if (
        fall is not Inkassofall.BESTRITTEN
        and wert <= (grenze := recht.wert_am("vv_2300_klein_grenze", am)).wert
    ):
        klein = recht.wert_am("vv_2300_klein_gebuehr", am)
        mindest = recht.wert_am("mindestgebuehr_rvg", am)
        betrag = max(round_cent(klein.wert * satz.wert), mindest.wert)
        gebuehr = Gebuehr(wert, satz.wert, klein.wert, betrag, (satz, grenze, klein, mindest))
    else:
        gebuehr = _fee(recht, wert, satz, am)
    return Verguetung("2300", "Geschäftsgebühr", gebuehr, am)


def geschaeftsgebuehr_nach_umfang(
    recht: Rechtsstand, wert: Decimal, am: dt.date, satz: Decimal
) -> Verguetung:
    """Nr. 2300: a rate within the frame that a person has chosen; above 1.3 the line says what that needs."""
    mindest, hoechst = recht.wert_am("vv_2300_mindest", am), recht.wert_am("vv_2300_hoechst", am)
    if not mindest.wert <= satz <= hoechst.wert:
        raise Ablehnung(
            sperre("GEBUEHR_RAHMEN",
                   f"Die Geschäftsgebühr liegt zwischen {format_zahl(mindest.wert, 1)} und "
                   f"{format_zahl(hoechst.wert, 1)}; verlangt sind {format_zahl(satz)}.",
                   "Einen Satz im Rahmen der Nr. 2300 VV RVG wählen.")
        )  # fmt: skip
    schwelle = recht.wert_am("vv_2300_bestritten", am)
    zusatz = ", umfangreich oder schwierig," if satz > schwelle.wert else ""
    gebuehr = compute_gebuehr(recht, Gebuehrengesetz.RVG, wert, satz, am)
    gebuehr = dataclasses.replace(gebuehr, werte=(*gebuehr.werte, mindest, hoechst, schwelle))
    return Verguetung("2300", f"Geschäftsgebühr{zusatz}", gebuehr, am)


def verfahrensgebuehr(recht: Rechtsstand, art: Verfahrensgebuehr, wert: Decimal, am: dt.date) -> Verguetung:
    """Nr. 3305 to 3309: dunning procedure and enforcement."""
    return Verguetung(
        art.value, "Verfahrensgebühr", _fee(recht, wert, recht.wert_am(f"vv_{art.value}", am), am), am
    )


def compute_angelegenheit(
    recht: Rechtsstand,
    verguetungen: Sequence[Verguetung],
    vorsteuerabzug: bool,
    anrechnung: Kostenzeile | None = None,
) -> Kosten:
    """Add up one matter: fees, less what is credited, Nr. 7002 once, Nr. 7008 unless input tax is deducted.

    The fees arise in full (§ 15a (1) RVG), so Nr. 7002 is reckoned before crediting.
    """
    am = verguetungen[0].am
    zeilen = [verguetung.zeile for verguetung in verguetungen]
    werte = [wert for verguetung in verguetungen for wert in verguetung.gebuehr.werte]
    zeilen.append(_post(recht, sum((zeile.betrag for zeile in zeilen), NULL), am, werte))
    if anrechnung is not None:
        zeilen.insert(-1, anrechnung)
    if not vorsteuerabzug:
        zeilen.append(_umsatzsteuer(recht, sum((zeile.betrag for zeile in zeilen), NULL), am, werte))
    return Kosten(tuple(zeilen), tuple(werte))


def inkassokosten(
    recht: Rechtsstand,
    wert: Decimal,
    am: dt.date,
    fall: Inkassofall,
    vorsteuerabzug: bool,
) -> Kosten:
    """§ 13e RDG: an agency's costs are recoverable up to what a lawyer would receive; this is that limit."""
    return compute_angelegenheit(recht, [geschaeftsgebuehr(recht, wert, am, fall)], vorsteuerabzug)


def gerichtskosten_mahnverfahren(recht: Rechtsstand, wert: Decimal, anhaengig_am: dt.date) -> Kosten:
    """KV 1100 GKG: half a fee, at least the minimum amount of the number."""
    satz, mindest = recht.wert_am("kv_1100", anhaengig_am), recht.wert_am("kv_1100_mindest", anhaengig_am)
    gebuehr = compute_gebuehr(recht, Gebuehrengesetz.GKG, wert, satz.wert, anhaengig_am)
    betrag = max(gebuehr.betrag, mindest.wert)
    zusatz = f", mindestens {format_euro(mindest.wert)}" if betrag != gebuehr.betrag else ""
    zeile = Kostenzeile(
        _court_text("Verfahren über den Mahnbescheid", gebuehr) + zusatz, satz.fundstelle, betrag
    )
    return Kosten((zeile,), (*gebuehr.werte, satz, mindest))


def _fee(recht: Rechtsstand, wert: Decimal, satz: Rechtswert, am: dt.date) -> Gebuehr:
    gebuehr = compute_gebuehr(recht, Gebuehrengesetz.RVG, wert, satz.wert, am)
    return dataclasses.replace(gebuehr, werte=(satz, *gebuehr.werte))


def _post(recht: Rechtsstand, gebuehren: Decimal, am: dt.date, werte: list[Rechtswert]) -> Kostenzeile:
    anteil, hoechst = recht.wert_am("vv_7002", am), recht.wert_am("vv_7002_hoechst", am)
    werte += (anteil, hoechst)
    betrag = min(round_cent(gebuehren * anteil.wert / _HUNDERT), hoechst.wert)
    text = f"Post und Telekommunikation, {anteil.wert} % der Gebühren, höchstens {format_euro(hoechst.wert)}"
    return Kostenzeile(text, anteil.fundstelle, betrag)


def _umsatzsteuer(recht: Rechtsstand, netto: Decimal, am: dt.date, werte: list[Rechtswert]) -> Kostenzeile:
    satz = recht.wert_am("vv_7008", am)
    werte.append(satz)
    text = f"Umsatzsteuer {satz.wert} % aus {format_euro(netto)} (Gläubiger ohne Vorsteuerabzug)"
    return Kostenzeile(text, "Nr. 7008 VV RVG", round_cent(netto * satz.wert / _HUNDERT))


def _court_text(was: str, gebuehr: Gebuehr) -> str:
    return (
        f"{was}, {format_zahl(gebuehr.satz, 1)} aus {format_euro(gebuehr.wert)} "
        f"(einfache Gebühr {format_euro(gebuehr.einfach)})"
    )
