"""Source → Article or Page. The words of each refusal are in tests/expected/problems."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from loa import fields
from loa.content import ARTICLE_FIELDS, PAGE_FIELDS, Parsed, parse
from loa.markup import convert
from loa.model import Article, AttachmentField, ConversionError, Converted, ImageField, Page
from loa.source import Source, read_source

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
PLAIN = {"title": "Lễ hội", "date": "2026-05-17", "category": "Tin tức – Sự kiện"}


def parsed(fields: dict[str, str], body: str = "Nội dung.", path: str = "tin/2026/05/x.md") -> Parsed:
    lines = [f"{key}: {value}" for key, value in fields.items()]
    source = read_source(path, "\n".join(["---", *lines, "---", body]).encode())
    assert isinstance(source, Source), source
    return parse(source, HANOI, convert)


def article(body: str = "Nội dung.", **fields: str) -> Article:
    result = parsed({**PLAIN, **fields}, body)
    assert result.problems == ()
    assert isinstance(result.entry, Article)
    return result.entry


def faults(body: str = "Nội dung.", path: str = "tin/2026/05/x.md", **fields: str) -> list[tuple[int, str]]:
    result = parsed({**PLAIN, **fields} if path.startswith("tin/") else fields, body, path)
    assert result.entry is None
    assert all(problem.blocking and problem.hint for problem in result.problems)
    return [(problem.line, problem.field) for problem in result.problems]


def test_an_article_with_every_field() -> None:
    entry = article(
        author="Phòng Truyền thông",
        source="Cổng TTĐT",
        views="31791",
        summary="Tóm  tắt",
        image="{file: /anh/x.jpg, alt: Hình, caption: Chú thích, credit: Văn An}",
        tags="[lễ hội, ngư dân]",
        attachments="[{file: /tep/x.pdf, label: Kế hoạch}, /tep/y.pdf]",
        aliases="[/cu.html, /cu/]",
        updated="2026-05-18 08:30",
        draft="true",
    )

    assert entry.url == "/tin/2026/05/x.html"
    assert entry.title == "Lễ hội"
    assert entry.published == datetime(2026, 5, 17, tzinfo=HANOI)
    assert not entry.has_time
    assert entry.author == "Phòng Truyền thông"
    assert entry.source == "Cổng TTĐT"
    assert entry.views == 31791
    assert entry.summary == entry.lead == "Tóm tắt"
    assert entry.image == ImageField("/anh/x.jpg", "Hình", "Chú thích", "Văn An")
    assert entry.tags == ("lễ hội", "ngư dân")
    assert entry.attachments == (AttachmentField("/tep/x.pdf", "Kế hoạch"), AttachmentField("/tep/y.pdf", ""))
    assert entry.aliases == ("/cu.html", "/cu/")
    assert entry.updated == datetime(2026, 5, 18, 8, 30, tzinfo=HANOI)
    assert entry.draft


def test_an_article_with_the_least() -> None:
    entry = article()

    assert (entry.author, entry.source, entry.views, entry.summary, entry.image) == ("", "", None, "", None)
    assert (entry.tags, entry.attachments, entry.aliases, entry.updated, entry.draft) == ((), (), (), None, False)
    assert entry.lead == "Nội dung."


def test_a_page_has_no_date_and_no_category() -> None:
    entry = parsed({"title": "Giới thiệu"}, path="trang/gioi-thieu.md").entry
    assert isinstance(entry, Page)
    assert entry.url == "/trang/gioi-thieu.html"
    assert set(ARTICLE_FIELDS) - set(PAGE_FIELDS) == {
        "date", "category", "author", "source", "views", "tags", "pinned", "expires", "corrections",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("y tế", ("y tế",)),
        ("y tế, tiêm chủng", ("y tế", "tiêm chủng")),
        ("y tế, , tiêm chủng,", ("y tế", "tiêm chủng")),
        ("[y tế, Y  tế, Y Tế]", ("y tế",)),
        ('["một, hai"]', ("một, hai",)),
        ("[]", ()),
    ],
)
def test_tags_may_be_a_list_or_a_line_with_commas(written: str, tags: tuple[str, ...]) -> None:
    assert article(tags=written).tags == tags


@pytest.mark.parametrize("written", ["/anh/x.jpg", "{file: /anh/x.jpg}", "\n  file: /anh/x.jpg"])
def test_a_picture_may_be_named_by_its_file_alone(written: str) -> None:
    assert article(image=written).image == ImageField("/anh/x.jpg", "", "", "")


@pytest.mark.parametrize("written", ["/tep/x.pdf", "[/tep/x.pdf]", "{file: /tep/x.pdf}", "\n  - file: /tep/x.pdf"])
def test_one_attachment_may_be_written_without_a_list(written: str) -> None:
    assert article(attachments=written).attachments == (AttachmentField("/tep/x.pdf", ""),)


@pytest.mark.parametrize("value", ["", "~", "null", '""', "[]", '"  "'])
@pytest.mark.parametrize("name", [name for name, field in ARTICLE_FIELDS.items() if not field.required])
def test_an_empty_field_is_an_absent_one(name: str, value: str) -> None:
    assert article(**{name: value}) == article()


@pytest.mark.parametrize("value", ["", "~", "null", '""', "[]"])
@pytest.mark.parametrize("name", [name for name, field in ARTICLE_FIELDS.items() if field.required])
def test_an_empty_field_that_must_be_there_is_missing(name: str, value: str) -> None:
    assert faults(**{name: value}) == [(list(PLAIN).index(name) + 2, name)]


WRONG = {
    "title": ["[a, b]", "{a: b}", "2026", "'...'", "x" * 301, '"a\\u0007"'],
    "date": ["17/05/2026", "2026-02-30", "hôm nay", "[2026]", "{a: b}", "1944-12-31", "2101-01-01", "20260517"],
    "category": ["[a, b]", "{a: b}", "'!!!'", "x" * 121],
    "author": ["[a, b]", "{a: b}", "'!!!'"],
    "source": ["[a, b]", "{a: b}", "x" * 1001],
    "views": ["31.791", "-1", "1e3", "nhiều", "[1]", "{a: b}", "9999999999999", "１２", "1_000"],
    "summary": ["[a, b]", "{a: b}", "x" * 1001],
    "image": ["[a]", "{alt: a}", "{file: [a]}", "{file: a, width: 5}", "{file: ''}"],
    "tags": ["{a: b}", "[[a]]", "[{a: b}]", "'!!!'", "[a, '!!!']"],
    "attachments": ["[[a]]", "[{label: a}]", "[{file: a, size: 5}]", "[{file: {a: b}}]"],
    "aliases": ["cu.html", "//x.example", "/../x", "/a//b", "/cũ", "/a b", "{a: b}", "[[/a]]", "/a?b", "/" + "x" * 200],
    "updated": ["17/05/2026", "hôm qua", "[2026]", "2026-05-16"],
    "draft": ["có", "yes", "True", "1", "[true]", "{a: b}"],
    "publish_at": ["18/05/2026", "ngày mai", "[2026]", "{a: b}"],
    "expires": ["30/06/2026", "[2026]", "hè", "2026-05-16", "2026-05-17 00:00"],
    "pinned": ["true", "31/05/2026", "{until: 2026-05-31}"],
    "corrections": [
        "số hộ là 12",
        "[{note: số hộ là 12}]",
        "[{date: 2026-05-18}]",
        "[{date: hôm qua, note: a}]",
        "[{date: 2026-05-18, kind: sửa, note: a}]",
        "[{date: 2026-05-18, note: a, by: b}]",
        "[{date: 2026-05-16, note: a}]",
    ],
    "withdrawn": [
        "true",
        "2026-05-18",
        "[a]",
        "{date: 2026-05-18, by: a}",
        "{date: 2026-05-18, reason: a}",
        "{by: a, reason: b}",
        "{date: mai, by: a, reason: b}",
        "{date: 2026-05-18, by: a, reason: b, note: c}",
        "{date: 2026-05-16, by: a, reason: b}",
    ],
    "citations": ["có", "[a]", "[{number: 1/UBND-TH}]", "[{number: 1/UBND-TH, target: abc}]", "{a: b}"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_value_of_the_wrong_kind_is_refused_on_its_line(name: str, value: str) -> None:
    ((line, field),) = faults(**{name: value})
    assert line == ([*PLAIN, name].index(name) + 2)
    assert field.partition(".")[0] == name


def test_every_field_has_values_that_are_refused() -> None:
    assert set(WRONG) == set(ARTICLE_FIELDS)


def test_every_fault_of_a_file_is_named_at_once() -> None:
    found = faults(date="17/05/2026", views="nhiều", draft="có", layout="post", body="<!-- trống -->")
    assert sorted(found) == [(3, "date"), (5, "views"), (6, "draft"), (7, "layout"), (9, "")]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tittle", "title"),
        ("Title", "title"),
        ("tiêu đề", "title"),
        ("TIÊU_ĐỀ", "title"),
        ("ngay-dang", "date"),
        ("tac gia", "author"),
        ("tag", "tags"),
        ("attachment", "attachments"),
        ("tệp đính kèm", "attachments"),
        ("hình", "image"),
        ("bản nháp", "draft"),
    ],
)
def test_a_field_under_another_name_is_recognised(written: str, meant: str) -> None:
    result = parsed({**{key: value for key, value in PLAIN.items() if key != meant}, written: "x"})
    (problem,) = result.problems
    assert problem.hint == f'Ý bạn là "{meant}"?'


@pytest.mark.parametrize(
    ("written", "moment", "has_time"),
    [
        ("2026-05-17", "2026-05-17T00:00:00+07:00", False),
        ("2026-05-17 08:30", "2026-05-17T08:30:00+07:00", True),
        ("2026-05-17T01:30Z", "2026-05-17T08:30:00+07:00", True),
    ],
)
def test_a_date_without_a_zone_is_in_that_of_the_site(written: str, moment: str, has_time: bool) -> None:
    entry = article(date=written)
    assert entry.published == datetime.fromisoformat(moment)
    assert entry.published.utcoffset() == timedelta(hours=7)
    assert entry.has_time == has_time


def test_of_thousands_of_unknown_fields_the_first_are_named_and_the_others_counted() -> None:
    found = faults(**{f"la{number}": "x" for number in range(3_000)})

    told = [field for _, field in found if field.startswith("la")]
    assert told == [f"la{number}" for number in range(51)]


def test_an_update_on_the_day_of_publication_is_no_fault() -> None:
    assert article(date="2026-05-17 10:00", updated="2026-05-17").updated


@pytest.mark.parametrize("body", ["", "   \n\n", "<!-- viết sau -->", "<script>x</script>", "---", "[^1]: "])
def test_a_body_without_anything_to_read_is_empty(body: str) -> None:
    assert [field for _, field in faults(body=body)] == [""]


@pytest.mark.parametrize("body", ["![Áp phích](/anh/x.jpg)", "1", "| a |\n|---|\n| b |", "> x"])
def test_a_body_may_be_a_picture_or_a_word(body: str) -> None:
    assert article(body)


def test_a_body_that_cannot_be_converted_is_a_fault_like_others() -> None:
    def refusing(_text: str) -> Converted:
        raise ConversionError

    source = read_source("tin/x.md", b"---\ntitle: A\nviews: x\n---\n\nx")
    assert isinstance(source, Source)
    problems = parse(source, HANOI, refusing).problems
    assert {problem.field for problem in problems} == {"", "date", "category", "views"}
    assert {problem.line for problem in problems if not problem.field} == {6}


@pytest.mark.parametrize(
    ("value", "read"),
    [("2021-01", "2021-01"), ("2021-12", "2021-12"), (" 2021-5 ", "2021-05"), ("2021-05-08", "2021-05-08")],
)
def test_a_month_stands_where_the_day_is_not_known(value: str, read: str) -> None:
    assert fields.read_day_or_month("issued", value, HANOI) == read


def test_what_holds_to_a_day_holds_to_its_end_in_the_zone_of_the_site() -> None:
    day, moment = (fields.read_deadline("expires", value, HANOI) for value in ("2026-05-17", "2026-05-17 08:30"))

    assert day.moment.isoformat() == "2026-05-18T00:00:00+07:00"
    assert moment.moment.isoformat() == "2026-05-17T08:30:00+07:00"
    assert (day.has_time, moment.has_time) == (False, True)


def test_one_correction_needs_no_list_and_the_latest_of_several_stands_first() -> None:
    early = {"date": "2026-05-18", "note": "b", "kind": "đính chính"}
    late = {"date": "2026-05-19", "note": "a", "kind": "cập nhật"}

    assert [one.note for one in fields.read_corrections("corrections", early, HANOI)] == ["b"]
    found = fields.read_corrections("corrections", [early, late], HANOI)
    assert [(one.note, one.kind) for one in found] == [("a", "update"), ("b", "correction")]
    same = [{**early, "note": note} for note in "xy"]
    assert [one.note for one in fields.read_corrections("corrections", same, HANOI)] == ["x", "y"]


def test_yes_and_no_are_the_two_words() -> None:
    assert fields.read_truth("draft", "true", HANOI) is True
    assert fields.read_truth("draft", "false", HANOI) is False
