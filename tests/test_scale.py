"""Publishing one article costs the same on a large archive as on a small one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from statistics import correlation

import pytest
from conftest import LONG, REPOSITORY, SITE_TOML, SiteTest

from loa.pipeline import Options, build
from loa.reading import Reader

# Others measure what is run here; to measure it once more takes as long as to run it.
pytestmark = pytest.mark.no_cover

# What a publish writes, whatever the size of the site: the article, and the lists, feeds and sitemaps that show it.
WRITTEN = {
    "tin/2026/05/moi.html",
    "index.html",
    "chuyen-muc/index.html",
    "chuyen-muc/tin/index.html",
    "chuyen-muc/tin/rss.xml",
    "chuyen-muc/tin/atom.xml",
    "don-vi/index.html",
    "don-vi/truyen-thong/index.html",
    "don-vi/truyen-thong/rss.xml",
    "don-vi/truyen-thong/atom.xml",
    "luu-tru/index.html",
    "luu-tru/2026/index.html",
    "luu-tru/2026/05/index.html",
    "rss.xml",
    "atom.xml",
    "sitemap.xml",
    "sitemap-2026.xml",
    "tim-kiem/index.html",
    "tim-kiem/tra-cuu/2026-1.idx",
    "tim-kiem/tra-cuu/2026-1/N.idx",
}


@pytest.mark.parametrize("count", [50, pytest.param(20_001 if LONG else 3_001, marks=pytest.mark.slow)])
def test_a_publish_writes_the_same_files_on_a_large_archive_as_on_a_small_one(site: SiteTest, count: int) -> None:
    site.write("site.toml", SITE_TOML.replace("page_size = 3", "page_size = 20"))
    newest = date(2026, 5, 15)
    for number in range(count):
        day = newest - timedelta(days=number)
        # All in the same category and unit, where the lists are longest.
        path = f"{day:%Y/%m}/bai-{number}"
        site.article(path, f"Nội dung bài số {number}.", date=f"{day} 08:00", author="Phòng Truyền thông")
    site.build(workers=2)
    assert site.report.published == count

    site.article("2026/05/moi", date="2026-05-20", author="Phòng Truyền thông").build(workers=2)

    # Of the files of leads it is the last.
    written = {re.sub(r"2026-1/\d+\.idx", "2026-1/N.idx", path) for path in site.rendered}
    assert written == WRITTEN
    assert (site.report.written, site.report.removed) == (len(WRITTEN), 0)


def test_a_publish_on_the_sample_site_writes_only_what_shows_the_article(tmp_path: Path) -> None:
    site = SiteTest(tmp_path / "site")
    for file in REPOSITORY.joinpath("content").rglob("*"):
        if file.is_file():
            site.write(str(file.relative_to(REPOSITORY)), file.read_bytes())
    settings = (REPOSITORY / "site.toml").read_text(encoding="utf-8")
    site.write("site.toml", f"{settings}\n[search]\ntexts = false\n")
    options = {"root": site.root, "workers": 1}
    build(Options(**options))
    site.article("2026/11/moi", date="2026-11-01", category="Chuyển đổi số", author="Phòng Truyền thông")

    report = build(Options(**options))

    assert set(report.reasons) == {
        "tin/2026/11/moi.html",
        "index.html",
        "chuyen-muc/index.html",
        "chuyen-muc/chuyen-doi-so/index.html",
        "chuyen-muc/chuyen-doi-so/rss.xml",
        "chuyen-muc/chuyen-doi-so/atom.xml",
        "don-vi/index.html",
        "don-vi/phong-truyen-thong/index.html",
        "don-vi/phong-truyen-thong/rss.xml",
        "don-vi/phong-truyen-thong/atom.xml",
        "luu-tru/index.html",
        "luu-tru/2026/index.html",
        "luu-tru/2026/11/index.html",
        "rss.xml",
        "atom.xml",
        "sitemap.xml",
        "sitemap-2026.xml",
        "sitemap-trang.xml",
        "tim-kiem/index.html",
        "tim-kiem/tra-cuu/2026-1.idx",
        "tim-kiem/tra-cuu/2026-1/0.idx",
    }


def test_the_files_are_not_listed_for_each_article(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Reader] = []
    files = Reader.files.fget
    assert files

    def counting(reader: Reader) -> object:
        asked.append(reader)
        return files(reader)

    def count() -> int:
        asked.clear()
        site.build()
        return len(asked)

    monkeypatch.setattr(Reader, "files", property(counting))
    site.article("a")
    before = count()

    for number in range(9):
        site.article(f"a{number}")

    assert count() == before


# --- an office PC ------------------------------------------------------------------------

only_long = pytest.mark.skipif(not LONG, reason="takes minutes: make reliability")
Record = Callable[[str, object], None]


@contextmanager
def archive_of(count: int) -> Iterator[Path]:
    """A site of ``count`` articles of 3 to 7 kB each, of the sample's templates and settings."""
    from bench.corpus import generate
    from bench.peers import peers, stage

    with tempfile.TemporaryDirectory() as folder:
        generate(count, Path(folder) / "corpus", 1)
        stage(peers()["loa-real"], Path(folder) / "corpus", Path(folder) / "site")
        yield Path(folder) / "site"


@pytest.fixture(scope="module")
def archive() -> Iterator[Path]:
    with archive_of(20_000) as site:
        yield site


def seconds(root: Path) -> float:
    """How long ``build.py`` takes there, with the start of Python."""
    begun = time.perf_counter()
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 3), done.stderr
    return time.perf_counter() - begun


def megabytes(root: Path) -> float:
    """What a full build of the site there needs: of all its processes, the one that needs most."""
    # A small process starts it: what a fork of this one holds would count as the build's.
    measured = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], check=False, capture_output=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(root), "--full"]
    told = subprocess.run([sys.executable, "-c", measured, *command], capture_output=True, text=True, check=True)
    # Kilobytes on Linux.
    return int(told.stdout) / 1000


@only_long
@pytest.mark.slow
@pytest.mark.timed
@pytest.mark.proves("R16 builds")
def test_twenty_thousand_articles_are_built_while_one_waits(archive: Path, record_property: Record) -> None:
    for name in ("public", ".public.loa", ".cache"):
        shutil.rmtree(archive / name, ignore_errors=True)

    record_property("seconds", seconds(archive))


@only_long
@pytest.mark.slow
@pytest.mark.timed
@pytest.mark.proves("R16 edits")
def test_one_of_twenty_thousand_articles_is_published_at_once(archive: Path, record_property: Record) -> None:
    seconds(archive)
    # An archive is not written anew in the minute before somebody edits one of its articles.
    os.sync()
    taken = []
    for number in range(3):
        article = sorted((archive / "content/tin").rglob("*.md"))[-1 - number]
        article.write_text(f"{article.read_text(encoding='utf-8')}\nThêm một câu.\n", encoding="utf-8")
        taken.append(seconds(archive))

    record_property("seconds", max(taken))


@only_long
@pytest.mark.slow
@pytest.mark.timed
@pytest.mark.proves("R16 memory")
def test_what_a_build_of_twenty_thousand_articles_needs_of_memory(archive: Path, record_property: Record) -> None:
    shutil.rmtree(archive / ".cache", ignore_errors=True)

    record_property("megabytes", round(megabytes(archive)))


@only_long
@pytest.mark.slow
@pytest.mark.timed
@pytest.mark.proves("R16 linear")
def test_time_and_memory_grow_with_the_number_of_articles_and_not_faster(record_property: Record) -> None:
    counts, times, needed = (2_500, 5_000, 10_000, 20_000), [], []
    for count in counts:
        with archive_of(count) as site:
            times.append(seconds(site))
            needed.append(megabytes(site))

    # How well a straight line describes them (R²), in thousandths.
    record_property("times", min(int(1000 * correlation(counts, grown) ** 2) for grown in (times, needed)))
