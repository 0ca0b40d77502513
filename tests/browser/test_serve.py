"""An editor writes with the preview beside the text: the browser follows every save."""

from __future__ import annotations

import io
import os
import signal
import time
import urllib.request
from collections.abc import Iterator

import pytest
from conftest import SiteTest
from filelock import FileLock
from PIL import Image
from playwright.sync_api import Page, Route, expect
from previewing import Previewed, previewing

from browser.conftest import OpenContext, wait_until

# The page has said hello, and is told of changes.
TOLD = "window.LiveReload && LiveReload.connector && LiveReload.connector.protocol >= 7"


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def desk(site: SiteTest) -> Iterator[tuple[SiteTest, Previewed]]:
    site.write("content/anh/x.png", picture("teal"))
    site.article("2026/05/a", "Câu đầu.", title="Bài đang viết", image="/anh/x.png").article("2026/05/b")
    site.article("2026/05/nhap", title="Bài nháp", draft="true")
    with previewing(site.root) as preview:
        yield site, preview


@pytest.fixture
def page(desk: tuple[SiteTest, Previewed], new_context: OpenContext) -> Page:
    opened = new_context().new_page()
    opened.goto(f"{desk[1].address}/tin/2026/05/a.html")
    # The page is told of changes once its script has said hello.
    expect(opened.get_by_text("Câu đầu.")).to_be_visible()
    wait_until(opened, TOLD)
    return opened


def test_a_saved_edit_is_seen_at_once(desk: tuple[SiteTest, Previewed], page: Page) -> None:
    site, _ = desk
    site.article("2026/05/a", "Câu thứ hai.", title="Bài đang viết")

    expect(page.get_by_text("Câu thứ hai.")).to_be_visible()


def test_every_page_is_reloaded_once_for_each_save(
    desk: tuple[SiteTest, Previewed], page: Page, new_context: OpenContext
) -> None:
    site, preview = desk
    other = new_context().new_page()
    other.goto(preview.address + "/")
    wait_until(other, TOLD)
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    other.on("load", lambda loaded: loads.append(loaded.url))
    said = len(preview.said)
    site.article("2026/05/a", "Câu thứ hai.", title="Bài đã sửa", image="/anh/x.png")
    preview.wait_for("Đã dựng lại", after=said)

    expect(page.get_by_text("Câu thứ hai.")).to_be_visible()
    expect(other.get_by_role("link", name="Bài đã sửa", exact=True).first).to_be_visible()
    page.wait_for_timeout(500)
    assert sorted(loads) == [preview.address + "/", page.url]


def test_a_page_that_the_build_makes_otherwise_than_it_was_shown_is_reloaded_once_more(
    desk: tuple[SiteTest, Previewed], page: Page
) -> None:
    site, preview = desk
    site.document("cv-12", number="12/UBND-TH", issued="2026-04-20")
    preview.wait_for(r"\nĐã dựng lại")
    site.article("2026/05/a", "Theo Công văn số 12/UBND-TH ngày 20/4/2026.", title="Bài đang viết", image="/anh/x.png")

    expect(page.get_by_role("link", name="Công văn số 12/UBND-TH ngày 20/4/2026", exact=True)).to_be_visible()


def test_a_warning_that_the_edited_text_raises_is_told_above_its_page(
    desk: tuple[SiteTest, Previewed], page: Page
) -> None:
    site, preview = desk
    link = "[trang](https://thu.example/khong-co.html)"
    site.article("2026/05/a", f"Câu thứ hai, {link}.", title="Bài đang viết", image="/anh/x.png")
    preview.wait_for(r"cảnh báo")

    expect(page.get_by_text("Câu thứ hai")).to_be_visible()
    expect(page.locator(".loa-preview")).to_contain_text("khong-co.html")


def test_a_page_of_yesterday_is_reloaded_by_the_server_of_today(site: SiteTest, new_context: OpenContext) -> None:
    site.article("a", "Hôm qua.")
    page = new_context().new_page()
    with previewing(site.root) as preview:
        page.goto(f"{preview.address}/tin/a.html")
        wait_until(page, TOLD)
        port = preview.port
    site.article("a", "Hôm nay.")
    with previewing(site.root, "--port", str(port)):
        expect(page.get_by_text("Hôm nay.")).to_be_visible()


def test_a_page_that_says_hello_between_a_save_and_its_build_does_not_stay_behind(
    desk: tuple[SiteTest, Previewed], page: Page
) -> None:
    site, preview = desk
    lock = FileLock(site.root / ".cache/.xem-truoc.loa/lock")
    address = f"{preview.address}/tin/2026/05/a.html"

    def save(words: str) -> None:
        site.article("2026/05/a", words, title="Bài đang viết", image="/anh/x.png")

    def save_again(route: Route) -> None:
        lock.acquire()
        save("Câu thứ ba.")
        while "Câu thứ ba." not in urllib.request.urlopen(address).read().decode():
            time.sleep(0.05)
        route.continue_()

    save("Câu thứ hai.")
    expect(page.get_by_text("Câu thứ hai.")).to_be_visible()
    preview.wait_for("Đã dựng lại")
    said = len(preview.said)
    page.route("**/livereload.js*", save_again, times=1)
    page.reload(wait_until="commit")
    expect(page.get_by_text("Câu thứ ba.")).to_be_visible()
    lock.release()
    preview.wait_for("Đã dựng lại", after=said)

    expect(page.get_by_text("Câu thứ ba.")).to_be_visible()


@pytest.mark.parametrize("has_fault", [False, True])
def test_the_edited_page_is_shown_before_the_site_is_built_and_as_it_was_where_that_fails(
    desk: tuple[SiteTest, Previewed], page: Page, has_fault: bool
) -> None:
    site, preview = desk
    said = len(preview.said)
    with FileLock(site.root / ".cache/.xem-truoc.loa/lock"):
        site.article("2026/05/a", "Câu thứ hai.", title="Bài đang viết", image="/anh/x.png")
        expect(page.get_by_text("Câu thứ hai.")).to_be_visible()
        assert len(preview.said) == said
        if has_fault:
            site.article("2026/05/b", category="Mục lạ")

    if has_fault:
        expect(page.locator(".loa-preview")).to_contain_text("Mục lạ")
    else:
        preview.wait_for("Đã dựng lại", after=said)
    expect(page.get_by_text("Câu đầu." if has_fault else "Câu thứ hai.")).to_be_visible()


def test_a_fault_stands_above_the_last_good_page_until_it_is_mended(
    desk: tuple[SiteTest, Previewed], page: Page
) -> None:
    site, _ = desk
    site.article("2026/05/a", "Câu mới.", views="nhiều", image="/anh/x.png")

    panel = page.locator(".loa-preview")
    expect(panel).to_contain_text("1 lỗi – trang chưa được cập nhật")
    expect(panel).to_contain_text("content/tin/2026/05/a.md:5 views")
    assert panel.bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 800}
    panel.locator("summary").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    assert panel.bounding_box()["height"] < 60  # type: ignore[index]  # it is there

    site.article("2026/05/a", "Câu mới.", views="7", image="/anh/x.png")
    expect(page.get_by_text("Câu mới.")).to_be_visible()
    expect(panel).to_have_count(0)


def test_a_deleted_article_leads_to_the_page_for_what_is_missing_and_back(
    desk: tuple[SiteTest, Previewed], page: Page
) -> None:
    site, _ = desk
    text = (site.root / "content/tin/2026/05/a.md").read_bytes()
    site.delete("content/tin/2026/05/a.md")
    expect(page.get_by_role("heading", level=1)).to_have_text("Không tìm thấy trang")

    site.write("content/tin/2026/05/a.md", text)
    expect(page.get_by_text("Câu đầu.")).to_be_visible()


def test_templates_styles_and_settings_are_followed_too(desk: tuple[SiteTest, Previewed], page: Page) -> None:
    site, _ = desk
    site.write("templates/components/tags.html", "{% macro tags(items) %}<p>Mẫu riêng</p>{% endmacro %}")
    expect(page.get_by_text("Mẫu riêng")).to_be_visible()

    site.replace("site.toml", "Cổng thử nghiệm", "Cổng đã đổi tên")
    expect(page).to_have_title("Bài đang viết – Cổng đã đổi tên")


def test_a_page_is_reloaded_for_files_that_keep_their_names_and_not_for_other_texts(
    desk: tuple[SiteTest, Previewed], page: Page
) -> None:
    site, preview = desk
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    said = len(preview.said)
    site.page("lien-he")
    preview.wait_for("Đã dựng lại", after=said)
    page.wait_for_timeout(500)
    assert not loads

    site.write("static/img/bang-ron.png", picture("orange"))
    page.wait_for_event("load")


def test_a_replaced_picture_is_shown(desk: tuple[SiteTest, Previewed], page: Page) -> None:
    site, _ = desk
    image = page.locator(".figure img")
    before = image.get_attribute("src")
    site.write("content/anh/x.png", picture("orange"))

    expect(image).not_to_have_attribute("src", str(before))
    wait_until(page, "document.querySelector('.figure img').naturalWidth > 0")


def test_drafts_are_listed_and_marked(desk: tuple[SiteTest, Previewed], page: Page) -> None:
    page.goto(desk[1].address + "/")
    card = page.get_by_role("article").filter(has_text="Bài nháp").first
    expect(card.get_by_text("Bản nháp")).to_be_visible()

    card.get_by_role("link", name="Bài nháp", exact=True).click()
    expect(page.get_by_text("Bản nháp: chưa được đăng")).to_be_visible()


def test_pages_are_served_while_a_build_is_at_work(desk: tuple[SiteTest, Previewed], page: Page) -> None:
    site, preview = desk
    builders = preview.children()
    for builder in builders:
        os.kill(builder, signal.SIGSTOP)
    site.article("2026/05/a", "Câu thứ hai.", title="Bài đang viết")
    assert page.request.get(f"{preview.address}/tin/2026/05/b.html").ok
    expect(page.get_by_text("Câu đầu.")).to_be_visible()

    for builder in builders:
        os.kill(builder, signal.SIGCONT)
    expect(page.get_by_text("Câu thứ hai.")).to_be_visible()


@pytest.mark.parametrize("is_alone", [True, False])
def test_a_page_that_was_still_loading_when_a_build_ended_is_reloaded(
    desk: tuple[SiteTest, Previewed], new_context: OpenContext, is_alone: bool
) -> None:
    site, preview = desk
    page = new_context().new_page()
    address = f"{preview.address}/tin/2026/05/a.html"

    def edit(route: Route) -> None:
        said = len(preview.said)
        site.article("2026/05/a", "Câu thứ hai.", title="Bài đang viết")
        preview.wait_for("Đã dựng lại", after=said)
        if not is_alone:
            # The same page in another tab, as it is by now.
            assert "Câu thứ hai." in urllib.request.urlopen(address).read().decode()
        route.continue_()

    page.route("**/livereload.js*", edit, times=1)
    page.goto(f"{address}?tu=danh-sach#dau")

    expect(page.get_by_text("Câu thứ hai.")).to_be_visible()


def test_a_page_is_not_reloaded_without_a_reason(desk: tuple[SiteTest, Previewed], page: Page) -> None:
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    addresses = ("/", "/tin/2026/05/a.html", "/tin/2026/05/a.html?x=%C3%A1#y", "/khong-co%20trang", "/tim-kiem/?q=á")
    for address in addresses:
        page.goto(desk[1].address + address)
        wait_until(page, TOLD)
        page.wait_for_timeout(300)
    assert len(loads) == len(addresses)


def test_nothing_in_a_previewed_page_breaks_its_own_policy(
    desk: tuple[SiteTest, Previewed], new_context: OpenContext
) -> None:
    said: list[str] = []
    page = new_context().new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{desk[1].address}/tin/2026/05/a.html")
    wait_until(page, TOLD)

    assert said == []
