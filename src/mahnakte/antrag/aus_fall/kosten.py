"""Ancillary claims of the application, from the open costs of the account."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.antrag.auswahl import Nebenforderungsart
from mahnakte.antrag.modell import Nebenforderung
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.konto.modell import Konto, Kontokosten

_BREITE = 35
ARTEN = {
    "mahnkosten": Nebenforderungsart.MAHNKOSTEN,
    "auskunft": Nebenforderungsart.AUSKUENFTE,
    "ruecklastschrift": Nebenforderungsart.BANKRUECKLAST,
    "inkasso": Nebenforderungsart.INKASSO,
    "rvg-2300": Nebenforderungsart.ANWALTSVERGUETUNG,
    "verzugspauschale": Nebenforderungsart.SONSTIGE,
    "sonstige": Nebenforderungsart.SONSTIGE,
}
# Damages for default: owed only by a debtor who is in default (§§ 280 (2), 286, 288 (5) BGB).
_NUR_BEI_VERZUG = frozenset({"mahnkosten", "inkasso", "rvg-2300", "verzugspauschale"})
_PAUSCHALE = "Verzugspauschale § 288 Abs. 5 BGB"


def derive_nebenforderungen(konto: Konto, liste: Maengelliste) -> tuple[Nebenforderung, ...]:
    """Return one ancillary claim for each kind of open costs, in the order of the court's records."""
    posten = [
        posten for posten in konto.kostenposten if posten.rechnung is None and posten.haupt.offen > NULL
    ]
    lawful = [einer for einer in posten if _may_be_claimed(einer, konto, liste)]
    gruppen = (
        (art, [einer for einer in lawful if ARTEN.get(einer.art) is art]) for art in Nebenforderungsart
    )
    return tuple(_gather(art, gruppe, liste) for art, gruppe in gruppen if gruppe)


def _may_be_claimed(posten: Kontokosten, konto: Konto, liste: Maengelliste) -> bool:
    was = f"{posten.name}: {format_euro(posten.haupt.offen)}"
    if posten.art not in ARTEN:
        liste.tell("ANTRAG_KOSTEN_AUSSEN", f"{was} gehören nicht in den Mahnantrag.",
                   "Gerichtskosten berechnet das Gericht; Vollstreckungskosten folgen dem Titel.")  # fmt: skip
        return False
    if posten.art in _NUR_BEI_VERZUG and not _in_default(konto, konto.stichtag):
        liste.warn("ANTRAG_KOSTEN_OHNE_VERZUG", f"{was} werden nicht verlangt: Verzug ist nicht belegt (§ 286 BGB).",
                   "Den Zugang der Mahnung eintragen oder die Kosten aus fall.yaml streichen.")  # fmt: skip
        return False
    if posten.zinsen.offen > NULL:
        liste.warn("ANTRAG_NEBENZINS", f"{was}: die Zinsen darauf stehen nicht im Antrag.",
                   "Bei Bedarf im Portal ergänzen.")  # fmt: skip
    return True


def _in_default(konto: Konto, stichtag: dt.date) -> bool:
    return any(f.verzug_ab is not None and f.verzug_ab <= stichtag for f in konto.forderungen if not f.titel)


def _gather(art: Nebenforderungsart, gruppe: list[Kontokosten], liste: Maengelliste) -> Nebenforderung:
    summe: Decimal = sum((posten.haupt.offen for posten in gruppe), NULL)
    if art is not Nebenforderungsart.SONSTIGE:
        return Nebenforderung(art, summe)
    gruende = ", ".join(dict.fromkeys(_reasons(gruppe, liste)))
    return Nebenforderung(art, summe, grund=liste.fit(gruende, _BREITE, "Die Begründung der Nebenforderung"))


def _reasons(gruppe: list[Kontokosten], liste: Maengelliste) -> Iterator[str]:
    for posten in gruppe:
        if posten.art == "verzugspauschale":
            yield _PAUSCHALE
        elif posten.bezeichnung:
            yield posten.bezeichnung
        else:
            zeilen = "kosten:\n  - art: sonstige\n    grund:    # höchstens 35 Zeichen"
            liste.missing(f"die Begründung zu {posten.name}", "§ 690 Abs. 1 Nr. 3 ZPO", zeilen)
