"""The citations in five real publications: all of them, with their spans and fields, and nothing else.

The publications are read from the folder beside the repository; no sentence of theirs stands here.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loa.citations import Mention, find_mentions
from loa.letterhead import find_own_number

FILES = ("000", "001", "002", "003", "004")


def gold(samples: Path, number: str, role: str) -> tuple[str, list[Mention]]:
    """The text of a publication, and its citations, or its own numbers, as people have marked them."""
    lines = (samples / "citations.gold.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["file"].startswith(number) and row["role"] == role]
    (file,) = samples.glob(f"{number}_*.txt")
    fields = ("start", "end", "kind", "number", "date", "issuer")
    return file.read_text(encoding="utf-8"), [Mention(*(row[field] for field in fields)) for row in rows]


@pytest.mark.parametrize("number", FILES)
def test_every_citation_is_found_and_nothing_else(samples: Path, number: str) -> None:
    text, citations = gold(samples, number, "citation")
    own = find_own_number(text)

    found = [mention for mention in find_mentions(text) if own is None or mention.start != own.start]

    assert found == citations


@pytest.mark.parametrize("number", FILES)
def test_the_number_of_a_document_itself_is_found_in_its_head(samples: Path, number: str) -> None:
    text, own = gold(samples, number, "self")

    assert [found for found in [find_own_number(text)] if found] == own


def test_there_are_fifteen_citations_and_two_own_numbers(samples: Path) -> None:
    assert sum(len(gold(samples, number, "citation")[1]) for number in FILES) == 15
    assert sum(len(gold(samples, number, "self")[1]) for number in FILES) == 2
