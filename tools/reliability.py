"""Writes ``docs/reliability.md``: each promise, what shows it, and the number that the tests reached just now.

Run by ``make reliability``. Tests name the goals that they show with the mark ``proves``; the goals stand in
``tests/promises.toml``. What no test shows is told to be so.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import parse

from bench.results import machine
from tools import fuzzing, mutants

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs/reliability.md"
PROMISES = ROOT / "tests/promises.toml"


# Of what goals are at most so much.
UNITS = {"seconds": "s", "megabytes": "MB"}


class Proof(NamedTuple):
    """What one test has shown of a ``goal`` ("R12 bytes"): how many cases, how much was needed, or that it failed."""

    goal: str
    test: str
    passed: bool
    times: int
    needed: float


def load_promises() -> Mapping[str, Any]:
    """The promises with their goals."""
    return tomllib.loads(PROMISES.read_text(encoding="utf-8"))


def proofs(report: Path) -> list[Proof]:
    """What the tests have shown whose ``report`` (JUnit XML) this is."""
    found = []
    # Our own file, just written.
    for case in parse(report).iter("testcase"):  # as above
        properties = defaultdict(list)
        for one in case.iter("property"):
            properties[one.get("name", "")].append(one.get("value", ""))
        passed = all(case.find(bad) is None for bad in ("failure", "error", "skipped"))
        for told in properties["proves"]:
            goal, test, times = json.loads(told)
            times = int(properties["times"][-1]) if properties["times"] else times
            needed = [float(value) for unit in UNITS for value in properties[unit]]
            found.append(Proof(goal, test, passed, times, needed[-1] if needed else 0.0))
    return found


def page(promises: Mapping[str, Any], found: Iterable[Proof], where: str, beside: str = "") -> str:
    """The whole text; ``where`` is the day, the machine and the version; ``beside``: what took hours, and was kept."""
    shown: dict[str, list[Proof]] = defaultdict(list)
    for proof in found:
        shown[proof.goal].append(proof)
    parts = [
        "# Promises and what shows them\n",
        f"Written by `make reliability`, not by hand, with `LOA_LONG=1`. {where}\n",
    ]
    reached = []
    for name, promise in promises.items():
        rows = [_row(goal, shown[f"{name} {key}"]) for key, goal in promise["goals"].items()]
        reached += [is_reached for is_reached, _ in rows]
        parts.append(
            f"## {name}. {promise['promise']}\n\n| what is shown | goal | reached | by |\n|---|---:|---:|---|\n"
            + "\n".join(row for _, row in rows)
            + (f"\n\nNot shown: {promise['open']}\n" if "open" in promise else "\n")
        )
    short = "" if all(reached) else "; what falls short is **bold**"
    told = f"{sum(reached)} of {len(reached)} goals are reached{short}."
    parts.insert(2, f"{told} What no test shows is said below each.\n")
    return "\n".join([*parts, *([beside] if beside else [])])


def kept() -> str:
    """What the long runs of other tools found, as it was kept: of mutants and of fuzzing."""
    mutated = json.loads(mutants.RESULTS.read_text(encoding="utf-8"))
    fuzzed = json.loads(fuzzing.RESULTS.read_text(encoding="utf-8"))
    return (
        "## Mutants\n\n`make mutation` changes a module in one place at a time and runs the tests of its area: these"
        f" were drawn by lot. R17 counts those noticed of all that were tried.\n\n{mutants.table(mutated)}\n\n"
        "## Fuzzing\n\n`make fuzz` looks for bytes of which a law does not hold (`tools/fuzzing.py`).\n\n"
        f"{fuzzing.table(fuzzed)}\n"
    )


def _row(goal: Mapping[str, Any], shown: list[Proof]) -> tuple[bool, str]:
    """Whether the goal is reached, and its line in the table."""
    passed = [proof for proof in shown if proof.passed]
    times = sum(proof.times for proof in passed)
    unit = next((unit for unit in UNITS if unit in goal), "")
    if unit:
        wanted, number = f"≤ {goal[unit]:g} {UNITS[unit]}", max((proof.needed for proof in passed), default=0.0)
        is_reached, reached = bool(passed) and number <= goal[unit], f"{number:.3g} {UNITS[unit]}"
    else:
        wanted, reached = f"≥ {goal['number']:,}", f"{times:,}"
        is_reached = times >= goal["number"]
    if failed := len(shown) - len(passed):
        is_reached, reached = False, f"{reached}, {failed} failed"
    if not shown:
        is_reached, reached = False, "not shown yet"
    tests = ", ".join(f"`pytest {test}`" for test in dict.fromkeys(proof.test for proof in shown))
    return (
        is_reached,
        f"| {goal['text']} | {wanted} | {'' if is_reached else '**'}{reached}{'' if is_reached else '**'} | {tests} |",
    )


def _run(which: str, *how: str) -> tuple[int, list[Proof]]:
    """The exit code of the tests that are marked so, and what they have shown."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        # The newer family knows no properties of tests, and in a process alone pytest says so.
        family = ["-o", "junit_family=xunit1"]
        command = [sys.executable, "-m", "pytest", "-m", which, "--no-cov", *how, *family, f"--junitxml={report}"]
        code = subprocess.run(command, cwd=ROOT, env={**os.environ, "LOA_LONG": "1"}, check=False).returncode
        return code, proofs(report)


def main() -> int:
    """Run the tests that show something, and write the page; the exit code of the tests."""
    code, found = _run("proves and not timed", "-n", "auto", "--dist", "worksteal")
    # With nothing beside them that would take its part of the processors.
    code_of_timed, found_in_time = _run("proves and timed", "-n", "0")
    found += found_in_time
    version = subprocess.run(  # our own repository
        ["git", "rev-parse", "--short", "HEAD"],  # wherever git lies
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    where = f"{time.strftime('%Y-%m-%d')}, {machine()}, Loa {version}."
    FILE.write_text(page(load_promises(), found, where, kept()), encoding="utf-8")
    return code or code_of_timed


if __name__ == "__main__":
    sys.exit(main())
