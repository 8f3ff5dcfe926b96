"""Assignment, hand-over, limitation waiver, titles, and letters to administrator, register office and court."""

from mahnakte.ablauf.verlangtes import find_whole
from mahnakte.briefe.sache import (
    Sache,
    Teil,
    list_titel,
    refuse,
    refuse_settled,
    write_long_date,
    write_ort,
    write_titel,
)
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.betrag import NULL, format_euro, format_zahl
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Konto
from mahnakte.konto.zinsluecke import describe_uncounted
from mahnakte.recht.ungeprueft import unread_law

_VIELE = 5  # invoices that are still named one by one
# § 202 (2) allows 30 from the legal start; the start is not asked here, so far less is offered.
_HOECHSTENS_JAHRE = 5


def fill_stand(sache: Sache) -> Teil:
    """Return the balance in its parts and what it is about; a letter about nothing is refused, but for answers."""
    konto = sache.konto
    if konto.gesamt <= NULL and not sache.art.auch_bezahlt:
        raise refuse_settled("Es ist nichts offen.", "Es gibt nichts zu schreiben.")
    return Teil(
        werte={
            "stand": {
                "worum": _subject(sache),
                "hauptforderung": konto.hauptforderung,
                "zinsen": konto.zinsen,
                "zinsen_text": _interest(konto),
                "kosten": konto.kosten,
                "gesamt": konto.gesamt,
            }
        },
        erwartet=(format_euro(konto.gesamt),) if konto.gesamt > NULL and not _is_settled(sache) else (),
    )


def _is_settled(sache: Sache) -> bool:
    """The confirmation of a payment that a letter called enough names no rest."""
    return "eingang" in sache.art.teile and find_whole(sache.sachstand, sache.konto) is not None


def _interest(konto: Konto) -> str:
    """Say for which days interest is asked, and at which rate where there is but one."""
    offen = describe_uncounted(konto.forderungen, konto.stichtag)
    return f"{_counted(konto)}; hinzu kommen {offen}" if offen else _counted(konto)


def _counted(konto: Konto) -> str:
    zeilen = [abschnitt.zeile for abschnitt in konto.abschnitte]
    if not zeilen:
        return "Zinsen"
    von, bis = min(zeile.von for zeile in zeilen), max(zeile.bis for zeile in zeilen)
    saetze = {zeile.satz for zeile in zeilen}
    satz = f", {format_zahl(saetze.pop())}\u00a0% im Jahr" if len(saetze) == 1 else ""
    # Where some of it was paid, the days would not derive what is left.
    if sum((zeile.zinsen for zeile in zeilen), NULL) != konto.zinsen:
        return f"offene Zinsen bis {format_datum(bis)}{satz}"
    return f"Zinsen vom {format_datum(von)} bis {format_datum(bis)}{satz}"


def _subject(sache: Sache) -> str:
    titel = [write_titel(einer) for einer in list_titel(sache.sachstand, sache.schuldner)]
    rechnungen = [f"{f.nummer} vom {format_datum(f.datum)}" for f in sache.fall.forderungen]
    if titel:
        return "; ".join(titel)
    if len(rechnungen) > _VIELE:
        return f"{len(rechnungen)} Rechnungen, zuerst {rechnungen[0]}"
    return f"{'Rechnung' if len(rechnungen) == 1 else 'Rechnungen'} {', '.join(rechnungen)}"


def fill_uebergabe(sache: Sache) -> Teil:
    """§ 174 BGB: the announcement names who may act, so that nobody can reject the agent for want of a power."""
    an = sache.fall.einstellungen.uebergabe
    if an is None:
        raise refuse(
            "BRIEF_UEBERGABE_FEHLT", "An wen übergeben wird, ist nicht angegeben (§ 174 BGB).",
            "In mahnakte.yaml „uebergabe:“ mit art, name, strasse, plz und ort ergänzen."
        )  # fmt: skip
    werte = {"name": an.name, "anschrift": write_ort(an), "anwalt": an.art == "anwalt"}
    return Teil(werte={"uebergabe": werte}, erwartet=(an.name, write_ort(an)))


def fill_abtretung(sache: Sache) -> Teil:
    """§ 410 BGB: who had the claim, since when it is ours; the deed is enclosed."""
    abtretung = sache.fall.abtretung
    if abtretung is None or abtretung.urkunde is None:
        fehlt = "abtretung:“ mit name, strasse, plz, ort, am und „urkunde" if abtretung is None else "urkunde"
        raise refuse(
            "BRIEF_ABTRETUNG_FEHLT",
            "Abtretung und Urkunde sind nicht vollständig angegeben; ohne die Urkunde muss der Schuldner nicht "
            "an den neuen "
            "Gläubiger zahlen (§ 410 BGB).",
            f"In fall.yaml „{fehlt}“ ergänzen.", abtretung.stelle if abtretung else None
        )  # fmt: skip
    if sache.fall.konto.tilgung == "497":
        raise Ablehnung(unread_law(
            "Wer Verbraucherkredite kauft, schuldet Anzeigen nach § 30 KrZwMG, die hier fehlen.",
            "Diese Anzeige muss ein Mensch nach dem KrZwMG schreiben.", abtretung.stelle
        ))  # fmt: skip
    werte = {"von": abtretung.name, "anschrift": write_ort(abtretung), "am": abtretung.am}
    return Teil(
        werte={"abtretung": werte},
        erwartet=(abtretung.name, write_ort(abtretung), format_datum(abtretung.am)),
    )


def fill_verzicht(sache: Sache) -> Teil:
    """§ 202 BGB: until when the debtor is asked not to plead limitation; a person names the day."""
    if sache.bis is None or sache.bis <= sache.datum:
        raise refuse(
            "BRIEF_BIS_FEHLT", "Bis wann auf die Einrede der Verjährung verzichtet werden soll, ist nicht angegeben.",
            "Den Tag mit „--bis JJJJ-MM-TT“ angeben; er muss nach dem Stichtag liegen."
        )  # fmt: skip
    if sache.bis > sache.datum.replace(
        year=sache.datum.year + _HOECHSTENS_JAHRE, day=min(sache.datum.day, 28)
    ):
        raise refuse(
            "BRIEF_BIS_ZU_SPAET", f"Ein Verzicht für mehr als {_HOECHSTENS_JAHRE} Jahre wird hier nicht angeboten.",
            "Einen früheren Tag angeben; § 202 Abs. 2 BGB zieht eine weitere Grenze, die ein Mensch prüft."
        )  # fmt: skip
    lang = write_long_date(sache.bis)
    return Teil(
        werte={"verzicht": {"bis": sache.bis, "bis_lang": lang}},
        erwartet=(lang,),
        schluessel=f"verzicht {sache.bis.isoformat()}",
    )


def fill_titel(sache: Sache) -> Teil:
    """Return the titles that the offer is about; the sum is that of the account."""
    titel = [{"text": write_titel(einer)} for einer in list_titel(sache.sachstand, sache.schuldner)]
    return Teil(
        werte={"titel": titel},
        betrag=sache.konto.gesamt,
        gilt_bis=sache.frist_bis,
        erwartet=tuple(einer["text"] for einer in titel),
    )


def fill_gesucht(sache: Sache) -> Teil:
    """Return who is looked for or has died; no sums, because the office does not need them."""
    (person,) = sache.schuldner
    ereignis = sache.ereignis
    seit = ereignis.am if ereignis else sache.datum
    werte = {
        "name": person.voller_name,
        "anschrift": write_ort(person),
        "seit": seit,
        "zeichen": (ereignis.aktenzeichen if ereignis else None) or "",
    }
    return Teil(
        werte={"gesucht": werte},
        erwartet=(person.voller_name, write_ort(person)),
        schluessel=f"{person.kennung} {seit.isoformat()}",
    )


def fill_insolvenz(sache: Sache) -> Teil:
    """Return debtor, court and day of the opening; the account ends the day before (§ 39 (1) no. 1 InsO)."""
    (person,) = sache.schuldner
    ereignis = sache.ereignis
    if ereignis is None or not ereignis.gericht or not ereignis.aktenzeichen:
        raise refuse(
            "BRIEF_EREIGNIS_UNVOLLSTAENDIG", "Zur Anmeldung fehlen Insolvenzgericht oder Aktenzeichen.",
            "In fall.yaml beim Ereignis „insolvenz“ „gericht“ und „aktenzeichen“ ergänzen.",
            ereignis.stelle if ereignis else None
        )  # fmt: skip
    titel = [{"text": write_titel(einer)} for einer in list_titel(sache.sachstand, sache.schuldner)]
    werte = {
        "schuldner": person.voller_name,
        "anschrift": write_ort(person),
        "gericht": ereignis.gericht,
        "zeichen": ereignis.aktenzeichen,
        "am": ereignis.am,
    }
    return Teil(
        werte={"insolvenz": werte, "titel": titel},
        erwartet=(person.voller_name, ereignis.gericht, ereignis.aktenzeichen, format_datum(ereignis.am)),
        schluessel=f"{person.kennung} {ereignis.am.isoformat()}",
    )
