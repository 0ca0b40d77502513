"""``python build.py new``: what it makes, what it asks, and that a build finds nothing wrong in it."""

from __future__ import annotations

import os
import stat
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import NOW, SiteTest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from loa.cli import main
from loa.commands import new
from loa.model import Document

Captured = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch

ARTICLE = ("--category", "Tin tức – Sự kiện")
DOCUMENT = (
    "--type", "van-ban", "--kind", "Công văn", "--number", "125/UBND-TH",
    "--issued", "2026-05-17", "--issuer", "Ủy ban nhân dân tỉnh",
)  # fmt: skip


def run(site: SiteTest, *arguments: str) -> int:
    return main(["new", "--root", str(site.root), "--now", NOW.isoformat(), *arguments])


def texts(site: SiteTest) -> list[str]:
    """Every file below ``content``, by path."""
    content = site.root / "content"
    return sorted(str(file.relative_to(content)) for file in content.rglob("*") if file.is_file())


def read(site: SiteTest, path: str) -> str:
    return (site.root / "content" / path).read_text(encoding="utf-8")


class NoTerminal:
    def isatty(self) -> bool:
        return False


class Terminal:
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: Patch) -> None:
    monkeypatch.setattr("sys.stdin", NoTerminal())


@pytest.fixture
def asked(monkeypatch: Patch) -> tuple[list[object], list[str]]:
    """Answers to give, which a test fills (an exception is raised), and the questions that were asked."""
    answers: list[object] = []
    questions: list[str] = []

    def answer(question: str = "") -> str:
        questions.append(question)
        given = answers.pop(0)
        if isinstance(given, BaseException):
            raise given
        return str(given)

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("builtins.input", answer)
    return answers, questions


# --- what is made -------------------------------------------------------------------------


def test_an_article_lies_in_its_month_with_the_minute_and_is_a_draft(site: SiteTest, capsys: Captured) -> None:
    assert run(site, "Khai mạc lễ hội đua thuyền", *ARTICLE, "--author", "phong truyen thong") == 0

    path = "tin/2026/06/khai-mac-le-hoi-dua-thuyen.md"
    text = read(site, path)
    assert 'title: "Khai mạc lễ hội đua thuyền"\n' in text
    assert "\ndate: 2026-06-01 12:00\n" in text
    assert '\nauthor: "Phòng Truyền thông"\n' in text
    assert "\ndraft: true\n" in text
    told = capsys.readouterr().out
    assert f"content/{path}\n" in told
    assert "https://thu.example/tin/2026/06/khai-mac-le-hoi-dua-thuyen.html" in told
    assert "draft: true" in told


def test_the_day_is_that_of_the_site_and_seconds_are_left_out(site: SiteTest) -> None:
    arguments = ["new", "--root", str(site.root), "--now", "2026-05-31T23:59:59+00:00", "Đêm", *ARTICLE]

    assert main(arguments) == 0

    assert "\ndate: 2026-06-01 06:59\n" in read(site, "tin/2026/06/dem.md")


@pytest.mark.parametrize(
    ("written", "path", "line"),
    [
        ("2026-05-18 08:30", "tin/2026/05/a.md", "date: 2026-05-18 08:30"),
        ("2026-5-8", "tin/2026/05/a.md", "date: 2026-05-08"),
        ("2026-05-17T23:30:59Z", "tin/2026/05/a.md", "date: 2026-05-18 06:30"),
    ],
)
def test_a_date_of_ones_own_decides_the_folder_too(site: SiteTest, written: str, path: str, line: str) -> None:
    assert run(site, "A", *ARTICLE, "--date", written) == 0

    assert f"\n{line}\n" in read(site, path)


def test_documents_lie_in_their_year_under_their_number_and_pages_beside_each_other(site: SiteTest) -> None:
    assert run(site, *DOCUMENT, "ứng phó mưa lũ") == 0
    assert run(site, "--type", "Trang", "Giới", "thiệu") == 0

    assert texts(site) == ["trang/gioi-thieu.md", "van-ban/2026/125-ubnd-th.md"]


def test_a_new_file_is_held_until_the_line_is_taken_out_and_is_published_at_the_address_told(
    site: SiteTest, capsys: Captured
) -> None:
    run(site, "Một tin", *ARTICLE)
    run(site, "--type", "trang", "Một trang")
    run(site, *DOCUMENT, "một văn bản")
    urls = [line.split("https://thu.example/")[1] for line in capsys.readouterr().out.splitlines() if "https" in line]

    site.build(force=True)
    assert site.report.problems == ()
    assert (site.report.published, len(site.report.held)) == (0, 3)

    for path in texts(site):
        site.replace(f"content/{path}", "draft: true\n", "")
        site.replace(f"content/{path}", "Viết nội dung ở đây.", "Nội dung thật.")
    site.build()
    assert site.report.problems == ()
    assert [site.html(url).find(".//h1") is not None for url in urls] == [True] * 3
    assert "Viết nội dung ở đây" not in "".join(site.text(url) for url in urls)


def test_check_finds_nothing_in_new_files(site: SiteTest, capsys: Captured) -> None:
    run(site, "Lịch tiếp công dân", *ARTICLE, "--author", "Nguyễn Minh Hà")
    run(site, "--type", "trang", "Giới thiệu")
    run(site, *DOCUMENT, "ứng phó mưa lũ")
    capsys.readouterr()

    assert main(["check", "--root", str(site.root), "--now", NOW.isoformat(), "--workers", "1", "--strict"]) == 0
    assert "0 lỗi · 0 cảnh báo · 0 chỗ cần soát" in capsys.readouterr().out


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


TITLES = st.text(max_size=320) | st.text("ăđợ́ \n\"'\\:#-[]{}&*!%@`|>,?~🎉e\u0301\u202e", max_size=90)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TITLES, st.sampled_from([ARTICLE, ("--type", "trang"), DOCUMENT]))
@example('"Xanh: sạch" \\ đẹp # 1', ARTICLE)
@example("true", ("--type", "trang"))
@example("'--- a: b", ARTICLE)
@example("index", ("--type", "trang"))
@example(unicodedata.normalize("NFD", "Hòa Bình: “đón” 🎉"), ARTICLE)
def test_what_is_made_of_any_title_builds(folder: Path, capsys: Captured, title: str, options: tuple[str, ...]) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as name:
        site = SiteTest(Path(name))
        code = run(site, *options, "--", title)
        told = capsys.readouterr()

        if code == 0:
            (path,) = texts(site)
            site.build(check_only=True)
            assert site.report.problems == ()
            assert [held.file for held in site.report.held] == [f"content/{path}"]
            written = unicodedata.normalize("NFC", title).replace("\ufeff", "")
            entry = site.report.held[0].entry
            assert (entry.subject if isinstance(entry, Document) else entry.title) == " ".join(written.split())
            site.replace(f"content/{path}", "draft: true\n", "").build(check_only=True)
            (fault,) = site.report.problems
            assert "còn câu" in fault.message
            site.replace(f"content/{path}", "\nViết nội dung ở đây.\n", "\nNội dung thật.\n").build(check_only=True)
            assert site.report.problems == ()
            assert site.report.held == ()
        else:
            assert code == 2
            assert texts(site) == []
            assert "Lỗi của phần mềm" not in told.err
            assert told.err.strip()


# --- refusals -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("2026", *ARTICLE), 'Tiêu đề "2026" không có chữ nào.'),
        (("🎉", *ARTICLE), 'Tiêu đề "🎉" không có chữ nào.'),
        (("", *ARTICLE), 'Tiêu đề "" không có chữ nào.'),
        (("Россия", *ARTICLE), "--slug ten-bai"),
        (("A" * 301, *ARTICLE), "quá giới hạn 300"),
        (("A\x07", *ARTICLE), "U+0007"),
        (("A\u202e", *ARTICLE), "U+202E"),
        (ARTICLE, "Thiếu tiêu đề."),
        (("A",), "Thiếu --category (chuyên mục). Các chuyên mục: Tin tức – Sự kiện; Chỉ đạo điều hành."),
        (("A", "--category", "Chi đao điêu hanhh"), 'Ý bạn là "Chỉ đạo điều hành"?'),
        (("A", "--category", "tin tức"), 'Ý bạn là "Tin tức – Sự kiện"?'),
        (("A", *ARTICLE, "--date", "18/5/2026"), "Viết năm trước: 2026-05-18"),
        (("A", *ARTICLE, "--date", "2026-02-30"), "--date"),
        (("A", *ARTICLE, "--slug", "Một Bài"), "Có phải là mot-bai?"),
        (("A", *ARTICLE, "--slug", "../x"), "Có phải là x?"),
        (("A", *ARTICLE, "--slug", "con"), "Có phải là tin-con?"),
        (("A", *ARTICLE, "--slug", ""), "--slug"),
        (("A", *ARTICLE, "--kind", "Công văn"), "Không dùng --kind với --type tin."),
        (("A", "--type", "trang", "--category", "x"), "Không dùng --category với --type trang."),
        (("A", "--type", "trangg"), "Có phải là trang?"),
        (("x", "--type", "van-ban"), "Thiếu --number (số, ký hiệu), --issued (ngày ban hành), --kind"),
        (("x", *DOCUMENT, "--kind", "Công van"), "Công văn"),
        (("x", *DOCUMENT, "--number", "mười hai"), "--number"),
        (("A", *ARTICLE, "--author", "…"), "--author"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_sentence_and_nothing_is_written(
    site: SiteTest, capsys: Captured, arguments: tuple[str, ...], sentence: str
) -> None:
    assert run(site, *arguments) == 2

    told = capsys.readouterr()
    assert sentence in told.err
    assert told.out == ""
    assert not (site.root / "content").exists()


@pytest.mark.parametrize(
    ("number", "kind", "sentence"),
    [
        (
            "/UBND-TH",
            "Công văn",
            "Văn bản chưa có số nên địa chỉ là /van-ban/2026/ubnd-th.html, và có số rồi cũng không",
        ),
        ("/UBND-TH", "Công văn", "Điền số trước dấu / khi văn bản được cấp số."),
        ("17/QĐ", "Quyết định", "Ký hiệu 17/QĐ chỉ có tên viết tắt của loại văn bản"),
        ("17/QĐ-UBND", "Công văn", "Ký hiệu 17/QĐ-UBND là của Quyết định"),
    ],
)
def test_what_looks_wrong_in_a_number_is_said_and_the_file_is_made(
    site: SiteTest, capsys: Captured, number: str, kind: str, sentence: str
) -> None:
    assert run(site, *DOCUMENT, "--number", number, "--kind", kind, "cây xanh") == 0

    assert sentence in capsys.readouterr().err
    assert len(texts(site)) == 1


def test_what_comes_next_is_said_for_the_folder_of_the_site(site: SiteTest, capsys: Captured) -> None:
    run(site, "Một bài", *ARTICLE)

    told = capsys.readouterr().out
    for command in ("serve", f"check {site.root}/content/tin/2026/06/mot-bai.md"):
        assert f"python build.py {command} --root {site.root}\n" in told
    assert told.endswith(f"rồi python build.py --root {site.root}\n")


def test_broken_settings_end_with_1_and_nothing_is_written(site: SiteTest, capsys: Captured) -> None:
    site.write("site.toml", 'title = "Cổng"\n')

    assert run(site, "A", *ARTICLE) == 1

    told = capsys.readouterr().err
    assert "site.toml" in told
    assert "không thay đổi" not in told
    assert not (site.root / "content").exists()


def test_an_author_like_a_unit_is_written_and_asked_about(site: SiteTest, capsys: Captured) -> None:
    assert run(site, "A", *ARTICLE, "--author", "Phòng Truyền thôngg") == 0

    assert 'Có phải là "Phòng Truyền thông"?' in capsys.readouterr().err


def test_the_only_category_needs_no_naming(site: SiteTest) -> None:
    settings = (site.root / "site.toml").read_text(encoding="utf-8")
    site.write("site.toml", settings.replace('[[category]]\nslug = "chi-dao"\nname = "Chỉ đạo điều hành"\n', ""))

    assert run(site, "A") == 0

    assert '\ncategory: "Tin tức – Sự kiện"\n' in read(site, "tin/2026/06/a.md")


# --- what is there already ----------------------------------------------------------------


@pytest.mark.parametrize("name", ["mot-bai.md", "Mot-Bai.MD"])
def test_a_file_that_is_there_is_left_and_a_free_name_suggested(site: SiteTest, capsys: Captured, name: str) -> None:
    site.write(f"content/tin/2026/06/{name}", "cũ").write("content/tin/2026/06/mot-bai-2.md", "cũ")

    assert run(site, "Một bài", *ARTICLE) == 2

    told = capsys.readouterr().err
    assert f"Đã có content/tin/2026/06/{name}" in told
    assert "--slug mot-bai-3" in told
    assert texts(site) == sorted([f"tin/2026/06/{name}", "tin/2026/06/mot-bai-2.md"])
    assert read(site, f"tin/2026/06/{name}") == "cũ"


@pytest.mark.parametrize("aliases", ["[/cu.html, /tin/2026/06/mot-bai.html]", "/tin/2026/06/mot-bai.html"])
def test_an_address_that_leads_to_another_text_is_not_taken(site: SiteTest, capsys: Captured, aliases: str) -> None:
    site.article("bai-khac", aliases=aliases)

    assert run(site, "Một bài", *ARTICLE) == 2
    assert "cũ (aliases) của content/tin/bai-khac.md" in capsys.readouterr().err
    assert run(site, "Một bài", *ARTICLE, "--slug", "mot-bai-2") == 0

    assert site.build().problems == []


def test_of_two_at_once_one_makes_the_file(site: SiteTest, monkeypatch: Patch, capsys: Captured) -> None:
    looked: list[str] = []
    look = new._refuse_taken

    def quicker(root: Path, path: str) -> None:
        look(root, path)
        if not looked:
            site.write(f"content/{path}", "của người khác")
        looked.append(path)

    monkeypatch.setattr(new, "_refuse_taken", quicker)

    assert run(site, "A", *ARTICLE) == 2
    assert "Đã có content/tin/2026/06/a.md" in capsys.readouterr().err
    assert read(site, "tin/2026/06/a.md") == "của người khác"


def test_a_write_that_fails_leaves_no_half_file(site: SiteTest, monkeypatch: Patch, capsys: Captured) -> None:
    def full(self: Path, text: str, **_: object) -> None:
        self.write_bytes(text[:10].encode())
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_text", full)

    assert run(site, "A", *ARTICLE) == 2
    assert texts(site) == []
    assert "Không đọc hoặc không ghi được" in capsys.readouterr().err


# --- questions ----------------------------------------------------------------------------


def test_category_and_author_are_asked_by_number(
    site: SiteTest, asked: tuple[list[object], list[str]], capsys: Captured
) -> None:
    answers, _ = asked
    answers += ["2", "1"]

    assert run(site, "A") == 0

    text = read(site, "tin/2026/06/a.md")
    assert '\ncategory: "Chỉ đạo điều hành"\nauthor' not in text
    assert '\ncategory: "Chỉ đạo điều hành"\n' in text
    assert '\nauthor: "Phòng Truyền thông"\n' in text
    assert "   2. Chỉ đạo điều hành\n" in capsys.readouterr().out


def test_wrong_answers_are_asked_again_and_enter_skips_the_author(
    site: SiteTest, asked: tuple[list[object], list[str]], capsys: Captured
) -> None:
    answers, questions = asked
    wrong = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x")
    answers += ["123", "Lịch", "", "3", "0", "99999999999999999999", "Thể thao", wrong, "chi dao dieu hanh", ""]

    assert run(site) == 0

    assert questions[0] == "Tiêu đề: "
    assert answers == []
    told = capsys.readouterr().out
    assert told.count("Gõ một số từ 1 đến 2, hoặc tên.") == 3
    assert "Chưa có câu trả lời." in told
    assert 'Không có chuyên mục "Thể thao".' in told
    text = read(site, "tin/2026/06/lich.md")
    assert '\ncategory: "Chỉ đạo điều hành"\n' in text
    assert "\n#author: " in text


@pytest.mark.parametrize(("answer", "author"), [("", "Phòng Truyền thông"), ("Phòng Truyền tin", "Phòng Truyền tin")])
def test_an_author_like_a_unit_is_asked_about(
    site: SiteTest, asked: tuple[list[object], list[str]], answer: str, author: str
) -> None:
    asked[0].extend(["1", "Phòng Truyền thôn", answer])

    assert run(site, "A") == 0

    assert f'\nauthor: "{author}"\n' in read(site, "tin/2026/06/a.md")


def test_a_document_is_asked_for_field_by_field_with_today_and_the_organization_by_default(
    site: SiteTest, asked: tuple[list[object], list[str]]
) -> None:
    answers, questions = asked
    answers += ["ứng phó mưa lũ", "125", "125/UBND-TH", "", "công van", "công văn", ""]

    assert run(site, "--type", "van-ban") == 0

    text = read(site, "van-ban/2026/125-ubnd-th.md")
    assert "\nissued: 2026-06-01\n" in text
    assert '\nissuer: "UBND tỉnh Thử"\n' in text
    assert "Ngày ban hành [2026-06-01]: " in questions
    assert "Gõ số hoặc tên [Công văn]: " in questions
    assert "Cơ quan ban hành [UBND tỉnh Thử]: " in questions


def test_the_issuers_in_use_are_offered_and_another_spelling_of_one_is_asked_about(
    site: SiteTest, asked: tuple[list[object], list[str]], capsys: Captured
) -> None:
    site.document("x", issuer="Ủy ban nhân dân tỉnh Thử").document("y", issuer="Sở Y tế")
    asked[0].extend(["ứng phó", "125/UBND-TH", "", "", "UBND tỉnh", ""])

    assert run(site, "--type", "van-ban") == 0

    said = capsys.readouterr().out
    assert "   1. Ủy ban nhân dân tỉnh Thử\n   2. Sở Y tế\n" in said
    assert 'Các văn bản khác ghi "UBND tỉnh" là "Ủy ban nhân dân tỉnh Thử".' in said
    assert '\nissuer: "Ủy ban nhân dân tỉnh Thử"\n' in read(site, "van-ban/2026/125-ubnd-th.md")


def test_an_issuer_of_an_option_that_others_spell_otherwise_is_warned_of(site: SiteTest, capsys: Captured) -> None:
    site.document("x", issuer="Sở Y tế tỉnh Thử")
    options = ("--kind", "Công văn", "--number", "9/SYT-NV", "--issued", "2026-05-17", "--issuer", "Sở Y tế")

    assert run(site, "--type", "van-ban", *options, "ứng phó") == 0
    assert '"Sở Y tế" là "Sở Y tế tỉnh Thử"' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("number", "answer", "kind"),
    [
        ("12/QĐ-UBND", "", "Quyết định"),
        ("12/2026/NQ-HĐND", "", "Nghị quyết"),
        ("12-KH/TU", "", "Kế hoạch"),
        ("12/UBND-TH", "", "Công văn"),
        ("12/UBND-TH", "3", "Thông báo"),
        ("12/UBND-TH", "giấy mời", "Giấy mời"),
    ],
)
def test_kinds_are_offered_by_number_and_that_of_the_symbol_by_default(
    site: SiteTest, asked: tuple[list[object], list[str]], capsys: Captured, number: str, answer: str, kind: str
) -> None:
    asked[0].extend([number, "", answer, ""])

    assert run(site, "--type", "van-ban", "về cây xanh") == 0

    assert f'\nkind: "{kind}"\n' in read(site, next(iter(texts(site))))
    assert "   1. Công văn\n" in capsys.readouterr().out


def test_what_is_taken_is_said_before_more_is_asked(site: SiteTest, asked: tuple[list[object], list[str]]) -> None:
    site.write("content/tin/2026/06/a.md", "cũ")

    assert run(site, "A") == 2

    assert asked[1] == []


@pytest.mark.parametrize("end", [EOFError(), KeyboardInterrupt()])
def test_giving_up_leaves_nothing_behind(
    site: SiteTest, asked: tuple[list[object], list[str]], end: BaseException, capsys: Captured
) -> None:
    asked[0].extend(["1", end])

    assert run(site, "A") == 2

    assert "Đã dừng. Không có tệp nào được tạo." in capsys.readouterr().err
    assert not (site.root / "content").exists()


# --- the editor ---------------------------------------------------------------------------


def script(site: SiteTest, code: int) -> str:
    """A command that notes its arguments and ends with ``code``; its name has a blank."""
    site.write("trình soạn", f'#!/bin/sh\nprintf "%s\\n" "$@" > "{site.root}/noted"\nexit {code}\n')
    file = site.root / "trình soạn"
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return f'"{file}" --wait'


def test_the_editor_is_given_the_file(site: SiteTest, monkeypatch: Patch) -> None:
    monkeypatch.setenv("VISUAL", script(site, 0))
    monkeypatch.setenv("EDITOR", "false")

    assert run(site, "A", *ARTICLE, "--edit") == 0

    noted = (site.root / "noted").read_text(encoding="utf-8")
    assert noted == f"--wait\n{site.root}/content/tin/2026/06/a.md\n"


def test_an_editor_that_fails_is_told_and_the_file_stays(site: SiteTest, monkeypatch: Patch, capsys: Captured) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", script(site, 3))

    assert run(site, "A", *ARTICLE, "--edit") == 2

    assert "kết thúc với mã 3. Tệp vẫn ở" in capsys.readouterr().err
    assert texts(site) == ["tin/2026/06/a.md"]


@pytest.mark.parametrize(
    ("value", "sentence"), [(" ", "VISUAL hoặc EDITOR"), ("khong-co-lenh-nay", "EDITOR"), ("'", "EDITOR")]
)
def test_without_an_editor_nothing_is_begun(
    site: SiteTest, monkeypatch: Patch, capsys: Captured, value: str, sentence: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", value)

    assert run(site, "A", *ARTICLE, "--edit") == 2

    assert sentence in capsys.readouterr().err
    assert not (site.root / "content").exists()


def test_a_new_file_is_readable_as_the_umask_says(site: SiteTest) -> None:
    umask = os.umask(0o027)
    try:
        run(site, "A", *ARTICLE)
    finally:
        os.umask(umask)

    assert stat.S_IMODE((site.root / "content/tin/2026/06/a.md").stat().st_mode) == 0o640
