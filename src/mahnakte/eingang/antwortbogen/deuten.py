"""From the fields of a returned form to events a person may accept. Pure; what is not plain stays a note.

Dates and sums are taken only where they have one meaning; „Ende Mai“ or „1.250“ stand in the note as written.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal

from mahnakte.eingang.antwortbogen.lesen import Antwort
from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, hinweis, sperre, warnung
from mahnakte.grund.betrag import KeinBetrag, format_betrag, format_euro, parse_betrag
from mahnakte.grund.datum import MONATE, KeinDatum, format_datum, parse_datum
from mahnakte.grund.text import json_safe

# How long an answer may hold the series up before a person has decided.
PRUEFZEIT = dt.timedelta(days=14)
LAENGSTE_ZUSAGE = dt.timedelta(days=60)
_ZAHLUNG_GESUCHT = dt.timedelta(days=10)

_MONATSNAME = re.compile(r"(\d{1,2})\.?\s*([a-zä]+)\s+(\d{4})")
_WAEHRUNG = re.compile(r"€|eur(o)?\b", re.IGNORECASE)
_GLATT = re.compile(r"(,|\.)\s*(-|–|—)+$")
_PUNKT = re.compile(r"\d{1,7}\.\d{2}", re.ASCII)

Eintrag = dict[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Bogendeutung:
    """What an answer amounts to: events as in fall.yaml, findings, options for `mahnakte ratenplan`."""

    ereignisse: tuple[Eintrag, ...]
    befunde: tuple[Befund, ...]
    raten: str | None = None


def check_zugehoerig(antwort: Antwort, aktenzeichen: str, stelle: Stelle) -> None:
    """Raise Ablehnung when the form belongs to another case, or was tampered with."""
    genannt, gezeigt = antwort.text("aktenzeichen"), antwort.text("unser_zeichen")
    if genannt.casefold() == gezeigt.casefold() == aktenzeichen.casefold():
        return
    fremd = next(zeichen for zeichen in (genannt, gezeigt) if zeichen.casefold() != aktenzeichen.casefold())
    raise Ablehnung(
        sperre("ANTWORT_ANDERER_FALL",
               f"Der Bogen gehört nicht zu diesem Fall: Er nennt „{json_safe(fremd)}“ statt {aktenzeichen}.",
               "Den richtigen Fallordner angeben.", stelle)
    )  # fmt: skip


def propose_ereignisse(antwort: Antwort, fall: Fall, am: dt.date, stelle: Stelle) -> Bogendeutung:
    """Return what the form says as events of the day `am`, on which we learn of it."""
    deutung = _Deutung(antwort, fall, am, stelle)
    ereignisse = (
        *deutung.payment_promised(),
        *deutung.instalments_asked(),
        *deutung.payment_claimed(),
        *deutung.disputed(),
        *deutung.moved(),
        *deutung.said(),
    )
    if not ereignisse:
        deutung.befunde.append(
            hinweis("ANTWORT_LEER", "Auf dem Bogen ist nichts angekreuzt und nichts eingetragen.",
                    "Beim Absender nachfragen; manche Programme speichern die Eingaben nicht mit.", stelle)
        )  # fmt: skip
    return Bogendeutung(ereignisse, (*antwort.befunde, *deutung.befunde), deutung.raten)


class _Deutung:
    """One form being read: collects findings beside the events."""

    def __init__(self, antwort: Antwort, fall: Fall, am: dt.date, stelle: Stelle) -> None:
        self._antwort = antwort
        self._fall = fall
        self._am = am
        self._stelle = stelle
        self._von = _who_answers(antwort, fall)
        self.befunde: list[Befund] = []
        self.raten: str | None = None

    # --- the six things a form can say ---------------------------------------------------------------

    def payment_promised(self) -> Iterator[Eintrag]:
        """„Ich zahle am …“: a promise, kept in the log; until then no letter goes out."""
        if not self._meant("zahlen", "zahlen_am", "zahlen_betrag"):
            return
        am, betrag = self._date("zahlen_am"), self._sum("zahlen_betrag")
        zusage: Eintrag = {}
        if am and self._is_promise(am):
            zusage = {"zusage_am": am.isoformat()} | (
                {"zusage_betrag": format_betrag(betrag)} if betrag else {}
            )
        yield self._contact(
            f"kündigt Zahlung an: {self._say('zahlen_betrag', betrag)} am {self._say('zahlen_am', am)}",
            zusage,
        )

    def instalments_asked(self) -> Iterator[Eintrag]:
        """„Ich bitte um Raten“: the series rests until a person has decided."""
        if not self._meant("raten", "raten_betrag", "raten_ab"):
            return
        rate, ab = self._sum("raten_betrag"), self._date("raten_ab")
        if rate and ab:
            self.raten = f"--rate {format_betrag(rate)} --ab {ab.isoformat()}"
        worte = f"{self._say('raten_betrag', rate)} im Monat ab {self._say('raten_ab', ab)}"
        yield self._event(
            "mahnsperre",
            bis=(self._am + PRUEFZEIT).isoformat(),
            grund=f"Ratenzahlung angefragt: {worte} ({self._source()})",
        )

    def payment_claimed(self) -> Iterator[Eintrag]:
        """„Ich habe schon gezahlt“: a note; only the bank statement makes it a payment."""
        if not self._meant("gezahlt", "gezahlt_am", "gezahlt_betrag"):
            return
        am, betrag = self._date("gezahlt_am"), self._sum("gezahlt_betrag")
        gebucht = self._find_payment(am, betrag)
        ende = f"gebucht ist sie am {format_datum(gebucht)}" if gebucht else "auf dem Konto suchen"
        if gebucht is None:
            self._warn("ZAHLUNG_BEHAUPTET",
                       "Der Schuldner gibt an, gezahlt zu haben; gebucht ist eine solche Zahlung nicht.",
                       "Vor dem nächsten Brief die Kontoauszüge prüfen und die Zahlung erfassen.")  # fmt: skip
        wann, wieviel = self._say("gezahlt_am", am), self._say("gezahlt_betrag", betrag)
        yield self._contact(f"gibt an, am {wann} {wieviel} gezahlt zu haben; {ende}")

    def disputed(self) -> Iterator[Eintrag]:
        """„Ich bin nicht einverstanden“: the series stops until a person has dealt with it."""
        if not self._meant("einwand", "einwand_grund"):
            return
        grund = self._antwort.text("einwand_grund")
        if not grund:
            self._warn("EINWAND_OHNE_GRUND", "Der Schuldner ist nicht einverstanden, nennt aber keinen Grund.",
                       "Nachfragen, was bestritten wird.")  # fmt: skip
        yield self._event("bestritten", grund=grund or f"ohne Begründung ({self._source()})")

    def moved(self) -> Iterator[Eintrag]:
        """„Meine Anschrift hat sich geändert“: a note; fall.yaml is for people to change."""
        teile = (self._antwort.text("anschrift_strasse"), self._antwort.text("anschrift_ort"))
        if not self._meant("anschrift", "anschrift_strasse", "anschrift_ort"):
            return
        neue = ", ".join(teil for teil in teile if teil) or "nicht angegeben"
        self._warn("ANSCHRIFT_NEU", f"Der Schuldner nennt eine neue Anschrift: {neue}.",
                   "In fall.yaml beim Schuldner eintragen, bevor der nächste Brief hinausgeht.")  # fmt: skip
        yield self._contact(f"nennt eine neue Anschrift: {neue}")

    def said(self) -> Iterator[Eintrag]:
        """Whatever else was written."""
        notiz, erreichbar = self._antwort.text("notiz"), self._antwort.text("erreichbar")
        teile = (f"schreibt: {notiz}" if notiz else "", f"erreichbar: {erreichbar}" if erreichbar else "")
        if any(teile):
            yield self._contact("; ".join(teil for teil in teile if teil))

    # --- reading ---------------------------------------------------------------------------------------

    def _meant(self, haken: str, *felder: str) -> bool:
        """A line counts when it is ticked, and also when only its fields are filled in."""
        gefuellt = any(self._antwort.text(feld) for feld in felder)
        if gefuellt and not self._antwort.angekreuzt(haken):
            self.befunde.append(
                hinweis("ANTWORT_KREUZ_FEHLT", f"Bei „{haken}“ fehlt das Kreuz; die Zeile ist ausgefüllt und zählt.",
                        "", self._stelle)
            )  # fmt: skip
        return gefuellt or self._antwort.angekreuzt(haken)

    def _date(self, feld: str) -> dt.date | None:
        roh = self._antwort.text(feld)
        tag = read_datum(roh)
        if roh and tag is None:
            self._unclear(roh, "kein eindeutiges Datum; es", "welcher Tag")
        return tag

    def _sum(self, feld: str) -> Decimal | None:
        roh = self._antwort.text(feld)
        betrag = read_betrag(roh)
        if roh and betrag is None:
            self._unclear(roh, "kein eindeutiger Betrag; er", "welcher Betrag")
        return betrag

    def _is_promise(self, tag: dt.date) -> bool:
        if tag < self._am:
            self._warn("ZUSAGE_VERGANGEN", f"Der zugesagte Tag {format_datum(tag)} ist schon vorbei.",
                       "Auf dem Konto nachsehen.")  # fmt: skip
            return False
        if tag > self._am + LAENGSTE_ZUSAGE:
            self._warn("ZUSAGE_WEIT",
                       f"Der zugesagte Tag {format_datum(tag)} liegt mehr als {LAENGSTE_ZUSAGE.days} Tage voraus; "
                       "er hält die Briefe nicht auf.",
                       "Entscheiden; bei Einverständnis ein Ereignis „stundung“ eintragen.")  # fmt: skip
            return False
        return True

    def _find_payment(self, am: dt.date | None, betrag: Decimal | None) -> dt.date | None:
        for zahlung in self._fall.zahlungen:
            passt = am is None or abs(zahlung.am - am) <= _ZAHLUNG_GESUCHT
            if passt and zahlung.betrag == betrag and zahlung.am <= self._am and zahlung.zurueck_am is None:
                return zahlung.am
        return None

    # --- writing ---------------------------------------------------------------------------------------

    def _say(self, feld: str, wert: Decimal | dt.date | None) -> str:
        if wert is None:
            roh = self._antwort.text(feld)
            return f"„{roh}“" if roh else "(ohne Angabe)"
        return format_datum(wert) if isinstance(wert, dt.date) else format_euro(wert)

    def _source(self) -> str:
        vom = self._antwort.text("schreiben_vom")
        return f"Antwortbogen zum Schreiben vom {vom}" if read_datum(vom) else "Antwortbogen"

    def _contact(self, notiz: str, zusage: Eintrag | None = None) -> Eintrag:
        return self._event(
            "kontakt", kanal="antwortbogen", notiz=f"{self._source()}: {notiz}", **(zusage or {})
        )

    def _event(self, art: str, **angaben: str) -> Eintrag:
        von = {"schuldner": self._von} if self._von else {}
        return {"am": self._am.isoformat(), "art": art, **von, **angaben}

    def _unclear(self, roh: str, ist: str, frage: str) -> None:
        text = f"„{json_safe(roh)}“ ist {ist} steht in der Notiz."
        self._warn("ANTWORT_UNKLAR", text, f"Nachfragen, {frage} gemeint ist.")

    def _warn(self, code: str, text: str, abhilfe: str) -> None:
        self.befunde.append(warnung(code, text, abhilfe, self._stelle))


def _who_answers(antwort: Antwort, fall: Fall) -> str | None:
    """With several debtors: the one the form was sent to, where it went to one alone."""
    genannte = [teil for teil in antwort.text("schuldner").split(",") if teil]
    bekannte = {schuldner.kennung for schuldner in fall.schuldner}
    return genannte[0] if len(bekannte) > 1 and len(genannte) == 1 and genannte[0] in bekannte else None


def read_datum(text: str) -> dt.date | None:
    """Read a day as people write it on paper (15.05.26, 15. Mai 2026); None where it has no single meaning."""
    roh = re.sub(r"(?<=\.)\s+(?=\d)", "", text.strip())
    if (treffer := _MONATSNAME.fullmatch(roh.lower())) and (name := treffer[2].capitalize()) in MONATE:
        roh = f"{treffer[1]}.{MONATE.index(name) + 1}.{treffer[3]}"
    try:
        return parse_datum(roh)
    except KeinDatum:
        return None


def read_betrag(text: str) -> Decimal | None:
    """Read a sum as people write it on paper (120 €, 120,-, 99.50); None where it has no single meaning."""
    roh = _GLATT.sub("", _WAEHRUNG.sub("", text).strip())
    if _PUNKT.fullmatch(roh):
        roh = roh.replace(".", ",")
    try:
        betrag = parse_betrag(roh)
    except KeinBetrag:
        return None
    return betrag if betrag > 0 else None
