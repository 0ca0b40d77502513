"""Rows of the look-up, and leads → what the search page loads."""

from __future__ import annotations

import gzip
import json
import unicodedata

from loa.pieces import SearchRow
from loa.text import slug
from loa.views import LeadsView, LookupView


def search_data(view: LookupView | LeadsView) -> bytes:
    """Gzipped JSON: an array a column (type, address, title, number, day, section, source, mark), or the leads.

    Compressed here, since not every server does it for a file it does not know; without a date, which would make
    equal rows differ.
    """
    data: list[object] = [*view.leads] if isinstance(view, LeadsView) else _columns(view.rows)
    made = gzip.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)
    # Which byte tells the system differs among versions of Python; 255 is "unknown" (RFC 1952, 2.3.1).
    return made[:9] + b"\xff" + made[10:]


def _columns(rows: tuple[SearchRow, ...]) -> list[object]:
    # What is alike stands together, and is a third shorter when compressed.
    return [
        [row.type for row in rows],
        [_short(row) for row in rows],
        [row.title for row in rows],
        [row.number for row in rows],
        [row.day for row in rows],
        [row.section for row in rows],
        [row.source for row in rows],
        [row.mark for row in rows],
    ]


def _short(row: SearchRow) -> str:
    """The address, without the name of the file where that is the title: ``/tin/2026/05/*``."""
    folder, _, name = row.url.rpartition("/")
    return f"{folder}/*" if name == f"{slug(row.title)}.html" and _is_plain(row.title) else row.url


def _is_plain(title: str) -> bool:
    """Whether scripts make the same address of ``title`` as we: it has no letters but those of Vietnamese."""
    return all(c < "\x80" or c in "đĐ" or not c.isalnum() for c in unicodedata.normalize("NFD", title))
