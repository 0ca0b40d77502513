"""A browser, and the sites it visits: the repository's sample site, and a small one for what that has not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import axe_playwright_python
import pytest
from conftest import SiteTest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tools import chromium
from tools.serve import serving

FOLDER = Path(__file__).parent
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# One address of each kind of page. "small:" is on the small site, all others on the sample site.
KINDS = {
    "home": "/",
    "article with everything": "/tin/2025/07/van-hanh-chinh-quyen-dia-phuong-hai-cap.html",
    "article with pictures in its text": "/tin/2026/03/hoi-dua-thuyen-song-lo-2026.html",
    "article with a footnote": "/tin/2026/05/muc-do-hai-long-quy-i-2026.html",
    "short article": "/tin/2023/05/tau-hon-nam-chay-lai.html",
    "corrected article": "/tin/2026/09/so-tan-truoc-bao-so-5.html",
    "expired article": "/tin/2026/09/tam-ngung-cap-nuoc-cua-lo.html",
    "withdrawn article": "/tin/2026/08/gia-dat-tai-dinh-cu-hai-phong.html",
    "category": "/chuyen-muc/chi-dao-dieu-hanh/",
    "empty category": "small:/chuyen-muc/chi-dao/",
    "numbered page": "small:/chuyen-muc/tin/trang/2/",
    "unit": "/don-vi/van-phong-ubnd-tinh/",
    "person": "/tac-gia/tran-minh-khue/",
    "tag": "/the/mot-cua/",
    "year": "/luu-tru/2026/",
    "month": "/luu-tru/2026/10/",
    "archive": "/luu-tru/",
    "list of categories": "/chuyen-muc/",
    "list of units": "/don-vi/",
    "list of people": "/tac-gia/",
    "list of tags": "/the/",
    "dispatch": "/van-ban/2022/2811-ubnd-kt.html",
    "decision with relations": "/van-ban/2022/24-2022-qd-ubnd.html",
    "document that nobody has written up": "/van-ban/so/733-ubnd-kt-lam-hai-2023.html",
    "register of documents": "/van-ban/",
    "documents of a year": "/van-ban/nam/2024/",
    "search": "/tim-kiem/",
    "feeds": "/ban-tin/",
    "standing page with a table": "/trang/bo-may-to-chuc.html",
    "standing page with a picture": "/trang/so-do-cong.html",
    "missing page": "/khong/co/trang-nay.html",
    "redirect": "/mien-le-phi-truc-tuyen.html",
    "empty home": "empty:/",
}
# Milliseconds: how long a machine that is busy with other tests may take for what a reader sees at once.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
ARTICLE = KINDS["article with everything"]


def wait_until(page: Page, expression: str, seconds: float = PATIENCE / 1000) -> None:
    """Return once a JavaScript expression holds on a page, whose policy lets nothing but the debugger run a string.

    Playwright's own ``wait_for_function`` runs it there from the second time on.
    """
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(20)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker("browser")


class Sites(NamedTuple):
    """Where the sites are served; addresses without a colon belong to the sample site."""

    sample: str
    small: str
    empty: str

    def url(self, address: str) -> str:
        site, colon, path = address.partition(":")
        return getattr(self, site) + path if colon else self.sample + address


@pytest.fixture(scope="session")
def sites(sample_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    root = tmp_path_factory.mktemp("sites")
    small = SiteTest(root / "small")
    for number in range(1, 9):
        small.article(f"2026/05/bai-{number}", title=f"Bài thứ {number} trong danh sách", date=f"2026-05-0{number}")
    assert small.build().report.done
    empty = SiteTest(root / "empty").page("gioi-thieu")
    assert empty.build().report.done
    with (
        serving(sample_site) as sample_address,
        serving(small.root / "public") as small_address,
        serving(empty.root / "public") as empty_address,
    ):
        yield Sites(sample_address, small_address, empty_address)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium.find(chromium.HEADLESS_FIRST)
    if executable is None:
        pytest.fail("The browser tests need Chromium. Install it: sudo apt-get install chromium fonts-dejavu-core")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=list(chromium.ARGUMENTS))
        yield launched
        launched.close()


OpenContext = Callable[..., BrowserContext]
Visit = Callable[..., Page]


@pytest.fixture
def new_context(browser: Browser) -> Iterator[OpenContext]:
    """Opens a fresh profile; ``width`` and ``height`` are those of its window, in CSS pixels."""
    opened: list[BrowserContext] = []

    def open_one(width: int = 1280, height: int = 800, **options: Any) -> BrowserContext:
        options = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", **options}
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def visit(new_context: OpenContext, sites: Sites) -> Visit:
    """Opens the page of a kind (or an address) in a fresh profile and stays there, even where it redirects."""

    def open_page(kind: str, width: int = 1280, height: int = 800, **options: Any) -> Page:
        page = new_context(width, height, **options).new_page()
        go(page, sites, kind)
        return page

    return open_page


def go(page: Page, sites: Sites, kind: str) -> None:
    """Go to the page of a kind (or an address)."""
    url = sites.url(KINDS.get(kind, kind))
    if kind == "redirect":
        # "No content" is the answer to which a browser stays where it is.
        page.route(
            lambda address: address != url and address.endswith(".html"), lambda route: route.fulfill(status=204)
        )
    response = page.goto(url)
    assert response is not None
    assert response.status == (404 if kind == "missing page" else 200), url


def follow(link: Locator) -> None:
    """Go where the link leads, and wait until that page is there: a click alone returns before it is."""
    with link.page.expect_navigation():
        link.click()
