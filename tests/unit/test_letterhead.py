"""What the head of a document says about it, where somebody has copied the whole of it into a text."""

from __future__ import annotations

import pytest

from loa.letterhead import find_own_number

HEAD = """**ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ
SỞ Y TẾ**

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: {number}

Quảng Trị, {date}

Kính gửi: Trung tâm Y tế các huyện
"""


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("215/SYT-NVY", "215/SYT-NVY"),
        ("/SYT-NVY", "/SYT-NVY"),
        ("      /SYT-NVY", "/SYT-NVY"),
        ("......../QĐ-SYT", "/QĐ-SYT"),
        ("12-BC/ĐU", "12-BC/ĐU"),
    ],
)
def test_the_own_number_is_read_even_while_it_is_blank(number: str, expected: str) -> None:
    own = find_own_number(HEAD.format(number=number, date="ngày 05 tháng 3 năm 2021"))

    assert own is not None
    assert (own.number, own.date, own.issuer) == (expected, "2021-03-05", "SỞ Y TẾ")


def test_a_date_with_a_blank_day_is_none() -> None:
    own = find_own_number(HEAD.format(number="215/SYT-NVY", date="ngày     tháng 3 năm 2021"))

    assert own is not None
    assert own.date is None


def test_a_number_far_down_is_not_that_of_the_text() -> None:
    assert find_own_number("Kính gửi: các xã.\n" * 100 + "Số: 12/UBND-TH") is None
    assert find_own_number("Theo Công văn số: 12/UBND-TH của huyện") is None
