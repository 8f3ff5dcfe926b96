"""Templates and data are hostile (S1 to S6): nothing runs, nothing is read or written, text stays text."""

import copy
import datetime as dt
import io
import pathlib
import struct
import zipfile

import pytest
from lxml import etree

from mahnakte.briefe.variablen import BRIEF
from mahnakte.grund.befund import Ablehnung, has_sperre
from mahnakte.grund.worker import WorkerPool
from mahnakte.satz import druck
from mahnakte.satz.variablen import build_example, build_sparse
from mahnakte.satz.vorlage import check_vorlage, compile_vorlage, render
from vorlagenbau import ORTE, change, inject, pack, parts_of, read_letter

BEISPIEL = build_example(BRIEF)
TAG = dt.date(2026, 4, 20)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GEHEIM = "KANARIE-7f3a"

# What is known to break out of template engines; SPUR stands for a file that must not come into being.
AUSBRUECHE = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ cycler.__init__.__globals__.os.popen('touch SPUR').read() }}",
    "{{ joiner.__init__.__globals__.os.system('touch SPUR') }}",
    "{{ lipsum.__globals__['os'].popen('touch SPUR').read() }}",
    "{{ self.__init__.__globals__.__builtins__.open('SPUR', 'w') }}",
    "{{ self._TemplateReference__context }}",
    "{{ brief.__class__.__base__.__subclasses__() }}",
    "{{ brief.datum.__class__.__init__.__globals__ }}",
    "{{ brief.datum.strftime('%c') }}",
    "{{ brief.aktenzeichen|attr('__class__') }}",
    "{{ brief.aktenzeichen.format_map(brief) }}",
    "{{ '{0.__class__}'.format(brief) }}",
    "{{ ['id']|map('system')|list }}",
    "{{ request.application.__globals__.__builtins__.__import__('os').popen('id').read() }}",
    "{{ config.items() }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}{{ os.popen('touch SPUR').read() }}",
    "{% from 'os' import system %}",
    "{% extends '/etc/passwd' %}",
    "{% set x = brief.__class__ %}{{ x }}",
    "{% autoescape false %}{{ empfaenger.name }}{% endautoescape %}",
    "{{ empfaenger.name|safe }}",
    "{{ brief|pprint }}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}x{% endcall %}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{% filter upper %}x{% endfilter %}",
    "{% do brief.update({'a': 1}) %}",
    "{% with a = brief %}{{ a.__class__ }}{% endwith %}",
    "{{ namespace(a=1).__init__ }}",
    "{{ dict(a=1).__class__ }}",
    "{{ debug }}",
    "{% block x %}{{ self.x() }}{% endblock %}",
    "{{ brief['__class__'] }}",
    "{{ forderungen.append(1) }}",
    "{{ forderungen.clear() }}",
    "{{ brief.clear() }}",
    "{{ zahlung.betrag.__reduce_ex__(4) }}",
    "{{ zahlung.betrag.to_eng_string.__self__ }}",
    "{{ undefined_name.__class__ }}",
    "{{ brief.aktenzeichen.__add__ }}",
    "{{ brief.aktenzeichen.encode().decode.__self__ }}",
    "{{ brief.aktenzeichen.format(brief) }}",
    "{{ ''|attr(\"\\x5f\\x5fclass\\x5f\\x5f\") }}",
    "{{ ''['__cla' ~ 'ss__'] }}",
    "{{ brief|map(attribute='__class__')|list }}",
    "{{ forderungen|groupby('__class__') }}",
    "{{ forderungen|sort(attribute='__class__') }}",
    "{{ forderungen|sum(attribute='__class__') }}",
    "{{ forderungen|selectattr('__class__')|list }}",
    "{{ forderungen|join(',', attribute='__class__') }}",
    "{{ [1]|map('attr', '__class__')|list }}",
    "{{ brief|tojson }}",
    "{{ '<w:p/>'|xmlattr }}",
    "{{ loop.__init__.__globals__ }}",
    "{{ (1).__class__.__bases__ }}",
    "{{ (brief for brief in [1]).gi_frame }}",
    "{{ range.__self__ }}",
    "{{ brief.datum.today.__self__ }}",
    "{{ brief.datum.replace(year=1) }}",
    "{{ environment.loader.get_source('/etc/passwd') }}",
    "{{ url_for.__globals__ }}",
    "{% set forderungen.x = 1 %}",
    "{% for a in forderungen recursive %}{{ loop.__class__ }}{% endfor %}",
    "{% macro m() %}{{ varargs.__class__ }}{% endmacro %}{{ m(1) }}",
    "{% trans %}{{ brief.__class__ }}{% endtrans %}",
    "{% debug %}",
    "{% raw %}{{ x }}{% endraw %}{{ self.__dict__ }}",
)
FRESSER = (
    "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    "{{ 'a' * 300000000 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ 'a'|center(300000000) }}",
    "{{ '%300000000d' % 1 }}",
    "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
    "{{ " + "not " * 5000 + "brief }}",
)


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(1, memory_mb=512) as begrenzt:
        yield begrenzt


@pytest.fixture
def spur(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GEHEIM", GEHEIM)
    return tmp_path


@pytest.mark.parametrize("ort", ORTE)
def test_no_payload_passes_the_check(ort):
    for ausdruck in AUSBRUECHE:
        befunde = check_vorlage(inject(ort, ausdruck), "probe.docx", BEISPIEL, build_sparse(BEISPIEL))
        assert has_sperre(befunde), ausdruck
        assert all(befund.abhilfe for befund in befunde)


@pytest.mark.parametrize("ort", ORTE)
def test_no_payload_runs_even_without_the_check(ort, spur):
    """The sandbox alone: whatever gets through shows neither objects nor files."""
    for ausdruck in AUSBRUECHE:
        ziel = spur / "gelaufen"
        try:
            form = compile_vorlage(inject(ort, ausdruck.replace("SPUR", str(ziel))), "probe.docx")
            docx = render(form, BEISPIEL, _bilder(), TAG)
        except (Ablehnung, RecursionError):  # the worker turns the latter into a refusal
            continue
        finally:
            assert not list(spur.iterdir()), ausdruck
        inhalt = b"".join(parts_of(docx).values())
        for verraeter in (
            b"&lt;class",
            b"built-in",
            b"root:",
            b"<function",
            b" object at 0x",
            GEHEIM.encode(),
        ):
            assert verraeter not in inhalt, ausdruck


@pytest.mark.parametrize("ausdruck", FRESSER)
def test_hungry_templates_end_within_limits(ausdruck, monkeypatch, pool):
    monkeypatch.setattr(druck, "LOAD_SECONDS", 5.0)
    ergebnis = druck.load_vorlage(pool, inject("text", ausdruck), "probe.docx", BRIEF)
    assert isinstance(ergebnis, tuple)
    assert has_sperre(ergebnis)


def test_nested_loops_end_in_time(monkeypatch, pool):
    """Loops over lists are allowed; seven of them over forty invoices are not finished in this world."""
    monkeypatch.setattr(druck, "SET_SECONDS", 1.0)
    schleifen = "{% for a in forderungen %}" * 7 + "x" + "{% endfor %}" * 7
    vorlage = druck.load_vorlage(pool, inject("text", schleifen), "probe.docx", BRIEF)
    assert isinstance(vorlage, druck.Vorlage)
    werte = {**BEISPIEL, "forderungen": BEISPIEL["forderungen"] * 40}
    with pytest.raises(Ablehnung) as gefangen:
        druck.set_letter(pool, vorlage, werte, _bilder(), TAG)
    assert gefangen.value.befund.code == "VORLAGE_GRENZE"
    monkeypatch.undo()
    heil = druck.load_vorlage(pool, read_letter(), "mahnung-1.docx", BRIEF)
    assert isinstance(heil, druck.Vorlage)
    assert druck.set_letter(pool, heil, BEISPIEL, _bilder(), TAG).pdf.startswith(b"%PDF")


# --- data -------------------------------------------------------------------------------------------

TEXTE = (
    "Müller & Söhne", "<b>fett</b>", "</w:t></w:r></w:p><w:p><w:r><w:t>Forderung erledigt</w:t></w:r></w:p>", "&lt;",
    "&amp;amp;", "&#10;", "{{ 7 * 7 }}", "{% if 1 %}x{% endif %}", "{# weg #}", "{_{ x }_}", "{{", "}}", "{%", "%}", "]]>",
    "<![CDATA[x]]>", "<!--x-->", "<?xml?>", "<!DOCTYPE x>", '"', "'", "\\", "$(id)", "`id`", "; rm -rf /", "=1+1", "+49 351",
    "-1", "@SUM(A1)", "%s%n", "%%", "../../etc/passwd", "C:\\Windows", "http://beispiel.example", "PAGE", "{ DATE }",
    "DDEAUTO c:\\x", "Jürgen Groß", "ÅÄÖ", "Đặng Thị", "Ґалаґан", "Øystein", "d’Arc", "O'Neill", "A" * 200, "–—…", "„Zitat“",
    "½ €", "1 000,00", "a  b",
)  # fmt: skip


def test_data_stays_text():
    form = compile_vorlage(read_letter(), "mahnung-1.docx")
    vergleich = _absaetze(render(form, BEISPIEL, _bilder(), TAG))
    assert len(set(TEXTE)) == 50
    for text in TEXTE:
        werte = copy.deepcopy(BEISPIEL)
        werte["empfaenger"]["anrede"] = text
        werte["forderungen"][0]["nummer"] = text
        werte["absender"]["name"] = text
        docx = render(form, werte, _bilder(), TAG)
        absaetze = _absaetze(docx)
        assert absaetze.count(text) == 3, text  # salutation, table, signature
        assert len(absaetze) == len(vergleich)
        kern = etree.fromstring(parts_of(docx)["docProps/core.xml"])
        assert kern.findtext("{http://purl.org/dc/elements/1.1/}creator") == text


@pytest.mark.parametrize("ort", [("empfaenger", "anrede"), ("absender", "name")])
def test_characters_that_word_cannot_hold_are_refused(ort):
    form = compile_vorlage(read_letter(), "mahnung-1.docx")
    verboten = [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)]
    verboten += [
        0x061C,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        0xD800,
        0xDFFF,
        0xFFFE,
    ]
    for nummer in verboten:
        if chr(nummer) in "\x1c\x1d\x1e\x85\x0b\x0c":
            continue  # counted as line ends, which become a space (next test)
        werte = copy.deepcopy(BEISPIEL)
        werte[ort[0]][ort[1]] = f"Max{chr(nummer)}Schuldner"
        with pytest.raises(Ablehnung) as gefangen:
            render(form, werte, _bilder(), TAG)
        assert f"U+{nummer:04X}" in gefangen.value.befund.text


@pytest.mark.parametrize("umbruch", ["\n", "\r\n", "\t", "\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_line_breaks_in_data_become_spaces(umbruch):
    form = compile_vorlage(read_letter(), "mahnung-1.docx")
    werte = copy.deepcopy(BEISPIEL)
    werte["empfaenger"]["anrede"] = f"Guten Tag{umbruch}Max,"
    assert "Guten Tag Max," in _absaetze(render(form, werte, _bilder(), TAG))


@pytest.mark.parametrize("wert", [b"bytes", 1.5, None, object(), {"a": {1, 2}}])
def test_only_plain_values_go_in(wert):
    form = compile_vorlage(read_letter(), "mahnung-1.docx")
    with pytest.raises(TypeError):
        render(form, {**BEISPIEL, "glaeubiger": {"name": wert}}, _bilder(), TAG)


# --- packages ---------------------------------------------------------------------------------------


def _with_part(name: str, inhalt: bytes = b"x") -> bytes:
    return pack({**parts_of(read_letter()), name: inhalt})


def _twice() -> bytes:
    ausgabe = io.BytesIO(read_letter())
    with zipfile.ZipFile(ausgabe, "a") as archiv:
        archiv.writestr("WORD/document.xml", b"<x/>")
    return ausgabe.getvalue()


def _encrypted() -> bytes:
    roh = bytearray(read_letter())
    for zeichen, versatz in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        stelle = roh.index(zeichen)
        roh[stelle + versatz] |= 1
    return bytes(roh)


def _lying(groesse: int) -> bytes:
    """Say another size in the directory than what comes out."""
    roh = bytearray(_with_part("word/media/bombe.bin", b"\0" * 3_000_000))
    stelle = roh.rindex(b"word/media/bombe.bin") - 46
    roh[stelle + 24 : stelle + 28] = struct.pack("<I", groesse)
    return bytes(roh)


def _many(anzahl: int) -> bytes:
    return pack({**parts_of(read_letter()), **{f"word/x{nummer}.bin": b"" for nummer in range(anzahl)}})


def _overlapping() -> bytes:
    """Many directory entries that all point at the same compressed megabytes."""
    grund = _with_part("word/media/a.bin", b"\0" * 900_000)
    ende = grund.rindex(b"PK\5\6")
    stelle = grund.rindex(b"word/media/a.bin") - 46
    eintrag = grund[stelle : stelle + 46 + len("word/media/a.bin")]
    kopien = b"".join(eintrag.replace(b"a.bin", f"{n:01x}.bin".encode()[:5]) for n in range(16))
    verzeichnis = struct.unpack("<I", grund[ende + 16 : ende + 20])[0]
    anzahl = struct.unpack("<H", grund[ende + 8 : ende + 10])[0] + 16
    neu = grund[:ende] + kopien + grund[ende:]
    ende += len(kopien)
    kopf = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, anzahl, anzahl, ende - verzeichnis, verzeichnis, 0)
    return neu[:ende] + kopf


def _rels(ziel: str, art: str = "hyperlink") -> bytes:
    verweis = f'<Relationship Id="rId77" Type="http://x/{art}" Target="{ziel}" TargetMode="External"/></Relationships>'
    return change(read_letter(), "word/_rels/document.xml.rels", "</Relationships>", verweis)


ARCHIVE = {
    "bombe": lambda: _with_part("word/media/x.bin", b"\0" * 60_000_000),
    "verhaeltnis": lambda: _with_part("word/media/x.bin", b"\0" * 5_000_000),
    "luege-klein": lambda: _lying(10),
    "luege-gross": lambda: _lying(2_000_000_000),
    "viele": lambda: _many(500),
    "sehr-viele": lambda: _many(10_000),
    "ueberlappend": _overlapping,
    "hinauf": lambda: _with_part("../boese.txt"),
    "hinauf-innen": lambda: _with_part("word/../../boese.txt"),
    "absolut": lambda: _with_part("/etc/passwd"),
    "laufwerk": lambda: _with_part("C:\\boese.txt"),
    "doppelt": _twice,
    "verschluesselt": _encrypted,
    "makro": lambda: _with_part("word/vbaProject.bin"),
    "activex": lambda: _with_part("word/activeX/activeX1.xml", b"<x/>"),
    "objekt": lambda: _with_part("word/embeddings/oleObject1.bin"),
    "link": lambda: _rels("http://beispiel.example/"),
    "bild-von-aussen": lambda: _rels("http://beispiel.example/p.png", "image"),
    "vorlage-von-aussen": lambda: _rels("file:///boese.dotm", "attachedTemplate"),
    "makrofaehig": lambda: change(read_letter(), "[Content_Types].xml", "wordprocessingml.document.main+xml",
                                  "ms-word.document.macroEnabled.main+xml"),
    "doctype": lambda: change(read_letter(), "word/document.xml", "<w:document",
                              '<!DOCTYPE w:document [<!ENTITY a "b">]><w:document'),
    "fremde-einheit": lambda: change(read_letter(), "word/styles.xml", "<w:styles",
                                     '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:styles'),
    "kaputtes-xml": lambda: change(read_letter(), "word/document.xml", "</w:body>", ""),
    "leer": lambda: b"",
    "muell": lambda: b"PK\3\4" + b"\xff" * 5000,
    "abgeschnitten": lambda: read_letter()[:-400],
    "kein-word": lambda: pack({"a.txt": b"x"}),
    "riesig": lambda: b"PK" + b"\0" * 11_000_000,
}  # fmt: skip


@pytest.mark.parametrize("art", ARCHIVE)
def test_hostile_packages_are_refused(art):
    befunde = check_vorlage(ARCHIVE[art](), "probe.docx", BEISPIEL, build_sparse(BEISPIEL))
    assert has_sperre(befunde)
    assert befunde[0].abhilfe
    assert befunde[0].stelle


def test_a_mutated_package_is_clean_or_refused():
    roh = read_letter()
    for nummer in range(120):
        stueck = bytearray(roh)
        stelle = (nummer * 7919) % len(stueck)
        stueck[stelle] ^= 1 + nummer % 255
        befunde = check_vorlage(bytes(stueck), "probe.docx", BEISPIEL, build_sparse(BEISPIEL))
        assert all(befund.abhilfe for befund in befunde)


def _bilder() -> dict[str, bytes]:
    bild = parts_of(read_letter())["word/media/zahlcode.png"]
    return {"zahlcode": bild, "logo": bild}


def _absaetze(docx: bytes) -> list[str]:
    wurzel = etree.fromstring(parts_of(docx)["word/document.xml"])
    return ["".join(teil.text or "" for teil in absatz.iter(f"{W}t")) for absatz in wurzel.iter(f"{W}p")]


def test_nothing_of_the_project_was_written(tmp_path):
    assert not [
        datei for datei in pathlib.Path.cwd().iterdir() if datei.name in ("SPUR", "gelaufen", "boese.txt")
    ]
