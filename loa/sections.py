"""What is planned together, and the digest of all that it depends on: how a build knows what it need not plan.

Articles come to a site one by one and are then left alone, so nearly all of its pages are those of yesterday.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from msgspec import Struct

from loa.config import Config
from loa.fingerprint import digest
from loa.library import Library, Shelf
from loa.model import Article
from loa.parts import file_paths
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
    """Digests of the articles of one library, with the files they show; ``known`` are those of the texts, by path."""

    def __init__(self, library: Library, config: Config, known: Mapping[str, bytes]) -> None:
        self._assets = library.assets
        self._config = digest(config)
        self._known = known
        self._stamps: dict[str, bytes] = {}

    def inputs(self, shelf: Shelf, articles: Iterable[Article], *more: str) -> bytes:
        """The digest of what is shown of ``articles`` on pages of ``shelf`` under these settings."""
        return digest((self._config, shelf.name, shelf.url, more, b"".join(map(self._stamp, articles))))

    def _stamp(self, article: Article) -> bytes:
        stamp = self._stamps.get(article.path)
        if stamp is None:
            stamp = self._known.get(article.path) or digest(article)
            if article.image or article.attachments or article.body.references:
                stamp += digest([self._assets.get(path) for path in file_paths(article)])
            self._stamps[article.path] = stamp
        return stamp
