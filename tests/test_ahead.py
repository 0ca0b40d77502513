"""The page of an edited text is shown before the site is built: just as the build will make it, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import SiteTest, template

from loa.ahead import Ahead, page_ahead
from loa.errors import TemplateFaultError
from loa.kept import Kept
from loa.pipeline import Options, Remains, build

MENTIONED = "Thực hiện Công văn số 12/UBND-TH ngày 20/4/2026, xem [bài hai](b.md#muc)."


class Desk:
    """A preview in this process: what was built last, and what can be said ahead of the next build."""

    def __init__(self, site: SiteTest) -> None:
        self.site = site
        self._options = Options(root=site.root, output=site.root / "xem", preview=True, workers=1)
        self._kept = Kept()
        self.remains = self.build()

    def build(self) -> Remains:
        report = build(self._options, kept=self._kept)
        assert report.remains, report.problems
        return report.remains

    def ahead(self, *paths: str) -> Ahead | None:
        files = [self.site.root / path for path in paths]
        return page_ahead(files, self.remains.site, self.remains.reader, self.remains.templates)

    def page(self, path: str) -> bytes:
        return (self.site.root / "xem" / path).read_bytes()


@pytest.fixture
def desk(site: SiteTest) -> Desk:
    site.article("a", MENTIONED, tags="[đê kè]", summary="Tóm tắt.").article("b", "## Mục\n\nBài hai.")
    site.article("het", expires="2026-05-02", author="Phòng Truyền thông").article("nhap", draft="true")
    site.article("rut", withdrawn="{date: 2026-05-03, reason: 'Đăng nhầm', by: 'Phòng Truyền thông'}")
    site.page("gioi-thieu").document("cv-12", "Căn cứ Luật Đê điều, đề nghị các xã thực hiện.")
    return Desk(site)


@pytest.mark.parametrize(
    ("file", "page", "old", "new"),
    [
        ("tin/a", "tin/a", "Thực hiện", "## Đầu đề mới\n\nTheo đúng"),
        ("tin/a", "tin/a", "Bài a", "Tiêu đề mới"),
        ("tin/a", "tin/a", "Tóm tắt.", "Tóm tắt khác."),
        ("tin/a", "tin/a", "[đê kè]", "[đê kè, bão]\nauthor: Nguyễn Thị An\nsource: Báo Lâm Hải"),
        ("tin/a", "tin/a", "b.md#muc", "../trang/gioi-thieu.md"),
        ("tin/a", "tin/a", "12/UBND-TH ngày 20/4/2026", "99/UBND-TH ngày 20/4/2026"),
        ("tin/het", "tin/het", "Nội dung", "Lời mới,"),
        ("tin/nhap", "tin/nhap", "Nội dung", "Lời mới,"),
        ("trang/gioi-thieu", "trang/gioi-thieu", "Nội dung", "Lời mới,"),
        ("van-ban/cv-12", "van-ban/cv-12", "đề nghị", "yêu cầu"),
        ("van-ban/cv-12", "van-ban/cv-12", "trích yếu", "về việc"),
    ],
)
def test_what_the_page_says_by_itself_is_shown_as_the_build_will_show_it(
    desk: Desk, file: str, page: str, old: str, new: str
) -> None:
    before = desk.page(f"{page}.html")
    desk.site.replace(f"content/{file}.md", old, new)

    ahead = desk.ahead(f"content/{file}.md", "content/tin/4913", "site.toml")

    assert desk.page(f"{page}.html") == before
    desk.build()
    assert ahead == (f"{page}.html", desk.page(f"{page}.html"))
    assert ahead.page != before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-05-01", "2026-05-02"),
        ("Tin tức – Sự kiện", "Chỉ đạo"),
        ("tags:", "draft: true\ntags:"),
        ("Thực hiện", "![Ảnh](/anh/moi.png)\n\nThực hiện"),
        ("title:", "tieude:"),
        ("---\n", ""),
    ],
)
def test_what_other_pages_or_files_decide_waits_for_the_build(desk: Desk, old: str, new: str) -> None:
    desk.site.replace("content/tin/a.md", old, new)

    assert desk.ahead("content/tin/a.md") is None


def test_a_citation_that_is_new_leads_nowhere_until_the_build_has_found_out(desk: Desk) -> None:
    desk.site.document("cv-13", number="13/UBND-TH", issued="2026-04-21")
    desk.remains = desk.build()
    desk.site.replace("content/tin/a.md", "xem", "và Công văn số 13/UBND-TH ngày 21/4/2026, xem")

    ahead = desk.ahead("content/tin/a.md")

    assert ahead
    new = "Công văn số 13/UBND-TH ngày 21/4/2026"
    assert f'<cite class="citation">{new}</cite>'.encode() in ahead.page
    assert b'href="/van-ban/cv-12.html" title="' in ahead.page
    desk.build()
    assert f">{new}</a>".encode() in desk.page("tin/a.html")


def test_a_notice_shows_no_words(desk: Desk) -> None:
    desk.site.replace("content/tin/rut.md", "Nội dung", "Lời mới,")

    assert desk.ahead("content/tin/rut.md") is None


def test_of_a_text_that_is_gone_and_of_two_at_once_nothing_is_known_ahead(desk: Desk) -> None:
    desk.site.delete("content/tin/a.md").replace("content/tin/b.md", "hai", "ba")

    assert desk.ahead("content/tin/a.md") is None
    assert desk.ahead("content/tin/b.md") is not None
    assert desk.ahead("content/tin/b.md", "content/tin/het.md") is None


def test_a_template_with_a_fault_is_left_to_the_build(site: SiteTest) -> None:
    desk = Desk(site.article("a").write("templates/pages/article.html", template("<p>{{ article.title }}</p>")))
    site.replace("content/tin/a.md", "Bài a", "Bài khác").write("templates/pages/article.html", "{% x")

    with pytest.raises(TemplateFaultError):
        desk.ahead("content/tin/a.md")


def test_what_is_no_text_of_the_site_is_no_page(desk: Desk, tmp_path: Path) -> None:
    desk.site.article("moi")

    assert desk.ahead("content/tin/moi.md") is None
    assert desk.ahead("site.toml") is None
    assert desk.ahead(str(tmp_path / "content/tin/a.md"), "content") is None
    assert desk.ahead() is None
