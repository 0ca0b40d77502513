"""News and documents linked both ways: what cites what, which of them have pages, and what an edit rebuilds."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from conftest import SiteTest

CITING = "Thực hiện Công văn số 733/UBND-KT ngày 14/3/2025 của UBND tỉnh, các xã báo cáo."
STUB = "van-ban/so/733-ubnd-kt-lam-hai-2025.html"
WRITTEN = {"number": "733/UBND-KT", "issued": "2025-03-14", "issuer": "Ủy ban nhân dân tỉnh Lâm Hải"}

PLAN = {"kind": "Kế hoạch", "number": "1/KH-UBND", "issued": "2025-04-01", "issuer": "Ủy ban nhân dân tỉnh Lâm Hải"}
GUIDES = "[{relation: căn cứ, target: 733/UBND-KT}]"


@pytest.fixture
def portal(site: SiteTest) -> SiteTest:
    """A site of the province Lâm Hải."""
    return site.replace("site.toml", "base_url", 'province = "Lâm Hải"\nbase_url')


def links(site: SiteTest, path: str) -> list[tuple[str, str]]:
    """Address and words of each citation in a page that leads somewhere."""
    found = site.html(path).xpath("//a[@class='citation']")
    return [(link.get("href"), " ".join(link.text_content().split())) for link in found]


def citing(site: SiteTest, path: str) -> list[str]:
    """The addresses of the entries that a document's page says cite it."""
    return site.html(path).xpath("//section[@aria-labelledby='duoc-nhac-den']//a/@href")


def test_a_citation_leads_to_the_document_and_the_document_back(portal: SiteTest) -> None:
    portal.document("2025/733-ubnd-kt", **WRITTEN).article("2025/03/bai", CITING, date="2025-03-20").build()

    assert links(portal, "tin/2025/03/bai.html") == [
        ("/van-ban/2025/733-ubnd-kt.html", "Công văn số 733/UBND-KT ngày 14/3/2025 của UBND tỉnh")
    ]
    assert citing(portal, "van-ban/2025/733-ubnd-kt.html") == ["/tin/2025/03/bai.html"]
    (link,) = portal.html("tin/2025/03/bai.html").xpath("//a[@class='citation']")
    assert link.get("title") == "trích yếu 2025/733-ubnd-kt"


def test_what_nobody_has_written_up_gets_a_page_from_the_second_citing_entry_on(portal: SiteTest) -> None:
    portal.article("2025/03/mot", CITING, date="2025-03-20").article("2025/03/xa", date="2025-03-21").build()
    assert STUB not in portal.public
    assert portal.html("tin/2025/03/mot.html").xpath("string(//cite)").startswith("Công văn số 733/UBND-KT")

    portal.article("2025/04/hai", CITING, date="2025-04-02", category="Tin tức – Sự kiện").build()

    assert citing(portal, STUB) == ["/tin/2025/03/mot.html", "/tin/2025/04/hai.html"]
    assert [href for href, _ in links(portal, "tin/2025/03/mot.html")] == [f"/{STUB}"]
    pages = {path for path in portal.rendered if path.startswith(("tin/", "van-ban/"))}
    # The page of the first citation, and nothing else that was there before.
    assert pages == {"tin/2025/03/mot.html", "tin/2025/04/hai.html", STUB}
    assert STUB not in portal.text("sitemap-trang.xml")
    assert "chưa được đăng" in portal.text(STUB)


def test_where_there_is_no_register_the_page_of_what_is_cited_does_not_lead_there(portal: SiteTest) -> None:
    portal.article("mot", CITING).article("hai", CITING).build()
    (stub,) = (path for path in portal.public if path.startswith("van-ban/so/"))
    assert "/van-ban/" not in portal.html(stub).xpath("//a/@href")

    portal.document("2026/khac", number="5/BC-SYT").build()
    assert "/van-ban/" in portal.html(stub).xpath("//a/@href")


def test_two_citations_in_one_entry_are_one_citing_entry(portal: SiteTest) -> None:
    portal.article("2025/03/mot", f"{CITING}\n\n{CITING}", date="2025-03-20").build()

    assert STUB not in portal.public


def test_the_settings_say_how_many_make_a_page(portal: SiteTest) -> None:
    portal.write("site.toml", portal.root.joinpath("site.toml").read_text() + "\n[documents]\nstubs = 1\n")
    portal.article("2025/03/mot", CITING, date="2025-03-20").build()

    assert STUB in portal.public


def test_a_portal_may_do_without_citations(portal: SiteTest) -> None:
    settings = portal.root.joinpath("site.toml").read_text()
    meant = "[{number: 733/UBND-KT, target: 733/UBND-KT}]"
    portal.document("2025/733-ubnd-kt", **WRITTEN).document("2025/1-kh", **PLAN, relations=GUIDES)
    portal.article("2025/03/bai", CITING, date="2025-03-20", title=f'"Bài: {CITING}"', citations=meant)
    portal.page("lien-he", CITING, citations=meant).build()
    assert portal.html("tin/2025/03/bai.html").xpath("//a[@class='citation']")
    portal.write("site.toml", f"{settings}\n[documents]\ncitations = false\n").build()

    for path in ("tin/2025/03/bai.html", "trang/lien-he.html"):
        assert not portal.html(path).xpath("//cite | //a[@class='citation'] | //*[@id='van-ban-nhac-den']")
    # What an editor has said of documents stays.
    assert citing(portal, "van-ban/2025/733-ubnd-kt.html") == ["/van-ban/2025/1-kh.html"]

    portal.write("site.toml", settings).article("2025/03/hai", CITING, date="2025-03-21").build()

    assert portal.html("tin/2025/03/hai.html").xpath("//a[@class='citation']")


def test_a_page_that_was_a_stub_leads_to_the_document_once_it_is_written_up(portal: SiteTest) -> None:
    for number in (1, 2):
        portal.article(f"2025/03/bai-{number}", CITING, date="2025-03-20")
    portal.build()
    assert STUB in portal.public

    portal.document("2025/733-ubnd-kt", **WRITTEN).build()

    assert "/van-ban/2025/733-ubnd-kt.html" in portal.text(STUB)
    assert "http-equiv" in portal.text(STUB)
    assert [href for href, _ in links(portal, "tin/2025/03/bai-1.html")] == ["/van-ban/2025/733-ubnd-kt.html"]


def test_numbers_begin_anew_each_year(portal: SiteTest) -> None:
    portal.document("2024/25-kh-ubnd", kind="Kế hoạch", number="25/KH-UBND", issued="2024-01-10")
    portal.document("2025/25-kh-ubnd", kind="Kế hoạch", number="25/KH-UBND", issued="2025-01-12")
    portal.article("2025/03/bai", "Theo Kế hoạch số 25/KH-UBND ngày 10/01/2024 của UBND tỉnh.", date="2025-03-20")
    portal.build()

    assert [href for href, _ in links(portal, "tin/2025/03/bai.html")] == ["/van-ban/2024/25-kh-ubnd.html"]


def test_a_citation_without_a_date_means_the_nearest_earlier_document(portal: SiteTest) -> None:
    for year in (2023, 2024, 2025):
        portal.document(f"{year}/25-kh-ubnd", kind="Kế hoạch", number="25/KH-UBND", issued=f"{year}-05-10")
    portal.article("2025/03/bai", "Theo Kế hoạch số 25/KH-UBND của UBND tỉnh.", date="2025-03-20")
    portal.article("2022/03/bai", "Theo Kế hoạch số 25/KH-UBND của UBND tỉnh.", date="2022-03-20").build()

    assert [href for href, _ in links(portal, "tin/2025/03/bai.html")] == ["/van-ban/2024/25-kh-ubnd.html"]
    # None is earlier: it stays undecided.
    assert links(portal, "tin/2022/03/bai.html") == []


def test_a_number_without_symbol_means_the_document_of_that_number_and_day(portal: SiteTest) -> None:
    portal.document("2025/733-ubnd-kt", **WRITTEN)
    bare = "Công văn 733 ngày 14-3 của UBND tỉnh nêu rõ ba nhiệm vụ."
    portal.article("2025/04/bai", bare, date="2025-04-02").build()

    assert [href for href, _ in links(portal, "tin/2025/04/bai.html")] == ["/van-ban/2025/733-ubnd-kt.html"]


def test_a_standing_page_speaks_of_today(portal: SiteTest) -> None:
    for year in (2023, 2025):
        portal.document(f"{year}/25-kh-ubnd", kind="Kế hoạch", number="25/KH-UBND", issued=f"{year}-05-10")
    portal.page("gioi-thieu", "Theo Kế hoạch số 25/KH-UBND của UBND tỉnh.").build()

    assert [href for href, _ in links(portal, "trang/gioi-thieu.html")] == ["/van-ban/2025/25-kh-ubnd.html"]


def test_after_a_merger_the_portal_speaks_for_the_new_province(site: SiteTest) -> None:
    site.replace("site.toml", "base_url", 'province = "Đắk Nông"\nbase_url')
    site.document("2021/9-ubnd-th", number="9/UBND-TH", issued="2021-11-08", issuer="UBND tỉnh Đắk Nông")
    site.document("2025/9-ubnd-th", number="9/UBND-TH", issued="2025-11-08", issuer="UBND tỉnh Lâm Đồng")
    site.article("2021/11/bai", "Theo Công văn số 9/UBND-TH ngày 08/11/2021 của UBND tỉnh.", date="2021-11-09")
    site.article("2025/11/bai", "Theo Công văn số 9/UBND-TH ngày 08/11/2025 của UBND tỉnh.", date="2025-11-09").build()

    assert [href for href, _ in links(site, "tin/2021/11/bai.html")] == ["/van-ban/2021/9-ubnd-th.html"]
    assert [href for href, _ in links(site, "tin/2025/11/bai.html")] == ["/van-ban/2025/9-ubnd-th.html"]


def test_provinces_share_symbols_but_not_documents(portal: SiteTest) -> None:
    portal.document("2025/733-ubnd-kt", **WRITTEN)
    portal.article("2025/03/bai", CITING.replace("UBND tỉnh", "UBND tỉnh Kon Tum"), date="2025-03-20").build()

    assert links(portal, "tin/2025/03/bai.html") == []


def test_a_party_number_lasts_a_term(portal: SiteTest) -> None:
    portal.document(
        "2024/231-tb-tu", kind="Thông báo", number="231-TB/TU", issued="2024-08-09", issuer="Tỉnh ủy Lâm Hải"
    )
    portal.article("2025/03/bai", "Theo Thông báo số 231-TB/TU của Thường trực Tỉnh ủy.", date="2025-03-20")
    portal.article("2025/12/bai", "Theo Thông báo số 231-TB/TU ngày 03/12/2025 của Tỉnh ủy.", date="2025-12-20").build()

    assert [href for href, _ in links(portal, "tin/2025/03/bai.html")] == ["/van-ban/2024/231-tb-tu.html"]
    assert links(portal, "tin/2025/12/bai.html") == []


def test_the_number_in_a_document_itself_is_no_citation(portal: SiteTest) -> None:
    portal.document("2025/733-ubnd-kt", "Công văn số 733/UBND-KT ngày 14/3/2025 này thay lời nhắc.", **WRITTEN).build()

    assert citing(portal, "van-ban/2025/733-ubnd-kt.html") == []
    assert links(portal, "van-ban/2025/733-ubnd-kt.html") == []


def test_a_relation_is_shown_at_both_ends(portal: SiteTest) -> None:
    old = {"kind": "Quyết định", "number": "41/QĐ-UBND", "issued": "2021-01-08"}
    new = {"kind": "Quyết định", "number": "1905/QĐ-UBND", "issued": "2023-09-29"}
    relations = "[{relation: thay thế, target: Quyết định số 41/QĐ-UBND ngày 08/01/2021 của UBND tỉnh}]"
    portal.document("2021/41", **old).document("2023/1905", **new, relations=relations).build()

    def related(path: str) -> str:
        return " ".join(portal.html(path).xpath("string(//section[@aria-labelledby='quan-he'])").split())

    assert "Thay thế Quyết định 41/QĐ-UBND ngày 08/01/2021" in related("van-ban/2023/1905.html")
    assert "Được thay thế bởi Quyết định 1905/QĐ-UBND ngày 29/09/2023" in related("van-ban/2021/41.html")


def test_when_a_document_is_replaced_the_pages_that_cite_it_say_so_and_only_they_are_rebuilt(portal: SiteTest) -> None:
    portal.document("2025/733-ubnd-kt", **WRITTEN).article("2025/03/bai", CITING, date="2025-03-20")
    portal.article("2025/03/khac", date="2025-03-21").page("gioi-thieu").build()

    relations = "[{relation: thay thế, target: Công văn số 733/UBND-KT ngày 14/3/2025 của UBND tỉnh}]"
    portal.document("2026/9-ubnd-kt", number="9/UBND-KT", issued="2026-01-05", relations=relations).build()

    assert "Đã được thay thế bởi Công văn 9/UBND-KT" in portal.text("tin/2025/03/bai.html")
    changed = {path for path in portal.rendered if path.startswith(("tin/", "trang/", "van-ban/20"))}
    assert changed == {"tin/2025/03/bai.html", "van-ban/2025/733-ubnd-kt.html", "van-ban/2026/9-ubnd-kt.html"}


def test_a_document_that_expires_says_so_from_that_day_on(portal: SiteTest) -> None:
    portal.document("2025/733-ubnd-kt", **WRITTEN, expires="2026-12-01")
    portal.article("2025/03/bai", CITING, date="2025-03-20").build()
    assert "Hết hiệu lực" not in portal.text("tin/2025/03/bai.html")

    portal.build(now=datetime.fromisoformat("2026-12-02T08:00:00+07:00"))

    assert "Hết hiệu lực từ 01/12/2026" in portal.text("tin/2025/03/bai.html")
    assert "Hết hiệu lực từ 01/12/2026" in portal.text("van-ban/2025/733-ubnd-kt.html")


def test_a_document_that_will_be_replaced_is_in_force_until_the_other_is(portal: SiteTest) -> None:
    portal.document("2025/733-ubnd-kt", **WRITTEN).article("2025/03/bai", CITING, date="2025-03-20")
    relations = "[{relation: thay thế, target: Công văn số 733/UBND-KT ngày 14/3/2025 của UBND tỉnh}]"
    new = {"number": "9/UBND-KT", "issued": "2026-05-20", "effective": "2026-12-01", "relations": relations}
    portal.document("2026/9-ubnd-kt", **new).build()
    assert "Đã được thay thế" not in portal.text("tin/2025/03/bai.html") + portal.text("van-ban/2025/733-ubnd-kt.html")

    portal.build(now=datetime.fromisoformat("2026-12-01T08:00:00+07:00"))

    for page in ("tin/2025/03/bai.html", "van-ban/2025/733-ubnd-kt.html"):
        assert "Đã được thay thế bởi Công văn 9/UBND-KT" in portal.html(page).text_content()


def test_articles_tell_machines_what_they_cite(portal: SiteTest) -> None:
    portal.document("2025/733-ubnd-kt", **WRITTEN).article("2025/03/bai", CITING, date="2025-03-20").build()

    assert '"citation":[{"@type":"Legislation"' in portal.text("tin/2025/03/bai.html")


def test_feeds_lead_to_documents_too(portal: SiteTest) -> None:
    portal.document("2025/733-ubnd-kt", **WRITTEN).article("2025/03/bai", CITING, date="2025-03-20").build()

    assert "https://thu.example/van-ban/2025/733-ubnd-kt.html" in portal.text("rss.xml")


WRONG = "Theo Thông báo 1117-TB/VPCP ngày 31/8/2024 của Văn phòng Tỉnh ủy."


def test_a_symbol_that_contradicts_its_issuer_stays_as_written_with_a_warning(
    portal: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal.article("2025/03/bai", WRONG, date="2025-03-20").build()

    assert portal.report.done
    assert "Thông báo 1117-TB/VPCP ngày 31/8/2024 của Văn phòng Tỉnh ủy" in portal.text("tin/2025/03/bai.html")
    (warning,) = portal.report.problems
    assert (warning.severity, warning.line) == ("warning", 7)
    # It is said when the text is new or has changed, not for as long as it stands.
    monkeypatch.setattr("loa.memory._RACY", 0)
    portal.build()
    assert portal.build().report.problems == ()


def test_an_editor_says_which_document_is_meant(portal: SiteTest) -> None:
    notice = {"kind": "Thông báo", "number": "1117-TB/VPTU", "issued": "2024-08-31", "issuer": "Văn phòng Tỉnh ủy"}
    meant = "[{number: 1117-TB/VPCP, target: Thông báo số 1117-TB/VPTU ngày 31/8/2024 của Văn phòng Tỉnh ủy}]"
    portal.document("2024/1117", **notice).article("2025/03/bai", WRONG, date="2025-03-20", citations=meant).build()

    assert portal.report.problems == ()
    assert links(portal, "tin/2025/03/bai.html") == [
        ("/van-ban/2024/1117.html", "Thông báo 1117-TB/VPCP ngày 31/8/2024 của Văn phòng Tỉnh ủy")
    ]


def test_an_editor_says_that_something_is_no_document(portal: SiteTest) -> None:
    portal.document("2025/733-ubnd-kt", **WRITTEN)
    ignored = "[{number: 733/UBND-KT, target: không}]"
    portal.article("2025/03/bai", CITING, date="2025-03-20", citations=ignored).build()

    assert links(portal, "tin/2025/03/bai.html") == []
    assert citing(portal, "van-ban/2025/733-ubnd-kt.html") == []


HEAD = {
    "003": {
        "number": "/STTTT-TTBCXB",
        "issued": "2021-05",
        "issuer": "Sở Thông tin và Truyền thông",
        "place": "Đắk Nông",
    },
    "004": {
        "number": "5056/UBND-KGVX",
        "issued": "2021-09-08",
        "issuer": "Ủy ban nhân dân tỉnh Đắk Nông",
        "place": "Đắk Nông",
    },
}


@pytest.mark.parametrize("number", ["003", "004"])
def test_two_real_dispatches_become_documents(samples: Path, site: SiteTest, number: str) -> None:
    (file,) = samples.glob(f"{number}_*.txt")
    text = file.read_text(encoding="utf-8")
    begin = text.index("Thực hiện ")
    site.document(f"2021/{number}", re.sub(r"\n+", "\n\n", text[begin:]), **HEAD[number]).build()

    assert site.report.done
    page = " ".join(site.html(f"van-ban/2021/{number}.html").find(".//article").text_content().split())
    for paragraph in text[begin:].splitlines():
        words = " ".join(re.sub(r"[*\\]|^\d+\. |^- ", "", paragraph).split())
        assert words in page, words


def test_the_two_citations_of_one_notice_in_a_dispatch_make_one_page(samples: Path, site: SiteTest) -> None:
    (file,) = samples.glob("004_*.txt")
    text = file.read_text(encoding="utf-8")
    subject = re.search(r"V/v (.+?)\n\n", text, re.DOTALL)[1].replace("\n", " ")
    body = text[text.index("Thực hiện ") :]
    site.write("site.toml", site.root.joinpath("site.toml").read_text() + "\n[documents]\nstubs = 1\n")
    site.document("2021/004", re.sub(r"\n+", "\n\n", body), **HEAD["004"], subject=f'"{subject}"').build()

    stubs = sorted(path for path in site.public if path.startswith("van-ban/so/"))
    assert len(stubs) == 2
    assert "van-ban/so/10-tb-vptw-khoa-2021.html" in stubs
    assert citing(site, "van-ban/so/10-tb-vptw-khoa-2021.html") == ["/van-ban/2021/004.html"]
