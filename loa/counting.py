"""Logs of the web server → ``views.json``, by way of the memory of readers beside it.

Everything is decided before anything is written: the memory first, in one transaction, then ``views.json``, which is
made of the memory alone. So a run that is cut off between the two is made good by the next.
"""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from datetime import datetime, tzinfo
from functools import lru_cache, partial
from io import BufferedReader
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from crawleruseragents import is_crawler
from msgspec import Struct

from loa import count_messages
from loa.access_log import Request, hour_of, network_of, path_of, read_line, target_of
from loa.errors import CountingError
from loa.model import url_of
from loa.readers import MEMORY, Readers, Row, hour_in, value_of
from loa.readership import FILE, Readership, encode
from loa.reasons import reason
from loa.scan import TEXT_FOLDERS, walk

Progress = Callable[[str, int, int], None]

STDIN = "-"
# What servers log of a request is limited by what they take; a longer line is none of theirs.
_LONGEST = 1 << 16
# As much as is looked at of a user agent, and as long as a target is that is remembered: both are what a client likes.
_AGENT, _USUAL = 1000, 200
# So many readers are handed to the memory at once.
_TOGETHER = 50_000


class Tally(Struct):
    """What became of the lines of the logs.

    Of those that are views of an entry: ``new`` ones were added; ``known`` ones are of a reader who was counted in that
    hour; ``early`` ones lie in the hours before the memory begins. ``strange`` lines are not understood.
    """

    lines: int = 0
    strange: int = 0
    robots: int = 0
    new: int = 0
    known: int = 0
    early: int = 0


class Counted(Struct, frozen=True):
    """What a count did. ``since`` is the newest hour of what was taken over, where the memory was made anew."""

    tally: Tally
    readership: Readership
    since: datetime | None
    is_written: bool


def count_views(
    root: Path,
    logs: Sequence[str],
    published: Readership,
    place: tuple[str, tzinfo],
    now: datetime,
    progress: Progress,
) -> Counted:
    """Count the readers in ``logs`` of the site in ``root``, of which ``published`` is known already.

    ``place`` is the site's base address and its time zone. Raises ``CountingError``; then nothing was changed.
    """
    base_url, zone = place
    entries = {
        url_of(path) for path in walk(root / "content") if path.endswith(".md") and path.startswith(TEXT_FOLDERS)
    }
    with closing(Readers(root / MEMORY, published)) as readers:
        counter = _Counter(readers, entries, urlsplit(base_url).path.rstrip("/"), hour_in(now))
        for name in logs:
            _take_all(name, counter, progress)
        counter.hand_over()
        readership = readers.counted(zone)
        _refuse_more_than_known(published, readership)
        readers.keep()
        # While the memory is still held, or another count might write what is older than this.
        is_written = readership.newest is not None and _write(root / FILE, encode(readership))
        since = readers.base.newest if readers.is_new else None
    return Counted(counter.tally, readership, since, is_written)


def _take_all(name: str, counter: _Counter, progress: Progress) -> None:
    """Have ``counter`` take every line of a log. Raises ``CountingError`` for a file that is none."""
    first, is_log = b"", False
    for line in _lines(name):
        # The server may be just writing one.
        first = first or (line if line.endswith(b"\n") else b"")
        is_log |= counter.take(line)
        if counter.tally.lines % _TOGETHER == 0:
            progress("read", counter.tally.lines, 0)
    if first and not is_log:
        raise CountingError(count_messages.no_log(name, is_json=first.startswith(b"{")))


class _Counter:
    """Takes one line after the other; what becomes of them is in ``tally``, and of readers in the memory."""

    def __init__(self, readers: Readers, entries: set[str], base: str, latest: int) -> None:
        self.tally = Tally()
        self._readers = readers
        self._entries = entries
        self._base = base
        self._latest = latest
        self._rows: set[Row] = set()
        # Most targets were asked for before, as they stand.
        self._asked: dict[bytes, str] = {}

    def take(self, line: bytes) -> bool:
        """Count the reader of whom ``line`` tells, if it tells of one; whether it is a line of a log at all."""
        self.tally.lines += 1
        request = read_line(line)
        if request is None:
            self.tally.strange += 1
            return False
        self._count(request)
        return True

    def _count(self, request: Request) -> None:
        tally = self.tally
        target = target_of(request)
        url = target and self._entry_at(target)
        if not url:
            return
        hour = hour_of(request.minute, request.offset)
        # No clock of a server is a day ahead; what says so would make all else look old.
        if hour is None or hour > self._latest + 24:
            tally.strange += 1
        elif is_robot(request.agent[:_AGENT]):
            tally.robots += 1
        elif hour <= self._readers.since:
            tally.early += 1
        else:
            self._remember((self._readers.entry(url), hour, value_of(hour, url, network_of(request.client))))

    def _entry_at(self, target: bytes) -> str:
        """The address of the entry that was asked for; empty for everything else."""
        url = self._asked.get(target)
        if url is None:
            # Most of what is asked for is no page: pictures, styles, scripts. What is escaped may be anything.
            if b".html" not in target and b"%" not in target:
                return ""
            url = path_of(target, self._base)
            if url not in self._entries:
                return ""
            if len(self._asked) < _TOGETHER and len(target) < _USUAL:
                self._asked[target] = url
        return url

    def _remember(self, row: Row) -> None:
        if row in self._rows:
            self.tally.known += 1
            return
        self._rows.add(row)
        if len(self._rows) == _TOGETHER:
            self.hand_over()

    def hand_over(self) -> None:
        """Give the memory what it has not got yet."""
        new = self._readers.add(self._rows)
        self.tally.new += new
        self.tally.known += len(self._rows) - new
        self._rows.clear()


@lru_cache(maxsize=20_000)
def is_robot(agent: bytes) -> bool:
    """Whether a program of that name reads for nobody; one without a name does."""
    name = agent.decode("ascii", "replace").strip()
    return name in ("", "-") or is_crawler(name)


# --- the disk ---------------------------------------------------------------------


def _lines(name: str) -> Iterator[bytes]:
    with _opened(name) as file:
        is_within = False
        for line in iter(partial(file.readline, _LONGEST), b""):
            is_end = line.endswith(b"\n") or len(line) < _LONGEST
            # Of a line that is too long no part is taken for one.
            if not is_within:
                yield line if is_end else b""
            is_within = not is_end


def _raw(name: str) -> AbstractContextManager[BufferedReader]:
    return nullcontext(cast("BufferedReader", sys.stdin.buffer)) if name == STDIN else Path(name).open("rb")


@contextmanager
def _opened(name: str) -> Iterator[BufferedReader]:
    """A log, unpacked if it is packed, whatever its name says; what goes wrong while it is read is told of it."""
    try:
        with _raw(name) as file:
            if file.peek(2)[:2] == b"\x1f\x8b":
                yield cast("BufferedReader", gzip.GzipFile(fileobj=file))
            else:
                yield file
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise CountingError(count_messages.log_unreadable(name, count_messages.log_cut_short())) from None
    except OSError as error:
        raise CountingError(count_messages.log_unreadable(name, reason(error))) from None


def _refuse_more_than_known(published: Readership, known: Readership) -> None:
    for url, told in published.views.items():
        total = found.total if (found := known.views.get(url)) is not None else 0
        if told.total > total:
            raise CountingError(count_messages.views_foreign(url, told.total, total))


def _write(file: Path, data: bytes) -> bool:
    """Whether the file had to be changed to hold ``data``."""
    if file.exists() and file.read_bytes() == data:
        return False
    temporary = file.with_name(f"{MEMORY}.new")
    with temporary.open("wb") as new:
        new.write(data)
        new.flush()
        os.fsync(new.fileno())
    os.replace(temporary, file)
    return True
