"""A document that a page cites, in words: name, validity, relations, who cites it. Pure."""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter

from loa import addresses
from loa.citator import Citator, Cited, DocumentId, day_of
from loa.document_pieces import CitedDocument, CitedLink, CitingLine, NamedDocument, RelationLine, Validity
from loa.fingerprint import digest
from loa.identity import CONTRADICTION
from loa.kinds import PARTS, kinds_by_abbreviation
from loa.model import Document, Entry, Relation
from loa.text import format_day_of, with_day

# What a document does to another, and what the other says of it.
_DOES: dict[Relation, str] = {
    "replaces": "Thay thế",
    "amends": "Sửa đổi",
    "repeals": "Bãi bỏ",
    "guides": "Hướng dẫn",
    "based_on": "Căn cứ",
}
_SUFFERS: dict[Relation, str] = {
    "replaces": "Được thay thế bởi",
    "amends": "Được sửa đổi bởi",
    "repeals": "Bị bãi bỏ bởi",
    "guides": "Được hướng dẫn bởi",
    "based_on": "Là căn cứ của",
}
# What is over once another document, itself in force, has done that to it.
_ENDS: dict[Relation, str] = {"replaces": "Đã được thay thế", "repeals": "Đã bị bãi bỏ"}
_STATUSES = {
    "pending": "Chưa có hiệu lực",
    "in_force": "Còn hiệu lực",
    "partly_expired": "Hết hiệu lực một phần",
    "expired": "Hết hiệu lực",
    "suspended": "Ngưng hiệu lực",
}


class Describer:
    """Words for the documents of a citator, on a day (ISO), each made once."""

    def __init__(self, citator: Citator, today: str) -> None:
        self.citator = citator
        self.today = today
        self._documents: dict[DocumentId, CitedDocument] = {}
        self._stamps: dict[DocumentId, bytes] = {}
        self._candidates: dict[DocumentId, tuple[NamedDocument, ...]] = {}
        self._marks: dict[str, str] = {}
        self._stamps_of_entries: dict[str, bytes] = {}
        self._stamps_of_stubs: dict[DocumentId, bytes] = {}

    # --- what an entry cites -----------------------------------------------------------

    def cited(self, entry: Entry) -> tuple[CitedLink, ...]:
        """Where the citations in the text of ``entry`` lead; nothing when none leads anywhere."""
        places = self.citator.cites.get(entry.path)
        if not places:
            return ()
        first = len(entry.citations) - len(entry.body.citations)
        return tuple(self._link(entry, place) for place in range(first, len(entry.citations)))

    def _link(self, entry: Entry, place: int) -> CitedLink:
        cited = self.citator.cited(entry, place)
        if cited is None:
            return CitedLink("", "")
        made = self.document(cited)
        title = made.subject or made.name
        return CitedLink(made.url, f"{title} ({made.validity.words})" if made.validity.mark else title)

    def documents(self, entry: Entry) -> tuple[CitedDocument, ...]:
        """The documents that ``entry`` cites and that have a page, in the order in which it does, each once."""
        places = self.citator.cites.get(entry.path, {})
        identities = dict.fromkeys(identity for _, identity in sorted(places.items()))
        return tuple(self.document(self.citator.documents[identity]) for identity in identities)

    def stamp(self, entry: Entry) -> bytes:
        """The digests of all that pages of ``entry`` say of the documents that it cites."""
        stamp = self._stamps_of_entries.get(entry.path)
        if stamp is None:
            places = self.citator.cites.get(entry.path, {})
            stamp = b"".join(b"%d " % place + self._stamp(identity) for place, identity in places.items())
            self._stamps_of_entries[entry.path] = stamp
        return stamp

    def _stamp(self, identity: DocumentId) -> bytes:
        stamp = self._stamps.get(identity)
        if stamp is None:
            cited = self.citator.documents[identity]
            stamp = self._stamps[identity] = digest((self.document(cited), cited.kind, cited.number, cited.issuer))
        return stamp

    def document(self, cited: Cited) -> CitedDocument:
        """A document as others name it."""
        made = self._documents.get(cited.id)
        if made is None:
            subject = cited.document.subject if cited.document else ""
            made = CitedDocument(url_of(cited), name_of(cited), subject, self.validity(cited))
            self._documents[cited.id] = made
        return made

    def of(self, document: Document) -> Cited:
        """What is known of a document that is written up; one without a number, or a second copy, stands alone."""
        identity = self.citator.written.get(document.path)
        if identity:
            return self.citator.documents[identity]
        return Cited(DocumentId("", document.path), document, None, document.issued, ())

    # --- documents that nobody has written up -------------------------------------------

    @cached_property
    def unwritten(self) -> tuple[Cited, ...]:
        """The documents that are cited and that nobody has written up, the newest first."""
        found = (cited for cited in self.citator.documents.values() if cited.document is None)
        return tuple(sorted(found, key=attrgetter("issued", "id.key", "id.series"), reverse=True))

    def stamp_of_stub(self, cited: Cited) -> bytes:
        """The digest of all that the stub of a document says, but for who cites it; see ``stub_url``."""
        stamp = self._stamps_of_stubs.get(cited.id)
        if stamp is None:
            # Most are not written up, and have been named already.
            url = stub_url(cited) if cited.document else self.document(cited).url
            said = (url, cited.document or cited.citation, cited.issued)
            stamp = digest((*said, self.relations(cited), self.candidates(cited.id)))
            self._stamps_of_stubs[cited.id] = stamp
        return stamp

    # --- what is known of a document -----------------------------------------------------

    def validity(self, cited: Cited) -> Validity:
        """Whether a document is in force: what others did to it, then its dates, then what its editor says."""
        for relation, mark in _ENDS.items():
            for found in self.citator.related.get(cited.id, ()):
                # A part (the note says which) leaves the rest in force; so does what is not in force yet.
                if found.relation == relation and not found.note and found.document.effective <= self.today:
                    return Validity(f"{mark} bởi {found.document.title}", mark, "expired")
        document = cited.document
        if document is None:
            return Validity("")
        if document.expires and document.expires <= self.today:
            words = f"Hết hiệu lực từ {format_day_of(document.expires)}"
            return Validity(words, _STATUSES["expired"], "expired")
        if document.effective and document.effective > self.today:
            mark = _STATUSES["pending"]
            return Validity(f"{mark}, có hiệu lực từ {format_day_of(document.effective)}", mark, "pending")
        words = _STATUSES.get(document.status, "")
        return Validity(words, "" if document.status == "in_force" else words, document.status)

    def mark(self, document: Document) -> str:
        """What lists say of a document that is written up: why it is not in force, or nothing."""
        known = self._marks.get(document.path)
        if known is None:
            known = self._marks[document.path] = self.validity(self.of(document)).mark
        return known

    def relations(self, cited: Cited) -> tuple[RelationLine, ...]:
        """What a document does to others, then what others do to it."""
        lines: list[RelationLine] = []
        if document := cited.document:
            for place, field in enumerate(document.relations, len(document.title_citations)):
                other = self.citator.cited(document, place)
                made = self.document(other) if other else None
                made = made or CitedDocument("", field.target, "", Validity(""))
                lines.append(_relation(_DOES[field.relation], made, field.note))
        for found in self.citator.related.get(cited.id, ()):
            made = self.document(self.of(found.document))
            lines.append(_relation(_SUFFERS[found.relation], made, found.note))
        return tuple(lines)

    def candidates(self, identity: DocumentId) -> tuple[NamedDocument, ...]:
        """What a document may be of which nobody says the year or term; nothing for any other."""
        known = self._candidates.get(identity)
        if known is None:
            known = self._candidates[identity] = tuple(map(self.named, self.citator.candidates(identity)))
        return known

    def named(self, cited: Cited) -> NamedDocument:
        """A document by its name alone."""
        return NamedDocument(name_of(cited), url_of(cited) if cited.id in self.citator.documents else "")

    def citing(self, cited: Cited) -> tuple[CitingLine, ...]:
        """The entries that cite a document, oldest first."""
        return tuple(map(self.citing_line, cited.citing))

    def citing_line(self, entry: Entry) -> CitingLine:
        """An entry as the documents that it cites name it."""
        return CitingLine(entry.url, _title(entry), day_of(entry))


def _relation(words: str, other: CitedDocument, note: str) -> RelationLine:
    return RelationLine(words, other.name, other.url, other.subject, note, other.validity.mark)


def url_of(cited: Cited) -> str:
    """The page of a document."""
    return cited.document.url if cited.document else stub_url(cited)


def stub_url(cited: Cited) -> str:
    """The page that a document has, or would have, while nobody has written it up."""
    agency, place, symbol, running = cited.id.key.split("|")
    if "Đ" in symbol:
        # An address has no stroke, but HĐ and HD, ĐA and DA are different kinds.
        for part in PARTS.findall(symbol):
            if part != part.replace("Đ", "D") in kinds_by_abbreviation():
                symbol = symbol.replace(part, part.replace("Đ", "Dd"), 1)
    return addresses.stub_url(
        running + symbol, f"{agency} {place}" if CONTRADICTION in agency else place, cited.id.series
    )


def name_of(cited: Cited) -> str:
    """What a document is called: "Công văn 733/UBND-KT ngày 14/3/2023 của UBND tỉnh"."""
    if cited.document:
        return with_day(cited.document.title, cited.document.issued)
    parts = [with_day(f"{cited.kind or 'Văn bản'} {cited.number}", cited.issued)]
    if cited.issuer:
        parts.append(f"của {cited.issuer}")
    return " ".join(parts)


def _title(entry: Entry) -> str:
    return f"{entry.title}: {entry.subject}" if isinstance(entry, Document) else entry.title
