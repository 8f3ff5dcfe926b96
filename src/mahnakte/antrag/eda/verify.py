"""Read and check a whole EDA file of applications: frame, records, order, sums, and nothing lost.

A file counts as read only when writing it again gives the same bytes. So what this program does not
understand is always named, never dropped.
"""

import dataclasses
from collections.abc import Iterator

from mahnakte.antrag.eda.befunde import (
    empty_file,
    lossy,
    unknown_bytes,
    untested,
    wrong_head,
    wrong_order,
    wrong_sum,
    wrong_tail,
)
from mahnakte.antrag.eda.feld import find_unknown
from mahnakte.antrag.eda.frame import Rohsatz, split_records
from mahnakte.antrag.eda.layout import AA, BB, FORMAT_ANTRAG, SATZART_01, UNERPROBT
from mahnakte.antrag.eda.read import build_antrag
from mahnakte.antrag.eda.records import parse_checked, read_records
from mahnakte.antrag.eda.summen import SUMMENFELDER, Summen
from mahnakte.antrag.eda.write import format_antrag, format_head
from mahnakte.antrag.modell import Dateikopf, Mahnantrag, Rest, Sammelantrag
from mahnakte.antrag.xml_form import build_element
from mahnakte.antrag.xml_read import validate_antrag
from mahnakte.grund.befund import Ablehnung, Befund, Schwere, Stelle, has_sperre, sperre

_KENNSATZ = "01KS   00"
MAX_BEFUNDE = 500


@dataclasses.dataclass(frozen=True, slots=True)
class Teil:
    """One application of the file: its records, what they say, what is wrong with them."""

    nummer: int
    saetze: tuple[Rohsatz, ...]
    antrag: Mahnantrag | None
    befunde: tuple[Befund, ...]


def read_eda(inhalt: bytes, datei: str) -> tuple[Sammelantrag | None, tuple[Befund, ...]]:
    """Return the applications of an EDA file, or None and everything that is wrong with it.

    Findings of severity `hinweis` (bytes without a known meaning) come beside the applications.
    """
    kopf, teile, befunde = _open(inhalt, datei)
    antraege = []
    for teil in _bounded(teile, datei):
        befunde.extend(teil.befunde)
        if teil.antrag is not None:
            antraege.append(teil.antrag)
    if kopf is None or has_sperre(befunde):
        return None, tuple(befunde)
    return Sammelantrag(kopf, tuple(antraege)), tuple(befunde)


def verify_eda(inhalt: bytes, datei: str) -> tuple[Befund, ...]:
    """Check an EDA file of applications strictly, application by application (small memory)."""
    _, teile, befunde = _open(inhalt, datei)
    for teil in _bounded(teile, datei):
        befunde.extend(teil.befunde)
    return tuple(befunde)


def _open(inhalt: bytes, datei: str) -> tuple[Dateikopf | None, Iterator[Teil], list[Befund]]:
    """Check the frame; the applications are read only while they are taken."""
    saetze, befunde = split_records(inhalt, datei)
    if befunde:
        return None, iter(()), list(befunde)
    if saetze[0].schluessel != "AA":
        text = "Die Datei beginnt nicht mit dem Satz AA (Dateikopf)."
        return None, iter(()), [wrong_head(text, "Die richtige EDA-Datei angeben.", Stelle(datei, 1))]
    kopf, sammlung = _read_frame(saetze, datei)
    sammlung += _untested(saetze, datei)
    if saetze[-1].schluessel != BB.schluessel:
        return None, iter(()), sammlung  # cut off: what is left of the last application says nothing
    return kopf, iter_antraege(saetze[1:-1], datei), sammlung


def _untested(saetze: tuple[Rohsatz, ...], datei: str) -> Iterator[Befund]:
    """Say once that a file has records whose positions nobody official has confirmed."""
    schluessel = sorted({satz.schluessel for satz in saetze} & UNERPROBT)
    if schluessel:
        namen = ", ".join(SATZART_01[einer].bedeutung for einer in schluessel)
        text = f"Die Feldlage dieser Sätze ist nicht amtlich bestätigt: {namen}."
        abhilfe = (
            "Die Beträge mit „mahnakte eda zeigen“ nachlesen; die erste Datei vom Gericht testen lassen."
        )
        yield untested(text, abhilfe, Schwere.WARNUNG, Stelle(datei))


def _bounded(teile: Iterator[Teil], datei: str) -> Iterator[Teil]:
    """Stop at a number of faults that nobody reads any more; remarks beyond it are counted, and stop nothing."""
    fehler = bemerkungen = 0
    for teil in teile:
        sperren = tuple(befund for befund in teil.befunde if has_sperre([befund]))
        andere = tuple(befund for befund in teil.befunde if befund not in sperren)
        yield dataclasses.replace(teil, befunde=sperren + andere[: max(0, MAX_BEFUNDE - bemerkungen)])
        fehler += len(sperren)
        bemerkungen += len(andere)
        if fehler >= MAX_BEFUNDE:
            text = f"Die Prüfung endet nach {MAX_BEFUNDE} Befunden."
            befund = sperre("EDA_ABBRUCH", text, "Die Fehler beheben und erneut prüfen.", Stelle(datei))
            yield Teil(0, (), None, (befund,))
            return
    if bemerkungen > MAX_BEFUNDE:
        text = f"Es gibt noch {bemerkungen - MAX_BEFUNDE} weitere Stellen ohne bekannte Bedeutung."
        befund = unknown_bytes(text, "Sie bleiben im XML als „rest“ erhalten.", Stelle(datei))
        yield Teil(0, (), None, (befund,))


def _read_frame(saetze: tuple[Rohsatz, ...], datei: str) -> tuple[Dateikopf | None, list[Befund]]:
    """Check the first and the last record and the sums between them."""
    kopf, befunde = _read_head(saetze[0], datei)
    if saetze[-1].schluessel != "BB":
        text = "Die Datei endet nicht mit dem Satz BB (Dateischluss); sie ist vermutlich abgeschnitten."
        befunde.append(
            wrong_tail(text, "Die Datei vollständig übertragen.", Stelle(datei, saetze[-1].nummer))
        )
        return None, befunde
    befunde.extend(_check_tail(saetze, datei))
    return kopf, befunde


def _read_head(roh: Rohsatz, datei: str) -> tuple[Dateikopf | None, list[Befund]]:
    werte, befunde = parse_checked(AA, roh, datei)
    stelle = Stelle(datei, roh.nummer)
    if not befunde and (werte["BELART"] != "01" or werte["FORMAT"] != FORMAT_ANTRAG):
        text = (
            f"Die Datei enthält Sätze der Art {werte['BELART']} im Format {werte['FORMAT']}; "
            f"Anträge auf Erlass des Mahnbescheids sind Art 01, Format {FORMAT_ANTRAG}."
        )
        befunde.append(wrong_head(text, "Nachrichten des Gerichts liest „mahnakte eda zeigen“.", stelle))
    if befunde:
        return None, befunde
    reste = tuple(Rest("AA", 1, ort, text) for ort, text in find_unknown(AA, roh.text))
    kopf = Dateikopf(
        teilnehmer=werte["TKEZI"],
        kennung=werte["EDAID"],
        erstellt_am=werte["DATUM"],
        einreicher=werte["EKEZI"],
        software=werte["SWN"],
        softwareversion=werte["SWV"],
        reste=reste,
    )
    if format_head(kopf) != roh.text:
        befunde.append(_not_reproducible(roh, datei))
    befunde.extend(validate_antrag(build_element("dateikopf", kopf), 0, datei))
    return kopf, befunde


def _check_tail(saetze: tuple[Rohsatz, ...], datei: str) -> Iterator[Befund]:
    schluss = saetze[-1]
    stelle = Stelle(datei, schluss.nummer)
    werte, befunde = parse_checked(BB, schluss, datei)
    yield from befunde
    summen = Summen()
    for satz in saetze[1:-1]:
        summen.add(satz.text)
    gezaehlt = summen.as_values()
    for feld in SUMMENFELDER:
        if feld.name in werte and int(werte[feld.name]) != gezaehlt[feld.name]:
            yield wrong_sum(feld.bedeutung, int(werte[feld.name]), gezaehlt[feld.name], stelle)
    if "TKEZI" in werte and werte["TKEZI"] != saetze[0].text[2:10].rstrip():
        text = "Die Kennziffer des Teilnehmers in AA und BB ist nicht dieselbe."
        yield wrong_tail(text, "Die Datei neu erzeugen.", stelle)
    for ort, fremd in find_unknown(BB, schluss.text):
        text = f"Satz BB hat ab Stelle {ort} unbekannten Inhalt: „{fremd}“."
        yield wrong_tail(text, "Die Datei neu erzeugen.", stelle)


def iter_antraege(saetze: tuple[Rohsatz, ...], datei: str) -> Iterator[Teil]:
    """Yield the applications between AA and BB, each read, checked and written again for comparison."""
    if not saetze:
        befund = empty_file(
            "Die Datei enthält keinen Antrag.",
            "Die richtige EDA-Datei angeben.",
            Stelle(datei, 1),
        )
        yield Teil(0, (), None, (befund,))
        return
    if saetze[0].schluessel != _KENNSATZ:
        text = f"Satz {saetze[0].nummer} steht vor dem ersten Kennsatz (KS)."
        yield Teil(
            0,
            (),
            None,
            (
                wrong_order(
                    text,
                    "Die Datei mit dem Programm neu erzeugen, das sie schrieb.",
                    Stelle(datei, saetze[0].nummer),
                ),
            ),
        )
        return
    anfaenge = [ort for ort, satz in enumerate(saetze) if satz.schluessel == _KENNSATZ]
    for nummer, (anfang, ende) in enumerate(
        zip(anfaenge, [*anfaenge[1:], len(saetze)], strict=True), start=1
    ):
        yield _read_one(nummer, saetze[anfang:ende], datei)


def _read_one(nummer: int, saetze: tuple[Rohsatz, ...], datei: str) -> Teil:
    gelesen, reste, befunde = read_records(saetze, datei)
    antrag = None
    if not befunde:
        try:
            antrag = build_antrag(gelesen, reste, datei)
            befunde.extend(_check_again(antrag, nummer, saetze, datei))
        except Ablehnung as ablehnung:
            befunde.append(ablehnung.befund)
    for rest in reste:
        text = f"Antrag {nummer}, Satz „{rest.schluessel}“: Inhalt ohne bekannte Bedeutung ab Stelle {rest.stelle}."
        befunde.append(unknown_bytes(text, "Er bleibt im XML als „rest“ erhalten.", Stelle(datei)))
    return Teil(nummer, saetze, antrag, tuple(befunde))


def _check_again(
    antrag: Mahnantrag, nummer: int, saetze: tuple[Rohsatz, ...], datei: str
) -> Iterator[Befund]:
    """Validate the application against the schema and compare its records with what was read."""
    schemafehler = tuple(validate_antrag(build_element("antrag", antrag), nummer, datei))
    yield from schemafehler
    if schemafehler:
        return
    neu = tuple(format_antrag(antrag, nummer))
    for zeile, satz in zip(neu, saetze, strict=False):
        if zeile != satz.text:
            yield _not_reproducible(satz, datei)
            return
    if len(neu) != len(saetze):
        yield _not_reproducible(saetze[-1], datei)


def _not_reproducible(satz: Rohsatz, datei: str) -> Befund:
    text = f"Satz {satz.nummer} („{satz.schluessel}“) lässt sich nicht ohne Verlust übernehmen."
    abhilfe = "Die Schreibweise der Felder mit der Satzbeschreibung vergleichen; übernommen wird nichts."
    return lossy(text, abhilfe, Stelle(datei, satz.nummer))
