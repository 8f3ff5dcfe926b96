"""One letter, from the plan to the draft of a step: set, checked, named. Publishes nothing itself."""

import dataclasses
import datetime as dt
import pathlib
from collections.abc import Mapping

from mahnakte.ablage.lesen import read_dateien
from mahnakte.arten.brief import find_art
from mahnakte.blatt.forderungsaufstellung import aufstellung_werte
from mahnakte.briefe.brief import Briefentwurf, check_brief, compute_briefe
from mahnakte.fall.einstellungen import Mahnstufe
from mahnakte.fall.fall import Fall
from mahnakte.fall.vorgang import Vorgangsentwurf, name_werte
from mahnakte.fall.vorgangsdaten.brief import Briefdaten
from mahnakte.grund.befund import Ablehnung, Befund, gather, warnung
from mahnakte.konto.inkassogrenze import UEBER_GRENZE
from mahnakte.konto.modell import Konto
from mahnakte.satz.druck import Maschine, set_letter
from mahnakte.satz.gestaltung import Gestaltung
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.beilagen import Beilage, Beilagen
from mahnakte.werk.blaetter import make_set_blatt
from mahnakte.werk.briefvorlagen import Briefvorlage, Briefvorlagen
from mahnakte.werk.laden import GeladenerFall, Lage

AUFSTELLUNG = "Forderungsaufstellung"
NUR_VORLAGEN: Mapping[str, Briefvorlage] = {}
_AUFSTELLUNG_ENDUNG = "_forderungsaufstellung.pdf"


@dataclasses.dataclass(frozen=True, slots=True)
class Auftrag:
    """A letter to be written; `konto` is what it shows (without what is left out), `anlass` why.

    `sachstand` is the case as of the date of the letter; the account may be of an earlier day. `bis` is a day that
    the command named; `aufstellung`: the statement of the account goes with it; `zusatz`: paragraphs that a clerk
    adds.
    """

    sachstand: Sachstand
    konto: Konto
    stufe: Mahnstufe
    frist_bis: dt.date | None
    dann: str | None
    anlass: str
    ersetzt: int | None = None
    bis: dt.date | None = None
    aufstellung: bool = False
    zusatz: tuple[str, ...] = ()

    @property
    def fall(self) -> Fall:
        """Return the case, with the debtors that the letter goes to."""
        return self.sachstand.fall


class Druckerei:
    """Sets letters; each template is checked once and kept. For several threads."""

    def __init__(self, lage: Lage) -> None:
        self._lage = lage
        self._beilagen = Beilagen(lage)
        self._vorlagen = Briefvorlagen(lage)
        self._set_blatt = make_set_blatt(lage)

    def draft(
        self, geladen: GeladenerFall, auftrag: Auftrag, wortlaut: Mapping[str, Briefvorlage] = NUR_VORLAGEN
    ) -> tuple[Vorgangsentwurf, tuple[Befund, ...]]:
        """Return the step with its finished documents and the findings that do not stop it.

        `wortlaut` holds, by file stem, letters whose text a person has changed in Word: they are set from that.
        Raises Ablehnung with everything that stands against the letter: what is missing in the case, in the
        settings, beside them, and on the finished page.
        """
        self._refuse_unready(geladen, auftrag)
        briefvorlage = self._vorlagen.load(_bestand(geladen), auftrag.stufe.art)
        logo, logo_summe = _read_logo(geladen, auftrag.fall)
        anlagen, hinweise = _enclosures(auftrag)
        entwuerfe = _compute(auftrag, logo, anlagen)
        dokumente: dict[str, bytes] = {}
        beilagen: list[Beilage] = []
        for entwurf in entwuerfe:
            dokumente |= self._set(wortlaut.get(entwurf.stamm, briefvorlage), entwurf, auftrag.fall)
            if AUFSTELLUNG in anlagen:
                blatt = self._set_blatt(
                    "forderungsaufstellung", aufstellung_werte(auftrag.fall, entwurf.konto)
                )
                dokumente[f"{entwurf.stamm}{_AUFSTELLUNG_ENDUNG}"] = blatt
            if entwurf.beilagen:
                beilagen.append(
                    self._beilagen.enclose(auftrag.fall, entwurf, dokumente[f"{entwurf.stamm}.pdf"])
                )
                dokumente |= beilagen[-1].dokumente
        vorgang = Vorgangsentwurf(
            aktenzeichen=auftrag.fall.aktenzeichen,
            art=auftrag.stufe.art,
            stichtag=entwuerfe[0].datum,
            anlass=auftrag.anlass,
            eingaben={
                **auftrag.fall.eingaben,
                **briefvorlage.eingabe,
                **{name: summe for eigene in wortlaut.values() for name, summe in eigene.eingabe.items()},
                **logo_summe,
                **{name: summe for beilage in beilagen for name, summe in beilage.eingaben.items()},
            },
            werte=name_werte(auftrag.konto.rechtswerte()),
            daten=_merge_daten(entwuerfe),
            dokumente=dokumente,
            ersetzt=auftrag.ersetzt,
        )
        befunde = [befund for befund in auftrag.konto.befunde if befund.code == UEBER_GRENZE]
        befunde += [befund for entwurf in entwuerfe for befund in entwurf.befunde]
        befunde += [befund for beilage in beilagen for befund in beilage.befunde]
        befunde += self._vorlagen.find_unused(_bestand(geladen))
        return vorgang, (*briefvorlage.vorlage.hinweise, *hinweise, *dict.fromkeys(befunde))

    def check_vorlagen(self, bestand: pathlib.Path) -> tuple[Befund, ...]:
        """Return what is wrong with the own templates of a Bestand, whether or not a letter is due."""
        return self._vorlagen.check_eigene(bestand)

    def _refuse_unready(self, geladen: GeladenerFall, auftrag: Auftrag) -> None:
        """Ask case, template and logo before any of them stops the others: a clerk mends all in one go."""
        gather((
            lambda: _compute(auftrag, None, ()),
            lambda: self._vorlagen.load(_bestand(geladen), auftrag.stufe.art),
            lambda: _read_logo(geladen, auftrag.fall),
        ))  # fmt: skip

    def _set(self, briefvorlage: Briefvorlage, entwurf: Briefentwurf, fall: Fall) -> dict[str, bytes]:
        """Set one letter and read it back: a vanished address or a wrong sum never leaves the house."""
        kopf = fall.einstellungen.briefkopf
        satz = set_letter(
            self._lage.werkstatt, briefvorlage.vorlage, entwurf.werte, entwurf.bilder, entwurf.datum,
            Maschine(fall.einstellungen.satz.maschine),
            Gestaltung(kopf.farbe, (kopf.logo_breite, kopf.logo_hoehe)),
        )  # fmt: skip
        for befund in (*satz.befunde, *check_brief(satz, entwurf)):
            raise Ablehnung(befund)
        return {f"{entwurf.stamm}.docx": satz.docx, f"{entwurf.stamm}.pdf": satz.pdf}


def _compute(auftrag: Auftrag, logo: bytes | None, anlagen: tuple[str, ...]) -> tuple[Briefentwurf, ...]:
    return compute_briefe(
        auftrag.sachstand, auftrag.konto, auftrag.stufe, auftrag.frist_bis, auftrag.dann, logo,
        bis=auftrag.bis, anlagen=anlagen, zusatz=auftrag.zusatz,
    )  # fmt: skip


def _bestand(geladen: GeladenerFall) -> pathlib.Path:
    return geladen.pfad.absolute().parent


def _enclosures(auftrag: Auftrag) -> tuple[tuple[str, ...], tuple[Befund, ...]]:
    """Return what goes with the letter. A part that is held back stands in no statement: then none is enclosed."""
    verlangt = auftrag.aufstellung or auftrag.fall.einstellungen.versand.aufstellung
    if not verlangt or not {"forderung", "stand"} & set(find_art(auftrag.stufe.art).teile):
        return (), ()
    if any(abzug.zurueckgestellt for abzug in auftrag.konto.abzuege):
        befund = warnung(
            "BRIEF_OHNE_AUFSTELLUNG",
            "Ein Teil der Forderung ist zurückgestellt; die Forderungsaufstellung liegt deshalb nicht bei.",
            "Die Aufstellung des ganzen Kontos gibt „mahnakte konto FALL --pdf DATEI“.",
        )
        return (), (befund,)
    return (AUFSTELLUNG,), ()


def _merge_daten(entwuerfe: tuple[Briefentwurf, ...]) -> Briefdaten:
    """One step for all addresses: the data are the same but for who was asked."""
    empfaenger = tuple(kennung for entwurf in entwuerfe for kennung in entwurf.daten.empfaenger or ())
    return dataclasses.replace(entwuerfe[0].daten, empfaenger=empfaenger)


def _read_logo(geladen: GeladenerFall, fall: Fall) -> tuple[bytes | None, dict[str, str]]:
    """Read the logo beside mahnakte.yaml; a letterhead without it would not be the sender's."""
    name = fall.einstellungen.absender.logo
    if name is None:
        return None, {}
    ordner = _bestand(geladen)
    dateien, befunde = read_dateien(ordner, [name])
    if befunde:
        raise Ablehnung(befunde[0])
    return dateien[name].inhalt, {f"../{name}": dateien[name].sha256}
