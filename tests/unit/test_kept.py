"""What a preview keeps between builds is used as long as it is true, and no longer."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import SiteTest

from loa.assets import static_files
from loa.kept import Kept
from loa.pipeline import Options, build

STATIC = Path(__file__).resolve().parents[2] / "static"


def replaced(file: Path, text: str) -> None:
    """As Loa writes its states: another file in the place of the last."""
    other = file.with_suffix(".tmp")
    other.write_text(text, encoding="utf-8")
    other.replace(file)


def test_a_file_is_read_once_as_long_as_it_is_the_same(tmp_path: Path) -> None:
    file, kept, reads = tmp_path / "manifest", Kept(), []
    replaced(file, "một")

    def read() -> str:
        reads.append(file.read_text(encoding="utf-8"))
        return reads[-1]

    assert [kept.load("x", file, read), kept.load("x", file, read)] == ["một", "một"]
    assert reads == ["một"]
    # As long, and of another program.
    replaced(file, "hai")
    assert kept.load("x", file, read) == "hai"


def test_a_file_that_is_replaced_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    file, kept = tmp_path / "addresses", Kept()
    replaced(file, "cũ")

    def read_too_early() -> str:
        text = file.read_text(encoding="utf-8")
        replaced(file, "mới")
        return text

    assert kept.load("x", file, read_too_early) == "cũ"
    assert kept.load("x", file, lambda: file.read_text(encoding="utf-8")) == "mới"


def test_what_was_just_written_need_not_be_read(tmp_path: Path) -> None:
    file, kept = tmp_path / "manifest", Kept()
    replaced(file, "một")

    assert kept.keep("x", file, "một") == "một"
    assert kept.load("x", file, lambda: "đọc lại") == "một"
    file.unlink()
    assert kept.load("x", file, lambda: "không có") == "không có"


def test_of_one_file_several_things_may_be_kept_and_of_each_the_last(tmp_path: Path) -> None:
    file, other, kept = tmp_path / "manifest", tmp_path / "manifest-2", Kept()
    replaced(file, "một")
    replaced(other, "hai")

    assert [kept.load("lines", file, lambda: 1), kept.load("words", file, lambda: "một")] == [1, "một"]
    assert [kept.load("lines", other, lambda: 2), kept.load("words", file, lambda: "đọc lại")] == [2, "một"]
    assert kept.load("lines", file, lambda: 3) == 3


def test_a_static_file_that_changes_changes_the_assets(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    kept, own = Kept(), tmp_path / "css/base.css"

    def stylesheet() -> str:
        return kept.assets(static_files((tmp_path, STATIC))).stylesheet

    before = stylesheet()
    assert stylesheet() == before
    own.write_text("body { color: black }", encoding="utf-8")
    changed = stylesheet()
    own.unlink()
    assert changed != before == stylesheet()


@pytest.mark.parametrize(
    ("file", "old", "new", "is_kept"),
    [
        ("tin/a", "Thực hiện", "Theo đúng", True),
        ("tin/a", "[đê kè]", "[bão]", True),
        ("tin/a", "2026-05-01", "2026-05-01T10:30", True),
        ("tin/a", "2026-05-01", "2026-05-04", False),
        ("tin/a", "Bài a", "Tên khác", False),
        ("tin/a", "12/UBND-TH", "13/UBND-TH", False),
        ("van-ban/cv-12", "đề nghị", "yêu cầu", True),
        ("van-ban/cv-12", "trích yếu", "về việc", False),
        ("van-ban/cv-12", "2026-04-20", "2026-04-21", False),
    ],
)
def test_citations_are_resolved_again_when_what_documents_say_of_them_may_change(
    site: SiteTest, file: str, old: str, new: str, is_kept: bool
) -> None:
    site.article("a", "Thực hiện Công văn số 12/UBND-TH ngày 20/4/2026.", tags="[đê kè]").article("b")
    site.document("cv-12", "Kính gửi các xã, đề nghị thực hiện.")
    kept = Kept()

    def built(name: str, kept: Kept) -> object:
        report = build(Options(root=site.root, output=site.root / name, preview=True, workers=1), kept=kept)
        assert report.remains
        return report.remains.site.library.citator

    def pages(name: str) -> dict[str, bytes]:
        folder = site.root / name
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    before = built("xem", kept)
    site.replace(f"content/{file}.md", old, new)

    assert (built("xem", kept) is before) is is_kept
    built("khac", Kept())
    assert pages("xem") == pages("khac")
