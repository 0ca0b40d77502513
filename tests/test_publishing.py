"""What a build publishes, as a reader would find it."""

from __future__ import annotations

from conftest import SiteTest


def test_an_article_is_published_at_the_path_of_its_file(site: SiteTest) -> None:
    site.article("2026/05/le-hoi", title="Lễ hội").build()

    assert site.report.done
    assert site.html("tin/2026/05/le-hoi.html").findtext(".//h1") == "Lễ hội"


TOUCHED = {
    "tin/2026/05/moi.html",
    "index.html",
    "chuyen-muc/tin/index.html",
    "chuyen-muc/tin/rss.xml",
    "chuyen-muc/tin/atom.xml",
    "chuyen-muc/index.html",
    "luu-tru/index.html",
    "luu-tru/2026/index.html",
    "luu-tru/2026/05/index.html",
    "rss.xml",
    "atom.xml",
    "sitemap.xml",
    "sitemap-2026.xml",
}


def test_publishing_one_article_touches_a_fixed_set_of_files(site: SiteTest) -> None:
    for number in range(10):
        site.article(f"2026/05/bai-{number}", date=f"2026-05-{number + 1:02}")
    site.build()

    site.article("2026/05/moi", date="2026-05-20").build()

    assert site.rendered == TOUCHED


def test_a_numbered_page_appears_when_its_last_article_has_left_the_front(site: SiteTest) -> None:
    for number in range(9):
        site.article(f"2026/05/bai-{number}", date=f"2026-05-{number + 1:02}")
    site.build()

    site.article("2026/05/moi", date="2026-05-20").build()

    # The page before the new one gets a link to it; no older page changes.
    listings = ("chuyen-muc/tin", "luu-tru/2026", "luu-tru/2026/05")
    assert site.rendered - TOUCHED == {f"{front}/trang/{n}/index.html" for front in listings for n in (2, 3)}
