"""The words of the proof-reader, as its rules need them. Data, loaded once.

The tables are in ``data/proofreading.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

_FILE = Path(__file__).with_name("data") / "proofreading.toml"


@cache
def tables() -> dict[str, Any]:
    """Every table as the file has it."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def words_of(table: str, name: str) -> frozenset[str]:
    """The words of an entry that holds a text: divided by | where it has such, else by blanks."""
    value = tables()[table][name]
    if isinstance(value, list):
        return frozenset(value)
    # A blank may be part of what stands between two bars.
    return frozenset(part.strip("\n") for part in value.split("|")) if "|" in value else frozenset(value.split())


@cache
def any_of(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def doubled() -> dict[str, frozenset[str]]:
    """Words that are doubted where they stand twice, and what may follow them there."""
    return {word: frozenset(after.split()) for word, after in tables()["doubled"].items()}


@cache
def doubled_behind() -> dict[str, frozenset[str]]:
    """Words that are doubted where they stand twice, and what may stand before them there."""
    return {word: frozenset(before.split()) for word, before in tables()["doubled_behind"].items()}


class Variants(NamedTuple):
    """Spellings of one thing, found by ``pattern``; of ``not_after`` the word before makes it another thing."""

    spellings: tuple[str, ...]
    pattern: re.Pattern[str]
    is_cased: bool
    not_after: frozenset[str]


@cache
def variants() -> tuple[Variants, ...]:
    """Every group of spellings."""
    return tuple(
        Variants(
            tuple(row["spellings"]),
            re.compile(
                rf"(?<![\w-])(?:{any_of(tuple(row['spellings']))})(?![\w-])", 0 if row.get("cased") else re.IGNORECASE
            ),
            bool(row.get("cased")),
            frozenset(row.get("not_after", ())),
        )
        for row in tables()["variants"]
    )


class Slip(NamedTuple):
    """What to write instead of a known slip, and what may follow where it is none."""

    right: str
    unless: tuple[str, ...]


@cache
def slips() -> dict[str, Slip]:
    """Known slips, in lower case."""
    unless = tables()["typo_unless"]
    return {
        wrong: Slip(right, tuple(f" {word}" for word in unless.get(wrong, "").split()))
        for wrong, right in tables()["typo"].items()
    }
