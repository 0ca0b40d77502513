"""site.toml → Config, or Problems with their lines. Reads that one file; knows nothing of content."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from loa import messages
from loa.errors import Problem, Words, problem
from loa.pieces import FeedFormat, Link
from loa.text import line_and_column, name_key, nearest

FILE = "site.toml"
T = TypeVar("T", bound=str)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_BASE_URL = re.compile(r"https?://[\w.-]+(:\d{1,5})?(/[\w./~-]*)?")
_URL = re.compile(r"(/(?!/)\S*|https?://\S+|mailto:\S+|tel:\S+)")


class Section(Struct, frozen=True):
    """A category or unit: its address part, its name and a sentence about it."""

    slug: str
    name: str
    description: str = ""


# The listings that a site may have beside those of its categories, and the formats of its feeds.
KINDS = ("unit", "person", "tag", "year", "month")
FORMATS: tuple[FeedFormat, ...] = ("rss", "atom")


class Lists(Struct, frozen=True):
    """Which lists there are, and how many articles each shows."""

    kinds: tuple[str, ...] = KINDS
    feed_formats: tuple[FeedFormat, ...] = FORMATS
    page_size: int = 20
    earlier: int = 15
    feed: int = 20
    home_newest: int = 8
    home_block: int = 4
    most_viewed: int = 5
    register: int = 100


class Contact(Struct, frozen=True):
    """Who answers for the site, as the footer of each page says."""

    responsible: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""


class Documents(Struct, frozen=True):
    """How official documents are shown: after how many citations one gets a page that nobody has written up.

    ``category`` is the name of the category whose part of the front page shows the newest of them too; maybe empty.
    ``citations``: they are looked for in texts.
    """

    stubs: int = 2
    category: str = ""
    citations: bool = True


class Search(Struct, frozen=True):
    """Whether the site can be searched, and its ``texts`` too; how many entries a part of the index has at most."""

    enabled: bool = True
    texts: bool = True
    part: int = 1500


class Security(Struct, frozen=True):
    """What security.txt says (RFC 9116)."""

    contact: str
    expires: datetime
    policy: str = ""


class Config(Struct, frozen=True):
    """All settings of a site. ``base_url`` has no closing slash and may have a path."""

    title: str
    short_title: str
    organization: str
    description: str
    base_url: str
    language: str
    timezone: str
    notice: str
    feed_id: str
    province: str
    documents: Documents
    search: Search
    lists: Lists
    categories: tuple[Section, ...]
    units: tuple[Section, ...]
    menu: tuple[Link, ...]
    shortcuts: tuple[Link, ...]
    footer: tuple[Link, ...]
    contact: Contact
    security: Security | None

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone, for dates that name none."""
        return ZoneInfo(self.timezone)

    def category(self, name: str) -> Section | None:
        """The category of that name, however its dashes and capitals are typed."""
        return _named(self.categories, name)

    def unit(self, name: str) -> Section | None:
        """The unit of that name, however its dashes and capitals are typed."""
        return _named(self.units, name)


def _named(sections: tuple[Section, ...], name: str) -> Section | None:
    key = name_key(name)
    return next((section for section in sections if name_key(section.name) == key), None)


_TEXTS = (
    "title",
    "short_title",
    "organization",
    "description",
    "base_url",
    "language",
    "timezone",
    "notice",
    "feed_id",
    "province",
)
_REQUIRED = ("title", "base_url")
_TABLES = {
    "lists": tuple(Lists.__struct_fields__),
    "contact": tuple(Contact.__struct_fields__),
    "security": ("contact", "expires", "policy"),
    "documents": tuple(Documents.__struct_fields__),
    "search": tuple(Search.__struct_fields__),
}
_ARRAYS = {
    "category": ("slug", "name", "description"),
    "unit": ("slug", "name", "description"),
    "menu": ("label", "url"),
    "shortcut": ("label", "url"),
    "footer": ("label", "url"),
}
_OPTIONAL = {"description", "policy"}


def load_config(root: Path) -> tuple[Config | None, tuple[Problem, ...]]:
    """The settings in ``root/site.toml``; None with the problems when they cannot be used."""
    try:
        data = (root / FILE).read_bytes()
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        return None, (problem(FILE, messages.no_site_toml()),)
    except UnicodeDecodeError as error:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return None, (problem(FILE, messages.utf16()),)
        line, column = line_and_column(data, error.start)
        return None, (problem(FILE, messages.not_utf8(column), line=line),)
    except OSError as error:
        return None, (problem(FILE, messages.unreadable(error.strerror or str(error))),)
    return parse_config(text)


def parse_config(text: str) -> tuple[Config | None, tuple[Problem, ...]]:
    """The settings in the TOML ``text``; None with the problems when they cannot be used."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        return None, (problem(FILE, messages.toml_syntax(str(error)), line=line),)
    reader = _Reader(data, _lines(text))
    config = reader.config()
    return (None if reader.problems else config), tuple(sorted(reader.problems))


def _lines(text: str) -> dict[tuple[str, int, str], int]:
    """Where each key stands: (table, its index, key) → line. TOML parsers do not tell."""
    lines: dict[tuple[str, int, str], int] = {}
    table, index = "", 0
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?", line):
            table = header[1]
            index = counts.get(table, 0)
            counts[table] = index + 1
            lines.setdefault((table, index, ""), number)
        elif key := re.match(r"""\s*["']?([\w-]+)["']?\s*=""", line):
            lines.setdefault((table, index, key[1]), number)
    return lines


class _Reader:
    """Walks the parsed TOML once and gathers every problem on the way."""

    def __init__(self, data: dict[str, Any], lines: dict[tuple[str, int, str], int]) -> None:
        self.data = data
        self.lines = lines
        self.problems: list[Problem] = []

    def config(self) -> Config | None:
        self._refuse_unknown("", 0, self.data, (*_TEXTS, *_TABLES, *_ARRAYS))
        texts = {name: self._text("", 0, self.data, name, required=name in _REQUIRED) for name in _TEXTS}
        lists = self._lists()
        contact = Contact(**self._strings("contact", 0, self._table("contact"), _TABLES["contact"], _TABLES["contact"]))
        arrays = {name: self._rows(name) for name in _ARRAYS}
        categories, units = self._sections("category", arrays), self._sections("unit", arrays)
        if not categories:
            self._fault("", 0, "category", messages.toml_no_category())
        menus = {name: self._links(name, arrays[name]) for name in ("menu", "shortcut", "footer")}
        security = self._security()
        self._check_texts(texts)
        if self.problems:
            return None
        base_url = texts["base_url"].rstrip("/")
        host = urlsplit(base_url).hostname or ""
        return Config(
            title=texts["title"],
            short_title=texts["short_title"] or texts["title"],
            organization=texts["organization"] or texts["title"],
            description=texts["description"],
            base_url=base_url,
            language=texts["language"] or "vi",
            timezone=texts["timezone"] or "Asia/Ho_Chi_Minh",
            notice=texts["notice"],
            feed_id=texts["feed_id"] or f"tag:{host},2021:",
            province=texts["province"],
            documents=self._documents(categories),
            search=self._search(),
            lists=lists,
            categories=categories,
            units=units,
            menu=menus["menu"],
            shortcuts=menus["shortcut"],
            footer=menus["footer"],
            contact=contact,
            security=security,
        )

    def _fault(self, table: str, index: int, name: str, words: Words) -> None:
        line = self.lines.get((table, index, name)) or self.lines.get((table, index, ""), 0)
        field = f"{table}.{name}" if table and name and table != name else table or name
        self.problems.append(problem(FILE, words, line=line, field=field))

    def _refuse_unknown(self, table: str, index: int, row: dict[str, Any], known: tuple[str, ...]) -> None:
        for name in row:
            if name not in known:
                line_table = name if (name, 0, "") in self.lines else table
                self._fault(line_table, index, name, messages.toml_unknown(name, nearest(name, known)))

    def _text(self, table: str, index: int, row: dict[str, Any], name: str, *, required: bool) -> str:
        value: object = row.get(name, "")
        if not isinstance(value, str):
            self._fault(table, index, name, messages.toml_type(name, "chữ trong ngoặc kép"))
            return ""
        value = " ".join(value.split())
        if required and not value:
            self._fault(table, index, name, messages.toml_missing(name))
        return value

    def _strings(
        self, table: str, index: int, row: dict[str, Any], known: tuple[str, ...], optional: tuple[str, ...] | set[str]
    ) -> dict[str, str]:
        self._refuse_unknown(table, index, row, known)
        # A key that is there under another name would be named twice.
        meant = {nearest(name, known) for name in row if name not in known}
        return {
            name: self._text(table, index, row, name, required=name not in optional and name not in meant)
            for name in known
        }

    def _table(self, name: str) -> dict[str, Any]:
        value = self.data.get(name, {})
        if isinstance(value, dict):
            return value
        self._fault("", 0, name, messages.toml_type(name, f"một bảng [{name}]"))
        return {}

    def _rows(self, name: str) -> list[dict[str, str]]:
        value = self.data.get(name, [])
        if not (isinstance(value, list) and all(isinstance(row, dict) for row in value)):
            self._fault("", 0, name, messages.toml_type(name, f"các bảng [[{name}]]"))
            return []
        return [self._strings(name, i, row, _ARRAYS[name], _OPTIONAL) for i, row in enumerate(value)]

    def _lists(self) -> Lists:
        table = self._table("lists")
        self._refuse_unknown("lists", 0, table, _TABLES["lists"])
        kinds = self._choice("lists", table, "kinds", KINDS)
        formats = self._choice("lists", table, "feed_formats", FORMATS)
        if not formats:
            self._fault("lists", 0, "feed_formats", messages.toml_choice("feed_formats", FORMATS))
        sizes = {
            name: self._number("lists", table, name, getattr(Lists(), name), 1, 500)
            for name in Lists.__struct_fields__[2:]
        }
        return Lists(kinds, formats, **sizes)

    def _documents(self, categories: tuple[Section, ...]) -> Documents:
        table = self._table("documents")
        self._refuse_unknown("documents", 0, table, _TABLES["documents"])
        stubs = self._number("documents", table, "stubs", Documents().stubs, 1, 1000)
        name = self._text("documents", 0, table, "category", required=False)
        if name and _named(categories, name) is None:
            self._fault("documents", 0, "category", messages.toml_choice("category", tuple(c.name for c in categories)))
        return Documents(stubs, name, self._switch("documents", table, "citations", default=Documents().citations))

    def _search(self) -> Search:
        table = self._table("search")
        self._refuse_unknown("search", 0, table, _TABLES["search"])
        enabled = self._switch("search", table, "enabled", default=Search().enabled)
        texts = self._switch("search", table, "texts", default=Search().texts)
        return Search(enabled, texts, self._number("search", table, "part", Search().part, 100, 5000))

    def _number(self, table: str, row: dict[str, Any], name: str, default: int, least: int, most: int) -> int:
        value = row.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self._fault(table, 0, name, messages.toml_type(name, f"số nguyên từ {least} đến {most}"))
            return default
        return value

    def _switch(self, table: str, row: dict[str, Any], name: str, *, default: bool) -> bool:
        value = row.get(name, default)
        if not isinstance(value, bool):
            self._fault(table, 0, name, messages.toml_type(name, "true hoặc false"))
            return default
        return value

    def _choice(self, table: str, row: dict[str, Any], name: str, known: tuple[T, ...]) -> tuple[T, ...]:
        """Those of ``known`` that are chosen, in the order of ``known``; all of them where nothing is said."""
        value = row.get(name, known)
        if not isinstance(value, list | tuple) or any(item not in known for item in value):
            self._fault(table, 0, name, messages.toml_choice(name, known))
            return known
        return tuple(item for item in known if item in value)

    def _sections(self, table: str, arrays: dict[str, list[dict[str, str]]]) -> tuple[Section, ...]:
        slugs: set[str] = set()
        names: set[str] = set()
        for index, row in enumerate(arrays[table]):
            if row["slug"] and not _SLUG.fullmatch(row["slug"]):
                expected = "Dùng chữ thường không dấu, chữ số và dấu gạch nối."
                self._fault(table, index, "slug", messages.toml_value("slug", row["slug"], expected))
            for name, value, seen in (("slug", row["slug"], slugs), ("name", name_key(row["name"]), names)):
                if value in seen:
                    self._fault(table, index, name, messages.toml_repeated(name, row[name]))
                seen.add(value)
        return tuple(Section(**row) for row in arrays[table])

    def _links(self, table: str, rows: list[dict[str, str]]) -> tuple[Link, ...]:
        for index, row in enumerate(rows):
            if row["url"] and not _URL.fullmatch(row["url"]):
                expected = 'Viết "/…" cho trang của mình, hoặc "https://…".'
                self._fault(table, index, "url", messages.toml_value("url", row["url"], expected))
        return tuple(Link(row["label"], row["url"]) for row in rows)

    def _security(self) -> Security | None:
        table = self._table("security")
        if not table:
            return None
        self._refuse_unknown("security", 0, table, _TABLES["security"])
        contact = self._text("security", 0, table, "contact", required=True)
        policy = self._text("security", 0, table, "policy", required=False)
        expires = table.get("expires")
        if isinstance(expires, date) and not isinstance(expires, datetime):
            expires = datetime.combine(expires, time(), UTC)
        if not isinstance(expires, datetime):
            self._fault(
                "security", 0, "expires", messages.toml_type("expires", "một ngày không có ngoặc kép, ví dụ 2027-06-30")
            )
            return None
        if not contact.startswith(("mailto:", "https://", "tel:")):
            expected = "Viết mailto:…, https://… hoặc tel:…"
            self._fault("security", 0, "contact", messages.toml_value("contact", contact, expected))
        return Security(contact, expires if expires.tzinfo else expires.replace(tzinfo=UTC), policy)

    def _check_texts(self, texts: dict[str, str]) -> None:
        if texts["base_url"] and not _BASE_URL.fullmatch(texts["base_url"]):
            expected = 'Viết cả địa chỉ, ví dụ "https://lamhai.example" hoặc "https://lamhai.example/cong".'
            self._fault("", 0, "base_url", messages.toml_value("base_url", texts["base_url"], expected))
        if texts["timezone"]:
            try:
                ZoneInfo(texts["timezone"])
            except (ZoneInfoNotFoundError, ValueError, OSError):
                expected = 'Viết tên như "Asia/Ho_Chi_Minh".'
                self._fault("", 0, "timezone", messages.toml_value("timezone", texts["timezone"], expected))
