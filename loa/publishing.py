"""Site + output folder → what is stale, why, in which order it appears; renders it and hands it to the store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from loa import gate_messages, workers
from loa.addresses import TEXTS, site_path
from loa.assemble import Site
from loa.blame import blaming
from loa.compiled import CompiledTemplates
from loa.errors import GateError, Problem, Words
from loa.fingerprint import Frame, Inputs, digest, reasons, view_digest
from loa.gate import Found, Gate, links_to, problems_of
from loa.manifest import Looks, Staged
from loa.pictures import Encoder
from loa.pieces import Chrome
from loa.reading import Reader
from loa.render import Renderer, templates_of
from loa.sections import Section
from loa.store import Store
from loa.templates import Templates
from loa.views import (
    ArticleView,
    CitationDataView,
    CitationsView,
    DocumentView,
    FeedsView,
    FeedView,
    FileView,
    HomeView,
    IndexFileView,
    IndexView,
    LeadsView,
    ListingView,
    LookupView,
    ManifestView,
    NewsSitemapView,
    NotFoundView,
    Output,
    PageView,
    PendingView,
    PictureView,
    RedirectMapView,
    RedirectView,
    RegisterDataView,
    RegisterView,
    RobotsView,
    SearchView,
    SecurityView,
    SitemapIndexView,
    SitemapView,
    StubView,
    TextView,
    WithdrawnView,
)

Progress = Callable[[str, int, int], None]


class Publication(Struct, frozen=True):
    """What a publication did: why each output was rendered, and how many files were written and removed.

    ``unknown`` are files in the output that no build is known to have made: looked for when none is known at all.
    """

    reasons: dict[str, tuple[str, ...]]
    written: int
    removed: int
    unknown: tuple[str, ...]


def publish(
    site: Site,
    store: Store,
    reader: Reader,
    templates: Templates,
    gate: Gate,
    count: int,
    progress: Progress,
    *,
    promise: Callable[[], None] | None,
    full: bool,
) -> Publication:
    """Bring the output folder of an opened ``store`` from what it holds to what ``site`` says, in ``count`` processes.

    ``full`` renders everything, whatever the manifest says; what comes out the same is still not written.
    Raises ``GateError`` before anything published is touched; ``promise`` is called after that, and before.
    A preview has nothing to promise: of it only what was made is judged.
    """
    is_first = not store.manifest.outputs
    # What is written again was known before the ledger was lost.
    planned = {path for section in site.sections for path in section.paths} if is_first else set()
    unknown = tuple(path for path in store.unknown_files() if path not in planned) if is_first else ()
    frames = _frames(site.chrome, templates, reader.code)
    changed, kept, sections = _compare(site, store, frames, full=full)
    renderer = renderer_of(site.chrome, reader, templates)

    def stage(output: Output) -> tuple[Staged, list[Words]]:
        if isinstance(output.view, FileView):
            view = output.view
            source = site.assets.files[view.source] if view.folder == "static" else reader.content / view.source
            is_read = view.folder == "static" and view.source.endswith(_READ)
            return store.put_copy(output.path, source), gate.faults(output.path, source.read_bytes()) if is_read else []
        if isinstance(output.view, IndexFileView):
            made = store.workshop / output.view.source
            return store.put_copy(output.path, made if made.exists() else store.output / output.view.source), []
        with blaming(output.path):
            made_of_view = renderer.render(output.view)
        return store.put(output.path, made_of_view), gate.faults(output.path, made_of_view)

    def make(section: Section) -> list[_Made]:
        made: list[_Made] = []
        for output in section.outputs():
            path, kind = output.path, type(output.view)
            now = Inputs(view_digest(output.view), frames[kind])
            before = None if full else store.manifest.inputs(path)
            names = reasons(before, now, partial(store.intact, path))
            staged, faults = stage(output) if names else (None, [])
            made.append(_Made(path, _KINDS.index(kind), now.view, names, staged, store.adopted(path), faults))
        return made

    total = sum(len(section.paths) for section in changed)
    inputs: dict[str, Inputs] = {}
    stale: list[_Made] = []
    found: list[Found] = []
    done = 0
    worth = 0 if total >= _WORTH else len(changed) + 1
    for made in workers.spread(make, changed, count, worth=worth, run=1):
        for output in made:
            inputs[output.path] = Inputs(output.view, frames[_KINDS[output.kind]])
            if output.adopted:
                store.adopt(output.path, output.adopted)
        stale += (output for output in made if output.reasons)
        found += (Found(o.path, _template_of(_KINDS[o.kind]), words) for o in made for words in o.faults)
        done += len(made)
        progress("render", done, total)
    found += _torn(store, stale)
    found += _left_behind(site, store, gate, stale, [*kept, *inputs]) if promise else ()
    _pass(found, promise)
    stale.sort(key=lambda output: _place(output, is_new=output.path not in store.manifest.outputs))
    staged = [output.staged for output in stale if output.staged]
    coming, going = ((), ()) if is_first else _bridges(stale, inputs, kept, store)
    # Without a menu, which may lead to what is yet to come.
    bare = renderer_of(replace(site.chrome, menu=(), footer=()), reader, templates)
    first, last = ([store.put(p, bare.render(PendingView(f"/{p}"))) for p in paths] for paths in (coming, going))
    files = sum(_KINDS[output.kind] in _FILES for output in stale)
    steps = (*staged[:files], *first, *staged[files:], *last)
    written, removed = store.publish(staged, inputs, kept, sections, steps)
    return Publication({output.path: output.reasons for output in stale}, written, removed, unknown)


def rehearse(site: Site, reader: Reader, templates: Templates, gate: Gate) -> tuple[Problem, ...]:
    """Render one page of each kind for nobody, and what is to be said of them.

    Raises ``TemplateFaultError`` where a template cannot make its page.
    """
    found: list[Found] = []
    renderer = renderer_of(site.chrome, reader, templates)
    left = {kind for kind in _KINDS if templates_of(kind)}
    for kind in left:
        templates.closure(templates_of(kind))
    for section in site.sections:
        for output in section.outputs() if left else ():
            if type(output.view) in left:
                left.discard(type(output.view))
                with blaming(output.path):
                    made = renderer.render(output.view)
                name = _template_of(type(output.view))
                found += (Found(output.path, name, words) for words in gate.faults(output.path, made))
    return problems_of(found)


def renderer_of(chrome: Chrome, reader: Reader, templates: Templates) -> Renderer:
    """What makes the pages within this ``chrome`` of the texts that ``reader`` has read."""
    encoder = Encoder(reader.cache / "pictures")
    compiled = CompiledTemplates(reader.cache / "templates", f"{reader.code} {chrome.base_url}")
    return Renderer(chrome, templates.folders, reader.bodies.html, reader.content, encoder, compiled)


# So many outputs are worth spreading over processes: most of those around an edited text turn out to be as they were.
_WORTH = 600


class _Made(Struct, frozen=True):
    """What became of an output: its view's kind and digest, why it is stale if it is, and the rendered file."""

    path: str
    kind: int
    view: bytes
    reasons: tuple[str, ...]
    staged: Staged | None
    adopted: Looks | None
    faults: list[Words]


def _template_of(kind: type) -> str:
    """The file of the template that makes the pages of a view type, as seen from the site; empty where none does."""
    names = templates_of(kind)
    return f"templates/{names[0]}" if names and kind is not FeedView else ""


def _pass(found: list[Found], promise: Callable[[], None] | None) -> None:
    if found:
        raise GateError(problems_of(found))
    if promise:
        promise()


def _torn(store: Store, made: Iterable[_Made]) -> Iterator[Found]:
    """Staged files that have not the size of what was made."""
    for output in made:
        if output.staged and output.staged.file:
            size = store.staged_bytes(output.staged)
            if size != output.staged.size:
                yield Found(output.path, "", gate_messages.torn(size, output.staged.size))


def _left_behind(
    site: Site, store: Store, gate: Gate, stale: Iterable[_Made], paths: Collection[str]
) -> Iterator[Found]:
    """What would be wrong in files that stay as they are, once those that are published and not among ``paths`` go."""
    base = urlsplit(site.chrome.base_url).path
    # To what the search reads no page leads, and of an index something goes with each edit.
    going = (path for path in store.removals(paths, ()) if not path.startswith(TEXTS.lstrip("/")))
    gone = frozenset(f"{base}{site_path(path)}".encode() for path in going)
    if not gone:
        return
    made = {output.path for output in stale}
    for path in paths:
        if path in made:
            continue
        if path.endswith(".html"):
            if url := links_to(store.published(path), gone):
                yield Found(path, "", gate_messages.linked_still(path, url.decode()))
        elif path.startswith(("sitemap", "robots.txt")):
            yield from (Found(path, "", words) for words in gate.faults(path, store.published(path)))


# Of what is copied, what a browser reads further.
_READ = (".css", ".js")


def _bridges(
    stale: list[_Made], inputs: dict[str, Inputs], kept: list[str], store: Store
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The new and the vanishing pages that may link to each other, so that neither can appear or go before the other.

    A page that asks for patience stands in for each of them meanwhile, and no link is dead at any instant.
    """
    known = store.manifest.outputs
    coming = tuple(o.path for o in stale if _KINDS[o.kind] in _PAGES and o.path not in known)
    going = tuple(path for path in store.removals(inputs, kept) if path.endswith(".html"))
    return (coming if len(coming) > 1 else ()), (going if len(going) > 1 else ())


def _compare(
    site: Site, store: Store, frames: dict[type, Frame], *, full: bool
) -> tuple[list[Section], list[str], dict[str, bytes]]:
    """The sections that are to be planned, the outputs of all others, and the inputs of all sections.

    A section whose inputs are those of last time need not be planned, unless a file of it is damaged.
    What frames hold is not part of a section's inputs, so the digest of all of them stands beside them.
    """
    changed: list[Section] = []
    kept: list[str] = []
    sections = {"": digest(tuple(frames.values()))}
    before = store.manifest
    is_framed_alike = not full and before.sections.get("") == sections[""]
    for section in site.sections:
        is_alike = False
        if section.inputs:
            sections[section.name] = section.inputs
            is_alike = is_framed_alike and before.sections.get(section.name) == section.inputs
        if is_alike and store.holds(section.paths):
            kept += section.paths
        else:
            changed.append(section)
    return changed, kept, sections


def _frames(chrome: Chrome, templates: Templates, code: str) -> dict[type, Frame]:
    chrome_digest = digest(chrome).hex()
    frames: dict[type, Frame] = {}
    for kind in _KINDS:
        framed = "" if kind in (PictureView, FileView, IndexFileView, TextView) else chrome_digest
        frames[kind] = Frame(framed, templates.digest(templates_of(kind)), code)
    return frames


_FILES = (PictureView, FileView, TextView, ManifestView)
_ENTRIES = (ArticleView, PageView, DocumentView, StubView, PendingView, WithdrawnView, RedirectView, NotFoundView)
_LISTS = (HomeView, ListingView, RegisterView, CitationsView, SearchView, IndexView, FeedsView)
_PAGES = (*_ENTRIES, *_LISTS)
_SITEMAPS = (SitemapView, SitemapIndexView, NewsSitemapView, RobotsView)
_MACHINES = (FeedView, RegisterDataView, CitationDataView, RedirectMapView, *_SITEMAPS, SecurityView)
# The search page asks for them by their digests, so they are there before it.
_LOOKED_UP = (LookupView, LeadsView)
# Its entry file names the others.
_INDEX = (IndexFileView,)
_INDEX_ENTRY = "/pagefind-entry.json"


_KINDS: tuple[type, ...] = (*_FILES, *_PAGES, *_MACHINES, *_LOOKED_UP, *_INDEX)


def _place(output: _Made, *, is_new: bool) -> tuple[int, str]:
    """The order of appearance: files, new pages, changed pages, lists of pages, then what machines read.

    So nothing is named before it is there.
    """
    kind = _KINDS[output.kind]
    if kind in _FILES:
        return 0, output.path
    if kind in _MACHINES:
        return 5, output.path
    if kind in _LOOKED_UP:
        return 4, ""
    if kind in _INDEX:
        return (7 if output.path.endswith(_INDEX_ENTRY) else 6), output.path
    return (1 if is_new else 3) + (0 if kind in _ENTRIES else 1), output.path
