"""What is said of a site that must not go live as it was made. Pure.

Those who read it have changed a template, a stylesheet or ``site.toml``: no text can bring any of this about.
"""

from __future__ import annotations

from loa.errors import Words
from loa.messages import shown

_MARKUP = "Sửa mẫu ở templates/ (mẫu này hoặc mẫu nó gọi), hoặc lấy lại bản trước của tệp."
_BLOCKED = "Chính sách bảo mật của trang (Content-Security-Policy) không cho trình duyệt dùng; "


def of_pages(page: str, more: int, words: Words) -> Words:
    """``words`` of a fault with the page that has it first, and on how many others it is found."""
    others = f" (và {more} trang khác)" if more else ""
    return Words(f"Dựng ra {page}{others}: {words.message}", words.hint)


def more_faults(count: int) -> Words:
    return Words(f"Còn {count} lỗi khác ở các trang đã dựng.", "Sửa các lỗi nêu trên rồi dựng lại.")


# --- pages ---------------------------------------------------------------------------


def empty() -> Words:
    return Words("tệp rỗng.", "Kiểm tra mẫu hoặc tệp làm ra nó.")


def not_utf8() -> Words:
    return Words("có byte không phải UTF-8.", "Lưu lại mẫu với bảng mã UTF-8.")


def control_character() -> Words:
    return Words("có ký tự điều khiển mà trình duyệt không đọc được.", _MARKUP)


def no_doctype() -> Words:
    return Words("trang không bắt đầu bằng <!doctype html>.", 'Để dòng đầu của mẫu gọi {% extends "base.html" %}.')


def not_finished() -> Words:
    return Words("trang không kết thúc bằng </html>: bị cắt, hoặc mẫu thiếu phần cuối.", _MARKUP)


def no_language() -> Words:
    return Words('thẻ <html> không nói trang viết bằng tiếng gì (lang="vi").', _MARKUP)


def no_title() -> Words:
    return Words("trang không có tên trong <title>.", _MARKUP)


def bare_angle() -> Words:
    return Words("có dấu < không thuộc thẻ nào, hoặc thẻ, chú thích, dấu nháy chưa đóng.", _MARKUP)


def not_closed(name: str) -> Words:
    return Words(f"thẻ <{shown(name)}> không được đóng.", _MARKUP)


def not_opened(name: str) -> Words:
    return Words(f"thẻ đóng </{shown(name)}> không có thẻ mở tương ứng.", _MARKUP)


def forbidden_tag(name: str) -> Words:
    return Words(f"có thẻ <{shown(name)}>.", f"{_BLOCKED}bỏ thẻ này khỏi mẫu.")


def inline_script() -> Words:
    return Words("có mã lệnh viết thẳng trong thẻ <script>.", f"{_BLOCKED}đặt mã vào một tệp ở static/js/.")


def no_json_in_script() -> Words:
    return Words("có thẻ <script> chứa dữ liệu (JSON-LD) không đọc được.", _MARKUP)


def inline_style() -> Words:
    return Words("có kiểu viết thẳng trong trang (style).", f"{_BLOCKED}viết kiểu vào một tệp ở static/css/.")


def event_attribute(name: str) -> Words:
    return Words(f"có mã lệnh trong thuộc tính {shown(name)}.", f"{_BLOCKED}đặt mã vào một tệp ở static/js/.")


def script_address(target: str) -> Words:
    return Words(f'có liên kết chạy mã lệnh: "{shown(target, 80)}".', _MARKUP)


def foreign(target: str) -> Words:
    return Words(
        f'tải tệp từ nơi khác: "{shown(target, 80)}".',
        "Trang của cơ quan không để nơi khác biết ai đọc gì. Chép tệp ấy vào static/ và dùng bản đó.",
    )


def foreign_form(target: str) -> Words:
    return Words(f'gửi những gì người đọc nhập đến nơi khác: "{shown(target, 80)}".', f"{_BLOCKED}bỏ biểu mẫu này.")


def dead(target: str) -> Words:
    return Words(
        f'"{shown(target, 80)}" không dẫn đến trang hay tệp nào của cổng.',
        "Sửa địa chỉ trong mẫu (hoặc tệp kiểu), hay thêm tệp ấy vào static/. Nếu một chương trình khác trả lời ở đó: "
        "[addresses] others trong site.toml.",
    )


def relative(target: str) -> Words:
    return Words(
        f'địa chỉ "{shown(target, 80)}" không viết từ gốc của cổng.',
        'Trong mẫu viết {{ "/…" | href }}: địa chỉ tương đối hỏng ở trang khác thư mục.',
    )


def outside_base(target: str, base: str) -> Words:
    return Words(
        f'địa chỉ "{shown(target, 80)}" nằm ngoài {base}/, nơi đặt cổng (base_url).',
        'Trong mẫu viết {{ "/…" | href }} để địa chỉ có phần đầu đó.',
    )


# --- what machines read -----------------------------------------------------------------


def not_xml(line: int, column: int) -> Words:
    return Words(
        f"không phải XML đọc được (dòng {line}, cột {column}).", "Sửa mẫu ở templates/feeds/ hoặc lấy lại bản trước."
    )


def not_json() -> Words:
    return Words("không phải JSON đọc được.", _MARKUP)


def feed_lacks(name: str) -> Words:
    return Words(f"bản tin thiếu <{name}>.", "Trình đọc tin sẽ bỏ qua nó. Báo lỗi này cho nhóm làm Loa.")


def twice_in_feed(identity: str) -> Words:
    return Words(f'hai tin cùng mã "{shown(identity, 80)}".', "Trình đọc tin sẽ giấu một tin. Báo cho nhóm làm Loa.")


def not_ours(target: str) -> Words:
    return Words(f'kể địa chỉ "{shown(target, 80)}", không phải của cổng.', "Kiểm tra base_url trong site.toml và mẫu.")


def wrong_bytes(suffix: str) -> Words:
    return Words(f"không phải tệp {suffix}.", "Xóa thư mục .cache rồi dựng lại; nếu còn lỗi, báo cho nhóm làm Loa.")


def torn(size: int, wanted: int) -> Words:
    return Words(
        f"chỉ ghi được {size} trong {wanted} byte.", "Kiểm tra ổ đĩa (còn chỗ không, có lỗi không) rồi dựng lại."
    )


# --- the site as a whole --------------------------------------------------------------


def linked_still(page: str, gone: str) -> Words:
    return Words(f'Trang {page} còn dẫn đến "{gone}", trang sẽ bị gỡ.', "Dựng lại tất cả: python build.py --full.")


def promised(url: str, count: int) -> Words:
    others = f" và {count - 1} địa chỉ khác" if count > 1 else ""
    return Words(
        f"Bản dựng thiếu {url}{others} đã đăng trước đây.",
        "Dựng lại tất cả (python build.py --full); nếu còn lỗi, báo cho nhóm làm Loa.",
    )


def no_entry(held: int) -> Words:
    waiting = f" ({held} bài đang được giữ lại)" if held else ""
    return Words(
        f"Không có bài viết, trang hay văn bản nào để đăng{waiting}: cổng sẽ trống.",
        "Kiểm tra content/ có đủ tệp không. Nếu đúng là muốn đăng một cổng trống: python build.py --force.",
    )


def shrinks(before: int, after: int, gone: list[tuple[str, int]]) -> Words:
    where = ", ".join(f"{folder} {count}" for folder, count in gone)
    return Words(
        f"Số trang giảm từ {before} xuống {after} (mất ở: {where}).",
        "Kiểm tra content/ có đủ tệp không, site.toml và mẫu có bị sửa nhầm không. "
        "Nếu đúng là muốn vậy: python build.py --force.",
    )
