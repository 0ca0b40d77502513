"""Rows of the register and of the citation index → JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator

from loa.document_pieces import CitationRow, NamedDocument, RegisterRow
from loa.views import CitationDataView, RegisterDataView

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
_CITATION_HEADINGS = (
    "Văn bản",
    "Loại văn bản",
    "Số, ký hiệu",
    "Ngày ban hành",
    "Cơ quan ban hành",
    "Địa chỉ",
    "Nhắc đến trong",
    "Ngày đăng",
    "Địa chỉ bài",
    "Ghi chú",
    "Có thể là",
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


def register_data(view: RegisterDataView | CitationDataView, base_url: str) -> bytes:
    """The rows, one after the other, with full addresses."""
    if isinstance(view, RegisterDataView):
        if view.format == "json":
            return _json(_document(row, base_url) for row in view.rows)
        return _csv(_HEADINGS, (_document_cells(row, base_url) for row in view.rows))
    if view.format == "json":
        return _json(_citation(row, base_url) for row in view.rows)
    return _csv(_CITATION_HEADINGS, (_citation_cells(row, base_url) for row in view.rows))


def _document(row: RegisterRow, base_url: str) -> dict[str, object]:
    return {
        "url": base_url + row.url,
        "kind": row.kind,
        "number": row.number,
        "issued": row.issued,
        "issuer": row.issuer,
        "subject": row.subject,
        "field": row.field,
        "status": _STATUSES[row.status],
    }


def _document_cells(row: RegisterRow, base_url: str) -> Iterator[str]:
    cells = (row.kind, row.number, row.issued, row.issuer, row.subject, row.field, _STATUSES[row.status])
    yield from (*cells, base_url + row.url)


def _citation(row: CitationRow, base_url: str) -> dict[str, object]:
    def named(document: NamedDocument) -> dict[str, str]:
        return {"name": document.name, "url": _full(document.url, base_url)}

    return {
        "document": {
            **named(row.document),
            "kind": row.kind,
            "number": row.number,
            "issued": row.issued,
            "issuer": row.issuer,
        },
        "cited_by": {"title": row.citing.title, "url": base_url + row.citing.url, "date": row.citing.day},
        "undated": row.is_undated,
        "candidates": [named(candidate) for candidate in row.candidates],
    }


def _citation_cells(row: CitationRow, base_url: str) -> Iterator[str]:
    yield from (row.document.name, row.kind, row.number, row.issued, row.issuer, _full(row.document.url, base_url))
    yield from (row.citing.title, row.citing.day, base_url + row.citing.url)
    yield "chưa xác định ngày" if row.is_undated else ""
    yield "; ".join(candidate.name for candidate in row.candidates)


def _full(url: str, base_url: str) -> str:
    return base_url + url if url else ""


def _json(items: Iterable[dict[str, object]]) -> bytes:
    return (json.dumps(list(items), ensure_ascii=False, indent=1) + "\n").encode()


def _csv(headings: tuple[str, ...], rows: Iterable[Iterable[str]]) -> bytes:
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(headings)
    writer.writerows(map(_plain, row) for row in rows)
    # Without the mark Excel takes UTF-8 for something else.
    return made.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
