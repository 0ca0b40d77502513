"""Who cites which document: the citations of a site resolved, and the documents that only citations know. Pure.

Citations with one key (issuer, symbol, number) mean one document when their year or term agrees. One without a date
means the nearest earlier document of its key; where there is none it stays undated. What as many entries cite as the
settings want gets a page although nobody has written it up.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cache, cached_property
from operator import itemgetter
from typing import NamedTuple

from msgspec import Struct

from loa.config import Config
from loa.identity import HOME, key_of, province_on, series_of, year_in
from loa.model import Article, Citation, Document, Entry, Relation
from loa.text import slug

# The series of a document whose year or term nobody has said.
UNDATED = ""


class DocumentId(NamedTuple):
    """What makes a document the same: ``key`` (issuer, symbol, number; see ``identity``) and year or term."""

    key: str
    series: str


class Cited(Struct, frozen=True):
    """A document that has a page.

    ``document`` is the entry, where somebody has written it up, and otherwise ``citation`` what says most of it.
    ``issued`` is an ISO date, or as much of one as is said; ``citing`` are the entries that cite it, oldest first.
    """

    id: DocumentId
    document: Document | None
    citation: Citation | None
    issued: str
    citing: tuple[Entry, ...]

    @property
    def kind(self) -> str:
        """The name of its kind, empty where nobody says it."""
        return self._said.kind or ""

    @property
    def number(self) -> str:
        """As printed."""
        return self._said.number

    @property
    def issuer(self) -> str:
        """As printed, empty where nobody says it."""
        return self._said.issuer or ""

    @property
    def _said(self) -> Document | Citation:
        said = self.document or self.citation
        assert said is not None  # it is written up, or a citation has made it known
        return said


class Related(Struct, frozen=True):
    """A relation as the document at its other end sees it: ``document`` replaces it, amends it and so on."""

    relation: Relation
    document: Document
    note: str


class Citator(Struct, frozen=True):
    """The documents that have pages, by identity; ``cites`` are those that an entry cites, by its path.

    They stand there by the place of the citation among all of the entry's. ``undated`` are, in the same order, those
    of which nobody can say the year or term. ``own`` has the places where a document says its own number; ``written``
    the identity of a document that has been written up, by path; ``copies`` the path of that document, by those of its
    copies; ``related`` what others do to a document; ``known`` all that undated citations may mean, by key.
    """

    documents: dict[DocumentId, Cited]
    cites: dict[str, dict[int, DocumentId]]
    undated: dict[str, dict[int, DocumentId]]
    own: dict[str, frozenset[int]]
    written: dict[str, DocumentId]
    copies: dict[str, str]
    related: dict[DocumentId, tuple[Related, ...]]
    known: _Known

    def cited(self, entry: Entry, place: int) -> Cited | None:
        """The document that the citation of ``entry`` at ``place`` means, if it has a page."""
        identity = self.cites.get(entry.path, {}).get(place)
        return self.documents[identity] if identity else None

    def mentioned(self, entry: Entry) -> list[Cited]:
        """The documents that ``entry`` cites, in the order in which it does, each once, whether they have pages or not.

        None is the entry itself; one without a page tells what this entry says of it.
        """
        cites, undated = self.cites.get(entry.path, {}), self.undated.get(entry.path, {})
        own = self.own.get(entry.path, frozenset())
        found: dict[DocumentId, _Places] = {}
        for place, citation in enumerate(entry.citations):
            if citation.key and place not in own:
                series = _series(citation.key, citation, date_of(entry, citation))
                identity = cites.get(place) or undated.get(place) or DocumentId(citation.key, series)
                found.setdefault(identity, []).append((entry, place, citation))
        settled = {*cites.values(), *undated.values()}
        dated = {identity.key for identity in found if identity.series}
        return [
            self.documents.get(identity) or _cited(identity, None, places, ())
            for identity, places in found.items()
            # What is left was said with its date elsewhere in the text.
            if identity.series or identity in settled or identity.key not in dated
        ]

    def candidates(self, undated: DocumentId) -> tuple[Cited, ...]:
        """What may be meant where nobody can say the year or term, the earliest first; nothing for any other."""
        if undated.series != UNDATED:
            return ()
        found = [
            _cited(DocumentId(key, series), document, places, ())
            for key in (undated.key, *self.known.fuller.get(undated.key, ()))
            for series, (document, places) in self.known.of_key(key)
            if series != UNDATED
        ]
        return tuple(sorted(found, key=lambda cited: (cited.issued, cited.id.key, cited.id.series)))


def day_of(entry: Entry) -> str:
    """The day of an entry, as an ISO date: when an article appeared, a document was issued; empty for pages."""
    if isinstance(entry, Article):
        return entry.published.date().isoformat()
    return entry.issued if isinstance(entry, Document) else ""


def that_cite(entries: Iterable[Entry]) -> list[Entry]:
    """Those of ``entries`` that ``resolve`` looks at."""
    return [entry for entry in entries if entry.citations or isinstance(entry, Document)]


def resolve(entries: Iterable[Entry], config: Config) -> Citator:
    """The citator of ``entries``; ``config`` tells the portal's province, and how often makes a page."""
    entries = that_cite(entries)
    settle = _Settle(config.province)
    written, copies = _written(entries, settle)
    groups = _grouped(entries, settle)
    known = _Known(groups, written, _complete(groups, written))
    stubs = config.documents.stubs
    documents: dict[DocumentId, Cited] = {}
    cites: dict[str, dict[int, DocumentId]] = {}
    undated: dict[DocumentId, _Places] = {}
    own: dict[str, frozenset[int]] = {}
    for identity, document, found in _meant(known, stubs):
        if identity.series == UNDATED:
            undated[identity] = found
        citing = {entry.path: entry for entry, _, _ in found}
        if document:
            # A document that says its own number does not cite itself.
            citing.pop(document.path, None)
            own[document.path] = frozenset(place for entry, place, _ in found if entry is document)
        elif len(citing) < stubs:
            continue
        documents[identity] = _cited(identity, document, found, citing.values())
        for entry, place, _ in found:
            if entry.path in citing:
                cites.setdefault(entry.path, {})[place] = identity
    return Citator(
        documents=documents,
        cites=cites,
        undated=_by_entry(undated),
        own=own,
        written={cited.document.path: identity for identity, cited in documents.items() if cited.document},
        copies=copies,
        related=_related(entries, cites),
        known=known.only(identity.key for identity in undated),
    )


# Entries, which of their citations are meant, and those.
_Places = list[tuple[Entry, int, Citation]]


class _Known(Struct, frozen=True):
    """What stands under each key: where it is cited, and the documents that are written up, by series.

    ``fuller`` has the keys that a number without a symbol may stand for, by its own.
    """

    groups: dict[str, _Places]
    written: dict[str, dict[str, Document]]
    fuller: dict[str, list[str]]

    def only(self, keys: Iterable[str]) -> _Known:
        """What stands under ``keys`` and those that complete them; the rest need not be kept."""
        kept = [other for key in keys for other in (key, *self.fuller.get(key, ()))]
        return _Known(
            {key: self.groups[key] for key in kept if key in self.groups},
            {key: self.written[key] for key in kept if key in self.written},
            {key: self.fuller[key] for key in kept if key in self.fuller},
        )

    def of_key(self, key: str) -> Iterable[tuple[str, tuple[Document | None, _Places]]]:
        """The documents that a key means, by series: who has written each up, and where it is cited."""
        return _of_key(key, self.groups.get(key, []), self.written.get(key, {}))


def _meant(known: _Known, stubs: int) -> Iterable[tuple[DocumentId, Document | None, _Places]]:
    """The documents that are written up, cited ``stubs`` times, or undated: who has written each, where it is cited."""
    for key in dict.fromkeys((*known.written, *known.groups)):
        places = known.groups.get(key, [])
        # Nearly all numbers are cited once, with a date.
        if len(places) < stubs and key not in known.written and all(map(_is_dated, places)):
            continue
        for series, (document, found) in known.of_key(key):
            if document or len(found) >= stubs or series == UNDATED:
                yield DocumentId(key, series), document, found


def _by_entry(undated: dict[DocumentId, _Places]) -> dict[str, dict[int, DocumentId]]:
    found: dict[str, dict[int, DocumentId]] = {}
    for identity, places in undated.items():
        for entry, place, _ in places:
            found.setdefault(entry.path, {})[place] = identity
    return found


def _grouped(entries: Iterable[Entry], settle: _Settle) -> dict[str, _Places]:
    """Where each document is cited, by key, with the province settled."""
    groups: dict[str, _Places] = {}
    for entry in entries:
        for place, citation in enumerate(entry.citations):
            if citation.key:  # the editor says of others that they are none
                key = settle(citation.key, citation.date or day_of(entry)) if settle.matters else citation.key
                groups.setdefault(key, []).append((entry, place, citation))
    if not groups or settle.matters:
        return groups
    settled: dict[str, _Places] = {}
    for key, places in groups.items():
        if places is not (same := settled.setdefault(settle(key, ""), places)):
            same.extend(places)
    return settled


def _complete(groups: dict[str, _Places], written: dict[str, dict[str, Document]]) -> dict[str, list[str]]:
    """Put citations that say only a number ("Công văn 558") to those of the one document that has it and their date.

    Comes back with the keys that such a number may stand for, by its own.
    """
    bare = {_without_symbol(key): key for key in groups if "||" in key and not key.split("|")[2]}
    if not bare:
        return {}
    fuller: dict[str, list[str]] = {}
    for key in dict.fromkeys((*written, *groups)):
        if key != bare.get(short := _without_symbol(key), key):
            fuller.setdefault(bare[short], []).append(key)
    for key, others in fuller.items():
        dates = {
            other: {document.issued for document in written.get(other, {}).values()}
            | {date_of(entry, citation) for entry, _, citation in groups.get(other, ())}
            for other in others
        }
        left: _Places = []
        for found in groups[key]:
            date = date_of(found[0], found[2])
            same = [other for other, known in dates.items() if date and date in known]
            (groups.setdefault(same[0], []) if len(same) == 1 else left).append(found)
        groups[key] = left
    return fuller


def _without_symbol(key: str) -> str:
    agency, place, _, running = key.split("|")
    return f"{agency}|{place}|{running}"


def _related(
    entries: Iterable[Entry], cites: dict[str, dict[int, DocumentId]]
) -> dict[DocumentId, tuple[Related, ...]]:
    related: dict[DocumentId, list[Related]] = {}
    documents = (entry for entry in entries if isinstance(entry, Document) and entry.relations)
    for document in sorted(documents, key=lambda document: (document.issued, document.path)):
        for place, field in enumerate(document.relations, len(document.title_citations)):
            if identity := cites.get(document.path, {}).get(place):
                related.setdefault(identity, []).append(Related(field.relation, document, field.note))
    return {identity: tuple(found) for identity, found in related.items()}


def _written(entries: Iterable[Entry], settle: _Settle) -> tuple[dict[str, dict[str, Document]], dict[str, str]]:
    """The documents that somebody has written up, by key and series; of two with one identity the first.

    And the paths of the others, with that of the first.
    """
    written: dict[str, dict[str, Document]] = {}
    again: dict[tuple[str, str], list[Document]] = {}
    for entry in entries:
        if isinstance(entry, Document) and entry.number[:1].isdigit():
            key = settle(key_of(entry.number, entry.issuer), entry.issued)
            series = year_in(entry.number) or series_of(key, entry.issued)
            first = written.setdefault(key, {}).setdefault(series, entry)
            if first is not entry:
                again.setdefault((key, series), [first]).append(entry)
    copies: dict[str, str] = {}
    for (key, series), alike in again.items():
        first = written[key][series] = min(alike, key=_precedence)
        copies |= {copy.path: first.path for copy in alike if copy is not first}
    return written, copies


def _precedence(document: Document) -> tuple[bool, bool, str, str, str]:
    """What sorts a document before its copies: it is no draft, and its file is called as its number.

    ``1080`` that has the number of ``1180`` was made from that one; so was ``1180-2``.
    """
    name = document.path.rpartition("/")[2].removesuffix(".md")
    is_named_otherwise = slug(document.number).partition("-")[0] not in name.split("-")
    return document.draft, is_named_otherwise, document.issued, name, document.path


def _of_key(
    key: str, places: _Places, written: dict[str, Document]
) -> Iterable[tuple[str, tuple[Document | None, _Places]]]:
    """The documents that citations of one key mean, by series: who has written each up, and where it is cited."""
    meant: dict[str, tuple[Document | None, _Places]] = {series: (of, []) for series, of in written.items()}
    # When which series was spoken of: what a citation without a date can mean.
    known = {(document.issued, series) for series, document in written.items()}
    undated: _Places = []
    for found in places:
        entry, _, citation = found
        date = date_of(entry, citation)
        if series := _series(key, citation, date):
            meant.setdefault(series, (None, []))[1].append(found)
            known.add((date, series))
        else:
            undated.append(found)
    if not undated:
        return meant.items()
    days = sorted((date, series) for date, series in known if date)
    for found in undated:
        # Standing pages have no day: they speak of today.
        day = day_of(found[0]) or "9999"
        earlier = bisect_right(days, day, key=itemgetter(0))
        meant.setdefault(days[earlier - 1][1] if earlier else UNDATED, (None, []))[1].append(found)
    return meant.items()


def _series(key: str, citation: Citation, date: str) -> str:
    """The year or term of a citation of ``key`` that means ``date``, as far as it says one; else UNDATED."""
    return year_in(citation.number) or (series_of(key, date) if date else UNDATED)


def _cited(identity: DocumentId, document: Document | None, places: _Places, citing: Iterable[Entry]) -> Cited:
    """A document that is cited at ``places``, by the entries ``citing``."""
    in_order = tuple(sorted(citing, key=lambda entry: (day_of(entry), entry.path)))
    if document:
        return Cited(identity, document, None, document.issued, in_order)
    issued = max((date_of(entry, citation) for entry, _, citation in places), key=lambda date: (len(date), date))
    return Cited(identity, None, max((citation for _, _, citation in places), key=_says), issued, in_order)


def _says(citation: Citation) -> tuple[int, int, str]:
    """How much a citation says: kind, date, issuer; ties are broken by the longer name, then by the words."""
    said = (citation.kind is not None) + (citation.date is not None) + (citation.issuer is not None)
    return said, len(citation.issuer or ""), citation.issuer or ""


def _is_dated(found: tuple[Entry, int, Citation]) -> bool:
    """Whether the year of a citation is known."""
    entry, _, citation = found
    return bool(date_of(entry, citation) or year_in(citation.number))


def date_of(entry: Entry, citation: Citation) -> str:
    """The date that a citation in ``entry`` means; without a year, the last such day before."""
    date = citation.date or ""
    if not date.startswith("--"):
        return date
    day = day_of(entry)
    if not day:
        return ""
    this_year = f"{day[:4]}{date[1:]}"
    return this_year if this_year <= day else f"{int(day[:4]) - 1}{date[1:]}"


_HOME = f"|{HOME}|"


class _Settle:
    """Puts the portal's province, as it was called on a day, for HOME."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._province = cache(province_on)
        self._always = f"|{slug(home)}|"

    @cached_property
    def matters(self) -> bool:
        """Whether the portal's province has been merged into another."""
        return province_on(self._home, "9999") != province_on(self._home, "")

    def __call__(self, key: str, day: str) -> str:
        if _HOME not in key:
            return key
        place = f"|{slug(self._province(self._home, day))}|" if self.matters else self._always
        return key.replace(_HOME, place, 1)
