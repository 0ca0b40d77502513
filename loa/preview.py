"""Edit → the preview: the process that builds what has changed while the server goes on answering.

One build for many changed files: what changes during a build is in the next. The builder is a process of its own, so
that the server is never kept waiting, and it is alone in it, so that it may divide its work among processes as ever.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from msgspec.structs import replace
from tornado.ioloop import IOLoop

from loa import preview_messages
from loa.ahead import Ahead, page_ahead
from loa.errors import LoaError, Problem, problem
from loa.kept import Kept
from loa.memory import CACHE
from loa.pipeline import Options, Progress, Remains, build
from loa.preview_server import Reload, Seen
from loa.reasons import reason
from loa.site_toml import load_config
from loa.watching import Changes


class Built(NamedTuple):
    """What a build of the preview said; ``has_failed`` when it came to no end, for no fault of the authors'."""

    problems: tuple[Problem, ...] = ()
    done: bool = False
    written: int = 0
    seconds: float = 0.0
    has_failed: bool = False


class Preview:
    """The preview of one site: what a server shows of it (``seen``), brought up to date as its sources change.

    ``say`` is told of each build, ``progress`` how far it is; ``failure`` why nothing can be built any more.
    """

    def __init__(self, root: Path, say: Callable[[Built], None], progress: Progress) -> None:
        self.root = root
        self.seen = Seen(root / CACHE / "xem-truoc")
        self.failure = ""
        self._say = say
        self._stop = threading.Event()
        self._builder = Builder(root, self.seen.folder, progress)
        # Before the first build, so that edits during it are seen; after the fork, which takes no threads along.
        self._changes = Changes(root, self._stop)

    def build(self, changed: frozenset[Path] = frozenset(), reload: Reload = lambda _everything: None) -> None:
        """Bring it up to date with the ``changed`` files, and have browsers ``reload`` the pages that are.

        Raises ``LoaError`` when nothing can be built any more.
        """
        # Of what is not content a page may show a file whose name stays the same.
        everything = not changed or any(not file.is_relative_to(self.root / "content") for file in changed)
        for said in self._builder.build(changed):
            if isinstance(said, Ahead):
                self.seen.ahead = said
                reload(False)
            else:
                self._take(said)
                reload(everything)
                self._say(said)

    def _take(self, built: Built) -> None:
        """Show what was ``built``."""
        config, _ = load_config(self.root)
        if config is not None:
            self.seen.prefix = urlsplit(config.base_url).path
        self.seen.problems = built.problems
        self.seen.ahead = None

    def follow(self, reload: Reload) -> None:
        """From now on, in a thread: build what changes, and have the loop that runs here ``reload`` browsers."""
        loop = IOLoop.current()

        def work() -> None:
            try:
                for changed in self._changes:
                    self.build(changed, partial(loop.add_callback, reload))
            except Exception as error:  # noqa: BLE001  # whatever it is: a preview that follows no more must say so
                self.failure = _words(error)
                loop.add_callback(loop.stop)

        threading.Thread(target=work, daemon=True).start()

    def close(self) -> None:
        """End what is at work."""
        self._stop.set()
        self._builder.close()


class Builder:
    """A process that builds the preview of one site whenever it is asked."""

    def __init__(self, root: Path, output: Path, progress: Progress) -> None:
        self._progress = progress
        self._ours, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=_work, args=(theirs, self._ours, root, output))
        self._process.start()
        theirs.close()

    def build(self, changed: frozenset[Path]) -> Iterator[Ahead | Built]:
        """Bring the preview up to date with the ``changed`` files: what can be said ahead, then what was built.

        Raises ``LoaError`` when the process has died.
        """
        try:
            self._ours.send(changed)
        except OSError:
            raise LoaError(preview_messages.builder_gone()) from None
        while not isinstance(said := self._heard(), Built):
            if isinstance(said, Ahead):
                yield said
            else:
                self._progress(*said)
        yield said

    def _heard(self) -> Ahead | Built | tuple[str, int, int]:
        try:
            said: Ahead | Built | tuple[str, int, int] = self._ours.recv()
        except (EOFError, OSError):
            raise LoaError(preview_messages.builder_gone()) from None
        return said

    def close(self) -> None:
        """End the process."""
        self._ours.close()
        self._process.terminate()
        self._process.join()


def _work(requests: Connection, other_end: Connection, root: Path, output: Path) -> None:
    # Else this process would hold open what tells it that the server has ended, however that was.
    other_end.close()
    # The terminal sends Ctrl-C to both; the server says when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    answer(requests, Options(root=root, output=output, preview=True))


def answer(requests: Connection, options: Options) -> None:
    """Build whenever something comes from ``requests``, and say there how it was, until nobody asks any more."""
    kept = Kept()
    last: Remains | None = None
    while True:
        try:
            changed = requests.recv()
            if last is not None and (ahead := _ahead(changed, last)) is not None:
                requests.send(ahead)
            # Else there would be two sites in memory.
            last = None
            built, last = _built(options, _NowAndThen(requests), kept)
            requests.send(built)
        except (EOFError, OSError):
            return
        # Builds leave cycles, and switch off what looks for them; what dozens of builds have left would lie there.
        gc.collect()
        # Nobody else touches what a build has left there. One that failed may have left it half done.
        options = replace(options, is_trusted=built.done or (options.is_trusted and not built.has_failed))


class _NowAndThen:
    """Tells the other process how far a build is, some times a second."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        if (now := time.monotonic()) >= self._next:
            self._next = now + 0.2
            self._connection.send((stage, done, total))


def _ahead(changed: Iterable[Path], last: Remains) -> Ahead | None:
    try:
        return page_ahead(changed, last.site, last.reader, last.templates)
    except Exception:  # noqa: BLE001  # whatever it is, the build that follows will meet it, and say so
        return None


def _built(options: Options, progress: Progress, kept: Kept) -> tuple[Built, Remains | None]:
    try:
        report = build(options, progress, kept)
    except Exception as error:  # noqa: BLE001  # whatever it is, the preview of the next edit may come out well
        words = problem("Loa", preview_messages.failure(_words(error)))
        return Built((words,), has_failed=True), None
    return Built(report.problems, report.done, report.written, report.seconds), report.remains


def _words(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or ''} {reason(error)}".strip()
    return str(error) if isinstance(error, LoaError) else repr(error)
