"""What is planned together, and the digest of all that it depends on: how a build knows what it need not plan.

Articles come to a site one by one and are then left alone, so nearly all of its pages are those of yesterday.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from loa.config import Config
from loa.fingerprint import digest
from loa.library import Binder, Library, Shelf
from loa.model import Entry
from loa.parts import file_paths
from loa.related import Describer
from loa.views import Output


class Section(Struct, frozen=True):
    """Outputs that are planned together: their paths, and how to make them.

    ``inputs`` is the digest of everything that ``outputs`` looks at: as long as it is the same, so are they.
    Empty, they are to be made each time.
    """

    name: str
    paths: tuple[str, ...]
    inputs: bytes
    outputs: Callable[[], list[Output]]


# Few, because among them are feeds and pictures, which take long.
_ALWAYS = 8


def always(outputs: Sequence[Output]) -> list[Section]:
    """Sections of outputs that are planned already."""
    parts = [list(outputs[start : start + _ALWAYS]) for start in range(0, len(outputs), _ALWAYS)]
    return [Section("", tuple(output.path for output in part), b"", partial(list, part)) for part in parts]


class Stamps:
    """Digests of the entries of one library, with the files that they show, and with the documents that they cite.

    ``of`` gives that of an entry alone.
    """

    def __init__(self, library: Library, config: Config, describer: Describer, of: Callable[[Entry], bytes]) -> None:
        self._assets = library.assets
        self._cites = library.citator.cites
        self._describer = describer
        # What stands above all pages is in their frame, and what is gone or another's is on none.
        self._config = digest(replace(config, alert=None, gone=(), others=()))
        self._marks = library.marks
        self.of = of
        self._shelves: dict[str, list[bytes]] = {}
        self._stamps: dict[str, bytes] = {}

    def inputs(self, shelf: Shelf | Binder, shown: slice, *more: str) -> bytes:
        """The digest of what cards and lines show of some entries of ``shelf`` under these settings."""
        stamps = self._shelves.get(shelf.url)
        if stamps is None:
            known = self._stamps.get
            stamps = [known(entry.path) or self._stamp(entry) for entry in shelf.entries]
            self._shelves[shelf.url] = stamps
        return digest((self._config, shelf.name, shelf.url, more, b"".join(stamps[shown])))

    def inputs_of_texts(self, shelf: Shelf | Binder, shown: slice, *more: str) -> bytes:
        """The same with the documents that they cite, for pages and feeds that show their texts."""
        cited = self._cited(shelf.entries[shown])
        return digest((self.inputs(shelf, shown, *more), cited))

    def of_all(self, entries: Iterable[Entry]) -> bytes:
        """The digests of ``entries`` and the documents that they cite."""
        entries = list(entries)
        return b"".join(map(self.of, entries)) + self._cited(entries)

    def of_marked(self, entry: Entry) -> bytes:
        """The digest of ``entry``, and the mark that it has in a preview."""
        return self.of(entry) + self._marks.get(entry.path, "").encode()

    def _cited(self, entries: Iterable[Entry]) -> bytes:
        stamp, cites = self._describer.stamp, self._cites
        return b"".join(b"%d:" % at + stamp(entry) for at, entry in enumerate(entries) if entry.path in cites)

    def _stamp(self, entry: Entry) -> bytes:
        stamp = self.of_marked(entry)
        if entry.image or entry.attachments or entry.body.references:
            stamp += digest([self._assets.get(path) for path in file_paths(entry)])
        self._stamps[entry.path] = stamp
        return stamp
