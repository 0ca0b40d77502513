"""``python build.py views``: count readers in the web server's logs."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from loa import count_messages, messages
from loa.console import FAULTS, OK, Progress, moment, print_problems
from loa.errors import problem
from loa.readership import load
from loa.site_toml import load_config
from loa.text import format_moment, format_number

if TYPE_CHECKING:
    from loa.counting import Counted

DESCRIPTION = (
    "Đếm lượt xem của tin, văn bản và trang từ nhật ký truy cập của máy chủ web, rồi ghi vào views.json. "
    "Mỗi người đọc một bài được đếm một lần trong một giờ; chương trình tự động không được đếm; không giữ địa chỉ nào."
)
EPILOG = (
    "Ví dụ: python build.py views /var/log/nginx/access.log /var/log/nginx/access.log.1 · "
    "Đọc lại tệp đã đọc không làm tăng số. "
    "Mã thoát: 0 đã đếm; 1 site.toml hoặc views.json có lỗi; 2 lệnh sai, không đọc được nhật ký hay sổ đếm. "
    "Khi mã khác 0, không có gì thay đổi."
)
_SHOWN = 5


def configure(parser: argparse.ArgumentParser) -> None:
    """Give ``parser`` the arguments of this command."""
    add = parser.add_argument
    add("logs", nargs="+", metavar="NHẬT_KÝ", help="tệp nhật ký, cả dạng nén .gz; - là dữ liệu từ lệnh trước (stdin)")
    add("--now", type=moment, metavar="THỜI_ĐIỂM", help="coi như bây giờ là thời điểm này (ISO 8601), để kiểm thử")


def run(options: argparse.Namespace) -> int:
    """Count, and say what was found; the exit code."""
    from loa.counting import count_views  # noqa: PLC0415  # robots' names take time to load; not for --help

    config, problems = load_config(options.root)
    published, faults = load(options.root)
    problems += faults
    if not (options.root / "content").is_dir():
        problems += (problem("content", messages.no_content()),)
    if config is None or problems:
        print_problems(problems, sys.stderr, done=False, shown=sys.maxsize)
        return FAULTS
    now = options.now or datetime.now(UTC)
    progress = Progress(sys.stderr)
    try:
        counted = count_views(
            options.root,
            options.logs,
            published,
            (config.base_url, config.zone),
            now if now.tzinfo else now.replace(tzinfo=config.zone),
            progress,
        )
    finally:
        progress.clear()
    _tell(counted)
    return OK


def _tell(counted: Counted) -> None:
    tally, readership = counted.tally, counted.readership
    if counted.since:
        print(count_messages.counting_goes_on(format_moment(counted.since)))
    recent = sorted(((readership.lately((url,)), url) for url in readership.views), key=lambda row: (-row[0], row[1]))
    if recent and recent[0][0]:
        print("Xem nhiều nhất trong 30 ngày (và từ trước đến nay):")
        for lately, url in recent[:_SHOWN]:
            if lately:
                print(f"{format_number(lately):>9} ({format_number(readership.total((url,)))})  {url}")
    early = f" · {format_number(tally.early)} lượt đã nằm trong số gốc" if tally.early else ""
    print(
        f"Đọc {format_number(tally.lines)} dòng · đếm thêm {format_number(tally.new)} lượt xem · "
        f"{format_number(tally.known)} lượt đã đếm{early} · {format_number(tally.robots)} của chương trình tự động · "
        f"{format_number(tally.strange)} dòng không hiểu"
    )
    if readership.newest:
        kept = "đã ghi" if counted.is_written else "không thay đổi"
        print(f"Giờ mới nhất: {format_moment(readership.newest)} · views.json {kept}")
