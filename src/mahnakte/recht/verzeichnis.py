"""The register of all legal values: what there is, what holds on a day, how it came about."""

import dataclasses
import datetime as dt
import difflib

from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.datendatei import read_datendatei
from mahnakte.recht.gebuehrentabelle import read_tabellen
from mahnakte.recht.rechtsstand import Rechtsstand, unknown_rechtswert


@dataclasses.dataclass(frozen=True, slots=True)
class Verzeichniseintrag:
    """One series or table: from when to when it is covered, when it was last checked, where it comes from."""

    name: str
    titel: str
    einheit: str
    fundstelle: str
    ab: dt.date
    gedeckt_bis: dt.date
    geprueft_am: dt.date
    quelle: str
    endet_weil: str = ""
    tabelle: bool = False  # a table of its own kind (fees, courts, catalogue), not a series of numbers


def list_rechtswerte(recht: Rechtsstand) -> tuple[Verzeichniseintrag, ...]:
    """Return every series and table of the room, by name."""
    return tuple(sorted((*_series(recht), *_fee_tables(), *_lists()), key=lambda eintrag: eintrag.name))


def ending_soon(recht: Rechtsstand, heute: dt.date, tage: int) -> tuple[Verzeichniseintrag, ...]:
    """Return each series or table whose covered period ends within `tage` days of `heute`, or has ended.

    Those that end on purpose are left out: nothing is missing there but somebody who reads the law.
    """
    grenze = heute + dt.timedelta(days=tage)
    return tuple(
        eintrag
        for eintrag in list_rechtswerte(recht)
        if eintrag.gedeckt_bis <= grenze and not eintrag.endet_weil
    )


def find_eintrag(recht: Rechtsstand, name: str) -> Verzeichniseintrag:
    """Return the entry of one name; raise Ablehnung with similar names for any other."""
    eintraege = {eintrag.name: eintrag for eintrag in list_rechtswerte(recht)}
    if name not in eintraege:
        aehnlich = difflib.get_close_matches(name, eintraege, n=3, cutoff=0.5)
        rat = f"Gemeint ist vielleicht: {', '.join(aehnlich)}." if aehnlich else "Alle Namen: mahnakte recht"
        raise Ablehnung(unknown_rechtswert(name, rat))
    return eintraege[name]


def _series(recht: Rechtsstand) -> tuple[Verzeichniseintrag, ...]:
    return tuple(
        Verzeichniseintrag(
            reihe.name,
            reihe.titel,
            reihe.einheit,
            reihe.fundstelle,
            reihe.ab_tage[0],
            reihe.gedeckt_bis,
            reihe.werte[-1].geprueft_am,
            reihe.werte[-1].herkunft,
            reihe.endet_weil,
        )
        for reihe in recht.reihen.values()
    )


def _fee_tables() -> tuple[Verzeichniseintrag, ...]:
    return tuple(
        Verzeichniseintrag(
            gesetz.value,
            fassungen[-1].titel,
            "Euro je Wert",
            fassungen[-1].fundstelle,
            fassungen[0].ab,
            fassungen[-1].bis,
            fassungen[-1].geprueft_am,
            fassungen[-1].quelle,
            tabelle=True,
        )
        for gesetz, fassungen in read_tabellen().items()
    )


def _lists() -> tuple[Verzeichniseintrag, ...]:
    return tuple(
        Verzeichniseintrag(
            name,
            titel,
            datei.text("einheit"),
            datei.text("fundstelle"),
            datei.date("gilt_ab"),
            datei.date("gedeckt_bis"),
            datei.date("geprueft_am"),
            datei.text("quelle"),
            tabelle=True,
        )
        for name, titel in (("katalog", "Katalog der Hauptforderungen"), ("mahngerichte", "Mahngerichte"))
        for datei in (read_datendatei("mahnakte.recht", f"werte/{name}.yaml"),)
    )
