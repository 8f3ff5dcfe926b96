"""Who may write a letter to whom: role of the sender, kind of debtor, earlier letters, announced step."""

import dataclasses
import functools
from collections.abc import Sequence

from mahnakte.ablauf.halt import Grund, list_halte, list_teilhalte
from mahnakte.ablauf.plan import announced_step
from mahnakte.arten import grundart
from mahnakte.arten.brief import BRIEFARTEN, Briefart, Gegenstand
from mahnakte.arten.partei import GESELLSCHAFT
from mahnakte.briefe.sache import refuse
from mahnakte.fall.einstellungen import Einstellungen, Mahnstufe
from mahnakte.fall.fall import Fall
from mahnakte.fall.mahnplanwahl import all_plans, check_namen
from mahnakte.fall.partei import Schuldner, find_privatperson
from mahnakte.grund.befund import Ablehnung, Befund, as_warnungen, gather, warnung
from mahnakte.konto.modell import Konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import list_schreiben

_ROLLEN = {
    "glaeubiger": "der Gläubiger selbst",
    "inkasso": "ein Inkassodienst",
    "anwalt": "eine Anwaltskanzlei",
}
_TEXT = {"glaeubiger": "Gläubiger", "inkasso": "Inkassodienst", "anwalt": "Anwaltskanzlei"}


def find_stufenart(einstellungen: Einstellungen, stufe: Mahnstufe) -> Briefart:
    """Return the kind of letter of a stage; raise Ablehnung for a name that is no letter of a series."""
    art = BRIEFARTEN.get(stufe.art)
    if art is not None and art.stufe:
        return art
    text = f"Der Brief „{stufe.art}“ gehört nicht in einen Mahnplan." if art else (
        f"Der Mahnplan nennt „{stufe.art}“; diesen Brief gibt es nicht.")  # fmt: skip
    rolle = einstellungen.absender.rolle
    reihe = ", ".join(eine.art for eine in BRIEFARTEN.values() if eine.stufe and rolle in eine.rollen)
    raise refuse(
        "BRIEF_KEINE_STUFE" if art else "BRIEF_ART", text,
        f"In mahnakte.yaml die Stufe streichen oder umbenennen; im Mahnplan nur: {reihe}.", stufe.stelle
    )  # fmt: skip


def find_stufe(fall: Fall, art: Briefart) -> Mahnstufe:
    """Return the stage of the plan with that letter, or a plain one that announces what the plan will do."""
    mahnplan = fall.einstellungen.mahnplan
    dann = mahnplan[-1].dann if mahnplan and mahnplan[-1].dann in art.kuendigt_an else None
    frei = Mahnstufe(art=art.art, frist_tage=art.frist_tage or 0, dann=dann)
    stufe = next((stufe for stufe in mahnplan if stufe.art == art.art), frei)
    moeglich = announced_step(fall, stufe.dann)
    if isinstance(moeglich, Grund):
        raise refuse(moeglich.code, moeglich.text, "Einen Brief ohne Ankündigung wählen.", stufe.stelle)
    return dataclasses.replace(stufe, dann=moeglich)


def check_mahnplan(einstellungen: Einstellungen) -> tuple[Befund, ...]:
    """Return, before any case reaches it, which stage of the plan this sender will never be able to write."""
    befunde: list[Befund] = list(as_warnungen(check_namen(einstellungen)))
    for stufe in dict.fromkeys(stufe for plan in all_plans(einstellungen) for stufe in plan):
        try:
            art = find_stufenart(einstellungen, stufe)
            gather((
                functools.partial(_need_role, einstellungen, art),
                functools.partial(_need_one_step, art, stufe, stufe.dann),
            ))  # fmt: skip
        except Ablehnung as ablehnung:
            befunde += as_warnungen(ablehnung.befunde)
    return tuple(befunde)


def check_berechtigung(fall: Fall, art: Briefart) -> None:
    """Raise Ablehnung when this sender never writes this letter to such debtors: then nothing else is asked."""
    privat = find_privatperson(fall.schuldner)
    gather((lambda: _need_role(fall.einstellungen, art), lambda: _need_business(art, privat)))


def check_zulassung(sachstand: Sachstand, art: Briefart, stufe: Mahnstufe, dann: str | None) -> None:
    """Raise Ablehnung when the letter may not be written now, with every reason.

    `sachstand` is the case as of the Stichtag of the account that the letter shows.
    """
    privat = find_privatperson(sachstand.fall.schuldner)
    gather((
        lambda: _need_first_letter(sachstand, art, privat),
        lambda: _need_one_step(art, stufe, dann),
        lambda: _refuse_part_debtors(sachstand.fall, art),
    ))  # fmt: skip


def _need_role(einstellungen: Einstellungen, art: Briefart) -> None:
    rolle = einstellungen.absender.rolle
    if rolle not in art.rollen:
        wer = " oder ".join(_ROLLEN[erlaubt] for erlaubt in art.rollen)
        raise refuse(
            "BRIEF_ROLLE", f"Den Brief „{art.art}“ schreibt {wer}, nicht: {_TEXT[rolle]}.",
            "Einen anderen Brief wählen oder in mahnakte.yaml „absender: rolle:“ berichtigen.",
            einstellungen.absender.stelle
        )  # fmt: skip


def _need_business(art: Briefart, privat: Schuldner | None) -> None:
    if art.nur_gewerblich and privat:
        raise refuse(
            "BRIEF_SCHULDNERART",
            f"Der Brief „{art.art}“ geht nicht an Privatpersonen ({privat.voller_name}): vorgedruckte Verzichte auf "
            "Einwendungen bietet man Verbrauchern nicht an.",
            "Mit dem Schuldner einzeln verhandeln oder die Verjährung durch einen Antrag hemmen (mahnakte antrag).",
            privat.stelle,
        )


def find_halte(sachstand: Sachstand, konto: Konto, art: Briefart) -> tuple[Grund, ...]:
    """Return every reason that could stop this kind of letter; `konto` is the full account.

    What the court has of a part of the case stops only letters that are about the whole of it.
    """
    ganze = list_halte(sachstand, konto)
    return ganze if art.gegenstand is Gegenstand.MAHNBAR else (*ganze, *list_teilhalte(sachstand, konto))


def check_halte(art: Briefart, halte: Sequence[Grund]) -> None:
    """Raise Ablehnung when something stops this letter, or when what it is meant for has not happened."""
    for halt in halte:
        if halt.code not in art.trotz:
            raise refuse(halt.code, halt.text, grundart.find_ausweg(halt.code))
    if art.nur_bei is not None and art.nur_bei not in {halt.code for halt in halte}:
        raise refuse(
            grundart.BRIEF_NICHT_DRAN.code,
            f"Der Brief „{art.art}“ passt nicht zum Stand des Falls: {grundart.GRUENDE[art.nur_bei].fehlt}",
            "Den Stand mit „mahnakte plan“ und „mahnakte konto“ ansehen."
        )  # fmt: skip


def _need_first_letter(sachstand: Sachstand, art: Briefart, privat: Schuldner | None) -> None:
    """Asserting a claim for the first time, an agency or lawyer owes the items of § 13a (1) RDG, § 43d BRAO."""
    rolle = sachstand.fall.einstellungen.absender.rolle
    if rolle == "glaeubiger" or privat is None or not art.geltend or art.eroeffnet:
        return
    eroeffnende = {eine.art for eine in BRIEFARTEN.values() if eine.eroeffnet}
    if any(brief.stufe in eroeffnende for brief in list_schreiben(sachstand)):
        return
    raise refuse(
        "BRIEF_PFLICHTANGABEN",
        f"Als {_TEXT[rolle]} darf dieser Brief nicht als erster an eine Privatperson gehen ({privat.voller_name}): "
        "es fehlen die Angaben nach § 13a RDG / § 43d BRAO.",
        "Zuerst „mahnakte brief FALL erstschreiben“; ein Erstschreiben aus einem anderen Programm als Ereignis "
        "„mahnung_versandt“ mit „stufe: erstschreiben“ eintragen.",
        privat.stelle,
    )


def _need_one_step(art: Briefart, stufe: Mahnstufe, dann: str | None) -> None:
    """A last letter names the very next step, and only one that the plan will take (§§ 4a, 5 UWG)."""
    if art.kuendigt_an and dann not in art.kuendigt_an:
        moeglich = " oder ".join(f"„dann: {schritt}“" for schritt in art.kuendigt_an)
        raise refuse(
            "BRIEF_SCHRITT_FEHLT", f"Der Brief „{art.art}“ muss sagen, was als Nächstes geschieht.",
            f"Im Mahnplan bei der letzten Stufe {moeglich} angeben.", stufe.stelle
        )  # fmt: skip


def _refuse_part_debtors(fall: Fall, art: Briefart) -> None:
    """Who owes only a part (§ 420 BGB) must not be asked for the whole."""
    if art.geltend and len(fall.schuldner) > 1 and not fall.gesamtschuldner:
        raise refuse(
            "BRIEF_TEILSCHULD", "Mehrere Schuldner, aber nicht als Gesamtschuldner angegeben.",
            "In fall.yaml „gesamtschuldner: ja“ angeben oder je Schuldner einen eigenen Fall anlegen.",
            fall.schuldner[1].stelle
        )  # fmt: skip


def check_absender(fall: Fall, art: Briefart, empfaenger: Sequence[Schuldner]) -> tuple[Befund, ...]:
    """Return what the sender should add: business details, and where the privacy information stands."""
    absender, glaeubiger = fall.einstellungen.absender, fall.glaeubiger
    befunde = []
    if absender.rolle == "glaeubiger" and glaeubiger.art == GESELLSCHAFT.wort and not absender.pflichtangaben:
        befunde.append(
            warnung("BRIEF_GESCHAEFTSANGABEN",
                    f"Auf den Briefen von {absender.name} fehlen Sitz, Registergericht und Geschäftsleitung.",
                    "In mahnakte.yaml bei absender „pflichtangaben:“ ergänzen.", absender.stelle)
        )  # fmt: skip
    if art.eroeffnet and find_privatperson(empfaenger) and not absender.datenschutz:
        befunde.append(
            warnung("BRIEF_DATENSCHUTZ",
                    "Das Erstschreiben sagt nicht, wo die Datenschutzinformation des Absenders steht.",
                    "In mahnakte.yaml bei absender „datenschutz:“ ergänzen.", absender.stelle)
        )  # fmt: skip
    return tuple(befunde)
