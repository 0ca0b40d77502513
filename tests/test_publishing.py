"""What a build publishes, as a reader would find it, at every instant and after every accident."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from posixpath import join
from typing import Any, NamedTuple
from unittest.mock import patch
from urllib.parse import urldefrag

import pytest
from conftest import LONG, NOW, REPOSITORY, SITE_TOML, SiteTest
from lxml import html

from loa.cli import main
from loa.errors import LoaError, UsageError
from loa.pipeline import Options, build
from loa.releases import roll_back


def test_an_article_is_published_at_the_path_of_its_file(site: SiteTest) -> None:
    site.article("2026/05/le-hoi", title="Lễ hội").build()

    assert site.report.done
    assert site.html("tin/2026/05/le-hoi.html").findtext(".//h1") == "Lễ hội"


TOUCHED = {
    "tin/2026/05/moi.html",
    "index.html",
    "chuyen-muc/tin/index.html",
    "chuyen-muc/tin/rss.xml",
    "chuyen-muc/tin/atom.xml",
    "chuyen-muc/index.html",
    "luu-tru/index.html",
    "luu-tru/2026/index.html",
    "luu-tru/2026/05/index.html",
    "rss.xml",
    "atom.xml",
    "sitemap.xml",
    "sitemap-2026.xml",
    "tim-kiem/index.html",
    "tim-kiem/tra-cuu/2026-1.idx",
    "tim-kiem/tra-cuu/2026-1/0.idx",
}


def test_publishing_one_article_touches_a_fixed_set_of_files(site: SiteTest) -> None:
    for number in range(10):
        site.article(f"2026/05/bai-{number}", date=f"2026-05-{number + 1:02}")
    site.build()

    site.article("2026/05/moi", date="2026-05-20").build()

    assert site.rendered == TOUCHED


def test_a_numbered_page_appears_when_its_last_article_has_left_the_front(site: SiteTest) -> None:
    for number in range(9):
        site.article(f"2026/05/bai-{number}", date=f"2026-05-{number + 1:02}")
    site.build()

    site.article("2026/05/moi", date="2026-05-20").build()

    # The page before the new one gets a link to it; no older page changes.
    listings = ("chuyen-muc/tin", "luu-tru/2026", "luu-tru/2026/05")
    assert site.rendered - TOUCHED == {f"{front}/trang/{n}/index.html" for front in listings for n in (2, 3)}


# --- order, links and accidents -----------------------------------------------------

HOST = "https://thu.example"
ADDRESS = re.compile(rb"https://thu\.example(/[^<\"'\s]*)?")


def before_the_update(site: SiteTest) -> SiteTest:
    """A published site of a few articles that link to one another."""
    for number in range(5):
        site.article(f"2026/05/bai-{number}", date=f"2026-05-{number + 1:02}", tags="[y tế]")
    site.article("2026/05/nguon", "Xem [bài 1](bai-1.md) và [bài 2](bai-2.md).", author="Lê An")
    site.page("lien-he", "Xem [bài 4](/tin/2026/05/bai-4.html).")
    site.write("static/css/index.css", "body { color: black }")
    return site.build()


def update(site: SiteTest) -> SiteTest:
    """Every kind of change at once: new, edited, renamed and deleted, and a style that is in every page."""
    site.article("2026/05/moi", "Xem [bài 0](bai-0.md).", date="2026-05-20", tags="[lễ hội]", author="Trần Bình")
    site.article("2026/05/moi-nua", "Xem [bài mới](moi.md).", date="2026-05-21", tags="[lễ hội]")
    site.article("2026/05/nguon", "Xem [bài mới](moi.md) và [bài 2](bai-2-moi.md).", author="Trần Bình")
    site.replace("content/tin/2026/05/bai-3.md", "Bài 2026/05/bai-3", "Một tên khác")
    site.delete("content/tin/2026/05/bai-2.md")
    site.article("2026/05/bai-2-moi", date="2026-05-03", aliases="[/tin/2026/05/bai-2.html]")
    site.page("a-moi", "Xem [bài mới](/tin/2026/05/moi.md).").page("z-moi", "Xem [trang kia](a-moi.md).")
    menu = '[[menu]]\nlabel = "Trang mới"\nurl = "/trang/z-moi.html"\n'
    site.write("site.toml", SITE_TOML + menu).give_up("tin/2026/05/bai-1.md")
    return site.write("static/css/index.css", "body { color: teal }")


# pytest's ``record_property``: what a test says of itself in a report.
Record = Callable[[str, object], None]


class Accident(BaseException):
    """The process is gone; nothing may catch this."""


@contextmanager
def disk(at: Callable[[str, Path | None], None]) -> Iterator[None]:
    """Calls ``at`` with the name and the target of every change of the disk, just before it is made."""

    def told(name: str, function: Callable[..., Any], target: int) -> Callable[..., Any]:
        def change(*arguments: Any, **options: Any) -> Any:
            place = arguments[target]
            at(name, Path(place) if isinstance(place, str | Path) and "dir_fd" not in options else None)
            return function(*arguments, **options)

        return change

    def half_written(file: Path, data: bytes) -> int:
        try:
            at("write", file)
        except BaseException:
            real_write(file, data[: len(data) // 2])
            raise
        return real_write(file, data)

    real_write = Path.write_bytes
    with (
        patch.object(os, "replace", told("replace", os.replace, 1)),
        patch.object(os, "unlink", told("unlink", os.unlink, 0)),
        patch.object(os, "mkdir", told("mkdir", os.mkdir, 0)),
        patch.object(os, "rmdir", told("rmdir", os.rmdir, 0)),
        patch.object(os, "fsync", told("fsync", os.fsync, 0)),
        patch.object(Path, "write_bytes", half_written),
    ):
        yield


def failing(step: int, fault: Callable[[], BaseException], *, once: bool = False) -> Callable[[str, Path | None], None]:
    """Lets ``step`` changes of the disk happen and answers every later one with ``fault``, or the next one alone."""
    done = 0

    def at(_name: str, _target: Path | None) -> None:
        nonlocal done
        done += 1
        if done == step + 1 or (done > step and not once):
            raise fault()

    return at


def changes_of(site: SiteTest, **options: Any) -> list[tuple[str, Path | None]]:
    """Builds, and tells every change of the disk."""
    found: list[tuple[str, Path | None]] = []
    with disk(lambda name, target: found.append((name, target))):
        site.build(**options)
    assert site.report.done, site.problems
    return found


def clean(site: SiteTest) -> dict[str, bytes]:
    """What a first build of the same sources gives."""
    with tempfile.TemporaryDirectory(dir=site.root.parent) as folder:
        shutil.copytree(site.root, Path(folder) / "site", ignore=shutil.ignore_patterns("public", "www", ".*"))
        return SiteTest.at(Path(folder) / "site").build().public


@pytest.fixture
def small_site() -> Iterator[SiteTest]:
    """The smallest site that can be changed in every way, in memory, since it is built hundreds of times."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as folder:
        small = SiteTest(Path(folder) / "site")
        settings = 'title = "Cổng"\nbase_url = "https://thu.example"\n[lists]\nfeed = 1\n'
        yield small.write("site.toml", f'{settings}[[category]]\nslug = "tin"\nname = "Tin tức – Sự kiện"\n')


def before_a_small_update(site: SiteTest) -> SiteTest:
    site.article("mot", tags="[y tế]").article("hai").page("lien-he", "Xem [bài hai](/tin/hai.html).")
    return site.build()


def small_update(site: SiteTest) -> SiteTest:
    """A new article under a new tag, an edited one, one that goes with its tag; and the two pages below change."""
    site.article("moi", "Xem [bài hai](hai.md).", tags="[lễ hội]", date="2026-05-20").give_up("tin/mot.md")
    return site.article("hai", "Xem [bài mới](moi.md).", title="Tên khác")


def at_every_step(
    site: SiteTest, tell: Record, every: int = 1, *, calls: bool = False, **options: Any
) -> Iterator[tuple[SiteTest, int]]:
    """The site as it is now, again and again, each time with one more change of the disk that its build may make.

    With ``calls`` also before every call that changes nothing: nobody can tell after which of these a process died,
    but each can fail. In the end it is told how ``times`` that was.
    """
    steps: list[bool] = []
    first = copy_of(site)
    with disk(lambda name, target: steps.append(calls or changes_something(name, target))):
        first.build(**options)
    assert steps.count(True) > 30
    chosen = [step for step, counts in enumerate(steps) if counts][::every]
    for step in chosen:
        yield copy_of(site), step
    tell("times", len(chosen))


def changes_something(name: str, target: Path | None) -> bool:
    """Whether a call changes what lies on the disk: flushing does not, nor what makes a folder that is there."""
    if name == "mkdir" and target is not None:
        return target.parent.is_dir() and not target.exists()
    return name != "fsync"


class Changing(NamedTuple):
    """A site that is not published yet, how it is first published, and how it is changed then."""

    site: SiteTest
    begin: Callable[[SiteTest], SiteTest]
    update: Callable[[SiteTest], SiteTest]


@pytest.fixture(params=["small", "large"] if LONG else ["small"])
def changing(request: pytest.FixtureRequest, small_site: SiteTest) -> Changing:
    if request.param == "small":
        return Changing(small_site, before_a_small_update, small_update)
    return Changing(SiteTest(small_site.root.parent / "large"), before_the_update, update)


def copied(site: SiteTest) -> Path:
    """Where ``copy_of`` puts a copy."""
    return site.root.parent / "copy"


def copy_of(site: SiteTest) -> SiteTest:
    copy = copied(site)
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(site.root, copy, symlinks=True)
    return SiteTest.at(copy)


def test_lists_appear_after_what_they_list_and_go_before_what_goes(site: SiteTest) -> None:
    before = before_the_update(site).public
    found = changes_of(update(site))

    public = site.root / "public"
    steps = [
        (name, str(target.relative_to(public)))
        for name, target in found
        if target is not None and target.is_relative_to(public) and name in ("replace", "unlink")
    ]
    replaced = {path: index for index, (name, path) in enumerate(steps) if name == "replace"}
    removed = {path: index for index, (name, path) in enumerate(steps) if name == "unlink"}

    def kind(path: str) -> str:
        if path.endswith(".xml") or path.startswith("chuyen-huong/"):
            return "for machines"
        if path.endswith(".idx"):
            return "look-up"
        if not path.endswith(".html"):
            return "asset"
        is_list = path.startswith(
            ("index", "chuyen-muc", "luu-tru", "the/", "tac-gia", "don-vi", "ban-tin", "tim-kiem")
        )
        return ("changed " if path in before else "new ") + ("list" if is_list else "page")

    order = ("asset", "new page", "new list", "changed page", "look-up", "changed list", "for machines")
    last = {path: index for path, index in replaced.items() if path not in removed}
    places = sorted(last, key=lambda path: last[path])
    assert [kind(path) for path in places] == sorted((kind(path) for path in places), key=order.index)
    assert {kind(path) for path in places} == set(order)
    assert min(removed.values()) > max(replaced.values())
    assert {"tin/2026/05/bai-1.html", "tac-gia/le-an/index.html"} <= set(removed)


def links(path: str, data: bytes) -> set[str]:
    """The published files that a page, feed or sitemap leads to."""
    if path.endswith(".html"):
        found = set()
        for element, attribute, address, _ in html.document_fromstring(data).iterlinks():
            if attribute in ("href", "src", "srcset") and element.get("rel") != "canonical":
                found.add(address)
        for element in html.document_fromstring(data).iter("img", "source"):
            found |= {part.split()[0] for part in element.get("srcset", "").split(",") if part.strip()}
    elif path.endswith((".xml", ".txt")):
        found = {match[0].decode() for match in ADDRESS.finditer(data)}
    else:
        return set()
    found = {urldefrag(address.removeprefix(HOST) or "/")[0] for address in found}
    targets = {
        join(f"/{path}", "..", address) if not address.startswith("/") else address for address in found if address
    }
    internal = {target for target in targets if ":" not in target}
    return {(target + "index.html" if target.endswith("/") else target).lstrip("/") for target in internal}


def test_every_link_on_every_page_leads_somewhere(site: SiteTest) -> None:
    public = update(before_the_update(site)).build().public

    dead = {(path, link) for path, data in public.items() for link in links(path, data) if link not in public}
    assert dead == set()
    assert sum(len(links(path, data)) for path, data in public.items()) > 500


@pytest.mark.proves("R1 links")
def test_no_link_is_dead_at_any_step_of_an_update(site: SiteTest) -> None:
    update(before_the_update(site))
    public = site.root / "public"
    known: dict[tuple[str, int], set[str]] = {}
    dead: set[str] = set()

    def look(name: str, target: Path | None) -> None:
        """Follows every link that a reader could follow just before a change."""
        if name not in ("replace", "unlink"):
            return
        files = {str(p.relative_to(public)): p for p in public.rglob("*") if p.is_file()}
        for path, file in files.items():
            this = path, file.stat().st_ino
            if this not in known:
                known[this] = links(path, file.read_bytes())
            dead.update(f"{path} → {to} before {name} {target}" for to in known[this] if to not in files)

    with disk(look):
        site.build()
    look("replace", None)

    assert site.report.removed > 3
    assert dead == set()


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.proves("R1 stops")
@pytest.mark.parametrize("first", [True, False], ids=["the first build", "an update"])
def test_a_build_that_is_killed_anywhere_leaves_whole_files_and_is_made_good_by_the_next(
    changing: Changing, first: bool, record_property: Record
) -> None:
    site = changing.begin(changing.site)
    old = site.public
    if first:
        shutil.rmtree(site.root / "public")
        shutil.rmtree(site.root / ".public.loa")
        old = {}
    else:
        changing.update(site)
    new = clean(site)
    is_small = changing.update is small_update
    given_up = clean(give_up(copy_of(site))) if is_small else {}

    for trial, step in at_every_step(site, record_property, every=1 if LONG else 5):
        with disk(failing(step, Accident)), pytest.raises(Accident):
            trial.build()
        for path, data in trial.public.items():
            assert data in (old.get(path), new.get(path)) or stands_in(path, data, old, new), (step, path)
        if first:
            assert trial.public in ({}, new), step
        if step % 2 or not is_small:
            assert trial.build().public == new, step
        else:
            # What nobody plans any more when the next build comes must go, whichever build put it there.
            assert give_up(trial).build().public == given_up, step


def but_index(files: dict[str, bytes]) -> dict[str, bytes]:
    """What is published, without the index of its texts and without the list of digests, which names it."""
    return {path: files[path] for path in files if not path.startswith(("tim-kiem/toan-van/", "MANIFEST"))}


def give_up(site: SiteTest) -> SiteTest:
    """Takes an old page away, and a new one that the killed build may have published already."""
    return (
        site.write("content/tin/moi.md", "").give_up("tin/moi.md", "trang/lien-he.md").article("hai", title="Tên khác")
    )


def stands_in(path: str, data: bytes, old: dict[str, bytes], new: dict[str, bytes]) -> bool:
    """Whether this is a whole page in place of one that is about to appear or to go."""
    is_whole = data.startswith(b"<!doctype html>") and data.rstrip().endswith(b"</html>")
    return is_whole and path.endswith(".html") and (path in old) != (path in new)


FAULTS = {
    # What the disk answers from some moment on; the last one just once.
    "disk full": (errno.ENOSPC, False),
    "no permission": (errno.EACCES, False),
    "fault of the disk": (errno.EIO, True),
}


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.proves("R1 stops")
@pytest.mark.parametrize(("fault", "once"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_the_disk_is_told_in_one_sentence_and_made_good_by_the_next_build(
    changing: Changing, capsys: pytest.CaptureFixture[str], fault: int, once: bool, record_property: Record
) -> None:
    site = changing.update(changing.begin(changing.site))
    new = clean(site)
    arguments = ["--now", NOW.isoformat(), "--workers", "1"]

    for trial, step in at_every_step(site, record_property, every=1 if LONG else 7, calls=True):
        before = trial.public
        fail = failing(step, lambda: OSError(fault, os.strerror(fault)), once=once)
        began = False

        def at(name: str, target: Path | None, fail: Any = fail, public: Path = trial.root / "public") -> None:
            nonlocal began
            fail(name, target)
            began = began or (target is not None and target.is_relative_to(public))

        with disk(at):
            code = main(["--root", str(trial.root), *arguments])

        told = capsys.readouterr()
        # The index of the texts is what a site can be published without.
        assert code in (2, 3) or trial.public == new, step
        assert code != 3 or but_index(trial.public) == but_index(new), step
        if code == 2:
            assert re.search("[Kk]hông", told.err), (step, told.err)
            assert "Traceback" not in told.err, (step, told.err)
        if not began:
            assert trial.public == before, step
        assert trial.build().public == new, step


@pytest.mark.proves("R8 starts", times=3)
def test_two_builds_at_once_end_with_the_right_site(site: SiteTest) -> None:
    before_the_update(site)
    update(site)
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(site.root), "--now", NOW.isoformat()]

    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    answers = [process.communicate(timeout=120) for process in running]

    assert [process.returncode for process in running] == [0, 0, 0], answers
    assert site.public == clean(site)


# --- what is left alone, and where things may lie ---------------------------------------


def test_files_that_others_put_into_the_output_folder_stay(site: SiteTest) -> None:
    site.write("public/google1234.html", "proof").write("public/tin/2026/ghi-chu.txt", "by hand")
    before_the_update(site)
    assert site.report.unknown == ("google1234.html", "tin/2026/ghi-chu.txt")

    update(site).build()

    assert site.text("google1234.html") == "proof"
    assert site.text("tin/2026/ghi-chu.txt") == "by hand"
    assert site.report.unknown == ()


def test_what_is_written_again_without_the_ledger_is_not_foreign(site: SiteTest) -> None:
    site.article("a").build()
    shutil.rmtree(site.root / ".public.loa")
    site.write("public/google1234.html", "proof").build()

    assert site.report.unknown == ("google1234.html",)


@pytest.mark.parametrize(
    "output", [".", "..", "/", "content", "content/tin", "static", "templates/x", "content/../content"]
)
@pytest.mark.parametrize("option", ["output", "release"])
def test_a_source_folder_is_refused_as_output(site: SiteTest, option: str, output: str) -> None:
    site.article("a")
    before = sorted(p for p in site.root.parent.rglob("*"))

    with pytest.raises(UsageError, match="thư mục nguồn"):
        site.build(**{option: site.root / output})

    assert sorted(p for p in site.root.parent.rglob("*")) == before


def test_what_is_deleted_together_with_the_output_folder_does_not_come_back(site: SiteTest) -> None:
    before_the_update(site)
    shutil.rmtree(site.root / "public")
    site.give_up("tin/2026/05/bai-1.md", "tin/2026/05/bai-3.md")
    site.article("2026/05/nguon", "Không còn liên kết.", author="Trần Bình")

    site.build()

    assert "tin/2026/05/bai-1.html" not in site.public
    assert site.public == clean(site)


def test_the_output_folder_may_lie_anywhere_else(site: SiteTest, tmp_path: Path) -> None:
    here = site.article("a").build().public

    build(Options(root=site.root, output=tmp_path / "www/html", now=NOW, workers=1))

    files = {str(p.relative_to(tmp_path / "www/html")): p for p in (tmp_path / "www/html").rglob("*") if p.is_file()}
    assert {path: file.read_bytes() for path, file in files.items()} == here


def test_an_output_folder_that_is_a_link_is_filled_where_it_leads(site: SiteTest, tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    site.article("a")
    (site.root / "public").symlink_to(tmp_path / "www")

    site.build()

    assert (site.root / "public").is_symlink()
    assert (tmp_path / "www/index.html").is_file()


def test_a_site_without_templates_and_static_files_uses_those_of_loa(site: SiteTest) -> None:
    site.article("a").build()

    assert "skip-link" in site.text("index.html")
    assert site.public["mark.svg"] == (REPOSITORY / "static/mark.svg").read_bytes()


def test_the_sites_own_templates_and_static_files_are_laid_over_those_of_loa(site: SiteTest) -> None:
    site.article("a").build()
    before = site.public

    site.write(
        "templates/components/footer.html", "{% macro footer(chrome) %}<footer>Chân trang</footer>{% endmacro %}"
    )
    site.write("static/mark.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>").write("static/them.txt", "thêm").build()

    assert "<footer>Chân trang</footer>" in site.text("index.html")
    assert "skip-link" in site.text("index.html")
    assert set(site.public) - set(before) == {"them.txt"}
    assert site.public["mark.svg"] == b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    assert site.public["favicon.svg"] == before["favicon.svg"]

    shutil.rmtree(site.root / "templates")
    shutil.rmtree(site.root / "static")
    assert site.build().public == before


def test_a_site_below_a_path_links_to_nothing_outside_of_it(site: SiteTest) -> None:
    shutil.copytree(REPOSITORY / "content/anh", site.root / "content/anh")
    picture = min(p.name for p in (site.root / "content/anh").iterdir() if p.suffix == ".jpg")
    site.article(
        "a",
        f"Xem [bài b](b.md), [mục](#muc), [trang chủ](/).\n\n## Mục\n\n![Hình](/anh/{picture})",
        image=f"{{file: /anh/{picture}, alt: Hình}}",
        tags="[y tế]",
        author="Lê An",
        aliases="[/cu/a.html]",
    )
    site.article("b").page("lien-he")
    site.write("site.toml", SITE_TOML.replace("https://thu.example", "https://x.example/cong"))
    site.write(
        "site.toml",
        (site.root / "site.toml").read_text() + '[[menu]]\nlabel = "Liên hệ"\nurl = "/trang/lien-he.html"\n',
    )
    site.build()
    assert site.report.done, site.problems

    outside = []
    for path, data in site.public.items():
        if path.endswith(".html"):
            for _, _, address, _ in html.document_fromstring(data).iterlinks():
                if not re.match(r"(/cong/|https://x\.example/cong(/|$)|#|mailto:|http://purl\.org/dc/)", address):
                    outside.append(f"{path}: {address}")
        if path.endswith((".html", ".xml", ".txt", ".webmanifest")):
            found = re.findall(rb"x\.example(?!/cong\b|%2Fcong%2F|,2021)[^\"<\s]{0,30}", data)
            outside += [f"{path}: {place.decode()}" for place in found]
    assert outside == []
    manifest = json.loads(site.text("site.webmanifest"))
    assert manifest["start_url"] == manifest["scope"] == "/cong/"
    assert all(icon["src"].startswith("/cong/") for icon in manifest["icons"])


# --- releases -------------------------------------------------------------------------------


def release_of(site: SiteTest) -> dict[str, bytes]:
    current = (site.root / "www/current").resolve()
    return {str(p.relative_to(current)): p.read_bytes() for p in sorted(current.rglob("*")) if p.is_file()}


def test_a_release_is_the_same_site_with_a_list_of_digests(site: SiteTest) -> None:
    public = before_the_update(site).public

    site.build(release=site.root / "www")

    release = release_of(site)
    listed = dict(line.split("  ")[::-1] for line in release.pop("MANIFEST.sha256").decode().splitlines())
    assert release == public
    assert listed == {path: sha256(data).hexdigest() for path, data in public.items()}


@pytest.mark.proves("R12 rollback")
def test_an_unchanged_file_is_shared_with_the_release_before_and_a_roll_back_restores_every_byte(
    site: SiteTest, record_property: Record
) -> None:
    before_the_update(site).build(release=site.root / "www")
    old, old_folder = release_of(site), (site.root / "www/current").resolve()
    update(site).build(release=site.root / "www")
    new, new_folder = release_of(site), (site.root / "www/current").resolve()

    assert new != old
    unchanged = {path for path in old if new.get(path) == old[path]} - {"MANIFEST.sha256"}
    assert len(unchanged) > 5
    assert {path for path in unchanged if not (old_folder / path).samefile(new_folder / path)} == set()

    begun = time.monotonic()
    roll_back(site.root / "www")
    record_property("seconds", time.monotonic() - begun)
    assert release_of(site) == old


RELEASE_STOPS = {"killed": (0, False), **FAULTS}


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.proves("R1 stops")
@pytest.mark.parametrize(("fault", "once"), RELEASE_STOPS.values(), ids=RELEASE_STOPS)
def test_a_release_that_is_stopped_anywhere_leaves_the_old_site_or_the_new_one(
    changing: Changing, fault: int, once: bool, record_property: Record
) -> None:
    site = changing.begin(changing.site).build(release=changing.site.root / "www")
    old = release_of(site)
    new = clean(changing.update(site))

    every = 1 if LONG else (9 if fault else 3)
    for trial, step in at_every_step(site, record_property, every, calls=bool(fault), release=copied(site) / "www"):
        fail = failing(step, lambda: OSError(fault, os.strerror(fault)) if fault else Accident(), once=once)
        # A fault that comes once may hit what can be done without.
        with disk(fail), contextlib.suppress(LoaError, OSError, Accident):
            trial.build(release=trial.root / "www")
        left = release_of(trial)
        assert left == old or but_index(left) == but_index(new), step

        trial.build(release=trial.root / "www")
        live = release_of(trial)
        assert {path: live[path] for path in live if path != "MANIFEST.sha256"} == new, step
        roll_back(trial.root / "www")
        # That without an index was a release, too.
        assert release_of(trial) in (old, left), step
