"""The text of ``site.toml`` as it was typed: where each key stands, and why TOML refuses it."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC

from loa import messages, site_messages
from loa.errors import Words
from loa.text import DateError, parse_date


def refusal(text: str, detail: str, arrays: Collection[str]) -> tuple[int, Words]:
    """The line at fault where the parser stopped, or before, and what to say for its ``detail``.

    Of ``arrays`` each table has a header in two pairs of brackets.
    """
    lines = text.split("\n")
    found = re.search(r"line (\d+)", detail)
    line = int(found[1]) if found else len(lines)
    # The parser stops at the second table of a name, but it is the first that lacks brackets.
    for number, header in enumerate(lines[:line], 1):
        better = _header(header, arrays)
        if better and (number == line or better.strip("[]") in arrays):
            return number, site_messages.toml_brackets(header.split("#")[0].strip(), better)
    return line, _date_in(lines[line - 1]) or site_messages.toml_syntax(detail)


_HEADER = re.compile(r"\s*((?:\[ *)*)([\w.-]+)((?: *\])*)\s*(?:#.*)?")


def _header(line: str, arrays: Collection[str]) -> str:
    """How the header in a line is written whose brackets are wrong; empty where there is none, or they are right."""
    found = _HEADER.fullmatch(line)
    if found is None or not (found[1] or (found[3] and found[2] in arrays)):
        return ""
    better = f"[[{found[2]}]]" if found[2] in arrays else f"[{found[2]}]"
    return better if re.sub(r"\s", "", found[1] + found[2] + found[3]) != better or "[ [" in found[1] else ""


_BARE_DATE = re.compile(r"\s*([\w-]+)\s*=\s*(\d{1,4}[-/.]\d[\d/.: T-]*?)\s*(?:#.*)?")


def _date_in(line: str) -> Words | None:
    """What to say of a line whose value is a date, but not as TOML has it."""
    found = _BARE_DATE.fullmatch(line)
    if found is None:
        return None
    try:
        moment, has_time = parse_date(found[2], UTC)
    except DateError as error:
        if not error.suggestion:
            return None if error.kind == "form" else messages.refused_date(found[2], error.kind, "")
        moment, has_time = parse_date(error.suggestion, UTC)
    better = f"{moment:%Y-%m-%dT%H:%M:%S}" if has_time else f"{moment:%Y-%m-%d}"
    return site_messages.toml_date(found[1], found[2], better)


def lines_of(text: str) -> dict[tuple[str, int, str], int]:
    """Where each key stands: (table, its index, key) → line."""
    lines: dict[tuple[str, int, str], int] = {}
    table, index = "", 0
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?", line):
            table = header[1]
            index = counts.get(table, 0)
            counts[table] = index + 1
            lines.setdefault((table, index, ""), number)
        elif key := re.match(r"""\s*["']?([\w-]+)["']?\s*=""", line):
            lines.setdefault((table, index, key[1]), number)
    return lines
