"""The proposed cost of collecting: the lawful sum to the cent, and silence wherever the debtor owes none.

Fees by hand from annex 2 RVG from 01.06.2025: up to 1.000 € 93,00; Nr. 7002: 20 %, at most 20,00; Nr. 7008: 19 %.
"""

import dataclasses
import datetime as dt
import pathlib
import re
import shlex
import shutil
from decimal import Decimal

import pytest
from click.testing import CliRunner

from fallbau import build_fall
from mahnakte.ablauf.kostenvorschlag import propose_kosten
from mahnakte.cli.haupt import mahnakte_cli
from mahnakte.fall.fall import Fall
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.sachstand import Sachstand

TAG = dt.date(2026, 11, 30)
D05 = pathlib.Path(__file__).resolve().parents[2] / "shared" / "maengel" / "gericht"
AUFTRAG = "antrag: {beauftragt_am: 05.04.2026}\n"
VERZUG = "ereignisse:\n  - {am: 01.04.2026, art: zahlung_verweigert}\n"
BESTRITTEN = "  - {am: 10.04.2026, art: bestritten, grund: Die Ware war mangelhaft}\n"
INKASSO = "kosten:\n  - {am: 05.04.2026, art: inkasso, betrag: '10,00'}\n"
ABTRETUNG = "abtretung: {name: Altgläubiger GmbH, strasse: Weg 1, plz: 01067, ort: Dresden, am: 01.03.2026}\n"


def bau(zusatz: str, betrag: str = "1000.00", rolle: str = "inkasso", vorsteuer: bool | None = True) -> Fall:
    """Return the case over one invoice of that sum, in default since 02.04.2026, with a sender of that role."""
    fall = build_fall(zusatz)
    (forderung,) = fall.forderungen
    absender = dataclasses.replace(fall.einstellungen.absender, rolle=rolle, name="Nordfuchs GmbH")
    return dataclasses.replace(
        fall,
        forderungen=(dataclasses.replace(forderung, betrag=Decimal(betrag)),),
        glaeubiger=dataclasses.replace(fall.glaeubiger, vorsteuerabzug=vorsteuer),
        einstellungen=dataclasses.replace(fall.einstellungen, absender=absender),
    )


def propose(fall: Fall, tag: dt.date = TAG) -> list[str]:
    sachstand = Sachstand(fall, tag)
    return [f"{b.text} {b.abhilfe}" for b in propose_kosten(sachstand, compute_konto(sachstand))]


@pytest.mark.parametrize(
    ("zusatz", "betrag", "rolle", "vorsteuer", "befehl"),
    [
        (
            VERZUG,
            "1000.00",
            "inkasso",
            True,
            '--art inkasso --betrag "55,80" --umsatzsteuer nein',
        ),  # 46,50 + 9,30
        (VERZUG, "1000.00", "anwalt", None, '--art rvg-2300 --betrag "55,80" --umsatzsteuer nein'),
        (VERZUG, "1000.00", "inkasso", False, '--betrag "66,40" --umsatzsteuer ja'),  # + 19 % = 10,60
        (VERZUG + BESTRITTEN, "1000.00", "inkasso", True, '--betrag "140,90"'),  # 120,90 + 20,00
        (VERZUG, "45.00", "inkasso", True, '--betrag "18,90"'),  # § 13 (2): 31,50 / 2 = 15,75; + 3,15
    ],
)
def test_the_lawful_sum_is_proposed_with_its_command(
    zusatz: str, betrag: str, rolle: str, vorsteuer: bool | None, befehl: str
) -> None:
    (vorschlag,) = propose(bau(zusatz + AUFTRAG, betrag, rolle, vorsteuer))
    assert befehl in vorschlag


@pytest.mark.parametrize(
    ("zusatz", "rolle"),
    [
        (VERZUG + AUFTRAG, "glaeubiger"),  # who collects himself
        (VERZUG, "inkasso"),  # no day of the mandate
        (VERZUG + AUFTRAG + INKASSO, "inkasso"),  # a person has entered it
        (VERZUG + AUFTRAG + ABTRETUNG, "inkasso"),
        (VERZUG + AUFTRAG.replace("05.04.2026", "01.03.2026"), "inkasso"),  # instructed before default
        (VERZUG + AUFTRAG.replace("05.04.2026", "01.12.2026"), "inkasso"),  # after the Stichtag
        (
            VERZUG + AUFTRAG + "zahlungen:\n  - {am: 03.04.2026, betrag: '1.100,00'}\n",
            "inkasso",
        ),  # paid before
    ],
)
def test_nothing_is_proposed_where_the_debtor_owes_none(zusatz: str, rolle: str) -> None:
    assert propose(bau(zusatz, rolle=rolle)) == []


def test_nobody_pays_himself_for_collecting_his_own_claim() -> None:
    fall = bau(VERZUG + AUFTRAG)
    eigen = dataclasses.replace(fall.glaeubiger, name="Nordfuchs GmbH")
    assert propose(dataclasses.replace(fall, glaeubiger=eigen)) == []


@pytest.mark.skipif(not D05.is_dir(), reason="../shared/maengel/gericht liegt nicht daneben")
def test_the_command_enters_what_pruefen_proposes_and_only_then_the_account_holds_it(
    tmp_path: pathlib.Path,
) -> None:
    kopie = shutil.copytree(D05 / "D05-inkasso-900", tmp_path / "bestand")
    datei = kopie / "I12" / "fall.yaml"
    text = re.sub(r"^kosten:\n(?:  .*\n)+", "", datei.read_text("utf-8"), flags=re.MULTILINE)
    datei.write_text(text, "utf-8")

    def ruf(*worte: str) -> str:
        return CliRunner().invoke(mahnakte_cli, [*worte, "--stichtag", "2026-11-30"]).output

    fall = str(kopie / "I12")
    assert "1.047,77" in ruf("konto", fall)
    befehl = re.search(r"mahnakte (erfassen FALL kosten .*)", ruf("pruefen", fall))
    assert befehl
    ruf(*shlex.split(befehl[1].replace("FALL", shlex.quote(fall))))
    assert "1.103,57" in ruf("konto", fall)  # 1.047,77 + 55,80
    danach = ruf("pruefen", fall)
    assert "KOSTEN_VORSCHLAG" not in danach
    assert "INKASSOKOSTEN_UEBER_GRENZE" not in danach
