"""The pictures of the editors' guide: docs/hinh/*.webp, of a real portal with the texts that the guide speaks of.

Run by ``make guide-pictures``. The portal is the sample one at a fixed moment, so the pictures change only when it or
the look does; the article on them is the example of the guide itself, with a line for each other part of a page.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from loa.errors import Problem
from loa.pipeline import Options, build
from loa.preview_server import HOST, PreviewServer, Seen
from tools import chromium
from tools.screenshots import show
from tools.serve import serving

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs/huong-dan-bien-tap.md"
PICTURES = ROOT / "docs/hinh"
# A little after the newest article of the sample content.
NOW = datetime.fromisoformat("2026-11-01T08:00:00+07:00")

EXAMPLE = "tin/2026/05/khai-mac-le-hoi-dua-thuyen"
# What the example of the guide leaves out, and its pages may show.
MORE_FIELDS = """\
source: Cổng TTĐT tỉnh
views: 469
updated: 2026-05-18 16:45
attachments:
  - file: /tep/bieu-mau-dang-ky.docx
    label: Biểu mẫu đăng ký đội thi
"""
MORE_TEXT = "\nLễ hội theo Công văn số 1180/UBND-NN ngày 08/5/2026 của UBND tỉnh về ứng phó mưa lũ sớm.\n"

SCHEDULED = "tin/2026/12/lich-nghi-le"
SCHEDULED_TEXT = """\
---
title: "Lịch nghỉ Tết Dương lịch năm 2027 của các cơ quan"
category: Thông báo – Lịch công tác
author: Văn phòng UBND tỉnh
publish_at: 2026-12-24 07:00
summary: Cơ quan, đơn vị nghỉ một ngày, thứ Sáu 01/01/2027; bộ phận một cửa các xã, phường vẫn có người trực.
---

Cán bộ, công chức, viên chức nghỉ Tết Dương lịch một ngày, thứ Sáu 01/01/2027.
"""

ALERT = """
[alert]
level = "emergency"
text = "Bão số 9 đổ bộ tối nay. Người dân không ra khỏi nhà từ 18 giờ."
link = "/tin/2026/09/so-tan-truoc-bao-so-5.html"
"""


class Shot(NamedTuple):
    """A picture: a window of ``width`` and ``height``, from the top of the element ``first`` to the end of ``last``.

    ``marks`` are the elements that get a number, counted from ``begin``; ``click`` is pressed before.
    """

    name: str
    path: str
    first: str
    last: str = ""
    width: int = 800
    height: int = 2400
    marks: tuple[str, ...] = ()
    begin: int = 1
    click: str = ""


HEAD = (
    ".article__category",
    ".article__title",
    ".article__meta > time",
    ".article__views",
    ".article__updated",
    ".article__summary",
    ".figure picture",
    ".figure__caption",
    ".figure__credit",
)
FOOT = (
    ".prose h2",
    ".prose ul",
    ".prose [href^='/trang']",
    ".citation",
    ".article__author",
    ".article__source",
    ".attachments",
    ".related",
    ".tags",
)
LETTERHEAD = (
    ".validity",
    ".letterhead__issuer",
    ".letterhead__number",
    ".letterhead__date",
    ".letterhead__title",
    ".letterhead__to",
    ".prose",
    ".with-side__side",
)
SIGNATURE = (".document__recipients", ".document__signature", ".attachments")
LETTER = "/van-ban/2026/1180-ubnd-nn.html"
PUBLISHED = (
    Shot("bai-viet-dau", f"/{EXAMPLE}.html", ".article", ".figure", width=700, marks=HEAD),
    Shot("bai-viet-cuoi", f"/{EXAMPLE}.html", ".prose h2", ".tags", width=700, marks=FOOT, begin=len(HEAD) + 1),
    Shot("bai-viet-dien-thoai", f"/{EXAMPLE}.html", "body", ".figure", width=360),
    Shot("dinh-chinh", "/tin/2026/09/so-tan-truoc-bao-so-5.html", ".article__header"),
    Shot("het-han", "/tin/2026/09/tam-ngung-cap-nuoc-cua-lo.html", ".article__header"),
    Shot("da-go", "/tin/2026/08/gia-dat-tai-dinh-cu-hai-phong.html", "main h1", "main .button"),
    Shot("van-ban-dau", LETTER, ".with-side", ".document .prose > p", width=1100, marks=LETTERHEAD),
    Shot("van-ban-cuoi", LETTER, ".document__foot", ".attachments", marks=SIGNATURE, begin=len(LETTERHEAD) + 1),
    Shot("tim-kiem", "/tim-kiem/?q=dua+thuyen", ".search"),
)
PREVIEWED = (
    Shot("ban-nhap", "/tin/2026/10/khao-sat-di-chi-go-ra.html", ".article__header"),
    Shot("hen-gio", f"/{SCHEDULED}.html", ".article__header"),
)
FAULTY = (
    Shot("bao-loi", f"/{EXAMPLE}.html", ".loa-preview__word", ".loa-preview__item >> nth=1"),
    Shot("bao-loi-thu-nho", f"/{EXAMPLE}.html", "body", height=600, click=".loa-preview__word"),
)
ALERTED = (Shot("thong-bao-khan", "/", "body", width=1000, height=455),)
SHOTS = (*PUBLISHED, *PREVIEWED, *FAULTY, *ALERTED)


def example() -> str:
    """The article of the guide's quick start."""
    found = re.search(r"```markdown\n(---\ntitle: .*?)```\n", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    if not found:
        raise SystemExit(f"{GUIDE.name} has no example of an article.")
    return found[1]


class Portal:
    """The sample portal in a folder of its own, with the guide's texts."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(ROOT / "content", root / "content")
        shutil.copy(ROOT / "site.toml", root)
        text = example().replace("\n---\n\n", f"\n{MORE_FIELDS}---\n\n", 1)
        self.write(EXAMPLE, text + MORE_TEXT)
        self.write(SCHEDULED, SCHEDULED_TEXT)

    def write(self, path: str, text: str) -> None:
        """Write a text."""
        file = self.root / f"content/{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Put other words into a text that has the ``old`` ones."""
        text = (self.root / f"content/{path}.md").read_text(encoding="utf-8")
        if old not in text:
            raise SystemExit(f"{path} does not say {old!r} any more.")
        self.write(path, text.replace(old, new))

    def raise_alert(self) -> None:
        """Put the alert above every page."""
        with (self.root / "site.toml").open("a", encoding="utf-8") as settings:
            settings.write(ALERT)

    def build(self, name: str, *, preview: bool = False) -> tuple[Path, tuple[Problem, ...]]:
        """The portal as it is now, in a folder of this name, and what is wrong with it."""
        output = self.root / name
        report = build(Options(root=self.root, output=output, now=NOW, preview=preview))
        if not preview and (report.incomplete or not report.done):
            raise SystemExit("\n".join(f"{fault.path}:{fault.line} {fault.message}" for fault in report.problems))
        return output, report.problems


@contextmanager
def previewing(seen: Seen) -> Iterator[str]:
    """The address at which the server of the preview shows what is ``seen``; ``serve`` knows only the present."""
    server = PreviewServer(seen, lambda _reload: None)
    port = server.listen(0)
    # Ends with the process: nothing is written there.
    threading.Thread(target=server.serve, args=(port,), kwargs={"host": HOST}, daemon=True).start()
    yield f"http://{HOST}:{port}"


def photographed(browser: Browser, address: str, shots: tuple[Shot, ...]) -> Iterator[tuple[str, bytes]]:
    """The names and bytes of ``shots`` of the portal at ``address``."""
    for shot in shots:
        viewport = {"width": shot.width, "height": shot.height}
        page = browser.new_page(viewport=viewport, locale="vi-VN", bypass_csp=True)
        show(page, address + shot.path, "light")
        if shot.click:
            page.locator(shot.click).click()
        page.evaluate(_NUMBER, [shot.begin, shot.marks])
        data = page.screenshot(clip=_clip(page, shot))
        page.close()
        yield f"{shot.name}.webp", _packed(data)


# Numbers as in the guide's legends, left of what they speak of; what does not begin its line makes room for them.
_NUMBER = """([begin, marks]) => {
  const main = document.querySelector("main");
  if (marks.length) main.style.paddingInlineStart = "3rem";
  marks.forEach((selector, index) => {
    const part = document.querySelector(selector), words = document.createRange();
    if (part.getBoundingClientRect().left > main.getBoundingClientRect().left + 50)
      part.style.marginInlineStart = "30px";
    words.selectNodeContents(part);
    const style = getComputedStyle(part), box = (style.textAlign === "start" ? part : words).getBoundingClientRect();
    const middle = box.top + Math.min(parseFloat(style.lineHeight) || 24, box.height) / 2;
    const mark = document.createElement("b");
    mark.textContent = begin + index;
    mark.style.cssText = `position: absolute; left: ${box.left - 30}px; top: ${middle - 12}px; width: 24px;
      border-radius: 12px; background: #b3261e; color: #fff; font: 700 14px/24px sans-serif; text-align: center`;
    document.body.append(mark);
  });
}"""

_MARGIN = 12


def _clip(page: Page, shot: Shot) -> dict[str, float]:
    first, last = (page.locator(name).first.bounding_box() for name in (shot.first, shot.last or shot.first))
    assert first, shot.name
    assert last, shot.name
    top = max(0, first["y"] - _MARGIN)
    bottom = min(shot.height, last["y"] + last["height"] + _MARGIN)
    return {"x": 0, "y": top, "width": shot.width, "height": bottom - top}


def _packed(data: bytes) -> bytes:
    """A screenshot as WebP, which takes half of what PNG takes."""
    webp = io.BytesIO()
    Image.open(io.BytesIO(data)).convert("RGB").save(webp, "WEBP", quality=55, method=6)
    return webp.getvalue()


def pictures(browser: Browser, portal: Portal) -> Iterator[tuple[str, bytes]]:
    """All pictures of a portal, which is edited between them."""
    published, _ = portal.build("public")
    with serving(published) as address:
        yield from photographed(browser, address, PUBLISHED)
    previewed, faults = portal.build("xem-truoc", preview=True)
    seen = Seen(previewed, problems=faults)
    with previewing(seen) as address:
        yield from photographed(browser, address, PREVIEWED)
        portal.replace(EXAMPLE, "date: 2026-05-18 08:30", "date: 18/05/2026")
        _, seen.problems = portal.build("xem-truoc", preview=True)
        yield from photographed(browser, address, FAULTY)
        portal.replace(EXAMPLE, "date: 18/05/2026", "date: 2026-05-18 08:30")
    portal.raise_alert()
    portal.build("public")
    with serving(published) as address:
        yield from photographed(browser, address, ALERTED)


def main() -> int:
    """Make all pictures anew."""
    program = chromium.find(chromium.HEADLESS_FIRST)
    if program is None:
        print("Pictures need Chromium. Install it: sudo apt-get install chromium", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=chromium.ARGUMENTS)
        made = dict(pictures(browser, Portal(Path(folder) / "cong")))
        browser.close()
    # Only now: a picture that cannot be made leaves those that there are.
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    for name, data in sorted(made.items()):
        (PICTURES / name).write_bytes(data)
        print(f"{len(data):>7}  {name}")
    print(f"{sum(map(len, made.values())):>7}  in {PICTURES.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
