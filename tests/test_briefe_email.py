"""The draft e-mail: read back by the standard library, neutral, complete, the same every time."""

import dataclasses
import datetime as dt
import email
import email.policy
import re

import pytest

from fallbau import build_fall
from mahnakte.briefe.begleitmail import write_begleitmail
from mahnakte.fall.vorgangsdaten.brief import Briefdaten
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.beilagen import Beilagen
from mahnakte.werk.laden import Lage

TAG = dt.date(2026, 4, 20)
FALL = build_fall()
ABSENDER = FALL.einstellungen.absender
MAX = dataclasses.replace(FALL.schuldner[0], email="max@schuldner.example")
BRIEF, BOGEN = b"%PDF-1.7 Brief", b"%PDF-1.7 Bogen"


def write(
    absender=ABSENDER, empfaenger=(MAX,), aktenzeichen="2026-0042", brief=BRIEF, bogen=BOGEN
) -> bytes | None:
    return write_begleitmail(absender, empfaenger, aktenzeichen, TAG, brief, bogen)


def parse(eml: bytes):
    return email.message_from_bytes(eml, policy=email.policy.default)


def refused(**angaben) -> str:
    with pytest.raises(Ablehnung) as gefangen:
        write(**angaben)
    assert gefangen.value.befund.abhilfe
    return gefangen.value.befund.code


def test_it_opens_as_a_draft_from_sender_to_debtor() -> None:
    mail = parse(write())
    assert mail["X-Unsent"] == "1"
    assert mail["From"] == "Möbelhaus Übersee GmbH <forderung@moebelhaus.example>"
    assert mail["To"] == "Max Schuldner <max@schuldner.example>"
    assert mail["Date"].datetime.date() == TAG
    assert mail["MIME-Version"] == "1.0"
    assert not mail.defects


def test_letter_and_form_are_attached_byte_for_byte() -> None:
    anlagen = list(parse(write()).iter_attachments())
    assert [(a.get_content_type(), a.get_filename(), a.get_content()) for a in anlagen] == [
        ("application/pdf", "Schreiben_2026-0042_2026-04-20.pdf", BRIEF),
        ("application/pdf", "Antwortbogen_2026-0042_2026-04-20.pdf", BOGEN),
    ]


def test_without_form_the_text_does_not_promise_one() -> None:
    mail = parse(write(bogen=None))
    assert len(list(mail.iter_attachments())) == 1
    assert "Antwortbogen" not in mail.get_body().get_content()


def test_subject_text_and_names_are_neutral() -> None:
    """No sum, no invoice, no word of dunning where many eyes may see it (recht.md, 15: Letters)."""
    mail = parse(write())
    text = mail.get_body().get_content()
    alles = " ".join((mail["Subject"], text, *(a.get_filename() for a in mail.iter_attachments())))
    assert mail["Subject"] == "Unser Schreiben vom 20.04.2026, Aktenzeichen 2026-0042"
    assert not re.search(
        r"\d,\d\d|€|EUR|RE-2026|mahn|forderung\b|schuld\b|rechnung|inkasso|gericht|zahl", alles, re.IGNORECASE
    )
    assert not re.search(r"zufrieden|bewert|umfrage", alles, re.IGNORECASE)


def test_business_details_and_a_way_to_answer_stand_in_it() -> None:
    text = parse(write()).get_body().get_content()
    for wort in ("Sehr geehrter Herr Schuldner,", "Möbelhaus Übersee GmbH", "Industriestr. 7, 01067 Dresden", "0351 1234560",
                 "Sitz Dresden, AG Dresden HRB 12345, Geschäftsführerin Erika Muster"):  # fmt: skip
        assert wort in text
    inkasso = dataclasses.replace(ABSENDER, rolle="inkasso", aufsicht="Bundesamt für Justiz")
    assert "Bundesamt für Justiz" in parse(write(inkasso)).get_body().get_content()


def test_same_letter_same_bytes_other_letter_other_number() -> None:
    assert write() == write()
    nummern = {parse(write(brief=brief))["Message-ID"] for brief in (BRIEF, BRIEF + b"2")}
    assert len(nummern) == 2
    assert all(re.fullmatch(r"<[0-9a-f]{32}@moebelhaus\.example>", nummer) for nummer in nummern)


def test_the_bytes_are_plain_ascii_with_crlf() -> None:
    eml = write()
    assert eml.isascii()
    assert b"\n" not in eml.replace(b"\r\n", b"")
    assert max(len(zeile) for zeile in eml.split(b"\r\n")) <= 78


def test_two_at_one_address_get_one_draft() -> None:
    erika = dataclasses.replace(
        MAX, anrede="Frau", vorname="Erika", kennung="erika", email="erika@schuldner.example"
    )
    mail = parse(write(empfaenger=(MAX, erika)))
    assert [a.addr_spec for a in mail["To"].addresses] == ["max@schuldner.example", "erika@schuldner.example"]
    assert "Sehr geehrter Herr Schuldner, sehr geehrte Frau Schuldner," in mail.get_body().get_content()


def test_without_address_there_is_no_draft() -> None:
    assert write(empfaenger=FALL.schuldner) is None


def test_umlaut_domains_travel_in_their_ascii_form() -> None:
    mail = parse(write(empfaenger=(dataclasses.replace(MAX, email="max@müller.example"),)))
    assert mail["To"].addresses[0].addr_spec == "max@xn--mller-kva.example"


@pytest.mark.parametrize("adresse", ["müller@schuldner.example", "a@..example", "a@" + "x" * 70 + ".example"])
def test_addresses_that_no_mail_can_carry_are_refused(adresse) -> None:
    assert refused(empfaenger=(dataclasses.replace(MAX, email=adresse),)) == "EMAIL_ADRESSE"


def test_a_sender_without_address_is_told() -> None:
    assert refused(absender=dataclasses.replace(ABSENDER, email=None)) == "EMAIL_ABSENDER_FEHLT"


@pytest.mark.parametrize(
    "name", ["Max\nBcc: boese@example.org", "Max\r\nX: y", 'Max "Der" <a@b.example>', "Max\u202etxt", "="]
)
def test_names_cannot_break_out_of_their_header(name) -> None:
    mail = parse(write(empfaenger=(dataclasses.replace(MAX, vorname=None, name=name),)))
    assert mail["Bcc"] is None
    assert mail["X"] is None
    assert [a.addr_spec for a in mail["To"].addresses] == ["max@schuldner.example"]


def test_what_is_no_pdf_is_not_attached() -> None:
    with pytest.raises(ValueError, match="kein PDF"):
        write(brief=b"MZ")


# --- as a document of the step ----------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Brief:
    """What Beilagen needs of a letter's draft."""

    stamm: str = "2026-04-20_mahnung-1"
    antwortbogen: bool = True
    datum: dt.date = TAG
    daten: Briefdaten = dataclasses.field(default_factory=lambda: Briefdaten(empfaenger=("max",)))


@pytest.mark.parametrize(
    ("versand", "adresse", "namen"),
    [
        ("email: ja", "max@schuldner.example", ["2026-04-20_mahnung-1.eml"]),
        ("email: ja", None, []),
        ("email: nein", "max@schuldner.example", []),
    ],
)
def test_the_policy_decides(versand, adresse, namen) -> None:
    fall = build_fall(mahnakte=f"versand:\n  antwortbogen: nein\n  {versand}\n")
    fall = dataclasses.replace(fall, schuldner=(dataclasses.replace(MAX, email=adresse),))
    with WorkerPool(1) as pool:
        beilage = Beilagen(Lage(TAG, pool)).enclose(fall, Brief(), BRIEF)
    assert list(beilage.dokumente) == namen
    assert beilage.befunde == ()


def test_a_draft_that_cannot_be_written_does_not_stop_the_letter() -> None:
    fall = build_fall(mahnakte="versand:\n  antwortbogen: nein\n  email: ja\n")
    fall = dataclasses.replace(fall, schuldner=(dataclasses.replace(MAX, email="müller@schuldner.example"),))
    with WorkerPool(1) as pool:
        beilage = Beilagen(Lage(TAG, pool)).enclose(fall, Brief(), BRIEF)
    assert not beilage.dokumente
    assert [(b.code, b.schwere) for b in beilage.befunde] == [("EMAIL_ADRESSE", "warnung")]
