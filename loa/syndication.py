"""What machines read of the site: RSS and Atom, sitemaps, robots.txt. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from msgspec.structs import replace

from loa import addresses
from loa.config import Config
from loa.library import Binder, Library, Shelf
from loa.model import Article, Document
from loa.parts import Parts
from loa.pieces import FeedGroup, FeedItem, FeedLink, Line, SitemapEntry
from loa.sections import Section, Stamps
from loa.views import FeedsView, FeedView, NewsSitemapView, Output, RobotsView, SitemapIndexView, SitemapView

_EPOCH = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def feeds(parts: Parts) -> Iterator[Output]:
    """RSS and Atom for the site, each category and each unit, and the page that lists them for people."""
    config, library = parts.config, parts.library
    site = Shelf(config.title, "/", library.articles)
    described = {section.name: section.description for section in (*config.categories, *config.units)}
    for shelf in (site, *library.categories, *library.units):
        newest = shelf.articles[: -config.lists.feed - 1 : -1]
        items = tuple(_feed_item(parts, article) for article in newest)
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
                updated=max(map(_touched, newest), default=_EPOCH),
                items=items,
            )
            yield Output(addresses.output_path(url), view)
            # Feed readers follow no redirects of ours, and know a feed by the name that it had at its address.
            for alias in shelf.aliases:
                same = replace(view, id=config.feed_id + alias)
                yield Output(addresses.output_path(addresses.feed_url(alias, kind)), same)
    groups = (
        FeedGroup("Toàn bộ cổng", feed_links("Tất cả tin", "/", config)),
        *(FeedGroup(shelf.name, feed_links(shelf.name, shelf.url, config)) for shelf in library.categories),
        *(FeedGroup(shelf.name, feed_links(shelf.name, shelf.url, config)) for shelf in library.units),
        *(FeedGroup(binder.name, feed_links(binder.name, binder.url, config)) for binder in with_feeds(library)),
    )
    yield Output("ban-tin/index.html", FeedsView("Bản tin RSS", "/ban-tin/", groups))


def with_feeds(library: Library) -> list[Binder]:
    """The tables of documents that have feeds: of all, of each kind and of each issuer."""
    if not library.documents:
        return []
    every = Binder("Văn bản", "/van-ban/", library.documents)
    return [every, *(binder for binder in library.binders if binder.kind in ("kind", "issuer"))]


def _feed_item(parts: Parts, article: Article) -> FeedItem:
    links, pictures = parts.resolved(article)
    return FeedItem(
        id=parts.config.feed_id + _origin(article, "/tin/"),
        url=article.url,
        title=article.title,
        published=article.published,
        updated=article.renewed,
        author=article.author,
        summary=article.lead,
        corrections=article.life.corrections if article.life else (),
        terms=(parts.category(article.category).label, *article.tags),
        picture=parts.lead_picture(article),
        body=article.body,
        links=links,
        pictures=pictures,
        cited=parts.describer.cited(article),
    )


def _origin(entry: Article | Document, folder: str) -> str:
    """The first old address of ours: where the entry was first published, so that a renamed file keeps its identity.

    Short addresses and those of an earlier portal may be added at any time.
    """
    return next((old for old in entry.aliases if old.startswith(folder)), entry.url)


def document_feeds(parts: Parts, binder: Binder) -> list[Output]:
    """RSS and Atom of the newest documents of ``binder``."""
    config = parts.config
    items = tuple(_document_item(parts, document) for document in binder.documents[: -config.lists.feed - 1 : -1])
    title = f"{title_of(binder)} – {config.title}"
    return [
        Output(
            addresses.output_path(addresses.feed_url(binder.url, kind)),
            FeedView(
                format=kind,
                id=config.feed_id + binder.url,
                title=title,
                description=title,
                url=addresses.feed_url(binder.url, kind),
                page=binder.url,
                updated=max(item.updated for item in items),
                items=items,
            ),
        )
        for kind in config.lists.feed_formats
    ]


def _document_item(parts: Parts, document: Document) -> FeedItem:
    links, pictures = parts.resolved(document)
    day = document.issued if document.issued.count("-") > 1 else f"{document.issued}-01"
    issued = datetime.fromisoformat(day).replace(tzinfo=parts.config.zone)
    return FeedItem(
        id=parts.config.feed_id + _origin(document, "/van-ban/"),
        url=document.url,
        title=f"{document.title}: {document.subject}",
        published=issued,
        updated=issued,
        author=document.issuer,
        summary=document.subject,
        terms=(document.kind, document.field) if document.field else (document.kind,),
        picture=None,
        body=document.body,
        links=links,
        pictures=pictures,
        cited=parts.describer.cited(document),
    )


_TITLES = {"issuer": "Văn bản của {}", "field": "Văn bản lĩnh vực {}"}


def title_of(binder: Binder) -> str:
    """What the table and the feeds of ``binder`` are called."""
    return _TITLES.get(binder.kind, "{}").format(binder.name)


def years(library: Library, stamps: Stamps) -> Iterator[Section]:
    """A sitemap a year, so that past years stay as they are."""
    for shelf in library.years:
        path = addresses.output_path(_sitemap_url(shelf))
        inputs = stamps.inputs(shelf, slice(None))
        yield Section(path, (path,), inputs, partial(_year_of_sitemap, path, shelf))


def _year_of_sitemap(path: str, shelf: Shelf) -> list[Output]:
    entries = (SitemapEntry(article.url, _touched(article).date().isoformat()) for article in shelf.articles)
    return [Output(path, SitemapView(tuple(entries)))]


def sitemaps(library: Library, config: Config, today: date) -> Iterator[Output]:
    """The sitemaps of pages and listings and of news, and the index of all."""
    shards = [SitemapEntry(_sitemap_url(shelf), _last_touched(shelf).date().isoformat()) for shelf in library.years]
    kinds = config.lists.kinds
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
        *((SitemapEntry("/van-ban/", ""), SitemapEntry("/van-ban/trich-dan/", "")) if library.documents else ()),
        *(SitemapEntry(binder.url, "") for binder in library.binders),
    )
    documents = [SitemapEntry(document.url, _changed(document)) for document in library.documents]
    if documents:
        yield Output("sitemap-van-ban.xml", SitemapView(tuple(documents)))
        shards.insert(0, SitemapEntry("/sitemap-van-ban.xml", max(entry.modified for entry in documents)))
    yield Output("sitemap-trang.xml", SitemapView(listed))
    yield Output("sitemap.xml", SitemapIndexView((SitemapEntry("/sitemap-trang.xml", ""), *shards)))
    recent = tuple(
        Line(article.url, article.title, article.published)
        for article in library.articles[:-1001:-1]
        if article.published.date() >= today - timedelta(days=2)
    )
    yield Output("sitemap-news.xml", NewsSitemapView(config.title, config.language, today, recent))
    yield Output("robots.txt", RobotsView(("/sitemap.xml", "/sitemap-news.xml")))


def _changed(document: Document) -> str:
    return document.updated.date().isoformat() if document.updated else document.issued


def feed_links(title: str, front: str, config: Config) -> tuple[FeedLink, ...]:
    """The feeds beside a listing front."""
    names = {"rss": "RSS", "atom": "Atom"}
    return tuple(
        FeedLink(f"{title} ({names[kind]})", addresses.feed_url(front, kind), f"application/{kind}+xml")
        for kind in config.lists.feed_formats
    )


def _sitemap_url(year: Shelf) -> str:
    return f"/sitemap-{year.url.split('/')[2]}.xml"


def _last_touched(shelf: Shelf) -> datetime:
    """When the articles of a shelf, which are in order of time, were touched last."""
    changed = [article.modified for article in shelf.articles if article.updated or article.life]
    return max((shelf.articles[-1].published, *filter(None, changed)))


def _touched(article: Article) -> datetime:
    return max(article.published, article.modified or article.published)
