"""What reading a single text says of each mistake in the catalogue, word for word, without a site around it.

How many it says stands in ``tests/expected/reading.json``; ``make golden`` writes it.
"""

from __future__ import annotations

import json
import os
from zoneinfo import ZoneInfo

import pytest
from conftest import REPOSITORY
from golden.mistakes import CATALOGUE, WARNINGS, Make

from loa.content import parse
from loa.errors import Problem
from loa.markup import convert
from loa.model import ConversionError
from loa.source import read_source

COUNTS = REPOSITORY / "tests/expected/reading.json"
# Texts elsewhere are refused before they are read.
_READ = ("content/tin/", "content/trang/", "content/van-ban/")
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def told(file: str, made: str | bytes) -> tuple[Problem, ...]:
    source = read_source(file.removeprefix("content/"), made.encode() if isinstance(made, str) else made)
    if isinstance(source, Problem):
        return (source,)
    try:
        return parse(source, HANOI, convert).problems
    except ConversionError:
        return ()


def _place(one: Problem) -> str:
    return f"{one.path}{f':{one.line}' if one.line else ''}{f'  {one.field}' if one.field else ''}"


def counted(name: str, case: dict[str, Make]) -> list[int]:
    """How many problems reading tells that the command line tells in the same words, and how many others."""
    expected = (REPOSITORY / f"tests/expected/problems/{name}.txt").read_text(encoding="utf-8")
    found = [
        "\n".join(["", _place(one), f"    {one.message}", f"    {one.hint}", ""]) in f"\n{expected}"
        for file, made in case.items()
        if file.startswith(_READ) and file.endswith(".md") and isinstance(made, str | bytes)
        for one in told(file, made)
    ]
    return [found.count(True), found.count(False)]


@pytest.mark.parametrize(("name", "case"), [*CATALOGUE.items(), *WARNINGS.items()], ids=[*CATALOGUE, *WARNINGS])
def test_reading_says_of_a_mistake_what_the_editor_is_told(name: str, case: dict[str, Make]) -> None:
    counts = json.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.exists() else {}
    found = counted(name, case)
    if os.environ.get("LOA_GOLDEN") == "write":
        told_of = {**counts, name: found}
        kept = {known: told_of[known] for known in [*CATALOGUE, *WARNINGS] if told_of.get(known, [0, 0]) != [0, 0]}
        COUNTS.write_text(json.dumps(kept, indent=0) + "\n", encoding="utf-8")
        counts = kept

    assert found == counts.get(name, [0, 0])
