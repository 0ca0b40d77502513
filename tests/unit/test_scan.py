"""What lies in a folder. The words of each refusal are in tests/expected/problems."""

from __future__ import annotations

import os
import pickle
import socket
import stat
from pathlib import Path

import pytest

from loa.scan import packed, scan_content, signature, unpacked, walk


def put(folder: Path, *paths: str) -> Path:
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")
    return folder


def test_texts_and_files_are_told_apart_and_stand_in_order(tmp_path: Path) -> None:
    put(
        tmp_path,
        "trang/b.md",
        "tin/2026/05/b.md",
        "tin/2026/05/a.md",
        "anh/Hop_bao.1.JPG",
        "tep/x.pdf",
        "tin/2026/x.png",
    )

    scan = scan_content(tmp_path)

    assert list(scan.texts) == ["tin/2026/05/a.md", "tin/2026/05/b.md", "trang/b.md"]
    assert list(scan.files) == ["anh/Hop_bao.1.JPG", "tep/x.pdf", "tin/2026/x.png"]
    assert scan.problems == ()


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store",
        "._a.md",
        ".a.md.swp",
        "a.md~",
        "~$bai.docx",
        "#a.md#",
        "Thumbs.db",
        "desktop.ini",
        "a.tmp",
        "a.BAK",
        ".git/x.md",
    ],
)
def test_what_machines_leave_behind_is_passed_over(name: str, tmp_path: Path) -> None:
    put(tmp_path, f"tin/{name}")
    assert walk(tmp_path) == {}


@pytest.mark.parametrize(
    ("paths", "suggestions"),
    [
        (["anh/Lễ hội.jpg", "anh/le-hoi.jpg"], ["content/anh/le-hoi-2.jpg"]),
        (["anh/Lễ hội.jpg", "anh/le-hoi.jpg", "anh/le-hoi-2.jpg"], ["content/anh/le-hoi-3.jpg"]),
        (["tin/Quý I.md", "tin/quy-i.md"], ["content/tin/quy-i-2.md"]),
        (["tin/Tháng 5/a.md", "tin/thang-5/a.md"], ["content/tin/thang-5/a-2.md"]),
        (["anh/Le hoi.jpg", "anh/Lễ hội.jpg"], ["content/anh/le-hoi.jpg", "content/anh/le-hoi-2.jpg"]),
        (["anh/Lễ hội.jpg", "anh/le-hoi.png"], ["content/anh/le-hoi.jpg"]),
        (["anh/Lễ hội.jpg", "anh/le-hoi.JPG"], ["content/anh/le-hoi-2.jpg"]),
        (["tin/Quy-i.md"], ["content/tin/quy-i.md"]),
    ],
)
def test_a_name_is_proposed_that_no_other_file_has(paths: list[str], suggestions: list[str], tmp_path: Path) -> None:
    scan = scan_content(put(tmp_path, *paths))

    assert [problem.hint for problem in scan.problems] == [f"Đổi tên thành {name}" for name in suggestions]


@pytest.mark.parametrize(
    ("path", "suggestion"),
    [
        ("tin/Bài mới.md", "content/tin/bai-moi.md"),
        ("tin/bai_moi.md", "content/tin/bai-moi.md"),
        ("tin/bai--moi.md", "content/tin/bai-moi.md"),
        ("tin/-bai.md", "content/tin/bai.md"),
        ("tin/bai.moi.md", "content/tin/bai-moi.md"),
        ("tin/bai.MD", "content/tin/bai.md"),
        ("tin/Tháng 5/bai.md", "content/tin/thang-5/bai.md"),
        ("anh/Ảnh 1.JPG", "content/anh/anh-1.jpg"),
        ("anh/đê/x.png", "content/anh/de/x.png"),
        ("tep/bản đồ.tar.gz", "content/tep/ban-do-tar.gz"),
    ],
)
def test_a_bad_name_is_refused_with_a_better_one(path: str, suggestion: str, tmp_path: Path) -> None:
    scan = scan_content(put(tmp_path, path))

    (problem,) = scan.problems
    assert problem.path == f"content/{path}"
    assert problem.hint == f"Đổi tên thành {suggestion}"
    assert not scan.texts
    assert not scan.files
    assert scan_content(put(tmp_path / "better", suggestion.removeprefix("content/"))).problems == ()


@pytest.mark.parametrize("path", ["tin/!!!.md", "tin/日本.md", "anh/日本.jpg", "anh/không đuôi"])
def test_a_name_that_gives_no_address_is_refused_without_a_guess(path: str, tmp_path: Path) -> None:
    (problem,) = scan_content(put(tmp_path, path)).problems
    assert problem.hint.startswith("Đặt tên bằng chữ ")


@pytest.mark.parametrize(
    "path",
    [
        "bai.md",
        "tin.md",
        "cong-van/x.md",
        "anh/x.md",
        "x.jpg",
        "khac/x.jpg",
        "tin/x.txt",
        "trang/x.html",
        "tin/x.Markdown",
    ],
)
def test_a_file_in_the_wrong_place_is_refused(path: str, tmp_path: Path) -> None:
    scan = scan_content(put(tmp_path, path))
    assert [problem.path for problem in scan.problems] == [f"content/{path}"]
    assert not scan.texts
    assert not scan.files


@pytest.mark.proves("R10 special", times=6)
def test_links_and_special_files_are_refused_and_never_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = put(tmp_path / "content", "tin/a.md")
    put(tmp_path / "outside", "b.md")
    (content / "tin" / "link.md").symlink_to(tmp_path / "outside" / "b.md")
    (content / "tin" / "folder").symlink_to(tmp_path / "outside")
    (content / "tin" / "dangling.md").symlink_to("nowhere")
    os.mkfifo(content / "tin" / "pipe.md")
    mine = socket.socket(socket.AF_UNIX)
    # A name for a socket is short, wherever tests lie.
    monkeypatch.chdir(content / "tin")
    mine.bind("socket.md")
    mine.close()
    if os.geteuid() == 0:
        os.mknod("device.md", stat.S_IFCHR | 0o600, os.makedev(1, 3))

    scan = scan_content(content)

    assert list(scan.texts) == ["tin/a.md"]
    assert [problem.path for problem in scan.problems] == [
        "content/tin/dangling.md",
        *(["content/tin/device.md"] if os.geteuid() == 0 else []),
        "content/tin/folder",
        "content/tin/link.md",
        "content/tin/pipe.md",
        "content/tin/socket.md",
    ]


def test_a_folder_called_like_a_text_is_a_folder(tmp_path: Path) -> None:
    scan = scan_content(put(tmp_path, "tin/a.md/b.md"))
    assert [problem.path for problem in scan.problems] == ["content/tin/a.md/b.md"]


def test_no_content_at_all_is_empty(tmp_path: Path) -> None:
    scan = scan_content(tmp_path / "content")
    assert (scan.texts, scan.files, scan.problems) == ({}, {}, ())


def test_a_signature_changes_with_any_write_even_when_size_and_time_are_put_back(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("một", encoding="utf-8")
    before = file.stat()
    file.write_text("hai", encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    now = file.stat()
    assert (now.st_mtime_ns, now.st_size == before.st_size) == (before.st_mtime_ns, False) or signature(
        now
    ) != signature(before)


def test_a_scan_arrives_in_another_process_as_it_was_even_with_names_that_are_no_utf8(tmp_path: Path) -> None:
    put(tmp_path, "tin/2026/a.md")
    put(tmp_path, "anh/x.jpg")
    put(tmp_path, os.fsdecode(b"tin/l\xf5i.md"))
    scan = scan_content(tmp_path)

    assert len(scan.problems) == 1
    assert unpacked(pickle.loads(pickle.dumps(packed(scan)))) == scan


def test_texts_in_a_folder_that_is_named_like_litter_are_refused_by_name(tmp_path: Path) -> None:
    for path in ("tin/2026.bak/le-hoi.md", "tin/~$2026/hop-bao.md", "tin/.git/an.md", "tin/le-hoi.md.bak"):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")

    found = scan_content(tmp_path)

    assert [fault.path for fault in found.problems] == [
        "content/tin/2026.bak/le-hoi.md",
        "content/tin/~$2026/hop-bao.md",
    ]
    assert not found.texts
