"""Measures Loa beside its peers on the same corpus: ``make bench``.

For each size: a corpus; in each round a fresh copy of every site; then each step, the peers taking turns.
Every build goes to a new folder and nothing is deleted before the end: on ext4, deleting many files inflates the
system time of what comes next.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench import report
from bench.corpus import generate, publish
from bench.measure import measure
from bench.peers import (
    AFTER,
    BEFORE,
    BUILD,
    REPOSITORY,
    RESULTS,
    VENV,
    Peer,
    code_of,
    edit_template,
    install,
    install_venv,
    peers,
    stage,
    versions,
)
from bench.results import STEPS, PeerResult, Result, machine, save
from bench.verify import verify

SEED = 1
# For the first, untimed build of each peer, which brings its program into memory and shows whether it works at all.
TRIAL = 60
# Who goes by the time of change of a file must read again what changed in the seconds before he last looked.
# Articles of twenty years did not.
AGE = 4


class Bench:
    """Runs the peers in a working folder, and keeps what was found."""

    def __init__(
        self, chosen: Sequence[Peer], work: Path, patience: float, limit: float, loa: Path = REPOSITORY
    ) -> None:
        self.chosen = chosen
        self.work = work
        self.patience = patience
        self.limit = limit
        self.loa = loa
        self.found: dict[str, PeerResult] = {}

    def run(self, size: int, rounds: int) -> dict[str, PeerResult]:
        """Every step of every peer, ``rounds`` times."""
        corpus = self.work / f"{size}"
        code = code_of(self.loa)
        generate(size, corpus / "corpus", SEED)
        self.found = {peer.name: PeerResult(steps={step: [] for step in STEPS}, faults=[]) for peer in self.chosen}
        for number in range(rounds):
            folder = corpus / f"round-{number + 1}"
            for peer in self.chosen:
                stage(peer, corpus / "corpus", folder / peer.name)
            time.sleep(AGE)
            # Another one begins each round, lest the order favour anybody.
            first = number % len(self.chosen)
            for step in STEPS:
                for peer in (*self.chosen[first:], *self.chosen[:first]):
                    self.step(peer, step, folder / peer.name, f"{size:,} articles, round {number + 1}")
        if code_of(self.loa) != code:
            # Loa does everything again after any change of its code, so the figures would say nothing.
            for peer in self.chosen:
                if peer.name.startswith("loa"):
                    self._tell(peer, "", ["Loa's code changed while it was measured"])
        return self.found

    def step(self, peer: Peer, step: str, folder: Path, place: str) -> None:
        """One step of one peer, and a look at what it built."""
        found = self.found[peer.name]
        if any(run["code"] for runs in found["steps"].values() for run in runs):
            return
        if step == "publish":
            publish(1, folder, SEED)
        elif step == "template":
            edit_template(peer, folder)
        log = folder.with_name(f"{peer.name}-{step}.log")
        run = measure(peer.command(folder), folder, log, self.patience, self.limit)
        found["steps"][step].append(run)
        busy = "" if run["idle"] else f"   (busy: others used {run['others']:.1f} s)"
        figures = f"{run['wall']:.2f} s, CPU {run['cpu']:.2f} s, {run['rss']:.0f} MB{busy}"
        say(f"{place}: {peer.title}, {STEPS[step]}: {'stopped after ' if run['stopped'] else ''}{figures}")
        if run["stopped"]:
            faults = []
        elif run["code"]:
            faults = [f"exit code {run['code']}", *log.read_text(encoding="utf-8", errors="replace").splitlines()[-10:]]
        else:
            faults = verify(peer, folder, title=AFTER if step == "template" else BEFORE) if step != "nothing" else []
        # Where the work was done on this machine is nobody's business.
        self._tell(peer, f"{step}: ", [fault.replace(str(folder), "") for fault in faults])

    def _tell(self, peer: Peer, place: str, faults: Sequence[str]) -> None:
        for fault in faults:
            say(f"    WRONG: {peer.title}, {place}{fault}")
            self.found[peer.name]["faults"].append(place + fault)


def say(line: str) -> None:
    """Tell how far the work is."""
    print(line, flush=True)


def main() -> int:
    """The command line."""
    options = _options()
    known = peers(options.loa.resolve())
    if unknown := set(options.peers) - set(known):
        sys.exit(f"There is no {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
    install(options.peers)
    install_venv()
    work = BUILD / "work" / time.strftime("%Y%m%d-%H%M%S")
    bench = Bench([known[name] for name in options.peers], work, options.patience, options.limit, options.loa)
    wrong = {name for name, found in bench.run(TRIAL, 1).items() if found["faults"]}
    if wrong:
        say(f"Nothing was measured: {', '.join(sorted(wrong))} failed on {TRIAL} articles.")
        return 1
    for size in options.sizes:
        rounds = options.rounds or (3 if size <= 10_000 else 1)
        result = Result(
            size=size,
            date=time.strftime("%Y-%m-%d"),
            rounds=rounds,
            machine=machine(),
            versions=versions(options.peers, options.loa),
            peers=bench.run(size, rounds),
        )
        wrong |= {name for name, found in result["peers"].items() if found["faults"]}
        save(result, options.results)
        report.write(options.results)
        plot = [VENV / "bin/python", "-m", "bench.plot", options.results.resolve()]
        subprocess.run(plot, cwd=REPOSITORY, check=True)  # noqa: S603  # ours
    if options.keep:
        say(f"Everything is in {work}.")
    else:
        shutil.rmtree(work)
    if wrong:
        say(f"WRONG OUTPUT: {', '.join(sorted(wrong))}")
    return 1 if wrong else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.run", description="Measure Loa beside its peers.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="numbers of articles")
    parser.add_argument("--peers", nargs="+", default=list(peers()), metavar="PEER", help=f"of {', '.join(peers())}")
    parser.add_argument("--rounds", type=int, help="how often (default: 3 up to 10,000 articles, 1 above)")
    parser.add_argument(
        "--patience", type=float, default=20, help="seconds to wait for an idle machine before each run"
    )
    parser.add_argument("--limit", type=float, default=1_200, help="seconds after which a run is stopped")
    parser.add_argument("--loa", type=Path, default=REPOSITORY, help="another checkout of Loa to measure")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where to keep the results")
    parser.add_argument("--keep", action="store_true", help="keep what was built, to look at it")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
