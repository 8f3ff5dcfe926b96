"""MT940 (SWIFT), the archive of most banks: own reading of :61: and :86:, because the purpose is cut anywhere."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mahnakte.eingang.bank.buchung import Auszug, Buchung, clean_reference, refuse_datei
from mahnakte.eingang.bank.sepatext import find_rueckgabe, read_reference, read_tags
from mahnakte.grund.befund import Stelle
from mahnakte.grund.betrag import CENT

_FELD = re.compile(r":(\d\d[A-Z]?):(.*)", re.DOTALL)
_BUCHUNG = re.compile(
    r"(\d{6})(\d{4})?(RC|RD|C|D)([A-Z])?(\d{1,12},\d{0,2})([A-Z][A-Z0-9]{3})(.*?)(?://(.*))?", re.ASCII
)
_SALDO = re.compile(r"([CD])(\d{6})([A-Z]{3})(\d{1,15},\d{0,2})", re.ASCII)
_DEUTSCH = re.compile(r"(\d{3})([^\w\s])", re.ASCII)
_ZWECK = frozenset(str(nummer) for nummer in (*range(20, 30), *range(60, 64)))
_JAHRHUNDERT = 2000
_BLZ_KONTO = re.compile(r"(\d{8})/(\d{1,10})", re.ASCII)


def read_mt940(inhalt: bytes, datei: str) -> tuple[Auszug, ...]:
    """Return the statements of an MT940 file; raise Ablehnung when one is not whole."""
    auszuege: list[Auszug] = []
    gruppe: list[tuple[str, list[str], int]] = []
    for feld in _fields(_decode(inhalt)):
        if feld[0] == "20" and gruppe:
            auszuege.append(_Auszug(gruppe, datei).read())
            gruppe = []
        gruppe.append(feld)
    if gruppe:
        auszuege.append(_Auszug(gruppe, datei).read())
    return tuple(auszuege)


def looks_like_mt940(anfang: str) -> bool:
    """Tell whether a text has fields of MT940."""
    return re.search(r"(?m)^:(?:20|25|28C?|60[FM]|61|62[FM]|64|86):", anfang) is not None


def _decode(inhalt: bytes) -> str:
    try:
        return inhalt.decode("utf-8-sig")
    except UnicodeDecodeError:
        return inhalt.decode("cp1252", errors="replace")


def _fields(text: str) -> Iterator[tuple[str, list[str], int]]:
    """Yield tag, lines and line number of each field; what stands before the first and the marks `-` fall away."""
    offen: tuple[str, list[str], int] | None = None
    for nummer, zeile in enumerate(text.splitlines(), start=1):
        treffer = _FELD.fullmatch(zeile)
        if treffer:
            if offen:
                yield offen
            offen = (treffer.group(1), [treffer.group(2)], nummer)
        elif offen and not zeile.startswith("-"):
            offen[1].append(zeile)
    if offen:
        yield offen


class _Auszug:
    """Reads the fields from one :20: to the next."""

    def __init__(self, felder: Sequence[tuple[str, list[str], int]], datei: str) -> None:
        self._felder = felder
        self._datei = datei
        self._waehrung = ""

    def read(self) -> Auszug:
        konto, buchungen = "", []
        salden: dict[str, Decimal] = {}
        for stelle, (marke, zeilen, nummer) in enumerate(self._felder):
            if marke == "25":
                konto = _account(zeilen[0])
            elif marke[:2] in ("60", "62"):
                salden[marke[:2]] = self._balance(zeilen[0], nummer)
            elif marke == "61":
                danach = self._felder[stelle + 1] if stelle + 1 < len(self._felder) else ("", [], 0)
                buchungen.append(self._booking(zeilen, danach[1] if danach[0] == "86" else [], nummer))
        if not {"60", "62"} <= set(salden):
            fehlt = "Anfangssaldo (:60:)" if "60" not in salden else "Endsaldo (:62:)"
            raise refuse_datei(
                f"Der MT940-Auszug ist nicht vollständig: Der {fehlt} fehlt.", Stelle(self._datei)
            )
        return Auszug(konto=konto, buchungen=tuple(buchungen), anfang=salden["60"], ende=salden["62"])

    def _balance(self, text: str, nummer: int) -> Decimal:
        treffer = _SALDO.fullmatch(text.strip())
        if treffer is None:
            raise refuse_datei(f"Der Saldo „{text[:40]}“ ist nicht lesbar.", Stelle(self._datei, nummer))
        self._waehrung = self._waehrung or treffer.group(3)
        return _amount(treffer.group(4), treffer.group(1) == "C")

    def _booking(self, kopf: list[str], details: list[str], nummer: int) -> Buchung:
        treffer = _BUCHUNG.fullmatch(kopf[0].rstrip())
        if treffer is None:
            raise refuse_datei(f"Die Buchung „{kopf[0][:40]}“ ist nicht lesbar.", Stelle(self._datei, nummer))
        try:
            wert = dt.date(_JAHRHUNDERT + int(kopf[0][:2]), int(kopf[0][2:4]), int(kopf[0][4:6]))
            tag = _nearest(treffer.group(2), wert) if treffer.group(2) else wert
        except ValueError:
            raise refuse_datei(f"„{kopf[0][:10]}“ ist kein Tag.", Stelle(self._datei, nummer)) from None
        richtung = treffer.group(3)
        gvc, felder, zweck = _details(details)
        tags = read_tags(zweck)
        return Buchung(
            # RC takes a credit back: money leaves; RD takes a debit back: money comes.
            tag=tag, wert=wert, betrag=_amount(treffer.group(5), richtung in ("C", "RD")),
            waehrung=self._waehrung or "EUR",
            name=(felder.get("32", "") + felder.get("33", "")).strip(),
            iban=felder.get("31", "").strip() or tags.get("IBAN", ""), wirklich=tags.get("ABWA", ""),
            zweck=zweck, ende_zu_ende=read_reference(tags), bankreferenz=clean_reference(treffer.group(8) or ""),
            art=gvc, rueckgabe=find_rueckgabe(gvc, (felder.get("00", ""), *zweck)),
            storno=richtung.startswith("R"), zeile=nummer,
        )  # fmt: skip


def _details(zeilen: Sequence[str]) -> tuple[str, dict[str, str], tuple[str, ...]]:
    """Return GVC, subfields and purpose lines of a field :86:; one without the German form is all purpose."""
    text = "".join(zeilen)
    treffer = _DEUTSCH.match(text)
    if treffer is None:
        return "", {}, tuple(zeilen)
    felder: dict[str, str] = {}
    zweck: list[str] = []
    for stueck in re.split(rf"{re.escape(treffer.group(2))}(?=\d\d)", text[3:])[1:]:
        marke, inhalt = stueck[:2], stueck[2:]
        if marke in _ZWECK:
            zweck.append(inhalt)
        else:
            felder.setdefault(marke, inhalt)
    return treffer.group(1), felder, tuple(zweck)


def _amount(text: str, kommt: bool) -> Decimal:
    wert = Decimal(text.replace(",", ".")).quantize(CENT)
    return wert if kommt else -wert


def _nearest(monat_tag: str, wert: dt.date) -> dt.date:
    """Return the booking day, written without its year: the year nearest to the value date counts."""
    moegliche = []
    for jahr in (wert.year - 1, wert.year, wert.year + 1):
        try:
            moegliche.append(dt.date(jahr, int(monat_tag[:2]), int(monat_tag[2:])))
        except ValueError:
            continue  # 29 February
    return min(moegliche, key=lambda tag: abs(tag - wert))


def _account(text: str) -> str:
    """Return the own account as IBAN where the field has Bankleitzahl and number: as CAMT names it."""
    treffer = _BLZ_KONTO.match(text.strip())
    if treffer is None:
        return text.strip()
    bban = treffer.group(1) + treffer.group(2).zfill(10)
    return f"DE{98 - int(bban + '131400') % 97:02d}{bban}"
