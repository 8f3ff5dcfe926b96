"""Rules on outlays and ancillary claims."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from mahnakte.antrag.auswahl import Nebenforderungsart, Vertretungsart
from mahnakte.antrag.modell import Mahnantrag
from mahnakte.antrag.regeln.gericht import streitwert
from mahnakte.antrag.regeln.register import Pruefrahmen, regel
from mahnakte.antrag.regeln.vertretung import find_neben
from mahnakte.grund.befund import Schwere
from mahnakte.grund.betrag import format_euro
from mahnakte.recht.gebuehren import Inkassofall, compute_angelegenheit, geschaeftsgebuehr

_KLEIN = Decimal("99999.99")  # seven digits in the record
_KLEINE_FELDER = frozenset(
    {Nebenforderungsart.MAHNKOSTEN, Nebenforderungsart.AUSKUENFTE, Nebenforderungsart.BANKRUECKLAST}
)
_GERICHTSKOSTEN = re.compile(r"gerichts(?:kosten|geb)|mahnbescheid|nr\.?\s*(?:3305|1100)", re.IGNORECASE)


@regel("NEBENFORDERUNG_DOPPELT", "Dieselbe Art Nebenforderung zweimal", "EDA C29 bis C34: je Art ein Satz",
       "Zu einem Betrag zusammenfassen.")  # fmt: skip
def _doppelt(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for art, zahl in Counter(neben.art for neben in antrag.nebenforderungen).items():
        if zahl > 1:
            yield f"Die Nebenforderung „{art}“ steht {zahl}-mal im Antrag, Platz ist für eine"


@regel(
    "NEBENFORDERUNG_NULL",
    "Nebenforderung über null Euro",
    "§ 690 Abs. 1 Nr. 3 ZPO",
    "Die Nebenforderung streichen.",
)
def _null(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for neben in antrag.nebenforderungen:
        if not neben.betrag:
            yield f"Die Nebenforderung „{neben.art}“ lautet auf null Euro"


@regel("NEBENFORDERUNG_GRUND_FEHLT", "Andere Nebenforderung ohne Begründung", "EDA C34: ANFBG",
       "Die Nebenforderung in höchstens 35 Zeichen begründen.")  # fmt: skip
def _grund(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for neben in antrag.nebenforderungen:
        if neben.art is Nebenforderungsart.SONSTIGE and not neben.grund:
            yield f"Die andere Nebenforderung über {format_euro(neben.betrag)} ist nicht begründet"


@regel("NEBENFORDERUNG_GRUND_UEBERZAEHLIG", "Begründung, für die es kein Feld gibt", "EDA C29 bis C33",
       "Die Begründung streichen.")  # fmt: skip
def _grund_zu_viel(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for neben in antrag.nebenforderungen:
        if neben.grund and neben.art is not Nebenforderungsart.SONSTIGE:
            yield f"Zur Nebenforderung „{neben.art}“ nimmt das Gericht keine Begründung an"


@regel("GEGENSTANDSWERT_UEBERZAEHLIG", "Gegenstandswert bei einer anderen Nebenforderung", "EDA C33: VV2300STW",
       "Den Gegenstandswert streichen.")  # fmt: skip
def _wert(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for neben in antrag.nebenforderungen:
        if neben.wert is not None and neben.art is not Nebenforderungsart.ANWALTSVERGUETUNG:
            yield f"Zur Nebenforderung „{neben.art}“ gehört kein Gegenstandswert"


@regel("NEBENFORDERUNG_STELLEN", "Betrag länger als das Feld", "EDA C29 bis C31: sieben Stellen",
       "Den Betrag prüfen.")  # fmt: skip
def _stellen(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for neben in antrag.nebenforderungen:
        if neben.art in _KLEINE_FELDER and neben.betrag > _KLEIN:
            yield f"Die Nebenforderung „{neben.art}“ über {format_euro(neben.betrag)} passt nicht in das Feld"


@regel("GERICHTSKOSTEN_VERLANGT", "Kosten, die das Gericht selbst berechnet", "§ 692 Abs. 1 Nr. 3 ZPO; KV 1100 GKG",
       "Die Position streichen; das Gericht setzt diese Kosten selbst ein.")  # fmt: skip
def _gerichtskosten(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    texte = [neben.grund for neben in antrag.nebenforderungen]
    if antrag.auslagen:
        texte.append(antrag.auslagen.sonstige_grund)
    for text in texte:
        if _GERICHTSKOSTEN.search(text):
            yield f"„{text}“ gehört zu den Kosten, die das Gericht selbst berechnet"


@regel("INKASSO_UND_ANWALT", "Inkassokosten neben Anwaltsvergütung", "§ 13f RDG",
       "Zusammen höchstens die Kosten eines Anwalts verlangen, außer bei erst später bestrittener Forderung.",
       Schwere.WARNUNG)  # fmt: skip
def _inkasso_und_anwalt(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    inkasso = find_neben(antrag, Nebenforderungsart.INKASSO)
    anwalt = find_neben(antrag, Nebenforderungsart.ANWALTSVERGUETUNG)
    if inkasso and anwalt:
        yield (
            f"Neben {format_euro(inkasso.betrag)} Inkassokosten werden {format_euro(anwalt.betrag)} "
            "Anwaltsvergütung verlangt"
        )


def _highest_fee(wert: Decimal, antrag: Mahnantrag, rahmen: Pruefrahmen) -> Decimal:
    """Return the most that Nr. 2300 gives without extensive or difficult work, with Nr. 7002 and VAT."""
    wer = antrag.bevollmaechtigter
    am = (wer.beauftragt_am if wer else None) or rahmen.stichtag
    vorsteuer = wer.vorsteuerabzug if wer else False
    return compute_angelegenheit(
        rahmen.recht, [geschaeftsgebuehr(rahmen.recht, wert, am, Inkassofall.BESTRITTEN)], vorsteuer
    ).summe


@regel("VERGUETUNG_ZU_HOCH", "Anwaltsvergütung über 1,3 ohne besonderen Umfang", "Anm. Abs. 1, 2 zu Nr. 2300 VV RVG",
       "Die Vergütung kürzen oder angeben, dass die Tätigkeit umfangreich oder schwierig war; Vorsteuer beachten.",
       Schwere.WARNUNG)  # fmt: skip
def _verguetung(antrag: Mahnantrag, rahmen: Pruefrahmen) -> Iterator[str]:
    neben = find_neben(antrag, Nebenforderungsart.ANWALTSVERGUETUNG)
    if neben is None or (antrag.bevollmaechtigter and antrag.bevollmaechtigter.umfangreich):
        return
    grenze = _highest_fee(neben.wert or streitwert(antrag), antrag, rahmen)
    if neben.betrag > grenze:
        yield (
            f"Verlangt sind {format_euro(neben.betrag)} nach Nr. 2300 VV RVG, eine 1,3-Gebühr ergibt "
            f"{format_euro(grenze)}"
        )


@regel("INKASSO_ZU_HOCH", "Inkassokosten über der Vergütung eines Anwalts", "§ 13e RDG",
       "Die Inkassokosten auf die Vergütung eines Anwalts kürzen.", Schwere.WARNUNG)  # fmt: skip
def _inkasso(antrag: Mahnantrag, rahmen: Pruefrahmen) -> Iterator[str]:
    neben = find_neben(antrag, Nebenforderungsart.INKASSO)
    if neben is None:
        return
    grenze = _highest_fee(streitwert(antrag), antrag, rahmen)
    if neben.betrag > grenze:
        yield (
            f"Verlangt sind {format_euro(neben.betrag)} Inkassokosten, ein Anwalt bekäme höchstens "
            f"{format_euro(grenze)}"
        )


@regel("INKASSO_VERGUETUNG_OFFEN", "Inkassodienstleister ohne Angabe seiner Vergütung", "EDA C10: IKUBET",
       "Unter „antrag: verguetung“ den Betrag angeben; leer bedeutet die gesetzliche Gebühr.",
       Schwere.HINWEIS)  # fmt: skip
def _inkasso_offen(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    wer = antrag.bevollmaechtigter
    if wer and wer.art is Vertretungsart.INKASSODIENSTLEISTER and wer.verguetung is None:
        yield f"„{wer.bezeichnung}“ verlangt für das Mahnverfahren die gesetzliche Gebühr"


@regel("AUSLAGEN_LEER", "Auslagen ohne Betrag", "EDA C28", "Den Betrag angeben oder die Auslagen streichen.")
def _auslagen_leer(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    auslagen = antrag.auslagen
    if auslagen and not auslagen.vordruck_porto and not auslagen.sonstige:
        yield "Die Auslagen nennen keinen Betrag"


@regel("AUSLAGEN_GRUND_FEHLT", "Sonstige Auslagen ohne Begründung", "EDA C28: MBSKOBG",
       "Die Auslagen in höchstens 35 Zeichen begründen.")  # fmt: skip
def _auslagen_grund(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    auslagen = antrag.auslagen
    if auslagen and auslagen.sonstige and not auslagen.sonstige_grund:
        yield f"Die sonstigen Auslagen von {format_euro(auslagen.sonstige)} sind nicht begründet"


@regel("AUSLAGEN_BETRAG_FEHLT", "Begründung sonstiger Auslagen ohne Betrag", "EDA C28: MBSKOBET",
       "Den Betrag ergänzen oder die Begründung streichen.")  # fmt: skip
def _auslagen_betrag(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    auslagen = antrag.auslagen
    if auslagen and auslagen.sonstige_grund and not auslagen.sonstige:
        yield f"Zu den sonstigen Auslagen „{auslagen.sonstige_grund}“ fehlt der Betrag"
