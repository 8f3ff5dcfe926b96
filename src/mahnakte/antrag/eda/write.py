"""Applications to EDA records of Satzart 01, and to a whole file with head and sums.

What the proven records cannot carry is refused by name (`find_obstacles`), never left out.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from mahnakte.antrag.auswahl import Nebenforderungsart, Verfahrensart
from mahnakte.antrag.eda import schluessel
from mahnakte.antrag.eda.befunde import foreign_characters, unproven, untested, wrong_field, wrong_head
from mahnakte.antrag.eda.feld import Feldfehler, Wert, format_record, overlay
from mahnakte.antrag.eda.layout import AA, BB, FORMAT_ANTRAG, SATZART_01, UNERPROBT, Satz
from mahnakte.antrag.eda.summen import Summen
from mahnakte.antrag.modell import (
    Anschrift,
    Antragsgegner,
    Antragsteller,
    Dateikopf,
    Firma,
    Hauptforderung,
    Katalogforderung,
    Mahnantrag,
    Nebenforderung,
    Nebenzins,
    Person,
    Prozessbevollmaechtigter,
    Rest,
    Vertreter,
)
from mahnakte.antrag.zeichen import describe_foreign, find_foreign, is_allowed
from mahnakte.arten.partei import AMTSBEZEICHNUNGEN
from mahnakte.grund.befund import Ablehnung, Befund, Schwere, sperre

Satzwerte = tuple[str, Mapping[str, Wert]]

BEGRUENDUNG_TEIL_1 = 93
_TESTEN = (
    "Den Antrag mit dem Eingabeblatt im Portal stellen; oder eine Probedatei (mahnakte eda schreiben … --probe) vom "
    "Gericht testen lassen und den Tag in mahnakte.yaml unter „eda: getestet_am:“ eintragen."
)
_BELEGART = "01"

# The record of each kind of ancillary claim, its field for the amount, and how its fields for interest begin.
_NEBENSAETZE = {
    Nebenforderungsart.MAHNKOSTEN: ("01MAHNK00", "MAHNK", "MAHNK"),
    Nebenforderungsart.AUSKUENFTE: ("01AUSK 00", "AUSK", "AUSK"),
    Nebenforderungsart.BANKRUECKLAST: ("01BKRL 00", "BANKRL", "BANKRL"),
    Nebenforderungsart.INKASSO: ("01INKB 00", "INKBET", "INKB"),
    Nebenforderungsart.ANWALTSVERGUETUNG: ("01VV23 00", "VV2300BET", "VV2300"),
    Nebenforderungsart.SONSTIGE: ("01ANF  00", "ANFBET", "ANF"),
}


def write_eda(antraege: Iterable[Mahnantrag], kopf: Dateikopf, *, getestet: bool = False) -> bytes:
    """Write applications as one EDA file: CP850, 128 bytes a record, no separators.

    `getestet`: the court has tested a file of this participant, so records of the kind UNERPROBT may be written.
    Raises Ablehnung, naming application and record, when one of them cannot be written without loss.
    """
    zeilen = [format_head(kopf)]
    summen = Summen()
    for nummer, antrag in enumerate(antraege, start=1):
        refuse_obstacles(antrag, nummer, getestet=getestet)
        for zeile in format_antrag(antrag, nummer):
            summen.add(zeile)
            zeilen.append(zeile)
    zeilen.append(format_record(BB, {"TKEZI": kopf.teilnehmer, **summen.as_values()}))
    return encode("".join(zeilen))


def encode(text: str) -> bytes:
    """Return records as the courts' bytes. Most text is plain ASCII: the same bytes, and a quicker codec."""
    return text.encode("ascii" if text.isascii() else "cp850")


def format_head(kopf: Dateikopf) -> str:
    """Return the record AA; raise Ablehnung when a value does not fit."""
    werte: dict[str, Wert] = {
        "TKEZI": kopf.teilnehmer,
        "DATUM": kopf.erstellt_am,
        "BELART": _BELEGART,
        "EKEZI": kopf.einreicher,
        "FORMAT": FORMAT_ANTRAG,
        "EDAID": kopf.kennung,
        "SWN": kopf.software,
        "SWV": kopf.softwareversion,
    }
    try:
        zeile = format_record(AA, werte)
        for rest in kopf.reste:
            zeile = overlay(AA, zeile, rest.stelle, rest.text)
    except Feldfehler as fehler:
        raise Ablehnung(wrong_head(f"Dateikopf: {fehler}.", "Die Angaben zur Datei berichtigen.")) from None
    _refuse_foreign(zeile, "Dateikopf")
    return zeile


def format_antrag(antrag: Mahnantrag, nummer: int = 1) -> Iterator[str]:
    """Yield the records of one application as texts of 128 characters; raise Ablehnung when a value does not fit."""
    wer = _name(antrag, nummer)
    rohe = _Rohstellen(antrag.reste)
    for satz_schluessel, werte in _saetze(antrag):
        satz = SATZART_01[satz_schluessel]
        try:
            zeile = rohe.put_back(satz, format_record(satz, werte))
        except Feldfehler as fehler:
            text = f"{wer}: Satz {satz.kennung} ({satz.bedeutung}): {fehler}."
            raise Ablehnung(wrong_field(text, "Die Angabe kürzen oder berichtigen.")) from None
        _refuse_foreign(zeile, wer)
        yield zeile
    if rohe.offen:
        raise Ablehnung(_orphaned(rohe.offen[0], wer))


def _name(antrag: Mahnantrag, nummer: int) -> str:
    return f"Antrag {nummer}" + (f" ({antrag.geschaeftszeichen})" if antrag.geschaeftszeichen else "")


def refuse_obstacles(antrag: Mahnantrag, nummer: int, *, getestet: bool) -> None:
    """Raise Ablehnung for what the records cannot carry."""
    if hindernisse := find_obstacles(antrag, getestet=getestet):
        befund = hindernisse[0]
        raise Ablehnung(dataclasses.replace(befund, text=f"{_name(antrag, nummer)}: {befund.text}"))


class _Rohstellen:
    """The bytes without known meaning that wait for their record."""

    def __init__(self, reste: tuple[Rest, ...]) -> None:
        self.offen = list(reste)
        self._gezaehlt: Counter[str] = Counter()

    def put_back(self, satz: Satz, zeile: str) -> str:
        """Return the record with the bytes that belong to it; raise Feldfehler where they have no room."""
        if not self.offen:
            return zeile
        self._gezaehlt[satz.schluessel] += 1
        hier = (satz.schluessel.rstrip(), self._gezaehlt[satz.schluessel])
        for rest in [rest for rest in self.offen if (rest.schluessel, rest.vorkommen) == hier]:
            zeile = overlay(satz, zeile, rest.stelle, rest.text)
            self.offen.remove(rest)
        return zeile


def _refuse_foreign(zeile: str, wer: str) -> None:
    if not is_allowed(zeile):
        text = f"{wer}: Zeichen, die EDA nicht kennt: {describe_foreign(find_foreign(zeile))}."
        raise Ablehnung(foreign_characters(text, "Die Zeichen ersetzen."))


def _orphaned(rest: Rest, wer: str) -> Befund:
    text = f"{wer}: „rest“ nennt den Satz „{rest.schluessel}“ ({rest.vorkommen}.), den der Antrag nicht hat."
    return sperre("EDA_REST", text, "Das Element „rest“ streichen oder den Satz ergänzen.")


def find_obstacles(antrag: Mahnantrag, *, getestet: bool = False) -> tuple[Befund, ...]:
    """Return what the EDA records cannot carry, each with the record; empty means it can be written.

    Records of the kind UNERPROBT count as proven once the court has tested a file (`getestet`).
    """
    befunde = [
        unproven(
            f"{was} lässt sich nicht als EDA-Datei schreiben: Satz {satz} ist nicht belegt.",
            "Den Antrag mit dem Eingabeblatt im Portal der Mahngerichte stellen.",
        )
        for was, satz in _unproven(antrag)
    ]
    if not getestet:
        befunde += [
            untested(
                f"{was} kommt in keine EDA-Datei: Die Feldlage von Satz {SATZART_01[satz].kennung} ist nicht amtlich "
                "bestätigt.",
                _TESTEN,
                Schwere.SPERRE,
            )
            for was, satz in _untested(antrag)
        ]
    return tuple(befunde)


def _untested(antrag: Mahnantrag) -> Iterator[tuple[str, str]]:
    if any(forderung.verbraucherdarlehen for forderung in antrag.hauptforderungen):
        yield "Ein Verbraucherdarlehen", "01VKG  00"
    for neben in antrag.nebenforderungen:
        schluessel_neben = _NEBENSAETZE[neben.art][0]
        if schluessel_neben in UNERPROBT:
            yield f"Die Nebenforderung „{SATZART_01[schluessel_neben].bedeutung}“", schluessel_neben


def _unproven(antrag: Mahnantrag) -> Iterator[tuple[str, str]]:
    if antrag.verfahrensart is not Verfahrensart.MAHNVERFAHREN:
        yield f"Das {antrag.verfahrensart.capitalize()}", "C01, Feld SWUM (Art des Verfahrens),"
    if any(gegner.nato_truppenstatut for gegner in antrag.antragsgegner):
        yield "Die Zustellung nach dem NATO-Truppenstatut", "C16A/C16B"
    bezeichnungen = [partei.bezeichnung for partei in antrag.antragsteller]
    bezeichnungen += [partei.bezeichnung for partei in antrag.antragsgegner]
    if any(isinstance(wer, Firma) and wer.rechtsform in AMTSBEZEICHNUNGEN for wer in bezeichnungen):
        yield "Eine Partei kraft Amtes", "C02/C13 (Aufteilung ihres Namens)"
    for forderung in antrag.hauptforderungen:
        if isinstance(forderung.anspruch, Katalogforderung) and forderung.anspruch.zweite_nummer:
            yield "Eine zweite Katalognummer", "BB (Summe der Katalognummern bei zwei Nummern)"
    if antrag.bevollmaechtigter and antrag.bevollmaechtigter.umsatzsteuersatz is not None:
        yield "Ein abweichender Umsatzsteuersatz", "C10, Feld ASPVMWSTS (Nachkommastellen),"


def _saetze(antrag: Mahnantrag) -> Iterator[Satzwerte]:
    """Yield key and values of each record in file order (formal order of the courts' files)."""
    yield "01KS   00", _kennsatz(antrag)
    for antragsteller in antrag.antragsteller:
        yield from _partei("AS", antragsteller)
        yield from _alle_vertreter("ASGV", antragsteller.vertreter)
    if antrag.bevollmaechtigter is not None:
        yield from _bevollmaechtigter(antrag.bevollmaechtigter)
    if bank := antrag.bankverbindung:
        yield (
            "01BANK 00",
            {"BKTOZO": schluessel.KONTOINHABER[bank.inhaber], "BIBAN": bank.iban, "BBIC": bank.bic},
        )
    for gegner in antrag.antragsgegner:
        yield from _partei("AG", gegner)
        if gericht := gegner.streitgericht:
            art = schluessel.GERICHTSART[gericht.art]
            yield "01AG   04", {"PGM": art, "PGPLZ": gericht.plz, "PGO": gericht.ort}
        yield from _alle_vertreter("AGGV", gegner.vertreter)
    for zins in antrag.ausgerechnete_zinsen:
        yield (
            "01ZIAUS00",
            {"AZIVD": zins.von, "AZIBD": zins.bis, "AZIAUBET": zins.betrag, "AZISATZ": zins.satz},
        )
    for forderung in antrag.hauptforderungen:
        yield from _hauptforderung(forderung)
    if auslagen := antrag.auslagen:
        yield (
            "01AUSL 00",
            {
                "VPBET": auslagen.vordruck_porto,
                "MBSKOBET": auslagen.sonstige,
                "MBSKOBG": auslagen.sonstige_grund,
            },
        )
    for neben in sorted(antrag.nebenforderungen, key=lambda neben: list(Nebenforderungsart).index(neben.art)):
        yield _nebenforderung(neben)


def _kennsatz(antrag: Mahnantrag) -> dict[str, Wert]:
    erbracht, unabhaengig = schluessel.GEGENLEISTUNG[antrag.erklaerungen.gegenleistung]
    return {
        "TGZ": antrag.geschaeftszeichen,
        "ASKEZI": antrag.antragsteller_kennziffer,
        "PVKEZI": antrag.bevollmaechtigter.kennziffer if antrag.bevollmaechtigter else "",
        "MGPLZ": antrag.mahngericht.plz,
        "MGO": antrag.mahngericht.ort,
        "MGGNR": antrag.geschaeftsnummer,
        "AGGMM": antrag.erklaerungen.gesamtschuldner,
        "VGLM1": erbracht,
        "VGLM2": unabhaengig,
        "ASTRVM": antrag.erklaerungen.streitverfahren,
    }


def _partei(kuerzel: str, partei: Antragsteller | Antragsgegner) -> Iterator[Satzwerte]:
    anrede, rechtsform, teile = _bezeichnung(partei.bezeichnung)
    teile += ("",) * (4 - len(teile))
    yield (
        f"01{kuerzel:5}01",
        {
            f"{kuerzel}ANR": anrede,
            f"{kuerzel}RF": rechtsform,
            f"{kuerzel}N1": teile[0],
            f"{kuerzel}N2": teile[1],
        },
    )
    if teile[2] or teile[3]:
        yield f"01{kuerzel:5}02", {f"{kuerzel}N3": teile[2], f"{kuerzel}N4": teile[3]}
    yield f"01{kuerzel:5}03", _anschrift(kuerzel, partei.anschrift)


def _bezeichnung(wer: Person | Firma) -> tuple[str, str, tuple[str, ...]]:
    if isinstance(wer, Person):
        return schluessel.ANREDE[wer.anrede], "", (wer.vorname, wer.nachname)
    return schluessel.FIRMENART[wer.art], wer.rechtsform, wer.name


def _anschrift(kuerzel: str, anschrift: Anschrift) -> dict[str, Wert]:
    return {
        f"{kuerzel}SH": anschrift.strasse,
        f"{kuerzel}PLZ": anschrift.plz,
        f"{kuerzel}O": anschrift.ort,
        f"{kuerzel}AL": anschrift.staat,
    }


def _alle_vertreter(kuerzel: str, alle: tuple[Vertreter, ...]) -> Iterator[Satzwerte]:
    for vertreter in alle:
        # The portal writes a representing company into the field of the office and leaves the name blank.
        yield (
            f"01{kuerzel:5}01",
            {f"{kuerzel}FU": vertreter.gesellschaft or vertreter.funktion, f"{kuerzel}N": vertreter.name},
        )
        if vertreter.anschrift:
            yield f"01{kuerzel:5}02", _anschrift(kuerzel, vertreter.anschrift)


def _bevollmaechtigter(wer: Prozessbevollmaechtigter) -> Iterator[Satzwerte]:
    if wer.art is not None:
        yield "01ASPV 01", {"ASPVANR": schluessel.VERTRETUNGSART[wer.art], "ASPVN": wer.bezeichnung}
    if wer.anschrift is not None:
        yield "01ASPV 02", {"ASPVRF": wer.rechtsform, **_anschrift("ASPV", wer.anschrift)}
    if wer.vertreter is not None:
        yield "01ASPV 03", {"ASPVGVFU": wer.vertreter.funktion, "ASPVGVN": wer.vertreter.name}
    yield (
        "01ASPVA00",
        {
            "ASPVGZ": wer.geschaeftszeichen,
            "ASPVAUFD": wer.beauftragt_am,
            "ASPVMBAUSL": wer.auslagen,
            "VV2300MBET": wer.anrechnung,
            "VV2300M": wer.umfangreich,
            "IKUBET": wer.verguetung,
            "VORSTM": not wer.vorsteuerabzug,
            "USTM": wer.umsatzsteuerfrei,
        },
    )


def _hauptforderung(forderung: Hauptforderung) -> Iterator[Satzwerte]:
    anspruch = forderung.anspruch
    if isinstance(anspruch, Katalogforderung):
        yield (
            "01ASPK 00",
            {
                "ASPKAT1": anspruch.nummer,
                "ASPGR": anspruch.grund,
                "ASPRNR": anspruch.kennzeichen,
                "ASPVD": forderung.von,
                "ASPBD": forderung.bis,
                "ASPBET": forderung.betrag,
            },
        )
    else:
        teil_1 = anspruch.begruendung[:BEGRUENDUNG_TEIL_1]
        teil_2 = anspruch.begruendung[BEGRUENDUNG_TEIL_1:]
        werte = {"ASPSOBET": forderung.betrag, "ASPSOVD": forderung.von, "ASPSOBD": forderung.bis}
        yield "01ASPS 01", {**werte, "ASPSOBG1": teil_1}
        if teil_2:
            yield "01ASPS 02", {"ASPSOBG2": teil_2}
    yield from _zusaetze(forderung)


def _zusaetze(forderung: Hauptforderung) -> Iterator[Satzwerte]:
    if lage := forderung.belegenheit:
        werte: dict[str, Wert] = {"ASPZMPLZ": lage.plz, "ASPZMO": lage.ort}
        yield "01ASPZM00", {**werte, "ASPZMAL": lage.staat, "ASPZMSH": lage.strasse}
    if forderung.vertragsart:
        yield "01ASPZV00", {"ASPZV": forderung.vertragsart}
    if abtretung := forderung.abtretung:
        werte = {"ABTD": abtretung.am, "ABTN": abtretung.name, "ABTPLZ": abtretung.plz}
        yield "01ABT  00", {**werte, "ABTO": abtretung.ort, "ABTAL": abtretung.staat}
    for zins in forderung.zinsen:
        yield (
            "01ZINS 00",
            {
                "ZISATZ": zins.satz,
                "ZISAM": schluessel.ZINSART[zins.art],
                "ZIARTM": schluessel.ZINSZEITRAUM[zins.zeitraum],
                "ZIVD": zins.ab,
                "ZIBD": zins.bis,
                "ZIRGBET": zins.betrag,
            },
        )
    if kredit := forderung.verbraucherdarlehen:
        yield "01VKG  00", {"VKGD": kredit.vertrag_am, "VKGZISA": kredit.effektivzins}


def _nebenforderung(neben: Nebenforderung) -> Satzwerte:
    satz, betrag, zins = _NEBENSAETZE[neben.art]
    werte: dict[str, Wert] = {betrag: neben.betrag, **_nebenzins(zins, neben.zins)}
    if neben.art is Nebenforderungsart.ANWALTSVERGUETUNG:
        werte["VV2300STW"] = neben.wert
    if neben.art is Nebenforderungsart.SONSTIGE:
        werte["ANFBG"] = neben.grund
    return satz, werte


def _nebenzins(kuerzel: str, zins: Nebenzins | None) -> dict[str, Wert]:
    if zins is None:
        return {}
    return {
        f"{kuerzel}ZISATZ": zins.satz,
        f"{kuerzel}ZIM": schluessel.ZINSART[zins.art],
        f"{kuerzel}ZIVD": zins.ab,
        f"{kuerzel}ZIBD": zins.bis,
    }
