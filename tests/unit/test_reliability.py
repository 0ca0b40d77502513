"""``docs/reliability.md`` says what the tests have shown, and that the rest is not shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import REPOSITORY

from tools.reliability import Proof, load_promises, page, proofs

PROMISES = {
    "R1": {"promise": "Một.", "goals": {"a": {"text": "cases", "number": 5}, "b": {"text": "time", "seconds": 1.0}}}
}


def line(found: list[Proof], text: str) -> str:
    return next(row for row in page(PROMISES, found, "Today.").splitlines() if row.startswith(f"| {text} "))


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([], "| cases | ≥ 5 | **not shown yet** |  |"),
        ([Proof("R1 a", "t.py::x", True, 2, 0)], "| cases | ≥ 5 | **2** | `pytest t.py::x` |"),
        ([Proof("R1 a", "t.py::x", True, 2, 0)] * 3, "| cases | ≥ 5 | 6 | `pytest t.py::x` |"),
        (
            [Proof("R1 a", "t.py::x", True, 9, 0), Proof("R1 a", "t.py::y", False, 9, 0)],
            "| cases | ≥ 5 | **9, 1 failed** | `pytest t.py::x`, `pytest t.py::y` |",
        ),
    ],
    ids=["nothing", "too few", "enough", "one failed"],
)
def test_cases_are_summed_and_what_falls_short_stands_out(found: list[Proof], told: str) -> None:
    assert line(found, "cases") == told


@pytest.mark.parametrize(("seconds", "told"), [(0.25, "0.25 s"), (1.5, "**1.5 s**")])
def test_of_times_the_longest_counts(seconds: float, told: str) -> None:
    found = [Proof("R1 b", "t.py::x", True, 1, 0.1), Proof("R1 b", "t.py::x", True, 1, seconds)]

    assert line(found, "time") == f"| time | ≤ 1 s | {told} | `pytest t.py::x` |"
    assert ("1 of 2" in page(PROMISES, found, "")) is (seconds < 1)
    assert "0 of 2 goals" in page(PROMISES, found[:0], "")


def test_what_no_test_shows_is_said_below_what_they_do() -> None:
    found = [Proof("R1 a", "t.py::x", True, 5, 0), Proof("R1 b", "t.py::x", True, 1, 0.5)]
    promises = {"R1": {**PROMISES["R1"], "open": "Hai."}}

    assert "`pytest t.py::x` |\n\nNot shown: Hai.\n" in page(promises, found, "")
    assert "2 of 2 goals are reached. " in page(promises, found, "")
    assert "0 of 2 goals are reached; what falls short is **bold**. " in page(promises, [], "")
    assert "Not shown: " not in page(PROMISES, found, "")


def test_what_tests_say_is_read_from_their_report(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    told = '<property name="proves" value="[&quot;R1 a&quot;, &quot;t.py::x&quot;, 1]"/>'
    report.write_text(
        "<testsuites><testsuite>"
        f'<testcase name="x[1]"><properties>{told}<property name="times" value="7"/></properties></testcase>'
        f'<testcase name="x[2]"><properties>{told}</properties><failure message="no"/></testcase>'
        f'<testcase name="x[3]"><properties>{told}</properties><skipped/></testcase>'
        '<testcase name="other"/>'
        "</testsuite></testsuites>",
        encoding="utf-8",
    )

    assert proofs(report) == [
        Proof("R1 a", "t.py::x", True, 7, 0.0),
        Proof("R1 a", "t.py::x", False, 1, 0.0),
        Proof("R1 a", "t.py::x", False, 1, 0.0),
    ]


def test_every_mark_names_a_goal_that_there_is() -> None:
    known = {f"{name} {goal}" for name, promise in load_promises().items() for goal in promise["goals"]}
    texts = [file.read_text(encoding="utf-8") for file in (REPOSITORY / "tests").rglob("test_*.py")]
    named = {name for text in texts for name in re.findall(r'mark\.proves\(\s*"([^"]+)"', text)}

    assert named - known == set()
    assert named


def test_the_page_in_the_repository_tells_of_the_promises_that_there_are() -> None:
    text = (REPOSITORY / "docs/reliability.md").read_text(encoding="utf-8")

    for name, promise in load_promises().items():
        assert f"## {name}. {promise['promise']}\n" in text
        assert "open" not in promise or f"\n\nNot shown: {promise['open']}\n\n#" in text
        for goal in promise["goals"].values():
            assert f"\n| {goal['text']} | " in text
