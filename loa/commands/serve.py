"""``python build.py serve``: the site in a browser while it is written, with drafts, and with faults above it."""

from __future__ import annotations

import argparse
import signal
import sys
from typing import TYPE_CHECKING

from loa import preview_messages
from loa.console import OK, SHOWN, Progress, print_problems, refuse_no_site
from loa.errors import LoaError

if TYPE_CHECKING:
    from loa.preview import Built

DESCRIPTION = "Xem trước trang trên máy này trong khi viết: lưu tệp là trình duyệt tự tải lại. Không đăng gì cả."
EPILOG = "Chỉ máy này xem được. Bản nháp và bài hẹn giờ cũng hiện, có đánh dấu. Dừng: Ctrl+C."


def configure(parser: argparse.ArgumentParser) -> None:
    """Give ``parser`` the arguments of this command."""
    parser.add_argument("--port", type=_port, default=8000, metavar="SỐ", help="cổng trên máy này (mặc định: 8000)")
    parser.add_argument("--open", action="store_true", help="mở trình duyệt")


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} không phải là số từ 0 đến 65535")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Serve until the editor has seen enough."""
    from loa.preview import Preview  # noqa: PLC0415  # heavy; not for --help
    from loa.preview_server import HOST, PreviewServer  # noqa: PLC0415  # as above

    refuse_no_site(options.root)
    progress = Progress(sys.stderr)

    def say(built: Built) -> None:
        progress.clear()
        print_problems(built.problems, sys.stderr, done=built.done, shown=SHOWN)
        if built.done:
            print(preview_messages.built(built.seconds, built.written), flush=True)

    # What ends a program from outside ends it as Ctrl-C does, so that the builder ends, too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    preview = Preview(options.root.resolve(), say, progress)
    try:
        server = PreviewServer(preview.seen, preview.follow)
        port = server.listen(options.port)
        preview.build()
        print(preview_messages.address(f"http://{HOST}:{port}{preview.seen.prefix}/"), flush=True)
        server.serve(port, host=HOST, open_url_delay=0 if options.open else None)
    except KeyboardInterrupt:
        print()
    finally:
        preview.close()
    if preview.failure:
        raise LoaError(preview.failure)
    return OK
