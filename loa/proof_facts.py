"""Rules about days, numbers of documents and bodies of state: what can be looked up or counted. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache

from loa import proof_messages
from loa.agencies import agencies, provinces, symbols
from loa.citations import Mention, find_mentions
from loa.identity import CONTRADICTION, key_of
from loa.proof_data import any_of, tables, words_of
from loa.proof_text import OPAQUE, Finding, Proof
from loa.text import WEEKDAYS, format_day, tone_placements

# --- days --------------------------------------------------------------------------------

_DAY = r"(?P<d>\d{1,2})(?:[/.-](?P<m>\d{1,2})[/.-]| tháng (?P<m2>\d{1,2}) năm )(?P<y>\d{4})(?![\w/]|[.-]\d)"
_NAMES = {
    **{name: index for index, name in enumerate(("hai", "ba", "tư", "năm", "sáu", "bảy"))},
    **{str(number): number - 2 for number in range(2, 8)},
    "bẩy": 5,
}
_WEEKDAY = r"(?P<name>thứ (?P<w>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ nhật)"
_WITH_WEEKDAY = (
    re.compile(rf"(?<!\w){_WEEKDAY}(?: ?[,(]? ?(?:ngày )?){_DAY}\)?", re.IGNORECASE),
    re.compile(rf"(?<!\w)ngày {_DAY} ?\({_WEEKDAY}\)", re.IGNORECASE),
)
_LAST_WORD = re.compile(r"([^\W\d_]+) \Z")


def _day(found: re.Match[str]) -> date | None:
    with suppress(ValueError):
        return date(int(found["y"]), int(found["m"] or found["m2"]), int(found["d"]))
    return None


def weekday(proof: Proof) -> Iterator[Finding]:
    """Days of the week that are not those of the dates beside them."""
    if "thứ " not in proof.lower and "chủ nhật" not in proof.lower:
        return
    for pattern in _WITH_WEEKDAY:
        for found in pattern.finditer(proof.prose):
            before = _LAST_WORD.search(proof.prose, max(0, found.start() - 12), found.start())
            # "lần thứ hai", "kỳ họp thứ bảy" count something else.
            if before and found["w"] and before[1].lower() in words_of("weekday", "not_after"):
                continue
            day = _day(found)
            meant = _NAMES[found["w"].lower()] if found["w"] else 6
            if day and day.weekday() != meant:
                right = WEEKDAYS[day.weekday()]
                if found["name"][0] == "t":
                    right = right.replace("Thứ", "thứ")
                yield Finding(*_trimmed(found), "weekday", proof_messages.weekday(right), right)


def _trimmed(found: re.Match[str]) -> tuple[int, int]:
    """The span of a match, without a bracket that it does not open."""
    end = found.end() - (found[0].endswith(")") and "(" not in found[0])
    return found.start(), end


_CALLED = r"(?<!\w)(?:ngày|sáng|trưa|chiều|tối|đêm)"
_CALLED_DAY = re.compile(rf"(?:{_CALLED}|(?<!\w)(?:từ|đến|trước|sau)) (?P<day>{_DAY})", re.IGNORECASE)
_CALLED_SHORT = re.compile(
    rf"(?:{_CALLED} |(?<=/\d)(?: đến |–)|(?<=/\d\d)(?: đến |–))(?P<day>(?P<d>\d\d)/(?P<m>\d{{1,2}}))(?![\w/]|[.,]\d)",
    re.IGNORECASE,
)


def no_such_day(proof: Proof) -> Iterator[Finding]:
    """Days that no calendar has."""
    for found in _CALLED_DAY.finditer(proof.prose):
        if _day(found) is None:
            yield Finding(*found.span("day"), "date", proof_messages.no_such_day())
    for found in _CALLED_SHORT.finditer(proof.prose):
        day, month = int(found["d"]), int(found["m"])
        # "24/24 giờ" and "12/13 xã" are no days, but nothing has 31 parts of 4.
        if 1 <= month <= 12 and monthrange(_LEAP, month)[1] < day <= 31:
            yield Finding(*found.span("day"), "date", proof_messages.no_such_day())


_LEAP = 2028  # without a year 29/02 may be right
_FILL = r"[ \t\xa0]*(?:\.{2,}|…+|_{2,})?[ \t\xa0]*"
_BLANK_DAY = re.compile(
    rf"[Nn]gày(?:(?<=[,(*_\ue001] .{{4}})|(?<=[*_(\ue001\n].{{4}})|(?<=từ .{{4}})|(?<=đến .{{4}}))"
    rf"(?P<d>{_FILL})tháng(?: \d{{1,2}} |{_FILL})năm +20\d\d(?!\d)"
)
_GAP = r"[ \xa0._…]+"
_BLANK_SHORT = re.compile(rf"(?<!\w)[Nn]gày(?:{_GAP}/(?:[ ]?\d{{1,2}}[ ]?|{_GAP})| \d{{1,2}}/{_GAP})/[ ]?20\d\d(?!\d)")
_BLANK_NUMBER = re.compile(
    rf"[Ss]ố(?<!\w..)[ \xa0]?:?{_FILL}/[A-ZĐ][A-Za-zĐđ]{{1,14}}(?:-[A-ZĐƯ][A-Za-zĐđƯư&]{{1,14}}){{1,4}}(?![\w-])"
)


def blanks(proof: Proof) -> Iterator[Finding]:
    """Numbers and days of documents that are still to be written in."""
    for found in _BLANK_DAY.finditer(proof.prose, proof.body):
        if found["d"]:
            yield Finding(*found.span(), "blank-day", proof_messages.blank_day())
    for found in _BLANK_SHORT.finditer(proof.prose, proof.body):
        yield Finding(*found.span(), "blank-day", proof_messages.blank_day())
    for found in _BLANK_NUMBER.finditer(proof.prose, proof.body):
        yield Finding(*found.span(), "blank-number", proof_messages.blank_number())


# --- cited documents ---------------------------------------------------------------------


def cited(proof: Proof) -> Iterator[Finding]:
    """Citations whose symbol and issuer are of two bodies, and those dated later than the text itself."""
    for mention in _mentions(proof):
        place = (mention.start, mention.end)
        if mention.issuer and _contradicts(mention.number, mention.issuer):
            yield Finding(*place, "symbol-issuer", proof_messages.symbol_issuer(mention.number, mention.issuer))
        if proof.folder != "trang" and proof.date and mention.date and mention.date[0] != "-":
            size = min(len(mention.date), len(proof.date))
            if mention.date[:size] > proof.date[:size]:
                own = "/".join(reversed(proof.date.split("-")))
                yield Finding(*place, "cited-later", proof_messages.cited_later(own))


_JOINT = re.compile(r"/(?:TTLT|NQLT|KHLT|QCPH)")


def _contradicts(number: str, issuer: str) -> bool:
    """Whether number and issuer are of two bodies that both are in the tables.

    To tell documents apart any difference counts; to doubt what somebody wrote, "33/QĐ-XPHC" is not enough.
    """
    meant, sign, said = key_of(number, issuer).partition("|")[0].partition(CONTRADICTION)
    if not sign or _JOINT.search(number) or meant in issuer.split() or not {meant, said} <= symbols():
        return False
    # BC-LĐTBXH of the ministry, whose symbol is BLĐTBXH.
    return not (said.endswith(meant) or meant.endswith(said))


def _mentions(proof: Proof) -> Iterator[Mention]:
    for mention in find_mentions(proof.text):
        if OPAQUE not in proof.prose[mention.start : mention.end]:
            yield mention


# --- bodies that are no more -------------------------------------------------------------


@cache
def _ended() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Names that no body has any more, in lower case: the last day on which one had it, and who came after."""
    by_symbol: dict[str, str] = {}
    for agency in agencies():
        if not agency.until:
            by_symbol.setdefault(agency.symbols[0], agency.names[0])
    alive = {name.lower() for agency in agencies() if not agency.until for name in agency.names}
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for agency in agencies():
        # Below districts' committees there are offices whose names others have, too.
        if not agency.until or (agency.level == "district" and agency.names[0].startswith("Phòng")):
            continue
        for name in agency.names:
            if name.lower() not in alive:
                heirs = tuple(by_symbol[symbol] for symbol in agency.successors if symbol in by_symbol)
                found.setdefault(name.lower(), (agency.until, heirs))
    for row in tables()["abolished"]:
        found |= {name.lower(): (row["until"], ()) for name in row["names"]}
    standing = {(province.type, province.name) for province in provinces() if not province.until}
    for province in provinces():
        if province.until and province.into and (province.type, province.name) not in standing:
            found[f"{province.type} {province.name}".lower()] = (province.until, (province.into,))
    return {spelling: row for name, row in found.items() for spelling in tone_placements(name)}


@cache
def _ended_name() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{any_of(tuple(_ended()))})(?![\w-])", re.IGNORECASE)


_SENTENCE_END = re.compile(r"[.!?…](?=\s)|\n\s*\n|\n(?=[-*+|#])|\|")
_YEAR = re.compile(r"(?:19|20)\d\d(?<!\d.{4})(?<![.,].{4})(?![\d/]|[.,]\d)")
_INITIAL = (
    *("Bộ", "Sở", "Ban", "UBND", "Ủy", "Uỷ", "HĐND", "Hội", "Tổng", "Phòng", "tỉnh", "thành", "Chủ"),
    *("Huyện", "Quận", "Thị", "Công an", "Tòa", "Toà", "TAND", "Viện", "VKSND"),
)


def abolished(proof: Proof) -> Iterator[Finding]:
    """Bodies that were abolished before the day of the text, unless it tells of the past or cites what they issued."""
    if not proof.date or proof.date < "2025" or not any(word in proof.prose for word in _INITIAL):
        return
    mentions: list[Mention] | None = None
    for found in _ended_name().finditer(proof.prose):
        until, heirs = _ended()[found[0].lower()]
        if proof.date <= until or not found[0].startswith((*_INITIAL, "BỘ", "SỞ")):
            continue
        if _tells_of_past(proof, found.start(), found.end(), until):
            continue
        mentions = list(find_mentions(proof.text)) if mentions is None else mentions
        if any(mention.start <= found.start() < mention.end for mention in mentions):
            continue
        until_day = format_day(date.fromisoformat(until))
        yield Finding(*found.span(), "abolished", proof_messages.abolished(until_day), " hoặc ".join(heirs))


def _tells_of_past(proof: Proof, start: int, end: int, until: str) -> bool:
    """Whether the sentence around a place names a time before ``until`` is over, or says that things have changed."""
    first = max(0, start - 400)
    for found in _SENTENCE_END.finditer(proof.prose, first, start):
        first = found.end()
    stop = _SENTENCE_END.search(proof.prose, end, min(len(proof.prose), end + 400))
    sentence = proof.prose[first : stop.start() if stop else end + 400]
    if any(year <= until[:4] for year in _YEAR.findall(sentence)):
        return True
    anywhere, before, behind = _history()
    head, tail = proof.lower[first:start], proof.lower[end : first + len(sentence)]
    if anywhere.search(sentence.lower()) or before.search(head) or behind.search(tail):
        return True
    return head.endswith((" do ", " do các ")) and bool(_issued().match(proof.prose, end))


@cache
def _history() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What tells of the past wherever it stands in a sentence, before a name, and behind it."""
    anywhere, before, behind, offices = (
        any_of(words_of("history", name)) for name in ("anywhere", "before", "behind", "offices")
    )
    return (
        re.compile(rf"(?<!\w)(?:{anywhere}|nguyên (?:là )?(?:{offices}))(?!\w)"),
        re.compile(rf"(?<!\w)(?:{before})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{behind})(?!\w)"),
    )


@cache
def _issued() -> re.Pattern[str]:
    """What a body had done with a paper, behind its name and that of its place; "chỉ đạo cấp xã" is not of it."""
    issued, levels = any_of(words_of("history", "issued")), any_of(words_of("history", "levels"))
    return re.compile(rf"(?: (?:tỉnh|[A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ]\w*)){{0,5}} (?:đã )?(?:{issued})(?! (?:{levels})(?!\w))(?!\w)")
