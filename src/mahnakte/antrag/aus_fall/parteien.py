"""Creditor and debtors of a case as parties of the application."""

import re
from collections.abc import Iterator

from mahnakte.ablauf.mahnverfahren import check_schuldner
from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.antrag.auswahl import Anrede, Firmenart, Gerichtsart
from mahnakte.antrag.modell import (
    Anschrift,
    Antragsgegner,
    Antragsteller,
    Firma,
    Person,
    Streitgericht,
    Vertreter,
)
from mahnakte.arten.partei import EINZELFIRMA, PARTEIARTEN, WEG
from mahnakte.fall.partei import Glaeubiger, Partei, Schuldner
from mahnakte.fall.partei import Vertreter as Fallvertreter
from mahnakte.grund.befund import Stelle

_ANREDEN = {"Herr": Anrede.HERR, "Frau": Anrede.FRAU, None: Anrede.UNBEKANNT}
_FIRMENARTEN = {EINZELFIRMA.wort: Firmenart.EINZELFIRMA, WEG.wort: Firmenart.WEG}
_NAMENSTEILE = 4
_BREITE = 35
_ORT = 27
_GERICHTSORT = 30
_CO_KG = re.compile(r"&\s*Co\.?\s*KG", re.IGNORECASE)


def derive_antragsteller(glaeubiger: Glaeubiger, liste: Maengelliste) -> Antragsteller:
    """Return the creditor as applicant."""
    wer = f"Gläubiger „{glaeubiger.voller_name}“"
    return Antragsteller(
        _bezeichnung(glaeubiger, wer, "glaeubiger", liste),
        _anschrift(glaeubiger, wer, liste),
        tuple(_vertreter(glaeubiger, wer, "glaeubiger", liste)),
    )


def derive_antragsgegner(schuldner: Schuldner, gerichtsart: str, liste: Maengelliste) -> Antragsgegner:
    """Return a debtor as opponent; `gerichtsart` is proposed where no court for the dispute is stated."""
    wer = f"Schuldner „{schuldner.kennung}“"
    if befund := check_schuldner(schuldner):
        liste.refuse(befund.code, f"{wer}: {befund.text}", befund.abhilfe, schuldner.stelle)
    return Antragsgegner(
        _bezeichnung(schuldner, wer, f"schuldner, {schuldner.kennung}", liste),
        _anschrift(schuldner, wer, liste),
        _streitgericht(schuldner, wer, gerichtsart, liste),
        tuple(_vertreter(schuldner, wer, f"schuldner, {schuldner.kennung}", liste)),
    )


def _bezeichnung(partei: Partei, wer: str, wo: str, liste: Maengelliste) -> Person | Firma:
    stelle = partei.stelle
    if not PARTEIARTEN[partei.art].firma:
        if not partei.vorname:
            liste.missing(
                f"{wer}: der Vorname",
                "§ 690 Abs. 1 Nr. 1 ZPO",
                f"vorname:   # bei {wo}",
                stelle,
            )
        return Person(
            _ANREDEN[partei.anrede],
            liste.fit(partei.vorname or "", _BREITE, f"{wer}: der Vorname", stelle),
            liste.fit(partei.name, _BREITE, f"{wer}: der Name", stelle),
        )
    name = liste.fit_name(partei.name, _NAMENSTEILE, _BREITE, f"{wer}: der Name", stelle)
    if partei.art in _FIRMENARTEN:
        return Firma(_FIRMENARTEN[partei.art], name=name)
    if not partei.rechtsform:
        liste.missing(f"{wer}: die Rechtsform", "EDA C02, C13", f"rechtsform:   # bei {wo}", stelle)
    return Firma(Firmenart.SONSTIGE, _rechtsform(partei.rechtsform or "", wer, stelle, liste), name)


def _rechtsform(rechtsform: str, wer: str, stelle: Stelle, liste: Maengelliste) -> str:
    """Spell the legal form as the courts' portal does: no dot behind „Co“."""
    return liste.fit(_CO_KG.sub("& Co KG", rechtsform), _BREITE, f"{wer}: die Rechtsform", stelle)


def _anschrift(partei: Partei | Fallvertreter, wer: str, liste: Maengelliste) -> Anschrift:
    for zusatz in partei.zusatz if isinstance(partei, Partei) else ():
        liste.warn(
            "ANTRAG_ZUSATZ",
            f"{wer}: Für „{zusatz}“ hat der Antrag kein Feld; zugestellt wird unter Straße, Postleitzahl und Ort.",
            "Prüfen, ob der Brief des Gerichts auch ohne diese Zeile ankommt.",
            partei.stelle,
        )
    return Anschrift(
        liste.fit(partei.strasse or "", _BREITE, f"{wer}: die Straße", partei.stelle),
        partei.plz or "",
        liste.fit(partei.ort or "", _ORT, f"{wer}: der Ort", partei.stelle),
    )


def _streitgericht(
    schuldner: Schuldner, wer: str, gerichtsart: str, liste: Maengelliste
) -> Streitgericht | None:
    gericht = schuldner.streitgericht
    if gericht is None:
        liste.missing(
            f"{wer}: das Gericht für einen Rechtsstreit", "§ 690 Abs. 1 Nr. 5 ZPO",
            f"""
            streitgericht:        # bei schuldner, {schuldner.kennung}
              art: {gerichtsart}    # nach Gegenstand und Streitwert; Postleitzahl der Hausanschrift
              plz:
              ort:
            """,
            schuldner.stelle,
        )  # fmt: skip
        return None
    ort = liste.fit(gericht.ort, _GERICHTSORT, f"{wer}: der Ort des Streitgerichts", gericht.stelle)
    return Streitgericht(Gerichtsart(gericht.art), gericht.plz, ort)


def _vertreter(partei: Partei, wer: str, wo: str, liste: Maengelliste) -> Iterator[Vertreter]:
    if PARTEIARTEN[partei.art].vertreten and not partei.vertreter:
        liste.missing(
            f"{wer}: der gesetzliche Vertreter", "§ 690 Abs. 1 Nr. 1 ZPO",
            f"""
            vertreter:            # bei {wo}
              - funktion: Geschäftsführer
                name:
            """,
            partei.stelle,
        )  # fmt: skip
    for vertreter in partei.vertreter:
        yield from _chain(vertreter, wer, liste)


def _chain(vertreter: Fallvertreter, wer: str, liste: Maengelliste) -> Iterator[Vertreter]:
    """Yield a representative; for a company first itself, then its officer (GmbH & Co. KG)."""
    voll = vertreter.strasse and vertreter.plz and vertreter.ort
    wo = _anschrift(vertreter, f"{wer}: Vertreter", liste) if voll else None
    name = liste.fit(vertreter.name, _BREITE, f"{wer}: der Name des Vertreters", vertreter.stelle)
    if vertreter.vertreter or vertreter.rechtsform:
        yield Vertreter(gesellschaft=name)
        for organ in vertreter.vertreter:
            yield from _chain(organ, wer, liste)
    else:
        funktion = liste.fit(vertreter.funktion, _BREITE, f"{wer}: die Funktion", vertreter.stelle)
        yield Vertreter(funktion=funktion, name=name, anschrift=wo)
