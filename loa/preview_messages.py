"""What the preview says to editors, in the browser and on the terminal."""

from __future__ import annotations

from loa.errors import Words


def heading(errors: int, warnings: int, drafts: int, *, has_site: bool) -> str:
    if not errors:
        left_out = f"{drafts} bản nháp chưa hiện vì có lỗi · " if drafts else ""
        return f"{left_out}{warnings} cảnh báo"
    below = "bấm để xem bản tốt gần nhất" if has_site else "chưa có bản nào để xem"
    too = f", {warnings} cảnh báo" if warnings else ""
    return f"{errors} lỗi{too} – trang chưa được cập nhật ({below})"


def mild() -> str:
    return " (cảnh báo)"


def draft_left_out(faults: int) -> str:
    return f"Bản nháp này chưa hiện vì có {faults} lỗi sau đây. Sửa rồi lưu lại, trang tự hiện."


def title_of_faults() -> str:
    return "Nội dung có lỗi"


def address(url: str) -> str:
    return f"Xem trước ở {url} (bấm Ctrl+C để dừng). Bản nháp và bài hẹn giờ cũng hiện, có đánh dấu."


def built(seconds: float, files: int) -> str:
    return f"Đã dựng lại {files} tệp trong {seconds:.1f} giây.".replace(".", ",", 1)


def port_taken(port: int) -> str:
    return f"Cổng {port} đang được chương trình khác dùng. Chọn cổng khác: python build.py serve --port {port + 1}"


def failure(message: str) -> Words:
    return Words(message, "Sửa điều này rồi lưu lại một tệp bất kỳ để dựng lại.")


def watch_limit() -> str:
    return "đã hết số thư mục được theo dõi; người quản trị máy tăng fs.inotify.max_user_watches"


def cannot_watch(reason: str) -> str:
    return f"Hệ thống không báo thay đổi của tệp nữa ({reason}). Hãy chạy lại lệnh."


def builder_gone() -> str:
    return "Tiến trình dựng trang đã dừng. Hãy chạy lại lệnh."
