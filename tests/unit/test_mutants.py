"""How the tests fare when the code is changed under them (``make mutation``) is told as it was found."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tools import mutants, reliability
from tools.mutants import AREAS, Counts, counted, digest, score, table


def results(**changes: object) -> dict:
    """Each area run just now: of ten mutants of each module seven noticed, one by running out of time."""
    modules = {
        name: {module: {**Counts(digest(module), 50, 10, 6, 1, 2, 1)._asdict(), **changes} for module in area.modules}
        for name, area in AREAS.items()
    }
    return {"areas": {name: {"date": "2026-11-23", "version": "abc", "modules": of} for name, of in modules.items()}}


@pytest.mark.proves("R17 mutants")
def test_of_a_hundred_changes_so_many_are_noticed(record_property: Callable[[str, object], None]) -> None:
    kept = json.loads(mutants.RESULTS.read_text(encoding="utf-8"))

    assert set(kept["areas"]) == set(AREAS)
    for area in kept["areas"].values():
        for of in area["modules"].values():
            assert of["tried"] == of["killed"] + of["timeouts"] + of["survived"] + of["untested"] <= of["mutants"]
            assert of["tried"] >= min(50, of["mutants"])
    record_property("times", score(kept))


def test_what_no_test_noticed_reached_or_tried_is_not_counted_as_noticed() -> None:
    told = counted({"a": 1, "b": 0, "c": 33, "d": None, "e": 36, "f": -24, "g": 3}, 9, "x")

    assert told == Counts("x", mutants=9, tried=7, killed=2, timeouts=2, survived=1, untested=2)


def test_a_module_that_has_changed_since_counts_as_not_noticed() -> None:
    assert score(results()) == 70
    stale = results()
    stale["areas"]["dates"]["modules"]["text"]["digest"] = "old"
    modules = sum(len(area.modules) for area in AREAS.values())
    assert score(stale) == 100 * 7 * (modules - 1) // (10 * modules)
    assert table(stale).count("the module has changed since") == 1
    assert "| dates | `text` | 50 | 10 | 6 | 1 | 2 | 1 | 70 % | 2026-11-23, Loa abc; the module" in table(stale)


def test_an_area_that_was_never_run_leaves_no_score() -> None:
    less = results()
    del less["areas"]["publishing"]

    assert score(less) == 0


def test_the_page_of_promises_tells_of_mutants_and_of_fuzzing() -> None:
    told = reliability.page({}, [], "", reliability.kept())

    assert "\n## Mutants\n" in told
    assert "\n## Fuzzing\n" in told
    assert all(f"`{module}`" in told for area in AREAS.values() for module in area.modules)
