"""Publishing one article costs the same on a large archive as on a small one."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import REPOSITORY, SITE_TOML, SiteTest

from loa.pipeline import Options, build
from loa.reading import Reader

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


@pytest.mark.parametrize("count", [50, pytest.param(10_001, marks=pytest.mark.slow)])
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
