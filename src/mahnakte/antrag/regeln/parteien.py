"""Rules on applicants, debtors and their statutory representatives."""

import re
from collections.abc import Iterator

from mahnakte.antrag.auswahl import Firmenart, Gegenleistung
from mahnakte.antrag.modell import (
    Anschrift,
    Antragsgegner,
    Antragsteller,
    Firma,
    Mahnantrag,
    Person,
    Vertreter,
)
from mahnakte.antrag.regeln.register import Pruefrahmen, regel
from mahnakte.arten.partei import AMTSBEZEICHNUNGEN
from mahnakte.grund.befund import Schwere

# Slots of an application (third parties report them; the courts' description was not at hand).
MAX_ANTRAGSTELLER = 6
MAX_ANTRAGSGEGNER = 5
MAX_VERTRETER = 6
_VB_ZEICHEN = 30

_CO = re.compile(r"&\s*Co\b", re.IGNORECASE)
_CO_PUNKT = re.compile(r"&\s*Co\.\s*KG", re.IGNORECASE)
_POSTFACH = re.compile(r"\bpostfach\b", re.IGNORECASE)


def name_of(partei: Antragsteller | Antragsgegner) -> str:
    """Return the name of a party in one line."""
    wer = partei.bezeichnung
    return f"{wer.vorname} {wer.nachname}" if isinstance(wer, Person) else " ".join(wer.name)


def _parteien(antrag: Mahnantrag) -> Iterator[tuple[str, Antragsteller | Antragsgegner]]:
    for antragsteller in antrag.antragsteller:
        yield f"Antragsteller „{name_of(antragsteller)}“", antragsteller
    for gegner in antrag.antragsgegner:
        yield f"Antragsgegner „{name_of(gegner)}“", gegner


def _firmen(antrag: Mahnantrag) -> Iterator[tuple[str, Firma, tuple[Vertreter, ...]]]:
    for wer, partei in _parteien(antrag):
        if isinstance(partei.bezeichnung, Firma):
            yield wer, partei.bezeichnung, partei.vertreter


def _anschriften(antrag: Mahnantrag) -> Iterator[tuple[str, Anschrift]]:
    for wer, partei in _parteien(antrag):
        yield wer, partei.anschrift
        for vertreter in partei.vertreter:
            if vertreter.anschrift:
                yield f"Vertreter „{vertreter.name or vertreter.gesellschaft}“", vertreter.anschrift
    if antrag.bevollmaechtigter and antrag.bevollmaechtigter.anschrift:
        yield "Prozessbevollmächtigter", antrag.bevollmaechtigter.anschrift


@regel("GESCHAEFTSZEICHEN_FEHLT", "Eigenes Geschäftszeichen fehlt", "EDA C01, TGZ",
       "Das Aktenzeichen als Geschäftszeichen angeben.", Schwere.WARNUNG)  # fmt: skip
def _geschaeftszeichen(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    if not antrag.geschaeftszeichen:
        yield "Ohne eigenes Geschäftszeichen lassen sich die Nachrichten des Gerichts dem Fall nicht zuordnen"


@regel("GESCHAEFTSZEICHEN_LANG", "Geschäftszeichen passt nicht in den Folgeantrag", "EDA E01, ASGZ",
       f"Ein Geschäftszeichen mit höchstens {_VB_ZEICHEN} Zeichen wählen.", Schwere.HINWEIS)  # fmt: skip
def _geschaeftszeichen_lang(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    if len(antrag.geschaeftszeichen) > _VB_ZEICHEN:
        yield (
            f"Das Geschäftszeichen hat {len(antrag.geschaeftszeichen)} Zeichen; "
            f"der Antrag auf den Vollstreckungsbescheid hat Platz für {_VB_ZEICHEN}"
        )


@regel("GESCHAEFTSNUMMER_GENANNT", "Geschäftsnummer des Gerichts nur bei Wiederholung", "EDA C01, MGGNR",
       "Beim ersten Antrag das Feld leer lassen.", Schwere.HINWEIS)  # fmt: skip
def _geschaeftsnummer(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    if antrag.geschaeftsnummer:
        yield (
            f"Der Antrag nennt die Geschäftsnummer {antrag.geschaeftsnummer}; sie gehört nur in einen "
            "wiederholten Antrag"
        )


@regel("GEGENLEISTUNG_FEHLT", "Erklärung zur Gegenleistung fehlt", "§ 690 Abs. 1 Nr. 4 ZPO",
       "Erklären, dass die Gegenleistung erbracht ist oder der Anspruch von keiner abhängt.")  # fmt: skip
def _gegenleistung(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    if antrag.erklaerungen.gegenleistung is None:
        yield "Es fehlt die Erklärung, ob der Anspruch von einer Gegenleistung abhängt und diese erbracht ist"


@regel("GEGENLEISTUNG_TEILS", "„teils“ verlangt mehrere Hauptforderungen", "§ 690 Abs. 1 Nr. 4 ZPO",
       "Für die eine Forderung „erbracht“ oder „unabhaengig“ wählen.")  # fmt: skip
def _gegenleistung_teils(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    if antrag.erklaerungen.gegenleistung is Gegenleistung.TEILS and len(antrag.hauptforderungen) == 1:
        yield "Die Gegenleistung ist „teils“ erbracht, der Antrag hat aber nur eine Hauptforderung"


@regel("GESAMTSCHULDNER_FEHLT", "Mehrere Antragsgegner ohne Merkmal Gesamtschuldner", "EDA C01, AGGMM",
       "„gesamtschuldner: ja“ angeben oder je Antragsgegner einen eigenen Antrag stellen.")  # fmt: skip
def _gesamtschuldner(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    if len(antrag.antragsgegner) > 1 and not antrag.erklaerungen.gesamtschuldner:
        yield (
            f"{len(antrag.antragsgegner)} Antragsgegner stehen in einem Antrag, ohne als Gesamtschuldner "
            "bezeichnet zu sein"
        )


@regel("GESAMTSCHULDNER_EINZELN", "Merkmal Gesamtschuldner bei nur einem Antragsgegner", "EDA C01, AGGMM",
       "Das Merkmal streichen oder die weiteren Gesamtschuldner angeben.")  # fmt: skip
def _gesamtschuldner_einzeln(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    if len(antrag.antragsgegner) == 1 and antrag.erklaerungen.gesamtschuldner:
        yield "Als Gesamtschuldner ist bezeichnet, wer der einzige Antragsgegner ist"


@regel("ANTRAGSTELLER_FEHLT", "Kein Antragsteller", "§ 690 Abs. 1 Nr. 1 ZPO",
       "Den Antragsteller oder seine Kennziffer angeben.")  # fmt: skip
def _antragsteller(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    if not antrag.antragsteller and not antrag.antragsteller_kennziffer:
        yield "Der Antrag nennt keinen Antragsteller"


@regel("ANTRAGSTELLER_DOPPELT", "Kennziffer und Angaben zum Antragsteller zugleich", "EDA C01, ASKEZI",
       "Entweder die Kennziffer oder die Angaben streichen.")  # fmt: skip
def _antragsteller_doppelt(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    if antrag.antragsteller and antrag.antragsteller_kennziffer:
        yield (
            f"Der Antragsteller ist mit der Kennziffer {antrag.antragsteller_kennziffer} und mit seinen "
            "Angaben genannt"
        )


@regel("ANTRAGSTELLER_ZU_VIELE", "Mehr Antragsteller als Plätze", "EDA, Satzart 01",
       "Auf mehrere Anträge verteilen; abgeschnitten wird nichts.")  # fmt: skip
def _zu_viele_antragsteller(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    if len(antrag.antragsteller) > MAX_ANTRAGSTELLER:
        yield f"Der Antrag hat {len(antrag.antragsteller)} Antragsteller, Platz ist für {MAX_ANTRAGSTELLER}"


@regel("ANTRAGSGEGNER_ZU_VIELE", "Mehr Antragsgegner als Plätze", "EDA, Satzart 01",
       "Auf mehrere Anträge verteilen; abgeschnitten wird nichts.")  # fmt: skip
def _zu_viele_gegner(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    if len(antrag.antragsgegner) > MAX_ANTRAGSGEGNER:
        yield f"Der Antrag hat {len(antrag.antragsgegner)} Antragsgegner, Platz ist für {MAX_ANTRAGSGEGNER}"


@regel("VERTRETER_ZU_VIELE", "Mehr gesetzliche Vertreter als Plätze", "EDA, Satzart 01",
       "Die Vertreter nennen, die zusammen vertreten dürfen.")  # fmt: skip
def _zu_viele_vertreter(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer, partei in _parteien(antrag):
        if len(partei.vertreter) > MAX_VERTRETER:
            yield f"{wer} hat {len(partei.vertreter)} gesetzliche Vertreter, Platz ist für {MAX_VERTRETER}"


@regel("PARTEIEN_GLEICH", "Antragsteller ist zugleich Antragsgegner", "§ 690 Abs. 1 Nr. 1 ZPO",
       "Die Parteien berichtigen.")  # fmt: skip
def _gleiche_parteien(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    eigene = {(partei.bezeichnung, partei.anschrift) for partei in antrag.antragsteller}
    for gegner in antrag.antragsgegner:
        if (gegner.bezeichnung, gegner.anschrift) in eigene:
            yield f"„{name_of(gegner)}“ ist Antragsteller und Antragsgegner"


@regel("ANTRAGSGEGNER_DOPPELT", "Derselbe Antragsgegner zweimal", "§ 690 Abs. 1 Nr. 1 ZPO",
       "Den doppelten Antragsgegner streichen.")  # fmt: skip
def _doppelte_gegner(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    gesehen = set()
    for gegner in antrag.antragsgegner:
        schluessel = (gegner.bezeichnung, gegner.anschrift)
        if schluessel in gesehen:
            yield f"Der Antragsgegner „{name_of(gegner)}“ steht zweimal im Antrag"
        gesehen.add(schluessel)


@regel("RECHTSFORM_FEHLT", "Rechtsform einer Firma fehlt", "EDA C02, C13: ASRF, AGRF",
       "Die Rechtsform in der Schreibweise der Gerichte angeben, etwa „GmbH“.")  # fmt: skip
def _rechtsform(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer, firma, _vertreter in _firmen(antrag):
        if firma.art is Firmenart.SONSTIGE and not firma.rechtsform:
            yield f"{wer}: die Rechtsform fehlt"


@regel("RECHTSFORM_UEBERZAEHLIG", "Rechtsform neben einem Schlüssel, der sie schon sagt",
       "EDA, Anredeschlüssel 3, 4, B",
       "Die Rechtsform streichen.")  # fmt: skip
def _rechtsform_doppelt(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer, firma, _vertreter in _firmen(antrag):
        if firma.art is not Firmenart.SONSTIGE and firma.rechtsform:
            yield f"{wer}: zur Art „{firma.art}“ gehört keine Rechtsform, angegeben ist „{firma.rechtsform}“"


@regel("RECHTSFORM_SCHREIBWEISE", "Rechtsform anders geschrieben als im Portal", "Schreibweise des Portals",
       "Ohne Punkt hinter „Co“ schreiben, etwa „GmbH & Co KG“.", Schwere.WARNUNG)  # fmt: skip
def _rechtsform_punkt(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer, firma, _vertreter in _firmen(antrag):
        if _CO_PUNKT.search(firma.rechtsform):
            yield f"{wer}: die Rechtsform „{firma.rechtsform}“ schreiben die Gerichte ohne Punkt"


@regel("FIRMENART_CO_KG", "Schlüssel 4 statt Rechtsform", "Dateien des Portals",
       "Die Art „sonstige“ mit der Rechtsform „GmbH & Co KG“ verwenden.", Schwere.WARNUNG)  # fmt: skip
def _schluessel_vier(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer, firma, _vertreter in _firmen(antrag):
        if firma.art is Firmenart.GMBH_CO_KG:
            yield f"{wer}: das Portal der Gerichte verwendet den Anredeschlüssel 4 nicht"


@regel("VERTRETER_FEHLT", "Gesetzlicher Vertreter fehlt", "§ 690 Abs. 1 Nr. 1 ZPO",
       "Funktion und Namen des gesetzlichen Vertreters angeben.")  # fmt: skip
def _vertreter(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer, firma, vertreter in _firmen(antrag):
        steht_selbst = firma.art is Firmenart.EINZELFIRMA or firma.rechtsform in AMTSBEZEICHNUNGEN
        if not steht_selbst and not vertreter:
            yield f"{wer}: der gesetzliche Vertreter fehlt"


@regel("VERTRETER_FUNKTION", "Funktion des gesetzlichen Vertreters fehlt", "EDA C05, C17: Funktion",
       "Die Funktion angeben, etwa „Geschäftsführer“ oder „Vorstand“.")  # fmt: skip
def _funktion(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer, _firma, alle in _firmen(antrag):
        for vertreter in alle:
            if vertreter.name and not vertreter.funktion:
                yield f"{wer}: die Funktion des Vertreters „{vertreter.name}“ fehlt"


@regel("VERTRETERKETTE_KG", "Bei einer & Co KG vertritt zuerst die Gesellschaft", "§ 690 Abs. 1 Nr. 1 ZPO",
       "Zuerst die persönlich haftende Gesellschaft angeben, danach ihr Organ.")  # fmt: skip
def _kette_kg(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer, firma, vertreter in _firmen(antrag):
        co = firma.art is Firmenart.GMBH_CO_KG or _CO.search(firma.rechtsform)
        if co and vertreter and not vertreter[0].gesellschaft:
            yield f"{wer}: vor „{vertreter[0].name}“ fehlt die Gesellschaft, die die Kommanditgesellschaft vertritt"


@regel("VERTRETERKETTE_ENDE", "Nach der vertretenden Gesellschaft fehlt ihr Organ", "§ 690 Abs. 1 Nr. 1 ZPO",
       "Nach der Gesellschaft deren Geschäftsführer oder Vorstand angeben.")  # fmt: skip
def _kette_ende(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer, partei in _parteien(antrag):
        if partei.vertreter and partei.vertreter[-1].gesellschaft:
            yield f"{wer}: wer „{partei.vertreter[-1].gesellschaft}“ vertritt, ist nicht angegeben"


@regel("VERTRETER_ANSCHRIFT", "Anschrift des Vertreters nötig", "EDA C06, C18",
       "Die Anschrift des Vertreters angeben.")  # fmt: skip
def _vertreter_anschrift(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer, partei in _parteien(antrag):
        if not partei.vertreter or not _needs_address(partei.bezeichnung):
            continue
        for vertreter in _served(partei.bezeichnung, partei.vertreter):
            if vertreter.anschrift is None:
                name = vertreter.name or vertreter.gesellschaft
                yield f"{wer}: der Vertreter „{name}“ braucht hier eine Anschrift"


def _needs_address(wer: Person | Firma) -> bool:
    """A person, a sole trader and the first representative of a WEG are served at the representative's."""
    return isinstance(wer, Person) or wer.art in (Firmenart.EINZELFIRMA, Firmenart.WEG)


def _served(wer: Person | Firma, alle: tuple[Vertreter, ...]) -> Iterator[Vertreter]:
    """Yield whose address counts: of a WEG the first one's, else each one's (both parents), an officer's never."""
    if isinstance(wer, Firma) and wer.art is Firmenart.WEG:
        yield alle[0]
        return
    for davor, vertreter in zip((None, *alle), alle, strict=False):
        if davor is None or not davor.gesellschaft:
            yield vertreter


@regel("PERSON_VERTRETEN", "Natürliche Person mit gesetzlichem Vertreter", "§§ 51, 53 ZPO",
       "Prüfen, ob die Person minderjährig ist oder betreut wird.", Schwere.WARNUNG)  # fmt: skip
def _person_vertreten(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer, partei in _parteien(antrag):
        if isinstance(partei.bezeichnung, Person) and partei.vertreter:
            yield f"{wer} hat einen gesetzlichen Vertreter, obwohl eine natürliche Person gemeint ist"


@regel("PLZ_INLAND", "Postleitzahl im Inland hat fünf Ziffern", "EDA C04: PLZ",
       "Die Postleitzahl berichtigen oder den Staat angeben.")  # fmt: skip
def _plz(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer, anschrift in _anschriften(antrag):
        if not anschrift.staat and not re.fullmatch(r"[0-9]{5}", anschrift.plz):
            yield f"{wer}: „{anschrift.plz}“ ist keine deutsche Postleitzahl"


@regel("STAAT_INLAND", "Kennzeichen des Staates nur im Ausland", "EDA C04: ASAL, AGAL",
       "Das Kennzeichen streichen.")  # fmt: skip
def _staat(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer, anschrift in _anschriften(antrag):
        if anschrift.staat in ("D", "DE", "DEU"):
            yield f"{wer}: das Kennzeichen „{anschrift.staat}“ wird im Inland nicht angegeben"


@regel("GEGNER_AUSLAND", "Antragsgegner im Ausland", "§ 688 Abs. 3, § 703d ZPO",
       "Zuständigkeit und Zustellung muss ein Mensch klären.")  # fmt: skip
def _ausland(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for gegner in antrag.antragsgegner:
        if gegner.anschrift.staat not in ("", "D", "DE", "DEU"):
            yield f"Der Antragsgegner „{name_of(gegner)}“ hat seine Anschrift im Ausland ({gegner.anschrift.staat})"


@regel("ANSCHRIFT_POSTFACH", "Zustellung an ein Postfach", "§ 690 Abs. 1 Nr. 1 ZPO",
       "Die Anschrift angeben, an der zugestellt werden kann.", Schwere.WARNUNG)  # fmt: skip
def _postfach(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer, anschrift in _anschriften(antrag):
        if _POSTFACH.search(anschrift.strasse):
            yield f"{wer}: „{anschrift.strasse}“ ist keine Anschrift, an der zugestellt werden kann"


@regel("HAUSNUMMER_FEHLT", "Straße ohne Hausnummer", "EDA C04: ASSH, AGSH",
       "Die Hausnummer ergänzen, wenn es eine gibt.", Schwere.WARNUNG)  # fmt: skip
def _hausnummer(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for wer, anschrift in _anschriften(antrag):
        if not re.search(r"[0-9]", anschrift.strasse):
            yield f"{wer}: „{anschrift.strasse}“ hat keine Hausnummer"
