"""Put the application together from a case and its account: whole and checked, or the list of what is missing."""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator

from mahnakte.ablauf.gerichtslage import offene_rechnungen
from mahnakte.antrag.aus_fall.bevollmaechtigter import derive_bevollmaechtigter
from mahnakte.antrag.aus_fall.forderungen import derive_forderungen
from mahnakte.antrag.aus_fall.freigabe import Freigabe
from mahnakte.antrag.aus_fall.hindernisse import check_hindernisse
from mahnakte.antrag.aus_fall.kosten import derive_nebenforderungen
from mahnakte.antrag.aus_fall.maengel import Maengelliste, place_name
from mahnakte.antrag.aus_fall.parteien import derive_antragsgegner, derive_antragsteller
from mahnakte.antrag.aus_fall.tatsachen import check_mahngerichtsland
from mahnakte.antrag.aus_fall.umfang import choose_umfang
from mahnakte.antrag.auswahl import Gegenleistung, Kontoinhaber
from mahnakte.antrag.eda.write import find_obstacles
from mahnakte.antrag.modell import (
    Bankverbindung,
    Dateikopf,
    Erklaerungen,
    Gericht,
    Herkunft,
    Mahnantrag,
    Nebenforderung,
)
from mahnakte.antrag.regeln.pruefung import check_antrag
from mahnakte.antrag.regeln.register import Pruefrahmen
from mahnakte.antrag.xml_form import build_element
from mahnakte.antrag.xml_read import validate_antrag
from mahnakte.arten.kosten import KOSTENARTEN
from mahnakte.fall.einstellungen import Einstellungen
from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import Ablehnung, Befund, has_sperre, sperre
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import compute_konto
from mahnakte.recht.gerichte import decide_streitgericht, find_mahngericht
from mahnakte.stand.sachstand import Sachstand

_ZEICHEN = 35
_HOECHSTE_NUMMER = 999
_VERSION = 10


@dataclasses.dataclass(frozen=True, slots=True)
class Antragsentwurf:
    """What came of a case: the application, or None with everything that is missing or forbids it.

    `eda_hindernisse` is why an application that is good in itself cannot be written as an EDA file. `rechnungen` are
    the invoices it is about.
    """

    antrag: Mahnantrag | None
    befunde: tuple[Befund, ...]
    eda_hindernisse: tuple[Befund, ...] = ()
    rechnungen: tuple[str, ...] = ()


def derive_antrag(sachstand: Sachstand) -> Antragsentwurf:
    """Return the application for a case as of the Stichtag.

    What a person decides stands in `fall.antrag`: which obstacles are overridden, the mandate, whether
    litigation is asked for at once on objection. Raises Ablehnung where the account cannot be counted.
    """
    liste = Maengelliste()
    freigabe = Freigabe(sachstand.fall.antrag)
    check_hindernisse(sachstand, freigabe, liste)
    umfang = choose_umfang(sachstand, freigabe, liste)
    freigabe.close(liste)
    entwurf = _compose(umfang, liste)
    if entwurf is None or has_sperre(liste.befunde):
        return Antragsentwurf(None, tuple(liste.befunde))
    befunde = (*liste.befunde, *_check_whole(umfang, entwurf))
    if has_sperre(befunde):
        return Antragsentwurf(None, befunde)
    rechnungen = tuple(sorted(offene_rechnungen(compute_konto(umfang), umfang.stichtag)))
    return Antragsentwurf(entwurf, befunde, find_obstacles(entwurf, getestet=is_tested(umfang)), rechnungen)


def is_tested(sachstand: Sachstand) -> bool:
    """Tell whether the court had tested a file of this participant by the Stichtag."""
    tag = sachstand.fall.einstellungen.eda.getestet_am
    return tag is not None and tag <= sachstand.stichtag


def _check_whole(umfang: Sachstand, antrag: Mahnantrag) -> tuple[Befund, ...]:
    """Hold the finished application to the schema and to every rule."""
    schemafehler = tuple(validate_antrag(build_element("antrag", antrag), 1, "Antrag"))
    offen = {stand.rechnung: stand.offen for stand in compute_konto(umfang).forderungen if not stand.titel}
    wer = umfang.fall.glaeubiger
    land = wer.land if wer.gerichtsstaat == "DE" else None
    rahmen = Pruefrahmen(umfang.stichtag, umfang.recht, land, wer.olg_bezirk, offen)
    return schemafehler + check_antrag(antrag, rahmen)


def _compose(umfang: Sachstand, liste: Maengelliste) -> Mahnantrag | None:
    """Gather all parts; what is missing is noted for all of them before giving up."""
    fall, konto = umfang.fall, compute_konto(umfang)
    mahngericht = _mahngericht(umfang, liste)
    kennziffer = fall.glaeubiger.kennziffer or ""
    antragsteller = () if kennziffer else (derive_antragsteller(fall.glaeubiger, liste),)
    art = _kind_of_court(umfang)
    gegner = tuple(derive_antragsgegner(schuldner, art, liste) for schuldner in fall.schuldner)
    erklaerungen = _erklaerungen(fall, liste)
    bevollmaechtigter = derive_bevollmaechtigter(umfang, liste)
    teil = derive_forderungen(fall, konto, liste)
    neben = derive_nebenforderungen(fall, konto, liste)
    zeichen = liste.fit(fall.aktenzeichen, _ZEICHEN, "Das Aktenzeichen")
    if mahngericht is None or not teil.hauptforderungen:
        return None
    return Mahnantrag(
        geschaeftszeichen=zeichen,
        mahngericht=mahngericht,
        erklaerungen=erklaerungen,
        antragsteller_kennziffer=kennziffer,
        antragsteller=antragsteller,
        bevollmaechtigter=bevollmaechtigter,
        bankverbindung=_bank(fall),
        antragsgegner=gegner,
        ausgerechnete_zinsen=teil.ausgerechnet,
        hauptforderungen=teil.hauptforderungen,
        nebenforderungen=neben,
        herleitung=(
            *_sources(fall, mahngericht),
            *teil.herleitung,
            *_cost_sources(umfang, neben),
        ),
    )


def _sources(fall: Fall, mahngericht: Gericht) -> Iterator[Herkunft]:
    """Yield where court, parties and declarations stand in the case, for the person who checks them."""
    wo = place_name(fall.glaeubiger.stelle)
    absender = fall.einstellungen.absender
    venue = f"Land {fall.glaeubiger.land} des Gläubigers, {wo}"
    if fall.glaeubiger.gerichtsstaat != "DE":
        venue = f"Satz 2, kein Gerichtsstand des Gläubigers im Inland, {wo}"
    yield Herkunft("Mahngericht", f"{mahngericht.plz} {mahngericht.ort}", f"§ 689 Abs. 2 ZPO: {venue}")
    yield Herkunft("Antragsteller", fall.glaeubiger.voller_name, f"{wo}; IBAN: {place_name(absender.stelle)}")
    if absender.rolle != "glaeubiger":
        quellen = dict.fromkeys(
            place_name(angabe.stelle)
            for angabe in (absender, fall.einstellungen.bevollmaechtigter, fall.antrag)
            if angabe
        )
        yield Herkunft("Prozessbevollmächtigter", absender.name, ", ".join(quellen))
    for nummer, schuldner in enumerate(fall.schuldner, start=1):
        yield Herkunft(f"Antragsgegner {nummer}", schuldner.voller_name, place_name(schuldner.stelle))
    gegenleistung = fall.anspruch.gegenleistung or ""
    yield Herkunft("Erklärungen", gegenleistung, place_name(fall.anspruch.stelle))


def _cost_sources(sachstand: Sachstand, neben: tuple[Nebenforderung, ...]) -> Iterator[Herkunft]:
    for forderung in neben:
        quellen = [
            f"Kosten vom {format_datum(angabe.am)} ({angabe.art}), {place_name(angabe.stelle)}"
            for angabe in sachstand.fall.kosten
            if KOSTENARTEN[angabe.art].nebenforderung == forderung.art and angabe.am <= sachstand.stichtag
        ]
        yield Herkunft(f"Nebenforderung {forderung.art}", format_euro(forderung.betrag), "; ".join(quellen))


def _kind_of_court(umfang: Sachstand) -> str:
    """Propose the kind of court for the dispute by subject and value; its place a person states."""
    wert = sum((stand.offen for stand in compute_konto(umfang).forderungen if not stand.titel), NULL)
    nummern = dict.fromkeys(umfang.fall.katalog_of(forderung) for forderung in umfang.fall.forderungen)
    try:
        gerichte = [decide_streitgericht(umfang.recht, nr, wert, umfang.stichtag) for nr in nummern]
        return min(gerichte, key=lambda gericht: not gericht.ausschliesslich).art
    except Ablehnung:  # unknown number or outside the table: then nothing is proposed, the rules say why
        return ""


def _mahngericht(sachstand: Sachstand, liste: Maengelliste) -> Gericht | None:
    glaeubiger = sachstand.fall.glaeubiger
    check_mahngerichtsland(glaeubiger, liste, sachstand.fall.anspruch.objekt)
    try:
        gericht = find_mahngericht(
            sachstand.stichtag, glaeubiger.land, glaeubiger.olg_bezirk, glaeubiger.gerichtsstaat
        )
    except Ablehnung as ablehnung:
        befund = ablehnung.befund
        liste.refuse(befund.code, befund.text, befund.abhilfe, glaeubiger.stelle)
        return None
    return Gericht(gericht.plz, gericht.ort)


def _erklaerungen(fall: Fall, liste: Maengelliste) -> Erklaerungen:
    streitverfahren = fall.antrag is not None and fall.antrag.streitverfahren
    gegenleistung = fall.anspruch.gegenleistung
    if gegenleistung is None:
        zeilen = "anspruch:\n  gegenleistung: erbracht    # erbracht | unabhaengig | teils"
        quelle = "§ 690 Abs. 1 Nr. 4 ZPO"
        liste.missing("die Erklärung zur Gegenleistung", quelle, zeilen, fall.anspruch.stelle)
    mehrere = len(fall.schuldner) > 1
    if mehrere and not fall.gesamtschuldner:
        zeilen = "gesamtschuldner: ja    # sonst je Schuldner ein eigener Fall"
        liste.missing("ob die Schuldner als Gesamtschuldner haften", "§ 421 BGB", zeilen)
    return Erklaerungen(Gegenleistung(gegenleistung) if gegenleistung else None, mehrere, streitverfahren)


def _bank(fall: Fall) -> Bankverbindung | None:
    """The sender's account is the applicant's only when the creditor applies himself."""
    absender = fall.einstellungen.absender
    inhaber = Kontoinhaber.ANTRAGSTELLER if absender.rolle == "glaeubiger" else Kontoinhaber.BEVOLLMAECHTIGTER
    return Bankverbindung(inhaber, absender.iban)


def derive_dateikopf(einstellungen: Einstellungen, nummer: int, am: dt.date, version: str) -> Dateikopf:
    """Return the head of EDA file number 1 to 999; raise Ablehnung when what the court assigns is missing."""
    eda = einstellungen.eda
    if not re.fullmatch(r"[A-Z0-9]{8}", eda.teilnehmer or "") or not re.fullmatch(
        r"[A-Z]{3}", eda.kennung or ""
    ):
        raise Ablehnung(
            sperre("EDA_TEILNEHMER_FEHLT", "Für EDA-Dateien fehlen Kennziffer oder Kennung des Teilnehmers.",
                   "Beim Mahngericht beantragen und in mahnakte.yaml unter „eda:“ eintragen: „teilnehmer:“ (acht "
                   "Stellen) und „kennung:“ (drei Großbuchstaben).", eda.stelle)
        )  # fmt: skip
    if not 1 <= nummer <= _HOECHSTE_NUMMER:
        raise Ablehnung(
            sperre("EDA_NUMMER", f"Die Dateinummer {nummer} liegt nicht zwischen 1 und {_HOECHSTE_NUMMER}.",
                   "Mit dem Gericht klären, welche Nummern frei sind.")
        )  # fmt: skip
    zahlen = re.match(r"[0-9]+(?:\.[0-9]+){0,2}", version)
    return Dateikopf(
        eda.teilnehmer or "",
        f"{eda.kennung}{nummer:03}",
        am,
        software="mahnakte",
        softwareversion=zahlen.group()[:_VERSION] if zahlen else "",
    )
