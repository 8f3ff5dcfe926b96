"""A bounded child process for work on hostile input: templates, PDFs, e-invoices.

Each call has a limit of CPU seconds, not of waiting: on a busy machine a harmless file needs long, but not
much. The child's own timer (ITIMER_PROF) ends it, also when its parent was killed and can no longer stop it;
an idle child ends when its pipe closes. Behind it stands a generous limit of elapsed time, for a child that
waits for ever, and for Windows, which has no such timer. Memory (RLIMIT_AS) is limited on Linux; macOS accepts
the limit but enforces it only in part, Windows has none: there time alone protects. The child ignores Ctrl-C
(the parent decides) and writes nowhere but into its pipe, because native libraries print names and paths when
they fail. It never looks for code in the current folder.
"""

import atexit
import contextlib
import enum
import multiprocessing
import os
import queue
import signal
import sys
import threading
import types
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Self, TypeVar, TypeVarTuple

from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.programs import safe_path

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

START_SECONDS = 60.0  # start of the interpreter and imports; a busy machine may need long
CALL_SECONDS = 10.0  # of CPU
PATIENCE = 12  # so many times the CPU seconds may go by on the clock
MEMORY_MB = 1024

_CPU_SIGNAL = getattr(
    signal, "SIGPROF", 0
)  # what the timer sends; it ends a process that does not ask for it
_SPAWN = multiprocessing.get_context("spawn")
_PROCESSES = threading.Lock()  # multiprocessing's book of children is not made for several threads

_Ts = TypeVarTuple("_Ts")
_R = TypeVar("_R")


class WorkerError(Exception):
    """The call gave no value. `str()` is a German sentence; the subclasses say what happened."""


class WorkerTimeout(WorkerError):  # noqa: N818 - says what happened
    """The call needed more CPU than its limit, or far more time; the child was killed. The text says which."""


class WorkerMemory(WorkerError):  # noqa: N818 - says what happened
    """The call wanted more memory than its limit."""


class WorkerDied(WorkerError):  # noqa: N818 - says what happened
    """The child ended in the middle of the call (crash of a native library, limit, killed from outside)."""


class WorkerRaised(WorkerError):  # noqa: N818 - says what happened
    """The function raised. `kind` is the name of the exception class, `message` its text."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(f"Die Verarbeitung brach ab ({kind}).")
        self.kind = kind
        self.message = message


class _Reply(enum.Enum):
    BEGUN = enum.auto()
    VALUE = enum.auto()
    REFUSED = enum.auto()
    MEMORY = enum.auto()
    RAISED = enum.auto()


class Worker:
    """One child process, started at the first call. Not for several threads at once: see WorkerPool."""

    def __init__(self, memory_mb: int = MEMORY_MB) -> None:
        self._memory = memory_mb * 1024 * 1024
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def call(self, function: Callable[[*_Ts], _R], *args: *_Ts, seconds: float = CALL_SECONDS) -> _R:
        """Run a module-level function in the child, with at most so many CPU seconds, and return its value.

        Function, arguments and value must be picklable. Raises WorkerTimeout, WorkerMemory, WorkerDied or
        WorkerRaised (all WorkerError); an Ablehnung raised by the function arrives as Ablehnung.
        """
        try:
            reply, content = self._exchange((function, args, seconds), seconds)
        except BaseException:
            self.close()  # never keep a child whose late answer could be taken for that of the next call
            raise
        if reply is _Reply.MEMORY:
            self.close()
            raise WorkerMemory("Die Verarbeitung brauchte mehr Speicher als erlaubt.")
        if reply is _Reply.REFUSED:
            raise Ablehnung(content)
        if reply is _Reply.RAISED:
            raise WorkerRaised(*content)
        value: _R = content
        return value

    def _exchange(self, job: tuple[Any, ...], seconds: float) -> tuple[_Reply, Any]:
        process, pipe = self._process, self._pipe
        if process is None or pipe is None or not process.is_alive():
            self.close()
            process, pipe = self._start()
        try:
            pipe.send(job)
            reply, content = self._receive(pipe, START_SECONDS)
            if reply is _Reply.BEGUN:
                reply, content = self._receive(pipe, PATIENCE * seconds)
        except (EOFError, ConnectionError) as end:
            process.join(1.0)
            if _CPU_SIGNAL and process.exitcode == -_CPU_SIGNAL:
                raise WorkerTimeout(
                    f"Die Verarbeitung brauchte mehr als {seconds:g} Sekunden Rechenzeit."
                ) from end
            raise WorkerDied(f"Die Verarbeitung ist abgestürzt (Code {process.exitcode}).") from end
        return reply, content

    @staticmethod
    def _receive(pipe: Connection, seconds: float) -> tuple[_Reply, Any]:
        if not pipe.poll(seconds):
            raise WorkerTimeout(
                f"Die Verarbeitung war nach {seconds:g} Sekunden noch nicht fertig; ist der Rechner überlastet?"
            )
        answer: tuple[_Reply, Any] = pipe.recv()
        return answer

    def _start(self) -> tuple[BaseProcess, Connection]:
        if sys.flags.ignore_environment and not sys.flags.safe_path:
            # With -E the child would not hear of safe_path().
            raise WorkerDied(
                "Python läuft mit -E ohne -P: Kindprozesse suchten im aktuellen Ordner nach Code."
            )
        here, there = _SPAWN.Pipe()
        with _PROCESSES, safe_path(), _without_main():
            process = _SPAWN.Process(target=_serve, args=(there, self._memory), daemon=True)
            process.start()
        there.close()  # else the end of the child would never show
        self._process, self._pipe = process, here
        return process, here

    def close(self) -> None:
        """End the child, if there is one. The next call starts a new one."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is not None:
            with _PROCESSES:
                process.kill()
                process.join()


class WorkerPool:
    """Up to `count` workers for any number of threads; children start when needed, all end at exit."""

    def __init__(self, count: int, memory_mb: int = MEMORY_MB) -> None:
        self._workers = [Worker(memory_mb) for _ in range(count)]
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()  # last used first: few children, warm ones
        for worker in self._workers:
            self._idle.put(worker)
        atexit.register(self.close)

    def call(self, function: Callable[[*_Ts], _R], *args: *_Ts, seconds: float = CALL_SECONDS) -> _R:
        """Like Worker.call; waits until a worker is free (the waiting does not count as time)."""
        worker = self._idle.get()
        try:
            return worker.call(function, *args, seconds=seconds)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End all children. Calls after that start new ones."""
        for worker in self._workers:
            worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        atexit.unregister(self.close)
        self.close()


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """While this lasts, a child that is started does not run the caller's script once more.

    multiprocessing lets each child import `__main__`; a program that uses us as a library without the customary
    guard would run twice. Nothing that we send to a child lives there. Not for two threads at once.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _serve(pipe: Connection, memory: int) -> None:
    """Main loop of the child; ends when the parent's end of the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _silence()
    _limit("RLIMIT_AS", memory)
    while True:
        try:
            function, args, seconds = pipe.recv()
            pipe.send((_Reply.BEGUN, None))
            with _cpu_limit(seconds):
                answer = (_Reply.VALUE, function(*args))
        except EOFError:
            return
        except Exception as error:  # noqa: BLE001 - the parent decides what any failure means
            answer = _failure(error)
        try:
            pipe.send(answer)
        except ConnectionError:  # the parent is gone
            return
        except Exception as error:  # noqa: BLE001 - the value cannot be sent; the parent must hear of it
            pipe.send(_failure(error))


def _failure(error: Exception) -> tuple[_Reply, Any]:
    # Exceptions do not travel: unpickling somebody's exception class can fail in the parent.
    if isinstance(error, Ablehnung):
        return _Reply.REFUSED, error.befund
    if isinstance(error, MemoryError):
        return _Reply.MEMORY, None
    return _Reply.RAISED, (type(error).__name__, str(error)[:500])


def _silence() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


@contextlib.contextmanager
def _cpu_limit(seconds: float) -> Iterator[None]:
    """End this process when it has used so many CPU seconds; without a timer (Windows) the parent's clock must do."""
    set_timer = getattr(signal, "setitimer", None)
    if set_timer is None:
        yield
        return
    set_timer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        set_timer(signal.ITIMER_PROF, 0)


def _limit(name: str, value: int) -> None:
    """Lower the soft limit; do without where the platform has none or refuses it (macOS)."""
    if resource is not None:
        with contextlib.suppress(AttributeError, ValueError, OSError):
            kind = getattr(resource, name)
            resource.setrlimit(kind, (value, resource.getrlimit(kind)[1]))
