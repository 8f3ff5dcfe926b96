"""From the case to the application for the Vollstreckungsbescheid, per debtor (§§ 699, 701 ZPO)."""

import dataclasses
import datetime as dt

from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.antrag.eda.folgeantrag import Vollstreckungsbescheidsantrag, Zahlung
from mahnakte.arten.ereignis import (
    ANTRAG_EINGEREICHT,
    EREIGNISARTEN,
    INSOLVENZ,
    MB_ERLASSEN,
    MB_NICHT_ZUGESTELLT,
    MB_ZUGESTELLT,
    VERFAHRENSAKTE,
    WIDERSPRUCH,
    Abschnitt,
)
from mahnakte.arten.vorgang import ANTRAG
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis
from mahnakte.fall.partei import Schuldner
from mahnakte.fall.verlauf import effective_vorgaenge, ereignisse_bis
from mahnakte.grund.befund import Befund, has_sperre
from mahnakte.grund.datum import format_datum
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.verfahren import compute_verfahrensfrist
from mahnakte.uhren.gerichtsland import find_gerichtsland

_ZEICHEN = 30
_ZIFFERN = 11

NEUZUSTELLUNG = (
    "Die neue Anschrift ermitteln und die Neuzustellung mit dem Vordruck, den das Gericht mit der Nachricht schickt, "
    "oder unter den Folgeanträgen im Portal der Mahngerichte beantragen."
)


@dataclasses.dataclass(frozen=True, slots=True)
class Folgeantrag:
    """What came of one debtor: the application, or None with what is missing or forbids it.

    `zustellung` is the service of the Mahnbescheid on which the periods rest.
    """

    schuldner: str
    antrag: Vollstreckungsbescheidsantrag | None
    befunde: tuple[Befund, ...]
    zustellung: Ereignis | None = None


def derive_folgeantraege(fall: Fall, stichtag: dt.date) -> tuple[Folgeantrag, ...]:
    """Return for each debtor the application for the Vollstreckungsbescheid as of the Stichtag."""
    return tuple(_derive(fall, schuldner, stichtag) for schuldner in fall.schuldner)


def _derive(fall: Fall, schuldner: Schuldner, stichtag: dt.date) -> Folgeantrag:
    liste = Maengelliste("den Antrag auf den Vollstreckungsbescheid")
    zustellung = _latest(fall, schuldner, stichtag, MB_ZUGESTELLT.wort, MB_NICHT_ZUGESTELLT.wort)
    if zustellung is not None and zustellung.art == MB_NICHT_ZUGESTELLT.wort:
        liste.refuse(
            "NEUZUSTELLUNG_NOETIG",
            f"Der Mahnbescheid ist „{schuldner.kennung}“ nicht zugestellt ({format_datum(zustellung.am)}). "
            "Der Antrag auf Neuzustellung ist als EDA-Datei nicht belegt (Satzart 07, NEMB).",
            NEUZUSTELLUNG,
            zustellung.stelle,
        )
        return Folgeantrag(schuldner.kennung, None, tuple(liste.befunde))
    if zustellung is None:
        liste.missing(
            f"die Zustellung des Mahnbescheids an „{schuldner.kennung}“", "§ 699 Abs. 1 ZPO",
            f"""
            ereignisse:
              - am:                    # Tag der Zustellung
                art: mb_zugestellt
                schuldner: {schuldner.kennung}
                geschaeftszeichen:     # Geschäftsnummer des Mahngerichts, elf Ziffern
            """,
        )  # fmt: skip
        return Folgeantrag(schuldner.kennung, None, tuple(liste.befunde))
    _check_period(
        fall.recht, zustellung, stichtag, find_gerichtsland(fall, stichtag, zustellung.gericht).land, liste
    )
    _check_events(fall, schuldner, zustellung, stichtag, liste)
    nummer = _file_number(fall, schuldner, stichtag, liste)
    ab = _counted_up_to(fall, schuldner, stichtag, liste)
    zeichen = liste.fit(fall.aktenzeichen, _ZEICHEN, "Das Aktenzeichen")
    if has_sperre(liste.befunde):
        return Folgeantrag(schuldner.kennung, None, tuple(liste.befunde))
    antrag = Vollstreckungsbescheidsantrag(
        geschaeftsnummer=nummer,
        geschaeftszeichen=zeichen,
        antrag_am=stichtag,
        zahlungen=_payments(fall, ab, stichtag),
    )
    return Folgeantrag(schuldner.kennung, antrag, tuple(liste.befunde), zustellung)


def _latest(fall: Fall, schuldner: Schuldner, stichtag: dt.date, *arten: str) -> Ereignis | None:
    alle = ereignisse_bis(fall, stichtag, *arten)
    eigene = [ereignis for ereignis in alle if ereignis.schuldner in (None, schuldner.kennung)]
    return eigene[-1] if eigene else None


def _check_period(
    recht: Rechtsstand, zustellung: Ereignis, stichtag: dt.date, land: str | None, liste: Maengelliste
) -> None:
    """Not before the two weeks for the objection are over, not after six months (§§ 699 (1), 701 ZPO)."""
    widerspruch = compute_verfahrensfrist(recht, "widerspruch", zustellung.am, land).ende.ende
    wirkung = compute_verfahrensfrist(recht, "mahnbescheid_wirkung", zustellung.am, land).ende.ende
    zugestellt = f"Der Mahnbescheid ist am {format_datum(zustellung.am)} zugestellt"
    if stichtag <= widerspruch:
        text = (
            f"{zugestellt}; die Widerspruchsfrist läuft bis {format_datum(widerspruch)} (§ 699 Abs. 1 ZPO)."
        )
        liste.refuse("VB_ZU_FRUEH", text, "Den Antrag erst danach stellen.", zustellung.stelle)
    if stichtag > wirkung:
        text = f"{zugestellt}; seine Wirkung ist am {format_datum(wirkung)} entfallen (§ 701 ZPO)."
        liste.refuse("VB_ZU_SPAET", text, "Einen neuen Mahnantrag stellen oder klagen.", zustellung.stelle)


def _check_events(
    fall: Fall, schuldner: Schuldner, zustellung: Ereignis, stichtag: dt.date, liste: Maengelliste
) -> None:
    insolvenz = _latest(fall, schuldner, stichtag, INSOLVENZ.wort)
    if insolvenz:
        text = f"Insolvenz seit {format_datum(insolvenz.am)} (§§ 87, 89 InsO)."
        liste.refuse("VB_INSOLVENZ", text, "Die Forderung beim Verwalter anmelden.", insolvenz.stelle)
    for akt in ereignisse_bis(fall, stichtag, *VERFAHRENSAKTE):
        art = EREIGNISARTEN[akt.art]
        if akt.schuldner not in (None, schuldner.kennung) or akt.am < zustellung.am:
            continue
        text = f"„{art.name}“ steht schon am {format_datum(akt.am)} im Fall."
        if art.abschnitt is Abschnitt.VOLLSTRECKUNGSBESCHEID:
            liste.refuse("VB_SCHON_BEANTRAGT", text, "Keinen zweiten Antrag stellen.", akt.stelle)
            break
        if art.abschnitt is Abschnitt.STREIT:
            liste.refuse(
                "VB_STREITVERFAHREN", text, "Vor dem Streitgericht weitermachen (§ 696 ZPO).", akt.stelle
            )
            break
    widerspruch = _latest(fall, schuldner, stichtag, WIDERSPRUCH.wort)
    if widerspruch and widerspruch.umfang == "teil":
        text = f"Teilwiderspruch vom {format_datum(widerspruch.am)}: tituliert werden kann nur der Rest (§ 694 ZPO)."
        liste.warn(
            "VB_TEILWIDERSPRUCH",
            text,
            "Den Betrag mit der Nachricht des Gerichts vergleichen.",
            widerspruch.stelle,
        )
    elif widerspruch:
        text = (
            f"Gegen den Mahnbescheid ist am {format_datum(widerspruch.am)} Widerspruch erhoben (§ 694 ZPO)."
        )
        liste.refuse(
            "VB_WIDERSPRUCH", text, "Die Abgabe an das Streitgericht beantragen.", widerspruch.stelle
        )


def _file_number(fall: Fall, schuldner: Schuldner, stichtag: dt.date, liste: Maengelliste) -> str:
    """Take the court's number from the latest event that names it; people write it with dashes."""
    for art in (MB_ZUGESTELLT.wort, MB_ERLASSEN.wort):
        ereignis = _latest(fall, schuldner, stichtag, art)
        ziffern = "".join(
            zeichen for zeichen in (ereignis and ereignis.geschaeftszeichen) or "" if zeichen.isdigit()
        )
        if len(ziffern) == _ZIFFERN:
            return ziffern
    zeilen = (
        "geschaeftszeichen:   # beim Ereignis mb_zugestellt: Geschäftsnummer des Mahngerichts, elf Ziffern"
    )
    liste.missing(f"die Geschäftsnummer gegen „{schuldner.kennung}“", "EDA E01, GNR", zeilen)
    return ""


def _counted_up_to(fall: Fall, schuldner: Schuldner, stichtag: dt.date, liste: Maengelliste) -> dt.date:
    """Return the last day whose payments the application for the Mahnbescheid has already deducted.

    That is the Stichtag of the step that was filed; for an application of another program the day of filing.
    """
    eingereicht = _latest(fall, schuldner, stichtag, ANTRAG_EINGEREICHT.wort)
    bis = eingereicht.am if eingereicht else stichtag
    eigene = [v.stichtag for v in effective_vorgaenge(fall, bis) if v.art == ANTRAG.wort]
    if eigene:
        return eigene[-1]
    if eingereicht:
        return eingereicht.am
    zeilen = "ereignisse:\n  - am:                    # Tag der Einreichung\n    art: antrag_eingereicht"
    liste.missing("wann der Mahnantrag eingereicht wurde", "§ 699 Abs. 1 Satz 2 ZPO", zeilen)
    return stichtag


def _payments(fall: Fall, ab: dt.date, stichtag: dt.date) -> tuple[Zahlung, ...]:
    """Return what was paid since the application; a payment works for all joint debtors (§ 422 BGB)."""
    eigene = [Zahlung(z.am, z.betrag) for z in fall.zahlungen if not z.zurueck_am]
    andere = [Zahlung(m.am, m.wirkung) for m in fall.mitzahlungen]
    alle = sorted([*eigene, *andere], key=lambda zahlung: zahlung.am)
    return tuple(zahlung for zahlung in alle if ab < zahlung.am <= stichtag)
