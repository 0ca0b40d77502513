"""The proof-reader on texts written for it, on the sample content, and from the command line.

``vectors/proofreading.jsonl``: what must be found stands in ⟦brackets⟧, with what to write instead behind an arrow; for
what ``--fix`` mends that is exactly what is replaced, and by what. ⍽ is a no-break blank. ``pad`` puts so many words
before the text; ``as``, ``where``, ``date``, ``kind``, ``number``, ``summary`` say what it is the text of. Where the
rule is ``*``, the text is prose of which no rule has anything to say.
"""

from __future__ import annotations

import errno
import json
import re
import tempfile
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, REPOSITORY, SAMPLE_NOW, SiteTest

from loa.cli import main
from loa.errors import Problem
from loa.fixes import fixed
from loa.proof_data import slips
from loa.proof_rules import RULES
from loa.proof_text import Proof, proof_of
from loa.proofreading import Choice, findings_in, read

Captured = pytest.CaptureFixture[str]
VECTORS = [
    json.loads(line)
    for line in (REPOSITORY / "tests/vectors/proofreading.jsonl").read_text(encoding="utf-8").splitlines()
]
ANY = "*"
MARKED = re.compile("⟦(.*?)(?:→(.*?))?⟧", re.DOTALL)
WORDS = "bà con làm ruộng rồi ra chợ."


def entry(row: dict[str, Any]) -> tuple[str, str]:
    """The path and text of the entry that a vector is about."""
    text = MARKED.sub(r"\1", row["text"].replace("⍽", "\N{NO-BREAK SPACE}"))
    padding = " ".join([WORDS] * (row.get("pad", 0) // 7 or 1)) + "\n\n" if row.get("pad") else ""
    day = row.get("date", "2026-05-20")
    if row.get("as") == "document":
        number, kind = row.get("number", "12/UBND-TH"), row.get("kind", "Công văn")
        front = f"kind: {kind}\nnumber: {number}\nissued: {day}\nissuer: UBND tỉnh\nsubject: về việc thử"
        return "van-ban/a.md", f"---\n{front}\n---\n{padding}{text}\n"
    if row.get("as") == "page":
        return "trang/a.md", f"---\ntitle: Trang\n---\n{padding}{text}\n"
    title, body = (f'"{text}"', "Nội dung.") if row.get("where") == "title" else ("Bản tin thử", padding + text)
    summary = "summary: Tóm tắt.\n" if row.get("summary", 1) else ""
    return "tin/a.md", f"---\ntitle: {title}\ndate: {day}\ncategory: A\n{summary}---\n{body}\n"


def proof(path: str, text: str) -> Proof:
    found = proof_of(path, text.encode())
    assert not isinstance(found, Problem), found
    return found


def expected(row: dict[str, Any], text: str) -> list[tuple[int, int, str | None]]:
    marked = row["text"].replace("⍽", "\N{NO-BREAK SPACE}")
    begin = text.rindex(MARKED.sub(r"\1", marked))
    spans, shift = [], 0
    for found in MARKED.finditer(marked):
        start = begin + found.start() - shift
        spans.append((start, start + len(found[1]), found[2]))
        shift += len(found[0]) - len(found[1])
    return spans


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: f"{row['rule']}-{row['text'][:40]!r}".replace("/", "_"))
def test_what_is_wrong_is_found_and_what_looks_like_it_is_not(row: dict[str, Any]) -> None:
    path, text = entry(row)
    page = proof(path, text)

    found = [finding for finding in findings_in(page) if row["rule"] in (finding.rule, ANY)]

    if row["rule"] == "summary":
        assert bool(found) is row["found"]
        return
    got = []
    for finding in found:
        where = finding.edit or finding
        got.append((page.place(where.start), page.place(where.end)))
    wanted = expected(row, text)
    assert got == [(start, end) for start, end, _ in wanted]
    for finding, (_, _, suggested) in zip(found, wanted, strict=True):
        if suggested is not None:
            assert (
                suggested == finding.edit.text
                if finding.edit
                else suggested.casefold() in finding.suggestion.casefold()
            )


def test_each_rule_has_enough_texts_of_both_sorts() -> None:
    counts = Counter((row["rule"], row["found"]) for row in VECTORS)

    # A comment with a wrong name has a test of its own, and links outside have a file of theirs.
    without = {rule for rule in RULES if counts[rule, True] < 8 or counts[rule, False] < 12}
    assert without == {"silence", "external-link"}
    assert {row["rule"] for row in VECTORS} <= {*RULES, ANY}


@pytest.mark.parametrize(
    "rule", sorted({row["rule"] for row in VECTORS} & {name for name in RULES if RULES[name].is_mechanical})
)
def test_what_can_be_fixed_is_gone_after_the_fix(rule: str) -> None:
    for row in VECTORS:
        if row["rule"] != rule:
            continue
        path, text = entry(row)
        once = fixed(path, text.encode())

        left = [remark.rule for remark in read(path, once).remarks if remark.is_mechanical]
        assert left == [], (text, once.decode())
        assert fixed(path, once) == once
        if not row["found"]:
            only = fixed(path, text.encode(), Choice(frozenset({rule}))).decode()
            assert only == text


def test_what_is_advised_is_what_the_fix_makes() -> None:
    for row in VECTORS:
        path, text = entry(row)
        remarks = [remark for remark in read(path, text.encode()).remarks if remark.is_mechanical]
        places = [(remark.line, remark.column, remark.end_line, remark.end_column) for remark in remarks]
        if any(first[2:] > second[:2] for first, second in pairwise(places)):
            continue  # what overlaps cannot be put in one by one

        lines = text.split("\n")
        for remark in reversed(remarks):
            if remark.line != remark.end_line:
                break
            line = lines[remark.line - 1]
            assert line[remark.column - 1 : remark.end_column - 1] == remark.words
            lines[remark.line - 1] = line[: remark.column - 1] + remark.suggestion + line[remark.end_column - 1 :]
        else:
            assert "\n".join(lines) == fixed(path, text.encode()).decode()


@pytest.mark.parametrize(
    ("text", "words", "suggestion"),
    [
        ("Xã Bình Khê ,có 214 hộ.", "Khê ,có", "Khê, có"),
        ("Uống vitamin A ,D đều.", "A ,D", "A, D"),
        ("Trồng ngô, sắn...và lúa.", "sắn...và", "sắn… và"),
        ("Cán bộ thôn( kiêm nhiệm )được họp.", "thôn( kiêm", "thôn (kiêm"),
    ],
)
def test_advice_is_the_text_as_it_should_be(text: str, words: str, suggestion: str) -> None:
    first = read("trang/a.md", f"---\ntitle: A\n---\n{text}\n".encode()).remarks[0]

    assert (first.words, first.suggestion) == (words, suggestion)


def test_each_known_slip_is_found_wherever_a_sentence_has_it() -> None:
    for wrong, slip in slips().items():
        for words, right in ((wrong, slip.right), (wrong.capitalize(), slip.right[0].upper() + slip.right[1:])):
            found = findings_in(
                proof("trang/a.md", f"---\ntitle: A\n---\nCác xã {words} đã lâu.\n".replace(" ../", "../"))
            )
            assert [(f.rule, f.suggestion) for f in found if f.rule == "typo"] == [("typo", right)]


# --- the sample content ------------------------------------------------------------------

# What the proof-reader says of the sample content although it is right: (path, rule, words). None so far.
FALSE_ALARMS: set[tuple[str, str, str]] = set()


def test_the_sample_content_gives_at_most_one_false_alarm_in_twenty_articles() -> None:
    files = sorted((REPOSITORY / "content").rglob("*.md"))
    found = {
        (remark.path, remark.rule, remark.words)
        for file in files
        for remark in read(str(file.relative_to(REPOSITORY / "content")), file.read_bytes()).remarks
    }

    assert found == FALSE_ALARMS
    assert len(FALSE_ALARMS) <= len(files) / 20


# --- places --------------------------------------------------------------------------------


def test_lines_and_columns_count_the_characters_of_the_file_as_it_lies_there() -> None:
    text = "\ufeff---\r\ntitle: A\r\n---\r\n\r\nHo\u0300a ,b 😀 x ,y\r\n"

    remarks = read("tin/a.md", text.encode()).remarks

    # The decomposed word is five characters long for the file, and an emoji is one.
    assert [(r.line, r.column, r.rule, r.words) for r in remarks] == [
        (5, 1, "nfd", "Ho\u0300a"),
        (5, 1, "spacing", "Ho\u0300a ,b"),
        (5, 11, "spacing", "x ,y"),
    ]
    lines = re.split("\r\n", text.removeprefix("\ufeff"))
    for remark in remarks:
        assert lines[remark.line - 1].startswith(remark.words, remark.column - 1)


def test_a_line_end_of_two_characters_is_one_line() -> None:
    text = "---\r\ntitle: A\r\n---\r\nMột.\r\n\r\nHai , ba.\r\n"

    (remark,) = read("tin/a.md", text.encode()).remarks

    assert (remark.line, remark.column, remark.words) == (6, 1, "Hai ,")


def test_fixing_keeps_line_ends_the_mark_of_byte_order_and_the_mode(site: SiteTest) -> None:
    file = site.root / "content/tin/a.md"
    site.article("a")
    file.write_bytes(
        b"\xef\xbb\xbf---\r\ntitle: A\r\ndate: 2026-05-20\r\ncategory: chi-dao\r\n---\r\nM\xe1\xbb\x99t , hai\r\n\r\nBa"
    )
    file.chmod(0o640)

    assert main(["check", "--root", str(site.root), "--fix", "--now", NOW.isoformat(), "content/tin/a.md"]) == 1

    assert file.read_bytes().endswith("category: chi-dao\r\n---\r\nMột, hai\r\n\r\nBa".encode())
    assert file.read_bytes().startswith(b"\xef\xbb\xbf---\r\n")
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in file.parent.iterdir()] == ["a.md"]


def test_the_front_matter_stays_what_it_is() -> None:
    text = "---\ntitle: Một , hai\nsummary: Gồm:ba ,bốn\nauthor: A ,B\ntags: [a , b]\n---\nVăn.\n"

    assert fixed("tin/a.md", text.encode()).decode() == text.replace("Một , hai", "Một, hai").replace(
        "ba ,bốn", "ba, bốn"
    )


@pytest.mark.parametrize("quote", ['"', "'"])
def test_between_quotation_marks_the_front_matter_is_mended_like_a_text(quote: str) -> None:
    text = f"---\ntitle: {quote}Gồm : ba ,bốn...{quote}\nsummary: {quote}Một ,#hai: ba...{quote}\n---\nVăn.\n"

    mended = fixed("tin/a.md", text.encode()).decode()

    assert mended == text.replace("Gồm : ba ,bốn...", "Gồm: ba, bốn…").replace("Một ,#hai: ba...", "Một, #hai: ba…")
    assert all(remark.is_mechanical for remark in read("tin/a.md", text.encode()).remarks)


def test_what_stands_between_the_tags_of_html_is_text() -> None:
    text = '---\ntitle: A\n---\n<div title="Khê ,có...">Khê ,có <b id="a ,b">xã , phường</b></div>\n'

    mended = fixed("trang/a.md", text.encode()).decode()

    assert mended == text.replace(">Khê ,có", ">Khê, có").replace("xã , phường", "xã, phường")


def test_the_addressees_of_a_document_are_read() -> None:
    text = (
        "---\nkind: Công văn\nnumber: 12/UBND-TH\nissued: 2026-05-20\nissuer: UBND tỉnh\nsubject: về việc thử\n"
        "recipients:\n  - Như trên\n  - Lưu VT ,Công TTĐT\nfiles:\n  - /tep/a ,b.pdf\n---\n"
    )

    remarks = read("van-ban/a.md", text.encode()).remarks

    assert [(remark.line, remark.rule) for remark in remarks] == [(9, "spacing"), (9, "typo")]
    assert fixed("van-ban/a.md", text.encode()).decode() == text.replace("VT ,C", "VT, C")


# --- silence -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("Một , hai.", 1),
        ("<!-- soát: bỏ qua spacing -->\n\nMột , hai.", 0),
        ("<!-- soát: bỏ qua spacing -->\nMột , hai.", 0),
        ("<!-- soát: bỏ qua spacing -->\n\nMột , hai.\n\nBa , bốn.", 1),
        ("Một , hai. <!-- soát: bỏ qua spacing -->\n\nBa , bốn.", 1),
        ("<!-- soát: bỏ qua dash, spacing -->\n\nMột , hai.", 0),
        ("<!-- soát: bỏ qua dash -->\n\nMột , hai.", 1),
        ("Một , hai.\n\nBa , bốn.\n\n<!-- soát: bỏ qua spacing trong cả bài -->", 0),
    ],
)
def test_a_comment_silences_a_rule(body: str, left: int) -> None:
    text = f"---\ntitle: A\n---\n{body}\n"

    assert [remark.rule for remark in read("trang/a.md", text.encode()).remarks] == ["spacing"] * left


def test_a_comment_that_names_no_rule_is_told(site: SiteTest) -> None:
    (remark,) = read("trang/a.md", "---\ntitle: A\n---\n<!-- soát: bỏ qua spasing -->\n\nMột.\n".encode()).remarks

    assert remark.rule == "silence"


def test_the_comment_is_on_no_page(site: SiteTest) -> None:
    site.page("a", "<!-- soát: bỏ qua spacing -->\n\nMột , hai.").build()

    assert "soát" not in site.text("trang/a.html")
    assert "Một , hai." in site.text("trang/a.html")


# --- the command line ------------------------------------------------------------------------


def check(site: SiteTest, *arguments: str) -> int:
    return main(["check", "--root", str(site.root), "--now", NOW.isoformat(), "--workers", "1", *arguments])


def test_a_check_publishes_nothing_and_ends_with_0(site: SiteTest, capsys: Captured) -> None:
    site.article("a", "Các xã , phường.")

    assert check(site) == 0

    told = capsys.readouterr().out
    assert re.search(r"^content/tin/a\.md:\d+:5  spacing\n    “xã ,” → “xã,”\.", told, re.MULTILINE)
    assert not (site.root / "public").exists()
    assert [path.name for path in site.root.iterdir() if path.name.startswith(".public")] == []


def test_what_a_build_refuses_a_check_refuses(site: SiteTest, capsys: Captured) -> None:
    site.article("a", "Xem [bài](/tin/khong-co.html) này.").article("b", category="Không có")

    assert check(site) == 1

    told = capsys.readouterr().out
    assert "content/tin/a.md" in told
    assert "content/tin/b.md" in told
    assert "2 lỗi" in told


FAULTY = "Câu đầu.\n\n![Thuyền đua](/anh/khong-co.jpg)\n\nXem [bài](/tin/khong-co.html) này."


def test_what_is_wrong_with_a_draft_is_an_error_to_who_names_it_and_a_warning_to_all_others(
    site: SiteTest, capsys: Captured
) -> None:
    site.article("a").article(
        "b", FAULTY, draft="true", category="Không có", image="{file: /anh/mat.jpg, alt: Sông Lộ}"
    )
    site.article("c", draft="true")

    assert [check(site, *given) for given in ((), ("--strict",), ("content/tin",), ("content/tin/c.md",))] == [0] * 4
    capsys.readouterr()
    check(site, "--format", "json")
    rows = json.loads(capsys.readouterr().out)["findings"]
    assert [(row["path"], row["severity"], row["draft"]) for row in rows] == [("content/tin/b.md", "warning", True)] * 4

    assert check(site, "content/tin/b.md") == 1
    said = capsys.readouterr().out
    assert said.count("content/tin/b.md:") == said.count("(lỗi, bản nháp)") == 4
    for words in ("/anh/mat.jpg", "/anh/khong-co.jpg", "/tin/khong-co.html", "Không có chuyên mục"):
        assert words in said
    assert "4 lỗi · 0 cảnh báo" in said


def test_what_is_left_of_a_new_file_beside_the_words_of_a_draft_is_told(site: SiteTest, capsys: Captured) -> None:
    site.article("a").article("b", "Câu đầu.\n\nViết nội dung ở đây.", draft="true").article(
        "c", "Viết nội dung ở đây.", draft="true"
    )

    assert check(site, "content/tin/b.md") == 1
    assert "content/tin/b.md:10  (lỗi, bản nháp)\n    Trong bài còn câu" in capsys.readouterr().out
    assert check(site, "--strict", "content/tin/c.md") == 0
    assert check(site, "--strict") == 0


def test_what_is_only_doubtful_in_a_draft_holds_nobody_else_back_either(site: SiteTest) -> None:
    site.article("a").article("b", "Các xã , phường.", draft="true", author="Phòng Lạ")
    site.document("c", number="/UBND-TH", draft="true")

    assert [check(site, "--strict", *given) for given in ((), ("content/tin",), ("content/tin/a.md",))] == [0] * 3
    assert [check(site, "--strict", f"content/{path}.md") for path in ("tin/b", "van-ban/c")] == [1] * 2


def test_a_draft_that_leads_to_what_is_scheduled_is_told_as_it_would_be_without_the_line(
    site: SiteTest, capsys: Captured
) -> None:
    site.article("hen", date="2027-05-20").article("a", "Xem [bài](hen.md).", draft="true")
    site.article("b", "Xem [bài](hen.md).", draft="true", date="2027-06-01")

    assert check(site, "content/tin/a.md", "content/tin/b.md") == 1

    said = capsys.readouterr().out
    assert 'content/tin/a.md:8  (lỗi, bản nháp)\n    Liên kết "hen.md" dẫn đến bài chưa đăng' in said
    assert "content/tin/b.md" not in said


def test_drafts_may_lead_to_themselves_and_to_one_another_and_give_no_alarm(site: SiteTest) -> None:
    site.article("a", "[b](b.md), [mình](a.md), [c](c.md).", draft="true").article("b", "[a](a.md)", draft="true")
    site.article("c", aliases="[/cu.html]").page("d", "[cũ](/cu.html), [c](/tin/c.html)", draft="true")

    assert check(site, "--strict", "content/tin/a.md", "content/tin/b.md", "content/trang/d.md") == 0


def test_a_draft_is_held_against_what_is_published_and_not_the_other_way_round(
    site: SiteTest, capsys: Captured
) -> None:
    site.article("a", tags="[lễ hội]", date="2026-05-02").article("b", tags="[lê hội]", date="2026-05-01", draft="true")
    site.article("c", aliases="[/tin/a.html]", draft="true")

    check(site, "--format", "json")

    rows = json.loads(capsys.readouterr().out)["findings"]
    assert [(row["path"], row["field"]) for row in rows] == [
        ("content/tin/b.md", "tags"),
        ("content/tin/c.md", "aliases"),
    ]


def test_with_strict_a_finding_fails(site: SiteTest) -> None:
    site.article("a", "Các xã , phường.").article("b")

    assert check(site, "--strict") == 1
    assert check(site, "--strict", "--not-rule", "spacing") == 0
    assert check(site, "--strict", "--rule", "dash") == 0
    assert check(site, "--strict", str(site.root / "content/tin/b.md")) == 0
    assert check(site, "--strict", "content/tin/a.md") == 1


def test_an_unknown_rule_or_file_is_wrong_use(site: SiteTest, capsys: Captured) -> None:
    site.article("a")

    assert check(site, "--rule", "spacin") == 2
    assert "Có phải là spacing?" in capsys.readouterr().err
    assert check(site, "content/tin/b.md") == 2
    assert check(site, "site.toml") == 2


def test_words_and_rules_of_the_settings_are_let_pass(site: SiteTest, capsys: Captured) -> None:
    site.article("a", "Họp lại, bà con xem hộinghị , rồi về.")
    site.replace("site.toml", "[lists]", '[check]\nwords = ["Hộinghị"]\nignore = ["spacing"]\n\n[lists]')

    assert check(site, "--strict") == 0
    assert check(site, "--strict", "--rule", "spacing") == 1


def test_settings_that_name_no_rule_are_a_fault(site: SiteTest, capsys: Captured) -> None:
    site.article("a").replace("site.toml", "[lists]", '[check]\nignore = ["spasing"]\n\n[lists]')

    assert check(site) == 1
    assert "site.toml:" in capsys.readouterr().out


def test_a_fix_shows_what_it_did(site: SiteTest, capsys: Captured) -> None:
    site.article("a", "Các xã , phường\N{NO-BREAK SPACE}mới...").article("b")
    before = (site.root / "content/tin/b.md").stat().st_mtime_ns

    assert check(site, "--fix") == 0

    told = capsys.readouterr().out
    assert "--- content/tin/a.md" in told
    assert "-Các xã , phường␣mới..." in told
    assert "+Các xã, phường mới…" in told
    assert "Đã sửa 1 tệp." in told
    assert "Các xã, phường mới…" in (site.root / "content/tin/a.md").read_text(encoding="utf-8")
    assert (site.root / "content/tin/b.md").stat().st_mtime_ns == before
    assert check(site, "--fix") == 0
    assert "Không có gì để sửa." in capsys.readouterr().out


@pytest.mark.parametrize("soft", ["\x0b", "\x85", "\u2028", "\u2029"])
def test_a_soft_line_break_is_shown_and_lines_are_those_of_an_editor(
    soft: str, site: SiteTest, capsys: Captured
) -> None:
    body = f"Các xã {soft}phường mới.{soft}Câu sau.\n\nBà con , làm ruộng."
    site.article("a", body, title=f"Khai mạc{soft}{soft}lễ hội")
    lines = (site.root / "content/tin/a.md").read_text(encoding="utf-8").split("\n")

    check(site)

    told = capsys.readouterr().out
    assert soft not in told
    assert "mạc⏎⏎lễ" in told
    assert f"content/tin/a.md:{lines.index('Bà con , làm ruộng.') + 1}:4" in told
    check(site, "--fix")
    told = capsys.readouterr().out
    assert soft not in told
    assert "-title: Khai mạc⏎⏎lễ hội\n" in told
    assert "+title: Khai mạc lễ hội\n" in told
    assert "-Bà con , làm ruộng.\n" in told


def test_a_file_that_cannot_be_written_is_named_and_nothing_is_shown_as_done(
    site: SiteTest, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.article("a", "Các xã , phường.").article("b", "Các thôn , bản.")
    make = tempfile.mkstemp

    def refuse(prefix: str, dir: Path) -> tuple[int, str]:  # noqa: A002  # as tempfile calls it
        if prefix.startswith(".a.md"):
            raise PermissionError(errno.EACCES, "Permission denied", str(dir / f"{prefix}x7"))
        return make(prefix=prefix, dir=dir)

    monkeypatch.setattr(tempfile, "mkstemp", refuse)

    assert check(site, "--fix") == 2

    told = capsys.readouterr()
    assert told.err == "Không ghi được content/tin/a.md: không có quyền ghi. Tệp này giữ nguyên.\n"
    assert "--- content/tin/a.md" not in told.out
    assert "--- content/tin/b.md" in told.out
    assert "Đã sửa 1 tệp." in told.out
    assert "content/tin/a.md:" in told.out
    assert "Các xã , phường." in (site.root / "content/tin/a.md").read_text(encoding="utf-8")


def test_a_folder_means_the_texts_below_it(site: SiteTest, capsys: Captured) -> None:
    site.article("2026/11/a", "Các xã , phường.").article("2026/1/b", "Các thôn , bản.").page("c", "Các sở , ngành.")

    def told(*places: str) -> list[str]:
        assert check(site, "--format", "json", *places) == 0
        return [row["path"] for row in json.loads(capsys.readouterr().out)["findings"]]

    first, second, page = "content/tin/2026/11/a.md", "content/tin/2026/1/b.md", "content/trang/c.md"
    assert told("content/tin/2026/11") == [first]
    assert told("content/tin/2026/1/") == [second]
    assert told("content/tin") == [second, first]
    assert told("content/tin", str(site.root / "content/tin/2026/11"), first) == [second, first]
    assert told("content") == [second, first, page]
    (site.root / "content/tin/2025").mkdir()
    assert check(site, "content/tin/2025") == 2
    assert "thư mục có bài viết" in capsys.readouterr().err


def test_without_fix_no_file_changes(site: SiteTest) -> None:
    site.article("a", "Các xã , phường...")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in site.root.rglob("content/**/*.md")}

    check(site)

    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before


def test_findings_as_json(site: SiteTest, capsys: Captured) -> None:
    site.article("a", 'Các xã , "phường".', category="Không có")

    assert check(site, "--format", "json") == 1

    rows = json.loads(capsys.readouterr().out)["findings"]
    assert [(row["rule"], row["severity"]) for row in rows] == [
        ("build", "error"),
        ("spacing", "warning"),
        ("quotes", "warning"),
    ]
    assert rows[1]["words"] == "xã ,"
    assert rows[1]["suggestion"] == "xã,"
    assert rows[1]["fixable"] is True
    assert rows[2]["column"] == 10


def test_findings_as_annotations_are_escaped(site: SiteTest, capsys: Captured) -> None:
    site.article("2026/a", "Tăng 5% ,hạ:rồi...\n\n" + "Bà con đi chợ. " * 10 + "tất\ncả cùng vui.")

    check(site, "--format", "github")

    lines = capsys.readouterr().out.splitlines()
    assert lines
    for line in lines:
        found = re.fullmatch(
            r"::(?:error|warning) file=([^,:]+),line=\d+(?:,col=\d+)?(?:,endColumn=\d+)?(?:,title=[a-z-]+)?::(.+)", line
        )
        assert found, line
        assert found[1].endswith("content/tin/2026/a.md")
        assert not re.search(r"%(?!25|0A|0D)", found[2])
    assert any("5%25" in line for line in lines)


def test_a_text_that_cannot_be_read_is_told_by_the_build_alone(site: SiteTest, capsys: Captured) -> None:
    site.article("b")
    (site.root / "content/tin/a.md").write_bytes(b"\xff\xfe\x00---")

    assert check(site, "--fix") == 1

    assert (site.root / "content/tin/a.md").read_bytes() == b"\xff\xfe\x00---"
    assert "1 lỗi" in capsys.readouterr().out


def test_the_sample_site_passes_a_strict_reading_but_for_what_its_documents_are(
    capsys: Captured, tmp_path: Path
) -> None:
    assert main(["check", "--root", str(REPOSITORY), "--now", SAMPLE_NOW.isoformat()]) == 0

    assert "0 lỗi · 2 cảnh báo · 0 chỗ cần soát" in capsys.readouterr().out


def test_a_contradiction_of_symbol_and_issuer_is_told_once_and_each_time(site: SiteTest, capsys: Captured) -> None:
    site.article("a", "Theo Thông báo 117-TB/VPCP ngày 31/8/2021 của Văn phòng Tỉnh ủy, các xã họp.")
    site.build()

    for _ in range(2):
        check(site, "--format", "json")
        rows = json.loads(capsys.readouterr().out)["findings"]
        assert [row["rule"] for row in rows] == ["symbol-issuer"]
