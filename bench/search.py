"""What the search costs: ``make bench-search``.

For the office: what the index adds to a cold build and to publishing one article. For the reader, in Chromium on
loopback, each question being the first that he asks: how long after the last keystroke the first result is there,
what has been loaded until then and in all, and whether the page that is meant is among the first three.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from bench.peers import BUILD, REPOSITORY, RESULTS, peers, versions
from bench.results import STEPS, PeerResult, least, machine, peak
from bench.run import Bench, say
from loa.text import fold
from tools import chromium
from tools.serve import serving

FILE = RESULTS / "search.md"
# Questions of each sort, spread over the whole archive, and how many words of a text are asked for.
QUESTIONS, WORDS = 40, 7
_MEASURED = ("first result", "loaded until then", "whole answer", "loaded in all")
# When a list has its first result, and when it is whole; in milliseconds after the letters were there.
_WATCH = """
(() => {
  const list = document.querySelector("[data-search-results]");
  window.seen = {};
  const bytes = () => performance.getEntriesByType("resource")
    .filter((one) => one.name.includes("/tim-kiem/")).reduce((sum, one) => sum + one.transferSize, 0);
  document.addEventListener("input", () => { seen.typed = performance.now(); }, true);
  new MutationObserver(() => {
    if (!seen.typed) return;
    if (!seen.first && list.querySelector("a")) seen.first = performance.now() - seen.typed, seen.firstBytes = bytes();
    if (list.getAttribute("aria-busy") === "false") seen.whole = performance.now() - seen.typed, seen.bytes = bytes();
  }).observe(list, { childList: true, attributes: true });
})()
"""


class Answer(NamedTuple):
    """What a reader got: milliseconds, bytes, and whether the page that was meant is among the first three."""

    first: float
    whole: float
    first_bytes: int
    bytes: int
    found: bool


def questions(corpus: Path) -> dict[str, dict[str, str]]:
    """By sort: what is typed, and the path of the page that is meant."""
    texts: dict[str, tuple[str, str]] = {}
    for file in sorted((corpus / "content/tin").rglob("*.md")):
        _, front, body = file.read_text("utf-8").split("---\n", 2)
        found = re.search(r'^title: "?(.*?)"?$', front, re.MULTILINE)
        path = file.relative_to(corpus / "content").with_suffix(".html").as_posix()
        texts[path] = (fold(found[1]) if found else "", body)
    titles = "\n".join(title for title, _ in texts.values())
    bodies = "\n".join(body for _, body in texts.values())
    newest = list(texts.items())[-len(texts) // 20 :]
    return {
        "half a title of the newest articles": _halves(_spread_over(newest), titles),
        "half a title of any article": _halves(_spread_over(list(texts.items())), titles),
        f"{WORDS} words of a text": _phrases(_spread_over(list(texts.items())), bodies),
    }


def _spread_over(entries: list[tuple[str, tuple[str, str]]]) -> list[tuple[str, tuple[str, str]]]:
    return entries[:: max(1, len(entries) // QUESTIONS)][:QUESTIONS]


def _halves(chosen: list[tuple[str, tuple[str, str]]], titles: str) -> dict[str, str]:
    """Half a title each, or as much more of it as tells it from others."""
    halves: dict[str, str] = {}
    for path, (title, _) in chosen:
        words = title.split()
        beginnings = (" ".join(words[:count]) for count in range(-(-len(words) // 2), len(words) + 1))
        half = next((beginning for beginning in beginnings if titles.count(beginning) == 1), "")
        if half:
            halves[half] = path
    return halves


def _phrases(chosen: list[tuple[str, tuple[str, str]]], bodies: str) -> dict[str, str]:
    """Words that stand one after the other in one text only."""
    phrases: dict[str, str] = {}
    for path, (_, body) in chosen:
        lines = [re.findall(r"[\w/.-]+", line) for line in body.splitlines() if line[:1].isalpha()]
        runs = (" ".join(line[at : at + WORDS]) for line in lines for at in range(len(line) - WORDS))
        single = next((run for run in runs if bodies.count(run) == 1), "")
        if single:
            phrases[fold(single)] = path
    return phrases


def numbers(public: Path) -> dict[str, str]:
    """Numbers of documents with the addresses of their pages, spread over all that are cited and have it alone."""
    found: dict[str, list[str]] = {}
    for page in sorted(public.glob("van-ban/so/*.html")):
        number = re.search(r"<dt>Số, ký hiệu</dt><dd>([^<]+)</dd>", page.read_text("utf-8"))
        if number:
            found.setdefault(number[1], []).append(page.relative_to(public).as_posix())
    single = [(number, pages[0]) for number, pages in found.items() if len(pages) == 1]
    return dict(single[:: max(1, len(single) // QUESTIONS)][:QUESTIONS])


def ask(browser: Browser, address: str, question: str, page_meant: str) -> Answer:
    """What a reader gets who has never been here before."""
    # What waits for an answer is a string that the page would not let run.
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}/tim-kiem/", wait_until="networkidle")
    page.evaluate(_WATCH)
    page.locator("#tu-khoa").fill(question)
    page.wait_for_function("window.seen.whole", timeout=60_000)
    seen = page.evaluate("window.seen")
    links = [link.get_attribute("href") or "" for link in page.locator(".results__link").all()[:3]]
    context.close()
    found = any(link.removeprefix("/") == page_meant for link in links)
    first = seen.get("first", seen["whole"])
    return Answer(first, seen["whole"], seen.get("firstBytes", seen["bytes"]), seen["bytes"], found)


def readers(public: Path, asked: dict[str, dict[str, str]]) -> list[str]:
    """A table of what readers of a site get."""
    program = chromium.find()
    if program is None:
        sys.exit("This needs Chromium. Install it: sudo apt-get install chromium")
    columns = ("first question", "asked", "in the top 3", *(f"{what}, median / worst" for what in _MEASURED))
    lines = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    with serving(public) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(chromium.ARGUMENTS))
        ask(browser, address, "xin", "")
        for sort, wanted in asked.items():
            answers = [ask(browser, address, *one) for one in wanted.items()]
            cells = [
                _spread([a.first for a in answers], "ms"),
                _spread([a.first_bytes / 1000 for a in answers], "kB"),
                _spread([a.whole for a in answers], "ms"),
                _spread([a.bytes / 1000 for a in answers], "kB"),
            ]
            found = sum(a.found for a in answers)
            lines.append(f"| {sort} | {len(answers)} | {found} | {' | '.join(cells)} |")
            say(lines[-1])
        browser.close()
    return lines


def _spread(values: Sequence[float], unit: str) -> str:
    return f"{statistics.median(values):,.0f} / {max(values):,.0f} {unit}"


def office(found: dict[str, PeerResult]) -> list[str]:
    """A table of what the index adds to builds."""
    plain, texts = found["loa-real"], found["loa-texts"]
    lines = ["| | without texts | with texts | the index | memory with texts |", "|---|---|---|---|---|"]
    for step, name in STEPS.items():
        before, after = (least(peer["steps"][step], "wall") for peer in (plain, texts))
        memory = max(run["rss"] for run in texts["steps"][step])
        lines.append(f"| {name} | {before:.2f} s | {after:.2f} s | {after - before:.2f} s | {memory:,.0f} MB |")
    lines.append(f"\nThe most memory without texts: {peak(plain, 'rss'):,.0f} MB.")
    return lines


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench.search", description="Measure what the search costs.")
    parser.add_argument("--size", type=int, default=10_000, help="number of articles")
    parser.add_argument("--rounds", type=int, default=3, help="how often the builds are measured")
    parser.add_argument("--patience", type=float, default=20, help="seconds to wait for an idle machine before each")
    options = parser.parse_args()
    names = ("loa-real", "loa-texts")
    work = BUILD / "work" / time.strftime("%Y%m%d-%H%M%S-search")
    bench = Bench([peers()[name] for name in names], work, options.patience, limit=600)
    found = bench.run(options.size, options.rounds)
    faults = [fault for peer in found.values() for fault in peer["faults"]]
    if faults:
        say("\n".join(faults))
        return 1
    site = work / str(options.size) / "round-1/loa-texts"
    asked = questions(site)
    asked["number of a document"] = numbers(site / "public")
    lines = [
        f"# Search on {options.size:,} articles",
        "",
        f"{time.strftime('%Y-%m-%d')}, {machine()}, Loa {versions(names, REPOSITORY)['Loa']}.",
        f"The least of {options.rounds} rounds, memory the most. Written by `make bench-search`.",
        "",
        *office(found),
        "",
        *readers(site / "public", asked),
    ]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    say("\n".join(["", *lines]))
    shutil.rmtree(work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
