"""Publishing from git: real pushes to a real bare repository with the hooks of deploy/git."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY, SiteTest

HOOKS = REPOSITORY / "deploy/git"
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_{what}": "bien-tap" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}
# The Python of the server. Where a file "accident" says so, the hook that starts Loa with such arguments is killed, or
# Loa ends with a code of its own.
PYTHON = """#!/bin/sh
if [ -e "{folder}/accident" ]; then
    read -r code arguments <"{folder}/accident"
    case "$*" in
    *"$arguments"*)
        rm "{folder}/accident"
        [ "$code" = kill ] || exit "$code"
        kill -9 "$PPID"
        exit
        ;;
    esac
fi
exec "{python}" "$@"
"""


class Office:
    """A server with a bare repository, and the folder of an editor who pushes to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bare, self.public, self.work = folder / "cong.git", folder / "web/public", folder / "viec"
        python = folder / "python"
        python.write_text(PYTHON.format(folder=folder, python=sys.executable), encoding="utf-8")
        python.chmod(0o755)
        run(folder, "git", "init", "-q", "--bare", "-b", "main", str(self.bare))
        for name, value in {
            "core.hooksPath": HOOKS,
            "loa.output": self.public,
            "loa.work": self.work,
            "loa.python": python,
        }.items():
            self.set(name, str(value))
        self.site = self.editor("bien-tap").page("gioi-thieu")

    def set(self, name: str, value: str) -> None:
        run(self.bare, "git", "config", name, value)

    def editor(self, name: str) -> SiteTest:
        run(self.folder, "git", "clone", "-q", str(self.bare), name)
        root = self.folder / name
        return SiteTest.at(root) if (root / "site.toml").exists() else SiteTest(root)

    def accident(self, what: str, arguments: str) -> None:
        """``kill`` the hook, or end with an exit code, the next time Loa is started with such arguments."""
        (self.folder / "accident").write_text(f"{what} {arguments}\n", encoding="utf-8")

    def published(self, folder: Path | None = None) -> dict[str, bytes]:
        folder = folder or self.public
        return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}

    def clean(self) -> dict[str, bytes]:
        """What a build of main publishes that knows nothing of the past."""
        for name in ("sach", "sach.public"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        shutil.rmtree(self.folder / ".sach.public.loa", ignore_errors=True)
        run(self.folder, "git", "clone", "-q", str(self.bare), "sach")
        output = self.folder / "sach.public"
        run(self.folder, sys.executable, str(REPOSITORY / "build.py"), "--root", "sach", "--output", str(output))
        return self.published(output)


def run(folder: Path, *command: str, code: int | None = 0, **environment: str) -> str:
    """What the command prints; ``code`` is how it must end, None: with anything but 0."""
    done = subprocess.run(
        command, cwd=folder, env=ENVIRONMENT | environment, capture_output=True, text=True, check=False, timeout=60
    )
    said = done.stdout + done.stderr
    assert done.returncode == code if code is not None else done.returncode, said
    return said


def commit(site: SiteTest) -> None:
    run(site.root, "git", "add", "-A")
    run(site.root, "git", "commit", "-qm", "Sửa bài")


def push(site: SiteTest, *arguments: str, code: int | None = 0) -> str:
    """Commit all there is and push it; what the editor reads."""
    commit(site)
    return run(site.root, "git", "push", *(arguments or ("origin", "main")), code=code)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_push_to_main_is_published_and_the_editor_reads_what_the_build_says(office: Office) -> None:
    said = push(office.site.article("2026/05/le-hoi", title="Lễ hội"))

    assert said.count("Đã đăng 2 · giữ lại 0") == 1
    assert "remote: Đã đăng." in said
    assert office.published() == office.clean()

    # An article goes, another comes: the check-out follows.
    office.site.give_up("tin/2026/05/le-hoi.md").article("2026/06/moi", title="Tin mới")
    push(office.site)
    assert "tin/2026/06/moi.html" in office.published()
    assert office.published() == office.clean()


def test_later_pushes_use_the_memory_of_earlier_builds(office: Office) -> None:
    for number in range(5):
        office.site.article(f"2026/05/bai-{number}")
    push(office.site)
    remembered = {path: path.stat() for path in office.work.rglob("content/**/*.md")}

    said = push(office.site.replace("content/tin/2026/05/bai-0.md", "Nội dung", "Nội dung mới"))

    changed = [path for path, before in remembered.items() if path.stat().st_mtime_ns != before.st_mtime_ns]
    assert {path.name for path in changed} == {"bai-0.md"}
    assert (office.work / "main/.cache").is_dir()
    written, outputs = re.search(r"ghi (\d+) trong (\d+) tệp", said).groups()
    assert int(written) < 10 < int(outputs)


def test_a_push_with_faults_is_refused_and_says_where_and_what(office: Office) -> None:
    push(office.site.article("2026/05/le-hoi", title="Lễ hội"))
    before, main = office.published(), run(office.bare, "git", "rev-parse", "main")

    office.site.article("2026/05/loi", date="18/05/2026").replace("content/tin/2026/05/le-hoi.md", "Lễ hội", "Hội xuân")
    said = push(office.site, code=None)

    assert "content/tin/2026/05/loi.md:3  date" in said
    assert "Viết năm trước: 2026-05-18" in said
    assert "Chưa nhận: sửa các lỗi nêu trên" in said
    assert run(office.bare, "git", "rev-parse", "main") == main
    assert office.published() == before

    push(office.site.replace("content/tin/2026/05/loi.md", "18/05/2026", "2026-05-18"))
    assert office.published() == office.clean()
    assert b"H\xe1\xbb\x99i xu\xc3\xa2n" in office.published()["index.html"]


def test_other_branches_are_kept_and_do_nothing(office: Office) -> None:
    push(office.site.article("2026/05/le-hoi"))
    before = office.published()

    run(office.site.root, "git", "checkout", "-qb", "nhap")
    said = push(office.site.article("2026/05/loi", date="mai"), "origin", "nhap")
    run(office.site.root, "git", "push", "origin", "--delete", "nhap")

    assert "remote:" not in said
    assert office.published() == before


def test_main_cannot_be_deleted(office: Office) -> None:
    push(office.site)
    before = office.published()

    said = run(office.site.root, "git", "push", "origin", ":main", code=None)

    assert "Không được xóa nhánh main" in said
    assert run(office.bare, "git", "rev-parse", "main")
    assert office.published() == before


def test_a_portal_with_far_fewer_pages_is_published_by_whoever_runs_the_server(office: Office) -> None:
    for number in range(12):
        office.site.article(f"the-{number}", tags=f"[thẻ {number}]")
    push(office.site)
    for number in range(12):
        office.site.article(f"the-{number}")

    said = push(office.site)
    assert "Số trang giảm" in said
    assert "the/the-1/index.html" in office.published()

    assert "Đã đăng." in run(office.bare, str(HOOKS / "publish"), "--force", GIT_DIR=str(office.bare))
    assert office.published() == office.clean()


def test_of_two_pushes_at_once_one_is_published_and_the_other_told_to_pull(office: Office) -> None:
    push(office.site)
    sites = [office.editor(name) for name in ("an", "binh")]
    for name, site in zip(("an", "binh"), sites, strict=True):
        commit(site.article(f"2026/05/{name}", title=f"Bài của {name}"))

    pushes = [
        subprocess.Popen(
            ["git", "push", "-q", "origin", "main"], cwd=site.root, env=ENVIRONMENT, stderr=subprocess.PIPE
        )
        for site in sites
    ]
    codes = [(one.communicate(timeout=60), one.returncode)[1] for one in pushes]

    assert sorted(bool(code) for code in codes) == [False, True]
    assert office.published() == office.clean()
    run(sites[codes.index(max(codes))].root, "git", "pull", "-q", "--rebase")
    run(sites[codes.index(max(codes))].root, "git", "push", "-q")
    assert {"tin/2026/05/an.html", "tin/2026/05/binh.html"} <= set(office.published())
    assert office.published() == office.clean()


def test_a_push_waits_while_another_is_checked_or_published(office: Office) -> None:
    push(office.site)
    before = office.published()
    commit(office.site.article("2026/05/le-hoi"))
    with (office.work / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = ["git", "push", "origin", "main"]
        with subprocess.Popen(
            command, cwd=office.site.root, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True
        ) as waiting:
            assert waiting.stderr is not None
            assert "Một lần đăng khác đang chạy, xin đợi…" in waiting.stderr.readline()
            assert office.published() == before

            fcntl.flock(lock, fcntl.LOCK_UN)
            assert "Đã đăng." in waiting.communicate(timeout=60)[1]

    assert office.published() == office.clean()


def test_a_hook_that_was_killed_is_made_good_by_the_next_push(office: Office) -> None:
    push(office.site.article("2026/05/le-hoi", title="Lễ hội"))
    before = office.published()

    office.accident("kill", f"main --output {office.public}")
    push(office.site.article("2026/05/bai-2", title="Bài hai"))
    assert office.published() == before

    # It was killed at a bad moment: a file half written, one that no commit has, a lock on the list of files.
    for tree in ("main", "check"):
        (office.work / tree / "content/tin/2026/05/le-hoi.md").write_text("---\ntitle: Lễ", encoding="utf-8")
        (office.work / tree / "content/tin/2026/05/la.md").write_text("không ai viết", encoding="utf-8")
        (office.work / f"{tree}.index.lock").touch()
    (office.work / "main.index").write_bytes((office.work / "main.index").read_bytes()[:40])
    push(office.site.article("2026/05/bai-3", title="Bài ba"))

    assert {"tin/2026/05/bai-2.html", "tin/2026/05/bai-3.html"} <= set(office.published())
    assert office.published() == office.clean()


def test_a_check_that_was_killed_refuses_the_push(office: Office) -> None:
    push(office.site)
    before = office.published()

    office.accident("kill", "check")
    push(office.site.article("2026/05/le-hoi"), code=None)

    assert office.published() == before
    run(office.site.root, "git", "push", "origin", "main")
    assert office.published() == office.clean()


def test_the_timer_publishes_what_a_broken_push_left_and_then_has_nothing_to_do(office: Office) -> None:
    publish = str(HOOKS / "publish")
    push(office.site)
    office.accident("kill", f"main --output {office.public}")
    push(office.site.article("2026/05/le-hoi"))

    run(office.folder, publish, "--due", GIT_DIR=str(office.bare))
    assert office.published() == office.clean()

    office.accident("4", "--due")
    assert run(office.folder, publish, "--due", GIT_DIR=str(office.bare), code=4) == ""


def test_what_is_published_although_something_is_left_out_counts_as_published(office: Office) -> None:
    office.accident("3", f"main --output {office.public}")

    said = push(office.site)

    assert "remote: Đã đăng." in said
    assert (office.work / "built").read_text("utf-8") == run(office.bare, "git", "rev-parse", "main")


def test_releases_are_swapped_in_one_step(office: Office) -> None:
    release = office.folder / "phat-hanh"
    office.set("loa.release", str(release))
    push(office.site.article("2026/05/a"))
    first = (release / "current").resolve()
    push(office.site.article("2026/05/b"))

    assert (release / "current").resolve() != first
    assert "tin/2026/05/b.html" in office.published(release / "current")
    assert not office.public.exists()


def test_a_link_in_the_content_leads_nowhere(office: Office) -> None:
    (office.site.root / "content/tep").mkdir()
    (office.site.root / "content/tep/mat-khau.txt").symlink_to("/etc/passwd")

    push(office.site.page("tai-ve", "[Tải về](/tep/mat-khau.txt)"))

    assert not any(b"root:x:" in data for data in office.published().values())


def test_a_server_that_lacks_its_setting_says_so(office: Office) -> None:
    run(office.bare, "git", "config", "--unset", "loa.output")

    assert "thiếu loa.output hoặc loa.release" in push(office.site)


def test_a_push_that_would_take_a_page_from_readers_is_refused_by_name(office: Office) -> None:
    push(office.site.article("2026/05/le-hoi"))
    before = office.published()

    said = push(office.site.delete("content/tin/2026/05/le-hoi.md"), code=None)

    assert "content/tin/2026/05/le-hoi.md" in said
    assert "/tin/2026/05/le-hoi.html" in said
    assert office.published() == before
