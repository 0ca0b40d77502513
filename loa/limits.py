"""What one text may take, in time and memory: no text keeps the others from being published.

Time is that of the processor, which is the same on a machine that is busy. ``within`` stops what runs here, and
``apart`` runs something in a process of its own, which may even die.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from select import select
from typing import Any, TypeVar

R = TypeVar("R")

SECONDS = 4.0
# A text of more than so many characters may take so many times as long.
_LONG, _TIMES = 1_000_000, 4
_MEMORY = 512 * 2**20
# A process that does nothing any more is given up after so long; a busy machine may take long for SECONDS.
_PATIENCE = 60.0
# How often a text that went on after it was stopped is stopped again; seconds.
_AGAIN = 0.2


class TooSlowError(BaseException):
    """It takes too long. No ``Exception``, so that nothing on the way takes it for a fault of its own."""


class LostError(Exception):
    """What ran apart gave nothing: it was too ``slow``, needed too much ``memory``, or ``died``."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def seconds_for(text: str) -> float:
    """How many seconds of the processor's time converting ``text`` may take."""
    return SECONDS * (_TIMES if len(text) > _LONG else 1)


@contextmanager
def within(seconds: float | None = None) -> Iterator[None]:
    """What runs in here is stopped by ``TooSlowError`` after so many seconds of the processor's time, or SECONDS.

    Only in the main thread, which is where builds run: no other hears signals. The ``re`` module listens to them, too.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    is_over = False

    def stop(*_: object) -> None:
        if not is_over:
            raise TooSlowError

    before = signal.signal(signal.SIGPROF, stop)
    try:
        signal.setitimer(signal.ITIMER_PROF, SECONDS if seconds is None else seconds, _AGAIN)
        try:
            yield
        finally:
            is_over = True
    finally:
        is_over = True
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def apart(function: Callable[[], R], seconds: float | None = None) -> R:
    """What ``function`` gives in a process of its own, within so many seconds of the processor's time, or SECONDS.

    Raises ``LostError`` when that process gives nothing, and what ``function`` raises.
    """
    if not hasattr(os, "fork"):
        return function()
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        _answer(function, into, SECONDS if seconds is None else seconds)
    os.close(into)
    try:
        data = _all_of(out)
    finally:
        os.close(out)
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    if data is None or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU):
        raise LostError("slow")
    try:
        kind, value = pickle.loads(data)  # noqa: S301  # written by a fork of this process
    except (EOFError, pickle.UnpicklingError):
        raise LostError("died") from None
    if kind == "raised":
        raise value
    if kind != "gave":
        raise LostError(kind)
    return value  # type: ignore[no-any-return]  # what the function gave


def _all_of(out: int) -> bytes | None:
    """What is written to a pipe until it is closed; None where that takes too long."""
    parts: list[bytes] = []
    end = time.monotonic() + _PATIENCE
    while select([out], [], [], max(0.0, end - time.monotonic()))[0]:
        part = os.read(out, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)
    return None


def _answer(function: Callable[[], Any], into: int, seconds: float) -> None:
    """Write what ``function`` gives, or why it gives nothing, and end this process."""
    with suppress(BaseException), open(into, "wb") as pipe:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _bound(seconds)
        told: tuple[str, Any]
        try:
            with within(seconds):
                told = ("gave", function())
        except TooSlowError:
            told = ("slow", None)
        except MemoryError:
            told = ("memory", None)
        except Exception as error:  # noqa: BLE001  # the parent raises it
            told = ("raised", error)
        pickle.dump(told, pipe)
    os._exit(0)


def _bound(seconds: float) -> None:
    """Let this process have so much memory more than it has, and be killed where no Python stops it in time."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415  # few texts are so long

        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123  # quick
            size = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + _MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
