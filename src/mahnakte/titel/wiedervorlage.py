"""Dates that people set: deadlines of letters, promises, instalments, the ends of deferrals and holds."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from mahnakte.arten.ereignis import GERICHTSAKTE
from mahnakte.fall.bezeichnung import SCHREIBEN
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis, Rate
from mahnakte.fall.verlauf import Schreiben, ereignisse_bis, list_schreiben
from mahnakte.grund.befund import Stelle
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Konto
from mahnakte.recht.kalender import Fristende, shift_ende
from mahnakte.titel.fristeintrag import Fristeintrag, find_eingetragen_am, name_ereignis, without_shift
from mahnakte.titel.umstaende import paid_since


def list_wiedervorlagen(fall: Fall, konto: Konto | None, stichtag: dt.date) -> tuple[Fristeintrag, ...]:
    """Return the dates of one case up to the Stichtag; a paid case leaves nothing open."""
    blatt = _Blatt(fall, konto is not None and konto.gesamt <= NULL, stichtag)
    return (
        *blatt.letters(),
        *blatt.promises(),
        *blatt.settlements(),
        *blatt.instalments(),
        *blatt.deferrals(),
        *blatt.holds(),
    )


class _Blatt:
    def __init__(self, fall: Fall, bezahlt: bool, stichtag: dt.date) -> None:
        self._fall = fall
        self._bezahlt = bezahlt
        self._stichtag = stichtag

    def letters(self) -> Iterator[Fristeintrag]:
        """The deadline of each letter, until a later letter or the court takes its place."""
        schreiben = [brief for brief in list_schreiben(self._fall, self._stichtag) if brief.frist_bis]
        gezaehlt: dict[str, int] = {}
        for nr, brief in enumerate(schreiben):
            gezaehlt[brief.stufe] = gezaehlt.get(brief.stufe, 0) + 1
            danach = schreiben[nr + 1] if nr + 1 < len(schreiben) else None
            yield self._entry(
                "schreiben",
                f"{brief.vorgang_nr or brief.stufe}/{gezaehlt[brief.stufe]}",
                shift_ende(brief.frist_bis or brief.am),
                f"Frist aus: {_name_schreiben(brief)}",
                self._superseded(danach, brief.am),
                None,
                self._place_of(brief),
                "" if brief.stufe in SCHREIBEN else brief.stufe,
            )

    def promises(self) -> Iterator[Fristeintrag]:
        """A promised payment; § 193 BGB grants the next working day."""
        kontakte = [k for k in self._of("kontakt") if k.zusage_am]
        for kontakt in kontakte:
            gezahlt = paid_since(self._fall, kontakt.am, self._stichtag)
            erfuellt = gezahlt >= kontakt.zusage_betrag if kontakt.zusage_betrag else gezahlt > NULL
            erledigt = "Zahlung eingegangen" if erfuellt else self._promise_superseded(kontakt)
            yield self._from_event(
                "zusage", kontakt, shift_ende(kontakt.zusage_am or kontakt.am, self._land(kontakt)),
                f"Zusage vom {format_datum(kontakt.am)}", erledigt, kontakt.zusage_betrag,
            )  # fmt: skip

    def settlements(self) -> Iterator[Fristeintrag]:
        """Until when a settlement must be paid."""
        for vergleich in self._of("vergleich"):
            gezahlt = paid_since(self._fall, vergleich.am, self._stichtag)
            erledigt = "Zahlung eingegangen" if gezahlt >= (vergleich.betrag or NULL) else ""
            ende = shift_ende(vergleich.bis or vergleich.am, self._land(vergleich))
            text = f"Vergleich vom {format_datum(vergleich.am)}"
            yield self._from_event("vergleich", vergleich, ende, text, erledigt, vergleich.betrag)

    def instalments(self) -> Iterator[Fristeintrag]:
        """Each instalment of each plan; payments since the plan cover the earlier ones first."""
        plaene = self._of("ratenplan", "ratenplan_gekuendigt")
        for nr, plan in enumerate(plaene):
            spaeter = [e for e in plaene[nr + 1 :] if e.schuldner in (None, plan.schuldner)]
            ueberholt = name_ereignis(spaeter[0]) if spaeter else ""
            rest = paid_since(self._fall, plan.am, self._stichtag)
            for zaehler, rate in enumerate(sorted(plan.raten, key=lambda rate: rate.am), start=1):
                rest -= rate.betrag
                yield self._instalment(
                    plan, zaehler, rate, "Zahlung eingegangen" if rest >= NULL else ueberholt
                )

    def deferrals(self) -> Iterator[Fristeintrag]:
        """The last day of a deferral."""
        for stundung in self._of("stundung"):
            yield self._until("stundung", stundung, f"Stundung vom {format_datum(stundung.am)}")

    def holds(self) -> Iterator[Fristeintrag]:
        """The last day of a hold."""
        for sperre in self._of("mahnsperre"):
            yield self._until("mahnsperre", sperre, f"Mahnsperre vom {format_datum(sperre.am)}")

    # --- writing down ----------------------------------------------------------------------------------

    def _instalment(self, plan: Ereignis, nr: int, rate: Rate, erledigt: str) -> Fristeintrag:
        ende = shift_ende(rate.am, self._land(plan))
        text = f"{nr}. Rate, Ratenplan vom {format_datum(plan.am)}"
        return self._from_event("rate", plan, ende, text, erledigt, rate.betrag, f"/{nr}")

    def _until(self, art: str, ereignis: Ereignis, text: str) -> Fristeintrag:
        bis = ereignis.bis or ereignis.am
        vorbei = f"beendet am {format_datum(bis)}" if bis < self._stichtag else ""
        return self._from_event(art, ereignis, without_shift(bis), text, vorbei)

    def _from_event(
        self, art: str, ereignis: Ereignis, ende: Fristende, grund: str, erledigt: str,
        betrag: Decimal | None = None, zusatz: str = "",
    ) -> Fristeintrag:  # fmt: skip
        """Sums and what people wrote go into the note: `grund` also stands in calendars."""
        gleiche = [e for e in self._fall.ereignisse if e.art == ereignis.art]
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
        kennungen = [einer.kennung for einer in self._fall.schuldner]
        verschoben = f"; {ende.grund}, deshalb {format_datum(ende.ende)} (§ 193 BGB)" if ende.grund else ""
        return Fristeintrag(
            art=art,
            gegenstand=gegenstand,
            fuer=f"Schuldner {kennungen.index(schuldner) + 1}" if schuldner else "",
            worum=", ".join(
                einer.voller_name for einer in self._fall.schuldner if schuldner in (None, einer.kennung)
            ),
            schuldner=schuldner,
            roh=ende.roh,
            ende=ende.ende,
            sicher_bis=ende.sicher_bis,
            grund=f"{grund}{verschoben}.",
            notiz=notiz,
            eingetragen_am=find_eingetragen_am(self._fall, stelle),
            erledigt="ausgeglichen" if self._bezahlt else erledigt,
            stelle=stelle,
        )

    # --- facts -----------------------------------------------------------------------------------------

    def _of(self, *arten: str) -> tuple[Ereignis, ...]:
        return ereignisse_bis(self._fall, self._stichtag, *arten)

    def _land(self, ereignis: Ereignis) -> str | None:
        """Return the Land where payment is due: as a rule the debtor's (§§ 269, 270 (4) BGB)."""
        schuldner = self._fall.schuldner
        return self._fall.schuldner_mit(ereignis.schuldner).land if ereignis.schuldner else schuldner[0].land

    def _superseded(self, danach: Schreiben | None, am: dt.date) -> str:
        if danach is not None:
            return _name_schreiben(danach)
        gericht = [ereignis for ereignis in self._of(*GERICHTSAKTE) if ereignis.am >= am]
        return name_ereignis(gericht[0]) if gericht else ""

    def _promise_superseded(self, kontakt: Ereignis) -> str:
        """A broken promise is settled by what followed: a new contact, a letter, the court."""
        neuer = [k for k in self._of("kontakt") if k.am > kontakt.am]
        if neuer:
            return name_ereignis(neuer[0])
        briefe = [brief for brief in list_schreiben(self._fall, self._stichtag) if brief.am > kontakt.am]
        return self._superseded(briefe[0] if briefe else None, kontakt.am)

    def _place_of(self, brief: Schreiben) -> Stelle:
        """Return the place of a letter: its step, or the event that tells of another system's letter."""
        ordner = self._fall.anspruch.stelle.datei.removesuffix("fall.yaml")
        if brief.vorgang_nr is not None:
            return Stelle(f"{ordner}vorgaenge/{brief.vorgang_nr:04d}/eintrag.json")
        return next(
            ereignis.stelle
            for ereignis in self._of("mahnung_versandt")
            if ereignis.am == brief.am and (ereignis.stufe or "") == brief.stufe
        )


def _name_schreiben(brief: Schreiben) -> str:
    """Return a letter in words; a stage that only another system knows stands in the note, not here."""
    return f"{SCHREIBEN.get(brief.stufe, 'Schreiben')} vom {format_datum(brief.am)}"
