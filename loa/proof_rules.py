"""The rules of the proof-reader by name: what each looks for, and whether ``--fix`` may mend it. Knows nobody.

The names are what editors write in ``site.toml``, in comments and on the command line; they stay as they are.
"""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """What a rule looks for, in the words of the editors' guide; ``is_mechanical``: mending it needs no judgement."""

    about: str
    is_mechanical: bool = False


RULES = {
    "spacing": Rule("thiếu hoặc thừa dấu cách quanh dấu câu, ngoặc, sau số", is_mechanical=True),
    "dash": Rule("gạch nối, gạch ngang chỉ có dấu cách ở một bên", is_mechanical=True),
    "range": Rule("khoảng số viết bằng gạch nối (2026-2030) thay vì gạch ngang (2026–2030)", is_mechanical=True),
    "nbsp": Rule("dấu cách không ngắt ở chỗ cần dấu cách thường", is_mechanical=True),
    "blank-line": Rule("dòng chỉ có dấu cách không ngắt", is_mechanical=True),
    "double-space": Rule("nhiều dấu cách liền nhau trong câu", is_mechanical=True),
    "nfd": Rule("chữ có dấu viết tách rời (Unicode NFD)", is_mechanical=True),
    "ellipsis": Rule("hai, ba hoặc bốn dấu chấm thay cho dấu ba chấm …", is_mechanical=True),
    "quotes": Rule('ngoặc kép thẳng "…" thay cho “…”'),
    "line-break": Rule("xuống dòng giữa câu"),
    "page-break": Rule("đoạn văn bị cắt đôi, như ở chỗ sang trang"),
    "bare-heading": Rule("tiêu đề mục viết như một đoạn văn"),
    "hard-break": Rule("dòng in hoa ngắt bằng hai dấu cách, như ở đầu hoặc cuối công văn"),
    "heading-levels": Rule("cấp tiêu đề mục nhảy cóc"),
    "markup": Rule("bảng, chữ đậm, liên kết, thẻ HTML viết dở nên hiện ra thành dấu"),
    "message-key": Rule("mã của phần mềm lọt vào bài"),
    "joined": Rule("hai chữ viết dính nhau"),
    "doubled": Rule("chữ bị lặp"),
    "typo": Rule("lỗi gõ, lỗi chính tả thường gặp"),
    "variants": Rule("một từ viết hai cách trong cùng một bài"),
    "tone": Rule("dấu thanh đặt hai kiểu trong cùng một bài (hòa, hoà)"),
    "blank-number": Rule("số của văn bản còn để trống"),
    "blank-day": Rule("ngày, tháng của văn bản còn để trống"),
    "closing-mark": Rule("văn bản hành chính thiếu dấu kết thúc ./."),
    "symbol-issuer": Rule("ký hiệu văn bản và cơ quan ban hành không khớp"),
    "weekday": Rule("thứ không đúng với ngày"),
    "date": Rule("ngày không có trong lịch"),
    "cited-later": Rule("văn bản được nhắc đến có ngày sau ngày của bài"),
    "abolished": Rule("cơ quan, đơn vị hành chính đã thôi hoạt động trước ngày của bài"),
    "title-length": Rule("tiêu đề bài dài hơn 140 ký tự"),
    "title-capitals": Rule("tiêu đề bài viết toàn chữ in hoa"),
    "title-stop": Rule("tiêu đề bài kết thúc bằng dấu chấm"),
    "summary": Rule("bài từ 500 chữ trở lên mà không có tóm tắt"),
    "alt": Rule("hình không có mô tả, hoặc mô tả chỉ là tên tệp"),
    "link-text": Rule("chữ của liên kết không nói liên kết dẫn đến đâu"),
    "silence": Rule("chú thích bỏ qua nêu tên quy tắc không có"),
    "external-link": Rule("liên kết ra ngoài không còn (chỉ với --links)"),
}
