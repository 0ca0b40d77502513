"""How long counting views takes: ``make bench-views``.

A log of a million lines as a portal's server writes them, always the same, is counted twice by the command as it is
typed: into a new memory, and again, as a timer would that reads a file of which it knows everything.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from crawleruseragents import CRAWLER_USER_AGENTS_DATA

from bench.peers import BUILD, REPOSITORY, RESULTS
from bench.results import machine

FILE = RESULTS / "views.md"
ENTRIES, BROWSERS, ROBOTS, READERS = 10_000, 4_000, 400, 60_000
FIRST = datetime(2026, 11, 1, tzinfo=UTC)
DAYS = 14
SITE = """
title = "Cổng"
base_url = "https://thu.example"
[[category]]
slug = "tin"
name = "Tin"
"""
# Of a hundred requests; what is left goes to lists, feeds and the search.
ASSETS, PAGES, MISSING = 40, 40, 6
BY_ROBOTS, PREFETCHED = 20, 2


_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


def _browser(writer: random.Random) -> str:
    version, patch, model = writer.randrange(60, 143), writer.randrange(7000), writer.randrange(100, 999)
    names = (
        f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_WEBKIT} Chrome/{version}.0.{patch}.0 Safari/537.36",
        f"Mozilla/5.0 (Linux; Android 14; SM-A{model}F) {_WEBKIT} Chrome/{version}.0.0.0 Mobile Safari/537.36",
        f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) {_WEBKIT} Mobile/15E148 Zalo iOS/{240000 + patch}",
        f"Mozilla/5.0 (Windows NT 10.0) {_WEBKIT} coc_coc_browser/{version}.0.{model} Chrome/118.0.0.0 Safari/537.36",
    )
    return writer.choice(names)


def lines(count: int, urls: list[str], seed: int = 1) -> Iterator[str]:
    """A log in nginx's combined format and one field more."""
    writer = random.Random(seed)  # noqa: S311  # figures that can be repeated, no secrets
    browsers = [_browser(writer) for _ in range(BROWSERS)]
    named = [name for known in CRAWLER_USER_AGENTS_DATA for name in known["instances"]]
    robots = [name.replace('"', "") for name in writer.sample(named, ROBOTS)]
    readers = [".".join(str(writer.randrange(1, 255)) for _ in range(4)) for _ in range(READERS)]
    readers[::5] = [f"2402:800:{writer.randrange(65536):x}:{writer.randrange(65536):x}::1" for _ in readers[::5]]
    step = timedelta(days=DAYS) / count
    for number in range(count):
        # Few articles have most readers.
        url = urls[int(len(urls) * writer.random() ** 3)]
        kind, status, purpose = writer.randrange(100), 200, ""
        if kind < ASSETS:
            url = f"/css/loa.{kind}.css" if kind < ASSETS // 2 else f"{url.removesuffix('.html')}-480.webp"
            status = 200 if kind % 4 else 304
        elif kind < ASSETS + PAGES:
            if kind % 5 == 0:
                url += f"?utm_source=zalo&fbclid={writer.randrange(10**9)}"
            purpose = "prefetch;prerender" if writer.randrange(100) < PREFETCHED else ""
        elif kind < ASSETS + PAGES + MISSING:
            url, status = f"/wp-login.php?{writer.randrange(10**6)}", 404
        else:
            url = f"/chuyen-muc/tin/trang/{kind}/"
        agent = writer.choice(robots if writer.randrange(100) < BY_ROBOTS else browsers)
        reader = readers[int(READERS * writer.random() ** 2)]
        moment = (FIRST + step * number).strftime("%d/%b/%Y:%H:%M:%S +0000")
        size = writer.randrange(400, 40_000)
        request = f'"GET {url} HTTP/2.0" {status} {size} "https://thu.example/"'
        yield f'{reader} - - [{moment}] {request} "{agent}" "{purpose}"\n'


def _prepare(folder: Path, count: int) -> tuple[Path, Path]:
    shutil.rmtree(folder, ignore_errors=True)
    urls = []
    for number in range(ENTRIES):
        path = f"tin/2026/{number % 12 + 1:02}/bai-so-{number}"
        file = folder / "content" / f"{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        urls.append(f"/{path}.html")
    (folder / "site.toml").write_text(SITE, encoding="utf-8")
    plain, packed = folder / "access.log", folder / "access.log.1.gz"
    with plain.open("w", encoding="utf-8") as log:
        log.writelines(lines(count, urls))
    with plain.open("rb") as log, gzip.open(packed, "wb", 6) as other:
        shutil.copyfileobj(log, other)
    return plain, packed


def _measured(folder: Path, log: Path) -> tuple[float, float, float, str]:
    """Seconds, those of the processor, peak RSS in MB, and what was said at last but one."""
    command = [sys.executable, str(REPOSITORY / "build.py"), "views", "--root", str(folder), "--now", "2026-11-30"]
    started = time.perf_counter()
    process = subprocess.Popen([*command, str(log)], stdout=subprocess.PIPE, text=True, encoding="utf-8")  # noqa: S603  # our own
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000, said.splitlines()[-2]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    folder = BUILD / "views"
    plain, packed = _prepare(folder, options.lines)
    rows: dict[str, list[tuple[float, float, float]]] = {}
    said = Counter[str]()
    for _ in range(options.rounds):
        for file in (folder / ".loa-views", folder / "views.json"):
            file.unlink(missing_ok=True)
        for name, log in (("first count", plain), ("the same again", plain), ("the same, packed", packed)):
            *figures, told = _measured(folder, log)
            rows.setdefault(name, []).append((figures[0], figures[1], figures[2]))
            said[f"{name}: {told}"] += 1
    size, remembered, written = (
        file.stat().st_size / 1e6 for file in (plain, folder / ".loa-views", folder / "views.json")
    )
    mix = (
        f"{options.lines:,} lines ({size:.0f} MB) of {DAYS} days: {ASSETS} % assets, {PAGES} % entries "
        f"({ENTRIES:,} of them), {MISSING} % not found; {BY_ROBOTS} % of all by robots; {BROWSERS:,} browsers, "
        f"{READERS:,} addresses. Start-up of the command included."
    )
    text = [
        "# Counting views",
        "",
        f"{machine()}; Python {sys.version.split()[0]}. Made by `make bench-views`, {options.rounds} rounds.",
        "",
        mix,
        "",
        "| | seconds, least | median | of the processor, least | peak RSS, MB |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, runs in rows.items():
        times, processor, memory = zip(*runs, strict=True)
        text.append(f"| {name} | {min(times):.1f} | {median(times):.1f} | {min(processor):.1f} | {max(memory):.0f} |")
    text += ["", f"The memory has {remembered:.1f} MB then, `views.json` {written:.1f} MB.", ""]
    text += [f"> {line}  " for line in said]
    FILE.write_text("\n".join([*text, ""]), encoding="utf-8")
    print("\n".join(text))


if __name__ == "__main__":
    main()
