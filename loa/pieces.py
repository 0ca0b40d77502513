"""What pages are made of: links, pictures, cards and lines, their frame, and what their heads say. Values only."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from loa.document_pieces import CitedDocument, CitedLink
from loa.model import Body, Correction, Mark, Record


class Link(Record, frozen=True):
    """A label and where it leads: a site path or an ``https:`` address."""

    label: str
    url: str


class Author(Record, frozen=True):
    """Who wrote an article, and where their other articles are: empty where the site has no such listing."""

    label: str
    url: str
    kind: Literal["unit", "person"]


class Variant(Record, frozen=True):
    """One size of a picture; ``width`` in pixels."""

    url: str
    width: int


class Picture(Record, frozen=True):
    """A picture ready to show: WebP ``variants`` from narrow to wide and a JPEG ``src`` for all others.

    ``width`` and ``height`` are those of ``src``, in pixels.
    """

    src: str
    width: int
    height: int
    variants: tuple[Variant, ...]
    alt: str
    caption: str = ""
    credit: str = ""


class Attachment(Record, frozen=True):
    """A file to download; ``type`` as people call it (PDF, Word), ``size`` in bytes."""

    url: str
    label: str
    type: str
    size: int


class Card(Record, frozen=True):
    """The least a listing shows of an article; ``mark`` is that of a preview."""

    url: str
    title: str
    published: datetime
    has_time: bool
    summary: str
    category: Link
    picture: Picture | None
    is_pinned: bool = False
    mark: Mark = ""


class Line(Record, frozen=True):
    """An article as one line of a list: title and date; ``mark`` is that of a preview."""

    url: str
    title: str
    published: datetime
    views: int | None = None
    mark: Mark = ""


class FeedLink(Record, frozen=True):
    """A feed to subscribe to; ``type`` is its media type."""

    title: str
    url: str
    type: str


AlertLevel = Literal["info", "warning", "emergency"]


class AlertBar(Record, frozen=True):
    """What is said above every page while a flood, a storm or an epidemic lasts."""

    level: AlertLevel
    text: str
    link: str


class Chrome(Record, frozen=True):
    """The frame around every page. Nothing here may change when an article is published."""

    title: str
    short_title: str
    organization: str
    description: str
    base_url: str
    language: str
    notice: str
    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    responsible: str
    address: str
    phone: str
    email: str
    hours: str
    feeds: tuple[FeedLink, ...]
    stylesheet: str
    theme_script: str
    script: str
    mark: str
    share_image: str
    search: str
    alert: AlertBar | None


class SearchPart(Record, frozen=True):
    """A part of what can be searched: the name of its files, when it begins, and the digest of all in it."""

    name: str
    since: str
    digest: str


class SearchRow(Record, frozen=True):
    """An entry as the look-up knows it. ``day`` is an ISO date, as much of one as is known.

    ``section`` is the category of an article, the kind of a document; ``source`` the unit, or the issuer.
    What has no text of its own: a document of type ``nhac-den`` is cited and not written up, ``muc`` is a listing.
    ``mark`` says why a document is not in force.
    """

    type: Literal["tin", "van-ban", "trang", "nhac-den", "muc"]
    url: str
    title: str
    number: str
    day: str
    section: str
    source: str
    mark: str = ""


class Block(Record, frozen=True):
    """A category on the home page with its newest articles; and the newest documents, where the settings want them."""

    category: Link
    cards: tuple[Card, ...]
    documents: tuple[CitedDocument, ...]


class IndexItem(Record, frozen=True):
    """A listing and how many articles it holds."""

    label: str
    url: str
    count: int


class IndexGroup(Record, frozen=True):
    """Listings under one heading (which is empty where the page has one group only)."""

    title: str
    items: tuple[IndexItem, ...]


class FeedGroup(Record, frozen=True):
    """The feeds of one subject, under its name."""

    title: str
    feeds: tuple[FeedLink, ...]


class FeedItem(Record, frozen=True):
    """An entry in a feed, with the full text; ``terms`` are what it is about."""

    id: str
    url: str
    title: str
    published: datetime
    updated: datetime
    author: str
    summary: str
    terms: tuple[str, ...]
    picture: Picture | None
    body: Body
    links: tuple[str, ...]
    pictures: tuple[Picture, ...]
    cited: tuple[CitedLink, ...]
    corrections: tuple[Correction, ...] = ()


class SitemapEntry(Record, frozen=True):
    """An address and when it last changed, as a W3C date or empty."""

    url: str
    modified: str


FeedFormat = Literal["rss", "atom"]


class Meta(Record, frozen=True):
    """What the head of a page says about it; made from a view by ``metadata.meta``.

    ``title`` is the whole text of the title element; ``heading`` the page's own name.
    ``dublin_core`` are name and content of the ``DC.*`` elements; ``json_ld`` is safe inside a script element,
    and ``json_ld_source`` is what a Content-Security-Policy calls it (CSP 3, 2.3.1): browsers run no data and need no
    leave for it, but checkers ask.
    ``webassembly`` says that the page runs some.
    ``current`` is the site path of the menu entry that is to be marked as the present one.
    """

    title: str
    heading: str
    description: str
    url: str
    canonical: str
    kind: Literal["article", "website"]
    image: str
    image_alt: str
    image_width: int
    image_height: int
    published: str
    modified: str
    section: str
    tags: tuple[str, ...]
    dublin_core: tuple[tuple[str, str], ...]
    crumbs: tuple[Link, ...]
    feeds: tuple[FeedLink, ...]
    json_ld: str
    json_ld_source: str
    webassembly: bool
    robots: str
    current: str
