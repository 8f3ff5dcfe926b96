"""What an application to the dunning court says beside its documents."""

import dataclasses
import datetime as dt
from decimal import Decimal

from mahnakte.fall.vorgangsdaten.form import BETRAG, JA_NEIN, TAG, TEXT, TEXTE, angabe, liste
from mahnakte.fall.vorgangsdaten.satz import Satz, Vorgangsdaten, als_satz


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Antragsdaten(Vorgangsdaten):
    """The application for the Mahnbescheid. `rechnungen` None: every invoice of its day."""

    eda: bool | None = dataclasses.field(
        default=None, metadata=angabe(JA_NEIN, "ob er sich als EDA-Datei schreiben lässt")
    )
    rechnungen: tuple[str, ...] | None = dataclasses.field(
        default=None, metadata=angabe(TEXTE, "Nummern der Rechnungen, die er verlangt")
    )
    freigegeben_von: str | None = dataclasses.field(
        default=None,
        metadata=angabe(
            TEXT, "wer für diesen Fall bestätigt hat: Forderung besteht, Gegenleistung wie erklärt"
        ),
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Zahlungsangabe(Satz):
    """A payment since the application for the Mahnbescheid."""

    am: dt.date = dataclasses.field(metadata=angabe(TAG, "Tag der Zahlung"))
    betrag: Decimal = dataclasses.field(metadata=angabe(BETRAG, "Höhe der Zahlung"))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Folgeangabe(Satz):
    """The application for the Vollstreckungsbescheid against one debtor."""

    schuldner: str = dataclasses.field(metadata=angabe(TEXT, "Kennung des Schuldners"))
    geschaeftsnummer: str = dataclasses.field(metadata=angabe(TEXT, "Geschäftsnummer des Gerichts"))
    geschaeftszeichen: str = dataclasses.field(metadata=angabe(TEXT, "unser Zeichen"))
    antrag_am: dt.date = dataclasses.field(metadata=angabe(TAG, "Tag des Antrags"))
    zahlungen: tuple[Zahlungsangabe, ...] = dataclasses.field(
        metadata=angabe(
            liste(als_satz(Zahlungsangabe, "Zahlung"), "Liste von Zahlungen"), "Zahlungen seither"
        )
    )
    durch_partei: bool | None = dataclasses.field(
        default=None, metadata=angabe(JA_NEIN, "ob der Gläubiger selbst zustellen lässt")
    )
    porto: Decimal | None = dataclasses.field(default=None, metadata=angabe(BETRAG, "Porto und Vordruck"))
    sonstige_kosten: Decimal | None = dataclasses.field(
        default=None, metadata=angabe(BETRAG, "andere Kosten des Verfahrens")
    )
    sonstige_kosten_grund: str | None = dataclasses.field(
        default=None, metadata=angabe(TEXT, "wofür sie entstanden")
    )
    kosten_verzinsen: bool | None = dataclasses.field(
        default=None, metadata=angabe(JA_NEIN, "ob Zinsen auf die Kosten beantragt sind, § 104 ZPO")
    )


_ANTRAEGE = liste(
    als_satz(Folgeangabe, "Antrag"),
    "Liste von Anträgen (`schuldner`, `geschaeftsnummer`, `geschaeftszeichen`, `antrag_am`, "
    "`zahlungen` mit `am` und `betrag`, `durch_partei`, `porto`, `sonstige_kosten`, `sonstige_kosten_grund`, "
    "`kosten_verzinsen`)",
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Folgeantragsdaten(Vorgangsdaten):
    """The applications for the Vollstreckungsbescheid, one for each debtor."""

    gericht: str | None = dataclasses.field(
        default=None, metadata=angabe(TEXT, "Postleitzahl und Ort des Mahngerichts")
    )
    antraege: tuple[Folgeangabe, ...] = dataclasses.field(
        default=(), metadata=angabe(_ANTRAEGE, "je Schuldner ein Antrag")
    )
