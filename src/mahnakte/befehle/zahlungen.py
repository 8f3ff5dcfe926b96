"""`mahnakte zahlungen`: a bank statement against the cases; the certain becomes steps, a person decides the rest."""

import dataclasses
import pathlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Datei, read_datei, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.ziel import create_file, replace_output
from mahnakte.arten.vorgang import ZAHLUNG_ERFASST
from mahnakte.eingang.bank.abgleich import Stufe, Zuordnung, match_posten
from mahnakte.eingang.bank.buchung import Posten, list_posten, refuse_datei
from mahnakte.eingang.bank.datei import Bankdatei, read_bankdatei
from mahnakte.eingang.bank.einzelauszug import beleg_werte, make_zahlung
from mahnakte.eingang.bank.entscheidung import (
    KOPF,
    SPALTEN,
    Entscheidung,
    Entscheidungsliste,
    make_row,
    read_entscheidungen,
    refuse_liste,
)
from mahnakte.fall.fall import Fall
from mahnakte.fall.nachtrag import find_quelle
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.befund import Ablehnung, Befund, Stelle
from mahnakte.grund.betrag import format_betrag
from mahnakte.grund.datum import format_datum
from mahnakte.grund.worker import WorkerError
from mahnakte.satz.csvtabelle import write_csv
from mahnakte.satz.xlsx import Blatt, Zelle, write_xlsx
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.blaetter import make_set_blatt
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, NICHT_BEGONNEN, Ergebnis, NichtBegonnen, weigh
from mahnakte.werk.laden import Lage, find_ordner, load_fall
from mahnakte.werk.posteingang import Nachtrag, publish_nachtrag
from mahnakte.werk.ueberholt import list_ueberholte_briefe
from mahnakte.werk.zahlungsbericht import Zeile, as_json, describe, describe_ueberholte
from mahnakte.werk.zahlungsentscheidung import Gedeutet, Klaerung, interpret, list_zahlungen
from mahnakte.werk.zahlungsfaelle import Zahlungsfaelle
from mahnakte.werk.zahlungssache import make_sache

_WARTET = (Stufe.VORSCHLAG.value, Stufe.UNKLAR.value)  # bookings that a person decides
_LESEZEIT = 120.0  # seconds of CPU for a statement of the largest size


@dataclasses.dataclass(frozen=True, slots=True)
class Zahlungswahl:
    """What a person asks for: a list to decide (`liste`), or what he has decided in one (`entscheidung`)."""

    liste: pathlib.Path | None = None
    entscheidung: pathlib.Path | None = None
    ersetzen: bool = False


def take_zahlungen(
    datei: pathlib.Path,
    pfade: Iterable[pathlib.Path],
    lage: Lage,
    herkunft: Herkunft | None,
    wahl: Zahlungswahl | None = None,
) -> Ergebnis:
    """Read a bank file, match its bookings to the cases below the paths; with `herkunft` publish what is certain.

    What is not certain then holds its cases, until a decision comes back. Exit code 2 when file or paths are missing
    or the file is no sound statement, 3 when a case or a decision is refused. Bookings that concern none of the cases
    appear with their key only.
    """
    wahl = wahl or Zahlungswahl()
    try:
        gelesen = read_datei(datei)
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    ordner, befunde = find_ordner(pfade, lage)
    try:
        bank = _read(gelesen, lage)
        entschieden = _read_decisions(wahl.entscheidung, lage)
    except Ablehnung as ablehnung:
        leer = {"datei": show(datei), "stichtag": lage.stichtag.isoformat(), "buchungen": [], "fremde": []}
        return Ergebnis(leer, ("Nichts gelesen.",), (*befunde, *ablehnung.befunde), NICHT_BEGONNEN)
    faelle = Zahlungsfaelle(ordner, lage, befunde)
    eingang = _Zahlungseingang(gelesen, lage, faelle)
    zeilen, abgelehnte = eingang.run(bank, entschieden, wahl.entscheidung, herkunft)
    dateien = _write_list(eingang.list_waiting(zeilen), lage, ordner, wahl)
    ueberholte = eingang.list_ueberholte(zeilen)
    gelesene = faelle.geladene
    alle = (
        *befunde, *faelle.befunde, *(b for fall in gelesene for b in fall.befunde), *abgelehnte,
        *(b for z in zeilen for b in z.befunde),
    )  # fmt: skip
    return Ergebnis(
        {
            **as_json(gelesen, lage, bank, zeilen),
            "ueberholt": [*ueberholte],
            "dateien": [show(d) for d in dateien],
        },
        (
            *describe(gelesen, bank, zeilen, herkunft is not None),
            *describe_ueberholte(ueberholte),
            *(f"Geschrieben: {show(d)}" for d in dateien),
            *_name_for_deletion(wahl.entscheidung, entschieden, herkunft is not None and not abgelehnte),
        ),
        tuple(dict.fromkeys(alle)),
        max(
            weigh((*befunde, *abgelehnte)),
            *(fall.rueckgabe for fall in gelesene),
            *(zeile.rueckgabe for zeile in zeilen),
            FERTIG,
        ),
    )


def _read_decisions(datei: pathlib.Path | None, lage: Lage) -> Entscheidungsliste:
    """Return what a person has decided; nothing where no list is given. Raises Ablehnung for what is no such list."""
    if datei is None:
        return Entscheidungsliste((), (), 0)
    gelesen = read_datei(datei)
    name = show(gelesen.pfad)
    try:
        return lage.werkstatt.call(read_entscheidungen, gelesen.inhalt, name, seconds=_LESEZEIT)
    except WorkerError as fehler:
        raise refuse_liste(f"Die Datei konnte nicht gelesen werden: {fehler}", name) from fehler


def _write_list(
    zeilen: Sequence[tuple[Zelle, ...]], lage: Lage, ordner: Sequence[pathlib.Path], wahl: Zahlungswahl
) -> list[pathlib.Path]:
    """Write the list to decide; raise NichtBegonnen where it cannot be written."""
    if wahl.liste is None:
        return []
    if wahl.liste.suffix.lower() == ".csv":
        inhalt = write_csv(SPALTEN, zeilen)
    else:
        verfasser = lage.einstellungen_for(ordner[0])[0].absender.name if ordner else ""
        blatt = Blatt("Zahlungen", KOPF, SPALTEN, tuple(zeilen))
        inhalt = write_xlsx([blatt], KOPF[0], verfasser, lage.stichtag)
    try:
        (replace_output if wahl.ersetzen else create_file)(wahl.liste, inhalt)
    except Ablehnung as ablehnung:
        raise NichtBegonnen([*ablehnung.befunde]) from None
    return [wahl.liste]


def _name_for_deletion(datei: pathlib.Path | None, liste: Entscheidungsliste, fertig: bool) -> Iterator[str]:
    """A decided list holds names and purposes of others; once it is taken over nobody needs it."""
    if datei is not None and fertig:
        rest = f" {liste.offen} Zeilen sind noch ohne Entscheidung." if liste.offen else ""
        yield f"Übernommen; die Liste {show(datei)} enthält Daten anderer und kann gelöscht werden.{rest}"


def _read(datei: Datei, lage: Lage) -> Bankdatei:
    name = show(datei.pfad)
    try:
        return lage.werkstatt.call(read_bankdatei, datei.inhalt, name, seconds=_LESEZEIT)
    except WorkerError as fehler:
        raise refuse_datei(f"Die Datei konnte nicht gelesen werden: {fehler}", Stelle(name)) from fehler


class _Zahlungseingang:
    """The bookings of one file against the cases as loaded."""

    def __init__(self, datei: Datei, lage: Lage, faelle: Zahlungsfaelle) -> None:
        self._datei = datei
        self._lage = lage
        self._faelle = faelle
        self._sachen = tuple(faelle.sachen())

    def run(
        self,
        bank: Bankdatei,
        entschieden: Entscheidungsliste,
        datei: pathlib.Path | None,
        herkunft: Herkunft | None,
    ) -> tuple[list[Zeile], list[Befund]]:
        """Match, take over what is certain, then what a person has decided; the rest holds its cases."""
        zeilen = self.match(tuple(list_posten(bank.auszuege)))
        abgelehnte: list[Befund] = list(entschieden.befunde)
        if herkunft is not None:
            zeilen = [self.publish(zeile, herkunft) for zeile in zeilen]
        if entschieden.entscheidungen:
            zeilen, falsche = self.decide(zeilen, entschieden.entscheidungen, datei, herkunft)
            abgelehnte += falsche
        if herkunft is not None:
            zeilen, gescheiterte = self.hold(zeilen, herkunft)
            abgelehnte += gescheiterte
        return zeilen, abgelehnte

    def match(self, posten: Sequence[Posten]) -> list[Zeile]:
        """Return what each booking means; those that a case holds already are not matched again."""
        neue = match_posten([p for p in posten if p.schluessel not in self._faelle.gebuchte], self._sachen)
        nach_schluessel = {zuordnung.posten.schluessel: zuordnung for zuordnung in neue}
        eigene = frozenset(einer.schluessel for einer in posten)
        zeilen: list[Zeile] = []
        for einer in posten:
            if einer.schluessel in self._faelle.gebuchte:
                zeilen.append(self._known(einer))
            else:
                zeilen.append(self._place(self._beware(nach_schluessel[einer.schluessel], eigene)))
        return zeilen

    def _known(self, posten: Posten) -> Zeile:
        gebucht = self._faelle.gebuchte[posten.schluessel]
        zuordnung = Zuordnung(posten, Stufe.SICHER, (gebucht.fall,), gruende=("schon übernommen",))
        pfad, aktenzeichen = self._faelle.pfad(gebucht.fall), self._faelle.aktenzeichen(gebucht.fall)
        return Zeile(zuordnung, pfad, aktenzeichen, gebucht.nr)

    def _place(self, zuordnung: Zuordnung) -> Zeile:
        schluessel = zuordnung.posten.schluessel
        if zuordnung.sachen and all(self._faelle.is_decided(name, schluessel) for name in zuordnung.sachen):
            return Zeile(zuordnung, entschieden=True)
        if len(zuordnung.sachen) != 1:
            return Zeile(zuordnung)
        fall = self._faelle.load(zuordnung.sachen[0])
        if zuordnung.stufe is Stufe.SICHER and not fall.benutzbar:
            grund = ("der Fall wird so nicht bearbeitet; siehe die Befunde unten",)
            zuordnung = dataclasses.replace(zuordnung, stufe=Stufe.VORSCHLAG, gruende=grund)
        return Zeile(zuordnung, fall.pfad, fall.aktenzeichen)

    def _beware(self, zuordnung: Zuordnung, eigene: frozenset[str]) -> Zuordnung:
        """Never book what may stand in the case already: by hand, or from a file of another format."""
        if zuordnung.stufe is not Stufe.FREMD and zuordnung.posten.buchung.wert > self._lage.stichtag:
            gruende = (f"liegt nach dem Stichtag {format_datum(self._lage.stichtag)}",)
            return dataclasses.replace(zuordnung, stufe=Stufe.VORSCHLAG, gruende=gruende)
        fall = self._faelle.load(zuordnung.sachen[0]).fall if len(zuordnung.sachen) == 1 else None
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
            ende = Klaerung(self._faelle, self._lage, herkunft).ending_entry(jetzt, name)
            return self._make_nachtrag(jetzt, (make_zahlung(jetzt),), ende)

        try:
            vorgang = publish_nachtrag(zeile.ordner, make, self._lage, herkunft)
        except Ablehnung as ablehnung:
            return dataclasses.replace(zeile, befunde=ablehnung.befunde, rueckgabe=ABGELEHNT)
        return self._outcome(zeile, vorgang)

    def decide(
        self,
        zeilen: Sequence[Zeile],
        entscheidungen: Sequence[Entscheidung],
        datei: pathlib.Path | None,
        herkunft: Herkunft | None,
    ) -> tuple[list[Zeile], list[Befund]]:
        """Take over what a person has decided; what does not fit is named with its line, the others go in."""
        wartende = {z.zuordnung.posten.schluessel: z.zuordnung for z in zeilen if z.wort in _WARTET}
        gedeutete, befunde = interpret(
            entscheidungen, wartende, self._faelle, show(datei) if datei else "", self._datei.sha256
        )
        neue = {z.zuordnung.posten.schluessel: z for z in zeilen}
        klaerung = Klaerung(self._faelle, self._lage, herkunft) if herkunft else None
        for gedeutet in gedeutete:
            schluessel = gedeutet.zuordnung.posten.schluessel
            neue[schluessel] = self._carry_out(neue[schluessel], gedeutet, klaerung, herkunft)
        return list(neue.values()), [*befunde, *(klaerung.befunde if klaerung else ())]

    def _carry_out(
        self, zeile: Zeile, gedeutet: Gedeutet, klaerung: Klaerung | None, herkunft: Herkunft | None
    ) -> Zeile:
        if gedeutet.fall is None:
            if klaerung:
                klaerung.settle(gedeutet.zuordnung, None)
            return dataclasses.replace(zeile, entschieden=True)
        pfad, aktenzeichen = self._faelle.pfad(gedeutet.fall), self._faelle.aktenzeichen(gedeutet.fall)
        zeile = dataclasses.replace(zeile, ordner=pfad, aktenzeichen=aktenzeichen)
        if klaerung is None or herkunft is None:
            return zeile
        nachtrag = self._make_nachtrag(
            gedeutet.zuordnung,
            list_zahlungen(gedeutet),
            klaerung.ending_entry(gedeutet.zuordnung, gedeutet.fall),
            "nach Entscheidung ",
        )
        try:
            vorgang = publish_nachtrag(pfad, lambda _: nachtrag, self._lage, herkunft)
        except Ablehnung as ablehnung:
            return dataclasses.replace(zeile, befunde=ablehnung.befunde, rueckgabe=ABGELEHNT)
        klaerung.settle(gedeutet.zuordnung, gedeutet.fall)
        return self._outcome(zeile, vorgang)

    def hold(self, zeilen: Sequence[Zeile], herkunft: Herkunft) -> tuple[list[Zeile], list[Befund]]:
        """Let the cases wait that an undecided booking may concern; none waits for one that is booked."""
        klaerung = Klaerung(self._faelle, self._lage, herkunft)
        for zeile in zeilen:
            if zeile.vorgang is not None and not zeile.neu:
                klaerung.heal(zeile.zuordnung)
        neue = [
            dataclasses.replace(zeile, haelt=klaerung.hold(zeile.zuordnung))
            if zeile.wort in _WARTET
            else zeile
            for zeile in zeilen
        ]
        return neue, klaerung.befunde

    def list_waiting(self, zeilen: Sequence[Zeile]) -> list[tuple[Zelle, ...]]:
        """Return the rows of the list to decide."""
        return [
            make_row(
                zeile.zuordnung, [self._faelle.aktenzeichen(name) for name in zeile.zuordnung.sachen],
                bool(zeile.haelt), self._datei.sha256,
            )
            for zeile in zeilen
            if zeile.wort in _WARTET
        ]  # fmt: skip

    def list_ueberholte(self, zeilen: Sequence[Zeile]) -> tuple[Mapping[str, Any], ...]:
        """Return the letters that lie ready in the cases just booked and are overtaken by it, as in the JSON."""
        gebuchte = dict.fromkeys(z.ordner for z in zeilen if z.neu and z.ordner is not None)
        ueberholte: list[Mapping[str, Any]] = []
        for geladen in (load_fall(read_fallordner(ordner), self._lage) for ordner in gebuchte):
            if geladen.sachstand is not None and geladen.benutzbar:
                nummern = list_ueberholte_briefe(geladen.pfad, geladen.sachstand, self._lage)
                ueberholte += [{"pfad": show(geladen.pfad), "nr": nummer} for nummer in nummern]
        return tuple(ueberholte)

    def _make_nachtrag(
        self,
        zuordnung: Zuordnung,
        zahlungen: Sequence[Mapping[str, str]],
        weitere: Mapping[str, Any] = MappingProxyType({}),
        wie: str = "",
    ) -> Nachtrag:
        werte = beleg_werte(zuordnung, self._datei.verweis, self._datei.sha256)
        pdf = make_set_blatt(self._lage)("angabenblatt", werte)
        return Nachtrag(
            eintraege={"zahlungen": tuple(zahlungen), **weitere},
            quelle=zuordnung.posten.schluessel,
            anlass=f"Zahlung {wie}aus dem Kontoauszug übernommen",
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
