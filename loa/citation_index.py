"""The citation index: which entry cites which document, year by year, for people and for machines. Pure.

What is cited once has no page of its own; here it is listed. So are citations of which nobody can say the year or
term, with the documents that may be meant: an editor can settle them in the front matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from loa import addresses
from loa.document_pieces import CitationRow
from loa.fingerprint import digest
from loa.library import Binder, Library, Shelf
from loa.model import Entry
from loa.parts import Parts
from loa.pieces import Link
from loa.sections import Section, Stamps
from loa.views import CitationDataView, CitationsView, Output

FRONT = Link("Trích dẫn", "/van-ban/trich-dan/")
_PARENTS = (Link("Văn bản", "/van-ban/"),)
_PAGES = "trang thông tin"


class CitationIndex:
    """The citations of one library, by the year in which what cites has appeared."""

    def __init__(self, library: Library, parts: Parts, stamps: Stamps) -> None:
        self.library = library
        self.describer = parts.describer
        self.stamps = stamps

    def sections(self) -> Iterator[Section]:
        """The index, on sites that have documents; a page and two files for each year that cites any."""
        if not self.library.documents:
            return
        years: list[Link] = []
        for where, url, entries in self._years():
            years.append(Link(where.capitalize(), url))
            downloads = tuple(Link(kind.upper(), f"{url}trich-dan.{kind}") for kind in ("json", "csv"))
            paths = tuple(map(addresses.output_path, (url, *(link.url for link in downloads))))
            undated = [
                (entry.path, place, self.describer.candidates(identity))
                for entry in entries
                for place, identity in self.describer.citator.undated.get(entry.path, {}).items()
            ]
            inputs = digest((self.stamps.of_all(entries), undated))
            yield Section(f"citations {url}", paths, inputs, partial(self._year, where, url, downloads, entries))
        path = addresses.output_path(FRONT.url)
        yield Section(f"citations {path}", (path,), digest(years), partial(self._front, path, tuple(years)))

    def _years(self) -> Iterator[tuple[str, str, tuple[Entry, ...]]]:
        """What cites in each year, newest first, in words and its address; then the pages, which have no year."""
        by_year: dict[str, list[Entry]] = {}
        years: list[Shelf | Binder] = [*self.library.years]
        years += (binder for binder in self.library.binders if binder.kind == "year")
        for together in years:
            by_year.setdefault(together.url.split("/")[-2], []).extend(together.entries)
        for year, entries in sorted(by_year.items(), reverse=True):
            if any(entry.citations for entry in entries):
                yield f"năm {year}", f"{FRONT.url}{year}/", tuple(entries)
        if any(page.citations for page in self.library.pages):
            yield _PAGES, f"{FRONT.url}trang/", self.library.pages

    def _front(self, path: str, years: tuple[Link, ...]) -> list[Output]:
        description = "Văn bản mà các tin và văn bản trên cổng nhắc đến, kể cả văn bản chưa có trang, theo năm đăng."
        view = CitationsView(FRONT.label, description, FRONT.url, _PARENTS, years, (), ())
        return [Output(path, view)]

    def _year(self, where: str, url: str, downloads: tuple[Link, ...], entries: tuple[Entry, ...]) -> list[Output]:
        rows = tuple(row for entry in entries for row in self._rows(entry))
        view = CitationsView(
            title=f"{FRONT.label} {where}",
            description=f"Những văn bản được nhắc đến trong {where if where == _PAGES else f'tin và văn bản {where}'}.",
            url=url,
            parents=(*_PARENTS, FRONT),
            years=(),
            downloads=downloads,
            undated=tuple(row for row in rows if row.is_undated),
        )
        json, csv = (addresses.output_path(link.url) for link in downloads)
        return [
            Output(addresses.output_path(url), view),
            Output(json, CitationDataView("json", rows)),
            Output(csv, CitationDataView("csv", rows)),
        ]

    def _rows(self, entry: Entry) -> list[CitationRow]:
        """A row for each document that ``entry`` cites, in the order in which it does."""
        describer = self.describer
        undated = set(describer.citator.undated.get(entry.path, {}).values())
        citing = describer.citing_line(entry)
        return [
            CitationRow(
                citing=citing,
                document=describer.named(cited),
                kind=cited.kind,
                number=cited.number,
                issued=cited.issued,
                issuer=cited.issuer,
                is_undated=cited.id in undated,
                candidates=describer.candidates(cited.id),
            )
            for cited in describer.citator.mentioned(entry)
        ]
