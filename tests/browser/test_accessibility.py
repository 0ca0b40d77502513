"""What people who see little, hear the page or use no mouse meet. Target: WCAG 2.2, level AA."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.conftest import ARTICLE, AXE, KINDS, Visit, follow, go, wait_until

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Those that ask for the colours of a page, which alone differ from look to look.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
LOOKS = ("light", "dark", "contrast")
TYPICAL = ["home", "article with everything", "category", "feeds", "standing page with a table", "missing page"]


def look_like(page: Page, look: str) -> None:
    """Show the page light, dark, or in the high contrast that a reader chooses."""
    page.emulate_media(color_scheme="dark" if look == "dark" else "light")
    page.evaluate(
        "look => look ? document.documentElement.dataset.theme = look : delete document.documentElement.dataset.theme",
        "contrast" if look == "contrast" else "",
    )


def aids(page: Page) -> Locator:
    """What opens the reading aids."""
    return page.locator("summary", has_text="Hiển thị")


def violations(page: Page, rules: object = RULES) -> list[str]:
    """What axe finds wrong by ``rules``, as axe names them: rule, element and reason."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    result = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
    assert len(result["passes"]) > (5 if rules is RULES else 0), "axe looked at nothing"
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


# --- axe -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation(kind: str, visit: Visit) -> None:
    page = visit(kind)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        # What only a wide page shows is alike on all kinds.
        for look in LOOKS if width == 360 or kind in TYPICAL else LOOKS[:1]:
            look_like(page, look)
            assert violations(page, RULES if look == "light" else COLOURS) == [], f"{width} px, {look}"


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation_with_every_panel_open(width: int, visit: Visit) -> None:
    page = visit("article with everything", width)
    if width == 360:
        page.get_by_role("button", name="Trình đơn").click()
        for look in LOOKS:
            look_like(page, look)
            assert violations(page) == [], f"menu, {look}"
        page.keyboard.press("Escape")
    aids(page).click()
    expect(page.get_by_role("button", name="Tăng cỡ chữ")).to_be_visible()
    for look in LOOKS:
        look_like(page, look)
        assert violations(page) == [], f"reading aids, {look}"


@pytest.mark.parametrize("kind", TYPICAL)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_where_the_system_asks_for_more_contrast(kind: str, scheme: str, visit: Visit) -> None:
    page = visit(kind, contrast="more", color_scheme=scheme)

    assert violations(page) == []


@pytest.mark.parametrize("kind", TYPICAL)
def test_axe_finds_no_violation_without_javascript(kind: str, visit: Visit) -> None:
    """It is a script itself, so those of the page are kept away instead of switched off."""
    page = visit(kind, 360)
    page.route(re.compile("/js/"), lambda route: route.abort())
    page.reload()

    assert page.evaluate("document.documentElement.dataset.js === undefined")
    assert violations(page) == []


# --- room --------------------------------------------------------------------------

# What sticks out on the right, unless something around it scrolls or cuts.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const found = [...document.querySelectorAll("body *")].filter(element => {
    const box = element.getBoundingClientRect();
    if (!element.checkVisibility() || !box.width || (box.right <= width + 0.5 && box.left >= -0.5)) return false;
    for (let outer = element.parentElement; outer; outer = outer.parentElement) {
      if (getComputedStyle(outer).overflowX !== "visible") return false;
    }
    return !element.closest(".visually-hidden, .skip-link");
  });
  const wide = document.documentElement.scrollWidth > width ? ["the page scrolls sideways"] : [];
  return wide.concat(found.map(element => `${element.className}: ${element.textContent.trim().slice(0, 40)}`));
}"""


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_sticks_out_sideways(kind: str, visit: Visit) -> None:
    """320 by 256 is a window of 1280 by 1024 at 400 % zoom (WCAG 1.4.10)."""
    page = visit(kind)
    for width, height in ((320, 256), (360, 640), (768, 1024), (1280, 800), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(STICKING_OUT) == [], f"{width} px"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_sticks_out_when_text_is_largest_on_a_small_phone(kind: str, visit: Visit) -> None:
    page = visit(kind, 320, 640)
    page.evaluate("document.documentElement.dataset.textSize = '3'")

    assert page.evaluate(STICKING_OUT) == []


@pytest.mark.parametrize("kind", TYPICAL)
def test_text_of_twice_the_size_and_wide_spacing_fits(kind: str, visit: Visit) -> None:
    """WCAG 1.4.4 and 1.4.12: the reader's own sizes and distances lose no text.

    The last breadcrumb may be shortened, since it repeats the heading.
    """
    page = visit(kind)
    page.evaluate("""() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`
        html { font-size: 200% !important; }
        * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
        p { margin-block-end: 2em !important; }`);
      document.adoptedStyleSheets = [sheet];
    }""")
    cut_off = """() => {
      const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode, range = document.createRange();
        const exempt = ".visually-hidden, script, nav ol [aria-current=page]";
        if (!node.data.trim() || node.parentElement.closest(exempt)) continue;
        range.selectNodeContents(node);
        const text = range.getBoundingClientRect();
        for (let outer = node.parentElement; outer; outer = outer.parentElement) {
          const box = outer.getBoundingClientRect();
          if (["hidden", "clip"].includes(getComputedStyle(outer).overflowY)
            && (text.bottom > box.bottom + 1 || text.right > box.right + 1)) found.push(node.data.trim());
        }
      }
      return found;
    }"""

    assert page.evaluate(STICKING_OUT) == []
    assert page.evaluate(cut_off) == []


@pytest.mark.parametrize("kind", TYPICAL)
def test_the_text_is_in_view_at_400_percent_zoom(kind: str, visit: Visit) -> None:
    """Nothing stays fixed over the text, where a whole window is 256 pixels high."""
    page = visit(kind, 320, 256)
    page.evaluate("window.scrollTo(0, 600)")

    fixed = page.evaluate("""() => [...document.querySelectorAll("body *")].filter(element =>
      ["fixed", "sticky"].includes(getComputedStyle(element).position)
      && element.getBoundingClientRect().height > 64).map(element => element.className)""")
    assert fixed == []


# --- keyboard ------------------------------------------------------------------------


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent.trim()")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "redirect"])
def test_the_first_tab_offers_to_skip_to_the_text(kind: str, visit: Visit) -> None:
    page = visit(kind, 360)

    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Chuyển đến nội dung chính")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport(ratio=1)

    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('body > header, nav[aria-label^=Vị]')")


# How the focused element shows it: a ring of at least 2 px that stands out from what is around it, in view.
FOCUS = """() => {
  const parse = colour => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return {r, g, b, a};
  };
  const luminance = ({r, g, b}) => {
    const [x, y, z] = [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const element = document.activeElement;
  const style = getComputedStyle(element);
  let outer = element.parentElement, behind = {r: 255, g: 255, b: 255, a: 0};
  for (; outer && behind.a < 1; outer = outer.parentElement) behind = parse(getComputedStyle(outer).backgroundColor);
  const [light, dark] = [luminance(parse(style.outlineColor)), luminance(behind)].sort((a, b) => b - a);
  const box = element.getBoundingClientRect();
  const inside = (value, end) => Math.min(Math.max(value, 1), end - 1);
  const middle = document.elementFromPoint(
    inside(box.x + box.width / 2, innerWidth), inside(box.y + box.height / 2, innerHeight));
  return {
    name: `${element.tagName} ${element.className} ${(element.textContent || "").trim().slice(0, 40)}`,
    index: [...document.querySelectorAll("*")].indexOf(element),
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    contrast: (light + 0.05) / (dark + 0.05),
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !(element.contains(middle) || (middle && middle.contains(element)) || element.getClientRects().length > 1
      || box.height > innerHeight),
    body: element === document.body,
  };
}"""
FOCUSABLE = """() => [...document.querySelectorAll("a[href], button, summary, input, select, [tabindex='0']")].filter(
  element => element.checkVisibility({visibilityProperty: true})).length"""


def walk(page: Page) -> list[dict]:
    """Where Tab leads, from the top of the page to its end."""
    steps: list[dict] = []
    while len(steps) < 400:
        page.keyboard.press("Tab")
        step = page.evaluate(FOCUS)
        if step["body"] or (steps and step["index"] == steps[0]["index"]):
            break
        steps.append(step)
    return steps


@pytest.mark.parametrize(
    ("kind", "width", "look"),
    [
        ("home", 1280, "light"),
        ("home", 360, "dark"),
        ("article with everything", 1280, "dark"),
        ("article with everything", 360, "light"),
        ("article with a footnote", 360, "contrast"),
        ("category", 1280, "contrast"),
        ("numbered page", 360, "light"),
        ("feeds", 1280, "light"),
        ("standing page with a table", 360, "light"),
        ("missing page", 1280, "contrast"),
    ],
)
def test_focus_reaches_everything_in_reading_order_and_can_be_seen(
    kind: str, width: int, look: str, visit: Visit
) -> None:
    page = visit(kind, width, reduced_motion="reduce")
    look_like(page, look)

    steps = walk(page)

    assert len(steps) == page.evaluate(FOCUSABLE)
    assert [step["index"] for step in steps] == sorted(step["index"] for step in steps)
    assert [step for step in steps if step["ring"] < 2] == []
    assert [step for step in steps if step["contrast"] < 3] == []
    assert [step for step in steps if not step["seen"] or step["covered"]] == []


def test_focus_can_be_seen_in_forced_colours(visit: Visit) -> None:
    page = visit("article with everything", 1280, forced_colors="active", reduced_motion="reduce")
    aids(page).press("Enter")
    page.evaluate("document.activeElement.blur()")

    steps = walk(page)

    assert len(steps) > 20
    assert [step for step in steps if step["ring"] < 2 or step["contrast"] < 3] == []


def test_a_chosen_reading_aid_can_be_told_in_forced_colours(visit: Visit) -> None:
    page = visit("home", forced_colors="active")
    aids(page).click()
    look = "element => { const s = getComputedStyle(element); return s.backgroundColor + s.borderColor + s.color }"

    pressed = page.get_by_role("button", name="Tự động").evaluate(look)
    others = [page.get_by_role("button", name=name).evaluate(look) for name in ("Sáng", "Tối", "Tương phản cao")]

    assert pressed not in others


# --- menu on narrow screens ------------------------------------------------------------


def menu_links(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Trình đơn chính").get_by_role("link")


def test_menu_and_reading_aids_do_not_lie_over_each_other_on_a_phone(visit: Visit) -> None:
    page = visit("home", 360)
    menu, panel = page.get_by_role("button", name="Trình đơn"), page.get_by_role("group", name="Màu sắc")

    menu.press("Enter")
    aids(page).press("Enter")
    expect(panel).to_be_visible()
    expect(menu_links(page)).to_have_count(0)

    menu.press("Enter")
    expect(menu_links(page).first).to_be_visible()
    expect(panel).to_be_hidden()


def test_the_menu_opens_and_closes_with_the_keyboard(visit: Visit) -> None:
    page = visit("home", 360)
    button = page.get_by_role("button", name="Trình đơn")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(menu_links(page)).to_have_count(0)

    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(menu_links(page)).to_have_count(6)
    page.keyboard.press("Tab")
    expect(menu_links(page).first).to_be_focused()

    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(menu_links(page)).to_have_count(0)

    page.keyboard.press("Space")
    expect(menu_links(page)).to_have_count(6)
    page.keyboard.press("Space")
    expect(menu_links(page)).to_have_count(0)


def test_an_open_menu_covers_no_other_control(visit: Visit) -> None:
    """Who tabs on behind the menu must see where the focus is (WCAG 2.4.11)."""
    page = visit("home", 360, 640, reduced_motion="reduce")
    page.get_by_role("button", name="Trình đơn").press("Enter")
    menu_links(page).last.focus()

    for _ in range(3):
        page.keyboard.press("Tab")
        step = page.evaluate(FOCUS)
        assert not step["covered"], step["name"]


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_menu_is_open_where_scripts_do_not_run(width: int, visit: Visit) -> None:
    page = visit("home", width, java_script_enabled=False)

    expect(page.get_by_role("button", name="Trình đơn")).to_have_count(0)
    expect(menu_links(page)).to_have_count(6)
    for link in menu_links(page).all():
        assert link.bounding_box()["height"] >= 24
    follow(menu_links(page).last)
    assert page.url.endswith("/trang/lien-he.html")


def test_the_menu_says_where_the_reader_is(visit: Visit) -> None:
    page = visit("/trang/lien-he.html")
    here = page.locator("nav [aria-current=page]").and_(menu_links(page))
    expect(here).to_have_text(["Liên hệ"])

    page = visit(ARTICLE)
    inside = page.locator("nav [aria-current=true]").and_(menu_links(page))
    expect(inside).to_have_text(["Chỉ đạo điều hành"])


# --- reading aids ------------------------------------------------------------------------


def open_aids(page: Page) -> None:
    aids(page).press("Enter")


def aid(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def text_size(page: Page) -> float:
    return page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)")


def background(page: Page) -> float:
    """How light the page is behind its text, 0 to 255."""
    red, green, blue = map(
        int, re.findall(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))[:3]
    )
    return (red + green + blue) / 3


def test_text_grows_and_shrinks_with_the_keyboard_and_says_so(visit: Visit) -> None:
    page = visit("article with everything")
    usual = text_size(page)
    open_aids(page)

    for step in range(1, 4):
        before = text_size(page)
        aid(page, "Tăng cỡ chữ").press("Enter")
        assert text_size(page) > before
        expect(page.get_by_role("status")).to_have_text(re.compile(r"Cỡ chữ \d+%"))
        assert step
    assert text_size(page) >= 1.45 * usual
    expect(aid(page, "Tăng cỡ chữ")).to_have_attribute("aria-disabled", "true")
    expect(aid(page, "Tăng cỡ chữ")).to_be_focused()

    aid(page, "Cỡ chữ mặc định").press("Enter")
    assert text_size(page) == usual
    aid(page, "Giảm cỡ chữ").press("Space")
    assert text_size(page) < usual


def test_a_chosen_text_size_is_there_on_the_next_page_before_anything_is_painted(visit: Visit, sites) -> None:
    page = visit("home")
    open_aids(page)
    aid(page, "Tăng cỡ chữ").click()
    aid(page, "Tăng cỡ chữ").click()
    large = text_size(page)

    # The deferred script never comes; only what runs before the first paint can have set it.
    page.route(re.compile(r"/js/loa\."), lambda route: route.abort())
    go(page, sites, "category")

    assert page.evaluate("document.documentElement.dataset.textSize") == "2"
    page.evaluate("delete document.documentElement.dataset.textSize")
    assert text_size(page) < large


@pytest.mark.parametrize(("name", "is_dark"), [("Sáng", False), ("Tối", True), ("Tương phản cao", True)])
@pytest.mark.parametrize("system", ["light", "dark"])
def test_a_chosen_appearance_outweighs_the_system_and_lasts(
    name: str, is_dark: bool, system: str, visit: Visit, sites
) -> None:
    page = visit("home", color_scheme=system)
    open_aids(page)

    aid(page, name).press("Enter")

    for kind in (None, "article with everything", "missing page"):
        if kind:
            go(page, sites, kind)
            open_aids(page)
        assert (background(page) < 60) is is_dark
        expect(aid(page, name)).to_have_attribute("aria-pressed", "true")
        pressed = page.locator("[aria-pressed=true]")
        expect(pressed).to_have_count(1)

    aid(page, "Tự động").press("Enter")
    assert (background(page) < 60) is (system == "dark")
    go(page, sites, "home")
    assert (background(page) < 60) is (system == "dark")


def test_a_chosen_appearance_is_announced(visit: Visit) -> None:
    page = visit("home")
    open_aids(page)

    aid(page, "Tối").press("Enter")

    expect(page.get_by_role("status")).to_have_text("Màu sắc: Tối")
    expect(aid(page, "Tối")).to_be_focused()


def test_the_reading_aids_close_with_escape_and_give_the_focus_back(visit: Visit) -> None:
    page = visit("home")
    open_aids(page)
    aid(page, "Tối").focus()

    page.keyboard.press("Escape")

    expect(aid(page, "Tối")).to_have_count(0)
    assert focused(page).endswith("Hiển thị")


def test_a_panel_is_never_half_out_of_a_small_window(visit: Visit) -> None:
    for width in (320, 360, 768, 1280):
        page = visit("home", width, 640)
        open_aids(page)
        for name in ("Giảm cỡ chữ", "Tăng cỡ chữ", "Tự động", "Sáng", "Tối", "Tương phản cao"):
            expect(aid(page, name)).to_be_in_viewport(ratio=1)


def test_high_contrast_is_at_least_seven_to_one(visit: Visit) -> None:
    """WCAG 1.4.6, which axe checks only on demand."""
    for kind in TYPICAL:
        page = visit(kind)
        look_like(page, "contrast")
        page.evaluate(AXE)
        found = page.evaluate("axe.run(document, {runOnly: ['color-contrast-enhanced']})")
        assert [node["target"] for violation in found["violations"] for node in violation["nodes"]] == [], kind
        assert [rule["id"] for rule in found["passes"]] == ["color-contrast-enhanced"]


def test_reading_aids_are_absent_where_scripts_do_not_run(visit: Visit) -> None:
    for kind in TYPICAL:
        page = visit(kind, java_script_enabled=False)
        expect(aids(page)).to_be_hidden()
        expect(page.locator("button:not([type=submit]):visible")).to_have_count(0)


def test_without_storage_the_aids_work_on_the_page(visit: Visit) -> None:
    page = visit("home")
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})")
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.reload()
    usual = text_size(page)

    open_aids(page)
    aid(page, "Tăng cỡ chữ").click()
    aid(page, "Tối").click()

    assert text_size(page) > usual
    assert background(page) < 60
    assert problems == []


# --- motion ------------------------------------------------------------------------------

MOVING = """() => [...document.querySelectorAll("*")].filter(element => {
  const style = getComputedStyle(element);
  const lasts = value => value.split(",").some(part => parseFloat(part) > 0.01);
  return lasts(style.transitionDuration) || (style.animationName !== "none" && lasts(style.animationDuration))
    || style.scrollBehavior === "smooth";
}).map(element => element.tagName)"""


@pytest.mark.parametrize("kind", TYPICAL)
def test_nothing_moves_for_readers_who_asked_for_less_motion(kind: str, visit: Visit) -> None:
    assert visit(kind, reduced_motion="reduce").evaluate(MOVING) == []


# --- structure ---------------------------------------------------------------------------


def test_a_screen_reader_finds_the_parts_of_an_article_by_name(visit: Visit) -> None:
    page = visit("article with everything")

    for role, name in (
        ("navigation", "Trình đơn chính"),
        ("navigation", "Vị trí trong trang"),
        ("navigation", "Mục lục"),
        ("region", "Các tin đã đăng"),
        ("region", "Tệp đính kèm"),
        ("navigation", "Từ khóa"),
    ):
        expect(page.get_by_role(role, name=name, exact=True)).to_have_count(1)
    for landmark in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(landmark)).to_have_count(1)
    expect(page.get_by_role("article")).to_have_count(1)


def test_a_wide_table_scrolls_by_itself_with_the_keyboard(visit: Visit) -> None:
    page = visit("article with everything", 320, 640)
    # Whatever the faces of this machine measure.
    page.evaluate("document.documentElement.dataset.textSize = '3'")
    frames = page.get_by_role("region", name=re.compile("^Bảng"))
    assert frames.count() >= 1
    wide = [frame for frame in frames.all() if frame.evaluate("e => e.scrollWidth > e.clientWidth")]
    for frame in wide:
        frame.focus()
        page.keyboard.press("ArrowRight")
        wait_until(page, "document.activeElement.scrollLeft > 0")
    assert wide
