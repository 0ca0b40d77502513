"""What a new file of content holds and how it is named: schema → text, title → path. Pure.

Every field of the schema stands in the text: those that are known with their values, the rest as comments with their
examples. ``faults`` reads the text as a build will, so that nothing is written which a build would refuse.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from loa import messages, new_messages
from loa.check import check_names
from loa.config import Config, Section, named
from loa.content import SCHEMAS, parse
from loa.document_check import check_documents
from loa.errors import Problem
from loa.fields import FieldError, read_moment
from loa.kinds import kinds_by_abbreviation
from loa.markup import convert
from loa.scan import DEVICES
from loa.source import read_source
from loa.text import nearest, nearest_name, slug

LONGEST = 70  # characters of a name that is made of a title; names that editors give may have MAX_NAME
MAX_NAME = 120

# Servers answer a folder's address with its index.
_RESERVED = {*DEVICES, "index"}
# Written as they are: what YAML could take for something else is put in quotes, these cannot be.
_UNQUOTED = {"date", "issued", "draft"}


def cleaned(value: str) -> str:
    """``value`` on one line, in NFC, its blanks single; without marks of byte order, which a build passes over."""
    return " ".join(unicodedata.normalize("NFC", value).replace("\ufeff", "").split())


def file_name(title: str, folder: str) -> str:
    """The name of a file with that title, without its suffix; empty where no letter or digit can be used."""
    name = slug(title)
    if len(name) > LONGEST:
        cut = name.rfind("-", 0, LONGEST + 1)
        name = name[: cut if cut > 0 else LONGEST]
    return f"{folder}-{name}" if name in _RESERVED else name


def is_file_name(name: str) -> bool:
    """Whether ``name`` may be one as it stands."""
    return slug(name) == name and 0 < len(name) <= MAX_NAME and name not in _RESERVED


def path_of(folder: str, name: str, day: str) -> str:
    """The path below ``content`` of a file of that name; ``day`` is its ISO date, or as much of one as there is."""
    year, month = day[:4], day[5:7]
    parents = {"tin": f"tin/{year}/{month}", "trang": "trang", "van-ban": f"van-ban/{year}"}
    return f"{parents[folder]}/{name}.md"


def url_of(path: str) -> str:
    """The address at which the entry of that file will answer."""
    return f"/{path.removesuffix('.md')}.html"


def settled(folder: str, name: str, value: str, config: Config) -> str:
    """The value of a field as it is to be written. Raises ``FieldError`` where a build would refuse it."""
    value = cleaned(value)
    if name == "category":
        if (section := _section(config.categories, value)) is None:
            known = tuple(section.name for section in config.categories)
            raise FieldError(messages.unknown_category(value, nearest_name(value, known), known))
        return section.name
    if name == "author" and (unit := _section(config.units, value)):
        return unit.name
    if name == "date":
        return written(*read_moment(name, value, config.zone))
    found = SCHEMAS[folder][name].read(name, value, config.zone)
    return str(found)


def _section(sections: tuple[Section, ...], value: str) -> Section | None:
    """The section meant by a name, also one typed without diacritics, or by its part of the address."""
    key = slug(value)
    found = named(sections, value)
    return found or next((s for s in sections if key and key in (s.slug, slug(s.name))), None)


# Those that offices write most, the most frequent first.
KINDS = (
    "Công văn", "Quyết định", "Thông báo", "Kế hoạch", "Báo cáo",
    "Tờ trình", "Chỉ thị", "Nghị quyết", "Công điện", "Giấy mời",
)  # fmt: skip


def likely_kind(number: str) -> str:
    """The kind of document that its number tells of; a letter where it tells of none."""
    parts = re.split("[/-]", number)
    named = (kind.name for part in parts for kind in kinds_by_abbreviation().get(part, ()))
    return next(named, KINDS[0])


def near_unit(author: str, config: Config) -> str:
    """The unit that is probably meant by an author who is none of the units; empty when none is near."""
    return "" if config.unit(author) else nearest(author, [unit.name for unit in config.units])


def written(moment: datetime, has_time: bool = True) -> str:
    """A moment as front matter has it, to the minute, which is never later than the moment itself."""
    # Not strftime, whose years before 1000 have no leading zeros everywhere.
    day = moment.date().isoformat()
    return f"{day} {moment.hour:02}:{moment.minute:02}" if has_time else day


def quoted(value: str) -> str:
    """``value``, which is one line, as YAML reads it back whatever is in it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def text_of(folder: str, values: dict[str, str]) -> str:
    """The text of a new file: fields in ``values`` written, the required first; others as comments; a draft."""
    schema = SCHEMAS[folder]
    about = new_messages.about(folder)
    values = {**values, "draft": "true"}
    given = [name for name in schema if name in values]
    # The line that an editor will take out stands last.
    given.sort(key=lambda name: (name == "draft", not schema[name].required))
    lines = ["---", *(f"# {line}" for line in new_messages.HEAD), ""]
    for name in given:
        lines += (f"# {about[name]}", f"{name}: {values[name] if name in _UNQUOTED else quoted(values[name])}")
    lines += ("", f"# {new_messages.OPTIONAL}", "")
    for name in schema:
        if name not in values:
            lines += (f"# {about[name]}", f"#{name}: {schema[name].example}")
    return "\n".join([*lines, "---", "", new_messages.BODY, ""])


def faults(path: str, text: str, config: Config) -> Sequence[Problem]:
    """What a build would say of ``text`` in the file at ``path``, as far as the file alone and the settings decide.

    Of what looks wrong in a document's number, too, once it is published: warnings.
    """
    source = read_source(path, text.encode("utf-8"))
    if isinstance(source, Problem):
        return (source,)
    entry, problems, partial = parse(source, config.zone, convert)
    found = entry or partial
    if found is None:
        return problems
    return [*problems, *check_names([found], config, lambda *_: 0), *check_documents([found], lambda *_: 0)]
