"""Source → Article or Page, with every fault of the file at once. The schema of the front matter is here.

Pure: what a file refers to (pictures, categories, other pages) is checked later, by ``check``,
so that a parsed entry depends on nothing but its own bytes and the time zone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

from msgspec.structs import replace

from loa import messages
from loa.errors import Problem, problem
from loa.fields import (
    Field,
    FieldError,
    FieldsError,
    near_field,
    read_aliases,
    read_attachments,
    read_count,
    read_image,
    read_moment,
    read_name,
    read_tags,
    read_text,
    read_title,
    read_truth,
)
from loa.model import Article, ConversionError, Converted, Entry, Page
from loa.source import Source

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


_COMMON = {
    "title": Field(read_title, '"…"', required=True),
    "summary": Field(read_text, '"…"'),
    "image": Field(read_image, "/anh/ten-hinh.jpg", absent=None),
    "attachments": Field(read_attachments, "[/tep/ke-hoach.pdf]", absent=()),
    "aliases": Field(read_aliases, "[/tin-tuc/bai-cu.html]", absent=()),
    "updated": Field(read_moment, "2026-05-18 08:30", absent=None),
    "draft": Field(read_truth, "true", absent=False),
}
ARTICLE_FIELDS = {
    **_COMMON,
    "date": Field(read_moment, "2026-05-17 09:15", required=True),
    "category": Field(read_name, "Tin tức – Sự kiện", required=True),
    "author": Field(read_name, "Phòng Truyền thông"),
    "source": Field(read_text, "Cổng TTĐT tỉnh"),
    "views": Field(read_count, "0", absent=None),
    "tags": Field(read_tags, "[y tế, tiêm chủng]", absent=()),
}
PAGE_FIELDS = _COMMON


def parse(source: Source, zone: tzinfo, convert: Convert) -> Parsed:
    """The entry in ``source``; its folder says which kind. ``convert`` turns Markdown into a Body."""
    is_article = source.path.startswith("tin/")
    schema = ARTICLE_FIELDS if is_article else PAGE_FIELDS
    values, problems = _read_fields(source, schema, zone)
    body = None
    try:
        body = convert(source.body).body
    except ConversionError:
        problems.append(problem(source.file, messages.body_not_convertible(), line=source.body_line))
    # A comment alone, or marks that Markdown takes away, leave nothing to read either.
    if body is not None and not body.words and not body.references:
        problems.append(problem(source.file, messages.empty_body(), line=source.body_line))
    if body is None:
        return Parsed(None, tuple(problems))
    values["updated"], values["updated_has_time"] = values["updated"] or (None, False)
    if values["summary"]:
        # What is not shown need not be remembered.
        body = replace(body, excerpt="")
    entry: Entry
    if is_article:
        published, has_time = values.pop("date") or (_UNKNOWN, False)
        entry = Article(path=source.path, body=body, published=published, has_time=has_time, **values)
        if entry.updated and published != _UNKNOWN and entry.updated.date() < published.date():
            words = messages.updated_before_published()
            problems.append(problem(source.file, words, line=source.line_of("updated"), field="updated"))
    else:
        entry = Page(path=source.path, body=body, **values)
    return Parsed(None, tuple(problems), entry) if problems else Parsed(entry)


def _read_fields(source: Source, schema: dict[str, Field], zone: tzinfo) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    meant: set[str] = set()
    for name in source.fields:
        if name not in schema:
            near = near_field(name, tuple(schema))
            meant.add(near)
            words = (
                messages.field_of_articles(name)
                if name in ARTICLE_FIELDS
                else messages.unknown_field(name, near, tuple(schema))
            )
            problems.append(problem(source.file, words, line=source.line_of(name), field=name))
    for name, field in schema.items():
        value = source.fields.get(name)
        if value in (None, "", "~", "null", []) or (isinstance(value, str) and not value.strip()):
            values[name] = field.absent
            # A field that is there under another name would be named twice.
            if field.required and name not in meant:
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
