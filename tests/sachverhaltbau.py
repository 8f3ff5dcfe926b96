"""Cases that a lawyer writes (fixtures/sachverhalte): read strictly, asked of the program, compared in German.

The program is asked in one place, `Frage`. Everything else here knows only texts: amounts as `1.023,45`, days as
`04.05.2026`, so that what a person wrote and what the program counted stand beside each other in the same words.
"""

import dataclasses
import datetime as dt
import difflib
import functools
import json
import pathlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from fallbau import known_up_to
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.befehle.fristen import list_fristen
from mahnakte.befehle.konto import show_konto
from mahnakte.befehle.titel import list_titel
from mahnakte.grund.befund import Schwere
from mahnakte.grund.strict_yaml import Abbildung, Folge, Knoten, YamlFehler, parse_yaml
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.bestandsrecht import Bestandsrecht
from mahnakte.werk.ergebnis import Ergebnis
from mahnakte.werk.laden import Lage, check_umschau, load_fall
from mahnakte.werk.vorschau import Planzeile, plan_geladen

ORDNER = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "sachverhalte"
RAHMEN = ORDNER / "rahmen.yaml"

# Every key of a Sachverhalt, by the place where it may stand; README.md explains each of them.
SCHLUESSEL: Mapping[str, tuple[str, ...]] = {
    "Sachverhalt": (
        "titel", "warum", "rahmen", "recht_bekannt_bis", "einstellungen", "fall", "weitere_faelle", "erwartet",
    ),
    "Tag": ("konto", "konto_gegen", "plan", "fristen", "keine_fristen", "titel", "befunde", "keine_befunde"),
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
    """One file: the facts as the program reads them, and by day what a person has worked out from the law.

    `weitere_faelle` lie beside the case in the same Bestand; what is expected is about the case itself.
    """

    datei: pathlib.Path
    titel: str
    warum: str
    fall: Mapping[str, Any]
    einstellungen: Mapping[str, Any]
    erwartet: Mapping[dt.date, Mapping[str, Any]]
    weitere_faelle: tuple[Mapping[str, Any], ...] = ()
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
    if not _mapping(knoten.werte["erwartet"]):
        raise Unverstanden(
            f"{datei.name}, Zeile {knoten.zeilen['erwartet']}: unter „erwartet“ fehlt ein Stichtag."
        )
    for tag, erwartung in _mapping(knoten.werte["erwartet"]).items():
        _check_day(erwartung, f"{datei.name}, {tag}")
    rahmen = _read_rahmen()
    name = daten.get("rahmen", "verbraucher")
    if name not in rahmen["rahmen"]:
        raise Unverstanden(
            f"{datei.name}: Einen Rahmen „{name}“ gibt es nicht; {', '.join(rahmen['rahmen'])}."
        )
    bekannt = daten.get("recht_bekannt_bis")
    return Sachverhalt(
        datei,
        daten["titel"],
        daten["warum"],
        {**rahmen["rahmen"][name], **daten["fall"]},
        {**rahmen["einstellungen"], **daten.get("einstellungen", {})},
        {_day(tag, datei.name): erwartung for tag, erwartung in daten["erwartet"].items()},
        tuple(
            {**rahmen["rahmen"][name], "aktenzeichen": aktenzeichen, **weiterer}
            for aktenzeichen, weiterer in daten.get("weitere_faelle", {}).items()
        ),
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
    gegen = _mapping(teile["konto_gegen"]) if "konto_gegen" in teile else {}
    for konto in (*([teile["konto"]] if "konto" in teile else []), *gegen.values()):
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
        raise Unverstanden(
            f"{wo}, Zeile {knoten.zeile}: hier fehlen Schlüssel ({', '.join(SCHLUESSEL[platz])})."
        )
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


class Frage:
    """The program asked about one case on one day; every call into it stands here, each made when its answer is needed."""

    def __init__(self, fall: pathlib.Path, lage: Lage) -> None:
        self._fall = fall
        self._lage = lage

    @functools.cached_property
    def konto(self) -> Mapping[str, Any]:
        ergebnis = self._konto
        gesperrt = [befund.code for befund in ergebnis.befunde if befund.schwere is Schwere.SPERRE]
        return {**ergebnis.daten, "abgelehnt": gesperrt[0] if gesperrt else None}

    def konto_gegen(self, kennung: str) -> Mapping[str, Any]:
        return show_konto(self._fall, self._lage, kennung).daten

    @property
    def plan(self) -> Mapping[str, Any]:
        return self._plan.as_json()

    @property
    def fristen(self) -> Sequence[Mapping[str, Any]]:
        fristen: Sequence[Mapping[str, Any]] = self._fristen.daten["fristen"]
        return fristen

    @property
    def titel(self) -> Sequence[Mapping[str, Any]]:
        titel: Sequence[Mapping[str, Any]] = self._titel.daten["titel"]
        return titel

    @property
    def befunde(self) -> frozenset[str]:
        alle = (self._konto, self._plan, self._fristen, self._titel)
        return frozenset(befund.code for antwort in alle for befund in antwort.befunde)

    @functools.cached_property
    def _konto(self) -> Ergebnis:
        return show_konto(self._fall, self._lage)

    @functools.cached_property
    def _plan(self) -> Planzeile:  # without setting the letters: that costs half a second each
        geladen = load_fall(read_fallordner(self._fall), self._lage)
        return plan_geladen(check_umschau(geladen, self._lage.umschau_of(self._fall)))

    @functools.cached_property
    def _fristen(self) -> Ergebnis:
        return list_fristen([self._fall], self._lage)

    @functools.cached_property
    def _titel(self) -> Ergebnis:
        return list_titel([self._fall], self._lage)


def write_fall(sachverhalt: Sachverhalt, bestand: pathlib.Path) -> pathlib.Path:
    """Write the cases as folders beside their mahnakte.yaml, as a person would have them, and return the first.

    What is written is JSON: that is YAML too, and quick.
    """
    _write(bestand / "mahnakte.yaml", sachverhalt.einstellungen)
    ordner = []
    for fall in (sachverhalt.fall, *sachverhalt.weitere_faelle):
        ordner.append(bestand / str(fall["aktenzeichen"]))
        ordner[-1].mkdir()
        _write(ordner[-1] / "fall.yaml", fall)
    return ordner[0]


def _write(datei: pathlib.Path, daten: Mapping[str, Any]) -> None:
    datei.write_text(json.dumps(daten, ensure_ascii=False, indent=1), encoding="utf-8")


def ask(sachverhalt: Sachverhalt, fall: pathlib.Path, tag: dt.date, werkstatt: WorkerPool) -> Frage:
    """Return the case as the program sees it on a day, with no later law than the Sachverhalt says."""
    bekannt_bis = sachverhalt.recht_bekannt_bis
    recht = {fall.parent: Bestandsrecht(known_up_to(bekannt_bis))} if bekannt_bis else {}
    return Frage(fall, Lage(tag, werkstatt, _recht=recht))


def find_unterschiede(sachverhalt: Sachverhalt, bestand: pathlib.Path, werkstatt: WorkerPool) -> list[str]:
    """Return every difference on every day of a case."""
    fall = write_fall(sachverhalt, bestand)
    return [
        satz
        for tag in sachverhalt.erwartet
        for satz in compare(sachverhalt, tag, ask(sachverhalt, fall, tag, werkstatt))
    ]


# --- comparing ----------------------------------------------------------------------------------------------


def compare(sachverhalt: Sachverhalt, tag: dt.date, frage: Frage) -> list[str]:
    """Return every difference between what a person expects and what the program says, as German sentences."""
    erwartung = sachverhalt.erwartet[tag]
    return [
        f"am {tag:%d.%m.%Y}, {satz}"
        for name, soll in erwartung.items()
        for satz in _VERGLEICHE[name](soll, frage)
    ]


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


def _differ_konto(soll: Any, frage: Frage) -> Iterator[str]:
    yield from _differ(soll, _konto(frage.konto), "konto")


def _differ_konto_gegen(soll: Any, frage: Frage) -> Iterator[str]:
    for kennung, eines in soll.items():
        yield from _differ(eines, _konto(frage.konto_gegen(kennung)), f"konto gegen {kennung}")


def _differ_titel(soll: Any, frage: Frage) -> Iterator[str]:
    yield from _differ(soll, {uhr["kennung"]: _titeluhr(uhr) for uhr in frage.titel}, "titel")


def _miss_befunde(soll: Sequence[str], frage: Frage) -> Iterator[str]:
    yield from (f"befunde: „{code}“ fehlt" for code in soll if code not in frage.befunde)


def _refuse_befunde(soll: Sequence[str], frage: Frage) -> Iterator[str]:
    yield from (f"befunde: „{code}“ sollte es nicht geben" for code in soll if code in frage.befunde)


def _refuse_fristen(soll: Sequence[str], frage: Frage) -> Iterator[str]:
    vorhanden = {eintrag["art"] for eintrag in frage.fristen}
    yield from (f"fristen: „{art}“ sollte es nicht geben" for art in soll if art in vorhanden)


def _differ_plan(soll: Mapping[str, Any], frage: Frage) -> Iterator[str]:
    plan = frage.plan
    erwartete = {art: _german(frist) for art, frist in (soll.get("schritte") or {}).items()}
    gerechnete = {schritt["art"]: _german(schritt["frist_bis"] or "ja") for schritt in plan["schritte"]}
    if erwartete != gerechnete:
        yield f"plan, schritte: erwartet {_steps(erwartete)}, gerechnet {_steps(gerechnete)}"
    gruende, genannte = soll.get("gruende") or [], [grund["code"] for grund in plan["gruende"]]
    if sorted(gruende) != sorted(genannte):
        yield f"plan, gruende: erwartet {', '.join(gruende) or 'keine'}, gerechnet {', '.join(genannte) or 'keine'}"


def _steps(schritte: Mapping[str, str]) -> str:
    return ", ".join(f"{art} ({frist})" for art, frist in schritte.items()) or "keiner"


def _differ_fristen(soll: Sequence[Mapping[str, str]], frage: Frage) -> Iterator[str]:
    ist = frage.fristen
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


_VERGLEICHE: Mapping[str, Callable[[Any, Frage], Iterator[str]]] = {
    "konto": _differ_konto,
    "konto_gegen": _differ_konto_gegen,
    "plan": _differ_plan,
    "fristen": _differ_fristen,
    "keine_fristen": _refuse_fristen,
    "titel": _differ_titel,
    "befunde": _miss_befunde,
    "keine_befunde": _refuse_befunde,
}


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


def _short(liste: Sequence[Mapping[str, Any]]) -> str:
    """Return what the program has counted, in few words."""
    return "; ".join(", ".join(f"{name} {_german(wert)}" for name, wert in zeile.items()) for zeile in liste)


# --- the arithmetic in the comments -----------------------------------------------------------------------------

_ZAHL = r"\d[\d.,]*(?:/\d+)?(?:\s*%)?"
_RECHNUNG = re.compile(rf"(?P<links>{_ZAHL}(?:\s*[×+−]\s*{_ZAHL})+)\s*=\s*(?P<rechts>\d[\d.]*,\d\d)")


def check_arithmetic(text: str) -> Iterator[str]:
    """Yield each calculation in a comment, as in `# 1.000,00 × 6,27 % × 119/365 = 20,44`, that is wrong to the cent."""
    for zeile in text.splitlines():
        for treffer in _RECHNUNG.finditer(zeile.partition("#")[2]):
            summe = sum(map(_product, _terms(treffer["links"])), Fraction(0))
            cent = (summe * 100 + Fraction(1, 2)).__floor__()
            if Fraction(cent, 100) != _number(treffer["rechts"]):
                yield f"{treffer[0]}  (es sind {float(summe):.4f})"


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
