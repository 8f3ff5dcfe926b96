"""How a seal leaves the house: a printed sheet, and an e-mail to oneself that carries the file."""

import datetime as dt
import email.policy
from email.message import EmailMessage
from typing import Any

from mahnakte.antrag.angabenblatt import Abschnitt, blatt_werte
from mahnakte.fall.einstellungen import Absender
from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.werk.siegel import Siegel, write_siegel

_HINWEIS = (
    "Dieses Blatt außerhalb der Datenablage aufbewahren. Die Prüfsumme steht auch in der Siegeldatei; „mahnakte "
    "pruefen ORDNER --siegel DATEI“ vergleicht sie mit den Fällen."
)
_GRUPPE = 8  # characters of a hash that a person can compare at a glance
# Noon in London is the same calendar day everywhere in Europe.
_UHRZEIT = dt.time(12, tzinfo=dt.UTC)
_POLICY = email.policy.SMTP.clone(max_line_length=78)


def siegelblatt_werte(siegel: Siegel) -> dict[str, Any]:
    """Return the values of the sheet: the sum over all cases, and how many there are in each Bestand."""
    bestaende = {fall.bestand: 0 for fall in siegel.faelle}
    for fall in siegel.faelle:
        bestaende[fall.bestand] += 1
    return blatt_werte(
        f"Siegel vom {format_datum(siegel.am)}",
        f"{len(siegel.faelle)} Fälle mit Vorgängen",
        _HINWEIS,
        [
            Abschnitt(
                "Prüfsumme (SHA-256)", tuple((f"Zeile {nr}", teil) for nr, teil in _split(siegel.pruefsumme))
            ),
            Abschnitt("Bestände", tuple((name, f"{zahl} Fälle") for name, zahl in sorted(bestaende.items()))),
            Abschnitt("Verwahrt von", (("Datum, Name", "_" * 40), ("Unterschrift", "_" * 40))),
        ],
    )


def _split(pruefsumme: str) -> list[tuple[int, str]]:
    gruppen = [pruefsumme[von : von + _GRUPPE] for von in range(0, len(pruefsumme), _GRUPPE)]
    return [(nr // 4 + 1, " ".join(gruppen[nr : nr + 4])) for nr in range(0, len(gruppen), 4)]


def write_siegelmail(siegel: Siegel, absender: Absender) -> bytes:
    """Return a draft (.eml) from the sender to himself, without a name from a case in its text.

    Raises Ablehnung where mahnakte.yaml has no e-mail address of the sender.
    """
    if absender.email is None:
        raise Ablehnung(
            sperre("SIEGEL_OHNE_EMAIL", "Für die E-Mail an sich selbst fehlt die Adresse des Absenders.",
                   "In mahnakte.yaml bei absender „email:“ ergänzen oder --eml weglassen.", absender.stelle)
        )  # fmt: skip
    nachricht = EmailMessage(policy=_POLICY)
    nachricht["From"] = nachricht["To"] = absender.email
    nachricht["Subject"] = f"Siegel vom {format_datum(siegel.am)}: {len(siegel.faelle)} Fälle"
    nachricht["Date"] = dt.datetime.combine(siegel.am, _UHRZEIT)
    nachricht["Message-ID"] = f"<{siegel.pruefsumme[:32]}@mahnakte.invalid>"
    nachricht["X-Unsent"] = "1"
    nachricht.set_content(
        f"Prüfsumme (SHA-256):\n{siegel.pruefsumme}\n\n{_HINWEIS}\n", cte="quoted-printable"
    )
    name = f"siegel-{siegel.am.isoformat()}.json"
    nachricht.add_attachment(write_siegel(siegel), maintype="application", subtype="json", filename=name)
    nachricht.set_boundary(f"=_{siegel.pruefsumme[32:]}")
    return nachricht.as_bytes()
