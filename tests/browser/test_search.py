"""The search page in a browser: what people type finds what they mean, by keyboard and without scripts too."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import LONG, REPOSITORY, SITE_TOML, SiteTest, made_once
from playwright.sync_api import Page, expect

from bench.corpus import generate
from browser.conftest import OpenContext, Sites, Visit, go, wait_until
from browser.test_accessibility import LOOKS, look_like, violations
from loa.text import fold
from tools.serve import serving

VECTORS = REPOSITORY / "tests/vectors"
QUERIES = [json.loads(line) for line in (VECTORS / "search.jsonl").read_text("utf-8").splitlines()]
TEXTS = [json.loads(line) for line in (VECTORS / "search-texts.jsonl").read_text("utf-8").splitlines()]
FOLDING = json.loads((VECTORS / "folding.json").read_text("utf-8"))


def search(page: Page, query: str) -> list[str]:
    """The paths of the results, the best first."""
    # Busy from the first letter on.
    page.get_by_label("Từ khóa").fill(query)
    # Asked more often than Playwright would, which waits a second at last.
    wait_until(page, "document.querySelector('.results').ariaBusy === 'false'")
    links = page.locator(".results__link").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [(link or "").lstrip("/") for link in links]


def status(page: Page) -> str:
    return page.locator("[data-search-status]").inner_text()


# --- what is found ---------------------------------------------------------------------


def test_what_people_type_finds_the_page_they_mean_among_the_first_three(visit: Visit) -> None:
    page = visit("search")

    missed = {}
    for wanted in QUERIES:
        found = search(page, wanted["query"])
        if wanted["page"] not in found[:3] if wanted["page"] else found:
            missed[wanted["query"]] = found[:3]

    assert len(QUERIES) >= 60
    assert missed == {}


def test_a_result_says_that_a_document_is_not_in_force(visit: Visit) -> None:
    page = visit("search")

    search(page, "46/2023/QĐ-UBND")

    expect(page.locator(".results__item .validity-mark").first).to_have_text("Hết hiệu lực")


def test_a_result_has_its_day_as_lists_have_it(visit: Visit) -> None:
    page = visit("search")

    search(page, "27/2023/NQ-HĐND")

    expect(page.locator(".results__item time").first).to_have_text("08/12/2023")


def test_words_of_a_text_find_it_among_the_first_three(visit: Visit) -> None:
    page = visit("search")

    missed = {}
    for wanted in TEXTS:
        found = search(page, wanted["query"])
        if wanted["page"] not in found[:3]:
            missed[wanted["query"]] = found[:3]

    assert missed == {}


def test_who_has_found_the_very_thing_need_not_load_texts(visit: Visit) -> None:
    page = visit("search")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    assert search(page, "2811/UBND-KT") == ["van-ban/2022/2811-ubnd-kt.html"]
    assert [url for url in asked if "toan-van" in url] == []

    page.get_by_role("button", name="Tìm trong nội dung bài").click()
    expect(page.locator(".results")).to_have_attribute("aria-busy", "false")
    found = [link.get_attribute("href") for link in page.locator(".results__link").all()]
    assert found[0] == "/van-ban/2022/2811-ubnd-kt.html"
    assert "/tin/2022/08/don-doc-giai-ngan-von-dau-tu-cong.html" in found


def test_an_excerpt_shows_the_words_as_they_are_written(visit: Visit) -> None:
    page = visit("search")
    search(page, "duong truyen viba")

    excerpt = page.locator(".results__item", has_text="Đưa họp trực tuyến").locator(".results__excerpt")
    assert "đường truyền viba" in excerpt.inner_text()
    assert excerpt.locator("mark").all_inner_texts() == ["đường truyền viba"]


def test_texts_are_narrowed_down_like_titles(visit: Visit) -> None:
    page = visit("search")
    search(page, "quyết định số 24/2022/QĐ-UBND")
    page.get_by_text("Lọc và sắp xếp").click()
    page.get_by_label("Loại văn bản", exact=True).select_option("Quyết định")
    expect(page.locator(".results")).to_have_attribute("aria-busy", "false")

    found = [link.get_attribute("href") or "" for link in page.locator(".results__link").all()]
    assert "/van-ban/2024/09-2024-qd-ubnd.html" in found
    assert all(address.startswith("/van-ban/") for address in found)


@pytest.mark.parametrize("missing", ["pagefind.js", "pagefind-entry.json", "wasm"])
def test_titles_are_found_although_the_index_of_texts_does_not_arrive(
    missing: str, new_context: OpenContext, sites: Sites
) -> None:
    page = new_context().new_page()
    page.route(re.compile(rf"/toan-van/.*{missing}"), lambda route: route.abort())
    go(page, sites, "search")

    assert search(page, "cáp quang biển")[0] == "tin/2026/08/cap-quang-bien-ra-hon-nam.html"
    assert "Tìm thấy 1 kết quả theo tiêu đề" in status(page)


def test_no_markup_of_a_text_reaches_the_page(site: SiteTest, new_context: OpenContext) -> None:
    site.write("site.toml", SITE_TOML.replace("texts = false", "texts = true"))
    site.article(
        "2026/05/a", "Gõ `<img src=x onerror=alert(1)>` và &lt;b&gt; vào ô tìm.", title="Bài a < b & c"
    ).build()
    with serving(site.root / "public") as address:
        page = new_context().new_page()
        page.goto(f"{address}/tim-kiem/")

        assert search(page, "onerror alert") == ["tin/2026/05/a.html"]
        assert "<img src=x onerror=alert(1)> và <b> vào ô tìm" in page.locator(".results__excerpt").inner_text()
        assert page.locator(".results img, .results b").count() == 0
        assert page.locator(".results__link").inner_text() == "Bài a < b & c"


@pytest.fixture
def texts_site(site: SiteTest) -> SiteTest:
    """An empty site that indexes its texts."""
    return site.write("site.toml", SITE_TOML.replace("texts = false", "texts = true"))


Serve = Callable[[SiteTest], Page]


@pytest.fixture
def serve(new_context: OpenContext) -> Iterator[Serve]:
    """Builds and serves a site, and opens its search page."""
    with ExitStack() as stack:

        def open_search(site: SiteTest) -> Page:
            assert site.build().report.done
            page = new_context().new_page()
            page.goto(f"{stack.enter_context(serving(site.root / 'public'))}/tim-kiem/")
            return page

        yield open_search


def test_texts_are_narrowed_down_by_names_with_a_stroke(texts_site: SiteTest, serve: Serve) -> None:
    texts_site.article("2026/05/a", "Rà soát đê kè.", category="Chỉ đạo điều hành")
    page = serve(texts_site.article("2026/05/b", "Rà soát đê kè."))
    page.get_by_text("Lọc và sắp xếp").click()
    page.get_by_label("Chuyên mục", exact=True).select_option("Chỉ đạo điều hành")

    assert search(page, "soat de ke") == ["tin/2026/05/a.html"]


def test_what_has_been_found_can_all_be_seen(texts_site: SiteTest, serve: Serve) -> None:
    cites = "Theo Công văn số 733/UBND-KT ngày 14/3/2026 của Ủy ban nhân dân tỉnh, các xã rà soát."
    for number in range(12):
        texts_site.article(f"2026/05/bai-{number:02}", cites, title=f"Bài {number}")
    page = serve(texts_site)

    found = search(page, "733/UBND-KT")
    assert len(found) == 10
    assert found[0].startswith("van-ban/so/")
    page.get_by_role("button", name="Xem thêm kết quả").click()
    expect(page.locator(".results__link")).to_have_count(13)
    expect(page.get_by_role("button", name="Xem thêm kết quả")).to_be_hidden()


@pytest.mark.parametrize("lost", ["wasm", "pagefind-entry.json", "pagefind.js"])
def test_one_lost_request_does_not_silence_the_search_in_texts(lost: str, texts_site: SiteTest, serve: Serve) -> None:
    page = serve(texts_site.article("2026/05/a", "Rà soát đê kè."))
    page.route(re.compile(rf"/toan-van/.*{lost}"), lambda route: route.abort(), times=2)

    search(page, "soat de ke")
    assert page.locator(".results__link").count() or "không tải được" in status(page)
    assert search(page, "soat de k") == ["tin/2026/05/a.html"]


def test_a_page_that_is_open_while_the_site_is_published_goes_on_finding(texts_site: SiteTest, serve: Serve) -> None:
    texts_site.article("2025/05/cu", "Rà soát đê kè.", date="2025-05-01")
    page = serve(texts_site.article("2026/05/a", "Rà soát đê kè ở Cửa Lộ. Trạm bơm mới."))
    assert search(page, "soat de ke") == ["tin/2026/05/a.html", "tin/2025/05/cu.html"]

    # What the words lie in has another name afterwards.
    texts_site.replace("content/tin/2026/05/a.md", "Cửa Lộ", "Suối Ngàn").build()

    assert search(page, "tram bom moi") == ["tin/2026/05/a.html"]
    assert search(page, "soat de ke") == ["tin/2026/05/a.html", "tin/2025/05/cu.html"]


def test_a_number_in_a_title_is_no_question_for_the_document(site: SiteTest, serve: Serve) -> None:
    title = "Vận động hiến máu theo Chỉ thị số 27/CT-UBND"
    for year in range(2021, 2026):
        site.document(f"{year}/27-ct-ubnd", kind="Chỉ thị", number="27/CT-UBND", issued=f"{year}-05-01")
    page = serve(site.article("2020/05/a", title=title, date="2020-05-01"))

    assert search(page, fold(title))[0] == "tin/2020/05/a.html"
    assert search(page, "chi thi 27/ct-ubnd ngay 1/5/2023")[0] == "van-ban/2023/27-ct-ubnd.html"


def test_a_part_that_does_not_arrive_does_not_silence_the_others(site: SiteTest, serve: Serve) -> None:
    site.article("2025/05/cu", title="Đê kè Cửa Lộ", date="2025-05-01")
    page = serve(site.article("2026/05/a", title="Đê kè Suối Ngàn"))
    page.route("**/2026-1.idx*", lambda route: route.abort())
    page.reload()

    assert search(page, "de ke") == ["tin/2025/05/cu.html"]
    assert "không tải được" in status(page)
    page.unroute("**/2026-1.idx*")
    page.get_by_role("button", name="Thử lại").click()
    expect(page.locator(".results__link")).to_have_count(2)
    assert "không tải được" not in status(page)


def test_who_is_on_a_result_stays_there_while_more_arrive(texts_site: SiteTest, serve: Serve) -> None:
    texts_site.article("2026/05/a", title="Đê kè và mưa lũ", date="2026-05-02")
    page = serve(texts_site.article("2026/05/b", "Trong mưa lũ, kè và đê đều vững. Đê và kè đều vững."))
    page.route("**/pagefind-entry.json*", lambda route: (time.sleep(0.5), route.continue_()))
    page.get_by_label("Từ khóa").fill("de va ke")
    link = page.locator(".results__link")
    expect(link).to_have_count(1)
    link.focus()

    expect(page.locator(".results")).to_have_attribute("aria-busy", "false")
    assert page.locator(".results__link").count() == 2
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/tin/2026/05/a.html"


def test_standing_pages_do_not_keep_news_away(texts_site: SiteTest, serve: Serve) -> None:
    for name in ("mot", "hai", "ba"):
        texts_site.page(name, "Nơi tiếp dân có kho báu.")
    page = serve(texts_site.article("2026/05/a", "Tìm thấy kho báu."))

    assert "tin/2026/05/a.html" in search(page, "kho bau")
    page.get_by_text("Lọc và sắp xếp").click()
    page.get_by_label("Xếp theo").select_option("Mới nhất")
    assert search(page, "kho báu")[0] == "tin/2026/05/a.html"


def test_a_result_says_how_it_begins_where_no_text_has_been_asked(site: SiteTest, serve: Serve) -> None:
    for number in range(60):
        site.article(f"2026/05/bai-{number:02}", f"Nội dung thứ {number} về đê.", title=f"Tên {number}")
    page = serve(site.document("2026/12-ubnd", subject="đê kè"))

    search(page, "ten 7")
    assert page.locator(".results__excerpt").all_inner_texts() == ["Nội dung thứ 7 về đê."]
    search(page, "ten 59")
    assert page.locator(".results__excerpt").all_inner_texts() == ["Nội dung thứ 59 về đê."]


def test_who_only_narrows_down_sees_what_is_left_and_can_undo_it(site: SiteTest, serve: Serve) -> None:
    site.article("2026/05/a", category="Chỉ đạo điều hành").article("2026/05/b")
    page = serve(site)
    page.get_by_text("Lọc và sắp xếp").click()
    page.get_by_label("Chuyên mục", exact=True).select_option("Chỉ đạo điều hành")
    expect(page.locator(".results__link")).to_have_count(1)
    expect(page.locator("[data-search-status]")).to_have_text("Tìm thấy 1 mục.")

    page.get_by_role("button", name="Xóa lọc").click()
    expect(page.locator(".results__link")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("chuyen-muc"))
    assert page.evaluate("document.activeElement.name") == "loai"


def test_scattered_words_are_not_called_a_phrase(texts_site: SiteTest, serve: Serve) -> None:
    page = serve(texts_site.article("2026/05/a", "Hộ dân mới. Giấy chiếu rọi hoặc họp."))

    assert search(page, "hộ chiếu") == ["tin/2026/05/a.html"]
    assert status(page) == "Tìm thấy 1 bài có các từ này, không liền nhau, trong nội dung."
    assert page.locator(".results__excerpt mark").all_inner_texts() == ["Hộ", "chiếu"]


def test_a_part_without_an_index_does_not_hide_those_of_other_years(texts_site: SiteTest, serve: Serve) -> None:
    texts_site.article("2025/05/cu", "Rà soát đê kè.", date="2025-05-01")
    page = serve(texts_site.article("2026/05/a", "Trạm bơm."))
    page.route("**/toan-van/2026-1/**", lambda route: route.fulfill(status=404, body=""))

    assert search(page, "soat de ke") == ["tin/2025/05/cu.html"]
    assert "Một phần mục lục tìm kiếm không tải được" in status(page)


@pytest.mark.parametrize("prefix", ["/cong", "/cong/con"])
def test_a_portal_in_a_folder_is_searched_there(prefix: str, texts_site: SiteTest, new_context: OpenContext) -> None:
    texts_site.replace("site.toml", 'base_url = "https://thu.example"', f'base_url = "https://thu.example{prefix}"')
    texts_site.article("2026/05/a", "Rà soát đê kè.", title="Trạm bơm").build()
    with serving(texts_site.root / "public", prefix) as address:
        page = new_context().new_page()
        page.goto(f"{address}{prefix}/")
        page.get_by_label("Tìm trên cổng").fill("tram bom")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}{prefix}/tim-kiem/?q=tram+bom")

        wanted = f"{prefix}/tin/2026/05/a.html".lstrip("/")
        expect(page.locator(".results__link")).to_have_count(1)
        assert search(page, "tram bom") == [wanted]
        assert search(page, "soat de ke") == [wanted]
        page.locator(".results__link").click()
        page.wait_for_url(f"{address}/{wanted}")


def test_the_page_folds_as_the_build_does(visit: Visit) -> None:
    page = visit("search")
    script = page.locator("script[type=module][src*='/words.']").get_attribute("src")

    folded = page.evaluate(
        "async ([script, texts]) => { const { fold } = await import(script); return texts.map(fold); }",
        [script, [vector["text"] for vector in FOLDING if "ß" not in vector["text"]]],
    )

    assert folded == [vector["folded"] for vector in FOLDING if "ß" not in vector["text"]]


def test_words_as_typed_stand_before_words_without_their_marks(site: SiteTest, new_context: OpenContext) -> None:
    site.article("2026/05/a", title="Trại nam ở Cửa Lộ", date="2026-05-03")
    site.article("2026/05/b", title="Một năm ở Cửa Lộ", date="2026-05-02")
    site.article("2026/05/c", title="Hoà bình ở Cửa Lộ", date="2026-05-01").build()
    with serving(site.root / "public") as address:
        page = new_context().new_page()
        page.goto(f"{address}/tim-kiem/")

        assert search(page, "năm")[0] == "tin/2026/05/b.html"
        assert search(page, "nam")[0] == "tin/2026/05/a.html"
        assert search(page, "hòa bình") == ["tin/2026/05/c.html"]


def test_a_phrase_stands_before_scattered_words_and_a_number_before_both(
    site: SiteTest, new_context: OpenContext
) -> None:
    site.article("2026/05/roi", title="Phòng họp chống ồn cho dịch giả", date="2026-05-03")
    site.article("2026/05/cum", title="Công tác phòng chống dịch", date="2026-05-02")
    site.article("2026/05/so", title="Công văn 895-TB/TU được triển khai", date="2026-05-01")
    site.document("2022/895-tb-tu", kind="Thông báo", number="895-TB/TU", issued="2022-01-05", issuer="Tỉnh ủy").build()
    with serving(site.root / "public") as address:
        page = new_context().new_page()
        page.goto(f"{address}/tim-kiem/")

        assert search(page, "phong chong dich") == ["tin/2026/05/cum.html", "tin/2026/05/roi.html"]
        for typed in ("895", "895 TB TU", "895-TB/TU", "895tbtu", "số 895-tb/tu"):
            assert search(page, typed)[0] == "van-ban/2022/895-tb-tu.html", typed


# --- filters, order, address -----------------------------------------------------------


def test_lists_narrow_the_results_and_the_address_keeps_the_question(visit: Visit, sites: Sites) -> None:
    page = visit("search")
    search(page, "van linh")
    page.get_by_text("Lọc và sắp xếp").click()

    page.get_by_label("Loại nội dung").select_option("Văn bản")
    page.get_by_label("Năm", exact=True).select_option("2022")
    expect(page.locator(".results__link")).to_have_count(1)
    expect(page.locator(".results__link")).to_have_attribute("href", "/van-ban/2022/4886-ubnd-kgvx.html")

    expect(page).to_have_url(re.compile(r"\?q=van\+linh&loai=van-ban&nam=2022$"))
    again = page.context.new_page()
    again.goto(page.url)
    expect(again.locator(".results__link")).to_have_count(1)
    assert again.get_by_label("Từ khóa").input_value() == "van linh"


def test_the_newest_come_first_where_the_reader_wants_it(visit: Visit) -> None:
    page = visit("search")
    search(page, "song lo")
    older = page.locator("[data-search-older] button")
    while older.is_visible():
        older.click()
        expect(page.locator(".results")).to_have_attribute("aria-busy", "false")
    page.get_by_text("Lọc và sắp xếp").click()

    page.get_by_label("Xếp theo").select_option("Mới nhất")
    expect(page.locator(".results")).to_have_attribute("aria-busy", "false")

    days = [time.get_attribute("datetime") or "" for time in page.locator(".results time").all()]
    assert len(days) > 3
    assert days == sorted(days, reverse=True)


def test_the_box_in_the_header_leads_to_the_results(visit: Visit) -> None:
    page = visit("home")

    page.get_by_label("Tìm trên cổng").fill("cáp quang biển")
    page.keyboard.press("Enter")

    expect(page.locator(".results__link").first).to_have_attribute(
        "href", "/tin/2026/08/cap-quang-bien-ra-hon-nam.html"
    )
    assert page.locator(".search-box").count() == 0


def test_marks_stand_on_the_words_that_were_asked_for(visit: Visit) -> None:
    page = visit("search")
    search(page, "cap quang")

    assert page.locator(".results__link").first.locator("mark").all_inner_texts() == ["Cáp quang"]


# --- archives of many years ------------------------------------------------------------


def test_older_parts_that_cost_something_are_asked_for_only_while_nothing_fits(
    site: SiteTest, new_context: OpenContext
) -> None:
    for year in range(2016, 2027):
        for number in range(4):
            path = f"{year}/05/bai-{number}"
            site.article(path, title=f"Hội nghị tổng kết lần {number} năm {year}", date=f"{year}-05-0{number + 1}")
    site.build()
    with serving(site.root / "public") as address:
        page = new_context().new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if "-1.idx" in request.url else None)
        free = "const FREE = 78000;"
        source = next(text for path, text in site.public.items() if path.startswith("js/finder.")).decode()
        assert free in source
        page.route(
            "**/js/finder.*",
            lambda route: route.fulfill(body=source.replace(free, "const FREE = 0;"), content_type="text/javascript"),
        )
        page.goto(f"{address}/tim-kiem/")

        assert len(search(page, "hoi nghi")) == 4
        assert [re.search(r"(\d{4})-1\.idx", url)[1] for url in asked] == ["2026"]
        assert status(page) == "Tìm thấy 4 kết quả theo tiêu đề, số văn bản (đã tìm từ năm 2026 đến nay)."

        page.get_by_role("button", name="Tìm trong các tin cũ hơn").click()
        expect(page.locator(".results__link")).to_have_count(8)

        assert search(page, "hội nghị tổng kết lần 2 năm 2016")[0] == "tin/2016/05/bai-2.html"
        assert status(page) == "Tìm thấy 1 kết quả theo tiêu đề, số văn bản."


# --- everybody ---------------------------------------------------------------------------


def test_the_search_can_be_used_by_keyboard_alone(visit: Visit) -> None:
    page = visit("search")
    page.get_by_label("Từ khóa").focus()
    page.keyboard.type("song lo")
    expect(page.locator(".results__link").first).to_be_visible()

    stops = []
    for _ in range(6):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.className || document.activeElement.tagName"))

    assert stops[:4] == ["button", "search__summary", "results__link", "results__link"]
    page.locator(".results__link").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(tin|van-ban|the)/"))


def test_a_screen_reader_hears_how_much_was_found(visit: Visit) -> None:
    page = visit("search")
    search(page, "cap quang bien")

    assert page.get_by_role("status").filter(has_text="Tìm thấy").count() == 1
    search(page, "zzzz")
    assert status(page) == "Không tìm thấy kết quả nào."
    expect(page.get_by_role("link", name="Lưu trữ theo năm, tháng")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation_with_results_on_screen(width: int, visit: Visit) -> None:
    page = visit("search", width)
    page.get_by_text("Lọc và sắp xếp").click()
    search(page, "song lo")
    assert page.locator(".results__link").count() > 2
    for look in LOOKS:
        look_like(page, look)
        assert violations(page) == [], look


def test_nothing_to_type_in_or_click_is_printed(visit: Visit) -> None:
    article, page = visit("article with everything"), visit("search")
    search(page, "song lo")
    for seen in (article, page):
        seen.emulate_media(media="print")

    assert article.locator("input:visible, button:visible").count() == 0
    assert page.locator("button:visible, select:visible, summary:visible").count() == 0
    assert page.locator("main input:visible").count() == 0


def test_what_was_asked_for_is_printed_with_its_answers_and_in_their_address(site: SiteTest, serve: Serve) -> None:
    site.article("2026/05/a", title='"Đê & kè: 100% vững"', category="Chỉ đạo điều hành")
    page = serve(site.article("2026/05/b"))
    asked, source = page.locator("[data-search-asked]"), page.locator(".print-source")
    page.emulate_media(media="print")
    expect(asked).to_be_hidden()
    expect(source).to_contain_text("Địa chỉ: https://thu.example/tim-kiem/")
    page.emulate_media(media="screen")

    page.get_by_text("Lọc và sắp xếp").click()
    page.get_by_label("Chuyên mục", exact=True).select_option("Chỉ đạo điều hành")
    page.get_by_label("Xếp theo").select_option("Mới nhất")
    assert search(page, " đê & kè: 100%") == ["tin/2026/05/a.html"]
    expect(asked).to_be_hidden()
    page.emulate_media(media="print")

    expect(asked).to_have_text(
        "Kết quả tìm kiếm cho “đê & kè: 100%”; Chuyên mục: Chỉ đạo điều hành; Xếp theo: Mới nhất"
    )
    expect(asked).to_be_visible()
    query = "q=đê+%26+kè:+100%25&chuyen-muc=Chỉ+đạo+điều+hành&xep=moi"
    expect(source).to_have_text(re.compile(re.escape(f"Địa chỉ: https://thu.example/tim-kiem/?{query}") + "$"))

    # What stands on the paper leads there again.
    page.goto(f"{page.url.partition('?')[0]}?{query}")
    expect(page.locator(".results__link")).to_have_count(1)
    expect(page.get_by_label("Từ khóa")).to_have_value("đê & kè: 100%")

    page.emulate_media(media="screen")
    page.get_by_label("Từ khóa").fill("")
    expect(asked).to_have_text("Kết quả tìm kiếm; Chuyên mục: Chỉ đạo điều hành; Xếp theo: Mới nhất")


def test_without_scripts_the_page_says_so_and_leads_on(visit: Visit) -> None:
    page = visit("search", java_script_enabled=False)

    expect(page.get_by_text("Ô tìm kiếm cần trình duyệt bật JavaScript")).to_be_visible()
    assert page.locator("[data-search-elsewhere] a").count() == 3
    assert not page.get_by_text("Lọc và sắp xếp").is_visible()


def test_a_look_up_that_does_not_arrive_is_admitted(new_context: OpenContext, sites: Sites) -> None:
    page = new_context().new_page()
    page.route("**/*.idx*", lambda route: route.abort())
    go(page, sites, "search")
    search(page, "song lo")

    expect(page.get_by_text("Không tải được mục lục tìm kiếm")).to_be_visible()
    expect(page.get_by_role("link", name="Chuyên mục", exact=True)).to_be_visible()


def test_the_first_result_is_there_soon_and_costs_little(visit: Visit) -> None:
    page = visit("search")
    search(page, "cap")
    began = page.evaluate("performance.now()")
    page.get_by_label("Từ khóa").press_sequentially(" quang bien")
    expect(page.locator(".results__link")).to_have_count(1)

    # Eleven keystrokes, the pause after the last one, and the answer.
    assert page.evaluate("performance.now()") - began < 2000
    loaded = """performance.getEntriesByType("resource").filter((one) => one.name.includes("/tim-kiem/"))
        .reduce((sum, one) => sum + one.transferSize, 0)"""
    assert 0 < page.evaluate(loaded) < 25_000


# --- a portal of ordinary size ---------------------------------------------------------------


class Portal(NamedTuple):
    """Two thousand generated articles, where they are served, and their titles and texts by path."""

    address: str
    texts: dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    def publish(root: Path) -> None:
        generate(2000, root)
        settings = (REPOSITORY / "bench/sites/loa-real/site.toml").read_text("utf-8").replace("texts = false\n", "")
        (root / "site.toml").write_text(f"{settings}\n[documents]\ncitations = false\n", encoding="utf-8")
        site = SiteTest.at(root).build(workers=2)
        assert site.report.done
        assert not site.report.incomplete

    root = made_once(tmp_path_factory, "portal", publish)
    texts = {}
    for file in sorted((root / "content/tin").rglob("*.md")):
        _, front, body = file.read_text("utf-8").split("---\n", 2)
        title = re.search(r'^title: "?(.*?)"?$', front, re.MULTILINE)
        assert title is not None
        texts[f"tin/{file.relative_to(root / 'content/tin').with_suffix('.html')}"] = (title[1], body)
    with serving(root / "public") as address:
        yield Portal(address, texts)


def phrases_of_one_text(texts: dict[str, tuple[str, str]], length: int, count: int) -> dict[str, str]:
    """Runs of words that stand in the body of one text only, and its path; spread over the whole archive."""

    def runs(body: str) -> Iterator[str]:
        for line in body.splitlines():
            words = re.findall(r"[\w/.-]+", line) if line[:1].isalpha() else []
            yield from (" ".join(words[start : start + length]) for start in range(len(words) - length))

    in_texts = Counter(run for _, body in texts.values() for run in set(runs(body)))
    chosen = list(texts.items())[:: len(texts) // count]
    return {next(run for run in runs(body) if in_texts[run] == 1 and run in body): path for path, (_, body) in chosen}


def test_titles_on_a_portal_of_two_thousand_articles(portal: Portal, new_context: OpenContext) -> None:
    page = new_context().new_page()
    page.goto(f"{portal.address}/tim-kiem/")
    chosen = list(portal.texts.items())[::50]

    missed = {}
    for number, (path, (title, _)) in enumerate(chosen):
        typed = (title, title.upper(), fold(title), unicodedata.normalize("NFD", title))[number % 4]
        if path not in search(page, typed)[:3]:
            missed[typed] = path

    assert len(chosen) == 40
    assert missed == {}


def test_phrases_of_texts_on_a_portal_of_two_thousand_articles(portal: Portal, new_context: OpenContext) -> None:
    page = new_context().new_page()
    page.goto(f"{portal.address}/tim-kiem/")
    # Each makes the browser work for a second.
    count = 40 if LONG else 20
    chosen = phrases_of_one_text(portal.texts, 7, count)

    missed = {}
    for number, (phrase, path) in enumerate(chosen.items()):
        typed = fold(phrase) if number % 2 else phrase
        if path not in search(page, typed)[:3]:
            missed[typed] = path

    assert len(chosen) == count
    assert len(missed) <= len(chosen) // 20, missed
