"""What nobody has read is refused by name, and only from its day on."""

import datetime as dt

import pytest

from mahnakte.grund.befund import Ablehnung
from mahnakte.recht.ungeprueft import check_geprueft, read_ungeprueft


@pytest.mark.parametrize(
    ("thema", "noch", "nicht_mehr", "wort"),
    [
        ("auskunftei", "2026-11-19", "2026-11-20", "§ 37a BDSG"),
        ("verbraucherkredit", "2026-11-19", "2026-11-20", "BGBl. 2026 I Nr. 139"),
        ("entgeltliche_stundung", "2001-12-31", "2026-01-01", "EuGH C-127/15"),
    ],
)
def test_abgelehnt_ab_seinem_tag(thema: str, noch: str, nicht_mehr: str, wort: str) -> None:
    check_geprueft(thema, dt.date.fromisoformat(noch))
    with pytest.raises(Ablehnung) as gefangen:
        check_geprueft(thema, dt.date.fromisoformat(nicht_mehr))
    assert gefangen.value.befund.code == "RECHT_NICHT_GEPRUEFT"
    assert wort in gefangen.value.befund.text
    assert gefangen.value.befund.abhilfe


def test_jedes_thema_nennt_grund_und_ausweg() -> None:
    assert {"auskunftei", "verbraucherkredit", "wechsel_scheck", "auslandsschuldner"} <= set(
        read_ungeprueft()
    )
    assert all(thema.grund and thema.abhilfe for thema in read_ungeprueft().values())
