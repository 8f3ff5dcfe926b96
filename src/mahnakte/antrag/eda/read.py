"""EDA records of Satzart 01 to an application.

The parser knows the order of the courts' files and nothing else: a record that may not stand where it
stands ends the application with a sentence that names it.
"""

import dataclasses
import enum
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from mahnakte.antrag.auswahl import Gegenleistung, Nebenforderungsart, Zinsart
from mahnakte.antrag.eda import schluessel
from mahnakte.antrag.eda.befunde import wrong_order
from mahnakte.antrag.eda.layout import SATZART_01
from mahnakte.antrag.eda.records import GelesenerSatz
from mahnakte.antrag.eda.write import BEGRUENDUNG_TEIL_1
from mahnakte.antrag.modell import (
    Abtretung,
    Anschrift,
    Antragsgegner,
    Antragsteller,
    AusgerechneteZinsen,
    Auslagen,
    Bankverbindung,
    Belegenheit,
    Erklaerungen,
    Firma,
    Gericht,
    Hauptforderung,
    Katalogforderung,
    Mahnantrag,
    Nebenforderung,
    Nebenzins,
    Person,
    Prozessbevollmaechtigter,
    Rest,
    SonstigerAnspruch,
    Streitgericht,
    Verbraucherdarlehen,
    Vertreter,
    Zinsangabe,
)
from mahnakte.grund.befund import Ablehnung, Stelle, sperre

_Auswahl = TypeVar("_Auswahl", bound=enum.StrEnum)
_Werte = Mapping[str, Any]
# Own table, not the writer's: a swapped field there must not look right here.
_NEBENSAETZE = {
    Nebenforderungsart.MAHNKOSTEN: ("01MAHNK00", "MAHNK", "MAHNK"),
    Nebenforderungsart.AUSKUENFTE: ("01AUSK 00", "AUSK", "AUSK"),
    Nebenforderungsart.BANKRUECKLAST: ("01BKRL 00", "BANKRL", "BANKRL"),
    Nebenforderungsart.INKASSO: ("01INKB 00", "INKBET", "INKB"),
    Nebenforderungsart.ANWALTSVERGUETUNG: ("01VV23 00", "VV2300BET", "VV2300"),
    Nebenforderungsart.SONSTIGE: ("01ANF  00", "ANFBET", "ANF"),
}


def build_antrag(saetze: list[GelesenerSatz], reste: tuple[Rest, ...], datei: str) -> Mahnantrag:
    """Build the application from its records; raise Ablehnung when their order or a key is wrong."""
    return dataclasses.replace(_Antragsleser(saetze, datei).read(), reste=reste)


class _Antragsleser:
    """Walks once over the records of one application, in the order of the courts' files."""

    def __init__(self, saetze: list[GelesenerSatz], datei: str) -> None:
        self._saetze = saetze
        self._datei = datei
        self._stand = 0

    def read(self) -> Mahnantrag:
        kopf = self._require("01KS   00")
        antrag = Mahnantrag(
            geschaeftszeichen=kopf["TGZ"],
            mahngericht=Gericht(kopf["MGPLZ"], kopf["MGO"]),
            geschaeftsnummer=kopf["MGGNR"],
            erklaerungen=_erklaerungen(kopf),
            antragsteller_kennziffer=kopf["ASKEZI"],
            antragsteller=tuple(self._antragsteller()),
            bevollmaechtigter=self._bevollmaechtigter(kopf["PVKEZI"]),
            bankverbindung=self._bankverbindung(),
            antragsgegner=tuple(self._antragsgegner()),
            ausgerechnete_zinsen=tuple(self._ausgerechnete_zinsen()),
            hauptforderungen=tuple(self._hauptforderungen()),
            auslagen=self._auslagen(),
            nebenforderungen=tuple(self._nebenforderungen()),
        )
        if self._stand < len(self._saetze):
            raise self._misplaced()
        return antrag

    def _take(self, satz_schluessel: str) -> _Werte | None:
        """Return the values of the next record if it has this key, and step over it."""
        if self._stand < len(self._saetze) and self._saetze[self._stand].schluessel == satz_schluessel:
            self._stand += 1
            return self._saetze[self._stand - 1].werte
        return None

    def _require(self, satz_schluessel: str) -> _Werte:
        werte = self._take(satz_schluessel)
        if werte is None:
            raise self._misplaced(satz_schluessel)
        return werte

    def _misplaced(self, erwartet: str = "") -> Ablehnung:
        folge = f"; erwartet wird „{erwartet}“ ({SATZART_01[erwartet].bedeutung})" if erwartet else ""
        if self._stand < len(self._saetze):
            satz = self._saetze[self._stand]
            bedeutung = SATZART_01[satz.schluessel].bedeutung
            text = f"Satz {satz.nummer} („{satz.schluessel}“, {bedeutung}) steht hier nicht richtig{folge}."
        else:
            satz = self._saetze[-1]
            text = f"Nach Satz {satz.nummer} endet der Antrag zu früh{folge}."
        abhilfe = "Die Reihenfolge der Sätze mit der Satzbeschreibung vergleichen."
        return Ablehnung(wrong_order(text, abhilfe, Stelle(self._datei, satz.nummer)))

    def _key(self, tafel: Mapping[_Auswahl, str], gelesen: str, feld: str) -> _Auswahl:
        for wert, zeichen in tafel.items():
            if zeichen == gelesen:
                return wert
        nummer = self._saetze[self._stand - 1].nummer
        erlaubt = ", ".join(zeichen or "leer" for zeichen in tafel.values())
        text = f"Satz {nummer}, Feld {feld}: der Schlüssel „{gelesen}“ ist nicht bekannt."
        raise Ablehnung(sperre("EDA_SCHLUESSEL", text, f"Erlaubt: {erlaubt}.", Stelle(self._datei, nummer)))

    def _antragsteller(self) -> Iterator[Antragsteller]:
        while (werte := self._take("01AS   01")) is not None:
            bezeichnung = self._bezeichnung("AS", werte)
            anschrift = _anschrift("AS", self._require("01AS   03"))
            yield Antragsteller(bezeichnung, anschrift, tuple(self._vertreter("ASGV")))

    def _antragsgegner(self) -> Iterator[Antragsgegner]:
        while (werte := self._take("01AG   01")) is not None:
            bezeichnung = self._bezeichnung("AG", werte)
            anschrift = _anschrift("AG", self._require("01AG   03"))
            gericht = self._streitgericht()
            yield Antragsgegner(bezeichnung, anschrift, gericht, tuple(self._vertreter("AGGV")))

    def _bezeichnung(self, kuerzel: str, werte: _Werte) -> Person | Firma:
        weitere = self._take(f"01{kuerzel:5}02") or {}
        anrede = werte[f"{kuerzel}ANR"]
        name_1, name_2 = werte[f"{kuerzel}N1"], werte[f"{kuerzel}N2"]
        if anrede in schluessel.ANREDE.values():
            return Person(self._key(schluessel.ANREDE, anrede, f"{kuerzel}ANR"), name_1, name_2)
        teile = (name_1, name_2, weitere.get(f"{kuerzel}N3", ""), weitere.get(f"{kuerzel}N4", ""))
        art = self._key(schluessel.FIRMENART, anrede, f"{kuerzel}ANR")
        return Firma(art, werte[f"{kuerzel}RF"], tuple(teil for teil in teile if teil))

    def _vertreter(self, kuerzel: str) -> Iterator[Vertreter]:
        while (werte := self._take(f"01{kuerzel:5}01")) is not None:
            ort = self._take(f"01{kuerzel:5}02")
            anschrift = None if ort is None else _anschrift(kuerzel, ort)
            funktion, name = werte[f"{kuerzel}FU"], werte[f"{kuerzel}N"]
            if name:
                yield Vertreter(funktion=funktion, name=name, anschrift=anschrift)
            else:
                yield Vertreter(gesellschaft=funktion, anschrift=anschrift)

    def _streitgericht(self) -> Streitgericht | None:
        werte = self._take("01AG   04")
        if werte is None:
            return None
        return Streitgericht(
            self._key(schluessel.GERICHTSART, werte["PGM"], "PGM"), werte["PGPLZ"], werte["PGO"]
        )

    def _bevollmaechtigter(self, kennziffer: str) -> Prozessbevollmaechtigter | None:
        wer = self._take("01ASPV 01")
        art = None if wer is None else self._key(schluessel.VERTRETUNGSART, wer["ASPVANR"], "ASPVANR")
        wo = self._take("01ASPV 02")
        handelnd = self._take("01ASPV 03")
        auftrag = self._take("01ASPVA00")
        if auftrag is None:
            if kennziffer or wer or wo or handelnd:
                raise self._misplaced("01ASPVA00")
            return None
        return Prozessbevollmaechtigter(
            kennziffer=kennziffer,
            art=art,
            bezeichnung=wer["ASPVN"] if wer else "",
            rechtsform=wo["ASPVRF"] if wo else "",
            anschrift=_anschrift("ASPV", wo) if wo else None,
            vertreter=Vertreter(funktion=handelnd["ASPVGVFU"], name=handelnd["ASPVGVN"])
            if handelnd
            else None,
            geschaeftszeichen=auftrag["ASPVGZ"],
            beauftragt_am=auftrag["ASPVAUFD"],
            auslagen=auftrag["ASPVMBAUSL"],
            anrechnung=auftrag["VV2300MBET"],
            umfangreich=auftrag["VV2300M"],
            verguetung=auftrag["IKUBET"],
            vorsteuerabzug=not auftrag["VORSTM"],
            umsatzsteuerfrei=auftrag["USTM"],
        )

    def _bankverbindung(self) -> Bankverbindung | None:
        werte = self._take("01BANK 00")
        if werte is None:
            return None
        inhaber = self._key(schluessel.KONTOINHABER, werte["BKTOZO"], "BKTOZO")
        return Bankverbindung(inhaber, werte["BIBAN"], werte["BBIC"])

    def _ausgerechnete_zinsen(self) -> Iterator[AusgerechneteZinsen]:
        while (werte := self._take("01ZIAUS00")) is not None:
            yield AusgerechneteZinsen(werte["AZIAUBET"], werte["AZIVD"], werte["AZIBD"], werte["AZISATZ"])

    def _hauptforderungen(self) -> Iterator[Hauptforderung]:
        while True:
            if (werte := self._take("01ASPK 00")) is not None:
                katalog = Katalogforderung(int(werte["ASPKAT1"]), None, werte["ASPGR"], werte["ASPRNR"])
                yield self._zusaetze(Hauptforderung(katalog, werte["ASPBET"], werte["ASPVD"], werte["ASPBD"]))
            elif (werte := self._take("01ASPS 01")) is not None:
                sonstiger = SonstigerAnspruch(_begruendung(werte["ASPSOBG1"], self._take("01ASPS 02")))
                yield self._zusaetze(
                    Hauptforderung(sonstiger, werte["ASPSOBET"], werte["ASPSOVD"], werte["ASPSOBD"])
                )
            else:
                return

    def _zusaetze(self, forderung: Hauptforderung) -> Hauptforderung:
        ort = self._take("01ASPZM00")
        vertrag = self._take("01ASPZV00")
        abtretung = self._take("01ABT  00")
        zinsen = tuple(self._zinsen())
        kredit = self._take("01VKG  00")
        return dataclasses.replace(
            forderung,
            belegenheit=Belegenheit(ort["ASPZMPLZ"], ort["ASPZMO"], ort["ASPZMAL"], ort["ASPZMSH"])
            if ort
            else None,
            vertragsart=vertrag["ASPZV"] if vertrag else "",
            abtretung=_abtretung(abtretung) if abtretung else None,
            zinsen=zinsen,
            verbraucherdarlehen=Verbraucherdarlehen(kredit["VKGD"], kredit["VKGZISA"]) if kredit else None,
        )

    def _zinsen(self) -> Iterator[Zinsangabe]:
        while (werte := self._take("01ZINS 00")) is not None:
            yield Zinsangabe(
                satz=werte["ZISATZ"],
                art=self._key(schluessel.ZINSART, werte["ZISAM"], "ZISAM"),
                betrag=werte["ZIRGBET"],
                zeitraum=self._key(schluessel.ZINSZEITRAUM, werte["ZIARTM"], "ZIARTM"),
                ab=werte["ZIVD"],
                bis=werte["ZIBD"],
            )

    def _auslagen(self) -> Auslagen | None:
        werte = self._take("01AUSL 00")
        return Auslagen(werte["VPBET"], werte["MBSKOBET"], werte["MBSKOBG"]) if werte else None

    def _nebenforderungen(self) -> Iterator[Nebenforderung]:
        for art, (satz, betrag, kuerzel) in _NEBENSAETZE.items():
            while (werte := self._take(satz)) is not None:
                zins = self._nebenzins(kuerzel, werte)
                wert, grund = werte.get("VV2300STW"), werte.get("ANFBG", "")
                yield Nebenforderung(art, werte[betrag], wert, grund, zins)

    def _nebenzins(self, kuerzel: str, werte: _Werte) -> Nebenzins | None:
        satz, zeichen = werte[f"{kuerzel}ZISATZ"], werte[f"{kuerzel}ZIM"]
        if satz is None and not zeichen:
            return None
        art: Zinsart = self._key(schluessel.ZINSART, zeichen, f"{kuerzel}ZIM")
        return Nebenzins(satz, art, werte[f"{kuerzel}ZIVD"], werte[f"{kuerzel}ZIBD"])


def _erklaerungen(kopf: _Werte) -> Erklaerungen:
    marken = (kopf["VGLM1"], kopf["VGLM2"])
    umgekehrt: dict[tuple[bool, bool], Gegenleistung | None] = {
        paar: erklaerung for erklaerung, paar in schluessel.GEGENLEISTUNG.items()
    }
    return Erklaerungen(umgekehrt[marken], kopf["AGGMM"], kopf["ASTRVM"])


def _anschrift(kuerzel: str, werte: _Werte) -> Anschrift:
    felder = (werte[f"{kuerzel}{feld}"] for feld in ("SH", "PLZ", "O", "AL"))
    return Anschrift(*felder)


def _abtretung(werte: _Werte) -> Abtretung:
    return Abtretung(werte["ABTD"], werte["ABTN"], werte["ABTPLZ"], werte["ABTO"], werte["ABTAL"])


def _begruendung(teil_1: str, fortsetzung: _Werte | None) -> str:
    """Join the parts of a reason that was cut hard at 93 characters, perhaps at a blank."""
    if fortsetzung is None:
        return teil_1
    teil_2: str = fortsetzung["ASPSOBG2"]
    return teil_1.ljust(BEGRUENDUNG_TEIL_1) + teil_2
