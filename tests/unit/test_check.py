"""What is judged with the whole site in view. The words of each refusal are in tests/expected/problems."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from conftest import SITE_TOML

from loa.check import check_addresses, check_files, check_links, check_names, unused_files
from loa.config import Config
from loa.errors import Problem, Words
from loa.model import Article, Asset, AttachmentField, Body, ImageField, Reference
from loa.pieces import Link
from loa.site_toml import parse_config

EMPTY = Body("", "", (), (), 1)
BASE = Article(
    path="tin/a.md",
    title="A",
    published=datetime(2026, 5, 17, tzinfo=UTC),
    has_time=False,
    category="Tin tức – Sự kiện",
    author="",
    source="",
    views=None,
    summary="",
    image=None,
    tags=(),
    attachments=(),
    aliases=(),
    updated=None,
    updated_has_time=False,
    draft=False,
    body=EMPTY,
)
LINES = {"category": 4, "tags": 5, "author": 6, "image": 7, "attachments": 8, "aliases": 9}


def article(path: str = "tin/a.md", references: tuple[Reference, ...] = (), **fields: object) -> Article:
    body = msgspec.structs.replace(EMPTY, references=references)
    return msgspec.structs.replace(BASE, path=path, body=body, **fields)


def config(**fields: object) -> Config:
    found, _ = parse_config(SITE_TOML)
    assert found is not None
    return msgspec.structs.replace(found, **fields)


def locate(_path: str, keys: tuple[str | int, ...]) -> int:
    """Fields stand on known lines, the n-th part of a list n lines below; words of the body on line 20."""
    return LINES.get(str(keys[0]), 20) + (int(keys[1]) if len(keys) > 1 else 0)


def places(problems: list[Problem]) -> list[tuple[str, int, str]]:
    assert all(problem.blocking and problem.message and problem.hint for problem in problems)
    return [(problem.path.removeprefix("content/"), problem.line, problem.field) for problem in problems]


def outputs(*paths: str) -> list[str]:
    return ["index.html", "tin/a.html", *paths]


# --- files -------------------------------------------------------------------------

FILES: dict[str, object] = dict.fromkeys(["anh/x.jpg", "anh/hop-bao.png", "tep/x.pdf", "tep/x.exe", "tin/beside.jpg"])


def measured(path: str) -> Asset | Words:
    if path == "anh/broken.jpg":
        return Words("hỏng", "thay")
    return Asset(path, "digest", 10, 100 if path.endswith((".jpg", ".png")) else 0, 50)


def files_of(entry: Article, files: dict[str, object] | None = None) -> tuple[list[str], list[tuple[str, int, str]]]:
    assets, problems = check_files([entry], files or FILES, measured, locate)
    return sorted(assets), places(problems)


def test_every_file_that_an_entry_shows_offers_or_links_to_is_found() -> None:
    entry = article(
        image=ImageField("/anh/x.jpg", "", "", ""),
        attachments=(AttachmentField("/tep/x.pdf", ""),),
        references=(Reference("picture", "beside.jpg"), Reference("link", "/anh/hop-bao.png"), Reference("link", "/")),
    )
    assert files_of(entry) == (["anh/hop-bao.png", "anh/x.jpg", "tep/x.pdf", "tin/beside.jpg"], [])


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"image": ImageField("/anh/y.jpg", "", "", "")}, ("tin/a.md", 7, "image")),
        ({"image": ImageField("/tep/x.pdf", "", "", "")}, ("tin/a.md", 7, "image")),
        ({"image": ImageField("https://x.example/x.jpg", "", "", "")}, ("tin/a.md", 7, "image")),
        (
            {"attachments": (AttachmentField("/tep/x.pdf", ""), AttachmentField("/y.pdf", ""))},
            ("tin/a.md", 9, "attachments"),
        ),
        ({"attachments": (AttachmentField("/tep/x.exe", ""),)}, ("tin/a.md", 8, "attachments")),
        ({"attachments": (AttachmentField("https://x.example/x.pdf", ""),)}, ("tin/a.md", 8, "attachments")),
        ({"references": (Reference("figure", "/anh/y.jpg"),)}, ("tin/a.md", 20, "")),
        ({"references": (Reference("picture", "data:image/png;base64,x"),)}, ("tin/a.md", 20, "")),
        ({"references": (Reference("picture", ""),)}, ("tin/a.md", 20, "")),
        ({"references": (Reference("link", "/tep/x.exe"),)}, ("tin/a.md", 20, "")),
    ],
)
def test_a_file_that_cannot_be_used_is_named_where_it_is_named(
    fields: dict[str, object], place: tuple[str, int, str]
) -> None:
    assert files_of(article(**fields))[1] == [place]


def test_a_broken_file_is_named_at_each_place_and_measured_once() -> None:
    asked: list[str] = []

    def measuring(path: str) -> Asset | Words:
        asked.append(path)
        return measured(path)

    shown = ImageField("/anh/broken.jpg", "", "", "")
    entries = [article("tin/a.md", image=shown), article("tin/b.md", (Reference("figure", "/anh/broken.jpg"),))]
    _, problems = check_files(entries, {"anh/broken.jpg": None}, measuring, locate)
    assert places(problems) == [("tin/a.md", 7, "image"), ("tin/b.md", 20, "")]
    assert asked == ["anh/broken.jpg"]


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("/anh/hop-bao.jpg", "/anh/hop-bao.png"),
        ("/anh/Hop-Bao.PNG", "/anh/hop-bao.png"),
        ("anh/hop-bao.png", "/anh/hop-bao.png"),
        ("content/anh/hop-bao.png", "/anh/hop-bao.png"),
        ("../../anh/hop-bao.pn", "/anh/hop-bao.png"),
        ("hop-bao.png", "/anh/hop-bao.png"),
        ("/hinh/2026/hop-bao.png", "/anh/hop-bao.png"),
    ],
)
def test_a_file_written_almost_right_is_guessed(written: str, near: str) -> None:
    entry = article(image=ImageField(written, "", "", ""))
    _, (problem,) = check_files([entry], FILES, measured, locate)
    assert problem.hint == f'Ý bạn là "{near}"?'


def test_of_a_file_that_is_there_but_badly_named_no_other_is_guessed() -> None:
    fault = Problem("content/anh/Hộp báo.png", 0, "", "Tên sai.", "Đổi tên thành content/anh/hop-bao-2.png")
    entry = article(
        image=ImageField("/anh/Hộp báo.png", "", "", ""),
        references=(Reference("link", "../anh/H%E1%BB%99p%20báo.png"),),
    )
    _, found = check_files([entry], FILES, measured, locate, {"anh/Hộp báo.png": fault})

    assert places(found) == [("tin/a.md", 7, "image"), ("tin/a.md", 20, "")]
    for problem in found:
        assert "có đó nhưng không dùng được: tên sai." in problem.message
        assert problem.hint == "Đổi tên thành content/anh/hop-bao-2.png, rồi viết lại ở đây."


def test_an_article_of_a_word_processor_is_not_to_be_deleted() -> None:
    paths = ["tin/2026/thu.docx", "van-ban/Thu.PDF", "trang/a.doc", "tin/b.odt", "tin/c.rtf", "tin/d.jpg", "tep/e.docx"]

    words = [(problem.path, problem.severity, "Xóa tệp" in problem.hint) for problem in unused_files(paths, set())]

    assert words == [(f"content/{path}", "warning", path in paths[5:]) for path in paths]
    assert unused_files(paths, set(paths)) == []
    (first, *_) = unused_files(paths, set())
    assert ".docx" in first.message
    assert "content/tep/" in first.hint
    assert "python build.py new" in first.hint


def test_files_that_nothing_uses_are_warned_of() -> None:
    warned = unused_files(FILES, {"anh/x.jpg", "tep/x.pdf", "tin/beside.jpg"})
    assert [(problem.path, problem.severity) for problem in warned] == [
        ("content/anh/hop-bao.png", "warning"),
        ("content/tep/x.exe", "warning"),
    ]


# --- names -------------------------------------------------------------------------


def test_known_names_are_no_problem() -> None:
    entries = [
        article(author="Phòng Truyền thông", tags=("lễ hội",)),
        article("tin/b.md", author="Nguyễn Văn An", tags=("Lễ hội",), category="tin tức - sự kiện"),
        article("tin/c.md", author="NGUYỄN VĂN AN", tags=("lễ  hội", "nguyễn văn ân")),
    ]
    assert check_names(entries, config(), locate) == []


def test_an_unknown_category_is_named_in_every_file() -> None:
    entries = [article("tin/a.md", category="Thể thao"), article("tin/b.md", category="Thể thao")]
    assert places(check_names(entries, config(), locate)) == [("tin/a.md", 4, "category"), ("tin/b.md", 4, "category")]


def test_two_spellings_with_one_address_are_named_in_the_later_file() -> None:
    entries = [
        article("tin/a.md", tags=("lễ hội",), author="Văn An"),
        article("tin/b.md", tags=("mới", "lê hội"), author="Văn Ân"),
    ]
    assert places(check_names(entries, config(), locate)) == [("tin/b.md", 5, "tags"), ("tin/b.md", 6, "author")]


# --- addresses -----------------------------------------------------------------------


def clashes(aliases: tuple[str, ...], *planned: str) -> list[tuple[str, int, str]]:
    entry = article(aliases=aliases)
    redirects = [alias.lstrip("/") + ("index.html" if alias.endswith("/") else "") for alias in aliases]
    return places(check_addresses([entry], outputs(*planned, *redirects), locate))


@pytest.mark.parametrize("alias", ["/cu.html", "/cu/", "/tin/cu.html", "/cu", "/the/lu/cu/"])
def test_an_alias_where_nothing_is_does_no_harm(alias: str) -> None:
    assert clashes((alias,), "the/lu/index.html") == []


@pytest.mark.parametrize(
    "alias",
    ["/", "/index.html", "/tin/a.html", "/tin", "/the", "/the/lu", "/the/lu/", "/tin/a.html/", "/tin/a.html/b/c.html"],
)
def test_an_alias_where_something_is_or_would_be_below_a_file_is_refused(alias: str) -> None:
    assert clashes(("/cu.html", alias), "the/lu/index.html") == [("tin/a.md", 10, "aliases")]


def test_an_alias_that_two_entries_claim_is_named_in_both_with_the_other() -> None:
    entries = [article("tin/a.md", aliases=("/cu.html",)), article("tin/b.md", aliases=("/cu.html",))]
    problems = check_addresses(entries, outputs("tin/b.html", "cu.html", "cu.html"), locate)
    assert places(problems) == [("tin/a.md", 9, "aliases"), ("tin/b.md", 9, "aliases")]
    assert "content/tin/b.md" in problems[0].message
    assert "content/tin/a.md" in problems[1].message


# --- links -------------------------------------------------------------------------


def broken(target: str, held: set[str] | None = None) -> list[Problem]:
    entry = article(references=(Reference("link", target),))
    known = outputs("tin/le-hoi.html", "the/lu/index.html", "tep/x.pdf")
    waiting = dict.fromkeys(held or (), datetime.fromisoformat("2100-01-01T00:00Z"))
    return check_links([entry], known, (), waiting, config(), locate, len)


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/index.html",
        "/tin/le-hoi.html",
        "le-hoi.html",
        "le-hoi.md#x",
        "?a",
        "/the/lu/",
        "/the/lu/index.html",
        "/tep/x.pdf",
        "",
    ],
)
def test_a_link_to_what_is_there_is_no_problem(target: str) -> None:
    assert broken(target) == []


@pytest.mark.parametrize(
    "target",
    ["/tin/le-hoi", "/tin/", "/the/lu", "../le-hoi.html", "le-hoi.htm", "//x.example", "javascript:x", "/tin/x.html#y"],
)
def test_a_link_to_what_is_not_there_is_named_on_its_line(target: str) -> None:
    assert places(broken(target)) == [("tin/a.md", 20, "")]


@pytest.mark.parametrize(
    ("target", "near"),
    [
        ("/the/lu", "/the/lu/"),
        ("/tin/le-hoii.html", "/tin/le-hoi.html"),
        ("/Tin/Le-Hoi.html", "/tin/le-hoi.html"),
        ("www.x.example/y", "https://www.x.example/y"),
        ("dichvucong.gov.vn", "https://dichvucong.gov.vn"),
        ("a@b.example", "mailto:a@b.example"),
    ],
)
def test_a_link_written_almost_right_is_guessed(target: str, near: str) -> None:
    (problem,) = broken(target)
    assert problem.hint == f'Ý bạn là "{near}"?'


def test_a_link_to_an_entry_that_is_held_back_says_so() -> None:
    (problem,) = broken("/tin/sap.html", {"/tin/sap.html"})
    assert "chưa đăng" in problem.message


def test_links_of_the_menus_are_checked_once_each() -> None:
    menus = config(
        menu=(Link("A", "/tin/a.html"), Link("B", "/b.html"), Link("C", "https://c.example")),
        footer=(Link("B", "/b.html"), Link("D", "/tin/a.html?x#y")),
    )
    assert places(check_links([], outputs(), (), {}, menus, locate, len)) == [("site.toml", len("/b.html"), "url")]
