"""Pictures of each kind of page of public/, in three widths and three looks, and of four pages on paper.

For people to look at: build/screenshots/KIND-WIDTH-LOOK.png and build/print/KIND.pdf.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tools import chromium
from tools.serve import serving

ROOT = Path(__file__).resolve().parent.parent
PUBLIC = ROOT / "public"
PICTURES = ROOT / "build/screenshots"
PAPER = ROOT / "build/print"
WIDTHS = (360, 768, 1280)
LOOKS = ("light", "dark", "contrast")
ON_PAPER = ("home", "article", "page", "search", "document", "withdrawn", "404", "unit")


def kinds() -> dict[str, str]:
    """One address of each kind of page, the fullest of its kind."""
    patterns = {
        "article": "tin/*/*/*.html",
        "category": "chuyen-muc/*/index.html",
        "unit": "don-vi/*/index.html",
        "person": "tac-gia/*/index.html",
        "tag": "the/*/index.html",
        "year": "luu-tru/*/index.html",
        "month": "luu-tru/*/*/index.html",
        "page": "trang/*.html",
        "document": "van-ban/[0-9]*/*.html",
        "stub": "van-ban/so/*.html",
        "documents-of-a-year": "van-ban/nam/*/index.html",
        "citations": "van-ban/trich-dan/*/index.html",
    }
    found = {
        kind: sorted(PUBLIC.glob(pattern), key=lambda file: file.stat().st_size) for kind, pattern in patterns.items()
    }
    return {
        "home": "/",
        **{kind: f"/{files[-1].relative_to(PUBLIC).as_posix()}" for kind, files in found.items() if files},
        "short-article": f"/{found['article'][0].relative_to(PUBLIC).as_posix()}",
        "withdrawn": "/tin/2026/08/gia-dat-tai-dinh-cu-hai-phong.html",
        "expired": "/tin/2026/09/tam-ngung-cap-nuoc-cua-lo.html",
        "corrected": "/tin/2026/09/so-tan-truoc-bao-so-5.html",
        "register": "/van-ban/",
        "archive": "/luu-tru/",
        "categories": "/chuyen-muc/",
        "units": "/don-vi/",
        "people": "/tac-gia/",
        "tags": "/the/",
        "search": "/tim-kiem/?q=song+lo",
        "feeds": "/ban-tin/",
        "404": "/404.html",
    }


def show(page: Page, url: str, look: str) -> None:
    """Open a page in a look, with all its pictures."""
    page.emulate_media(color_scheme="dark" if look == "dark" else "light", reduced_motion="reduce")
    # The search page is still loading what it looks in when it is loaded itself.
    page.goto(url, wait_until="networkidle")
    if look == "contrast":
        page.evaluate("() => { document.documentElement.dataset.theme = 'contrast' }")
    page.evaluate("""() => {
      for (const image of document.images) image.loading = "eager";
      return Promise.all([...document.images].filter(image => image.checkVisibility()).map(image => image.decode()));
    }""")


def main() -> int:
    """Make all pictures anew."""
    program = chromium.find()
    if program is None:
        print("Screenshots need Chromium. Install it: sudo apt-get install chromium", file=sys.stderr)
        return 1
    for folder in (PICTURES, PAPER):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    with serving(PUBLIC) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=chromium.ARGUMENTS)
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 800}, locale="vi-VN")
            for kind, path in kinds().items():
                for look in LOOKS:
                    show(page, address + path, look)
                    page.screenshot(path=PICTURES / f"{kind}-{width}-{look}.png", full_page=True)
            page.close()
        page = browser.new_page(locale="vi-VN")
        for kind in ON_PAPER:
            show(page, address + kinds()[kind], "light")
            page.pdf(path=PAPER / f"{kind}.pdf", prefer_css_page_size=True, print_background=True)
        browser.close()
    print(
        f"{len(list(PICTURES.iterdir()))} pictures in {PICTURES.relative_to(ROOT)}, PDFs in {PAPER.relative_to(ROOT)}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
