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


def toml_brackets(header: str, better: str) -> Words:
    return Words(f'Dòng "{shown(header)}" thiếu hoặc thừa dấu ngoặc vuông.', f"Viết: {better}")


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


def toml_too_long(name: str, value: str, limit: int) -> Words:
    return Words(
        f'"{name}" dài {len(value)} ký tự, quá giới hạn {limit}.', "Rút gọn lại: tên này là một phần của địa chỉ trang."
    )


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

# What Jinja says of a template that it cannot read, and what its author did; names are filled in.
_TEMPLATE_FAULTS = (
    (r"Expected an expression, got '(.+)'", "thiếu biểu thức trước {}"),
    (r"Encountered unknown tag '(.+?)'\..* needs to be closed is '(.+)'\.", "gặp {{% {} %}} khi {{% {} %}} chưa đóng"),
    (r"Encountered unknown tag '(.+?)'\..*", "không có thẻ nào là {{% {} %}}, hoặc nó thừa ở đây"),
    (r"Unexpected end of template\..* needs to be closed is '(.+)'\.", "hết tệp mà {{% {} %}} chưa đóng"),
    (r"unexpected end of template, expected '(.+)'\.?", "hết tệp mà còn thiếu {}"),
    (r"expected token '(.+)', got '(.+)'", "cần {} nhưng gặp {}"),
    (r"unexpected '(.+)', expected '(.+)'", "gặp {} nhưng cần {}"),
    (r"unexpected '(.+)'", "gặp {} không đúng chỗ"),
    (r"unexpected char '(.+)' at \d+", "có ký tự lạ {}"),
    (r"No filter named '(.+)'\.", 'không có bộ lọc "{}"'),
    (r"No test named '(.+)'\.", 'không có phép thử "{}"'),
    (r"Missing end of comment tag", "ghi chú {{# chưa được đóng bằng #}}"),
    (r"Missing end of raw directive", "{{% raw %}} chưa được đóng"),
    (r"tag name expected", "thiếu tên thẻ sau {{%"),
    (r"block '(.+)' defined twice", 'khối "{}" được viết hai lần'),
    (r"Block names in Jinja .*", "tên của khối chỉ được có chữ không dấu, chữ số và dấu _"),
    (r"expected name or number", "sau dấu chấm phải là một tên"),
)
# What Python says of one that it cannot carry out.
_TEMPLATE_FAILURES = (
    (r"ZeroDivisionError: .*", "có phép chia cho 0"),
    (r"RecursionError: .*", "mẫu gọi chính nó mãi"),
    (r"TypeError: unsupported operand type\(s\) for (.+): '(.+)' and '(.+)'", "không tính được: {1} {0} {2}"),
    (
        r'TypeError: can only concatenate str \(not "(.+)"\) to str',
        "chữ và {} không cộng được; để nối, dùng dấu ~",
    ),
    (r"TypeError: '(.+)' not supported between instances of '(.+)' and '(.+)'", "không so sánh được: {1} {0} {2}"),
    (r"TypeError: '(.+)' object is not iterable", "{} không phải là danh sách nên không lặp được"),
    (r"TypeError: '(.+)' object is not callable", "{} không gọi được như một hàm"),
    (r"TypeError: '(.+)' object is not subscriptable", "{} không có phần tử để lấy"),
    (r"TypeError: macro '(.+)' takes no keyword argument '(.+)'", 'macro {} không có tham số "{}"'),
    (r"TypeError: macro '(.+)' takes not more than (\d+) argument\(s\)", "macro {} chỉ nhận {} tham số"),
    (r"AttributeError: '(.+)' object has no attribute '(.+)'", '{} không có "{}"'),
)
# Their words for what stands in a template.
_TEMPLATE_WORDS = {
    "begin of print statement": "{{",
    "end of print statement": "}}",
    "begin of statement block": "{%",
    "end of statement block": "%}",
    "end of template": "chỗ hết tệp",
    "template data / text": "chữ ngoài thẻ",
    "name": "một tên",
    "string": "chữ trong ngoặc kép",
    "str": "chữ",
    "integer": "số",
    "int": "số",
    "float": "số",
    "bool": "đúng/sai",
    "list": "danh sách",
    "tuple": "danh sách",
    "dict": "bảng",
    "NoneType": "giá trị trống",
}
_TEMPLATE_HINT = "Sửa mẫu ở dòng này hoặc dòng trên nó, hoặc lấy lại bản trước của tệp."


def _in_vietnamese(detail: str, known: tuple[tuple[str, str], ...]) -> str:
    """What Jinja or Python says, as ``known``; empty where it is not."""
    for pattern, words in known:
        if found := re.fullmatch(pattern, detail):
            return shown(words.format(*(_TEMPLATE_WORDS.get(name, name) for name in found.groups())), 120)
    return ""


def template_syntax(detail: str) -> Words:
    fault = _in_vietnamese(detail, _TEMPLATE_FAULTS) or f"sai cú pháp ({shown(detail, 120)})"
    return Words(f"Không đọc được mẫu trang: {fault}.", _TEMPLATE_HINT)


def template_missing(name: str, near: str) -> Words:
    if name.startswith("/") or ".." in name.split("/"):
        return Words(
            f'Không có mẫu trang "{shown(name)}".', "Viết đường dẫn của mẫu từ thư mục templates, không có /../."
        )
    hint = (
        f'Ý bạn là "{near}"?'
        if near
        else "Viết đường dẫn của mẫu từ thư mục templates, hoặc tạo tệp ấy; "
        f"nếu vừa bị xóa, lấy lại bằng git: git checkout -- templates/{shown(name)}"
    )
    return Words(f'Không có mẫu trang "{shown(name)}".', hint)


def macro_missing(name: str) -> Words:
    return Words(
        f"Thiếu macro {name}, mà Loa luôn gọi.",
        "Chép macro ấy từ mẫu cùng tên trong thư mục templates của Loa; không dùng gì thì để macro rỗng.",
    )


def own_template_missing(name: str, folder: str) -> str:
    return (
        f"Thiếu mẫu trang templates/{name}, mà Loa luôn cần. "
        f"Lấy lại bằng git, trong thư mục {folder}: git checkout -- templates/{name}"
    )


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
    elif found := re.fullmatch(r"(.+) object has no element (.+)", detail):
        fault = f"{_TEMPLATE_WORDS.get(found[1], found[1])} không có phần tử {found[2]}"
    else:
        fault = f"xem lời của Jinja ({shown(detail, 120)})"
    return Words(
        f"Mẫu trang dùng cái không có, khi dựng {output}: {fault}.",
        "Kiểm tra tên viết ở dòng này; biến mà mẫu được dùng có ghi ở dòng đầu của mẫu.",
    )


def template_fails(detail: str, output: str) -> Words:
    fault = _in_vietnamese(detail, _TEMPLATE_FAILURES) or f"xem lời của Python ({shown(detail, 120)})"
    return Words(f"Mẫu trang không dựng được {output}: {fault}.", _TEMPLATE_HINT)
