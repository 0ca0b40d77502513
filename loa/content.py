"""Source → Article or Page, with every fault of the file at once. The schema of the front matter is here.

Pure: what a file refers to (pictures, categories, other pages) is checked later, by ``check``,
so that a parsed entry depends on nothing but its own bytes and the time zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, tzinfo
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import replace

from loa import messages
from loa.errors import Problem, Words, problem
from loa.model import Article, AttachmentField, ConversionError, Converted, Entry, ImageField, Page
from loa.source import Source
from loa.text import DateError, fold, nearest, parse_date, slug

_ALIAS = re.compile(r"/(?!/)[A-Za-z0-9._/-]*")
_LETTER = re.compile(r"[^\W\d_]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_YEARS = range(1945, 2101)
_COUNT_LIMIT = 10**12
_UNKNOWN = datetime.fromisoformat("1945-01-01T00:00:00+00:00")  # stands in a partial article for its faulty date

Convert = Callable[[str], Converted]
T = TypeVar("T")
R = TypeVar("R")


class _FieldError(Exception):
    """A field's value is refused; ``keys`` lead to the part that is wrong."""

    def __init__(self, words: Words, *keys: str | int) -> None:
        super().__init__(words.message)
        self.words, self.keys = words, keys


class _FieldsError(Exception):
    """Several parts of a field are refused."""

    def __init__(self, faults: Sequence[_FieldError]) -> None:
        super().__init__(*faults)
        self.faults = faults


class Parsed(NamedTuple):
    """What a file gave: its entry, or its problems.

    ``partial`` is what could be read of a file with problems, so that the rest of it can be checked in the same run;
    fields that are missing or faulty are empty in it.
    """

    entry: Entry | None
    problems: tuple[Problem, ...] = ()
    partial: Entry | None = None


class Field(NamedTuple):
    """A field of the front matter: how it is read, an example for messages, whether it must be there."""

    read: Callable[[str, Any, tzinfo], Any]
    example: str
    required: bool = False
    absent: Any = ""


# --- readers: (name, value, zone) → value, or _FieldError ---------------------------


def _string(name: str, value: Any, limit: int) -> str:
    if not isinstance(value, str):
        raise _FieldError(messages.wrong_type(name, "một dòng chữ", f'{name}: "…"'))
    if found := _CONTROL.search(value):
        raise _FieldError(messages.control_character(ord(found[0]), found.start() + 1))
    text = " ".join(value.split())
    if len(text) > limit:
        raise _FieldError(messages.text_too_long(name, len(text), limit))
    return text


def _text(name: str, value: Any, _zone: tzinfo) -> str:
    return _string(name, value, 1000)


def _title(name: str, value: Any, _zone: tzinfo) -> str:
    title = _string(name, value, 300)
    if not _LETTER.search(title):
        raise _FieldError(messages.title_without_letters(title))
    return title


def _name(name: str, value: Any, _zone: tzinfo) -> str:
    text = _string(name, value, 120)
    if not slug(text):
        raise _FieldError(messages.no_slug(text))
    return text


def _moment(_name: str, value: Any, zone: tzinfo) -> tuple[datetime, bool]:
    if not isinstance(value, str):
        raise _FieldError(messages.not_a_date(messages.shown(value)))
    try:
        moment, has_time = parse_date(value, zone)
    except DateError as fault:
        if fault.kind == "day-first":
            raise _FieldError(messages.day_first_date(value, fault.suggestion)) from None
        words = messages.impossible_date if fault.kind == "impossible" else messages.not_a_date
        raise _FieldError(words(value)) from None
    if moment.year not in _YEARS:
        raise _FieldError(messages.date_out_of_range(value))
    return moment, has_time


def _count(_name: str, value: Any, _zone: tzinfo) -> int:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,13}", value) or int(value) > _COUNT_LIMIT:
        raise _FieldError(messages.not_a_count(messages.shown(value)))
    return int(value)


def _truth(name: str, value: Any, _zone: tzinfo) -> bool:
    if value not in ("true", "false"):
        raise _FieldError(messages.not_a_truth(name, messages.shown(value)))
    return bool(value == "true")


def _list(name: str, value: Any, example: str) -> list[Any]:
    if isinstance(value, dict):
        raise _FieldError(messages.wrong_type(name, "một danh sách", example))
    return value if isinstance(value, list) else [value]


def _each(parts: Iterable[tuple[str | int, T]], read: Callable[[str | int, T], R]) -> list[R]:
    """``read`` of every part, or the faults of all of them, each with the key of its part."""
    found: list[R] = []
    faults: list[_FieldError] = []
    for key, part in parts:
        try:
            found.append(read(key, part))
        except _FieldError as fault:
            faults.append(_FieldError(fault.words, key, *fault.keys))
        except _FieldsError as several:
            faults += (_FieldError(fault.words, key, *fault.keys) for fault in several.faults)
    if faults:
        raise _FieldsError(faults)
    return found


def _tags(name: str, value: Any, zone: tzinfo) -> tuple[str, ...]:
    example = "tags: [y tế, tiêm chủng]"
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]

    def read(_: str | int, item: Any) -> str:
        if not isinstance(item, str):
            raise _FieldError(messages.wrong_type(name, "danh sách các dòng chữ", example))
        return _name(name, item, zone)

    tags: dict[str, str] = {}
    for tag in _each(enumerate(_list(name, value, example)), read):
        tags.setdefault(slug(tag), tag)
    return tuple(tags.values())


def _aliases(name: str, value: Any, _zone: tzinfo) -> tuple[str, ...]:
    def read(_: str | int, item: Any) -> str:
        safe = isinstance(item, str) and _ALIAS.fullmatch(item) and len(item) <= 200
        if not safe or any(part.startswith(".") for part in item.split("/")) or "//" in item:
            raise _FieldError(messages.bad_alias(messages.shown(item)))
        return str(item)

    return tuple(dict.fromkeys(_each(enumerate(_list(name, value, "aliases: [/tin-tuc/bai-cu.html]")), read)))


def _mapping(name: str, value: Any, example: str, known: tuple[str, ...]) -> dict[str, str]:
    if isinstance(value, str):
        value = {"file": value}
    if not isinstance(value, dict):
        raise _FieldError(messages.wrong_type(name, "một mục có các dòng con", example))

    def read(key: str | int, part: Any) -> tuple[str, str]:
        if key not in known:
            raise _FieldError(messages.unknown_field(str(key), _near_field(str(key), known), known))
        return str(key), _string(str(key), part, 500)

    fields = {**dict.fromkeys(known, ""), **dict(_each(value.items(), read))}
    if not fields["file"]:
        raise _FieldError(messages.missing_part(name, "file", example))
    return fields


def _image(name: str, value: Any, _zone: tzinfo) -> ImageField:
    return ImageField(
        **_mapping(name, value, "image: {file: /anh/x.jpg, alt: …}", ("file", "alt", "caption", "credit"))
    )


def _attachments(name: str, value: Any, _zone: tzinfo) -> tuple[AttachmentField, ...]:
    example = "attachments: [{file: /tep/x.pdf, label: …}]"
    items = _list(name, [value] if isinstance(value, dict) else value, example)

    def read(_: str | int, item: Any) -> AttachmentField:
        return AttachmentField(**_mapping(name, item, example, ("file", "label")))

    return tuple(_each(enumerate(items), read))


# --- the schema ----------------------------------------------------------------

_COMMON = {
    "title": Field(_title, '"…"', required=True),
    "summary": Field(_text, '"…"'),
    "image": Field(_image, "/anh/ten-hinh.jpg", absent=None),
    "attachments": Field(_attachments, "[/tep/ke-hoach.pdf]", absent=()),
    "aliases": Field(_aliases, "[/tin-tuc/bai-cu.html]", absent=()),
    "updated": Field(_moment, "2026-05-18 08:30", absent=None),
    "draft": Field(_truth, "true", absent=False),
}
ARTICLE_FIELDS = {
    **_COMMON,
    "date": Field(_moment, "2026-05-17 09:15", required=True),
    "category": Field(_name, "Tin tức – Sự kiện", required=True),
    "author": Field(_name, "Phòng Truyền thông"),
    "source": Field(_text, "Cổng TTĐT tỉnh"),
    "views": Field(_count, "0", absent=None),
    "tags": Field(_tags, "[y tế, tiêm chủng]", absent=()),
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
            near = _near_field(name, tuple(schema))
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
        faults: Sequence[_FieldError] = ()
        try:
            values[name] = field.read(name, value, zone)
        except _FieldError as fault:
            faults = (fault,)
        except _FieldsError as several:
            faults = several.faults
        for refused in faults:
            where = ".".join((name, *(str(key) for key in refused.keys if isinstance(key, str))))
            line = source.line_of(name, *refused.keys)
            problems.append(problem(source.file, refused.words, line=line, field=where))
    return values, problems


def _near_field(name: str, known: tuple[str, ...]) -> str:
    """The field most likely meant: editors also write the Vietnamese word for it."""
    words = {fold(messages.LABELS[key]): key for key in known if key in messages.LABELS}
    spoken = fold(name).replace("_", " ").replace("-", " ")
    return words.get(spoken) or nearest(name, known) or words.get(nearest(spoken, words), "")
