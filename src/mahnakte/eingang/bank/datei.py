"""Which kind of bank file it is, and its statements: XML, a ZIP of XML files as EBICS packs them, MT940 or CSV."""

import dataclasses
import io
import zipfile

from mahnakte.eingang.bank.buchung import Auszug, check_salden, refuse_datei
from mahnakte.eingang.bank.camt import read_camt
from mahnakte.eingang.bank.mt940 import looks_like_mt940, read_mt940
from mahnakte.eingang.bank.tabelle import read_tabelle
from mahnakte.fall.rechnung.xmlkopf import trim_kopf
from mahnakte.grund.befund import Ablehnung, Stelle
from mahnakte.grund.zip_faults import ZIP_FAULTS

MAX_BYTES = 50_000_000  # unpacked; 20,000 bookings in CAMT are half of it
_MAX_DATEIEN = 1_000
_KOPF = 4_000


@dataclasses.dataclass(frozen=True, slots=True)
class Bankdatei:
    """A bank file as read: its format in words, and its statements, each of which adds up."""

    form: str
    auszuege: tuple[Auszug, ...]


def read_bankdatei(inhalt: bytes, datei: str) -> Bankdatei:
    """Return the statements of a bank file; all or nothing. Raises Ablehnung, which says what the file is instead.

    Hostile files may take long or much memory, so it is called in the bounded worker.
    """
    if len(inhalt) > MAX_BYTES:
        raise refuse_datei(f"Die Datei ist größer als {MAX_BYTES // 1_000_000} MB.", Stelle(datei))
    gelesen = _read_any(inhalt, datei)
    for auszug in gelesen.auszuege:
        check_salden(auszug, Stelle(datei))
    return gelesen


def _read_any(inhalt: bytes, datei: str) -> Bankdatei:
    if inhalt.startswith(b"PK"):
        return Bankdatei("CAMT (ZIP)", _read_zip(inhalt, datei))
    if not inhalt.strip():
        raise refuse_datei("Die Datei ist leer.", Stelle(datei))
    if trim_kopf(inhalt[:_KOPF]).inhalt.startswith(b"<"):
        return Bankdatei("CAMT", read_camt(inhalt, datei))
    if b"\0" in inhalt or inhalt.startswith(b"%PDF"):
        raise refuse_datei(
            "Das ist keine Textdatei einer Bank.", Stelle(datei),
            "Den Auszug als CAMT.053 abrufen; ein PDF oder eine Excel-Datei wird nicht gelesen.",
        )  # fmt: skip
    if looks_like_mt940(inhalt.decode("latin-1")):
        return Bankdatei("MT940", read_mt940(inhalt, datei))
    return Bankdatei("CSV", read_tabelle(inhalt, datei))


def _read_zip(inhalt: bytes, datei: str) -> tuple[Auszug, ...]:
    """Return the statements of all XML files of an archive; other files in it are refused: nothing is passed over."""
    auszuege: list[Auszug] = []
    rest = MAX_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
            eintraege = [eintrag for eintrag in archiv.infolist() if not eintrag.is_dir()]
            _check_names(eintraege, datei)
            for eintrag in sorted(eintraege, key=lambda e: e.filename):
                with archiv.open(eintrag) as strom:
                    xml = strom.read(rest + 1)
                rest -= len(xml)
                if rest < 0:
                    raise refuse_datei(
                        f"Das Archiv enthält ausgepackt mehr als {MAX_BYTES // 1_000_000} MB.", Stelle(datei)
                    )
                auszuege += read_camt(xml, f"{datei} ({eintrag.filename[:60]})")
    except Ablehnung:
        raise
    except ZIP_FAULTS:
        raise refuse_datei("Das ZIP-Archiv ist beschädigt oder verschlüsselt.", Stelle(datei)) from None
    return tuple(auszuege)


def _check_names(eintraege: list[zipfile.ZipInfo], datei: str) -> None:
    if len(eintraege) > _MAX_DATEIEN:
        raise refuse_datei(f"Das Archiv enthält mehr als {_MAX_DATEIEN} Dateien.", Stelle(datei))
    if not eintraege or any(not eintrag.filename.lower().endswith(".xml") for eintrag in eintraege):
        raise refuse_datei(
            "Das ist ein ZIP-Archiv, aber keines mit Kontoauszügen (CAMT als XML).", Stelle(datei),
            "Den Auszug als CAMT.053 abrufen; eine Excel-Datei wird nicht gelesen.",
        )  # fmt: skip
