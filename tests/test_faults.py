"""What is said of faults that only a whole site can have, or that no file of a catalogue can show; see ``golden``."""

from __future__ import annotations

import errno
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import NOW, SITE_TOML, SiteTest
from golden.mistakes import picture

from loa.cli import main


def test_a_picture_that_cannot_be_read_is_named_and_links_to_its_articles_are_not_blamed(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.article("a", image="/anh/x.jpg").article("b", "[a](a.md) ![x](/anh/x.jpg)").write(
        "content/anh/x.jpg", picture()
    )
    read = Path.read_bytes

    # Not by its mode, which root may pass over.
    def refuse(file: Path) -> bytes:
        if file.name == "x.jpg":
            raise PermissionError(errno.EACCES, "Permission denied", str(file))
        return read(file)

    monkeypatch.setattr(Path, "read_bytes", refuse)

    said = 'Không đọc được tệp "/anh/x.jpg": không có quyền. | Kiểm tra quyền đọc của tệp ấy.'
    assert site.build().problems == [f"content/tin/a.md:5 image | {said}", f"content/tin/b.md:7  | {said}"]


def test_a_broken_link_that_is_left_out_with_its_page_is_not_published(site: SiteTest) -> None:
    site.article("a", aliases="[/cu.html]", image="/anh/khong-co.jpg").article("b", "[a](/cu.html)").article("c")

    site.build(skip_bad=True)

    assert "tin/c.html" in site.public
    assert not {"tin/a.html", "tin/b.html", "cu.html"} & site.public.keys()


def test_a_new_text_with_a_fault_is_left_out_beside_a_published_one_that_is_gone(site: SiteTest) -> None:
    site.article("a").article("c").build()

    site.delete("content/tin/c.md").article("b", "[x](/trang/b.html)").build(skip_bad=True)

    assert site.report.done
    assert site.report.refused == ("content/tin/b.md", "content/tin/c.md")
    assert site.report.kept == ("content/tin/c.md",)
    assert site.report.published == 1
    assert "tin/c.html" in site.public
    assert "tin/b.html" not in site.public


def test_a_text_whose_name_has_become_a_bad_one_is_published_on_and_counted_once(site: SiteTest) -> None:
    site.article("a").article("lich-tiep").build()

    site.delete("content/tin/lich-tiep.md").article("lịch tiếp").build(skip_bad=True)

    assert (site.report.published, site.report.refused) == (1, ("content/tin/lịch tiếp.md",))
    assert "tin/lich-tiep.html" in site.public


def test_what_is_refused_is_not_published_because_something_else_gave_way(site: SiteTest) -> None:
    site.article("b", "Bản cũ.").article("c").build()

    site.delete("content/tin/c.md").article("b", "Bản mới, xem [c](c.md).").build(skip_bad=True)

    assert site.report.kept == ("content/tin/b.md", "content/tin/c.md")
    assert "Bản cũ." in site.text("tin/b.html")


@pytest.mark.parametrize("field", [{"draft": "true"}, {"publish_at": "2026-07-01 08:00"}])
def test_a_text_that_was_held_back_and_has_a_fault_now_is_refused_and_not_held_back_as_well(
    field: dict[str, str], site: SiteTest
) -> None:
    site.article("a").article("b", **field).build()

    site.article("b", title=None, **field).build(skip_bad=True)

    assert site.report.done
    assert site.report.refused == ("content/tin/b.md",)
    assert site.report.held == ()

    # Nor does it go live when its time has come: nobody knows what its new form is to say.
    site.build(skip_bad=True, now=NOW + timedelta(days=60))

    assert site.report.refused == ("content/tin/b.md",)
    assert "tin/b.html" not in site.public
    assert "tin/b.html" not in site.public


RENAMED = SITE_TOML.replace('name = "Tin tức – Sự kiện"', 'name = "Thời sự"')


def warnings(site: SiteTest) -> list[str]:
    return [f"{p.path}:{p.line} {p.message} | {p.hint}" for p in site.report.problems if p.severity == "warning"]


@pytest.mark.parametrize("skip_bad", [False, True])
def test_a_category_that_was_renamed_is_one_fault_of_the_settings(skip_bad: bool, site: SiteTest) -> None:
    site.article("a").article("b").article("c", category="Chỉ đạo điều hành").build()

    site.write("site.toml", RENAMED).build(skip_bad=skip_bad)

    (said,) = site.problems
    assert said.startswith('site.toml:15 category | 2 bài ghi chuyên mục "Tin tức – Sự kiện", không có trong site.toml')
    assert '[[category]] "Thời sự": former = ["Tin tức – Sự kiện"]' in said
    assert not site.report.done


def test_a_category_that_several_new_articles_name_is_one_fault_unless_they_can_give_way(site: SiteTest) -> None:
    for name in ("a", "b", "c"):
        site.article(name, category="Thể thao", views="nhiều" if name == "c" else "1")
    site.article("d").article("e", category="Chỉ đạo điều hành")

    (of_views, of_category) = site.build().problems
    assert of_category.startswith('site.toml:0 category | 3 bài ghi chuyên mục "Thể thao"')
    assert of_views.startswith("content/tin/c.md:5 views")

    assert site.build(skip_bad=True).report.done
    assert len(site.problems) == 4


def test_a_category_that_only_a_draft_has_named_was_not_renamed(site: SiteTest) -> None:
    site.article("a").article("b", category="Thể thao", draft="true").build()

    (said,) = site.article("b", category="Thể thao").build().problems
    assert said.startswith('content/tin/b.md:4 category | Không có chuyên mục "Thể thao".')

    site.article("c")
    assert site.build(skip_bad=True).report.done


def test_a_unit_that_was_renamed_is_named_where_its_former_name_belongs(site: SiteTest) -> None:
    site.article("a", author="Phòng Truyền thông").article("b", author="Phòng Truyền thông").build()
    renamed = SITE_TOML.replace('name = "Phòng Truyền thông"', 'name = "Phòng Báo chí"')

    (said,) = warnings(site.write("site.toml", renamed).build())

    assert said.startswith('site.toml:23 Đơn vị "Phòng Báo chí" không có bài nào, còn 2 bài của "Phòng Truyền thông"')
    assert '[[unit]] "Phòng Báo chí": former = ["Phòng Truyền thông"]' in said
    former = renamed + 'former = ["Phòng Truyền thông"]\n'
    assert warnings(site.write("site.toml", former).build()) == []


def test_a_person_and_a_body_beside_a_unit_that_has_articles_are_not_taken_for_renamed(site: SiteTest) -> None:
    site.article("a", author="Nguyễn Văn An").build()
    assert warnings(site) == []

    site.article("b", author="Phòng Truyền thông").article("c", author="Sở Y tế").build()
    assert [said.partition(" ")[0] for said in warnings(site)] == ["content/tin/c.md:5"]


def test_a_check_of_one_file_says_that_its_category_was_renamed(
    site: SiteTest, capsys: pytest.CaptureFixture[str]
) -> None:
    site.article("a").article("b", category="Chỉ đạo điều hành").build()
    site.write("site.toml", RENAMED)

    assert main(["check", "--root", str(site.root), "--workers", "1", str(site.root / "content/tin/a.md")]) == 1
    assert "site.toml:15" in capsys.readouterr().out


@pytest.mark.parametrize("address", ["/tin/b.html", "https://thu.example/tin/b.html?a=1#x"])
@pytest.mark.parametrize("table", ["[[menu]]\nlabel = 'B'\nurl", "[alert]\ntext = 'B'\nlink"])
def test_what_the_settings_lead_to_asks_for_patience_when_it_is_left_out(
    address: str, table: str, site: SiteTest
) -> None:
    site.article("a").article("b", title=None)

    site.write("site.toml", f"{SITE_TOML}\n{table} = '{address}'\n").build(skip_bad=True)

    assert "tin/b.html" in site.public
    assert not [p.message for p in site.report.problems if "không dẫn đến" in p.message]


OTHERS = f"""{SITE_TOML}
[[menu]]
label = "Một cửa"
url = "https://thu.example/dvc/ho-so?a=1"

[[footer]]
label = "Thư điện tử"
url = "/thu"

[alert]
text = "Nộp hồ sơ"
link = "https://thu.example/dvc/"

[addresses]
others = ["/dvc/", "/thu"]
"""


def test_of_links_to_other_programs_under_the_same_name_nothing_is_said_when_the_settings_name_them(
    site: SiteTest,
) -> None:
    site.article("a", "[Một cửa](https://thu.example/dvc/x.aspx), [tra cứu](/dvc/tra-cuu) và [thư](/thu).")

    assert site.write("site.toml", OTHERS).build().report.problems == ()


def test_an_address_that_only_begins_like_that_of_another_program_is_a_broken_link(site: SiteTest) -> None:
    site.article("a", "[Một](/dvc-cu/x.html), [hai](/thu-moi), [ba](/dv)")

    site.write("site.toml", OTHERS).build()

    assert [problem.line for problem in site.report.problems] == [7, 7, 7]
