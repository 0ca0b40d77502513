"""content/ → entries: what is unchanged comes from memory, the rest is read, parsed and converted.

The one place that opens files of content; everything it remembers may be deleted at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from msgspec.structs import replace

from loa import file_messages, limit_messages, messages, workers
from loa.check import check_files
from loa.config import FILE as SITE_TOML
from loa.config import Config
from loa.content import parse
from loa.errors import PictureDamagedError, PictureError, PictureTooLargeError, Problem, Words, problem
from loa.fingerprint import digest
from loa.kept import Kept
from loa.limits import LostError, apart, seconds_for
from loa.markup import convert, digest_of
from loa.memory import CACHE, Bodies, Entries, Measured, Parsed, change_from, load_entries, save_entries, unchanged
from loa.model import MAX_PIXELS, Asset, ConversionError, Converted, Entry
from loa.reasons import reason
from loa.scan import Scan
from loa.source import Source, read_source

Progress = Callable[[str, int, int], None]

# Characters. Texts so long may need much memory, and are so few that a process for each takes no time to speak of.
_LONG = 100_000
# Of one file, in problems.
_LINES = 1_000
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")


class _Read(NamedTuple):
    """What reading one text gave."""

    path: str
    entry: Entry | None
    problems: tuple[Problem, ...]
    partial: Entry | None = None
    digest: bytes = b""


class Reader:
    """The content of a site as ``scan`` finds it. ``fresh`` ignores what is remembered of texts.

    ``memory`` is the file with the entries of the last build to the same output, which are what stands there.
    """

    def __init__(
        self,
        root: Path,
        config: Config,
        code: str,
        workers: int,
        scan: Callable[[], Scan],
        memory: Path,
        *,
        fresh: bool,
        kept: Kept | None = None,
    ) -> None:
        self.root = root
        self.content = root / "content"
        self.cache = root / CACHE
        self.config = config
        self.code = code
        self.workers = workers
        self.bodies = Bodies(self.cache / "bodies.sqlite")
        self.fresh = fresh or self.bodies.is_new
        self._cites = config.documents.citations
        self._key = f"{code} {config.timezone} {self._cites}"
        self.kept = kept or Kept()
        self._memory = memory
        self._last = self.kept.load("entries", memory, partial(load_entries, memory))
        self._current = self._last.key == self._key
        self._look = scan
        self._scan = Scan(0, {}, {}, ())
        self._parsed: dict[str, Parsed] = {}
        self._measured: dict[str, Measured] = {}
        self._conversions: list[Converted] = []
        # The texts that were not taken from memory.
        self.just_read: frozenset[str] = frozenset()
        # The text of which lines were asked for last, and those lines.
        self._in_hand: tuple[str, Source | Problem] | tuple[str, None] = "", None
        self._located: dict[tuple[str, tuple[str | int, ...]], int] = {}
        # What could be read of texts with faults.
        self.partial: list[Entry] = []

    @property
    def texts(self) -> Collection[str]:
        """The paths of all texts, whether they can be read or not."""
        return self._scan.texts.keys()

    def stamp(self, entry: Entry) -> bytes:
        """The digest of an entry, as it was taken when the entry was read."""
        return self._parsed[entry.path].digest

    @property
    def files(self) -> Mapping[str, object]:
        """The files of content that are no texts, by path."""
        return self._scan.files

    @property
    def lying(self) -> Mapping[str, object]:
        """The ``files``, and those beside them that cannot be used as they are, by path."""
        return {**self.files, **self._faulty}

    @property
    def _faulty(self) -> dict[str, Problem]:
        # As texts write them: some machines take names apart into letters and marks.
        found = {normalize("NFC", fault.path.removeprefix("content/")): fault for fault in self._scan.problems}
        return {path: fault for path, fault in found.items() if not path.lower().endswith(".md")}

    def read(self, progress: Progress) -> tuple[list[Entry], list[Problem]]:
        """Every entry that can be read, in order of path, and the problems of the others."""
        self._scan = self._look()
        problems = list(self._scan.problems)
        texts = self._scan.texts
        if self._current:
            self._measured = unchanged(self._last, self._last.measured, self._scan.files)
            if not self.fresh:
                self._parsed = unchanged(self._last, self._last.parsed, texts)
        parsed = self._parsed
        changed = [path for path in texts if path not in parsed]
        self.just_read = frozenset(changed)
        reads = workers.spread(
            self._read, changed, self.workers, worth=200, after=self._remember_conversions, lost=_lost
        )
        for done, read in enumerate(reads, 1):
            problems += read.problems
            if read.partial is not None:
                self.partial.append(read.partial)
            if read.entry is not None:
                self._parsed[read.path] = Parsed(texts[read.path], read.entry, read.digest)
            progress("read", done, len(changed))
        return [known.entry for path in texts if (known := parsed.get(path)) is not None], problems

    def path_of(self, file: Path) -> str | None:
        """The path of the text in that ``file``; None for files that no entry was read from."""
        path = file.relative_to(self.content).as_posix() if file.is_relative_to(self.content) else ""
        return path if path in self._parsed else None

    def reread(self, path: str) -> tuple[Entry, Entry | None]:
        """The entry that was read from the text at ``path``, and that which it holds by now, if it can be read."""
        self._in_hand = "", None
        now = self._read(path).entry
        self._remember_conversions()
        return self._parsed[path].entry, now

    def last_published(self, path: str, promises: Collection[str]) -> Entry | None:
        """The entry that was last published from the text at ``path``; from now on it stands for that text.

        What was only held back is none: its address is not among the ``promises``, all that were ever published.
        """
        known = self._last.parsed.get(path)
        if (
            known is None
            or known.entry.url not in promises
            # Its text may have been forgotten with the rest of what is remembered.
            or self.bodies.get(known.entry.body.digest) is None
        ):
            self._parsed.pop(path, None)
            return None
        # Its signature is that of the sound file, so the broken one is read again next time.
        self._parsed[path] = known
        return known.entry

    @property
    def published_before(self) -> list[Entry]:
        """The entries of the last build that published, as far as they are remembered."""
        return [known.entry for known in self._last.parsed.values()]

    def _read(self, path: str) -> _Read:
        source = self._source(path)
        if isinstance(source, Problem):
            return _Read(path, None, (source,))
        parsed = parse(source, self.config.zone, self._convert, cites=self._cites)
        return _Read(path, parsed.entry, parsed.problems, parsed.partial, digest(parsed.entry))

    def _convert(self, text: str) -> Converted:
        known = None if self.fresh else self.bodies.get(digest_of(text, cites=self._cites))
        if known is None:
            known = self._converted(text)
            self._conversions.append(known)
        return known

    def _converted(self, text: str) -> Converted:
        if len(text) <= _LONG:
            return convert(text, cites=self._cites)
        seconds = seconds_for(text)
        try:
            return apart(partial(convert, text, cites=self._cites), seconds)
        except LostError as lost:
            raise ConversionError(lost.kind, seconds) from None

    def _remember_conversions(self) -> None:
        # Where they were made and a few at a time: together they are as large as the site.
        self.bodies.put(self._conversions)
        self._conversions.clear()

    def _source(self, path: str) -> Source | Problem:
        try:
            with open(f"{self.content}/{path}", "rb", buffering=0) as file:  # noqa: PTH123  # pathlib takes twice as long
                data = file.readall()
        except OSError as error:
            return problem(f"content/{path}", messages.unreadable(reason(error)))
        return read_source(path, data)

    def locate(self, path: str, keys: tuple[str | int, ...]) -> int:
        """The line of a field of the text at ``path``, or of words in its body, read from the file again."""
        if (line := self._located.get((path, keys))) is None:
            if self._in_hand[0] != path:
                self._in_hand = path, self._source(path)
                self._located.clear()
            # Nobody reads so many lines of one file, and each is looked for from its beginning.
            line = _line_of(self._in_hand[1], keys) if len(self._located) < _LINES else 0
            self._located[path, keys] = line
        return line

    def config_line(self, words: str) -> int:
        """The line of ``site.toml`` in which ``words`` stand."""
        lines = (self.root / SITE_TOML).read_text(encoding="utf-8").splitlines()
        quoted = (f'"{words}"', f"'{words}'")
        return next((number for number, line in enumerate(lines, 1) if any(q in line for q in quoted)), 0)

    def measure(self, entries: Iterable[Entry]) -> tuple[dict[str, Asset], list[Problem]]:
        """The files that ``entries`` refer to, and the problems of those that cannot be used."""
        return check_files(entries, self.files, self._asset, self.locate, self._faulty)

    def _asset(self, path: str) -> Asset | Words:
        known = self._measured.get(path)
        if known is None:
            found = _measured(self.content / path, path)
            if isinstance(found, Words):
                return found
            known = self._measured[path] = Measured(self._scan.files[path], found)
        return known.asset

    def remember(self, *, forgets: bool) -> None:
        """Save what was read, for the next build; ``forgets`` conversions that no text needs any more, too."""
        last, entries = self._last, Entries(self._key, self._scan.taken, self._parsed, self._measured)
        change = change_from(last, entries)
        if not change and entries.key == last.key:
            self.kept.keep("entries", self._memory, last)
            return
        was_written_anew = save_entries(self._memory, entries, last, change)
        self.kept.keep("entries", self._memory, replace(entries, changes=0 if was_written_anew else last.changes + 1))
        replaced = (last.parsed[path] for path in (*change.parsed, *change.gone[0]) if path in last.parsed)
        # Builds that did not get this far leave conversions too; those go when all is written anew.
        made = self.bodies.digests() if was_written_anew else {old.entry.body.digest for old in replaced}
        if made and forgets:
            self.bodies.forget(made - {parsed.entry.body.digest for parsed in self._parsed.values()})

    def close(self) -> None:
        """Close the memory."""
        self.bodies.close()


def _line_of(source: Source | Problem | None, keys: tuple[str | int, ...]) -> int:
    if not isinstance(source, Source):
        return 0
    if len(keys) == 1 and isinstance(keys[0], str) and keys[0] not in source.fields:
        return source.line_of_words(keys[0])
    return source.line_of(*keys)


def _lost(path: str) -> _Read:
    """What is said of a text that has taken its process with it."""
    return _Read(path, None, (problem(f"content/{path}", limit_messages.not_converted("died", 0)),))


def _measured(file: Path, path: str) -> Asset | Words:
    try:
        data = file.read_bytes()
        is_picture = path.lower().endswith(_PICTURES)
        if is_picture and not data:
            return file_messages.empty_picture(f"/{path}")
        size = _picture_size(file) if is_picture else (0, 0)
    except PictureTooLargeError as error:
        return file_messages.picture_too_large(f"/{path}", error.width, error.height, MAX_PIXELS)
    except PictureDamagedError:
        return file_messages.damaged_picture(f"/{path}")
    except PictureError as error:
        return file_messages.not_a_picture(f"/{path}", str(error))
    except OSError as error:
        return file_messages.unreadable_file(f"/{path}", reason(error))
    return Asset(path, sha256(data).hexdigest(), len(data), *size)


def _picture_size(file: Path) -> tuple[int, int]:
    from loa import raster  # noqa: PLC0415  # heavy, and most builds meet no new picture

    return raster.measure(file)
