"""`mahnakte zufriedenheit`: the questionnaire as a PDF to fill in, for whoever asks for it.

Nothing else calls this: no letter and no e-mail encloses it (BGH VI ZR 225/17), and it never lies in a case.
"""

import datetime as dt
import pathlib

from mahnakte.ablage.entdecken import FALL_YAML
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.ziel import create_file, replace_output
from mahnakte.briefe.zufriedenheit import (
    FELDER,
    TITEL,
    VARIABLEN,
    VORLAGE,
    check_felder,
    check_seite,
    fill_fragebogen,
)
from mahnakte.fall.einstellungen import Absender
from mahnakte.grund.befund import Ablehnung, Stelle, has_sperre, sperre
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.grund.worker import WorkerError
from mahnakte.satz.druck import Vorlage, load_vorlage, set_letter
from mahnakte.satz.formular import read_werte, set_formular
from mahnakte.werk.ergebnis import Ergebnis, NichtBegonnen
from mahnakte.werk.laden import Lage

_SEKUNDEN = 10.0
_STAND = dt.date(
    2026, 1, 1
)  # the sheet carries no date: same sender, same bytes, nothing that tells one from another


def write_fragebogen(ziel: pathlib.Path, lage: Lage, ersetzen: bool) -> Ergebnis:
    """Write the questionnaire of the sender in the settings; exit code 2 when it cannot be written."""
    einstellungen, _ = lage.einstellungen_for(ziel)
    try:
        _refuse_fallordner(ziel)
        pdf = _set(einstellungen.absender, lage)
        (replace_output if ersetzen else create_file)(ziel, pdf)
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    return Ergebnis(
        {"pdf": show(ziel), "absender": einstellungen.absender.name},
        (
            f"{TITEL}: {show(ziel)}",
            "Nur für sich allein und nur auf Wunsch weitergeben: nicht mit einem Brief, nicht per E-Mail.",
        ),
    )


def _refuse_fallordner(ziel: pathlib.Path) -> None:
    """Keep it out of cases: there it could be enclosed, and an answer would no longer be anonymous."""
    if any((ordner / FALL_YAML).is_file() for ordner in ziel.absolute().parents):
        raise Ablehnung(
            sperre("FRAGEBOGEN_IM_FALL", "Der Fragebogen gehört in keinen Fallordner: Er ist anonym und liegt keinem "
                   "Brief bei.", "Einen Ort außerhalb der Fallordner angeben.", Stelle(show(ziel)))
        )  # fmt: skip


def _set(absender: Absender, lage: Lage) -> bytes:
    satz = set_letter(lage.werkstatt, _load(lage), fill_fragebogen(absender), {}, _STAND)
    check_seite(satz.druckbild)
    try:
        pdf, gelesen = lage.werkstatt.call(_add_fields, satz.pdf, seconds=_SEKUNDEN)
    except WorkerError as fehler:
        raise Ablehnung(
            sperre("FRAGEBOGEN_FEHLER", f"Der Fragebogen konnte nicht gesetzt werden: {fehler}",
                   "Den Befehl wiederholen; bleibt es dabei, diesen Fall melden.")
        ) from fehler  # fmt: skip
    check_felder(gelesen)
    return pdf


def _load(lage: Lage) -> Vorlage:
    inhalt = read_beigabe("templates", f"blaetter/{VORLAGE}")
    geprueft = load_vorlage(lage.werkstatt, inhalt, VORLAGE, VARIABLEN)
    if isinstance(geprueft, Vorlage):
        return geprueft
    raise Ablehnung(next(befund for befund in geprueft if has_sperre([befund])))


def _add_fields(seite: bytes) -> tuple[bytes, dict[str, str]]:
    """Put the fields on the sheet and read them back with another program; runs in a worker."""
    pdf = set_formular(seite, FELDER, TITEL).pdf
    return pdf, read_werte(pdf)
