"""Costs of lawyer, collection agency and court (VV RVG, KV GKG), each with its derivation line by line.

Two things decide the amounts: the date (mandate or pendency) and whether the creditor may deduct input tax.
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Sequence
from decimal import Decimal

from mahnakte.grund.befund import Ablehnung, Befund, sperre
from mahnakte.grund.betrag import NULL, format_euro, format_zahl, round_cent
from mahnakte.grund.datum import format_datum
from mahnakte.recht.gebuehrentabelle import Gebuehr, Gebuehrengesetz, compute_gebuehr, find_tabelle
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.werte import Rechtswert

_HUNDERT = Decimal(100)


class Inkassofall(enum.StrEnum):
    """What the Geschäftsgebühr depends on (Nr. 2300 VV RVG with note (2))."""

    EINFACH = "einfach"  # paid within about two weeks of the first demand
    UNBESTRITTEN = "unbestritten"
    BESTRITTEN = "bestritten"  # 1,3; more only for extensive or difficult work, which a person must justify


class Rechtsdienst(enum.StrEnum):
    """Who collects for another: the law before 01.10.2021 treats them differently."""

    INKASSO = "inkasso"
    ANWALT = "anwalt"


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


def geschaeftsgebuehr(
    recht: Rechtsstand, wert: Decimal, am: dt.date, fall: Inkassofall, auftraggeber: int = 1
) -> Verguetung:
    """Nr. 2300: 0.5 in simple cases, 0.9 uncontested, 1.3 contested; small uncontested claims by § 13 (2).

    Nr. 1008 raises the rate for each further client (joint creditors; joint debtors change nothing).
    """
    satz, erhoehung = recht.wert_am(f"vv_2300_{fall.value}", am), _increase(recht, auftraggeber, am)
    werte = (satz, *erhoehung.werte)
    if (
        fall is not Inkassofall.BESTRITTEN
        and wert <= (grenze := recht.wert_am("vv_2300_klein_grenze", am)).wert
    ):
        klein = recht.wert_am("vv_2300_klein_gebuehr", am)
        mindest = recht.wert_am("mindestgebuehr_rvg", am)
        erhoeht = satz.wert + erhoehung.satz
        betrag = max(round_cent(klein.wert * erhoeht), mindest.wert)
        gebuehr = Gebuehr(wert, erhoeht, klein.wert, betrag, (*werte, grenze, klein, mindest))
    else:
        gebuehr = compute_gebuehr(recht, Gebuehrengesetz.RVG, wert, satz.wert + erhoehung.satz, am)
        gebuehr = dataclasses.replace(gebuehr, werte=(*werte, *gebuehr.werte))
    zusatz = f", {auftraggeber} Auftraggeber (Nr. 1008 VV RVG)," if auftraggeber > 1 else ""
    return Verguetung("2300", f"Geschäftsgebühr{zusatz}", gebuehr, am)


@dataclasses.dataclass(frozen=True, slots=True)
class _Erhoehung:
    satz: Decimal = NULL
    werte: tuple[Rechtswert, ...] = ()


def _increase(recht: Rechtsstand, auftraggeber: int, am: dt.date) -> _Erhoehung:
    """Nr. 1008: 0.3 for each further client, all increases together at most 2.0 (note 3)."""
    if auftraggeber < 1:
        raise ValueError(f"{auftraggeber} Auftraggeber")
    if auftraggeber == 1:
        return _Erhoehung()
    je, hoechst = recht.wert_am("vv_1008", am), recht.wert_am("vv_1008_hoechst", am)
    return _Erhoehung(min((auftraggeber - 1) * je.wert, hoechst.wert), (je, hoechst))


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
    durch: Rechtsdienst = Rechtsdienst.INKASSO,
    auftraggeber: int = 1,
) -> Kosten:
    """§ 13e RDG: an agency's costs are recoverable up to what a lawyer would receive; this is that limit.

    Before 01.10.2021 Nr. 2300 knew no note (2): a lawyer could charge up to 1.3 whether disputed or not. Raises
    Ablehnung for an agency of that time, whose law has not been read, and outside the tables.
    """
    fee = lawful_fee(recht, wert, am, fall, durch, auftraggeber)
    return compute_angelegenheit(recht, [fee], vorsteuerabzug)


def lawful_fee(
    recht: Rechtsstand,
    wert: Decimal,
    am: dt.date,
    fall: Inkassofall,
    durch: Rechtsdienst,
    auftraggeber: int = 1,
) -> Verguetung:
    """Return the Geschäftsgebühr alone within that limit; raises Ablehnung like `inkassokosten`."""
    if am < recht.find_reihe("vv_2300_unbestritten").ab_tage[0]:
        if durch is Rechtsdienst.INKASSO:
            raise Ablehnung(_old_law(recht, am))
        fall = Inkassofall.BESTRITTEN
    return geschaeftsgebuehr(recht, wert, am, fall, auftraggeber)


def _old_law(recht: Rechtsstand, am: dt.date) -> Befund:
    seit = format_datum(recht.find_reihe("vv_2300_unbestritten").ab_tage[0])
    return sperre(
        "INKASSO_ALTES_RECHT",
        f"Der Auftrag ist vom {format_datum(am)}; für Aufträge an Inkassodienste vor dem {seit} galt anderes Recht, "
        "das hier nicht gerechnet wird.",
        "Den Tag des Auftrags prüfen. Ist er richtig, rechnet ein Mensch nach dem damaligen Recht.",
    )


def anrechnung(recht: Rechtsstand, geschaeft: Verguetung, wert: Decimal, am: dt.date) -> Kostenzeile:
    """Vorbem. 3 (4): half of the Geschäftsgebühr, at most 0.75, on the value that went to court; a negative line.

    The rounded amount is subtracted; the rate is not reduced. `am` is the day of the mandate for the proceedings.
    """
    anteil, hoechst = recht.wert_am("anrechnung_anteil", am), recht.wert_am("anrechnung_hoechst", am)
    satz = min(geschaeft.gebuehr.satz * anteil.wert, hoechst.wert)
    gemeinsam = min(wert, geschaeft.gebuehr.wert)
    einfach = geschaeft.gebuehr.einfach
    if gemeinsam < geschaeft.gebuehr.wert:
        einfach = min(einfach, find_tabelle(Gebuehrengesetz.RVG, geschaeft.am).simple_fee(gemeinsam))
    text = f"Anrechnung {format_zahl(satz)} aus {format_euro(gemeinsam)} (einfache Gebühr {format_euro(einfach)})"
    return Kostenzeile(text, anteil.fundstelle, -round_cent(einfach * satz))


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
