"""The register of documents in a browser: sorted and narrowed down where scripts run, complete where they do not."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from browser.conftest import Visit


def numbers(page: Page) -> list[str]:
    return page.locator(".register__row:visible .register__number").all_inner_texts()


def test_typing_without_diacritics_narrows_the_register_down(visit: Visit) -> None:
    page = visit("register of documents")
    everything = numbers(page)

    page.get_by_label("Lọc trong bảng này").fill("so tai chinh")

    assert set(numbers(page)) == {"212/TTr-STC", "12/HD-STC"}
    assert page.get_by_role("status").filter(has_text="2 trong").inner_text() == f"2 trong {len(everything)} văn bản"


def test_lists_of_kinds_and_issuers_narrow_the_register_down(visit: Visit) -> None:
    page = visit("register of documents")

    page.get_by_label("Loại", exact=True).select_option("Công điện")
    assert set(numbers(page)) == {"11/CĐ-UBND", "04/CĐ-UBND"}
    page.get_by_label("Cơ quan", exact=True).select_option("Sở Y tế")
    assert numbers(page) == []


def test_headings_sort_the_register_up_and_down(visit: Visit) -> None:
    page = visit("register of documents")
    newest_first = numbers(page)
    heading = page.get_by_role("columnheader", name="Ngày ban hành")

    heading.get_by_role("button").press("Enter")
    assert heading.get_attribute("aria-sort") == "ascending"
    assert numbers(page)[0] == newest_first[-1]

    heading.get_by_role("button").press("Enter")
    assert heading.get_attribute("aria-sort") == "descending"
    assert numbers(page)[0] == newest_first[0]


def test_headings_are_read_once_and_keep_their_arrows_with_their_last_words(visit: Visit) -> None:
    page = visit("register of documents", 768)
    headings = page.get_by_role("columnheader")

    assert [heading.get_by_role("button").inner_text() for heading in headings.all()] == [
        f"{name}\u00a0↕" for name in ("Số, ký hiệu", "Ngày ban hành", "Loại", "Trích yếu", "Cơ quan ban hành")
    ]
    expect(page.get_by_role("columnheader", name="Cơ quan ban hành", exact=True)).to_have_count(1)
    headings.last.get_by_role("button").click()
    expect(headings.last).to_have_text("Cơ quan ban hành\u00a0↑")


def test_a_table_between_phone_and_desk_has_room_for_kinds_and_issuers(visit: Visit) -> None:
    page = visit("register of documents", 768)
    assert page.evaluate("document.documentElement.scrollWidth") == 768
    # As much as "Quyết định" takes, and two words of the name of an authority.
    for cell, least in ((".register__kind", 95), (".register__issuer", 120)):
        assert page.locator(cell).first.evaluate("cell => cell.clientWidth") >= least, cell


def test_without_scripts_the_register_is_whole_and_offers_no_dead_controls(visit: Visit) -> None:
    whole = visit("register of documents")
    bare = visit("register of documents", java_script_enabled=False)

    assert numbers(bare) == numbers(whole)
    assert not bare.locator("[data-register-tools]").is_visible()
    assert bare.locator(".register button").count() == 0
