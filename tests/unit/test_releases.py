"""Releases: each whole, swapped in by one rename, hard-linked, limited in number, and undone in a second."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from filelock import FileLock

from loa.errors import StoreError, UsageError
from loa.fingerprint import Frame, Inputs
from loa.releases import KEPT, ReleaseStore, roll_back

FRAME = Frame("chrome", "template", "code")


def publish(folder: Path, files: dict[str, bytes]) -> tuple[int, int]:
    store = ReleaseStore(folder)
    store.open()
    staged = [store.put(path, data) for path, data in files.items()]
    return store.publish(staged, {path: Inputs(data, FRAME) for path, data in files.items()})


def current(folder: Path) -> dict[str, bytes]:
    root = folder / "current"
    return {
        str(p.relative_to(root)): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file() and p.name != "MANIFEST.sha256"
    }


def releases(folder: Path) -> list[str]:
    return sorted(p.name for p in (folder / "releases").iterdir())


A = {"index.html": b"home A", "tin/a.html": b"a", "css/loa.css": b"css"}
B = {"index.html": b"home B", "tin/b.html": b"b", "css/loa.css": b"css"}


def test_current_leads_to_a_whole_release(tmp_path: Path) -> None:
    publish(tmp_path, A)
    publish(tmp_path, B)

    assert (tmp_path / "current").is_symlink()
    assert current(tmp_path) == B
    assert len(releases(tmp_path)) == 2


def test_the_link_is_relative_so_that_the_folder_can_be_moved(tmp_path: Path) -> None:
    publish(tmp_path / "old", A)
    (tmp_path / "old").rename(tmp_path / "new")

    assert current(tmp_path / "new") == A


def test_unchanged_files_are_hard_links_to_the_release_before(tmp_path: Path) -> None:
    publish(tmp_path, A)
    publish(tmp_path, B)

    first, second = (tmp_path / "releases" / name for name in releases(tmp_path))
    assert (first / "css/loa.css").stat().st_ino == (second / "css/loa.css").stat().st_ino
    assert (first / "index.html").stat().st_ino != (second / "index.html").stat().st_ino


def test_the_manifest_names_the_digest_of_every_file(tmp_path: Path) -> None:
    publish(tmp_path, A)

    lines = (tmp_path / "current/MANIFEST.sha256").read_text(encoding="utf-8").splitlines()
    assert lines == [f"{sha256(data).hexdigest()}  {path}" for path, data in sorted(A.items())]


def test_a_roll_back_gives_the_former_bytes(tmp_path: Path) -> None:
    publish(tmp_path, A)
    publish(tmp_path, B)

    name = roll_back(tmp_path)

    assert name == releases(tmp_path)[0]
    assert current(tmp_path) == A


def test_after_a_roll_back_the_next_build_starts_from_what_is_current(tmp_path: Path) -> None:
    publish(tmp_path, A)
    publish(tmp_path, B)
    roll_back(tmp_path)

    assert publish(tmp_path, A) == (0, 0)
    assert publish(tmp_path, B) == (2, 1)
    assert current(tmp_path) == B


def test_a_roll_back_never_brings_up_a_release_that_was_rolled_back(tmp_path: Path) -> None:
    publish(tmp_path, A)
    publish(tmp_path, B)
    roll_back(tmp_path)
    publish(tmp_path, {"index.html": b"home C"})

    roll_back(tmp_path)

    assert current(tmp_path) == A


def test_a_release_that_never_went_live_is_not_rolled_back_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def die(*_arguments: object) -> None:
        raise Killed

    publish(tmp_path, A)
    with monkeypatch.context() as killed:
        killed.setattr("loa.releases.point_to", die)
        with pytest.raises(Killed):
            publish(tmp_path, B)
    publish(tmp_path, {"index.html": b"home C"})

    roll_back(tmp_path)

    assert current(tmp_path) == A


def test_a_build_that_changes_nothing_makes_no_release(tmp_path: Path) -> None:
    publish(tmp_path, A)

    assert publish(tmp_path, A) == (0, 0)
    assert len(releases(tmp_path)) == 1


def test_only_the_newest_releases_are_kept(tmp_path: Path) -> None:
    for number in range(KEPT + 3):
        publish(tmp_path, {"index.html": str(number).encode(), "css/loa.css": b"css"})

    assert len(releases(tmp_path)) == KEPT == 10
    assert current(tmp_path)["index.html"] == str(KEPT + 2).encode()
    kept = {f"manifest-{name}" for name in releases(tmp_path)}
    assert {p.name for p in (tmp_path / ".loa").iterdir()} == kept


def test_a_damaged_release_is_mended_in_a_new_one(tmp_path: Path) -> None:
    publish(tmp_path, A)
    damaged = tmp_path / "current/index.html"
    before = damaged.stat()
    damaged.write_bytes(b"hOme A")
    os.utime(damaged, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert publish(tmp_path, A) == (1, 0)
    assert current(tmp_path) == A


def test_nothing_is_rolled_back_while_a_build_is_at_work(tmp_path: Path) -> None:
    publish(tmp_path, A)
    publish(tmp_path, B)

    with FileLock(ReleaseStore(tmp_path).lock_file), pytest.raises(UsageError, match="Đang có một lần dựng"):
        roll_back(tmp_path)
    assert current(tmp_path) == B

    roll_back(tmp_path)
    assert current(tmp_path) == A


def test_a_folder_without_releases_stays_as_it_was_when_it_is_asked_to_roll_back(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        roll_back(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_there_must_be_something_to_roll_back_to(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="không phải là thư mục phát hành"):
        roll_back(tmp_path)
    publish(tmp_path, A)
    with pytest.raises(UsageError, match="Không có bản phát hành nào trước"):
        roll_back(tmp_path)
    assert current(tmp_path) == A


def test_a_release_is_named_by_universal_time_wherever_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a clock that is put back, or a server that moves, would make the newest one look older."""
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    time.tzset()
    try:
        publish(tmp_path, A)
    finally:
        monkeypatch.undo()
        time.tzset()

    made = datetime.strptime(releases(tmp_path)[0][:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    assert timedelta() <= datetime.now(UTC) - made < timedelta(minutes=5)


def test_a_release_that_cannot_be_made_is_told_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "releases").write_bytes(b"a file")

    with pytest.raises(StoreError, match=rf"Không ghi được vào {tmp_path}: .+\."):
        publish(tmp_path, A)


def test_new_inputs_of_the_same_bytes_are_remembered_without_a_release(tmp_path: Path) -> None:
    publish(tmp_path, A)
    store = ReleaseStore(tmp_path)
    store.open()

    changed = {path: Inputs(b"new", FRAME) for path in A}
    assert store.publish([store.put(path, data) for path, data in A.items()], changed) == (0, 0)

    again = ReleaseStore(tmp_path)
    again.open()
    assert {path: again.manifest.inputs(path) for path in A} == changed
    assert len(releases(tmp_path)) == 1
