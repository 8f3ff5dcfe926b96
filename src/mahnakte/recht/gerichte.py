"""Courts: the central dunning court by the creditor's seat (§ 689 ZPO), the kind of court for the dispute."""

import dataclasses
import datetime as dt
import enum
import functools
from decimal import Decimal

from mahnakte.grund.befund import Ablehnung, Befund, hinweis, sperre, warnung
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datendatei import Wertknoten, read_datendatei
from mahnakte.recht.kalender import LAENDER
from mahnakte.recht.katalog import find_hauptforderungsart
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.ungeprueft import read_ungeprueft
from mahnakte.recht.werte import Rechtswert, uncovered


@dataclasses.dataclass(frozen=True, slots=True)
class Mahngericht:
    """A central dunning court.

    `plz` is the postcode of the house address (EDA and the application want it), `plz_post` the one for letters.
    `befunde` name what the sources leave open (XJustiz id, postcode for letters).
    """

    kennung: str
    name: str
    kurzname: str
    plz: str
    plz_post: str
    ort: str
    xjustiz: str
    laender: tuple[str, ...]
    olg_bezirk: str
    ausland: bool
    befunde: tuple[Befund, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Gerichtstabelle:
    """All dunning courts and the period for which the table holds."""

    gerichte: tuple[Mahngericht, ...]
    ab: dt.date
    bis: dt.date
    geprueft_am: dt.date
    quelle: str
    fundstelle: str


class Gerichtsart(enum.StrEnum):
    """Kinds of court for the dispute, as fall.yaml names them."""

    AMTSGERICHT = "amtsgericht"
    LANDGERICHT = "landgericht"
    FAMILIENGERICHT = "familiengericht"
    SOZIALGERICHT = "sozialgericht"


@dataclasses.dataclass(frozen=True, slots=True)
class Streitgericht:
    """The kind of court for the dispute; its place no table knows, a person states it.

    `ausschliesslich`: the subject decides, whatever the value. `text` is one German sentence with the paragraph.
    """

    art: Gerichtsart
    ausschliesslich: bool
    text: str
    befunde: tuple[Befund, ...]
    werte: tuple[Rechtswert, ...]


def find_mahngericht(
    am: dt.date, land: str | None, olg_bezirk: str | None = None, staat: str = "DE"
) -> Mahngericht:
    """Return the dunning court for a creditor with this general venue (§ 689 (2), (3) ZPO).

    `land` is the Land of the seat, NW also needs `olg_bezirk` (`koeln` | `sonst`); without a venue in Germany it is
    Wedding. Raises Ablehnung where a fact is missing.
    """
    tabelle = read_mahngerichte()
    if not tabelle.ab <= am <= tabelle.bis:
        raise Ablehnung(uncovered("Mahngerichte", am, tabelle.ab, tabelle.bis))
    if staat != "DE":
        return next(gericht for gericht in tabelle.gerichte if gericht.ausland)
    if land not in LAENDER:
        raise Ablehnung(
            sperre("MAHNGERICHT_LAND", "Für das Mahngericht fehlt das Land, in dem der Gläubiger seinen Sitz hat.",
                   f"Beim Gläubiger „land:“ angeben, eines von {', '.join(sorted(LAENDER))}.")
        )  # fmt: skip
    treffer = [gericht for gericht in tabelle.gerichte if land in gericht.laender]
    if len(treffer) > 1:
        treffer = [gericht for gericht in treffer if gericht.olg_bezirk == olg_bezirk]
    if not treffer:
        raise Ablehnung(
            sperre("MAHNGERICHT_OLG", "In Nordrhein-Westfalen entscheidet der Oberlandesgerichtsbezirk des Sitzes.",
                   "Beim Gläubiger „olg_bezirk: koeln“ (Euskirchen) oder „olg_bezirk: sonst“ (Hagen) angeben.")
        )  # fmt: skip
    return treffer[0]


def check_schuldner_inland(staat: str) -> Befund | None:
    """Return a finding for a debtor without venue in Germany: § 703d ZPO is no look-up in a table."""
    if staat == "DE":
        return None
    return read_ungeprueft()["auslandsschuldner"].befund


def decide_streitgericht(
    recht: Rechtsstand, nummer: int | None, streitwert: Decimal, am: dt.date
) -> Streitgericht:
    """Decide the kind of court for a dispute that becomes pending on `am`.

    `streitwert` is the main claim without interest and costs (§ 4 ZPO); `nummer` the catalogue number or None.
    """
    eintrag = find_hauptforderungsart(nummer) if nummer is not None else None
    if (
        eintrag
        and eintrag.streitgericht
        and (eintrag.streitgericht_ab is None or am >= eintrag.streitgericht_ab)
    ):
        art = Gerichtsart(eintrag.streitgericht)
        text = f"{_NAMEN[art]} ohne Rücksicht auf den Wert ({eintrag.streitgericht_grund})."
        return Streitgericht(art, True, text, (), ())
    grenze = recht.wert_am("amtsgericht_streitwert", am)
    art = Gerichtsart.AMTSGERICHT if streitwert <= grenze.wert else Gerichtsart.LANDGERICHT
    vergleich = "bis" if art is Gerichtsart.AMTSGERICHT else "über"
    text = (
        f"{_NAMEN[art]}: der Streitwert von {format_euro(streitwert)} liegt {vergleich} "
        f"{format_euro(grenze.wert)} ({grenze.fundstelle})."
    )
    befunde: tuple[Befund, ...] = ()
    if eintrag and eintrag.streitgericht_fraglich:
        befunde = (
            warnung("STREITGERICHT_FRAGLICH", f"Katalognummer {eintrag.nummer}: {eintrag.streitgericht_fraglich}.",
                    "Das Streitgericht muss ein Mensch bestimmen."),
        )  # fmt: skip
    return Streitgericht(art, False, text, befunde, (grenze,))


_NAMEN = {
    Gerichtsart.AMTSGERICHT: "Amtsgericht",
    Gerichtsart.LANDGERICHT: "Landgericht (Anwaltszwang, § 78 ZPO)",
    Gerichtsart.FAMILIENGERICHT: "Familiengericht",
    Gerichtsart.SOZIALGERICHT: "Sozialgericht",
}


@functools.cache
def read_mahngerichte() -> Gerichtstabelle:
    """Return the table of dunning courts, read once per process."""
    datei = read_datendatei("mahnakte.recht", "werte/mahngerichte.yaml")
    return Gerichtstabelle(
        tuple(_read_gericht(kennung, knoten) for kennung, knoten in datei.children("gerichte")),
        datei.date("gilt_ab"),
        datei.date("gedeckt_bis"),
        datei.date("geprueft_am"),
        datei.text("quelle"),
        datei.text("fundstelle"),
    )


def _read_gericht(kennung: str, knoten: Wertknoten) -> Mahngericht:
    kurzname = knoten.text("kurzname")
    befunde = tuple(
        hinweis(
            code, f"Mahngericht {kurzname}: {was} ist nicht gesichert, {grund}.", "Vor der Verwendung prüfen."
        )
        for code, was, schluessel in (
            ("MAHNGERICHT_XJUSTIZ", "die XJustiz-Kennung", "xjustiz_fraglich"),
            ("MAHNGERICHT_PLZ_POST", "die Postleitzahl für Briefe", "plz_post_fraglich"),
        )
        if (grund := knoten.find_text(schluessel))
    )
    return Mahngericht(
        kennung,
        knoten.text("name"),
        kurzname,
        knoten.text("plz"),
        knoten.text("plz_post"),
        knoten.text("ort"),
        knoten.text("xjustiz"),
        knoten.texts("laender"),
        knoten.find_text("olg_bezirk") or "",
        knoten.find_text("ausland") == "ja",
        befunde,
    )
