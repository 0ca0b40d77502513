"""The sources of a site → that something of them has changed."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from watchfiles import watch

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

    Iterating raises ``LoaError`` when the system does not tell of changes (any more).
    """

    def __init__(self, root: Path, stop: threading.Event) -> None:
        self._stop = stop
        self._changed = threading.Event()
        self._failure: OSError | None = None
        for begun in [self._begin(follow, root) for follow in (_follow_folders, _follow_files)]:
            begun.wait()
        # What was before has been told of, too.
        self._changed.clear()

    def __iter__(self) -> Iterator[None]:
        while not self._stop.is_set():
            if self._failure:
                raise LoaError(preview_messages.cannot_watch(_why(self._failure)))
            if self._changed.wait(0.5):
                self._changed.clear()
                yield

    def _begin(self, follow: _Follow, root: Path) -> threading.Event:
        """Have a thread ``follow`` the site; what comes back is set once it does, or cannot."""
        begun = threading.Event()

        def tell() -> None:
            self._changed.set()
            begun.set()

        def work() -> None:
            try:
                follow(root, self._stop, tell)
            except OSError as error:
                self._failure = error
            finally:
                begun.set()

        threading.Thread(target=work, daemon=True).start()
        return begun


# Tells of changes in a site until it is to stop, and once when it has begun to see them.
_Follow = Callable[[Path, threading.Event, Callable[[], None]], None]


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


def _follow_folders(root: Path, stop: threading.Event, tell: Callable[[], None]) -> None:
    while not stop.is_set():
        present = _folders(root)
        # Now and then even without a change, for folders that have come since; once more from the start with them.
        watched = watch(
            *present,
            stop_event=_Stop(stop, tell),
            debounce=_DEBOUNCE,
            step=_STEP,
            rust_timeout=2000,
            yield_on_timeout=True,
        )
        for found in watched:
            if present != _folders(root):
                break
            if found:
                tell()


def _folders(root: Path) -> dict[Path, int]:
    """What there is of the folders that pages are made of, and which each is: another may take its name."""
    looks = (base / name for name in ("templates", "static") for base in (root, HERE.parent))
    found: dict[Path, int] = {}
    for folder in (root / "content", *looks):
        with suppress(OSError):
            found[folder] = folder.stat().st_ino
    return found


def _follow_files(root: Path, stop: threading.Event, tell: Callable[[], None]) -> None:
    """The single files: by their folder, since editors put a new file in the place of the old."""
    for found in watch(root, stop_event=_Stop(stop, tell), recursive=False, debounce=_DEBOUNCE, step=_STEP):
        if any(Path(path).name in FILES for _, path in found):
            tell()
