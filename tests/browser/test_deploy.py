"""The sample site as readers get it: through nginx, with the headers that deploy/ brings."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import ARTICLE, OpenContext, Sites
from browser.test_search import search
from tools import webservers

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module", params=webservers.NAMES)
def address(request: pytest.FixtureRequest, sample_site: Path) -> Iterator[str]:
    if webservers.find(request.param) is None:
        pytest.fail(f"These tests need {request.param}. As root: sh tools/servers.sh")
    # Apache gives up being root, and the folders of pytest are ours alone.
    with tempfile.TemporaryDirectory(prefix="loa-may-chu-") as name:
        base = Path(name)
        base.chmod(0o755)
        shutil.copytree(sample_site, base / "public")
        (base / "server").mkdir(mode=0o755)
        with webservers.running(request.param, base / "public", base / "server") as running:
            yield running


@pytest.fixture
def page(new_context: OpenContext) -> Page:
    return new_context().new_page()


def complaints(page: Page) -> list[str]:
    """What the console says from now on, and what does not arrive."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("requestfailed", lambda request: found.append(f"{request.url}: {request.failure}"))
    page.on("response", lambda answer: found.append(f"{answer.url}: {answer.status}") if answer.status >= 400 else None)
    # Violations that the console keeps to itself, of which a style is one.
    page.expose_function("loaViolation", lambda text: found.append(text))  # noqa: PLW0108  # it marks what it is given
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', (event) => "
        "loaViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));"
    )
    return found


@pytest.mark.parametrize(
    "path", ["/", ARTICLE, "/van-ban/2022/24-2022-qd-ubnd.html", "/van-ban/", "/chuyen-muc/thong-bao/"]
)
def test_a_page_works_under_the_headers(path: str, address: str, page: Page) -> None:
    found = complaints(page)

    answer = page.goto(address + path, wait_until="networkidle")

    assert answer is not None
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 0
    assert page.evaluate("[...document.images].every((image) => !image.complete || image.naturalWidth > 0)")
    # Data, which the header's policy does not name and does not stop.
    assert page.locator("script[type='application/ld+json']").count() > 0
    page.emulate_media(media="print")
    page.evaluate("new Promise((done) => requestAnimationFrame(done))")
    assert found == []


def test_the_search_finds_titles_and_texts_under_the_headers(address: str, page: Page) -> None:
    found = complaints(page)
    page.goto(f"{address}/tim-kiem/")

    assert search(page, "2811/UBND-KT") == ["van-ban/2022/2811-ubnd-kt.html"]
    # Words of a text: Pagefind and its WebAssembly.
    search(page, "duong truyen viba")
    expect(page.locator(".results__excerpt mark").first).to_have_text("đường truyền viba")
    assert found == []


def test_no_site_can_put_a_page_into_a_frame(address: str, page: Page, sites: Sites) -> None:
    def framed(site: str) -> str:
        body = f"<iframe src='{site}/'></iframe>"
        page.route(f"{site}/khung", lambda route: route.fulfill(body=body, content_type="text/html"))
        page.goto(f"{site}/khung")
        return page.frames[1].url

    # Without the headers it could.
    assert framed(sites.sample) == f"{sites.sample}/"
    assert framed(address) == "chrome-error://chromewebdata/"


def test_what_is_no_script_of_ours_does_not_run(address: str, page: Page) -> None:
    page.goto(f"{address}/tin/")
    page.evaluate(
        "() => { const script = document.createElement('script'); script.textContent = 'window.loa = 1';"
        " document.body.append(script); }"
    )

    assert page.evaluate("window.loa") is None
