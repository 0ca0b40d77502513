"""Official documents: their pages, the register that lists them, and the same for machines."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime
from hashlib import sha256
from typing import Any

import pytest
from conftest import SiteTest

CONG_VAN = {
    "kind": "Công văn",
    "number": "215/SYT-NVY",
    "issued": "2026-03-05",
    "issuer": "Sở Y tế",
    "parent": "Ủy ban nhân dân tỉnh",
    "place": "Thư",
    "subject": "tiêm vắc xin cho trẻ em",
    "field": "Y tế",
    "to": "[Trung tâm Y tế các huyện, Ủy ban nhân dân các xã]",
    "recipients": "[Như trên, Lưu VT]",
    "signer": "{authority: KT. GIÁM ĐỐC, office: PHÓ GIÁM ĐỐC, name: Lê Thị Hòa}",
    "status": "còn hiệu lực",
}


def words(site: SiteTest, path: str, css: str) -> list[str]:
    """The text of each element of a page that has the class."""
    found = site.html(path).xpath(f"//*[contains(concat(' ', @class, ' '), ' {css} ')]")
    return [" ".join(element.text_content().split()) for element in found]


def test_a_document_shows_its_parts_in_the_order_of_the_printed_sheet(site: SiteTest) -> None:
    site.document("2026/215-syt-nvy", "Sở đề nghị các đơn vị thực hiện.", **CONG_VAN).build()

    text = " ".join(site.html("van-ban/2026/215-syt-nvy.html").find(".//article").text_content().split())
    parts = [
        "Ủy ban nhân dân tỉnh",
        "Sở Y tế",
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 215/SYT-NVY",
        "Thư, ngày 05 tháng 3 năm 2026",
        "V/v tiêm vắc xin cho trẻ em",
        "Kính gửi:",
        "Trung tâm Y tế các huyện",
        "Sở đề nghị các đơn vị thực hiện.",
        "Nơi nhận:",
        "Như trên",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Lê Thị Hòa",
    ]
    places = [text.index(part) for part in parts]

    assert places == sorted(places)


@pytest.mark.parametrize(
    "subject", ['"V/v ứng phó mưa lũ"', "về việc ứng phó mưa lũ", '"V/v: ứng phó mưa lũ"', "Về việc ứng phó mưa lũ"]
)
def test_a_letter_says_once_that_it_is_about_its_subject(site: SiteTest, subject: str) -> None:
    site.document("2026/12-ubnd-th", subject=subject).build()

    assert words(site, "van-ban/2026/12-ubnd-th.html", "letterhead__title") == ["V/v ứng phó mưa lũ"]
    for page in ("van-ban/2026/12-ubnd-th.html", "van-ban/index.html", "van-ban/nam/2026/van-ban.csv"):
        assert "ứng phó mưa lũ" in site.text(page)
        assert not re.search("V/v:? (ứng|V/v|về)|[Vv]ề việc", site.text(page).replace('title="Về việc"', ""))


def test_a_decision_keeps_the_words_about(site: SiteTest) -> None:
    site.document("2026/12-qd-ubnd", kind="Quyết định", number="12/QĐ-UBND", subject="Về việc giao chỉ tiêu").build()

    assert words(site, "van-ban/2026/12-qd-ubnd.html", "letterhead__title") == ["Quyết định Về việc giao chỉ tiêu"]


def test_a_document_of_another_kind_is_called_by_it(site: SiteTest) -> None:
    site.document("2026/12-qd-ubnd", kind="Quyết định", number="12/QĐ-UBND", subject="giao chỉ tiêu").build()

    assert words(site, "van-ban/2026/12-qd-ubnd.html", "letterhead__title") == ["Quyết định giao chỉ tiêu"]


def test_a_document_of_the_party_has_its_own_head(site: SiteTest) -> None:
    site.document("2026/89-tb-tu", kind="Thông báo", number="89-TB/TU", issuer="Tỉnh ủy").build()

    assert words(site, "van-ban/2026/89-tb-tu.html", "letterhead__state") == ["Đảng Cộng sản Việt Nam"]
    assert words(site, "van-ban/2026/89-tb-tu.html", "letterhead__motto") == []


def test_blanks_for_number_and_day_stay_blank(site: SiteTest) -> None:
    site.document("2026/nhap", number="/SYT-NVY", issued="2026-03").build()

    page = site.html("van-ban/2026/nhap.html")
    assert "Số:" in page.text_content()
    assert page.xpath("string(//time[@datetime='2026-03'])") == "ngày \xa0\xa0\xa0\xa0 tháng 3 năm 2026"
    assert [problem.severity for problem in site.report.problems] == ["warning"]


def test_a_document_may_be_nothing_but_its_file(site: SiteTest) -> None:
    site.write("content/tep/12.pdf", b"%PDF-1.4\n").document("2026/12-ubnd-th", "", files="[/tep/12.pdf]").build()

    page = site.html("van-ban/2026/12-ubnd-th.html")
    assert page.xpath("//a[@download]/@href") == ["/tep/12.pdf"]
    assert page.xpath("string(//details//code)") == sha256(b"%PDF-1.4\n").hexdigest()


def test_the_register_lists_documents_by_year_kind_issuer_and_field(site: SiteTest) -> None:
    site.document("2025/1-ubnd-th", number="1/UBND-TH", issued="2025-01-02")
    site.document("2026/215-syt-nvy", **CONG_VAN).document(
        "2026/3-qd-ubnd", kind="Quyết định", number="3/QĐ-UBND"
    ).build()

    def numbers(path: str) -> list[str]:
        return words(site, path, "register__number")

    assert numbers("van-ban/index.html") == ["3/QĐ-UBND", "215/SYT-NVY", "1/UBND-TH"]
    assert numbers("van-ban/nam/2025/index.html") == ["1/UBND-TH"]
    assert numbers("van-ban/loai/quyet-dinh/index.html") == ["3/QĐ-UBND"]
    assert numbers("van-ban/co-quan/so-y-te/index.html") == ["215/SYT-NVY"]
    assert numbers("van-ban/linh-vuc/y-te/index.html") == ["215/SYT-NVY"]


def test_tables_say_in_a_sentence_what_they_hold(site: SiteTest) -> None:
    site.document("2026/215-syt-nvy", **CONG_VAN).build()

    assert {
        path: words(site, f"van-ban/{path}index.html", "page-header__description")[0]
        for path in ("", "nam/2026/", "loai/cong-van/", "co-quan/so-y-te/", "linh-vuc/y-te/")
    } == {
        "": "Văn bản do các cơ quan ban hành.",
        "nam/2026/": "Văn bản năm 2026, do các cơ quan ban hành.",
        "loai/cong-van/": "Văn bản loại Công văn, do các cơ quan ban hành.",
        "co-quan/so-y-te/": "Văn bản do Sở Y tế ban hành.",
        "linh-vuc/y-te/": "Văn bản thuộc lĩnh vực Y tế.",
    }


def test_full_pages_of_the_register_stay_as_they_are(site: SiteTest) -> None:
    site.replace("site.toml", "[lists]", "[lists]\nregister = 2")
    for day in range(1, 6):
        site.document(f"2026/{day}-ubnd-th", number=f"{day}/UBND-TH", issued=f"2026-01-0{day}")
    site.build()
    before = site.public["van-ban/trang/1/index.html"]

    site.document("2026/6-ubnd-th", number="6/UBND-TH", issued="2026-01-06").build()

    assert words(site, "van-ban/index.html", "register__number") == ["6/UBND-TH", "5/UBND-TH"]
    assert words(site, "van-ban/trang/2/index.html", "register__number") == ["4/UBND-TH", "3/UBND-TH"]
    assert site.public["van-ban/trang/1/index.html"] == before
    assert "van-ban/trang/1/index.html" not in site.rendered


YEAR = "van-ban/nam/2026/van-ban"
LIMITED = {
    "1/UBND-TH": ({"expires": "2026-02-01"}, "Hết hiệu lực"),
    "2/UBND-TH": ({"effective": "2027-01-01"}, "Chưa có hiệu lực"),
    "3/UBND-TH": ({"status": "ngưng hiệu lực"}, "Ngưng hiệu lực"),
    "4/UBND-TH": ({"status": "còn hiệu lực"}, ""),
    "5/UBND-TH": ({}, ""),
    "6/UBND-TH": ({}, "Đã được thay thế"),
    "7/UBND-TH": ({}, "Đã bị bãi bỏ"),
}
ENDS = (
    "[{relation: thay thế, target: Công văn số 6/UBND-TH ngày 06/01/2026 của UBND tỉnh}, "
    "{relation: bãi bỏ, target: Công văn số 7/UBND-TH ngày 07/01/2026 của UBND tỉnh}]"
)


def test_lists_mark_documents_that_are_over_or_not_in_force_yet(site: SiteTest) -> None:
    settings = site.root.joinpath("site.toml").read_text().replace("[lists]", "[lists]\nhome_block = 9")
    site.write("site.toml", settings + '\n[documents]\ncategory = "Tin tức – Sự kiện"\n').article("2026/05/bai")
    for number, (fields, _) in LIMITED.items():
        day = number.partition("/")[0]
        site.document(f"2026/{day}-ubnd-th", number=number, issued=f"2026-01-0{day}", **fields)
    site.document("2026/8-ubnd-th", number="8/UBND-TH", issued="2026-01-08", relations=ENDS).build()

    expected = [*(mark for _, mark in LIMITED.values()), ""]
    for path in ("van-ban/index.html", "van-ban/nam/2026/index.html"):
        rows = site.html(path).xpath("//tr[@class='register__row']")
        assert [row.xpath("string(.//strong)") for row in reversed(rows)] == expected
    items = site.html("index.html").xpath("//li[@class='related__item']")
    assert [item.xpath("string(.//strong)") for item in reversed(items)] == expected


def test_machines_are_told_of_the_same_validity_as_readers(site: SiteTest) -> None:
    more = {"9/UBND-TH": ({"status": "hết hiệu lực một phần"}, ""), "10/UBND-TH": ({"status": "chưa có hiệu lực"}, "")}
    for number, (fields, _) in {**LIMITED, **more}.items():
        day = number.partition("/")[0]
        site.document(f"2026/{day}-ubnd-th", number=number, issued=f"2026-01-{day:0>2}", **fields)
    # Replaced and repealed some days later, which no field of theirs says.
    site.build().document("2026/12-ubnd-th", number="12/UBND-TH", issued="2026-01-12", relations=ENDS).build()

    data = {item["number"].partition("/")[0]: item["status"] for item in json.loads(site.text(f"{YEAR}.json"))}
    table = list(csv.reader(io.StringIO(site.public[f"{YEAR}.csv"].decode("utf-8-sig"))))
    assert data == {
        "1": "hết hiệu lực",
        "2": "chưa có hiệu lực",
        "3": "ngưng hiệu lực",
        "4": "còn hiệu lực",
        "5": "",
        "6": "hết hiệu lực",
        "7": "hết hiệu lực",
        "9": "hết hiệu lực một phần",
        "10": "chưa có hiệu lực",
        "12": "",
    }
    assert {row[1].partition("/")[0]: row[6] for row in table[1:]} == data
    forces = {"hết hiệu lực một phần": "PartiallyInForce", "còn hiệu lực": "InForce", "": ""}
    for number, status in data.items():
        force = legislation(site, f"van-ban/2026/{number}-ubnd-th.html").get("legislationLegalForce", "")
        assert force.removeprefix("https://schema.org/") == forces.get(status, "NotInForce")


def test_data_change_on_the_day_on_which_a_document_is_over(site: SiteTest) -> None:
    site.document("2026/1-ubnd-th", number="1/UBND-TH", issued="2026-01-02", expires="2026-12-01").build()
    assert json.loads(site.text(f"{YEAR}.json"))[0]["status"] == ""

    site.build(now=datetime.fromisoformat("2026-12-01T08:00:00+07:00"))

    assert json.loads(site.text(f"{YEAR}.json"))[0]["status"] == "hết hiệu lực"


def test_whoever_names_a_document_says_that_it_is_over_or_not_in_force_yet(site: SiteTest) -> None:
    site.document("2026/1-ubnd-th", number="1/UBND-TH", issued="2026-01-01", expires="2026-02-01")
    site.document("2026/2-ubnd-th", number="2/UBND-TH", issued="2026-01-02", effective="2027-01-01")
    site.document("2026/3-ubnd-th", number="3/UBND-TH", issued="2026-01-03")
    named = [f"Công văn số {day}/UBND-TH ngày 0{day}/01/2026 của UBND tỉnh" for day in (1, 2, 3)]
    relations = ", ".join(f"{{relation: căn cứ, target: {name}}}" for name in named)
    site.document("2026/8-ubnd-th", number="8/UBND-TH", issued="2026-01-08", relations=f"[{relations}]")
    site.article("2026/05/bai", "\n\n".join(named)).build()

    article, document = site.html("tin/2026/05/bai.html"), site.html("van-ban/2026/8-ubnd-th.html")

    over, pending = "Hết hiệu lực từ 01/02/2026", "Chưa có hiệu lực, có hiệu lực từ 01/01/2027"
    items = article.xpath("//li[@class='related__item']")
    assert [item.xpath("string(.//strong)") for item in items] == [over, pending, ""]
    assert article.xpath("//div[@class='prose']//a/@title") == [
        f"trích yếu 2026/1-ubnd-th ({over})",
        f"trích yếu 2026/2-ubnd-th ({pending})",
        "trích yếu 2026/3-ubnd-th",
    ]
    relation_items = document.xpath("//section[@aria-labelledby='quan-he']//li")
    assert [item.xpath("string(.//strong)") for item in relation_items] == ["Hết hiệu lực", "Chưa có hiệu lực", ""]
    itself = site.html("van-ban/2026/2-ubnd-th.html")
    assert itself.xpath("string(//*[@class='validity validity--marked']/p)") == pending


def test_a_table_marks_a_document_from_the_day_on_which_it_is_over(site: SiteTest) -> None:
    site.document("2026/1-ubnd-th", number="1/UBND-TH", issued="2026-01-02", expires="2026-12-01").build()
    assert words(site, "van-ban/index.html", "validity-mark") == []

    site.build(now=datetime.fromisoformat("2026-12-01T08:00:00+07:00"))

    assert words(site, "van-ban/index.html", "validity-mark") == ["Hết hiệu lực"]
    assert words(site, "van-ban/loai/cong-van/index.html", "validity-mark") == ["Hết hiệu lực"]


def test_a_document_that_replaces_another_touches_the_tables_that_show_that(site: SiteTest) -> None:
    site.replace("site.toml", "[lists]", "[lists]\nregister = 1")
    for day in range(1, 5):
        site.document(f"2025/{day}-ubnd-th", number=f"{day}/UBND-TH", issued=f"2025-01-0{day}")
    site.build()
    before = site.public

    relations = "[{relation: thay thế, target: Công văn số 1/UBND-TH ngày 01/01/2025 của UBND tỉnh}]"
    site.document("2026/8-ubnd-th", number="8/UBND-TH", issued="2026-01-08", relations=relations).build()

    assert words(site, "van-ban/trang/1/index.html", "validity-mark") == ["Đã được thay thế"]
    assert site.public["van-ban/trang/2/index.html"] == before["van-ban/trang/2/index.html"]
    assert "van-ban/trang/2/index.html" not in site.rendered


def test_machines_get_the_documents_of_a_year(site: SiteTest) -> None:
    site.document("2026/215-syt-nvy", **{**CONG_VAN, "subject": '"=HYPERLINK(1)"'}).build()

    (item,) = json.loads(site.text("van-ban/nam/2026/van-ban.json"))
    heading, row = csv.reader(io.StringIO(site.public["van-ban/nam/2026/van-ban.csv"].decode("utf-8-sig")))

    assert item["number"] == "215/SYT-NVY"
    assert item["status"] == "còn hiệu lực"
    assert item["url"].endswith("/van-ban/2026/215-syt-nvy.html")
    assert heading[:3] == ["Loại văn bản", "Số, ký hiệu", "Ngày ban hành"]
    # What a spreadsheet would take for a formula is text.
    assert row[4] == "'=HYPERLINK(1)"


def legislation(site: SiteTest, path: str) -> dict[str, Any]:
    """What the page of a document tells search engines."""
    graph = json.loads(site.html(path).xpath("string(//script[@type='application/ld+json'])"))["@graph"]
    (thing,) = [thing for thing in graph if thing["@type"] == "Legislation"]
    return thing


def test_search_engines_are_told_what_a_document_is(site: SiteTest) -> None:
    site.document("2026/215-syt-nvy", **CONG_VAN).build()

    told = legislation(site, "van-ban/2026/215-syt-nvy.html")
    assert told["legislationIdentifier"] == "215/SYT-NVY"
    assert told["legislationDate"] == "2026-03-05"
    assert told["legislationPassedBy"]["name"] == "Sở Y tế"
    assert told["legislationLegalForce"] == "https://schema.org/InForce"
    assert "/van-ban/2026/215-syt-nvy.html" in site.text("sitemap-van-ban.xml")


def test_an_old_address_leads_to_the_document(site: SiteTest) -> None:
    site.document("2026/215-syt-nvy", **CONG_VAN, aliases="[/vb/215.html]").build()

    assert "/van-ban/2026/215-syt-nvy.html" in site.text("vb/215.html")


def test_a_draft_is_nowhere(site: SiteTest) -> None:
    site.document("2026/215-syt-nvy", **CONG_VAN, draft="true").build()

    assert not [path for path in site.public if path.startswith("van-ban/")]


def test_an_edit_of_a_document_touches_its_page_and_the_tables_that_show_it(site: SiteTest) -> None:
    site.document("2026/215-syt-nvy", **CONG_VAN).document("2026/3-qd-ubnd", kind="Quyết định", number="3/QĐ-UBND")
    site.article("2026/05/bai").build()

    site.replace("content/van-ban/2026/215-syt-nvy.md", "tiêm vắc xin", "tiêm chủng").build()

    assert sorted(path for path in site.rendered if not path.endswith(".xml")) == [
        "tim-kiem/index.html",
        "tim-kiem/tra-cuu/2026-1.idx",
        "van-ban/2026/215-syt-nvy.html",
        "van-ban/co-quan/so-y-te/index.html",
        "van-ban/index.html",
        "van-ban/linh-vuc/y-te/index.html",
        "van-ban/loai/cong-van/index.html",
        "van-ban/nam/2026/index.html",
        "van-ban/nam/2026/van-ban.csv",
        "van-ban/nam/2026/van-ban.json",
    ]
    feeds = {path.rpartition("/")[0] for path in site.rendered if path.endswith(("rss.xml", "atom.xml"))}
    assert feeds == {"van-ban", "van-ban/loai/cong-van", "van-ban/co-quan/so-y-te"}


def test_the_front_page_shows_the_newest_documents_with_the_category_that_the_settings_name(site: SiteTest) -> None:
    settings = site.root.joinpath("site.toml").read_text()
    site.write("site.toml", settings + '\n[documents]\ncategory = "Tin tức – Sự kiện"\n')
    for day in range(1, 7):
        site.document(f"2026/{day}-ubnd-th", number=f"{day}/UBND-TH", issued=f"2026-01-0{day}")
    site.article("2026/05/bai").build()

    shown = site.html("index.html").xpath("//section[.//h3[text()='Văn bản mới']]//a[contains(@href, '/van-ban/')]")

    assert [link.text_content() for link in shown] == [f"Công văn {n}/UBND-TH ngày 0{n}/01/2026" for n in (6, 5, 4, 3)]


def test_documents_have_feeds_of_all_of_a_kind_and_of_an_issuer(site: SiteTest) -> None:
    site.document("2026/215-syt-nvy", **CONG_VAN).document(
        "2026/3-qd-ubnd", kind="Quyết định", number="3/QĐ-UBND"
    ).build()

    everything, kind, issuer = (
        site.text(f"van-ban/{path}rss.xml") for path in ("", "loai/quyet-dinh/", "co-quan/so-y-te/")
    )

    assert "Công văn 215/SYT-NVY: tiêm vắc xin cho trẻ em" in everything
    assert "3/QĐ-UBND" in kind
    assert "215/SYT-NVY" not in kind
    assert "Thu, 05 Mar 2026 00:00:00 +0700" in issuer
    assert "/van-ban/co-quan/so-y-te/rss.xml" in site.text("ban-tin/index.html")
    assert "/van-ban/co-quan/so-y-te/atom.xml" in site.text("van-ban/co-quan/so-y-te/index.html")


def related(relation: str, number: int) -> str:
    """A relation to one of the letters of these tests."""
    return f'[{{relation: "{relation}", target: "Công văn số {number}/UBND-TH ngày {number + 10}/4/2026"}}]'


def _said(site: SiteTest) -> list[tuple[str, str]]:
    assert site.report.done, site.problems
    assert all(p.severity == "warning" for p in site.report.problems)
    return [(p.path, p.field) for p in site.report.problems]


def test_a_copy_of_a_document_takes_no_citations(site: SiteTest) -> None:
    site.document("2026/1180", number="1180/UBND-TH").article("a", "Theo Công văn 1180/UBND-TH ngày 20/4/2026.").build()
    cited = site.text("tin/a.html")
    assert "/van-ban/2026/1180.html" in cited

    site.document("2026/1180-2", number="1180/UBND-TH").build()

    assert site.text("tin/a.html") == cited
    assert [p.path for p in site.report.problems] == ["content/van-ban/2026/1180-2.md"]
    before = site.public
    site.build(full=True)
    assert site.public == before


@pytest.mark.parametrize("copy", ["1080-ubnd-th", "1/1180-ubnd-th-2", "0-mau"])
def test_a_copy_takes_no_citations_whatever_its_name(copy: str, site: SiteTest) -> None:
    site.document("2026/1180-ubnd-th", number="1180/UBND-TH").document(f"2026/{copy}", number="1180/UBND-TH")
    site.article("a", "Theo Công văn 1180/UBND-TH ngày 20/4/2026.").build()

    assert "/van-ban/2026/1180-ubnd-th.html" in site.text("tin/a.html")
    assert [p.path for p in site.report.problems] == [f"content/van-ban/2026/{copy}.md"]


def test_in_a_preview_a_copy_that_is_a_draft_takes_no_citations(site: SiteTest) -> None:
    site.document("2026/1180", number="1180/UBND-TH")
    site.document("2026/0-1180", number="1180/UBND-TH", issued="2026-04-01", draft="true")
    site.article("a", "Theo Công văn 1180/UBND-TH ngày 20/4/2026.").build(preview=True)

    assert "/van-ban/2026/1180.html" in site.text("tin/a.html")
    assert [p.path for p in site.report.problems] == ["content/van-ban/2026/0-1180.md"]


def test_a_document_that_is_written_up_twice_is_told(site: SiteTest) -> None:
    site.document("a", number="10/UBND-TH").document("b", number="10/UBND-TH").build()

    assert _said(site) == [("content/van-ban/b.md", "number")]
    assert "content/van-ban/a.md" in site.report.problems[0].message


def test_the_other_copy_is_named_and_not_what_is_called_alike(site: SiteTest) -> None:
    site.document("a", number="10/UBND-TH", issued="2025-04-20").document("b", number="10/UBND-TH")
    site.document("c", number="010/UBND-TH", issued="2025-04-20").build()

    assert _said(site) == [("content/van-ban/c.md", "number")]
    assert "content/van-ban/a.md" in site.report.problems[0].message


@pytest.mark.parametrize(
    "other",
    [
        {"number": "10/UBND-TH", "issued": "2025-04-20"},
        {"number": "10/UBND-TH", "issuer": "Ủy ban nhân dân huyện Thanh Ba"},
        {"number": "/UBND-TH"},
    ],
)
def test_documents_of_alike_numbers_are_two(site: SiteTest, other: dict[str, str | None]) -> None:
    site.document("a", number="10/UBND-TH").document("b", **other).document(
        "c", **other | {"number": "11/UBND-TH"}
    ).build()

    assert [path for path, _ in _said(site) if path == "content/van-ban/a.md"] == []
    assert not any("đã có" in p.message for p in site.report.problems)


def test_a_document_that_undoes_itself_is_told(site: SiteTest) -> None:
    site.document("a", number="10/UBND-TH", relations=related("thay thế", 10)).build()

    assert _said(site) == [("content/van-ban/a.md", "relations")]


def test_documents_that_undo_each_other_are_told(site: SiteTest) -> None:
    site.document("a", number="10/UBND-TH", relations=related("thay thế", 11))
    site.document("b", number="11/UBND-TH", issued="2026-04-21", relations=related("bãi bỏ", 10)).build()

    assert _said(site) == [("content/van-ban/a.md", "relations"), ("content/van-ban/b.md", "relations")]


def test_a_document_that_undoes_a_part_of_another_is_fine(site: SiteTest) -> None:
    site.document("a", number="10/UBND-TH", relations=related("sửa đổi", 11))
    site.document("b", number="11/UBND-TH", issued="2026-04-21", relations=related("bãi bỏ", 10)).build()

    assert _said(site) == []
