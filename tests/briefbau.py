"""One sound case for every kind of letter: what fall.yaml must say, which role signs, on which day."""

import dataclasses
import datetime as dt

from fallbau import build_fall, with_fall
from mahnakte.arten.brief import BRIEFARTEN
from mahnakte.briefe.brief import Briefentwurf, compute_briefe
from mahnakte.briefe.gegenstand import compute_gegenstand
from mahnakte.fall.einstellungen import MAHNPLAN, Mahnstufe
from mahnakte.fall.fall import Fall
from mahnakte.recht.kalender import move_to_workday
from mahnakte.stand.sachstand import Sachstand

TAG = dt.date(2026, 5, 20)
BIS = dt.date(2027, 12, 31)

EMPFAENGER = """    empfaenger:
      name: Rechtsanwältin Dr. Ina Verwalter
      strasse: Kanzleigasse 3
      plz: 04109
      ort: Leipzig
"""
EINSTELLUNGEN = """    schlichtung:
      name: Beispiel-Schlichtungsstelle e. V.
      strasse: Teststr. 8
      plz: 77694
      ort: Kehl
      internet: www.schlichtung.example
      teilnahme: nein
uebergabe:
  art: inkasso
  name: Beispiel Inkasso GmbH
  strasse: Ring 1
  plz: 04109
  ort: Leipzig
"""
AUFSICHT = {
    "inkasso": "Bundesamt für Justiz, Adenauerallee 99-103, 53113 Bonn, rdg@bfj.example",
    "anwalt": "Rechtsanwaltskammer Sachsen, Glacisstr. 6, 01099 Dresden, post@rak.example",
    "glaeubiger": None,
}
RATEN = """ereignisse:
  - am: {am}
    art: ratenplan
    raten:
      - am: 15.06.2026
        betrag: {erste}
      - am: 15.07.2026
        betrag: 600,00
      - am: 17.08.2026
        betrag: 600,00
"""
KOSTEN = """kosten:
  - am: 04.05.2026
    art: inkasso
    betrag: 98,00
    grund: Auftrag vom 02.05.2026
    umsatzsteuer: nein
  - am: 12.04.2026
    art: ruecklastschrift
    betrag: 4,30
"""
TITEL = """titel:
  - kennung: vb-1
    art: vollstreckungsbescheid
    schuldner: max
    gericht: Amtsgericht Aschersleben
    geschaeftszeichen: 26-1234567-0-0
    erlassen_am: 10.05.2026
    zugestellt_am: 14.05.2026
    betraege:
      hauptforderung: 1.690,00
      zinsen_bis: 10.05.2026
      zinsen_betrag: 18,12
      kosten: 114,40
      zinsen:
        punkte: 5
        ab: 11.05.2026
"""
FRIST_LETZTE = """ereignisse:
  - am: 18.05.2026
    art: ratenplan
    raten:
      - am: 19.05.2026
        betrag: 300,00
      - am: 19.06.2026
        betrag: 1.419,60
"""
EINWAND = """ereignisse:
  - am: 04.05.2026
    art: bestritten
    grund: Zwei Stühle wackeln
    rechnung: RE-2026-140
"""

# art -> lines added to fall.yaml
ZUSATZ = {
    "ratenzahlungsvereinbarung": RATEN,
    "ratenplan-bestaetigung": RATEN,
    "ratenplan-erinnerung": FRIST_LETZTE,
    "ratenplan-kuendigung": FRIST_LETZTE
    + "  - am: 19.05.2026\n    art: mahnung_versandt\n    stufe: ratenplan-erinnerung\n    frist_bis: 19.05.2026\n",
    "stundung": "ereignisse:\n  - am: 20.05.2026\n    art: stundung\n    bis: 30.06.2026\n",
    "teilzahlungsvergleich": "ereignisse:\n  - am: 20.05.2026\n    art: vergleich\n    betrag: 1.400,00\n"
    "    bis: 30.06.2026\n    grund: ob zwei Stühle mangelhaft waren\n",
    "erstschreiben": KOSTEN,
    "folgeschreiben": KOSTEN,
    "zahlungseingang": "zahlungen:\n  - am: 18.05.2026\n    betrag: 500,00\n",
    "restforderung": "zahlungen:\n  - am: 18.05.2026\n    betrag: 1.690,00\n    auf: hauptforderung\n",
    "einwand-erhalten": EINWAND,
    "einwand-zurueckgewiesen": EINWAND
    + "  - am: 18.05.2026\n    art: bestritten_erledigt\n    rechnung: RE-2026-140\n"
    "    grund: Auf dem Lieferschein vom 05.03.2026 haben Sie die Ware ohne Beanstandung angenommen.\n",
    "auskunft-dsgvo": "ereignisse:\n  - am: 04.05.2026\n    art: kontakt\n    kanal: Telefon\n    notiz: zahlt Ende des Monats\n",
    "erledigung": "zahlungen:\n  - am: 03.03.2026\n    betrag: 1.190,00\n  - am: 31.03.2026\n    betrag: 500,00\n",
    "abtretungsanzeige": "abtretung:\n  name: Altmöbel GmbH\n  strasse: Ring 2\n  plz: 04109\n  ort: Leipzig\n"
    "  am: 01.05.2026\n  urkunde: belege/abtretung.pdf\n",
    "angebot-aus-titel": TITEL,
    "adressanfrage": f"ereignisse:\n  - am: 04.05.2026\n    art: unbekannt_verzogen\n{EMPFAENGER}",
    "nachlassanfrage": f"ereignisse:\n  - am: 04.05.2026\n    art: verstorben\n    aktenzeichen: 12 VI 34/26\n{EMPFAENGER}",
    "forderungsanmeldung": f"ereignisse:\n  - am: 04.05.2026\n    art: insolvenz\n    gericht: Amtsgericht Leipzig\n"
    f"    aktenzeichen: 401 IN 123/26\n{EMPFAENGER}",
}
TAGE = {"hinweis": dt.date(2026, 2, 20)}


def build_case(art: str, *, zusatz: str | None = None, fall: str = "reihe") -> Fall:
    """Return a case in which this letter is in order, signed by the first role that may sign it."""
    rest = ZUSATZ.get(art, "") if zusatz is None else zusatz
    if "{erste}" in rest:
        rest = rest.format(am="20.05.2026", erste=_first_rate())
    bau = build_fall(rest, fall=fall, mahnakte=EINSTELLUNGEN)
    return as_role(bau, BRIEFARTEN[art].rollen[0])


def _first_rate() -> str:
    """The account of 20.05.2026 less two instalments of 600,00; the sums of the plan must add up to it."""
    from mahnakte.konto.konto import compute_konto

    offen = compute_konto(Sachstand(build_fall(fall="reihe"), TAG)).gesamt
    return f"{offen - 1200:.2f}".replace(".", ",")


def as_role(fall: Fall, rolle: str) -> Fall:
    """Return the case signed by creditor, agency or lawyer; the others have sent their first letter already."""
    absender = dataclasses.replace(
        fall.einstellungen.absender,
        rolle=rolle,
        aufsicht=AUFSICHT[rolle],
        datenschutz="www.moebelhaus.example/datenschutz",
    )
    if rolle != "glaeubiger":
        absender = dataclasses.replace(
            absender, name="Beispiel Inkasso GmbH", pflichtangaben="Sitz Leipzig, HRB 9"
        )
    return with_fall(fall, einstellungen=dataclasses.replace(fall.einstellungen, absender=absender))


def as_business(fall: Fall) -> Fall:
    """Return the case with all debtors acting in their trade."""
    return with_fall(
        fall, schuldner=tuple(dataclasses.replace(einer, verbraucher=False) for einer in fall.schuldner)
    )


def with_first_letter(fall: Fall) -> Fall:
    """Return the case with an Erstschreiben that went out before."""
    from mahnakte.fall.modell import Ereignis

    erstes = Ereignis(am=dt.date(2026, 4, 1), art="mahnung_versandt", stufe="erstschreiben")
    return with_fall(fall, ereignisse=(*fall.ereignisse, erstes))


def stage_of(art: str) -> Mahnstufe:
    """Return the stage of the default plan, or a plain one that announces the first step the letter may announce."""
    eintrag = BRIEFARTEN[art]
    dann = eintrag.kuendigt_an[0] if eintrag.kuendigt_an else None
    frei = Mahnstufe(art=art, frist_tage=eintrag.frist_tage or 0, dann=dann)
    return next((stufe for stufe in MAHNPLAN if stufe.art == art), frei)


def draft_letters(fall: Fall, art: str, *, tag: dt.date | None = None, **weitere) -> tuple[Briefentwurf, ...]:
    """Return the drafts as the command makes them, without the checks of what stops a letter."""
    tag = tag or TAGE.get(art, TAG)
    _, konto = compute_gegenstand(Sachstand(fall, tag), BRIEFARTEN[art])
    stufe = stage_of(art)
    frist = move_to_workday(tag + dt.timedelta(days=stufe.frist_tage), fall.glaeubiger.land)
    bis = BIS if art == "verjaehrungsverzicht" else None
    return compute_briefe(Sachstand(fall, tag), konto, stufe, frist, stufe.dann, bis=bis, **weitere)


def sound_case(art: str, rolle: str | None = None) -> Fall:
    """Return a case in which the letter may go out, signed by `rolle` (default: the first that may)."""
    fall = build_case(art)
    if rolle is not None:
        fall = as_role(fall, rolle)
    if BRIEFARTEN[art].nur_gewerblich:
        fall = as_business(fall)
    if art != "erstschreiben" and fall.einstellungen.absender.rolle != "glaeubiger":
        fall = with_first_letter(fall)
    return fall
