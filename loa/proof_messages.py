"""What the proof-reader says to editors, in Vietnamese: what is wrong, and what to write instead. See ``messages``."""

from __future__ import annotations

from loa.errors import Words


def spacing() -> Words:
    return Words("Dấu cách quanh dấu câu không đúng.", "Dấu câu viết liền chữ trước, cách chữ sau một dấu cách.")


def counted() -> Words:
    return Words("Số và chữ viết dính nhau.", "Viết dấu cách giữa số và chữ đứng sau.")


def dash() -> Words:
    return Words("Dấu gạch chỉ có dấu cách ở một bên.", "Viết dấu cách ở cả hai bên dấu gạch, hoặc không bên nào.")


def number_range() -> Words:
    return Words("Khoảng số viết bằng gạch nối.", "Viết gạch ngang giữa hai số, không có dấu cách.")


def nbsp() -> Words:
    return Words("Dấu cách không ngắt ở chỗ cần dấu cách thường.", "Thay bằng một dấu cách thường.")


def blank_line() -> Words:
    return Words("Dòng chỉ có dấu cách không ngắt.", "Để dòng trống.")


def double_space() -> Words:
    return Words("Nhiều dấu cách liền nhau.", "Để một dấu cách.")


def nfd() -> Words:
    return Words(
        "Chữ có dấu viết tách rời (NFD); máy tìm kiếm và phông chữ có thể không nhận ra.", "Dùng Unicode dựng sẵn."
    )


def ellipsis() -> Words:
    return Words("Các dấu chấm thay cho dấu ba chấm.", "Viết dấu ba chấm: …")


def quotes() -> Words:
    return Words("Ngoặc kép thẳng trong câu văn.", "Dùng ngoặc kép cong “…”.")


def line_break() -> Words:
    return Words("Câu bị xuống dòng ở giữa.", "Nối hai dòng làm một.")


def page_break() -> Words:
    return Words("Đoạn văn bị cắt đôi giữa câu, như ở chỗ sang trang.", "Bỏ dòng trống, nối hai phần làm một đoạn.")


def bare_heading() -> Words:
    return Words(
        "Tiêu đề mục đang là một đoạn văn; người dùng trình đọc màn hình không chuyển đến được.", "Viết ## ở đầu dòng."
    )


def hard_break() -> Words:
    return Words(
        "Dòng in hoa ngắt bằng hai dấu cách, như ở phần đầu hoặc phần ký của bản giấy.",
        "Khai báo cơ quan, người ký ở phần đầu tệp (issuer, parent, signer) và bỏ các dòng này.",
    )


def heading_level(level: int, expected: int) -> Words:
    return Words(f"Tiêu đề mục cấp {level} đứng ở chỗ của cấp {expected}.", f"Viết {'#' * expected} ở đầu dòng.")


def message_key() -> Words:
    return Words("Mã của phần mềm cũ lọt vào bài.", "Xóa, hoặc thay bằng nội dung mà mã này đại diện.")


def joined() -> Words:
    return Words("Hai chữ viết dính nhau.", "Thêm dấu cách. Nếu là tên riêng, ghi vào [check] words trong site.toml.")


def doubled() -> Words:
    return Words("Chữ bị lặp.", "Bỏ một chữ.")


def typo() -> Words:
    return Words("Lỗi gõ hoặc lỗi chính tả thường gặp.")


def variant(usual: str) -> Words:
    return Words(f"Trong bài này còn viết “{usual}”.", "Viết thống nhất một cách trong cả bài.")


def tone(usual: str) -> Words:
    return Words(
        f"Dấu thanh đặt khác các chữ còn lại của bài (như “{usual}”).", "Đặt dấu thanh theo một kiểu trong cả bài."
    )


def blank_number() -> Words:
    return Words("Số của văn bản còn để trống.", "Điền số trước dấu / khi văn bản được cấp số.")


def blank_day() -> Words:
    return Words("Ngày, tháng của văn bản còn để trống.", "Điền ngày, tháng theo bản đã ký.")


def closing_mark() -> Words:
    return Words("Văn bản hành chính không có dấu kết thúc ./.", "Thêm ./. sau câu cuối, nếu bản gốc có.")


def symbol_issuer(number: str, issuer: str) -> Words:
    return Words(f"Ký hiệu {number} không phải của “{issuer}”.", "Kiểm tra lại số, ký hiệu và cơ quan với văn bản gốc.")


def weekday(right: str) -> Words:
    return Words(f"Ngày này là {right}.", "Kiểm tra lại thứ và ngày.")


def no_such_day() -> Words:
    return Words("Lịch không có ngày này.", "Kiểm tra lại ngày, tháng, năm.")


def cited_later(own: str) -> Words:
    return Words(
        f"Văn bản được nhắc đến có ngày sau ngày của bài ({own}).", "Kiểm tra lại ngày của văn bản và ngày của bài."
    )


def abolished(until: str) -> Words:
    return Words(
        f"Tên này chỉ dùng đến hết ngày {until}.", "Nếu nói chuyện trước đó, ghi rõ “trước đây” hoặc “nay là …”."
    )


def table_without_rule(columns: int) -> Words:
    return Words(
        "Bảng thiếu dòng kẻ dưới hàng tên cột, nên hiện thành chữ và dấu |.",
        f"Thêm dưới hàng đầu một dòng: |{'---|' * columns}",
    )


def table_without_gap() -> Words:
    return Words("Bảng viết liền dưới đoạn văn, nên hiện thành chữ và dấu |.", "Để một dòng trống trước bảng.")


def link_not_closed() -> Words:
    return Words("Liên kết thiếu ngoặc đóng, nên địa chỉ hiện ra trong câu.", "Thêm dấu ) sau địa chỉ.")


def link_apart() -> Words:
    return Words("Có dấu cách giữa ] và ( nên đây không phải là liên kết.", "Viết liền: [chữ](địa chỉ)")


def strong_not_closed() -> Words:
    return Words(
        "Chữ đậm không được đóng, nên hai dấu sao hiện ra trong câu.", "Thêm ** sau chữ đậm, hoặc xóa hai dấu này."
    )


def underlined() -> Words:
    return Words(
        "Dòng này biến câu ở trên thành tiêu đề mục.",
        "Để một dòng trống trước nó; muốn có tiêu đề thì viết ## ở đầu dòng.",
    )


def tag_not_closed(name: str) -> Words:
    return Words(
        f"Thẻ <{name}> không được đóng, nên phần sau của bài bị cuốn vào trong.", f"Thêm </{name}> ở chỗ kết thúc."
    )


def title_length(length: int, limit: int) -> Words:
    return Words(f"Tiêu đề dài {length} ký tự.", f"Rút gọn xuống dưới {limit} ký tự; chi tiết để vào tóm tắt.")


def title_capitals() -> Words:
    return Words("Tiêu đề viết toàn chữ in hoa.", "Viết hoa chữ đầu và tên riêng; giao diện tự trình bày.")


def title_stop() -> Words:
    return Words("Tiêu đề kết thúc bằng dấu chấm.", "Bỏ dấu chấm cuối tiêu đề.")


def summary(words: int) -> Words:
    return Words(f"Bài dài {words} chữ không có tóm tắt.", "Thêm summary: một, hai câu cho danh sách và máy tìm kiếm.")


def no_alt() -> Words:
    return Words("Hình không có mô tả.", "Ghi trong hình có gì, cho người không nhìn thấy hình.")


def alt_is_name() -> Words:
    return Words(
        "Mô tả hình chỉ là tên tệp hoặc một chữ chung.", "Ghi trong hình có gì, cho người không nhìn thấy hình."
    )


def link_text() -> Words:
    return Words(
        "Chữ của liên kết không nói liên kết dẫn đến đâu.", "Dùng tên của trang hoặc tệp làm chữ của liên kết."
    )


def silence(known: str) -> Words:
    return Words("Không có quy tắc nào tên như vậy.", f"Các quy tắc: {known}.")


def dead_link(reason: str) -> Words:
    return Words(f"Liên kết không còn: {reason}.", "Tìm địa chỉ mới của trang, hoặc bỏ liên kết.")


def link_for_now(reason: str) -> Words:
    return Words(f"Chưa kiểm tra được liên kết: {reason}.", "Thử lại sau.")


def link_not_asked() -> Words:
    return Words("Liên kết dẫn vào mạng nội bộ; không kiểm tra.", "Người đọc ở ngoài không mở được địa chỉ này.")
