"""``views.json``: how often each entry was read. What lies in git, and what pages show; made by ``counting``.

One entry a line in order of address, so that a difference in git can be read, and two of them merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from loa import count_messages, messages
from loa.errors import Problem, problem
from loa.reasons import reason

# Beside ``site.toml``.
FILE = "views.json"
# The day of the newest hour and the thirty before it.
DAYS = 31

Count = Annotated[int, Meta(ge=0, le=10**12)]
Address = Annotated[str, Meta(pattern=r"^/[a-z0-9/-]+\.html$")]


class Views(Struct, frozen=True, forbid_unknown_fields=True):
    """How often an entry was read: on each of the last days, and in all."""

    days: dict[date, Count]
    total: Count


class Readership(Struct, frozen=True, forbid_unknown_fields=True):
    """What was counted up to the end of the hour ``newest``, by address; ``newest`` is None where nothing was."""

    newest: Annotated[datetime, Meta(tz=True)] | None
    views: dict[Address, Views]

    def total(self, urls: Iterable[str]) -> int:
        """How often what answers at ``urls``, or did once, was read."""
        return sum(found.total for url in urls if (found := self.views.get(url)) is not None)

    def lately(self, urls: Iterable[str]) -> int:
        """The same in the thirty days before the day of the newest hour and on that day."""
        return sum(sum(found.days.values()) for url in urls if (found := self.views.get(url)) is not None)


UNCOUNTED = Readership(None, {})


def first_day(newest: datetime) -> date:
    """The first of the days that are told one by one, when ``newest`` is the newest hour."""
    return newest.date() - timedelta(days=DAYS - 1)


_decode = msgspec.json.Decoder(Readership).decode
_decode_row = msgspec.json.Decoder(dict[Address, Views]).decode
_encode = msgspec.json.Encoder().encode


def encode(readership: Readership) -> bytes:
    """The bytes of ``views.json``: equal for equal counts."""
    rows = (
        _encode(url) + b":" + _encode(Views(dict(sorted(views.days.items())), views.total))
        for url, views in sorted(readership.views.items())
    )
    return b'{"newest":%b,"views":{\n%b\n}}\n' % (_encode(readership.newest), b",\n".join(rows))


def load(root: Path) -> tuple[Readership, tuple[Problem, ...]]:
    """What ``root/views.json`` says, with a problem where it cannot be used; nothing where there is none."""
    try:
        data = (root / FILE).read_bytes()
    except FileNotFoundError:
        return UNCOUNTED, ()
    except OSError as error:
        return UNCOUNTED, (problem(FILE, messages.unreadable(reason(error))),)
    try:
        readership = _decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        line = _line_of_fault(data, str(error))
        conflict = re.search(rb"^(<{7}|={7}|>{7})", data, re.MULTILINE)
        if conflict:
            line = data.count(b"\n", 0, conflict.start()) + 1
        return UNCOUNTED, (problem(FILE, count_messages.views_broken(is_conflict=conflict is not None), line=line),)
    if readership.views and readership.newest is None:
        return UNCOUNTED, (problem(FILE, count_messages.views_broken(is_conflict=False), line=1),)
    if line := _repeated(data, len(readership.views)):
        return UNCOUNTED, (problem(FILE, count_messages.views_repeated(), line=line),)
    return readership, ()


def _line_of_fault(data: bytes, error: str) -> int:
    """The first line that cannot be read; the first of the file when none can be told."""
    if found := re.search(r"\(byte (\d+)\)", error):
        return data.count(b"\n", 0, int(found[1])) + 1
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.startswith(b'"/'):
            try:
                _decode_row(b"{%b}" % line.rstrip(b",\r "))
            except (msgspec.DecodeError, UnicodeDecodeError):
                return number
    return 1


def _repeated(data: bytes, known: int) -> int:
    """The line that tells of an address for the second time, as a careless merge leaves it; 0 when none does."""
    if data.count(b'\n"/') <= known:
        return 0
    seen: set[bytes] = set()
    for number, line in enumerate(data.split(b"\n"), 1):
        address, colon, _ = line.partition(b":")
        if line.startswith(b'"/') and colon:
            if address in seen:
                return number
            seen.add(address)
    return 0
