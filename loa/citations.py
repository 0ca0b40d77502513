"""Text → the mentions of official documents in it, with exact spans. Pure; never changes a word.

A mention is found by its number: at every number of a text the grammars are tried (Nghị định 30/2020/NĐ-CP, Điều 15
and Phụ lục III; Hướng dẫn 36-HD/VPTW for the Party). Its kind is looked for before it; date and issuer behind it, or
before it where a body "ban hành" what follows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from loa.agencies import symbols
from loa.citing import after, before, prepared
from loa.issuers import Text, issuer_end, wording
from loa.kinds import PART, PARTS, Kind, kind_endings, kinds_by_abbreviation, kinds_by_words
from loa.model import Record


class Mention(Record, frozen=True):
    """Words of a text that name a document; ``start`` and ``end`` count code points of the text as typed.

    ``kind`` is the name of a kind in the data, whatever abbreviation the symbol has. ``number`` is as printed, without
    the blanks in it. ``date`` is ISO 8601, of which the day or the year may be missing: ``2021-05``, ``--02-15``.
    ``issuer`` is as printed, blanks made single. What the text does not say is None.
    """

    start: int
    end: int
    kind: str | None
    number: str
    date: str | None
    issuer: str | None


def find_mentions(text: str) -> tuple[Mention, ...]:
    """The documents that ``text`` mentions, in order; spans never overlap. Any text will do."""
    return tuple(
        mention
        for start, end, promise in promising(text, _paragraph)
        for mention in mentions_in(text[start:end], start, promise)
    )


_PARAGRAPH_END = re.compile(r"\n\s*\n")


def _paragraph(text: str, begin: int, place: int) -> tuple[int, int]:
    for gap in _PARAGRAPH_END.finditer(text, begin, place):
        begin = gap.end()
    found = _PARAGRAPH_END.search(text, place)
    return begin, found.start() if found else len(text)


def promising(text: str, around: Callable[[str, int, int], tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """The paragraphs of ``text`` that may mention something: where each begins, ends, and first promises one.

    ``around`` tells where the paragraph with a place begins, not before its second argument, and ends.
    """
    end = 0
    # The words behind a number are looked for as a file's text is read: composed. In others each digit is looked at.
    promises = _PROMISE if unicodedata.is_normalized("NFC", text) else _DIGIT
    while promise := promises.search(text, end):
        begin, end = around(text, end, promise.start())
        yield begin, end, promise.start()


def mentions_in(paragraph: str, offset: int, promise: int) -> Iterator[Mention]:
    """The mentions in one paragraph, which begins at ``offset`` of the text that their places count in.

    No number before the place ``promise`` of that text is one of a document.
    """
    text = prepared(paragraph)
    # What is shifted has other places.
    for group in _groups(text, 0 if text.shifts else promise - offset):
        for item in _shared(text, group):
            start, end = text.place(item.start), text.place_after(item.end)
            kind = _name(item.kind)
            yield Mention(offset + start, offset + end, kind, item.number.printed, item.date, item.issuer)


def _name(kind: Kind | None) -> str | None:
    """What a mention's kind is called: an urgent telegram is a telegram."""
    if kind is None:
        return None
    return kind.base if kind.is_urgent else kind.name


# --- numbers -----------------------------------------------------------------------

_DIGIT = re.compile("[0-9]")
# The number of a document is seldom met and costs time to read; this much of it tells it from most others at once:
# a symbol, a year, a date or an issuer behind it, another number of a list, or a tag or entity that hides what follows.
_PROMISE = re.compile(
    # A digit at first, which is quicker to look for than many, and none inside of a word, a date or an address.
    r"(?P<digits>[0-9](?<![./:+@&'’\-0-9A-Za-z][0-9])[0-9]*+)(?:\.[0-9]{1,3})?(?:"
    r"[a-zđ]{0,2}\s*+(?:[/‐‑–-]\s*+(?:[A-ZĐƯÂĂÊÔƠ<&]|(?:19|20)[0-9])"
    r"|(?<=\s)[A-ZĐ][A-Za-zĐđ]{0,5}(?:[‐‑–-][A-ZĐ]+)?\s*+/)"
    r"|(?:\s++,?\s*+|,\s++)(?:[Nn]gày|NGÀY|của|CỦA|ký|ban|ra|đề|tháng)\s"
    r"|\s*+[,;]\s++(?:và\s++)?(?:số\s++)?[0-9]"
    r"|\s++(?:và|hoặc|hay)\s++(?:số\s++)?[0-9]"
    r"|\s*+(?:&|</?(?:[abiu]|strong|em|mark|small|su[bp]|ins|abbr|cite|q|br)\b))"
)
_DASH = "[-‐‑–]"
_NEXT = rf"(?:{_DASH} ?| {_DASH}(?! )){PART}"
SYMBOL = rf"{PART}(?:{_NEXT}){{0,6}}"
# A kind with blanks around the dash behind it (TT - BTC); old symbols have a second stroke (QĐ/BNN) or end with a year.
_LOOSE = rf"{PART}(?: {_DASH} {PART})?(?:{_NEXT}){{0,6}}(?:/[A-ZĐ]{{2,}}(?:-[A-ZĐ]{{2,}})*|-(?:19|20)\d\d)?"
NUMBER = re.compile(
    rf"(?:(?<![\w./:+@&'’-])|(?<=[Ss]ố)|(?<=SỐ))(?<!\d,)"
    rf"(?P<n>\d{{1,6}}(?:\.\d{{1,3}})?(?:[a-zđ]{{1,2}}(?!\w))?)"
    rf"(?:"
    rf" ?(?:/|{_DASH}) ?(?:19|20)\d\d ?/ ?(?P<legal>{_LOOSE})"
    rf"| ?/ ?(?P<state>{_LOOSE})"
    rf"| ?(?:{_DASH} ?| )(?P<party>{PART}(?:{_NEXT}){{0,2}} ?/ ?{PART}(?:{_NEXT}){{0,4}})"
    rf"|{_DASH}(?P<old>[A-ZĐ][A-Za-zĐ]{{1,7}})"
    rf"|/(?P<year>(?:19|20)\d\d)"
    # What is printed without the blank before it does not belong to a symbol.
    rf")?(?:(?![\w@%]|[/.,:][\da-zđ]|/[A-ZĐ]{{2}}|{_DASH}\d)|(?=ngày|của|về))"
)
_SPACED = re.compile(rf"({PART}) {_DASH} ")
_OTHER_DASHES = "‐‑–"
_OF_PARLIAMENT = re.compile(r"(?:QH|UBTVQH)[0-9IVX]+")


class _Number(NamedTuple):
    """A number that may be that of a document: where it stands, as printed, its grammar and the parts of its symbol.

    ``grammar`` is ``legal``, ``state`` (with that of công văn), ``party``, ``old`` (115-TTg), ``year`` (100/2019), or
    ``n`` for a bare number.
    """

    start: int
    end: int
    printed: str
    grammar: str
    parts: tuple[str, ...]

    @property
    def has_symbol(self) -> bool:
        """Whether more than digits is printed."""
        return self.grammar in ("legal", "state", "party")


def _numbers(text: Text, at: int) -> Iterator[_Number]:
    """Every number from ``at`` on that does not belong to a longer one."""
    while promise := _PROMISE.search(text.flat, at):
        if found := NUMBER.match(text.flat, promise.start()):
            number = _number(found)
            at = number.end
            yield number
        else:
            # What is left of the digits belongs to no other number.
            at = promise.start() + len(promise["digits"])


def _number(found: re.Match[str]) -> _Number:
    grammar = found.lastgroup or "n"
    start, end = found.span()
    printed = found[0]
    if " " in printed:
        spaced = _SPACED.match(found.string, found.start(grammar)) if grammar in ("state", "legal") else None
        if spaced and spaced[1] not in kinds_by_abbreviation():
            # "12/QĐ - UBND" is one symbol; in "12/UBND-KT - PHỤ LỤC" and "12/SYT - TTYT" another begins.
            end = spaced.end(1)
        printed = found.string[start:end].replace(" ", "")
    for dash in _OTHER_DASHES:
        printed = printed.replace(dash, "-")
    return _Number(start, end, printed, grammar, tuple(PARTS.findall(printed, len(found["n"]))))


# --- what leads to a number ----------------------------------------------------------

# How far before a number its kind is looked for; the name of a law may stand between.
_REACH, _LAW_REACH = 60, 400
_SIGNS, _OPENING = " :-", "(\"“‘'[-–"
# "sổ" is what machines read in scans.
_MARKS = ("số", "số hiệu", "sổ")
_LAST_LETTERS = re.compile(r"[^\W\d_]*$")
_KIND_WORDS = 5
_BODIES = ("phòng", "sở", "bộ", "ban", "vụ", "cục", "viện")


@cache
def _forms() -> tuple[str, ...]:
    """What is numbered like a document and is none."""
    return tuple(wording()["forms"])


_CLAUSE = re.compile(r"[.;:()\x1f“”\"!?]|\d")


class _Lead(NamedTuple):
    """What stands before a number: where it begins, the kind if one is named, and whether "số" is said.

    ``issuer`` is one that stands between kind and number; ``is_form`` that it is numbered like a document and is none.
    """

    start: int
    kind: Kind | None
    has_mark: bool
    issuer: str | None = None
    is_form: bool = False


def _lead(text: Text, number: _Number) -> _Lead:
    begin = max(0, number.start - _REACH)
    window = text.lower[begin : number.start].rstrip(_SIGNS)
    start, has_mark = number.start, False
    for mark in _MARKS:
        if window.endswith(mark) and not window[-len(mark) - 1 : -len(mark)].isalpha():
            window, has_mark = window[: -len(mark)], True
            start = begin + len(window)
            # A bracket may open before it.
            window = window.rstrip(_SIGNS + "(")
    alone = _Lead(start, None, has_mark)
    kind, name = None, ""
    for written in reversed(window.rsplit(" ", _KIND_WORDS)[-_KIND_WORDS:]):
        word = written if written.isalpha() else _LAST_LETTERS.findall(written)[0]
        name = f"{word} {name}" if name else word
        if name not in kind_endings():
            break
        if name in kinds_by_words():
            kind, start = kinds_by_words()[name], begin + len(window) - len(name)
        if word != written:
            break
    if kind:
        of = window[: start - begin].rstrip().rpartition(" ")[2]
        # "Phòng Kế hoạch 1/TC" is a body.
        return alone._replace(is_form=True) if of in _BODIES and not has_mark else _Lead(start, kind, has_mark)
    if number.grammar in ("n", "year"):
        return alone
    if window.endswith(_forms()):
        return alone._replace(is_form=True)
    return _abbreviated(text, number, alone, begin + len(window)) or _named(text, number, alone) or alone


def _lead_behind(last: _Item | None, text: Text, number: _Number) -> _Lead:
    """The lead of a number, without what still belongs to the one before it: "77 / QĐ : 78/QĐ-UBND"."""
    lead = _lead(text, number)
    return lead if last is None or lead.start >= last.end else _Lead(number.start, None, lead.has_mark)


def _abbreviated(text: Text, number: _Number, alone: _Lead, end: int) -> _Lead | None:
    """A kind that is named by its abbreviation: "NĐ 30/2020/NĐ-CP", "CV số 12/UBND-TH"."""
    start = text.flat.rfind(" ", 0, end) + 1
    written = text.flat[start:end].lstrip(_OPENING)
    if written == "CV" or written in number.parts:
        meant = kinds_by_abbreviation().get(written, ())
        return _Lead(end - len(written), meant[0], alone.has_mark) if meant else None
    return None


def _named(text: Text, number: _Number, alone: _Lead) -> _Lead | None:
    """A kind with the name of the document between it and the number: "Luật Đất đai số 31/2024/QH15"."""
    if not alone.has_mark:
        return None
    is_law = bool(_OF_PARLIAMENT.search(number.parts[-1]))
    begin = max(0, alone.start - (_LAW_REACH if is_law else _REACH))
    window = text.flat[begin : alone.start]
    ends = [clause.end() for clause in _CLAUSE.finditer(window)]
    window = window[ends[-1] :] if ends else window
    begin = alone.start - len(window)
    if is_law:
        found = list(_LAWS.finditer(window))
        index = len(found) - 1
        # The law that changes others is the one with this number.
        while index > 0 and window[: found[index].start()].rstrip().endswith("của"):
            index -= 1
        changing = next((law for law in found if window.startswith(_CHANGES, law.end())), None)
        name = changing or (found[index] if found else None)
    else:
        return _titled(text, number, begin, alone.start)
    if name is None:
        return None
    return _Lead(begin + name.start(), kinds_by_words()[name[0].lower()], has_mark=True)


def _titled(text: Text, number: _Number, begin: int, end: int) -> _Lead | None:
    """A kind with its issuer or what it does before the number: "Công điện của Thủ tướng Chính phủ số 117/CĐ-TTg"."""
    last: tuple[int, Kind] | None = None
    for kind in kinds_by_abbreviation().get(number.parts[0], ()):
        found = text.lower.rfind(kind.name.lower(), begin, end)
        if found >= 0 and (last is None or found > last[0]):
            last = found, kind
    if last is None:
        return None
    at, kind = last
    of = at + len(kind.name)
    if text.lower.startswith(" của ", of) and issuer_end(text, of + 5) == end - 1:
        return _Lead(at, kind, has_mark=True, issuer=text.flat[of + 5 : end - 1])
    if not text.flat[at].isupper() or "," in text.flat[at:end]:
        return None
    return _Lead(at, kind, has_mark=True)


_CHANGES = (" sửa đổi", " SỬA ĐỔI")
_LAWS = re.compile(r"(?<!\w)(?:Bộ [Ll]uật|Luật|Pháp lệnh|Nghị quyết|BỘ LUẬT|LUẬT|PHÁP LỆNH|NGHỊ QUYẾT)(?!\w)")


# --- which numbers are mentions ------------------------------------------------------


class _Item(NamedTuple):
    """A mention in the making. ``is_led``: it has a kind of its own, not that of the item before it in a list."""

    start: int
    end: int
    kind: Kind | None
    is_led: bool
    number: _Number
    date: str | None
    issuer: str | None


_BETWEEN = re.compile(r"(?: ?[,;]| ?[,;]? (?:và|hoặc|hay|cùng))(?: các| hai)? ?(?:[-+•*] )?")


def _groups(text: Text, at: int) -> Iterator[list[_Item]]:
    """The mentions of a text from ``at`` on, those together that stand in one list."""
    group: list[_Item] = []
    # Bare numbers of which only the end of the list can tell what they are: "số 1201, 1202 và 1203/QĐ-UBND".
    waiting: list[_Item] = []
    for number in _numbers(text, at):
        last = waiting[-1] if waiting else group[-1] if group else None
        if last is not None and number.start < last.end:
            continue
        lead = _lead_behind(last, text, number)
        follows = last is not None and _BETWEEN.fullmatch(text.flat, last.end, lead.start) is not None
        if not follows:
            waiting = []
            if group:
                yield group
                group = []
        elif lead.kind is not None:
            waiting = []
        item = _item(text, number, lead, last if follows else None)
        if item is None:
            continue
        if _is_mention(text, item, lead, follows=follows):
            group += [*waiting, item]
            waiting = []
        elif number.grammar == "n" and (lead.has_mark or not item.is_led):
            waiting.append(item._replace(end=number.end))
    if group:
        yield group


def _item(text: Text, number: _Number, lead: _Lead, last: _Item | None) -> _Item | None:
    """What may be a mention, with its kind, or that of the ``last`` one of a list; None when a kind is missing."""
    kind = lead.kind or (last.kind if last else None)
    if kind is None and not number.has_symbol:
        return None
    is_joint = kind is not None and kind.is_joint
    end, date, issuer = after(text, number.end, joint=is_joint or number.parts[:1] in _JOINT)
    return _Item(lead.start, end, kind, lead.kind is not None, number, date, issuer or lead.issuer)


_JOINT = (("TTLT",), ("NQLT",), ("KHLT",))


def _is_mention(text: Text, item: _Item, lead: _Lead, *, follows: bool) -> bool:
    """Whether a number is that of a document, by its grammar and by what stands around it."""
    number, kind = item.number, item.kind
    if lead.is_form:
        return False
    if number.has_symbol:
        return kind is not None or follows or _is_known(number, has_mark=lead.has_mark)
    assert kind is not None
    if number.grammar == "old":
        return lead.has_mark or item.date is not None or number.parts[0] in symbols()
    if number.grammar == "year":
        return "qppl" in kind.families
    if item.date and item.end > number.end:
        return True
    return lead.has_mark and (item.issuer is not None or before(text, item.start).issuer is not None)


def _is_known(number: _Number, *, has_mark: bool) -> bool:
    """Whether a number without a kind can only be that of a document: its symbol is made of what we know."""
    first, *others = number.parts
    if _OF_PARLIAMENT.fullmatch(number.parts[-1]):
        return True
    if first in kinds_by_abbreviation():
        return bool(others) and (has_mark or others[0] in symbols())
    return has_mark and bool(others) and first in symbols()


def _share_back(group: list[_Item]) -> None:
    for index in range(len(group) - 1, 0, -1):
        item, previous = group[index], group[index - 1]
        if not item.is_led and previous.issuer is None:
            group[index - 1] = previous._replace(issuer=item.issuer)
    begin = 0
    for index in range(1, len(group) + 1):
        if index == len(group) or group[index].is_led:
            dates = {item.date for item in group[begin:index]} - {None}
            if len(dates) == 1 and group[index - 1].date:
                group[begin:index] = [item._replace(date=group[index - 1].date) for item in group[begin:index]]
            begin = index


def _shared(text: Text, group: list[_Item]) -> list[_Item]:
    """The items of a list with what is said once for all of them: who issued them, and when."""
    # Behind the last of those that share a kind, or before the first.
    if len(group) > 1:
        _share_back(group)
    first = group[0]
    if first.kind is None or not first.is_led:
        return group
    found = before(text, first.start)
    if found.issuer is None:
        return group
    has_dates = any(item.date for item in group)
    return [
        item._replace(issuer=item.issuer or found.issuer, date=item.date or (None if has_dates else found.date))
        for item in group
    ]
