"""Links that lead outside, asked of a server on this machine."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import NOW, SiteTest

from loa import links
from loa.cli import main
from loa.links import Answer, Manners, ask, check_links
from loa.proofreading import Link, read

TODAY = date(2026, 6, 1)


class Server(ThreadingHTTPServer):
    """Answers as the path says, and remembers who asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, str]] = []
        self.busy = self.busiest = 0
        self.lock = threading.Lock()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        with server.lock:
            server.asked.append((self.command, self.path, self.headers.get("User-Agent", "")))
            server.busy += 1
            server.busiest = max(server.busy, server.busiest)
        try:
            self.say(server)
        finally:
            with server.lock:
                server.busy -= 1

    def say(self, server: Server) -> None:
        if self.path == "/slow":
            time.sleep(1)
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to"))
        elif self.path == "/round":
            self.send_response(301)
            self.send_header("Location", "/round")
        elif self.path == "/inside":
            self.send_response(302)
            self.send_header("Location", "http://10.0.0.1/")
        elif self.path == "/no-head":
            self.send_response(405 if self.command == "HEAD" else 200)
        else:
            self.send_response(int(self.path[1:4]) if self.path[1:4].isdigit() else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def manners(**fields: object) -> Manners:
    chosen = {"base_url": "https://thu.example", "timeout": 0.4, "pause": 0.0, "is_internal_allowed": True, **fields}
    return Manners(**chosen)  # type: ignore[arg-type]  # any


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/200", "alive"),
        ("/404", "dead"),
        ("/410", "dead"),
        ("/no-head", "alive"),
        ("/to/200", "alive"),
        ("/to/404", "dead"),
        ("/to/to/to/200", "alive"),
        ("/round", "unknown"),
        ("/500", "unknown"),
        ("/503", "unknown"),
        ("/429", "unknown"),
        ("/401", "alive"),
        ("/403", "alive"),
        ("/slow", "unknown"),
        ("/tin-tức?a=b c", "alive"),
    ],
)
def test_what_an_answer_means(server: Server, path: str, state: str) -> None:
    assert ask(server.url(path), manners()).state == state


def test_who_asks_is_named(server: Server) -> None:
    ask(server.url("/200"), manners())

    assert [(method, path) for method, path, _ in server.asked] == [("HEAD", "/200")]
    assert "https://thu.example" in server.asked[0][2]
    assert server.asked[0][2].startswith("Loa-link-check/")


def test_a_private_address_is_not_asked_unless_allowed(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(server.url("/200"), manners(is_internal_allowed=False)) == Answer("internal")
    for url in (
        "http://localhost/",
        "http://[::1]/",
        "http://169.254.169.254/",
        "http://[::ffff:10.0.0.1]/",
        "http://0.0.0.0/",
    ):
        assert ask(url, manners(is_internal_allowed=False)).state in ("internal", "dead", "unknown"), url
    assert server.asked == []


def test_a_redirect_into_a_private_network_is_not_followed(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    public = links._is_public
    monkeypatch.setattr(links, "_is_public", lambda address: address == "127.0.0.1" or public(address))

    assert ask(server.url("/inside"), manners(is_internal_allowed=False)) == Answer("internal")


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("10.1.2.3", False),
        ("127.0.0.1", False),
        ("192.168.0.1", False),
        ("100.64.0.1", False),
        ("169.254.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:127.0.0.1", False),
        ("224.0.0.1", False),
    ],
)
def test_which_addresses_are_public(address: str, is_public: bool) -> None:
    assert links._is_public(address) is is_public


def test_a_name_that_is_not_there_is_dead_and_one_that_cannot_be_asked_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(number: int) -> None:
        def look(*_: object, **__: object) -> None:
            raise socket.gaierror(number, "x")

        monkeypatch.setattr(socket, "getaddrinfo", look)

    failing(socket.EAI_NONAME)
    assert ask("https://khong-co.example/", manners()).state == "dead"
    failing(socket.EAI_AGAIN)
    assert ask("https://khong-co.example/", manners()).state == "unknown"


@pytest.mark.parametrize(
    "url", ["http://", "http://[", "http://a:99999999/", "https://\u0600.vn/", "http://a b/", "http://.."]
)
def test_an_address_that_is_none_is_no_error(url: str) -> None:
    assert ask(url, manners(timeout=0.2)).state in ("unknown", "dead", "internal")


def states(found: Iterator[tuple[Link, object, bool]]) -> list[tuple[str, bool]]:
    return [(link.url.rpartition("/")[2], is_dead) for link, _, is_dead in found]


def asking(server: Server, *paths: str) -> list[Link]:
    return [Link("content/tin/a.md", index, 1, server.url(path)) for index, path in enumerate(paths, 1)]


def quiet(_done: int, _total: int) -> None:
    pass


def test_a_host_is_asked_one_thing_at_a_time_and_an_address_once(server: Server, tmp_path: Path) -> None:
    wanted = asking(server, "/404", "/200#muc", "/200", "/500", "/404")

    found = states(check_links(wanted, manners(), tmp_path, TODAY, quiet))

    assert found == [("404", True), ("500", False), ("404", True)]
    assert server.busiest == 1
    # Those that refuse HEAD are asked again.
    assert sorted(path for method, path, _ in server.asked if method == "HEAD") == ["/200", "/404", "/500"]


def test_answers_are_remembered_for_some_days(server: Server, tmp_path: Path) -> None:
    wanted = asking(server, "/404", "/200", "/500")
    first = states(check_links(wanted, manners(), tmp_path, TODAY, quiet))
    asked = len(server.asked)

    again = states(check_links(wanted, manners(), tmp_path, TODAY + timedelta(days=1), quiet))
    assert again == first
    # What may pass is asked each time.
    assert {path for _, path, _ in server.asked[asked:]} == {"/500"}

    asked = len(server.asked)
    states(check_links(wanted, manners(), tmp_path, TODAY + timedelta(days=3), quiet))
    assert {path for _, path, _ in server.asked[asked:]} == {"/404", "/500"}


def test_a_damaged_memory_counts_as_none(server: Server, tmp_path: Path) -> None:
    (tmp_path / links.FILE).write_text('{"http://a": {"answer"')

    assert states(check_links(asking(server, "/404"), manners(), tmp_path, TODAY, quiet)) == [("404", True)]


def test_which_links_of_a_text_lead_outside() -> None:
    body = (
        "Xem [cổng](https://a.example/x?y=1), <https://b.example/>, [trong](/tin/a.html), `[mã](https://c.example/)`.\n\n"
        "```\n[mã](https://d.example/)\n```\n\n[thư](mailto:a@b.example)\n\n[n]: https://e.example/\n"
    )

    found = read("trang/a.md", f"---\ntitle: A\n---\n{body}".encode(), with_links=True).links

    assert [(link.line, link.column, link.url) for link in found] == [
        (4, 12, "https://a.example/x?y=1"),
        (4, 39, "https://b.example/"),
        (12, 6, "https://e.example/"),
    ]


def test_a_link_that_its_editor_knows_about_is_not_asked_for() -> None:
    body = "<!-- soát: bỏ qua external-link -->\n\nXem [cổng](https://a.example/).\n\n[b](https://b.example/)\n"

    found = read("trang/a.md", f"---\ntitle: A\n---\n{body}".encode(), with_links=True).links

    assert [link.url for link in found] == ["https://b.example/"]


def test_dead_links_are_findings_and_the_others_are_mentioned(
    server: Server, site: SiteTest, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "Manners", lambda base_url, **fields: manners(base_url=base_url, **fields))
    site.article("a", f"Xem [một]({server.url('/404')}), [hai]({server.url('/500')}), [ba]({server.url('/200')}).")
    arguments = ["check", "--root", str(site.root), "--now", NOW.isoformat(), "--workers", "1", "--links"]

    assert main([*arguments, "--strict"]) == 0
    assert "mạng nội bộ" in capsys.readouterr().err
    assert server.asked == []

    assert main([*arguments, "--internal"]) == 0
    told = capsys.readouterr()
    assert "external-link\n" in told.out
    assert "/404" in told.out
    assert "/500" not in told.out
    assert "/500" in told.err
    assert main([*arguments, "--internal", "--strict"]) == 1


def test_without_links_nobody_is_asked(server: Server, site: SiteTest) -> None:
    site.article("a", f"Xem [một]({server.url('/404')}).")

    assert main(["check", "--root", str(site.root), "--now", NOW.isoformat(), "--strict"]) == 0
    assert server.asked == []
