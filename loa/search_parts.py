"""What can be searched: the parts of the archive, and an entry as the look-up and the index know it (ADR 0013).

Pure. A part is a year, or a piece of one that has too many entries. The newest year still grows: what has come to it
last is a part of its own, so that it is little what a publish makes anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from heapq import merge
from itertools import pairwise

from markupsafe import escape
from msgspec import Struct

from loa.citator import day_of
from loa.config import Config
from loa.fingerprint import digest
from loa.library import Library
from loa.model import MARK, Article, Document, Entry
from loa.parts import Parts
from loa.pieces import SearchRow
from loa.text import slug

# How many entries the part that grows takes before they join the one before it.
FRESH = 300
_MARKS = re.compile(f"{MARK}[^{MARK}]*{MARK}")


class Part(Struct, frozen=True):
    """Entries that are searched together, oldest first. ``begins`` is their year or first day, empty for pages."""

    name: str
    begins: str
    entries: tuple[Entry, ...]


def parts_of(library: Library, most: int) -> tuple[Part, ...]:
    """Everything in parts of at most ``most`` entries: standing pages, then years, the newest first."""
    years: dict[str, tuple[Entry, ...]] = {shelf.url.split("/")[2]: shelf.articles for shelf in library.years}
    for binder in library.binders:
        if binder.kind == "year":
            year = binder.url.split("/")[-2]
            years[year] = tuple(merge(years.get(year, ()), binder.documents, key=day_of))
    newest = max(years, default="")
    parts = [
        Part(f"{year}-{number}", day_of(entries[start]) if start else year, entries[start:end])
        for year, entries in sorted(years.items())
        for number, (start, end) in enumerate(_spans(len(entries), most, FRESH if year == newest else most), 1)
    ]
    if library.pages:
        parts.append(Part("trang", "", library.pages))
    return tuple(reversed(parts))


def _spans(count: int, most: int, fresh: int) -> list[tuple[int, int]]:
    """Where parts begin and end: at most ``most`` entries in each; what is behind a multiple of ``fresh`` by itself."""
    settled = count - count % min(fresh, most)
    ends = (0, *range(most, settled, most), settled, count)
    return [(start, end) for start, end in pairwise(ends) if start < end]


class Rows:
    """Makes rows of entries. Kinds and issuers have the names of their registers, however a document spells them."""

    def __init__(self, library: Library, config: Config, parts: Parts) -> None:
        self.parts = parts
        self._names: dict[tuple[str, str], str] = {
            (b.kind, slug(b.name)): b.name for b in library.binders if b.kind in ("kind", "issuer")
        }
        self._shown = (config.categories, config.units, sorted(self._names.items()))

    def of(self, entry: Entry) -> SearchRow:
        """An entry as the look-up and the index know it."""
        if isinstance(entry, Article):
            author = self.parts.author(entry.author) if entry.author else None
            unit = author.label if author and author.kind == "unit" else ""
            section = self.parts.category(entry.category).label
            return SearchRow("tin", entry.url, entry.title, "", day_of(entry), section, unit)
        if isinstance(entry, Document):
            number = entry.number if entry.number[:1].isdigit() else ""
            title = f"{entry.title}: {entry.subject}"
            kind, issuer = self._named("kind", entry.kind), self._named("issuer", entry.issuer)
            return SearchRow("van-ban", entry.url, title, number, entry.issued, kind, issuer)
        return SearchRow("trang", entry.url, entry.title, "", "", "", "")

    def inputs(self, part: Part, stamp: Callable[[Entry], bytes]) -> bytes:
        """The digest of everything that the look-up and the index of ``part`` show."""
        return digest((self._shown, b"".join(map(stamp, part.entries))))

    def _named(self, kind: str, name: str) -> str:
        return self._names.get((kind, slug(name)), name)


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
