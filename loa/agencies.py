"""Bodies that issue official documents, and provinces, each with its life. Data, loaded once.

The tables are in ``data/agencies.toml``, with their sources.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from loa.model import Record
from loa.text import tone_placements

_FILE = Path(__file__).with_name("data") / "agencies.toml"
_FIRST_WORD = re.compile(r"\w+")


class Agency(Record, frozen=True):
    """A body that issues documents: the symbols it has had, the first being the regular one, and its names.

    ``since`` and ``until`` bound its life, both inclusive, as ISO dates; empty when unknown or unbounded.
    ``successors`` are the symbols of those that came after it, the main one first.
    """

    symbols: tuple[str, ...]
    names: tuple[str, ...]
    level: str
    since: str
    until: str
    successors: tuple[str, ...] = ()


class Province(Record, frozen=True):
    """A province or city under the centre in one of its lives; ``into`` is the one that took its place."""

    name: str
    type: str
    aliases: tuple[str, ...]
    since: str
    until: str
    into: str


@cache
def _tables() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def agencies() -> tuple[Agency, ...]:
    """Every body of the table."""
    return tuple(
        Agency(
            symbols=(row["symbol"], *row.get("variants", ())),
            names=tuple(row["names"]),
            level=row["level"],
            since=row.get("from", ""),
            until=row.get("until", ""),
            successors=tuple(row.get("successors", (row["successor"],) if "successor" in row else ())),
        )
        for row in _tables()["agency"]
    )


@cache
def provinces() -> tuple[Province, ...]:
    """Every life of every province."""
    return tuple(
        Province(
            name=row["name"],
            type=row["type"],
            aliases=tuple(row.get("aliases", ())),
            since=row.get("from", ""),
            until=row.get("until", ""),
            into=row.get("into", ""),
        )
        for row in _tables()["province"]
    )


@cache
def symbols() -> frozenset[str]:
    """Every symbol of a body."""
    return frozenset(symbol for agency in agencies() for symbol in agency.symbols)


class Names:
    """Names that a text may hold: finds the longest that stands at a place, whatever its capitals and tone marks."""

    def __init__(self, names: set[str]) -> None:
        self._by_first_word: dict[str, list[str]] = {}
        for spelling in {spelling for name in names for spelling in tone_placements(name.lower())}:
            first = _FIRST_WORD.match(spelling)
            assert first is not None, spelling
            self._by_first_word.setdefault(first[0], []).append(spelling)
        for spellings in self._by_first_word.values():
            spellings.sort(key=len, reverse=True)

    def end(self, lower: str, start: int) -> int:
        """Where the name that stands at ``start`` ends; 0 when none does. ``lower`` is in lower case."""
        first = _FIRST_WORD.match(lower, start)
        if first is None:
            return 0
        for name in self._by_first_word.get(first[0], ()):
            end = start + len(name)
            if lower.startswith(name, start) and not (lower[end : end + 1].isalnum() and name[-1].isalnum()):
                return end
        return 0


@cache
def agency_names() -> Names:
    """The names of bodies whose name is whole; those of any level go on: "Ban Chỉ đạo phòng, chống tham nhũng"."""
    return Names({name for agency in agencies() if agency.level != "any" for name in agency.names})


@cache
def province_names() -> Names:
    """The names of provinces."""
    return Names({name for province in provinces() for name in (province.name, *province.aliases)})
