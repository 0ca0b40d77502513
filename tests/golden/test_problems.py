"""What an editor reads when something is wrong: the exact words of the command line, one file a mistake.

``LOA_GOLDEN=write pytest tests/golden`` rewrites ``tests/expected/problems``; read the difference as an editor would.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY

from golden.mistakes import BAI, CATALOGUE, HARMLESS, OF_TEXTS, TEMPLATES, WARNINGS, Make, bai, commit, online, text
from loa.cli import main

EXPECTED = REPOSITORY / "tests" / "expected" / "problems"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that is online; tests work on copies of it."""
    return online(tmp_path_factory.mktemp("golden") / "site").root


@pytest.fixture
def site_folder(published: Path, tmp_path: Path) -> Path:
    """A copy of the site that is online."""
    return Path(shutil.copytree(published, tmp_path / "site", symlinks=True))


def run(root: Path, *options: str) -> int:
    return main(["--root", str(root), "--now", "2026-06-01T12:00+07:00", "--workers", "1", *options])


def snapshot(root: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every published file with its bytes and what would change if it were written again."""
    files = (p for p in sorted((root / "public").rglob("*")) if p.is_file())
    return {str(p): (p.read_bytes(), p.stat().st_mtime_ns, p.stat().st_ino) for p in files}


def compare(name: str, said: str) -> None:
    file = EXPECTED / f"{name}.txt"
    if os.environ.get("LOA_GOLDEN") == "write":
        EXPECTED.mkdir(parents=True, exist_ok=True)
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


@pytest.mark.proves("R2 mistakes")
@pytest.mark.parametrize(("name", "case"), CATALOGUE.items(), ids=CATALOGUE)
def test_a_mistake_is_named_and_nothing_is_changed(
    name: str, case: dict[str, Make], site_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(case, site_folder)
    before = snapshot(site_folder)

    code = run(site_folder)

    said = capsys.readouterr()
    compare(name, said.err)
    assert code == 1
    assert snapshot(site_folder) == before
    assert "Đã đăng" not in said.out


@pytest.mark.parametrize(("name", "case"), WARNINGS.items(), ids=WARNINGS)
def test_a_warning_is_named_and_the_site_is_published(
    name: str, case: dict[str, Make], site_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(case, site_folder)

    code = run(site_folder)

    said = capsys.readouterr()
    compare(name, said.err)
    assert code == 0
    assert "Đã đăng" in said.out


def test_every_expected_text_belongs_to_a_mistake() -> None:
    assert {file.stem for file in EXPECTED.iterdir()} == {*CATALOGUE, *WARNINGS}


@pytest.mark.parametrize("name", OF_TEXTS)
def test_skipping_what_is_bad_publishes_the_rest_and_keeps_the_last_version(name: str, site_folder: Path) -> None:
    before = (site_folder / "public/tin/2026/05/bai.html").read_bytes()
    case = CATALOGUE[name]
    commit(case, site_folder)
    (site_folder / "content/tin/2026/05/lu-ve.md").write_text(
        text("title: Lũ về", "date: 2026-06-01", "category: Tin tức – Sự kiện", body="Nước lên.")
    )

    code = run(site_folder, "--skip-bad")

    assert code == 3
    assert (site_folder / "public/tin/2026/05/lu-ve.html").is_file()
    if name == "published-and-renamed":
        assert "/tin/2026/05/lich-tiep-dan.html" in (site_folder / "public/tin/2026/05/bai.html").read_text("utf-8")
    elif BAI in case:
        assert (site_folder / "public/tin/2026/05/bai.html").read_bytes() == before


def test_skipping_a_bad_text_that_was_never_published_leaves_it_out(site_folder: Path) -> None:
    bad = site_folder / "content/tin/2026/05/moi.md"
    bad.write_text(bai("views: nhiều"), encoding="utf-8")

    code = run(site_folder, "--skip-bad")

    assert code == 3
    assert not (site_folder / "public/tin/2026/05/moi.html").exists()


def test_a_skipped_text_is_read_again_when_it_is_mended(site_folder: Path) -> None:
    text_file = site_folder / BAI
    text_file.write_text(bai("views: nhiều"), encoding="utf-8")
    run(site_folder, "--skip-bad")
    text_file.write_text(bai("views: 31791"), encoding="utf-8")

    code = run(site_folder)

    assert code == 0
    assert "31.791" in (site_folder / "public/tin/2026/05/bai.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["site-title-missing", "site-menu-to-nowhere", "site-missing", "template-not-closed"])
def test_a_fault_in_the_settings_cannot_be_skipped(name: str, site_folder: Path) -> None:
    commit(CATALOGUE[name], site_folder)
    before = snapshot(site_folder)

    assert run(site_folder, "--skip-bad") == 1
    assert snapshot(site_folder) == before


@pytest.mark.parametrize("name", TEMPLATES)
def test_check_finds_what_is_wrong_in_a_template(
    name: str, site_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(TEMPLATES[name], site_folder)

    code = main(["check", "--root", str(site_folder), "--now", "2026-06-01T12:00+07:00", "--workers", "1"])

    said = capsys.readouterr().out
    place, message, *_ = (EXPECTED / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert f"{place}  (lỗi)\n" in said
    assert message.partition(", khi dựng")[0].partition(" được tin/")[0] in said
    assert code == 1


@pytest.mark.parametrize(("name", "data"), HARMLESS.items(), ids=HARMLESS)
def test_a_harmless_difference_is_mended_in_silence(
    name: str, data: bytes, site_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (site_folder / "public/tin/2026/05/bai.html").read_bytes()
    (site_folder / BAI).write_bytes(data)

    code = run(site_folder)

    assert capsys.readouterr().err == ""
    assert code == 0
    assert (site_folder / "public/tin/2026/05/bai.html").read_bytes() == before


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1258"])
def test_the_command_ends_with_1_and_no_traceback_whatever_the_terminal_can_show(
    encoding: str, site_folder: Path
) -> None:
    (site_folder / BAI).write_text(bai("views: nhiều", "draft: có"), encoding="utf-8")
    (site_folder / "content/tin/2026/05/cho.md").write_text(bai("draft: true"), encoding="utf-8")
    # A name that is no UTF-8, as an old archive unpacks it.
    Path(os.fsdecode(os.fsencode(site_folder / "content/tin") + b"/l\xf5i.md")).write_text(bai(), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, REPOSITORY / "build.py", "--root", site_folder, "--now", "2026-06-01T12:00+07:00"],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"content/tin/2026/05/bai.md:5  views" in done.stderr
    assert b"content/tin/2026/05/bai.md:6  draft" in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1258"])
def test_a_site_is_built_whatever_the_terminal_can_show(encoding: str, site_folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, REPOSITORY / "build.py", "--root", site_folder, "--now", "2026-06-01T12:00+07:00"],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")
