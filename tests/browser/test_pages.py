"""What a citizen's browser does with the pages: what it fetches, shows, prints and how heavy that is."""

from __future__ import annotations

import gzip
import io
import re
import time
import unicodedata
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import SiteTest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from browser.conftest import ARTICLE, KINDS, OpenContext, Sites, Visit, follow, go
from tools.serve import serving

HOST = "https://lamhai.example"
TYPICAL = ["home", "article with everything", "article with pictures in its text", "category", "feeds"]
KILOBYTE = 1000


def scroll_through(page: Page) -> None:
    """Down to the end, a screen at a time, and wait for what that brings."""
    page.evaluate("""async () => {
      for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
        scrollTo({top: y, behavior: "instant"});
        await new Promise(requestAnimationFrame);
      }
      // An address that answers with no picture rejects, and so fails the test.
      await Promise.all([...document.images].filter(image => image.checkVisibility()).map(image => image.decode()));
    }""")


# --- what is fetched ---------------------------------------------------------------


@pytest.mark.proves("R6 policy")
@pytest.mark.parametrize("kind", KINDS)
def test_no_request_leaves_the_site_and_nothing_is_complained_about(
    kind: str, new_context: OpenContext, sites: Sites
) -> None:
    page = new_context().new_page()
    page.add_init_script("""
      window.violations = [];
      document.addEventListener(
        "securitypolicyviolation", event => violations.push(event.blockedURI + " " + event.violatedDirective));
    """)
    requests: list[str] = []
    failures: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("requestfailed", lambda request: failures.append(request.url))
    page.on(
        "response",
        lambda r: failures.append(r.url) if r.status >= 400 and not r.request.is_navigation_request() else None,
    )
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    go(page, sites, kind)
    if kind != "redirect":
        scroll_through(page)
    violations = page.evaluate("violations")

    origin = sites.url(KINDS[kind]).partition("/")[0] + "//" + urlsplit(sites.url(KINDS[kind])).netloc + "/"
    assert len(requests) >= (2 if kind == "redirect" else 4)
    assert [url for url in requests if not url.startswith(origin)] == []
    assert violations == []
    if kind == "missing page":
        complaints = [text for text in complaints if "404 (Not Found)" not in text]
    if kind == "redirect":
        # The navigation that the test holds back counts as failed.
        failures = [url for url in failures if not url.endswith(".html")]
    assert failures == []
    assert complaints == []


def test_nothing_is_stored_until_a_reader_chooses_something(visit: Visit) -> None:
    page = visit("article with everything")
    scroll_through(page)

    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []


def test_a_redirect_leads_on_without_a_click(visit: Visit) -> None:
    page = visit("home", java_script_enabled=False)

    page.goto(page.url.rstrip("/") + KINDS["redirect"])

    page.wait_for_url("**/tin/2024/01/38-thu-tuc-truc-tuyen-mien-le-phi.html")


# --- without JavaScript ----------------------------------------------------------------


# What does something only where scripts run; forms can be sent without them.
BUTTONS = "button:not([type=submit]):visible"


# The search says something else without scripts: see ``test_search``.
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("redirect", "search")])
def test_everything_can_be_read_and_followed_without_javascript(kind: str, visit: Visit) -> None:
    """What scripts add are controls; text and links are the same without them."""
    with_scripts, without = visit(kind), visit(kind, java_script_enabled=False)
    text = """() => {
      const main = document.querySelector("main").cloneNode(true);
      main.querySelectorAll("button:not(th > *), th [aria-hidden]").forEach(added => added.remove());
      return main.textContent.replace(/\\s+/g, " ");
    }"""
    links = """() => [...document.querySelectorAll("a[href]")].filter(link => link.checkVisibility())
      .map(link => link.getAttribute("href"))"""
    pictures = "() => [...document.images].map(image => image.alt)"

    for look in (text, links, pictures):
        assert without.evaluate(look) == with_scripts.evaluate(look)
    expect(without.get_by_role("heading", level=1)).to_have_count(1)
    expect(without.locator(BUTTONS)).to_have_count(0)


def test_a_script_that_does_not_arrive_takes_nothing_away(visit: Visit) -> None:
    page = visit("home", 360)
    page.route(re.compile(r"/js/loa\."), lambda route: route.abort())
    page.reload()

    expect(page.get_by_role("navigation", name="Trình đơn chính").get_by_role("link")).to_have_count(6)
    expect(page.locator(BUTTONS)).to_have_count(0)
    expect(page.locator("summary", has_text="Hiển thị")).to_be_hidden()


def test_a_reader_gets_around_without_javascript(visit: Visit) -> None:
    page = visit("home", 360, java_script_enabled=False)

    follow(page.get_by_role("link", name="Chỉ đạo điều hành", exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text("Thông tin chỉ đạo điều hành")
    follow(page.get_by_role("article").first.get_by_role("link").first)
    title = page.get_by_role("heading", level=1).inner_text()
    follow(page.get_by_role("region", name="Các tin đã đăng").get_by_role("link").first)
    assert page.get_by_role("heading", level=1).inner_text() != title
    follow(page.get_by_role("navigation", name="Vị trí trong trang").get_by_role("link", name="Trang chủ"))
    assert urlsplit(page.url).path == "/"


def test_numbered_pages_lead_from_the_newest_to_the_oldest_and_back(visit: Visit, sites: Sites) -> None:
    page = visit("small:/chuyen-muc/tin/", java_script_enabled=False)
    seen: list[str] = []
    while True:
        for title in page.get_by_role("main").get_by_role("heading", level=2).all_inner_texts():
            if title not in seen and title != "Theo dõi":
                seen.append(title)
        older = page.get_by_role("link", name="Tin cũ hơn")
        if not older.count():
            break
        follow(older)
    assert seen == [f"Bài thứ {number} trong danh sách" for number in range(8, 0, -1)]
    while (newer := page.get_by_role("link", name="Tin mới hơn")).count():
        follow(newer)
    assert page.url == sites.url("small:/chuyen-muc/tin/")


# --- actions -----------------------------------------------------------------------------


def test_the_link_of_an_article_can_be_copied(visit: Visit) -> None:
    page = visit("article with everything", permissions=["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Chép liên kết").press("Enter")

    expect(page.get_by_role("status")).to_have_text(f"Đã chép: {HOST}{ARTICLE}")
    assert page.evaluate("navigator.clipboard.readText()") == HOST + ARTICLE
    expect(page.get_by_role("button", name="Đã chép")).to_be_focused()


def test_a_refused_clipboard_is_admitted(visit: Visit) -> None:
    page = visit("article with everything")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')) }")

    page.get_by_role("button", name="Chép liên kết").click()

    expect(page.get_by_role("status")).to_contain_text("Không chép được")


def test_the_address_of_a_feed_can_be_copied(visit: Visit) -> None:
    page = visit("feeds", permissions=["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Chép địa chỉ: Tất cả tin (RSS)").click()

    expect(page.get_by_role("status")).to_contain_text(f"{HOST}/rss.xml")
    assert page.evaluate("navigator.clipboard.readText()") == f"{HOST}/rss.xml"


def test_the_print_button_prints(visit: Visit) -> None:
    page = visit("article with everything")
    page.evaluate("() => { window.print = () => { window.printed = (window.printed || 0) + 1 } }")

    page.get_by_role("button", name="In bài viết").press("Enter")

    assert page.evaluate("window.printed") == 1


def test_an_article_can_be_sent_by_mail_without_scripts(visit: Visit) -> None:
    page = visit("article with everything", java_script_enabled=False)
    link = page.get_by_role("link", name="Gửi qua thư điện tử").get_attribute("href")

    scheme, _, query = link.partition(":?")
    fields = parse_qs(query, strict_parsing=True)
    assert scheme == "mailto"
    assert "+" not in query
    assert fields == {"subject": [page.get_by_role("heading", level=1).inner_text()], "body": [HOST + ARTICLE]}


# --- light and dark --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "redirect"])
def test_pages_are_light_or_dark_as_the_system_is(kind: str, visit: Visit) -> None:
    page = visit(kind)
    luminance = """() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3)
      .reduce((sum, value) => sum + Number(value), 0) / 3"""
    page.emulate_media(color_scheme="light")
    assert page.evaluate(luminance) > 200
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(luminance) < 60


# --- weight -------------------------------------------------------------------------------------


def weigh(page: Page, sites: Sites, kind: str) -> dict[str, tuple[int, int]]:
    """What the browser fetches without scrolling: bytes over the line and bytes unpacked, by path."""
    weights: dict[str, tuple[int, int]] = {}

    def note(response) -> None:
        body = response.body()
        over_the_line = int(response.headers["content-length"])
        weights[urlsplit(response.url).path] = over_the_line, len(body)

    responses: list = []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108  # Playwright wants a Python one
    go(page, sites, kind)
    page.wait_for_load_state("networkidle")
    for response in responses:
        note(response)
    return weights


def total(weights: dict[str, tuple[int, int]], *suffixes: str) -> tuple[int, int]:
    chosen = [weight for path, weight in weights.items() if not suffixes or path.endswith(suffixes)]
    return sum(line for line, _ in chosen), sum(unpacked for _, unpacked in chosen)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_home_page_weighs_at_most_150_kilobytes_with_its_pictures(
    width: int, new_context: OpenContext, sites: Sites
) -> None:
    weights = weigh(new_context(width).new_page(), sites, "home")

    over_the_line, unpacked = total(weights)
    assert over_the_line <= unpacked <= 150 * KILOBYTE


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "kind", ["article with everything", "article with pictures in its text", "article with a footnote", "short article"]
)
def test_an_article_weighs_at_most_60_kilobytes_without_the_pictures_in_its_text(
    kind: str, width: int, new_context: OpenContext, sites: Sites
) -> None:
    page = new_context(width).new_page()
    weights = weigh(page, sites, kind)
    in_text = page.evaluate(
        "[...document.querySelectorAll('.prose img')].map(image => new URL(image.currentSrc).pathname)"
    )
    others = {path: weight for path, weight in weights.items() if path not in in_text}

    assert total(others)[0] <= 60 * KILOBYTE


@pytest.mark.parametrize("kind", TYPICAL)
def test_a_page_has_one_stylesheet_and_little_script(kind: str, new_context: OpenContext, sites: Sites) -> None:
    weights = weigh(new_context().new_page(), sites, kind)

    assert len([path for path in weights if path.endswith(".css")]) == 1
    assert total(weights, ".js")[1] <= 10 * KILOBYTE
    # The print of documents and the search box are in it too. On the way it is a fifth of that.
    assert total(weights, ".css")[1] <= 44 * KILOBYTE
    assert total(weights, ".css")[0] <= 10 * KILOBYTE
    assert not [path for path in weights if path.endswith((".woff", ".woff2", ".ttf", ".json"))]


def test_every_page_of_the_site_is_light(sample_site: Path) -> None:
    """Without pictures, as a server sends it."""
    assets = [*sample_site.glob("css/*.css"), *sample_site.glob("js/*.js")]
    frame = sum(len(gzip.compress(file.read_bytes(), 6)) for file in assets)

    heavy = {
        page.name: len(gzip.compress(page.read_bytes(), 6)) + frame
        for page in sample_site.rglob("*.html")
        if len(gzip.compress(page.read_bytes(), 6)) + frame > 40 * KILOBYTE
    }

    assert heavy == {}


# --- pictures -------------------------------------------------------------------------------------

PICTURES = """() => [...document.querySelectorAll("main picture img")].filter(i => i.checkVisibility()).map(image => ({
  chosen: Number(image.currentSrc.match(/-(\\d+)\\.(webp|jpg)$/)[1]),
  format: image.currentSrc.split(".").pop(),
  offered: image.parentElement.querySelector("source").srcset.match(/\\d+(?=w)/g).map(Number),
  shown: image.getBoundingClientRect().width,
  promised: image.naturalWidth,
  source: image.currentSrc,
}))"""


@pytest.mark.parametrize(("width", "density"), [(360, 1), (360, 2), (768, 1), (1280, 1), (1280, 2)])
@pytest.mark.parametrize("kind", TYPICAL[:4])
def test_the_browser_chooses_a_picture_of_the_right_size(kind: str, width: int, density: int, visit: Visit) -> None:
    page = visit(kind, width, device_scale_factor=density)
    scroll_through(page)

    pictures = page.evaluate(PICTURES)

    assert pictures
    for picture in pictures:
        needed = picture["shown"] * density
        assert picture["format"] == "webp"
        enough = [offer for offer in picture["offered"] if offer >= needed - 1] or [max(picture["offered"])]
        assert picture["chosen"] >= enough[0], picture
        assert picture["chosen"] <= 2.2 * needed or picture["chosen"] == min(picture["offered"]), picture
        # With widths in srcset, the natural width is what "sizes" promised: it should be the truth, give or take.
        assert 0.95 * picture["shown"] <= picture["promised"] <= 1.6 * picture["shown"], picture


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", TYPICAL[:4])
def test_pictures_below_the_fold_wait_for_the_reader(kind: str, width: int, visit: Visit) -> None:
    page = visit(kind, width)
    pictures = page.evaluate("""() => [...document.querySelectorAll("main img")].map(image => ({
      lazy: image.loading === "lazy",
      below: image.getBoundingClientRect().top > innerHeight,
      urgent: image.fetchPriority === "high",
    }))""")

    assert pictures
    assert [picture for picture in pictures if picture["below"] and not picture["lazy"]] == []
    assert [picture for picture in pictures if picture["urgent"] and picture["lazy"]] == []
    assert sum(picture["urgent"] for picture in pictures) <= 1


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("kind", TYPICAL)
def test_nothing_moves_while_a_page_loads_and_scrolls(
    kind: str, width: int, new_context: OpenContext, sites: Sites
) -> None:
    """Cumulative layout shift 0, with pictures and a script that come late."""
    page = new_context(width).new_page()
    page.add_init_script("""
      window.shifts = [];
      new PerformanceObserver(list => { for (const entry of list.getEntries()) shifts.push(entry.value) })
        .observe({type: "layout-shift", buffered: true});
    """)

    def late(route) -> None:
        time.sleep(0.05 if "/anh/" in route.request.url else 0.3)
        route.continue_()

    page.route(re.compile(r"/anh/|/js/loa\."), late)
    go(page, sites, kind)
    scroll_through(page)

    assert "layout-shift" in page.evaluate("PerformanceObserver.supportedEntryTypes")
    assert page.evaluate("shifts") == []


# --- paper ------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """Text without its white space, which PDF knows only as distance."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def paper(page: Page) -> tuple[PdfReader, str]:
    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    return reader, plain("".join(sheet.extract_text() for sheet in reader.pages))


NOT_ON_PAPER = (
    "Chuyển đến nội dung",
    "Trình đơn",
    "Hiển thị",
    "Trang chủ",
    "In bài viết",
    "Gửi qua thư điện tử",
    "Chép liên kết",
    "Từ khóa",
    "Các tin đã đăng",
    "Trong trang này",
    "Trong bài này",
    "Giờ làm việc",
)


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_an_article_on_paper_has_what_belongs_there_and_nothing_to_click(look: str, visit: Visit) -> None:
    page = visit("article with everything", color_scheme="dark" if look == "dark" else "light")
    if look == "contrast":
        page.evaluate("document.documentElement.dataset.theme = 'contrast'")
    title = page.get_by_role("heading", level=1).inner_text()
    headings = page.locator(".prose h2").all_inner_texts()

    reader, text = paper(page)

    for sheet in reader.pages:
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == (595, 842), "A4 in points"
    for words in (
        title,
        "Ủy ban nhân dân tỉnh Lâm Hải",
        "Thứ Tư, 02/07/2025, 07:30",
        "Nguồn: Cổng TTĐT tỉnh",
        HOST + ARTICLE,
        *headings,
    ):
        assert plain(words) in text, words
    assert [words for words in NOT_ON_PAPER if plain(words) in text] == []


def test_a_standing_page_on_paper_has_title_and_address(visit: Visit) -> None:
    page = visit("standing page with a table")

    reader, text = paper(page)

    assert (round(reader.pages[0].mediabox.width), round(reader.pages[0].mediabox.height)) == (595, 842)
    assert plain(page.get_by_role("heading", level=1).inner_text()) in text
    assert plain(HOST + KINDS["standing page with a table"]) in text
    assert [words for words in NOT_ON_PAPER if plain(words) in text] == []


@pytest.mark.parametrize(
    "kind", ["withdrawn article", "expired article", "register of documents", "document that nobody has written up"]
)
def test_other_pages_on_paper_have_their_address_and_nothing_to_click(kind: str, visit: Visit) -> None:
    page = visit(kind)
    page.clock.set_fixed_time("2026-11-01T12:00:00+07:00")

    reader, text = paper(page)

    assert all(sheet.extract_text().strip() for sheet in reader.pages), "a blank sheet"
    for words in (HOST + KINDS[kind], "in ngày 01/11/2026", *page.locator(".standing p").all_inner_texts()):
        assert plain(words) in text, words
    clicked = (*NOT_ON_PAPER, "Về trang chủ", "Theo dõi", "Trích dẫn:")
    assert [words for words in clicked if plain(words) in text] == []


@pytest.mark.parametrize("level", ["emergency", "warning", "info"])
def test_what_warns_is_printed_with_its_address_in_black_on_white_but_not_on_documents(
    level: str, site: SiteTest, new_context: OpenContext
) -> None:
    said, link = "Bão số 5 đổ bộ trong đêm nay.", "/tin/bao.html"
    settings = (site.root / "site.toml").read_text("utf-8")
    site.write("site.toml", f'{settings}[alert]\nlevel = "{level}"\ntext = "{said}"\nlink = "{link}"\n')
    site.article("bao").document("12", expires="2026-05-01").build()

    with serving(site.root / "public") as address:
        page = new_context().new_page()
        for path in ("/", link, "/van-ban/12.html"):
            page.goto(address + path)
            _, text = paper(page)
            is_printed = level != "info" and path != "/van-ban/12.html"
            assert (plain(said) in text) is is_printed
            assert (plain(f"Xem chi tiết: https://thu.example{link}") in text) is is_printed
        page.goto(address)
        name = "Thông báo" if level == "info" else "Thông báo khẩn"
        expect(page.get_by_role("complementary", name=name, exact=True)).to_be_visible()
        page.emulate_media(media="print")
        style = "element => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]"
        assert page.locator(".alert").evaluate(style) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_and_its_text_black(scheme: str, visit: Visit) -> None:
    page = visit("article with everything", color_scheme=scheme)
    page.emulate_media(media="print", color_scheme=scheme)
    style = "element => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]"

    assert page.locator("body").evaluate(style) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert page.get_by_role("heading", level=1).evaluate(style)[0] == "rgb(0, 0, 0)"


def test_addresses_of_links_elsewhere_are_printed_after_their_words(visit: Visit) -> None:
    page = visit("/trang/dich-vu-cong.html")
    outside = page.evaluate(
        "[...document.querySelectorAll('.prose a')].map(a => a.href).filter(h => h.startsWith('https:'))"
    )

    _, text = paper(page)

    assert outside
    for address in outside:
        assert plain(f"({address.rstrip('/')}") in text, address


def test_nothing_that_belongs_together_is_torn_between_sheets(visit: Visit) -> None:
    page = visit("article with everything")
    page.emulate_media(media="print")
    style = 'elements => [...new Set(elements.map(element => getComputedStyle(element)["{}"]))]'

    assert page.locator("tr, figure, .related__item").evaluate_all(style.format("breakInside")) == ["avoid"]
    assert page.locator("h2, h3").evaluate_all(style.format("breakAfter")) == ["avoid"]
    assert page.locator("p + ul, p + ol").evaluate_all(style.format("breakBefore")) == ["avoid"]
    # An address is copied by hand: it breaks only where it is longer than a line.
    assert page.locator(".print-source__address").evaluate("span => span.getClientRects().length") == 1


def test_no_picture_on_paper_is_higher_than_half_a_page(visit: Visit) -> None:
    page = visit("article with pictures in its text", 794, 1123)
    page.emulate_media(media="print")
    scroll_through(page)

    heights = page.evaluate(
        "[...document.querySelectorAll('main img')].map(image => image.getBoundingClientRect().height)"
    )
    assert heights
    assert max(heights) <= 1123 / 2
