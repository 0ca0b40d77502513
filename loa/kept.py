"""What a process that builds one site again and again keeps between builds, beside the memory on the disk.

Nothing of it may be needed: it saves the time of reading and of working out what has not changed. Only the preview
builds more than once in a process.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from loa.assets import Assets, StaticFiles, load_assets
from loa.citator import Citator, day_of, resolve, that_cite
from loa.config import Config, Documents
from loa.fingerprint import digest
from loa.model import Document, Entry
from loa.related import Describer

T = TypeVar("T")

# What tells whether a file is still the one that was written: size, time in nanoseconds, inode.
_Looks = tuple[int, int, int]


class Kept:
    """What files held, the citations that were resolved last, and what is said of the documents they lead to."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[Path, _Looks | None, Any]] = {}
        self._resolved: tuple[list[Entry], tuple[str, Documents], Citator] | None = None
        self._describer: Describer | None = None
        self._assets: tuple[StaticFiles, Assets] | None = None

    def load(self, what: str, path: Path, read: Callable[[], T]) -> T:
        """``what`` is asked of the file at ``path``, as ``read`` gives it: it is read once, as long as it is that file.

        For what Loa writes: each state of it is another file, put in the place of the last. Only the last is kept, and
        of one file maybe several things.
        """
        looks, known = _looks(path), self._read.get(what)
        if known is None or known[:2] != (path, looks):
            known = self._read[what] = (path, looks, read())
        found: T = known[2]
        return found

    def keep(self, what: str, path: Path, held: T) -> T:
        """Keep ``what`` was just written to the file at ``path``."""
        self._read[what] = (path, _looks(path), held)
        return held

    def assets(self, static: StaticFiles) -> Assets:
        """The assets of the ``static`` files: those of last time, if no file was touched since."""
        if self._assets is None or self._assets[0] != static:
            self._assets = (static, load_assets(static))
        return self._assets[1]

    def resolve(self, entries: list[Entry], config: Config) -> Citator:
        """``citator.resolve``, or what it gave last time where nothing that it looks at has changed."""
        now, settings = that_cite(entries), (config.province, config.documents)
        if self._resolved is not None:
            before, with_settings, known = self._resolved
            is_alike = len(before) == len(now) and with_settings == settings
            if is_alike and all(old is new or _cite_alike(old, new) for old, new in zip(before, now, strict=True)):
                return known
        made = resolve(now, config)
        self._resolved = (now, settings, made)
        return made

    def describe(self, citator: Citator, today: str) -> Describer:
        """The describer of ``citator`` on the day ``today``: that of last time, if it was of this one and of today."""
        known = self._describer
        if known is None or known.citator is not citator or known.today != today:
            known = self._describer = Describer(citator, today)
        return known


def _cite_alike(old: Entry, new: Entry) -> bool:
    """Whether two states of an entry cite the same, and are named alike where documents name who cites them."""
    if type(old) is not type(new) or old.citations != new.citations:
        return False
    if isinstance(new, Document):
        return digest(replace(old, body=new.body)) == digest(new)
    return (old.path, old.title, day_of(old)) == (new.path, new.title, day_of(new))


def _looks(path: Path) -> _Looks | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino
