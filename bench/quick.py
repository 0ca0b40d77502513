"""Has Loa become slower? ``make bench-quick``: 1,000 articles, Loa alone, beside the figures kept in the repository.

Processor time is compared, since it varies least; but a processor too is slower while its neighbour works.
So Loa works in one process, and each time is divided by that of a fixed piece of work, done just before and after.
This also makes the figures of one machine say something on another; not everything, so keep them on the machine that
you compare on.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import shutil
import sys
import time
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TypedDict

from bench.peers import BUILD, REPOSITORY, RESULTS, Peer, peers, versions
from bench.results import STEPS, machine
from bench.run import TRIAL, Bench, say

NAMES = ("loa", "loa-real")
SIZE, ROUNDS = 1_000, 3
# Slower by this part is worse, unless it is so little that it may be chance.
WORSE, CHANCE = 0.25, 0.03
FILE = RESULTS / "quick.json"


class Quick(TypedDict):
    """What is kept: by peer and step, how many times the fixed work it took, at least; and the time of that."""

    date: str
    machine: str
    version: str
    fixed: float
    times: dict[str, dict[str, float]]


def fixed_work() -> float:
    """The processor time of a piece of work like ours (words, patterns, tables, digests) that never changes."""
    times = []
    for _ in range(3):
        started = time.process_time()
        words = re.compile(r"\w+")
        text = "Ủy ban nhân dân tỉnh yêu cầu báo cáo kết quả trước ngày 15/3/2019, nêu rõ trách nhiệm. " * 40
        for number in range(120):
            counted: dict[str, int] = {}
            for word in words.findall(text):
                counted[word.lower()] = counted.get(word.lower(), 0) + number
            blake2b(json.dumps(counted, ensure_ascii=False).encode() * 8).hexdigest()
            "".join(f"<li>{word}</li>" for word in text.split()).replace("&", "&amp;")
        times.append(time.process_time() - started)
    return min(times)


class QuickBench(Bench):
    """Also tells how many times the fixed work each run takes."""

    def __init__(self, work: Path) -> None:
        # Processor time says enough on a machine that is not idle.
        super().__init__([_alone(peers()[name]) for name in NAMES], work, patience=0, limit=600)
        self.fixed: list[float] = []
        self.times: dict[str, dict[str, float]] = {name: {} for name in NAMES}

    def step(self, peer: Peer, step: str, folder: Path, place: str) -> None:
        """One step of one peer, between two pieces of fixed work."""
        before = fixed_work()
        super().step(peer, step, folder, place)
        fixed = (before + fixed_work()) / 2
        self.fixed.append(fixed)
        times = self.found[peer.name]["steps"][step][-1]["cpu"] / fixed
        self.times[peer.name][step] = round(min(times, self.times[peer.name].get(step, math.inf)), 2)

    def figures(self) -> Quick:
        """What was found."""
        return Quick(
            date=time.strftime("%Y-%m-%d"),
            machine=machine(),
            version=versions(NAMES, REPOSITORY)["Loa"],
            fixed=round(min(self.fixed), 4),
            times=self.times,
        )


def _alone(peer: Peer) -> Peer:
    """Loa in one process: two slow each other down where cores share parts, and what the fixed work takes does not."""

    def command(stage: Path) -> list[str]:
        return [*peer.command(stage), "--workers", "1"]

    return peer._replace(command=command)


def compare(now: Quick, then: Quick) -> tuple[list[str], bool]:
    """A table of both, in seconds of this machine, and whether anything became worse."""
    lines = [
        f"Processor seconds for {SIZE:,} articles, as this machine has them.",
        f"Kept: {then['date']}, {then['machine']}, Loa {then['version']}.",
        f"A fixed piece of work takes {now['fixed'] / then['fixed']:.2f} × as long here and now.",
        "",
        f"{'':<12}{'':<16}{'kept':>8}{'now':>8}{'':>9}",
    ]
    worse = False
    for name, steps in now["times"].items():
        for step, times in steps.items():
            kept, cpu = then["times"][name][step] * now["fixed"], times * now["fixed"]
            bad = cpu > kept * (1 + WORSE) and cpu > kept + CHANCE
            worse = worse or bad
            mark = "  WORSE" if bad else ""
            lines.append(f"{name:<12}{STEPS[step]:<16}{kept:>8.2f}{cpu:>8.2f}{cpu / kept - 1:>+9.0%}{mark}")
    return lines, worse


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench.quick", description="Compare Loa's speed with the figures kept.")
    parser.add_argument("--save", action="store_true", help="keep the figures of this run")
    save = parser.parse_args(arguments).save
    work = BUILD / "work" / time.strftime("%Y%m%d-%H%M%S-quick")
    QuickBench(work).run(TRIAL, 1)
    bench = QuickBench(work)
    found = bench.run(SIZE, ROUNDS)
    now = bench.figures()
    shutil.rmtree(work)
    if any(peer["faults"] for peer in found.values()):
        return 1
    say("")
    worse = False
    if FILE.exists():
        lines, worse = compare(now, json.loads(FILE.read_text(encoding="utf-8")))
        say("\n".join(lines))
    if save or not FILE.exists():
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        say(f"\nKept in {FILE.relative_to(REPOSITORY)}.")
        return 0
    if worse:
        say(f"\nSlower than what is kept by more than {WORSE:.0%}. If that is meant: make bench-quick SAVE=1")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
