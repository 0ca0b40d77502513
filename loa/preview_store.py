"""The output folder of a preview: nobody's site, so it gives up what costs time and keeps a site safe.

No journal, no flushing to the disk: after a crash the first build of the next preview looks at every file again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from loa.fingerprint import sealed
from loa.kept import Kept
from loa.manifest import Manifest, encode
from loa.store import Store


class PreviewStore(Store):
    """A store whose files nobody else touches, once ``is_trusted``; its manifest is ``kept`` in this process."""

    def __init__(self, output: Path, kept: Kept, *, is_trusted: bool) -> None:
        output.parent.mkdir(parents=True, exist_ok=True)
        super().__init__(output)
        self._kept = kept
        if is_trusted:
            self.rely_on(encode(([], {})))

    def inspect(self) -> bytes:
        """Nothing is broken where nobody touches anything."""
        return super().inspect() if self._broken is None else encode(([], {}))

    def _replace(self, writes: tuple[tuple[str, str], ...], removals: tuple[str, ...], manifest: Manifest) -> None:
        if self._is_first:
            super()._replace(writes, removals, manifest)
        else:
            self._apply(self.output, writes, removals)

    def _read_manifest(self) -> Manifest:
        return self._kept.load("manifest", self.manifest_file, super()._read_manifest)

    def _save_manifest(self, manifest: Manifest, staged: Iterable[str] = ()) -> Manifest:
        return self._kept.keep("manifest", self.manifest_file, super()._save_manifest(manifest, staged))

    def _write_state(self, name: str, data: bytes) -> None:
        temporary = self.state / f"{name}.tmp"
        temporary.write_bytes(sealed(data))
        os.replace(temporary, self.state / name)
