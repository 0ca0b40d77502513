"""Inputs of an output → digests; which outputs are stale, and why. Knows digests, not templates or files.

An output's inputs are four: its view, the frame around every page, its templates and our own code.
The names of those that differ from last time are the reason for rendering it again.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

import msgspec

from loa.model import Record

NEW = "new"
DAMAGED = "output"

# JSON tells equal moments of two zones apart, as a page does; MessagePack would not.
_encode = msgspec.json.Encoder().encode


class Frame(Record, frozen=True):
    """The digests that many outputs share; empty where an input does not apply to a kind of output."""

    chrome: str
    template: str
    code: str


class Inputs(Record, frozen=True):
    """All that an output's bytes depend on, as digests."""

    view: bytes
    frame: Frame


def digest(value: object) -> bytes:
    """The digest of a frozen value: equal for equal values, whatever the process, the hash seed or the zone."""
    return blake2b(_encode(value), digest_size=16).digest()


_SEAL = 16


class BrokenSealError(ValueError):
    """What was kept is not what was written."""


def sealed(data: bytes) -> bytes:
    """``data`` behind its own digest, so that no damage goes unnoticed."""
    return _seal(data) + data


def _seal(data: bytes | memoryview) -> bytes:
    return blake2b(data, digest_size=_SEAL).hexdigest().encode()


def unsealed(data: bytes | memoryview) -> memoryview:
    """What was ``sealed``, in place. Raises ``BrokenSealError`` when it has changed since."""
    whole = memoryview(data)
    inner = whole[2 * _SEAL :]
    if _seal(inner) != whole[: 2 * _SEAL]:
        raise BrokenSealError
    return inner


def view_digest(view: object) -> bytes:
    """The digest of a view; its type counts, so two kinds of page with equal fields differ."""
    return digest((type(view).__name__, view))


def reasons(before: Inputs | None, now: Inputs, intact: Callable[[], bool]) -> tuple[str, ...]:
    """Why an output must be rendered again; empty when it is fresh.

    ``intact`` tells whether the published file is still what was written; it is asked only when all else is equal.
    """
    if before is None:
        return (NEW,)
    names = ["view"] if before.view != now.view else []
    if before.frame != now.frame:
        names += [name for name in Frame.__struct_fields__ if getattr(before.frame, name) != getattr(now.frame, name)]
    if not names and not intact():
        names = [DAMAGED]
    return tuple(names)
