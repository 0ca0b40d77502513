"""How long an editor waits: ``make bench-preview``.

From the moment a file is saved to the moment the reloaded page shows it, in Chromium, with the real theme; on a site
that looks for citations, and on one that does not.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.corpus import generate
from bench.peers import BUILD, REPOSITORY, RESULTS, peers, stage, versions
from bench.results import machine
from bench.run import SEED, say
from tools import chromium

FILE = RESULTS / "preview.md"
EDITS = 15
_WORD = "Câu mới thứ"
# When the page was first painted, and the sentence that it then had.
_PAINTED = f"""
addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => requestAnimationFrame(() => {{
  window.painted = [Date.now(), document.body.innerText.match(/{_WORD} \\d+\\./)?.[0]];
}})));
"""
_TOLD = "window.LiveReload && LiveReload.connector && LiveReload.connector.protocol >= 7"


@contextmanager
def previewing(root: Path) -> Iterator[str]:
    """The address at which the preview of the site at ``root`` answers."""
    command = [sys.executable, str(REPOSITORY / "build.py"), "serve", "--root", str(root), "--port", "0"]
    process = subprocess.Popen(  # noqa: S603  # our own command
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    try:
        assert process.stdout
        yield next(found[1] for line in process.stdout if (found := re.search(r"(http://\S+)/", line)))
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.communicate()


def waits(page: Page, file: Path, edits: int) -> list[float]:
    """Seconds from saving ``file`` until the reloaded page was painted with what was written."""
    text = file.read_text(encoding="utf-8")
    found = []
    for number in range(edits):
        # Again and again from here: the page's own policy lets no string wait in it.
        while not page.evaluate(_TOLD):
            time.sleep(0.02)
        time.sleep(2.5)  # an editor reads what came before, and the build's clock no longer doubts the files
        begun = time.time()
        file.write_text(f"{text}\n{_WORD} {number}.\n", encoding="utf-8")
        page.get_by_text(f"{_WORD} {number}.").wait_for(timeout=60_000)
        found.append(page.evaluate("painted[0]") / 1000 - begun)
    return found


def measure(root: Path, edits: int) -> tuple[list[float], list[float]]:
    """What an editor waits for who writes the newest article, and one from the middle of the archive."""
    files = sorted((root / "content/tin").rglob("*.md"))
    time.sleep(3)  # as files that were there yesterday, whose looks nobody doubts
    with previewing(root) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(chromium.HEADLESS_FIRST), args=list(chromium.ARGUMENTS)
        )
        page = browser.new_page()
        page.add_init_script(_PAINTED)
        results = []
        for file in (files[-1], files[len(files) // 2]):
            page.goto(f"{address}/{file.relative_to(root / 'content').with_suffix('.html')}")
            results.append(waits(page, file, edits))
        browser.close()
    return results[0], results[1]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench.preview", description="Measure what an editor waits for.")
    parser.add_argument("--size", type=int, default=10_000, help="number of articles")
    parser.add_argument("--edits", type=int, default=EDITS, help="how often each article is saved")
    options = parser.parse_args()
    work = BUILD / "work" / time.strftime("%Y%m%d-%H%M%S-preview")
    generate(options.size, work / "corpus", SEED)
    rows = []
    for name in ("loa-real", "loa-uncited"):
        peer = peers()[name]
        stage(peer, work / "corpus", work / name)
        for words, found in zip(("newest", "in the middle"), measure(work / name, options.edits), strict=True):
            rows.append(
                f"| {peer.title} | {words} | {min(found):.2f} | {statistics.median(found):.2f} | {max(found):.2f} |"
            )
            say(rows[-1])
    lines = [
        f"# From saving a file to the reloaded page, {options.size:,} articles",
        "",
        f"{time.strftime('%Y-%m-%d')}, {machine()}, Loa {versions(('loa',), REPOSITORY)['Loa']}.",
        f"Seconds, {options.edits} edits each. Written by `make bench-preview`.",
        "",
        "| site | article | least | median | most |",
        "|---|---|---:|---:|---:|",
        *rows,
    ]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    say("\n".join(["", *lines]))
    shutil.rmtree(work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
