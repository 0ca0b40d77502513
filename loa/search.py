"""The search page, and what it loads: look-ups of titles and numbers, and how entries begin (ADR 0013). Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import partial

from msgspec.structs import replace

from loa import addresses
from loa.citator import day_of
from loa.config import Config
from loa.fingerprint import digest
from loa.library import Library
from loa.model import Document, Entry
from loa.parts import Parts
from loa.pieces import Link, SearchPart, SearchRow
from loa.search_parts import Part, Rows, parts_of
from loa.sections import Section, Stamps
from loa.text import excerpt, slug
from loa.views import LeadsView, LookupView, Output, SearchView

URL = addresses.SEARCH
# So many leads in a file: few of those that are loaded are not shown, and an archive has not too many files.
LEADS = 50
# Characters of a lead.
_LEAD = 180


class Search:
    """The search of one library. ``scripts`` and ``stylesheet`` are the addresses of what the page alone loads."""

    def __init__(
        self, library: Library, config: Config, parts: Parts, stamps: Stamps, scripts: tuple[str, ...], stylesheet: str
    ) -> None:
        self.library = library
        self.config = config
        self.parts = parts
        self.stamps = stamps
        self.scripts = scripts
        self.stylesheet = stylesheet
        self.rows = Rows(library, config, parts)

    def sections(self) -> Iterator[Section]:
        """The page, and what it loads of each part; nothing on a site that is not to be searched."""
        if not self.config.search.enabled:
            return
        named: list[SearchPart] = []
        parts = parts_of(self.library, self.config.search.part)
        others = self._mentioned(parts)
        if parts:
            others[parts[0].name] = [*others.get(parts[0].name, ()), *self._listings()]
        for part in parts:
            rows = others.get(part.name, [])
            inputs = digest((self.rows.inputs(part, self.stamps.of), rows, list(map(self._mark, part.entries))))
            # What is loaded is asked for by what is in it, and by the scripts that understand it.
            named.append(SearchPart(part.name, _in_words(part.begins), digest((inputs, self.scripts)).hex()[:12]))
            urls = [addresses.lookup_url(part.name)]
            urls += (addresses.leads_url(part.name, at // LEADS) for at in range(0, len(part.entries), LEADS))
            paths = tuple(map(addresses.output_path, urls))
            yield Section(f"search {part.name}", paths, inputs, partial(self._part, paths, part, rows))
        page = self._page(tuple(named))
        path = addresses.output_path(page.url)
        yield Section(f"search {path}", (path,), digest(page), partial(list, (Output(path, page),)))

    def _part(self, paths: tuple[str, ...], part: Part, others: list[SearchRow]) -> list[Output]:
        rows = tuple(replace(self.rows.of(entry), mark=self._mark(entry)) for entry in reversed(part.entries))
        leads = tuple(map(_lead, part.entries))
        return [
            Output(paths[0], LookupView((*rows, *others))),
            *(Output(path, LeadsView(leads[at * LEADS : (at + 1) * LEADS])) for at, path in enumerate(paths[1:])),
        ]

    def _mark(self, entry: Entry) -> str:
        return self.parts.describer.mark(entry) if isinstance(entry, Document) else ""

    def _mentioned(self, parts: tuple[Part, ...]) -> dict[str, list[SearchRow]]:
        """Documents that are cited and not written up, the newest first, by the name of the part of their day."""
        dated = [part for part in reversed(parts) if part.begins] or list(parts)
        begins = [part.begins for part in dated]
        made: dict[str, list[SearchRow]] = {}
        for cited in self.parts.describer.unwritten:
            named = self.parts.describer.document(cited)
            facts = (cited.number, cited.issued, cited.kind, cited.issuer, named.validity.mark)
            row = SearchRow("nhac-den", named.url, named.name, *facts)
            # What is older than the archive stands where that begins.
            at = bisect_right(begins, cited.issued or day_of(cited.citing[0])) - 1
            made.setdefault(dated[max(0, at)].name, []).append(row)
        return made

    def _listings(self) -> list[SearchRow]:
        """The pages of categories, units, registers, people and tags, of those that are called alike the first."""
        library = self.library
        shelves = {
            "Chuyên mục": library.categories,
            "Đơn vị": library.units,
            "Tác giả": library.people,
            "Thẻ": library.tags,
        }
        found = [(sort, one.name, one.url) for sort, of_sort in shelves.items() for one in of_sort if one.articles]
        found += (("Văn bản", binder.name, binder.url) for binder in library.binders if binder.kind != "year")
        rows: dict[str, SearchRow] = {}
        for sort, name, url in found:
            rows.setdefault(slug(name), SearchRow("muc", url, name, "", "", sort, ""))
        return list(rows.values())

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
            scripts=self.scripts,
            stylesheet=self.stylesheet,
            parts=parts,
            leads=LEADS,
            texts=addresses.TEXTS if self.config.search.texts else "",
            years=tuple(years),
            categories=tuple(shelf.name for shelf in library.categories if shelf.articles),
            units=tuple(shelf.name for shelf in library.units if shelf.articles),
            kinds=tuple(binder.name for binder in library.binders if binder.kind == "kind"),
            issuers=tuple(binder.name for binder in library.binders if binder.kind == "issuer"),
            elsewhere=tuple(elsewhere),
        )


def _lead(entry: Entry) -> str:
    """How an entry begins; of a document its title says what it is about."""
    return "" if isinstance(entry, Document) else excerpt(entry.lead, _LEAD)


def _in_words(day: str) -> str:
    """A day, month or year as it follows "từ"."""
    if not day:
        return ""
    year, *rest = day.split("-")
    numbers = [*(str(int(number)) for number in reversed(rest)), year]
    return f"{('năm', 'tháng', 'ngày')[len(rest)]} {'/'.join(numbers)}"
