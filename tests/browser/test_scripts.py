"""Nothing that an editor writes runs in a browser, without the policy that would stop it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from conftest import LONG, SITE_TOML, SiteTest
from hostile import HARMLESS, SETTINGS, Element, Shapes, Vector, vectors, with_texts, with_what_is_there, write_entries
from playwright.sync_api import BrowserContext, Page, Request, expect

from browser.conftest import OpenContext
from loa.dialect import to_html
from loa.site_toml import parse_config
from tools.serve import serving

# As they are, without a site around them.
ALONE = vectors() if LONG else vectors()[::10]
# A page takes a tenth of a second.
TRIED = vectors()[:: 3 if LONG else 60]
# So many pages at once, each in a frame of its own.
FRAMES = 24
# Whatever asks, shows, goes or tells somebody, says so instead; as does what waits for a reader.
HOOKS = """
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
  window[name] = (...all) => { console.log("RAN " + name + " " + all.join(" ")); };
}
"""
TOUCH = """
() => {
  const was = document.title;
  addEventListener("click", (event) => {
    const link = event.target.closest("a, area");
    if (link && /^https?:$|^mailto:$|^tel:$/.test(link.protocol)) event.preventDefault();
  }, true);
  addEventListener("submit", (event) => {
    if (!/^javascript:/i.test(event.target.action)) event.preventDefault();
  }, true);
  const kinds = ["mouseover", "mouseenter", "mousemove", "pointerover", "pointerrawupdate", "focus", "focusin", "wheel",
    "copy", "contextmenu", "dragstart", "beforeinput", "input", "change", "keydown", "toggle", "beforetoggle", "error",
    "animationstart", "transitionend", "scrollend", "load", "close", "start", "begin", "end", "slotchange"];
  // Loa's own buttons do print.
  const own = "[data-needs-script] *, [data-needs-script], body > header *, body > footer *, script, head *";
  for (const one of document.querySelectorAll("body, body *")) {
    // What a list of results has replaced meanwhile would lead away.
    if (one.matches(own) || !one.isConnected) continue;
    for (const kind of kinds) one.dispatchEvent(new Event(kind, { bubbles: false }));
    if (one.focus) one.focus();
    if (one.click) one.click();
    else one.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  }
  // The search page has the question in its title.
  if (document.title !== was && !document.querySelector("[data-search]")) console.log("RAN title " + document.title);
}
"""
FOUND = """
async (urls) => Promise.all(urls.map(async (url) => {
  const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
  const all = [];
  const walk = (root) => {
    for (const one of root.querySelectorAll("*")) {
      const attributes = {};
      for (const { name, value } of one.attributes) attributes[name] = value;
      all.push([one.namespaceURI.endsWith("xhtml") || one.closest("svg") ? one.localName : one.namespaceURI,
        attributes, one.localName === "script" ? one.textContent : ""]);
      if (one.content && one.content.querySelectorAll) walk(one.content);
    }
  };
  walk(page);
  return JSON.stringify(all);
}))
"""


class Watched(NamedTuple):
    """A page without a policy, and what has run or was sent anywhere while it was open."""

    page: Page
    ran: list[str]
    address: str


def watch(context: BrowserContext, address: str) -> Watched:
    """A page on which nothing is stopped and all is seen."""
    ran: list[str] = []
    context.add_init_script(HOOKS)

    def ask(request: Request) -> None:
        if not request.url.startswith((f"{address}/", "data:", "about:", "blob:")):
            ran.append(f"request {request.url}")

    context.on("request", ask)
    page = context.new_page()
    page.on("console", lambda said: ran.append(said.text) if said.text.startswith("RAN ") else None)
    page.on("dialog", lambda dialog: (ran.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("popup", lambda popup: ran.append(f"popup {popup.url}"))
    page.route(f"{address}/khung", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto(f"{address}/khung")
    return Watched(page, ran, address)


def open_in_frames(watched: Watched, urls: Iterable[str]) -> None:
    """Open all pages, and touch everything on them."""
    urls = list(urls)
    for start in range(0, len(urls), FRAMES):
        watched.page.evaluate(
            """urls => {
              document.body.replaceChildren();
              return Promise.all(urls.map(url => new Promise(done => {
                const frame = document.createElement("iframe");
                frame.onload = done;
                frame.src = url;
                document.body.append(frame);
              })));
            }""",
            urls[start : start + FRAMES],
        )
        for frame in watched.page.frames[1:]:
            # A redirect, or what a text made of the frame, may have left.
            if not frame.is_detached():
                frame.evaluate(TOUCH)
    # What runs late.
    watched.page.wait_for_timeout(200)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[tuple[str, list[str]]]]:
    """Where sites without such texts are served, with their pages: one with everything in its settings, one without."""
    with ExitStack() as stack:
        served = []
        for settings in (SITE_TOML, with_texts([HARMLESS], HARMLESS)):
            site = SiteTest(tmp_path_factory.mktemp("harmless")).write("site.toml", settings)
            write_entries(site, [Vector(number, "", f"{HARMLESS} số {number}") for number in range(100, 112)])
            pages = [path for path in site.public if path.endswith(".html")]
            served.append((stack.enter_context(serving(site.root / "public")), pages))
        yield served


class Hostile(NamedTuple):
    """Where a hostile site is served, its pages, and in how many places of it something tries to run."""

    address: str
    pages: list[str]
    places: int


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    """A site of entries that try to run something."""
    site = SiteTest(tmp_path_factory.mktemp("hostile"))
    site.replace("site.toml", "page_size = 3", "page_size = 50")
    told = write_entries(site, TRIED)
    paths = {path for path in site.public if path.endswith(".html")}
    # Of pages of names and lists, which are alike, a few, as of those with the text in few places.
    alike = re.compile(r"(the|tac-gia|van-ban/(so|nam|loai|co-quan|linh-vuc|trich-dan)|chuyen-muc|luu-tru)/|tin/[cw]\d")
    pages = sorted(paths - {*sorted(filter(alike.match, paths))[5:]})
    with serving(site.root / "public") as address:
        yield Hostile(address, pages, told.published + told.refused)


@pytest.fixture(scope="module")
def unsettled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    """A small site whose settings try it."""
    site = SiteTest(tmp_path_factory.mktemp("unsettled")).article("a", tags="[hè]").document("a")
    texts = [vector.text for vector in TRIED if parse_config(with_texts([], vector.text))[0]]
    site.write("site.toml", with_texts(texts, " ".join(texts))).build()
    assert site.report.done, site.problems
    pages = [path for path in site.public if path.endswith(".html")]
    with serving(site.root / "public") as address:
        yield Hostile(address, pages, len(texts) * (SETTINGS + 3))


def test_these_texts_do_run_where_nothing_is_taken_out(tmp_path: Path, new_context: OpenContext) -> None:
    for vector in ALONE:
        made = "".join(to_html(text).html for text in (vector.text, with_what_is_there(vector.text)))
        page = f"<!doctype html><meta charset=utf-8><title>Câu</title><body><main>{made}</main>"
        (tmp_path / f"{vector.number}.html").write_text(page, encoding="utf-8", errors="replace")

    with serving(tmp_path) as address:
        watched = watch(new_context(bypass_csp=True), address)
        open_in_frames(watched, [f"{address}/{vector.number}.html" for vector in ALONE])

    alive = {vector.number for vector in ALONE if any(f"alert {vector.number}" in said for said in watched.ran)}
    assert len(alive) > len(ALONE) / 4


@pytest.mark.proves("R6 browser")
@pytest.mark.parametrize("where", ["hostile", "unsettled"])
def test_no_page_runs_anything_that_was_written_also_when_all_is_touched(
    where: str, request: pytest.FixtureRequest, new_context: OpenContext, record_property: pytest.RecordProperty
) -> None:
    hostile: Hostile = request.getfixturevalue(where)
    record_property("times", hostile.places)
    watched = watch(new_context(bypass_csp=True), hostile.address)

    open_in_frames(watched, [f"{hostile.address}/{path}" for path in hostile.pages])

    assert watched.ran == []


def test_a_browser_finds_nothing_on_the_pages_that_harmless_ones_have_not(
    hostile: Hostile, unsettled: Hostile, harmless: list[tuple[str, list[str]]], new_context: OpenContext
) -> None:
    def read(address: str, paths: list[str]) -> list[list[Element]]:
        page = new_context().new_page()
        page.route(f"{address}/khung", lambda route: route.fulfill(body="", content_type="text/html"))
        page.goto(f"{address}/khung")
        found: list[str] = []
        for start in range(0, len(paths), FRAMES):
            found += page.evaluate(FOUND, [f"/{path}" for path in paths[start : start + FRAMES]])
        return [[Element(*one) for one in json.loads(page)] for page in found]

    shapes = Shapes([page for address, paths in harmless for page in read(address, paths)])

    for site in (hostile, unsettled):
        judged = dict(zip(site.pages, read(site.address, site.pages), strict=True))
        assert {path: said for path, page in judged.items() if (said := shapes.faults(page))} == {}


def test_what_is_searched_for_and_found_runs_nothing(hostile: Hostile, new_context: OpenContext) -> None:
    watched = watch(new_context(bypass_csp=True), hostile.address)
    page = watched.page
    asked = [vector.text for vector in TRIED if vector.text.isprintable()][:: 8 if LONG else 2]

    for text in asked:
        page.goto(f"{hostile.address}/tim-kiem/?{urlencode({'q': text})}")
        expect(page.locator(".results")).to_have_attribute("aria-busy", "false")
        page.evaluate(TOUCH)
    for text in asked:
        page.get_by_label("Từ khóa").fill(text)
        expect(page.locator(".results")).to_have_attribute("aria-busy", "false")
        page.evaluate(TOUCH)
    page.get_by_label("Từ khóa").fill("alert")
    expect(page.locator(".results__item")).not_to_have_count(0)
    page.evaluate(TOUCH)

    assert watched.ran == []
