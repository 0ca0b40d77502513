"""What becomes of a text: accepted, maybe without what may not run, held back, or refused by its line; never a trace.

The words that are said are in ``test_problems``.
"""

from __future__ import annotations

import contextlib
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import LONG, SiteTest
from lxml import html

from golden.mistakes import (
    BAI,
    CATALOGUE,
    CATEGORY,
    DATE,
    DATES,
    FIELDS,
    HARMLESS,
    TITLE,
    VAN_BAN,
    WARNINGS,
    YAML,
    Make,
    bai,
    commit,
    faulty_lines,
    online,
    text,
    van_ban,
)
from loa.cli import main

FRONT = {name: case for name, case in {**YAML, **FIELDS, **DATES}.items() if BAI in case}
CASES: dict[str, dict[str, Make]] = {**CATALOGUE, **WARNINGS, **{name: {BAI: data} for name, data in HARMLESS.items()}}
# All in each form of the command only in the long form.
TRIED = CASES if LONG else dict([*CASES.items()][::40])


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return online(tmp_path_factory.mktemp("outcomes") / "site").root


@pytest.fixture
def portal(published: Path, tmp_path: Path) -> SiteTest:
    """A copy of the site that is online."""
    return SiteTest.at(Path(shutil.copytree(published, tmp_path / "site", symlinks=True)))


def run(root: Path, *words: str) -> tuple[int, str]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main([*words, "--root", str(root)])
    return code, said.getvalue()


# --- refused, at its line ---------------------------------------------------------------


@pytest.mark.proves("R2 lines")
@pytest.mark.parametrize("name", FRONT)
def test_a_fault_of_front_matter_is_told_with_the_line_where_it_stands(name: str, portal: SiteTest) -> None:
    commit(FRONT[name], portal.root)

    portal.build()

    told = [fault.line for fault in portal.report.problems if fault.blocking and fault.path == BAI]
    assert tuple(told) == faulty_lines(name)


# --- never a trace ----------------------------------------------------------------------

_FIXED = ("--now", "2026-06-01T12:00+07:00", "--workers", "1")
COMMANDS = {
    "build": ("build", *_FIXED),
    "skip": ("build", *_FIXED, "--skip-bad", "--full"),
    "check": ("check", *_FIXED),
    "check of the text": ("check", *_FIXED, BAI),
    "new": ("new", "tin", "Bài mới của phường", "--category", "Tin tức – Sự kiện"),
}


@pytest.mark.proves("R2 tracebacks")
@pytest.mark.parametrize("command", COMMANDS)
def test_no_mistake_of_an_editor_ends_a_command_with_a_traceback(
    command: str, published: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    wrong = {}
    for number, (name, case) in enumerate(TRIED.items()):
        root = Path(shutil.copytree(published, tmp_path / f"{number}", symlinks=True))
        commit(case, root)

        # One that is not there cannot be meant.
        there = root / BAI if (root / BAI).exists() else root / "content"
        words = [str(there) if word == BAI else word for word in COMMANDS[command]]
        code, said = run(root, *words)

        # Where there is no site, the command is given in the wrong folder.
        is_misplaced = code == 2 and not (root / "site.toml").exists()  # wrong use
        if (code not in (0, 1, 3) and not is_misplaced) or "Traceback" in said or not said:
            wrong[name] = code, said
        shutil.rmtree(root)

    assert wrong == {}
    record_property("times", len(TRIED))


# --- accepted, without what may not run -------------------------------------------------

# What is written in the body; what is left of it there; what must not be left.
SANITISED = {
    "script": ("Một.\n\n<script>alert(1)</script>\n\nHai.", ["Một.", "Hai."], "alert"),
    "script-in-a-line": ("Một <script>alert(1)</script> hai.", ["Một", "hai."], "alert"),
    "style": ("Một.\n\n<style>p { color: red }</style>\n\nHai.", ["Một.", "Hai."], "color"),
    "iframe": ('Một.\n\n<iframe src="https://x.example/"></iframe>\n\nHai.', ["Một.", "Hai."], "x.example"),
    "object": ('Một.\n\n<object data="https://x.example/"></object>\n\nHai.', ["Một.", "Hai."], "x.example"),
    "form": ('Một.\n\n<form action="https://x.example/"><p>Hỏi</p></form>\n\nHai.', ["Hỏi", "Hai."], "x.example"),
    "event": ('Một <b onclick="alert(1)">đậm</b> hai.', ["đậm", "hai."], "alert"),
    "event-on-a-block": ('<p onmouseover="alert(1)">Đoạn.</p>\n\nHai.', ["Đoạn.", "Hai."], "alert"),
    "style-attribute": ('Một <span style="position: fixed">hai</span>.', ["hai"], "fixed"),
    "comment": ("Một.\n\n<!-- alert -->\n\nHai.", ["Một.", "Hai."], "alert"),
    "unknown-element": ("Một <blink>hai</blink>.", ["hai"], "blink"),
    "base": ('Một.\n\n<base href="https://x.example/">\n\nHai.', ["Một.", "Hai."], "x.example"),
    "refresh": (
        'Một.\n\n<meta http-equiv="refresh" content="0;url=https://x.example/">\n\nHai.',
        ["Một.", "Hai."],
        "x.example",
    ),
    "stylesheet": ('Một.\n\n<link rel="stylesheet" href="https://x.example/">\n\nHai.', ["Một.", "Hai."], "x.example"),
    "embed": ('Một.\n\n<embed src="https://x.example/">\n\nHai.', ["Một.", "Hai."], "x.example"),
    "button": ('Một <button formaction="https://x.example/">bấm</button> hai.', ["Một", "bấm", "hai."], "x.example"),
    "script-in-mathml": ("Một.\n\n<math><mtext><script>alert(1)</script></mtext></math>\n\nHai.", ["Hai."], "alert"),
    "svg": ("Một.\n\n<svg onload='alert(1)'><text>x</text></svg>\n\nHai.", ["Một.", "Hai."], "alert"),
}


@pytest.mark.proves("R2 outcomes")
@pytest.mark.parametrize("name", SANITISED)
def test_what_may_not_run_is_taken_out_and_the_words_are_published(name: str, portal: SiteTest) -> None:
    body, left, taken = SANITISED[name]

    portal.write(BAI, bai(body=body)).build()

    assert portal.report.done, portal.problems
    (shown,) = portal.html("tin/2026/05/bai.html").find_class("prose")
    words = shown.text_content()
    assert [part for part in left if part not in words] == []
    assert taken not in html.tostring(shown, encoding="unicode")


@pytest.mark.proves("R2 outcomes")
@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "JaVaScript:alert(1)", "vbscript:x", "data:text/html,x", "file:///etc/hostname"]
)
def test_a_link_of_a_kind_that_may_not_be_is_refused_by_its_line(link: str, portal: SiteTest) -> None:
    portal.write(BAI, bai(body=f"Câu đầu.\n\nXem [ở đây]({link}).")).build()

    (fault,) = [fault for fault in portal.report.problems if fault.blocking]
    assert (fault.path, fault.line) == (BAI, 9)
    assert not portal.report.done


# --- held back, ended ---------------------------------------------------------------------

NEW = "content/tin/2026/05/moi.md"
LETTER = VAN_BAN.replace("12-ubnd-th", "15-ubnd-th")
HELD = {
    "draft": (NEW, bai("draft: true"), "bản nháp"),
    "draft-in-quotes": (NEW, bai('draft: "true"'), "bản nháp"),
    "draft-with-blanks": (NEW, bai("draft:   true  "), "bản nháp"),
    "draft-that-is-scheduled": (NEW, bai("draft: true", "publish_at: 2026-06-02 08:00"), "bản nháp"),
    "draft-of-a-page": ("content/trang/moi.md", text(TITLE, "draft: true"), "bản nháp"),
    "draft-of-a-document": (LETTER, van_ban("draft: true", number="15/UBND-TH"), "bản nháp"),
    "draft-without-a-body-of-its-own": (NEW, bai("draft: true", body="Viết nội dung ở đây."), "bản nháp"),
    "publish-at": (NEW, bai("publish_at: 2026-06-02 08:00"), "02/06/2026"),
    "publish-at-without-date": (NEW, text(TITLE, "publish_at: 2026-06-02 08:00", CATEGORY), "02/06/2026"),
    "publish-at-of-a-page": ("content/trang/moi.md", text(TITLE, "publish_at: 2026-06-02"), "02/06/2026"),
    "publish-at-in-another-zone": (NEW, bai("publish_at: 2026-06-01T06:00:00Z"), "01/06/2026"),
    "publish-at-in-a-minute": (NEW, bai("publish_at: 2026-06-01 12:01"), "01/06/2026"),
    "date-in-the-future": (NEW, text(TITLE, "date: 2026-06-02 08:00", CATEGORY), "02/06/2026"),
    "date-tomorrow": (NEW, text(TITLE, "date: 2026-06-02", CATEGORY), "02/06/2026"),
}


@pytest.mark.proves("R2 outcomes")
@pytest.mark.parametrize("name", HELD)
def test_what_is_not_to_be_published_yet_is_held_back_and_told(name: str, portal: SiteTest) -> None:
    path, words, reason = HELD[name]

    portal.write(path, words).build()

    assert portal.report.done, portal.problems
    ((file, why),) = [(held.file, held.reason) for held in portal.report.held]
    assert file == path
    assert reason in why
    page = path.removeprefix("content/").replace(".md", ".html")
    assert page not in portal.public
    assert not [shown for shown, data in portal.public.items() if page.encode() in data]
    code, said = run(portal.root, "build", *_FIXED)
    assert code == 0
    assert f"{path}: giữ lại – {why}" in said
    assert "giữ lại 1 · từ chối 0" in said


@pytest.mark.proves("R2 outcomes")
@pytest.mark.parametrize("field", ["draft: false", "draft:", "draft: null", "publish_at: 2026-06-01 12:00"])
def test_what_is_due_is_published(field: str, portal: SiteTest) -> None:
    portal.write(NEW, bai(field)).build()

    assert portal.report.done, portal.problems
    assert portal.report.held == ()
    assert "tin/2026/05/moi.html" in portal.public


ENDED = {
    "expired": ("expires: 2026-05-31", True),
    "expired-today-at-noon": ("expires: 2026-06-01 12:00", True),
    "withdrawn": ('withdrawn: {date: 2026-05-20, by: Văn phòng, reason: "số liệu sai"}', False),
}


@pytest.mark.proves("R2 outcomes")
@pytest.mark.parametrize("name", ENDED)
def test_what_has_ended_keeps_its_page_and_is_on_no_list(name: str, portal: SiteTest) -> None:
    field, keeps_its_words = ENDED[name]

    portal.write(NEW, text("title: Lịch cũ zq", DATE, CATEGORY, field, body="Thân zq.")).build()

    assert portal.report.done, portal.problems
    assert ("Thân zq." in portal.text("tin/2026/05/moi.html")) == keeps_its_words
    naming = [path for path, data in portal.public.items() if "Lịch cũ zq".encode() in data]
    assert set(naming) <= {"tin/2026/05/moi.html"}
