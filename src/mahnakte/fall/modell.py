"""The records of fall.yaml, as people write them.

One definition serves the reader (pydantic at this border only), the program (frozen dataclasses) and
the editors (JSON Schema). Every record knows its place in the file. Keys: docs/fall-yaml.md.
"""

import dataclasses
from typing import Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from mahnakte.arten.alltagsworte import EREIGNISWORTE
from mahnakte.arten.ereignis import EREIGNISARTEN
from mahnakte.arten.kosten import Kostenwort
from mahnakte.arten.titel import Titelwort, Umfangwort
from mahnakte.fall.angabefehler import Angabefehler, missing_angabe
from mahnakte.fall.antragsangabe import Antragsangabe, need_reason
from mahnakte.fall.kredit import Kredit
from mahnakte.fall.partei import Angabe, Anschrift, Glaeubiger, Schuldner, doc
from mahnakte.fall.typen import (
    Aktenzeichen,
    Betrag,
    Datum,
    Ganzzahl,
    JaNein,
    Kennung,
    Pfad,
    Plz,
    PositiverBetrag,
    Text,
    Zahl,
)
from mahnakte.grund.text import propose


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Objekt(Angabe):
    """Where the flat or the property lies (catalogue numbers 19, 20, 90)."""

    strasse: Text | None = None
    plz: Plz
    ort: Text


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Anspruch(Angabe):
    """What is claimed, on what ground: number of the courts' catalogue or free text."""

    katalog: Annotated[Ganzzahl | None, doc("Nummer im Hauptforderungskatalog")] = None
    sonstiger: Annotated[Text | None, doc("freier Text statt Katalognummer")] = None
    entgeltforderung: Annotated[JaNein | None, doc("§ 286 (3), § 288 (2), (5) BGB")] = None
    dauerschuldverhaeltnis: Annotated[JaNein, doc("Art. 229 § 34 Satz 2 EGBGB")] = False
    vertrag: Text | None = None
    vertragsnummer: Annotated[Text | None, doc("Nummer des Vertrags in der Buchhaltung")] = None
    vertragsdatum: Datum | None = None
    vertragsart: Annotated[Text | None, doc("zu Katalognummer 28")] = None
    kennzeichen: Annotated[Text | None, doc("statt der Rechnungsnummer, zu Katalognummer 36, 42, 61")] = None
    vertragsschluss: Annotated[Text | None, doc("wie der Vertrag zustande kam, § 13a (2) RDG")] = None
    handlung: Annotated[Text | None, doc("Art der unerlaubten Handlung, § 13a (1) Nr. 2 RDG")] = None
    handlung_am: Datum | None = None
    gegenleistung: Annotated[
        Literal["erbracht", "unabhaengig", "teils"] | None, doc("§ 690 (1) Nr. 4 ZPO")
    ] = None
    objekt: Objekt | None = None
    kredit: Annotated[Kredit | None, doc("zu einem Darlehen, §§ 491 ff. BGB")] = None
    sachverhalt: Text | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Zinsvereinbarung(Angabe):
    """Interest other than § 288: a fixed rate or points over the Basiszinssatz, in percent a year."""

    satz: Annotated[Zahl | None, doc("fester Satz in Prozent im Jahr")] = None
    punkte: Annotated[Zahl | None, doc("Prozentpunkte über dem Basiszinssatz")] = None
    vereinbart: Annotated[JaNein, doc("vertragliche Zinsen, unabhängig vom Verzug")] = False
    ab: Annotated[Datum | None, doc("erster Zinstag")] = None
    grund: Annotated[Text | None, doc("warum mehr als gesetzlich, § 13a (1) Nr. 4 RDG")] = None


Faelligkeit = Literal["vereinbart", "gesetzlich", "ereignis", "unbestimmt"]

# Why what the invoice says stands in the way of nothing: answers to the questions of rechnungsfragen.py.
Kaeufergrund = Literal[
    "erbe",
    "umbenannt",
    "verzogen",
    "buerge",
    "gesellschafter",
    "mitschuldner",
    "rechtsnachfolger",
    "vertretener",
    "handelsname",
    "schreibweise",
    "rechnungsanschrift",
]
Zahlweggrund = Literal["nicht_eingezogen", "zurueckgegeben", "nicht_gezahlt", "ueberweisung_vereinbart"]
Empfaengergrund = Literal["abtretung", "rueckabtretung", "einziehung", "zahlstelle"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rechnungsangabe(Angabe):
    """One invoice as fall.yaml has it; number, date and sum may come from the e-invoice instead."""

    datei: Annotated[Pfad | None, doc("Rechnungsdatei im Fallordner")] = None
    nummer: Annotated[Text | None, doc("Rechnungsnummer")] = None
    datum: Annotated[Datum | None, doc("Rechnungsdatum")] = None
    betrag: Annotated[PositiverBetrag | None, doc("Zahlbetrag")] = None
    betrag_gilt: Annotated[
        Literal["fall", "rechnung"] | None, doc("welcher Betrag gilt, wenn die E-Rechnung anders sagt")
    ] = None
    leistung_am: Annotated[Datum | None, doc("Lieferung, Leistung, Abnahme")] = None
    leistung_bis: Annotated[Datum | None, doc("Ende eines Zeitraums")] = None
    zugegangen_am: Annotated[Datum | None, doc("Zugang der Rechnung")] = None
    faellig_am: Annotated[Datum | None, doc("Tag der Fälligkeit")] = None
    faelligkeit: Annotated[Faelligkeit, doc("vereinbart | gesetzlich | ereignis | unbestimmt")] = "unbestimmt"
    hinweis_30_tage: Annotated[JaNein, doc("Hinweis nach § 286 (3) BGB steht auf der Rechnung")] = False
    zinsen: Annotated[Zinsvereinbarung | None, doc("vereinbarte Zinsen")] = None
    art_geklaert: Annotated[
        Literal["forderung"] | None, doc("forderung: daraus wird gefordert, trotz Belegart oder Kennzeichen")
    ] = None
    kaeufer_geklaert: Annotated[
        Kaeufergrund | None, doc("warum der Schuldner ein anderer ist als der Käufer der E-Rechnung")
    ] = None
    zahlweg_geklaert: Annotated[
        Zahlweggrund | None, doc("warum die Lastschrift oder Kartenzahlung der E-Rechnung nicht zahlte")
    ] = None
    empfaenger_geklaert: Annotated[
        Empfaengergrund | None, doc("warum der Gläubiger fordern darf, obwohl an einen anderen zu zahlen ist")
    ] = None
    katalog: Annotated[Ganzzahl | None, doc("Katalognummer, wenn sie nicht die des Anspruchs ist")] = None
    gilt: Annotated[JaNein | None, doc("ob diese von mehreren verwandten Rechnungen gefordert wird")] = None
    ersetzt: Annotated[Text | None, doc("Nummer der Rechnung, an deren Stelle diese tritt")] = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Gutschrift(Angabe):
    """A credit note; without `auf` it reduces the oldest claims first."""

    am: Annotated[Datum, doc("Tag der Gutschrift")]
    betrag: Annotated[PositiverBetrag, doc("Betrag der Gutschrift")]
    auf: Annotated[Text | None, doc("Rechnungsnummer; ohne zuerst die älteste")] = None
    grund: Annotated[Text | None, doc("wofür")] = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Zurueckstellung(Gutschrift):
    """A disputed or held part that a letter does not demand for now. No person writes one: the plan takes it out.

    The account treats it like a credit note on the day of the invoice, so that no interest is asked on it either.
    """


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kostenposten(Angabe):
    """One cost item, free of interest unless `zinsen` says otherwise."""

    am: Annotated[Datum, doc("Tag der Entstehung")]
    art: Annotated[Kostenwort, doc("Art der Kosten")]
    betrag: Annotated[PositiverBetrag, doc("Betrag der Kosten")]
    beleg: Annotated[Pfad | None, doc("Datei im Fallordner")] = None
    grund: Annotated[Text | None, doc("wofür sie entstanden")] = None
    umsatzsteuer: Annotated[JaNein | None, doc("ob der Betrag Umsatzsteuer enthält, § 13a (1) Nr. 6 RDG")] = (
        None
    )
    zinsen: Annotated[Zinsvereinbarung | None, doc("Verzinsung der Kosten")] = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Zahlung(Angabe):
    """A payment on the day of credit. `auf` is the debtor's designation (§ 366 (1) BGB)."""

    am: Annotated[Datum, doc("Tag der Gutschrift auf dem Konto")]
    betrag: Annotated[PositiverBetrag, doc("Betrag der Zahlung")]
    von: Annotated[Kennung | None, doc("Kennung des Schuldners, der zahlte")] = None
    auf: Annotated[Text | None, doc("Rechnungsnummer oder hauptforderung | zinsen | kosten")] = None
    zurueck_am: Annotated[Datum | None, doc("Rückgabe der Zahlung")] = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Verzicht(Angabe):
    """A waiver by the creditor."""

    am: Annotated[Datum, doc("Tag des Verzichts")]
    betrag: Annotated[PositiverBetrag, doc("erlassener Betrag")]
    auf: Annotated[Text | None, doc("Rechnungsnummer oder hauptforderung | zinsen | kosten")] = None
    grund: Annotated[Text | None, doc("warum")] = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kontoregel(Angabe):
    """How the account counts days and allocates payments; an agreed order needs `reihenfolge`."""

    tageszaehlung: Literal["act/act", "act/365", "30e/360"] = "act/act"
    tilgung: Annotated[Literal["367", "497", "vereinbart"], doc("§ 367, § 497 (3) BGB oder vereinbart")] = (
        "367"
    )
    reihenfolge: Annotated[
        tuple[Literal["hauptforderung", "zinsen", "kosten"], ...],
        doc("nur zu „tilgung: vereinbart“: was eine Zahlung zuerst deckt"),
    ] = ()


Zinsabsprache = Literal["keine", "danach", "eingerechnet"]

# --- what people learn ------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Angabe):
    """One instalment of a plan."""

    am: Annotated[Datum, doc("Tag der Rate")]
    betrag: Annotated[PositiverBetrag, doc("Betrag der Rate")]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ereignis(Angabe):
    """Something people learned. Which keys go with which `art` stands in arten/ereignis.py."""

    am: Annotated[Datum, doc("Tag des Ereignisses")]
    art: Text
    schuldner: Annotated[Kennung | None, doc("Kennung, wenn es nur einen Schuldner betrifft")] = None
    stufe: Annotated[Text | None, doc("Art des Schreibens, etwa mahnung-1")] = None
    vorgang: Annotated[Ganzzahl | None, doc("Nummer des Vorgangs")] = None
    frist_bis: Annotated[Datum | None, doc("Tag, bis zu dem das Schreiben zur Zahlung auffordert")] = None
    beleg: Annotated[Pfad | None, doc("Datei im Fallordner")] = None
    grund: Annotated[Text | None, doc("was dahinter steht, in einem Satz")] = None
    rechnung: Annotated[Text | None, doc("Rechnungsnummer, wenn es nur eine betrifft")] = None
    betrag: Annotated[PositiverBetrag | None, doc("Betrag, wenn es nicht das Ganze betrifft")] = None
    bis: Annotated[Datum | None, doc("letzter Tag")] = None
    buchung: Annotated[Text | None, doc("Schlüssel der Buchung im Kontoauszug")] = None
    raten: Annotated[tuple[Rate, ...], doc("Tag und Betrag jeder Rate")] = ()
    zinsen: Annotated[
        Zinsabsprache | None, doc("was für die Zeit des Plans oder der Stundung vereinbart ist")
    ] = None
    bei_verzug: Annotated[
        Literal["ab_kuendigung", "rueckwirkend"] | None,
        doc("ab wann wieder Zinsen laufen, wenn es nicht hält"),
    ] = None
    zinsen_bisher: Annotated[
        Literal["bleibt", "erlassen"] | None, doc("was aus den bis zur Absprache entstandenen Zinsen wird")
    ] = None
    kanal: Annotated[Text | None, doc("Telefon, E-Mail, Besuch …")] = None
    notiz: Annotated[Text | None, doc("was besprochen wurde")] = None
    zusage_am: Annotated[Datum | None, doc("Tag, für den Zahlung zugesagt ist")] = None
    zusage_betrag: Annotated[PositiverBetrag | None, doc("zugesagter Betrag")] = None
    gericht: Annotated[Text | None, doc("Name des Gerichts")] = None
    aktenzeichen: Annotated[Text | None, doc("Aktenzeichen des Gerichts")] = None
    geschaeftszeichen: Annotated[Text | None, doc("Geschäftsnummer des Gerichts")] = None
    von: Annotated[Text | None, doc("wer freigibt")] = None
    schritt: Annotated[Text | None, doc("freigegebener Schritt")] = None
    umfang: Annotated[
        Text | None, doc("was es erfasst: ganz, teil; bei Maßnahmen alles, hauptforderung …")
    ] = None
    titel: Annotated[Kennung | None, doc("Kennung des Titels")] = None
    massnahme: Annotated[Text | None, doc("Art der Maßnahme, etwa pfaendung")] = None
    aufgehoben_am: Annotated[Datum | None, doc("Tag, an dem die Maßnahme aufgehoben wurde")] = None
    empfaenger: Annotated[
        Anschrift | None, doc("an wen zu schreiben ist: Verwalter, Nachlassgericht, Meldebehörde")
    ] = None


_IMMER_ERLAUBT = frozenset({"am", "art", "schuldner", "stelle"})


def _fit_art(ereignis: Ereignis) -> Ereignis:
    """Check an event's keys against the table of kinds: unknown kind, missing key, key out of place."""
    art = EREIGNISARTEN.get(ereignis.art)
    if art is None:
        raise Angabefehler(
            "EREIGNIS_UNBEKANNT",
            f"unbekannte Art „{ereignis.art}“",
            propose(ereignis.art, list(EREIGNISARTEN), EREIGNISWORTE),
        ).as_error()
    genannt = {
        feld.name
        for feld in dataclasses.fields(ereignis)
        if feld.name not in _IMMER_ERLAUBT and getattr(ereignis, feld.name) not in (None, ())
    }
    if fehlend := [schluessel for schluessel in art.pflicht if schluessel not in genannt]:
        raise missing_angabe(
            f"bei „{ereignis.art}“ fehlt: {', '.join(fehlend)}", "Den Schlüssel mit Wert ergänzen."
        ).as_error()
    if fremd := sorted(genannt - {*art.pflicht, *art.erlaubt}):
        erlaubt = ", ".join(("am", "schuldner", *art.pflicht, *art.erlaubt))
        raise Angabefehler(
            "SCHLUESSEL_FEHL_AM_PLATZ",
            f"zu „{ereignis.art}“ gehört nicht: {', '.join(fremd)}",
            f"Erlaubt sind: {erlaubt}.",
        ).as_error()
    return ereignis


# --- titles -----------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Titelbetraege(Angabe):
    """What the title awards; `zinsen` is the running interest on the main claim."""

    hauptforderung: Annotated[Betrag, doc("zugesprochene Hauptforderung")]
    zinsen_bis: Annotated[Datum | None, doc("Tag, bis zu dem die Zinsen ausgerechnet sind")] = None
    zinsen_betrag: Annotated[Betrag | None, doc("ausgerechnete Zinsen")] = None
    kosten: Annotated[Betrag | None, doc("zugesprochene Kosten")] = None
    zinsen: Annotated[Zinsvereinbarung | None, doc("laufende Zinsen")] = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Massnahme(Angabe):
    """An act of enforcement or an acknowledgement; only what it covered restarts (§ 212 BGB)."""

    am: Annotated[Datum, doc("Tag der Maßnahme")]
    art: Annotated[Text, doc("antrag, pfaendung, vermoegensauskunft, zahlung-gv, anerkenntnis …")]
    umfang: Annotated[Umfangwort | None, doc("was die Maßnahme erfasste")] = None
    aufgehoben_am: Annotated[Datum | None, doc("Tag, an dem sie aufgehoben wurde")] = None
    beleg: Annotated[Pfad | None, doc("Datei im Fallordner")] = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Titel(Angabe):
    """An enforceable title."""

    kennung: Annotated[Kennung, doc("kurzer Name, auf den sich andere Angaben beziehen")]
    art: Annotated[Titelwort, doc("Art des Titels, § 794 ZPO")]
    schuldner: Annotated[Kennung | None, doc("Kennung, wenn er nur gegen einen lautet")] = None
    gericht: Annotated[Text | None, doc("Name des Gerichts")] = None
    geschaeftszeichen: Annotated[Text | None, doc("Geschäftsnummer des Gerichts")] = None
    erlassen_am: Annotated[Datum | None, doc("Tag des Erlasses")] = None
    zugestellt_am: Annotated[Datum | None, doc("Tag der Zustellung")] = None
    rechtskraft_am: Annotated[Datum | None, doc("Tag der Rechtskraft")] = None
    betraege: Annotated[Titelbetraege | None, doc("was er zuspricht")] = None
    massnahmen: tuple[Massnahme, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Abtretung(Anschrift):
    """The assignment by which the claim came to the creditor; the fields of `Anschrift` are the old creditor's."""

    am: Datum
    urkunde: Annotated[Pfad | None, doc("die Urkunde, die dem Brief beiliegt, § 410 BGB")] = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Quittung(Angabe):
    """A finding that a person has seen and accepts: it neither repeats nor counts."""

    code: Annotated[Text, doc("Code des Befunds")]
    rechnung: Annotated[Text | None, doc("Rechnungsnummer, wenn er nur diese betrifft")] = None
    grund: Annotated[Text, doc("warum er angenommen wird")]
    von: Annotated[Text, doc("wer ihn annimmt")]
    am: Annotated[Datum, doc("Tag")]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Falldatei(Angabe):
    """The whole of a fall.yaml."""

    aktenzeichen: Aktenzeichen
    glaeubiger: Annotated[
        Annotated[Kennung, Tag("kennung")] | Annotated[Glaeubiger, Tag("angaben")],
        Discriminator(lambda wert: "kennung" if isinstance(wert, str) else "angaben"),
        doc("Kennung aus mahnakte.yaml oder die Angaben selbst"),
    ]
    schuldner: Annotated[tuple[Schuldner, ...], Field(min_length=1)]
    gesamtschuldner: JaNein | None = None
    gesamtschuld_mit: Annotated[
        tuple[Aktenzeichen, ...],
        doc("Fälle anderer Schuldner, die dieselbe Rechnung als Gesamtschuldner schulden, §§ 421, 422 BGB"),
    ] = ()
    anspruch: Anspruch | None = None
    abtretung: Annotated[Abtretung | None, doc("von wem der Gläubiger die Forderung hat, § 398 BGB")] = None
    kundenklasse: Annotated[Literal["behalten"] | None, doc("behalten: langsamer und nur mit Freigabe")] = (
        None
    )
    mahnplan: Annotated[Kennung | None, doc("Name eines Mahnplans aus mahnakte.yaml, „mahnplaene“")] = None
    rechnungen: tuple[Rechnungsangabe, ...] = ()
    gutschriften: tuple[Gutschrift, ...] = ()
    kosten: tuple[Kostenposten, ...] = ()
    zahlungen: tuple[Zahlung, ...] = ()
    verzicht: tuple[Verzicht, ...] = ()
    konto: Kontoregel = dataclasses.field(default_factory=Kontoregel)
    ereignisse: tuple[Annotated[Ereignis, AfterValidator(_fit_art)], ...] = ()
    titel: tuple[Titel, ...] = ()
    antrag: Annotated[Antragsangabe, AfterValidator(need_reason)] | None = None
    quittiert: tuple[Quittung, ...] = ()
