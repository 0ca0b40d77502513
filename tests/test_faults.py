"""What is said of faults that only a whole site can have, or that no file of a catalogue can show; see ``golden``."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from conftest import SiteTest
from golden.mistakes import picture


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
