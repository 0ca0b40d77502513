"""Vietnamese text: folding, slugs, dates, numbers, excerpts. Pure functions; knows no entry and no file."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache

NO_BREAK = "\N{NO-BREAK SPACE}"
# XML 1.0 (2.2) allows none of these in a text, and nobody means them.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")

# Unicode gives the stroke no decomposition, so these two are mapped by hand.
_STROKE = str.maketrans("đĐ", "dD")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_DASHES = re.compile(r"\s*[-‐‑‒–—]\s*")
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
# "8h30", "8 giờ", as people write the time of day behind a day.
_CLOCK = re.compile(r"(?<=\d)[ T,]+(\d{1,2}) ?(?:h|g|giờ) ?(?:(\d{1,2})(?: ?(?:p|ph|phút))?)?$", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(.*)", re.DOTALL)


def fold(text: str) -> str:
    """``text`` in lower case without accents and with plain d: what people type without diacritics.

    Never used for symbols of documents, where HD and HĐ are different kinds.
    """
    plain = text.translate(_STROKE).casefold()
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_STROKE)


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """``text`` as an address: a-z, 0-9 and single hyphens; empty when nothing of that kind is in it."""
    return _NOT_WORD.sub("-", fold(text)).strip("-")


# A tone may stand on either vowel of an open syllable: hòa and hoà, thủy and thuỷ; "quý" has only one vowel.
_TONES = str.maketrans("àáảãạèéẻẽẹỳýỷỹỵ", "aaaaaeeeeeyyyyy")
_ON_FIRST = {"o": "òóỏõọ", "u": "ùúủũụ"}
_ON_SECOND = {"a": "àáảãạ", "e": "èéẻẽẹ", "y": "ỳýỷỹỵ"}
_OLD_PLACEMENT = re.compile(r"([òóỏõọ])([ae])(?!\w)|(?<!q)([ùúủũụ])(y)(?!\w)")
_NEW_PLACEMENT = re.compile(r"(o)([àáảãạèéẻẽẹ])(?!\w)|(?<!q)(u)([ỳýỷỹỵ])(?!\w)")


def _moved_on(match: re.Match[str]) -> str:
    first, second = match[1] or match[3], match[2] or match[4]
    vowel = next(plain for plain, toned in _ON_FIRST.items() if first in toned)
    return vowel + _ON_SECOND[second][_ON_FIRST[vowel].index(first)]


def _moved_back(match: re.Match[str]) -> str:
    first, second = match[1] or match[3], match[2] or match[4]
    vowel = second.translate(_TONES)
    return _ON_FIRST[first][_ON_SECOND[vowel].index(second)] + vowel


def tone_placements(text: str) -> set[str]:
    """``text``, which is in lower case and NFC, with its tones as old and as new rules place them: hòa, hoà."""
    return {text, _OLD_PLACEMENT.sub(_moved_on, text), _NEW_PLACEMENT.sub(_moved_back, text)}


def one_placement(text: str) -> str:
    """``text``, which is in lower case and NFC, with all its tones as old rules place them: hòa."""
    return _NEW_PLACEMENT.sub(_moved_back, text)


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """What two spellings of one name share: case, kind of dash and white space do not matter, accents do."""
    return " ".join(_DASHES.sub(" - ", unicodedata.normalize("NFC", name)).casefold().split())


def nearest(word: str, options: Iterable[str]) -> str:
    """The option most like ``word`` when case and accents are dropped; empty when none is near."""
    folded = {fold(option): option for option in options}
    found = difflib.get_close_matches(fold(word), folded, n=1, cutoff=0.75)
    return folded[found[0]] if found else ""


def nearest_name(name: str, options: Sequence[str]) -> str:
    """The option most like ``name``, or the first that begins with its words; empty when there is none."""
    words = slug(name)
    return nearest(name, options) or next((o for o in options if words and slug(o).startswith(f"{words}-")), "")


def nearest_path(path: str, options: Iterable[str]) -> str:
    """The path most like ``path`` among those whose last part is like its own; empty when there is none."""
    # Folders and endings are alike in most of them, and say nothing.
    alike: dict[str, list[str]] = {}
    for option in options:
        alike.setdefault(_stem(option), []).append(option)
    found = alike.get(nearest(_stem(path), alike), [])
    return nearest(path, found) or next(iter(found), "")


def _stem(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def excerpt(plain: str, limit: int = 200) -> str:
    """The beginning of ``plain``, its blanks made single, at most ``limit`` characters.

    It is cut between words and marked with an ellipsis.
    """
    # So many words and the blanks between them are longer than the limit already.
    plain = " ".join(plain.split(maxsplit=limit // 2 + 1)[: limit // 2 + 1])
    if len(plain) <= limit:
        return plain
    cut = plain.rfind(" ", 0, limit)
    return plain[: cut if cut > limit // 2 else limit - 1].rstrip(" ,;:–-") + "…"


def count_words(text: str) -> int:
    """How many words blanks divide ``text`` into."""
    single = text.replace("\n", " ")
    # Printable: its only blanks are spaces. Where no two of those meet, counting them is ten times sooner done.
    if single.isprintable() and "  " not in single and single.strip(" ") == single:
        return single.count(" ") + bool(single)
    return len(text.split())


def levels_without_gaps(levels: Iterable[int]) -> list[int]:
    """Heading levels from 2 without gaps: authors choose a level by its size, screen readers go by its number."""
    above: list[int] = []
    found: list[int] = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        found.append(min(len(above) + 1, 6))
    return found


def joins(character: str) -> bool:
    """Whether ``character`` may be composed with what stands before it (UAX 15): a mark, or a Korean jamo."""
    return unicodedata.category(character).startswith("M") or "\u1160" <= character <= "\u11ff"


def line_and_column(data: bytes, offset: int) -> tuple[int, int]:
    """Where the byte at ``offset`` stands, both counted from 1; the column in bytes."""
    lines = (data[:offset] + b"x").splitlines()
    return len(lines), len(lines[-1])


class DateError(ValueError):
    """A text is no date we accept. ``suggestion`` is what was probably meant, or empty."""

    def __init__(self, kind: str, suggestion: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.suggestion = suggestion


def parse_date(text: str, zone: tzinfo) -> tuple[datetime, bool]:
    """The moment that ``text`` names, as clocks in ``zone`` show it, and whether it has a time of day.

    Year first only (ISO 8601 with a blank or T): day-month-year is refused with the ISO form as suggestion,
    since 03/04/2024 means two days. Raises ``DateError`` of kind ``impossible`` (no such day), ``hour`` (no such time),
    ``day-first``, ``clock`` (8h30) or ``form``.
    """
    match = _ISO.fullmatch(text.strip())
    if match is None:
        raise _not_iso(text.strip(), zone)
    year, month, day, hour, minute, second, offset = match.groups()
    try:
        calendar_day = date(int(year), int(month), int(day))
    except ValueError:
        raise DateError("impossible") from None
    try:
        clock = time(int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        raise DateError("hour") from None
    try:
        written_in = datetime.fromisoformat(f"2000-01-01T00:00{offset}").tzinfo if offset else zone
        moment = datetime.combine(calendar_day, clock, written_in).astimezone(zone)
        moment.astimezone(UTC)  # years 1 and 9999 have no neighbours in other zones
        # The bare offset, which is all that the memory keeps of a zone.
        moment = moment.replace(tzinfo=timezone(moment.utcoffset() or timedelta()))
    except (ValueError, OverflowError):
        raise DateError("impossible") from None
    return moment, hour is not None


def end_of_day(day: datetime, zone: tzinfo) -> datetime:
    """The first moment after the day of ``day`` in ``zone``, with the bare offset that ``parse_date`` gives too."""
    local = day.astimezone(zone)
    midnight = datetime.combine(local.date() + timedelta(days=1), time(), zone)
    return midnight.replace(tzinfo=timezone(midnight.utcoffset() or timedelta()))


def _not_iso(text: str, zone: tzinfo) -> DateError:
    if clock := _CLOCK.search(text):
        text = f"{text[: clock.start()]} {int(clock[1]):02}:{int(clock[2] or 0):02}"
        try:
            parse_date(text, zone)
        except DateError as fault:
            return fault
        return DateError("clock", text)
    match = _DAY_FIRST.fullmatch(text)
    if match is None:
        return DateError("form")
    day, month, year, rest = match.groups()
    iso = f"{int(year):04}-{int(month):02}-{int(day):02}"
    # With the time if that can be read, else the day alone; what is suggested must not be refused in its turn.
    for suggestion in (iso + rest, iso):
        with suppress(DateError):
            parse_date(suggestion, zone)
            return DateError("day-first", suggestion)
    return DateError("impossible")


def format_day(day: date) -> str:
    """``09/11/2021``"""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_issued(issued: str) -> str:
    """``ngày 08 tháng 9 năm 2021`` of an ISO date; a blank for the day where that is missing.

    Days below 10 and months below 3 have two digits (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.4).
    """
    year, month, *day = issued.split("-")
    number = f"{int(month):02}" if int(month) <= 2 else f"{int(month)}"  # January and February
    return f"ngày {day[0] if day else NO_BREAK * 4} tháng {number} năm {year}"


def format_day_of(issued: str) -> str:
    """``08/09/2021`` of an ISO date, ``09/2021`` of a month."""
    return "/".join(reversed(issued.split("-")))


def with_day(name: str, issued: str) -> str:
    """``Kế hoạch 25/KH-UBND ngày 16/01/2023``, since numbers begin anew each year.

    ``issued`` is an ISO date, or as much of one as there is.
    """
    if not issued:
        return name
    return f"{name} {'ngày' if issued.count('-') > 1 else 'tháng'} {format_day_of(issued)}"


def format_moment(moment: datetime, has_time: bool = True) -> str:
    """``Thứ Ba, 09/11/2021, 09:15``, without the time where none was given."""
    words = f"{WEEKDAYS[moment.weekday()]}, {format_day(moment)}"
    return f"{words}, {moment.hour:02}:{moment.minute:02}" if has_time else words


def format_number(number: int) -> str:
    """``31.791``: a dot between thousands."""
    return f"{number:,}".replace(",", ".")


def format_size(size: int) -> str:
    """A file size for people: ``640 KB``, ``1,2 MB``; thousands of bytes, decimal comma."""
    if size < 1000:
        return f"{size} byte"
    if size < 999_500:
        return f"{round(size / 1000)} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")
