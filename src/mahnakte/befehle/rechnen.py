"""`mahnakte rechnen`: calculators without a case. Each shows the way to its result, line by line."""

import datetime as dt
from decimal import Decimal

from mahnakte.grund.befund import Befund, hinweis
from mahnakte.grund.betrag import format_betrag, format_euro, format_zahl, json_betrag, json_zahl, round_cent
from mahnakte.grund.datum import format_datum
from mahnakte.recht.gebuehren import Inkassofall, Rechtsdienst, anrechnung, compute_angelegenheit, lawful_fee
from mahnakte.recht.gebuehrentabelle import Gebuehrengesetz, compute_gebuehr, find_tabelle
from mahnakte.recht.kalender import LAENDER, frist_ende
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.verjaehrung import Verjaehrungstatsachen, compute_verjaehrung
from mahnakte.recht.verjaehrungsfrist import Frist
from mahnakte.recht.zinsen import Tageszaehlung, Zinssatz, Zinszeile
from mahnakte.werk.ergebnis import Ergebnis
from mahnakte.werk.zinsrechnung import compute_zinsrechnung, one_rate


def calculate_zinsen(
    recht: Rechtsstand,
    betrag: Decimal,
    von: dt.date,
    bis: dt.date,
    punkte: Decimal | None,
    satz: Decimal | None,
    methode: Tageszaehlung,
    rundung: str,
) -> Ergebnis:
    """Interest on one amount; `von` and `bis` are both interest days. Exactly one of `punkte`, `satz` is given."""
    rechnung = compute_zinsrechnung(recht, betrag, von, bis, one_rate(punkte, satz), methode, rundung)
    kopf = (
        f"Zinsen auf {format_euro(betrag)} vom {format_datum(von)} bis {format_datum(bis)} (beide Tage zählen), "
        f"{_describe_rate(rechnung.zinssatz)}, {methode.value}"
    )
    fuss = "Summe, erst am Ende gerundet" if rundung == "ende" else "Summe der Zeilen"
    texte = [f"  {text}" for text in map(_zinszeile, rechnung.zeilen)] or ["  Keine Zinstage."]
    return Ergebnis(rechnung.as_json(), (kopf, *texte, f"{fuss}: {format_euro(rechnung.zinsen)}"))


def calculate_gebuehr(
    recht: Rechtsstand, gesetz: Gebuehrengesetz, wert: Decimal, satz: Decimal, am: dt.date
) -> Ergebnis:
    """Table fee × rate, half up, at least the minimum fee; `am` is the day of the mandate or of pendency."""
    tabelle = find_tabelle(gesetz, am)
    gebuehr = compute_gebuehr(recht, gesetz, wert, satz, am)
    daten = {
        "gebuehr": json_betrag(gebuehr.betrag),
        "einfach": json_betrag(gebuehr.einfach),
        "satz": json_zahl(satz, 1),
        "wert": json_betrag(wert),
        "tabelle": gesetz.value,
        "tabelle_ab": tabelle.ab.isoformat(),
    }
    rechnung = f"{format_euro(gebuehr.einfach)} × {_comma(satz, 1)}"
    mindest = " (Mindestgebühr)" if gebuehr.betrag > round_cent(gebuehr.einfach * satz) else ""
    return Ergebnis(
        daten,
        (
            f"{tabelle.titel}, {tabelle.fundstelle}, gültig ab {format_datum(tabelle.ab)}",
            f"  Einfache Gebühr aus {format_euro(wert)}: {format_euro(gebuehr.einfach)}",
            f"  {rechnung} = {format_euro(gebuehr.betrag)}{mindest}",
        ),
    )


def calculate_inkassokosten(
    recht: Rechtsstand,
    wert: Decimal,
    am: dt.date,
    durch: Rechtsdienst,
    fall: Inkassofall,
    vorsteuerabzug: bool,
    auftraggeber: int,
) -> Ergebnis:
    """What a debtor in default owes at most for an agency or a lawyer before court (§ 13e RDG), line by line."""
    gebuehr = lawful_fee(recht, wert, am, fall, durch, auftraggeber)
    kosten = compute_angelegenheit(recht, [gebuehr], vorsteuerabzug)
    abzug = anrechnung(recht, gebuehr, wert, am)
    daten = {
        "summe": json_betrag(kosten.summe),
        "anrechnung": json_betrag(-abzug.betrag),
        "wert": json_betrag(wert),
        "am": am.isoformat(),
        "durch": durch.value,
        "fall": fall.value,
        "zeilen": [
            {"text": z.text, "vorschrift": z.vorschrift, "betrag": json_betrag(z.betrag)}
            for z in kosten.zeilen
        ],
    }
    zeilen = (
        f"Höchstens zu erstatten bei einem Auftrag vom {format_datum(am)}, nur nach Eintritt des Verzugs (§ 13e RDG)",
        *(f"  {z.text}, {z.vorschrift}: {format_euro(z.betrag)}" for z in kosten.zeilen),
        f"Summe: {format_euro(kosten.summe)}",
        f"Auf Nr. 3305 anzurechnen, wenn alles ins Mahnverfahren geht: {format_euro(-abzug.betrag)} "
        f"({abzug.text}, {abzug.vorschrift})",
    )
    return Ergebnis(daten, zeilen)


def calculate_frist(ab: dt.date, dauer: str, land: str | None) -> Ergebnis:
    """End of a period after an event on `ab`, moved to a working day (§§ 187, 188, 193 BGB, § 222 ZPO)."""
    ende = frist_ende(ab, dauer, land)
    daten = {
        "roh": ende.roh.isoformat(),
        "ende": ende.ende.isoformat(),
        "sicher_bis": ende.sicher_bis.isoformat(),
        "grund": ende.grund or None,
    }
    verschoben = f"verschoben auf {format_datum(ende.ende)}: {ende.grund}" if ende.grund else "ein Werktag"
    zeilen = (
        f"Ereignis am {format_datum(ab)} (dieser Tag zählt nicht, § 187 Abs. 1 BGB), Dauer {dauer}",
        f"  Fristende nach § 188 BGB: {format_datum(ende.roh)}, {verschoben} (§ 193 BGB, § 222 Abs. 2 ZPO)",
        f"  Sicher gehandelt bis: {format_datum(ende.sicher_bis)}",
        f"  Feiertage: {_calendar_name(land)}",
    )
    return Ergebnis(daten, zeilen, _only_nationwide(land))


def calculate_verjaehrung(
    recht: Rechtsstand,
    entstanden: dt.date,
    kenntnis: dt.date | None,
    land: str | None,
    frist: Frist,
    beginn: dt.date | None,
) -> Ergebnis:
    """End of limitation without suspensions; `entstanden` is the day on which the claim fell due."""
    tatsachen = Verjaehrungstatsachen(entstanden, kenntnis, frist, beginn, land=land)
    ergebnis = compute_verjaehrung(recht, tatsachen, entstanden)
    daten = {
        "ablauf": ergebnis.ablauf.isoformat(),
        "letzter_tag": ergebnis.letzter_tag.isoformat(),
        "sicher_bis": ergebnis.sicher_bis.isoformat(),
        "beginn": ergebnis.beginn.isoformat(),
        "zeilen": [zeile.text for zeile in ergebnis.zeilen],
    }
    zeilen = (
        f"Entstanden (fällig) am {format_datum(entstanden)}; eine Rechnung allein lässt keinen Anspruch entstehen",
        *(f"  {zeile.text}" for zeile in ergebnis.zeilen),
        f"  Verjährt mit Ablauf des {format_datum(ergebnis.ablauf)}",
        f"  Letzter Tag für einen Antrag: {format_datum(ergebnis.letzter_tag)}",
        f"  Geplant wird mit dem {format_datum(ergebnis.sicher_bis)}",
        f"  Feiertage: {_calendar_name(land)}",
    )
    return Ergebnis(daten, zeilen, _only_nationwide(land))


def show_basiszins(recht: Rechtsstand, am: dt.date) -> Ergebnis:
    """Basiszinssatz of a day (§ 247 BGB)."""
    wert = recht.basiszins_am(am)
    daten = {
        "satz": json_zahl(wert.wert, 2),
        "ab": wert.ab.isoformat(),
        "bis": wert.bis.isoformat(),
        "geprueft_am": wert.geprueft_am.isoformat(),
        "quelle": wert.herkunft,
    }
    geltung = f"gilt vom {format_datum(wert.ab)} bis {format_datum(wert.bis)}, {wert.fundstelle}"
    zeilen = (
        f"Basiszinssatz am {format_datum(am)}: {format_zahl(wert.wert)} Prozent ({geltung})",
        f"  Quelle: {wert.herkunft}; geprüft am {format_datum(wert.geprueft_am)}",
    )
    return Ergebnis(daten, zeilen)


def _describe_rate(zinssatz: Zinssatz) -> str:
    zahl = _comma(zinssatz.prozent, 0)
    return (
        f"{zahl} Prozentpunkte über dem Basiszinssatz" if zinssatz.ueber_basiszins else f"fest {zahl} Prozent"
    )


def _zinszeile(zeile: Zinszeile) -> str:
    herkunft = ""
    if zeile.basiszins is not None and zeile.punkte is not None:
        herkunft = f"{_comma(zeile.basiszins, 2)} + {_comma(zeile.punkte, 0)} = "
    return (
        f"{format_datum(zeile.von)} bis {format_datum(zeile.bis)}  {herkunft}{_comma(zeile.satz, 2)} %: "
        f"{format_betrag(zeile.betrag)} × {_comma(zeile.satz, 2)} % × {zeile.tage}/{zeile.teiler} = "
        f"{format_euro(zeile.zinsen)}"
    )


def _only_nationwide(land: str | None) -> tuple[Befund, ...]:
    if land is not None:
        return ()
    return (
        hinweis(
            "KALENDER_NUR_BUNDESWEIT",
            "Ohne --land zählen nur bundesweite Feiertage; ein Feiertag des Landes kann das Ende verschieben.",
            "Das Land des Gerichts oder des Leistungsorts mit --land angeben, zum Beispiel --land SN.",
        ),
    )


def _calendar_name(land: str | None) -> str:
    return LAENDER[land] if land else "nur bundesweite"


def _comma(zahl: Decimal, stellen: int) -> str:
    return json_zahl(zahl, stellen).replace(".", ",")
