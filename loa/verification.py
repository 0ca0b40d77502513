"""The output folder, held against what was published there: whether anybody but a build has touched it.

What Loa remembers lies beside the folder, so who can write into the one alone is found out.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import filelock

from loa.errors import UsageError
from loa.releases import SUMS, ReleaseStore, sums_of
from loa.store import Store


class Verified(NamedTuple):
    """How many ``files`` were published, and the paths that differ, in order.

    ``changed`` are other bytes, or no plain files; ``foreign`` were put there by somebody else.
    """

    files: int
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    foreign: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing differs."""
        return not (self.changed or self.missing or self.foreign)


def verify(store: Store) -> Verified:
    """Read every file in the output of ``store``, and compare it with the digest that was taken when it was made.

    Waits for a build that is at work there. Changes nothing. Raises ``UsageError`` when nothing is known to have been
    published there.
    """
    if not store.state.is_dir():
        raise _nothing_known(store)
    with filelock.FileLock(store.lock_file):
        known = {path: output.content for path, output in store.manifest.outputs.items()}
        if not known:
            raise _nothing_known(store)
        if isinstance(store, ReleaseStore):
            known[SUMS] = sha256(sums_of(store.manifest).encode()).hexdigest()
        folder = str(store.output.resolve())
        present = set(_files(folder, str(store.state.resolve())))
        return Verified(
            len(known),
            tuple(sorted(path for path in present & known.keys() if _digest(f"{folder}/{path}") != known[path])),
            tuple(sorted(known.keys() - present)),
            tuple(sorted(present - known.keys())),
        )


def _nothing_known(store: Store) -> UsageError:
    return UsageError(f"Không có gì ghi lại về lần dựng nào vào {store.output}, nên không biết trang phải như thế nào.")


def _files(folder: str, state: str) -> Iterator[str]:
    """All that lies below ``folder`` and is no folder, hidden or not, by relative path; but not what lies in ``state``.

    Raises ``OSError`` for what cannot be read.
    """

    def fail(error: OSError) -> None:
        raise error

    for where, folders, names in os.walk(folder, onerror=fail):
        links = [name for name in folders if Path(where, name).is_symlink()]
        folders[:] = [name for name in folders if os.path.join(where, name) != state]  # noqa: PTH118  # as walk gives it
        prefix = where[len(folder) :].lstrip("/")
        yield from (f"{prefix}/{name}".lstrip("/") for name in (*names, *links))


def _digest(file: str) -> str:
    """The SHA-256 of a plain file; empty for anything else."""
    if not stat.S_ISREG(os.lstat(file).st_mode):
        return ""
    made = sha256()
    with open(file, "rb") as read:  # noqa: PTH123  # pathlib takes longer
        while block := read.read(1 << 20):
            made.update(block)
    return made.hexdigest()
