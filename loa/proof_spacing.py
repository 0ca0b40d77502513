"""Rules about blanks, dashes and dots: what ``--fix`` mends. Pure.

A sign stands close to the word before it and one blank before the word after it (Nghị định 30/2020/NĐ-CP sets no rule;
this is how Vietnamese is printed). Numbers, dates, times, symbols, addresses and code are none of our business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from loa import proof_messages
from loa.errors import Words
from loa.proof_data import any_of, words_of
from loa.proof_text import CLEAR, OPAQUE, Edit, Finding, Proof
from loa.syllables import is_syllable
from loa.text import NO_BREAK

_L = r"[^\W\d_]"
_CONTEXT = 24  # characters at most, to either side of what is wrong


def _finding(proof: Proof, rule: str, words: Words, edit: Edit, *, is_safe: bool = True) -> Finding:
    """What is wrong with its words around it, and how these read mended."""
    start, end = edit.start, edit.end
    text = proof.text
    while (
        start > proof_line_start(text, edit.start) and edit.start - start < _CONTEXT and not text[start - 1].isspace()
    ):
        start -= 1
    while end < len(text) and end - edit.end < _CONTEXT and not text[end].isspace():
        end += 1
    suggestion = text[start : edit.start] + edit.text + text[edit.end : end]
    return Finding(start, end, rule, words, suggestion, edit if is_safe and _is_safe(proof, edit) else None)


def proof_line_start(text: str, at: int) -> int:
    """Where the line of ``at`` begins, as far as a search of a few characters can tell."""
    return max(text.rfind("\n", max(0, at - 2 * _CONTEXT), at) + 1, at - 2 * _CONTEXT, 0)


_YAML = set(":#\"'\\[]{}&*!|>%@`")


def _is_safe(proof: Proof, edit: Edit) -> bool:
    """Whether an edit keeps the front matter what it is to YAML."""
    if edit.start >= proof.body:
        return True
    field = next((block for block in proof.blocks if block.start <= edit.start and edit.end <= block.end), None)
    quote = proof.text[field.start - 1] if field else ""
    if field and quote in "\"'":
        # Between quotation marks nothing else means anything.
        beside = proof.text[max(field.start, edit.start - 1) : min(field.end, edit.end + 1)]
        return not {quote, "\\"} & {*edit.text, *beside}
    # A blank behind a colon would make a field of what stands before it.
    return not _YAML & {*edit.text, *proof.text[edit.start - 1 : edit.end + 1]}


# --- spacing ---------------------------------------------------------------------------

# Each begins with what is seldom met, and looks back from there: that is ten times sooner done.
_EXTRA_BEFORE = re.compile(
    rf"( (?<=[\w)\]”’\"%*_{CLEAR}] ) *)(?:,(?!\d)|;(?![\w)-]|\((?!\w))|;(?={_L}{{2}})|:(?=[*{CLEAR}]*(?:\s|\Z)|“|\"\w)"
    rf"|[?!](?![\w\[{CLEAR}])|\.(?![.\w/])|\)|”(?!{_L}))"
)
_AHEAD = re.compile(rf"(?P<marks>{CLEAR}*)(?:(?P<word>{_L}+)|\d|(?P<opening>[(“\[<#&$+@{OPAQUE}]|\"(?=\w)))")
_IN_BOX = re.compile(r"\( *\w? *\)")
_EXTRA_AFTER = re.compile(r"[(“]( +)(?=[^\s)”])")
_NONE_AFTER = re.compile(
    rf"[,;](?<=[\w)”%].)(?=[(“]?{_L})|[,;](?<={_L}{_L}.)(?=\d)|;(?<=[)”%].)(?=\d)|…(?<=[\w)].)(?={_L})|\.\.(?<=[\w)]..)\.{{1,2}}(?={_L})"
)
_SIGN = re.compile(rf"[:.!?](?<={_L}.)(?=({_L}{{2,40}})(?!\w))")
_COLON = re.compile(rf":(?<={_L}{_L}.)(?=\d|[“\"]\w)")
_OPENING = re.compile(rf"[(“](?<={_L}.)(?={_L}{{2}})")
_CLOSING = re.compile(rf"(?:\)(?<=[\w.!?…”’%].)|”(?<=[^\s(“”].))(?=({_L}{{2,7}})(?!\w))")
_STRAIGHT = re.compile(r"[\"\n]")
_QUOTED = re.compile(r"\"(?=\w[^\"\n]*\")")
_SHORT_WORD = re.compile(rf"{_L}{{2,7}}(?!\w)")
_WORD_END = re.compile(rf"(?<![\w.]){_L}{{2,7}}\Z")


def spacing(proof: Proof) -> Iterator[Finding]:
    """Blanks before a sign, or none after it; and the same with brackets and quotes."""
    for edit in _spacing(proof.prose):
        yield _finding(proof, "spacing", proof_messages.spacing(), edit)
    for edit in _missing_at_numbers(proof.prose):
        yield _finding(proof, "spacing", proof_messages.counted(), edit)


def _spacing(prose: str) -> Iterator[Edit]:
    yield from _extra(prose)
    yield from _missing(prose)
    yield from _missing_at_pairs(prose)


def _extra(prose: str) -> Iterator[Edit]:
    """Blanks to take away, or to put on the other side of the sign where none parts it from the next word."""
    for found in _EXTRA_BEFORE.finditer(prose):
        sign, end = found[0][-1], found.end()
        opening = prose.rfind("(", max(0, found.start() - 3), end)
        if sign == ")" and opening >= 0 and _IN_BOX.fullmatch(prose, opening, end):
            continue
        ahead = _AHEAD.match(prose, end)
        # Whether marks of emphasis between a sign and a bracket open or close, nobody knows.
        if ahead and ahead["marks"] and ahead["opening"]:
            continue
        is_stuck = ahead and (sign not in ")”" or (ahead["word"] and is_syllable(ahead["word"].lower())))
        yield Edit(found.start(1), end, f"{sign} ") if is_stuck else Edit(found.start(1), found.end(1), "")
    for found in _EXTRA_AFTER.finditer(prose):
        if _IN_BOX.match(prose, found.start()):
            continue
        is_stuck = prose[found.end() : found.end() + 2].isalpha() and _stands_apart(prose, found.start(), found.end())
        yield Edit(*found.span(), f" {found[0][0]}") if is_stuck else Edit(found.start(1), found.end(1), "")


def _missing(prose: str) -> Iterator[Edit]:
    """Blanks that are missing behind a sign."""
    for found in _NONE_AFTER.finditer(prose):
        if not _is_formula(prose, found.start(), found.end()):
            yield Edit(found.end(), found.end(), " ")
    for found in _SIGN.finditer(prose):
        if _divides(_word_before(prose, found.start()), found[0], found[1]):
            yield Edit(found.end(), found.end(), " ")
    for found in _COLON.finditer(prose):
        if is_syllable(_word_before(prose, found.start()).lower()):
            yield Edit(found.end(), found.end(), " ")


@cache
def _counted() -> re.Pattern[str]:
    """The last digit of a number that what is counted stands close to; units like km and h may."""
    return re.compile(rf"\d(?=(?:{any_of(words_of('spacing', 'counted'))})(?!\w))")


_NUMBER_BEFORE = re.compile(r"(?<![\w./-])\d[\d.,]{0,20}\Z")


def _missing_at_numbers(prose: str) -> Iterator[Edit]:
    """Blanks that are missing between a number and what it counts."""
    for found in _counted().finditer(prose):
        if _NUMBER_BEFORE.search(prose, max(0, found.start() - 20), found.end()):
            yield Edit(found.end(), found.end(), " ")


def _missing_at_pairs(prose: str) -> Iterator[Edit]:
    """Blanks that are missing around brackets and quotes."""
    for found in _OPENING.finditer(prose):
        if _stands_apart(prose, found.start(), found.end()):
            yield Edit(found.start(), found.start(), " ")
    for found in _CLOSING.finditer(prose):
        if is_syllable(found[1].lower()):
            yield Edit(found.end(), found.end(), " ")
    yield from _missing_at_straight_quotes(prose)


def _missing_at_straight_quotes(prose: str) -> Iterator[Edit]:
    is_open = False
    for found in _STRAIGHT.finditer(prose) if '"' in prose else ():
        at, end = found.span()
        if found[0] == "\n":
            is_open = False
            continue
        # 24" is a length.
        if not is_open and prose[at - 1 : at].isdigit():
            continue
        is_open = not is_open
        if is_open and _QUOTED.match(prose, at) and is_syllable(_word_before(prose, at).lower()):
            yield Edit(at, at, " ")
        after = _SHORT_WORD.match(prose, end)
        if not is_open and after and not prose[at - 1].isspace() and is_syllable(after[0].lower()):
            yield Edit(end, end, " ")


_INTRODUCES = frozenset(("như", "gồm", "là", "sau", "rằng", "nói", "hỏi", "đáp", "nhận", "nguồn", "chỉ", "gửi"))


def _stands_apart(prose: str, at: int, after: int) -> bool:
    """Whether a blank belongs between a word and the bracket or quote at ``at``, with the word from ``after`` on in it.

    Ca(OH)2 is no word with a remark.
    """
    word = _word_before(prose, at)
    return is_syllable(word.lower()) and (prose[at] == "“" or word.islower() or prose[after].islower())


def _word_before(prose: str, at: int) -> str:
    found = _WORD_END.search(prose, max(0, at - 9), at)
    return found[0] if found else ""


def _divides(before: str, sign: str, after: str) -> bool:
    """Whether a sign that stands between two words belongs to the sentence: behind a stop a new one begins."""
    if not before or not is_syllable(before.lower()):
        return False
    if sign == ":":
        # "nam:nữ" is a ratio.
        return after.istitle() or before.lower() in _INTRODUCES
    return before.islower() and after.istitle() and is_syllable(after.lower())


def _is_formula(prose: str, start: int, end: int) -> bool:
    """Whether single letters of mathematics stand at both sides of a sign: x,y, but not ở,ý."""
    first, second = prose[start - 1], prose[end : end + 1]
    is_single = not (prose[start - 2 : start - 1].isalnum() or prose[end + 1 : end + 2].isalnum())
    return is_single and first.isalpha() and first.isascii() and second.isascii()


# --- dashes ------------------------------------------------------------------------------

_DASH = re.compile(
    r"[ –—-](?:(?<=[\w”)»][–—-])(?P<left>(?![-–—])[ ]+(?=[\w“(]))|(?<=[\w”)»,] )[ ]*[-–—](?![-–—])(?=[^\W\d_]|[“(]))"
)
_TOKEN_BEFORE = re.compile(r"\S{0,40}\Z")
_TOKEN_AFTER = re.compile(r"\s*[-–—]?\s*(\S{0,40})")


def dash(proof: Proof) -> Iterator[Finding]:
    """Dashes with a blank at one side only."""
    prose = proof.prose
    for found in _DASH.finditer(prose):
        start, end = found.span()
        before = _TOKEN_BEFORE.search(prose, max(0, start - 40), start)
        after = _TOKEN_AFTER.match(prose, end)
        assert before is not None  # both match nothing, too
        assert after is not None
        first, second = before[0], after[1]
        if first[-1].isdigit() and second[:1].isdigit():
            continue
        if "/" in first or "/" in second or (first.isupper() and second.isupper()):
            continue
        # "a- ", "1- " at the beginning of a line count.
        if len(first) <= 2 and found["left"] is not None and start - len(first) == proof_line_start(prose, start):
            continue
        sign = found[0].strip()
        yield _finding(proof, "dash", proof_messages.dash(), Edit(start, end, f" {sign} "))


_RANGE = re.compile(r"(?<![\w./,:+@&'’%‐‑–-])(\d{1,4})(-| -|- )(\d{1,4})(?![\w/‐‑–-]|[.,:]\d| ?[-–/])(%| ([^\W\d_]+))?")
_WORD_BEFORE = re.compile(r"([^\W\d_]+|[A-Z]+ ?\d*)[ (]*\Z")
_NORMS = ("TCVN", "ISO", "IEC", "QCVN", "TCCS")


def number_range(proof: Proof) -> Iterator[Finding]:
    """Spans of years, and of numbers of things, with a hyphen."""
    prose = proof.prose
    for found in _RANGE.finditer(prose):
        low, high = int(found[1]), int(found[3])
        word = _WORD_BEFORE.search(prose, max(0, found.start() - 20), found.start())
        before = word[1] if word else ""
        if low >= high or before in _NORMS or before.lower() in words_of("range", "not_after") - {"năm"}:
            continue
        is_years = len(found[1]) == len(found[3]) == 4 and low >= 1900 and high <= 2100 and high - low <= 60
        # "5- 7 ngày" at the beginning of a line is its number, maybe.
        if found[2] == "- " and not prose[proof_line_start(prose, found.start()) : found.start()].strip(" -*+>|"):
            continue
        is_amount = len(found[1]) < 4 and (found[4] or "").strip().lower() in _units()
        if is_years or is_amount:
            yield _finding(proof, "range", proof_messages.number_range(), Edit(found.start(2), found.end(2), "–"))


def _units() -> frozenset[str]:
    return words_of("range", "units") | {"%"}


# --- blanks --------------------------------------------------------------------------------

_NO_BREAKS = re.compile(rf"(?<![ \t{NO_BREAK}])[ \t]*{NO_BREAK}[ \t{NO_BREAK}]*")
# What Markdown would take for more than a word if a blank stood behind it.
_MARKER = re.compile(r"\s*(?:[-*+#>|]+|\d+[.)])?\Z")


def no_break(proof: Proof) -> Iterator[Finding]:
    """No-break spaces that keep no number with its unit, and lines of nothing else."""
    prose = proof.prose
    if NO_BREAK not in prose:
        return
    for found in _NO_BREAKS.finditer(prose):
        start, end = found.span()
        is_first, is_last = prose[start - 1 : start] in ("", "\n"), prose[end : end + 1] in ("", "\n")
        if is_first and is_last:
            yield Finding(start, end, "blank-line", proof_messages.blank_line(), "", Edit(start, end, ""))
            continue
        if found[0] == NO_BREAK and (prose[start - 1 : start].isdigit() or prose[end : end + 1].isdigit()):
            continue
        if prose[max(0, start - 1) : start] == "|" or prose[end : end + 1] == "|":
            continue
        line = proof_line_start(prose, start)
        is_safe = not (is_first or _MARKER.fullmatch(prose, line, start))
        edit = Edit(start, end, "" if is_last else " ")
        yield _finding(proof, "nbsp", proof_messages.nbsp(), edit, is_safe=is_safe)


_SPACES = re.compile(r"(?<=[^\s|])  +(?=[^\s,;:.!?)”|…/–—_-])")
_BLANK_TO_FILL = re.compile(r"(?:(?<!\w)[Ss]ố ?:?|ngày|tháng|năm|[.…_:])\Z")
_LIST_MARK = re.compile(r"\s*(?:[-*+>•]|\d{1,4}[.)]|#{1,6})\Z")


def double_space(proof: Proof) -> Iterator[Finding]:
    """Blanks that follow each other between words; not those that leave a number or a day to be written in."""
    prose = proof.prose
    if "  " not in prose:
        return
    tables = [block for block in proof.blocks if block.kind == "table"]
    for found in _SPACES.finditer(prose):
        start, end = found.span()
        line = prose.rfind("\n", max(0, start - 40), start) + 1
        if prose[start - 1] in "(“" or _LIST_MARK.fullmatch(prose, max(line, start - 40), start):
            continue
        ends_sentence = prose[start - 1] in ".:" and prose[end].isupper()
        if not ends_sentence and _BLANK_TO_FILL.search(prose, max(0, start - 8), start):
            continue
        if OPAQUE in prose[start - 1] + prose[end] or any(table.start <= start < table.end for table in tables):
            continue
        yield _finding(proof, "double-space", proof_messages.double_space(), Edit(start, end, " "))


def decomposed(proof: Proof) -> Iterator[Finding]:
    """Words whose letters and marks are apart in the file, those of a line together.

    The composed text has them whole already.
    """
    begin = end = 0
    for at in proof.changed():
        if at < end or proof.prose[at] in (OPAQUE, CLEAR):
            continue
        start = last = at
        while start > end and proof.text[start - 1].isalpha() and at - start < _CONTEXT:
            start -= 1
        while last < len(proof.text) and proof.text[last].isalpha() and last - at < _CONTEXT:
            last += 1
        last = max(last, at + 1)
        if end and not _DIVIDES.search(proof.prose, end, start):
            end = last
            continue
        if end:
            yield _composed(proof, begin, end)
        begin, end = start, last
    if end:
        yield _composed(proof, begin, end)


_DIVIDES = re.compile(f"[\n{OPAQUE}{CLEAR}]")


def _composed(proof: Proof, start: int, end: int) -> Finding:
    words = proof.text[start:end]
    return Finding(start, end, "nfd", proof_messages.nfd(), words, Edit(start, end, words))


_DOTS = re.compile(r"(?<=[\w)”’\"%])\.{2,4}(?![./\\\w])|(?<=[\w)”’\"%])\.{3,4}(?=[^\W\d_])")
_TO_FILL = re.compile(rf"(?<!\w)(?:{any_of(('ngày', 'tháng', 'năm', 'số', 'tên', 'lúc', 'Số'))})\Z")


def ellipsis(proof: Proof) -> Iterator[Finding]:
    """Two to four full stops behind a word."""
    if ".." not in proof.prose:
        return
    for found in _DOTS.finditer(proof.prose):
        if not _TO_FILL.search(proof.prose, max(0, found.start() - 6), found.start()):
            yield _finding(proof, "ellipsis", proof_messages.ellipsis(), Edit(found.start(), found.end(), "…"))
