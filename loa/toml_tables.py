"""Parsed TOML → texts, numbers, lists of the expected shape, with what is wrong at its line."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from loa import messages, site_messages
from loa.config import FILE
from loa.errors import Problem, Words, problem
from loa.text import CONTROL, nearest

T = TypeVar("T", bound=str)
Row = dict[str, Any]
Form = re.Pattern[str]


class TableReader:
    """Reads values out of parsed TOML and gathers every problem on the way; ``top`` are the names above all tables."""

    top: tuple[str, ...] = ()

    def __init__(self, data: Row, lines: dict[tuple[str, int, str], int]) -> None:
        self.data = data
        self.lines = lines
        self.problems: list[Problem] = []

    def _fault(self, table: str, index: int, name: str, words: Words) -> None:
        line = self.lines.get((table, index, name)) or self.lines.get((table, index, ""), 0)
        field = f"{table}.{name}" if table and name and table != name else table or name
        self.problems.append(problem(FILE, words, line=line, field=field))

    def _refuse_unknown(self, table: str, index: int, row: Row, known: tuple[str, ...]) -> None:
        for name in row:
            if name not in known and table and name in self.top and name not in self.data:
                self._fault(table, index, name, site_messages.toml_misplaced(name, table))
            elif name not in known:
                line_table = name if (name, 0, "") in self.lines else table
                self._fault(line_table, index, name, site_messages.toml_unknown(name, nearest(name, known)))

    def _text(self, table: str, index: int, row: Row, name: str, *, required: bool) -> str:
        value: object = row.get(name, "")
        if not isinstance(value, str):
            self._fault(table, index, name, site_messages.toml_type(name, "chữ trong ngoặc kép"))
            return ""
        if found := CONTROL.search(value):
            self._fault(table, index, name, messages.control_character(ord(found[0]), found.start() + 1))
        value = " ".join(value.split())
        if required and not value:
            self._fault(table, index, name, site_messages.toml_missing(name))
        return value

    def _strings(
        self,
        table: str,
        index: int,
        row: Row,
        known: tuple[str, ...],
        optional: tuple[str, ...] | set[str],
        lists: tuple[str, ...] = (),
    ) -> dict[str, str]:
        """The texts of ``row`` by the ``known`` names, of which some are ``optional``; ``lists`` are no texts."""
        self._refuse_unknown(table, index, row, known)
        # A key that is there under another name would be named twice.
        meant = {nearest(name, known) for name in row if name not in known}
        return {
            name: self._text(table, index, row, name, required=name not in optional and name not in meant)
            for name in known
            if name not in lists
        }

    def _table(self, name: str) -> Row:
        value = self.data.get(name, {})
        if isinstance(value, dict):
            return value
        is_array = isinstance(value, list) and all(isinstance(row, dict) for row in value)
        words = site_messages.toml_type(name, f"một bảng [{name}]")
        words = site_messages.toml_brackets(f"[[{name}]]", f"[{name}]") if is_array else words
        self._fault(name if is_array else "", 0, name, words)
        return {}

    def _number(self, table: str, row: Row, name: str, default: int, least: int, most: int) -> int:
        value = row.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self._fault(table, 0, name, site_messages.toml_type(name, f"số nguyên từ {least} đến {most}"))
            return default
        return value

    def _switch(self, table: str, row: Row, name: str, *, default: bool) -> bool:
        value = row.get(name, default)
        if not isinstance(value, bool):
            self._fault(table, 0, name, site_messages.toml_type(name, "true hoặc false"))
            return default
        return value

    def _choice(
        self, table: str, row: Row, name: str, known: tuple[T, ...], *, default: tuple[T, ...] | None = None
    ) -> tuple[T, ...]:
        """Those of ``known`` that are chosen, in the order of ``known``; all, or ``default``, where nothing is said."""
        value = row.get(name, known if default is None else default)
        if not isinstance(value, list | tuple) or any(item not in known for item in value):
            self._fault(table, 0, name, site_messages.toml_choice(name, known))
            return known
        return tuple(item for item in known if item in value)

    def _list(self, table: str, index: int, row: Row, name: str, form: Form, expected: str) -> tuple[str, ...]:
        """The texts that ``row`` lists under ``name``, each of the ``form``, as ``expected`` tells in words."""
        value = row.get(name, [])
        if isinstance(value, list) and all(isinstance(item, str) and form.fullmatch(item) for item in value):
            return tuple(value)
        self._fault(table, index, name, site_messages.toml_type(name, expected))
        return ()
