"""The build, in order: read, link, plan, check, decide, render, publish. There is no second path for anything."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import filelock
from msgspec import Struct
from msgspec.structs import replace

from loa import life_messages, messages, workers
from loa.addresses import output_path
from loa.assets import load_assets
from loa.config import FILE as SITE_TOML
from loa.config import Config
from loa.errors import MemoryDamagedError, Problem, TemplateFaultError, UsageError, problem
from loa.kept import Kept
from loa.ledger import addresses_of, by_owner, check_lost, lost, promises_in, promises_of, with_addresses
from loa.lifecycle import Due, Held
from loa.memory import CACHE, forget_everything
from loa.preview_store import PreviewStore
from loa.readership import load as load_readership
from loa.releases import ReleaseStore
from loa.scan import Scan, packed, scan_content, unpacked
from loa.site_toml import load_config
from loa.store import Store
from loa.templates import Templates
from loa.text import slug
from loa.versions import version_of

if TYPE_CHECKING:
    from loa.assemble import Site
    from loa.model import Entry
    from loa.reading import Reader

Progress = Callable[[str, int, int], None]

HERE = Path(__file__).resolve().parent
_LIBRARIES = ("jinja2", "markdown", "feedgen", "lxml", "nh3", "pillow", "msgspec")


class Options(Struct, frozen=True):
    """What the command line asks of a build. ``check_only``: what it would say, without publishing anything.

    A ``preview`` shows what is held back, keeps no address for ever and has no index of texts. Its output
    ``is_trusted`` when nobody has touched it since the last build.
    """

    root: Path
    output: Path | None = None
    release: Path | None = None
    now: datetime | None = None
    full: bool = False
    skip_bad: bool = False
    preview: bool = False
    is_trusted: bool = False
    workers: int = 0
    check_only: bool = False


class Report(Struct, frozen=True):
    """What a build did.

    Of the ``refused`` files, ``kept`` are those whose last published form stays;
    ``reasons`` are those of the outputs that were rendered, by path.
    ``due`` is when the site changes next although nobody edits it, ``zone`` that of its editors.
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
    due: Due | None = None
    zone: ZoneInfo = ZoneInfo("UTC")
    done: bool = False
    remains: tuple[object, ...] = ()


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
    now = options.now or datetime.now(UTC)
    now = now if now.tzinfo else now.replace(tzinfo=config.zone)
    count = options.workers or workers.default_workers()
    store = _store(options)
    if options.check_only:
        from loa.reading import Reader  # noqa: PLC0415  # heavy

        look = partial(scan_content, root / "content")
        memory = store.entries_file
        with closing(Reader(root, config, _code_digest(), count, look, memory, fresh=options.full)) as reader:
            return _publish(options, config, store, reader, now, store.load, progress)
    with _locked(store, progress):
        store.open()
        # What is kept in this process makes another one costly, and a preview looks at its content alone.
        is_worth_it = count > 1 and store.is_large and not options.is_trusted
        looks = (lambda: packed(scan_content(root / "content")), store.inspect)
        with workers.beside(looks, worth=is_worth_it) as (scan, inspect):
            # Loaded while the other process looks at the files.
            from loa.reading import Reader  # noqa: PLC0415  # heavy

            store.load()
            code = _code_digest()
            look = partial(_unpacked, scan)
            memory = store.entries_file
            with closing(Reader(root, config, code, count, look, memory, fresh=options.full, kept=kept)) as reader:
                report = _publish(options, config, store, reader, now, lambda: store.rely_on(inspect()), progress)
    return replace(report, seconds=time.perf_counter() - started)


def _unpacked(scan: Callable[[], tuple[bytes, tuple[Problem, ...]]]) -> Scan:
    return unpacked(scan())


def _publish(
    options: Options,
    config: Config,
    store: Store,
    reader: Reader,
    now: datetime,
    inspect: Callable[[], None],
    progress: Progress,
) -> Report:
    try:
        return _publish_content(options, config, store, reader, now, inspect, progress)
    except TemplateFaultError as fault:
        # Everything is rendered before the first published file is touched.
        if not (options.check_only or options.preview):
            store.postpone_due(now)
        return Report((_seen_from(options.root, fault.problem),))


def _seen_from(root: Path, fault: Problem) -> Problem:
    """``fault`` with its file as seen from ``root``, where it lies there."""
    file, root = Path(fault.path).resolve(), root.resolve()
    return replace(fault, path=file.relative_to(root).as_posix()) if file.is_relative_to(root) else fault


def _publish_content(
    options: Options,
    config: Config,
    store: Store,
    reader: Reader,
    now: datetime,
    inspect: Callable[[], None],
    progress: Progress,
) -> Report:
    from loa.assemble import assemble  # noqa: PLC0415  # see ``_build``
    from loa.publishing import publish, rehearse  # noqa: PLC0415  # see ``_build``

    root = options.root
    entries, found = reader.read(progress)
    if options.skip_bad:
        kept = (reader.last_good(p.path.removeprefix("content/")) for p in found if p.blocking)
        entries += {entry.path: entry for entry in kept if entry is not None}.values()
    assets = load_assets(_folders(root, "static"))
    readership, found_in_views = load_readership(root)
    put_together = partial(
        assemble,
        reader=reader,
        config=config,
        assets=assets,
        now=now,
        skip_bad=options.skip_bad,
        preview=options.preview,
        readership=readership,
    )
    site = put_together(entries)
    faults = [*found, *found_in_views, *site.problems]
    # A preview takes nothing from readers, but says what a build would refuse.
    vanished = _vanished(site, config, _published(options) if options.preview else store)
    owned = by_owner(vanished, reader.published_before)
    about = _faults_of_addresses(site, owned, entries, config, reader, faults)
    faults += (replace(fault, severity="warning") for fault in about) if options.preview else about
    problems = tuple(sorted(faults))
    refused = _refused(problems)
    if _are_in_the_way(refused, options):
        if not (options.check_only or options.preview):
            store.postpone_due(now)
        return Report(problems, refused=refused, held=site.standing.held)
    templates = Templates(_folders(root, "templates"))
    if options.check_only:
        rehearse(site, reader, templates)
        return Report(problems, held=site.standing.held, done=True)
    if vanished and not options.preview:
        site = _with_what_vanished(put_together, site, entries, vanished, owned, reader)
        problems = tuple(sorted({*problems, *site.problems}))
        refused = _refused(problems)
        if _are_in_the_way(refused, options):
            return Report(problems, refused=refused, held=site.standing.held)
    inspect()
    site, of_index = _with_index(site, options, config, store, reader)
    problems = (*problems, *of_index)
    published = publish(site, store, reader, templates, reader.workers, progress, full=options.full)
    reader.remember(forgets=not options.preview)
    if not options.preview:
        store.note_promises(promises_of(site.standing.answering, store.promises or {}, _paths(site), config))
    store.note_due(site.standing.due.moment.isoformat() if site.standing.due else "")
    shown = site.standing.answering
    standing: tuple[str, ...] = ()
    if refused:
        # What was refused and is published nevertheless is as it was last time.
        paths = {f"content/{entry.path}" for entry in shown}
        standing = tuple(path for path in refused if path in paths)
    return Report(
        problems,
        published=len(shown),
        held=site.standing.held,
        refused=refused,
        kept=standing,
        outputs=sum(len(section.paths) for section in site.sections),
        reasons=published.reasons,
        written=published.written,
        removed=published.removed,
        unknown=published.unknown,
        output=store.output,
        incomplete=bool(of_index) or bool(config.security and config.security.expires <= now),
        due=site.standing.due,
        zone=config.zone,
        done=True,
        remains=(site, reader, store),
    )


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


def _refused(problems: Iterable[Problem]) -> tuple[str, ...]:
    """The files that nothing is published of as they are."""
    return tuple(sorted({fault.path for fault in problems if fault.blocking}))


def _are_in_the_way(refused: tuple[str, ...], options: Options) -> bool:
    """Whether nothing can be published for the sake of ``refused`` files: only texts can give way."""
    return bool(refused) and not (options.skip_bad and all(path.startswith("content/") for path in refused))


def _vanished(site: Site, config: Config, store: Store) -> dict[str, str]:
    """The published addresses at which the ``site`` would no longer answer, with the paths of their entries.

    Those of what a preview shows and a build would hold back are among them.
    """
    promises = store.promises
    if promises is None:
        promises = promises_in(store.manifest.outputs)
    marked = {output_path(url) for item in site.standing.marked for url in addresses_of(item.entry)}
    return lost(promises, _paths(site) - marked, config)


def _faults_of_addresses(
    site: Site,
    owned: Mapping[str, Sequence[str]],
    entries: list[Entry],
    config: Config,
    reader: Reader,
    faults: list[Problem],
) -> list[Problem]:
    """What to say of lost addresses (see ``by_owner``), and of those that were given up and still answer."""
    present = _paths(site) if config.gone else set()
    found = [
        problem(SITE_TOML, life_messages.not_gone(url), line=reader.config_line(url), severity="warning")
        for url in config.gone
        if output_path(url) in present
    ]
    if owned:
        # Also by the name that is asked for: one that was changed to capitals is not gone.
        bad = {fault.path.removesuffix(".md") for fault in faults if fault.blocking}
        faulty = {f"{name}.md" for path in bad for name in (path, "/".join(slug(part) for part in path.split("/")))}
        # Nor is one that cannot be read.
        faulty.update(f"content/{path}" for path in set(reader.texts).difference(entry.path for entry in entries))
        held = [*site.standing.held, *site.standing.marked]
        found += check_lost(owned, reader.published_before, entries, held, faulty, reader.locate)
    return found


def _paths(site: Site) -> set[str]:
    return {path for section in site.sections for path in section.paths}


def _with_what_vanished(
    put_together: Callable[[list[Entry]], Site],
    site: Site,
    entries: list[Entry],
    vanished: Collection[str],
    owned: Mapping[str, Sequence[str]],
    reader: Reader,
) -> Site:
    """The ``site`` with what was last published at ``vanished`` addresses, or a page there that asks for patience."""
    from loa.assemble import with_pending  # noqa: PLC0415  # see ``_build``

    held = {item.entry.path for item in site.standing.held}.intersection(owned)
    still = {path: urls for path, urls in owned.items() if path not in held}
    entries, gone = with_addresses(entries, still, reader.published_before)
    back = {path: reader.last_good(path) for path in (*gone, *held)}
    kept = [entry for entry in back.values() if entry is not None]
    return with_pending(put_together([*(entry for entry in entries if entry.path not in back), *kept]), vanished)


def is_due(options: Options) -> bool:
    """Whether the published site would change although nobody has edited it; also where nothing is known of it."""
    due = _store(options).due
    return due is None or bool(due and datetime.fromisoformat(due) <= (options.now or datetime.now(UTC)))


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
    if options.preview:
        return PreviewStore(output, is_trusted=options.is_trusted)
    return ReleaseStore(output) if options.release else Store(output)


def _published(options: Options) -> Store:
    """Where the site is published from this folder, whatever this build is for."""
    return _store(replace(options, preview=False, output=None))


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
