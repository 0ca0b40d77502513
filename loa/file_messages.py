"""What the tool says of pictures and other files that texts show or offer, in Vietnamese. See ``messages``."""

from __future__ import annotations

from loa.errors import Problem, Words
from loa.messages import shown
from loa.text import format_number


def name_too_long(length: int, limit: int) -> Words:
    return Words(
        f"Tên tệp dài {length} ký tự, quá giới hạn {limit}.", "Đặt tên ngắn hơn, rồi sửa những chỗ gọi tên tệp ấy."
    )


def missing_file(value: str, near: str, *, is_picture: bool) -> Words:
    folder, example = ("anh", "hop-bao.jpg") if is_picture else ("tep", "ke-hoach.pdf")
    return Words(
        f'Không tìm thấy tệp "{shown(value)}".',
        f'Ý bạn là "{near}"?'
        if near
        else f"Đưa tệp vào content/{folder} và viết đúng đường dẫn, ví dụ: /{folder}/{example}",
    )


def faulty_file(value: str, fault: Problem) -> Words:
    why, hint = fault.message[:1].lower() + fault.message[1:], fault.hint.rstrip(".")
    return Words(f'Tệp "{shown(value)}" có đó nhưng không dùng được: {why}', f"{hint}, rồi viết lại ở đây.")


def unreadable_file(value: str, reason: str) -> Words:
    return Words(f'Không đọc được tệp "{shown(value)}": {reason}.', "Kiểm tra quyền đọc của tệp ấy.")


def foreign_file(value: str) -> Words:
    return Words(
        f'Tệp đính kèm lấy từ trang khác: "{shown(value)}".',
        "Lưu tệp vào content/tep và viết đường dẫn /tep/…, hoặc dẫn đến địa chỉ đó trong nội dung bài.",
    )


def not_a_picture(value: str, reason: str) -> Words:
    return Words(f'Không dùng được hình "{shown(value)}": {reason}.', "Dùng hình JPEG, PNG hoặc WebP.")


def empty_picture(value: str) -> Words:
    return Words(f'Không dùng được hình "{shown(value)}": tệp trống (0 byte).', "Chép lại hình từ bản gốc.")


def damaged_picture(value: str) -> Words:
    return Words(
        f'Không dùng được hình "{shown(value)}": tệp hỏng hoặc chưa chép đủ.',
        "Chép lại hình từ bản gốc; nếu vẫn vậy thì mở bản gốc bằng chương trình xem hình và lưu lại thành JPEG.",
    )


def picture_too_large(value: str, width: int, height: int, limit: int) -> Words:
    return Words(
        f'Hình "{shown(value)}" có {format_number(width)} × {format_number(height)} điểm ảnh,'
        f" quá giới hạn {limit // 1_000_000} triệu điểm.",
        "Thu nhỏ hình rồi đưa lại.",
    )


def foreign_picture(value: str) -> Words:
    return Words(f'Hình lấy từ trang khác: "{shown(value)}".', "Lưu hình vào content/anh và viết đường dẫn /anh/…")


def text_not_taken(suffix: str) -> Words:
    return Words(
        f'Tệp "{suffix}" không phải là bài viết nên không được đăng, và không bài nào dẫn đến nó.',
        'Là bài: tạo tệp .md bằng lệnh python build.py new "Tiêu đề" rồi chép nội dung vào. '
        "Là tệp để tải về: chuyển sang content/tep/ và dẫn đến nó từ một bài.",
    )


def unused_file() -> Words:
    return Words("Không bài nào dùng tệp này nên tệp không được đăng.", "Xóa tệp, hoặc dẫn đến tệp từ một bài.")


def wrong_attachment(suffix: str, known: str) -> Words:
    return Words(f'Không đăng loại tệp "{suffix}".', f"Các loại được dùng: {known}.")


def name_of_a_device(name: str) -> Words:
    better = name.rstrip(".") if name.endswith(".") else f"{name}-1"
    return Words(
        f"Máy dùng Windows không lưu được tệp và thư mục tên {name}.",
        f"Đổi tên, ví dụ: {better}. Nếu bài đã đăng thì ghi địa chỉ cũ vào aliases.",
    )
