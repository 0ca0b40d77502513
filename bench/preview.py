"""How long an editor waits: ``make bench-preview``.

From the moment a file is saved to the moment the reloaded page shows it, in Chromium, with the real theme; on a site
that looks for citations, and on one that does not. Beside each: how long a fixed piece of work took meanwhile, since a
shared machine is not equally fast all the time.
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from bench.corpus import generate
from bench.peers import BUILD, REPOSITORY, RESULTS, peers, stage, versions
from bench.quick import fixed_work
from bench.results import machine
from bench.run import SEED, say
from tools import chromium

FILE = RESULTS / "preview.md"
EDITS = 15
# When the page was painted.
_PAINTED = """
addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => requestAnimationFrame(() => {
  window.painted = Date.now();
})));
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


class Waits(NamedTuple):
    """How long an editor waited after each edit, and how long ``fixed_work`` took just before. Seconds."""

    found: list[float]
    fixed: list[float]

    def row(self, *words: str) -> str:
        """The row of a table that begins with ``words``."""
        figures = [f"{which(self.found):.2f}" for which in (min, statistics.median, max)]
        fixed = [f"{1000 * which(self.fixed):.0f}" for which in (min, statistics.median, max)]
        return f"| {' | '.join((*words, *figures, '–'.join(fixed)))} |"


# A text and the number of an edit → the edited text, and what is new on its page.
Edit = Callable[[str, int], tuple[str, str]]


def _sentence(text: str, number: int) -> tuple[str, str]:
    new = f"Điều mới thứ {number}x"
    return f"{text}\n{new}\n", new


def _tag(text: str, number: int) -> tuple[str, str]:
    new = f"thẻ mới {number}x"
    assert "\ntags: [" in text
    return text.replace("\ntags: [", f"\ntags: [{new}, ", 1), new


def _views(text: str, number: int) -> tuple[str, str]:
    return re.sub(r"\nviews: \d+", f"\nviews: {7000 + number}", text, count=1), f"7.{number:03} lượt xem"


def waits(page: Page, file: Path, edits: int, edit: Edit) -> Waits:
    """How long it took from saving ``file`` until the reloaded page was painted with what was written."""
    text = file.read_text(encoding="utf-8")
    waited = Waits([], [])
    for number in range(edits):
        edited, new = edit(text, number)
        # Again and again from here: the page's own policy lets no string wait in it.
        while not page.evaluate(_TOLD):
            time.sleep(0.02)
        time.sleep(2.5)  # an editor reads what came before, and the build's clock no longer doubts the files
        waited.fixed.append(fixed_work())
        begun = time.time()
        file.write_text(edited, encoding="utf-8")
        page.get_by_text(new).first.wait_for(timeout=60_000)
        while not (painted := page.evaluate("window.painted")):
            time.sleep(0.02)
        waited.found.append(painted / 1000 - begun)
    file.write_text(text, encoding="utf-8")
    return waited


def measure(root: Path, edits: int) -> Iterator[tuple[str, str, Waits]]:
    """What is written, in which article, and what the editor waits for."""
    files = sorted((root / "content/tin").rglob("*.md"))
    time.sleep(3)  # as files that were there yesterday, whose looks nobody doubts
    with previewing(root) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(chromium.HEADLESS_FIRST), args=list(chromium.ARGUMENTS)
        )
        page = browser.new_page()
        page.add_init_script(_PAINTED)
        newest, other = files[-1], files[len(files) // 2]
        for words, article, file, edit in (
            ("a sentence", "the newest", newest, _sentence),
            ("a sentence", "in the middle", other, _sentence),
            ("a tag", "in the middle", other, _tag),
            ("views", "in the middle", other, _views),
        ):
            page.goto(f"{address}/{file.relative_to(root / 'content').with_suffix('.html')}")
            yield words, article, waits(page, file, edits, edit)
        browser.close()


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
        for words, article, waited in measure(work / name, options.edits):
            rows.append(waited.row(peer.title, words, article))
            say(rows[-1])
    lines = [
        f"# From saving a file to the reloaded page, {options.size:,} articles",
        "",
        f"{time.strftime('%Y-%m-%d')}, {machine()}, Loa {versions(('loa',), REPOSITORY)['Loa']}.",
        f"Seconds, {options.edits} edits each. A sentence and a tag are shown ahead of the build, the number of",
        "views, like whatever takes a look at the site, when it has ended. Fixed work: how long a piece of work that",
        "never changes took just before, in milliseconds. Written by `make bench-preview`.",
        "",
        "| site | what is written | article | least | median | most | fixed work: least–median–most |",
        "|---|---|---|---:|---:|---:|---:|",
        *rows,
    ]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    say("\n".join(["", *lines]))
    shutil.rmtree(work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
