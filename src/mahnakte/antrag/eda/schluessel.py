"""Values of the model and their one-letter keys in EDA records."""

from collections.abc import Mapping

from mahnakte.antrag.auswahl import (
    Anrede,
    Firmenart,
    Gegenleistung,
    Gerichtsart,
    Kontoinhaber,
    Vertretungsart,
    Zinsart,
    Zinszeitraum,
)

ANREDE: Mapping[Anrede, str] = {Anrede.UNBEKANNT: "0", Anrede.HERR: "1", Anrede.FRAU: "2"}

FIRMENART: Mapping[Firmenart, str] = {
    Firmenart.EINZELFIRMA: "3",
    Firmenart.GMBH_CO_KG: "4",
    Firmenart.WEG: "B",
    Firmenart.SONSTIGE: "",
}

GERICHTSART: Mapping[Gerichtsart, str] = {
    Gerichtsart.AMTSGERICHT: "1",
    Gerichtsart.LANDGERICHT: "2",
    Gerichtsart.LANDGERICHT_KFH: "3",
    Gerichtsart.FAMILIENGERICHT: "6",
    Gerichtsart.SOZIALGERICHT: "8",
}

VERTRETUNGSART: Mapping[Vertretungsart, str] = {
    art: str(nummer) for nummer, art in enumerate(Vertretungsart, start=1)
}

KONTOINHABER: Mapping[Kontoinhaber, str] = {
    Kontoinhaber.ANTRAGSTELLER: "1",
    Kontoinhaber.BEVOLLMAECHTIGTER: "2",
}

ZINSART: Mapping[Zinsart, str] = {Zinsart.FEST: "F", Zinsart.UEBER_BASIS: "B"}

ZINSZEITRAUM: Mapping[Zinszeitraum, str] = {
    Zinszeitraum.JAEHRLICH: "1",
    Zinszeitraum.MONATLICH: "2",
    Zinszeitraum.TAEGLICH: "3",
}

# VGLM1, VGLM2
GEGENLEISTUNG: Mapping[Gegenleistung | None, tuple[bool, bool]] = {
    None: (False, False),
    Gegenleistung.ERBRACHT: (True, False),
    Gegenleistung.UNABHAENGIG: (False, True),
    Gegenleistung.TEILS: (True, True),
}

# Keys known from the paper form only; the court files show just Amtsgericht and yearly interest.
NUR_VOM_VORDRUCK = frozenset(
    {
        Gerichtsart.LANDGERICHT, Gerichtsart.LANDGERICHT_KFH, Gerichtsart.FAMILIENGERICHT,
        Gerichtsart.SOZIALGERICHT, Zinszeitraum.MONATLICH, Zinszeitraum.TAEGLICH,
    }
)  # fmt: skip
