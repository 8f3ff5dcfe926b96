"""The lawyer or agency who applies for the creditor: sender of mahnakte.yaml, mandate of fall.yaml."""

from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.antrag.auswahl import Vertretungsart
from mahnakte.antrag.modell import Anschrift, Prozessbevollmaechtigter, Vertreter
from mahnakte.arten.kosten import RVG_2300
from mahnakte.fall.antragsangabe import Antragsangabe
from mahnakte.fall.einstellungen import Absender, Bevollmaechtigter
from mahnakte.grund.betrag import NULL
from mahnakte.stand.sachstand import Sachstand

_NAME = 105
_BREITE = 35
_ORT = 27
_NACHWEIS = "§ 690 Abs. 1 Nr. 1 ZPO"


def derive_bevollmaechtigter(sachstand: Sachstand, liste: Maengelliste) -> Prozessbevollmaechtigter | None:
    """Return the representative for the procedure, None where the creditor applies himself."""
    absender = sachstand.fall.einstellungen.absender
    if absender.rolle == "glaeubiger":
        return None
    mandat = sachstand.fall.antrag or Antragsangabe(stelle=sachstand.fall.anspruch.stelle)
    _check_mandate(sachstand, mandat, liste)
    angabe = sachstand.fall.einstellungen.bevollmaechtigter
    if angabe is None:
        liste.missing(
            "wie Anwalt oder Inkasso im Antrag stehen", _NACHWEIS,
            """
            bevollmaechtigter:
              kennziffer:        # vom Mahngericht; ohne sie: art, bei Gesellschaften auch rechtsform und vertreter
            """,
            absender.stelle,
        )  # fmt: skip
        return None
    wer = _by_number(angabe) if angabe.kennziffer else _by_name(absender, angabe, liste)
    return Prozessbevollmaechtigter(
        kennziffer=wer.kennziffer,
        art=wer.art,
        bezeichnung=wer.bezeichnung,
        rechtsform=wer.rechtsform,
        anschrift=wer.anschrift,
        vertreter=wer.vertreter,
        beauftragt_am=mandat.beauftragt_am,
        auslagen=mandat.auslagen,
        anrechnung=mandat.anrechnung,
        umfangreich=mandat.umfangreich,
        verguetung=mandat.verguetung,
        vorsteuerabzug=bool(sachstand.fall.glaeubiger.vorsteuerabzug),
        umsatzsteuerfrei=angabe.umsatzsteuerfrei,
    )


def _check_mandate(sachstand: Sachstand, mandat: Antragsangabe, liste: Maengelliste) -> None:
    if mandat.beauftragt_am is None:
        zeilen = "antrag:\n  beauftragt_am:    # Tag des Auftrags an Sie"
        liste.missing("der Tag des Auftrags", "§ 60 RVG", zeilen)
    if sachstand.fall.glaeubiger.vorsteuerabzug is None:
        zeilen = "vorsteuerabzug: ja    # beim Gläubiger; ja oder nein"
        quelle = "Nr. 7008 VV RVG; EDA C10, VORSTM"
        liste.missing("ob der Gläubiger Vorsteuer abzieht", quelle, zeilen, sachstand.fall.glaeubiger.stelle)
    verlangt = any(
        posten.art == RVG_2300.wort and posten.am <= sachstand.stichtag for posten in sachstand.fall.kosten
    )
    if verlangt and mandat.anrechnung is None and mandat.verguetung != NULL:
        zeilen = "antrag:\n  anrechnung:    # die Hälfte der Nr. 2300, höchstens 0,75 einer Gebühr"
        liste.missing("was von Nr. 2300 auf Nr. 3305 angerechnet wird", "§ 15a Abs. 3 RVG", zeilen)


def _by_number(angabe: Bevollmaechtigter) -> Prozessbevollmaechtigter:
    """The court knows name and address by the number; naming them again would contradict it (PVKEZI)."""
    return Prozessbevollmaechtigter(kennziffer=angabe.kennziffer or "")


def _by_name(absender: Absender, angabe: Bevollmaechtigter, liste: Maengelliste) -> Prozessbevollmaechtigter:
    art = angabe.art or ("inkassodienstleister" if absender.rolle == "inkasso" else None)
    if art is None:
        liste.missing("die Art des Bevollmächtigten", _NACHWEIS,
                      "bevollmaechtigter:\n  art: rechtsanwaeltin    # oder kennziffer", angabe.stelle)  # fmt: skip
    wer, stelle = "Der Bevollmächtigte", absender.stelle
    handelnd = angabe.vertreter
    return Prozessbevollmaechtigter(
        art=Vertretungsart(art) if art else None,
        bezeichnung=liste.fit(absender.name, _NAME, f"{wer}: der Name", stelle),
        rechtsform=liste.fit(angabe.rechtsform or "", _BREITE, f"{wer}: die Rechtsform", angabe.stelle),
        anschrift=Anschrift(
            liste.fit(absender.strasse, _BREITE, f"{wer}: die Straße", stelle),
            absender.plz,
            liste.fit(absender.ort, _ORT, f"{wer}: der Ort", stelle),
        ),
        vertreter=Vertreter(
            funktion=liste.fit(handelnd.funktion, _BREITE, f"{wer}: die Funktion", handelnd.stelle),
            name=liste.fit(handelnd.name, _BREITE, f"{wer}: wer handelt", handelnd.stelle),
        )
        if handelnd
        else None,
    )
