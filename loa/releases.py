"""The all-or-nothing form: each build a folder of its own, put in place by one rename of a symbolic link.

DIR/current -> releases/20260521-081500-3f2a91bc
DIR/releases/…            whole sites; unchanged files are hard links to the release before
DIR/.loa/                 manifests, stage, lock
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

import filelock

from loa.errors import StoreError, UsageError
from loa.fingerprint import Inputs
from loa.manifest import EMPTY, Looks, Manifest, Published, Staged, encode, next_manifest
from loa.reasons import reason
from loa.store import Store

KEPT = 10
# In each release, for ``sha256sum --check``.
SUMS = "MANIFEST.sha256"
# Hard links change a file's ctime, so it says nothing here.
_NO_CTIME = 1


class ReleaseStore(Store):
    """A folder of releases, published by swapping ``current``."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "current", folder / ".loa")
        self.folder = folder

    def _looks(self, status: os.stat_result) -> Looks:
        return status.st_size, status.st_mtime_ns, _NO_CTIME

    @property
    def manifest_file(self) -> Path:
        """Where the manifest of the release that is served is remembered."""
        try:
            return self.state / f"manifest-{os.readlink(self.output).rpartition('/')[2]}"
        except OSError:
            return self.state / "manifest-none"

    def _recover(self) -> None:
        """Drop what an interrupted build left, and releases after the current one: rolled back, or never live."""
        current = self.output.resolve().name if self.output.is_symlink() else ""
        for release in (self.folder / "releases").glob("*"):
            if release.name.startswith(".") or (current and release.name > current):
                shutil.rmtree(release, ignore_errors=True)
                (self.state / f"manifest-{release.name}").unlink(missing_ok=True)

    def publish(
        self,
        staged: Iterable[Staged],
        inputs: dict[str, Inputs],
        kept: Collection[str] = (),
        sections: Mapping[str, bytes] = MappingProxyType({}),
        steps: tuple[Staged, ...] = (),  # noqa: ARG002  # a release appears whole, so nothing stands in for anything
    ) -> tuple[int, int]:
        """Make a new release of exactly the outputs in ``inputs`` and ``kept`` and swap it in.

        Gives how many were written and removed.
        """
        staged = tuple(staged)
        writes = {item.path: item.file for item in staged if item.file}
        removals = self.removals(inputs, kept)
        manifest = next_manifest(self.manifest, staged, inputs, kept, sections, self._adopted)
        if writes or removals or self.manifest is EMPTY:
            try:
                self._release(writes, manifest)
            except OSError as error:
                raise StoreError(f"Không ghi được vào {self.folder}: {reason(error)}.") from error
        elif manifest != self.manifest:
            self.manifest = self._save_manifest(manifest)
        self._clear()
        return len(writes), len(removals)

    def _release(self, writes: dict[str, str], manifest: Manifest) -> None:
        sums = sums_of(manifest)
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        name = f"{stamp}-{sha256(sums.encode()).hexdigest()[:8]}"
        tree = self.folder / "releases" / f".{name}"
        for path in manifest.outputs:
            target = tree / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if path in writes:
                os.replace(self.stage / writes[path], target)
            else:
                os.link(self.output.resolve() / path, target)
        (tree / SUMS).write_text(sums, encoding="utf-8")
        os.sync()
        release = self.folder / "releases" / name
        os.replace(tree, release)
        outputs = {
            path: Published(known.view, known.frame, known.content, *self._looks(os.lstat(release / path)))
            for path, known in manifest.outputs.items()
        }
        saved = Manifest(manifest.version, 2, manifest.frames, outputs, manifest.sections)
        self._write_state(f"manifest-{name}", encode(saved))
        point_to(self.folder, name)
        self.manifest = saved
        for old in sorted((self.folder / "releases").iterdir())[:-KEPT]:
            shutil.rmtree(old, ignore_errors=True)
            (self.state / f"manifest-{old.name}").unlink(missing_ok=True)


def sums_of(manifest: Manifest) -> str:
    """The digests of all files of a release, a line each."""
    return "".join(f"{known.content}  {path}\n" for path, known in sorted(manifest.outputs.items()))


def point_to(folder: Path, release: str) -> None:
    """Make ``current`` the given release, in one step that no reader can see half done."""
    temporary = folder / ".current.new"
    with contextlib.suppress(FileNotFoundError):
        temporary.unlink()
    temporary.symlink_to(f"releases/{release}")
    os.replace(temporary, folder / "current")


def roll_back(folder: Path) -> str:
    """Put the release before the current one in place and return its name. Raises ``UsageError`` when there is none.

    Nothing is due from then on until somebody builds: a timer's build would publish what was just taken back.
    Raises it while a build is at work, too: to wait is no help, the one before would be another release then.
    """
    if not (folder / "current").is_symlink():
        raise UsageError(f"{folder} không phải là thư mục phát hành (không có current).")
    store = ReleaseStore(folder)
    try:
        with filelock.FileLock(store.lock_file, timeout=0):
            return _point_back(store)
    except filelock.Timeout:
        raise UsageError(
            f"Đang có một lần dựng vào {folder}, nên chưa quay về được. "
            "Đợi nó kết thúc, xem trang, rồi chạy lại lệnh này."
        ) from None


def _point_back(store: ReleaseStore) -> str:
    current = os.readlink(store.output).rpartition("/")[2]
    releases = (release.name for release in (store.folder / "releases").glob("*"))
    earlier = sorted(name for name in releases if not name.startswith(".") and name < current)
    if not earlier:
        raise UsageError("Không có bản phát hành nào trước bản hiện tại.")
    # First: interrupted behind it, the worst is a timer that waits for the next build.
    store.note_due("")
    point_to(store.folder, earlier[-1])
    return earlier[-1]
