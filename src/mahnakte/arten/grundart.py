"""The reasons why nothing is written, and why a written letter is no longer right. Nobody else lists them.

The codes stand in the JSON of `plan`, the sentence about one case is made where the reason is found. docs/ablauf.md
is made from this table (werkzeuge/gruende_doku.py). Other rooms import the module, not its names: `grundart.STUNDUNG`
is a reason, `ereignis.STUNDUNG` what somebody agreed.
"""

import dataclasses
import enum
from collections.abc import Callable


class Bereich(enum.Enum):
    """What a reason holds."""

    FALL = "den ganzen Fall"
    TEIL = "einen Teil des Falls"
    REIHE = "den nächsten Schritt der Reihe"
    SCHREIBEN = "einen Brief oder Antrag, der schon geschrieben ist"


class Grundgruppe(enum.Enum):
    """Reasons that letters ask for together: a letter goes on in spite of all of one group or of none."""

    AUSGLEICH = "was gezahlt ist"
    SCHICKSAL = "was einen Schuldner getroffen hat"
    GERICHT = "was bei Gericht ist"
    RUHE = "was bestritten, gesperrt oder verabredet ist"
    SONST = "anderes"


class Loeser(enum.Enum):
    """Who must act, so that it goes on."""

    ZEIT = "die Zeit"
    MENSCH = "ein Mensch"
    GERICHT = "das Gericht"
    NIEMAND = "niemand mehr"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Grundart:
    """One reason: `bedeutung` for docs/ablauf.md, `abhilfe` the way on as a clerk reads it.

    `brief` is the letter that says what is true now, if there is one. `fehlt` is the sentence where a letter is meant
    for this reason and it is not there.
    """

    code: str
    bereich: Bereich
    loeser: Loeser
    bedeutung: str
    abhilfe: str
    gruppe: Grundgruppe = Grundgruppe.SONST
    brief: str | None = None
    fehlt: str = ""


SONST = "Erst klären und in fall.yaml festhalten."

# --- the whole case --------------------------------------------------------------------------------------

RECHNUNG_GILT_NICHT = Grundart(
    code="RECHNUNG_GILT_NICHT", bereich=Bereich.FALL, loeser=Loeser.MENSCH,
    bedeutung="keine Rechnung des Falls wird hier gefordert (`gilt: nein`)",
    abhilfe=SONST,
)  # fmt: skip
BEZAHLT = Grundart(
    code="BEZAHLT", bereich=Bereich.FALL, loeser=Loeser.NIEMAND, gruppe=Grundgruppe.AUSGLEICH,
    bedeutung="ausgeglichen",
    abhilfe="Es gibt nichts mehr zu fordern; die Quittung schreibt „mahnakte brief FALL erledigung“.",
    brief="erledigung",
    fehlt="Es ist noch etwas offen; ein erlassener Rest gehört unter „verzicht:“.",
)  # fmt: skip
VERLANGTES_GEZAHLT = Grundart(
    code="VERLANGTES_GEZAHLT", bereich=Bereich.FALL, loeser=Loeser.MENSCH, gruppe=Grundgruppe.AUSGLEICH,
    bedeutung="der in einem Brief verlangte Betrag kam innerhalb der dort genannten Zeit, oder später mit den dort "
    "genannten Zinsen je Tag: der Rest wird nicht verlangt, auch nicht vor Gericht; ein Mensch entscheidet über ihn",
    abhilfe="Den Rest unter „verzicht:“ erlassen; soll er verlangt werden, das Ereignis „freigabe“ mit „schritt“ "
    "eintragen.",
    brief="zahlungseingang",
)  # fmt: skip
NUR_NEBENFORDERUNG = Grundart(
    code="NUR_NEBENFORDERUNG", bereich=Bereich.FALL, loeser=Loeser.MENSCH, gruppe=Grundgruppe.AUSGLEICH,
    bedeutung="Hauptforderung bezahlt, Zinsen oder Kosten offen: ein Mensch entscheidet",
    abhilfe="Den Rest unter „verzicht:“ erlassen oder mit „mahnakte brief FALL restforderung“ verlangen.",
    brief="zahlungseingang",
    fehlt="Er setzt voraus, dass die Rechnungen bezahlt und nur Zinsen oder Kosten offen sind.",
)  # fmt: skip
STICHTAG_ZU_FRUEH = Grundart(
    code="STICHTAG_ZU_FRUEH", bereich=Bereich.FALL, loeser=Loeser.MENSCH,
    bedeutung="es gibt Vorgänge nach diesem Stichtag",
    abhilfe="Einen Stichtag ab dem letzten Vorgang wählen.",
)  # fmt: skip
INSOLVENZ = Grundart(
    code="INSOLVENZ", bereich=Bereich.FALL, loeser=Loeser.MENSCH, gruppe=Grundgruppe.SCHICKSAL,
    bedeutung="ein Insolvenzverfahren: die Forderung wird zur Tabelle angemeldet",
    abhilfe="Die Forderung mit „mahnakte brief FALL forderungsanmeldung“ zur Tabelle anmelden.",
    brief="forderungsanmeldung",
    fehlt="Es fehlt das Ereignis „insolvenz“.",
)  # fmt: skip
VERSTORBEN = Grundart(
    code="VERSTORBEN", bereich=Bereich.FALL, loeser=Loeser.MENSCH, gruppe=Grundgruppe.SCHICKSAL,
    bedeutung="der Schuldner ist verstorben: zuerst die Erben erfragen",
    abhilfe="Die Erben mit „mahnakte brief FALL nachlassanfrage“ beim Nachlassgericht erfragen; haben sie "
    "angenommen, sie als Schuldner eintragen, bei den Rechnungen „kaeufer_geklaert: erbe“ und beim Ereignis „bis:“.",
    brief="nachlassanfrage",
    fehlt="Es fehlt das Ereignis „verstorben“.",
)  # fmt: skip
UNBEKANNT_VERZOGEN = Grundart(
    code="UNBEKANNT_VERZOGEN", bereich=Bereich.FALL, loeser=Loeser.MENSCH, gruppe=Grundgruppe.SCHICKSAL,
    bedeutung="die Anschrift ist unbekannt: zuerst die neue ermitteln",
    abhilfe="Die neue Anschrift mit „mahnakte brief FALL adressanfrage“ erfragen; ist sie bekannt, beim Schuldner "
    "eintragen und das Ereignis „unbekannt_verzogen“ mit „bis:“ beenden.",
    brief="adressanfrage",
    fehlt="Es fehlt das Ereignis „unbekannt_verzogen“.",
)  # fmt: skip
BETREUUNG = Grundart(
    code="BETREUUNG", bereich=Bereich.FALL, loeser=Loeser.MENSCH, gruppe=Grundgruppe.SCHICKSAL,
    bedeutung="es besteht eine Betreuung: zuerst klären, an wen zu schreiben ist",
    abhilfe="Klären, an wen zu schreiben ist; danach das Ereignis „betreuung“ mit „bis:“ beenden.",
)  # fmt: skip
TITEL_VORHANDEN = Grundart(
    code="TITEL_VORHANDEN", bereich=Bereich.FALL, loeser=Loeser.MENSCH, gruppe=Grundgruppe.GERICHT,
    bedeutung="es gibt einen Titel; weiter mit `mahnakte titel`",
    abhilfe="Wann der Titel verjährt, zeigt „mahnakte titel“; eine Einigung bietet an: „mahnakte brief FALL "
    "angebot-aus-titel“.",
    brief="angebot-aus-titel",
    fehlt="Es gibt in diesem Fall keinen Titel.",
)  # fmt: skip
BEI_GERICHT = Grundart(
    code="BEI_GERICHT", bereich=Bereich.FALL, loeser=Loeser.GERICHT, gruppe=Grundgruppe.GERICHT,
    bedeutung="ein gerichtliches Verfahren hält alles, was verlangt werden könnte; nach einer Zurückweisung "
    "entscheidet ein Mensch",
    abhilfe="Das Verfahren läuft; seine Fristen zeigt „mahnakte fristen“.",
)  # fmt: skip
BESTRITTEN = Grundart(
    code="BESTRITTEN", bereich=Bereich.FALL, loeser=Loeser.MENSCH, gruppe=Grundgruppe.RUHE,
    bedeutung="der Schuldner bestreitet das Ganze",
    abhilfe="Mit „mahnakte brief FALL einwand-erhalten“ antworten; ist der Einwand geklärt, das Ereignis "
    "„bestritten_erledigt“ mit „grund“ eintragen.",
    brief="einwand-erhalten",
)  # fmt: skip
MAHNSPERRE = Grundart(
    code="MAHNSPERRE", bereich=Bereich.FALL, loeser=Loeser.ZEIT, gruppe=Grundgruppe.RUHE,
    bedeutung="gesperrt bis zu einem Tag",
    abhilfe="Das Ende der Sperre abwarten oder bei diesem Ereignis „bis:“ ändern.",
)  # fmt: skip
POSTENFRAGE = Grundart(
    code="POSTENFRAGE", bereich=Bereich.FALL, loeser=Loeser.MENSCH, gruppe=Grundgruppe.RUHE,
    bedeutung="eine Liste offener Posten führt eine Rechnung nicht mehr oder mit weniger: vielleicht ist gezahlt",
    abhilfe="Ist gezahlt, die Zahlung erfassen („mahnakte erfassen FALL zahlung“); ist es anders geklärt: „mahnakte "
    "erfassen FALL posten_geklaert --rechnung NUMMER --grund TEXT“.",
)  # fmt: skip
POSTENSPERRE = Grundart(
    code="POSTENSPERRE", bereich=Bereich.FALL, loeser=Loeser.MENSCH, gruppe=Grundgruppe.RUHE,
    bedeutung="die Buchhaltung hat den Posten oder den Kunden für Mahnungen gesperrt",
    abhilfe="Die Sperre in der Buchhaltung aufheben und die nächste Liste einlesen, oder: „mahnakte erfassen FALL "
    "posten_geklaert --grund TEXT“.",
)  # fmt: skip
ZAHLUNG_UNGEKLAERT = Grundart(
    code="ZAHLUNG_UNGEKLAERT", bereich=Bereich.FALL, loeser=Loeser.MENSCH, gruppe=Grundgruppe.RUHE,
    bedeutung="eine Zahlung oder Rückgabe aus dem Kontoauszug betrifft vielleicht diesen Fall, und niemand hat "
    "entschieden; höchstens bis zu dem Tag, der dabei steht",
    abhilfe="Die Liste von „mahnakte zahlungen … --liste“ entscheiden und mit --entscheidung übernehmen; von Hand "
    "beendet es „mahnakte erfassen FALL zahlung_entschieden“.",
)  # fmt: skip
STUNDUNG = Grundart(
    code="STUNDUNG", bereich=Bereich.FALL, loeser=Loeser.ZEIT, gruppe=Grundgruppe.RUHE,
    bedeutung="gestundet",
    abhilfe="Das Ende der Stundung abwarten; bestätigt wird sie mit „mahnakte brief FALL stundung“.",
    brief="stundung",
)  # fmt: skip
RATENPLAN = Grundart(
    code="RATENPLAN", bereich=Bereich.FALL, loeser=Loeser.ZEIT, gruppe=Grundgruppe.RUHE,
    bedeutung="ein Ratenplan wird eingehalten: keine Briefe",
    abhilfe="Nichts zu tun, solange gezahlt wird; bestätigt wird der Plan mit „mahnakte brief FALL "
    "ratenplan-bestaetigung“. Endet er, das Ereignis „ratenplan_gekuendigt“ eintragen.",
    brief="ratenplan-bestaetigung",
)  # fmt: skip
RATENPLAN_ERFUELLT = Grundart(
    code="RATENPLAN_ERFUELLT", bereich=Bereich.FALL, loeser=Loeser.MENSCH, gruppe=Grundgruppe.RUHE,
    bedeutung="alle Raten gezahlt, das Konto zeigt noch einen Rest: ein Mensch entscheidet",
    abhilfe="War der Plan zinsfrei, den Rest unter „verzicht:“ erfassen; sonst abrechnen und „ratenplan_gekuendigt“ "
    "eintragen.",
    brief="zahlungseingang",
)  # fmt: skip
RATE_AUSGEBLIEBEN = Grundart(
    code="RATE_AUSGEBLIEBEN", bereich=Bereich.FALL, loeser=Loeser.MENSCH, gruppe=Grundgruppe.RUHE,
    bedeutung="eine Rate fehlt: ein Mensch entscheidet ([raten.md](raten.md))",
    abhilfe="An die Rate erinnert „mahnakte brief FALL ratenplan-erinnerung“.",
    brief="ratenplan-erinnerung",
    fehlt="Es läuft kein Ratenplan, von dem eine fällige Rate fehlt.",
)  # fmt: skip
VERGLEICH = Grundart(
    code="VERGLEICH", bereich=Bereich.FALL, loeser=Loeser.ZEIT, gruppe=Grundgruppe.RUHE,
    bedeutung="ein Vergleich läuft: bis zu seinem Zahlungstag wird nichts verlangt",
    abhilfe="Den Zahlungstag abwarten; angeboten wird der Vergleich mit „mahnakte brief FALL teilzahlungsvergleich“.",
    brief="teilzahlungsvergleich",
)  # fmt: skip
VERGLEICH_ERFUELLT = Grundart(
    code="VERGLEICH_ERFUELLT", bereich=Bereich.FALL, loeser=Loeser.MENSCH, gruppe=Grundgruppe.RUHE,
    bedeutung="der Vergleich ist gezahlt, das Konto zeigt noch den erlassenen Rest",
    abhilfe="Den erlassenen Rest unter „verzicht:“ erfassen; danach quittiert „mahnakte brief FALL erledigung“.",
    brief="zahlungseingang",
)  # fmt: skip
VERGLEICH_AUSGEBLIEBEN = Grundart(
    code="VERGLEICH_AUSGEBLIEBEN", bereich=Bereich.FALL, loeser=Loeser.MENSCH, gruppe=Grundgruppe.RUHE,
    bedeutung="der Vergleich ist nicht rechtzeitig gezahlt: ein Mensch entscheidet",
    abhilfe="Nachfragen. Soll die ganze Forderung verlangt werden, das Ereignis „freigabe“ mit „von“ und „schritt“ "
    "eintragen.",
)  # fmt: skip
ZUSAGE = Grundart(
    code="ZUSAGE", bereich=Bereich.FALL, loeser=Loeser.ZEIT, gruppe=Grundgruppe.RUHE,
    bedeutung="Zahlung ist zugesagt",
    abhilfe="Den zugesagten Tag abwarten; bleibt die Zahlung aus, geht die Reihe von selbst weiter.",
)  # fmt: skip
ABGELEHNT = Grundart(
    code="ABGELEHNT", bereich=Bereich.FALL, loeser=Loeser.MENSCH,
    bedeutung="der Fall ist nicht lesbar, und kein Befund sagt warum",
    abhilfe="„mahnakte pruefen“ zeigt, was an fall.yaml zu berichtigen ist.",
)  # fmt: skip

VERJAEHRUNG_EILT = Grundart(
    code="VERJAEHRUNG_EILT", bereich=Bereich.TEIL, loeser=Loeser.MENSCH,
    bedeutung="der Fall ruht wegen einer ungeklärten Zahlung, und eine Forderung verjährt bald: der Antrag geht "
    "trotzdem",
    abhilfe="Jetzt „mahnakte antrag“ (§ 204 Abs. 1 Nr. 3 BGB); war schon gezahlt, den Antrag zurücknehmen.",
)  # fmt: skip

# --- the next step of the series, or a part of the case ----------------------------------------------------

NICHTS_FAELLIG = Grundart(
    code="NICHTS_FAELLIG", bereich=Bereich.FALL, loeser=Loeser.ZEIT,
    bedeutung="nichts, was jetzt gemahnt werden kann",
    abhilfe="Den Tag nach der Fälligkeit abwarten; was deshalb außen vor bleibt, steht daneben.",
)  # fmt: skip
UNTER_MINDESTBETRAG = Grundart(
    code="UNTER_MINDESTBETRAG", bereich=Bereich.FALL, loeser=Loeser.MENSCH,
    bedeutung="zu klein (`schwellen`)",
    abhilfe="Den Rest unter „verzicht:“ erlassen oder in mahnakte.yaml „mindestbetrag:“ ändern.",
)  # fmt: skip
FREIGABE_FEHLT = Grundart(
    code="FREIGABE_FEHLT", bereich=Bereich.REIHE, loeser=Loeser.MENSCH,
    bedeutung="zu groß ohne Freigabe (`schwellen`), oder ein Kunde, den man behalten will",
    abhilfe="Das Ereignis „freigabe“ mit „von“ und „schritt“ eintragen.",
)  # fmt: skip
FAELLIGKEIT_UNBEKANNT = Grundart(
    code="FAELLIGKEIT_UNBEKANNT", bereich=Bereich.REIHE, loeser=Loeser.MENSCH,
    bedeutung="kein Fälligkeitstag bekannt",
    abhilfe="Bei der Rechnung „faellig_am:“ ergänzen.",
)  # fmt: skip
NOCH_NICHT = Grundart(
    code="NOCH_NICHT", bereich=Bereich.REIHE, loeser=Loeser.ZEIT,
    bedeutung="der nächste Schritt und sein Tag",
    abhilfe="Den genannten Tag abwarten.",
)  # fmt: skip
FRIST_LAEUFT = Grundart(
    code="FRIST_LAEUFT", bereich=Bereich.REIHE, loeser=Loeser.ZEIT,
    bedeutung="ein Brief hat länger Zeit gegeben, als die Reihe warten würde",
    abhilfe="Das Ende der Frist abwarten; droht Verjährung, den Antrag mit „antrag: trotz: [frist]“ freigeben.",
)  # fmt: skip
SCHRITT_UNMOEGLICH = Grundart(
    code="SCHRITT_UNMOEGLICH", bereich=Bereich.REIHE, loeser=Loeser.MENSCH,
    bedeutung="der nächste Brief müsste einen Schritt ankündigen, den das Programm ablehnt",
    abhilfe="In mahnakte.yaml unter „uebergabe:“ angeben, an wen übergeben wird, oder bei der Stufe „dann:“ ändern.",
)  # fmt: skip
STUFE_UNBEKANNT = Grundart(
    code="STUFE_UNBEKANNT", bereich=Bereich.REIHE, loeser=Loeser.MENSCH,
    bedeutung="ein Schreiben eines anderen Programms trägt eine Stufe, die der Mahnplan nicht kennt",
    abhilfe="Beim Ereignis „mahnung_versandt“ eine Stufe des Mahnplans eintragen.",
)  # fmt: skip
NOCH_IN_KEINEM_SCHREIBEN = Grundart(
    code="NOCH_IN_KEINEM_SCHREIBEN", bereich=Bereich.TEIL, loeser=Loeser.MENSCH,
    bedeutung="vor Gericht käme eine Rechnung, die noch kein Schreiben genannt hat",
    abhilfe="Zuerst mit „mahnakte brief“ mahnen, oder es mit „antrag: trotz: [ohne_mahnung]“ verantworten.",
)  # fmt: skip
SCHON_ERSTELLT = Grundart(
    code="SCHON_ERSTELLT", bereich=Bereich.REIHE, loeser=Loeser.MENSCH,
    bedeutung="Antrag oder Akte liegt schon vor",
    abhilfe="Einreichen oder übergeben und das Ereignis dazu eintragen; ist er falsch: „mahnakte storno“.",
)  # fmt: skip
MAHNPLAN_ZU_ENDE = Grundart(
    code="MAHNPLAN_ZU_ENDE", bereich=Bereich.REIHE, loeser=Loeser.MENSCH,
    bedeutung="alle Stufen geschrieben, nichts angekündigt",
    abhilfe="Entscheiden: „mahnakte antrag“, „mahnakte akte“ oder im Mahnplan „dann:“ angeben.",
)  # fmt: skip
AUSGEKLAMMERT = Grundart(
    code="AUSGEKLAMMERT", bereich=Bereich.TEIL, loeser=Loeser.MENSCH,
    bedeutung="ein Teil bleibt aus diesem Brief heraus: noch nicht fällig, bestritten, gesperrt, oder die Rechnung "
    "sagt etwas gegen die Forderung ([rechnungen.md](rechnungen.md))",
    abhilfe="Der Rest geht weiter; was den Teil wieder freigibt, steht in seinem Satz.",
    brief="einwand-erhalten",
)  # fmt: skip

# --- a letter or application that is already written -------------------------------------------------------

BRIEF_NICHT_DRAN = Grundart(
    code="BRIEF_NICHT_DRAN", bereich=Bereich.SCHREIBEN, loeser=Loeser.MENSCH,
    bedeutung="wofür der Brief gedacht ist, liegt nicht mehr vor",
    abhilfe="Den Stand mit „mahnakte plan“ und „mahnakte konto“ ansehen.",
)  # fmt: skip
EMPFAENGER_ANDERS = Grundart(
    code="EMPFAENGER_ANDERS", bereich=Bereich.SCHREIBEN, loeser=Loeser.MENSCH,
    bedeutung="er ginge heute an andere", abhilfe="Den Brief stornieren und neu schreiben.",
)  # fmt: skip
ANSCHRIFT_ANDERS = Grundart(
    code="ANSCHRIFT_ANDERS", bereich=Bereich.SCHREIBEN, loeser=Loeser.MENSCH,
    bedeutung="die Anschrift hat sich geändert", abhilfe="Den Brief stornieren und neu schreiben.",
)  # fmt: skip
KONTO_ANDERS = Grundart(
    code="KONTO_ANDERS", bereich=Bereich.SCHREIBEN, loeser=Loeser.MENSCH,
    bedeutung="gezahlt werden soll auf ein anderes Konto", abhilfe="Den Brief stornieren und neu schreiben.",
)  # fmt: skip
FRIST_VORBEI = Grundart(
    code="FRIST_VORBEI", bereich=Bereich.SCHREIBEN, loeser=Loeser.MENSCH,
    bedeutung="seine Frist ist am Tag des Versands abgelaufen, oder was er ankündigt, ist schon fällig",
    abhilfe="Den Brief stornieren und mit neuer Frist schreiben.",
)  # fmt: skip
ERSETZT = Grundart(
    code="ERSETZT", bereich=Bereich.SCHREIBEN, loeser=Loeser.MENSCH,
    bedeutung="danach wurde in derselben Sache geschrieben oder beantragt",
    abhilfe="Den späteren verschicken und diesen stornieren.",
)  # fmt: skip
GEZAHLT = Grundart(
    code="GEZAHLT", bereich=Bereich.SCHREIBEN, loeser=Loeser.MENSCH,
    bedeutung="seither ist gezahlt worden", abhilfe="Den Brief stornieren; die Zahlung bestätigt „zahlungseingang“.",
    brief="zahlungseingang",
)  # fmt: skip
ZAHLUNG_ZURUECK = Grundart(
    code="ZAHLUNG_ZURUECK", bereich=Bereich.SCHREIBEN, loeser=Loeser.MENSCH,
    bedeutung="eine Zahlung kam zurück", abhilfe="Den Brief stornieren und neu schreiben.",
)  # fmt: skip
BETRAG_ANDERS = Grundart(
    code="BETRAG_ANDERS", bereich=Bereich.SCHREIBEN, loeser=Loeser.MENSCH,
    bedeutung="nach dem Fall ist ein anderer Betrag richtig", abhilfe="Den Brief stornieren und neu schreiben.",
)  # fmt: skip
RECHNUNGEN_ANDERS = Grundart(
    code="RECHNUNGEN_ANDERS", bereich=Bereich.SCHREIBEN, loeser=Loeser.MENSCH,
    bedeutung="nach dem Fall ginge es um andere Rechnungen", abhilfe="Den Brief stornieren und neu schreiben.",
)  # fmt: skip
SCHRITT_ANDERS = Grundart(
    code="SCHRITT_ANDERS", bereich=Bereich.SCHREIBEN, loeser=Loeser.MENSCH,
    bedeutung="der angekündigte Schritt steht so nicht mehr im Mahnplan",
    abhilfe="Den Brief stornieren und neu schreiben.",
)  # fmt: skip
ANTRAG_UEBERHOLT = Grundart(
    code="ANTRAG_UEBERHOLT", bereich=Bereich.SCHREIBEN, loeser=Loeser.MENSCH,
    bedeutung="ein Mahnantrag stimmt nicht mehr mit dem Fall überein",
    abhilfe="Den Antrag stornieren und neu stellen.",
)  # fmt: skip

GRUENDE: dict[str, Grundart] = {
    wert.code: wert for wert in tuple(globals().values()) if isinstance(wert, Grundart)
}


def codes(trifft: Callable[[Grundart], object]) -> frozenset[str]:
    """Return the codes of all reasons for which the question is answered with yes."""
    return frozenset(art.code for art in GRUENDE.values() if trifft(art))


# What a letter may be written in spite of (`trotz` of its kind).
RUHE = codes(lambda art: art.gruppe is Grundgruppe.RUHE)
GERICHT = codes(lambda art: art.gruppe is Grundgruppe.GERICHT)
AUSGLEICH = codes(lambda art: art.gruppe is Grundgruppe.AUSGLEICH)


def find_ausweg(code: str) -> str:
    """Return the way on for a reason, also for one that is a Befund of another room."""
    art = GRUENDE.get(code)
    return art.abhilfe if art else SONST
