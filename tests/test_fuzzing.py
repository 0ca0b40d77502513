"""What the fuzzer once found does not come back, and its targets would see a fault. `make fuzz` looks for more."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from conftest import LONG, REPOSITORY

from loa import addresses, markup, source
from loa.text import DateError
from tools import fuzzing, mutants

FOUND = sorted((REPOSITORY / "tests/vectors/fuzz").iterdir())


@pytest.mark.parametrize("file", FOUND, ids=lambda file: file.name)
def test_what_was_once_found_holds(file: Path) -> None:
    fuzzing.TARGETS[file.name.partition("-")[0]](file.read_bytes())


@pytest.mark.parametrize("target", fuzzing.TARGETS)
def test_the_laws_hold_of_what_is_written_and_of_damaged_copies(target: str) -> None:
    chance = random.Random(target)
    seeds = fuzzing.seeds(target)
    for seed in seeds if LONG else chance.sample(seeds, 12):
        damaged = bytearray(seed)
        for _ in range(3 if damaged else 0):
            damaged[chance.randrange(len(damaged))] = chance.choice(b"\x00\n-:[]<>/#\"' 0\xc4\xcc\xff")
        fuzzing.TARGETS[target](seed)
        fuzzing.TARGETS[target](bytes(damaged))


@pytest.mark.parametrize(
    ("target", "data", "module", "name", "wrong"),
    [
        ("address", b"../../../../x", addresses, "normpath", lambda path: path),
        ("address", "Đắk Lắk".encode(), "loa.text", "slug", lambda text: text),
        ("address", b"03/04/2024", "loa.text", "parse_date", lambda *_: (_ for _ in ()).throw(DateError("x", "y"))),
        ("reader", b"0---\ntitle: x\n---\n", source, "_split", lambda text: 1 / 0),
        ("sanitiser", b"<script>alert(1)</script>", markup, "_TAGS", {"b"}),
        ("citations", "Công văn số 12/UBND-TH".encode(), "loa.marking", "MARK", "!"),
    ],
)
def test_a_fault_of_loa_is_seen(
    target: str, data: bytes, module: object, name: str, wrong: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    fuzzing.TARGETS[target](data)
    if isinstance(module, str):
        monkeypatch.setattr(f"{module}.{name}", wrong)
    else:
        monkeypatch.setattr(module, name, wrong)

    with pytest.raises((AssertionError, ZeroDivisionError, DateError)):
        fuzzing.TARGETS[target](data)


def test_the_results_that_are_kept_are_of_each_target_and_none_broke() -> None:
    results = json.loads(fuzzing.RESULTS.read_text(encoding="utf-8"))

    assert set(results) == set(fuzzing.TARGETS)
    assert [name for name, told in results.items() if told["broken"] or not told["runs"]] == []
    for target, told in results.items():
        assert f"| {target} | {told['seconds']:,} | {told['runs']:,} | no |" in fuzzing.table(results)
        assert tuple(told["modules"]) == fuzzing.MODULES[target]


def test_results_of_modules_that_have_changed_are_told_as_such() -> None:
    told = {"date": "2026-11-01", "seconds": 60, "runs": 9, "broken": False, "version": "0.1.0"}
    digests = {module: mutants.digest(module) for module in fuzzing.MODULES["address"]}

    assert fuzzing.table({"address": {**told, "modules": digests}}).endswith("| 2026-11-01, Loa 0.1.0 |")
    before = {**told, "modules": {**digests, "text": "0"}}
    assert fuzzing.table({"address": before}).endswith("| 2026-11-01, Loa 0.1.0; changed since: text |")
