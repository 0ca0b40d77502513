"""The output folder of a preview: nobody's site, so it gives up what costs time and keeps a site safe.

No journal, no flushing to the disk: after a crash the first build of the next preview looks at every file again.
"""

from __future__ import annotations

import os
from pathlib import Path

from loa.fingerprint import sealed
from loa.manifest import Manifest, encode
from loa.store import Store


class PreviewStore(Store):
    """A store whose files nobody else touches, once ``is_trusted``."""

    def __init__(self, output: Path, *, is_trusted: bool) -> None:
        output.parent.mkdir(parents=True, exist_ok=True)
        super().__init__(output)
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

    def _write_state(self, name: str, data: bytes) -> None:
        temporary = self.state / f"{name}.tmp"
        temporary.write_bytes(sealed(data))
        os.replace(temporary, self.state / name)
