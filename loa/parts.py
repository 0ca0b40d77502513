"""Article → the pieces that pages show of it: cards, lines, pictures, links, attachments. Each is made once.

Keeps account of the files that are shown or offered, since only those leave ``content``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec.structs import replace

from loa import addresses
from loa.config import Config
from loa.document_pieces import DocumentFile
from loa.library import Library
from loa.model import Article, Asset, AttachmentField, Document, Entry, ImageField, Reference, Size
from loa.pictures import widths_for
from loa.pieces import Attachment, Author, Card, Link, Picture, Variant
from loa.readership import UNCOUNTED, Readership
from loa.related import Describer

_FILE_TYPES = {
    "pdf": "PDF", "doc": "Word", "docx": "Word", "odt": "OpenDocument", "rtf": "RTF",
    "xls": "Excel", "xlsx": "Excel", "ods": "OpenDocument", "csv": "CSV",
    "ppt": "PowerPoint", "pptx": "PowerPoint", "odp": "OpenDocument",
    "zip": "ZIP", "jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WebP",
    "mp3": "MP3", "mp4": "MP4", "txt": "Văn bản",
}  # fmt: skip
ATTACHMENT_SUFFIXES = frozenset(_FILE_TYPES)


class Parts:
    """The pieces of one library's pages. ``shown`` are the pictures in use, ``offered`` the files to download."""

    def __init__(
        self, library: Library, config: Config, describer: Describer, readership: Readership = UNCOUNTED
    ) -> None:
        self.library = library
        self.readership = readership
        self.describer = describer
        self.config = config
        self.shown: dict[str, Asset] = {}
        self.offered: dict[str, Asset] = {}
        self._categories: dict[str, Link] = {}
        self._authors: dict[str, Author] = {}
        self._tags: dict[str, Link] = {}
        self._cards: dict[str, Card] = {}

    def card(self, article: Article) -> Card:
        """The card of an article, made once."""
        card = self._cards.get(article.path)
        if card is None:
            card = self._cards[article.path] = Card(
                url=article.url,
                title=article.title,
                published=article.published,
                has_time=article.has_time,
                summary=article.lead,
                category=self.category(article.category),
                picture=self.lead_picture(article),
                mark=self.library.marks.get(article.path, ""),
            )
        return card

    def views(self, article: Article) -> int | None:
        """All views: those of the portal before, those counted, also at its old addresses; None when nobody counted."""
        if not self.readership.views:
            return article.views
        counted = self.readership.total((article.url, *article.aliases))
        return (article.views or 0) + counted if counted else article.views

    def views_lately(self, article: Article) -> int:
        """Those of the last thirty days."""
        return self.readership.lately((article.url, *article.aliases))

    def pinned(self, articles: Iterable[Article]) -> tuple[Card, ...]:
        """Cards of articles that stand before others, and say so."""
        return tuple(replace(self.card(article), is_pinned=True) for article in articles)

    def cards(self, oldest_first: tuple[Article, ...]) -> tuple[Card, ...]:
        """Cards of a slice of a shelf, newest first."""
        return tuple(self.card(article) for article in reversed(oldest_first))

    def category(self, name: str) -> Link:
        """A category by a name that ``check_names`` has accepted."""
        link = self._categories.get(name)
        if link is None:
            section = self.config.category(name)
            assert section is not None, name  # check_names has refused every other
            link = self._categories[name] = Link(section.name, addresses.category_url(section.slug))
        return link

    def author(self, name: str) -> Author:
        """A unit or person and the address of their articles."""
        link = self._authors.get(name)
        if link is None:
            unit, kinds = self.config.unit(name), self.config.lists.kinds
            if unit:
                link = Author(unit.name, addresses.unit_url(unit.slug) if "unit" in kinds else "", "unit")
            else:
                link = Author(name, addresses.person_url(name) if "person" in kinds else "", "person")
            self._authors[name] = link
        return link

    def tag(self, tag: str) -> Link:
        """A tag as a link to its articles; without an address where the site has no such listings."""
        link = self._tags.get(tag)
        if link is None:
            link = self._tags[tag] = Link(tag, addresses.tag_url(tag) if "tag" in self.config.lists.kinds else "")
        return link

    def resolved(self, entry: Entry) -> tuple[tuple[str, ...], tuple[Picture, ...]]:
        """What the references in a body lead to: links and pictures, each in the body's order."""
        if not entry.body.references:
            return (), ()
        links: list[str] = []
        pictures: list[Picture] = []
        for reference in entry.body.references:
            if reference.kind == "link":
                links.append(self._link(entry.path, reference))
            else:
                asset = self.library.assets[addresses.content_path(entry.path, reference.target)]
                pictures.append(self._picture(asset, reference.alt, reference.title))
        return tuple(links), tuple(pictures)

    def _link(self, entry_path: str, reference: Reference) -> str:
        url, fragment = addresses.resolve(entry_path, reference.target)
        asset = self.library.assets.get(url.lstrip("/"))
        if asset is not None:
            self.offered[asset.path] = asset
        return url + fragment

    def lead_picture(self, entry: Entry) -> Picture | None:
        """The picture that the front matter names, or None."""
        field: ImageField | None = entry.image
        if field is None:
            return None
        asset = self.library.assets[addresses.content_path(entry.path, field.file)]
        return self._picture(asset, field.alt, field.caption, field.credit)

    def _picture(self, asset: Asset, alt: str, caption: str, credit: str = "") -> Picture:
        self.shown[asset.path] = asset
        sizes = sizes_of(asset)
        fallback = sizes[-1][0]
        return Picture(
            src=addresses.picture_url(asset.path, asset.digest, fallback.width, "jpeg"),
            width=fallback.width,
            height=fallback.height,
            variants=tuple(
                Variant(addresses.picture_url(asset.path, asset.digest, size.width, kind), size.width)
                for size, kind in sizes
                if kind == "webp"
            ),
            alt=alt,
            caption=caption,
            credit=credit,
        )

    def attachments(self, entry: Entry) -> tuple[Attachment, ...]:
        """The files that the front matter attaches."""
        if not entry.attachments:
            return ()
        return tuple(self._attachment(entry.path, field) for field in entry.attachments)

    def _attachment(self, entry_path: str, field: AttachmentField) -> Attachment:
        asset = self.library.assets[addresses.content_path(entry_path, field.file)]
        self.offered[asset.path] = asset
        name = asset.path.rpartition("/")[2]
        suffix = name.rpartition(".")[2].lower()
        return Attachment(f"/{asset.path}", field.label or name, _FILE_TYPES[suffix], asset.size)

    def document_files(self, document: Document) -> tuple[DocumentFile, ...]:
        """The files of a document."""
        found = []
        for field, shown in zip(document.files, self.attachments(document), strict=True):
            asset = self.library.assets[addresses.content_path(document.path, field.file)]
            found.append(DocumentFile(shown.url, shown.label, shown.type, shown.size, asset.digest))
        return tuple(found)


def file_paths(entry: Entry) -> list[str]:
    """Where below ``content`` everything would lie that ``entry`` refers to, file or not."""
    names = [field.file for field in (entry.image, *entry.attachments) if field]
    names += [reference.target for reference in entry.body.references]
    return [addresses.content_path(entry.path, name) for name in names]


def sizes_of(asset: Asset) -> tuple[tuple[Size, Literal["webp", "jpeg"]], ...]:
    """The sizes a picture is made in: WebP from narrow to wide, then the JPEG for readers without WebP."""
    widths = widths_for(asset.width)
    sizes = [Size(width, max(1, round(asset.height * width / asset.width))) for width in widths]
    return (*((size, "webp") for size in sizes), (sizes[-1], "jpeg"))
