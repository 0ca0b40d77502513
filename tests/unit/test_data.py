"""The data about official documents holds together: every name that it refers to is there, and lives when it should."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent.parent
KINDS = tomllib.loads((REPOSITORY / "loa/data/kinds.toml").read_text(encoding="utf-8"))["kind"]
AGENCIES = tomllib.loads((REPOSITORY / "loa/data/agencies.toml").read_text(encoding="utf-8"))
MENTIONS = (REPOSITORY / "tests/vectors/citations.jsonl").read_text(encoding="utf-8").splitlines()


def lives(row: dict[str, Any], day: str) -> bool:
    return bool(row.get("from", "") <= day <= row.get("until", "9999"))


def test_kinds_have_names_of_their_own_and_grammars_that_exist() -> None:
    names = Counter(kind["name"] for kind in KINDS)

    assert [name for name, count in names.items() if count > 1] == []
    assert {family for kind in KINDS for family in kind["family"]} == {"state", "cong-van", "qppl", "party"}
    assert {kind["base"] for kind in KINDS if "base" in kind} <= names.keys()


def test_the_29_administrative_kinds_are_there_and_two_have_no_abbreviation() -> None:
    """Nghị định 30/2020/NĐ-CP, Điều 7 and Phụ lục III."""
    items = {kind["item"]: kind for kind in KINDS if "item" in kind}

    assert sorted(items) == list(range(1, 30))
    assert sorted(kind["name"] for kind in items.values() if not kind["abbreviations"]) == ["Công văn", "Thư công"]


def test_what_looks_alike_is_told_apart() -> None:
    values = {kind["name"]: kind["abbreviations"] for kind in KINDS}

    assert ("HD" in values["Hướng dẫn"], "HĐ" in values["Hợp đồng"]) == (True, True)
    assert not set(values["Hướng dẫn"]) & set(values["Hợp đồng"])
    assert not set(values["Chỉ thị"]) & set(values["Chương trình"])


@pytest.mark.parametrize("row", [*KINDS, *AGENCIES["agency"], *AGENCIES["province"]], ids=lambda row: row.get("name"))
def test_every_life_begins_before_it_ends(row: dict[str, Any]) -> None:
    for part in (row, *row.get("abbreviation", [])):
        days = [date.fromisoformat(part[key]) for key in ("from", "until") if key in part]
        assert days == sorted(days)


def test_successors_of_agencies_are_agencies() -> None:
    symbols = {agency["symbol"] for agency in AGENCIES["agency"]}
    named = {
        s
        for a in AGENCIES["agency"]
        for s in (*a.get("successors", []), *([a["successor"]] if "successor" in a else []))
    }

    assert named <= symbols


@pytest.mark.parametrize(("day", "count"), [("2008-08-01", 63), ("2025-06-30", 63), ("2025-07-01", 34)])
def test_the_country_has_as_many_provinces_as_it_had(day: str, count: int) -> None:
    assert sum(lives(province, day) for province in AGENCIES["province"]) == count


def test_what_a_province_became_lived_on_the_day_after() -> None:
    for province in AGENCIES["province"]:
        if "into" in province:
            after = date.fromordinal(date.fromisoformat(province["until"]).toordinal() + 1).isoformat()
            assert any(other["name"] == province["into"] and lives(other, after) for other in AGENCIES["province"])


def test_the_examples_of_mentions_are_marked_as_they_say() -> None:
    cases = [json.loads(line) for line in MENTIONS]

    for case in cases:
        assert len(re.findall("⟦[^⟦⟧]+⟧", case["text"])) == len(case["mentions"]) == case["text"].count("⟦"), case
    assert sum(len(case["mentions"]) for case in cases) >= 150
    assert sum(not case["mentions"] for case in cases) >= 80
