"""The sources of a site → what of them has changed."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue

from watchfiles import watch
from watchfiles._rust_notify import WatchfilesRustInternalError

from loa import preview_messages
from loa.config import FILE as SITE_TOML
from loa.errors import LoaError
from loa.pipeline import HERE
from loa.reasons import reason

# Milliseconds: how long changes may follow each other and still be one, and how long none must follow.
_DEBOUNCE, _STEP = 150, 20
# The single files that pages are made of, beside what lies in folders.
FILES = (SITE_TOML, "views.json")


class Changes:
    """Changes of the site at ``root`` from now until ``stop`` is set: one for all that happen while nobody asks.

    Each is the paths of the files that were changed, made or removed, as far as they are known: none when folders were
    exchanged. Iterating raises ``LoaError`` when the system does not tell of changes (any more).
    """

    def __init__(self, root: Path, stop: threading.Event) -> None:
        self._stop = stop
        self._told: SimpleQueue[frozenset[Path]] = SimpleQueue()
        self._failure: OSError | None = None
        for begun in [self._begin(follow, root) for follow in (_follow_folders, _follow_files)]:
            begun.wait()
        # What was before has been told of, too.
        self._all_told()

    def __iter__(self) -> Iterator[frozenset[Path]]:
        while not self._stop.is_set():
            if self._failure:
                raise LoaError(preview_messages.cannot_watch(_why(self._failure)))
            try:
                first = self._told.get(timeout=0.5)
            except Empty:
                continue
            yield first.union(*self._all_told())

    def _all_told(self) -> list[frozenset[Path]]:
        """What has been told until now, and is not told again."""
        found: list[frozenset[Path]] = []
        with suppress(Empty):
            while True:
                found.append(self._told.get_nowait())
        return found

    def _begin(self, follow: _Follow, root: Path) -> threading.Event:
        """Have a thread ``follow`` the site; what comes back is set once it does, or cannot."""
        begun = threading.Event()

        def tell(changed: Iterable[Path]) -> None:
            self._told.put(frozenset(changed))
            begun.set()

        def work() -> None:
            try:
                while not self._stop.is_set():
                    # It has no words for a name that is not text, and ends; beginning anew tells of what there was.
                    with suppress(WatchfilesRustInternalError):
                        follow(root, self._stop, tell)
            except OSError as error:
                self._failure = error
            finally:
                begun.set()

        threading.Thread(target=work, daemon=True).start()
        return begun


_Tell = Callable[[Iterable[Path]], None]
# Tells of changes in a site until it is to stop, and once when it has begun to see them.
_Follow = Callable[[Path, threading.Event, _Tell], None]


def _why(failure: OSError) -> str:
    # Here these say that nothing more can be watched; inotify(7).
    is_limit = failure.errno in (errno.ENOSPC, errno.EMFILE) or "watch limit" in str(failure)
    return preview_messages.watch_limit() if is_limit else reason(failure)


class _Stop:
    """Whether to stop. watchfiles does not say when it has begun to watch, but asks this often, and only after that."""

    def __init__(self, stop: threading.Event, begin: Callable[[], None]) -> None:
        self._stop = stop
        self._begin = begin
        self._has_begun = False

    def is_set(self) -> bool:
        if not self._has_begun:
            self._has_begun = True
            self._begin()
        return self._stop.is_set()


def _follow_folders(root: Path, stop: threading.Event, tell: _Tell) -> None:
    while not stop.is_set():
        present = _folders(root)
        # Now and then even without a change, for folders that have come since; once more from the start with them.
        watched = watch(
            *present,
            stop_event=_Stop(stop, partial(tell, ())),
            debounce=_DEBOUNCE,
            step=_STEP,
            rust_timeout=2000,
            yield_on_timeout=True,
        )
        for found in watched:
            if present != _folders(root):
                break
            if found:
                tell(Path(path) for _, path in found)


def _folders(root: Path) -> dict[Path, int]:
    """What there is of the folders that pages are made of, and which each is: another may take its name."""
    looks = (base / name for name in ("templates", "static") for base in (root, HERE.parent))
    found: dict[Path, int] = {}
    for folder in (root / "content", *looks):
        with suppress(OSError):
            found[folder] = folder.stat().st_ino
    return found


def _follow_files(root: Path, stop: threading.Event, tell: _Tell) -> None:
    """The single files: by their folder, since editors put a new file in the place of the old."""
    begun = _Stop(stop, partial(tell, ()))
    for found in watch(root, stop_event=begun, recursive=False, debounce=_DEBOUNCE, step=_STEP):
        if files := [file for _, path in found if (file := Path(path)).name in FILES]:
            tell(files)
