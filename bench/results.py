"""What a run found, as it is kept in ``bench/results/SIZE.json``; and the figures that are told of it."""

from __future__ import annotations

import json
import math
import os
import platform
import statistics
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict

from bench.measure import Measured
from bench.peers import RESULTS

# What is timed, in this order, each in the site that the one before it left.
STEPS = {"cold": "cold", "nothing": "nothing to do", "publish": "publish one", "template": "template edit"}


class PeerResult(TypedDict):
    """The runs of a peer by step, and what was wrong with what it built."""

    steps: dict[str, list[Measured]]
    faults: list[str]


class Result(TypedDict):
    """All peers on so many articles; ``seconds`` of a step are those of STEPS."""

    size: int
    date: str
    rounds: int
    machine: str
    versions: dict[str, str]
    peers: dict[str, PeerResult]


def machine() -> str:
    """The machine in a line; no name and no address of it."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine()
    )
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return f"{os.cpu_count()} cores of {model}, {memory:.0f} GiB, Linux {platform.release().partition('-')[0]}"


def save(result: Result, folder: Path = RESULTS) -> None:
    """Keep the result of a size."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    (folder / f"{result['size']}.json").write_text(text, encoding="utf-8")


def load(folder: Path = RESULTS) -> list[Result]:
    """All that is kept, from the smallest size on."""
    found: list[Result] = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("[0-9]*.json")]
    return sorted(found, key=lambda result: result["size"])


# --- figures ---------------------------------------------------------------------------


def least(runs: Iterable[Measured], what: str) -> float:
    """The least of the runs: what the work takes when nothing else disturbs it."""
    return min(_values(runs, what), default=math.nan)


def median(runs: Iterable[Measured], what: str) -> float:
    """The middle of the runs."""
    return statistics.median(list(_values(runs, what)) or [math.nan])


def peak(peer: PeerResult, what: str) -> float:
    """The most memory that any run of any step took."""
    return max((value for runs in peer["steps"].values() for value in _values(runs, what)), default=math.nan)


def _values(runs: Iterable[Measured], what: str) -> Iterable[float]:
    return (run[what] for run in runs if not run["code"])  # type: ignore[literal-required]  # ``what`` is a key of it


def seconds(result: Result, peer: str, step: str, what: str = "wall") -> float:
    """The least time of a step; not a number where it was not measured."""
    found = result["peers"].get(peer)
    return least(found["steps"].get(step, []), what) if found else math.nan


def exponent(points: Iterable[tuple[float, float]]) -> float:
    """The k of the line that fits y = c·xᵏ best: 1 where y grows as x does."""
    logs = [(math.log(x), math.log(y)) for x, y in points if y > 0]
    if len({x for x, _ in logs}) < 2:
        return math.nan
    return statistics.linear_regression(*zip(*logs, strict=True)).slope
