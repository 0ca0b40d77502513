"""The text of ``site.toml`` as it was typed: where each key stands, and why TOML refuses it."""

from __future__ import annotations

import re
from datetime import UTC

from loa import messages, site_messages
from loa.errors import Words
from loa.text import DateError, parse_date


def refusal(text: str, detail: str) -> tuple[int, Words]:
    """The line at which the parser stopped, and what to say for its ``detail``."""
    found = re.search(r"line (\d+)", detail)
    line = int(found[1]) if found else text.count("\n") + 1
    return line, _date_in(text.split("\n")[line - 1]) or site_messages.toml_syntax(detail)


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
            return messages.impossible_date(found[2]) if error.kind == "impossible" else None
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
