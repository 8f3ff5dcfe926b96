"""The case: what fall.yaml, the invoices, the settings and the published steps say together.

Which value counts where they differ is decided here and nowhere else (docs/fall-yaml.md, „Was gilt“).
"""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal

from mahnakte.fall.antragsangabe import Antragsangabe
from mahnakte.fall.einstellungen import Einstellungen
from mahnakte.fall.geltung import Eintrag, check_ersetzungen, counts, redirect
from mahnakte.fall.mahnplanwahl import choose_mahnplan
from mahnakte.fall.modell import (
    Abtretung,
    Anspruch,
    Ereignis,
    Faelligkeit,
    Falldatei,
    Gutschrift,
    Kaeufergrund,
    Kontoregel,
    Kostenposten,
    Quittung,
    Rechnungsangabe,
    Titel,
    Verzicht,
    Zahlung,
    Zinsvereinbarung,
)
from mahnakte.fall.nachtrag import merge_nachtraege
from mahnakte.fall.partei import Glaeubiger, Schuldner
from mahnakte.fall.rechnung import is_frage, without_settled
from mahnakte.fall.rechnung.modell import ERechnung, Leseergebnis
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.befund import Befund, Schwere, Stelle, has_sperre, hinweis, sperre
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import propose
from mahnakte.recht.rechtsstand import Rechtsstand


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Forderung:
    """One claim from one invoice, after YAML and e-invoice have been put together. `betrag` in euro.

    `katalog` None: that of the whole case. `gilt` and `ersetzt` are what a person has decided about related invoices
    (doppelung.py).
    `fragen` is what its file says against it and nobody has settled by a key; which of it is open on a day says
    rechnungsfragen.py. `kaeufer_geklaert`: why the debtor is another than the buyer.
    """

    nummer: str
    datum: dt.date
    betrag: Decimal
    faellig_am: dt.date | None
    leistung_am: dt.date | None
    leistung_bis: dt.date | None = None
    zugegangen_am: dt.date | None
    faelligkeit: Faelligkeit
    hinweis_30_tage: bool
    zinsen: Zinsvereinbarung | None
    datei: str | None
    katalog: int | None = None
    gilt: bool | None = None
    ersetzt: str | None = None
    kaeufer_geklaert: Kaeufergrund | None = None
    stelle: Stelle = dataclasses.field(compare=False, repr=False)
    rechnung: ERechnung | None = dataclasses.field(default=None, compare=False, repr=False)
    fragen: tuple[Befund, ...] = dataclasses.field(default=(), compare=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Mitanteil:
    """What a joint debtor's payment did for one component of a common invoice; None: for them, the oldest first."""

    art: Literal["hauptforderung", "zinsen"]
    rechnung: str | None
    betrag: Decimal


@dataclasses.dataclass(frozen=True, slots=True)
class Mitzahlung:
    """A payment in the case of a joint debtor, as far as it paid what both owe (§ 422 BGB).

    `betrag` is the whole payment; `anteile` what it paid of the common invoices, never of the other case's own costs.
    """

    am: dt.date
    betrag: Decimal
    aktenzeichen: str
    anteile: tuple[Mitanteil, ...]

    @property
    def wirkung(self) -> Decimal:
        """Return what it does here."""
        return sum((anteil.betrag for anteil in self.anteile), NULL)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """One case, complete. Facts later than a Stichtag are still in it: each room ignores them itself.

    `mitzahlungen` is what joint debtors of other cases paid on the same invoices; `nicht_geltende` are the numbers of
    invoices that make no claim.
    """

    aktenzeichen: str
    einstellungen: Einstellungen
    recht: Rechtsstand
    glaeubiger: Glaeubiger
    schuldner: tuple[Schuldner, ...]
    gesamtschuldner: bool
    anspruch: Anspruch
    forderungen: tuple[Forderung, ...]
    gutschriften: tuple[Gutschrift, ...]
    kosten: tuple[Kostenposten, ...]
    zahlungen: tuple[Zahlung, ...]
    verzicht: tuple[Verzicht, ...]
    konto: Kontoregel
    ereignisse: tuple[Ereignis, ...]
    titel: tuple[Titel, ...]
    quittiert: tuple[Quittung, ...]
    antrag: Antragsangabe | None = None
    abtretung: Abtretung | None = None
    behalten: bool = False
    gesamtschuld_mit: tuple[str, ...] = ()
    mitzahlungen: tuple[Mitzahlung, ...] = ()
    nicht_geltende: tuple[str, ...] = ()
    vorgaenge: tuple[Vorgang, ...] = ()
    eingaben: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def katalog_of(self, forderung: Forderung) -> int | None:
        """Return the catalogue number of one claim: its own, else that of the whole case."""
        return forderung.katalog or self.anspruch.katalog

    def schuldner_mit(self, kennung: str) -> Schuldner:
        """Return the debtor of that kennung; the checks have made sure that there is one."""
        return next(schuldner for schuldner in self.schuldner if schuldner.kennung == kennung)

    @property
    def leistungslaender(self) -> frozenset[str | None]:
        """Return the Länder whose holidays move a day of payment (§ 193 BGB): where the debtors have their seats.

        A debt of money is paid there; the creditor bears no more than the time it travels (§§ 269, 270 (4) BGB).
        """
        return frozenset(schuldner.land for schuldner in self.schuldner)


def referenced_files(falldatei: Falldatei, vorgaenge: tuple[Vorgang, ...] = ()) -> tuple[str, ...]:
    """Return the paths of the invoice files a case and its steps name, in their order, each once."""
    falldatei, _ = merge_nachtraege(falldatei, vorgaenge)
    return tuple(dict.fromkeys(angabe.datei for angabe in falldatei.rechnungen if angabe.datei))


def compose_fall(
    falldatei: Falldatei,
    einstellungen: Einstellungen,
    recht: Rechtsstand,
    rechnungen: Mapping[str, Leseergebnis],
    vorgaenge: tuple[Vorgang, ...] = (),
    eingaben: Mapping[str, str] | None = None,
) -> tuple[Fall | None, tuple[Befund, ...]]:
    """Put a case together from its parts.

    `recht` is the law in force for its Bestand. `rechnungen` maps the paths of `referenced_files` to what was
    read there; a path that is absent was reported by the reader of files. `eingaben` are the SHA-256 of all
    inputs. Steps that add facts (nachtrag.py) count like lines of fall.yaml. The case is None when a claim or
    the creditor cannot be established; the findings say why.
    """
    falldatei, nachtragsbefunde = merge_nachtraege(falldatei, vorgaenge)
    befunde: list[Befund] = [*nachtragsbefunde]
    glaeubiger = _find_glaeubiger(falldatei, einstellungen, befunde)
    forderungen: list[Forderung] = []
    eintraege: list[Eintrag] = []
    for angabe in falldatei.rechnungen:
        forderung, bemerkt = merge_rechnung(angabe, rechnungen.get(angabe.datei) if angabe.datei else None)
        befunde += [] if angabe.gilt is False else bemerkt
        if forderung:
            forderungen.append(forderung)
            eintraege.append(Eintrag(forderung.nummer, angabe))
        elif angabe.gilt is not False:
            glaeubiger = None  # the findings say what is missing
    gewaehlt = choose_mahnplan(falldatei, glaeubiger, einstellungen, befunde) if glaeubiger else None
    if glaeubiger is None or gewaehlt is None:
        return None, tuple(befunde)
    befunde += check_ersetzungen(eintraege)
    falldatei = redirect(falldatei, eintraege)
    geltende = [f for f, eintrag in zip(forderungen, eintraege, strict=True) if counts(eintrag, eintraege)]
    fall = Fall(
        aktenzeichen=falldatei.aktenzeichen,
        einstellungen=gewaehlt,
        recht=recht,
        glaeubiger=glaeubiger,
        schuldner=falldatei.schuldner,
        gesamtschuldner=bool(falldatei.gesamtschuldner),
        anspruch=falldatei.anspruch or Anspruch(stelle=falldatei.stelle),
        forderungen=tuple(geltende),
        gutschriften=falldatei.gutschriften,
        kosten=falldatei.kosten,
        zahlungen=falldatei.zahlungen,
        verzicht=falldatei.verzicht,
        konto=falldatei.konto,
        ereignisse=falldatei.ereignisse,
        titel=falldatei.titel,
        quittiert=falldatei.quittiert,
        antrag=falldatei.antrag,
        abtretung=falldatei.abtretung,
        behalten=falldatei.kundenklasse == "behalten",
        gesamtschuld_mit=falldatei.gesamtschuld_mit,
        nicht_geltende=tuple(e.nummer for e in eintraege if not counts(e, eintraege)),
        vorgaenge=vorgaenge,
        eingaben=eingaben or {},
    )
    return fall, tuple(itertools.filterfalse(is_frage, befunde))  # those of a day: rechnungsfragen.py


def merge_rechnung(
    angabe: Rechnungsangabe, gelesen: Leseergebnis | None
) -> tuple[Forderung | None, tuple[Befund, ...]]:
    """Join one entry of `rechnungen:` with what its file says, or None where number, date or amount is missing."""
    befunde = [*_findings_of_file(angabe, gelesen)]
    return _merge(angabe, gelesen, befunde), tuple(befunde)


def _findings_of_file(angabe: Rechnungsangabe, gelesen: Leseergebnis | None) -> Iterator[Befund]:
    """Pass on what the file's reader found, but for what the entry in fall.yaml has settled.

    A payable amount of zero or less that nobody has decided on makes no claim: it stops the case.
    """
    angegeben = [feld.name for feld in dataclasses.fields(angabe) if getattr(angabe, feld.name) is not None]
    for befund in without_settled(gelesen.befunde if gelesen else (), angegeben):
        if _is_decided(befund.code, angabe):
            continue
        schwere = Schwere.SPERRE if befund.code == "ZAHLBETRAG_NICHT_POSITIV" else befund.schwere
        yield dataclasses.replace(befund, schwere=schwere, gegenstand=befund.gegenstand or angabe.nummer)


def _is_decided(code: str, angabe: Rechnungsangabe) -> bool:
    """Tell whether `gilt` or `ersetzt` answers what the file leaves open: whether another invoice counts instead."""
    fragt = code in ("RECHNUNG_KORREKTUR", "RECHNUNG_ABSCHLAG")
    return fragt and (angabe.gilt is not None or angabe.ersetzt is not None)


def _find_glaeubiger(
    falldatei: Falldatei, einstellungen: Einstellungen, befunde: list[Befund]
) -> Glaeubiger | None:
    if isinstance(falldatei.glaeubiger, Glaeubiger):
        return falldatei.glaeubiger
    gefunden = einstellungen.glaeubiger.get(falldatei.glaeubiger)
    if gefunden is None:
        befunde.append(
            sperre(
                "GLAEUBIGER_UNBEKANNT",
                f"„glaeubiger: {falldatei.glaeubiger}“: diese Kennung gibt es in mahnakte.yaml nicht.",
                propose(falldatei.glaeubiger, list(einstellungen.glaeubiger)),
                falldatei.stelle,
            )
        )
    return gefunden


def _merge(angabe: Rechnungsangabe, gelesen: Leseergebnis | None, befunde: list[Befund]) -> Forderung | None:
    """Join one entry of `rechnungen:` with what its file says; None with a finding when they cannot be."""
    rechnung = gelesen.rechnung if gelesen else None
    nummer = angabe.nummer or (rechnung.nummer if rechnung else None)
    datum = angabe.datum or (rechnung.datum if rechnung else None)
    betrag = _decide_betrag(angabe, rechnung)
    # A file that is missing or unreadable has its own finding: what it would have said is not asked for as well.
    datei_fehlt = angabe.datei is not None and (gelesen is None or has_sperre(gelesen.befunde))
    neue = [] if datei_fehlt else [*_missing(angabe, rechnung, nummer, datum, betrag)]
    if rechnung:
        neue += _contradictions(angabe, rechnung)
    gegenstand = nummer or angabe.datei
    befunde += [dataclasses.replace(befund, gegenstand=gegenstand) for befund in neue]
    if nummer is None or datum is None or betrag is None:
        return None
    return Forderung(
        nummer=nummer,
        datum=datum,
        betrag=betrag,
        faellig_am=angabe.faellig_am or (rechnung.faellig_am if rechnung else None),
        leistung_am=angabe.leistung_am or (rechnung.leistungsbeginn if rechnung else None),
        leistung_bis=angabe.leistung_bis or (rechnung.leistung_bis if rechnung else None),
        zugegangen_am=angabe.zugegangen_am,
        faelligkeit=angabe.faelligkeit,
        hinweis_30_tage=angabe.hinweis_30_tage,
        zinsen=angabe.zinsen,
        katalog=angabe.katalog,
        gilt=angabe.gilt,
        ersetzt=angabe.ersetzt,
        datei=angabe.datei,
        kaeufer_geklaert=angabe.kaeufer_geklaert,
        stelle=angabe.stelle,
        rechnung=rechnung,
        fragen=tuple(befund for befund in _findings_of_file(angabe, gelesen) if is_frage(befund)),
    )


def _decide_betrag(angabe: Rechnungsangabe, rechnung: ERechnung | None) -> Decimal | None:
    """The payable amount of the e-invoice counts, unless a person has decided for the YAML."""
    if rechnung is None or rechnung.zahlbetrag is None or angabe.betrag_gilt == "fall":
        return angabe.betrag
    return rechnung.zahlbetrag


def _missing(
    angabe: Rechnungsangabe,
    rechnung: ERechnung | None,
    nummer: str | None,
    datum: dt.date | None,
    betrag: Decimal | None,
) -> Iterator[Befund]:
    woher = "steht auch nicht in der E-Rechnung" if rechnung else "die Datei ist keine lesbare E-Rechnung"
    if not angabe.datei:
        woher = "es ist keine Rechnungsdatei genannt"
    for name, wert in (("nummer", nummer), ("datum", datum), ("betrag", betrag)):
        if wert is None:
            yield sperre(
                "RECHNUNG_UNVOLLSTAENDIG",
                f"Bei dieser Rechnung fehlt „{name}“ ({woher}).",
                f"In fall.yaml „{name}:“ ergänzen.",
                angabe.stelle,
            )


def _contradictions(angabe: Rechnungsangabe, rechnung: ERechnung) -> Iterator[Befund]:
    """Both values are named; for number, date and amount a person must decide before the case goes on."""
    if angabe.nummer and rechnung.nummer and angabe.nummer != rechnung.nummer:
        yield _contradiction("NUMMER_WIDERSPRUCH", "nummer", angabe.nummer, rechnung.nummer, angabe.stelle)
    if angabe.datum and rechnung.datum and angabe.datum != rechnung.datum:
        yield _contradiction(
            "DATUM_WIDERSPRUCH",
            "datum",
            format_datum(angabe.datum),
            format_datum(rechnung.datum),
            angabe.stelle,
        )
    if (
        angabe.betrag is not None
        and rechnung.zahlbetrag is not None
        and angabe.betrag != rechnung.zahlbetrag
        and angabe.betrag_gilt is None
    ):
        yield sperre(
            "BETRAG_WIDERSPRUCH",
            f"„betrag“ ist in fall.yaml {format_euro(angabe.betrag)}, "
            f"der Zahlbetrag der E-Rechnung ist {format_euro(rechnung.zahlbetrag)}.",
            "Entscheiden und „betrag_gilt: fall“ oder „betrag_gilt: rechnung“ ergänzen.",
            angabe.stelle,
        )
    if angabe.leistung_am and (zeitraum := _other_period(angabe.leistung_am, rechnung)):
        yield hinweis(
            "LEISTUNG_WIDERSPRUCH",
            f"„leistung_am“ ist in fall.yaml {format_datum(angabe.leistung_am)}, die E-Rechnung nennt {zeitraum}; "
            "es gilt fall.yaml.",
            "Prüfen, welcher Tag stimmt; davon hängt die Verjährung ab.",
            angabe.stelle,
        )
    if angabe.faellig_am and rechnung.faelligkeiten and angabe.faellig_am not in rechnung.faelligkeiten:
        genannt = ", ".join(format_datum(tag) for tag in rechnung.faelligkeiten)
        yield hinweis(
            "FAELLIGKEIT_WIDERSPRUCH",
            f"„faellig_am“ ist in fall.yaml {format_datum(angabe.faellig_am)}, die E-Rechnung nennt {genannt}; "
            "es gilt fall.yaml.",
            "Prüfen, ob das Datum stimmt.",
            angabe.stelle,
        )


def _other_period(leistung_am: dt.date, rechnung: ERechnung) -> str:
    """Return the period of service that the invoice states where the day is outside of it, else nothing."""
    von, bis = rechnung.leistungsbeginn, rechnung.leistung_bis or rechnung.leistungsbeginn
    if von is None or bis is None or von <= leistung_am <= max(von, bis):
        return ""
    return format_datum(von) if von == bis else f"{format_datum(von)} bis {format_datum(bis)}"


def _contradiction(code: str, name: str, fall: str, rechnung: str, stelle: Stelle) -> Befund:
    return sperre(
        code,
        f"„{name}“ ist in fall.yaml „{fall}“, in der E-Rechnung „{rechnung}“.",
        f"Die richtige Datei angeben oder „{name}:“ in fall.yaml berichtigen oder streichen.",
        stelle,
    )
