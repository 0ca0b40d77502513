"""Which listings and feeds a site has is its own choice; nothing leads to what it does not want."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from lxml import html

from loa.config import KINDS
from tests.conftest import SiteTest

FOLDERS = {"unit": "don-vi/", "person": "tac-gia/", "tag": "the/", "year": "luu-tru/", "month": "luu-tru/"}


def written(site: SiteTest, settings: str) -> SiteTest:
    site.replace("site.toml", "[lists]\n", f"[lists]\n{settings}\n")
    site.article("2025/12/mot", author="Phòng Truyền thông", tags="[y tế, đê điều]", date="2025-12-30")
    return site.article("2026/05/hai", author="Lê Văn Bình", tags="[y tế]").build()


def dead_links(site: SiteTest) -> list[str]:
    """Links within the site, of all its pages, that lead nowhere."""
    public = site.public
    targets = [
        element.get(name)
        for path, data in public.items()
        if path.endswith(".html")
        for element in html.fromstring(data).iter()
        for name in ("href", "src")
        if element.get(name) is not None and element.get("rel") != "canonical"
    ]
    paths = {target.partition("#")[0] for target in targets if not re.match(r"https?:|mailto:|tel:|#", target)}
    files = {path for path in paths if f"{path.lstrip('/')}{'index.html' if path.endswith('/') else ''}" not in public}
    return sorted(files)


@pytest.mark.parametrize("kinds", [(), *combinations(KINDS, 1), *combinations(KINDS, 4)])
def test_a_site_has_the_listings_it_wants_and_no_link_to_others(site: SiteTest, kinds: tuple[str, ...]) -> None:
    written(site, f"kinds = {list(kinds)}")

    assert site.report.done, site.report.problems
    assert dead_links(site) == []
    folders = {folder for folder in FOLDERS.values() if any(path.startswith(folder) for path in site.public)}
    assert folders == {FOLDERS[kind] for kind in kinds}
    assert ("luu-tru/2026/index.html" in site.public) is ("year" in kinds)
    assert ("luu-tru/2026/05/index.html" in site.public) is ("month" in kinds)
    sitemap = site.public["sitemap-trang.xml"].decode()
    assert {folder for folder in FOLDERS.values() if f"/{folder}" in sitemap} == folders


def test_names_without_listings_are_plain_words(site: SiteTest) -> None:
    page = html.fromstring(written(site, "kinds = []").public["tin/2025/12/mot.html"])

    assert page.xpath("string(//*[@class='article__author'])") == "Phòng Truyền thông"
    assert page.xpath("//*[@class='tags__word']/text()") == ["y tế", "đê điều"]
    assert page.xpath("//a[@rel='author' or @rel='tag']") == []


def test_a_site_may_have_feeds_of_one_format_only(site: SiteTest) -> None:
    written(site, 'feed_formats = ["atom"]')

    feeds = {path for path in site.public if path.endswith((".xml",)) and "sitemap" not in path}
    assert feeds
    assert {path.rpartition("/")[2] for path in feeds} == {"atom.xml"}
    assert dead_links(site) == []


def test_what_leads_the_front_page_is_not_repeated_below(site: SiteTest) -> None:
    site.replace("site.toml", "[lists]", "[lists]\nhome_block = 2")
    for day in range(1, 5):
        site.article(f"2026/05/bai-{day}", title=f"Bài {day}", date=f"2026-05-0{day}")
    site.article(
        "2026/05/rieng", title="Bài riêng", date="2026-05-05", category="Chỉ đạo điều hành", pinned="2026-12-31"
    )
    site.build()

    def titles(path: str) -> list[str]:
        return [title.text_content() for title in site.html("index.html").xpath(f"{path}//*[@class='card__title']")]

    assert titles("//article[contains(@class, 'card--lead')]") == ["Bài riêng"]
    # All that its category has: a heading over nothing would be worse.
    assert [titles(f"(//section[contains(@class, 'block')])[{number}]") for number in (1, 2)] == [
        ["Bài 4", "Bài 3"],
        ["Bài riêng"],
    ]

    site.article("2026/05/bai-5", title="Bài 5", date="2026-05-06").replace(
        "content/tin/2026/05/rieng.md", "pinned: 2026-12-31\n", ""
    ).build()

    assert titles("//article[contains(@class, 'card--lead')]") == ["Bài 5"]
    assert titles("(//section[contains(@class, 'block')])[1]") == ["Bài 4", "Bài 3"]
