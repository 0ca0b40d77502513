"""What templates and other renderers see: one frozen value per kind of output.

A view holds everything its renderer may use and nothing more, so its bytes are its fingerprint.
Addresses in views are site paths (``/tin/…``); the base path and the host are added while rendering.
No sets, no dicts: the order of everything is decided in ``plan``.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from loa.document_pieces import (
    CitationRow,
    CitedDocument,
    CitedLink,
    CitingLine,
    DocumentFile,
    NamedDocument,
    RegisterRow,
    RelationLine,
    Validity,
)
from loa.model import Article, Document, Mark, Page, Record, Withdrawal
from loa.pieces import (
    Attachment,
    Author,
    Block,
    Card,
    FeedFormat,
    FeedGroup,
    FeedItem,
    FeedLink,
    IndexGroup,
    Line,
    Link,
    Picture,
    SearchPart,
    SearchRow,
    SitemapEntry,
)


class HomeView(Record, frozen=True):
    """templates/pages/home.html

    The counts of ``most_viewed`` are those of the last thirty days where ``viewed_lately``, and else of all time.
    """

    lead: Card | None
    newest: tuple[Card, ...]
    blocks: tuple[Block, ...]
    most_viewed: tuple[Line, ...]
    viewed_lately: bool
    shortcuts: tuple[Link, ...]


class ArticleView(Record, frozen=True):
    """templates/pages/article.html

    ``links`` and ``pictures`` are what the body's references resolve to, in their order:
    the n-th reference of kind link takes the n-th link, and so for pictures. ``cited`` are where its citations lead,
    and nothing when none has a page; ``documents`` those documents, each once.
    ``views`` are all that are known of, counted here or before; of the article's own field nothing is shown.
    ``earlier`` are the articles of the category that come strictly before this one, newest first.
    ``mark`` is that of a preview; an article that ``is_expired`` keeps its page and nothing else.
    """

    article: Article
    views: int | None
    category: Link
    author: Author | None
    tags: tuple[Link, ...]
    picture: Picture | None
    attachments: tuple[Attachment, ...]
    earlier: tuple[Line, ...]
    links: tuple[str, ...]
    pictures: tuple[Picture, ...]
    cited: tuple[CitedLink, ...]
    documents: tuple[CitedDocument, ...]
    is_expired: bool = False
    mark: Mark = ""


class PageView(Record, frozen=True):
    """templates/pages/page.html"""

    page: Page
    picture: Picture | None
    attachments: tuple[Attachment, ...]
    links: tuple[str, ...]
    pictures: tuple[Picture, ...]
    cited: tuple[CitedLink, ...]
    documents: tuple[CitedDocument, ...]
    mark: Mark = ""


class DocumentView(Record, frozen=True):
    """templates/pages/document.html: an official document with its full text."""

    document: Document
    files: tuple[DocumentFile, ...]
    links: tuple[str, ...]
    pictures: tuple[Picture, ...]
    cited: tuple[CitedLink, ...]
    documents: tuple[CitedDocument, ...]
    validity: Validity
    relations: tuple[RelationLine, ...]
    citing: tuple[CitingLine, ...]
    mark: Mark = ""


class StubView(Record, frozen=True):
    """templates/pages/stub.html: a document that others cite and nobody has written up yet.

    ``parents`` are empty where there is no register. ``issued`` is an ISO date, or as much of one as is known.
    ``candidates`` are documents that may be the same, where nobody says its year or term.
    """

    url: str
    parents: tuple[Link, ...]
    name: str
    kind: str
    number: str
    issued: str
    issuer: str
    relations: tuple[RelationLine, ...]
    citing: tuple[CitingLine, ...]
    candidates: tuple[NamedDocument, ...]


class ListingView(Record, frozen=True):
    """templates/pages/listing.html: one page of a category, unit, author, tag, year or month, newest first.

    ``number`` counts from the oldest page; 0 is the front, which shows the newest.
    On the front of a category the ``pinned`` stand before the others.
    A page never says how many there are, so that a full page stays as it is for ever.
    """

    kind: Literal["category", "unit", "person", "tag", "year", "month"]
    title: str
    description: str
    url: str
    front: str
    parents: tuple[Link, ...]
    cards: tuple[Card, ...]
    number: int
    newer: str
    older: str
    oldest: str
    feeds: tuple[FeedLink, ...]
    pinned: tuple[Card, ...] = ()


class IndexView(Record, frozen=True):
    """templates/pages/index.html: the archive, and the lists of categories, units, authors and tags."""

    kind: Literal["archive", "categories", "units", "people", "tags"]
    title: str
    description: str
    url: str
    groups: tuple[IndexGroup, ...]


class RegisterView(Record, frozen=True):
    """templates/pages/register.html: one page of the register of documents, newest first; numbered as listings are.

    ``kinds`` and ``issuers`` are those of the rows, each once; ``groups`` are the years, kinds, issuers and fields of
    all documents; ``downloads`` the same rows for machines.
    """

    title: str
    description: str
    url: str
    front: str
    parents: tuple[Link, ...]
    rows: tuple[RegisterRow, ...]
    kinds: tuple[str, ...]
    issuers: tuple[str, ...]
    number: int
    newer: str
    older: str
    oldest: str
    groups: tuple[IndexGroup, ...]
    downloads: tuple[Link, ...]
    feeds: tuple[FeedLink, ...]


class RegisterDataView(Record, frozen=True):
    """Rows of the register for machines: JSON (RFC 8259), or CSV (RFC 4180) as spreadsheets open it."""

    format: Literal["json", "csv"]
    rows: tuple[RegisterRow, ...]


class CitationsView(Record, frozen=True):
    """templates/pages/citations.html: the citation index; its front, or that of one year.

    ``years`` are on the front only. ``downloads`` are all citations of a year for machines; ``undated`` those among
    them of which nobody can say what document they mean.
    """

    title: str
    description: str
    url: str
    parents: tuple[Link, ...]
    years: tuple[Link, ...]
    downloads: tuple[Link, ...]
    undated: tuple[CitationRow, ...]


class CitationDataView(Record, frozen=True):
    """Rows of the citation index for machines, in the formats of the register."""

    format: Literal["json", "csv"]
    rows: tuple[CitationRow, ...]


class SearchView(Record, frozen=True):
    """templates/pages/search.html: where people search; ``parts`` newest first, and what they can choose from.

    ``scripts`` and ``stylesheet`` are loaded here only. ``leads`` stand in a file
    of them. ``texts`` is where the index of texts lies; empty without one.
    """

    url: str
    scripts: tuple[str, ...]
    stylesheet: str
    parts: tuple[SearchPart, ...]
    leads: int
    texts: str
    years: tuple[str, ...]
    categories: tuple[str, ...]
    units: tuple[str, ...]
    kinds: tuple[str, ...]
    issuers: tuple[str, ...]
    elsewhere: tuple[Link, ...]


class LookupView(Record, frozen=True):
    """Titles and numbers of a part for the search page, entries newest first, then what has no text of its own.

    As all that the page loads: gzipped JSON (RFC 1952, RFC 8259).
    """

    rows: tuple[SearchRow, ...]


class LeadsView(Record, frozen=True):
    """How some entries of a part begin, for the search page; oldest first, without marks."""

    leads: tuple[str, ...]


class FeedsView(Record, frozen=True):
    """templates/pages/feeds.html: the feeds, explained for people."""

    title: str
    url: str
    groups: tuple[FeedGroup, ...]


class NotFoundView(Record, frozen=True):
    """templates/pages/404.html"""

    categories: tuple[Link, ...]


class PendingView(Record, frozen=True):
    """templates/pages/pending.html: stands in for a linked page whose text has a fault and was never published."""

    url: str


class WithdrawnView(Record, frozen=True):
    """templates/pages/withdrawn.html: what is left of an entry that was withdrawn."""

    url: str
    title: str
    kind: Literal["article", "page", "document"]
    withdrawal: Withdrawal


class RedirectView(Record, frozen=True):
    """templates/pages/redirect.html: an old address that keeps answering."""

    url: str
    target: str
    title: str


class RedirectMapView(Record, frozen=True):
    """All redirects, old address and new, as a web server reads them."""

    format: Literal["nginx", "apache", "caddy"]
    rows: tuple[tuple[str, str], ...]


class FeedView(Record, frozen=True):
    """An RSS 2.0 (https://www.rssboard.org/rss-specification) or Atom (RFC 4287) feed, newest first."""

    format: FeedFormat
    id: str
    title: str
    description: str
    url: str
    page: str
    updated: datetime
    items: tuple[FeedItem, ...]


class SitemapView(Record, frozen=True):
    """templates/feeds/sitemap.xml (https://www.sitemaps.org/protocol.html)"""

    entries: tuple[SitemapEntry, ...]


class SitemapIndexView(Record, frozen=True):
    """templates/feeds/sitemap-index.xml"""

    entries: tuple[SitemapEntry, ...]


class NewsSitemapView(Record, frozen=True):
    """templates/feeds/sitemap-news.xml: the articles of the last two days before ``today``."""

    publication: str
    language: str
    today: date
    entries: tuple[Line, ...]


class RobotsView(Record, frozen=True):
    """templates/feeds/robots.txt (RFC 9309)"""

    sitemaps: tuple[str, ...]


class SecurityView(Record, frozen=True):
    """templates/feeds/security.txt (RFC 9116)"""

    contact: str
    expires: datetime
    policy: str
    languages: str


class ManifestView(Record, frozen=True):
    """The web app manifest (W3C Web Application Manifest)."""

    name: str
    short_name: str
    description: str
    language: str


class PictureView(Record, frozen=True):
    """One size of one picture, made from the file ``source`` in ``content`` whose digest is ``digest``."""

    source: str
    digest: str
    width: int
    height: int
    format: Literal["webp", "jpeg"]


class FileView(Record, frozen=True):
    """A file copied as it is; ``source`` is its path below the folder it lies in, ``digest`` that of its bytes."""

    folder: Literal["content", "static"]
    source: str
    digest: str


class IndexFileView(Record, frozen=True):
    """A file of the index of texts, made or published at the path ``source``; ``digest`` of its bytes."""

    source: str
    digest: str


class TextView(Record, frozen=True):
    """A ready text: the joined stylesheet, a script."""

    text: str


HtmlView = (
    HomeView
    | ArticleView
    | PageView
    | DocumentView
    | StubView
    | CitationsView
    | RegisterView
    | ListingView
    | IndexView
    | SearchView
    | FeedsView
    | NotFoundView
    | PendingView
    | WithdrawnView
    | RedirectView
)
DataView = RegisterDataView | CitationDataView | ManifestView | LookupView | LeadsView | RedirectMapView
XmlView = SitemapView | SitemapIndexView | NewsSitemapView | RobotsView | SecurityView
View = HtmlView | XmlView | FeedView | DataView | PictureView | FileView | IndexFileView | TextView


class Output(Record, frozen=True):
    """One file to publish: its path below the output folder, and all that its bytes depend on."""

    path: str
    view: View
