"""Work spread over processes. Results come back in order; with one worker everything runs here.

Processes are forked, so they share what the parent has in memory and nothing has to be sent to them but numbers.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# What the forked processes work on; set just before they start.
_work: tuple[Callable[[Any], Any], Sequence[Any], Callable[[], None]] | None = None
# Items that a process takes at a time.
_RUN = 64


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
) -> Iterator[R]:
    """``function`` of each item, in order; in several processes when there are at least ``worth`` items.

    A process takes at most ``run`` items at a time; ``after`` is called after them in the process that worked on them.
    """
    global _work  # noqa: PLW0603  # forked children inherit it; pickling functions and views would cost more
    is_alone = workers < 2 or len(items) < worth or "fork" not in multiprocessing.get_all_start_methods()
    size = run if is_alone else max(1, min(run, len(items) // (workers * 4)))
    spans = [range(start, min(start + size, len(items))) for start in range(0, len(items), size)]
    _work = (function, items, after)
    if is_alone:
        try:
            for span in spans:
                yield from _run(span)
        finally:
            _work = None
        return
    gc.freeze()  # keeps the collector from touching, and so copying, the pages that the children share
    try:
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            for results in pool.imap(_run, spans):
                yield from results
    finally:
        _work = None
        gc.unfreeze()


def _run(span: range) -> list[Any]:
    assert _work is not None
    function, items, after = _work
    results = [function(items[index]) for index in span]
    after()
    return results
