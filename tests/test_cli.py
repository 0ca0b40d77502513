"""The command line: what it prints, how it ends, and that its bytes depend on nothing but the sources."""

from __future__ import annotations

import ast
import errno
import io
import multiprocessing
import os
import re
import runpy
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from conftest import LONG, NOW, REPOSITORY, SAMPLE_NOW, SITE_TOML, SiteTest
from PIL import Image

from loa import __version__, console
from loa.cli import COMMANDS, main

Captured = pytest.CaptureFixture[str]

FINAL = re.compile(
    r"Đã đăng (\d+) · giữ lại (\d+) · từ chối (\d+) · ghi (\d+) trong (\d+) tệp · xóa (\d+) · \d+,\d giây"
)


def run(site: SiteTest, *arguments: str) -> int:
    """The command line in this process, at the usual moment."""
    return main(["--root", str(site.root), "--now", NOW.isoformat(), "--workers", "1", *arguments])


def final_line(captured: str) -> tuple[int, ...]:
    """Published, held, refused, written, outputs, removed."""
    found = FINAL.fullmatch(captured.splitlines()[-1])
    assert found, captured
    return tuple(int(number) for number in found.groups())


# --- exit codes and the final line -----------------------------------------------------


def test_a_build_ends_with_0_and_says_what_it_did(site: SiteTest, capsys: Captured) -> None:
    site.article("a").article("b").article("nhap", draft="true").article("mai", date="2026-06-02").page("lien-he")

    assert run(site) == 0

    told = capsys.readouterr()
    outputs = len(site.public)
    assert final_line(told.out) == (3, 2, 0, outputs, outputs, 0)
    assert told.err == ""


def test_held_entries_are_named_with_the_reason(site: SiteTest, capsys: Captured) -> None:
    site.page("c").article("nhap", draft="true").article("mai", date="2026-06-02 07:30")

    run(site)

    told = capsys.readouterr().out
    assert re.search(r"content/tin/nhap\.md: giữ lại – .*nháp", told)
    assert "content/tin/mai.md: giữ lại – " in told
    assert "Thứ Ba, 02/06/2026, 07:30" in told


def test_the_second_build_writes_only_what_changed(site: SiteTest, capsys: Captured) -> None:
    site.article("a").article("b")
    run(site)
    assert run(site) == 0
    assert final_line(capsys.readouterr().out)[3:4] == (0,)

    site.article("b", "Nội dung khác.").give_up("tin/a.md")
    run(site)

    _, _, _, written, outputs, removed = final_line(capsys.readouterr().out)
    assert 0 < written < outputs
    assert removed == 1


def test_faults_in_the_content_end_with_1_and_change_nothing(site: SiteTest, capsys: Captured) -> None:
    site.article("a")
    run(site)
    before = site.public
    capsys.readouterr()

    site.article("a", "Đã sửa.").article("b", category="Tin túc - Sự kiện").article("c", date="30/02/2026")
    assert run(site) == 1

    told = capsys.readouterr()
    assert site.public == before
    assert "content/tin/b.md:4  category" in told.err
    assert "Tin tức – Sự kiện" in told.err
    assert "content/tin/c.md:3  date" in told.err
    assert told.err.rstrip().endswith("2 lỗi, 0 cảnh báo. Trang đang có không thay đổi.")
    assert not FINAL.search(told.out)


def test_of_many_warnings_alike_the_first_are_told_and_the_rest_counted(site: SiteTest, capsys: Captured) -> None:
    for number in range(12):
        site.article(f"bai-{number:02}", f"Theo Nghị quyết số {number + 1}/NQ-HĐND ngày 05/3/2021 của UBND tỉnh.")
    site.article("hong", date="30/02/2026")

    run(site)
    few = capsys.readouterr().err
    run(site, "--full", "--all")
    all_of_them = capsys.readouterr().err

    assert few.count("(cảnh báo)") == 10
    assert "hong.md:3  date\n" in few
    assert "… và 2 cảnh báo tương tự. Xem tất cả: python build.py --full --all\n" in few
    assert "1 lỗi, 12 cảnh báo." in few
    assert all_of_them.count("(cảnh báo)") == 12
    assert "tương tự" not in all_of_them


def test_errors_are_told_before_warnings(site: SiteTest, capsys: Captured) -> None:
    site.article("a", "Theo Nghị quyết số 1/NQ-HĐND ngày 05/3/2021 của UBND tỉnh.").article("b", date="30/02/2026")

    assert run(site) == 1

    assert re.findall(r"^content\S+", capsys.readouterr().err, re.MULTILINE) == [
        "content/tin/b.md:3",
        "content/tin/a.md:7",
    ]


def test_a_folder_of_published_texts_that_is_gone_is_told_in_one_line(site: SiteTest, capsys: Captured) -> None:
    for number in range(11):
        site.article(f"2026/bai-{number:02}")
    run(site.article("2025/a").page("lien-he"))
    shutil.rmtree(site.root / "content/tin")
    (site.root / "content/trang/lien-he.md").unlink()
    site.article("moi", "Bài khác hẳn.", title="Bài mới")
    capsys.readouterr()

    assert run(site) == 1
    in_short = capsys.readouterr().err
    assert run(site, "--all") == 1
    at_length = capsys.readouterr().err
    assert main(["check", "--root", str(site.root), "--now", NOW.isoformat()]) == 1
    checked = capsys.readouterr().out

    for said in (in_short, checked):
        assert "Thiếu tệp của 12 bài đã đăng trong content/tin, như khi mất cả thư mục." in said
        assert "git checkout -- content/tin (" in said
        assert "bai-03" not in said
        assert "content/trang/lien-he.md" in said
    assert "13 lỗi" in in_short
    assert at_length.count("Tệp không còn, nhưng bài đã đăng") == 13
    assert "cả thư mục" not in at_length


def test_many_links_into_a_folder_that_is_gone_are_told_in_one_line(site: SiteTest, capsys: Captured) -> None:
    for number in range(11):
        site.article(f"2026/bai-{number:02}").article(f"2025/ke-{number:02}", f"[Bài](../2026/bai-{number:02}.md)")
    site.article("2025/xa", "[Một](/tin/2026/bai-01.html), [hai](/tin/2025/khong-co.html)")
    shutil.rmtree(site.root / "content/tin/2026")

    assert run(site) == 1
    in_short = capsys.readouterr().err
    assert run(site, "--all") == 1
    at_length = capsys.readouterr().err

    assert "content/tin/2025/ke-00.md:7\n    12 liên kết hoặc hình dẫn đến những trang, tệp" in in_short
    assert "không có ở /tin/2026/." in in_short
    assert in_short.count("ke-") == 1
    assert "/tin/2025/khong-co.html" in in_short
    assert "13 lỗi" in in_short
    assert at_length.count("không dẫn đến trang nào") == 13


def test_links_into_several_folders_of_texts_that_are_gone_together_are_told_in_one_line(
    site: SiteTest, capsys: Captured
) -> None:
    for number in range(12):
        site.article(f"{2010 + number}/bai").page(f"trang-{number:02}", f"[Bài](/tin/{2010 + number}/bai.html)")
    run(site)
    shutil.rmtree(site.root / "content/tin")
    site.article("moi", "Bài khác hẳn.", title="Bài mới")
    capsys.readouterr()

    assert run(site) == 1
    said = capsys.readouterr().err

    assert "Thiếu tệp của 12 bài đã đăng trong content/tin" in said
    assert "12 liên kết hoặc hình dẫn đến những trang, tệp không có ở /tin/." in said
    assert "content/trang/trang-01.md" not in said


def test_many_links_to_one_file_that_is_gone_are_told_in_one_line(site: SiteTest, capsys: Captured) -> None:
    for number in range(11):
        site.article(f"bai-{number:02}", "![Họp](/anh/hop.jpg)")

    assert run(site) == 1
    said = capsys.readouterr().err

    assert "content/tin/bai-00.md:7\n    11 liên kết hoặc hình dẫn đến /anh/hop.jpg, nơi không có gì." in said
    assert said.count("content/tin/bai-") == 1


def test_a_slip_that_many_texts_share_is_told_once_with_what_was_meant(site: SiteTest, capsys: Captured) -> None:
    site.page("lien-he")
    for number in range(11):
        site.article(f"bai-{number:02}", "[Liên hệ](/trang/lien-hee.html)")

    assert run(site) == 1
    said = capsys.readouterr().err
    assert 'dẫn đến /trang/lien-hee.html, nơi không có gì.\n    Ý bạn là "/trang/lien-he.html"? ' in said


def test_faults_in_the_settings_end_with_1(site: SiteTest, capsys: Captured) -> None:
    site.article("a").write("site.toml", 'title = "Cổng"\n')

    assert run(site) == 1
    assert "site.toml" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--nonsense"], "Lệnh không đúng"),
        (["--now", "hôm qua"], "thời điểm"),
        (["--workers", "0"], "số từ 1 đến 256"),
        (["--workers", "nhiều"], "số từ 1 đến 256"),
        (["--rollback"], "--release"),
        (["--release", "www", "--output", "public"], "Chỉ dùng một trong hai"),
        (["--root", "khong-co"], "Không có thư mục"),
        (["--output", "content"], "thư mục nguồn"),
    ],
)
def test_wrong_use_ends_with_2_and_says_why(
    site: SiteTest, capsys: Captured, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(site.article("a").root)
    before = sorted(site.root.rglob("*"))

    try:
        code: object = main(arguments)
    except SystemExit as end:
        code = end.code

    told = capsys.readouterr()
    assert code == 2
    assert words in told.err
    assert told.out == ""
    assert sorted(site.root.rglob("*")) == before


@pytest.mark.parametrize("arguments", [("serve", "--port", "0"), ("check", "tin/2026"), ("check", "content/tin/a.md")])
def test_a_folder_without_a_site_is_told_as_such(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(arguments) == 2

    told = capsys.readouterr()
    assert told.err == "Không có tệp site.toml. Chạy lệnh trong thư mục của trang, hoặc chỉ ra thư mục bằng --root.\n"
    assert told.out == ""


def test_a_fault_of_ours_ends_with_2_and_asks_to_report_it(
    site: SiteTest, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loa.kept.load_assets", lambda _: 1 / 0)

    assert run(site.article("a")) == 2

    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert "gửi những dòng trên cho người bảo trì" in told


@pytest.mark.parametrize("command", ["serve", "check", "new"])
def test_where_nothing_is_published_nothing_is_said_of_the_published_site(
    site: SiteTest, capsys: Captured, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    raised: list[BaseException] = [PermissionError(errno.EACCES, "denied"), KeyboardInterrupt()]

    def end(_: object) -> int:
        raise raised.pop()

    monkeypatch.setattr(f"loa.commands.{command}.run", end)

    assert [main([command, "--root", str(site.root)]) for _ in range(2)] == [2, 2]
    assert capsys.readouterr().err == "\nĐã dừng.\nKhông đọc hoặc không ghi được: không có quyền.\n"


def test_an_interrupted_build_ends_with_2_and_says_that_the_site_is_whole(
    site: SiteTest, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("loa.kept.load_assets", interrupt)

    assert run(site.article("a")) == 2
    assert "Đã dừng" in capsys.readouterr().err


def test_a_bad_file_left_out_ends_with_3(site: SiteTest, capsys: Captured) -> None:
    site.article("a").article("b", date="30/02/2026")

    assert run(site, "--skip-bad") == 3

    told = capsys.readouterr()
    assert final_line(told.out)[:3] == (1, 0, 1)
    assert "content/tin/b.md:3  date" in told.err
    assert "không thay đổi" not in told.err
    assert "tin/a.html" in site.public


def test_a_bad_file_keeps_its_last_good_version(site: SiteTest, capsys: Captured) -> None:
    site.article("a").article("b", "Bản tốt.")
    run(site)
    site.article("a", "Tin lũ khẩn cấp.").article("b", "Bản hỏng.", date="30/02/2026")

    assert run(site, "--skip-bad") == 3

    told = capsys.readouterr().out
    assert "content/tin/b.md: có lỗi – trang giữ nội dung đã đăng lần trước" in told
    # Each file is counted once.
    assert final_line(told)[:3] == (1, 0, 1)
    assert "Tin lũ khẩn cấp." in site.text("tin/a.html")
    assert "Bản tốt." in site.text("tin/b.html")


def test_a_text_that_no_longer_names_an_address_it_had_is_told_to_be_published_with_it(
    site: SiteTest, capsys: Captured
) -> None:
    site.article("a").article("b", "Bản cũ.", aliases="[/tin/cu.html]")
    run(site)
    site.article("b", "Bản mới.")

    assert run(site, "--skip-bad") == 3

    told = capsys.readouterr().out
    assert "content/tin/b.md: có lỗi – đã đăng nội dung mới, kèm các địa chỉ cũ mà tệp không còn ghi" in told
    assert final_line(told)[:3] == (1, 0, 1)
    assert "Bản mới." in site.text("tin/b.html")
    assert "tin/cu.html" in site.public


def test_faults_in_the_settings_cannot_be_skipped(site: SiteTest) -> None:
    site.article("a").write("site.toml", SITE_TOML + '[[menu]]\nlabel = "X"\nurl = "/khong-co.html"\n')

    assert run(site, "--skip-bad") == 1
    assert not (site.root / "public").exists()


def test_an_expired_security_txt_is_left_out_and_ends_with_3(site: SiteTest) -> None:
    site.article("a").write(
        "site.toml", SITE_TOML + '[security]\ncontact = "mailto:a@b.example"\nexpires = 2026-05-01\n'
    )

    assert run(site) == 3
    assert ".well-known/security.txt" not in site.public


# --- options ---------------------------------------------------------------------------


def test_help_is_vietnamese_and_names_every_option_and_exit_code(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])

    told = capsys.readouterr().out
    assert end.value.code == 0
    for option in (
        "--root", "--output", "--full", "--explain", "--now", "--workers", "--skip-bad", "--release", "--rollback",
        "--verify", "--due",
    ):  # fmt: skip
        assert option in told
    assert "Mã thoát: 0" in told
    assert "show this help" not in told


def test_the_version_is_printed(capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])

    assert capsys.readouterr().out.strip() == f"Loa {__version__}"


def test_explain_names_each_rendered_file_with_its_reasons(site: SiteTest, capsys: Captured) -> None:
    site.article("a").article("b", date="2026-05-02")
    run(site)
    site.replace("content/tin/b.md", "Nội dung bài viết.", "Nội dung khác.")
    site.write("public/tin/a.html", "tampered")
    capsys.readouterr()

    run(site, "--explain")

    told = capsys.readouterr().out
    rendered = dict(re.findall(r"^dựng  (\S+) +(\S.*)$", told, re.MULTILINE))
    assert rendered["tin/b.html"] == "view"
    assert rendered["tin/a.html"] == "output"
    assert "luu-tru/index.html" not in rendered
    outputs = len(site.public)
    assert f"giữ   {outputs - len(rendered)} tệp khác" in told


def test_a_first_build_explains_everything_as_new(site: SiteTest, capsys: Captured) -> None:
    run(site.article("a"), "--explain")

    told = capsys.readouterr().out
    assert set(re.findall(r"^dựng  \S+ +(\S.*)$", told, re.MULTILINE)) == {"new"}
    assert f"{len(site.public)} vì new" in told


def test_full_renders_everything_and_writes_nothing_that_is_the_same(site: SiteTest, capsys: Captured) -> None:
    run(site.article("a"))
    before = {p: p.stat().st_mtime_ns for p in (site.root / "public").rglob("*")}
    capsys.readouterr()

    assert run(site, "--full", "--explain") == 0

    told = capsys.readouterr().out
    assert "giữ   0 tệp khác" in told
    assert final_line(told)[3] == 0
    assert {p: p.stat().st_mtime_ns for p in (site.root / "public").rglob("*")} == before


@pytest.mark.parametrize(
    ("now", "is_there"),
    [
        ("2026-06-02T07:29:59+07:00", False),
        ("2026-06-02T07:30:00+07:00", True),
        ("2026-06-02T00:29:59Z", False),
        ("2026-06-02T00:30:00Z", True),
        # Without a zone the site's own is meant, as in the front matter.
        ("2026-06-02T07:29:59", False),
        ("2026-06-02T07:30", True),
    ],
)
@pytest.mark.usefixtures("far_away")
def test_an_article_appears_at_its_moment_whatever_the_zone_of_the_machine(
    site: SiteTest, now: str, is_there: bool
) -> None:
    site.article("a").article("hen", date="2026-06-02 07:30")

    assert main(["--root", str(site.root), "--workers", "1", "--now", now]) == 0

    assert ("tin/hen.html" in site.public) is is_there


@pytest.fixture
def far_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Half a day west of Hà Nội."""
    with monkeypatch.context() as machine:
        machine.setenv("TZ", "America/New_York")
        time.tzset()
        yield
    time.tzset()


def test_files_of_others_in_the_output_are_named_and_nobody_is_told_to_delete_a_folder(
    site: SiteTest, capsys: Captured
) -> None:
    for name in "abcd":
        site.write(f"www/anh-rieng/{name}.jpg", "x")

    assert run(site.article("a"), "--output", str(site.root / "www")) == 0

    told = capsys.readouterr().err
    assert f"{site.root}/www có 4 tệp không do lần dựng nào còn ghi lại tạo ra" in told
    assert "(anh-rieng/a.jpg, anh-rieng/b.jpg, anh-rieng/c.jpg, …)" in told
    assert "Xem từng tệp là của ai rồi mới xóa tay" in told


def test_a_release_can_be_made_and_rolled_back(site: SiteTest, capsys: Captured) -> None:
    www = site.root.parent / "www"
    run(site.article("a"), "--release", str(www))
    run(site.article("a", "Bản sai."), "--release", str(www))
    capsys.readouterr()

    assert main(["--release", str(www), "--rollback"]) == 0

    said = capsys.readouterr().out
    assert re.match(r"Đã quay về bản [\w-]+\.\n", said)
    assert "Sửa nội dung rồi dựng lại" in said
    assert "--due coi như chưa có gì đến hạn" in said
    assert "Nội dung bài viết." in (www / "current/tin/a.html").read_text(encoding="utf-8")
    assert main(["--release", str(www), "--rollback"]) == 2
    assert "Không có bản phát hành nào trước" in capsys.readouterr().err


# --- a Python that cannot run Loa ---------------------------------------------------------

BUILD = REPOSITORY / "build.py"


def run_bare(*arguments: str, folder: Path = REPOSITORY, script: Path = BUILD) -> subprocess.CompletedProcess[str]:
    """``build.py`` under a Python that has no packages."""
    command = [sys.executable, "-S", str(script), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8")


def repository_of(folder: Path, *venv: str) -> Path:
    """A copy of Loa in ``folder``, as far as it can be loaded without packages; its ``build.py``."""
    folder.mkdir()
    for path in venv:
        (folder / path).mkdir(parents=True)
    return Path(shutil.copy(BUILD, folder))


@pytest.mark.parametrize("arguments", [(), ("serve",), ("check", "content/tin/a.md"), ("--help",), ("biuld",)])
def test_outside_the_virtual_environment_one_line_says_how_to_enter_it(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    script = repository_of(tmp_path / "loa", ".venv/bin")

    here = run_bare(*arguments, folder=script.parent, script=script)
    elsewhere = run_bare(*arguments, folder=tmp_path, script=script)

    assert (here.returncode, here.stdout, elsewhere.returncode) == (2, "", 2)
    assert re.fullmatch(r"Python này thiếu gói .*\. Gõ: \. \.venv/bin/activate, rồi chạy lại lệnh\.\n", here.stderr)
    assert f"Gõ: . {tmp_path}/loa/.venv/bin/activate, " in elsewhere.stderr


def test_where_no_virtual_environment_was_made_it_says_how_to_make_one(tmp_path: Path) -> None:
    script = repository_of(tmp_path / "loa")

    here = run_bare(folder=script.parent, script=script)
    elsewhere = run_bare(folder=tmp_path, script=script)

    assert here.returncode == 2
    assert here.stderr.endswith("Gõ: make site, rồi gõ: . .venv/bin/activate, rồi chạy lại lệnh.\n")
    assert f"Gõ: cd {tmp_path}/loa && make site, " in elsewhere.stderr


def build_py(script: Path = BUILD) -> dict[str, Any]:
    """What ``build.py`` defines."""
    return runpy.run_path(str(script), run_name="build")


@pytest.mark.parametrize("is_link", [False, True])
def test_a_virtual_environment_that_lacks_a_package_is_to_be_filled_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, is_link: bool
) -> None:
    script = repository_of(tmp_path / "loa", *([] if is_link else [".venv/bin"]))
    if is_link:
        (tmp_path / "venv/bin").mkdir(parents=True)
        (tmp_path / "loa/.venv").symlink_to(tmp_path / "venv")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "nh3" else name)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "loa/.venv"))

    told = build_py(script)["obstacle"]()

    assert told.startswith(
        "Python này thiếu gói mà Loa cần (nh3). "
        f"Gõ: cd {script.parent} && sh tools/venv.sh .venv requirements.txt, rồi gõ: "
    )


def test_a_python_that_is_too_old_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))

    told = build_py()["obstacle"]()

    assert told.startswith("Loa cần Python 3.11 trở lên; lệnh này đang chạy bằng Python 3.9. Gõ: ")


def test_what_an_old_python_is_told_it_can_read() -> None:
    source = BUILD.read_text(encoding="utf-8")
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    ast.parse(source, feature_version=(3, 6))
    assert project["requires-python"] == ">={}.{}".format(*build_py()["OLDEST"])


def test_every_package_that_loa_imports_is_looked_for() -> None:
    imported: set[str] = set()
    for file in (REPOSITORY / "loa").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
            elif isinstance(node, ast.Import):
                imported.update(alias.name.partition(".")[0] for alias in node.names)

    needed = build_py()["NEEDED"]
    assert set(needed) == imported - sys.stdlib_module_names - {"loa"}


def test_a_mistake_in_our_own_imports_is_not_hidden(tmp_path: Path) -> None:
    script = repository_of(tmp_path / "loa", ".venv/bin", "loa")
    (script.parent / "loa/cli.py").write_text("import loa.mispelt\n", encoding="utf-8")

    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "ModuleNotFoundError: No module named 'loa.mispelt'" in done.stderr


def test_a_command_that_does_not_exist_is_refused_by_name(capsys: Captured) -> None:
    assert main(["biuld"]) == 2

    assert capsys.readouterr().err == "Không có lệnh 'biuld'. Có phải là build?\nXem: python build.py --help\n"


@pytest.mark.parametrize("named", ["content/tin/a.md", "content/tin", "tin/khong-co.md"])
def test_a_file_in_the_place_of_a_command_is_one_to_check(
    site: SiteTest, capsys: Captured, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.chdir(site.article("a").root)

    assert main([named]) == 2

    assert capsys.readouterr().err == (
        f"Không có lệnh {named!r}. Muốn kiểm tra tệp hay thư mục ấy: python build.py check {named}\n"
        "Xem: python build.py --help\n"
    )


# --- the terminal ---------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("seconds", "shown"), [(0.9, False), (1.1, True)])
def test_progress_is_shown_on_a_terminal_for_what_takes_longer_than_a_second(
    monkeypatch: pytest.MonkeyPatch, seconds: float, shown: bool
) -> None:
    clock = [100.0]
    monkeypatch.setattr("loa.console.time.monotonic", lambda: clock[0])
    terminal = Terminal()
    progress = console.Progress(terminal)
    clock[0] += seconds

    progress("render", 7, 9)
    assert ("Dựng 7/9" in terminal.getvalue()) is shown
    progress.clear()
    assert terminal.getvalue().endswith("\r\x1b[K" if shown else "")


def test_waiting_for_another_build_is_told_at_once() -> None:
    terminal = Terminal()

    console.Progress(terminal)("wait", 0, 0)

    assert "Đang chờ một lần dựng khác" in terminal.getvalue()


def test_nothing_is_shown_where_output_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loa.console.time.monotonic", iter(range(0, 10_000, 100)).__next__)
    out = io.StringIO()
    progress = console.Progress(out)

    progress("render", 7, 9)
    progress.clear()

    assert out.getvalue() == ""


def test_a_terminal_without_vietnamese_letters_is_no_reason_to_fail(site: SiteTest) -> None:
    site.article("a").article("nhap", draft="true")
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(site.root)]

    done = subprocess.run(
        command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    )

    assert done.returncode == 0, done.stderr
    assert "tin/a.html" in site.public


# --- the same bytes everywhere ---------------------------------------------------------


def rich(site: SiteTest) -> SiteTest:
    """A site with something of everything that could depend on the machine."""
    picture = io.BytesIO()
    Image.linear_gradient("L").resize((900, 600)).convert("RGB").save(picture, "PNG")
    site.write("content/anh/x.png", picture.getvalue()).write("content/tep/a.txt", "Kế hoạch\n")
    for number in range(6):
        site.article(
            f"2026/05/bai-{number}",
            f"## Mục\n\n![Hình](/anh/x.png)\n\nXem [tệp](/tep/a.txt).[^1]\n\n[^1]: Chú thích {number}.",
            date=f"2026-05-0{number + 1} 23:30",
            tags="[y tế, lễ hội, biển]",
            author=("Lê An", "Phòng Truyền thông")[number % 2],
            image="{file: /anh/x.png, alt: Hình}",
            views=number * 1000,
        )
    return site.page("lien-he")


ZONES = ("Asia/Ho_Chi_Minh", "UTC", "Pacific/Kiritimati", "America/Los_Angeles")
LANGUAGES: tuple[dict[str, str], ...] = (
    {"LANG": "vi_VN.UTF-8"},
    {"LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
    {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
)
# Every combination of zone, language, workers, and of where and how the files came there.
SURROUNDINGS = list(product(ZONES, LANGUAGES, (1, 2), (False, True)))
# Those of every run, which have everything at least once.
FEW = [SURROUNDINGS[0], SURROUNDINGS[19], SURROUNDINGS[29], SURROUNDINGS[46]]
# The work is spread however little there is of it.
SPREADING = """
import sys
from functools import partial
from loa import cli, workers
spread = workers.spread
workers.spread = lambda *given, **named: spread(*given, **{**named, "worth": 1})
sys.exit(cli.main())
"""


@pytest.mark.slow
@pytest.mark.proves("R9 settings")
@pytest.mark.parametrize("number", range(len(SURROUNDINGS) if LONG else len(FEW)))
def test_the_same_sources_give_the_same_bytes_everywhere(number: int, site: SiteTest, tmp_path: Path) -> None:
    """Zone, language, hash seed, folder, workers, times, order and modes of the files do not matter."""
    zone, language, count, is_elsewhere = (SURROUNDINGS if LONG else FEW)[number]
    expected = rich(site).build().public
    other = SiteTest(tmp_path / ("x" * 150 if is_elsewhere else "y"))
    files = sorted(file for file in (site.root / "content").rglob("*") if file.is_file())
    for file in reversed(files) if is_elsewhere else files:
        copied = other.root / file.relative_to(site.root)
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_bytes(file.read_bytes())
        copied.chmod(0o600 if is_elsewhere else 0o664)
        os.utime(copied, (number * 3e7, number * 3e7))

    done = subprocess.run(
        [sys.executable, "-c", SPREADING, "--now", NOW.isoformat(), "--workers", str(count)]
        + (["--root", str(other.root)] if is_elsewhere else []),
        cwd="/" if is_elsewhere else other.root,
        env={
            "PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "TZ": zone, "PYTHONHASHSEED": str(number + 1),
            **language,
        },
        umask=0o077 if is_elsewhere else 0o002,
        capture_output=True,
        check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr.decode()
    assert sorted(other.public) == sorted(expected)
    assert [path for path in expected if other.public[path] != expected[path]] == []


def other_pythons() -> list[str]:
    """The interpreters of other versions that are on this machine, and that Loa runs with."""
    named = [shutil.which(f"python3.{minor}") for minor in range(11, 20)]
    built = sorted(Path.home().glob(".pyenv/versions/3.*/bin/python"))
    found = {}
    for python in [*filter(None, named), *map(str, built)]:
        told = subprocess.run(
            [python, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, check=False
        )
        version = tuple(map(int, told.stdout.split()))
        if told.returncode == 0 and version >= (3, 11) and version != sys.version_info[:2]:
            found.setdefault(version, python)
    return [found[version] for version in sorted(found)]


@pytest.mark.slow
@pytest.mark.proves("R9 versions")
@pytest.mark.skipif(not LONG, reason="installs Loa for each: make reliability")
@pytest.mark.parametrize("python", other_pythons() if LONG else ["another"])
def test_other_versions_of_python_give_the_same_bytes(python: str, tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    subprocess.run(
        ["sh", REPOSITORY / "tools/venv.sh", venv, REPOSITORY / "requirements.txt"],
        env={**os.environ, "PYTHON": python}, check=True,
    )  # fmt: skip
    made = []
    for one in (sys.executable, str(venv / "bin/python")):
        site = SiteTest(tmp_path / str(len(made)))
        for folder in ("content", "templates", "static"):
            shutil.copytree(REPOSITORY / folder, site.root / folder)
        # The full text is searched by a program of its own, which is not installed there.
        site.write("site.toml", (REPOSITORY / "site.toml").read_text(encoding="utf-8") + "\n[search]\ntexts = false\n")
        done = subprocess.run(
            [one, "-W", "error", REPOSITORY / "build.py", "--root", site.root, "--now", SAMPLE_NOW.isoformat()],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        made.append(site.public)

    ours, theirs = made
    assert len(ours) > 500
    assert sorted(theirs) == sorted(ours)
    assert [path for path in ours if theirs[path] != ours[path]] == []


def test_two_workers_give_the_same_bytes_as_one(
    site: SiteTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(500):
        site.article(f"2026/bai-{number}", f"Nội dung **{number}**.", date=f"2026-05-{number % 28 + 1:02}")
    expected = site.build().public
    other = SiteTest(tmp_path / "other")
    shutil.copytree(site.root / "content", other.root / "content")

    started = []
    get_context = multiprocessing.get_context
    monkeypatch.setattr(multiprocessing, "get_context", lambda kind: started.append(kind) or get_context(kind))

    assert other.build(workers=2).report.done
    assert started == ["fork", "fork"], "reading and rendering should both have been worth it"
    assert other.public == expected
    # And so it is when everything is fresh for one and nothing for the other.
    assert other.build(workers=2, full=True).report.written == 0
    assert site.build(workers=1).report.written == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_is_vietnamese(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([name, "--help"])

    told = capsys.readouterr().out
    assert told.startswith("Cách dùng: build.py")
    assert "\nTùy chọn:\n" in told
    assert not re.search(r"usage|options|arguments|show this|default", told)
