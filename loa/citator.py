"""Who cites which document: the citations of a site resolved, and the documents that only citations know. Pure.

Citations with one key (issuer, symbol, number) mean one document when their year or term agrees. One without a date
means the nearest earlier document of its key; where there is none it stays undated. What as many entries cite as the
settings want gets a page although nobody has written it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct

from loa.config import Config
from loa.identity import HOME, key_of, province_on, series_of, year_in
from loa.model import Article, Citation, Document, Entry, Record, Relation
from loa.text import slug

# The series of a document whose year or term nobody has said.
UNDATED = ""


class DocumentId(Record, frozen=True):
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


class Related(Struct, frozen=True):
    """A relation as the document at its other end sees it: ``document`` replaces it, amends it and so on."""

    relation: Relation
    document: Document
    note: str


class Citator(Struct, frozen=True):
    """The documents that have pages, by identity; ``cites`` are those that an entry cites, by its path.

    They stand there by the place of the citation among all of the entry's. ``written`` has the identity of a document
    that has been written up, by path; ``related`` what others do to a document.
    """

    documents: dict[DocumentId, Cited]
    cites: dict[str, dict[int, DocumentId]]
    written: dict[str, DocumentId]
    related: dict[DocumentId, tuple[Related, ...]]

    def cited(self, entry: Entry, place: int) -> Cited | None:
        """The document that the citation of ``entry`` at ``place`` means, if it has a page."""
        identity = self.cites.get(entry.path, {}).get(place)
        return self.documents[identity] if identity else None


class _Mention(Struct, frozen=True):
    """The ``place``-th citation of an entry, of the ``day`` on which that appeared, and the date that it means."""

    entry: Entry
    place: int
    day: str
    date: str

    @property
    def citation(self) -> Citation:
        return self.entry.citations[self.place]


def day_of(entry: Entry) -> str:
    """The day of an entry, as an ISO date: when an article appeared, a document was issued; empty for pages."""
    if isinstance(entry, Article):
        return entry.published.date().isoformat()
    return entry.issued if isinstance(entry, Document) else ""


def resolve(entries: Iterable[Entry], config: Config) -> Citator:
    """The citator of ``entries``; ``config`` tells the portal's province, and how often makes a page."""
    entries = list(entries)
    settle = _Settle(config.province)
    written = _written(entries, settle)
    groups = _grouped(entries, settle)
    for bare in [key for key in groups if "||" in key and not key.split("|")[2]]:
        _complete(bare, groups, written)
    documents: dict[DocumentId, Cited] = {}
    cites: dict[str, dict[int, DocumentId]] = {}
    for key in dict.fromkeys((*written, *groups)):
        places = groups.get(key, [])
        # Nearly all numbers are cited once.
        if key not in written and len(places) < config.documents.stubs:
            continue
        mentions = [_mention(entry, place) for entry, place in places]
        for cited, found in _of_key(key, mentions, written.get(key, {})):
            if cited.document is None and len(cited.citing) < config.documents.stubs:
                continue
            documents[cited.id] = cited
            for mention in found:
                # A document that says its own number does not cite itself.
                if cited.document is None or mention.entry.path != cited.document.path:
                    cites.setdefault(mention.entry.path, {})[mention.place] = cited.id
    own = {cited.document.path: identity for identity, cited in documents.items() if cited.document}
    return Citator(documents, cites, own, _related(entries, cites))


_Places = list[tuple[Entry, int]]


def _grouped(entries: Iterable[Entry], settle: _Settle) -> dict[str, _Places]:
    """Where each document is cited, by key, with the province settled and numbers completed."""
    groups: dict[str, _Places] = {}
    for entry in entries:
        for place, citation in enumerate(entry.citations):
            if citation.key:  # the editor says of others that they are none
                key = settle(citation.key, citation.date or day_of(entry)) if settle.matters else citation.key
                groups.setdefault(key, []).append((entry, place))
    if not settle.matters:
        settled: dict[str, _Places] = {}
        for key, places in groups.items():
            settled.setdefault(settle(key, ""), []).extend(places)
        groups = settled
    return groups


def _complete(bare: str, groups: dict[str, _Places], written: dict[str, dict[str, Document]]) -> None:
    """Put citations that say only a number ("Công văn 558") to those of the one document that has it and their date."""
    agency, place, _, running = bare.split("|")
    beginning, ending = f"{agency}|{place}|", f"|{running}"
    dates = {
        key: {document.issued for document in written.get(key, {}).values()}
        | {_mention(*other).date for other in groups.get(key, ())}
        for key in dict.fromkeys((*written, *groups))
        if key != bare and key.startswith(beginning) and key.endswith(ending)
    }
    left: _Places = []
    for entry, at in groups[bare]:
        date = _mention(entry, at).date
        same = [key for key, known in dates.items() if date and date in known]
        (groups.setdefault(same[0], []) if len(same) == 1 else left).append((entry, at))
    groups[bare] = left


def _mention(entry: Entry, place: int) -> _Mention:
    day = day_of(entry)
    return _Mention(entry, place, day, _meant(entry.citations[place].date, day))


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


def _written(entries: Iterable[Entry], settle: _Settle) -> dict[str, dict[str, Document]]:
    """The documents that somebody has written up, by key and series; of two with one identity the first."""
    written: dict[str, dict[str, Document]] = {}
    for entry in entries:
        if isinstance(entry, Document) and entry.number[:1].isdigit():
            key = settle(key_of(entry.number, entry.issuer), entry.issued)
            series = year_in(entry.number) or series_of(key, entry.issued)
            written.setdefault(key, {}).setdefault(series, entry)
    return written


def _of_key(key: str, mentions: list[_Mention], written: dict[str, Document]) -> Iterator[tuple[Cited, list[_Mention]]]:
    """The documents that citations of one key mean, each with its citations."""
    # When which series was spoken of: what a citation without a date can mean.
    known = [(document.issued, series) for series, document in written.items()]
    dated = [(mention, _series(key, mention)) for mention in mentions]
    known += [(mention.date, series) for mention, series in dated if series and mention.date]
    by_series: dict[str, list[_Mention]] = {series: [] for series in written}
    for mention, series in dated:
        # Standing pages have no day: they speak of today.
        earlier = [] if series else [(date, of) for date, of in known if date <= (mention.day or "9999")]
        meant = max(earlier)[1] if earlier else series
        by_series.setdefault(meant, []).append(mention)
    for series, found in by_series.items():
        document = written.get(series)
        others = {m.entry.path: m.entry for m in found if document is None or m.entry.path != document.path}
        citing = tuple(sorted(others.values(), key=lambda entry: (day_of(entry), entry.path)))
        issued = document.issued if document else max((m.date for m in found), key=lambda d: (len(d), d), default="")
        citation = max((m.citation for m in found), key=_says, default=None)
        yield Cited(DocumentId(key, series), document, citation, issued, citing), found


def _series(key: str, mention: _Mention) -> str:
    return year_in(mention.citation.number) or (series_of(key, mention.date) if mention.date else UNDATED)


def _says(citation: Citation) -> tuple[int, str]:
    """How much a citation says: kind, date, issuer; ties are broken by the longer name, then by the words."""
    said = (citation.kind, citation.date, citation.issuer)
    return sum(part is not None for part in said), f"{len(citation.issuer or ''):03}{citation.issuer or ''}"


def _meant(date: str | None, day: str) -> str:
    """The date that a citation means which an entry of ``day`` says; without a year, the last such day before."""
    if not date or not date.startswith("--"):
        return date or ""
    if not day:
        return ""
    this_year = f"{day[:4]}{date[1:]}"
    return this_year if this_year <= day else f"{int(day[:4]) - 1}{date[1:]}"


class _Settle:
    """Puts the portal's province, as it was called on a day, for HOME; ``matters`` says whether the day does."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._province = cache(province_on)
        self.matters = province_on(home, "9999") != province_on(home, "")
        self._always = f"|{slug(home)}|"

    def __call__(self, key: str, day: str) -> str:
        if f"|{HOME}|" not in key:
            return key
        place = f"|{slug(self._province(self._home, day))}|" if self.matters else self._always
        return key.replace(f"|{HOME}|", place, 1)
