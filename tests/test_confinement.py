"""Nothing is written outside the output folder, and nothing outside the site is read into it."""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC
from pathlib import Path

import pytest
from confinement import watching
from conftest import LONG, REPOSITORY, SAMPLE_NOW, SiteTest
from golden.mistakes import BAI, CATALOGUE, HARMLESS, TEMPLATES, WARNINGS, commit, link_to, online

from loa import addresses
from loa.cli import main
from loa.fields import FieldsError, read_aliases
from loa.scan import _TEXT, _Names, _refusal
from loa.site_toml import _FRONT, _SLUG

# Others measure what is run here; to measure it once more takes as long as to run it.
pytestmark = pytest.mark.no_cover

CASES = {**CATALOGUE, **WARNINGS, **TEMPLATES, **{name: {BAI: data} for name, data in HARMLESS.items()}}
CASES["link-among-static-files"] = {"static/ten-may.txt": link_to("/etc/hostname"), "static/etc": link_to("/etc")}
# Those that lead out always.
OUT = {name: case for name, case in CASES.items() if "outside" in name or "link" in name or "root" in name}
TRIED = CASES if LONG else {**dict([*CASES.items()][::40]), **OUT}
PARTS = 4 if LONG else 1


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return online(tmp_path_factory.mktemp("confined") / "site").root


@pytest.mark.proves("R10 builds")
@pytest.mark.parametrize("part", range(PARTS))
def test_no_mistake_makes_a_build_leave_the_site(
    part: int, published: Path, tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    outside: dict[str, list[str]] = {}
    cases = [*TRIED.items()][part::PARTS]
    for number, (name, case) in enumerate(cases):
        root = Path(shutil.copytree(published, tmp_path / f"{number}" / "site", symlinks=True))
        commit(case, root)
        # With processes of their own too; skipping what is bad, the rest is published.
        for options in ([], ["--skip-bad", "--full", "--workers", "2"]):
            with watching(root, is_strict=True) as found:
                main(["--root", str(root), "--now", "2026-06-01T12:00+07:00", "--workers", "1", *options])
            if found:
                outside[f"{name} {options}"] = found

    assert outside == {}
    record_property("times", 2 * len(cases))


@pytest.mark.proves("R10 builds", times=2)
def test_the_command_stays_within_the_folders_of_its_site(published: Path, tmp_path: Path) -> None:
    root = tmp_path / "site"
    if LONG:
        # With pictures of every kind, documents and the index of texts; its cache is its own.
        shutil.copytree(REPOSITORY / "content", root / "content")
        shutil.copy(REPOSITORY / "site.toml", root)
    else:
        shutil.copytree(published, root, symlinks=True)
    command = [sys.executable, "-B", str(REPOSITORY / "tests/confinement.py"), "--root", str(root), "--full"]

    for options in (["--workers", "2"], ["--release", str(root / "www"), "--workers", "1"]):
        done = subprocess.run(
            [*command, "--now", SAMPLE_NOW.isoformat(), *options], capture_output=True, text=True, check=False
        )
        assert json.loads(done.stdout.splitlines()[-1]) in ([0, []], [3, []]), done.stdout + done.stderr


def test_whatever_leaves_the_site_is_seen(tmp_path: Path) -> None:
    root, outside = tmp_path / "site", tmp_path / "khac"
    (root / "public").mkdir(parents=True)
    outside.mkdir()
    (outside / "a").write_text("a")
    (root / "ra").symlink_to(outside)

    def leave() -> None:
        (outside / "a").read_text()
        (root / "ra/a").read_text()
        (root / "content.md").write_text("x")
        (root / "public/../../khac/b").write_text("x")
        (outside / "b").rename(root / "public/b")
        (root / "public/b").rename(outside / "c")
        (outside / "d").mkdir()
        (outside / "d").rmdir()
        (outside / "c").unlink()
        (outside / "e").symlink_to("x")
        list(outside.iterdir())
        folder = os.open(root / "public", os.O_RDONLY)
        os.close(os.open("../../khac/f", os.O_WRONLY | os.O_CREAT, dir_fd=folder))
        os.mkdir("../../khac/g", dir_fd=folder)
        os.close(folder)
        with socket.socket() as own:
            own.connect_ex(("127.0.0.1", 9))

    with watching(root, is_strict=True) as here:
        leave()
        (root / "public/tin").mkdir()
        (root / "public/tin/a.html").write_text((root / "public").name)
    (outside / "f").unlink(), (outside / "g").rmdir(), (outside / "e").unlink()
    with watching(root, is_strict=True) as there:
        if not (child := os.fork()):
            try:
                leave()
            finally:
                os._exit(0)
        os.waitpid(child, 0)

    assert [line.split()[0] for line in here] == [
        *("open", "open", "open", "open", "os.rename", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.symlink"),
        *("os.listdir", "open", "os.mkdir", "socket.connect"),
    ]
    assert [line.split()[0] for line in there] == [line.split()[0] for line in here]


# --- names ---------------------------------------------------------------------------------

_PIECES = [
    "..", "../", "/..", "/../", "..\\", "\\", "/", "//", "./", ".", "...", "....//", "~", "~root/", "$HOME", "-",
    "_", " ", "%2e%2e%2f", "%2E%2E/", "..%2f", "%5c..", "%252e%252e%252f", "%c0%ae%c0%ae/", "%00", "\0", "%0a",
    "\n", "\r", "\t", "\x1b", "．．／", "‥/", "…/", "․․/", "﹒﹒/", "。。/", "∕..∕", "⁄", "⧵", "\u202e", "\u200b",
    "\ufeff", "\u0301", "ế", "e\u0302\u0301", "C:", "C:\\", "\\\\may\\o", "//may/o", "file:///", "file:", "con",
    "NUL", "aux.jpg", "COM1", "lpt1.pdf", "CLOCK$", "a:b", "etc/passwd", "proc/self/environ", "dev/null", "tin",
    "tin/", "anh/", "anh/a.jpg", "tep/a.pdf", "trang", "public", ".cache", ".git/config", ".md", ".html", ".jpg",
    ".pdf", "index", "index.html", "?a=1", "#b", "đ", "Đ", "ắ", "a", "A", "1", "😀", "`id`", "$(id)", "|", ";", "*",
    "<", ">", '"', "'", "{{ 7 }}", "a" * 300, "a/" * 200, "site.toml", "loa", "van-ban/so/",
]  # fmt: skip


def names(count: int) -> Iterator[str]:
    """Names as nobody writes them, but who wants to see what happens."""
    chance = random.Random(10)
    for _ in range(count):
        name = "".join(chance.choices(_PIECES, k=chance.randint(1, 6)))
        yield unicodedata.normalize("NFD", name) if chance.random() < 0.1 else name


def leads_out(kind: str, path: str) -> bool:
    """Whether a path that is put below a folder could lead out of it, on any system, or is none.

    What is only looked for among the files that there are need not be one.
    """
    parts = path.split("/")
    is_none = kind not in ("link", "file") and ("\0" in path or "\\" in path or ":" in parts[0])
    return path.startswith("/") or ".." in parts or is_none


@pytest.mark.proves("R10 names")
def test_no_name_leads_out(record_property: pytest.RecordProperty) -> None:
    count = 100_000 if LONG else 2_000
    found = []
    accepted: Counter[str] = Counter()
    entry = "tin/2026/05/bai.md"
    lying = _Names(())
    for name in names(count):
        paths = {
            "link": addresses.output_path(addresses.resolve(entry, name)[0]),
            "file": addresses.content_path(entry, name),
            "tag": addresses.output_path(addresses.tag_url(name)),
            "person": addresses.output_path(addresses.person_url(name)),
            "stub": addresses.output_path(addresses.stub_url(name, name, name)),
        }
        with suppress(FieldsError):
            (alias,) = read_aliases("aliases", [name], UTC)
            paths["alias"] = addresses.output_path(alias)
        # What lies in content under such a name: published only where it is none.
        if not name.startswith("/") and _refusal(name, lying) is None:
            paths["offered"] = name
            paths["picture"] = addresses.picture_url(name, "0123456789", 400, "webp").lstrip("/")
        if _TEXT.fullmatch(name):
            paths["text"] = name.removesuffix(".md") + ".html"
        if _SLUG.fullmatch(name):
            paths["category"] = addresses.output_path(addresses.category_url(name))
        if _FRONT.fullmatch(name):
            paths["former"] = addresses.output_path(name)
        accepted.update(paths.keys())
        found += [f"{kind}: {name!r} -> {path!r}" for kind, path in paths.items() if leads_out(kind, path)]

    assert found == []
    # Were all refused, this would show nothing.
    assert all(accepted[kind] for kind in ("alias", "offered", "picture", "category", "link", "file"))
    record_property("times", count)


@pytest.mark.proves("R10 names")
def test_no_name_leads_a_build_out(site: SiteTest, record_property: pytest.RecordProperty) -> None:
    tried = [*names(300 if LONG else 40)]
    site.article("a")
    for number, name in enumerate(tried):
        quoted = json.dumps(name)
        site.article(
            f"n{number}",
            f"[liên kết](<{name}>)\n\n![hình](<{name}>)",
            image=f"{{file: {quoted}, alt: hình}}",
            attachments=f"[{{file: {quoted}, label: tệp}}]",
            aliases=f"[{quoted}]",
        )
        site.article(f"m{number}", category=quoted, author=json.dumps(f"a{name}"), tags=f"[{json.dumps(f'a{name}')}]")
        site.article(f"t{number}", author=json.dumps(f"a{name}"[:90]), tags=f"[{json.dumps(f'a{name}'[:90])}]")
        # What a disk can hold lies there under that name, in the folders of files and of texts.
        for folder, suffix in (("anh", ".jpg"), ("tin", ".md")):
            base = site.root / "content" / folder
            with suppress(OSError, ValueError):
                file = base / name.replace("..", "").lstrip("/")
                if file.is_relative_to(base):
                    site.write(str(file.relative_to(site.root)) + suffix, "x")

    with watching(site.root, is_strict=True) as found:
        site.build(skip_bad=True)

    assert found == []
    assert site.report.done, site.problems
    assert len(site.report.refused) > len(tried)
    record_property("times", len(tried))
