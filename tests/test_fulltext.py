"""The index of texts: what it holds, when it is made anew, and that nothing about it keeps a site from its readers."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import NOW, REPOSITORY, SITE_TOML, SiteTest

from loa import fulltext
from loa.fulltext import find_program

FOLDER = "tim-kiem/toan-van/"
TEXTS_ON = SITE_TOML.replace("texts = false", "texts = true")


@pytest.fixture(autouse=True)
def _pagefind() -> None:
    if find_program() is None:
        pytest.fail("These tests need Pagefind. Install it: sh tools/search.sh .venv")


@pytest.fixture
def indexed(site: SiteTest) -> SiteTest:
    """A published site with an article in each of two years."""
    site.write("site.toml", TEXTS_ON)
    site.article("2025/05/cu", "Đắp lại đoạn đê bị sạt lở.", date="2025-05-01")
    site.article("2026/05/moi", "Cấp nước sạch cho vùng cao.").build()
    assert site.report.done
    return site


Program = Callable[[str], None]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Puts a shell script in the place of Pagefind."""

    def put(script: str) -> None:
        file = tmp_path / "pagefind"
        file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        file.chmod(0o755)
        monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(file))

    return put


def index_files(site: SiteTest) -> dict[str, bytes]:
    return {path.removeprefix(FOLDER): data for path, data in site.public.items() if path.startswith(FOLDER)}


def held(site: SiteTest, part: str) -> list[str]:
    """The addresses that the index of a part holds."""
    return list(json.loads(index_files(site)[f"{part}/dia-chi.json"]))


def made_anew(site: SiteTest) -> set[str]:
    """The parts of which the last build has written files."""
    paths = (path.removeprefix(FOLDER) for path in site.rendered if path.startswith(FOLDER))
    return {path.partition("/")[0] for path in paths if "/" in path}


def warnings(site: SiteTest) -> list[str]:
    return [p.message for p in site.report.problems if p.field == "search"]


# --- what it holds ---------------------------------------------------------------------


def test_each_part_has_an_index_and_all_share_an_engine(indexed: SiteTest) -> None:
    files = index_files(indexed)

    assert {path.partition("/")[0] for path in files} == {"2025-1", "2026-1", "pagefind.js", "wasm.unknown.pagefind"}
    assert held(indexed, "2026-1") == ["/tin/2026/05/moi.html"]
    for part in ("2025-1", "2026-1"):
        names = {path.removeprefix(f"{part}/").partition("/")[0].rpartition(".")[2] for path in files if part in path}
        assert names == {"json", "pf_meta", "index", "fragment", "filter"}


def test_nothing_that_is_held_back_is_in_any_byte_of_it(site: SiteTest) -> None:
    site.write("site.toml", TEXTS_ON)
    site.article("2026/05/a", "Chữ CANARYCONG được đăng.", title="Bài được đăng")
    site.article("2026/05/nhap", "Chữ CANARYNHAP thì không.", draft="true")
    site.article("2026/07/mai", "Chữ CANARYMAI thì chưa.", date="2026-07-01").build()

    def unpacked(data: bytes) -> bytes:
        return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data

    everything = b"".join(map(unpacked, index_files(site).values())).lower()
    assert b"canarycong" in everything
    assert b"canarynhap" not in everything
    assert b"canarymai" not in everything

    site.replace("content/tin/2026/05/a.md", "CANARYCONG", "khác").build()
    assert b"canarycong" not in b"".join(map(unpacked, index_files(site).values())).lower()


def test_a_site_may_do_without(indexed: SiteTest) -> None:
    indexed.write("site.toml", SITE_TOML).build()

    assert index_files(indexed) == {}
    assert b"data-search-texts" not in indexed.public["tim-kiem/index.html"]
    assert b"wasm" not in indexed.public["tim-kiem/index.html"]


def test_a_site_of_which_everything_has_gone_has_no_index(indexed: SiteTest) -> None:
    indexed.give_up("tin/2025/05/cu.md", "tin/2026/05/moi.md").build(force=True)

    assert index_files(indexed) == {}


# --- when it is made anew ----------------------------------------------------------------


def test_publishing_indexes_the_part_of_the_article_only(indexed: SiteTest) -> None:
    indexed.article("2026/05/nua").build()

    assert made_anew(indexed) == {"2026-1"}
    assert held(indexed, "2026-1") == ["/tin/2026/05/moi.html", "/tin/2026/05/nua.html"]


@pytest.mark.parametrize("change", ["nothing", "a template", "the title of the site", "the memory is gone"])
def test_what_is_in_no_text_asks_for_no_index(indexed: SiteTest, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = index_files(indexed)
    if change == "a template":
        template = (REPOSITORY / "templates/pages/search.html").read_text("utf-8")
        indexed.write("templates/pages/search.html", template.replace("Tìm kiếm", "Tìm"))
    elif change == "the title of the site":
        indexed.replace("site.toml", "Cổng thử nghiệm", "Cổng khác")
    elif change == "the memory is gone":
        shutil.rmtree(indexed.root / ".cache")
    monkeypatch.setattr(fulltext, "_run", None)

    indexed.build()

    assert indexed.report.done
    assert not indexed.report.incomplete
    assert index_files(indexed) == before


def test_what_goes_of_an_index_is_sought_in_no_page(indexed: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(index_files(indexed))
    sought: list[bytes] = []
    monkeypatch.setattr("loa.publishing.links_to", lambda page, _: sought.append(page))

    indexed.article("2026/05/moi", "Cấp nước sạch cho vùng thấp.").build()

    assert before - set(index_files(indexed))
    assert not sought


@pytest.mark.parametrize("path", ["pagefind.js", "2026-1/pagefind-entry.json"])
def test_what_is_damaged_is_made_anew(indexed: SiteTest, path: str) -> None:
    before = index_files(indexed)[path]
    time.sleep(0.06)  # so that the file's time tells
    indexed.write(f"public/{FOLDER}{path}", "hỏng").build()

    assert index_files(indexed)[path][:20] == before[:20]
    assert {"2025-1", "2026-1"} == {part.partition("/")[0] for part in index_files(indexed) if "/" in part}


def test_two_hundred_texts_take_less_than_five_seconds(site: SiteTest) -> None:
    for number in range(200):
        site.article(f"2026/05/bai-{number:03}", f"Nội dung số {number}. " * 120)
    site.build()
    before = time.perf_counter()

    site.write("site.toml", TEXTS_ON).build()

    assert time.perf_counter() - before < 5
    assert len(held(site, "2026-1")) == 200


# --- and when it cannot be -----------------------------------------------------------------


FAILURES = {
    "it is not there": ("", "Không tìm thấy chương trình Pagefind"),
    "it fails": ("echo trục trặc >&2; exit 7", "trục trặc"),
    "it ends without a result": ("exit 0", "Không lập được mục lục toàn văn"),
    "it hangs": ("sleep 60", "quá 1 giây"),
    "it makes half an index": (
        """
        while [ "$1" != --output-path ]; do shift; done
        mkdir -p "$2"; echo '{"half":1' > "$2/pagefind-entry.json"
        """,
        "Không lập được mục lục toàn văn",
    ),
    "it says something else of its index": (
        """
        while [ "$1" != --output-path ]; do shift; done
        mkdir -p "$2"; echo '{"version":"2"}' > "$2/pagefind-entry.json"
        """,
        "Không lập được mục lục toàn văn",
    ),
    "it makes an index without its engine": (
        """
        while [ "$1" != --output-path ]; do shift; done
        mkdir -p "$2"; echo '{"languages":{"vi":{"page_count":2}}}' > "$2/pagefind-entry.json"
        """,
        "không có tệp hoặc thư mục này",
    ),
    "it leaves a page out": (
        """
        while [ "$1" != --output-path ]; do shift; done
        mkdir -p "$2"; echo '{"languages":{"vi":{"page_count":1}}}' > "$2/pagefind-entry.json"
        """,
        "1/2",
    ),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_site_is_published_with_the_former_index_when_it_cannot_be_made(
    indexed: SiteTest, failure: str, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, words = FAILURES[failure]
    monkeypatch.setattr(fulltext, "_LEAST", 1.0)
    if script:
        program(script)
    else:
        monkeypatch.setattr(fulltext, "find_program", lambda: None)
    before = index_files(indexed)

    indexed.article("2026/05/nua").build()

    assert indexed.report.done
    assert indexed.report.incomplete
    assert "tin/2026/05/nua.html" in indexed.public
    assert [words in warning for warning in warnings(indexed)] == [True]
    assert index_files(indexed) == before
    monkeypatch.undo()
    indexed.build()
    assert not indexed.report.incomplete
    assert "/tin/2026/05/nua.html" in held(indexed, "2026-1")


def test_an_index_that_holds_what_has_gone_goes_too_when_it_cannot_be_made_anew(
    indexed: SiteTest, program: Program
) -> None:
    program("exit 1")

    indexed.give_up("tin/2026/05/moi.md").article("2026/05/nua").build()

    assert indexed.report.incomplete
    assert {path.partition("/")[0] for path in index_files(indexed)} == {
        "2025-1",
        "pagefind.js",
        "wasm.unknown.pagefind",
    }


def test_an_index_that_is_whole_needs_no_program(indexed: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    before = index_files(indexed)
    monkeypatch.setattr(fulltext, "find_program", lambda: None)

    indexed.build()

    assert not indexed.report.incomplete
    assert warnings(indexed) == []
    assert index_files(indexed) == before


def test_an_index_that_holds_what_has_been_corrected_goes_too(indexed: SiteTest, program: Program) -> None:
    program("exit 1")

    indexed.replace("content/tin/2026/05/moi.md", "Cấp nước sạch", "Cấp nước").build()

    assert indexed.report.incomplete
    assert {path.partition("/")[0] for path in index_files(indexed) if "/" in path} == {"2025-1"}


def test_a_view_count_takes_no_index_away(indexed: SiteTest, program: Program) -> None:
    program("exit 1")
    before = index_files(indexed)

    indexed.replace("content/tin/2026/05/moi.md", "title:", "views: 469\ntitle:").build()

    assert index_files(indexed) == before


@pytest.mark.parametrize("failure", ["it makes half an index", "it fails"])
def test_nothing_half_made_is_published_when_all_is_made_anew(
    indexed: SiteTest, failure: str, program: Program
) -> None:
    before = index_files(indexed)
    program(FAILURES[failure][0])

    indexed.build(full=True)

    assert indexed.report.incomplete
    assert index_files(indexed) == before


def test_what_hangs_is_waited_for_once(indexed: SiteTest, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "_LEAST", 1.0)
    program("sleep 60")
    for year in range(2017, 2025):
        indexed.article(f"{year}/05/a", date=f"{year}-05-01")

    indexed.build()

    assert indexed.report.done
    assert indexed.report.seconds < 4


def test_a_disk_that_takes_no_pages_keeps_no_site_back(indexed: SiteTest) -> None:
    # Where the folder of the pages is to be there is a file.
    workshop = indexed.root / ".public.loa/workshop"

    def refuse(*_: object) -> None:
        workshop.parent.mkdir(exist_ok=True)
        workshop.write_text("")

    indexed.article("2026/05/nua")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fulltext, "find_program", lambda: refuse() or find_program())
        indexed.build()

    assert indexed.report.done
    assert "tin/2026/05/nua.html" in indexed.public
    assert [warning.startswith("Không lập được mục lục toàn văn") for warning in warnings(indexed)] == [True]


def test_two_outputs_of_one_site_do_not_disturb_each_other(site: SiteTest) -> None:
    site.write("site.toml", TEXTS_ON)
    for number in range(60):
        site.article(f"2026/05/bai-{number:02}", "Nội dung dài. " * 200)

    command = [sys.executable, REPOSITORY / "build.py", "--root", site.root, "--now", NOW.isoformat(), "--output"]
    builds = [subprocess.Popen([*command, site.root / name], stdout=subprocess.DEVNULL) for name in ("mot", "hai")]
    assert [build.wait(timeout=60) for build in builds] == [0, 0]

    for name in ("mot", "hai"):
        entry = json.loads((site.root / name / FOLDER / "2026-1/pagefind-entry.json").read_bytes())
        assert sum(language["page_count"] for language in entry["languages"].values()) == 60
        assert list((site.root / name / FOLDER / "2026-1").glob("*.pf_meta"))
        assert not (site.root / f".{name}.loa/workshop").exists()


def test_another_version_of_the_code_makes_all_anew(indexed: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loa.pipeline._code_digest", lambda: "khác")
    made: list[str] = []
    run = fulltext._run
    monkeypatch.setattr(fulltext, "_run", lambda *given: made.append(given[1].name) or run(*given))

    indexed.build()

    assert sorted(made) == ["2025-1", "2026-1"]


def test_the_command_says_so_with_its_exit_code(site: SiteTest) -> None:
    site.write("site.toml", TEXTS_ON).article("2026/05/a")
    command = [sys.executable, REPOSITORY / "build.py", "--root", site.root, "--now", NOW.isoformat()]

    ended = subprocess.run(
        command,
        env={**os.environ, "PAGEFIND_BINARY_PATH": "/khong/co"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert ended.returncode == 3
    assert "Không tìm thấy chương trình Pagefind" in ended.stderr
    assert "sh tools/search.sh" in ended.stderr
    assert (site.root / "public/tin/2026/05/a.html").exists()
