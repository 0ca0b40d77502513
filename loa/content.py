"""Source → Article, Page or Document, with every fault of the file at once. The schema of the front matter is here.

Pure: what a file refers to (pictures, categories, other pages) is checked later, by ``check``,
so that a parsed entry depends on nothing but its own bytes and the time zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

from msgspec.structs import replace

from loa import document_messages, life_messages, limit_messages, messages, new_messages
from loa.errors import Problem, Words, problem
from loa.fields import (
    STATUSES,
    URGENCIES,
    Field,
    FieldError,
    FieldsError,
    choice,
    near_field,
    read_aliases,
    read_attachments,
    read_citations,
    read_corrections,
    read_count,
    read_day,
    read_day_or_month,
    read_deadline,
    read_image,
    read_kind,
    read_moment,
    read_name,
    read_own_number,
    read_relations,
    read_signer,
    read_strings,
    read_tags,
    read_text,
    read_title,
    read_truth,
    read_withdrawal,
    stray_parts,
)
from loa.model import (
    NO_CITATION,
    Article,
    Body,
    Citation,
    ConversionError,
    Converted,
    Document,
    Entry,
    Life,
    Page,
)
from loa.source import Source

_OF_ALL = ("publish_at", "withdrawn")
_OF_ARTICLES = Life.__struct_fields__
# Fields that nobody knows are told one by one up to so many: what each may mean is looked for among all there are.
_FOREIGN = 50
# As many times more fields that only another type has tell it.
_PLAIN = 2
_UNKNOWN = datetime.fromisoformat("1945-01-01T00:00:00+00:00")  # stands in a partial article for its faulty date

Convert = Callable[[str], Converted]


class Parsed(NamedTuple):
    """What a file gave: its entry, or its problems.

    ``partial`` is what could be read of a file with problems, so that the rest of it can be checked in the same run;
    fields that are missing or faulty are empty in it.
    """

    entry: Entry | None
    problems: tuple[Problem, ...] = ()
    partial: Entry | None = None


# What happens to an entry in time; gathered into its ``life``.
_LIFE = {
    "draft": Field(read_truth, "true", absent=False),
    "publish_at": Field(read_moment, "2026-05-18 06:00", absent=None),
    "withdrawn": Field(
        read_withdrawal, '{date: 2026-05-18, by: Văn phòng UBND tỉnh, reason: "số liệu chưa đúng"}', absent=None
    ),
    "aliases": Field(read_aliases, "[/tin-tuc/bai-cu.html]", absent=()),
    "updated": Field(read_moment, "2026-05-18 08:30", absent=None),
}
_COMMON = {
    "title": Field(read_title, '"…"', required=True),
    "summary": Field(read_text, '"…"'),
    "image": Field(read_image, "/anh/ten-hinh.jpg", absent=None),
    "attachments": Field(read_attachments, "[/tep/ke-hoach.pdf]", absent=()),
    **_LIFE,
    "citations": Field(read_citations, "[{number: 1117-TB/VPCP, target: 1117-TB/VPTU}]", absent={}),
}
ARTICLE_FIELDS = {
    **_COMMON,
    "date": Field(read_moment, "2026-05-17 09:15", required=True, unless="publish_at"),
    "category": Field(read_name, "Tin tức – Sự kiện", required=True),
    "author": Field(read_name, "Phòng Truyền thông"),
    "source": Field(read_text, "Cổng TTĐT tỉnh"),
    "views": Field(read_count, "0", absent=None),
    "tags": Field(read_tags, "[y tế, tiêm chủng]", absent=()),
    "pinned": Field(read_deadline, "2026-05-31", absent=None),
    "expires": Field(read_deadline, "2026-06-30", absent=None),
    "corrections": Field(
        read_corrections, '[{date: 2026-05-18 08:30, kind: đính chính, note: "số hộ là 1.250"}]', absent=()
    ),
}
PAGE_FIELDS = _COMMON
DOCUMENT_FIELDS = {
    "kind": Field(read_kind, "Công văn", required=True),
    "number": Field(read_own_number, "125/UBND-TH", required=True),
    "issued": Field(read_day_or_month, "2026-05-17", required=True),
    "issuer": Field(read_name, "Ủy ban nhân dân tỉnh", required=True),
    "parent": Field(read_name, "Ủy ban nhân dân tỉnh Lâm Hải"),
    "place": Field(read_name, "Lâm Hải"),
    "subject": Field(read_title, "chủ động ứng phó mưa lũ", required=True),
    "field": Field(read_name, "Y tế"),
    "urgency": Field(choice(URGENCIES), "khẩn"),
    "to": Field(read_strings, '["Các sở, ban, ngành", UBND các xã]', absent=()),
    "recipients": Field(read_strings, "[Như trên, Lưu VT]", absent=()),
    "signer": Field(read_signer, "{authority: KT. CHỦ TỊCH, office: PHÓ CHỦ TỊCH, name: …}", absent=None),
    "status": Field(choice(STATUSES), "còn hiệu lực"),
    "effective": Field(read_day, "2026-06-01"),
    "expires": Field(read_day, "2027-01-01"),
    "relations": Field(read_relations, "[{relation: thay thế, target: 12/2020/QĐ-UBND}]", absent=()),
    "files": Field(read_attachments, '[{file: /tep/125-ubnd-th.pdf, label: "Bản ký số"}]', absent=()),
    **_LIFE,
    "citations": _COMMON["citations"],
}
# What editors who are used to articles mean.
_OF_DOCUMENTS = {
    "title": "subject",
    "summary": "subject",
    "date": "issued",
    "author": "issuer",
    "source": "issuer",
    "category": "field",
    "tags": "field",
    "attachments": "files",
}
SCHEMAS = {"tin": ARTICLE_FIELDS, "trang": PAGE_FIELDS, "van-ban": DOCUMENT_FIELDS}


def parse(source: Source, zone: tzinfo, convert: Convert, *, cites: bool = True) -> Parsed:
    """The entry in ``source``; its folder says which kind. ``convert`` turns Markdown into a Body.

    ``cites``: titles are searched for citations, and what the editor says of those must be there.
    """
    if elsewhere := _belongs_elsewhere(source):
        return Parsed(None, (elsewhere,))
    values, problems = _read_fields(source, SCHEMAS[source.path.partition("/")[0]], zone)
    body = None
    try:
        body = convert(source.body).body
    except ConversionError as fault:
        is_nested = fault.kind == "nesting"
        words = messages.body_not_convertible() if is_nested else limit_messages.not_converted(fault.kind, fault.most)
        problems.append(problem(source.file, words, line=source.line_of_body(fault.line)))
    if body is None:
        return Parsed(None, tuple(problems))
    values["updated"], values["updated_has_time"] = values["updated"] or (None, False)
    publish_at, values["publish_at"] = values["publish_at"], (values["publish_at"] or (None,))[0]
    if "date" in values:
        values["date"] = values["date"] or publish_at
    # The day on which a document ends is its own; that of an article is one of its life.
    made = Life(**{name: values.pop(name) for name in (_OF_ARTICLES if "date" in values else _OF_ALL)})
    values["life"] = made if made != Life() else None
    meant = values.pop("citations")
    makers: dict[str, Callable[[Source, dict[str, Any], Body], tuple[Entry, list[Problem]]]]
    makers = {"tin": _article, "trang": _page, "van-ban": _document}
    entry, found = makers[source.path.partition("/")[0]](source, values, body)
    problems += found
    if cites and not isinstance(entry, Page):
        entry = replace(entry, title_citations=_cited_in_title(entry))
    if cites and meant:
        known = {citation.number for citation in entry.citations}
        for index, number in enumerate(meant):
            if number not in known:
                words = document_messages.citation_not_there(number)
                line = source.line_of("citations", index)
                problems.append(problem(source.file, words, line=line, field="citations.number"))
        entry = _with_meant(entry, meant)
    return Parsed(None, tuple(problems), entry) if problems else Parsed(entry)


def _with_meant(entry: Entry, meant: dict[str, Citation | None]) -> Entry:
    """``entry`` with what its editor says that citations mean."""

    def settled(citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
        return tuple(
            (meant[citation.number] or NO_CITATION) if citation.number in meant else citation for citation in citations
        )

    body = replace(entry.body, citations=settled(entry.body.citations))
    if isinstance(entry, Page):
        return replace(entry, body=body)
    return replace(entry, body=body, title_citations=settled(entry.title_citations))


def _cited_in_title(entry: Article | Document) -> tuple[Citation, ...]:
    from loa.marking import cited_in  # noqa: PLC0415  # heavy, and most builds read nothing

    return cited_in(entry.subject if isinstance(entry, Document) else entry.title)


def _article(source: Source, values: dict[str, Any], body: Body) -> tuple[Article, list[Problem]]:
    problems = _problems_of_body(source, body)
    published, has_time = values.pop("date") or (_UNKNOWN, False)
    article = Article(
        path=source.path,
        body=_shown(body, values),
        published=published,
        has_time=has_time,
        **values,
    )
    if published != _UNKNOWN:
        for name, words in _before_published(article):
            problems.append(problem(source.file, words, line=source.line_of(name), field=name))
    return article, problems


def _before_published(article: Article) -> Iterator[tuple[str, Words]]:
    """What is said to have happened to ``article`` before it was published, by field."""
    day, life = article.published.date(), article.life or Life()
    if article.updated and article.updated.date() < day:
        yield "updated", messages.updated_before_published()
    if life.expires and life.expires.moment <= max(article.published, life.publish_at or article.published):
        yield "expires", life_messages.expires_before_published()
    if life.pinned and life.pinned.moment <= max(article.published, life.publish_at or article.published):
        yield "pinned", life_messages.pinned_before_published()
    if any(correction.at.date() < day for correction in life.corrections):
        yield "corrections", life_messages.corrected_before_published()
    if life.withdrawn and life.withdrawn.at.date() < day:
        yield "withdrawn", life_messages.withdrawn_before_published()


def _page(source: Source, values: dict[str, Any], body: Body) -> tuple[Page, list[Problem]]:
    return Page(path=source.path, body=_shown(body, values), **values), _problems_of_body(source, body)


def _shown(body: Body, values: dict[str, Any]) -> Body:
    # What is not shown need not be remembered.
    return replace(body, excerpt="") if values["summary"] else body


def _problems_of_body(source: Source, body: Body) -> list[Problem]:
    # Nothing is shown of what was withdrawn, and a new file is not written yet.
    if source.fields.get("withdrawn") or (source.body == new_messages.BODY and source.fields.get("draft") == "true"):
        return []
    # A comment alone, or marks that Markdown takes away, leave nothing to read either.
    if body.words or body.references:
        return _problems_of_placeholder(source)
    return [problem(source.file, messages.empty_body(), line=source.body_line)]


def _problems_of_placeholder(source: Source) -> list[Problem]:
    """What to say of the line that a new file has for its text, where it would be published beside others."""
    is_there = any(line.startswith(new_messages.BODY) for line in source.body.split("\n"))
    if not is_there or source.fields.get("draft") == "true" or source.fields.get("withdrawn"):
        return []
    # Beside a signed file, a document needs no text.
    is_alone = source.body == new_messages.BODY and not source.fields.get("files")
    words = messages.placeholder_left(new_messages.BODY, is_alone=is_alone)
    return [problem(source.file, words, line=source.line_of_words(new_messages.BODY))]


_ABOUT = re.compile(r"\A(?:V/v|Về việc)[\s:]+(?=\S)", re.IGNORECASE)


def _document(source: Source, values: dict[str, Any], body: Body) -> tuple[Document, list[Problem]]:
    if values["kind"] == "Công văn":
        # The page of a letter says so itself, before the subject.
        values["subject"] = _ABOUT.sub("", values["subject"])
    document = Document(path=source.path, body=replace(body, excerpt=""), **values)
    problems: list[Problem] = []
    if not (body.words or body.references or document.files or (document.life and document.life.withdrawn)):
        problems.append(problem(source.file, document_messages.empty_document(), line=source.body_line))
    else:
        problems += _problems_of_placeholder(source)
    earlier = document.effective or document.issued
    if document.expires and earlier and document.expires < earlier:
        words = document_messages.expires_before_effective(document.expires, earlier)
        problems.append(problem(source.file, words, line=source.line_of("expires"), field="expires"))
    return document, problems


def _unknown_fields(source: Source, schema: dict[str, Field]) -> tuple[list[Problem], set[str]]:
    """What to say of fields that are not in ``schema``, and which of it they probably mean."""
    problems: list[Problem] = []
    meant: set[str] = set()
    stray = stray_parts(source.fields, schema)
    for above, parts in stray.items():
        words = messages.part_not_indented(above, parts)
        problems.append(problem(source.file, words, line=source.line_of(parts[0]), field=above))
    listed = 0
    known = {*schema, *(part for parts in stray.values() for part in parts)}
    unknown = [name for name in source.fields if name not in known]
    for name in unknown[:_FOREIGN]:
        near, words = _foreign(name, schema)
        meant.add(near)
        if name not in ARTICLE_FIELDS and not near:
            # The fields are listed once a file.
            words = messages.field_unknown_too(name, listed) if listed else words
            listed = listed or source.line_of(name)
        problems.append(problem(source.file, words, line=source.line_of(name), field=name))
    if more := unknown[_FOREIGN:]:
        words = limit_messages.more_unknown_fields(len(more))
        problems.append(problem(source.file, words, line=source.line_of(more[0]), field=more[0]))
    return problems, meant


def _read_fields(source: Source, schema: dict[str, Field], zone: tzinfo) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems, meant = _unknown_fields(source, schema)
    for name, field in schema.items():
        value = source.fields.get(name)
        if value in (None, "", "~", "null", []) or (isinstance(value, str) and not value.strip()):
            values[name] = field.absent
            # A field that is there under another name would be named twice.
            if field.required and name not in meant and not source.fields.get(field.unless):
                words = messages.missing_field(name, field.example)
                problems.append(problem(source.file, words, line=source.line_of(name), field=name))
            continue
        values[name] = field.absent
        faults: Sequence[FieldError] = ()
        try:
            values[name] = field.read(name, value, zone)
        except FieldError as fault:
            faults = (fault,)
        except FieldsError as several:
            faults = several.faults
        for refused in faults:
            where = ".".join((name, *(str(key) for key in refused.keys if isinstance(key, str))))
            line = source.line_of(name, *refused.keys)
            problems.append(problem(source.file, refused.words, line=line, field=where))
    return values, problems


def _belongs_elsewhere(source: Source) -> Problem | None:
    """What to say of a text whose fields are plainly those of another type: of that nearly all that it must have.

    An article has all fields of a page, so no text is plainly a page.
    """
    own, *parents, name = source.path.split("/")
    fields = source.fields.keys()
    for folder in ("tin", "van-ban"):
        schema = SCHEMAS[folder]
        needed = [field for field, known in schema.items() if known.required]
        foreign = [field for field in fields if field in schema and field not in SCHEMAS[own]]
        if folder == own or len(foreign) <= _PLAIN * len(fields & (SCHEMAS[own].keys() - schema.keys())):
            continue
        # A page may have fields of an article by mistake; one that has them all is one.
        if len(fields & set(needed)) >= len(needed) - (folder == "van-ban"):
            day = str(source.fields.get("issued" if folder == "van-ban" else "date", ""))
            years = re.fullmatch(r"(\d{4})-(\d\d).*", day)
            below = years.groups()[: 1 if folder == "van-ban" else 2] if years else parents
            words = messages.of_another_type(foreign, own, "/".join((folder, *below, name)))
            return problem(source.file, words, line=source.line_of(foreign[0]), field=foreign[0])
    return None


def _foreign(name: str, schema: dict[str, Field]) -> tuple[str, Words]:
    """The field that is meant by one that is not in ``schema``, or none, and what to say of it."""
    if name not in ARTICLE_FIELDS:
        near = near_field(name, tuple(schema))
        return near, messages.unknown_field(name, near, tuple(schema))
    if schema is DOCUMENT_FIELDS:
        near = _OF_DOCUMENTS.get(name, "")
        return near, document_messages.field_of_articles(name, near)
    return near_field(name, tuple(schema)), messages.field_of_articles(name)
