"""Kinds of official documents: their names, and the abbreviations that symbols have for them. Data, loaded once.

The tables are in ``data/kinds.toml``, with their sources.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from loa.model import Record
from loa.text import tone_placements

_FILE = Path(__file__).with_name("data") / "kinds.toml"

# A part of a symbol: UBND, TTr, QyĐ, BCĐ389, XDCQ&TCBC.
PART = r"[A-ZĐƯÂĂÊÔƠ][A-Za-zĐđƯưÂâĂăÊêÔôƠơ]{0,24}\d{0,4}(?:[&+][A-ZĐ][A-ZĐa-z]{0,12})?"
PARTS = re.compile(PART)


class Kind(Record, frozen=True):
    """A kind of document. ``base`` is the kind that its symbol names, itself but for compounds.

    ``abbreviations`` are all values that symbols have had for it, ``families`` the number grammars it takes:
    ``state`` (n/KIND-AGENCY), ``cong-van`` (n/AGENCY-UNIT), ``qppl`` (n/yyyy/…), ``party`` (n-KIND/AGENCY).
    An ``urgent`` form ("Công điện khẩn") is the kind itself with a word about how soon it is due.
    """

    name: str
    base: str
    abbreviations: frozenset[str]
    families: frozenset[str]
    is_urgent: bool
    is_joint: bool


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its name as sentences have it: ``Công văn``."""
    return {
        row["name"]: Kind(
            name=row["name"],
            base=row.get("base", row["name"]),
            abbreviations=frozenset(
                (*row["abbreviations"], *row.get("party", ()), *(a["value"] for a in row.get("abbreviation", ())))
            ),
            families=frozenset(row["family"]),
            is_urgent="urgency" in row,
            is_joint=any(word in row["name"] for word in ("liên tịch", "liên ngành", "phối hợp")),
        )
        for row in _tables()["kind"]
    }


@cache
def kinds_by_words() -> dict[str, Kind | None]:
    """Every kind by its name in lower case, with the tone on either vowel; None for words that only end like one."""
    named: dict[str, Kind | None] = dict.fromkeys(_tables()["not_kinds"])
    for name, kind in kinds().items():
        named.update(dict.fromkeys(tone_placements(name.lower()), kind))
    return named


@cache
def kinds_by_abbreviation() -> dict[str, tuple[Kind, ...]]:
    """The kinds that an abbreviation may stand for. Abbreviations are never folded: HD is not HĐ."""
    found: dict[str, tuple[Kind, ...]] = {}
    for kind in kinds().values():
        for value in kind.abbreviations:
            found[value] = (*found.get(value, ()), kind)
    return found


@cache
def kind_endings() -> frozenset[str]:
    """What the names of kinds, and words that only end like one, end with, in lower case: "định", "quyết định"."""
    names = map(str.split, kinds_by_words())
    return frozenset(" ".join(words[first:]) for words in names for first in range(len(words)))
