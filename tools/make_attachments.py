"""Làm tệp đính kèm cho cổng mẫu: the PDF, Word and Excel files of the sample portal.

All text and figures are invented; every file says so in its footer.

    pip install python-docx openpyxl pikepdf
    python tools/make_attachments.py

The PDFs are printed by Chromium (in Noto Sans, where it is installed), which tags headings and tables for screen readers.
"""

# The sentences and tables of documents are laid out by hand.
# ruff: noqa: C901, E501, ISC004, PLR0915
# fmt: off

import datetime as dt
import html
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import chromium
import docx
import docx.enum.table
import docx.enum.text
import docx.oxml
import docx.oxml.ns
import docx.shared
import openpyxl
import openpyxl.styles
import openpyxl.utils
import pikepdf

FILES = Path(__file__).resolve().parent.parent / "content" / "tep"
NOTICE = "Tài liệu mẫu của phần mềm Loa. Tỉnh Lâm Hải, các đơn vị, số liệu và địa danh đều là hư cấu."
TEAL = "0B5A7A"
STAMP = dt.datetime(2026, 1, 8, 9, 0, tzinfo=dt.UTC)

# ------------------------------------------------------------------- PDF

STYLE = """
@page { size: A4; margin: 18mm 18mm 20mm 20mm;
  @bottom-left { content: "%(notice)s"; font: 7.6pt "Noto Sans", "DejaVu Sans", sans-serif; color: #44525a;
    width: 86%%; vertical-align: top; padding-top: 3mm; }
  @bottom-right { content: counter(page) "/" counter(pages); font: 7.6pt "Noto Sans", "DejaVu Sans", sans-serif;
    color: #44525a; vertical-align: top; padding-top: 3mm; } }
@page wide { size: A4 landscape; margin: 13mm 16mm 17mm; }
.wide { page: wide; }
html { font: 10.6pt/1.42 "Noto Sans", "DejaVu Sans", sans-serif; color: #16262e; }
body { margin: 0; }
header { display: flex; justify-content: space-between; gap: 12mm; margin-bottom: 6mm; font-size: 9.4pt;
  border-bottom: 1.2pt solid #0b5a7a; padding-bottom: 3mm; }
header p { margin: 0; } header .right { text-align: right; }
h1 { font-size: 17pt; line-height: 1.2; color: #0b5a7a; margin: 0 0 1.5mm; }
.sub { margin: 0 0 4.5mm; color: #33464f; }
h2 { font-size: 12.2pt; color: #0b5a7a; margin: 5.5mm 0 2mm; break-after: avoid; }
p { margin: 0 0 2.4mm; } ul, ol { margin: 0 0 2.4mm; padding-left: 6mm; } li { margin-bottom: 1mm; }
table { border-collapse: collapse; width: 100%%; margin: 1mm 0 3.5mm; font-size: 9.6pt; line-height: 1.32; }
caption { text-align: left; font-weight: bold; padding-bottom: 1.4mm; }
th, td { border-bottom: 0.5pt solid #a9bcc4; padding: 1.35mm 2mm; text-align: left; vertical-align: top; }
thead th { background: #0b5a7a; color: #fff; border-bottom: 0; vertical-align: bottom; }
thead { display: table-header-group; } tr { break-inside: avoid; }
tbody tr:nth-child(even) td, tbody tr:nth-child(even) th { background: #f1f6f7; }
tbody th { font-weight: normal; }
.n { text-align: right; font-variant-numeric: tabular-nums; } td.n { white-space: nowrap; }
td.w, tbody th { white-space: nowrap; } .guide tbody th { white-space: normal; }
.wide td:nth-child(8) { white-space: nowrap; }
tr.group th { font-weight: bold; color: #0b5a7a; background: #e2eef1 !important; }
tfoot td, tfoot th { font-weight: bold; border-top: 1pt solid #0b5a7a; }
tfoot { display: table-row-group; }
.note { font-size: 9.2pt; color: #33464f; } .next { break-before: page; margin-top: 0; }
.tight table { font-size: 8.9pt; } .tight th, .tight td { padding: 0.95mm 1.7mm; }
.steps { display: grid; grid-template-columns: 1fr 1fr; gap: 4.5mm; margin: 2mm 0 3mm; padding: 0; list-style: none; }
.steps li { display: flex; gap: 4mm; border: 0.6pt solid #b9ccd3; border-radius: 2.5mm; padding: 3mm; margin: 0;
  break-inside: avoid; }
.steps svg { flex: 0 0 24mm; height: 37mm; } .steps h3 { margin: 0 0 1mm; font-size: 10.6pt; color: #0b5a7a; }
.steps p { font-size: 9.4pt; margin: 0; }
"""


def page(title: str, left: Sequence[str], right: Sequence[str], body: str, kind: str = "") -> str:
    def lines(texts: Iterable[str]) -> str:
        return "".join(f"<p>{text}</p>" for text in texts)

    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f"<style>{STYLE % {'notice': NOTICE}}</style></head>"
        f'<body class="{kind}"><header><div>{lines(left)}</div><div class="right">{lines(right)}</div></header>'
        f"{body}</body></html>"
    )


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    kinds: str = "",
    caption: str = "",
    foot: Sequence[str] = (),
) -> str:
    """A table; kinds has a letter for each column: l(eft), n(umber), w(hole line), h(eading of its row)."""
    kinds = kinds or "l" * len(head)
    classes = {"n": ' class="n"', "w": ' class="w"'}

    def cells(row: Sequence[str], tag: str = "td") -> str:
        if len(row) == 1:
            return f'<th colspan="{len(head)}" scope="rowgroup">{row[0]}</th>'
        return "".join(
            f'<th scope="row">{text}</th>' if kind == "h" else f"<{tag}{classes.get(kind, '')}>{text}</{tag}>"
            for kind, text in zip(kinds, row, strict=True)
        )

    top = "".join(f'<th scope="col"{classes.get(kind, "")}>{text}</th>' for kind, text in zip(kinds, head, strict=True))
    group = ' class="group"'
    body = "".join(f"<tr{group if len(row) == 1 else ''}>{cells(row)}</tr>" for row in rows)
    end = f"<tfoot><tr>{cells(foot)}</tr></tfoot>" if foot else ""
    title = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{top}</tr></thead><tbody>{body}</tbody>{end}</table>"


def reservoirs() -> str:
    rows = [
        ("1", "Khe Sim", "Nà Bung, Vân Lĩnh", "1,84", "17,5", "86,50", "84,80",
         "Thấm thân đập, vệt ướt dài 42 m", "3,2", "31/7/2023"),
        ("2", "Bản Thẳm", "Mường Khao, Vân Lĩnh", "0,96", "14,0", "112,30", "110,50",
         "Sạt mái thượng lưu, mất 180 m² đá lát", "2,6", "31/7/2023"),
        ("3", "Đồng Mây", "Đồng Tiến, Đồng Sơn", "2,35", "15,2", "41,20", "39,90",
         "Nứt bản đáy tràn, khe lún hở 4 cm", "2,4", "15/8/2023"),
        ("4", "Khe Lau", "Sơn Hạ, Đồng Sơn", "0,72", "11,8", "37,60", "35,80",
         "Thấm quanh cống, nước đục sau mưa", "1,9", "15/8/2023"),
        ("5", "Ao Cả", "Bình Lâm, Đồng Sơn", "0,58", "9,6", "24,10", "22,90",
         "Sạt mái hạ lưu hai vị trí, rộng nhất 6 m", "1,8", "31/7/2023"),
        ("6", "Suối Cát", "Phú Cát, Đồng Sơn", "0,41", "8,4", "18,70", "17,60",
         "Thấm vai phải đập, hỏng rãnh thoát nước", "1,6", "15/8/2023"),
        ("7", "Pá Lằn", "Nậm Xuân, Vân Lĩnh", "1,12", "13,3", "134,00", "132,40",
         "Van cống không kín, thấm mang cống", "1,3", "15/8/2023"),
    ]
    watch = [
        ("Từ mức giới hạn trở xuống", "Trực tại đập; đo mực nước lúc 7 giờ và 19 giờ", "Chủ đập"),
        ("Vượt mức giới hạn đến 0,5 m", "Mở cống hạ mực nước; đo mỗi 3 giờ; báo UBND xã", "Chủ đập, UBND xã"),
        ("Vượt mức giới hạn trên 0,5 m", "Đo mỗi giờ; báo UBND huyện và Chi cục Thủy lợi; sẵn sàng sơ tán hạ du",
         "UBND huyện"),
        ("Thấm đục, sạt mái phát triển", "Báo động ngay bằng loa, còi; sơ tán theo danh sách từng hộ",
         "Chủ tịch UBND xã"),
    ]
    body = (
        "<h1>Phụ lục: Danh sách hồ chứa xung yếu năm 2023</h1>"
        '<p class="sub">Kèm theo Chỉ thị số 07/CT-UBND ngày 20/4/2023 của Chủ tịch UBND tỉnh Lâm Hải</p>'
        + table(
            ("TT", "Hồ chứa", "Địa điểm (xã, huyện)", "Dung tích (triệu m³)", "Chiều cao đập đất (m)",
             "Mực nước dâng bình thường (m)", "Mức nước giới hạn (m)", "Hư hỏng chính", "Kinh phí (tỷ đồng)",
             "Hạn sửa xong"),
            rows, "nhwnnnnlnw", "Bảy hồ phải hạn chế tích nước cho đến khi sửa xong",
            ("", "Cộng", "7 hồ", "7,98", "", "", "", "", "14,8", ""),
        )
        + table(("Mực nước hồ", "Việc phải làm", "Người chịu trách nhiệm"), watch, "hll",
                "Chế độ trực và báo tin theo mực nước")
        + "<p class='note'>Mực nước tính theo cao độ quốc gia, đọc tại thước nước gắn trên mái thượng lưu. "
        "Kinh phí gồm xây lắp và giám sát, chưa gồm bồi thường. Hồ nào sửa xong, được nghiệm thu thì đưa ra khỏi "
        "danh sách bằng thông báo của Sở Nông nghiệp và Phát triển nông thôn.</p>"
    )
    return page(
        "Phụ lục: Danh sách hồ chứa xung yếu năm 2023 – tỉnh Lâm Hải",
        ("<strong>ỦY BAN NHÂN DÂN TỈNH LÂM HẢI</strong>", "Chỉ thị số 07/CT-UBND"),
        ("Lâm Hải, ngày 20 tháng 4 năm 2023", "Phụ lục"),
        body,
        "wide tight",
    )


def digital_plan() -> str:
    rows: list[Sequence[str]] = [
        ("A. Chính quyền số",),
        ("1", "Hồ sơ thủ tục hành chính được xử lý trực tuyến", "21,4%", "80%"),
        ("2", "Hồ sơ công việc cấp tỉnh xử lý trên môi trường mạng", "76%", "95%"),
        ("3", "Hồ sơ công việc cấp huyện xử lý trên môi trường mạng", "58%", "85%"),
        ("4", "Hồ sơ công việc cấp xã xử lý trên môi trường mạng", "35%", "70%"),
        ("5", "Văn bản điện tử được ký số (trừ văn bản mật)", "64%", "100%"),
        ("6", "Kết quả giải quyết thủ tục được số hóa", "12%", "90%"),
        ("7", "Người dân hài lòng khi dùng dịch vụ công trực tuyến", "78%", "92%"),
        ("8", "Họp của UBND tỉnh có thể nối trực tuyến đến cấp xã", "40%", "100%"),
        ("9", "Cơ sở dữ liệu chuyên ngành kết nối nền tảng dùng chung", "5", "24"),
        ("10", "Bộ dữ liệu mở được công bố", "0", "40"),
        ("11", "Hệ thống thông tin được phê duyệt cấp độ an toàn", "31%", "100%"),
        ("12", "Máy tính của cơ quan được giám sát mã độc tập trung", "44%", "100%"),
        ("13", "Cán bộ, công chức được tập huấn kỹ năng số mỗi năm", "38%", "100%"),
        ("14", "Hoạt động kiểm tra chuyên ngành thực hiện trên hệ thống số", "3%", "50%"),
        ("B. Kinh tế số",),
        ("15", "Tỷ trọng kinh tế số trong GRDP", "5,8%", "15%"),
        ("16", "Doanh nghiệp nhỏ và vừa dùng nền tảng số", "17%", "50%"),
        ("17", "Doanh nghiệp sử dụng hợp đồng điện tử", "11%", "60%"),
        ("18", "Doanh nghiệp công nghệ số hoạt động tại tỉnh", "86", "240"),
        ("19", "Sản phẩm OCOP có trên sàn thương mại điện tử", "22%", "90%"),
        ("20", "Tàu cá dài từ 15 m có nhật ký khai thác điện tử", "9%", "80%"),
        ("21", "Chợ hạng I, hạng II có thanh toán không tiền mặt", "2/14", "14/14"),
        ("22", "Nhân lực công nghệ số trong tổng lao động", "0,5%", "1,2%"),
        ("C. Xã hội số",),
        ("23", "Hộ gia đình có đường cáp quang", "52%", "80%"),
        ("24", "Hộ gia đình có ít nhất một điện thoại thông minh", "71%", "100%"),
        ("25", "Điểm lõm sóng di động còn lại", "67", "0"),
        ("26", "Người từ 15 tuổi có tài khoản thanh toán", "58%", "80%"),
        ("27", "Người dân có hồ sơ sức khỏe điện tử", "46%", "90%"),
        ("28", "Người trưởng thành có chữ ký số hoặc định danh điện tử", "8%", "50%"),
        ("29", "Trường phổ thông có phòng học trực tuyến", "29%", "100%"),
        ("30", "Bệnh viện, trung tâm y tế thu viện phí không tiền mặt", "4/17", "17/17"),
        ("31", "Thôn, tổ dân phố có tổ công nghệ số cộng đồng", "0%", "100%"),
    ]
    body = (
        "<h1>Kế hoạch chuyển đổi số tỉnh Lâm Hải giai đoạn 2022–2025</h1>"
        '<p class="sub">Ban hành theo Kế hoạch số 96/KH-UBND ngày 21/02/2022</p>'
        "<h2>1. Mục đích</h2>"
        "<p>Người dân và doanh nghiệp làm thủ tục một lần, ở nơi thuận tiện nhất, không phải nộp lại giấy tờ mà cơ quan "
        "nhà nước đã có. Vùng cao và hải đảo được ưu tiên về hạ tầng để không ai bị bỏ lại phía sau.</p>"
        "<h2>2. Chỉ tiêu</h2>"
        + table(("TT", "Chỉ tiêu", "Năm 2021", "Mục tiêu 2025"), rows, "nhnn",
                "31 chỉ tiêu theo ba trụ cột")
        + "<h2>3. Nguồn lực</h2>"
        + table(
            ("Nội dung chi", "Ngân sách tỉnh", "Trung ương hỗ trợ", "Doanh nghiệp viễn thông", "Cộng"),
            [("Xóa 67 điểm lõm sóng", "18", "28", "102", "148"),
             ("Nền tảng dùng chung và trung tâm dữ liệu", "95", "26", "0", "121"),
             ("Số hóa dữ liệu chuyên ngành", "47", "12", "0", "59"),
             ("An toàn thông tin", "42", "4", "0", "46"),
             ("Đào tạo nhân lực, tổ công nghệ số cộng đồng", "34", "4", "0", "38")],
            "hnnnn", "Kinh phí dự kiến 2022–2025 (tỷ đồng)", ("Cộng", "236", "74", "102", "412"),
        )
        + "<h2>4. Mốc thực hiện năm 2022</h2>"
        "<ol><li>Trước ngày 30/6/2022: kết nối hệ thống một cửa của tỉnh với Cơ sở dữ liệu quốc gia về dân cư "
        "(Sở Thông tin và Truyền thông, Công an tỉnh).</li>"
        "<li>Trước ngày 30/9/2022: mỗi xã, phường, thị trấn thành lập ít nhất một tổ công nghệ số cộng đồng "
        "(UBND cấp huyện).</li>"
        "<li>Trước ngày 31/12/2022: 100% văn bản giữa các cơ quan nhà nước trong tỉnh, trừ văn bản mật, được gửi và "
        "ký số (Văn phòng UBND tỉnh).</li></ol>"
        "<h2>5. Theo dõi, công bố</h2>"
        "<p>Tiến độ từng chỉ tiêu được công bố mỗi quý trên Cổng Thông tin điện tử tỉnh. Cơ quan để chậm quá một quý "
        "giải trình bằng văn bản trước ngày 10 của tháng kế tiếp. Kế hoạch được rà soát giữa kỳ trong quý I/2024.</p>"
    )
    return page(
        "Kế hoạch chuyển đổi số tỉnh Lâm Hải giai đoạn 2022–2025",
        ("<strong>ỦY BAN NHÂN DÂN TỈNH LÂM HẢI</strong>", "Số: 96/KH-UBND"),
        ("Lâm Hải, ngày 21 tháng 02 năm 2022",),
        body,
        "tight",
    )


def reception() -> str:
    moved = {
        2: "Chuyển từ 15/02 do nghỉ Tết Bính Ngọ",
        3: "Chuyển từ 15/3 (Chủ nhật)",
        8: "Chuyển từ 15/8 (thứ Bảy)",
        11: "Chuyển từ 15/11 (Chủ nhật)",
    }
    days = {2: 23, 3: 16, 8: 17, 11: 16}
    names = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")
    rows = []
    for month in range(1, 13):
        day = dt.date(2026, month, days.get(month, 15))
        last = dt.date(2026, month, 10)
        shown = f"{day.day}/{month:02d}" if month < 3 else f"{day.day}/{month}"
        rows.append((
            f"Tháng {month}",
            f"Thứ {names[day.weekday()]}, {shown}",
            f"17:00 ngày {last.day}/{month:02d}" if month < 3 else f"17:00 ngày {last.day}/{month}",
            moved.get(month, "Đúng ngày 15"),
        ))
    body = (
        "<h1>Lịch tiếp công dân của Chủ tịch UBND tỉnh năm 2026</h1>"
        '<p class="sub">Kèm theo Thông báo số 04/TB-UBND ngày 05/01/2026</p>'
        "<p><strong>Nơi tiếp:</strong> Trụ sở Tiếp công dân tỉnh, số 3 đường Bình Minh, phường An Hải. "
        "<strong>Giờ tiếp:</strong> sáng từ 7:30, chiều từ 13:30. <strong>Điện thoại:</strong> 0200 000 0115.</p>"
        + table(("Tháng", "Ngày tiếp", "Hạn gửi phiếu đăng ký", "Ghi chú"), rows, "hlll", "Mười hai buổi tiếp trong năm")
        + table(
            ("Nơi tiếp", "Ngày", "Giờ"),
            [("Ban Tiếp công dân tỉnh", "Thứ Hai đến thứ Sáu", "7:30–11:30, 13:30–17:00"),
             ("Thanh tra tỉnh cử người phối hợp", "Thứ Ba, thứ Năm", "7:30–11:30"),
             ("Giám đốc sở", "Theo lịch của từng sở, ít nhất một ngày mỗi tháng", "7:30–11:30"),
             ("Chủ tịch UBND phường, xã, đặc khu", "Theo lịch niêm yết, ít nhất hai ngày mỗi tháng", "7:30–11:30")],
            "hll", "Tiếp thường xuyên",
        )
        + "<h2>Khi đăng ký và khi đến</h2>"
        "<ul><li>Phiếu đăng ký nêu họ tên, địa chỉ, điện thoại, tóm tắt nội dung không quá một trang, kèm bản sao văn bản "
        "đã trả lời (nếu có). Kết quả xếp lịch được báo trước ngày 13.</li>"
        "<li>Đến sớm 15 phút và mang theo căn cước. Việc có từ năm người trở lên thì cử một hoặc hai người đại diện.</li>"
        "<li>Cần hỗ trợ đi lại, phiên dịch ngôn ngữ ký hiệu hoặc tiếng dân tộc thì ghi vào phiếu. Lối vào không bậc thềm "
        "ở phía đường Hoa Sữa.</li></ul>"
    )
    return page(
        "Lịch tiếp công dân định kỳ của Chủ tịch UBND tỉnh Lâm Hải năm 2026",
        ("<strong>ỦY BAN NHÂN DÂN TỈNH LÂM HẢI</strong>", "Ban Tiếp công dân tỉnh"),
        ("Lâm Hải, ngày 05 tháng 01 năm 2026", "Bản in để niêm yết"),
        body,
        "tight",
    )


def screen(inner: str, label: str) -> str:
    """A small drawing of a phone screen for one step of the guide."""
    return (
        f'<svg viewBox="0 0 72 111" role="img" aria-label="{label}">'
        '<rect x="2" y="2" width="68" height="107" rx="9" fill="#16374a"/>'
        '<rect x="6" y="8" width="60" height="95" rx="5" fill="#fbf6e8"/>'
        f'<rect x="6" y="8" width="60" height="17" rx="5" fill="#0b5a7a"/>{inner}</svg>'
    )


def bars(*spots: tuple[float, float, float]) -> str:
    return "".join(f'<rect x="{x}" y="{y}" width="{w}" height="5" rx="2.5" fill="#b9ccd3"/>' for x, y, w in spots)


def guide() -> str:
    button = '<rect x="12" y="86" width="48" height="11" rx="5.5" fill="#0b5a7a"/>'
    tick = '<path d="M0 4l4 4 7-9" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/>'
    steps = [
        ("Đăng nhập", "Mở Cổng Dịch vụ công quốc gia (dichvucong.gov.vn), chọn “Đăng nhập” bằng tài khoản định danh điện tử "
         "mức độ 2.",
         '<circle cx="36" cy="45" r="9" fill="#2f8c9b"/><path d="M20 72c0-18 32-18 32 0z" fill="#2f8c9b"/>' + button),
        ("Tìm thủ tục", "Gõ tên thủ tục vào ô tìm kiếm, hoặc chọn theo sự kiện: có con nhỏ, mua nhà, mở cửa hàng.",
         '<rect x="11" y="32" width="50" height="12" rx="6" fill="#fff" stroke="#2f8c9b" stroke-width="1.6"/>'
         '<circle cx="19" cy="38" r="3" fill="none" stroke="#2f8c9b" stroke-width="1.6"/>'
         + bars((12, 54, 44), (12, 65, 36), (12, 76, 42), (12, 87, 30))),
        ("Chọn nơi giải quyết", "Chọn tỉnh Lâm Hải và cơ quan giải quyết. Nộp ở đâu trong tỉnh cũng được tiếp nhận.",
         '<path d="M36 82c-14-18-20-24-20-34a20 20 0 0 1 40 0c0 10-6 16-20 34z" fill="#c7613d"/>'
         '<circle cx="36" cy="48" r="8" fill="#fbf6e8"/>' + bars((18, 90, 36))),
        ("Điền tờ khai, tải giấy tờ", "Mỗi tệp rõ bốn góc, dưới 6 MB. Giấy tờ đã có trong kho dữ liệu cá nhân thì không "
         "phải chụp lại.",
         '<path d="M17 33h26l11 11v38h-37z" fill="#fff" stroke="#2f8c9b" stroke-width="1.6"/>'
         '<path d="M43 33v11h11" fill="none" stroke="#2f8c9b" stroke-width="1.6"/>'
         + bars((23, 52, 24), (23, 61, 20), (23, 70, 24)) + button),
        ("Chọn cách nhận kết quả", "Bản điện tử, nhận tại điểm tiếp nhận hoặc gửi về nhà (26.000–34.000 đồng một lượt "
         "trong tỉnh).",
         "".join(f'<rect x="11" y="{y}" width="50" height="16" rx="4" fill="#fff" stroke="#b9ccd3"/>'
                 f'<circle cx="20" cy="{y + 8}" r="4" fill="{tone}"/><rect x="28" y="{y + 5.5}" width="26" height="5" '
                 f'rx="2.5" fill="#b9ccd3"/>' for y, tone in ((32, "#2f8c9b"), (53, "#dbe4e7"), (74, "#dbe4e7")))),
        ("Trả phí, giữ mã hồ sơ", "Trả phí nếu có, chụp lại mã hồ sơ. Tra cứu bằng mã này hoặc gọi 0200 000 0111.",
         '<circle cx="36" cy="52" r="16" fill="#3f9a7d"/><g transform="translate(29.500 51) scale(1.2)">' + tick
         + "</g>" + bars((18, 78, 36), (24, 89, 24))),
    ]
    cards = "".join(
        f"<li>{screen(inner, f'Hình minh họa bước {i}')}<div><h3>Bước {i}. {name}</h3><p>{text}</p></div></li>"
        for i, (name, text, inner) in enumerate(steps, 1)
    )
    body = (
        "<h1>Hướng dẫn nộp hồ sơ dịch vụ công trực tuyến</h1>"
        '<p class="sub">Áp dụng từ ngày 01/7/2025, trên Cổng Dịch vụ công quốc gia</p>'
        "<h2>Chuẩn bị</h2>"
        "<ul><li>Tài khoản định danh điện tử mức độ 2; chưa có thì đến cơ quan công an cấp xã làm trực tiếp.</li>"
        "<li>Điện thoại đang dùng số thuê bao của chính mình để nhận mã xác thực.</li>"
        "<li>Tài khoản ngân hàng hoặc ví điện tử, nếu thủ tục có phí.</li></ul>"
        f'<h2>Sáu bước nộp hồ sơ</h2><ol class="steps">{cards}</ol>'
        '<h2 class="next">Phí, lệ phí và cước</h2>'
        + table(
            ("Khoản", "Nộp trực tuyến", "Nộp trực tiếp"),
            [("Phí, lệ phí do HĐND tỉnh quy định", "Theo nghị quyết đang có hiệu lực",
              "Theo nghị quyết đang có hiệu lực"),
             ("Phí, lệ phí do Bộ Tài chính quy định", "Theo thông tư của từng khoản", "Theo thông tư của từng khoản"),
             ("Cước gửi kết quả về nhà, trong tỉnh", "26.000–34.000 đồng", "26.000–34.000 đồng"),
             ("Chuyển hồ sơ giữa các cơ quan nhà nước", "Không thu", "Không thu")],
            "hll",
        )
        + "<p class='note'>Trong hai năm 2024 và 2025, 38 thủ tục nộp trực tuyến có mức thu 0 đồng theo Nghị quyết số "
        "27/2023/NQ-HĐND của HĐND tỉnh. Mức đang áp dụng luôn hiện trên trang của từng thủ tục trước khi thanh toán.</p>"
        "<h2>Khi gặp khó khăn</h2>"
        + table(
            ("Vấn đề", "Cách giải quyết"),
            [("Không nhận được mã xác thực", "Kiểm tra số thuê bao chính chủ; chờ 5 phút rồi gửi lại; vẫn không được thì "
              "gọi 0200 000 0111"),
             ("Tệp quá lớn", "Chụp lại ở mức vừa, hoặc lưu thành PDF nhiều trang; mỗi tệp dưới 6 MB"),
             ("Hồ sơ bị trả để bổ sung", "Đọc lý do trong tin nhắn, bổ sung vào đúng mã hồ sơ cũ, không nộp hồ sơ mới"),
             ("Không tự làm được", "Đến điểm tiếp nhận bất kỳ hoặc nhờ tổ công nghệ số cộng đồng, không mất tiền"),
             ("Người từ 75 tuổi, người khuyết tật nặng", "Hẹn cán bộ đến tiếp nhận tại nhà")],
            "hl",
        )
        + "<p><strong>Giữ an toàn:</strong> không chuyển tiền vào tài khoản cá nhân; cán bộ không bao giờ hỏi mật khẩu hay "
        "mã xác thực. Hồ sơ giấy vẫn được nhận ở mọi điểm tiếp nhận.</p>"
    )
    return page(
        "Hướng dẫn nộp hồ sơ dịch vụ công trực tuyến – tỉnh Lâm Hải",
        ("<strong>ỦY BAN NHÂN DÂN TỈNH LÂM HẢI</strong>", "Trung tâm Phục vụ hành chính công"),
        ("Tổng đài: 0200 000 0111", "Cập nhật: tháng 9/2026"),
        body,
        "guide",
    )


def print_pdf(name: str, source: str) -> None:
    browser = chromium.find()
    if browser is None:
        raise SystemExit("Cần Chromium để in tệp PDF.")
    with tempfile.TemporaryDirectory() as folder:
        origin = Path(folder) / "nguon.html"
        origin.write_text(source, encoding="utf-8")
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                f"--user-data-dir={folder}/ho-so",
                "--no-pdf-header-footer",
                f"--print-to-pdf={folder}/in.pdf",
                origin.as_uri(),
            ],
            check=True,
            capture_output=True,
        )
        with pikepdf.open(f"{folder}/in.pdf") as printed:
            printed.docinfo["/CreationDate"] = printed.docinfo["/ModDate"] = f"D:{STAMP:%Y%m%d%H%M%S}Z"
            printed.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
            printed.save(
                FILES / name,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                recompress_flate=True,
                deterministic_id=True,
            )


# ------------------------------------------------------------------ Word


def shade(cell: object, colour: str) -> None:
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001  # python-docx has no public way to fill a cell
    properties.append(
        docx.oxml.parse_xml(f'<w:shd {docx.oxml.ns.nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    )


def form() -> None:
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman"
    normal.font.size = docx.shared.Pt(12)
    normal.paragraph_format.space_after = docx.shared.Pt(4)
    normal.element.rPr.append(docx.oxml.parse_xml(f'<w:lang {docx.oxml.ns.nsdecls("w")} w:val="vi-VN"/>'))
    for name, size in (("Title", 17), ("Heading 1", 13)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold = "Times New Roman", docx.shared.Pt(size), True
        style.font.color.rgb = docx.shared.RGBColor.from_string(TEAL)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(docx.oxml.ns.qn(f"w:{theme}"), None)
        fonts.set(docx.oxml.ns.qn("w:hAnsi"), "Times New Roman")
    document.styles["Heading 1"].paragraph_format.space_before = docx.shared.Pt(11)
    document.styles["Heading 1"].paragraph_format.space_after = docx.shared.Pt(4)
    document.styles["Title"].paragraph_format.space_before = docx.shared.Pt(8)
    document.styles["Title"].paragraph_format.space_after = docx.shared.Pt(8)
    section = document.sections[0]
    section.page_width, section.page_height = docx.shared.Mm(210), docx.shared.Mm(297)
    section.left_margin, section.right_margin = docx.shared.Mm(25), docx.shared.Mm(18)
    section.top_margin, section.bottom_margin = docx.shared.Mm(18), docx.shared.Mm(18)
    footer = section.footer.paragraphs[0]
    footer.text = NOTICE
    footer.runs[0].font.size = docx.shared.Pt(8.5)

    def line(text: str, *, bold: bool = False, italic: bool = False, centre: bool = False) -> None:
        paragraph = document.add_paragraph()
        run = paragraph.add_run(text)
        run.bold, run.italic = bold, italic
        if text.endswith("\t"):  # a dotted line to write on
            paragraph.paragraph_format.tab_stops.add_tab_stop(
                docx.shared.Mm(166), docx.enum.text.WD_TAB_ALIGNMENT.RIGHT, docx.enum.text.WD_TAB_LEADER.DOTS)
        if centre:
            paragraph.alignment = docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER

    def grid(rows: Sequence[Sequence[str]], widths: Sequence[float], *, head: bool) -> None:
        made = document.add_table(rows=len(rows), cols=len(widths), style="Table Grid")
        made.alignment = docx.enum.table.WD_TABLE_ALIGNMENT.CENTER
        made.autofit = False
        for row in made.rows:
            row.height = docx.shared.Mm(7.2)
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                cell = made.cell(i, j)
                cell.width = docx.shared.Mm(widths[j])
                cell.vertical_alignment = docx.enum.table.WD_ALIGN_VERTICAL.CENTER
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = docx.shared.Pt(0)
                run = paragraph.add_run(text)
                run.font.size = docx.shared.Pt(11)
                if (head and i == 0) or (not head and j % 2 == 0):
                    run.bold = True
                    shade(cell, "E2EEF1")
        if head:
            made.rows[0]._tr.get_or_add_trPr().append(  # noqa: SLF001  # the row which repeats on each page
                docx.oxml.parse_xml(f"<w:tblHeader {docx.oxml.ns.nsdecls('w')}/>")
            )
        for column, width in zip(made.columns, widths, strict=True):
            column.width = docx.shared.Mm(width)

    line("VĂN PHÒNG UBND TỈNH LÂM HẢI", bold=True)
    line("Phòng Hành chính – Tổ chức")
    title = document.add_paragraph("PHIẾU ĐĂNG KÝ DỰ TUYỂN VIÊN CHỨC", style="Title")
    title.alignment = docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER
    line("Trung tâm Tin học – Công báo, năm 2024", bold=True, centre=True)
    line("Điền trên máy hoặc viết tay. Chỉ nộp phiếu này; bằng cấp được kiểm tra sau khi trúng tuyển. "
         "Hạn nhận: 17:00 ngày 14/11/2024.", italic=True, centre=True)

    document.add_heading("1. Vị trí đăng ký (đánh dấu một ô)", level=1)
    for text in (
        "☐  Quản trị hệ thống (2 người)",
        "☐  Phát triển phần mềm (1 người)",
        "☐  Biên tập viên Cổng Thông tin điện tử (2 người)",
        "☐  Văn thư, lưu trữ Công báo (1 người)",
    ):
        line(text)

    document.add_heading("2. Thông tin cá nhân", level=1)
    grid(
        [
            ("Họ và tên", "", "Ngày sinh", ""),
            ("Giới tính", "☐ Nam  ☐ Nữ  ☐ Khác", "Dân tộc", ""),
            ("Số căn cước", "", "Ngày cấp", ""),
            ("Điện thoại", "", "Thư điện tử", ""),
            ("Nơi ở hiện nay", "", "Nơi thường trú", ""),
        ],
        (30, 53, 33, 50),
        head=False,
    )
    document.add_heading("3. Trình độ đào tạo", level=1)
    grid(
        [
            ("Tên trường", "Chuyên ngành", "Trình độ", "Năm tốt nghiệp", "Xếp loại"),
            *[("", "", "", "", "")] * 3,
        ],
        (46, 42, 24, 32, 22),
        head=True,
    )
    document.add_heading("4. Kinh nghiệm làm việc (nếu có)", level=1)
    grid([("Từ – đến", "Nơi làm việc", "Công việc đã làm"), *[("", "", "")] * 3], (32, 58, 76), head=True)

    document.add_heading("5. Ngoại ngữ, tin học, chứng chỉ khác", level=1)
    for _ in range(2):
        line("\t")

    document.add_heading("6. Ưu tiên và hỗ trợ", level=1).paragraph_format.page_break_before = True
    line("☐  Thuộc diện ưu tiên (ghi rõ): \t")
    line("☐  Người khuyết tật, đề nghị:  ☐ phòng ở tầng 1  ☐ thêm thời gian  ☐ khác: \t")

    document.add_heading("7. Cách nhận thông báo", level=1)
    line("☐  Thư điện tử      ☐  Tin nhắn điện thoại      ☐  Bưu chính")

    document.add_heading("8. Cam đoan", level=1)
    line("Tôi cam đoan những điều khai trên là đúng sự thật. Nếu sai, tôi đồng ý để kết quả tuyển dụng bị hủy bỏ. "
         "Tôi đồng ý cho Văn phòng UBND tỉnh dùng thông tin trong phiếu này vào việc tuyển dụng và lưu trong 12 tháng.")
    end = document.add_paragraph("…………, ngày …… tháng …… năm 2024\nNGƯỜI ĐĂNG KÝ\n(Ký, ghi rõ họ tên)")
    end.alignment = docx.enum.text.WD_ALIGN_PARAGRAPH.RIGHT

    core = document.core_properties
    core.title, core.language = "Phiếu đăng ký dự tuyển viên chức năm 2024", "vi-VN"
    core.author = core.last_modified_by = "Văn phòng UBND tỉnh Lâm Hải (hư cấu)"
    core.comments, core.created, core.modified = NOTICE, STAMP, STAMP
    document.save(str(FILES / "bieu-mau-dang-ky.docx"))


# ----------------------------------------------------------------- Excel

YEARS = [
    ("Tổng sản phẩm trên địa bàn, giá hiện hành", "tỷ đồng", 47620, 52940, 58410, 64350, 71480),
    ("Tốc độ tăng tổng sản phẩm, giá so sánh", "%", 3.9, 9.7, 7.8, 8.2, 8.6),
    ("Dân số trung bình", "nghìn người", 896.2, 901.0, 905.4, 909.8, 914.1),
    ("Tổng sản phẩm bình quân đầu người", "triệu đồng", 53.1, 58.8, 64.5, 70.7, 78.2),
    ("Thu ngân sách trên địa bàn", "tỷ đồng", 5487, 6120, 6498, 7012, 7745),
    ("Thu ngân sách so với dự toán", "%", 101.3, 108.4, 103.9, 104.2, 106.1),
    ("Tỷ trọng tiền sử dụng đất trong thu ngân sách", "%", 29, 30, 27, 22, 18),
    ("Vốn đầu tư toàn xã hội", "tỷ đồng", 17240, 18930, 20560, 22180, 23940),
    ("Sản lượng khai thác thủy sản", "tấn", 93200, 95100, 96800, 96300, 94900),
    ("Sản lượng nuôi trồng thủy sản", "tấn", 25400, 27300, 29200, 31700, 35800),
    ("Khách du lịch lưu trú", "nghìn lượt", 214, 706, 968, 1164, 1392),
    ("Tỷ lệ hộ nghèo đa chiều", "%", 7.0, 6.1, 5.0, 4.1, 3.2),
]
QUARTERS = [
    ("Tổng sản phẩm, giá hiện hành", "tỷ đồng", 15290, 17040, 18360, 20790, 71480),
    ("Tốc độ tăng tổng sản phẩm", "%", 7.4, 8.3, 8.9, 9.5, 8.6),
    ("Thu ngân sách trên địa bàn", "tỷ đồng", 1962, 1874, 1808, 2101, 7745),
    ("Vốn đầu tư toàn xã hội", "tỷ đồng", 4210, 5680, 6390, 7660, 23940),
    ("Khai thác thủy sản", "tấn", 19800, 27400, 28100, 19600, 94900),
    ("Nuôi trồng thủy sản", "tấn", 6900, 9200, 10400, 9300, 35800),
    ("Khách du lịch lưu trú", "nghìn lượt", 231, 418, 497, 246, 1392),
]
SECTORS = [
    ("Nông, lâm nghiệp và thủy sản", 6690, 7148, 10.0, 3.5),
    ("Công nghiệp – xây dựng", 28320, 31451, 44.0, 9.1),
    ("Dịch vụ", 26770, 30022, 42.0, 9.4),
    ("Thuế sản phẩm trừ trợ cấp", 2570, 2859, 4.0, 7.4),
    ("Cộng", 64350, 71480, 100.0, 8.6),
]
INVESTMENT = [
    ("Khu vực Nhà nước", 7492, 8260, 34.5, 10.3),
    ("Khu vực ngoài Nhà nước", 12138, 12890, 53.8, 6.2),
    ("Khu vực có vốn đầu tư nước ngoài", 2550, 2790, 11.7, 9.4),
    ("Cộng", 22180, 23940, 100.0, 7.9),
]


def workbook() -> None:
    book = openpyxl.Workbook()
    fill = openpyxl.styles.PatternFill("solid", fgColor=TEAL)
    rule = openpyxl.styles.Border(bottom=openpyxl.styles.Side(style="thin", color="A9BCC4"))
    font = "Arial"

    def sheet(name: str, title: str, head: Sequence[str], rows: Sequence[Sequence[object]], start: int = 3) -> None:
        page = book[name] if name in book.sheetnames else book.create_sheet(name)
        cell = page.cell(start - 2, 1, title)
        cell.font = openpyxl.styles.Font(name=font, bold=True, size=14 if start == 3 else 12, color=TEAL)
        for j, text in enumerate(head, 1):
            cell = page.cell(start, j, text)
            cell.font = openpyxl.styles.Font(name=font, bold=True, color="FFFFFF")
            cell.fill = fill
            cell.alignment = openpyxl.styles.Alignment(
                horizontal="left" if isinstance(rows[0][j - 1], str) else "right", vertical="center", wrap_text=True
            )
        for i, row in enumerate(rows, start + 1):
            for j, value in enumerate(row, 1):
                cell = page.cell(i, j, value)
                cell.font = openpyxl.styles.Font(name=font, bold=row[0] == "Cộng")
                cell.border = rule
                if isinstance(value, float):
                    cell.number_format = "0.0"
                elif isinstance(value, int):
                    cell.number_format = "#,##0"
        page.column_dimensions["A"].width = 46
        for j in range(2, len(head) + 1):
            page.column_dimensions[openpyxl.utils.get_column_letter(j)].width = 17
        page.freeze_panes = page.cell(4, 2) if start == 3 else None
        page.sheet_view.showGridLines = False
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
        page.oddFooter.left.text, page.oddFooter.left.size = NOTICE, 8
        page.oddFooter.right.text = "&P/&N"

    book.remove(book.active)
    sheet("2021–2025", "Chỉ tiêu kinh tế – xã hội chủ yếu, tỉnh Lâm Hải, 2021–2025",
          ("Chỉ tiêu", "Đơn vị", "2021", "2022", "2023", "2024", "2025"), YEARS)
    sheet("Theo quý 2025", "Một số chỉ tiêu theo quý, năm 2025",
          ("Chỉ tiêu", "Đơn vị", "Quý I", "Quý II", "Quý III", "Quý IV", "Cả năm"), QUARTERS)
    head = ("2024 (tỷ đồng)", "2025 (tỷ đồng)", "Cơ cấu 2025 (%)")
    sheet("Theo lĩnh vực 2025", "Tổng sản phẩm theo khu vực kinh tế, giá hiện hành",
          ("Khu vực", *head, "Tăng thực (%)"), SECTORS)
    sheet("Theo lĩnh vực 2025", "Vốn đầu tư toàn xã hội theo nguồn",
          ("Nguồn vốn", *head, "Tăng (%)"), INVESTMENT, start=12)
    for page in book.worksheets:
        cell = page.cell(page.max_row + 2, 1, NOTICE)
        cell.font = openpyxl.styles.Font(name=font, italic=True, size=9, color="44525A")
    book.properties.title = "Số liệu kinh tế – xã hội chủ yếu tỉnh Lâm Hải năm 2025"
    book.properties.creator = "Sở Tài chính tỉnh Lâm Hải (hư cấu)"
    book.properties.description, book.properties.language = NOTICE, "vi-VN"
    book.properties.created = book.properties.modified = STAMP.replace(tzinfo=None)
    book.save(FILES / "so-lieu-kinh-te-2025.xlsx")


def settle(name: str) -> None:
    """Pack an Office file again with fixed times, so that each run gives the same bytes."""
    path = FILES / name
    with zipfile.ZipFile(path) as old:
        parts = [(info.filename, old.read(info)) for info in old.infolist()]
    moment = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for filename, data in parts:
            fixed = moment.sub(rf"\g<1>{STAMP:%Y-%m-%dT%H:%M:%SZ}".encode(), data)
            new.writestr(zipfile.ZipInfo(filename, (2026, 1, 8, 9, 0, 0)), fixed, zipfile.ZIP_DEFLATED, 9)


def main() -> None:
    FILES.mkdir(parents=True, exist_ok=True)
    pikepdf.settings.set_flate_compression_level(9)
    for name, make in (
        ("phu-luc-ho-chua.pdf", reservoirs),
        ("ke-hoach-chuyen-doi-so.pdf", digital_plan),
        ("lich-tiep-cong-dan.pdf", reception),
        ("huong-dan-dich-vu-cong.pdf", guide),
    ):
        print_pdf(name, make())
    form()
    workbook()
    for name in ("bieu-mau-dang-ky.docx", "so-lieu-kinh-te-2025.xlsx"):
        settle(name)
    for path in sorted(FILES.iterdir()):
        print(f"{path.name}  {path.stat().st_size / 1000:.1f} kB")


if __name__ == "__main__":
    main()
