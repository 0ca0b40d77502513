"""What authors write: articles, standing pages and the files they refer to.

Values only: frozen records of strings, numbers, dates and other such records, so that they can be
remembered between builds and compared by their bytes.
Knows nothing of templates, of addresses other than an entry's own, or of the disk.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from msgspec import Struct

# In the HTML of a body stands for its n-th reference: MARK n MARK; around its n-th citation stand MARK [n MARK and
# MARK ]n MARK. Sources cannot hold it (control characters are refused).
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


class Citation(Record, frozen=True):
    """What a text says of a document that it cites: see ``citations.Mention``. Which one it is is decided later.

    ``key`` is equal for citations that may mean one document: see ``identity.key_of``.
    """

    kind: str | None
    number: str
    date: str | None
    issuer: str | None
    key: str


# Stands in the place of words that only look like a citation.
NO_CITATION = Citation(None, "", None, None, "")


# Words; some 300 KB.
_LONG = 50_000


class Body(Record, frozen=True):
    """A converted text without its HTML, which is kept in the memory under ``digest``."""

    digest: str
    excerpt: str
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    words: int
    citations: tuple[Citation, ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether it is a book and no article: feeds leave it out, and its editor is told."""
        return self.words > _LONG


class Converted(NamedTuple):
    """A body and its HTML, with markers in place of references."""

    body: Body
    html: str


class ConversionError(Exception):
    """A text that cannot be converted: for what ``kind`` of reason, at which ``line`` of it, from 0.

    The kinds are those of ``limit_messages``, of which there may be ``most``; "nesting" is any other.
    """

    def __init__(self, kind: str = "nesting", most: float = 0, line: int = 0) -> None:
        super().__init__(kind, most, line)
        self.kind, self.most, self.line = kind, most, line


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


class Deadline(Record, frozen=True):
    """The first ``moment`` at which something no longer holds. Written as a day, it holds until that day ends."""

    moment: datetime
    has_time: bool

    @property
    def last(self) -> datetime:
        """What its author wrote: that moment, or a moment of the last day."""
        return self.moment if self.has_time else self.moment - timedelta(seconds=1)


class Correction(Record, frozen=True):
    """What was put right in a published text, and when: shown above it."""

    at: datetime
    has_time: bool
    kind: Literal["correction", "update"]
    note: str


class Withdrawal(Record, frozen=True):
    """When, by whom and why a published text was withdrawn."""

    at: datetime
    has_time: bool
    by: str
    reason: str


class Life(Record, frozen=True):
    """What happens to an entry in time: see ``lifecycle``. Nearly every entry appears and stays, and has none."""

    publish_at: datetime | None = None
    expires: Deadline | None = None
    pinned: Deadline | None = None
    corrections: tuple[Correction, ...] = ()
    withdrawn: Withdrawal | None = None


# What a preview says of entries that are not to be published yet.
Mark = Literal["", "draft", "scheduled"]


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
    title_citations: tuple[Citation, ...] = ()
    life: Life | None = None

    @property
    def renewed(self) -> datetime:
        """When it last appeared as something new: when it was published, or put right since."""
        corrections = self.life.corrections if self.life else ()
        return max(self.published, *(correction.at for correction in corrections)) if corrections else self.published

    @property
    def modified(self) -> datetime | None:
        """When its text last changed after it was published, as far as its editor says so."""
        moments = [correction.at for correction in self.life.corrections] if self.life else []
        return max((*moments, self.updated) if self.updated else moments, default=None)

    @property
    def modified_has_time(self) -> bool:
        """Whether ``modified`` has a time of day."""
        moments = [(c.at, c.has_time) for c in self.life.corrections] if self.life else []
        return max([*moments, (self.updated, self.updated_has_time)] if self.updated else moments)[1]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What it cites: in its title, then in its text."""
        return (*self.title_citations, *self.body.citations) if self.title_citations else self.body.citations

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
    life: Life | None = None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What it cites in its text."""
        return self.body.citations

    @property
    def url(self) -> str:
        """Site-absolute address: ``/trang/gioi-thieu.html``."""
        return url_of(self.path)

    @property
    def lead(self) -> str:
        """The summary, or the beginning of the text where the author wrote none."""
        return self.summary or self.body.excerpt


class Signer(Record, frozen=True):
    """Who signed: by what authority ("KT. CHỦ TỊCH"), in what office ("PHÓ CHỦ TỊCH"), by name; each may be empty."""

    authority: str
    office: str
    name: str


Relation = Literal["replaces", "amends", "repeals", "guides", "based_on"]


class RelationField(Record, frozen=True):
    """What a document does to another, as the front matter says; ``target`` as written, ``citation`` what it says."""

    relation: Relation
    target: str
    note: str
    citation: Citation


Status = Literal["", "pending", "in_force", "partly_expired", "expired", "suspended"]


Urgency = Literal["", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"]


class Document(Record, frozen=True, tag="document"):
    """An official document from ``content/van-ban``. ``path`` is relative to ``content`` and decides the address.

    ``kind`` is the name of one in ``kinds``; ``number`` as printed, without its running number while that is blank.
    ``issued``, ``effective`` and ``expires`` are ISO dates; of ``issued`` the day may be missing. ``subject`` is the
    trích yếu, ``to`` the kính gửi, ``recipients`` the nơi nhận; ``parent`` is the body that ``issuer`` belongs to.
    ``status`` is what the editor says of its validity.
    """

    path: str
    kind: str
    number: str
    issued: str
    issuer: str
    parent: str
    place: str
    subject: str
    field: str
    urgency: Urgency
    to: tuple[str, ...]
    recipients: tuple[str, ...]
    signer: Signer | None
    status: Status
    effective: str
    expires: str
    relations: tuple[RelationField, ...]
    files: tuple[AttachmentField, ...]
    aliases: tuple[str, ...]
    updated: datetime | None
    updated_has_time: bool
    draft: bool
    body: Body
    title_citations: tuple[Citation, ...] = ()
    life: Life | None = None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What it cites: in its subject, in its relations, then in its text."""
        related = (relation.citation for relation in self.relations)
        return (*self.title_citations, *related, *self.body.citations)

    @property
    def url(self) -> str:
        """Site-absolute address: ``/van-ban/2021/5056-ubnd-kgvx.html``."""
        return url_of(self.path)

    @property
    def title(self) -> str:
        """What it is called: ``Công văn 5056/UBND-KGVX``; dots stand for a number that is still blank."""
        return f"{self.kind} {self.number}" if self.number[:1].isdigit() else f"{self.kind} …{self.number}"

    @property
    def is_of_party(self) -> bool:
        """Whether its number is one of the Party: ``895-TB/TU``."""
        return "-" in self.number.partition("/")[0]

    @property
    def image(self) -> None:
        """Documents have no lead picture."""
        return

    @property
    def attachments(self) -> tuple[AttachmentField, ...]:
        """Its files: what pages offer, whatever kind of entry it belongs to."""
        return self.files


Entry = Article | Page | Document


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
