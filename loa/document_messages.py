"""What the tool says to editors about official documents, in Vietnamese. See ``messages``."""

from __future__ import annotations

from loa.errors import Words
from loa.messages import LABELS, LABELS_OF_DOCUMENTS, shown


def not_a_choice(name: str, value: str, near: str, known: tuple[str, ...]) -> Words:
    hint = f'Có phải ý bạn là "{near}"? ' if near else ""
    return Words(
        f'Giá trị "{value}" của {name} không có trong danh sách.', f"{hint}Chọn một trong: {', '.join(known)}."
    )


def field_of_articles(name: str, meant: str) -> Words:
    return Words(
        f'Văn bản không có trường "{name}"; chỉ bài viết mới có.',
        f'Có phải ý bạn là "{meant}" ({(LABELS | LABELS_OF_DOCUMENTS)[meant]})?' if meant else "Xóa dòng này.",
    )


def unknown_kind(value: str, near: str) -> Words:
    hint = f'Có phải ý bạn là "{near}"? ' if near else ""
    return Words(
        f'"{value}" không phải là tên một loại văn bản.',
        f"{hint}Ghi tên loại bằng chữ, ví dụ: Công văn, Quyết định, Kế hoạch, Thông báo.",
    )


def not_a_number(value: str) -> Words:
    return Words(
        f'"{value}" không phải là số, ký hiệu văn bản.',
        "Ghi như trên bản in, ví dụ: 125/UBND-TH, 42/2022/NĐ-CP, 895-TB/TU; số còn trống thì ghi /UBND-TH.",
    )


def not_a_target(value: str) -> Words:
    return Words(
        f'"{value}" không cho biết đó là văn bản nào.',
        "Ghi số, ký hiệu đúng (kèm ngày, cơ quan ban hành nếu cần), hoặc ghi: không – khi đó không phải là văn bản.",
    )


def citation_not_there(number: str) -> Words:
    return Words(
        f'Trong bài không có chỗ nào nhắc đến văn bản số "{number}".',
        "Chép lại số, ký hiệu đúng như trong bài, hoặc xóa mục này.",
    )


def symbol_of_another(number: str, issuer: str) -> Words:
    return Words(
        f'Ký hiệu {number} không phải của "{issuer}".',
        "Kiểm tra lại với văn bản gốc. Nếu bài trích sai, ghi văn bản đúng trong mục citations ở phần đầu bài.",
    )


def issuer_in_other_words(name: str, better: str, count: int) -> Words:
    return Words(
        f'"{shown(name)}" là cơ quan mà các văn bản khác ghi là "{shown(better)}": '
        f"sổ văn bản coi là hai cơ quan ({count} văn bản ghi như thế này).",
        f"Viết thống nhất: issuer: {better}",
    )


def list_torn(name: str, before: str, part: str) -> Words:
    return Words(
        f'"{name}": "{before}" và "{part}" được in thành hai dòng riêng, vì trong [ ] dấu phẩy ngăn cách các mục.',
        "Nếu là một cụm, đặt cả cụm trong ngoặc kép; hoặc viết mỗi nơi một dòng, bắt đầu bằng dấu - và một dấu cách.",
    )


def number_is_blank(value: str) -> Words:
    return Words(f'Văn bản chưa có số ("{value}").', "Điền số trước dấu / khi văn bản được cấp số.")


def written_up_before(number: str, file: str) -> Words:
    return Words(
        f"Văn bản {number} đã có trong {file}: trích dẫn và tìm kiếm chỉ dẫn đến bản ấy.",
        "Xóa một trong hai (ghi địa chỉ của nó vào aliases của bản còn lại), hoặc sửa number, issued, issuer.",
    )


def related_to_itself(target: str) -> Words:
    return Words(f"Văn bản ghi quan hệ với chính nó ({target}).", "Ghi số, ký hiệu của văn bản kia, hoặc xóa dòng này.")


def undo_each_other(file: str) -> Words:
    return Words(
        f"Văn bản này và {file} cùng ghi là thay thế hoặc bãi bỏ nhau.",
        "Giữ dòng đó ở văn bản ban hành sau, xóa ở văn bản kia.",
    )


def number_without_issuer(number: str) -> Words:
    return Words(
        f"Ký hiệu {number} chỉ có tên viết tắt của loại văn bản, không có của cơ quan ban hành.",
        f"Kiểm tra lại number với bản in; thường có dạng {number}-UBND.",
    )


def number_of_other_kind(number: str, kind: str, meant: str) -> Words:
    return Words(
        f"Ký hiệu {number} là của {meant}, nhưng loại văn bản ghi là {kind}.", "Kiểm tra lại kind và number với bản in."
    )


def number_of_other_year(number: str, issued: str) -> Words:
    return Words(
        f"Năm trong số {number} khác với năm ban hành {issued[:4]}.", "Kiểm tra lại number và issued với bản in."
    )


def not_a_day(value: str) -> Words:
    return Words(f'"{value}" không phải là ngày.', "Ghi năm-tháng-ngày, ví dụ: 2026-05-17.")


def not_a_day_or_month(value: str) -> Words:
    return Words(
        f'"{value}" không phải là ngày hay tháng.', "Ghi năm-tháng-ngày, ví dụ: 2026-05-17; ngày còn trống thì 2026-05."
    )


def expires_before_effective(expires: str, earlier: str) -> Words:
    return Words(
        f"Ngày hết hiệu lực {expires} không thể trước ngày {earlier}.", "Kiểm tra lại issued, effective và expires."
    )


def empty_document() -> Words:
    return Words(
        "Văn bản không có nội dung, cũng không có tệp.",
        "Viết hoặc dán nội dung dưới phần đầu, hoặc khai báo tệp đã ký ở files.",
    )


_EXAMPLES = {"tin": "tin/2026/05/le-hoi.md", "trang": "trang/gioi-thieu.md", "van-ban": "van-ban/2026/125-ubnd-th.md"}


def name_taken(folder: str) -> Words:
    return Words(
        "Tên này dành cho trang do Loa tạo (index, hoặc một thư mục của sổ văn bản).",
        f"Đổi tên tệp hay thư mục, ví dụ: content/{_EXAMPLES[folder]}",
    )
