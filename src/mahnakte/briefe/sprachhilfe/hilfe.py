"""The page itself: what it says about one letter in one language, and the checks before it goes out with it.

The German letter is the letter; this page repeats its facts. So the page is compared with the finished letter: every
number stands in both, and every sentence has its German counterpart there. Otherwise the letter goes out alone.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mahnakte.arten.brief import BRIEFARTEN, Hilfsblatt, find_art
from mahnakte.briefe.sprachhilfe.aufbau import (
    ANTWORT_ZEILEN,
    AUFBAUTEN,
    WORUM_ZEILEN,
    ZAHLUNG_ZEILEN,
    Aufbau,
    Satz,
    Zeile,
)
from mahnakte.briefe.sprachhilfe.platzhalter import (
    PLATZHALTER,
    Art,
    fill,
    find_wert,
    list_namen,
    write,
    write_deutsch,
)
from mahnakte.briefe.sprachhilfe.sprache import DEUTSCH, Sprache, load_sprache, read_sprache
from mahnakte.grund.befund import Ablehnung, Befund, hinweis, sperre
from mahnakte.grund.text import squeeze
from mahnakte.satz.druck import Satz as GesetzteSeite
from mahnakte.satz.variablen import Variable

VORLAGE = "sprachhilfe.docx"

VARIABLEN = (
    Variable("sprache", "Kennung der Sprache, für die Eigenschaften des PDFs", "pl-PL"),
    Variable("titel", "Überschrift", "Co zawiera list w języku niemieckim"),
    Variable("absender.name", "Name oder Firma des Absenders", "Möbelhaus Übersee GmbH"),
    Variable("brief.aktenzeichen", "unser Aktenzeichen", "2026-0042"),
    Variable("brief.datum", "Datum des deutschen Briefs", dt.date(2026, 4, 20)),
    Variable("nur_hilfe", "dass die Seite eine Übersetzung ist und nur der deutsche Brief gilt",
             "Wiążący jest tylko list w języku niemieckim."),
    Variable("pruefung", "wer die Übersetzung geprüft hat, oder dass es noch niemand getan hat",
             "Może ono zawierać błędy."),
    Variable("ungeprueft", "ja, solange niemand mit Namen die Übersetzung geprüft hat", True),
    Variable("abschnitte[].titel", "Überschrift eines Abschnitts", "Co to za list?"),
    Variable("abschnitte[].saetze[]", "seine Sätze", "To jest wezwanie do zapłaty (Mahnung)."),
    Variable("abschnitte[].angaben[].name", "Name einer Angabe", "Kwota (Betrag)"),
    Variable("abschnitte[].angaben[].wert", "die Angabe in der Sprache der Seite", "940,00 EUR"),
    Variable("abschnitte[].angaben[].deutsch", "wie der deutsche Brief sie schreibt (leer, wenn gleich)", "940,00 €"),
    Variable("abschnitte[].angaben[].fett", "ja bei Betrag und Tag", True),
)  # fmt: skip

_MEISTE_RECHNUNGEN = 6
_FETT = frozenset({"betrag", "frist", "iban", "zweck"})


@dataclasses.dataclass(frozen=True, slots=True)
class Hilfe:
    """One page before setting.

    `saetze` must stand on it, `im_brief` in the German letter, one of each tuple of `anker` as well,
    and nothing of `nicht`.
    """

    sprache: str
    werte: Mapping[str, Any]
    saetze: tuple[str, ...]
    im_brief: tuple[str, ...]
    anker: tuple[tuple[str, ...], ...]
    nicht: tuple[str, ...]


def file_ending(sprache: str) -> str:
    """Return what follows the letter's name in the file's name."""
    return f"_verstaendnishilfe_{sprache}.pdf"


def find_luecke(art: str, sprache: str) -> Befund | None:
    """Return the finding for a kind of letter without sentences in other languages, or None."""
    if find_art(art).hilfsblatt is not None:
        return None
    moegliche = (a.art for blatt in Hilfsblatt for a in BRIEFARTEN.values() if a.hilfsblatt is blatt)
    return hinweis(
        "SPRACHHILFE_BRIEFART",
        f"Zum Brief „{art}“ gibt es keine Verständnishilfe; er geht nur auf Deutsch hinaus (sprache: {sprache}).",
        f"Verständnishilfen gibt es zu: {', '.join(moegliche)}.",
    )


def compute_hilfe(art: str, kennung: str, brief: Mapping[str, Any], *, antwortbogen: bool) -> Hilfe:
    """Return the page about one letter. `brief` are the values of the letter, `art` has a page.

    Raises Ablehnung for a language that there is not.
    """
    sprache = load_sprache(kennung)
    blatt = find_art(art).hilfsblatt
    if blatt is None:
        raise ValueError(f"{art} hat keine Verständnishilfe")
    aufbau = AUFBAUTEN[blatt]
    werte = _with_conditions(brief, aufbau, blatt, pruefer=sprache.geprueft_von, antwortbogen=antwortbogen)
    schreiber = _Schreiber(sprache, werte)
    abschnitte = [
        abschnitt for abschnitt in _sections(aufbau, schreiber) if abschnitt["saetze"] or abschnitt["angaben"]
    ]
    seite = {
        "sprache": sprache.sprachkennung,
        "titel": sprache.saetze["titel"],
        "absender": {"name": werte["absender"]["name"]},
        "brief": {"aktenzeichen": werte["brief"]["aktenzeichen"], "datum": werte["brief"]["datum"]},
        "nur_hilfe": sprache.saetze["nur_hilfe"],
        "pruefung": schreiber.fill("geprueft" if sprache.geprueft_von else "ungeprueft"),
        "ungeprueft": not sprache.geprueft_von,
        "abschnitte": abschnitte,
    }
    saetze = (*(str(seite[name]) for name in ("titel", "nur_hilfe", "pruefung")), *_texts(abschnitte))
    return Hilfe(
        kennung,
        seite,
        saetze,
        tuple(dict.fromkeys(schreiber.fakten)),
        tuple(schreiber.anker),
        tuple(schreiber.nicht),
    )


def _with_conditions(
    brief: Mapping[str, Any], aufbau: Aufbau, blatt: Hilfsblatt, *, pruefer: str, antwortbogen: bool
) -> dict[str, Any]:
    """Add what the conditions of aufbau.py name and the letter's template works out by itself."""
    verzug, zinsen = brief.get("verzug") or {}, brief.get("zinsen") or {}
    faellig = blatt is Hilfsblatt.HINWEIS  # a notice ahead of the due date sets no day of its own
    eine = len(brief.get("forderungen") or ()) == 1
    return {
        **brief,
        "pruefer": pruefer,
        "antwortbogen": antwortbogen,
        "nennt_auftraggeber": aufbau.auftraggeber and brief["absender"]["fuer_andere"],
        "frist_ist_zahltag": aufbau.fordert and not faellig,
        "frist_ist_faelligkeit": faellig and eine,
        "frist_ist_erste_faelligkeit": faellig and not eine,
        "verzug": {
            **verzug,
            "eingetreten_mit_zinsen": verzug.get("eingetreten")
            and (zinsen.get("laufen") or zinsen.get("offen")),
            "eingetreten_oder_frist": verzug.get("eingetreten") or verzug.get("durch_frist"),
        },
        "zinsen": {**zinsen, "ohne_ende": zinsen.get("laufen") and not zinsen.get("endet")},
    }


class _Schreiber:
    """Writes sentences and lines in one language; keeps what must stand in the German letter for them."""

    def __init__(self, sprache: Sprache, werte: Mapping[str, Any]) -> None:
        self._sprache = sprache
        self._werte = werte
        self._deutsch = read_sprache(DEUTSCH)
        self.fakten: list[str] = []
        self.anker: list[tuple[str, ...]] = []
        self.nicht: list[str] = []

    def fill(self, schluessel: str) -> str:
        """Return one sentence."""
        satz = self._sprache.saetze[schluessel]
        self.fakten += [write_deutsch(name, self._werte) for name in list_namen(satz) if name != "pruefer"]
        if schluessel in self._deutsch.anker:
            self.anker.append(self._deutsch.anker[schluessel])
        self.nicht += self._deutsch.nicht.get(schluessel, ())
        return fill(satz, self._werte, self._sprache)

    def sentences(self, saetze: Sequence[Satz]) -> list[str]:
        """Return the sentences whose condition holds."""
        return [
            self.fill(satz.schluessel)
            for satz in saetze
            if self._holds(satz.wenn) and not self._denied(satz.ohne)
        ]

    def lines(self, zeilen: Sequence[Zeile]) -> list[dict[str, Any]]:
        """Return the lines of facts whose condition holds."""
        return [self._line(zeile) for zeile in zeilen if self._holds(zeile.wenn)]

    def word(self, schluessel: str) -> str:
        """Return a heading or the name of a line."""
        return self._sprache.saetze[schluessel]

    def _line(self, zeile: Zeile) -> dict[str, Any]:
        deutsch = write_deutsch(zeile.platzhalter, self._werte)
        self.fakten.append(deutsch)
        gleich = PLATZHALTER[zeile.platzhalter].art is Art.TEXT
        return make_line(
            self.word(zeile.name) if zeile.name else "IBAN",
            write(zeile.platzhalter, self._werte, self._sprache),
            "" if gleich else deutsch,
            fett=zeile.platzhalter in _FETT,
        )

    def rechnungen(self) -> Iterator[dict[str, Any]]:
        """Yield the line of the invoice numbers; of many, the first ones and how many more."""
        nummern = [forderung["nummer"] for forderung in self._werte.get("forderungen") or ()]
        if nummern:
            self.fakten += nummern
            rest = len(nummern) - _MEISTE_RECHNUNGEN
            gezeigt = ", ".join(nummern[:_MEISTE_RECHNUNGEN]) + (f" … (+{rest})" if rest > 0 else "")
            yield make_line(self.word("wort_rechnungen"), gezeigt)

    def post(self) -> dict[str, Any]:
        """Return the line of the postal address."""
        absender = self._werte["absender"]
        return make_line(
            self.word("wort_post"), f"{absender['strasse']}, {absender['plz']} {absender['ort']}"
        )

    def _holds(self, bedingung: str) -> bool:
        return not bedingung or bool(find_wert(self._werte, bedingung))

    def _denied(self, bedingung: str) -> bool:
        return bool(bedingung) and bool(find_wert(self._werte, bedingung))


def make_line(name: str, wert: str, deutsch: str = "", *, fett: bool = False) -> dict[str, Any]:
    """Return one line of facts as the template names it."""
    return {"name": name, "wert": wert, "deutsch": deutsch, "fett": fett}


def _sections(aufbau: Aufbau, schreiber: _Schreiber) -> Iterator[dict[str, Any]]:
    yield {
        "titel": schreiber.word("kopf_worum"),
        "saetze": schreiber.sentences(aufbau.worum),
        "angaben": [*schreiber.lines(WORUM_ZEILEN), *schreiber.rechnungen()],
    }
    if aufbau.fordert:
        yield {
            "titel": schreiber.word("kopf_zahlen"),
            "saetze": schreiber.sentences(aufbau.zahlen),
            "angaben": schreiber.lines(ZAHLUNG_ZEILEN),
        }
    weiter = schreiber.sentences(aufbau.weiter) or schreiber.sentences([Satz("kein_schritt")])
    yield {"titel": schreiber.word("kopf_weiter"), "saetze": weiter, "angaben": []}
    antworten = (*aufbau.antworten, Satz("antwortbogen", "antwortbogen"), Satz("zeichen_nennen"))
    yield {
        "titel": schreiber.word("kopf_antworten"),
        "saetze": schreiber.sentences(antworten),
        "angaben": [*schreiber.lines(ANTWORT_ZEILEN), schreiber.post()],
    }


def _texts(abschnitte: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for abschnitt in abschnitte:
        yield abschnitt["titel"]
        yield from abschnitt["saetze"]
        for angabe in abschnitt["angaben"]:
            yield from (angabe["name"], angabe["wert"], angabe["deutsch"])


# --- checks -------------------------------------------------------------------------------------------


def check_gegen_brief(hilfe: Hilfe, brief: str) -> None:
    """Raise Ablehnung when the German letter (`brief`: the text of its PDF) does not say what the page says."""
    text = squeeze(brief)
    maengel = [f"steht nicht „{fakt}“" for fakt in hilfe.im_brief if squeeze(fakt) not in text]
    maengel += [f"steht nicht „{w[0]}“" for w in hilfe.anker if not any(squeeze(eine) in text for eine in w)]
    maengel += [f"steht „{wendung}“" for wendung in hilfe.nicht if squeeze(wendung) in text]
    if maengel:
        raise Ablehnung(
            sperre("SPRACHHILFE_ANDERER_WORTLAUT",
                   f"Im Brief {maengel[0]}; die Verständnishilfe ({hilfe.sprache}) würde etwas anderes sagen als er.",
                   "Der Brief geht ohne sie hinaus. Sie gehört zum Wortlaut der mitgelieferten Vorlage; bei einer "
                   "eigenen Vorlage deren Wendungen beibehalten.")
        )  # fmt: skip


def check_seite(seite: GesetzteSeite, hilfe: Hilfe) -> None:
    """Raise Ablehnung when the set page is not what it must be: one page, every sentence, every letter."""
    text = squeeze("".join(seite.druckbild.seiten))
    maengel = [f"„{satz}“ fehlt" for satz in hilfe.saetze if squeeze(satz) not in text]
    maengel += [befund.text for befund in seite.befunde]
    if len(seite.druckbild.seiten) != 1:
        maengel.append(f"sie hat {len(seite.druckbild.seiten)} Seiten statt einer")
    if seite.druckbild.fremde_schriften:
        maengel.append(f"nicht eingebettete Schriften: {', '.join(seite.druckbild.fremde_schriften)}")
    if maengel:
        raise Ablehnung(
            sperre("SPRACHHILFE_UNVOLLSTAENDIG",
                   f"Die Verständnishilfe ({hilfe.sprache}) stimmt nicht: {'; '.join(maengel)}.",
                   "Der Brief geht ohne sie hinaus. Name und Anschrift des Absenders kürzen oder das melden.")
        )  # fmt: skip
