"""Every entry, linked: which articles stand in which category, unit, person, tag, year and month.

Built complete by ``link``; nothing is filled in afterwards. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import inf
from operator import attrgetter
from typing import Literal

from msgspec import Struct

from loa import addresses
from loa.citator import Citator, resolve
from loa.config import Config, Section
from loa.lifecycle import Standing
from loa.model import Article, Asset, Document, Entry, Mark, Page
from loa.text import slug


class Shelf(Struct, frozen=True):
    """Articles that belong together, oldest first, with their name and the addresses that their listing has and had."""

    name: str
    url: str
    articles: tuple[Article, ...]
    aliases: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[Article, ...]:
        """The articles: what stamps are taken of."""
        return self.articles


class Binder(Struct, frozen=True):
    """Documents that belong together, by day of issue, with their name and the address of their table."""

    name: str
    url: str
    documents: tuple[Document, ...]
    kind: Literal["", "year", "kind", "issuer", "field"] = ""

    @property
    def entries(self) -> tuple[Document, ...]:
        """The documents: what stamps are taken of."""
        return self.documents


class Library(Struct, frozen=True):
    """All that is published.

    Articles stand oldest first, ties in time in order of path; pages in order of path; documents by day of issue.
    The shelves of categories and units stand in the order of ``site.toml`` and exist even when empty;
    the others are in order of name (people, tags) or time. A site that wants no listings of a kind has no such
    shelves. ``assets`` are the files that entries refer to. ``pinned`` are articles that stand before others,
    newest first; the ``expired``, oldest first, and ``withdrawn``, in order of path, are in nothing but their own
    tuple. ``marks`` are those of a preview, by path: see ``lifecycle``.
    """

    articles: tuple[Article, ...]
    pages: tuple[Page, ...]
    documents: tuple[Document, ...]
    binders: tuple[Binder, ...]
    citator: Citator
    categories: tuple[Shelf, ...]
    units: tuple[Shelf, ...]
    people: tuple[Shelf, ...]
    tags: tuple[Shelf, ...]
    years: tuple[Shelf, ...]
    months: tuple[Shelf, ...]
    assets: dict[str, Asset]
    pinned: tuple[Article, ...] = ()
    expired: tuple[Article, ...] = ()
    withdrawn: tuple[Entry, ...] = ()
    marks: dict[str, Mark] = {}


def chronological(entries: Iterable[Entry]) -> list[Entry]:
    """Pages, then articles from the oldest to the newest; ties in order of path, whatever the order they come in."""
    # Sorts are stable, and numbers alone are compared in half the time of numbers with paths.
    by_path = sorted(entries, key=attrgetter("path"))
    return sorted(by_path, key=lambda entry: entry.published.timestamp() if isinstance(entry, Article) else -inf)


Resolve = Callable[[list[Entry], Config], Citator]


def link(standing: Standing, assets: dict[str, Asset], config: Config, resolve: Resolve = resolve) -> Library:
    """The library of the entries in ``standing``, which are ``chronological``, of categories that ``config`` knows.

    The files they refer to are in ``assets``. ``resolve`` makes the citator of them.
    """
    articles: list[Article] = []
    pages: list[Page] = []
    documents: list[Document] = []
    for entry in standing.published:
        if isinstance(entry, Article):
            articles.append(entry)
        elif isinstance(entry, Document):
            documents.append(entry)
        else:
            pages.append(entry)
    documents.sort(key=attrgetter("issued", "path"))
    zone, kinds = config.zone, config.lists.kinds
    category_slugs = _Names(config.category)
    unit_slugs = _Names(config.unit)
    categories: dict[str, list[Article]] = {section.slug: [] for section in config.categories}
    units: dict[str, list[Article]] = {section.slug: [] for section in config.units}
    slugs = _Slugs()
    people: dict[str, list[Article]] = {}
    tags: dict[str, list[Article]] = {}
    years: dict[int, list[Article]] = {}
    months: dict[tuple[int, int], list[Article]] = {}
    for article in articles:
        categories[category_slugs[article.category]].append(article)
        if article.author:
            if unit := unit_slugs[article.author]:
                units[unit].append(article)
            elif "person" in kinds:
                people.setdefault(slugs[article.author], []).append(article)
        for tag in article.tags if "tag" in kinds else ():
            tags.setdefault(slugs[tag], []).append(article)
        day = article.published.astimezone(zone)
        years.setdefault(day.year, []).append(article)
        months.setdefault((day.year, day.month), []).append(article)
    return Library(
        articles=tuple(articles),
        pages=tuple(sorted(pages, key=lambda page: page.path)),
        documents=tuple(documents),
        binders=tuple(_binders(documents)),
        citator=resolve([*articles, *pages, *documents], config),
        categories=tuple(
            Shelf(section.name, addresses.category_url(section.slug), tuple(categories[section.slug]), section.aliases)
            for section in config.categories
        ),
        units=tuple(
            Shelf(section.name, addresses.unit_url(section.slug), tuple(units[section.slug]), section.aliases)
            for section in config.units
            if "unit" in kinds
        ),
        people=tuple(
            # The first spelling stays the name, so that a later article does not rename the shelf.
            Shelf(found[0].author, addresses.person_url(key), tuple(found))
            for key, found in sorted(people.items())
        ),
        tags=tuple(
            Shelf(next(t for t in found[0].tags if slug(t) == key), addresses.tag_url(key), tuple(found))
            for key, found in sorted(tags.items())
        ),
        years=tuple(
            Shelf(f"Năm {year}", addresses.year_url(year), tuple(found)) for year, found in sorted(years.items())
        ),
        months=tuple(
            Shelf(f"Tháng {month} năm {year}", addresses.month_url(year, month), tuple(found))
            for (year, month), found in sorted(months.items())
            if "month" in kinds
        ),
        assets=assets,
        pinned=tuple(article for article in reversed(articles) if article.path in standing.pinned),
        expired=tuple(standing.expired),
        withdrawn=tuple(sorted(standing.withdrawn, key=attrgetter("path"))),
        marks=standing.marks,
    )


def _binders(documents: list[Document]) -> Iterator[Binder]:
    """The years, newest first, then kinds, issuers and fields, each in order of name."""
    by: dict[tuple[str, str], list[Document]] = {}
    for document in documents:
        by.setdefault(("year", document.issued[:4]), []).append(document)
        for kind, name in (("kind", document.kind), ("issuer", document.issuer), ("field", document.field)):
            if name:
                by.setdefault((kind, slug(name)), []).append(document)
    for (_, year), found in sorted(((key, found) for key, found in by.items() if key[0] == "year"), reverse=True):
        yield Binder(f"Văn bản năm {year}", addresses.register_url("year", year), tuple(found), "year")
    groups: tuple[Literal["kind", "issuer", "field"], ...] = ("kind", "issuer", "field")
    for group in groups:
        for (_, key), found in sorted((key, found) for key, found in by.items() if key[0] == group):
            # The newest spelling is the name.
            yield Binder(getattr(found[-1], group), addresses.register_url(group, key), tuple(found), group)


class _Slugs(dict[str, str]):
    """Name as written → its slug, each made once."""

    def __missing__(self, name: str) -> str:
        self[name] = made = slug(name)
        return made


class _Names(dict[str, str]):
    """Name as written → slug of the section, empty when there is none; each spelling is looked up once."""

    def __init__(self, find: Callable[[str], Section | None]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, name: str) -> str:
        section = self._find(name)
        self[name] = section.slug if section else ""
        return self[name]
