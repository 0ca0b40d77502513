"""Bytes of a content file → Source: text, front matter as plain strings, lines. Knows no schema.

Harmless differences (byte-order mark, CR LF, decomposed accents) are mended in silence;
what would lose or forge text (other encodings, control characters, an unclosed front matter) is refused by line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable
from typing import Any, NamedTuple

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler
from msgspec import Struct

from loa import messages
from loa.errors import Problem, Words, problem
from loa.text import line_and_column

MAX_FILE = 1_000_000  # bytes; Markdown's worst inputs grow faster than the text
MAX_FRONT_MATTER = 64_000  # characters
_MAX_DEPTH = 6
# libyaml builds its tree by recursion in C: nesting some 20,000 deep ends the process instead of raising.
_SAFE_LENGTH = 5_000  # characters that cannot nest that deep

# A nested mapping or list of strings, as YAML's failsafe schema (YAML 1.2, 10.1) gives it:
# "no", 0262 and 2021-11-09 stay what the author typed, and the schema decides.
Value = Any

_FENCE = re.compile(r"-{3,}\s*")
_CLOSING_FENCE = re.compile(r"^-{3,}[^\S\n]*$", re.MULTILINE)
# XML 1.0 (2.2) allows none of these, feeds refuse them, and nobody means them;
# U+202A-E and U+2066-9 reorder what a reader sees.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
# What Word, older Office and PDF files begin with.
_OTHER_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")
_LINE_BREAKS = re.compile("\r\n?|\x0b|\x85|\u2028|\u2029")


class Source(Struct, frozen=True):
    """A content file as found: its fields as strings, lists and mappings of strings, and its text."""

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
        return self.text.rstrip().count("\n") + (1 if self.body else 2) - self.body.count("\n")

    def line_of(self, *keys: str | int) -> int:
        """The line of a field, ``line_of("image", "alt")`` of a nested one; 1 when it is not there."""
        return _line_of(self.text, keys)

    def line_of_words(self, words: str) -> int:
        """The first line of the body in which ``words`` stand; 0 when they are nowhere."""
        start = self.text.find(words, max(0, len(self.text) - len(self.body) - 8))
        return self.text.count("\n", 0, start) + 1 if start >= 0 else 0


def read_source(path: str, data: bytes) -> Source | Problem:
    """The file at ``path`` below ``content`` whose bytes are ``data``; a Problem when it cannot be understood."""
    file = f"content/{path}"
    text = _decode(file, data)
    if isinstance(text, Problem):
        return text
    found = _split(text)
    if isinstance(found, _Fault):
        return problem(file, found.words, line=found.line)
    try:
        fields, body = frontmatter.parse(text, handler=_Handler(found))
    except _RefusedError as refused:
        return problem(file, refused.words, line=refused.line, field=refused.field)
    except yaml.YAMLError as error:
        fault = _explain(error, found.front)
        return problem(file, fault.words, line=fault.line, field=fault.field)
    return Source(path, fields, body, text)


def _not_our_kind(data: bytes) -> Words | None:
    if len(data) > MAX_FILE:
        return messages.too_large(len(data), MAX_FILE)
    if data.startswith(_OTHER_FILES):
        return messages.not_text()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:4].count(0) == 2:
        return messages.utf16()
    return None


def _decode(file: str, data: bytes) -> str | Problem:
    if words := _not_our_kind(data):
        return problem(file, words)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = line_and_column(data, error.start)
        return problem(file, messages.not_utf8(column), line=line)
    if not text.strip():
        return problem(file, messages.empty_file())
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.replace("\ufeff", ""))
    # Printable: no control, no blank but the usual one. Most texts are, and this is ten times sooner told.
    if text.replace("\n", "").isprintable():
        return text
    text = _LINE_BREAKS.sub("\n", text)
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        return problem(file, messages.control_character(ord(found[0]), column), line=line)
    return text


class _Split(NamedTuple):
    """A text divided at its fences; the front matter begins on line 2."""

    front: str
    body: str


class _Fault(NamedTuple):
    """Why there is no front matter, or what is wrong in it."""

    words: Words
    line: int
    field: str = ""


def _split(text: str) -> _Split | _Fault:
    """The text between the fences and below; the library would take a missing fence for no fields."""
    first, _, rest = text.partition("\n")
    if not _FENCE.fullmatch(first):
        blank = len(text) - len(text.lstrip())
        if blank and text.startswith("---", blank):
            return _Fault(messages.front_matter_not_first(), text.count("\n", 0, blank) + 1)
        return _Fault(messages.no_front_matter(), 1)
    closing = _CLOSING_FENCE.search(rest)
    if closing is None:
        return _Fault(messages.front_matter_not_closed(), 1)
    front = rest[: closing.start()].removesuffix("\n")
    if len(front) > MAX_FRONT_MATTER:
        return _Fault(messages.front_matter_too_large(MAX_FRONT_MATTER), 1)
    return _Split(front, rest[closing.end() :].removeprefix("\n"))


class _RefusedError(Exception):
    """A front matter that YAML reads but we do not take."""

    def __init__(self, words: Words, line: int, field: str = "") -> None:
        super().__init__(words.message)
        self.words, self.line, self.field = words, line, field


_BaseLoader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _StrictLoader(_BaseLoader):  # type: ignore[misc]  # PyYAML's C loader has no static type
    """Every scalar is a string, a key stands once, and depth is bounded."""

    depth = 0
    lines: tuple[str, ...] = ()

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: ARG002  # PyYAML passes it
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise _RefusedError(messages.front_matter_too_deep(), node.start_mark.line + 2)
        if self.lines and isinstance(node, yaml.ScalarNode) and node.value:
            end = node.end_mark
            if self.lines[end.line][end.column :].lstrip().startswith("#"):
                raise _RefusedError(messages.yaml_comment(), end.line + 2)
        value = super().construct_object(node, deep=True)
        self.depth -= 1
        return value

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        first_lines: dict[str, int] = {}
        for key_node, _ in node.value:
            line = key_node.start_mark.line + 2
            if not isinstance(key_node, yaml.ScalarNode):
                raise _RefusedError(messages.front_matter_not_fields(), line)
            key = key_node.value
            if key in first_lines:
                raise _RefusedError(messages.duplicate_field(key, first_lines[key]), line, key)
            first_lines[key] = line
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return mapping


class _Handler(YAMLHandler):
    """python-frontmatter's YAML handler with our fences and loader, refusing what it would take for no fields."""

    def __init__(self, found: _Split) -> None:
        super().__init__()
        self._found = found

    def split(self, text: str) -> tuple[str, str]:  # noqa: ARG002  # the library passes it
        # The library's own fence swallows the line break after it, and with it our count of lines.
        return self._found

    def load(self, fm: str, **_: object) -> Any:
        if (simple := _simple_fields(fm)) is not None:
            return simple
        if len(fm) > _SAFE_LENGTH or "&" in fm or "*" in fm or "!" in fm:
            _refuse_by_event(fm)
        loader = _StrictLoader(fm)
        if "#" in fm:
            loader.lines = (*fm.split("\n"), "")
        try:
            fields = loader.get_single_data()
        finally:
            loader.dispose()
        if fields is None:
            return {}
        if not isinstance(fields, dict):
            raise _RefusedError(messages.front_matter_not_fields(), 2)
        return fields


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


def _refuse_by_event(front: str) -> None:
    """Aliases let a small file grow without bound, tags change what a value is, and depth costs the stack."""
    depth = 0
    for event in yaml.parse(front, Loader=_BaseLoader):
        line = event.start_mark.line + 2 if event.start_mark else 0
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            words, field = _mistake(front.split("\n")[line - 2]) or (messages.yaml_indicator(), "")
            raise _RefusedError(words, line, field)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise _RefusedError(messages.front_matter_too_deep(), line)


_FIELD_LINE = re.compile(r"\s*(?:- )?([^\s:#\"'\[\]{}][^:#\"'\[\]{}]*?)[ ]*:[ \t]+(.*)")
# The blank after the colon forgotten, or something that looks like a colon and a blank.
_NEARLY_FIELD = re.compile(r"\s*(?:- )?([^\s:=：]+)\s*[:=：]\s*(\S.*)")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"\s*(?:#.*)?|'(?:[^']|'')*'\s*(?:#.*)?")
_BAD_ESCAPE = re.compile(r"\\(?![0abtnvfreN_LP \"/\\]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})")
_INDICATORS = ("@", "`", "%", "*", "&", "!")
_BLOCK = re.compile(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?")


def _explain(error: yaml.YAMLError, front: str) -> _Fault:
    """The likeliest mistake behind a YAML error, in an editor's words, with its line and field."""
    # Cut, because a pattern that tries every blank in turn takes too long on endless lines.
    lines = [line[:5_000] for line in front.split("\n")]
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = min(mark.line if mark else 0, len(lines) - 1)
    # The scanner stumbles on the line after an unclosed quote or a stray colon, so look back too.
    for number in range(at, max(-1, at - 4), -1):
        if found := _mistake(lines[number]):
            words, field = found
            return _Fault(words, number + 2, field)
    if lines[at].startswith(" ") and (field_line := _FIELD_LINE.match(lines[at] + " ")):
        return _Fault(messages.yaml_indent(field_line[1]), at + 2, field_line[1])
    return _Fault(messages.yaml_other(), at + 2)


def _mistake(line: str) -> tuple[Words, str] | None:
    """What is wrong in a line of front matter on its own, and in which field."""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return messages.yaml_tab(), ""
    field = _FIELD_LINE.match(line + " ")
    if field is None:
        if nearly := _NEARLY_FIELD.match(line):
            return messages.yaml_nearly_field(nearly[1], nearly[2]), nearly[1]
        return (messages.yaml_no_colon(line), "") if line[:1] not in ("", " ", "#", "-", "]", "}") else None
    name, value = field[1], field[2].strip()
    start = value[:1]
    misread = start in ("|", ">") and not _BLOCK.fullmatch(value)
    if start in _INDICATORS or misread or value.startswith(("- ", "? ")):
        words = messages.yaml_start(name, value)
    elif start in ('"', "'"):
        if not _QUOTED.fullmatch(value):
            words = messages.yaml_quote(name) if start == '"' else messages.yaml_apostrophe(name)
        elif start == '"' and _BAD_ESCAPE.search(value):
            words = messages.yaml_backslash(name)
        else:
            return None
    elif start in ("[", "{"):
        words = messages.yaml_bracket(name, start)
    elif re.search(r":(\s|$)", value):
        words = messages.yaml_colon(name, value)
    else:
        return None
    return words, name


def _line_of(text: str, keys: tuple[str | int, ...]) -> int:
    split = _split(text)
    node = yaml.compose(split.front, Loader=_BaseLoader) if isinstance(split, _Split) else None
    line = 1
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if getattr(k, "value", None) == key), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 2, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 2
        else:
            break
    return line
