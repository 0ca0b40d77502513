"""HTML of a body → the same with its citations of documents marked, and what they say. Pure.

A marker stands before and behind the words of a citation; which document it is, and whether it has a page, is decided
when the site is planned. No word of the text changes.
"""

from __future__ import annotations

import re
from html import unescape

from loa.citations import NUMBER, Mention, find_mentions, mentions_in, promising
from loa.citing import NOTHING
from loa.identity import key_of
from loa.model import MARK, Citation

_BLOCK = re.compile(
    r"</?(?:p|h[2-6]|li|ul|ol|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|th|td|blockquote|pre|div|figure|figcaption"
    r"|details|summary|hr)\b[^>]*>"
)
# Code is no prose; tags, footnote marks and markers are nothing; an entity is one letter.
_UNREAD = re.compile(
    rf"<code\b.*?</code>|<sup\b.*?</sup>|<(?:[^>\"]|\"[^\"]*\")*>|{MARK}\d+{MARK}|&(?:#\d+|#x[0-9a-fA-F]+|\w+);",
    re.DOTALL,
)
_TAG = re.compile(r"<(/?)(\w+)[^>]*>")
_LINE_BREAK = re.compile(r"<br\b")
_VOID = {"br", "img", "wbr"}


def mark_citations(html: str) -> tuple[str, tuple[Citation, ...]]:
    """``html`` with markers around its citations, ``MARK [n MARK`` and ``MARK ]n MARK``, and the n-th of which says so.

    A citation inside a link, or across the end of an element, is not marked but told.
    """
    citations: list[Citation] = []
    marks: list[tuple[int, str]] = []
    for begin, end, promise in promising(html, _block):
        at, is_linked = begin, False
        for mention in mentions_in(_readable(html[begin:end]), begin, promise):
            # Looked for behind the last mention only: some blocks have thousands.
            opens, closes = html.rfind("<a ", at, mention.start), html.rfind("</a>", at, mention.start)
            if opens != closes:
                is_linked = opens > closes
            at = mention.start
            if not is_linked and (whole := _whole(html, begin, mention.start, mention.end)):
                number = len(citations)
                marks += ((whole[0], f"{MARK}[{number}{MARK}"), (whole[1], f"{MARK}]{number}{MARK}"))
            citations.append(_citation(mention))
    if not marks:
        return html, tuple(citations)
    parts: list[str] = []
    at = 0
    for place, mark in marks:
        parts += (html[at:place], mark)
        at = place
    return "".join([*parts, html[at:]]), tuple(citations)


def _block(html: str, begin: int, place: int) -> tuple[int, int]:
    """Where the text around ``place`` begins, not before ``begin``, and ends: at the next tags of blocks."""
    opens = html.rfind("<", begin, place)
    while opens >= 0:
        if tag := _BLOCK.match(html, opens):
            begin = tag.end()
            break
        opens = html.rfind("<", begin, opens)
    closes = html.find("<", place)
    while closes >= 0 and not _BLOCK.match(html, closes):
        closes = html.find("<", closes + 1)
    return begin, closes if closes >= 0 else len(html)


def cited_in(text: str) -> tuple[Citation, ...]:
    """What a plain text, such as a title, cites."""
    return tuple(map(_citation, find_mentions(text)))


def only_citation(text: str) -> Citation | None:
    """What a text says that is nothing but a citation, or nothing but a number and symbol; None for any other."""
    if NUMBER.fullmatch(text):
        number = text.replace(" ", "")
        return Citation(None, number, None, None, key_of(number, None))
    found = cited_in(text)
    return found[0] if len(found) == 1 else None


def _citation(mention: Mention) -> Citation:
    key = key_of(mention.number, mention.issuer)
    return Citation(mention.kind, mention.number, mention.date, mention.issuer, key)


def _readable(block: str) -> str:
    """``block`` as it reads, every letter at its place: what is not read stands as nothing."""
    return _UNREAD.sub(_unread, block) if "<" in block or "&" in block or MARK in block else block


def _unread(found: re.Match[str]) -> str:
    length = len(found[0])
    if found[0][0] == "&":
        letter = unescape(found[0])
        return letter + NOTHING * (length - 1) if len(letter) == 1 else " " * length
    if _LINE_BREAK.match(found[0]):
        return "\n" + NOTHING * (length - 1)
    return "|" * length if found[0].startswith("<code") else NOTHING * length


_OPENING, _CLOSING = re.compile(r"(?:<\w[^>]*>)+$"), re.compile(r"(?:</\w+>)+")


def _whole(html: str, begin: int, start: int, end: int) -> tuple[int, int] | None:
    """The span from ``start`` to ``end``, or with the tags around it, that is no part of an element, or None."""
    if (note := html.find("<sup", start, end)) >= 0:
        end = note
    if "<" not in html[start:end]:
        return start, end
    opening, closing = _OPENING.search(html[begin:start]), _CLOSING.match(html, end)
    starts = (start, begin + opening.start()) if opening else (start,)
    ends = (end, closing.end()) if closing else (end,)
    return next(((one, other) for one in starts for other in ends if _is_balanced(html[one:other])), None)


def _is_balanced(inner: str) -> bool:
    """Whether every element that begins in ``inner`` ends in it, and none of them is a link."""
    open_tags: list[str] = []
    for tag in _TAG.finditer(inner):
        if tag[2] == "a":
            return False
        if not tag[1]:
            if tag[2] not in _VOID:
                open_tags.append(tag[2])
        elif not open_tags or open_tags.pop() != tag[2]:
            return False
    return not open_tags
