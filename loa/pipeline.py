"""The build, in order: read, link, plan, check, decide, render, publish. There is no second path for anything."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import filelock
from msgspec import Struct
from msgspec.structs import replace

from loa import gate_messages, messages, workers
from loa.assets import static_files
from loa.config import FILE as SITE_TOML
from loa.config import ZONE, Config
from loa.errors import GateError, MemoryDamagedError, Problem, TemplateFaultError, UsageError, Words, problem
from loa.gate import Gate, shrinking
from loa.kept import Kept
from loa.ledger import lost, promises_in
from loa.lifecycle import Due, Held
from loa.memory import CACHE, forget_everything
from loa.preview_store import PreviewStore
from loa.readership import load as load_readership
from loa.releases import ReleaseStore
from loa.scan import packed, scan_content, unpacked
from loa.site_toml import load_config
from loa.store import Store
from loa.templates import Templates
from loa.versions import version_of

if TYPE_CHECKING:
    from loa.assemble import Site
    from loa.candidate import Candidate
    from loa.reading import Reader
    from loa.verification import Verified

Progress = Callable[[str, int, int], None]

HERE = Path(__file__).resolve().parent
_LIBRARIES = ("jinja2", "markdown", "feedgen", "lxml", "nh3", "pillow", "msgspec")


class Options(Struct, frozen=True):
    """What the command line asks of a build. ``check_only``: what it would say, without publishing anything.

    ``force`` lets a site go live that has far fewer pages than before, or none.
    A ``preview`` shows what is held back, keeps no address for ever and has no index of texts. Its output
    ``is_trusted`` when nobody has touched it since the last build.
    """

    root: Path
    output: Path | None = None
    release: Path | None = None
    now: datetime | None = None
    full: bool = False
    skip_bad: bool = False
    force: bool = False
    preview: bool = False
    is_trusted: bool = False
    workers: int = 0
    check_only: bool = False


class Remains(NamedTuple):
    """What a build that published worked with, closed."""

    site: Site
    reader: Reader
    templates: Templates
    store: Store


class Report(Struct, frozen=True):
    """What a build did.

    ``published`` counts the files that are published as they are. Of the ``refused`` files, ``kept`` are those whose
    last published form stays, ``completed`` those that were published with addresses that they had and no longer name.
    ``reasons`` are those of the outputs that were rendered, by path.
    ``due`` is when the site changes next although nobody edits it, ``zone`` that of its editors.
    ``remains`` is what the build worked on: who ends anyway need not wait until a large site is taken apart in memory,
    and who goes on knows it.
    """

    problems: tuple[Problem, ...]
    published: int = 0
    held: tuple[Held, ...] = ()
    refused: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    completed: tuple[str, ...] = ()
    outputs: int = 0
    reasons: dict[str, tuple[str, ...]] = {}
    written: int = 0
    removed: int = 0
    unknown: tuple[str, ...] = ()
    seconds: float = 0.0
    output: Path = Path()
    incomplete: bool = False
    due: Due | None = None
    zone: ZoneInfo = ZoneInfo("UTC")
    done: bool = False
    remains: Remains | None = None


class _Work(NamedTuple):
    """What one build works with."""

    options: Options
    config: Config
    store: Store
    now: datetime
    progress: Progress


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody how far the work is."""


def build(options: Options, progress: Progress = _silent, kept: Kept | None = None) -> Report:
    """Bring the output folder up to date with content, templates and settings.

    With faults in the content nothing is changed and ``done`` is false. ``kept`` is what the last build in this
    process has left for the next. Raises ``LoaError`` for faults that are not
    the authors'.
    """
    # A site is hundreds of thousands of values and none of them a cycle: looking for those takes longer than the work.
    gc.disable()
    try:
        return _build(options, progress, kept or Kept())
    except MemoryDamagedError:
        forget_everything(options.root / CACHE)
        return _build(options, progress, Kept())
    finally:
        gc.enable()


def _build(options: Options, progress: Progress, kept: Kept) -> Report:
    started = time.perf_counter()
    root = options.root
    if not root.is_dir():
        raise UsageError(f"Không có thư mục {root}.")
    config, problems = load_config(root)
    if config is None:
        return Report(problems)
    if not (root / "content").is_dir():
        return Report((problem("content", messages.no_content()),))
    now = config.clock(options.now)
    count = options.workers or workers.default_workers()
    store = _store(options, kept)
    work = _Work(options, config, store, now, progress)
    look = partial(scan_content, root / "content")
    if options.check_only:
        from loa.reading import Reader  # noqa: PLC0415  # heavy

        memory = store.entries_file
        with closing(Reader(root, config, _code_digest(), count, look, memory, fresh=options.full)) as reader:
            return _publish(work, reader, store.load)
    with _locked(store, progress):
        store.open()
        # What is kept in this process makes another one costly, and a preview looks at its content alone.
        is_worth_it = count > 1 and store.is_large and not options.is_trusted
        looks = (lambda: packed(look()), store.inspect)
        with workers.beside(looks, worth=is_worth_it) as (scan, inspect):
            # Loaded while the other process looks at the files.
            from loa.reading import Reader  # noqa: PLC0415  # heavy

            store.load()
            code, memory = _code_digest(), store.entries_file
            found = (lambda: unpacked(scan())) if is_worth_it else look
            with closing(Reader(root, config, code, count, found, memory, fresh=options.full, kept=kept)) as reader:
                report = _publish(work, reader, lambda: store.rely_on(inspect()))
    return replace(report, seconds=time.perf_counter() - started)


def _publish(work: _Work, reader: Reader, inspect: Callable[[], None]) -> Report:
    try:
        return _publish_content(work, reader, inspect)
    # Everything is rendered and judged before the first published file is touched.
    except TemplateFaultError as fault:
        found: tuple[Problem, ...] = (_seen_from(work.options.root, fault.problem),)
    except GateError as refusal:
        found = refusal.problems
    _postpone(work)
    return Report(found)


def _postpone(work: _Work) -> None:
    if not (work.options.check_only or work.options.preview):
        work.store.postpone_due(work.now)


def _seen_from(root: Path, fault: Problem) -> Problem:
    """``fault`` with its file as seen from ``root``, where it lies there."""
    # The file itself, wherever it leads.
    file, root = Path(fault.path).parent.resolve() / Path(fault.path).name, root.resolve()
    return replace(fault, path=file.relative_to(root).as_posix()) if file.is_relative_to(root) else fault


def _publish_content(work: _Work, reader: Reader, inspect: Callable[[], None]) -> Report:
    from loa.publishing import publish, rehearse  # noqa: PLC0415  # see ``_build``

    options, config, store = work.options, work.config, work.store
    found = _candidate(work, reader)
    site, problems = found.site, found.problems
    if found.is_blocked:
        _postpone(work)
        return Report(problems, refused=found.refused, held=site.standing.held)
    templates = Templates(_folders(options.root, "templates"))
    if options.check_only:
        found_in_pages = rehearse(site, reader, templates, Gate(_paths(site), config))
        return Report((*problems, *found_in_pages), held=site.standing.held, done=not found_in_pages)
    inspect()
    site, of_index = _with_index(site, options, config, store, reader)
    paths = _paths(site)
    if refusals := () if options.preview else _refusals(site, paths, work):
        _postpone(work)
        return Report((*problems, *refusals), held=site.standing.held)
    published = publish(
        site,
        store,
        reader,
        templates,
        Gate(paths, config),
        reader.workers,
        work.progress,
        # Before anything changes: whoever is killed on the way shall not forget what readers may have by then.
        promise=None if options.preview else partial(_note_promises, found, store, config),
        full=options.full,
    )
    reader.remember(forgets=not options.preview)
    store.note_due(site.standing.due.moment.isoformat() if site.standing.due else "")
    return Report(
        (*problems, *of_index),
        published=found.published(reader.texts),
        held=site.standing.held,
        refused=found.refused,
        kept=found.kept,
        completed=found.completed,
        outputs=sum(len(section.paths) for section in site.sections),
        reasons=published.reasons,
        written=published.written,
        removed=published.removed,
        unknown=published.unknown,
        output=store.output,
        incomplete=bool(of_index) or bool(config.security and config.security.expires <= work.now),
        due=site.standing.due,
        zone=config.zone,
        done=True,
        remains=Remains(site, reader, templates, store),
    )


def _paths(site: Site) -> frozenset[str]:
    return frozenset(path for section in site.sections for path in section.paths)


def _note_promises(found: Candidate, store: Store, config: Config) -> None:
    store.note_promises(found.promises(store.promises or {}, config))


def _refusals(site: Site, paths: frozenset[str], work: _Work) -> tuple[Problem, ...]:
    """Why what is to be published at ``paths`` can hardly be meant as a whole."""
    store, config = work.store, work.config
    found: list[Words | None] = []
    if missing := lost(store.promises or {}, paths, config):
        found.append(gate_messages.promised(next(iter(missing)), len(missing)))
    if not work.options.force:
        is_empty = not site.standing.answering
        found.append(gate_messages.no_entry(len(site.standing.held)) if is_empty else None)
        found.append(shrinking(store.manifest.outputs, paths))
    return tuple(problem("content", words) for words in found if words)


def _candidate(work: _Work, reader: Reader) -> Candidate:
    """What is to be published of what ``reader`` finds."""
    from loa.assemble import assemble  # noqa: PLC0415  # see ``_build``
    from loa.candidate import candidate  # noqa: PLC0415  # see ``_build``

    options, config = work.options, work.config
    entries, found = reader.read(work.progress)
    assets = reader.kept.assets(static_files(_folders(options.root, "static")))
    readership, found_in_views = load_readership(options.root)
    promises = _promises(work, reader.kept)
    put_together = partial(
        assemble,
        reader=reader,
        config=config,
        assets=assets,
        now=work.now,
        skip_bad=options.skip_bad,
        preview=options.preview,
        tells_of_drafts=options.check_only,
        readership=readership,
        promises=promises.keys(),
    )
    return candidate(
        entries,
        [*found, *found_in_views],
        promises,
        put_together,
        config,
        reader,
        skip_bad=options.skip_bad,
        preview=options.preview,
    )


def _promises(work: _Work, kept: Kept) -> dict[str, str]:
    """Every address that was published for ever; what a preview shows is held against the site that is published."""
    published = work.store
    if work.options.preview:
        published = _store(replace(work.options, preview=False, output=None), kept)
    promises = kept.load("promises", published.promises_file, lambda: published.promises)
    if promises is None:
        manifest = published.manifest_file
        promises = kept.load("what is published", manifest, lambda: promises_in(published.manifest.outputs))
    return promises


def _with_index(
    site: Site, options: Options, config: Config, store: Store, reader: Reader
) -> tuple[Site, tuple[Problem, ...]]:
    """The ``site`` with the index of its texts, and why that is not a new one, if it is not; previews have none."""
    if options.preview or not (config.search.enabled and config.search.texts):
        return site, ()
    from loa.fulltext import find_program, index, text_parts  # noqa: PLC0415  # see ``_build``

    parts = text_parts(site.library, config, reader.stamp, reader.bodies.html)
    texts = index(parts, store, store.workshop, reader.workers, find_program(), reader.code, full=options.full)
    whole = replace(site, sections=[*site.sections, *texts.sections])
    if not texts.failure:
        return whole, ()
    return whole, (problem(SITE_TOML, texts.failure, field="search", severity="warning"),)


def is_due(options: Options) -> bool:
    """Whether the published site would change although nobody has edited it; also where nothing is known of it."""
    due = _store(options, Kept()).due
    if not due:
        return due is None
    # Each build reads the settings first; a timer need not, where the moment says whose it is.
    now = options.now or datetime.now(UTC)
    if now.tzinfo is None:
        config, _ = load_config(options.root)
        now = config.clock(now) if config else now.replace(tzinfo=ZoneInfo(ZONE))
    return datetime.fromisoformat(due) <= now


def verified(options: Options) -> Verified:
    """Whether what was published still stands there as it was made. Raises ``UsageError`` when nothing was."""
    from loa.verification import verify  # noqa: PLC0415  # no build needs it

    return verify(_store(options, Kept()))


# --- where things are ------------------------------------------------------------


def _folders(root: Path, name: str) -> tuple[Path, ...]:
    """The site's own folder of that name, where it has one, before the one that Loa brings."""
    own, ours = root / name, HERE.parent / name
    return (own, ours) if own.is_dir() and own.resolve() != ours.resolve() else (ours,)


def _store(options: Options, kept: Kept) -> Store:
    output = (options.release or options.output or options.root / "public").resolve()
    sources = [(options.root / name).resolve() for name in ("content", "templates", "static")]
    if any(folder.is_relative_to(output) for folder in (options.root.resolve(), *sources)) or any(
        output.is_relative_to(folder) for folder in sources
    ):
        raise UsageError(f"Không thể dùng {output} làm thư mục kết quả: đó là thư mục nguồn của trang.")
    if options.preview:
        return PreviewStore(output, kept, is_trusted=options.is_trusted)
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


@cache
def _code_digest() -> str:
    """Changes with Loa's own code and data, and with the libraries whose output it publishes."""
    made = blake2b(digest_size=16)
    for file in sorted([*HERE.glob("*.py"), *HERE.glob("data/*.toml")]):
        made.update(file.read_bytes())
    for name in _LIBRARIES:
        made.update(f"{name} {version_of(name)}\n".encode())
    return made.hexdigest()
