"""What a letter says to later readers: who was asked for what, until when, and what it promised."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Self

from mahnakte.fall.vorgangsdaten.form import BETRAG, NUMMER, TAG, TEXT, TEXTE, Form, angabe, liste, oder_null
from mahnakte.fall.vorgangsdaten.satz import Satz, Vorgangsdaten, als_satz


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ZinsenDanach(Satz):
    """What a payment after `betrag_gilt_bis` costs: `je_tag` euro for each day from `ab` up to `bis` (None: open)."""

    ab: dt.date = dataclasses.field(metadata=angabe(TAG, "erster Tag, für den Zinsen hinzukommen"))
    je_tag: Decimal = dataclasses.field(metadata=angabe(BETRAG, "Zinsen je Tag"))
    bis: dt.date | None = dataclasses.field(
        default=None, metadata=angabe(oder_null(TAG), "letzter Tag mit dieser Höhe", mit="ab")
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ratenangabe(Satz):
    """One instalment as the letter lists it."""

    am: dt.date = dataclasses.field(metadata=angabe(TAG, "Tag der Rate"))
    betrag: Decimal = dataclasses.field(metadata=angabe(BETRAG, "Höhe der Rate"))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Uebernahme(Satz):
    """The changed file of step `vorgang`: its name, the hash its entry carries, the hash that was taken over."""

    vorgang: int = dataclasses.field(metadata=angabe(NUMMER, "Vorgang mit der geänderten Word-Datei"))
    datei: str = dataclasses.field(metadata=angabe(TEXT, "Name der Datei"))
    erwartet: str = dataclasses.field(metadata=angabe(TEXT, "SHA-256 nach dem alten Eintrag"))
    gefunden: str = dataclasses.field(metadata=angabe(TEXT, "SHA-256 der übernommenen Fassung"))


_RATEN: Form = liste(als_satz(Ratenangabe, "Rate"), "Liste von Raten (`am`, `betrag`)")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Briefdaten(Vorgangsdaten):
    """What a letter says. None: it says nothing about that; letters of the first edition lack the later keys.

    `frist_bis` makes it a letter of the series. `rechnungen` None: all that were due on its day.
    """

    empfaenger: tuple[str, ...] | None = dataclasses.field(
        default=None, metadata=angabe(TEXTE, "Kennungen der Schuldner, an die er geht")
    )
    rechnungen: tuple[str, ...] | None = dataclasses.field(
        default=None, metadata=angabe(TEXTE, "Nummern der Rechnungen, die er verlangt")
    )
    anlass_schluessel: str | None = dataclasses.field(
        default=None, metadata=angabe(TEXT, "Anlass, damit derselbe Brief nicht zweimal entsteht")
    )
    frist_bis: dt.date | None = dataclasses.field(
        default=None, metadata=angabe(TAG, "bis wann zu zahlen ist; nur Briefe, die Zahlung verlangen")
    )
    betrag: Decimal | None = dataclasses.field(
        default=None, metadata=angabe(BETRAG, "was verlangt wird oder genügt")
    )
    betrag_gilt_bis: dt.date | None = dataclasses.field(
        default=None, metadata=angabe(TAG, "bis wann `betrag` genügt; wer so zahlt, hat wie verlangt gezahlt")
    )
    zinsen_danach: ZinsenDanach | None = dataclasses.field(
        default=None,
        metadata=angabe(
            als_satz(ZinsenDanach, "Zuordnung (`ab`, `je_tag`, `bis`)"),
            "was danach je Tag hinzukommt; `bis` ist null, wo kein Ende bekannt ist",
        ),
    )
    dann: str | None = dataclasses.field(
        default=None, metadata=angabe(oder_null(TEXT), "angekündigter Schritt oder null", mit="frist_bis")
    )
    antwort_bis: dt.date | None = dataclasses.field(
        default=None, metadata=angabe(TAG, "bis wann zu antworten ist; Briefe mit Frist ohne Verlangen")
    )
    raten: tuple[Ratenangabe, ...] | None = dataclasses.field(
        default=None, metadata=angabe(_RATEN, "die Raten der Absprache")
    )
    zinsen: str | None = dataclasses.field(
        default=None, metadata=angabe(TEXT, "Zinsen der Absprache: `keine`, `danach` oder `eingerechnet`")
    )
    bei_verzug: str | None = dataclasses.field(
        default=None, metadata=angabe(TEXT, "zu `zinsen: keine`: `ab_kuendigung` oder `rueckwirkend`")
    )
    ton: str | None = dataclasses.field(
        default=None, metadata=angabe(TEXT, "Tonlage, wenn es nicht die seiner Art ist")
    )
    zusatz: tuple[str, ...] | None = dataclasses.field(default=None, metadata=angabe(TEXTE, "eigene Absätze"))
    uebernahme: Uebernahme | None = dataclasses.field(
        default=None,
        metadata=angabe(
            als_satz(Uebernahme, "Zuordnung (`vorgang`, `datei`, `erwartet`, `gefunden`)"),
            "in Word geänderter Brief, an dessen Stelle dieser tritt; `vorgang` steht auch in `ersetzt`",
        ),
    )

    @property
    def frist(self) -> dt.date | None:
        """Return the day that the letter sets: to pay, else to answer."""
        return self.frist_bis or self.antwort_bis

    def joined(self, weiteres: "Briefdaten") -> Self:
        """Return what both say; where both say something, `weiteres` counts."""
        neu = {
            feld.name: wert
            for feld in dataclasses.fields(weiteres)
            if feld.metadata and (wert := getattr(weiteres, feld.name)) is not None
        }
        return dataclasses.replace(self, **neu)

    def differing(self, anderes: "Briefdaten") -> list[str]:
        """Return the keys that stand in both and say different things."""
        hier, dort = self.as_daten(), anderes.as_daten()
        return [name for name, wert in hier.items() if name in dort and dort[name] != wert]

    def _is_new(self) -> bool:
        """A first edition would take the letter for a second one beside the old, which no longer counts."""
        return self.uebernahme is not None
