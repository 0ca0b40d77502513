"""Work spread over processes. Results come back in order; with one worker everything runs here.

Processes are forked, so they share what the parent has in memory and nothing has to be sent to them but numbers.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from loa import messages
from loa.errors import LoaError
from loa.limits import SECONDS, LostError, apart

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")

# What the forked processes work on; set just before they start.
_work: tuple[Callable[[Any], Any], Sequence[Any], Callable[[], None]] | None = None
# Items that a process takes at a time.
_RUN = 64
# Runs that wait for each other process, or are being worked on.
_AHEAD = 2
_CAN_FORK = hasattr(os, "fork")


def default_workers() -> int:
    """As many as this process may use processors."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _nothing() -> None:
    """Do nothing after a run of items."""


def spread(
    function: Callable[[T], R],
    items: Sequence[T],
    workers: int,
    *,
    worth: int,
    run: int = _RUN,
    after: Callable[[], None] = _nothing,
    lost: Callable[[T], R] | None = None,
) -> Iterator[R]:
    """``function`` of each item, in order; in ``workers`` processes when there are at least ``worth`` items.

    A process takes at most ``run`` items at a time; ``after`` is called after them in the process that worked on them.
    This process is one of them: it has everything in memory already. When another one dies, the item of which it died
    gives what ``lost`` says of it; without that, ``LoaError`` is raised.
    """
    global _work  # noqa: PLW0603  # forked children inherit it; pickling functions and views would cost more
    is_alone = workers < 2 or len(items) < worth or not _CAN_FORK
    size = run if is_alone else max(1, min(run, len(items) // (workers * 4)))
    spans = [range(start, min(start + size, len(items))) for start in range(0, len(items), size)]
    _work = (function, items, after)
    try:
        for results in map(_run, spans) if is_alone else _shared(spans, workers - 1, lost):
            yield from results
    finally:
        _work = None


def _run(span: range) -> list[Any]:
    assert _work is not None
    function, items, after = _work
    results = [function(items[index]) for index in span]
    after()
    return results


def _apart(spans: Iterable[range], lost: Callable[[Any], Any]) -> Iterator[list[Any]]:
    """What ``_run`` makes of each span, a process for each; what ``lost`` says of items that have killed theirs."""
    assert _work is not None
    items = _work[1]
    for span in spans:
        try:
            yield apart(partial(_run, span), len(span) * SECONDS)
        except LostError:
            if len(span) == 1:
                yield [lost(items[span.start])]
            else:
                yield [one for results in _apart((range(n, n + 1) for n in span), lost) for one in results]


def _shared(spans: Sequence[range], helpers: int, lost: Callable[[Any], Any] | None) -> Iterator[list[Any]]:
    """What ``_run`` makes of each span, in order; here, and in so many other processes."""
    import multiprocessing  # noqa: PLC0415  # heavy, and most builds have little to do
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  # heavy too
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415  # heavy too

    pool = ProcessPoolExecutor(helpers, multiprocessing.get_context("fork"), _begin)
    untaken = iter(range(len(spans)))
    futures: dict[int, Future[list[Any]]] = {}
    done: dict[int, list[Any]] = {}
    number = 0
    try:
        for number in range(len(spans)):
            while number not in done:
                # Enough that nobody waits; the rest is left for whoever is free. Nothing is taken back from the pool:
                # Python 3.11 loses its way when a process dies while something is.
                busy = sum(not future.done() for future in futures.values())
                for theirs in islice(untaken, max(0, _AHEAD * helpers - busy)):
                    futures[theirs] = pool.submit(_run, spans[theirs])
                future = futures.get(number)
                ours = None if future and future.done() else next(untaken, None)
                if ours is None:
                    done[number] = futures.pop(number).result()
                else:
                    done[ours] = _run(spans[ours])
            yield done.pop(number)
    except BrokenProcessPool:
        if lost is None:
            raise LoaError(messages.worker_died()) from None
        # Nobody says of which item. What is not done goes where no item can take another with it.
        for later in range(number, len(spans)):
            yield done.pop(later) if later in done else next(_apart([spans[later]], lost))
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Leave it to the parent to stop the work, and end when it ends: what it has locked is locked here too."""
    import multiprocessing  # noqa: PLC0415  # loaded already; see above
    from threading import Thread  # noqa: PLC0415  # loaded already; see above

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # keeps the collector from touching, and so copying, the pages that are shared with the parent
    parent = multiprocessing.parent_process()
    assert parent is not None

    def end_with_parent() -> None:
        parent.join()
        os._exit(1)

    Thread(target=end_with_parent, daemon=True).start()


@contextmanager
def beside(functions: Sequence[Callable[[], Any]], *, worth: bool) -> Iterator[list[Callable[[], Any]]]:
    """Where it is ``worth`` it, another process calls ``functions`` one after the other while this one goes on.

    Gives what to call here instead of them: each waits for the result, in this order. What the other process
    could not do is done here.
    """
    if not worth or not _CAN_FORK:
        yield list(functions)
        return
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        _answer(functions, into)
    os.close(into)
    with open(out, "rb") as answers:  # noqa: PTH123  # a descriptor
        try:
            yield [partial(_answered, answers, function) for function in functions]
        finally:
            # It only looks; there is nothing to finish.
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _answer(functions: Sequence[Callable[[], Any]], into: int) -> None:
    """Write what each function gives to the pipe, and end this process."""
    with suppress(BaseException), open(into, "wb") as pipe:  # a descriptor
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for function in functions:
            pickle.dump(function(), pipe)
            pipe.flush()
    os._exit(0)


def _answered(answers: BinaryIO, function: Callable[[], Any]) -> Any:
    """The next answer, if it has come whole; otherwise what ``function`` gives here."""
    try:
        return pickle.load(answers)  # noqa: S301  # written by a fork of this process
    except (EOFError, pickle.UnpicklingError):
        return function()
