"""The pages of entries: articles, standing pages, what expired or was withdrawn, the redirects to all of them. Pure.

Documents have theirs in ``register``.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import partial
from typing import Literal

from msgspec.structs import replace

from loa import addresses
from loa.config import Config
from loa.fingerprint import digest
from loa.library import Library, Shelf
from loa.model import Article, Document, Entry, Page
from loa.parts import Parts
from loa.pieces import Author, Line, Link
from loa.sections import Section, Stamps
from loa.views import ArticleView, Output, PageView, RedirectMapView, RedirectView, WithdrawnView

# Author and tags, with where they lead.
_Leads = tuple[Author | None, tuple[Link, ...]]
# Articles that are planned together.
_ARTICLES = 128
_KIND_OF_ENTRY: dict[type, Literal["article", "page", "document"]]
_KIND_OF_ENTRY = {Article: "article", Page: "page", Document: "document"}


class EntryPages:
    """The pages of one library's entries."""

    def __init__(self, library: Library, config: Config, parts: Parts, stamps: Stamps) -> None:
        self.library = library
        self.config = config
        self.parts = parts
        self.stamps = stamps

    def articles(self) -> Iterator[Section]:
        """The article pages, and the redirects from their old addresses."""
        for shelf in self.library.categories:
            for start in range(0, len(shelf.articles), _ARTICLES):
                end = start + _ARTICLES
                shown = slice(max(0, start - self.config.lists.earlier), end)
                urls = (url for article in shelf.articles[start:end] for url in (article.url, *article.aliases))
                paths = tuple(map(addresses.output_path, urls))
                name = f"articles {shelf.url} {start}"
                # What the former portal counted is part of the article.
                counted = shelf.articles[start:end] if self.parts.readership.views else ()
                views = ",".join(str(self.parts.views(article)) for article in counted)
                inputs = self.stamps.inputs_of_texts(shelf, shown, views)
                yield Section(name, paths, inputs, partial(self._articles, shelf, start, end))

    def _articles(self, shelf: Shelf, start: int, end: int) -> list[Output]:
        category = Link(shelf.name, shelf.url)
        count = self.config.lists.earlier
        first = max(0, start - count)
        marks = self.library.marks
        lines = [
            Line(article.url, article.title, article.published, mark=marks.get(article.path, ""))
            for article in shelf.articles[first:end]
        ]
        outputs: list[Output] = []
        for index, article in enumerate(shelf.articles[start:end], start - first):
            earlier = tuple(lines[max(0, index - count) : index][::-1])
            outputs.append(Output(addresses.output_path(article.url), self._article(article, category, earlier)))
            outputs += self._redirects(article)
        return outputs

    def expired(self) -> Iterator[Section]:
        """The pages of expired articles, and the redirects from their old addresses."""
        library = self.library
        shelf = Shelf("", "expired", library.expired)
        listed = {shelf.url for shelf in (*library.units, *library.people, *library.tags)} if library.expired else set()
        for start in range(0, len(shelf.articles), _ARTICLES):
            shown = slice(start, start + _ARTICLES)
            urls = (url for article in shelf.articles[shown] for url in (article.url, *article.aliases))
            paths = tuple(map(addresses.output_path, urls))
            # Lists that showed nothing else have gone.
            leads = [self._still_listed(article, listed) for article in shelf.articles[shown]]
            made = partial(self._expired, shelf.articles[shown], leads)
            views = ",".join(str(self.parts.views(article)) for article in shelf.articles[shown])
            yield Section(f"expired {start}", paths, self.stamps.inputs(shelf, shown, views, digest(leads).hex()), made)

    def _still_listed(self, article: Article, listed: Container[str]) -> _Leads:
        """Author and tags of an article, with the addresses of those lists that there are."""
        author = self.parts.author(article.author) if article.author else None
        if author and author.url not in listed:
            author = replace(author, url="")
        tags = (self.parts.tag(tag) for tag in article.tags)
        return author, tuple(tag if tag.url in listed else Link(tag.label, "") for tag in tags)

    def _expired(self, articles: tuple[Article, ...], leads: list[_Leads]) -> list[Output]:
        outputs: list[Output] = []
        for article, (author, tags) in zip(articles, leads, strict=True):
            view = self._article(article, self.parts.category(article.category), ())
            view = replace(view, author=author, tags=tags, is_expired=True)
            outputs += (Output(addresses.output_path(article.url), view), *self._redirects(article))
        return outputs

    def withdrawn(self) -> Iterator[Output]:
        """The notices that stand for what was withdrawn."""
        for entry in self.library.withdrawn:
            withdrawal = entry.life.withdrawn if entry.life else None
            assert withdrawal  # ``separate`` has looked
            view = WithdrawnView(entry.url, entry.title, _KIND_OF_ENTRY[type(entry)], withdrawal)
            yield Output(addresses.output_path(entry.url), view)
            yield from self._redirects(entry)

    def redirect_maps(self) -> Iterator[Output]:
        """All redirects, for web servers that can answer with them."""
        library = self.library
        entries: tuple[Entry, ...] = (
            *library.articles,
            *library.pages,
            *library.documents,
            *library.expired,
            *library.withdrawn,
        )
        rows = [(alias, entry.url) for entry in entries if entry.aliases for alias in entry.aliases]
        for shelf in (*library.categories, *library.units):
            for alias in shelf.aliases:
                rows.append((alias, shelf.url))
                rows += (
                    (addresses.feed_url(alias, kind), addresses.feed_url(shelf.url, kind))
                    for kind in self.config.lists.feed_formats
                )
        formats: tuple[tuple[Literal["nginx", "apache", "caddy"], str], ...]
        formats = (("nginx", "nginx.txt"), ("apache", "apache.txt"), ("caddy", "caddy.txt"))
        for server, name in formats:
            yield Output(f"chuyen-huong/{name}", RedirectMapView(server, tuple(sorted(rows))))

    def _article(self, article: Article, category: Link, earlier: tuple[Line, ...]) -> ArticleView:
        links, pictures = self.parts.resolved(article)
        return ArticleView(
            article=article,
            views=self.parts.views(article),
            category=category,
            author=self.parts.author(article.author) if article.author else None,
            tags=tuple(self.parts.tag(tag) for tag in article.tags),
            picture=self.parts.lead_picture(article),
            attachments=self.parts.attachments(article),
            earlier=earlier,
            links=links,
            pictures=pictures,
            cited=self.parts.describer.cited(article),
            documents=self.parts.describer.documents(article),
            mark=self.library.marks.get(article.path, ""),
        )

    def pages(self) -> Iterator[Output]:
        """The standing pages, and the redirects from their old addresses."""
        for page in self.library.pages:
            links, pictures = self.parts.resolved(page)
            view = PageView(
                page=page,
                picture=self.parts.lead_picture(page),
                attachments=self.parts.attachments(page),
                links=links,
                pictures=pictures,
                cited=self.parts.describer.cited(page),
                documents=self.parts.describer.documents(page),
                mark=self.library.marks.get(page.path, ""),
            )
            yield Output(addresses.output_path(page.url), view)
            yield from self._redirects(page)

    def _redirects(self, entry: Entry) -> Iterator[Output]:
        for alias in entry.aliases:
            yield Output(addresses.output_path(alias), RedirectView(alias, entry.url, entry.title))
