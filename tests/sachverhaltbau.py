"""Cases that a lawyer writes (fixtures/sachverhalte): read strictly, asked of the program, compared in German.

The program is asked in one place, `ask`. Everything else here knows only texts: amounts as `1.023,45`, days as
`04.05.2026`, so that what a person wrote and what the program counted stand beside each other in the same words.
"""

import dataclasses
import datetime as dt
import difflib
import pathlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import yaml

from fallbau import known_up_to
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.befehle.fristen import list_fristen
from mahnakte.befehle.konto import show_konto
from mahnakte.befehle.titel import list_titel
from mahnakte.grund.befund import Schwere
from mahnakte.grund.strict_yaml import Abbildung, Folge, Knoten, YamlFehler, parse_yaml
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.bestandsrecht import Bestandsrecht
from mahnakte.werk.laden import Lage, load_fall
from mahnakte.werk.vorschau import plan_geladen

ORDNER = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "sachverhalte"
RAHMEN = ORDNER / "rahmen.yaml"

# Every key of a Sachverhalt, by the place where it may stand; README.md explains each of them.
SCHLUESSEL: Mapping[str, tuple[str, ...]] = {
    "Sachverhalt": ("titel", "warum", "rahmen", "recht_bekannt_bis", "einstellungen", "fall", "erwartet"),
    "Tag": ("konto", "konto_gegen", "plan", "fristen", "keine_fristen", "titel", "befunde"),
    "konto": (
        "abgelehnt", "hauptforderung", "zinsen", "kosten", "gesamt", "ueberzahlung", "je_tag", "zinsen_bis",
        "pauschale", "angerechnet", "gekappt", "offen", "verzug", "zinszeilen", "zahlungen",
    ),
    "zinszeilen": ("rechnung", "betrag", "von", "bis", "tage", "satz", "zinsen"),
    "zahlungen": ("am", "kosten", "zinsen", "hauptforderung", "auf", "rest"),
    "plan": ("schritte", "gruende"),
    "fristen": ("art", "schuldner", "zu", "roh", "ende", "sicher_bis", "erledigt"),
    "titel": ("hauptforderung_bis", "zinsen"),
}  # fmt: skip
_PFLICHT = {"Sachverhalt": ("titel", "warum", "fall", "erwartet"), "fristen": ("art",)}


class Unverstanden(Exception):  # noqa: N818 - the German noun says it
    """The file says something that no key stands for; the text names file, line and what was probably meant."""


@dataclasses.dataclass(frozen=True, slots=True)
class Sachverhalt:
    """One file: the facts as the program reads them, and by day what a person has worked out from the law."""

    datei: pathlib.Path
    titel: str
    warum: str
    fall: Mapping[str, Any]
    einstellungen: Mapping[str, Any]
    erwartet: Mapping[dt.date, Mapping[str, Any]]
    recht_bekannt_bis: dt.date | None = None


# --- reading ------------------------------------------------------------------------------------------------


def list_dateien() -> list[pathlib.Path]:
    return sorted(datei for datei in ORDNER.glob("*/*.yaml"))


def read_sachverhalt(datei: pathlib.Path, inhalt: bytes | None = None) -> Sachverhalt:
    """Return the case in a file; raise Unverstanden for an unknown key, a missing one, or a day that is none."""
    text = datei.read_bytes() if inhalt is None else inhalt
    try:
        knoten = parse_yaml(text, datei.name)
    except YamlFehler as fehler:
        raise Unverstanden(f"{datei.name}: {fehler.befund.text} {fehler.befund.abhilfe}") from None
    _check(knoten, "Sachverhalt", datei.name)
    daten = _plain(knoten)
    for tag, erwartung in _mapping(knoten.werte["erwartet"]).items():
        _check_day(erwartung, f"{datei.name}, {tag}")
    rahmen = _read_rahmen()
    name = daten.get("rahmen", "verbraucher")
    if name not in rahmen["rahmen"]:
        raise Unverstanden(f"{datei.name}: Einen Rahmen „{name}“ gibt es nicht; {', '.join(rahmen['rahmen'])}.")
    bekannt = daten.get("recht_bekannt_bis")
    return Sachverhalt(
        datei,
        daten["titel"],
        daten["warum"],
        {**rahmen["rahmen"][name], **daten["fall"]},
        {**rahmen["einstellungen"], **daten.get("einstellungen", {})},
        {_day(tag, datei.name): erwartung for tag, erwartung in daten["erwartet"].items()},
        _day(bekannt, datei.name) if bekannt else None,
    )


def _read_rahmen() -> dict[str, Any]:
    rahmen: dict[str, Any] = _plain(parse_yaml(RAHMEN.read_bytes(), RAHMEN.name))
    return rahmen


def _plain(knoten: Knoten) -> Any:
    if isinstance(knoten, Abbildung):
        return {name: _plain(wert) for name, wert in knoten.werte.items()}
    return [_plain(eintrag) for eintrag in knoten.eintraege] if isinstance(knoten, Folge) else knoten.text


def _mapping(knoten: Knoten) -> Mapping[str, Knoten]:
    return knoten.werte if isinstance(knoten, Abbildung) else {}


def _check_day(knoten: Knoten, wo: str) -> None:
    _check(knoten, "Tag", wo)
    teile = _mapping(knoten)
    konten = [teile.get("konto"), *_mapping(teile["konto_gegen"]).values()] if "konto_gegen" in teile else [teile.get("konto")]
    for konto in konten:
        if konto is not None:
            _check(konto, "konto", wo)
            for liste in ("zinszeilen", "zahlungen"):
                _check_list(_mapping(konto).get(liste), liste, wo)
    if "plan" in teile:
        _check(teile["plan"], "plan", wo)
    _check_list(teile.get("fristen"), "fristen", wo)
    for uhr in _mapping(teile["titel"]).values() if "titel" in teile else ():
        _check(uhr, "titel", wo)


def _check_list(knoten: Knoten | None, platz: str, wo: str) -> None:
    for eintrag in knoten.eintraege if isinstance(knoten, Folge) else ():
        _check(eintrag, platz, wo)


def _check(knoten: Knoten, platz: str, wo: str) -> None:
    if not isinstance(knoten, Abbildung):
        raise Unverstanden(f"{wo}, Zeile {knoten.zeile}: hier fehlen Schlüssel ({', '.join(SCHLUESSEL[platz])}).")
    for name in knoten.werte:
        if name not in SCHLUESSEL[platz]:
            nah = difflib.get_close_matches(name, SCHLUESSEL[platz], 1)
            rat = f"gemeint ist wohl „{nah[0]}“" if nah else f"es gibt {', '.join(SCHLUESSEL[platz])}"
            raise Unverstanden(f"{wo}, Zeile {knoten.zeilen[name]}: „{name}“ gibt es hier nicht; {rat}.")
    for name in _PFLICHT.get(platz, ()):
        if name not in knoten.werte:
            raise Unverstanden(f"{wo}, Zeile {knoten.zeile}: „{name}“ fehlt.")


def _day(text: str, wo: str) -> dt.date:
    try:
        return dt.date.fromisoformat(_iso(text))
    except ValueError:
        raise Unverstanden(f"{wo}: „{text}“ ist kein Tag (04.05.2026).") from None


def _iso(text: str) -> str:
    deutsch = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
    return f"{deutsch[3]}-{deutsch[2]:0>2}-{deutsch[1]:0>2}" if deutsch else text


# --- asking the program -------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class Antwort:
    """What the program says of a case on a day, in the form of its JSON documents."""

    konto: Mapping[str, Any]
    konto_gegen: Callable[[str], Mapping[str, Any]]
    schritte: Sequence[Mapping[str, Any]]
    gruende: Sequence[str]
    fristen: Sequence[Mapping[str, Any]]
    titel: Sequence[Mapping[str, Any]]
    befunde: frozenset[str]


def ask(sachverhalt: Sachverhalt, tag: dt.date, bestand: pathlib.Path, werkstatt: WorkerPool) -> Antwort:
    """Write the case as a folder and ask for account, plan, dates and titles; the only calls into the program."""
    fall = bestand / str(sachverhalt.fall["aktenzeichen"])
    fall.mkdir(parents=True, exist_ok=True)
    (fall / "fall.yaml").write_text(_dump(sachverhalt.fall), encoding="utf-8")
    (bestand / "mahnakte.yaml").write_text(_dump(sachverhalt.einstellungen), encoding="utf-8")
    bekannt_bis = sachverhalt.recht_bekannt_bis
    recht = {bestand: Bestandsrecht(known_up_to(bekannt_bis))} if bekannt_bis else {}
    lage = Lage(tag, werkstatt, _recht=recht)
    konto = show_konto(fall, lage)
    zeile = plan_geladen(load_fall(read_fallordner(fall), lage), lage)
    fristen = list_fristen([fall], lage)
    titel = list_titel([fall], lage)
    gesperrt = [befund.code for befund in konto.befunde if befund.schwere is Schwere.SPERRE]
    plan = zeile.as_json()
    befunde = (*konto.befunde, *zeile.befunde, *fristen.befunde, *titel.befunde)
    return Antwort(
        konto={**konto.daten, "abgelehnt": gesperrt[0] if gesperrt else None},
        konto_gegen=lambda kennung: show_konto(fall, lage, kennung).daten,
        schritte=plan["schritte"],
        gruende=[grund["code"] for grund in plan["gruende"]],
        fristen=fristen.daten["fristen"],
        titel=titel.daten["titel"],
        befunde=frozenset(befund.code for befund in befunde),
    )


def _dump(daten: Mapping[str, Any]) -> str:
    return yaml.safe_dump(daten, allow_unicode=True, sort_keys=False, default_style='"')


# --- comparing ----------------------------------------------------------------------------------------------


def compare(sachverhalt: Sachverhalt, tag: dt.date, antwort: Antwort) -> list[str]:
    """Return every difference between what a person expects and what the program says, as German sentences."""
    erwartung = sachverhalt.erwartet[tag]
    unterschiede: list[str] = []
    if "konto" in erwartung:
        unterschiede += _differ(erwartung["konto"], _konto(antwort.konto), "konto")
    for kennung, soll in erwartung.get("konto_gegen", {}).items():
        unterschiede += _differ(soll, _konto(antwort.konto_gegen(kennung)), f"konto gegen {kennung}")
    if "plan" in erwartung:
        unterschiede += _differ_plan(erwartung["plan"], antwort)
    unterschiede += _differ_fristen(erwartung.get("fristen", []), antwort.fristen)
    vorhanden = {eintrag["art"] for eintrag in antwort.fristen}
    unterschiede += [f"fristen: „{art}“ sollte es nicht geben" for art in erwartung.get("keine_fristen", []) if art in vorhanden]
    uhren = {uhr["kennung"]: _titeluhr(uhr) for uhr in antwort.titel}
    unterschiede += _differ(erwartung.get("titel", {}), uhren, "titel")
    unterschiede += [f"befunde: „{code}“ fehlt" for code in erwartung.get("befunde", []) if code not in antwort.befunde]
    return [f"am {tag:%d.%m.%Y}, {satz}" for satz in unterschiede]


def _differ(soll: Any, ist: Any, wo: str) -> Iterator[str]:
    if isinstance(soll, dict):
        for name, wert in soll.items():
            yield from _differ(wert, ist.get(name) if isinstance(ist, dict) else None, f"{wo}, {name}")
    elif isinstance(soll, list):
        gezaehlt = ist if isinstance(ist, list) else []
        if len(soll) != len(gezaehlt):
            yield f"{wo}: erwartet {len(soll)} Einträge, gerechnet {len(gezaehlt)}: {_short(gezaehlt)}"
        for nr, (eines, anderes) in enumerate(zip(soll, gezaehlt, strict=False), start=1):
            yield from _differ(eines, anderes, f"{wo} {nr}")
    elif _german(soll) != (_german(ist) if ist is not None else "nein"):
        yield f"{wo}: erwartet {_german(soll)}, gerechnet {'nichts' if ist is None else _german(ist)}"


def _differ_plan(soll: Mapping[str, Any], antwort: Antwort) -> Iterator[str]:
    erwartete = {art: _german(frist) for art, frist in (soll.get("schritte") or {}).items()}
    gerechnete = {schritt["art"]: _german(schritt["frist_bis"] or "ja") for schritt in antwort.schritte}
    if erwartete != gerechnete:
        yield f"plan, schritte: erwartet {_steps(erwartete)}, gerechnet {_steps(gerechnete)}"
    gruende = soll.get("gruende") or []
    if sorted(gruende) != sorted(antwort.gruende):
        yield f"plan, gruende: erwartet {', '.join(gruende) or 'keine'}, gerechnet {', '.join(antwort.gruende) or 'keine'}"


def _steps(schritte: Mapping[str, str]) -> str:
    return ", ".join(f"{art} ({frist})" for art, frist in schritte.items()) or "keiner"


def _differ_fristen(soll: Sequence[Mapping[str, str]], ist: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for eintrag in soll:
        passende = [
            eine for eine in ist
            if eine["art"] == eintrag["art"]
            and eintrag.get("schuldner") in (None, eine["schuldner"])
            and eintrag.get("zu", "") in f"{eine['worum']} {eine['grund']}"
        ]  # fmt: skip
        name = " ".join(eintrag[wort] for wort in ("art", "zu", "schuldner") if wort in eintrag)
        if len(passende) != 1:
            alle = ", ".join(f"{eine['art']} {_german(eine['ende'])}" for eine in ist)
            yield f"fristen, {name}: {len(passende)} passen, genau eine sollte es sein; gerechnet sind {alle or 'keine'}"
            continue
        (eine,) = passende
        gerechnet = {**eine, "erledigt": "ja" if eine["erledigt"] else "nein"}
        werte = {wort: wert for wort, wert in eintrag.items() if wort not in ("art", "zu", "schuldner")}
        yield from _differ(werte, gerechnet, f"fristen, {name}")


def _konto(daten: Mapping[str, Any]) -> dict[str, Any]:
    """Return an account under the keys that a person uses; amounts and days are still those of the JSON document."""
    posten = [*daten.get("kostenposten", ())]
    return {
        **{wort: daten.get(wort) for wort in (
            "abgelehnt", "hauptforderung", "zinsen", "kosten", "gesamt", "ueberzahlung", "zinsen_bis")},
        "je_tag": daten.get("zinsen_je_tag"),
        "pauschale": (daten.get("pauschale") or {}).get("geschuldet"),
        "angerechnet": (daten.get("pauschale") or {}).get("angerechnet"),
        "gekappt": _sum(einer["kosten_verlauf"]["gekappt"] for einer in posten),
        "offen": {zeile["rechnung"]: zeile["offen"] for zeile in daten.get("forderungen", ())},
        "verzug": {zeile["rechnung"]: zeile["verzug_ab"] for zeile in daten.get("forderungen", ())},
        "zinszeilen": [{**zeile, "tage": str(zeile["tage"])} for zeile in daten.get("abschnitte", ())],
        "zahlungen": [_zahlung(buchung) for buchung in daten.get("zahlungen", ())],
    }  # fmt: skip


def _zahlung(buchung: Mapping[str, Any]) -> dict[str, Any]:
    def covered(feld: str, wert: str | None) -> str:
        return _sum(anteil["betrag"] for anteil in buchung["auf"] if anteil[feld] == wert)

    rechnungen = {anteil["rechnung"] for anteil in buchung["auf"] if anteil["rechnung"]}
    return {
        "am": buchung["am"],
        **{art: covered("art", art) for art in ("kosten", "zinsen", "hauptforderung")},
        "auf": {nummer: covered("rechnung", nummer) for nummer in rechnungen},
        "rest": buchung["rest"],
    }


def _titeluhr(uhr: Mapping[str, Any]) -> dict[str, Any]:
    zinsen = {str(zins["jahr"]): zins["bis"] for zins in uhr["zinsen"]}
    return {"hauptforderung_bis": uhr["hauptforderung_bis"], "zinsen": zinsen}


def _sum(betraege: Iterator[str]) -> str:
    return f"{sum(map(Decimal, betraege), Decimal(0)):.2f}"


def _german(wert: Any) -> str:
    """Return amounts as 1.023,45 and days as 04.05.2026, however they were written."""
    text = str(wert)
    if re.fullmatch(r"-?\d+\.\d\d", text):
        return f"{Decimal(text):,.2f}".translate(str.maketrans(",.", ".,"))
    tag = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", _iso(text))
    return f"{tag[3]}.{tag[2]}.{tag[1]}" if tag else text


def _short(liste: Sequence[Any]) -> str:
    return "; ".join(", ".join(f"{name} {_german(wert)}" for name, wert in zeile.items()) if isinstance(zeile, dict) else str(zeile) for zeile in liste)[:600]


# --- the arithmetic in the comments -----------------------------------------------------------------------------

_RECHNUNG = re.compile(r"#\s*(?P<links>[\d.,]+(?:\s*[×+−]\s*[\d.,]+(?:/\d+)?(?:\s*%)?)+)\s*=\s*(?P<rechts>[\d.,]+)")


def check_arithmetic(text: str) -> Iterator[str]:
    """Yield each comment like `# 1.000,00 × 6,27 % × 119/365 = 20,44` that is wrong to the cent (half up)."""
    for zeile in text.splitlines():
        if treffer := _RECHNUNG.search(zeile):
            summe = sum(map(_product, _terms(treffer["links"])), Fraction(0))
            cent = (summe * 100 + Fraction(1, 2)).__floor__()
            if Fraction(cent, 100) != _number(treffer["rechts"]):
                yield f"{zeile.strip()}  (es sind {float(summe):.4f})"


def _terms(text: str) -> list[str]:
    return re.sub(r"\s*−\s*", " + -", text).split("+")


def _product(term: str) -> Fraction:
    ergebnis = Fraction(1)
    for faktor in term.split("×"):
        prozent = "%" in faktor
        ergebnis *= _number(faktor.replace("%", "").strip()) / (100 if prozent else 1)
    return ergebnis


def _number(text: str) -> Fraction:
    zaehler, _, nenner = text.partition("/")
    return Fraction(zaehler.replace(".", "").replace(",", ".")) / Fraction(nenner or 1)
