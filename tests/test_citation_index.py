"""The citation index: what is cited once is listed there, and what nobody can date, with what it may be."""

from __future__ import annotations

import csv
import io
import json

import pytest
from conftest import SiteTest

ONCE = "Thực hiện Công văn số 733/UBND-KT ngày 14/3/2025 của UBND tỉnh, các xã báo cáo."
PLAN = {"kind": "Kế hoạch", "number": "25/KH-UBND", "issuer": "Ủy ban nhân dân tỉnh Lâm Hải"}
YEAR = "van-ban/trich-dan/2022/index.html"


@pytest.fixture
def portal(site: SiteTest) -> SiteTest:
    """A site of the province Lâm Hải with a document, without which there is no register."""
    site.replace("site.toml", "base_url", 'province = "Lâm Hải"\nbase_url')
    return site.document("2023/25-kh-ubnd", **PLAN, issued="2023-05-10")


def rows(site: SiteTest, year: str) -> list[dict[str, object]]:
    return json.loads(site.text(f"van-ban/trich-dan/{year}/trich-dan.json"))


def undated(site: SiteTest, path: str) -> list[str]:
    """The cells of the table of citations without a date, line by line."""
    lines = site.html(path).xpath("//table[@class='register']/tbody/tr")
    return [" | ".join(" ".join(cell.text_content().split()) for cell in line) for line in lines]


def test_what_is_cited_once_is_listed_for_machines(portal: SiteTest) -> None:
    portal.article("2025/03/bai", ONCE, date="2025-03-20").build()

    (row,) = rows(portal, "2025")

    assert row["document"] == {
        "name": "Công văn 733/UBND-KT ngày 14/03/2025 của UBND tỉnh",
        "url": "",
        "kind": "Công văn",
        "number": "733/UBND-KT",
        "issued": "2025-03-14",
        "issuer": "UBND tỉnh",
    }
    assert row["cited_by"] == {
        "title": "Bài 2025/03/bai",
        "url": "https://thu.example/tin/2025/03/bai.html",
        "date": "2025-03-20",
    }
    assert row["undated"] is False
    table = csv.DictReader(io.StringIO(portal.text("van-ban/trich-dan/2025/trich-dan.csv").removeprefix("\ufeff")))
    (line,) = table
    assert (line["Số, ký hiệu"], line["Ngày ban hành"], line["Nhắc đến trong"]) == (
        "733/UBND-KT",
        "2025-03-14",
        "Bài 2025/03/bai",
    )


def test_what_has_a_page_is_listed_with_it(portal: SiteTest) -> None:
    portal.article("2025/03/bai", f"{ONCE} Theo Kế hoạch 25/KH-UBND.", date="2025-03-20")
    portal.article("2025/03/hai", ONCE, date="2025-03-21").build()

    found = {(row["cited_by"]["title"], row["document"]["url"]) for row in rows(portal, "2025")}

    stub = "https://thu.example/van-ban/so/733-ubnd-kt-lam-hai-2025.html"
    assert found == {
        ("Bài 2025/03/bai", stub),
        ("Bài 2025/03/hai", stub),
        ("Bài 2025/03/bai", "https://thu.example/van-ban/2023/25-kh-ubnd.html"),
    }


def test_a_document_that_is_named_again_without_its_date_is_one_line(portal: SiteTest) -> None:
    again = f"{ONCE} Công văn số 733/UBND-KT giao bốn việc."
    portal.article("2025/03/bai", again, date="2025-03-20").build()

    assert [row["document"]["issued"] for row in rows(portal, "2025")] == ["2025-03-14"]


def test_numbers_of_two_years_are_two_documents_though_no_date_is_said(portal: SiteTest) -> None:
    said = "Theo Nghị định 30/2020/NĐ-CP ngày 05/3/2020, Nghị định 30/2022/NĐ-CP và Nghị định số 30/2020/NĐ-CP."
    portal.article("2025/03/bai", said, date="2025-03-20").build()

    found = [(row["document"]["number"], row["document"]["issued"]) for row in rows(portal, "2025")]

    assert found == [("30/2020/NĐ-CP", "2020-03-05"), ("30/2022/NĐ-CP", "")]


def test_a_line_has_the_most_that_is_said_wherever_it_is_said(portal: SiteTest) -> None:
    said = "Theo Nghị định 30/2020/NĐ-CP. Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ có bảy chương."
    portal.article("2025/03/bai", said, date="2025-03-20").build()

    (row,) = rows(portal, "2025")

    assert (row["document"]["issued"], row["document"]["issuer"]) == ("2020-03-05", "Chính phủ")


def test_a_document_does_not_cite_itself(portal: SiteTest) -> None:
    own = "Số: 31/KH-UBND\n\nKế hoạch số 31/KH-UBND ngày 02/6/2024 gồm ba phần. Theo Kế hoạch số 25/KH-UBND."
    portal.document("2024/31-kh-ubnd", own, **{**PLAN, "number": "31/KH-UBND"}, issued="2024-06-02").build()

    assert [row["document"]["number"] for row in rows(portal, "2024")] == ["25/KH-UBND"]


def test_what_nobody_can_date_is_listed_with_what_it_may_be(portal: SiteTest) -> None:
    portal.article("2022/03/bai", "Theo Kế hoạch số 25/KH-UBND của UBND tỉnh.", date="2022-03-20")
    portal.article("2024/08/bai", "Theo Kế hoạch số 25/KH-UBND ngày 01/8/2024.", date="2024-08-20").build()

    (line,) = undated(portal, YEAR)
    assert line.split(" | ") == [
        "Kế hoạch 25/KH-UBND của UBND tỉnh",
        "Bài 2022/03/bai",
        "Kế hoạch 25/KH-UBND ngày 10/05/2023; Kế hoạch 25/KH-UBND ngày 01/08/2024",
    ]
    (row,) = rows(portal, "2022")
    assert row["undated"] is True
    assert [candidate["url"] for candidate in row["candidates"]] == [
        "https://thu.example/van-ban/2023/25-kh-ubnd.html",
        "",
    ]
    assert undated(portal, "van-ban/trich-dan/2024/index.html") == []


def test_a_bare_number_may_be_any_document_that_has_it(portal: SiteTest) -> None:
    portal.document("2021/558-ubnd-th", number="558/UBND-TH", issued="2021-02-15", issuer="UBND tỉnh")
    portal.document("2021/558-ubnd-kt", number="558/UBND-KT", issued="2021-02-16", issuer="UBND tỉnh")
    portal.article("2022/03/bai", "UBND tỉnh đã có Công văn số 558 của UBND tỉnh.", date="2022-03-20").build()

    (line,) = undated(portal, YEAR)

    assert line.endswith("| Công văn 558/UBND-TH ngày 15/02/2021; Công văn 558/UBND-KT ngày 16/02/2021")


def test_a_page_for_what_nobody_can_date_says_what_it_may_be(portal: SiteTest) -> None:
    for name in ("mot", "hai"):
        portal.article(f"2022/03/{name}", "Theo Kế hoạch số 25/KH-UBND của UBND tỉnh.", date="2022-03-20")
    portal.build()

    (stub,) = (path for path in portal.public if path.startswith("van-ban/so/25-kh-ubnd"))

    assert portal.html(stub).xpath("//section[@aria-labelledby='co-the-la']//a/@href") == [
        "/van-ban/2023/25-kh-ubnd.html"
    ]


def test_a_candidate_that_comes_or_goes_changes_the_list(portal: SiteTest) -> None:
    portal.article("2022/03/bai", "Theo Kế hoạch số 25/KH-UBND của UBND tỉnh.", date="2022-03-20").build()
    portal.document("2026/25-kh-ubnd", **PLAN, issued="2026-05-10").build()

    assert undated(portal, YEAR)[0].count("Kế hoạch 25/KH-UBND ngày") == 2

    portal.give_up("van-ban/2026/25-kh-ubnd.md", "van-ban/2023/25-kh-ubnd.md")
    portal.document("2026/1-kh-ubnd", **{**PLAN, "number": "1/KH-UBND"}, issued="2026-01-10").build()

    assert undated(portal, YEAR) == ["Kế hoạch 25/KH-UBND của UBND tỉnh | Bài 2022/03/bai | chưa rõ"]


def test_what_becomes_undated_while_another_is_settled_changes_the_list(portal: SiteTest) -> None:
    portal.write("site.toml", portal.root.joinpath("site.toml").read_text() + "\n[documents]\nstubs = 9\n")
    notice = "Theo Thông báo số {}/TB-UBND {}của UBND tỉnh."
    for name, number in (("mot", 1), ("hai", 2)):
        portal.article(f"2022/03/{name}", notice.format(number, ""), date="2022-03-20")
    portal.article("2021/03/cu", notice.format(1, "ngày 04/01/2021 "), date="2021-03-20").build()
    assert [line.split(" | ")[1] for line in undated(portal, YEAR)] == ["Bài 2022/03/hai"]

    portal.article("2021/03/cu", notice.format(2, "ngày 04/01/2021 "), date="2021-03-20").build()

    assert [line.split(" | ")[1] for line in undated(portal, YEAR)] == ["Bài 2022/03/mot"]


def test_the_front_leads_to_every_year_that_cites(portal: SiteTest) -> None:
    portal.article("2022/03/bai", ONCE, date="2022-03-20").article("2024/03/bai", date="2024-03-20")
    portal.page("gioi-thieu", ONCE).build()

    links = portal.html("van-ban/trich-dan/index.html").xpath("//main//li/a/@href")

    assert links == ["/van-ban/trich-dan/2022/", "/van-ban/trich-dan/trang/"]
    assert "/van-ban/trich-dan/" in portal.html("van-ban/index.html").xpath("//main//a/@href")


def test_a_publish_rewrites_the_year_of_what_cites_only(portal: SiteTest) -> None:
    portal.article("2022/03/bai", ONCE, date="2022-03-20").article("2024/03/bai", ONCE, date="2024-03-20").build()
    portal.article("2024/04/moi", "Theo Thông báo số 12/TB-UBND ngày 02/4/2024.", date="2024-04-20").build()

    lists = {path for path in portal.rendered if "trich-dan" in path}
    assert lists == {f"van-ban/trich-dan/2024/trich-dan.{kind}" for kind in ("json", "csv")}

    portal.article("2024/05/khac", "Không nhắc đến văn bản nào.", date="2024-05-20").build()
    assert not {path for path in portal.rendered if "trich-dan" in path}
