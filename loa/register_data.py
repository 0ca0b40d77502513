"""Rows of the register → JSON and CSV."""

from __future__ import annotations

import csv
import io
import json

from loa.document_pieces import RegisterRow
from loa.views import RegisterDataView

_HEADINGS = (
    "Loại văn bản",
    "Số, ký hiệu",
    "Ngày ban hành",
    "Cơ quan ban hành",
    "Trích yếu",
    "Lĩnh vực",
    "Hiệu lực",
    "Địa chỉ",
)
_STATUSES = {
    "": "",
    "pending": "chưa có hiệu lực",
    "in_force": "còn hiệu lực",
    "partly_expired": "hết hiệu lực một phần",
    "expired": "hết hiệu lực",
    "suspended": "ngưng hiệu lực",
}
# What makes a spreadsheet take a text for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def register_data(view: RegisterDataView, base_url: str) -> bytes:
    """The rows, one after the other, with full addresses."""
    return _csv(view.rows, base_url) if view.format == "csv" else _json(view.rows, base_url)


def _json(rows: tuple[RegisterRow, ...], base_url: str) -> bytes:
    items = [
        {
            "url": base_url + row.url,
            "kind": row.kind,
            "number": row.number,
            "issued": row.issued,
            "issuer": row.issuer,
            "subject": row.subject,
            "field": row.field,
            "status": _STATUSES[row.status],
        }
        for row in rows
    ]
    return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(rows: tuple[RegisterRow, ...], base_url: str) -> bytes:
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(_HEADINGS)
    for row in rows:
        cells = (row.kind, row.number, row.issued, row.issuer, row.subject, row.field, _STATUSES[row.status])
        writer.writerow([*map(_plain, cells), base_url + row.url])
    # Without the mark Excel takes UTF-8 for something else.
    return made.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
