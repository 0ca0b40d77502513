"""Where a build spends its time: ``make bench-parts`` measures the parts one by one, in the order of the flow.

Each takes 200 articles, or everything that is made of them, so that the times of parts can be compared and added.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest

from bench.corpus import generate
from bench.peers import REPOSITORY, SITES
from loa.assemble import Site, assemble
from loa.assets import load_assets, static_files
from loa.config import Config
from loa.content import parse
from loa.dialect import to_html
from loa.fingerprint import view_digest
from loa.library import link
from loa.markup import _cleaner, convert
from loa.model import Converted, Entry
from loa.pictures import Encoder
from loa.pipeline import Options, build
from loa.plan import plan
from loa.prose import read_prose
from loa.reading import Reader
from loa.render import Renderer
from loa.scan import scan_content
from loa.site_toml import load_config
from loa.source import Source, read_source
from loa.store import Store
from loa.views import ArticleView, FeedView, ListingView, Output

ARTICLES, ROUNDS = 200, 10
NOW = datetime.fromisoformat("2026-01-15T08:00:00+07:00")
# The short way leaves a text with HTML in it to the library.
HTML = "\n\n<b>Hết.</b>\n"

IN_MEMORY = "/dev/shm"  # noqa: S108  # only for speed, and in a folder of its own

Benchmark = Any  # the fixture has no types


class Corpus(NamedTuple):
    """The articles in each form that a part takes, as a site in Loa's own theme."""

    root: Path
    config: Config
    files: dict[str, bytes]
    sources: list[Source]
    converted: dict[str, Converted]
    entries: list[Entry]
    site: Site
    outputs: list[Output]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The first articles of the corpus of the benchmark."""
    root = tmp_path_factory.mktemp("corpus")
    generate(ARTICLES, root)
    copy(SITES / "loa-real/site.toml", root)
    content = root / "content"
    files = {str(file.relative_to(content)): file.read_bytes() for file in sorted(content.rglob("*.md"))}
    sources = [source for path, data in files.items() if isinstance(source := read_source(path, data), Source)]
    converted = {source.body: convert(source.body) for source in sources}
    config, _ = load_config(root)
    assert config is not None
    with closing(Reader(root, config, "", 1, partial(scan_content, content), root / "entries", fresh=True)) as reader:
        entries, _ = reader.read(lambda *_: None)
        assets = load_assets(static_files((REPOSITORY / "static",)))
        site = assemble(entries, reader, config, assets, NOW, skip_bad=False)
    assert len(site.library.articles) == ARTICLES
    assert not any(fault.blocking for fault in site.problems)
    return Corpus(root, config, files, sources, converted, entries, site, planned(site, config))


def planned(site: Site, config: Config) -> list[Output]:
    """Every output of ``site``."""
    sections = plan(site.library, config, site.chrome, site.assets, NOW)
    return [output for section in sections for output in section.outputs()]


# --- read ------------------------------------------------------------------------


@pytest.mark.benchmark(group="1 read")
def test_bytes_to_source(benchmark: Benchmark, corpus: Corpus) -> None:
    """Encoding and front matter."""
    benchmark(lambda: [read_source(path, data) for path, data in corpus.files.items()])


@pytest.mark.benchmark(group="1 read")
def test_source_to_article(benchmark: Benchmark, corpus: Corpus) -> None:
    """The schema; bodies are converted already."""
    zone, known = corpus.config.zone, corpus.converted.__getitem__
    benchmark(lambda: [parse(source, zone, known) for source in corpus.sources])


# --- convert -----------------------------------------------------------------------


def prose(corpus: Corpus) -> list[str]:
    """The bodies that can go the short way: nearly all."""
    return [text for text in corpus.converted if read_prose(text)]


@pytest.mark.benchmark(group="2 convert")
def test_the_short_way(benchmark: Benchmark, corpus: Corpus) -> None:
    """Plain prose, without the library."""
    texts = prose(corpus)
    assert len(texts) > 0.95 * ARTICLES
    benchmark(lambda: [convert(text) for text in texts])


@pytest.mark.benchmark(group="2 convert")
def test_the_way_of_the_library(benchmark: Benchmark, corpus: Corpus) -> None:
    """The same texts with a little HTML."""
    texts = [text + HTML for text in prose(corpus)]
    assert not any(map(read_prose, texts))
    benchmark(lambda: [convert(text) for text in texts])


@pytest.mark.benchmark(group="2 convert")
def test_sanitise(benchmark: Benchmark, corpus: Corpus) -> None:
    """What of the library's way the sanitiser takes."""
    pages, clean = [to_html(text).html for text in prose(corpus)], _cleaner().clean
    benchmark(lambda: [clean(page) for page in pages])


# --- plan --------------------------------------------------------------------------


@pytest.mark.benchmark(group="3 plan")
def test_link(benchmark: Benchmark, corpus: Corpus) -> None:
    """Which article stands where."""
    benchmark(link, corpus.site.standing, {}, corpus.config)


@pytest.mark.benchmark(group="3 plan")
def test_plan(benchmark: Benchmark, corpus: Corpus) -> None:
    """Every view of the site."""
    benchmark(planned, corpus.site, corpus.config)


@pytest.mark.benchmark(group="3 plan")
def test_fingerprint(benchmark: Benchmark, corpus: Corpus) -> None:
    """The digest of every view."""
    benchmark(lambda: [view_digest(output.view) for output in corpus.outputs])


# --- render ------------------------------------------------------------------------


@pytest.mark.benchmark(group="4 render")
@pytest.mark.parametrize("kind", [ArticleView, ListingView, FeedView])
def test_render(benchmark: Benchmark, corpus: Corpus, kind: type) -> None:
    """All pages or feeds of a kind, by a new renderer whose templates are compiled."""
    views = [output.view for output in corpus.outputs if isinstance(output.view, kind)]
    html = {made.body.digest: made.html for made in corpus.converted.values()}

    def renderer() -> tuple[tuple[Callable[..., bytes]], dict[str, Any]]:
        folders, encoder = (REPOSITORY / "templates",), Encoder(corpus.root / "pictures")
        made = Renderer(corpus.site.chrome, folders, html.__getitem__, corpus.root / "content", encoder)
        made.render(views[0])
        return (made.render,), {}

    benchmark.pedantic(lambda render: [render(view) for view in views], setup=renderer, rounds=ROUNDS)


# --- publish -----------------------------------------------------------------------


@pytest.fixture
def folders() -> Iterator[Iterator[Path]]:
    """New folders, in memory where possible: what a disk takes differs tenfold from one run to the next."""
    with TemporaryDirectory(dir=IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None) as folder:
        yield (Path(folder) / str(number) for number in count())


@pytest.mark.benchmark(group="5 publish")
def test_write(benchmark: Benchmark, corpus: Corpus, folders: Iterator[Path]) -> None:
    """Stage files as large as the articles."""

    def store() -> tuple[tuple[Store], dict[str, Any]]:
        made = Store(next(folders) / "public")
        made.open()
        return (made,), {}

    benchmark.pedantic(lambda store: [store.put(*file) for file in corpus.files.items()], setup=store, rounds=ROUNDS)


@pytest.mark.benchmark(group="5 publish")
def test_nothing_to_do(benchmark: Benchmark, corpus: Corpus) -> None:
    """A whole build, in this process, of a site that is up to date."""
    options = Options(root=corpus.root, now=NOW, workers=1)
    time.sleep(2.5)  # files that changed in the last seconds are not taken from memory
    build(options)
    report = benchmark(build, options)
    assert report.done
    assert not report.reasons
