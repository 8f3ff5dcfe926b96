"""Whether a written step may still go out: its document read back and compared with the case as known now."""

import datetime as dt
import pathlib
from collections.abc import Iterator

from mahnakte.ablage.lesen import read_dateien
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.verifizieren import BESCHAEDIGT
from mahnakte.ablauf.halt import Grund
from mahnakte.arten import grundart
from mahnakte.arten.brief import BRIEFARTEN
from mahnakte.arten.vorgang import EINGEREICHT
from mahnakte.briefe.begleitmail import ENDUNG as EMAIL
from mahnakte.briefe.ueberholt import find_berichtigung, find_ueberholt
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, hinweis, sperre, warnung
from mahnakte.grund.datum import format_datum
from mahnakte.satz.druck import read_pages
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import unversandte_briefe
from mahnakte.werk.antragsdatei import read_antraege
from mahnakte.werk.befehlszeile import quote_pfad
from mahnakte.werk.laden import Lage
from mahnakte.werk.sammelgut import why_outdated

UEBERHOLT = "BRIEF_UEBERHOLT"
WARTET = "BRIEF_WARTET"
WARTET_UEBERHOLT = "BRIEF_WARTET_UEBERHOLT"


def find_gruende(pfad: pathlib.Path, sachstand: Sachstand, vorgang: Vorgang, lage: Lage) -> tuple[Grund, ...]:
    """Return why a letter or an application must not go out; empty when it is still true.

    `sachstand` is the case as of the day of sending. Raises Ablehnung when a document of the step is not the one that
    was written.
    """
    if vorgang.art in EINGEREICHT:
        veraltet = why_outdated(sachstand, vorgang, read_antraege(pfad, vorgang))
        return (Grund(grundart.ANTRAG_UEBERHOLT.code, veraltet),) if veraltet else ()
    texte = _read_letters(pfad, vorgang, lage) if vorgang.art in BRIEFARTEN else {}
    return find_ueberholt(sachstand, vorgang, texte)


def list_ueberholte_entwuerfe(pfad: pathlib.Path, sachstand: Sachstand, lage: Lage) -> Iterator[Befund]:
    """Yield a warning for each e-mail draft that lies ready, is not recorded as sent, and is no longer true.

    A draft whose deadline has passed was sent long ago or never will be: of it nothing is said.
    """
    for vorgang in _still_running(sachstand):
        if not any(name.endswith(EMAIL) for name in vorgang.dateien):
            continue
        if gruende := find_gruende(pfad, sachstand, vorgang, lage):
            yield warnung(
                UEBERHOLT,
                f"Der E-Mail-Entwurf zu Vorgang {vorgang.nr:04d} ({vorgang.art}) stimmt nicht mehr: "
                f"{describe_gruende(gruende)}",
                f"Nicht verschicken; den Vorgang stornieren: {_storno(pfad, vorgang)}. Ist die E-Mail schon hinaus, "
                "den Versand mit seinem Tag festhalten.",
                _place(pfad, vorgang),
            )


def list_ueberholte_briefe(pfad: pathlib.Path, sachstand: Sachstand, lage: Lage) -> tuple[int, ...]:
    """Return the steps of letters that ask for payment by a later day, are not recorded as sent, and no longer true.

    Raises Ablehnung when a document of a step is not the one that was written.
    """
    return tuple(
        vorgang.nr for vorgang in _still_running(sachstand) if find_gruende(pfad, sachstand, vorgang, lage)
    )


def list_wartende(pfad: pathlib.Path, sachstand: Sachstand) -> Iterator[Befund]:
    """Yield what is to be said of letters that no note says went out, and whose period still runs.

    That of the day itself are just being sent. Compared with the case, not with their pages: nobody opens thousands
    of PDFs for a plan; `druckgut` and `versand` do. Of e-mail drafts `list_ueberholte_entwuerfe` speaks.
    """
    for vorgang in _still_running(sachstand):
        if vorgang.stichtag == sachstand.stichtag or any(name.endswith(EMAIL) for name in vorgang.dateien):
            continue
        gruende = find_ueberholt(sachstand, vorgang)
        if gruende:
            yield hinweis(
                WARTET_UEBERHOLT,
                f"Vorgang {vorgang.nr:04d} ({vorgang.art}) vom {format_datum(vorgang.stichtag)} ist nicht als "
                f"versandt vermerkt und stimmt heute nicht mehr: {describe_gruende(gruende)}",
                f"Liegt er noch da: {_storno(pfad, vorgang)}. Ist er hinaus, den Versand mit seinem Tag festhalten.",
                _place(pfad, vorgang),
            )
        else:
            yield hinweis(
                WARTET,
                f"Vorgang {vorgang.nr:04d} ({vorgang.art}) ist seit dem {format_datum(vorgang.stichtag)} geschrieben "
                "und nicht als versandt vermerkt.",
                f"Ist er hinaus: mahnakte versand {quote_pfad(pfad)} {vorgang.nr} --am TAG. Sonst verschicken.",
                _place(pfad, vorgang),
            )


def _still_running(sachstand: Sachstand) -> list[Vorgang]:
    """Return the unsent letters that ask for payment by a later day.

    One whose deadline has passed was sent long ago or never will be: of it nothing is said.
    """
    tag = sachstand.stichtag
    return [v for v in unversandte_briefe(sachstand) if (frist := v.brief.frist_bis) and frist > tag]


def describe_gruende(gruende: tuple[Grund, ...]) -> str:
    """Return all reasons in one line, each once."""
    return " ".join(dict.fromkeys(grund.text for grund in gruende))


def refuse_ueberholt(
    pfad: pathlib.Path, vorgang: Vorgang, am: dt.date, gruende: tuple[Grund, ...]
) -> Ablehnung:
    """Return the refusal to send a step today that is no longer true."""
    return Ablehnung(
        sperre(UEBERHOLT,
               f"Vorgang {vorgang.nr:04d} ({vorgang.art}) stimmt am {format_datum(am)} nicht mehr: "
               f"{describe_gruende(gruende)}",
               f"Nicht verschicken; den Vorgang stornieren: {_storno(pfad, vorgang)}. Was dann zu schreiben ist, "
               "zeigt „mahnakte plan“. Geht er trotzdem hinaus: --trotzdem GRUND.",
               _place(pfad, vorgang))
    )  # fmt: skip


def leave_ueberholt(pfad: pathlib.Path, vorgang: Vorgang, am: dt.date, gruende: tuple[Grund, ...]) -> Befund:
    """Return the finding on a letter that is left out of many because it is no longer true."""
    return warnung(
        UEBERHOLT,
        f"Vorgang {vorgang.nr:04d} ({vorgang.art}) stimmt am {format_datum(am)} nicht mehr: "
        f"{describe_gruende(gruende)}",
        f"Er bleibt liegen. Stornieren: {_storno(pfad, vorgang)}. Ging er schon hinaus, den Versand einzeln mit "
        "seinem Tag festhalten.",
        _place(pfad, vorgang),
    )


def warn_ueberholt(pfad: pathlib.Path, vorgang: Vorgang, am: dt.date, gruende: tuple[Grund, ...]) -> Befund:
    """Return the finding on a step that went out although it was no longer true, with the letter that mends it."""
    if vorgang.art in EINGEREICHT:
        abhilfe = (
            "Dem Gericht den Stand mitteilen; soweit die Forderung erledigt ist, den Antrag zurücknehmen."
        )
    else:
        art = find_berichtigung(gruende, vorgang)
        erneut = " --erneut GRUND" if art == vorgang.art else ""
        abhilfe = (
            f"Dem Schuldner den richtigen Stand schreiben: mahnakte brief {quote_pfad(pfad)} {art}{erneut}"
        )
    return warnung(
        UEBERHOLT,
        f"Vorgang {vorgang.nr:04d} ({vorgang.art}) stimmte am Tag des Versands ({format_datum(am)}) nicht mehr: "
        f"{describe_gruende(gruende)}",
        abhilfe,
        _place(pfad, vorgang),
    )


def _read_letters(pfad: pathlib.Path, vorgang: Vorgang, lage: Lage) -> dict[str, str]:
    """Return what stands on the PDFs of the letters, by file name without ending; enclosures are no letters."""
    namen = {name.removesuffix(".docx") for name in vorgang.dateien if name.endswith(".docx")}
    verweise = {f"vorgaenge/{vorgang.nr:04d}/{name}.pdf": name for name in sorted(namen)}
    dateien, befunde = read_dateien(pfad, verweise)
    if befunde:
        raise Ablehnung(*befunde)
    texte = {}
    for verweis, name in verweise.items():
        if dateien[verweis].sha256 != vorgang.dateien[f"{name}.pdf"]:
            raise Ablehnung(
                sperre(BESCHAEDIGT, f"Vorgang {vorgang.nr:04d} ist beschädigt: {name}.pdf ist nicht das PDF, das "
                       "geschrieben wurde.", "Den Ordner aus der Datensicherung wiederherstellen.",
                       _place(pfad, vorgang))
            )  # fmt: skip
        texte[name] = "\n".join(read_pages(lage.werkstatt, dateien[verweis].inhalt, f"{name}.pdf"))
    return texte


def _storno(pfad: pathlib.Path, vorgang: Vorgang) -> str:
    return f"mahnakte storno {quote_pfad(pfad)} {vorgang.nr} --grund überholt"


def _place(pfad: pathlib.Path, vorgang: Vorgang) -> Stelle:
    return Stelle(show(pfad / "vorgaenge" / f"{vorgang.nr:04d}"))
