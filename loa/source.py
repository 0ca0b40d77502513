"""Bytes of a content file → Source: text, front matter as plain strings, lines. Knows no schema.

Harmless differences (byte-order mark, CR LF, decomposed accents) are mended in silence;
what would lose or forge text (other encodings, control characters, an unclosed front matter) is refused by line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler
from msgspec import Struct

from loa import messages
from loa.errors import Problem, Words, problem

MAX_FILE = 1_000_000  # bytes; Markdown's worst inputs grow faster than the text
MAX_FRONT_MATTER = 64_000  # characters
_MAX_DEPTH = 6

# A nested mapping or list of strings, as YAML's failsafe schema (YAML 1.2, 10.1) gives it:
# "no", 0262 and 2021-11-09 stay what the author typed, and the schema decides.
Value = Any

_FENCE = re.compile(r"-{3,}[ \t]*")
# XML 1.0 (2.2) allows none of these, feeds refuse them, and nobody means them;
# U+202A-E and U+2066-9 reorder what a reader sees.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
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
    front, fault = _front_matter(text)
    if fault is not None:
        words, line = fault
        return problem(file, words, line=line)
    try:
        fields, body = frontmatter.parse(text, handler=_Handler())
    except _RefusedError as refused:
        return problem(file, refused.words, line=refused.line, field=refused.field)
    except yaml.YAMLError as error:
        words, line, field = _explain(error, front)
        return problem(file, words, line=line, field=field)
    return Source(path, fields, body, text)


def _decode(file: str, data: bytes) -> str | Problem:
    if len(data) > MAX_FILE:
        return problem(file, messages.too_large(len(data), MAX_FILE))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return problem(file, messages.utf16(), line=1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = error.start - (before.rfind(b"\n") + 1) + 1
        return problem(file, messages.not_utf8(column), line=before.count(b"\n") + 1)
    if not text.strip():
        return problem(file, messages.empty_file())
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.replace("\ufeff", ""))
    if "\r" in text or "\x0b" in text or not text.isascii():
        text = _LINE_BREAKS.sub("\n", text)
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        return problem(file, messages.control_character(ord(found[0]), column), line=line)
    return text


def _front_matter(text: str) -> tuple[str, tuple[Words, int] | None]:
    """The text between the fences, or why there is none; the library would take a missing fence for no fields."""
    first, _, rest = text.partition("\n")
    if not _FENCE.fullmatch(first):
        line = 1
        if not first.strip() and text.lstrip().startswith("---"):
            line = text[: len(text) - len(text.lstrip())].count("\n") + 1
        return "", (messages.no_front_matter(), line)
    lines = rest.split("\n", MAX_FRONT_MATTER)
    for number, candidate in enumerate(lines):
        if _FENCE.fullmatch(candidate):
            front = "\n".join(lines[:number])
            if len(front) > MAX_FRONT_MATTER:
                return "", (messages.front_matter_too_large(MAX_FRONT_MATTER), 1)
            return front, None
    return "", (messages.front_matter_not_closed(), 1)


class _RefusedError(Exception):
    """A front matter that YAML reads but we do not take."""

    def __init__(self, words: Words, line: int, field: str = "") -> None:
        super().__init__(words.message)
        self.words, self.line, self.field = words, line, field


_BaseLoader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _StrictLoader(_BaseLoader):  # type: ignore[misc]  # PyYAML's C loader has no static type
    """Every scalar is a string, a key stands once, and depth is bounded."""

    depth = 0

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: ARG002  # PyYAML passes it
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise _RefusedError(messages.front_matter_too_deep(), node.start_mark.line + 2)
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
    """python-frontmatter's YAML handler with our loader, refusing what it would take for no fields."""

    def load(self, fm: str, **_: object) -> Any:
        if "&" in fm or "*" in fm or "!" in fm:
            _refuse_anchors_and_tags(fm)
        fields = yaml.load(fm, Loader=_StrictLoader)  # noqa: S506  # it makes strings only
        if not isinstance(fields, dict):
            raise _RefusedError(messages.front_matter_not_fields(), 2)
        return fields


def _refuse_anchors_and_tags(front: str) -> None:
    """Aliases let a small file grow without bound; tags change what a value is."""
    for token in yaml.scan(front):
        if isinstance(token, yaml.AliasToken | yaml.AnchorToken):
            raise _RefusedError(messages.yaml_alias(), token.start_mark.line + 2)
        if isinstance(token, yaml.TagToken):
            raise _RefusedError(messages.yaml_tag(), token.start_mark.line + 2)


_FIELD_LINE = re.compile(r"\s*(?:- )?([^\s:#\"'\[\]{}]+):[ \t]+(.*)")


def _explain(error: yaml.YAMLError, front: str) -> tuple[Words, int, str]:
    """The likeliest mistake behind a YAML error, in an editor's words, with its line and field."""
    lines = front.split("\n")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = min(mark.line if mark else 0, len(lines) - 1)
    # The scanner stumbles on the line after an unclosed quote or a stray colon, so look back too.
    for number in (at, *range(at - 1, max(-1, at - 3), -1)):
        line = lines[number]
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return messages.yaml_tab(), number + 2, ""
        field = _FIELD_LINE.match(line)
        if field is None:
            continue
        name, value = field[1], field[2].strip()
        if value[:1] in ("@", "`", "%"):
            return messages.yaml_start(value[0]), number + 2, name
        if value[:1] in ('"', "'") and not re.fullmatch(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", value):
            return messages.yaml_quote(name), number + 2, name
        if value[:1] not in ('"', "'", "[", "{") and re.search(r":(\s|$)", value):
            return messages.yaml_colon(name, value), number + 2, name
    detail = str(getattr(error, "problem", None) or error).replace("\n", " ")
    return messages.yaml_other(messages.shown(detail, 100)), at + 2, ""


def _line_of(text: str, keys: tuple[str | int, ...]) -> int:
    try:
        node = yaml.compose(_front_matter(text)[0], Loader=_BaseLoader)
    except yaml.YAMLError:
        return 1
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
