"""A content file → what the proof-reader looks at: its prose, of the same length as the file's text, and its blocks.

What is no prose (code, addresses, tags, the keys of the front matter) is covered, so that a rule which asks for letters
and punctuation meets none there. Places count in the composed text (NFC, LF); ``Proof.place`` leads back to the file.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from loa.errors import Problem, Words
from loa.source import Source, read_source, without_soft_breaks
from loa.text import joins

# Covers what nobody reads as words, and what is read through: tags, marks of emphasis, the frames of links.
OPAQUE, CLEAR = "\ue000", "\ue001"


class Edit(Struct, frozen=True, order=True):
    """Characters of the composed text to replace."""

    start: int
    end: int
    text: str


class Finding(Struct, frozen=True):
    """A place of the composed text that a rule has doubts about; ``edit`` mends it where nothing has to be judged.

    ``suggestion`` is what to write instead of the words, as far as that can be said.
    """

    start: int
    end: int
    rule: str
    words: Words
    suggestion: str = ""
    edit: Edit | None = None


class Block(NamedTuple):
    """Lines that belong together: ``title`` and ``field`` of the front matter, or what Markdown makes of the text.

    ``kind`` there: ``paragraph``, ``heading``, ``item``, ``quote``, ``table``, ``code``, ``html``.
    """

    kind: str
    start: int
    end: int


class Proof(Struct, frozen=True):
    """A text to be proof-read. ``folder`` says which kind of entry it is, ``date`` its own day, ISO, maybe empty.

    ``lower`` is the prose in lower case, ``body`` the place where the text below the front matter begins.
    """

    source: Source
    text: str
    prose: str
    lower: str
    body: int
    blocks: tuple[Block, ...]
    folder: str
    date: str
    shifts: tuple[list[int], list[int]]

    def place(self, at: int) -> int:
        """Where in the file, as it was decoded, the character ``at`` of the composed text stands."""
        places, shifts = self.shifts
        return at + shifts[bisect_right(places, at) - 1]

    def changed(self) -> Iterator[int]:
        """The characters of the composed text that the file has in another form, line ends apart."""
        places, shifts = self.shifts
        for index in range(1, len(places)):
            at = places[index] - 1
            if shifts[index] > shifts[index - 1] and self.text[at] != "\n":
                yield at


def proof_of(path: str, data: bytes) -> Proof | Problem:
    """The file at ``path`` below ``content``, to be proof-read; a Problem where the build cannot read it either."""
    source = read_source(path, data)
    if isinstance(source, Problem):
        return source
    text, shifts = _composed(decoded(data))
    body = _body_of(text)
    text = "".join(without_soft_breaks(text[:body], text[body:]))
    cover = _Cover(text)
    fields = list(_fields(text, body))
    cover.all_but(0, body, [(block.start, block.end) for block in fields])
    blocks = list(_blocks(text, body))
    cover.markup(body, blocks)
    rest = _Cover(cover.text())
    rest.addresses(body)
    prose = rest.text()
    found = re.match(r"\d{4}(?:-\d{2}){0,2}", str(source.fields.get("date") or source.fields.get("issued") or ""))
    folder = path.partition("/")[0]
    return Proof(
        source, text, prose, lowered(prose), body, (*fields, *blocks), folder, found[0] if found else "", shifts
    )


def lowered(text: str) -> str:
    """``text`` in lower case, of the same length."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def decoded(data: bytes) -> str:
    """The characters of a file that ``read_source`` takes; columns count these."""
    return data.decode("utf-8")


_LINE_END = re.compile("\r\n?")


def _composed(raw: str) -> tuple[str, tuple[list[int], list[int]]]:
    """``raw`` in NFC, with plain line ends and without marks of byte order, and how its places have shifted."""
    if unicodedata.is_normalized("NFC", raw) and not _LINE_END.search(raw) and "\ufeff" not in raw:
        return raw, ([0], [0])
    parts: list[str] = []
    places, shifts = [0], [0]
    size = at = 0

    def add(made: str, end: int) -> None:
        nonlocal size
        parts.append(made)
        size += len(made)
        if end - size != shifts[-1]:
            places.append(size)
            shifts.append(end - size)

    while at < len(raw):
        end = _cluster(raw, at)
        piece = raw[at:end]
        if piece == "\ufeff":
            # What follows has shifted, and what stands here is nothing.
            if places[-1] == size:
                shifts[-1] += 1
            else:
                places.append(size)
                shifts.append(shifts[-1] + 1)
        elif _LINE_END.fullmatch(piece):
            add("\n", end)
        else:
            add(unicodedata.normalize("NFC", piece), end)
        at = end
    return "".join(parts), (places, shifts)


def _cluster(raw: str, at: int) -> int:
    """The end of what is composed together with the character ``at``: its marks, or a line end of two characters."""
    if raw[at] == "\r":
        return at + 2 if raw.startswith("\r\n", at) else at + 1
    end = at + 1
    # No letter has more marks than this (UAX #15, 13), and putting many in order takes the square of their time.
    while end < min(len(raw), at + 32) and joins(raw[end]):
        end += 1
    return end


# --- front matter ----------------------------------------------------------------------

_FENCE = re.compile(r"^-{3,}[^\S\n]*(?:\n|\Z)", re.MULTILINE)
_VALUE = re.compile(
    r"^(?:(?P<key>\w+):(?: +(?P<value>\S.*))?|[ ]+(?:- )?(?:alt|caption|note): +(?P<part>\S.*)|[ ]*- +(?P<item>\S.*))$",
    re.MULTILINE,
)
# Fields of prose, and lists of it.
_PROSE, _LISTS = ("title", "subject", "summary"), ("to", "recipients")


def _body_of(text: str) -> int:
    opening = _FENCE.match(text)
    closing = _FENCE.search(text, opening.end() if opening else 0)
    return closing.end() if closing else len(text)


def _fields(text: str, body: int) -> Iterator[Block]:
    """The values of the front matter that are read as prose. Of those with escapes nothing is said."""
    key = ""
    for found in _VALUE.finditer(text, 0, body):
        key = found["key"] or key
        group = "value" if found["value"] else "part" if found["part"] else "item"
        if not found[group] or (group == "value" and key not in _PROSE):
            continue
        if group == "item" and (key not in _LISTS or ": " in found["item"]):
            continue
        start, end = found.span(group)
        end = start + len(found[group].rstrip())
        if text[start] in "\"'":
            if "\\" in text[start:end] or text[end - 1] != text[start] or end - start < 3:
                continue
            start, end = start + 1, end - 1
        elif text[start] in ">|&*![{":
            continue
        yield Block("title" if key == "title" and group == "value" else "field", start, end)


# --- blocks ----------------------------------------------------------------------------

_FENCED = re.compile(r" {0,3}(`{3,}|~{3,})")
_LINE_KINDS = (
    ("heading", re.compile(r" {0,3}#{1,6}(?:\s|$)")),
    ("table", re.compile(r" {0,3}\|")),
    ("quote", re.compile(r" {0,3}>")),
    ("item", re.compile(r"\s*(?:[-*+•]|\d{1,4}[.)])\s+\S")),
    ("html", re.compile(r" {0,3}</?[a-zA-Z!][^>]*>?\s*$|\s*<!--")),
    ("code", re.compile(r"(?: {4}|\t)")),
)


def _blocks(text: str, body: int) -> Iterator[Block]:
    reader = _BlockReader()
    at = body
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield from reader.line(text[at:end], at, end)
        at = end + 1
    if reader.kind and reader.start < len(text):
        yield Block(reader.kind, reader.start, len(text))


class _BlockReader:
    """Divides lines into blocks; ``kind`` is that of the block which is open, or nothing."""

    def __init__(self) -> None:
        self.start, self.kind = 0, ""
        self._fence = ""
        self._in_list = False

    def line(self, line: str, at: int, end: int) -> Iterator[Block]:
        """The blocks that have ended with the line from ``at`` to ``end``, or before it."""
        fenced = _FENCED.match(line)
        if self._fence:
            if fenced and fenced[1].startswith(self._fence) and not line.strip("`~ "):
                yield Block("code", self.start, end)
                self._fence = self.kind = ""
        elif fenced:
            yield from self._close(at)
            self.start, self.kind, self._fence = at, "code", fenced[1]
        elif not line.strip():
            yield from self._close(at)
        else:
            kind = self._kind_of(line)
            goes_on = self.kind == kind == "table" or kind not in ("heading", "item", "table")
            if self.kind == "heading" or not goes_on:
                yield from self._close(at)
            if not self.kind:
                self.start, self.kind = at, kind
            self._in_list = self.kind == "item" or (self._in_list and line[0] in " \t")

    def _close(self, at: int) -> Iterator[Block]:
        if self.kind:
            yield Block(self.kind, self.start, at - 1)
        self.kind = ""

    def _kind_of(self, line: str) -> str:
        kind = next((name for name, pattern in _LINE_KINDS if pattern.match(line)), "paragraph")
        # Within a list or a paragraph blanks make no code.
        return self.kind or "paragraph" if kind == "code" and (self._in_list or self.kind) else kind


# --- what is no prose ------------------------------------------------------------------

_SCHEMES = r"(?:https?|ftp|mailto|tel|file|data):"
# Each begins with a sign that prose seldom has, which is what makes the search fast; the rest looks back at it.
_MARKUP = re.compile(
    r"[`<\]\[!#&{\\*_](?:"
    r"(?<=`)(?P<code>(?<!``)(?P<ticks>`{0,7})(?!`)(?:[^`\n]|(?!`(?P=ticks)(?!`))`|\n(?!\n)){1,2000}?`(?P=ticks)(?!`))"
    r"|(?<=<)(?P<comment>!--)"
    rf"|(?<=<)(?P<auto>{_SCHEMES}[^<>\s]{{1,2000}}>)"
    r"|(?<=<)(?P<tag>/?[a-zA-Z][^<>\n]{0,1000}>)"
    r"|(?<=\])(?P<target>\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?"
    r"(?:\s+(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?\)|\[[^\[\]\n]{0,100}\])"
    r"|(?<=\[)(?P<note>\^[^\[\]\n]{1,100}\]:?)"
    r"|(?<=\n\[)(?P<reference>[^\[\]\n]{1,200}\]:[ ]*\S{1,2000})"
    r"|(?<=\[)(?P<frame>(?=[^\[\]\n]{0,500}\]))"
    r"|(?<=!)(?P<picture>\[(?=[^\[\]\n]{0,500}\]))"
    r"|(?<=\])(?P<close>(?!\())"
    r"|(?<=\#)(?P<hash>(?<![\w&#/]\#)[^\W\d_]\w{0,100})"
    r"|(?<=&)(?P<entity>(?:\#\d{1,7}|\#x[0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,30});)"
    r"|(?<=\{)(?P<attribute>[:#.][^{}\n]{0,500}\})"
    r"|(?<=\\)(?P<escape>[!-/:-@\[-`{-~])"
    r"|(?<=\n\*)(?P<abbreviation>\[[^\[\]\n]{1,100}\]:)"
    r"|(?<=\*)(?P<strong>\*{0,2})"
    r"|(?<=_)(?P<under>(?<![\w_]_)_?(?=[^\s_])|(?<=[^\s_]_)_?(?![\w_]))"
    r")",
    re.DOTALL,
)
_VERBATIM = re.compile(r"<(code|pre|kbd|samp|var|script|style|svg|math|textarea)\b", re.IGNORECASE)
_HOSTS = r"(?:vn|com|org|net|info|gov|edu|io|example)"
_SUFFIXES = r"(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|zip|txt|html?|md|csv)"
# Whether a text may have any of the next.
_PROMISES = re.compile(rf"@|://|www\.|(?:mailto|tel|data|file):|\.(?:{_HOSTS}|{_SUFFIXES})(?!\w)")
_ADDRESSES = re.compile(
    rf"(?P<url>(?<![\w@]){_SCHEMES}[^\s<>\"“”|]{{1,2000}}|(?<![\w@.])www\.[^\s<>\"“”|]{{1,2000}})"
    r"|(?P<mail>(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"
    rf"|(?P<host>(?<![\w.@/-])(?:[A-Za-z0-9-]{{1,63}}\.){{1,6}}{_HOSTS}(?![\w])(?:/[^\s<>\"“”|]{{0,2000}})?)"
    rf"|(?P<file>(?<![\w.@/-])[\w/.-]{{0,100}}\w\.{_SUFFIXES}(?!\w))"
)
# What is read through: the words beside it belong together.
_CLEAR = {"tag", "target", "strong", "under", "frame", "picture", "close", "note", "comment"}
_LETTER = re.compile(r"[^\n]")
_TRAILING = ".,;:!?)'”’…"


@lru_cache(maxsize=64)
def _covered(sign: str, size: int) -> str:
    return sign * size


class _Cover:
    """A text that is covered place by place."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._parts: list[str] = []
        self._at = 0
        self._has_comments = True
        self._unclosed: set[str] = set()

    def text(self) -> str:
        """The text, with what was covered."""
        return "".join([*self._parts, self._text[self._at :]])

    def _hide(self, start: int, end: int, sign: str) -> None:
        if end <= self._at:
            return
        start = max(start, self._at)
        self._parts.append(self._text[self._at : start])
        piece = self._text[start:end]
        self._parts.append(_LETTER.sub(sign, piece) if "\n" in piece else _covered(sign, len(piece)))
        self._at = end

    def all_but(self, start: int, end: int, shown: list[tuple[int, int]]) -> None:
        """Cover everything from ``start`` to ``end`` but the places ``shown``."""
        for first, last in shown:
            self._hide(start, first, OPAQUE)
            start = last
        self._hide(start, end, OPAQUE)

    def markup(self, start: int, blocks: list[Block]) -> None:
        """Cover what is Markdown or HTML from ``start`` on: whole blocks of code, and the rest by its looks."""
        for block in blocks:
            if block.kind == "code":
                self._inline(start, block.start)
                self._hide(block.start, block.end, OPAQUE)
                start = block.end
        self._inline(start, len(self._text))

    def _inline(self, start: int, end: int) -> None:
        while start < end and (found := _MARKUP.search(self._text, start, end)):
            first, start = found.span()
            name = found.lastgroup
            if name == "comment":
                # Without an end it is no comment, and nor is any behind it.
                last = self._text.find("-->", start, end) if self._has_comments else -1
                self._has_comments = last >= 0
                start = last + 3 if last >= 0 else start
            self._hide(first, start, CLEAR if name in _CLEAR else OPAQUE)
            if name == "tag" and (verbatim := _VERBATIM.match(self._text, first)):
                start = self._until_closed(verbatim[1].lower(), start, end)

    def _until_closed(self, tag: str, start: int, end: int) -> int:
        """Cover what stands in a tag that shows it as it is; where that ends."""
        last = -1 if tag in self._unclosed else self._text.find(f"</{tag}", start, end)
        if last < 0:
            self._unclosed.add(tag)
            return start
        self._hide(start, last, OPAQUE)
        return last

    def addresses(self, start: int) -> None:
        """Cover addresses and names of files from ``start`` on."""
        if not _PROMISES.search(self._text, start):
            return
        for found in _ADDRESSES.finditer(self._text, start):
            end = found.end()
            if found.lastgroup in ("url", "host"):
                # The sign that ends the sentence is no part of the address.
                end = found.start() + len(found[0].rstrip(_TRAILING))
            self._hide(found.start(), end, OPAQUE)
