"""What is said of a text that would take more time or memory than a text may. In Vietnamese, for editors."""

from __future__ import annotations

from loa.errors import Words
from loa.text import format_number

_CROWDS = {
    "brackets": "dấu [ không có dấu ] đóng trong một đoạn",
    "parens": "dấu ( không có dấu ) đóng trong một đoạn có liên kết",
    "headings": "tiêu đề hoặc dòng gạch --- liền nhau, không có dòng trống ở giữa",
    "definitions": 'dòng "[…]: …" liền nhau, không có dòng trống ở giữa',
    "marks": "ký hiệu [ * _ ` < \\ & ! { hoặc dòng có hai dấu cách ở cuối liền một đoạn, không có dòng trống ở giữa",
    "all definitions": 'dòng "[…]: …"',
    "abbreviations": 'dòng viết tắt "*[…]: …"',
    "footnotes": "chỗ dùng chú thích [^…]",
    "footnote": "chỗ dùng cùng một chú thích [^…]",
    "terms": 'dòng ": …" liền nhau, không có dòng trống ở giữa',
    "levels": "lớp danh sách hoặc dấu > lồng nhau",
    "declarations": "dấu <![",
    "tags": "thẻ HTML < không có dấu > đóng",
    "elements": "thẻ HTML mở mà chưa đóng, như <div>",
    "columns": "cột trong một bảng",
    "cells": "ô trong một bảng",
    "backticks": "dấu ` trong một dòng của bảng",
    "run of backticks": "dấu ` liền nhau",
    "fences": "dòng ``` hoặc ~~~",
    "links": "liên kết hoặc hình",
}
_HINT = "Thường do dán nhầm dữ liệu: xem lại từ dòng này, bỏ phần thừa, thêm dấu đóng còn thiếu hoặc chia bài."


def not_converted(kind: str, most: float) -> Words:
    """Why a body is not converted: it is crowded with something, or took too long, or too much."""
    if kind == "slow":
        return Words(f"Chuyển nội dung thành trang mất quá {most:g} giây nên đã dừng; các bài khác làm tiếp.", _HINT)
    if kind == "memory":
        return Words("Chuyển nội dung thành trang cần quá nhiều bộ nhớ nên đã dừng; các bài khác làm tiếp.", _HINT)
    if kind == "died":
        return Words("Tệp này làm tiến trình dựng trang dừng đột ngột; các bài khác làm tiếp.", _HINT)
    return Words(f"Có hơn {most:,g} ".replace(",", ".") + f"{_CROWDS[kind]}, nên không chuyển thành trang.", _HINT)


def long_text(words: int) -> Words:
    """A text that is published, and that hardly anybody can load."""
    return Words(
        f"Nội dung dài {format_number(words)} chữ: trang nặng, khó mở trên điện thoại; bản tin RSS chỉ có tóm tắt.",
        "Nên chia thành nhiều bài, hoặc đưa phần dài vào tệp đính kèm.",
    )


def long_list(name: str, count: int, most: int) -> Words:
    """A field is a list that nobody reads to its end."""
    return Words(f'"{name}" có {count} mục, quá giới hạn {most} mục.', "Bỏ bớt, hoặc chia thành nhiều bài.")


def more_unknown_fields(count: int) -> Words:
    """What is said of unknown fields behind those that were told one by one."""
    return Words(
        f"Còn {count} trường lạ khác từ dòng này.", "Xóa các dòng ấy: phần đầu tệp chỉ chứa các trường của Loa."
    )
