"""Whatever lies below ``content``, every text is published, held back or refused by name: none is lost in silence."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import LONG, NOW, SiteTest
from golden.mistakes import (
    BAI,
    BYTES,
    CATEGORY,
    DATES,
    FIELDS,
    LIFE,
    YAML,
    Make,
    bai,
    bomb,
    link_to,
    picture,
    pipe,
    text,
    van_ban,
)
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from loa import pipeline
from loa.cli import main
from property.test_incremental import THEME, _page_template

pytestmark = pytest.mark.no_cover

# Of each part, in pairs of which the second comes in the place of the first; parts run beside each other.
PARTS, PAIRS = (4, 125) if LONG else (1, 25)

# What is only slow to refuse is tried elsewhere.
_SLOW = {
    "file-of-13-mb",
    "body-of-links",
    "nesting-without-end",
    "tags-by-hundreds",
    "deep-nesting-of-thousands",
    "alias-bomb",
}
_SLOW |= {name for name in BYTES if name.startswith("body-") and name != "body-is-a-comment"}
# Those of one file that are wrong wherever it lies, whatever lies beside it and was published before.
FAULTS = {
    name: case[BAI]
    for name, case in {**YAML, **FIELDS, **DATES, **BYTES, **LIFE}.items()
    if [*case] == [BAI] and isinstance(case[BAI], str | bytes) and name not in _SLOW and "published-and" not in name
}
FRONT = {name for name in FAULTS if name in {**YAML, **FIELDS, **DATES} and not name.startswith("fence-missing-but")}
JUNK = {
    "picture": picture("PNG"),
    "zip": b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)),
    "noise": bytes(range(255, 0, -1)) * 20,
    "only-front-matter": text("title: Chỉ có đầu", "date: 2026-05-01", CATEGORY, body=""),
    "only-body": "Chỉ có thân bài, không có gì ở trên.\n",
    "utf-16": bai().encode("utf-16"),
    "nothing": b"",
}


class File(NamedTuple):
    """What lies at a path: its bytes or how it is made, and what is to become of a well-named text of that kind.

    ``fate``: published, held, faulty; or any of these, where others have a part in it. ``mark`` is in its title.
    """

    make: Make
    fate: str
    mark: str = ""
    kind: str = ""
    name: str = ""


def _fields(kind: str, mark: str, *more: str, body: str = "", date: str = "2026-05-01") -> str:
    """A sound text of a ``kind`` in whose title and body ``mark`` stands."""
    body = body or f"Thân {mark} của bài."
    if kind == "trang":
        return text(f"title: Trang {mark}", *more, body=body)
    if kind == "van-ban":
        return van_ban(*more, number=f"{int(mark[1:]) + 1}/UBND-TH", subject=f"trích yếu {mark}", body=body)
    return text(f"title: Bài {mark}", f"date: {date}", CATEGORY, *more, body=body)


def _encoded(words: str, form: str) -> bytes:
    match form:
        case "mark":
            return b"\xef\xbb\xbf" + words.encode()
        case "windows":
            return words.replace("\n", "\r\n").encode()
        case "decomposed":
            return unicodedata.normalize("NFD", words).encode()
    return words.encode()


FOLDERS = ("tin", "tin/2026/05", "trang", "van-ban", "van-ban/2026")
_ODD = ("", "anh", "tep", "cong-van", "tin/Năm 2026", "tin/2026.bak", "van-ban/so", "trang/_luu", "tin/.an", "tin/con")
_WELL_NAMED = ("a", "b", "c", "lich-tiep-dan", "12-ubnd-th", "bai-2026")
_NAMES = (
    *("Lich.md", "lịch tiếp.md", "Bài viết.MD", "a.MD", "a.md.md", "a.md.txt", "a.docx", "a.doc", "a.txt", "a.html"),
    *("bài.md", "ba\u0300i.md", ".an.md", "~$a.md", "~a.md", "a.md~", "a.md.bak", "khong-duoi", "index.md", "nul.md"),
    *(
        "a--b.md",
        "-a.md",
        "a_b.md",
        "---.md",
        ".md",
        "a .md",
        " a.md",
        "a..md",
        "a.markdown",
        "a.mdx",
        "A.JPG",
        "h.png",
    ),
    *(
        "Hình ảnh.png",
        "k.pdf",
        "x.exe",
        "a.svg",
        f"{'le-hoi-' * 35}thu.md",
        f"{'x' * 240}.jpg",
        "a\nb.md",
        "a\u200bb.md",
    ),
    *("đ.md", "\U0001f600.md", "#a.md#", "Thumbs.db", "a.tmp", "README.md", "readme"),
)
ANCHOR = "content/tin/neo.md"
PLAIN = [f"content/{folder}/{name}.md" for folder in FOLDERS for name in _WELL_NAMED]
ODD = [
    f"content/{folder}/{name}".replace("//", "/")
    for folder in (*FOLDERS, *_ODD)
    for name in (*_NAMES, *(f"{name}.md" for name in _WELL_NAMED))
    if f"content/{folder}/{name}" not in PLAIN
]
KINDS = ("tin", "trang", "van-ban")


@st.composite
def _file(draw: st.DrawFn, path: str, number: int) -> File:
    kind = path.split("/")[1]
    if kind not in KINDS or draw(st.integers(0, 9)) == 0:
        kind = draw(st.sampled_from(KINDS))
    mark = f"q{number:03d}"
    what = draw(st.sampled_from(("sound",) * 4 + ("held", "ended", "fault", "fault", "fault", "junk", "other", "odd")))
    match what:
        case "sound":
            form = draw(st.sampled_from(("", "", "mark", "windows", "decomposed")))
            return File(_encoded(_fields(kind, mark), form), "published", mark, kind, form)
        case "held":
            more = draw(st.sampled_from(("draft: true", "publish_at: 2026-07-01 08:00", "draft: true\nviews: 5")))
            if kind != "tin":
                more = more.partition("\n")[0]
            return File(_fields(kind, mark, more), "held", mark, kind, more)
        case "ended":
            withdrawn = f"withdrawn: {{date: 2026-05-20, by: Văn phòng, reason: sai {mark}}}"
            more = draw(st.sampled_from((withdrawn, "expires: 2026-05-20"))) if kind == "tin" else withdrawn
            return File(_fields(kind, mark, more), "published", mark, kind, more)
        case "fault" | "junk":
            known = FAULTS if what == "fault" else JUNK
            name = draw(st.sampled_from(sorted(known)))
            return File(known[name], "faulty", "", "", name)
        case "other":
            # Links to others, which may be there or not, and addresses that several may want.
            more = draw(st.sampled_from(("", "aliases: [/cu/mot.html]", "aliases: [/cu/hai.html, /tin/a.html]")))
            target = draw(st.sampled_from(("/tin/a.html", "/trang/b.html", "/cu/mot.html", "/tep/k.pdf", "a.md", "/")))
            body = f"Thân {mark}: [ở kia]({target})."
            return File(_fields(kind, mark, *([more] if more else []), body=body), "any", mark, kind, target)
    name, make = draw(
        st.sampled_from(
            (("link", link_to("a.md")), ("out", link_to("/etc/hostname")), ("pipe", pipe), ("bomb", bomb()))
        )
    )
    return File(make, "faulty", "", "", name)


@st.composite
def _tree(draw: st.DrawFn, first: int = 0) -> dict[str, File]:
    """Files by path relative to the site."""
    places = st.one_of(st.sampled_from(PLAIN), st.sampled_from(PLAIN), st.sampled_from(ODD))
    paths = draw(st.lists(places, min_size=1, max_size=12, unique=True))
    return {path: draw(_file(path, first + number)) for number, path in enumerate(paths)}


def _plant(site: SiteTest, tree: dict[str, File]) -> dict[str, File]:
    """Write the ``tree`` into the ``site``; those of its files that a disk can hold there."""
    planted: dict[str, File] = {}
    for path, file in tree.items():
        at = site.root / path
        with contextlib.suppress(OSError):
            at.parent.mkdir(parents=True, exist_ok=True)
            if at.is_symlink() or (at.exists() and not at.is_file()):
                at.unlink()
            if callable(file.make):
                file.make(at)
            else:
                at.write_bytes(file.make.encode() if isinstance(file.make, str) else file.make)
            planted[path] = file
    return planted


def is_passed_over(path: str) -> bool:
    """Whether the file is one that editors' machines leave behind, or lies in a hidden folder."""
    *folders, name = path.split("/")
    left_behind = re.fullmatch(r"\..*|~\$.*|.*~|#.*#|Thumbs\.db|.*\.(bak|tmp|swp)", name)
    return bool(left_behind) or any(folder.startswith(".") for folder in folders)


def is_text(path: str) -> bool:
    return path.lower().endswith(".md") and not is_passed_over(path)


def fate_of(path: str, file: File) -> str:
    """What is to become of a text; faulty in a wrong place, by a wrong name, or of another kind than its folder."""
    if path not in PLAIN and path != ANCHOR:
        return "faulty"
    return "faulty" if file.kind and file.kind != path.split("/")[1] else file.fate


def page_of(path: str) -> str:
    return path.removeprefix("content/").removesuffix(".md") + ".html"


def _state(site: SiteTest) -> dict[str, tuple[bytes, int, int]]:
    files = (file for file in sorted((site.root / "public").rglob("*")) if file.is_file())
    return {str(file): (file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_ino) for file in files}


def _lines(path: Path) -> int:
    if not path.is_file() or path.is_symlink():
        return 0
    return len(path.read_bytes().decode("utf-8", "replace").splitlines()) or 1


def check_problems(site: SiteTest, tree: dict[str, File], *, complete: bool) -> None:
    """Every file that is faulty by itself is named, with words and a line that is there."""
    named = {fault.path for fault in site.report.problems if fault.blocking}
    faulty = {path for path, file in tree.items() if is_text(path) and fate_of(path, file) == "faulty"}

    assert faulty <= named
    for fault in site.report.problems:
        assert fault.message
        assert 0 <= fault.line <= _lines(site.root / fault.path) or fault.path == "site.toml", fault
        if fault.blocking and fault.path in PLAIN and tree.get(fault.path, GONE).name in FRONT:
            assert fault.line >= 1, fault
    if complete and not named:
        # Everything could be read: of what is no text, too, each is used or named.
        said = {fault.path for fault in site.report.problems}
        used = {f"content/{path}" for path in site.public}
        others = {path for path in tree if not is_text(path) and not is_passed_over(path)}
        assert others <= said | used


def check_sum(site: SiteTest, tree: dict[str, File], before: dict[str, File]) -> None:
    """In a site that was published each text is one of published, held, refused; ``before`` are texts by page."""
    report, public = site.report, site.public
    texts = {path for path in tree if is_text(path)}
    held = {item.file for item in report.held}
    refused = {path for path in report.refused if path in texts}
    published = texts - held - refused

    assert not held & refused
    assert held <= texts
    assert all(item.reason for item in report.held)
    assert report.published == len(published)
    for path in published:
        file = tree[path]
        assert fate_of(path, file) in ("published", "any"), path
        assert file.mark.encode() in public[page_of(path)], path
    for path in texts:
        fate = fate_of(path, tree[path])
        # A new form may lack the addresses that the last one had.
        is_bound = before.get(page_of(path), GONE).fate == "any" and page_of(path) in before
        assert fate != "published" or path in published or (path in refused and is_bound), path
        assert fate != "held" or path in held or (path in refused and page_of(path) in before), path
        assert fate != "faulty" or path in refused, path
    for path in held:
        assert page_of(path) not in public
    for path in refused | set(report.refused):
        page, known = page_of(path), before.get(page_of(path))
        assert known or path not in report.kept, path
        if path in report.kept:
            assert known.mark.encode() in public[page], path
        elif path in report.completed:
            assert tree[path].mark.encode() in public[page], path
        elif known:
            # Another has taken one of its addresses meanwhile; its page asks for patience.
            assert known.fate == "any", path
            assert page in public, path
        if page in public and (now := tree.get(path, GONE).mark) and known is None:
            assert now.encode() not in public[page], path


def marks(site: SiteTest, tree: dict[str, File], before: dict[str, File]) -> dict[str, File]:
    """The texts that stand on pages, after a build that published."""
    refused = set(site.report.refused)
    held = {item.file for item in site.report.held}
    now = {
        page_of(path): file for path, file in tree.items() if is_text(path) and path not in refused and path not in held
    }
    kept = {page_of(path) for path in site.report.kept}
    completed = {page_of(path): tree[path] for path in site.report.completed}
    return {**{page: file for page, file in before.items() if page in kept}, **completed, **now}


def run(site: SiteTest, *options: str) -> tuple[int, str]:
    """The command line: its exit code, and all that it says."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main(["--root", str(site.root), "--now", NOW.isoformat(), "--workers", "1", *options])
    return code, said.getvalue()


def build(site: SiteTest, *, skip_bad: bool = False) -> None:
    site.report = pipeline.build(pipeline.Options(root=site.root, now=NOW, workers=1, skip_bad=skip_bad))


def build_and_check(site: SiteTest, tree: dict[str, File], before: dict[str, File]) -> dict[str, File]:
    """Build as it is, and without what is bad; what stands on the pages then."""
    old = _state(site)
    build(site)
    check_problems(site, tree, complete=site.report.done)
    faulty = {fault.path for fault in site.report.problems if fault.blocking}
    assert site.report.done == (not faulty)
    if faulty:
        assert _state(site) == old
    build(site, skip_bad=True)
    check_problems(site, tree, complete=site.report.done)
    named = {fault.path for fault in site.report.problems if fault.blocking}
    assert named >= {path for path in faulty if is_text(path) and fate_of(path, tree.get(path, GONE)) == "faulty"}
    if site.report.done:
        check_sum(site, tree, before)
        before = marks(site, tree, before)
    else:
        # Only what is no text of ours cannot give way: here, a site of which nothing or little would be left.
        assert any(not path.startswith("content/") for path in named), named
        assert _state(site) == old
    expected = 1 if not site.report.done else 3 if named else 0
    code, said = run(site, "--skip-bad")
    assert code == expected, said
    assert "Traceback" not in said
    return before


GONE = File(b"", "any")


@contextlib.contextmanager
def _site() -> Iterator[SiteTest]:
    folder = tempfile.mkdtemp(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"), prefix="tree-")
    try:
        site = SiteTest(Path(folder) / "site")
        for name, words in THEME.items():
            site.write(f"templates/{name}", words if name.startswith(("base", "comp")) else _page_template(words))
        yield site
    finally:
        shutil.rmtree(folder)


@pytest.mark.proves("R2 trees")
@pytest.mark.parametrize("part", range(PARTS))
def test_no_text_of_any_tree_is_lost_in_silence(part: int, record_property: Callable[[str, object], None]) -> None:
    tried = 0

    # What fails is not shrunken: each try takes several builds.
    @seed(part)
    @settings(
        max_examples=PAIRS, phases=(Phase.generate,), report_multiple_bugs=False, suppress_health_check=[*HealthCheck]
    )
    @given(st.data())
    def each_tree(data: st.DataObject) -> None:
        nonlocal tried
        # All at once: what is drawn must not depend on what a build does.
        first, second = data.draw(_tree()), data.draw(_tree(first=100))
        away = data.draw(st.sets(st.sampled_from(sorted(first)), max_size=2))
        with _site() as site:
            (site.root / "content/tin/trong").mkdir(parents=True)
            tree = _plant(site, {ANCHOR: File(_fields("tin", "q999"), "published", "q999", "tin")} | first)
            before = build_and_check(site, tree, {})

            for path in away & tree.keys():
                (site.root / path).unlink()
                del tree[path]
            tree |= _plant(site, second)
            build_and_check(site, tree, before)
        tried += 2

    each_tree()
    record_property("times", tried)
