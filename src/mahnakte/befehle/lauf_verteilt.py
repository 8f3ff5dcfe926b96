"""`mahnakte lauf --dask URL`: the run in shares on the machines of a Dask cluster; each publishes what it writes.

A worker gets paths and options, runs `mahnakte lauf --anteil K/N` as a program of its own and gives back its JSON. A
share that is run twice, because a worker died or was thought dead, writes nothing twice: a step is published once.
"""

import hashlib
import importlib
import ipaddress
import json
import os
import pathlib
import subprocess
import sys
import urllib.parse
from collections.abc import Mapping, Sequence
from typing import Any

import mahnakte
from mahnakte.ablage.programmstand import hash_program
from mahnakte.grund.befund import Befund, Schwere, Stelle, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, Ergebnis, NichtBegonnen
from mahnakte.werk.laden import Lage, find_ordner
from mahnakte.werk.vorschau import count_faelle

_JE_TEIL = (
    100  # cases: small enough that a lost share costs little, large enough for one start of the program
)
_ZAHLEN = ("faelle", "briefe", "ausgelassen", "abgelehnt")
_WARTEN = 30  # seconds until the first machine must have answered


def run_verteilt(pfade: Sequence[pathlib.Path], lage: Lage, url: str, optionen: Sequence[str]) -> Ergebnis:
    """Write what is due, on the machines of a cluster; `optionen` are those of `mahnakte lauf` to pass on.

    Raises NichtBegonnen where the address is not allowed, nobody answers, or a machine has another program, other law
    or other files: then nothing is written anywhere.
    """
    check_url(url)
    client = _connect(url)
    try:
        gefundene, befunde = find_ordner(pfade, lage)
        absolute = [str(pfad.absolute()) for pfad in pfade]
        _check_machines(client, absolute)
        teile = max(len(client.scheduler_info()["workers"]), -(-len(gefundene) // _JE_TEIL))
        aufrufe = [
            (*absolute, *optionen, "--anteil", f"{nr}/{teile}", "--json") for nr in range(1, teile + 1)
        ]
        antworten = client.map(run_share, aufrufe, pure=False, retries=2)
        ergebnisse = client.gather(antworten, errors="skip")
        return _join(ergebnisse, befunde, teile, lage)
    finally:
        client.close()


def check_url(url: str) -> None:
    """Refuse an unencrypted connection to anywhere but this machine: paths and findings would be read on the way."""
    teile = urllib.parse.urlsplit(url)
    if teile.scheme == "tls" or (teile.scheme == "tcp" and _is_loopback(teile.hostname or "")):
        return
    raise NichtBegonnen(
        [
            sperre("DASK_ADRESSE", f"Mit „{json_safe(url)}“ wird nicht gearbeitet.",
                   "tls://RECHNER:PORT angeben; tcp:// nur zu 127.0.0.1.")
        ]
    )  # fmt: skip


def _is_loopback(rechner: str) -> bool:
    try:
        return ipaddress.ip_address(rechner).is_loopback
    except ValueError:
        return rechner == "localhost"


def _connect(url: str) -> Any:
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        befund = sperre(
            "DASK_FEHLT", "Für --dask fehlt das Paket distributed.", "pip install „mahnakte[dask]“ ausführen."
        )
        raise NichtBegonnen([befund]) from None
    try:
        client = distributed.Client(url, timeout=_WARTEN, set_as_default=False)
        client.wait_for_workers(1, timeout=_WARTEN)
    except (OSError, ValueError, TimeoutError, TypeError, RuntimeError) as fehler:
        befund = sperre(
            "DASK_VERBINDUNG", f"Unter „{json_safe(url)}“ antwortet kein Rechner ({type(fehler).__name__}).",
            "Prüfen, ob Scheduler und Worker laufen; für tls:// die Zertifikate in der Konfiguration angeben.",
        )  # fmt: skip
        raise NichtBegonnen([befund]) from fehler
    return client


# --- on the machines ------------------------------------------------------------------------------------------


def run_share(angaben: Sequence[str]) -> tuple[int, str]:
    """Run one share in a process of its own; return exit code and JSON. Runs on a machine of the cluster."""
    umgebung = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    ergebnis = subprocess.run(  # noqa: S603 - this very program, its options one by one
        [sys.executable, "-P", "-m", "mahnakte", "lauf", *angaben],
        capture_output=True, check=False, env=umgebung,
    )  # fmt: skip
    return ergebnis.returncode, ergebnis.stdout.decode("utf-8", "replace")


def describe_machine(pfade: Sequence[str]) -> dict[str, str]:
    """Return what must be the same everywhere, by its German name. Runs on each machine of the cluster."""
    return {
        "Programmversion": mahnakte.__version__,
        "Programm": hash_program(),
        **{f"Bestand {pfad}": _fingerprint(pathlib.Path(pfad)) for pfad in pfade},
    }


def _fingerprint(bestand: pathlib.Path) -> str:
    """Return a hash of names, of mahnakte.yaml and of own legal values: is this the same share, and as it is now?"""
    try:
        namen = sorted(eintrag.name for eintrag in bestand.iterdir())
        dateien = [bestand / "mahnakte.yaml", *sorted((bestand / "recht").glob("*.yaml"))]
        inhalte = [datei.read_bytes() for datei in dateien if datei.is_file()]
    except OSError as fehler:
        return f"nicht lesbar ({type(fehler).__name__})"
    return hashlib.sha256(b"\0".join((ascii(namen).encode(), *inhalte))).hexdigest()


# --- before and after -----------------------------------------------------------------------------------------


def _check_machines(client: Any, pfade: Sequence[str]) -> None:
    hier = describe_machine(pfade)
    befunde = [
        sperre("DASK_UNGLEICH", f"Auf dem Rechner {json_safe(rechner)} ist etwas anders: {', '.join(anders)}.",
               "Dort dieselbe Version einrichten und denselben Bestand unter demselben Pfad einbinden.")
        for rechner, dort in client.run(describe_machine, list(pfade)).items()
        if (anders := [name for name in hier if dort.get(name) != hier[name]])
    ]  # fmt: skip
    if befunde:
        raise NichtBegonnen(befunde)


def _join(
    ergebnisse: Sequence[tuple[int, str]], befunde: Sequence[Befund], teile: int, lage: Lage
) -> Ergebnis:
    """Put the shares together; one that gave no answer is named."""
    dokumente = [dokument for _, text in ergebnisse if (dokument := _read(text))]
    faelle = sorted((fall for d in dokumente for fall in d["faelle"]), key=lambda fall: str(fall["pfad"]))
    geschrieben = [eintrag for d in dokumente for eintrag in d["geschrieben"]]
    zahl = {
        name: sum(d["zahl"][name] for d in dokumente)
        for name in ("faelle", "briefe", "ausgelassen", "abgelehnt")
    }
    fehlende = [_missing(teile - len(dokumente))] if len(dokumente) < teile else []
    alle = (*befunde, *fehlende, *(_as_befund(roh) for d in dokumente for roh in d["befunde"]))
    return Ergebnis(
        {
            "stichtag": lage.stichtag.isoformat(),
            "faelle": faelle,
            "geschrieben": geschrieben,
            "lauf_ids": sorted({d["lauf_id"] for d in dokumente if d.get("lauf_id")}),
            "zahl": zahl,
            "teile": teile,
        },
        (
            f"Lauf zum Stichtag {format_datum(lage.stichtag)} in {teile} Teilen: {count_faelle(zahl['faelle'])}, "
            f"{len(geschrieben)} neue Vorgänge, {zahl['abgelehnt']} abgelehnt",
            *(f"  ✓ {e['aktenzeichen']}: {e['art']} als Vorgang {e['nr']:04d}" for e in geschrieben),
        ),
        tuple(dict.fromkeys(alle)),
        max(ABGELEHNT if fehlende else FERTIG, *(code for code, _ in ergebnisse), FERTIG),
    )


def _read(text: str) -> Mapping[str, Any] | None:
    """Return the JSON of a share; None where its program ended without."""
    try:
        dokument = json.loads(text)
    except ValueError:
        return None
    return dokument if isinstance(dokument, dict) and "faelle" in dokument else None


def _missing(zahl: int) -> Befund:
    return sperre(
        "DASK_TEIL_FEHLT",
        f"Keine Antwort von {zahl} {'Teil' if zahl == 1 else 'Teilen'} des Laufs; was dort geschrieben wurde, steht.",
        "Derselbe Befehl setzt fort; nichts entsteht doppelt.",
    )


def _as_befund(roh: Mapping[str, Any]) -> Befund:
    stelle = Stelle(roh["datei"], roh["zeile"]) if roh["datei"] else None
    return Befund(roh["code"], Schwere(roh["schwere"]), roh["text"], roh["abhilfe"] or "", stelle)
