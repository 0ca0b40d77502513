"""``.loa-views``: who has read what in which hour, so that nobody is counted twice, and in a way that names nobody.

Of each reader of an entry in an hour, sixteen bits are kept: a digest of his address with the hour and the entry.
There are 2³² addresses of IPv4 and 2¹⁶ such values, so each value stands for 65,536 addresses; and as hour and entry go
into it, the values of one reader in two hours or of two entries have nothing in common. So no address can be read from
the file, nor can readings be joined to somebody's path through the site. What no short digest can hide: who has the
file and suspects an address can ask whether its value is there, and a yes is wrong by chance only once in 65,536 for
each reader of that hour. The file stays on the machine that has the logs, which say more; and it may be deleted.

Sets only grow, and their union does not depend on order: a line that is read twice, or in another file, adds nothing.

Two readers in an hour may share a value. Of n readers, m·(1 - (1 - 1/m)ⁿ) values are seen with m = 65,536: of 1,000
readers of one article in one hour 992.4, a loss of 7.6. It is counted back (linear counting; Whang, Vander-Zanden,
Taylor 1990), after which 1,000 are counted as 1,000 ± 3. Of 100 readers, one is lost in every 13th hour.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, tzinfo
from hashlib import blake2b
from math import log
from pathlib import Path

import msgspec

from loa import count_messages
from loa.errors import CountingError
from loa.readership import UNCOUNTED, Readership, Views, first_day

# Beside ``site.toml``, and never in git.
MEMORY = ".loa-views"

_BYTES = 2
_VALUES = 1 << 8 * _BYTES
# Up to here the loss is less than half a reader.
_EXACT = 180
_VERSION = 1
_HOUR = 3600
# Another count may be running; seconds.
_PATIENCE = 30

_SCHEMA = """
create table entry (id integer primary key, url text not null unique);
create table reader (entry integer not null, hour integer not null, value integer not null,
    primary key (entry, hour, value)) without rowid;
create table base (readership blob not null);
"""
_COUNTS = "select entry, hour, count(*) as seen from reader where hour >= ? group by entry, hour"

Row = tuple[int, int, int]


def value_of(hour: int, url: str, network: bytes) -> int:
    """What is kept of a reader of ``url`` in that hour since 1970."""
    return int.from_bytes(blake2b(b"%d %b %b" % (hour, url.encode(), network), digest_size=_BYTES).digest())


def readers_of(seen: int) -> int:
    """How many readers there were, most probably, of whom ``seen`` different values were kept."""
    return seen if seen < _EXACT else round(-_VALUES * log(1 - min(seen, _VALUES - 1) / _VALUES))


def hour_in(moment: datetime) -> int:
    """The hour of a moment, counted from the beginning of 1970 in UTC."""
    return int(moment.timestamp()) // _HOUR


class Readers:
    """The memory in one SQLite file, for this process alone while it is open; what is not kept is taken back.

    ``base`` is what had been counted when it was made: ``counted``, for a new one. What lies in the hours of it is
    not known any more, so nothing is added to these. ``is_new`` says that there was no memory before.
    """

    def __init__(self, path: Path, counted: Readership) -> None:
        self._path = path
        self.is_new = False
        if not path.exists():
            # For nobody but who counts; what SQLite lays beside it is as this file is.
            path.touch(mode=0o600)
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE)
        self._is_kept = False
        try:
            self.base = self._open(counted)
        except (sqlite3.DatabaseError, msgspec.DecodeError, UnicodeDecodeError) as error:
            self.close()
            raise _fault(path, error) from None
        except BaseException:
            self.close()
            raise
        self._ids: dict[str, int] = {}
        self.since = -1 if self.base.newest is None else hour_in(self.base.newest)

    def _open(self, counted: Readership) -> Readership:
        run = self._connection.execute
        # Held until the file is closed, so that ``views.json`` is written by one at a time too.
        run("pragma locking_mode = exclusive")
        run("begin exclusive")
        # Also where a first count was cut off: then an empty file is left.
        self.is_new = run("select count(*) from sqlite_master").fetchone()[0] == 0
        if self.is_new:
            for statement in _SCHEMA.split(";"):
                run(statement)
            run(f"pragma user_version = {_VERSION}")
            run("insert into base values (?)", (msgspec.json.encode(counted),))
        elif run("pragma user_version").fetchone()[0] != _VERSION or run("pragma quick_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError
        return _BASE.decode(run("select readership from base").fetchone()[0])

    def entry(self, url: str) -> int:
        """The number of the entry at ``url`` in this memory."""
        known = self._ids.get(url)
        if known is None:
            run = self._connection.execute
            run("insert or ignore into entry (url) values (?)", (url,))
            known = self._ids[url] = run("select id from entry where url = ?", (url,)).fetchone()[0]
        return known

    def add(self, rows: Iterable[Row]) -> int:
        """Remember readers, each as entry, hour and value; how many of them were not known."""
        before = self._connection.total_changes
        try:
            # In the order in which they lie on the disk.
            self._connection.executemany("insert or ignore into reader values (?, ?, ?)", sorted(rows))
        except sqlite3.DatabaseError as error:
            raise _fault(self._path, error) from None
        return self._connection.total_changes - before

    def counted(self, zone: tzinfo) -> Readership:
        """What ``views.json`` is to say: the base and what was counted since, by days of ``zone``."""
        try:
            return self._counted(zone)
        except sqlite3.DatabaseError as error:
            raise _fault(self._path, error) from None

    def _counted(self, zone: tzinfo) -> Readership:
        connection = self._connection
        connection.create_function("readers_of", 1, readers_of, deterministic=True)
        hour = connection.execute("select max(hour) from reader").fetchone()[0]
        newest = self.base.newest if hour is None else datetime.fromtimestamp(hour * _HOUR, UTC)
        if newest is None:
            return UNCOUNTED
        newest = newest.astimezone(zone)
        first = first_day(newest)
        urls = dict(connection.execute("select id, url from entry"))
        totals = {url: views.total for url, views in self.base.views.items()}
        # Nearly all hours have few readers, and a function in Python would be called for each.
        number = f"case when seen < {_EXACT} then seen else readers_of(seen) end"
        rows = connection.execute(f"select entry, sum({number}) from ({_COUNTS}) group by entry", (0,))  # noqa: S608  # a number of ours
        for entry, count in rows:
            totals[urls[entry]] = totals.get(urls[entry], 0) + count
        days = {url: {d: n for d, n in views.days.items() if d >= first} for url, views in self.base.views.items()}
        # An hour may begin on the day before, where offsets have half hours.
        start = hour_in(datetime.combine(first, time(), zone))
        day_of: dict[int, date] = {}
        for entry, at, seen in connection.execute(_COUNTS, (start,)):
            day = day_of.get(at)
            if day is None:
                day = day_of[at] = datetime.fromtimestamp(at * _HOUR, zone).date()
            if day >= first:
                of_entry = days.setdefault(urls[entry], {})
                of_entry[day] = of_entry.get(day, 0) + readers_of(seen)
        return Readership(newest, {url: Views(days.get(url, {}), total) for url, total in totals.items()})

    def keep(self) -> None:
        """Make what was added last."""
        try:
            self._connection.execute("commit")
        except sqlite3.DatabaseError as error:
            raise _fault(self._path, error) from None
        self._is_kept = True

    def close(self) -> None:
        """Close the file, as it was before unless it was to be kept."""
        self._connection.close()
        if self.is_new and not self._is_kept:
            self._path.unlink(missing_ok=True)


_BASE = msgspec.json.Decoder(Readership)


def _fault(path: Path, error: Exception) -> CountingError:
    # The low byte is the kind; what lies above it says more.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return CountingError(count_messages.counting_twice(path.name))
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        return CountingError(count_messages.counts_not_written(path.name, str(error)))
    return CountingError(count_messages.count_memory_broken(path.name))
