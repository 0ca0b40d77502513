"""Rows of the look-up → what the search page loads."""

from __future__ import annotations

import gzip
import json

from loa.views import LookupView


def lookup_data(view: LookupView) -> bytes:
    """Gzipped JSON, an array a row: type, address, title, number, day, section, source.

    Compressed here, since not every server does it for a file it does not know; without a date, which would make
    equal rows differ.
    """
    rows = [[row.type, row.url, row.title, row.number, row.day, row.section, row.source] for row in view.rows]
    return gzip.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)
