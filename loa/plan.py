"""Library + Config → list[Section] → list[Output]: the site's table of contents, in code.

Pure. Everything a page shows is decided here: order, number, wording of descriptions, addresses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from heapq import nlargest
from operator import itemgetter
from typing import Literal

from msgspec.structs import replace

from loa import addresses
from loa.assets import Assets
from loa.citation_index import CitationIndex
from loa.citator import Citator
from loa.config import Config
from loa.document_pieces import CitedDocument
from loa.entry_pages import EntryPages
from loa.fingerprint import digest
from loa.library import Library, Shelf
from loa.model import Article, Entry
from loa.parts import Parts, sizes_of
from loa.pieces import Block, Card, Chrome, IndexGroup, IndexItem, Line, Link
from loa.readership import UNCOUNTED, Readership
from loa.register import Register
from loa.related import Describer
from loa.search import Search
from loa.sections import Section, Stamps, always
from loa.syndication import feed_links, feeds, sitemaps, years
from loa.views import (
    FileView,
    HomeView,
    IndexView,
    ListingView,
    ManifestView,
    NotFoundView,
    Output,
    PictureView,
    RedirectView,
    SecurityView,
)


def plan(
    library: Library,
    config: Config,
    chrome: Chrome,
    assets: Assets,
    now: datetime,
    stamp: Callable[[Entry], bytes] = digest,
    readership: Readership = UNCOUNTED,
    describe: Callable[[Citator, str], Describer] = Describer,
) -> list[Section]:
    """Every file of the site but ``assets``, each once.

    ``now`` decides the news sitemap, by day; ``stamp`` digests an entry; ``describe`` finds words for its documents.
    """
    describer = describe(library.citator, now.astimezone(config.zone).date().isoformat())
    parts = Parts(library, config, describer, readership)
    planner = _Planner(library, config, parts, Stamps(library, config, parts.describer, stamp))
    entries = EntryPages(library, config, parts, planner.stamps)
    outputs = [
        Output("index.html", planner.home()),
        *entries.pages(),
        *entries.withdrawn(),
        *entries.redirect_maps(),
        *planner.indexes(),
        *planner.redirects(),
        *feeds(planner.parts),
        *sitemaps(library, config, now.astimezone(config.zone).date()),
        *planner.files(),
        Output("404.html", NotFoundView(planner.category_links)),
        Output("site.webmanifest", ManifestView(chrome.title, chrome.short_title, chrome.description, chrome.language)),
    ]
    if config.security and config.security.expires > now:
        security = SecurityView(config.security.contact, config.security.expires, config.security.policy, "vi, en")
        outputs.append(Output(".well-known/security.txt", security))
    register = Register(library, config, planner.parts, planner.stamps)
    files = (assets.search_scripts, assets.search_stylesheet)
    return [
        *entries.articles(),
        *entries.expired(),
        *planner.listings(),
        *register.sections(),
        *CitationIndex(library, planner.parts, planner.stamps).sections(),
        *years(library, planner.stamps),
        *Search(library, config, planner.parts, planner.stamps, *files).sections(),
        *always(outputs),
    ]


# Numbered listing pages that are planned together.
_PAGES = 16
_NEVER = datetime.max.replace(tzinfo=UTC)


class _Planner:
    """The site of one library; the methods are its parts, in the order of a table of contents."""

    def __init__(self, library: Library, config: Config, parts: Parts, stamps: Stamps) -> None:
        self.library = library
        self.config = config
        self.category_links = tuple(Link(shelf.name, shelf.url) for shelf in library.categories)
        self.parts = parts
        self.stamps = stamps

    # --- the front page ----------------------------------------------------------

    def home(self) -> HomeView:
        """The front page: a pinned article leads, or the newest with a picture, as long as it is among the newest."""
        sizes = self.config.lists
        newest = self.library.articles[: -sizes.home_newest - 2 - len(self.library.pinned) : -1]
        lead = next(iter(self.library.pinned), None) or next((article for article in newest if article.image), None)
        lead = lead or (newest[0] if newest else None)
        pinned = self.library.pinned[1:]
        rest = [article for article in newest if article is not lead and article not in pinned]
        lately = self._most_viewed(self.parts.views_lately) if self.parts.readership.views else ()
        return HomeView(
            lead=replace(self.parts.card(lead), is_pinned=bool(self.library.pinned)) if lead else None,
            newest=(*self.parts.pinned(pinned), *map(self.parts.card, rest))[: max(sizes.home_newest, len(pinned))],
            blocks=tuple(
                Block(Link(shelf.name, shelf.url), self._cards_below(lead, shelf), self._newest_documents(shelf))
                for shelf in self.library.categories
                if shelf.articles
            ),
            most_viewed=lately or self._most_viewed(self.parts.views),
            viewed_lately=bool(lately),
            shortcuts=self.config.shortcuts,
        )

    def _cards_below(self, lead: Article | None, shelf: Shelf) -> tuple[Card, ...]:
        """The newest of a category, without what leads the page already, unless there is nothing else."""
        count = self.config.lists.home_block
        others = tuple(article for article in shelf.articles[-count - 1 :] if article is not lead)
        return self.parts.cards((others or shelf.articles)[-count:])

    def _most_viewed(self, views_of: Callable[[Article], int | None]) -> tuple[Line, ...]:
        """The articles with the most views, the newer first of two with as many."""
        counts = ((views, article) for article in self.library.articles if (views := views_of(article)))
        best = nlargest(self.config.lists.most_viewed, counts, key=lambda row: (row[0], row[1].published, row[1].path))
        marks = self.library.marks
        return tuple(
            Line(article.url, article.title, article.published, views, marks.get(article.path, ""))
            for views, article in best
        )

    def _newest_documents(self, shelf: Shelf) -> tuple[CitedDocument, ...]:
        """The newest documents, for the category that shows them."""
        section = self.config.category(self.config.documents.category)
        if section is None or section.name != shelf.name:
            return ()
        describer = self.parts.describer
        newest = self.library.documents[: -self.config.lists.home_block - 1 : -1]
        return tuple(describer.document(describer.of(document)) for document in newest)

    # --- listings ----------------------------------------------------------------

    def listings(self) -> list[Section]:
        """Listings of each category, unit, person, tag, year and month.

        In order of time, so that a card that several of them show is made once: see the filter ``once``.
        """
        return [section for _, section in sorted(self._listings(), key=itemgetter(0))]

    def _listings(self) -> Iterator[tuple[datetime, Section]]:
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

    def _pages_of(self, shelf: Shelf, listing: partial[ListingView]) -> Iterator[tuple[datetime, Section]]:
        """The front with the newest, and full pages numbered from the oldest, each written once and for ever.

        Each section with the moment of its first article.

        The front is never short, so it may repeat articles of the newest numbered page;
        a numbered page appears when its last article has left the front.
        """
        size = self.config.lists.page_size
        full = max(0, -(-(len(shelf.articles) - size) // size))
        urls = ["", *(addresses.numbered(shelf.url, number) for number in range(1, full + 1)), shelf.url]
        newest = shelf.articles[-size:]
        pinned = self._pinned_in(shelf)
        front = partial(self._front, newest, pinned, listing, urls)
        section = Section(
            f"front {shelf.url}",
            (addresses.output_path(shelf.url),),
            self.stamps.inputs(shelf, slice(-size, None), urls[full], *(self.stamps.of(p).hex() for p in pinned)),
            front,
        )
        yield newest[0].published if newest else _NEVER, section
        for first in range(1, full + 1, _PAGES):
            numbers = range(first, min(first + _PAGES, full + 1))
            inputs = self.stamps.inputs(shelf, slice((first - 1) * size, numbers[-1] * size), urls[numbers[-1] + 1])
            paths = tuple(addresses.output_path(urls[number]) for number in numbers)
            made = partial(self._numbered, shelf, listing, urls, numbers)
            section = Section(f"listing {shelf.url} {first}", paths, inputs, made)
            yield shelf.articles[(first - 1) * size].published, section

    def _pinned_in(self, shelf: Shelf) -> tuple[Article, ...]:
        """The pinned articles of a category; other listings are in order of time alone."""
        if not self.library.pinned or not any(shelf is category for category in self.library.categories):
            return ()
        mine = {article.path for article in shelf.articles}
        return tuple(article for article in self.library.pinned if article.path in mine)

    def _front(
        self,
        newest: tuple[Article, ...],
        pinned: tuple[Article, ...],
        listing: partial[ListingView],
        urls: list[str],
    ) -> list[Output]:
        full = len(urls) - 2
        view = listing(
            url=urls[-1],
            cards=self.parts.cards(tuple(article for article in newest if article not in pinned)),
            pinned=self.parts.pinned(pinned),
            number=0,
            newer="",
            older=urls[full],
            oldest=urls[1] if full else "",
        )
        return [Output(addresses.output_path(urls[-1]), view)]

    def _numbered(self, shelf: Shelf, listing: partial[ListingView], urls: list[str], numbers: range) -> list[Output]:
        size = self.config.lists.page_size
        views = (
            listing(
                url=urls[number],
                cards=self.parts.cards(shelf.articles[(number - 1) * size : number * size]),
                number=number,
                newer=urls[number + 1],
                older=urls[number - 1],
                oldest=urls[1] if number > 1 else "",
            )
            for number in numbers
        )
        return [Output(addresses.output_path(view.url), view) for view in views]

    def redirects(self) -> Iterator[Output]:
        """Redirects from the former addresses of categories and units."""
        for shelf in (*self.library.categories, *self.library.units):
            for alias in shelf.aliases:
                yield Output(addresses.output_path(alias), RedirectView(alias, shelf.url, shelf.name))

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

    # --- files -------------------------------------------------------------------

    def files(self) -> Iterator[Output]:
        """The sizes of each picture that is shown and each file that is linked; nothing else of content leaves it."""
        library = self.library
        entries: tuple[Entry, ...] = (*library.articles, *library.expired, *library.pages, *library.documents)
        for entry in entries:
            if entry.image or entry.attachments or entry.body.references:
                self.parts.lead_picture(entry)
                self.parts.attachments(entry)
                self.parts.resolved(entry)
        for asset in self.parts.shown.values():
            for size, kind in sizes_of(asset):
                url = addresses.picture_url(asset.path, asset.digest, size.width, kind)
                view = PictureView(asset.path, asset.digest, size.width, size.height, kind)
                yield Output(addresses.output_path(url), view)
        for asset in self.parts.offered.values():
            yield Output(asset.path, FileView("content", asset.path, asset.digest))


# Index pages that a site has only with listings of that kind.
_KIND_OF_INDEX = {"units": "unit", "people": "person", "tags": "tag"}


def _index(
    kind: Literal["archive", "categories", "units", "people", "tags"],
    title: str,
    description: str,
    url: str,
    groups: tuple[IndexGroup, ...],
) -> Output:
    return Output(addresses.output_path(url), IndexView(kind, title, description, url, groups))
