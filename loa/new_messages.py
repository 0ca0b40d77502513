"""What ``new`` says to editors, and writes beside the fields of a new file."""

from __future__ import annotations

from collections.abc import Iterable

from loa.errors import Words

# What each field is for, in a new file; a test holds them against the schema.
ABOUT = {
    "title": "Tiêu đề, bắt buộc. Sửa lúc nào cũng được; địa chỉ của bài vẫn là tên tệp.",
    "date": "Ngày giờ đăng, bắt buộc, viết năm trước. Ngày ở tương lai là hẹn giờ.",
    "category": "Chuyên mục, bắt buộc, viết theo tên trong site.toml.",
    "author": "Đơn vị hoặc người viết, in ở cuối bài.",
    "source": "Nguồn tin. Chỉ viết tên, chữ “Nguồn:” được thêm khi in.",
    "views": "Số lượt xem mà cổng cũ đã đếm; bài mới thì không cần.",
    "summary": "Tóm tắt một, hai câu; in đậm trên đầu bài, trong danh sách và khi chia sẻ.",
    "image": 'Hình đầu bài, chép vào content/anh. Viết thêm mô tả hình: {file: /anh/ten-hinh.jpg, alt: "Mô tả hình"}.',
    "tags": "Thẻ: các chủ đề của bài.",
    "attachments": "Tệp đính kèm, chép vào content/tep.",
    "aliases": "Các địa chỉ cũ, nay dẫn về bài này.",
    "updated": "Lúc sửa gần nhất, ghi khi sửa một bài đã đăng.",
    "corrections": "Đính chính hoặc cập nhật một bài đã đăng: lúc sửa, đã sửa gì.",
    "draft": "Bản nháp: chưa được đăng. Viết xong và muốn đăng thì xóa cả dòng draft dưới đây.",
    "publish_at": "Hẹn giờ: giữ lại đến lúc đó mới đăng.",
    "pinned": "Ghim ở đầu trang chủ và chuyên mục đến hết ngày đó.",
    "expires": "Hết hạn sau ngày đó: ra khỏi danh sách và tìm kiếm, địa chỉ vẫn mở được.",
    "withdrawn": "Gỡ bài đã đăng: lúc gỡ, ai quyết định, vì sao.",
    "citations": "Văn bản được nhắc đến trong bài thật ra là văn bản nào, khi bài trích sai hoặc bị hiểu sai.",
    "kind": "Tên loại văn bản, bắt buộc, viết bằng chữ.",
    "number": "Số, ký hiệu như trên bản in, bắt buộc.",
    "issued": "Ngày ban hành, bắt buộc, viết năm trước.",
    "issuer": "Cơ quan ban hành, bắt buộc.",
    "parent": "Cơ quan chủ quản, in trên tên cơ quan ban hành.",
    "place": "Nơi ban hành, in trước ngày.",
    "subject": "Trích yếu, bắt buộc. Với công văn, “V/v” được thêm khi in; viết sẵn cũng chỉ in một lần.",
    "field": "Lĩnh vực; mỗi lĩnh vực có một trang trong sổ văn bản.",
    "urgency": "Độ khẩn: khẩn, thượng khẩn hoặc hỏa tốc.",
    "to": "Kính gửi.",
    "recipients": "Nơi nhận.",
    "signer": "Người ký: thẩm quyền, chức vụ, họ tên.",
    "status": ("Hiệu lực: chưa có hiệu lực, còn hiệu lực, hết hiệu lực một phần, hết hiệu lực hoặc ngưng hiệu lực."),
    "effective": "Ngày có hiệu lực.",
    "relations": "Quan hệ với văn bản khác: thay thế, sửa đổi, bãi bỏ, hướng dẫn, căn cứ.",
    "files": "Tệp văn bản, chép vào content/tep.",
}
# Where the same name means another thing.
ABOUT_DOCUMENTS = {"expires": "Ngày hết hiệu lực: từ ngày đó văn bản không còn hiệu lực."}

HEAD = (
    "Dòng bắt đầu bằng # là ghi chú, không được đăng; xóa đi cũng được.",
    "Ý nghĩa của mọi trường: docs/huong-dan-bien-tap.md, mục “Phần đầu bài”.",
)
OPTIONAL = (
    "Các trường dưới đây không bắt buộc. Muốn dùng trường nào thì xóa dấu # trước tên trường rồi viết lại giá trị."
)
BODY = "Viết nội dung ở đây."


def about(folder: str) -> dict[str, str]:
    """What each field is for in the texts of ``folder``."""
    return ABOUT | (ABOUT_DOCUMENTS if folder == "van-ban" else {})


_NEXT = "thêm --slug với một tên khác, ví dụ: --slug {}"


def said(words: Words) -> str:
    return f"{words.message}\n    {words.hint}" if words.hint else words.message


def of_option(name: str, words: Words) -> str:
    return f"--{name}: {said(words)}"


def not_a_type(value: str, near: str, known: Iterable[str]) -> str:
    meant = f" Có phải là {near}?" if near else ""
    return f"Không có loại {value!r}.{meant} Các loại: {', '.join(known)}."


def not_of_type(names: Iterable[str], folder: str) -> str:
    return f"Không dùng {', '.join(f'--{name}' for name in names)} với --type {folder}."


def missing_title(label: str) -> str:
    return f'Thiếu {label}. Viết trong ngoặc kép sau tên lệnh, ví dụ: python build.py new "Lịch tiếp công dân tháng 6"'


def missing_options(missing: dict[str, str], categories: Iterable[str]) -> str:
    named = ", ".join(f"--{name} ({label})" for name, label in missing.items())
    known = f" Các chuyên mục: {'; '.join(categories)}." if "category" in missing else ""
    return f"Thiếu {named}.{known}"


def no_file_name(title: str) -> str:
    return f'Không đặt được tên tệp từ "{title}": {_NEXT.format("ten-bai")}'


def bad_slug(value: str, near: str) -> str:
    meant = f" Có phải là {near}?" if near else ""
    return f"--slug {value!r}: tên tệp chỉ có chữ thường không dấu, chữ số và dấu gạch nối, không quá dài.{meant}"


def file_exists(file: str, free: str) -> str:
    return f"Đã có {file}; không tạo tệp mới. Sửa tệp ấy, hoặc nếu đây là bài khác: {_NEXT.format(free)}"


def address_taken(url: str, file: str, free: str) -> str:
    taken = f"Địa chỉ {url} đã là địa chỉ cũ (aliases) của {file}; không tạo tệp mới."
    return f"{taken} Nếu đây là bài khác: {_NEXT.format(free)}"


def author_is_no_unit(name: str, near: str) -> str:
    return f'Không có đơn vị "{name}" trong site.toml. Có phải là "{near}"?'


def issuer_in_other_words(name: str, better: str) -> str:
    return f'Các văn bản khác ghi "{name}" là "{better}". Ghi hai cách thì sổ văn bản coi là hai cơ quan.'


def no_answer() -> str:
    return "Chưa có câu trả lời."


def no_such_row(last: int) -> Words:
    return Words("Không có số này.", f"Gõ một số từ 1 đến {last}, hoặc tên.")


def not_utf8_answer() -> str:
    return "Không đọc được câu trả lời (không phải UTF-8). Hãy gõ lại."


def stopped() -> str:
    return "\nĐã dừng. Không có tệp nào được tạo."


def no_editor() -> str:
    return "--edit cần biết trình soạn thảo: đặt biến môi trường VISUAL hoặc EDITOR, ví dụ: export EDITOR=nano"


def unknown_editor(variable: str, value: str) -> str:
    return f"--edit: không chạy được trình soạn thảo {value!r} trong biến môi trường {variable}."


def editor_failed(code: int, file: str) -> str:
    return f"Trình soạn thảo kết thúc với mã {code}. Tệp vẫn ở {file}."


def address_without_number(url: str) -> str:
    return (
        f"Văn bản chưa có số nên địa chỉ là {url}, và có số rồi cũng không đổi. "
        "Muốn địa chỉ khác: xóa tệp rồi tạo lại với --slug."
    )


def made(file: str, address: str, root: str) -> str:
    elsewhere = f" --root {root}" if root else ""
    return (
        f"Đã tạo {file}\n"
        f"Địa chỉ khi đăng: {address}\n\n"
        "Việc tiếp theo:\n"
        f"  1. Mở tệp, viết nội dung vào chỗ “{BODY}”\n"
        f"  2. Xem trước: python build.py serve{elsewhere}\n"
        f"  3. Soát lỗi: python build.py check {file}{elsewhere}\n"
        f"  4. Đăng: xóa dòng draft: true trong tệp, rồi python build.py{elsewhere}"
    )
