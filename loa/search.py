"""What can be searched: the parts of the archive, the look-up of titles and numbers of each, and the page (ADR 0013).

Pure. A part is a year, or a piece of one that has too many entries; only the last of a year still grows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from heapq import merge

from markupsafe import escape
from msgspec import Struct

from loa import addresses
from loa.citator import day_of
from loa.config import Config
from loa.fingerprint import digest
from loa.library import Library
from loa.model import MARK, Article, Document, Entry
from loa.parts import Parts
from loa.pieces import Link, SearchPart, SearchRow
from loa.sections import Section, Stamps
from loa.views import LookupView, Output, SearchView

URL = addresses.SEARCH
_MARKS = re.compile(f"{MARK}[^{MARK}]*{MARK}")


class Part(Struct, frozen=True):
    """Entries that are searched together, oldest first; ``label`` follows "tìm ở"."""

    name: str
    label: str
    entries: tuple[Entry, ...]


def parts_of(library: Library, most: int) -> tuple[Part, ...]:
    """Everything in parts of at most ``most`` entries: standing pages, then years, the newest first."""
    years: dict[str, tuple[Entry, ...]] = {shelf.url.split("/")[2]: shelf.articles for shelf in library.years}
    for binder in library.binders:
        if binder.kind == "year":
            year = binder.url.split("/")[-2]
            years[year] = tuple(merge(years.get(year, ()), binder.documents, key=day_of))
    parts = [
        Part(
            f"{year}-{number}",
            f"năm {year}" if len(entries) <= most else f"năm {year}, phần {number}",
            entries[start:end],
        )
        for year, entries in sorted(years.items())
        for number, (start, end) in enumerate(_spans(len(entries), most), 1)
    ]
    if library.pages:
        parts.append(Part("trang", "trang cố định", library.pages))
    return tuple(reversed(parts))


def _spans(count: int, most: int) -> list[tuple[int, int]]:
    return [(start, min(start + most, count)) for start in range(0, count, most)]


class Search:
    """The search of one library. ``script`` and ``stylesheet`` are the addresses of what the page alone loads."""

    def __init__(
        self, library: Library, config: Config, parts: Parts, stamps: Stamps, script: str, stylesheet: str
    ) -> None:
        self.library = library
        self.config = config
        self.parts = parts
        self.stamps = stamps
        self.script = script
        self.stylesheet = stylesheet

    def sections(self) -> Iterator[Section]:
        """The page, and a look-up for each part; nothing on a site that is not to be searched."""
        if not self.config.search.enabled:
            return
        named: list[SearchPart] = []
        for part in parts_of(self.library, self.config.search.part):
            inputs = inputs_of(part, self.config, self.stamps.of)
            named.append(SearchPart(part.name, part.label, inputs.hex()[:12]))
            path = addresses.output_path(addresses.lookup_url(part.name))
            yield Section(f"search {part.name}", (path,), inputs, partial(self._lookup, path, part))
        page = self._page(tuple(named))
        path = addresses.output_path(page.url)
        yield Section(f"search {path}", (path,), digest(page), partial(list, (Output(path, page),)))

    def _lookup(self, path: str, part: Part) -> list[Output]:
        return [Output(path, LookupView(tuple(row_of(entry, self.parts) for entry in reversed(part.entries))))]

    def _page(self, parts: tuple[SearchPart, ...]) -> SearchView:
        library, kinds = self.library, self.config.lists.kinds
        elsewhere = [Link("Chuyên mục", "/chuyen-muc/")]
        if "year" in kinds or "month" in kinds:
            elsewhere.insert(0, Link("Lưu trữ theo năm, tháng", "/luu-tru/"))
        if library.documents:
            elsewhere.append(Link("Văn bản", "/van-ban/"))
        years = dict.fromkeys(part.name.partition("-")[0] for part in parts if part.name[0].isdigit())
        return SearchView(
            url=URL,
            script=self.script,
            stylesheet=self.stylesheet,
            parts=parts,
            texts=addresses.TEXTS if self.config.search.texts else "",
            years=tuple(years),
            categories=tuple(shelf.name for shelf in library.categories if shelf.articles),
            units=tuple(shelf.name for shelf in library.units if shelf.articles),
            kinds=tuple(binder.name for binder in library.binders if binder.kind == "kind"),
            issuers=tuple(binder.name for binder in library.binders if binder.kind == "issuer"),
            elsewhere=tuple(elsewhere),
        )


def row_of(entry: Entry, parts: Parts) -> SearchRow:
    """An entry as the look-up and the index know it."""
    if isinstance(entry, Article):
        author = parts.author(entry.author) if entry.author else None
        unit = author.label if author and author.kind == "unit" else ""
        section = parts.category(entry.category).label
        return SearchRow("tin", entry.url, entry.title, "", day_of(entry), section, unit)
    if isinstance(entry, Document):
        number = entry.number if entry.number[:1].isdigit() else ""
        title = f"{entry.title}: {entry.subject}"
        return SearchRow("van-ban", entry.url, title, number, entry.issued, entry.kind, entry.issuer)
    return SearchRow("trang", entry.url, entry.title, "", "", "", "")


def inputs_of(part: Part, config: Config, stamp: Callable[[Entry], bytes]) -> bytes:
    """The digest of everything that the look-up and the index of ``part`` show."""
    return digest((config.categories, config.units, b"".join(map(stamp, part.entries))))


def page_for_index(row: SearchRow, html: str) -> str:
    """A plain page of a text for Pagefind: title, text, and by what the search page narrows down and sorts."""
    filters: list[tuple[str, str]] = [("loai", row.type)]
    if row.type == "tin":
        filters += [("chuyen-muc", row.section), ("don-vi", row.source)]
    elif row.type == "van-ban":
        filters += [("hinh-thuc", row.section), ("co-quan", row.source)]
    metas = "".join(
        f'<meta data-pagefind-filter="{name}[content]" content="{escape(value)}">' for name, value in filters if value
    )
    day = f'<meta data-pagefind-sort="ngay[content]" content="{row.day}">' if row.day else ""
    title = escape(row.title)
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>{metas}{day}</head>'
        f"<body data-pagefind-body><h1>{title}</h1>{_MARKS.sub('', html)}</body></html>"
    )
