"""Follow-ups of a case against one debtor: what they say, and why not (§§ 693, 694, 696 ZPO)."""

import dataclasses
from collections.abc import Callable, Mapping

from mahnakte.antrag.aus_fall.entwurf import derive_antrag
from mahnakte.antrag.aus_fall.folgeantrag import file_number, latest_akt
from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.antrag.aus_fall.parteien import derive_antragsgegner
from mahnakte.antrag.eda.folgesachen import Folgesache, Saetze, answer_monierung
from mahnakte.antrag.eda.layout import SATZART_01
from mahnakte.antrag.eda.layout_gericht import D01, D04, G02, H01, I01
from mahnakte.antrag.eda.write import format_antrag
from mahnakte.antrag.modell import Firma
from mahnakte.arten.ereignis import ANTRAG_EINGEREICHT, MB_NICHT_ZUGESTELLT, MB_ZUGESTELLT, WIDERSPRUCH
from mahnakte.fall.partei import Schuldner
from mahnakte.fall.vorgangsdaten.nachtrag import Nachtragsdaten
from mahnakte.grund.befund import Befund, has_sperre
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import effective_vorgaenge

_ZEICHEN = 35
_INHALT = 35


@dataclasses.dataclass(frozen=True, slots=True)
class Folgeart:
    """One kind of follow-up: its name, kind and format of its records, and who makes them."""

    name: str
    belegart: str
    format: str
    derive: Callable[[Sachstand, Schuldner, "_Grundlage", Maengelliste], Saetze]


@dataclasses.dataclass(frozen=True, slots=True)
class _Grundlage:
    nummer: str
    zeichen: str


@dataclasses.dataclass(frozen=True, slots=True)
class Folgeentwurf:
    """What came of it: the follow-up, or None with what is missing; `von_hand` is why it cannot be an EDA file."""

    sache: Folgesache | None
    befunde: tuple[Befund, ...]
    von_hand: tuple[Befund, ...] = ()


def derive_folgesache(art: str, sachstand: Sachstand, schuldner: Schuldner) -> Folgeentwurf:
    """Return a follow-up of one kind (a key of FOLGEARTEN) against a debtor."""
    folgeart = FOLGEARTEN[art]
    liste = Maengelliste(f"den Folgeantrag ({folgeart.name})")
    grundlage = _Grundlage(
        file_number(sachstand, schuldner, liste),
        liste.fit(sachstand.fall.aktenzeichen, _ZEICHEN, "Das Aktenzeichen"),
    )
    saetze = folgeart.derive(sachstand, schuldner, grundlage, liste)
    von_hand = tuple(befund for befund in liste.befunde if befund.code == "FOLGE_VON_HAND")
    befunde = tuple(befund for befund in liste.befunde if befund not in von_hand)
    if has_sperre(befunde):
        return Folgeentwurf(None, befunde)
    sache = Folgesache(
        belegart=folgeart.belegart, format=folgeart.format, geschaeftsnummer=grundlage.nummer, saetze=saetze
    )
    return Folgeentwurf(sache, befunde, von_hand)


def _neuzustellung(
    sachstand: Sachstand, schuldner: Schuldner, grundlage: _Grundlage, liste: Maengelliste
) -> Saetze:
    zustellung = latest_akt(sachstand, schuldner, MB_ZUGESTELLT.wort, MB_NICHT_ZUGESTELLT.wort)
    if zustellung is None or zustellung.art != MB_NICHT_ZUGESTELLT.wort:
        text = "Für die Neuzustellung fehlt die Nachricht, dass der Mahnbescheid nicht zugestellt ist (§ 693 ZPO)."
        _unfit(text, MB_NICHT_ZUGESTELLT.wort, liste)
    gegner = derive_antragsgegner(schuldner, "", liste)
    wo = gegner.anschrift
    rechtsform = gegner.bezeichnung.rechtsform if isinstance(gegner.bezeichnung, Firma) else ""
    return (
        (D01, {"GNR": grundlage.nummer, "ASGZ": grundlage.zeichen}),
        (D04, {"AGRF": rechtsform, "AGSH": wo.strasse, "AGPLZ": wo.plz, "AGO": wo.ort, "AGAL": wo.staat}),
    )


def _abgabe(sachstand: Sachstand, schuldner: Schuldner, grundlage: _Grundlage, liste: Maengelliste) -> Saetze:
    if latest_akt(sachstand, schuldner, WIDERSPRUCH.wort) is None:
        text = "Für die Abgabe fehlt der Widerspruch gegen den Mahnbescheid (§ 696 ZPO)."
        _unfit(text, WIDERSPRUCH.wort, liste)
    return ((I01, {"GNR": grundlage.nummer, "ASGZ": grundlage.zeichen, "EAM": "X"}),)


def _was_filed_as_eda(sachstand: Sachstand) -> bool:
    """Tell whether `eda eingereicht` noted the filing: then it went to the court in a collective file."""
    daten = (vorgang.daten for vorgang in effective_vorgaenge(sachstand))
    return any(isinstance(d, Nachtragsdaten) and (d.schluessel or "").startswith("eda:") for d in daten)


def _withdrawal(merkmal: str) -> Callable[[Sachstand, Schuldner, _Grundlage, Maengelliste], Saetze]:
    def derive(
        sachstand: Sachstand, schuldner: Schuldner, grundlage: _Grundlage, liste: Maengelliste
    ) -> Saetze:
        if latest_akt(sachstand, schuldner, ANTRAG_EINGEREICHT.wort) is None:
            _unfit(
                "Zurückzunehmen ist nichts: Der Mahnantrag ist nicht eingereicht.",
                ANTRAG_EINGEREICHT.wort,
                liste,
            )
        if not _was_filed_as_eda(sachstand):
            _by_hand(
                "Die Rücknahme geht nur von Hand: Ob der Antrag auf Papier oder als Datei gestellt ist, weiß "
                "mahnakte nicht.",
                liste,
            )
        werte = {"TGZ": grundlage.zeichen, "REM": merkmal, "GNRM": "J", "GNR": grundlage.nummer, "MBEGM": "E"}
        return ((H01, werte),)

    return derive


def _by_hand(text: str, liste: Maengelliste) -> None:
    liste.refuse("FOLGE_VON_HAND", text, "Ein Blatt schreiben (--ziel BLATT.pdf) und von Hand senden.")


def _unfit(text: str, ereignis: str, liste: Maengelliste) -> None:
    liste.refuse("FOLGE_UNPASSEND", text, f"Das Ereignis „{ereignis}“ eintragen, wenn es so war.")


FOLGEARTEN: Mapping[str, Folgeart] = {
    "neuzustellung": Folgeart("Neuzustellung des Mahnbescheids", "07", "4100", _neuzustellung),
    "ruecknahme": Folgeart("Rücknahme des Mahnantrags", "25", "4000", _withdrawal("R")),
    "erledigung": Folgeart("Erledigung des Mahnverfahrens", "25", "4000", _withdrawal("E")),
    "abgabe": Folgeart("Abgabe an das Streitgericht", "29", "4000", _abgabe),
}


def answer_from_case(saetze: Saetze, sachstand: Sachstand) -> Folgeentwurf:
    """Return the answer to a Monierung: each field gets what the application would say today."""
    entwurf = derive_antrag(sachstand)
    liste = Maengelliste("die Antwort auf die Monierung")
    if entwurf.antrag is None:
        return Folgeentwurf(None, entwurf.befunde)
    inhalte: dict[str, set[str]] = {}
    for zeile in format_antrag(entwurf.antrag):
        for feld in SATZART_01[zeile[:9]].felder:
            inhalte.setdefault(feld.name, set()).add(
                zeile[feld.von - 1 : feld.von - 1 + feld.laenge].rstrip()
            )
    neue: dict[str, str] = {}
    for satz, werte in saetze:
        if satz is G02:
            name = str(werte.get("FELDN", ""))
            moegliche = inhalte.get(name, set())
            neue[name] = next(iter(moegliche), "")[:_INHALT]
            if len(moegliche) != 1 or len(next(iter(moegliche))) > _INHALT:
                _by_hand(
                    f"Die Antwort zum Feld {name} geht nur von Hand: Der Antrag hat dafür {len(moegliche)} Werte, "
                    "oder der Wert ist länger als das Feld.",
                    liste,
                )
    nummer = str(saetze[0][1].get("GNR1") or "")
    antwort = tuple(answer_monierung(saetze, neue))
    sache = Folgesache(belegart="20", format="4000", geschaeftsnummer=nummer, saetze=antwort)
    return Folgeentwurf(sache, (), tuple(liste.befunde))
