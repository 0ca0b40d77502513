"""The catalogue of editors' mistakes: for each a name and what it does to a site that is online.

The site (``online``) has an article at ``content/tin/2026/05/bai.md`` that most cases break.
A case is the files it writes; a function instead of bytes does what writing cannot, such as making a link.
"""

from __future__ import annotations

import os
import struct
import unicodedata
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from conftest import SITE_TOML, SiteTest
from PIL import Image

BAI = "content/tin/2026/05/bai.md"
LE_HOI = "content/tin/2026/05/le-hoi.md"
TITLE = "title: Lịch tiếp công dân tháng 5"
DATE = "date: 2026-05-17"
CATEGORY = "category: Tin tức – Sự kiện"
BODY = "Chủ tịch tỉnh tiếp công dân vào ngày 15 hằng tháng."

Make = str | bytes | Callable[[Path], None]


def text(*fields: str, body: str = BODY) -> str:
    """A text whose front matter is exactly these lines."""
    return "\n".join(["---", *fields, "---", "", body, ""])


def bai(*more: str, body: str = BODY) -> str:
    """The article with more fields; they begin on line 5."""
    return text(TITLE, DATE, CATEGORY, *more, body=body)


VAN_BAN = "content/van-ban/2026/12-ubnd-th.md"
DOCUMENT = {
    "kind": "Công văn",
    "number": "12/UBND-TH",
    "issued": "2026-05-08",
    "issuer": "Ủy ban nhân dân tỉnh",
    "subject": "lịch tiếp công dân",
}


def van_ban(*more: str, body: str = BODY, **fields: str | None) -> str:
    """A document with some fields other than they should be, or None for none, and with more after them."""
    lines = [f"{key}: {value}" for key, value in {**DOCUMENT, **fields}.items() if value is not None]
    return text(*lines, *more, body=body)


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48)) -> bytes:
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few bytes that says it has 3.6 thousand million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def online(root: Path) -> SiteTest:
    """A site of two articles and a page, published."""
    site = SiteTest(root)
    site.write(BAI, bai())
    site.write(
        LE_HOI,
        text(
            "title: Lễ hội cầu ngư",
            "date: 2026-05-10 08:00",
            CATEGORY,
            "author: Nguyễn Văn An",
            "image: {file: /anh/hop-bao.jpg, alt: Đoàn thuyền ra khơi}",
            "tags: [lễ hội, ngư dân]",
            "attachments: [{file: /tep/ke-hoach.pdf, label: Kế hoạch}]",
            "aliases: [/tin-tuc/le-hoi.html]",
            body="Lễ hội diễn ra trong ba ngày.\n\n## Phần lễ\n\nRước thuyền lúc 6 giờ.",
        ),
    )
    site.page("gioi-thieu", title="Giới thiệu", body="Xem [lễ hội](/tin/2026/05/le-hoi.html).")
    site.write("content/anh/hop-bao.jpg", picture())
    site.write("content/tep/ke-hoach.pdf", b"%PDF-1.4\n")
    site.build()
    assert not site.problems
    return site


def link_to(target: str) -> Callable[[Path], None]:
    """Put a symbolic link in the place of the file."""

    def make(file: Path) -> None:
        file.unlink(missing_ok=True)
        file.symlink_to(target)

    return make


def pipe(file: Path) -> None:
    """Put a FIFO in the place of the file; reading it would wait for ever."""
    file.unlink(missing_ok=True)
    os.mkfifo(file)


def gone(file: Path) -> None:
    """Delete the file."""
    file.unlink()


# --- front matter that is no YAML, or not the YAML its author thinks ---------------------

YAML: dict[str, dict[str, Make]] = {
    "colon-in-title": {BAI: text("title: Thông báo: lịch tiếp công dân tháng 5", DATE, CATEGORY)},
    "colon-in-caption": {BAI: bai("image:", "  file: /anh/hop-bao.jpg", "  caption: Ảnh: Văn An")},
    "colon-in-summary-after-long-fields": {
        BAI: text(TITLE, DATE, CATEGORY, "author: Phòng Truyền thông", "summary: Lịch gồm: buổi sáng và buổi chiều")
    },
    "colon-at-end-of-title": {BAI: text("title: Lịch tiếp công dân:", DATE, CATEGORY)},
    "colon-in-label-of-list": {BAI: bai("attachments:", "  - file: /tep/ke-hoach.pdf", "    label: Phụ lục: biểu mẫu")},
    "colon-without-blank": {BAI: text("title:Lịch tiếp công dân", DATE, CATEGORY)},
    "colon-without-blank-in-last-field": {BAI: text(TITLE, DATE, "category:Tin tức – Sự kiện")},
    "colon-without-blank-everywhere": {BAI: text("title:Lịch", "date:2026-05-17", "category:Tin tức – Sự kiện")},
    "colon-full-width": {BAI: text("title：Lịch tiếp công dân", DATE, CATEGORY)},
    "colon-then-no-break-space": {BAI: text("title:\u00a0Lịch tiếp công dân", DATE, CATEGORY)},
    "colon-missing": {BAI: text("title Lịch tiếp công dân", DATE, CATEGORY)},
    "equals-sign": {BAI: text('title = "Lịch tiếp công dân"', DATE, CATEGORY)},
    "tab-before-nested-field": {BAI: bai("image:", "\tfile: /anh/hop-bao.jpg")},
    "tab-before-field": {BAI: text(TITLE, "\t" + DATE, CATEGORY)},
    "blank-before-field": {BAI: text(TITLE, " " + DATE, CATEGORY)},
    "uneven-nesting": {BAI: bai("image:", "   file: /anh/hop-bao.jpg", "  alt: Đoàn thuyền")},
    "quotes-around-part-of-title": {BAI: text('title: "Hội nghị" tổng kết năm', DATE, CATEGORY)},
    "quotes-inside-quotes": {BAI: text('title: "Ra mắt sách "Biển và người" tại tỉnh"', DATE, CATEGORY)},
    "quote-not-closed": {BAI: text('title: "Lịch tiếp công dân', DATE, CATEGORY)},
    "quote-not-opened": {BAI: text(TITLE, DATE, CATEGORY, 'summary: Lịch tiếp công dân"', 'author: "Văn phòng')},
    "apostrophe-not-closed": {BAI: text("title: 'Lịch tiếp công dân", DATE, CATEGORY)},
    "apostrophe-inside-apostrophes": {BAI: text("title: 'Xã Ea H'leo đón khách'", DATE, CATEGORY)},
    "backslash-in-quotes": {BAI: text(r'title: "Ổ C:\Users trong công văn"', DATE, CATEGORY)},
    "at-sign-first": {BAI: bai("author: @phongtruyenthong")},
    "percent-first": {BAI: text("title: %50 hộ nghèo được vay vốn", DATE, CATEGORY)},
    "backtick-first": {BAI: text("title: `Lịch` tiếp công dân", DATE, CATEGORY)},
    "bracket-first": {BAI: text("title: [Hỏa tốc] Công điện số 5", DATE, CATEGORY)},
    "brace-first": {BAI: text("title: {Hỏa tốc} Công điện số 5", DATE, CATEGORY)},
    "bracket-not-closed": {BAI: bai("tags: [y tế, tiêm chủng")},
    "comma-in-inline-note": {BAI: bai("corrections: [{date: 2026-05-18, note: Số hộ là 12, không phải 14.}]")},
    "comma-in-inline-reason": {
        BAI: bai("withdrawn: {date: 2026-05-18, by: Văn phòng, reason: Số liệu sai, chưa được xác nhận, đang hỏi.}")
    },
    "comma-in-inline-alt": {BAI: bai("image: {alt: Hai thuyền, mười tay chèo, file: /anh/hop-bao.jpg}")},
    "colon-in-inline-reason": {
        BAI: bai("withdrawn: {date: 2026-05-18, by: Văn phòng, reason: Lý do: số liệu sai, chưa xác nhận}")
    },
    "colon-in-inline-note": {BAI: bai("corrections: [{date: 2026-05-18, note: Sửa: số hộ là 12, kind: đính chính}]")},
    "hash-in-inline-alt": {BAI: bai("image: {file: /anh/hop-bao.jpg, alt: Thuyền #1 về đích}")},
    "bracket-in-inline-alt": {BAI: bai("image: {file: /anh/hop-bao.jpg, alt: Họp [khẩn] ở tỉnh}")},
    "dash-first": {BAI: text("title: - Lịch tiếp công dân", DATE, CATEGORY)},
    "star-first": {BAI: text("title: *Lịch* tiếp công dân", DATE, CATEGORY)},
    "ampersand-first": {BAI: text("title: &Lịch tiếp công dân", DATE, CATEGORY)},
    "anchor-and-alias": {BAI: bai("author: &a Văn phòng", "source: *a")},
    "alias-bomb": {BAI: bai("tags: &a [x, x]", "aliases: &b [*a, *a, *a]", "source: [*b, *b, *b]")},
    "exclamation-first": {BAI: text("title: !Khẩn lịch tiếp công dân", DATE, CATEGORY)},
    "python-tag": {BAI: text("title: !!python/object/apply:os.system [ls]", DATE, CATEGORY)},
    "greater-than-then-words": {BAI: text("title: > Lịch tiếp công dân", DATE, CATEGORY)},
    "hash-hides-words": {BAI: text("title: Lịch #5 tiếp công dân", DATE, CATEGORY)},
    "deep-nesting": {BAI: bai("tags: " + "[" * 40 + "x" + "]" * 40)},
    "deep-nesting-of-thousands": {BAI: bai("tags: " + "[" * 5000 + "x" + "]" * 5000)},
    "front-matter-too-large": {BAI: bai("summary: >", *["  Một dòng rất dài của phần tóm tắt."] * 2000)},
    "list-instead-of-fields": {BAI: text("- title: Lịch tiếp công dân", "- date: 2026-05-17")},
    "words-instead-of-fields": {BAI: text("Lịch tiếp công dân tháng 5")},
    "field-that-is-a-list": {BAI: text("? [title, date]", ": Lịch tiếp công dân", CATEGORY)},
    "two-documents": {BAI: text(TITLE, "...", DATE, CATEGORY)},
    "nothing-between-fences": {BAI: text()},
    "fence-not-closed": {BAI: f"---\n{TITLE}\n{DATE}\n{CATEGORY}\n\n{BODY}\n"},
    "fence-of-two-dashes": {BAI: f"--\n{TITLE}\n{DATE}\n{CATEGORY}\n--\n{BODY}\n"},
    "fence-of-long-dashes": {BAI: f"———\n{TITLE}\n{DATE}\n{CATEGORY}\n———\n{BODY}\n"},
    "fence-of-plus-signs": {BAI: f'+++\ntitle = "Lịch"\n+++\n{BODY}\n'},
    "fence-missing": {BAI: f"{TITLE}\n{DATE}\n{CATEGORY}\n\n{BODY}\n"},
    "fence-missing-but-rules-in-text": {BAI: "Mở đầu.\n\n---\n\nGiữa.\n\n---\n\nCuối.\n"},
    "fence-after-blank-lines": {BAI: "\n\n" + bai()},
    "fence-indented": {BAI: "  " + bai()},
    "fence-after-heading": {BAI: "# Lịch tiếp công dân\n\n" + bai()},
}

# --- fields ----------------------------------------------------------------------------

FIELDS: dict[str, dict[str, Make]] = {
    "title-missing": {BAI: text(DATE, CATEGORY)},
    "title-empty": {BAI: text("title:", DATE, CATEGORY)},
    "all-required-missing": {BAI: text("author: Phòng Truyền thông")},
    "field-misspelt": {BAI: text("tittle: Lịch tiếp công dân", DATE, "catagory: Tin tức – Sự kiện")},
    "field-in-capitals": {BAI: text("Title: Lịch tiếp công dân", "DATE: 2026-05-17", CATEGORY)},
    "field-in-vietnamese": {
        BAI: text("tiêu đề: Lịch tiếp công dân", "ngày đăng: 2026-05-17", "Chuyên mục: Tin tức – Sự kiện")
    },
    "field-in-vietnamese-shortened": {BAI: bai("chu_thich: Ảnh minh họa", "tac gia: Văn An", "luot-xem: 12")},
    "field-in-vietnamese-for-its-end": {
        BAI: bai("ngày hết hạn: 2026-06-30"),
        "content/tin/2026/05/khac.md": bai("het_han: 2026-06-30"),
        VAN_BAN: van_ban("ngày hết hiệu lực: 2027-01-01"),
    },
    "field-of-another-program": {BAI: bai("layout: post", "permalink: /lich.html", "publish_at: 2026-06-01")},
    "field-of-articles-on-a-page": {
        "content/trang/gioi-thieu.md": text("title: Giới thiệu", "category: Tin tức – Sự kiện", "views: 5")
    },
    "document-among-articles": {"content/tin/2026/05/12-ubnd-th.md": van_ban("signer: {name: Trịnh Quốc Thái}")},
    "document-among-pages": {"content/trang/12-ubnd-th.md": van_ban(kind=None)},
    "document-with-a-category": {"content/tin/2026/05/12-ubnd-th.md": van_ban(CATEGORY)},
    "article-among-documents": {"content/van-ban/2026/lich.md": bai("author: Văn An")},
    "article-among-pages": {"content/trang/lich.md": bai()},
    "field-twice": {BAI: bai("title: Lịch tiếp dân")},
    "field-twice-when-nested": {BAI: bai("image:", "  file: /anh/hop-bao.jpg", "  alt: Một", "  alt: Hai")},
    "title-is-a-list": {BAI: text("title: [Hỏa tốc, Công điện]", DATE, CATEGORY)},
    "title-is-a-mapping": {BAI: text("title:", "  vi: Lịch tiếp công dân", DATE, CATEGORY)},
    "title-is-a-number": {BAI: text("title: 2026", DATE, CATEGORY)},
    "title-too-long": {BAI: text("title: " + "Lịch tiếp công dân " * 20, DATE, CATEGORY)},
    "category-is-a-list": {BAI: text(TITLE, DATE, "category: [Tin tức – Sự kiện, Chỉ đạo điều hành]")},
    "category-near": {BAI: text(TITLE, DATE, "category: Tin tuc su kien")},
    "category-cut-short": {BAI: text(TITLE, DATE, "category: Chỉ đạo")},
    "category-unknown": {BAI: text(TITLE, DATE, "category: Thể thao")},
    "author-is-a-mapping": {BAI: bai("author: {name: Văn An}")},
    "author-without-letters": {BAI: bai('author: "***"')},
    "source-is-a-list": {BAI: bai("source: [Báo Nhân Dân, TTXVN]")},
    "summary-is-a-list": {BAI: bai("summary:", "  - Lịch tiếp công dân", "  - Tháng 5")},
    "summary-too-long": {BAI: bai("summary: " + "Lịch tiếp công dân. " * 60)},
    "views-with-dots": {BAI: bai("views: 31.791")},
    "views-negative": {BAI: bai("views: -5")},
    "views-in-words": {BAI: bai("views: nhiều")},
    "views-is-a-list": {BAI: bai("views: [31791]")},
    "image-is-a-list": {BAI: bai("image: [/anh/hop-bao.jpg]")},
    "image-without-file": {BAI: bai("image:", "  alt: Đoàn thuyền ra khơi")},
    "image-with-unknown-part": {BAI: bai("image:", "  file: /anh/hop-bao.jpg", "  chú thích: Đoàn thuyền")},
    "image-with-parts-not-indented": {BAI: bai("image:", "file: /anh/hop-bao.jpg", "alt: Đoàn thuyền", "views: 5")},
    "image-alt-is-a-list": {BAI: bai("image:", "  file: /anh/hop-bao.jpg", "  alt: [Đoàn, thuyền]")},
    "tags-is-a-mapping": {BAI: bai("tags: {y tế: tiêm chủng}")},
    "tag-is-a-list": {BAI: bai("tags:", "  - y tế", "  - [tiêm chủng]")},
    "tag-without-letters": {BAI: bai("tags:", "  - y tế", '  - "!!!"')},
    "attachments-without-file": {BAI: bai("attachments:", "  - label: Kế hoạch")},
    "attachments-with-unknown-part": {BAI: bai("attachments:", "  - file: /tep/ke-hoach.pdf", "    title: Kế hoạch")},
    "attachments-is-a-list-of-lists": {BAI: bai("attachments: [[/tep/ke-hoach.pdf]]")},
    "alias-without-slash": {BAI: bai("aliases: [tin-tuc/lich.html]")},
    "alias-with-accents": {BAI: bai("aliases:", "  - /tin-tuc/lich.html", "  - /tin tức/lịch.html")},
    "alias-upwards": {BAI: bai("aliases: [/../../etc/passwd]")},
    "alias-of-another-host": {BAI: bai("aliases: [https://cu.example/lich.html]")},
    "alias-is-a-mapping": {BAI: bai("aliases: {/cu.html: /moi.html}")},
    "updated-is-no-date": {BAI: bai("updated: hôm qua")},
    "updated-before-date": {BAI: bai("updated: 2026-05-16")},
    "draft-in-vietnamese": {BAI: bai("draft: có")},
    "draft-yes": {BAI: bai("draft: yes")},
    "draft-is-a-list": {BAI: bai("draft: [true]")},
    "control-character-written-as-escape": {BAI: text(r'title: "Lịch\u0007 tiếp công dân"', DATE, CATEGORY)},
}

DATES: dict[str, dict[str, Make]] = {
    f"date-{name}": {BAI: text(TITLE, f"date: {value}", CATEGORY)}
    for name, value in {
        "impossible": "2026-02-30",
        "month-13": "2026-13-01",
        "hour-25": "2026-05-17 25:00",
        "hour-with-h-day-first": "17/05/2026 8h30",
        "day-first": "17/05/2026",
        "day-first-with-time": "17/05/2026 08:30",
        "day-first-with-dashes": "17-05-2026",
        "day-first-with-dots": "17.5.2026",
        "day-first-impossible": "30/02/2026",
        "month-first": "05/17/2026",
        "two-digit-year": "17/05/26",
        "two-digit-year-first": "26-05-17",
        "year-with-slashes": "2026/05/17",
        "in-words": "ngày 17 tháng 5 năm 2026",
        "hour-with-h": "2026-05-17 8h30",
        "month-only": "2026-05",
        "far-past": "1026-05-17",
        "is-a-list": "[2026, 5, 17]",
        "with-words-behind": "2026-05-17 sáng",
    }.items()
}

# --- bytes -----------------------------------------------------------------------------

BYTES: dict[str, dict[str, Make]] = {
    "empty-file": {BAI: ""},
    "blank-file": {BAI: " \n\t\n"},
    "body-of-brackets": {BAI: bai(body="Đoạn đầu.\n\n" + "[" * 3_000)},
    "body-of-headings": {BAI: bai(body="# Mục\n" * 500)},
    "body-of-open-tags": {BAI: bai(body="<div>\n\n" * 500)},
    "body-of-lists-in-lists": {BAI: bai(body="- " * 800 + "câu")},
    "body-with-a-table-of-hundreds-of-columns": {
        BAI: bai(body="\n".join("|" + piece * 200 for piece in (" `a` |", "---|", " b |")))
    },
    "body-of-marks": {BAI: bai(body="*a _b " * 6_000)},
    "body-of-line-breaks": {BAI: bai(body="chép từ bảng tính  \n" * 11_000)},
    "tags-by-hundreds": {BAI: bai(f"tags: [{', '.join(f'the {n}' for n in range(500))}]")},
    "empty-body": {BAI: bai(body="")},
    "body-is-a-comment": {BAI: bai(body="<!-- viết sau -->")},
    "nul-byte": {BAI: bai(body="Chủ tịch tỉnh\0 tiếp công dân.")},
    "control-character": {BAI: text("title: Lịch\x0c tiếp công dân", DATE, CATEGORY, body="Trang\x07 một.")},
    "too-many-marks": {BAI: bai(body=f"{'Câu thường. ' * 400}\n\nKẻ phá: a{chr(0x301) * 2000}.")},
    "text-turned-around": {BAI: bai(body="Số tài khoản \u202e4321\u202c của tỉnh.")},
    "utf-16": {BAI: bai().encode("utf-16")},
    "utf-16-without-mark": {BAI: bai().encode("utf-16-le")},
    "latin-1": {BAI: text("title: Cafe sữa", DATE, CATEGORY).encode().replace("ữ".encode(), b"\xfb")},
    "windows-1258": {BAI: bai(body="Tỉnh Đắk Lắk.").encode().replace("Đ".encode(), b"\xd0")},
    "word-file-called-md": {BAI: b"PK\x03\x04\x14\x00\x06\x00\x08\x00"},
    "body-of-links": {BAI: bai(body=f"{'[hội](le-hoi.md) ' * 1_000}\n\n" * 31)},
    "file-of-13-mb": {BAI: bai(body="Một câu dài.\n\n" * 720_000)},
    "nesting-without-end": {BAI: bai(body="- " * 700 + "mục")},
}

# --- pictures, attachments, links ------------------------------------------------------

SHOW = '  file: "/anh/hinh.jpg"'
HINH = "content/anh/hinh.jpg"
WITH_PICTURE = bai("image:", SHOW, "  alt: Hình")
FILES: dict[str, dict[str, Make]] = {
    "picture-missing-near": {BAI: bai("image: /anh/hop-bao.jpeg")},
    "picture-missing-and-another-there": {BAI: bai("image: /anh/song.jpg")},
    "picture-missing": {BAI: bai("image: /anh/khong-co-o-dau.png")},
    "picture-with-other-capitals": {BAI: bai("image: {file: /anh/Hop-Bao.JPG, alt: Họp báo}")},
    "picture-without-slash": {BAI: bai("image: anh/hop-bao.jpg")},
    "picture-with-path-in-content": {BAI: bai("image: content/anh/hop-bao.jpg")},
    "picture-missing-in-text": {BAI: bai(body="Câu đầu.\n\n![Họp báo](/anh/hop-bao-2.jpg)\n")},
    "picture-foreign": {BAI: bai("image: https://cdn.example/hinh.jpg")},
    "picture-foreign-in-text": {BAI: bai(body="Câu đầu.\n\n![Hình](https://cdn.example/hinh.jpg)\n")},
    "picture-broken": {BAI: WITH_PICTURE, HINH: picture(size=(400, 300))[:600]},
    "picture-empty": {BAI: WITH_PICTURE, HINH: b""},
    "picture-gif-called-jpg": {BAI: WITH_PICTURE, HINH: picture("GIF")},
    "picture-gif": {BAI: bai("image: /anh/hinh.gif"), "content/anh/hinh.gif": picture("GIF")},
    "picture-svg": {BAI: bai("image: /anh/hinh.svg"), "content/anh/hinh.svg": "<svg onload='x'/>"},
    "picture-html-called-png": {BAI: bai("image: /anh/hinh.png"), "content/anh/hinh.png": "<script>x</script>"},
    "picture-bomb": {BAI: bai("image: /anh/hinh.png"), "content/anh/hinh.png": bomb()},
    "picture-is-a-pdf": {BAI: bai("image: /tep/ke-hoach.pdf")},
    "picture-shown-twice": {BAI: bai("image: /anh/mat.jpg", body="Câu đầu.\n\n![Hình](/anh/mat.jpg)\n")},
    "attachment-missing-near": {BAI: bai("attachments:", "  - /tep/ke-hoach.pdf", "  - /tep/ke-hoch.pdf")},
    "attachment-missing": {BAI: bai("attachments: [{file: /tep/quyet-dinh-12.docx, label: Quyết định}]")},
    "attachment-foreign": {BAI: bai("attachments: [https://tinh.example/ke-hoach.pdf]")},
    "attachment-of-wrong-kind": {BAI: bai("attachments: [/tep/cai-dat.exe]"), "content/tep/cai-dat.exe": b"MZ"},
    "attachment-outside-content": {BAI: bai("attachments: [/../../site.toml]")},
}
LINKS: dict[str, dict[str, Make]] = {
    "link-near": {BAI: bai(body="Xem [lễ hội](/tin/2026/05/le-hoii.html) nhé.")},
    "link-nowhere": {BAI: bai(body="Câu đầu.\n\nXem [bài cũ](/khong-co-gi-het) nhé.")},
    "link-relative": {BAI: bai(body="Xem [lễ hội](../04/le-hoi.html) nhé.")},
    "link-to-md": {BAI: bai(body="Xem [lễ hội](le-hoi-2.md) nhé.")},
    "link-to-folder-without-slash": {BAI: bai(body="Xem [tin](/chuyen-muc/tin) nhé.")},
    "link-with-fragment-to-missing-page": {BAI: bai(body="Xem [phần lễ](/tin/2026/05/le-hoi-1.html#muc-phan-le).")},
    "link-without-https": {BAI: bai(body="Xem [cổng quốc gia](www.dichvucong.example/tra-cuu) nhé.")},
    "link-to-mail-without-mailto": {BAI: bai(body="Gửi về [hộp thư](vanthu@thu.example) nhé.")},
    "link-to-own-disk": {BAI: bai(body=r"Xem [kế hoạch](C:\Users\An\ke-hoach.pdf) nhé.")},
    "link-to-a-draft": {
        BAI: bai(body="Xem [bài sắp đăng](/tin/2026/05/sap-dang.html) nhé."),
        "content/tin/2026/05/sap-dang.md": text("title: Bài sắp đăng", DATE, CATEGORY, "draft: true"),
    },
    "link-to-a-removed-page": {LE_HOI: gone},
    "link-to-missing-attachment": {BAI: bai(body="Tải [kế hoạch](/tep/ke-hoach-2026.pdf) về.")},
    "link-to-an-unpublishable-file": {
        BAI: bai(body="Tải [phần mềm](/tep/cai-dat.exe) về."),
        "content/tep/cai-dat.exe": b"MZ",
    },
}

# --- names, folders, addresses ---------------------------------------------------------

GOOD = bai()
# Differences that no author means: the file is read as if they were not there.
HARMLESS: dict[str, bytes] = {
    "byte-order-mark": b"\xef\xbb\xbf" + bai().encode(),
    "windows-line-ends": bai().replace("\n", "\r\n").encode(),
    "old-mac-line-ends": bai().replace("\n", "\r").encode(),
    "decomposed-accents": unicodedata.normalize("NFD", bai()).encode(),
    "soft-line-breaks-in-a-title": bai().replace("Lịch tiếp công", "Lịch\x0btiếp\u2028công").encode(),
    "blanks-after-fences": bai().replace("---", "---  \t").encode(),
    "no-break-space-after-fence": bai().replace("---", "---\u00a0").encode(),
    "long-fences": bai().replace("---", "-----").encode(),
    "quotes-around-everything": text(
        'title: "Lịch tiếp công dân tháng 5"', "'date': '2026-05-17'", '"category": "Tin tức – Sự kiện"'
    ).encode(),
    "fields-in-another-order": text(CATEGORY, TITLE, "# ghi chú", "", DATE).encode(),
    "other-dash-in-category": text(TITLE, DATE, "category: tin tức - Sự Kiện").encode(),
    "empty-fields": bai("summary:", "image: ~", "tags: []", "views: null", 'author: ""').encode(),
    "no-line-end-at-the-end": bai().rstrip().encode(),
    "blank-lines-around": (bai() + "\n\n\n").encode(),
}

PLACES: dict[str, dict[str, Make]] = {
    "folder-none": {"content/bai-moi.md": GOOD},
    "folder-unknown": {"content/cong-van/qd-12.md": GOOD},
    "folder-of-pictures": {"content/anh/bai-moi.md": GOOD},
    "folder-picture-at-the-top": {"content/hinh.jpg": picture()},
    "folder-of-texts-has-a-txt-file": {"content/tin/2026/05/bai-moi.txt": "Lịch"},
    "folder-of-texts-has-an-html-file": {"content/tin/2026/05/bai-moi.html": "<p>Lịch"},
    "name-index-of-articles": {"content/tin/2026/index.md": GOOD},
    "name-index-of-a-page": {"content/trang/index.md": text(TITLE)},
    "name-of-a-folder-of-the-register": {"content/van-ban/so/12-ubnd-th.md": GOOD},
    "name-that-windows-has-taken": {"content/tin/2026/05/con.md": GOOD, "content/anh/aux/a.png": picture("PNG")},
    "name-with-capitals": {"content/tin/2026/05/Lich-Tiep-Dan.md": GOOD},
    "name-with-accents": {"content/tin/2026/05/lịch-tiếp-dân.md": GOOD},
    "name-with-decomposed-accents": {"content/tin/2026/05/li\u0323ch-tie\u0302\u0301p-da\u0302n.md": GOOD},
    "name-with-blanks": {"content/tin/2026/05/Lịch tiếp công dân.md": GOOD},
    "name-with-underscores": {"content/tin/2026/05/lich_tiep_dan.md": GOOD},
    "name-without-letters": {"content/tin/2026/05/---.md": GOOD},
    "name-ends-in-capital-md": {"content/tin/2026/05/bai-moi.MD": GOOD},
    "name-of-folder-with-blanks": {"content/tin/Năm 2026/bai-moi.md": GOOD},
    "name-of-picture-that-is-shown": {
        BAI: bai('image: "/anh/Họp báo.jpg"', body="Xem ![Họp](/anh/Họp%20báo.jpg) và [kế hoạch](/tep/Kế-hoạch.pdf)."),
        "content/anh/Họp báo.jpg": picture(),
        unicodedata.normalize("NFD", "content/tep/Kế-hoạch.pdf"): b"%PDF-1.4",
    },
    "name-of-picture-with-blanks": {"content/anh/Họp báo ngày 5.JPG": picture()},
    "file-name-too-long": {f"content/tin/2026/05/{'le-hoi-' * 35}thu.md": bai()},
    "picture-name-too-long": {f"content/anh/{'le-hoi-' * 34}thuyen.jpg": picture()},
    "link-as-text": {BAI: link_to("le-hoi.md")},
    "link-out-of-the-site": {"content/tep/bi-mat.txt": link_to("/etc/hostname")},
    "link-to-a-folder": {"content/tin/2027": link_to("2026")},
    "pipe-as-text": {"content/tin/2026/05/ong.md": pipe},
    "pipe-as-picture": {"content/anh/ong.jpg": pipe},
    "alias-of-an-article": {BAI: bai("aliases: [/tin/2026/05/le-hoi.html]")},
    "alias-of-itself": {BAI: bai("aliases: [/tin/2026/05/bai.html]")},
    "alias-of-the-home-page": {BAI: bai("aliases: [/]")},
    "alias-of-a-category": {BAI: bai("aliases: [/chuyen-muc/tin/]")},
    "alias-of-a-folder": {BAI: bai("aliases: [/cu.html, /tin/2026]")},
    "alias-below-a-page": {BAI: bai("aliases: [/tin/2026/05/le-hoi.html/cu.html]")},
    "alias-of-a-file": {BAI: bai("aliases: [/tep/ke-hoach.pdf]")},
    "alias-twice": {BAI: bai("aliases:", "  - /cu/lich.html", "  - /tin-tuc/le-hoi.html")},
    "tag-in-two-spellings": {BAI: bai("tags: [thủ tục, lê hội]")},
    "author-in-two-spellings": {BAI: bai("author: Nguyễn Văn Ân")},
}

# --- site.toml -------------------------------------------------------------------------

SITE: dict[str, dict[str, Make]] = {
    f"site-{name}": {"site.toml": make}
    for name, make in {
        "missing": gone,
        "empty": "",
        "syntax-error": SITE_TOML.replace('slug = "chi-dao"', "slug = chi-dao"),
        "quote-not-closed": SITE_TOML.replace('title = "Cổng thử nghiệm"', 'title = "Cổng thử nghiệm'),
        "key-twice": SITE_TOML.replace("[lists]", 'title = "Hai"\n[lists]'),
        "unknown-key": SITE_TOML.replace("organization", "organisation"),
        "unknown-table": SITE_TOML + '\n[[categories]]\nslug = "x"\nname = "X"\n',
        "unknown-key-in-row": SITE_TOML.replace('name = "Chỉ đạo điều hành"', 'nam = "Chỉ đạo điều hành"'),
        "category-in-single-brackets": SITE_TOML.replace("[[category]]", "[category]"),
        "unit-in-single-brackets": SITE_TOML.replace("[[unit]]", "[unit]"),
        "lists-in-double-brackets": SITE_TOML.replace("[lists]", "[[lists]]"),
        "bracket-missing": SITE_TOML + '\n[[menu]\nlabel = "Trang chủ"\nurl = "/"\n',
        "alert-at-an-hour-that-is-none": SITE_TOML + '\n[alert]\ntext = "Bão"\nfrom = "2026-10-07 24:30"\n',
        "control-character-in-a-title": SITE_TOML.replace("Cổng thử nghiệm", r"Cổng\u0007 thử nghiệm"),
        "slug-too-long": SITE_TOML.replace('slug = "chi-dao"', f'slug = "chi-dao-{"x" * 250}"'),
        "address-of-a-category-too-long": SITE_TOML.replace(
            'slug = "tin"\n', f'slug = "tin"\naliases = ["/chuyen-muc/{"x" * 260}/"]\n'
        ),
        "province-too-long": f'province = "{"Lâm Hải " * 30}"\n' + SITE_TOML,
        "title-missing": SITE_TOML.replace('title = "Cổng thử nghiệm"\n', ""),
        "title-is-a-number": SITE_TOML.replace('"Cổng thử nghiệm"', "2026"),
        "base-url-without-https": SITE_TOML.replace("https://thu.example", "thu.example"),
        "base-url-with-question": SITE_TOML.replace("https://thu.example", "https://thu.example/?a=1"),
        "timezone-unknown": 'timezone = "Asia/Hanoi"\n' + SITE_TOML,
        "slug-twice": SITE_TOML.replace('slug = "chi-dao"', 'slug = "tin"'),
        "name-twice": SITE_TOML.replace("Chỉ đạo điều hành", "Tin tức - sự kiện"),
        "slug-with-accents": SITE_TOML.replace('slug = "chi-dao"', 'slug = "chỉ đạo"'),
        "slug-missing": SITE_TOML.replace('slug = "chi-dao"\n', ""),
        "list-size-zero": SITE_TOML.replace("page_size = 3", "page_size = 0"),
        "list-size-in-words": SITE_TOML.replace("page_size = 3", 'page_size = "ba"'),
        "no-category": SITE_TOML.partition("[[category]]")[0],
        "menu-without-url": SITE_TOML + '\n[[menu]]\nlabel = "Giới thiệu"\n',
        "menu-with-bad-url": SITE_TOML + '\n[[menu]]\nlabel = "Giới thiệu"\nurl = "gioi-thieu.html"\n',
        "menu-to-nowhere": SITE_TOML + '\n[[menu]]\nlabel = "Giới thiệu"\nurl = "/trang/gioi-thiu.html"\n',
        "menu-is-no-table": 'menu = "Giới thiệu"\n' + SITE_TOML,
        "security-expires-in-words": SITE_TOML + '\n[security]\ncontact = "mailto:a@thu.example"\nexpires = "2027"\n',
        "security-contact-without-mailto": SITE_TOML + '\n[security]\ncontact = "a@b.example"\nexpires = 2027-01-01\n',
        "alert-without-text": SITE_TOML + '\n[alert]\nlevel = "warning"\n',
        "alert-of-unknown-level": SITE_TOML + '\n[alert]\ntext = "Bão số 5"\nlevel = "khẩn"\n',
        "alert-from-in-words": SITE_TOML + '\n[alert]\ntext = "Bão số 5"\nfrom = "tối nay"\n',
        "alert-from-is-a-number": SITE_TOML + '\n[alert]\ntext = "Bão số 5"\nfrom = 20261007\n',
        "alert-from-day-first": SITE_TOML + '\n[alert]\ntext = "Bão số 5"\nfrom = "07/10/2026 18:00"\n',
        "alert-from-that-never-was": SITE_TOML + '\n[alert]\ntext = "Bão số 5"\nfrom = "2026-10-32"\n',
        "alert-from-without-quotes": SITE_TOML + '\n[alert]\ntext = "Bão số 5"\nfrom = 2026-11-23 18:00  # tối\n',
        "alert-from-day-first-without-quotes": SITE_TOML + '\n[alert]\ntext = "Bão số 5"\nfrom = 23/11/2026\n',
        "notice-in-the-last-table": SITE_TOML + '\nnotice = "Cổng đang thử nghiệm"\n',
        "gone-with-one-that-is-bad": SITE_TOML + '\n[addresses]\ngone = ["/a.html", "https://thu.example/b.html"]\n',
        "others-is-no-list": SITE_TOML + '\n[addresses]\nothers = "/dvc/"\n',
        "others-that-are-everything": SITE_TOML + '\n[addresses]\nothers = ["/dvc/", "/tin/"]\n',
        "gone-is-no-list": SITE_TOML + '\n[addresses]\ngone = "/a.html"\n',
        "alert-ends-before-it-begins": SITE_TOML + '\n[alert]\ntext = "a"\nfrom = 2026-10-07\nuntil = 2026-10-06\n',
        "alert-link-nowhere": SITE_TOML + '\n[alert]\ntext = "Bão số 5"\nlink = "/tin/bao-so-5.html"\n',
        "category-of-another-address": SITE_TOML.replace('slug = "tin"', 'slug = "thoi-su"'),
        "unit-taken-out": SITE_TOML.replace(
            '[[unit]]\nslug = "truyen-thong"\nname = "Phòng Truyền thông"\n', ""
        ),
        "former-of-two": SITE_TOML.replace('slug = "tin"\n', 'slug = "tin"\nformer = ["Chỉ đạo điều hành"]\n'),
        "aliases-without-slash": SITE_TOML.replace('slug = "tin"\n', 'slug = "tin"\naliases = ["chuyen-muc/cu"]\n'),
        "gone-without-slash": SITE_TOML + '\n[addresses]\ngone = ["tin/2026/05/bai.html"]\n',
        "latin-1": SITE_TOML.encode().replace("ổ".encode(), b"\xf5"),
        "utf-16": SITE_TOML.encode("utf-16"),
    }.items()
}  # fmt: skip


def le_hoi(*fields: str, title: str = "Lễ hội cầu ngư", date: str = "2026-05-10 08:00") -> str:
    """The other article of the site, shorter, under its old address."""
    aliases = "aliases: [/tin-tuc/le-hoi.html]"
    return text(f"title: {title}", f"date: {date}", CATEGORY, aliases, *fields, body="Lễ hội diễn ra trong ba ngày.")


ANH = {"content/anh/hop-bao.jpg": gone, "content/tep/ke-hoach.pdf": gone}
LIFE: dict[str, dict[str, Make]] = {
    "published-and-deleted": {BAI: gone},
    "published-and-renamed": {BAI: gone, "content/tin/2026/05/lich-tiep-dan.md": bai()},
    "published-and-a-draft-again": {BAI: bai("draft: true")},
    "published-and-dated-later": {BAI: text(TITLE, "date: 2026-07-17", CATEGORY)},
    "published-and-scheduled": {BAI: bai("publish_at: 2026-07-17 08:00")},
    "published-alias-forgotten": {
        LE_HOI: text("title: Lễ hội", "date: 2026-05-10", CATEGORY, body="Lễ hội diễn ra trong ba ngày."),
        **ANH,
    },
    "placeholder-published": {BAI: bai(body="Viết nội dung ở đây.")},
    "placeholder-published-in-a-document": {VAN_BAN: van_ban(body="Viết nội dung ở đây.")},
    "placeholder-published-beside-text": {BAI: bai(body="Câu đầu.\n\nViết nội dung ở đây.\n\nCâu cuối.")},
    "placeholder-published-with-files": {VAN_BAN: van_ban("files: [/tep/ke-hoach.pdf]", body="Viết nội dung ở đây.")},
    "publish-at-in-words": {BAI: bai("publish_at: sáng mai")},
    "expires-before-published": {BAI: bai("expires: 2026-05-16")},
    "pinned-before-published": {BAI: bai("pinned: 2026-05-16")},
    "published-and-renamed-to-capitals": {BAI: gone, "content/tin/2026/05/Bai.md": bai()},
    "pinned-for-ever": {BAI: bai("pinned: true")},
    "corrections-without-note": {BAI: bai("corrections:", "  - date: 2026-05-18 09:00", "    kind: đính chính")},
    "corrections-as-text": {BAI: bai("corrections: số hộ là 12")},
    "corrections-of-unknown-kind": {
        BAI: bai("corrections:", "  - date: 2026-05-18", "    kind: sua loi", "    note: Ngày 16, không phải 15.")
    },
    "corrections-day-first": {
        BAI: bai("corrections:", "  - date: 18/05/2026", "    note: Ngày 16, không phải ngày 15.")
    },
    "corrections-in-the-future": {BAI: bai("corrections: [{date: 2026-06-02, note: Ngày 16.}]")},
    "corrections-before-published": {BAI: bai("corrections: [{date: 2026-05-16, note: Ngày 16.}]")},
    "withdrawn-without-reason": {BAI: bai("withdrawn: {date: 2026-05-20, by: Văn phòng UBND tỉnh}")},
    "withdrawn-as-truth": {BAI: bai("withdrawn: true")},
    "withdrawn-in-the-future": {BAI: bai("withdrawn: {date: 2026-06-02, by: Văn phòng, reason: sai}")},
    "withdrawn-before-published": {BAI: bai("withdrawn: {date: 2026-05-16, by: Văn phòng, reason: sai}")},
    "fields-of-articles-in-a-page": {"content/trang/x.md": text(TITLE, "pinned: 2026-07-01", "expires: 2026-07-01")},
}

SEVERAL: dict[str, dict[str, Make]] = {
    "several-faults-in-one-file": {
        BAI: text(
            "titel: Lịch tiếp công dân",
            "date: 17/05/2026",
            CATEGORY,
            "views: 31.791",
            "draft: có",
            "image:",
            "  alt: Hình",
            body="",
        )
    },
    "several-files": {
        "content/tin/2026/05/z.md": text(TITLE, "date: 2026-02-30", CATEGORY),
        "content/tin/2026/05/a.md": text(TITLE, DATE, "category: Thể thao", "views: nhiều"),
        "content/tin/2026/05/c.md": text(TITLE, DATE, "category: Thể thao", body="![x](/anh/x.jpg)\n\n[y](/y.html)"),
        "content/tin/2026/05/B.md": GOOD,
        "content/trang/lien-he.md": text(DATE),
        "content/anh/thua.png": picture("PNG"),
    },
    "links-between-broken-pages-are-not-reported": {
        BAI: bai("aliases: [/lich.html]", body="Xem [lễ hội](/tin/2026/05/le-hoi.html).\n\n![x](/anh/x.jpg)"),
        LE_HOI: text("title: Lễ hội", "date: 2026-05-10", "category: Thể thao", body="Xem [lịch](/lich.html)."),
    },
    "link-to-a-broken-page-is-not-reported-twice": {
        LE_HOI: text("title: Lễ hội: cầu ngư", "date: 2026-05-10", CATEGORY)
    },
}

DOCUMENTS: dict[str, dict[str, Make]] = {
    "document-empty": {VAN_BAN: van_ban(body="")},
    "document-without-fields": {VAN_BAN: text("title: Công văn về lịch tiếp công dân")},
    "document-kind-abbreviated": {VAN_BAN: van_ban(kind="QĐ")},
    "document-kind-misspelled": {VAN_BAN: van_ban(kind="Quyết đinh")},
    "document-number-with-footnote-mark": {VAN_BAN: van_ban(number="12/UBND-TH¹")},
    "document-number-in-words": {VAN_BAN: van_ban(number="số 12")},
    "document-number-without-symbol": {VAN_BAN: van_ban(number="12")},
    "document-issued-day-first": {VAN_BAN: van_ban(issued="08/05/2026")},
    "document-issued-in-month-13": {VAN_BAN: van_ban(issued="2026-13")},
    "document-issued-with-time": {VAN_BAN: van_ban(issued="2026-05-08 09:30")},
    "document-subject-missing": {VAN_BAN: van_ban(subject=None)},
    "document-status-unknown": {VAN_BAN: van_ban("status: còn hiêu lực")},
    "document-urgency-unknown": {VAN_BAN: van_ban("urgency: gấp")},
    "document-expires-before-effective": {VAN_BAN: van_ban("effective: 2026-06-01", "expires: 2026-05-31")},
    "document-relation-unknown": {
        VAN_BAN: van_ban("relations:", "  - relation: thay the", "    target: 12/2020/QĐ-UBND", "    note: Điều 5")
    },
    "document-relation-without-target": {VAN_BAN: van_ban("relations: [{relation: bãi bỏ}]")},
    "document-relation-as-text": {VAN_BAN: van_ban("relations: thay thế 12/2020/QĐ-UBND")},
    "document-file-missing": {VAN_BAN: van_ban("files: [/tep/12-ubnd-th.pdf]")},
    "document-signer-without-name": {VAN_BAN: van_ban("signer: {office: CHỦ TỊCH}")},
    "document-recipients-as-mapping": {VAN_BAN: van_ban("recipients: {a: Như trên}")},
    "citation-that-is-not-there": {
        BAI: bai("citations: [{number: 12/UBND-TH, target: 13/UBND-TH}]", body="Theo Công văn số 15/UBND-TH.")
    },
    "citation-with-a-target-that-is-none": {
        BAI: bai("citations: [{number: 12/UBND-TH, target: đúng}]", body="Theo Công văn số 12/UBND-TH.")
    },
    "citation-without-target": {BAI: bai("citations: [{number: 12/UBND-TH}]", body="Theo Công văn số 12/UBND-TH.")},
    "document-field-of-articles": {VAN_BAN: van_ban("category: Tin tức – Sự kiện", "title: Công văn")},
}

PAGE = '{# ArticleView: article #}\n{% extends "base.html" %}\n{% block main %}\n'
ARTICLE = "templates/pages/article.html"
TEMPLATES: dict[str, dict[str, Make]] = {
    "template-without-condition": {ARTICLE: PAGE + "{% if %}x{% endif %}\n{% endblock %}\n"},
    "template-not-closed": {ARTICLE: PAGE + "{% if article.title %}\n{% endblock %}\n"},
    "template-with-a-comment-that-is-open": {ARTICLE: PAGE + "{# x\n{% endblock %}\n"},
    "template-of-unknown-filter": {ARTICLE: PAGE + "{{ article.title|viet_hoa }}\n{% endblock %}\n"},
    "template-extends-nothing": {ARTICLE: '{# ArticleView: article #}\n{% extends "bse.html" %}\n'},
    "template-includes-nothing": {ARTICLE: PAGE + '{% include "components/logo-cua-toi.html" %}\n{% endblock %}\n'},
    "template-with-computed-name": {ARTICLE: PAGE + "{% include article.kind %}\n{% endblock %}\n"},
    "template-with-unknown-variable": {ARTICLE: PAGE + "{{ artcle.title }}\n{% endblock %}\n"},
    "template-with-unknown-attribute": {ARTICLE: PAGE + "{{ article.titel }}\n{% endblock %}\n"},
    "template-that-adds-words-and-numbers": {ARTICLE: PAGE + "{{ article.title + 1 }}\n{% endblock %}\n"},
    "template-whose-component-is-wrong": {
        ARTICLE: PAGE + '{% from "components/dau.html" import dau %}\n{{ dau(article) }}\n{% endblock %}\n',
        "templates/components/dau.html": "{% macro dau(a) %}\n<p>\n{{ a.published|day|day }}\n{% endmacro %}\n",
    },
    "template-of-pictures-is-wrong": {
        LE_HOI: text(
            "title: Lễ hội cầu ngư",
            "date: 2026-05-10 08:00",
            CATEGORY,
            "aliases: [/tin-tuc/le-hoi.html]",
            body="Câu đầu.\n\n![Đoàn thuyền](/anh/hop-bao.jpg)\n",
        ),
        "content/tep/ke-hoach.pdf": gone,
        "templates/components/body_picture.html": (
            "{% macro body_picture(picture, is_figure) %}\n{{ picture.sizee }}{% endmacro %}\n"
            "{% macro feed_picture(picture, is_figure) %}{% endmacro %}\n{% macro feed_notes(notes) %}{% endmacro %}\n"
        ),
    },
    "template-of-pictures-without-notes-for-feeds": {
        BAI: bai("corrections: [{date: 2026-05-20, note: Có 12 đội.}]"),
        "templates/components/body_picture.html": (
            "{% macro body_picture(picture, is_figure) %}{% endmacro %}\n"
            "{% macro feed_picture(picture, is_figure) %}{% endmacro %}\n"
        ),
    },
    "template-that-is-a-link-out-of-the-site": {ARTICLE: link_to("/etc/hostname")},
    "template-includes-from-the-root": {ARTICLE: PAGE + '{% include "/etc/hostname" %}\n{% endblock %}\n'},
    "template-includes-from-outside": {
        ARTICLE: PAGE + '{% include "' + "../" * 12 + 'etc/hostname" %}\n{% endblock %}\n'
    },
    "template-not-utf-8": {ARTICLE: PAGE.encode() + b"Tin t\xf5c\n{% endblock %}\n"},
}

# What no text is at fault for.
NOT_OF_TEXTS = {**SITE, **TEMPLATES}
OF_TEXTS = {**YAML, **FIELDS, **DATES, **BYTES, **FILES, **LINKS, **PLACES, **DOCUMENTS, **LIFE, **SEVERAL}
CATALOGUE = {**OF_TEXTS, **NOT_OF_TEXTS}

# Not wrong enough to hold anything back.
WARNINGS: dict[str, dict[str, Make]] = {
    "folder-of-texts-has-a-word-file": {"content/tin/2026/05/bai-moi.docx": b"PK"},
    "text-as-long-as-a-book": {BAI: bai(body="Bà con các thôn gặt lúa vụ hai.\n\n" * 6_500)},
    "unused-file": {"content/anh/thua.png": picture("PNG"), "content/tep/thua.pdf": b"%PDF-1.4\n"},
    "citation-with-symbol-of-another-body": {BAI: bai(body="Theo Thông báo số 5-TB/VPCP của Văn phòng Tỉnh ủy.")},
    "document-addressees-torn": {VAN_BAN: van_ban("to: [Các sở, ban, ngành, UBND các xã]")},
    "document-recipients-torn": {VAN_BAN: van_ban('recipients: ["Như trên", "Các phòng", "ban thuộc Sở"]')},
    "document-issuer-in-other-words": {
        VAN_BAN: van_ban(),
        "content/van-ban/2026/13-ubnd-th.md": van_ban(number="13/UBND-TH", issuer="UBND tỉnh Thử"),
        "content/van-ban/2026/14-ubnd-th.md": van_ban(number="14/UBND-TH", issuer="Uỷ ban nhân dân tỉnh"),
    },
    "document-number-blank": {VAN_BAN: van_ban(number="/UBND-TH")},
    "document-number-of-another-kind": {VAN_BAN: van_ban(number="12/QĐ-UBND")},
    "document-number-without-issuer": {VAN_BAN: van_ban(kind="Quyết định", number="12/QĐ")},
    "document-number-of-another-year": {VAN_BAN: van_ban(kind="Quyết định", number="12/2025/QĐ-UBND")},
    "scheduled-for-another-day": {
        "content/tin/2026/06/moi.md": text(TITLE, "date: 2026-06-02", CATEGORY, "publish_at: 2026-06-10 08:00")
    },
    "link-with-the-own-domain-nowhere": {
        BAI: bai(
            body="Xem [lễ hội](https://thu.example/tin/2026/05/le-hoi-i.html?a=1&b=2#x) và"
            " [trang chủ](https://thu.example/), [lễ hội](https://thu.example/tin/2026/05/le-hoi.html#phan-le),"
            " [cổng khác](https://thu.example.vn/khong-co.html).\n\nXem [một cửa](https://thu.example/dvc/) nữa."
        )
    },
    "menu-with-the-own-domain-nowhere": {
        "site.toml": SITE_TOML
        + '\n[[menu]]\nlabel = "Lễ hội"\nurl = "https://thu.example/tin/2026/05/le-hoi-i.html#x"\n'
        + '\n[[shortcut]]\nlabel = "Một cửa"\nurl = "https://thu.example/d%E1%BB%8Bch-v%E1%BB%A5/?a=1"\n'
        + '\n[[footer]]\nlabel = "Trang chủ"\nurl = "https://thu.example/"\n'
        + '\n[[footer]]\nlabel = "Lễ hội"\nurl = "https://thu.example/tin/2026/05/le-hoi.html?a=1#x"\n'
        + '\n[[footer]]\nlabel = "Cổng"\nurl = "https://thu.example"\n'
        + '\n[[footer]]\nlabel = "Cổng khác"\nurl = "https://thu.example.vn/khong-co.html"\n'
        + '\n[alert]\ntext = "Bão số 5"\nlink = "https://thu.example/tin/2026/05/bao-so-5.html"\n'
    },
    "link-to-a-withdrawn-page": {
        LE_HOI: le_hoi("withdrawn: {date: 2026-05-20, by: Văn phòng, reason: sai}"),
        BAI: bai(body="Xem [lễ hội](le-hoi.md#phan-le), [địa chỉ cũ](/tin-tuc/le-hoi.html) và [bài này](#x)."),
        **ANH,
        "site.toml": SITE_TOML
        + '\n[[menu]]\nlabel = "Lễ hội"\nurl = "/tin/2026/05/le-hoi.html"\n'
        + '[alert]\ntext = "Bão số 5"\nlink = "/tin-tuc/le-hoi.html"\n',
    },
    "link-with-the-own-domain-to-a-withdrawn-page": {
        LE_HOI: le_hoi("withdrawn: {date: 2026-05-20, by: Văn phòng, reason: sai}"),
        BAI: bai(body="Xem [lễ hội](https://thu.example/tin/2026/05/le-hoi.html?a=1#phan-le)."),
        **ANH,
        "site.toml": SITE_TOML
        + '\n[[menu]]\nlabel = "Lễ hội"\nurl = "https://thu.example/tin/2026/05/le-hoi.html#x"\n'
        + '[alert]\ntext = "Bão số 5"\nlink = "https://thu.example/tin-tuc/le-hoi.html"\n',
    },
    "alert-with-the-own-domain-to-an-expired-page": {
        BAI: bai("expires: 2026-05-20"),
        "site.toml": SITE_TOML + '\n[alert]\ntext = "Bão số 5"\nlink = "https://thu.example/tin/2026/05/bai.html"\n',
    },
    "alert-to-an-expired-page": {
        BAI: bai("expires: 2026-05-20"),
        "site.toml": SITE_TOML + '\n[alert]\ntext = "Bão số 5"\nlink = "/tin/2026/05/bai.html"\n',
    },
    "alert-that-is-over": {
        "site.toml": SITE_TOML + '\n[alert]\ntext = "Bão số 5"\nfrom = "2026-05-01 18:00"\nuntil = "2026-05-31"\n'
    },
    "security-expires-soon": {
        "site.toml": SITE_TOML + '\n[security]\ncontact = "mailto:a@thu.example"\nexpires = 2026-07-01\n'
    },
}


# Where each fault of front matter stands: the lines of BAI that are to be told, in their order. Where something is
# missing, 1 is the file as a whole.
_FENCES = [name for name in YAML if name.startswith("fence")]
LINES: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(_FENCES, (1,)),
    **dict.fromkeys(DATES, (3,)),
    "fence-after-blank-lines": (3,),
    "nothing-between-fences": (1, 1, 1),
    "front-matter-too-large": (1,),
    "title-missing": (1,),
    "all-required-missing": (1, 1, 1),
    # What differs from the sound article is not where the fault is.
    "two-documents": (3,),
    "field-that-is-a-list": (2,),
    "list-instead-of-fields": (2,),
    "words-instead-of-fields": (2,),
    "quote-not-opened": (6,),
    "field-misspelt": (2, 4),
    "field-in-capitals": (2, 3),
    "field-in-vietnamese": (2, 3, 4),
    "field-in-vietnamese-shortened": (5, 6, 7),
    "field-in-vietnamese-for-its-end": (5,),
    "field-of-another-program": (5, 6),
    # In a field of several lines, the one that is wrong.
    "colon-in-caption": (7,),
    "colon-in-summary-after-long-fields": (6,),
    "colon-in-label-of-list": (7,),
    "tab-before-nested-field": (6,),
    "uneven-nesting": (7,),
    "field-twice-when-nested": (8,),
    "image-with-unknown-part": (7,),
    "image-with-parts-not-indented": (6,),
    "image-alt-is-a-list": (7,),
    "tag-is-a-list": (7,),
    "tag-without-letters": (7,),
    "attachments-without-file": (6,),
    "attachments-with-unknown-part": (7,),
    "alias-with-accents": (7,),
}


def faulty_lines(name: str) -> tuple[int, ...]:
    """The lines of BAI that are to be told of a case of YAML, FIELDS or DATES."""
    if name in LINES:
        return LINES[name]
    made = {**YAML, **FIELDS, **DATES}[name][BAI]
    assert isinstance(made, str)
    # The first that the sound article has not, or has not there.
    lines, sound = made.split("\n"), bai().split("\n")
    return (next(number for number, line in enumerate(lines, 1) if line != sound[number - 1]),)


def commit(case: dict[str, Make], root: Path) -> None:
    """Make the mistake in the site at ``root``."""
    for path, make in case.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if callable(make):
            make(file)
        else:
            file.write_bytes(make.encode() if isinstance(make, str) else make)
