"""site.toml → Config, or Problems with their lines. Reads that one file; knows nothing of content."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from loa import messages, site_messages
from loa.config import (
    FILE,
    FORMATS,
    KINDS,
    LEVELS,
    ZONE,
    Alert,
    Check,
    Config,
    Contact,
    Documents,
    Lists,
    Search,
    Section,
    Security,
    named,
)
from loa.errors import Problem, problem
from loa.pieces import Link
from loa.proof_rules import RULES
from loa.reasons import reason
from loa.text import DateError, end_of_day, line_and_column, name_key, parse_date
from loa.toml_tables import Row, TableReader
from loa.toml_text import lines_of, refusal

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_BASE_URL = re.compile(r"https?://[\w.-]+(:\d{1,5})?(/[\w./~-]*)?")
_URL = re.compile(r"(/(?!/)\S*|https?://\S+|mailto:\S+|tel:\S+)")

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
    "alert": ("level", "text", "link", "from", "until"),
    "addresses": ("gone", "others"),
    "check": tuple(Check.__struct_fields__),
}
_ARRAYS = {
    "category": ("slug", "name", "description", "former", "aliases"),
    "unit": ("slug", "name", "description", "former", "aliases"),
    "menu": ("label", "url"),
    "shortcut": ("label", "url"),
    "footer": ("label", "url"),
}
_OPTIONAL = {"description", "policy"}
# Of a category or unit, what is a list.
_LISTS = ("former", "aliases")
_FOLDERS = {"category": "chuyen-muc", "unit": "don-vi"}
_ANY, _NAME = re.compile(r".*", re.DOTALL), re.compile(r".*\S.*")
# Where another program answers; where texts do, no link could be told from a broken one.
_OTHER = re.compile(r"/(?!(?:tin|van-ban|trang)/?$)[^/\s?#][^\s?#]*")
# Names of folders; what has more than 255 bytes no disk takes, and the names of files and feeds come behind.
_LONGEST = 100
_FRONT = re.compile(rf"/([a-z0-9-]{{1,{_LONGEST}}}/)+")


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
        return None, (problem(FILE, messages.unreadable(reason(error))),)
    return parse_config(text)


def parse_config(text: str) -> tuple[Config | None, tuple[Problem, ...]]:
    """The settings in the TOML ``text``; None with the problems when they cannot be used."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, words = refusal(text, str(error), tuple(_ARRAYS))
        return None, (problem(FILE, words, line=line),)
    reader = _Reader(data, lines_of(text))
    config = reader.config()
    return (None if reader.problems else config), tuple(sorted(reader.problems))


class _Reader(TableReader):
    """Walks the parsed TOML once and gathers every problem on the way."""

    top = _TEXTS

    def config(self) -> Config | None:
        self._refuse_unknown("", 0, self.data, (*_TEXTS, *_TABLES, *_ARRAYS))
        texts = {name: self._text("", 0, self.data, name, required=name in _REQUIRED) for name in _TEXTS}
        lists = self._lists()
        contact = Contact(**self._strings("contact", 0, self._table("contact"), _TABLES["contact"], _TABLES["contact"]))
        arrays = {name: self._rows(name) for name in _ARRAYS}
        categories, units = self._sections("category", arrays), self._sections("unit", arrays)
        if not categories:
            self._fault("", 0, "category", site_messages.toml_no_category())
        menus = {name: self._links(name, arrays[name]) for name in ("menu", "shortcut", "footer")}
        security, alert = self._security(), self._alert(texts["timezone"])
        gone, others = self._addresses()
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
            timezone=texts["timezone"] or ZONE,
            notice=texts["notice"],
            feed_id=texts["feed_id"] or f"tag:{host},2021:",
            province=texts["province"],
            documents=self._documents(categories),
            search=self._search(),
            check=self._check(),
            lists=lists,
            categories=categories,
            units=units,
            menu=menus["menu"],
            shortcuts=menus["shortcut"],
            footer=menus["footer"],
            contact=contact,
            security=security,
            alert=alert,
            gone=gone,
            others=others,
        )

    def _rows(self, name: str) -> list[dict[str, str]]:
        value = self.data.get(name, [])
        if not (isinstance(value, list) and all(isinstance(row, dict) for row in value)):
            is_table = isinstance(value, dict)
            words = site_messages.toml_type(name, f"các bảng [[{name}]]")
            words = site_messages.toml_brackets(f"[{name}]", f"[[{name}]]") if is_table else words
            self._fault(name if is_table else "", 0, name, words)
            return []
        return [self._strings(name, i, row, _ARRAYS[name], _OPTIONAL, _LISTS) for i, row in enumerate(value)]

    def _lists(self) -> Lists:
        table = self._table("lists")
        self._refuse_unknown("lists", 0, table, _TABLES["lists"])
        kinds = self._choice("lists", table, "kinds", KINDS)
        formats = self._choice("lists", table, "feed_formats", FORMATS)
        if not formats:
            self._fault("lists", 0, "feed_formats", site_messages.toml_choice("feed_formats", FORMATS))
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
        if name and named(categories, name) is None:
            self._fault(
                "documents", 0, "category", site_messages.toml_one_of("category", tuple(c.name for c in categories))
            )
        return Documents(stubs, name, self._switch("documents", table, "citations", default=Documents().citations))

    def _search(self) -> Search:
        table = self._table("search")
        self._refuse_unknown("search", 0, table, _TABLES["search"])
        enabled = self._switch("search", table, "enabled", default=Search().enabled)
        texts = self._switch("search", table, "texts", default=Search().texts)
        return Search(enabled, texts, self._number("search", table, "part", Search().part, 100, 5000))

    def _check(self) -> Check:
        table = self._table("check")
        self._refuse_unknown("check", 0, table, _TABLES["check"])
        words = self._list("check", 0, table, "words", _ANY, "một danh sách chữ trong ngoặc kép")
        return Check(words, self._choice("check", table, "ignore", tuple(RULES), default=()))

    def _sections(self, table: str, arrays: dict[str, list[dict[str, str]]]) -> tuple[Section, ...]:
        slugs: set[str] = set()
        names: set[str] = set()
        for index, row in enumerate(arrays[table]):
            if row["slug"] and not _SLUG.fullmatch(row["slug"]):
                expected = "Dùng chữ thường không dấu, chữ số và dấu gạch nối."
                self._fault(table, index, "slug", site_messages.toml_value("slug", row["slug"], expected))
            if len(row["slug"]) > _LONGEST:
                self._fault(table, index, "slug", site_messages.toml_too_long("slug", row["slug"], _LONGEST))
            for name, value, seen in (("slug", row["slug"], slugs), ("name", name_key(row["name"]), names)):
                if value in seen:
                    self._fault(table, index, name, site_messages.toml_repeated(name, row[name]))
                seen.add(value)
        return tuple(self._section(table, index, row, names) for index, row in enumerate(arrays[table]))

    def _section(self, table: str, index: int, texts: dict[str, str], names: set[str]) -> Section:
        row = self.data[table][index]
        former = self._list(table, index, row, "former", _NAME, 'một danh sách tên, ví dụ ["Phòng Truyền thông"]')
        for name in former:
            if name_key(name) in names:
                self._fault(table, index, "former", site_messages.toml_repeated("former", name))
            names.add(name_key(name))
        example = f'["/{_FOLDERS[table]}/ten-cu/"]'
        expected = f"một danh sách địa chỉ có / ở hai đầu, mỗi phần tối đa {_LONGEST} chữ, ví dụ {example}"
        aliases = self._list(table, index, row, "aliases", _FRONT, expected)
        return Section(**texts, former=former, aliases=aliases)

    def _links(self, table: str, rows: list[dict[str, str]]) -> tuple[Link, ...]:
        for index, row in enumerate(rows):
            self._check_url(table, index, "url", row["url"])
        return tuple(Link(row["label"], row["url"]) for row in rows)

    def _check_url(self, table: str, index: int, name: str, url: str) -> None:
        if url and not _URL.fullmatch(url):
            expected = 'Viết "/…" cho trang của mình, hoặc "https://…".'
            self._fault(table, index, name, site_messages.toml_value(name, url, expected))

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
                "security",
                0,
                "expires",
                site_messages.toml_type("expires", "một ngày không có ngoặc kép, ví dụ 2027-06-30"),
            )
            return None
        if not contact.startswith(("mailto:", "https://", "tel:")):
            expected = "Viết mailto:…, https://… hoặc tel:…"
            self._fault("security", 0, "contact", site_messages.toml_value("contact", contact, expected))
        return Security(contact, expires if expires.tzinfo else expires.replace(tzinfo=UTC), policy)

    def _alert(self, zone: str) -> Alert | None:
        table = self._table("alert")
        if not table:
            return None
        self._refuse_unknown("alert", 0, table, _TABLES["alert"])
        level = table.get("level", "warning")
        if level not in LEVELS:
            self._fault("alert", 0, "level", site_messages.toml_one_of("level", LEVELS))
            level = "warning"
        text = self._text("alert", 0, table, "text", required=True)
        link = self._text("alert", 0, table, "link", required=False)
        self._check_url("alert", 0, "link", link)
        since, until = (self._moment("alert", table, name, zone) for name in ("from", "until"))
        if since and until and until <= since:
            self._fault("alert", 0, "until", site_messages.toml_value("until", str(table["until"]), "Phải sau from."))
        return Alert(level, text, link, since, until)

    def _moment(self, table: str, row: Row, name: str, zone: str) -> datetime | None:
        """A moment of the site's time zone; a day means its beginning, and for ``until`` its end."""
        value = row.get(name)
        if value is None:
            return None
        local = self._zone(zone) or UTC
        if isinstance(value, str):
            return self._written_moment(table, name, value, local)
        if not isinstance(value, date):
            example = 'một ngày hoặc giờ, ví dụ "2026-10-07" hoặc "2026-10-07 18:00"'
            self._fault(table, 0, name, site_messages.toml_type(name, example))
            return None
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=local)
        day = datetime.combine(value, time(), local)
        return end_of_day(day, local) if name == "until" else day

    def _written_moment(self, table: str, name: str, value: str, zone: tzinfo) -> datetime | None:
        """A moment in quotes, as front matter has it."""
        try:
            moment, has_time = parse_date(value, zone)
        except DateError as fault:
            better = f'{name} = "{fault.suggestion}"' if fault.suggestion else ""
            self._fault(table, 0, name, messages.refused_date(value, fault.kind, better))
            return None
        return end_of_day(moment, zone) if name == "until" and not has_time else moment

    def _addresses(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        table = self._table("addresses")
        self._refuse_unknown("addresses", 0, table, _TABLES["addresses"])
        wanted = 'một danh sách địa chỉ của chương trình khác cùng tên miền (không phải "/", "/tin/"), ví dụ ["/dvc/"]'
        others = self._list("addresses", 0, table, "others", _OTHER, wanted)
        gone = table.get("gone", [])
        if not isinstance(gone, list):
            expected = 'một danh sách địa chỉ trong trang, ví dụ ["/tin/2026/05/bai-dang-nham.html"]'
            self._fault("addresses", 0, "gone", site_messages.toml_type("gone", expected))
            return (), others
        for url in gone:
            if not (isinstance(url, str) and url.startswith("/")):
                expected = 'Viết địa chỉ bắt đầu bằng /, ví dụ "/tin/2026/05/bai-dang-nham.html".'
                self._fault("addresses", 0, "gone", site_messages.toml_value("gone", str(url), expected))
        return tuple(gone), others

    def _zone(self, name: str) -> ZoneInfo | None:
        try:
            return ZoneInfo(name or ZONE)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None

    def _check_texts(self, texts: dict[str, str]) -> None:
        if texts["base_url"] and not _BASE_URL.fullmatch(texts["base_url"]):
            expected = 'Viết cả địa chỉ, ví dụ "https://lamhai.example" hoặc "https://lamhai.example/cong".'
            self._fault("", 0, "base_url", site_messages.toml_value("base_url", texts["base_url"], expected))
        # It is part of addresses.
        if len(texts["province"]) > _LONGEST:
            self._fault("", 0, "province", site_messages.toml_too_long("province", texts["province"], _LONGEST))
        if self._zone(texts["timezone"]) is None:
            expected = f'Viết tên như "{ZONE}".'
            self._fault("", 0, "timezone", site_messages.toml_value("timezone", texts["timezone"], expected))
