"""From the case to the application for the Vollstreckungsbescheid, per debtor (§§ 699, 701 ZPO)."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import TypedDict

from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.antrag.eda.folgeantrag import Vollstreckungsbescheidsantrag, Zahlung
from mahnakte.arten import grundart
from mahnakte.arten.ereignis import (
    ANTRAG_EINGEREICHT,
    EREIGNISARTEN,
    INSOLVENZEN,
    MB_ERLASSEN,
    MB_NICHT_ZUGESTELLT,
    MB_ZUGESTELLT,
    VERFAHRENSAKTE,
    WIDERSPRUCH,
    Abschnitt,
)
from mahnakte.arten.vorgang import ANTRAG
from mahnakte.fall.antragsangabe import Bescheidangabe
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis
from mahnakte.fall.partei import Schuldner
from mahnakte.grund.befund import Befund, Stelle, has_sperre, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.recht.verfahren import compute_verfahrensfrist, compute_widerspruchsfrist
from mahnakte.stand.postenfrage import offene_postenfragen
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.schicksal import laufende_schicksale
from mahnakte.stand.ungeklaert import describe_ungeklaerte, ungeklaerte_zahlungen
from mahnakte.stand.verfahren import list_gerichtsakte
from mahnakte.stand.verlauf import effective_vorgaenge, ereignisse_bis
from mahnakte.uhren.gerichtsland import find_gerichtsland

_ZEICHEN = 30
_ZIFFERN = 11
_UNGEKLAERT = "VB_ZAHLUNG_UNGEKLAERT"
_GRUND = 35


@dataclasses.dataclass(frozen=True, slots=True)
class Folgeantrag:
    """What came of one debtor: the application, or None with what is missing or forbids it.

    `zustellung` is the service of the Mahnbescheid on which the periods rest.
    """

    schuldner: str
    antrag: Vollstreckungsbescheidsantrag | None
    befunde: tuple[Befund, ...]
    zustellung: Ereignis | None = None


def derive_folgeantraege(sachstand: Sachstand) -> tuple[Folgeantrag, ...]:
    """Return for each debtor the application for the Vollstreckungsbescheid as of the Stichtag."""
    return tuple(_derive(sachstand, schuldner) for schuldner in sachstand.fall.schuldner)


def _derive(sachstand: Sachstand, schuldner: Schuldner) -> Folgeantrag:
    liste = Maengelliste("den Antrag auf den Vollstreckungsbescheid")
    zustellung = latest_akt(sachstand, schuldner, MB_ZUGESTELLT.wort, MB_NICHT_ZUGESTELLT.wort)
    if zustellung is not None and zustellung.art == MB_NICHT_ZUGESTELLT.wort:
        was = f"Der Mahnbescheid ist „{schuldner.kennung}“ nicht zugestellt ({format_datum(zustellung.am)})"
        liste.befunde.append(not_served(was, zustellung.stelle))
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
    _check_period(sachstand, schuldner, zustellung, liste)
    _check_unsettled(sachstand, zustellung, liste)
    _check_events(sachstand, schuldner, zustellung, liste)
    nummer = file_number(sachstand, schuldner, liste)
    ab = _counted_up_to(sachstand, schuldner, liste)
    bescheid = _beside_the_order(sachstand.fall, liste)
    kosten = _costs(sachstand.fall, schuldner, bescheid, liste)
    zeichen = liste.fit(sachstand.fall.aktenzeichen, _ZEICHEN, "Das Aktenzeichen")
    if has_sperre(liste.befunde):
        return Folgeantrag(schuldner.kennung, None, tuple(liste.befunde))
    antrag = Vollstreckungsbescheidsantrag(
        geschaeftsnummer=nummer,
        geschaeftszeichen=zeichen,
        antrag_am=sachstand.stichtag,
        zahlungen=_payments(sachstand, ab),
        durch_partei=bescheid.selbst_zustellen,
        kosten_verzinsen=bescheid.kosten_verzinsen,
        **kosten,
    )
    return Folgeantrag(schuldner.kennung, antrag, tuple(liste.befunde), zustellung)


def latest_akt(sachstand: Sachstand, schuldner: Schuldner, *arten: str) -> Ereignis | None:
    """Return the last act of these kinds against the debtor, or None."""
    eigene = [akt for akt in list_gerichtsakte(sachstand, schuldner.kennung) if akt.art in arten]
    return eigene[-1] if eigene else None


def not_served(was: str, stelle: Stelle | None = None) -> Befund:
    """Return the finding that the Mahnbescheid was not served; `was` names the debtor and the day."""
    return sperre(
        "NEUZUSTELLUNG_NOETIG",
        f"{was}. Es braucht einen Antrag auf Neuzustellung (Satzart 07, NEMB).",
        "Die neue Anschrift ermitteln und in fall.yaml eintragen; dann „mahnakte eda folge neuzustellung FALL --ziel "
        "DATEI“ (.EDA oder .pdf), der Vordruck, den das Gericht schickt, oder das Portal der Mahngerichte.",
        stelle,
    )


def _check_period(
    sachstand: Sachstand, schuldner: Schuldner, zustellung: Ereignis, liste: Maengelliste
) -> None:
    """Not before the time for the objection is over, not after six months (§§ 699 (1), 701 ZPO)."""
    recht, stichtag = sachstand.recht, sachstand.stichtag
    land = find_gerichtsland(sachstand, zustellung.gericht).land
    ausland = schuldner.staat != "DE"
    widerspruch = compute_widerspruchsfrist(recht, zustellung.am, land, ausland).ende.ende
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


def _check_unsettled(sachstand: Sachstand, zustellung: Ereignis, liste: Maengelliste) -> None:
    """The application declares what was paid (§ 699 (1) sentence 2 ZPO); only the six months do not wait for it."""
    buchungen, fragen = ungeklaerte_zahlungen(sachstand), offene_postenfragen(sachstand)
    offene = (*buchungen, *fragen)
    if not offene:
        return
    land = find_gerichtsland(sachstand, zustellung.gericht).land
    wirkung = compute_verfahrensfrist(sachstand.recht, "mahnbescheid_wirkung", zustellung.am, land).ende.ende
    eilig = dt.timedelta(days=sachstand.fall.einstellungen.schwellen.eilig_tage)
    saetze = [f"Seit {format_datum(f.am)} aus den offenen Posten zu klären: {f.grund}." for f in fragen]
    text = " ".join([*([describe_ungeklaerte(buchungen)] if buchungen else []), *saetze])
    stelle = offene[0].stelle
    if sachstand.stichtag + eilig < wirkung:
        liste.refuse(_UNGEKLAERT, text, grundart.ZAHLUNG_UNGEKLAERT.abhilfe, stelle)
    else:
        eilt = f"Die Wirkung des Mahnbescheids entfällt am {format_datum(wirkung)} (§ 701 ZPO). {text}"
        liste.warn(_UNGEKLAERT, eilt, "War gezahlt, dem Gericht die Zahlung mitteilen.", stelle)


def _check_fate(sachstand: Sachstand, schuldner: Schuldner, liste: Maengelliste) -> None:
    """Insolvency bars every decision against the debtor; against the dead there is none (§ 1958 BGB)."""
    for ereignis in laufende_schicksale(sachstand):
        if ereignis.schuldner not in (None, schuldner.kennung):
            continue
        if ereignis.art in INSOLVENZEN:
            text = f"Insolvenz seit {format_datum(ereignis.am)} (§§ 87, 89 InsO)."
            liste.refuse("VB_INSOLVENZ", text, "Die Forderung beim Verwalter anmelden.", ereignis.stelle)
        schicksal = EREIGNISARTEN[ereignis.art].schicksal
        if schicksal is not None and schicksal.bis_zum_erben:
            text = f"{schicksal.antrag}, seit {format_datum(ereignis.am)}."
            liste.refuse("VB_VERSTORBEN", text, schicksal.abhilfe, ereignis.stelle)


def _check_events(
    sachstand: Sachstand, schuldner: Schuldner, zustellung: Ereignis, liste: Maengelliste
) -> None:
    _check_fate(sachstand, schuldner, liste)
    for akt in ereignisse_bis(sachstand, *VERFAHRENSAKTE):
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
    widerspruch = latest_akt(sachstand, schuldner, WIDERSPRUCH.wort)
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


def file_number(sachstand: Sachstand, schuldner: Schuldner, liste: Maengelliste) -> str:
    """Take the court's number from the latest event that names it; people write it with dashes."""
    for art in (MB_ZUGESTELLT.wort, MB_NICHT_ZUGESTELLT.wort, MB_ERLASSEN.wort):
        ereignis = latest_akt(sachstand, schuldner, art)
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


def _counted_up_to(sachstand: Sachstand, schuldner: Schuldner, liste: Maengelliste) -> dt.date:
    """Return the last day whose payments the application for the Mahnbescheid has already deducted.

    That is the Stichtag of the step that was filed; for an application of another program the day of filing.
    """
    eingereicht = latest_akt(sachstand, schuldner, ANTRAG_EINGEREICHT.wort)
    bis = eingereicht.am if eingereicht else sachstand.stichtag
    eigene = [v.stichtag for v in effective_vorgaenge(sachstand.am(bis)) if v.art == ANTRAG.wort]
    if eigene:
        return eigene[-1]
    if eingereicht:
        return eingereicht.am
    zeilen = "ereignisse:\n  - am:                    # Tag der Einreichung\n    art: antrag_eingereicht"
    liste.missing("wann der Mahnantrag eingereicht wurde", "§ 699 Abs. 1 Satz 2 ZPO", zeilen)
    return sachstand.stichtag


def _payments(sachstand: Sachstand, ab: dt.date) -> tuple[Zahlung, ...]:
    """Return what was paid since the application; a payment works for all joint debtors (§ 422 BGB)."""
    eigene = [Zahlung(z.am, z.betrag) for z in sachstand.fall.zahlungen if not z.zurueck_am]
    andere = [Zahlung(m.am, m.wirkung) for m in sachstand.fall.mitzahlungen]
    alle = sorted([*eigene, *andere], key=lambda zahlung: zahlung.am)
    return tuple(zahlung for zahlung in alle if ab < zahlung.am <= sachstand.stichtag)


# --- beside the order itself ------------------------------------------------------------------------------


class _Kosten(TypedDict, total=False):
    porto: Decimal | None
    sonstige_kosten: Decimal | None
    sonstige_kosten_grund: str


def _beside_the_order(fall: Fall, liste: Maengelliste) -> Bescheidangabe:
    """Return what a person wants with the order; nothing stated: interest on the costs, service by the court."""
    bescheid = (fall.antrag and fall.antrag.vb) or Bescheidangabe()
    if bescheid.sonstige_kosten and not bescheid.sonstige_kosten_grund:
        zeilen = "antrag:\n  vb:\n    sonstige_kosten_grund:   # wofür sie entstanden"
        liste.missing("wofür die anderen Kosten entstanden", "EDA E01, VBSKOBG", zeilen, bescheid.stelle)
    return bescheid


def _costs(fall: Fall, schuldner: Schuldner, bescheid: Bescheidangabe, liste: Maengelliste) -> _Kosten:
    """Return the further costs of the proceedings; of several debtors one application only may demand them."""
    if not (bescheid.porto or bescheid.sonstige_kosten):
        return {}
    kennungen = [einer.kennung for einer in fall.schuldner]
    gegen = bescheid.kosten_gegen or (schuldner.kennung if len(kennungen) == 1 else "")
    if gegen not in kennungen:
        zeilen = (
            "antrag:\n  vb:\n"
            f"    kosten_gegen: {schuldner.kennung}    # nur in einem Antrag, sonst stünden sie doppelt da"
        )
        liste.missing("in wessen Antrag die Kosten stehen", "§ 91 ZPO", zeilen, bescheid.stelle)
    if gegen != schuldner.kennung:
        return {}
    grund = liste.fit(bescheid.sonstige_kosten_grund or "", _GRUND, "Der Grund der Kosten", bescheid.stelle)
    return _Kosten(
        porto=bescheid.porto, sonstige_kosten=bescheid.sonstige_kosten, sonstige_kosten_grund=grund
    )
