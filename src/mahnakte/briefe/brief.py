"""Letters from a case: what goes into one, and the check of the finished file before it leaves the house.

`compute_briefe` is pure: case, account, stage and deadline in, drafts out. Which letter may go to whom stands in
arten/brief.py and zulassung.py, what it says in werte.py. Setting happens in `satz`.
"""

import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from mahnakte.arten.brief import ARTEN, Gegenstand, find_art, template_name
from mahnakte.briefe.anschrift import (
    group_by_anschrift,
    write_anrede,
    write_anschrift,
    write_fremde_anschrift,
)
from mahnakte.briefe.aufstellung import compute_aufstellung
from mahnakte.briefe.sache import Sache, Teil, list_titel, refuse, refuse_without_event
from mahnakte.briefe.variablen import BRIEF
from mahnakte.briefe.werte import (
    collect_teile,
    compute_werte,
    decide_ton,
    find_ausblick,
    find_betrag,
    verwendungszweck,
)
from mahnakte.briefe.zulassung import check_absender, check_berechtigung, check_zulassung
from mahnakte.fall.einstellungen import Mahnstufe
from mahnakte.fall.modell import Ereignis
from mahnakte.fall.partei import Schuldner
from mahnakte.fall.vorgangsdaten.brief import Briefdaten, ZinsenDanach
from mahnakte.grund.befund import Ablehnung, Befund, Schwere, gather, sperre
from mahnakte.grund.betrag import format_euro, round_cent
from mahnakte.grund.text import squeeze
from mahnakte.konto.konto import compute_konto_gegen
from mahnakte.konto.modell import Konto
from mahnakte.satz.druck import Satz
from mahnakte.satz.druckbild import shows_module
from mahnakte.satz.zahlcode import Ueberweisung, Zahlcode, draw_zahlcode
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import ereignisse_bis

__all__ = ["ARTEN", "VARIABLEN", "Briefentwurf", "check_brief", "compute_briefe", "template_name"]

VARIABLEN = BRIEF

_SEITENZAHL = re.compile(r"Seite\s+(\d+)\s+von\s+(\d+)")
_CODE_MM = 20.0  # smaller codes are not read from a page scanned at 150 dpi


@dataclasses.dataclass(frozen=True, slots=True)
class Briefentwurf:
    """One letter before setting.

    `stamm` is the file name without ending; `werte` and `bilder` go to satz.druck.set_letter; `anschrift` must
    stand in the window of `form` (DIN 5008 A or B), `erwartet` anywhere in the finished letter, the
    `geschaeftsangaben` on its pages (footer); `daten` belong into the step's entry. `beilagen`: whether an
    e-mail draft and, where `antwortbogen`, the reply form go with it.
    """

    art: str
    stamm: str
    datum: dt.date
    werte: Mapping[str, Any]
    bilder: Mapping[str, bytes]
    anschrift: tuple[str, ...]
    erwartet: tuple[str, ...]
    zahlcode: Zahlcode | None
    konto: Konto
    daten: Briefdaten
    befunde: tuple[Befund, ...] = ()
    geschaeftsangaben: tuple[str, ...] = ()
    form: str = "B"
    beilagen: bool = True
    antwortbogen: bool = True


def compute_briefe(
    sachstand: Sachstand,
    konto: Konto,
    stufe: Mahnstufe,
    frist_bis: dt.date | None,
    dann: str | None,
    logo: bytes | None = None,
    *,
    bis: dt.date | None = None,
    anlagen: tuple[str, ...] = (),
    zusatz: tuple[str, ...] = (),
) -> tuple[Briefentwurf, ...]:
    """Return the drafts of one kind of letter: one for each address.

    `sachstand` is the case as of the date of the letter, `konto` the account it shows; that may be of an earlier day.
    `dann` is the step that the letter announces, `bis` a day the command named, `logo` a PNG, `anlagen` what is
    enclosed, `zusatz` paragraphs that a clerk adds (checked by zusatz.py). Raises Ablehnung when the letter must
    not be written, with everything that is missing.
    """
    art = find_art(stufe.art)
    check_berechtigung(sachstand.fall, art)
    aufstellung = (
        compute_aufstellung(sachstand.fall, konto, nur_hauptforderung=art.nur_hauptforderung)
        if "forderung" in art.teile
        else None
    )
    vorlage = Sache(
        sachstand=sachstand, art=art, stufe=stufe, konto=konto, aufstellung=aufstellung, bis=bis, empfaenger=(),
        frist_bis=frist_bis if art.frist_tage is not None else None,
        dann=dann if dann in art.kuendigt_an else None,
        zusatz=zusatz,
    )  # fmt: skip
    entwuerfe: list[Briefentwurf] = []
    gather((
        lambda: check_zulassung(sachstand, art, stufe, dann),
        lambda: entwuerfe.extend(_draft_all(vorlage, logo, anlagen)),
    ))  # fmt: skip
    return tuple(entwuerfe)


def _draft_all(vorlage: Sache, logo: bytes | None, anlagen: Sequence[str]) -> tuple[Briefentwurf, ...]:
    sachen = list(_address(vorlage))
    if not sachen:
        raise refuse("BRIEF_OHNE_EMPFAENGER", f"Den Brief „{vorlage.art.art}“ bekommt hier niemand.",
                     "Beim Titel „schuldner:“ prüfen.")  # fmt: skip
    mehrere = len(sachen) > 1
    return gather(
        functools.partial(_draft, sache, an, logo, anlagen, mehrere=mehrere) for sache, an in sachen
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Adressat:
    """Who receives a letter: name for the file, salutation, and the address lines, asked for when it is drafted."""

    name: str
    anrede: str
    write_zeilen: Callable[[], list[str]]


def _address(sache: Sache) -> Iterator[tuple[Sache, _Adressat]]:
    """Yield the letter once for each recipient."""
    if sache.art.an_schuldner:
        gruppen = (
            [(einer,) for einer in sache.fall.schuldner]
            if _needs_own_copy(sache)
            else group_by_anschrift(sache.fall.schuldner)
        )
        for gruppe in gruppen:
            if "titel" in sache.art.teile and not any(list_titel(sache.sachstand, gruppe)):
                continue  # the title binds somebody else
            zeilen = functools.partial(write_anschrift, gruppe)
            an = _Adressat(gruppe[0].kennung, write_anrede(gruppe), zeilen)
            yield dataclasses.replace(sache, empfaenger=gruppe), an
        return
    for ereignis, person in _events_of(sache):
        if ereignis.empfaenger is None:
            raise refuse(
                "BRIEF_EMPFAENGER_FEHLT",
                f"Die Anschrift ist nicht angegeben, an die der Brief „{sache.art.art}“ geht ({sache.art.an.value}).",
                f"In fall.yaml beim Ereignis „{ereignis.art}“ „empfaenger:“ mit name, strasse, plz und ort ergänzen.",
                ereignis.stelle,
            )
        neu = dataclasses.replace(sache, ereignis=ereignis, sachstand=_only(sache.sachstand, person))
        if sache.art.gegenstand is Gegenstand.VOR_INSOLVENZ:
            vortag = ereignis.am - dt.timedelta(days=1)
            neu = dataclasses.replace(
                neu, konto=compute_konto_gegen(sache.sachstand.am(vortag), person.kennung)
            )
        zeilen = functools.partial(write_fremde_anschrift, ereignis.empfaenger)
        yield neu, _Adressat(person.kennung, "Sehr geehrte Damen und Herren,", zeilen)


def _needs_own_copy(sache: Sache) -> bool:
    """Stored data are told to nobody else; default and notice act only for whom they reach (§ 425 BGB)."""
    return "daten" in sache.art.teile or sache.art.jedem or sache.stufe.setzt_in_verzug


def _events_of(sache: Sache) -> Iterator[tuple[Ereignis, Schuldner]]:
    """Yield the latest event of each debtor that the letter rests on."""
    art = sache.art.ereignis or ""
    ereignisse = ereignisse_bis(sache.sachstand, art)
    if not ereignisse:
        raise refuse_without_event(
            sache.art.art,
            f"das Ereignis „{art}“",
            f"In fall.yaml unter „ereignisse:“ ein Ereignis „{art}“ mit „empfaenger:“ eintragen.",
        )
    if len(sache.fall.schuldner) > 1 and any(ereignis.schuldner is None for ereignis in ereignisse):
        raise refuse(
            "BRIEF_EREIGNIS_UNKLAR", f"Beim Ereignis „{art}“ fehlt, wen von mehreren Schuldnern es betrifft.",
            "Dort „schuldner:“ mit der Kennung ergänzen.", ereignisse[0].stelle
        )  # fmt: skip
    je_person = {ereignis.schuldner or sache.fall.schuldner[0].kennung: ereignis for ereignis in ereignisse}
    yield from ((ereignis, sache.fall.schuldner_mit(kennung)) for kennung, ereignis in je_person.items())


def _only(sachstand: Sachstand, person: Schuldner) -> Sachstand:
    return sachstand.mit(dataclasses.replace(sachstand.fall, schuldner=(person,)))


def _draft(
    sache: Sache, an: _Adressat, logo: bytes | None, anlagen: Sequence[str], *, mehrere: bool
) -> Briefentwurf:
    gather((an.write_zeilen, lambda: collect_teile(sache)))
    zeilen, teile = an.write_zeilen(), collect_teile(sache)
    zahlcode, befunde = _draw_code(sache, teile)
    werte = compute_werte(
        sache, teile, zeilen=zeilen, anrede=an.anrede, logo=logo is not None, zahlcode=zahlcode is not None,
        anlagen=anlagen,
    )  # fmt: skip
    bilder = {"zahlcode": zahlcode.png} if zahlcode else {}
    if logo is not None:
        bilder["logo"] = logo
    endung = f"_{an.name}" if mehrere else ""
    return Briefentwurf(
        art=sache.art.art,
        stamm=f"{sache.datum.isoformat()}_{sache.art.art}{endung}",
        datum=sache.datum,
        werte=werte,
        bilder=bilder,
        anschrift=tuple(zeilen),
        erwartet=(*_expected(werte, teile, anlagen), *sache.zusatz),
        zahlcode=zahlcode,
        konto=sache.konto,
        daten=_entry(sache, teile),
        befunde=(*befunde, *check_absender(sache.fall, sache.art, sache.empfaenger)),
        geschaeftsangaben=tuple(werte["absender"]["pflichtzeilen"]),
        form=sache.fall.einstellungen.briefkopf.form,
        beilagen=sache.art.an_schuldner,
        antwortbogen=sache.art.antwortbogen,
    )


def _draw_code(sache: Sache, teile: Mapping[str, Teil]) -> tuple[Zahlcode | None, tuple[Befund, ...]]:
    """A letter without a payment code is still a letter; the clerk hears why."""
    betrag = find_betrag(teile) if "zahlung" in sache.art.teile else None
    if betrag is None:
        return None, ()
    absender = sache.fall.einstellungen.absender
    ueberweisung = Ueberweisung(
        absender.kontoinhaber or absender.name,
        absender.iban,
        betrag[0],
        verwendungszweck(sache.fall, sache.aufstellung),
    )
    try:
        return draw_zahlcode(ueberweisung), ()
    except Ablehnung as ablehnung:
        return None, (dataclasses.replace(ablehnung.befund, schwere=Schwere.WARNUNG),)


def _expected(werte: Mapping[str, Any], teile: Mapping[str, Teil], anlagen: Sequence[str]) -> tuple[str, ...]:
    zahlung = werte.get("zahlung")
    gezahlt = (format_euro(zahlung["betrag"]), zahlung["iban"]) if zahlung else ()
    return (
        werte["brief"]["aktenzeichen"],
        *gezahlt,
        *(text for teil in teile.values() for text in teil.erwartet),
        *anlagen,
    )


def _entry(sache: Sache, teile: Mapping[str, Teil]) -> Briefdaten:
    """What later readers of the step need: deadline, sum, who was asked, what was announced, which occasion."""
    ton = decide_ton(sache)
    daten = Briefdaten(
        empfaenger=tuple(einer.kennung for einer in sache.empfaenger),
        rechnungen=(),
        anlass_schluessel="; ".join(teil.schluessel for teil in teile.values() if teil.schluessel),
        # the tone check holds a letter to the register in which it was written
        ton=ton if ton != sache.art.ton else None,
        zusatz=sache.zusatz or None,
    )
    if sache.art.fordert:
        daten = daten.joined(_demand(sache, teile))
    elif sache.frist_bis is not None:
        daten = daten.joined(Briefdaten(antwort_bis=sache.frist_bis))
    for teil in teile.values():
        daten = daten.joined(teil.daten)
    return daten


def _demand(sache: Sache, teile: Mapping[str, Teil]) -> Briefdaten:
    betrag = find_betrag(teile)
    if betrag is None or sache.frist_bis is None:
        raise ValueError(f"{sache.art.art} fordert nichts")
    zeilen = sache.aufstellung.forderungen if sache.aufstellung else ()
    # Only who pays what a letter asked for on all of its claims has paid as asked (ablauf/halt.py), not who
    # makes up for one instalment.
    ganzes = Briefdaten() if "rueckstand" in sache.art.teile else _promise(sache, betrag[1])
    return ganzes.joined(
        Briefdaten(
            frist_bis=sache.frist_bis,
            betrag=round_cent(betrag[0]),
            rechnungen=tuple(zeile.forderung.nummer for zeile in zeilen),
            dann=sache.dann,
        )
    )


def _promise(sache: Sache, gilt_bis: dt.date) -> Briefdaten:
    """Until when the sum suffices, and what is added later: who pays so has paid as asked (ablauf/verlangtes.py)."""
    ausblick = find_ausblick(sache)
    if ausblick is None:
        return Briefdaten(betrag_gilt_bis=gilt_bis)
    danach = ZinsenDanach(ab=ausblick.ab, je_tag=round_cent(ausblick.je_tag), bis=ausblick.bis)
    return Briefdaten(betrag_gilt_bis=gilt_bis, zinsen_danach=danach)


# --- the finished letter ------------------------------------------------------------------------------


def check_brief(satz: Satz, entwurf: Briefentwurf) -> tuple[Befund, ...]:
    """Compare a finished letter with its draft; any finding means that it must not leave the house."""
    druck = satz.druckbild
    maengel = [*_missing(druck.seiten, entwurf), *_missing_in_docx(satz.docx_text, entwurf)]
    fenster = squeeze(druck.fenster_form_a if entwurf.form == "A" else druck.fenster)
    if not all(squeeze(zeile) in fenster for zeile in entwurf.anschrift):
        maengel.append("die Anschrift steht nicht vollständig im Fenster")
    if druck.fremde_schriften:
        maengel.append(f"nicht eingebettete Schriften: {', '.join(druck.fremde_schriften)}")
    if entwurf.zahlcode and not _shows_code(satz, entwurf.zahlcode):
        maengel.append("der Zahlcode fehlt oder ist nicht lesbar")
    return tuple(
        sperre("BRIEF_UNVOLLSTAENDIG", f"Der gesetzte Brief {entwurf.stamm} stimmt nicht: {mangel}.",
               "Die Vorlage an dieser Stelle mit der mitgelieferten vergleichen.")
        for mangel in maengel
    )  # fmt: skip


def _missing(seiten: tuple[str, ...], entwurf: Briefentwurf) -> Iterable[str]:
    text = squeeze("".join(seiten))
    for erwartet in (*entwurf.erwartet, *entwurf.geschaeftsangaben):
        if squeeze(erwartet) not in text:
            yield f"„{erwartet}“ fehlt im PDF"
    for nummer, seite in enumerate(seiten, start=1):
        gezaehlt = _SEITENZAHL.findall(seite)
        if gezaehlt and (str(nummer), str(len(seiten))) not in gezaehlt:
            yield f"auf Seite {nummer} steht nicht „Seite {nummer} von {len(seiten)}“"


def _missing_in_docx(text: str, entwurf: Briefentwurf) -> Iterable[str]:
    eng = squeeze(text)
    for erwartet in (*entwurf.anschrift, *entwurf.erwartet):
        if squeeze(erwartet) not in eng:
            yield f"„{erwartet}“ fehlt im Word-Dokument"


def _shows_code(satz: Satz, zahlcode: Zahlcode) -> bool:
    return any(
        bild.breite >= _CODE_MM and shows_module(bild, zahlcode.module) for bild in satz.druckbild.bilder
    )
