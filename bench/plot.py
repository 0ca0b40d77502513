"""Draws ``bench/results/plot.svg``: time and memory over size, both axes logarithmic. Needs matplotlib."""

# matplotlib is installed beside the peers, where the type checker does not look.
# mypy: disable-error-code="import-not-found, no-any-unimported"

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator

from bench.peers import peers
from bench.results import Result, load, peak, seconds

# The colours of Okabe and Ito, told apart by the colour-blind as well; the marks tell without colour.
STYLES = {
    "loa": ("#0072b2", "o", "-"),
    "loa-real": ("#56b4e9", "s", "--"),
    "loa-uncited": ("#e69f00", "v", ":"),
    "loa-unlinked": ("#f0e442", "<", ":"),
    "loa-texts": ("#999999", ">", ":"),
    "hugo": ("#d55e00", "^", "-"),
    "eleventy": ("#009e73", "D", "-"),
    "pelican": ("#cc79a7", "p", "-"),
}
PANELS: dict[str, Callable[[Result, str], float]] = {
    "Cold build, seconds": lambda result, peer: seconds(result, peer, "cold"),
    "Publish one article, seconds": lambda result, peer: seconds(result, peer, "publish"),
    "Peak memory (RSS), MB": lambda result, peer: peak(result["peers"][peer], "rss"),
}
LABEL = (
    "Time of a cold build, time to publish one article, and peak memory, over the number of articles; all in table.md"
)


def draw(results: list[Result], target: Path) -> None:
    """Draw all peers that were measured."""
    # Text stays text, and the same figures give the same bytes.
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "loa", "font.family": "sans-serif", "font.size": 10})
    figure = Figure(figsize=(12, 4.6), layout="constrained")
    for axes, (title, value) in zip(figure.subplots(1, len(PANELS)), PANELS.items(), strict=True):
        for peer in peers().values():
            points = [(result["size"], value(result, peer.name)) for result in results if peer.name in result["peers"]]
            points = [(x, y) for x, y in points if not math.isnan(y)]
            colour, mark, line = STYLES[peer.name]
            if points:
                axes.plot(*zip(*points, strict=True), color=colour, marker=mark, linestyle=line, label=peer.title)
        sizes = [result["size"] for result in results]
        axes.set(title=title, xscale="log", yscale="log", xlabel="articles", xticks=sizes)
        axes.set_xticklabels([f"{size:,}" for size in sizes])
        axes.minorticks_off()
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.yaxis.set_major_formatter(lambda number, _position: f"{number:,g}")
        axes.grid(visible=True, color="#dddddd")
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(labels), frameon=False)
    figure.savefig(target, format="svg", metadata={"Date": None, "Title": LABEL})
    svg = target.read_text(encoding="utf-8").replace("<svg ", f'<svg role="img" aria-label="{LABEL}" ', 1)
    target.write_text("\n".join(map(str.rstrip, svg.splitlines())) + "\n", encoding="utf-8")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    draw(load(folder), folder / "plot.svg")
