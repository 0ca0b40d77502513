"""What stands around the number of a document in a sentence: its date and its issuer, behind it or before it. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date as date_of
from functools import cache, lru_cache
from typing import Any, NamedTuple

from loa.issuers import Text, issuer_end, issuer_start, wording
from loa.text import joins, tone_placements


class Said(NamedTuple):
    """What was found: where it ends, the date in ISO 8601, maybe without day or year, and the issuer as printed."""

    end: int
    date: str | None
    issuer: str | None


# --- the text ------------------------------------------------------------------------

# All blanks but the two that are left as they are.
_BLANK = re.compile("[\t\r\v\f\x1c-\x1f\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]")
# Stands where a character of the text as typed is not read: part of a tag.
NOTHING = "\0"
# Where a footnote is marked, as it comes out of other programs: no letter, though it counts as one of a word.
_NOTE_MARK = re.compile(r"(?<=\w)[¹²³⁰⁴-⁹]+")
_NOTHINGS = re.compile(f"{NOTHING}+")
_GAP = re.compile(r" *\n[ \n]*| {2,}")


def prepared(paragraph: str) -> Text:
    """``paragraph`` for reading: composed, and every gap in it a single blank."""
    shifts: list[list[tuple[int, int]]] = []
    is_composed = not unicodedata.is_normalized("NFC", paragraph)
    if is_composed:
        paragraph, shift = _composed(paragraph)
        shifts.append(shift)
    paragraph = _NOTE_MARK.sub(lambda mark: NOTHING * len(mark[0]), paragraph)
    if NOTHING in paragraph:
        paragraph, shift = _without_nothing(paragraph)
        shifts.append(shift)
    # No blank but the usual one is printable.
    flat = paragraph if paragraph.isprintable() else _BLANK.sub(" ", paragraph)
    breaks: set[int] = set()
    if "\n" in flat or "  " in flat:
        flat, shift = _squeezed(flat, breaks)
        shifts.append(shift)
    lower = flat.lower()
    if len(lower) != len(flat):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in flat)
    return Text(flat, lower, frozenset(breaks), tuple(reversed(shifts)), is_composed)


def _composed(text: str) -> tuple[str, list[tuple[int, int]]]:
    """``text`` in NFC, and from which place on how many characters it is short."""
    parts: list[str] = []
    shift = [(0, 0)]
    start = size = 0
    for index in range(1, len(text) + 1):
        if index < len(text) and joins(text[index]):
            continue
        part = unicodedata.normalize("NFC", text[start:index])
        parts.append(part)
        size += len(part)
        if index - size != shift[-1][1]:
            shift.append((size, index - size))
        start = index
    return "".join(parts), shift


def _without_nothing(text: str) -> tuple[str, list[tuple[int, int]]]:
    """``text`` without what is not read, and from which place on how many characters it is short."""
    parts: list[str] = []
    shift = [(0, 0)]
    start = size = 0
    for gap in _NOTHINGS.finditer(text):
        parts.append(text[start : gap.start()])
        size += gap.start() - start
        start = gap.end()
        shift.append((size, start - size))
    parts.append(text[start:])
    return "".join(parts), shift


def _squeezed(flat: str, breaks: set[int]) -> tuple[str, list[tuple[int, int]]]:
    """``flat`` with each gap one blank, and from which place on how many it is short.

    ``breaks`` gathers where lines end.
    """
    parts: list[str] = []
    shift = [(0, 0)]
    start = size = 0
    for gap in _GAP.finditer(flat):
        parts.append(flat[start : gap.start()])
        size += gap.start() - start + 1
        if "\n" in gap[0]:
            breaks.add(size - 1)
        start = gap.end()
        shift.append((size, start - size))
    parts.append(flat[start:])
    return " ".join(parts), shift


# --- dates ---------------------------------------------------------------------------

_FIGURES = r"(\d{1,2}) ?[-–/.] ?(\d{1,2})(?: ?[-–/.] ?(\d{4,6}|\d\d))?"
_WORDS = r"(\d{1,2}) tháng (\d{1,2})(?:,? năm (\d{4}))?"
_DAY = rf"(?:{_FIGURES}|{_WORDS})(?![\d/])"
_MONTH = r"tháng (\d{1,2})(?: ?[-/.] ?| năm )(\d{4})(?!\d)"
_BEHIND = re.compile(rf"(?: ?,)? ?(?:ký |ban hành |ra |đề )?(?:ngày ?{_DAY}|{_MONTH})")
_OF = re.compile(r"(?: ?,)? ?của ")
_AHEAD = re.compile(rf"(?<!\w)(?:(?:ngày|sáng|chiều|tối|trưa|đêm|hôm) {_DAY}|{_MONTH})(?: ?, ?| )$")
_AHEAD_REACH = 45
_CENTURY = 50


@lru_cache(maxsize=4096)  # on some days much is issued
def _iso(parts: tuple[str | Any, ...]) -> str | None:
    """The date that was matched in ``parts``, a match's groups, in ISO 8601; None when there is no such day."""
    day, month, year, *others = parts
    if day is None:
        day, month, year, *others = others
    if day is None:
        month, year = others[-2:]
    if year and len(year) > 4:  # a slip of the finger
        return None
    if year and len(year) == 2:  # of the year, as in 15/5/21
        year = f"20{year}" if int(year) < _CENTURY else f"19{year}"
    try:
        # 2000 has a 29th of February, for a date without a year.
        meant = date_of(int(year or 2000), int(month), int(day or 1))
    except ValueError:
        return None
    return f"{year}-{meant.month:02}" if day is None else f"{year or '-'}-{meant.month:02}-{meant.day:02}"


_IS_DATE = re.compile(rf"ngày ?{_DAY}$")


def iso_date(words: str) -> str | None:
    """The date in ``words`` that say nothing else: "ngày 08 tháng 9 năm 2021"; None when they do."""
    found = _IS_DATE.match(words.lower())
    return _iso(found.groups()) if found else None


# --- behind and before ---------------------------------------------------------------


def after(text: Text, end: int, *, joint: bool) -> Said:
    """What is said of a document behind its number, which ends at ``end``: "ngày … của …", or the other way round."""
    date = issuer = None
    for _ in range(2):
        if date is None and (day := _BEHIND.match(text.lower, end)):
            date, end = _iso(day.groups()), day.end()
        if issuer is None and (of := _OF.match(text.lower, end)) and (to := issuer_end(text, of.end(), joint=joint)):
            issuer, end = text.flat[of.end() : to], to
    return Said(end, date, issuer)


@cache
def _phrases(name: str) -> frozenset[str]:
    return frozenset(spelling for words in wording()[name] for spelling in tone_placements(words))


@cache
def _last_words(*names: str) -> frozenset[str]:
    """The last words of what leads from a body to a document it has issued."""
    phrases = (phrase for name in names for phrase in _phrases(name))
    return frozenset(phrase.rpartition(" ")[2] for phrase in (*phrases, _AT))


@cache
def _requests() -> tuple[str, ...]:
    return tuple(f"{word} của " for word in _phrases("requests"))


_SUBJECT_REACH = 200


def before(text: Text, start: int) -> Said:
    """What is said of a document before its kind, which begins at ``start``: "Ngày …, UBND tỉnh ban hành"."""
    begin, end = max(0, start - _SUBJECT_REACH), start
    while end > begin and text.lower[end - 1] in " :":
        end -= 1
    if text.lower[text.lower.rfind(" ", begin, end) + 1 : end] not in _last_words("counts", "verbs"):
        return Said(start, None, None)
    end = _without(text, begin, end, _phrases("counts"))
    verb = _without(text, begin, end, _phrases("verbs"))
    if verb == end:
        return Said(start, None, _on_request(text, begin, end))
    end = verb
    while (shorter := _without(text, begin, end, _phrases("adverbs"))) != end:
        end = shorter
    date = None
    close = max(begin, end - _AHEAD_REACH)
    if between := _AHEAD.search(text.lower[close:end] + " "):
        # "UBND tỉnh ngày 05/3/2021 ban hành"
        date, end = _iso(between.groups()), close + len(text.lower[close : close + between.start()].rstrip(" ,"))
    subject = issuer_start(text, begin, end)
    if subject < 0:
        return Said(start, None, None)
    if date is None and (ahead := _AHEAD.search(text.lower[max(0, subject - _AHEAD_REACH) : subject])):
        date = _iso(ahead.groups())
    return Said(start, date, text.flat[subject:end])


_AT = " tại"


def _on_request(text: Text, begin: int, end: int) -> str | None:
    """The body in "theo đề nghị của Giám đốc Sở Tài chính tại Tờ trình số …": who asks for something has written it."""
    if not text.lower.endswith(_AT, begin, end):
        return None
    if all(text.lower.find(request, begin, end) < 0 for request in _requests()):
        return None
    subject = issuer_start(text, begin, end - len(_AT))
    if subject < 0 or not text.lower[begin:subject].endswith(_requests()):
        return None
    return text.flat[subject : end - len(_AT)]


def _without(text: Text, begin: int, end: int, phrases: frozenset[str]) -> int:
    """``end``, or the end of what stands before the longest of ``phrases`` that ends there."""
    words = text.lower[begin:end].rsplit(" ", 4)[1:]
    for count in range(len(words)):
        phrase = " ".join(words[count:])
        if phrase in phrases:
            return end - len(phrase) - 1
    return end
