"""The tables in ``bench/results/table.md``: the figures of each size, the goals, and how all grows with the size."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from bench.peers import RESULTS, peers
from bench.results import STEPS, PeerResult, Result, exponent, least, load, median, peak, seconds

_TITLES = {peer.name: peer.title for peer in peers().values()}


def write(folder: Path = RESULTS) -> None:
    """Make the tables of all that is kept."""
    (folder / "table.md").write_text("\n".join(tables(load(folder))) + "\n", encoding="utf-8")


def tables(results: list[Result]) -> Iterator[str]:
    """The lines of the page."""
    yield "# Results"
    yield ""
    yield "Made by `make bench`; how it is measured, and how to read it, is in [bench/README.md](../README.md)."
    yield "Each cell is wall / processor time in seconds, the least of the rounds; in brackets the median wall time."
    yield "Memory is the peak over all steps of the whole process tree, in MB (10⁶ bytes)."
    yield "PSS counts what processes share once; RSS, once for each."
    for result in results:
        yield from _size(result)
    yield from _goals(results)
    yield from _growth(results)


def _size(result: Result) -> Iterator[str]:
    yield ""
    yield f"## {result['size']:,} articles"
    yield ""
    yield f"{result['date']}, {result['machine']}; rounds: {result['rounds']}."
    yield ", ".join(f"{name} {version}" for name, version in result["versions"].items()) + "."
    yield ""
    yield f"| | {' | '.join(STEPS.values())} | peak RSS | peak PSS | output | others used |"
    yield "|---|" + "---:|" * (len(STEPS) + 2) + "---|---:|"
    for name, peer in result["peers"].items():
        yield f"| {_TITLES[name]} | {' | '.join(_cells(peer))} |"


def _cells(peer: PeerResult) -> Iterator[str]:
    for step in STEPS:
        runs = peer["steps"].get(step, [])
        wall, cpu = least(runs, "wall"), least(runs, "cpu")
        middle = f" ({median(runs, 'wall'):.2f})" if len(runs) > 1 else ""
        if stopped := [run for run in runs if run.get("stopped")]:
            yield f"stopped after {stopped[0]['wall']:,.0f}"
        else:
            yield "–" if math.isnan(wall) else f"{wall:.2f}{middle} / {cpu:.2f}"
    for memory in ("rss", "pss"):
        yield f"{peak(peer, memory):,.0f}"
    yield "**wrong**" if peer["faults"] else "right"
    runs = [run for step in peer["steps"].values() for run in step]
    yield f"{sum(run['others'] for run in runs) / max(0.001, sum(run['wall'] for run in runs)):.0%}"


# --- goals -------------------------------------------------------------------------------


def _goals(results: list[Result]) -> Iterator[str]:
    rows = [row for result in results if result["size"] >= 10_000 for row in _goals_of(result)]
    if not rows:
        return
    yield ""
    yield "## Goals"
    yield ""
    yield "Ratios of least wall times, side by side in one run; memory as RSS."
    yield ""
    yield "| articles | goal | limit | measured | |"
    yield "|---:|---|---:|---:|---|"
    yield from rows


def _goals_of(result: Result) -> Iterator[str]:
    size, large = result["size"], result["size"] >= 100_000

    def row(goal: str, limit: float, measured: float, unit: str, *, at_least: bool = False) -> Iterator[str]:
        if not math.isnan(measured):
            reached = measured >= limit if at_least else measured <= limit
            sign = "≥" if at_least else "≤"
            digits = 0 if unit == " MB" else 1 if at_least else 2
            verdict = "reached" if reached else "**not reached**"
            yield f"| {size:,} | {goal} | {sign} {limit:g}{unit} | {measured:,.{digits}f}{unit} | {verdict} |"

    loa = {step: seconds(result, "loa", step) for step in STEPS}
    hugo = {step: seconds(result, "hugo", step) for step in STEPS}
    yield from row("cold build, of Hugo's", 1.0, loa["cold"] / hugo["cold"], " ×")
    faster = hugo["publish"] / loa["publish"]
    yield from row("publish one, faster than Hugo", 20 if large else 13, faster, " ×", at_least=True)
    yield from row("publish one", 3 if large else 0.5, loa["publish"], " s")
    yield from row("nothing to do, of publish one", 1.0, loa["nothing"] / loa["publish"], " ×")
    yield from row("template edit, of the cold build", 0.25, loa["template"] / loa["cold"], " ×")
    if "loa" in result["peers"]:
        yield from row("peak memory", 1000 if large else 300, peak(result["peers"]["loa"], "rss"), " MB")
    real, uncited, unlinked = (seconds(result, name, "cold") for name in ("loa-real", "loa-uncited", "loa-unlinked"))
    yield from row("real theme, of the equal site, cold", 1.6, real / loa["cold"], " ×")
    yield from row("real theme without citations, of the equal site, cold", 1.6, uncited / loa["cold"], " ×")
    yield from row(
        "links, back-links and stubs: real theme, of citations only found, cold", 1.25, real / unlinked, " ×"
    )
    yield from row("all of citations: real theme, of the same without, cold", 1.25, real / uncited, " ×")


# --- growth --------------------------------------------------------------------------------


def _growth(results: list[Result]) -> Iterator[str]:
    if len(results) < 2:
        return
    yield ""
    yield "## Growth"
    yield ""
    yield "The k of c·nᵏ, fitted over all sizes n: 1 is linear, and below 1 is a fixed part that still shows."
    yield ""
    yield f"| | {' | '.join(STEPS.values())} | peak RSS |"
    yield "|---|" + "---:|" * (len(STEPS) + 1)
    for name, title in _TITLES.items():
        measured = [result for result in results if name in result["peers"]]
        series = [[(result["size"], seconds(result, name, step)) for result in measured] for step in STEPS]
        series.append([(result["size"], peak(result["peers"][name], "rss")) for result in measured])
        found = [exponent((x, y) for x, y in points if not math.isnan(y)) for points in series]
        if not all(map(math.isnan, found)):
            yield f"| {title} | {' | '.join('–' if math.isnan(k) else f'{k:.2f}' for k in found)} |"
