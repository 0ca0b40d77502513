"""Every sentence the tool says to editors, in Vietnamese. Knows no module but ``errors``.

A fault says what is wrong and what to write instead, never only that something is invalid.
"""

from __future__ import annotations

from collections.abc import Sequence

from loa.errors import Words

# What editors may call a field, beside its key; also the words used for it in messages.
LABELS = {
    "title": "tiêu đề",
    "date": "ngày đăng",
    "category": "chuyên mục",
    "author": "tác giả",
    "source": "nguồn",
    "views": "lượt xem",
    "summary": "tóm tắt",
    "image": "hình",
    "tags": "thẻ",
    "attachments": "tệp đính kèm",
    "aliases": "địa chỉ cũ",
    "updated": "ngày cập nhật",
    "draft": "bản nháp",
    "publish_at": "hẹn giờ đăng",
    "pinned": "ghim",
    "corrections": "đính chính",
    "withdrawn": "gỡ bài",
    "by": "người quyết định",
    "reason": "lý do",
    "file": "tệp",
    "alt": "mô tả hình",
    "caption": "chú thích",
    "credit": "tác giả hình",
    "label": "nhãn",
    "kind": "loại văn bản",
    "number": "số, ký hiệu",
    "issued": "ngày ban hành",
    "issuer": "cơ quan ban hành",
    "parent": "cơ quan chủ quản",
    "place": "nơi ban hành",
    "subject": "trích yếu",
    "field": "lĩnh vực",
    "urgency": "độ khẩn",
    "to": "kính gửi",
    "recipients": "nơi nhận",
    "signer": "người ký",
    "authority": "thẩm quyền ký",
    "office": "chức vụ",
    "name": "họ tên",
    "status": "hiệu lực",
    "effective": "ngày có hiệu lực",
    "expires": "hết hạn",
    "relations": "quan hệ",
    "relation": "quan hệ",
    "target": "văn bản",
    "note": "ghi chú",
    "files": "tệp văn bản",
    "citations": "văn bản được nhắc đến",
}
# Where the same key means another thing.
LABELS_OF_DOCUMENTS = {"expires": "ngày hết hiệu lực"}


def _number(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def shown(value: object, limit: int = 60) -> str:
    """A value as it is quoted in a sentence: on one line and not too long."""
    text = " ".join(_written(value).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _written(value: object) -> str:
    """A list or mapping as its author may have typed it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_written(part)}" for key, part in value.items()) + "}"
    return "[" + ", ".join(_written(part) for part in value) + "]" if isinstance(value, list) else str(value)


# --- reading a file ----------------------------------------------------------


def unreadable(reason: str) -> Words:
    return Words(f"Không đọc được tệp: {reason}.", "Kiểm tra quyền đọc của tệp.")


def not_utf8(column: int) -> Words:
    return Words(
        f"Tệp không phải UTF-8 (byte lạ ở cột {column}).",
        "Mở tệp bằng trình soạn thảo và lưu lại với bảng mã UTF-8.",
    )


def utf16() -> Words:
    return Words("Tệp được lưu bằng bảng mã UTF-16.", "Lưu lại tệp với bảng mã UTF-8.")


def not_text() -> Words:
    return Words(
        "Đây không phải là tệp văn bản (có thể là tệp Word hoặc PDF được đổi tên).",
        "Chép nội dung vào một tệp .md mới và lưu với bảng mã UTF-8.",
    )


def control_character(code: int, column: int) -> Words:
    return Words(
        f"Có ký tự điều khiển U+{code:04X} ở cột {column}.",
        "Xóa ký tự này (thường lọt vào khi sao chép từ Word hoặc PDF).",
    )


def too_many_marks(limit: int, column: int) -> Words:
    return Words(
        f"Ở cột {column} một chữ mang hơn {limit} dấu.", "Gõ lại chữ ấy (thường lọt vào khi sao chép chữ trang trí)."
    )


def too_large(size: int, limit: int) -> Words:
    return Words(
        f"Bài dài {_number(size)} byte, quá giới hạn {_number(limit)} byte.",
        "Chia thành nhiều bài, hoặc đưa phần dài vào tệp đính kèm.",
    )


def empty_file() -> Words:
    return Words("Tệp trống.", "Viết phần đầu (title, date, category) và nội dung, hoặc xóa tệp.")


def no_front_matter() -> Words:
    return Words(
        "Tệp không bắt đầu bằng phần đầu bài.",
        'Dòng 1 phải là "---", tiếp theo là title, date, category…, rồi một dòng "---" nữa.',
    )


def front_matter_not_first() -> Words:
    return Words('Dòng "---" đầu tiên không nằm ở đầu tệp.', "Xóa dòng trống và dấu cách đứng trước nó.")


def front_matter_not_closed() -> Words:
    return Words("Phần đầu bài không được đóng.", 'Thêm một dòng "---" sau trường cuối cùng, trước nội dung.')


def front_matter_not_fields() -> Words:
    return Words(
        "Phần đầu bài không phải là danh sách trường.",
        "Viết mỗi dòng một trường, có dấu cách sau dấu hai chấm, ví dụ: title: Tên bài",
    )


def front_matter_too_large(limit: int) -> Words:
    return Words(
        f"Phần đầu bài dài quá {limit // 1000} KB.",
        "Có thể thiếu dòng --- đóng phần đầu; nội dung bài để dưới dòng đó.",
    )


def front_matter_too_deep() -> Words:
    return Words("Phần đầu bài lồng nhau quá nhiều lớp.", "Các trường chỉ lồng hai lớp, như trong image: file: …")


def yaml_colon(field: str, value: str) -> Words:
    return Words(
        f'Giá trị của "{field}" có dấu hai chấm nhưng không nằm trong ngoặc kép.', f"Viết: {field}: {_quoted(value)}"
    )


def yaml_quote(field: str) -> Words:
    return Words(
        f'Dấu ngoặc kép trong giá trị của "{field}" không khớp.',
        f"Thêm dấu còn thiếu; chữ được trích dẫn thì dùng “ ”, hoặc đặt cả giá trị trong nháy đơn: {field}: '…'",
    )


def yaml_apostrophe(field: str) -> Words:
    return Words(
        f'Dấu nháy đơn trong giá trị của "{field}" không khớp.',
        f'Thêm dấu còn thiếu, hoặc đặt cả giá trị trong ngoặc kép: {field}: "…"',
    )


def yaml_tab() -> Words:
    return Words("Có dấu tab ở đầu dòng trong phần đầu bài.", "Thay dấu tab bằng hai dấu cách.")


def yaml_start(field: str, value: str) -> Words:
    return Words(
        f'Giá trị của "{field}" không được bắt đầu bằng "{value[:1]}" khi không nằm trong ngoặc kép.',
        f"Viết: {field}: {_quoted(value)}",
    )


def yaml_indicator() -> Words:
    return Words("Giá trị không được bắt đầu bằng & * hoặc !.", "Đặt cả giá trị trong ngoặc kép.")


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{shown(escaped, 120)}"'


def yaml_nearly_field(name: str, value: str) -> Words:
    return Words(
        f'Sau "{shown(name)}" cần có dấu hai chấm và một dấu cách thường.', f"Viết: {shown(name)}: {shown(value, 120)}"
    )


def yaml_no_colon(line: str) -> Words:
    return Words(f'Dòng "{shown(line)}" không có dạng "trường: giá trị".', "Viết, ví dụ: title: Tên bài")


def yaml_backslash(field: str) -> Words:
    return Words(
        f'Giá trị của "{field}" có dấu \\ trong ngoặc kép.', "Dùng nháy đơn '…' thay cho ngoặc kép, hoặc viết \\\\."
    )


def yaml_bracket(field: str, bracket: str) -> Words:
    return Words(
        f'Giá trị của "{field}" bắt đầu bằng {bracket} nên được hiểu là danh sách, nhưng viết chưa đúng.',
        "Nếu là một dòng chữ, đặt cả giá trị trong ngoặc kép; nếu là danh sách, kiểm tra dấu phẩy và ngoặc đóng.",
    )


def flow_sentence(name: str, sentence: str) -> Words:
    return Words(
        f'Câu "{shown(sentence)}" bị tách ra, vì trong {{ }} các dấu , : # và ngoặc ngăn cách các mục con.',
        f"Đặt cả câu trong ngoặc kép: {name}: {_quoted(sentence)}",
    )


def yaml_comment() -> Words:
    return Words(
        "Chữ đứng sau dấu # sẽ bị bỏ mất, vì # mở đầu một ghi chú.",
        "Đặt cả giá trị trong ngoặc kép; nếu đúng là ghi chú, chuyển nó sang một dòng riêng.",
    )


def yaml_indent(field: str) -> Words:
    return Words(
        f'Dòng "{field}" thụt vào không đúng.',
        "Các trường viết sát lề trái; các trường con của cùng một trường thụt vào bằng nhau.",
    )


def yaml_other() -> Words:
    return Words(
        "Phần đầu bài viết sai cú pháp ở dòng này hoặc dòng trên.",
        "Mỗi dòng có dạng trường: giá trị; giá trị có dấu đặc biệt thì đặt trong ngoặc kép.",
    )


def duplicate_field(name: str, first_line: int) -> Words:
    return Words(f'Trường "{name}" được viết hai lần (lần đầu ở dòng {first_line}).', "Giữ lại một dòng.")


# --- fields ------------------------------------------------------------------


def missing_field(name: str, example: str) -> Words:
    return Words(f'Thiếu trường "{name}" ({LABELS.get(name, name)}).', f"Thêm vào phần đầu bài: {name}: {example}")


def missing_part(name: str, part: str, example: str) -> Words:
    return Words(f'"{name}" thiếu mục con "{part}" ({LABELS[part]}).', f"Viết: {example}")


def unknown_field(name: str, near: str, known: tuple[str, ...]) -> Words:
    hint = f'Ý bạn là "{near}"?' if near else f"Các trường được dùng: {', '.join(known)}."
    return Words(f'Không có trường "{shown(name)}".', hint)


def field_unknown_too(name: str, line: int) -> Words:
    return Words(f'Không có trường "{shown(name)}".', f"Các trường được dùng: xem thông báo của dòng {line}.")


_TYPES = {"tin": "bài viết", "van-ban": "văn bản"}


def of_another_type(fields: Sequence[str], folder: str, path: str) -> Words:
    kind = _TYPES[path.partition("/")[0]]
    return Words(
        f"Phần đầu bài là của một {kind} ({', '.join(fields)}), nhưng tệp nằm trong content/{folder}.",
        f"Chuyển tệp vào content/{path}",
    )


def part_not_indented(field: str, parts: tuple[str, ...]) -> Words:
    named = ", ".join(f'"{part}"' for part in parts)
    return Words(
        f'Dòng {named} đứng sát lề nên không thuộc về "{field}".',
        f"Thụt vào hai dấu cách các dòng con của {field}, ví dụ:   {parts[0]}: …",
    )


def field_of_articles(name: str) -> Words:
    return Words(
        f'Trang trong content/trang không có trường "{name}"; chỉ bài viết mới có.',
        "Xóa dòng này, hoặc chuyển tệp vào content/tin nếu đây là bài viết.",
    )


def wrong_type(name: str, expected: str, example: str) -> Words:
    return Words(f'"{name}" phải là {expected}.', f"Viết: {example}")


def title_without_letters(value: str) -> Words:
    return Words(
        f'Tiêu đề "{shown(value)}" không có chữ nào.', "Viết tiêu đề bằng lời, ví dụ: title: Lịch công tác năm 2026"
    )


def text_too_long(name: str, length: int, limit: int) -> Words:
    return Words(f'"{name}" dài {length} ký tự, quá giới hạn {limit}.', "Rút gọn lại; phần chi tiết để trong nội dung.")


def impossible_date(value: str) -> Words:
    return Words(
        f'"{shown(value)}" không phải là ngày giờ có thật.',
        "Viết năm-tháng-ngày, ví dụ: 2026-02-28 hoặc 2026-02-28 08:30",
    )


def day_first_date(value: str, suggestion: str) -> Words:
    return Words(f'Ngày "{shown(value)}" viết theo thứ tự ngày-tháng-năm.', f"Viết năm trước: {suggestion}")


def not_a_date(value: str) -> Words:
    return Words(f'Không hiểu ngày "{shown(value)}".', "Viết năm-tháng-ngày, ví dụ: 2026-02-28 hoặc 2026-02-28 08:30")


def wrong_hour(value: str, suggestion: str) -> Words:
    if suggestion:
        return Words(f'Giờ trong "{shown(value)}" viết chưa đúng lối.', f"Viết: {suggestion}")
    return Words(
        f'Giờ trong "{shown(value)}" không có thật.',
        "Giờ viết từ 00 đến 23, phút từ 00 đến 59, ví dụ: 2026-05-18 08:30",
    )


def refused_date(value: str, kind: str, suggestion: str) -> Words:
    """What to say of a ``DateError``."""
    if kind == "day-first":
        return day_first_date(value, suggestion)
    if kind in ("hour", "clock"):
        return wrong_hour(value, suggestion)
    return impossible_date(value) if kind == "impossible" else not_a_date(value)


def date_out_of_range(value: str) -> Words:
    return Words(f'Năm của ngày "{shown(value)}" nằm ngoài khoảng 1945–2100.', "Kiểm tra lại năm.")


def updated_before_published() -> Words:
    return Words("Ngày cập nhật sớm hơn ngày đăng.", "Sửa lại updated hoặc date.")


def not_a_count(value: str) -> Words:
    return Words(f'Lượt xem "{shown(value)}" không phải là số nguyên không âm.', "Chỉ viết chữ số, ví dụ: views: 31791")


def not_a_truth(name: str, value: str) -> Words:
    return Words(f'"{name}: {shown(value)}" không rõ là có hay không.', f"Viết {name}: true hoặc {name}: false")


def bad_alias(value: str) -> Words:
    return Words(
        f'Địa chỉ cũ "{shown(value)}" không dùng được.',
        "Viết đường dẫn bắt đầu bằng / và chỉ có chữ không dấu, chữ số, dấu - _ . /, ví dụ: /tin-tuc/bai-cu.html",
    )


def empty_body() -> Words:
    return Words("Bài không có nội dung.", 'Viết nội dung dưới dòng "---" thứ hai.')


def placeholder_left(text: str, *, is_alone: bool) -> Words:
    hint = "Viết nội dung vào chỗ đó; chưa viết xong thì ghi draft: true ở phần đầu bài."
    return Words(
        f'Trong bài còn câu "{text}" của tệp mới tạo.',
        hint if is_alone else "Xóa câu ấy, hoặc viết nội dung vào chỗ đó.",
    )


def body_not_convertible() -> Words:
    return Words("Nội dung lồng nhau quá nhiều lớp nên không chuyển được.", "Bỏ bớt danh sách, dấu > hoặc [ lồng nhau.")


# --- names, places and links -------------------------------------------------


def bad_file_name(suggestion: str) -> Words:
    hint = f"Đổi tên thành {suggestion}" if suggestion else "Đặt tên bằng chữ thường không dấu, chữ số và dấu gạch nối."
    return Words("Tên tệp và thư mục chỉ được có chữ thường không dấu, chữ số và dấu gạch nối.", hint)


def bad_asset_name(suggestion: str) -> Words:
    hint = f"Đổi tên thành {suggestion}" if suggestion else "Đặt tên bằng chữ không dấu, chữ số và dấu gạch nối."
    return Words(
        "Tên của hình, tệp và thư mục chỉ được có chữ không dấu, chữ số và các dấu - _ . (không có dấu cách).", hint
    )


def wrong_folder(folders: str) -> Words:
    return Words("Tệp nằm sai thư mục.", f"Chuyển tệp vào {folders}.")


def wrong_kind_of_file(suffix: str) -> Words:
    return Words(
        f'Không dùng được loại tệp "{suffix}" ở đây.',
        "Bài viết lưu dưới dạng .md; hình để trong anh/, tệp đính kèm trong tep/.",
    )


def not_a_plain_file() -> Words:
    return Words("Không phải là tệp thường (liên kết hoặc tệp đặc biệt).", "Thay bằng chính tệp đó.")


def same_address(url: str, other: str) -> Words:
    return Words(f"Địa chỉ {url} đã thuộc về {other}.", "Đổi tên tệp hoặc bỏ địa chỉ cũ trùng nhau.")


def address_is_folder(url: str) -> Words:
    return Words(f"Địa chỉ {url} đã là thư mục chứa các trang khác.", "Viết đủ tên tệp của địa chỉ cũ, hoặc bỏ nó.")


def address_below_page(url: str, page: str) -> Words:
    return Words(f"Địa chỉ {url} không dùng được vì {page} là một trang, không phải thư mục.", "Bỏ địa chỉ cũ này.")


def unknown_category(value: str, near: str, known: tuple[str, ...]) -> Words:
    hint = f'Ý bạn là "{near}"?' if near else f"Các chuyên mục: {'; '.join(known)}."
    return Words(f'Không có chuyên mục "{shown(value)}".', hint)


def two_spellings(value: str, other: str, path: str) -> Words:
    return Words(
        f'"{shown(value)}" và "{shown(other)}" (trong {path}) sẽ chung một trang danh sách.',
        "Nếu là một, viết thống nhất một cách; nếu là hai, thêm chữ để phân biệt.",
    )


def no_slug(value: str) -> Words:
    return Words(f'"{shown(value)}" không có chữ cái hay chữ số nào.', "Viết lại bằng chữ.")


def link_to_held(value: str) -> Words:
    return Words(
        f'Liên kết "{shown(value)}" dẫn đến bài chưa đăng (bản nháp hoặc chưa đến ngày).',
        "Đăng bài đó trước, hoặc tạm bỏ liên kết.",
    )


def link_of_wrong_kind(value: str) -> Words:
    return Words(
        f'Liên kết "{shown(value)}" không mở được trên máy của người đọc.',
        "Chỉ dẫn đến trang và tệp của mình (/tin/…, /tep/…) hoặc https:, mailto:, tel:",
    )


def broken_link(value: str, near: str) -> Words:
    hint = f'Ý bạn là "{near}"?' if near else "Kiểm tra địa chỉ; bài viết có địa chỉ như /tin/2026/05/ten-bai.html"
    return Words(f'Liên kết "{shown(value)}" không dẫn đến trang nào.', hint)


def own_link_nowhere(value: str, near: str) -> Words:
    meant = f'Ý bạn là "{near}"? ' if near else ""
    return Words(
        f'Liên kết "{shown(value)}" ở tên miền của cổng nhưng không dẫn đến trang nào đã đăng.',
        f"{meant}Trang của cổng thì viết ngắn, bắt đầu bằng / như /tin/2026/05/ten-bai.html, để luôn được kiểm tra. "
        'Chương trình khác trả lời ở đó thì ghi vào site.toml, như: [addresses] others = ["/dich-vu-cong/"].',
    )


# --- site.toml ---------------------------------------------------------------


def no_content() -> Words:
    return Words("Không có thư mục content.", "Chạy lệnh trong thư mục của trang, hoặc chỉ ra thư mục bằng --root.")


def no_site_toml() -> Words:
    return Words("Không có tệp site.toml.", "Chạy lệnh trong thư mục của trang, hoặc chỉ ra thư mục bằng --root.")


# --- the build ---------------------------------------------------------------


def kept_last_good() -> str:
    return "có lỗi – trang giữ nội dung đã đăng lần trước"


def completed() -> str:
    return "có lỗi – đã đăng nội dung mới, kèm các địa chỉ cũ mà tệp không còn ghi"


def left_out() -> str:
    return "có lỗi – không được đăng"


def unknown_files_left(paths: Sequence[str], folder: str) -> str:
    few = ", ".join(paths[:3]) + (", …" if len(paths) > 3 else "")
    return (
        f"{folder} có {len(paths)} tệp không do lần dựng nào còn ghi lại tạo ra ({few}); Loa không xóa chúng. "
        "Xem từng tệp là của ai rồi mới xóa tay; nếu thư mục này dùng cho việc khác, chọn thư mục khác cho trang."
    )


def worker_died() -> str:
    return (
        "Một tiến trình con đã bị dừng đột ngột, thường vì máy thiếu bộ nhớ. Trang đang có không thay đổi. "
        "Hãy đóng bớt chương trình khác rồi dựng lại, hoặc dựng với --workers 1."
    )
