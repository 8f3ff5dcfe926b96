"""The cases of a Bestand by Aktenzeichen and by invoice: what one case must know of the others."""

import dataclasses
import difflib
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator

from mahnakte.bestand.karte import Fallkarte, picture_karte
from mahnakte.fall.doppelung import judge, picture_forderung
from mahnakte.fall.fall import Fall
from mahnakte.fall.parteibild import Parteibild, share_partei
from mahnakte.fall.rechnungsbild import Rechnungsbild, Rechnungsregister, is_nummer
from mahnakte.grund.befund import Befund, Stelle, sperre
from mahnakte.grund.text import json_safe


@dataclasses.dataclass(frozen=True, slots=True)
class Eintragung:
    """A case in the index: its folder as messages show it, its card, and who the creditor of the card is."""

    ordner: str
    karte: Fallkarte
    glaeubiger: Parteibild | None


class Verzeichnis:
    """Finds cases by number and by invoice. Read-only once made: for several threads."""

    def __init__(self, eintragungen: Iterable[Eintragung]) -> None:
        alle = tuple(eintragungen)
        self._nach_aktenzeichen: dict[str, list[Eintragung]] = defaultdict(list)
        for eine in alle:
            self._nach_aktenzeichen[eine.karte.aktenzeichen.casefold()].append(eine)
        self._nach_nennung: dict[str, list[Eintragung]] = defaultdict(list)
        for eine in alle:
            for genannt in eine.karte.gesamtschuld_mit:
                self._nach_nennung[genannt.casefold()].append(eine)
        self._nach_ordner = {eine.ordner: eine for eine in alle}
        self._bilder = {
            eine.ordner: tuple(picture_karte(eine.karte, eine.ordner, eine.glaeubiger)) for eine in alle
        }
        self._register = Rechnungsregister(bild for bilder in self._bilder.values() for bild in bilder)

    def look_up(self, ordner: str) -> Eintragung | None:
        """Return what the index has about a case folder."""
        return self._nach_ordner.get(ordner)

    def pictures_alike(self, fall: Fall, ordner: str) -> bool:
        """Tell whether the card of a case shows its invoices exactly as the case itself, read whole, does."""
        ganz = tuple(picture_forderung(fall, forderung, ordner) for forderung in fall.forderungen)
        return self._bilder.get(ordner) == ganz

    def describe_andere(self, eine: Eintragung) -> str:
        """Return all that the other cases can say about one, as text: the same text, the same findings.

        It is the whole input of `check_aktenzeichen` and `check_fall` apart from the case itself.
        """
        gleichnamige = [andere.ordner for andere in self.find(eine.karte.aktenzeichen)]
        nennende = self._nach_nennung.get(eine.karte.aktenzeichen.casefold(), ())
        verwandte = [
            [anderes for anderes in self._register.find_verwandte(bild) if anderes.fall != eine.ordner]
            for bild in self._bilder[eine.ordner]
        ]
        return repr((gleichnamige, [andere.karte for andere in nennende], verwandte))

    def find(self, aktenzeichen: str) -> tuple[Eintragung, ...]:
        """Return the cases with that number: one, or none, or the several that share it."""
        return tuple(self._nach_aktenzeichen.get(aktenzeichen.casefold(), ()))

    def check_aktenzeichen(self, aktenzeichen: str, ordner: str, stelle: Stelle) -> Iterator[Befund]:
        """Yield the finding that stops a case whose number stands in another folder as well."""
        andere = [eine.ordner for eine in self.find(aktenzeichen) if eine.ordner != ordner]
        if andere:
            yield doubled_aktenzeichen(aktenzeichen, andere[0], stelle)

    def check_fall(self, fall: Fall, ordner: str, stelle: Stelle) -> Iterator[Befund]:
        """Yield what other cases say against demanding the invoices of this one.

        A case with the same Aktenzeichen has its own finding; a joint debtor's case may have the same invoice.
        """
        yield from self._check_gesamtschuld(fall, stelle)
        gesamtschuldner = {eine.ordner for eine in self._joint(fall)}
        for forderung in fall.forderungen:
            bild = picture_forderung(fall, forderung, ordner)
            for anderes in self._register.find_verwandte(bild):
                if anderes.fall == ordner or anderes.akte.casefold() == fall.aktenzeichen.casefold():
                    continue
                if anderes.fall in gesamtschuldner and _is_common(bild, anderes):
                    continue
                if befund := judge(bild, anderes, forderung.stelle):
                    yield befund

    def check_rechnung(self, bild: Rechnungsbild, stelle: Stelle) -> Iterator[Befund]:
        """Yield what the cases say against an invoice that is to become a new one."""
        for anderes in self._register.find_verwandte(bild):
            if anderes.fall != bild.fall and (befund := judge(bild, anderes, stelle)):
                yield befund

    # --- joint debtors in cases of their own ----------------------------------------------------------

    def find_gesamtschuldner(self, fall: Fall) -> tuple[Eintragung, ...]:
        """Return the cases that this one names and that name it: what is paid in one counts in all (§ 422 BGB)."""
        return tuple(eine for eine in self._joint(fall) if _is_mutual(fall, eine))

    def common_numbers(self, fall: Fall, eintragung: Eintragung) -> dict[str, str]:
        """Return the invoices that another case has in common with this one: number there -> number here."""
        dortige = tuple(picture_karte(eintragung.karte, eintragung.ordner, eintragung.glaeubiger))
        hiesige = [picture_forderung(fall, forderung) for forderung in fall.forderungen]
        return {
            dort.nummer: hier.nummer for dort in dortige for hier in hiesige
            if dort.gilt is not False and _is_common(hier, dort)
        }  # fmt: skip

    def _joint(self, fall: Fall) -> Iterator[Eintragung]:
        """Yield the cases of which either has named the other."""
        genannte = (eine for aktenzeichen in fall.gesamtschuld_mit for eine in self.find(aktenzeichen))
        nennende = self._nach_nennung.get(fall.aktenzeichen.casefold(), ())
        yield from {eine.ordner: eine for eine in (*genannte, *nennende)}.values()

    def _check_gesamtschuld(self, fall: Fall, stelle: Stelle) -> Iterator[Befund]:
        for aktenzeichen in fall.gesamtschuld_mit:
            if aktenzeichen.casefold() == fall.aktenzeichen.casefold():
                yield sperre("GESAMTSCHULD_MIT_SICH", "„gesamtschuld_mit“ nennt den Fall selbst.",
                             "Das Aktenzeichen des anderen Falls eintragen.", stelle)  # fmt: skip
            elif not self.find(aktenzeichen):
                yield self._unknown(aktenzeichen, stelle)
        for eine in self._joint(fall):
            genannt = _names(fall.gesamtschuld_mit, eine.karte.aktenzeichen)
            gemeinsame = self.common_numbers(fall, eine)
            if genannt and not gemeinsame:
                yield _nothing_common(eine.karte.aktenzeichen, stelle)
            elif gemeinsame and not _is_mutual(fall, eine):
                hier, dort = fall.aktenzeichen, eine.karte.aktenzeichen
                yield _one_sided(hier, dort, stelle) if genannt else _one_sided(dort, hier, stelle)
        for eine, andere in itertools.permutations(self.find_gesamtschuldner(fall), 2):
            if not _names(eine.karte.gesamtschuld_mit, andere.karte.aktenzeichen):
                yield _one_sided(andere.karte.aktenzeichen, eine.karte.aktenzeichen, stelle)

    def _unknown(self, aktenzeichen: str, stelle: Stelle) -> Befund:
        bekannte = [eine.karte.aktenzeichen for gruppe in self._nach_aktenzeichen.values() for eine in gruppe]
        nahe = difflib.get_close_matches(aktenzeichen, bekannte, n=1, cutoff=0.8)
        return sperre(
            "GESAMTSCHULD_UNBEKANNT",
            f"„gesamtschuld_mit“ nennt den Fall {aktenzeichen}; im Bestand gibt es ihn nicht, oder er ist nicht "
            "lesbar. Was dort gezahlt wurde, ist so nicht bekannt.",
            f"Gemeint ist wohl „{nahe[0]}“." if nahe else
            "Das Aktenzeichen berichtigen; den anderen Fall mit „mahnakte pruefen“ ansehen.",
            stelle,
        )  # fmt: skip


def doubled_aktenzeichen(aktenzeichen: str, anderer: str, stelle: Stelle) -> Befund:
    """Return the finding that stops a case whose number the folder `anderer` has as well."""
    return refuse_doubled(
        f"Das Aktenzeichen {aktenzeichen} steht auch in {anderer}.",
        "Einem der beiden Fälle ein eigenes Aktenzeichen geben; bis dahin ruhen beide. Ist es eine Kopie des "
        "Ordners, die Kopie entfernen oder ihren Namen mit _ beginnen.",
        stelle,
    )


def refuse_doubled(text: str, abhilfe: str, stelle: Stelle) -> Befund:
    """Return the finding that one Aktenzeichen stands for several cases, in the words of who came upon them."""
    return sperre("AKTENZEICHEN_DOPPELT", text, abhilfe, stelle)


def _is_common(eine: Rechnungsbild, andere: Rechnungsbild) -> bool:
    """One invoice to several debtors: whom each case names does not matter here, a person has said it is one."""
    if not is_nummer(eine.nummer, andere.nummer):
        return False
    gleiche_datei = eine.sha256 is not None and eine.sha256 == andere.sha256
    return gleiche_datei or (eine.datum == andere.datum and share_partei(eine.glaeubiger, andere.glaeubiger))


def _names(liste: Iterable[str], aktenzeichen: str) -> bool:
    return aktenzeichen.casefold() in {eines.casefold() for eines in liste}


def _is_mutual(fall: Fall, eine: Eintragung) -> bool:
    hin = _names(fall.gesamtschuld_mit, eine.karte.aktenzeichen)
    return hin and _names(eine.karte.gesamtschuld_mit, fall.aktenzeichen)


def _one_sided(nennt: str, fehlt: str, stelle: Stelle) -> Befund:
    return sperre(
        "GESAMTSCHULD_EINSEITIG",
        f"{json_safe(nennt)} nennt unter „gesamtschuld_mit“ den Fall {json_safe(fehlt)}, umgekehrt fehlt es; so "
        "zählt keine Zahlung in beiden.",
        f"In der fall.yaml von {json_safe(fehlt)} oben „gesamtschuld_mit: [{json_safe(nennt)}]“ ergänzen.",
        stelle,
    )


def _nothing_common(aktenzeichen: str, stelle: Stelle) -> Befund:
    return sperre(
        "GESAMTSCHULD_OHNE_RECHNUNG",
        f"„gesamtschuld_mit“ nennt den Fall {json_safe(aktenzeichen)}, aber keine Rechnung steht in beiden Fällen.",
        "Nummer, Datum und Gläubiger der gemeinsamen Rechnung in beiden Fällen gleich angeben oder die Angabe "
        "streichen.",
        stelle,
    )
