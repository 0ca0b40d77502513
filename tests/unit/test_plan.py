"""The site map: which files there are, in which order lists show articles, and which pages never change again."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from loa.assets import Assets
from loa.config import Config
from loa.library import chronological, link
from loa.lifecycle import separate
from loa.model import Article, Asset, AttachmentField, Body, ImageField, Page, Reference
from loa.pieces import Chrome
from loa.plan import plan
from loa.site_toml import parse_config
from loa.syndication import feed_links
from loa.views import (
    ArticleView,
    FeedView,
    HomeView,
    IndexView,
    ListingView,
    NewsSitemapView,
    PictureView,
    RedirectView,
    SitemapIndexView,
    SitemapView,
    View,
)

NOW = datetime.fromisoformat("2026-06-01T12:00:00+07:00")
DAY = timedelta(days=1)
SITE = """
title = "Cổng"
base_url = "https://thu.example"
[lists]
page_size = {size}
earlier = 15
feed = 3
home_newest = 3
home_block = 2
most_viewed = 2
[[category]]
slug = "tin"
name = "Tin tức – Sự kiện"
[[category]]
slug = "chi-dao"
name = "Chỉ đạo điều hành"
[[unit]]
slug = "truyen-thong"
name = "Phòng Truyền thông"
"""


@cache
def config(size: int = 3, more: str = "") -> Config:
    made, problems = parse_config(SITE.format(size=size) + more)
    assert made is not None, problems
    return made


CHROME = Chrome(
    "Cổng", "Cổng", "UBND", "", "https://thu.example", "vi", "", (), (), "", "", "", "", "",
    feed_links("Tất cả tin", "/", config()), "/css/loa.css", "/js/theme.js", "/js/loa.js", "/mark.svg", "/share.jpg",
    "/tim-kiem/", None,
)  # fmt: skip
ASSETS = Assets("", "/css/tim.css", "", "", "/js/tim.js", "", "", (), {})


def article(number: int, published: datetime | None = None, **fields: object) -> Article:
    values: dict[str, object] = {
        "title": f"Bài {number}",
        "has_time": True,
        "category": "Tin tức – Sự kiện",
        "author": "",
        "source": "",
        "views": None,
        "summary": "",
        "image": None,
        "tags": (),
        "attachments": (),
        "aliases": (),
        "updated": None,
        "updated_has_time": False,
        "draft": False,
        "body": Body("", "Đoạn đầu", (), (), 1),
    }
    published = published or NOW - 400 * DAY + number * DAY
    return Article(path=f"tin/bai-{number:03}.md", published=published, **{**values, **fields})  # type: ignore[arg-type]  # any


def outputs(
    entries: list[Article | Page],
    *,
    size: int = 3,
    now: datetime = NOW,
    assets: dict[str, Asset] | None = None,
    more: str = "",
) -> dict[str, View]:
    site = config(size, more)
    # All of them published, whatever is "now" for the pages that show it.
    standing = separate(chronological(entries), datetime.fromisoformat("2100-01-01T00:00Z"), site)
    sections = plan(link(standing, assets or {}, site), site, CHROME, ASSETS, now)
    made = [output for section in sections for output in section.outputs()]
    assert [path for section in sections for path in section.paths] == [output.path for output in made]
    paths = [output.path for output in made]
    assert len(paths) == len(set(paths)), "a path is planned twice"
    return {output.path: output.view for output in made}


def listing(planned: dict[str, View], front: str = "chuyen-muc/tin") -> list[ListingView]:
    """The pages of a listing: its front, then the numbered ones."""
    found = [planned[f"{front}/index.html"]]
    while (path := f"{front}/trang/{len(found)}/index.html") in planned:
        found.append(planned[path])
    pages = [view for view in found if isinstance(view, ListingView)]
    assert len(pages) == len(found)
    assert len(pages) == sum(path.startswith(f"{front}/") and path.endswith(".html") for path in planned)
    return pages


def titles(view: ListingView) -> list[str]:
    return [card.title for card in view.cards]


# --- listings ---------------------------------------------------------------------


@given(count=st.integers(0, 40), size=st.integers(1, 7))
def test_no_article_is_lost_between_the_pages_of_a_listing(count: int, size: int) -> None:
    front, *numbered = listing(outputs([article(n) for n in range(count)], size=size))

    shown = {title for page in (front, *numbered) for title in titles(page)}
    assert shown == {f"Bài {n}" for n in range(count)}
    # Followed from the newest to the oldest, no page starts behind where the page before it ended.
    oldest_first = [title for page in numbered for title in reversed(titles(page))]
    assert oldest_first == [f"Bài {n}" for n in range(len(oldest_first))]


@given(count=st.integers(0, 40), size=st.integers(1, 7))
def test_the_front_shows_the_newest_and_is_never_short(count: int, size: int) -> None:
    front, *numbered = listing(outputs([article(n) for n in range(count)], size=size))

    assert titles(front) == [f"Bài {n}" for n in range(count)][::-1][:size]
    assert all(len(page.cards) == size for page in numbered)


@given(count=st.integers(0, 30), size=st.integers(1, 7), added=st.integers(1, 10))
def test_the_cards_of_a_numbered_page_never_change_when_articles_are_added(count: int, size: int, added: int) -> None:
    _, *before = listing(outputs([article(n) for n in range(count)], size=size))
    _, *after = listing(outputs([article(n) for n in range(count + added)], size=size))

    assert [titles(page) for page in after[: len(before)]] == [titles(page) for page in before]


@given(count=st.integers(0, 30), size=st.integers(1, 7), added=st.integers(1, 10))
def test_a_page_that_has_a_newer_numbered_page_is_the_same_for_ever(count: int, size: int, added: int) -> None:
    _, *before = listing(outputs([article(n) for n in range(count)], size=size))
    _, *after = listing(outputs([article(n) for n in range(count + added)], size=size))

    # All but the last link to a page that is there to stay.
    assert after[: max(0, len(before) - 1)] == before[:-1]


@given(count=st.integers(0, 40), size=st.integers(1, 7))
def test_older_and_newer_lead_through_every_page_and_back(count: int, size: int) -> None:
    planned = outputs([article(n) for n in range(count)], size=size)
    pages = {page.url: page for page in listing(planned)}
    front = pages["/chuyen-muc/tin/"]

    walked, page = [front], front
    while page.older:
        page = pages[page.older]
        walked.append(page)
    assert len(walked) == len(pages)
    for older, newer in zip(walked[1:], walked, strict=False):
        assert older.newer == newer.url
    assert front.newer == ""
    assert {p.oldest for p in walked[:-1]} <= {walked[-1].url}
    assert walked[-1].oldest == ""


def test_a_full_page_is_made_when_the_front_can_no_longer_show_all() -> None:
    def numbered(count: int) -> list[list[str]]:
        return [titles(page) for page in listing(outputs([article(n) for n in range(count)]))[1:]]

    assert numbered(3) == []
    assert numbered(4) == [["Bài 2", "Bài 1", "Bài 0"]]
    assert numbered(6) == [["Bài 2", "Bài 1", "Bài 0"]]
    assert numbered(7) == [["Bài 2", "Bài 1", "Bài 0"], ["Bài 5", "Bài 4", "Bài 3"]]


def test_every_shelf_has_a_listing() -> None:
    planned = outputs([article(0, author="Lê An", tags=("y tế",)), article(1, author="Phòng Truyền thông")])

    fronts = {path for path, view in planned.items() if isinstance(view, ListingView)}
    assert fronts == {
        "chuyen-muc/tin/index.html", "chuyen-muc/chi-dao/index.html", "don-vi/truyen-thong/index.html",
        "tac-gia/le-an/index.html", "the/y-te/index.html", "luu-tru/2025/index.html", "luu-tru/2025/04/index.html",
    }  # fmt: skip


# --- "Các tin đã đăng" --------------------------------------------------------------


def earlier(entries: list[Article | Page]) -> dict[str, list[str]]:
    """Title → titles of its "Các tin đã đăng"."""
    return {
        view.article.title: [line.title for line in view.earlier]
        for view in outputs(entries).values()
        if isinstance(view, ArticleView)
    }


def test_the_fifteen_articles_strictly_before_are_listed_newest_first() -> None:
    found = earlier([article(n) for n in range(20)])

    assert found["Bài 19"] == [f"Bài {n}" for n in range(18, 3, -1)]
    assert found["Bài 15"] == [f"Bài {n}" for n in range(14, -1, -1)]
    assert found["Bài 2"] == ["Bài 1", "Bài 0"]
    assert found["Bài 0"] == []


def test_only_articles_of_the_same_category_are_listed() -> None:
    found = earlier([article(0), article(1, category="Chỉ đạo điều hành"), article(2)])

    assert found == {"Bài 0": [], "Bài 1": [], "Bài 2": ["Bài 0"]}


@given(st.lists(st.integers(0, 3), min_size=1, max_size=14))
def test_ties_in_time_lose_nobody(days: list[int]) -> None:
    """Of any two articles exactly one lists the other, however their times fall together."""
    entries: list[Article | Page] = [article(n, NOW - day * DAY) for n, day in enumerate(days)]
    found = earlier(entries)

    for first in found:
        for second in found:
            if first != second:
                assert (first in found[second]) != (second in found[first])
    assert sorted(len(lines) for lines in found.values()) == list(range(len(days)))


def test_equal_times_are_in_order_of_path() -> None:
    found = earlier([article(n, NOW - DAY) for n in (2, 0, 1)])

    assert found == {"Bài 0": [], "Bài 1": ["Bài 0"], "Bài 2": ["Bài 1", "Bài 0"]}


@given(count=st.integers(1, 25))
def test_a_newer_article_changes_no_list_of_earlier_ones(count: int) -> None:
    before = earlier([article(n) for n in range(count)])
    after = earlier([article(n) for n in range(count + 1)])

    assert {title: after[title] for title in before} == before


# --- home, indexes, redirects ----------------------------------------------------------


def home(entries: list[Article | Page], **options: object) -> HomeView:
    view = outputs(entries, **options)["index.html"]  # type: ignore[arg-type]  # any
    assert isinstance(view, HomeView)
    return view


PHOTO = Asset("anh/x.jpg", "0123456789abcdef", 1000, 900, 600)
IMAGE = ImageField("/anh/x.jpg", "Cầu", "", "")


def test_the_newest_article_with_a_picture_leads_while_it_is_among_the_newest() -> None:
    assets = {PHOTO.path: PHOTO}
    view = home([article(0), article(1, image=IMAGE), article(2), article(3)], assets=assets)
    assert view.lead is not None
    assert (view.lead.title, [card.title for card in view.newest]) == ("Bài 1", ["Bài 3", "Bài 2", "Bài 0"])

    view = home([article(0, image=IMAGE), *(article(n) for n in range(1, 8))], assets=assets)
    assert view.lead is not None
    assert (view.lead.title, [card.title for card in view.newest]) == ("Bài 7", ["Bài 6", "Bài 5", "Bài 4"])


def test_an_empty_site_has_a_home_and_every_fixed_page() -> None:
    planned = outputs([])

    view = planned["index.html"]
    assert isinstance(view, HomeView)
    assert (view.lead, view.newest, view.blocks, view.most_viewed) == (None, (), (), ())
    assert {"404.html", "ban-tin/index.html", "luu-tru/index.html", "rss.xml", "atom.xml", "robots.txt"} <= set(planned)


def test_blocks_are_the_categories_that_hold_something_in_the_order_of_the_settings() -> None:
    view = home([article(0, category="Chỉ đạo điều hành"), *(article(n) for n in range(1, 4))])

    assert [(block.category.label, [card.title for card in block.cards]) for block in view.blocks] == [
        # "Bài 3" leads the page.
        ("Tin tức – Sự kiện", ["Bài 2", "Bài 1"]),
        ("Chỉ đạo điều hành", ["Bài 0"]),
    ]


def test_most_viewed_counts_views_and_breaks_ties_by_the_newer() -> None:
    view = home([article(0, views=5), article(1, views=9), article(2, views=9), article(3, views=0), article(4)])

    assert [(line.title, line.views) for line in view.most_viewed] == [("Bài 2", 9), ("Bài 1", 9)]


def test_the_archive_counts_every_article_once_by_month_and_year() -> None:
    dates = ("2025-12-31T23:00+07:00", "2026-01-01T00:00+07:00", "2026-05-05T00:00+07:00", "2026-05-06T00:00+07:00")
    view = outputs([article(n, datetime.fromisoformat(date)) for n, date in enumerate(dates)])["luu-tru/index.html"]

    assert isinstance(view, IndexView)
    assert [(group.title, [(item.label, item.count) for item in group.items]) for group in view.groups] == [
        ("Năm 2026", [("Cả năm 2026", 3), ("Tháng 5", 2), ("Tháng 1", 1)]),
        ("Năm 2025", [("Cả năm 2025", 1), ("Tháng 12", 1)]),
    ]


def test_an_old_address_leads_to_the_article() -> None:
    planned = outputs([article(0, aliases=("/tin-cu/bai.html", "/cu/"))])

    for path, url in (("tin-cu/bai.html", "/tin-cu/bai.html"), ("cu/index.html", "/cu/")):
        assert planned[path] == RedirectView(url, "/tin/bai-000.html", "Bài 0")


# --- feeds, sitemaps, files ----------------------------------------------------------------


def feed(planned: dict[str, View], path: str) -> FeedView:
    view = planned[path]
    assert isinstance(view, FeedView)
    return view


def test_there_is_a_feed_for_the_site_each_category_and_each_unit_with_the_newest_first() -> None:
    planned = outputs([article(n, author="Phòng Truyền thông") for n in range(5)])

    folders = ("", "chuyen-muc/tin/", "chuyen-muc/chi-dao/", "don-vi/truyen-thong/")
    expected = {f"{folder}{kind}.xml" for folder in folders for kind in ("rss", "atom")}
    assert {path for path, view in planned.items() if isinstance(view, FeedView)} == expected
    for folder in ("", "chuyen-muc/tin/", "don-vi/truyen-thong/"):
        assert [item.title for item in feed(planned, f"{folder}rss.xml").items] == ["Bài 4", "Bài 3", "Bài 2"]
    assert feed(planned, "chuyen-muc/chi-dao/atom.xml").items == ()


def test_a_feed_is_as_new_as_what_it_holds_and_takes_no_time_from_the_clock() -> None:
    entries: list[Article | Page] = [article(0, NOW - 9 * DAY, updated=NOW - DAY), article(1, NOW - 5 * DAY)]

    assert feed(outputs(entries), "rss.xml").updated == NOW - DAY
    assert feed(outputs(entries), "rss.xml") == feed(outputs(entries, now=NOW + 100 * DAY), "rss.xml")
    assert feed(outputs([]), "rss.xml") == feed(outputs([], now=NOW + DAY), "rss.xml")


def test_an_articles_identity_in_feeds_survives_title_date_category_and_a_rename_with_alias() -> None:
    def identity(entry: Article) -> str:
        return feed(outputs([entry]), "rss.xml").items[0].id

    before = identity(article(0))
    assert identity(article(0, NOW - DAY, title="Khác", category="Chỉ đạo điều hành")) == before
    assert identity(article(7, aliases=("/tin/bai-000.html",))) == before
    # Renamed twice: the first address is still the oldest.
    assert identity(article(8, aliases=("/tin/bai-000.html", "/tin/bai-007.html"))) == before
    assert identity(article(1)) != before


def test_every_page_that_can_be_read_is_in_exactly_one_sitemap() -> None:
    page = Page(
        "trang/gioi-thieu.md",
        "Giới thiệu",
        "",
        None,
        (),
        (),
        None,
        updated_has_time=False,
        draft=False,
        body=Body("", "", (), (), 1),
    )
    entries: list[Article | Page] = [
        *(article(n, tags=("y tế",), author="Lê An") for n in range(3)),
        article(9, NOW - 900 * DAY, aliases=("/cu.html",)),
        page,
    ]
    planned = outputs(entries)

    index = planned["sitemap.xml"]
    assert isinstance(index, SitemapIndexView)
    listed = []
    for shard in index.entries:
        view = planned[shard.url.lstrip("/")]
        assert isinstance(view, SitemapView)
        listed += [entry.url for entry in view.entries]
    assert len(listed) == len(set(listed))
    # All but old addresses, the page for wrong ones, the search, and the numbered pages of listings.
    readable = {
        "/" + path.removesuffix("index.html")
        for path, view in planned.items()
        if path.endswith(".html")
        and not isinstance(view, RedirectView)
        and path not in ("404.html", "tim-kiem/index.html")
        and "/trang/" not in path
    }
    assert set(listed) == readable
    assert {"/", "/trang/gioi-thieu.html", "/tin/bai-009.html", "/the/y-te/"} <= readable


def test_a_sitemap_of_a_past_year_does_not_change_when_an_article_is_added() -> None:
    old = [article(n, datetime.fromisoformat("2024-05-01T00:00+07:00") + n * DAY) for n in range(3)]

    assert outputs([*old])["sitemap-2024.xml"] == outputs([*old, article(9)])["sitemap-2024.xml"]


def test_the_news_sitemap_holds_the_articles_of_two_days_and_changes_with_the_day_only() -> None:
    entries: list[Article | Page] = [article(n, NOW - n * DAY) for n in range(5)]

    def news(now: datetime) -> NewsSitemapView:
        view = outputs(entries, now=now)["sitemap-news.xml"]
        assert isinstance(view, NewsSitemapView)
        return view

    assert [line.title for line in news(NOW).entries] == ["Bài 0", "Bài 1", "Bài 2"]
    assert news(NOW) == news(NOW + timedelta(hours=11))
    assert news(NOW + 2 * DAY).entries == news(NOW).entries[:1]


def test_only_pictures_that_are_shown_and_files_that_are_offered_leave_content() -> None:
    plan_pdf, linked_pdf, unused = (Asset(f"tep/{name}.pdf", name, 10, 0, 0) for name in ("ke-hoach", "bieu", "thua"))
    body = Body("", "", (), (Reference("link", "/tep/bieu.pdf"),), 1)
    entry = article(0, image=IMAGE, attachments=(AttachmentField("/tep/ke-hoach.pdf", ""),), body=body)
    planned = outputs([entry], assets={asset.path: asset for asset in (PHOTO, plan_pdf, linked_pdf, unused)})

    assert {path for path in planned if path.startswith("tep/")} == {"tep/ke-hoach.pdf", "tep/bieu.pdf"}
    pictures = {path: view for path, view in planned.items() if isinstance(view, PictureView)}
    assert sorted((view.width, view.height, view.format) for view in pictures.values()) == [
        (480, 320, "webp"),
        (800, 533, "webp"),
        (900, 600, "jpeg"),
        (900, 600, "webp"),
    ]
    view = planned["tin/bai-000.html"]
    assert isinstance(view, ArticleView)
    assert view.picture is not None
    assert {view.picture.src, *(variant.url for variant in view.picture.variants)} == {f"/{path}" for path in pictures}


def test_security_txt_is_there_until_it_expires() -> None:
    more = '\n[security]\ncontact = "mailto:a@b.example"\nexpires = 2026-06-02\n'

    assert ".well-known/security.txt" in outputs([], more=more)
    assert ".well-known/security.txt" not in outputs([], more=more, now=NOW + 2 * DAY)
    assert ".well-known/security.txt" not in outputs([])


def test_the_plan_is_the_same_in_whatever_order_entries_come() -> None:
    entries: list[Article | Page] = [
        article(n, NOW - (n % 3) * DAY, tags=("y tế", "lễ hội"), views=n) for n in range(9)
    ]

    assert outputs(entries) == outputs(entries[::-1])
    assert list(outputs(entries)) == list(outputs(entries[::-1]))


def test_every_path_stays_below_the_output_folder() -> None:
    planned = outputs([article(0, author="../../etc", tags=("../x", "a/b"), aliases=("/a/b.html",))])

    for path in planned:
        assert not path.startswith("/")
        assert ".." not in Path(path).parts
