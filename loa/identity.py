"""What makes two citations mean one document: issuer, symbol, number, and year or term. Pure.

State numbers begin anew each year (Nghị định 30/2020/NĐ-CP, Điều 15); those of the Party run through a committee's
term; and many bodies share a symbol, so the place of the issuer belongs to it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache

from loa.agencies import agencies, provinces
from loa.kinds import PARTS, kinds_by_abbreviation
from loa.text import slug, tone_placements

# Stands for the portal's own province, whatever it is called at the time.
HOME = "@"
# Stands between the body that the symbol means and the one that the text names.
CONTRADICTION = "≠"
_YEAR = re.compile(r"[\d.]+[a-zđ]{0,2}[/-]((?:19|20)\d\d)(?=[/-]|$)")
_NUMBER = re.compile(r"0*(\d*)(?:\.(\d+))?([a-zđ]{0,2})(?:[/-]((?:19|20)\d\d)(?=[/-]|$))?(.*)")
_TERM_NUMBER = re.compile(r"(?:(?<=QH)[IVX]+|\d+)$")
_PLACE = re.compile(
    r"(?:^|\s)(?:(?:tỉnh|thành) (?:ủy|uỷ|đoàn)\s+(.+)"
    r"|((?:thành phố|thị xã|thị trấn|đặc khu|tỉnh(?! (?:ủy|uỷ|đoàn))|huyện|quận|phường|xã|tp\.?|tx\.?)\s+.+))$"
)
_BARE = re.compile(r"(?:tỉnh|thành phố|tỉnh ủy|tỉnh uỷ|thành ủy|thành uỷ|tỉnh đoàn|thành đoàn)$")
_CENTRAL = ("central", "party-central", "mass-central")


def key_of(number: str, issuer: str | None) -> str:
    """Issuer, symbol and running number as one text: equal for citations that may mean one document, year aside.

    ``number`` is as printed; an ``issuer`` that the text does not name is taken to be of the portal's own province.
    """
    found = _NUMBER.fullmatch(number)
    assert found is not None, number
    running, decimal, letter, _, symbol = found.groups()
    running = f"{running}.{decimal}" if decimal else running
    return f"{_scope(symbol, issuer)}|{running}{letter}"


@lru_cache(maxsize=4096)  # few bodies issue most of what a portal cites
def _scope(symbol: str, issuer: str | None) -> str:
    """The parts of a key that many documents share: body, place and symbol."""
    agency = _agency(symbol)
    said = _said(issuer) if issuer else None
    place = "" if agency in _central_symbols() else _place(issuer) if issuer else HOME
    if said and agency and _TERM_NUMBER.sub("", agency) not in said:
        # The text says one body, the symbol another: neither alone tells which document it is.
        agency = f"{agency}{CONTRADICTION}{said[0]}"
    elif not agency:
        agency = said[0] if said else slug(issuer or "")
    return f"{agency}|{place}|{symbol}"


@lru_cache(maxsize=65_536)  # a number that is cited is cited again
def year_in(number: str) -> str:
    """The year that a number itself has: 2022 in 42/2022/NĐ-CP; empty without one."""
    found = _YEAR.match(number)
    return found[1] if found else ""


def contradiction(number: str, issuer: str | None) -> bool:
    """Whether the symbol of ``number`` is that of another body than ``issuer``, where both are known."""
    return CONTRADICTION in key_of(number, issuer).partition("|")[0]


def _agency(symbol: str) -> str:
    """The part of a symbol that stands for the body: CP in /NĐ-CP, UBND in /UBND-TH, TU in -TB/TU; or nothing."""
    parts = PARTS.findall(symbol)
    if not parts:
        return ""
    if symbol[0] == "-" and "/" in symbol:
        part = PARTS.findall(symbol.partition("/")[2])[0]
    else:
        part = parts[1] if len(parts) > 1 and parts[0] in kinds_by_abbreviation() else parts[0]
    bare = _TERM_NUMBER.sub("", part)
    return bare if bare in ("QH", "UBTVQH") else _regular().get(part, part)


@cache
def _regular() -> dict[str, str]:
    """Spellings of symbols → the regular one, where only one body has them."""
    found: dict[str, set[str]] = {}
    for agency in agencies():
        for symbol in agency.symbols:
            found.setdefault(symbol, set()).add(agency.symbols[0])
    return {symbol: next(iter(regular)) for symbol, regular in found.items() if len(regular) == 1}


@cache
def _central_symbols() -> frozenset[str]:
    """Symbols that only bodies of the centre have."""
    levels: dict[str, set[str]] = {}
    for agency in agencies():
        levels.setdefault(agency.symbols[0], set()).add(agency.level)
    return frozenset(symbol for symbol, found in levels.items() if found <= set(_CENTRAL))


@cache
def _symbols_by_name() -> dict[str, tuple[str, ...]]:
    """Names of bodies in lower case → all symbols that a body of that name has."""
    found: dict[str, tuple[str, ...]] = {}
    for agency in agencies():
        for name in agency.names:
            for spelling in tone_placements(name.lower()):
                found[spelling] = tuple(dict.fromkeys((*found.get(spelling, ()), *agency.symbols)))
    return found


def _said(issuer: str) -> tuple[str, ...] | None:
    """The symbols of the body that ``issuer`` names; None where no table has it."""
    words = issuer.lower().split()
    # Offices stand before the name, places behind it: the longest run of words that is a name.
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            found = _symbols_by_name().get(" ".join(words[start : start + length]))
            if found:
                return found
    return None


def _place(issuer: str) -> str:
    """The place that ``issuer`` belongs to, as a slug; HOME where it names none."""
    lower = " ".join(issuer.lower().split())
    if _BARE.search(lower):
        return HOME
    if named := _PLACE.search(lower):
        return slug(named[1] or named[2]).removeprefix("tinh-")
    for province in sorted(_province_names(), key=len, reverse=True):
        if lower.endswith(f" {province}"):
            return slug(province)
    return HOME


@cache
def _province_names() -> frozenset[str]:
    return frozenset(
        spelling for p in provinces() for name in (p.name, *p.aliases) for spelling in tone_placements(name.lower())
    )


def province_on(name: str, day: str) -> str:
    """The province that ``name``, which stands in the settings, is part of on a day (ISO): what it was merged into."""
    for province in provinces():
        if province.name == name and province.into and province.until and province.until < day:
            return province_on(province.into, day) if province.into != name else name
    return name


# Days on which congresses ended, and committees of new terms began their work; those of provinces and below some
# months earlier. Unconfirmed before 2010 and for single provinces.
_TERMS = ("1996-07-01", "2001-04-22", "2006-04-25", "2011-01-19", "2016-01-28", "2021-02-01", "2026-01-23")
_LOCAL_TERMS = ("1995-12-01", "2000-12-01", "2005-12-01", "2010-10-15", "2015-10-15", "2020-10-15", "2025-10-15")


def series_of(key: str, day: str) -> str:
    """The year in which, or the term of the Party through which, numbers like that of ``key`` ran on a day (ISO)."""
    starts = _starts(key)
    return f"khoa-{starts[max(0, bisect_right(starts, day) - 1)][:4]}" if starts else day[:4]


@lru_cache(maxsize=1)  # asked for each citation of a key
def _starts(key: str) -> tuple[str, ...]:
    """The days on which the terms began through which numbers like that of ``key`` ran; nothing for those of years."""
    agency, place, symbol, _ = key.split("|")
    if not symbol.startswith("-") or "/" not in symbol:
        return ()
    return _LOCAL_TERMS if place or agency not in _central_symbols() else _TERMS
