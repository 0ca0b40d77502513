"""The output folder: what was published, and how a new state takes its place. The only module that writes there.

Order (ADR 0005): everything stale lies staged before the first published file is touched; a journal names the
steps; files are renamed into place one by one, removals come last, then the manifest is replaced.
A build that finds a journal finishes those steps first, so a crash at any point costs time, never a page.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from time import time_ns
from types import MappingProxyType

import msgspec

from loa.errors import StoreError
from loa.fingerprint import BrokenSealError, Inputs, unsealed
from loa.manifest import (
    EMPTY,
    VERSION,
    Journal,
    Looks,
    Manifest,
    Published,
    Staged,
    decode_journal,
    encode,
    manifest_in,
    next_manifest,
)
from loa.reasons import reason
from loa.scan import walk
from loa.state import State, state_of

# Files changed within this many nanoseconds before we looked may share a clock tick with a later change.
_RACY = 50_000_000
# Up to this many changed files each is flushed to the disk before it is published; more are flushed together.
_FLUSH_EACH = 200
# A manifest of so many bytes lists some thousand files.
_LARGE = 200_000


_decode_inspection = msgspec.msgpack.Decoder(tuple[list[str], dict[str, Looks]]).decode


class Store(State):
    """An output folder and the state beside it (``.NAME.loa``): manifest, journal, stage."""

    def __init__(self, output: Path, state: Path | None = None) -> None:
        super().__init__(state or state_of(output))
        self.output = output
        # Paths as objects take longer than what is done with them, where it is done to all files.
        self._folder = str(output)
        self._stage = str(self.stage)
        # Where nothing lies yet nobody reads: the first site is staged as it is to lie, and appears with one rename.
        self._is_first = False
        self._folders: set[str] = set()
        # Files that were copied or restored: whole, but with new times.
        self._adopted: dict[str, Looks] = {}
        # Published files that are not as they were written, where all have been looked at.
        self._broken: frozenset[str] | None = None

    @property
    def stage(self) -> Path:
        """Where rendered files wait; on the same file system as the output, so that a rename suffices."""
        return self.state / "stage"

    @property
    def workshop(self) -> Path:
        """Where others make what is staged later. Like the stage it is this output's own, and gone when all is done."""
        return self.state / "workshop"

    def open(self) -> None:
        """Finish what an interrupted build began. Raises ``StoreError``."""
        try:
            self.state.mkdir(parents=True, exist_ok=True)
            self._recover()
            self._is_first = not any(self.output.glob("*"))
            self._clear()
            self.stage.mkdir()
        except OSError as error:
            raise StoreError(f"Không dùng được {self.state}: {reason(error)}.") from error

    @property
    def is_large(self) -> bool:
        """Whether so much is published that looking at it all takes a while."""
        try:
            return self.manifest_file.stat().st_size >= _LARGE
        except OSError:
            return False

    @cached_property
    def manifest(self) -> Manifest:
        """What the last build has published."""
        return EMPTY if self._is_first else self._read_manifest()

    def _read_manifest(self) -> Manifest:
        try:
            return manifest_in(self.manifest_file.read_bytes())
        except OSError:
            return EMPTY

    def _clear(self) -> None:
        shutil.rmtree(self.stage, ignore_errors=True)
        shutil.rmtree(self.workshop, ignore_errors=True)

    @property
    def manifest_file(self) -> Path:
        """Where the ``manifest`` is remembered."""
        return self.state / "manifest"

    def load(self) -> None:
        """Load the manifest now, rather than when it is first asked for."""
        _ = self.manifest

    def intact(self, path: str) -> bool:
        """Whether the published file still has the bytes that were written."""
        if self._broken is not None:
            return path not in self._broken
        known = self.manifest.outputs[path]
        try:
            looks = self._looks(os.lstat(f"{self._folder}/{path}"))
            if looks == (known.size, known.mtime, known.ctime) and known.ctime < self.manifest.taken - _RACY:
                return True
            if looks[0] != known.size:
                return False
            whole = sha256((self.output / path).read_bytes()).hexdigest() == known.content
        except OSError:
            return False
        if whole:
            self._adopted[path] = looks
        return whole

    def _looks(self, status: os.stat_result) -> Looks:
        """What tells a published file from a changed one without reading it: size, and times in nanoseconds."""
        return status.st_size, status.st_mtime_ns, status.st_ctime_ns

    def adopted(self, path: str) -> Looks | None:
        """How a file looks that was found whole although it looked changed; None for any other."""
        return self._adopted.get(path)

    def adopt(self, path: str, looks: Looks) -> None:
        """Know the file at ``path`` by its looks from now on: another process has found it whole."""
        self._adopted[path] = looks

    def holds(self, paths: Iterable[str]) -> bool:
        """Whether each of ``paths`` is published and intact."""
        return all(path in self.manifest.outputs and self.intact(path) for path in paths)

    def inspect(self) -> bytes:
        """What ``rely_on`` wants to know: which of all published files are not intact, and how others look now."""
        broken = [path for path in self.manifest.outputs if not self.intact(path)]
        return encode((broken, self._adopted))

    def rely_on(self, inspection: bytes) -> None:
        """From now on believe what ``inspect`` has found, maybe in another process, instead of looking again."""
        broken, adopted = _decode_inspection(inspection)
        self._broken = frozenset(broken)
        self._adopted = adopted

    def unknown_files(self) -> tuple[str, ...]:
        """Files in the output folder that the manifest does not know; they are never removed."""
        return tuple(sorted(path for path in walk(self.output) if path not in self.manifest.outputs))

    @property
    def entries_file(self) -> Path:
        """Where readers keep the entries of the last build to this output."""
        return self.state / "entries"

    def published(self, path: str) -> bytes:
        """The bytes that are published at ``path``. Raises ``OSError`` where nothing is."""
        return (self.output / path).read_bytes()

    # --- staging -----------------------------------------------------------------

    def put(self, path: str, data: bytes) -> Staged:
        """Stage ``data`` for ``path``, unless the published file has just these bytes."""
        content = sha256(data).hexdigest()
        if self._is_published(path, content):
            return Staged(path, "", content, len(data))
        file = self._stage_file(path)
        with open(f"{self._stage}/{file}", "wb", buffering=0) as staged:  # noqa: PTH123  # pathlib takes twice as long
            # A disk that has room for a part takes that part, and says so.
            written = staged.write(data)
            while written < len(data):
                written += staged.write(data[written:])
        return Staged(path, file, content, len(data))

    def staged_bytes(self, item: Staged) -> int:
        """How many bytes of ``item`` lie in the stage."""
        return os.stat(f"{self._stage}/{item.file}").st_size  # noqa: PTH116  # see ``put``

    def put_copy(self, path: str, source: Path) -> Staged:
        """Stage a copy of the file ``source`` for ``path``, unless the published file has just its bytes."""
        file = self._stage_file(path)
        made = sha256()
        size = 0
        with source.open("rb") as read, (self.stage / file).open("wb") as write:
            while block := read.read(1 << 20):
                made.update(block)
                size += len(block)
                write.write(block)
        if self._is_published(path, made.hexdigest()):
            (self.stage / file).unlink()
            file = ""
        return Staged(path, file, made.hexdigest(), size)

    def _is_published(self, path: str, content: str) -> bool:
        known = self.manifest.outputs.get(path)
        return known is not None and known.content == content and self.intact(path)

    _staged_files = 0

    def _stage_file(self, path: str) -> str:
        if self._is_first:
            folder = path.rpartition("/")[0]
            if folder not in self._folders:
                (self.stage / folder).mkdir(parents=True, exist_ok=True)
                self._folders.add(folder)
            return path
        # Several processes stage at once, each under its own prefix.
        self._staged_files += 1
        return f"{os.getpid()}-{self._staged_files}"

    # --- publishing ----------------------------------------------------------------

    def publish(
        self,
        staged: Iterable[Staged],
        inputs: dict[str, Inputs],
        kept: Collection[str] = (),
        sections: Mapping[str, bytes] = MappingProxyType({}),
        steps: tuple[Staged, ...] = (),
    ) -> tuple[int, int]:
        """Make the output folder hold exactly the outputs in ``inputs`` and ``kept``; how many it wrote and removed.

        ``kept`` are outputs that are published and intact, with inputs that are those of last time.
        ``staged`` are the outputs that were rendered, in the order in which they are to appear;
        ``steps`` are they with the pages that stand in for others meanwhile, where there are such.
        """
        staged = tuple(staged)
        changed = sum(1 for item in staged if item.file)
        writes = tuple((item.file, item.path) for item in steps or staged if item.file)
        removals = self.removals(inputs, kept)
        manifest = next_manifest(self.manifest, staged, inputs, kept, sections, self._adopted)
        try:
            if writes or removals:
                self._replace(writes, removals, manifest)
            if writes or removals or manifest != self.manifest:
                self.manifest = self._save_manifest(manifest, [item.path for item in staged])
            (self.state / "journal").unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"Không ghi được vào {self.output}: {reason(error)}.") from error
        self._clear()
        return changed, len(removals)

    def removals(self, inputs: Collection[str], kept: Collection[str]) -> tuple[str, ...]:
        """What is published and no longer planned, in order."""
        gone = self.manifest.outputs.keys() - inputs - set(kept)
        return tuple(sorted(gone))

    def _flush(self, writes: tuple[tuple[str, str], ...]) -> None:
        """Have the staged files on the disk before their names are, so that a power cut leaves no empty page."""
        if len(writes) > _FLUSH_EACH:
            os.sync()
            return
        for file, _ in writes:
            with (self.stage / file).open("rb") as staged:
                os.fsync(staged.fileno())

    def _replace(self, writes: tuple[tuple[str, str], ...], removals: tuple[str, ...], manifest: Manifest) -> None:
        """Bring the output folder from its old state to the new one."""
        if self._is_first:
            # Known before it appears, so that what a later build no longer plans can go even after a crash.
            self._write_state("manifest", encode(manifest))
            os.replace(self.stage, self.output)
            return
        self._flush(writes)
        self._write_state("journal", encode(Journal(writes, removals, manifest)))
        self._apply(self.output, writes, removals)

    def _apply(self, output: Path, writes: Iterable[tuple[str, str]], removals: Iterable[str]) -> None:
        removals = list(removals)
        folders: set[str] = set()
        stage = self._stage
        for file, path in writes:
            folder = path.rpartition("/")[0]
            if folder not in folders:
                self._make_way(output / folder, removals)
                folders.add(folder)
            # A file that is no longer staged was put in place before an interruption.
            with contextlib.suppress(FileNotFoundError):
                try:
                    os.replace(f"{stage}/{file}", f"{output}/{path}")
                except IsADirectoryError:
                    self._remove([old for old in removals if old.startswith(f"{path}/")])
                    os.replace(f"{stage}/{file}", f"{output}/{path}")
        self._remove(removals)

    def _make_way(self, folder: Path, removals: list[str]) -> None:
        """Make ``folder``, removing first what stands in its way and is to go anyway."""
        with contextlib.suppress(FileExistsError, NotADirectoryError):
            folder.mkdir(parents=True, exist_ok=True)
            return
        self._remove([old for old in removals if (self.output / old) in (folder, *folder.parents)])
        folder.mkdir(parents=True, exist_ok=True)

    def _remove(self, paths: Iterable[str]) -> None:
        """Remove files we wrote, and the folders they leave empty."""
        for path in paths:
            target = self.output / path
            # A new file may stand where its folder stood, or a new folder where it stood itself.
            with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                target.unlink()
            for folder in target.parents:
                if folder == self.output:
                    break
                try:
                    folder.rmdir()
                except OSError:
                    break

    def _save_manifest(self, manifest: Manifest, staged: Iterable[str] = ()) -> Manifest:
        """Save ``manifest`` with the looks of the files that were just written, of those that were ``staged``."""
        outputs = dict(manifest.outputs)
        for path in staged:
            known = outputs[path]
            if known.ctime == 0:
                with contextlib.suppress(FileNotFoundError):
                    status = os.lstat(f"{self._folder}/{path}")
                    outputs[path] = Published(known.view, known.frame, known.content, *self._looks(status))
        saved = Manifest(VERSION, time_ns(), manifest.frames, outputs, manifest.sections)
        self._write_state(self.manifest_file.name, encode(saved))
        return saved

    def _recover(self) -> None:
        journal_file = self.state / "journal"
        try:
            journal = decode_journal(unsealed(journal_file.read_bytes()))
        except FileNotFoundError:
            return
        except (msgspec.DecodeError, BrokenSealError):
            journal_file.unlink()
            return
        self._apply(self.output, journal.writes, journal.removals)
        # The looks stay unknown, so that the files are read and compared before they are trusted.
        self._write_state("manifest", encode(journal.manifest))
        journal_file.unlink()
