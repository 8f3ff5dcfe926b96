"""One letter, from the plan to the draft of a step: set, checked, named. Publishes nothing itself."""

import dataclasses
import datetime as dt
import threading

from mahnakte.ablage.lesen import read_dateien
from mahnakte.befehle.beilagen import Beilage, Beilagen
from mahnakte.befehle.laden import GeladenerFall, Lage
from mahnakte.briefe.brief import VARIABLEN, Briefentwurf, check_brief, compute_briefe, template_name
from mahnakte.fall.einstellungen import Mahnstufe
from mahnakte.fall.fall import Fall
from mahnakte.fall.vorgang import Vorgangsentwurf, name_werte, sha256
from mahnakte.grund.befund import Ablehnung, Befund, has_sperre
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.konto.modell import Konto
from mahnakte.satz.druck import Maschine, Vorlage, load_vorlage, set_letter


@dataclasses.dataclass(frozen=True, slots=True)
class Auftrag:
    """A letter to be written about `fall`; `konto` is what it shows (without what is left out), `anlass` why."""

    fall: Fall
    konto: Konto
    stufe: Mahnstufe
    frist_bis: dt.date
    dann: str | None
    anlass: str
    ersetzt: int | None = None


class Druckerei:
    """Sets letters; each template is checked once and kept. For several threads."""

    def __init__(self, lage: Lage) -> None:
        self._lage = lage
        self._beilagen = Beilagen(lage)
        self._vorlagen: dict[str, Vorlage] = {}
        self._lock = threading.Lock()

    def draft(self, geladen: GeladenerFall, auftrag: Auftrag) -> tuple[Vorgangsentwurf, tuple[Befund, ...]]:
        """Return the step with its finished documents and the findings that do not stop it; raise Ablehnung."""
        vorlage = self._vorlage(auftrag.stufe.art)
        logo, logo_summe = _read_logo(geladen, auftrag.fall)
        entwuerfe = compute_briefe(
            auftrag.fall, auftrag.konto, auftrag.stufe, auftrag.frist_bis, auftrag.dann, logo
        )
        dokumente: dict[str, bytes] = {}
        beilagen: list[Beilage] = []
        for entwurf in entwuerfe:
            dokumente |= self._set(vorlage, entwurf, Maschine(auftrag.fall.einstellungen.satz.maschine))
            beilagen.append(self._beilagen.enclose(auftrag.fall, entwurf, dokumente[f"{entwurf.stamm}.pdf"]))
            dokumente |= beilagen[-1].dokumente
        vorgang = Vorgangsentwurf(
            aktenzeichen=auftrag.fall.aktenzeichen,
            art=auftrag.stufe.art,
            stichtag=auftrag.konto.stichtag,
            anlass=auftrag.anlass,
            eingaben={
                **auftrag.fall.eingaben,
                f"templates/letters/{vorlage.name}": sha256(vorlage.inhalt),
                **logo_summe,
                **{name: summe for beilage in beilagen for name, summe in beilage.eingaben.items()},
            },
            werte=name_werte(auftrag.konto.rechtswerte()),
            daten=_merge_daten(entwuerfe),
            dokumente=dokumente,
            ersetzt=auftrag.ersetzt,
        )
        befunde = [befund for entwurf in entwuerfe for befund in entwurf.befunde]
        befunde += [befund for beilage in beilagen for befund in beilage.befunde]
        return vorgang, (*vorlage.hinweise, *dict.fromkeys(befunde))

    def _vorlage(self, art: str) -> Vorlage:
        name = template_name(art)
        with self._lock:
            if name not in self._vorlagen:
                geprueft = load_vorlage(
                    self._lage.werkstatt, read_beigabe("templates", f"letters/{name}"), name, VARIABLEN
                )
                if not isinstance(geprueft, Vorlage):
                    raise Ablehnung(next(befund for befund in geprueft if has_sperre([befund])))
                self._vorlagen[name] = geprueft
            return self._vorlagen[name]

    def _set(self, vorlage: Vorlage, entwurf: Briefentwurf, maschine: Maschine) -> dict[str, bytes]:
        """Set one letter and read it back: a vanished address or a wrong sum never leaves the house."""
        satz = set_letter(
            self._lage.werkstatt, vorlage, entwurf.werte, entwurf.bilder, entwurf.datum, maschine
        )
        for befund in (*satz.befunde, *check_brief(satz, entwurf)):
            raise Ablehnung(befund)
        return {f"{entwurf.stamm}.docx": satz.docx, f"{entwurf.stamm}.pdf": satz.pdf}


def _merge_daten(entwuerfe: tuple[Briefentwurf, ...]) -> dict[str, object]:
    """One step for all addresses: the data are the same but for who was asked."""
    empfaenger = [kennung for entwurf in entwuerfe for kennung in entwurf.daten["empfaenger"]]
    return {**entwuerfe[0].daten, "empfaenger": empfaenger}


def _read_logo(geladen: GeladenerFall, fall: Fall) -> tuple[bytes | None, dict[str, str]]:
    """Read the logo beside mahnakte.yaml; a letterhead without it would not be the sender's."""
    name = fall.einstellungen.absender.logo
    if name is None:
        return None, {}
    ordner = geladen.pfad.absolute().parent
    dateien, befunde = read_dateien(ordner, [name])
    if befunde:
        raise Ablehnung(befunde[0])
    return dateien[name].inhalt, {f"../{name}": dateien[name].sha256}
