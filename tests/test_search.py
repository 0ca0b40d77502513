"""What can be searched on a built site: the parts of its archive and what their look-ups hold."""

from __future__ import annotations

import gzip
import json

import pytest
from conftest import REPOSITORY, SITE_TOML, SiteTest

from loa.text import fold

pytestmark = pytest.mark.usefixtures("compiled_templates")

FOLDING = json.loads((REPOSITORY / "tests/vectors/folding.json").read_text("utf-8"))


def rows(site: SiteTest, part: str) -> list[list[str]]:
    """The rows of a look-up: type, address, title, number, day, section, source."""
    found: list[list[str]] = json.loads(gzip.decompress(site.public[f"tim-kiem/tra-cuu/{part}.idx"]))
    return found


def parts(site: SiteTest) -> list[tuple[str, str]]:
    """Name and label of each part that the page knows."""
    items = site.html("tim-kiem/index.html").xpath("//*[@data-search-parts]/li")
    return [(item.get("data-name", ""), item.text_content()) for item in items]


def test_a_look_up_has_what_people_look_for_newest_first(site: SiteTest) -> None:
    site.article("2026/05/cu", title="Tin cũ", date="2026-05-01", author="Phòng Truyền thông")
    site.article("2026/05/moi", title="Tin mới", date="2026-05-03 08:00", author="Lê An")
    site.document("2026/12-ubnd-th", issued="2026-05-02", subject="họp giao ban").build()

    issuer = "Ủy ban nhân dân tỉnh"
    title = "Công văn 12/UBND-TH: họp giao ban"
    assert rows(site, "2026-1") == [
        ["tin", "/tin/2026/05/moi.html", "Tin mới", "", "2026-05-03", "Tin tức – Sự kiện", ""],
        ["van-ban", "/van-ban/2026/12-ubnd-th.html", title, "12/UBND-TH", "2026-05-02", "Công văn", issuer],
        ["tin", "/tin/2026/05/cu.html", "Tin cũ", "", "2026-05-01", "Tin tức – Sự kiện", "Phòng Truyền thông"],
    ]


def test_a_number_that_is_still_blank_is_none(site: SiteTest) -> None:
    site.document("2026/ubnd-th", number="/UBND-TH").build()

    assert [row[3] for row in rows(site, "2026-1")] == [""]


def test_standing_pages_come_first_and_years_from_the_newest(site: SiteTest) -> None:
    site.article("2025/05/a", date="2025-05-01").article("2026/05/b").page("lien-he")
    site.document("2023/7-ubnd", number="7/UBND", issued="2023-02").build()

    assert parts(site) == [
        ("trang", "trang cố định"),
        ("2026-1", "năm 2026"),
        ("2025-1", "năm 2025"),
        ("2023-1", "năm 2023"),
    ]
    assert [row[1] for row in rows(site, "trang")] == ["/trang/lien-he.html"]


def test_a_large_year_has_parts_of_which_only_the_last_grows(site: SiteTest) -> None:
    site.write("site.toml", SITE_TOML.replace("texts = false", "texts = false\npart = 100"))
    for number in range(150):
        site.article(f"2026/05/bai-{number:03}", date=f"2026-05-{1 + number // 10:02}")
    site.build()
    assert parts(site) == [("2026-2", "năm 2026, phần 2"), ("2026-1", "năm 2026, phần 1")]
    assert (len(rows(site, "2026-1")), len(rows(site, "2026-2"))) == (100, 50)

    site.article("2026/05/moi", date="2026-05-20").build()

    assert {path for path in site.rendered if path.startswith("tim-kiem/")} == {
        "tim-kiem/index.html",
        "tim-kiem/tra-cuu/2026-2.idx",
    }


def test_the_page_asks_for_a_look_up_by_what_is_in_it(site: SiteTest) -> None:
    def digests() -> dict[str, str]:
        items = site.html("tim-kiem/index.html").xpath("//*[@data-search-parts]/li")
        return {item.get("data-name", ""): item.get("data-digest", "") for item in items}

    site.article("2025/05/a", date="2025-05-01").article("2026/05/b").build()
    before = digests()
    site.article("2026/05/c").build()

    assert {name for name, digest in digests().items() if before[name] != digest} == {"2026-1"}


def test_nothing_that_is_held_back_can_be_found(site: SiteTest) -> None:
    site.article("2026/05/a").article("2026/05/nhap", title="CANARYNHAP", draft="true")
    site.article("2026/07/mai", title="CANARYMAI", date="2026-07-01").build()
    published = b"".join(
        gzip.decompress(data) if path.endswith(".idx") else data
        for path, data in site.public.items()
        if path.startswith("tim-kiem/")
    )
    assert b"tin/2026/05/a.html" in published
    assert b"CANARY" not in published

    site.delete("content/tin/2026/05/a.md").article("2026/05/b").build()
    assert [row[1] for row in rows(site, "2026-1")] == ["/tin/2026/05/b.html"]


def test_only_what_the_site_has_can_be_chosen(site: SiteTest) -> None:
    site.article("2026/05/a", author="Phòng Truyền thông").build()

    choices = {
        select.get("name"): [option.text for option in select.iter("option")][1:]
        for select in site.html("tim-kiem/index.html").iter("select")
    }
    assert choices == {
        "loai": ["Tin", "Trang giới thiệu"],
        "nam": ["2026"],
        "chuyen-muc": ["Tin tức – Sự kiện"],
        "don-vi": ["Phòng Truyền thông"],
        "xep": ["Mới nhất"],
    }


def test_a_site_that_is_not_to_be_searched_has_no_trace_of_it(site: SiteTest) -> None:
    site.write("site.toml", SITE_TOML.replace("texts = false", "enabled = false"))
    site.article("2026/05/a").build()

    assert [path for path in site.public if path.startswith("tim-kiem")] == []
    assert site.html("index.html").xpath("//form") == []


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("enabled = 1", "true hoặc false"),
        ("texts = 0", "true hoặc false"),
        ("part = 99", "từ 100 đến 5000"),
        ("parts = 9", "part"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(site: SiteTest, setting: str, words: str) -> None:
    site.write("site.toml", SITE_TOML.replace("texts = false", setting)).article("2026/05/a").build()

    assert len(site.problems) == 1
    assert words in site.problems[0]


@pytest.mark.parametrize("vector", FOLDING, ids=lambda vector: vector["text"])
def test_the_build_folds_as_the_page_does(vector: dict[str, str]) -> None:
    assert fold(vector["text"]) == vector["folded"]
