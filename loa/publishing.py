"""Site + output folder → what is stale, why, in which order it appears; renders it and hands it to the store."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from loa import workers
from loa.assemble import Site
from loa.fingerprint import Frame, Inputs, digest, reasons, view_digest
from loa.pictures import Encoder
from loa.reading import Reader
from loa.render import Renderer, templates_of
from loa.store import Staged, Store
from loa.templates import Templates
from loa.views import (
    ArticleView,
    Chrome,
    FeedsView,
    FeedView,
    FileView,
    HomeView,
    IndexView,
    ListingView,
    ManifestView,
    NewsSitemapView,
    NotFoundView,
    Output,
    PageView,
    PendingView,
    PictureView,
    RedirectView,
    RobotsView,
    SecurityView,
    SitemapIndexView,
    SitemapView,
    TextView,
)

Progress = Callable[[str, int, int], None]


class Publication(Struct, frozen=True):
    """What a publication did: why each output was rendered, and how many files were written, removed, unknown."""

    reasons: dict[str, tuple[str, ...]]
    written: int
    removed: int
    unknown: int


def publish(
    site: Site, store: Store, reader: Reader, templates: Templates, count: int, progress: Progress, *, full: bool
) -> Publication:
    """Bring the output folder from what it holds to what ``site`` says; ``count`` processes render.

    ``full`` renders everything, whatever the manifest says; what comes out the same is still not written.
    """
    store.open()
    is_first = not store.manifest.outputs
    unknown = len(store.unknown_files()) if is_first else 0
    found = _compare(site, store, _frames(site.chrome, templates, reader.code), full=full)
    stale, why, inputs = found.stale, found.reasons, found.inputs
    stale.sort(key=lambda output: _place(output, is_new=output.path not in store.manifest.outputs))
    encoder = Encoder(reader.cache / "pictures")
    renderer = Renderer(site.chrome, templates.folders, reader.bodies.html, reader.content, encoder)

    def stage(output: Output) -> Staged:
        if isinstance(output.view, FileView):
            view = output.view
            source = site.assets.files[view.source] if view.folder == "static" else reader.content / view.source
            return store.put_copy(output.path, source)
        return store.put(output.path, renderer.render(output.view))

    staged: list[Staged] = []
    for item in workers.spread(stage, stale, count, worth=200):
        staged.append(item)
        progress("render", len(staged), len(stale))
    coming, going = ((), ()) if is_first else _bridges(stale, inputs, store)
    # Without a menu, which may lead to what is yet to come.
    bare = Renderer(
        replace(site.chrome, menu=(), footer=()), templates.folders, reader.bodies.html, reader.content, encoder
    )
    first, last = ([store.put(p, bare.render(PendingView(f"/{p}"))) for p in paths] for paths in (coming, going))
    files = sum(isinstance(output.view, _FILES) for output in stale)
    written, removed = store.publish(staged, inputs, found.sections, (*staged[:files], *first, *staged[files:], *last))
    return Publication(why, written, removed, unknown)


def _bridges(stale: list[Output], inputs: dict[str, Inputs], store: Store) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The new and the vanishing pages that may link to each other, so that neither can appear or go before the other.

    A page that asks for patience stands in for each of them meanwhile, and no link is dead at any instant.
    """
    known = store.manifest.outputs
    coming = tuple(o.path for o in stale if isinstance(o.view, _PAGES) and o.path not in known)
    going = tuple(path for path in known if path not in inputs and path.endswith(".html"))
    return (coming if len(coming) > 1 else ()), (going if len(going) > 1 else ())


class _Comparison(Struct, frozen=True):
    """The site against what is published: what is stale, why, and the inputs of every output and section."""

    stale: list[Output]
    reasons: dict[str, tuple[str, ...]]
    inputs: dict[str, Inputs]
    sections: dict[str, bytes]


def _compare(site: Site, store: Store, frames: dict[type, Frame], *, full: bool) -> _Comparison:
    """What differs. A section whose inputs are those of last time is not even planned, unless a file of it is damaged.

    What frames hold is not part of a section's inputs, so the digest of all of them stands beside them.
    """
    found = _Comparison([], {}, {}, {"": digest(tuple(frames.values()))})
    is_framed_alike = not full and store.manifest.sections.get("") == found.sections[""]
    for section in site.sections:
        if section.inputs:
            found.sections[section.name] = section.inputs
        known = {}
        if is_framed_alike and section.inputs and store.manifest.sections.get(section.name) == section.inputs:
            known = {path: inputs for path in section.paths if (inputs := store.manifest.inputs(path))}
        if len(known) == len(section.paths) and all(map(store.intact, section.paths)):
            found.inputs.update(known)
            continue
        for output in section.outputs():
            path = output.path
            now = found.inputs[path] = Inputs(view_digest(output.view), frames[type(output.view)])
            before = None if full else store.manifest.inputs(path)
            if names := reasons(before, now, partial(store.intact, path)):
                found.stale.append(output)
                found.reasons[path] = names
    return found


def _frames(chrome: Chrome, templates: Templates, code: str) -> dict[type, Frame]:
    chrome_digest = digest(chrome).hex()
    frames: dict[type, Frame] = {}
    for kind in (*_FILES, *_PAGES, *_MACHINES):
        framed = "" if kind in (PictureView, FileView, TextView) else chrome_digest
        frames[kind] = Frame(framed, templates.digest(templates_of(kind)), code)
    return frames


_FILES = (PictureView, FileView, TextView, ManifestView)
_ENTRIES = (ArticleView, PageView, PendingView, RedirectView, NotFoundView)
_LISTS = (HomeView, ListingView, IndexView, FeedsView)
_PAGES = (*_ENTRIES, *_LISTS)
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
