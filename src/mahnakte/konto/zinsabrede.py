"""What was agreed on interest for the time of an instalment plan or a deferral, and what our own letters promised.

A plan is interest-free where its event says so (`zinsen: keine`) or where a published letter of ours about it did:
that letter binds. Interest runs again from the day after the plan was cancelled; all of it, as if there had been no
plan, only where that was agreed (`bei_verzug: rueckwirkend`). Towards consumers nothing but interest of the contract
itself may run on (§ 506 BGB, EuGH C-127/15).
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence

from mahnakte.arten.brief import rests_on
from mahnakte.arten.ereignis import EREIGNISARTEN, RATENPLAN, RATENPLAN_GEKUENDIGT, STUNDUNG
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.befund import Befund, hinweis, warnung
from mahnakte.grund.datum import format_datum
from mahnakte.konto.posten import EIN_TAG, Zinspause
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import effective_vorgaenge, ereignisse_bis
from mahnakte.stand.zahltag import end_of_stundung


@dataclasses.dataclass(frozen=True, slots=True)
class Zinsabrede:
    """One agreement as of a Stichtag: what its event says, corrected by what our letter promised.

    `zinsen` is None where nobody said anything. `ende` is the last day on which it holds (None: it still does), and
    `nachfolger` what ended it: the cancellation or the next plan; a deferral ends by itself.
    """

    ereignis: Ereignis
    zinsen: str | None
    rueckwirkend: bool
    brief: Vorgang | None
    ende: dt.date | None
    nachfolger: Ereignis | None = None

    @property
    def name(self) -> str:
        """`Ratenplan vom 01.04.2026`."""
        return f"{EREIGNISARTEN[self.ereignis.art].name} vom {format_datum(self.ereignis.am)}"

    @property
    def gekuendigt(self) -> bool:
        """Tell whether a plan was cancelled."""
        return self.nachfolger is not None and self.nachfolger.art == RATENPLAN_GEKUENDIGT.wort

    @property
    def zinsfrei(self) -> bool:
        """Tell whether no interest is asked for its time; a cancelled one may have lost that from the beginning."""
        return self.zinsen == "keine" and not self.hinfaellig

    @property
    def hinfaellig(self) -> bool:
        """Tell whether it was not kept and was agreed to fall away as if it had never been."""
        return self.rueckwirkend and (self.gekuendigt or self.ereignis.art == STUNDUNG.wort)


def list_zinsabreden(sachstand: Sachstand) -> tuple[Zinsabrede, ...]:
    """Return every plan and deferral up to the Stichtag, the oldest first.

    A deferral that still carries `bei_verzug: rueckwirkend` was not paid: settle_abreden has seen to the others.
    """
    return tuple(
        _read(sachstand, ereignis) for ereignis in ereignisse_bis(sachstand, RATENPLAN.wort, STUNDUNG.wort)
    )


def _read(sachstand: Sachstand, ereignis: Ereignis) -> Zinsabrede:
    brief = _find_letter(sachstand, ereignis)
    zinsen: str | None = ereignis.zinsen
    rueckwirkend = ereignis.bei_verzug == "rueckwirkend"
    if brief is not None and (zinsen is None or promised(brief) == "keine"):
        zinsen = promised(brief)
        rueckwirkend = brief.brief.bei_verzug == "rueckwirkend" and ereignis.bei_verzug != "ab_kuendigung"
    if ereignis.art == STUNDUNG.wort:
        return Zinsabrede(ereignis, zinsen, rueckwirkend, brief, end_of_stundung(sachstand.fall, ereignis))
    nachfolger = _successor(sachstand, ereignis)
    ende = nachfolger.am if nachfolger else None
    return Zinsabrede(ereignis, zinsen, rueckwirkend, brief, ende, nachfolger)


def _successor(sachstand: Sachstand, plan: Ereignis) -> Ereignis | None:
    """Return the cancellation or the next plan with the same debtor."""
    folge = ereignisse_bis(sachstand, RATENPLAN.wort, RATENPLAN_GEKUENDIGT.wort)
    spaetere = folge[next(nr for nr, ereignis in enumerate(folge) if ereignis is plan) + 1 :]
    return next(
        (e for e in spaetere if None in (e.schuldner, plan.schuldner) or e.schuldner == plan.schuldner), None
    )


def _find_letter(sachstand: Sachstand, ereignis: Ereignis) -> Vorgang | None:
    """Return the last letter of ours about this agreement."""
    tag = ereignis.bis if ereignis.art == STUNDUNG.wort and ereignis.bis else ereignis.am
    schluessel = f"{ereignis.art} {tag.isoformat()}"
    briefe = [
        vorgang
        for vorgang in effective_vorgaenge(sachstand)
        if rests_on(vorgang.art, ereignis.art)
        and schluessel in (vorgang.brief.anlass_schluessel or "").split("; ")
    ]
    return briefe[-1] if briefe else None


def promised(brief: Vorgang) -> str:
    """Return what a letter says about interest; older ones said nothing is added, or that it is settled later."""
    return brief.brief.zinsen or ("keine" if brief.brief.betrag_gilt_bis else "danach")


def list_stundungen(sachstand: Sachstand) -> tuple[Zinsabrede, ...]:
    """Return the deferrals up to the Stichtag that still count: one that lapsed leaves the old due date."""
    return tuple(
        abrede
        for abrede in list_zinsabreden(sachstand)
        if abrede.ereignis.art == STUNDUNG.wort and not abrede.hinfaellig
    )


# --- what follows for interest ----------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class Zinsruhe:
    """Days without interest on debts that had arisen by `entstanden_bis`; `jede`: not only default interest."""

    pause: Zinspause
    entstanden_bis: dt.date
    jede: bool

    def covers(self, entstanden_am: dt.date, *, verzugszinsen: bool) -> bool:
        """Tell whether interest of this kind on a debt of that day rests."""
        return entstanden_am <= self.entstanden_bis and (self.jede or verzugszinsen)


def list_ruhen(fall: Fall, abreden: Sequence[Zinsabrede]) -> Iterator[Zinsruhe]:
    """Yield when interest rests because of the agreements."""
    for abrede in abreden:
        am, ende = abrede.ereignis.am, abrede.ende
        erster = am if abrede.ereignis.art == STUNDUNG.wort else am + EIN_TAG
        if abrede.zinsfrei and (ende is None or ende >= erster):
            yield Zinsruhe(Zinspause(erster, ende, _say_free(abrede, erster)), am, jede=True)
        elif abrede.ereignis.art == STUNDUNG.wort and abrede.zinsen is None:
            # A deferred debt is not due: no default (§ 286 (1)) to the end of the new due day.
            yield Zinsruhe(Zinspause(erster, ende), dt.date.max, jede=False)
        elif abrede.zinsen in ("danach", "eingerechnet") and has_consumer(fall):
            grund = f"{abrede.name}: gegenüber Verbrauchern laufen in dieser Zeit keine Verzugszinsen (§ 506 BGB)."
            yield Zinsruhe(Zinspause(erster, ende, grund), am, jede=False)


def has_consumer(fall: Fall) -> bool:
    """One consumer is enough; who is not known to be none counts as one."""
    return any(schuldner.verbraucher is not False for schuldner in fall.schuldner)


def explain_lapsed(abreden: Sequence[Zinsabrede]) -> Iterator[str]:
    """Say which agreement no longer keeps interest away, and why."""
    for abrede in abreden:
        if abrede.zinsen == "keine" and abrede.hinfaellig:
            warum = (
                f"wurde am {format_datum(abrede.ende)} gekündigt" if abrede.gekuendigt and abrede.ende
                else "wurde nicht eingehalten"
            )  # fmt: skip
            yield (
                f"{abrede.name} {warum}; für diesen Fall war vereinbart, dass Zinsen rückwirkend laufen, als hätte "
                "es die Absprache nicht gegeben."
            )


def _say_free(abrede: Zinsabrede, erster: dt.date) -> str:
    if abrede.ende is None:
        return f"Zinsfrei ab {format_datum(erster)} ({abrede.name})."
    wieder = format_datum(abrede.ende + EIN_TAG)
    satz = f"Zinsfrei vom {format_datum(erster)} bis {format_datum(abrede.ende)} ({abrede.name}); "
    if abrede.gekuendigt:
        am = format_datum(abrede.ende)
        return f"{satz}ab {wieder} laufen wieder Zinsen, weil der Plan am {am} gekündigt wurde."
    if abrede.nachfolger is not None:
        return f"{satz}ab {wieder} gilt der neue Ratenplan."
    return f"{satz}ab {wieder} laufen wieder Zinsen, weil die Stundung endete."


# --- findings ---------------------------------------------------------------------------------------------


def check_abreden(fall: Fall, abreden: Sequence[Zinsabrede]) -> Iterator[Befund]:
    """Yield what about the agreements a person has to settle."""
    for abrede in abreden:
        if abrede.brief is not None and abrede.zinsen != abrede.ereignis.zinsen:
            yield _letter_binds(abrede, abrede.brief)
        elif abrede.zinsen is None:
            yield _deferred(abrede) if abrede.ereignis.art == STUNDUNG.wort else _not_said(abrede)
        elif (
            abrede.zinsen != "keine" and has_consumer(fall) and not only_contractual(fall, abrede.ereignis.am)
        ):
            yield _consumer(abrede)


def only_contractual(fall: Fall, tag: dt.date) -> bool:
    """Tell whether all interest of the case is interest of the contract: then an agreement of that day adds none."""
    zinsen = [
        *(forderung.zinsen for forderung in fall.forderungen if forderung.datum <= tag),
        *(kosten.zinsen for kosten in fall.kosten if kosten.zinsen and kosten.am <= tag),
    ]
    return bool(zinsen) and not fall.titel and all(einer and einer.vereinbart for einer in zinsen)


def _letter_binds(abrede: Zinsabrede, brief: Vorgang) -> Befund:
    text = (
        f"{abrede.name}: nach unserem Schreiben vom {format_datum(brief.stichtag)} (Vorgang {brief.nr:04d}) gilt "
        f"„zinsen: {abrede.zinsen}“; das Konto hält sich daran."
    )
    if abrede.ereignis.zinsen is None:
        abhilfe = f"Beim Ereignis „zinsen: {abrede.zinsen}“ ergänzen."
        return hinweis("ZINSABREDE_NACH_BRIEF", text, abhilfe, abrede.ereignis.stelle)
    return warnung(
        "ZINSABREDE_WIDERSPRUCH",
        f"{text} In fall.yaml steht „zinsen: {abrede.ereignis.zinsen}“.",
        "Beim Ereignis „zinsen: keine“ angeben; anders nur, wenn danach etwas anderes vereinbart ist, dann als neues "
        "Ereignis mit dessen Tag.",
        abrede.ereignis.stelle,
    )


def _not_said(abrede: Zinsabrede) -> Befund:
    return warnung(
        "RATENPLAN_ZINSEN_UNGEKLAERT",
        f"{abrede.name}: ob in dieser Zeit Zinsen laufen, ist nicht angegeben; das Konto rechnet sie weiter.",
        "Beim Ereignis ergänzen, was vereinbart ist: „zinsen: keine“, „zinsen: danach“ oder „zinsen: eingerechnet“.",
        abrede.ereignis.stelle,
    )


def _deferred(abrede: Zinsabrede) -> Befund:
    stundung = abrede.ereignis
    bis = format_datum(stundung.bis) if stundung.bis else "?"
    return hinweis(
        "STUNDUNG_OHNE_VERZUGSZINSEN",
        f"Gestundet vom {format_datum(stundung.am)} bis {bis}: was gestundet ist, ist nicht fällig; Verzugszinsen "
        "werden für diese Zeit nicht gerechnet.",
        "Beim Ereignis „zinsen: keine“ ergänzen. Sind Stundungszinsen vereinbart, „zinsen: danach“, und bei der "
        "Rechnung „zinsen:“ mit „vereinbart: ja“ und „ab:“.",
        stundung.stelle,
    )


def _consumer(abrede: Zinsabrede) -> Befund:
    return warnung(
        "ZINSABREDE_VERBRAUCHER",
        f"{abrede.name}: „zinsen: {abrede.ereignis.zinsen}“ gegenüber einem Verbraucher. Über den Vertrag hinaus "
        "kostet eine Absprache ihn nichts (§ 506 BGB, EuGH C-127/15); das Konto rechnet in dieser Zeit keine "
        "Verzugszinsen.",
        "Beim Ereignis „zinsen: keine“ angeben. Sieht der Vertrag selbst Zinsen vor, bei der Rechnung „zinsen:“ mit "
        "„vereinbart: ja“; ist niemand Verbraucher, bei den Schuldnern „verbraucher: nein“.",
        abrede.ereignis.stelle,
    )
