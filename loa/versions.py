"""The versions of the libraries whose output is published."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache


def version_of(project: str) -> str:
    """The installed version of ``project``, named in lower case. Raises ``PackageNotFoundError`` when there is none."""
    found = _versions().get(project)
    if found is None:
        from importlib import metadata  # noqa: PLC0415  # heavy; for what other installers have described elsewhere

        found = metadata.version(project)
    return found


@cache
def _versions() -> dict[str, str]:
    """The versions of all projects, read off the names of the folders in which installers describe them.

    ``NAME-VERSION.dist-info``: Recording Installed Projects, packaging.python.org. ``importlib.metadata`` opens
    and parses these, which takes a tenth of the time in which an article is published.
    """
    found: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for name in os.listdir(folder or "."):  # noqa: PTH208  # names are all that is needed
                stem, dot, _ = name.rpartition(".dist-info")
                if dot:
                    project, _, version = stem.partition("-")
                    # What comes first on the path is imported.
                    found.setdefault(project.lower(), version)
    return found
