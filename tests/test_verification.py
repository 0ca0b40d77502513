"""``--verify``: whatever anybody but a build does to a published site is found, and nothing else is said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import filelock
import pytest
from conftest import NOW, REPOSITORY, SiteTest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loa.cli import main

Captured = pytest.CaptureFixture[str]
FORMS = {"public": ("--output", "public"), "release": ("--release", "www")}


class Published:
    """A site that is online in one of the two forms."""

    def __init__(self, root: Path, form: str) -> None:
        site = SiteTest(root).article("a", tags="[y tế]").article("b").page("lien-he")
        option, place = FORMS[form]
        self.site = site.build(**{option[2:]: root / place})
        self.options = ["--root", str(root), "--now", NOW.isoformat(), option, str(root / place)]
        self.folder = (root / place / ("current" if form == "release" else "")).resolve()
        self.files = sorted(p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if p.is_file())

    def build(self) -> None:
        assert main(self.options) == 0

    def verify(self, *more: str) -> int:
        return main([*self.options, "--verify", *more])


@pytest.fixture(params=FORMS)
def published(request: pytest.FixtureRequest, tmp_path: Path) -> Published:
    return Published(tmp_path / "site", request.param)


@pytest.fixture(scope="module", params=FORMS)
def lasting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return Published(tmp_path_factory.mktemp("verification") / "site", request.param)


def test_a_site_that_nobody_has_touched_is_whole(published: Published, capsys: Captured) -> None:
    assert published.verify() == 0
    assert capsys.readouterr().out == f"Trang đang có đúng như đã dựng: {len(published.files)} tệp.\n"


@pytest.mark.proves("R12 bytes", times=150)
@given(data=st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_single_byte_that_was_changed_is_found_in_any_file(
    lasting: Published, capsys: Captured, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from([path for path in lasting.files if (lasting.folder / path).stat().st_size]))
    file = lasting.folder / path
    before, status = file.read_bytes(), file.stat()
    at, to = data.draw(st.integers(0, len(before) - 1)), data.draw(st.integers(1, 255))
    # Neither its size nor its time tells.
    file.write_bytes(before[:at] + bytes([before[at] ^ to]) + before[at + 1 :])
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    try:
        assert lasting.verify() == 1
        assert capsys.readouterr().out.startswith(f"bị sửa  {path}\nTrang đang có không như đã dựng: 1 tệp bị sửa.\n")
    finally:
        file.write_bytes(before)
    assert lasting.verify() == 0
    capsys.readouterr()


def _replaced_by_a_link(file: Path) -> None:
    shutil.copy(file, file.parent / ".that")
    file.unlink()
    file.symlink_to(".that")


def _replaced_by_a_folder(file: Path) -> None:
    file.unlink()
    (file / "x").mkdir(parents=True)
    (file / "x/index.html").write_text("x")


@pytest.mark.proves("R12 harms")
@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda file: file.unlink(), ["bị mất  tin/a.html"]),
        (lambda file: file.write_bytes(file.read_bytes()[:-1]), ["bị sửa  tin/a.html"]),
        (lambda file: file.write_bytes(b""), ["bị sửa  tin/a.html"]),
        (lambda file: (file.parent / "la.html").write_text("x"), ["lạ      tin/la.html"]),
        (lambda file: (file.parent / ".an/.env").parent.mkdir() or (file.parent / ".an/.env").write_text("x"),
         ["lạ      tin/.an/.env"]),
        (lambda file: (file.parent / "a.html.bak").write_text("x"), ["lạ      tin/a.html.bak"]),
        (lambda file: (file.parent / "noi").symlink_to("/"), ["lạ      tin/noi"]),
        (_replaced_by_a_link, ["bị sửa  tin/a.html", "lạ      tin/.that"]),
        (_replaced_by_a_folder, ["bị mất  tin/a.html", "lạ      tin/a.html/x/index.html"]),
        (lambda file: shutil.rmtree(file.parent), ["bị mất  tin/a.html", "bị mất  tin/b.html"]),
        (lambda file: file.rename(file.with_name("c.html")), ["bị mất  tin/a.html", "lạ      tin/c.html"]),
    ],
    ids=["gone", "shorter", "empty", "new", "hidden", "litter", "link", "replaced by a link", "replaced by a folder",
         "folder gone", "renamed"],
)  # fmt: skip
def test_what_anybody_does_to_the_site_is_found(
    published: Published, capsys: Captured, harm: Callable[[Path], object], told: list[str]
) -> None:
    harm(published.folder / "tin/a.html")

    assert published.verify() == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[: len(told)] == told
    assert lines[len(told)].startswith("Trang đang có không như đã dựng: ")


def test_the_next_build_mends_what_it_has_made_and_leaves_what_is_foreign(
    published: Published, capsys: Captured
) -> None:
    (published.folder / "index.html").write_text("defaced")
    (published.folder / "tin/b.html").unlink()
    (published.folder / "la.html").write_text("x")

    assert published.verify() == 1
    published.build()
    capsys.readouterr()
    code = published.verify()

    # A release is made anew, with nothing that nobody has planned.
    is_release = "--release" in published.options
    assert code == (0 if is_release else 1)
    assert ("lạ      la.html" in capsys.readouterr().out) is not is_release


def test_many_files_that_differ_are_counted_and_named_when_asked(published: Published, capsys: Captured) -> None:
    shutil.rmtree(published.folder / "tin")
    for number in range(30):
        (published.folder / f"la-{number:02}.html").write_text("x")

    published.verify()
    few = capsys.readouterr().out
    published.verify("--all")
    whole = capsys.readouterr().out

    assert "lạ      la-09.html\nlạ      … và 20 tệp khác (--all in đủ)\n" in few
    assert "la-10.html" not in few
    assert "la-29.html" in whole
    assert "2 tệp bị mất, 30 tệp lạ." in few


def test_the_list_of_digests_in_a_release_is_the_one_that_others_can_check_and_is_checked_itself(
    tmp_path: Path, capsys: Captured
) -> None:
    published = Published(tmp_path / "site", "release")
    check = ["sha256sum", "--check", "--quiet", "--strict", "MANIFEST.sha256"]
    assert subprocess.run(check, cwd=published.folder, check=False).returncode == 0

    # Who changes a page can write down its new digest, too.
    (published.folder / "index.html").write_text("defaced")
    sums = subprocess.run(["sha256sum", "--", *published.files], cwd=published.folder, capture_output=True, check=True)
    (published.folder / "MANIFEST.sha256").write_bytes(sums.stdout)

    assert published.verify() == 1
    assert capsys.readouterr().out.startswith("bị sửa  MANIFEST.sha256\nbị sửa  index.html\n")


def test_after_a_rollback_it_is_the_release_before_that_is_whole(tmp_path: Path, capsys: Captured) -> None:
    published = Published(tmp_path / "site", "release")
    published.site.article("c", date="2026-05-02")
    published.build()
    assert main([*published.options, "--rollback"]) == 0
    capsys.readouterr()

    assert published.verify() == 0
    assert f": {len(published.files)} tệp." in capsys.readouterr().out


def test_where_nothing_is_known_nothing_is_claimed(published: Published, capsys: Captured) -> None:
    for state in (*published.site.root.glob(".*.loa"), *published.site.root.glob("www/.loa")):
        shutil.rmtree(state)

    assert published.verify() == 2
    assert "nên không biết trang phải như thế nào" in capsys.readouterr().err


def test_verifying_changes_nothing_and_waits_for_a_build(published: Published) -> None:
    def state() -> dict[str, int]:
        return {str(p): p.lstat().st_mtime_ns for p in published.site.root.rglob("*") if p.name != "lock"}

    before = state()
    (lock,) = published.site.root.glob("**/.*loa/lock")
    command = [sys.executable, str(REPOSITORY / "build.py"), *published.options, "--verify"]
    with filelock.FileLock(lock), pytest.raises(subprocess.TimeoutExpired):
        subprocess.run(command, timeout=2, check=False)
    assert published.verify() == 0

    assert state() == before


def test_a_file_of_the_office_is_no_foreign_one_once_it_lies_in_static(published: Published) -> None:
    (published.folder / "google1234.html").write_text("google-site-verification: google1234.html")
    assert published.verify() == 1

    published.site.write("static/google1234.html", "google-site-verification: google1234.html")
    published.build()

    assert published.verify() == 0
