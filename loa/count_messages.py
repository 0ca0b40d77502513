"""What is said of view counts, in Vietnamese. Like ``messages``."""

from __future__ import annotations

from loa.errors import Words
from loa.text import format_number


def views_broken(*, is_conflict: bool) -> Words:
    hint = "Lấy lại bản trước: git checkout -- views.json. Trên máy đếm lượt xem, xóa tệp rồi đếm lại cũng được."
    if is_conflict:
        return Words("views.json còn dấu của một lần ghép git chưa xong.", f"Chọn một trong hai bản. {hint}")
    return Words("Không hiểu views.json từ dòng này; tệp do máy ghi, không sửa tay.", hint)


def views_repeated() -> Words:
    return Words("Địa chỉ này có hai dòng trong views.json.", "Giữ lại dòng có số lớn hơn.")


def log_unreadable(name: str, reason: str) -> str:
    return f"Không đọc được nhật ký {name}: {reason}. Chưa đếm gì; sửa rồi chạy lại với đủ các tệp."


def no_log(name: str, *, is_json: bool) -> str:
    meant = "là nhật ký JSON (như của Caddy)" if is_json else "không có dòng nào của nhật ký dạng combined"
    return log_unreadable(name, f"tệp {meant}; máy chủ web phải ghi nhật ký dạng combined (xem deploy/README.md)")


def log_cut_short() -> str:
    return "tệp nén bị hỏng hoặc chưa chép đủ"


def count_memory_broken(name: str) -> str:
    return (
        f"Sổ đếm {name} bị hỏng hoặc không phải của Loa. Chưa đếm gì, không ghi đè gì.\n"
        f"Lấy lại {name} từ bản sao lưu; nếu không có thì xóa tệp rồi chạy lại: số đã có trong views.json được giữ "
        "nguyên, chỉ những giờ sau giờ mới nhất ở đó được đếm tiếp."
    )


def counting_twice(name: str) -> str:
    return f"Một lần đếm khác đang dùng sổ đếm {name}. Chưa đếm gì; đợi nó xong rồi chạy lại."


def counts_not_written(name: str, reason: str) -> str:
    return f"Không ghi được sổ đếm {name}: {reason}. Kiểm tra chỗ trống trên đĩa và quyền ghi rồi chạy lại."


def views_foreign(url: str, told: int, known: int) -> str:
    counts = f"{format_number(told)} so với {format_number(known)}"
    return (
        f"views.json có nhiều lượt xem hơn sổ đếm .loa-views ({url}: {counts}), "
        "nên không phải do sổ đếm này ghi. Chưa đếm gì, không ghi đè gì.\n"
        "Nếu views.json là đúng (máy khác đã đếm, hoặc sổ đếm là bản sao cũ): xóa .loa-views rồi chạy lại; chỉ những "
        "giờ sau giờ mới nhất của views.json được đếm tiếp.\n"
        "Nếu sổ đếm là đúng: xóa views.json rồi chạy lại; tệp được ghi lại từ sổ đếm."
    )


def counting_goes_on(newest: str) -> str:
    return (
        f"Chưa có sổ đếm .loa-views: lấy số đã có trong views.json làm gốc, chỉ đếm tiếp những giờ sau {newest}, "
        "để không ai bị đếm hai lần."
    )
