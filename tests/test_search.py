"""What can be searched on a built site: the parts of its archive and what their look-ups hold."""

from __future__ import annotations

import gzip
import json
from datetime import datetime
from typing import Any

import pytest
from conftest import REPOSITORY, SITE_TOML, SiteTest

from loa import search_parts
from loa.search import LEADS
from loa.text import fold, slug

FOLDING = json.loads((REPOSITORY / "tests/vectors/folding.json").read_text("utf-8"))


def loaded(site: SiteTest, name: str) -> list[Any]:
    """What the search page loads under that name."""
    found: list[Any] = json.loads(gzip.decompress(site.public[f"tim-kiem/tra-cuu/{name}.idx"]))
    return found


def rows(site: SiteTest, part: str, *types: str) -> list[list[str]]:
    """The rows of a look-up: type, address, title, number, day, section, source, mark; of entries, or of ``types``."""
    made = [list(row) for row in zip(*loaded(site, part), strict=True)]
    for row in made:
        row[1] = row[1].replace("/*", f"/{slug(row[2])}.html")
    return [row for row in made if row[0] in (types or ("tin", "van-ban", "trang"))]


def parts(site: SiteTest) -> list[tuple[str, str]]:
    """Name of each part and when it begins, of those that the page knows."""
    items = site.html("tim-kiem/index.html").xpath("//*[@data-search-parts]/li")
    return [(item.get("data-name", ""), item.text_content()) for item in items]


def test_a_look_up_has_what_people_look_for_newest_first(site: SiteTest) -> None:
    site.article("2026/05/cu", title="Tin cũ", date="2026-05-01", author="Phòng Truyền thông")
    site.article("2026/05/moi", title="Tin mới", date="2026-05-03 08:00", author="Lê An")
    site.document("2026/12-ubnd-th", issued="2026-05-02", subject="họp giao ban").build()

    issuer = "Ủy ban nhân dân tỉnh"
    title = "Công văn 12/UBND-TH: họp giao ban"
    assert rows(site, "2026-1") == [
        ["tin", "/tin/2026/05/moi.html", "Tin mới", "", "2026-05-03", "Tin tức – Sự kiện", "", ""],
        ["van-ban", "/van-ban/2026/12-ubnd-th.html", title, "12/UBND-TH", "2026-05-02", "Công văn", issuer, ""],
        ["tin", "/tin/2026/05/cu.html", "Tin cũ", "", "2026-05-01", "Tin tức – Sự kiện", "Phòng Truyền thông", ""],
    ]


def test_a_look_up_marks_documents_that_are_not_in_force_from_the_day_on_which_they_are_not(site: SiteTest) -> None:
    site.document("2026/1-ubnd-th", number="1/UBND-TH", issued="2026-01-02", expires="2026-12-01").build()
    assert [row[7] for row in rows(site, "2026-1")] == [""]

    site.build(now=datetime.fromisoformat("2026-12-01T08:00:00+07:00"))

    assert [row[7] for row in rows(site, "2026-1")] == ["Hết hiệu lực"]


def test_a_number_that_is_still_blank_is_none(site: SiteTest) -> None:
    site.document("2026/ubnd-th", number="/UBND-TH").build()

    assert [row[3] for row in rows(site, "2026-1")] == [""]


def test_standing_pages_come_first_and_years_from_the_newest(site: SiteTest) -> None:
    site.article("2025/05/a", date="2025-05-01").article("2026/05/b").page("lien-he")
    site.document("2023/7-ubnd", number="7/UBND", issued="2023-02").build()

    assert parts(site) == [
        ("trang", ""),
        ("2026-1", "năm 2026"),
        ("2025-1", "năm 2025"),
        ("2023-1", "năm 2023"),
    ]
    assert [row[1] for row in rows(site, "trang")] == ["/trang/lien-he.html"]


def test_a_large_year_has_several_parts(site: SiteTest) -> None:
    site.write("site.toml", SITE_TOML.replace("texts = false", "texts = false\npart = 100"))
    for number in range(150):
        site.article(f"2026/05/bai-{number:03}", date=f"2026-05-{1 + number // 10:02}")
    site.build()

    assert parts(site) == [("2026-2", "ngày 11/5/2026"), ("2026-1", "năm 2026")]
    assert (len(rows(site, "2026-1")), len(rows(site, "2026-2"))) == (100, 50)


def test_what_has_come_last_to_the_newest_year_is_apart_so_that_a_publish_makes_little_anew(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def counts() -> dict[str, int]:
        return {name: len(rows(site, name)) for name, _ in parts(site)}

    monkeypatch.setattr(search_parts, "FRESH", 10)
    for number in range(9):
        site.article(f"2025/05/bai-{number}", date=f"2025-05-0{1 + number}")
    site.build()
    assert counts() == {"2025-1": 9}

    site.article("2025/06/a", date="2025-06-01").article("2025/06/b", date="2025-06-02").build()
    assert counts() == {"2025-2": 1, "2025-1": 10}

    site.article("2025/06/c", date="2025-06-03").build()
    assert counts() == {"2025-2": 2, "2025-1": 10}
    assert {path for path in site.rendered if path.startswith("tim-kiem/tra-cuu/")} == {
        "tim-kiem/tra-cuu/2025-2.idx",
        "tim-kiem/tra-cuu/2025-2/0.idx",
    }

    site.article("2026/01/a", date="2026-01-01").build()
    assert counts() == {"2026-1": 1, "2025-1": 12}


def test_a_document_that_others_cite_is_found_by_its_number_before_anybody_writes_it_up(site: SiteTest) -> None:
    cites = "Theo Công văn số 733/UBND-KT ngày 14/3/2025 của Ủy ban nhân dân tỉnh, các xã rà soát."
    older = "Theo Công văn số 12/UBND-KT ngày 7/1/2019 của Ủy ban nhân dân tỉnh, các xã rà soát."
    site.article("2025/04/a", f"{cites} {older}", date="2025-04-01")
    site.article("2026/05/b", f"{cites} {older}", date="2026-05-01").build()

    found = {row[3]: (part, row) for part in ("2026-1", "2025-1") for row in rows(site, part, "nhac-den")}
    part, row = found["733/UBND-KT"]
    assert (part, row[4], row[5]) == ("2025-1", "2025-03-14", "Công văn")
    assert row[1].lstrip("/") in site.public
    assert row[2].startswith("Công văn 733/UBND-KT ngày 14/03/2025")
    # Older than the archive: where it begins.
    assert found["12/UBND-KT"][0] == "2025-1"

    site.document("2025/733-ubnd-kt", number="733/UBND-KT", issued="2025-03-14", subject="rà soát").build()
    found_now = [row[:2] for row in rows(site, "2025-1", "van-ban", "nhac-den") if row[3] == "733/UBND-KT"]
    assert found_now == [["van-ban", "/van-ban/2025/733-ubnd-kt.html"]]


def test_a_site_of_standing_pages_only_can_be_searched(site: SiteTest) -> None:
    cites = "Theo Công văn số 733/UBND-KT ngày 14/3/2025 của Ủy ban nhân dân tỉnh, các xã rà soát."
    site.page("mot", cites).page("hai", cites).build()

    assert [row[3] for row in rows(site, "trang", "nhac-den")] == ["733/UBND-KT"]


def test_listings_are_found_by_their_names(site: SiteTest) -> None:
    site.article("2026/05/a", author="Phòng Truyền thông", tags="[Bão lũ, tin-tuc-su-kien]")
    site.article("2026/05/b", author="Lê An").document("2026/12-ubnd").build()

    found = {row[2]: (row[1], row[5]) for row in rows(site, "2026-1", "muc")}
    assert found["Phòng Truyền thông"] == ("/don-vi/truyen-thong/", "Đơn vị")
    assert found["Lê An"] == ("/tac-gia/le-an/", "Tác giả")
    assert found["Bão lũ"] == ("/the/bao-lu/", "Thẻ")
    assert found["Công văn"] == ("/van-ban/loai/cong-van/", "Văn bản")
    # The tag is called like the category, which has more to say.
    assert found["Tin tức – Sự kiện"][1] == "Chuyên mục"
    assert "tin-tuc-su-kien" not in found
    assert all(f"{url.lstrip('/')}index.html" in site.public for url, _ in found.values())


def test_how_entries_begin_is_loaded_fifty_at_a_time_oldest_first(site: SiteTest) -> None:
    for number in range(LEADS + 1):
        site.article(
            f"2026/05/bai-{number:02}", f"Nội dung {number}.", date=f"2026-05-01 {number // 60:02}:{number % 60:02}"
        )
    site.page("lien-he", "Số điện thoại.").document("2026/12-ubnd", "Kính gửi các xã.", issued="2026-05-02").build()

    assert loaded(site, "trang/0") == ["Số điện thoại."]
    first, second = loaded(site, "2026-1/0"), loaded(site, "2026-1/1")
    assert (first[0], first[-1], len(first)) == ("Nội dung 0.", "Nội dung 49.", LEADS)
    # The title of a document says what it is about.
    assert second == ["Nội dung 50.", ""]

    site.article("2026/05/them", "Thêm.", date="2026-05-03").build()
    written = {path for path in site.rendered if path.startswith("tim-kiem/tra-cuu/2026-1/")}
    assert loaded(site, "2026-1/1") == ["Nội dung 50.", "", "Thêm."]
    assert written == {"tim-kiem/tra-cuu/2026-1/1.idx"}


@pytest.mark.parametrize(
    ("name", "title", "said"),
    [
        ("dap-de-o-cua-lo", "Đắp đê ở Cửa Lộ", "/tin/2026/05/*"),
        ("dap-de-o-cua-lo", "“Đắp đê” – ở Cửa Lộ…", "/tin/2026/05/*"),
        ("dap-de", "Đắp đê ở Cửa Lộ", "/tin/2026/05/dap-de.html"),
        ("strasse", "Straße", "/tin/2026/05/strasse.html"),
    ],
)
def test_an_address_that_is_the_title_is_said_once(site: SiteTest, name: str, title: str, said: str) -> None:
    site.article(f"2026/05/{name}", title=title).build()

    assert loaded(site, "2026-1")[1][0] == said


def test_documents_of_one_issuer_have_one_name_for_it_however_it_is_spelled(site: SiteTest) -> None:
    for number, issuer in enumerate(("Uỷ ban nhân dân tỉnh", "Ủy ban Nhân dân tỉnh", "Ủy ban nhân dân tỉnh"), 1):
        site.document(f"2026/{number}-ubnd", number=f"{number}/UBND", issuer=issuer, issued=f"2026-05-0{number}")
    site.build()

    assert {row[6] for row in rows(site, "2026-1")} == {"Ủy ban nhân dân tỉnh"}


def test_the_page_asks_for_a_look_up_by_what_is_in_it(site: SiteTest) -> None:
    def digests() -> dict[str, str]:
        items = site.html("tim-kiem/index.html").xpath("//*[@data-search-parts]/li")
        return {item.get("data-name", ""): item.get("data-digest", "") for item in items}

    site.article("2025/05/a", date="2025-05-01").article("2026/05/b").build()
    before = digests()
    site.article("2026/05/c").build()

    assert {name for name, digest in digests().items() if before[name] != digest} == {"2026-1"}


def test_what_is_compressed_tells_neither_when_nor_on_which_system_it_was(site: SiteTest) -> None:
    site.article("a").build()

    heads = {data[:10] for path, data in site.public.items() if path.endswith(".idx")}

    # RFC 1952, 2.3: deflate, no flags, no time, most compressed, unknown system. Versions of Python differ in the last.
    assert heads == {b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"}


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

    site.give_up("tin/2026/05/a.md").article("2026/05/b").build()
    assert [row[1] for row in rows(site, "2026-1")] == ["/tin/2026/05/b.html"]


def test_only_what_the_site_has_can_be_chosen(site: SiteTest) -> None:
    site.article("2026/05/a", author="Phòng Truyền thông").build()

    choices = {
        select.get("name"): [option.text for option in select.iter("option")][1:]
        for select in site.html("tim-kiem/index.html").iter("select")
    }
    assert choices == {
        "loai": ["Tin", "Trang thông tin"],
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
