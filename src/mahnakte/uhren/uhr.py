"""The two clocks of a title: thirty years for the main claim, three years for the interest of each later year.

§§ 197, 199, 201, 212, 217 BGB; per debtor (§ 425). Suspensions (talks, deferral, insolvency) only ever move an
end to a later day; they are not counted, so that the day watched is never too late.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence

from mahnakte.fall.modell import Titel
from mahnakte.fall.partei import Schuldner
from mahnakte.grund.befund import Befund, hinweis, warnung
from mahnakte.grund.datum import format_datum
from mahnakte.konto.ordnung import keeps_zinsen
from mahnakte.recht.hemmung import Neubeginn
from mahnakte.recht.kalender import add_frist, add_months, last_safe_day
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.verfahren import compute_titel_verjaehrung, compute_titelzinsen_verjaehrung
from mahnakte.recht.verjaehrung import Verjaehrung
from mahnakte.recht.verjaehrungsfrist import dauer_of
from mahnakte.stand.sachstand import Sachstand
from mahnakte.uhren.beginn import Beginn, find_beginn
from mahnakte.uhren.modell import Titeluhr, Uhrzeile, Zinsuhr
from mahnakte.uhren.neubeginn import Neubeginne, collect_neubeginne

VORWARNUNG_MONATE = 12
NEUES_RECHT = dt.date(2002, 1, 1)  # Art. 229 § 6 EGBGB
_EIN_TAG = dt.timedelta(days=1)
_OHNE_197_2 = "Zinsen eines Verbraucherdarlehens verjähren nicht in drei Jahren (§ 497 Abs. 3 Satz 4 BGB)"


def compute_titeluhren(sachstand: Sachstand) -> tuple[Titeluhr, ...]:
    """Return one clock per title and debtor, what lapses first at the top; unknown ends stand before all."""
    uhren = (
        _compute(sachstand, titel, schuldner)
        for titel in sachstand.fall.titel
        if titel.erlassen_am is None or titel.erlassen_am <= sachstand.stichtag
        for schuldner in sachstand.fall.schuldner
        if titel.schuldner in (None, schuldner.kennung)
    )
    return tuple(sorted(uhren, key=order_of))


def order_of(uhr: Titeluhr) -> tuple[bool, dt.date, str, str]:
    """Return the sort key: unknown first, then by what lapses next, wholly lapsed titles last."""
    naechstes = dt.date.max if uhr.verjaehrt else uhr.erlischt_zuerst or dt.date.min
    return uhr.verjaehrt, naechstes, uhr.kennung, uhr.schuldner


def _compute(sachstand: Sachstand, titel: Titel, schuldner: Schuldner) -> Titeluhr:
    beginn = find_beginn(sachstand, titel, schuldner)
    name = f"Titel {titel.kennung} gegen {schuldner.voller_name}"
    if beginn.am is None:
        befund = warnung(
            "TITEL_DATUM_FEHLT", f"{name}: Die Frist lässt sich nicht berechnen. {_capital(beginn.grund)}.",
            "Das Datum beim Titel in fall.yaml ergänzen.", titel.stelle,
        )  # fmt: skip
        return Titeluhr(
            titel.kennung, titel.art, schuldner.kennung, None, beginn.grund, (), None, verjaehrt=False,
            befunde=(dataclasses.replace(befund, gegenstand=titel.kennung),),
        )  # fmt: skip
    neubeginne = collect_neubeginne(sachstand, titel, schuldner.kennung)
    bis, zeilen, neu_am = _main_claim(sachstand.recht, beginn.am, neubeginne, sachstand.stichtag)
    verjaehrt = bis < sachstand.stichtag
    zinsen = tuple(_interest(sachstand, titel, beginn.am, bis, neubeginne))
    offen = [tag for tag in (bis, *(zins.bis for zins in zinsen)) if tag >= sachstand.stichtag]
    uhr = Titeluhr(
        titel.kennung, titel.art, schuldner.kennung, bis,
        f"{beginn.grund}{_restarted(neubeginne, neu_am)}", zinsen, min(offen, default=None),
        verjaehrt=verjaehrt, herleitung=(*beginn.zeilen, *zeilen),
    )  # fmt: skip
    befunde = (*neubeginne.befunde, *_remark(uhr, titel, beginn, name, sachstand.stichtag))
    return dataclasses.replace(uhr, befunde=befunde)


# --- the main claim -----------------------------------------------------------------------------------


def _main_claim(
    recht: Rechtsstand, beginn: dt.date, neubeginne: Neubeginne, stichtag: dt.date
) -> tuple[dt.date, tuple[Uhrzeile, ...], dt.date | None]:
    """Return the last day, its derivation, and the day of the last restart (§ 212 BGB) where there was one."""
    if beginn < NEUES_RECHT:
        return _old_main_claim(recht, beginn, neubeginne.hauptforderung)
    verjaehrung = compute_titel_verjaehrung(recht, beginn, neubeginne.hauptforderung, stichtag)
    neu_am = max((zeile.von for zeile in verjaehrung.zeilen if zeile.art == "neubeginn"), default=None)
    return verjaehrung.ablauf, _lines(verjaehrung), neu_am


def _restarted(neubeginne: Neubeginne, am: dt.date | None) -> str:
    """Name the act from which the end counts; without one it counts from the title itself."""
    for neubeginn in neubeginne.hauptforderung:
        if neubeginn.am == am and not neubeginn.entfallen:
            return f"; neu begonnen am {format_datum(am)}: {neubeginn.text}"
    return ""


def _old_main_claim(
    recht: Rechtsstand, beginn: dt.date, neubeginne: tuple[Neubeginn, ...]
) -> tuple[dt.date, tuple[Uhrzeile, ...], dt.date | None]:
    """Titles before 2002 keep their thirty years, counted from the last act (Art. 229 § 6 EGBGB)."""
    wert = recht.wert_am("verjaehrung_titel", NEUES_RECHT)
    ende = add_frist(beginn, dauer_of(wert))
    zeilen = [Uhrzeile(beginn, f"{wert.worte} ab {format_datum(beginn)}: bis {format_datum(ende)} "
                               "(Titel nach altem Recht, Art. 229 § 6 EGBGB)")]  # fmt: skip
    neu_am = None
    for neubeginn in neubeginne:
        if neubeginn.entfallen or not beginn < neubeginn.am <= ende:
            ursache = neubeginn.entfallen or "liegt außerhalb der laufenden Frist"
            zeilen.append(Uhrzeile(neubeginn.am, f"{neubeginn.text}: ohne Wirkung ({ursache})"))
            continue
        ende, neu_am = add_frist(neubeginn.am, dauer_of(wert)), neubeginn.am
        zeilen.append(
            Uhrzeile(neubeginn.am, f"{neubeginn.text}: die ganze Frist beginnt neu; bis {format_datum(ende)}")
        )
    return ende, tuple(zeilen), neu_am


def _lines(verjaehrung: Verjaehrung) -> tuple[Uhrzeile, ...]:
    return tuple(Uhrzeile(zeile.von, zeile.text) for zeile in verjaehrung.zeilen)


# --- the interest of each year ------------------------------------------------------------------------


def _interest(
    sachstand: Sachstand, titel: Titel, beginn: dt.date, hauptforderung_bis: dt.date, neubeginne: Neubeginne
) -> Iterator[Zinsuhr]:
    """Interest up to the title belongs to the thirty years; that of each later year has its own three.

    Not that of a consumer loan: § 197 (2) does not apply (§ 497 (3) sentence 4); it lapses with the main claim.
    """
    recht, stichtag = sachstand.recht, sachstand.stichtag
    if titel.betraege is not None and titel.betraege.zinsen is None:
        return  # the title awards no running interest
    ab = beginn + _EIN_TAG
    if titel.betraege is not None and titel.betraege.zinsen is not None and titel.betraege.zinsen.ab:
        ab = max(ab, titel.betraege.zinsen.ab)
    for jahr in range(max(ab.year, NEUES_RECHT.year), stichtag.year + 1):
        if keeps_zinsen(sachstand.fall):
            zeile = Uhrzeile(
                hauptforderung_bis, f"{_OHNE_197_2}, spätestens mit der Hauptforderung (§ 217 BGB)"
            )
            yield Zinsuhr(jahr, hauptforderung_bis, hauptforderung_bis < stichtag, (zeile,))
            continue
        verjaehrung = compute_titelzinsen_verjaehrung(recht, jahr, neubeginne.zinsen, stichtag)
        bis, zeilen = verjaehrung.ablauf, _lines(verjaehrung)
        if hauptforderung_bis < bis:
            bis = hauptforderung_bis
            zeilen += (Uhrzeile(bis, "Zinsen verjähren spätestens mit der Hauptforderung (§ 217 BGB)"),)
        yield Zinsuhr(jahr, bis, bis < stichtag, zeilen)


# --- findings -----------------------------------------------------------------------------------------


def _remark(uhr: Titeluhr, titel: Titel, beginn: Beginn, name: str, stichtag: dt.date) -> Iterator[Befund]:
    for befund in (*_remark_old(beginn, name), *_remark_ends(uhr, name, stichtag)):
        yield dataclasses.replace(befund, stelle=titel.stelle, gegenstand=titel.kennung)


def _remark_old(beginn: Beginn, name: str) -> Iterator[Befund]:
    if beginn.am is not None and beginn.am < NEUES_RECHT:
        yield hinweis(
            "TITEL_ALTES_RECHT",
            f"{name}: Der Titel ist von vor 2002. Die dreißig Jahre laufen weiter (Art. 229 § 6 EGBGB); Zinsen vor "
            "2002 sind hier nicht berechnet.",
            "Ältere Zinsen und Unterbrechungen von einem Menschen prüfen lassen.",
        )


def _remark_ends(uhr: Titeluhr, name: str, stichtag: dt.date) -> Iterator[Befund]:
    bis = uhr.hauptforderung_bis
    if bis is None:
        return
    grenze = add_months(stichtag, VORWARNUNG_MONATE)
    if uhr.verjaehrt:
        yield warnung(
            "TITEL_VERJAEHRT",
            f"{name}: Die Hauptforderung ist seit Ablauf des {format_datum(bis)} verjährt.",
            "Vor jedem weiteren Schritt prüfen lassen (§ 214 BGB); fehlt ein Neubeginn, ihn eintragen.",
        )
        return
    if bis <= grenze:
        yield _running_out("TITEL_LAEUFT_AB", name, "Die Hauptforderung verjährt", bis)
    for zins in uhr.zinsen:
        if not zins.verjaehrt and zins.bis <= grenze:
            yield _running_out(
                "TITELZINSEN_LAUFEN_AB", name, f"Die Zinsen des Jahres {zins.jahr} verjähren", zins.bis
            )
    if alte := [zins.jahr for zins in uhr.zinsen if zins.verjaehrt]:
        yield hinweis(
            "TITELZINSEN_VERJAEHRT",
            f"{name}: Verjährt sind die Zinsen der Jahre {format_jahre(alte)} (§ 197 Abs. 2 BGB).",
            "Sie in neuen Aufträgen weglassen; der Schuldner kann ihre Zahlung verweigern (§ 214 BGB).",
        )


def _running_out(code: str, name: str, was: str, bis: dt.date) -> Befund:
    sicher = last_safe_day(bis)
    vorher = f" (letzter Werktag davor: {format_datum(sicher)})" if sicher < bis else ""
    return warnung(
        code,
        f"{name}: {was} mit Ablauf des {format_datum(bis)}{vorher}.",
        "Vorher vollstrecken – der Auftrag muss genau das umfassen – oder ein Anerkenntnis einholen (§ 212 BGB).",
    )


def format_jahre(jahre: Sequence[int]) -> str:
    """Write years: `2019`, `2019 bis 2022`, and each one by itself where a year between them was saved."""
    if len(jahre) > 1 and jahre[-1] - jahre[0] == len(jahre) - 1:
        return f"{jahre[0]} bis {jahre[-1]}"
    return ", ".join(map(str, jahre))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
