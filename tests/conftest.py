"""The fixtures of all tests: a small site in a temporary folder that can be edited and built."""

from __future__ import annotations

import ast
import gc
import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from confinement import watching
from filelock import FileLock
from hypothesis import settings
from jinja2 import Environment
from lxml import html

from loa.assets import Assets, StaticFiles, load_assets
from loa.pieces import Chrome
from loa.pipeline import Options, Report, build
from loa.render import environment

# The same examples in every run, and no stop-watch: the machines that run this differ, and share their processors.
settings.register_profile("loa", deadline=None, derandomize=True, database=None, max_examples=50)
settings.load_profile("loa")

# Sites are built in memory where there is room: what a disk does is no subject here, and waiting for it costs minutes.
# Where containers forbid to run what lies there, hooks of git could not be tried.
_MEMORY = "/dev/shm"
_CAN_RUN = os.access(_MEMORY, os.W_OK) and not os.statvfs(_MEMORY).f_flag & os.ST_NOEXEC
if _CAN_RUN and shutil.disk_usage(_MEMORY).free > 4 * 2**30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", _MEMORY)

# ``make reliability`` tries more cases of what cannot all be tried each time.
LONG = bool(os.environ.get("LOA_LONG"))
NOW = datetime.fromisoformat("2026-06-01T12:00:00+07:00")
# A little after the newest article of the sample content.
SAMPLE_NOW = datetime.fromisoformat("2026-11-01T08:00:00+07:00")
REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLES = REPOSITORY.parent / "shared" / "samples"

SITE_TOML = """\
title = "Cổng thử nghiệm"
base_url = "https://thu.example"
organization = "UBND tỉnh Thử"

[lists]
page_size = 3
earlier = 4
feed = 3

[search]
texts = false

[[category]]
slug = "tin"
name = "Tin tức – Sự kiện"

[[category]]
slug = "chi-dao"
name = "Chỉ đạo điều hành"

[[unit]]
slug = "truyen-thong"
name = "Phòng Truyền thông"
"""


def template(main: str) -> str:
    """A template of a page that may go live, with nothing but ``main`` on it."""
    return f'<!doctype html>\n<html lang="vi"><head><title>T</title></head><body>{main}</body></html>\n'


_compiled: dict[tuple[str, str | None, str], CodeType] = {}


def compiling_once(chrome: Chrome, folders: tuple[Path, ...], _: object = None) -> Environment:
    """``render.environment``, but each template is compiled once for all sites of this process.

    Compiling is most of what a first build of a small site costs, and keeping in each site's own memory what was
    compiled is most of the rest; hundreds are built here.
    """
    made = environment(chrome, folders)
    compile_template = made.compile

    def compile_once(source: str, name: str | None = None, filename: str | None = None) -> CodeType:
        # Jinja works out what is constant while it compiles, and addresses below this one are.
        key = (chrome.base_url, name, source)
        if key not in _compiled:
            _compiled[key] = compile_template(source, name, filename)
        # A fault is told with the file of the site at hand.
        return _compiled[key].replace(co_filename=filename or "<template>")

    made.compile = compile_once  # type: ignore[method-assign,assignment]  # as loaders call it
    return made


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder`` by its path in there: the quickest way, since this is asked thousands of times."""
    inside = len(str(folder)) + 1
    files = sorted(f"{parent}/{name}" for parent, _, names in os.walk(folder) for name in names)
    return {file[inside:]: Path(file).read_bytes() for file in files}


class SiteTest:
    """A site in a folder: write, edit, build, look. Every step returns the site, so that steps can be chained."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.report = Report(())
        self.write("site.toml", SITE_TOML)

    @classmethod
    def at(cls, root: Path) -> SiteTest:
        """The site that lies in a folder already, with its own settings."""
        settings = (root / "site.toml").read_bytes()
        return cls(root).write("site.toml", settings)

    # --- editing -----------------------------------------------------------------

    def write(self, path: str, text: str | bytes) -> SiteTest:
        """Write a file of the site; ``path`` is relative to its folder."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return self

    def article(self, path: str, body: str = "Nội dung bài viết.", **fields: object) -> SiteTest:
        """Write an article at ``content/tin/PATH.md``; fields not given get plain values, None leaves one out."""
        defaults = {"title": f'"Bài {path}"', "date": "2026-05-01", "category": "Tin tức – Sự kiện"}
        lines = [f"{key}: {value}" for key, value in {**defaults, **fields}.items() if value is not None]
        return self.write(f"content/tin/{path}.md", "\n".join(["---", *lines, "---", "", body, ""]))

    def page(self, path: str, body: str = "Nội dung trang.", **fields: object) -> SiteTest:
        """Write a standing page at ``content/trang/PATH.md``."""
        lines = [f"{key}: {value}" for key, value in {"title": f'"Trang {path}"', **fields}.items()]
        return self.write(f"content/trang/{path}.md", "\n".join(["---", *lines, "---", "", body, ""]))

    def document(self, path: str, body: str = "Nội dung văn bản.", **fields: object) -> SiteTest:
        """Write a document at ``content/van-ban/PATH.md``; fields as for articles."""
        defaults = {
            "kind": "Công văn",
            "number": "12/UBND-TH",
            "issued": "2026-04-20",
            "issuer": "Ủy ban nhân dân tỉnh",
            "subject": f'"trích yếu {path}"',
        }
        lines = [f"{key}: {value}" for key, value in {**defaults, **fields}.items() if value is not None]
        return self.write(f"content/van-ban/{path}.md", "\n".join(["---", *lines, "---", "", body, ""]))

    def replace(self, path: str, old: str, new: str) -> SiteTest:
        """Replace words in a file that must hold them."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {path}"
        return self.write(path, text.replace(old, new))

    def delete(self, path: str) -> SiteTest:
        """Delete a file."""
        (self.root / path).unlink()
        return self

    def give_up(self, *paths: str) -> SiteTest:
        """Delete texts, and say that their addresses need not answer any more."""
        settings = (self.root / "site.toml").read_text(encoding="utf-8")
        known, _, listed = settings.partition("\n[addresses]\ngone = ")
        urls = [*(ast.literal_eval(listed) if listed else []), *(f"/{path.removesuffix('.md')}.html" for path in paths)]
        for path in paths:
            self.delete(f"content/{path}")
        return self.write("site.toml", f"{known}\n[addresses]\ngone = {urls!r}\n")

    # --- building ----------------------------------------------------------------

    def build(self, **options: object) -> SiteTest:
        """Build into ``public``, at a fixed moment and in this process unless told otherwise."""
        chosen = {"root": self.root, "now": NOW, "workers": 1, **options}
        # Whatever a test builds reads and writes nothing outside its site.
        with watching(self.root, chosen.get("output"), chosen.get("release")) as outside:  # type: ignore[arg-type]  # any
            self.report = build(Options(**chosen))  # type: ignore[arg-type]  # any
        assert outside == []
        return self

    # --- looking -----------------------------------------------------------------

    @property
    def public(self) -> dict[str, bytes]:
        """Every published file by path."""
        return files_of(self.root / "public")

    def text(self, path: str) -> str:
        """A published file as text."""
        return (self.root / "public" / path).read_text(encoding="utf-8")

    def html(self, path: str) -> html.HtmlElement:
        """A published page, parsed."""
        return html.document_fromstring((self.root / "public" / path).read_bytes())

    @property
    def rendered(self) -> set[str]:
        """What the last build rendered."""
        return set(self.report.reasons)

    @property
    def problems(self) -> list[str]:
        """The problems of the last build, as an editor sees them: place, field, sentence, hint."""
        return [
            f"{p.path}:{p.line} {p.field} | {p.message} | {p.hint}"
            for p in self.report.problems
            if p.severity == "error"
        ]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first, so that no process is left with one of them when all others have nothing more to do."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    # For ``make reliability``: which goals of promises.toml a test shows, and how often.
    for item in items:
        for mark in item.iter_markers("proves"):
            told = [*mark.args, item.nodeid.partition("[")[0], mark.kwargs.get("times", 1)]
            item.user_properties.append(("proves", json.dumps(told)))


def pytest_collection_finish() -> None:
    """What was collected stays: to look for garbage among it took 12 of 41 seconds of a part of the suite."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_the_disk() -> Iterator[None]:
    """Flushing guards against power cuts, which no test can make; waiting for the disk would cost minutes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda _: None)
        patch.setattr("os.sync", lambda: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_templates() -> Iterator[None]:
    """Each template is compiled once for all builds of this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("loa.render.environment", compiling_once)
        yield


_loaded: dict[tuple[Any, ...], Assets] = {}


def loading_once(static: StaticFiles) -> Assets:
    """``assets.load_assets``, but of the same files, none of which was touched since, once in this process.

    Most sites here have the repository's stylesheets and scripts, and to shorten those takes part of each build.
    """
    key = tuple(static.items())
    if key not in _loaded:
        _loaded[key] = load_assets(static)
    return _loaded[key]


@pytest.fixture(scope="session", autouse=True)
def loaded_assets() -> Iterator[None]:
    """The same assets are loaded once for all builds of this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("loa.kept.load_assets", loading_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def small_sections() -> Iterator[None]:
    """Small sites divided as large ones are, so that what happens at the edges of sections happens in tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("loa.entry_pages._ARTICLES", 3)
        patch.setattr("loa.plan._PAGES", 2)
        yield


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    """An empty site with two categories and one unit."""
    return SiteTest(tmp_path / "site")


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder ``name`` that ``make`` fills, once for all processes of pytest-xdist."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, finished = shared / name, shared / f"{name}.ok"
    with FileLock(shared / f"{name}.lock"):
        if not finished.exists():
            folder.mkdir()
            make(folder)
            finished.touch()
    return folder


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published sample site of the repository."""

    def publish(folder: Path) -> None:
        report = build(Options(root=REPOSITORY, output=folder / "public", now=SAMPLE_NOW, workers=1))
        assert report.done, report.problems

    return made_once(tmp_path_factory, "sample", publish) / "public"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real publications beside the repository; tests that need it are skipped where it is absent."""
    if not SAMPLES.is_dir():
        pytest.skip("the sample publications are not here")
    return SAMPLES
