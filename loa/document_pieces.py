"""What pages show of official documents, piece by piece; views are made of them. See ``views``."""

from __future__ import annotations

from loa.model import Mark, Record, Status


class DocumentFile(Record, frozen=True):
    """A file of a document: as people call its type, in bytes, with the SHA-256 of its bytes."""

    url: str
    label: str
    type: str
    size: int
    digest: str


class CitedLink(Record, frozen=True):
    """Where a citation in a text leads, and what it cites; without an address where the document has no page."""

    url: str
    title: str


class CitingLine(Record, frozen=True):
    """An entry that cites a document, and its day: an ISO date, empty for a standing page; ``mark`` as in ``Line``."""

    url: str
    title: str
    day: str
    mark: Mark = ""


class RelationLine(Record, frozen=True):
    """A relation in words ("Được thay thế bởi"), the other document, and where it leads if it has a page.

    ``mark`` as in ``Validity``, of the other document.
    """

    words: str
    name: str
    url: str
    subject: str
    note: str
    mark: str


class Validity(Record, frozen=True):
    """Whether a document is in force, in words.

    ``mark`` says it in short of one that is over, in whole or in part, or not in force yet ("Hết hiệu lực");
    empty of all others.
    ``status`` is the same for machines: what its editor says, unless dates or other documents say otherwise.
    """

    words: str
    mark: str = ""
    status: Status = ""


class CitedDocument(Record, frozen=True):
    """A document that a page cites, and whether it is in force."""

    url: str
    name: str
    subject: str
    validity: Validity


class NamedDocument(Record, frozen=True):
    """A document by name, and its page if it has one."""

    name: str
    url: str


class CitationRow(Record, frozen=True):
    """That an entry cites a document, as a line of the citation index.

    ``issued`` is an ISO date, or as much of one as is known. ``is_undated``: nobody can say its year or term;
    ``candidates`` are the documents that may be meant.
    """

    citing: CitingLine
    document: NamedDocument
    kind: str
    number: str
    issued: str
    issuer: str
    is_undated: bool
    candidates: tuple[NamedDocument, ...]


class RegisterRow(Record, frozen=True):
    """A document as a line of the register; ``mark`` and ``status`` as in ``Validity``, ``preview`` marks it there."""

    url: str
    kind: str
    number: str
    issued: str
    issuer: str
    subject: str
    field: str
    status: Status
    mark: str = ""
    preview: Mark = ""
