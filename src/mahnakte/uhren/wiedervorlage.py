"""Dates that people set: deadlines of letters, promises, instalments, the ends of deferrals and holds."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mahnakte.arten.ereignis import (
    GERICHTSAKTE,
    KONTAKT,
    MAHNSPERRE,
    MAHNUNG_VERSANDT,
    RATENPLAN,
    RATENPLAN_GEKUENDIGT,
    STUNDUNG,
    VERGLEICH,
    ZAHLUNG_VERWEIGERT,
    worte,
)
from mahnakte.fall.bezeichnung import SCHREIBEN
from mahnakte.fall.modell import Ereignis, Rate
from mahnakte.grund.befund import Stelle
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Konto, Kontoforderung
from mahnakte.recht.kalender import Fristende
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verfahren import list_verfahren
from mahnakte.stand.verlauf import Schreiben, effective_vorgaenge, ereignisse_bis, list_schreiben
from mahnakte.stand.zahltag import shift_zahltag
from mahnakte.uhren.fristeintrag import Fristeintrag, find_eingetragen_am, name_ereignis, without_shift
from mahnakte.uhren.umstaende import paid_since

_ABSPRACHEN = worte(lambda art: art.absprache)


def list_wiedervorlagen(sachstand: Sachstand, konto: Konto | None) -> tuple[Fristeintrag, ...]:
    """Return the dates of one case up to the Stichtag; a paid case leaves nothing open."""
    blatt = _Blatt(sachstand, konto)
    return (
        *blatt.letters(),
        *blatt.records(),
        *blatt.promises(),
        *blatt.settlements(),
        *blatt.instalments(),
        *blatt.deferrals(),
        *blatt.holds(),
    )


class _Blatt:
    def __init__(self, sachstand: Sachstand, konto: Konto | None) -> None:
        self._sachstand = sachstand
        self._konto = konto
        self._bezahlt = konto is not None and konto.gesamt <= NULL
        self._vorgaenge = {vorgang.nr: vorgang for vorgang in effective_vorgaenge(sachstand)}

    def letters(self) -> Iterator[Fristeintrag]:
        """The deadline of each letter, until it is met, or a later letter, an agreement or the court replaces it."""
        schreiben = [brief for brief in list_schreiben(self._sachstand) if brief.frist_bis]
        gezaehlt: dict[str, int] = {}
        for nr, brief in enumerate(schreiben):
            gezaehlt[brief.stufe] = gezaehlt.get(brief.stufe, 0) + 1
            yield self._entry(
                "schreiben",
                f"{brief.vorgang_nr or brief.stufe}/{gezaehlt[brief.stufe]}",
                shift_zahltag(self._sachstand.fall, brief.frist_bis or brief.am),
                f"Frist aus: {_name_schreiben(brief)}",
                "Zahlung eingegangen" if self._met(brief) else self._replaced(brief, schreiben[nr + 1 :]),
                None,
                self._place_of(brief),
                "" if brief.stufe in SCHREIBEN else brief.stufe,
            )

    def records(self) -> Iterator[Fristeintrag]:
        """What is to be recorded of a Mahnung of ours: that it went out, and when it arrived.

        Nothing proves default and the threat that precedes the next step but these two days (§ 286 (1) BGB).
        """
        schreiben = [brief for brief in list_schreiben(self._sachstand) if brief.vorgang_nr]
        for nr, brief in enumerate(schreiben):
            vorgang = self._vorgaenge.get(brief.vorgang_nr or 0)
            if vorgang is None or not vorgang.rechnungen:
                continue
            if not self._puts_into_default(brief) and not vorgang.brief.dann:
                continue
            name, ort = _name_schreiben(brief), self._place_of(brief)
            versandt = self._sent(brief) or self._recorded(brief)
            ersetzt = self._replaced(brief, schreiben[nr + 1 :])
            grund = f"{name}: Ob das Schreiben hinausging, ist nicht festgehalten"
            yield self._entry(
                "versand",
                f"{brief.vorgang_nr}",
                without_shift(brief.am),
                grund,
                versandt or ersetzt,
                None,
                ort,
            )
            if self._puts_into_default(brief):
                grund = f"{name}: Ohne Zugang kein Verzug und keine Verzugszinsen (§ 286 Abs. 1 BGB)"
                frist = without_shift(brief.frist_bis or brief.am)
                yield self._entry(
                    "zugang", f"{brief.vorgang_nr}", frist, grund, self._recorded(brief), None, ort
                )

    def promises(self) -> Iterator[Fristeintrag]:
        """A promised payment; § 193 BGB grants the next working day."""
        kontakte = [k for k in self._of(KONTAKT.wort) if k.zusage_am]
        for kontakt in kontakte:
            gezahlt = paid_since(self._sachstand, kontakt.am)
            erfuellt = gezahlt >= kontakt.zusage_betrag if kontakt.zusage_betrag else gezahlt > NULL
            erledigt = "Zahlung eingegangen" if erfuellt else self._promise_superseded(kontakt)
            yield self._from_event(
                "zusage", kontakt, self._zahltag(kontakt, kontakt.zusage_am),
                f"Zusage vom {format_datum(kontakt.am)}", erledigt, kontakt.zusage_betrag,
            )  # fmt: skip

    def settlements(self) -> Iterator[Fristeintrag]:
        """Until when a settlement must be paid."""
        for vergleich in self._of(VERGLEICH.wort):
            gezahlt = paid_since(self._sachstand, vergleich.am)
            erledigt = "Zahlung eingegangen" if gezahlt >= (vergleich.betrag or NULL) else ""
            ende = self._zahltag(vergleich, vergleich.bis)
            text = f"Vergleich vom {format_datum(vergleich.am)}"
            yield self._from_event("vergleich", vergleich, ende, text, erledigt, vergleich.betrag)

    def instalments(self) -> Iterator[Fristeintrag]:
        """Each instalment of each plan; payments since the plan cover the earlier ones first."""
        plaene = self._of(RATENPLAN.wort, RATENPLAN_GEKUENDIGT.wort)
        for nr, plan in enumerate(plaene):
            spaeter = [e for e in plaene[nr + 1 :] if e.schuldner in (None, plan.schuldner)]
            ueberholt = name_ereignis(spaeter[0]) if spaeter else ""
            rest = paid_since(self._sachstand, plan.am)
            for zaehler, rate in enumerate(sorted(plan.raten, key=lambda rate: rate.am), start=1):
                rest -= rate.betrag
                yield self._instalment(
                    plan, zaehler, rate, "Zahlung eingegangen" if rest >= NULL else ueberholt
                )

    def deferrals(self) -> Iterator[Fristeintrag]:
        """The last day of a deferral: a day of payment, which § 193 BGB moves."""
        for stundung in self._of(STUNDUNG.wort):
            ende = self._zahltag(stundung, stundung.bis)
            yield self._until("stundung", stundung, ende, f"Stundung vom {format_datum(stundung.am)}")

    def holds(self) -> Iterator[Fristeintrag]:
        """The last day of a hold."""
        for sperre in self._of(MAHNSPERRE.wort):
            ende = without_shift(sperre.bis or sperre.am)
            yield self._until("mahnsperre", sperre, ende, f"Mahnsperre vom {format_datum(sperre.am)}")

    # --- writing down ----------------------------------------------------------------------------------

    def _instalment(self, plan: Ereignis, nr: int, rate: Rate, erledigt: str) -> Fristeintrag:
        ende = self._zahltag(plan, rate.am)
        text = f"{nr}. Rate, Ratenplan vom {format_datum(plan.am)}"
        return self._from_event("rate", plan, ende, text, erledigt, rate.betrag, f"/{nr}")

    def _until(self, art: str, ereignis: Ereignis, ende: Fristende, text: str) -> Fristeintrag:
        vorbei = f"beendet am {format_datum(ende.ende)}" if ende.ende < self._sachstand.stichtag else ""
        return self._from_event(art, ereignis, ende, text, vorbei)

    def _from_event(
        self, art: str, ereignis: Ereignis, ende: Fristende, grund: str, erledigt: str,
        betrag: Decimal | None = None, zusatz: str = "",
    ) -> Fristeintrag:  # fmt: skip
        """Sums and what people wrote go into the note: `grund` also stands in calendars."""
        gleiche = [e for e in self._sachstand.fall.ereignisse if e.art == ereignis.art]
        nr = next(nr for nr, einer in enumerate(gleiche, start=1) if einer is ereignis)
        notizen = (format_euro(betrag) if betrag else "", ereignis.grund or "", ereignis.notiz or "")
        return self._entry(
            art, f"{nr}{zusatz}", ende, grund, erledigt, ereignis.schuldner, ereignis.stelle,
            "; ".join(notiz for notiz in notizen if notiz),
        )  # fmt: skip

    def _entry(
        self, art: str, gegenstand: str, ende: Fristende, grund: str, erledigt: str, schuldner: str | None,
        stelle: Stelle, notiz: str = "",
    ) -> Fristeintrag:  # fmt: skip
        kennungen = [einer.kennung for einer in self._sachstand.fall.schuldner]
        verschoben = f"; {ende.grund}, deshalb {format_datum(ende.ende)} (§ 193 BGB)" if ende.grund else ""
        return Fristeintrag(
            art=art,
            gegenstand=gegenstand,
            fuer=f"Schuldner {kennungen.index(schuldner) + 1}" if schuldner else "",
            worum=", ".join(
                einer.voller_name
                for einer in self._sachstand.fall.schuldner
                if schuldner in (None, einer.kennung)
            ),
            schuldner=schuldner,
            roh=ende.roh,
            ende=ende.ende,
            sicher_bis=ende.sicher_bis,
            grund=f"{grund}{verschoben}.",
            notiz=notiz,
            eingetragen_am=find_eingetragen_am(self._sachstand.fall, stelle),
            erledigt="ausgeglichen" if self._bezahlt else erledigt,
            stelle=stelle,
        )

    # --- facts -----------------------------------------------------------------------------------------

    def _of(self, *arten: str) -> tuple[Ereignis, ...]:
        return ereignisse_bis(self._sachstand, *arten)

    def _zahltag(self, ereignis: Ereignis, tag: dt.date | None) -> Fristende:
        """Return the day of payment that an event sets, for the debtor it names or for all."""
        return shift_zahltag(self._sachstand.fall, tag or ereignis.am, ereignis.schuldner)

    def _met(self, brief: Schreiben) -> bool:
        """Tell whether what the letter asked for has come in: its sum since, or all of its invoices are paid."""
        if self._konto is None:
            return False
        nummern = brief.rechnungen
        eingegangen = sum(
            (anteil.betrag
             for buchung in self._konto.zahlungen if buchung.am >= brief.am and not buchung.zurueck_am
             for anteil in buchung.auf if anteil.rechnung in (None, *nummern)),
            NULL,
        )  # fmt: skip
        vorgang = self._vorgaenge.get(brief.vorgang_nr or 0)
        betrag = vorgang.brief.betrag if vorgang else None
        return (betrag is not None and eingegangen >= betrag) or not self._asked_and_open(brief)

    def _asked_and_open(self, brief: Schreiben) -> tuple[Kontoforderung, ...]:
        """Return the open claims that a letter asked for; another system's asked for what was due on its day."""
        if self._konto is None:
            return ()
        nummern = brief.rechnungen
        return tuple(
            zeile for zeile in self._konto.forderungen if zeile.offen > NULL and zeile.rechnung in nummern
        )

    def _replaced(self, brief: Schreiben, spaetere: Sequence[Schreiben]) -> str:
        """Return what took the place of a letter's deadline: a letter about the same, an agreement, the court."""
        nummern = brief.rechnungen
        danach = next((b for b in spaetere if not nummern or not nummern.isdisjoint(b.rechnungen)), None)
        absprachen = [ereignis for ereignis in self._of(*_ABSPRACHEN) if ereignis.am >= brief.am]
        if danach is None and absprachen:
            return name_ereignis(absprachen[0])
        betroffen = any(
            not nummern or not nummern.isdisjoint(eines.rechnungen)
            for eines in list_verfahren(self._sachstand)
        )
        if danach is None and not betroffen:
            return ""
        return self._superseded(danach, brief.am)

    def _puts_into_default(self, brief: Schreiben) -> bool:
        """Tell whether the plan counts the letter as a Mahnung: its first stage that does, or a later one."""
        mahnplan = self._sachstand.fall.einstellungen.mahnplan
        arten = [stufe.art for stufe in mahnplan]
        erste = next((nr for nr, stufe in enumerate(mahnplan) if stufe.setzt_in_verzug), len(arten))
        return brief.stufe in arten[erste:]

    def _sent(self, brief: Schreiben) -> str:
        versande = [
            vorgang
            for vorgang in effective_vorgaenge(self._sachstand)
            if vorgang.versandter is not None and vorgang.versandter == brief.vorgang_nr
        ]
        return versande[0].anlass if versande else ""

    def _recorded(self, brief: Schreiben) -> str:
        """Return why nobody needs the day of receipt any more: it is known, or default began without it."""
        if brief.zugegangen_am:
            return f"zugegangen am {format_datum(brief.zugegangen_am)}"
        offene = self._asked_and_open(brief)
        if self._konto is not None and not offene:
            return "Zahlung eingegangen"
        in_verzug = [
            zeile.verzug_ab
            for zeile in offene
            if zeile.verzug_ab and zeile.verzug_ab <= self._sachstand.stichtag
        ]
        return "Verzug auch ohne diesen Zugang" if offene and len(in_verzug) == len(offene) else ""

    def _superseded(self, danach: Schreiben | None, am: dt.date) -> str:
        if danach is not None:
            return _name_schreiben(danach)
        gericht = [ereignis for ereignis in self._of(*GERICHTSAKTE) if ereignis.am >= am]
        return name_ereignis(gericht[0]) if gericht else ""

    def _promise_superseded(self, kontakt: Ereignis) -> str:
        """A broken promise is settled by what followed: a new contact, a refusal, a letter, the court."""
        neuer = [e for e in self._of(KONTAKT.wort, ZAHLUNG_VERWEIGERT.wort) if e.am > kontakt.am]
        if neuer:
            return name_ereignis(neuer[0])
        briefe = [brief for brief in list_schreiben(self._sachstand) if brief.am > kontakt.am]
        return self._superseded(briefe[0] if briefe else None, kontakt.am)

    def _place_of(self, brief: Schreiben) -> Stelle:
        """Return the place of a letter: its step, or the event that tells of another system's letter."""
        ordner = self._sachstand.fall.anspruch.stelle.datei.removesuffix("fall.yaml")
        if brief.vorgang_nr is not None:
            return Stelle(f"{ordner}vorgaenge/{brief.vorgang_nr:04d}/eintrag.json")
        return next(
            ereignis.stelle
            for ereignis in self._of(MAHNUNG_VERSANDT.wort)
            if ereignis.am == brief.am and (ereignis.stufe or "") == brief.stufe
        )


def _name_schreiben(brief: Schreiben) -> str:
    """Return a letter in words; a stage that only another system knows stands in the note, not here."""
    return f"{SCHREIBEN.get(brief.stufe, 'Schreiben')} vom {format_datum(brief.am)}"
