"""What the tool says to editors about the search, in Vietnamese; see ``messages``."""

from __future__ import annotations

from loa.errors import Words

_KEPT = "Mục lục toàn văn giữ như lần đăng trước, trừ phần có bài đã sửa hoặc gỡ."
_STILL = "Trang vẫn được đăng; tìm theo tiêu đề và số văn bản vẫn dùng được."


def no_indexer() -> Words:
    return Words(
        f"Không tìm thấy chương trình Pagefind. {_KEPT}",
        f"{_STILL} Trong thư mục của Loa, cài bằng sh tools/search.sh .venv; hoặc đặt texts = false trong [search].",
    )


def indexer_hangs(seconds: int) -> Words:
    return Words(f"Lập mục lục toàn văn quá {seconds} giây nên đã dừng. {_KEPT}", f"{_STILL} Dựng lại để thử lần nữa.")


def indexer_fails(reason: str) -> Words:
    return Words(
        f"Không lập được mục lục toàn văn ({reason}). {_KEPT}",
        f"{_STILL} Nếu lỗi còn: trong thư mục của Loa, cài lại bằng sh tools/search.sh .venv.",
    )
