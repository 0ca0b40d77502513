"""The oracle of the project: after any edits, an incremental build and a clean build give the same site.

Hypothesis makes up the edits. ``LOA_SEQUENCES=20000 pytest tests/property/test_incremental.py`` runs more of them,
each time others, as a nightly run would; without it the sequences are always the same.
"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import partial, wraps
from itertools import cycle
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from conftest import LONG, NOW, files_of
from coverage.multiproc import original_bootstrap
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from msgspec.structs import replace
from PIL import Image

from loa import memory, pipeline, publishing, store, workers
from loa.errors import Problem
from loa.fingerprint import digest
from loa.pipeline import Options, Report, build
from loa.readership import Readership, Views, encode
from loa.sections import Stamps
from loa.store import Store
from loa.templates import Templates
from loa.views import ArticleView

# Thousands of builds run through what other tests have measured, and to measure it again takes half as long once more.
pytestmark = pytest.mark.no_cover

PATHS = tuple(f"tin/{year}/{slug}" for year in ("2025", "2026/05") for slug in ("cau", "cho", "hoi", "lua"))
# Two equal moments, two kinds of "no time", another zone, and two that are still to come at NOW.
DATES = (
    "2026-05-01 08:00",
    "2026-05-01 08:00",
    "2026-05-01T08:00+09:00",
    "2026-05-01",
    "2025-12-31",
    "2026-05-31 23:59",
    "2026-06-02 07:30",
    "2026-07-01",
)
CLOCKS = tuple(NOW + timedelta(days=days) for days in (-40, -1, 0, 2, 45))
CATEGORIES = ("Tin tức – Sự kiện", "tin tức - sự kiện", "Chỉ đạo điều hành")
AUTHORS = (None, "Phòng Truyền thông", "Lê Văn An", "Trần Thị Bình")
TAGS = ((), ("y tế",), ("y tế", "lễ hội"), ("lễ hội",))
PICTURES = ("anh/mot.png", "anh/hai.png")
FILES = ("tep/ke-hoach.txt", "tep/bieu-mau.txt")
BODIES = (
    "Nội dung bài viết.",
    "## Mục một\n\nĐoạn văn.\n\n## Mục hai\n\n- một\n- hai",
    "![Cầu](/anh/mot.png)\n\nDòng sau hình.",
    "Xem [kế hoạch](/tep/ke-hoach.txt) và [trang chủ](/).",
    # The target may be missing or held: then both builds must refuse in the same words.
    "Xem [bài khác](/tin/2025/cau.html).",
    "Theo Công văn số 12/UBND-TH ngày 05/3/2025 của UBND tỉnh và Quyết định số 77/QĐ-UBND ngày 01/02/2025.",
    "Thực hiện **Quyết định** số 77/QĐ-UBND ngày 01/02/2025 và Thông báo số 895-TB/TU của Tỉnh ủy.",
)
DOCUMENTS = ("van-ban/2025/mot", "van-ban/2025/hai", "van-ban/2026/ba", "van-ban/2026/bon")
NUMBERS = ("12/UBND-TH", "13/QĐ-UBND", "/SYT-NVY", "895-TB/TU")
TITLES = ("Cầu mới", "Chợ quê", "Lễ hội: ngày mở đầu", "Họp báo <b>quý</b> & năm", "Mùa lúa")

# Prints whole views, so that whatever differs shows; and compiles in no time.
THEME = {
    "base.html": '{% from "components/frame.html" import frame %}\n<!doctype html>\n'
    '<html lang="vi">{{ frame(chrome, meta) }}'
    '{% include "components/nested.html" %}{% block main %}{% endblock %}</html>\n',
    "components/frame.html": (
        "{% macro frame(chrome, meta) %}<head><title>{{ meta.title }}</title></head>"
        "{{ chrome }}{{ meta }}{% endmacro %}\n"
    ),
    "components/nested.html": "<hr>\n",
    "pages/home.html": "lead, newest, blocks, most_viewed, viewed_lately, shortcuts",
    "pages/article.html": (
        "article, views, category, author, tags, picture, attachments, earlier, links, pictures, cited, documents, "
        "content, is_expired, mark"
    ),
    "pages/page.html": "page, picture, attachments, links, pictures, cited, documents, content, mark",
    "pages/document.html": (
        "document, files, links, pictures, cited, documents, validity, relations, citing, content, mark"
    ),
    "pages/stub.html": "url, name, kind, number, issued, issuer, relations, citing",
    "pages/register.html": (
        "title, description, url, front, parents, rows, kinds, issuers, number, newer, older, oldest, "
        "groups, downloads, feeds"
    ),
    "pages/listing.html": (
        "kind, title, description, url, front, parents, cards, number, newer, older, oldest, feeds, pinned"
    ),
    "pages/index.html": "kind, title, description, url, groups",
    "pages/search.html": (
        "url, scripts, stylesheet, parts, leads, texts, years, categories, units, kinds, issuers, elsewhere"
    ),
    "pages/feeds.html": "title, url, groups",
    "pages/404.html": "categories",
    "pages/redirect.html": "url, target, title",
    "pages/withdrawn.html": "url, title, kind, withdrawal",
}
OWN_PICTURE = (
    '{% macro body_picture(picture, figure) %}<img src="{{ picture.src | href }}">{% endmacro %}'
    '{% macro feed_picture(picture, figure) %}<img src="{{ picture.src | absolute }}">{% endmacro %}'
    "{% macro feed_notes(corrections) %}{% for item in corrections %}<p>{{ item.note }}</p>{% endfor %}{% endmacro %}"
)


def _page_template(fields: str) -> str:
    shown = "\n".join(f"<p>{{{{ {field} }}}}</p>" for field in fields.split(", "))
    return f'{{% extends "base.html" %}}\n{{% block main %}}\n{shown}\n{{% endblock %}}\n'


def _picture(colour: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (6, 4), colour).save(made, "PNG")
    return made.getvalue()


DATABASE, ENTRIES, MANIFEST = ".cache/bodies.sqlite", ".public.loa/entries", ".public.loa/manifest"
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "rubbish": lambda _: b"rubbish" * 100,
    "half": lambda data: data[: len(data) // 2],
    "hole": lambda data: _with_hole(data, b"\0"),
    "no text": lambda data: _with_hole(data, b"\xff"),
}


def _with_hole(data: bytes, byte: bytes) -> bytes:
    third = len(data) // 3
    return data[:third] + byte * third + data[2 * third :]


COLOURS = {name: _picture(name) for name in ("teal", "orange", "gray")}


IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class Killed(BaseException):
    """The process is gone; nothing may catch this."""


def edit(**drawn: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Any]:
    """A kind of edit. After it the site is built not at all, once, or twice."""

    def decorate(function: Callable[..., None]) -> Any:
        @wraps(function)
        def wrapper(self: Portal, builds: int, **values: Any) -> None:
            function(self, **values)
            self.wanted = None
            for _ in range(builds):
                self.build_and_compare()

        del wrapper.__wrapped__  # Hypothesis must see the parameters of the wrapper
        return rule(builds=st.sampled_from((0, 1, 1, 2)), **drawn)(wrapper)

    return decorate


class Portal(RuleBasedStateMachine):
    """A small site that is edited in every way we know, with the small theme in its own ``templates``."""

    theme = True

    def __init__(self) -> None:
        super().__init__()
        self.patches = ExitStack()
        self.folder = Path(self.patches.enter_context(tempfile.TemporaryDirectory(dir=IN_MEMORY)))
        self.root = self.folder / "site"
        self.code = "code 0"
        # A tick of the clock still counts as too recent, but not the two seconds of which every sequence is shorter.
        self.patches.enter_context(patch.object(memory, "_RACY", 20_000_000))
        self.patches.enter_context(patch.object(pipeline, "_code_digest", lambda: self.code))
        # What follows saves time and changes no bytes.
        self.patches.enter_context(patch.object(os, "fsync", lambda _: None))
        self.now = NOW
        self.articles: dict[str, dict[str, Any]] = {}
        self.pages: dict[str, dict[str, Any]] = {}
        self.documents: dict[str, dict[str, Any]] = {}
        self.settings: dict[str, Any] = {"title": "Cổng", "size": 2, "menu": (), "turned": False, "path": ""}
        # Published files of which Loa no longer knows that it wrote them, because its manifest was taken away.
        self.unknown: set[str] = set()
        self.dropped_state = False
        self.differed = False
        # What a clean build of the present sources gives, once it was made.
        self.wanted: tuple[Report, dict[str, bytes]] | None = None
        for path, colour in zip(PICTURES, COLOURS, strict=False):
            self._write(f"content/{path}", COLOURS[colour])
        for path in FILES:
            self._write(f"content/{path}", f"Nội dung của {path}\n")
        if self.theme:
            for name, text in THEME.items():
                self._write(f"templates/{name}", text if text.startswith(("{", "<")) else _page_template(text))
        self._write("static/css/index.css", "body { color: black }\n")
        self._write_settings()
        for number, path in enumerate(("tin/2025/cau", "tin/2025/cho", "tin/2026/05/hoi")):
            self._write_entry(path, {**self._new_article(number), "category": CATEGORIES[0]})

    @initialize(built=st.booleans())
    def begin(self, built: bool) -> None:
        if built:
            self.build_and_compare()

    def teardown(self) -> None:
        try:
            if not self.differed:
                self.build_and_compare()
        finally:
            self.patches.close()

    # --- the files ---------------------------------------------------------------

    def _write(self, path: str, data: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)

    def _write_settings(self) -> None:
        chosen = self.settings
        names = [("tin", "Tin tức – Sự kiện"), ("chi-dao", "Chỉ đạo điều hành")]
        lines = [
            f'title = "{chosen["title"]}"',
            f'base_url = "https://thu.example{chosen["path"]}"',
            "[lists]",
            f"page_size = {chosen['size']}",
            "earlier = 2",
            "feed = 2",
            "home_newest = 2",
            "home_block = 2",
            "most_viewed = 2",
            "register = 2",
            # What goes may go: that a build refuses to take an address away is tested by itself.
            "[addresses]",
            f"gone = {[f'/{path}.html' for path in (*PATHS, *DOCUMENTS, 'trang/lien-he', 'trang/gioi-thieu')]!r}",
            # The index of texts differs a little each time it is made.
            "[search]",
            "texts = false",
        ]
        if chosen.get("alert"):
            lines += ["[alert]", 'text = "Bão số 5"', *chosen["alert"]]
        for slug, name in reversed(names) if chosen["turned"] else names:
            lines += ["[[category]]", f'slug = "{slug}"', f'name = "{name}"']
        lines += ["[[unit]]", 'slug = "truyen-thong"', 'name = "Phòng Truyền thông"']
        for label, url in chosen["menu"]:
            lines += ["[[menu]]", f'label = "{label}"', f'url = "{url}"']
        self._write("site.toml", "\n".join(lines) + "\n")

    def _write_entry(self, path: str, fields: dict[str, Any]) -> None:
        entries = {"tin": self.articles, "trang": self.pages, "van-ban": self.documents}
        entries[path.partition("/")[0]][path] = fields
        lines = ["---"]
        for key, value in fields.items():
            if key == "body" or value in (None, (), False):
                continue
            if isinstance(value, tuple):
                shown = f"[{', '.join(value)}]"
            elif isinstance(value, str):
                shown = value if value.startswith("{") else f'"{value}"'
            else:
                shown = str(value).lower()
            lines.append(f"{key}: {shown}")
        self._write(f"content/{path}.md", "\n".join([*lines, "---", "", fields["body"], ""]))

    def _new_article(self, number: int) -> dict[str, Any]:
        return {
            "title": TITLES[number % len(TITLES)],
            "date": DATES[number % len(DATES)],
            "category": CATEGORIES[number % len(CATEGORIES)],
            "author": AUTHORS[number % len(AUTHORS)],
            "tags": TAGS[number % len(TAGS)],
            "body": BODIES[number % 4],
        }

    def _change(self, pick: int, **fields: Any) -> None:
        path = self._pick(pick)
        self._write_entry(path, {**self.articles[path], **fields})

    def _pick(self, pick: int) -> str:
        return sorted(self.articles)[pick % len(self.articles)]

    @property
    def _some_file(self) -> Callable[[int], Path | None]:
        def find(pick: int) -> Path | None:
            files = sorted(p for p in (self.root / "public").rglob("*") if p.is_file())
            return files[pick % len(files)] if files else None

        return find

    # --- edits of articles ---------------------------------------------------------

    some = st.integers(0, 99)
    have_articles = precondition(lambda self: self.articles)

    @edit(path=st.sampled_from(PATHS), number=some)
    def add_article(self, path: str, number: int) -> None:
        self._write_entry(path, self._new_article(number))

    @edit(path=st.sampled_from(PATHS), number=some, other=st.sampled_from(PATHS), date=st.sampled_from(DATES))
    def add_two_articles(self, path: str, number: int, other: str, date: str) -> None:
        self._write_entry(path, {**self._new_article(number), "date": date})
        self._write_entry(other, {**self._new_article(number + 1), "date": date})

    @have_articles
    @edit(pick=some, body=st.sampled_from(BODIES))
    def edit_body(self, pick: int, body: str) -> None:
        self._change(pick, body=body)

    @have_articles
    @edit(pick=some, title=st.sampled_from(TITLES))
    def edit_title(self, pick: int, title: str) -> None:
        self._change(pick, title=title)

    @have_articles
    @edit(pick=some, date=st.sampled_from(DATES))
    def edit_date(self, pick: int, date: str) -> None:
        self._change(pick, date=date)

    @have_articles
    @edit(pick=some, category=st.sampled_from(CATEGORIES))
    def edit_category(self, pick: int, category: str) -> None:
        self._change(pick, category=category)

    @have_articles
    @edit(pick=some, author=st.sampled_from(AUTHORS))
    def edit_author(self, pick: int, author: str | None) -> None:
        self._change(pick, author=author)

    @have_articles
    @edit(pick=some, tags=st.sampled_from(TAGS))
    def edit_tags(self, pick: int, tags: tuple[str, ...]) -> None:
        self._change(pick, tags=tags)

    @have_articles
    @edit(pick=some, views=st.sampled_from((None, 0, 7, 31_791)))
    def edit_views(self, pick: int, views: int | None) -> None:
        self._change(pick, views=views)

    @have_articles
    @edit(pick=some, updated=st.sampled_from((None, "2026-06-01 09:00")))
    def edit_updated(self, pick: int, updated: str | None) -> None:
        self._change(pick, updated=updated)

    @have_articles
    @edit(pick=some)
    def turn_draft(self, pick: int) -> None:
        self._change(pick, draft=not self.articles[self._pick(pick)].get("draft", False))

    @have_articles
    @edit(
        pick=some,
        publish_at=st.sampled_from((None, "2026-06-02 07:30")),
        pinned=st.sampled_from((None, "2026-05-31", "2026-06-01", "2026-07-01")),
        expires=st.sampled_from((None, "2026-05-31", "2026-06-01", "2026-06-30 08:00")),
        corrections=st.sampled_from(((), ("{date: 2026-05-31, note: Có 12 đội.}",))),
        withdrawn=st.sampled_from((None, None, "{date: 2026-05-31, by: Văn phòng, reason: Sai.}")),
    )
    def edit_life(self, pick: int, **fields: Any) -> None:
        self._change(pick, **fields)

    @have_articles
    @edit(pick=some)
    def delete_article(self, pick: int) -> None:
        path = self._pick(pick)
        (self.root / f"content/{path}.md").unlink()
        del self.articles[path]

    @have_articles
    @edit(pick=some, to=st.sampled_from(PATHS), with_alias=st.booleans())
    def rename_article(self, pick: int, to: str, with_alias: bool) -> None:
        path = self._pick(pick)
        if to in self.articles:
            return
        fields = self.articles.pop(path)
        (self.root / f"content/{path}.md").unlink()
        aliases = (*fields.get("aliases", ()), f"/{path}.html") if with_alias else ()
        self._write_entry(to, {**fields, "aliases": tuple(alias for alias in aliases if alias != f"/{to}.html")})

    # --- edits of documents ----------------------------------------------------------

    @edit(
        path=st.sampled_from(DOCUMENTS),
        number=st.sampled_from(NUMBERS),
        kind=st.sampled_from(("Công văn", "Quyết định")),
        issued=st.sampled_from(("2025-03-05", "2025-12", "2026-05-02")),
        issuer=st.sampled_from(("Ủy ban nhân dân tỉnh", "Sở Y tế")),
        field=st.sampled_from((None, "Y tế", "Đất đai")),
        status=st.sampled_from((None, "còn hiệu lực", "hết hiệu lực")),
        effective=st.sampled_from((None, "2026-06-01", "2026-06-02")),
        expires=st.sampled_from((None, "2026-06-02")),
        files=st.sampled_from(((), FILES[:1])),
        body=st.sampled_from(BODIES),
        relation=st.sampled_from((None, "thay thế", "sửa đổi", "căn cứ")),
        other=st.sampled_from(("12/UBND-TH", "77/QĐ-UBND", "Thông báo số 895-TB/TU của Tỉnh ủy")),
    )
    def write_document(self, path: str, relation: str | None, other: str, **fields: Any) -> None:
        files = tuple(f"/{file}" for file in fields.pop("files"))
        relations = (f'{{relation: {relation}, target: "{other}"}}',) if relation else ()
        self._write_entry(path, {**fields, "files": files, "relations": relations, "subject": f"việc {path[-3:]}"})

    @precondition(lambda self: self.documents)
    @edit(pick=some)
    def delete_document(self, pick: int) -> None:
        path = sorted(self.documents)[pick % len(self.documents)]
        (self.root / f"content/{path}.md").unlink()
        del self.documents[path]

    # --- edits of files and pages ----------------------------------------------------

    @have_articles
    @edit(pick=some, image=st.sampled_from((None, "/anh/mot.png", "/anh/hai.png")))
    def edit_image(self, pick: int, image: str | None) -> None:
        self._change(pick, image=image)

    @edit(path=st.sampled_from(PICTURES), colour=st.sampled_from(tuple(COLOURS)))
    def replace_picture(self, path: str, colour: str) -> None:
        self._write(f"content/{path}", COLOURS[colour])

    @have_articles
    @edit(pick=some, files=st.sampled_from(((), ("/tep/ke-hoach.txt",), ("/tep/ke-hoach.txt", "/tep/bieu-mau.txt"))))
    def edit_attachments(self, pick: int, files: tuple[str, ...]) -> None:
        self._change(pick, attachments=files)

    @edit(path=st.sampled_from(FILES), text=st.sampled_from(("Bản một\n", "Bản hai\n", "Bản dài hơn nhiều\n")))
    def replace_attachment(self, path: str, text: str) -> None:
        self._write(f"content/{path}", text)

    @edit(path=st.sampled_from(FILES))
    def delete_attachment(self, path: str) -> None:
        # Refused while an article offers it.
        (self.root / "content" / path).unlink(missing_ok=True)

    @edit(name=st.sampled_from(("lien-he", "gioi-thieu")), title=st.sampled_from(TITLES), body=st.sampled_from(BODIES))
    def write_page(self, name: str, title: str, body: str) -> None:
        self._write_entry(f"trang/{name}", {"title": title, "body": body})

    @precondition(lambda self: self.pages)
    @edit()
    def delete_page(self) -> None:
        path, _ = self.pages.popitem()
        (self.root / f"content/{path}.md").unlink()

    # --- edits of the site -------------------------------------------------------------

    added = st.sampled_from(("", "<i>mới</i>", "<i>khác</i>", "{# a remark that does not show #}"))

    # Those of pages, and those that others pull in.
    edited = (
        "pages/article.html",
        "pages/listing.html",
        "base.html",
        "components/frame.html",
        "components/nested.html",
    )

    @edit(name=st.sampled_from(edited), added=added)
    def edit_template(self, name: str, added: str) -> None:
        self._edit_template(name if self.theme else name.replace("frame", "footer").replace("nested", "lines"), added)

    def _edit_template(self, name: str, added: str) -> None:
        if self.theme:
            text = THEME[name] if THEME[name].startswith(("{", "<")) else _page_template(THEME[name])
        else:
            text = (pipeline.HERE.parent / "templates" / name).read_text(encoding="utf-8")
        place = next(p for p in ("</html>", "{% endmacro %}", "<hr>", "{% endblock %}") if p in text)
        before, _, after = text.rpartition(place)
        self._write(f"templates/{name}", before + added + place + after)

    @edit(own=st.booleans())
    def own_component(self, own: bool) -> None:
        """A template of the site takes the place of the one that Loa brings, or gives it back."""
        if own:
            self._write("templates/components/body_picture.html", OWN_PICTURE)
        else:
            (self.root / "templates/components/body_picture.html").unlink(missing_ok=True)

    @edit(title=st.sampled_from(("Cổng", "Cổng tỉnh")), size=st.integers(1, 4), turned=st.booleans())
    def edit_settings(self, title: str, size: int, turned: bool) -> None:
        self.settings |= {"title": title, "size": size, "turned": turned}
        self._write_settings()

    @edit(
        menu=st.sampled_from(((), (("Tin", "/chuyen-muc/tin/"),), (("Liên hệ", "/trang/lien-he.html"),))),
        path=st.sampled_from(("", "/cong")),
    )
    def edit_menu_and_address(self, menu: tuple[tuple[str, str], ...], path: str) -> None:
        self.settings |= {"menu": menu, "path": path}
        self._write_settings()

    @edit(hours=st.sampled_from(((), ("until = 2026-06-01",), ("from = 2026-06-02T08:00:00", 'level = "info"'))))
    def edit_alert(self, hours: tuple[str, ...]) -> None:
        self.settings["alert"] = hours
        self._write_settings()

    @edit(colour=st.sampled_from(("black", "teal")))
    def edit_css(self, colour: str) -> None:
        self._write("static/css/index.css", f"body {{ color: {colour} }}\n")

    @edit(present=st.booleans())
    def add_static_file(self, present: bool) -> None:
        if present:
            self._write("static/mark.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        else:
            (self.root / "static/mark.svg").unlink(missing_ok=True)

    @edit(
        read=st.dictionaries(st.sampled_from(PATHS), st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=4),
        way=st.sampled_from(("written", "written", "written", "gone", "broken")),
    )
    def count_views(self, read: dict[str, tuple[int, int]], way: str) -> None:
        """Readers were counted, lately and before; or the counts are lost or damaged."""
        file = self.root / "views.json"
        views = {
            f"/{path}.html": Views({NOW.date(): lately} if lately else {}, lately + old)
            for path, (lately, old) in read.items()
        }
        file.write_bytes(encode(Readership(NOW, views)))
        if way == "gone":
            file.unlink()
        elif way == "broken":
            file.write_bytes(file.read_bytes()[:-4])

    @edit(clock=st.sampled_from(CLOCKS))
    def set_clock(self, clock: datetime) -> None:
        self.now = clock

    @edit(number=st.integers(0, 2))
    def change_code(self, number: int) -> None:
        self.code = f"code {number}"

    # --- tricks and accidents -------------------------------------------------------------

    @have_articles
    @edit(pick=some, later=st.integers(0, 5))
    def touch(self, pick: int, later: int) -> None:
        file = self.root / f"content/{self._pick(pick)}.md"
        os.utime(file, ns=(later * 10**9, later * 10**9))

    @have_articles
    @edit(pick=some, letter=st.sampled_from("abc"))
    def stealth_edit(self, pick: int, letter: str) -> None:
        """Another text of the same length under the same time of change."""
        path = self._pick(pick)
        file = self.root / f"content/{path}.md"
        before = file.stat()
        fields = self.articles[path]
        self._write_entry(path, {**fields, "body": fields["body"][:-1] + letter})
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    @edit(pick=some, way=st.sampled_from(("same size", "longer", "gone", "folder gone")))
    def tamper(self, pick: int, way: str) -> None:
        file = self._some_file(pick)
        if file is None:
            return
        data = file.read_bytes()
        if way == "same size":
            file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if data else b"")
        elif way == "longer":
            file.write_bytes(data + b"!")
        elif way == "gone":
            file.unlink()
        else:
            shutil.rmtree(file.parent)

    @edit(name=st.sampled_from((".cache", DATABASE, ENTRIES, ".cache/pictures")))
    def drop_memory(self, name: str) -> None:
        self.drop(name)

    @edit(
        name=st.sampled_from((DATABASE, f"{DATABASE}-wal", ENTRIES)), way=st.sampled_from(("rubbish", "half", "hole"))
    )
    def spoil_memory(self, name: str, way: str) -> None:
        self.damage(name, way)

    @edit(way=st.sampled_from(("folder", "manifest", "rubbish", "half")))
    def drop_state(self, way: str) -> None:
        if way == "folder":
            self.drop(".public.loa")
        elif way == "manifest":
            self.drop(MANIFEST)
        else:
            self.damage(MANIFEST, way)

    def drop(self, name: str) -> None:
        found = self.root / name
        if found.is_dir():
            shutil.rmtree(found)
        else:
            found.unlink(missing_ok=True)
        self._forget_published(name)

    def damage(self, name: str, way: str) -> None:
        file = self.root / name
        if file.parent.is_dir():
            file.write_bytes(DAMAGES[way](file.read_bytes() if file.exists() else b""))
        self._forget_published(name)

    def _forget_published(self, lost: str) -> None:
        """Without its manifest Loa cannot know which files are its own, so it must leave those it does not plan."""
        # What an interrupted build was about to write or remove is known to its journal.
        if lost.startswith(".public.loa") and not (self.root / ".public.loa/journal").exists():
            self.unknown |= set(files_of(self.root / "public"))
            self.dropped_state = True

    @edit(title=st.sampled_from(("Thông báo: lịch họp", '"Không đóng')))
    def bad_file_and_mend(self, title: str) -> None:
        """A bad file is refused and nothing changes."""
        before = files_of(self.root / "public")
        self._write("content/tin/2026/hong.md", f"---\ntitle: {title}\n---\n\nLỗi.\n")
        report = self._build(self.root)
        assert not report.done
        assert files_of(self.root / "public") == before
        (self.root / "content/tin/2026/hong.md").unlink()

    @edit(step=st.integers(0, 40))
    def kill(self, step: int) -> None:
        """The build is killed at a change of the disk; with a high ``step`` it may come through."""
        with patch.object(os, "replace", _killer(os.replace, step)):
            try:
                self._build(self.root)
            except Killed:
                return

    # --- the oracle ------------------------------------------------------------------------

    def workers(self) -> int:
        return 1

    def _build(self, root: Path, **options: Any) -> Report:
        # ``force``: a clean build knows of no pages that would be fewer now.
        return build(Options(**{"root": root, "now": self.now, "workers": self.workers(), "force": True, **options}))

    def _clean(self) -> tuple[Report, dict[str, bytes]]:
        """What a first build of the same sources in another folder gives."""
        clean = self.folder / "clean"
        clean.mkdir()
        for name in ("content", "static", "templates", "site.toml", "views.json"):
            if (self.root / name).exists():
                (clean / name).symlink_to(self.root / name)
        report = self._build(clean, full=True, workers=1)
        tree = files_of(clean / "public")
        shutil.rmtree(clean)
        return report, tree

    def build_and_compare(self) -> None:
        self.differed = True
        self._build_and_compare()
        self.differed = False

    def _build_and_compare(self) -> None:
        before = files_of(self.root / "public")
        report = self._build(self.root)
        self.wanted = self.wanted or self._clean()
        clean_report, clean = self.wanted
        assert _lasting(report.problems) == _lasting(clean_report.problems)
        assert report.done == clean_report.done
        assert (report.published, report.held, report.outputs) == (
            clean_report.published,
            clean_report.held,
            clean_report.outputs,
        )
        after = files_of(self.root / "public")
        if not report.done:
            assert after == before
            return
        self.unknown = {path for path in self.unknown if path in after and path not in clean}
        own = {path: data for path, data in after.items() if path not in self.unknown}
        assert sorted(own) == sorted(clean)
        differences = [_difference(path, own[path], clean[path]) for path in clean if own[path] != clean[path]]
        assert not differences, "\n".join(differences)
        if not self.dropped_state:
            assert not [folder for folder, *held in os.walk(self.root / "public") if held == [[], []]]


def _lasting(problems: Iterable[Problem]) -> list[Problem]:
    """The problems without what is said of an article only when it is new or has changed."""
    return [fault for fault in problems if "Bài này trùng với " not in fault.message]


def _difference(path: str, found: bytes, wanted: bytes) -> str:
    at = next((i for i, (a, b) in enumerate(zip(found, wanted, strict=False)) if a != b), min(len(found), len(wanted)))
    return f"{path}: {found[max(0, at - 40) : at + 40]!r} is not {wanted[max(0, at - 40) : at + 40]!r}"


def _killer(function: Callable[..., None], step: int) -> Callable[..., None]:
    steps: Iterator[int] = iter(range(step))
    killed = os.getpid()

    def kill(*arguments: Any, **options: Any) -> None:
        if os.getpid() == killed and next(steps, None) is None:
            raise Killed
        function(*arguments, **options)

    return kill


class OtherPortal(Portal):
    """The same, from another seed, so that two processes can share the work."""


class ThemedPortal(Portal):
    """The same with the templates that Loa brings."""

    theme = False


class TemplatesPortal(Portal):
    """The same, but templates are edited six times as often: one edit in forty comes late, and seldom to what shows."""

    again_1 = again_2 = again_3 = again_4 = again_5 = Portal.edit_template


class SharedPortal(Portal):
    """The same while two and three processes in turn share even little work, with an accident before each build."""

    def __init__(self, accident: Callable[[SharedPortal], None]) -> None:
        super().__init__()
        self.accident = accident
        self.counts = cycle((2, 3))
        self.patches.enter_context(patch.object(workers, "spread", _spread_anything))
        self.patches.enter_context(patch.object(store, "_LARGE", 0))
        # Hundreds of processes that live for milliseconds need not each measure what they cover.
        self.patches.enter_context(patch.object(BaseProcess, "_bootstrap", original_bootstrap))

    def workers(self) -> int:
        return next(self.counts)

    def _build_and_compare(self) -> None:
        self.accident(self)
        super()._build_and_compare()

    def cut_power(self) -> None:
        """As if a build had not come to close the database, whose own journal is left behind, half of it."""
        left: dict[Path, bytes] = {}

        def close(bodies: memory.Bodies) -> None:
            left.update((file, file.read_bytes()) for file in self.root.glob(f"{DATABASE}*"))
            CLOSE(bodies)

        with patch.object(memory.Bodies, "close", close):
            self._build(self.root)
        for file, data in left.items():
            file.write_bytes(data)
        self.damage(f"{DATABASE}-wal", "half")


CLOSE, SPREAD = memory.Bodies.close, workers.spread


def _spread_anything(*arguments: Any, **options: Any) -> Iterator[Any]:
    return SPREAD(*arguments, **{**options, "worth": 1})


MANY = int(os.environ.get("LOA_SEQUENCES", "0"))


def _settings(sequences: int, *phases: Phase) -> settings:
    return settings(
        max_examples=sequences,
        stateful_step_count=30 if LONG or MANY else 8,
        deadline=None,
        database=None,
        derandomize=not MANY,
        phases=phases or (Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.slow
@pytest.mark.proves("R5 sequences")
@pytest.mark.parametrize(("portal", "share"), [(Portal, 130), (OtherPortal, 130), (ThemedPortal, 10)])
def test_an_incremental_build_gives_what_a_clean_build_gives(
    portal: type[Portal], share: int, record_property: Callable[[str, object], None]
) -> None:
    sequences = MANY * share // 270 or share
    run_state_machine_as_test(portal, settings=_settings(sequences))
    record_property("times", sequences)


ACCIDENTS: dict[str, Callable[[SharedPortal], None]] = {
    "none": lambda _: None,
    "no memory": lambda portal: portal.drop(".cache"),
    "rubbish for the database": lambda portal: portal.damage(DATABASE, "rubbish"),
    "half the database": lambda portal: portal.damage(DATABASE, "half"),
    "a hole in the database": lambda portal: portal.damage(DATABASE, "hole"),
    "half the journal of the database": SharedPortal.cut_power,
    "half the entries": lambda portal: portal.damage(ENTRIES, "half"),
    "no text in the entries": lambda portal: portal.damage(ENTRIES, "no text"),
    "half the manifest": lambda portal: portal.damage(MANIFEST, "half"),
    "no text in the manifest": lambda portal: portal.damage(MANIFEST, "no text"),
}


@pytest.mark.slow
@pytest.mark.proves("R5 sequences", times=MANY // 100 or 3)
@pytest.mark.parametrize("accident", ACCIDENTS)
def test_neither_several_processes_nor_accidents_change_what_is_published(accident: str) -> None:
    portal = partial(SharedPortal, ACCIDENTS[accident])
    run_state_machine_as_test(portal, settings=_settings(MANY // 100 or 3))


# --- the oracle can fail ---------------------------------------------------------------------


def _digest_without_earlier(view: Any) -> bytes:
    return REAL_DIGEST(replace(view, earlier=()) if isinstance(view, ArticleView) else view)


REAL_DIGEST = publishing.view_digest
FAULTS = {
    "the templates that a template pulls in do not count": (
        TemplatesPortal,
        patch.object(Templates, "closure", lambda _self, names: tuple(names)),
    ),
    "the list of earlier articles does not count": (
        Portal,
        patch.object(publishing, "view_digest", _digest_without_earlier),
    ),
    "the articles of a section do not count": (
        Portal,
        patch.object(Stamps, "inputs", lambda _self, shelf, _articles, *more: digest((shelf.name, more))),
    ),
    "nothing is removed": (Portal, patch.object(Store, "_remove", lambda _self, _paths: None)),
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_the_oracle_finds_a_planted_fault(fault: str) -> None:
    portal, planted = FAULTS[fault]
    with planted, pytest.raises(AssertionError):
        # It ends at the first that finds the fault; some edits are rare.
        run_state_machine_as_test(portal, settings=_settings(600, Phase.generate))
