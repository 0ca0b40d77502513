"""One text cannot stop the rest: hostile texts take time in proportion to their length, or are refused by name."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest
from conftest import LONG, SiteTest
from crowded import BODIES, FILES, FRONT

from loa import reading
from loa.markup import convert
from loa.model import Converted
from loa.proofreading import read

pytestmark = pytest.mark.no_cover

# What the library took minutes or days for at these lengths, what others took long for, and some that were always well.
WORST = (
    "brackets", "brackets and parens", "pictures begun", "links begun", "links with angles begun", "references begun",
    "links in a bracket", "links to nowhere", "backticks growing", "fences with names", "list nested by two",
    "list numbered in one line", "list of empty items", "quote nested", "stars mixed", "definitions begun",
    "footnote used often", "abbreviations", "terms with many meanings", "declarations begun", "sections begun",
    "tags begun", "tags with quotes begun", "divs with gaps", "links of HTML nested", "escapes", "autolinks begun",
    "headings", "headings underlined", "table of short rows", "table with code", "marks without end", "silences",
    "one word", "numbers of documents", "links", "tags", "attachments", "tags nested", "fence never closed",
)  # fmt: skip
ALL = {**{name: lambda n, body=body: FRONT + body(n) for name, body in BODIES.items()}, **FILES}
NAMES = tuple(ALL) if LONG else WORST
# Below the length of texts that get a process of their own: to fork this one would count as theirs.
SIZES = (24_000, 48_000, 96_000) if LONG else (40_000,)
ROUNDS = 5
SECONDS = 5.0
# Below this nobody can tell growth from noise.
LITTLE = 0.3
# Never so much more memory than before a text, in kilobytes.
MEMORY = 512 * 1024


def processor_time() -> float:
    """Of this process and of those that it waited for."""
    return sum(os.times()[:4])


def taken(site: SiteTest, text: str) -> tuple[float, bool]:
    """How long building with ``text``, and proof-reading it, takes; whether it was refused."""
    site.write("content/tin/hai.md", text)
    begun = processor_time()
    site.build(full=True)
    read("tin/hai.md", text.encode(), with_links=True)
    return processor_time() - begun, not site.report.done


def grows_too_fast(times: list[float], refused: list[bool]) -> bool:
    """Whether one of ``times`` is more than 2.5 times the one before, where that can be told, and not ``refused``."""
    return any(
        later > max(2.5 * time, LITTLE) and not is_refused
        for time, later, is_refused in zip(times, times[1:], refused[1:], strict=False)
    )


@pytest.mark.slow
@pytest.mark.timed
@pytest.mark.proves("R7 growth")
@pytest.mark.parametrize("name", NAMES)
def test_time_grows_with_the_length_of_a_text_or_the_text_is_refused_by_name(name: str, site: SiteTest) -> None:
    site.article("mot").build()
    # What is done once in a process is no part of it.
    taken(site, FRONT + "Nội dung **bài**.")

    base, whole, refused = SECONDS, [2 * SECONDS] * len(SIZES), [False] * len(SIZES)
    times: list[float] = []
    # The least of a few, where it matters: others on this machine only ever add to a time.
    for _ in range(ROUNDS):
        base = min(base, taken(site, FRONT + "Nội dung **bài**.")[0])
        for number, size in enumerate(SIZES):
            seconds, refused[number] = taken(site, ALL[name](size))
            whole[number] = min(whole[number], seconds)
        times = [max(0.0, seconds - base) for seconds in whole]
        if not grows_too_fast(times, refused):
            break

    assert max(times) < SECONDS, times
    assert not grows_too_fast(times, refused), times
    if refused[-1]:
        assert all(problem.startswith("content/tin/hai.md:") for problem in site.problems)
    # The other article is there, whatever became of this one.
    site.build(skip_bad=True)
    assert "tin/mot.html" in site.public


def ordinary(size: int) -> str:
    """An article as they are written, with some of everything; of footnotes nearly as many as there may be."""
    part = (
        "## Phần {0}\n\nNgày 05/3/2025, UBND tỉnh có Quyết định số {0}/QĐ-UBND về **kế hoạch** phòng lũ.{1}\n\n"
        "- Các sở, ban, ngành; xem [cổng tỉnh](https://thu.example/) và `mã {0}`.\n    - Trung tâm <b>y tế</b>.\n\n"
        "| Xã | Số hộ |\n|---|---:|\n| An Bình | {0} |\n\n"
        + "Bà con các thôn đã gặt xong lúa vụ hai. " * 40
        + "\n\n{2}"
    )
    numbers = range(1, size // len(part.encode()) + 1)
    notes = [(f"[^{n}]", f"[^{n}]: Theo báo cáo.\n\n") if n <= 1_400 else ("", "") for n in numbers]
    return FRONT + "".join(part.format(number, *note) for number, note in zip(numbers, notes, strict=True))


@pytest.mark.slow
@pytest.mark.timed
@pytest.mark.proves("R7 megabyte")
def test_an_ordinary_article_of_a_megabyte_is_published_in_time(
    site: SiteTest, record_property: Callable[[str, object], None]
) -> None:
    text = ordinary(990_000)
    assert 900_000 < len(text.encode()) < 1_000_000

    seconds, is_refused = taken(site, text)

    assert not is_refused, site.problems
    record_property("seconds", round(seconds, 2))
    assert "tin/hai.html" in site.public


@pytest.mark.slow
@pytest.mark.timed
@pytest.mark.proves("R7 ten")
def test_an_ordinary_article_of_ten_megabytes_is_published_with_a_warning(
    site: SiteTest, record_property: Callable[[str, object], None]
) -> None:
    text = ordinary(10 * 2**20)
    site.write("content/tin/hai.md", text)
    begun = processor_time()

    site.build()

    record_property("seconds", round(processor_time() - begun, 2))
    assert len(text.encode()) > 10_000_000
    assert len(site.public["tin/hai.html"]) > 7_000_000
    assert [problem.path for problem in site.report.problems if "khó mở" in problem.message] == ["content/tin/hai.md"]


def test_an_article_of_more_than_twelve_megabytes_is_refused_by_name_at_once(site: SiteTest) -> None:
    seconds, is_refused = taken(site.article("mot"), ordinary(13_000_000))

    assert is_refused
    assert seconds < SECONDS
    assert site.problems[0].startswith("content/tin/hai.md:0")
    assert "quá giới hạn" in site.problems[0]


@pytest.mark.parametrize("name", ["brackets", "tags begun", "links"])
def test_a_hostile_text_of_nine_megabytes_is_refused_by_name(name: str, site: SiteTest) -> None:
    site.article("mot").write("content/tin/hai.md", ALL[name](9_000_000))

    site.build()

    assert not site.report.done
    assert site.problems[0].startswith("content/tin/hai.md:7")


# --- what no count foresees --------------------------------------------------------------

WORD = "Lời nguyền."


def hang(_: str) -> None:
    """Never ends, in Python."""
    while True:
        pass


def hang_in_an_expression(_: str) -> None:
    """Never ends, in the machinery of regular expressions."""
    import re

    re.match(r"(a+)+$", "a" * 60 + "b")


def need_memory(_: str) -> None:
    """Asks for more and more memory."""
    kept = []
    while True:
        # Unlike those of ``bytearray``, their zeros are the system's and not written one by one, which takes long.
        kept.append(bytes(64 * 2**20))


def die(_: str) -> None:
    """Ends the process at once."""
    os._exit(7)


def be_killed(_: str) -> None:
    """Is killed, as machines do that have no memory left."""
    os.kill(os.getpid(), signal.SIGKILL)


CURSES = {
    "hangs": (hang, "mất quá"),
    "hangs in an expression": (hang_in_an_expression, "mất quá"),
    "needs memory": (need_memory, "quá nhiều bộ nhớ"),
    "dies": (die, "dừng đột ngột"),
    "is killed": (be_killed, "dừng đột ngột"),
}


def cursed(monkeypatch: pytest.MonkeyPatch, curse: Callable[[str], None], *, spares: int = 0) -> None:
    """From now on something happens to who converts a text with WORD; ``spares`` is the process that is spared."""

    def convert_or_not(text: str, *, cites: bool = True) -> Converted:
        if WORD not in text or os.getpid() == spares:
            return convert(text, cites=cites)
        with monkeypatch.context() as patch:
            patch.setattr("loa.markup._convert_any", curse)
            patch.setattr("loa.markup._convert_long", curse)
            return convert(f"{text}\n\n`mã`", cites=cites)

    monkeypatch.setattr("loa.limits.SECONDS", 0.5)
    monkeypatch.setattr(reading, "convert", convert_or_not)


@pytest.mark.proves("R7 stopped")
@pytest.mark.parametrize("name", CURSES)
def test_a_long_text_that_hangs_or_kills_costs_itself_alone(
    name: str, site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one process, as in a preview or when one article was edited."""
    curse, words = CURSES[name]
    cursed(monkeypatch, curse)
    site.article("mot").article("hai", WORD + " Nội dung." * 12_000)

    begun = time.process_time()
    site.build(skip_bad=True)

    assert time.process_time() - begun < SECONDS
    assert [problem.split(" |")[0] for problem in site.problems] == ["content/tin/hai.md:7 "]
    assert words in site.problems[0]
    assert "tin/mot.html" in site.public
    assert "tin/hai.html" not in site.public


@pytest.mark.proves("R7 stopped")
@pytest.mark.parametrize("name", ["hangs", "hangs in an expression"])
def test_a_short_text_that_hangs_is_stopped_where_it_is(
    name: str, site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    curse, words = CURSES[name]
    cursed(monkeypatch, curse)

    site.article("mot").article("hai", WORD).build(skip_bad=True)

    assert words in site.problems[0]
    assert "tin/mot.html" in site.public


@pytest.mark.slow
@pytest.mark.proves("R7 stopped")
@pytest.mark.parametrize("name", ["hangs", "dies", "is killed"])
def test_a_text_that_takes_its_worker_with_it_costs_itself_alone(
    name: str, site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    curse, words = CURSES[name]
    # The first of the processes is this one, which nothing can spare but not being given the text.
    cursed(monkeypatch, curse, spares=0 if name == "hangs" else os.getpid())
    for number in range(300):
        site.article(f"bai-{number:03}", f"Nội dung {number}.")

    site.article("bai-000", WORD).build(skip_bad=True, workers=2)

    assert words in site.problems[0]
    assert site.problems[0].startswith("content/tin/bai-000.md:")
    assert site.report.published == 299
    assert "tin/bai-001.html" in site.public
