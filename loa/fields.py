"""Fields of the front matter, one by one: what is written → a value, or what is wrong with it and where.

A reader takes the field's name, its value as YAML gave it and the time zone, and gives the value or raises
``FieldError`` (``FieldsError`` for several parts of it).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any, Literal, NamedTuple, TypeVar

from loa import document_messages, limit_messages, messages
from loa.errors import Words
from loa.kinds import kinds, kinds_by_abbreviation, kinds_by_words
from loa.model import (
    AttachmentField,
    Citation,
    Correction,
    Deadline,
    ImageField,
    Relation,
    RelationField,
    Signer,
    Status,
    Urgency,
    Withdrawal,
)
from loa.text import CONTROL, DateError, end_of_day, fold, name_key, nearest, parse_date, slug

_ALIAS = re.compile(r"/(?!/)[A-Za-z0-9._/-]*")
_LETTER = re.compile(r"[^\W\d_]")
_YEARS = range(1945, 2101)
_COUNT_LIMIT = 10**12
# Each tag has a page and feeds of its own, each file is looked for: thousands of them would keep all others waiting.
_LONGEST_LIST = 300

T = TypeVar("T")
R = TypeVar("R")


class FieldError(Exception):
    """A field's value is refused; ``keys`` lead to the part that is wrong."""

    def __init__(self, words: Words, *keys: str | int) -> None:
        super().__init__(words.message)
        self.words, self.keys = words, keys


class FieldsError(Exception):
    """Several parts of a field are refused."""

    def __init__(self, faults: Sequence[FieldError]) -> None:
        super().__init__(*faults)
        self.faults = faults


class Field(NamedTuple):
    """A field of the front matter: how it is read, an example for messages, whether it must be there.

    One that must may be missing where the field ``unless`` is there.
    """

    read: Callable[[str, Any, tzinfo], Any]
    example: str
    required: bool = False
    absent: Any = ""
    unless: str = ""


# --- readers: (name, value, zone) → value, or FieldError ---------------------------


def string(name: str, value: Any, limit: int) -> str:
    """A text of at most ``limit`` characters on one line, its blanks made single."""
    if not isinstance(value, str):
        raise FieldError(messages.wrong_type(name, "một dòng chữ", f'{name}: "…"'))
    if found := CONTROL.search(value):
        raise FieldError(messages.control_character(ord(found[0]), found.start() + 1))
    text = " ".join(value.split())
    if len(text) > limit:
        raise FieldError(messages.text_too_long(name, len(text), limit))
    return text


def read_text(name: str, value: Any, _zone: tzinfo) -> str:
    """A sentence or two."""
    return string(name, value, 1000)


def read_title(name: str, value: Any, _zone: tzinfo) -> str:
    """A title: it has letters."""
    title = string(name, value, 300)
    if not _LETTER.search(title):
        raise FieldError(messages.title_without_letters(title))
    return title


def read_name(name: str, value: Any, _zone: tzinfo) -> str:
    """The name of something that gets an address."""
    text = string(name, value, 120)
    if not slug(text):
        raise FieldError(messages.no_slug(text))
    return text


def read_moment(_name: str, value: Any, zone: tzinfo) -> tuple[datetime, bool]:
    """A moment, year first, and whether it has a time of day."""
    if not isinstance(value, str):
        raise FieldError(messages.not_a_date(messages.shown(value)))
    try:
        moment, has_time = parse_date(value, zone)
    except DateError as fault:
        raise FieldError(messages.refused_date(value, fault.kind, fault.suggestion)) from None
    if moment.year not in _YEARS:
        raise FieldError(messages.date_out_of_range(value))
    return moment, has_time


def read_deadline(name: str, value: Any, zone: tzinfo) -> Deadline:
    """How long something holds: to a moment, or to the end of a day."""
    moment, has_time = read_moment(name, value, zone)
    return Deadline(moment if has_time else end_of_day(moment, zone), has_time)


CORRECTIONS: dict[str, Literal["correction", "update"]] = {"cập nhật": "update", "đính chính": "correction"}


def read_corrections(name: str, value: Any, zone: tzinfo) -> tuple[Correction, ...]:
    """What was put right, the latest first."""
    example = 'corrections: [{date: 2026-05-18 08:30, kind: đính chính, note: "…"}]'

    def read(_: str | int, item: Any) -> Correction:
        parts = _parts(name, item, example, ("date", "note"), ("kind",))
        at, has_time = _part(read_moment, parts, "date", zone)
        kind = _part(_read_kind_of_correction, parts, "kind", zone) if parts["kind"] else "update"
        return Correction(at, has_time, kind, parts["note"])

    found = each(enumerate(as_list(name, [value] if isinstance(value, dict) else value, example)), read)
    return tuple(sorted(found, key=lambda correction: correction.at, reverse=True))


def read_withdrawal(name: str, value: Any, zone: tzinfo) -> Withdrawal:
    """When, by whom and why an entry was withdrawn."""
    example = 'withdrawn: {date: 2026-05-18, by: Văn phòng UBND tỉnh, reason: "…"}'
    parts = _parts(name, value, example, ("date", "by", "reason"))
    at, has_time = _part(read_moment, parts, "date", zone)
    return Withdrawal(at, has_time, parts["by"], parts["reason"])


def _parts(
    name: str, value: Any, example: str, needed: tuple[str, ...], others: tuple[str, ...] = ()
) -> dict[str, str]:
    """The parts of a mapping by name; ``needed`` are there."""
    if not isinstance(value, dict):
        raise FieldError(messages.wrong_type(name, f"một mục có {', '.join(needed)}", example))
    missing = next((part for part in needed if not value.get(part)), "")
    if missing:
        raise FieldError(messages.missing_part(name, missing, example))
    return mapping(name, value, example, (*needed, *others))


def _part(read: Callable[[str, Any, tzinfo], R], parts: dict[str, str], name: str, zone: tzinfo) -> R:
    """One of the parts, read; a fault in it is a fault of that part."""
    try:
        return read(name, parts[name], zone)
    except FieldError as fault:
        raise FieldError(fault.words, name) from None


def read_count(_name: str, value: Any, _zone: tzinfo) -> int:
    """A count of views."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,13}", value) or int(value) > _COUNT_LIMIT:
        raise FieldError(messages.not_a_count(messages.shown(value)))
    return int(value)


def read_truth(name: str, value: Any, _zone: tzinfo) -> bool:
    """Yes or no."""
    if value not in ("true", "false"):
        raise FieldError(messages.not_a_truth(name, messages.shown(value)))
    return bool(value == "true")


def as_list(name: str, value: Any, example: str) -> list[Any]:
    """The parts of a list; one value alone is a list of it."""
    if isinstance(value, dict):
        raise FieldError(messages.wrong_type(name, "một danh sách", example))
    if isinstance(value, list) and len(value) > _LONGEST_LIST:
        raise FieldError(limit_messages.long_list(name, len(value), _LONGEST_LIST))
    return value if isinstance(value, list) else [value]


def each(parts: Iterable[tuple[str | int, T]], read: Callable[[str | int, T], R]) -> list[R]:
    """``read`` of every part, or the faults of all of them, each with the key of its part."""
    found: list[R] = []
    faults: list[FieldError] = []
    for key, part in parts:
        try:
            found.append(read(key, part))
        except FieldError as fault:
            faults.append(FieldError(fault.words, key, *fault.keys))
        except FieldsError as several:
            faults += (FieldError(fault.words, key, *fault.keys) for fault in several.faults)
    if faults:
        raise FieldsError(faults)
    return found


def read_tags(name: str, value: Any, zone: tzinfo) -> tuple[str, ...]:
    """Tags, each once, from a list or parted by commas."""
    example = "tags: [y tế, tiêm chủng]"
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]

    def read(_: str | int, item: Any) -> str:
        if not isinstance(item, str):
            raise FieldError(messages.wrong_type(name, "danh sách các dòng chữ", example))
        return read_name(name, item, zone)

    tags: dict[str, str] = {}
    for tag in each(enumerate(as_list(name, value, example)), read):
        tags.setdefault(slug(tag), tag)
    return tuple(tags.values())


def read_aliases(name: str, value: Any, _zone: tzinfo) -> tuple[str, ...]:
    """Old addresses of a page."""

    def read(_: str | int, item: Any) -> str:
        safe = isinstance(item, str) and _ALIAS.fullmatch(item) and len(item) <= 200
        if not safe or any(part.startswith(".") for part in item.split("/")) or "//" in item:
            raise FieldError(messages.bad_alias(messages.shown(item)))
        return str(item)

    return tuple(dict.fromkeys(each(enumerate(as_list(name, value, "aliases: [/tin-tuc/bai-cu.html]")), read)))


def mapping(name: str, value: Any, example: str, known: tuple[str, ...]) -> dict[str, str]:
    """The parts of a field by name, all of ``known``; a text alone is the first of them, which must be there."""
    first = known[0]
    if isinstance(value, str):
        value = {first: value}
    if not isinstance(value, dict):
        raise FieldError(messages.wrong_type(name, "một mục có các dòng con", example))

    def read(key: str | int, part: Any) -> tuple[str, str]:
        if key not in known:
            raise FieldError(messages.unknown_field(str(key), near_field(str(key), known), known))
        return str(key), string(str(key), part, 500)

    fields = {**dict.fromkeys(known, ""), **dict(each(value.items(), read))}
    if not fields[first]:
        raise FieldError(messages.missing_part(name, first, example))
    return fields


def read_image(name: str, value: Any, _zone: tzinfo) -> ImageField:
    """A picture with what is said of it."""
    return ImageField(
        **mapping(name, value, 'image: {file: /anh/x.jpg, alt: "…"}', ("file", "alt", "caption", "credit"))
    )


def read_attachments(name: str, value: Any, _zone: tzinfo) -> tuple[AttachmentField, ...]:
    """Files with their labels."""
    example = f'{name}: [{{file: /tep/x.pdf, label: "…"}}]'
    items = as_list(name, [value] if isinstance(value, dict) else value, example)

    def read(_: str | int, item: Any) -> AttachmentField:
        return AttachmentField(**mapping(name, item, example, ("file", "label")))

    return tuple(each(enumerate(items), read))


def read_strings(name: str, value: Any, _zone: tzinfo) -> tuple[str, ...]:
    """Lines of text, in order; one alone may stand without a list."""
    example = f"{name}: [dòng một, dòng hai]"

    def read(_: str | int, item: Any) -> str:
        if not isinstance(item, str):
            raise FieldError(messages.wrong_type(name, "danh sách các dòng chữ", example))
        return string(name, item, 500)

    return tuple(line for line in each(enumerate(as_list(name, value, example)), read) if line)


def read_day(_name: str, value: Any, zone: tzinfo) -> str:
    """A day, as an ISO date."""
    moment, has_time = read_moment("", value, zone)
    if has_time:
        raise FieldError(document_messages.not_a_day(value))
    return moment.date().isoformat()


def read_day_or_month(name: str, value: Any, zone: tzinfo) -> str:
    """A day, or a month whose day is not known yet, as an ISO date: ``2021-05``."""
    if isinstance(value, str) and (month := re.fullmatch(r"(\d{4})-(\d{1,2})", value.strip())):
        if not (int(month[1]) in _YEARS and 1 <= int(month[2]) <= 12):  # months
            raise FieldError(document_messages.not_a_day_or_month(value))
        return f"{month[1]}-{int(month[2]):02}"
    return read_day(name, value, zone)


def read_kind(_name: str, value: Any, _zone: tzinfo) -> str:
    """A kind of document, by the name that ``kinds`` has for it."""
    words = " ".join(value.split()).lower() if isinstance(value, str) else ""
    kind = kinds_by_words().get(unicodedata.normalize("NFC", words))
    if kind is None:
        abbreviated = kinds_by_abbreviation().get(value, ()) if isinstance(value, str) else ()
        near = abbreviated[0].name if abbreviated else nearest(words, kinds())
        raise FieldError(document_messages.unknown_kind(messages.shown(value), near))
    return kind.name


_RAISED = re.compile("[¹²³⁰⁴-⁹]")
_OWN_NUMBER = re.compile(
    r"(?:\d{1,6}(?:\.\d{1,3})?[a-zđ]{0,2})?[/-](?:(?:19|20)\d\d/)?[A-ZĐƯÂĂÊÔƠ][\w&]*(?:[/-][A-ZĐƯÂĂÊÔƠ][\w&]*)*"
)


def read_own_number(name: str, value: Any, _zone: tzinfo) -> str:
    """Number and symbol of a document as printed, without blanks; the running number may be missing."""
    number = re.sub(r"\s", "", unicodedata.normalize("NFC", string(name, value, 60)))
    number = re.sub("[‐‑–]", "-", number)
    # The mark of a footnote is a letter to the pattern.
    if not _OWN_NUMBER.fullmatch(number) or _RAISED.search(number):
        raise FieldError(document_messages.not_a_number(messages.shown(value)))
    return number


def choice(known: dict[str, T]) -> Callable[[str, Any, tzinfo], T]:
    """A reader of one of ``known`` values, by the words for it."""
    keys = {name_key(words): value for words, value in known.items()}

    def read(name: str, value: Any, _zone: tzinfo) -> T:
        words = value if isinstance(value, str) else ""
        if name_key(words) not in keys:
            near = nearest(words, known)
            raise FieldError(document_messages.not_a_choice(name, messages.shown(value), near, tuple(known)))
        return keys[name_key(words)]

    return read


def read_signer(name: str, value: Any, _zone: tzinfo) -> Signer:
    """Who signed."""
    known = ("name", "office", "authority")
    return Signer(**mapping(name, value, "signer: {authority: KT. CHỦ TỊCH, office: PHÓ CHỦ TỊCH, name: …}", known))


RELATIONS: dict[str, Relation] = {
    "thay thế": "replaces",
    "sửa đổi": "amends",
    "bãi bỏ": "repeals",
    "hướng dẫn": "guides",
    "căn cứ": "based_on",
}
STATUSES: dict[str, Status] = {
    "chưa có hiệu lực": "pending",
    "còn hiệu lực": "in_force",
    "hết hiệu lực một phần": "partly_expired",
    "hết hiệu lực": "expired",
    "ngưng hiệu lực": "suspended",
}
# What stands for the target of a citation that is none.
_NOTHING = "không"


def _only_citation(text: str) -> Citation | None:
    from loa.marking import only_citation  # noqa: PLC0415  # heavy, and seldom needed

    return only_citation(text)


def read_citations(name: str, value: Any, _zone: tzinfo) -> dict[str, Citation | None]:
    """What citations really mean, by the number that stands in the text; None for one that is no citation at all."""
    example = "citations: [{number: 1117-TB/VPCP, target: 1117-TB/VPTU}]"

    def read(_: str | int, item: Any) -> tuple[str, Citation | None]:
        if not isinstance(item, dict):
            raise FieldError(messages.wrong_type(name, "danh sách các mục có number và target", example))
        parts = mapping(name, item, example, ("number", "target"))
        if not parts["target"]:
            raise FieldError(messages.missing_part(name, "target", example))
        meant = _only_citation(parts["target"])
        if meant is None and name_key(parts["target"]) != _NOTHING:
            raise FieldError(document_messages.not_a_target(parts["target"]), "target")
        return re.sub(r"\s", "", parts["number"]), meant

    return dict(each(enumerate(as_list(name, [value] if isinstance(value, dict) else value, example)), read))


_read_kind_of_correction = choice(CORRECTIONS)
URGENCIES: dict[str, Urgency] = {"khẩn": "KHẨN", "thượng khẩn": "THƯỢNG KHẨN", "hỏa tốc": "HỎA TỐC"}
_read_relation = choice(RELATIONS)


def read_relations(name: str, value: Any, zone: tzinfo) -> tuple[RelationField, ...]:
    """What the document does to others."""
    example = "relations: [{relation: thay thế, target: 12/2020/QĐ-UBND}]"

    def read(_: str | int, item: Any) -> RelationField:
        if not isinstance(item, dict):
            raise FieldError(messages.wrong_type(name, "danh sách các mục có relation và target", example))
        parts = mapping(name, item, example, ("target", "relation", "note"))
        if not parts["relation"]:
            raise FieldError(messages.missing_part(name, "relation", example))
        relation = _part(_read_relation, parts, "relation", zone)
        citation = _only_citation(parts["target"])
        if citation is None:
            raise FieldError(document_messages.not_a_number(parts["target"]), "target")
        return RelationField(relation, parts["target"], parts["note"], citation)

    return tuple(each(enumerate(as_list(name, [value] if isinstance(value, dict) else value, example)), read))


# The parts of fields that have some, by the names under which they stand in front matter.
_FILE = ("file", "label")
_DATED = ("date", "by", "reason", "kind", "note")
PARTS = {
    "image": ("file", "alt", "caption", "credit"),
    "attachments": _FILE,
    "files": _FILE,
    "withdrawn": _DATED,
    "corrections": _DATED,
    "signer": ("authority", "office", "name"),
    "citations": ("number", "target"),
    "relations": ("relation", "target", "note"),
}


def stray_parts(fields: Mapping[str, Any], known: Container[str]) -> dict[str, tuple[str, ...]]:
    """Parts that stand beside their field instead of below it, by the field; of those that are no fields themselves."""
    found: dict[str, tuple[str, ...]] = {}
    above = ""
    for name, value in fields.items():
        if name in known and value == "":
            above = name
        elif name not in PARTS.get(above, ()):
            above = ""
        elif name not in known:
            found[above] = (*found.get(above, ()), name)
    return found


def near_field(name: str, known: tuple[str, ...]) -> str:
    """The field most likely meant: editors also write the Vietnamese word for it."""
    labels = (messages.LABELS, messages.LABELS_OF_DOCUMENTS)
    words = {fold(label[key]): key for label in labels for key in known if key in label}
    spoken = fold(name).replace("_", " ").replace("-", " ")
    found = words.get(spoken) or words.get(spoken.removeprefix("ngay "))
    return found or nearest(name, known) or words.get(nearest(spoken, words), "")
