"""The register of documents: pages of each, tables by year, kind, issuer and field, and the same for machines. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from operator import itemgetter

from msgspec.structs import replace

from loa import addresses
from loa.citator import Cited
from loa.config import Config
from loa.document_pieces import CitingLine, RegisterRow
from loa.fingerprint import digest
from loa.library import Binder, Library
from loa.model import Document
from loa.parts import Parts
from loa.pieces import IndexGroup, IndexItem, Link
from loa.related import name_of, stub_url
from loa.sections import Section, Stamps
from loa.syndication import document_feeds, feed_links, title_of, with_feeds
from loa.text import slug
from loa.views import DocumentView, Output, RedirectView, RegisterDataView, RegisterView, StubView

FRONT = "/van-ban/"
_HOME = Link("Văn bản", FRONT)
# Whose tables have feeds: all documents, those of a kind, those of an issuer.
_FED = ("", "kind", "issuer")
# Below the titles of tables, by what their documents have in common.
_DESCRIPTIONS = {
    "": "Văn bản do các cơ quan ban hành.",
    "year": "{}, do các cơ quan ban hành.",
    "kind": "Văn bản loại {}, do các cơ quan ban hành.",
    "issuer": "Văn bản do {} ban hành.",
    "field": "Văn bản thuộc lĩnh vực {}.",
}
# Documents that are planned together.
_DOCUMENTS = 64


class Register:
    """The documents of one library, their tables and their data."""

    def __init__(self, library: Library, config: Config, parts: Parts, stamps: Stamps) -> None:
        self.library = library
        self.size = config.lists.register
        self.stubs_from = config.documents.stubs
        self.parts = parts
        self.stamps = stamps
        self.all = Binder("Văn bản", FRONT, library.documents)

    def sections(self) -> Iterator[Section]:
        """Everything below ``/van-ban/``; tables only where there are documents."""
        yield from self._stubs()
        if not self.library.documents:
            return
        yield from self._documents()
        yield from self._tables(self.all, (), self._groups())
        for binder in self.library.binders:
            yield from self._tables(binder, (_HOME,), ())
        for binder in self.library.binders:
            if binder.kind == "year":
                yield from self._data(binder)
        for binder in with_feeds(self.library):
            yield from self._feeds(binder)

    def _documents(self) -> Iterator[Section]:
        documents = self.library.documents
        for start in range(0, len(documents), _DOCUMENTS):
            shown = slice(start, start + _DOCUMENTS)
            urls = (url for document in documents[shown] for url in (document.url, *document.aliases))
            paths = tuple(map(addresses.output_path, urls))
            around = digest([self._around(d) for d in documents[shown]]).hex()
            inputs = self.stamps.inputs_of_texts(self.all, shown, around)
            yield Section(f"documents {start}", paths, inputs, partial(self._pages_of, documents[shown]))

    def _around(self, document: Document) -> tuple[object, ...]:
        describer = self.parts.describer
        cited = describer.of(document)
        return describer.validity(cited), describer.relations(cited), self._citing(cited)

    def _citing(self, cited: Cited) -> tuple[CitingLine, ...]:
        lines, marks = self.parts.describer.citing(cited), self.library.marks
        if not marks:
            return lines
        return tuple(
            replace(line, mark=marks.get(entry.path, "")) for entry, line in zip(cited.citing, lines, strict=True)
        )

    def _stubs(self) -> Iterator[Section]:
        """Pages of documents that only citations know; and redirects there once somebody has written them up."""
        shown: list[tuple[str, str, Cited]] = []
        for cited in self.library.citator.documents.values():
            if cited.document is None:
                shown.append((cited.issued, self.parts.describer.document(cited).url, cited))
            elif len(cited.citing) >= self.stubs_from:
                shown.append((cited.issued, stub_url(cited), cited))
        # New numbers stand at the end, and leave the others together as they are.
        shown.sort(key=itemgetter(0, 1))
        for start in range(0, len(shown), _DOCUMENTS):
            part = [(url, cited) for _, url, cited in shown[start : start + _DOCUMENTS]]
            paths = tuple(addresses.output_path(url) for url, _ in part)
            stamps = [self.parts.describer.stamp_of_stub(cited) for _, cited in part]
            stamps += (self.stamps.of_marked(entry) for _, cited in part for entry in cited.citing)
            inputs = digest((bool(self.library.documents), b"".join(stamps)))
            yield Section(f"stubs {start}", paths, inputs, partial(self._stubs_of, part))

    def _stubs_of(self, stubs: list[tuple[str, Cited]]) -> list[Output]:
        return [
            Output(
                addresses.output_path(url),
                RedirectView(url, cited.document.url, cited.document.title)
                if cited.document
                else self._stub(cited, url),
            )
            for url, cited in stubs
        ]

    def _stub(self, cited: Cited, url: str) -> StubView:
        describer = self.parts.describer
        return StubView(
            url=url,
            parents=(_HOME,) if self.library.documents else (),
            name=name_of(cited),
            kind=cited.kind,
            number=cited.number,
            issued=cited.issued,
            issuer=cited.issuer,
            relations=describer.relations(cited),
            citing=self._citing(cited),
            candidates=describer.candidates(cited.id),
        )

    def _pages_of(self, documents: tuple[Document, ...]) -> list[Output]:
        outputs: list[Output] = []
        for document in documents:
            links, pictures = self.parts.resolved(document)
            describer = self.parts.describer
            cited = describer.of(document)
            view = DocumentView(
                document=document,
                files=self.parts.document_files(document),
                links=links,
                pictures=pictures,
                cited=describer.cited(document),
                documents=describer.documents(document),
                validity=describer.validity(cited),
                relations=describer.relations(cited),
                citing=self._citing(cited),
                mark=self.library.marks.get(document.path, ""),
            )
            outputs.append(Output(addresses.output_path(document.url), view))
            outputs += (
                Output(addresses.output_path(alias), RedirectView(alias, document.url, document.title))
                for alias in document.aliases
            )
        return outputs

    # --- tables --------------------------------------------------------------------

    def _groups(self) -> tuple[IndexGroup, ...]:
        titles = {
            "year": "Theo năm",
            "kind": "Theo loại văn bản",
            "issuer": "Theo cơ quan ban hành",
            "field": "Theo lĩnh vực",
        }
        groups: list[IndexGroup] = []
        for kind, title in titles.items():
            binders = [binder for binder in self.library.binders if binder.kind == kind]
            items = (IndexItem(binder.name, binder.url, len(binder.documents)) for binder in binders)
            groups.append(IndexGroup(title, tuple(items)))
        return tuple(group for group in groups if group.items)

    def _tables(self, binder: Binder, parents: tuple[Link, ...], groups: tuple[IndexGroup, ...]) -> Iterator[Section]:
        """The newest documents of ``binder``, and full pages numbered from the oldest, as listings of news are."""
        size, documents = self.size, binder.documents
        full = max(0, -(-(len(documents) - size) // size))
        urls = ["", *(addresses.numbered(binder.url, number) for number in range(1, full + 1)), binder.url]
        table = partial(
            RegisterView,
            title=title_of(binder),
            description=_DESCRIPTIONS[binder.kind].format(binder.name),
            front=binder.url,
            parents=parents,
            downloads=_downloads(binder) if binder.kind == "year" else (),
            feeds=feed_links(title_of(binder), binder.url, self.parts.config) if binder.kind in _FED else (),
        )
        for number in range(full + 1):
            shown = slice((number - 1) * size, number * size) if number else slice(-size, None)
            # The last entry of ``urls`` is the front, whose older neighbour is the newest full page.
            at = number or full + 1
            url, newer = urls[at], urls[at + 1] if number else ""
            view = partial(
                table,
                url=url,
                number=number,
                newer=newer,
                older=urls[at - 1],
                oldest=urls[1] if full and number != 1 else "",
                groups=() if number else groups,
            )
            path = addresses.output_path(url)
            more = newer or urls[full] + "".join(f"{i.label} {i.count} " for group in groups for i in group.items)
            inputs = self.stamps.inputs(binder, shown, more, self._marks(documents[shown]))
            yield Section(f"register {path}", (path,), inputs, partial(self._table, path, view, documents[shown]))

    def _table(self, path: str, view: Callable[..., RegisterView], documents: tuple[Document, ...]) -> list[Output]:
        kinds = sorted({document.kind for document in documents}, key=_in_order)
        issuers = sorted({document.issuer for document in documents}, key=_in_order)
        rows = tuple(map(self._row, reversed(documents)))
        return [Output(path, view(rows=rows, kinds=tuple(kinds), issuers=tuple(issuers)))]

    def _marks(self, documents: tuple[Document, ...]) -> str:
        """What rows say that changes with the day and with other documents."""
        return ";".join(map(self.parts.describer.mark, documents))

    def _row(self, document: Document) -> RegisterRow:
        validity = self.parts.describer.validity(self.parts.describer.of(document))
        return RegisterRow(
            url=document.url,
            kind=document.kind,
            number=document.number,
            issued=document.issued,
            issuer=document.issuer,
            subject=document.subject,
            field=document.field,
            status=validity.status,
            mark=validity.mark,
            preview=self.library.marks.get(document.path, ""),
        )

    def _feeds(self, binder: Binder) -> Iterator[Section]:
        config = self.parts.config
        urls = (addresses.feed_url(binder.url, kind) for kind in config.lists.feed_formats)
        paths = tuple(map(addresses.output_path, urls))
        inputs = self.stamps.inputs_of_texts(binder, slice(-config.lists.feed, None))
        yield Section(f"feeds {binder.url}", paths, inputs, partial(document_feeds, self.parts, binder))

    # --- data ----------------------------------------------------------------------

    def _data(self, binder: Binder) -> Iterator[Section]:
        paths = tuple(addresses.output_path(link.url) for link in _downloads(binder))
        inputs = self.stamps.inputs(binder, slice(None), self._marks(binder.documents))
        yield Section(f"data {binder.url}", paths, inputs, partial(self._data_of, paths, binder))

    def _data_of(self, paths: tuple[str, ...], binder: Binder) -> list[Output]:
        rows = tuple(map(self._row, binder.documents))
        return [Output(paths[0], RegisterDataView("json", rows)), Output(paths[1], RegisterDataView("csv", rows))]


def _downloads(binder: Binder) -> tuple[Link, ...]:
    return tuple(Link(kind.upper(), f"{binder.url}van-ban.{kind}") for kind in ("json", "csv"))


def _in_order(name: str) -> tuple[str, str]:
    """By the letters without their marks, then by the marks."""
    return slug(name), name
