"""Builds that are killed at any moment, many at once, a disk that fills up, and readers who never stop.

A small site turns from one of its versions to another. Whatever happens: what readers have is whole files of versions
that were meant, what all versions have is there at every moment, no link is dead, and the next build heals.
"""

from __future__ import annotations

import mmap
import os
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest
from conftest import LONG, NOW, REPOSITORY, SITE_TOML, SiteTest, files_of

from loa.addresses import output_path
from loa.cli import main
from loa.pipeline import Options, build
from loa.releases import SUMS
from loa.state import State
from loa.store import Store

# Others measure what is run here; to measure it once more takes as long as to run it.
pytestmark = pytest.mark.no_cover

VERSIONS = 4
GONE = '\n[addresses]\ngone = ["/tin/di.html", "/tin/nua.html", "/trang/tam.html"]\n'
PATIENCE = "Nội dung của trang này đang được hoàn thiện".encode()
TARGET = re.compile(rb'\b(?:href|src)="(/[^"#?]*)')
FORMS = ["public", "release"]


def turn(site: SiteTest, version: int) -> SiteTest:
    """Write the ``version`` of the site over the one that lies there."""
    shutil.rmtree(site.root / "content", ignore_errors=True)
    site.write("site.toml", SITE_TOML + GONE).page("gioi-thieu", f"Trang của bản {version}.")
    site.article("o-lai", f"Bản {version}: xem [trang](/trang/gioi-thieu.html).", tags=f"[thẻ {version % 2}]")
    site.article(
        "theo", "Theo Công văn số 12/UBND-TH.", category=["Tin tức – Sự kiện", "Chỉ đạo điều hành"][version // 2]
    )
    site.document("2026/12", f"Văn bản, bản {version}.")
    if version % 2:
        site.article("di", "Xem [bài nữa](nua.md).", author="Lê Văn An").article("nua", "Xem [bài đi](di.md).")
    if version > 1:
        site.page("tam", "Xem [bài ở lại](/tin/o-lai.html).")
    return site


class Turning(NamedTuple):
    """A site, what each of its versions publishes, and the bytes that may stand at each path."""

    site: SiteTest
    form: str
    versions: list[dict[str, bytes]]
    allowed: dict[str, set[bytes]]
    always: set[str]

    @property
    def where(self) -> dict[str, Any]:
        return {"release": self.site.root / "www"} if self.form == "release" else {}

    @property
    def folder(self) -> Path:
        return self.site.root / ("www/current" if self.form == "release" else "public")

    def build(self) -> dict[str, bytes]:
        """What is published after a build that nothing happens to."""
        self.site.build(**self.where)
        assert self.site.report.done, self.site.problems
        return self.published()

    def published(self) -> dict[str, bytes]:
        files = files_of(self.folder.resolve())
        files.pop(SUMS, None)
        return files

    def is_right(self, path: str, data: bytes) -> bool:
        """Whether these bytes may stand at ``path`` in front of readers."""
        stands_in = self.form == "public" and path not in self.always and PATIENCE in data
        return data in self.allowed.get(path, ()) or (stands_in and data.rstrip().endswith(b"</html>"))

    def faults(self) -> list[str]:
        """What is wrong with what is published just now."""
        found = self.published()
        faults = [f"torn: {path}" for path, data in found.items() if not self.is_right(path, data)]
        faults += [f"missing: {path}" for path in self.always - found.keys()]
        for path, data in found.items():
            if path.endswith(".html"):
                targets = {output_path(url.decode()) for url in TARGET.findall(data)}
                faults += [f"dead: {path} -> {target}" for target in targets - found.keys()]
        return faults


def turning_of(site: SiteTest, form: str, versions: list[dict[str, bytes]], kind: type[Turning] = Turning) -> Turning:
    """The ``site`` at its first version, which is published."""
    paths = {path for version in versions for path in version}
    allowed = {path: {version[path] for version in versions if path in version} for path in paths}
    always = set.intersection(*(set(version) for version in versions))
    assert len(always) > 20
    assert paths - always
    made = kind(turn(site, 0), form, versions, allowed, always)
    made.build()
    return made


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """What a clean build gives of each version."""
    folder = tmp_path_factory.mktemp("versions")
    return [turn(SiteTest(folder / str(number)), number).build().public for number in range(VERSIONS)]


@pytest.fixture
def turning(tmp_path: Path, versions: list[dict[str, bytes]], request: pytest.FixtureRequest) -> Turning:
    return turning_of(SiteTest(tmp_path / "site"), getattr(request, "param", "public"), versions)


in_both_forms = pytest.mark.parametrize("turning", FORMS, indirect=True)


class Child(NamedTuple):
    """A build in another process, and the end of a pipe at which it says when it comes to the disk."""

    pid: int
    said: int

    def wait(self) -> int:
        """Its exit code; minus the signal that ended it."""
        _, status = os.waitpid(self.pid, 0)
        os.close(self.said)
        return os.waitstatus_to_exitcode(status)

    def kill(self) -> int:
        os.kill(self.pid, signal.SIGKILL)
        return self.wait()


def started(turning: Turning, says: str, delay: float = 0) -> Child:
    """Start a build; it says so when it calls the method ``says`` of its store."""
    told, into = os.pipe()
    pid = os.fork()
    if pid:
        os.close(into)
        return Child(pid, told)
    code = 9
    try:
        owner = State if hasattr(State, says) else Store
        method = getattr(owner, says)

        def saying(*arguments: Any, **named: Any) -> Any:
            os.write(into, b"x")
            return method(*arguments, **named)

        with patch.object(owner, says, saying):
            time.sleep(delay)
            report = build(Options(root=turning.site.root, now=NOW, workers=1, **turning.where))
        code = 0 if report.done else 1
    finally:
        os._exit(code)


# --- killed ------------------------------------------------------------------------------

KILLS = 500 if LONG else 12


@pytest.mark.slow
@pytest.mark.proves("R1 random", times=KILLS)
@in_both_forms
def test_a_build_that_is_killed_at_a_random_moment_harms_no_page(turning: Turning) -> None:
    chance = random.Random(turning.form)
    version, killed = 0, 0
    while killed < KILLS:
        version = chance.choice([number for number in range(VERSIONS) if number != version])
        turn(turning.site, version)
        begun = time.monotonic()
        child = started(turning, "_write_state")
        # Half of them anywhere; half from when the published files are about to change.
        if chance.random() < 0.5:
            select.select([child.said], [], [], 30)
            time.sleep(chance.random() * 0.01)
        else:
            time.sleep(chance.random() * 0.15)
        killed += child.kill() == -signal.SIGKILL
        assert turning.faults() == [], f"after kill {killed}, {time.monotonic() - begun:.3f} s"
        if chance.random() < 0.1:
            assert turning.build() == turning.versions[version]
    assert turning.build() == turning.versions[version]


# --- many at once ------------------------------------------------------------------------

ROUNDS, AT_ONCE = (5, 10) if LONG else (1, 6)


@pytest.mark.slow
@pytest.mark.proves("R8 starts", times=ROUNDS * AT_ONCE)
@in_both_forms
def test_of_many_builds_at_once_each_ends_with_the_right_site_though_those_that_hold_it_are_killed(
    turning: Turning,
) -> None:
    chance = random.Random(turning.form)
    for version in range(1, ROUNDS + 1):
        turn(turning.site, version % VERSIONS)
        delays = [chance.random() * 0.3 for _ in range(AT_ONCE)]
        children = [started(turning, "open" if n < 2 else "load", delay) for n, delay in enumerate(delays)]
        # ``open`` is called by whoever has just got the lock.
        for holder in children[:2]:
            select.select([holder.said], [], [], 60)
            time.sleep(chance.random() * 0.05)
            holder.kill()
            assert turning.faults() == []

        assert [child.wait() for child in children[2:]] == [0] * (AT_ONCE - 2)

        assert turning.published() == turning.versions[version % VERSIONS]
        assert turning.site.build(**turning.where).report.written == 0


# --- readers who never stop ----------------------------------------------------------------

READS = 500_000 if LONG else 10_000


@contextmanager
def reading(turning: Turning) -> Iterator[Callable[[], int]]:
    """Another process reads published files one after the other; gives how many it has read, and fails on a bad one."""
    counted = mmap.mmap(-1, 8)
    told, into = os.pipe()
    pid = os.fork()
    if pid == 0:
        _read_for_ever(turning, counted, into)
    os.close(into)

    def count() -> int:
        return int.from_bytes(counted[:8], "little")

    try:
        yield count
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        with os.fdopen(told, "rb") as faults:
            assert faults.read().decode() == ""


def _read_for_ever(turning: Turning, counted: mmap.mmap, into: int) -> None:
    try:
        # What only some versions have is looked for, too, and may be there or not.
        paths = [(path, turning.folder / path) for path in sorted(turning.allowed)]
        reads = 0
        while True:
            for path, file in paths:
                try:
                    data = file.read_bytes()
                except FileNotFoundError:
                    if path in turning.always:
                        os.write(into, f"missing: {path}\n".encode())
                    continue
                if not turning.is_right(path, data):
                    os.write(into, f"torn: {path} ({len(data)} bytes)\n".encode())
                reads += 1
            counted[:8] = reads.to_bytes(8, "little")
    finally:
        os._exit(1)


@pytest.mark.slow
@in_both_forms
@pytest.mark.proves("R1 reads")
def test_whoever_reads_while_builds_publish_finds_every_page_whole(
    turning: Turning, record_property: Callable[[str, object], None]
) -> None:
    version, builds = 0, 0
    with reading(turning) as count:
        while count() < READS or builds < 2 * VERSIONS:
            version = (version + 1) % VERSIONS
            turn(turning.site, version)
            assert turning.build() == turning.versions[version]
            builds += 1
        record_property("times", count())


def test_a_reader_would_find_a_page_that_is_torn_or_missing(turning: Turning) -> None:
    def harm(change: Callable[[Path], object]) -> None:
        with reading(turning) as count:
            change(turning.folder / "tin/o-lai.html")
            so_far = count()
            while count() < so_far + 2 * len(turning.allowed):
                time.sleep(0.01)

    with pytest.raises(AssertionError, match="torn: tin/o-lai"):
        harm(lambda file: file.write_bytes(file.read_bytes()[:50]))
    with pytest.raises(AssertionError, match="missing: tin/o-lai"):
        harm(Path.unlink)


# --- a disk that fills up ---------------------------------------------------------------------

# In a name space of its own: mounts a disk of 4 MB below the folder it is told, and runs the rest.
MOUNTED = 'mount -t tmpfs -o size=4m loa "$1" && shift && exec "$@"'
LEVELS = 100 if LONG else 8


def can_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    tried = subprocess.run(
        ["unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=4k loa /tmp"], capture_output=True, check=False
    )
    return tried.returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(not can_mount(), reason="no disk can be mounted here")
@pytest.mark.proves("R1 full", times=LEVELS)
@in_both_forms
def test_a_disk_that_is_full_at_any_byte_harms_no_page(turning: Turning, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    script = [sys.executable, __file__, str(tmp_path), turning.form, str(LEVELS)]

    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", MOUNTED, "sh", str(disk), *script],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, capture_output=True, text=True, check=False, timeout=500,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr


def fill_up(folder: Path, form: str, levels: int) -> None:
    """Build on a disk of 4 MB that has ever less room; this runs where it is mounted."""
    disk = folder / "disk"
    versions = [turn(SiteTest(folder / str(number)), number).build().public for number in range(VERSIONS)]

    class OnDisk(Turning):
        @property
        def where(self) -> dict[str, Any]:
            return {"release": disk / "www"} if form == "release" else {"output": disk}

        @property
        def folder(self) -> Path:
            return disk / "www/current" if form == "release" else disk

        def published(self) -> dict[str, bytes]:
            found = super().published()
            return {path: data for path, data in found.items() if not path.startswith((".loa/", "day"))}

    turning = turning_of(SiteTest(folder / "site"), form, versions, OnDisk)
    refused = 0
    for level in range(levels):
        version = (level + 1) % VERSIONS
        turn(turning.site, version)
        filler = disk / "day"
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        filler.write_bytes(b"x" * max(0, free - level * 700_000 // levels))
        (option, where), *_ = turning.where.items()
        code = main(
            ["--root", str(turning.site.root), f"--{option}", str(where), "--now", NOW.isoformat(), "--workers", "1"]
        )
        assert code in (0, 2)
        refused += code == 2
        assert turning.faults() == [], level
        filler.unlink()
        assert turning.build() == versions[version], level
        if form == "release":
            # Ten releases are kept; here there is room for fewer.
            for old in sorted((disk / "www/releases").iterdir())[:-2]:
                shutil.rmtree(old)
    print(refused, "of", levels)
    assert levels // 5 < refused < levels


if __name__ == "__main__":
    fill_up(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
