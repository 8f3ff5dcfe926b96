"""The items that the first letter of an agency or a lawyer owes a private person: § 13a (1) RDG, § 43d BRAO.

Each item is either stated by a person or the letter is refused; the refusal names the key to add.
"""

import functools
import re
from collections.abc import Iterator
from typing import Any

from mahnakte.arten.kosten import GEBUEHREN, SELBSTERKLAEREND
from mahnakte.briefe.aufstellung import name_kosten
from mahnakte.briefe.sache import Sache, Teil, refuse, write_ort
from mahnakte.fall.modell import Kostenposten
from mahnakte.fall.partei import Schuldner
from mahnakte.grund.befund import Ablehnung, Stelle, gather
from mahnakte.grund.betrag import format_zahl
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Kontoforderung, Kontokosten
from mahnakte.recht.zinssatz import compare_agreed, describe_on

VOM_GLAEUBIGER = ("glaeubiger", "gläubiger")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PLZ = re.compile(r"\b\d{5}\b")


def fill_auftrag(sache: Sache) -> Teil:
    """Return the eight items; raise Ablehnung with all that nobody stated."""
    angaben = (write_grund, _address_source, _kosten, _aufsicht, _above_statute, _with_vat)
    gather(functools.partial(angabe, sache) for angabe in angaben)
    glaeubiger = sache.fall.glaeubiger
    grund, quelle, kosten, aufsicht = (
        write_grund(sache), _address_source(sache), _kosten(sache), _aufsicht(sache)
    )  # fmt: skip
    werte: dict[str, Any] = {
        "auftrag": {"name": glaeubiger.voller_name, "anschrift": write_ort(glaeubiger), "grund": grund},
        "zinszeilen": list(_zinszeilen(sache)),
        "hoeher": [{"text": text} for text in _above_statute(sache)],
        "kostenzeilen": kosten,
        "umsatzsteuer": {"enthalten": _with_vat(sache)},
        "adresse": {"ermittelt": bool(quelle), "quelle": quelle},
    }
    erwartet = [glaeubiger.voller_name, write_ort(glaeubiger), grund, aufsicht, quelle]
    erwartet += [zeile["zeitraum"] for zeile in werte["zinszeilen"]]
    erwartet += [zeile["text"] for zeile in (*werte["hoeher"], *kosten)]
    return Teil(werte=werte, erwartet=tuple(text for text in erwartet if text))


def fill_grund(sache: Sache) -> Teil:
    """Return the ground of the claim alone."""
    grund = write_grund(sache)
    return Teil(werte={"grund": {"text": grund}}, erwartet=(grund,))


def refuse_unstated(text: str, abhilfe: str, stelle: Stelle | None) -> Ablehnung:
    """Return the refusal of a letter on which something must stand that nobody has stated."""
    return refuse("BRIEF_PFLICHTANGABE", text, abhilfe, stelle)


def write_grund(sache: Sache) -> str:
    """No. 2: for contracts subject and date, for torts kind and date."""
    anspruch = sache.fall.anspruch
    if anspruch.vertrag and anspruch.vertragsdatum:
        return f"{anspruch.vertrag} vom {format_datum(anspruch.vertragsdatum)}"
    if anspruch.handlung and anspruch.handlung_am:
        return f"{anspruch.handlung} am {format_datum(anspruch.handlung_am)}"
    fehlt = "vertragsdatum" if anspruch.vertrag else "vertrag“ und „vertragsdatum"
    raise refuse_unstated(
        "Der Forderungsgrund ist nicht vollständig angegeben (§ 13a Abs. 1 Nr. 2 RDG).",
        f"In fall.yaml bei „anspruch:“ „{fehlt}“ ergänzen; bei unerlaubter Handlung „handlung“ und „handlung_am“.",
        anspruch.stelle
    )  # fmt: skip


def _zinszeilen(sache: Sache) -> Iterator[dict[str, Any]]:
    """No. 3: base amount, rate and period of every interest line, as the account has them."""
    for abschnitt in sache.konto.abschnitte:
        zeile = abschnitt.zeile
        yield {
            "rechnung": abschnitt.rechnung or abschnitt.name,
            "betrag": zeile.betrag,
            "satz": f"{format_zahl(zeile.satz)}\u00a0%",
            "zeitraum": f"{format_datum(zeile.von)} – {format_datum(zeile.bis)}",
            "zinsen": zeile.zinsen,
        }


def _above_statute(sache: Sache) -> tuple[str, ...]:
    """No. 4: a rate above the statutory one is named apart, with its reason."""
    zeilen = gather(functools.partial(_name_rate, sache, zeile) for zeile in sache.konto.forderungen)
    return tuple(zeile for zeile in zeilen if zeile)


def _name_rate(sache: Sache, zeile: Kontoforderung) -> str:
    """Return the rate of one invoice and its reason; empty where it is not above the statutory one."""
    forderung = next((f for f in sache.fall.forderungen if f.nummer == zeile.rechnung), None)
    if forderung is None or forderung.zinsen is None or zeile.zinssatz is None or not _exceeds(sache, zeile):
        return ""
    if not forderung.zinsen.grund:
        raise refuse_unstated(
            f"Bei Rechnung {zeile.rechnung} liegt der Zinssatz über dem gesetzlichen; der Grund fehlt "
            "(§ 13a Abs. 1 Nr. 4 RDG).",
            "In fall.yaml bei dieser Rechnung unter „zinsen:“ „grund“ ergänzen.", forderung.zinsen.stelle
        )  # fmt: skip
    satz = describe_on(sache.fall.recht, zeile.zinssatz, sache.konto.stichtag)
    return f"{zeile.rechnung}: {satz}, {forderung.zinsen.grund}"


def _exceeds(sache: Sache, zeile: Kontoforderung) -> bool:
    tage = [a.zeile.von for a in sache.konto.abschnitte if a.rechnung == zeile.rechnung]
    return zeile.zinssatz is not None and any(
        compare_agreed(sache.fall.recht, zeile.zinssatz, lage.zins.zinssatz, tag) is not None
        for lage in zeile.verzug
        if lage.zins
        for tag in tage
    )


def _kosten(sache: Sache) -> tuple[dict[str, Any], ...]:
    """No. 5: kind, amount and cause of each cost item that is claimed."""
    zeilen = gather(functools.partial(_name_cost, sache, posten) for posten in sache.konto.kostenposten)
    return tuple(zeile for zeile in zeilen if zeile["betrag"])


def _name_cost(sache: Sache, posten: Kontokosten) -> dict[str, Any]:
    betrag = posten.verlangt
    angabe = _find_angabe(sache, posten)
    art = name_kosten(posten)
    if betrag and posten.art not in SELBSTERKLAEREND and (angabe is None or not angabe.grund):
        raise refuse_unstated(
            f"Bei den Kosten „{art}“ vom {format_datum(posten.am)} fehlt der Entstehungsgrund "
            "(§ 13a Abs. 1 Nr. 5 RDG).",
            "In fall.yaml bei diesen „kosten:“ „grund“ ergänzen, zum Beispiel „Auftrag vom 02.05.2026“.",
            angabe.stelle if angabe else None,
        )
    grund = f": {angabe.grund}" if angabe and angabe.grund and angabe.grund != art else ""
    return {"text": f"{art} vom {format_datum(posten.am)}{grund}", "betrag": betrag}


def _find_angabe(sache: Sache, posten: Kontokosten) -> Kostenposten | None:
    gleiche = (
        angabe
        for angabe in sache.fall.kosten
        if (angabe.am, angabe.art, angabe.betrag) == (posten.am, posten.art, posten.haupt.entstanden)
    )
    return next(gleiche, None)


def _with_vat(sache: Sache) -> bool:
    """No. 6: VAT on the fee may only be asked for where the creditor cannot deduct it, and the letter says so."""
    verguetungen = [k for k in sache.fall.kosten if k.art in GEBUEHREN and k.am <= sache.konto.stichtag]
    enthalten = any(gather(functools.partial(_states_vat, angabe) for angabe in verguetungen))
    if enthalten and sache.fall.glaeubiger.vorsteuerabzug is not False:
        raise refuse(
            "BRIEF_UMSATZSTEUER",
            "Die Kosten enthalten Umsatzsteuer; verlangt werden darf sie nur, wenn der Gläubiger sie nicht als "
            "Vorsteuer "
            "abziehen kann (§ 13a Abs. 1 Nr. 6 RDG).",
            "Beim Gläubiger „vorsteuerabzug: nein“ angeben, wenn es so ist; sonst die Kosten ohne Umsatzsteuer "
            "eintragen.",
            sache.fall.glaeubiger.stelle,
        )
    return enthalten


def _states_vat(angabe: Kostenposten) -> bool:
    if angabe.umsatzsteuer is None:
        raise refuse_unstated(
            f"Ob die Kosten vom {format_datum(angabe.am)} Umsatzsteuer enthalten, ist nicht angegeben "
            "(§ 13a Abs. 1 Nr. 6 RDG).",
            "In fall.yaml bei diesen „kosten:“ „umsatzsteuer: ja“ oder „umsatzsteuer: nein“ ergänzen.",
            angabe.stelle
        )  # fmt: skip
    return angabe.umsatzsteuer


def _address_source(sache: Sache) -> str:
    """No. 7: where the address came from, unless from the creditor; somebody must have said which."""
    quellen = gather(functools.partial(_states_source, einer) for einer in sache.empfaenger)
    return "; ".join(dict.fromkeys(q for q in quellen if q.lower() not in VOM_GLAEUBIGER))


def _states_source(einer: Schuldner) -> str:
    if einer.anschrift_quelle is None:
        raise refuse_unstated(
            f"Woher die Anschrift von {einer.voller_name} stammt, ist nicht angegeben (§ 13a Abs. 1 Nr. 7 RDG).",
            "In fall.yaml beim Schuldner „anschrift_quelle: glaeubiger“ oder die Quelle ergänzen.", einer.stelle
        )  # fmt: skip
    return einer.anschrift_quelle


def _aufsicht(sache: Sache) -> str:
    """No. 8: supervisory authority or chamber, with address and e-mail."""
    absender = sache.fall.einstellungen.absender
    aufsicht = absender.aufsicht or ""
    if not aufsicht or not _EMAIL.search(aufsicht) or not _PLZ.search(aufsicht):
        stelle = "Rechtsanwaltskammer" if absender.rolle == "anwalt" else "Aufsichtsbehörde"
        raise refuse_unstated(
            f"Die {stelle} ist nicht mit Anschrift und E-Mail angegeben (§ 13a Abs. 1 Nr. 8 RDG, § 43d BRAO).",
            "In mahnakte.yaml bei „absender:“ in einer Zeile ergänzen: „aufsicht: Name, Straße, PLZ Ort, E-Mail“.",
            absender.stelle,
        )
    return aufsicht
