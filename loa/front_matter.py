"""Front matter → fields: the library's way, which defines what is right, and what its errors mean to an editor.

Heavy to load, and ``source`` needs it only for what its short way does not take.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from loa import messages
from loa.errors import RefusedError, Words

_MAX_DEPTH = 6
# libyaml builds its tree by recursion in C: nesting some 20,000 deep ends the process instead of raising.
_SAFE_LENGTH = 5_000  # characters that cannot nest that deep


def read_fields(front: str, body: str) -> dict[str, Any]:
    """The fields in ``front``, which begins on line 2 of its file. Raises ``RefusedError``."""
    try:
        fields, _ = frontmatter.parse("", handler=_Handler(front, body))
    except yaml.YAMLError as error:
        raise _explained(error, front) from None
    return fields


_BaseLoader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _StrictLoader(_BaseLoader):  # type: ignore[misc]  # PyYAML's C loader has no static type
    """Every scalar is a string, a key stands once, and depth is bounded."""

    depth = 0
    lines: tuple[str, ...] = ()
    has_comments = False

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: ARG002  # PyYAML passes it
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise RefusedError(messages.front_matter_too_deep(), node.start_mark.line + 2)
        if self.has_comments and isinstance(node, yaml.ScalarNode) and node.value:
            end = node.end_mark
            if self.lines[end.line][end.column :].lstrip().startswith("#"):
                raise RefusedError(messages.yaml_comment(), end.line + 2)
        value = super().construct_object(node, deep=True)
        self.depth -= 1
        return value

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        first_lines: dict[str, int] = {}
        for key_node, _ in node.value:
            line = key_node.start_mark.line + 2
            if not isinstance(key_node, yaml.ScalarNode):
                raise RefusedError(messages.front_matter_not_fields(), line)
            key = key_node.value
            if key in first_lines:
                raise RefusedError(messages.duplicate_field(key, first_lines[key]), line, key)
            first_lines[key] = line
        self._refuse_torn(node)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return mapping

    def _refuse_torn(self, node: yaml.MappingNode) -> None:
        """Refuse a sentence that a comma has torn: what stands behind it is taken for a key that has no value."""
        name, sentence = "", ""
        for key, value in node.value if node.flow_style else ():
            between = self.lines[key.end_mark.line][key.end_mark.column : value.start_mark.column]
            if name and value.value == "" and ":" not in between:
                sentence += f", {key.value}"
            elif ", " in sentence:
                break
            else:
                is_plain = isinstance(value, yaml.ScalarNode) and not value.style
                name, sentence = (key.value, value.value) if is_plain else ("", "")
        if ", " in sentence:
            raise RefusedError(messages.flow_sentence(name, sentence), node.start_mark.line + 2, name)


class _Handler(YAMLHandler):
    """python-frontmatter's YAML handler with our fences and loader, refusing what it would take for no fields."""

    def __init__(self, front: str, body: str) -> None:
        super().__init__()
        self._found = front, body

    def split(self, text: str) -> tuple[str, str]:  # noqa: ARG002  # the library passes it
        # The library's own fence swallows the line break after it, and with it our count of lines.
        return self._found

    def load(self, fm: str, **_: object) -> Any:
        if len(fm) > _SAFE_LENGTH or "&" in fm or "*" in fm or "!" in fm:
            _refuse_by_event(fm)
        loader = _StrictLoader(fm)
        loader.lines = (*fm.split("\n"), "")
        loader.has_comments = "#" in fm
        try:
            fields = loader.get_single_data()
        finally:
            loader.dispose()
        if fields is None:
            return {}
        if not isinstance(fields, dict):
            raise RefusedError(messages.front_matter_not_fields(), 2)
        return fields


def _refuse_by_event(front: str) -> None:
    """Aliases let a small file grow without bound, tags change what a value is, and depth costs the stack."""
    depth = 0
    for event in yaml.parse(front, Loader=_BaseLoader):
        line = event.start_mark.line + 2 if event.start_mark else 0
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            words, field = _mistake(front.split("\n")[line - 2]) or (messages.yaml_indicator(), "")
            raise RefusedError(words, line, field)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise RefusedError(messages.front_matter_too_deep(), line)


_FIELD_LINE = re.compile(r"\s*(?:- )?([^\s:#\"'\[\]{}][^:#\"'\[\]{}]*?)[ ]*:[ \t]+(.*)")
# The blank after the colon forgotten, or something that looks like a colon and a blank.
_NEARLY_FIELD = re.compile(r"\s*(?:- )?([^\s:=：]+)\s*[:=：]\s*(\S.*)")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"\s*(?:#.*)?|'(?:[^']|'')*'\s*(?:#.*)?")
_BAD_ESCAPE = re.compile(r"\\(?![0abtnvfreN_LP \"/\\]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})")
_INDICATORS = ("@", "`", "%", "*", "&", "!")
_BLOCK = re.compile(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?")


def _explained(error: yaml.YAMLError, front: str) -> RefusedError:
    """The likeliest mistake behind a YAML error, in an editor's words, with its line and field."""
    # Cut, because a pattern that tries every blank in turn takes too long on endless lines.
    lines = [line[:5_000] for line in front.split("\n")]
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = min(mark.line if mark else 0, len(lines) - 1)
    # The scanner stumbles on the line after an unclosed quote or a stray colon, so look back too.
    for number in range(at, max(-1, at - 4), -1):
        if found := _mistake(lines[number]):
            words, field = found
            return RefusedError(words, number + 2, field)
    if lines[at].startswith(" ") and (field_line := _FIELD_LINE.match(lines[at] + " ")):
        return RefusedError(messages.yaml_indent(field_line[1]), at + 2, field_line[1])
    return RefusedError(messages.yaml_other(), at + 2)


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
        words = _mistake_in_flow(value) or messages.yaml_bracket(name, start)
    elif re.search(r":(\s|$)", value):
        words = messages.yaml_colon(name, value)
    else:
        return None
    return words, name


_FLOW_PART = re.compile(r"(\w+):[ ]+(.*)")


def _mistake_in_flow(value: str) -> Words | None:
    """What to say of ``{name: a sentence}`` whose sentence holds a sign that ends it for YAML."""
    for part in re.split(r",\s*(?=\w+:\s)", value.strip("[]{} ")):
        found = _FLOW_PART.fullmatch(part)
        if found and found[2][:1] not in ('"', "'", "[", "{") and re.search(r":(\s|$)|[#\[\]{}]", found[2]):
            return messages.flow_sentence(found[1], found[2])
    return None


def line_of(front: str, keys: tuple[str | int, ...]) -> int:
    """The line in its file of the field of ``front`` to which ``keys`` lead; 1 when it is not there."""
    node = yaml.compose(front, Loader=_BaseLoader)
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
