"""The build, in order: read, link, plan, check, decide, render, publish. There is no second path for anything."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import filelock
from msgspec import Struct
from msgspec.structs import replace

from loa import messages, workers
from loa.assets import load_assets
from loa.config import FILE as SITE_TOML
from loa.config import Config, load_config
from loa.errors import MemoryDamagedError, Problem, UsageError, problem
from loa.memory import CACHE, forget_everything
from loa.releases import ReleaseStore
from loa.scan import packed, scan_content, unpacked
from loa.store import Store
from loa.templates import Templates
from loa.versions import version_of

if TYPE_CHECKING:
    from loa.assemble import Held
    from loa.model import Entry
    from loa.reading import Reader

Progress = Callable[[str, int, int], None]

HERE = Path(__file__).resolve().parent
_LIBRARIES = ("jinja2", "markdown", "feedgen", "lxml", "nh3", "pillow", "msgspec")


class Options(Struct, frozen=True):
    """What the command line asks of a build."""

    root: Path
    output: Path | None = None
    release: Path | None = None
    now: datetime | None = None
    full: bool = False
    skip_bad: bool = False
    workers: int = 0


class Report(Struct, frozen=True):
    """What a build did.

    Of the ``refused`` files, ``kept`` are those whose last published form stays;
    ``reasons`` are those of the outputs that were rendered, by path.
    ``remains`` is what the build worked on: who ends anyway need not wait until a large site is taken apart in memory.
    """

    problems: tuple[Problem, ...]
    published: int = 0
    held: tuple[Held, ...] = ()
    refused: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    outputs: int = 0
    reasons: dict[str, tuple[str, ...]] = {}
    written: int = 0
    removed: int = 0
    unknown: int = 0
    seconds: float = 0.0
    output: Path = Path()
    incomplete: bool = False
    done: bool = False
    remains: tuple[object, ...] = ()


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody how far the work is."""


def build(options: Options, progress: Progress = _silent) -> Report:
    """Bring the output folder up to date with content, templates and settings.

    With faults in the content nothing is changed and ``done`` is false. Raises ``LoaError`` for faults that are not
    the authors'.
    """
    # A site is hundreds of thousands of values and none of them a cycle: looking for those takes longer than the work.
    gc.disable()
    try:
        return _build(options, progress)
    except MemoryDamagedError:
        forget_everything(options.root / CACHE)
        return _build(options, progress)
    finally:
        gc.enable()


def _build(options: Options, progress: Progress) -> Report:
    started = time.perf_counter()
    root = options.root
    if not root.is_dir():
        raise UsageError(f"Không có thư mục {root}.")
    config, problems = load_config(root)
    if config is None:
        return Report(problems)
    if not (root / "content").is_dir():
        return Report((problem("content", messages.no_content()),))
    now = options.now or datetime.now(UTC)
    now = now if now.tzinfo else now.replace(tzinfo=config.zone)
    count = options.workers or workers.default_workers()
    store = _store(options)
    with _locked(store, progress):
        store.open()
        looks = (lambda: packed(scan_content(root / "content")), store.inspect)
        with workers.beside(looks, worth=count > 1 and store.is_large) as (scan, inspect):
            # Loaded while the other process looks at the files.
            from loa.reading import Reader  # noqa: PLC0415  # heavy

            store.load()
            code = _code_digest()
            with closing(Reader(root, config, code, count, lambda: unpacked(scan()), fresh=options.full)) as reader:
                report = _publish(options, config, store, reader, now, lambda: store.rely_on(inspect()), progress)
    return replace(report, seconds=time.perf_counter() - started)


def _publish(
    options: Options,
    config: Config,
    store: Store,
    reader: Reader,
    now: datetime,
    inspect: Callable[[], None],
    progress: Progress,
) -> Report:
    from loa.assemble import assemble  # noqa: PLC0415  # see ``_build``
    from loa.publishing import publish  # noqa: PLC0415  # see ``_build``

    root = options.root
    entries, found = reader.read(progress)
    if options.skip_bad:
        kept = (reader.last_good(p.path.removeprefix("content/")) for p in found if p.blocking)
        entries += {entry.path: entry for entry in kept if entry is not None}.values()
    assets = load_assets(_folders(root, "static"))
    site = assemble(entries, reader, config, assets, now, skip_bad=options.skip_bad)
    problems = tuple(sorted((*found, *site.problems)))
    refused = tuple(sorted({p.path for p in problems if p.blocking}))
    if refused and not (options.skip_bad and all(path.startswith("content/") for path in refused)):
        return Report(problems, refused=refused, held=site.held)
    inspect()
    templates = Templates(_folders(root, "templates"))
    index_files = reader.cache / "search"
    is_index_new = True
    if config.search.enabled and config.search.texts:
        from loa.fulltext import find_program, index, text_parts  # noqa: PLC0415  # see ``_build``

        parts = text_parts(site.library, config, reader.stamp, reader.bodies.html)
        texts = index(parts, store, index_files, reader.workers, find_program(), full=options.full)
        site = replace(site, sections=[*site.sections, *texts.sections])
        if texts.failure:
            problems = (*problems, problem(SITE_TOML, texts.failure, field="search", severity="warning"))
            is_index_new = False
    published = publish(site, store, reader, templates, index_files, reader.workers, progress, full=options.full)
    reader.remember()
    shown: list[Entry] = [*site.library.articles, *site.library.pages, *site.library.documents]
    standing: tuple[str, ...] = ()
    if refused:
        # What was refused and is published nevertheless is as it was last time.
        paths = {f"content/{entry.path}" for entry in shown}
        standing = tuple(path for path in refused if path in paths)
    return Report(
        problems,
        published=len(shown),
        held=site.held,
        refused=refused,
        kept=standing,
        outputs=sum(len(section.paths) for section in site.sections),
        reasons=published.reasons,
        written=published.written,
        removed=published.removed,
        unknown=published.unknown,
        output=store.output,
        incomplete=not is_index_new or bool(config.security and config.security.expires <= now),
        done=True,
        remains=(site, reader, store),
    )


# --- where things are ------------------------------------------------------------


def _folders(root: Path, name: str) -> tuple[Path, ...]:
    """The site's own folder of that name, where it has one, before the one that Loa brings."""
    own, ours = root / name, HERE.parent / name
    return (own, ours) if own.is_dir() and own.resolve() != ours.resolve() else (ours,)


def _store(options: Options) -> Store:
    output = (options.release or options.output or options.root / "public").resolve()
    sources = [(options.root / name).resolve() for name in ("content", "templates", "static")]
    if any(folder.is_relative_to(output) for folder in (options.root.resolve(), *sources)) or any(
        output.is_relative_to(folder) for folder in sources
    ):
        raise UsageError(f"Không thể dùng {output} làm thư mục kết quả: đó là thư mục nguồn của trang.")
    return ReleaseStore(output) if options.release else Store(output)


def _locked(store: Store, progress: Progress) -> filelock.BaseFileLock:
    """One build at a time works on an output; a second one waits."""
    lock = filelock.FileLock(store.lock_file)
    try:
        lock.acquire(timeout=0)
        lock.release()
    except filelock.Timeout:
        progress("wait", 0, 0)
    return lock


def _code_digest() -> str:
    """Changes with Loa's own code and data, and with the libraries whose output it publishes."""
    made = blake2b(digest_size=16)
    for file in sorted([*HERE.glob("*.py"), *HERE.glob("data/*.toml")]):
        made.update(file.read_bytes())
    for name in _LIBRARIES:
        made.update(f"{name} {version_of(name)}\n".encode())
    return made.hexdigest()
