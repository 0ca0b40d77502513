"""Bytes of a content file → Source: text, front matter as plain strings, lines. Knows no schema.

Harmless differences (byte-order mark, CR LF, decomposed accents) are mended in silence;
what would lose or forge text (other encodings, control characters, an unclosed front matter) is refused by line.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

from msgspec import Struct

from loa import messages
from loa.errors import Problem, RefusedError, Words, problem
from loa.text import line_and_column

MAX_FILE = 12_000_000  # bytes; what takes too long or too much is refused while it is converted
MAX_FRONT_MATTER = 64_000  # characters

# A nested mapping or list of strings, as YAML's failsafe schema (YAML 1.2, 10.1) gives it:
# "no", 0262 and 2021-11-09 stay what the author typed, and the schema decides.
Value = Any

_FENCE = re.compile(r"-{3,}\s*")
_CLOSING_FENCE = re.compile(r"^-{3,}[^\S\n]*$", re.MULTILINE)
# XML 1.0 (2.2) allows none of these, feeds refuse them, and nobody means them;
# U+202A-E and U+2066-9 reorder what a reader sees.
_CONTROL = re.compile("[\x00-\x08\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
# What Word, older Office and PDF files begin with.
_OTHER_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")
# UAX 15, 13: no language puts more marks on a letter. To put them in order takes the square of the time.
MAX_MARKS = 30
# So few take no time to speak of, and nearly all texts have no more.
_SHORT = 4_000  # characters
_FOREIGN = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_MARKS + 1},}}")
# What other programs end a line with (Word's manual line break is U+000B), and no editor counts as a line.
_SOFT_BREAKS = "\x0b\x85\u2028\u2029"


class Source(Struct, frozen=True):
    """A content file as found: its fields as strings, lists and mappings of strings, and its text.

    A soft line break is a blank in ``fields`` and ends a line of ``body``. ``text`` keeps it: lines of the file are
    told as editors count them.
    """

    path: str
    fields: dict[str, Value]
    body: str
    text: str

    @property
    def file(self) -> str:
        """The file as messages name it: relative to the site folder."""
        return f"content/{self.path}"

    @property
    def body_line(self) -> int:
        """The line on which the body begins, or would."""
        return self.line_of_body(0)

    def line_of_body(self, line: int) -> int:
        """The line of the file in which ``line`` of the body stands, which is counted from 0."""
        place = len(self.text.rstrip()) - len(self.body)
        place += sum(len(above) + 1 for above in self.body.split("\n", line)[:line])
        return self.text.count("\n", 0, place) + (1 if self.body else 2)

    def line_of(self, *keys: str | int) -> int:
        """The line of a field, ``line_of("image", "alt")`` of a nested one; 1 when it is not there."""
        from loa import front_matter  # noqa: PLC0415  # heavy, and most texts have no faults

        return front_matter.line_of(_split(self.text).front, keys)

    def line_of_words(self, words: str) -> int:
        """The first line of the body in which ``words`` stand; 0 when they are nowhere."""
        start = self.text.find(words, max(0, len(self.text) - len(self.body) - 8))
        return self.text.count("\n", 0, start) + 1 if start >= 0 else 0


def read_source(path: str, data: bytes) -> Source | Problem:
    """The file at ``path`` below ``content`` whose bytes are ``data``; a Problem when it cannot be understood."""
    file = f"content/{path}"
    try:
        text = _decode(data)
        front, body = _split(text)
        fields = _simple_fields(front) or _fields(front, body)
    except RefusedError as refused:
        return problem(file, refused.words, line=refused.line, field=refused.field)
    return Source(path, fields, body.strip(), text)


def _not_our_kind(data: bytes) -> Words | None:
    if len(data) > MAX_FILE:
        return messages.too_large(len(data), MAX_FILE)
    if data.startswith(_OTHER_FILES):
        return messages.not_text()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:4].count(0) == 2:
        return messages.utf16()
    return None


def _decode(data: bytes) -> str:
    """The text in ``data``, mended where that harms nobody. Raises ``RefusedError``."""
    if words := _not_our_kind(data):
        raise RefusedError(words, 0)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = line_and_column(data, error.start)
        raise RefusedError(messages.not_utf8(column), line) from None
    if not text.strip():
        raise RefusedError(messages.empty_file(), 0)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = text.replace("\ufeff", "")
        if len(text) > _SHORT:
            _refuse_many_marks(text)
        text = unicodedata.normalize("NFC", text)
    # Printable: no control, no blank but the usual one. Most texts are, and this is ten times sooner told.
    if not text.replace("\n", "").isprintable() and (found := _CONTROL.search(text)):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        raise RefusedError(messages.control_character(ord(found[0]), column), line)
    return text


def _refuse_many_marks(text: str) -> None:
    """Raises ``RefusedError`` where more than MAX_MARKS combining marks follow each other."""
    for run in _FOREIGN.finditer(text):
        marks = 0
        for at in range(run.start(), run.end()):
            marks = marks + 1 if unicodedata.combining(text[at]) else 0
            if marks > MAX_MARKS:
                first = at - MAX_MARKS
                words = messages.too_many_marks(MAX_MARKS, first - text.rfind("\n", 0, first))
                raise RefusedError(words, text.count("\n", 0, first) + 1)


class _Split(NamedTuple):
    """A text divided at its fences; the front matter begins on line 2."""

    front: str
    body: str


def _split(text: str) -> _Split:
    """The text between the fences and below; the library would take a missing fence for no fields.

    Raises ``RefusedError``.
    """
    first, _, rest = text.partition("\n")
    if not _FENCE.fullmatch(first):
        blank = len(text) - len(text.lstrip())
        if blank and text.startswith("---", blank):
            raise RefusedError(messages.front_matter_not_first(), text.count("\n", 0, blank) + 1)
        raise RefusedError(messages.no_front_matter(), 1)
    closing = _CLOSING_FENCE.search(rest)
    if closing is None:
        raise RefusedError(messages.front_matter_not_closed(), 1)
    front = rest[: closing.start()].removesuffix("\n")
    if len(front) > MAX_FRONT_MATTER:
        raise RefusedError(messages.front_matter_too_large(MAX_FRONT_MATTER), 1)
    return _Split(*without_soft_breaks(front, rest[closing.end() :].removeprefix("\n")))


def without_soft_breaks(front: str, body: str) -> tuple[str, str]:
    """Front matter with blanks and a body with line ends in place of soft line breaks; their length stays.

    So a title from Word stays one title, and the lines of front matter those of the file.
    """
    for soft in _SOFT_BREAKS:
        front, body = front.replace(soft, " "), body.replace(soft, "\n")
    return front, body


def _fields(front: str, body: str) -> dict[str, Value]:
    from loa import front_matter  # noqa: PLC0415  # heavy, and most front matter goes the short way

    return front_matter.read_fields(front, body)


_SIMPLE_ITEM = r'(?:"[^"\\\n]*"|[^\W_][^,:#"\[\]{}\n]*)'
_ITEMS = re.compile(_SIMPLE_ITEM)
_SIMPLE_FIELD = re.compile(
    r"([A-Za-z_][A-Za-z0-9_]*): +(?:"
    r'"([^"\\\n]*)"'  # "in quotes"
    r"|([^\W_](?:[^:#\n]|:(?=[^\s:#]))*)"  # plain words
    rf"|\[((?:{_SIMPLE_ITEM}(?:, *{_SIMPLE_ITEM})*)?)\]"  # [a list, "of both"]
    r")(?:\n|\Z)"
)


def _simple_fields(front: str) -> dict[str, Value] | None:
    """What YAML makes of front matter with a plain word, a quoted text or a list of those on each line.

    None for any other. ``tests/property/test_reading.py`` holds it against the library, which takes ten times longer.
    """
    if not front.replace("\n", "").isprintable():
        return None
    fields: dict[str, Value] = {}
    end = 0
    for match in _SIMPLE_FIELD.finditer(front):
        name, quoted, plain, items = match.groups()
        if match.start() != end or name in fields or (plain and (plain != plain.rstrip() or plain[-1] == ":")):
            return None
        end = match.end()
        if items is None:
            fields[name] = plain if quoted is None else quoted
        else:
            fields[name] = [item.strip('"') if item[0] == '"' else item.rstrip() for item in _ITEMS.findall(items)]
    return fields if end == len(front) and fields else None
