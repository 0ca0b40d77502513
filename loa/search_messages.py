"""What the tool says to editors about the search, in Vietnamese; see ``messages``."""

from __future__ import annotations

from loa.errors import Words


def no_indexer() -> Words:
    return Words(
        "Không tìm thấy chương trình Pagefind, nên mục lục toàn văn giữ như lần đăng trước.",
        "Trang vẫn được đăng; tìm theo tiêu đề và số văn bản vẫn dùng được. "
        "Cài bằng sh tools/search.sh .venv, hoặc đặt texts = false trong [search].",
    )


def indexer_hangs(seconds: int) -> Words:
    return Words(
        f"Lập mục lục toàn văn quá {seconds} giây nên đã dừng; mục lục giữ như lần đăng trước.",
        "Trang vẫn được đăng; tìm theo tiêu đề và số văn bản vẫn dùng được. Dựng lại để thử lần nữa.",
    )


def indexer_fails(reason: str) -> Words:
    return Words(
        f"Không lập được mục lục toàn văn ({reason}); mục lục giữ như lần đăng trước.",
        "Trang vẫn được đăng; tìm theo tiêu đề và số văn bản vẫn dùng được. "
        "Cài lại Pagefind bằng sh tools/search.sh .venv nếu lỗi còn.",
    )
