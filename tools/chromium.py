"""Chromium, as the tests, the tools and the benchmark start it."""

from __future__ import annotations

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
# The same engine without a window to draw takes a third of the time; Lighthouse and printing want the whole one.
HEADLESS_FIRST = ("chromium-headless-shell", *NAMES)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)


def find(names: tuple[str, ...] = NAMES) -> str | None:
    """Where the first of ``names`` is installed."""
    return next(filter(None, map(shutil.which, names)), None)
