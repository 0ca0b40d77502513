"""What the tool says of the settings and the templates of a site, in Vietnamese. See ``messages``."""

from __future__ import annotations

import re

from loa.errors import Words
from loa.messages import shown

# The beginnings of what Python's TOML parser says, and what an editor did.
_TOML_FAULTS = {
    "Invalid value": "giá trị chữ phải nằm trong ngoặc kép",
    "Illegal character": "có ký tự không dùng được, thường do thiếu dấu ngoặc kép đóng",
    "Unterminated string": "thiếu dấu ngoặc kép đóng",
    "Cannot overwrite": "mục này đã được viết ở trên",
    "Cannot declare": "mục này đã được viết ở trên",
    "Expected '=' after a key": "sau tên mục phải có dấu =",
    "Expected newline": "có chữ thừa sau giá trị",
}


def toml_syntax(detail: str) -> Words:
    fault = next((words for start, words in _TOML_FAULTS.items() if detail.startswith(start)), "sai cú pháp")
    return Words(f"Không đọc được site.toml: {fault}.", 'Mỗi dòng có dạng tên = "giá trị".')


def toml_date(name: str, value: str, better: str) -> Words:
    return Words(f"Không đọc được site.toml: ngày giờ {value} viết chưa đúng lối.", f"Viết: {name} = {better}")


def toml_misplaced(name: str, table: str) -> Words:
    return Words(
        f'Mục "{name}" nằm trong bảng [{table}], vì đứng dưới dòng ấy.',
        "Chuyển dòng này lên đầu tệp, trước bảng [ ] đầu tiên.",
    )


def alert_over() -> Words:
    return Words(
        "Thông báo khẩn đã qua thời điểm until nên không còn hiện.",
        "Xóa bảng [alert]; nếu năm, tháng bị gõ nhầm thì sửa until.",
    )


def toml_unknown(name: str, near: str) -> Words:
    return Words(f'Không có mục "{name}".', f'Ý bạn là "{near}"?' if near else "Xóa mục này.")


def toml_missing(name: str) -> Words:
    return Words(f'Thiếu mục "{name}".', f'Thêm: {name} = "…"')


def toml_no_category() -> Words:
    return Words("Chưa có chuyên mục nào.", 'Thêm một bảng [[category]] với slug = "tin-tuc" và name = "Tin tức".')


def toml_type(name: str, expected: str) -> Words:
    return Words(f'"{name}" phải là {expected}.')


def toml_choice(name: str, known: tuple[str, ...]) -> Words:
    choice = ", ".join(f'"{item}"' for item in known)
    return Words(f'"{name}" phải là danh sách gồm những từ có sẵn.', f"Chọn trong: [{choice}].")


def toml_one_of(name: str, known: tuple[str, ...]) -> Words:
    return Words(f'"{name}" phải là một trong những từ có sẵn.', f"Chọn một trong: {', '.join(known)}.")


def toml_value(name: str, value: str, expected: str) -> Words:
    return Words(f'"{name}" không thể là "{shown(value)}".', expected)


def toml_repeated(name: str, value: str) -> Words:
    return Words(f'"{name}" bị trùng: "{shown(value)}".', "Mỗi mục cần một giá trị riêng.")


def security_expires(days: int) -> Words:
    if days < 0:
        return Words(
            "security.txt đã hết hạn nên không được đăng.", "Kiểm tra đầu mối liên hệ rồi sửa security.expires."
        )
    return Words(
        f"security.txt hết hạn sau {days} ngày.",
        "Kiểm tra đầu mối liên hệ rồi lùi security.expires, không quá một năm.",
    )


# --- templates ---------------------------------------------------------------

# The beginnings of what Jinja says of a template that it cannot read, and what its author did.
_TEMPLATE_FAULTS = {
    "Expected an expression": "thiếu biểu thức",
    "Unexpected end of template": "có thẻ chưa được đóng",
    "Encountered unknown tag": "có thẻ lạ, hoặc thẻ đóng không khớp thẻ mở",
    "No filter named": "có bộ lọc không có",
    "No test named": "có phép thử không có",
    "Missing end of": "có ghi chú hoặc thẻ chưa được đóng",
}
_TEMPLATE_HINT = "Sửa mẫu ở dòng này hoặc dòng trên nó, hoặc lấy lại bản trước của tệp."


def template_syntax(detail: str) -> Words:
    fault = next((words for start, words in _TEMPLATE_FAULTS.items() if detail.startswith(start)), "sai cú pháp")
    return Words(f"Không đọc được mẫu trang: {fault} ({shown(detail, 120)}).", _TEMPLATE_HINT)


def template_missing(name: str, near: str) -> Words:
    hint = f'Ý bạn là "{near}"?' if near else "Viết đường dẫn của mẫu từ thư mục templates, hoặc tạo tệp ấy."
    return Words(f'Không có mẫu trang "{shown(name)}".', hint)


def template_computed(name: str) -> Words:
    return Words(
        f"Tên của mẫu được gọi phải viết trong ngoặc kép, không phải {shown(name)}.",
        'Viết, ví dụ: {% include "components/card.html" %}',
    )


def template_not_utf8() -> Words:
    return Words("Mẫu trang không phải UTF-8.", "Mở mẫu bằng trình soạn thảo và lưu lại với bảng mã UTF-8.")


def template_undefined(detail: str, output: str) -> Words:
    if found := re.fullmatch(r"'(.+)' is undefined", detail):
        fault = f'không có biến "{found[1]}"'
    elif found := re.fullmatch(r"'(?:\w+\.)*(\w+)(?: object)?' has no attribute '(.+)'", detail):
        fault = f'{found[1]} không có "{found[2]}"'
    else:
        fault = shown(detail, 120)
    return Words(
        f"Mẫu trang dùng cái không có, khi dựng {output}: {fault}.",
        "Kiểm tra tên viết ở dòng này; biến mà mẫu được dùng có ghi ở dòng đầu của mẫu.",
    )


def template_fails(detail: str, output: str) -> Words:
    return Words(f"Mẫu trang không dựng được {output}: {shown(detail, 120)}.", _TEMPLATE_HINT)
