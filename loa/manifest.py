"""What a build has published, as values: the manifest, and the journal of a publication under way. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from loa.fingerprint import BrokenSealError, Frame, Inputs, unsealed
from loa.model import Record

# Changes with the form of the values below; a manifest of another version counts as none.
VERSION = 4

# What tells a published file from a changed one without reading it: size, and two times in nanoseconds.
Looks = tuple[int, int, int]


class Published(Record, frozen=True):
    """A published file: its inputs, its bytes' SHA-256, and how it looked when it was last known to be whole."""

    view: bytes
    frame: int
    content: str
    size: int
    mtime: int
    ctime: int


class Manifest(Record, frozen=True):
    """What a build has published, by output path; ``frames`` holds the digests that many outputs share.

    ``sections`` are the digests of what was planned together, by name; see ``plan``.
    """

    version: int
    taken: int
    frames: tuple[Frame, ...]
    outputs: dict[str, Published]
    sections: dict[str, bytes]

    def inputs(self, path: str) -> Inputs | None:
        """The inputs an output was made from; None when it was not published."""
        known = self.outputs.get(path)
        return Inputs(known.view, self.frames[known.frame]) if known else None


EMPTY = Manifest(VERSION, 0, (), {}, {})


class Staged(Record, frozen=True):
    """A rendered output: ``file`` is its name in the stage, empty when its bytes are published already."""

    path: str
    file: str
    content: str
    size: int


class Journal(Record, frozen=True):
    """The steps of a publication: stage file and output path, in order; then the paths to remove; then the manifest."""

    writes: tuple[tuple[str, str], ...]
    removals: tuple[str, ...]
    manifest: Manifest


encode = msgspec.msgpack.Encoder().encode
_decode_manifest = msgspec.msgpack.Decoder(Manifest).decode
decode_journal = msgspec.msgpack.Decoder(Journal).decode


def manifest_in(data: bytes) -> Manifest:
    """The manifest that was encoded and sealed; an empty one where it is damaged or of another version."""
    try:
        manifest = _decode_manifest(unsealed(data))
    except (msgspec.DecodeError, BrokenSealError):
        return EMPTY
    return manifest if manifest.version == VERSION else EMPTY


def next_manifest(
    before: Manifest,
    staged: tuple[Staged, ...],
    inputs: Mapping[str, Inputs],
    kept: Collection[str],
    sections: Mapping[str, bytes],
    adopted: Mapping[str, Looks],
) -> Manifest:
    """The manifest that follows ``before`` once the ``staged`` outputs are in place.

    ``inputs`` are those of all outputs but the ``kept`` ones, which are as they were; ``adopted`` is how files look
    that were found whole although they looked changed. The looks of new files are zero: nobody has seen them yet.
    """
    # Where anything is kept its frame is.
    frames = {frame: number for number, frame in enumerate(before.frames)} if kept else {}
    rendered = {item.path: item for item in staged}
    outputs = {path: before.outputs[path] for path in kept}
    for path in adopted.keys() & outputs.keys():
        known = outputs[path]
        outputs[path] = Published(known.view, known.frame, known.content, *adopted[path])
    for path, now in inputs.items():
        frame = frames.setdefault(now.frame, len(frames))
        item, last = rendered.get(path), before.outputs.get(path)
        if item is not None and (item.file or last is None):
            outputs[path] = Published(now.view, frame, item.content, item.size, 0, 0)
        elif last is not None:
            looks = adopted.get(path, (last.size, last.mtime, last.ctime))
            outputs[path] = Published(now.view, frame, last.content, *looks)
    return Manifest(VERSION, before.taken, tuple(frames), outputs, dict(sections))
