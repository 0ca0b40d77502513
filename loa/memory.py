"""What is remembered between builds to save time: conversions, parsed entries, measured files.

All of it lies in one folder that may be deleted at any moment; an unreadable or older memory counts as none.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from loa.errors import MemoryDamagedError
from loa.fingerprint import BrokenSealError, sealed, unsealed
from loa.model import Asset, Body, Converted, Entry, Record
from loa.scan import Signature

# Below the site folder; may be deleted at any time.
CACHE = ".cache"

R = TypeVar("R", bound=Record)

_TABLE = "create table if not exists conversion (digest text primary key, meta blob not null, html blob not null)"


class Bodies:
    """Converted texts by the digest of their Markdown: one SQLite table, read and written like a dict.

    ``is_new`` says that nothing was remembered when it was opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._owner = os.getpid()
        self.is_new = not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = self._open()
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            path.unlink(missing_ok=True)
            self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None, timeout=30)
        try:
            # Losing the memory in a power cut costs time only, so nothing waits for the disk.
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = off")
            connection.execute(_TABLE)
        except BaseException:
            connection.close()
            raise
        return connection

    def _mine(self) -> sqlite3.Connection:
        # SQLite connections must not cross a fork, not even to be closed: it stays open here and is not used.
        if self._owner != os.getpid():
            self._inherited = self._connection
            self._connection = self._open()
            self._owner = os.getpid()
        return self._connection

    def get(self, digest: str) -> Converted | None:
        """The remembered conversion, or None."""
        try:
            row = self._mine().execute("select meta, html from conversion where digest = ?", (digest,)).fetchone()
            return Converted(_BODY.decode(unsealed(row[0])), str(unsealed(row[1]), "utf-8")) if row else None
        except (sqlite3.DatabaseError, msgspec.DecodeError, BrokenSealError):
            return None

    def html(self, digest: str) -> str:
        """The HTML of a body that was converted in this build or an earlier one.

        Raises ``MemoryDamagedError`` when it is gone.
        """
        try:
            row = self._mine().execute("select html from conversion where digest = ?", (digest,)).fetchone()
        except sqlite3.DatabaseError as error:
            raise MemoryDamagedError(f"Không đọc được {self._path}: {error}.") from None
        if row is None:
            raise MemoryDamagedError(f"{self._path} thiếu một bài đã chuyển.")
        try:
            return str(unsealed(row[0]), "utf-8")
        except BrokenSealError:
            raise MemoryDamagedError(f"{self._path} có một bài đã hỏng.") from None

    def put(self, conversions: Iterable[Converted]) -> None:
        """Remember conversions under their bodies' digests."""
        rows = [(c.body.digest, sealed(_encode_body(c.body)), sealed(c.html.encode())) for c in conversions]
        if rows:
            self._change("insert or replace into conversion values (?, ?, ?)", rows)

    def digests(self) -> set[str]:
        """Every digest that is remembered."""
        try:
            return {row[0] for row in self._mine().execute("select digest from conversion")}
        except sqlite3.DatabaseError as error:
            raise MemoryDamagedError(f"Không đọc được {self._path}: {error}.") from None

    def forget(self, digests: Iterable[str]) -> None:
        """Drop conversions that no entry uses any more."""
        self._change("delete from conversion where digest = ?", [(digest,) for digest in digests])

    def _change(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        connection = self._mine()
        try:
            connection.execute("begin immediate")
            connection.executemany(statement, rows)
            connection.execute("commit")
        except sqlite3.DatabaseError as error:
            # Or another process would wait for the end of it.
            with suppress(sqlite3.DatabaseError):
                connection.execute("rollback")
            raise MemoryDamagedError(f"Không ghi được {self._path}: {error}.") from None

    def close(self) -> None:
        """Close the file; whoever asks again opens it anew."""
        self._mine().close()
        self._owner = 0


class Parsed(Record, frozen=True):
    """An entry as it was read from a file with that signature, and its digest."""

    signature: Signature
    entry: Entry
    digest: bytes


class Measured(Record, frozen=True):
    """A picture or attachment as it was measured from a file with that signature."""

    signature: Signature
    asset: Asset


M = TypeVar("M", Parsed, Measured)


class Entries(Record, frozen=True):
    """Everything read from ``content`` by the last build that published, under the settings in ``key``.

    ``changes`` counts the builds whose changes lie behind it in the file.
    """

    key: str
    taken: int
    parsed: dict[str, Parsed]
    measured: dict[str, Measured]
    changes: int = 0


class Change(Record, frozen=True):
    """What a build has changed in what is remembered; ``gone`` are paths of texts, then of files."""

    taken: int
    parsed: dict[str, Parsed]
    measured: dict[str, Measured]
    gone: tuple[tuple[str, ...], tuple[str, ...]]

    def __bool__(self) -> bool:
        """Whether it changes anything; what was read again counts, since now it has settled."""
        return bool(self.parsed or self.measured or any(self.gone))


def change_from(last: Entries, now: Entries) -> Change:
    """What makes ``now`` of ``last``, with which it shares what has not changed."""
    parsed, parsed_gone = _difference(last.parsed, now.parsed)
    measured, measured_gone = _difference(last.measured, now.measured)
    return Change(now.taken, parsed, measured, (parsed_gone, measured_gone))


def _difference(last: dict[str, R], now: dict[str, R]) -> tuple[dict[str, R], tuple[str, ...]]:
    new = {path: value for path, value in now.items() if last.get(path) is not value}
    # When as many are known as before and none came, none went.
    has_lost = len(last) - len(now) + sum(path not in last for path in new) > 0
    return new, tuple(last.keys() - now.keys()) if has_lost else ()


_BODY = msgspec.msgpack.Decoder(Body)
_encode_body = msgspec.msgpack.Encoder().encode
# JSON keeps the offset of a moment, which MessagePack turns into UTC: another hour, and maybe another day, on the page.
_ENTRIES = msgspec.json.Decoder(Entries)
_CHANGE = msgspec.json.Decoder(Change)
_encode_entries = msgspec.json.Encoder().encode

# A file changed in the same tick in which we looked would look unchanged; nanoseconds.
_RACY = 2_000_000_000


def load_entries(path: Path) -> Entries:
    """The remembered entries, or none when the file is missing or damaged.

    Under another ``key`` they may only serve as what was last published, not as what the files say now.
    """
    try:
        first, *more = _lines(path.read_bytes())
        entries = _ENTRIES.decode(unsealed(first))
        changes = [_CHANGE.decode(unsealed(line)) for line in more]
    except (OSError, msgspec.DecodeError, BrokenSealError):
        return Entries("", 0, {}, {})
    for change in changes:
        entries.parsed.update(change.parsed)
        entries.measured.update(change.measured)
        texts, files = change.gone
        for name in texts:
            entries.parsed.pop(name, None)
        for name in files:
            entries.measured.pop(name, None)
    return replace(entries, taken=changes[-1].taken, changes=len(changes)) if changes else entries


def _lines(data: bytes) -> Iterator[memoryview]:
    """The lines of ``data`` in place, since the first is nearly all of it."""
    start = 0
    while (end := data.find(b"\n", start)) >= 0:
        yield memoryview(data)[start:end]
        start = end + 1
    yield memoryview(data)[start:]


# After so many builds the file is written anew; before, a build writes only what it has changed.
_CHANGES = 100


def save_entries(path: Path, entries: Entries, last: Entries, change: Change) -> bool:
    """Bring the file from ``last``, which was loaded from it, to ``entries``; whether it was written anew."""
    is_small = len(change.parsed) + len(change.measured) <= len(entries.parsed) // 4
    if is_small and last.key == entries.key and last.changes < _CHANGES and path.exists():
        with path.open("ab") as file:
            file.write(b"\n" + sealed(_encode_entries(change)))
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    temporary.write_bytes(sealed(_encode_entries(replace(entries, changes=0))))
    temporary.replace(path)
    return True


def forget_everything(cache: Path) -> None:
    """Remove what was remembered of texts; pictures keep, since each of their files stands for itself."""
    for file in cache.glob("bodies.sqlite*"):
        file.unlink(missing_ok=True)


def unchanged(entries: Entries, remembered: dict[str, M], now: dict[str, Signature]) -> dict[str, M]:
    """What of ``entries``' ``remembered`` values can be used again, as files look ``now``.

    Their files look the same, and had settled when they were read.
    """
    settled = entries.taken - _RACY
    return {
        path: known
        for path, signature in now.items()
        if (known := remembered.get(path)) is not None and known.signature == signature and signature.ctime < settled
    }
