"""A line of a web server's log → the request that it tells of. Pure; no line, whoever wrote parts of it, is too odd.

nginx's and Apache's combined format, also with the virtual host in front, and with further fields behind: one of them
may hold what browsers say of a page that they fetch before anybody has asked for it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import IPv6Address
from typing import NamedTuple
from urllib.parse import unquote

# Both servers escape quotes, backslashes and control characters in what a client sends (\x22 or \"), so a client can
# neither end a field nor begin a line. The user's name stands outside quotes and may hold blanks and brackets.
_FIELD = rb'"([^"\\]*(?:\\.[^"\\]*)*)"'
_LINE = re.compile(
    # Apache's %v:%p; most lines have none, and looking ahead tells that soonest.
    rb'(?:(?=[^\s"]+:\d+ )(?:[^\s:"\[\]]+|\[[0-9A-Fa-f:.]+\]):\d+ )?'
    # Nearly all readers have no name, which is a third of the time.
    rb'([^\s"]+) (?:- - |[^"]*)\[([^]"]{17}):\d\d ([+-]\d{4})\] '
    + _FIELD
    + rb" (\d{3}) (?:\d+|-) "
    + rb'"[^"\\]*(?:\\.[^"\\]*)*" '
    + _FIELD
    + rb"([^\r\n]*)"
)
_MONTHS = {name: number for number, name in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_MOMENT = re.compile(rb"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d):(\d\d)")
# Sec-Purpose (prefetch, prerender), Purpose and X-Moz, each as the browser has sent it.
_AHEAD = re.compile(rb"prefetch|prerender", re.IGNORECASE)


class Request(NamedTuple):
    """A request as it was logged. ``minute`` is local to the ``offset``; ``rest`` is all behind the user agent."""

    client: bytes
    minute: bytes
    offset: bytes
    request: bytes
    status: bytes
    agent: bytes
    rest: bytes


def read_line(line: bytes) -> Request | None:
    """The request in ``line``; None for a line that is not understood."""
    found = _LINE.match(line)
    return Request._make(found.groups()) if found else None


def target_of(request: Request) -> bytes:
    """What somebody was sent who asked for a page: the target as it was logged; empty for all other requests."""
    if request.status not in (b"200", b"304"):
        return b""
    method, _, asked = request.request.partition(b" ")
    target, _, protocol = asked.partition(b" ")
    if method != b"GET" or not protocol.startswith(b"HTTP/"):
        return b""
    # Nearly always empty, if it is there.
    is_ahead = request.rest != b' ""' and _AHEAD.search(request.rest)
    return b"" if is_ahead else target


def path_of(target: bytes, base: str = "") -> str:
    """The site path that ``target`` asks for, on a site below the path ``base``; empty for what lies outside it."""
    path = unquote(re.split(rb"[?#]", target, maxsplit=1)[0].decode("ascii", "replace"), errors="replace")
    inside = path.startswith(f"{base}/")
    return path.removeprefix(base) if inside else ""


@lru_cache(maxsize=4096)
def hour_of(minute: bytes, offset: bytes) -> int | None:
    """The hour in which the moment lies, counted from the beginning of 1970 in UTC; None for one that never was."""
    found = _MOMENT.fullmatch(minute)
    month = _MONTHS.get(found[2]) if found else None
    if found is None or month is None:
        return None
    try:
        local = datetime(int(found[3]), month, int(found[1]), int(found[4]), int(found[5]), tzinfo=UTC)
    except ValueError:
        return None
    minutes = int(offset[1:3]) * 60 + int(offset[3:])
    elapsed = int(local.timestamp()) // 60 - (minutes if offset.startswith(b"+") else -minutes)
    return elapsed // 60 if elapsed >= 0 else None


def network_of(client: bytes) -> bytes:
    """Who is counted once: the address, or of one of IPv6 the /64 that is a single reader's, who has many in it."""
    return _network_of(client) if b":" in client else client


@lru_cache(maxsize=20_000)
def _network_of(client: bytes) -> bytes:
    try:
        address = IPv6Address(client.decode("ascii"))
    except ValueError:
        return client
    return str(address.ipv4_mapped).encode() if address.ipv4_mapped else address.packed[:8]
