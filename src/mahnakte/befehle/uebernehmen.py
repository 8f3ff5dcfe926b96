"""`mahnakte vorgang uebernehmen`: a letter whose Word file was saved again becomes a new step.

Nothing is written into the old folder. The new letter passes every check of any letter: set anew, read back, compared
with the account of its day and, fact by fact, with the PDF that the old step holds.
"""

import dataclasses
import datetime as dt
import pathlib
from collections.abc import Mapping
from typing import cast

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Fallordner, read_dateien, read_fallordner
from mahnakte.ablage.platte import changing_file
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.suche import refused
from mahnakte.ablage.verifizieren import BESCHAEDIGT, VORGAENGE, Aenderung, compare_dokumente, step_folder
from mahnakte.ablage.veroeffentlichen import publish_next
from mahnakte.arten.brief import ARTEN, find_art
from mahnakte.arten.folgeschritt import Dann
from mahnakte.briefe.abgleich import compare_facts
from mahnakte.briefe.gegenstand import compute_gegenstand
from mahnakte.briefe.ton.schritt import ANGEKUENDIGT
from mahnakte.briefe.variablen import variables_for
from mahnakte.briefe.zusatz import check_zusatz
from mahnakte.fall.einstellungen import Mahnstufe
from mahnakte.fall.fall import Fall
from mahnakte.fall.uebernahme import WORD, is_versandt, read_uebernahme
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf, sha256
from mahnakte.fall.vorgangsdaten.brief import Uebernahme
from mahnakte.grund.befund import Ablehnung, Befund, Schwere, Stelle, has_sperre, sperre
from mahnakte.satz.druck import Vorlage, compare_word, load_vorlage, read_pages
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import effective_vorgaenge
from mahnakte.werk.briefpruefung import anlass_of_step, check_letter
from mahnakte.werk.briefvorlagen import Briefvorlage
from mahnakte.werk.ergebnis import ABGELEHNT, SCHADEN, Ergebnis
from mahnakte.werk.laden import GeladenerFall, Lage, find_fallordner, load_unverified
from mahnakte.werk.schreiben import Auftrag, Druckerei
from mahnakte.werk.vorgangswahl import already_sent, missing_step

_NEUES_SCHREIBEN = (
    "Den alten Vorgang stornieren und mit „mahnakte brief“ neu schreiben; "
    "ein eigener Absatz geht mit --zusatz."
)
_ZURUECKSETZEN = f"Die Stelle in Word zurücksetzen. Soll der Brief wirklich anderes sagen: {_NEUES_SCHREIBEN}"


@dataclasses.dataclass(frozen=True, slots=True)
class _Geaendert:
    """The old step, its documents as published, and the letter in Word as a person left it."""

    vorgang: Vorgang
    dokumente: Mapping[str, bytes]
    name: str
    docx: bytes

    @property
    def stamm(self) -> str:
        return self.name.removesuffix(WORD)


def take_over(pfad: pathlib.Path, nr: int, lage: Lage, herkunft: Herkunft) -> Ergebnis:
    """Publish the changed Word file of step `nr` as a step of its own; called again, say so and write nothing."""
    ordner = find_fallordner(pfad)
    daten = {"pfad": show(ordner), "ersetzt": nr, "nr": None, "dateien": []}
    gelesen = read_fallordner(ordner)
    hinweise: list[Befund] = []
    try:
        vorgang = publish_next(gelesen, lambda neu: _draft(neu, nr, lage, hinweise), herkunft)
    except Ablehnung as ablehnung:
        rueckgabe = SCHADEN if ablehnung.befund.code == BESCHAEDIGT else ABGELEHNT
        return Ergebnis(daten, ("Nichts übernommen.",), (ablehnung.befund,), rueckgabe)
    if vorgang is None:
        return Ergebnis(daten, (f"Vorgang {nr:04d} ist schon übernommen; nichts Neues geschrieben.",))
    dateien = sorted(vorgang.dateien)
    zeilen = [f"  {show(ordner / VORGAENGE / f'{vorgang.nr:04d}' / name)}" for name in dateien]
    satz = f"Vorgang {nr:04d} übernommen als Vorgang {vorgang.nr:04d}; der alte gilt nicht mehr:"
    return Ergebnis({**daten, "nr": vorgang.nr, "dateien": dateien}, (satz, *zeilen), tuple(hinweise))


def _draft(gelesen: Fallordner, nr: int, lage: Lage, hinweise: list[Befund]) -> Vorgangsentwurf | None:
    geladen = load_unverified(gelesen, lage)
    if geladen.sachstand is None or not geladen.benutzbar:
        raise Ablehnung(geladen.befunde[0])
    vorgaenge = gelesen.vorgaenge.vorgaenge
    aenderungen = [
        a for a in compare_dokumente(gelesen.pfad, vorgaenge) if a.befund.schwere is Schwere.SPERRE
    ]
    if not aenderungen and any(u.vorgang == nr for v in vorgaenge if (u := read_uebernahme(v))):
        return None
    alt = _find_letter(geladen.sachstand, nr, _place(gelesen, nr))
    aenderung = _the_one(aenderungen, alt, _place(gelesen, nr))
    geaendert = _read(gelesen, alt, aenderung)
    entwurf, befunde, soll = _set_anew(geladen, geaendert, lage)
    _refuse_other_facts(geaendert, entwurf, lage)
    hinweise[:] = [*befunde, *_check_ton(geladen.sachstand.fall, geaendert, entwurf, lage)]
    _refuse_other_word(geaendert, entwurf, soll, lage)
    uebernahme = Uebernahme(
        vorgang=nr,
        datei=aenderung.name,
        erwartet=alt.dateien[aenderung.name],
        gefunden=sha256(geaendert.docx),
    )
    return dataclasses.replace(
        entwurf,
        anlass=f"in Word geändert: übernommen aus Vorgang {nr:04d}",
        daten=dataclasses.replace(entwurf.brief, uebernahme=uebernahme),
        dokumente=_join_documents(geaendert, entwurf),
        ersetzt=nr,
    )


def _place(gelesen: Fallordner, nr: int) -> Stelle:
    return Stelle(show(gelesen.pfad / VORGAENGE / f"{nr:04d}"))


def _find_letter(sachstand: Sachstand, nr: int, ort: Stelle) -> Vorgang:
    """Only a standing letter that has not gone out: what was sent stays what it was."""
    alt = next((vorgang for vorgang in effective_vorgaenge(sachstand) if vorgang.nr == nr), None)
    if alt is None or alt.art not in ARTEN:
        text = f"Einen Brief mit der Nummer {nr:04d} gibt es nicht (mehr)."
        abhilfe = "Die Nummer des Ordners angeben, in dem der geänderte Brief liegt."
        raise Ablehnung(missing_step(text, abhilfe, ort))
    if is_versandt(sachstand.fall.vorgaenge, nr):
        text = f"Vorgang {nr:04d} ist verschickt; was hinausging, steht im PDF und lässt sich nicht ändern."
        abhilfe = "Für eine Berichtigung ein neues Schreiben erstellen: „mahnakte brief“."
        raise Ablehnung(already_sent(text, abhilfe, ort))
    return alt


def _the_one(aenderungen: list[Aenderung], alt: Vorgang, ort: Stelle) -> Aenderung:
    """Exactly one Word file of this step differs; everything else in the case is as its entry says."""
    fremd = [a for a in aenderungen if a.nr != alt.nr or a.summe is None or not a.name.endswith(WORD)]
    if fremd:
        raise Ablehnung(fremd[0].befund)
    if not aenderungen:
        raise _refuse("NICHTS_GEAENDERT", f"Die Dateien von Vorgang {alt.nr:04d} sind unverändert.",
                      "Es gibt nichts zu übernehmen.", ort)  # fmt: skip
    if len(aenderungen) > 1:
        namen = ", ".join(aenderung.name for aenderung in aenderungen)
        raise _refuse("UEBERNAHME_MEHRERE", f"Mehr als eine Datei ist geändert: {namen}.",
                      "Alle bis auf eine aus der Datensicherung wiederherstellen.", ort)  # fmt: skip
    return aenderungen[0]


def _read(gelesen: Fallordner, alt: Vorgang, aenderung: Aenderung) -> _Geaendert:
    ordner = f"{VORGAENGE}/{alt.nr:04d}"
    dateien, befunde = read_dateien(gelesen.pfad, [f"{ordner}/{name}" for name in sorted(alt.dateien)])
    if befunde:
        raise Ablehnung(befunde[0])
    dokumente = {verweis.rpartition("/")[2]: datei.inhalt for verweis, datei in dateien.items()}
    docx = dokumente.pop(aenderung.name)
    if sha256(docx) != aenderung.summe:
        offen = changing_file(
            f"{aenderung.name} wird gerade geändert.", "Den Brief in Word schließen, dann noch einmal."
        )
        raise Ablehnung(refused(offen, step_folder(gelesen.pfad, alt.nr) / aenderung.name))
    return _Geaendert(alt, dokumente, aenderung.name, docx)


def _set_anew(
    geladen: GeladenerFall, geaendert: _Geaendert, lage: Lage
) -> tuple[Vorgangsentwurf, tuple[Befund, ...], Vorgangsentwurf]:
    """Return the letter as a person left it, what is remarked on it, and the letter that the case asks for."""
    if geladen.sachstand is None:
        raise ValueError("ohne Fall gibt es keinen Brief")
    auftrag, druckerei = _rebuild_auftrag(geladen.sachstand, geaendert.vorgang), Druckerei(lage)
    soll, _ = druckerei.draft(geladen, auftrag)
    _refuse_overtaken(geaendert, soll)
    try:
        entwurf, befunde = druckerei.draft(geladen, auftrag, {geaendert.stamm: _as_vorlage(geaendert, lage)})
    except Ablehnung as ablehnung:
        if ablehnung.befund.code != "BRIEF_UNVOLLSTAENDIG":
            raise
        befund = dataclasses.replace(ablehnung.befund, abhilfe=_ZURUECKSETZEN, stelle=Stelle(geaendert.name))
        raise Ablehnung(befund) from None
    return entwurf, befunde, soll


def _refuse_overtaken(geaendert: _Geaendert, soll: Vorgangsentwurf) -> None:
    """What the case would have the letter say today is what it said: else it is no longer true."""
    alt = geaendert.vorgang
    anders = alt.brief.differing(soll.brief)
    if anders or soll.dokumente.keys() != alt.dateien.keys():
        was = ", ".join(anders) if anders else "es gehören andere Beilagen dazu"
        raise _refuse(
            "UEBERNAHME_UEBERHOLT",
            f"Der Brief stimmt nicht mehr mit dem Fall überein ({was}); seitdem hat sich etwas geändert.",
            _NEUES_SCHREIBEN, Stelle(geaendert.name),
        )  # fmt: skip


def _rebuild_auftrag(sachstand: Sachstand, alt: Vorgang) -> Auftrag:
    """Return the order that the old step carried out, from the case as it stood before that step."""
    sagt, fall = alt.brief, sachstand.fall
    fruehere = tuple(v for v in fall.vorgaenge if v.nr < alt.nr)
    davor = sachstand.am(alt.stichtag).mit(dataclasses.replace(fall, vorgaenge=fruehere))
    art = find_art(alt.art)
    _, konto = compute_gegenstand(davor, art)
    if art.an_schuldner:
        angeschrieben = tuple(s for s in fall.schuldner if s.kennung in (sagt.empfaenger or ()))
        davor = davor.mit(dataclasses.replace(davor.fall, schuldner=angeschrieben or fall.schuldner))
    stufe = next((s for s in fall.einstellungen.mahnplan if s.art == alt.art), None)
    return Auftrag(
        davor, konto,
        stufe or Mahnstufe(art=alt.art, frist_tage=art.frist_tage or 0, dann=cast(Dann | None, sagt.dann)),
        sagt.frist,
        sagt.dann,
        alt.anlass,
        bis=_named_day(sagt.anlass_schluessel or ""),
        zusatz=sagt.zusatz or (),
        aufstellung=any(name.endswith("_forderungsaufstellung.pdf") for name in alt.dateien),
    )  # fmt: skip


def _named_day(schluessel: str) -> dt.date | None:
    """Return the day that `brief --bis` named: it stands in the key of the occasion."""
    wort, _, tag = schluessel.partition(" ")
    return dt.date.fromisoformat(tag) if wort == "verzicht" else None


def _as_vorlage(geaendert: _Geaendert, lage: Lage) -> Briefvorlage:
    """A finished letter is a template without placeholders: the same checks, the same engine."""
    name = f"{VORGAENGE}/{geaendert.vorgang.nr:04d}/{geaendert.name}"
    geprueft = load_vorlage(
        lage.werkstatt, geaendert.docx, geaendert.name, variables_for(geaendert.vorgang.art)
    )
    if not isinstance(geprueft, Vorlage):
        raise Ablehnung(next(befund for befund in geprueft if has_sperre([befund])))
    return Briefvorlage(geprueft, {name: sha256(geaendert.docx)})


def _refuse_other_facts(geaendert: _Geaendert, entwurf: Vorgangsentwurf, lage: Lage) -> None:
    pdf = f"{geaendert.stamm}.pdf"
    vorher = read_pages(lage.werkstatt, geaendert.dokumente[pdf], pdf)
    nachher = read_pages(lage.werkstatt, entwurf.dokumente[pdf], pdf)
    for abweichung in compare_facts(vorher, nachher):
        raise _refuse_fact(
            f"Der geänderte Brief sagt etwas anderes als der geprüfte: {abweichung}.", geaendert.name
        )


def _refuse_fact(text: str, name: str) -> Ablehnung:
    return _refuse("UEBERNAHME_ANDERE_TATSACHE", text, _ZURUECKSETZEN, Stelle(name))


def _refuse_other_word(
    geaendert: _Geaendert, entwurf: Vorgangsentwurf, soll: Vorgangsentwurf, lage: Lage
) -> None:
    """Sets of facts are not enough: two sums exchanged, another code to scan, white type change facts too."""
    name = geaendert.name
    abweichungen, neue = compare_word(lage.werkstatt, soll.dokumente[name], entwurf.dokumente[name], name)
    for abweichung in abweichungen:
        raise _refuse_fact(f"Frei sind nur Absätze ohne Zahlen außerhalb von Tabellen: {abweichung}.", name)
    pdf = f"{geaendert.stamm}.pdf"
    seiten = read_pages(lage.werkstatt, geaendert.dokumente[pdf], pdf)
    for befund in check_zusatz(neue, seiten, geaendert.vorgang.stichtag):
        raise Ablehnung(dataclasses.replace(befund, stelle=Stelle(name)))


def _check_ton(fall: Fall, geaendert: _Geaendert, entwurf: Vorgangsentwurf, lage: Lage) -> tuple[Befund, ...]:
    anlass = anlass_of_step(fall, geaendert.vorgang)
    befunde = check_letter(entwurf.dokumente[geaendert.name], geaendert.name, anlass, lage).befunde
    for befund in befunde:
        if befund.schwere is Schwere.SPERRE or befund.code in ANGEKUENDIGT:
            raise Ablehnung(befund)
    return befunde


def _join_documents(geaendert: _Geaendert, entwurf: Vorgangsentwurf) -> dict[str, bytes]:
    """Take the changed letter and what goes with it from the new setting, the letters to others as they were."""
    staemme = [name.removesuffix(WORD) for name in entwurf.dokumente if name.endswith(WORD)]

    def belongs(name: str) -> bool:
        passende = [stamm for stamm in staemme if name.startswith((f"{stamm}.", f"{stamm}_"))]
        return max(passende, key=len, default="") == geaendert.stamm

    return {
        name: inhalt if belongs(name) else geaendert.dokumente[name]
        for name, inhalt in entwurf.dokumente.items()
    }


def _refuse(code: str, text: str, abhilfe: str, ort: Stelle | None) -> Ablehnung:
    return Ablehnung(sperre(code, text, abhilfe, ort))
