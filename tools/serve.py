"""Serves a published folder on the loopback as a well-set web server would: types, gzip, caching, 404.html.

For the browser tests, the audits and the screenshots. Not a preview server: it watches and reloads nothing.
Run it with the folder as argument; it prints its address and stays until its input ends.
"""

from __future__ import annotations

import gzip
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from loa.media_types import media_type

_COMPRESSIBLE = re.compile(r"text/|application/(xml|json|manifest)|image/svg")
# Their names hold a digest of their bytes: css/loa.0a1b2c3d4e5f.css, anh/cau-0a1b2c3d-800.webp.
_FOR_EVER = re.compile(r"[.-][0-9a-f]{8,12}(-\d+)?\.\w+$")


@lru_cache(maxsize=1024)
def _compressed(data: bytes) -> bytes:
    return gzip.compress(data, 6, mtime=0)


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD below ``folder``."""

    protocol_version = "HTTP/1.1"
    folder: Path
    prefix = ""

    def do_GET(self) -> None:  # the name http.server calls
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the library's name
        """Stay quiet: the tests look at what the browser saw."""

    def _answer(self, *, with_body: bool) -> None:
        file = self._file(unquote(urlsplit(self.path).path))
        status = HTTPStatus.OK if file else HTTPStatus.NOT_FOUND
        file = file or self.folder / "404.html"
        data = file.read_bytes() if file.is_file() else b""
        kind = media_type(file.name)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("X-Content-Type-Options", "nosniff")
        lasting = status == HTTPStatus.OK and _FOR_EVER.search(file.name)
        self.send_header("Cache-Control", "public, max-age=31536000, immutable" if lasting else "no-cache")
        if _COMPRESSIBLE.match(kind):
            self.send_header("Vary", "Accept-Encoding")
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                data = _compressed(data)
                self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if with_body:
            self.wfile.write(data)

    def _file(self, path: str) -> Path | None:
        """The file that answers at ``path``; None where there is none, or where it would lie outside."""
        if not path.startswith(f"{self.prefix}/"):
            return None
        path = path.removeprefix(self.prefix)
        file = (self.folder / (path + "index.html" if path.endswith("/") else path).lstrip("/")).resolve()
        return file if file.is_file() and file.is_relative_to(self.folder.resolve()) else None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes to the next page drops its connections; that is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(folder: Path, prefix: str = "") -> Iterator[str]:
    """The address (``http://127.0.0.1:PORT``) at which ``folder`` is served below the path ``prefix``."""
    handler = type("Handler", (_Handler,), {"folder": folder, "prefix": prefix})
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


if __name__ == "__main__":
    with serving(Path(sys.argv[1])) as address:
        print(address, flush=True)
        sys.stdin.read()
