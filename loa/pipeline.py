"""The build, in order: read, link, plan, check, decide, render, publish. There is no second path for anything."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

import filelock
from msgspec import Struct

from loa import messages, workers
from loa.assets import Assets, load_assets
from loa.check import check_addresses, check_links, check_names, unused_files
from loa.config import FILE as SITE_TOML
from loa.config import Config, load_config
from loa.errors import Problem, UsageError, problem
from loa.fingerprint import Frame, Inputs, digest, reasons, view_digest
from loa.library import Library, link
from loa.model import Article, Page
from loa.pictures import Encoder
from loa.plan import feed_links, plan
from loa.reading import Reader
from loa.releases import ReleaseStore
from loa.render import Renderer, templates_of
from loa.store import Staged, Store
from loa.templates import Templates
from loa.text import format_moment
from loa.views import (
    ArticleView,
    Chrome,
    FeedView,
    FileView,
    ManifestView,
    NewsSitemapView,
    NotFoundView,
    Output,
    PageView,
    PictureView,
    RedirectView,
    RobotsView,
    SecurityView,
    SitemapIndexView,
    SitemapView,
    TextView,
)

Progress = Callable[[str, int, int], None]

HERE = Path(__file__).resolve().parent
_LIBRARIES = ("jinja2", "markdown", "feedgen", "lxml", "nh3", "pillow", "msgspec")
_SECURITY_WARNING_DAYS = 60


class Options(Struct, frozen=True):
    """What the command line asks of a build."""

    root: Path
    output: Path | None = None
    release: Path | None = None
    now: datetime | None = None
    full: bool = False
    skip_bad: bool = False
    workers: int = 0


class Held(Struct, frozen=True):
    """An entry that is not published yet, and why."""

    path: str
    reason: str


class Report(Struct, frozen=True):
    """What a build did. ``reasons`` are those of the outputs that were rendered, by path."""

    problems: tuple[Problem, ...]
    published: int = 0
    held: tuple[Held, ...] = ()
    refused: tuple[str, ...] = ()
    outputs: int = 0
    reasons: dict[str, tuple[str, ...]] = {}
    written: int = 0
    removed: int = 0
    unknown: int = 0
    seconds: float = 0.0
    output: Path = Path()
    incomplete: bool = False
    done: bool = False


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody how far the work is."""


def build(options: Options, progress: Progress = _silent) -> Report:
    """Bring the output folder up to date with content, templates and settings.

    With faults in the content nothing is changed and ``done`` is false. Raises ``LoaError`` for faults that are not
    the authors'.
    """
    started = time.perf_counter()
    root = options.root
    if not root.is_dir():
        raise UsageError(f"Không có thư mục {root}.")
    config, problems = load_config(root)
    if config is None:
        return Report(problems)
    now = options.now or datetime.now(UTC)
    store = _store(options)
    with _locked(store, progress):
        reader = Reader(root, config, _code_digest(), options.workers or workers.default_workers(), fresh=options.full)
        entries, found = reader.read(progress)
        if options.skip_bad:
            kept = (reader.last_good(p.path.removeprefix("content/")) for p in found if p.blocking)
            entries += {entry.path: entry for entry in kept if entry is not None}.values()
        content, held = _separate(entries, now, config)
        assets = load_assets(_folders(root, "static"))
        chrome = _chrome(config, assets)
        site = _assemble(content, reader, config, chrome, assets, now, skip_bad=options.skip_bad)
        problems = (*found, *site.problems, *_security_problems(config, now))
        refused = tuple(sorted({p.path for p in problems if p.blocking}))
        if refused and not (options.skip_bad and SITE_TOML not in refused):
            return Report(tuple(sorted(problems)), refused=refused, held=held)
        report = _publish(site, chrome, store, reader, options, progress)
        reader.remember()
    return Report(
        tuple(sorted(problems)),
        published=len(site.library.articles) + len(site.library.pages),
        held=held,
        refused=refused,
        outputs=len(site.outputs),
        reasons=report.reasons,
        written=report.written,
        removed=report.removed,
        unknown=report.unknown,
        seconds=time.perf_counter() - started,
        output=store.output,
        incomplete=bool(config.security and config.security.expires <= now),
        done=True,
    )


# --- where things are ------------------------------------------------------------


def _folders(root: Path, name: str) -> tuple[Path, ...]:
    """The site's own folder of that name, where it has one, before the one that Loa brings."""
    own, ours = root / name, HERE.parent / name
    return (own, ours) if own.is_dir() and own.resolve() != ours.resolve() else (ours,)


def _store(options: Options) -> Store:
    if options.release is not None:
        return ReleaseStore(options.release.absolute())
    output = (options.output or options.root / "public").absolute()
    taken = [
        options.root.absolute(),
        *((options.root / name).absolute() for name in ("content", "templates", "static")),
    ]
    if any(folder == output or output in folder.parents for folder in taken) or any(
        output.is_relative_to(folder) for folder in taken[1:]
    ):
        raise UsageError(f"Không thể dùng {output} làm thư mục kết quả: đó là thư mục nguồn của trang.")
    return Store(output)


def _locked(store: Store, progress: Progress) -> filelock.BaseFileLock | nullcontext[None]:
    """One build at a time works on an output; a second one waits."""
    store.state.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(store.lock_file)
    try:
        lock.acquire(timeout=0)
        lock.release()
    except filelock.Timeout:
        progress("wait", 0, 0)
    return lock


def _code_digest() -> str:
    """Changes with Loa's own code and with the libraries whose output it publishes."""
    from importlib.metadata import version  # noqa: PLC0415

    made = blake2b(digest_size=16)
    for file in sorted(HERE.glob("*.py")):
        made.update(file.read_bytes())
    for name in _LIBRARIES:
        made.update(f"{name} {version(name)}\n".encode())
    return made.hexdigest()


# --- what the site is --------------------------------------------------------------


class _Site(Struct, frozen=True):
    library: Library
    outputs: list[Output]
    problems: list[Problem]


def _separate(
    entries: Iterable[Article | Page], now: datetime, config: Config
) -> tuple[list[Article | Page], tuple[Held, ...]]:
    """What is published now, and what is held back, with the reason."""
    published: list[Article | Page] = []
    held: list[Held] = []
    for entry in entries:
        if entry.draft:
            held.append(Held(f"content/{entry.path}", messages.held_draft()))
        elif isinstance(entry, Article) and entry.published > now:
            due = format_moment(entry.published.astimezone(config.zone))
            held.append(Held(f"content/{entry.path}", messages.held_future(due)))
        else:
            published.append(entry)
    return published, tuple(held)


def _assemble(
    entries: list[Article | Page],
    reader: Reader,
    config: Config,
    chrome: Chrome,
    assets: Assets,
    now: datetime,
    *,
    skip_bad: bool,
) -> _Site:
    """The site of ``entries``. With ``skip_bad`` entries with faults give way until none is left."""
    problems: list[Problem] = []
    tried: set[str] = set()
    while True:
        entries.sort(key=lambda entry: (entry.published.timestamp() if isinstance(entry, Article) else 0.0, entry.path))
        found = check_names(entries, config, reader.locate)
        measured, missing = reader.measure(entries)
        found += missing
        bad = {p.path for p in found}
        sound = [entry for entry in entries if f"content/{entry.path}" not in bad]
        library = link(sound, measured, config)
        outputs = [*assets.outputs, *plan(library, config, chrome, now)]
        found += check_addresses(sound, outputs, reader.locate)
        found += check_links(sound, _with_bad(outputs, entries, bad), config, reader.locate, reader.config_line)
        problems += found
        bad = {p.path for p in found}
        if not bad or not skip_bad or SITE_TOML in bad:
            break
        entries = _without_faults(entries, bad, reader, tried)
    return _Site(library, outputs, problems + unused_files(reader.files, measured))


def _without_faults(
    entries: list[Article | Page], bad: set[str], reader: Reader, tried: set[str]
) -> list[Article | Page]:
    """The entries with each faulty one replaced by what was last published of it, or left out if that is no better."""
    result: list[Article | Page] = []
    for entry in entries:
        if f"content/{entry.path}" in bad:
            last = None if entry.path in tried else reader.last_good(entry.path)
            tried.add(entry.path)
            if last is not None:
                result.append(last)
        else:
            result.append(entry)
    return result


def _with_bad(outputs: list[Output], entries: list[Article | Page], bad: set[str]) -> list[Output]:
    """The outputs and the pages that are missing only because of another fault, which must not be reported twice."""
    if not bad:
        return outputs
    missing = [RedirectView(e.url, e.url, "") for e in entries if f"content/{e.path}" in bad]
    return [*outputs, *(Output(view.url.lstrip("/"), view) for view in missing)]


def _chrome(config: Config, assets: Assets) -> Chrome:
    return Chrome(
        title=config.title,
        short_title=config.short_title,
        organization=config.organization,
        description=config.description,
        base_url=config.base_url,
        language=config.language,
        notice=config.notice,
        menu=config.menu,
        footer=config.footer,
        responsible=config.contact.responsible,
        address=config.contact.address,
        phone=config.contact.phone,
        email=config.contact.email,
        hours=config.contact.hours,
        feeds=feed_links("Tất cả tin", "/"),
        stylesheet=assets.stylesheet,
        theme_script=assets.theme_script,
        script=assets.script,
        mark=assets.mark,
        share_image=assets.share_image,
    )


def _security_problems(config: Config, now: datetime) -> list[Problem]:
    if config.security is None:
        return []
    days = (config.security.expires - now).days
    if days >= _SECURITY_WARNING_DAYS:
        return []
    words = messages.security_expires(days)
    return [problem(SITE_TOML, words, field="security.expires", severity="warning")]


# --- what is rendered and written ---------------------------------------------------


class _Published(Struct, frozen=True):
    reasons: dict[str, tuple[str, ...]]
    written: int
    removed: int
    unknown: int


def _publish(
    site: _Site, chrome: Chrome, store: Store, reader: Reader, options: Options, progress: Progress
) -> _Published:
    templates = Templates(_folders(options.root, "templates"))
    inputs = _inputs(site.outputs, chrome, templates, reader.code)
    store.open()
    unknown = 0 if store.manifest.outputs else len(store.unknown_files())
    stale: list[Output] = []
    why: dict[str, tuple[str, ...]] = {}
    for output in site.outputs:
        before = None if options.full else store.manifest.inputs(output.path)
        names = reasons(before, inputs[output.path], lambda path=output.path: store.intact(path))  # type: ignore[misc]
        if names:
            stale.append(output)
            why[output.path] = names
    stale.sort(key=lambda output: _place(output, is_new=output.path not in store.manifest.outputs))
    staged = _render(stale, chrome, templates, store, reader, options, progress)
    written, removed = store.publish(staged, inputs)
    return _Published(why, written, removed, unknown)


def _inputs(outputs: list[Output], chrome: Chrome, templates: Templates, code: str) -> dict[str, Inputs]:
    chrome_digest = digest(chrome).hex()
    frames: dict[type, Frame] = {}
    inputs: dict[str, Inputs] = {}
    for output in outputs:
        kind = type(output.view)
        frame = frames.get(kind)
        if frame is None:
            framed = "" if kind in (PictureView, FileView, TextView) else chrome_digest
            frame = frames[kind] = Frame(framed, templates.digest(templates_of(kind)), code)
        inputs[output.path] = Inputs(view_digest(output.view), frame)
    return inputs


_FILES = (PictureView, FileView, TextView, ManifestView)
_ENTRIES = (ArticleView, PageView, RedirectView, NotFoundView)
_MACHINES = (FeedView, SitemapView, SitemapIndexView, NewsSitemapView, RobotsView, SecurityView)


def _place(output: Output, *, is_new: bool) -> tuple[int, str]:
    """The order of appearance: files, new pages, changed pages, lists of pages, then what machines read.

    So nothing is named before it is there.
    """
    kind = type(output.view)
    if kind in _FILES:
        return 0, output.path
    if kind in _MACHINES:
        return 5, output.path
    return (1 if is_new else 3) + (0 if kind in _ENTRIES else 1), output.path


def _render(
    stale: list[Output],
    chrome: Chrome,
    templates: Templates,
    store: Store,
    reader: Reader,
    options: Options,
    progress: Progress,
) -> list[Staged]:
    renderer = Renderer(
        chrome, templates.folders, reader.bodies.html, reader.content, Encoder(reader.cache / "pictures")
    )

    def stage(output: Output) -> Staged:
        if isinstance(output.view, FileView):
            return store.put_copy(output.path, reader.content / output.view.source)
        return store.put(output.path, renderer.render(output.view))

    staged: list[Staged] = []
    count = options.workers or workers.default_workers()
    for item in workers.spread(stage, stale, count, worth=200):
        staged.append(item)
        progress("render", len(staged), len(stale))
    return staged
