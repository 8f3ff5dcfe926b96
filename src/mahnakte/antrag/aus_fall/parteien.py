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
from mahnakte.arten.partei import AEMTER, AMTSPARTEI, EINZELFIRMA, PARTEIARTEN, WEG
from mahnakte.fall.partei import Glaeubiger, Partei, Schuldner, with_rechtsform
from mahnakte.fall.partei import Vertreter as Fallvertreter
from mahnakte.grund.befund import Stelle
from mahnakte.grund.text import fold
from mahnakte.recht.staaten import find_staat

_ANREDEN = {"Herr": Anrede.HERR, "Frau": Anrede.FRAU, None: Anrede.UNBEKANNT}
_FIRMENARTEN = {EINZELFIRMA.wort: Firmenart.EINZELFIRMA, WEG.wort: Firmenart.WEG}
_NAMENSTEILE = 4
_BREITE = 35
_ORT = 27
_GERICHTSORT = 30
_PLZ_BEIM_ORT = "00000"  # online-mahnantrag.de, help on opponents abroad
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
    if schuldner.art == AMTSPARTEI.wort:
        liste.warn(
            "ANTRAG_AMTSPARTEI",
            f"{wer}: Gegen den {schuldner.voller_name} ist ein Mahnbescheid nur wegen Forderungen möglich, für die "
            "er mit dem verwalteten Vermögen haftet; Insolvenzforderungen gehören zur Tabelle (§§ 53, 87 InsO).",
            "Prüfen, ob es eine Masseverbindlichkeit oder eine Schuld der Verwaltung ist.",
            schuldner.stelle,
        )
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
        _refuse_office_in_name(partei, wer, wo, liste)
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
    if partei.art == AMTSPARTEI.wort:
        return _amtspartei(partei, wer, wo, liste)
    name = liste.fit_name(partei.name, _NAMENSTEILE, _BREITE, f"{wer}: der Name", stelle)
    if partei.art in _FIRMENARTEN:
        return Firma(_FIRMENARTEN[partei.art], name=name)
    if not partei.rechtsform:
        liste.missing(f"{wer}: die Rechtsform", "EDA C02, C13", f"rechtsform:   # bei {wo}", stelle)
    return Firma(Firmenart.SONSTIGE, _rechtsform(partei.rechtsform or "", wer, stelle, liste), name)


def _refuse_office_in_name(partei: Partei, wer: str, wo: str, liste: Maengelliste) -> None:
    """Who is sued by virtue of an office is another party than himself: the name alone does not say it."""
    amt = next((amt for amt in AEMTER.values() if fold(amt.name) in fold(partei.name).split("_")), None)
    if amt is None:
        return
    liste.missing(
        f"{wer}: das Amt „{amt.name}“ gehört nicht in den Namen", "§ 690 Abs. 1 Nr. 1 ZPO",
        f"""
        art: amtspartei    # bei {wo}
        name:              # nur der Familienname
        amt: {amt.wort}
        vermoegen: über das Vermögen der …
        """,
        partei.stelle,
    )  # fmt: skip


def _amtspartei(partei: Partei, wer: str, wo: str, liste: Maengelliste) -> Firma:
    """Name who holds the office and for which assets; the office stands where others have their legal form."""
    if partei.amt is None or not partei.vermoegen:
        liste.missing(
            f"{wer}: das Amt und wofür es besteht", "§ 690 Abs. 1 Nr. 1 ZPO",
            f"""
            amt: insolvenzverwalter    # bei {wo}
            vermoegen: über das Vermögen der …
            """,
            partei.stelle,
        )  # fmt: skip
        return Firma(Firmenart.SONSTIGE)
    voll = " ".join(filter(None, (partei.vorname, partei.name, partei.vermoegen)))
    name = liste.fit_name(voll, _NAMENSTEILE, _BREITE, f"{wer}: der Name", partei.stelle)
    return Firma(Firmenart.SONSTIGE, AEMTER[partei.amt].rechtsform, name)


def _rechtsform(rechtsform: str, wer: str, stelle: Stelle, liste: Maengelliste) -> str:
    """Spell the legal form as the courts' portal does: no dot behind „Co“."""
    return liste.fit(_CO_KG.sub("& Co KG", rechtsform), _BREITE, f"{wer}: die Rechtsform", stelle)


def _anschrift(partei: Partei, wer: str, liste: Maengelliste) -> Anschrift:
    for zusatz in partei.zusatz:
        liste.warn(
            "ANTRAG_ZUSATZ",
            f"{wer}: Für „{zusatz}“ hat der Antrag kein Feld; zugestellt wird unter Straße, Postleitzahl und Ort.",
            "Prüfen, ob der Brief des Gerichts auch ohne diese Zeile ankommt.",
            partei.stelle,
        )
    kennzeichen = _kennzeichen(partei, partei.staat, wer, liste)
    return _place(partei.strasse, partei.plz, partei.ort, kennzeichen, wer, partei.stelle, liste)


def _place(
    strasse: str, plz: str, ort: str, kennzeichen: str, wer: str, stelle: Stelle, liste: Maengelliste
) -> Anschrift:
    """Abroad a postcode that is no number of up to five digits stands with the place, and 00000 in its own field."""
    if kennzeichen and not re.fullmatch(r"[0-9]{1,5}", plz):
        plz, ort = _PLZ_BEIM_ORT, f"{plz} {ort}"
    return Anschrift(
        liste.fit(strasse, _BREITE, f"{wer}: die Straße", stelle),
        plz,
        liste.fit(ort, _ORT, f"{wer}: der Ort", stelle),
        kennzeichen,
    )


def _kennzeichen(partei: Partei, iso: str, wer: str, liste: Maengelliste) -> str:
    """Return the courts' mark of a state abroad, empty in Germany; never the ISO code, often another's mark."""
    if iso == "DE":
        return ""
    if partei.auslandskennzeichen:
        return partei.auslandskennzeichen.upper()
    staat = find_staat(iso)
    if staat is not None and staat.belegt:
        return staat.kennzeichen
    vorschlag = f", wohl „{staat.kennzeichen}“ ({staat.name})" if staat else ""
    liste.missing(
        f"{wer}: das Kennzeichen für den Staat {iso} (das Programm hat es nicht belegt{vorschlag})",
        "mahngerichte.de, Verzeichnis der Auslandskennzeichen",
        f"auslandskennzeichen: {staat.kennzeichen if staat else ''}    # aus dem Verzeichnis, nicht der ISO-Code",
        partei.stelle,
    )
    return ""


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
    _ask_other_parent(partei, wer, liste)
    for vertreter in partei.vertreter:
        yield from _chain(vertreter, partei, wer, liste)


def _ask_other_parent(partei: Partei, wer: str, liste: Maengelliste) -> None:
    """Parents represent a child jointly (§ 1629 (1) BGB); one alone only by sole custody."""
    eltern = {fold(vertreter.funktion) for vertreter in partei.vertreter} & {"mutter", "vater"}
    if len(eltern) == 1:
        liste.warn(
            "ANTRAG_ELTERNTEIL_ALLEIN",
            f"{wer}: Genannt ist nur ein Elternteil; Eltern vertreten ihr Kind gemeinsam (§ 1629 Abs. 1 BGB).",
            "Den anderen Elternteil mit Anschrift ergänzen; bei Alleinsorge ist nichts zu tun.",
            partei.stelle,
        )


def _chain(vertreter: Fallvertreter, partei: Partei, wer: str, liste: Maengelliste) -> Iterator[Vertreter]:
    """Yield a representative; for a company first itself, then its officer (GmbH & Co. KG, WEG)."""
    wo = _vertreteranschrift(vertreter, partei, f"{wer}: Vertreter", liste)
    voll = with_rechtsform(vertreter.name, vertreter.rechtsform) if vertreter.rechtsform else vertreter.name
    name = liste.fit(voll, _BREITE, f"{wer}: der Name des Vertreters", vertreter.stelle)
    if vertreter.vertreter or vertreter.rechtsform:
        yield Vertreter(gesellschaft=name, anschrift=wo)
        for organ in vertreter.vertreter:
            yield from _chain(organ, partei, wer, liste)
    else:
        funktion = liste.fit(vertreter.funktion, _BREITE, f"{wer}: die Funktion", vertreter.stelle)
        yield Vertreter(funktion=funktion, name=name, anschrift=wo)


def _vertreteranschrift(
    vertreter: Fallvertreter, partei: Partei, wer: str, liste: Maengelliste
) -> Anschrift | None:
    if not (vertreter.strasse and vertreter.plz and vertreter.ort):
        return None
    kennzeichen = _kennzeichen(partei, vertreter.staat or partei.staat, wer, liste)
    stelle = vertreter.stelle
    return _place(vertreter.strasse, vertreter.plz, vertreter.ort, kennzeichen, wer, stelle, liste)
