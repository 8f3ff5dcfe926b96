"""`mahnakte zahlungen`: a bank statement against the cases; with `--uebernehmen` certain bookings become steps."""

import dataclasses
import pathlib
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Datei, read_datei, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.arten.vorgang import ZAHLUNG_ERFASST
from mahnakte.eingang.bank.abgleich import Stufe, Zuordnung, match_posten
from mahnakte.eingang.bank.buchung import Posten, list_posten, refuse_datei
from mahnakte.eingang.bank.datei import Bankdatei, read_bankdatei
from mahnakte.eingang.bank.einzelauszug import beleg_werte, join_zweck, make_zahlung
from mahnakte.fall.fall import Fall
from mahnakte.fall.nachtrag import find_quelle
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.befund import Ablehnung, Befund, Stelle
from mahnakte.grund.betrag import format_betrag, json_betrag
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe
from mahnakte.grund.worker import WorkerError
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.blaetter import make_set_blatt
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, NICHT_BEGONNEN, Ergebnis, NichtBegonnen, weigh
from mahnakte.werk.laden import GeladenerFall, Lage, find_ordner, load_faelle, load_fall
from mahnakte.werk.posteingang import Nachtrag, publish_nachtrag
from mahnakte.werk.ueberholt import list_ueberholte_briefe
from mahnakte.werk.zahlungssache import make_sache

_LESEZEIT = 120.0  # seconds of CPU for a statement of the largest size
_BREITE = 100
_EINZUG = " " * 6
_ZWECK = 90  # characters of the purpose in a line for people
_VON_HAND = (
    "Vorschläge und Unklares werden nicht gebucht: ansehen und, was stimmt, mit „mahnakte erfassen“ oder in "
    "fall.yaml unter „zahlungen“ eintragen."
)


def take_zahlungen(
    datei: pathlib.Path, pfade: Iterable[pathlib.Path], lage: Lage, herkunft: Herkunft | None
) -> Ergebnis:
    """Read a bank file, match its bookings to the cases below the paths; with `herkunft` publish the certain ones.

    Exit code 2 when file or paths are missing or the file is no sound statement, 3 when a case is refused. Bookings
    that concern none of the cases appear with their key only.
    """
    try:
        gelesen = read_datei(datei)
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    ordner, befunde = find_ordner(pfade, lage)
    try:
        bank = _read(gelesen, lage)
    except Ablehnung as ablehnung:
        leer = {"datei": show(datei), "stichtag": lage.stichtag.isoformat(), "buchungen": [], "fremde": []}
        return Ergebnis(leer, ("Nichts gelesen.",), (*befunde, *ablehnung.befunde), NICHT_BEGONNEN)
    faelle = tuple(load_faelle(ordner, lage))
    eingang = _Zahlungseingang(gelesen, lage, faelle)
    zeilen = eingang.match(tuple(list_posten(bank.auszuege)))
    if herkunft is not None:
        zeilen = [eingang.publish(zeile, herkunft) for zeile in zeilen]
    ueberholte = eingang.list_ueberholte(zeilen)
    alle = (*befunde, *(b for fall in faelle for b in fall.befunde), *(b for z in zeilen for b in z.befunde))
    return Ergebnis(
        {**_as_json(gelesen, lage, bank, zeilen), "ueberholt": [*ueberholte]},
        (*_lines(gelesen, bank, zeilen, herkunft is not None), *_overtaken(ueberholte)),
        alle,
        max([weigh(befunde), *(fall.rueckgabe for fall in faelle), *(zeile.rueckgabe for zeile in zeilen)]),
    )


def _read(datei: Datei, lage: Lage) -> Bankdatei:
    name = show(datei.pfad)
    try:
        return lage.werkstatt.call(read_bankdatei, datei.inhalt, name, seconds=_LESEZEIT)
    except WorkerError as fehler:
        raise refuse_datei(f"Die Datei konnte nicht gelesen werden: {fehler}", Stelle(name)) from fehler


@dataclasses.dataclass(frozen=True, slots=True)
class Zeile:
    """One booking and what became of it: `vorgang` is the step that holds it, `neu` whether this call made it."""

    zuordnung: Zuordnung
    ordner: pathlib.Path | None = None
    aktenzeichen: str | None = None
    vorgang: int | None = None
    neu: bool = False
    befunde: tuple[Befund, ...] = ()
    rueckgabe: int = FERTIG

    @property
    def wort(self) -> str:
        """Return what became of the booking, in one word."""
        if self.vorgang is not None:
            return "uebernommen" if self.neu else "schon_da"
        return self.zuordnung.stufe.value

    def as_json(self) -> dict[str, Any]:
        """Return the entry of the JSON document."""
        buchung = self.zuordnung.posten.buchung
        return {
            "schluessel": self.zuordnung.posten.schluessel,
            "stand": self.wort,
            "buchungstag": buchung.tag.isoformat(),
            "wertstellung": buchung.wert.isoformat(),
            "betrag": json_betrag(buchung.betrag),
            "waehrung": json_safe(buchung.waehrung),
            "name": json_safe(buchung.name),
            "zweck": json_safe(join_zweck(buchung)),
            "faelle": list(self.zuordnung.sachen),
            "aktenzeichen": self.aktenzeichen,
            "auf": self.zuordnung.auf,
            "von": self.zuordnung.von,
            "punkte": self.zuordnung.punkte,
            "gruende": list(self.zuordnung.gruende),
            "nr": self.vorgang,
        }

    def lines(self) -> list[str]:
        """Return what the clerk reads about a booking."""
        buchung = self.zuordnung.posten.buchung
        kopf = (
            f"{format_datum(buchung.wert)}  {format_betrag(buchung.betrag)} {json_safe(buchung.waehrung[:3])}"
        )
        wer = json_safe(buchung.name[:60]) or "(ohne Namen)"
        zweck = json_safe(join_zweck(buchung))
        wohin = self.aktenzeichen or f"{len(self.zuordnung.sachen)} Fälle"
        auf = f", auf {self.zuordnung.auf}" if self.zuordnung.auf else ""
        punkte = f" ({self.zuordnung.punkte} von 100)" if self.zuordnung.stufe is Stufe.VORSCHLAG else ""
        stand = f"; Vorgang {self.vorgang:04d}" if self.vorgang is not None else ""
        text = f"{wohin}{auf}{punkte}: {'; '.join(self.zuordnung.gruende)}{stand}"
        return [
            f"  {kopf}  {wer}{': ' if zweck else ''}{zweck[:_ZWECK]}",
            *textwrap.wrap(
                text, _BREITE, initial_indent=_EINZUG, subsequent_indent=_EINZUG, break_on_hyphens=False
            ),
        ]


class _Zahlungseingang:
    """The bookings of one file against the cases as loaded."""

    def __init__(self, datei: Datei, lage: Lage, faelle: Sequence[GeladenerFall]) -> None:
        self._datei = datei
        self._lage = lage
        self._faelle = {show(fall.pfad): fall for fall in faelle}
        self._sachen = tuple(
            make_sache(fall.sachstand, name)
            for name, fall in self._faelle.items()
            if fall.sachstand is not None
        )
        self._bekannte = {
            schluessel: (name, vorgang.nr)
            for name, fall in self._faelle.items()
            if fall.fall is not None
            for vorgang in fall.fall.vorgaenge
            if (schluessel := vorgang.nachtrag.schluessel) and find_quelle([*fall.fall.vorgaenge], schluessel)
        }

    def match(self, posten: Sequence[Posten]) -> list[Zeile]:
        """Return what each booking means; those that a case holds already are not matched again."""
        neue = match_posten([p for p in posten if p.schluessel not in self._bekannte], self._sachen)
        nach_schluessel = {zuordnung.posten.schluessel: zuordnung for zuordnung in neue}
        eigene = frozenset(einer.schluessel for einer in posten)
        zeilen: list[Zeile] = []
        for einer in posten:
            if einer.schluessel in self._bekannte:
                zeilen.append(self._known(einer))
            else:
                zeilen.append(self._place(self._beware(nach_schluessel[einer.schluessel], eigene)))
        return zeilen

    def _known(self, posten: Posten) -> Zeile:
        name, nr = self._bekannte[posten.schluessel]
        zuordnung = Zuordnung(posten, Stufe.SICHER, (name,), gruende=("schon übernommen",))
        return Zeile(zuordnung, self._faelle[name].pfad, self._faelle[name].aktenzeichen, nr)

    def _place(self, zuordnung: Zuordnung) -> Zeile:
        if len(zuordnung.sachen) != 1:
            return Zeile(zuordnung)
        fall = self._faelle[zuordnung.sachen[0]]
        if zuordnung.stufe is Stufe.SICHER and not fall.benutzbar:
            grund = ("der Fall wird so nicht bearbeitet; siehe die Befunde unten",)
            zuordnung = dataclasses.replace(zuordnung, stufe=Stufe.VORSCHLAG, gruende=grund)
        return Zeile(zuordnung, fall.pfad, fall.aktenzeichen)

    def _beware(self, zuordnung: Zuordnung, eigene: frozenset[str]) -> Zuordnung:
        """Never book what may stand in the case already: by hand, or from a file of another format."""
        if zuordnung.stufe is not Stufe.FREMD and zuordnung.posten.buchung.wert > self._lage.stichtag:
            gruende = (f"liegt nach dem Stichtag {format_datum(self._lage.stichtag)}",)
            return dataclasses.replace(zuordnung, stufe=Stufe.VORSCHLAG, gruende=gruende)
        fall = self._faelle[zuordnung.sachen[0]].fall if len(zuordnung.sachen) == 1 else None
        return zuordnung if fall is None else _without_known(zuordnung, fall, eigene)

    def publish(self, zeile: Zeile, herkunft: Herkunft) -> Zeile:
        """Publish a certain booking as a step of its case, judged anew by what stands there now."""
        if zeile.zuordnung.stufe is not Stufe.SICHER or zeile.vorgang is not None or zeile.ordner is None:
            return zeile
        posten, name = zeile.zuordnung.posten, zeile.zuordnung.sachen[0]

        def make(sachstand: Sachstand) -> Nachtrag | None:
            # That no other case is meant, the look at all of them has said.
            jetzt = match_posten([posten], [make_sache(sachstand, name)])[0]
            if jetzt.stufe is not Stufe.SICHER:
                return None
            return self._make_nachtrag(jetzt)

        try:
            vorgang = publish_nachtrag(zeile.ordner, make, self._lage, herkunft)
        except Ablehnung as ablehnung:
            return dataclasses.replace(zeile, befunde=ablehnung.befunde, rueckgabe=ABGELEHNT)
        return self._outcome(zeile, vorgang)

    def list_ueberholte(self, zeilen: Sequence[Zeile]) -> tuple[Mapping[str, Any], ...]:
        """Return the letters that lie ready in the cases just booked and are overtaken by it, as in the JSON."""
        gebuchte = dict.fromkeys(z.ordner for z in zeilen if z.neu and z.ordner is not None)
        ueberholte: list[Mapping[str, Any]] = []
        for geladen in (load_fall(read_fallordner(ordner), self._lage) for ordner in gebuchte):
            if geladen.sachstand is not None and geladen.benutzbar:
                nummern = list_ueberholte_briefe(geladen.pfad, geladen.sachstand, self._lage)
                ueberholte += [{"pfad": show(geladen.pfad), "nr": nummer} for nummer in nummern]
        return tuple(ueberholte)

    def _make_nachtrag(self, zuordnung: Zuordnung) -> Nachtrag:
        werte = beleg_werte(zuordnung, self._datei.verweis, self._datei.sha256)
        pdf = make_set_blatt(self._lage)("angabenblatt", werte)
        return Nachtrag(
            eintraege={"zahlungen": (make_zahlung(zuordnung),)},
            quelle=zuordnung.posten.schluessel,
            anlass="Zahlung aus dem Kontoauszug übernommen",
            dokument=(f"{self._lage.stichtag.isoformat()}_zahlung.pdf", pdf),
            art=ZAHLUNG_ERFASST.wort,
            eingaben={f"kontoauszug/{self._datei.verweis}": self._datei.sha256},
        )

    @staticmethod
    def _outcome(zeile: Zeile, vorgang: Vorgang | None) -> Zeile:
        if vorgang is not None:
            return dataclasses.replace(zeile, vorgang=vorgang.nr, neu=True)
        grund = "der Fall hat sich inzwischen geändert; nichts übernommen"
        zuordnung = dataclasses.replace(zeile.zuordnung, stufe=Stufe.VORSCHLAG, gruende=(grund,))
        return dataclasses.replace(zeile, zuordnung=zuordnung)


def _without_known(zuordnung: Zuordnung, fall: Fall, eigene: frozenset[str]) -> Zuordnung:
    """Return a match as a proposal where a payment of that day and sum stands in the case from another source."""
    buchung = zuordnung.posten.buchung
    gleiche = [
        z for z in fall.zahlungen if z.betrag == buchung.betrag and z.am in (buchung.wert, buchung.tag)
    ]
    aus_dieser = [
        vorgang
        for vorgang in fall.vorgaenge
        if vorgang.nachtrag.schluessel in eigene and find_quelle(fall.vorgaenge, vorgang.nachtrag.schluessel)
        for zahlung in vorgang.nachtrag.entries("zahlungen")
        if zahlung.get("betrag") == format_betrag(buchung.betrag)
        and zahlung.get("am") in (buchung.wert.isoformat(), buchung.tag.isoformat())
    ]  # fmt: skip
    if len(gleiche) <= len(aus_dieser):
        return zuordnung
    grund = "eine Zahlung von diesem Tag und in dieser Höhe steht schon im Fall; ist es dieselbe?"
    return dataclasses.replace(zuordnung, stufe=Stufe.VORSCHLAG, gruende=(grund,))


# --- what the clerk sees -------------------------------------------------------------------------------

_GRUPPEN: Mapping[str, str] = {
    "uebernommen": "Übernommen",
    "sicher": "Sicher",
    "vorschlag": "Vorschläge, die ein Mensch entscheidet",
    "unklar": "Unklar",
    "schon_da": "Schon übernommen",
}


def _lines(datei: Datei, bank: Bankdatei, zeilen: Sequence[Zeile], geschrieben: bool) -> Iterable[str]:
    offen = sum(auszug.offen for auszug in bank.auszuege)
    vorgemerkt = f"; vorgemerkt und nicht gezählt: {offen}" if offen else ""
    yield f"{show(datei.pfad)} ({bank.form}): {_count(len(zeilen))}{vorgemerkt}."
    zahl = Counter(zeile.wort for zeile in zeilen)
    for wort, titel in _GRUPPEN.items():
        if zahl[wort]:
            yield ""
            yield f"{titel}: {zahl[wort]}"
            for zeile in zeilen:
                if zeile.wort == wort:
                    yield from zeile.lines()
    yield ""
    yield f"Ohne Bezug zu einem Fall: {zahl['fremd']}; davon bleibt nichts zurück."
    if zahl["vorschlag"] or zahl["unklar"]:
        yield from textwrap.wrap(_VON_HAND, _BREITE)
    if zahl["sicher"] and not geschrieben:
        yield "Die sicheren übernehmen: derselbe Befehl mit --uebernehmen"


def _overtaken(ueberholte: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    for einer in ueberholte:
        yield f"Nicht mehr verschicken, durch die Zahlung überholt: {einer['pfad']}, Vorgang {einer['nr']:04d}"


def _count(zahl: int) -> str:
    return "1 Buchung" if zahl == 1 else f"{zahl} Buchungen"


def _as_json(datei: Datei, lage: Lage, bank: Bankdatei, zeilen: Sequence[Zeile]) -> dict[str, Any]:
    eigene = [zeile for zeile in zeilen if zeile.wort != "fremd"]
    return {
        "datei": show(datei.pfad),
        "sha256": datei.sha256,
        "form": bank.form,
        "stichtag": lage.stichtag.isoformat(),
        "vorgemerkt": sum(auszug.offen for auszug in bank.auszuege),
        "buchungen": [zeile.as_json() for zeile in eigene],
        "fremde": [zeile.zuordnung.posten.schluessel for zeile in zeilen if zeile.wort == "fremd"],
    }
