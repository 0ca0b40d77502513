"""Library + Config → list[Output]: the site's table of contents, in code.

Pure. Everything a page shows is decided here: order, number, wording of descriptions, addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Literal

from loa import addresses
from loa.config import Config
from loa.library import Library, Shelf
from loa.model import Article, Page
from loa.parts import Parts, sizes_of
from loa.views import (
    ArticleView,
    Block,
    Chrome,
    FeedGroup,
    FeedItem,
    FeedLink,
    FeedsView,
    FeedView,
    FileView,
    HomeView,
    IndexGroup,
    IndexItem,
    IndexView,
    Line,
    Link,
    ListingView,
    ManifestView,
    NewsSitemapView,
    NotFoundView,
    Output,
    PageView,
    PictureView,
    RedirectView,
    RobotsView,
    SecurityView,
    SitemapEntry,
    SitemapIndexView,
    SitemapView,
)


def plan(library: Library, config: Config, chrome: Chrome, now: datetime) -> list[Output]:
    """Every file of the site, each once. ``now`` decides the news sitemap, by day."""
    planner = _Planner(library, config)
    outputs = [
        Output("index.html", planner.home()),
        *planner.articles(),
        *planner.pages(),
        *planner.listings(),
        *planner.indexes(),
        *planner.feeds(),
        *planner.sitemaps(now.astimezone(config.zone).date()),
        *planner.files(),
        Output("404.html", NotFoundView(planner.category_links)),
        Output("site.webmanifest", ManifestView(chrome.title, chrome.short_title, chrome.description, chrome.language)),
    ]
    if config.security and config.security.expires > now:
        security = SecurityView(config.security.contact, config.security.expires, config.security.policy, "vi, en")
        outputs.append(Output(".well-known/security.txt", security))
    return outputs


class _Planner:
    """The site of one library; the methods are its parts, in the order of a table of contents."""

    def __init__(self, library: Library, config: Config) -> None:
        self.library = library
        self.config = config
        self.category_links = tuple(Link(shelf.name, shelf.url) for shelf in library.categories)
        self.parts = Parts(library, config)

    # --- entries -----------------------------------------------------------------

    def home(self) -> HomeView:
        """The front page: the newest article with a picture leads, as long as it is among the newest."""
        sizes = self.config.lists
        newest = self.library.articles[: -sizes.home_newest - 2 : -1]
        lead = next((article for article in newest if article.image), newest[0] if newest else None)
        rest = [article for article in newest if article is not lead][: sizes.home_newest]
        viewed = sorted(
            (article for article in self.library.articles if article.views),
            key=lambda article: (article.views, article.published, article.path),
            reverse=True,
        )
        return HomeView(
            lead=self.parts.card(lead) if lead else None,
            newest=tuple(self.parts.card(article) for article in rest),
            blocks=tuple(
                Block(Link(shelf.name, shelf.url), self.parts.cards(shelf.articles[-sizes.home_block :]))
                for shelf in self.library.categories
                if shelf.articles
            ),
            most_viewed=tuple(
                Line(article.url, article.title, article.published, article.views)
                for article in viewed[: sizes.most_viewed]
            ),
            shortcuts=self.config.shortcuts,
        )

    def articles(self) -> Iterator[Output]:
        """The article pages, and the redirects from their old addresses."""
        for shelf in self.library.categories:
            category = Link(shelf.name, shelf.url)
            lines = [Line(article.url, article.title, article.published) for article in shelf.articles]
            count = self.config.lists.earlier
            for index, article in enumerate(shelf.articles):
                earlier = tuple(lines[max(0, index - count) : index][::-1])
                yield Output(addresses.output_path(article.url), self._article(article, category, earlier))
                yield from self._redirects(article)

    def _article(self, article: Article, category: Link, earlier: tuple[Line, ...]) -> ArticleView:
        links, pictures = self.parts.resolved(article)
        return ArticleView(
            article=article,
            category=category,
            author=self.parts.author(article.author) if article.author else None,
            tags=tuple(self.parts.tag(tag) for tag in article.tags),
            picture=self.parts.lead_picture(article),
            attachments=self.parts.attachments(article),
            earlier=earlier,
            links=links,
            pictures=pictures,
        )

    def pages(self) -> Iterator[Output]:
        """The standing pages, and the redirects from their old addresses."""
        for page in self.library.pages:
            links, pictures = self.parts.resolved(page)
            view = PageView(page, self.parts.lead_picture(page), self.parts.attachments(page), links, pictures)
            yield Output(addresses.output_path(page.url), view)
            yield from self._redirects(page)

    def _redirects(self, entry: Article | Page) -> Iterator[Output]:
        for alias in entry.aliases:
            yield Output(addresses.output_path(alias), RedirectView(alias, entry.url, entry.title))

    # --- listings ----------------------------------------------------------------

    def listings(self) -> Iterator[Output]:
        """Listings of each category, unit, person, tag, year and month."""
        config, library = self.config, self.library
        kinds: tuple[tuple[Literal["category", "unit", "person", "tag", "year", "month"], tuple[Shelf, ...], Link], ...]
        kinds = (
            ("category", library.categories, Link("Chuyên mục", "/chuyen-muc/")),
            ("unit", library.units, Link("Đơn vị", "/don-vi/")),
            ("person", library.people, Link("Tác giả", "/tac-gia/")),
            ("tag", library.tags, Link("Thẻ", "/the/")),
            ("year", library.years if "year" in config.lists.kinds else (), Link("Lưu trữ", "/luu-tru/")),
            ("month", library.months, Link("Lưu trữ", "/luu-tru/")),
        )
        described = {section.name: section.description for section in (*config.categories, *config.units)}
        for kind, shelves, parent in kinds:
            for shelf in shelves:
                parents: tuple[Link, ...] = (parent,)
                if kind == "month":
                    year = int(shelf.url.split("/")[2])
                    if "year" in config.lists.kinds:
                        parents = (parent, Link(f"Năm {year}", addresses.year_url(year)))
                has_feeds = kind in ("category", "unit")
                listing = partial(
                    ListingView,
                    kind=kind,
                    title=shelf.name,
                    description=described.get(shelf.name, "") if has_feeds else "",
                    front=shelf.url,
                    parents=parents,
                    feeds=feed_links(shelf.name, shelf.url, config) if has_feeds else (),
                )
                yield from self._pages_of(shelf, listing)

    def _pages_of(self, shelf: Shelf, listing: partial[ListingView]) -> Iterator[Output]:
        """The front with the newest, and full pages numbered from the oldest, each written once and for ever.

        The front is never short, so it may repeat articles of the newest numbered page;
        a numbered page appears when its last article has left the front.
        """
        size = self.config.lists.page_size
        full = max(0, -(-(len(shelf.articles) - size) // size))
        urls = ["", *(addresses.numbered(shelf.url, number) for number in range(1, full + 1)), shelf.url]
        oldest = urls[1] if full else ""
        front = listing(
            url=shelf.url,
            cards=self.parts.cards(shelf.articles[-size:]),
            number=0,
            newer="",
            older=urls[full],
            oldest=oldest,
        )
        yield Output(addresses.output_path(shelf.url), front)
        for number in range(1, full + 1):
            view = listing(
                url=urls[number],
                cards=self.parts.cards(shelf.articles[(number - 1) * size : number * size]),
                number=number,
                newer=urls[number + 1],
                older=urls[number - 1],
                oldest=oldest if number > 1 else "",
            )
            yield Output(addresses.output_path(urls[number]), view)

    def indexes(self) -> Iterator[Output]:
        """The archive by year and month, and the lists of all categories, units, people and tags."""
        library, kinds = self.library, self.config.lists.kinds
        if "year" in kinds or "month" in kinds:
            archive = "Toàn bộ tin đã đăng, theo năm và tháng."
            yield _index("archive", "Lưu trữ", archive, "/luu-tru/", tuple(map(self._year, reversed(library.years))))
        lists: tuple[tuple[Literal["categories", "units", "people", "tags"], str, str, str, tuple[Shelf, ...]], ...]
        lists = (
            ("categories", "Chuyên mục", "Các chuyên mục tin của cổng.", "/chuyen-muc/", library.categories),
            ("units", "Đơn vị", "Tin theo đơn vị biên soạn.", "/don-vi/", library.units),
            ("people", "Tác giả", "Tin theo người viết.", "/tac-gia/", library.people),
            ("tags", "Thẻ", "Tin theo chủ đề.", "/the/", library.tags),
        )
        for kind, title, description, url, shelves in lists:
            if _KIND_OF_INDEX.get(kind) not in (None, *kinds):
                continue
            items = tuple(IndexItem(shelf.name, shelf.url, len(shelf.articles)) for shelf in shelves)
            yield _index(kind, title, description, url, (IndexGroup("", items),) if items else ())

    def _year(self, year: Shelf) -> IndexGroup:
        whole = (IndexItem(f"Cả {year.name.lower()}", year.url, len(year.articles)),)
        months = (
            IndexItem(shelf.name.partition(" năm")[0], shelf.url, len(shelf.articles))
            for shelf in reversed(self.library.months)
            if shelf.url.startswith(year.url)
        )
        return IndexGroup(year.name, (*(whole if "year" in self.config.lists.kinds else ()), *months))

    # --- feeds and sitemaps --------------------------------------------------------

    def feeds(self) -> Iterator[Output]:
        """RSS and Atom for the site, each category and each unit, and the page that lists them for people."""
        config, library = self.config, self.library
        site = Shelf(config.title, "/", library.articles)
        described = {section.name: section.description for section in (*config.categories, *config.units)}
        for shelf in (site, *library.categories, *library.units):
            newest = shelf.articles[: -config.lists.feed - 1 : -1]
            items = tuple(self._feed_item(article) for article in newest)
            title = config.title if shelf is site else f"{shelf.name} – {config.title}"
            description = config.description if shelf is site else described.get(shelf.name, "")
            for kind in config.lists.feed_formats:
                url = addresses.feed_url(shelf.url, kind)
                view = FeedView(
                    format=kind,
                    id=config.feed_id + shelf.url,
                    title=title,
                    description=description or title,
                    url=url,
                    page=shelf.url,
                    updated=max((_touched(article) for article in newest), default=_EPOCH),
                    items=items,
                )
                yield Output(addresses.output_path(url), view)
        groups = (
            FeedGroup("Toàn bộ cổng", feed_links("Tất cả tin", "/", config)),
            *(FeedGroup(shelf.name, feed_links(shelf.name, shelf.url, config)) for shelf in library.categories),
            *(FeedGroup(shelf.name, feed_links(shelf.name, shelf.url, config)) for shelf in library.units),
        )
        yield Output("ban-tin/index.html", FeedsView("Bản tin RSS", "/ban-tin/", groups))

    def _feed_item(self, article: Article) -> FeedItem:
        links, pictures = self.parts.resolved(article)
        # The first old address of ours is where the article was first published, so a renamed file keeps its identity;
        # short addresses and those of an earlier portal may be added at any time.
        origin = next((old for old in article.aliases if old.startswith("/tin/")), article.url)
        category = self.parts.category(article.category).label
        return FeedItem(
            self.config.feed_id + origin, article, category, self.parts.lead_picture(article), links, pictures
        )

    def sitemaps(self, today: date) -> Iterator[Output]:
        """A sitemap a year, so that past years stay as they are; one for pages and listings; one for news."""
        library = self.library
        shards: list[SitemapEntry] = []
        for shelf in library.years:
            year = shelf.url.split("/")[2]
            entries = tuple(
                SitemapEntry(article.url, _touched(article).date().isoformat()) for article in shelf.articles
            )
            shards.append(SitemapEntry(f"/sitemap-{year}.xml", max(entry.modified for entry in entries)))
            yield Output(f"sitemap-{year}.xml", SitemapView(entries))
        kinds = self.config.lists.kinds
        years = library.years if "year" in kinds else ()
        shelves = (*library.categories, *library.units, *library.people, *library.tags, *years, *library.months)
        standing = [
            SitemapEntry(page.url, page.updated.date().isoformat() if page.updated else "") for page in library.pages
        ]
        archive = ("/luu-tru/",) if "year" in kinds or "month" in kinds else ()
        indexes = (("unit", "/don-vi/"), ("person", "/tac-gia/"), ("tag", "/the/"))
        fixed = ("/", "/ban-tin/", *archive, "/chuyen-muc/", *(url for kind, url in indexes if kind in kinds))
        listed = (
            *(SitemapEntry(url, "") for url in fixed),
            *standing,
            *(SitemapEntry(shelf.url, "") for shelf in shelves),
        )
        yield Output("sitemap-trang.xml", SitemapView(listed))
        yield Output("sitemap.xml", SitemapIndexView((SitemapEntry("/sitemap-trang.xml", ""), *shards)))
        recent = tuple(
            Line(article.url, article.title, article.published)
            for article in library.articles[:-1001:-1]
            if article.published.date() >= today - timedelta(days=2)
        )
        yield Output("sitemap-news.xml", NewsSitemapView(self.config.title, self.config.language, today, recent))
        yield Output("robots.txt", RobotsView(("/sitemap.xml", "/sitemap-news.xml")))

    # --- files -------------------------------------------------------------------

    def files(self) -> Iterator[Output]:
        """The sizes of each picture that is shown and each file that is linked; nothing else of content leaves it."""
        for asset in self.parts.shown.values():
            for size, kind in sizes_of(asset):
                url = addresses.picture_url(asset.path, asset.digest, size.width, kind)
                view = PictureView(asset.path, asset.digest, size.width, size.height, kind)
                yield Output(addresses.output_path(url), view)
        for asset in self.parts.offered.values():
            yield Output(asset.path, FileView("content", asset.path, asset.digest))


def feed_links(title: str, front: str, config: Config) -> tuple[FeedLink, ...]:
    """The feeds beside a listing front."""
    names = {"rss": "RSS", "atom": "Atom"}
    return tuple(
        FeedLink(f"{title} ({names[kind]})", addresses.feed_url(front, kind), f"application/{kind}+xml")
        for kind in config.lists.feed_formats
    )


# Index pages that a site has only with listings of that kind.
_KIND_OF_INDEX = {"units": "unit", "people": "person", "tags": "tag"}
_EPOCH = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def _touched(article: Article) -> datetime:
    return article.updated if article.updated and article.updated > article.published else article.published


def _index(
    kind: Literal["archive", "categories", "units", "people", "tags"],
    title: str,
    description: str,
    url: str,
    groups: tuple[IndexGroup, ...],
) -> Output:
    return Output(addresses.output_path(url), IndexView(kind, title, description, url, groups))
