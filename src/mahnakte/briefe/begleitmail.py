"""The e-mail that a letter may travel with: a draft to open, look at and send; nothing is sent here.

Neutral by design: no sum, no invoice and no word of what it is about in subject, text or file names, because many
eyes may see an e-mail. Business details stand in it as on a letter (§ 35a GmbHG, § 37a HGB). Pure and
deterministic: the same letter gives the same bytes.
"""

import datetime as dt
import email.policy
import re
from collections.abc import Mapping, Sequence
from email.headerregistry import Address
from email.message import EmailMessage

from mahnakte.briefe.anschrift import write_anrede
from mahnakte.fall.einstellungen import Absender
from mahnakte.fall.partei import Schuldner
from mahnakte.fall.vorgang import sha256
from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import strip_unsafe

ENDUNG = ".eml"

# Noon in London is the same calendar day everywhere in Europe.
_UHRZEIT = dt.time(12, tzinfo=dt.UTC)
_POLICY = email.policy.SMTP.clone(max_line_length=78)


def write_begleitmail(
    absender: Absender,
    empfaenger: Sequence[Schuldner],
    aktenzeichen: str,
    datum: dt.date,
    brief: bytes,
    antwortbogen: bytes | None = None,
    hilfen: Mapping[str, bytes] | None = None,
) -> bytes | None:
    """Return the draft as .eml, or None when none of the addressees has an e-mail address.

    `brief`, `antwortbogen` and `hilfen` (its facts by language) are the finished PDFs. Opens as a draft in
    Outlook (X-Unsent) and Thunderbird.
    Raises Ablehnung when an address cannot stand in an e-mail, or the sender has none.
    """
    an = [_address(einer.voller_name, einer.email) for einer in empfaenger if einer.email]
    if not an:
        return None
    if absender.email is None:
        raise Ablehnung(
            sperre("EMAIL_ABSENDER_FEHLT", "Für E-Mail-Entwürfe fehlt die Adresse des Absenders.",
                   "In mahnakte.yaml bei absender „email:“ ergänzen oder „versand: email: nein“ setzen.",
                   absender.stelle)
        )  # fmt: skip
    von = _address(absender.name, absender.email)
    nachricht = EmailMessage(policy=_POLICY)
    nachricht["From"] = von
    nachricht["To"] = an
    nachricht["Subject"] = f"Unser Schreiben vom {format_datum(datum)}, Aktenzeichen {aktenzeichen}"
    nachricht["Date"] = dt.datetime.combine(datum, _UHRZEIT)
    hilfen = hilfen or {}
    kennung = sha256(
        b"\0".join(
            (
                aktenzeichen.encode(),
                *(str(a).encode() for a in an),
                brief,
                antwortbogen or b"",
                *hilfen.values(),
            )
        )
    )
    nachricht["Message-ID"] = f"<{kennung[:32]}@{von.domain}>"
    nachricht["X-Unsent"] = "1"
    nachricht.set_content(
        _text(absender, empfaenger, aktenzeichen, datum, antwortbogen), cte="quoted-printable"
    )
    anlagen = [("Schreiben", brief), ("Antwortbogen", antwortbogen)]
    anlagen += [(f"Verstaendnishilfe_{sprache}", hilfe) for sprache, hilfe in hilfen.items()]
    for name, pdf in anlagen:
        if pdf is not None:
            _attach(nachricht, pdf, f"{name}_{aktenzeichen}_{datum.isoformat()}.pdf")
    nachricht.set_boundary(f"=_{kennung[32:]}")
    return nachricht.as_bytes()


def _address(name: str, adresse: str) -> Address:
    """Return name and address for a header; the domain in its ASCII form (IDNA)."""
    lokal, _, domaene = adresse.rpartition("@")
    try:
        return Address(_one_line(name), lokal.encode("ascii").decode(), domaene.encode("idna").decode())
    except (ValueError, UnicodeError):
        raise Ablehnung(
            sperre("EMAIL_ADRESSE", f"An „{_one_line(adresse)}“ lässt sich keine E-Mail richten.",
                   "Die Adresse prüfen: vor dem @ nur Buchstaben ohne Umlaute, Ziffern, Punkt, - und _.")
        ) from None  # fmt: skip


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", strip_unsafe(text)).strip()


def _text(
    absender: Absender,
    empfaenger: Sequence[Schuldner],
    aktenzeichen: str,
    datum: dt.date,
    antwortbogen: bytes | None,
) -> str:
    bogen = (
        "\n\nMit dem beigefügten Antwortbogen können Sie uns einfach antworten: am Bildschirm ausfüllen, speichern "
        "und an uns zurücksenden."
        if antwortbogen
        else ""
    )
    telefon = f" oder rufen Sie uns an: {absender.telefon}" if absender.telefon else ""
    return (
        f"{write_anrede(empfaenger)}\n\n"
        f"im Anhang finden Sie unser Schreiben vom {format_datum(datum)} als PDF.{bogen}\n\n"
        f"Haben Sie Fragen? Antworten Sie auf diese E-Mail{telefon}. "
        f"Bitte nennen Sie dabei unser Aktenzeichen {aktenzeichen}.\n\n"
        f"Mit freundlichen Grüßen\n{absender.name}\n\n-- \n{_business_details(absender)}\n"
    )


def _business_details(absender: Absender) -> str:
    """Who writes, as on a letter: name, address, ways to answer, register, authority."""
    zeilen = (
        absender.name,
        f"{absender.strasse}, {absender.plz} {absender.ort}",
        f"Telefon {absender.telefon}" if absender.telefon else None,
        absender.internet,
        absender.pflichtangaben,
        absender.aufsicht,
    )
    return "\n".join(_one_line(zeile) for zeile in zeilen if zeile)


def _attach(nachricht: EmailMessage, pdf: bytes, name: str) -> None:
    if not pdf.startswith(b"%PDF"):
        raise ValueError(f"{name} ist kein PDF")
    nachricht.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
