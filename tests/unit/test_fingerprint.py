"""Which outputs are stale, and why. As in Hakyll's tests of its dependencies: one small world, one change a case."""

from __future__ import annotations

from datetime import datetime

import pytest

from loa.fingerprint import DAMAGED, NEW, Frame, Inputs, digest, reasons, view_digest
from loa.model import Record
from loa.pieces import Link
from loa.views import NotFoundView

PAGES = Frame("chrome", "page.html", "code")
LISTS = Frame("chrome", "list.html", "code")
FILES = Frame("", "", "code")
WORLD = {
    "tin/mot.html": Inputs(b"mot", PAGES),
    "tin/hai.html": Inputs(b"hai", PAGES),
    "index.html": Inputs(b"mot hai", LISTS),
    "css/loa.css": Inputs(b"css", FILES),
}
EVERYTHING = set(WORLD)

# name of the case → what differs in the world afterwards, files that were tampered with, what is stale and why
CASES = {
    "nothing changed": ({}, set(), {}),
    "an article changed, and with it the list that shows it": (
        {"tin/mot.html": Inputs(b"MOT", PAGES), "index.html": Inputs(b"MOT hai", LISTS)},
        set(),
        {"tin/mot.html": ("view",), "index.html": ("view",)},
    ),
    "an article is new": (
        {"tin/ba.html": Inputs(b"ba", PAGES), "index.html": Inputs(b"mot hai ba", LISTS)},
        set(),
        {"tin/ba.html": (NEW,), "index.html": ("view",)},
    ),
    "a template of the pages changed": (
        {path: Inputs(WORLD[path].view, Frame("chrome", "PAGE.html", "code")) for path in WORLD if "tin/" in path},
        set(),
        {"tin/mot.html": ("template",), "tin/hai.html": ("template",)},
    ),
    "the frame changed": (
        {
            path: Inputs(now.view, Frame("CHROME", now.frame.template, "code"))
            for path, now in WORLD.items()
            if now.frame.chrome
        },
        set(),
        dict.fromkeys(EVERYTHING - {"css/loa.css"}, ("chrome",)),
    ),
    "the generator changed": (
        {path: Inputs(now.view, Frame(now.frame.chrome, now.frame.template, "CODE")) for path, now in WORLD.items()},
        set(),
        dict.fromkeys(EVERYTHING, ("code",)),
    ),
    "everything about one page changed": (
        {"tin/mot.html": Inputs(b"MOT", Frame("CHROME", "PAGE.html", "CODE"))},
        set(),
        {"tin/mot.html": ("view", "chrome", "template", "code")},
    ),
    "a published file was damaged": ({}, {"tin/hai.html"}, {"tin/hai.html": (DAMAGED,)}),
    "a changed page was damaged too": (
        {"tin/hai.html": Inputs(b"HAI", PAGES)},
        {"tin/hai.html"},
        {"tin/hai.html": ("view",)},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_an_output_is_stale_for_exactly_the_inputs_that_differ(case: str) -> None:
    changes, damaged, expected = CASES[case]

    stale = {
        path: why
        for path, now in (WORLD | changes).items()
        if (why := reasons(WORLD.get(path), now, lambda path=path: path not in damaged))
    }

    assert stale == expected


def test_the_disk_is_not_looked_at_when_the_inputs_already_differ() -> None:
    def must_not_be_asked() -> bool:
        raise AssertionError

    assert reasons(None, WORLD["index.html"], must_not_be_asked) == (NEW,)
    assert reasons(Inputs(b"other", LISTS), WORLD["index.html"], must_not_be_asked) == ("view",)


def test_equal_values_have_equal_digests_and_different_ones_do_not() -> None:
    assert digest(Link("Tin", "/tin/")) == digest(Link("Tin", "/tin/"))
    assert digest(Link("Tin", "/tin/")) != digest(Link("Tin", "/tin"))
    # Fields must not run into one another.
    assert digest(Link("ab", "c")) != digest(Link("a", "bc"))
    assert digest(NotFoundView(())) != digest(NotFoundView((Link("", ""),)))


def test_one_moment_told_in_two_zones_differs_as_it_does_on_the_page() -> None:
    here = datetime.fromisoformat("2026-05-01T00:30:00+07:00")
    there = datetime.fromisoformat("2026-04-30T17:30:00+00:00")

    assert here == there
    assert digest(here) != digest(there)


def test_two_kinds_of_view_with_equal_fields_differ() -> None:
    class OneView(Record, frozen=True):
        text: str

    class OtherView(Record, frozen=True):
        text: str

    assert view_digest(OneView("a")) == view_digest(OneView("a"))
    assert view_digest(OneView("a")) != view_digest(OtherView("a"))
