"""Where in a sentence the name of a body that issues documents begins and ends. Pure.

Names of known bodies come from data; others are read by the way they are built: a head ("Ban", "Chi cục", "Chủ tịch"),
words of the name, then a place. A place ends a name.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from loa.agencies import agency_names, province_names
from loa.model import Record
from loa.text import tone_placements


class Text(Record, frozen=True):
    """A paragraph to be read: composed, every gap a single blank; and that in lower case.

    ``breaks`` are the blanks at which a line ended. ``shifts`` lead back to the text as typed, step by step: from which
    place on how many characters are missing; the last step is composing, where there was something to compose.
    """

    flat: str
    lower: str
    breaks: frozenset[int]
    shifts: tuple[list[tuple[int, int]], ...]

    is_composed: bool

    def place(self, at: int) -> int:
        """Where in the text as typed the character ``at`` stands."""
        for shifts in self.shifts:
            at += shifts[bisect_right(shifts, at, key=itemgetter(0)) - 1][1]
        return at

    def place_after(self, end: int) -> int:
        """Where in the text as typed the character before ``end`` has ended."""
        for step, shifts in enumerate(self.shifts, 1):
            # What is missing behind the character does not belong to it, but what was composed into it does.
            find = bisect_right if self.is_composed and step == len(self.shifts) else bisect_left
            end += shifts[max(0, find(shifts, end, key=itemgetter(0)) - 1)][1]
        return end


_FILE = Path(__file__).with_name("data") / "wording.toml"


@cache
def wording() -> dict[str, list[str]]:
    """Words that stand around numbers of documents, by what they are there for; see the file."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


class _Patterns(NamedTuple):
    """What begins the name of a body or office; a type of place, with what divides it from a name; what ends all."""

    head: re.Pattern[str]
    place: re.Pattern[str]
    stop: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    def words(name: str) -> str:
        spellings = {spelling for word in wording()[name] for spelling in tone_placements(word)}
        return "|".join(re.escape(word) for word in sorted(spellings, key=lambda word: (-len(word), word)))

    return _Patterns(
        head=re.compile(rf"(?:{words('heads')})(?!\w)"),
        place=re.compile(rf"((?:{words('places')})(?!\w)|t[pxt](?!\w))((?<=t[pxt])\. ?| |)"),
        stop=re.compile(rf"(?:{words('stops')})(?!\w)"),
    )


# GD-ĐT, 2021-2025, cam/dioxin.
_WORD = re.compile(r"\w[\w&'’]*(?:-\d+|(?:-[A-ZĐ]+)+|/[a-z]+)?")
_ACRONYM = re.compile(r"[A-ZĐ]{3,10}(?!\w)")
_TERM = re.compile(r" (?:khóa|khoá) (?:thứ )?(?:[ivxlc]+|\d+)(?!\w)")
_DIGITS = re.compile(r"\d{1,3}(?![\w/.,-]*\d)")
_JOINS = re.compile(r" và |, ")
_AND = re.compile(r" (?:và|-|–|—) ")
_OF = " của "
_UNDER = re.compile(r" [-–—] ")
# A comma in the name of many bodies: "phòng, chống thiên tai".
_COMMA = re.compile(r"(?<=phòng), (?=chống)|(?<=bộ trưởng), (?=chủ nhiệm)")
# "của sở", "của trạm": the writer's own.
_OWN = re.compile(
    r"(?:sở|ban|phòng|trường|trạm|cục|bộ|hội|huyện|ngành|công ty|trung tâm|văn phòng|bệnh viện)(?=[.,;:)]|$)"
)
# Words in the name of a place, and of a body that no table has.
_PLACE_WORDS, _NAME_WORDS = 4, 24


def issuer_end(text: Text, start: int, *, joint: bool = False) -> int:
    """Where the body whose name begins at ``start`` ends; 0 when no such name begins there.

    ``joint``: several bodies may be named, as those that issue a joint circular.
    """
    end = _body_end(text, start)
    while joint and end and (found := _JOINS.match(text.flat, end)):
        further = _body_end(text, found.end())
        if not further:
            break
        end = further
    return end


def _body_end(text: Text, start: int) -> int:
    """Where the one body ends whose name begins at ``start``; 0 when there is none."""
    if start >= len(text.flat) or not text.flat[start].isalpha():
        return 0
    if not text.flat[start].isupper():
        # "của tỉnh": the body goes without saying.
        own = _OWN.match(text.lower, start)
        return own.end() if own else _place_end(text, start)
    end = agency_names().end(text.lower, start)
    end = _known_end(text, start, end) if end else _built_end(text, start)
    if end and (under := _UNDER.match(text.flat, end)):
        # "Chi cục Thủy lợi - Sở Nông nghiệp và Môi trường"
        return _body_end(text, under.end()) or end
    return end


def _built_end(text: Text, start: int) -> int:
    """Where a name ends that no table has, by the way it is built: a head, words, a place; 0 without a head."""
    head = _patterns().head.match(text.lower, start) or _ACRONYM.match(text.flat, start)
    if head is None:
        return 0
    end = head.end()
    for _ in range(_NAME_WORDS):
        if comma := _COMMA.match(text.lower, end):
            end = comma.end() - 1
        at = end + 1
        if text.flat[end:at] != " ":
            break
        if known := agency_names().end(text.lower, at):
            return _known_end(text, start, known)
        if place := _place_end(text, at):
            end = place
            break
        further = _word_end(text, end, at, in_capitals=_in_capitals(text, start, end))
        if not further:
            break
        end = further
    if end and text.lower.startswith(_OF, end):
        # "Tổ công tác … của Thủ tướng Chính phủ"
        begins = end + len(_OF)
        end = _known_end(text, begins, found) if (found := agency_names().end(text.lower, begins)) else end
    return _term_end(text, end)


def _known_end(text: Text, start: int, end: int) -> int:
    """Where the name from ``start`` ends, of which a table has the words before ``end``: with its place, if named."""
    while True:
        if place := _place_at_end(text, start, end):
            return _term_end(text, place)
        at = end + 1
        if text.flat[end:at] != " ":
            return end
        further = agency_names().end(text.lower, at)
        if not further:
            place = _place_end(text, at) or _place_name_end(text, at, in_capitals=_in_capitals(text, start, end))
            return _term_end(text, place or end)
        end = further


def _place_at_end(text: Text, start: int, end: int) -> int:
    """Where the place ends whose type is the last word of the name from ``start`` to ``end``: "UBND tỉnh"; or 0."""
    last = text.lower.rfind(" ", start, end)
    for at in (text.lower.rfind(" ", start, last), last):
        if at >= 0 and (kind := _patterns().place.match(text.lower, at + 1)) and kind.end(1) == end:
            return _place_end(text, at + 1)
    return 0


def _term_end(text: Text, end: int) -> int:
    """``end``, or behind the term of office that follows: "khóa XII"."""
    term = _TERM.match(text.lower, end)
    return term.end() if term else end


def _in_capitals(text: Text, start: int, end: int) -> bool:
    """Whether the words so far are all in capitals, as in headlines, and not only an abbreviation."""
    words = text.flat[start:end]
    return words.isupper() and len(words) > len("UBMTTQVN")


def _word_end(text: Text, end: int, at: int, *, in_capitals: bool) -> int:
    """Behind the next word of a name that no table has, which ended at ``end`` so far; 0 when it is complete."""
    if (joined := _AND.match(text.flat, end)) is not None:
        # "Văn hóa và Thể thao" goes on; "và Sở Tài chính" is somebody else.
        begins = joined.end()
        is_name = text.flat[begins : begins + 1].isupper() and not _patterns().head.match(text.lower, begins)
        word = _WORD.match(text.flat, begins) if is_name and not in_capitals else None
        return word.end() if word else 0
    if end in text.breaks and not text.flat[at].islower():
        return 0
    word = _WORD.match(text.flat, at)
    if word is None or ((word[0][0].islower() or in_capitals) and _patterns().stop.match(text.lower, at)):
        return 0
    return word.end()


def _place_end(text: Text, at: int) -> int:
    """Where the place ends that is named at ``at`` with its type: "tỉnh", "xã Mỹ An, tỉnh Đồng Tháp"; 0 if none is."""
    kind = _patterns().place.match(text.lower, at)
    if kind is None:
        return 0
    end = kind.end(1)
    in_capitals = text.flat[at:end].isupper() and end - at > len("TP")
    name = _place_name_end(text, kind.end(), in_capitals=in_capitals) if kind[2] else 0
    if not name:
        # "Hợp tác xã tỉnh Bến Tre"
        return (_place_end(text, kind.end()) if kind[2] == " " else 0) or end
    for between in (", ", " "):
        begins = name + len(between)
        if text.flat.startswith(between, name) and text.flat[begins : begins + 1].islower():
            wider = _patterns().place.match(text.lower, begins)
            if wider and (further := _place_end(text, begins)) > wider.end(1):
                return further
    return name


def _place_name_end(text: Text, at: int, *, in_capitals: bool) -> int:
    """Where the name of a place at ``at`` ends; 0 when there is none."""
    if text.flat[at : at + 1].isupper() and (known := province_names().end(text.lower, at)):
        return known
    if number := _DIGITS.match(text.flat, at):
        return number.end()
    end, begins = 0, at
    for _ in range(_PLACE_WORDS):
        word = _WORD.match(text.flat, begins)
        if word is None or not word[0][0].isupper() or (begins - 1 in text.breaks):
            break
        if in_capitals and (not word[0].isupper() or _patterns().stop.match(text.lower, begins)):
            break
        end = word.end()
        if text.flat[end : end + 1] != " ":
            break
        begins = end + 1
    return end


_CLAUSE = re.compile(r"(?<!tp)(?<!tx)(?<!tt)[.]|[;:!?()\x1f“”\"]")


def issuer_start(text: Text, begin: int, end: int) -> int:
    """Where the body begins whose name ends at ``end``, not before ``begin``; -1 without one. The longest name wins."""
    for clause in _CLAUSE.finditer(text.lower, begin, end):
        begin = clause.end()
    subject = replace(text, flat=text.flat[:end], lower=text.lower[:end])
    for word in _WORD.finditer(text.flat, begin, end):
        at = word.start()
        if text.flat[at].isupper() and end in (_body_end(subject, at), _built_end(subject, at)):
            return at
    return -1
