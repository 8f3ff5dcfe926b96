"""The value sets of an application; each value is spelled as in `schemas/mahnantrag.xsd`."""

import enum


class Anrede(enum.StrEnum):
    """Address form of a natural person (EDA keys 0, 1, 2)."""

    UNBEKANNT = "unbekannt"
    HERR = "herr"
    FRAU = "frau"


class Firmenart(enum.StrEnum):
    """Kind of a party that is no plain natural person (EDA keys 3, 4, B and blank)."""

    EINZELFIRMA = "einzelfirma"
    GMBH_CO_KG = "gmbh-co-kg"
    WEG = "weg"
    SONSTIGE = "sonstige"


class Verfahrensart(enum.StrEnum):
    """Ordinary procedure or one of the variants of § 703a ZPO."""

    MAHNVERFAHREN = "mahnverfahren"
    URKUNDEN = "urkundenmahnverfahren"
    WECHSEL = "wechselmahnverfahren"
    SCHECK = "scheckmahnverfahren"


class Gegenleistung(enum.StrEnum):
    """Declaration of § 690 (1) no. 4 ZPO; `teils`: several claims, some of each kind."""

    ERBRACHT = "erbracht"
    UNABHAENGIG = "unabhaengig"
    TEILS = "teils"


class Gerichtsart(enum.StrEnum):
    """Kind of the court competent for litigation (§ 690 (1) no. 5 ZPO)."""

    AMTSGERICHT = "amtsgericht"
    LANDGERICHT = "landgericht"
    LANDGERICHT_KFH = "landgericht-kfh"
    FAMILIENGERICHT = "familiengericht"
    SOZIALGERICHT = "sozialgericht"


class Vertretungsart(enum.StrEnum):
    """Kind of representative for the procedure (EDA keys 1 to 9)."""

    RECHTSANWALT = "rechtsanwalt"
    RECHTSANWAELTE = "rechtsanwaelte"
    RECHTSBEISTAND = "rechtsbeistand"
    HERR_FRAU = "herr-frau"
    RECHTSANWAELTIN = "rechtsanwaeltin"
    RECHTSANWAELTINNEN = "rechtsanwaeltinnen"
    RECHTSANWALTSGEMEINSCHAFT = "rechtsanwaltsgemeinschaft"
    INKASSODIENSTLEISTER = "inkassodienstleister"
    VERBRAUCHERZENTRALE = "verbraucherzentrale"


class Kontoinhaber(enum.StrEnum):
    """Whose bank account is named."""

    ANTRAGSTELLER = "antragsteller"
    BEVOLLMAECHTIGTER = "bevollmaechtigter"


class Zinsart(enum.StrEnum):
    """Fixed rate, or points over the Basiszinssatz (§ 247 BGB)."""

    FEST = "fest"
    UEBER_BASIS = "ueber-basis"


class Zinszeitraum(enum.StrEnum):
    """The period that the rate refers to."""

    JAEHRLICH = "jaehrlich"
    MONATLICH = "monatlich"
    TAEGLICH = "taeglich"


class Nebenforderungsart(enum.StrEnum):
    """Kinds of ancillary claims, in the order of the EDA records."""

    MAHNKOSTEN = "mahnkosten"
    AUSKUENFTE = "auskuenfte"
    BANKRUECKLAST = "bankruecklast"
    INKASSO = "inkasso"
    ANWALTSVERGUETUNG = "anwaltsverguetung"
    SONSTIGE = "sonstige"
