"""Answers to the debtor: payment received, objections, information, receipt. Only what the case says."""

from collections.abc import Iterator
from typing import Any

from mahnakte.ablauf.verlangtes import find_whole
from mahnakte.arten.brief import ARTEN, find_art
from mahnakte.arten.ereignis import BESTRITTEN, BESTRITTEN_ERLEDIGT
from mahnakte.arten.kosten import KOSTENARTEN
from mahnakte.briefe.auftrag import VOM_GLAEUBIGER, refuse_unstated, write_grund
from mahnakte.briefe.sache import (
    Sache,
    Teil,
    list_titel,
    refuse,
    refuse_without_event,
    write_ort,
    write_titel,
)
from mahnakte.fall.modell import Ereignis
from mahnakte.fall.partei import Schuldner
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Kontobuchung
from mahnakte.stand.verlauf import effective_vorgaenge, ereignisse_bis


def fill_eingang(sache: Sache) -> Teil:
    """Return the payments of the last day on which something came in, and what they were credited to."""
    zahlungen = [z for z in sache.konto.zahlungen if not z.zurueck_am and not z.aus_fall]
    if not zahlungen:
        raise refuse(
            "BRIEF_KEINE_ZAHLUNG", "Es ist noch keine Zahlung eingetragen.",
            "In fall.yaml unter „zahlungen:“ die Zahlung mit „am:“ und „betrag:“ eintragen."
        )  # fmt: skip
    tag = max(zahlung.am for zahlung in zahlungen)
    letzte = [zahlung for zahlung in zahlungen if zahlung.am == tag]
    betrag = sum((zahlung.betrag for zahlung in letzte), NULL)
    erledigt = sache.konto.gesamt <= NULL
    wie_verlangt = not erledigt and find_whole(sache.sachstand, sache.konto) is not None
    return Teil(
        werte={
            "eingang": {
                "am": tag,
                "betrag": betrag,
                "erledigt": erledigt,
                "wie_verlangt": wie_verlangt,
                "rest": not erledigt and not wie_verlangt,
            },
            "anrechnung": [eintrag for zahlung in letzte for eintrag in _credited(zahlung)],
        },
        erwartet=(format_datum(tag), format_euro(betrag)),
        schluessel=f"zahlung {tag.isoformat()} {betrag}",
    )


def _credited(zahlung: Kontobuchung) -> Iterator[dict[str, Any]]:
    """Yield what a payment went to, in the order of the account; what is left was paid too much."""
    for teil in zahlung.auf:
        rechnung = f"Rechnung {teil.rechnung}" if teil.rechnung else ""
        text = {"hauptforderung": rechnung or "Rechnung", "zinsen": f"Zinsen zu {rechnung}" if rechnung else "Zinsen",
                "kosten": "Kosten"}[teil.art]  # fmt: skip
        yield {"text": text, "betrag": teil.betrag}
    if zahlung.rest:
        yield {"text": "zu viel gezahlt", "betrag": zahlung.rest}


def fill_quittung(sache: Sache) -> Teil:
    """Return the receipt: what was paid when, what was paid too much, which titles go back."""
    konto = sache.konto
    eingaenge = [
        {"am": zahlung.am, "betrag": zahlung.betrag} for zahlung in konto.zahlungen if not zahlung.zurueck_am
    ]
    titel = [{"text": write_titel(titel)} for titel in list_titel(sache.sachstand, sache.schuldner)]
    return Teil(
        werte={
            "quittung": {"gezahlt": konto.gezahlt, "ueberzahlung": konto.ueberzahlung},
            "eingaenge": eingaenge,
            "titel": titel,
        },
        erwartet=tuple(einer["text"] for einer in titel),
        schluessel=f"gezahlt {konto.gezahlt}",
    )


def fill_einwand(sache: Sache) -> Teil:
    """Return the latest objection: when, and what it is about."""
    einwand = _need_objection(sache)
    if einwand.rechnung:
        worum = f"Rechnung {einwand.rechnung}"
    elif einwand.betrag:
        worum = f"einen Teil der Forderung ({format_euro(einwand.betrag)})"
    else:
        worum = "die Forderung"
    return Teil(
        werte={"einwand": {"vom": einwand.am, "worum": worum}},
        erwartet=(format_datum(einwand.am),),
        schluessel=f"einwand {einwand.am.isoformat()} {worum}",
    )


def fill_antwort(sache: Sache) -> Teil:
    """Return our answer to the objection, as a person has written it down."""
    einwand = _need_objection(sache)
    antworten = [
        ende
        for ende in ereignisse_bis(sache.sachstand, BESTRITTEN_ERLEDIGT.wort)
        if ende.am >= einwand.am and ende.rechnung in (None, einwand.rechnung)
    ]
    if not antworten or not antworten[-1].grund:
        raise refuse(
            "BRIEF_ANTWORT_FEHLT", "Warum der Einwand nicht durchgreift, ist nicht angegeben.",
            "In fall.yaml ein Ereignis „bestritten_erledigt“ mit „grund“ eintragen; der Satz erscheint im Brief.",
            einwand.stelle
        )  # fmt: skip
    text = antworten[-1].grund or ""
    return Teil(werte={"antwort": {"text": text}}, erwartet=(text,))


def fill_schlichtung(sache: Sache) -> Teil:
    """§ 37 VSBG: who rejects a consumer's objection names the arbitration body and says whether it takes part."""
    glaeubiger = sache.fall.glaeubiger
    noetig = not glaeubiger.verbraucher and any(einer.verbraucher is not False for einer in sache.schuldner)
    stelle = glaeubiger.schlichtung
    if not noetig:
        leer = {"noetig": False, "name": "", "anschrift": "", "internet": "", "teilnahme": False}
        return Teil(werte={"schlichtung": leer})
    if stelle is None:
        raise refuse(
            "BRIEF_SCHLICHTUNG_FEHLT",
            "Wer den Einwand eines Verbrauchers zurückweist, nennt die Schlichtungsstelle und ob er teilnimmt "
            "(§ 37 VSBG).",
            "In mahnakte.yaml beim Gläubiger „schlichtung:“ mit name, strasse, plz, ort, internet und teilnahme "
            "ergänzen.",
            glaeubiger.stelle,
        )
    werte = {
        "noetig": True,
        "name": stelle.name,
        "anschrift": write_ort(stelle),
        "internet": stelle.internet,
        "teilnahme": stelle.teilnahme,
    }
    return Teil(werte={"schlichtung": werte}, erwartet=(stelle.name, write_ort(stelle), stelle.internet))


def fill_auskunft(sache: Sache) -> Teil:
    """§ 13a (2) RDG, § 43d (2) BRAO: original creditor and how the contract came about."""
    fall = sache.fall
    if not fall.anspruch.vertragsschluss:
        raise refuse_unstated(
            "Wie der Vertrag zustande kam, ist nicht angegeben (§ 13a Abs. 2 RDG).",
            "In fall.yaml bei „anspruch:“ „vertragsschluss“ ergänzen: wann, wo, auf welchem Weg.",
            fall.anspruch.stelle
        )  # fmt: skip
    abtretung = fall.abtretung
    name, anschrift = (
        (abtretung.name, write_ort(abtretung))
        if abtretung
        else (fall.glaeubiger.voller_name, write_ort(fall.glaeubiger))
    )
    werte: dict[str, Any] = {
        "glaeubiger": name,
        "anschrift": anschrift,
        "abgetreten": abtretung is not None,
        "abgetreten_am": format_datum(abtretung.am) if abtretung else "",
        "grund": write_grund(sache),
        "vertragsschluss": fall.anspruch.vertragsschluss,
    }
    return Teil(
        werte={"auskunft": werte},
        erwartet=(name, anschrift, werte["grund"], fall.anspruch.vertragsschluss),
        schluessel=f"auskunft {sache.datum.isoformat()}",
    )


def fill_daten(sache: Sache) -> Teil:
    """Art. 15: what the case holds about this person. What else the answer needs stands where `datenschutz:` says."""
    absender = sache.fall.einstellungen.absender
    if not absender.datenschutz:
        raise refuse(
            "BRIEF_DATENSCHUTZ_FEHLT",
            "Zwecke, Empfänger, Speicherdauer und Rechte kennt das Programm nicht; es fehlt, wo Ihre "
            "Datenschutzinformation steht.",
            "In mahnakte.yaml bei „absender:“ „datenschutz“ ergänzen, zum Beispiel die Internetadresse.",
            absender.stelle
        )  # fmt: skip
    (person,) = sache.empfaenger
    daten = [{"feld": feld, "wert": wert} for feld, wert in _facts(sache, person) if wert]
    vermerke = [{"am": vermerk.am, "text": _describe(vermerk)} for vermerk in _events(sache, person)]
    return Teil(
        werte={"daten": daten, "vermerke": vermerke},
        erwartet=(absender.datenschutz, *(einer["wert"] for einer in daten)),
        schluessel=f"auskunft {person.kennung} {sache.datum.isoformat()}",
    )


def _facts(sache: Sache, person: Schuldner) -> Iterator[tuple[str, str]]:
    fall = sache.fall
    yield "Name", " ".join(teil for teil in (person.anrede, person.voller_name) if teil)
    yield "Anschrift", write_ort(person)
    quelle = person.anschrift_quelle or ""
    vom_glaeubiger = quelle.lower() in VOM_GLAEUBIGER
    yield "Herkunft der Anschrift", f"von {fall.glaeubiger.voller_name}" if vom_glaeubiger else quelle
    yield "Telefon", person.telefon or ""
    yield "E-Mail", person.email or ""
    yield "Wem das Geld zusteht", f"{fall.glaeubiger.voller_name}, {write_ort(fall.glaeubiger)}"
    yield "Vertrag", fall.anspruch.vertrag or ""
    for forderung in fall.forderungen:
        yield (
            f"Rechnung {forderung.nummer}",
            f"{format_datum(forderung.datum)}, {format_euro(forderung.betrag)}",
        )
    yield from _entries(sache)
    for zahlung in fall.zahlungen:
        if zahlung.am <= sache.datum and zahlung.von in (None, person.kennung):
            yield "Zahlung", f"{format_datum(zahlung.am)}, {format_euro(zahlung.betrag)}"
    for titel in list_titel(sache.sachstand, [person]):
        yield "Titel", write_titel(titel)
    for vorgang in effective_vorgaenge(sache.sachstand):
        if person.kennung in (vorgang.brief.empfaenger or ()):
            titel_des_briefs = find_art(vorgang.art).titel if vorgang.art in ARTEN else vorgang.art
            yield "Schreiben an Sie", f"{titel_des_briefs} vom {format_datum(vorgang.stichtag)}"


def _entries(sache: Sache) -> Iterator[tuple[str, str]]:
    """What stands in the account beside invoices and payments; it concerns every debtor of the case."""
    fall = sache.fall
    posten = (
        *((KOSTENARTEN[k.art].name, k.am, k.betrag, k.grund) for k in fall.kosten),
        *(("Gutschrift", g.am, g.betrag, g.grund) for g in fall.gutschriften),
        *(("Verzicht", v.am, v.betrag, v.grund) for v in fall.verzicht),
    )
    for feld, am, betrag, grund in posten:
        if am <= sache.datum:
            yield feld, ", ".join(filter(None, (format_datum(am), format_euro(betrag), grund)))


def _events(sache: Sache, person: Schuldner) -> list[Ereignis]:
    ereignisse = (
        e for e in sache.fall.ereignisse if e.am <= sache.datum and e.schuldner in (None, person.kennung)
    )
    return sorted(ereignisse, key=lambda ereignis: ereignis.am)


def _describe(ereignis: Ereignis) -> str:
    angaben = (ereignis.kanal, ereignis.notiz, ereignis.grund, ereignis.gericht)
    return ": ".join([ereignis.art.replace("_", " "), *filter(None, (", ".join(filter(None, angaben)),))])


def _need_objection(sache: Sache) -> Ereignis:
    einwand = sache.last_event(BESTRITTEN.wort)
    if einwand is None:
        raise refuse_without_event(
            sache.art.art, "der Einwand", "In fall.yaml ein Ereignis „bestritten“ mit „grund“ eintragen."
        )
    return einwand
