"""What authors write: articles, standing pages and the files they refer to.

Values only: frozen records of strings, numbers, dates and other such records, so that they can be
remembered between builds and compared by their bytes.
Knows nothing of templates, of addresses other than an entry's own, or of the disk.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from msgspec import Struct

# In the HTML of a body stands for its n-th reference: MARK n MARK. Sources cannot hold it (control characters are
# refused).
MARK = "\x1a"


class Record(Struct, frozen=True, gc=False, array_like=True):
    """Base of every remembered value: immutable, compact, and equal when its fields are equal."""


class Heading(Record, frozen=True):
    """A heading inside a body: its level (2 to 6), its id in the page and its plain text."""

    level: int
    id: str
    text: str


class Reference(Record, frozen=True):
    """Something a body points to inside the site; where it leads is decided when the site is planned.

    ``target`` is as the author wrote it. A ``figure`` is a picture that stands alone;
    ``alt`` and ``title`` are filled for pictures and figures only.
    """

    kind: Literal["link", "picture", "figure"]
    target: str
    alt: str = ""
    title: str = ""


class Body(Record, frozen=True):
    """A converted text without its HTML, which is kept in the memory under ``digest``."""

    digest: str
    excerpt: str
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    words: int


class Converted(NamedTuple):
    """A body and its HTML, with markers in place of references."""

    body: Body
    html: str


class ConversionError(Exception):
    """A text that Markdown cannot convert; the message is for the author."""


class ImageField(Record, frozen=True):
    """The lead picture as the front matter names it."""

    file: str
    alt: str
    caption: str
    credit: str


class AttachmentField(Record, frozen=True):
    """An attached file as the front matter names it."""

    file: str
    label: str


class Article(Record, frozen=True, tag="article"):
    """A news item from ``content/tin``. ``path`` is relative to ``content`` and decides the address."""

    path: str
    title: str
    published: datetime
    has_time: bool
    category: str
    author: str
    source: str
    views: int | None
    summary: str
    image: ImageField | None
    tags: tuple[str, ...]
    attachments: tuple[AttachmentField, ...]
    aliases: tuple[str, ...]
    updated: datetime | None
    updated_has_time: bool
    draft: bool
    body: Body

    @property
    def url(self) -> str:
        """Site-absolute address: ``/tin/2021/11/ten-bai.html``."""
        return url_of(self.path)

    @property
    def lead(self) -> str:
        """The summary, or the beginning of the text where the author wrote none."""
        return self.summary or self.body.excerpt


class Page(Record, frozen=True, tag="page"):
    """A standing page from ``content/trang``: about, contact, organisation."""

    path: str
    title: str
    summary: str
    image: ImageField | None
    attachments: tuple[AttachmentField, ...]
    aliases: tuple[str, ...]
    updated: datetime | None
    updated_has_time: bool
    draft: bool
    body: Body

    @property
    def url(self) -> str:
        """Site-absolute address: ``/trang/gioi-thieu.html``."""
        return url_of(self.path)

    @property
    def lead(self) -> str:
        """The summary, or the beginning of the text where the author wrote none."""
        return self.summary or self.body.excerpt


Entry = Article | Page


MAX_PIXELS = 50_000_000  # a picture with more is refused


class Size(NamedTuple):
    """Width and height in pixels, upright."""

    width: int
    height: int


class Asset(Record, frozen=True):
    """A file in ``content`` that is not a text: a picture or an attachment.

    ``size`` in bytes; ``width`` and ``height`` in pixels after turning the picture upright,
    0 for anything that is not a picture we can read.
    """

    path: str
    digest: str
    size: int
    width: int
    height: int


def url_of(path: str) -> str:
    """The address of the entry at ``path`` (relative to ``content``): its path with ``.html``."""
    return f"/{path.removesuffix('.md')}.html"
