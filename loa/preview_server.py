"""The preview server: the last good site for this machine's browsers, what is wrong above it, reloaded when it changes.

livereload tells browsers to reload; what is served, and to whom, is decided here. Drafts are in what it serves, so it
answers nobody but pages of its own: loopback only, ``Host`` and ``Origin`` checked (DNS rebinding), reading only.
"""

from __future__ import annotations

import socket
import warnings
from collections import Counter
from collections.abc import Callable
from hashlib import blake2b
from html import escape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from msgspec import Struct
from tornado.escape import json_decode
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPHeaders
from tornado.ioloop import IOLoop
from tornado.web import Application, HTTPError, RequestHandler

from loa import preview_messages
from loa.errors import Problem, UsageError
from loa.media_types import TYPES, media_type
from loa.telling import MANY, told

HOST = "127.0.0.1"
# Has browsers reload the pages that are not as they show them; all pages, if so asked.
Reload = Callable[[bool], None]
_STYLE_URL = "/livereload.css"
_STYLE = (Path(__file__).parent / "data/preview.css").read_bytes()
_HEAD = f'<link rel="stylesheet" href="{_STYLE_URL}"><script src="/livereload.js?state=%s"></script></head>'.encode()
# Has a page say with its first words which state of it the browser has: livereload reads its options from its own
# address, and asks whatever calls itself a plugin what it knows.
_SAYS_STATE = """\
window.LiveReloadPluginState = class {
  constructor(_window, host) { this.host = host; }
  analyze() { return { state: this.host._livereload.options.state }; }
};
window.LiveReloadPluginState.identifier = "state";
window.LiveReloadPluginState.version = "1";
"""
_BARE = '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{}</title></head><body></body></html>'


class Seen(Struct):
    """What the server shows: the ``folder``, the path below which the site lies, what the last build said.

    The one thing that changes while the server runs; ``problems`` are replaced whole. ``port`` is known once it serves.
    ``ahead``: the path of a page, and what answers there instead of the file, whose build is yet to come.
    """

    folder: Path
    prefix: str = ""
    problems: tuple[Problem, ...] = ()
    port: int = 0
    ahead: tuple[str, bytes] | None = None


def is_own(headers: HTTPHeaders, port: int) -> bool:
    """Whether a request comes from this machine's user: to a loopback name, and sent by no page of another site."""
    own = {f"{name}:{port}" for name in (HOST, "localhost")}
    if headers.get("Host", "") not in own:
        return False
    origin = headers.get("Origin")
    if origin is not None and origin not in {f"http://{name}" for name in own}:
        return False
    # A page elsewhere may lead here, but may not show or run what is here.
    site, mode = headers.get("Sec-Fetch-Site", "none"), headers.get("Sec-Fetch-Mode", "navigate")
    return site in ("none", "same-origin") or mode == "navigate"


class _Private(RequestHandler):
    """Answers GET and HEAD to those who ``is_own`` says."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    def initialize(self, seen: Seen) -> None:
        """Take what the server shows."""
        self.seen = seen

    def set_default_headers(self) -> None:
        """Say to the browser what it may do with the answer: show it here, keep it nowhere."""
        self.clear_header("Server")
        for name, value in {
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
        }.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse whoever was sent by another site. Raises ``HTTPError``."""
        if not is_own(self.request.headers, self.seen.port):
            raise HTTPError(403)

    def write_error(self, status_code: int, **_: Any) -> None:
        """Nothing but the number: this is read by those who are refused."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        if status_code == 405:  # Method Not Allowed
            self.set_header("Allow", "GET, HEAD")
        self.finish(f"{status_code}\n")

    def compute_etag(self) -> None:
        """None: nothing may be kept."""

    def head(self, *path: str) -> None:
        """The headers of the same answer."""
        self.get(*path)


class _File(_Private):
    """The published files, pages with what is wrong above them."""

    def get(self, path: str) -> None:
        """The file that answers at ``path``, or the site's own page for what is missing."""
        if self.seen.prefix and path == "/":
            self.redirect(f"{self.seen.prefix}/")
            return
        answer = answer_at(self.seen, path)
        self.set_status(answer.status)
        self.set_header("Content-Type", answer.kind)
        is_page = "html" in answer.kind
        self.finish(answer.data.replace(b"</head>", _HEAD % answer.state.encode(), 1) if is_page else answer.data)


class Answer(NamedTuple):
    """What answers at an address: the status, the media type, the bytes; in pages with what is wrong above them."""

    status: int
    kind: str
    data: bytes

    @property
    def state(self) -> str:
        """Differs from that of any other. Not a number: livereload would read it as one."""
        return f"x{blake2b(self.data, digest_size=12).hexdigest()}"


def answer_at(seen: Seen, path: str) -> Answer:
    """What answers at ``path``: the file there, or the site's own page for what is missing."""
    missing, found, ahead = seen.folder / "404.html", _file(seen, path), seen.ahead
    file = found or missing
    status, kind = 200 if found else 404, media_type(file.name)
    try:
        is_ahead = ahead is not None and file == (seen.folder / ahead[0]).resolve()
        data = ahead[1] if ahead is not None and is_ahead else file.read_bytes()
    except OSError:
        # Nothing good was ever built, or the file has gone just now.
        data, kind = _BARE.format(escape(preview_messages.title_of_faults())).encode(), TYPES[".html"]
    if "html" in kind:
        data = with_faults(data, seen.problems, has_site=missing.exists(), text=_text_at(seen, path))
    return Answer(status, kind, data)


def _file(seen: Seen, path: str) -> Path | None:
    """The file at ``path``; None where there is none, where it hides, and where it would lie outside."""
    if not path.startswith(f"{seen.prefix}/") or "\\" in path or "\0" in path:
        return None
    below = path.removeprefix(seen.prefix).lstrip("/")
    if any(part.startswith(".") and part != ".well-known" for part in below.split("/")):
        return None
    file = seen.folder / (below + "index.html" if below.endswith("/") or not below else below)
    try:
        whole = file.resolve(strict=True)
    except (OSError, ValueError):
        return None
    return whole if whole.is_file() and whole.is_relative_to(seen.folder.resolve()) else None


def _text_at(seen: Seen, path: str) -> str:
    """The file of the text that answers at ``path``, or would, as messages name it."""
    return f"content{path.removeprefix(seen.prefix).removesuffix('.html')}.md"


def with_faults(page: bytes, problems: tuple[Problem, ...], *, has_site: bool, text: str = "") -> bytes:
    """A page with ``problems`` above it: open when they keep the site back, else one line.

    Open, too, when they keep back the draft ``text``, whose page it would be; then its own come first.
    """
    if not problems:
        return page
    errors = sum(fault.blocking for fault in problems)
    drafts = Counter(fault.path for fault in problems if fault.of_draft)
    own = 0 if errors else drafts[text]
    word = preview_messages.heading(errors, len(problems) - errors, len(drafts), has_site=has_site)
    word = preview_messages.draft_left_out(own) if own else word

    def is_mild(fault: Problem) -> bool:
        return not (fault.blocking or (own and fault.of_draft and fault.path == text))

    items = "".join(_item(fault, is_mild=is_mild(fault)) for fault in sorted(told(problems, MANY), key=is_mild))
    panel = (
        f'<details class="loa-preview{"" if errors else " loa-preview--mild"}"{" open" if errors or own else ""}>'
        f'<summary class="loa-preview__word">{escape(word)}</summary>'
        f'<ul class="loa-preview__list">{items}</ul></details></body>'
    )
    before, found, after = page.rpartition(b"</body>")
    # What a name that is not text is made of stands there as the console shows it.
    return before + panel.encode(errors="backslashreplace") + after if found else page


def _item(fault: Problem, *, is_mild: bool) -> str:
    place = f"{fault.path}:{fault.line}" if fault.line else fault.path
    mild = preview_messages.mild() if is_mild else ""
    return (
        f'<li class="loa-preview__item{" loa-preview__item--mild" if is_mild else ""}">'
        f'<code class="loa-preview__place">{escape(f"{place} {fault.field}{mild}")}</code>'
        f'{escape(fault.message)}<span class="loa-preview__hint">{escape(fault.hint)}</span></li>'
    )


class _Style(_Private):
    def get(self) -> None:
        """The style of what is said above pages."""
        self.set_header("Content-Type", TYPES[".css"])
        self.finish(_STYLE)


class _Script(_Private, LiveReloadJSHandler):
    """livereload's own script, which says which state of its page it has."""

    def get(self) -> None:
        """The script."""
        self.write(_SAYS_STATE)
        super().get()


class _Socket(LiveReloadHandler):
    """livereload's channel, for pages of this server only."""

    def initialize(self, seen: Seen) -> None:
        """Take what the server shows."""
        self.seen = seen
        # Where the page is that speaks here, and in which state the browser has it; no state once it is to reload.
        self.place, self.state = "", ""

    def prepare(self) -> None:
        """Refuse whoever was sent by another site. Raises ``HTTPError``."""
        headers = self.request.headers
        if "Origin" not in headers or not is_own(headers, self.seen.port):
            raise HTTPError(403)

    def check_origin(self, origin: str) -> bool:
        """``prepare`` has looked, at more than this."""
        return origin in (f"http://{HOST}:{self.seen.port}", f"http://localhost:{self.seen.port}")

    def on_message(self, message: str | bytes) -> None:
        """Have a page reload that is another by now, but speaks up only now."""
        super().on_message(message)
        said = json_decode(message)
        if "url" in said:
            self.place = unquote(urlsplit(said["url"]).path)
            self.state = said.get("plugins", {}).get("state", {}).get("state", "")
            self.reload(everything=False)

    def reload(self, *, everything: bool) -> None:
        """Have the page reload if it is not as the browser has it, or ``everything`` is to."""
        if everything or (self.state and self.state != answer_at(self.seen, self.place).state):
            self.state = ""
            self.send_message({"command": "reload", "path": "*", "liveCSS": False, "liveImg": True})

    def write_error(self, status_code: int, **_: Any) -> None:
        """Nothing but the number."""
        self.finish(f"{status_code}\n")


def _reload(everything: bool) -> None:
    for waiter in LiveReloadHandler.waiters.copy():
        waiter.reload(everything=everything)


class Changes(Watcher):
    """Stands in for livereload's watcher, which looks at every file again and again: ``begin`` watches, and reloads."""

    def __init__(self, begin: Callable[[Reload], None]) -> None:
        super().__init__()
        self._begin = begin
        # Without a task livereload would watch the current folder.
        self._tasks: dict[str, dict[str, object]] = {"": {}}

    def start(self, _callback: Callable[[], None]) -> bool:
        """Begin; True: nobody need ask."""
        self._begin(_reload)
        return True

    def examine(self) -> tuple[None, None]:
        """Nothing to look at."""
        return None, None


class PreviewServer(Server):
    """livereload's server with our handlers; ``begin`` is called on its loop with what makes browsers reload."""

    def __init__(self, seen: Seen, begin: Callable[[Reload], None]) -> None:
        super().__init__(watcher=Changes(begin))
        self.seen = seen
        # Made before anybody is told of the server: one that Ctrl-C leaves half made complains on the terminal.
        with warnings.catch_warnings():
            # Python 3.12 and 3.13 warn where there is none yet, which is why it is made.
            warnings.simplefilter("ignore", DeprecationWarning)
            IOLoop.current()

    def listen(self, port: int) -> int:
        """Bind the port (0 for any that is free) and return it. Raises ``UsageError`` when it is taken."""
        try:
            self._socket = socket.create_server((HOST, port))
        except OSError:
            raise UsageError(preview_messages.port_taken(port)) from None
        self._socket.setblocking(False)  # as tornado wants it
        self.seen.port = self._socket.getsockname()[1]
        return self.seen.port

    def application(self, _port: int, _host: str, **_: Any) -> None:
        """Answer requests; what livereload does here is open to the world."""
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.live_css = False
        seen = {"seen": self.seen}
        made = Application(
            [
                (r"/livereload", _Socket, seen),
                (r"/livereload\.js", _Script, seen),
                (r"/livereload\.css", _Style, seen),
                (r"(/.*)", _File, seen),
                # Requests without a path, such as "OPTIONS *".
                (r".*", _Private, seen),
            ],
            log_function=lambda _handler: None,
        )
        HTTPServer(made).add_socket(self._socket)

    def _setup_logging(self) -> None:
        """Say nothing: the command does."""
